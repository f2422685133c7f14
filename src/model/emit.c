/* Expressions to instructions; see emit.h.
 *
 * Dates are whole days: a sum of a date and a duration is rounded. A truth is a mask; where a number is wanted it
 * counts as 0 or 1. Checks stand under the truths that guard them: the branch of an `if`, the right side of an `and`.
 *
 * Distributions (a, b, … checked where they are not constant):
 *   normal(m, s)          m + s z                         uniform(a, b)     a + (b - a) u
 *   lognormal(mu, s)      exp(mu + s z)                   a to b            normal, or lognormal if both are positive,
 *   gamma(k, t)           t G(k)                                            with 5 % below a and 5 % above b
 *   beta(a, b)            B(a, b)                         exponential       E / rate, or mean E
 *   triangular(a, m, b)   inverse: a + sqrt(u (b-a)(m-a)) below the mode, b - sqrt((1-u)(b-a)(b-m)) above
 *   pert(a, m, b)         a + (b-a) B(1 + 4 (m-a)/(b-a), 1 + 4 (b-m)/(b-a))          (Clark 1962)
 *   discrete, mixture     by cumulated probabilities of one u; the components of a mixture have draws of their own */
#include "model/emit.h"

#include <math.h>
#include <stdio.h>

#include "engine/engine.h"
#include "engine/math.h"

static const oc_ref none = {.kind = OC_REF_NONE};

enum { MAX_EMITTED = 2000000 };

/* 95th percentile of the standard normal distribution. */
#define Z95 1.6448536269514722

static oc_ref op(oc_compiler *c, oc_opcode code, oc_ref a, oc_ref b)
{
    bool costly = code == OC_OP_EXP || code == OC_OP_LOG || code == OC_OP_LOGISTIC || code == OC_OP_LOGIT;
    return oc_ir_op(c->ir, code, a, b, costly ? c->sparse : none);
}

static oc_ref as_number(oc_compiler *c, oc_ref r)
{
    return r.mask ? oc_ir_number_of_mask(c->ir, r) : r;
}

static oc_ref number(oc_compiler *c, const oc_expr *e)
{
    return as_number(c, oc_emit(c, e));
}

oc_slice oc_emit_address(oc_compiler *c, oc_slice address, bool once)
{
    oc_slice before = c->address;
    c->address = address;
    c->once = once;
    return before;
}

/* --- checks --- */

static void add_check(oc_compiler *c, oc_opcode code, oc_ref value, int kind, const oc_expr *e, oc_ref guard)
{
    if (oc_ir_passes(c->ir, code, value)) return;
    *oc_vec_push(c->arena, &c->out->checks) = (oc_check_place){kind, e->span, e};
    oc_ir_effect(c->ir, code, none, as_number(c, value), none, guard, none, c->ir->checks++);
}

/* Adds what a failing expression's names stood for when that is known while compiling. */
static void constant_failure(oc_compiler *c, oc_code code, const oc_expr *e, const oc_arg *args)
{
    oc_diag *d = oc_report(c->diags, code, e->span, args);
    c->failed = true;
    if (code == OC_E0302 && e->kind == OC_EXPR_NUMBER && !e->percent && e->number > 1 && e->number <= 100)
        oc_diag_help(d, "help.meant-percent", OC_ARGS(OC_T(oc_arena_printf(c->arena, "%g%%", e->number))));
}

static bool always(oc_ref guard)
{
    return oc_ref_is(guard, 1);
}

void oc_emit_check_real(oc_compiler *c, oc_ref value, const oc_expr *e, oc_ref guard)
{
    if (value.mask || oc_ref_is(guard, 0)) return;
    if (value.kind == OC_REF_CONST) {
        if (isnan(value.value) && always(guard)) {
            oc_text shown = oc_text_in(c->arena);
            oc_text_expr(&shown, e);
            constant_failure(c, OC_E0308, e, OC_ARGS(OC_T(oc_text_slice(&shown))));
        }
        return;
    }
    add_check(c, OC_OP_CHECK_REAL, value, OC_CHECK_NUMBER, e, guard);
}

/* Whether an expression cannot leave 0..1. */
static bool surely_probability(const oc_expr *e)
{
    switch (e->kind) {
    case OC_EXPR_NUMBER: return !e->parameter && e->number >= 0 && e->number <= 1;
    case OC_EXPR_TRUTH: return true;
    case OC_EXPR_IF: return surely_probability(e->args[1]) && surely_probability(e->args[2]);
    case OC_EXPR_BY: {
        bool sure = true;
        for (size_t i = 1; i < e->arg_count; i++) sure = sure && surely_probability(e->args[i]);
        return sure;
    }
    case OC_EXPR_CALL:
        return e->function == OC_FN_LOGISTIC || e->function == OC_FN_BETA ||
               (e->function == OC_FN_CLAMP && surely_probability(e->args[1]) && surely_probability(e->args[2]));
    case OC_EXPR_BINARY: return e->op == OC_MUL && surely_probability(e->args[0]) && surely_probability(e->args[1]);
    default: return false;
    }
}

/* What compiling refuses in a constant, whoever sets the parameter later must refuse too. */
static void limit_parameter(oc_compiler *c, const oc_expr *e, double most, bool above)
{
    if (e->kind != OC_EXPR_NUMBER || !e->parameter) return;
    oc_parameter_place *place = &c->out->parameters[e->parameter - 1];
    if (place->least < 0) place->least = 0;
    if (place->most > most) place->most = most;
    place->above = place->above || above;
}

oc_ref oc_emit_probability(oc_compiler *c, const oc_expr *e, oc_ref guard)
{
    limit_parameter(c, e, 1, false);
    oc_ref p = as_number(c, oc_emit_guarded(c, e, guard));
    if (p.kind == OC_REF_CONST) {
        if (!(p.value >= 0 && p.value <= 1)) constant_failure(c, OC_E0302, e, OC_ARGS(OC_F(p.value)));
    } else if (!surely_probability(e)) {
        add_check(c, OC_OP_CHECK_UNIT, p, OC_CHECK_PROBABILITY, e, guard);
    }
    return p;
}

oc_ref oc_emit_nonnegative(oc_compiler *c, const oc_expr *e, oc_ref guard, bool strictly)
{
    oc_ref v = as_number(c, oc_emit_guarded(c, e, guard));
    if (always(guard)) limit_parameter(c, e, INFINITY, strictly);
    if (v.kind == OC_REF_CONST) {
        bool fine = strictly ? v.value > 0 : v.value >= 0;
        oc_text shown = oc_text_in(c->arena);
        oc_text_expr(&shown, e);
        if (!fine && always(guard))
            constant_failure(
                c, OC_E0303, e,
                OC_ARGS(OC_T(oc_text_slice(&shown)), OC_M(strictly ? "word.not-positive" : "word.negative")));
    } else {
        add_check(c, strictly ? OC_OP_CHECK_POS : OC_OP_CHECK_NONNEG, v, OC_CHECK_PARAMETER, e, guard);
    }
    return v;
}

oc_ref oc_emit_guarded(oc_compiler *c, const oc_expr *e, oc_ref guard)
{
    oc_ref outer = c->guard;
    c->guard = oc_ir_and(c->ir, outer, guard);
    oc_ref value = oc_emit(c, e);
    c->guard = outer;
    return value;
}

/* --- draws --- */

static uint32_t site(oc_compiler *c, const oc_expr *e, const char *part)
{
    return oc_ir_site(c->ir, oc_arena_printf(c->arena, "%.*s#%u%s", OC_FMT(c->address), (unsigned)e->ordinal, part));
}

static oc_ref draw(oc_compiler *c, oc_opcode code, oc_ref a, oc_ref b, const oc_expr *e, const char *part)
{
    bool plain = code == OC_OP_NORMAL || code == OC_OP_UNIFORM || code == OC_OP_EXPONENTIAL;
    return oc_ir_draw(c->ir, code, a, b, plain ? c->sparse : none, site(c, e, part), c->once, c->fixed_day);
}

oc_ref oc_emit_coin(oc_compiler *c, oc_ref p, oc_slice address, bool once)
{
    if (oc_ref_is(p, 1)) return oc_ir_truth(true);
    if (oc_ref_is(p, 0)) return oc_ir_truth(false);
    return oc_ir_draw(c->ir, OC_OP_COIN, p, none, none, oc_ir_site(c->ir, address), once, OC_NO_DATE);
}

static oc_ref affine(oc_compiler *c, oc_ref place, oc_ref scale, oc_ref z)
{
    return oc_ir_op(c->ir, OC_OP_MULADD, scale, z, place);
}

/* What is drawn afresh at every occurrence of an event takes the fast normal. */
static oc_ref normal(oc_compiler *c, oc_ref mean, oc_ref sd, const oc_expr *e)
{
    bool same = sd.kind == OC_REF_CONST || sd.kind == OC_REF_ROW;
    if (c->once || c->fixed_day != OC_NO_DATE || !same)
        return affine(c, mean, sd, draw(c, OC_OP_NORMAL, none, none, e, ""));
    return oc_ir_draw(c->ir, OC_OP_WALK, mean, sd, oc_ir_const(0), site(c, e, ""), false, OC_NO_DATE);
}

static oc_ref emit_lognormal(oc_compiler *c, const oc_expr *e)
{
    oc_expr **a = e->args;
    oc_ref z = draw(c, OC_OP_NORMAL, none, none, e, "");
    oc_ref mu, sigma;
    if (oc_slice_is(e->keys[0], "mu")) {
        mu = number(c, a[0]);
        sigma = oc_emit_nonnegative(c, a[1], c->guard, false);
    } else if (oc_slice_is(e->keys[0], "median") && oc_slice_is(e->keys[1], "sigma")) {
        mu = op(c, OC_OP_LOG, oc_emit_nonnegative(c, a[0], c->guard, true), none);
        sigma = oc_emit_nonnegative(c, a[1], c->guard, false);
    } else if (oc_slice_is(e->keys[0], "median")) {
        /* p90: the normal quantile of 0.9 */
        mu = op(c, OC_OP_LOG, oc_emit_nonnegative(c, a[0], c->guard, true), none);
        oc_ref top = op(c, OC_OP_LOG, oc_emit_nonnegative(c, a[1], c->guard, true), none);
        sigma = op(c, OC_OP_DIV, op(c, OC_OP_SUB, top, mu), oc_ir_const(1.2815515655446004));
    } else {
        oc_ref mean = oc_emit_nonnegative(c, a[0], c->guard, true), sd = oc_emit_nonnegative(c, a[1], c->guard, false);
        oc_ref ratio = op(c, OC_OP_DIV, sd, mean);
        oc_ref variance = op(c, OC_OP_LOG, op(c, OC_OP_ADD, oc_ir_const(1), op(c, OC_OP_MUL, ratio, ratio)), none);
        sigma = op(c, OC_OP_SQRT, variance, none);
        oc_ref half = op(c, OC_OP_MUL, variance, oc_ir_const(0.5));
        mu = op(c, OC_OP_SUB, op(c, OC_OP_LOG, mean, none), half);
    }
    return op(c, OC_OP_EXP, affine(c, mu, sigma, z), none);
}

static oc_ref emit_beta(oc_compiler *c, const oc_expr *e)
{
    oc_ref a, b;
    if (oc_slice_is(e->keys[0], "mean")) {
        oc_ref mean = oc_emit_probability(c, e->args[0], c->guard);
        oc_ref sd = oc_emit_nonnegative(c, e->args[1], c->guard, true);
        oc_ref spread = op(c, OC_OP_MUL, mean, op(c, OC_OP_SUB, oc_ir_const(1), mean));
        oc_ref total = op(c, OC_OP_SUB, op(c, OC_OP_DIV, spread, op(c, OC_OP_MUL, sd, sd)), oc_ir_const(1));
        a = op(c, OC_OP_MUL, mean, total);
        b = op(c, OC_OP_MUL, op(c, OC_OP_SUB, oc_ir_const(1), mean), total);
        if (a.kind == OC_REF_CONST && !(a.value > 0 && b.value > 0)) {
            constant_failure(c, OC_E0303, e->args[1], OC_ARGS(OC_S("sd"), OC_M("word.too-large")));
            return oc_ir_const(0);
        }
        if (a.kind != OC_REF_CONST) add_check(c, OC_OP_CHECK_POS, a, OC_CHECK_PARAMETER, e->args[1], c->guard);
    } else {
        a = oc_emit_nonnegative(c, e->args[0], c->guard, true);
        b = oc_emit_nonnegative(c, e->args[1], c->guard, true);
    }
    return draw(c, OC_OP_BETA, a, b, e, "");
}

static oc_ref emit_gamma(oc_compiler *c, const oc_expr *e)
{
    oc_ref shape, scale;
    if (oc_slice_is(e->keys[0], "mean")) {
        oc_ref mean = oc_emit_nonnegative(c, e->args[0], c->guard, true);
        oc_ref sd = oc_emit_nonnegative(c, e->args[1], c->guard, true);
        oc_ref ratio = op(c, OC_OP_DIV, mean, sd);
        shape = op(c, OC_OP_MUL, ratio, ratio);
        scale = op(c, OC_OP_DIV, mean, shape);
    } else {
        shape = oc_emit_nonnegative(c, e->args[0], c->guard, true);
        scale = oc_emit_nonnegative(c, e->args[1], c->guard, true);
    }
    return op(c, OC_OP_MUL, scale, draw(c, OC_OP_GAMMA, shape, none, e, ""));
}

/* low <= mode <= high. */
static void check_rising(oc_compiler *c, const oc_expr *e, oc_ref low, oc_ref high)
{
    if (low.kind == OC_REF_CONST && high.kind == OC_REF_CONST) {
        if (!(low.value <= high.value)) constant_failure(c, OC_E0251, e, NULL);
        return;
    }
    oc_ref gap = op(c, OC_OP_SUB, high, low);
    add_check(c, OC_OP_CHECK_NONNEG, gap, OC_CHECK_PARAMETER, e, c->guard);
}

static oc_ref emit_triangular(oc_compiler *c, const oc_expr *e, bool pert)
{
    oc_ref low = number(c, e->args[0]), mode = number(c, e->args[1]), high = number(c, e->args[2]);
    check_rising(c, e, low, mode);
    check_rising(c, e, mode, high);
    oc_ref width = op(c, OC_OP_SUB, high, low), left = op(c, OC_OP_SUB, mode, low),
           right = op(c, OC_OP_SUB, high, mode);
    if (oc_ref_is(width, 0)) return low;
    if (pert) {
        oc_ref four = oc_ir_const(4), one = oc_ir_const(1);
        oc_ref a = op(c, OC_OP_ADD, one, op(c, OC_OP_MUL, four, op(c, OC_OP_DIV, left, width)));
        oc_ref b = op(c, OC_OP_ADD, one, op(c, OC_OP_MUL, four, op(c, OC_OP_DIV, right, width)));
        return affine(c, low, width, draw(c, OC_OP_BETA, a, b, e, ""));
    }
    oc_ref u = draw(c, OC_OP_UNIFORM, none, none, e, "");
    oc_ref below = op(c, OC_OP_ADD, low, op(c, OC_OP_SQRT, op(c, OC_OP_MUL, u, op(c, OC_OP_MUL, width, left)), none));
    oc_ref rest = op(c, OC_OP_SUB, oc_ir_const(1), u);
    oc_ref above =
        op(c, OC_OP_SUB, high, op(c, OC_OP_SQRT, op(c, OC_OP_MUL, rest, op(c, OC_OP_MUL, width, right)), none));
    return oc_ir_select(c->ir, op(c, OC_OP_LT, op(c, OC_OP_MUL, u, width), left), below, above);
}

static oc_ref emit_range(oc_compiler *c, const oc_expr *e)
{
    oc_ref low = number(c, e->args[0]), high = number(c, e->args[1]);
    check_rising(c, e, low, high);
    oc_ref z = draw(c, OC_OP_NORMAL, none, none, e, "");
    oc_ref width = oc_ir_const(1 / (2 * Z95)), half = oc_ir_const(0.5);
    oc_ref sd = op(c, OC_OP_MUL, op(c, OC_OP_SUB, high, low), width);
    oc_ref plain = affine(c, op(c, OC_OP_MUL, op(c, OC_OP_ADD, low, high), half), sd, z);
    bool date = e->type.kind == OC_TYPE_DATE;
    oc_ref positive = date ? oc_ir_truth(false) : op(c, OC_OP_LT, oc_ir_const(0), low);
    if (oc_ref_is(positive, 0)) return plain;
    oc_ref a = op(c, OC_OP_LOG, low, none), b = op(c, OC_OP_LOG, high, none);
    oc_ref sigma = op(c, OC_OP_MUL, op(c, OC_OP_SUB, b, a), width);
    oc_ref mu = op(c, OC_OP_MUL, op(c, OC_OP_ADD, a, b), half);
    return oc_ir_select(c->ir, positive, op(c, OC_OP_EXP, affine(c, mu, sigma, z), none), plain);
}

/* One of several values by their probabilities, `rest` for what is left: value i where u lies behind the sum of those
 * before it. */
static oc_ref pick(oc_compiler *c, const oc_expr *e, oc_expr **weights, const oc_ref *values, size_t count)
{
    oc_ref u = draw(c, OC_OP_UNIFORM, none, none, e, "");
    oc_ref cumulated = oc_ir_const(0), total = oc_ir_const(0);
    size_t rest = count;
    for (size_t i = 0; i < count; i++) {
        if (weights[i]->kind == OC_EXPR_REST)
            rest = i;
        else
            total = op(c, OC_OP_ADD, total, oc_emit_probability(c, weights[i], c->guard));
    }
    if (total.kind != OC_REF_CONST) {
        oc_ref over = op(c, OC_OP_SUB, total, oc_ir_const(1e-9));
        add_check(c, OC_OP_CHECK_UNIT, over, OC_CHECK_PROBABILITY, e, c->guard);
        if (rest == count) {
            oc_ref gap = op(c, OC_OP_ABS, op(c, OC_OP_SUB, total, oc_ir_const(1)), none);
            add_check(c, OC_OP_CHECK_NONNEG, op(c, OC_OP_SUB, oc_ir_const(1e-9), gap), OC_CHECK_PROBABILITY, e,
                      c->guard);
        }
    }
    /* Whatever rounding leaves belongs to the last value, or to `rest`. */
    size_t last = rest < count ? rest : count - 1;
    oc_ref chosen = values[last];
    oc_ref *until = OC_NEW_ARRAY(c->arena, count, oc_ref);
    for (size_t i = 0; i < count; i++) {
        if (i == last) continue;
        cumulated = op(c, OC_OP_ADD, cumulated, as_number(c, oc_emit(c, weights[i])));
        until[i] = cumulated;
    }
    for (size_t i = count; i-- > 0;)
        if (i != last) chosen = oc_ir_select(c->ir, op(c, OC_OP_LT, u, until[i]), values[i], chosen);
    return chosen;
}

static oc_ref emit_weighted(oc_compiler *c, const oc_expr *e)
{
    oc_ref *values = OC_NEW_ARRAY(c->arena, e->arg_count, oc_ref);
    bool truth = e->type.kind == OC_TYPE_TRUTH;
    for (size_t i = 0; i < e->arg_count; i++) values[i] = truth ? oc_emit(c, e->args[i]) : number(c, e->args[i]);
    return pick(c, e, e->weights, values, e->arg_count);
}

static size_t value_index(const oc_category *category, oc_slice name)
{
    size_t i = 0;
    while (i < category->count && !oc_slice_equal(category->values[i], name)) i++;
    return i;
}

static oc_ref emit_choice(oc_compiler *c, const oc_expr *e)
{
    oc_ref *values = OC_NEW_ARRAY(c->arena, e->arg_count, oc_ref);
    for (size_t i = 0; i < e->arg_count; i++)
        values[i] = oc_ir_const((double)value_index(e->type.category, e->keys[i]));
    return pick(c, e, e->args, values, e->arg_count);
}

static oc_ref emit_distribution(oc_compiler *c, const oc_expr *e)
{
    oc_expr **a = e->args;
    switch (e->function) {
    case OC_FN_NORMAL: {
        oc_ref mean = number(c, a[0]), sd = oc_emit_nonnegative(c, a[1], c->guard, false);
        return normal(c, mean, sd, e);
    }
    case OC_FN_LOGNORMAL: return emit_lognormal(c, e);
    case OC_FN_BETA: return emit_beta(c, e);
    case OC_FN_GAMMA: return emit_gamma(c, e);
    case OC_FN_UNIFORM: {
        oc_ref low = number(c, a[0]), high = number(c, a[1]);
        check_rising(c, e, low, high);
        oc_ref width = op(c, OC_OP_SUB, high, low);
        return affine(c, low, width, draw(c, OC_OP_UNIFORM, none, none, e, ""));
    }
    case OC_FN_TRIANGULAR: return emit_triangular(c, e, false);
    case OC_FN_PERT: return emit_triangular(c, e, true);
    case OC_FN_EXPONENTIAL: {
        oc_ref x = oc_emit_nonnegative(c, a[0], c->guard, true);
        oc_ref standard = draw(c, OC_OP_EXPONENTIAL, none, none, e, "");
        bool mean = oc_slice_is(e->keys[0], "mean") || a[0]->type.time > 0;
        return op(c, mean ? OC_OP_MUL : OC_OP_DIV, standard, x);
    }
    case OC_FN_POISSON: return draw(c, OC_OP_POISSON, oc_emit_nonnegative(c, a[0], c->guard, false), none, e, "");
    case OC_FN_BERNOULLI: {
        oc_ref p = oc_emit_probability(c, a[0], c->guard);
        if (p.kind == OC_REF_CONST && (p.value == 0 || p.value == 1)) return oc_ir_truth(p.value == 1);
        return draw(c, OC_OP_COIN, p, none, e, "");
    }
    default: return emit_weighted(c, e);
    }
}

/* --- functions and operators --- */

static oc_ref emit_extremes(oc_compiler *c, const oc_expr *e)
{
    oc_ref value = number(c, e->args[0]);
    if (e->function == OC_FN_CLAMP) {
        value = op(c, OC_OP_MAX, value, number(c, e->args[1]));
        return op(c, OC_OP_MIN, value, number(c, e->args[2]));
    }
    for (size_t i = 1; i < e->arg_count; i++)
        value = op(c, e->function == OC_FN_MIN ? OC_OP_MIN : OC_OP_MAX, value, number(c, e->args[i]));
    return value;
}

static oc_ref stage_done(oc_compiler *c, oc_ref date)
{
    if (date.kind == OC_REF_CONST) return oc_ir_truth(!isinf(date.value));
    return oc_ir_op(c->ir, OC_OP_NE, date, oc_ir_const(INFINITY), none);
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
        case OC_FN_LAST: value = i ? op(c, OC_OP_MAX, value, as_number(c, item)) : as_number(c, item); break;
        case OC_FN_FIRST: value = i ? op(c, OC_OP_MIN, value, as_number(c, item)) : as_number(c, item); break;
        default: value = op(c, OC_OP_ADD, value, as_number(c, item)); break;
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
    if (oc_function_kind_of(e->function) == OC_KIND_DISTRIBUTION) return emit_distribution(c, e);
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
        oc_ref value = op(c, plain[i].code, number(c, e->args[0]), none);
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
    a = as_number(c, a);
    b = as_number(c, b);
    bool date = e->type.kind == OC_TYPE_DATE;
    oc_ref value;
    switch (e->op) {
    case OC_ADD: value = op(c, OC_OP_ADD, a, b); break;
    case OC_SUB: value = op(c, OC_OP_SUB, a, b); break;
    case OC_MUL: return op(c, OC_OP_MUL, a, b);
    case OC_DIV:
        value = op(c, OC_OP_DIV, a, b);
        if (b.kind != OC_REF_CONST || b.value == 0) oc_emit_check_real(c, value, e, c->guard);
        return value;
    case OC_POW:
        value = op(c, OC_OP_POW, a, b);
        oc_emit_check_real(c, value, e, c->guard);
        return value;
    case OC_LT: return op(c, OC_OP_LT, a, b);
    case OC_LE: return op(c, OC_OP_LE, a, b);
    case OC_GT: return op(c, OC_OP_LT, b, a);
    case OC_GE: return op(c, OC_OP_LE, b, a);
    case OC_EQ: return op(c, OC_OP_EQ, a, b);
    default: return op(c, OC_OP_NE, a, b);
    }
    bool whole = b.kind == OC_REF_CONST && (isinf(b.value) || b.value == floor(b.value));
    return date && !whole ? op(c, OC_OP_ROUND, value, none) : value;
}

static oc_ref emit_if(oc_compiler *c, const oc_expr *e)
{
    oc_ref condition = oc_emit(c, e->args[0]);
    oc_ref yes = oc_emit_guarded(c, e->args[1], condition);
    oc_ref no = oc_emit_guarded(c, e->args[2], oc_ir_not(c->ir, condition));
    bool truth = e->type.kind == OC_TYPE_TRUTH;
    if (!truth) yes = as_number(c, yes);
    if (!truth) no = as_number(c, no);
    return oc_ir_select(c->ir, condition, yes, no);
}

static oc_ref emit_by(oc_compiler *c, const oc_expr *e)
{
    oc_ref category = oc_emit(c, e->args[0]);
    const oc_category *values = e->args[0]->type.category;
    size_t count = e->arg_count - 1;
    bool truth = e->type.kind == OC_TYPE_TRUTH;
    oc_ref result = none, others = oc_ir_truth(true);
    oc_ref *branch = OC_NEW_ARRAY(c->arena, count, oc_ref), *match = OC_NEW_ARRAY(c->arena, count, oc_ref);
    for (size_t i = 0; i < count; i++) {
        bool rest = oc_slice_is(e->keys[i], "rest");
        match[i] = rest ? others : op(c, OC_OP_EQ, category, oc_ir_const((double)value_index(values, e->keys[i])));
        others = oc_ir_and(c->ir, others, oc_ir_not(c->ir, match[i]));
        branch[i] = oc_emit_guarded(c, e->args[i + 1], match[i]);
        if (!truth) branch[i] = as_number(c, branch[i]);
    }
    result = branch[count - 1];
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
    if (input->is->type.kind == OC_TYPE_DATE && oc_expr_draws(input->is)) value = op(c, OC_OP_ROUND, value, none);
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
    if (v->type.kind != OC_TYPE_TRUTH) value = as_number(c, value);
    if (v->type.kind == OC_TYPE_DATE && oc_expr_draws(v->now)) value = op(c, OC_OP_ROUND, value, none);
    if (value.kind == OC_REF_CONST) oc_emit_check_real(c, value, v->now, c->guard);
    value = adjustable(c, value, v->type, c->model->inputs.len + i);
    if (v->min) value = op(c, OC_OP_MAX, value, number(c, v->min));
    if (v->max) value = op(c, OC_OP_MIN, value, number(c, v->max));
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

static bool same_ref(oc_ref a, oc_ref b)
{
    return a.kind == b.kind && a.index == b.index && a.value == b.value;
}

static oc_ref emit_definition(oc_compiler *c, const oc_symbol *symbol, const oc_expr *at)
{
    size_t i = OC_RECORD_INDEX(c->model, definitions, symbol->record);
    oc_memo *memo = &c->memos[i];
    if (memo->filled && memo->section == c->ir->now && memo->stores == c->stores && same_ref(memo->guard, c->guard) &&
        same_ref(memo->sparse, c->sparse))
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
    oc_ref shift = op(c, OC_OP_ROUND, number(c, event->spread), none);
    oc_ref recorded = op(c, OC_OP_MAX, op(c, OC_OP_ADD, nominal, shift), oc_ir_const((double)(c->model->as_of + 1)));
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
        return op(c, OC_OP_NEG, number(c, e->args[0]), none);
    case OC_EXPR_BINARY: return emit_binary(c, e);
    case OC_EXPR_IF: return emit_if(c, e);
    case OC_EXPR_RANGE: return emit_range(c, e);
    case OC_EXPR_CALL: return emit_call(c, e);
    case OC_EXPR_BY: return emit_by(c, e);
    case OC_EXPR_CHOICE: return emit_choice(c, e);
    }
    return oc_ir_const(0);
}
