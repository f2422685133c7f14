/* Special functions against published tables: Abramowitz & Stegun 1964 (A&S), the check values of AS 241 (Wichura
 * 1988), and closed forms. */
#include "analysis/special.h"
#include "near.h"

typedef struct value {
    const char *source;
    double got, want, tolerance;
} value;

static void check(const value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!(fabs(values[i].got - values[i].want) <= values[i].tolerance))
            fail_msg("%s: %.16g, expected %.16g", values[i].source, values[i].got, values[i].want);
}
#define CHECK(values) check(values, sizeof(values) / sizeof *(values))

static void test_normal(void **state)
{
    (void)state;
    const value values[] = {
        {"A&S 26.1, Phi(1)", oc_normal_cdf(1), 0.841344746068543, 1e-14},
        {"A&S 26.1, Phi(1.96)", oc_normal_cdf(1.96), 0.975002104851780, 1e-14},
        {"A&S 26.1, Phi(-3)", oc_normal_cdf(-3), 0.001349898031630, 1e-15},
        {"AS 241 p = 0.25", oc_normal_quantile(0.25), -0.6744897501960817, 1e-14},
        {"AS 241 p = 0.001", oc_normal_quantile(0.001), -3.090232306167814, 1e-14},
        {"AS 241 p = 1e-20", oc_normal_quantile(1e-20), -9.262340089798408, 1e-13},
        {"A&S 26.5, p = 0.975", oc_normal_quantile(0.975), 1.959963984540054, 1e-14},
    };
    CHECK(values);
}

static void test_gamma(void **state)
{
    (void)state;
    const value values[] = {
        {"ln sqrt(pi)", oc_log_gamma(0.5), 0.5723649429247001, 1e-14},
        {"ln 9!", oc_log_gamma(10), 12.801827480081469, 1e-13},
        {"ln 99!", oc_log_gamma(100), 359.1342053695754, 1e-11},
        {"erf(sqrt(0.5))", oc_gamma_cdf(0.5, 0.5), 0.6826894921370859, 1e-14},
        {"1 - exp(-3)", oc_gamma_cdf(3, 1), 0.950212931632136, 1e-14},
        {"Poisson, at most 2 at mean 5 (A&S 26.7)", oc_gamma_tail(5, 3), 0.124652019483081, 1e-14},
        {"median of the exponential", oc_gamma_quantile(0.5, 1), 0.6931471805599453, 1e-13},
        {"A&S 26.8, chi-square 0.95 with 1", oc_chi_square_quantile(0.95, 1), 3.841458820694124, 1e-11},
        {"A&S 26.8, chi-square 0.95 with 10", oc_chi_square_quantile(0.95, 10), 18.30703805327515, 1e-11},
        {"A&S 26.8, chi-square 0.05 with 20", oc_chi_square_quantile(0.05, 20), 10.85081139418259, 1e-11},
    };
    CHECK(values);
}

static void test_beta(void **state)
{
    (void)state;
    const value values[] = {
        {"I_0.5(2, 3) = 11/16", oc_beta_cdf(0.5, 2, 3), 0.6875, 1e-14},
        {"1 - 0.7^4", oc_beta_cdf(0.3, 1, 4), 0.7599, 1e-14},
        {"arcsine law: 2/pi asin(sqrt(0.2))", oc_beta_cdf(0.2, 0.5, 0.5), 0.2951672353008666, 1e-14},
        {"inverse of the arcsine law", oc_beta_quantile(0.5, 0.5, 0.5), 0.5, 1e-13},
        {"1 - 0.5^(1/4)", oc_beta_quantile(0.5, 1, 4), 0.1591035847462855, 1e-13},
        {"at least 15 heads of 20", oc_binomial_tail(15, 20, 0.5), 0.020694732666015625, 1e-15},
        {"at least 1 of 10 at 0.1", oc_binomial_tail(1, 10, 0.1), 0.6513215599, 1e-12},
        {"A&S 26.10, t 0.975 with 10", oc_student_quantile(0.975, 10), 2.22813885198627, 1e-11},
        {"A&S 26.10, t 0.975 with 1", oc_student_quantile(0.975, 1), 12.70620473617471, 1e-9},
        {"A&S 26.10, t 0.05 with 5", oc_student_quantile(0.05, 5), -2.015048373333024, 1e-11},
    };
    CHECK(values);
}

static void test_quantiles_invert(void **state)
{
    (void)state;
    for (int i = 1; i < 100; i++) {
        double p = i / 100.0;
        assert_near(oc_normal_cdf(oc_normal_quantile(p)), p, 1e-14);
        for (double shape = 0.1; shape < 2000; shape *= 3.7) {
            assert_near(oc_gamma_cdf(oc_gamma_quantile(p, shape), shape), p, 1e-11);
            assert_near(oc_beta_cdf(oc_beta_quantile(p, shape, 2.5), shape, 2.5), p, 1e-11);
        }
    }
}

static void test_outside_the_domain_is_no_number(void **state)
{
    (void)state;
    const double none[] = {oc_normal_quantile(1.5), oc_normal_quantile(NAN), oc_log_gamma(0), oc_gamma_cdf(-1, 1),
                           oc_gamma_quantile(1, 1), oc_beta_cdf(1.1, 1, 1), oc_beta_quantile(0.5, 0, 1),
                           oc_student_quantile(0, 3), oc_binomial_tail(1, 2, -0.1)};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_true(isnan(none[i]));
}

TEST_MAIN(cmocka_unit_test(test_normal), cmocka_unit_test(test_gamma), cmocka_unit_test(test_beta),
          cmocka_unit_test(test_quantiles_invert), cmocka_unit_test(test_outside_the_domain_is_no_number))
