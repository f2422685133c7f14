/* The report: one HTML file in three languages, made from results that are computed already.
 *
 * oc_report_input holds what is to be said. Every part is optional: a section without data is left out and named in the
 * list of what is not known (or says in one sentence that nothing was computed, if it was asked for by name); nothing
 * is ever made up in its place. All memory belongs to the caller and must outlive the call. The same input gives the
 * same bytes: no clock, no environment.
 *
 * All texts may be hostile; they are escaped, cut (titles at 300 characters, others as noted) and stripped of
 * bidirectional controls. Links are written only for http and https addresses.
 *
 *     oc_report_input input = {0};
 *     ... fill ...
 *     oc_slice html = oc_report_html(arena, &input, &(oc_report_options){.langs = OC_REPORT_ALL});
 *     oc_chart chart;
 *     if (oc_report_chart(arena, &input, "when", &(oc_chart_options){...}, &chart)) ... chart.svg ... */
#ifndef OC_REPORT_REPORT_H
#define OC_REPORT_REPORT_H

#include "chart/chart.h"

/* A text in several languages. A missing one is replaced by the English, then by any that is there. */
typedef struct oc_local {
    oc_slice in[OC_LANG_COUNT];
} oc_local;
oc_slice oc_local_in(const oc_local *text, oc_lang lang);

/* Indexes into oc_report_input.sources. */
typedef struct oc_report_refs {
    const size_t *at;
    size_t count;
} oc_report_refs;

/* A file of the scenario, and a line of it that names a source. */
typedef struct oc_report_file {
    oc_slice name;  /* without its folder */
    uint32_t first; /* line of scenario_text with which its text begins, from 1; 0: it is not shown */
} oc_report_file;
typedef struct oc_report_use {
    size_t file;   /* index into oc_report_input.files */
    uint32_t line; /* from 1 */
} oc_report_use;

typedef struct oc_report_source {
    oc_slice id; /* key in the scenario */
    oc_local title;
    oc_slice publisher, url, place; /* place in the document: page, paragraph */
    oc_day published, retrieved;    /* OC_DAY_NONE: unknown */
    oc_slice hash;                  /* of the archived copy */
    oc_slice quote, quote_lang;     /* original words and their language tag (BCP 47) */
    oc_local translation;           /* ours */
    oc_slice source_grade, claim_grade;
    oc_slice note;             /* what the scenario's author says about it */
    bool judgement;            /* an owned judgement, not a document */
    const oc_report_use *uses; /* in order of files and lines, each once */
    size_t use_count;
} oc_report_source;

typedef struct oc_report_curve {
    oc_local label;
    const oc_day *days;
    const double *p, *low, *high; /* as in oc_chart_curve */
    size_t count;
} oc_report_curve;

typedef struct oc_report_question {
    oc_slice id;
    oc_local title;
    double p, error;  /* Monte Carlo standard error; negative: unknown */
    double low, high; /* range over the inputs; low > high: not computed */
} oc_report_question;

typedef struct oc_report_stage {
    oc_local label;
    int state; /* oc_chart_stage: OC_CHART_DONE, OC_CHART_OPEN, OC_CHART_LATER */
    oc_day done, q10, q50, q90;
    double never;
    oc_report_refs refs;
} oc_report_stage;

typedef struct oc_report_condition {
    oc_local label;
    const oc_day *days;
    const double *met;
    size_t count;
    oc_report_refs refs;
} oc_report_condition;

typedef struct oc_report_blockers {
    const int *years;
    size_t year_count;
    const oc_local *causes;
    size_t cause_count;
    const double *share; /* [year][cause] */
} oc_report_blockers;

typedef struct oc_report_driver {
    oc_local label;
    oc_local low_value, high_value; /* with their unit */
    double low, high, error, total; /* as in oc_chart_driver */
    oc_report_refs refs;
} oc_report_driver;

/* A named set of changes and what it does to the answer, on the same futures. */
typedef struct oc_report_policy {
    oc_slice id;
    oc_report_curve curve;
    double p, difference, error; /* at the horizon: chance, change against the baseline, its standard error */
    const int32_t *firsts;       /* the main date in the first futures (oc_report_input.firsts); NULL: not told */
} oc_report_policy;

/* Futures that can be looked at one by one, and what their dates are where they are none. */
enum { OC_REPORT_FIRSTS = 50, OC_REPORT_NEVER = -1, OC_REPORT_LEFT_OUT = -2 };

/* An assumption that can be fixed in the page, alone or together with others; what is not fixed is drawn as ever. */
typedef struct oc_report_control {
    oc_slice path;            /* as in --set PATH=VALUE */
    oc_slice suffix;          /* behind the figure there: "mo", "%", "/yr"; empty: none */
    oc_local label, unit;     /* unit: behind the figure on the page; empty: none */
    double factor;            /* what the program reads is the figure times this */
    double from, to, step;    /* figures that can be chosen; from + k * step */
    double middle;            /* where the slider stands while the input is drawn: its median */
    double low, high;         /* 10 % and 90 % of the input's distribution, as figures; low > high: none */
    uint32_t low_at, high_at; /* the constants between which the program keeps it (model/compile.h) */
    oc_report_refs refs;
} oc_report_control;

typedef struct oc_report_holding {
    oc_local matter, holder, forces, state, instrument; /* state: armistice, war */
    oc_day from, to;                                    /* OC_DAY_NONE: open */
    double chance;                                      /* that it holds on that day; negative: certain by the record */
    oc_local disputed;                                  /* empty: nobody disputes it */
    oc_report_refs refs;
} oc_report_holding;

typedef struct oc_report_node {
    oc_local label, detail;
    int row;
} oc_report_node;
typedef struct oc_report_edge {
    size_t from, to;
    oc_local label;
    int basis; /* oc_chart_basis */
} oc_report_edge;
typedef struct oc_report_command {
    oc_local title;
    oc_day day; /* OC_DAY_NONE: after the event, whenever it comes */
    const oc_report_node *nodes;
    size_t node_count;
    const oc_report_edge *edges;
    size_t edge_count;
    const oc_report_holding *holdings;
    size_t holding_count;
} oc_report_command;

typedef struct oc_report_event {
    oc_local title, detail;
    size_t lane;
    oc_day first, last; /* the interval that the record's precision allows */
    int basis;          /* oc_chart_basis */
    size_t disputes;    /* 1 + index of the event it contradicts */
    oc_report_refs refs;
    const size_t *stages; /* that it is about, as the record names them: indexes into oc_report_input.stages */
    size_t stage_count;
} oc_report_event;

typedef struct oc_report_commitment {
    oc_local who, what, status;
    oc_day made, due;
    oc_report_refs refs;
} oc_report_commitment;

typedef struct oc_report_fan {
    oc_local title, unit;
    const oc_chart_point *observed;
    size_t observed_count;
    const oc_chart_quantiles *future;
    size_t future_count;
    const oc_chart_point *plan; /* a promised path, drawn as a line */
    size_t plan_count;
    oc_local plan_label;
    int decimals;
    oc_report_refs refs;
} oc_report_fan;

typedef struct oc_report_position {
    oc_local label;
    double position, salience, capability;
    oc_report_refs refs;
} oc_report_position;
typedef struct oc_report_bargain {
    oc_local title, at_0, at_100, model;
    const oc_report_position *actors;
    size_t count;
    double outcome, low, high, status_quo; /* as in oc_chart_bargain */
} oc_report_bargain;

typedef struct oc_report_voice {
    oc_local who, said;
    oc_day day; /* of the statement */
    oc_report_refs refs;
} oc_report_voice;

typedef struct oc_report_backtest {
    oc_local title;
    oc_day made;
    double said;      /* negative: a date was asked */
    int came;         /* 1, 0; -1: not known yet */
    double score;     /* Brier; negative: none */
    oc_day made_last; /* where the record gives only a month or a year: its last day; 0: `made` is the day */
} oc_report_backtest;

/* How the outside view would have done, leave-one-out: mean CRPS in months, smaller is better. */
typedef struct oc_report_track {
    size_t cases;               /* 0: not computed */
    double outside, announced;  /* of the outside view, and of "it will happen as announced" */
    double gain_low, gain_high; /* 90 % interval of announced - outside */
} oc_report_track;

typedef struct oc_report_remark {
    int kind; /* 0 left out, 1 assumed, 2 contested */
    oc_local text;
    oc_report_refs refs;
} oc_report_remark;

typedef struct oc_report_check {
    oc_local name;
    bool passed;
} oc_report_check;

typedef struct oc_report_run {
    oc_slice version, compiler, inputs_hash, digest;
    uint64_t seed;
    int64_t futures;          /* that count */
    int64_t drawn;            /* more than `futures` where news left some out */
    double monte_carlo_error; /* of the main answer, negative: unknown */
    oc_day made;              /* day on which the run was made; OC_DAY_NONE: not said */
    const oc_report_check *checks;
    size_t check_count;
    int64_t numbers, sourced, judged, bare; /* provenance of the scenario's literals */
} oc_report_run;

/* What the page needs to run the model itself; empty program: the page says that it stays static. */
typedef struct oc_report_engine {
    oc_slice wasm, program;
    uint32_t count_at;      /* counter of the main date on as_of (OC_OP_TALLY_DAY), one more for each day */
    uint64_t check_futures; /* futures that `check_digest` was made with (4096) */
    uint64_t check_digest;  /* oc_hash over the date's counters of that run, `never` included, as little-endian bytes */
    const oc_report_control *controls;
    size_t control_count;
    oc_slice sets, others; /* what the report was made with, as a file for `opcon whatif --with` has it: the lines below
                            * `set:`, and the sections `force` and `given` */
} oc_report_engine;

typedef struct oc_report_input {
    oc_slice scenario; /* name */
    oc_local title;    /* of the scenario */
    oc_local event;    /* what the main date is of, as a noun phrase */
    oc_day as_of, horizon;
    bool fixture;             /* the data are invented: said on every page */
    const oc_slice *settings; /* what was changed for this report, as options: "--set PATH=VALUE"; said at its head */
    size_t setting_count;

    oc_report_curve main; /* when; count 0: none */
    oc_day answer_by;     /* the day that the headline speaks of; OC_DAY_NONE: horizon */
    oc_local confidence, confidence_reason;
    const oc_chart_hazard_bar *hazard;
    size_t hazard_count;
    const oc_report_question *questions;
    size_t question_count;

    oc_report_curve outside, voices;
    size_t outside_cases, voice_count; /* cases fitted, statements pooled */
    size_t told_count;                 /* of the statements: accepted claims of the workspace */
    oc_report_refs told_refs;
    oc_day outside_target; /* end of the announced period that the outside view judges */
    oc_report_refs outside_refs;
    const oc_report_voice *statements;
    size_t statement_count;

    oc_report_blockers blockers;
    const oc_report_driver *drivers;
    size_t driver_count;
    int64_t driver_futures; /* futures that were compared; 0: not said */
    double first_order_sum; /* of Sobol indices; negative: not computed */
    const oc_report_policy *policies;
    size_t policy_count;
    const int32_t *firsts;    /* OC_REPORT_FIRSTS days since as_of of the baseline's first futures; NULL: not told */
    int64_t policy_futures;   /* futures of each comparison */
    size_t policies_left_out; /* that do not go together with what was set */

    oc_report_command now, after;

    const oc_local *lanes;
    size_t lane_count;
    const oc_report_event *events;
    size_t event_count;

    const oc_report_stage *stages;
    size_t stage_count;
    const oc_report_condition *conditions;
    size_t condition_count;
    int64_t condition_futures; /* futures behind them; 0: not said */

    const oc_report_commitment *commitments;
    size_t commitment_count;
    const oc_report_fan *fans;
    size_t fan_count;
    const oc_report_bargain *bargains;
    size_t bargain_count;

    const oc_chart_bin *bins;
    size_t bin_count;
    const oc_report_backtest *backtests;
    size_t backtest_count;
    oc_report_track track;
    const oc_report_backtest *kept; /* chances of kept runs of this scenario that are settled by now */
    size_t kept_count;
    size_t kept_runs, kept_open; /* kept runs of earlier days; chances of theirs that are open */

    const oc_report_remark *remarks;
    size_t remark_count;
    oc_slice scenario_text;
    const oc_report_file *files;
    size_t file_count;
    const oc_report_source *sources;
    size_t source_count;
    oc_report_run run;
    oc_report_engine engine;
} oc_report_input;

enum { OC_REPORT_EN = 1 << OC_LANG_EN, OC_REPORT_JA = 1 << OC_LANG_JA, OC_REPORT_KO = 1 << OC_LANG_KO };
#define OC_REPORT_ALL (OC_REPORT_EN | OC_REPORT_JA | OC_REPORT_KO)

/* Names of sections, in order: "answer" "when" "views" "blockers" "drivers" "scenarios" "command" "timeline" "stages"
 * "money" "bargain" "record" "unknown" "method" "text" "sources" "run". */
extern const char *const oc_report_sections[];
extern const size_t oc_report_section_count;
/* Index of a section, or SIZE_MAX. */
size_t oc_report_section_find(oc_slice name);

typedef struct oc_report_options {
    int langs;         /* a set of OC_REPORT_EN …; 0: all */
    oc_lang first;     /* shown before the reader chooses */
    uint64_t sections; /* bit i: section i; 0: all that have something to say */
} oc_report_options;

oc_slice oc_report_html(oc_arena *arena, const oc_report_input *input, const oc_report_options *options);

/* The engine as a WebAssembly module; empty if this build has none. */
oc_slice oc_report_module(void);

/* Names of charts: "when" "hazard" "views" "blockers" "drivers" "scenarios" "command-now" "command-after" "timeline"
 * "stages" "conditions" "money" "bargain" "record". */
extern const char *const oc_report_charts[];
extern const size_t oc_report_chart_count;
/* Draws one chart; `which` counts from 0 where there are several ("money", "bargain"). False if the input has no data
 * for it or no chart has this name. */
bool oc_report_chart(oc_arena *arena, const oc_report_input *input, const char *name, size_t which,
                     const oc_chart_options *options, oc_chart *ret_chart);

#endif
