/* A checked model as a program, and where its results are to be found.
 *
 *     oc_compiled *compiled = oc_compile(arena, model, &options);   // NULL with diagnostics
 *     oc_run(compiled->program, …)
 *
 * The compiler lays the calendar out as rows (ticks, occurrences, days on which something is recorded) and builds one
 * section for the start, for the tick, for each event, for each recorded day and for the end (design section 4 and 5).
 */
#ifndef OC_MODEL_COMPILE_H
#define OC_MODEL_COMPILE_H

#include "engine/program.h"
#include "model/carry.h"
#include "model/model.h"

enum { OC_MAX_NEEDS = 10, OC_VARIABLE_BINS = 64, OC_QUESTION_BINS = 2048 };

/* What a run-time check guards, for the message when it fails. */
typedef struct oc_check_place {
    enum { OC_CHECK_PROBABILITY, OC_CHECK_NUMBER, OC_CHECK_PARAMETER } kind;
    oc_span span;
    const oc_expr *expr;
} oc_check_place;

typedef enum oc_result_kind {
    OC_RESULT_NUMBER,   /* value slot */
    OC_RESULT_DATE,     /* counts of days from as_of to horizon, one more for never */
    OC_RESULT_TRUTH,    /* one count */
    OC_RESULT_CATEGORY  /* a count for each value */
} oc_result_kind;

/* Where a quantity's result is. */
typedef struct oc_result_place {
    oc_result_kind kind;
    uint32_t first;  /* first count, or value slot */
    oc_type type;
    bool constant_date; /* unused for others: a stage that is done */
    oc_day fixed;       /* DATE: the same known day in every future, also one before as_of; OC_DAY_NONE: it varies */
} oc_result_place;

/* A variable on a day. */
typedef struct oc_sample_place {
    oc_day day;
    oc_result_place place;
} oc_sample_place;

/* Reasons why a stage waits; codes of a blocker table: reasons of stage s begin at `first`. */
typedef enum oc_reason {
    OC_REASON_CALENDAR,
    OC_REASON_NOT_HELD,
    OC_REASON_EARLY,
    OC_REASON_CHANCE,
    OC_REASON_NEEDS
} oc_reason;
typedef struct oc_reason_place {
    uint32_t first; /* code of OC_REASON_CALENDAR; needs: OC_REASON_NEEDS - 1 + bits of the unmet needs */
    uint32_t codes;
} oc_reason_place;

typedef struct oc_blocker_place {
    uint32_t stage;        /* target */
    uint32_t first_count;  /* days: count[first_count + code * years + year] */
    uint32_t first_last;   /* futures without an answer on the day asked about, by the reason then in force */
} oc_blocker_place;

/* The constants between which the program keeps an input or the value a variable starts with: whoever sets both to a
 * value fixes it there, as --set does, while all else is drawn as before. */
typedef struct oc_bounds_place {
    uint32_t low, high; /* among the program's constants; UINT32_MAX: it is not adjustable, or nobody reads it */
} oc_bounds_place;

/* A look at a carried stage (oc_compile_options.carry): a section of its own, so that who runs the program can first
 * set the column `open`, the futures in which the stage may be waiting for this look, and then read what the look said.
 */
typedef struct oc_carried_look {
    uint32_t section, stage;
    bool tick;         /* the stage has no event */
} oc_carried_look;

/* States of a carried stage (indices into oc_compiled.columns). Its date (stage_states) is set by who runs the program,
 * before the last section. */
typedef struct oc_carried_place {
    uint32_t open;     /* mask, set before a look */
    uint32_t met;      /* mask: held, and every need is met; where open */
    uint32_t chance;   /* number: probability that the coin then falls right; where met */
    uint32_t day;      /* number: the day that would be recorded; known one section before the look */
    uint32_t takes;    /* number; UINT32_MAX: `fixed_takes` */
    double fixed_takes;
} oc_carried_place;

/* A number that can be changed in the program (model/parameters.h), and what it may be. */
typedef struct oc_parameter_place {
    oc_bounds_place bounds;
    double least, most;
    bool above;         /* `least` itself is not allowed */
} oc_parameter_place;

typedef struct oc_compiled {
    const oc_program *program;
    size_t size;
    oc_model *model;
    uint64_t digest;                      /* of program and inputs */
    oc_result_place *stages;              /* one a stage; constant_date where it is done */
    oc_result_place *questions;
    oc_day *sample_days;
    size_t sample_count;
    oc_result_place *samples;             /* [variable * sample_count + day] */
    oc_reason_place *reasons;             /* one a stage */
    uint32_t reason_codes;                /* in all; the last is "no longer waiting" */
    oc_blocker_place *blockers;
    size_t blocker_count;
    oc_day *blocker_years;                /* boundaries: as_of, each 1 January, and the day behind the last */
    size_t blocker_year_count;            /* intervals */
    OC_VEC(oc_check_place) checks;
    uint16_t *columns;                    /* column of each state, OC_NONE: dropped */
    const oc_slice *column_names;         /* of each state */
    size_t state_count;
    uint32_t *stage_states;               /* state of each stage's date; UINT32_MAX if done */
    uint32_t *variable_states;
    uint32_t *input_states;               /* UINT32_MAX: constant */
    double *input_constants;
    oc_bounds_place *bounds;              /* as oc_compile_options.adjustable; NULL unless asked for */
    uint32_t *question_states; /* state holding each question's value, for analyses that need futures one by one;
                                  UINT32_MAX: not kept */
    const oc_slice *section_names;
    const oc_slice *site_names;
    oc_parameter_place *parameters;
    size_t parameter_count;
    const oc_carry *carry;                /* NULL: all coins are drawn */
    const struct oc_bridge_ways *ways;    /* as oc_compile_options.ways */
    oc_carried_place *carried;            /* of each stage; those that are not carried are empty */
    OC_VEC(oc_carried_look) looks;        /* in order of sections */
} oc_compiled;

typedef struct oc_compile_options {
    oc_day blockers_by;     /* OC_DAY_NONE: the horizon */
    bool keep_questions; /* keep a column with each question's value, with each input, and with how long stages take */
    bool no_samples;        /* leave out the variables' samples */
    const bool
        *adjustable; /* of all inputs, then of all variables: kept between bounds that can be changed; numbers only */
    bool no_blockers;       /* leave out what stood in the way: oc_compiled.blocker_count is 0 */
    const oc_carry
        *carry; /* leave out the coins of these stages, as analysis/smooth.h needs it; without blockers. NULL: none */
    size_t parameter_count; /* of the model's marked numbers */
    const struct oc_bridge_ways *ways; /* of models that are compared with this one (model/bridge.h); NULL: none is */
    bool every_tick;        /* draw paths (model/bridge.h) at every tick, for who looks at variables from outside */
    bool plain;             /* leave programs as they come, for tests of what makes them shorter */
} oc_compile_options;

/* NULL when something cannot be compiled; diagnostics in model->diags. `options` may be NULL. */
oc_compiled *oc_compile(oc_arena *arena, oc_model *model, const oc_compile_options *options);

#endif
