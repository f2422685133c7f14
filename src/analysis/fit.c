/* Fits from counts and columns; see fit.h. Worked example: 3 crises in 20 years: gamma with shape 3.5 and rate 20, mean
 * 0.175 a year, 90 % interval 0.054 to 0.352. */
#include "analysis/fit.h"

#include <math.h>

#include "analysis/special.h"

/* Half the width of a normal 90 % interval in standard deviations. */
static const double NINETY_PERCENT = 1.6448536269514722;

bool oc_fit_rate(uint64_t events, double exposure, double level, oc_fitted *ret_fitted)
{
    if (!(exposure > 0) || !isfinite(exposure)) return false;
    double shape = (double)events + 0.5;
    *ret_fitted = (oc_fitted){
        .value = {shape / exposure, sqrt(shape) / exposure, oc_gamma_quantile(0.5 - 0.5 * level, shape) / exposure,
                  oc_gamma_quantile(0.5 + 0.5 * level, shape) / exposure},
        .first = shape, .second = exposure, .cases = (size_t)events};
    return true;
}

bool oc_fit_chance(uint64_t successes, uint64_t trials, double level, oc_fitted *ret_fitted)
{
    if (trials == 0 || successes > trials) return false;
    double a = (double)successes + 0.5, b = (double)(trials - successes) + 0.5, n = a + b;
    *ret_fitted = (oc_fitted){
        .value = {a / n, sqrt(a * b / (n * n * (n + 1))), oc_beta_quantile(0.5 - 0.5 * level, a, b),
                  oc_beta_quantile(0.5 + 0.5 * level, a, b)},
        .first = a, .second = b, .cases = (size_t)trials};
    return true;
}

bool oc_fit_normal(const double *values, size_t count, double level, oc_fitted *ret_fitted)
{
    for (size_t i = 0; i < count; i++)
        if (!isfinite(values[i])) return false;
    double variance = oc_variance(values, count), n = (double)count;
    if (!(variance > 0)) return false;
    double mean = oc_mean(values, count), sd = sqrt(variance), error = sd / sqrt(n);
    double t = oc_student_quantile(0.5 + 0.5 * level, n - 1);
    double low = oc_chi_square_quantile(0.5 + 0.5 * level, n - 1);
    double high = oc_chi_square_quantile(0.5 - 0.5 * level, n - 1);
    *ret_fitted = (oc_fitted){
        .value = {mean, error, mean - t * error, mean + t * error},
        .first = mean, .second = sd,
        .spread = {sd, sd / sqrt(2 * (n - 1)), sd * sqrt((n - 1) / low), sd * sqrt((n - 1) / high)},
        .cases = count};
    return true;
}

bool oc_fit_lognormal(const double *values, size_t count, double level, oc_fitted *ret_fitted)
{
    enum { MOST = 4096 };
    double logs[MOST];
    if (count > MOST) return false;
    for (size_t i = 0; i < count; i++) {
        if (!(values[i] > 0)) return false;
        logs[i] = log(values[i]);
    }
    if (!oc_fit_normal(logs, count, level, ret_fitted)) return false;
    oc_estimate *value = &ret_fitted->value;
    *value = (oc_estimate){exp(value->value), exp(value->value) * value->error, exp(value->low), exp(value->high)};
    return true;
}

/* Four significant digits. */
static void add_number(oc_text *out, double value, oc_slice unit)
{
    double scale = value == 0 ? 1 : pow(10, 3 - floor(log10(fabs(value))));
    double rounded = round(value * scale) / scale;
    oc_text_number(out, rounded);
    oc_text_add(out, unit);
}

static void add_pair(oc_text *out, const char *name, double first, double second, oc_slice unit)
{
    oc_text_add(out, oc_slice_of(name));
    oc_text_lit(out, "(");
    add_number(out, first, unit);
    oc_text_lit(out, ", ");
    add_number(out, second, unit);
    oc_text_lit(out, ")");
}

void oc_fit_expression(oc_text *out, oc_fit_kind kind, const oc_fitted *f, oc_slice unit, bool spread_out)
{
    const oc_slice none = {NULL, 0}, years = OC_SLICE("yr");
    switch (kind) {
    case OC_FIT_RATE:
        if (spread_out) {
            oc_text_lit(out, "gamma(");
            oc_text_number(out, f->first);
            oc_text_lit(out, ", 1/");
            add_number(out, f->second, years);
            oc_text_lit(out, ")");
            break;
        }
        oc_text_lit(out, "(");
        oc_text_number(out, f->first - 0.5);
        oc_text_lit(out, " + 0.5)/");
        add_number(out, f->second, years);
        break;
    case OC_FIT_CHANCE:
        if (spread_out) {
            add_pair(out, "beta", f->first, f->second, none);
        } else {
            oc_text_lit(out, "(");
            oc_text_number(out, f->first - 0.5);
            oc_text_lit(out, " + 0.5) / (");
            oc_text_number(out, f->first + f->second - 1);
            oc_text_lit(out, " + 1)");
        }
        break;
    case OC_FIT_NORMAL:
        if (spread_out) add_pair(out, "normal", f->first, f->second, unit);
        else add_number(out, f->first, unit);
        break;
    case OC_FIT_LOGNORMAL:
        if (spread_out) {
            add_number(out, exp(f->first - NINETY_PERCENT * f->second), unit);
            oc_text_lit(out, " to ");
            add_number(out, exp(f->first + NINETY_PERCENT * f->second), unit);
        } else {
            add_number(out, exp(f->first), unit);
        }
        break;
    }
}
