#!/usr/bin/env python3
"""Properties of a trajectory (design section 4): what must not change anything, what may only move one way."""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon

BASE = """scenario: base
as_of: 2026-06-25
horizon: 2035-12-31
calendar:
  trial: {every: year, date: 08-18, spread: "normal(0d, 5d)", held: 0.9}
  board: {every: year, date: 10-28, spread: "normal(0d, 13d)"}
  extra: {every: 6mo, date: 2026-09-10, held: 0.5}
inputs:
  bar: "normal(0.9, 0.05)"
  staff: 3mo to 12mo
variables:
  level: {now: 0.8, drift: 0.03/yr, noise: 0.04}
  side: {values: [yes_side, no_side], now: yes_side, changes: [{at: [board], to: {yes_side: 0.8, no_side: rest}}]}
shocks:
  storm: {rate: 0.3/yr, lasts: 2mo to 9mo}
conditions:
  ready: {met: level >= bar}
stages:
  tested: {at: trial, needs: [not storm], chance: CHANCE}
  passed: {after: tested, at: [board, extra], needs: [ready, side == yes_side]}
  done_: {after: passed, takes: staff}
questions:
  date: done_
  level: level
"""


def text(chance="0.6", add=()):
    base = BASE.replace("CHANCE", chance)
    for section, record in add:
        base = base.replace(f"\n{section}:\n", f"\n{section}:\n  {record}\n")
    return base


def essence(f):
    """What a record that nobody reads must not touch."""
    return json.dumps({k: f[k] for k in ("stages", "questions", "blockers")}, sort_keys=True)


def unread():
    base = essence(opcon.forecast(text(), runs=20000))
    additions = {
        "an event": ("calendar", 'other: {every: 3mo, date: 2026-07-07, spread: "normal(0d, 4d)", held: 0.3}'),
        "an input": ("inputs", 'other: "gamma(2, 3)"'),
        "a variable": ("variables", "other: {now: 1, noise: 0.4, changes: [{at: trial, to: 2}]}"),
        "a shock": ("shocks", "other: {rate: 2/yr, lasts: 1mo to 2mo}"),
        "a definition": ("conditions", "other: {met: level > 2}"),
    }
    for name, addition in additions.items():
        got = essence(opcon.forecast(text(add=[addition]), runs=20000))
        assert got == base, f"{name} that nobody reads changed the result"


def readers():
    """Who else reads a variable, and how often, changes no other figure by a bit."""
    base = opcon.forecast(text(), runs=20000)
    additions = {
        "a stage at each tick": [("stages", "other: {needs: [level > 1]}")],
        "an event in May": [("calendar", "look: {every: year, date: 05-07}"), ("stages", "other: {at: look, needs: [level > 1]}")],
        "a shock": [("shocks", 'other: {rate: "max(level, 0)/yr", lasts: 1mo}')],
        "another variable": [("variables", "other: {now: 0, drift: level/yr, noise: 0.1}"), ("questions", "sum: other")],
        "a question": [("questions", "early: level@2027-03-20")],
    }
    for name, addition in additions.items():
        got = opcon.forecast(text(add=addition), runs=20000)
        for kind in ("stages", "questions", "variables"):
            for record, value in base[kind].items() if isinstance(base[kind], dict) else enumerate(base[kind]):
                assert got[kind][record] == value, f"{name}: {kind}.{record}"


def monotone_chance():
    """On the same futures a higher chance never gives a later date: every cumulated share may only grow."""
    before = None
    for chance in ("0.2", "0.35", "0.6", "0.8", "1"):
        f = opcon.forecast(text(chance), runs=50000)
        cdf = {tuple(row)[0]: row[1] for row in f["stages"]["done_"]["cdf"]}
        if before:
            for day, p in before.items():
                if day in cdf:
                    assert cdf[day] >= p - 1e-12, f"{chance}: {day} {cdf[day]} < {p}"
        before = cdf


def threads():
    base = None
    for n in (1, 2, 3, 8):
        f = opcon.forecast(text(), "--threads", n, runs=70000)
        key = (f["digest"], f["results_digest"], essence(f), json.dumps(f["variables"]))
        base = base or key
        assert key == base, f"{n} threads"
    for isa in ("base", "v3", "v4"):
        result = opcon.run("forecast", opcon.scenario(text()), "--format", "json", "--runs", 70000, "--isa", isa)
        if result.returncode == 2:
            continue  # this processor does not have it
        f = json.loads(result.stdout)
        assert (f["digest"], f["results_digest"]) == base[:2], isa


def seeds():
    a, b = opcon.forecast(text(), "--seed", 1, runs=20000), opcon.forecast(text(), "--seed", 2, runs=20000)
    assert a["digest"] == b["digest"] and a["results_digest"] != b["results_digest"]


def prefix():
    """The first futures of a longer run are those of a shorter one (whole chunks)."""
    short = opcon.forecast(text(), runs=16384)
    long = opcon.forecast(text(), runs=65536)
    assert abs(short["stages"]["done_"]["never"] - long["stages"]["done_"]["never"]) < 0.02


def overrides():
    base = opcon.forecast(text(), runs=20000)
    same = opcon.forecast(text(), "--set", "stages.tested.chance=0.6", runs=20000)
    assert essence(base) == essence(same), "a change that changes nothing"
    more = opcon.forecast(text(), "--set", "tested=0.9", runs=20000)
    assert more["stages"]["done_"]["never"] < base["stages"]["done_"]["never"]
    other = opcon.forecast(text(), "--set", "inputs.bar=0.7", "--set", "shocks.storm.rate=0/yr", runs=20000)
    assert other["stages"]["done_"]["never"] < base["stages"]["done_"]["never"]


def forced():
    def cancelled(*options):
        f = opcon.forecast(text("1"), "--set", "shocks.storm.rate=0/yr", "--set", "trial=1", *options, runs=5000)
        return dict((d, p) for d, p in f["stages"]["tested"]["cdf"])
    with_it, without = cancelled(), cancelled("--force", "trial@2026.held=no")
    assert max(p for d, p in with_it.items() if d < "2027") == 1
    assert not [p for d, p in without.items() if d < "2027" and p > 0]
    held = opcon.forecast(text("1"), "--set", "trial=0", "--force", "trial@2027.held=yes", "--set", "shocks.storm.rate=0/yr", runs=5000)
    assert held["stages"]["tested"]["never"] == 0


def vintage():
    """Nothing dated after as_of is read."""
    base = """scenario: vintage
as_of: 2026-06-25
horizon: 2035-12-31
calendar:
  e: {every: year, date: 08-18, held: "(count(e, held) + 0.5) / (count(e) + 1)", past: {2018: cancelled, 2019: held, 2020: held, 2025: cancelled}}
variables:
  v: {now: {series: {2015-01-01: 1, 2019-06-01: 2, 2025-01-01: 3}}}
stages:
  a: {at: e, done: 2022-08-20}
  b: {after: a, at: e, done: 2025-08-20}
questions:
  v: v
  n: count(e)
  held: count(e, held)
"""
    now = opcon.forecast(base, runs=1000)
    then = opcon.forecast(base, "--as-of", "2020-01-01", runs=1000)
    assert (now["questions"]["v"]["mean"], now["questions"]["n"]["mean"], now["questions"]["held"]["mean"]) == (3, 4, 2)
    assert (then["questions"]["v"]["mean"], then["questions"]["n"]["mean"], then["questions"]["held"]["mean"]) == (2, 2, 1)
    assert now["stages"]["b"]["done"] == "2025-08-20" and then["stages"]["a"]["done"] is None
    assert then["stages"]["a"]["cdf"][0][0] > "2020-01-01"


def vintages_of_flagship():
    for name in ("as-of-2019-10-31.yaml", "as-of-2026-03-09.yaml"):
        f = opcon.forecast(opcon.ROOT / "scenarios/rok-us" / name, runs=2000)
        assert f["provenance"]["bare"] == 0, name
    f = opcon.forecast(opcon.ROOT / "scenarios/rok-us/as-of-2019-10-31.yaml", runs=2000)
    assert f["stages"]["ioc"]["done"] is None, "IOC of November 2019 was not known in October"


def memory():
    """Resident memory does not grow with the number of futures."""
    import resource
    path = opcon.scenario(text())
    opcon.run("forecast", path, "--runs", 20000)
    small = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    opcon.run("forecast", path, "--runs", 600000)
    large = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert large - small < 4096, f"{small} KiB, {large} KiB"


opcon.start(sys.argv)
tap = opcon.Tap()
for name, case in [("records nobody reads", unread), ("records that read", readers), ("a higher chance is never later", monotone_chance),
                   ("threads and instruction sets", threads), ("seeds", seeds), ("prefix", prefix),
                   ("overrides", overrides), ("forced occurrences", forced), ("vintage", vintage),
                   ("vintages of the flagship", vintages_of_flagship), ("memory", memory)]:
    tap.attempt(name, case)
tap.done()
