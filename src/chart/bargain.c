/* Who stands where: one row an actor, position on the scale; the area of the dot is capability times salience. */
#include <math.h>

#include "chart/canvas.h"

enum { MAX_ACTORS = 24 };

static void sort_by_position(const oc_chart_position *actors, size_t *order, size_t count)
{
    for (size_t i = 0; i < count; i++) order[i] = i;
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && actors[order[j]].position > actors[order[j - 1]].position; j--) {
            size_t swap = order[j];
            order[j] = order[j - 1];
            order[j - 1] = swap;
        }
}

static void bargain_table(oc_canvas *c, const oc_chart_bargain *data, const size_t *order, size_t count)
{
    static const char *const heads[] = {"chart.actor", "chart.position", "chart.salience", "chart.capability"};
    oc_canvas_head(c, 4, heads);
    for (size_t i = 0; i < count; i++) {
        const oc_chart_position *actor = &data->actors[order[i]];
        oc_canvas_cell(c, actor->label);
        oc_canvas_cell(c, oc_words_number(c->arena, actor->position, 0));
        oc_canvas_cell(c, oc_words_number(c->arena, actor->salience, 2));
        oc_canvas_cell(c, oc_words_number(c->arena, actor->capability, 2));
    }
}

static double clamp(double value, double low, double high)
{
    return value > high ? high : value > low ? value : low;
}

oc_chart oc_chart_draw_bargain(oc_arena *arena, const oc_chart_bargain *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    size_t order[MAX_ACTORS], count = data->count < MAX_ACTORS ? data->count : MAX_ACTORS;
    sort_by_position(data->actors, order, count);
    double left = c.narrow ? 14 : 220, top = 42, pitch = c.narrow ? 50 : 34;
    oc_scale x = {0, 100, left, c.width - 16};
    double bottom = top + (double)count * pitch + 6, outcome = oc_scale_at(&x, clamp(data->outcome, 0, 100));
    if (data->high > data->low) {
        double from = oc_scale_at(&x, clamp(data->low, 0, 100)), to = oc_scale_at(&x, clamp(data->high, 0, 100));
        oc_canvas_rect(&c, from, top, to - from, bottom - top, "w1");
    }
    for (int tick = 0; tick <= 100; tick += 25) {
        double at = oc_scale_at(&x, tick);
        oc_canvas_line(&c, at, top, at, bottom + 4, "gr");
        oc_canvas_text(&c, at, bottom + 17, OC_MIDDLE, "m", oc_arena_printf(arena, "%d", tick));
    }
    oc_canvas_line(&c, outcome, 22, outcome, bottom, "s1");
    oc_canvas_text(&c, outcome, 16, OC_MIDDLE, "b",
                   oc_canvas_say(&c, "chart.outcome", OC_ARGS(OC_T(oc_words_number(arena, data->outcome, 0)))));
    if (data->status_quo >= 0) {
        double at = oc_scale_at(&x, clamp(data->status_quo, 0, 100));
        oc_canvas_line(&c, at, 36, at, bottom, "ru");
        oc_canvas_text_if_free(&c, at, 32, OC_MIDDLE, "m", oc_message(c.lang, "chart.status-quo"));
    }
    for (size_t i = 0; i < count; i++) {
        const oc_chart_position *actor = &data->actors[order[i]];
        double y = top + ((double)i + 0.5) * pitch + (c.narrow ? 10 : 2);
        double at = oc_scale_at(&x, clamp(actor->position, 0, 100));
        double power = sqrt(clamp(actor->salience, 0, 1) * clamp(actor->capability, 0, 1));
        if (c.narrow)
            oc_canvas_text(&c, 0, y - 13, OC_START, "t",
                           oc_measure_fit(arena, actor->label, c.width - 4, OC_CANVAS_SIZE));
        else
            oc_canvas_paragraph(&c, 0, y + (oc_measure_width(actor->label, OC_CANVAS_SIZE, false) > left - 22 ? -4 : 4),
                                OC_START, "t", actor->label, left - 22, 2);
        oc_canvas_line(&c, x.a, y, x.b, y, "gr");
        oc_canvas_circle(&c, at, y, 3 + 9 * power, "f1 fill");
        double side = actor->position > 85 ? -1 : 1;
        oc_canvas_text(&c, at + side * (3 + 9 * power + 5), y + 4, side > 0 ? OC_START : OC_END, "n",
                       oc_words_number(arena, actor->position, 0));
    }
    double room = c.narrow ? c.width / 2 - 6 : (x.b - x.a) / 2 - 8, y = bottom + 38;
    size_t low = oc_canvas_paragraph(&c, c.narrow ? 0 : x.a, y, OC_START, "m", data->at_0, room, 3);
    size_t high = oc_canvas_paragraph(&c, c.width, y, OC_END, "m", data->at_100, room, 3);
    y += (double)(low > high ? low : high) * 16 + 6;
    size_t lines = oc_canvas_paragraph(&c, 0, y, OC_START, "m", oc_message(c.lang, "chart.bargain-key"), c.width, 3);
    bargain_table(&c, data, order, count);
    oc_slice finding = oc_canvas_say(
        &c, "chart.finding-bargain",
        OC_ARGS(OC_T(oc_words_number(arena, data->outcome, 0)), OC_T(oc_words_number(arena, data->low, 0)),
                OC_T(oc_words_number(arena, data->high, 0)), OC_T(data->at_0), OC_T(data->at_100)));
    return oc_canvas_finish(&c, &data->texts, finding, y + (double)lines * 16);
}
