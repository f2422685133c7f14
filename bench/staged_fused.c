/* The staged model as one vector loop by hand: what the interpreter is measured against. The draws are the engine's own
 * (same addresses, same arithmetic), so that the counts agree one for one. Compiled for each instruction set. */
#include "bench.h"
#include "engine/fast_normal.h"

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)

typedef struct batch {
    double readiness[OC_LANES];
    uint64_t assessed[OC_LANES];
    double stage[OC_LANES], month[OC_LANES];
} batch;

static int32_t day_of(int month)
{
    return (int32_t)(month * 30.4375);
}

static float normals[OC_LANES];
static oc_fast_rows rows;

static void tick(batch *b, uint64_t seed, uint32_t index, int month)
{
    oc_streams streams = oc_streams_seed(seed, STAGED_WALK_SITE, day_of(month), 0, index);
    oc_fast_normals(normals, &streams, (float)STAGED_NOISE, rows);
    OC_EACH
    for (size_t i = 0; i < OC_LANES; i++) b->readiness[i] = (b->readiness[i] + STAGED_DRIFT) + (double)normals[i];
}

static void assess(batch *b, uint64_t seed, uint32_t index, int month)
{
    oc_streams streams = oc_streams_seed(seed, STAGED_PASS_SITE, day_of(month) + 10, 0, index);
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
        double stage = b->stage[i];
        double after = oc_from_bits(oc_bits(1.0) & b->assessed[i] & (stage < 3.0 ? UINT64_MAX : 0)) + stage;
        b->month[i] = (after == 3.0) & (stage < 3.0) ? (double)month : b->month[i];
        b->stage[i] = after;
    }
}

void JOIN(staged_fused_, OC_BENCH_ISA)(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1])
{
    static batch b;
    for (uint32_t index = 0; index * (uint64_t)OC_LANES < runs; index++) {
        for (size_t i = 0; i < OC_LANES; i++) {
            b.readiness[i] = STAGED_START;
            b.stage[i] = 0.0;
            b.month[i] = STAGED_MONTHS;
        }
        for (int month = 0; month < STAGED_MONTHS; month++) {
            tick(&b, seed, index, month);
            if (month % 12 == 7) assess(&b, seed, index, month);
            if (month % 12 == 10) meet(&b, month);
        }
        for (size_t i = 0; i < OC_LANES; i++) counts[(uint32_t)b.month[i]]++;
    }
}

double JOIN(staged_draws_, OC_BENCH_ISA)(uint64_t runs, uint64_t seed)
{
    float sum[16] = {0};
    uint64_t coins = 0;
    for (uint32_t index = 0; index * (uint64_t)OC_LANES < runs; index++) {
        for (int month = 0; month < STAGED_MONTHS; month++) {
            oc_streams streams = oc_streams_seed(seed, STAGED_WALK_SITE, day_of(month), 0, index);
            oc_fast_normals(normals, &streams, 1.0f, rows);
            for (size_t group = 0; group < OC_LANES; group += 16)
                for (size_t i = 0; i < 16; i++) sum[i] += normals[group + i];
            if (month % 12 != 7) continue;
            streams = oc_streams_seed(seed, STAGED_PASS_SITE, day_of(month) + 10, 0, index);
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
