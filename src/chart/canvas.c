/* Drawing for the charts; see canvas.h. */
#include "chart/canvas.h"

#include <math.h>

#include "base/utf8.h"

/* The numbers of pattern and colour classes agree: f1..f5 fill, s1..s5 stroke. Light: Okabe and Ito (2008), yellow
 * darkened to 3:1 against the page; dark: lighter steps of the same hues. */
const char oc_chart_hatches[] = "<defs>"
                                "<pattern id=\"hatch2\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path "
                                "class=\"f2\" d=\"M0 0H8V8H0z\"/>"
                                "<path class=\"pl\" d=\"M-1 9L9-1M-1 1L1-1M7 9L9 7\"/></pattern>"
                                "<pattern id=\"hatch3\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path "
                                "class=\"f3\" d=\"M0 0H6V6H0z\"/>"
                                "<path class=\"pl\" d=\"M2 3H4M3 2V4\"/></pattern>"
                                "<pattern id=\"hatch4\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path "
                                "class=\"f4\" d=\"M0 0H8V8H0z\"/>"
                                "<path class=\"pl\" d=\"M-1-1L9 9M7-1L9 1M-1 7L1 9\"/></pattern>"
                                "<pattern id=\"hatch5\" width=\"5\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path "
                                "class=\"f5\" d=\"M0 0H5V6H0z\"/>"
                                "<path class=\"pl\" d=\"M0 2.5H5\"/></pattern>"
                                "<pattern id=\"hatch6\" width=\"10\" height=\"6\" "
                                "patternUnits=\"userSpaceOnUse\"><path class=\"f6\" d=\"M0 0H10V6H0z\"/>"
                                "<path class=\"pl\" d=\"M3 0V6\"/></pattern></defs>";

const char oc_chart_css[] =
    ".chart{font-family:\"Hiragino Sans\",\"Yu Gothic\",\"Noto Sans CJK JP\",\"Noto Sans JP\",system-ui,sans-serif;"
    "font-size:13px;color:#1d2327}"
    ".chart:lang(ko){font-family:\"Apple SD Gothic Neo\",\"Malgun Gothic\",\"Noto Sans CJK KR\",\"Noto Sans KR\","
    "system-ui,sans-serif}"
    ".chart text{fill:currentColor;stroke:#fff;stroke-width:3px;stroke-linejoin:round;paint-order:stroke}.chart "
    ".m,.chart .n{font-size:12px}.chart .m{fill:#555d66}"
    ".chart .b{font-weight:700}.chart .h{font-weight:700;font-size:17px}"
    ".chart .y{text-anchor:middle}.chart .z{text-anchor:end}"
    ".chart .o{fill:#fff}.chart .o,.chart .q{stroke:none}"
    ".chart line,.chart path,.chart polyline{fill:none}"
    ".chart .ax{stroke:#555d66}.chart .gr{stroke:#dfe3e7}.chart .tk{stroke:#8a929a}"
    ".chart .ru{stroke:#555d66;stroke-dasharray:3 3}.chart .bg{stroke:#757d85;stroke-width:2;stroke-dasharray:5 2}"
    ".chart .s1,.chart .s2,.chart .s3,.chart .s4,.chart .s5{stroke-width:2.25;stroke-linejoin:round}"
    ".chart .s1{stroke:#0072b2}.chart .s2{stroke:#d55e00;stroke-dasharray:7 3}"
    ".chart .s3{stroke:#00835f;stroke-dasharray:2 3}.chart .s4{stroke:#a8527f;stroke-dasharray:9 3 2 3}"
    ".chart .s5{stroke:#9a6b00;stroke-dasharray:12 4}"
    ".chart .f1{fill:#0072b2}.chart .f2{fill:#d55e00}.chart .f3{fill:#00835f}.chart .f4{fill:#a8527f}"
    ".chart .f5{fill:#9a6b00}.chart .f6{fill:#6d757d}"
    ".chart .fill{stroke:#fff;stroke-width:.75}"
    ".chart .t2{fill:url(#hatch2)}.chart .t3{fill:url(#hatch3)}.chart .t4{fill:url(#hatch4)}"
    ".chart .t5{fill:url(#hatch5)}.chart .t6{fill:url(#hatch6)}.chart .pl{stroke:#fff;stroke-width:1;stroke-opacity:.9}"
    ".chart .k1{stroke:#0072b2;stroke-width:6px}.chart .k2{stroke:#d55e00;stroke-width:6px}"
    ".chart .k3{stroke:#00835f;stroke-width:6px}.chart .k4{stroke:#a8527f;stroke-width:6px}"
    ".chart .k5{stroke:#9a6b00;stroke-width:6px}.chart .k6{stroke:#6d757d;stroke-width:6px}"
    ".chart path.bd{fill:#0072b2;fill-opacity:.16;stroke:#0072b2;stroke-opacity:.5;stroke-width:.75}"
    ".chart path.b1{fill-opacity:.28}.chart path.b2{fill-opacity:.42}.chart path.b3{fill-opacity:.85}"
    ".chart .hl{fill:none;stroke:#1d2327;stroke-width:1.25}.chart .bx{fill:#fff;stroke:#1d2327;stroke-width:1.25}"
    ".chart .md{stroke:#fff;stroke-width:1.25}.chart .dh{stroke-dasharray:4 3}.chart .ht{stroke:#555d66;stroke-width:1}"
    ".chart .nb{fill:#eceff1;stroke:#555d66}.chart .ob{stroke:#1d2327;stroke-width:2}"
    ".chart .hw{stroke:#1d2327;stroke-width:1.5}"
    ".chart .w1{fill:#0072b2;fill-opacity:.12}.chart .ed{stroke:#1d2327;stroke-width:1.5}"
    ".chart .ah{fill:#1d2327}"
    "@media (prefers-color-scheme:dark){"
    ".chart{color:#e8eaed}.chart text{stroke:#14171a}.chart .o,.chart .q{stroke:none}.chart .m{fill:#aab2ba}.chart "
    ".o{fill:#14171a}.chart .ax{stroke:#aab2ba}"
    ".chart .gr{stroke:#2f353b}.chart .tk{stroke:#747d86}.chart .ru{stroke:#aab2ba}.chart .bg{stroke:#7d8790}"
    ".chart .s1{stroke:#5bb8f0}.chart .s2{stroke:#ff8f45}.chart .s3{stroke:#2fc99a}.chart .s4{stroke:#e79cc5}"
    ".chart .s5{stroke:#e5b13a}.chart .f1{fill:#5bb8f0}.chart .f2{fill:#ff8f45}.chart .f3{fill:#2fc99a}"
    ".chart .f4{fill:#e79cc5}.chart .f5{fill:#e5b13a}.chart .f6{fill:#98a1aa}.chart .fill{stroke:#14171a}"
    ".chart path.bd{fill:#5bb8f0;stroke:#5bb8f0}.chart .hl{stroke:#e8eaed}"
    ".chart .bx{fill:#14171a;stroke:#e8eaed}.chart .nb{fill:#23292f;stroke:#aab2ba}.chart .ht{stroke:#aab2ba}"
    ".chart .ob,.chart .hw,.chart .ed{stroke:#e8eaed}.chart .ah{fill:#e8eaed}"
    ".chart .w1{fill:#5bb8f0;fill-opacity:.2}.chart .pl,.chart .md{stroke:#14171a}"
    ".chart .k1{stroke:#5bb8f0}.chart .k2{stroke:#ff8f45}.chart .k3{stroke:#2fc99a}.chart .k4{stroke:#e79cc5}"
    ".chart .k5{stroke:#e5b13a}.chart .k6{stroke:#98a1aa}}"
    "@media (forced-colors:active){.chart .m{fill:currentColor}.chart line,.chart path{stroke:currentColor}"
    ".chart .fill{stroke:currentColor}}";

oc_canvas oc_canvas_start(oc_arena *arena, const oc_chart_options *options)
{
    return (oc_canvas){.arena = arena,
                       .options = options,
                       .lang = options->lang,
                       .narrow = options->narrow,
                       .width = options->narrow ? 328 : 720,
                       .body = oc_text_in(arena),
                       .attributes = oc_text_in(arena)};
}

bool oc_canvas_is_bidi_control(uint32_t code)
{
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0x200e ||
           code == 0x200f || code == 0x061c;
}

void oc_canvas_escape(oc_text *out, oc_slice text)
{
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t code = oc_utf8_next(text, &at);
        if (oc_canvas_is_bidi_control(code)) continue;
        switch (code) {
        case '&': oc_text_lit(out, "&amp;"); break;
        case '<': oc_text_lit(out, "&lt;"); break;
        case '>': oc_text_lit(out, "&gt;"); break;
        case '"': oc_text_lit(out, "&quot;"); break;
        case '\'': oc_text_lit(out, "&#39;"); break;
        case '\n':
        case '\t':
        case '\r': oc_text_byte(out, ' '); break;
        default:
            if (code == OC_UTF8_INVALID || code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0xfffe ||
                code == 0xffff)
                oc_text_lit(out, "\xef\xbf\xbd");
            else
                oc_text_add(out, oc_slice_sub(text, start, at));
        }
    }
}

void oc_canvas_number(oc_text *out, double value)
{
    oc_text digits = oc_text_in(out->arena);
    oc_text_fixed(&digits, value, 1);
    oc_slice number = oc_text_slice(&digits);
    while (number.len && number.ptr[number.len - 1] == '0') number.len--;
    if (number.len && number.ptr[number.len - 1] == '.') number.len--;
    oc_text_add(out, number);
}

double oc_canvas_text_size(const char *class)
{
    return *class == 'm' || *class == 'n' ? OC_CANVAS_SMALL : *class == 'h' ? 17 : OC_CANVAS_SIZE;
}

double oc_canvas_text_width(const char *class, oc_slice text)
{
    return oc_measure_width(text, oc_canvas_text_size(class), *class == 'b' || *class == 'h');
}

static void add_attribute(oc_text *out, const char *name, double value)
{
    oc_text_printf(out, " %s=\"", name);
    oc_canvas_number(out, value);
    oc_text_byte(out, '"');
}

static oc_chart_box text_box(double x, double y, oc_anchor anchor, const char *class, oc_slice text)
{
    double size = oc_canvas_text_size(class), width = oc_canvas_text_width(class, text);
    double left = anchor == OC_START ? x : anchor == OC_END ? x - width : x - width / 2;
    return (oc_chart_box){left, y - 0.88 * size, width, 1.12 * size, text};
}

void oc_canvas_text(oc_canvas *canvas, double x, double y, oc_anchor anchor, const char *class, oc_slice text)
{
    if (!text.len) return;
    oc_chart_box box = text_box(x, y, anchor, class, text);
    if (box.w > canvas->width) {
        text = oc_measure_fit(canvas->arena, text, canvas->width * 0.9, oc_canvas_text_size(class));
        box = text_box(x, y, anchor, class, text);
    }
    /* Kept inside the picture: a label at the edge slides in. */
    if (box.x < 0) x -= box.x;
    if (box.x + box.w > canvas->width) x -= box.x + box.w - canvas->width;
    *oc_vec_push(canvas->arena, &canvas->boxes) = text_box(x, y, anchor, class, text);
    oc_text *out = &canvas->body;
    oc_text_lit(out, "<text");
    add_attribute(out, "x", x);
    add_attribute(out, "y", y);
    const char *aligned = anchor == OC_MIDDLE ? "y" : anchor == OC_START ? "" : "z";
    const char *own = *class != 't' ? class : "";
    if (*own || *aligned) oc_text_printf(out, " class=\"%s%s%s\"", own, *own && *aligned ? " " : "", aligned);
    oc_text_byte(out, '>');
    oc_canvas_escape(out, text);
    oc_text_lit(out, "</text>");
}

size_t oc_canvas_paragraph(oc_canvas *canvas, double x, double y, oc_anchor anchor, const char *class, oc_slice text,
                           double width, size_t max_lines)
{
    double size = oc_canvas_text_size(class);
    double room = *class == 'b' || *class == 'h' ? width / 1.08 : width;
    oc_lines lines = oc_measure_break(canvas->arena, text, canvas->lang, room, size, max_lines);
    for (size_t i = 0; i < lines.len; i++)
        oc_canvas_text(canvas, x, y + (double)i * size * OC_CANVAS_LEADING, anchor, class, lines.at[i]);
    return lines.len;
}

static bool boxes_meet(oc_chart_box a, oc_chart_box b)
{
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

bool oc_canvas_is_free(const oc_canvas *canvas, oc_chart_box box)
{
    if (box.x < 0 || box.x + box.w > canvas->width || box.y < 0) return false;
    for (size_t i = 0; i < canvas->boxes.len; i++)
        if (boxes_meet(canvas->boxes.at[i], box)) return false;
    for (size_t i = 0; i < canvas->obstacles.len; i++)
        if (boxes_meet(canvas->obstacles.at[i], box)) return false;
    return true;
}

bool oc_canvas_text_if_free(oc_canvas *canvas, double x, double y, oc_anchor anchor, const char *class, oc_slice text)
{
    if (!oc_canvas_is_free(canvas, text_box(x, y, anchor, class, text))) return false;
    oc_canvas_text(canvas, x, y, anchor, class, text);
    return true;
}

void oc_canvas_obstacle(oc_canvas *canvas, double x, double y, double w, double h)
{
    *oc_vec_push(canvas->arena, &canvas->obstacles) = (oc_chart_box){x, y, w, h, {NULL, 0}};
}

static void add_class(oc_text *out, const char *class)
{
    oc_text_printf(out, " class=\"%s\"/>", class);
}

static void add_stroke(oc_text *out, double x1, double y1, double x2, double y2)
{
    oc_text_byte(out, 'M');
    oc_canvas_number(out, x1);
    oc_text_byte(out, ' ');
    oc_canvas_number(out, y1);
    if (x1 == x2 || y1 == y2) {
        oc_text_byte(out, y1 == y2 ? 'H' : 'V');
        oc_canvas_number(out, y1 == y2 ? x2 : y2);
    } else {
        oc_text_byte(out, 'L');
        oc_canvas_number(out, x2);
        oc_text_byte(out, ' ');
        oc_canvas_number(out, y2);
    }
}

void oc_canvas_line(oc_canvas *canvas, double x1, double y1, double x2, double y2, const char *class)
{
    oc_text stroke = oc_text_in(canvas->arena);
    add_stroke(&stroke, x1, y1, x2, y2);
    oc_canvas_bars(canvas, &stroke, class);
}

void oc_canvas_rect(oc_canvas *canvas, double x, double y, double w, double h, const char *class)
{
    oc_text *out = &canvas->body;
    oc_text_lit(out, "<rect");
    add_attribute(out, "x", x);
    add_attribute(out, "y", y);
    add_attribute(out, "width", w > 0 ? w : 0);
    add_attribute(out, "height", h > 0 ? h : 0);
    add_class(out, class);
}

void oc_canvas_add_bar(oc_text *bars, double x, double y, double w, double h)
{
    if (!(h >= 0.05) || !(w >= 0.05)) return;
    oc_text_byte(bars, 'M');
    oc_canvas_number(bars, x);
    oc_text_byte(bars, ' ');
    oc_canvas_number(bars, y);
    oc_text_byte(bars, 'h');
    oc_canvas_number(bars, w);
    oc_text_byte(bars, 'v');
    oc_canvas_number(bars, h);
    oc_text_lit(bars, "h-");
    oc_canvas_number(bars, w);
    oc_text_byte(bars, 'z');
}

void oc_canvas_bars(oc_canvas *canvas, const oc_text *bars, const char *class)
{
    if (!bars->len) return;
    oc_text_lit(&canvas->body, "<path d=\"");
    oc_text_add(&canvas->body, oc_text_slice(bars));
    oc_text_byte(&canvas->body, '"');
    add_class(&canvas->body, class);
}

void oc_canvas_circle(oc_canvas *canvas, double x, double y, double r, const char *class)
{
    oc_text *out = &canvas->body;
    oc_text_lit(out, "<circle");
    add_attribute(out, "cx", x);
    add_attribute(out, "cy", y);
    add_attribute(out, "r", r);
    add_class(out, class);
}

/* Distance of point `i` from the straight line between `from` and `to`, vertically. */
static bool is_on_line(const double *xs, const double *ys, size_t from, size_t i, size_t to)
{
    double run = xs[to] - xs[from];
    double expected = run == 0 ? ys[from] : ys[from] + (ys[to] - ys[from]) * (xs[i] - xs[from]) / run;
    return fabs(ys[i] - expected) < 0.2 && run != 0;
}

static bool may_skip(const double *xs, const double *ys, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++)
        if (!is_on_line(xs, ys, from, i, to)) return false;
    return true;
}

void oc_canvas_path(oc_canvas *canvas, const char *class, const double *xs, const double *ys, size_t count, bool closed)
{
    oc_text *out = &canvas->body;
    oc_text_lit(out, "<path d=\"");
    for (size_t i = 0, last = 0; i < count; i++) {
        if (i > last && i + 1 < count && i - last < 40 && may_skip(xs, ys, last, i + 1)) continue;
        oc_text_byte(out, i == 0 ? 'M' : 'L');
        oc_canvas_number(out, floor(xs[i] * 10 + 0.5) / 10);
        oc_text_byte(out, ' ');
        oc_canvas_number(out, floor(ys[i] * 10 + 0.5) / 10);
        last = i;
    }
    if (closed) oc_text_byte(out, 'Z');
    oc_text_byte(out, '"');
    add_class(out, class);
}

/* Years between labels: as few as leave room for each. */
static int label_step(double year_width)
{
    static const int steps[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof *steps && year_width * steps[i] < 42) i++;
    return steps[i];
}

void oc_canvas_time_axis(oc_canvas *canvas, const oc_scale *x, double y, double top)
{
    int first = oc_civil_from_day((oc_day)x->from).year, last = oc_civil_from_day((oc_day)x->to).year;
    double year_width = fabs(x->b - x->a) / ((x->to - x->from) / OC_DAYS_PER_YEAR + 1e-9);
    int every = label_step(year_width);
    oc_text grid = oc_text_in(canvas->arena), axis = oc_text_in(canvas->arena), light = oc_text_in(canvas->arena);
    add_stroke(&axis, x->a, y, x->b, y);
    for (int year = first; year <= last + 1 && year <= 9999; year++) {
        for (int quarter = 0; quarter < 4; quarter++) {
            double day = (double)oc_day_from_civil(year, 1 + 3 * quarter, 1);
            if (day < x->from || day > x->to + 1) continue;
            double at = oc_scale_at(x, day < x->to ? day : x->to);
            bool labelled = quarter == 0 && year % every == 0;
            if (quarter != 0 && year_width < 36) continue;
            if (quarter == 0 && !labelled && year_width < 5) continue;
            if (labelled && top != y) add_stroke(&grid, at, y, at, top);
            add_stroke(labelled ? &axis : &light, at, y, at, y + (labelled ? 6 : quarter ? 2.5 : 4));
            if (labelled && at < x->b - 8)
                oc_canvas_text_if_free(canvas, at, y + 19, OC_MIDDLE, "m", oc_arena_printf(canvas->arena, "%d", year));
        }
    }
    oc_canvas_bars(canvas, &grid, "gr");
    oc_canvas_bars(canvas, &axis, "ax");
    oc_canvas_bars(canvas, &light, "tk");
}

void oc_canvas_runs_axis(oc_canvas *canvas, const oc_scale *y, double x0, double x1, int step)
{
    oc_text grid = oc_text_in(canvas->arena);
    for (int runs = 0; runs <= 100; runs += step) {
        double at = oc_scale_at(y, runs / 100.0);
        if (at < y->b - 0.01) break;
        if (runs) add_stroke(&grid, x0, at, x1, at);
        oc_canvas_text(canvas, x0 - 6, at + 4, OC_END, "m", oc_arena_printf(canvas->arena, "%d", runs));
    }
    oc_canvas_bars(canvas, &grid, "gr");
}

double oc_canvas_step(double from, double to, int target, int *ret_decimals)
{
    double span = to - from;
    if (!(span > 0)) span = 1;
    double power = 1;
    int decimals = 0;
    while (power * 10 < span / target && power < 1e15) power *= 10;
    while (power > span / target && power > 1e-9) power /= 10, decimals++;
    static const double steps[] = {1, 2, 2.5, 5, 10};
    size_t i = 0;
    while (i < 4 && steps[i] * power * target < span) i++;
    *ret_decimals = steps[i] == 2.5 ? decimals + 1 : i == 4 && decimals ? decimals - 1 : decimals;
    return steps[i] * power;
    *ret_decimals = decimals;
    return power;
}

void oc_canvas_rule(oc_canvas *canvas, double x, double top, double bottom, oc_slice label)
{
    oc_canvas_line(canvas, x, top, x, bottom, "ru");
    oc_canvas_text_if_free(canvas, x, top - 4, OC_MIDDLE, "m", label);
}

void oc_canvas_spread(double *ys, size_t count, double gap, double top, double bottom)
{
    for (size_t i = 0; i < count; i++) {
        if (ys[i] < top) ys[i] = top;
        if (i && ys[i] < ys[i - 1] + gap) ys[i] = ys[i - 1] + gap;
    }
    for (size_t i = count; i-- > 0;) {
        double limit = i + 1 == count ? bottom : ys[i + 1] - gap;
        if (ys[i] > limit) ys[i] = limit;
    }
}

void oc_canvas_head(oc_canvas *canvas, size_t columns, const char *const *keys)
{
    canvas->table.columns = columns;
    for (size_t i = 0; i < columns; i++) oc_canvas_cell(canvas, oc_message(canvas->lang, keys[i]));
}

void oc_canvas_cell(oc_canvas *canvas, oc_slice text)
{
    *oc_vec_push(canvas->arena, &canvas->table.cells) = text;
}

/* Title, subtitle above; returns their height. */
static double draw_heading(oc_canvas *canvas, oc_slice title, oc_slice subtitle)
{
    double width = canvas->width - 8, y = 20;
    size_t lines = oc_canvas_paragraph(canvas, 4, y, OC_START, "h", title, width, 4);
    y += (double)lines * 17 * OC_CANVAS_LEADING;
    lines = oc_canvas_paragraph(canvas, 4, y - 2, OC_START, "m", subtitle, width, 3);
    return y + (double)lines * OC_CANVAS_SMALL * OC_CANVAS_LEADING;
}

static void add_element(oc_text *out, const char *name, oc_slice id, char suffix, oc_slice text)
{
    oc_text_printf(out, "<%s id=\"%.*s-%c\">", name, OC_FMT(id), suffix);
    oc_canvas_escape(out, text);
    oc_text_printf(out, "</%s>", name);
}

/* What stands above and below the chart where it stands alone; `shift` is the height of the heading. */
typedef struct frame {
    oc_text heading, footer;
    double shift;
} frame;

static frame draw_frame(oc_canvas *canvas, const oc_chart_texts *texts, oc_slice title, double *height)
{
    frame f = {oc_text_in(canvas->arena), oc_text_in(canvas->arena), 0};
    if (!canvas->options->standalone) return f;
    oc_text body = canvas->body;
    size_t count = canvas->boxes.len;
    canvas->body = f.heading;
    f.shift = draw_heading(canvas, title, texts->subtitle);
    f.heading = canvas->body;
    for (size_t i = 0; i < count; i++) canvas->boxes.at[i].y += f.shift;
    canvas->body = f.footer;
    double width = canvas->width - 8;
    size_t lines = oc_canvas_paragraph(canvas, 4, f.shift + *height + 14, OC_START, "m", texts->footer, width, 4);
    f.footer = canvas->body;
    *height += f.shift + (double)lines * OC_CANVAS_SMALL * OC_CANVAS_LEADING + 8;
    canvas->body = body;
    return f;
}

static void add_size(oc_text *out, const char *before, double width, const char *between, double height)
{
    oc_text_printf(out, "%s", before);
    oc_canvas_number(out, width);
    oc_text_printf(out, "%s", between);
    oc_canvas_number(out, height);
}

/* The opening tag, and what the picture says to those who don't see it: once, where the title is the finding. */
static void open_svg(oc_canvas *canvas, oc_text *out, oc_slice title, oc_slice finding, double height)
{
    oc_slice id = canvas->options->id.len ? canvas->options->id : OC_SLICE("chart");
    bool described = !oc_slice_equal(title, finding);
    oc_text_lit(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart");
    if (!canvas->options->standalone) oc_text_printf(out, " %s", canvas->narrow ? "narrow" : "wide");
    add_size(out, "\" viewBox=\"0 0 ", canvas->width, " ", height);
    add_size(out, "\" width=\"", canvas->width, "\" height=\"", height);
    oc_text_printf(out, "\" role=\"img\" aria-labelledby=\"%.*s-t\"", OC_FMT(id));
    if (described) oc_text_printf(out, " aria-describedby=\"%.*s-d\"", OC_FMT(id));
    oc_text_printf(out, " lang=\"%s\"", oc_lang_code(canvas->lang));
    oc_text_add(out, oc_text_slice(&canvas->attributes));
    oc_text_byte(out, '>');
    add_element(out, "title", id, 't', title);
    if (described) add_element(out, "desc", id, 'd', finding);
}

oc_chart oc_canvas_finish(oc_canvas *canvas, const oc_chart_texts *texts, oc_slice finding, double height)
{
    oc_slice title = texts->title.len ? texts->title : finding;
    frame around = draw_frame(canvas, texts, title, &height);
    oc_text out = oc_text_in(canvas->arena);
    open_svg(canvas, &out, title, finding, height);
    if (canvas->options->standalone) {
        oc_text_printf(&out, "<style>%s</style>", oc_chart_css);
        oc_text_add(&out, oc_slice_of(oc_chart_hatches));
        oc_text_lit(&out, "<rect class=\"o\" width=\"100%\" height=\"100%\"/>");
    }
    oc_text_lit(&out, "<g aria-hidden=\"true\">");
    oc_text_add(&out, oc_text_slice(&around.heading));
    if (around.shift != 0) {
        oc_text_lit(&out, "<g transform=\"translate(0 ");
        oc_canvas_number(&out, around.shift);
        oc_text_lit(&out, ")\">");
    }
    oc_text_add(&out, oc_text_slice(&canvas->body));
    if (around.shift != 0) oc_text_lit(&out, "</g>");
    oc_text_add(&out, oc_text_slice(&around.footer));
    oc_text_lit(&out, "</g></svg>");
    oc_chart chart = {.svg = oc_text_slice(&out),
                      .finding = finding,
                      .title = title,
                      .subtitle = texts->subtitle,
                      .footer = texts->footer,
                      .table = canvas->table,
                      .width = canvas->width,
                      .height = height};
    chart.boxes.at = canvas->boxes.at;
    chart.boxes.len = canvas->boxes.len;
    chart.boxes.room = canvas->boxes.room;
    return chart;
}
