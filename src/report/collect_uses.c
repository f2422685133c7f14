/* Where the scenario names the sources that a report mentions: the way back from a document to the lines that rest on
 * it; see collect.h. */
#include <stdlib.h>

#include "report/collect.h"

enum { DEEPEST = 64 };

typedef OC_VEC(oc_report_use) uses;

static void add_use(oc_collector *c, uses *lists, const oc_node *key)
{
    const oc_map_entry *entry = oc_map_find(&c->numbers, key->text);
    const oc_source *file = oc_source_get(c->model->diags->sources, key->span.file);
    if (entry && file)
        *oc_vec_push(c->arena, &lists[entry->value.number]) =
            (oc_report_use){key->span.file - 1, oc_source_place(file, key->span.start).line};
}

static void add_from(oc_collector *c, uses *lists, const oc_node *from)
{
    if (from->kind == OC_NODE_SCALAR) add_use(c, lists, from);
    for (size_t i = 0; from->kind == OC_NODE_LIST && i < from->items.len; i++)
        if (from->items.at[i]->kind == OC_NODE_SCALAR) add_use(c, lists, from->items.at[i]);
}

static void walk(oc_collector *c, uses *lists, const oc_node *node, int depth)
{
    if (depth > DEEPEST) return;
    if (node->kind == OC_NODE_LIST)
        for (size_t i = 0; i < node->items.len; i++) walk(c, lists, node->items.at[i], depth + 1);
    if (node->kind != OC_NODE_MAPPING) return;
    for (size_t i = 0; i < node->pairs.len; i++) {
        const oc_pair *pair = &node->pairs.at[i];
        if (oc_slice_is(pair->key->text, "from"))
            add_from(c, lists, pair->value);
        else
            walk(c, lists, pair->value, depth + 1);
    }
}

static int by_place(const void *a, const void *b)
{
    const oc_report_use *x = a, *y = b;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* In order, each once. */
static void tidy(uses *list)
{
    size_t count = 0;
    if (list->len) qsort(list->at, list->len, sizeof *list->at, by_place);
    for (size_t i = 0; i < list->len; i++)
        if (!count || by_place(&list->at[i], &list->at[count - 1])) list->at[count++] = list->at[i];
    list->len = count;
}

void oc_collect_uses(oc_collector *c)
{
    uses *lists = OC_NEW_ARRAY(c->arena, c->sources.len + 1, uses);
    if (!c->model->root) return;
    walk(c, lists, c->model->root, 0);
    for (size_t i = 0; i < c->sources.len; i++) {
        tidy(&lists[i]);
        c->sources.at[i].uses = lists[i].at;
        c->sources.at[i].use_count = lists[i].len;
    }
}
