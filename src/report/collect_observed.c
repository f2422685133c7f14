/* What a variable has been: the points of the table or series that its `now` is read from; see collect.h. */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/csv.h"
#include "base/file.h"
#include "report/collect.h"

enum { MAX_POINTS = 400, MOST_BYTES = 4 << 20 };

typedef OC_VEC(oc_chart_point) points;

/* A number as it stands: "2.32%", "0.0209". Expressions are left out: their value is the model's business. */
static bool number_of(oc_slice text, double *ret)
{
    char digits[64], *end;
    text = oc_slice_trim(text);
    if (!text.len || text.len >= sizeof digits) return false;
    memcpy(digits, text.ptr, text.len);
    digits[text.len] = 0;
    if (digits[strspn(digits, "0123456789.+-eE%")]) return false;
    *ret = strtod(digits, &end);
    if (*end == '%' && !end[1]) return *ret /= 100, true;
    return !*end;
}

static void add_point(oc_collector *c, points *list, oc_slice when, oc_slice value)
{
    oc_chart_point point = {oc_day_parse(when, NULL), 0};
    if (point.day == OC_DAY_NONE || point.day > c->model->as_of || list->len == MAX_POINTS) return;
    if (number_of(value, &point.value)) *oc_vec_push(c->arena, list) = point;
}

static oc_slice text_at(const oc_node *node, const char *key)
{
    const oc_node *found = oc_node_get(node, key);
    return found && found->kind == OC_NODE_SCALAR ? found->text : (oc_slice){"", 0};
}

static bool row_counts(const oc_csv *csv, size_t row, const oc_node *where)
{
    for (size_t i = 0; where && where->kind == OC_NODE_MAPPING && i < where->pairs.len; i++) {
        size_t column = 0;
        while (column < csv->columns && !oc_slice_equal(csv->header[column].text, where->pairs.at[i].key->text))
            column++;
        if (column == csv->columns ||
            !oc_slice_equal(oc_csv_at(csv, row, column)->text, where->pairs.at[i].value->text))
            return false;
    }
    return true;
}

static size_t column_named(const oc_csv *csv, oc_slice name)
{
    for (size_t i = 0; i < csv->columns; i++)
        if (oc_slice_equal(csv->header[i].text, name)) return i;
    return SIZE_MAX;
}

static void read_table(oc_collector *c, const oc_node *now, points *list)
{
    oc_slice bytes, path = oc_path_join(c->arena, oc_path_folder(c->model->path), text_at(now, "table"));
    oc_diags quiet = {.arena = c->arena, .sources = c->model->diags->sources};
    oc_csv csv;
    if (oc_file_read(c->arena, path.ptr, MOST_BYTES, &bytes) != OC_OK ||
        oc_csv_read(c->arena, &quiet, path, bytes, &csv) != OC_OK)
        return;
    size_t date = column_named(&csv, text_at(now, "date")), value = column_named(&csv, text_at(now, "value"));
    if (date == SIZE_MAX || value == SIZE_MAX) return;
    for (size_t row = 0; row < csv.rows; row++)
        if (row_counts(&csv, row, oc_node_get(now, "where")))
            add_point(c, list, oc_csv_at(&csv, row, date)->text, oc_csv_at(&csv, row, value)->text);
}

static void read_series(oc_collector *c, const oc_node *series, points *list)
{
    for (size_t i = 0; series->kind == OC_NODE_MAPPING && i < series->pairs.len; i++) {
        const oc_node *value = series->pairs.at[i].value, *is = oc_node_get(value, "is");
        if (is) value = is;
        if (value->kind == OC_NODE_SCALAR) add_point(c, list, series->pairs.at[i].key->text, value->text);
    }
}

static int by_day(const void *a, const void *b)
{
    oc_day x = ((const oc_chart_point *)a)->day, y = ((const oc_chart_point *)b)->day;
    return (x > y) - (x < y);
}

void oc_collect_observed(oc_collector *c, oc_slice variable, double scale, oc_report_fan *fan)
{
    const oc_pair *record = oc_node_pair(oc_node_get(c->model->root, "variables"), variable);
    const oc_node *now = record ? oc_node_get(record->value, "now") : NULL;
    if (!now || now->kind != OC_NODE_MAPPING) return;
    points list = {0};
    if (oc_node_get(now, "table"))
        read_table(c, now, &list);
    else if (oc_node_get(now, "series"))
        read_series(c, oc_node_get(now, "series"), &list);
    if (!list.len) return;
    qsort(list.at, list.len, sizeof *list.at, by_day);
    for (size_t i = 0; i < list.len; i++) list.at[i].value *= scale;
    fan->observed = list.at;
    fan->observed_count = list.len;
}
