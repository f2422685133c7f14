#!/usr/bin/env python3
"""Fits the polynomials of the engine's fast normals and prints src/engine/fast_normal_table.h: tools/fast_normal.py > FILE

Half an octave of u = x / 2^32 after the other, from 2^-15 to 1/2, the depth z with P(Z > z) = u is fitted by a cubic in x
so that the largest error in probability, that of z times the density, is smallest (Lawson 1961: weights of a least-squares
fit are multiplied by its errors until these are level). Coefficients are rounded to single precision."""
import statistics
import struct

NORMAL = statistics.NormalDist()
DEGREE, POINTS, ROUNDS = 3, 120, 150


def solve(matrix, right):
    """Gauss with pivoting."""
    n = len(right)
    rows = [row[:] + [value] for row, value in zip(matrix, right)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(k + 1, n):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k])]
    result = [0.0] * n
    for k in reversed(range(n)):
        result[k] = (rows[k][n] - sum(rows[k][j] * result[j] for j in range(k + 1, n))) / rows[k][k]
    return result


def fit(low, high, scale):
    """Coefficients in m, low <= m <= high, and the largest errors in probability and in z."""
    middle = (low + high) / 2
    points = [low + (high - low) * (i + 0.5) / POINTS for i in range(POINTS)]
    depths = [-NORMAL.inv_cdf(m * scale) for m in points]
    density = [NORMAL.pdf(z) for z in depths]
    weights, best = [1.0] * POINTS, None
    for _ in range(ROUNDS):
        rows = [[(m - middle) ** d for d in range(DEGREE + 1)] for m in points]
        w = [a * b * b for a, b in zip(weights, density)]
        normal = [[sum(wi * r[i] * r[j] for wi, r in zip(w, rows)) for j in range(DEGREE + 1)] for i in range(DEGREE + 1)]
        c = solve(normal, [sum(wi * r[i] * z for wi, r, z in zip(w, rows, depths)) for i in range(DEGREE + 1)])
        error = [abs(sum(a * b for a, b in zip(c, r)) - z) for r, z in zip(rows, depths)]
        chance = [e * f for e, f in zip(error, density)]
        if best is None or max(chance) < best[1]:
            best = (c, max(chance), max(error))
        weights = [a * b for a, b in zip(weights, chance)]
        total = sum(weights)
        weights = [a / total for a in weights]
    c = [0.0] * (DEGREE + 1)
    for power, value in enumerate(best[0]):  # value * (m - middle)^power, multiplied out
        term = [value]
        for _ in range(power):
            term = [b - middle * a for a, b in zip(term + [0.0], [0.0] + term)]
        c = [a + (term[i] if i < len(term) else 0.0) for i, a in enumerate(c)]
    return c, best[1], best[2]


def single(x):
    return float(f'{struct.unpack("f", struct.pack("f", x))[0]:.9g}')


columns, worst = [[0.0] * 32 for _ in range(DEGREE + 1)], [0.0, 0.0]
for octave in range(17, 31):
    for half in range(2):
        c, chance, error = fit(1 + half / 2, 1.5 + half / 2, 2.0 ** (octave - 32))
        worst = [max(worst[0], chance), max(worst[1], error)]
        for power, value in enumerate(c):
            columns[power][2 * (octave + 127) % 32 + half] = single(value * 2.0 ** (-octave * power))
print(f'''/* Cubics of the fast normals (fast_normal.h), made by tools/fast_normal.py: coefficients of 1, |x|, x^2 and |x|^3, number i
 * for |x| whose bits 22 to 26 are i; largest error {worst[0]:.1e} in probability, {worst[1]:.1e} in the value. */
#ifndef OC_ENGINE_FAST_NORMAL_TABLE_H
#define OC_ENGINE_FAST_NORMAL_TABLE_H

static const float oc_fast_normal_table[4][32] = {{''')
for column in columns:
    print('    {')
    for first in range(0, 32, 4):
        print('       ', ', '.join(f'{value!r}f' for value in column[first:first + 4]) + ',')
    print('    },')
print('''};

#endif''')
