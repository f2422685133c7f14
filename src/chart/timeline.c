/* Events by lane: place says when, shape how exactly, fill on what basis.
 *
 * A day is a dot, a longer interval a bar with its true ends. Filled: stated by a source; hollow: our reading; dashed:
 * assumed in the model. Within a lane events are put on the first row where mark and label find room; where a lane
 * has no room for a title, the number of the note stands alone. */
#include "chart/canvas.h"

enum { MAX_EVENTS = 200, MAX_LANE_ROWS = 9 };

typedef struct placed {
    double left, right, y; /* of the mark */
    bool before;           /* the label stands left of it */
} placed;

static const char *mark_class(oc_chart_basis basis, bool bar)
{
    switch (basis) {
    case OC_CHART_STATED: return bar ? "f1 fill" : "f1";
    case OC_CHART_READ: return "bx";
    default: return "bx dh";
    }
}

static oc_slice event_label(oc_canvas *c, const oc_chart_event *event, double room)
{
    oc_text text = oc_text_in(c->arena);
    if (event->note) oc_text_printf(&text, "%d", event->note);
    if (room > 40) {
        if (event->note) oc_text_byte(&text, ' ');
        oc_text_add(&text, event->title);
    }
    return oc_measure_fit(c->arena, oc_text_slice(&text), room, OC_CANVAS_SMALL);
}

/* Puts one event on the first free row from `top`; returns the bottom of that row. */
static double place_event(oc_canvas *c, const oc_chart_event *event, const oc_scale *x, double top, placed *at)
{
    bool bar = event->last > event->first + 1;
    double left = oc_scale_at(x, (double)event->first), right = oc_scale_at(x, (double)event->last + 1);
    if (!bar) left -= 5, right = left + 10;
    if (right < left + 6) right = left + 6;
    for (int attempt = 0; attempt < 2; attempt++) {
        double most = attempt == 0 ? (c->narrow ? 120 : 190) : 30;
        oc_slice label = event_label(c, event, most);
        double width = oc_canvas_text_width("n", label);
        bool before = right + 4 + width > c->width;
        for (int row = 0; row < MAX_LANE_ROWS; row++) {
            double y = top + row * 18 + 9, from = before ? left - 4 - width : left,
                   to = before ? right : right + 4 + width;
            if (from < x->a - 4 || !oc_canvas_is_free(c, (oc_chart_box){from, y - 8, to - from + 4, 16, label}))
                continue;
            if (bar)
                oc_canvas_rect(c, left, y - 5, right - left, 10, mark_class(event->basis, true));
            else
                oc_canvas_circle(c, (left + right) / 2, y, 4.5, mark_class(event->basis, false));
            oc_canvas_obstacle(c, left, y - 8, right - left, 16);
            oc_canvas_text(c, before ? left - 4 : right + 4, y + 4, before ? OC_END : OC_START, "n", label);
            *at = (placed){left, right, y, before};
            return y + 9;
        }
    }
    return top;
}

static double draw_key(oc_canvas *c, double y)
{
    static const char *const keys[] = {"chart.stated", "chart.read", "chart.assumed"};
    double x = 0;
    for (int i = 0; i < 3; i++) {
        oc_slice label = oc_message(c->lang, keys[i]);
        double width = oc_canvas_text_width("m", label);
        if (x + 18 + width > c->width) x = 0, y += 20;
        oc_canvas_circle(c, x + 6, y - 4, 4.5, mark_class((oc_chart_basis)i, false));
        oc_canvas_text(c, x + 16, y, OC_START, "m", label);
        x += 16 + width + 18;
    }
    return y;
}

static void timeline_table(oc_canvas *c, const oc_chart_timeline *data)
{
    static const char *const heads[] = {"chart.date", "chart.lane", "chart.event", "chart.basis"};
    static const char *const keys[] = {"chart.stated", "chart.read", "chart.assumed"};
    oc_canvas_head(c, 4, heads);
    for (size_t i = 0; i < data->count; i++) {
        const oc_chart_event *event = &data->events[i];
        oc_canvas_cell(c, oc_words_interval(c->arena, c->lang, event->first, event->last));
        oc_canvas_cell(c, event->lane < data->lane_count ? data->lanes[event->lane] : OC_SLICE(""));
        oc_canvas_cell(c, event->title);
        oc_canvas_cell(c, oc_message(c->lang, keys[event->basis]));
    }
}

/* The latest that has come by the day of the forecast: what a plan says of later days is not the news. */
static oc_slice finding_of(oc_canvas *c, const oc_chart_timeline *data)
{
    const oc_chart_event *latest = NULL;
    oc_day first = data->today;
    for (size_t i = 0; i < data->count; i++) {
        const oc_chart_event *e = &data->events[i];
        if (e->first < first) first = e->first;
        if (e->first <= data->today && (!latest || e->first >= latest->first)) latest = e;
    }
    if (!latest) return oc_canvas_say(c, "chart.finding-planned", OC_ARGS(OC_I(data->count)));
    return oc_canvas_say(c, "chart.finding-timeline",
                         OC_ARGS(OC_I(data->count), OC_T(oc_words_year(c->arena, c->lang, first)),
                                 OC_T(oc_words_interval(c->arena, c->lang, latest->first, latest->last)),
                                 OC_T(oc_words_unstopped(latest->title))));
}

static oc_scale time_scale(const oc_chart_timeline *data, double a, double b)
{
    oc_day first = data->today, last = first;
    for (size_t i = 0; i < data->count; i++) {
        if (data->events[i].first < first) first = data->events[i].first;
        if (data->events[i].last > last) last = data->events[i].last;
    }
    oc_day margin = (last - first) / 50 + 15;
    return (oc_scale){(double)(first - margin), (double)(last + margin), a, b};
}

static void draw_disputes(oc_canvas *c, const oc_chart_timeline *data, const placed *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t other = data->events[i].disputes;
        if (!other || other > count || at[i].y <= 0 || at[other - 1].y <= 0) continue;
        const placed *a = &at[i], *b = &at[other - 1];
        bool right = a->before || b->before;
        double x1 = right ? a->right + 1 : a->left - 1, x2 = right ? b->right + 1 : b->left - 1;
        double edge = right ? (x1 > x2 ? x1 : x2) + 5 : (x1 < x2 ? x1 : x2) - 5;
        double xs[] = {x1, edge, edge, x2}, ys[] = {a->y, a->y, b->y, b->y};
        oc_canvas_path(c, "s2", xs, ys, 4, false);
    }
}

oc_chart oc_chart_draw_timeline(oc_arena *arena, const oc_chart_timeline *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    size_t count = data->count < MAX_EVENTS ? data->count : MAX_EVENTS;
    double left = c.narrow ? 8 : 118, y = 26;
    oc_scale x = time_scale(data, left, c.width - 8);
    placed *at = OC_NEW_ARRAY(arena, count + 1, placed);
    for (size_t lane = 0; lane < data->lane_count; lane++) {
        oc_canvas_line(&c, 0, y, c.width, y, "gr");
        double bottom = y + 22;
        if (c.narrow) {
            oc_canvas_paragraph(&c, 0, y + 15, OC_START, "b", data->lanes[lane], c.width, 1);
            y += 20;
        } else {
            size_t lines = oc_canvas_paragraph(&c, 0, y + 16, OC_START, "b", data->lanes[lane], left - 14, 3);
            bottom = y + 6 + (double)lines * 17;
        }
        for (size_t i = 0; i < count; i++) {
            if (data->events[i].lane != lane) continue;
            double used = place_event(&c, &data->events[i], &x, y + 3, &at[i]);
            if (used > bottom) bottom = used;
        }
        y = bottom + 6;
    }
    draw_disputes(&c, data, at, count);
    oc_canvas_time_axis(&c, &x, y, y);
    oc_canvas_rule(&c, oc_scale_at(&x, (double)data->today), 22, y, oc_message(c.lang, "chart.today"));
    timeline_table(&c, data);
    y = draw_key(&c, y + 44);
    return oc_canvas_finish(&c, &data->texts, finding_of(&c, data), y + 10);
}
