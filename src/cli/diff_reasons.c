/* See diff_reasons.h. Steps: the kept files become sources with names of their own ("#3/model.yaml"), so that loading
 * reads them and no disk; the two texts are compared; edits are tried alone and left out alone, which tells those that
 * reach the program and those that need one another; then all corners are compiled and run. */
#include "cli/diff_reasons.h"
#include "cli/run_options.h"

#include "base/file.h"


enum { MOST_RAW = 4000, MOST_NAMED = 4, MOST_SHOWN = 28 };
enum { DEFAULT_WORK = 1600000, LEAST_RUNS = 16384, MOST_RUNS = 100000 };

/* An edit before joining. */
typedef struct raw_edit {
    enum { TEXT, SETTING, AS_OF } kind;
    oc_slice name, before, after;
    oc_edit edit;                   /* TEXT; of a table one of them */
    size_t before_line, after_line; /* SETTING: index among the settings of either run, SIZE_MAX if not there */
    bool idle_section;              /* of a section that no program reads as a rule */
} raw_edit;

typedef struct search {
    oc_context *x;
    oc_kept kept[2];
    oc_model *text[2]; /* without settings, for their trees */
    OC_VEC(raw_edit) raw;
    size_t words; /* of a set of raw edits */
    OC_VEC(uint64_t *) groups;
    oc_bridge_ways ways; /* of all corners that were made so far */
    bool more_ways;      /* one was added since corners were last begun */
    oc_reasons *out;
} search;

/* --- sets of raw edits --- */

static uint64_t *new_set(search *s)
{
    return OC_NEW_ARRAY(s->x->arena, s->words, uint64_t);
}

static bool in_set(const uint64_t *set, size_t i)
{
    return set[i / 64] >> (i % 64) & 1;
}

static void put_in(uint64_t *set, size_t i)
{
    set[i / 64] |= UINT64_C(1) << (i % 64);
}

static void add_set(const search *s, uint64_t *into, const uint64_t *more)
{
    for (size_t w = 0; w < s->words; w++) into[w] |= more[w];
}

/* --- the raw edits --- */

/* A value as it stands in the text. */
static oc_slice text_of(search *s, const oc_node *node)
{
    if (!node) return (oc_slice){"", 0};
    return node->kind == OC_NODE_SCALAR ? node->text : oc_span_text(&s->x->sources, node->span);
}

/* Both values if both are short: half a change is none. */
static void tell_values(search *s, const oc_edit *edit, raw_edit *raw)
{
    oc_slice before = text_of(s, edit->before), after = text_of(s, edit->after);
    bool fits = before.len <= MOST_SHOWN && after.len <= MOST_SHOWN;
    if (!fits || (before.len && memchr(before.ptr, '\n', before.len)) ||
        (after.len && memchr(after.ptr, '\n', after.len)))
        return;
    raw->before = before;
    raw->after = after;
}

static bool read_by_programs(oc_slice section)
{
    static const char *const names[] = {"sets",       "calendar", "inputs", "variables", "shocks",  "define",
                                        "conditions", "issues",   "stages", "questions", "horizon", "tick"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (oc_slice_is(section, names[i])) return true;
    return false;
}

static void add_edit(search *s, const oc_edit *edit)
{
    oc_slice name = edit->section;
    if (edit->name.len) name = oc_arena_printf(s->x->arena, "%.*s.%.*s", OC_FMT(name), OC_FMT(edit->name));
    if (edit->field.len) name = oc_arena_printf(s->x->arena, "%.*s.%.*s", OC_FMT(name), OC_FMT(edit->field));
    raw_edit raw = {.kind = TEXT, .name = name, .edit = *edit, .idle_section = !read_by_programs(edit->section)};
    tell_values(s, edit, &raw);
    *oc_vec_push(s->x->arena, &s->raw) = raw;
}

/* Tables whose text differs: all records that read one are taken from the later text. */
static void add_tables(search *s, const oc_store_files files[2])
{
    for (size_t i = 0; i < files[1].len; i++)
        for (size_t k = 0; k < files[0].len; k++) {
            oc_slice name = oc_path_name(files[1].at[i].name);
            if (!oc_slice_ends(name, OC_SLICE(".csv")) || !oc_slice_equal(name, oc_path_name(files[0].at[k].name)) ||
                oc_slice_equal(files[0].at[k].text, files[1].at[i].text))
                continue;
            oc_edits edits =
                oc_edits_of_file(s->x->arena, s->text[0]->root, s->text[1]->root, files[1].at[i].name);
            for (size_t e = 0; e < edits.len; e++) {
                add_edit(s, &edits.at[e]);
                raw_edit *last = &s->raw.at[s->raw.len - 1];
                last->name = oc_arena_printf(s->x->arena, "%.*s (%.*s)", OC_FMT(name), OC_FMT(last->name));
                last->before = last->after = (oc_slice){"", 0};
            }
        }
}

static size_t same_setting(const oc_kept *in, const oc_kept_setting *wanted, bool whole_line)
{
    for (size_t i = 0; i < in->settings.len; i++) {
        const oc_kept_setting *one = &in->settings.at[i];
        if (one->kind != wanted->kind) continue;
        if (whole_line ? oc_slice_equal(one->line, wanted->line) : oc_slice_equal(one->path, wanted->path)) return i;
    }
    return SIZE_MAX;
}

static void add_settings(search *s)
{
    static const char *const names[] = {"--set", "--force", "--given"};
    for (int from = 1; from >= 0; from--)
        for (size_t i = 0; i < s->kept[from].settings.len; i++) {
            const oc_kept *other = &s->kept[!from];
            const oc_kept_setting *one = &s->kept[from].settings.at[i];
            size_t pair = same_setting(other, one, false);
            if (same_setting(other, one, true) != SIZE_MAX || (!from && pair != SIZE_MAX)) continue;
            const oc_kept_setting *earlier = from ? pair == SIZE_MAX ? NULL : &other->settings.at[pair] : one;
            oc_slice name = oc_arena_printf(s->x->arena, "%s %.*s", names[one->kind], OC_FMT(one->path));
            *oc_vec_push(s->x->arena, &s->raw) = (raw_edit){.kind = SETTING,
                                                            .name = name,
                                                            .before = earlier ? earlier->value : (oc_slice){"", 0},
                                                            .after = from ? one->value : (oc_slice){"", 0},
                                                            .before_line = from ? pair : i,
                                                            .after_line = from ? i : SIZE_MAX};
        }
    if (s->kept[0].as_of != s->kept[1].as_of)
        *oc_vec_push(s->x->arena, &s->raw) = (raw_edit){.kind = AS_OF,
                                                        .name = OC_SLICE("as_of"),
                                                        .before = s->kept[0].run->as_of,
                                                        .after = s->kept[1].run->as_of};
}

/* --- corners --- */

typedef struct attempt {
    search *s;
    const uint64_t *set; /* NULL: the later text itself */
    oc_arena *arena;
    bool alone;            /* compiled as if it were not compared */
    oc_compiled *compiled; /* NULL: these edits cannot be made together */
} attempt;

static bool line_made(const search *s, int side_of, size_t line, const uint64_t *set)
{
    for (size_t i = 0; i < s->raw.len; i++) {
        const raw_edit *raw = &s->raw.at[i];
        if (raw->kind != SETTING) continue;
        if (side_of == 0 && raw->before_line == line) return !in_set(set, i);
        if (side_of == 1 && raw->after_line == line) return in_set(set, i);
    }
    return side_of == 0; /* in both: once */
}

typedef struct chosen {
    OC_VEC(const oc_edit *) edits;
    oc_kept_choice settings;
    oc_day as_of;
} chosen;

static void choose(const search *s, const uint64_t *set, oc_arena *arena, chosen *c)
{
    *c = (chosen){.as_of = s->kept[set ? 0 : 1].as_of};
    for (size_t i = 0; set && i < s->raw.len; i++) {
        if (!in_set(set, i)) continue;
        if (s->raw.at[i].kind == TEXT) *oc_vec_push(arena, &c->edits) = &s->raw.at[i].edit;
        if (s->raw.at[i].kind == AS_OF) c->as_of = s->kept[1].as_of;
    }
    for (int side_of = 0; side_of < 2; side_of++)
        for (size_t i = 0; i < s->kept[side_of].settings.len; i++)
            if (set ? line_made(s, side_of, i, set) : side_of == 1)
                oc_kept_choose(arena, &c->settings, &s->kept[side_of].settings.at[i]);
}

static void compile_corner(void *context)
{
    attempt *a = context;
    search *s = a->s;
    chosen c;
    choose(s, a->set, a->arena, &c);
    oc_diags *quiet = oc_quiet_diags(s->x, a->arena);
    oc_model_options options = {.as_of = c.as_of, .edits = c.edits.at, .edit_count = c.edits.len};
    oc_kept_options(&c.settings, &options);
    oc_model *model = oc_model_load(a->arena, quiet, s->kept[a->set ? 0 : 1].path, &options);
    if (!model || oc_diags_status(quiet) != OC_OK) return;
    if (oc_bridge_note(s->x->arena, &s->ways, model)) s->more_ways = s->out->redrawn = true;
    a->compiled = oc_whatif_compile(a->arena, model, a->alone ? NULL : &s->ways);
}

/* In an arena of its own, which the caller frees. */
static const oc_compiled *compile_set(search *s, const uint64_t *set, bool alone, oc_arena *arena)
{
    attempt a = {.s = s, .set = set, .arena = arena, .alone = alone};
    oc_arena_init(arena, NULL, 0);
    return oc_arena_try(arena, compile_corner, &a) == OC_OK ? a.compiled : NULL;
}

/* The program's digest, 0 if there is none. */
static uint64_t digest_of(search *s, const uint64_t *set)
{
    oc_arena arena;
    const oc_compiled *compiled = compile_set(s, set, true, &arena);
    uint64_t digest = compiled ? compiled->digest : 0;
    oc_arena_free(&arena);
    return digest;
}

static uint64_t *all_but(search *s, const uint64_t *set)
{
    uint64_t *rest = new_set(s);
    for (size_t i = 0; i < s->raw.len; i++)
        if (!set || !in_set(set, i)) put_in(rest, i);
    return rest;
}

/* --- which edits matter, and which belong together --- */

/* Alone it changes nothing, and without it nothing is missing. */
static bool is_idle(search *s, const uint64_t *set, uint64_t first, uint64_t last)
{
    return digest_of(s, set) == first && digest_of(s, all_but(s, set)) == last;
}

static uint64_t *set_of(search *s, size_t raw)
{
    uint64_t *set = new_set(s);
    put_in(set, raw);
    return set;
}

/* Sets aside what no program reads: first all such sections together, which is nearly always right. */
static void sort_out(search *s, uint64_t first, uint64_t last)
{
    oc_arena *arena = s->x->arena;
    uint64_t *together = new_set(s);
    for (size_t i = 0; i < s->raw.len; i++)
        if (s->raw.at[i].idle_section) put_in(together, i);
    bool at_once = is_idle(s, together, first, last);
    OC_VEC(oc_slice) idle = {0};
    for (size_t i = 0; i < s->raw.len && !oc_interrupted; i++) {
        uint64_t *set = set_of(s, i);
        if ((at_once && in_set(together, i)) || is_idle(s, set, first, last))
            *oc_vec_push(arena, &idle) = s->raw.at[i].name;
        else
            *oc_vec_push(arena, &s->groups) = set;
    }
    s->out->idle = idle.at;
    s->out->idle_count = idle.len;
}

static bool stands_alone(search *s, const uint64_t *set)
{
    return digest_of(s, set) && digest_of(s, all_but(s, set));
}

static void drop_group(search *s, size_t at)
{
    for (size_t i = at + 1; i < s->groups.len; i++) s->groups.at[i - 1] = s->groups.at[i];
    s->groups.len--;
}

/* Joins group `at` with the first other one that makes it possible, else with all others that cannot stand alone. */
static void join_group(search *s, size_t at)
{
    uint64_t *own = s->groups.at[at];
    for (size_t i = 0; i < s->groups.len; i++) {
        if (i == at) continue;
        uint64_t *both = new_set(s);
        add_set(s, both, own);
        add_set(s, both, s->groups.at[i]);
        if (!stands_alone(s, both)) continue;
        s->groups.at[i] = both;
        drop_group(s, at);
        return;
    }
    for (size_t i = s->groups.len; i-- > 0;) {
        if (i == at || stands_alone(s, s->groups.at[i])) continue;
        add_set(s, own, s->groups.at[i]);
        drop_group(s, i);
        if (i < at) at--;
    }
}

static void join_all(search *s)
{
    while (s->groups.len > 1) {
        add_set(s, s->groups.at[0], s->groups.at[s->groups.len - 1]);
        s->groups.len--;
    }
}

static void join_groups(search *s)
{
    for (size_t i = 0; i < s->groups.len && !oc_interrupted;) {
        if (s->groups.len == 1 || stands_alone(s, s->groups.at[i])) {
            i++;
            continue;
        }
        size_t before = s->groups.len;
        join_group(s, i);
        if (s->groups.len == before) {
            join_all(s);
            return;
        }
        i = 0;
    }
    while (s->groups.len > OC_ATTRIBUTE_MOST) {
        add_set(s, s->groups.at[s->groups.len - 2], s->groups.at[s->groups.len - 1]);
        s->groups.len--;
    }
}

/* One changed record alone is told field by field. */
static void split_record(search *s, uint64_t first, uint64_t last)
{
    if (s->groups.len != 1) return;
    size_t only = 0;
    while (only < s->raw.len && !in_set(s->groups.at[0], only)) only++;
    oc_edits fields =
        s->raw.at[only].kind == TEXT ? oc_edits_of_fields(s->x->arena, &s->raw.at[only].edit) : (oc_edits){0};
    if (fields.len < 1) return;
    for (size_t i = 0; i < fields.len; i++) {
        add_edit(s, &fields.at[i]);
        if (!i) s->raw.at[only] = s->raw.at[--s->raw.len]; /* in the record's place */
    }
    s->words = s->raw.len / 64 + 1;
    s->groups.len = 0;
    sort_out(s, first, last);
}

static oc_diff_edit reason_of(search *s, uint64_t *group)
{
    oc_diff_edit reason = {.parts = group};
    oc_text name = oc_text_in(s->x->arena);
    size_t count = 0;
    for (size_t i = 0; i < s->raw.len; i++) {
        if (!in_set(group, i)) continue;
        if (count < MOST_NAMED) oc_text_printf(&name, "%s%.*s", count ? " + " : "", OC_FMT(s->raw.at[i].name));
        reason.before = count ? (oc_slice){"", 0} : s->raw.at[i].before;
        reason.after = count ? (oc_slice){"", 0} : s->raw.at[i].after;
        count++;
    }
    if (count > MOST_NAMED) oc_text_message(&name, s->x->lang, "diff.and-more", OC_ARGS(OC_I(count - MOST_NAMED)));
    reason.name = oc_text_slice(&name);
    return reason;
}

/* --- running --- */

static bool compile_once(search *s, oc_attribute_corner *at)
{
    oc_reasons *out = s->out;
    s->more_ways = false;
    for (size_t c = 0; c < out->corners.count; c++) {
        uint64_t *set = new_set(s);
        for (size_t g = 0; g < s->groups.len; g++)
            if (out->corners.made[c] >> g & 1) add_set(s, set, s->groups.at[g]);
        oc_arena arena;
        const oc_compiled *compiled = compile_set(s, set, false, &arena);
        oc_measure_place *places = OC_NEW_ARRAY(s->x->arena, out->result.measure_count + 1, oc_measure_place);
        bool fine = compiled != NULL;
        for (size_t m = 0; fine && m < out->result.measure_count; m++)
            fine = oc_measure_find(compiled, &out->result.measures[m], &places[m]);
        if (fine) {
            uint64_t *copy = OC_NEW_ARRAY(s->x->arena, compiled->size / 8 + 1, uint64_t);
            memcpy(copy, compiled->program, compiled->size);
            at[c] = (oc_attribute_corner){(const oc_program *)(const void *)copy, places};
        }
        oc_arena_free(&arena);
        if (!fine || oc_interrupted) return false;
    }
    return true;
}

/* Once more if only a corner shows that a path is drawn in two ways: those before it were made without that. */
static bool compile_all(search *s, oc_attribute_corner *at)
{
    bool fine = compile_once(s, at);
    while (fine && s->more_ways) fine = compile_once(s, at);
    return fine;
}

static oc_status run_corners(search *s)
{
    oc_reasons *out = s->out;
    oc_context *x = s->x;
    out->corners = oc_corners_of(x->arena, s->groups.len);
    oc_attribute_corner *at = OC_NEW_ARRAY(x->arena, out->corners.count, oc_attribute_corner);
    if (!compile_all(s, at)) {
        if (oc_interrupted) return OC_CANCELLED;
        if (s->groups.len == 1) return out->not_possible = "diff.not-loaded", OC_OK;
        join_all(s);
        return run_corners(s);
    }
    int64_t runs = DEFAULT_WORK / (int64_t)out->corners.count;
    runs = runs < LEAST_RUNS ? LEAST_RUNS : runs > MOST_RUNS ? MOST_RUNS : runs;
    oc_run_options options;
    oc_status status = oc_get_run_options(x, 1000, OC_MOST_RUNS, runs, &options);
    if (status != OC_OK) return status;
    options.seed = out->seed;
    out->runs = options.runs;
    status = oc_attribute_run(x->arena, &out->corners, at, out->before, out->after, &options, &out->result);
    oc_progress_clear(x);
    if (status != OC_INPUT) return status;
    out->not_possible = "diff.check-failed";
    return OC_OK;
}

/* Whether this version makes the program of the text that the run had. */
static bool has_other_program(search *s, const oc_compiled *now, const oc_store_run *run)
{
    const oc_compiled *as_forecast =
        oc_compile(s->x->arena, now->model, &(oc_compile_options){.blockers_by = OC_DAY_NONE});
    oc_slice digest = as_forecast ? oc_arena_printf(s->x->arena, "%016llx", (unsigned long long)as_forecast->digest)
                                  : (oc_slice){"", 0};
    bool by = oc_slice_find(run->settings, OC_SLICE("by="), 0) != SIZE_MAX; /* asked about another day than here */
    return !by && !oc_slice_equal(digest, run->digest);
}

static bool load_texts(search *s, const oc_store_run runs[2], const oc_store_files files[2])
{
    oc_diags *quiet = oc_quiet_diags(s->x, s->x->arena);
    for (int i = 0; i < 2; i++) {
        oc_kept *one = &s->kept[i];
        if (!oc_kept_open(s->x, &runs[i], &files[i], one)) return false;
        s->text[i] = oc_model_load(s->x->arena, quiet, one->path, &(oc_model_options){.as_of = one->as_of});
        if (!s->text[i] || !s->text[i]->root) return false;
    }
    return true;
}

static bool load_ends(search *s)
{
    uint64_t *none = new_set(s);
    for (int i = 0; i < 2; i++) {
        attempt a = {.s = s, .set = i ? NULL : none, .arena = s->x->arena, .alone = true};
        compile_corner(&a);
        *(i ? &s->out->after : &s->out->before) = a.compiled;
        if (!a.compiled) return false;
        s->out->other_program[i] = has_other_program(s, a.compiled, s->kept[i].run);
    }
    return true;
}

oc_status oc_reasons_find(oc_context *x, const oc_store_run runs[2], const oc_store_files files[2], oc_reasons *ret)
{
    search s = {.x = x, .out = ret};
    *ret = (oc_reasons){.not_possible = "diff.not-loaded", .seed = (uint64_t)runs[0].seed};
    if (!load_texts(&s, runs, files)) return OC_OK;
    oc_edits edits = oc_edits_between(x->arena, s.text[0]->root, s.text[1]->root);
    for (size_t i = 0; i < edits.len && i < MOST_RAW; i++) {
        oc_edits fields = oc_edits_of_fields(x->arena, &edits.at[i]);
        add_edit(&s, fields.len == 1 ? &fields.at[0] : &edits.at[i]);
    }
    add_tables(&s, files);
    add_settings(&s);
    s.words = s.raw.len / 64 + 1;
    if (!load_ends(&s)) return OC_OK;
    ret->not_possible = NULL;
    uint64_t first = ret->before->digest, last = digest_of(&s, all_but(&s, NULL));
    ret->other_order = last != ret->after->digest;
    if (!last) return ret->not_possible = "diff.not-loaded", OC_OK;
    oc_catch_signals();
    sort_out(&s, first, last);
    split_record(&s, first, last);
    join_groups(&s);
    if (oc_interrupted) return OC_CANCELLED;
    ret->result.measure_count = oc_measures_shared(x->arena, ret->before, ret->after, &ret->result.measures);
    oc_status status = s.groups.len && ret->result.measure_count ? run_corners(&s) : OC_OK;
    ret->count = ret->not_possible ? 0 : s.groups.len;
    ret->list = OC_NEW_ARRAY(x->arena, ret->count + 1, oc_diff_edit);
    for (size_t i = 0; i < ret->count; i++) ret->list[i] = reason_of(&s, s.groups.at[i]);
    return status;
}
