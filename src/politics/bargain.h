/* Bargaining over the issues of a table: one call from inputs to everything that is shown.
 *
 *     oc_bargain_options options = oc_bargain_default(OC_MODEL_COMPROMISE, &table);
 *     oc_bargain_result result;
 *     oc_status status = oc_bargain_run(&arena, diags, &table, &options, NULL, &result);
 *
 * Specifications and sources of the models are in the headers of this folder; docs/manual/bargaining.md explains them
 * and says how good they are. All results are in the units of the issues' scales. Apart from ktab14, which keeps the
 * order of the file, actors are worked in the order of their names' bytes, so that the order of rows changes no bit. */
#ifndef OC_POLITICS_BARGAIN_H
#define OC_POLITICS_BARGAIN_H

#include "politics/challenge.h"
#include "politics/exchange.h"
#include "politics/ratify.h"
#include "politics/table.h"

typedef enum oc_bargain_model {
    OC_MODEL_COMPROMISE,     /* weighted mean */
    OC_MODEL_MEDIAN,         /* lower weighted median */
    OC_MODEL_NASH_COSTLY,    /* nash.h */
    OC_MODEL_NASH_SALIENCE,
    OC_MODEL_NASH_STATUS_QUO,
    OC_MODEL_NASH_KALAI,
    OC_MODEL_PCE,            /* expected position of the probabilistic Condorcet election */
    OC_MODEL_CHALLENGE,      /* the published numbers */
    OC_MODEL_CHALLENGE_TEXT, /* the printed equations */
    OC_MODEL_SMP,            /* spatial.h */
    OC_MODEL_EXCHANGE,       /* exchange.h */
    OC_MODEL_COUNT
} oc_bargain_model;

/* "compromise", "nash-status-quo" … */
const char *oc_bargain_model_name(oc_bargain_model model);
/* By name ("nash" is nash-costly, "mean" compromise, "eum" challenge); OC_MODEL_COUNT if unknown. */
oc_bargain_model oc_bargain_model_find(oc_slice name);

typedef enum oc_bargain_reading { OC_READ_MEAN, OC_READ_MEDIAN } oc_bargain_reading;

typedef struct oc_bargain_options {
    oc_bargain_model model;
    /* Iterated models. */
    int rounds;            /* played and listed; challenge 10, smp at most 100 or until settled, else 0 */
    int read_round;        /* the outcome is read after this round; challenge 1, smp the last (0) */
    oc_bargain_reading reading; /* of the positions after that round; challenge median, smp mean */
    oc_challenge_options challenge;
    oc_spatial_options spatial;
    /* The others. */
    double nash_cost;      /* of failure, nash-costly: in squared scales; 2 */
    double nash_margin;    /* nash-salience; 0.1 */
    oc_exchange_options exchange;
    /* Ratification as a filter over the outcome. */
    bool ratify;
    double quota;          /* share of a side's weight that must accept; 0.5 */
    double ratify_cost;    /* of no agreement, percent of the scale */
    /* Uncertainty. */
    size_t runs;           /* draws of the inputs; 0: none. Default 1,000 (smp 500), fewer for large tables */
    uint64_t seed;
    double noise_position; /* standard deviation, percent of the scale, of positions without a range of their own; 3 */
    double noise_weight;   /* of the logarithm of capabilities and saliences without a range; 0.1 */
    bool model_error;      /* widen by past errors; on */
    bool status_quo_mass;  /* give the status quo its mass; on */
    unsigned threads;      /* 1..16 */
    bool details;          /* keep matrices of intermediate numbers (at most 60 actors) */
} oc_bargain_options;

/* The defaults for a model and a table (KTAB's XML brings options, and then ktab14). */
oc_bargain_options oc_bargain_default(oc_bargain_model model, const oc_bargain_table *table);

/* Called from time to time from the calling thread; return true to stop (OC_CANCELLED). */
typedef struct oc_bargain_progress {
    bool (*report)(void *context, size_t done, size_t all);
    void *context;
} oc_bargain_progress;

typedef enum oc_because {
    OC_BECAUSE_CONFRONTATION, /* challenge: lost */
    OC_BECAUSE_COMPROMISE,    /* challenge: met on the way */
    OC_BECAUSE_CAPITULATION,  /* challenge-text: gave in */
    OC_BECAUSE_OWN_PROPOSAL,  /* smp: the bargain it had proposed won the vote */
    OC_BECAUSE_OTHERS_PROPOSAL, /* smp: so did one proposed to it */
    OC_BECAUSE_DEAL           /* exchange: gave this for something else */
} oc_because;
const char *oc_because_name(oc_because because); /* "confrontation" … */

typedef struct oc_bargain_move {
    uint32_t actor, issue, by;  /* `by`: conceded to */
    oc_because because;
    double from, to;
    double own, other;          /* challenge: expected utilities of challenging `by` and of being challenged */
    double probability;         /* challenge: of success; smp: of the accepted option in the vote */
    double gain;                /* smp: expected from the initiative; exchange: of the deal */
} oc_bargain_move;
typedef OC_VEC(oc_bargain_move) oc_bargain_moves;

typedef struct oc_bargain_round {
    double *position;     /* [actor * issues + issue] after the round; NAN where there is no stake */
    double *mean, *median;/* [issue] */
    oc_bargain_moves moves;
    double *probability;  /* smp: [actor] winning probability of its position after the round; else NULL */
    double *risk;         /* [actor * issues + issue] attitude (smp: first issue) or exponent (challenge); else NULL */
    /* With `details`, challenge: [issue][i * actors + j], NAN without stake; else NULL. */
    double **own, **other, **success;
} oc_bargain_round;

/* One actor on one issue. */
typedef struct oc_bargain_stake {
    bool present;
    double start, end;
    double weight;       /* capability times salience times right */
    double share;        /* of all weight */
    double loss;         /* |ideal - outcome|, units of the scale */
    double cost;         /* salience times loss, percent of the scale */
    double without;      /* outcome if this actor did not take part; NAN if none would be left or it was not asked */
    double probability;  /* pce: of its position; else NAN */
    /* What the outcome gains for one unit more; NAN where unknown. Position: units of outcome per unit of the scale;
     * capability: for one per cent more of it; salience: for one percentage point more. */
    double by_position, by_capability, by_salience;
    int side;            /* of the 50 % line, that is of the weighted median: -1 below, 0 on it, 1 above */
} oc_bargain_stake;

enum { OC_BARGAIN_LEVELS = 3 };
extern const double oc_bargain_levels[OC_BARGAIN_LEVELS]; /* 0.5, 0.8, 0.9 */

typedef struct oc_bargain_outcome {
    double outcome;                 /* the model's */
    double mean, median, median_upper, pce; /* always beside it; pce NAN above 100 actors */
    double spread;                  /* weighted standard deviation of the positions */
    double expected;                /* mean of the full distribution */
    double input_sd, mean_sd;       /* of the outcome and of the weighted mean over the draws */
    oc_interval input[OC_BARGAIN_LEVELS]; /* from uncertain inputs alone; NAN without draws */
    oc_interval full[OC_BARGAIN_LEVELS];  /* with model error and status quo */
    double *draws;                  /* [runs] outcomes */
    double weight;                  /* of all */
    double below, at, above;        /* shares of weight on the sides of the median */
    uint32_t pivot;                 /* the actor at the weighted median */
    size_t from_low, from_high; /* fewest actors, counted from that end of the scale, with more than half the weight */
    bool gridlock;                  /* Nash from the status quo: somebody prefers it */
    bool restless;                  /* the ensemble spreads more than three times as wide as the weighted mean's */
    /* Ratification. */
    double unratified;              /* outcome before it */
    oc_intervals zone;
    double ratifiable;              /* share of draws in which the zone is more than the status quo */
} oc_bargain_outcome;

typedef struct oc_win_set_of_side {
    oc_slice side;
    oc_intervals *sets; /* [issue] */
} oc_win_set_of_side;

typedef struct oc_bargain_result {
    const oc_bargain_table *table;
    oc_bargain_options options;
    oc_bargain_stake *stakes;       /* [actor * issues + issue] */
    oc_bargain_outcome *outcomes;   /* [issue] */
    double *first_probability;      /* smp: [actor] before the first round; else NULL */
    oc_bargain_round *rounds;
    size_t round_count;
    bool settled;                   /* smp: stopped by itself */
    oc_exchange_result exchange;    /* with that model; indices are the table's */
    oc_win_set_of_side *sides;
    size_t side_count;
    double *coalition, *victory;    /* pce with details, one issue: [a * actors + b]; else NULL */
    bool slopes;                    /* derivatives are slopes over the draws, not derivatives at a point */
} oc_bargain_result;

/* Computes everything for all issues of the table. What the model lacks (a status quo, a second issue …) is a
 * diagnostic and OC_INPUT. OC_CANCELLED when `progress` said so: the result then has fewer draws. */
oc_status oc_bargain_run(oc_arena *arena, oc_diags *diags, const oc_bargain_table *table,
                         const oc_bargain_options *options, const oc_bargain_progress *progress,
                         oc_bargain_result *ret);

/* The outcome on `issue` while one actor's position there goes from low to high in `steps` steps (outcome[steps + 1]):
 * the chart most asked for. */
oc_status oc_bargain_sweep(oc_arena *arena, oc_diags *diags, const oc_bargain_table *table,
                           const oc_bargain_options *options, size_t actor, size_t issue, size_t steps,
                           double *outcome);

#endif
