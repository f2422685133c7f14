/* See smooth_sums.h. */
#include "analysis/smooth_sums.h"

#include <math.h>
#include <string.h>

#define DENSITY_SHARE 0.005

void oc_smooth_clear(oc_smooth_sums *sums)
{
    sums->share = sums->median = (oc_smooth_moments){0};
    if (sums->days) memset(sums->days, 0, sums->days_len * sizeof *sums->days);
}

static void join_moments(oc_smooth_moments *into, const oc_smooth_moments *from)
{
    for (int i = 0; i < 4; i++) into->sum[i] += from->sum[i];
    for (int i = 0; i < OC_SMOOTH_PRODUCTS; i++) into->product[i] += from->product[i];
}

void oc_smooth_join(oc_smooth_sums *into, const oc_smooth_sums *from)
{
    join_moments(&into->share, &from->share);
    join_moments(&into->median, &from->median);
    for (size_t i = 0; i < into->days_len; i++) into->days[i] += from->days[i];
}

void oc_smooth_add(oc_smooth_moments *m, const double *d0, const double *a0, const double *d1, const double *a1)
{
    for (size_t lane = 0; lane < OC_LANES; lane++) {
        double x[4] = {d0[lane], a0[lane], d1[lane] - d0[lane], a1[lane] - a0[lane]};
        int at = 0;
        for (int i = 0; i < 4; i++) {
            m->sum[i] += x[i];
            for (int k = i; k < 4; k++) m->product[at++] += x[i] * x[k];
        }
    }
}

double oc_smooth_weight(const oc_smooth_moments *m)
{
    return m->sum[0] + m->sum[2];
}

double oc_smooth_ratio(const oc_smooth_moments *m, int side)
{
    double d = side ? oc_smooth_weight(m) : m->sum[0], a = side ? m->sum[1] + m->sum[3] : m->sum[1];
    return d > 0 ? a / d : NAN;
}

double oc_smooth_error(const oc_smooth_moments *m, double s0, double s1)
{
    double r0 = oc_smooth_ratio(m, 0), r1 = oc_smooth_ratio(m, 1);
    double k0 = s0 == 0 ? 0 : s0 / m->sum[0], k1 = s1 / oc_smooth_weight(m);
    double base_d = s0 == 0 ? 0 : k0 * r0, own_d = -k1 * r1;
    double factor[4] = {base_d + own_d, k1 - k0, own_d, k1}, sum = 0;
    int at = 0;
    for (int i = 0; i < 4; i++)
        for (int k = i; k < 4; k++) sum += (i == k ? 1 : 2) * factor[i] * factor[k] * m->product[at++];
    return isnan(sum) ? NAN : sqrt(fmax(0, sum));
}

/* The day, counted from the first, by which a share p has come, and the part of it up to then; days_len: none. */
static size_t day_of_share(const oc_smooth_sums *sums, double p, double *ret_part)
{
    double total = 0, below = 0;
    for (size_t i = 0; i < sums->days_len; i++) total += sums->days[i];
    for (size_t i = 0; i + 1 < sums->days_len; i++) {
        /* A quantile on the edge of two days should not depend on the last bit. */
        if (sums->days[i] > 0 && below + sums->days[i] >= p * total * (1 - 1e-12)) {
            *ret_part = fmin(1, fmax(0, (p * total - below) / sums->days[i]));
            return i;
        }
        below += sums->days[i];
    }
    return sums->days_len;
}

oc_day oc_smooth_day(const oc_smooth_sums *sums, oc_day first, double p)
{
    double part;
    size_t day = day_of_share(sums, p, &part);
    return day < sums->days_len ? first + (oc_day)day : OC_DAY_NONE;
}

double oc_smooth_slope(const oc_smooth_sums *sums)
{
    double low_part = 0, high_part = 0;
    size_t low = day_of_share(sums, 0.5 - DENSITY_SHARE, &low_part),
           high = day_of_share(sums, 0.5 + DENSITY_SHARE, &high_part);
    if (high >= sums->days_len) return NAN;
    return ((double)high + high_part - (double)low - low_part) / (2 * DENSITY_SHARE);
}
