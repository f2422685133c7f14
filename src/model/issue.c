/* Issues: the outcome of bargaining as an expression that a future can compute (docs/manual/bargaining.md).
 *
 * Each actor's position, salience and capability becomes a definition of its own, named ISSUE.ACTOR.position and so on
 * (a dot, so that no name in a scenario can clash); the outcome is put together from them with the formulas of
 * politics/outcome.h:
 *
 *     mean      sum w x / sum w                                       with w = salience * capability
 *     median    min over j of x[j] where sum over {k: x[k] <= x[j]} of w[k] >= W / 2
 *     pce       sum p x / sum p, p[a] = keep[a] * product over b of C[a][b] / (C[a][b] + C[b][a])
 *
 * then the error of past forecasts is added (unless `error: none`; if nothing is said, an input ISSUE.error is drawn
 * once a future from normal(-2.2, 29.7) in hundredths of the scale, the signed error of the compromise model on 351
 * issues), the result is kept on the scale, and with the status quo's mass (0.2 if it is not given: bargaining
 * section 8.3) the status quo stays, drawn once a future as ISSUE.stays. Models that need rounds cannot be computed
 * inside a future: they are refused. */
#include <stdlib.h>

#include "model/load.h"

enum { MAX_ACTORS = 40, MAX_PCE_ACTORS = 12 };

typedef struct issue {
    oc_loader *l;
    oc_entry *entry;
    oc_slice name;
    size_t actors;
    oc_slice *ids;
    double low, high;
} issue;

/* --- trees --- */

static oc_expr *node(issue *s, oc_expr_kind kind, size_t args)
{
    oc_expr *e = oc_expr_new(s->l->arena, kind, s->entry->key->span);
    e->args = OC_NEW_ARRAY(s->l->arena, args ? args : 1, oc_expr *);
    e->keys = OC_NEW_ARRAY(s->l->arena, args ? args : 1, oc_slice);
    e->arg_count = args;
    e->op_span = e->span;
    return e;
}

static oc_expr *number(issue *s, double value)
{
    oc_expr *e = node(s, OC_EXPR_NUMBER, 0);
    e->number = value;
    return e;
}

static oc_expr *two(issue *s, oc_operator op, oc_expr *a, oc_expr *b)
{
    oc_expr *e = node(s, OC_EXPR_BINARY, 2);
    e->op = op;
    e->args[0] = a;
    e->args[1] = b;
    return e;
}

static oc_expr *choose(issue *s, oc_expr *when, oc_expr *yes, oc_expr *no)
{
    oc_expr *e = node(s, OC_EXPR_IF, 3);
    e->args[0] = when;
    e->args[1] = yes;
    e->args[2] = no;
    return e;
}

static oc_expr *call(issue *s, oc_function function, oc_expr *a, oc_expr *b, oc_expr *c)
{
    oc_expr *e = node(s, OC_EXPR_CALL, c ? 3 : b ? 2 : 1);
    e->function = function;
    e->args[0] = a;
    if (b) e->args[1] = b;
    if (c) e->args[2] = c;
    return e;
}

static oc_expr *named(issue *s, oc_slice name)
{
    oc_expr *e = node(s, OC_EXPR_NAME, 0);
    e->name = name;
    e->name_span = e->span;
    return e;
}

static oc_expr *position(issue *s, size_t k)
{
    return named(s, oc_arena_printf(s->l->arena, "%.*s.%.*s.position", OC_FMT(s->name), OC_FMT(s->ids[k])));
}

static oc_expr *weight(issue *s, size_t k)
{
    oc_arena *a = s->l->arena;
    return two(s, OC_MUL, named(s, oc_arena_printf(a, "%.*s.%.*s.salience", OC_FMT(s->name), OC_FMT(s->ids[k]))),
               named(s, oc_arena_printf(a, "%.*s.%.*s.capability", OC_FMT(s->name), OC_FMT(s->ids[k]))));
}

/* sum over k of term(k) */
static oc_expr *sum(issue *s, oc_expr *(*term)(issue *, size_t k))
{
    oc_expr *total = term(s, 0);
    for (size_t k = 1; k < s->actors; k++) total = two(s, OC_ADD, total, term(s, k));
    return total;
}

/* --- models --- */

static oc_expr *weighted_position(issue *s, size_t k)
{
    return two(s, OC_MUL, position(s, k), weight(s, k));
}

static oc_expr *mean(issue *s)
{
    return two(s, OC_DIV, sum(s, weighted_position), sum(s, weight));
}

static oc_expr *median(issue *s)
{
    oc_expr *least = number(s, s->high + 1);
    oc_expr *half = two(s, OC_DIV, sum(s, weight), number(s, 2));
    for (size_t j = 0; j < s->actors; j++) {
        oc_expr *up_to = number(s, 0);
        for (size_t k = 0; k < s->actors; k++) {
            oc_expr *below = two(s, OC_LE, position(s, k), position(s, j));
            up_to = two(s, OC_ADD, up_to, choose(s, below, weight(s, k), number(s, 0)));
        }
        oc_expr *here = choose(s, two(s, OC_GE, up_to, half), position(s, j), number(s, s->high + 1));
        least = call(s, OC_FN_MIN, least, here, NULL);
    }
    return least;
}

/* C[a][b]: the share of weight times gain that backs a against b. */
static oc_expr *support(issue *s, size_t a, size_t b)
{
    oc_expr *total = number(s, 0);
    for (size_t k = 0; k < s->actors; k++) {
        oc_expr *from_b = call(s, OC_FN_ABS, two(s, OC_SUB, position(s, k), position(s, b)), NULL, NULL);
        oc_expr *from_a = call(s, OC_FN_ABS, two(s, OC_SUB, position(s, k), position(s, a)), NULL, NULL);
        oc_expr *gain = call(s, OC_FN_MAX, number(s, 0), two(s, OC_SUB, from_b, from_a), NULL);
        total = two(s, OC_ADD, total, two(s, OC_MUL, weight(s, k), gain));
    }
    oc_expr *scale = two(s, OC_MUL, sum(s, weight), number(s, s->high - s->low));
    return two(s, OC_ADD, number(s, 1e-8), two(s, OC_DIV, total, scale));
}

static oc_expr *pce(issue *s)
{
    oc_expr *above = number(s, 0), *below = number(s, 0);
    for (size_t a = 0; a < s->actors; a++) {
        oc_expr *p = number(s, 1);
        for (size_t b = 0; b < s->actors; b++) {
            if (a == b) continue;
            oc_expr *same = two(s, OC_EQ, position(s, b), position(s, a));
            oc_expr *again = NULL;
            for (size_t c = 0; c < b; c++) {
                oc_expr *equal = two(s, OC_EQ, position(s, c), position(s, b));
                again = again ? two(s, OC_OR, again, equal) : equal;
            }
            oc_expr *for_a = support(s, a, b),
                    *wins = two(s, OC_DIV, for_a, two(s, OC_ADD, support(s, a, b), support(s, b, a)));
            /* Actors at one place share an option, which the first of them carries. */
            if (again) wins = choose(s, again, number(s, 1), wins);
            p = two(s, OC_MUL, p, choose(s, same, number(s, b < a ? 0 : 1), wins));
        }
        above = two(s, OC_ADD, above, two(s, OC_MUL, p, position(s, a)));
        below = two(s, OC_ADD, below, p);
    }
    return two(s, OC_DIV, above, below);
}

/* --- reading --- */

static bool read_scale(issue *s)
{
    oc_loader *l = s->l;
    s->low = 0;
    s->high = 100;
    oc_node *scale = oc_node_get(s->entry->node, "scale");
    if (!scale) return true;
    double ends[2];
    size_t count = 0;
    for (size_t i = 0; scale->kind == OC_NODE_MAPPING && i < scale->pairs.len; i++) {
        oc_expr *e = oc_expr_parse(l->arena, l->diags, scale->pairs.at[i].key);
        double sign = 1;
        if (e->kind == OC_EXPR_UNARY && e->op == OC_NEG) e = e->args[0], sign = -1;
        if (e->kind == OC_EXPR_NUMBER && count < 2) ends[count++] = sign * e->number;
    }
    if (count == 2 && ends[0] != ends[1]) {
        s->low = ends[0] < ends[1] ? ends[0] : ends[1];
        s->high = ends[0] < ends[1] ? ends[1] : ends[0];
        return true;
    }
    oc_diag *d = oc_report(l->diags, OC_E0139, scale->span, OC_ARGS(OC_T(s->name)));
    oc_diag_help(d, "help.scale", NULL);
    return false;
}

static oc_node *positions_of(oc_loader *l, const oc_entry *entry)
{
    oc_node *positions = oc_node_get(entry->node, "positions");
    if (positions && positions->kind == OC_NODE_MAPPING && positions->pairs.len) return positions;
    oc_report(l->diags, OC_E0112, entry->key->span, OC_ARGS(OC_T(entry->key->text), OC_S("positions")));
    return NULL;
}

/* status_quo: VALUE, or {at: VALUE, mass: SHARE}. */
static oc_node *status_quo_of(const oc_entry *entry)
{
    oc_node *given = oc_node_get(entry->node, "status_quo"), *at = oc_node_get(given, "at");
    return at ? at : given;
}

/* A definition (or input) that the scenario did not write itself. */
static void declare_part(oc_loader *l, const oc_entry *entry, oc_record_kind kind, oc_slice name, oc_node *key,
                         oc_node *value, oc_node *around)
{
    oc_entry *part = oc_records_add(l, kind, name, key, value);
    part->around = around;
    part->type.time = entry->type.time;
}

/* What is drawn once a future for an issue: ISSUE.error, ISSUE.stays. */
static void declare_input(oc_loader *l, oc_entry *entry, const char *part, oc_slice text)
{
    oc_node *node = OC_NEW(l->arena, oc_node), *around = OC_NEW(l->arena, oc_node);
    oc_node *because = OC_NEW(l->arena, oc_node), *key = OC_NEW(l->arena, oc_node);
    *node = (oc_node){.kind = OC_NODE_SCALAR, .quoted = true, .text = text, .span = entry->key->span};
    *key = (oc_node){.kind = OC_NODE_SCALAR, .text = OC_SLICE("because"), .span = entry->key->span};
    *because = (oc_node){.kind = OC_NODE_SCALAR,
                         .quoted = true,
                         .span = entry->key->span,
                         .text = OC_SLICE("record of the compromise model on 351 issues (docs/manual/bargaining.md)")};
    *around = (oc_node){.kind = OC_NODE_MAPPING, .span = entry->key->span};
    *oc_vec_push(l->arena, &around->pairs) = (oc_pair){key, because};
    declare_part(l, entry, OC_RECORD_INPUT, oc_arena_printf(l->arena, "%.*s.%s", OC_FMT(entry->symbol->name), part),
                 entry->key, node, around);
}

void oc_issue_declare(oc_loader *l, oc_entry *entry)
{
    if (!oc_keys_check(l, entry->node, OC_RECORD_ISSUE)) return;
    oc_slice issue_name = entry->symbol->name;
    oc_node *positions = positions_of(l, entry);
    static const char *const parts[] = {"position", "salience", "capability"};
    for (size_t i = 0; positions && i < positions->pairs.len; i++) {
        oc_node *key = positions->pairs.at[i].key, *actor = positions->pairs.at[i].value;
        if (!oc_keys_check(l, actor, OC_RECORD_STANCE)) continue;
        for (size_t p = 0; p < 3; p++) {
            oc_node *value = oc_node_get(actor, parts[p]);
            if (!value) {
                oc_report(l->diags, OC_E0112, key->span, OC_ARGS(OC_T(key->text), OC_S(parts[p])));
                continue;
            }
            oc_slice name = oc_arena_printf(l->arena, "%.*s.%.*s.%s", OC_FMT(issue_name), OC_FMT(key->text), parts[p]);
            declare_part(l, entry, OC_RECORD_DEFINITION, name, key, value, actor);
        }
    }
    if (!oc_node_get(entry->node, "error")) declare_input(l, entry, "error", OC_SLICE("normal(-2.2, 29.7)"));
    if (!status_quo_of(entry)) return;
    oc_node *mass = oc_node_get(entry->node, "status_quo_mass");
    if (!mass) mass = oc_node_get(oc_node_get(entry->node, "status_quo"), "mass");
    oc_slice share = mass && mass->kind == OC_NODE_SCALAR ? mass->text : OC_SLICE("0.2");
    declare_input(l, entry, "stays", oc_arena_printf(l->arena, "bernoulli(%.*s)", OC_FMT(share)));
}

static oc_expr *add_error(issue *s, oc_expr *outcome)
{
    oc_loader *l = s->l;
    oc_node *error = oc_node_get(s->entry->node, "error");
    if (error && error->kind == OC_NODE_SCALAR && oc_slice_is(error->text, "none")) return outcome;
    if (error) return two(s, OC_ADD, outcome, oc_value_read(l, error));
    oc_expr *drawn = named(s, oc_arena_printf(l->arena, "%.*s.error", OC_FMT(s->name)));
    return two(s, OC_ADD, outcome, two(s, OC_MUL, drawn, number(s, (s->high - s->low) / 100)));
}

/* With its mass the status quo stays. */
static oc_expr *keep_status_quo(issue *s, oc_expr *outcome)
{
    oc_node *quo = status_quo_of(s->entry);
    if (!quo) return outcome;
    oc_expr *stays = named(s, oc_arena_printf(s->l->arena, "%.*s.stays", OC_FMT(s->name)));
    return choose(s, stays, oc_value_read(s->l, quo), outcome);
}

oc_expr *oc_issue_read(oc_loader *l, oc_entry *entry)
{
    issue s = {.l = l, .entry = entry, .name = entry->symbol->name};
    oc_expr *poison = oc_expr_new(l->arena, OC_EXPR_POISON, entry->key->span);
    oc_node *positions = oc_node_get(entry->node, "positions"), *model = oc_node_get(entry->node, "model");
    if (!positions || positions->kind != OC_NODE_MAPPING || !positions->pairs.len || !read_scale(&s)) return poison;
    s.actors = positions->pairs.len;
    s.ids = OC_NEW_ARRAY(l->arena, s.actors, oc_slice);
    for (size_t i = 0; i < s.actors; i++) s.ids[i] = positions->pairs.at[i].key->text;
    static const struct {
        const char *name;
        oc_expr *(*build)(issue *);
        size_t most;
    } models[] = {{"mean", mean, MAX_ACTORS},
                  {"compromise", mean, MAX_ACTORS},
                  {"median", median, MAX_ACTORS},
                  {"pce", pce, MAX_PCE_ACTORS}};
    oc_slice wanted = model && model->kind == OC_NODE_SCALAR ? model->text : OC_SLICE("mean");
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        if (!oc_slice_is(wanted, models[i].name)) continue;
        if (s.actors > models[i].most) {
            oc_report(l->diags, OC_E0143, positions->span, OC_ARGS(OC_T(s.name), OC_I(s.actors), OC_I(models[i].most)));
            return poison;
        }
        oc_expr *outcome = add_error(&s, models[i].build(&s));
        outcome = call(&s, OC_FN_CLAMP, outcome, number(&s, s.low), number(&s, s.high));
        return keep_status_quo(&s, outcome);
    }
    oc_diag *d = oc_report(l->diags, OC_E0138, model->span, OC_ARGS(OC_T(wanted)));
    oc_diag_help(d, "help.issue-model", NULL);
    return poison;
}
