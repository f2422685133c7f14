/* The one call: checks what the model needs, solves at the given values with a record, then at drawn ones, and
 * explains. See bargain.h. */
#include "politics/bargain.h"

#include <math.h>

#include "base/utf8.h"
#include "politics/check.h"
#include "politics/effects.h"
#include "politics/error.h"

static const char *const names[OC_MODEL_COUNT] = {
    "compromise", "median",    "nash-costly",    "nash-salience", "nash-status-quo", "nash-kalai",
    "pce",        "challenge", "challenge-text", "smp",           "exchange",
};

const double oc_bargain_levels[OC_BARGAIN_LEVELS] = {0.5, 0.8, 0.9};

const char *oc_bargain_model_name(oc_bargain_model model)
{
    return model < OC_MODEL_COUNT ? names[model] : "?";
}

oc_bargain_model oc_bargain_model_find(oc_slice name)
{
    static const struct {
        const char *name;
        oc_bargain_model model;
    } others[] = {{"nash", OC_MODEL_NASH_COSTLY}, {"mean", OC_MODEL_COMPROMISE}, {"eum", OC_MODEL_CHALLENGE}};
    for (int m = 0; m < OC_MODEL_COUNT; m++)
        if (oc_slice_is(name, names[m])) return (oc_bargain_model)m;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        if (oc_slice_is(name, others[k].name)) return others[k].model;
    return OC_MODEL_COUNT;
}

const char *oc_because_name(oc_because because)
{
    static const char *const all[] = {"confrontation", "compromise",      "capitulation",
                                      "own-proposal",  "others-proposal", "deal"};
    return all[because];
}

/* Draws that take some seconds at most; too few to say anything become none. */
static size_t affordable_runs(oc_bargain_model model, const oc_bargain_table *table, size_t wanted)
{
    double n = (double)table->actor_count, m = (double)table->issue_count, work = n * m * 50;
    if (model == OC_MODEL_PCE) work += n * n * n * m * 2;
    if (model == OC_MODEL_CHALLENGE || model == OC_MODEL_CHALLENGE_TEXT) work += n * n * n * m * 4;
    if (model == OC_MODEL_SMP) work += n * n * n * 75;
    if (model == OC_MODEL_EXCHANGE) work += n * n * m * m / 16 * (n * n * m * m / 256);
    double runs = 4e9 / (work + 1);
    return runs >= (double)wanted ? wanted : runs < 20 ? 0 : (size_t)runs;
}

oc_bargain_options oc_bargain_default(oc_bargain_model model, const oc_bargain_table *table)
{
    bool challenge = model == OC_MODEL_CHALLENGE || model == OC_MODEL_CHALLENGE_TEXT;
    oc_bargain_options options = {
        .model = model,
        .rounds = challenge ? 10 : 0,
        .read_round = challenge ? 1 : 0,
        .reading = challenge ? OC_READ_MEDIAN : OC_READ_MEAN,
        .challenge = {.q = 1},
        .spatial = oc_spatial_default(),
        .nash_cost = 2,
        .nash_margin = 0.1,
        .quota = 0.5,
        .runs = model == OC_MODEL_SMP ? 500 : 1000,
        .seed = 1,
        .noise_position = 3,
        .noise_weight = 0.1,
        .model_error = true,
        .status_quo_mass = true,
        .threads = 1,
    };
    if (table) options.runs = affordable_runs(model, table, options.runs);
    if (table && table->has_spatial) {
        options.spatial = table->spatial;
        options.spatial.ktab14 = true;
    }
    return options;
}

/* --- what a model needs --- */

static void lacks(oc_diags *diags, const oc_bargain_options *options, oc_span span, const char *what)
{
    oc_report(diags, OC_E0621, span, OC_ARGS(OC_S(oc_bargain_model_name(options->model)), OC_M(what)));
}

static void check_spatial(oc_diags *diags, const oc_bargain_table *table, const oc_bargain_options *options)
{
    double sum;
    for (size_t a = 0; a < table->actor_count; a++)
        for (size_t p = 0; p < table->issue_count; p++)
            if (!oc_bargain_cell_at(table, a, p)->present) {
                lacks(diags, options, table->actors[a].span, "bargain.needs.stakes");
                return;
            }
    for (size_t a = 0; (a = check_budget(table, a, &sum)) != SIZE_MAX; a++) {
        oc_span span = oc_bargain_cell_at(table, a, table->issue_count - 1)->salience.span;
        oc_report(diags, OC_E0609, span.file ? span : table->actors[a].span,
                  OC_ARGS(OC_T(table->actors[a].name), OC_F(sum * table->salience_unit), OC_F(table->salience_unit)));
    }
}

static void check_status_quo(oc_diags *diags, const oc_bargain_table *table, const oc_bargain_options *options)
{
    bool needed =
        options->ratify || options->model == OC_MODEL_NASH_STATUS_QUO || options->model == OC_MODEL_NASH_KALAI;
    for (size_t p = 0; p < table->issue_count && needed; p++)
        if (!table->issues[p].has_status_quo) lacks(diags, options, table->issues[p].span, "bargain.needs.status-quo");
}

static void check_weight(oc_diags *diags, const oc_bargain_table *table, solver *it)
{
    for (size_t p = 0; p < table->issue_count; p++)
        if (isnan(solver_mean(it, p)))
            oc_report(diags, OC_E0631, table->issues[p].span, OC_ARGS(OC_T(table->issues[p].name)));
}

static bool has_sides(const oc_bargain_table *table)
{
    for (size_t a = 0; a < table->actor_count; a++)
        if (table->actors[a].side.len) return true;
    return false;
}

static bool is_ready(oc_diags *diags, const oc_bargain_table *table, const oc_bargain_options *options, solver *it)
{
    size_t errors = diags->errors;
    oc_span first = table->actor_count ? table->actors[0].span : (oc_span){0};
    if (!table->actor_count || !table->issue_count) oc_report(diags, OC_E0620, first, NULL);
    if (table->actor_count > OC_BARGAIN_MAX_ACTORS)
        oc_report(diags, OC_E0612, first, OC_ARGS(OC_I(OC_BARGAIN_MAX_ACTORS)));
    if (options->model == OC_MODEL_SMP) check_spatial(diags, table, options);
    if (options->model == OC_MODEL_EXCHANGE && table->issue_count < 2)
        lacks(diags, options, first, "bargain.needs.issues");
    if (options->ratify && !has_sides(table)) lacks(diags, options, first, "bargain.needs.sides");
    check_status_quo(diags, table, options);
    check_weight(diags, table, it);
    return diags->errors == errors;
}

/* --- the result --- */

static void prepare(oc_arena *arena, const oc_bargain_table *table, const oc_bargain_options *options,
                    oc_bargain_result *ret)
{
    size_t cells = table->actor_count * table->issue_count;
    *ret = (oc_bargain_result){.table = table, .options = *options};
    ret->stakes = OC_NEW_ARRAY(arena, cells, oc_bargain_stake);
    ret->outcomes = OC_NEW_ARRAY(arena, table->issue_count, oc_bargain_outcome);
    for (size_t c = 0; c < cells; c++) {
        const oc_bargain_cell *cell = &table->cells[c];
        double start = cell->present ? cell->position.value : NAN;
        ret->stakes[c] = (oc_bargain_stake){.present = cell->present,
                                            .start = start,
                                            .end = start,
                                            .without = NAN,
                                            .probability = NAN,
                                            .by_position = NAN,
                                            .by_capability = NAN,
                                            .by_salience = NAN};
    }
}

static void set_ends(oc_bargain_result *ret)
{
    size_t read = (size_t)ret->options.read_round;
    if (!ret->round_count) return;
    const oc_bargain_round *last = &ret->rounds[(read && read < ret->round_count ? read : ret->round_count) - 1];
    for (size_t c = 0; c < ret->table->actor_count * ret->table->issue_count; c++)
        if (ret->stakes[c].present && !isnan(last->position[c])) ret->stakes[c].end = last->position[c];
}

static double deviation(const double *values, size_t count)
{
    double mean = 0, square = 0;
    for (size_t k = 0; k < count; k++) mean += (values[k] - values[0]) / (double)count;
    for (size_t k = 0; k < count; k++) square += (values[k] - values[0] - mean) * (values[k] - values[0] - mean);
    return count > 1 ? sqrt(square / (double)(count - 1)) : NAN;
}

static const oc_error_table *error_of(const oc_bargain_options *options)
{
    bool median =
        options->model == OC_MODEL_MEDIAN ||
        (options->model >= OC_MODEL_CHALLENGE && options->model <= OC_MODEL_SMP && options->reading == OC_READ_MEDIAN);
    if (!options->model_error) return NULL;
    return median ? &oc_error_challenge : &oc_error_compromise;
}

static void set_intervals(oc_bargain_result *ret, size_t p, const ensemble *draws)
{
    const oc_bargain_issue *issue = &ret->table->issues[p];
    oc_bargain_outcome *out = &ret->outcomes[p];
    bool drawn = draws->done > 0;
    oc_prediction inputs = {.forecast = drawn ? draws->outcome + p * draws->runs : &out->outcome,
                            .draws = drawn ? draws->done : 1,
                            .low = issue->low,
                            .high = issue->high};
    oc_prediction full = inputs;
    full.error = error_of(&ret->options);
    full.status_quo = issue->status_quo;
    full.mass = ret->options.status_quo_mass && issue->has_status_quo ? issue->mass : 0;
    for (int k = 0; k < OC_BARGAIN_LEVELS; k++) {
        double tail = (1 - oc_bargain_levels[k]) / 2;
        out->input[k] = (oc_interval){NAN, NAN};
        if (drawn)
            out->input[k] =
                (oc_interval){oc_prediction_quantile(&inputs, tail), oc_prediction_quantile(&inputs, 1 - tail)};
        out->full[k] = (oc_interval){oc_prediction_quantile(&full, tail), oc_prediction_quantile(&full, 1 - tail)};
    }
    out->expected = oc_prediction_mean(&full);
    out->input_sd = drawn ? deviation(inputs.forecast, draws->done) : NAN;
    out->mean_sd = drawn ? deviation(draws->mean + p * draws->runs, draws->done) : NAN;
    out->restless = drawn && out->input_sd > 3 * out->mean_sd;
    out->draws = drawn ? draws->outcome + p * draws->runs : NULL;
    for (size_t d = 0; d < draws->done; d++) out->ratifiable += draws->open[p * draws->runs + d] / (double)draws->done;
}

static bool all_known(oc_diags *diags, const oc_bargain_options *options, const oc_bargain_table *table,
                      const double *outcome)
{
    for (size_t p = 0; p < table->issue_count; p++) {
        if (!isnan(outcome[p])) continue;
        lacks(diags, options, table->issues[p].span, "bargain.needs.cost");
        return false;
    }
    return true;
}

oc_status oc_bargain_run(oc_arena *arena, oc_diags *diags, const oc_bargain_table *table,
                         const oc_bargain_options *options, const oc_bargain_progress *progress, oc_bargain_result *ret)
{
    prepare(arena, table, options, ret);
    solver *it = solver_new(arena, table, &ret->options);
    if (!is_ready(diags, table, options, it)) return OC_INPUT;
    double *outcome = OC_NEW_ARRAY(arena, table->issue_count, double);
    solve_record record = {arena, ret};
    oc_status status = solver_run(it, 0, outcome, NULL, &record);
    if (status == OC_LIMIT) {
        oc_report(diags, OC_E0632, table->actors[0].span, OC_ARGS(OC_I(OC_EXCHANGE_PAIRS)));
        return OC_INPUT;
    }
    if (status) return status;
    if (!all_known(diags, options, table, outcome)) return OC_INPUT;
    for (size_t p = 0; p < table->issue_count; p++) ret->outcomes[p].outcome = outcome[p];
    set_ends(ret);
    effects_positions(arena, it, ret);
    effects_losses(ret);
    effects_without(arena, table, &ret->options, ret);
    ensemble draws;
    status = ensemble_run(arena, table, &ret->options, progress, &draws);
    if (status && status != OC_CANCELLED) return status;
    ret->options.runs = draws.done;
    effects_derivatives(arena, it, &draws, ret);
    for (size_t p = 0; p < table->issue_count; p++) set_intervals(ret, p, &draws);
    return status;
}

oc_status oc_bargain_sweep(oc_arena *arena, oc_diags *diags, const oc_bargain_table *table,
                           const oc_bargain_options *options, size_t actor, size_t issue, size_t steps, double *outcome)
{
    solver *it = solver_new(arena, table, options);
    if (!is_ready(diags, table, options, it)) return OC_INPUT;
    solve_case *now = solver_case(it);
    double *all = OC_NEW_ARRAY(arena, table->issue_count, double);
    size_t k = 0;
    while (k < now->actors && now->order[k] != actor) k++;
    const oc_bargain_issue *scale = &table->issues[issue];
    for (size_t step = 0; step <= steps && k < now->actors; step++) {
        now->x[k * now->issues + issue] = scale->low + (scale->high - scale->low) * (double)step / (double)steps;
        oc_status status = solver_run(it, 0, all, NULL, NULL);
        if (status) return status;
        outcome[step] = all[issue];
    }
    return OC_OK;
}
