/* The JSON form; docs/format/bargain.md lists the keys. */
#include <math.h>

#include "politics/print.h"

typedef double quantity(const oc_bargain_result *result, size_t actor, size_t issue);

/* A number with one issue, a list with several. */
static void by_issue(oc_json *json, const char *key, const oc_bargain_result *result, quantity *value, size_t actor)
{
    size_t issues = result->table->issue_count;
    if (issues == 1) {
        oc_json_number(json, key, value(result, actor, 0));
        return;
    }
    oc_json_row(json, key);
    for (size_t p = 0; p < issues; p++) oc_json_number(json, NULL, value(result, actor, p));
    oc_json_end(json);
}

static void values_by_issue(oc_json *json, const char *key, const oc_bargain_result *result, const double *values)
{
    size_t issues = result->table->issue_count;
    if (issues == 1) {
        oc_json_number(json, key, values[0]);
        return;
    }
    oc_json_row(json, key);
    for (size_t p = 0; p < issues; p++) oc_json_number(json, NULL, values[p]);
    oc_json_end(json);
}

static const oc_bargain_stake *stake(const oc_bargain_result *result, size_t actor, size_t issue)
{
    return &result->stakes[actor * result->table->issue_count + issue];
}

#define STAKE(name, expression)                                                                                        \
    static double name(const oc_bargain_result *result, size_t actor, size_t issue)                                    \
    {                                                                                                                  \
        const oc_bargain_stake *it = stake(result, actor, issue);                                                      \
        return it->present ? (expression) : NAN;                                                                       \
    }
STAKE(start_of, it->start)
STAKE(end_of, it->end)
STAKE(weight_of, it->weight)
STAKE(share_of, it->share)
STAKE(loss_of, it->loss)
STAKE(cost_of, it->cost)
STAKE(without_of, it->without)
STAKE(probability_of, it->probability)
STAKE(position_slope_of, it->by_position)
STAKE(capability_slope_of, it->by_capability)
STAKE(salience_slope_of, it->by_salience)
STAKE(side_of, (double)it->side)
STAKE(salience_of, oc_bargain_cell_at(result->table, actor, issue)->salience.value)
STAKE(capability_of, oc_bargain_cell_at(result->table, actor, issue)->capability.value)
STAKE(right_of, oc_bargain_cell_at(result->table, actor, issue)->right)

#define OUTCOME(name, expression)                                                                                      \
    static double name(const oc_bargain_result *result, size_t actor, size_t issue)                                    \
    {                                                                                                                  \
        const oc_bargain_outcome *it = &result->outcomes[issue];                                                       \
        (void)actor;                                                                                                   \
        return expression;                                                                                             \
    }
OUTCOME(the_outcome, it->outcome)
OUTCOME(the_mean, it->mean)
OUTCOME(the_median, it->median)
OUTCOME(the_upper_median, it->median_upper)
OUTCOME(the_pce, it->pce)
OUTCOME(the_expected, it->expected)
OUTCOME(the_spread, it->spread)
OUTCOME(the_input_sd, it->input_sd)
OUTCOME(the_mean_sd, it->mean_sd)
OUTCOME(the_low, it->full[1].low)
OUTCOME(the_high, it->full[1].high)
OUTCOME(the_input_low, it->input[1].low)
OUTCOME(the_input_high, it->input[1].high)

static void add_issues(oc_json *json, const oc_bargain_result *result)
{
    oc_json_list(json, "issues");
    for (size_t p = 0; p < result->table->issue_count; p++) {
        const oc_bargain_issue *issue = &result->table->issues[p];
        oc_json_row_object(json, NULL);
        oc_json_text(json, "id", issue->name);
        oc_json_number(json, "low", issue->low);
        oc_json_number(json, "high", issue->high);
        oc_json_number(json, "status_quo", issue->has_status_quo ? issue->status_quo : NAN);
        oc_json_number(json, "status_quo_mass",
                       issue->has_status_quo && result->options.status_quo_mass ? issue->mass : 0);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void add_actor(oc_json *json, const oc_bargain_result *result, size_t a)
{
    const oc_bargain_actor *actor = &result->table->actors[a];
    oc_json_object(json, NULL);
    oc_json_text(json, "id", actor->name);
    by_issue(json, "start", result, start_of, a);
    by_issue(json, "end", result, end_of, a);
    by_issue(json, "capability", result, capability_of, a);
    by_issue(json, "salience", result, salience_of, a);
    by_issue(json, "right", result, right_of, a);
    by_issue(json, "weight", result, weight_of, a);
    by_issue(json, "share", result, share_of, a);
    by_issue(json, "side", result, side_of, a);
    by_issue(json, "loss", result, loss_of, a);
    by_issue(json, "cost", result, cost_of, a);
    by_issue(json, "outcome_without", result, without_of, a);
    by_issue(json, "probability", result, probability_of, a);
    by_issue(json, "by_position", result, position_slope_of, a);
    by_issue(json, "by_capability", result, capability_slope_of, a);
    by_issue(json, "by_salience", result, salience_slope_of, a);
    if (actor->side.len) oc_json_text(json, "ratifies", actor->side);
    if (actor->side.len) oc_json_bool(json, "veto", actor->veto);
    if (result->exchange.gain) oc_json_number(json, "gain", result->exchange.gain[a]);
    if (result->exchange.externality) oc_json_number(json, "externality", result->exchange.externality[a]);
    oc_json_end(json);
}

static void add_interval(oc_json *json, const oc_bargain_result *result)
{
    oc_json_object(json, "interval");
    oc_json_number(json, "level", oc_bargain_levels[1]);
    by_issue(json, "low", result, the_low, 0);
    by_issue(json, "high", result, the_high, 0);
    by_issue(json, "input_low", result, the_input_low, 0);
    by_issue(json, "input_high", result, the_input_high, 0);
    oc_json_list(json, "levels");
    for (size_t p = 0; p < result->table->issue_count; p++) {
        for (int k = 0; k < OC_BARGAIN_LEVELS; k++) {
            const oc_bargain_outcome *out = &result->outcomes[p];
            oc_json_row_object(json, NULL);
            oc_json_text(json, "issue", result->table->issues[p].name);
            oc_json_number(json, "level", oc_bargain_levels[k]);
            oc_json_number(json, "low", out->full[k].low);
            oc_json_number(json, "high", out->full[k].high);
            oc_json_number(json, "input_low", out->input[k].low);
            oc_json_number(json, "input_high", out->input[k].high);
            oc_json_end(json);
        }
    }
    oc_json_end(json);
    oc_json_end(json);
}

static void add_coalitions(oc_json *json, const oc_bargain_result *result)
{
    oc_json_list(json, "coalitions");
    for (size_t p = 0; p < result->table->issue_count; p++) {
        const oc_bargain_outcome *out = &result->outcomes[p];
        oc_json_row_object(json, NULL);
        oc_json_text(json, "issue", result->table->issues[p].name);
        oc_json_number(json, "below", out->below);
        oc_json_number(json, "at", out->at);
        oc_json_number(json, "above", out->above);
        oc_slice pivot = {0};
        if (out->pivot != UINT32_MAX) pivot = result->table->actors[out->pivot].name;
        oc_json_text(json, "pivot", pivot);
        oc_json_unsigned(json, "majority_from_low", out->from_low);
        oc_json_unsigned(json, "majority_from_high", out->from_high);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void add_positions(oc_json *json, const char *key, const oc_bargain_result *result, const double *position)
{
    size_t issues = result->table->issue_count;
    if (issues == 1)
        oc_json_row(json, key);
    else
        oc_json_list(json, key);
    for (size_t a = 0; a < result->table->actor_count; a++) values_by_issue(json, NULL, result, &position[a * issues]);
    oc_json_end(json);
}

static void add_row(oc_json *json, const char *key, const double *values, size_t count)
{
    if (!values) return;
    oc_json_row(json, key);
    for (size_t k = 0; k < count; k++) oc_json_number(json, NULL, values[k]);
    oc_json_end(json);
}

static void add_matrix(oc_json *json, const char *key, const double *values, size_t count)
{
    if (!values) return;
    oc_json_list(json, key);
    for (size_t i = 0; i < count; i++) add_row(json, NULL, values + i * count, count);
    oc_json_end(json);
}

static void add_move(oc_json *json, const oc_bargain_result *result, const oc_bargain_move *move)
{
    const oc_bargain_table *table = result->table;
    oc_json_row_object(json, NULL);
    oc_json_text(json, "actor", table->actors[move->actor].name);
    oc_json_text(json, "issue", table->issues[move->issue].name);
    oc_json_number(json, "from", move->from);
    oc_json_number(json, "to", move->to);
    oc_json_text(json, "because", oc_slice_of(oc_because_name(move->because)));
    oc_json_text(json, "by", table->actors[move->by].name);
    if (move->because <= OC_BECAUSE_CAPITULATION) {
        oc_json_number(json, "own", move->own);
        oc_json_number(json, "other", move->other);
    } else {
        oc_json_number(json, "gain", move->gain);
    }
    if (move->because != OC_BECAUSE_DEAL) oc_json_number(json, "probability", move->probability);
    oc_json_end(json);
}

static void add_details(oc_json *json, const oc_bargain_result *result, const oc_bargain_round *round)
{
    size_t n = result->table->actor_count;
    if (!round->own) return;
    oc_json_list(json, "challenges");
    for (size_t p = 0; p < result->table->issue_count; p++) {
        oc_json_object(json, NULL);
        oc_json_text(json, "issue", result->table->issues[p].name);
        add_matrix(json, "own", round->own[p], n);
        add_matrix(json, "other", round->other[p], n);
        add_matrix(json, "success", round->success[p], n);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void add_rounds(oc_json *json, const oc_bargain_result *result)
{
    size_t n = result->table->actor_count, issues = result->table->issue_count;
    oc_json_list(json, "rounds");
    for (size_t r = 0; r < result->round_count; r++) {
        const oc_bargain_round *round = &result->rounds[r];
        oc_json_object(json, NULL);
        oc_json_unsigned(json, "round", r + 1);
        add_positions(json, "positions", result, round->position);
        values_by_issue(json, "mean", result, round->mean);
        values_by_issue(json, "median", result, round->median);
        add_row(json, "probability", round->probability, n);
        if (result->options.model == OC_MODEL_SMP) {
            oc_json_row(json, "risk");
            for (size_t a = 0; a < n; a++) oc_json_number(json, NULL, round->risk[a * issues]);
            oc_json_end(json);
        } else if (result->options.model != OC_MODEL_EXCHANGE) {
            add_positions(json, "risk", result, round->risk);
        }
        oc_json_list(json, "moves");
        for (size_t m = 0; m < round->moves.len; m++) add_move(json, result, &round->moves.at[m]);
        oc_json_end(json);
        add_details(json, result, round);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void add_initial(oc_json *json, const oc_bargain_result *result)
{
    oc_json_object(json, "initial");
    oc_json_list(json, "positions");
    for (size_t a = 0; a < result->table->actor_count; a++) by_issue(json, NULL, result, start_of, a);
    oc_json_end(json);
    by_issue(json, "mean", result, the_mean, 0);
    by_issue(json, "median", result, the_median, 0);
    add_row(json, "probability", result->first_probability, result->table->actor_count);
    oc_json_end(json);
}

static void add_exchange(oc_json *json, const oc_bargain_result *result)
{
    const oc_exchange_result *found = &result->exchange;
    const oc_bargain_table *table = result->table;
    if (!found->vote) return;
    oc_json_object(json, "exchange");
    oc_json_unsigned(json, "possible", found->possible);
    values_by_issue(json, "before", result, found->before);
    values_by_issue(json, "after", result, found->after);
    oc_json_list(json, "deals");
    for (size_t d = 0; d < found->deals.len; d++) {
        const oc_exchange_deal *deal = &found->deals.at[d];
        oc_json_object(json, NULL);
        oc_json_number(json, "gain", deal->gain);
        oc_json_number(json, "others_gain", deal->others_gain);
        oc_json_number(json, "others_loss", deal->others_loss);
        oc_json_unsigned(json, "winners", deal->winners);
        oc_json_unsigned(json, "losers", deal->losers);
        oc_json_list(json, "sides");
        for (int k = 0; k < 2; k++) {
            const oc_exchange_side *side = &deal->side[k];
            oc_json_row_object(json, NULL);
            oc_json_text(json, "actor", table->actors[side->actor].name);
            oc_json_text(json, "gives_on", table->issues[side->issue].name);
            oc_json_number(json, "from", side->from);
            oc_json_number(json, "to", side->to);
            oc_json_number(json, "target", side->target);
            oc_json_number(json, "gain", side->gain);
            oc_json_number(json, "outcome_before", side->outcome_before);
            oc_json_number(json, "outcome_after", side->outcome_after);
            oc_json_end(json);
        }
        oc_json_end(json);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_end(json);
}

static void add_set(oc_json *json, const char *key, const oc_intervals *set)
{
    oc_json_row(json, key);
    for (size_t k = 0; k < set->len; k++) {
        oc_json_row(json, NULL);
        oc_json_number(json, NULL, set->at[k].low);
        oc_json_number(json, NULL, set->at[k].high);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void add_ratification(oc_json *json, const oc_bargain_result *result)
{
    if (!result->options.ratify) return;
    oc_json_list(json, "ratification");
    for (size_t p = 0; p < result->table->issue_count; p++) {
        const oc_bargain_outcome *out = &result->outcomes[p];
        oc_json_object(json, NULL);
        oc_json_text(json, "issue", result->table->issues[p].name);
        oc_json_number(json, "outcome_before", out->unratified);
        add_set(json, "zone", &out->zone);
        oc_json_number(json, "ratifiable", out->draws ? out->ratifiable : NAN);
        oc_json_list(json, "sides");
        for (size_t k = 0; k < result->side_count; k++) {
            oc_json_object(json, NULL);
            oc_json_text(json, "side", result->sides[k].side);
            add_set(json, "win_set", &result->sides[k].sets[p]);
            oc_json_end(json);
        }
        oc_json_end(json);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void add_notes(oc_json *json, const oc_bargain_result *result)
{
    oc_json_list(json, "notes");
    for (size_t p = 0; p < result->table->issue_count; p++) {
        if (result->outcomes[p].gridlock) oc_json_text(json, NULL, OC_SLICE("gridlock"));
        if (result->outcomes[p].restless) oc_json_text(json, NULL, OC_SLICE("restless"));
    }
    oc_json_end(json);
}

/* The words of KTAB's files, so that options can be carried over. */
static const char *const votings[] = {"Binary", "PropBin", "Prop", "PropCbc", "Cubic", "ASymProsp"};
static const char *const victories[] = {"Linear", "Square", "Quartic", "Octic", "Binary"};
static const char *const elections[] = {"Conditional", "MarkovIncentive", "MarkovUniform"};
static const char *const ranges[] = {"Min", "Mid", "Max"};
static const char *const adjusts[] = {"None", "OneThird", "Half", "TwoThirds", "Full"};
static const char *const commits[] = {"NoCommit", "SemiCommit", "FullCommit"};
static const char *const interpolations[] = {"S1P1", "S2P2", "S2PMax"};
static const char *const proposals[] = {"InitOnlyInterp", "InitRcvrInterp", "PWCompInterp"};

static void add_spatial_options(oc_json *json, const oc_spatial_options *it)
{
    oc_json_text(json, "compat", it->ktab14 ? OC_SLICE("ktab14") : OC_SLICE("none"));
    oc_json_text(json, "VictoryProbModel", oc_slice_of(victories[it->rule.victory]));
    oc_json_text(json, "VotingRule", oc_slice_of(votings[it->rule.voting]));
    oc_json_text(json, "PCEModel", oc_slice_of(elections[it->rule.model]));
    oc_json_text(json, "StateTransitions", it->stochastic ? OC_SLICE("Stochastic") : OC_SLICE("Deterministic"));
    oc_json_text(json, "BigRRange", oc_slice_of(ranges[it->range]));
    oc_json_text(json, "BigRAdjust", oc_slice_of(adjusts[it->adjust]));
    oc_json_text(json, "ThirdPartyCommit", oc_slice_of(commits[it->commit]));
    oc_json_text(json, "InterVecBrgn", oc_slice_of(interpolations[it->interpolation]));
    oc_json_text(json, "BargnModel", oc_slice_of(proposals[it->proposals]));
}

void oc_bargain_print_options(oc_json *json, const char *key, const oc_bargain_options *options)
{
    oc_bargain_model model = options->model;
    bool challenge = model == OC_MODEL_CHALLENGE || model == OC_MODEL_CHALLENGE_TEXT,
         rounds = challenge || model == OC_MODEL_SMP;
    oc_json_object(json, key);
    oc_json_text(json, "model", oc_slice_of(oc_bargain_model_name(model)));
    if (rounds) {
        oc_json_integer(json, "rounds", options->rounds);
        oc_json_integer(json, "read_round", options->read_round);
        oc_json_text(json, "reading", options->reading == OC_READ_MEAN ? OC_SLICE("mean") : OC_SLICE("median"));
    }
    if (challenge) {
        oc_json_number(json, "q", options->challenge.q);
        oc_json_bool(json, "least_move", options->challenge.least_move);
    }
    if (model == OC_MODEL_SMP) add_spatial_options(json, &options->spatial);
    if (model == OC_MODEL_NASH_COSTLY) oc_json_number(json, "nash_cost", options->nash_cost);
    if (model == OC_MODEL_NASH_SALIENCE) oc_json_number(json, "nash_margin", options->nash_margin);
    if (model == OC_MODEL_EXCHANGE) {
        oc_json_bool(json, "no_overshoot", options->exchange.no_overshoot);
        oc_json_bool(json, "random_rate", options->exchange.random_rate);
    }
    oc_json_bool(json, "ratify", options->ratify);
    if (options->ratify) {
        oc_json_number(json, "quota", options->quota);
        oc_json_number(json, "ratify_cost", options->ratify_cost);
    }
    oc_json_unsigned(json, "runs", options->runs);
    oc_json_unsigned(json, "seed", options->seed);
    oc_json_number(json, "noise_position", options->noise_position);
    oc_json_number(json, "noise_weight", options->noise_weight);
    oc_json_bool(json, "model_error", options->model_error);
    oc_json_bool(json, "status_quo_mass", options->status_quo_mass);
    oc_json_end(json);
}

void oc_bargain_print_json(oc_json *json, const oc_bargain_result *result)
{
    oc_json_object(json, NULL);
    oc_json_text(json, "model", oc_slice_of(oc_bargain_model_name(result->options.model)));
    oc_json_text(json, "title", result->table->title);
    by_issue(json, "outcome", result, the_outcome, 0);
    add_interval(json, result);
    by_issue(json, "expected", result, the_expected, 0);
    by_issue(json, "mean", result, the_mean, 0);
    by_issue(json, "median", result, the_median, 0);
    by_issue(json, "median_upper", result, the_upper_median, 0);
    by_issue(json, "pce", result, the_pce, 0);
    by_issue(json, "spread", result, the_spread, 0);
    by_issue(json, "input_sd", result, the_input_sd, 0);
    by_issue(json, "mean_sd", result, the_mean_sd, 0);
    oc_json_text(json, "derivatives", result->slopes ? OC_SLICE("slopes over the draws") : OC_SLICE("at the point"));
    add_issues(json, result);
    oc_json_list(json, "actors");
    for (size_t a = 0; a < result->table->actor_count; a++) add_actor(json, result, a);
    oc_json_end(json);
    add_coalitions(json, result);
    add_initial(json, result);
    add_rounds(json, result);
    if (result->options.model == OC_MODEL_SMP) oc_json_bool(json, "settled", result->settled);
    add_exchange(json, result);
    add_ratification(json, result);
    add_matrix(json, "coalition_strength", result->coalition, result->table->actor_count);
    add_matrix(json, "victory", result->victory, result->table->actor_count);
    add_notes(json, result);
    oc_bargain_print_options(json, "options", &result->options);
    oc_json_end(json);
}
