/* The terminal form: a picture of the positions and what explains them. Columns are counted by display width, so names
 * in East Asian scripts line up; the picture itself is ASCII. */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "politics/print.h"

enum { LONGEST_NAME = 24, SHORTEST_AXIS = 21, LONGEST_AXIS = 61, NUMBERS = 36 };

typedef struct page {
    oc_text *out;
    const oc_bargain_result *result;
    const oc_bargain_style *style;
    size_t issue;
    size_t name_width, axis_width;
    int decimals;
} page;

static oc_arena *arena_of(const page *it)
{
    return it->out->arena;
}

static void say(const page *it, const char *key, const oc_arg *args)
{
    oc_text_message(it->out, it->style->lang, key, args);
}

static void say_line(const page *it, const char *key, const oc_arg *args)
{
    say(it, key, args);
    oc_text_byte(it->out, '\n');
}

/* A number with the decimals that suit the scale. */
static oc_slice number(const page *it, double value, int decimals)
{
    oc_text text = oc_text_in(arena_of(it));
    if (isnan(value))
        oc_text_byte(&text, '-');
    else
        oc_text_fixed(&text, value, decimals);
    return oc_text_slice(&text);
}
#define NUMBER(value) OC_T(number(it, (value), it->decimals))
#define PERCENT(value) OC_T(number(it, 100 * (value), 0))
#define SHARE(value) OC_T(number(it, 100 * (value), 1))

static oc_slice signed_number(const page *it, double value)
{
    oc_text text = oc_text_in(arena_of(it));
    if (value > 0) oc_text_byte(&text, '+');
    oc_text_add(&text, number(it, value, it->decimals + 1));
    return oc_text_slice(&text);
}

static void pad(const page *it, oc_slice text, size_t width, bool right)
{
    oc_slice fit = oc_utf8_fit(text, width);
    size_t used = oc_utf8_width(fit);
    if (right) oc_text_repeat(it->out, ' ', width - used);
    oc_text_add(it->out, fit);
    if (!right) oc_text_repeat(it->out, ' ', width - used);
}

static oc_slice name_of(const page *it, size_t actor)
{
    const oc_bargain_actor *a = &it->result->table->actors[actor];
    return a->title.len ? a->title : a->name;
}
static const oc_bargain_issue *scale_of(const page *it)
{
    return &it->result->table->issues[it->issue];
}
static const oc_bargain_outcome *outcome_of(const page *it)
{
    return &it->result->outcomes[it->issue];
}

static const oc_bargain_stake *stake_of(const page *it, size_t actor)
{
    return &it->result->stakes[actor * it->result->table->issue_count + it->issue];
}

static void measure(page *it)
{
    size_t width = it->style->width > 0 ? (size_t)it->style->width : 100;
    double range = scale_of(it)->high - scale_of(it)->low;
    it->name_width = 8;
    for (size_t a = 0; a < it->result->table->actor_count; a++) {
        size_t wide = oc_utf8_width(name_of(it, a));
        if (wide > it->name_width) it->name_width = wide;
    }
    if (it->name_width > LONGEST_NAME) it->name_width = LONGEST_NAME;
    it->axis_width = SHORTEST_AXIS;
    if (width > it->name_width + NUMBERS + SHORTEST_AXIS) it->axis_width = width - it->name_width - NUMBERS;
    if (it->axis_width > LONGEST_AXIS) it->axis_width = LONGEST_AXIS;
    it->decimals = range >= 50 ? 1 : range >= 5 ? 2 : 3;
}

/* --- the picture --- */

static size_t column(const page *it, double value)
{
    double share = (value - scale_of(it)->low) / (scale_of(it)->high - scale_of(it)->low);
    double at = floor(share * (double)(it->axis_width - 1) + 0.5);
    return at <= 0 ? 0 : at >= (double)it->axis_width ? it->axis_width - 1 : (size_t)at;
}

static void draw_actor(const page *it, size_t actor, char *axis)
{
    const oc_bargain_stake *stake = stake_of(it, actor);
    memset(axis, '.', it->axis_width);
    axis[column(it, outcome_of(it)->outcome)] = '|';
    size_t start = column(it, stake->start), end = column(it, stake->end);
    for (size_t c = start < end ? start : end; c <= (start < end ? end : start) && start != end; c++) axis[c] = '-';
    axis[start] = 'o';
    if (start != end) axis[end] = '*';
}

static void draw_outcome(const page *it, char *axis)
{
    const oc_bargain_outcome *out = outcome_of(it);
    memset(axis, ' ', it->axis_width);
    if (!isnan(out->input[1].low))
        for (size_t c = column(it, out->input[1].low); c <= column(it, out->input[1].high); c++) axis[c] = '=';
    axis[column(it, out->full[1].low)] = '[';
    axis[column(it, out->full[1].high)] = ']';
    axis[column(it, out->outcome)] = '|';
}

static void add_axis(const page *it, const char *axis)
{
    oc_text_byte(it->out, ' ');
    oc_text_add(it->out, (oc_slice){axis, it->axis_width});
}

static void add_heading(const page *it)
{
    char axis[LONGEST_AXIS + 40];
    memset(axis, ' ', sizeof axis);
    oc_slice low = number(it, scale_of(it)->low, 0), high = number(it, scale_of(it)->high, 0);
    memcpy(axis, low.ptr, low.len < 12 ? low.len : 12);
    if (high.len < 12) memcpy(axis + it->axis_width - high.len, high.ptr, high.len);
    pad(it, (oc_slice){0}, it->name_width, false);
    add_axis(it, axis);
    static const char *const headings[] = {"bargain.text.weight", "bargain.text.loss", "bargain.text.without"};
    for (int k = 0; k < 3; k++) {
        oc_text_byte(it->out, ' ');
        pad(it, oc_message(it->style->lang, headings[k]), k == 2 ? 11 : 9, true);
    }
    oc_text_byte(it->out, '\n');
}

static int by_start(const void *a, const void *b)
{
    const oc_bargain_stake *x = *(const oc_bargain_stake *const *)a, *y = *(const oc_bargain_stake *const *)b;
    if (x->start != y->start) return x->start < y->start ? -1 : 1;
    return x < y ? -1 : x > y;
}

static void add_picture(const page *it)
{
    const oc_bargain_result *result = it->result;
    size_t count = 0, issues = result->table->issue_count;
    const oc_bargain_stake **sorted = OC_NEW_ARRAY(arena_of(it), result->table->actor_count, const oc_bargain_stake *);
    char axis[LONGEST_AXIS];
    for (size_t a = 0; a < result->table->actor_count; a++)
        if (stake_of(it, a)->present) sorted[count++] = stake_of(it, a);
    if (count) qsort(sorted, count, sizeof *sorted, by_start);
    add_heading(it);
    for (size_t k = 0; k < count; k++) {
        size_t actor = (size_t)(sorted[k] - result->stakes) / issues;
        draw_actor(it, actor, axis);
        pad(it, name_of(it, actor), it->name_width, false);
        add_axis(it, axis);
        oc_text_byte(it->out, ' ');
        pad(it, number(it, 100 * sorted[k]->share, 1), 9, true);
        oc_text_byte(it->out, ' ');
        pad(it, number(it, sorted[k]->loss, it->decimals), 9, true);
        oc_text_byte(it->out, ' ');
        pad(it, number(it, sorted[k]->without, it->decimals), 11, true);
        oc_text_byte(it->out, '\n');
    }
    draw_outcome(it, axis);
    pad(it, oc_message(it->style->lang, "bargain.text.outcome-row"), it->name_width, false);
    add_axis(it, axis);
    oc_text_byte(it->out, '\n');
    say_line(it, "bargain.text.legend", NULL);
}

/* --- sentences --- */

static const char *model_key(const page *it, oc_bargain_model model)
{
    return oc_arena_printf(arena_of(it), "bargain.model.%s", oc_bargain_model_name(model)).ptr;
}

static void add_summary(const page *it)
{
    const oc_bargain_outcome *out = outcome_of(it);
    const oc_bargain_issue *issue = scale_of(it);
    say_line(
        it, "bargain.text.title",
        OC_ARGS(OC_T(issue->title.len ? issue->title : issue->name), OC_M(model_key(it, it->result->options.model))));
    if (issue->low_means.len || issue->high_means.len)
        say_line(it, "bargain.text.scale",
                 OC_ARGS(OC_T(number(it, issue->low, 0)), OC_T(issue->low_means), OC_T(number(it, issue->high, 0)),
                         OC_T(issue->high_means)));
    say_line(it, "bargain.text.summary",
             OC_ARGS(NUMBER(out->outcome), NUMBER(out->full[1].low), NUMBER(out->full[1].high)));
    if (!isnan(out->input[1].low))
        say_line(it, "bargain.text.inputs",
                 OC_ARGS(NUMBER(out->input[1].low), NUMBER(out->input[1].high), OC_I(it->result->options.runs)));
    say_line(it, "bargain.text.beside",
             OC_ARGS(NUMBER(out->mean), NUMBER(out->median), NUMBER(out->pce), NUMBER(out->expected)));
    if (issue->has_status_quo && it->result->options.status_quo_mass)
        say_line(it, "bargain.text.status-quo", OC_ARGS(NUMBER(issue->status_quo), PERCENT(issue->mass)));
    if (!it->result->options.model_error) say_line(it, "bargain.text.no-model-error", NULL);
    if (out->gridlock) say_line(it, "bargain.text.gridlock", NULL);
    if (out->restless) say_line(it, "bargain.text.restless", OC_ARGS(NUMBER(out->input_sd), NUMBER(out->mean_sd)));
}

static void add_coalitions(const page *it)
{
    const oc_bargain_outcome *out = outcome_of(it);
    if (out->pivot == UINT32_MAX) return;
    say_line(it, "bargain.text.coalitions",
             OC_ARGS(SHARE(out->below), SHARE(out->at), SHARE(out->above), NUMBER(out->median),
                     OC_T(name_of(it, out->pivot))));
    say_line(it, "bargain.text.majorities", OC_ARGS(OC_I(out->from_low), OC_I(out->from_high)));
}

typedef struct lever {
    size_t actor;
    const char *key;
    double effect;
} lever;

static int by_effect(const void *a, const void *b)
{
    const lever *x = a, *y = b;
    double more = fabs(y->effect) - fabs(x->effect);
    if (more != 0) return more > 0 ? 1 : -1;
    return x->actor < y->actor ? -1 : x->actor > y->actor;
}

static void add_levers(const page *it)
{
    size_t n = it->result->table->actor_count, count = 0;
    lever *levers = OC_NEW_ARRAY(arena_of(it), 3 * n, lever);
    double tenth = 0.1 * (scale_of(it)->high - scale_of(it)->low);
    for (size_t a = 0; a < n; a++) {
        const oc_bargain_stake *stake = stake_of(it, a);
        const lever all[] = {{a, "bargain.text.lever-position", tenth * stake->by_position},
                             {a, "bargain.text.lever-capability", 10 * stake->by_capability},
                             {a, "bargain.text.lever-salience", 10 * stake->by_salience}};
        for (int k = 0; k < 3; k++)
            if (stake->present && !isnan(all[k].effect) && all[k].effect != 0) levers[count++] = all[k];
    }
    if (!count) return;
    qsort(levers, count, sizeof *levers, by_effect);
    say_line(it, it->result->slopes ? "bargain.text.levers-drawn" : "bargain.text.levers", NULL);
    for (size_t k = 0; k < count && k < 5; k++) {
        oc_text_lit(it->out, "  ");
        say_line(it, levers[k].key,
                 OC_ARGS(OC_T(name_of(it, levers[k].actor)), OC_T(signed_number(it, levers[k].effect))));
    }
}

static void add_set(const page *it, const oc_intervals *set, oc_text *text)
{
    for (size_t k = 0; k < set->len; k++) {
        if (k) oc_text_lit(text, ", ");
        oc_text_add(text, number(it, set->at[k].low, it->decimals));
        if (set->at[k].low == set->at[k].high) continue;
        oc_text_lit(text, "..");
        oc_text_add(text, number(it, set->at[k].high, it->decimals));
    }
    if (!set->len) oc_text_add(text, oc_message(it->style->lang, "bargain.text.nothing"));
}

static void add_ratification(const page *it)
{
    const oc_bargain_outcome *out = outcome_of(it);
    if (!it->result->options.ratify) return;
    for (size_t k = 0; k < it->result->side_count; k++) {
        oc_text set = oc_text_in(arena_of(it));
        add_set(it, &it->result->sides[k].sets[it->issue], &set);
        say_line(it, "bargain.text.win-set", OC_ARGS(OC_T(it->result->sides[k].side), OC_T(oc_text_slice(&set))));
    }
    oc_text zone = oc_text_in(arena_of(it));
    add_set(it, &out->zone, &zone);
    say_line(it, "bargain.text.zone",
             OC_ARGS(OC_T(oc_text_slice(&zone)), NUMBER(out->unratified), NUMBER(out->outcome)));
    if (out->draws) say_line(it, "bargain.text.ratifiable", OC_ARGS(PERCENT(out->ratifiable)));
}

/* --- rounds and deals --- */

static size_t most_of(const page *it)
{
    return it->style->most ? it->style->most : 12;
}

static void add_moves(const page *it, const oc_bargain_round *round)
{
    size_t shown = 0, all = 0;
    for (size_t m = 0; m < round->moves.len; m++) {
        const oc_bargain_move *move = &round->moves.at[m];
        if (move->issue != it->issue) continue;
        if (++all > most_of(it)) continue;
        shown++;
        oc_slice key = oc_arena_printf(arena_of(it), "bargain.because.%s", oc_because_name(move->because));
        oc_text_lit(it->out, "    ");
        say_line(it, key.ptr,
                 OC_ARGS(OC_T(name_of(it, move->actor)), NUMBER(move->from), NUMBER(move->to),
                         OC_T(name_of(it, move->by)), OC_T(number(it, move->own, 3)), OC_T(number(it, move->other, 3)),
                         OC_T(number(it, move->gain, 3)), PERCENT(move->probability)));
    }
    if (all > shown) {
        oc_text_lit(it->out, "    ");
        say_line(it, "bargain.text.more", OC_ARGS(OC_I(all - shown)));
    }
}

static void add_rounds(const page *it)
{
    const oc_bargain_result *result = it->result;
    if (!it->style->rounds || !result->round_count || result->exchange.vote) return;
    for (size_t r = 0; r < result->round_count; r++) {
        const oc_bargain_round *round = &result->rounds[r];
        say_line(it, "bargain.text.round",
                 OC_ARGS(OC_I(r + 1), NUMBER(round->mean[it->issue]), NUMBER(round->median[it->issue])));
        add_moves(it, round);
        if ((int)r + 1 == result->options.read_round && r + 1 < result->round_count)
            say_line(it, "bargain.text.read-here", NULL);
    }
}

static void add_deals(page *it)
{
    const oc_exchange_result *found = &it->result->exchange;
    if (!found->vote) return;
    say_line(it, "bargain.text.deals", OC_ARGS(OC_I(found->deals.len), OC_I(found->possible)));
    for (size_t d = 0; d < found->deals.len && d < most_of(it); d++) {
        const oc_exchange_deal *deal = &found->deals.at[d];
        oc_text_printf(it->out, "%3zu. ", d + 1);
        for (int k = 0; k < 2; k++) {
            const oc_exchange_side *side = &deal->side[k];
            if (k) oc_text_lit(it->out, "; ");
            say(it, "bargain.text.gives",
                OC_ARGS(OC_T(name_of(it, side->actor)), OC_T(it->result->table->issues[side->issue].name),
                        NUMBER(side->from), NUMBER(side->to)));
        }
        oc_text_lit(it->out, "\n     ");
        say_line(it, "bargain.text.deal-gain",
                 OC_ARGS(OC_T(number(it, deal->gain, 3)), OC_T(number(it, deal->others_gain, 3)), OC_I(deal->winners),
                         OC_T(number(it, deal->others_loss, 3)), OC_I(deal->losers)));
    }
    if (found->deals.len > most_of(it))
        say_line(it, "bargain.text.more", OC_ARGS(OC_I(found->deals.len - most_of(it))));
}

void oc_bargain_print_text(oc_text *out, const oc_bargain_result *result, const oc_bargain_style *style)
{
    page it = {.out = out, .result = result, .style = style};
    for (; it.issue < result->table->issue_count; it.issue++) {
        measure(&it);
        if (it.issue) oc_text_byte(out, '\n');
        add_summary(&it);
        oc_text_byte(out, '\n');
        add_picture(&it);
        oc_text_byte(out, '\n');
        add_coalitions(&it);
        add_levers(&it);
        add_ratification(&it);
        add_rounds(&it);
    }
    it.issue = 0;
    if (result->exchange.vote) oc_text_byte(out, '\n');
    add_deals(&it);
}

void oc_bargain_print_sweep(oc_text *out, const oc_bargain_result *result, size_t actor, size_t issue,
                            const double *outcome, size_t steps, const oc_bargain_style *style)
{
    page whole = {.out = out, .result = result, .style = style, .issue = issue}, *it = &whole;
    char axis[LONGEST_AXIS];
    measure(it);
    say_line(it, "bargain.text.sweep", OC_ARGS(OC_T(name_of(it, actor)), OC_T(scale_of(it)->name)));
    for (size_t k = 0; k <= steps; k++) {
        double at = scale_of(it)->low + (scale_of(it)->high - scale_of(it)->low) * (double)k / (double)steps;
        memset(axis, '.', sizeof axis);
        axis[column(it, at)] = 'o';
        axis[column(it, outcome[k])] = '|';
        pad(it, number(it, at, it->decimals), 10, true);
        add_axis(it, axis);
        pad(it, number(it, outcome[k], it->decimals), 10, true);
        oc_text_byte(out, '\n');
    }
}
