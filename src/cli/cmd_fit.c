/* opcon fit: a rate, a chance or a quantity from a table, ready to stand in a scenario.
 *
 *     opcon fit shocks rate --where event_type=impeachment --from 2003-01-01
 *     opcon fit exercises chance --where season=summer --is "status=cancelled|suspended"
 *     opcon fit data/budget.csv normal value --where series=rok_defence_budget_growth --unit % --scenario mine
 *
 * A table is a path, or a name in the folder of the scenario or in the `data` beside it. Rows are chosen with --where
 * and by their date; what is counted and how is in the sentence that goes with the number. */
#include <glob.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/fit.h"
#include "base/file.h"
#include "cli/table.h"

static const oc_option options[] = {{"scenario", "SCENARIO", false},
                                    {"where", "COLUMN=VALUE", true},
                                    {"is", "COLUMN=VALUE", false},
                                    {"date", "COLUMN", false},
                                    {"from", "DATE", false},
                                    {"to", "DATE", false},
                                    {"unit", "UNIT", false},
                                    {"spread", NULL, false},
                                    {"format", "text|json|csv", false},
                                    {NULL, NULL, false}};

static const char *const kinds[] = {"rate", "chance", "normal", "lognormal"};
static const double LEVEL = 0.9;
enum { MOST_SOURCES = 8 };

/* COLUMN=VALUE or COLUMN!=VALUE; several values stand between bars. */
typedef struct condition {
    size_t column;
    bool other; /* != */
    oc_slice values;
    oc_slice text; /* as written */
} condition;

typedef struct work {
    oc_context *x;
    oc_slice path, shown; /* of the table; as it is named to readers */
    oc_csv csv;
    oc_fit_kind kind;
    size_t date, value, source; /* columns, SIZE_MAX if there is none */
    OC_VEC(condition) where;
    condition is;
    oc_day from, to;
    size_t rows, hits; /* rows chosen; of these with --is */
    double years;
    OC_VEC(double) values;
    OC_VEC(oc_slice) sources;
    oc_fitted fitted;
} work;

static oc_status find_column(work *w, oc_slice name, size_t *ret)
{
    oc_slice copy = oc_arena_copy(w->x->arena, name);
    *ret = oc_csv_column(&w->csv, copy.ptr);
    if (*ret != SIZE_MAX) return OC_OK;
    oc_slice *names = OC_NEW_ARRAY(w->x->arena, w->csv.columns, oc_slice);
    for (size_t i = 0; i < w->csv.columns; i++) names[i] = w->csv.header[i].text;
    oc_span header = oc_span_join(w->csv.header[0].span, w->csv.header[w->csv.columns - 1].span);
    oc_diag *d = oc_report(&w->x->diags, OC_E0952, header, OC_ARGS(OC_T(name)));
    oc_diag_suggest(d, (oc_span){0}, name, names, w->csv.columns);
    return OC_INPUT;
}

static oc_status read_condition(work *w, const char *option, oc_slice text, condition *ret)
{
    size_t equals = oc_slice_find(text, OC_SLICE("="), 0);
    if (equals == SIZE_MAX)
        return oc_complain(w->x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S(option), OC_T(text), OC_S("COLUMN=VALUE")));
    *ret = (condition){.other = equals > 0 && text.ptr[equals - 1] == '!',
                       .text = text,
                       .values = oc_slice_trim(oc_slice_sub(text, equals + 1, text.len))};
    return find_column(w, oc_slice_trim(oc_slice_sub(text, 0, equals - ret->other)), &ret->column);
}

static bool meets(const work *w, const condition *c, size_t row)
{
    oc_slice cell = oc_csv_at(&w->csv, row, c->column)->text;
    for (size_t at = 0; at <= c->values.len;) {
        size_t bar = oc_slice_find(c->values, OC_SLICE("|"), at), end = bar == SIZE_MAX ? c->values.len : bar;
        if (oc_slice_equal(cell, oc_slice_trim(oc_slice_sub(c->values, at, end)))) return !c->other;
        at = end + 1;
    }
    return c->other;
}

static oc_status read_options(work *w)
{
    oc_context *x = w->x;
    oc_status status = OC_OK;
    for (size_t i = 0; i < x->options.len && status == OC_OK; i++)
        if (strcmp(x->options.at[i].option->name, "where") == 0)
            status = read_condition(w, "where", x->options.at[i].value, oc_vec_push(x->arena, &w->where));
    if (status == OC_OK && oc_has(x, "is"))
        status = read_condition(w, "is", oc_value_of(x, "is", (oc_slice){0}), &w->is);
    if (status == OC_OK) status = oc_get_day(x, "from", OC_DAY_NONE, &w->from);
    if (status == OC_OK) status = oc_get_day(x, "to", OC_DAY_NONE, &w->to);
    w->source = oc_csv_column(&w->csv, "source");
    w->date = oc_csv_column(&w->csv, "date");
    if (status == OC_OK && oc_has(x, "date")) status = find_column(w, oc_value_of(x, "date", (oc_slice){0}), &w->date);
    bool needs_date = w->kind == OC_FIT_RATE || w->from != OC_DAY_NONE || w->to != OC_DAY_NONE;
    if (status == OC_OK && needs_date && w->date == SIZE_MAX) status = find_column(w, OC_SLICE("date"), &w->date);
    if (status == OC_OK && w->kind == OC_FIT_CHANCE && !oc_has(x, "is"))
        return oc_complain(x, OC_USAGE, "cli.needs-value", OC_ARGS(OC_S("is"), OC_S("COLUMN=VALUE")));
    if (status == OC_OK && (w->kind == OC_FIT_NORMAL || w->kind == OC_FIT_LOGNORMAL))
        status = find_column(w, x->arguments.len > 2 ? x->arguments.at[2] : OC_SLICE("value"), &w->value);
    return status;
}

/* The days a cell names; false where it is empty or wrong, which is then reported. */
static bool read_days(work *w, size_t row, oc_day *ret_first, oc_day *ret_last)
{
    const oc_csv_cell *cell = oc_csv_at(&w->csv, row, w->date);
    if (oc_days_parse(cell->text, ret_first, ret_last)) return true;
    oc_report(&w->x->diags, OC_E0947, cell->span, OC_ARGS(OC_T(cell->text), OC_T(w->csv.header[w->date].text)));
    return false;
}

/* Where no --from or --to was given: the first and last day in the whole table, chosen rows or not. */
static void default_period(work *w)
{
    oc_day first = OC_DAY_NONE, last = OC_DAY_NONE, a, b;
    for (size_t i = 0; i < w->csv.rows; i++) {
        if (!read_days(w, i, &a, &b)) continue;
        if (first == OC_DAY_NONE || a < first) first = a;
        if (last == OC_DAY_NONE || b > last) last = b;
    }
    if (w->from == OC_DAY_NONE) w->from = first;
    if (w->to == OC_DAY_NONE) w->to = last;
    w->years = (double)(w->to - w->from + 1) / OC_DAYS_PER_YEAR;
}

static bool chosen(work *w, size_t row)
{
    for (size_t i = 0; i < w->where.len; i++)
        if (!meets(w, &w->where.at[i], row)) return false;
    oc_day first, last;
    if (w->date == SIZE_MAX || (w->from == OC_DAY_NONE && w->to == OC_DAY_NONE)) return true;
    if (!read_days(w, row, &first, &last)) return false;
    return (w->from == OC_DAY_NONE || first >= w->from) && (w->to == OC_DAY_NONE || last <= w->to);
}

static void add_sources(work *w, size_t row)
{
    if (w->source == SIZE_MAX) return;
    oc_slice rest = oc_csv_at(&w->csv, row, w->source)->text;
    while (rest.len) {
        size_t end = oc_slice_find(rest, OC_SLICE(";"), 0);
        oc_slice key = oc_slice_trim(oc_slice_sub(rest, 0, end));
        bool known = key.len == 0;
        for (size_t i = 0; i < w->sources.len && !known; i++) known = oc_slice_equal(w->sources.at[i], key);
        if (!known) *oc_vec_push(w->x->arena, &w->sources) = key;
        rest = end == SIZE_MAX ? (oc_slice){0} : oc_slice_sub(rest, end + 1, rest.len);
    }
}

static void add_value(work *w, size_t row)
{
    const oc_csv_cell *cell = oc_csv_at(&w->csv, row, w->value);
    oc_slice copy = oc_arena_copy(w->x->arena, cell->text);
    char *end;
    double value = strtod(copy.ptr, &end);
    if (copy.len && end == copy.ptr + copy.len && isfinite(value))
        *oc_vec_push(w->x->arena, &w->values) = value;
    else if (!w->x->diags.errors) /* the first says enough: often the whole column is another one */
        oc_report(&w->x->diags, OC_E0950, cell->span, OC_ARGS(OC_T(cell->text), OC_T(w->csv.header[w->value].text)));
}

static void count_rows(work *w)
{
    if (w->kind == OC_FIT_RATE) default_period(w);
    for (size_t i = 0; i < w->csv.rows; i++) {
        if (!chosen(w, i)) continue;
        w->rows++;
        add_sources(w, i);
        if (w->kind == OC_FIT_CHANCE) w->hits += meets(w, &w->is, i);
        if (w->kind == OC_FIT_NORMAL || w->kind == OC_FIT_LOGNORMAL) add_value(w, i);
    }
}

static bool fit(work *w)
{
    switch (w->kind) {
    case OC_FIT_RATE: return oc_fit_rate(w->rows, w->years, LEVEL, &w->fitted);
    case OC_FIT_CHANCE: return oc_fit_chance(w->hits, w->rows, LEVEL, &w->fitted);
    case OC_FIT_NORMAL: return oc_fit_normal(w->values.at, w->values.len, LEVEL, &w->fitted);
    case OC_FIT_LOGNORMAL: return oc_fit_lognormal(w->values.at, w->values.len, LEVEL, &w->fitted);
    }
    return false;
}

static oc_slice expression(work *w)
{
    oc_text text = oc_text_in(w->x->arena);
    oc_fit_expression(&text, w->kind, &w->fitted, oc_value_of(w->x, "unit", (oc_slice){"", 0}), oc_has(w->x, "spread"));
    return oc_text_slice(&text);
}

/* A number of the text: three significant digits or so. */
static oc_slice short_number(work *w, double value)
{
    double size = fabs(value);
    return oc_cell_number(w->x, value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/* What was found. */
static oc_slice finding(work *w)
{
    oc_arena *arena = w->x->arena;
    oc_slice low = short_number(w, w->fitted.value.low), high = short_number(w, w->fitted.value.high);
    oc_slice period = w->kind == OC_FIT_RATE ? oc_cell_number(w->x, w->years, 1) : (oc_slice){"", 0};
    switch (w->kind) {
    case OC_FIT_RATE:
        return oc_say(arena, w->x->lang, "fit.because-rate",
                      OC_ARGS(OC_I(w->rows), OC_T(period), OC_D(w->from), OC_D(w->to), OC_T(low), OC_T(high)));
    case OC_FIT_CHANCE:
        return oc_say(arena, w->x->lang, "fit.because-chance",
                      OC_ARGS(OC_I(w->hits), OC_I(w->rows),
                              OC_T(oc_cell_percents(w->x, w->fitted.value.low, w->fitted.value.high))));
    case OC_FIT_NORMAL:
    case OC_FIT_LOGNORMAL:
        return oc_say(arena, w->x->lang, w->kind == OC_FIT_NORMAL ? "fit.because-normal" : "fit.because-lognormal",
                      OC_ARGS(OC_I(w->values.len), OC_T(short_number(w, w->fitted.value.value)), OC_T(low), OC_T(high),
                              OC_T(short_number(w, w->fitted.second))));
    }
    return (oc_slice){"", 0};
}

/* The table, which rows of it, and what was found. */
static oc_slice because(work *w)
{
    oc_text rows = oc_text_in(w->x->arena);
    oc_text_add(&rows, w->shown);
    for (size_t i = 0; i < w->where.len; i++) oc_text_printf(&rows, ", %.*s", OC_FMT(w->where.at[i].text));
    if (w->kind == OC_FIT_CHANCE) oc_text_printf(&rows, ", %.*s", OC_FMT(w->is.text));
    return oc_tell(w->x, "fit.because", OC_ARGS(OC_T(oc_text_slice(&rows)), OC_T(finding(w))));
}

static oc_slice source_list(work *w)
{
    oc_text text = oc_text_in(w->x->arena);
    for (size_t i = 0; i < w->sources.len && i < MOST_SOURCES; i++) {
        if (i) oc_text_lit(&text, ", ");
        oc_text_add(&text, w->sources.at[i]);
    }
    return oc_text_slice(&text);
}

static oc_slice as_text(work *w)
{
    oc_text out = oc_text_in(w->x->arena);
    oc_slice is = expression(w), why = because(w);
    oc_text_lit(&out, "{is: ");
    oc_text_json_string(&out, is); /* a JSON string is a YAML string */
    if (w->sources.len) oc_text_printf(&out, ", from: [%.*s]", OC_FMT(source_list(w)));
    oc_text_lit(&out, ",\n because: ");
    oc_text_json_string(&out, why);
    oc_text_lit(&out, "}\n");
    if (!w->sources.len) oc_text_printf(&out, "# %.*s\n", OC_FMT(oc_message(w->x->lang, "fit.no-source")));
    if (w->sources.len > MOST_SOURCES) {
        oc_text_lit(&out, "# ");
        oc_text_message(&out, w->x->lang, "fit.more-sources", OC_ARGS(OC_I(w->sources.len - MOST_SOURCES)));
        oc_text_byte(&out, '\n');
    }
    return oc_text_slice(&out);
}

static oc_slice as_json(work *w)
{
    oc_json json = oc_json_in(w->x->arena);
    oc_json_object(&json, NULL);
    oc_json_text(&json, "table", w->path);
    oc_json_text(&json, "kind", oc_slice_of(kinds[w->kind]));
    oc_json_text(&json, "is", expression(w));
    oc_json_row(&json, "from");
    for (size_t i = 0; i < w->sources.len; i++) oc_json_text(&json, NULL, w->sources.at[i]);
    oc_json_end(&json);
    oc_json_text(&json, "because", because(w));
    oc_json_unsigned(&json, "rows", w->rows);
    oc_json_estimate(&json, "value", w->fitted.value);
    oc_json_number(&json, "first", w->fitted.first);
    oc_json_number(&json, "second", w->fitted.second);
    oc_json_end(&json);
    return oc_json_done(&json);
}

static oc_slice as_csv(work *w)
{
    oc_text out = oc_text_in(w->x->arena);
    oc_text_lit(&out, "kind,rows,value,low,high,first,second\n");
    oc_text_printf(&out, "%s,%zu", kinds[w->kind], w->rows);
    const double numbers[] = {w->fitted.value.value, w->fitted.value.low, w->fitted.value.high, w->fitted.first,
                              w->fitted.second};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        oc_text_byte(&out, ',');
        oc_text_number(&out, numbers[i]);
    }
    oc_text_byte(&out, '\n');
    return oc_text_slice(&out);
}

/* The second argument as a kind. */
static oc_status read_kind(work *w)
{
    oc_context *x = w->x;
    if (x->arguments.len < 2 || x->arguments.len > 3) return oc_complain(x, OC_USAGE, "fit.usage", NULL);
    for (int k = 0; k < 4; k++) {
        if (!oc_slice_is(x->arguments.at[1], kinds[k])) continue;
        w->kind = (oc_fit_kind)k;
        return OC_OK;
    }
    return oc_complain(x, OC_USAGE, "fit.bad-kind", OC_ARGS(OC_T(x->arguments.at[1])));
}

/* Folder of the scenario that is meant. */
static oc_status scenario_folder(work *w, oc_slice *ret)
{
    oc_slice path;
    oc_slice name = oc_value_of(w->x, "scenario", (oc_slice){"", 0});
    oc_status status = oc_scenario_named(w->x, name, &path);
    if (status != OC_OK) return status;
    *ret = oc_file_is_folder(path.ptr) ? path : oc_path_folder(path);
    return OC_OK;
}

static oc_status no_table(work *w, oc_slice folder)
{
    oc_context *x = w->x;
    oc_text names = oc_text_in(x->arena);
    glob_t found = {0};
    static const char *const places[] = {"%.*s/*.csv", "%.*s/data/*.csv"};
    for (int i = 0; i < 2; i++)
        glob(oc_arena_printf(x->arena, places[i], OC_FMT(folder)).ptr, i ? GLOB_APPEND : 0, NULL, &found);
    for (size_t i = 0; i < found.gl_pathc; i++)
        oc_text_printf(&names, "%s%s", i ? ", " : "", found.gl_pathv[i] + folder.len + 1);
    globfree(&found);
    oc_complain(x, OC_IO, "fit.no-table", OC_ARGS(OC_T(x->arguments.at[0]), OC_T(folder)));
    if (names.len) oc_complain(x, OC_IO, "fit.tables", OC_ARGS(OC_T(oc_text_slice(&names))));
    return OC_IO;
}

/* The first argument: a path; else NAME, NAME.csv, data/NAME or data/NAME.csv in the scenario's folder. */
static oc_status find_table(work *w)
{
    oc_context *x = w->x;
    static const char *const forms[] = {"%.*s", "%.*s.csv", "data/%.*s", "data/%.*s.csv"};
    oc_slice folder, name = x->arguments.at[0];
    w->path = w->shown = name;
    if (!oc_has(x, "scenario") && oc_file_exists(oc_arena_copy(x->arena, name).ptr)) return OC_OK;
    oc_status status = scenario_folder(w, &folder);
    if (status != OC_OK) return status;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        w->shown = oc_arena_printf(x->arena, forms[i], OC_FMT(name));
        w->path = oc_path_join(x->arena, folder, w->shown);
        if (oc_file_exists(w->path.ptr) && !oc_file_is_folder(w->path.ptr)) return OC_OK;
    }
    return no_table(w, folder);
}

static oc_status load(work *w)
{
    oc_context *x = w->x;
    oc_slice bytes;
    oc_status status = find_table(w);
    if (status != OC_OK) return status;
    status = oc_table_bytes(x, w->path, &bytes);
    if (status == OC_OK) status = oc_csv_read(x->arena, &x->diags, w->path, bytes, &w->csv);
    if (status == OC_OK) status = read_options(w);
    if (status == OC_OK) {
        count_rows(w);
        status = oc_diags_status(&x->diags);
    }
    if (status == OC_OK && !fit(w)) {
        oc_slice column = w->value == SIZE_MAX ? (oc_slice){"", 0} : w->csv.header[w->value].text;
        oc_diag *d = oc_report(&x->diags, OC_E0953, (oc_span){0}, OC_ARGS(OC_T(column), OC_I(w->rows)));
        oc_diag_note(d, w->kind == OC_FIT_LOGNORMAL ? "fit.needs-positive" : "fit.needs-rows", NULL);
        status = OC_INPUT;
    }
    if (status != OC_USAGE) oc_show_diags(x);
    return status;
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "csv"};
    static oc_slice (*const write[])(work *) = {as_text, as_json, as_csv};
    size_t format;
    work *w = OC_NEW(x->arena, work);
    *w = (work){.x = x, .date = SIZE_MAX, .value = SIZE_MAX, .source = SIZE_MAX};
    oc_status status = oc_get_word(x, "format", formats, 3, 0, &format);
    if (status == OC_OK) status = read_kind(w);
    if (status == OC_OK) status = load(w);
    if (status == OC_OK) oc_print(x, write[format](w));
    return status;
}

const oc_command oc_cmd_fit = {"fit", "TABLE rate|chance|normal|lognormal [COLUMN] [OPTION]…", options, run, 3};
