/* opcon class: what became of announced dates elsewhere, and what that says about one.
 *
 * Reads a reference class (analysis/refclass.h), fits it and prints what was left out and why, the groups, the models
 * tried, and the curve of slips; with --target the chances of one announced date, day by day. */
#include <math.h>

#include "cli/table.h"

static const oc_option options[] = {
    {"as-of", "DATE", false},           {"leave-out", "CASE", true}, {"target", "DATE", false},
    {"announced", "DATE", false},       {"known", "DATE", false},    {"kind", "WORD", false},
    {"conditions", NULL, false},        {"dated", NULL, false},      {"seed", "N", false},
    {"format", "text|json|csv", false}, {NULL, NULL, false}};

static const double slips[] = {-12, -6, -1, 0, 1, 3, 6, 12, 18, 24, 36, 48, 60, 84, 120};
enum { SLIPS = sizeof slips / sizeof *slips, RESAMPLES = 200, YEARS = 12, STEPS = 4 * YEARS };
static const double LEVEL = 0.9;

typedef struct view {
    oc_context *x;
    oc_slice path;
    oc_refclass class;
    oc_class_fit fit;
    uint64_t seed;
    double low[SLIPS], high[SLIPS]; /* band of the whole class's model */
    bool asked;                     /* --target was given */
    oc_announced announced;
    oc_day day[STEPS];
    double done[STEPS], done_low[STEPS], done_high[STEPS];
    double by_horizon; /* at the last day */
} view;

static oc_slice say(const view *v, const char *key)
{
    return oc_message(v->x->lang, key);
}

static oc_status read_period(oc_context *x, const char *option, oc_day *ret_first, oc_day *ret_last)
{
    *ret_first = *ret_last = OC_DAY_NONE;
    if (!oc_has(x, option)) return OC_OK;
    oc_slice text = oc_value_of(x, option, (oc_slice){"", 0});
    if (oc_days_parse(text, ret_first, ret_last)) return OC_OK;
    return oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S(option), OC_T(text), OC_S("YYYY[-MM[-DD]]")));
}

/* Quarters from the day of the forecast, so that the curve covers the announced date and what may follow it. */
static void lay_out_days(view *v)
{
    oc_day from = v->announced.known;
    if (from == OC_DAY_NONE) from = v->announced.announced;
    if (from == OC_DAY_NONE) from = v->class.as_of;
    oc_civil c = oc_civil_from_day(from);
    for (int i = 0; i < STEPS; i++) {
        int quarter = (c.month - 1) / 3 + 1 + i;
        v->day[i] = oc_day_from_civil(c.year + quarter / 4, quarter % 4 * 3 + 1, 1) - 1;
    }
}

static oc_status ask(view *v)
{
    oc_context *x = v->x;
    oc_announced *a = &v->announced;
    oc_day last;
    oc_status status = read_period(x, "target", &a->target_first, &a->target_last);
    if (status == OC_OK) status = read_period(x, "announced", &a->announced, &last);
    if (status == OC_OK) status = oc_get_day(x, "known", OC_DAY_NONE, &a->known);
    if (status != OC_OK) return status;
    v->asked = a->target_first != OC_DAY_NONE;
    if (!v->asked) return OC_OK;
    if (oc_has(x, "conditions") && oc_has(x, "dated")) return oc_complain(x, OC_USAGE, "class.one-form", NULL);
    a->group = OC_CLASS_WHOLE;
    if (oc_has(x, "kind")) {
        oc_slice kind = oc_value_of(x, "kind", (oc_slice){"", 0});
        a->group = oc_class_find_group(&v->class, kind, oc_has(x, "conditions"));
        if (a->group == OC_CLASS_WHOLE) return oc_complain(x, OC_USAGE, "class.no-group", OC_ARGS(OC_T(kind)));
    } else if (oc_has(x, "conditions") || oc_has(x, "dated")) {
        return oc_complain(x, OC_USAGE, "class.needs-kind", NULL);
    }
    if (a->known == OC_DAY_NONE) a->known = v->class.as_of;
    lay_out_days(v);
    oc_class_curve(&v->fit, a, v->day, STEPS, v->done);
    if (isnan(v->done[STEPS - 1])) return oc_complain(x, OC_INPUT, "class.overdue", NULL);
    oc_class_band(x->arena, &v->fit, a, v->day, STEPS, RESAMPLES, v->seed, LEVEL, v->done_low, v->done_high);
    v->by_horizon = v->done[STEPS - 1];
    return OC_OK;
}

static oc_status prepare(view *v)
{
    oc_context *x = v->x;
    int64_t seed;
    oc_status status = oc_get_integer(x, "seed", 0, INT64_MAX, 1, &seed);
    if (status == OC_OK) status = oc_class_load(x, 0, &v->class, &v->path);
    if (status != OC_OK) return status;
    v->seed = (uint64_t)seed;
    if (!oc_class_fit_slips(x->arena, &v->class, NULL, &v->fit)) {
        size_t done = v->class.use[OC_CASE_DONE] + v->class.use[OC_CASE_BEFORE];
        oc_report(&x->diags, OC_E0951, (oc_span){0}, OC_ARGS(OC_I(v->class.used), OC_I(done), OC_I(4), OC_I(2)));
        oc_show_diags(x);
        return OC_INPUT;
    }
    oc_slip_band(x->arena, v->fit.cases, v->fit.count, &v->fit.fit[0].spec, -INFINITY, 0, slips, SLIPS, RESAMPLES,
                 v->seed, LEVEL, v->low, v->high);
    return ask(v);
}

/* Month and year of a slip, "-6"; the day itself is "0". */
static oc_slice slip_name(const view *v, double months)
{
    oc_slice number = oc_cell_number(v->x, months, 0);
    return months > 0 ? oc_arena_printf(v->x->arena, "+%.*s", OC_FMT(number)) : number;
}

static oc_slice model_name(const view *v, const oc_slip_spec *spec)
{
    oc_text text = oc_text_in(v->x->arena);
    oc_text_message(&text, v->x->lang, spec->family == OC_WEIBULL ? "class.weibull" : "class.lognormal", NULL);
    if (spec->with_on_time) oc_text_message(&text, v->x->lang, "class.with-on-time", NULL);
    if (spec->with_never) oc_text_message(&text, v->x->lang, "class.with-never", NULL);
    return oc_text_slice(&text);
}

static void heading(view *v, oc_text *out, const char *key)
{
    oc_text_byte(out, '\n');
    oc_text_message(out, v->x->lang, key, NULL);
    oc_text_byte(out, '\n');
}

static oc_columns table(view *v, const char *align, const char *const *heads)
{
    oc_columns t = oc_columns_of(v->x->arena, align);
    t.indent = 2;
    for (size_t i = 0; align[i]; i++) oc_columns_add(&t, say(v, heads[i]));
    return t;
}

static void print_table(view *v, oc_text *out, const oc_columns *t)
{
    oc_columns_print(out, t, v->x->width, v->x->colour);
}

static void print_use(view *v, oc_text *out)
{
    static const char *const heads[] = {"class.rows", "class.reason"};
    oc_columns t = table(v, "rl", heads);
    for (int use = 0; use < OC_CASE_USE_COUNT; use++) {
        if (!v->class.use[use]) continue;
        oc_columns_add(&t, oc_arena_printf(v->x->arena, "%zu", v->class.use[use]));
        oc_slice reason = say(v, oc_case_use_key((oc_case_use)use));
        const char *key = use <= OC_CASE_BEFORE ? "class.used" : "class.left-out";
        oc_columns_add(&t, oc_say(v->x->arena, v->x->lang, key, OC_ARGS(OC_T(reason))));
    }
    print_table(v, out, &t);
}

static void add_group(view *v, oc_columns *t, size_t group)
{
    const oc_refclass *class = &v->class;
    oc_slip_model m = *oc_class_model(&v->fit, group);
    size_t cases = class->used, done = class->use[OC_CASE_DONE] + class->use[OC_CASE_BEFORE];
    if (group != OC_CLASS_WHOLE) cases = class->group[group].cases, done = class->group[group].done;
    oc_columns_add(t, oc_class_group_name(v->x, class, group));
    oc_columns_add(t, oc_arena_printf(v->x->arena, "%zu", cases));
    oc_columns_add(t, oc_arena_printf(v->x->arena, "%zu", done));
    static const double within[] = {1, 12, 60};
    for (int i = 0; i < 3; i++) oc_columns_add(t, oc_cell_percent(v->x, oc_slip_done(&m, within[i])));
    oc_columns_add(t, oc_cell_percent(v->x, m.never));
}

static void print_groups(view *v, oc_text *out)
{
    static const char *const heads[] = {"class.group", "class.cases", "class.done", "class.on-time",
                                        "class.in-12", "class.in-60", "class.never"};
    static const char *const by[OC_GROUPING_COUNT] = {"class.by-both", "class.by-conditions", "class.by-kind"};
    heading(v, out, "class.groups");
    oc_columns t = table(v, "lrrrrrr", heads);
    for (size_t g = 0; g < v->class.group_count; g++) add_group(v, &t, g);
    add_group(v, &t, OC_CLASS_WHOLE);
    print_table(v, out, &t);
    if (v->fit.pool.count == 0) return;
    oc_text_lit(out, "  ");
    oc_text_message(out, v->x->lang, "class.pooling",
                    OC_ARGS(OC_M(by[v->fit.grouping]), OC_T(oc_cell_percent(v->x, v->fit.pool.pulled))));
    oc_text_byte(out, '\n');
}

static void print_models(view *v, oc_text *out)
{
    static const char *const heads[] = {"class.model", "class.parameters", "class.aicc"};
    heading(v, out, "class.models");
    oc_columns t = table(v, "lrr", heads);
    for (size_t i = 0; i < v->fit.fitted; i++) {
        oc_columns_add(&t, model_name(v, &v->fit.fit[i].spec));
        oc_columns_add(&t, oc_arena_printf(v->x->arena, "%zu", v->fit.fit[i].parameters));
        oc_columns_add(&t, oc_cell_number(v->x, v->fit.fit[i].aicc - v->fit.fit[0].aicc, 1));
    }
    print_table(v, out, &t);
}

/* The step of Kaplan and Meier's curve that holds at a slip; NULL before the first. */
static const oc_km_step *km_step(const view *v, double slip)
{
    const oc_km_step *step = NULL;
    for (size_t i = 0; i < v->fit.km.count && v->fit.km.step[i].time <= slip; i++) step = &v->fit.km.step[i];
    return step;
}

static void print_slips(view *v, oc_text *out)
{
    static const char *const heads[] = {"class.months", "class.km", "class.band", "class.fitted", "class.band"};
    heading(v, out, "class.curve");
    oc_columns t = table(v, "rrrrr", heads);
    for (int i = 0; i < SLIPS; i++) {
        const oc_km_step *step = km_step(v, slips[i]);
        oc_columns_add(&t, slip_name(v, slips[i]));
        oc_columns_add(&t, oc_cell_percent(v->x, oc_km_done(&v->fit.km, slips[i])));
        oc_columns_add(&t, step ? oc_cell_percents(v->x, 1 - step->high, 1 - step->low) : OC_SLICE("–"));
        oc_columns_add(&t, oc_cell_percent(v->x, oc_slip_done(&v->fit.fit[0].model, slips[i])));
        oc_columns_add(&t, oc_cell_percents(v->x, v->low[i], v->high[i]));
    }
    print_table(v, out, &t);
}

static void print_case(view *v, oc_text *out)
{
    static const char *const heads[] = {"class.by-day", "class.chance", "class.band"};
    oc_text_byte(out, '\n');
    oc_text_message(out, v->x->lang, "class.case",
                    OC_ARGS(OC_T(oc_value_of(v->x, "target", (oc_slice){"", 0})), OC_D(v->announced.known),
                            OC_T(oc_class_group_name(v->x, &v->class, v->announced.group))));
    oc_text_byte(out, '\n');
    oc_columns t = table(v, "lrr", heads);
    for (int i = 0; i < STEPS; i++) {
        if (oc_civil_from_day(v->day[i]).month != 12) continue;
        oc_columns_add(&t, oc_day_print(v->x->arena, v->day[i]));
        oc_columns_add(&t, oc_cell_percent(v->x, v->done[i]));
        oc_columns_add(&t, oc_cell_percents(v->x, v->done_low[i], v->done_high[i]));
    }
    print_table(v, out, &t);
}

static oc_slice as_text(view *v)
{
    oc_text out = oc_text_in(v->x->arena);
    oc_text_message(&out, v->x->lang, "class.title",
                    OC_ARGS(OC_T(v->path), OC_D(v->class.as_of), OC_I(v->class.used), OC_I(v->class.count)));
    oc_text_lit(&out, "\n\n");
    print_use(v, &out);
    print_groups(v, &out);
    print_models(v, &out);
    print_slips(v, &out);
    if (v->asked) print_case(v, &out);
    return oc_text_slice(&out);
}

static void json_model(oc_json *json, const oc_slip_model *m)
{
    oc_json_text(json, "family", m->family == OC_WEIBULL ? OC_SLICE("weibull") : OC_SLICE("lognormal"));
    oc_json_number(json, "shift", m->shift);
    oc_json_number(json, "window", m->window);
    oc_json_number(json, "location", m->location);
    oc_json_number(json, "spread", m->spread);
    oc_json_number(json, "on_time", m->on_time);
    oc_json_number(json, "never", m->never);
}

static void json_groups(view *v, oc_json *json)
{
    oc_json_list(json, "groups");
    for (size_t g = 0; g < v->class.group_count; g++) {
        oc_json_row_object(json, NULL);
        oc_json_text(json, "kind", v->class.group[g].kind);
        oc_json_bool(json, "conditions_based", v->class.group[g].conditions_based);
        oc_json_unsigned(json, "cases", v->class.group[g].cases);
        oc_json_unsigned(json, "done", v->class.group[g].done);
        json_model(json, oc_class_model(&v->fit, g));
        oc_json_end(json);
    }
    oc_json_end(json);
}

static void json_curves(view *v, oc_json *json)
{
    oc_json_list(json, "slips");
    for (int i = 0; i < SLIPS; i++) {
        const oc_km_step *step = km_step(v, slips[i]);
        oc_json_row_object(json, NULL);
        oc_json_number(json, "months", slips[i]);
        oc_json_estimate(json, "kaplan_meier",
                         step ? (oc_estimate){1 - step->open, step->error, 1 - step->high, 1 - step->low}
                              : (oc_estimate){0, NAN, NAN, NAN});
        oc_json_estimate(json, "model",
                         (oc_estimate){oc_slip_done(&v->fit.fit[0].model, slips[i]), NAN, v->low[i], v->high[i]});
        oc_json_end(json);
    }
    oc_json_end(json);
    if (!v->asked) return;
    oc_json_object(json, "case");
    oc_json_day(json, "announced", v->announced.announced);
    oc_json_day(json, "target_first", v->announced.target_first);
    oc_json_day(json, "target_last", v->announced.target_last);
    oc_json_day(json, "not_done_by", v->announced.known);
    oc_json_list(json, "curve");
    for (int i = 0; i < STEPS; i++) {
        oc_json_row_object(json, NULL);
        oc_json_day(json, "day", v->day[i]);
        oc_json_number(json, "done", v->done[i]);
        oc_json_number(json, "low", v->done_low[i]);
        oc_json_number(json, "high", v->done_high[i]);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_end(json);
}

static oc_slice as_json(view *v)
{
    oc_json json = oc_json_in(v->x->arena);
    oc_json_object(&json, NULL);
    oc_json_text(&json, "class", v->path);
    oc_json_day(&json, "as_of", v->class.as_of);
    oc_json_unsigned(&json, "rows", v->class.count);
    oc_json_unsigned(&json, "used", v->class.used);
    oc_json_row_object(&json, "rows_by_use");
    for (int use = 0; use < OC_CASE_USE_COUNT; use++)
        oc_json_unsigned(&json, oc_case_use_key((oc_case_use)use) + sizeof "class.use." - 1, v->class.use[use]);
    oc_json_end(&json);
    oc_json_list(&json, "models");
    for (size_t i = 0; i < v->fit.fitted; i++) {
        oc_json_row_object(&json, NULL);
        json_model(&json, &v->fit.fit[i].model);
        oc_json_number(&json, "log_likelihood", v->fit.fit[i].log_likelihood);
        oc_json_number(&json, "aicc", v->fit.fit[i].aicc);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    json_groups(v, &json);
    oc_json_number(&json, "between_groups", v->fit.pool.count ? v->fit.pool.between : NAN);
    json_curves(v, &json);
    oc_json_end(&json);
    return oc_json_done(&json);
}

static void csv_number(oc_text *out, double value, char after)
{
    if (!isnan(value)) oc_text_number(out, value);
    oc_text_byte(out, after);
}

static oc_slice as_csv(view *v)
{
    oc_text out = oc_text_in(v->x->arena);
    if (v->asked) {
        oc_text_lit(&out, "day,done,low,high\n");
        for (int i = 0; i < STEPS; i++) {
            oc_text_day(&out, v->day[i]);
            oc_text_byte(&out, ',');
            csv_number(&out, v->done[i], ',');
            csv_number(&out, v->done_low[i], ',');
            csv_number(&out, v->done_high[i], '\n');
        }
        return oc_text_slice(&out);
    }
    oc_text_lit(&out, "slip_months,kaplan_meier,km_low,km_high,model,model_low,model_high\n");
    for (int i = 0; i < SLIPS; i++) {
        const oc_km_step *step = km_step(v, slips[i]);
        csv_number(&out, slips[i], ',');
        csv_number(&out, step ? 1 - step->open : 0, ',');
        csv_number(&out, step ? 1 - step->high : NAN, ',');
        csv_number(&out, step ? 1 - step->low : NAN, ',');
        csv_number(&out, oc_slip_done(&v->fit.fit[0].model, slips[i]), ',');
        csv_number(&out, v->low[i], ',');
        csv_number(&out, v->high[i], '\n');
    }
    return oc_text_slice(&out);
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "csv"};
    static oc_slice (*const write[])(view *) = {as_text, as_json, as_csv};
    size_t format;
    if (x->arguments.len > 1) return oc_complain(x, OC_USAGE, "class.one-table", NULL);
    oc_status status = oc_get_word(x, "format", formats, 3, 0, &format);
    if (status != OC_OK) return status;
    view *v = OC_NEW(x->arena, view);
    v->x = x;
    status = prepare(v);
    if (status == OC_OK) oc_print(x, write[format](v));
    return status;
}

const oc_command oc_cmd_class = {"class", "[FILE.csv] [--target DATE --kind WORD --conditions|--dated]", options, run,
                                 0};
