/* Expressions to instructions; see emit.h.
 *
 * Dates are whole days: a sum of a date and a duration is rounded. A truth is a mask; where a number is wanted it
 * counts as 0 or 1. Checks stand under the truths that guard them: the branch of an `if`, the right side of an `and`.
 */
#include <math.h>
#include <stdio.h>

#include "engine/engine.h"
#include "engine/math.h"
#include "model/emit_parts.h"

enum { MAX_EMITTED = 2000000 };

oc_slice oc_emit_address(oc_compiler *c, oc_slice address, bool once)
{
    oc_slice before = c->address;
    c->address = address;
    c->once = once;
    return before;
}

/* --- functions and operators --- */

static oc_ref emit_extremes(oc_compiler *c, const oc_expr *e)
{
    oc_ref value = oc_emit_number(c, e->args[0]);
    if (e->function == OC_FN_CLAMP) {
        value = oc_emit_op(c, OC_OP_MAX, value, oc_emit_number(c, e->args[1]));
        return oc_emit_op(c, OC_OP_MIN, value, oc_emit_number(c, e->args[2]));
    }
    for (size_t i = 1; i < e->arg_count; i++)
        value = oc_emit_op(c, e->function == OC_FN_MIN ? OC_OP_MIN : OC_OP_MAX, value, oc_emit_number(c, e->args[i]));
    return value;
}

static oc_ref stage_done(oc_compiler *c, oc_ref date)
{
    if (date.kind == OC_REF_CONST) return oc_ir_truth(!isinf(date.value));
    return oc_ir_op(c->ir, OC_OP_NE, date, oc_ir_const(INFINITY), OC_NO_REF);
}

static oc_ref emit_aggregate(oc_compiler *c, const oc_expr *e)
{
    bool truths = e->function == OC_FN_ALL || e->function == OC_FN_ANY || e->function == OC_FN_COUNT;
    oc_ref value = e->function == OC_FN_ALL   ? oc_ir_truth(true)
                   : e->function == OC_FN_ANY ? oc_ir_truth(false)
                                              : oc_ir_const(0);
    for (size_t i = 0; i < e->arg_count; i++) {
        oc_ref item = oc_emit(c, e->args[i]);
        if (truths && !item.mask) item = stage_done(c, item); /* a stage stands for "is done" */
        switch (e->function) {
        case OC_FN_ALL: value = oc_ir_and(c->ir, value, item); break;
        case OC_FN_ANY: value = oc_ir_or(c->ir, value, item); break;
        case OC_FN_LAST:
            value = i ? oc_emit_op(c, OC_OP_MAX, value, oc_emit_as_number(c, item)) : oc_emit_as_number(c, item);
            break;
        case OC_FN_FIRST:
            value = i ? oc_emit_op(c, OC_OP_MIN, value, oc_emit_as_number(c, item)) : oc_emit_as_number(c, item);
            break;
        default: value = oc_emit_op(c, OC_OP_ADD, value, oc_emit_as_number(c, item)); break;
        }
    }
    return value;
}

static oc_ref emit_next(oc_compiler *c, const oc_event *event)
{
    const oc_ir_section *s = c->ir->now;
    double *values = OC_NEW_ARRAY(c->arena, s->rows, double);
    for (size_t r = 0; r < s->rows; r++) {
        oc_day day = s->days ? s->days[r] : s->kind == OC_SECTION_INIT ? c->model->as_of : c->model->horizon;
        values[r] = INFINITY;
        for (size_t i = 0; i < event->occurrences.len; i++)
            if (event->occurrences.at[i].nominal > day) {
                values[r] = (double)event->occurrences.at[i].nominal;
                break;
            }
    }
    return oc_ir_row(c->ir, values);
}

static oc_ref emit_call(oc_compiler *c, const oc_expr *e)
{
    if (oc_function_kind_of(e->function) == OC_KIND_DISTRIBUTION) return oc_emit_distribution(c, e);
    static const struct {
        oc_function function;
        oc_opcode code;
    } plain[] = {{OC_FN_ABS, OC_OP_ABS},           {OC_FN_EXP, OC_OP_EXP},
                 {OC_FN_LOG, OC_OP_LOG},           {OC_FN_SQRT, OC_OP_SQRT},
                 {OC_FN_FLOOR, OC_OP_FLOOR},       {OC_FN_ROUND, OC_OP_ROUND},
                 {OC_FN_LOGISTIC, OC_OP_LOGISTIC}, {OC_FN_LOGIT, OC_OP_LOGIT},
                 {OC_FN_YEAR, OC_OP_YEAR},         {OC_FN_START_OF, OC_OP_YEAR_START}};
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (plain[i].function != e->function) continue;
        oc_ref value = oc_emit_op(c, plain[i].code, oc_emit_number(c, e->args[0]), OC_NO_REF);
        bool partial = e->function == OC_FN_LOG || e->function == OC_FN_SQRT || e->function == OC_FN_LOGIT;
        if (partial) oc_emit_check_real(c, value, e, c->guard);
        return value;
    }
    switch (e->function) {
    case OC_FN_MIN:
    case OC_FN_MAX:
    case OC_FN_CLAMP: return emit_extremes(c, e);
    case OC_FN_DONE: return stage_done(c, oc_emit_symbol(c, e->symbol, e));
    case OC_FN_NEXT: return emit_next(c, e->symbol->record);
    case OC_FN_COUNT:
        if (e->symbol && e->symbol->kind == OC_SYMBOL_EVENT) {
            const oc_event *event = e->symbol->record;
            bool cancelled = e->arg_count > 1 && oc_slice_is(e->args[1]->name, "cancelled");
            bool all = e->arg_count < 2;
            double count = 0;
            for (size_t i = 0; i < event->occurrences.len; i++) {
                const oc_occurrence *o = &event->occurrences.at[i];
                count += o->past && o->told && (all || o->held != cancelled);
            }
            return oc_ir_const(count);
        }
        return emit_aggregate(c, e);
    default: return emit_aggregate(c, e);
    }
}

static oc_ref emit_binary(oc_compiler *c, const oc_expr *e)
{
    if (e->op == OC_AND || e->op == OC_OR) {
        oc_ref left = oc_emit(c, e->args[0]);
        oc_ref right = oc_emit_guarded(c, e->args[1], e->op == OC_AND ? left : oc_ir_not(c->ir, left));
        return e->op == OC_AND ? oc_ir_and(c->ir, left, right) : oc_ir_or(c->ir, left, right);
    }
    oc_ref a = oc_emit(c, e->args[0]), b = oc_emit(c, e->args[1]);
    a = oc_emit_as_number(c, a);
    b = oc_emit_as_number(c, b);
    bool date = e->type.kind == OC_TYPE_DATE;
    oc_ref value;
    switch (e->op) {
    case OC_ADD: value = oc_emit_op(c, OC_OP_ADD, a, b); break;
    case OC_SUB: value = oc_emit_op(c, OC_OP_SUB, a, b); break;
    case OC_MUL: return oc_emit_op(c, OC_OP_MUL, a, b);
    case OC_DIV:
        value = oc_emit_op(c, OC_OP_DIV, a, b);
        if (b.kind != OC_REF_CONST || b.value == 0) oc_emit_check_real(c, value, e, c->guard);
        return value;
    case OC_POW:
        value = oc_emit_op(c, OC_OP_POW, a, b);
        oc_emit_check_real(c, value, e, c->guard);
        return value;
    case OC_LT: return oc_emit_op(c, OC_OP_LT, a, b);
    case OC_LE: return oc_emit_op(c, OC_OP_LE, a, b);
    case OC_GT: return oc_emit_op(c, OC_OP_LT, b, a);
    case OC_GE: return oc_emit_op(c, OC_OP_LE, b, a);
    case OC_EQ: return oc_emit_op(c, OC_OP_EQ, a, b);
    default: return oc_emit_op(c, OC_OP_NE, a, b);
    }
    bool whole = b.kind == OC_REF_CONST && (isinf(b.value) || b.value == floor(b.value));
    return date && !whole ? oc_emit_op(c, OC_OP_ROUND, value, OC_NO_REF) : value;
}

static oc_ref emit_if(oc_compiler *c, const oc_expr *e)
{
    oc_ref condition = oc_emit(c, e->args[0]);
    oc_ref yes = oc_emit_guarded(c, e->args[1], condition);
    oc_ref no = oc_emit_guarded(c, e->args[2], oc_ir_not(c->ir, condition));
    bool truth = e->type.kind == OC_TYPE_TRUTH;
    if (!truth) yes = oc_emit_as_number(c, yes);
    if (!truth) no = oc_emit_as_number(c, no);
    return oc_ir_select(c->ir, condition, yes, no);
}

static oc_ref emit_by(oc_compiler *c, const oc_expr *e)
{
    oc_ref category = oc_emit(c, e->args[0]);
    const oc_category *values = e->args[0]->type.category;
    size_t count = e->arg_count - 1;
    bool truth = e->type.kind == OC_TYPE_TRUTH;
    oc_ref others = oc_ir_truth(true);
    oc_ref *branch = OC_NEW_ARRAY(c->arena, count, oc_ref), *match = OC_NEW_ARRAY(c->arena, count, oc_ref);
    for (size_t i = 0; i < count; i++) {
        bool rest = oc_slice_is(e->keys[i], "rest");
        oc_ref value = oc_ir_const(rest ? 0 : (double)oc_emit_value_index(values, e->keys[i]));
        match[i] = rest ? others : oc_emit_op(c, OC_OP_EQ, category, value);
        others = oc_ir_and(c->ir, others, oc_ir_not(c->ir, match[i]));
        branch[i] = oc_emit_guarded(c, e->args[i + 1], match[i]);
        if (!truth) branch[i] = oc_emit_as_number(c, branch[i]);
    }
    oc_ref result = branch[count - 1];
    for (size_t i = count - 1; i-- > 0;) result = oc_ir_select(c->ir, match[i], branch[i], result);
    return result;
}

/* --- names --- */

static oc_ref adjustable(oc_compiler *c, oc_ref value, oc_type type, size_t which)
{
    bool wanted = c->adjustable && c->adjustable[which] && type.kind == OC_TYPE_NUMBER;
    return wanted ? oc_ir_bounded(c->ir, value, which) : value;
}

static oc_ref start_input(oc_compiler *c, size_t i)
{
    oc_input *input = c->model->inputs.at[i];
    oc_slice name = oc_arena_printf(c->arena, "inputs.%.*s", OC_FMT(input->symbol->name));
    oc_slice before = oc_emit_address(c, name, true);
    oc_ref guard = c->guard;
    c->guard = oc_ir_truth(true);
    oc_ref value = oc_emit(c, input->is);
    if (input->is->type.kind == OC_TYPE_DATE && oc_expr_draws(input->is))
        value = oc_emit_op(c, OC_OP_ROUND, value, OC_NO_REF);
    if (value.kind == OC_REF_CONST) oc_emit_check_real(c, value, input->is, c->guard);
    value = adjustable(c, value, input->is->type, i);
    if (value.kind != OC_REF_CONST) {
        oc_ref state = oc_ir_state(c->ir, name, value.mask);
        oc_emit_fix(c, state, value);
        value = state;
    }
    c->inputs[i] = value;
    c->guard = guard;
    oc_emit_address(c, before, true);
    return value;
}

static oc_ref start_variable(oc_compiler *c, size_t i)
{
    oc_variable *v = c->model->variables.at[i];
    if (c->variable_ready[i]) return c->variables[i];
    oc_slice before =
        oc_emit_address(c, oc_arena_printf(c->arena, "variables.%.*s.now", OC_FMT(v->symbol->name)), true);
    oc_ref guard = c->guard;
    c->guard = oc_ir_truth(true);
    oc_ref value = oc_emit(c, v->now);
    if (v->type.kind != OC_TYPE_TRUTH) value = oc_emit_as_number(c, value);
    if (v->type.kind == OC_TYPE_DATE && oc_expr_draws(v->now)) value = oc_emit_op(c, OC_OP_ROUND, value, OC_NO_REF);
    if (value.kind == OC_REF_CONST) oc_emit_check_real(c, value, v->now, c->guard);
    value = adjustable(c, value, v->type, c->model->inputs.len + i);
    if (v->min) value = oc_emit_op(c, OC_OP_MAX, value, oc_emit_number(c, v->min));
    if (v->max) value = oc_emit_op(c, OC_OP_MIN, value, oc_emit_number(c, v->max));
    bool moves = v->drift || v->noise || v->reverts_to || v->changes.len;
    if (value.kind == OC_REF_CONST && !moves)
        c->variables[i] = value; /* never anything else: folded wherever it is read */
    else if (moves)
        oc_emit_store(c, c->variables[i], value, oc_ir_truth(true));
    else
        oc_emit_fix(c, c->variables[i], value);
    c->variable_ready[i] = true;
    c->guard = guard;
    oc_emit_address(c, before, true);
    return c->variables[i];
}

static oc_ref emit_definition(oc_compiler *c, const oc_symbol *symbol, const oc_expr *at)
{
    size_t i = OC_RECORD_INDEX(c->model, definitions, symbol->record);
    oc_memo *memo = &c->memos[i];
    if (memo->filled && memo->section == c->ir->now && memo->stores == c->stores &&
        oc_ref_same(memo->guard, c->guard) && oc_ref_same(memo->sparse, c->sparse))
        return memo->value;
    if (++c->depth > 1000) {
        oc_report(c->diags, OC_E0309, at->span, OC_ARGS(OC_S("definitions")));
        c->failed = true;
        c->depth--;
        return oc_ir_const(0);
    }
    oc_ref value = oc_emit(c, c->model->definitions.at[i]->is);
    c->depth--;
    *memo = (oc_memo){c->ir->now, c->stores, c->guard, c->sparse, value, true};
    return value;
}

oc_ref oc_emit_symbol(oc_compiler *c, const oc_symbol *symbol, const oc_expr *e)
{
    switch (symbol->kind) {
    case OC_SYMBOL_INPUT: {
        size_t i = OC_RECORD_INDEX(c->model, inputs, symbol->record);
        return c->inputs[i].kind == OC_REF_NONE ? start_input(c, i) : c->inputs[i];
    }
    case OC_SYMBOL_VARIABLE: {
        size_t i = OC_RECORD_INDEX(c->model, variables, symbol->record);
        return c->starting ? start_variable(c, i) : c->variables[i];
    }
    case OC_SYMBOL_SHOCK:
        return c->starting ? oc_ir_truth(false) : c->shock_on[OC_RECORD_INDEX(c->model, shocks, symbol->record)];
    case OC_SYMBOL_STAGE: return c->stages[OC_RECORD_INDEX(c->model, stages, symbol->record)];
    case OC_SYMBOL_DEFINITION:
    case OC_SYMBOL_CONDITION:
    case OC_SYMBOL_ISSUE: return emit_definition(c, symbol, e);
    default: return oc_ir_const(0);
    }
}

/* event@2030: the date of that one occurrence, with its spread, whether it is held or not. */
static oc_ref emit_occurrence(oc_compiler *c, const oc_expr *e)
{
    const oc_event *event = e->symbol->record;
    const oc_occurrence *hit = NULL;
    size_t hits = 0;
    for (size_t i = 0; i < event->occurrences.len; i++) {
        const oc_occurrence *o = &event->occurrences.at[i];
        bool here =
            e->year ? oc_civil_from_day(o->nominal).year == e->year : o->nominal == e->day || o->recorded == e->day;
        if (!here) continue;
        hit = o;
        hits++;
    }
    if (hits != 1) {
        oc_slice when = e->year ? oc_arena_printf(c->arena, "%d", e->year) : oc_day_print(c->arena, e->day);
        oc_diag *d = oc_report(c->diags, OC_E0310, e->span, OC_ARGS(OC_T(e->symbol->name), OC_T(when)));
        for (size_t i = 0; i < event->occurrences.len; i++)
            if (event->occurrences.at[i].nominal > c->model->as_of) {
                oc_diag_help(d, "help.next-occurrence", OC_ARGS(OC_D(event->occurrences.at[i].nominal)));
                break;
            }
        c->failed = true;
        return oc_ir_const(0);
    }
    if (hit->past || !event->spread) return oc_ir_const((double)hit->recorded);
    return oc_emit_recorded(c, event, oc_ir_const((double)hit->nominal), (int32_t)hit->nominal);
}

oc_ref oc_emit_recorded(oc_compiler *c, const oc_event *event, oc_ref nominal, int32_t day)
{
    if (!event->spread) return nominal;
    oc_slice before = c->address;
    bool once = c->once;
    int32_t fixed = c->fixed_day;
    oc_emit_address(c, oc_arena_printf(c->arena, "calendar.%.*s.spread", OC_FMT(event->symbol->name)), false);
    c->fixed_day = day;
    oc_ref shift = oc_emit_op(c, OC_OP_ROUND, oc_emit_number(c, event->spread), OC_NO_REF);
    oc_ref recorded =
        oc_emit_op(c, OC_OP_MAX, oc_emit_op(c, OC_OP_ADD, nominal, shift), oc_ir_const((double)(c->model->as_of + 1)));
    c->fixed_day = fixed;
    oc_emit_address(c, before, once);
    return recorded;
}

static oc_ref emit_snapshot(oc_compiler *c, const oc_expr *e)
{
    for (size_t i = 0; i < c->snapshots.len; i++)
        if (c->snapshots.at[i].symbol == e->symbol && c->snapshots.at[i].day == (e->first ? OC_DAY_NONE : e->day))
            return c->snapshots.at[i].state;
    c->failed = true; /* collected beforehand: cannot be missing */
    return oc_ir_const(0);
}

void oc_emit_store(oc_compiler *c, oc_ref state, oc_ref value, oc_ref where)
{
    oc_ir_store_where(c->ir, state, value, where);
    c->stores++;
}

void oc_emit_fix(oc_compiler *c, oc_ref state, oc_ref value)
{
    oc_ir_fix(c->ir, state, value);
    c->stores++;
}

oc_ref oc_emit(oc_compiler *c, const oc_expr *e)
{
    /* Definitions that use one another twice on each level would otherwise take for ever. */
    if (++c->emitted > MAX_EMITTED) {
        if (c->emitted == MAX_EMITTED + 1) oc_report(c->diags, OC_E0309, e->span, OC_ARGS(OC_S("expressions")));
        c->failed = true;
        return e->type.kind == OC_TYPE_TRUTH ? oc_ir_truth(false) : oc_ir_const(0);
    }
    switch (e->kind) {
    case OC_EXPR_POISON:
    case OC_EXPR_REST: c->failed = true; return oc_ir_const(0);
    case OC_EXPR_NUMBER: return e->parameter ? c->parameters[e->parameter - 1] : oc_ir_const(e->number);
    case OC_EXPR_DATE: return oc_ir_const((double)e->day);
    case OC_EXPR_NEVER: return oc_ir_const(INFINITY);
    case OC_EXPR_TODAY: return c->today;
    case OC_EXPR_TRUTH: return oc_ir_truth(e->number != 0);
    case OC_EXPR_NAME: return oc_emit_symbol(c, e->symbol, e);
    case OC_EXPR_AT: return e->symbol->kind == OC_SYMBOL_EVENT ? emit_occurrence(c, e) : emit_snapshot(c, e);
    case OC_EXPR_UNARY:
        if (e->op == OC_NOT) return oc_ir_not(c->ir, oc_emit(c, e->args[0]));
        return oc_emit_op(c, OC_OP_NEG, oc_emit_number(c, e->args[0]), OC_NO_REF);
    case OC_EXPR_BINARY: return emit_binary(c, e);
    case OC_EXPR_IF: return emit_if(c, e);
    case OC_EXPR_RANGE: return oc_emit_range(c, e);
    case OC_EXPR_CALL: return emit_call(c, e);
    case OC_EXPR_BY: return emit_by(c, e);
    case OC_EXPR_CHOICE: return oc_emit_choice(c, e);
    }
    return oc_ir_const(0);
}
