#!/usr/bin/env python3
"""`--smooth`: against closed forms (no sampling error is left where only coins are drawn), the exact solver and the plain
estimator on the same and on other futures; what is refused; the gain in variance; the same bits for every thread count.

Seeds are fixed: a case passes always or never. Tolerances are five standard errors.
"""
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon


def head(horizon="2031-12-31", tick="month"):
    return f"scenario: test\nas_of: 2025-12-31\nhorizon: {horizon}\ntick: {tick}\n"


STAGED = (pathlib.Path(__file__).resolve().parents[2] / "bench/staged_stages.yaml").read_text(encoding="utf-8")

# Scenarios whose answers the exact solver knows.
FINITE = {
    "retries": head() + """
calendar: {exam: {every: year, date: 08-18, held: 0.7}}
stages: {pass: {at: exam, chance: 0.4}}
questions: {by: pass <= 2028-12-31, when: pass, wait: "if done(pass) then pass - 2026-01-01 else 0d"}
""",
    "a chain with time between": head() + """
calendar: {exam: {every: year, date: 08-18}, meeting: {every: 6mo, date: 2026-06-26, held: 0.8}}
stages:
  a: {at: exam, chance: 0.6}
  b: {after: a, takes: "discrete(100d: 0.3, 200d: 0.5, 400d: rest)", at: [exam, meeting], chance: 0.5}
  c: {after: b, takes: 45d}
  d: {after: c, takes: 3mo}
questions: {late: c > 2030-06-30, end: d, gone: "if c <= 2028-12-31 then 2029-01-01 - c else 0d"}
""",
    "parallel stages and the last of them": head() + """
calendar: {exam: {every: year, date: 03-01}, review: {every: year, date: 09-01, held: 0.9}}
stages:
  a: {at: exam, chance: 0.3}
  b: {at: review, chance: 0.4}
  c: {after: [a, b], takes: 10d}
questions: {both: done(a) and done(b), c: c}
""",
    "needs that turn, at ticks too": head() + """
calendar: {scm: {every: year, date: 10-28}, summit: {every: 6mo, date: 2026-01-01}}
variables:
  open: {now: true, changes: [{at: summit, to: bernoulli(0.6)}]}
shocks: {crisis: {rate: 0.3/yr, lasts: 200d}}
stages:
  law: {takes: 5mo, needs: [open]}
  vote: {after: law, at: scm, needs: [not crisis], chance: "if open then 0.7 else 0.1"}
  force: {after: vote, takes: 60d, needs: [open, not crisis]}
  still: {after: vote, takes: 60d}
questions: {by: force <= 2029-06-30, kind: "if still <= 2028-12-31 and open then 2 else if done(still) then 1 else 0"}
""",
    "a change at a stage that is drawn": head() + """
calendar: {exam: {every: year, date: 03-01}, review: {every: year, date: 09-01}}
variables:
  mood: {now: 0.2, changes: [{at: a, to: 0.8}]}
stages:
  a: {at: exam, chance: 0.3}
  b: {after: a, at: [exam, review], chance: mood}
  c: {at: review, chance: mood}
questions: {b: b, c: c}
""",
    "news about a path": head() + """
calendar: {exam: {every: year, date: 03-01, held: crowd}, summit: {every: year, date: 02-01}}
variables: {crowd: {now: 0.5, changes: [{at: summit, to: "discrete(0.2: 0.5, 0.9: rest)"}]}}
stages: {a: {at: exam, chance: 0.3}}
questions: {a: a, by: a <= 2028-12-31}
""",
}

OPTIONS = {"news about a path": ["--given", "crowd@2027-06-30 > 0.5"]}

# Scenarios for which only the plain estimator is there to compare.
SAMPLED = {
    "the staged model": STAGED,
    "spread dates, uncertain lengths, a recorded date that may fall behind the horizon": head("2030-09-05") + """
calendar:
  exam: {every: year, date: 08-30, spread: "normal(0d, 9d)", held: 0.9}
  meeting: {every: 3mo, date: 2026-02-15, spread: "uniform(0d, 20d)"}
inputs: {delay: 3mo to 12mo, bar: "normal(0, 1)"}
variables: {level: {now: 0, noise: 1}}
stages:
  law: {takes: delay}
  exam_passed: {after: law, at: exam, needs: [level > bar], chance: "logistic(level)"}
  review: {after: exam_passed, takes: 1mo to 6mo, at: [meeting, exam], chance: 0.6}
  ratified: {after: review, takes: delay}
  opened: {after: ratified, needs: [level > -1]}
  celebrated: {after: opened, takes: 14d}
questions:
  in_time: celebrated < exam@2029
  month: "if opened <= 2029-12-31 then opened - 2026-01-01 else 0d"
  when: opened
""",
    "families": head() + """
sets: {province: {table: provinces.csv}}
calendar: {council: {every: 2mo, date: 2026-01-20}}
variables: {calm: {now: true, changes: [{at: council, to: bernoulli(0.7)}]}}
stages:
  handover[province]: {at: council, needs: [calm], chance: province.ready}
questions: {first: "handover[north] <= 2026-12-31", all: all(handover)}
""",
}


def forecast(text, *options, runs):
    return opcon.forecast(text, *options, runs=runs)


def cdf_at(answer, day):
    p = 0.0
    for date, value in answer["cdf"]:
        if date <= day:
            p = value
    return p


def answers(result):
    """(name, estimate, standard error) of everything that can be compared."""
    for group in ("stages", "questions"):
        for name, a in result[group].items():
            if a.get("done"):
                continue
            if "never" in a and "cdf" in a:
                yield f"{group}.{name}.never", a["never"], a.get("never_se") or 0
            elif a.get("kind") == "truth":
                yield f"{group}.{name}", a["p"], a.get("se") or 0
            elif a.get("kind") == "number":
                yield f"{group}.{name}.mean", a["mean"], a.get("se") or 0


def compare(one, other, exactly=1e-9):
    """Differences beyond five standard errors of both."""
    second = {name: (value, error) for name, value, error in answers(other)}
    wrong, compared = [], 0
    for name, value, error in answers(one):
        if name not in second:
            continue
        compared += 1
        allowed = 5 * math.hypot(error, second[name][1]) + exactly
        if not abs(value - second[name][0]) <= allowed:
            wrong.append(f"{name}: {value} and {second[name][0]}, allowed {allowed:.2g}")
    return compared, wrong


def curves(one, other, runs):
    wrong = []
    for name, a in one["stages"].items():
        if a.get("done"):
            continue
        for day in ("2026-06-30", "2027-06-30", "2028-03-15", "2029-12-31", "2031-06-30"):
            p, q = cdf_at(a, day), cdf_at(other["stages"][name], day)
            if abs(p - q) > 5 * math.sqrt(max(q * (1 - q), 1e-5) / runs):
                wrong.append(f"{name} by {day}: {p} and {q}")
    return wrong


def closed_forms(tap):
    text = head("2034-12-31") + """
calendar: {exam: {every: year, date: 08-18}}
stages:
  a: {at: exam, chance: 0.6}
  b: {after: a, takes: 3mo, at: exam, chance: 0.5}
questions: {a: a <= 2028-12-31, b: done(b)}
"""
    result = forecast(text, "--smooth", runs=1000)
    q = result["questions"]
    tap.check(abs(q["a"]["p"] - (1 - 0.4 ** 3)) < 1e-12 and q["a"]["se"] < 1e-9, "only coins: 1 - 0.4^3 without any error", q)
    exact = sum(0.6 * 0.4 ** k * (1 - 0.5 ** (8 - k)) for k in range(8))
    tap.check(abs(q["b"]["p"] - exact) < 1e-12, "two coins in a row, a year apart at least", (q["b"], exact))
    steps = dict(map(tuple, result["stages"]["a"]["cdf"]))
    tap.check(all(abs(steps[f"{2026 + k}-08-18"] - (1 - 0.4 ** (k + 1))) < 1e-12 for k in range(9)), "the whole curve", steps)
    tap.check(result["stages"]["a"]["p50"] == "2026-08-18" and result["stages"]["a"]["p90"] == "2028-08-18", "its quantiles")


def paired(tap):
    changes = [f"stages.{s}.chance=0.7" for s in ("first_passed", "second_passed", "third_passed")]
    options = [o for c in changes for o in ("--set", c)]
    path = opcon.scenario(STAGED)

    def whatif(*more):
        result = opcon.run("whatif", path, "--runs", "100000", "--format", "json", *more)
        assert result.returncode == 0, result.stderr.decode()
        document = json.loads(result.stdout)
        return document, {a["name"]: a for a in document["variants"][1]["answers"] if a["of"] == "question"}

    plain, smooth = whatif(*options)[1]["by_then"], whatif(*options, "--smooth")[1]["by_then"]
    d, s = plain["difference"]["p"], smooth["difference"]["p"]
    tap.check(abs(d["value"] - s["value"]) < 5 * math.hypot(d["se"], s["se"]), "a what-if on a chance: the same difference", (d, s))
    independent = 2 * plain["p"] * (1 - plain["p"]) / 100000
    tap.check(independent / s["se"] ** 2 > 50, "its variance is less than a fiftieth of that of independent runs",
              independent / s["se"] ** 2)
    tap.check(d["se"] ** 2 / s["se"] ** 2 > 8, "and much less than that of paired plain ones", d["se"] ** 2 / s["se"] ** 2)
    many = opcon.run("whatif", path, "--runs", "100000", "--seed", "77", "--format", "json", *options, "--smooth")
    other = {a["name"]: a for a in json.loads(many.stdout)["variants"][1]["answers"]}["by_then"]["difference"]["p"]
    tap.check(abs(other["value"] - s["value"]) < 5 * math.hypot(other["se"], s["se"]), "on other futures too", (other, s))
    nothing = whatif("--set", "stages.first_passed.chance=3/5", "--smooth")[1]["by_then"]["difference"]
    tap.check(nothing["p"]["value"] == 0 and nothing["p"]["se"] == 0, "a change that changes nothing: exactly 0", nothing)
    news = opcon.run("whatif", path, "--runs", "20000", "--given", "done(third)", "--smooth")
    tap.check(news.returncode == 1 and b"E0985" in news.stderr, "news about a coin's stage is refused", news.stderr.decode())


def refusals(tap):
    cases = {
        "no chance at all": ("stages: {a: {takes: 1yr}}", "E0986"),
        "a variable changes at it": ("calendar: {e: {every: year, date: 03-01}}\nstages: {a: {at: e, chance: 0.5}}\n"
                                     "variables: {v: {now: 0, changes: [{at: a, to: 1}]}}", "E0985"),
        "a shock reads it": ("calendar: {e: {every: year, date: 03-01}}\nstages: {a: {at: e, chance: 0.5}}\n"
                             "define: {late: not done(a)}\nshocks: {s: {rate: if late then 1/yr else 0/yr, lasts: 30d}}", "E0985"),
        "a need reads it": ("calendar: {e: {every: year, date: 03-01}}\n"
                            "stages: {a: {at: e, chance: 0.5}, b: {after: a, at: e, needs: [a < today - 1yr]}}", "E0985"),
        "two events on one day": ("calendar: {e: {every: year, date: 03-01}, f: {every: year, date: 03-01}}\n"
                                  "stages: {a: {at: [e, f], chance: 0.5}}", "E0985"),
    }
    for name, (text, code) in cases.items():
        result = opcon.run("forecast", opcon.scenario(head() + text + "\n"), "--runs", "2000", "--smooth")
        tap.check(result.returncode == 1 and code in result.stderr.decode() and not result.stdout, f"refused: {name}",
                  result.stderr.decode())


def same_bits(tap):
    path = opcon.scenario(SAMPLED["spread dates, uncertain lengths, a recorded date that may fall behind the horizon"])

    def figures(*options):
        result = opcon.forecast(path, "--smooth", *options, runs=70000)
        return json.dumps([result["stages"], result["questions"]])

    first = figures("--threads", "1")
    tap.check(all(figures("--threads", str(t)) == first for t in (2, 3, 8)), "threads 1, 2, 3, 8: the same digits")
    tap.check(all(figures("--isa", i) == first for i in ("base",)), "instruction sets: the same digits")


def main():
    folder = opcon.start(sys.argv)
    (folder / "provinces.csv").write_text("key,ready\nnorth,0.2\nsouth,0.05\nwest,0.4\n")
    tap = opcon.Tap()
    closed_forms(tap)
    for name, text in FINITE.items():
        options = OPTIONS.get(name, [])
        smooth = forecast(text, "--smooth", *options, runs=50000)
        exact = opcon.run("forecast", opcon.scenario(text), "--exact", "--format", "json", *options)
        assert exact.returncode == 0, exact.stderr.decode()
        compared, wrong = compare(smooth, json.loads(exact.stdout))
        tap.check(compared > 1 and not wrong, f"{name}: as the exact solver has it", "\n".join(wrong))
    for name, text in SAMPLED.items():
        smooth, plain = forecast(text, "--smooth", runs=100000), forecast(text, "--seed", "5", runs=100000)
        compared, wrong = compare(smooth, plain, exactly=1e-4)  # what is rarer may be missing among the plain ones
        wrong += curves(smooth, plain, 50000)
        tap.check(compared > 2 and not wrong, f"{name}: as the plain estimator has it", "\n".join(wrong))
    iraq = opcon.ROOT / "scenarios/iraq-provinces"
    compared, wrong = compare(forecast(iraq, "--smooth", runs=20000), forecast(iraq, "--seed", "9", runs=50000))
    tap.check(compared > 10 and not wrong, "iraq-provinces", "\n".join(wrong))
    paired(tap)
    refusals(tap)
    same_bits(tap)
    tap.done()


main()
