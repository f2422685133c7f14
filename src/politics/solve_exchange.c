/* Exchange of votes between issues; positions go to the model's 0 .. 100 and come back; see exchange.h. */
#include <math.h>

#include "politics/solve_parts.h"

static void record_exchange(const solver *it, const solve_record *record, const oc_exchange_result *found)
{
    const solve_case *now = &it->now;
    const oc_bargain_table *table = now->table;
    oc_exchange_result *to = &record->result->exchange;
    size_t n = now->actors, m = now->issues;
    *to = *found;
    to->vote = OC_NEW_ARRAY(record->arena, n * m, double);
    to->gain = OC_NEW_ARRAY(record->arena, n, double);
    to->externality = OC_NEW_ARRAY(record->arena, n, double);
    record->result->round_count = 1;
    oc_bargain_round *round = solver_start_round(record, now, 0);
    for (size_t a = 0; a < n; a++) {
        to->gain[now->order[a]] = found->gain[a];
        to->externality[now->order[a]] = found->externality[a];
        for (size_t p = 0; p < m; p++) {
            const oc_bargain_issue *issue = &table->issues[p];
            size_t at = now->order[a] * m + p;
            to->vote[at] = issue->low + found->vote[a * m + p] / 100 * (issue->high - issue->low);
            if (now->present[a * m + p]) round->position[at] = to->vote[at];
        }
    }
    for (size_t p = 0; p < m; p++) {
        double unit = (table->issues[p].high - table->issues[p].low) / 100;
        to->before[p] = table->issues[p].low + found->before[p] * unit;
        to->after[p] = round->mean[p] = table->issues[p].low + found->after[p] * unit;
        round->median[p] = NAN;
    }
    for (size_t d = 0; d < to->deals.len; d++) {
        for (int k = 0; k < 2; k++) {
            oc_exchange_side *side = &to->deals.at[d].side[k];
            const oc_bargain_issue *issue = &table->issues[side->issue];
            double low = issue->low, unit = (issue->high - low) / 100;
            side->actor = now->order[side->actor];
            side->from = low + side->from * unit;
            side->to = low + side->to * unit;
            side->target = low + side->target * unit;
            side->outcome_before = low + side->outcome_before * unit;
            side->outcome_after = low + side->outcome_after * unit;
        }
        for (int k = 0; k < 2; k++) {
            const oc_exchange_side *side = &to->deals.at[d].side[k], *partner = &to->deals.at[d].side[!k];
            *oc_vec_push(record->arena, &round->moves) = (oc_bargain_move){.actor = side->actor,
                                                                           .issue = side->issue,
                                                                           .by = partner->actor,
                                                                           .because = OC_BECAUSE_DEAL,
                                                                           .from = side->from,
                                                                           .to = side->to,
                                                                           .gain = side->gain,
                                                                           .own = NAN,
                                                                           .other = NAN,
                                                                           .probability = NAN};
        }
    }
}

oc_status solver_exchange(solver *it, uint64_t draw, double *outcome, const solve_record *record)
{
    solve_case *now = &it->now;
    size_t cells = now->actors * now->issues;
    oc_arena_mark mark = oc_arena_get_mark(it->arena);
    double *x = OC_NEW_ARRAY(it->arena, cells, double);
    uint8_t *present = OC_NEW_ARRAY(it->arena, cells, uint8_t);
    for (size_t c = 0; c < cells; c++) {
        const oc_bargain_issue *issue = &now->table->issues[c % now->issues];
        x[c] = (now->x[c] - issue->low) / (issue->high - issue->low) * 100;
        present[c] = now->present[c] && now->negotiates[c / now->issues];
    }
    oc_exchange_input input = {now->actors, now->issues, x, now->s, now->c, present};
    oc_exchange_options options = it->options->exchange;
    options.seed = it->options->seed;
    options.draw = draw;
    oc_exchange_result found;
    oc_status status = oc_exchange(it->arena, &input, &options, &found);
    for (size_t p = 0; p < now->issues && !status; p++) {
        const oc_bargain_issue *issue = &now->table->issues[p];
        outcome[p] = issue->low + found.after[p] / 100 * (issue->high - issue->low);
    }
    if (record && !status)
        record_exchange(it, record, &found);
    else
        oc_arena_rewind(it->arena, mark);
    return status;
}
