/* Charts of "when": one curve with its dots, several curves on the same axes, and small multiples.
 *
 * Worked example: a curve of (2026-01-01, 0), (2028-01-01, 0.5), (2030-01-01, 0.6) is 0.25 on 2027-01-01 and reaches
 * 0.5 on 2028-01-01; of 50 dots at (i - 0.5)/50, 30 have dates (0.01 .. 0.59) and 20 stand in the column of `never`. */
#include <math.h>

#include "chart/canvas.h"

double oc_chart_curve_at(const oc_chart_curve *curve, oc_day day)
{
    if (!curve->count || day < curve->days[0]) return 0;
    for (size_t i = 1; i < curve->count; i++) {
        if (curve->days[i] < day) continue;
        double run = (double)(curve->days[i] - curve->days[i - 1]);
        double share = run > 0 ? (double)(day - curve->days[i - 1]) / run : 1;
        return curve->p[i - 1] + (curve->p[i] - curve->p[i - 1]) * share;
    }
    return curve->p[curve->count - 1];
}

oc_day oc_chart_curve_reaches(const oc_chart_curve *curve, double p)
{
    for (size_t i = 0; i < curve->count; i++) {
        if (curve->p[i] < p) continue;
        if (i == 0) return curve->days[0];
        double rise = curve->p[i] - curve->p[i - 1];
        double share = rise > 0 ? (p - curve->p[i - 1]) / rise : 1;
        return curve->days[i - 1] + (oc_day)ceil(share * (double)(curve->days[i] - curve->days[i - 1]));
    }
    return OC_DAY_NONE;
}

static double last_of(const oc_chart_curve *curve)
{
    return curve->count ? curve->p[curve->count - 1] : 0;
}

static double value_at(const oc_chart_curve *curve, const double *values, oc_day day)
{
    oc_chart_curve other = *curve;
    other.p = values;
    return oc_chart_curve_at(&other, day);
}

static void draw_curve(oc_canvas *canvas, const oc_chart_curve *curve, const oc_scale *x, const oc_scale *y,
                       const char *class)
{
    double *xs = OC_NEW_ARRAY(canvas->arena, curve->count + 1, double);
    double *ys = OC_NEW_ARRAY(canvas->arena, curve->count + 1, double);
    for (size_t i = 0; i < curve->count; i++) {
        double day = (double)curve->days[i];
        xs[i] = oc_scale_at(x, day < x->from ? x->from : day > x->to ? x->to : day);
        ys[i] = oc_scale_at(y, curve->p[i]);
    }
    oc_canvas_path(canvas, class, xs, ys, curve->count, false);
}

static void draw_band(oc_canvas *canvas, const oc_chart_curve *curve, const oc_scale *x, const oc_scale *y,
                      const char *class)
{
    if (!curve->low || !curve->high) return;
    size_t n = curve->count;
    double *xs = OC_NEW_ARRAY(canvas->arena, 2 * n, double), *ys = OC_NEW_ARRAY(canvas->arena, 2 * n, double);
    for (size_t i = 0; i < n; i++) {
        double day = (double)curve->days[i];
        xs[i] = xs[2 * n - 1 - i] = oc_scale_at(x, day < x->from ? x->from : day > x->to ? x->to : day);
        ys[i] = oc_scale_at(y, curve->high[i]);
        ys[2 * n - 1 - i] = oc_scale_at(y, curve->low[i]);
    }
    oc_canvas_path(canvas, class, xs, ys, 2 * n, true);
}

static void add_plot_attribute(oc_canvas *canvas, const oc_scale *x, const oc_scale *y)
{
    oc_text_printf(&canvas->attributes, " data-plot=\"%.0f %.0f %.0f %.0f %.0f %.0f\"", x->a, x->b, y->a, y->b, x->from,
                   x->to);
}

/* Diagonal strokes, the pattern of `never`: drawn as lines, since a pattern needs an id and a url. */
static void draw_hatched(oc_canvas *canvas, double x, double y, double w, double h)
{
    oc_canvas_rect(canvas, x, y, w, h, "nb nv");
    for (double at = y + 5; at < y + h + w; at += 6) {
        double x1 = x, y1 = at, x2 = x + w, y2 = at - w;
        if (y1 > y + h) x1 += y1 - (y + h), y1 = y + h;
        if (y2 < y) x2 -= y - y2, y2 = y;
        if (x2 > x1) oc_canvas_line(canvas, x1, y1, x2, y2, "ht");
    }
}

static void label_point(oc_canvas *canvas, double x, double y, oc_slice text)
{
    oc_canvas_circle(canvas, x, y, 3.5, "bx");
    oc_canvas_obstacle(canvas, x - 4, y - 4, 8, 8);
    static const double dx[] = {-7, -7, -7, 8, 8, 0, 8, -7}, dy[] = {-6, -20, -36, 16, 30, -24, 4, -52};
    static const oc_anchor anchors[] = {OC_END, OC_END, OC_END, OC_START, OC_START, OC_MIDDLE, OC_START, OC_END};
    for (size_t i = 0; i < 8; i++)
        if (oc_canvas_text_if_free(canvas, x + dx[i], y + dy[i], anchors[i], "b", text)) return;
}

/* Months whose chance is printed at the curve: one year on, the first of January after three and six years. */
static void label_curve(oc_canvas *canvas, const oc_chart_cdf *data, const oc_scale *x, const oc_scale *y)
{
    oc_civil start = oc_civil_from_day(data->as_of);
    for (int i = 0; i < 3; i++) {
        int year = start.year + (i == 0 ? 1 : i * 3);
        oc_day day = i == 0 ? oc_day_from_civil(year, start.month, 1) : oc_day_from_civil(year, 12, 31);
        if (day >= data->horizon - 200 || (canvas->narrow && i == 0)) continue;
        double p = oc_chart_curve_at(&data->curve, day);
        if (p < 0.02) continue;
        oc_text count = oc_text_in(canvas->arena);
        oc_words_count(&count, p);
        const char *key = canvas->narrow ? "chart.by-short" : "chart.by";
        oc_slice when =
            i == 0 ? oc_words_month(canvas->arena, canvas->lang, day) : oc_words_year(canvas->arena, canvas->lang, day);
        label_point(canvas, oc_scale_at(x, (double)day), oc_scale_at(y, p),
                    oc_canvas_say(canvas, key, OC_ARGS(OC_T(when), OC_T(oc_text_slice(&count)))));
    }
}

enum { MAX_DOTS = 50 };

/* Stacks the dots in columns of their own diameter; the diameter shrinks until the highest column fits. */
static void draw_dots(oc_canvas *canvas, const oc_chart_cdf *data, const oc_scale *x, double bottom, double height,
                      double never_x)
{
    int total = canvas->narrow ? 20 : MAX_DOTS, column[MAX_DOTS], level[MAX_DOTS], dated = 0, highest = 0;
    double pitch = canvas->narrow ? 10 : 11;
    oc_day days[MAX_DOTS];
    for (int i = 0; i < total; i++) {
        oc_day day = oc_chart_curve_reaches(&data->curve, (i + 0.5) / total);
        if (day == OC_DAY_NONE || day > data->horizon) break;
        days[dated++] = day;
    }
    for (;; pitch -= 0.5) {
        highest = 0;
        for (int i = 0; i < dated; i++) {
            column[i] = (int)floor((oc_scale_at(x, (double)days[i]) - x->a) / pitch);
            level[i] = i && column[i] == column[i - 1] ? level[i - 1] + 1 : 0;
            if (level[i] > highest) highest = level[i];
        }
        if ((highest + 1) * pitch <= height || pitch <= 3) break;
    }
    for (int i = 0; i < dated; i++)
        oc_canvas_circle(canvas, x->a + (column[i] + 0.5) * pitch, bottom - (level[i] + 0.5) * pitch, pitch / 2 - 0.75,
                         "f1 d");
    int per_row = (int)((canvas->width - never_x) / pitch);
    int rows = (int)(height / pitch);
    if (per_row < 1) per_row = 1;
    for (int i = 0; i < total - dated; i++) {
        int row = rows > 0 ? i % rows : 0, at = rows > 0 ? i / rows : i;
        if (at >= per_row) break;
        oc_canvas_circle(canvas, never_x + (at + 0.5) * pitch, bottom - (row + 0.5) * pitch, pitch / 2 - 0.9, "hl d");
    }
}

static oc_slice curve_finding(oc_canvas *canvas, const oc_chart_curve *curve, oc_day horizon)
{
    oc_day median = oc_chart_curve_reaches(curve, 0.5);
    oc_slice by_end = oc_words_say_frequency(canvas->arena, canvas->lang, last_of(curve));
    oc_slice never = oc_words_say_frequency(canvas->arena, canvas->lang, 1 - last_of(curve));
    oc_slice end = oc_words_day(canvas->arena, canvas->lang, horizon);
    if (median == OC_DAY_NONE || median > horizon)
        return oc_canvas_say(canvas, "chart.finding-late", OC_ARGS(OC_T(end), OC_T(by_end), OC_T(never)));
    return oc_canvas_say(
        canvas, "chart.finding-when",
        OC_ARGS(OC_T(oc_words_month(canvas->arena, canvas->lang, median)), OC_T(end), OC_T(by_end), OC_T(never)));
}

/* One row for each year: the chance by its end. */
static void curve_table(oc_canvas *canvas, const oc_chart_curve *curves, size_t count, oc_day as_of, oc_day horizon)
{
    bool band = count == 1 && curves[0].low && curves[0].high;
    canvas->table.columns = 1 + count + (band ? 1 : 0);
    oc_canvas_cell(canvas, oc_message(canvas->lang, "chart.by-date"));
    for (size_t i = 0; i < count; i++)
        oc_canvas_cell(canvas,
                       count == 1 || !curves[i].label.len ? oc_message(canvas->lang, "chart.of-100") : curves[i].label);
    if (band) oc_canvas_cell(canvas, oc_message(canvas->lang, "chart.range90"));
    int first = oc_civil_from_day(as_of).year, last = oc_civil_from_day(horizon).year;
    for (int year = first; year <= last && year - first < 60; year++) {
        oc_day day = oc_day_from_civil(year, 12, 31);
        if (day > horizon) day = horizon;
        oc_canvas_cell(canvas, oc_words_day(canvas->arena, canvas->lang, day));
        for (size_t i = 0; i < count; i++) {
            oc_text cell = oc_text_in(canvas->arena);
            oc_words_count(&cell, oc_chart_curve_at(&curves[i], day));
            oc_canvas_cell(canvas, oc_text_slice(&cell));
        }
        if (band)
            oc_canvas_cell(canvas, oc_words_count_range(canvas->arena, canvas->lang, value_at(curves, curves->low, day),
                                                        value_at(curves, curves->high, day)));
    }
    oc_canvas_cell(canvas, oc_message(canvas->lang, "chart.never"));
    for (size_t i = 0; i < count; i++) {
        oc_text cell = oc_text_in(canvas->arena);
        oc_words_count(&cell, 1 - last_of(&curves[i]));
        oc_canvas_cell(canvas, oc_text_slice(&cell));
    }
    if (band) oc_canvas_cell(canvas, OC_SLICE(""));
}

oc_chart oc_chart_draw_cdf(oc_arena *arena, const oc_chart_cdf *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    double side = c.narrow ? 76 : 134, top = 26, bottom = top + (c.narrow ? 190 : 250);
    oc_scale x = {(double)data->as_of, (double)data->horizon, c.narrow ? 30 : 38, c.width - side};
    oc_scale y = {0, 1, bottom, top};
    add_plot_attribute(&c, &x, &y);
    oc_canvas_text(&c, 0, 12, OC_START, "m", oc_message(c.lang, "chart.axis-runs"));
    oc_canvas_runs_axis(&c, &y, x.a, x.b, 20);
    oc_canvas_time_axis(&c, &x, bottom, top);
    oc_canvas_line(&c, x.b, bottom, x.b, top, "ru");
    draw_band(&c, &data->curve, &x, &y, "bd");
    draw_curve(&c, &data->curve, &x, &y, "s1 main");

    double end = oc_scale_at(&y, last_of(&data->curve)), bar = c.narrow ? 12 : 18, bar_x = x.b + 8;
    draw_hatched(&c, bar_x, top, bar, end - top);
    oc_canvas_rect(&c, bar_x, end, bar, bottom - end, "f1 fill yes");
    double text_x = bar_x + bar + 5, room = c.width - text_x;
    oc_text never = oc_text_in(arena), done = oc_text_in(arena);
    oc_words_count(&never, 1 - last_of(&data->curve));
    oc_words_count(&done, last_of(&data->curve));
    double labels[2] = {(top + end) / 2 - 8, (end + bottom) / 2 - 8};
    oc_canvas_spread(labels, 2, c.narrow ? 76 : 60, top + 10, bottom - 34);
    oc_canvas_text(&c, text_x, labels[0], OC_START, "b", oc_text_slice(&never));
    oc_canvas_paragraph(&c, text_x, labels[0] + 16, OC_START, "m", oc_message(c.lang, "chart.never"), room, 4);
    oc_canvas_text(&c, text_x, labels[1], OC_START, "b", oc_text_slice(&done));
    oc_canvas_paragraph(
        &c, text_x, labels[1] + 16, OC_START, "m",
        oc_canvas_say(&c, "chart.by-horizon", OC_ARGS(OC_T(oc_words_year(arena, c.lang, data->horizon)))), room, 3);
    label_curve(&c, data, &x, &y);

    double dots_top = bottom + 30, dots_height = c.narrow ? 60 : 88;
    draw_dots(&c, data, &x, dots_top + dots_height, dots_height, bar_x);
    oc_canvas_line(&c, x.a, dots_top + dots_height, c.width, dots_top + dots_height, "tk");
    size_t lines =
        oc_canvas_paragraph(&c, x.a, dots_top + dots_height + 18, OC_START, "m",
                            oc_message(c.lang, c.narrow ? "chart.dots20" : "chart.dots50"), c.width - x.a, 3);
    curve_table(&c, &data->curve, 1, data->as_of, data->horizon);
    return oc_canvas_finish(&c, &data->texts, curve_finding(&c, &data->curve, data->horizon),
                            dots_top + dots_height + 8 + (double)lines * 16);
}

static const char *const line_classes[] = {"s1", "s2", "s3", "s4", "s5"};

/* Labels of the curves right of the plot (wide) or as a legend on top (narrow); returns the top of the plot. */
static double draw_legend(oc_canvas *canvas, const oc_chart_compare *data)
{
    double y = 16;
    for (size_t i = 0; i < data->count; i++) {
        oc_canvas_line(canvas, 0, y - 4, 26, y - 4, line_classes[i % 5]);
        oc_text label = oc_text_in(canvas->arena);
        oc_text_add(&label, data->curves[i].label);
        oc_text_lit(&label, " ");
        oc_words_count(&label, last_of(&data->curves[i]));
        size_t lines = oc_canvas_paragraph(canvas, 32, y, OC_START, "t", oc_text_slice(&label), canvas->width - 34, 2);
        y += 6 + (double)lines * OC_CANVAS_SIZE * OC_CANVAS_LEADING;
    }
    return y + 14;
}

static void draw_side_labels(oc_canvas *canvas, const oc_chart_compare *data, const oc_scale *x, const oc_scale *y)
{
    size_t order[8], n = data->count < 8 ? data->count : 8;
    double at[8];
    for (size_t i = 0; i < n; i++) order[i] = i;
    for (size_t i = 1; i < n; i++)
        for (size_t j = i; j > 0 && last_of(&data->curves[order[j]]) > last_of(&data->curves[order[j - 1]]); j--) {
            size_t swap = order[j];
            order[j] = order[j - 1];
            order[j - 1] = swap;
        }
    for (size_t i = 0; i < n; i++) at[i] = oc_scale_at(y, last_of(&data->curves[order[i]])) + 4;
    oc_canvas_spread(at, n, 40, y->b + 6, y->a - 20);
    for (size_t i = 0; i < n; i++) {
        const oc_chart_curve *curve = &data->curves[order[i]];
        double end = oc_scale_at(y, last_of(curve));
        oc_canvas_line(canvas, x->b, end, x->b + 20, at[i] - 4, "tk");
        oc_canvas_line(canvas, x->b + 22, at[i] - 4, x->b + 42, at[i] - 4, line_classes[order[i] % 5]);
        oc_text count = oc_text_in(canvas->arena);
        oc_words_count(&count, last_of(curve));
        oc_canvas_text(canvas, x->b + 48, at[i], OC_START, "b", oc_text_slice(&count));
        oc_canvas_paragraph(canvas, x->b + 76, at[i], OC_START, "t", curve->label, canvas->width - x->b - 78, 2);
    }
}

static oc_slice compare_finding(oc_canvas *canvas, const oc_chart_curve *curves, size_t count, oc_day horizon)
{
    oc_text list = oc_text_in(canvas->arena);
    for (size_t i = 0; i < count; i++) {
        oc_text number = oc_text_in(canvas->arena);
        oc_words_count(&number, last_of(&curves[i]));
        if (i) oc_text_add(&list, oc_message(canvas->lang, "words.comma"));
        oc_text_message(&list, canvas->lang, "chart.named-count",
                        OC_ARGS(OC_T(curves[i].label), OC_T(oc_text_slice(&number))));
    }
    return oc_canvas_say(canvas, "chart.finding-compare",
                         OC_ARGS(OC_T(oc_words_day(canvas->arena, canvas->lang, horizon)), OC_T(oc_text_slice(&list))));
}

oc_chart oc_chart_draw_compare(oc_arena *arena, const oc_chart_compare *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    double top = c.narrow ? draw_legend(&c, data) + 16 : 26, bottom = top + (c.narrow ? 180 : 240);
    oc_scale x = {(double)data->as_of, (double)data->horizon, c.narrow ? 30 : 38, c.width - (c.narrow ? 6 : 232)};
    oc_scale y = {0, 1, bottom, top};
    add_plot_attribute(&c, &x, &y);
    oc_canvas_text(&c, 0, top - 14, OC_START, "m", oc_message(c.lang, "chart.axis-runs"));
    oc_canvas_runs_axis(&c, &y, x.a, x.b, 20);
    oc_canvas_time_axis(&c, &x, bottom, top);
    for (size_t i = 0; i < data->count; i++) draw_curve(&c, &data->curves[i], &x, &y, line_classes[i % 5]);
    if (!c.narrow) draw_side_labels(&c, data, &x, &y);
    curve_table(&c, data->curves, data->count, data->as_of, data->horizon);
    return oc_canvas_finish(&c, &data->texts, compare_finding(&c, data->curves, data->count, data->horizon),
                            bottom + 28);
}

/* The curve that ends farthest from the first one, and where the others end. */
static oc_slice multiples_finding(oc_canvas *canvas, const oc_chart_multiples *data)
{
    if (data->count < 2) return compare_finding(canvas, data->curves, data->count, data->horizon);
    double base = last_of(&data->curves[0]), low = 1, high = 0;
    size_t most = 1;
    for (size_t i = 2; i < data->count; i++)
        if (fabs(last_of(&data->curves[i]) - base) > fabs(last_of(&data->curves[most]) - base)) most = i;
    for (size_t i = 1; i < data->count; i++) {
        double p = last_of(&data->curves[i]);
        if (i != most && p < low) low = p;
        if (i != most && p > high) high = p;
    }
    const oc_chart_curve *curve = &data->curves[most];
    oc_arena *arena = canvas->arena;
    oc_lang lang = canvas->lang;
    oc_arg day = OC_T(oc_words_day(arena, lang, data->horizon)), label = OC_T(curve->label);
    oc_arg before = OC_T(oc_words_counted(arena, base));
    oc_arg after = OC_T(oc_words_say_frequency(arena, lang, last_of(curve)));
    if (data->count == 2) return oc_canvas_say(canvas, "chart.finding-one", OC_ARGS(day, label, before, after));
    return oc_canvas_say(canvas, "chart.finding-most",
                         OC_ARGS(day, label, before, after, OC_T(oc_words_count_range(arena, lang, low, high))));
}

oc_chart oc_chart_draw_multiples(oc_arena *arena, const oc_chart_multiples *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    size_t across = c.narrow ? 2 : 3;
    if (!c.narrow && data->count == 4) across = 2;
    if (data->count < across) across = data->count ? data->count : 1;
    double gap = c.narrow ? 14 : 24, width = (c.width - gap * (double)(across - 1)) / (double)across;
    double plot = c.narrow ? 84 : 110, head = 48, panel = head + plot + 40;
    for (size_t i = 0; i < data->count; i++) {
        size_t row = i / across;
        double left = (double)(i % across) * (width + gap), top = (double)row * panel + head;
        oc_scale x = {(double)data->as_of, (double)data->horizon, left + 24, left + width - 28};
        oc_scale y = {0, 1, top + plot, top};
        oc_canvas_paragraph(&c, left, top - head + 14, OC_START, "b", data->curves[i].label, (width - 4) / 1.08, 2);
        oc_canvas_runs_axis(&c, &y, x.a, x.b, 50);
        oc_canvas_time_axis(&c, &x, y.a, y.b);
        if (i) draw_curve(&c, &data->curves[0], &x, &y, "bg");
        draw_curve(&c, &data->curves[i], &x, &y, "s1");
        oc_text count = oc_text_in(arena);
        oc_words_count(&count, last_of(&data->curves[i]));
        oc_canvas_text(&c, x.b + 4, oc_scale_at(&y, last_of(&data->curves[i])) + 5, OC_START, "b",
                       oc_text_slice(&count));
    }
    curve_table(&c, data->curves, data->count, data->as_of, data->horizon);
    size_t rows = (data->count + across - 1) / across;
    return oc_canvas_finish(&c, &data->texts, multiples_finding(&c, data), (double)rows * panel);
}

enum { FEWEST_AT_RISK = 50 };

oc_chart oc_chart_draw_hazard(oc_arena *arena, const oc_chart_hazard *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    double highest = 0.02;
    size_t peak = 0;
    static const char *const heads[] = {"chart.period", "chart.of-100-left", "chart.at-risk"};
    oc_canvas_head(&c, 3, heads);
    for (size_t i = 0; i < data->count; i++) {
        const oc_chart_hazard_bar *bar = &data->bars[i];
        oc_text count = oc_text_in(arena);
        oc_words_count(&count, bar->p);
        oc_canvas_cell(&c, oc_words_month(arena, c.lang, bar->first));
        oc_canvas_cell(&c, bar->at_risk < FEWEST_AT_RISK ? OC_SLICE("–") : oc_text_slice(&count));
        oc_canvas_cell(&c, oc_words_integer(arena, bar->at_risk));
        if (bar->at_risk < FEWEST_AT_RISK || bar->p <= highest) continue;
        highest = bar->p;
        peak = i;
    }
    double top = 26, bottom = top + (c.narrow ? 110 : 140);
    int decimals;
    double step = oc_canvas_step(0, highest * 100, 4, &decimals), limit = ceil(highest * 100 / step) * step;
    oc_scale x = {(double)data->as_of, (double)data->horizon, c.narrow ? 30 : 38, c.width - (c.narrow ? 4 : 10)};
    oc_scale y = {0, limit / 100, bottom, top};
    oc_canvas_text(&c, 0, 12, OC_START, "m", oc_message(c.lang, "chart.axis-hazard"));
    for (int i = 0; i * step <= limit + 1e-9; i++) {
        double at = oc_scale_at(&y, i * step / 100);
        if (i) oc_canvas_line(&c, x.a, at, x.b, at, "gr");
        oc_canvas_text(&c, x.a - 6, at + 4, OC_END, "m", oc_words_number(arena, i * step, decimals));
    }
    oc_canvas_time_axis(&c, &x, bottom, bottom);
    oc_text bars = oc_text_in(arena);
    for (size_t i = 0; i < data->count; i++) {
        const oc_chart_hazard_bar *bar = &data->bars[i];
        if (bar->at_risk < FEWEST_AT_RISK || (double)bar->first < x.from || (double)bar->last > x.to + 1) continue;
        double left = oc_scale_at(&x, (double)bar->first), right = oc_scale_at(&x, (double)bar->last + 1);
        double at = oc_scale_at(&y, bar->p);
        oc_canvas_add_bar(&bars, left + 0.5, at, (right < x.b ? right : x.b) - left - 1, bottom - at);
    }
    oc_canvas_bars(&c, &bars, "f1");
    oc_slice month = data->count ? oc_words_month(arena, c.lang, data->bars[peak].first) : OC_SLICE("");
    oc_slice often = oc_words_say_frequency(arena, c.lang, data->count ? data->bars[peak].p : 0);
    return oc_canvas_finish(&c, &data->texts,
                            oc_canvas_say(&c, "chart.finding-hazard", OC_ARGS(OC_T(month), OC_T(often))), bottom + 26);
}
