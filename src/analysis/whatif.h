/* What-ifs: variants of a scenario on the same futures.
 *
 *     oc_bridge_ways ways = {0};
 *     oc_bridge_note(arena, &ways, base), oc_bridge_note(arena, &ways, changed);
 *     oc_variant variants[] = {{.compiled = oc_whatif_compile(arena, base, &ways)},
 *                              {.compiled = oc_whatif_compile(arena, changed, &ways)}};
 *     oc_whatif result;
 *     oc_status status = oc_whatif_run(arena, variants, 2, &options, &result);
 *     result.differences[1 * result.measure_count + m]        // variant 1 less the base, measure m
 *
 * Every batch of futures is run through the programs of all variants, one after another, and compared future by future.
 * Draws are addressed by record, day and future, so a record that a change does not touch draws the same; a change that
 * changes nothing gives differences of exactly 0 with errors of exactly 0. Counts and days are integers and sums of
 * numbers are joined in order of chunks: the result is the same to the bit for every number of threads. Memory does not
 * grow with the number of futures.
 *
 * Errors. An answer of a variant is a ratio: sum of g a / sum of g, with a the answer and g whether the future counts
 * (news leaves some out). The difference of two ratios on the same futures has the variance sum of z^2 with
 *     z = g1 (a1 - R1) / G1 - g0 (a0 - R0) / G0
 * per future, G the sum of g (linearisation; Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4). Without news
 * this is McNemar's variance for shares and the paired t variance for means. The error of a median follows from that of
 * the share below it, divided by the density there (Woodruff, JASA 47, 1952), taken over -+ half a percent of the
 * futures. */
#ifndef OC_ANALYSIS_WHATIF_H
#define OC_ANALYSIS_WHATIF_H

#include "analysis/measures.h"
#include "analysis/resample.h"
#include "model/bridge.h"
#include "run/run.h"

typedef struct oc_variant {
    oc_slice name;
    const oc_title *title;   /* NULL: none */
    oc_slice because;
    oc_span span;            /* where it is written, for messages; file 0: nowhere */
    oc_compiled *compiled;   /* by oc_whatif_compile; with news_count that of the variant whose futures it shares */
    size_t news_count; /* > 0: it differs by news alone from an earlier variant, `shares`, and counts the futures */
    const uint32_t *news;    /* of that one in which all these truths hold: states, by oc_whatif_compile_news */
    size_t shares;
} oc_variant;

/* What one variant says of a measure. What a kind does not have is NAN or OC_DAY_NONE. */
typedef struct oc_side {
    uint64_t futures;        /* that count; of a number, those with a finite value */
    double p, p_se;          /* truth: its share; date: share by the horizon */
    oc_day p10, p50, p90;    /* date; OC_DAY_NONE: beyond the horizon */
    double mean, mean_se;    /* number */
    double never;            /* number: share without a finite value */
} oc_side;

/* The variant less the base. The interval of estimates is that of 90 %. */
typedef struct oc_difference {
    uint64_t changed;        /* futures in which the answers differ, whether they count or not */
    oc_estimate p;           /* truth, date: of the shares */
    oc_estimate median;      /* date: days between the medians */
    oc_estimate later;       /* date: mean days later in the futures in which both come; NAN with news */
    uint64_t both;           /* date: futures in which both come and count */
    oc_estimate mean;        /* number */
} oc_difference;

typedef struct oc_whatif {
    const oc_variant *variants;
    size_t count;              /* the first is the base */
    size_t measure_count;
    oc_measure *measures;
    uint64_t futures;          /* that were run */
    uint64_t *counted;         /* of each variant: those that count */
    uint64_t *bit;             /* of each variant: futures in which any answer or date differs from the base's */
    oc_side *sides;            /* [variant * measure_count + measure] */
    oc_difference *differences;
    const struct oc_smooth *smooth; /* shares, medians and means are smoothed (analysis/smooth.h); NULL: none */
    size_t failed_variant;     /* when a check failed: in which */
    oc_run_failure failure;
    size_t other;              /* OC_USAGE: the variant whose question or stage is not of the base's kind */
    oc_slice other_name;
    double seconds;
    unsigned threads;
    oc_isa isa;
} oc_whatif;

/* Compiles for what-ifs: answers stay readable, what is not compared is left out. `ways` has noted all models that are
 * compared (model/bridge.h) and lives as long as what is compiled; NULL: nothing is compared. NULL with diagnostics. */
oc_compiled *oc_whatif_compile(oc_arena *arena, oc_model *model, const oc_bridge_ways *ways);
/* The same again with all variables at every tick, for who looks at them. */
oc_compiled *oc_whatif_compile_whole(oc_arena *arena, const oc_compiled *compiled);

/* The same for a model whose givens from `first` on are the news of several variants that share its program: they are
 * taken from the model and leave no future out; *ret_states has one state for each of them. */
oc_compiled *oc_whatif_compile_news(oc_arena *arena, oc_model *model, size_t first, const oc_bridge_ways *ways,
                                    uint32_t **ret_states);

/* Runs all variants. OC_OK; OC_CANCELLED with what was finished (whole chunks from the first on; 0 futures if none);
 * OC_INPUT if a check failed (ret->failure); OC_USAGE if a variant lacks a question of the base or answers it in
 * another kind (ret->other), or options are out of range; OC_NOMEM. site_seeds, sample_limit and chunks of `options`
 * are not used. */
oc_status oc_whatif_run(oc_arena *arena, const oc_variant *variants, size_t count, const oc_run_options *options,
                        oc_whatif *ret);

#endif
