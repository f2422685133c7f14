/* Forecasts that were made, with all that is needed to see later what changed. */
#ifndef OC_STORE_RUNS_H
#define OC_STORE_RUNS_H

#include "store/store.h"

typedef struct oc_store_file {
    oc_slice name, text;
} oc_store_file;
typedef OC_VEC(oc_store_file) oc_store_files;

typedef struct oc_store_run {
    int64_t id;
    oc_slice made, opcon, scenario, digest, results_digest;
    int64_t seed, runs, counted;
    oc_slice as_of;
    oc_slice settings; /* "option=value", one a line, as given */
    oc_slice results;  /* JSON of the forecast */
} oc_store_run;
typedef OC_VEC(oc_store_run) oc_store_runs;

/* Keeps a run and the texts of its scenario (each text once, however many runs it has). In a group of changes. */
oc_status oc_store_put_run(oc_store *store, const oc_store_run *run, const oc_store_file *files, size_t file_count,
                           int64_t *ret_id);

/* Runs in order; `only` > 0: that one. Results are left out unless there is only one. */
oc_status oc_store_get_runs(oc_store *store, oc_arena *arena, int64_t only, oc_store_runs *ret);

oc_status oc_store_get_files(oc_store *store, oc_arena *arena, int64_t run, oc_store_files *ret);

/* A chance that a run gave: of a question that is true or false, or of a date that it has come by a day. */
typedef struct oc_store_chance {
    oc_slice question;
    double p;
    bool date;
} oc_store_chance;
typedef OC_VEC(oc_store_chance) oc_store_chances;
/* The chances of a run's questions, dates by `day` ("2026-06-25"). */
oc_status oc_store_get_chances(oc_store *store, oc_arena *arena, int64_t run, oc_slice day, oc_store_chances *ret);

/* A figure of the results that is not the same in two runs. */
typedef struct oc_store_change {
    oc_slice part;    /* "stages" or "questions" */
    oc_slice name;
    oc_slice measure; /* p10, p50, p90, never, p, mean … */
    oc_slice before, after; /* as JSON prints them; empty: not in that run */
} oc_store_change;
typedef OC_VEC(oc_store_change) oc_store_changes;
oc_status oc_store_compare_runs(oc_store *store, oc_arena *arena, int64_t a, int64_t b, oc_store_changes *ret);

#endif
