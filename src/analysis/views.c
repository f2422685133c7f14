/* The three views of one date; see views.h. */
#include "analysis/views.h"

#include <math.h>

#include "base/file.h"

static const double LEVEL = 0.9;

const char *oc_view_word(oc_view_kind kind)
{
    static const char *const words[] = {"inside", "outside", "voices"};
    return words[kind];
}

static size_t lay_out_days(oc_arena *arena, const oc_model *m, const oc_day **ret_days)
{
    OC_VEC(oc_day) days = {0};
    oc_civil c = oc_civil_from_day(m->as_of);
    for (int month = c.year * 12 + c.month;; month++) {
        oc_day last = oc_day_from_civil(month / 12, month % 12 + 1, 1) - 1;
        if (last >= m->horizon) break;
        if (last > m->as_of) *oc_vec_push(arena, &days) = last;
    }
    *oc_vec_push(arena, &days) = m->horizon;
    *ret_days = days.at;
    return days.len;
}

double oc_view_by(const oc_view *view, oc_day day)
{
    return oc_curve_by(&view->curve, day);
}

double oc_curve_by(const oc_curve *c, oc_day day)
{
    if (!c->count || day < c->day[0]) return 0;
    size_t i = 0;
    while (i + 1 < c->count && c->day[i + 1] <= day) i++;
    if (i + 1 == c->count) return c->done[i];
    double part = (double)(day - c->day[i]) / (double)(c->day[i + 1] - c->day[i]);
    return c->done[i] + part * (c->done[i + 1] - c->done[i]);
}

static oc_view view_of(const oc_day *day, size_t count, const double *done)
{
    oc_view view = {
        .given = true, .curve = {day, done, count}, .p50 = OC_DAY_NONE, .never = 1 - done[count - 1]};
    for (size_t i = count; i-- > 0;)
        if (done[i] >= 0.5) view.p50 = day[i];
    return view;
}

static void take(oc_views *out, oc_view_kind kind, oc_view view)
{
    out->view[kind] = view;
    out->given++;
}

oc_status oc_views_look_outside(oc_arena *arena, oc_diags *diags, const oc_model *model, oc_slice stage,
                                oc_outside_view *ret_view)
{
    oc_outside_view *out = ret_view;
    *out = (oc_outside_view){.stage = stage};
    oc_status status = oc_outside_read(arena, diags, model->root, oc_path_folder(model->path), stage, model->as_of,
                                       &out->outside);
    if (status != OC_OK || !out->outside) return status;
    const oc_announced *a = &out->outside->announced;
    out->announced_later = a->announced != OC_DAY_NONE && a->announced > model->as_of;
    if (out->announced_later) return OC_OK;
    const oc_day *day;
    size_t count = lay_out_days(arena, model, &day);
    double *done = OC_NEW_ARRAY(arena, count, double);
    oc_class_curve(&out->outside->fit, a, day, count, done);
    out->overdue = isnan(done[count - 1]);
    if (out->overdue) return OC_OK;
    double *low = OC_NEW_ARRAY(arena, count, double), *high = OC_NEW_ARRAY(arena, count, double);
    oc_class_band(arena, &out->outside->fit, a, day, count, OC_CLASS_RESAMPLES, 1, LEVEL, low, high);
    out->view = view_of(day, count, done);
    out->view.low = low;
    out->view.high = high;
    return OC_OK;
}

/* Once more, if what is known is about another stage. */
static oc_status take_outside(oc_arena *arena, oc_model *m, oc_slice stage, const oc_outside_view *known, oc_views *out)
{
    oc_outside_view seen;
    oc_status status = OC_OK;
    if (known && oc_slice_equal(known->stage, stage)) seen = *known;
    else status = oc_views_look_outside(arena, m->diags, m, stage, &seen);
    if (status != OC_OK) return status;
    out->outside = seen.outside;
    out->announced_later = seen.announced_later;
    out->overdue = seen.overdue;
    if (seen.view.given) take(out, OC_VIEW_OUTSIDE, seen.view);
    return OC_OK;
}

static void compare(oc_views *out)
{
    for (int a = 0; a < OC_VIEW_COUNT; a++)
        for (int b = a + 1; b < OC_VIEW_COUNT; b++)
            if (out->view[a].given && out->view[b].given)
                out->gap[out->gap_count++] = (oc_view_gap){(oc_view_kind)a, (oc_view_kind)b,
                                                           oc_curve_compare(&out->view[a].curve, &out->view[b].curve)};
}

oc_status oc_views_make(oc_arena *arena, oc_model *model, oc_slice stage, const oc_date_answer *inside,
                        const oc_outside_view *outside, oc_views *ret_views)
{
    oc_views *out = ret_views;
    *out = (oc_views){0};
    out->count = lay_out_days(arena, model, &out->day);
    double *done = OC_NEW_ARRAY(arena, out->count, double);
    for (size_t i = 0; i < out->count; i++) done[i] = oc_date_by(inside, out->day[i]);
    take(out, OC_VIEW_INSIDE, view_of(out->day, out->count, done));
    oc_status status = take_outside(arena, model, stage, outside, out);
    if (status != OC_OK) return status;
    oc_voices_read(arena, model->root, stage, model->as_of, &out->voices);
    double *said = OC_NEW_ARRAY(arena, out->count, double), *agreed = OC_NEW_ARRAY(arena, out->count, double);
    oc_day as_of = model->as_of;
    if (oc_voices_curve(arena, &out->voices, OC_VOICES_LINEAR, as_of, out->day, out->count, said))
        take(out, OC_VIEW_VOICES, view_of(out->day, out->count, said));
    if (oc_voices_curve(arena, &out->voices, OC_VOICES_LOG, as_of, out->day, out->count, agreed))
        out->voices_log = view_of(out->day, out->count, agreed);
    compare(out);
    return OC_OK;
}
