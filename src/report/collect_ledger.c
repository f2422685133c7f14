/* What the sourced record gives a report; see collect.h. */
#include "authority/chain.h"
#include "report/collect.h"

enum { MAX_EVENTS = 30, MAX_LANES = 7, MAX_HOLDINGS = 10, MAX_VOICES = 12, MAX_DEPTH = 12 };

static oc_local words(const oc_words *w)
{
    oc_local local;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) local.in[lang] = w->in[lang];
    return local;
}

static oc_report_refs refs(oc_collector *c, const oc_evidence *evidence)
{
    return oc_collect_refs(c, evidence->from.at, evidence->from.len);
}

static oc_local subject_name(const oc_ledger *ledger, oc_subject_kind kind, uint32_t index)
{
    if (index == OC_LEDGER_NONE) return (oc_local){0};
    oc_words name = oc_ledger_subject_name(ledger, (oc_subject){kind, index});
    return words(&name);
}

/* The state or organisation that an actor belongs to in the end. */
static uint32_t top_of(const oc_ledger *ledger, uint32_t actor)
{
    for (int depth = 0; depth < OC_LEDGER_MAX_DEPTH && actor != OC_LEDGER_NONE; depth++) {
        uint32_t above = ledger->actors.at[actor].of;
        if (above == OC_LEDGER_NONE) break;
        actor = above;
    }
    return actor;
}

/* --- events --- */

static size_t lane_of(oc_collector *c, const oc_ledger *ledger, uint32_t *tops, size_t *count,
                      const oc_history_event *event)
{
    uint32_t top = event->who.len ? top_of(ledger, event->who.at[0]) : OC_LEDGER_NONE;
    for (size_t i = 0; i < *count; i++)
        if (tops[i] == top) return i;
    if (*count == MAX_LANES) return MAX_LANES - 1;
    tops[*count] = top;
    oc_local *lanes = (oc_local *)c->input->lanes;
    lanes[*count] = subject_name(ledger, OC_SUBJECT_ACTOR, top);
    if (top == OC_LEDGER_NONE)
        for (int lang = 0; lang < OC_LANG_COUNT; lang++)
            lanes[*count].in[lang] = oc_message((oc_lang)lang, "report.others");
    return (*count)++;
}

/* What has happened to the stages: the rest of the record is for `opcon timeline`. */
static bool is_told(const oc_collector *c, const oc_history_event *event)
{
    if (event->on.kind != OC_WHEN_DATE || event->on.first > c->model->as_of) return false;
    for (size_t i = 0; i < event->about.len; i++)
        if (event->about.at[i].kind == OC_SUBJECT_STAGE) return true;
    return false;
}

static void collect_stages_of(oc_collector *c, const oc_history_event *event, oc_report_event *ret)
{
    size_t *list = OC_NEW_ARRAY(c->arena, event->about.len + 1, size_t);
    for (size_t i = 0; i < event->about.len; i++)
        if (event->about.at[i].kind == OC_SUBJECT_STAGE && event->about.at[i].index < c->input->stage_count)
            list[ret->stage_count++] = event->about.at[i].index;
    ret->stages = list;
}

static void collect_events(oc_collector *c, const oc_ledger *ledger)
{
    size_t known = 0, skip;
    for (size_t i = 0; i < ledger->events.len; i++) known += is_told(c, &ledger->events.at[i]);
    skip = known > MAX_EVENTS ? known - MAX_EVENTS : 0;
    oc_report_event *list = OC_NEW_ARRAY(c->arena, MAX_EVENTS, oc_report_event);
    c->input->lanes = OC_NEW_ARRAY(c->arena, MAX_LANES, oc_local);
    uint32_t tops[MAX_LANES];
    size_t count = 0, lanes = 0;
    for (size_t i = 0; i < ledger->events.len && count < MAX_EVENTS; i++) {
        const oc_history_event *e = &ledger->events.at[i];
        if (!is_told(c, e)) continue;
        if (skip) {
            skip--;
            continue;
        }
        list[count] = (oc_report_event){.title = words(&e->what),
                                        .lane = lane_of(c, ledger, tops, &lanes, e),
                                        .first = e->on.first,
                                        .basis = e->evidence.weak ? OC_CHART_READ : OC_CHART_STATED,
                                        .last = e->to.kind == OC_WHEN_DATE ? e->to.last : e->on.last,
                                        .refs = refs(c, &e->evidence)};
        collect_stages_of(c, e, &list[count++]);
    }
    c->input->events = list;
    c->input->event_count = count;
    c->input->lane_count = lanes;
}

/* --- commitments, statements, conflicts --- */

static void collect_commitments(oc_collector *c, const oc_ledger *ledger)
{
    oc_report_commitment *list = OC_NEW_ARRAY(c->arena, ledger->commitments.len + 1, oc_report_commitment);
    for (size_t i = 0; i < ledger->commitments.len; i++) {
        const oc_commitment *p = &ledger->commitments.at[i];
        oc_report_commitment *r = &list[i];
        *r = (oc_report_commitment){
            .what = words(&p->what), .due = OC_DAY_NONE, .made = OC_DAY_NONE, .refs = refs(c, &p->evidence)};
        if (p->by.len) r->who = subject_name(ledger, OC_SUBJECT_ACTOR, p->by.at[0]);
        if (p->due.kind == OC_WHEN_DATE) r->due = p->due.last;
        if (p->on.kind == OC_WHEN_DATE) r->made = p->on.first;
        oc_slice key = oc_arena_printf(c->arena, "promise.%s", oc_promise_word(p->status));
        for (int lang = 0; lang < OC_LANG_COUNT; lang++) r->status.in[lang] = oc_message((oc_lang)lang, key.ptr);
    }
    c->input->commitments = list;
    c->input->commitment_count = ledger->commitments.len;
}

static void collect_voices(oc_collector *c, const oc_ledger *ledger)
{
    oc_report_voice *list = OC_NEW_ARRAY(c->arena, MAX_VOICES, oc_report_voice);
    size_t count = 0;
    for (size_t i = ledger->voices.len; i-- > 0 && count < MAX_VOICES;) {
        const oc_voice *v = &ledger->voices.at[i];
        if (v->on.kind != OC_WHEN_DATE || v->on.first > c->model->as_of || !v->by.len) continue;
        list[count++] = (oc_report_voice){.who = subject_name(ledger, OC_SUBJECT_ACTOR, v->by.at[0]),
                                          .said = words(&v->says),
                                          .day = v->on.first,
                                          .refs = refs(c, &v->evidence)};
    }
    c->input->statements = list;
    c->input->statement_count = count;
}

static void collect_conflicts(oc_collector *c, const oc_ledger *ledger)
{
    oc_report_remark *list = OC_NEW_ARRAY(c->arena, ledger->conflicts.len + 1, oc_report_remark);
    for (size_t i = 0; i < ledger->conflicts.len; i++) {
        const oc_conflict *conflict = &ledger->conflicts.at[i];
        list[i].kind = 2;
        list[i].text = words(&conflict->about);
        for (size_t k = 0; k < conflict->versions.len && !list[i].refs.count; k++)
            list[i].refs = refs(c, &conflict->versions.at[k].evidence);
    }
    c->input->remarks = list;
    c->input->remark_count = ledger->conflicts.len;
}

/* --- who commands --- */

static double certainly_done(void *context, uint32_t stage, oc_day day)
{
    (void)context, (void)stage, (void)day;
    return 1;
}

static int row_of(const oc_chain *chain, uint32_t node, int depth)
{
    int row = 0;
    for (size_t i = 0; i < chain->edges.len && depth < MAX_DEPTH; i++) {
        if (chain->edges.at[i].below != node) continue;
        int above = row_of(chain, chain->edges.at[i].above, depth + 1) + 1;
        if (above > row) row = above;
    }
    return row;
}

static void collect_chain(oc_collector *c, const oc_ledger *ledger, const oc_chain *chain, oc_report_command *command)
{
    oc_report_node *nodes = OC_NEW_ARRAY(c->arena, chain->nodes.len + 1, oc_report_node);
    oc_report_edge *edges = OC_NEW_ARRAY(c->arena, chain->edges.len + 1, oc_report_edge);
    for (size_t i = 0; i < chain->nodes.len; i++) {
        const oc_chain_node *n = &chain->nodes.at[i];
        nodes[i] = (oc_report_node){.label = subject_name(ledger, n->subject.kind, n->subject.index),
                                    .detail = subject_name(ledger, OC_SUBJECT_ACTOR, n->person),
                                    .row = row_of(chain, (uint32_t)i, 0)};
    }
    for (size_t i = 0; i < chain->edges.len; i++) {
        const oc_chain_edge *e = &chain->edges.at[i];
        edges[i] = (oc_report_edge){.from = e->above, .to = e->below};
        if (e->holdings.len) edges[i].label = subject_name(ledger, OC_SUBJECT_MATTER, e->holdings.at[0]->matter);
    }
    command->nodes = nodes;
    command->node_count = chain->nodes.len;
    command->edges = edges;
    command->edge_count = chain->edges.len;
}

static void collect_holdings(oc_collector *c, const oc_ledger *ledger, const oc_ledger_answers *answers,
                             oc_report_command *command, double chance)
{
    oc_report_holding *list = OC_NEW_ARRAY(c->arena, MAX_HOLDINGS, oc_report_holding);
    size_t count = 0;
    for (size_t i = 0; i < answers->len && count < MAX_HOLDINGS; i++) {
        const oc_ledger_answer *a = &answers->at[i];
        const oc_holding *h = a->holding;
        if (!h || a->probability < 0.5) continue;
        oc_report_holding *r = &list[count++];
        *r = (oc_report_holding){.matter = subject_name(ledger, OC_SUBJECT_MATTER, h->matter),
                                 .holder = subject_name(ledger, OC_SUBJECT_ACTOR, h->holder),
                                 .forces = h->forces != OC_LEDGER_NONE
                                               ? subject_name(ledger, OC_SUBJECT_FORCES, h->forces)
                                               : subject_name(ledger, OC_SUBJECT_PLACE, h->place),
                                 .state = subject_name(ledger, OC_SUBJECT_STATE, a->state),
                                 .from = OC_DAY_NONE,
                                 .to = OC_DAY_NONE,
                                 .chance = -1,
                                 .refs = refs(c, &h->evidence)};
        if (h->instruments.len) r->instrument = subject_name(ledger, OC_SUBJECT_INSTRUMENT, h->instruments.at[0]);
        if (h->contested.len) r->disputed = words(&h->contested.at[0].claim);
        if (h->since.kind == OC_WHEN_DATE) r->from = h->since.first;
        if (h->until.kind == OC_WHEN_DATE) r->to = h->until.first;
        if (h->since.kind == OC_WHEN_STAGE && chance >= 0) r->chance = chance;
    }
    command->holdings = list;
    command->holding_count = count;
}

/* The kind of authority that changes hands with a stage; OC_LEDGER_NONE if none does. */
static uint32_t matter_of(const oc_ledger *ledger, size_t stage)
{
    for (size_t i = 0; i < ledger->holdings.len; i++) {
        const oc_holding *h = &ledger->holdings.at[i];
        if (h->since.kind == OC_WHEN_STAGE && h->since.stage == stage) return h->matter;
    }
    return OC_LEDGER_NONE;
}

static void collect_command(oc_collector *c, const oc_ledger *ledger, const oc_ledger_forecast *forecast, oc_day on,
                            double chance, uint32_t matter, oc_report_command *command)
{
    oc_ledger_question question = oc_ledger_any;
    question.on = on;
    question.as_of = c->model->as_of;
    question.forecast = forecast;
    question.matter = matter;
    oc_ledger_answers answers = oc_ledger_ask(c->arena, ledger, &question);
    collect_holdings(c, ledger, &answers, command, chance);
    /* The drawing is of the last state that the ledger names: in the Korean case, war. */
    if (!ledger->states.len) return;
    question.state = (uint32_t)ledger->states.len - 1;
    oc_chains chains = oc_ledger_chains(c->arena, ledger, &question);
    if (chains.len) collect_chain(c, ledger, &chains.at[0], command);
}

static oc_local message_in_all(const char *key)
{
    oc_local local;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) local.in[lang] = oc_message((oc_lang)lang, key);
    return local;
}

void oc_collect_ledger(oc_collector *c, oc_diags *diags, const oc_forecast *f, size_t transfer)
{
    const oc_model *m = c->model;
    oc_ledger_stage *stages = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_ledger_stage);
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *s = m->stages.at[i];
        stages[i] = (oc_ledger_stage){.name = s->symbol->name, .done = s->done};
        for (int lang = 0; lang < OC_LANG_COUNT; lang++)
            stages[i].title.in[lang] = oc_title_in(&s->title, (oc_lang)lang, s->symbol->name);
    }
    oc_slice *keys = OC_NEW_ARRAY(c->arena, m->sources.len + 1, oc_slice);
    for (size_t i = 0; i < m->sources.len; i++) keys[i] = m->sources.at[i]->key;
    oc_ledger *ledger = oc_ledger_read(c->arena, diags,
                                       &(oc_ledger_context){.root = m->root,
                                                            .stages = stages,
                                                            .stage_count = m->stages.len,
                                                            .sources = keys,
                                                            .source_count = m->sources.len});
    if (oc_diags_status(diags) != OC_OK) return;
    c->ledger = ledger;
    collect_events(c, ledger);
    collect_voices(c, ledger);
    collect_commitments(c, ledger);
    collect_conflicts(c, ledger);
    if (!ledger->holdings.len) return;
    uint32_t matter = matter_of(ledger, transfer);
    c->input->now.title = message_in_all("report.today");
    c->input->now.day = m->as_of;
    collect_command(c, ledger, NULL, m->as_of, -1, matter, &c->input->now);
    if (transfer >= m->stages.len || m->stages.at[transfer]->done != OC_DAY_NONE) return;
    c->input->after.title = message_in_all("report.once-done");
    c->input->after.day = OC_DAY_NONE;
    collect_command(c, ledger, &(oc_ledger_forecast){.done_by = certainly_done}, m->horizon,
                    1 - f->stages[transfer].date.never, matter, &c->input->after);
}
