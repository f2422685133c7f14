/* Workers take blocks of draws from a counter until none is left or somebody stops. Each has its own arena and solver,
 * and writes to places that only it writes; the order of threads cannot show in the result. */
#include "politics/ensemble.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

enum { BLOCK = 8, MOST_THREADS = 16 };

typedef struct work {
    const oc_bargain_table *table;
    const oc_bargain_options *options;
    const oc_bargain_progress *progress;
    ensemble *to;
    uint8_t *finished; /* [draw] */
    atomic_size_t next, done;
    atomic_bool stop;
    atomic_int status;
} work;

typedef struct worker {
    work *work;
    oc_arena arena;
    bool caller; /* the thread that may report progress */
} worker;

static void give_up(work *it, oc_status why)
{
    int none = OC_OK;
    atomic_compare_exchange_strong(&it->status, &none, (int)why);
    atomic_store(&it->stop, true);
}

static oc_status one_draw(work *it, solver *mine, size_t draw, double *outcome, bool *open)
{
    size_t issues = it->table->issue_count, runs = it->to->runs;
    for (size_t p = 0; p < issues; p++) open[p] = true;
    solver_draw(mine, draw);
    oc_status status = solver_run(mine, draw, outcome, open, NULL);
    if (status) return status;
    for (size_t p = 0; p < issues; p++) {
        it->to->outcome[p * runs + draw] = outcome[p];
        it->to->mean[p * runs + draw] = solver_mean(mine, p);
        it->to->open[p * runs + draw] = open[p];
    }
    it->finished[draw] = 1;
    atomic_fetch_add(&it->done, 1);
    return OC_OK;
}

static void work_on(void *context)
{
    worker *me = context;
    work *it = me->work;
    solver *mine = solver_new(&me->arena, it->table, it->options);
    double *outcome = OC_NEW_ARRAY(&me->arena, it->table->issue_count, double);
    bool *open = OC_NEW_ARRAY(&me->arena, it->table->issue_count, bool);
    size_t runs = it->to->runs;
    while (!atomic_load(&it->stop)) {
        size_t first = atomic_fetch_add(&it->next, BLOCK);
        if (first >= runs) return;
        for (size_t draw = first; draw < first + BLOCK && draw < runs && !atomic_load(&it->stop); draw++) {
            oc_status status = one_draw(it, mine, draw, outcome, open);
            if (status) give_up(it, status);
        }
        if (me->caller && it->progress && it->progress->report &&
            it->progress->report(it->progress->context, atomic_load(&it->done), runs))
            give_up(it, OC_CANCELLED);
    }
}

static void *run_worker(void *context)
{
    worker *me = context;
    oc_status status = oc_arena_try(&me->arena, work_on, me);
    if (status) give_up(me->work, status);
    return NULL;
}

/* Moves what is finished to the front. */
static void pack(ensemble *to, const uint8_t *finished, size_t issues)
{
    for (size_t draw = 0; draw < to->runs; draw++) {
        if (!finished[draw]) continue;
        for (size_t p = 0; p < issues; p++) {
            size_t from = p * to->runs + draw, at = p * to->runs + to->done;
            to->outcome[at] = to->outcome[from];
            to->mean[at] = to->mean[from];
            to->open[at] = to->open[from];
        }
        to->draw[to->done++] = (uint32_t)draw;
    }
}

oc_status ensemble_run(oc_arena *arena, const oc_bargain_table *table, const oc_bargain_options *options,
                       const oc_bargain_progress *progress, ensemble *ret)
{
    size_t runs = options->runs, issues = table->issue_count;
    *ret = (ensemble){.runs = runs};
    ret->outcome = OC_NEW_ARRAY(arena, issues * runs, double);
    ret->mean = OC_NEW_ARRAY(arena, issues * runs, double);
    ret->open = OC_NEW_ARRAY(arena, issues * runs, uint8_t);
    ret->draw = OC_NEW_ARRAY(arena, runs, uint32_t);
    work it = {.table = table, .options = options, .progress = progress, .to = ret,
               .finished = OC_NEW_ARRAY(arena, runs, uint8_t)};
    worker workers[MOST_THREADS];
    pthread_t threads[MOST_THREADS];
    size_t count = options->threads < 1 ? 1 : options->threads > MOST_THREADS ? MOST_THREADS : options->threads;
    size_t started = 1;
    for (size_t k = 0; k < count; k++) {
        workers[k] = (worker){.work = &it, .caller = k == 0};
        oc_arena_init(&workers[k].arena, &arena->allocator, arena->limit);
    }
    for (; started < count; started++)
        if (pthread_create(&threads[started], NULL, run_worker, &workers[started])) break;
    run_worker(&workers[0]);
    for (size_t k = 1; k < started; k++) pthread_join(threads[k], NULL);
    for (size_t k = 0; k < count; k++) oc_arena_free(&workers[k].arena);
    pack(ret, it.finished, issues);
    return (oc_status)atomic_load(&it.status);
}
