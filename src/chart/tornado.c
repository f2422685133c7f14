/* What moves the answer: for each input the mean output among the futures in its lowest and its highest tenth. */
#include <math.h>

#include "chart/canvas.h"

enum { MAX_ROWS = 10, LABELS = 214 }; /* width of the column of labels */

static void tornado_table(oc_canvas *c, const oc_chart_tornado *data)
{
    static const char *const heads[] = {"chart.input",   "chart.at-low", "chart.of-100",
                                        "chart.at-high", "chart.of-100", "chart.total-index"};
    oc_canvas_head(c, 6, heads);
    for (size_t i = 0; i < data->count; i++) {
        const oc_chart_driver *d = &data->drivers[i];
        oc_canvas_cell(c, d->label);
        oc_canvas_cell(c, d->low_value);
        oc_canvas_cell(c, oc_words_counted(c->arena, d->low));
        oc_canvas_cell(c, d->high_value);
        oc_canvas_cell(c, oc_words_counted(c->arena, d->high));
        oc_canvas_cell(c, d->total < 0 ? OC_SLICE("–") : oc_words_number(c->arena, d->total, 2));
    }
}

static void draw_bar(oc_canvas *c, const oc_scale *x, double base, double y, double value, double error, bool high)
{
    double at = oc_scale_at(x, value);
    oc_canvas_rect(c, at < base ? at : base, y, fabs(at - base), 16, high ? "f1 fill" : "t2 fill");
    if (error > 0)
        oc_canvas_line(c, oc_scale_at(x, value - 1.645 * error), y + 8, oc_scale_at(x, value + 1.645 * error), y + 8,
                       "hw");
}

/* The value that an end of the bar stands for, outside the bar and its whisker, with the sign of its direction. */
static void label_end(oc_canvas *c, const oc_scale *x, double base, double y, const double ends[2], double error,
                      oc_slice text)
{
    bool left = ends[0] < ends[1] || (ends[0] == ends[1] && ends[0] <= (x->from + x->to) / 2);
    double whisker = error > 0 ? 1.645 * error : 0;
    double at = oc_scale_at(x, ends[0] + (left ? -whisker : whisker));
    if (left ? at > base : at < base) at = base;
    at += left ? -5 : 5;
    double edge = c->narrow ? 0 : LABELS, room = (left ? at - edge : c->width - at) - 18;
    oc_text label = oc_text_in(c->arena);
    if (left) oc_text_lit(&label, "◀ ");
    oc_text_add(&label, oc_measure_fit(c->arena, text, room, OC_CANVAS_SMALL));
    if (!left) oc_text_lit(&label, " ▶");
    oc_canvas_text_if_free(c, at, y + 12, left ? OC_END : OC_START, "n", oc_text_slice(&label));
}

/* Labels stand beside their bars in up to three lines, above them in up to two where the picture is narrow. */
static size_t label_lines(const oc_canvas *c, oc_slice label)
{
    double room = c->narrow ? c->width : LABELS - 6;
    return oc_measure_break(c->arena, label, c->lang, room, OC_CANVAS_SIZE, c->narrow ? 2 : 3).len;
}

static void label_row(oc_canvas *c, double y, oc_slice label)
{
    double above = (double)(label_lines(c, label) - 1) * OC_CANVAS_SIZE * OC_CANVAS_LEADING;
    oc_canvas_paragraph(c, 0, c->narrow ? y - 8 - above : y + 12 - above / 2, OC_START, "t", label,
                        c->narrow ? c->width : LABELS - 6, c->narrow ? 2 : 3);
}

/* The answers of all rows, out to the next 5 in 100 and at least 10 in 100 wide. */
static oc_scale scale_of(const oc_chart_tornado *data, size_t rows, double left, double right)
{
    double low = data->baseline, high = data->baseline;
    for (size_t i = 0; i < rows; i++) {
        low = fmin(low, fmin(data->drivers[i].low, data->drivers[i].high));
        high = fmax(high, fmax(data->drivers[i].low, data->drivers[i].high));
    }
    low = fmax(0, floor(low * 20) / 20);
    high = fmin(1, ceil(high * 20) / 20);
    if (high - low < 0.1) low = fmax(0, low - 0.05), high = fmin(1, high + 0.05);
    return (oc_scale){low, high, left, right};
}

/* Room beside the bars of a narrow picture: for the longest value with its sign and whisker, as far as bars remain. */
static double margin_of(const oc_chart_tornado *data, size_t rows)
{
    double widest = 0;
    for (size_t i = 0; i < rows; i++) {
        widest = fmax(widest, oc_canvas_text_width("n", data->drivers[i].low_value));
        widest = fmax(widest, oc_canvas_text_width("n", data->drivers[i].high_value));
    }
    return fmin(fmax(widest + 42, 76), 112);
}

static void draw_grid(oc_canvas *c, const oc_scale *x, double top, double bottom)
{
    int decimals;
    double first = x->from * 100, last = x->to * 100, step = oc_canvas_step(first, last, c->narrow ? 3 : 5, &decimals);
    for (double runs = ceil(first / step) * step; runs <= last + 1e-9; runs += step) {
        double at = oc_scale_at(x, runs / 100);
        oc_canvas_line(c, at, top, at, bottom, "gr");
        oc_canvas_text(c, at, bottom + 15, OC_MIDDLE, "m", oc_words_number(c->arena, runs, decimals));
    }
}

static void draw_row(oc_canvas *c, const oc_scale *x, double base, double y, const oc_chart_driver *d)
{
    label_row(c, y, d->label);
    draw_bar(c, x, base, y, d->low, d->error, false);
    draw_bar(c, x, base, y, d->high, d->error, true);
    label_end(c, x, base, y, (double[]){d->low, d->high}, d->error, d->low_value);
    label_end(c, x, base, y, (double[]){d->high, d->low}, d->error, d->high_value);
}

/* What the two fills mean, and what the drivers without a row add up to. Returns where it ends. */
static double draw_legend(oc_canvas *c, const oc_chart_tornado *data, size_t rows, double left, double y)
{
    oc_slice lowest = oc_message(c->lang, "chart.lowest-tenth"), highest = oc_message(c->lang, "chart.highest-tenth");
    oc_canvas_rect(c, left, y - 11, 12, 12, "t2");
    oc_canvas_text(c, left + 18, y, OC_START, "m", lowest);
    double next = left + 18 + oc_canvas_text_width("m", lowest) + 18;
    if (next + 18 + oc_canvas_text_width("m", highest) > c->width) next = left, y += 20;
    oc_canvas_rect(c, next, y - 11, 12, 12, "f1");
    oc_canvas_text(c, next + 18, y, OC_START, "m", highest);
    if (data->count <= rows) return y;
    double rest = 0;
    for (size_t i = rows; i < data->count; i++) rest += fabs(data->drivers[i].high - data->drivers[i].low) * 100;
    y += 20;
    oc_slice others = oc_canvas_say(c, "chart.other-inputs",
                                    OC_ARGS(OC_I(data->count - rows), OC_T(oc_words_number(c->arena, rest, 1))));
    oc_canvas_text(c, left, y, OC_START, "m", others);
    return y;
}

static oc_slice finding_of(oc_canvas *c, const oc_chart_tornado *data)
{
    if (!data->count) return OC_SLICE("");
    const oc_chart_driver *d = &data->drivers[0];
    return oc_canvas_say(c, "chart.finding-tornado",
                         OC_ARGS(OC_T(d->label), OC_T(d->low_value), OC_T(oc_words_counted(c->arena, d->low)),
                                 OC_T(d->high_value), OC_T(oc_words_counted(c->arena, d->high))));
}

oc_chart oc_chart_draw_tornado(oc_arena *arena, const oc_chart_tornado *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    size_t rows = data->count < MAX_ROWS ? data->count : MAX_ROWS, lines = 1;
    for (size_t i = 0; i < rows; i++)
        if (label_lines(&c, data->drivers[i].label) > lines) lines = label_lines(&c, data->drivers[i].label);
    double left = c.narrow ? 0 : LABELS, margin = c.narrow ? margin_of(data, rows) : 112, top = 44;
    double under = !c.narrow ? 6 : lines > 1 ? 43 : 26; /* from the top of a row to its bar */
    double pitch = c.narrow ? under + 28 : lines > 2 ? 56 : 40;
    oc_scale x = scale_of(data, rows, left + margin, c.width - margin);
    double bottom = top + (double)rows * pitch, base = oc_scale_at(&x, data->baseline);
    draw_grid(&c, &x, top, bottom);
    oc_canvas_text(&c, base, 14, OC_MIDDLE, "m",
                   oc_canvas_say(&c, "chart.baseline", OC_ARGS(OC_T(oc_words_counted(arena, data->baseline)))));
    for (size_t i = 0; i < rows; i++) draw_row(&c, &x, base, top + (double)i * pitch + under, &data->drivers[i]);
    oc_canvas_line(&c, base, 20, base, bottom, "ru");
    double end = draw_legend(&c, data, rows, left, bottom + 36);
    tornado_table(&c, data);
    return oc_canvas_finish(&c, &data->texts, finding_of(&c, data), end + 10);
}
