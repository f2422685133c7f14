/* Finding and loading the scenario that a command works on; see command.h. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"

enum { MOST_PATH = 4096 };

/* The source tree of a program that has not been installed: the build leaves its path beside it. */
static oc_slice source_tree(oc_context *x)
{
    oc_slice text, path = oc_path_join(x->arena, x->program_folder, OC_SLICE("opcon.source"));
    if (!x->program_folder.len || oc_file_read(x->arena, path.ptr, MOST_PATH, &text) != OC_OK) return (oc_slice){"", 0};
    return oc_slice_trim(text);
}

/* Where the data is seen from the program, wherever the two were moved together. */
static oc_slice beside_program(oc_context *x)
{
    if (!x->program_folder.len || !*OC_DATA_FROM_PROGRAM) return (oc_slice){"", 0};
    return oc_path_join(x->arena, x->program_folder, OC_SLICE(OC_DATA_FROM_PROGRAM));
}

oc_slice oc_data_folder(oc_context *x, const char *name)
{
    oc_slice places[] = {oc_slice_of(getenv("OPCON_DATA")), source_tree(x), beside_program(x), OC_SLICE(OC_DATA_DIR)};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!places[i].len) continue;
        oc_slice folder = oc_path_join(x->arena, places[i], oc_slice_of(name));
        if (oc_file_exists(folder.ptr)) return folder;
    }
    return (oc_slice){"", 0};
}

oc_status oc_scenario_named(oc_context *x, oc_slice given, oc_slice *ret)
{
    if (given.len) {
        *ret = oc_arena_copy(x->arena, given);
        if (oc_file_exists(ret->ptr)) return OC_OK;
        /* The name of a bundled scenario. */
        oc_slice bundled = oc_data_folder(x, "scenarios");
        if (bundled.len && !memchr(given.ptr, '/', given.len)) {
            oc_slice path = oc_path_join(x->arena, bundled, given);
            if (oc_file_exists(path.ptr)) *ret = path;
        }
        return OC_OK; /* what cannot be read is said by the loader, with its reason */
    }
    *ret = oc_data_folder(x, "scenarios/rok-us/scenario.yaml");
    if (ret->len) return OC_OK;
    return oc_complain(x, OC_IO, "cli.no-flagship", NULL);
}

oc_status oc_scenario_path(oc_context *x, size_t argument, oc_slice *ret)
{
    if (argument >= x->arguments.len) return oc_scenario_named(x, (oc_slice){"", 0}, ret);
    oc_status status = oc_scenario_named(x, x->arguments.at[argument], ret);
    if (!x->arguments.at[argument].len) *ret = x->arguments.at[argument]; /* an empty name is none of ours */
    return status;
}

void oc_own_changes(oc_context *x, oc_policy *ret)
{
    *ret = (oc_policy){0};
    for (size_t i = 0; i < x->options.len; i++) {
        const oc_given_option *o = &x->options.at[i];
        oc_override change;
        if (strcmp(o->option->name, "set") == 0) {
            if (oc_override_parse(x->arena, &x->diags, OC_SLICE("--set"), o->value, &change))
                *oc_vec_push(x->arena, &ret->sets) = change;
        } else if (strcmp(o->option->name, "force") == 0) {
            if (oc_override_parse(x->arena, &x->diags, OC_SLICE("--force"), o->value, &change))
                *oc_vec_push(x->arena, &ret->forces) = change;
        } else if (strcmp(o->option->name, "given") == 0) {
            oc_node *node = oc_given_parse(x->arena, &x->diags, OC_SLICE("--given"), o->value);
            if (node) *oc_vec_push(x->arena, &ret->givens) = node;
        }
    }
}

oc_status oc_scenario_load(oc_context *x, size_t argument, oc_model **ret)
{
    oc_slice path;
    oc_status status = oc_scenario_path(x, argument, &path);
    if (status != OC_OK) return status;
    oc_model_options options = {.as_of = OC_DAY_NONE, .threads = oc_processors()};
    status = oc_get_day(x, "as-of", OC_DAY_NONE, &options.as_of);
    if (status != OC_OK) return status;
    oc_policy own;
    oc_own_changes(x, &own);
    if (oc_has(x, "where")) {
        oc_node *node = oc_given_parse(x->arena, &x->diags, OC_SLICE("--where"), oc_value_of(x, "where", OC_SLICE("")));
        if (node) *oc_vec_push(x->arena, &own.givens) = node;
    }
    options.sets = own.sets.at, options.set_count = own.sets.len;
    options.forces = own.forces.at, options.force_count = own.forces.len;
    options.givens = own.givens.at, options.given_count = own.givens.len;
    *ret = oc_model_load(x->arena, &x->diags, path, &options);
    if (oc_diags_status(&x->diags) == OC_OK && *ret) return OC_OK;
    status = oc_show_diags(x);
    return status == OC_OK ? OC_INPUT : status;
}
