/* What draws: distributions with their forms of arguments, intervals, choices, and probabilities that must add up. */
#include "lang/check_parts.h"

#include <math.h>

static bool constant_weight(const oc_expr *w, double *ret)
{
    if (w->kind != OC_EXPR_NUMBER) return false;
    *ret = w->number;
    return true;
}

static void check_weights(oc_checker *c, oc_expr *e, oc_expr **weights, size_t count)
{
    double total = 0;
    size_t rests = 0;
    bool constant = true;
    for (size_t i = 0; i < count; i++) {
        if (!weights[i]) {
            oc_diag *d = oc_report(c->diags, OC_E0239, e->span, NULL);
            oc_diag_help(d, "help.weights", NULL);
            return;
        }
        if (weights[i]->kind == OC_EXPR_REST) {
            weights[i]->type = OC_TYPE_OF_NUMBER;
            if (rests++) oc_report(c->diags, OC_E0240, weights[i]->span, NULL);
            continue;
        }
        bool may_draw = c->may_draw;
        c->may_draw = false;
        oc_expr_require(c, weights[i], OC_TYPE_OF_NUMBER, "use.probability");
        c->may_draw = may_draw;
        double w;
        if (!constant_weight(weights[i], &w)) {
            constant = false;
        } else {
            total += w;
            if (w < 0 || w > 1) oc_report(c->diags, OC_E0302, weights[i]->span, OC_ARGS(OC_F(w)));
        }
    }
    if (!constant) return;
    if ((!rests && fabs(total - 1) > 1e-9) || total > 1 + 1e-9) {
        oc_diag *d = oc_report(c->diags, OC_E0241, e->span, OC_ARGS(OC_F(round(total * 1e12) / 1e12)));
        if (!rests) oc_diag_help(d, "help.use-rest", NULL);
    }
}

static bool check_draw_allowed(oc_checker *c, const oc_expr *e)
{
    if (c->may_draw) return true;
    oc_diag *d = oc_report(c->diags, OC_E0242, e->span, NULL);
    oc_diag_help(d, "help.name-it-input", NULL);
    return false;
}

oc_type oc_check_choice(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    if (!expected || expected->kind != OC_TYPE_CATEGORY) {
        oc_diag *d = oc_report(c->diags, OC_E0243, e->span, NULL);
        oc_diag_help(d, "help.choice", NULL);
        return oc_check_fail(e);
    }
    if (!check_draw_allowed(c, e)) return oc_check_fail(e);
    const oc_category *category = expected->category;
    for (size_t i = 0; i < e->arg_count; i++) {
        size_t index;
        if (oc_category_find(category, e->keys[i], &index)) continue;
        oc_diag *d = oc_report(c->diags, OC_E0223, e->key_spans[i], OC_ARGS(OC_T(e->keys[i]), OC_T(category->owner)));
        oc_diag_suggest(d, e->key_spans[i], e->keys[i], category->values, category->count);
        return oc_check_fail(e);
    }
    check_weights(c, e, e->args, e->arg_count);
    return *expected;
}

/* Arguments by name come first in the order of `names`; *ret_form says which form was used, -1 for an unknown one. */
static const struct form {
    oc_function function;
    const char *names[3];
} forms[] = {
    {OC_FN_NORMAL, {"mean", "sd", NULL}},         {OC_FN_LOGNORMAL, {"mu", "sigma", NULL}},
    {OC_FN_LOGNORMAL, {"median", "sigma", NULL}}, {OC_FN_LOGNORMAL, {"median", "p90", NULL}},
    {OC_FN_LOGNORMAL, {"mean", "sd", NULL}},      {OC_FN_BETA, {"a", "b", NULL}},
    {OC_FN_BETA, {"mean", "sd", NULL}},           {OC_FN_UNIFORM, {"low", "high", NULL}},
    {OC_FN_TRIANGULAR, {"low", "mode", "high"}},  {OC_FN_PERT, {"low", "mode", "high"}},
    {OC_FN_GAMMA, {"shape", "scale", NULL}},      {OC_FN_GAMMA, {"mean", "sd", NULL}},
    {OC_FN_EXPONENTIAL, {"rate", NULL, NULL}},    {OC_FN_EXPONENTIAL, {"mean", NULL, NULL}},
    {OC_FN_POISSON, {"mean", NULL, NULL}},        {OC_FN_BERNOULLI, {"p", NULL, NULL}},
};

static bool take_form(oc_checker *c, oc_expr *e)
{
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        if (forms[f].function != e->function) continue;
        oc_expr *ordered[3] = {NULL, NULL, NULL};
        size_t matched = 0;
        for (size_t i = 0; i < e->arg_count && i < 3; i++) {
            for (size_t n = 0; n < 3 && forms[f].names[n]; n++) {
                bool here = e->keys[i].len ? oc_slice_is(e->keys[i], forms[f].names[n]) : n == i;
                if (here && !ordered[n]) {
                    ordered[n] = e->args[i];
                    break;
                }
            }
        }
        for (size_t i = 0; i < e->arg_count && i < 3; i++) matched += ordered[i] != NULL;
        if (matched != e->arg_count) continue;
        for (size_t i = 0; i < e->arg_count; i++) {
            e->args[i] = ordered[i];
            e->keys[i] = oc_slice_of(forms[f].names[i]);
        }
        return true;
    }
    oc_diag *d = oc_report(c->diags, OC_E0250, e->span, OC_ARGS(OC_S(oc_function_name(e->function))));
    oc_diag_help(d, "help.function-form",
                 OC_ARGS(OC_M(oc_arena_printf(c->arena, "function.%s", oc_function_name(e->function)).ptr)));
    return false;
}

/* A place on an axis (number, duration, rate, date) and a distance on the same axis. */
static bool place_and_distance(oc_checker *c, oc_expr *e, oc_expr *place, oc_expr *distance)
{
    oc_type p = place->type, d = distance->type;
    if (oc_type_is_poison(p) || oc_type_is_poison(d)) return true;
    oc_type result;
    if (p.kind == OC_TYPE_DATE && d.kind == OC_TYPE_NUMBER && d.time == 1) return true;
    if (p.kind == OC_TYPE_NUMBER && d.kind == OC_TYPE_NUMBER && oc_check_unify(place, distance, true, &result))
        return true;
    oc_check_mismatch(c, OC_E0236, e->span, place, distance);
    return false;
}

static oc_type spread_type(const oc_expr *place, const oc_expr *distance)
{
    oc_type t = oc_type_as_number(place->type);
    if (oc_expr_is_zero(place) && distance->type.kind == OC_TYPE_NUMBER) t.time = distance->type.time;
    return t;
}

/* discrete and mixture: all outcomes of one type. */
static oc_type check_outcomes(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    oc_type result = OC_POISON;
    for (size_t i = 0; i < e->arg_count; i++) {
        oc_expr_check(c, e->args[i], expected);
        if (i == 0) {
            result = e->args[0]->type;
        } else if (!oc_check_unify(e->args[0], e->args[i], false, &result)) {
            oc_check_mismatch(c, OC_E0236, e->args[i]->span, e->args[0], e->args[i]);
            return oc_check_fail(e);
        }
    }
    check_weights(c, e, e->weights, e->arg_count);
    return result;
}

/* Plain numbers in, `result` out. */
static oc_type check_plain(oc_checker *c, oc_expr *e, oc_type result)
{
    for (size_t i = 0; i < e->arg_count; i++)
        if (oc_type_is_poison(oc_check_number(c, e, i, true))) return oc_check_fail(e);
    return result;
}

/* A place and its spread, a median or a scale that carries the unit, or plain numbers: as the names of the form say. */
static oc_type check_skewed(oc_checker *c, oc_expr *e)
{
    oc_expr **a = e->args;
    bool gamma = e->function == OC_FN_GAMMA;
    if (oc_slice_is(e->keys[1], "sd") || oc_slice_is(e->keys[1], "p90"))
        return a[0]->type.kind == OC_TYPE_NUMBER && place_and_distance(c, e, a[0], a[1]) ? a[0]->type
                                                                                         : oc_check_fail(e);
    if (!gamma && !oc_slice_is(e->keys[0], "median")) return check_plain(c, e, OC_TYPE_OF_NUMBER);
    size_t carrier = gamma ? 1 : 0;
    oc_type plain = oc_check_number(c, e, 1 - carrier, true), t = oc_check_number(c, e, carrier, false);
    return oc_type_is_poison(plain) || oc_type_is_poison(t) ? oc_check_fail(e) : t;
}

/* Ends, and a peak between them, of one type. */
static oc_type check_ends(oc_checker *c, oc_expr *e)
{
    oc_type result = e->args[0]->type;
    for (size_t i = 1; i < e->arg_count; i++)
        if (!oc_check_unify(e->args[0], e->args[i], true, &result) || result.kind == OC_TYPE_CATEGORY) {
            oc_check_mismatch(c, OC_E0236, e->args[i]->span, e->args[0], e->args[i]);
            return oc_check_fail(e);
        }
    return oc_type_as_number(result);
}

/* A rate is inverted; a duration is the mean. A plain number is a rate unless it is named mean. */
static oc_type check_exponential(oc_checker *c, oc_expr *e)
{
    oc_type t = oc_check_number(c, e, 0, false);
    if (oc_type_is_poison(t)) return oc_check_fail(e);
    return t.time < 0 ? (oc_type){.kind = OC_TYPE_NUMBER, .time = -t.time} : t;
}

oc_type oc_check_distribution(oc_checker *c, oc_expr *e, const oc_type *expected)
{
    if (!check_draw_allowed(c, e)) return oc_check_fail(e);
    if (e->function == OC_FN_DISCRETE || e->function == OC_FN_MIXTURE) return check_outcomes(c, e, expected);
    if (!take_form(c, e)) return oc_check_fail(e);
    for (size_t i = 0; i < e->arg_count; i++) {
        oc_expr_check(c, e->args[i], NULL);
        if (oc_type_is_poison(e->args[i]->type)) return oc_check_fail(e);
    }
    oc_expr **a = e->args;
    switch (e->function) {
    case OC_FN_NORMAL: return place_and_distance(c, e, a[0], a[1]) ? spread_type(a[0], a[1]) : oc_check_fail(e);
    case OC_FN_LOGNORMAL:
    case OC_FN_GAMMA: return check_skewed(c, e);
    case OC_FN_UNIFORM:
    case OC_FN_TRIANGULAR:
    case OC_FN_PERT: return check_ends(c, e);
    case OC_FN_EXPONENTIAL: return check_exponential(c, e);
    case OC_FN_BETA:
    case OC_FN_POISSON: return check_plain(c, e, OC_TYPE_OF_NUMBER);
    case OC_FN_BERNOULLI: return check_plain(c, e, oc_type_of(OC_TYPE_TRUTH));
    default: return oc_check_fail(e);
    }
}

oc_type oc_check_range(oc_checker *c, oc_expr *e)
{
    if (!check_draw_allowed(c, e)) return oc_check_fail(e);
    oc_expr_check(c, e->args[0], NULL);
    oc_expr_check(c, e->args[1], NULL);
    oc_type result;
    if (oc_type_is_poison(e->args[0]->type) || oc_type_is_poison(e->args[1]->type)) return oc_check_fail(e);
    if (!oc_check_unify(e->args[0], e->args[1], true, &result) || result.kind == OC_TYPE_CATEGORY) {
        oc_check_mismatch(c, OC_E0236, e->op_span, e->args[0], e->args[1]);
        return oc_check_fail(e);
    }
    double low, high;
    if (constant_weight(e->args[0], &low) && constant_weight(e->args[1], &high) && low >= high) {
        oc_report(c->diags, OC_E0251, e->span, NULL);
        return oc_check_fail(e);
    }
    return oc_type_as_number(result);
}
