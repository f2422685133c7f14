/* See kept_text.h. */
#include "cli/kept_text.h"

oc_diags *oc_quiet_diags(oc_context *x, oc_arena *arena)
{
    oc_diags *quiet = OC_NEW(arena, oc_diags);
    quiet->arena = arena;
    quiet->sources = &x->sources;
    return quiet;
}

static bool read_setting(oc_context *x, oc_diags *quiet, oc_slice line, oc_kept_setting *ret)
{
    static const char *const names[] = {"set", "force", "given"};
    size_t equals = oc_slice_find(line, OC_SLICE("="), 0);
    if (equals == SIZE_MAX) return false;
    oc_slice name = oc_slice_sub(line, 0, equals), rest = oc_slice_sub(line, equals + 1, line.len);
    int kind = OC_KEPT_SET;
    while (kind <= OC_KEPT_GIVEN && !oc_slice_is(name, names[kind])) kind++;
    if (kind > OC_KEPT_GIVEN) return false;
    *ret = (oc_kept_setting){.kind = (oc_kept_kind)kind, .line = line, .path = rest};
    if (kind == OC_KEPT_GIVEN) {
        ret->node = oc_given_parse(x->arena, quiet, OC_SLICE("--given"), rest);
        return ret->node != NULL;
    }
    if (!oc_override_parse(x->arena, quiet, OC_SLICE("--set"), rest, &ret->change)) return false;
    ret->path = ret->change.path;
    ret->value = oc_slice_sub(rest, oc_slice_find(rest, OC_SLICE("="), 0) + 1, rest.len);
    return true;
}

static void read_settings(oc_context *x, oc_kept *kept)
{
    oc_diags *quiet = oc_quiet_diags(x, x->arena);
    for (oc_slice rest = kept->run->settings; rest.len;) {
        size_t end = oc_slice_find(rest, OC_SLICE("\n"), 0);
        oc_kept_setting one;
        if (read_setting(x, quiet, oc_slice_sub(rest, 0, end), &one)) *oc_vec_push(x->arena, &kept->settings) = one;
        rest = end == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(rest, end + 1, rest.len);
    }
}

bool oc_kept_open(oc_context *x, const oc_store_run *run, const oc_store_files *files, oc_kept *ret)
{
    *ret = (oc_kept){.run = run};
    for (size_t i = 0; i < files->len; i++) {
        oc_slice name = oc_arena_printf(x->arena, "#%lld/%.*s", (long long)run->id, OC_FMT(files->at[i].name));
        oc_source_add(&x->sources, name, files->at[i].text);
        if (!i) ret->path = name;
    }
    bool form;
    ret->as_of = oc_day_parse(run->as_of, &form);
    read_settings(x, ret);
    return files->len && ret->as_of != OC_DAY_NONE;
}

void oc_kept_choose(oc_arena *arena, oc_kept_choice *choice, const oc_kept_setting *setting)
{
    if (setting->kind == OC_KEPT_SET) *oc_vec_push(arena, &choice->sets) = setting->change;
    if (setting->kind == OC_KEPT_FORCE) *oc_vec_push(arena, &choice->forces) = setting->change;
    if (setting->kind == OC_KEPT_GIVEN) *oc_vec_push(arena, &choice->givens) = setting->node;
}

void oc_kept_options(const oc_kept_choice *choice, oc_model_options *options)
{
    options->sets = choice->sets.at, options->set_count = choice->sets.len;
    options->forces = choice->forces.at, options->force_count = choice->forces.len;
    options->givens = choice->givens.at, options->given_count = choice->givens.len;
}

oc_model *oc_kept_load(oc_context *x, const oc_kept *kept)
{
    oc_diags *quiet = oc_quiet_diags(x, x->arena);
    oc_kept_choice all = {0};
    oc_model_options options = {.as_of = kept->as_of};
    for (size_t i = 0; i < kept->settings.len; i++) oc_kept_choose(x->arena, &all, &kept->settings.at[i]);
    oc_kept_options(&all, &options);
    oc_model *model = oc_model_load(x->arena, quiet, kept->path, &options);
    return model && oc_diags_status(quiet) == OC_OK ? model : NULL;
}
