/* Lowest points known beforehand: a quadratic form, a round function of four variables, Rosenbrock's valley, and one at
 * a border where derivatives say nothing. */
#include "analysis/minimise.h"
#include "near.h"

typedef struct counted {
    int evaluations;
} counted;

/* (x - centre)' A (x - centre) / 2 + 3 with A = B B', centre = (1, -2, 0.5). */
static double form(const double *x, void *context)
{
    ((counted *)context)->evaluations++;
    double d[3] = {x[0] - 1, x[1] + 2, x[2] - 0.5};
    double u = 2 * d[0], v = d[0] + d[1], w = 0.5 * d[0] - d[1] + 3 * d[2];
    return 0.5 * (u * u + v * v + w * w) + 3;
}

/* Sum of cosh(x[i] - i / 3) + (sum of x - 2)^2 / 4: lowest at x[i] = i / 3 only because the thirds sum to 2. */
static double bowl(const double *x, void *context)
{
    ((counted *)context)->evaluations++;
    double sum = -2, value = 0;
    for (int i = 0; i < 4; i++) {
        value += cosh(x[i] - i / 3.0);
        sum += x[i];
    }
    return value + sum * sum / 4;
}

static double valley(const double *x, void *context)
{
    ((counted *)context)->evaluations++;
    double a = 1 - x[0], b = x[1] - x[0] * x[0];
    return a * a + 100 * b * b;
}

/* Falls towards the border of its domain. */
static double border(const double *x, void *context)
{
    ((counted *)context)->evaluations++;
    return x[0] < 0 ? INFINITY : sqrt(x[0]) + x[1] * x[1];
}

static void test_round(void **state)
{
    (void)state;
    counted c = {0};
    double x[4] = {0, 0, 0};
    assert_near(oc_minimise_round(form, &c, x, 3, 0.5), 3, 1e-9);
    assert_near(x[0], 1, 1e-6);
    assert_near(x[1], -2, 1e-6);
    assert_near(x[2], 0.5, 1e-6);
    assert_true(c.evaluations < 60);
    c.evaluations = 0;
    double y[4] = {2, 2, -1, 0};
    assert_near(oc_minimise_round(bowl, &c, y, 4, 0.5), 4, 1e-9);
    for (int i = 0; i < 4; i++) assert_near(y[i], i / 3.0, 1e-6);
    assert_true(c.evaluations < 250);
}

static void test_not_round(void **state)
{
    (void)state;
    counted c = {0};
    double x[2] = {-1.2, 1}, y[2] = {1, 1};
    assert_near(oc_minimise_round(valley, &c, x, 2, 0.5), 0, 1e-9);
    assert_near(x[0], 1, 1e-3);
    assert_near(oc_minimise_round(border, &c, y, 2, 0.5), 0, 1e-3);
    assert_true(isinf(oc_minimise_round(border, &c, (double[]){-1, 0}, 2, 0.5)));
}

static void test_simplex(void **state)
{
    (void)state;
    counted c = {0};
    double x[2] = {-1.2, 1}, y[4] = {2, 2, -1, 0};
    assert_near(oc_minimise(valley, &c, x, 2, 0.5), 0, 1e-9);
    assert_near(oc_minimise(bowl, &c, y, 4, 0.5), 4, 1e-9);
    for (int i = 0; i < 4; i++) assert_near(y[i], i / 3.0, 1e-5);
}

static void test_lowest(void **state)
{
    (void)state;
    counted c = {0};
    assert_true(oc_is_lowest(form, &c, (double[]){1, -2, 0.5}, 3, 3, 1e-9));
    assert_false(oc_is_lowest(form, &c, (double[]){1.1, -2, 0.5}, 3, form((double[]){1.1, -2, 0.5}, &c), 1e-9));
    assert_false(oc_is_lowest(border, &c, (double[]){0, 0}, 2, 0, 1e-9));
}

TEST_MAIN(cmocka_unit_test(test_round), cmocka_unit_test(test_not_round), cmocka_unit_test(test_simplex),
          cmocka_unit_test(test_lowest))
