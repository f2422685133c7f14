/* The sections history, commitments, voices and conflicts. */
#include "authority/read.h"

static void read_each(oc_ledger_reader *r, const char *name, void (*read)(oc_ledger_reader *, const oc_pair *))
{
    const oc_node *section = oc_ledger_section(r, r->context->root, name);
    for (size_t i = 0; section && i < section->pairs.len; i++) {
        r->path = oc_arena_printf(r->ledger->arena, "%s.%.*s", name, OC_FMT(section->pairs.at[i].key->text));
        read(r, &section->pairs.at[i]);
    }
}

static void read_event(oc_ledger_reader *r, const oc_pair *pair)
{
    const oc_node *key = pair->key, *node = pair->value;
    if (!oc_ledger_keys(r, key, node, oc_ledger_event_keys)) return;
    oc_history_event *event = oc_vec_push(r->arena, &r->ledger->events);
    event->id = key->text;
    event->span = key->span;
    event->on = oc_ledger_when(r, oc_ledger_need(r, key, node, "on"), false);
    event->to = oc_ledger_when(r, oc_node_get(node, "to"), false);
    event->planned = oc_ledger_when(r, oc_node_get(node, "planned"), false);
    if (event->on.kind == OC_WHEN_DATE && event->to.kind == OC_WHEN_DATE && event->to.last < event->on.first) {
        oc_diag *diag = oc_ledger_report(r, OC_E0506, event->to.span,
                                         OC_ARGS(OC_T(event->to.text), OC_T(event->on.text)));
        oc_diag_at(diag, event->on.span, "label.begins-here", NULL);
    }
    event->kind = (oc_event_kind)oc_ledger_word(r, oc_ledger_need(r, key, node, "kind"), oc_event_kind_words,
                                                OC_EVENT_KIND_COUNT);
    event->status = (oc_event_status)oc_ledger_word(r, oc_node_get(node, "status"), oc_event_status_words,
                                                    OC_EVENT_STATUS_COUNT);
    event->who = oc_ledger_references(r, oc_node_get(node, "who"), OC_SUBJECT_ACTOR);
    event->what = oc_ledger_words(r, oc_ledger_need(r, key, node, "what"));
    event->about = oc_ledger_subjects(r, oc_node_get(node, "about"));
    event->evidence = oc_ledger_evidence(r, key, node);
}

static oc_reading read_reading(oc_ledger_reader *r, const oc_node *key, const oc_node *node)
{
    oc_reading reading = {.on = oc_ledger_when(r, oc_ledger_need(r, key, node, "on"), false)};
    const oc_node *value = oc_ledger_need(r, key, node, "value");
    if (value) reading.value = oc_ledger_number(r, value);
    reading.evidence = oc_ledger_evidence(r, key, node);
    return reading;
}

static oc_growth read_growth(oc_ledger_reader *r, const oc_node *key, const oc_node *node)
{
    oc_growth growth = {.grows = 0};
    const oc_node *grows = oc_ledger_need(r, key, node, "grows"), *economy = oc_node_get(node, "economy");
    if (grows) growth.grows = oc_ledger_number(r, grows);
    if (economy) growth.economy = oc_ledger_number(r, economy);
    if (growth.grows <= -1 || growth.economy <= -1) {
        oc_ledger_report(r, OC_E0517, node->span, OC_ARGS(OC_S("-100%")));
        growth.grows = growth.economy = 0;
    }
    growth.name = oc_ledger_words(r, oc_ledger_need(r, key, node, "name"));
    growth.evidence = oc_ledger_evidence(r, key, node);
    return growth;
}

static oc_yardstick *read_measure(oc_ledger_reader *r, const oc_node *node)
{
    const oc_node key = {.kind = OC_NODE_SCALAR, .text = OC_SLICE("measure"), .span = node->span};
    if (!oc_ledger_keys(r, &key, node, oc_ledger_measure_keys)) return NULL;
    oc_yardstick *measure = OC_NEW(r->ledger->arena, oc_yardstick);
    measure->what = oc_ledger_words(r, oc_ledger_need(r, &key, node, "what"));
    measure->unit = oc_ledger_words(r, oc_node_get(node, "unit"));
    const oc_node *target = oc_ledger_need(r, &key, node, "target");
    if (target) measure->target = oc_ledger_number(r, target);
    oc_node at;
    const oc_node *item, *seen = oc_ledger_need(r, &key, node, "seen"), *plan = oc_node_get(node, "plan");
    for (size_t i = 0; (item = oc_ledger_item(r, seen, "seen", &i, &at, oc_ledger_reading_keys));)
        *oc_vec_push(r->arena, &measure->seen) = read_reading(r, &at, item);
    for (size_t i = 0; (item = oc_ledger_item(r, plan, "plan", &i, &at, oc_ledger_reading_keys));)
        *oc_vec_push(r->arena, &measure->plan) = read_reading(r, &at, item);
    const oc_node *paths = oc_node_get(node, "paths");
    for (size_t i = 0; (item = oc_ledger_item(r, paths, "paths", &i, &at, oc_ledger_growth_keys));)
        *oc_vec_push(r->arena, &measure->paths) = read_growth(r, &at, item);
    return measure;
}

static void read_commitment(oc_ledger_reader *r, const oc_pair *pair)
{
    const oc_node *key = pair->key, *node = pair->value;
    if (!oc_ledger_keys(r, key, node, oc_ledger_commitment_keys)) return;
    oc_commitment *commitment = oc_vec_push(r->arena, &r->ledger->commitments);
    commitment->id = key->text;
    commitment->span = key->span;
    commitment->by = oc_ledger_references(r, oc_ledger_need(r, key, node, "by"), OC_SUBJECT_ACTOR);
    commitment->to = oc_ledger_references(r, oc_node_get(node, "to"), OC_SUBJECT_ACTOR);
    commitment->on = oc_ledger_when(r, oc_ledger_need(r, key, node, "on"), false);
    commitment->due = oc_ledger_interval(r, oc_node_get(node, "due"));
    commitment->as_of = oc_ledger_when(r, oc_node_get(node, "as_of"), false);
    commitment->what = oc_ledger_words(r, oc_ledger_need(r, key, node, "what"));
    commitment->condition = oc_ledger_words(r, oc_node_get(node, "condition"));
    commitment->about = oc_ledger_subjects(r, oc_node_get(node, "about"));
    commitment->status = (oc_promise)oc_ledger_word(r, oc_ledger_need(r, key, node, "status"), oc_promise_words,
                                                    OC_PROMISE_COUNT);
    commitment->evidence = oc_ledger_evidence(r, key, node);
    const oc_node *measure = oc_node_get(node, "measure");
    if (measure && !oc_node_is_nothing(measure)) commitment->measure = read_measure(r, measure);
}

static void read_outcome(oc_ledger_reader *r, const oc_node *node, oc_voice *voice)
{
    const oc_node key = {.kind = OC_NODE_SCALAR, .text = OC_SLICE("outcome"), .span = node->span};
    if (!oc_ledger_keys(r, &key, node, oc_ledger_voice_outcome_keys)) return;
    voice->outcome = (oc_voice_outcome)oc_ledger_word(r, oc_ledger_need(r, &key, node, "is"), oc_outcome_words,
                                                OC_OUTCOME_COUNT);
    voice->outcome_on = oc_ledger_when(r, oc_node_get(node, "on"), false);
    const oc_node *note = oc_node_get(node, "note");
    if (note) voice->note = oc_ledger_words(r, note);
}

static void read_voice(oc_ledger_reader *r, const oc_pair *pair)
{
    const oc_node *key = pair->key, *node = pair->value;
    if (!oc_ledger_keys(r, key, node, oc_ledger_voice_keys)) return;
    oc_voice *voice = oc_vec_push(r->arena, &r->ledger->voices);
    voice->id = key->text;
    voice->span = key->span;
    voice->by = oc_ledger_references(r, oc_ledger_need(r, key, node, "by"), OC_SUBJECT_ACTOR);
    voice->on = oc_ledger_when(r, oc_ledger_need(r, key, node, "on"), false);
    voice->says = oc_ledger_words(r, oc_ledger_need(r, key, node, "says"));
    voice->note = oc_ledger_words(r, oc_node_get(node, "note"));
    const oc_node *weight = oc_node_get(node, "weight");
    if (weight) oc_ledger_number(r, weight); /* its form; the pool reads it (analysis/voices.h) */
    bool ok = false;
    const oc_node *about = oc_ledger_need(r, key, node, "about");
    if (about) voice->about = oc_ledger_subject(r, about, &ok);
    voice->modality = (oc_modality)oc_ledger_word(r, oc_ledger_need(r, key, node, "modality"), oc_modality_words,
                                                  OC_MODALITY_COUNT);
    const oc_node *latest = oc_node_get(node, "target_by");
    voice->no_later = latest != NULL;
    voice->target = latest ? oc_ledger_when(r, latest, false) : oc_ledger_interval(r, oc_node_get(node, "target"));
    voice->outcome_on = (oc_when){.kind = OC_WHEN_OPEN, .first = OC_DAY_NONE, .last = OC_DAY_NONE};
    const oc_node *outcome = oc_node_get(node, "outcome");
    if (outcome && !oc_node_is_nothing(outcome)) read_outcome(r, outcome, voice);
    voice->evidence = oc_ledger_evidence(r, key, node);
}

static void read_conflict(oc_ledger_reader *r, const oc_pair *pair)
{
    const oc_node *key = pair->key, *node = pair->value;
    oc_conflict *conflict = oc_vec_push(r->arena, &r->ledger->conflicts);
    conflict->id = key->text;
    conflict->span = key->span;
    if (!oc_ledger_keys(r, key, node, oc_ledger_conflict_keys)) return;
    conflict->about = oc_ledger_words(r, oc_ledger_need(r, key, node, "about"));
    conflict->note = oc_ledger_words(r, oc_node_get(node, "note"));
    oc_node at;
    const oc_node *item, *versions = oc_ledger_need(r, key, node, "versions");
    for (size_t i = 0; (item = oc_ledger_item(r, versions, "versions", &i, &at, oc_ledger_version_keys));) {
        oc_conflict_version version = {.says = oc_ledger_words(r, oc_ledger_need(r, &at, item, "says"))};
        version.evidence = oc_ledger_evidence(r, &at, item);
        *oc_vec_push(r->arena, &conflict->versions) = version;
    }
}

void oc_ledger_read_records(oc_ledger_reader *r)
{
    read_each(r, "history", read_event);
    read_each(r, "commitments", read_commitment);
    read_each(r, "voices", read_voice);
    read_each(r, "conflicts", read_conflict);
}
