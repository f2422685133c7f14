/* Folding, sharing and hoisting; see ir.h, and ir_link.c for what becomes of it.
 *
 * Sharing: an operation is looked up by its opcode and operands; an operand that is a state column carries the number
 * of times it has been written, so that a value computed before a store is not taken for one computed after it.
 */
#include "model/ir.h"

#include <math.h>
#include <stdlib.h>

#include "engine/engine.h"
#include "engine/math.h"

static const oc_ref none = {.kind = OC_REF_NONE};

oc_ir_section *oc_ir_begin(oc_ir *ir, oc_section_kind kind, oc_slice name, const int32_t *days, size_t rows,
                           uint32_t flags)
{
    oc_ir_section *s = OC_NEW(ir->arena, oc_ir_section);
    s->kind = kind;
    s->name = name;
    s->days = days;
    s->rows = rows ? rows : 1;
    s->flags = flags;
    *oc_vec_push(ir->arena, &ir->sections) = s;
    ir->now = s;
    return s;
}

oc_ref oc_ir_const(double value)
{
    return (oc_ref){.kind = OC_REF_CONST, .value = value == 0 ? 0 : value};
}

oc_ref oc_ir_truth(bool value)
{
    return (oc_ref){.kind = OC_REF_CONST, .mask = true, .value = value};
}

oc_ref oc_ir_row(oc_ir *ir, double *values)
{
    oc_ir_section *s = ir->now;
    bool same = true;
    for (size_t i = 1; i < s->rows; i++) same = same && values[i] == values[0];
    if (same) return oc_ir_const(values[0]);
    for (size_t k = 0; k < s->scalars.len; k++)
        if (memcmp(s->scalars.at[k], values, s->rows * sizeof *values) == 0)
            return (oc_ref){.kind = OC_REF_ROW, .index = (uint32_t)k};
    *oc_vec_push(ir->arena, &s->scalars) = values;
    return (oc_ref){.kind = OC_REF_ROW, .index = (uint32_t)(s->scalars.len - 1)};
}

oc_ref oc_ir_state(oc_ir *ir, oc_slice name, bool mask)
{
    *oc_vec_push(ir->arena, &ir->versions) = 0;
    *oc_vec_push(ir->arena, &ir->fixed) = (oc_ir_fixed){.range = OC_RANGE_ANY};
    *oc_vec_push(ir->arena, &ir->bound) = 0;
    *oc_vec_push(ir->arena, &ir->state_names) = name;
    return (oc_ref){.kind = OC_REF_STATE, .mask = mask, .index = ir->states++};
}

void oc_ir_bind(oc_ir *ir, oc_ref state, oc_ref other)
{
    ir->bound.at[state.index] = other.index + 1;
}

uint32_t oc_ir_site(oc_ir *ir, oc_slice name)
{
    bool new;
    oc_map_entry *entry = oc_map_insert(ir->arena, &ir->site_index, name, &new);
    if (!new) return (uint32_t)entry->value.number;
    entry->value.number = ir->sites.len;
    *oc_vec_push(ir->arena, &ir->site_names) = name;
    *oc_vec_push(ir->arena, &ir->sites) = oc_hash(name);
    return (uint32_t)entry->value.number;
}

uint32_t oc_ir_counts(oc_ir *ir, uint32_t count)
{
    uint32_t first = ir->counts;
    ir->counts += count;
    return first;
}

double oc_ir_fold(oc_opcode op, double a, double b, double c)
{
    switch (op) {
    case OC_OP_ADD: return a + b;
    case OC_OP_SUB: return oc_math_subtract(a, b);
    case OC_OP_MUL: return oc_math_multiply(a, b);
    case OC_OP_DIV: return oc_math_divide(a, b);
    case OC_OP_MIN: return isnan(a) || isnan(b) ? NAN : a < b ? a : b;
    case OC_OP_MAX: return isnan(a) || isnan(b) ? NAN : a > b ? a : b;
    case OC_OP_NEG: return oc_math_negate(a);
    case OC_OP_ABS: return fabs(a);
    case OC_OP_FLOOR: return oc_math_floor(a);
    case OC_OP_ROUND: return oc_math_round(a);
    case OC_OP_SQRT: return oc_math_sqrt(a);
    case OC_OP_EXP: return oc_math_exp(a);
    case OC_OP_LOG: return oc_math_log(a);
    case OC_OP_POW: return oc_math_pow(a, b);
    case OC_OP_LOGISTIC: return oc_math_logistic(a);
    case OC_OP_LOGIT: return oc_math_logit(a);
    case OC_OP_EXPM1NEG: return oc_math_expm1neg(a);
    case OC_OP_YEAR: return oc_math_year(a);
    case OC_OP_YEAR_START: return oc_math_year_start(a);
    case OC_OP_MULADD: return a * b + c;
    case OC_OP_LT: return a < b;
    case OC_OP_LE: return a <= b;
    case OC_OP_EQ: return a == b;
    case OC_OP_NE: return a != b;
    default: return NAN;
    }
}

static bool foldable(oc_opcode op)
{
    return (op >= OC_OP_ADD && op <= OC_OP_MULADD) || (op >= OC_OP_LT && op <= OC_OP_NE);
}

static bool is_comparison(oc_opcode op)
{
    return op >= OC_OP_LT && op <= OC_OP_NE;
}

bool oc_ref_same(oc_ref a, oc_ref b)
{
    return a.kind == b.kind && (a.kind == OC_REF_CONST ? a.value == b.value : a.index == b.index);
}

double oc_ir_at_row(const oc_ir *ir, oc_ref r, size_t row)
{
    return r.kind == OC_REF_ROW ? ir->now->scalars.at[r.index][row] : r.value;
}

bool oc_ref_is_known(oc_ref r)
{
    return r.kind == OC_REF_CONST || r.kind == OC_REF_ROW || r.kind == OC_REF_NONE;
}

static oc_ref fold_known(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c)
{
    bool constant = a.kind != OC_REF_ROW && b.kind != OC_REF_ROW && c.kind != OC_REF_ROW;
    oc_ref result;
    if (constant) {
        result = oc_ir_const(oc_ir_fold(op, a.value, b.value, c.value));
    } else {
        double *values = OC_NEW_ARRAY(ir->arena, ir->now->rows, double);
        for (size_t i = 0; i < ir->now->rows; i++)
            values[i] = oc_ir_fold(op, oc_ir_at_row(ir, a, i), oc_ir_at_row(ir, b, i), oc_ir_at_row(ir, c, i));
        result = oc_ir_row(ir, values);
    }
    result.mask = is_comparison(op);
    return result;
}

static void push(oc_ir *ir, oc_opcode op, oc_ref dst, oc_ref a, oc_ref b, oc_ref c, oc_ref d, uint32_t imm)
{
    oc_ir_instruction *in = oc_vec_push(ir->arena, &ir->now->code);
    uint32_t version = a.kind == OC_REF_STATE ? ir->versions.at[a.index] : 0;
    *in = (oc_ir_instruction){.op = op, .dst = dst, .a = a, .b = b, .c = c, .d = d, .imm = imm, .version = version};
}

typedef struct key {
    uint32_t op, imm;
    struct {
        uint32_t kind, index, version, unused;
        double value;
    } operand[4];
} key;

static void key_operand(const oc_ir *ir, key *k, size_t i, oc_ref r)
{
    k->operand[i].kind = (uint32_t)r.kind;
    k->operand[i].index = r.kind == OC_REF_CONST ? 0 : r.index;
    k->operand[i].version = r.kind == OC_REF_STATE ? ir->versions.at[r.index] : 0;
    k->operand[i].value = r.kind == OC_REF_CONST ? r.value : 0;
}

static oc_map_entry *look_up(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, oc_ref d, uint32_t imm,
                             bool *ret_new)
{
    key *k = OC_NEW(ir->arena, key);
    k->op = (uint32_t)op;
    k->imm = imm;
    key_operand(ir, k, 0, a);
    key_operand(ir, k, 1, b);
    key_operand(ir, k, 2, c);
    key_operand(ir, k, 3, d);
    return oc_map_insert(ir->arena, &ir->now->shared, (oc_slice){(const char *)k, sizeof *k}, ret_new);
}

/* A mask c of these only says where the value matters. (Ranges are of where it matters, and checks made only there.) */
static bool is_sparse(oc_opcode op)
{
    return op == OC_OP_EXP || op == OC_OP_LOG || op == OC_OP_LOGISTIC || op == OC_OP_LOGIT || op == OC_OP_EXPM1NEG ||
           op == OC_OP_UNIFORM || op == OC_OP_NORMAL || op == OC_OP_EXPONENTIAL;
}

static oc_range row_range(const double *values, size_t rows)
{
    oc_range r = oc_range_point(values[0]);
    for (size_t i = 1; i < rows; i++) r = oc_range_join(r, oc_range_point(values[i]));
    return r;
}

oc_range oc_ir_range(const oc_ir *ir, oc_ref r)
{
    if (ir->plain) return OC_RANGE_ANY;
    switch (r.kind) {
    case OC_REF_CONST: return oc_range_point(r.value);
    case OC_REF_ROW: return row_range(ir->now->scalars.at[r.index], ir->now->rows);
    case OC_REF_TEMP: return ir->now->ranges.at[r.index];
    case OC_REF_STATE: return ir->fixed.at[r.index].range;
    case OC_REF_NONE: break;
    }
    return OC_RANGE_ANY;
}

bool oc_ir_passes(const oc_ir *ir, oc_opcode check, oc_ref value)
{
    return oc_range_passes(check, oc_ir_range(ir, value));
}

static oc_ref made(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, oc_ref d, uint32_t imm)
{
    bool new;
    oc_map_entry *entry = look_up(ir, op, a, b, c, d, imm, &new);
    bool mask = oc_opcode_operands(op)[0] == 'M';
    oc_ref dst = {.kind = OC_REF_TEMP, .mask = mask};
    if (!new) {
        dst.index = (uint32_t)entry->value.number;
        return dst;
    }
    dst.index = ir->now->temps++;
    entry->value.number = dst.index;
    *oc_vec_push(ir->arena, &ir->now->makers) = (uint32_t)ir->now->code.len;
    *oc_vec_push(ir->arena, &ir->now->ranges) =
        oc_range_of(op, oc_ir_range(ir, a), oc_ir_range(ir, b), oc_ir_range(ir, c));
    *oc_vec_push(ir->arena, &ir->now->lasting) = none;
    push(ir, op, dst, a, b, c, d, imm);
    return dst;
}

static bool is_fixed(const oc_ir *ir, oc_ref r)
{
    return r.kind == OC_REF_STATE && ir->fixed.at[r.index].fixed;
}

static bool is_lasting(const oc_ir *ir, oc_ref r)
{
    return r.kind == OC_REF_NONE || r.kind == OC_REF_CONST || is_fixed(ir, r);
}

static bool never_changes(const oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, oc_ref d)
{
    if (ir->plain || ir->now == ir->sections.at[0] || ir->now->rows < 2) return false;
    if (op == OC_OP_MOVE || op == OC_OP_MOVE_MASK) return false;
    if (!is_lasting(ir, a) || !is_lasting(ir, b) || !(is_lasting(ir, c) || is_sparse(op))) return false;
    if (op >= OC_OP_COIN) return d.kind == OC_REF_CONST;
    return is_fixed(ir, a) || is_fixed(ir, b) || (is_fixed(ir, c) && !is_sparse(op));
}

/* In the first section, what a fixed column was made of stands for it. */
static oc_ref in_start(const oc_ir *ir, oc_ref r)
{
    if (!is_fixed(ir, r)) return r;
    oc_ref value = ir->fixed.at[r.index].value;
    return value.kind == OC_REF_TEMP ? value : r;
}

oc_ref oc_ir_lasting(oc_ir *ir, oc_ref value)
{
    if (value.kind == OC_REF_STATE) return value;
    if (value.kind == OC_REF_TEMP && ir->now->lasting.at[value.index].kind != OC_REF_NONE)
        return ir->now->lasting.at[value.index];
    oc_ref state = oc_ir_state(ir, oc_arena_printf(ir->arena, "once%u", (unsigned)value.index), value.mask);
    oc_ir_fix(ir, state, value);
    return state;
}

static oc_ref hoisted(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, oc_ref d, uint32_t imm)
{
    oc_ir_section *here = ir->now;
    ir->now = ir->sections.at[0];
    if (is_sparse(op)) c = none;
    oc_ref state = oc_ir_lasting(ir, made(ir, op, in_start(ir, a), in_start(ir, b), in_start(ir, c), d, imm));
    ir->now = here;
    return state;
}

oc_ref oc_ir_shared(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, oc_ref d, uint32_t imm)
{
    if (never_changes(ir, op, a, b, c, d)) return hoisted(ir, op, a, b, c, d, imm);
    return made(ir, op, a, b, c, d, imm);
}

void oc_ir_fix(oc_ir *ir, oc_ref state, oc_ref value)
{
    oc_ir_store(ir, state, value);
    oc_ir_fixed *fixed = &ir->fixed.at[state.index];
    *fixed = (oc_ir_fixed){true, value, oc_ir_range(ir, value)};
    if (value.kind == OC_REF_TEMP && ir->now->lasting.at[value.index].kind == OC_REF_NONE)
        ir->now->lasting.at[value.index] = state;
}

oc_ref oc_ir_truth_column(oc_ir *ir, oc_ref r)
{
    if (r.kind == OC_REF_CONST) return oc_ir_shared(ir, OC_OP_MOVE_MASK, none, none, none, none, r.value == 0);
    if (r.kind == OC_REF_ROW) {
        r.mask = false;
        return oc_ir_shared(ir, OC_OP_NE, r, oc_ir_const(0), none, none, 0);
    }
    return r;
}

/* What arithmetic makes of neutral elements; kind NONE: nothing. */
static oc_ref simplify(oc_opcode op, oc_ref a, oc_ref b)
{
    switch (op) {
    case OC_OP_ADD:
        if (oc_ref_is(a, 0)) return b;
        if (oc_ref_is(b, 0)) return a;
        break;
    case OC_OP_SUB:
        if (oc_ref_is(b, 0)) return a;
        break;
    case OC_OP_MUL:
        if (oc_ref_is(a, 1)) return b;
        if (oc_ref_is(b, 1)) return a;
        break;
    case OC_OP_DIV:
        if (oc_ref_is(b, 1)) return a;
        break;
    default: break;
    }
    return none;
}

/* Functions that cost enough to be left out where their value does not matter (a mask in c). */
static bool is_costly(oc_opcode op)
{
    return op == OC_OP_EXP || op == OC_OP_LOG || op == OC_OP_LOGISTIC || op == OC_OP_LOGIT || op == OC_OP_EXPM1NEG;
}

/* The instruction that makes a temporary, if it is a choice between known values; else NULL. */
static const oc_ir_instruction *known_choice(const oc_ir *ir, oc_ref r)
{
    if (r.kind != OC_REF_TEMP) return NULL;
    const oc_ir_instruction *in = &ir->now->code.at[ir->now->makers.at[r.index]];
    return in->op == OC_OP_SELECT && oc_ref_is_known(in->a) && oc_ref_is_known(in->b) ? in : NULL;
}

/* Whether a value was rounded already. */
static bool is_whole(const oc_ir *ir, oc_ref r)
{
    if (ir->plain || r.kind != OC_REF_TEMP) return false;
    oc_opcode op = ir->now->code.at[ir->now->makers.at[r.index]].op;
    return op == OC_OP_ROUND || op == OC_OP_FLOOR || op == OC_OP_YEAR || op == OC_OP_YEAR_START;
}

/* f(c ? x : y) with x and y known is c ? f(x) : f(y), computed while compiling. */
static bool through_choice(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref *ret)
{
    const oc_ir_instruction *choice = oc_ref_is_known(b) ? known_choice(ir, a) : NULL;
    if (!choice && oc_ref_is_known(a)) choice = known_choice(ir, b);
    if (!choice || op < OC_OP_ADD || op > OC_OP_YEAR_START) return false;
    bool left = oc_ref_is_known(b);
    oc_ref when = choice->c, x = choice->a, y = choice->b;
    oc_ref yes = left ? fold_known(ir, op, x, b, none) : fold_known(ir, op, a, x, none);
    oc_ref no = left ? fold_known(ir, op, y, b, none) : fold_known(ir, op, a, y, none);
    *ret = oc_ir_shared(ir, OC_OP_SELECT, yes, no, when, none, 0);
    return true;
}

static bool picked(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref *ret)
{
    enum { OF_PICK = 1 };
    const uint32_t not_picked = UINT32_MAX - 1;
    bool new;
    oc_map_entry *entry = look_up(ir, op, a, b, none, none, OF_PICK, &new);
    oc_ir_pick_list pick;
    if (new) entry->value.number = not_picked;
    if (new && oc_ir_pick(ir, op, a, b, &pick)) {
        oc_ref value = made(ir, OC_OP_PICK, pick.scalar, none, none, none, (uint32_t)ir->picks.len);
        ir->now->ranges.at[value.index] = pick.range;
        *oc_vec_push(ir->arena, &ir->picks) = pick;
        entry->value.number = value.index;
    }
    *ret = (oc_ref){.kind = OC_REF_TEMP, .index = (uint32_t)entry->value.number};
    return entry->value.number != not_picked;
}

oc_ref oc_ir_op(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c)
{
    oc_ref chosen;
    if (is_costly(op) && oc_ref_is_known(a)) c = none;
    if (foldable(op) && (c.kind == OC_REF_NONE || is_costly(op)) && through_choice(ir, op, a, b, &chosen))
        return chosen;
    if (foldable(op) && oc_ref_is_known(a) && oc_ref_is_known(b) && oc_ref_is_known(c))
        return fold_known(ir, op, a, b, c);
    if ((op == OC_OP_ROUND || op == OC_OP_FLOOR) && is_whole(ir, a)) return a;
    oc_ref simple = simplify(op, a, b);
    if (simple.kind != OC_REF_NONE) return simple;
    if ((a.kind == OC_REF_TEMP || b.kind == OC_REF_TEMP) && picked(ir, op, a, b, &chosen)) return chosen;
    const char *kinds = oc_opcode_operands(op);
    if (kinds[1] == 'M') a = oc_ir_truth_column(ir, a);
    if (kinds[2] == 'M') b = oc_ir_truth_column(ir, b);
    if (kinds[3] == 'M' && c.kind != OC_REF_NONE) c = oc_ir_truth_column(ir, c);
    return oc_ir_shared(ir, op, a, b, c, none, 0);
}

/* The bounds of value 0 are the greatest finite numbers, those of value 1 their neighbours, and so on: a constant is
 * known by its bits, and these are nobody else's. */
static double far_bound(size_t which)
{
    uint64_t bits = UINT64_C(0x7fefffffffffffff) - which;
    double bound;
    memcpy(&bound, &bits, sizeof bound);
    return bound;
}

bool oc_ref_is_bound(oc_ref r)
{
    return r.kind == OC_REF_CONST && isfinite(r.value) && fabs(r.value) >= 1e308;
}

oc_ref oc_ir_bounded(oc_ir *ir, oc_ref value, size_t which)
{
    oc_ref low = oc_ir_const(-far_bound(which)), high = oc_ir_const(far_bound(which));
    oc_ref raised = made(ir, OC_OP_MAX, value, low, none, none, 0);
    oc_ref bounded = made(ir, OC_OP_MIN, raised, high, none, none, 0);
    ir->now->ranges.at[bounded.index] = OC_RANGE_ANY;
    return bounded;
}

bool oc_ir_bounds(const oc_ir *ir, size_t which, uint32_t *ret_low, uint32_t *ret_high)
{
    double high = far_bound(which), low = -high;
    const oc_map_entry *at_low = oc_map_find(&ir->constant_index, (oc_slice){(const char *)&low, sizeof low});
    const oc_map_entry *at_high = oc_map_find(&ir->constant_index, (oc_slice){(const char *)&high, sizeof high});
    if (!at_low || !at_high) return false;
    *ret_low = (uint32_t)at_low->value.number;
    *ret_high = (uint32_t)at_high->value.number;
    return true;
}

oc_ref oc_ir_draw(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, uint32_t site, bool once, int32_t day)
{
    oc_ref date = none;
    if (once)
        date = oc_ir_const((double)OC_NO_DATE);
    else if (day != OC_NO_DATE)
        date = oc_ir_const(day);
    if (oc_opcode_operands(op)[3] == 'M' && c.kind != OC_REF_NONE) c = oc_ir_truth_column(ir, c);
    return oc_ir_shared(ir, op, a, b, c, date, site);
}

oc_ref oc_ir_bridge(oc_ir *ir, oc_ref a, oc_ref b, oc_ref weight, oc_ref deviation, uint32_t site)
{
    return made(ir, OC_OP_BRIDGE, a, b, weight, deviation, site);
}

static void bump(oc_ir *ir, oc_ref state)
{
    ir->versions.at[state.index]++;
}

void oc_ir_store(oc_ir *ir, oc_ref state, oc_ref value)
{
    if (state.mask)
        push(ir, OC_OP_MOVE_MASK, state, value.kind == OC_REF_CONST ? none : oc_ir_truth_column(ir, value), none, none,
             none, value.kind == OC_REF_CONST && value.value == 0);
    else
        push(ir, OC_OP_MOVE, state, value, none, none, none, 0);
    bump(ir, state);
}

void oc_ir_store_where(oc_ir *ir, oc_ref state, oc_ref value, oc_ref where)
{
    if (oc_ref_is(where, 1)) {
        oc_ir_store(ir, state, value);
        return;
    }
    if (oc_ref_is(where, 0)) return;
    where = oc_ir_truth_column(ir, where);
    if (state.mask) value = oc_ir_truth_column(ir, value);
    push(ir, state.mask ? OC_OP_KEEP_MASK : OC_OP_KEEP, state, value, none, where, none, 0);
    bump(ir, state);
}

bool oc_ir_is_check(oc_opcode op)
{
    return op >= OC_OP_CHECK_UNIT && op <= OC_OP_CHECK_ORDER;
}

/* A check is made once for the same value, and in the first section if the value never changes. */
static void add_check(oc_ir *ir, oc_opcode op, oc_ref a, oc_ref b, oc_ref c, uint32_t imm)
{
    oc_ir_section *here = ir->now;
    if (is_lasting(ir, a) && is_lasting(ir, b) && is_lasting(ir, c)) {
        ir->now = ir->sections.at[0];
        a = in_start(ir, a);
        b = in_start(ir, b);
        c = in_start(ir, c);
    }
    bool new;
    look_up(ir, op, a, b, c, none, 0, &new);
    if (new) push(ir, op, none, a, b, c, none, imm);
    ir->now = here;
}

void oc_ir_effect(oc_ir *ir, oc_opcode op, oc_ref dst, oc_ref a, oc_ref b, oc_ref c, oc_ref d, uint32_t imm)
{
    const char *kinds = oc_opcode_operands(op);
    if (kinds[1] == 'M') a = oc_ir_truth_column(ir, a);
    if (kinds[3] == 'M') c = oc_ref_is(c, 1) || c.kind == OC_REF_NONE ? none : oc_ir_truth_column(ir, c);
    if (oc_ir_is_check(op) && !ir->plain) {
        add_check(ir, op, a, b, c, imm);
        return;
    }
    push(ir, op, dst, a, b, c, d, imm);
    if (dst.kind == OC_REF_STATE) bump(ir, dst);
    if (kinds[4] == 'n' && d.kind == OC_REF_STATE) bump(ir, d);
}
