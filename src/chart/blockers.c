/* What stands in the way, year by year: of 100 future days in a year, how many were spent waiting for what. */
#include <math.h>

#include "chart/canvas.h"

enum { APART = 5 };
static const char *const classes[APART + 1] = {"f1 fill", "t2 fill", "t3 fill", "t4 fill", "t5 fill", "t6 fill"};
static const char *const numbers[APART + 1] = {"n o k1", "n o k2", "n o k3", "n o k4", "n o k5", "n o k6"};

static double share_of(const oc_chart_blockers *data, size_t year, size_t cause)
{
    double share = data->share[year * data->cause_count + cause];
    return share > 0 ? share : 0;
}

/* Share of a drawn band: a cause of its own, or what is left of them. */
static double band_of(const oc_chart_blockers *data, size_t year, size_t band)
{
    if (band < APART) return band < data->cause_count ? share_of(data, year, band) : 0;
    double sum = 0;
    for (size_t i = APART; i < data->cause_count; i++) sum += share_of(data, year, i);
    return sum;
}

/* A row for each cause: there are many, with long names, and figures of two digits fit beneath years. */
static void blockers_table(oc_canvas *c, const oc_chart_blockers *data)
{
    c->table.columns = data->year_count + 1;
    oc_canvas_cell(c, oc_message(c->lang, "chart.cause"));
    for (size_t year = 0; year < data->year_count; year++)
        oc_canvas_cell(c, oc_arena_printf(c->arena, "%d", data->years[year]));
    for (size_t i = 0; i < data->cause_count; i++) {
        oc_canvas_cell(c, data->causes[i]);
        for (size_t year = 0; year < data->year_count; year++)
            oc_canvas_cell(c, oc_words_counted(c->arena, share_of(data, year, i)));
    }
}

static double draw_legend(oc_canvas *c, const oc_chart_blockers *data, double y)
{
    size_t bands = data->cause_count > APART ? APART + 1 : data->cause_count;
    double x = 0;
    for (size_t i = 0; i < bands; i++) {
        oc_slice label = i < APART ? data->causes[i] : oc_message(c->lang, "chart.other-causes");
        label = oc_measure_fit(c->arena, label, c->width - 35, OC_CANVAS_SIZE);
        double width = oc_canvas_text_width("t", label);
        if (x > 0 && x + 31 + width > c->width) x = 0, y += 22;
        oc_canvas_rect(c, x, y - 11, 25, 14, classes[i]);
        oc_canvas_text(c, x + 8, y, OC_MIDDLE, numbers[i], oc_arena_printf(c->arena, "%zu", i + 1));
        oc_canvas_text(c, x + 30, y, OC_START, "t", label);
        x += 30 + width + 18;
    }
    oc_canvas_text(c, 0, y + 22, OC_START, "m", oc_message(c->lang, "chart.blank-done"));
    return y + 22;
}

static oc_slice blockers_finding(oc_canvas *c, const oc_chart_blockers *data)
{
    if (!data->year_count || !data->cause_count) return OC_SLICE("");
    size_t year = data->year_count > 2 ? 2 : data->year_count - 1, most = 0;
    for (size_t i = 1; i < data->cause_count; i++)
        if (share_of(data, year, i) > share_of(data, year, most)) most = i;
    return oc_canvas_say(c, "chart.finding-blockers",
                         OC_ARGS(OC_I(data->years[year]), OC_T(data->causes[most]),
                                 OC_T(oc_words_counted(c->arena, share_of(data, year, most)))));
}

/* One cause's part of every year's bar, with its number where there is room. */
static void draw_band(oc_canvas *c, const oc_chart_blockers *data, size_t band, const oc_scale *y, double left,
                      double pitch, double width)
{
    oc_text bars = oc_text_in(c->arena);
    for (int labels = 0; labels < 2; labels++) {
        for (size_t year = 0; year < data->year_count; year++) {
            double x = left + ((double)year + 0.5) * pitch, sum = 0, share = band_of(data, year, band);
            for (size_t below = 0; below < band; below++) sum += fmax(0, band_of(data, year, below));
            double from = oc_scale_at(y, sum + share), height = oc_scale_at(y, sum) - from;
            if (share <= 0) continue;
            if (!labels)
                oc_canvas_add_bar(&bars, x - width / 2, from, width, height);
            else if (height > 17 && width > 18)
                oc_canvas_text(c, x, from + height / 2 + 4.5, OC_MIDDLE, numbers[band],
                               oc_arena_printf(c->arena, "%zu", band + 1));
        }
        if (!labels) oc_canvas_bars(c, &bars, classes[band]);
    }
}

oc_chart oc_chart_draw_blockers(oc_arena *arena, const oc_chart_blockers *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    double top = draw_legend(&c, data, 16) + 40, bottom = top + (c.narrow ? 190 : 230);
    oc_scale y = {0, 1, bottom, top};
    double left = c.narrow ? 30 : 38;
    double pitch = (c.width - left) / (double)(data->year_count ? data->year_count : 1), width = pitch * 0.78;
    if (width > 44) width = 44;
    oc_canvas_text(&c, 0, top - 14, OC_START, "m", oc_message(c.lang, "chart.axis-days"));
    oc_canvas_runs_axis(&c, &y, left, c.width, 20);
    for (size_t band = 0; band <= APART; band++) draw_band(&c, data, band, &y, left, pitch, width);
    size_t every = 1;
    while (pitch * (double)every < 40) every++;
    for (size_t year = 0; year < data->year_count; year += every)
        oc_canvas_text(&c, left + ((double)year + 0.5) * pitch, bottom + 17, OC_MIDDLE, "m",
                       oc_arena_printf(arena, "%d", data->years[year]));
    oc_canvas_line(&c, left, bottom, c.width, bottom, "ax");
    blockers_table(&c, data);
    return oc_canvas_finish(&c, &data->texts, blockers_finding(&c, data), bottom + 26);
}
