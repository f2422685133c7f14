/* Chunks handed to threads in order, results merged (run.h).
 *
 * A worker takes the next chunk, runs its batches into its own tally, waits until all chunks before it have been
 * appended and appends its sums; what does not depend on order stays in the worker's tally until the end. When a check
 * fails or the caller cancels, no more chunks are handed out, but those under way are finished: so the chunks that were
 * run are always 0 .. n - 1, and the lowest failing trajectory is the same for every number of threads. */
#include "run/run.h"

#include <pthread.h>
#include <string.h>

#define PROGRESS_SECONDS 0.1

typedef struct schedule {
    const oc_program *program;
    const oc_run_options *options;
    const oc_sketch *sketch;
    oc_isa isa;
    uint64_t batches, sampled_batches;

    pthread_mutex_t lock;
    pthread_cond_t appended;      /* next_append has moved */
    uint64_t next_chunk, end_chunk;
    uint64_t next_append;
    oc_sums *sums;
    oc_batch failed_batch;
    oc_failure failure;           /* lane OC_LANES: none */
    bool cancelled;
    double last_progress;
} schedule;

typedef struct crew_member {
    schedule *job;
    oc_engine *engine;
    oc_tally *tally;
    pthread_t thread;
} crew_member;

uint64_t oc_run_chunks(uint64_t runs)
{
    return (runs + OC_CHUNK_RUNS - 1) / OC_CHUNK_RUNS;
}

static oc_batch batch_at(const schedule *job, uint64_t index)
{
    uint64_t left = job->options->runs - index * OC_LANES;
    return (oc_batch){
        .seed = job->options->seed,
        .index = (uint32_t)index,
        .live = left < OC_LANES ? (uint32_t)left : OC_LANES,
        .sampled = index < job->sampled_batches,
        .site_seeds = job->options->site_seeds,
    };
}

static bool take_chunk(schedule *job, uint64_t *ret_chunk)
{
    pthread_mutex_lock(&job->lock);
    if (job->options->cancel && *job->options->cancel && job->next_chunk < job->end_chunk) {
        job->cancelled = true;
        job->end_chunk = job->next_chunk;
    }
    bool more = job->next_chunk < job->end_chunk;
    if (more) *ret_chunk = job->next_chunk++;
    pthread_mutex_unlock(&job->lock);
    return more;
}

static void report_progress(schedule *job)
{
    const oc_run_options *options = job->options;
    if (!options->progress) return;
    uint64_t done = job->next_append * OC_CHUNK_RUNS, first = options->first_chunk * OC_CHUNK_RUNS;
    uint64_t end = job->end_chunk * OC_CHUNK_RUNS;
    if (done > options->runs) done = options->runs;
    if (end > options->runs) end = options->runs;
    if (done < end) {
        double now = options->clock ? options->clock() : 0.0;
        if (options->clock ? now - job->last_progress < PROGRESS_SECONDS : job->next_append % 64 != 0) return;
        job->last_progress = now;
    }
    options->progress(options->progress_context, done - first, end - first);
}

static void append_chunk(schedule *job, uint64_t chunk, const oc_tally *tally)
{
    pthread_mutex_lock(&job->lock);
    while (job->next_append != chunk) pthread_cond_wait(&job->appended, &job->lock);
    oc_sums_append(job->sums, chunk, tally->sums);
    job->next_append++;
    report_progress(job);
    pthread_cond_broadcast(&job->appended);
    pthread_mutex_unlock(&job->lock);
}

static void keep_failure(schedule *job, const oc_batch *batch, const oc_failure *failure)
{
    pthread_mutex_lock(&job->lock);
    if (job->failure.lane == OC_LANES || batch->index < job->failed_batch.index) {
        job->failure = *failure;
        job->failed_batch = *batch;
    }
    job->end_chunk = job->next_chunk;
    pthread_mutex_unlock(&job->lock);
}

static void run_chunk(crew_member *worker, uint64_t chunk)
{
    schedule *job = worker->job;
    oc_tally_clear_sums(worker->tally);
    uint64_t end = (chunk + 1) * OC_CHUNK_BATCHES;
    if (end > job->batches) end = job->batches;
    for (uint64_t index = chunk * OC_CHUNK_BATCHES; index < end; index++) {
        oc_batch batch = batch_at(job, index);
        oc_failure failure;
        if (oc_engine_run(worker->engine, &batch, job->sketch, worker->tally, &failure)) continue;
        keep_failure(job, &batch, &failure);
        break;
    }
    append_chunk(job, chunk, worker->tally);
}

static void *work(void *context)
{
    crew_member *worker = context;
    uint64_t chunk;
    oc_engine_set_arithmetic();
    while (take_chunk(worker->job, &chunk)) run_chunk(worker, chunk);
    return NULL;
}

/* The values of a share of the first batches, of the whole run whatever chunks are run here. */
typedef struct pilot {
    const schedule *job;
    oc_engine *engine;
    oc_sketch *sketch;
    uint64_t first, end; /* batches */
    pthread_t thread;
} pilot;

static void *collect(void *context)
{
    pilot *it = context;
    oc_engine_set_arithmetic();
    for (uint64_t index = it->first; index < it->end; index++) {
        oc_batch batch = batch_at(it->job, index);
        oc_failure ignored; /* the run itself meets it again */
        oc_engine_pilot(it->engine, &batch, it->sketch, &ignored);
    }
    return NULL;
}

/* Places the bins. A second worker collects the second half of the values, which then follow those of the first. */
static void run_pilot(const schedule *job, const crew_member *workers, oc_sketch *sketch, oc_sketch *second)
{
    if (job->program->slot_count == 0) return;
    uint64_t end = job->batches < OC_PILOT_BATCHES ? job->batches : OC_PILOT_BATCHES,
             half = second ? (end + 1) / 2 : end;
    pilot mine = {.job = job, .engine = workers[0].engine, .sketch = sketch, .end = half};
    pilot other = {.job = job, .sketch = second, .first = half, .end = end};
    if (half < end) other.engine = workers[1].engine;
    bool beside = half < end && pthread_create(&other.thread, NULL, collect, &other) == 0;
    collect(&mine);
    if (beside) pthread_join(other.thread, NULL);
    else if (half < end) collect(&other);
    if (half < end) oc_sketch_append(sketch, second);
    oc_sketch_finish(sketch);
}

static uint64_t mix(uint64_t digest, const void *bytes, size_t size)
{
    /* FNV-1a over 64-bit words, with the high half folded in */
    const unsigned char *at = bytes;
    for (size_t i = 0; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, at + i, 8);
        digest = (digest ^ word) * UINT64_C(0x100000001b3);
        digest ^= digest >> 32;
    }
    return digest;
}

static uint64_t digest_of(const oc_result *result)
{
    const oc_program *program = result->program;
    uint64_t digest = UINT64_C(0xcbf29ce484222325);
    digest = mix(digest, &result->futures, sizeof result->futures);
    digest = mix(digest, &result->counted, sizeof result->counted);
    digest = mix(digest, result->counts, program->counts * sizeof *result->counts);
    digest = mix(digest, result->values, program->slot_count * sizeof *result->values);
    return mix(digest, result->sums, program->slot_count * sizeof *result->sums);
}

static void settle(oc_result *result)
{
    result->futures = result->tally->futures;
    result->counted = result->tally->counted;
    result->counts = result->tally->counts;
    result->values = result->tally->values;
    oc_sums_total(result->partial, result->sums);
    result->digest = digest_of(result);
}

void oc_result_append(oc_result *result, const oc_result *next)
{
    oc_tally_merge(result->tally, next->tally);
    oc_sums_join(result->partial, next->partial);
    if (!result->failure.found) result->failure = next->failure;
    result->seconds += next->seconds;
    settle(result);
}

static void describe_failure(schedule *job, oc_engine *engine, oc_cell *columns, oc_run_failure *ret)
{
    const oc_program *program = job->program;
    const oc_failure *failure = &job->failure;
    oc_engine_replay_failure(engine, &job->failed_batch, failure);
    oc_engine_lane(engine, failure->lane, columns);
    const oc_row *rows = (const oc_row *)(const void *)((const unsigned char *)program + program->rows_at);
    *ret = (oc_run_failure){
        .found = true,
        .check = failure->check,
        .trajectory = (uint64_t)job->failed_batch.index * OC_LANES + failure->lane,
        .row = failure->row,
        .day = failure->row < program->row_count ? rows[failure->row].day : OC_NO_DATE,
        .instruction = failure->instruction,
        .columns = columns,
    };
}

static bool options_hold(const oc_run_options *options)
{
    return options->runs >= 1 && options->runs <= OC_MAX_RUNS && options->threads <= OC_MAX_THREADS &&
           options->isa < OC_ISA_COUNT && oc_isa_available(options->isa) &&
           (options->last_chunk == 0 || options->first_chunk <= options->last_chunk);
}

/* Starts the other workers and is one itself; a thread that cannot be started is done without. */
static void run_workers(crew_member *workers, unsigned *count)
{
    unsigned started = 1;
    while (started < *count && pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0) started++;
    work(&workers[0]);
    for (unsigned i = 1; i < started; i++) pthread_join(workers[i].thread, NULL);
    *count = started;
}

typedef struct setting {
    schedule *job;
    oc_arena *scratch;
    oc_cell *failed_columns;
    crew_member *workers;
    unsigned threads;
    oc_sketch *second; /* of the pilot's second worker; NULL: there is none */
    oc_result *ret;
} setting;

/* What the caller keeps; before anything is held that the caller's guard does not know of. */
static void allocate_result(const oc_program *program, oc_arena *arena, oc_result *ret)
{
    ret->tally = oc_tally_open(oc_arena_aligned(arena, oc_tally_size(program)), program);
    ret->sketch = oc_sketch_open(oc_arena_aligned(arena, oc_sketch_size(program)), program);
    ret->sums = OC_NEW_ARRAY(arena, program->slot_count + (size_t)1, oc_sum);
    ret->partial = oc_sums_open(oc_arena_aligned(arena, oc_sums_size(program->slot_count)), program->slot_count);
}

static void allocate_workers(void *context)
{
    setting *s = context;
    const oc_program *program = s->job->program;
    s->workers = OC_NEW_ARRAY(s->scratch, s->threads, crew_member);
    for (unsigned i = 0; i < s->threads; i++) {
        void *memory = oc_arena_aligned(s->scratch, oc_engine_size(program));
        s->workers[i].job = s->job;
        s->workers[i].engine = oc_engine_open(memory, program, s->job->isa);
        s->workers[i].tally = oc_tally_open(oc_arena_aligned(s->scratch, oc_tally_size(program)), program);
    }
}

static oc_status run_all(setting *s)
{
    schedule *job = s->job;
    const oc_run_options *options = job->options;
    oc_result *ret = s->ret;
    double begin = options->clock ? options->clock() : 0.0;
    job->last_progress = begin;
    oc_engine_set_arithmetic();
    if (!options->counts_only) run_pilot(job, s->workers, ret->sketch, s->second);
    run_workers(s->workers, &s->threads);
    for (unsigned i = 0; i < s->threads; i++) oc_tally_merge(ret->tally, s->workers[i].tally);
    ret->seconds = options->clock ? options->clock() - begin : 0.0;
    ret->threads = s->threads;
    settle(ret);
    if (job->failure.lane < OC_LANES) {
        describe_failure(job, s->workers[0].engine, s->failed_columns, &ret->failure);
        return OC_INPUT;
    }
    return job->cancelled ? OC_CANCELLED : OC_OK;
}

oc_status oc_run(const oc_program *program, const oc_run_options *options, oc_arena *arena, oc_result *ret)
{
    if (!options_hold(options)) return OC_USAGE;
    uint64_t chunks = oc_run_chunks(options->runs);
    uint64_t end = options->last_chunk && options->last_chunk < chunks ? options->last_chunk : chunks;
    uint64_t samples = options->sample_limit ? options->sample_limit : OC_DEFAULT_SAMPLES;
    schedule job = {
        .program = program,
        .options = options,
        .isa = options->isa == OC_ISA_AUTO ? oc_isa_best() : options->isa,
        .batches = (options->runs + OC_LANES - 1) / OC_LANES,
        .sampled_batches = samples / OC_LANES + (samples % OC_LANES != 0),
        .next_chunk = options->first_chunk,
        .end_chunk = end,
        .next_append = options->first_chunk,
        .failure = {.lane = OC_LANES},
    };
    uint64_t work_chunks = end > options->first_chunk ? end - options->first_chunk : 1;
    unsigned threads = options->threads ? options->threads : 1;
    if (threads > work_chunks) threads = (unsigned)work_chunks;
    *ret = (oc_result){.program = program, .isa = job.isa};
    allocate_result(program, arena, ret);
    oc_arena scratch;
    oc_arena_init(&scratch, &arena->allocator, 0);
    setting s = {.job = &job, .scratch = &scratch, .threads = threads, .ret = ret};
    s.failed_columns = OC_NEW_ARRAY(arena, program->columns + (size_t)1, oc_cell);
    oc_status status = oc_arena_try(&scratch, allocate_workers, &s);
    if (status == OC_OK) {
        job.sketch = ret->sketch;
        job.sums = ret->partial;
        pthread_mutex_init(&job.lock, NULL);
        pthread_cond_init(&job.appended, NULL);
        status = run_all(&s);
        pthread_cond_destroy(&job.appended);
        pthread_mutex_destroy(&job.lock);
    }
    oc_arena_free(&scratch);
    return status;
}
