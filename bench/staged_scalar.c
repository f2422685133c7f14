/* The staged model by hand in scalar C: one trajectory at a time, leaving as soon as it is done; xoshiro256++ and a
 * ziggurat of 256 layers (Marsaglia and Tsang 2000, in Doornik's form of 2005). Compiled with -O3 -march=native. */
#include <math.h>
#include <stdint.h>

#include "bench.h"

static uint64_t s[4];

static inline uint64_t rotate(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

static inline uint64_t next(void)
{
    uint64_t result = rotate(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

static inline double uniform(void)
{
    return (double)(next() >> 11) * 0x1p-53;
}

enum { LAYERS = 256 };
#define TAIL 3.6541528853610088
#define AREA 0.00492867323399

static double edge[LAYERS + 1], ratio[LAYERS];

static void prepare(void)
{
    double f = exp(-0.5 * TAIL * TAIL);
    edge[0] = AREA / f;
    edge[1] = TAIL;
    edge[LAYERS] = 0.0;
    for (int i = 2; i < LAYERS; i++) {
        edge[i] = sqrt(-2.0 * log(AREA / edge[i - 1] + f));
        f = exp(-0.5 * edge[i] * edge[i]);
    }
    for (int i = 0; i < LAYERS; i++) ratio[i] = edge[i + 1] / edge[i];
}

static double from_tail(bool negative)
{
    double x, y;
    do {
        x = log(uniform() + 0x1p-54) / TAIL;
        y = log(uniform() + 0x1p-54);
    } while (-2.0 * y < x * x);
    return negative ? x - TAIL : TAIL - x;
}

static inline double normal(void)
{
    for (;;) {
        uint64_t word = next();
        double u = (double)((int64_t)word >> 11) * 0x1p-52;
        unsigned layer = (unsigned)word & (LAYERS - 1);
        if (fabs(u) < ratio[layer]) return u * edge[layer];
        if (layer == 0) return from_tail(u < 0.0);
        double x = u * edge[layer];
        double above = exp(-0.5 * (edge[layer] * edge[layer] - x * x));
        double below = exp(-0.5 * (edge[layer + 1] * edge[layer + 1] - x * x));
        if (below + uniform() * (above - below) < 1.0) return x;
    }
}

void staged_scalar(uint64_t runs, uint64_t seed, uint64_t counts[STAGED_MONTHS + 1])
{
    if (edge[0] == 0.0) prepare();
    for (int i = 0; i < 4; i++) s[i] = seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    for (uint64_t run = 0; run < runs; run++) {
        double readiness = STAGED_START;
        int stage = 0, month = 0;
        bool assessed = false;
        for (; month < STAGED_MONTHS; month++) {
            readiness += STAGED_DRIFT + STAGED_NOISE * normal();
            int of_year = month % 12;
            if (of_year == 7) assessed = readiness > STAGED_THRESHOLD && uniform() < STAGED_PASS;
            if (of_year == 10 && assessed && ++stage == 3) break;
        }
        counts[month]++;
    }
}

double draws_scalar(uint64_t count)
{
    if (edge[0] == 0.0) prepare();
    if (!s[0]) s[0] = 1;
    double sum = 0.0;
    for (uint64_t i = 0; i < count; i++) sum += normal();
    return sum;
}
