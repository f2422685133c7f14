/* The three views for people and programs; see views_view.h. */
#include "cli/views_view.h"

#include <math.h>

#include "base/file.h"
#include "cli/forecast_view.h"
#include "cli/table.h"
#include "cli/workspace_voices.h"

enum { MOST_LISTED = 8 };

static const char *const names[OC_VIEW_COUNT] = {"views.inside", "views.outside", "views.voices"};
static const char *const short_names[OC_VIEW_COUNT] = {"views.inside-view", "views.outside-view", "views.the-voices"};

oc_status oc_views_of(oc_context *x, const oc_forecast *f, const oc_outside_view *outside, oc_views **ret_views)
{
    oc_slice name;
    const oc_title *title;
    const oc_date_answer *inside = oc_forecast_main(f, &name, &title);
    oc_model *m = f->compiled->model;
    *ret_views = NULL;
    if (!inside) return OC_OK;
    oc_told told = {.count = 0};
    oc_status status = OC_OK;
    /* A workspace that is only named, and made by keeping the run, has no claims yet. */
    if (oc_file_exists(oc_workspace_path(x).ptr)) status = oc_workspace_voices(x, m, name, &told);
    if (status != OC_OK || (!oc_node_get(m->root, "outside") && !oc_node_get(m->root, "voices"))) return status;
    oc_views *views = OC_NEW(x->arena, oc_views);
    status = oc_views_make(x->arena, m, name, inside, outside, views);
    views->voices.unusable += told.unusable;
    if (status == OC_OK && (views->outside || views->voices.count)) *ret_views = views;
    return status;
}

static oc_slice chance(oc_context *x, double p)
{
    if (p > 0 && p < 0.005) return OC_SLICE("<1 %");
    return oc_cell_percent(x, p);
}

/* Ends of years: next, in two, four, nine years, and the horizon. */
static size_t choose_days(const oc_model *m, oc_day days[5])
{
    static const int ahead[] = {1, 2, 4, 9};
    int year = oc_civil_from_day(m->as_of).year;
    size_t count = 0;
    for (size_t i = 0; i < 4; i++) {
        oc_day day = oc_day_from_civil(year + ahead[i] + 1, 1, 1) - 1;
        if (day < m->horizon) days[count++] = day;
    }
    days[count++] = m->horizon;
    return count;
}

static void print_band(oc_context *x, oc_columns *t, const oc_view *view, const oc_day *days, size_t count)
{
    oc_curve low = view->curve, high = view->curve;
    low.done = view->low;
    high.done = view->high;
    oc_columns_add(t, oc_message(x->lang, "views.band"));
    for (size_t i = 0; i < count; i++)
        oc_columns_add(t, oc_cell_percents(x, oc_curve_by(&low, days[i]), oc_curve_by(&high, days[i])));
    oc_columns_add(t, OC_SLICE(""));
}

static void print_table(oc_context *x, oc_text *out, const oc_views *views, const oc_model *m)
{
    oc_day days[5];
    size_t count = choose_days(m, days);
    char align[8] = "l";
    for (size_t i = 0; i < count + 1; i++) align[i + 1] = 'r';
    oc_columns t = oc_columns_of(x->arena, align);
    oc_columns_add(&t, oc_message(x->lang, "views.head"));
    for (size_t i = 0; i < count; i++)
        oc_columns_add(&t, oc_arena_printf(x->arena, "%d", oc_civil_from_day(days[i]).year));
    oc_columns_add(&t, oc_message(x->lang, "head.p50"));
    for (int k = 0; k < OC_VIEW_COUNT; k++) {
        const oc_view *view = &views->view[k];
        if (!view->given) continue;
        oc_columns_add(&t, oc_message(x->lang, names[k]));
        for (size_t i = 0; i < count; i++) oc_columns_add(&t, chance(x, oc_view_by(view, days[i])));
        oc_civil c = oc_civil_from_day(view->p50 == OC_DAY_NONE ? m->horizon : view->p50);
        oc_columns_add(&t, view->p50 == OC_DAY_NONE ? oc_message(x->lang, "date.beyond")
                                                    : oc_arena_printf(x->arena, "%04d-%02d", c.year, c.month));
        if (view->low) print_band(x, &t, view, days, count);
    }
    oc_columns_print(out, &t, x->width, x->colour);
}

static void print_gaps(oc_context *x, oc_text *out, const oc_views *views)
{
    for (size_t i = 0; i < views->gap_count; i++) {
        const oc_view_gap *g = &views->gap[i];
        const char *key = fabs(g->gap.shift) < OC_DAYS_PER_MONTH ? "views.gap"
                          : g->gap.shift > 0                      ? "views.gap-later"
                                                                  : "views.gap-earlier";
        oc_add_line(x, out,
                    oc_say(x->arena, x->lang, key,
                           OC_ARGS(OC_M(short_names[g->first]), OC_M(short_names[g->second]),
                                   OC_T(oc_cell_number(x, g->gap.area / OC_DAYS_PER_MONTH, 0)),
                                   OC_T(oc_cell_number(x, 100 * g->gap.largest, 0)), OC_D(g->gap.day))));
    }
}

/* Which voices are claims of the workspace. */
static void print_told(oc_context *x, oc_text *out, const oc_voices *v)
{
    oc_text claims = oc_text_in(x->arena);
    size_t count = 0;
    for (size_t i = 0; i < v->count; i++) {
        int64_t claim = oc_voice_claim(v->name[i]);
        if (!claim) continue;
        if (count < MOST_LISTED) oc_text_printf(&claims, "%s#%lld", count ? ", " : "", (long long)claim);
        else if (count == MOST_LISTED) oc_text_lit(&claims, " …");
        count++;
    }
    if (!count) return;
    oc_add_line(x, out, oc_say(x->arena, x->lang, "views.workspace",
                            OC_ARGS(OC_I(count), OC_T(oc_workspace_path(x)), OC_T(oc_text_slice(&claims)))));
}

/* What the voices have in common, if there is more than one. */
static void print_agreed(oc_context *x, oc_text *out, const oc_views *views, const oc_model *m)
{
    const oc_view *view = &views->voices_log;
    if (!view->given || views->voices.count < 2) return;
    oc_civil c = oc_civil_from_day(view->p50 == OC_DAY_NONE ? m->horizon : view->p50);
    oc_slice middle = view->p50 == OC_DAY_NONE ? oc_message(x->lang, "date.beyond")
                                               : oc_arena_printf(x->arena, "%04d-%02d", c.year, c.month);
    oc_add_message(x, out, "views.log-pool",
                   OC_ARGS(OC_T(middle), OC_T(chance(x, 1 - view->never)), OC_D(m->horizon)));
}

void oc_views_text(oc_context *x, oc_text *out, const oc_views *views, const oc_model *model)
{
    const oc_voices *v = &views->voices;
    oc_text_byte(out, '\n');
    oc_add_line(x, out, oc_message(x->lang, "views.title"));
    print_table(x, out, views, model);
    print_gaps(x, out, views);
    if (views->announced_later) oc_add_line(x, out, oc_message(x->lang, "views.announced-later"));
    if (views->overdue) oc_add_line(x, out, oc_message(x->lang, "views.overdue"));
    if (views->outside)
        oc_add_line(x, out, oc_say(x->arena, x->lang, "views.class", OC_ARGS(OC_I(views->outside->class.used))));
    size_t out_count = v->later + v->resolved + v->lapsed + v->unusable;
    if (v->count || out_count)
        oc_add_line(x, out,
                    oc_say(x->arena, x->lang, "views.said",
                           OC_ARGS(OC_I(v->count), OC_I(v->speakers), OC_I(v->resolved), OC_I(v->lapsed),
                                   OC_I(v->later), OC_I(v->unusable))));
    print_told(x, out, v);
    print_agreed(x, out, views, model);
}

static void json_told(oc_json *json, const oc_voices *v)
{
    size_t count = 0;
    for (size_t i = 0; i < v->count; i++) {
        int64_t claim = oc_voice_claim(v->name[i]);
        const oc_pool_voice *voice = &v->at[i];
        if (!claim) continue;
        if (!count++) oc_json_list(json, "workspace");
        oc_json_row_object(json, NULL);
        oc_json_integer(json, "claim", claim);
        oc_json_text(json, "voice", v->name[i]);
        oc_json_text(json, "from", v->from[i]);
        oc_json_text(json, "speaker", voice->speaker);
        oc_json_text(json, "modality", oc_slice_of(oc_firmness_name(voice->firmness)));
        oc_json_day(json, "said", voice->said);
        oc_json_day(json, "first", voice->first);
        oc_json_day(json, "last", voice->last);
        oc_json_end(json);
    }
    if (count) oc_json_end(json);
}

static void json_band(oc_json *json, const oc_view *view)
{
    oc_json_object(json, "band");
    oc_json_number(json, "level", 0.9);
    oc_json_list(json, "points");
    for (size_t i = 0; i < view->curve.count; i++) {
        oc_json_row(json, NULL);
        oc_json_day(json, NULL, view->curve.day[i]);
        oc_json_number(json, NULL, view->low[i]);
        oc_json_number(json, NULL, view->high[i]);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_end(json);
}

static void json_curve(oc_json *json, const oc_view *view)
{
    oc_json_list(json, "cdf");
    for (size_t i = 0; i < view->curve.count; i++) {
        oc_json_row(json, NULL);
        oc_json_day(json, NULL, view->curve.day[i]);
        oc_json_number(json, NULL, view->curve.done[i]);
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void json_log_pool(oc_json *json, const oc_view *view)
{
    oc_json_object(json, "log_pool");
    oc_json_day(json, "p50", view->p50);
    oc_json_number(json, "never", view->never);
    json_curve(json, view);
    oc_json_end(json);
}

static void json_view(oc_json *json, const oc_views *views, oc_view_kind kind)
{
    const oc_view *view = &views->view[kind];
    oc_json_object(json, oc_view_word(kind));
    oc_json_day(json, "p50", view->p50);
    oc_json_number(json, "never", view->never);
    if (kind == OC_VIEW_OUTSIDE) {
        oc_json_unsigned(json, "cases", views->outside->class.used);
        oc_json_day(json, "announced", views->outside->announced.announced);
        oc_json_day(json, "target_first", views->outside->announced.target_first);
        oc_json_day(json, "target_last", views->outside->announced.target_last);
    }
    if (kind == OC_VIEW_VOICES) {
        const oc_voices *v = &views->voices;
        oc_json_unsigned(json, "statements", v->count);
        oc_json_unsigned(json, "speakers", v->speakers);
        oc_json_unsigned(json, "resolved", v->resolved);
        oc_json_unsigned(json, "lapsed", v->lapsed);
        oc_json_unsigned(json, "later", v->later);
        oc_json_unsigned(json, "unusable", v->unusable);
        oc_json_row_object(json, "weights");
        for (size_t i = 0; i < v->count; i++) oc_json_number_named(json, v->name[i], v->weight[i]);
        oc_json_end(json);
        json_told(json, v);
    }
    json_curve(json, view);
    if (kind == OC_VIEW_VOICES && views->voices_log.given) json_log_pool(json, &views->voices_log);
    if (view->low) json_band(json, view);
    oc_json_end(json);
}

void oc_views_json(oc_json *json, const oc_views *views)
{
    oc_json_object(json, "views");
    for (int k = 0; k < OC_VIEW_COUNT; k++)
        if (views->view[k].given) json_view(json, views, (oc_view_kind)k);
    oc_json_list(json, "distances");
    for (size_t i = 0; i < views->gap_count; i++) {
        const oc_view_gap *g = &views->gap[i];
        oc_json_row_object(json, NULL);
        oc_json_text(json, "from", oc_slice_of(oc_view_word(g->first)));
        oc_json_text(json, "to", oc_slice_of(oc_view_word(g->second)));
        oc_json_number(json, "area_days", g->gap.area);
        oc_json_number(json, "shift_days", g->gap.shift);
        oc_json_number(json, "largest", g->gap.largest);
        oc_json_day(json, "on", g->gap.day);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_end(json);
}
