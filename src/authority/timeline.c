/* The timeline, and how far commitments are. */
#include <math.h>
#include <stdlib.h>

#include "authority/query.h"

static bool has_index(const oc_indices *list, uint32_t index)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i] == index) return true;
    return false;
}

static bool has_subject(const oc_subjects *list, const oc_subject *about)
{
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].kind == about->kind && list->at[i].index == about->index) return true;
    return false;
}

static bool meets(const oc_when *on, oc_day last, oc_day from, oc_day to)
{
    return on->kind == OC_WHEN_DATE && on->first <= to && last >= from;
}

static int compare_entries(const void *left, const void *right)
{
    const oc_entry_on_line *a = left, *b = right;
    int order = (a->on->first > b->on->first) - (a->on->first < b->on->first);
    if (!order) order = (a->on->last > b->on->last) - (a->on->last < b->on->last);
    if (!order) order = (int)a->kind - (int)b->kind;
    return order ? order : (a->on->span.start > b->on->span.start) - (a->on->span.start < b->on->span.start);
}

oc_entries oc_ledger_timeline(oc_arena *arena, const oc_ledger *ledger, oc_day from, oc_day to, oc_day as_of,
                              const oc_subject *about)
{
    oc_entries entries = {0};
    bool actor = about && about->kind == OC_SUBJECT_ACTOR;
    for (size_t i = 0; i < ledger->events.len; i++) {
        const oc_history_event *event = &ledger->events.at[i];
        if (event->on.first > as_of && event->status != OC_STATUS_planned) continue;
        oc_day last = event->to.kind == OC_WHEN_DATE ? event->to.last : event->on.last;
        if (!meets(&event->on, last, from, to)) continue;
        if (about && !has_subject(&event->about, about) && !(actor && has_index(&event->who, about->index))) continue;
        *oc_vec_push(arena, &entries) = (oc_entry_on_line){OC_LINE_EVENT, &event->on, event, NULL, NULL};
    }
    for (size_t i = 0; i < ledger->commitments.len; i++) {
        const oc_commitment *promise = &ledger->commitments.at[i];
        if (promise->on.first > as_of || promise->due.last <= as_of) continue;
        if (!meets(&promise->due, promise->due.last, from, to)) continue;
        bool party = actor && (has_index(&promise->by, about->index) || has_index(&promise->to, about->index));
        if (about && !party && !has_subject(&promise->about, about)) continue;
        *oc_vec_push(arena, &entries) = (oc_entry_on_line){OC_LINE_DUE, &promise->due, NULL, promise, NULL};
    }
    for (size_t i = 0; i < ledger->voices.len; i++) {
        const oc_voice *voice = &ledger->voices.at[i];
        bool open = voice->outcome == OC_OUTCOME_open || voice->outcome_on.first > as_of;
        /* What was denied is no target. */
        if (voice->modality == OC_MODALITY_denied) continue;
        if (!open || voice->on.first > as_of || voice->target.last <= as_of) continue;
        if (!meets(&voice->target, voice->target.last, from, to)) continue;
        bool same = about && voice->about.kind == about->kind && voice->about.index == about->index;
        if (about && !same && !(actor && has_index(&voice->by, about->index))) continue;
        *oc_vec_push(arena, &entries) = (oc_entry_on_line){OC_LINE_TARGET, &voice->target, NULL, NULL, voice};
    }
    if (entries.len) qsort(entries.at, entries.len, sizeof *entries.at, compare_entries);
    return entries;
}

static int year_of(oc_day day)
{
    return oc_civil_from_day(day).year;
}

oc_commitment_progress oc_ledger_progress(const oc_commitment *commitment)
{
    oc_commitment_progress progress = {NULL, 0, NAN, 0};
    const oc_yardstick *measure = commitment->measure;
    if (!measure || measure->seen.len == 0) return progress;
    const oc_reading *first = &measure->seen.at[0];
    progress.last = &measure->seen.at[measure->seen.len - 1];
    double way = measure->target - first->value;
    progress.share = way != 0 ? (progress.last->value - first->value) / way : 1;
    if (commitment->due.kind == OC_WHEN_DATE) progress.due_year = year_of(commitment->due.last);
    if (!progress.due_year && measure->plan.len)
        progress.due_year = year_of(measure->plan.at[measure->plan.len - 1].on.last);
    int years = progress.due_year - year_of(progress.last->on.last);
    if (progress.due_year && years > 0 && progress.last->value > 0 && measure->target > 0)
        progress.needed = pow(measure->target / progress.last->value, 1.0 / years) - 1;
    return progress;
}

int oc_ledger_year_reached(const oc_reading *last, double target, const oc_growth *growth)
{
    int year = year_of(last->on.last);
    double value = last->value, factor = (1 + growth->grows) / (1 + growth->economy);
    for (int i = 0; i <= 200; i++, value *= factor)
        if (value >= target - 1e-9) return year + i;
    return 0;
}
