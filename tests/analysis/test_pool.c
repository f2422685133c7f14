/* Voices and pools: the logarithmic pool of two normals is the normal with the weighted precisions (Genest and Zidek
 * 1986, section 3.1); the Wasserstein distance of two shifted curves is the shift. */
#include "analysis/pool.h"
#include "analysis/special.h"
#include "near.h"

enum { DAYS = 4000 };
static oc_day day[DAYS];
static double first[DAYS], second[DAYS], pooled[DAYS];
static oc_arena arena;

static int set_up(void **state)
{
    (void)state;
    oc_arena_init(&arena, NULL, 16 << 20);
    for (int i = 0; i < DAYS; i++) day[i] = 20000 + i;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    oc_arena_free(&arena);
    return 0;
}

static void normal_curve(double mean, double sd, double *done)
{
    for (int i = 0; i < DAYS; i++) done[i] = oc_normal_cdf((i + 0.5 - mean) / sd);
}

static void test_linear_pool(void **state)
{
    (void)state;
    normal_curve(1000, 100, first);
    normal_curve(1300, 200, second);
    oc_curve curves[] = {{day, first, DAYS}, {day, second, DAYS}};
    assert_true(oc_pool_linear(curves, (double[]){3, 1}, 2, pooled));
    for (int i = 0; i < DAYS; i += 97) assert_near(pooled[i], 0.75 * first[i] + 0.25 * second[i], 1e-14);
}

static void test_log_pool_of_two_normals(void **state)
{
    (void)state;
    normal_curve(1000, 100, first);
    normal_curve(1300, 200, second);
    oc_curve curves[] = {{day, first, DAYS}, {day, second, DAYS}};
    assert_true(oc_pool_log(&arena, curves, (double[]){0.5, 0.5}, 2, 0, pooled));
    double precision = 0.5 / 1e4 + 0.5 / 4e4, mean = (0.5 * 1000 / 1e4 + 0.5 * 1300 / 4e4) / precision;
    assert_near(mean, 1060, 1e-9);
    /* 4,000 days hold both curves; in the far tails the stretches underflow to 0, which moves nothing */
    for (int i = 700; i < 1500; i += 50)
        assert_near(pooled[i], oc_normal_cdf((i + 0.5 - mean) * sqrt(precision)), 2e-4);
    assert_true(oc_pool_log(&arena, curves, (double[]){1, 0}, 2, 0, pooled));
    for (int i = 0; i < DAYS; i += 97) assert_near(pooled[i], first[i], 1e-12);
}

static void test_log_pool_of_what_excludes_each_other(void **state)
{
    (void)state;
    for (int i = 0; i < DAYS; i++) first[i] = i >= 1000, second[i] = i >= 2000;
    oc_curve curves[] = {{day, first, DAYS}, {day, second, DAYS}};
    assert_false(oc_pool_log(&arena, curves, (double[]){1, 1}, 2, 0, pooled));
    assert_true(oc_pool_log(&arena, curves, (double[]){1, 1}, 2, 0.01, pooled));
    assert_near(pooled[1500] - pooled[500], pooled[2500] - pooled[1500], 1e-9);
}

static void test_never_is_pooled_too(void **state)
{
    (void)state;
    for (int i = 0; i < DAYS; i++) first[i] = 0.2, second[i] = 0.8; /* all on the first day, the rest never */
    oc_curve curves[] = {{day, first, DAYS}, {day, second, DAYS}};
    assert_true(oc_pool_log(&arena, curves, (double[]){1, 3}, 2, 0, pooled));
    double odds = pow(0.25, 0.25) * pow(4, 0.75); /* the log pool of two odds is their weighted geometric mean */
    assert_near(pooled[0], odds / (1 + odds), 1e-12);
    assert_near(pooled[DAYS - 1], pooled[0], 1e-12);
}

static void test_distances(void **state)
{
    (void)state;
    for (int i = 0; i < DAYS; i++) {
        first[i] = fmin(1, fmax(0, (i - 500) / 1000.0));
        second[i] = fmin(1, fmax(0, (i - 620) / 1000.0));
    }
    oc_curve a = {day, first, DAYS}, b = {day, second, DAYS};
    oc_curve_gap gap = oc_curve_compare(&a, &b);
    assert_near(gap.area, 120, 1e-9);
    assert_near(gap.shift, 120, 1e-9);
    assert_near(gap.largest, 0.12, 1e-12);
    gap = oc_curve_compare(&b, &a);
    assert_near(gap.shift, -120, 1e-9);
    gap = oc_curve_compare(&a, &a);
    assert_true(gap.area == 0 && gap.largest == 0);
    /* two normals of one mean: the shift is nothing, the area (s2 - s1) sqrt(2 / pi) */
    normal_curve(2000, 100, first);
    normal_curve(2000, 250, second);
    gap = oc_curve_compare(&a, &b);
    assert_near(gap.shift, 0, 1e-6);
    assert_near(gap.area, 150 * sqrt(2 / 3.14159265358979), 0.01);
}

static oc_pool_voice voice(int said, int from, int to, oc_firmness firmness, const char *speaker)
{
    return (oc_pool_voice){20000 + said, 20000 + from, 20000 + to, firmness, oc_slice_of(speaker), 0};
}

static void test_a_voice_becomes_a_curve(void **state)
{
    (void)state;
    oc_pool_voice v = voice(0, 1000, 1364, OC_FIRM_PLANNED, "minister");
    assert_true(oc_pool_voice_curve(&v, NULL, day, DAYS, first));
    assert_near(first[999], 0, 0);
    assert_near(first[1364], 0.8, 1e-12);
    assert_near(first[1000 + 182], 0.8 * 183 / 365, 1e-12);
    assert_near(first[1364 + 1364], 0.8 + 0.18 * (1 - exp(-1)), 1e-12);
    oc_curve curve = {day, first, DAYS};
    assert_true(oc_curve_is_sound(&curve));
    for (int m = 0; m < OC_FIRM_COUNT; m++) {
        v.firmness = (oc_firmness)m;
        assert_true(oc_pool_voice_curve(&v, NULL, day, DAYS, first));
        assert_true(oc_curve_is_sound(&curve));
        assert_int_equal(oc_firmness_find(oc_slice_of(oc_firmness_name(v.firmness))), m);
    }
    assert_int_equal(oc_firmness_find(OC_SLICE("shouted")), OC_FIRM_COUNT);
    assert_int_equal(oc_firmness_find(OC_SLICE("aimed")), OC_FIRM_GOAL);
    assert_int_equal(oc_firmness_find(OC_SLICE("warned")), OC_FIRM_DOUBTED);
    assert_true(oc_pool_voice_curve(&v, &(oc_pool_rule){1, 0}, day, DAYS, first));
    assert_near(first[1364], 1, 1e-12);
    assert_false(oc_pool_voice_curve(&v, &(oc_pool_rule){0.9, 0.2}, day, DAYS, first));
    v.last = v.first - 1;
    assert_false(oc_pool_voice_curve(&v, NULL, day, DAYS, first));
}

static void test_weights(void **state)
{
    (void)state;
    oc_pool_voice voices[] = {voice(0, 900, 1000, OC_FIRM_GOAL, "a"), voice(365, 900, 1000, OC_FIRM_GOAL, "b"),
                         voice(365, 950, 1000, OC_FIRM_PLANNED, "b"), voice(900, 950, 1000, OC_FIRM_GOAL, "c")};
    double weights[4];
    assert_true(oc_pool_voice_weights(voices, 4, 20000 + 365, 365, weights));
    assert_near(weights[0], 1 / 3.0, 1e-12); /* a year old: half of b's, which are shared by two */
    assert_near(weights[1], 1 / 3.0, 1e-12);
    assert_near(weights[2], 1 / 3.0, 1e-12);
    assert_near(weights[3], 0, 0);           /* not said yet */
    voices[0].weight = 6;
    assert_true(oc_pool_voice_weights(voices, 4, 20000 + 365, 0, weights));
    assert_near(weights[0], 6 / 7.0, 1e-12);
    assert_false(oc_pool_voice_weights(voices + 3, 1, 20000, 0, weights));
}

static void test_unsound_curves_are_refused(void **state)
{
    (void)state;
    const double falls[] = {0.5, 0.4}, beyond[] = {0.5, 1.2}, good[] = {0.4, 0.5};
    oc_curve curves[] = {{day, falls, 2}, {day, beyond, 2}, {day, good, 2}, {day, good, 1}};
    assert_false(oc_pool_linear(&curves[0], (double[]){1}, 1, pooled));
    assert_false(oc_pool_linear(&curves[1], (double[]){1}, 1, pooled));
    assert_false(oc_pool_linear(&curves[2], (double[]){1, 1}, 2, pooled));
    assert_false(oc_pool_linear(&curves[2], (double[]){0}, 1, pooled));
    assert_false(oc_pool_linear(&curves[2], (double[]){-1}, 1, pooled));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
TEST_MAIN(TEST(test_linear_pool), TEST(test_log_pool_of_two_normals), TEST(test_log_pool_of_what_excludes_each_other),
          TEST(test_never_is_pooled_too), TEST(test_distances), TEST(test_a_voice_becomes_a_curve), TEST(test_weights),
          TEST(test_unsound_curves_are_refused))
