/* Draws into columns: uniforms and what is made of them lane by lane, fast normals, and samplers by rejection. */
#ifndef OC_ENGINE_DRAW_H
#define OC_ENGINE_DRAW_H

#include "engine/distributions.h"
#include "engine/elementwise.h"
#include "engine/fast_normal.h"

static int32_t date_of(const oc_engine *engine, const oc_instruction *x, int32_t day)
{
    return x->d == OC_NONE || x->op == OC_OP_BRIDGE ? day : (int32_t)engine->constants[OC_OPERAND_INDEX(x->d)];
}

static uint64_t seed_of(const oc_engine *engine, const oc_instruction *x)
{
    return engine->batch.site_seeds ? engine->batch.site_seeds[OC_SITE_OF(x->imm)] : engine->batch.seed;
}

/* The draw after this one in the order of a run, samplers by rejection apart; NULL: none. */
static const oc_instruction *next_draw(const oc_engine *engine, oc_place *place)
{
    const oc_program *program = engine->program;
    for (;;) {
        while (place->next < place->end) {
            const oc_instruction *x = place->next++;
            if (x->op >= OC_OP_COIN && x->op <= OC_OP_EXPONENTIAL) return x;
        }
        if (place->ended) return NULL;
        const oc_row *row = engine->rows + place->row, *end = engine->rows + program->row_count;
        while (row < end && (row->flags & OC_ROW_SAMPLED) && !engine->batch.sampled) row++;
        place->ended = row == end;
        place->row = (uint32_t)(row - engine->rows) + 1;
        place->day = place->ended ? OC_NO_DATE : row->day + row->shift;
        const oc_section *section = &engine->sections[place->ended ? program->section_count - 1 : row->section];
        place->next = engine->instructions + section->first;
        place->end = place->next + section->count;
    }
}

/* Generators of the next few draws of a run at once: each is a long chain of multiplications, several of which a
 * processor takes side by side. */
static void seed_ahead(oc_engine *engine)
{
    oc_ahead *ahead = &engine->ahead;
    ahead->used = ahead->count = 0;
    while (ahead->count < OC_AHEAD) {
        const oc_instruction *x = next_draw(engine, &ahead->place);
        if (!x) break;
        uint64_t *state = ahead->states[ahead->count];
        ahead->draws[ahead->count] = x;
        ahead->days[ahead->count++] = ahead->place.day;
        oc_streams_fill(state, state + OC_STREAMS, seed_of(engine, x), engine->sites[OC_SITE_OF(x->imm)].address,
                        oc_streams_date(date_of(engine, x, ahead->place.day), 0), engine->batch.index);
    }
}

static oc_streams seed_streams(const oc_engine *engine, const oc_instruction *x, uint32_t attempt)
{
    return oc_streams_seed(seed_of(engine, x), engine->sites[OC_SITE_OF(x->imm)].address,
                           date_of(engine, x, engine->day), attempt, engine->batch.index);
}

/* Generators of the draw that is being run: those seeded ahead if the run came here in order; whoever runs a section
 * again or passes one over gets the same ones, seeded for it alone. */
static oc_streams next_streams(oc_engine *engine, const oc_instruction *x)
{
    oc_ahead *ahead = &engine->ahead;
    if (ahead->used == ahead->count) seed_ahead(engine);
    size_t at = ahead->used;
    if (at == ahead->count || ahead->draws[at] != x || ahead->days[at] != engine->day)
        return seed_streams(engine, x, 0);
    ahead->used++;
    return oc_streams_from(ahead->states[at]);
}

/* Words of 32 bits, and truths about them, as many as a vector has. */
typedef int32_t halves __attribute__((vector_size(OC_VECTOR_BYTES)));

/* Words as whole numbers of 64 bits: the first half of the vector, and the second. */
static inline __attribute__((always_inline)) void spread_halves(halves words, oc_words ret[2])
{
#if defined(__AVX512F__)
    ret[0] = (oc_words)_mm512_cvtepu32_epi64(_mm512_castsi512_si256((__m512i)words));
    ret[1] = (oc_words)_mm512_cvtepu32_epi64(_mm512_extracti64x4_epi64((__m512i)words, 1));
#elif defined(__AVX2__)
    ret[0] = (oc_words)_mm256_cvtepu32_epi64(_mm256_castsi256_si128((__m256i)words));
    ret[1] = (oc_words)_mm256_cvtepu32_epi64(_mm256_extracti128_si256((__m256i)words, 1));
#else
    const halves zero = {0};
    ret[0] = (oc_words)__builtin_shufflevector(words, zero, 0, 4, 1, 5);
    ret[1] = (oc_words)__builtin_shufflevector(words, zero, 2, 6, 3, 7);
#endif
}

/* (w + 1/2) / 2^32 < chance, both sides times 2^32, for a group; its words and chances. */
static inline __attribute__((always_inline)) void coin_group(oc_truth *dst, const halves words[OC_VECTORS],
                                                             const oc_cell *chance)
{
    compared heads[OC_GROUP_VECTORS];
#pragma GCC unroll 4
    for (size_t i = 0; i < OC_VECTORS; i++) {
        oc_words whole[2];
        spread_halves(words[i], whole);
#pragma GCC unroll 2
        for (size_t k = 0; k < 2; k++) {
            const reals u = (reals)(whole[k] | UINT64_C(0x4330000000000000)) - (0x1p52 - 0.5);
            heads[2 * i + k] = COMPARED(u, <, load_reals(chance + OC_WORDS * (2 * i + k)) * 0x1p32, _CMP_LT_OQ);
        }
    }
    narrow(dst, heads);
}

/* Truths of a group, each as wide as a word, as bytes. */
static inline __attribute__((always_inline)) void narrow_halves(oc_truth *truths, const halves from[OC_VECTORS])
{
#if defined(__AVX512F__)
    _mm_storeu_si128((__m128i *)(void *)truths, _mm_movm_epi8(_mm512_movepi32_mask((__m512i)from[0])));
#elif defined(__AVX2__)
    const __m256i two = _mm256_packs_epi32((__m256i)from[0], (__m256i)from[1]);
    const __m256i lanes = _mm256_permute4x64_epi64(two, 0xd8);
    _mm_storeu_si128((__m128i *)(void *)truths,
                     _mm_packs_epi16(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1)));
#elif defined(__SSE2__)
    const __m128i low = _mm_packs_epi32((__m128i)from[0], (__m128i)from[1]);
    const __m128i high = _mm_packs_epi32((__m128i)from[2], (__m128i)from[3]);
    _mm_storeu_si128((__m128i *)(void *)truths, _mm_packs_epi16(low, high));
#elif defined(__wasm_simd128__)
    const v128_t low = wasm_i16x8_narrow_i32x4((v128_t)from[0], (v128_t)from[1]);
    const v128_t high = wasm_i16x8_narrow_i32x4((v128_t)from[2], (v128_t)from[3]);
    wasm_v128_store(truths, wasm_i8x16_narrow_i16x8(low, high));
#else
    for (size_t i = 0; i < OC_GROUP; i++) truths[i] = (oc_truth)from[i / (2 * OC_WORDS)][i % (2 * OC_WORDS)];
#endif
}

/* The generators behind so many groups of words in halves. */
static void pass_halves(oc_streams *streams, size_t lanes)
{
    for (size_t group = 0; group < lanes; group += OC_GROUP) oc_streams_pass(streams);
}

/* The same for all lanes: w is whole, so that w < bound - 1/2 rounded up says it in integers. */
OPERATION void coin_scalar(oc_truth *dst, oc_streams streams, double bound, const oc_where *where)
{
    const double limit = -oc_k_floor(0.5 - bound);
    if (!(limit > 0.0) || limit > 0x1p32 - 1.0) {
        LANES_OF(where, i) dst[i] = truth(limit > 0.0);
        return;
    }
    const int32_t sign = INT32_MIN, below = (int32_t)((uint32_t)limit ^ 0x80000000u);
    size_t done = 0;
    for (uint32_t run = 0; run < where->count; run++) {
        const size_t first = where->runs[run].first, end = first + where->runs[run].lanes;
        pass_halves(&streams, first - done);
        for (size_t group = first; group < end; group += OC_GROUP) {
            halves less[OC_VECTORS];
#pragma GCC unroll 4
            for (size_t i = 0; i < OC_VECTORS; i++) less[i] = ((halves)oc_streams_step(&streams, i) ^ sign) < below;
            narrow_halves(dst + group, less);
        }
        done = end;
    }
}

OPERATION void coin(oc_engine *engine, const oc_instruction *x, const oc_where *where)
{
    oc_streams streams = next_streams(engine, x);
    oc_truth *dst = truths_of(engine, x->dst);
    source chance = number(engine, x->a);
    if (!chance.column) {
        coin_scalar(dst, streams, chance.scalar * 0x1p32, where);
        return;
    }
    for (size_t group = 0; group < OC_LANES; group += OC_GROUP) {
        halves words[OC_VECTORS];
#pragma GCC unroll 4
        for (size_t i = 0; i < OC_VECTORS; i++) words[i] = (halves)oc_streams_step(&streams, i);
        coin_group(dst + group, words, chance.column + group);
    }
}

#define DRAW_BY_UNIFORM(NAME, EXPRESSION)                                           \
    OPERATION void NAME(oc_cell *dst, const oc_truth *when, oc_streams streams)      \
    {                                                                               \
        for (size_t group = 0; group < OC_LANES; group += OC_GROUP) {               \
            uint64_t words[OC_GROUP];                                               \
            oc_streams_group(&streams, words);                                      \
            oc_cell *out = dst + group;                                             \
            if (when && !matters(when, group)) {                                    \
                leave_out(out);                                                     \
                continue;                                                           \
            }                                                                       \
            OC_EACH                                                                 \
            for (size_t i = 0; i < OC_GROUP; i++) {                                 \
                const double u = oc_uniform(words[i]);                              \
                out[i].f = EXPRESSION;                                              \
            }                                                                       \
        }                                                                           \
    }

DRAW_BY_UNIFORM(uniforms_all, u)
DRAW_BY_UNIFORM(normals_any, oc_k_normal_inverse(u))
DRAW_BY_UNIFORM(exponentials_all, -oc_k_log_positive(u))

/* The far tail is left out, and all done again in the rare batch that has a lane there. */
OPERATION void normals_all(oc_cell *dst, const oc_truth *when, oc_streams streams)
{
    if (when) {
        normals_any(dst, when, streams);
        return;
    }
    uniforms_all(dst, NULL, streams);
    uint64_t far = 0;
    LANES(i) {
        double r = oc_k_normal_depth(dst[i].f);
        far |= oc_bits(r > OC_NORMAL_FAR ? 1.0 : 0.0);
        dst[i].f = oc_k_normal_join(dst[i].f, oc_k_normal_tail(r));
    }
    if (far) normals_any(dst, NULL, streams);
}

/* Uniforms in some groups; the generators pass over the others. */
OPERATION void uniforms_some(oc_cell *dst, oc_streams streams, const oc_where *where)
{
    size_t done = 0;
    for (uint32_t run = 0; run < where->count; run++) {
        const size_t first = where->runs[run].first, end = first + where->runs[run].lanes;
        pass_halves(&streams, 2 * (first - done));
        for (size_t group = first; group < end; group += OC_GROUP) {
            uint64_t words[OC_GROUP];
            oc_streams_group(&streams, words);
            OC_EACH
            for (size_t i = 0; i < OC_GROUP; i++) dst[group + i].f = oc_uniform(words[i]);
        }
        done = end;
    }
}

static void draw_by_uniform(oc_engine *engine, const oc_instruction *x, const oc_where *where)
{
    oc_cell *dst = column_of(engine, x->dst);
    const oc_truth *when = x->c == OC_NONE ? NULL : truths_of(engine, x->c);
    const oc_streams streams = next_streams(engine, x);
    if (x->op == OC_OP_UNIFORM && (x->imm & OC_WHERE)) uniforms_some(dst, streams, where);
    else if (when && !any_of(when)) fill(dst, 0.0);
    else if (x->op == OC_OP_UNIFORM) uniforms_all(dst, NULL, streams); /* cheaper than looking */
    else if (x->op == OC_OP_NORMAL) normals_all(dst, when, streams);
    else exponentials_all(dst, when, streams);
}

/* As many singles, as doubles; left to themselves compilers take detours. */
static reals load_singles(const float *values)
{
#if defined(__AVX512F__)
    return (reals)_mm512_cvtps_pd(_mm256_loadu_ps(values));
#elif defined(__AVX2__)
    return (reals)_mm256_cvtps_pd(_mm_loadu_ps(values));
#else
    return (reals){(double)values[0], (double)values[1]};
#endif
}

/* dst = NEXT, an expression of vectors at group + at. */
#define STEPS(NEXT)                                                                 \
    GROUPS_OF(where, group) {                                                       \
        _Pragma("GCC unroll 8")                                                     \
        for (size_t at = 0; at < OC_GROUP; at += OC_WORDS) store_reals(dst + group + at, NEXT); \
    }
#define REALS(COLUMN) load_reals((COLUMN) + group + at)
#define SINGLES load_singles(z + group + at)

/* The pairs of groups with a lane of `where`, a bit for each. */
static uint32_t pairs_of(const oc_where *where)
{
    uint32_t pairs = 0;
    for (uint32_t run = 0; run < where->count; run++) {
        const size_t first = where->runs[run].first / OC_FAST_PAIR;
        const size_t last = (where->runs[run].first + where->runs[run].lanes - 1) / OC_FAST_PAIR;
        for (size_t pair = first; pair <= last; pair++) pairs |= UINT32_C(1) << pair;
    }
    return pairs;
}

/* Normals into engine->normals. Noise that is the same for all lanes goes into them, unless single precision could not
 * hold them: true if it did. */
static bool draw_noise(oc_engine *engine, const oc_instruction *x, source noise, const oc_where *where)
{
    const double size = oc_k_abs(noise.scalar);
    const bool scaled = !noise.column && size >= 1e-6 && size <= 1e6;
    const oc_streams streams = next_streams(engine, x);
    oc_fast_normals(engine->normals, &streams, scaled ? (float)noise.scalar : 1.0f, *engine->normal_rows,
                    pairs_of(where));
    return scaled;
}

OPERATION void walk(oc_engine *engine, const oc_instruction *x, const oc_where *where)
{
    source b = number(engine, x->b);
    const oc_cell *a = spread(engine, x->a, 0);
    /* adding -0 changes nothing, not even the sign of a zero */
    source c = x->c == OC_NONE ? (source){NULL, -0.0} : number(engine, x->c);
    const bool scaled = draw_noise(engine, x, b, where);
    const float *z = engine->normals;
    oc_cell *dst = column_of(engine, x->dst);
    if (scaled && c.column) {
        STEPS((REALS(a) + REALS(c.column)) + SINGLES)
    } else if (scaled) {
        const double drift = c.scalar;
        STEPS((REALS(a) + drift) + SINGLES)
    } else {
        const oc_cell *wide_b = spread_source(engine, b, 1), *wide_c = spread_source(engine, c, 2);
        STEPS((REALS(a) + REALS(wide_c)) + REALS(wide_b) * SINGLES)
    }
}

OPERATION void bridge(oc_engine *engine, const oc_instruction *x, const oc_where *where)
{
    source d = number(engine, x->d);
    const oc_cell *a = spread(engine, x->a, 0), *b = spread(engine, x->b, 1);
    const double after = number(engine, x->c).scalar, before = 1.0 - after;
    const bool scaled = draw_noise(engine, x, d, where);
    const float *z = engine->normals;
    oc_cell *dst = column_of(engine, x->dst);
    if (scaled) {
        STEPS((REALS(a) * before + REALS(b) * after) + SINGLES)
    } else {
        const oc_cell *wide_d = spread_source(engine, d, 2);
        STEPS((REALS(a) * before + REALS(b) * after) + REALS(wide_d) * SINGLES)
    }
}

/* Sixteen lanes' worth of two uniforms each. */
typedef struct uniforms {
    double u[OC_GROUP], v[OC_GROUP];
} uniforms;

static void next_uniforms(oc_streams *streams, uniforms *ret)
{
    uint64_t first[OC_GROUP], second[OC_GROUP];
    oc_streams_group(streams, first);
    oc_streams_group(streams, second);
    for (size_t i = 0; i < OC_GROUP; i++) {
        ret->u[i] = oc_uniform(first[i]);
        ret->v[i] = oc_uniform(second[i]);
    }
}

static bool any_pending(const bool pending[OC_GROUP])
{
    bool any = false;
    for (size_t i = 0; i < OC_GROUP; i++) any |= pending[i];
    return any;
}

/* An attempt at the lanes of `pending`; returns how many are done. */
static size_t gamma_attempt(oc_streams *streams, const oc_cell shape[OC_GROUP], bool pending[OC_GROUP],
                            oc_cell out[OC_GROUP])
{
    uniforms draw;
    next_uniforms(streams, &draw);
    if (!any_pending(pending)) return 0;
    double logs[OC_GROUP], good[OC_GROUP];
    OC_EACH
    for (size_t i = 0; i < OC_GROUP; i++) {
        double a = oc_gamma_shape(shape[i].f);
        a = a < 1.0 ? a + 1.0 : a;
        good[i] = oc_gamma_attempt(a, draw.u[i], draw.v[i], &logs[i]);
        good[i] = shape[i].f > 0.0 ? good[i] : 1.0;
    }
    size_t done = 0;
    for (size_t i = 0; i < OC_GROUP; i++) {
        if (!pending[i]) continue;
        out[i].f = logs[i];
        pending[i] = good[i] == 0.0;
        done += !pending[i];
    }
    return done;
}

/* Shapes below 1 take a gamma of shape a + 1 times u^(1/a) (Marsaglia and Tsang, section 6). */
static void gamma_boost(oc_streams streams, const oc_cell *shape, oc_cell *out)
{
    for (size_t group = 0; group < OC_LANES; group += OC_GROUP) {
        uniforms draw;
        next_uniforms(&streams, &draw);
        OC_EACH
        for (size_t i = 0; i < OC_GROUP; i++) {
            double a = oc_gamma_shape(shape[group + i].f);
            double more = oc_k_log_positive(draw.u[i]) / a;
            out[group + i].f += a < 1.0 ? more : 0.0;
        }
    }
}

/* Logarithms of standard gamma variates into `out`. The uniform of gamma_boost() has the last attempt of the sampler's
 * range to itself. */
static void gamma_logs(const oc_engine *engine, const oc_instruction *x, const oc_cell *shape, uint32_t first_attempt,
                       oc_cell *out)
{
    bool pending[OC_LANES];
    size_t left = OC_LANES;
    bool boost = false;
    for (size_t i = 0; i < OC_LANES; i++) {
        pending[i] = true;
        boost |= shape[i].f < 1.0;
    }
    for (uint32_t attempt = 0; left && attempt < OC_ATTEMPT_LIMIT - 1; attempt++) {
        oc_streams streams = seed_streams(engine, x, first_attempt + attempt);
        for (size_t group = 0; group < OC_LANES; group += OC_GROUP)
            left -= gamma_attempt(&streams, shape + group, pending + group, out + group);
    }
    for (size_t i = 0; left && i < OC_LANES; i++) {
        double a = oc_gamma_shape(shape[i].f);
        if (pending[i]) out[i].f = oc_k_log_positive(a < 1.0 ? a + 1.0 : a);
    }
    if (boost) gamma_boost(seed_streams(engine, x, first_attempt + OC_ATTEMPT_LIMIT - 1), shape, out);
}

static double gamma_result(double shape, double log_value)
{
    double y = oc_k_exp(log_value);
    return shape > 0.0 && shape < OC_NEVER ? y : OC_NAN;
}

OPERATION void draw_gamma(const oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *shape = spread(engine, x->a, 0);
    oc_cell *logs = engine->wide[2];
    gamma_logs(engine, x, shape, 0, logs);
    oc_cell *dst = column_of(engine, x->dst);
    LANES(i) dst[i].f = gamma_result(shape[i].f, logs[i].f);
}

/* X / (X + Y) of two gammas, by their logarithms: exact also where both underflow. */
OPERATION void draw_beta(const oc_engine *engine, const oc_instruction *x)
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

OPERATION void draw_poisson(const oc_engine *engine, const oc_instruction *x)
{
    const oc_cell *mean = spread(engine, x->a, 0);
    oc_cell *out = engine->wide[2];
    bool pending[OC_LANES];
    size_t left = OC_LANES;
    for (size_t i = 0; i < OC_LANES; i++) pending[i] = true;
    for (uint32_t attempt = 0; left && attempt < OC_ATTEMPT_LIMIT; attempt++) {
        oc_streams streams = seed_streams(engine, x, attempt);
        for (size_t group = 0; group < OC_LANES; group += OC_GROUP) {
            uniforms draw;
            next_uniforms(&streams, &draw);
            if (!any_pending(pending + group)) continue;
            for (size_t i = 0; i < OC_GROUP; i++) {
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
    copy(column_of(engine, x->dst), (source){out, 0.0}, &engine->everywhere);
}

#endif
