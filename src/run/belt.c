/* See belt.h.
 *
 * A ring of places: piece n lies at place n modulo their number. Pieces joined .. begun - 1 are on the belt. */
#include "run/belt.h"

#include <pthread.h>

#define PROGRESS_SECONDS 0.1

typedef struct place {
    bool done;
    size_t bytes;
} place;

typedef struct moving {
    const oc_belt *belt;
    pthread_mutex_t lock;
    pthread_cond_t done;   /* the piece to be joined next */
    pthread_cond_t room;   /* for another piece */
    place places[OC_BELT_PLACES];
    uint64_t begun, joined, end; /* no piece from `end` on is begun */
    size_t waiting;        /* bytes of the pieces that are done and not joined */
} moving;

typedef struct hand {
    moving *m;
    unsigned worker;
    pthread_t thread;
} hand;

static bool has_room(const moving *m)
{
    uint64_t lying = m->begun - m->joined;
    return !lying || (lying < m->belt->places && m->waiting < m->belt->most);
}

static bool begin(moving *m, uint64_t *ret_piece)
{
    pthread_mutex_lock(&m->lock);
    while (m->begun < m->end && !has_room(m)) pthread_cond_wait(&m->room, &m->lock);
    if (m->belt->cancel && *m->belt->cancel) m->end = m->begun;
    bool more = m->begun < m->end;
    if (more) *ret_piece = m->begun++;
    pthread_mutex_unlock(&m->lock);
    return more;
}

static void work_on(moving *m, unsigned worker, uint64_t piece)
{
    const oc_belt *belt = m->belt;
    unsigned number = (unsigned)(piece % belt->places);
    size_t bytes = belt->work(belt->context, worker, number, piece);
    pthread_mutex_lock(&m->lock);
    m->places[number] = (place){true, bytes};
    m->waiting += bytes;
    if (piece == m->joined) pthread_cond_signal(&m->done);
    pthread_mutex_unlock(&m->lock);
}

static void *work(void *context)
{
    hand *me = context;
    uint64_t piece;
    while (begin(me->m, &piece)) work_on(me->m, me->worker, piece);
    /* The calling thread may wait for a piece that nobody begins any more. */
    pthread_mutex_lock(&me->m->lock);
    pthread_cond_signal(&me->m->done);
    pthread_mutex_unlock(&me->m->lock);
    return NULL;
}

/* Waits until the next piece is done. False if there is none to come. */
static bool await(moving *m)
{
    const place *next = &m->places[m->joined % m->belt->places];
    pthread_mutex_lock(&m->lock);
    while (m->joined < m->end && !next->done) pthread_cond_wait(&m->done, &m->lock);
    bool more = m->joined < m->end;
    pthread_mutex_unlock(&m->lock);
    return more;
}

static void join_next(moving *m)
{
    const oc_belt *belt = m->belt;
    unsigned number = (unsigned)(m->joined % belt->places);
    bool goes_on = belt->join(belt->context, number, m->joined);
    pthread_mutex_lock(&m->lock);
    m->waiting -= m->places[number].bytes;
    m->places[number] = (place){false, 0};
    m->joined++;
    if (!goes_on) m->end = m->begun;
    pthread_cond_broadcast(&m->room);
    pthread_mutex_unlock(&m->lock);
}

static void join_all(moving *m, bool alone)
{
    const oc_belt *belt = m->belt;
    double last = belt->clock ? belt->clock() : 0;
    for (uint64_t piece; (!alone || begin(m, &piece));) {
        if (alone) work_on(m, 0, piece);
        if (!await(m)) return;
        join_next(m);
        double now = belt->progress && belt->clock ? belt->clock() : 0;
        if (!belt->progress || (m->joined < belt->pieces && now - last < PROGRESS_SECONDS)) continue;
        last = now;
        belt->progress(belt->progress_context, m->joined, belt->pieces);
    }
}

uint64_t oc_belt_run(const oc_belt *belt)
{
    hand hands[OC_BELT_THREADS];
    unsigned threads = belt->threads > OC_BELT_THREADS ? OC_BELT_THREADS : belt->threads, started = 0;
    moving m = {.belt = belt, .end = belt->pieces};
    pthread_mutex_init(&m.lock, NULL);
    pthread_cond_init(&m.done, NULL);
    pthread_cond_init(&m.room, NULL);
    for (; started < threads; started++) {
        hands[started] = (hand){.m = &m, .worker = started};
        if (pthread_create(&hands[started].thread, NULL, work, &hands[started]) != 0) break;
    }
    join_all(&m, started == 0);
    for (unsigned i = 0; i < started; i++) pthread_join(hands[i].thread, NULL);
    pthread_cond_destroy(&m.done);
    pthread_cond_destroy(&m.room);
    pthread_mutex_destroy(&m.lock);
    return m.joined;
}
