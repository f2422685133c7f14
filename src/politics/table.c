/* Making and searching tables; see table.h. */
#include "politics/table.h"

void oc_bargain_table_init(oc_bargain_table *table, oc_arena *arena, size_t actors, size_t issues)
{
    *table = (oc_bargain_table){.origin = OC_BARGAIN_SCENARIO, .actor_count = actors, .issue_count = issues,
                                .actors = OC_NEW_ARRAY(arena, actors, oc_bargain_actor),
                                .issues = OC_NEW_ARRAY(arena, issues, oc_bargain_issue),
                                .cells = OC_NEW_ARRAY(arena, actors * issues, oc_bargain_cell),
                                .salience_unit = 100, .spatial = oc_spatial_default()};
    for (size_t p = 0; p < issues; p++) {
        table->issues[p].high = 100;
        table->issues[p].mass = OC_BARGAIN_STATUS_QUO_MASS;
    }
    for (size_t cell = 0; cell < actors * issues; cell++) table->cells[cell].right = 1;
}

size_t oc_bargain_find_actor(const oc_bargain_table *table, oc_slice name)
{
    for (size_t a = 0; a < table->actor_count; a++)
        if (oc_slice_equal(table->actors[a].name, name)) return a;
    return SIZE_MAX;
}

size_t oc_bargain_find_issue(const oc_bargain_table *table, oc_slice name)
{
    for (size_t p = 0; p < table->issue_count; p++)
        if (oc_slice_equal(table->issues[p].name, name)) return p;
    return SIZE_MAX;
}
