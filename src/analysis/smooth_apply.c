/* Smoothed answers in the place of plain ones, and the refusal where there are none; see smooth.h. */
#include <math.h>

#include "analysis/smooth.h"

/* Counts of dates are whole: shares of so many futures. */
#define FUTURES (UINT64_C(1) << 52)

static void put_date(oc_arena *arena, const oc_smooth_side *side, oc_date_answer *a)
{
    if (a->fixed != OC_DAY_NONE) return;
    uint64_t *counts = OC_NEW_ARRAY(arena, a->days + 1, uint64_t);
    double total = 0;
    for (size_t i = 0; i <= a->days; i++) total += side->days[i];
    a->futures = 0;
    for (size_t i = 0; i <= a->days; i++) {
        counts[i] = (uint64_t)llround(side->days[i] / total * (double)FUTURES);
        a->futures += counts[i];
    }
    a->counts = counts;
    a->p10 = side->p10;
    a->p50 = side->p50;
    a->p90 = side->p90;
    a->p50_low = side->p50_low;
    a->p50_high = side->p50_high;
    a->never = 1 - side->p;
    a->never_se = side->p_se;
}

static void put_answer(oc_arena *arena, const oc_measure *measure, const oc_smooth_side *side, oc_answer *a)
{
    switch (a->kind) {
    case OC_RESULT_DATE: put_date(arena, side, &a->date); break;
    case OC_RESULT_TRUTH:
        a->p = side->p;
        a->se = side->p_se;
        break;
    case OC_RESULT_CATEGORY:
        ((double *)a->shares)[measure->value] = side->p;
        ((double *)a->share_se)[measure->value] = side->p_se;
        break;
    case OC_RESULT_NUMBER:
        a->number.mean = side->mean;
        a->number.mean_se = side->mean_se;
        a->number.never = fmax(0, side->never);
        break;
    }
}

void oc_smooth_into_forecast(oc_arena *arena, const oc_smooth *smooth, oc_forecast *f)
{
    for (size_t m = 0; m < smooth->measure_count; m++) {
        const oc_measure *measure = &smooth->measures[m];
        if (!smooth->smoothed[m]) continue;
        oc_answer *a = measure->stage ? &f->stages[measure->index] : &f->questions[measure->index];
        put_answer(arena, measure, &smooth->sides[m], a);
    }
    f->smooth = smooth;
}

void oc_smooth_into_whatif(const oc_smooth *smooth, oc_whatif *w)
{
    for (size_t i = 0; i < w->count * w->measure_count; i++) {
        const oc_smooth_side *side = &smooth->sides[i];
        const oc_smooth_difference *difference = &smooth->differences[i];
        oc_measure_kind kind = w->measures[i % w->measure_count].kind;
        if (!smooth->smoothed[i % w->measure_count]) continue;
        if (kind == OC_MEASURE_NUMBER) {
            w->sides[i].mean = side->mean;
            w->sides[i].mean_se = side->mean_se;
            w->sides[i].never = fmax(0, side->never);
            w->differences[i].mean = difference->mean;
            continue;
        }
        w->sides[i].p = side->p;
        w->sides[i].p_se = side->p_se;
        w->differences[i].p = difference->p;
        if (kind != OC_MEASURE_DATE) continue;
        w->sides[i].p10 = side->p10;
        w->sides[i].p50 = side->p50;
        w->sides[i].p90 = side->p90;
        w->differences[i].median = difference->median;
    }
    w->smooth = smooth;
}

void oc_smooth_refuse(oc_model *model, const oc_carry *carry)
{
    static const char *const labels[OC_CARRY_FAULT_COUNT] = {
        [OC_CARRY_FINE] = "label.smooth-fine", [OC_CARRY_READ] = "label.smooth-read",
        [OC_CARRY_CHANGE] = "label.smooth-change", [OC_CARRY_JOIN] = "label.smooth-join",
        [OC_CARRY_SHARED] = "label.smooth-shared"};
    if (!carry->coin_count) oc_report(model->diags, OC_E0986, (oc_span){0, 0, 0}, NULL);
    for (size_t i = 0; i < carry->coin_count; i++) {
        const oc_carry_coin *coin = &carry->coins[i];
        const oc_stage *stage = model->stages.at[coin->stage], *culprit = model->stages.at[coin->culprit];
        oc_diag *d = oc_report(model->diags, OC_E0985, stage->chance->span, OC_ARGS(OC_T(stage->symbol->name)));
        oc_diag_at(d, coin->span, labels[coin->fault], OC_ARGS(OC_T(culprit->symbol->name)));
        oc_diag_help(d, "help.smooth", NULL);
    }
}
