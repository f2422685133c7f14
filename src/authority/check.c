/* Checks across records, and the whole of reading.
 *
 * Holdings are compared where matter, forces, place and a state are the same. A holding is certain on the days from
 * the last day of its `since` to the day before the first of its `until`; two certain at once contradict one another
 * (or, with one holder, repeat one another). Boundaries that are stages are compared by stage: what ends with the
 * stage that begins the other does not overlap it. Example: until 1994-12-01 and since 1994-12-01 meet; until 1993 and
 * since 1994-12-01 leave a gap. */
#include <stdlib.h>

#include "authority/read.h"

static bool same_ground(const oc_holding *a, const oc_holding *b)
{
    return a->matter == b->matter && a->forces == b->forces && a->place == b->place && (a->states & b->states);
}

/* First and last certain day; an open or undecided end is the end of time. */
static oc_day certain_first(const oc_ledger *ledger, const oc_when *since)
{
    if (since->kind == OC_WHEN_DATE) return since->last;
    oc_day done = since->kind == OC_WHEN_STAGE ? ledger->stages.at[since->stage].done : OC_DAY_NONE;
    return done != OC_DAY_NONE ? done : OC_DAY_MAX;
}

static oc_day certain_last(const oc_ledger *ledger, const oc_when *until)
{
    if (until->kind == OC_WHEN_DATE) return until->first - 1;
    oc_day done = until->kind == OC_WHEN_STAGE ? ledger->stages.at[until->stage].done : OC_DAY_NONE;
    return done != OC_DAY_NONE ? done - 1 : OC_DAY_MAX;
}

static bool meets_at_stage(const oc_holding *a, const oc_holding *b)
{
    return a->until.kind == OC_WHEN_STAGE && b->since.kind == OC_WHEN_STAGE && a->until.stage == b->since.stage;
}

static bool overlap(const oc_ledger *ledger, const oc_holding *a, const oc_holding *b)
{
    if (meets_at_stage(a, b) || meets_at_stage(b, a)) return false;
    oc_day from_a = certain_first(ledger, &a->since), to_a = certain_last(ledger, &a->until);
    oc_day from_b = certain_first(ledger, &b->since), to_b = certain_last(ledger, &b->until);
    return from_a <= to_b && from_b <= to_a;
}

static bool complete(const oc_holding *holding)
{
    return holding->matter != OC_LEDGER_NONE && holding->holder != OC_LEDGER_NONE && holding->states &&
           holding->since.kind != OC_WHEN_OPEN;
}

static void check_overlaps(oc_ledger_reader *r)
{
    const oc_ledger *ledger = r->ledger;
    for (size_t i = 0; i < ledger->holdings.len; i++) {
        const oc_holding *a = &ledger->holdings.at[i];
        for (size_t k = i + 1; complete(a) && k < ledger->holdings.len; k++) {
            const oc_holding *b = &ledger->holdings.at[k];
            if (!complete(b) || !same_ground(a, b) || !overlap(ledger, a, b)) continue;
            r->path = oc_arena_printf(r->arena, "authorities.holdings.%.*s", OC_FMT(b->id));
            oc_code code = a->holder == b->holder ? OC_E0508 : OC_E0507;
            oc_diag *diag = oc_ledger_report(r, code, b->span, OC_ARGS(OC_T(a->id), OC_T(b->id)));
            oc_diag_at(diag, a->span, "label.other-holding", NULL);
            oc_diag_help(diag, "help.ledger-overlap", NULL);
        }
    }
}

/* The nearest holding of the same ground that begins on or after `day`; NULL if there is none. */
static const oc_holding *next_holding(const oc_ledger *ledger, const oc_holding *before, oc_day day)
{
    const oc_holding *best = NULL;
    for (size_t i = 0; i < ledger->holdings.len; i++) {
        const oc_holding *next = &ledger->holdings.at[i];
        if (next == before || !complete(next) || !same_ground(before, next)) continue;
        if (next->since.kind != OC_WHEN_DATE || next->since.last < day) continue;
        if (!best || next->since.first < best->since.first) best = next;
    }
    return best;
}

static void check_gaps(oc_ledger_reader *r)
{
    const oc_ledger *ledger = r->ledger;
    for (size_t i = 0; i < ledger->holdings.len; i++) {
        const oc_holding *holding = &ledger->holdings.at[i];
        if (!complete(holding) || holding->until.kind != OC_WHEN_DATE) continue;
        const oc_holding *next = next_holding(ledger, holding, holding->until.first);
        if (!next || next->since.first <= holding->until.last) continue;
        r->path = oc_arena_printf(r->arena, "authorities.holdings.%.*s", OC_FMT(holding->id));
        oc_diag *diag = oc_ledger_report(r, OC_W0501, holding->until.span,
                                         OC_ARGS(OC_D(holding->until.last), OC_D(next->since.first - 1)));
        oc_diag_at(diag, next->since.span, "label.next-holding", NULL);
        oc_diag_help(diag, "help.ledger-gap", NULL);
    }
}

/* Of each term its whole, of each actor what it belongs to: no rings, and no deeper than OC_LEDGER_MAX_DEPTH. */
static void check_rings(oc_ledger_reader *r)
{
    const oc_ledger *ledger = r->ledger;
    for (uint32_t i = 0; i < ledger->forces.len; i++) {
        int steps = 0;
        for (uint32_t at = i; at != OC_LEDGER_NONE && steps <= OC_LEDGER_MAX_DEPTH; steps++)
            at = ledger->forces.at[at].part_of;
        if (steps > OC_LEDGER_MAX_DEPTH)
            oc_ledger_report(r, OC_E0516, ledger->forces.at[i].span, OC_ARGS(OC_T(ledger->forces.at[i].id)));
    }
    for (uint32_t i = 0; i < ledger->actors.len; i++) {
        int steps = 0;
        for (uint32_t at = i; at != OC_LEDGER_NONE && steps <= OC_LEDGER_MAX_DEPTH; steps++)
            at = ledger->actors.at[at].of;
        if (steps > OC_LEDGER_MAX_DEPTH)
            oc_ledger_report(r, OC_E0516, ledger->actors.at[i].span, OC_ARGS(OC_T(ledger->actors.at[i].id)));
    }
}

static int by_begin(const oc_when *a, const oc_when *b)
{
    int order = (a->first > b->first) - (a->first < b->first);
    return order ? order : (a->last > b->last) - (a->last < b->last);
}

static int compare_events(const void *a, const void *b)
{
    const oc_history_event *x = a, *y = b;
    int order = by_begin(&x->on, &y->on);
    return order ? order : (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

static int compare_voices(const void *a, const void *b)
{
    const oc_voice *x = a, *y = b;
    int order = by_begin(&x->on, &y->on);
    return order ? order : (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

static int compare_readings(const void *a, const void *b)
{
    return by_begin(&((const oc_reading *)a)->on, &((const oc_reading *)b)->on);
}

static void sort_all(oc_ledger *ledger)
{
    if (ledger->events.len) qsort(ledger->events.at, ledger->events.len, sizeof *ledger->events.at, compare_events);
    if (ledger->voices.len) qsort(ledger->voices.at, ledger->voices.len, sizeof *ledger->voices.at, compare_voices);
    for (size_t i = 0; i < ledger->commitments.len; i++) {
        oc_yardstick *measure = ledger->commitments.at[i].measure;
        if (measure && measure->seen.len)
            qsort(measure->seen.at, measure->seen.len, sizeof *measure->seen.at, compare_readings);
    }
}

void oc_ledger_check(oc_ledger_reader *r)
{
    check_overlaps(r);
    check_gaps(r);
    check_rings(r);
    sort_all(r->ledger);
}

oc_ledger *oc_ledger_read(oc_arena *arena, oc_diags *diags, const oc_ledger_context *context)
{
    oc_ledger *ledger = OC_NEW(arena, oc_ledger);
    ledger->arena = arena;
    oc_ledger_reader r = {.arena = arena, .diags = diags, .ledger = ledger, .context = context, .path = OC_SLICE("")};
    for (size_t i = 0; i < context->source_count; i++)
        oc_map_insert(arena, &r.source_keys, context->sources[i], NULL);
    oc_ledger_declare_all(&r);
    oc_ledger_read_authorities(&r);
    oc_ledger_read_actors(&r);
    oc_ledger_read_records(&r);
    oc_ledger_check(&r);
    return ledger;
}
