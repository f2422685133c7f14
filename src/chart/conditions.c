/* Conditions, year by year: the share of futures in which each is met at the end of the year. */
#include "chart/canvas.h"

static double share_at(const oc_chart_condition *condition, oc_day day)
{
    oc_chart_curve curve = {.days = condition->days, .p = condition->met, .count = condition->count};
    if (condition->count && day < condition->days[0]) day = condition->days[0];
    return oc_chart_curve_at(&curve, day);
}

/* A bar for each year, full height when the condition is met in every future. */
static void draw_condition(oc_canvas *c, const oc_chart_condition *condition, const oc_scale *x, double y,
                           double label_room)
{
    double height = 30, top = y - 20;
    if (c->narrow) {
        oc_canvas_paragraph(c, 0, y - 26, OC_START, "t", condition->label, c->width, 1);
    } else {
        double width = oc_measure_width(condition->label, OC_CANVAS_SIZE, false);
        oc_canvas_paragraph(c, 0, y + (width > label_room - 10 ? -6 : 2), OC_START, "t", condition->label,
                            label_room - 10, 2);
    }
    oc_text bars = oc_text_in(c->arena);
    int first = oc_civil_from_day((oc_day)x->from).year, last = oc_civil_from_day((oc_day)x->to).year;
    for (int year = first; year <= last; year++) {
        oc_day begin = oc_day_from_civil(year, 1, 1), end = oc_day_from_civil(year, 12, 31);
        if ((double)begin < x->from) begin = (oc_day)x->from;
        if ((double)end > x->to) end = (oc_day)x->to;
        double share = share_at(condition, end), left = oc_scale_at(x, (double)begin);
        double width = oc_scale_at(x, (double)end + 1) - left - 1.5;
        if (width < 3) continue;
        oc_canvas_add_bar(&bars, left, top + height * (1 - share), width, height * share);
        if (oc_canvas_text_width("n", OC_SLICE(">99")) < width)
            oc_canvas_text(c, left + width / 2, top + height + 13, OC_MIDDLE, "n", oc_words_counted(c->arena, share));
    }
    oc_canvas_bars(c, &bars, "f1");
    oc_canvas_line(c, x->a, top + height, x->b, top + height, "ax");
}

static int year_of(oc_day day)
{
    return oc_civil_from_day(day).year;
}

static oc_day year_end(const oc_chart_conditions *data, int year)
{
    oc_day end = oc_day_from_civil(year, 12, 31);
    return end > data->horizon ? data->horizon : end;
}

static void conditions_table(oc_canvas *c, const oc_chart_conditions *data)
{
    int first = year_of(data->as_of), last = year_of(data->horizon);
    c->table.columns = (size_t)(last - first) + 2;
    oc_canvas_cell(c, oc_message(c->lang, "chart.condition"));
    for (int year = first; year <= last; year++) oc_canvas_cell(c, oc_arena_printf(c->arena, "%d", year));
    for (size_t i = 0; i < data->count; i++) {
        oc_canvas_cell(c, data->conditions[i].label);
        for (int year = first; year <= last; year++)
            oc_canvas_cell(c, oc_words_counted(c->arena, share_at(&data->conditions[i], year_end(data, year))));
    }
}

/* The condition that is met least often in the end. */
static oc_slice conditions_finding(oc_canvas *c, const oc_chart_conditions *data)
{
    if (!data->count) return OC_SLICE("");
    size_t least = 0;
    for (size_t i = 1; i < data->count; i++)
        if (share_at(&data->conditions[i], data->horizon) < share_at(&data->conditions[least], data->horizon))
            least = i;
    oc_slice share = oc_words_say_frequency(c->arena, c->lang, share_at(&data->conditions[least], data->horizon));
    return oc_canvas_say(c, "chart.finding-conditions",
                         OC_ARGS(OC_T(oc_words_year(c->arena, c->lang, data->horizon)),
                                 OC_T(data->conditions[least].label), OC_T(share)));
}

oc_chart oc_chart_draw_conditions(oc_arena *arena, const oc_chart_conditions *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    double label_room = c.narrow ? 0 : 230, y = c.narrow ? 0 : 4, pitch = c.narrow ? 84 : 53;
    oc_scale x = {(double)data->as_of, (double)data->horizon, label_room + 2, c.width - 2};
    for (size_t i = 0; i < data->count; i++) {
        y += pitch;
        draw_condition(&c, &data->conditions[i], &x, y - 24, label_room);
    }
    y += 8;
    oc_canvas_time_axis(&c, &x, y, y);
    conditions_table(&c, data);
    return oc_canvas_finish(&c, &data->texts, conditions_finding(&c, data), y + 28);
}
