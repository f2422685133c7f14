/* opcon bargain --format svg: the map of positions, drawn by chart/. */
#include <math.h>

#include "chart/chart.h"
#include "cli/bargain.h"

enum { MOST_ACTORS = 24 };

/* A place on the issue's scale as hundredths of it. */
static double on_scale(const oc_bargain_issue *issue, double value)
{
    return issue->high > issue->low ? 100 * (value - issue->low) / (issue->high - issue->low) : 0;
}

oc_slice oc_bargain_svg(oc_context *x, const oc_bargain_result *result)
{
    const oc_bargain_table *table = result->table;
    const oc_bargain_issue *issue = &table->issues[0];
    const oc_bargain_outcome *outcome = &result->outcomes[0];
    oc_chart_position *actors = OC_NEW_ARRAY(x->arena, MOST_ACTORS, oc_chart_position);
    double strongest = 0;
    size_t count = 0;
    for (size_t a = 0; a < table->actor_count; a++)
        if (oc_bargain_cell_at(table, a, 0)->present)
            strongest = fmax(strongest, oc_bargain_cell_at(table, a, 0)->capability.value);
    for (size_t a = 0; a < table->actor_count && count < MOST_ACTORS; a++) {
        const oc_bargain_cell *cell = oc_bargain_cell_at(table, a, 0);
        if (!cell->present) continue;
        oc_slice title = table->actors[a].title;
        actors[count++] = (oc_chart_position){.label = title.len ? title : table->actors[a].name,
                                              .position = on_scale(issue, cell->position.value),
                                              .salience = cell->salience.value,
                                              .capability = strongest > 0 ? cell->capability.value / strongest : 0};
    }
    oc_chart_bargain data = {.texts = {.title = issue->title.len ? issue->title : issue->name,
                                       .footer = oc_say(x->arena, x->lang, "bargain.svg.footer",
                                                        OC_ARGS(OC_S(oc_bargain_model_name(result->options.model)),
                                                                OC_I(result->options.runs)))},
                             .at_0 = issue->low_means,
                             .at_100 = issue->high_means,
                             .actors = actors,
                             .count = count,
                             .outcome = on_scale(issue, outcome->outcome),
                             .low = on_scale(issue, outcome->full[2].low),
                             .high = on_scale(issue, outcome->full[2].high),
                             .status_quo = issue->has_status_quo ? on_scale(issue, issue->status_quo) : -1};
    oc_chart_options options = {.lang = x->lang, .standalone = true, .id = OC_SLICE("bargain")};
    return oc_chart_draw_bargain(x->arena, &data, &options).svg;
}
