/* The chain of command: holdings in force give edges from holders to forces, lines give edges between actors.
 *
 * Order of use: find the stages that are undecided on the day, assume each done or not, build one chain for each
 * assumption. */
#include "authority/chain.h"

#include <math.h>
#include <stdlib.h>

typedef struct assumption {
    const oc_indices *stages;
    uint32_t done; /* bit set over `stages` */
} assumption;

static double assumed_done(void *context, uint32_t stage, oc_day day)
{
    (void)day;
    const assumption *assume = context;
    for (size_t i = 0; i < assume->stages->len && i < 32; i++)
        if (assume->stages->at[i] == stage) return assume->done >> i & 1u;
    return 0;
}

static void add_undecided(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question,
                          const oc_when *when, oc_indices *stages)
{
    if (when->kind != OC_WHEN_STAGE || ledger->stages.at[when->stage].done != OC_DAY_NONE) return;
    if (question->as_of == OC_DAY_NONE || question->on <= question->as_of) return;
    for (size_t i = 0; i < stages->len; i++)
        if (stages->at[i] == when->stage) return;
    if (stages->len < 31) *oc_vec_push(arena, stages) = when->stage;
}

static oc_indices undecided(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question)
{
    oc_indices stages = {0};
    for (size_t i = 0; i < ledger->holdings.len; i++) {
        add_undecided(arena, ledger, question, &ledger->holdings.at[i].since, &stages);
        add_undecided(arena, ledger, question, &ledger->holdings.at[i].until, &stages);
    }
    for (size_t i = 0; i < ledger->lines.len; i++) {
        add_undecided(arena, ledger, question, &ledger->lines.at[i].since, &stages);
        add_undecided(arena, ledger, question, &ledger->lines.at[i].until, &stages);
    }
    return stages;
}

static bool same_subject(oc_subject a, oc_subject b)
{
    return a.kind == b.kind && a.index == b.index;
}

static uint32_t node_of(oc_arena *arena, oc_chain *chain, oc_subject subject)
{
    for (uint32_t i = 0; i < chain->nodes.len; i++)
        if (same_subject(chain->nodes.at[i].subject, subject)) return i;
    *oc_vec_push(arena, &chain->nodes) = (oc_chain_node){subject, OC_LEDGER_NONE, true};
    return (uint32_t)chain->nodes.len - 1;
}

static oc_chain_edge *edge_of(oc_arena *arena, oc_chain *chain, oc_subject above, oc_subject below)
{
    uint32_t from = node_of(arena, chain, above), to = node_of(arena, chain, below);
    for (size_t i = 0; i < chain->edges.len; i++)
        if (chain->edges.at[i].above == from && chain->edges.at[i].below == to) return &chain->edges.at[i];
    chain->nodes.at[to].root = false;
    oc_chain_edge *edge = oc_vec_push(arena, &chain->edges);
    edge->above = from;
    edge->below = to;
    return edge;
}

static oc_subject actor(uint32_t index)
{
    return (oc_subject){OC_SUBJECT_ACTOR, index};
}

static bool has_node(const oc_chain *chain, oc_subject subject)
{
    for (size_t i = 0; i < chain->nodes.len; i++)
        if (same_subject(chain->nodes.at[i].subject, subject)) return true;
    return false;
}

/* Lines that touch the chain, until none is new. */
static void add_lines(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question, oc_chain *chain)
{
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < ledger->lines.len; i++) {
            const oc_line *line = &ledger->lines.at[i];
            if (line->above == OC_LEDGER_NONE || line->below == OC_LEDGER_NONE || line->above == line->below) continue;
            if (!(oc_ledger_in_force(ledger, &line->since, &line->until, question, NULL) > 0)) continue;
            if (!has_node(chain, actor(line->above)) && !has_node(chain, actor(line->below))) continue;
            oc_chain_edge *edge = edge_of(arena, chain, actor(line->above), actor(line->below));
            grown = grown || !edge->line;
            if (!edge->line) edge->line = line;
        }
    }
}

static void add_posts(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question, oc_chain *chain)
{
    for (size_t i = 0; i < ledger->posts.len; i++) {
        const oc_post *post = &ledger->posts.at[i];
        size_t present = 0;
        for (size_t k = 0; k < post->offices.len; k++) present += has_node(chain, actor(post->offices.at[k]));
        if (present > 1 && oc_ledger_in_force(ledger, &post->since, &post->until, question, NULL) > 0)
            *oc_vec_push(arena, &chain->posts) = post;
    }
}

static oc_chain build(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *asked)
{
    oc_chain chain = {.probability = 1};
    oc_ledger_answers answers = oc_ledger_ask(arena, ledger, asked);
    for (size_t i = 0; i < answers.len; i++) {
        const oc_holding *holding = answers.at[i].holding;
        if (!holding) continue;
        bool forces = holding->forces != OC_LEDGER_NONE;
        oc_subject below = {forces ? OC_SUBJECT_FORCES : OC_SUBJECT_PLACE, forces ? holding->forces : holding->place};
        oc_chain_edge *edge = edge_of(arena, &chain, actor(holding->holder), below);
        *oc_vec_push(arena, &edge->holdings) = holding;
    }
    add_lines(arena, ledger, asked, &chain);
    add_posts(arena, ledger, asked, &chain);
    for (size_t i = 0; i < chain.nodes.len; i++) {
        oc_chain_node *node = &chain.nodes.at[i];
        /* Nobody knows who will be in a post after as_of, whatever the length of a term. */
        if (node->subject.kind == OC_SUBJECT_ACTOR && (asked->as_of == OC_DAY_NONE || asked->on <= asked->as_of))
            node->person = oc_ledger_in_office(ledger, node->subject.index, asked->on, NULL);
    }
    return chain;
}

static void add_chain(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question,
                      const oc_indices *stages, uint32_t done, double probability, oc_chains *chains)
{
    assumption assume = {stages, done};
    oc_ledger_forecast forecast = {assumed_done, &assume};
    oc_ledger_question asked = *question;
    asked.forecast = &forecast;
    oc_chain chain = build(arena, ledger, &asked);
    chain.probability = probability;
    for (size_t i = 0; i < stages->len; i++)
        *oc_vec_push(arena, done >> i & 1u ? &chain.done : &chain.open) = stages->at[i];
    *oc_vec_push(arena, chains) = chain;
}

oc_chains oc_ledger_chains(oc_arena *arena, const oc_ledger *ledger, const oc_ledger_question *question)
{
    oc_chains chains = {0};
    oc_indices stages = undecided(arena, ledger, question);
    const oc_ledger_forecast *forecast = question->forecast;
    uint32_t likely = 0;
    double share = 1;
    for (size_t i = 0; i < stages.len; i++) {
        double p = forecast ? forecast->done_by(forecast->context, stages.at[i], question->on) : NAN;
        if (p >= 0.5) likely |= 1u << i;
        share = isnan(p) ? NAN : p;
    }
    if (stages.len == 0) {
        add_chain(arena, ledger, question, &stages, 0, 1, &chains);
    } else if (stages.len == 1) {
        double probable = likely ? share : 1 - share;
        add_chain(arena, ledger, question, &stages, likely, probable, &chains);
        if (!(probable >= 1)) add_chain(arena, ledger, question, &stages, !likely, 1 - probable, &chains);
    } else {
        add_chain(arena, ledger, question, &stages, likely, NAN, &chains);
    }
    return chains;
}
