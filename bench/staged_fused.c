/* The staged model as one vector loop by hand: what the interpreter is measured against. The draws are the engine's own
 * (same addresses, same arithmetic), so that the counts agree one for one. Compiled for each instruction set. */
#include "bench.h"
#include "engine/fast_normal.h"

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

typedef struct batch {
    double readiness[OC_LANES], end[OC_LANES];
    uint64_t assessed[OC_LANES];
    double stage[OC_LANES], month[OC_LANES];
} batch;

enum { MOST_AT_ONCE = 4 };
static float normals[MOST_AT_ONCE][OC_LANES];
static oc_fast_rows rows;

static void draw(float out[OC_LANES], uint64_t seed, uint32_t index, int month, double noise)
{
    oc_streams streams = oc_streams_seed(seed, STAGED_WALK_SITE, staged_day(month), 0, index);
    oc_fast_normals(out, &streams, (float)noise, rows, UINT32_MAX);
}

/* A month's step of `path`. */
static void tick(double path[OC_LANES], uint64_t seed, uint32_t index, int month)
{
    draw(normals[0], seed, index, month, STAGED_NOISE);
    OC_EACH
    for (size_t i = 0; i < OC_LANES; i++) path[i] = (path[i] + STAGED_DRIFT) + (double)normals[0][i];
}

/* A year's end, and the way down to its August; `january` begins it. */
static void year(batch *b, uint64_t seed, uint32_t index, int january)
{
    draw(normals[0], seed, index, january + 12, STAGED_YEAR_NOISE);
    draw(normals[1], seed, index, january + 6, STAGED_JULY_NOISE);
    draw(normals[2], seed, index, january + 9, STAGED_OCTOBER_NOISE);
    draw(normals[3], seed, index, january + 7, STAGED_AUGUST_NOISE);
    const double third = 1.0 / 3.0, rest = 1.0 - 1.0 / 3.0;
    OC_EACH
    for (size_t i = 0; i < OC_LANES; i++) {
        double begin = b->end[i], end = (begin + 12 * STAGED_DRIFT) + (double)normals[0][i];
        double july = (begin * 0.5 + end * 0.5) + (double)normals[1][i];
        double october = (july * 0.5 + end * 0.5) + (double)normals[2][i];
        b->readiness[i] = (july * rest + october * third) + (double)normals[3][i];
        b->end[i] = end;
    }
}

static void assess(batch *b, uint64_t seed, uint32_t index, int month)
{
    oc_streams streams = oc_streams_seed(seed, STAGED_PASS_SITE, staged_day(month) + 10, 0, index);
    for (size_t group = 0; group < OC_LANES; group += 16) {
        uint32_t w[16];
        oc_streams_halves(&streams, w);
        OC_EACH
        for (size_t i = 0; i < 16; i++) {
            double u = oc_from_bits(UINT64_C(0x4330000000000000) | w[i]) - (0x1p52 - 0.5);
            bool pass = (u < STAGED_PASS * 0x1p32) & (STAGED_THRESHOLD < b->readiness[group + i]);
            b->assessed[group + i] = pass ? UINT64_MAX : 0;
        }
    }
}

static void meet(batch *b, int month)
{
    OC_EACH
    for (size_t i = 0; i < OC_LANES; i++) {
        double stage = b->stage[i] + oc_from_bits(oc_bits(1.0) & b->assessed[i]);
        uint64_t done = b->assessed[i] & (stage == 3.0 ? UINT64_MAX : 0);
        b->month[i] = done ? (double)month : b->month[i];
        b->stage[i] = stage;
    }
}

static void run(bool monthly, uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1])
{
    static batch b;
    for (uint32_t index = 0; index * (uint64_t)OC_LANES < runs; index++) {
        for (size_t i = 0; i < OC_LANES; i++) {
            b.readiness[i] = b.end[i] = STAGED_START;
            b.stage[i] = 0.0;
            b.month[i] = STAGED_MONTHS;
        }
        if (!monthly) tick(b.end, seed, index, 0);
        for (int month = 0; month < STAGED_MONTHS; month++) {
            if (monthly) tick(b.readiness, seed, index, month);
            else if (month % 12 == 7) year(&b, seed, index, month - 7);
            if (month % 12 == 7) assess(&b, seed, index, month);
            if (month % 12 == 10) meet(&b, month);
        }
        for (size_t i = 0; i < OC_LANES; i++) counts[(uint32_t)b.month[i]]++;
    }
}

void JOIN(staged_fused_, OC_BENCH_ISA)(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1])
{
    run(false, runs, seed, counts);
}

void JOIN(staged_monthly_, OC_BENCH_ISA)(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1])
{
    run(true, runs, seed, counts);
}

/* Of these months, or all. */
static double draw_only(const bool wanted[12], uint64_t runs, uint64_t seed)
{
    float sum[16] = {0};
    uint64_t coins = 0;
    for (uint32_t index = 0; index * (uint64_t)OC_LANES < runs; index++) {
        for (int month = 0; month <= STAGED_MONTHS; month++) {
            if (!wanted[month % 12]) continue;
            draw(normals[0], seed, index, month, 1.0);
            for (size_t group = 0; group < OC_LANES; group += 16)
                for (size_t i = 0; i < 16; i++) sum[i] += normals[0][group + i];
            if (month % 12 != 7) continue;
            oc_streams streams = oc_streams_seed(seed, STAGED_PASS_SITE, staged_day(month) + 10, 0, index);
            for (size_t group = 0; group < OC_LANES; group += 16) {
                uint64_t words[OC_STREAMS];
                oc_streams_next(&streams, words);
                for (size_t i = 0; i < OC_STREAMS; i++) coins += words[i];
            }
        }
    }
    double total = (double)coins;
    for (size_t i = 0; i < 16; i++) total += (double)sum[i];
    return total;
}

double JOIN(staged_draws_, OC_BENCH_ISA)(uint64_t runs, uint64_t seed)
{
    static const bool wanted[12] = {[0] = true, [6] = true, [7] = true, [9] = true};
    return draw_only(wanted, runs, seed);
}

double JOIN(staged_all_draws_, OC_BENCH_ISA)(uint64_t runs, uint64_t seed)
{
    static const bool all[12] = {true, true, true, true, true, true, true, true, true, true, true, true};
    return draw_only(all, runs, seed);
}
