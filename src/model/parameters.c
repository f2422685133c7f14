/* See parameters.h. An override's value is known by the source it was read from: each option is a file of its own. */
#include "model/parameters.h"

/* Distributions without a case of their own for certain values. */
static bool is_plain_distribution(const oc_expr *e)
{
    if (e->kind != OC_EXPR_CALL || e->weights) return false;
    switch (e->function) {
    case OC_FN_NORMAL:
    case OC_FN_LOGNORMAL:
    case OC_FN_BETA:
    case OC_FN_GAMMA:
    case OC_FN_UNIFORM:
    case OC_FN_EXPONENTIAL:
    case OC_FN_POISSON:
    case OC_FN_BERNOULLI: return true;
    default: return false;
    }
}

static bool is_negative_number(const oc_expr *e)
{
    return e->kind == OC_EXPR_UNARY && e->op == OC_NEG && e->args[0]->kind == OC_EXPR_NUMBER;
}

static bool is_number(const oc_expr *e)
{
    return e->kind == OC_EXPR_NUMBER || is_negative_number(e);
}

static double number_of(const oc_expr *e)
{
    return e->kind == OC_EXPR_NUMBER ? e->number : -e->args[0]->number;
}

static int time_of(const oc_expr *e)
{
    return e->kind == OC_EXPR_NUMBER ? e->time : e->args[0]->time;
}

/* "0.2/yr": only the first number is a parameter. */
static bool is_rate(const oc_expr *e)
{
    return e->kind == OC_EXPR_BINARY && (e->op == OC_DIV || e->op == OC_MUL) && is_number(e->args[0]) &&
           e->args[1]->kind == OC_EXPR_NUMBER;
}

/* The numbers of a range must rise, and so do those of uniform: that is checked when compiling. */
static bool rises(const oc_expr *e)
{
    bool ordered = e->kind == OC_EXPR_RANGE || (e->kind == OC_EXPR_CALL && e->function == OC_FN_UNIFORM);
    return !ordered || e->arg_count != 2 || number_of(e->args[0]) <= number_of(e->args[1]);
}

bool oc_parameters_read(const oc_expr *e, double *ret, size_t room, size_t *ret_count)
{
    bool single = is_number(e), rate = is_rate(e);
    size_t count = single || rate ? 1 : e->arg_count;
    if (count > room || (!single && !rate && e->kind != OC_EXPR_RANGE && !is_plain_distribution(e))) return false;
    for (size_t i = 0; i < count; i++) {
        const oc_expr *part = single ? e : e->args[i];
        if (!is_number(part)) return false;
        ret[i] = number_of(part);
    }
    *ret_count = count;
    return single || rate || rises(e);
}

bool oc_parameters_alike(const oc_expr *a, const oc_expr *b)
{
    if (is_number(a) || is_number(b)) return is_number(a) && is_number(b) && time_of(a) == time_of(b);
    if (is_rate(a) || is_rate(b))
        return is_rate(a) && is_rate(b) && a->op == b->op && time_of(a->args[0]) == time_of(b->args[0]) &&
               time_of(a->args[1]) == time_of(b->args[1]) && a->args[1]->number == b->args[1]->number;
    if (a->kind != b->kind || a->arg_count != b->arg_count || (a->kind == OC_EXPR_CALL && a->function != b->function))
        return false;
    for (size_t i = 0; i < a->arg_count; i++) {
        if (time_of(a->args[i]) != time_of(b->args[i])) return false;
        if (a->keys && !oc_slice_equal(a->keys[i], b->keys[i])) return false;
    }
    return true;
}

/* --- marking --- */

typedef struct marker {
    uint32_t file;
    uint32_t first;   /* parameter number of the value's first number, from 1 */
    size_t roots;     /* whole values from that file */
    size_t stray;     /* nodes from that file that are not in such a value */
    bool mark;
} marker;

static void count_nodes(oc_expr *e, void *context)
{
    marker *m = context;
    m->stray += e->span.file == m->file;
}

static void mark_number(oc_expr *e, uint32_t parameter)
{
    if (e->kind == OC_EXPR_UNARY) {
        e->number = number_of(e);
        e->time = time_of(e);
        e->kind = OC_EXPR_NUMBER;
        e->arg_count = 0;
    }
    e->parameter = parameter;
}

static void visit(marker *m, oc_expr *e)
{
    double numbers[8];
    size_t count;
    if (!e) return;
    if (e->span.file != m->file || !oc_parameters_read(e, numbers, 8, &count)) {
        oc_expr_walk(e, count_nodes, m);
        return;
    }
    m->roots++;
    bool single = is_number(e);
    for (size_t i = 0; m->mark && i < count; i++) mark_number(single ? e : e->args[i], m->first + (uint32_t)i);
}

static void visit_all(marker *m, oc_model *model)
{
    for (size_t i = 0; i < model->inputs.len; i++) visit(m, model->inputs.at[i]->is);
    for (size_t i = 0; i < model->variables.len; i++) {
        oc_variable *v = model->variables.at[i];
        oc_expr *const parts[] = {v->now, v->drift, v->noise, v->reverts_to, v->speed, v->min, v->max};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) visit(m, parts[k]);
        for (size_t k = 0; k < v->changes.len; k++) {
            visit(m, v->changes.at[k].when);
            visit(m, v->changes.at[k].to);
        }
    }
    for (size_t i = 0; i < model->shocks.len; i++) {
        visit(m, model->shocks.at[i]->rate);
        visit(m, model->shocks.at[i]->lasts);
    }
    for (size_t i = 0; i < model->events.len; i++) {
        visit(m, model->events.at[i]->spread);
        visit(m, model->events.at[i]->held);
    }
    for (size_t i = 0; i < model->definitions.len; i++) visit(m, model->definitions.at[i]->is);
    for (size_t i = 0; i < model->stages.len; i++) {
        oc_stage *s = model->stages.at[i];
        for (size_t k = 0; k < s->needs.len; k++) visit(m, s->needs.at[k].is);
        visit(m, s->takes);
        visit(m, s->chance);
    }
    for (size_t i = 0; i < model->questions.len; i++) visit(m, model->questions.at[i]->is);
    for (size_t i = 0; i < model->givens.len; i++) visit(m, model->givens.at[i]);
}

bool oc_parameters_mark(oc_model *model, const oc_override *override, size_t *count)
{
    double numbers[8];
    size_t own;
    const oc_node *node = override->value;
    if (!node || node->kind != OC_NODE_SCALAR || !node->span.file) return false;
    oc_diags quiet = {.arena = model->arena, .sources = model->diags->sources};
    const oc_expr *value = oc_expr_parse(model->arena, &quiet, node);
    if (quiet.errors || !oc_parameters_read(value, numbers, 8, &own) || *count + own > OC_MOST_PARAMETERS) return false;
    marker m = {.file = node->span.file, .first = (uint32_t)*count + 1};
    visit_all(&m, model);
    if (!m.roots || m.stray) return false;
    m.mark = true;
    visit_all(&m, model);
    *count += own;
    return true;
}

/* --- draws --- */

/* Hash of one draw: its address, section, instruction and whether its scale is a column. */
static uint64_t draw_hash(const oc_program *p, uint32_t section, const oc_instruction *x)
{
    const oc_site *sites = (const oc_site *)(const void *)((const char *)p + p->sites_at);
    oc_operand scale = x->op == OC_OP_BRIDGE ? x->d : x->b;
    uint64_t parts[] = {sites[OC_SITE_OF(x->imm)].address, section, x->op, OC_IS_COLUMN(scale)};
    return oc_hash_more(OC_HASH_START, parts, sizeof parts);
}

/* The same sum for the same draws in any order. */
static uint64_t draws_of(const oc_program *p)
{
    const oc_section *sections = (const oc_section *)(const void *)((const char *)p + p->sections_at);
    const oc_instruction *code = (const oc_instruction *)(const void *)((const char *)p + p->instructions_at);
    uint64_t sum = 0;
    for (uint32_t s = 0; s < p->section_count; s++)
        for (uint32_t i = sections[s].first; i < sections[s].first + sections[s].count; i++)
            if (code[i].op == OC_OP_WALK || code[i].op == OC_OP_BRIDGE || code[i].op == OC_OP_NORMAL)
                sum += draw_hash(p, s, &code[i]);
    return sum;
}

bool oc_parameters_draw_alike(const oc_compiled *a, const oc_compiled *b)
{
    return draws_of(a->program) == draws_of(b->program);
}

/* --- values --- */

bool oc_parameters_fit(const oc_compiled *compiled, const double *values)
{
    for (size_t i = 0; i < compiled->parameter_count; i++) {
        const oc_parameter_place *p = &compiled->parameters[i];
        if (!(values[i] >= p->least && values[i] <= p->most) || (p->above && values[i] <= p->least)) return false;
    }
    return true;
}

void oc_parameters_set(const oc_compiled *compiled, oc_program *copy, const double *values)
{
    double *constants = (double *)(void *)((char *)copy + copy->constants_at);
    for (size_t i = 0; i < compiled->parameter_count; i++) {
        const oc_bounds_place *place = &compiled->parameters[i].bounds;
        if (place->low == UINT32_MAX) continue;
        constants[place->low] = values[i];
        constants[place->high] = values[i];
    }
}
