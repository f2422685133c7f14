/* The sections actors and authorities, and the order of reading: first every id of every section, so that records may
 * refer to one another in any order, then the records. */
#include "authority/read.h"

typedef struct term_section {
    const char *name;
    oc_subject_kind kind;
} term_section;

static const term_section term_sections[] = {
    {"states", OC_SUBJECT_STATE}, {"forces", OC_SUBJECT_FORCES}, {"places", OC_SUBJECT_PLACE},
    {"matters", OC_SUBJECT_MATTER}, {"topics", OC_SUBJECT_TOPIC},
};
enum { TERM_SECTIONS = sizeof term_sections / sizeof *term_sections };

static oc_slice path_of(oc_ledger_reader *r, const char *section, oc_slice id)
{
    return oc_arena_printf(r->ledger->arena, "%s.%.*s", section, OC_FMT(id));
}

static size_t declare_ids(oc_ledger_reader *r, const oc_node *section, oc_subject_kind kind)
{
    size_t count = section ? section->pairs.len : 0;
    for (size_t i = 0; i < count; i++) {
        const oc_node *key = section->pairs.at[i].key;
        oc_ledger_declare(r, key->text, key->span, (oc_subject){kind, (uint32_t)i});
    }
    return count;
}

void oc_ledger_declare_all(oc_ledger_reader *r)
{
    const oc_node *root = r->context->root;
    for (size_t i = 0; i < r->context->stage_count; i++) {
        *oc_vec_push(r->ledger->arena, &r->ledger->stages) = r->context->stages[i];
        oc_ledger_declare(r, r->context->stages[i].name, r->context->stages[i].span,
                          (oc_subject){OC_SUBJECT_STAGE, (uint32_t)i});
    }
    const oc_node *authorities = oc_ledger_section(r, root, "authorities");
    for (size_t i = 0; authorities && i < TERM_SECTIONS; i++)
        declare_ids(r, oc_ledger_section(r, authorities, term_sections[i].name), term_sections[i].kind);
    if (authorities)
        declare_ids(r, oc_ledger_section(r, authorities, "instruments"), OC_SUBJECT_INSTRUMENT);
    declare_ids(r, oc_ledger_section(r, root, "actors"), OC_SUBJECT_ACTOR);
    const oc_node *conflicts = oc_ledger_section(r, root, "conflicts");
    for (size_t i = 0; conflicts && i < conflicts->pairs.len; i++)
        oc_map_insert(r->arena, &r->conflict_ids, conflicts->pairs.at[i].key->text, NULL)->value.number = i;
}

static void read_aliases(oc_ledger_reader *r, const oc_node *node, oc_name_list *ret)
{
    *ret = oc_ledger_names(r, oc_node_get(node, "aliases"));
}

static oc_term read_term(oc_ledger_reader *r, const oc_pair *pair, bool forces)
{
    oc_term term = {.id = pair->key->text, .span = pair->key->span, .part_of = OC_LEDGER_NONE};
    const oc_node *node = pair->value;
    if (!oc_ledger_keys(r, pair->key, node, forces ? oc_ledger_force_keys : oc_ledger_term_keys)) return term;
    const oc_node *name = oc_ledger_need(r, pair->key, node, "name");
    term.name = oc_ledger_words(r, name);
    oc_name_list aliases;
    read_aliases(r, node, &aliases);
    for (size_t i = 0; i < aliases.len; i++) *oc_vec_push(r->arena, &term.aliases) = aliases.at[i]->text;
    if (forces) term.part_of = oc_ledger_reference(r, oc_node_get(node, "part_of"), OC_SUBJECT_FORCES);
    term.evidence = oc_ledger_evidence(r, pair->key, node);
    return term;
}

static void read_terms(oc_ledger_reader *r, const oc_node *authorities, const term_section *section)
{
    oc_ledger *ledger = r->ledger;
    const oc_node *node = oc_ledger_section(r, authorities, section->name);
    for (size_t i = 0; node && i < node->pairs.len; i++) {
        const oc_pair *pair = &node->pairs.at[i];
        r->path = oc_arena_printf(ledger->arena, "authorities.%s.%.*s", section->name, OC_FMT(pair->key->text));
        oc_term term = read_term(r, pair, section->kind == OC_SUBJECT_FORCES);
        switch (section->kind) {
        case OC_SUBJECT_STATE: *oc_vec_push(r->arena, &ledger->states) = term; break;
        case OC_SUBJECT_FORCES: *oc_vec_push(r->arena, &ledger->forces) = term; break;
        case OC_SUBJECT_PLACE: *oc_vec_push(r->arena, &ledger->places) = term; break;
        case OC_SUBJECT_MATTER: *oc_vec_push(r->arena, &ledger->matters) = term; break;
        default: *oc_vec_push(r->arena, &ledger->topics) = term; break;
        }
    }
    if (node && ledger->states.len > OC_LEDGER_MAX_STATES)
        oc_ledger_report(r, OC_E0521, node->span, OC_ARGS(OC_I(OC_LEDGER_MAX_STATES)));
}

static void read_instrument(oc_ledger_reader *r, const oc_pair *pair)
{
    oc_instrument instrument = {.id = pair->key->text, .span = pair->key->span};
    if (oc_ledger_keys(r, pair->key, pair->value, oc_ledger_instrument_keys)) {
        instrument.name = oc_ledger_words(r, oc_ledger_need(r, pair->key, pair->value, "name"));
        instrument.on = oc_ledger_when(r, oc_node_get(pair->value, "on"), false);
        instrument.evidence = oc_ledger_evidence(r, pair->key, pair->value);
    }
    *oc_vec_push(r->arena, &r->ledger->instruments) = instrument;
}

static void read_claims(oc_ledger_reader *r, const oc_node *list, oc_holding *holding)
{
    oc_node at;
    const oc_node *item;
    for (size_t i = 0; (item = oc_ledger_item(r, list, "contested", &i, &at, oc_ledger_claim_keys));) {
        oc_claim claim = {.by = oc_ledger_reference(r, oc_ledger_need(r, &at, item, "by"), OC_SUBJECT_ACTOR)};
        claim.on = oc_ledger_when(r, oc_node_get(item, "on"), false);
        claim.claim = oc_ledger_words(r, oc_ledger_need(r, &at, item, "claim"));
        claim.evidence = oc_ledger_evidence(r, &at, item);
        *oc_vec_push(r->arena, &holding->contested) = claim;
    }
}

static void read_span_of_days(oc_ledger_reader *r, const oc_node *node, oc_when *since, oc_when *until)
{
    *since = oc_ledger_when(r, oc_node_get(node, "since"), true);
    *until = oc_ledger_when(r, oc_node_get(node, "until"), true);
    if (since->kind != OC_WHEN_DATE || until->kind != OC_WHEN_DATE || until->last > since->first) return;
    if (until->last == since->first && until->first < since->first) return;
    oc_diag *diag = oc_ledger_report(r, OC_E0506, until->span, OC_ARGS(OC_T(until->text), OC_T(since->text)));
    oc_diag_at(diag, since->span, "label.begins-here", NULL);
}

static void read_holding(oc_ledger_reader *r, const oc_pair *pair)
{
    const oc_node *key = pair->key, *node = pair->value;
    if (!oc_ledger_keys(r, key, node, oc_ledger_holding_keys)) return;
    oc_holding *holding = oc_vec_push(r->arena, &r->ledger->holdings);
    holding->id = key->text;
    holding->span = key->span;
    holding->matter = oc_ledger_reference(r, oc_ledger_need(r, key, node, "matter"), OC_SUBJECT_MATTER);
    holding->forces = oc_ledger_reference(r, oc_node_get(node, "forces"), OC_SUBJECT_FORCES);
    holding->place = oc_ledger_reference(r, oc_node_get(node, "place"), OC_SUBJECT_PLACE);
    if (!oc_node_get(node, "forces") && !oc_node_get(node, "place")) oc_ledger_need(r, key, node, "forces");
    oc_indices states = oc_ledger_references(r, oc_ledger_need(r, key, node, "state"), OC_SUBJECT_STATE);
    for (size_t i = 0; i < states.len; i++) holding->states |= states.at[i] < 32 ? 1u << states.at[i] : 0;
    const oc_node *holder = oc_ledger_need(r, key, node, "holder");
    holding->holder = oc_ledger_reference(r, holder, OC_SUBJECT_ACTOR);
    holding->holder_span = holder ? holder->span : key->span;
    oc_ledger_need(r, key, node, "since");
    read_span_of_days(r, node, &holding->since, &holding->until);
    holding->instruments = oc_ledger_references(r, oc_ledger_need(r, key, node, "instrument"), OC_SUBJECT_INSTRUMENT);
    holding->delegated_from = oc_ledger_reference(r, oc_node_get(node, "delegated_from"), OC_SUBJECT_ACTOR);
    holding->note = oc_ledger_words(r, oc_node_get(node, "note"));
    holding->evidence = oc_ledger_evidence(r, key, node);
    read_claims(r, oc_node_get(node, "contested"), holding);
}

static void read_line(oc_ledger_reader *r, const oc_pair *pair)
{
    const oc_node *key = pair->key, *node = pair->value;
    if (!oc_ledger_keys(r, key, node, oc_ledger_line_keys)) return;
    oc_line *line = oc_vec_push(r->arena, &r->ledger->lines);
    line->id = key->text;
    line->span = key->span;
    line->above = oc_ledger_reference(r, oc_ledger_need(r, key, node, "above"), OC_SUBJECT_ACTOR);
    line->below = oc_ledger_reference(r, oc_ledger_need(r, key, node, "below"), OC_SUBJECT_ACTOR);
    oc_ledger_need(r, key, node, "since");
    read_span_of_days(r, node, &line->since, &line->until);
    line->evidence = oc_ledger_evidence(r, key, node);
}

static void read_post(oc_ledger_reader *r, const oc_pair *pair)
{
    const oc_node *key = pair->key, *node = pair->value;
    if (!oc_ledger_keys(r, key, node, oc_ledger_post_keys)) return;
    oc_post *post = oc_vec_push(r->arena, &r->ledger->posts);
    post->id = key->text;
    post->span = key->span;
    post->offices = oc_ledger_references(r, oc_ledger_need(r, key, node, "offices"), OC_SUBJECT_ACTOR);
    oc_ledger_need(r, key, node, "since");
    read_span_of_days(r, node, &post->since, &post->until);
    post->note = oc_ledger_words(r, oc_node_get(node, "note"));
    post->evidence = oc_ledger_evidence(r, key, node);
}

static void read_each(oc_ledger_reader *r, const oc_node *authorities, const char *name,
                      void (*read)(oc_ledger_reader *, const oc_pair *))
{
    const oc_node *section = oc_ledger_section(r, authorities, name);
    if (section && section->pairs.len > OC_LEDGER_MAX_HOLDINGS) {
        oc_ledger_report(r, OC_E0521, section->span, OC_ARGS(OC_I(OC_LEDGER_MAX_HOLDINGS)));
        return;
    }
    for (size_t i = 0; section && i < section->pairs.len; i++) {
        r->path = oc_arena_printf(r->ledger->arena, "authorities.%s.%.*s", name,
                                  OC_FMT(section->pairs.at[i].key->text));
        read(r, &section->pairs.at[i]);
    }
}

void oc_ledger_read_authorities(oc_ledger_reader *r)
{
    const oc_node *authorities = oc_ledger_section(r, r->context->root, "authorities");
    if (!authorities) return;
    const oc_node name = {.kind = OC_NODE_SCALAR, .text = OC_SLICE("authorities"), .span = authorities->span};
    r->path = OC_SLICE("authorities");
    oc_ledger_keys(r, &name, authorities, oc_ledger_authorities_keys);
    for (size_t i = 0; i < TERM_SECTIONS; i++) read_terms(r, authorities, &term_sections[i]);
    read_each(r, authorities, "instruments", read_instrument);
    read_each(r, authorities, "holdings", read_holding);
    read_each(r, authorities, "lines", read_line);
    read_each(r, authorities, "posts", read_post);
}

static oc_office_term read_office(oc_ledger_reader *r, const oc_node *key, const oc_node *node)
{
    oc_office_term term = {.office = oc_ledger_reference(r, oc_ledger_need(r, key, node, "office"), OC_SUBJECT_ACTOR)};
    term.acting = oc_ledger_word(r, oc_node_get(node, "acting"), (const char *const[]){"no", "yes"}, 2) == 1;
    term.since = oc_ledger_when(r, oc_node_get(node, "since"), false);
    term.until = oc_ledger_when(r, oc_node_get(node, "until"), false);
    term.attested = oc_ledger_when(r, oc_node_get(node, "attested"), false);
    if (term.since.kind == OC_WHEN_OPEN && term.attested.kind == OC_WHEN_OPEN) oc_ledger_need(r, key, node, "since");
    if (term.since.kind == OC_WHEN_DATE && term.until.kind == OC_WHEN_DATE && term.until.last < term.since.first) {
        oc_diag *diag = oc_ledger_report(r, OC_E0506, term.until.span,
                                         OC_ARGS(OC_T(term.until.text), OC_T(term.since.text)));
        oc_diag_at(diag, term.since.span, "label.begins-here", NULL);
    }
    term.evidence = oc_ledger_evidence(r, key, node);
    return term;
}

static oc_position read_position(oc_ledger_reader *r, const oc_node *key, const oc_node *node)
{
    oc_position position = {.on = oc_ledger_when(r, oc_ledger_need(r, key, node, "on"), false)};
    position.issue = oc_ledger_reference(r, oc_ledger_need(r, key, node, "issue"), OC_SUBJECT_TOPIC);
    position.says = oc_ledger_words(r, oc_ledger_need(r, key, node, "says"));
    position.evidence = oc_ledger_evidence(r, key, node);
    return position;
}

static void read_actor(oc_ledger_reader *r, const oc_pair *pair)
{
    const oc_node *key = pair->key, *node = pair->value;
    oc_actor *actor = oc_vec_push(r->arena, &r->ledger->actors);
    *actor = (oc_actor){.id = key->text, .span = key->span, .of = OC_LEDGER_NONE};
    if (!oc_ledger_keys(r, key, node, oc_ledger_actor_keys)) return;
    actor->kind = (oc_actor_kind)oc_ledger_word(r, oc_ledger_need(r, key, node, "kind"), oc_actor_kind_words,
                                                OC_ACTOR_KIND_COUNT);
    actor->of = oc_ledger_reference(r, oc_node_get(node, "of"), OC_SUBJECT_ACTOR);
    actor->name = oc_ledger_words(r, oc_ledger_need(r, key, node, "name"));
    oc_name_list aliases;
    read_aliases(r, node, &aliases);
    for (size_t i = 0; i < aliases.len; i++) *oc_vec_push(r->arena, &actor->aliases) = aliases.at[i]->text;
    actor->evidence = oc_ledger_evidence(r, key, node);
    oc_node at;
    const oc_node *list = oc_node_get(node, "offices"), *item;
    for (size_t i = 0; (item = oc_ledger_item(r, list, "offices", &i, &at, oc_ledger_office_keys));)
        *oc_vec_push(r->arena, &actor->offices) = read_office(r, &at, item);
    list = oc_node_get(node, "positions");
    for (size_t i = 0; (item = oc_ledger_item(r, list, "positions", &i, &at, oc_ledger_position_keys));)
        *oc_vec_push(r->arena, &actor->positions) = read_position(r, &at, item);
}

void oc_ledger_read_actors(oc_ledger_reader *r)
{
    const oc_node *section = oc_ledger_section(r, r->context->root, "actors");
    for (size_t i = 0; section && i < section->pairs.len; i++) {
        r->path = path_of(r, "actors", section->pairs.at[i].key->text);
        read_actor(r, &section->pairs.at[i]);
    }
}
