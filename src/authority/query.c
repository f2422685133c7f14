/* Who holds what on a day.
 *
 * A boundary that is a date splits days into before, uncertain (inside the interval it names) and after. One that is a
 * stage gives a probability: up to as_of 0 or 1 by what is done, later what the forecast says. A holding that begins
 * with P(since <= day) and ends with P(until <= day) is in force with their difference, because it cannot end before it
 * began. Example: until: transfer, with P(transfer by 2035-01-01) = 0.88, is in force that day with 0.12. */
#include "authority/query.h"

#include <math.h>
#include <stdlib.h>

const oc_ledger_question oc_ledger_any = {
    OC_DAY_NONE, OC_DAY_NONE, OC_LEDGER_NONE, OC_LEDGER_NONE, OC_LEDGER_NONE, OC_LEDGER_NONE, OC_LEDGER_NONE, NULL,
};

/* Probability that the boundary has been reached on the day of the question. */
static double reached(const oc_ledger *ledger, const oc_when *when, const oc_ledger_question *question, bool *certain)
{
    if (when->kind == OC_WHEN_DATE) {
        if (question->on >= when->first && question->on < when->last) *certain = false;
        return question->on >= when->first;
    }
    if (when->kind == OC_WHEN_OPEN) return 0;
    oc_day done = ledger->stages.at[when->stage].done;
    if (done != OC_DAY_NONE) return question->on >= done;
    if (question->as_of == OC_DAY_NONE || question->on <= question->as_of) return 0;
    const oc_ledger_forecast *forecast = question->forecast;
    return forecast ? forecast->done_by(forecast->context, when->stage, question->on) : NAN;
}

double oc_ledger_in_force(const oc_ledger *ledger, const oc_when *since, const oc_when *until,
                          const oc_ledger_question *question, bool *ret_certain)
{
    bool certain = true;
    double begun = reached(ledger, since, question, &certain);
    double ended = 0;
    if (until->kind == OC_WHEN_DATE) {
        /* Inside the interval of its end it may hold still. */
        if (question->on >= until->first && question->on < until->last) certain = false;
        ended = question->on >= until->last;
    } else {
        ended = reached(ledger, until, question, &certain);
    }
    if (ret_certain) *ret_certain = certain;
    double probability = begun - ended;
    if (begun <= 0 || ended >= 1) return 0;
    return probability < 0 ? 0 : probability;
}

static bool part_of(const oc_ledger *ledger, uint32_t part, uint32_t whole)
{
    for (int steps = 0; part != OC_LEDGER_NONE && steps <= OC_LEDGER_MAX_DEPTH; steps++) {
        if (part == whole) return true;
        part = ledger->forces.at[part].part_of;
    }
    return false;
}

static bool matches(const oc_ledger *ledger, const oc_holding *holding, const oc_ledger_question *question)
{
    if (question->matter != OC_LEDGER_NONE && question->matter != holding->matter) return false;
    if (question->place != OC_LEDGER_NONE && question->place != holding->place) return false;
    if (question->state != OC_LEDGER_NONE && !(holding->states & 1u << question->state)) return false;
    if (question->forces != OC_LEDGER_NONE && !part_of(ledger, holding->forces, question->forces) &&
        !part_of(ledger, question->forces, holding->forces))
        return false;
    return true;
}

static int compare_index(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_ground(const oc_holding *a, const oc_holding *b)
{
    int order = compare_index(a->matter, b->matter);
    if (!order) order = compare_index(a->forces, b->forces);
    return order ? order : compare_index(a->place, b->place);
}

static oc_day begin_of(const oc_when *when)
{
    return when->kind == OC_WHEN_DATE ? when->first : OC_DAY_MAX;
}

static int compare_answers(const void *left, const void *right)
{
    const oc_ledger_answer *a = left, *b = right;
    const oc_holding *x = a->holding ? a->holding : a->example, *y = b->holding ? b->holding : b->example;
    int order = compare_ground(x, y);
    if (!order) order = compare_index(a->state, b->state);
    if (!order) order = (a->holding == NULL) - (b->holding == NULL);
    if (!order && !isnan(a->probability) && !isnan(b->probability))
        order = (a->probability < b->probability) - (a->probability > b->probability);
    if (!order) order = (begin_of(&x->since) > begin_of(&y->since)) - (begin_of(&x->since) < begin_of(&y->since));
    return order ? order : (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

/* A history: one ground after the other, each in order of time. */
static int compare_times(const void *left, const void *right)
{
    const oc_ledger_answer *a = left, *b = right;
    int order = compare_ground(a->holding, b->holding);
    oc_day from = begin_of(&a->holding->since), other = begin_of(&b->holding->since);
    if (!order) order = (from > other) - (from < other);
    uint32_t place = a->holding->span.start, other_place = b->holding->span.start;
    if (!order) order = (place > other_place) - (place < other_place);
    return order ? order : compare_index(a->state, b->state);
}

static bool same_question(const oc_ledger_answer *a, const oc_ledger_answer *b)
{
    return a->state == b->state && compare_ground(a->holding, b->holding) == 0;
}

/* Adds "nobody on record" where the probabilities of one ground do not add up to one. */
static void add_rest(oc_arena *arena, oc_ledger_answers *answers)
{
    size_t count = answers->len;
    for (size_t i = 0; i < count;) {
        double sum = 0;
        bool certain = true;
        size_t end = i;
        for (; end < count && same_question(&answers->at[i], &answers->at[end]); end++) {
            sum += answers->at[end].probability;
            certain = certain && answers->at[end].certain;
        }
        if (certain && !isnan(sum) && sum < 1 - 1e-9) {
            oc_ledger_answer rest = {NULL, answers->at[i].holding, answers->at[i].state, 1 - sum, true};
            *oc_vec_push(arena, answers) = rest;
        }
        i = end;
    }
}

oc_ledger_answers oc_ledger_ask(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question)
{
    oc_ledger_answers answers = {0};
    for (size_t i = 0; i < ledger->holdings.len; i++) {
        const oc_holding *holding = &ledger->holdings.at[i];
        if (!matches(ledger, holding, question)) continue;
        bool certain = true;
        double probability =
            question->on == OC_DAY_NONE
                ? 1
                : oc_ledger_in_force(ledger, &holding->since, &holding->until, question, &certain);
        if (probability <= 0) continue;
        for (uint32_t state = 0; state < ledger->states.len; state++) {
            if (!(holding->states & 1u << state)) continue;
            if (question->state != OC_LEDGER_NONE && question->state != state) continue;
            *oc_vec_push(arena, &answers) = (oc_ledger_answer){holding, NULL, state, probability, certain};
        }
    }
    if (answers.len) qsort(answers.at, answers.len, sizeof *answers.at, compare_answers);
    if (question->on != OC_DAY_NONE) add_rest(arena, &answers);
    if (question->holder != OC_LEDGER_NONE) {
        size_t kept = 0;
        for (size_t i = 0; i < answers.len; i++)
            if (answers.at[i].holding && answers.at[i].holding->holder == question->holder)
                answers.at[kept++] = answers.at[i];
        answers.len = kept;
    }
    bool history = question->on == OC_DAY_NONE;
    if (answers.len) qsort(answers.at, answers.len, sizeof *answers.at, history ? compare_times : compare_answers);
    return answers;
}

bool oc_ledger_claimed(const oc_claim *claim, const oc_ledger_question *question)
{
    if (claim->on.kind != OC_WHEN_DATE) return true;
    return (question->on == OC_DAY_NONE || question->on >= claim->on.first) &&
           (question->as_of == OC_DAY_NONE || question->as_of >= claim->on.first);
}

static bool in_term(const oc_office_term *term, oc_day day, bool *ret_attested)
{
    *ret_attested = term->attested.kind == OC_WHEN_DATE && day >= term->attested.first && day <= term->attested.last;
    if (term->since.kind != OC_WHEN_DATE) return *ret_attested;
    return day >= term->since.first && (term->until.kind != OC_WHEN_DATE || day <= term->until.last);
}

uint32_t oc_ledger_in_office(const oc_ledger *ledger, uint32_t office, oc_day day, const oc_office_term **ret_term)
{
    uint32_t best = OC_LEDGER_NONE;
    oc_day best_since = OC_DAY_MIN - 1;
    for (uint32_t i = 0; i < ledger->actors.len; i++) {
        for (size_t k = 0; k < ledger->actors.at[i].offices.len; k++) {
            const oc_office_term *term = &ledger->actors.at[i].offices.at[k];
            bool attested = false;
            if (term->office != office || !in_term(term, day, &attested)) continue;
            /* On the day of a change of office both terms name the day: the new one counts. */
            oc_day since = term->since.kind == OC_WHEN_DATE ? term->since.first : OC_DAY_MIN;
            if (since <= best_since) continue;
            best = i;
            best_since = since;
            if (ret_term) *ret_term = term;
        }
    }
    return best;
}
