/* The interpreter: one loop over the lanes of a batch for each instruction.
 *
 * This file is compiled once for each instruction set with OC_INTERPRET naming the function; the arithmetic is that of
 * kernels.h, so all of them give the same bits. A loop exists for each combination of columns and scalars that is worth
 * one; rare instructions spread a scalar over a column first. Choices are made by masks, never by branches on data,
 * except in the rejection samplers and in the tallies that count one lane at a time. */
#include "engine/distributions.h"
#include "engine/kernels.h"
#include "engine/never.h"
#include "engine/random.h"
#include "engine/state.h"

#define LANES(i) OC_EACH for (size_t i = 0; i < OC_LANES; i++)

/* Where a number comes from: a column, or the same value for every lane. */
typedef struct source {
    const oc_cell *column; /* NULL: scalar */
    double scalar;
} source;

static oc_cell *column_of(const oc_engine *engine, oc_operand operand)
{
    return engine->columns + (size_t)operand * OC_LANES;
}

static source number(const oc_engine *engine, oc_operand operand)
{
    if (OC_IS_COLUMN(operand)) return (source){column_of(engine, operand), 0.0};
    if (OC_IS_CONSTANT(operand)) return (source){NULL, engine->constants[OC_OPERAND_INDEX(operand)]};
    return (source){NULL, engine->scalars[OC_OPERAND_INDEX(operand)]};
}

static const oc_cell *mask(const oc_engine *engine, oc_operand operand)
{
    return operand == OC_NONE ? engine->all : column_of(engine, operand);
}

static void fill(oc_cell *column, double value)
{
    LANES(i) column[i].f = value;
}

/* The operand as a column; `spare` (0 .. 2) is the inner column used if it is a scalar. */
static const oc_cell *spread(const oc_engine *engine, oc_operand operand, size_t spare)
{
    source s = number(engine, operand);
    if (s.column) return s.column;
    fill(engine->wide[spare], s.scalar);
    return engine->wide[spare];
}

static uint64_t truth(bool value)
{
    return value ? UINT64_MAX : 0;
}

/* A mask as a number: comparisons of doubles that choose between doubles are vector code on every target. */
#define TRUE_CELL oc_from_bits(UINT64_MAX)

static double choose(uint64_t when, double then, double otherwise)
{
    return oc_from_bits((oc_bits(then) & when) | (oc_bits(otherwise) & ~when));
}

/* --- elementwise instructions --- */

#define UNARY(NAME, EXPRESSION)                                                     \
    static void NAME(oc_cell *dst, source a)                                        \
    {                                                                               \
        if (!a.column) {                                                            \
            const double x = a.scalar;                                              \
            fill(dst, EXPRESSION);                                                  \
            return;                                                                 \
        }                                                                           \
        LANES(i) {                                                                  \
            const double x = a.column[i].f;                                         \
            dst[i].f = EXPRESSION;                                                  \
        }                                                                           \
    }

/* EXPRESSION of x and y. */
#define BINARY(NAME, EXPRESSION)                                                    \
    static void NAME(oc_cell *dst, source a, source b)                              \
    {                                                                               \
        if (a.column && b.column) {                                                 \
            LANES(i) {                                                              \
                const double x = a.column[i].f, y = b.column[i].f;                  \
                dst[i].f = EXPRESSION;                                          \
            }                                                                       \
        } else if (a.column) {                                                      \
            const double y = b.scalar;                                              \
            LANES(i) {                                                              \
                const double x = a.column[i].f;                                     \
                dst[i].f = EXPRESSION;                                          \
            }                                                                       \
        } else if (b.column) {                                                      \
            const double x = a.scalar;                                              \
            LANES(i) {                                                              \
                const double y = b.column[i].f;                                     \
                dst[i].f = EXPRESSION;                                          \
            }                                                                       \
        } else {                                                                    \
            const double x = a.scalar, y = b.scalar;                                \
            LANES(i) dst[i].f = EXPRESSION;                                     \
        }                                                                           \
    }

/* Calls LOOP(A, B) with what reads a lane of a and of b. */
#define BY_TWO(a, b, LOOP)                                                          \
    do {                                                                            \
        if ((a).column && (b).column) LOOP((a).column[i].f, (b).column[i].f);       \
        else if ((a).column) LOOP((a).column[i].f, (b).scalar);                     \
        else if ((b).column) LOOP((a).scalar, (b).column[i].f);                     \
        else LOOP((a).scalar, (b).scalar);                                          \
    } while (0)

UNARY(copy, x)
UNARY(negate, oc_never_negate(x))
UNARY(absolute, oc_k_abs(x))
UNARY(floor_of, oc_k_floor(x))
UNARY(round_of, oc_k_round(x))
UNARY(square_root, oc_k_sqrt(x))
UNARY(exponential_all, oc_k_exp(x))
UNARY(logarithm_all, oc_k_log(x))
UNARY(logistic_all, oc_k_logistic(x))
UNARY(logit_all, oc_k_logit(x))
UNARY(expm1neg_any, oc_k_expm1neg(x))
UNARY(expm1neg_small, -oc_k_expm1_small(-x))
UNARY(year, oc_k_year(x))
UNARY(year_start, oc_k_year_start(x))

BINARY(add, x + y)
BINARY(subtract, oc_never_subtract(x, y))
BINARY(multiply, oc_never_multiply(x, y))
BINARY(divide, oc_never_divide(x, y))
BINARY(smaller, oc_never_min(x, y))
BINARY(larger, oc_never_max(x, y))
BINARY(power, oc_k_pow(x, y))
BINARY(less, x < y ? TRUE_CELL : 0.0)
BINARY(less_equal, x <= y ? TRUE_CELL : 0.0)
BINARY(equal, x == y ? TRUE_CELL : 0.0)
BINARY(unequal, x != y ? TRUE_CELL : 0.0)

/* Whether a value matters in any lane of a group of OC_STREAMS. */
static bool matters(const oc_cell *when, size_t group)
{
    uint64_t any = 0;
    for (size_t i = 0; i < OC_STREAMS; i++) any |= when[group + i].u;
    return any != 0;
}

static void leave_out(oc_cell *dst)
{
    for (size_t i = 0; i < OC_STREAMS; i++) dst[i].f = 0.0;
}

/* The costly functions: of all lanes, or of those groups in which the value matters. */
#define COSTLY(NAME, ALL, EXPRESSION)                                               \
    static void NAME(oc_cell *dst, source a, const oc_cell *when)                   \
    {                                                                               \
        if (!when || !a.column) {                                                   \
            ALL(dst, a);                                                            \
            return;                                                                 \
        }                                                                           \
        for (size_t group = 0; group < OC_LANES; group += OC_STREAMS) {             \
            if (!matters(when, group)) {                                            \
                leave_out(dst + group);                                             \
                continue;                                                           \
            }                                                                       \
            const oc_cell *in = a.column + group;                                   \
            oc_cell *out = dst + group;                                             \
            OC_EACH                                                                 \
            for (size_t i = 0; i < OC_STREAMS; i++) {                               \
                const double x = in[i].f;                                           \
                out[i].f = EXPRESSION;                                              \
            }                                                                       \
        }                                                                           \
    }

COSTLY(exponential, exponential_all, oc_k_exp(x))
COSTLY(logarithm, logarithm_all, oc_k_log(x))
COSTLY(logistic, logistic_all, oc_k_logistic(x))
COSTLY(logit, logit_all, oc_k_logit(x))

/* A product with a positive finite scalar needs no care for never. */
BINARY(multiply_plain, x * y)
/* NaN of the column comes out of these without being looked for; the scalar is no NaN. */
static void smaller_scalar(oc_cell *dst, const oc_cell *a, double y)
{
    LANES(i) dst[i].f = y < a[i].f ? y : a[i].f;
}

static void larger_scalar(oc_cell *dst, const oc_cell *a, double y)
{
    LANES(i) dst[i].f = y > a[i].f ? y : a[i].f;
}

static bool is_plain(source s)
{
    return !s.column && s.scalar > 0.0 && s.scalar < OC_NEVER;
}

static void do_multiply(oc_cell *dst, source a, source b)
{
    if (is_plain(a) || is_plain(b)) multiply_plain(dst, a, b);
    else multiply(dst, a, b);
}

static void do_smaller(oc_cell *dst, source a, source b)
{
    if (a.column && !b.column && b.scalar == b.scalar) smaller_scalar(dst, a.column, b.scalar);
    else smaller(dst, a, b);
}

static void do_larger(oc_cell *dst, source a, source b)
{
    if (a.column && !b.column && b.scalar == b.scalar) larger_scalar(dst, a.column, b.scalar);
    else larger(dst, a, b);
}

/* Hazards over a step are small as a rule; if all are, half of the work can be left out. */
static void expm1neg_all(oc_cell *dst, source a)
{
    uint64_t large = 0;
    if (a.column) {
        LANES(i) large |= oc_bits(oc_k_abs(a.column[i].f) < OC_EXPM1_SMALL ? 0.0 : 1.0);
    } else {
        large = !(oc_k_abs(a.scalar) < OC_EXPM1_SMALL);
    }
    if (large) expm1neg_any(dst, a);
    else expm1neg_small(dst, a);
}

COSTLY(expm1neg, expm1neg_all, oc_k_expm1neg(x))

static void multiply_add(oc_cell *dst, source a, source b, source c)
{
#define LOOP(A, B)                                                                  \
    do {                                                                            \
        if (c.column) { LANES(i) dst[i].f = (A) * (B) + c.column[i].f; }            \
        else { LANES(i) dst[i].f = (A) * (B) + c.scalar; }                          \
    } while (0)
    BY_TWO(a, b, LOOP);
#undef LOOP
}

static void select_of(oc_cell *dst, source a, source b, const oc_cell *when)
{
#define LOOP(A, B) do { LANES(i) dst[i].f = choose(when[i].u, (A), (B)); } while (0)
    BY_TWO(a, b, LOOP);
#undef LOOP
}

static void keep(oc_cell *dst, source a, const oc_cell *when)
{
    if (a.column) {
        LANES(i) dst[i].u = (a.column[i].u & when[i].u) | (dst[i].u & ~when[i].u);
    } else {
        const uint64_t bits = oc_bits(a.scalar);
        LANES(i) dst[i].u = (bits & when[i].u) | (dst[i].u & ~when[i].u);
    }
}

static void keep_mask(oc_cell *dst, const oc_cell *a, const oc_cell *when)
{
    LANES(i) dst[i].u = (a[i].u & when[i].u) | (dst[i].u & ~when[i].u);
}

static void move_mask(oc_cell *dst, const oc_cell *a, uint64_t flip)
{
    LANES(i) dst[i].u = a[i].u ^ flip;
}

static void both(oc_cell *dst, const oc_cell *a, const oc_cell *b)
{
    LANES(i) dst[i].u = a[i].u & b[i].u;
}

static void either(oc_cell *dst, const oc_cell *a, const oc_cell *b)
{
    LANES(i) dst[i].u = a[i].u | b[i].u;
}

static void one_without(oc_cell *dst, const oc_cell *a, const oc_cell *b)
{
    LANES(i) dst[i].u = a[i].u & ~b[i].u;
}

/* --- draws --- */

static int32_t date_of(const oc_engine *engine, oc_operand operand)
{
    return operand == OC_NONE ? engine->day : (int32_t)engine->constants[OC_OPERAND_INDEX(operand)];
}

static oc_streams seed_streams(const oc_engine *engine, const oc_instruction *x, uint32_t attempt)
{
    const uint64_t *own = engine->batch.site_seeds;
    return oc_streams_seed(own ? own[x->imm] : engine->batch.seed, engine->sites[x->imm].address, date_of(engine, x->d),
                           attempt, engine->batch.index);
}

/* (w + 1/2) / 2^32 < chance, both sides times 2^32. */
static double coin_of(uint32_t w, double bound)
{
    double u = oc_from_bits(UINT64_C(0x4330000000000000) | w) - (0x1p52 - 0.5);
    return u < bound ? TRUE_CELL : 0.0;
}

static void coin(const oc_engine *engine, const oc_instruction *x)
{
    oc_streams streams = seed_streams(engine, x, 0);
    uint32_t words[OC_LANES];
    for (size_t group = 0; group < OC_LANES; group += OC_STREAMS) oc_streams_next(&streams, words + group);
    oc_cell *dst = column_of(engine, x->dst);
    source chance = number(engine, x->a);
    if (chance.column) {
        LANES(i) dst[i].f = coin_of(words[i], chance.column[i].f * 0x1p32);
    } else {
        const double bound = chance.scalar * 0x1p32;
        LANES(i) dst[i].f = coin_of(words[i], bound);
    }
}

#define DRAW_BY_UNIFORM(NAME, EXPRESSION)                                           \
    static void NAME(const oc_engine *engine, const oc_instruction *x)              \
    {                                                                               \
        oc_cell *dst = column_of(engine, x->dst);                                   \
        const oc_cell *when = x->c == OC_NONE ? NULL : column_of(engine, x->c);     \
        oc_streams streams = seed_streams(engine, x, 0);                            \
        for (size_t group = 0; group < OC_LANES; group += OC_STREAMS) {             \
            uint32_t w[OC_STREAMS], v[OC_STREAMS];                                  \
            oc_streams_next(&streams, w);                                           \
            oc_streams_next(&streams, v);                                           \
            oc_cell *out = dst + group;                                             \
            if (when && !matters(when, group)) {                                    \
                leave_out(out);                                                     \
                continue;                                                           \
            }                                                                       \
            OC_EACH                                                                 \
            for (size_t i = 0; i < OC_STREAMS; i++) {                               \
                const double u = oc_uniform(w[i], v[i]);                            \
                out[i].f = EXPRESSION;                                              \
            }                                                                       \
        }                                                                           \
    }

DRAW_BY_UNIFORM(draw_uniform, u)
DRAW_BY_UNIFORM(draw_normal_any, oc_k_normal_inverse(u))
DRAW_BY_UNIFORM(draw_exponential, -oc_k_log_positive(u))

/* The far tail is left out, and all done again in the rare batch that has a lane there. */
static void draw_normal(const oc_engine *engine, const oc_instruction *x)
{
    if (x->c != OC_NONE) {
        draw_normal_any(engine, x);
        return;
    }
    oc_cell *dst = column_of(engine, x->dst);
    draw_uniform(engine, x);
    uint64_t far = 0;
    LANES(i) {
        double r = oc_k_normal_depth(dst[i].f);
        far |= oc_bits(r > OC_NORMAL_FAR ? 1.0 : 0.0);
        dst[i].f = oc_k_normal_join(dst[i].f, oc_k_normal_tail(r));
    }
    if (far) draw_normal_any(engine, x);
}

/* Pairs of lanes 16 apart share a point of Box and Muller's: 32 lanes take two steps. */
static void fast_normals(const oc_engine *engine, const oc_instruction *x)
{
    float *normals = engine->normals;
    oc_streams streams = seed_streams(engine, x, 0);
    for (size_t group = 0; group < OC_LANES; group += 2 * OC_STREAMS) {
        uint32_t w[OC_STREAMS], v[OC_STREAMS];
        oc_streams_next(&streams, w);
        oc_streams_next(&streams, v);
        float *out = normals + group;
        OC_EACH
        for (size_t i = 0; i < OC_STREAMS; i++) oc_k_normal_pair(w[i], v[i], &out[i], &out[i + OC_STREAMS]);
    }
}

/* The usual shape. gcc takes eight lanes at a time better: so that eight singles are loaded and converted in one step. */
static void walk_column(oc_cell *dst, const oc_cell *a, double b, double c, const float *z)
{
#ifdef __clang__
    LANES(i) dst[i].f = (a[i].f + c) + b * (double)z[i];
#else
    for (size_t group = 0; group < OC_LANES; group += 8) {
        double next[8];
        for (size_t i = 0; i < 8; i++) next[i] = (a[group + i].f + c) + b * (double)z[group + i];
        for (size_t i = 0; i < 8; i++) dst[group + i].f = next[i];
    }
#endif
}

static void walk(const oc_engine *engine, const oc_instruction *x)
{
    source a = number(engine, x->a), b = number(engine, x->b);
    /* adding -0 changes nothing, not even the sign of a zero */
    source c = x->c == OC_NONE ? (source){NULL, -0.0} : number(engine, x->c);
    fast_normals(engine, x);
    oc_cell *dst = column_of(engine, x->dst);
    const float *z = engine->normals;
    if (a.column && !b.column && !c.column) {
        walk_column(dst, a.column, b.scalar, c.scalar, z);
        return;
    }
#define LOOP(A, B)                                                                                  \
    do {                                                                                            \
        if (c.column) { LANES(i) dst[i].f = ((A) + c.column[i].f) + (B) * (double)z[i]; }           \
        else { LANES(i) dst[i].f = ((A) + c.scalar) + (B) * (double)z[i]; }                         \
    } while (0)
    BY_TWO(a, b, LOOP);
#undef LOOP
}

/* Sixteen lanes' worth of two uniforms each. */
typedef struct uniforms {
    double u[OC_STREAMS], v[OC_STREAMS];
} uniforms;

static void next_uniforms(oc_streams *streams, uniforms *ret)
{
    uint32_t w[4][OC_STREAMS];
    for (size_t k = 0; k < 4; k++) oc_streams_next(streams, w[k]);
    for (size_t i = 0; i < OC_STREAMS; i++) {
        ret->u[i] = oc_uniform(w[0][i], w[1][i]);
        ret->v[i] = oc_uniform(w[2][i], w[3][i]);
    }
}

/* Logarithms of standard gamma variates into `out`. Shapes below 1 take a gamma of shape a + 1 times u^(1/a) (Marsaglia
 * and Tsang, section 6); u has the last attempt of the sampler's range to itself. */
static void gamma_logs(const oc_engine *engine, const oc_instruction *x, const oc_cell *shape, uint32_t first_attempt,
                       oc_cell *out)
{
    bool pending[OC_LANES];
    size_t left = OC_LANES;
    bool boost = false;
    uniforms draw;
    for (size_t i = 0; i < OC_LANES; i++) {
        pending[i] = true;
        boost |= shape[i].f < 1.0;
    }
    for (uint32_t attempt = 0; left && attempt < OC_ATTEMPT_LIMIT - 1; attempt++) {
        oc_streams streams = seed_streams(engine, x, first_attempt + attempt);
        for (size_t group = 0; group < OC_LANES; group += OC_STREAMS) {
            next_uniforms(&streams, &draw);
            double logs[OC_STREAMS];
            bool good[OC_STREAMS];
            for (size_t i = 0; i < OC_STREAMS; i++) {
                double a = oc_gamma_shape(shape[group + i].f);
                a = a < 1.0 ? a + 1.0 : a;
                good[i] = oc_gamma_attempt(a, draw.u[i], draw.v[i], &logs[i]);
            }
            for (size_t i = 0; i < OC_STREAMS; i++) {
                if (!pending[group + i]) continue;
                out[group + i].f = logs[i];
                bool accepted = good[i] || !(shape[group + i].f > 0.0);
                pending[group + i] = !accepted;
                left -= accepted;
            }
        }
    }
    for (size_t i = 0; left && i < OC_LANES; i++) {
        double a = oc_gamma_shape(shape[i].f);
        if (pending[i]) out[i].f = oc_k_log_positive(a < 1.0 ? a + 1.0 : a);
    }
    if (!boost) return;
    oc_streams streams = seed_streams(engine, x, first_attempt + OC_ATTEMPT_LIMIT - 1);
    for (size_t group = 0; group < OC_LANES; group += OC_STREAMS) {
        next_uniforms(&streams, &draw);
        for (size_t i = 0; i < OC_STREAMS; i++) {
            double a = oc_gamma_shape(shape[group + i].f);
            double more = oc_k_log_positive(draw.u[i]) / a;
            out[group + i].f += a < 1.0 ? more : 0.0;
        }
    }
}

static double gamma_result(double shape, double log_value)
{
    double y = oc_k_exp(log_value);
    return shape > 0.0 && shape < OC_NEVER ? y : OC_NAN;
}

static void draw_gamma(const oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *shape = spread(engine, x->a, 0);
    oc_cell *logs = engine->wide[2];
    gamma_logs(engine, x, shape, 0, logs);
    oc_cell *dst = column_of(engine, x->dst);
    LANES(i) dst[i].f = gamma_result(shape[i].f, logs[i].f);
}

/* X / (X + Y) of two gammas, by their logarithms: exact also where both underflow. */
static void draw_beta(const oc_engine *engine, const oc_instruction *x)
{
    oc_cell logs[OC_LANES];
    const oc_cell *a = spread(engine, x->a, 0), *b = spread(engine, x->b, 1);
    oc_cell *logs_b = engine->wide[2];
    gamma_logs(engine, x, a, 0, logs);
    gamma_logs(engine, x, b, OC_ATTEMPT_LIMIT, logs_b);
    oc_cell *dst = column_of(engine, x->dst);
    LANES(i) {
        double y = oc_k_logistic(logs[i].f - logs_b[i].f);
        bool real = (a[i].f > 0.0) & (a[i].f < OC_NEVER) & (b[i].f > 0.0) & (b[i].f < OC_NEVER);
        dst[i].f = real ? y : OC_NAN;
    }
}

/* True if accepted. */
static bool poisson_once(double mean, double u, double v, double *ret_k)
{
    if (mean >= OC_POISSON_SMALL && mean <= OC_POISSON_LARGE) return oc_poisson_attempt(mean, u, v, ret_k);
    if (!(mean >= 0.0)) *ret_k = OC_NAN;
    else if (mean < OC_POISSON_SMALL) *ret_k = oc_poisson_small(mean, u);
    else if (mean == OC_NEVER) *ret_k = mean;
    else *ret_k = oc_k_round(mean + oc_k_sqrt(mean) * oc_k_normal_inverse(u));
    return true;
}

static void draw_poisson(const oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *mean = spread(engine, x->a, 0);
    oc_cell *out = engine->wide[2];
    bool pending[OC_LANES];
    size_t left = OC_LANES;
    for (size_t i = 0; i < OC_LANES; i++) pending[i] = true;
    for (uint32_t attempt = 0; left && attempt < OC_ATTEMPT_LIMIT; attempt++) {
        oc_streams streams = seed_streams(engine, x, attempt);
        for (size_t group = 0; group < OC_LANES; group += OC_STREAMS) {
            uniforms draw;
            next_uniforms(&streams, &draw);
            for (size_t i = 0; i < OC_STREAMS; i++) {
                if (!pending[group + i]) continue;
                bool accepted = poisson_once(mean[group + i].f, draw.u[i], draw.v[i], &out[group + i].f);
                pending[group + i] = !accepted;
                left -= accepted;
            }
        }
    }
    for (size_t i = 0; left && i < OC_LANES; i++) {
        if (pending[i]) out[i].f = oc_k_floor(mean[i].f);
    }
    copy(column_of(engine, x->dst), (source){out, 0.0});
}

/* --- checks --- */

static void report_failure(oc_engine *engine, const oc_cell *bad, uint32_t instruction, uint32_t check)
{
    size_t lane = 0;
    while (!bad[lane].u) lane++;
    if (lane >= engine->failure.lane) return;
    engine->failure = (oc_failure){(uint32_t)lane, check, engine->row, instruction};
}

static void check(oc_engine *engine, const oc_instruction *x, uint32_t instruction)
{
    const oc_cell *a = spread(engine, x->a, 0);
    const oc_cell *b = x->op == OC_OP_CHECK_ORDER ? spread(engine, x->b, 1) : a;
    const oc_cell *when = mask(engine, x->c), *live = engine->live;
    oc_cell *bad = engine->wide[2];
    uint64_t any = 0;
#define LOOP(GOOD)                                                                  \
    OC_EACH                                                                         \
    for (size_t i = 0; i < OC_LANES; i++) {                                         \
        bad[i].u = truth(!(GOOD)) & when[i].u & live[i].u;                          \
        any |= bad[i].u;                                                            \
    }
    switch (x->op) {
    case OC_OP_CHECK_UNIT: LOOP((a[i].f >= 0.0) & (a[i].f <= 1.0)) break;
    case OC_OP_CHECK_REAL: LOOP(a[i].f == a[i].f) break;
    case OC_OP_CHECK_POS: LOOP(a[i].f > 0.0) break;
    case OC_OP_CHECK_NONNEG: LOOP(a[i].f >= 0.0) break;
    default: LOOP(a[i].f <= b[i].f) break;
    }
#undef LOOP
    if (any) report_failure(engine, bad, instruction, x->imm);
}

/* --- tallies --- */

static void tally_true(oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *a = mask(engine, x->a), *when = mask(engine, x->c), *counted = engine->counted;
    uint64_t sum = 0;
    LANES(i) sum += a[i].u & when[i].u & counted[i].u & 1;
    engine->tally->counts[x->imm] += sum;
}

static void tally_index(oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *a = spread(engine, x->a, 0), *when = mask(engine, x->c), *counted = engine->counted;
    uint64_t *counts = engine->tally->counts + x->imm;
    const double limit = engine->program->counts - x->imm;
    for (size_t i = 0; i < OC_LANES; i++) {
        bool inside = (a[i].f >= 0.0) & (a[i].f < limit);
        if (inside && (when[i].u & counted[i].u & 1)) counts[(uint32_t)a[i].f]++;
    }
}

static void tally_day(oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *a = spread(engine, x->a, 0), *when = mask(engine, x->c), *counted = engine->counted;
    uint64_t *counts = engine->tally->counts + x->imm;
    const double first = engine->program->as_of;
    const double after = (double)engine->program->horizon - first + 1.0;
    uint32_t index[OC_LANES];
    LANES(i) {
        double at = a[i].f - first;
        at = at < after ? at : after;
        at = at > 0.0 ? at : 0.0;
        index[i] = (uint32_t)(int32_t)at;
    }
    for (size_t i = 0; i < OC_LANES; i++) counts[index[i]] += when[i].u & counted[i].u & 1;
}

/* Number of edges at or below each value; `bins` is a power of two and one more than the number of edges. */
static void count_bins(const double *edges, uint32_t bins, const oc_cell *values, uint32_t index[OC_LANES])
{
    for (size_t i = 0; i < OC_LANES; i++) {
        uint32_t at = 0;
        for (uint32_t step = bins / 2; step; step /= 2) at += edges[at + step - 1] <= values[i].f ? step : 0;
        index[i] = at;
    }
}

/* Sums of lanes by number mod 8, then ((0+1)+(2+3)) + ((4+5)+(6+7)): a shape that does not depend on vector width. */
static double fold(const double parts[8])
{
    return ((parts[0] + parts[1]) + (parts[2] + parts[3])) + ((parts[4] + parts[5]) + (parts[6] + parts[7]));
}

static void add_sums(oc_sum *sums, const oc_cell *values)
{
    double sum[8] = {0}, squares[8] = {0};
    for (size_t i = 0; i < OC_LANES; i += 8) {
        for (size_t k = 0; k < 8; k++) {
            sum[k] += values[i + k].f;
            squares[k] += values[i + k].f * values[i + k].f;
        }
    }
    sums->sum += fold(sum);
    sums->squares += fold(squares);
}

static void collect(oc_engine *engine, uint32_t slot, const oc_cell *a, const oc_cell *use)
{
    oc_sketch *sketch = engine->pilot;
    uint32_t capacity = OC_PILOT_VALUES * engine->slots[slot].bins;
    double *values = sketch->pilot + OC_PILOT_VALUES * (size_t)sketch->first_bin[slot];
    for (size_t i = 0; i < OC_LANES && sketch->collected[slot] < capacity; i++) {
        if (use[i].u) values[sketch->collected[slot]++] = a[i].f;
    }
}

static void tally_value(oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *a = spread(engine, x->a, 0), *when = mask(engine, x->c), *counted = engine->counted;
    oc_cell *use = engine->wide[1], *values = engine->wide[2];
    uint64_t lanes = 0, finite = 0;
    LANES(i) {
        uint64_t in = when[i].u & counted[i].u;
        use[i].u = in & truth(oc_k_abs(a[i].f) < OC_NEVER);
        lanes += in & 1;
        finite += use[i].u & 1;
        values[i].u = a[i].u & use[i].u;
    }
    if (engine->mode == OC_MODE_PILOT) {
        collect(engine, x->imm, a, use);
        return;
    }
    oc_tally *tally = engine->tally;
    oc_value *value = &tally->values[x->imm];
    value->count += finite;
    value->never += lanes - finite;
    add_sums(&tally->sums[x->imm], values);

    const oc_value_slot *slot = &engine->slots[x->imm];
    uint32_t index[OC_LANES];
    uint32_t first = engine->sketch->first_bin[x->imm];
    count_bins(engine->sketch->edges + first, slot->bins, values, index);
    uint64_t *counts = tally->counts + slot->first_count;
    double *bin_min = tally->bin_min + first, *bin_max = tally->bin_max + first;
    for (size_t i = 0; i < OC_LANES; i++) {
        if (!use[i].u) continue;
        double v = values[i].f;
        uint32_t bin = index[i];
        counts[bin]++;
        if (v < bin_min[bin]) bin_min[bin] = v;
        if (v > bin_max[bin]) bin_max[bin] = v;
        if (v < value->min) value->min = v;
        if (v > value->max) value->max = v;
    }
}

/* Whole day of x within the table; NaN counts as its first. */
static int32_t day_within(double x, int32_t first, int32_t last)
{
    double day = oc_k_floor(x);
    return day >= last ? last : day > first ? (int32_t)day : first;
}

static void count_span(const oc_engine *engine, const oc_span_table *table, double code, double from, double until)
{
    const int32_t *days = engine->days + table->first_day;
    int32_t begin = day_within(from, days[0], days[table->years]);
    int32_t end = day_within(until, days[0], days[table->years]);
    if (begin >= end || !(code >= 0.0 && code < (double)table->codes)) return;
    uint64_t *counts = engine->tally->counts + table->first_count + (size_t)(uint32_t)code * table->years;
    uint32_t year = 0;
    while (days[year + 1] <= begin) year++;
    for (; year < table->years && days[year] < end; year++) {
        int32_t since = days[year] > begin ? days[year] : begin, to = days[year + 1] < end ? days[year + 1] : end;
        counts[year] += (uint64_t)(to - since);
    }
}

enum { SPAN_BLOCK = 32 };

static bool any_differs(const oc_cell *a, const oc_cell *b)
{
    uint64_t differs = 0;
    for (size_t i = 0; i < SPAN_BLOCK; i++) differs |= oc_bits(a[i].f == b[i].f ? 0.0 : 1.0);
    return differs != 0;
}

static void tally_span(oc_engine *engine, const oc_instruction *x)
{
    oc_cell *code = column_of(engine, x->dst), *since = column_of(engine, x->d);
    const oc_cell *next = spread(engine, x->b, 0), *day = spread(engine, x->c, 1), *counted = engine->counted;
    const oc_span_table *table = &engine->spans[x->imm];
    bool tallies = engine->mode == OC_MODE_TALLY;
    for (size_t i = 0; i < OC_LANES; i++) {
        if (i % SPAN_BLOCK == 0 && !any_differs(code + i, next + i)) {
            i += SPAN_BLOCK - 1;
            continue;
        }
        if (code[i].f == next[i].f) continue;
        double until = day[i].f;
        if (tallies && counted[i].u) count_span(engine, table, code[i].f, since[i].f, until);
        code[i].f = next[i].f;
        since[i].f = until > since[i].f ? until : since[i].f;
    }
}

/* --- the loop over instructions --- */

static void execute(oc_engine *engine, const oc_instruction *x, uint32_t at)
{
#define DST column_of(engine, x->dst)
#define WHEN (x->c == OC_NONE ? NULL : column_of(engine, x->c))
#define A number(engine, x->a)
#define B number(engine, x->b)
    switch ((oc_opcode)x->op) {
    case OC_OP_MOVE: copy(DST, A); break;
    case OC_OP_MOVE_MASK: move_mask(DST, mask(engine, x->a), truth(x->imm == 1)); break;
    case OC_OP_SELECT: select_of(DST, A, B, mask(engine, x->c)); break;
    case OC_OP_KEEP: keep(DST, A, mask(engine, x->c)); break;
    case OC_OP_KEEP_MASK: keep_mask(DST, mask(engine, x->a), mask(engine, x->c)); break;
    case OC_OP_ADD: add(DST, A, B); break;
    case OC_OP_SUB: subtract(DST, A, B); break;
    case OC_OP_MUL: do_multiply(DST, A, B); break;
    case OC_OP_DIV: divide(DST, A, B); break;
    case OC_OP_MIN: do_smaller(DST, A, B); break;
    case OC_OP_MAX: do_larger(DST, A, B); break;
    case OC_OP_NEG: negate(DST, A); break;
    case OC_OP_ABS: absolute(DST, A); break;
    case OC_OP_FLOOR: floor_of(DST, A); break;
    case OC_OP_ROUND: round_of(DST, A); break;
    case OC_OP_SQRT: square_root(DST, A); break;
    case OC_OP_EXP: exponential(DST, A, WHEN); break;
    case OC_OP_LOG: logarithm(DST, A, WHEN); break;
    case OC_OP_POW: power(DST, A, B); break;
    case OC_OP_LOGISTIC: logistic(DST, A, WHEN); break;
    case OC_OP_LOGIT: logit(DST, A, WHEN); break;
    case OC_OP_EXPM1NEG: expm1neg(DST, A, WHEN); break;
    case OC_OP_YEAR: year(DST, A); break;
    case OC_OP_YEAR_START: year_start(DST, A); break;
    case OC_OP_MULADD: multiply_add(DST, A, B, number(engine, x->c)); break;
    case OC_OP_LT: less(DST, A, B); break;
    case OC_OP_LE: less_equal(DST, A, B); break;
    case OC_OP_EQ: equal(DST, A, B); break;
    case OC_OP_NE: unequal(DST, A, B); break;
    case OC_OP_AND: both(DST, mask(engine, x->a), mask(engine, x->b)); break;
    case OC_OP_OR: either(DST, mask(engine, x->a), mask(engine, x->b)); break;
    case OC_OP_ANDNOT: one_without(DST, mask(engine, x->a), mask(engine, x->b)); break;
    case OC_OP_NOT: move_mask(DST, mask(engine, x->a), UINT64_MAX); break;
    case OC_OP_COIN: coin(engine, x); break;
    case OC_OP_UNIFORM: draw_uniform(engine, x); break;
    case OC_OP_NORMAL: draw_normal(engine, x); break;
    case OC_OP_WALK: walk(engine, x); break;
    case OC_OP_EXPONENTIAL: draw_exponential(engine, x); break;
    case OC_OP_GAMMA: draw_gamma(engine, x); break;
    case OC_OP_BETA: draw_beta(engine, x); break;
    case OC_OP_POISSON: draw_poisson(engine, x); break;
    case OC_OP_CHECK_UNIT:
    case OC_OP_CHECK_REAL:
    case OC_OP_CHECK_POS:
    case OC_OP_CHECK_NONNEG:
    case OC_OP_CHECK_ORDER: check(engine, x, at); break;
    case OC_OP_TALLY_TRUE: if (engine->mode == OC_MODE_TALLY) tally_true(engine, x); break;
    case OC_OP_TALLY_INDEX: if (engine->mode == OC_MODE_TALLY) tally_index(engine, x); break;
    case OC_OP_TALLY_DAY: if (engine->mode == OC_MODE_TALLY) tally_day(engine, x); break;
    case OC_OP_TALLY_VALUE: if (engine->mode != OC_MODE_QUIET) tally_value(engine, x); break;
    case OC_OP_TALLY_SPAN: tally_span(engine, x); break;
    case OC_OPCODE_COUNT: break;
    }
#undef DST
#undef A
#undef WHEN
#undef B
}

void OC_INTERPRET(oc_engine *engine, uint32_t first, uint32_t count)
{
    for (uint32_t at = first; at < first + count; at++) {
        uint64_t before = engine->clock ? engine->clock() : 0;
        execute(engine, &engine->instructions[at], at);
        if (engine->clock) engine->ticks[at] += engine->clock() - before;
    }
}
