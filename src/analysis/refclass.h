/* A reference class: what became of announced dates elsewhere, and what that says about one announced date.
 *
 * The table has one row a case. Needed columns: case, announced_target, actual_date, conditions_based (yes, no),
 * outcome (on_time early late not_completed pending overtaken no_target completed_date_unknown aggregate). Used if
 * present: unit, decided_on, kind (any word), target_level (own programme none overlap reset selected aggregate; own if
 * there is no such column), slip_months, slip_basis (dates to_revised_target reported_forecast). Others are kept out of
 * it. Dates are YYYY, YYYY-MM or YYYY-MM-DD and mean the whole period.
 *
 * A slip is months (of 30.4375 days) from the end of the announced period to the day it was done: 0 is on time,
 * negative early. What is known of it is an interval (analysis/survival.h): a done case whose date is known to the year
 * gives a year's interval; a case still open is not before the last day of which the table can speak. */
#ifndef OC_ANALYSIS_REFCLASS_H
#define OC_ANALYSIS_REFCLASS_H

#include "analysis/csv.h"
#include "analysis/survival.h"

typedef enum oc_case_use {
    OC_CASE_DONE,         /* used: when it was done is known */
    OC_CASE_OPEN,         /* used: not done so far, or dropped from sight while open */
    OC_CASE_BEFORE,       /* used: done, but only "before a day" is known */
    OC_CASE_NO_TARGET,    /* left out from here on: no announced date to be late against */
    OC_CASE_PROGRAMME,    /* only a date of the whole programme */
    OC_CASE_OVERLAP,      /* repeats another row, or is part of it */
    OC_CASE_RESET,        /* a later target of a case already listed */
    OC_CASE_SELECTED,     /* is in its source because it was late or early */
    OC_CASE_AGGREGATE,    /* several cases in one figure */
    OC_CASE_LATER,        /* announced after the day of the forecast */
    OC_CASE_EXCLUDED,     /* left out by the caller */
    OC_CASE_USE_COUNT
} oc_case_use;

/* Message key of a reason: "class.use.done" … */
const char *oc_case_use_key(oc_case_use use);

typedef struct oc_case {
    oc_slice name, unit;       /* columns case and unit */
    oc_slice kind;
    bool conditions_based;
    oc_day decided_first, decided_last; /* OC_DAY_NONE if not known */
    oc_day target_first, target_last;
    oc_day actual_first, actual_last;
    oc_case_use use;
    oc_observed slip;          /* of the used ones */
    size_t group;              /* of the used ones: index into oc_refclass.group */
    oc_span span;              /* of the row's first field */
} oc_case;

/* Cases of one kind, conditions-based or dated. */
typedef struct oc_class_group {
    oc_slice kind;
    bool conditions_based;
    size_t cases, done;
} oc_class_group;

typedef struct oc_refclass {
    oc_day as_of;              /* the last day of which the table can speak */
    size_t count;
    oc_case *at;               /* every row, used or not */
    size_t use[OC_CASE_USE_COUNT];
    size_t used;               /* done + open + before */
    size_t group_count;
    oc_class_group *group;     /* of used cases, in order of first appearance */
} oc_refclass;

/* More would be another kind of study, and take minutes. */
enum { OC_CLASS_MOST_CASES = 2000, OC_CLASS_MOST_GROUPS = 48 };

/* Reads a table. `as_of`: what happened later is not known (an older day gives what could have been said then);
 * OC_DAY_NONE takes the last day on which anything in the table was announced or done. Cases whose name is in
 * leave_out[] are excluded. OC_INPUT with diagnostics: those of oc_csv_read, E0946 missing column, E0947 not a date,
 * E0948 word not known, E0949 date before the announcement, E0950 not a number, E0954 too
 * many cases or groups; W0940 where slip_months is more than a
 * month and a half off the dates. */
oc_status oc_refclass_read(oc_arena *arena, oc_diags *diags, oc_slice name, oc_slice bytes, oc_day as_of,
                           const oc_slice *leave_out, size_t leave_out_count, oc_refclass *ret_class);

/* By what cases are grouped for partial pooling. */
typedef enum oc_grouping { OC_GROUP_BY_BOTH, OC_GROUP_BY_CONDITIONS, OC_GROUP_BY_KIND, OC_GROUPING_COUNT } oc_grouping;

/* What was fitted to the used cases. */
typedef struct oc_class_fit {
    const oc_refclass *class;
    size_t count;              /* used cases, in their order */
    const oc_observed *cases;
    double shift, window;      /* months; see oc_slip_model */
    oc_km km;                  /* all cases, 90 % */
    size_t fitted;             /* candidates, best first */
    oc_slip_fit fit[OC_SLIP_CANDIDATES];
    oc_grouping grouping;      /* the one with the largest marginal likelihood */
    const size_t *pool_group;  /* of each group of the class: its group in the pool */
    oc_slip_pool pool;         /* groups drawn towards fit[0]; count 0 if the groups could not be told apart */
} oc_class_fit;

/* `skip` (may be NULL) marks rows of the class that the fit must not see: for leave-one-out. The window is one month
 * before the announced period; the shift is the largest earliness seen plus a month, rounded up to whole years, at
 * least one. False if there are too few cases for any model: fewer than four, or fewer than two done. */
bool oc_class_fit_slips(oc_arena *arena, const oc_refclass *class, const bool *skip, oc_class_fit *ret_fit);

#define OC_CLASS_WHOLE SIZE_MAX

/* The group of a kind (text) and condition, or OC_CLASS_WHOLE if the class has none. */
size_t oc_class_find_group(const oc_refclass *class, oc_slice kind, bool conditions_based);

/* The model of a group of the class (partially pooled), or of the whole. */
const oc_slip_model *oc_class_model(const oc_class_fit *fit, size_t group);

/* A case to be judged: announced for target_first … target_last, not done by the end of `known`. */
typedef struct oc_announced {
    oc_day announced; /* OC_DAY_NONE: not known */
    oc_day target_first, target_last;
    oc_day known;     /* OC_DAY_NONE: the day it was announced */
    size_t group;     /* or OC_CLASS_WHOLE */
} oc_announced;

/* done[i] = P(done by the end of day[i] | not done by the end of `known`). With a group the group's model (partially
 * pooled), else that of all cases. NAN where the model says it must have been done already. */
void oc_class_curve(const oc_class_fit *fit, const oc_announced *announced, const oc_day *day, size_t count,
                    double *done);
/* So many resamples are enough for a band that people look at. */
enum { OC_CLASS_RESAMPLES = 200 };
/* Pointwise band of that curve: of a group from its parameters' covariance, of the whole by the bootstrap. */
void oc_class_band(oc_arena *arena, const oc_class_fit *fit, const oc_announced *announced, const oc_day *day,
                   size_t count, size_t resamples, uint64_t seed, double level, double *low, double *high);

/* Months from the end of a target to the end of a day. */
double oc_slip_of_day(oc_day day, oc_day target_last);

#endif
