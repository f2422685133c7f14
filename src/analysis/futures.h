/* Futures one by one: what was drawn in each, beside the answer to one question.
 *
 *     oc_model_load, oc_compile with keep_questions
 *     oc_asked asked;      oc_futures_main(compiled, &asked) or oc_futures_find(compiled, name, &asked)
 *     oc_futures_collect(arena, compiled, &asked, &options, &futures)   a table: one row a future, one column a factor
 *     oc_futures_sobol(arena, &futures, &options, OC_…, 0.9, &sobol)    runs of their own: pick-freeze
 *
 * Factors are what could be known: inputs, the values variables start with, how long stages take, and the categories
 * and truths that an event of the calendar sets (who has won the next election). Memory is rows * (factors + 2) doubles
 * and one engine a thread; more than OC_FUTURES_MOST_CELLS is refused. Rows are the same for every number of
 * threads. */
#ifndef OC_ANALYSIS_FUTURES_H
#define OC_ANALYSIS_FUTURES_H

#include "analysis/sobol.h"
#include "model/compile.h"
#include "run/run.h"

#define OC_FUTURES_MOST_CELLS (UINT64_C(1) << 26) /* half a gibibyte */

/* The answer as a number: a truth is 0 or 1, a number itself, a date whether it has come by `by`, or with `days` how
 * many days it takes from as_of, at most to the day behind `by`; a category whether it is `level`. */
typedef struct oc_asked {
    oc_slice name;
    const oc_title *title;
    oc_type type;
    oc_slice unit;
    uint32_t state;   /* UINT32_MAX: settled already (a stage that is done) */
    oc_day by;
    bool days;        /* of a date only */
    oc_day as_of;
    size_t level;
} oc_asked;

/* The last question about a date, else the last stage that is not done, else the last question, with the horizon as
 * `by` and the first category as `level`. False if the scenario asks nothing. */
bool oc_futures_main(const oc_compiled *compiled, oc_asked *ret_asked);
/* A question by its index in the model. */
oc_asked oc_futures_question(const oc_compiled *compiled, size_t question);
/* The question or stage of this name. */
bool oc_futures_find(const oc_compiled *compiled, oc_slice name, oc_asked *ret_asked);

typedef enum oc_factor_kind {
    OC_FACTOR_INPUT,
    OC_FACTOR_START, /* what a variable is on as_of, where that is drawn */
    OC_FACTOR_TAKES, /* how long a stage takes, where that is drawn: once a future */
    OC_FACTOR_LATER  /* a category or truth at the end of the day of an event that may change it */
} oc_factor_kind;

typedef struct oc_factor {
    oc_factor_kind kind;
    oc_slice name;
    const oc_title *title;
    oc_type type;
    oc_slice unit;
    const oc_event *event; /* LATER */
    oc_day day;            /* LATER */
    bool drawn;            /* has draws of its own, which pick-freeze can take from elsewhere */
    bool alone;            /* drawn, and of no other input or variable: shares of such factors add up */
    oc_column column;      /* a truth has the levels 0 and 1 */
    bool varies;
    size_t endless;        /* futures in which it is never (or no number): it cannot be ordered then */
    oc_slice address;      /* of its draws: "inputs.lag" */
    uint32_t state;
    uint32_t row;          /* LATER: behind which row of the schedule it is read */
} oc_factor;

typedef struct oc_futures {
    oc_compiled *compiled;
    oc_asked asked;
    size_t count;
    oc_factor *factor;
    size_t unused;         /* inputs and starts that no part of the model reads */
    size_t run;            /* futures that were run */
    size_t endless;        /* left out: the answer was never, or no number */
    size_t rows;           /* futures in the table: counted by `given`, answer a number */
    double *answer;
    bool varies;           /* whether the answer does */
    double mean, variance; /* of the answer */
    size_t hits;           /* futures in which it is not 0 */
    oc_run_failure failure;
} oc_futures;

/* `options`: runs, seed, threads, isa, progress, cancel are used. OC_OK; OC_INPUT if a check failed (ret->failure);
 * OC_CANCELLED with the futures that were finished (ret->run of them); OC_LIMIT if the table would be too large;
 * OC_USAGE as oc_run. */
oc_status oc_futures_collect(oc_arena *arena, oc_compiled *compiled, const oc_asked *asked,
                             const oc_run_options *options, oc_futures *ret_futures);

/* The largest number of runs that oc_futures_collect takes for this program. */
uint64_t oc_futures_most_runs(const oc_compiled *compiled);

/* Variance-based indices of the drawn factors and, last, of everything else (chance: what is drawn behind the first
 * day, as in ignorance.h): index[i] belongs to factor[which[i]], which[count - 1] is SIZE_MAX. Each needs options->runs
 * futures, two more for the samples themselves. What a site draws in the second sample is a function of another seed
 * made from options->seed (oc_batch.site_seeds). 1 - total of chance is the share of the variance that comes from not
 * knowing the factors: Var(E[Y | factors]) / V. */
typedef struct oc_futures_indices {
    oc_sobol sobol;
    size_t *which;
    size_t runs; /* in all */
    bool found;  /* false: the answer does not vary, or is never in some futures */
    oc_run_failure failure;
} oc_futures_indices;
oc_status oc_futures_sobol(oc_arena *arena, const oc_futures *futures, const oc_run_options *options,
                           oc_sobol_method method, double level, oc_futures_indices *ret_indices);

#endif
