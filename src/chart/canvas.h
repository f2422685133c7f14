/* Drawing for the charts: collects SVG and the boxes of texts. Only src/chart includes this.
 *
 * Coordinates are SVG units, y downwards; texts stand on their baseline. Classes are those of oc_chart_css. Numbers
 * are written with at most two decimals, so that bytes do not depend on the last bits of a coordinate. */
#ifndef OC_CHART_CANVAS_H
#define OC_CHART_CANVAS_H

#include "chart/chart.h"
#include "chart/measure.h"

#define OC_CANVAS_SIZE 13.0  /* font size of texts */
#define OC_CANVAS_SMALL 12.0 /* of axes and remarks (class m) */
#define OC_CANVAS_LEADING 1.32

typedef struct oc_canvas {
    oc_arena *arena;
    const oc_chart_options *options;
    oc_lang lang;
    bool narrow;
    double width;
    oc_text body;
    oc_text attributes; /* further attributes of the svg element */
    OC_VEC(oc_chart_box) boxes;
    OC_VEC(oc_chart_box) obstacles; /* marks that labels should not cover */
    oc_chart_table table;
} oc_canvas;

typedef enum oc_anchor { OC_START, OC_MIDDLE, OC_END } oc_anchor;

oc_canvas oc_canvas_start(oc_arena *arena, const oc_chart_options *options);
/* Puts heading, body and footer together. `height` is that of the body. */
oc_chart oc_canvas_finish(oc_canvas *canvas, const oc_chart_texts *texts, oc_slice finding, double height);

/* Appends text with &, <, >, quotes escaped, control characters and malformed bytes replaced by U+FFFD, and
 * bidirectional controls dropped. */
void oc_canvas_escape(oc_text *out, oc_slice text);
/* Marks that turn the direction of writing: in texts of others they are dropped. */
bool oc_canvas_is_bidi_control(uint32_t code);
void oc_canvas_number(oc_text *out, double value);

/* Font size that a class of text has: t, b 13; m, n 12; h 17. */
double oc_canvas_text_size(const char *class);
double oc_canvas_text_width(const char *class, oc_slice text);

void oc_canvas_text(oc_canvas *canvas, double x, double y, oc_anchor anchor, const char *class, oc_slice text);
/* Wrapped, at most `max_lines`; the first baseline is at `y`. Returns the number of lines. */
size_t oc_canvas_paragraph(oc_canvas *canvas, double x, double y, oc_anchor anchor, const char *class, oc_slice text,
                           double width, size_t max_lines);
/* Draws the text only where it covers no other text or obstacle and lies inside; false if it did not fit. */
bool oc_canvas_text_if_free(oc_canvas *canvas, double x, double y, oc_anchor anchor, const char *class, oc_slice text);
bool oc_canvas_is_free(const oc_canvas *canvas, oc_chart_box box);
void oc_canvas_obstacle(oc_canvas *canvas, double x, double y, double w, double h);

void oc_canvas_line(oc_canvas *canvas, double x1, double y1, double x2, double y2, const char *class);
void oc_canvas_rect(oc_canvas *canvas, double x, double y, double w, double h, const char *class);
void oc_canvas_circle(oc_canvas *canvas, double x, double y, double r, const char *class);

/* Many bars of one colour as one path. */
void oc_canvas_add_bar(oc_text *bars, double x, double y, double w, double h);
void oc_canvas_bars(oc_canvas *canvas, const oc_text *bars, const char *class);

/* Paths: begin, points, end. Points less than 0.2 from the line so far may be left out. */
void oc_canvas_path(oc_canvas *canvas, const char *class, const double *xs, const double *ys, size_t count,
                    bool closed);

/* A linear scale. */
typedef struct oc_scale {
    double from, to; /* values */
    double a, b;     /* positions */
} oc_scale;
static inline double oc_scale_at(const oc_scale *scale, double value)
{
    if (scale->to <= scale->from) return scale->a;
    return scale->a + (scale->b - scale->a) * ((value - scale->from) / (scale->to - scale->from));
}

/* Years with bold ticks and labels where they fit, quarters with light ticks; grid lines up to `top` (same as y: none).
 */
void oc_canvas_time_axis(oc_canvas *canvas, const oc_scale *x, double y, double top);
/* 0, 20 … 100 with grid lines from x0 to x1, labels left of x0. */
void oc_canvas_runs_axis(oc_canvas *canvas, const oc_scale *y, double x0, double x1, int step);
/* Round steps for about `target` ticks: 1, 2, 2.5 or 5 times a power of ten; *ret_decimals for their labels. */
double oc_canvas_step(double from, double to, int target, int *ret_decimals);
/* A dashed rule with its label on top. */
void oc_canvas_rule(oc_canvas *canvas, double x, double top, double bottom, oc_slice label);

/* Moves rising `ys` apart to at least `gap`, within top..bottom where there is room. */
void oc_canvas_spread(double *ys, size_t count, double gap, double top, double bottom);

/* Rows of the table twin. */
void oc_canvas_head(oc_canvas *canvas, size_t columns, const char *const *keys);
void oc_canvas_cell(oc_canvas *canvas, oc_slice text);

static inline oc_slice oc_canvas_say(const oc_canvas *canvas, const char *key, const oc_arg *args)
{
    return oc_say(canvas->arena, canvas->lang, key, args);
}

#endif
