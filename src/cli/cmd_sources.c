/* opcon sources: what the scenario rests on, for reading and for reference managers, and what rests on a source. */
#include "authority/bibliography.h"
#include "base/file.h"
#include "cli/record.h"

typedef struct sources {
    oc_record record;
    OC_VEC(const oc_source_record *) chosen;
} sources;

/* Paths of the model's values that rest on the source, each once. */
static oc_uses values_of(sources *s, oc_slice key)
{
    oc_uses uses = {0};
    const oc_model *model = s->record.model;
    for (size_t i = 0; i < model->literals.len; i++) {
        const oc_literal *literal = &model->literals.at[i];
        if (!literal->provenance) continue;
        for (size_t k = 0; k < literal->provenance->from_count; k++) {
            if (!oc_slice_equal(literal->provenance->from[k], key)) continue;
            bool same = uses.paths.len && oc_slice_equal(uses.paths.at[uses.paths.len - 1], literal->path);
            if (!same) *oc_vec_push(s->record.x->arena, &uses.paths) = literal->path;
        }
    }
    return uses;
}

static size_t use_count(sources *s, oc_slice key)
{
    const oc_uses *records = oc_ledger_uses(s->record.ledger, key);
    return values_of(s, key).paths.len + (records ? records->paths.len : 0);
}

static oc_cited cited(const oc_source_record *source)
{
    return (oc_cited){.key = source->key, .title = source->title, .author = source->author,
                      .publisher = source->publisher, .date = source->date, .url = source->url,
                      .language = source->language, .kind = source->kind, .note = source->note};
}

static void print_list(sources *s)
{
    oc_context *x = s->record.x;
    oc_text out = oc_text_in(x->arena);
    size_t idle = 0;
    oc_columns table = oc_columns_of(x->arena, "lllrl");
    static const char *const heads[] = {"ledger.source", "ledger.publisher", "ledger.date", "sources.uses",
                                        "ledger.title"};
    for (size_t i = 0; i < 5; i++) oc_columns_add(&table, oc_message(x->lang, heads[i]));
    for (size_t i = 0; i < s->chosen.len; i++) {
        const oc_source_record *source = s->chosen.at[i];
        size_t uses = use_count(s, source->key);
        idle += uses == 0;
        oc_columns_add(&table, source->key);
        oc_columns_add(&table, source->publisher);
        oc_columns_add(&table, source->date);
        oc_columns_add(&table, oc_arena_printf(x->arena, "%zu", uses));
        oc_columns_add(&table, source->title);
    }
    oc_record_say(&s->record, &out, 0, "sources.summary", OC_ARGS(OC_I(s->chosen.len), OC_I(idle)));
    oc_text_byte(&out, '\n');
    oc_columns_print(&out, &table, x->width, x->colour);
    oc_print(x, oc_text_slice(&out));
}

static void add_field(sources *s, oc_columns *table, const char *key, oc_slice value)
{
    if (!value.len) return;
    oc_columns_add(table, oc_message(s->record.x->lang, key));
    oc_columns_add(table, value);
}

static void add_paths(sources *s, oc_text *out, const char *key, const oc_uses *uses)
{
    if (!uses || !uses->paths.len) return;
    oc_text_byte(out, '\n');
    oc_record_say(&s->record, out, 0, key, OC_ARGS(OC_I(uses->paths.len)));
    for (size_t i = 0; i < uses->paths.len; i++) oc_record_paragraph(&s->record, out, uses->paths.at[i], 2);
}

static void print_one(sources *s, const oc_source_record *source)
{
    oc_context *x = s->record.x;
    oc_text out = oc_text_in(x->arena);
    oc_columns table = oc_columns_of(x->arena, "ll");
    oc_columns_add(&table, oc_message(x->lang, "ledger.source"));
    oc_columns_add(&table, source->key);
    add_field(s, &table, "ledger.title", source->title);
    add_field(s, &table, "sources.author", source->author);
    add_field(s, &table, "ledger.publisher", source->publisher);
    add_field(s, &table, "ledger.date", source->date);
    add_field(s, &table, "sources.language", source->language);
    add_field(s, &table, "sources.kind", source->kind);
    add_field(s, &table, "sources.note", source->note);
    add_field(s, &table, "sources.url", source->url);
    oc_columns_print(&out, &table, x->width, false);
    oc_uses values = values_of(s, source->key);
    const oc_uses *records = oc_ledger_uses(s->record.ledger, source->key);
    if (!values.paths.len && !records) {
        oc_text_byte(&out, '\n');
        oc_record_say(&s->record, &out, 0, "sources.unused", NULL);
    }
    add_paths(s, &out, "sources.values", &values);
    add_paths(s, &out, "sources.records", records);
    oc_print(x, oc_text_slice(&out));
}

static void json_paths(oc_json *json, const char *key, const oc_uses *uses)
{
    oc_json_list(json, key);
    for (size_t i = 0; uses && i < uses->paths.len; i++) oc_json_text(json, NULL, uses->paths.at[i]);
    oc_json_end(json);
}

static void print_json(sources *s)
{
    oc_json json = oc_json_in(s->record.x->arena);
    oc_json_list(&json, NULL);
    for (size_t i = 0; i < s->chosen.len; i++) {
        const oc_source_record *source = s->chosen.at[i];
        oc_json_object(&json, NULL);
        oc_json_text(&json, "key", source->key);
        oc_json_text(&json, "title", source->title);
        oc_json_text(&json, "author", source->author);
        oc_json_text(&json, "publisher", source->publisher);
        oc_json_text(&json, "date", source->date);
        oc_json_text(&json, "url", source->url);
        oc_json_text(&json, "language", source->language);
        oc_json_text(&json, "kind", source->kind);
        oc_json_text(&json, "note", source->note);
        oc_uses values = values_of(s, source->key);
        json_paths(&json, "values", &values);
        json_paths(&json, "records", oc_ledger_uses(s->record.ledger, source->key));
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_print(s->record.x, oc_json_done(&json));
}

static void print_bibliography(sources *s, bool bibtex)
{
    oc_context *x = s->record.x;
    oc_text text = oc_text_in(x->arena);
    oc_json json = oc_json_in(x->arena);
    if (!bibtex) oc_json_list(&json, NULL);
    for (size_t i = 0; i < s->chosen.len; i++) {
        oc_cited source = cited(s->chosen.at[i]);
        if (bibtex) oc_bibtex(&text, &source);
        else oc_csl_json(&json, &source);
    }
    if (!bibtex) oc_json_end(&json);
    oc_print(x, bibtex ? oc_text_slice(&text) : oc_json_done(&json));
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "bibtex", "csl-json"};
    sources s = {.record = {.x = x}};
    size_t format;
    oc_status status = oc_get_word(x, "format", formats, 4, 0, &format);
    bool named = x->arguments.len && !(x->arguments.len == 1 && oc_file_exists(x->arguments.at[0].ptr));
    if (status == OC_OK) status = oc_record_open(x, named ? 1 : 0, &s.record);
    if (status != OC_OK) return status;
    const oc_model *model = s.record.model;
    oc_name_set keys = {OC_NEW_ARRAY(x->arena, model->sources.len + 1, oc_slice), model->sources.len};
    for (size_t i = 0; i < model->sources.len; i++) {
        keys.at[i] = model->sources.at[i]->key;
        bool chosen = !named || oc_slice_equal(keys.at[i], x->arguments.at[0]);
        if (chosen) *oc_vec_push(x->arena, &s.chosen) = model->sources.at[i];
    }
    if (named && !s.chosen.len) return oc_record_unknown(&s.record, "kind.source", x->arguments.at[0], keys);
    if (format == 1) print_json(&s);
    else if (format > 1) print_bibliography(&s, format == 2);
    else if (named) print_one(&s, s.chosen.at[0]);
    else print_list(&s);
    return OC_OK;
}

static const oc_option options[] = {
    {"format", "text|json|bibtex|csl-json", false}, {"as-of", "DATE", false}, {NULL, NULL, false},
};
const oc_command oc_cmd_sources = {"sources", "[ID] [SCENARIO] [--format text|json|bibtex|csl-json]", options, run, 2};
