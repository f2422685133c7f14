/* The tidy CSV form: one number a line. */
#include <math.h>
#include <stdio.h>

#include "politics/print.h"

typedef struct writer {
    oc_text *out;
    const oc_bargain_result *result;
} writer;

static void line(const writer *it, const char *quantity, long round, size_t issue, size_t actor, size_t other,
                 double value)
{
    const oc_bargain_table *table = it->result->table;
    oc_text *out = it->out;
    if (isnan(value)) return;
    oc_text_csv_field(out, oc_slice_of(quantity));
    oc_text_byte(out, ',');
    if (round >= 0) oc_text_printf(out, "%ld", round);
    oc_text_byte(out, ',');
    if (issue != SIZE_MAX) oc_text_csv_field(out, table->issues[issue].name);
    oc_text_byte(out, ',');
    if (actor != SIZE_MAX) oc_text_csv_field(out, table->actors[actor].name);
    oc_text_byte(out, ',');
    if (other != SIZE_MAX) oc_text_csv_field(out, table->actors[other].name);
    oc_text_byte(out, ',');
    oc_text_number(out, value);
    oc_text_byte(out, '\n');
}

static void outcome_lines(const writer *it, size_t p)
{
    static const char *const low[] = {"interval_50_low", "interval_80_low", "interval_90_low"};
    static const char *const high[] = {"interval_50_high", "interval_80_high", "interval_90_high"};
    static const char *const input_low[] = {"input_50_low", "input_80_low", "input_90_low"};
    static const char *const input_high[] = {"input_50_high", "input_80_high", "input_90_high"};
    const oc_bargain_outcome *out = &it->result->outcomes[p];
    const struct {
        const char *name;
        double value;
    } all[] = {
        {"outcome", out->outcome},
        {"expected", out->expected},
        {"mean", out->mean},
        {"median", out->median},
        {"median_upper", out->median_upper},
        {"pce", out->pce},
        {"spread", out->spread},
        {"input_sd", out->input_sd},
        {"mean_sd", out->mean_sd},
        {"weight", out->weight},
        {"below", out->below},
        {"at", out->at},
        {"above", out->above},
    };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        line(it, all[k].name, -1, p, SIZE_MAX, SIZE_MAX, all[k].value);
    for (int k = 0; k < OC_BARGAIN_LEVELS; k++) {
        line(it, low[k], -1, p, SIZE_MAX, SIZE_MAX, out->full[k].low);
        line(it, high[k], -1, p, SIZE_MAX, SIZE_MAX, out->full[k].high);
        line(it, input_low[k], -1, p, SIZE_MAX, SIZE_MAX, out->input[k].low);
        line(it, input_high[k], -1, p, SIZE_MAX, SIZE_MAX, out->input[k].high);
    }
}

static void stake_lines(const writer *it, size_t p, size_t a)
{
    const oc_bargain_stake *stake = &it->result->stakes[a * it->result->table->issue_count + p];
    const oc_bargain_cell *cell = oc_bargain_cell_at(it->result->table, a, p);
    if (!stake->present) return;
    const struct {
        const char *name;
        double value;
    } all[] = {
        {"start", stake->start},
        {"end", stake->end},
        {"capability", cell->capability.value},
        {"salience", cell->salience.value},
        {"right", cell->right},
        {"weight", stake->weight},
        {"share", stake->share},
        {"side", stake->side},
        {"loss", stake->loss},
        {"cost", stake->cost},
        {"outcome_without", stake->without},
        {"probability", stake->probability},
        {"by_position", stake->by_position},
        {"by_capability", stake->by_capability},
        {"by_salience", stake->by_salience},
    };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) line(it, all[k].name, -1, p, a, SIZE_MAX, all[k].value);
}

static void matrix_lines(const writer *it, const char *name, long round, size_t p, const double *values)
{
    size_t n = it->result->table->actor_count;
    for (size_t i = 0; values && i < n; i++)
        for (size_t j = 0; j < n; j++) line(it, name, round, p, i, j, values[i * n + j]);
}

static void move_lines(const writer *it, long round, const oc_bargain_move *move)
{
    char name[40];
    const char *because = oc_because_name(move->because);
    const struct {
        const char *name;
        double value;
    } all[] = {{"from", move->from},   {"to", move->to},     {"own", move->own},
               {"other", move->other}, {"gain", move->gain}, {"probability", move->probability}};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        snprintf(name, sizeof name, "%s_%s", because, all[k].name);
        line(it, name, round, move->issue, move->actor, move->by, all[k].value);
    }
}

static void round_lines(const writer *it, size_t r)
{
    const oc_bargain_round *round = &it->result->rounds[r];
    size_t n = it->result->table->actor_count, issues = it->result->table->issue_count;
    long number = (long)r + 1;
    for (size_t p = 0; p < issues; p++) {
        line(it, "round_mean", number, p, SIZE_MAX, SIZE_MAX, round->mean[p]);
        line(it, "round_median", number, p, SIZE_MAX, SIZE_MAX, round->median[p]);
        for (size_t a = 0; a < n; a++) {
            line(it, "position", number, p, a, SIZE_MAX, round->position[a * issues + p]);
            line(it, "risk", number, p, a, SIZE_MAX, round->risk[a * issues + p]);
        }
        if (!round->own) continue;
        matrix_lines(it, "own_utility", number, p, round->own[p]);
        matrix_lines(it, "other_utility", number, p, round->other[p]);
        matrix_lines(it, "success", number, p, round->success[p]);
    }
    for (size_t a = 0; round->probability && a < n; a++)
        line(it, "winning_probability", number, SIZE_MAX, a, SIZE_MAX, round->probability[a]);
    for (size_t m = 0; m < round->moves.len; m++) move_lines(it, number, &round->moves.at[m]);
}

static void exchange_lines(const writer *it)
{
    const oc_exchange_result *found = &it->result->exchange;
    for (size_t d = 0; d < found->deals.len; d++) {
        const oc_exchange_deal *deal = &found->deals.at[d];
        for (int k = 0; k < 2; k++) {
            const oc_exchange_side *side = &deal->side[k];
            size_t other = deal->side[!k].actor;
            line(it, "deal_gain", (long)d + 1, side->issue, side->actor, other, side->gain);
            line(it, "deal_outcome_before", (long)d + 1, side->issue, side->actor, other, side->outcome_before);
            line(it, "deal_outcome_after", (long)d + 1, side->issue, side->actor, other, side->outcome_after);
        }
        line(it, "deal_others_gain", (long)d + 1, SIZE_MAX, SIZE_MAX, SIZE_MAX, deal->others_gain);
        line(it, "deal_others_loss", (long)d + 1, SIZE_MAX, SIZE_MAX, SIZE_MAX, deal->others_loss);
    }
    for (size_t a = 0; found->gain && a < it->result->table->actor_count; a++) {
        line(it, "exchange_gain", -1, SIZE_MAX, a, SIZE_MAX, found->gain[a]);
        line(it, "externality", -1, SIZE_MAX, a, SIZE_MAX, found->externality[a]);
    }
}

void oc_bargain_print_csv(oc_text *out, const oc_bargain_result *result)
{
    writer it = {out, result};
    oc_text_lit(out, "quantity,round,issue,actor,other,value\n");
    for (size_t p = 0; p < result->table->issue_count; p++) {
        outcome_lines(&it, p);
        for (size_t a = 0; a < result->table->actor_count; a++) stake_lines(&it, p, a);
    }
    for (size_t a = 0; result->first_probability && a < result->table->actor_count; a++)
        line(&it, "winning_probability", 0, SIZE_MAX, a, SIZE_MAX, result->first_probability[a]);
    for (size_t r = 0; r < result->round_count; r++) round_lines(&it, r);
    exchange_lines(&it);
    matrix_lines(&it, "coalition_strength", -1, 0, result->coalition);
    matrix_lines(&it, "victory", -1, 0, result->victory);
}
