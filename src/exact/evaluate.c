/* Values of expressions in one state; see machine.h.
 *
 * Truths are 0 and 1, categories their index, dates day numbers with never as infinity. What does not matter is not
 * evaluated: the other branch of an `if`, the right side of a settled `and`. Distributions are drawn from the script:
 * discrete(1: 0.3, 2: rest) is one draw with the weights 0.3 and 0.7. */
#include <math.h>

#include "exact/machine.h"

static double fail(oc_exact_machine *m, oc_exact_trouble trouble, const oc_expr *e, double value)
{
    /* A future that cannot come is no trouble. */
    if (m->trouble == OC_TROUBLE_NONE && (m->script.p > 0 || trouble == OC_TROUBLE_SIZE)) {
        m->trouble = trouble;
        m->trouble_expr = e;
        m->trouble_value = value;
    }
    return 0;
}

static double number(oc_exact_machine *m, const oc_expr *e, double value)
{
    return isnan(value) ? fail(m, OC_TROUBLE_NUMBER, e, value) : value;
}

uint32_t oc_exact_draw(oc_exact_machine *m, const double *weights, uint32_t count)
{
    oc_exact_script *s = &m->script;
    if (s->at == OC_EXACT_DRAWS) {
        fail(m, OC_TROUBLE_SIZE, NULL, 0);
        return 0;
    }
    if (s->at == s->length) {
        s->choice[s->length] = 0;
        s->count[s->length++] = count;
    }
    uint32_t chosen = s->choice[s->at++];
    s->p *= weights[chosen];
    return chosen;
}

bool oc_exact_coin(oc_exact_machine *m, double p)
{
    if (p <= 0 || p >= 1) return p >= 1;
    return oc_exact_draw(m, (double[]){1 - p, p}, 2) == 1;
}

double oc_exact_probability(oc_exact_machine *m, const oc_expr *e)
{
    double p = oc_exact_value(m, e);
    return p >= 0 && p <= 1 ? p : fail(m, OC_TROUBLE_PROBABILITY, e, p);
}

double oc_exact_nonnegative(oc_exact_machine *m, const oc_expr *e)
{
    double value = oc_exact_value(m, e);
    return value >= 0 ? value : fail(m, OC_TROUBLE_PARAMETER, e, value);
}

/* --- distributions --- */

static uint32_t pick(oc_exact_machine *m, const oc_expr *e, oc_expr *const *weights, size_t count)
{
    double p[64];
    if (count > 64) {
        fail(m, OC_TROUBLE_SIZE, e, 0);
        return 0;
    }
    size_t rest = count;
    double total = 0;
    for (size_t i = 0; i < count; i++) {
        if (weights[i]->kind == OC_EXPR_REST)
            rest = i;
        else
            total += p[i] = oc_exact_probability(m, weights[i]);
    }
    if (total > 1 + 1e-9 || (rest == count && total < 1 - 1e-9)) fail(m, OC_TROUBLE_PROBABILITY, e, total);
    if (rest < count) p[rest] = total < 1 ? 1 - total : 0;
    return oc_exact_draw(m, p, (uint32_t)count);
}

static double category_index(const oc_category *category, oc_slice name)
{
    size_t i = 0;
    while (i < category->count && !oc_slice_equal(category->values[i], name)) i++;
    return (double)i;
}

static double distribution(oc_exact_machine *m, const oc_expr *e)
{
    if (e->function == OC_FN_BERNOULLI) return oc_exact_coin(m, oc_exact_probability(m, e->args[0]));
    uint32_t chosen = pick(m, e, e->weights, e->arg_count); /* discrete, mixture; layout.c has refused the others */
    return oc_exact_value(m, e->args[chosen]);
}

/* --- functions --- */

static double extremes(oc_exact_machine *m, const oc_expr *e)
{
    double value = oc_exact_value(m, e->args[0]);
    if (e->function == OC_FN_CLAMP)
        return fmin(fmax(value, oc_exact_value(m, e->args[1])), oc_exact_value(m, e->args[2]));
    for (size_t i = 1; i < e->arg_count; i++) {
        double other = oc_exact_value(m, e->args[i]);
        value = e->function == OC_FN_MIN ? fmin(value, other) : fmax(value, other);
    }
    return value;
}

static double aggregate(oc_exact_machine *m, const oc_expr *e)
{
    bool truths = e->function == OC_FN_ALL || e->function == OC_FN_ANY || e->function == OC_FN_COUNT;
    double value = e->function == OC_FN_ALL;
    for (size_t i = 0; i < e->arg_count; i++) {
        double item = oc_exact_value(m, e->args[i]);
        if (truths && e->args[i]->type.kind != OC_TYPE_TRUTH) item = item != INFINITY;
        switch (e->function) {
        case OC_FN_ALL: value = value != 0 && item != 0; break;
        case OC_FN_ANY: value = value != 0 || item != 0; break;
        case OC_FN_LAST: value = i ? fmax(value, item) : item; break;
        case OC_FN_FIRST: value = i ? fmin(value, item) : item; break;
        default: value += item; break;
        }
    }
    return value;
}

static double next_occurrence(const oc_exact_machine *m, const oc_event *event)
{
    for (size_t i = 0; i < event->occurrences.len; i++)
        if (event->occurrences.at[i].nominal > m->today) return (double)event->occurrences.at[i].nominal;
    return INFINITY;
}

static double past_count(const oc_expr *e)
{
    const oc_event *event = e->symbol->record;
    bool all = e->arg_count < 2, cancelled = !all && oc_slice_is(e->args[1]->name, "cancelled");
    double count = 0;
    for (size_t i = 0; i < event->occurrences.len; i++) {
        const oc_occurrence *o = &event->occurrences.at[i];
        count += o->past && o->told && (all || o->held != cancelled);
    }
    return count;
}

static double round_up(double x)
{
    return isinf(x) ? x : floor(x + 0.5);
}

static double call(oc_exact_machine *m, const oc_expr *e)
{
    if (oc_function_kind_of(e->function) == OC_KIND_DISTRIBUTION) return distribution(m, e);
    switch (e->function) {
    case OC_FN_MIN:
    case OC_FN_MAX:
    case OC_FN_CLAMP: return extremes(m, e);
    case OC_FN_DONE: return oc_exact_symbol(m, e->symbol) != INFINITY;
    case OC_FN_NEXT: return next_occurrence(m, e->symbol->record);
    case OC_FN_COUNT:
        return e->symbol && e->symbol->kind == OC_SYMBOL_EVENT ? past_count(e) : aggregate(m, e);
    case OC_FN_ALL:
    case OC_FN_ANY:
    case OC_FN_LAST:
    case OC_FN_FIRST:
    case OC_FN_SUM: return aggregate(m, e);
    default: break;
    }
    double x = oc_exact_value(m, e->args[0]);
    switch (e->function) {
    case OC_FN_ABS: return fabs(x);
    case OC_FN_EXP: return exp(x);
    case OC_FN_LOG: return number(m, e, log(x));
    case OC_FN_SQRT: return number(m, e, sqrt(x));
    case OC_FN_FLOOR: return floor(x);
    case OC_FN_ROUND: return round_up(x);
    case OC_FN_LOGISTIC: return 1 / (1 + exp(-x));
    case OC_FN_LOGIT: return number(m, e, log(x / (1 - x)));
    case OC_FN_YEAR:
        if (fabs(x) < 3e6) return oc_civil_from_day((oc_day)floor(x)).year;
        return isinf(x) ? x : number(m, e, NAN);
    case OC_FN_START_OF:
        if (fabs(x) < 1e4) return (double)oc_day_from_civil((int)floor(x), 1, 1);
        return isinf(x) ? x : number(m, e, NAN);
    default: return fail(m, OC_TROUBLE_NUMBER, e, NAN);
    }
}

/* --- operators --- */

static double binary(oc_exact_machine *m, const oc_expr *e)
{
    double a = oc_exact_value(m, e->args[0]);
    if (e->op == OC_AND) return a != 0 && oc_exact_value(m, e->args[1]) != 0;
    if (e->op == OC_OR) return a != 0 || oc_exact_value(m, e->args[1]) != 0;
    double b = oc_exact_value(m, e->args[1]);
    bool date = e->type.kind == OC_TYPE_DATE;
    switch (e->op) {
    case OC_ADD: return date ? round_up(a + b) : a + b;
    case OC_SUB: return date ? round_up(a - b) : a - b;
    case OC_MUL: return a * b;
    case OC_DIV: return number(m, e, a / b);
    case OC_POW: return number(m, e, pow(a, b));
    case OC_LT: return a < b;
    case OC_LE: return a <= b;
    case OC_GT: return a > b;
    case OC_GE: return a >= b;
    case OC_EQ: return a == b;
    default: return a != b;
    }
}

static double by_category(oc_exact_machine *m, const oc_expr *e)
{
    double category = oc_exact_value(m, e->args[0]);
    for (size_t i = 0; i + 1 < e->arg_count; i++)
        if (oc_slice_is(e->keys[i], "rest") || category_index(e->args[0]->type.category, e->keys[i]) == category)
            return oc_exact_value(m, e->args[i + 1]);
    return fail(m, OC_TROUBLE_NUMBER, e, category);
}

/* --- names --- */

double oc_exact_input(oc_exact_machine *m, size_t index)
{
    double *cell = &m->cell[m->layout->input[index]];
    if (isnan(*cell)) {
        const oc_expr *is = m->model->inputs.at[index]->is;
        double value = oc_exact_value(m, is);
        if (is->type.kind == OC_TYPE_DATE && oc_expr_draws(is)) value = round_up(value);
        *cell = value;
    }
    return *cell;
}

double oc_exact_start(oc_exact_machine *m, size_t index)
{
    const oc_variable *v = m->model->variables.at[index];
    double *cell = &m->cell[m->layout->variable[index]];
    if (!isnan(*cell)) return *cell;
    double value = oc_exact_value(m, v->now);
    if (v->type.kind == OC_TYPE_DATE && oc_expr_draws(v->now)) value = round_up(value);
    if (v->min) value = fmax(value, oc_exact_value(m, v->min));
    if (v->max) value = fmin(value, oc_exact_value(m, v->max));
    return *cell = value;
}

double oc_exact_symbol(oc_exact_machine *m, const oc_symbol *symbol)
{
    const oc_model *model = m->model;
    const oc_exact_layout *l = m->layout;
    switch (symbol->kind) {
    case OC_SYMBOL_INPUT: return oc_exact_input(m, OC_EXACT_INDEX(model, inputs, symbol->record));
    case OC_SYMBOL_VARIABLE: {
        uint32_t i = OC_EXACT_INDEX(model, variables, symbol->record);
        return m->starting ? oc_exact_start(m, i) : m->cell[l->variable[i]];
    }
    case OC_SYMBOL_SHOCK: return m->cell[l->on[OC_EXACT_INDEX(model, shocks, symbol->record)]];
    case OC_SYMBOL_STAGE: {
        uint32_t i = OC_EXACT_INDEX(model, stages, symbol->record);
        const oc_stage *stage = model->stages.at[i];
        return stage->done != OC_DAY_NONE ? (double)stage->done : m->cell[l->date[i]];
    }
    case OC_SYMBOL_DEFINITION:
    case OC_SYMBOL_CONDITION:
    case OC_SYMBOL_ISSUE: return oc_exact_value(m, ((const oc_definition *)symbol->record)->is);
    default: return fail(m, OC_TROUBLE_NUMBER, NULL, NAN);
    }
}

/* event@2030, whose uniqueness the compiler has checked. */
static double occurrence(oc_exact_machine *m, const oc_expr *e)
{
    const oc_event *event = e->symbol->record;
    for (size_t i = 0; i < event->occurrences.len; i++) {
        const oc_occurrence *o = &event->occurrences.at[i];
        if (e->year ? oc_civil_from_day(o->nominal).year == e->year : o->nominal == e->day || o->recorded == e->day)
            return (double)o->recorded;
    }
    return fail(m, OC_TROUBLE_NUMBER, e, NAN);
}

static double look_back(oc_exact_machine *m, const oc_expr *e)
{
    if (e->symbol->kind == OC_SYMBOL_EVENT) return occurrence(m, e);
    for (size_t i = 0; i < m->layout->snapshots.len; i++) {
        const oc_expr *at = m->layout->snapshots.at[i].at;
        if (at->symbol == e->symbol && at->first == e->first && (e->first || at->day == e->day))
            return m->cell[m->layout->snapshots.at[i].slot];
    }
    return fail(m, OC_TROUBLE_NUMBER, e, NAN);
}

static double value_of(oc_exact_machine *m, const oc_expr *e)
{
    switch (e->kind) {
    case OC_EXPR_NUMBER:
    case OC_EXPR_TRUTH: return e->number;
    case OC_EXPR_DATE: return (double)e->day;
    case OC_EXPR_NEVER: return INFINITY;
    case OC_EXPR_TODAY: return (double)m->today;
    case OC_EXPR_NAME: return oc_exact_symbol(m, e->symbol);
    case OC_EXPR_AT: return look_back(m, e);
    case OC_EXPR_UNARY: {
        double x = oc_exact_value(m, e->args[0]);
        return e->op == OC_NOT ? x == 0 : -x;
    }
    case OC_EXPR_BINARY: return binary(m, e);
    case OC_EXPR_IF: return oc_exact_value(m, e->args[oc_exact_value(m, e->args[0]) != 0 ? 1 : 2]);
    case OC_EXPR_CALL: return call(m, e);
    case OC_EXPR_BY: return by_category(m, e);
    case OC_EXPR_CHOICE: return category_index(e->type.category, e->keys[pick(m, e, e->args, e->arg_count)]);
    default: return fail(m, OC_TROUBLE_NUMBER, e, NAN);
    }
}

double oc_exact_value(oc_exact_machine *m, const oc_expr *e)
{
    if (m->trouble != OC_TROUBLE_NONE) return 0;
    if (++m->work > m->work_limit || m->depth >= OC_EXACT_DEPTH) return fail(m, OC_TROUBLE_SIZE, e, 0);
    m->depth++;
    double value = value_of(m, e);
    m->depth--;
    return value;
}
