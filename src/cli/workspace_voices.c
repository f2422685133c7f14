/* Accepted claims as YAML records; see workspace_voices.h. Order: get the claims, find the stage of each, write its
 * records, add all to the model. */
#include "cli/workspace_voices.h"

#include "base/file.h"
#include "cli/reader.h"

enum { MOST_CLAIMS = 1000 };

#define NAME "claim-"

typedef struct writer {
    oc_context *x;
    oc_model *model;
    oc_slice stage;
    oc_told *told;
    oc_text voices, actors, sources;
    oc_map known; /* keys of actors and sources that were written */
} writer;

int64_t oc_voice_claim(oc_slice voice)
{
    int64_t number;
    if (!oc_slice_starts(voice, OC_SLICE(NAME))) return 0;
    return oc_number_of(oc_slice_sub(voice, sizeof NAME - 1, voice.len), &number) ? number : 0;
}

static bool has_stage(const oc_model *m, oc_slice name)
{
    for (size_t i = 0; i < m->stages.len; i++)
        if (oc_slice_equal(m->stages.at[i]->symbol->name, name)) return true;
    return false;
}

/* Empty if the scenario has no such stage. */
static oc_slice stage_of(const writer *w, const oc_store_claim *c)
{
    oc_slice step = oc_arena_printf(w->x->arena, "%.*s_%.*s", OC_FMT(c->milestone), OC_FMT(c->step));
    if (c->step.len && has_stage(w->model, step)) return step;
    return has_stage(w->model, c->milestone) ? c->milestone : (oc_slice){"", 0};
}

/* The words of the record for those of the reader; NULL for what is no statement about the future. */
static const char *modality_of(oc_slice read)
{
    static const char *const words[][2] = {
        {"decided", "agreed"},   {"planned", "planned"},      {"goal", "aimed"},           {"forecast", "predicted"},
        {"stated", "stated"},    {"condition", "conditional"}, {"recommended", "proposed"}, {"denied", "denied"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (oc_slice_is(read, words[i][0])) return words[i][1];
    return NULL;
}

static void add_field(oc_text *out, const char *key, oc_slice value)
{
    if (!value.len) return;
    oc_text_printf(out, ", %s: ", key);
    oc_text_json_string(out, value);
}

static bool is_new(writer *w, oc_slice key)
{
    bool new;
    oc_map_insert(w->x->arena, &w->known, key, &new);
    return new;
}

static oc_slice source_of(writer *w, const oc_store_claim *c)
{
    oc_slice key = oc_arena_printf(w->x->arena, "document-%lld:%u", (long long)c->document, (unsigned)c->line);
    if (!is_new(w, key)) return key;
    oc_text_printf(&w->sources, "  \"%.*s\": {kind: workspace", OC_FMT(key));
    add_field(&w->sources, "title", c->title);
    add_field(&w->sources, "publisher", c->publisher);
    add_field(&w->sources, "date", c->published);
    add_field(&w->sources, "language", c->language);
    add_field(&w->sources, "note", oc_arena_printf(w->x->arena, "%.*s: %.*s", OC_FMT(w->told->path), OC_FMT(key)));
    oc_text_lit(&w->sources, "}\n");
    return key;
}

/* Whose statement it is: the holder, else the speaker, else the publication. One that is no actor of the scenario
 * becomes one under its name as it was printed. */
static oc_slice speaker_of(writer *w, const oc_store_claim *c, oc_slice source)
{
    oc_slice who = c->holder.len ? c->holder : c->speaker.len ? c->speaker : c->publisher.len ? c->publisher : c->title;
    const oc_node *actors = oc_node_get(w->model->root, "actors");
    if (!who.len) who = source;
    if ((actors && oc_node_pair(actors, who)) || !is_new(w, who)) return who;
    oc_text_lit(&w->actors, "  ");
    oc_text_json_string(&w->actors, who);
    oc_text_add(&w->actors, c->holder.len || c->speaker.len ? OC_SLICE(": {kind: person") : OC_SLICE(": {kind: press"));
    oc_names names = oc_names_load(w->x);
    add_field(&w->actors, "name", oc_name_of(w->x, &names, who));
    add_field(&w->actors, "from", source);
    oc_text_lit(&w->actors, "}\n");
    return who;
}

/* As coarse as it can be said: 2028; 2029-01 to 2029-03; days. */
static void add_target(oc_arena *arena, oc_text *out, oc_day first, oc_day last)
{
    oc_civil a = oc_civil_from_day(first), b = oc_civil_from_day(last);
    bool months = a.day == 1 && b.day == oc_days_in_month(b.year, b.month);
    size_t length = months && a.month == 1 && b.month == 12 ? 4 : months ? 7 : 10;
    oc_slice from = oc_slice_sub(oc_day_print(arena, first), 0, length);
    oc_slice to = oc_slice_sub(oc_day_print(arena, last), 0, length);
    if (oc_slice_equal(from, to)) oc_text_printf(out, ", target: %.*s", OC_FMT(from));
    else oc_text_printf(out, ", target: [%.*s, %.*s]", OC_FMT(from), OC_FMT(to));
}

static void add_voice(writer *w, const oc_store_claim *c, oc_slice stage, const char *modality)
{
    bool no_start = c->start < OC_DAY_MIN || c->start > OC_DAY_MAX;
    oc_slice source = source_of(w, c);
    oc_text *out = &w->voices;
    oc_text_printf(out, "  \"" NAME "%lld\": {modality: %s", (long long)c->id, modality);
    add_field(out, "by", speaker_of(w, c, source));
    add_field(out, "on", c->published);
    add_field(out, "says", c->text);
    add_field(out, "about", stage);
    if (no_start) add_field(out, "target_by", oc_day_print(w->x->arena, c->to));
    else add_target(w->x->arena, out, c->start, c->to);
    add_field(out, "from", source);
    oc_text_lit(out, "}\n");
    w->told->count++;
}

static void add_claim(writer *w, const oc_store_claim *c)
{
    oc_day first, last;
    oc_slice stage = stage_of(w, c);
    const char *modality = modality_of(c->modality);
    if (!stage.len || !modality) return;
    bool ends = c->to >= OC_DAY_MIN && c->to <= OC_DAY_MAX;
    if (ends && c->text.len && oc_days_parse(c->published, &first, &last)) add_voice(w, c, stage, modality);
    else w->told->unusable += oc_slice_equal(stage, w->stage);
}

static void add_section(oc_text *all, const char *name, const oc_text *records)
{
    if (records->len) oc_text_printf(all, "%s:\n%.*s", name, OC_FMT(oc_text_slice(records)));
}

static oc_status get_claims(oc_context *x, oc_store_claims *ret)
{
    oc_store *store;
    oc_store_filter filter = {.decisions = 1u << OC_DECISION_ACCEPTED | 1u << OC_DECISION_CORRECTED};
    oc_status status = oc_workspace_open(x, OC_STORE_READ, &store);
    if (status != OC_OK) return status;
    return oc_workspace_close(x, store, oc_store_get_claims(store, x->arena, &filter, ret));
}

oc_status oc_workspace_voices(oc_context *x, oc_model *model, oc_slice stage, oc_told *ret)
{
    oc_store_claims claims = {0};
    oc_slice path = oc_workspace_path(x);
    bool asked = oc_has(x, "workspace");
    *ret = (oc_told){.path = {"", 0}};
    if (!asked && !oc_file_exists(path.ptr)) return OC_OK;
    oc_status status = get_claims(x, &claims);
    if (status != OC_OK) return asked ? status : OC_OK;
    writer w = {.x = x, .model = model, .stage = stage, .told = ret, .voices = oc_text_in(x->arena),
                .actors = oc_text_in(x->arena), .sources = oc_text_in(x->arena)};
    ret->path = path;
    for (size_t i = 0; i < claims.len && ret->count < MOST_CLAIMS; i++) add_claim(&w, &claims.at[i]);
    if (!ret->count) return OC_OK;
    oc_text all = oc_text_in(x->arena);
    add_section(&all, "sources", &w.sources);
    add_section(&all, "actors", &w.actors);
    add_section(&all, "voices", &w.voices);
    /* In brackets: it is no file of the scenario, which a kept run would take along. */
    oc_slice name = oc_arena_printf(x->arena, "<%.*s>", OC_FMT(path));
    return oc_model_extend(model, name, oc_text_slice(&all)) ? OC_OK : OC_INPUT;
}
