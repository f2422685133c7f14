/* opcon claims: who said that what will happen when. */
#include "cli/reader.h"
#include "cli/workspace.h"

static oc_slice source_of(oc_context *x, const oc_store_claim *c)
{
    oc_slice name = c->publisher.len ? c->publisher : c->title;
    return oc_arena_printf(x->arena, "#%lld:%u %.*s%s%.*s", (long long)c->document, c->line, OC_FMT(name),
                           c->published.len ? ", " : "", OC_FMT(c->published));
}

static void print_text(oc_context *x, const oc_store_claims *claims)
{
    oc_text out = oc_text_in(x->arena);
    oc_names names = oc_names_load(x);
    oc_text_message(&out, x->lang, claims->len ? "claims.summary" : "claims.none", OC_ARGS(OC_I(claims->len)));
    oc_text_byte(&out, '\n');
    static const char *const heads[] = {"claims.id", "claims.milestone", "claims.when", "claims.modality", "claims.who",
                                        "claims.decision", "claims.source"};
    oc_columns table = oc_columns_of(x->arena, "rllllll");
    for (size_t i = 0; i < 7; i++) oc_columns_add(&table, oc_message(x->lang, heads[i]));
    for (size_t i = 0; i < claims->len; i++) {
        const oc_store_claim *c = &claims->at[i];
        oc_slice step = c->milestone;
        if (c->step.len) step = oc_arena_printf(x->arena, "%.*s/%.*s", OC_FMT(c->milestone), OC_FMT(c->step));
        oc_columns_add(&table, oc_arena_printf(x->arena, "%lld", (long long)c->id));
        oc_columns_add(&table, step);
        oc_columns_add(&table, oc_days_text(x, c->start, c->to));
        oc_columns_add(&table, oc_word_of(x, "claim-modality", c->modality));
        oc_slice who = c->holder.len ? c->holder : c->speaker;
        oc_columns_add(&table, who.len ? oc_name_of(x, &names, who) : OC_SLICE("–"));
        oc_columns_add(&table, oc_word_of(x, "decision", oc_slice_of(oc_store_decision_name(c->decision))));
        oc_columns_add(&table, source_of(x, c));
    }
    if (claims->len) {
        oc_text_byte(&out, '\n');
        oc_columns_print(&out, &table, x->width, x->colour);
    }
    oc_print(x, oc_text_slice(&out));
}

static void print_json(oc_context *x, const oc_store_claims *claims)
{
    oc_json json = oc_json_in(x->arena);
    oc_json_list(&json, NULL);
    for (size_t i = 0; i < claims->len; i++) oc_claim_json(&json, &claims->at[i]);
    oc_json_end(&json);
    oc_print(x, oc_json_done(&json));
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json"};
    static const char *const kinds[] = {"open", "new", "accepted", "rejected", "all"};
    static const unsigned sets[] = {0, 1u << OC_DECISION_NEW, 1u << OC_DECISION_ACCEPTED | 1u << OC_DECISION_CORRECTED,
                                    1u << OC_DECISION_REJECTED, (1u << OC_DECISION_COUNT) - 1};
    size_t format, kind;
    oc_store *store;
    oc_store_filter filter;
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK) status = oc_get_word(x, "decision", kinds, 5, 0, &kind);
    if (status == OC_OK) status = oc_claim_filter(x, &filter);
    if (status == OC_OK) status = oc_workspace_open(x, OC_STORE_READ, &store);
    if (status != OC_OK) return status;
    filter.decisions = sets[kind];
    filter.as_read = oc_has(x, "as-read");
    oc_store_claims claims = {0};
    status = oc_store_get_claims(store, x->arena, &filter, &claims);
    if (status == OC_OK && format) print_json(x, &claims);
    else if (status == OC_OK) print_text(x, &claims);
    return oc_workspace_close(x, store, status);
}

static const oc_option options[] = {
    {"format", "text|json", false}, OC_OPTION_WORKSPACE, {"milestone", "ID", false}, {"speaker", "WHO", false},
    {"since", "DATE", false}, {"document", "N", false}, {"decision", "new|accepted|rejected|all", false},
    {"as-read", NULL, false}, {NULL, NULL, false}};

const oc_command oc_cmd_claims = {"claims", "[--milestone ID] [--speaker WHO] [--since DATE]", options, run, 0};
