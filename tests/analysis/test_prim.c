/* PRIM on planted boxes: the limits must come back, the idle inputs must stay free. */
#include "analysis/prim.h"
#include "near.h"

enum { ROWS = 5000, INPUTS = 5 };

static oc_arena arena;
static double x[INPUTS][ROWS];
static bool hit[ROWS];

static int set_up(void **state)
{
    (void)state;
    oc_arena_init(&arena, NULL, 128 << 20);
    for (size_t k = 0; k < INPUTS; k++)
        for (size_t i = 0; i < ROWS; i++) x[k][i] = oc_resample_uniform(11, k, i);
    for (size_t i = 0; i < ROWS; i++) x[3][i] = (double)(size_t)(x[3][i] * 4); /* a category of four levels */
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    oc_arena_free(&arena);
    return 0;
}

static const oc_column columns[INPUTS] = {{x[0], 0}, {x[1], 0}, {x[2], 0}, {x[3], 4}, {x[4], 0}};

static bool planted(size_t i)
{
    return x[0][i] > 0.6 && x[1][i] < 0.5 && x[3][i] != 2;
}

static void test_a_box_with_sharp_walls(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) hit[i] = planted(i);
    oc_prim prim;
    assert_true(oc_prim_find(&arena, columns, INPUTS, hit, ROWS, &(oc_prim_options){.coverage = 0.8}, &prim));
    assert_near(prim.box.limit[0].low, 0.6, 0.03);
    assert_near(prim.box.limit[1].high, 0.5, 0.03);
    assert_int_equal(prim.box.limit[3].levels, 0xb);
    assert_true(prim.box.density > 0.98 && prim.box.coverage > 0.9);
    assert_true(isinf(prim.box.limit[0].high) && isinf(prim.box.limit[1].low));
    for (size_t k = 0; k < 2; k++) assert_true(prim.box.limit[k].p_value < 1e-6);
}

static void test_a_noisy_box(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) hit[i] = oc_resample_uniform(3, 9, i) < (planted(i) ? 0.9 : 0.1);
    oc_prim prim;
    assert_true(oc_prim_find(&arena, columns, INPUTS, hit, ROWS, NULL, &prim));
    assert_near(prim.box.limit[0].low, 0.6, 0.05);
    assert_near(prim.box.limit[1].high, 0.5, 0.05);
    assert_true(prim.box.density > 0.85);
    /* peeling must raise density and lower coverage all the way */
    for (size_t i = 1; i <= prim.chosen; i++) {
        assert_true(prim.trajectory[i].inside < prim.trajectory[i - 1].inside);
        assert_true(prim.trajectory[i].coverage <= prim.trajectory[i - 1].coverage);
    }
    assert_near(prim.trajectory[0].density, prim.base_rate, 1e-12);
    assert_near(prim.trajectory[0].coverage, 1, 0);
}

static void test_figures_agree_with_a_count(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) hit[i] = oc_resample_uniform(3, 9, i) < (planted(i) ? 0.9 : 0.1);
    oc_prim prim;
    assert_true(oc_prim_find(&arena, columns, INPUTS, hit, ROWS, NULL, &prim));
    size_t inside = 0, hits = 0, all = 0;
    for (size_t i = 0; i < ROWS; i++) {
        all += hit[i];
        if (!oc_prim_holds(&prim.box, columns, INPUTS, i)) continue;
        inside++;
        hits += hit[i];
    }
    assert_int_equal(inside, prim.box.inside);
    assert_int_equal(hits, prim.box.hits);
    assert_near(prim.box.coverage, (double)hits / (double)all, 1e-12);
    assert_near(prim.box.mass, (double)inside / ROWS, 1e-12);
}

/* Bryant and Lempert 2010: the chance of at least the box's hits, at the density without the restriction. */
static void test_quasi_p_value_by_hand(void **state)
{
    (void)state;
    enum { N = 200 };
    double values[N];
    bool yes[N];
    for (int i = 0; i < N; i++) values[i] = i, yes[i] = i >= 180; /* the 20 highest of 200 */
    const oc_column one[] = {{values, 0}};
    oc_prim prim;
    assert_true(oc_prim_find(&arena, one, 1, yes, N, NULL, &prim));
    assert_near(prim.box.density, 1, 0);
    assert_near(prim.box.limit[0].p_value / pow(0.1, (double)prim.box.inside), 1, 1e-9);
}

static void test_idle_input_is_no_discovery(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) hit[i] = planted(i);
    oc_prim prim;
    assert_true(oc_prim_find(&arena, columns, INPUTS, hit, ROWS, &(oc_prim_options){.coverage = 0.9}, &prim));
    assert_false(prim.box.limit[2].restricted);
    assert_false(prim.box.limit[4].restricted);
    assert_true(isnan(prim.box.limit[2].p_value));
}

static void test_too_little_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) hit[i] = i < 3;
    oc_prim prim;
    assert_false(oc_prim_find(&arena, columns, INPUTS, hit, ROWS, NULL, &prim));
    assert_false(oc_prim_find(&arena, columns, INPUTS, hit, 50, NULL, &prim));
}

static bool second_planted(size_t i)
{
    return x[2][i] < 0.25 && x[4][i] > 0.5;
}

/* Two boxes: the first found is the larger, the second lies in what is left, and no future is counted twice. */
static void test_two_planted_boxes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) hit[i] = planted(i) || second_planted(i);
    oc_prim_covering c;
    assert_true(oc_prim_cover(&arena, columns, INPUTS, hit, ROWS, NULL, 5, &c));
    assert_true(c.count >= 2 && c.coverage > 0.9 && c.density > 0.95);
    const oc_prim_box *boxes[] = {&c.part[0].box, &c.part[1].box};
    int first = boxes[0]->limit[0].restricted ? 0 : 1;
    assert_near(boxes[first]->limit[0].low, 0.6, 0.05);
    assert_near(boxes[first]->limit[1].high, 0.5, 0.05);
    assert_near(boxes[!first]->limit[2].high, 0.25, 0.05);
    assert_near(boxes[!first]->limit[4].low, 0.5, 0.05);
    size_t fresh = 0, inside = 0, hits = 0;
    for (size_t i = 0; i < ROWS; i++) {
        bool in = false;
        for (size_t b = 0; b < c.count; b++) in = in || oc_prim_holds(&c.part[b].box, columns, INPUTS, i);
        inside += in;
        hits += in && hit[i];
    }
    for (size_t b = 0; b < c.count; b++) fresh += c.part[b].fresh;
    assert_int_equal(fresh, inside);
    assert_int_equal(c.inside, inside);
    assert_int_equal(c.hits, hits);
}

/* One planted box: nothing but it is found, however many are asked for. */
static void test_one_box_is_enough(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++) hit[i] = oc_resample_uniform(3, 9, i) < (planted(i) ? 0.95 : 0.05);
    oc_prim_covering c;
    assert_true(oc_prim_cover(&arena, columns, INPUTS, hit, ROWS, &(oc_prim_options){.coverage = 0.7}, 10, &c));
    assert_true(c.exhausted && c.count <= 2);
    assert_true(c.part[0].box.density > 0.85);
    assert_near(c.part[0].base_rate, c.first.base_rate, 1e-12);
}

TEST_MAIN(cmocka_unit_test_setup_teardown(test_a_box_with_sharp_walls, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_a_noisy_box, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_figures_agree_with_a_count, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_quasi_p_value_by_hand, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_idle_input_is_no_discovery, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_two_planted_boxes, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_one_box_is_enough, set_up, tear_down),
          cmocka_unit_test_setup_teardown(test_too_little_is_refused, set_up, tear_down))
