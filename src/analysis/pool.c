/* Voices to curves, pools of curves, distances; see pool.h.
 *
 * Worked example: two voices, one sure of 2028 and one of 2030. The linear pool gives each year one half; the
 * logarithmic pool finds nothing that both allow and fails. */
#include "analysis/pool.h"

#include <math.h>

/* within, never */
const oc_pool_rule oc_pool_rules[OC_FIRM_COUNT] = {
    [OC_FIRM_DECIDED] = {0.90, 0.00},  [OC_FIRM_PLANNED] = {0.80, 0.02},     [OC_FIRM_GOAL] = {0.60, 0.10},
    [OC_FIRM_EXPECTED] = {0.70, 0.05}, [OC_FIRM_CONDITIONAL] = {0.50, 0.10}, [OC_FIRM_RECOMMENDED] = {0.40, 0.20},
    [OC_FIRM_DOUBTED] = {0.15, 0.30},  [OC_FIRM_DENIED] = {0.02, 0.30},
};
static const char *const words[OC_FIRM_COUNT][4] = {
    [OC_FIRM_DECIDED] = {"decided", "agreed"},
    [OC_FIRM_PLANNED] = {"planned", "designed"},
    [OC_FIRM_GOAL] = {"goal", "aimed"},
    [OC_FIRM_EXPECTED] = {"expected", "predicted", "forecast", "stated"},
    [OC_FIRM_CONDITIONAL] = {"conditional", "condition"},
    [OC_FIRM_RECOMMENDED] = {"recommended", "proposed"},
    [OC_FIRM_DOUBTED] = {"doubted", "warned"},
    [OC_FIRM_DENIED] = {"denied"},
};
enum { SHORTEST_DELAY = 90 };

oc_firmness oc_firmness_find(oc_slice word)
{
    for (int firmness = 0; firmness < OC_FIRM_COUNT; firmness++)
        for (int i = 0; i < 4 && words[firmness][i]; i++)
            if (oc_slice_is(word, words[firmness][i])) return (oc_firmness)firmness;
    return OC_FIRM_COUNT;
}

const char *oc_firmness_name(oc_firmness firmness)
{
    return words[firmness][0];
}

bool oc_curve_is_sound(const oc_curve *curve)
{
    for (size_t i = 0; i < curve->count; i++) {
        if (!(curve->done[i] >= 0 && curve->done[i] <= 1)) return false;
        if (i > 0 && (curve->day[i] <= curve->day[i - 1] || curve->done[i] < curve->done[i - 1])) return false;
    }
    return curve->count > 0;
}

bool oc_pool_voice_curve(const oc_pool_voice *voice, const oc_pool_rule *rule, const oc_day *day, size_t count,
                         double *done)
{
    if (!rule) rule = &oc_pool_rules[voice->firmness];
    double within = rule->within, later = 1 - rule->within - rule->never;
    if (voice->last < voice->first || !(within >= 0) || !(rule->never >= 0) || !(later >= -1e-12)) return false;
    double length = (double)(voice->last - voice->first) + 1;
    double delay = fmax(SHORTEST_DELAY, (double)(voice->last - voice->said));
    for (size_t i = 0; i < count; i++) {
        double into = (double)(day[i] - voice->first) + 1, beyond = (double)(day[i] - voice->last);
        if (into <= 0)
            done[i] = 0;
        else if (beyond <= 0)
            done[i] = within * into / length;
        else
            done[i] = within - fmax(0, later) * expm1(-beyond / delay);
    }
    return true;
}

static double strength(const oc_pool_voice *voice, oc_day today, double half_life)
{
    if (voice->said > today || voice->weight < 0) return 0;
    double by_hand = voice->weight > 0 ? voice->weight : 1;
    return half_life > 0 ? by_hand * exp2(-(double)(today - voice->said) / half_life) : by_hand;
}

bool oc_pool_voice_weights(const oc_pool_voice *voices, size_t count, oc_day today, double half_life, double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        double same = 0, strongest = 0;
        for (size_t j = 0; j < count; j++) {
            bool one_speaker = voices[i].speaker.len && oc_slice_equal(voices[i].speaker, voices[j].speaker);
            if (j != i && !one_speaker) continue;
            double other = strength(&voices[j], today, half_life);
            same += other;
            strongest = fmax(strongest, other);
        }
        weights[i] = same > 0 ? strength(&voices[i], today, half_life) * strongest / same : 0;
        sum += weights[i];
    }
    for (size_t i = 0; i < count && sum > 0; i++) weights[i] /= sum;
    return sum > 0;
}

/* Weights not negative, with a positive sum; curves sound and as long as the first. */
static bool poolable(const oc_curve *curves, const double *weights, size_t count, double *ret_sum)
{
    *ret_sum = 0;
    for (size_t k = 0; k < count; k++) {
        if (!(weights[k] >= 0) || curves[k].count != curves[0].count || !oc_curve_is_sound(&curves[k])) return false;
        *ret_sum += weights[k];
    }
    return *ret_sum > 0 && isfinite(*ret_sum);
}

bool oc_pool_linear(const oc_curve *curves, const double *weights, size_t count, double *done)
{
    double all;
    if (!poolable(curves, weights, count, &all)) return false;
    for (size_t i = 0; i < curves[0].count; i++) {
        double sum = 0;
        for (size_t k = 0; k < count; k++) sum += weights[k] * curves[k].done[i];
        done[i] = fmin(1, sum / all);
    }
    return true;
}

/* Probability of the i-th stretch: up to day[0], between two days, and last "not by the last day". */
static double stretch(const oc_curve *curve, size_t i)
{
    if (i == curve->count) return 1 - curve->done[i - 1];
    return curve->done[i] - (i ? curve->done[i - 1] : 0);
}

bool oc_pool_log(oc_arena *arena, const oc_curve *curves, const double *weights, size_t count, double floor,
                 double *done)
{
    double all;
    if (!poolable(curves, weights, count, &all) || !(floor >= 0 && floor < 1)) return false;
    size_t days = curves[0].count;
    oc_arena_mark mark = oc_arena_get_mark(arena);
    double *logs = OC_NEW_ARRAY(arena, days + 1, double), highest = -INFINITY, sum = 0;
    for (size_t i = 0; i <= days; i++) {
        for (size_t k = 0; k < count; k++) {
            if (weights[k] == 0) continue;
            double p = (1 - floor) * stretch(&curves[k], i) + floor / (double)(days + 1);
            logs[i] += weights[k] / all * (p > 0 ? log(p) : -INFINITY);
        }
        highest = fmax(highest, logs[i]);
    }
    bool any = isfinite(highest);
    for (size_t i = 0; any && i <= days; i++) sum += exp(logs[i] - highest);
    double so_far = 0;
    for (size_t i = 0; any && i < days; i++) {
        so_far += exp(logs[i] - highest);
        done[i] = fmin(1, so_far / sum);
    }
    oc_arena_rewind(arena, mark);
    return any;
}

oc_curve_gap oc_curve_compare(const oc_curve *first, const oc_curve *second)
{
    oc_curve_gap gap = {.day = first->count ? first->day[0] : OC_DAY_NONE};
    double before = 0;
    for (size_t i = 0; i < first->count && i < second->count; i++) {
        double here = first->done[i] - second->done[i];
        if (fabs(here) > gap.largest) {
            gap.largest = fabs(here);
            gap.day = first->day[i];
        }
        if (i > 0) {
            double days = (double)(first->day[i] - first->day[i - 1]);
            bool cross = before * here < 0;
            gap.shift += days * 0.5 * (before + here);
            gap.area +=
                days * 0.5 *
                (cross ? (before * before + here * here) / (fabs(before) + fabs(here)) : fabs(before) + fabs(here));
        }
        before = here;
    }
    return gap;
}
