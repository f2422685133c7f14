/* opcon sweep: many variants of a scenario, one row each.
 *
 * Workers take the next variant, load, compile and run it in memory of their own and hand the row over; rows are
 * written in the order of the variants, each in one piece, as soon as all before it are there. So the file is at every
 * moment a whole number of rows from the first on (but for the last line of a torn write, which --resume cuts off), and
 * carrying on means carrying on behind the last row.
 *
 * With ranks (opcon-mpi), variant v belongs to rank v modulo their number; rank 0 collects and writes. */
#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/ranks.h"
#include "cli/run_options.h"
#include "cli/sweep_keep.h"
#include "cli/sweep_rows.h"

enum { AHEAD = 8, FILE_LIMIT = 1 << 30 }; /* rows a worker may be ahead of the file, each */

typedef struct sweep {
    oc_context *x;
    oc_sweep_plan plan;
    oc_sweep_job job;
    oc_model *base;
    uint64_t digest; /* of the plan and all files read */
    int file;
    uint64_t next, written, begun; /* next to take; rows in the file; rows there before */
    uint64_t stored;               /* rows in the workspace, if they are kept */
    oc_sweep_keep keep;
    pthread_t main; /* which alone writes to the workspace */
    oc_status kept;
    char **rows; /* that wait for their turn */
    bool failed; /* writing failed: errno in `error` */
    int error;
    bool out_of_memory;
    uint64_t faulty;          /* variants without figures */
    double seconds, sampling; /* processor time of all workers, and of that in drawing futures */
    pthread_mutex_t lock;
    pthread_cond_t moved;
} sweep;

/* --- the file --- */

static bool write_whole(int file, const char *bytes, size_t length)
{
    while (length) {
        ssize_t count = write(file, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        bytes += count;
        length -= (size_t)count;
    }
    return true;
}

/* Rows that are in the file, in the main thread. */
static void store_written(sweep *s)
{
    for (; s->keep.store && s->kept == OC_OK && s->stored < s->written; s->stored++) {
        char *row = s->rows[s->stored];
        s->kept = oc_sweep_keep_row(&s->keep, (oc_slice){row, strlen(row) - 1});
        free(row);
        s->rows[s->stored] = NULL;
    }
    s->failed = s->failed || s->kept != OC_OK;
}

/* Under the lock: all rows whose turn has come. */
static void write_ready(sweep *s)
{
    while (!s->failed && s->written < s->plan.variants && s->rows[s->written]) {
        char *row = s->rows[s->written];
        const char *status = row;
        for (size_t i = 0, quoted = 0, left = s->plan.axes.len + 1; left; i++) {
            if (row[i] == '"') quoted = !quoted;
            if (row[i] == ',' && !quoted && --left == 0) status = row + i + 1;
        }
        s->faulty += strncmp(status, "ok,", 3) != 0;
        if (!write_whole(s->file, row, strlen(row))) {
            s->failed = true;
            s->error = errno;
        }
        s->written++;
        if (s->keep.store) continue;
        free(row);
        s->rows[s->written - 1] = NULL;
    }
    if (pthread_equal(pthread_self(), s->main)) store_written(s);
    oc_progress(s->x, s->written - s->begun, s->plan.variants - s->begun);
}

static void add_times(sweep *s, const oc_sweep_runner *runner)
{
    double sampling;
    if (!runner) return;
    s->seconds += oc_sweep_runner_seconds(runner, &sampling);
    s->sampling += sampling;
}

static double processor_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void *work(void *context)
{
    sweep *s = context;
    oc_sweep_runner *runner = oc_sweep_runner_new(&s->job);
    oc_engine_set_arithmetic();
    pthread_mutex_lock(&s->lock);
    s->out_of_memory = s->out_of_memory || !runner;
    while (!s->failed && !s->out_of_memory && !oc_interrupted && s->next < s->plan.variants) {
        if (s->next - s->written >= AHEAD * (uint64_t)OC_MAX_THREADS) {
            pthread_cond_wait(&s->moved, &s->lock);
            continue;
        }
        uint64_t number = s->next++;
        pthread_mutex_unlock(&s->lock);
        char *row;
        bool fine = oc_sweep_runner_row(runner, number, &row);
        pthread_mutex_lock(&s->lock);
        s->out_of_memory = s->out_of_memory || !fine || (!row && !oc_interrupted);
        s->rows[number] = row;
        write_ready(s);
        pthread_cond_broadcast(&s->moved);
    }
    add_times(s, runner);
    pthread_cond_broadcast(&s->moved);
    pthread_mutex_unlock(&s->lock);
    oc_sweep_runner_free(runner);
    return NULL;
}

static void run_threads(sweep *s, unsigned threads)
{
    pthread_t *others = OC_NEW_ARRAY(s->x->arena, threads, pthread_t);
    unsigned started = 1;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->moved, NULL);
    while (started < threads && pthread_create(&others[started], NULL, work, s) == 0) started++;
    work(s);
    for (unsigned i = 1; i < started; i++) pthread_join(others[i], NULL);
    pthread_cond_destroy(&s->moved);
    pthread_mutex_destroy(&s->lock);
}

/* An empty message says that a rank cannot go on. */
static void run_ranks(sweep *s)
{
    uint64_t ranks = (uint64_t)oc_rank_count(), rank = (uint64_t)oc_rank();
    if (rank == 0)
        for (uint64_t r = 1; r < ranks; r++) oc_rank_send((int)r, &s->begun, sizeof s->begun);
    else
        memcpy(&s->begun, oc_rank_receive(s->x->arena, 0).ptr, sizeof s->begun);
    if (s->begun > s->plan.variants) return; /* rank 0 could not open the file */
    oc_sweep_runner *runner = oc_sweep_runner_new(&s->job);
    s->out_of_memory = !runner;
    oc_arena_mark mark = oc_arena_get_mark(s->x->arena);
    for (uint64_t v = s->begun; v < s->plan.variants && !s->out_of_memory && !s->failed; v++) {
        char *row = NULL;
        if (v % ranks == rank) s->out_of_memory = !oc_sweep_runner_row(runner, v, &row) || !row;
        if (rank && v % ranks == rank) oc_rank_send(0, row ? row : "", row ? strlen(row) : 0);
        if (rank) {
            free(row);
            continue;
        }
        if (v % ranks) {
            oc_slice text = oc_rank_receive(s->x->arena, (int)(v % ranks));
            row = text.len ? malloc(text.len + 1) : NULL;
            if (row) memcpy(row, text.ptr, text.len), row[text.len] = '\0';
            s->out_of_memory = !row;
            oc_arena_rewind(s->x->arena, mark);
        }
        s->rows[v] = row;
        write_ready(s);
    }
    /* Of its own variants only: rank 0's stand for all. */
    add_times(s, runner);
    s->seconds *= (double)ranks, s->sampling *= (double)ranks;
    oc_sweep_runner_free(runner);
}

/* --- beginning and carrying on --- */

static uint64_t digest_of(sweep *s)
{
    uint64_t hash = OC_HASH_START;
    const oc_context *x = s->x;
    uint64_t numbers[] = {s->plan.runs, s->plan.seed, s->plan.variants, (uint64_t)s->plan.design};
    hash = oc_hash_more(hash, numbers, sizeof numbers);
    for (size_t i = 0; i < x->sources.files.len; i++)
        hash = oc_hash_more(hash, x->sources.files.at[i].text.ptr, x->sources.files.at[i].text.len);
    return oc_hash_more(hash, OC_VERSION, sizeof OC_VERSION);
}

static oc_status other_sweep(sweep *s, oc_slice path)
{
    oc_diag *d = oc_report(&s->x->diags, OC_E0984, (oc_span){0, 0, 0}, OC_ARGS(OC_T(path)));
    oc_diag_help(d, "help.sweep-resume", NULL);
    return oc_show_diags(s->x);
}

/* Counts the rows behind the header; *ret_length is where the last whole row ends. OC_INPUT when a row is not the one
 * that belongs there. */
static bool count_rows(oc_slice text, size_t start, uint64_t *ret_rows, size_t *ret_length)
{
    *ret_rows = 0;
    *ret_length = start;
    while (*ret_length < text.len) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), *ret_length);
        if (end == SIZE_MAX) return true;
        char expected[32];
        int length = snprintf(expected, sizeof expected, "%llu,", (unsigned long long)*ret_rows);
        oc_slice row = oc_slice_sub(text, *ret_length, end);
        if (!oc_slice_starts(row, (oc_slice){expected, (size_t)length})) return false;
        ++*ret_rows;
        *ret_length = end + 1;
    }
    return true;
}

static oc_status cannot_write(sweep *s, oc_slice path, int error)
{
    return oc_complain(s->x, OC_IO, "cli.cannot-write", OC_ARGS(OC_T(path), oc_arg_of_errno(error)));
}

/* *ret_rows gets the whole rows that the file has. */
static oc_status open_output(sweep *s, oc_slice path, bool resume, oc_slice *ret_rows)
{
    oc_arena *arena = s->x->arena;
    oc_slice head = oc_arena_printf(
        arena, "# opcon sweep; digest %016llx; %llu variants of %llu futures, seed %llu\n%.*s",
        (unsigned long long)s->digest, (unsigned long long)s->plan.variants, (unsigned long long)s->plan.runs,
        (unsigned long long)s->plan.seed, OC_FMT(oc_sweep_header(arena, &s->job)));
    if (oc_slice_is(path, "-")) {
        s->file = STDOUT_FILENO;
        return write_whole(s->file, head.ptr, head.len) ? OC_OK : cannot_write(s, path, errno);
    }
    oc_slice name = oc_arena_copy(arena, path), text = {"", 0};
    bool there = oc_file_exists(name.ptr);
    if (there && !resume) return oc_complain(s->x, OC_USAGE, "sweep.exists", OC_ARGS(OC_T(path)));
    s->file = open(name.ptr, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (s->file < 0) return cannot_write(s, path, errno);
    if (there && oc_file_read(arena, name.ptr, FILE_LIMIT, &text) != OC_OK) return cannot_write(s, path, errno);
    if (text.len < head.len && oc_slice_starts(head, text)) {
        if (ftruncate(s->file, 0) != 0) return cannot_write(s, path, errno);
        return write_whole(s->file, head.ptr, head.len) ? OC_OK : cannot_write(s, path, errno);
    }
    uint64_t rows;
    size_t length;
    if (!oc_slice_starts(text, head) || !count_rows(text, head.len, &rows, &length) || rows > s->plan.variants)
        return other_sweep(s, path);
    if (ftruncate(s->file, (off_t)length) != 0) return cannot_write(s, path, errno);
    s->next = s->written = s->begun = rows;
    *ret_rows = oc_slice_sub(text, head.len, length);
    return OC_OK;
}

/* --- the workspace --- */

/* A row that only the workspace has. */
static void copy_to_file(void *context, int64_t variant, oc_slice row)
{
    sweep *s = context;
    (void)variant;
    if (s->failed || (write_whole(s->file, row.ptr, row.len) && write_whole(s->file, "\n", 1))) return;
    s->failed = true;
    s->error = errno;
}

/* The file and the workspace get the rows that only the other has: both then begin at the same variant. */
static oc_status even_out(sweep *s, oc_slice path, oc_slice rows_of_file)
{
    uint64_t in_file = s->written, row = 0;
    oc_status status = OC_OK;
    for (size_t at = 0; at < rows_of_file.len && status == OC_OK; row++) {
        size_t end = oc_slice_find(rows_of_file, OC_SLICE("\n"), at);
        if (end == SIZE_MAX || row >= in_file) break;
        if (row >= s->keep.rows) status = oc_sweep_keep_row(&s->keep, oc_slice_sub(rows_of_file, at, end));
        at = end + 1;
    }
    if (status == OC_OK && s->keep.rows > in_file)
        status = oc_store_visit_sweep_rows(s->keep.store, s->x->arena, s->keep.id, (int64_t)in_file, copy_to_file, s);
    if (s->failed) return cannot_write(s, path, s->error);
    s->stored = s->next = s->written = s->begun = s->keep.rows;
    return status;
}

static oc_status open_all(sweep *s, oc_slice path, bool resume, bool keep)
{
    oc_context *x = s->x;
    oc_slice rows_of_file = {"", 0};
    oc_status status = open_output(s, path, resume, &rows_of_file);
    if (status != OC_OK || !keep) return status;
    oc_store_sweep kept = {.made = oc_now(x->arena),
                           .opcon = OC_SLICE(OC_VERSION),
                           .scenario = s->base->name,
                           .digest = oc_arena_printf(x->arena, "%016llx", (unsigned long long)s->digest),
                           .columns = oc_slice_trim(oc_sweep_header(x->arena, &s->job)),
                           .runs = (int64_t)s->plan.runs,
                           .seed = (int64_t)s->plan.seed,
                           .variants = (int64_t)s->plan.variants};
    status = oc_sweep_keep_open(x, &kept, resume, &s->keep);
    if (status != OC_OK) return status;
    status = even_out(s, path, rows_of_file);
    return status == OC_OK ? OC_OK : oc_sweep_keep_close(&s->keep, status);
}

/* --- the scenario --- */

static oc_status find_scenario(sweep *s, oc_slice sweep_file)
{
    oc_context *x = s->x;
    oc_slice beside = oc_path_join(x->arena, oc_path_folder(sweep_file), s->plan.scenario);
    oc_slice bundled = oc_data_folder(x, "scenarios");
    s->job.scenario = beside;
    if (!oc_file_exists(beside.ptr) && bundled.len && oc_slice_find(s->plan.scenario, OC_SLICE("/"), 0) == SIZE_MAX) {
        bundled = oc_path_join(x->arena, bundled, s->plan.scenario);
        if (oc_file_exists(bundled.ptr)) s->job.scenario = bundled;
    }
    s->base = oc_model_load(x->arena, &x->diags, s->job.scenario, NULL);
    if (oc_diags_status(&x->diags) == OC_OK && s->base) return OC_OK;
    oc_status status = oc_show_diags(x);
    return status == OC_OK ? OC_INPUT : status;
}

/* The paths at least must be right before anything is run: the first variant is loaded. */
static oc_status try_first(sweep *s)
{
    oc_context *x = s->x;
    oc_override *sets = OC_NEW_ARRAY(x->arena, s->plan.axes.len, oc_override);
    for (size_t i = 0; i < s->plan.axes.len; i++) {
        oc_slice value = oc_sweep_value(x->arena, &s->plan, i, 0);
        oc_slice change = oc_arena_printf(x->arena, "%.*s=%.*s", OC_FMT(s->plan.axes.at[i].path), OC_FMT(value));
        oc_override_parse(x->arena, &x->diags, s->plan.axes.at[i].path, change, &sets[i]);
    }
    oc_model_options options = {.as_of = OC_DAY_NONE, .sets = sets, .set_count = s->plan.axes.len, .like = s->base};
    if (oc_diags_status(&x->diags) == OC_OK) oc_model_load(x->arena, &x->diags, s->job.scenario, &options);
    bool paths = true;
    for (size_t i = 0; i < x->diags.items.len; i++) {
        oc_code code = x->diags.items.at[i]->code;
        if (code == OC_E0140 || code == OC_E0141 || code == OC_E0142) paths = false;
    }
    if (!paths) return oc_show_diags(x);
    x->diags.items.len = x->diags.errors = x->diags.warnings = 0;
    return OC_OK;
}

static oc_slice milliseconds(oc_context *x, double seconds, uint64_t rows)
{
    oc_text text = oc_text_in(x->arena);
    oc_text_fixed(&text, rows ? fmax(0, 1000 * seconds / (double)rows) : 0, 2);
    return oc_text_slice(&text);
}

static oc_status finish(sweep *s, oc_slice path)
{
    oc_context *x = s->x;
    oc_progress_clear(x);
    store_written(s);
    if (s->file > 2 && close(s->file) != 0 && !s->failed) s->failed = true, s->error = errno;
    s->kept = oc_sweep_keep_close(&s->keep, s->kept);
    if (s->kept != OC_OK) return s->kept;
    if (s->failed) return cannot_write(s, path, s->error);
    if (s->out_of_memory) return OC_NOMEM;
    if (s->faulty) oc_complain(x, OC_OK, "sweep.faulty", OC_ARGS(OC_I(s->faulty)));
    if (s->written < s->plan.variants)
        return oc_complain(x, OC_CANCELLED, "sweep.interrupted", OC_ARGS(OC_I(s->written), OC_I(s->plan.variants)));
    uint64_t done = s->written - s->begun;
    if (s->file > 2)
        oc_print(x, oc_say(x->arena, x->lang, "sweep.done",
                           OC_ARGS(OC_I(s->written), OC_T(path), OC_I(done), OC_T(milliseconds(x, s->seconds, done)),
                                   OC_T(milliseconds(x, s->seconds - s->sampling, done)))));
    return OC_OK;
}

static oc_status read_options(sweep *s, unsigned *ret_threads)
{
    oc_context *x = s->x;
    int64_t runs, threads;
    oc_isa isa;
    oc_status status = oc_get_integer(x, "runs", 1, OC_MOST_RUNS, 0, &runs);
    if (status == OC_OK) status = oc_get_integer(x, "threads", 1, OC_MAX_THREADS, oc_processors(), &threads);
    if (status == OC_OK) status = oc_get_isa(x, &isa);
    if (status != OC_OK) return status;
    if (x->arguments.len != 1) return oc_complain(x, OC_USAGE, "sweep.one-file", NULL);
    if (!oc_sweep_read(x->arena, &x->diags, x->arguments.at[0], &s->plan)) return oc_show_diags(x);
    s->plan.runs = runs ? (uint64_t)runs : s->plan.runs ? s->plan.runs : 20000;
    s->job = (oc_sweep_job){.plan = &s->plan,
                            .isa = isa,
                            .plain = oc_has(x, "plain"),
                            .cancel = &oc_interrupted,
                            .clock = processor_time};
    *ret_threads = (unsigned)threads;
    return OC_OK;
}

/* Each variant asks for the same few megabytes again: giving them back to the system in between costs as much as the
 * rest. */
static void keep_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    mallopt(M_TOP_PAD, 16 << 20);
#endif
}

static oc_status run(oc_context *x)
{
    sweep s = {.x = x, .file = -1, .main = pthread_self()};
    unsigned threads = 1;
    oc_status status = read_options(&s, &threads);
    if (status == OC_OK) status = find_scenario(&s, x->arguments.at[0]);
    if (status != OC_OK) return status;
    s.job.plan = &s.plan;
    s.job.base = s.base;
    oc_slice path = oc_value_of(x, "output", OC_SLICE("-"));
    bool resume = oc_has(x, "resume");
    bool keep = oc_has(x, "keep") || oc_has(x, "workspace");
    if (resume && oc_slice_is(path, "-") && !keep) return oc_complain(x, OC_USAGE, "sweep.needs-output", NULL);
    s.digest = digest_of(&s);
    status = try_first(&s);
    s.rows = OC_NEW_ARRAY(x->arena, s.plan.variants + 1, char *);
    if (status == OC_OK && oc_rank() == 0) status = open_all(&s, path, resume, keep);
    oc_catch_signals();
    keep_memory();
    if (status != OC_OK) s.begun = UINT64_MAX;
    if (oc_rank_count() > 1)
        run_ranks(&s);
    else if (status == OC_OK)
        run_threads(&s, threads);
    if (status != OC_OK || oc_rank() != 0) return status;
    return finish(&s, path);
}

static const oc_option options[] = {{"runs", "N", false},    {"threads", "T", false},      {"output", "FILE", false},
                                    {"resume", NULL, false}, {"isa", "base|v3|v4", false}, {"plain", NULL, false},
                                    {"keep", NULL, false},   OC_OPTION_WORKSPACE,          {NULL, NULL, false}};

const oc_command oc_cmd_sweep = {"sweep", "SWEEP.yaml [OPTION]…", options, run, 1};
