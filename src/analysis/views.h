/* Three views of one date side by side: the model's (inside), what became of such announcements elsewhere (outside),
 * and what people say (voices). They are never averaged.
 *
 * All stand on the same days, the last of each month from as_of to the horizon, and all are on condition that it has
 * not happened by as_of. */
#ifndef OC_ANALYSIS_VIEWS_H
#define OC_ANALYSIS_VIEWS_H

#include "analysis/forecast.h"
#include "analysis/outside.h"
#include "analysis/voices.h"

typedef enum oc_view_kind { OC_VIEW_INSIDE, OC_VIEW_OUTSIDE, OC_VIEW_VOICES, OC_VIEW_COUNT } oc_view_kind;

/* "inside", "outside", "voices". */
const char *oc_view_word(oc_view_kind kind);

typedef struct oc_view {
    bool given;      /* false: the scenario has no such section for this stage, or nothing in it can be used */
    oc_curve curve;
    const double *low, *high; /* outside: band of 90 % on the same days, of what its few cases leave open; else NULL */
    oc_day p50;      /* OC_DAY_NONE: not by the horizon */
    double never;    /* share not by the horizon */
} oc_view;

typedef struct oc_view_gap {
    oc_view_kind first, second;
    oc_curve_gap gap;
} oc_view_gap;

typedef struct oc_views {
    size_t count;           /* days */
    const oc_day *day;
    oc_view view[OC_VIEW_COUNT];
    size_t given;           /* views that are */
    size_t gap_count;
    oc_view_gap gap[OC_VIEW_COUNT];
    oc_outside *outside;    /* NULL: no such section */
    bool announced_later;   /* its date was announced after as_of */
    bool overdue;           /* by the class it would have been done before as_of */
    oc_voices voices;
    oc_view voices_log;     /* the same voices pooled logarithmically; not among the views and their gaps */
} oc_views;

/* The outside view alone, which needs no run. */
typedef struct oc_outside_view {
    oc_slice stage;
    oc_outside *outside;  /* the rest as in oc_views */
    bool announced_later, overdue;
    oc_view view;
} oc_outside_view;

/* OC_INPUT with diagnostics in `diags` as oc_outside_read. */
oc_status oc_views_look_outside(oc_arena *arena, oc_diags *diags, const oc_model *model, oc_slice stage,
                                oc_outside_view *ret_view);

/* `stage` is the name of the stage that `inside` is about. `outside` is its outside view where that is known already,
 * else NULL. OC_INPUT with diagnostics as oc_outside_read. */
oc_status oc_views_make(oc_arena *arena, oc_model *model, oc_slice stage, const oc_date_answer *inside,
                        const oc_outside_view *outside, oc_views *ret_views);

/* P(done by the end of that day), linear between the days of the curve, 0 before as_of. */
double oc_view_by(const oc_view *view, oc_day day);
double oc_curve_by(const oc_curve *curve, oc_day day);

#endif
