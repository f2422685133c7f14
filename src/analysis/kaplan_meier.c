/* The product-limit estimate; see survival.h. Worked example (Gehan 1965, 6-MP): 21 in remission, 3 relapse at week 6
 * while 21 are at risk: S = 18/21 = 0.857, Greenwood's error 0.857 * sqrt(3 / (21 * 18)) = 0.0764. */
#include <math.h>
#include <stdlib.h>

#include "analysis/special.h"
#include "analysis/survival.h"

typedef struct moment {
    double time;
    bool event;
} moment;

static int by_time(const void *left, const void *right)
{
    const moment *a = left, *b = right;
    if (a->time != b->time) return a->time < b->time ? -1 : 1;
    return (int)b->event - (int)a->event;
}

static moment moment_of(oc_observed seen)
{
    if (isinf(seen.high) && seen.high > 0) return (moment){seen.low, false};
    if (isinf(seen.low)) return (moment){seen.high, true};
    return (moment){0.5 * (seen.low + seen.high), true};
}

static void add_band(oc_km_step *step, double greenwood, double z)
{
    step->error = step->open * sqrt(greenwood);
    if (step->open <= 0 || step->open >= 1) {
        step->low = step->high = step->open;
        return;
    }
    double width = z * sqrt(greenwood) / log(step->open); /* negative */
    step->low = pow(step->open, exp(-width));
    step->high = pow(step->open, exp(width));
}

oc_km oc_km_estimate(oc_arena *arena, const oc_observed *cases, size_t count, double level)
{
    moment *moments = OC_NEW_ARRAY(arena, count, moment);
    oc_km km = {.step = OC_NEW_ARRAY(arena, count, oc_km_step), .cases = count, .median = NAN};
    for (size_t i = 0; i < count; i++) {
        moments[i] = moment_of(cases[i]);
        km.open_cases += !moments[i].event;
    }
    if (count) qsort(moments, count, sizeof *moments, by_time);
    double open = 1, greenwood = 0, z = oc_normal_quantile(0.5 + 0.5 * level);
    for (size_t i = 0; i < count;) {
        size_t events = 0, at_risk = count - i, same = i;
        while (same < count && moments[same].time == moments[i].time) events += moments[same++].event;
        if (events) {
            double n = (double)at_risk, d = (double)events;
            open *= 1 - d / n;
            greenwood += at_risk > events ? d / (n * (n - d)) : 0;
            oc_km_step *step = &km.step[km.count++];
            *step = (oc_km_step){.time = moments[i].time, .at_risk = at_risk, .events = events, .open = open};
            add_band(step, greenwood, z);
            if (isnan(km.median) && open <= 0.5) km.median = moments[i].time;
        }
        i = same;
    }
    return km;
}

double oc_km_done(const oc_km *km, double time)
{
    double open = 1;
    for (size_t i = 0; i < km->count && km->step[i].time <= time; i++) open = km->step[i].open;
    return 1 - open;
}
