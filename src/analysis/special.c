/* Normal, gamma and beta distributions and their quantiles; see special.h.
 *
 * Quantiles of gamma and beta are found by bisection on the distribution function: some sixty evaluations, no starting
 * value that could fail. Worked example: oc_beta_quantile(0.05, 16.5, 1.5) = 0.7848 (Jeffreys, 16 of 17 held). */
#include "analysis/special.h"

#include <float.h>
#include <math.h>

enum { MAX_TERMS = 20000 };

double oc_normal_cdf(double z)
{
    return 0.5 * erfc(-z * 0.70710678118654752440);
}

static double ratio(const double *above, const double *below, double x)
{
    double numerator = above[7], denominator = below[7];
    for (int i = 6; i >= 0; i--) {
        numerator = numerator * x + above[i];
        denominator = denominator * x + below[i];
    }
    return numerator / denominator;
}

double oc_normal_quantile(double p)
{
    static const double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double b[8] = {1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
                                2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
                                5.2264952788528545610e+3};
    static const double c[8] = {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
                                3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[8] = {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
                                1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    static const double e[8] = {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
                                2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[8] = {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                                7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    if (!(p >= 0 && p <= 1)) return NAN;
    if (p == 0) return -INFINITY;
    if (p == 1) return INFINITY;
    double q = p - 0.5;
    if (fabs(q) <= 0.425) return q * ratio(a, b, 0.180625 - q * q);
    double r = sqrt(-log(q < 0 ? p : 1 - p));
    double z = r <= 5 ? ratio(c, d, r - 1.6) : ratio(e, f, r - 5);
    return q < 0 ? -z : z;
}

double oc_log_gamma(double x)
{
    if (!(x > 0)) return NAN;
    if (isinf(x)) return INFINITY;
    double product = 1;
    while (x < 12) product *= x++;
    static const double series[8] = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680,
                                     1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400};
    double inverse = 1 / (x * x), sum = 0;
    for (int i = 7; i >= 0; i--) sum = sum * inverse + series[i];
    return (x - 0.5) * log(x) - x + 0.91893853320467274178 + sum / x - log(product);
}

/* x^a e^-x / Gamma(a) */
static double gamma_front(double x, double shape)
{
    return exp(shape * log(x) - x - oc_log_gamma(shape));
}

static double gamma_series(double x, double shape)
{
    double term = 1 / shape, sum = term;
    for (int i = 1; i < MAX_TERMS && term > sum * DBL_EPSILON; i++) {
        term *= x / (shape + i);
        sum += term;
    }
    return sum * gamma_front(x, shape);
}

/* Lentz's method on the continued fraction of the upper tail. */
static double gamma_fraction(double x, double shape)
{
    double b = x + 1 - shape, c = 1 / DBL_MIN, d = 1 / b, h = d;
    for (int i = 1; i < MAX_TERMS; i++) {
        double a = -i * (i - shape);
        b += 2;
        d = a * d + b;
        if (fabs(d) < DBL_MIN) d = DBL_MIN;
        c = b + a / c;
        if (fabs(c) < DBL_MIN) c = DBL_MIN;
        d = 1 / d;
        double step = c * d;
        h *= step;
        if (fabs(step - 1) < 4 * DBL_EPSILON) break;
    }
    return h * gamma_front(x, shape);
}

double oc_gamma_cdf(double x, double shape)
{
    if (!(shape > 0) || !(x >= 0)) return NAN;
    if (x == 0) return 0;
    if (isinf(x)) return 1;
    return x < shape + 1 ? gamma_series(x, shape) : 1 - gamma_fraction(x, shape);
}

double oc_gamma_tail(double x, double shape)
{
    if (!(shape > 0) || !(x >= 0)) return NAN;
    if (x == 0) return 1;
    if (isinf(x)) return 0;
    return x < shape + 1 ? 1 - gamma_series(x, shape) : gamma_fraction(x, shape);
}

double oc_gamma_quantile(double p, double shape)
{
    if (!(shape > 0) || !(p >= 0 && p < 1)) return NAN;
    if (p == 0) return 0;
    double low = 0, high = shape + 1;
    while (oc_gamma_cdf(high, shape) < p && high < DBL_MAX / 4) high *= 2;
    for (int i = 0; i < 2000 && high - low > 2 * DBL_EPSILON * high && high > DBL_MIN; i++) {
        double middle = 0.5 * (low + high);
        if (oc_gamma_cdf(middle, shape) < p) low = middle;
        else high = middle;
    }
    return 0.5 * (low + high);
}

static double beta_fraction(double x, double a, double b)
{
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    if (fabs(d) < DBL_MIN) d = DBL_MIN;
    d = 1 / d;
    double h = d;
    for (int m = 1; m < MAX_TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double step = 1;
        for (int half = 0; half < 2; half++) {
            double term = half ? odd : even;
            d = 1 + term * d;
            if (fabs(d) < DBL_MIN) d = DBL_MIN;
            c = 1 + term / c;
            if (fabs(c) < DBL_MIN) c = DBL_MIN;
            d = 1 / d;
            step = c * d;
            h *= step;
        }
        if (fabs(step - 1) < 4 * DBL_EPSILON) break;
    }
    return h;
}

double oc_beta_cdf(double x, double a, double b)
{
    if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) return NAN;
    if (x == 0 || x == 1) return x;
    double front = exp(oc_log_gamma(a + b) - oc_log_gamma(a) - oc_log_gamma(b) + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2)) return front * beta_fraction(x, a, b) / a;
    return 1 - front * beta_fraction(1 - x, b, a) / b;
}

double oc_beta_quantile(double p, double a, double b)
{
    if (!(a > 0) || !(b > 0) || !(p >= 0 && p <= 1)) return NAN;
    if (p == 0 || p == 1) return p;
    double low = 0, high = 1;
    for (int i = 0; i < 2000 && high - low > 2 * DBL_EPSILON * high && high > DBL_MIN; i++) {
        double middle = 0.5 * (low + high);
        if (oc_beta_cdf(middle, a, b) < p) low = middle;
        else high = middle;
    }
    return 0.5 * (low + high);
}

double oc_binomial_tail(uint64_t successes, uint64_t trials, double p)
{
    if (!(p >= 0 && p <= 1)) return NAN;
    if (successes == 0) return 1;
    if (successes > trials) return 0;
    return oc_beta_cdf(p, (double)successes, (double)(trials - successes) + 1);
}

double oc_student_quantile(double p, double freedom)
{
    if (!(freedom > 0) || !(p > 0 && p < 1)) return NAN;
    double tail = p < 0.5 ? p : 1 - p;
    double x = oc_beta_quantile(2 * tail, 0.5 * freedom, 0.5);
    double t = sqrt(freedom * (1 - x) / x);
    return p < 0.5 ? -t : t;
}

double oc_chi_square_quantile(double p, double freedom)
{
    if (!(p > 0 && p < 1)) return NAN;
    return 2 * oc_gamma_quantile(p, 0.5 * freedom);
}
