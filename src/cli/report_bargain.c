/* The issues of a scenario as they stand on its as_of, for the report's maps; see report_input.h. */
#include <math.h>

#include "cli/bargain.h"
#include "cli/report_input.h"

enum { MAX_ISSUES = 6, RUNS = 400, NINETY = 2 };

static oc_local title_of(oc_arena *arena, const oc_node *node, oc_slice name)
{
    oc_diags quiet = {0};
    oc_title title = node ? oc_title_read(&quiet, node) : (oc_title){0};
    return oc_collect_title(arena, &title, name);
}

/* What the ends of the scale mean, in every language. */
static void read_ends(oc_collector *c, const oc_node *issue, oc_report_bargain *ret)
{
    const oc_node *scale = oc_node_get(issue, "scale");
    if (!scale || scale->kind != OC_NODE_MAPPING || scale->pairs.len < 2) return;
    ret->at_0 = title_of(c->arena, scale->pairs.at[0].value, OC_SLICE(""));
    ret->at_100 = title_of(c->arena, scale->pairs.at[scale->pairs.len - 1].value, OC_SLICE(""));
}

static oc_report_refs stake_refs(oc_collector *c, const oc_node *issue, oc_slice actor)
{
    const oc_pair *stake = oc_node_pair(oc_node_get(issue, "positions"), actor);
    const oc_node *from = stake ? oc_node_get(stake->value, "from") : NULL;
    if (!from) return (oc_report_refs){0};
    if (from->kind != OC_NODE_LIST) return oc_collect_refs(c, &from->text, 1);
    oc_slice *keys = OC_NEW_ARRAY(c->arena, from->items.len + 1, oc_slice);
    for (size_t i = 0; i < from->items.len; i++) keys[i] = from->items.at[i]->text;
    return oc_collect_refs(c, keys, from->items.len);
}

static double on_scale(const oc_bargain_issue *issue, double value)
{
    return 100 * (value - issue->low) / (issue->high - issue->low);
}

static void fill(oc_collector *c, const oc_pair *issue, const oc_bargain_table *table, const oc_bargain_result *result,
                 oc_report_bargain *ret)
{
    const oc_bargain_issue *scale = &table->issues[0];
    oc_report_position *actors = OC_NEW_ARRAY(c->arena, table->actor_count + 1, oc_report_position);
    double most = 0;
    for (size_t i = 0; i < table->actor_count; i++)
        most = fmax(most, oc_bargain_cell_at(table, i, 0)->capability.value);
    size_t count = 0;
    for (size_t i = 0; i < table->actor_count; i++) {
        const oc_bargain_cell *cell = oc_bargain_cell_at(table, i, 0);
        if (!cell->present) continue;
        oc_slice id = table->actors[i].name;
        const oc_pair *actor = oc_node_pair(oc_node_get(c->model->root, "actors"), id);
        const oc_pair *stance = oc_node_pair(oc_node_get(issue->value, "positions"), id);
        /* Who is no actor of the record may have a title where the position stands. */
        const oc_node *name = actor    ? oc_node_get(actor->value, "name")
                              : stance ? oc_node_get(stance->value, "title")
                                       : NULL;
        actors[count++] = (oc_report_position){.label = title_of(c->arena, name, id),
                                               .position = on_scale(scale, cell->position.value),
                                               .salience = cell->salience.value,
                                               .capability = most > 0 ? cell->capability.value / most : 0,
                                               .refs = stake_refs(c, issue->value, id)};
    }
    const oc_bargain_outcome *outcome = &result->outcomes[0];
    *ret = (oc_report_bargain){.title = title_of(c->arena, oc_node_get(issue->value, "title"), issue->key->text),
                               .actors = actors,
                               .count = count,
                               .outcome = on_scale(scale, outcome->outcome),
                               .low = on_scale(scale, outcome->full[NINETY].low),
                               .high = on_scale(scale, outcome->full[NINETY].high),
                               .status_quo = scale->has_status_quo ? on_scale(scale, scale->status_quo) : -1};
    read_ends(c, issue->value, ret);
    oc_slice key = oc_arena_printf(c->arena, "bargain.model.%s", oc_bargain_model_name(result->options.model));
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) ret->model.in[lang] = oc_message((oc_lang)lang, key.ptr);
}

void oc_report_add_bargains(oc_context *x, oc_collector *c)
{
    const oc_node *issues = oc_node_get(c->model->root, "issues");
    if (!issues || issues->kind != OC_NODE_MAPPING) return;
    oc_report_bargain *list = OC_NEW_ARRAY(x->arena, MAX_ISSUES, oc_report_bargain);
    size_t count = 0;
    for (size_t i = 0; i < issues->pairs.len && count < MAX_ISSUES; i++) {
        oc_bargain_table table;
        oc_bargain_model model = OC_MODEL_COMPROMISE;
        oc_bargain_result result;
        oc_diags quiet = {.arena = x->arena, .sources = &x->sources};
        if (!oc_bargain_read_issue(x, c->model, &issues->pairs.at[i], &table, &model)) continue;
        oc_bargain_options options = oc_bargain_default(model, &table);
        if (options.runs > RUNS) options.runs = RUNS;
        if (oc_bargain_run(x->arena, &quiet, &table, &options, NULL, &result) != OC_OK) continue;
        fill(c, &issues->pairs.at[i], &table, &result, &list[count++]);
    }
    c->input->bargains = list;
    c->input->bargain_count = count;
}
