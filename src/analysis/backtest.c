/* Leave-one-out over a reference class; see backtest.h.
 *
 * Everything is on the axis of slips, in months from the end of the announced period. Forecasts are read at points a
 * quarter of a month apart and are straight between them; the two that have corners or steps (announced, base) add
 * their own points. */
#include "analysis/backtest.h"

#include <math.h>

const double oc_backtest_months[OC_BACKTEST_MONTHS] = {12, 24, 60};

static const double GRID = 0.25;
static const double LOG_FLOOR = 0.01;
enum { FEWEST_SCORED = 10, MOST_FOLDS = 64 };

typedef struct job {
    oc_arena *arena;
    const oc_refclass *class;
    oc_backtest_options options;
    oc_backtest *out;
    size_t *cluster; /* of each scored case */
} job;

/* A forecaster's distribution given that it is not done at `known`. */
typedef struct forecast {
    const oc_class_fit *fit;
    oc_forecaster by;
    oc_slip_model model;
    double known, period;
} forecast;

static double announced_done(double slip, double period)
{
    if (slip >= 0) return 1;
    return period > 0 ? fmax(0, 1 + slip / period) : 0;
}

static double done_by(const forecast *f, double slip)
{
    if (slip <= f->known) return 0;
    if (f->by == OC_BY_OUTSIDE || f->by == OC_BY_WHOLE) {
        double p = oc_slip_done_after(&f->model, slip, f->known);
        return isnan(p) ? 1 : p;
    }
    double before = f->by == OC_BY_BASE ? oc_km_done(&f->fit->km, f->known) : announced_done(f->known, f->period);
    double now = f->by == OC_BY_BASE ? oc_km_done(&f->fit->km, slip) : announced_done(slip, f->period);
    return before < 1 ? (now - before) / (1 - before) : 1;
}

static forecast forecast_by(oc_forecaster by, const oc_class_fit *fit, const oc_case *k, double known)
{
    forecast f = {.fit = fit, .by = by, .known = known, .period = k->slip.period};
    f.model = *oc_class_model(fit, by == OC_BY_OUTSIDE ? k->group : OC_CLASS_WHOLE);
    f.model.period = f.period;
    return f;
}

static double crps(job *j, const forecast *f, double outcome, double from, double to)
{
    oc_arena_mark mark = oc_arena_get_mark(j->arena);
    bool steps = f->by == OC_BY_BASE;
    size_t room = (size_t)((to - from) / GRID) + f->fit->km.count + 4, count = 0;
    double *at = OC_NEW_ARRAY(j->arena, room, double), *done = OC_NEW_ARRAY(j->arena, room, double);
    if (steps) {
        at[count++] = from;
        for (size_t i = 0; i < f->fit->km.count; i++)
            if (f->fit->km.step[i].time > from && f->fit->km.step[i].time < to) at[count++] = f->fit->km.step[i].time;
    } else if (f->by == OC_BY_ANNOUNCED) {
        at[count++] = from;
        if (-f->period > from && -f->period < fmin(0, to)) at[count++] = -f->period;
        if (from < 0 && to > 0) at[count++] = 0;
    } else {
        for (double x = from; x < to; x += GRID) at[count++] = x;
    }
    at[count++] = to;
    for (size_t i = 0; i < count; i++) done[i] = done_by(f, at[i]);
    bool as_steps = steps || (f->by == OC_BY_ANNOUNCED && f->period == 0);
    double score = oc_score_crps_window(&(oc_cdf){at, done, count, as_steps}, outcome, from, to);
    oc_arena_rewind(j->arena, mark);
    return score;
}

/* 1 or 0 where what is known of the slip decides it, else -1. */
static int happened_by(oc_observed slip, double months)
{
    if (slip.high <= months) return 1;
    return slip.low > months || (isinf(slip.high) && slip.low >= months) ? 0 : -1;
}

static void score_case(job *j, size_t row, const oc_class_fit *fit)
{
    const oc_case *k = &j->class->at[row];
    oc_backtest_case *c = &j->out->at[j->out->count++];
    bool open = isinf(k->slip.high);
    double known = k->decided_first == OC_DAY_NONE ? -INFINITY : oc_slip_of_day(k->decided_first - 1, k->target_last);
    double outcome = open ? INFINITY : 0.5 * (k->slip.low + k->slip.high);
    if (known >= outcome) known = outcome - 1 / OC_DAYS_PER_MONTH;
    double until = oc_slip_of_day(j->class->as_of, k->target_last), from = fmax(known, -fit->shift);
    double to = fmin(j->options.horizon, open ? k->slip.low : until);
    if (outcome > to) outcome = INFINITY;
    *c = (oc_backtest_case){.row = row, .window = to - from};
    for (int by = 0; by < OC_FORECASTER_COUNT; by++) {
        forecast f = forecast_by((oc_forecaster)by, fit, k, known);
        c->crps[by] = crps(j, &f, outcome, from, to);
        for (int m = 0; m < OC_BACKTEST_MONTHS; m++) c->chance[by][m] = done_by(&f, oc_backtest_months[m]);
    }
    for (int m = 0; m < OC_BACKTEST_MONTHS; m++) c->happened[m] = happened_by(k->slip, oc_backtest_months[m]);
    forecast f = forecast_by(OC_BY_OUTSIDE, fit, k, known);
    c->pit_low = done_by(&f, k->slip.low);
    c->pit_high = open ? 1 : done_by(&f, k->slip.high);
}

/* Numbers the names of used cases in order of appearance; SIZE_MAX for the others. Returns how many there are. */
static size_t number_names(const oc_refclass *class, size_t *number)
{
    size_t count = 0;
    for (size_t i = 0; i < class->count; i++) {
        number[i] = SIZE_MAX;
        if (class->at[i].use > OC_CASE_BEFORE) continue;
        for (size_t j = 0; j < i && number[i] == SIZE_MAX; j++)
            if (number[j] != SIZE_MAX && oc_slice_equal(class->at[i].name, class->at[j].name)) number[i] = number[j];
        if (number[i] == SIZE_MAX) number[i] = count++;
    }
    return count;
}

/* Whether the case can be scored; counts why not. */
static bool scorable(job *j, const oc_case *k)
{
    if (k->use == OC_CASE_BEFORE) {
        j->out->unknown++;
        return false;
    }
    bool due = j->class->as_of > k->target_last && !(k->use == OC_CASE_OPEN && k->slip.low <= 0);
    j->out->not_due += !due;
    return due;
}

/* Scores the cases of one fold from a fit that sees none of its names. */
static void score_fold(job *j, const size_t *number, size_t fold, size_t folds)
{
    const oc_refclass *class = j->class;
    bool *skip = OC_NEW_ARRAY(j->arena, class->count, bool);
    for (size_t i = 0; i < class->count; i++) skip[i] = number[i] != SIZE_MAX && number[i] % folds == fold;
    oc_class_fit fit;
    bool fitted = oc_class_fit_slips(j->arena, class, skip, &fit);
    for (size_t i = 0; i < class->count; i++) {
        if (!skip[i] || !scorable(j, &class->at[i])) continue;
        if (!fitted) {
            j->out->unfitted++;
            continue;
        }
        j->cluster[j->out->count] = number[i];
        score_case(j, i, &fit);
    }
}

/* Numbers the clusters of the scored cases without gaps. */
static void close_ranks(job *j, size_t names)
{
    size_t *closed = OC_NEW_ARRAY(j->arena, names, size_t);
    for (size_t i = 0; i < j->out->count; i++) {
        size_t *place = &closed[j->cluster[i]];
        if (*place == 0) *place = ++j->out->clusters;
        j->cluster[i] = *place - 1;
    }
}

static oc_estimate mean_of(job *j, const double *values, const size_t *cluster, size_t count)
{
    oc_arena_mark mark = oc_arena_get_mark(j->arena);
    oc_estimate e = oc_bootstrap_mean(j->arena, values, count, cluster, j->out->clusters, j->options.resamples,
                                      j->options.seed, j->options.level);
    oc_arena_rewind(j->arena, mark);
    return e;
}

static void add_up_crps(job *j, oc_forecaster by)
{
    oc_backtest *out = j->out;
    double *ours = OC_NEW_ARRAY(j->arena, out->count, double), *theirs = OC_NEW_ARRAY(j->arena, out->count, double);
    double *difference = OC_NEW_ARRAY(j->arena, out->count, double);
    for (size_t i = 0; i < out->count; i++) {
        ours[i] = out->at[i].crps[OC_BY_OUTSIDE];
        theirs[i] = out->at[i].crps[by];
        difference[i] = theirs[i] - ours[i];
    }
    out->score[by].cases = out->count;
    out->score[by].crps = mean_of(j, theirs, j->cluster, out->count);
    out->gain[by] = mean_of(j, difference, j->cluster, out->count);
    out->skill[by] = oc_bootstrap_skill(j->arena, ours, theirs, out->count, j->cluster, out->clusters,
                                        j->options.resamples, j->options.seed, j->options.level);
}

static void add_up_chances(job *j, oc_forecaster by)
{
    oc_backtest *out = j->out;
    double *brier = OC_NEW_ARRAY(j->arena, out->count, double), *logs = OC_NEW_ARRAY(j->arena, out->count, double);
    size_t *cluster = OC_NEW_ARRAY(j->arena, out->count, size_t);
    for (int m = 0; m < OC_BACKTEST_MONTHS; m++) {
        size_t n = 0;
        for (size_t i = 0; i < out->count; i++) {
            if (out->at[i].happened[m] < 0) continue;
            brier[n] = oc_score_brier(out->at[i].chance[by][m], out->at[i].happened[m]);
            logs[n] = oc_score_log(out->at[i].chance[by][m], out->at[i].happened[m], LOG_FLOOR);
            cluster[n++] = j->cluster[i];
        }
        out->known[m] = n;
        out->score[by].brier[m] = mean_of(j, brier, cluster, n);
        out->score[by].log[m] = mean_of(j, logs, cluster, n);
    }
}

static void calibrate(job *j)
{
    oc_backtest *out = j->out;
    double *low = OC_NEW_ARRAY(j->arena, out->count, double), *high = OC_NEW_ARRAY(j->arena, out->count, double);
    double *chance = OC_NEW_ARRAY(j->arena, out->count * OC_BACKTEST_MONTHS, double);
    bool *happened = OC_NEW_ARRAY(j->arena, out->count * OC_BACKTEST_MONTHS, bool);
    size_t n = 0;
    for (size_t i = 0; i < out->count; i++) {
        low[i] = out->at[i].pit_low;
        high[i] = out->at[i].pit_high;
        for (int m = 0; m < OC_BACKTEST_MONTHS; m++) {
            if (out->at[i].happened[m] < 0) continue;
            chance[n] = out->at[i].chance[OC_BY_OUTSIDE][m];
            happened[n++] = out->at[i].happened[m];
        }
    }
    oc_pit_histogram(low, high, out->count, out->pit, OC_PIT_BINS);
    out->reliability = oc_reliability_table(j->arena, chance, happened, n, OC_RELIABILITY_ROWS, j->options.level);
}

bool oc_backtest_class(oc_arena *arena, const oc_refclass *class, const oc_backtest_options *options,
                       oc_backtest *ret_backtest)
{
    job j = {.arena = arena, .class = class, .options = *options, .out = ret_backtest,
             .cluster = OC_NEW_ARRAY(arena, class->count, size_t)};
    if (!(j.options.horizon > 0)) j.options.horizon = 60;
    if (j.options.resamples == 0) j.options.resamples = 2000;
    if (!(j.options.level > 0)) j.options.level = 0.9;
    *ret_backtest = (oc_backtest){.at = OC_NEW_ARRAY(arena, class->count, oc_backtest_case)};
    size_t *number = OC_NEW_ARRAY(arena, class->count, size_t);
    size_t names = number_names(class, number), folds = names < MOST_FOLDS ? names : MOST_FOLDS;
    for (size_t fold = 0; fold < folds; fold++) score_fold(&j, number, fold, folds);
    close_ranks(&j, names);
    if (ret_backtest->count < FEWEST_SCORED) return false;
    for (int by = 0; by < OC_FORECASTER_COUNT; by++) {
        add_up_crps(&j, (oc_forecaster)by);
        add_up_chances(&j, (oc_forecaster)by);
    }
    calibrate(&j);
    return true;
}
