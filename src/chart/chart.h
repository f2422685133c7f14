/* Figures: plain data in, SVG out.
 *
 * Every function is pure: the same struct and options give the same bytes. Texts in the structs are in the reader's
 * language already (options.lang); what the chart itself says comes from i18n/report.*.tsv. Nothing is invented: a
 * chart of no data is refused by its caller, not drawn.
 *
 * All charts accept slices of hostile text (they are escaped and cut) and up to the limits given with each struct;
 * what exceeds them is left out of the drawing, never of the table. Probabilities are in [0, 1]; days are oc_day.
 *
 * The result holds the picture, one sentence that says what it shows (also its accessible description), the same data
 * as a table, and the boxes of all texts for tests. Colours come from classes (oc_chart_css), with light and dark
 * palettes; shapes that must be told apart differ in pattern or line style too. */
#ifndef OC_CHART_CHART_H
#define OC_CHART_CHART_H

#include "base/message.h"
#include "base/vec.h"
#include "chart/words.h"

typedef struct oc_chart_options {
    oc_lang lang;
    bool narrow;     /* 328 units wide instead of 720: for telephones */
    bool standalone; /* with title, subtitle, footer and style inside: a file of its own */
    oc_slice id;     /* prefix of ids in the SVG; unique on the page; ASCII letters, digits, '-' */
} oc_chart_options;

/* Heading of a chart. An empty title is replaced by the chart's own finding. */
typedef struct oc_chart_texts {
    oc_slice title;    /* the finding, a sentence */
    oc_slice subtitle; /* what is plotted, and its unit */
    oc_slice footer;   /* source, number of futures, seed, date */
} oc_chart_texts;

typedef struct oc_chart_box {
    double x, y, w, h; /* of one line of text */
    oc_slice text;
} oc_chart_box;

typedef struct oc_chart_table {
    size_t columns;
    OC_VEC(oc_slice) cells; /* row by row; the first row holds the headers */
} oc_chart_table;

typedef struct oc_chart {
    oc_slice svg;
    oc_slice finding;
    oc_slice title;            /* texts.title, or the finding */
    oc_slice subtitle, footer; /* of the texts */
    oc_chart_table table;
    OC_VEC(oc_chart_box) boxes;
    double width, height;
} oc_chart;

/* Style of all charts: classes only, so that a page can allow it by its hash. */
extern const char oc_chart_css[];

/* What fills of more than one kind are hatched with, so that they differ without colour: <defs> that stand once on a
 * page, in an svg of class "chart"; a chart of its own brings them. */
extern const char oc_chart_hatches[];

/* A cumulative chance over time. `p` rises; the share that never happens within the horizon is 1 - p[count - 1]. */
typedef struct oc_chart_curve {
    oc_slice label;
    const oc_day *days;       /* rising */
    const double *p;          /* chance that it has happened by the end of that day */
    const double *low, *high; /* band of the inputs' uncertainty (5 % and 95 %); NULL: none */
    size_t count;             /* 1 .. 4096 */
} oc_chart_curve;

/* Value of a curve at a day (linear between points, 0 before the first), and the first day on which it reaches `p`
 * (OC_DAY_NONE if it does not within the horizon). */
double oc_chart_curve_at(const oc_chart_curve *curve, oc_day day);
oc_day oc_chart_curve_reaches(const oc_chart_curve *curve, double p);

/* When: cumulative chance, quantile dots, the bar of `never`. 50 dots wide, 20 narrow, at the quantiles (i - 0.5)/n. */
typedef struct oc_chart_cdf {
    oc_chart_texts texts;
    oc_chart_curve curve;
    oc_day as_of, horizon;
} oc_chart_cdf;
oc_chart oc_chart_draw_cdf(oc_arena *arena, const oc_chart_cdf *data, const oc_chart_options *options);

/* Up to three curves with the same axes: inside view, outside view, voices. */
typedef struct oc_chart_compare {
    oc_chart_texts texts;
    const oc_chart_curve *curves;
    size_t count; /* 1 .. 4 */
    oc_day as_of, horizon;
} oc_chart_compare;
oc_chart oc_chart_draw_compare(oc_arena *arena, const oc_chart_compare *data, const oc_chart_options *options);

/* The same curve under several named conditions, one small panel each; the first is the baseline, grey in the rest. */
typedef struct oc_chart_multiples {
    oc_chart_texts texts;
    const oc_chart_curve *curves;
    size_t count; /* 1 .. 9 */
    oc_day as_of, horizon;
} oc_chart_multiples;
oc_chart oc_chart_draw_multiples(oc_arena *arena, const oc_chart_multiples *data, const oc_chart_options *options);

/* Chance in a period if not happened before it. Periods with fewer than 50 futures at risk are not drawn. */
typedef struct oc_chart_hazard_bar {
    oc_day first, last;
    double p;
    int64_t at_risk;
} oc_chart_hazard_bar;
typedef struct oc_chart_hazard {
    oc_chart_texts texts;
    const oc_chart_hazard_bar *bars;
    size_t count; /* .. 200 */
    oc_day as_of, horizon;
} oc_chart_hazard;
oc_chart oc_chart_draw_hazard(oc_arena *arena, const oc_chart_hazard *data, const oc_chart_options *options);

/* A quantity over time: observed values, then median and bands. Bands hold 50, 80 and 90 of 100 futures. */
typedef struct oc_chart_point {
    oc_day day;
    double value;
} oc_chart_point;
typedef struct oc_chart_quantiles {
    oc_day day;
    double q05, q10, q25, q50, q75, q90, q95;
} oc_chart_quantiles;
typedef struct oc_chart_series {
    oc_slice label;
    const oc_chart_point *points;
    size_t count;
} oc_chart_series;
typedef struct oc_chart_fan {
    oc_chart_texts texts;
    oc_slice unit;
    const oc_chart_point *observed;
    size_t observed_count;
    const oc_chart_quantiles *future;
    size_t future_count;          /* 1 .. 1024 */
    const oc_chart_series *lines; /* plans and named scenarios, at most 4 */
    size_t line_count;
    int decimals; /* of values in labels, 0 .. 4 */
} oc_chart_fan;
oc_chart oc_chart_draw_fan(oc_arena *arena, const oc_chart_fan *data, const oc_chart_options *options);

/* What moves the answer: mean output in the lowest and highest tenth of each input. Sorted by the caller. */
typedef struct oc_chart_driver {
    oc_slice label;
    oc_slice low_value, high_value; /* the input's value there, with its unit */
    double low, high;               /* output (probability) */
    double error;                   /* standard error of either, 0 if unknown */
    double total;                   /* Sobol total index, negative if not computed */
} oc_chart_driver;
typedef struct oc_chart_tornado {
    oc_chart_texts texts;
    const oc_chart_driver *drivers; /* 10 are drawn */
    size_t count;
    double baseline;
} oc_chart_tornado;
oc_chart oc_chart_draw_tornado(oc_arena *arena, const oc_chart_tornado *data, const oc_chart_options *options);

/* Events by lane. */
typedef enum oc_chart_basis { OC_CHART_STATED, OC_CHART_READ, OC_CHART_ASSUMED } oc_chart_basis;
typedef struct oc_chart_event {
    oc_slice title;
    size_t lane;
    oc_day first, last;   /* the same for a day; the interval of a month or year otherwise */
    oc_chart_basis basis; /* filled, hollow, dashed */
    size_t disputes;      /* 1 + index of the event it contradicts; 0: none */
    int note;             /* number of its note on the page; 0: none */
} oc_chart_event;
typedef struct oc_chart_timeline {
    oc_chart_texts texts;
    const oc_slice *lanes;
    size_t lane_count; /* 1 .. 12 */
    const oc_chart_event *events;
    size_t count; /* 200 are drawn */
    oc_day today;
} oc_chart_timeline;
oc_chart oc_chart_draw_timeline(oc_arena *arena, const oc_chart_timeline *data, const oc_chart_options *options);

/* Stages and conditions: what is done, what is next, when the rest may be. */
typedef struct oc_chart_stage {
    oc_slice label;
    enum { OC_CHART_DONE, OC_CHART_OPEN, OC_CHART_LATER } state;
    oc_day done;          /* if done */
    oc_day q10, q50, q90; /* OC_DAY_NONE: not within the horizon */
    double never;         /* share not done by the horizon */
} oc_chart_stage;
typedef struct oc_chart_board {
    oc_chart_texts texts;
    const oc_chart_stage *stages;
    size_t stage_count; /* .. 40 */
    oc_day as_of, horizon;
} oc_chart_board;
oc_chart oc_chart_draw_board(oc_arena *arena, const oc_chart_board *data, const oc_chart_options *options);

/* In how many futures each condition is met at the end of each year. */
typedef struct oc_chart_condition {
    oc_slice label;
    const oc_day *days;
    const double *met; /* share of futures in which it is met on that day */
    size_t count;
} oc_chart_condition;
typedef struct oc_chart_conditions {
    oc_chart_texts texts;
    const oc_chart_condition *conditions;
    size_t count; /* .. 8 */
    oc_day as_of, horizon;
} oc_chart_conditions;
oc_chart oc_chart_draw_conditions(oc_arena *arena, const oc_chart_conditions *data, const oc_chart_options *options);

/* What stands in the way, by year: shares of the days of all futures; the rest to 1 is "done". */
typedef struct oc_chart_blockers {
    oc_chart_texts texts;
    const int *years;
    size_t year_count; /* .. 40 */
    const oc_slice *causes;
    size_t cause_count;  /* 5 are drawn apart, the rest together */
    const double *share; /* [year][cause] */
} oc_chart_blockers;
oc_chart oc_chart_draw_blockers(oc_arena *arena, const oc_chart_blockers *data, const oc_chart_options *options);

/* A chain of command: boxes in rows, arrows from the one who commands. */
typedef struct oc_chart_node {
    oc_slice label, detail;
    int row; /* 0 is the top */
} oc_chart_node;
typedef struct oc_chart_edge {
    size_t from, to;
    oc_slice label;
    oc_chart_basis basis;
} oc_chart_edge;
typedef struct oc_chart_command {
    oc_chart_texts texts;
    const oc_chart_node *nodes;
    size_t node_count; /* .. 24 */
    const oc_chart_edge *edges;
    size_t edge_count; /* .. 48 */
} oc_chart_command;
oc_chart oc_chart_draw_command(oc_arena *arena, const oc_chart_command *data, const oc_chart_options *options);

/* Positions of actors on a scale of 0 to 100: height is salience, area capability; outcome and status quo as rules. */
typedef struct oc_chart_position {
    oc_slice label;
    double position;   /* 0 .. 100 */
    double salience;   /* 0 .. 1 */
    double capability; /* 0 .. 1 */
} oc_chart_position;
typedef struct oc_chart_bargain {
    oc_chart_texts texts;
    oc_slice at_0, at_100; /* what the ends mean */
    const oc_chart_position *actors;
    size_t count;              /* .. 24 */
    double outcome, low, high; /* 0 .. 100; low == high: no interval */
    double status_quo;         /* negative: none */
} oc_chart_bargain;
oc_chart oc_chart_draw_bargain(oc_arena *arena, const oc_chart_bargain *data, const oc_chart_options *options);

/* Reliability: what was said against what came. */
typedef struct oc_chart_bin {
    double said, came; /* mean forecast, share that happened */
    double low, high;  /* interval of `came` */
    int count;
} oc_chart_bin;
typedef struct oc_chart_reliability {
    oc_chart_texts texts;
    const oc_chart_bin *bins;
    size_t count; /* .. 20 */
} oc_chart_reliability;
oc_chart oc_chart_draw_reliability(oc_arena *arena, const oc_chart_reliability *data, const oc_chart_options *options);

#endif
