/* The texts of kept runs, as scenarios: their files become sources with names of their own ("#3/model.yaml"), so that
 * loading reads them and no disk. */
#ifndef OC_CLI_KEPT_TEXT_H
#define OC_CLI_KEPT_TEXT_H

#include "cli/command.h"
#include "store/runs.h"

typedef enum oc_kept_kind { OC_KEPT_SET, OC_KEPT_FORCE, OC_KEPT_GIVEN } oc_kept_kind;

/* --set, --force or --given of a run. */
typedef struct oc_kept_setting {
    oc_kept_kind kind;
    oc_slice line;        /* "set=plan_kept=0.5" */
    oc_slice path, value; /* of a given its text is the path */
    oc_override change;   /* SET, FORCE */
    oc_node *node;        /* GIVEN */
} oc_kept_setting;

/* Settings picked for loading. */
typedef struct oc_kept_choice {
    OC_VEC(oc_override) sets;
    OC_VEC(oc_override) forces;
    OC_VEC(oc_node *) givens;
} oc_kept_choice;

typedef struct oc_kept {
    const oc_store_run *run;
    oc_slice path;        /* of the main file, "#3/…"; behind "#3/" the path as it was read */
    oc_day as_of;
    OC_VEC(oc_kept_setting) settings;
} oc_kept;

/* Registers the files in x->sources; a run once a process. False if it has none, or no day. */
bool oc_kept_open(oc_context *x, const oc_store_run *run, const oc_store_files *files, oc_kept *ret);
void oc_kept_choose(oc_arena *arena, oc_kept_choice *choice, const oc_kept_setting *setting);
/* Fills the options for a choice. */
void oc_kept_options(const oc_kept_choice *choice, oc_model_options *options);
/* The scenario as it was run; NULL if it has errors. What is wrong is not shown. */
oc_model *oc_kept_load(oc_context *x, const oc_kept *kept);
/* Diagnostics that nobody is shown. */
oc_diags *oc_quiet_diags(oc_context *x, oc_arena *arena);

#endif
