/* A quantity over time: what was observed, and in how many futures it lies where. */
#include <math.h>

#include "chart/canvas.h"

static void widen(oc_scale *y, double value)
{
    if (!isfinite(value)) return;
    if (value < y->from) y->from = value;
    if (value > y->to) y->to = value;
}

static void draw_band(oc_canvas *c, const oc_chart_fan *data, const oc_scale *x, const oc_scale *y, int which,
                      const char *class)
{
    size_t n = data->future_count;
    double *xs = OC_NEW_ARRAY(c->arena, 2 * n, double), *ys = OC_NEW_ARRAY(c->arena, 2 * n, double);
    for (size_t i = 0; i < n; i++) {
        const oc_chart_quantiles *q = &data->future[i];
        xs[i] = xs[2 * n - 1 - i] = oc_scale_at(x, (double)q->day);
        ys[i] = oc_scale_at(y, which == 0 ? q->q95 : which == 1 ? q->q90 : q->q75);
        ys[2 * n - 1 - i] = oc_scale_at(y, which == 0 ? q->q05 : which == 1 ? q->q10 : q->q25);
    }
    oc_canvas_path(c, class, xs, ys, 2 * n, true);
}

static void draw_points(oc_canvas *c, const oc_chart_point *points, size_t count, const oc_scale *x, const oc_scale *y,
                        const char *class)
{
    double *xs = OC_NEW_ARRAY(c->arena, count + 1, double), *ys = OC_NEW_ARRAY(c->arena, count + 1, double);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if ((double)points[i].day < x->from || (double)points[i].day > x->to) continue;
        xs[n] = oc_scale_at(x, (double)points[i].day);
        ys[n++] = oc_scale_at(y, points[i].value);
    }
    if (n) oc_canvas_path(c, class, xs, ys, n, false);
}

static const char *const line_classes[] = {"s2", "s3", "s4", "s5"};

/* What the bands hold at the right edge, and the names of the lines, moved apart. */
static void draw_labels(oc_canvas *c, const oc_chart_fan *data, const oc_scale *x, const oc_scale *y)
{
    const oc_chart_quantiles *end = &data->future[data->future_count - 1];
    double at[3] = {oc_scale_at(y, end->q95) + 4, oc_scale_at(y, end->q50) + 4, oc_scale_at(y, end->q05) + 4};
    oc_canvas_spread(at, 3, c->narrow ? 18 : 34, y->b + 6, y->a - 4);
    double values[3] = {end->q95, end->q50, end->q05};
    static const char *const keys[] = {"chart.band90-high", "chart.median", "chart.band90-low"};
    double left = x->b + 6, room = c->width - left;
    for (int i = 0; i < 3; i++) {
        oc_canvas_text(c, left, at[i], OC_START, "b", oc_words_number(c->arena, values[i], data->decimals));
        if (!c->narrow) oc_canvas_paragraph(c, left, at[i] + 15, OC_START, "m", oc_message(c->lang, keys[i]), room, 1);
    }
}

static void fan_table(oc_canvas *c, const oc_chart_fan *data)
{
    static const char *const heads[] = {"chart.date", "chart.median", "chart.band50", "chart.band80", "chart.band90"};
    oc_canvas_head(c, 5, heads);
    for (size_t i = 0; i < data->observed_count; i++) {
        oc_canvas_cell(c, oc_words_month(c->arena, c->lang, data->observed[i].day));
        oc_canvas_cell(
            c, oc_canvas_say(c, "chart.observed-value",
                             OC_ARGS(OC_T(oc_words_number(c->arena, data->observed[i].value, data->decimals)))));
        for (int k = 0; k < 3; k++) oc_canvas_cell(c, OC_SLICE(""));
    }
    size_t every = data->future_count / 24 + 1;
    for (size_t i = 0; i < data->future_count; i++) {
        if (i % every && i + 1 < data->future_count) continue;
        const oc_chart_quantiles *q = &data->future[i];
        oc_canvas_cell(c, oc_words_month(c->arena, c->lang, q->day));
        oc_canvas_cell(c, oc_words_number(c->arena, q->q50, data->decimals));
        const double pairs[3][2] = {{q->q25, q->q75}, {q->q10, q->q90}, {q->q05, q->q95}};
        for (int k = 0; k < 3; k++)
            oc_canvas_cell(c, oc_canvas_say(c, "words.range",
                                            OC_ARGS(OC_T(oc_words_number(c->arena, pairs[k][0], data->decimals)),
                                                    OC_T(oc_words_number(c->arena, pairs[k][1], data->decimals)))));
    }
}

/* Named lines as a legend under the plot. */
static double draw_line_names(oc_canvas *c, const oc_chart_fan *data, double y)
{
    for (size_t i = 0; i < data->line_count && i < 4; i++) {
        oc_canvas_line(c, 0, y - 4, 26, y - 4, line_classes[i]);
        size_t lines = oc_canvas_paragraph(c, 32, y, OC_START, "t", data->lines[i].label, c->width - 34, 2);
        y += 4 + (double)lines * OC_CANVAS_SIZE * OC_CANVAS_LEADING;
    }
    return y;
}

/* What the three shades hold. */
static double draw_key(oc_canvas *c, double y)
{
    static const char *const keys[] = {"chart.band50", "chart.band80", "chart.band90"};
    static const char *const classes[] = {"bd b1 ky", "bd b2 ky", "bd b3 ky"};
    oc_text boxes[3]; /* one over the other, as in the figure */
    for (int i = 0; i < 3; i++) boxes[i] = oc_text_in(c->arena);
    double x = 0;
    for (int i = 0; i < 3; i++) {
        oc_slice label = oc_message(c->lang, keys[i]);
        double width = 26 + oc_canvas_text_width("m", label);
        if (x + width > c->width) x = 0, y += 20;
        for (int k = 0; k < 3 - i; k++) oc_canvas_add_bar(&boxes[k], x, y - 11, 20, 12);
        oc_canvas_text(c, x + 26, y, OC_START, "m", label);
        x += width + 18;
    }
    for (int k = 0; k < 3; k++) oc_canvas_bars(c, &boxes[k], classes[k]);
    return y;
}

oc_chart oc_chart_draw_fan(oc_arena *arena, const oc_chart_fan *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    double top = 28, bottom = top + (c.narrow ? 180 : 230);
    const oc_chart_quantiles *end = &data->future[data->future_count - 1];
    oc_scale y = {end->q05, end->q95, bottom, top};
    for (size_t i = 0; i < data->future_count; i++) widen(&y, data->future[i].q05), widen(&y, data->future[i].q95);
    for (size_t i = 0; i < data->observed_count; i++) widen(&y, data->observed[i].value);
    for (size_t k = 0; k < data->line_count && k < 4; k++)
        for (size_t i = 0; i < data->lines[k].count; i++) widen(&y, data->lines[k].points[i].value);
    int decimals;
    double step = oc_canvas_step(y.from, y.to, 5, &decimals);
    y.from = floor(y.from / step) * step;
    y.to = ceil(y.to / step) * step;
    oc_day first = data->observed_count ? data->observed[0].day : data->future[0].day;
    oc_scale x = {(double)first, (double)end->day, c.narrow ? 34 : 42, c.width - (c.narrow ? 44 : 120)};
    oc_canvas_text(&c, 0, 12, OC_START, "m", data->unit);
    for (int i = 0; y.from + i * step <= y.to + step / 4; i++) {
        double value = y.from + i * step, at = oc_scale_at(&y, value);
        oc_canvas_line(&c, x.a, at, x.b, at, "gr");
        oc_canvas_text(&c, x.a - 6, at + 4, OC_END, "m", oc_words_number(arena, value, decimals));
    }
    oc_canvas_time_axis(&c, &x, bottom, bottom);
    draw_band(&c, data, &x, &y, 0, "bd b1");
    draw_band(&c, data, &x, &y, 1, "bd b2");
    draw_band(&c, data, &x, &y, 2, "bd b3");
    size_t n = data->future_count;
    oc_chart_point *median = OC_NEW_ARRAY(arena, n, oc_chart_point);
    for (size_t i = 0; i < n; i++) median[i] = (oc_chart_point){data->future[i].day, data->future[i].q50};
    draw_points(&c, median, n, &x, &y, "md");
    draw_points(&c, data->observed, data->observed_count, &x, &y, "ob");
    for (size_t k = 0; k < data->line_count && k < 4; k++)
        draw_points(&c, data->lines[k].points, data->lines[k].count, &x, &y, line_classes[k]);
    oc_canvas_rule(&c, oc_scale_at(&x, (double)data->future[0].day), top, bottom, oc_message(c.lang, "chart.today"));
    draw_labels(&c, data, &x, &y);
    fan_table(&c, data);
    double height = draw_key(&c, bottom + 46);
    if (data->line_count) height = draw_line_names(&c, data, height + 22);
    oc_slice finding = oc_canvas_say(&c, "chart.finding-fan",
                                     OC_ARGS(OC_T(oc_words_month(arena, c.lang, end->day)),
                                             OC_T(oc_words_number(arena, end->q05, data->decimals)),
                                             OC_T(oc_words_number(arena, end->q95, data->decimals)),
                                             OC_T(oc_words_number(arena, end->q50, data->decimals)), OC_T(data->unit)));
    return oc_canvas_finish(&c, &data->texts, finding, height + 12);
}
