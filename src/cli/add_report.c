/* What opcon add says of a document; see add_report.h. */
#include "cli/add_report.h"

enum { SHOWN_RELATIONS = 5, SHOWN_SENTENCES = 3, LISTED_SENTENCES = 20 };

static const char *const outcome_keys[] = {"add.added", "add.known", "add.reread"};
static const char *const outcome_words[] = {"added", "known", "read-again"};

static void say_sentences(const oc_add_report *r, oc_text *out, const char *key, int64_t document, int64_t other)
{
    oc_store_texts texts = {0};
    oc_store_only_in(r->store, r->x->arena, document, other, SHOWN_SENTENCES, &texts);
    for (size_t i = 0; i < texts.len; i++) {
        oc_text_lit(out, "      ");
        oc_text_message(out, r->x->lang, key, OC_ARGS(OC_T(texts.at[i])));
        oc_text_byte(out, '\n');
    }
}

/* The other document of a relation. 0 for one that came later, in the same change: it is reported there. */
static int64_t other_of(const oc_added *added, const oc_store_relation *relation)
{
    int64_t other = relation->document == added->id ? relation->other : relation->document;
    return added->outcome == OC_STORE_ADDED && other > added->id ? 0 : other;
}

static void say_relations(const oc_add_report *r, oc_text *out, const oc_added *added)
{
    oc_store_relations relations = {0};
    oc_store_related(r->store, r->x->arena, added->id, &relations);
    for (size_t i = 0, shown = 0; i < relations.len && shown < SHOWN_RELATIONS; i++) {
        const oc_store_relation *relation = &relations.at[i];
        int64_t other = other_of(added, relation);
        if (!other) continue;
        bool text = oc_slice_is(relation->kind, "duplicate") || oc_slice_is(relation->kind, "similar");
        int64_t measure = (int64_t)(text ? relation->measure * 100 + 0.5 : relation->measure);
        const char *key = oc_arena_printf(r->x->arena, "add.%.*s", OC_FMT(relation->kind)).ptr;
        oc_text_lit(out, "    ");
        oc_text_message(out, r->x->lang, key, OC_ARGS(OC_I(other), OC_I(measure), OC_T(relation->title)));
        oc_text_byte(out, '\n');
        if (shown++ || !oc_slice_is(relation->kind, "duplicate")) continue;
        say_sentences(r, out, "add.only-new", added->id, other);
        say_sentences(r, out, "add.only-old", other, added->id);
    }
}

static void say_added(const oc_add_report *r, const oc_added *added)
{
    oc_text out = oc_text_in(r->x->arena);
    oc_text_message(&out, r->x->lang, outcome_keys[added->outcome],
                    OC_ARGS(OC_I(added->id), OC_T(added->title), OC_T(added->path), OC_I(added->claims)));
    oc_text_byte(&out, '\n');
    if (added->outcome != OC_STORE_KNOWN) say_relations(r, &out, added);
    oc_print(r->x, oc_text_slice(&out));
}

static void json_sentences(const oc_add_report *r, const char *key, int64_t document, int64_t other)
{
    oc_store_texts texts = {0};
    oc_store_only_in(r->store, r->x->arena, document, other, LISTED_SENTENCES, &texts);
    oc_json_list(r->json, key);
    for (size_t i = 0; i < texts.len; i++) oc_json_text(r->json, NULL, texts.at[i]);
    oc_json_end(r->json);
}

static void json_relations(const oc_add_report *r, const oc_added *added)
{
    oc_store_relations relations = {0};
    oc_json *json = r->json;
    if (added->outcome != OC_STORE_KNOWN) oc_store_related(r->store, r->x->arena, added->id, &relations);
    oc_json_list(json, "related");
    for (size_t i = 0; i < relations.len; i++) {
        const oc_store_relation *relation = &relations.at[i];
        int64_t other = other_of(added, relation);
        if (!other) continue;
        oc_json_object(json, NULL);
        oc_json_integer(json, "document", other);
        oc_json_text(json, "kind", relation->kind);
        oc_json_number(json, "measure", relation->measure);
        oc_json_text(json, "title", relation->title);
        if (oc_slice_is(relation->kind, "duplicate")) {
            json_sentences(r, "only_here", added->id, other);
            json_sentences(r, "only_there", other, added->id);
        }
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void json_added(const oc_add_report *r, const oc_added *added)
{
    oc_json *json = r->json;
    json->text = oc_text_in(r->x->arena);
    oc_json_object(json, NULL);
    oc_json_integer(json, "document", added->id);
    oc_json_text(json, "file", added->path);
    oc_json_text(json, "outcome", oc_slice_of(outcome_words[added->outcome]));
    oc_json_text(json, "title", added->title);
    oc_json_integer(json, "claims", (int64_t)added->claims);
    json_relations(r, added);
    oc_json_end(json);
    oc_print(r->x, oc_text_slice(&json->text));
}

void oc_added_report(const oc_add_report *r, const oc_added *added)
{
    if (r->json) json_added(r, added);
    else say_added(r, added);
}
