#!/usr/bin/env python3
"""opcon fit on the bundled tables: counts taken anew here, and intervals from the densities themselves by Simpson's rule.

    fit.py OPCON SOURCE_ROOT
"""
import csv
import json
import math
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

folder = opcon.start(sys.argv)
tap = opcon.Tap()
DATA = opcon.ROOT / "scenarios/rok-us/data"


def fit(*arguments):
    result = opcon.run("fit", *arguments, "--format", "json")
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout)


def rows(name):
    with open(DATA / name, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def integral(density, low, high, steps=20000):
    width = (high - low) / steps
    inner = sum((4 if i % 2 else 2) * density(low + i * width) for i in range(1, steps))
    return width / 3 * (density(low) + inner + density(high))


def gamma_below(x, shape, rate):
    """P(X < x) with x = u^2, so that a shape of one half has no pole."""
    scale = math.exp(-math.lgamma(shape) + shape * math.log(rate))
    return integral(lambda u: 2 * scale * u ** (2 * shape - 1) * math.exp(-rate * u * u) if u or shape > 0.5 else 2 * scale,
                    0, math.sqrt(x))


def beta_below(x, a, b):
    """With x = sin^2 t: density 2 sin^(2a-1) cos^(2b-1) / B(a, b)."""
    scale = 2 * math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b))
    return integral(lambda t: scale * math.sin(t) ** (2 * a - 1) * math.cos(t) ** (2 * b - 1), 0, math.asin(math.sqrt(x)))


def student_above(t, degrees):
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(degrees * math.pi)
    return 0.5 - integral(lambda u: scale * (1 + u * u / degrees) ** (-(degrees + 1) / 2), 0, t)


def cancelled_exercises():
    """Spring and summer exercises that were called off, of all that are over."""
    over = [r for r in rows("exercises.csv") if not r["status"].startswith("under way")]
    hits = [r for r in over if r["status"] in ("cancelled", "suspended")]
    found = fit("exercises", "chance", "--where", "status!=under way on 2026-08-22", "--is", "status=cancelled|suspended")
    a, b = len(hits) + 0.5, len(over) - len(hits) + 0.5
    assert found["is"] == f"({len(hits)} + 0.5) / ({len(over)} + 1)", found
    assert abs(found["value"]["value"] - a / (a + b)) < 1e-12
    assert abs(beta_below(found["value"]["low"], a, b) - 0.05) < 1e-8, found
    assert abs(beta_below(found["value"]["high"], a, b) - 0.95) < 1e-8, found
    assert set(found["from"]) == {s for r in over for s in r["source"].split(";") if s}


def shocks_a_year():
    for kind, start in (("nuclear_test", "2006-01-01"), ("impeachment", "2003-01-01"), ("pandemic", "2003-01-01")):
        events = [r for r in rows("shocks.csv") if r["event_type"] == kind and start <= r["date"] <= "2026-08-22"]
        found = fit("shocks", "rate", "--where", f"event_type={kind}", "--from", start, "--to", "2026-08-22")
        year = int(start[:4])
        days = (2026 - year) * 365 + sum(1 for y in range(year, 2026) if y % 4 == 0) + 234
        years = days / 365.25
        assert found["rows"] == len(events) and abs(found["second"] - years) < 1e-9, (found, years)
        assert abs(found["value"]["value"] - (len(events) + 0.5) / years) < 1e-12
        assert abs(gamma_below(found["value"]["low"], len(events) + 0.5, years) - 0.05) < 1e-7, found
        assert abs(gamma_below(found["value"]["high"], len(events) + 0.5, years) - 0.95) < 1e-7, found


def spending_growth():
    values = [float(r["value"]) for r in rows("budget.csv") if r["series"] == "rok_defence_budget_growth"]
    found = fit("budget", "normal", "value", "--where", "series=rok_defence_budget_growth", "--unit", "%")
    mean, sd = statistics.mean(values), statistics.stdev(values)
    assert abs(found["value"]["value"] - mean) < 1e-12 and abs(found["second"] - sd) < 1e-12, found
    t = (found["value"]["high"] - mean) / (sd / math.sqrt(len(values)))
    assert abs(student_above(t, len(values) - 1) - 0.05) < 1e-8, t
    assert abs(found["value"]["high"] + found["value"]["low"] - 2 * mean) < 1e-9
    assert found["is"] == f"{float(f'{mean:.4g}'):g}%", found["is"]


def lognormal_growth():
    values = [math.log(float(r["value"])) for r in rows("budget.csv") if r["series"] == "rok_defence_budget_growth"]
    found = fit("budget", "lognormal", "value", "--where", "series=rok_defence_budget_growth")
    assert abs(found["value"]["value"] - math.exp(statistics.mean(values))) < 1e-9


def table_by_name():
    """A name in the scenario's folder or in its data; a path; --scenario; and what is said when there is none."""
    whole = fit(DATA / "shocks.csv", "rate", "--where", "event_type=pandemic")
    for name in ("shocks", "shocks.csv", "data/shocks", "data/shocks.csv"):
        found = fit(name, "rate", "--where", "event_type=pandemic")
        assert found["value"] == whole["value"], name
        assert found["because"].startswith("data/shocks.csv, event_type=pandemic: "), found["because"]
    own = opcon.scenario("scenario: x\n", "own/scenario.yaml")
    opcon.scenario("date,kind\n2020-01-01,a\n2021-12-31,b\n", "own/counts.csv")
    assert fit("counts", "rate", "--where", "kind=a", "--scenario", own)["rows"] == 1
    assert fit("counts", "rate", "--scenario", own.parent)["rows"] == 2
    missing = opcon.run("fit", "shokcs", "rate")
    assert missing.returncode == 3 and b"data/shocks.csv" in missing.stderr and not missing.stdout, missing


def without_sources():
    """No source column: no empty `from`, and the reader is told."""
    table = opcon.scenario("date,kind\n2020-01-01,a\n2021-12-31,b\n", "plain.csv")
    text = opcon.run("fit", table, "rate").stdout.decode()
    assert "from:" not in text and "# the table names no sources" in text, text


def filters():
    table = opcon.scenario("kind,x\na,1\nb,2\nc,3\na,4\nb,6\n", "kinds.csv")
    cases = ((("kind=a",), 2.5), (("kind=a|c",), 8 / 3), (("kind!=a",), 11 / 3), (("kind!=a|c",), 4), (("kind!=a", "kind!=c"), 4))
    for conditions, mean in cases:
        options = [o for c in conditions for o in ("--where", c)]
        found = fit(table, "normal", "x", *options)
        assert abs(found["value"]["value"] - mean) < 1e-12, (conditions, found)


for test in (cancelled_exercises, shocks_a_year, spending_growth, lognormal_growth, table_by_name, without_sources, filters):
    tap.attempt(test.__name__.replace("_", " "), test)
tap.done()
