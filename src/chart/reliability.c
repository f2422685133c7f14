/* Reliability: of the forecasts that said so many in 100, how many came true. On the diagonal they agree. */
#include <math.h>

#include "chart/canvas.h"

oc_chart oc_chart_draw_reliability(oc_arena *arena, const oc_chart_reliability *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    double size = c.narrow ? 250 : 300, left = c.narrow ? 34 : 60, top = 26;
    oc_scale x = {0, 1, left, left + size}, y = {0, 1, top + size, top};
    static const char *const heads[] = {"chart.said", "chart.came", "chart.range90", "chart.forecasts"};
    oc_canvas_head(&c, 4, heads);
    oc_canvas_text(&c, 0, 12, OC_START, "m", oc_message(c.lang, "chart.axis-came"));
    oc_canvas_runs_axis(&c, &y, x.a, x.b, 20);
    for (int runs = 0; runs <= 100; runs += 20)
        oc_canvas_text(&c, oc_scale_at(&x, runs / 100.0), y.a + 17, OC_MIDDLE, "m", oc_arena_printf(arena, "%d", runs));
    oc_canvas_text(&c, x.b, y.a + 36, OC_END, "m", oc_message(c.lang, "chart.axis-said"));
    oc_canvas_line(&c, x.a, y.a, x.b, y.b, "ru");
    int total = 0;
    double off = 0;
    for (size_t i = 0; i < data->count; i++) {
        const oc_chart_bin *bin = &data->bins[i];
        double at = oc_scale_at(&x, bin->said), middle = oc_scale_at(&y, bin->came);
        oc_canvas_line(&c, at, oc_scale_at(&y, bin->low), at, oc_scale_at(&y, bin->high), "hw");
        oc_canvas_circle(&c, at, middle, 4.5, "f1 fill");
        oc_canvas_obstacle(&c, at - 5, middle - 5, 10, 10);
        total += bin->count;
        off += bin->count * fabs(bin->said - bin->came);
        oc_text said = oc_text_in(arena), came = oc_text_in(arena);
        oc_words_count(&said, bin->said);
        oc_words_count(&came, bin->came);
        oc_canvas_cell(&c, oc_text_slice(&said));
        oc_canvas_cell(&c, oc_text_slice(&came));
        oc_canvas_cell(&c, oc_words_count_range(arena, c.lang, bin->low, bin->high));
        oc_canvas_cell(&c, oc_arena_printf(arena, "%d", bin->count));
    }
    for (size_t i = 0; i < data->count; i++) {
        const oc_chart_bin *bin = &data->bins[i];
        oc_canvas_text_if_free(&c, oc_scale_at(&x, bin->said) + 8, oc_scale_at(&y, bin->came) + 4, OC_START, "m",
                               oc_arena_printf(arena, "n=%d", bin->count));
    }
    if (!c.narrow)
        oc_canvas_paragraph(&c, x.b + 36, top + 40, OC_START, "t", oc_message(c.lang, "chart.reliability-key"),
                            c.width - x.b - 40, 8);
    oc_slice finding =
        oc_canvas_say(&c, "chart.finding-reliability",
                      OC_ARGS(OC_I(total), OC_T(oc_words_number(arena, total ? off / total * 100 : 0, 0))));
    return oc_canvas_finish(&c, &data->texts, finding, y.a + 46);
}
