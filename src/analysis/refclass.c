/* Reading a reference class; see refclass.h. Fitting and curves are in class_fit.c.
 *
 * Worked example: decided_on 2006-10-20, announced_target 2012, actual_date 2012-04: the announced period ends on
 * 2012-12-31, so the slip lies between -9.0 and -8.0 months, in a period of 12. */
#include "analysis/refclass.h"

#include <math.h>
#include <stdlib.h>

typedef enum outcome {
    ON_TIME, EARLY, LATE, NOT_COMPLETED, PENDING, OVERTAKEN, NO_TARGET, DATE_UNKNOWN, AGGREGATE_OUTCOME, OUTCOMES
} outcome;
static const char *const outcome_names[OUTCOMES] = {"on_time", "early", "late", "not_completed", "pending", "overtaken",
                                                    "no_target", "completed_date_unknown", "aggregate"};

typedef enum level { OWN, PROGRAMME, NONE, OVERLAP, RESET, SELECTED, AGGREGATE_LEVEL, LEVELS } level;
static const char *const level_names[LEVELS] = {"own",   "programme", "none",     "overlap",
                                                "reset", "selected",  "aggregate"};
static const oc_case_use level_use[LEVELS] = {OC_CASE_DONE, OC_CASE_PROGRAMME, OC_CASE_NO_TARGET, OC_CASE_OVERLAP,
                                              OC_CASE_RESET, OC_CASE_SELECTED, OC_CASE_AGGREGATE};

typedef enum basis { DATES, TO_REVISED, REPORTED, BASES } basis;
static const char *const basis_names[BASES] = {"dates", "to_revised_target", "reported_forecast"};

static const char *const yes_no[2] = {"no", "yes"};

typedef enum column {
    CASE, UNIT, DECIDED, TARGET, ACTUAL, CONDITIONS, OUTCOME, KIND, LEVEL, SLIP, BASIS, COLUMNS
} column;
static const struct {
    const char *name;
    bool needed;
} columns[COLUMNS] = {{"case", true},     {"unit", false},   {"decided_on", false},   {"announced_target", true},
                      {"actual_date", true}, {"conditions_based", true}, {"outcome", true}, {"kind", false},
                      {"target_level", false}, {"slip_months", false}, {"slip_basis", false}};

/* What a row says beyond its oc_case. */
typedef struct facts {
    outcome outcome;
    level level;
    basis basis;
    double slip; /* NAN if empty */
} facts;

typedef struct reader {
    oc_arena *arena;
    oc_diags *diags;
    oc_csv csv;
    size_t column[COLUMNS];
} reader;

/* Months and a half: slip_months puts actual months on their 15th and years on 1 July. */
static const double SLIP_TOLERANCE = 1.5;

const char *oc_case_use_key(oc_case_use use)
{
    static const char *const keys[OC_CASE_USE_COUNT] = {
        "class.use.done",     "class.use.open",    "class.use.before",   "class.use.no-target",
        "class.use.programme", "class.use.overlap", "class.use.reset",    "class.use.selected",
        "class.use.aggregate", "class.use.later",   "class.use.excluded"};
    return keys[use];
}

double oc_slip_of_day(oc_day day, oc_day target_last)
{
    return (double)(day - target_last) / OC_DAYS_PER_MONTH;
}

static bool find_columns(reader *r)
{
    bool all = true;
    for (int c = 0; c < COLUMNS; c++) {
        r->column[c] = oc_csv_column(&r->csv, columns[c].name);
        if (r->column[c] != SIZE_MAX || !columns[c].needed) continue;
        oc_slice *names = OC_NEW_ARRAY(r->arena, r->csv.columns, oc_slice);
        for (size_t i = 0; i < r->csv.columns; i++) names[i] = r->csv.header[i].text;
        oc_slice wanted = oc_slice_of(columns[c].name);
        oc_span header = oc_span_join(r->csv.header[0].span, r->csv.header[r->csv.columns - 1].span);
        oc_diag *d = oc_report(r->diags, OC_E0946, header, OC_ARGS(OC_T(wanted)));
        oc_diag_suggest(d, (oc_span){0}, wanted, names, r->csv.columns);
        return false; /* one missing column is enough to say that this is another table */
    }
    return all;
}

static const oc_csv_cell *cell(const reader *r, size_t row, column c)
{
    static const oc_csv_cell none;
    return r->column[c] == SIZE_MAX ? &none : oc_csv_at(&r->csv, row, r->column[c]);
}

static void read_dates(reader *r, size_t row, column c, oc_day *ret_first, oc_day *ret_last)
{
    const oc_csv_cell *text = cell(r, row, c);
    *ret_first = *ret_last = OC_DAY_NONE;
    if (text->text.len == 0 || oc_days_parse(text->text, ret_first, ret_last)) return;
    *ret_first = *ret_last = OC_DAY_NONE;
    oc_diag *d = oc_report(r->diags, OC_E0947, text->span, OC_ARGS(OC_T(text->text), OC_S(columns[c].name)));
    oc_diag_help(d, "class.help.date", NULL);
}

/* Index of a word among `names`; of an empty cell `otherwise`. */
static int read_word(reader *r, size_t row, column c, const char *const *names, int count, int otherwise)
{
    const oc_csv_cell *text = cell(r, row, c);
    if (text->text.len == 0) return otherwise;
    oc_slice known[OUTCOMES];
    for (int i = 0; i < count; i++) {
        known[i] = oc_slice_of(names[i]);
        if (oc_slice_equal(text->text, known[i])) return i;
    }
    oc_diag *d = oc_report(r->diags, OC_E0948, text->span, OC_ARGS(OC_T(text->text), OC_S(columns[c].name)));
    oc_diag_suggest(d, text->span, text->text, known, (size_t)count);
    return otherwise;
}

static double read_number(reader *r, size_t row, column c)
{
    const oc_csv_cell *text = cell(r, row, c);
    if (text->text.len == 0) return NAN;
    oc_slice copy = oc_arena_copy(r->arena, text->text);
    char *end;
    double value = strtod(copy.ptr, &end);
    if (end == copy.ptr + copy.len && fabs(value) < 12000) return value;
    oc_report(r->diags, OC_E0950, text->span, OC_ARGS(OC_T(text->text), OC_S(columns[c].name)));
    return NAN;
}

static void check_order(reader *r, size_t row, const oc_case *k)
{
    const struct {
        column column;
        oc_day last;
    } later[] = {{TARGET, k->target_last}, {ACTUAL, k->actual_last}};
    for (int i = 0; i < 2 && k->decided_first != OC_DAY_NONE; i++) {
        if (later[i].last == OC_DAY_NONE || later[i].last >= k->decided_first) continue;
        oc_report(r->diags, OC_E0949, cell(r, row, later[i].column)->span,
                  OC_ARGS(OC_S(columns[later[i].column].name), OC_S(columns[DECIDED].name)));
    }
}

static void check_slip(reader *r, size_t row, const oc_case *k, const facts *f)
{
    if (isnan(f->slip) || f->basis != DATES || k->actual_first == OC_DAY_NONE || k->target_last == OC_DAY_NONE) return;
    double low = oc_slip_of_day(k->actual_first, k->target_last), high = oc_slip_of_day(k->actual_last, k->target_last);
    if (f->slip >= low - SLIP_TOLERANCE && f->slip <= high + SLIP_TOLERANCE) return;
    oc_slice middle = oc_arena_printf(r->arena, "%.1f", 0.5 * (low + high));
    oc_report(r->diags, OC_W0940, cell(r, row, SLIP)->span, OC_ARGS(OC_T(cell(r, row, SLIP)->text), OC_T(middle)));
}

static void read_case(reader *r, size_t row, oc_case *k, facts *f)
{
    k->name = cell(r, row, CASE)->text;
    k->unit = cell(r, row, UNIT)->text;
    k->kind = cell(r, row, KIND)->text;
    k->span = cell(r, row, CASE)->span;
    read_dates(r, row, DECIDED, &k->decided_first, &k->decided_last);
    read_dates(r, row, TARGET, &k->target_first, &k->target_last);
    read_dates(r, row, ACTUAL, &k->actual_first, &k->actual_last);
    k->conditions_based = read_word(r, row, CONDITIONS, yes_no, 2, 0);
    f->outcome = (outcome)read_word(r, row, OUTCOME, outcome_names, OUTCOMES, NOT_COMPLETED);
    f->level = (level)read_word(r, row, LEVEL, level_names, LEVELS, OWN);
    f->basis = (basis)read_word(r, row, BASIS, basis_names, BASES, DATES);
    f->slip = read_number(r, row, SLIP);
    check_order(r, row, k);
    check_slip(r, row, k, f);
}

static oc_day last_known_day(const oc_case *cases, size_t count)
{
    oc_day last = OC_DAY_NONE;
    for (size_t i = 0; i < count; i++) {
        if (cases[i].decided_last > last) last = cases[i].decided_last;
        if (cases[i].actual_last > last) last = cases[i].actual_last;
    }
    return last;
}

/* The interval in which the slip of a case with a target of its own lies, as far as it is known on `as_of`. */
static oc_case_use observe(const oc_case *k, const facts *f, oc_day as_of, oc_observed *ret_slip)
{
    double until = oc_slip_of_day(as_of, k->target_last);
    double period = (double)(k->target_last - k->target_first) / OC_DAYS_PER_MONTH;
    *ret_slip = (oc_observed){until, INFINITY, period};
    bool known = k->actual_first != OC_DAY_NONE && k->actual_first <= as_of;
    if (known && f->outcome == OVERTAKEN) {
        ret_slip->low = oc_slip_of_day(k->actual_first, k->target_last);
    } else if (known) {
        ret_slip->low = oc_slip_of_day(k->actual_first, k->target_last);
        ret_slip->high = oc_slip_of_day(k->actual_last, k->target_last);
        return OC_CASE_DONE;
    } else if (k->actual_first == OC_DAY_NONE && f->outcome == DATE_UNKNOWN) {
        double from = k->decided_first == OC_DAY_NONE ? -INFINITY : oc_slip_of_day(k->decided_first, k->target_last);
        *ret_slip = (oc_observed){from, until, period};
        return from < until ? OC_CASE_BEFORE : OC_CASE_LATER;
    } else if (k->actual_first == OC_DAY_NONE && f->basis == TO_REVISED && !isnan(f->slip)) {
        ret_slip->low = fmin(until, f->slip);
    } else if (k->actual_first == OC_DAY_NONE && f->outcome == LATE) {
        ret_slip->low = fmin(until, 1); /* late is more than a month; nothing more is known */
    }
    return OC_CASE_OPEN;
}

static oc_case_use use_of(const oc_case *k, const facts *f, oc_day as_of, bool excluded, oc_observed *ret_slip)
{
    if (excluded) return OC_CASE_EXCLUDED;
    if (f->outcome == AGGREGATE_OUTCOME) return OC_CASE_AGGREGATE;
    if (f->level != OWN) return level_use[f->level];
    if (k->target_first == OC_DAY_NONE || f->outcome == NO_TARGET) return OC_CASE_NO_TARGET;
    oc_day announced = k->decided_first == OC_DAY_NONE ? k->target_first : k->decided_first;
    if (announced > as_of) return OC_CASE_LATER;
    return observe(k, f, as_of, ret_slip);
}

static size_t group_of(oc_refclass *class, const oc_case *k)
{
    size_t g = oc_class_find_group(class, k->kind, k->conditions_based);
    if (g != OC_CLASS_WHOLE) return g;
    class->group[class->group_count] = (oc_class_group){.kind = k->kind, .conditions_based = k->conditions_based};
    return class->group_count++;
}

size_t oc_class_find_group(const oc_refclass *class, oc_slice kind, bool conditions_based)
{
    for (size_t g = 0; g < class->group_count; g++) {
        const oc_class_group *group = &class->group[g];
        if (group->conditions_based == conditions_based && oc_slice_equal(group->kind, kind)) return g;
    }
    return OC_CLASS_WHOLE;
}

static oc_status too_many(reader *r)
{
    oc_span header = oc_span_join(r->csv.header[0].span, r->csv.header[r->csv.columns - 1].span);
    oc_report(r->diags, OC_E0954, header, OC_ARGS(OC_I(OC_CLASS_MOST_CASES), OC_I(OC_CLASS_MOST_GROUPS)));
    return OC_INPUT;
}

oc_status oc_refclass_read(oc_arena *arena, oc_diags *diags, oc_slice name, oc_slice bytes, oc_day as_of,
                           const oc_slice *leave_out, size_t leave_out_count, oc_refclass *ret_class)
{
    reader r = {.arena = arena, .diags = diags};
    *ret_class = (oc_refclass){.as_of = as_of};
    oc_status status = oc_csv_read(arena, diags, name, bytes, &r.csv);
    if (status != OC_OK || !find_columns(&r)) return OC_INPUT;
    size_t errors = diags->errors, count = r.csv.rows;
    if (count > OC_CLASS_MOST_CASES) return too_many(&r);
    facts *fact = OC_NEW_ARRAY(arena, count, facts);
    ret_class->at = OC_NEW_ARRAY(arena, count, oc_case);
    ret_class->group = OC_NEW_ARRAY(arena, count, oc_class_group);
    ret_class->count = count;
    for (size_t i = 0; i < count; i++) read_case(&r, i, &ret_class->at[i], &fact[i]);
    if (diags->errors > errors) return OC_INPUT;
    if (as_of == OC_DAY_NONE) ret_class->as_of = last_known_day(ret_class->at, count);
    for (size_t i = 0; i < count; i++) {
        oc_case *k = &ret_class->at[i];
        bool left_out = oc_slice_is_among(k->name, leave_out, leave_out_count);
        k->use = use_of(k, &fact[i], ret_class->as_of, left_out, &k->slip);
        ret_class->use[k->use]++;
        if (k->use > OC_CASE_BEFORE) continue;
        k->group = group_of(ret_class, k);
        if (ret_class->group_count > OC_CLASS_MOST_GROUPS) return too_many(&r);
        ret_class->used++;
        ret_class->group[k->group].cases++;
        ret_class->group[k->group].done += k->use != OC_CASE_OPEN;
    }
    return OC_OK;
}
