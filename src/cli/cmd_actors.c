/* opcon actors: people, posts and bodies, found by any of their names; offices by date, positions over time. */
#include "base/file.h"
#include "cli/record.h"

typedef struct actors {
    oc_record record;
    oc_day on;
} actors;

static oc_slice kind_of(oc_context *x, const oc_actor *actor)
{
    return oc_message(x->lang, oc_arena_printf(x->arena, "actor-kind.%s", oc_actor_kind_word(actor->kind)).ptr);
}

/* The office the person holds on the day, or the person in the office. */
static oc_slice now_of(actors *a, uint32_t index)
{
    const oc_actor *actor = &a->record.ledger->actors.at[index];
    oc_text text = oc_text_in(a->record.x->arena);
    for (size_t i = 0; i < actor->offices.len; i++) {
        uint32_t office = actor->offices.at[i].office;
        if (office == OC_LEDGER_NONE || oc_ledger_in_office(a->record.ledger, office, a->on, NULL) != index) continue;
        if (text.len) oc_text_add(&text, oc_message(a->record.x->lang, "ledger.comma"));
        oc_text_add(&text, oc_record_actor(&a->record, office));
    }
    if (actor->kind == OC_ACTOR_OFFICE)
        oc_text_add(&text, oc_record_actor(&a->record, oc_ledger_in_office(a->record.ledger, index, a->on, NULL)));
    return oc_text_slice(&text);
}

static oc_slice other_names(oc_context *x, const oc_actor *actor)
{
    oc_text text = oc_text_in(x->arena);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        if (lang == (int)x->lang || oc_slice_equal(actor->name.in[lang], actor->name.in[x->lang])) continue;
        if (text.len) oc_text_add(&text, oc_message(x->lang, "ledger.comma"));
        oc_text_add(&text, actor->name.in[lang]);
    }
    for (size_t i = 0; i < actor->aliases.len; i++) {
        if (text.len) oc_text_add(&text, oc_message(x->lang, "ledger.comma"));
        oc_text_add(&text, actor->aliases.at[i]);
    }
    return oc_text_slice(&text);
}

static void print_list(actors *a)
{
    oc_context *x = a->record.x;
    oc_text out = oc_text_in(x->arena);
    oc_record_say(&a->record, &out, 0, "actors.summary",
                  OC_ARGS(OC_I(a->record.ledger->actors.len), OC_T(oc_record_day(x, a->on))));
    oc_text_byte(&out, '\n');
    static const char *const heads[] = {"actors.name", "actors.kind", "actors.now", "actors.others"};
    oc_columns table = oc_columns_of(x->arena, "llll");
    for (size_t i = 0; i < 4; i++) oc_columns_add(&table, oc_message(x->lang, heads[i]));
    for (uint32_t i = 0; i < a->record.ledger->actors.len; i++) {
        const oc_actor *actor = &a->record.ledger->actors.at[i];
        oc_columns_add(&table, actor->name.in[x->lang]);
        oc_columns_add(&table, kind_of(x, actor));
        oc_columns_add(&table, now_of(a, i));
        oc_columns_add(&table, other_names(x, actor));
    }
    oc_columns_print(&out, &table, x->width, x->colour);
    oc_print(x, oc_text_slice(&out));
}

static oc_slice term_days(actors *a, const oc_office_term *term)
{
    oc_context *x = a->record.x;
    if (term->since.kind == OC_WHEN_OPEN)
        return oc_say(x->arena, x->lang, "actors.attested", OC_ARGS(OC_T(term->attested.text)));
    return oc_arena_printf(x->arena, "%.*s – %.*s", OC_FMT(term->since.text), OC_FMT(term->until.text));
}

static void add_terms(actors *a, oc_text *out, uint32_t index, oc_record_sources *sources)
{
    oc_context *x = a->record.x;
    const oc_ledger *ledger = a->record.ledger;
    const oc_actor *actor = &ledger->actors.at[index];
    oc_columns table = oc_columns_of(x->arena, "lll");
    oc_columns_add(&table, oc_message(x->lang, "actors.term"));
    oc_columns_add(&table, oc_message(x->lang, actor->kind == OC_ACTOR_OFFICE ? "actors.holder" : "actors.office"));
    oc_columns_add(&table, oc_message(x->lang, "ledger.sources"));
    size_t rows = 0;
    for (uint32_t i = 0; i < ledger->actors.len; i++) {
        for (size_t k = 0; k < ledger->actors.at[i].offices.len; k++) {
            const oc_office_term *term = &ledger->actors.at[i].offices.at[k];
            bool own = i == index, holder = term->office == index;
            if (!own && !holder) continue;
            oc_slice name = oc_record_actor(&a->record, own ? term->office : i);
            if (term->acting) name = oc_say(x->arena, x->lang, "actors.acting", OC_ARGS(OC_T(name)));
            oc_columns_add(&table, term_days(a, term));
            oc_columns_add(&table, name);
            oc_slice keys = oc_record_keys(&a->record, &term->evidence);
            if (term->evidence.weak) keys = oc_say(x->arena, x->lang, "actors.weak", OC_ARGS(OC_T(keys)));
            oc_columns_add(&table, keys);
            oc_record_cite(&a->record, sources, &term->evidence);
            rows++;
        }
    }
    if (!rows) return;
    oc_text_byte(out, '\n');
    oc_columns_print(out, &table, x->width, x->colour);
}

static void add_positions(actors *a, oc_text *out, const oc_actor *actor, oc_record_sources *sources)
{
    oc_context *x = a->record.x;
    if (!actor->positions.len) return;
    oc_text_byte(out, '\n');
    oc_columns table = oc_columns_of(x->arena, "lll");
    static const char *const heads[] = {"timeline.when", "actors.issue", "actors.position"};
    for (size_t i = 0; i < 3; i++) oc_columns_add(&table, oc_message(x->lang, heads[i]));
    for (size_t i = 0; i < actor->positions.len; i++) {
        const oc_position *position = &actor->positions.at[i];
        if (position->on.first > a->record.model->as_of) continue;
        oc_columns_add(&table, oc_record_when(&a->record, &position->on));
        oc_columns_add(&table, oc_record_term(&a->record, &a->record.ledger->topics.at[position->issue]));
        oc_columns_add(&table, oc_arena_printf(x->arena, "%.*s [%.*s]", OC_FMT(position->says.in[x->lang]),
                                               OC_FMT(oc_record_keys(&a->record, &position->evidence))));
        oc_record_cite(&a->record, sources, &position->evidence);
    }
    oc_columns_print(out, &table, x->width, x->colour);
}

static void print_actor(actors *a, oc_text *out, uint32_t index)
{
    oc_context *x = a->record.x;
    const oc_actor *actor = &a->record.ledger->actors.at[index];
    oc_record_sources sources = {0};
    oc_slice now = now_of(a, index);
    const char *key = now.len ? "actors.is-now" : "actors.is";
    oc_record_say(&a->record, out, 0, key,
                  OC_ARGS(OC_T(actor->name.in[x->lang]), OC_T(kind_of(x, actor)),
                          OC_T(oc_record_actor(&a->record, actor->of)), OC_T(now), OC_T(oc_record_day(x, a->on))));
    oc_slice others = other_names(x, actor);
    if (others.len) oc_record_say(&a->record, out, 0, "actors.also", OC_ARGS(OC_T(others)));
    oc_record_cite(&a->record, &sources, &actor->evidence);
    add_terms(a, out, index, &sources);
    add_positions(a, out, actor, &sources);
    oc_record_list_sources(&a->record, out, &sources);
}

static void json_terms(actors *a, oc_json *json, const oc_actor *actor)
{
    const oc_ledger *ledger = a->record.ledger;
    oc_json_list(json, "offices");
    for (size_t i = 0; i < actor->offices.len; i++) {
        const oc_office_term *term = &actor->offices.at[i];
        oc_json_object(json, NULL);
        oc_json_text(json, "office", ledger->actors.at[term->office].id);
        oc_record_json_words(json, "office_names", &ledger->actors.at[term->office].name);
        oc_json_bool(json, "acting", term->acting);
        oc_record_json_when(&a->record, json, "since", &term->since);
        oc_record_json_when(&a->record, json, "until", &term->until);
        oc_record_json_when(&a->record, json, "attested", &term->attested);
        oc_json_text(json, "confidence", term->evidence.weak ? OC_SLICE("low") : OC_SLICE("normal"));
        oc_record_json_sources(json, "sources", &term->evidence);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_list(json, "positions");
    for (size_t i = 0; i < actor->positions.len; i++) {
        const oc_position *position = &actor->positions.at[i];
        if (position->on.first > a->record.model->as_of) continue;
        oc_json_object(json, NULL);
        oc_record_json_when(&a->record, json, "on", &position->on);
        oc_json_text(json, "issue", ledger->topics.at[position->issue].id);
        oc_record_json_words(json, "says", &position->says);
        oc_record_json_sources(json, "sources", &position->evidence);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void json_actor(actors *a, oc_json *json, uint32_t index)
{
    const oc_actor *actor = &a->record.ledger->actors.at[index];
    oc_json_object(json, NULL);
    oc_json_text(json, "id", actor->id);
    oc_json_text(json, "kind", oc_slice_of(oc_actor_kind_word(actor->kind)));
    if (actor->of == OC_LEDGER_NONE) oc_json_null(json, "of");
    else oc_json_text(json, "of", a->record.ledger->actors.at[actor->of].id);
    oc_record_json_words(json, "names", &actor->name);
    oc_json_row(json, "aliases");
    for (size_t i = 0; i < actor->aliases.len; i++) oc_json_text(json, NULL, actor->aliases.at[i]);
    oc_json_end(json);
    json_terms(a, json, actor);
    oc_record_json_sources(json, "sources", &actor->evidence);
    oc_json_end(json);
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json"};
    actors a = {.on = OC_DAY_NONE};
    size_t format;
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    /* One argument that is a file is a scenario; otherwise the first is a name. */
    bool named = x->arguments.len && !(x->arguments.len == 1 && oc_file_exists(x->arguments.at[0].ptr));
    if (status == OC_OK) status = oc_record_open(x, named ? 1 : 0, &a.record);
    if (status == OC_OK) status = oc_get_day(x, "on", a.record.model->as_of, &a.on);
    if (status != OC_OK) return status;
    oc_indices found = {0};
    if (named) {
        found = oc_ledger_actors_named(x->arena, a.record.ledger, x->arguments.at[0]);
        if (!found.len) {
            oc_name_set names = oc_ledger_all_names(x->arena, a.record.ledger, OC_SUBJECT_ACTOR);
            return oc_record_unknown(&a.record, "kind.actor", x->arguments.at[0], names);
        }
    } else {
        for (uint32_t i = 0; i < a.record.ledger->actors.len; i++) *oc_vec_push(x->arena, &found) = i;
    }
    if (format == 1) {
        oc_json json = oc_json_in(x->arena);
        oc_json_list(&json, NULL);
        for (size_t i = 0; i < found.len; i++) json_actor(&a, &json, found.at[i]);
        oc_json_end(&json);
        oc_print(x, oc_json_done(&json));
    } else if (named) {
        oc_text out = oc_text_in(x->arena);
        for (size_t i = 0; i < found.len; i++) {
            if (i) oc_text_byte(&out, '\n');
            print_actor(&a, &out, found.at[i]);
        }
        oc_print(x, oc_text_slice(&out));
    } else {
        print_list(&a);
    }
    return OC_OK;
}

static const oc_option options[] = {
    {"on", "DATE", false}, {"format", "text|json", false}, {"as-of", "DATE", false}, {NULL, NULL, false},
};
const oc_command oc_cmd_actors = {"actors", "[NAME] [SCENARIO] [--on DATE] [--format text|json]", options, run, 2};
