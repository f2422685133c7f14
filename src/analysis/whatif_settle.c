/* From counts to estimates; see whatif_tally.h and, for the formulas, whatif.h.
 *
 * Worked example: 1,000 futures, no news; 30 turn to yes and 10 to no. z is 0.98e-3 in the 30, -1.02e-3 in the 10,
 * -0.02e-3 elsewhere: difference +0.02, error sqrt(39.6)e-3 = 0.0063. */
#include "analysis/whatif_tally.h"

#include <math.h>

#define LEVEL 0.9
#define DENSITY_SHARE 0.005 /* of the futures on either side of the median */

typedef struct ratio {
    double yes, in, value;
} ratio;

/* Of the base (side 0) or the variant (side 1). */
static ratio ratio_of(const uint64_t table[OC_WHATIF_TABLE], int side)
{
    uint64_t state[3] = {0};
    for (int i = 0; i < OC_WHATIF_TABLE; i++) state[side ? i % 3 : i / 3] += table[i];
    ratio r = {(double)state[2], (double)(state[1] + state[2]), 0};
    r.value = r.in > 0 ? r.yes / r.in : NAN;
    return r;
}

/* Variance of scale1 * R1 - scale0 * R0. */
static double variance_of(const uint64_t table[OC_WHATIF_TABLE], double scale0, double scale1)
{
    ratio r0 = ratio_of(table, 0), r1 = ratio_of(table, 1);
    double sum = 0;
    for (int i = 0; i < OC_WHATIF_TABLE; i++) {
        if (!table[i]) continue;
        double z0 = i / 3 ? scale0 * ((i / 3 == 2) - r0.value) / r0.in : 0;
        double z1 = i % 3 ? scale1 * ((i % 3 == 2) - r1.value) / r1.in : 0;
        sum += (double)table[i] * (z1 - z0) * (z1 - z0);
    }
    return sum;
}

/* The day by which a share p has come, interpolated within the day; INFINITY beyond the horizon. */
static double quantile_of(const oc_whatif_totals *j, const uint64_t *days, double in, double p)
{
    double below = 0, target = p * in;
    for (size_t i = 0; i < j->days; i++) {
        if (days[i] && below + (double)days[i] >= target)
            return (double)j->first_day + (double)i + (target - below) / (double)days[i];
        below += (double)days[i];
    }
    return INFINITY;
}

static oc_day day_of(const oc_whatif_totals *j, const uint64_t *days, double in, double p)
{
    double day = quantile_of(j, days, in, p);
    if (isinf(day) || in == 0) return OC_DAY_NONE;
    double whole = floor(day);
    return (oc_day)(day == whole && day > (double)j->first_day ? whole - 1 : whole);
}

/* Days per share of the futures at the median; NAN where that cannot be told. */
static double slope_at_median(const oc_whatif_totals *j, const uint64_t *days, double in)
{
    double half = fmax(DENSITY_SHARE, sqrt(0.25 / in));
    double low = quantile_of(j, days, in, 0.5 - half), high = quantile_of(j, days, in, 0.5 + half);
    return isinf(high) ? NAN : (high - low) / (2 * half);
}

static void settle_date(const oc_whatif_totals *j, const oc_whatif_tally *base, const oc_whatif_tally *t, oc_side *side,
                        oc_difference *difference, const oc_day *base_median, bool news)
{
    ratio r0 = ratio_of(t->share, 0), r1 = ratio_of(t->share, 1);
    side->p10 = day_of(j, t->days, r1.in, 0.1);
    side->p50 = day_of(j, t->days, r1.in, 0.5);
    side->p90 = day_of(j, t->days, r1.in, 0.9);
    oc_day before = base_median ? *base_median : side->p50;
    if (side->p50 != OC_DAY_NONE && before != OC_DAY_NONE) {
        double slope0 = slope_at_median(j, base->days, r0.in), slope1 = slope_at_median(j, t->days, r1.in);
        bool same = !t->changed && !news;
        double error = same ? 0 : sqrt(variance_of(t->median, slope0, slope1));
        difference->median = oc_estimate_normal((double)(side->p50 - before), error, LEVEL);
    }
    difference->both = t->both;
    if (news || !t->both) return;
    double n = (double)t->both, mean = (double)t->later / n;
    double variance = n > 1 ? ((double)t->later_squares - mean * (double)t->later) / (n - 1) : NAN;
    difference->later = oc_estimate_normal(mean, sqrt(fmax(0, variance) / n), LEVEL);
}

static void settle_number(const oc_whatif_sums *s, const oc_whatif_tally *t, double origin, oc_side *side,
                          oc_difference *difference)
{
    ratio r0 = ratio_of(t->share, 0), r1 = ratio_of(t->share, 1);
    double n0 = r0.yes, n1 = r1.yes, both = (double)t->share[8], m0 = s->base / n0, m1 = s->variant / n1;
    side->futures = (uint64_t)n1;
    side->never = 1 - r1.value;
    if (n1 > 0) side->mean = origin + m1;
    double squares0 = s->base_squares - n0 * m0 * m0, squares1 = s->variant_squares - n1 * m1 * m1;
    if (n1 > 1) side->mean_se = sqrt(fmax(0, squares1)) / n1;
    if (n0 == 0 || n1 == 0) return;
    double products = s->both_product - m0 * s->both_variant - m1 * s->both_base + both * m0 * m1;
    double variance = squares0 / (n0 * n0) + squares1 / (n1 * n1) - 2 * products / (n0 * n1);
    difference->mean = oc_estimate_normal(m1 - m0, sqrt(fmax(0, variance)), LEVEL);
}

static void settle_measure(const oc_whatif_totals *j, size_t v, size_t m, oc_whatif *ret)
{
    static const oc_estimate unknown = {NAN, NAN, NAN, NAN};
    size_t cell = v * ret->measure_count + m;
    const oc_whatif_tally *t = &j->tallies[cell];
    oc_side *side = &ret->sides[cell];
    oc_difference *difference = &ret->differences[cell];
    ratio r0 = ratio_of(t->share, 0), r1 = ratio_of(t->share, 1);
    *side = (oc_side){.futures = (uint64_t)r1.in, .p = NAN, .p_se = NAN, .p10 = OC_DAY_NONE, .p50 = OC_DAY_NONE,
                      .p90 = OC_DAY_NONE, .mean = NAN, .mean_se = NAN, .never = NAN};
    *difference = (oc_difference){t->changed, unknown, unknown, unknown, 0, unknown};
    if (ret->measures[m].kind == OC_MEASURE_NUMBER) {
        settle_number(&t->sums, t, j->origins[m], side, difference);
        return;
    }
    side->p = r1.value;
    side->p_se = sqrt(r1.value * (1 - r1.value) / r1.in);
    difference->p = oc_estimate_normal(r1.value - r0.value, sqrt(variance_of(t->share, 1, 1)), LEVEL);
    if (ret->measures[m].kind != OC_MEASURE_DATE) return;
    bool news = ret->counted[v] != ret->futures || ret->counted[0] != ret->futures;
    settle_date(j, &j->tallies[m], t, side, difference, v ? &ret->sides[m].p50 : NULL, news);
}

void oc_whatif_settle(const oc_whatif_totals *totals, oc_whatif *result)
{
    for (size_t v = 0; v < result->count; v++)
        for (size_t m = 0; m < result->measure_count; m++) settle_measure(totals, v, m, result);
}
