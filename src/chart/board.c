/* Stages on one calendar: a tick for what is done, bars for when the rest may come. */
#include "chart/canvas.h"

static oc_slice day_or_never(oc_canvas *c, oc_day day)
{
    return day == OC_DAY_NONE ? oc_message(c->lang, "chart.never") : oc_words_month(c->arena, c->lang, day);
}

static void draw_done(oc_canvas *c, double x, double y)
{
    double xs[] = {x, x + 4, x + 11}, ys[] = {y - 4, y, y - 9};
    oc_canvas_path(c, "ob", xs, ys, 3, false);
}

static void draw_open(oc_canvas *c, const oc_chart_stage *stage, const oc_scale *x, double y)
{
    if (stage->q10 == OC_DAY_NONE) return;
    double from = oc_scale_at(x, (double)stage->q10);
    double to = stage->q90 == OC_DAY_NONE ? x->b : oc_scale_at(x, (double)stage->q90);
    oc_canvas_rect(c, from, y - 6, to - from, 12, stage->state == OC_CHART_OPEN ? "f1" : "w1");
    oc_canvas_rect(c, from, y - 6, to - from, 12, "hl");
    if (stage->q90 == OC_DAY_NONE) {
        double xs[] = {x->b - 5, x->b + 3, x->b - 5}, ys[] = {y - 6, y, y + 6};
        oc_canvas_path(c, "bx", xs, ys, 3, true);
    }
    if (stage->q50 != OC_DAY_NONE) {
        double median = oc_scale_at(x, (double)stage->q50);
        oc_canvas_rect(c, median - 3, y - 9, 6, 18, "bx");
    }
}

static void draw_stage(oc_canvas *c, const oc_chart_stage *stage, const oc_scale *x, double y, double label_room)
{
    bool done = stage->state == OC_CHART_DONE;
    oc_slice when = oc_canvas_say(c, "chart.done-on", OC_ARGS(OC_T(oc_words_month(c->arena, c->lang, stage->done))));
    if (c->narrow) {
        double room = done ? c->width - 24 - oc_canvas_text_width("m", when) : c->width;
        oc_canvas_paragraph(c, done ? 16 : 0, y - 14, OC_START, "t", stage->label, room, 1);
        if (done) draw_done(c, 0, y - 14);
    } else {
        double width = oc_measure_width(stage->label, OC_CANVAS_SIZE, false);
        oc_canvas_paragraph(c, done ? 18 : 0, y + (width > label_room - 18 ? -4 : 4), OC_START, "t", stage->label,
                            label_room - 18, 2);
        if (done) draw_done(c, 0, y + 3);
    }
    if (done) {
        if (c->narrow)
            oc_canvas_text(c, c->width, y - 14, OC_END, "m", when);
        else
            oc_canvas_text(c, x->a, y + 4, OC_START, "m", when);
        return;
    }
    oc_canvas_line(c, x->a, y, x->b, y, "gr");
    draw_open(c, stage, x, y);
    oc_canvas_text(c, c->width, y + 4, OC_END, "m", oc_words_counted(c->arena, stage->never));
}

static void board_table(oc_canvas *c, const oc_chart_board *data)
{
    static const char *const heads[] = {"chart.stage", "chart.q10", "chart.median", "chart.q90", "chart.never-of-100"};
    oc_canvas_head(c, 5, heads);
    for (size_t i = 0; i < data->stage_count; i++) {
        const oc_chart_stage *stage = &data->stages[i];
        bool done = stage->state == OC_CHART_DONE;
        oc_canvas_cell(c, stage->label);
        if (done)
            oc_canvas_cell(
                c, oc_canvas_say(c, "chart.done-on", OC_ARGS(OC_T(oc_words_day(c->arena, c->lang, stage->done)))));
        else
            oc_canvas_cell(c, day_or_never(c, stage->q10));
        oc_canvas_cell(c, done ? OC_SLICE("") : day_or_never(c, stage->q50));
        oc_canvas_cell(c, done ? OC_SLICE("") : day_or_never(c, stage->q90));
        oc_canvas_cell(c, done ? OC_SLICE("") : oc_words_counted(c->arena, stage->never));
    }
}

static oc_slice board_finding(oc_canvas *c, const oc_chart_board *data)
{
    size_t done = 0;
    const oc_chart_stage *next = NULL;
    for (size_t i = 0; i < data->stage_count; i++) {
        if (data->stages[i].state == OC_CHART_DONE) done++;
        if (!next && data->stages[i].state == OC_CHART_OPEN) next = &data->stages[i];
    }
    oc_slice start = oc_canvas_say(c, "chart.finding-board", OC_ARGS(OC_I(done), OC_I(data->stage_count)));
    if (!next) return start;
    oc_slice more =
        oc_canvas_say(c, "chart.finding-board-next", OC_ARGS(OC_T(next->label), OC_T(day_or_never(c, next->q50))));
    return oc_arena_printf(c->arena, "%.*s%s%.*s", OC_FMT(start), c->lang == OC_LANG_JA ? "" : " ", OC_FMT(more));
}

oc_chart oc_chart_draw_board(oc_arena *arena, const oc_chart_board *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    double label_room = c.narrow ? 0 : 230, right = c.narrow ? 34 : 60;
    oc_scale x = {(double)data->as_of, (double)data->horizon, label_room + 2, c.width - right};
    double y = c.narrow ? 16 : 8, pitch = c.narrow ? 52 : 33;
    oc_canvas_text(&c, c.width, 14, OC_END, "m", oc_message(c.lang, "chart.never"));
    for (size_t i = 0; i < data->stage_count; i++) {
        bool compact = c.narrow && data->stages[i].state == OC_CHART_DONE;
        y += compact ? 24 : pitch;
        draw_stage(&c, &data->stages[i], &x, compact ? y + 10 : y - 12, label_room);
    }
    y += c.narrow ? 12 : 4;
    oc_canvas_time_axis(&c, &x, y, y);
    y += 30;
    size_t lines =
        oc_canvas_paragraph(&c, x.a, y + 10, OC_START, "m", oc_message(c.lang, "chart.board-key"), c.width - x.a, 3);
    y += (double)lines * 16 + 12;
    board_table(&c, data);
    return oc_canvas_finish(&c, &data->texts, board_finding(&c, data), y);
}
