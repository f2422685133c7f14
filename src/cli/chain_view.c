/* The chain of command as a tree for the terminal and as JSON; see chain_view.h. */
#include "cli/chain_view.h"

#include <math.h>

enum { DEEPEST = 32 };

static oc_slice node_name(const oc_record *record, const oc_chain_node *node)
{
    oc_words name = oc_ledger_subject_name(record->ledger, node->subject);
    oc_slice text = name.in[record->x->lang];
    if (node->person == OC_LEDGER_NONE) return text;
    return oc_say(record->x->arena, record->x->lang, "chain.person",
                  OC_ARGS(OC_T(text), OC_T(oc_record_actor(record, node->person))));
}

static oc_slice edge_matters(const oc_record *record, const oc_chain_edge *edge)
{
    oc_text text = oc_text_in(record->x->arena);
    for (size_t i = 0; i < edge->holdings.len; i++) {
        if (i) oc_text_add(&text, oc_message(record->x->lang, "ledger.comma"));
        oc_text_add(&text, oc_record_term(record, &record->ledger->matters.at[edge->holdings.at[i]->matter]));
    }
    return oc_text_slice(&text);
}

typedef struct tree {
    oc_record *record;
    const oc_chain *chain;
    bool *printed;
    oc_text *out;
} tree;

static size_t children(const oc_chain *chain, uint32_t node)
{
    size_t count = 0;
    for (size_t i = 0; i < chain->edges.len; i++) count += chain->edges.at[i].above == node;
    return count;
}

static oc_slice deeper(const tree *t, oc_slice prefix, bool last)
{
    return oc_arena_printf(t->record->x->arena, "%.*s%s", OC_FMT(prefix), last ? "   " : "│  ");
}

static void print_children(tree *t, uint32_t node, oc_slice prefix, int depth)
{
    size_t left = children(t->chain, node);
    for (size_t i = 0; i < t->chain->edges.len; i++) {
        const oc_chain_edge *edge = &t->chain->edges.at[i];
        if (edge->above != node) continue;
        bool last = --left == 0, again = t->printed[edge->below] && children(t->chain, edge->below) > 0;
        oc_text_printf(t->out, "%.*s%s ", OC_FMT(prefix), last ? "└─" : "├─");
        oc_slice matters = edge_matters(t->record, edge);
        oc_slice name = node_name(t->record, &t->chain->nodes.at[edge->below]);
        if (matters.len) oc_text_message(t->out, t->record->x->lang, "chain.over", OC_ARGS(OC_T(matters), OC_T(name)));
        else oc_text_add(t->out, name);
        if (again) oc_text_message(t->out, t->record->x->lang, "chain.above", NULL);
        oc_text_byte(t->out, '\n');
        t->printed[edge->below] = true;
        if (!again && depth < DEEPEST)
            print_children(t, edge->below, deeper(t, prefix, last), depth + 1);
    }
}

static void add_title(oc_record *record, oc_text *out, const oc_chain *chain, const oc_ledger_question *question)
{
    oc_context *x = record->x;
    oc_slice state = oc_record_term(record, &record->ledger->states.at[question->state]);
    oc_slice day = oc_record_day(x, question->on);
    oc_record_say(record, out, 0, "chain.title", OC_ARGS(OC_T(day), OC_T(state)));
    for (int done = 0; done < 2; done++) {
        const oc_indices *stages = done ? &chain->done : &chain->open;
        for (size_t i = 0; i < stages->len; i++) {
            oc_words stage = oc_ledger_subject_name(record->ledger, (oc_subject){OC_SUBJECT_STAGE, stages->at[i]});
            oc_slice chance = isnan(chain->probability) ? oc_message(x->lang, "who.depends")
                                                        : oc_record_chance(x, chain->probability, -1);
            oc_record_say(record, out, 0, done ? "chain.if-done" : "chain.if-open",
                          OC_ARGS(OC_T(chance), OC_T(stage.in[x->lang])));
        }
    }
}

static void print_chain(oc_record *record, oc_text *out, const oc_chain *chain, const oc_ledger_question *question)
{
    add_title(record, out, chain, question);
    oc_text_byte(out, '\n');
    tree t = {record, chain, OC_NEW_ARRAY(record->x->arena, chain->nodes.len + 1, bool), out};
    for (uint32_t i = 0; i < chain->nodes.len; i++) {
        if (!chain->nodes.at[i].root) continue;
        oc_text_add(out, node_name(record, &chain->nodes.at[i]));
        oc_text_byte(out, '\n');
        t.printed[i] = true;
        print_children(&t, i, OC_SLICE(""), 0);
    }
    for (size_t i = 0; i < chain->posts.len; i++) {
        oc_text_byte(out, '\n');
        oc_slice offices = oc_record_actors(record, &chain->posts.at[i]->offices);
        oc_record_say(record, out, 0, "chain.one-person", OC_ARGS(OC_T(offices)));
    }
}

static void cite_chain(oc_record *record, const oc_chain *chain, oc_record_sources *sources)
{
    for (size_t i = 0; i < chain->edges.len; i++) {
        const oc_chain_edge *edge = &chain->edges.at[i];
        for (size_t k = 0; k < edge->holdings.len; k++)
            oc_record_cite(record, sources, &edge->holdings.at[k]->evidence);
        if (edge->line) oc_record_cite(record, sources, &edge->line->evidence);
    }
    for (size_t i = 0; i < chain->posts.len; i++) oc_record_cite(record, sources, &chain->posts.at[i]->evidence);
}

static void json_edge(const oc_record *record, oc_json *json, const oc_chain *chain, const oc_chain_edge *edge)
{
    oc_record_sources sources = {0};
    oc_json_object(json, NULL);
    oc_json_text(json, "above", oc_ledger_subject_id(record->ledger, chain->nodes.at[edge->above].subject));
    oc_json_text(json, "below", oc_ledger_subject_id(record->ledger, chain->nodes.at[edge->below].subject));
    oc_json_row(json, "matters");
    for (size_t i = 0; i < edge->holdings.len; i++)
        oc_json_text(json, NULL, record->ledger->matters.at[edge->holdings.at[i]->matter].id);
    oc_json_end(json);
    oc_record own = *record;
    for (size_t i = 0; i < edge->holdings.len; i++) oc_record_cite(&own, &sources, &edge->holdings.at[i]->evidence);
    if (edge->line) oc_record_cite(&own, &sources, &edge->line->evidence);
    oc_json_row(json, "sources");
    for (size_t i = 0; i < sources.keys.len; i++) oc_json_text(json, NULL, sources.keys.at[i]);
    oc_json_end(json);
    oc_json_end(json);
}

static void json_chain(const oc_record *record, oc_json *json, const oc_chain *chain,
                       const oc_ledger_question *question)
{
    const oc_ledger *ledger = record->ledger;
    oc_json_object(json, NULL);
    oc_json_text(json, "state", ledger->states.at[question->state].id);
    oc_json_number(json, "probability", chain->probability);
    for (int done = 0; done < 2; done++) {
        const oc_indices *stages = done ? &chain->done : &chain->open;
        oc_json_row(json, done ? "done" : "not_done");
        for (size_t i = 0; i < stages->len; i++) oc_json_text(json, NULL, ledger->stages.at[stages->at[i]].name);
        oc_json_end(json);
    }
    oc_json_list(json, "nodes");
    for (size_t i = 0; i < chain->nodes.len; i++) {
        const oc_chain_node *node = &chain->nodes.at[i];
        oc_words name = oc_ledger_subject_name(ledger, node->subject);
        oc_json_object(json, NULL);
        oc_json_text(json, "id", oc_ledger_subject_id(ledger, node->subject));
        oc_record_json_words(json, "names", &name);
        if (node->person == OC_LEDGER_NONE) oc_json_null(json, "person");
        else oc_json_text(json, "person", ledger->actors.at[node->person].id);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_list(json, "edges");
    for (size_t i = 0; i < chain->edges.len; i++) json_edge(record, json, chain, &chain->edges.at[i]);
    oc_json_end(json);
    oc_json_end(json);
}

oc_status oc_chain_show(oc_record *record, const oc_ledger_question *question, const char *format)
{
    oc_context *x = record->x;
    oc_text out = oc_text_in(x->arena);
    oc_json json = oc_json_in(x->arena);
    oc_record_sources sources = {0};
    bool as_json = strcmp(format, "json") == 0, as_svg = strcmp(format, "svg") == 0;
    if (as_svg && question->state == OC_LEDGER_NONE) return oc_complain(x, OC_USAGE, "chain.needs-state", NULL);
    if (as_json) {
        oc_json_object(&json, NULL);
        oc_json_day(&json, "on", question->on);
        oc_json_list(&json, "chains");
    }
    bool any = false;
    for (uint32_t state = 0; state < record->ledger->states.len; state++) {
        if (question->state != OC_LEDGER_NONE && question->state != state) continue;
        oc_ledger_question asked = *question;
        asked.state = state;
        oc_chains chains = oc_ledger_chains(x->arena, record->ledger, &asked);
        for (size_t i = 0; i < chains.len; i++) {
            const oc_chain *chain = &chains.at[i];
            if (!chain->nodes.len) continue;
            if (as_json) {
                json_chain(record, &json, chain, &asked);
            } else if (as_svg) {
                oc_text title = oc_text_in(x->arena);
                add_title(record, &title, chain, &asked);
                oc_status status = oc_chain_svg(record, chain, oc_slice_trim(oc_text_slice(&title)), &out);
                if (status == OC_IO) return oc_complain(x, status, "cli.no-library", OC_ARGS(OC_S("Graphviz")));
                if (status != OC_OK) return status;
                oc_print(x, oc_text_slice(&out)); /* the more probable one: a drawing is one picture */
                return OC_OK;
            } else {
                if (any) oc_text_byte(&out, '\n');
                print_chain(record, &out, chain, &asked);
                cite_chain(record, chain, &sources);
            }
            any = true;
        }
    }
    if (as_json) {
        oc_json_end(&json);
        oc_json_end(&json);
        oc_print(x, oc_json_done(&json));
        return OC_OK;
    }
    if (!any) oc_record_say(record, &out, 0, "who.none", OC_ARGS(OC_T(oc_record_day(x, question->on))));
    oc_record_list_sources(record, &out, &sources);
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}
