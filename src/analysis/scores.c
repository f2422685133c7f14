/* Scores and calibration; see scores.h. Worked example: F rises evenly from 0 to 10 and it happened at 5: CRPS is the
 * integral of (x/10)^2 from 0 to 5 plus that of (1 - x/10)^2 from 5 to 10, 10/12 = 0.8333. */
#include "analysis/scores.h"

#include <math.h>

#include "analysis/special.h"

double oc_score_brier(double p, bool outcome)
{
    if (!(p >= 0 && p <= 1)) return NAN;
    double miss = p - outcome;
    return miss * miss;
}

double oc_score_log(double p, bool outcome, double floor)
{
    if (!(p >= 0 && p <= 1)) return NAN;
    double said = outcome ? p : 1 - p;
    return -log(fmin(1 - floor, fmax(floor, said)));
}

double oc_score_crps_ensemble(oc_arena *arena, const double *members, size_t count, double outcome, bool fair)
{
    if (count == 0 || (fair && count < 2)) return NAN;
    oc_arena_mark mark = oc_arena_get_mark(arena);
    double *sorted = OC_NEW_ARRAY(arena, count, double), n = (double)count, off = 0, between = 0;
    for (size_t i = 0; i < count; i++) {
        sorted[i] = members[i];
        off += fabs(members[i] - outcome) / n;
    }
    oc_sort_numbers(sorted, count);
    /* sum over pairs i < j of x_j - x_i, each x counted by its rank */
    for (size_t i = 0; i < count; i++) between += sorted[i] * (2 * (double)i + 1 - n);
    oc_arena_rewind(arena, mark);
    return off - between / (fair ? n * (n - 1) : n * n);
}

/* Index of the last point at or before x; count if x lies before the first. */
static size_t segment(const oc_cdf *cdf, double x)
{
    if (cdf->count == 0 || x < cdf->at[0]) return cdf->count;
    size_t low = 0, high = cdf->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (cdf->at[middle] <= x) low = middle;
        else high = middle;
    }
    return low;
}

double oc_cdf_at(const oc_cdf *cdf, double x)
{
    size_t i = segment(cdf, x);
    if (i == cdf->count) return 0;
    if (cdf->steps || i + 1 == cdf->count) return cdf->done[i];
    double part = (x - cdf->at[i]) / (cdf->at[i + 1] - cdf->at[i]);
    return cdf->done[i] + part * (cdf->done[i + 1] - cdf->done[i]);
}

/* Integral of (F - c)^2 over an interval in which F has no point: Simpson's rule is exact for the square of a line. */
static double piece(const oc_cdf *cdf, size_t i, double from, double to, double c)
{
    /* cppcheck-suppress duplicateAssignExpression ; both ends, before what lies between is added */
    double a = -c, b = -c;
    if (i < cdf->count) {
        bool flat = cdf->steps || i + 1 == cdf->count;
        double slope = flat ? 0 : (cdf->done[i + 1] - cdf->done[i]) / (cdf->at[i + 1] - cdf->at[i]);
        a += cdf->done[i] + slope * (from - cdf->at[i]);
        b += cdf->done[i] + slope * (to - cdf->at[i]);
    }
    return (to - from) * (a * a + a * b + b * b) / 3;
}

double oc_score_crps_window(const oc_cdf *cdf, double outcome, double from, double to)
{
    if (!(from <= to) || isnan(outcome) || isinf(from) || isinf(to)) return NAN;
    double sum = 0, here = from;
    while (here < to) {
        size_t i = segment(cdf, here);
        double next = to;
        size_t after = i == cdf->count ? 0 : i + 1;
        while (after < cdf->count && cdf->at[after] <= here) after++;
        if (after < cdf->count) next = fmin(next, cdf->at[after]);
        if (outcome > here) next = fmin(next, outcome);
        sum += piece(cdf, i, here, next, outcome <= here);
        here = next;
    }
    return sum;
}

void oc_pit_histogram(const double *low, const double *high, size_t count, double *bins, size_t bin_count)
{
    double width = 1 / (double)bin_count;
    for (size_t b = 0; b < bin_count; b++) bins[b] = 0;
    for (size_t i = 0; i < count; i++) {
        if (!(high[i] > low[i])) {
            size_t b = (size_t)(low[i] / width);
            bins[b < bin_count ? b : bin_count - 1] += 1;
            continue;
        }
        for (size_t b = 0; b < bin_count; b++) {
            double from = fmax(low[i], (double)b * width), to = fmin(high[i], (double)(b + 1) * width);
            if (to > from) bins[b] += (to - from) / (high[i] - low[i]);
        }
    }
}

static void finish_row(oc_reliability_row *row, double hits, double level)
{
    if (row->cases == 0) {
        row->forecast = NAN;
        row->happened = (oc_estimate){NAN, NAN, NAN, NAN};
        return;
    }
    double n = (double)row->cases, share = hits / n, a = hits + 0.5, b = n - hits + 0.5;
    row->forecast /= n;
    row->happened = (oc_estimate){share, sqrt(share * (1 - share) / n), oc_beta_quantile(0.5 - 0.5 * level, a, b),
                                  oc_beta_quantile(0.5 + 0.5 * level, a, b)};
}

oc_reliability oc_reliability_table(oc_arena *arena, const double *forecasts, const bool *outcomes, size_t count,
                                    size_t rows, double level)
{
    oc_reliability table = {.count = rows, .row = OC_NEW_ARRAY(arena, rows, oc_reliability_row), .cases = count};
    double *hits = OC_NEW_ARRAY(arena, rows, double), n = (double)count, base = 0;
    for (size_t i = 0; i < count; i++) {
        size_t r = (size_t)(forecasts[i] * (double)rows);
        if (r >= rows) r = rows - 1;
        table.row[r].cases++;
        table.row[r].forecast += forecasts[i];
        hits[r] += outcomes[i];
        base += outcomes[i] / n;
        table.brier += oc_score_brier(forecasts[i], outcomes[i]) / n;
    }
    for (size_t r = 0; r < rows; r++) {
        oc_reliability_row *row = &table.row[r];
        row->from = (double)r / (double)rows;
        row->to = (double)(r + 1) / (double)rows;
        finish_row(row, hits[r], level);
        if (row->cases == 0) continue;
        double share = row->happened.value, weight = (double)row->cases / n;
        table.reliability += weight * (row->forecast - share) * (row->forecast - share);
        table.resolution += weight * (share - base) * (share - base);
    }
    table.uncertainty = base * (1 - base);
    return table;
}
