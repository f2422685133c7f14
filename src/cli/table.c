/* Tables for the commands; see table.h. */
#include "cli/table.h"

#include <errno.h>
#include <math.h>

#include "base/file.h"

oc_status oc_table_bytes(oc_context *x, oc_slice path, oc_slice *ret_bytes)
{
    oc_slice name = oc_arena_copy(x->arena, path);
    oc_status status = oc_file_read(x->arena, name.ptr, OC_TABLE_LIMIT, ret_bytes);
    if (status == OC_OK) return OC_OK;
    if (status == OC_LIMIT) oc_report(&x->diags, OC_E0002, (oc_span){0}, OC_ARGS(OC_I(OC_TABLE_LIMIT >> 20)));
    else oc_report(&x->diags, OC_E0001, (oc_span){0}, OC_ARGS(OC_T(path), oc_arg_of_errno(errno)));
    oc_show_diags(x);
    return status;
}

oc_status oc_class_load(oc_context *x, size_t argument, oc_refclass *ret_class, oc_slice *ret_path)
{
    oc_slice path = argument < x->arguments.len ? x->arguments.at[argument]
                                                : oc_data_folder(x, "scenarios/rok-us/data/reference-class.csv");
    if (!path.len) return oc_complain(x, OC_IO, "cli.no-flagship", NULL);
    if (ret_path) *ret_path = path;
    oc_day as_of;
    oc_slice bytes;
    oc_status status = oc_get_day(x, "as-of", OC_DAY_NONE, &as_of);
    if (status == OC_OK) status = oc_table_bytes(x, path, &bytes);
    if (status != OC_OK) return status;
    OC_VEC(oc_slice) leave_out = {0};
    for (size_t i = 0; i < x->options.len; i++)
        if (strcmp(x->options.at[i].option->name, "leave-out") == 0)
            *oc_vec_push(x->arena, &leave_out) = x->options.at[i].value;
    status = oc_refclass_read(x->arena, &x->diags, path, bytes, as_of, leave_out.at, leave_out.len, ret_class);
    oc_show_diags(x);
    return status;
}

oc_slice oc_cell_number(oc_context *x, double value, int decimals)
{
    if (isnan(value)) return OC_SLICE("–");
    oc_text text = oc_text_in(x->arena);
    oc_text_fixed(&text, value, decimals);
    return oc_text_slice(&text);
}

oc_slice oc_cell_percent(oc_context *x, double share)
{
    oc_slice number = oc_cell_number(x, 100 * share, 0);
    return isnan(share) ? number : oc_arena_printf(x->arena, "%.*s%%", OC_FMT(number));
}

oc_slice oc_cell_range(oc_context *x, double low, double high, int decimals)
{
    if (isnan(low) || isnan(high)) return OC_SLICE("–");
    oc_slice from = oc_cell_number(x, low, decimals), to = oc_cell_number(x, high, decimals);
    return oc_arena_printf(x->arena, "%.*s … %.*s", OC_FMT(from), OC_FMT(to));
}

oc_slice oc_cell_percents(oc_context *x, double low, double high)
{
    return oc_cell_range(x, 100 * low, 100 * high, 0);
}

oc_slice oc_class_group_name(oc_context *x, const oc_refclass *class, size_t group)
{
    if (group == OC_CLASS_WHOLE) return oc_message(x->lang, "class.whole");
    const oc_class_group *g = &class->group[group];
    const char *form = g->conditions_based ? "class.conditions-based" : "class.dated";
    if (!g->kind.len) return oc_message(x->lang, form);
    return oc_say(x->arena, x->lang, "class.group-name", OC_ARGS(OC_T(g->kind), OC_M(form)));
}

void oc_json_estimate(oc_json *json, const char *key, oc_estimate estimate)
{
    oc_json_row_object(json, key);
    oc_json_number(json, "value", estimate.value);
    oc_json_number(json, "low", estimate.low);
    oc_json_number(json, "high", estimate.high);
    oc_json_end(json);
}

void oc_json_difference(oc_json *json, const char *key, const oc_estimate *e)
{
    oc_json_row_object(json, key);
    oc_json_number(json, "value", e->value);
    oc_json_number(json, "se", e->error);
    oc_json_number(json, "low", e->low);
    oc_json_number(json, "high", e->high);
    oc_json_end(json);
}

oc_slice oc_cell_signed(oc_context *x, const oc_estimate *e, double scale, int most)
{
    if (isnan(e->value)) return OC_SLICE("–");
    double value = e->value * scale, error = e->error * scale;
    if (value == 0 && error == 0) return OC_SLICE("0");
    int decimals = isnan(error) || error == 0 ? (most < 1 ? most : 1) : (int)ceil(-log10(error)) + 1;
    decimals = decimals < 0 ? 0 : decimals > most ? most : decimals;
    oc_text text = oc_text_in(x->arena);
    if (value > 0) oc_text_byte(&text, '+');
    oc_text_fixed(&text, value, decimals);
    if (isnan(error)) return oc_text_slice(&text);
    oc_text_lit(&text, " ±");
    oc_text_fixed(&text, error, decimals);
    return oc_text_slice(&text);
}
