/* Paired differences; see paired.h. Worked example: of 1,000 futures 30 turn to yes and 10 to no: +0.02 with standard
 * error sqrt(40 - 0.4) / 1000 = 0.0063; two independent runs at 50 % would have had 0.022. */
#include "analysis/paired.h"

#include <math.h>

oc_estimate oc_paired_difference(const double *before, const double *after, size_t count, double level)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < count; i++) { /* Welford's update, so that large common values don't cancel badly */
        double difference = after[i] - before[i], step = difference - mean;
        mean += step / (double)(i + 1);
        squares += step * (difference - mean);
    }
    if (count == 0) mean = NAN;
    double error = count > 1 ? sqrt(squares / (double)(count - 1) / (double)count) : NAN;
    return oc_estimate_normal(mean, error, level);
}

oc_estimate oc_paired_share(uint64_t gained, uint64_t lost, uint64_t count, double level)
{
    if (count == 0 || gained > count || lost > count - gained) return (oc_estimate){NAN, NAN, NAN, NAN};
    double n = (double)count, up = (double)gained, down = (double)lost;
    double variance = (up + down - (up - down) * (up - down) / n) / (n * n);
    return oc_estimate_normal((up - down) / n, sqrt(fmax(0, variance)), level);
}
