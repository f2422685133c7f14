/* Interval arithmetic over the few kinds of expression that questions are made of; see resolve.h.
 *
 * Worked example: `transfer <= 2022-12-31`, asked in 2019. By the scenario of August 2026 the stage is not done: it
 * comes on 23 August 2026 or later, or never. The interval lies beyond 2022, so the answer is no. `transfer <=
 * 2030-12-31` cannot be told yet. */
#include "analysis/resolve.h"

#include <math.h>

enum { MOST_DEPTH = 64 };

static const oc_known unknown = {-INFINITY, INFINITY}, either = {0, 1};

static oc_known exactly(double value)
{
    return (oc_known){value, value};
}

static bool is_known(oc_known k)
{
    return k.low == k.high;
}

static oc_known truth(bool always, bool never)
{
    return (oc_known){always, !never};
}

static const oc_stage *stage_named(const oc_model *m, oc_slice name)
{
    for (size_t i = 0; i < m->stages.len; i++)
        if (oc_slice_equal(m->stages.at[i]->symbol->name, name)) return m->stages.at[i];
    return NULL;
}

static oc_known stage_day(const oc_resolver *r, const oc_symbol *symbol)
{
    const oc_stage *stage = stage_named(r->now, symbol->name);
    if (!stage) return unknown;
    if (stage->done != OC_DAY_NONE) return exactly((double)stage->done);
    return (oc_known){(double)r->now->as_of + 1, INFINITY};
}

/* The nominal day of an occurrence; of one with a spread only if it is on record. */
static oc_known occurrence_day(const oc_expr *e)
{
    const oc_event *event = e->symbol->record;
    for (size_t i = 0; event && i < event->occurrences.len; i++) {
        const oc_occurrence *o = &event->occurrences.at[i];
        bool here =
            e->year ? oc_civil_from_day(o->nominal).year == e->year : o->nominal == e->day || o->recorded == e->day;
        if (here && (o->past || !event->spread)) return exactly((double)(o->past ? o->recorded : o->nominal));
    }
    return unknown;
}

static bool is_variable(const oc_expr *e)
{
    return e->kind == OC_EXPR_NAME && e->symbol && e->symbol->kind == OC_SYMBOL_VARIABLE && e->symbol->record;
}

/* What the newer scenario has on record for a variable on a day: a constant, or nothing. */
static const oc_expr *value_on(const oc_resolver *r, const oc_symbol *symbol, oc_day at)
{
    if (!r->on_day || at == OC_DAY_NONE || at > r->now->as_of) return NULL;
    const oc_model *then = r->on_day(r->context, at);
    const oc_symbol *found = then ? oc_model_find(then, symbol->name) : NULL;
    if (!found || found->kind != OC_SYMBOL_VARIABLE || !found->record) return NULL;
    return ((const oc_variable *)found->record)->now;
}

/* A value of a category, as the checker leaves it. */
static bool is_category_value(const oc_expr *e)
{
    return e && e->type.kind == OC_TYPE_CATEGORY && e->kind == OC_EXPR_NUMBER && e->type.category && e->number >= 0 &&
           e->number < (double)e->type.category->count;
}

static oc_slice category_name(const oc_expr *e)
{
    return e->type.category->values[(size_t)e->number];
}

static oc_known same_category(const oc_resolver *r, const oc_expr *e, oc_day at)
{
    const oc_expr *left = e->args[0], *right = e->args[1];
    const oc_expr *variable = is_variable(left) ? left : right, *wanted = variable == left ? right : left;
    if (!is_variable(variable) || !is_category_value(wanted)) return either;
    const oc_expr *value = value_on(r, variable->symbol, at);
    if (!is_category_value(value)) return either;
    bool same = oc_slice_equal(category_name(value), category_name(wanted));
    return truth(same == (e->op == OC_EQ), same != (e->op == OC_EQ));
}

static oc_known compare(oc_operator op, oc_known a, oc_known b)
{
    switch (op) {
    case OC_LT: return truth(a.high < b.low, a.low >= b.high);
    case OC_LE: return truth(a.high <= b.low, a.low > b.high);
    case OC_GT: return truth(a.low > b.high, a.high <= b.low);
    case OC_GE: return truth(a.low >= b.high, a.high < b.low);
    case OC_EQ: return truth(is_known(a) && is_known(b) && a.low == b.low, a.high < b.low || b.high < a.low);
    default: return truth(a.high < b.low || b.high < a.low, is_known(a) && is_known(b) && a.low == b.low);
    }
}

static oc_known resolve(const oc_resolver *r, const oc_expr *e, oc_day at, int depth);

static oc_known binary(const oc_resolver *r, const oc_expr *e, oc_day at, int depth)
{
    if ((e->op == OC_EQ || e->op == OC_NE) && e->args[0]->type.kind == OC_TYPE_CATEGORY) return same_category(r, e, at);
    oc_known a = resolve(r, e->args[0], at, depth), b = resolve(r, e->args[1], at, depth);
    switch (e->op) {
    case OC_AND: return (oc_known){fmin(a.low, b.low), fmin(a.high, b.high)};
    case OC_OR: return (oc_known){fmax(a.low, b.low), fmax(a.high, b.high)};
    case OC_ADD: return (oc_known){a.low + b.low, a.high + b.high};
    case OC_SUB: return (oc_known){a.low - b.high, a.high - b.low};
    case OC_LT:
    case OC_LE:
    case OC_GT:
    case OC_GE:
    case OC_EQ:
    case OC_NE: return compare(e->op, a, b);
    default: return unknown;
    }
}

static oc_known name(const oc_resolver *r, const oc_expr *e, oc_day at, int depth)
{
    if (!e->symbol || !e->symbol->record || e->symbol->kind != OC_SYMBOL_STAGE) {
        bool defined = e->symbol && e->symbol->record &&
                       (e->symbol->kind == OC_SYMBOL_DEFINITION || e->symbol->kind == OC_SYMBOL_CONDITION);
        if (defined) return resolve(r, ((const oc_definition *)e->symbol->record)->is, at, depth);
        const oc_expr *value = is_variable(e) ? value_on(r, e->symbol, at) : NULL;
        bool constant =
            value && (value->kind == OC_EXPR_TRUTH || value->kind == OC_EXPR_NUMBER || value->kind == OC_EXPR_DATE);
        return constant && value->type.kind != OC_TYPE_CATEGORY ? resolve(r, value, at, depth) : unknown;
    }
    return stage_day(r, e->symbol);
}

static oc_known resolve(const oc_resolver *r, const oc_expr *e, oc_day at, int depth)
{
    oc_known found = unknown;
    if (depth >= MOST_DEPTH) return e->type.kind == OC_TYPE_TRUTH ? either : unknown;
    depth++;
    oc_day day = at == OC_DAY_NONE ? r->asked->horizon : at;
    if (e->type.kind == OC_TYPE_CATEGORY) return unknown;
    switch (e->kind) {
    case OC_EXPR_NUMBER:
    case OC_EXPR_TRUTH: found = exactly(e->number); break;
    case OC_EXPR_DATE: found = exactly((double)e->day); break;
    case OC_EXPR_NEVER: found = exactly(INFINITY); break;
    case OC_EXPR_TODAY: found = exactly((double)day); break;
    case OC_EXPR_NAME: found = name(r, e, at, depth); break;
    case OC_EXPR_AT: found = e->symbol && e->symbol->kind == OC_SYMBOL_EVENT ? occurrence_day(e) : unknown; break;
    case OC_EXPR_UNARY: {
        oc_known a = resolve(r, e->args[0], at, depth);
        found = e->op == OC_NOT ? (oc_known){1 - a.high, 1 - a.low} : (oc_known){-a.high, -a.low};
        break;
    }
    case OC_EXPR_BINARY: found = binary(r, e, at, depth); break;
    case OC_EXPR_CALL:
        if (e->function == OC_FN_DONE && e->arg_count == 1 && e->args[0]->symbol &&
            e->args[0]->symbol->kind == OC_SYMBOL_STAGE)
            found = compare(OC_LE, stage_day(r, e->args[0]->symbol), exactly((double)day));
        break;
    default: break;
    }
    if (isnan(found.low) || isnan(found.high)) found = unknown;
    if (e->type.kind == OC_TYPE_TRUTH) found = (oc_known){fmax(found.low, 0), fmin(found.high, 1)};
    return found;
}

oc_known oc_resolve(const oc_resolver *resolver, const oc_expr *expr, oc_day at)
{
    return resolve(resolver, expr, at, 0);
}
