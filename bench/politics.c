/* How long one solution takes, and against what: the straightforward versions below follow the specifications line by
 * line, with powers and sums where the text has them.
 *
 *     ninja -C build bench/bench_politics && build/bench/bench_politics          (single-threaded; about five seconds)
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "politics/bargain.h"
#include "politics/outcome.h"

enum { MOST = 40 };
static double x[MOST], c[MOST], s[MOST];
static uint32_t bits = 1;

static double next(void)
{
    bits = bits * 1664525u + 1013904223u;
    return (bits >> 8) * 0x1p-24;
}

static void draw(size_t n)
{
    for (size_t k = 0; k < n; k++) {
        x[k] = next();
        s[k] = 0.1 + 0.9 * next();
        c[k] = 1 + 99 * next();
    }
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* --- the challenge model as it is written down --- */

static double plain_vote(size_t k, double a, double b, const double *r, double range)
{
    return c[k] * s[k] * (pow(fabs(x[k] - b) / range, r[k]) - pow(fabs(x[k] - a) / range, r[k]));
}

static double plain_expected(size_t n, size_t viewer, size_t a, size_t b, const double *r, double range, double z)
{
    double pro = 0, d = fabs(x[a] - x[b]) / range, e = r[viewer];
    for (size_t k = 0; k < n; k++) pro += fmax(0, plain_vote(k, x[a], x[b], r, range));
    double p = pro / z, win = 2 - 4 * pow(0.5 - 0.5 * d, e), lose = 2 - 4 * pow(0.5 + 0.5 * d, e);
    return s[b] * (p * win + (1 - p) * lose) + (1 - s[b]) * win - (2 - 4 * pow(0.5, e));
}

static double plain_total(size_t n, const double *r, double range)
{
    double z = 0;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            for (size_t k = 0; k < n; k++) z += fabs(plain_vote(k, x[a], x[b], r, range));
    return z;
}

static void plain_challenge(size_t n, double *next_position)
{
    double low = 2, high = -1, danger[MOST], r[MOST], most = -INFINITY, least = INFINITY;
    for (size_t k = 0; k < n; k++) low = fmin(low, x[k]), high = fmax(high, x[k]), r[k] = 1;
    double range = high - low, z = plain_total(n, r, range);
    for (size_t i = 0; i < n; i++) {
        danger[i] = 0;
        for (size_t j = 0; j < n; j++)
            if (j != i) danger[i] += plain_expected(n, i, j, i, r, range, z);
        most = fmax(most, danger[i]), least = fmin(least, danger[i]);
    }
    for (size_t i = 0; i < n; i++) {
        double risk = (2 * danger[i] - most - least) / (most - least);
        r[i] = (1 - risk / 3) / (1 + risk / 3);
    }
    z = plain_total(n, r, range);
    for (size_t i = 0; i < n; i++) {
        double fight = INFINITY, blend = INFINITY;
        next_position[i] = x[i];
        for (size_t j = 0; j < n; j++) {
            if (x[j] == x[i]) continue;
            double a = plain_expected(n, i, i, j, r, range, z), b = plain_expected(n, i, j, i, r, range, z);
            if (b > a && a > 0 && fabs(x[j] - x[i]) < fight) {
                fight = fabs(x[j] - x[i]);
                next_position[i] = x[j];
            } else if (b > 0 && a < 0 && b > -a && fight == INFINITY && (-a * x[i] + b * x[j]) / (b - a) < blend) {
                blend = (-a * x[i] + b * x[j]) / (b - a);
                next_position[i] = x[i] + (x[j] - x[i]) * (-a / b);
            }
        }
    }
}

/* --- one dimension of the spatial model as it is written down (default options, ktab14) --- */

static double u(double d, double risk) { return (1 - d) * (1 + d * risk); }

typedef struct spatial_plain {
    size_t n;
    double q[MOST], risk[MOST];
} spatial_plain;

static void plain_pce(size_t options, size_t voters, double (*utility)[MOST], double *p)
{
    double sum = 0;
    for (size_t a = 0; a < options; a++) {
        p[a] = 1;
        for (size_t b = 0; b < options; b++) {
            double pro = 1e-8, con = 1e-8;
            for (size_t k = 0; k < voters; k++) {
                double v = c[k] * (utility[a][k] - utility[b][k]);
                if (v > 0) pro += v; else con -= v;
            }
            p[a] *= pro / (pro + con);
        }
        sum += p[a];
    }
    for (size_t a = 0; a < options; a++) p[a] /= sum;
}

static double seen(const spatial_plain *it, size_t h, size_t k, size_t j)
{
    return u(fabs(it->q[k] - it->q[j]), (2 * it->risk[h] + it->risk[k]) / 3);
}

static double plain_chance(const spatial_plain *it, size_t i, size_t j)
{
    double vi = s[i] * c[i] * (seen(it, i, i, i) - seen(it, i, i, j)), vj = s[j] * c[j] * (seen(it, i, j, i) - seen(it, i, j, j));
    double li = 1e-10 + fmax(vi, 0) + fmax(vj, 0), lj = 1e-10 + fmax(-vi, 0) + fmax(-vj, 0), bi = li, bj = lj;
    for (size_t m = 0; m < it->n; m++) {
        if (m == i || m == j) continue;
        double a = seen(it, i, m, i), b = seen(it, i, m, j), o = seen(it, i, m, m), v0 = s[m] * c[m] * (a - b);
        double w = (bi + fmax(v0, 0)) / (bi + bj + fabs(v0));
        double v = s[m] * c[m] * ((w * (2 * a + o) + (1 - w) * 3 * b) - (w * 3 * a + (1 - w) * (2 * b + o)));
        if (v > 0) li += v; else lj -= v;
    }
    return li / (li + lj);
}

static int plain_spatial(size_t n)
{
    static double utility[2 * MOST + 1][MOST];
    spatial_plain it = {.n = n};
    double first = 0;
    memcpy(it.q, x, n * sizeof *x);
    for (int turn = 1; turn <= 100; turn++) {
        double p[2 * MOST + 1], least = 1, most = 0, moved = 0, proposal[MOST][2], next_position[MOST];
        size_t target[MOST];
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < n; k++) utility[j][k] = u(fabs(it.q[k] - it.q[j]), 0);
        plain_pce(n, n, utility, p);
        for (size_t k = 0; k < n; k++) least = fmin(least, p[k]), most = fmax(most, p[k]);
        for (size_t k = 0; k < n; k++) it.risk[k] = most > least ? (3 * p[k] - most - 2 * least) / (2 * (most - least)) : 0;
        for (size_t i = 0; i < n; i++) {
            double best = 1e-5;
            target[i] = n;
            for (size_t j = 0; j < n; j++) {
                if (j == i) continue;
                double chance = plain_chance(&it, i, j), ii = seen(&it, i, i, i), ij = seen(&it, i, i, j);
                double gain = (1 - s[j]) * 2 * ii + s[j] * (chance * 2 * ii + (1 - chance) * 2 * ij) - (ii + ij);
                if (gain <= best) continue;
                best = gain;
                target[i] = j;
                double wi = s[i] * s[i] * chance * chance, wj = s[j] * s[j] * (1 - chance) * (1 - chance), sum = wi + wj + 1e-6;
                proposal[i][0] = floor(0.5 + 10000 * ((wi + 1e-6) * it.q[i] + wj * it.q[j]) / sum) / 10000;
                proposal[i][1] = floor(0.5 + 10000 * (wi * it.q[i] + (wj + 1e-6) * it.q[j]) / sum) / 10000;
            }
        }
        for (size_t k = 0; k < n; k++) {
            size_t options = 1, which[MOST + 1];
            for (size_t b = 0; b <= n; b++) {
                if (b && (target[b - 1] == n || (b - 1 != k && target[b - 1] != k))) continue;
                size_t slot = b ? options++ : 0;
                which[slot] = b;
                for (size_t a = 0; a < n; a++) {
                    double sum = 0;
                    for (size_t m = 0; m < n; m++) {
                        double at = it.q[m];
                        if (b && m == b - 1) at = proposal[b - 1][0];
                        if (b && m == target[b - 1]) at = proposal[b - 1][1];
                        sum += u(fabs(it.q[a] - at), it.risk[a]);
                    }
                    utility[slot][a] = sum / (double)n;
                }
            }
            plain_pce(options, n, utility, p);
            size_t best = 0;
            for (size_t t = 1; t < options; t++)
                if (p[t] > p[best]) best = t;
            next_position[k] = best ? proposal[which[best] - 1][which[best] - 1 == k ? 0 : 1] : it.q[k];
        }
        for (size_t k = 0; k < n; k++) moved += fabs(next_position[k] - it.q[k]), it.q[k] = next_position[k];
        if (turn == 1) first = moved;
        if (turn >= 2 && moved / (first + 1e-4) < 0.02) return turn;
    }
    return 100;
}

/* --- timing --- */

typedef struct timing {
    double ours, plain; /* seconds a solution */
} timing;

static timing time_challenge(oc_arena *arena, size_t n)
{
    oc_challenge_work *work = oc_challenge_work_new(arena, n);
    oc_challenge_options options = {.q = 1};
    double y[MOST];
    timing it = {0};
    for (int plain = 0; plain < 2; plain++) {
        size_t solved = 0;
        double start = seconds();
        bits = 1;
        for (; seconds() - start < 0.5; solved++) {
            draw(n);
            double low = 2, high = -1;
            for (size_t k = 0; k < n; k++) low = fmin(low, x[k]), high = fmax(high, x[k]);
            if (plain)
                plain_challenge(n, y);
            else
                oc_challenge_round(work, &options, x, c, s, n, high - low, y, NULL);
        }
        *(plain ? &it.plain : &it.ours) = (seconds() - start) / (double)solved;
    }
    return it;
}

static timing time_spatial(oc_arena *arena, size_t n)
{
    oc_spatial_options options = oc_spatial_default();
    oc_spatial_input input = {n, 1, x, s, c, NULL, NULL};
    options.ktab14 = true;
    oc_spatial *model = oc_spatial_new(arena, &input, &options);
    timing it = {0};
    for (int plain = 0; plain < 2; plain++) {
        size_t solved = 0;
        double start = seconds();
        bits = 1;
        for (; seconds() - start < 0.5; solved++) {
            draw(n);
            if (plain) {
                plain_spatial(n);
                continue;
            }
            oc_spatial_reset(model, 0);
            while (oc_spatial_step(model)) {}
        }
        *(plain ? &it.plain : &it.ours) = (seconds() - start) / (double)solved;
    }
    return it;
}

static void show(const char *what, size_t n, timing it)
{
    printf("%-34s %3zu actors  %9.1f us  plain %9.1f us  ratio %5.1f\n", what, n, 1e6 * it.ours, 1e6 * it.plain, it.plain / it.ours);
}

static void time_ensemble(oc_arena *arena, oc_bargain_model model)
{
    enum { N = 20 };
    oc_sources sources = {.arena = arena};
    oc_diags diags = {.arena = arena, .sources = &sources};
    oc_bargain_table table;
    oc_bargain_table_init(&table, arena, N, 1);
    table.issues[0].name = OC_SLICE("x");
    draw(N);
    for (size_t k = 0; k < N; k++) {
        table.actors[k].name = oc_arena_printf(arena, "actor %zu", k);
        table.actors[k].capability = oc_bargain_exactly(c[k]);
        *oc_bargain_cell_at(&table, k, 0) = (oc_bargain_cell){.present = true, .right = 1,
            .capability = oc_bargain_exactly(c[k]), .position = oc_bargain_exactly(100 * x[k]), .salience = oc_bargain_exactly(s[k])};
    }
    oc_bargain_options options = oc_bargain_default(model, &table);
    oc_bargain_result result;
    options.runs = 10000;
    options.threads = 2;
    double start = seconds();
    oc_bargain_run(arena, &diags, &table, &options, NULL, &result);
    printf("%-34s  10,000 draws of 20 actors, 2 threads: %.2f s\n", oc_bargain_model_name(model), seconds() - start);
}

int main(void)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    show("challenge model, one round", 10, time_challenge(&arena, 10));
    show("challenge model, one round", 20, time_challenge(&arena, 20));
    show("spatial model (ktab14), to the end", 10, time_spatial(&arena, 10));
    show("spatial model (ktab14), to the end", 20, time_spatial(&arena, 20));
    time_ensemble(&arena, OC_MODEL_COMPROMISE);
    time_ensemble(&arena, OC_MODEL_CHALLENGE);
    time_ensemble(&arena, OC_MODEL_SMP);
    oc_arena_free(&arena);
    return 0;
}
