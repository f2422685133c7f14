/* opcon conflicts: claims that do not fit together, graded. */
#include "cli/reader.h"
#include "cli/workspace.h"
#include "store/conflicts.h"

enum { LISTED_DOCUMENTS = 5 };

/* "#3:12, #7:5", one place a document. */
static oc_slice places_of(oc_context *x, const oc_position *p)
{
    oc_text documents = oc_text_in(x->arena);
    size_t listed = 0;
    int64_t before = 0;
    for (size_t i = 0; i < p->claims.len; i++) {
        int64_t document = p->claims.at[i].document;
        if (document == before) continue;
        before = document;
        if (listed == LISTED_DOCUMENTS) oc_text_lit(&documents, " …");
        if (listed++ >= LISTED_DOCUMENTS) break;
        oc_text_printf(&documents, "%s#%lld:%u", documents.len ? ", " : "", (long long)document,
                       (unsigned)p->claims.at[i].line);
    }
    return oc_text_slice(&documents);
}

static void print_wrapped(oc_context *x, oc_text *out, int indent, oc_slice text)
{
    oc_columns line = oc_columns_of(x->arena, "l");
    line.indent = indent;
    oc_columns_add(&line, text);
    oc_columns_print(out, &line, x->width, false);
}

/* "2028 — Ministry of National Defense, goal (2025-11-14; #3:12, #7:5)" and the words of the first who said it. */
static void print_position(oc_context *x, oc_text *out, const oc_names *names, const oc_position *p)
{
    oc_slice who = p->holder.len ? oc_name_of(x, names, p->holder) : oc_message(x->lang, "conflicts.unknown");
    const char *key = p->denies ? "conflicts.position-denied" : "conflicts.position";
    oc_slice said = p->last_said.len ? p->last_said : oc_message(x->lang, "conflicts.undated");
    print_wrapped(x, out, 2, oc_say(x->arena, x->lang, key,
                                    OC_ARGS(OC_T(oc_days_text(x, p->start, p->to)), OC_T(who),
                                            OC_T(oc_word_of(x, "claim-modality", p->claims.at[0].modality)),
                                            OC_T(said), OC_T(places_of(x, p)))));
    print_wrapped(x, out, 6, oc_say(x->arena, x->lang, "conflicts.words", OC_ARGS(OC_T(p->claims.at[0].text))));
}

static void print_conflict(oc_context *x, oc_text *out, const oc_names *names, const oc_conflict *c)
{
    oc_slice grade = oc_word_of(x, "grade", oc_slice_of(oc_conflict_grade_name(c->grade)));
    oc_text_byte(out, '\n');
    if (!c->a) {
        oc_text_printf(out, "%.*s  #%lld %.*s\n", OC_FMT(grade), (long long)c->document, OC_FMT(c->title));
        const char *key = oc_arena_printf(x->arena, "read.clash-%.*s", OC_FMT(c->kind)).ptr;
        oc_text_printf(out, "  %lld: ", (long long)(c->first_line ? c->first_line : c->second_line));
        oc_text_message(out, x->lang, key, OC_ARGS(OC_T(c->first), OC_T(c->second)));
        oc_text_byte(out, '\n');
        return;
    }
    oc_text_printf(out, "%.*s  %.*s%s%.*s", OC_FMT(grade), OC_FMT(c->a->milestone), c->a->step.len ? "/" : "",
                   OC_FMT(c->a->step));
    if (c->days) {
        oc_text_lit(out, "  ");
        oc_text_message(out, x->lang, "conflicts.days", OC_ARGS(OC_I(c->days)));
    }
    oc_text_byte(out, '\n');
    print_position(x, out, names, c->a);
    print_position(x, out, names, c->b);
}

static void json_position(oc_json *json, const char *key, const oc_position *p)
{
    oc_json_object(json, key);
    oc_json_text(json, "holder", p->holder);
    oc_json_day(json, "start", p->start < OC_DAY_MIN ? OC_DAY_NONE : p->start);
    oc_json_day(json, "end", p->to > OC_DAY_MAX ? OC_DAY_NONE : p->to);
    oc_json_bool(json, "denies", p->denies);
    oc_json_text(json, "first_said", p->first_said);
    oc_json_text(json, "last_said", p->last_said);
    oc_json_row(json, "claims");
    for (size_t i = 0; i < p->claims.len; i++) oc_json_integer(json, NULL, p->claims.at[i].id);
    oc_json_end(json);
    oc_json_end(json);
}

static void json_conflict(oc_json *json, const oc_conflict *c)
{
    oc_json_object(json, NULL);
    oc_json_text(json, "grade", oc_slice_of(oc_conflict_grade_name(c->grade)));
    if (c->a) {
        oc_json_text(json, "milestone", c->a->milestone);
        oc_json_text(json, "step", c->a->step);
        oc_json_integer(json, "days", c->days);
        json_position(json, "a", c->a);
        json_position(json, "b", c->b);
    } else {
        oc_json_integer(json, "document", c->document);
        oc_json_text(json, "title", c->title);
        oc_json_text(json, "kind", c->kind);
        oc_json_row(json, "lines");
        oc_json_integer(json, NULL, c->first_line);
        oc_json_integer(json, NULL, c->second_line);
        oc_json_end(json);
        oc_json_text(json, "first", c->first);
        oc_json_text(json, "second", c->second);
    }
    oc_json_end(json);
}

static void print_all(oc_context *x, const oc_conflicts *conflicts, bool as_json, oc_conflict_grade worst_hidden)
{
    oc_text text = oc_text_in(x->arena), body = oc_text_in(x->arena);
    oc_json json = oc_json_in(x->arena);
    oc_names names = {0};
    size_t shown = 0;
    if (!as_json) names = oc_names_load(x);
    oc_json_list(&json, NULL);
    for (size_t i = 0; i < conflicts->len; i++) {
        if (conflicts->at[i].grade >= worst_hidden) continue;
        shown++;
        if (as_json) json_conflict(&json, &conflicts->at[i]);
        else print_conflict(x, &body, &names, &conflicts->at[i]);
    }
    oc_json_end(&json);
    oc_text_message(&text, x->lang, conflicts->len ? "conflicts.summary" : "conflicts.none",
                    OC_ARGS(OC_I(shown), OC_I(conflicts->len)));
    oc_text_byte(&text, '\n');
    oc_text_add(&text, oc_text_slice(&body));
    oc_print(x, as_json ? oc_json_done(&json) : oc_text_slice(&text));
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json"};
    size_t format;
    oc_store *store;
    oc_store_filter filter;
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK) status = oc_claim_filter(x, &filter);
    if (status == OC_OK) status = oc_workspace_open(x, OC_STORE_READ, &store);
    if (status != OC_OK) return status;
    oc_conflicts conflicts = {0};
    if (oc_has(x, "accepted")) filter.decisions = 1u << OC_DECISION_ACCEPTED | 1u << OC_DECISION_CORRECTED;
    status = oc_store_conflicts(store, x->arena, &filter, &conflicts);
    if (status == OC_OK) print_all(x, &conflicts, format == 1, oc_has(x, "all") ? OC_GRADE_COUNT : OC_GRADE_COMPATIBLE);
    return oc_workspace_close(x, store, status);
}

static const oc_option options[] = {
    {"format", "text|json", false}, OC_OPTION_WORKSPACE, {"milestone", "ID", false}, {"speaker", "WHO", false},
    {"since", "DATE", false}, {"document", "N", false}, {"accepted", NULL, false}, {"all", NULL, false},
    {NULL, NULL, false}};

const oc_command oc_cmd_conflicts = {"conflicts", "[--milestone ID] [--since DATE] [--all]", options, run, 0};
