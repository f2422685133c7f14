/* opcon export: the workspace for other programs. */
#include "authority/bibliography.h"
#include "cli/workspace.h"
#include "store/documents.h"
#include "store/runs.h"

typedef struct exporting {
    oc_context *x;
    oc_store *store;
    oc_store_documents documents;
    oc_store_claims claims;
    oc_store_relations relations;
    oc_store_runs runs;
} exporting;

static void json_document(oc_json *json, const oc_store_document *d)
{
    oc_json_object(json, NULL);
    oc_json_integer(json, "id", d->id);
    oc_json_text(json, "sha256", d->hash);
    oc_json_integer(json, "size", d->size);
    oc_json_text(json, "file", d->origin);
    oc_json_text(json, "added", d->added);
    oc_json_text(json, "read_with", d->read_with);
    oc_json_text(json, "language", d->language);
    oc_json_text(json, "format", d->format);
    oc_json_text_or_null(json, "title", d->title);
    oc_json_text_or_null(json, "series", d->series);
    oc_json_text_or_null(json, "author", d->author);
    oc_json_text_or_null(json, "publisher", d->publisher);
    oc_json_text_or_null(json, "published", d->published);
    oc_json_text_or_null(json, "category", d->category);
    oc_json_bool(json, "machine_written", d->machine_written);
    oc_json_integer(json, "reading_minutes", d->reading_minutes);
    oc_json_integer(json, "claims", d->claims);
    oc_json_end(json);
}

static void json_relation(oc_json *json, const oc_store_relation *r)
{
    oc_json_object(json, NULL);
    oc_json_integer(json, "document", r->document);
    oc_json_integer(json, "other", r->other);
    oc_json_text(json, "kind", r->kind);
    oc_json_number(json, "measure", r->measure);
    oc_json_end(json);
}

static void json_run(oc_json *json, const oc_store_run *r)
{
    oc_json_object(json, NULL);
    oc_json_integer(json, "id", r->id);
    oc_json_text(json, "made", r->made);
    oc_json_text(json, "scenario", r->scenario);
    oc_json_text(json, "as_of", r->as_of);
    oc_json_text(json, "digest", r->digest);
    oc_json_text(json, "results_digest", r->results_digest);
    oc_json_integer(json, "seed", r->seed);
    oc_json_integer(json, "runs", r->runs);
    oc_json_end(json);
}

static oc_slice as_json(exporting *e)
{
    oc_json json = oc_json_in(e->x->arena);
    oc_json_object(&json, NULL);
    oc_json_integer(&json, "schema", OC_STORE_VERSION);
    oc_json_list(&json, "documents");
    for (size_t i = 0; i < e->documents.len; i++) json_document(&json, &e->documents.at[i]);
    oc_json_end(&json);
    oc_json_list(&json, "claims");
    for (size_t i = 0; i < e->claims.len; i++) oc_claim_json(&json, &e->claims.at[i]);
    oc_json_end(&json);
    oc_json_list(&json, "relations");
    for (size_t i = 0; i < e->relations.len; i++) json_relation(&json, &e->relations.at[i]);
    oc_json_end(&json);
    oc_json_list(&json, "runs");
    for (size_t i = 0; i < e->runs.len; i++) json_run(&json, &e->runs.at[i]);
    oc_json_end(&json);
    oc_json_end(&json);
    return oc_json_done(&json);
}

static oc_slice as_csv(exporting *e)
{
    oc_context *x = e->x;
    oc_text out = oc_text_in(x->arena);
    oc_text_lit(&out, "id,document,title,publisher,published,line,milestone,step,start,end,modality,hedge,speaker,"
                      "holder,decision,text\n");
    for (size_t i = 0; i < e->claims.len; i++) {
        const oc_store_claim *c = &e->claims.at[i];
        bool no_start = c->start < OC_DAY_MIN || c->start > OC_DAY_MAX;
        bool no_end = c->to < OC_DAY_MIN || c->to > OC_DAY_MAX;
        const oc_slice cells[] = {
            oc_arena_printf(x->arena, "%lld", (long long)c->id),
            oc_arena_printf(x->arena, "%lld", (long long)c->document),
            c->title, c->publisher, c->published, oc_arena_printf(x->arena, "%u", c->line), c->milestone, c->step,
            no_start ? OC_SLICE("") : oc_day_print(x->arena, c->start),
            no_end ? OC_SLICE("") : oc_day_print(x->arena, c->to),
            c->modality, oc_arena_printf(x->arena, "%d", c->hedge), c->speaker, c->holder,
            oc_slice_of(oc_store_decision_name(c->decision)), c->text};
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++) {
            if (k) oc_text_byte(&out, ',');
            oc_text_csv_field(&out, cells[k]);
        }
        oc_text_byte(&out, '\n');
    }
    return oc_text_slice(&out);
}

static oc_slice as_bibtex(exporting *e)
{
    oc_text out = oc_text_in(e->x->arena);
    for (size_t i = 0; i < e->documents.len; i++) {
        const oc_store_document *d = &e->documents.at[i];
        bool address = oc_slice_starts(d->origin, OC_SLICE("http"));
        oc_cited cited = {.key = oc_arena_printf(e->x->arena, "doc%lld", (long long)d->id),
                          .title = d->title.len ? d->title : d->origin, .author = d->author, .publisher = d->publisher,
                          .date = d->published, .url = address ? d->origin : (oc_slice){"", 0}, .language = d->language,
                          .kind = d->category, .note = address ? (oc_slice){"", 0} : d->origin};
        oc_bibtex(&out, &cited);
    }
    return oc_text_slice(&out);
}

/* One document: what was read (json), or its bytes. */
static oc_status export_one(exporting *e, int64_t document, bool original, oc_slice *ret)
{
    oc_slice bytes, json;
    oc_status status = oc_store_bytes(e->store, e->x->arena, document, &bytes, &json);
    if (status != OC_OK) return status;
    if (!json.len) return oc_complain(e->x, OC_INPUT, "export.no-document", OC_ARGS(OC_I(document)));
    *ret = original ? bytes : oc_arena_printf(e->x->arena, "%.*s\n", OC_FMT(json));
    return OC_OK;
}

static oc_status load(exporting *e, const oc_store_filter *filter)
{
    oc_status status = oc_store_list(e->store, e->x->arena, filter->document, &e->documents);
    if (status == OC_OK) status = oc_store_get_claims(e->store, e->x->arena, filter, &e->claims);
    if (status == OC_OK) status = oc_store_related(e->store, e->x->arena, 0, &e->relations);
    if (status == OC_OK) status = oc_store_get_runs(e->store, e->x->arena, 0, &e->runs);
    return status;
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"json", "csv", "bibtex", "original"};
    enum { JSON, CSV, BIBTEX, ORIGINAL };
    exporting e = {.x = x};
    size_t format;
    oc_store_filter filter;
    oc_slice out = {"", 0};
    oc_status status = oc_get_word(x, "format", formats, 4, JSON, &format);
    if (status == OC_OK) status = oc_claim_filter(x, &filter);
    if (status == OC_OK && format == ORIGINAL && !filter.document)
        status = oc_complain(x, OC_USAGE, "export.which", NULL);
    if (status == OC_OK) status = oc_workspace_open(x, OC_STORE_READ, &e.store);
    if (status != OC_OK) return status;
    filter.decisions = (1u << OC_DECISION_COUNT) - 1;
    bool one = filter.document && (format == JSON || format == ORIGINAL);
    status = one ? export_one(&e, filter.document, format == ORIGINAL, &out) : load(&e, &filter);
    if (status == OC_OK && !one) out = format == JSON ? as_json(&e) : format == CSV ? as_csv(&e) : as_bibtex(&e);
    if (status == OC_OK) status = oc_write_output(x, oc_value_of(x, "output", OC_SLICE("-")), out);
    return oc_workspace_close(x, e.store, status);
}

static const oc_option options[] = {{"format", "json|csv|bibtex|original", false}, OC_OPTION_WORKSPACE,
                                    {"document", "N", false},
                                    {"output", "FILE", false}, {NULL, NULL, false}};

const oc_command oc_cmd_export = {"export", "[--format json|csv|bibtex] [--document N]", options, run, 0};
