#!/usr/bin/env python3
"""The staged model in NumPy: whole columns, SFC64, doubles. Prints trajectories a second (median of rounds)."""
import statistics
import sys
import time

import numpy as np

START, DRIFT, NOISE, THRESHOLD, PASS, MONTHS = 0.80, 0.002, 0.02, 0.88, 0.6, 120


def run(count, random):
    readiness = np.full(count, START)
    stage = np.zeros(count, dtype=np.int8)
    done = np.full(count, MONTHS, dtype=np.int16)
    assessed = np.zeros(count, dtype=bool)
    noise = np.empty(count)
    for month in range(MONTHS):
        random.standard_normal(out=noise)
        noise *= NOISE
        noise += DRIFT
        readiness += noise
        if month % 12 == 7:
            assessed = (readiness > THRESHOLD) & (random.random(count) < PASS)
        if month % 12 == 10:
            closed = assessed & (stage < 3)
            stage += closed
            done[closed & (stage == 3)] = month
    return (done < MONTHS).mean()


rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
size, repeats = 16384, 16
rates, shares = [], []
for seed in range(rounds):
    random = np.random.Generator(np.random.SFC64(seed))
    begin = time.perf_counter()
    shares += [run(size, random) for _ in range(repeats)]
    rates.append(size * repeats / (time.perf_counter() - begin))
print(f'numpy        {statistics.median(rates) / 1e6:12.3f} million/s, done within ten years {statistics.mean(shares):.4f}')
