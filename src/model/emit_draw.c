/* Distributions to instructions; see emit.h.
 *
 * Distributions (a, b, … checked where they are not constant):
 *   normal(m, s)          m + s z                         uniform(a, b)     a + (b - a) u
 *   lognormal(mu, s)      exp(mu + s z)                   a to b            normal, or lognormal if both are positive,
 *   gamma(k, t)           t G(k)                                            with 5 % below a and 5 % above b
 *   beta(a, b)            B(a, b)                         exponential       E / rate, or mean E
 *   triangular(a, m, b)   inverse: a + sqrt(u (b-a)(m-a)) below the mode, b - sqrt((1-u)(b-a)(b-m)) above
 *   pert(a, m, b)         a + (b-a) B(1 + 4 (m-a)/(b-a), 1 + 4 (b-m)/(b-a))          (Clark 1962)
 *   discrete, mixture     by cumulated probabilities of one u; the components of a mixture have draws of their own */
#include <math.h>
#include <stdio.h>

#include "model/emit_parts.h"

/* 95th percentile of the standard normal distribution. */
#define Z95 1.6448536269514722

static uint32_t site(oc_compiler *c, const oc_expr *e, const char *part)
{
    return oc_ir_site(c->ir, oc_arena_printf(c->arena, "%.*s#%u%s", OC_FMT(c->address), (unsigned)e->ordinal, part));
}

static oc_ref draw(oc_compiler *c, oc_opcode code, oc_ref a, oc_ref b, const oc_expr *e, const char *part)
{
    bool plain = code == OC_OP_NORMAL || code == OC_OP_UNIFORM || code == OC_OP_EXPONENTIAL;
    return oc_ir_draw(c->ir, code, a, b, plain ? c->sparse : OC_NO_REF, site(c, e, part), c->once, c->fixed_day);
}

oc_ref oc_emit_coin(oc_compiler *c, oc_ref p, oc_slice address, bool once)
{
    if (oc_ref_is(p, 1)) return oc_ir_truth(true);
    if (oc_ref_is(p, 0)) return oc_ir_truth(false);
    return oc_ir_draw(c->ir, OC_OP_COIN, p, OC_NO_REF, OC_NO_REF, oc_ir_site(c->ir, address), once, OC_NO_DATE);
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
        return affine(c, mean, sd, draw(c, OC_OP_NORMAL, OC_NO_REF, OC_NO_REF, e, ""));
    return oc_ir_draw(c->ir, OC_OP_WALK, mean, sd, oc_ir_const(0), site(c, e, ""), false, OC_NO_DATE);
}

static oc_ref emit_lognormal(oc_compiler *c, const oc_expr *e)
{
    oc_expr **a = e->args;
    oc_ref z = draw(c, OC_OP_NORMAL, OC_NO_REF, OC_NO_REF, e, "");
    oc_ref mu, sigma;
    if (oc_slice_is(e->keys[0], "mu")) {
        mu = oc_emit_number(c, a[0]);
        sigma = oc_emit_nonnegative(c, a[1], c->guard, false);
    } else if (oc_slice_is(e->keys[0], "median") && oc_slice_is(e->keys[1], "sigma")) {
        mu = oc_emit_op(c, OC_OP_LOG, oc_emit_nonnegative(c, a[0], c->guard, true), OC_NO_REF);
        sigma = oc_emit_nonnegative(c, a[1], c->guard, false);
    } else if (oc_slice_is(e->keys[0], "median")) {
        /* p90: the normal quantile of 0.9 */
        mu = oc_emit_op(c, OC_OP_LOG, oc_emit_nonnegative(c, a[0], c->guard, true), OC_NO_REF);
        oc_ref top = oc_emit_op(c, OC_OP_LOG, oc_emit_nonnegative(c, a[1], c->guard, true), OC_NO_REF);
        sigma = oc_emit_op(c, OC_OP_DIV, oc_emit_op(c, OC_OP_SUB, top, mu), oc_ir_const(1.2815515655446004));
    } else {
        oc_ref mean = oc_emit_nonnegative(c, a[0], c->guard, true), sd = oc_emit_nonnegative(c, a[1], c->guard, false);
        oc_ref ratio = oc_emit_op(c, OC_OP_DIV, sd, mean);
        oc_ref variance = oc_emit_op(
            c, OC_OP_LOG, oc_emit_op(c, OC_OP_ADD, oc_ir_const(1), oc_emit_op(c, OC_OP_MUL, ratio, ratio)), OC_NO_REF);
        sigma = oc_emit_op(c, OC_OP_SQRT, variance, OC_NO_REF);
        oc_ref half = oc_emit_op(c, OC_OP_MUL, variance, oc_ir_const(0.5));
        mu = oc_emit_op(c, OC_OP_SUB, oc_emit_op(c, OC_OP_LOG, mean, OC_NO_REF), half);
    }
    return oc_emit_op(c, OC_OP_EXP, affine(c, mu, sigma, z), OC_NO_REF);
}

static oc_ref emit_beta(oc_compiler *c, const oc_expr *e)
{
    oc_ref a, b;
    if (oc_slice_is(e->keys[0], "mean")) {
        oc_ref mean = oc_emit_probability(c, e->args[0], c->guard);
        oc_ref sd = oc_emit_nonnegative(c, e->args[1], c->guard, true);
        oc_ref spread = oc_emit_op(c, OC_OP_MUL, mean, oc_emit_op(c, OC_OP_SUB, oc_ir_const(1), mean));
        oc_ref total = oc_emit_op(c, OC_OP_SUB, oc_emit_op(c, OC_OP_DIV, spread, oc_emit_op(c, OC_OP_MUL, sd, sd)),
                                  oc_ir_const(1));
        a = oc_emit_op(c, OC_OP_MUL, mean, total);
        b = oc_emit_op(c, OC_OP_MUL, oc_emit_op(c, OC_OP_SUB, oc_ir_const(1), mean), total);
        if (a.kind == OC_REF_CONST && !(a.value > 0 && b.value > 0)) {
            oc_emit_constant_failure(c, OC_E0303, e->args[1], OC_ARGS(OC_S("sd"), OC_M("word.too-large")));
            return oc_ir_const(0);
        }
        if (a.kind != OC_REF_CONST) oc_emit_check(c, OC_OP_CHECK_POS, a, OC_CHECK_PARAMETER, e->args[1], c->guard);
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
        oc_ref ratio = oc_emit_op(c, OC_OP_DIV, mean, sd);
        shape = oc_emit_op(c, OC_OP_MUL, ratio, ratio);
        scale = oc_emit_op(c, OC_OP_DIV, mean, shape);
    } else {
        shape = oc_emit_nonnegative(c, e->args[0], c->guard, true);
        scale = oc_emit_nonnegative(c, e->args[1], c->guard, true);
    }
    return oc_emit_op(c, OC_OP_MUL, scale, draw(c, OC_OP_GAMMA, shape, OC_NO_REF, e, ""));
}

/* low <= mode <= high. */
static void check_rising(oc_compiler *c, const oc_expr *e, oc_ref low, oc_ref high)
{
    if (low.kind == OC_REF_CONST && high.kind == OC_REF_CONST) {
        if (!(low.value <= high.value)) oc_emit_constant_failure(c, OC_E0251, e, NULL);
        return;
    }
    oc_ref gap = oc_emit_op(c, OC_OP_SUB, high, low);
    oc_emit_check(c, OC_OP_CHECK_NONNEG, gap, OC_CHECK_PARAMETER, e, c->guard);
}

static oc_ref emit_triangular(oc_compiler *c, const oc_expr *e, bool pert)
{
    oc_ref low = oc_emit_number(c, e->args[0]), mode = oc_emit_number(c, e->args[1]),
           high = oc_emit_number(c, e->args[2]);
    check_rising(c, e, low, mode);
    check_rising(c, e, mode, high);
    oc_ref width = oc_emit_op(c, OC_OP_SUB, high, low), left = oc_emit_op(c, OC_OP_SUB, mode, low),
           right = oc_emit_op(c, OC_OP_SUB, high, mode);
    if (oc_ref_is(width, 0)) return low;
    if (pert) {
        oc_ref four = oc_ir_const(4), one = oc_ir_const(1);
        oc_ref a = oc_emit_op(c, OC_OP_ADD, one, oc_emit_op(c, OC_OP_MUL, four, oc_emit_op(c, OC_OP_DIV, left, width)));
        oc_ref b =
            oc_emit_op(c, OC_OP_ADD, one, oc_emit_op(c, OC_OP_MUL, four, oc_emit_op(c, OC_OP_DIV, right, width)));
        return affine(c, low, width, draw(c, OC_OP_BETA, a, b, e, ""));
    }
    oc_ref u = draw(c, OC_OP_UNIFORM, OC_NO_REF, OC_NO_REF, e, "");
    oc_ref below = oc_emit_op(
        c, OC_OP_ADD, low,
        oc_emit_op(c, OC_OP_SQRT, oc_emit_op(c, OC_OP_MUL, u, oc_emit_op(c, OC_OP_MUL, width, left)), OC_NO_REF));
    oc_ref rest = oc_emit_op(c, OC_OP_SUB, oc_ir_const(1), u);
    oc_ref above = oc_emit_op(
        c, OC_OP_SUB, high,
        oc_emit_op(c, OC_OP_SQRT, oc_emit_op(c, OC_OP_MUL, rest, oc_emit_op(c, OC_OP_MUL, width, right)), OC_NO_REF));
    return oc_ir_select(c->ir, oc_emit_op(c, OC_OP_LT, oc_emit_op(c, OC_OP_MUL, u, width), left), below, above);
}

oc_ref oc_emit_range(oc_compiler *c, const oc_expr *e)
{
    oc_ref low = oc_emit_number(c, e->args[0]), high = oc_emit_number(c, e->args[1]);
    check_rising(c, e, low, high);
    oc_ref z = draw(c, OC_OP_NORMAL, OC_NO_REF, OC_NO_REF, e, "");
    oc_ref width = oc_ir_const(1 / (2 * Z95)), half = oc_ir_const(0.5);
    oc_ref sd = oc_emit_op(c, OC_OP_MUL, oc_emit_op(c, OC_OP_SUB, high, low), width);
    oc_ref plain = affine(c, oc_emit_op(c, OC_OP_MUL, oc_emit_op(c, OC_OP_ADD, low, high), half), sd, z);
    bool date = e->type.kind == OC_TYPE_DATE;
    oc_ref positive = date ? oc_ir_truth(false) : oc_emit_op(c, OC_OP_LT, oc_ir_const(0), low);
    if (oc_ref_is(positive, 0)) return plain;
    oc_ref a = oc_emit_op(c, OC_OP_LOG, low, OC_NO_REF), b = oc_emit_op(c, OC_OP_LOG, high, OC_NO_REF);
    oc_ref sigma = oc_emit_op(c, OC_OP_MUL, oc_emit_op(c, OC_OP_SUB, b, a), width);
    oc_ref mu = oc_emit_op(c, OC_OP_MUL, oc_emit_op(c, OC_OP_ADD, a, b), half);
    return oc_ir_select(c->ir, positive, oc_emit_op(c, OC_OP_EXP, affine(c, mu, sigma, z), OC_NO_REF), plain);
}

/* One of several values by their probabilities, `rest` for what is left: value i where u lies behind the sum of those
 * before it. */
static oc_ref pick(oc_compiler *c, const oc_expr *e, oc_expr **weights, const oc_ref *values, size_t count)
{
    oc_ref u = draw(c, OC_OP_UNIFORM, OC_NO_REF, OC_NO_REF, e, "");
    oc_ref cumulated = oc_ir_const(0), total = oc_ir_const(0);
    size_t rest = count;
    for (size_t i = 0; i < count; i++) {
        if (weights[i]->kind == OC_EXPR_REST)
            rest = i;
        else
            total = oc_emit_op(c, OC_OP_ADD, total, oc_emit_probability(c, weights[i], c->guard));
    }
    if (total.kind != OC_REF_CONST) {
        oc_ref over = oc_emit_op(c, OC_OP_SUB, total, oc_ir_const(1e-9));
        oc_emit_check(c, OC_OP_CHECK_UNIT, over, OC_CHECK_PROBABILITY, e, c->guard);
        if (rest == count) {
            oc_ref gap = oc_emit_op(c, OC_OP_ABS, oc_emit_op(c, OC_OP_SUB, total, oc_ir_const(1)), OC_NO_REF);
            oc_emit_check(c, OC_OP_CHECK_NONNEG, oc_emit_op(c, OC_OP_SUB, oc_ir_const(1e-9), gap), OC_CHECK_PROBABILITY,
                          e, c->guard);
        }
    }
    /* Whatever rounding leaves belongs to the last value, or to `rest`. */
    size_t last = rest < count ? rest : count - 1;
    oc_ref chosen = values[last];
    oc_ref *until = OC_NEW_ARRAY(c->arena, count, oc_ref);
    for (size_t i = 0; i < count; i++) {
        if (i == last) continue;
        cumulated = oc_emit_op(c, OC_OP_ADD, cumulated, oc_emit_as_number(c, oc_emit(c, weights[i])));
        until[i] = cumulated;
    }
    for (size_t i = count; i-- > 0;)
        if (i != last) chosen = oc_ir_select(c->ir, oc_emit_op(c, OC_OP_LT, u, until[i]), values[i], chosen);
    return chosen;
}

static oc_ref emit_weighted(oc_compiler *c, const oc_expr *e)
{
    oc_ref *values = OC_NEW_ARRAY(c->arena, e->arg_count, oc_ref);
    bool truth = e->type.kind == OC_TYPE_TRUTH;
    for (size_t i = 0; i < e->arg_count; i++)
        values[i] = truth ? oc_emit(c, e->args[i]) : oc_emit_number(c, e->args[i]);
    return pick(c, e, e->weights, values, e->arg_count);
}

size_t oc_emit_value_index(const oc_category *category, oc_slice name)
{
    size_t i = 0;
    while (i < category->count && !oc_slice_equal(category->values[i], name)) i++;
    return i;
}

oc_ref oc_emit_choice(oc_compiler *c, const oc_expr *e)
{
    oc_ref *values = OC_NEW_ARRAY(c->arena, e->arg_count, oc_ref);
    for (size_t i = 0; i < e->arg_count; i++)
        values[i] = oc_ir_const((double)oc_emit_value_index(e->type.category, e->keys[i]));
    return pick(c, e, e->args, values, e->arg_count);
}

oc_ref oc_emit_distribution(oc_compiler *c, const oc_expr *e)
{
    oc_expr **a = e->args;
    switch (e->function) {
    case OC_FN_NORMAL: {
        oc_ref mean = oc_emit_number(c, a[0]), sd = oc_emit_nonnegative(c, a[1], c->guard, false);
        return normal(c, mean, sd, e);
    }
    case OC_FN_LOGNORMAL: return emit_lognormal(c, e);
    case OC_FN_BETA: return emit_beta(c, e);
    case OC_FN_GAMMA: return emit_gamma(c, e);
    case OC_FN_UNIFORM: {
        oc_ref low = oc_emit_number(c, a[0]), high = oc_emit_number(c, a[1]);
        check_rising(c, e, low, high);
        oc_ref width = oc_emit_op(c, OC_OP_SUB, high, low);
        return affine(c, low, width, draw(c, OC_OP_UNIFORM, OC_NO_REF, OC_NO_REF, e, ""));
    }
    case OC_FN_TRIANGULAR: return emit_triangular(c, e, false);
    case OC_FN_PERT: return emit_triangular(c, e, true);
    case OC_FN_EXPONENTIAL: {
        oc_ref x = oc_emit_nonnegative(c, a[0], c->guard, true);
        oc_ref standard = draw(c, OC_OP_EXPONENTIAL, OC_NO_REF, OC_NO_REF, e, "");
        bool mean = oc_slice_is(e->keys[0], "mean") || a[0]->type.time > 0;
        return oc_emit_op(c, mean ? OC_OP_MUL : OC_OP_DIV, standard, x);
    }
    case OC_FN_POISSON: return draw(c, OC_OP_POISSON, oc_emit_nonnegative(c, a[0], c->guard, false), OC_NO_REF, e, "");
    case OC_FN_BERNOULLI: {
        oc_ref p = oc_emit_probability(c, a[0], c->guard);
        if (p.kind == OC_REF_CONST && (p.value == 0 || p.value == 1)) return oc_ir_truth(p.value == 1);
        return draw(c, OC_OP_COIN, p, OC_NO_REF, e, "");
    }
    default: return emit_weighted(c, e);
    }
}
