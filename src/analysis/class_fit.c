/* Fitting a reference class, and the curve of one announced date; see refclass.h. */
#include <math.h>

#include "analysis/refclass.h"

static const double WINDOW = 1;     /* months before the announced period that count as on time */
static const double SHIFT_STEP = 12;
enum { FEWEST_CASES = 4 };

/* The largest earliness, plus a month, up to whole years. An open case, or one known only to be done before a day, says
 * nothing about it. */
static double shift_for(const oc_observed *cases, size_t count)
{
    double early = 0;
    for (size_t i = 0; i < count; i++)
        if (!isinf(cases[i].high)) early = fmax(early, -cases[i].high);
    return SHIFT_STEP * ceil((early + 1) / SHIFT_STEP);
}

/* Gives each group of the class its number in a grouping; returns how many there are. */
static size_t regroup(const oc_refclass *class, oc_grouping grouping, size_t *number)
{
    size_t count = 0;
    for (size_t g = 0; g < class->group_count; g++) {
        const oc_class_group *group = &class->group[g];
        number[g] = count;
        for (size_t h = 0; h < g && number[g] == count; h++) {
            const oc_class_group *other = &class->group[h];
            bool same_kind = grouping == OC_GROUP_BY_CONDITIONS || oc_slice_equal(group->kind, other->kind);
            bool same_form = grouping == OC_GROUP_BY_KIND || group->conditions_based == other->conditions_based;
            if (same_kind && same_form) number[g] = number[h];
        }
        count += number[g] == count;
    }
    return count;
}

/* Leaves fit->pool empty if no grouping can be fitted: where all cases are alike, say. */
static void pool_best(oc_arena *arena, oc_class_fit *fit, const size_t *class_group)
{
    for (int grouping = 0; grouping < OC_GROUPING_COUNT; grouping++) {
        size_t *number = OC_NEW_ARRAY(arena, fit->class->group_count, size_t);
        size_t *group_of = OC_NEW_ARRAY(arena, fit->count, size_t);
        size_t groups = regroup(fit->class, (oc_grouping)grouping, number);
        for (size_t i = 0; i < fit->count; i++) group_of[i] = number[class_group[i]];
        oc_slip_pool pool;
        if (!oc_slip_pool_groups(arena, fit->cases, group_of, fit->count, groups, &fit->fit[0], &pool)) continue;
        if (fit->pool.count && pool.log_marginal <= fit->pool.log_marginal) continue;
        fit->grouping = (oc_grouping)grouping;
        fit->pool_group = number;
        fit->pool = pool;
    }
}

bool oc_class_fit_slips(oc_arena *arena, const oc_refclass *class, const bool *skip, oc_class_fit *ret_fit)
{
    oc_observed *cases = OC_NEW_ARRAY(arena, class->used, oc_observed);
    size_t *group_of = OC_NEW_ARRAY(arena, class->used, size_t), count = 0;
    for (size_t i = 0; i < class->count; i++) {
        if (class->at[i].use > OC_CASE_BEFORE || (skip && skip[i])) continue;
        cases[count] = class->at[i].slip;
        group_of[count++] = class->at[i].group;
    }
    *ret_fit = (oc_class_fit){.class = class, .count = count, .cases = cases, .window = WINDOW};
    if (count < FEWEST_CASES) return false;
    ret_fit->shift = shift_for(cases, count);
    ret_fit->km = oc_km_estimate(arena, cases, count, 0.9);
    ret_fit->fitted = oc_slip_select(cases, count, ret_fit->shift, WINDOW, true, ret_fit->fit);
    if (ret_fit->fitted > 0) pool_best(arena, ret_fit, group_of);
    return ret_fit->fitted > 0;
}

const oc_slip_model *oc_class_model(const oc_class_fit *fit, size_t group)
{
    if (group == OC_CLASS_WHOLE || fit->pool.count == 0) return &fit->fit[0].model;
    return &fit->pool.group[fit->pool_group[group]].model;
}

/* The slip up to which it is known not to be done. */
static double known_slip(const oc_announced *a)
{
    oc_day known = a->known;
    if (known == OC_DAY_NONE || (a->announced != OC_DAY_NONE && a->announced > known)) known = a->announced;
    return known == OC_DAY_NONE ? -INFINITY : oc_slip_of_day(known, a->target_last);
}

static double period_of(const oc_announced *a)
{
    return (double)(a->target_last - a->target_first) / OC_DAYS_PER_MONTH;
}

void oc_class_curve(const oc_class_fit *fit, const oc_announced *a, const oc_day *day, size_t count, double *done)
{
    oc_slip_model model = *oc_class_model(fit, a->group);
    model.period = period_of(a);
    double known = known_slip(a);
    for (size_t i = 0; i < count; i++)
        done[i] = oc_slip_done_after(&model, oc_slip_of_day(day[i], a->target_last), known);
}

void oc_class_band(oc_arena *arena, const oc_class_fit *fit, const oc_announced *a, const oc_day *day, size_t count,
                   size_t resamples, uint64_t seed, double level, double *low, double *high)
{
    double *at = OC_NEW_ARRAY(arena, count, double);
    for (size_t i = 0; i < count; i++) at[i] = oc_slip_of_day(day[i], a->target_last);
    if (a->group == OC_CLASS_WHOLE || fit->pool.count == 0)
        oc_slip_band(arena, fit->cases, fit->count, &fit->fit[0].spec, known_slip(a), period_of(a), at, count,
                     resamples, seed, level, low, high);
    else
        oc_slip_group_band(arena, &fit->pool, fit->pool_group[a->group], known_slip(a), period_of(a), at, count,
                           resamples, seed, level, low, high);
}
