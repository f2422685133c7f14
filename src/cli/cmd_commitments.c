/* opcon commitments: who promised what to whom, by when, on which condition, and how far it is. */
#include <math.h>

#include "cli/record.h"

typedef struct commitments {
    oc_record record;
    OC_VEC(const oc_commitment *) chosen;
    oc_record_sources sources;
} commitments;

static bool has_party(const oc_commitment *promise, uint32_t actor)
{
    for (size_t i = 0; i < promise->by.len; i++)
        if (promise->by.at[i] == actor) return true;
    for (size_t i = 0; i < promise->to.len; i++)
        if (promise->to.at[i] == actor) return true;
    return false;
}

static bool is_about(const oc_commitment *promise, const oc_subject *about)
{
    if (about->kind == OC_SUBJECT_ACTOR) return has_party(promise, about->index);
    for (size_t i = 0; i < promise->about.len; i++)
        if (promise->about.at[i].kind == about->kind && promise->about.at[i].index == about->index) return true;
    return false;
}

static const char *status_key(oc_context *x, const oc_commitment *promise)
{
    return oc_arena_printf(x->arena, "promise.%s", oc_promise_word(promise->status)).ptr;
}

static bool overdue(const commitments *c, const oc_commitment *promise)
{
    bool kept = promise->status == OC_PROMISE_done || promise->status == OC_PROMISE_lapsed ||
                promise->status == OC_PROMISE_broken || promise->status == OC_PROMISE_in_force;
    return !kept && promise->due.kind == OC_WHEN_DATE && promise->due.last < c->record.model->as_of;
}

static oc_slice parties(commitments *c, const oc_commitment *promise)
{
    oc_context *x = c->record.x;
    oc_slice by = oc_record_actors(&c->record, &promise->by), to = oc_record_actors(&c->record, &promise->to);
    if (!to.len || oc_slice_equal(by, to)) return by;
    return oc_arena_printf(x->arena, "%.*s → %.*s", OC_FMT(by), OC_FMT(to));
}

static oc_slice what_of(commitments *c, const oc_commitment *promise)
{
    oc_context *x = c->record.x;
    oc_slice what = promise->what.in[x->lang], condition = promise->condition.in[x->lang];
    if (!condition.len) return what;
    return oc_say(x->arena, x->lang, "commitments.condition", OC_ARGS(OC_T(what), OC_T(condition)));
}

static void percent(oc_text *text, double fraction)
{
    oc_text_fixed(text, fraction * 100, 1);
    oc_text_byte(text, '%');
}

static oc_slice number(oc_arena *arena, double value)
{
    oc_text text = oc_text_in(arena);
    oc_text_number(&text, value);
    return oc_text_slice(&text);
}

static oc_slice share(oc_arena *arena, double fraction)
{
    oc_text text = oc_text_in(arena);
    percent(&text, fraction);
    return oc_text_slice(&text);
}

/* How far a measured commitment is, and when it gets there if growth goes on. */
static void progress_text(commitments *c, oc_text *out, const oc_commitment *promise)
{
    oc_context *x = c->record.x;
    const oc_yardstick *measure = promise->measure;
    oc_commitment_progress progress = oc_ledger_progress(promise);
    if (!progress.last) return;
    oc_slice unit = measure->unit.in[x->lang];
    oc_text_byte(out, '\n');
    oc_record_say(&c->record, out, 0, "commitments.measure",
                  OC_ARGS(OC_T(measure->what.in[x->lang]), OC_T(number(x->arena, progress.last->value)), OC_T(unit),
                          OC_T(progress.last->on.text), OC_T(number(x->arena, measure->target)),
                          OC_T(share(x->arena, progress.share))));
    if (!isnan(progress.needed))
        oc_record_say(&c->record, out, 2, "commitments.needed",
                      OC_ARGS(OC_I(progress.due_year), OC_T(share(x->arena, progress.needed))));
    for (size_t i = 0; i < measure->seen.len; i++)
        oc_record_cite(&c->record, &c->sources, &measure->seen.at[i].evidence);
    for (size_t i = 0; i < measure->plan.len; i++)
        oc_record_cite(&c->record, &c->sources, &measure->plan.at[i].evidence);
    for (size_t i = 0; i < measure->paths.len; i++) {
        const oc_growth *path = &measure->paths.at[i];
        int year = oc_ledger_year_reached(progress.last, measure->target, path);
        oc_record_say(&c->record, out, 2, year ? "commitments.reached" : "commitments.never",
                      OC_ARGS(OC_T(path->name.in[x->lang]), OC_T(share(x->arena, path->grows)),
                              OC_T(share(x->arena, path->economy)), OC_I(year)));
        oc_record_cite(&c->record, &c->sources, &path->evidence);
    }
}

static void print_text(commitments *c)
{
    oc_context *x = c->record.x;
    oc_text out = oc_text_in(x->arena);
    size_t open = 0, late = 0;
    for (size_t i = 0; i < c->chosen.len; i++) {
        oc_promise status = c->chosen.at[i]->status;
        open += status != OC_PROMISE_done && status != OC_PROMISE_lapsed && status != OC_PROMISE_broken;
        late += overdue(c, c->chosen.at[i]);
    }
    oc_record_say(&c->record, &out, 0, c->chosen.len ? "commitments.summary" : "commitments.none",
                  OC_ARGS(OC_I(c->chosen.len), OC_I(open), OC_I(late), OC_T(oc_record_day(x, c->record.model->as_of))));
    if (c->chosen.len) {
        oc_text_byte(&out, '\n');
        static const char *const heads[] = {"commitments.who", "commitments.what", "commitments.due",
                                            "commitments.status"};
        oc_columns table = oc_columns_of(x->arena, "llll");
        for (size_t i = 0; i < 4; i++) oc_columns_add(&table, oc_message(x->lang, heads[i]));
        for (size_t i = 0; i < c->chosen.len; i++) {
            const oc_commitment *promise = c->chosen.at[i];
            oc_slice status = oc_message(x->lang, status_key(x, promise));
            const char *template = overdue(c, promise) ? "commitments.late-on" : "commitments.status-on";
            oc_columns_add(&table, parties(c, promise));
            oc_columns_add(&table, oc_arena_printf(x->arena, "%.*s [%.*s]", OC_FMT(what_of(c, promise)),
                                                   OC_FMT(oc_record_keys(&c->record, &promise->evidence))));
            oc_columns_add(&table, oc_record_when(&c->record, &promise->due));
            oc_columns_add(&table, oc_say(x->arena, x->lang, template,
                                          OC_ARGS(OC_T(status), OC_T(oc_record_when(&c->record, &promise->as_of)))));
        }
        oc_columns_print(&out, &table, x->width, x->colour);
    }
    for (size_t i = 0; i < c->chosen.len; i++)
        if (c->chosen.at[i]->measure) progress_text(c, &out, c->chosen.at[i]);
    oc_evidence disputed = {.weak = false};
    for (size_t i = 0; i < c->chosen.len; i++) oc_record_add_conflicts(x->arena, &disputed, &c->chosen.at[i]->evidence);
    if (disputed.conflicts.len) oc_text_byte(&out, '\n');
    oc_record_list_conflicts(&c->record, &out, &disputed, &c->sources);
    oc_record_list_sources(&c->record, &out, &c->sources);
    oc_print(x, oc_text_slice(&out));
}

static void json_actors(const commitments *c, oc_json *json, const char *key, const oc_indices *actors)
{
    oc_json_row(json, key);
    for (size_t i = 0; i < actors->len; i++) oc_json_text(json, NULL, c->record.ledger->actors.at[actors->at[i]].id);
    oc_json_end(json);
}

static void json_measure(oc_json *json, const oc_commitment *promise)
{
    const oc_yardstick *measure = promise->measure;
    oc_commitment_progress progress = oc_ledger_progress(promise);
    if (!progress.last) {
        oc_json_null(json, "progress");
        return;
    }
    oc_json_object(json, "progress");
    oc_record_json_words(json, "what", &measure->what);
    oc_json_text(json, "unit", measure->unit.in[OC_LANG_EN]);
    oc_json_number(json, "target", measure->target);
    oc_json_number(json, "last", progress.last->value);
    oc_json_text(json, "last_on", progress.last->on.text);
    oc_json_number(json, "share_of_way", progress.share);
    oc_json_number(json, "growth_needed", progress.needed);
    oc_json_list(json, "paths");
    for (size_t i = 0; i < measure->paths.len; i++) {
        const oc_growth *path = &measure->paths.at[i];
        int year = oc_ledger_year_reached(progress.last, measure->target, path);
        oc_json_object(json, NULL);
        oc_record_json_words(json, "name", &path->name);
        oc_json_number(json, "grows", path->grows);
        oc_json_number(json, "economy", path->economy);
        if (year)
            oc_json_integer(json, "year_reached", year);
        else
            oc_json_null(json, "year_reached");
        oc_record_json_sources(json, "sources", &path->evidence);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_end(json);
}

static void print_json(commitments *c)
{
    oc_json json = oc_json_in(c->record.x->arena);
    oc_json_object(&json, NULL);
    oc_json_day(&json, "as_of", c->record.model->as_of);
    oc_json_list(&json, "commitments");
    for (size_t i = 0; i < c->chosen.len; i++) {
        const oc_commitment *promise = c->chosen.at[i];
        oc_json_object(&json, NULL);
        oc_json_text(&json, "id", promise->id);
        json_actors(c, &json, "by", &promise->by);
        json_actors(c, &json, "to", &promise->to);
        oc_record_json_when(&c->record, &json, "on", &promise->on);
        oc_record_json_words(&json, "what", &promise->what);
        oc_record_json_words(&json, "condition", &promise->condition);
        oc_record_json_when(&c->record, &json, "due", &promise->due);
        oc_json_bool(&json, "overdue", overdue(c, promise));
        oc_json_text(&json, "status", oc_slice_of(oc_promise_word(promise->status)));
        oc_record_json_when(&c->record, &json, "status_as_of", &promise->as_of);
        if (promise->measure) json_measure(&json, promise);
        oc_record_json_sources(&json, "sources", &promise->evidence);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_json_end(&json);
    oc_print(c->record.x, oc_json_done(&json));
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json"};
    commitments c = {.record = {.x = x}};
    size_t format;
    oc_subject about;
    bool has_about = false;
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK) status = oc_record_open(x, 0, &c.record);
    if (status == OC_OK) status = oc_record_subject(&c.record, "about", &about, &has_about);
    if (status != OC_OK) return status;
    for (size_t i = 0; i < c.record.ledger->commitments.len; i++) {
        const oc_commitment *promise = &c.record.ledger->commitments.at[i];
        bool known = promise->on.first <= c.record.model->as_of;
        if (known && (!has_about || is_about(promise, &about))) *oc_vec_push(x->arena, &c.chosen) = promise;
    }
    if (format == 1)
        print_json(&c);
    else
        print_text(&c);
    return OC_OK;
}

static const oc_option options[] = {
    {"about", "NAME", false},
    {"format", "text|json", false},
    {"as-of", "DATE", false},
    {NULL, NULL, false},
};
const oc_command oc_cmd_commitments = {"commitments", "[SCENARIO] [--about NAME] [--format text|json]", options, run,
                                       1};
