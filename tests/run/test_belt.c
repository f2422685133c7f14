/* The belt: every piece is joined once, in order, by the calling thread, whatever the threads and places; what waits is
 * bounded; after a failure or a cancellation the pieces that were joined are the first ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "run/belt.h"

enum { BYTES = 10 };

typedef struct bench {
    oc_belt belt;
    pthread_t caller;
    uint64_t results[OC_BELT_PLACES];
    uint64_t expected;         /* piece to be joined next */
    uint64_t fail_at;          /* join refuses from this piece on */
    uint64_t stop_at;          /* cancelled by the join of this piece */
    volatile sig_atomic_t cancel;
    atomic_uint working, most_working, lying, most_lying, begun;
    bool wrong;
    uint64_t told;
} bench;

static void raise_to(atomic_uint *most, unsigned value)
{
    unsigned seen = atomic_load(most);
    while (value > seen && !atomic_compare_exchange_weak(most, &seen, value)) continue;
}

static void pause_ms(long milliseconds)
{
    nanosleep(&(struct timespec){0, milliseconds * 1000000}, NULL);
}

static size_t work(void *context, unsigned worker, unsigned place, uint64_t piece)
{
    bench *b = context;
    atomic_fetch_add(&b->begun, 1);
    raise_to(&b->most_working, atomic_fetch_add(&b->working, 1) + 1);
    raise_to(&b->most_lying, atomic_fetch_add(&b->lying, 1) + 1);
    if (piece % 7 == worker % 7) pause_ms(1);
    b->results[place] = piece * piece + 1;
    atomic_fetch_sub(&b->working, 1);
    return BYTES;
}

static bool join(void *context, unsigned place, uint64_t piece)
{
    bench *b = context;
    b->wrong = b->wrong || piece != b->expected || b->results[place] != piece * piece + 1 ||
               !pthread_equal(b->caller, pthread_self());
    b->expected = piece + 1;
    b->results[place] = 0;
    atomic_fetch_sub(&b->lying, 1);
    if (piece == b->stop_at) b->cancel = 1;
    return piece < b->fail_at;
}

static void tell(void *context, uint64_t done, uint64_t total)
{
    bench *b = context;
    b->told = done;
    b->wrong = b->wrong || done != b->expected || total != b->belt.pieces;
}

static double no_time(void)
{
    return 0;
}

static uint64_t run(bench *b, uint64_t pieces, unsigned threads, unsigned places, size_t most)
{
    b->caller = pthread_self();
    b->belt = (oc_belt){.pieces = pieces, .threads = threads, .places = places, .most = most, .context = b,
                        .work = work, .join = join, .progress = tell, .progress_context = b, .clock = no_time,
                        .cancel = &b->cancel};
    uint64_t joined = oc_belt_run(&b->belt);
    assert_false(b->wrong);
    assert_int_equal(joined, b->expected);
    return joined;
}

#define BENCH ((bench){.fail_at = UINT64_MAX, .stop_at = UINT64_MAX})

static void test_order(void **state)
{
    (void)state;
    static const unsigned threads[] = {0, 1, 2, 5}, places[] = {1, 2, 7, 64};
    for (size_t t = 0; t < 4; t++)
        for (size_t p = 0; p < 4; p++) {
            bench b = BENCH;
            assert_int_equal(run(&b, 150, threads[t], places[p], SIZE_MAX), 150);
            assert_true(atomic_load(&b.most_lying) <= places[p]);
            assert_true(atomic_load(&b.most_working) <= (threads[t] ? threads[t] : 1));
            assert_int_equal(b.told, 150);
        }
    bench none = BENCH;
    assert_int_equal(run(&none, 0, 3, 4, SIZE_MAX), 0);
}

/* No more waits than `most` and what was begun by then; with 0 just one piece at a time. */
static void test_bytes(void **state)
{
    (void)state;
    bench b = BENCH, one = BENCH;
    assert_int_equal(run(&b, 200, 3, 64, (size_t)5 * BYTES), 200);
    assert_true(atomic_load(&b.most_lying) <= 5 + 3);
    assert_int_equal(run(&one, 50, 3, 64, 0), 50);
    assert_int_equal(atomic_load(&one.most_lying), 1);
}

static void test_failure(void **state)
{
    (void)state;
    for (unsigned threads = 0; threads < 4; threads++) {
        bench b = BENCH;
        b.fail_at = 40;
        uint64_t joined = run(&b, 1000, threads, 16, SIZE_MAX);
        assert_int_equal(joined, atomic_load(&b.begun));
        assert_true(joined > 40 && joined <= 40 + 1 + 16);
    }
}

static void test_cancelled(void **state)
{
    (void)state;
    for (unsigned threads = 0; threads < 4; threads++) {
        bench b = BENCH;
        b.stop_at = 25;
        uint64_t joined = run(&b, 1000, threads, 16, SIZE_MAX);
        assert_int_equal(joined, atomic_load(&b.begun));
        assert_true(joined > 25 && joined <= 25 + 1 + 16);
    }
    bench at_once = BENCH;
    at_once.cancel = 1;
    assert_int_equal(run(&at_once, 1000, 2, 16, SIZE_MAX), 0);
}

static bool join_slowly(void *context, unsigned place, uint64_t piece)
{
    bench *b = context;
    for (int i = 0; piece == 0 && atomic_load(&b->begun) < 8 && i < 2000; i++) pause_ms(1);
    if (piece == 0) b->told = atomic_load(&b->begun);
    return join(context, place, piece);
}

/* While one is joined, the threads fill the other places. */
static void test_ahead(void **state)
{
    (void)state;
    bench b = BENCH;
    b.caller = pthread_self();
    b.belt = (oc_belt){.pieces = 20, .threads = 2, .places = 8, .most = SIZE_MAX, .context = &b, .work = work,
                       .join = join_slowly};
    assert_int_equal(oc_belt_run(&b.belt), 20);
    assert_false(b.wrong);
    assert_int_equal(b.told, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order), cmocka_unit_test(test_bytes), cmocka_unit_test(test_failure),
        cmocka_unit_test(test_cancelled), cmocka_unit_test(test_ahead),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
