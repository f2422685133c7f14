#!/usr/bin/env python3
"""Variance of a what-if on the pass probability of the staged model: plain, on the same futures, and smooth, each against
two independent runs of as many futures. Usage: smooth.py OPCON [RUNS]."""
import json
import pathlib
import statistics
import subprocess
import sys

program, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100000
scenario = pathlib.Path(__file__).resolve().parent / "staged_stages.yaml"
stages = ("first_passed", "second_passed", "third_passed")
changes = [word for stage in stages for word in ("--set", f"stages.{stage}.chance=0.7")]


def whatif(seed, *options):
    out = subprocess.run([program, "whatif", scenario, *changes, "--runs", str(runs), "--seed", str(seed), "--threads", "1",
                          "--format", "json", *options], capture_output=True, check=True).stdout
    answers = [next(a for a in v["answers"] if a["name"] == "by_then") for v in json.loads(out)["variants"]]
    return answers[0]["p"], answers[1]["p"], answers[1]["difference"]["p"]


rows = {"plain": [whatif(seed) for seed in range(1, 6)], "smooth": [whatif(seed, "--smooth") for seed in range(1, 6)]}
print(f"what-if on the staged model, pass 0.6 -> 0.7, {runs} futures; five seeds")
for name, results in rows.items():
    ratios = [(p * (1 - p) + q * (1 - q)) / runs / d["se"] ** 2 for p, q, d in results]
    values = [d["value"] for _, _, d in results]
    print(f"{name:8} difference {statistics.mean(values):.5f} (deviation over seeds {statistics.stdev(values):.5f}, "
          f"stated error {statistics.mean(d['se'] for _, _, d in results):.5f}), "
          f"variance 1/{statistics.median(ratios):.0f} of independent runs")
