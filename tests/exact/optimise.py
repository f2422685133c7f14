#!/usr/bin/env python3
"""Optimising a program must not change a bit: made-up scenarios with all kinds of records, compiled with and without.

    optimise.py OPCON ROOT              the test
    optimise.py --write FOLDER COUNT    writes the scenarios instead"""
import json
import pathlib
import random
import re
import sys

SCENARIOS = 12


def number(r, names, depth=2):
    """A numeric expression over names."""
    if depth == 0 or r.random() < 0.25:
        return r.choice(names) if names and r.random() < 0.75 else f"{r.choice([-2, 0, 0.25, 0.5, 1, 3])}"
    a, b = number(r, names, depth - 1), number(r, names, depth - 1)
    when = f"{a} < {r.choice(names)}"
    return r.choice([
        f"({a} + {b})", f"({a} - {b})", f"({a} * {b})", f"max({a}, {b})", f"min({a}, {b})", f"abs({a})",
        f"logistic({a})", f"exp(-abs({a}))", f"sqrt(abs({a}))", f"({a} / (1 + abs({b})))",
        f"(if {when} then {a} else {b})", f"clamp({a}, -1, 2)", f"log(1 + abs({a}))",
    ])


def truth(r, names, truths, depth=2):
    if depth == 0 or r.random() < 0.3:
        if truths and r.random() < 0.6:
            return r.choice(truths)
        return f"({number(r, names, 1)} {r.choice(['<', '<=', '>', '>='])} {number(r, names, 1)})"
    a, b, c = (truth(r, names, truths, depth - 1) for _ in range(3))
    return r.choice([f"({a} and {b})", f"({a} or {b})", f"(not {a})", f"(not {a} and {b})",
                     f"(if {a} then {b} else {c})"])


def draw(r):
    return r.choice(["normal(0, 1)", "uniform(0.5, 2)", "beta(2, 3)", "gamma(2, 0.5)", "lognormal(mu: 0, sigma: 0.4)",
                     "triangular(0, 0.5, 2)", "pert(0, 1, 2)", "0.5 to 2", "poisson(2)", "exponential(mean: 2)",
                     "discrete(0: 0.3, 1: 0.5, 2: 0.2)"])


def scenario(seed):
    r = random.Random(seed)
    q = json.dumps
    inputs, variables, shocks, events = [], [], [], ["trial", "board", "extra"][: r.randint(1, 3)]
    out = [f"scenario: made_up_{seed}", "as_of: 2026-06-25", "horizon: 2031-12-31",
           f"tick: {r.choice(['month', 'month', 'quarter', 'week'])}", "inputs:"]
    for i in range(r.randint(2, 5)):
        value = draw(r) if r.random() < 0.7 or not inputs else f"{number(r, inputs, 1)} + {draw(r)}"
        out.append(f"  in{i}: {q(value)}")
        inputs.append(f"in{i}")
    out.append(f"  lag: {q('6mo to 3yr')}")
    out.append(f"  firm: {q('bernoulli(0.4)')}")
    shocks = [f"shock{i}" for i in range(r.randint(1, 3))]
    for i in range(r.randint(2, 5)):
        variables.append(f"var{i}")
    out.append("variables:")
    flags = []
    for name in variables:
        fields = [f"now: {q(r.choice([number(r, inputs, 1), draw(r), '1', '0.3']))}"]
        shape = r.randrange(5)
        everything = inputs + variables
        if shape == 1:
            fields += [f"drift: {q('0.1/yr * ' + number(r, everything, 1))}"]
        if shape == 2:
            fields += [f"drift: {q('0.03/yr')}", f"noise: {r.choice([0.1, 0.02])}"]
        if shape == 3:
            fields += [f"reverts_to: {q(number(r, inputs, 1))}", f"speed: {q('1 / lag')}", "noise: 0.2"]
        if shape == 4:
            fields += ["drift: 0.05/yr", "min: 0" if r.random() < 0.5 else "max: 2"]
        if r.random() < 0.5:
            moment = r.choice(events + shocks + [f"{s}.ends" for s in shocks] + ["s0"])
            change = {"at": moment, "to": r.choice([number(r, everything, 1), draw(r), f"{name} + 1"])}
            if r.random() < 0.5:
                change["when"] = truth(r, everything, shocks, 1)
            fields.append("changes: [{" + ", ".join(f"{k}: {q(v)}" for k, v in change.items()) + "}]")
        out.append(f"  {name}: {{{', '.join(fields)}}}")
    flags.append("flag")
    out.append(f"  flag: {{now: {r.choice(['true', 'false', 'firm'])}, changes: [{{at: {events[0]}, "
               f"when: {q(truth(r, inputs + variables, shocks, 1))}, to: {q('bernoulli(0.5)')}}}]}}")
    out.append("  side: {values: [left, right, middle], now: left, changes: [{at: [" + r.choice(events + [shocks[0] + ".ends"]) +
               "], to: {by: side, left: {left: 0.4, right: rest}, right: {middle: 0.5, right: rest}, middle: left}}]}")
    out.append(f"  limit: {{now: never, changes: [{{at: {events[0]}, when: \"limit == never\", to: \"today + 1yr\"}}]}}")
    out.append("shocks:")
    for name in shocks:
        rate = r.choice(["0.4/yr", "2/yr", "(if side == left then 0.5 else 0.1)/yr", "(0.2 + abs(in0))/yr"])
        lasts = r.choice(["2mo to 9mo", "9999d", "30d", "in1 * in1 * 100d", "exponential(mean: 90d)", "0d"])
        out.append(f"  {name}: {{rate: {q(rate)}, lasts: {q(lasts)}}}")
    names, truths = inputs + variables, shocks + ["flag", "firm", "side == left", "side != middle"]
    out.append("define:")
    for i in range(2):
        out.append(f"  d{i}: {q(number(r, names, 2))}")
        names = names + [f"d{i}"]
    out.append("conditions:")
    for i in range(3):
        out.append(f"  c{i}: {{met: {q(truth(r, names, truths, 2))}}}")
        truths = truths + [f"c{i}"]
    out.append("calendar:")
    for name in events:
        held = r.choice(["", ", held: 0.8", ", held: " + q(f"logistic({number(r, inputs + variables, 1)})"),
                         ", held: " + q("if shock0 then 0.3 else 0.9")])
        spread = r.choice(["", ', spread: "normal(0d, 6d)"'])
        out.append(f"  {name}: {{every: {r.choice(['year', '6mo', '3mo'])}, date: 2026-08-{r.randint(1, 28):02}{spread}{held}}}")
    out.append("stages:")
    count = r.randint(2, 6)
    for i in range(count):
        fields = []
        after = sorted(r.sample(range(i), min(i, r.choice([0, 1, 1, 2]))))
        if after:
            fields.append("after: [" + ", ".join(f"s{k}" for k in after) + "]")
        if r.random() < 0.4:
            fields.append("takes: " + q(r.choice(["6mo", "2mo to 9mo", "lag", "30d + 10d * abs(in0)"])))
        if r.random() < 0.7:
            fields.append("at: [" + ", ".join(r.sample(events, r.randint(1, len(events)))) + "]")
            if r.random() < 0.6:
                fields.append("chance: " + q(r.choice(["0.7", f"logistic({number(r, names, 1)})", "clamp(in0, 0, 1)"])))
        needs = [truth(r, names, truths, 1) for _ in range(r.choice([0, 1, 2, 3]))]
        if r.random() < 0.2:
            needs.append("today >= limit")
        if needs:
            fields.append("needs: " + q(needs))
        out.append(f"  s{i}: {{{', '.join(fields)}}}")
    out += ["questions:", f"  date: s{count - 1}", "  early: s0 <= 2028-06-30", f"  level: {variables[0]}",
            f"  mid: {{is: {q(variables[-1])}, at: 2029-03-15}}", "  which: side"]
    return "\n".join(out) + "\n"


def compare(seed):
    path = opcon.scenario(scenario(seed))
    options = ["forecast", path, "--format", "json", "--runs", 3000]
    if seed % 3 == 0:
        options += ["--by", "2029-01-01"]
    fast, plain = opcon.run(*options), opcon.run(*options, "--plain")
    assert fast.returncode == plain.returncode, f"seed {seed}: {fast.returncode} {plain.returncode}\n{fast.stderr}"
    if fast.returncode:
        return False
    fast, plain = json.loads(fast.stdout), json.loads(plain.stdout)
    for f in (fast, plain):
        del f["digest"], f["timing"]
    assert fast == plain, f"seed {seed}: optimising changed the result"
    return True


def optimising():
    done = sum(compare(seed) for seed in range(SCENARIOS))
    assert done > SCENARIOS // 2, f"only {done} of {SCENARIOS} scenarios could be compared"


def diamonds():
    """Stages that each wait for the two before them: what waits for what must not be searched path by path."""
    lines = ["scenario: diamonds", "as_of: 2026-01-01", "horizon: 2030-12-31", "calendar:",
             "  board: {every: year, date: 03-01}", "stages:", "  beside: {at: board}", "  s0: {at: board}",
             "  s1: {at: board, after: s0}"]
    lines += [f"  s{i}: {{at: board, after: [s{i - 2}, s{i - 1}]}}" for i in range(2, 70)]
    lines += ["  last: {at: board, after: [beside, s69]}"]
    f = opcon.forecast("\n".join(lines) + "\n", runs=1000)
    assert f["stages"]["last"]["p50"] == "2026-03-01", f["stages"]["last"]


MONEY = """scenario: money
as_of: 2026-01-01
horizon: 2035-12-31
calendar: {budget: {every: year, date: 06-15}, board: {every: year, date: 09-01}}
variables:
  product: {now: 100, drift: product * 0.03 / 1yr}
  share: {now: 0.02, changes: [{at: budget, to: "share + uniform(0, 0.01)"}]}
  spent: {now: 0, drift: "max(share - 0.03, 0) * product / 1yr"}
stages: {done: {at: board, needs: [spent > 3]}}
"""


def moved():
    """What is the same in all futures is no column, and what changes once a year is not computed every month."""
    path = opcon.scenario(MONEY)
    listing = opcon.run("explain", "--program", path, "--bare")
    assert listing.returncode == 0, listing.stderr.decode()
    listing = listing.stdout.decode()
    tick, budget = (listing.split(f"\n{name}  ×")[1].split("\n\n")[0] for name in ("tick", "budget"))
    assert not re.search(r"\bproduct\b", listing), listing
    assert "kept" in tick and "MAX" not in tick and "SUB" not in tick, tick
    assert "kept" in budget and "MAX" in budget, budget
    fast, plain = (json.loads(opcon.run("forecast", path, "--runs", 5000, "--format", "json", *more).stdout)
                   for more in ([], ["--plain"]))
    assert fast["results_digest"] == plain["results_digest"]


if sys.argv[1] == "--write":
    for i in range(int(sys.argv[3])):
        (pathlib.Path(sys.argv[2]) / f"{i}.yaml").write_text(scenario(i))
else:
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
    import opcon
    opcon.start(sys.argv)
    tap = opcon.Tap()
    tap.attempt("optimising changes no result", optimising)
    tap.attempt("what is computed where", moved)
    tap.attempt("many stages in diamonds", diamonds)
    tap.done()
