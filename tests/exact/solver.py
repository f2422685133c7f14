#!/usr/bin/env python3
"""`forecast --exact` against the engine, answer by answer, and against closed forms.

The solver shares neither program nor draws with the engine; each probability of the one must lie within five standard
errors of sampling of the other (fixed seeds: a case passes always or never).
"""
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon

RUNS = 200000


def head(horizon="2031-12-31", tick="month"):
    return f"scenario: test\nas_of: 2025-12-31\nhorizon: {horizon}\ntick: {tick}\n"


CASES = {
    "retries": head() + """
calendar: {exam: {every: year, date: 08-18, held: 0.7}}
stages:
  pass: {at: exam, chance: 0.4}
questions: {by: pass <= 2028-12-31, when: pass, wait: "if done(pass) then pass - 2026-01-01 else 0d"}
""",
    "a chain with time between": head() + """
calendar: {exam: {every: year, date: 08-18}, meeting: {every: 6mo, date: 2026-06-26, held: 0.8}}
stages:
  a: {at: exam, chance: 0.6}
  b: {after: a, takes: "discrete(100d: 0.3, 200d: 0.5, 400d: rest)", at: [exam, meeting], chance: 0.5}
  c: {after: b, takes: 45d}
questions: {gap: "if done(c) then c - a else 0d", late: c > 2030-06-30}
""",
    "parallel stages and the last of them": head() + """
calendar: {exam: {every: year, date: 03-01}, review: {every: year, date: 09-01, held: 0.9}}
stages:
  a: {at: exam, chance: 0.3}
  b: {at: review, chance: 0.4}
  c: {after: [a, b], takes: 10d}
questions: {both: done(a) and done(b), first: "min(a, b)"}
""",
    "shocks with changes at both ends": head() + """
calendar: {meeting: {every: 6mo, date: 2026-04-15}}
variables:
  trust:
    values: [low, high]
    now: high
    changes:
      - {at: crisis, to: low}
      - {at: crisis.ends, to: {low: 0.3, high: rest}}
shocks: {crisis: {rate: 0.5/yr, lasts: "discrete(100d: 0.5, 300d: 0.5)"}}
stages:
  deal: {at: meeting, needs: [trust == high, not crisis], chance: 0.3}
questions: {calm: {is: not crisis, at: 2029-07-01}, low_then: {is: trust == low, at: 2030-01-01}}
""",
    "categories that turn at events": head() + """
calendar: {election: {date: [2027-03-05, 2031-03-05]}, scm: {every: year, date: 10-28}}
variables:
  side:
    values: [left, middle, right]
    now: {left: 0.5, middle: 0.2, right: 0.3}
    changes:
      - at: election
        to:
          by: side
          left: {left: 0.5, middle: 0.3, right: 0.2}
          middle: {left: 0.2, right: 0.5, middle: rest}
          right: {right: 0.7, left: rest}
stages:
  deal: {at: scm, needs: [side != right], chance: {by: side, left: 0.5, rest: 0.1}}
questions: {left: side == left, side: side}
""",
    "held by a variable and forced": head() + """
calendar:
  summit: {every: year, date: 06-10, held: "if friendly then 0.9 else 0.2"}
variables:
  friendly: {now: true, changes: [{at: summit, to: bernoulli(0.6)}]}
stages:
  treaty: {at: summit, needs: [friendly], chance: 0.5}
questions: {friendly: friendly}
""",
    "unknown inputs that are read twice": head() + """
calendar: {exam: {every: year, date: 08-18}}
inputs:
  hard: bernoulli(0.4)
  skill: "discrete(0.2: 0.3, 0.5: 0.3, 0.8: rest)"
stages:
  a: {at: exam, chance: "if hard then skill / 2 else skill"}
  b: {after: a, at: exam, chance: skill}
questions: {was_hard: hard and done(b), skill: skill}
""",
    "a family and its members": head() + """
sets: {unit: {table: four.csv}}
calendar: {review: {every: 6mo, date: 2026-02-01, held: 0.9}}
stages:
  ready[unit]: {at: review, chance: unit.chance}
  all_ready: {after: ready, takes: 20d}
questions: {two: count(ready) >= 2, last: last(ready)}
""",
    "counters and dates as variables": head() + """
calendar: {scm: {every: year, date: 10-28, held: 0.8}, review: {every: year, date: 05-02}}
variables:
  tries: {now: 0, max: 3, changes: [{at: scm, to: tries + 1}]}
  target: {now: never, changes: [{at: review, when: "target == never", to: "today + discrete(400d: 0.3, 800d: rest)"}]}
stages:
  go: {at: scm, needs: ["today >= target", tries >= 2], chance: 0.7}
questions: {tries: tries, target: target, first: target@first}
""",
    "drift without noise": head(tick="quarter") + """
calendar: {exam: {every: year, date: 11-01}}
inputs: {fast: bernoulli(0.5)}
variables:
  level: {now: 0.1, drift: "(if fast then 0.2 else 0.08)/yr", max: 0.9}
  calm: {now: 1, reverts_to: 0.2, speed: 0.5/yr}
stages:
  high: {at: exam, needs: [level >= 0.4], chance: level * calm}
questions: {level: level, calm: calm}
""",
    "waiting stages without an event": head() + """
calendar: {vote: {every: 6mo, date: 2026-03-20, held: 0.5}}
variables: {open: {now: false, changes: [{at: vote, when: not open, to: bernoulli(0.5)}]}}
stages:
  a: {takes: "discrete(30d: 0.5, 90d: 0.5)"}
  b: {after: a, needs: [open]}
  c: {after: b, takes: 17d}
  d: {after: a, takes: 40d}
questions: {c: c, gap: "if done(b) then b - a else 0d"}
""",
    "changes at a stage": head() + """
calendar: {exam: {every: year, date: 08-18}, meeting: {every: year, date: 08-18}}
variables:
  mood: {values: [fine, sour], now: fine, changes: [{at: a, to: {sour: 0.5, fine: rest}}, {at: meeting, when: mood == sour, to: fine}]}
stages:
  a: {at: exam, chance: 0.5}
  b: {after: a, at: exam, needs: [mood == fine], chance: 0.8}
questions: {mood: mood, same_day: a == b and done(a)}
""",
    "two needs, together and apart": head() + """
calendar: {scm: {every: year, date: 10-28, held: 0.9}}
shocks: {storm: {rate: 1/yr, lasts: 120d}, strike: {rate: 0.7/yr, lasts: 200d}}
stages:
  first: {at: scm, needs: [not storm, not strike], chance: 0.5}
  second: {after: first, takes: 100d, at: scm, needs: [not storm]}
""",
    "snapshots": head() + """
calendar: {scm: {every: year, date: 10-28, held: 0.9}}
shocks: {storm: {rate: 1/yr, lasts: 120d}}
stages: {a: {at: scm, needs: [not storm], chance: 0.5}}
questions:
  that_day: storm@2028-03-01 and done(a)
  twice: storm@2028-03-01 and storm@2028-04-01
""",
    "a spread of no days": head() + """
calendar: {exam: {every: year, date: 08-18, held: 0.7, spread: 0d}}
stages: {a: {at: exam, chance: 0.4}, b: {after: a, takes: 30d}}
questions: {by: a <= exam@2028, then_b: b}
""",
    "ticks of a week": head(horizon="2027-06-30", tick="week") + """
calendar: {talk: {every: month, date: 2026-01-15, held: 0.6}}
shocks: {storm: {rate: 3/yr, lasts: "discrete(20d: 0.5, 50d: 0.5)"}}
stages: {a: {at: talk, needs: [not storm], chance: 0.2}, b: {after: a, takes: 33d}}
""",
}

OPTIONS = {
    "held by a variable and forced": ["--force", "summit@2027.held=no", "--force", "summit@2028.held=yes"],
    "a chain with time between": ["--by", "2029-12-31"],
    "two needs, together and apart": ["--by", "2028-06-30"],
}

GIVEN = {
    "retries": ["pass > 2026-12-31"],
    "a chain with time between": ["b > 2028-01-01", "done(a)"],
    "categories that turn at events": ["side != right"],
    "shocks with changes at both ends": ["crisis@2028-05-01"],
    "unknown inputs that are read twice": ["not done(b)"],
}


def close(sampled, exact, error, what):
    assert sampled is not None and exact is not None, f"{what}: {sampled} and {exact}"
    assert abs(sampled - exact) <= error, f"{what}: engine {sampled}, exact {exact}, allowed {error:.2g}"


def share(sampled, exact, what, runs):
    close(sampled, exact, 5 * math.sqrt(max(exact * (1 - exact), 4 / runs) / runs), what)


def curve(cdf):
    return {date: p for date, p in cdf}


def same_dates(sampled, exact, what, runs):
    a, b = curve(sampled["cdf"]), curve(exact["cdf"])
    assert set(a) <= set(b), f"{what}: dates {sorted(set(a) - set(b))} only from the engine"
    before = 0.0
    for date in sorted(b):
        before = a.get(date, before)
        share(before, b[date], f"{what} by {date}", runs)
    share(sampled["never"], exact["never"], f"{what} never", runs)


def same_answer(sampled, exact, what, runs):
    if "cdf" in exact:
        same_dates(sampled, exact, what, runs)
    elif "shares" in exact:
        for name in exact["shares"]:
            share(sampled["shares"][name], exact["shares"][name], f"{what} {name}", runs)
    elif "p" in exact and "p05" not in exact:
        share(sampled["p"], exact["p"], what, runs)
    else:
        share(sampled["never"], exact["never"], f"{what} never", runs)
        if exact["mean"] is not None:
            close(sampled["mean"], exact["mean"], 5 * exact["sd"] / math.sqrt(runs * (1 - exact["never"])) + 1e-9, f"{what} mean")
            close(sampled["sd"], exact["sd"], exact["sd"] * 0.05 + 1e-6, f"{what} sd")
            close(sampled["min"], exact["min"], 1e-9, f"{what} min")


def same_blockers(sampled, exact, days, runs):
    assert set(sampled) == set(exact)
    for target, rows in exact.items():
        found = {(r["stage"], r["reason"], tuple(r["needs"])): r for r in sampled[target]}
        wanted = {(r["stage"], r["reason"], tuple(r["needs"])): r for r in rows}
        assert set(found) <= set(wanted), f"{target}: {set(found) - set(wanted)}"
        missed = sum(1 for r in rows)
        for key, r in wanted.items():
            got = found.get(key, {"days": 0, "last_share": 0, "days_by_year": {}})
            # A future waits between 0 and `days` days: standard deviation at most sqrt(mean * (days - mean)).
            error = 5 * math.sqrt(max(r["days"] * (days - r["days"]), days) / runs)
            close(got["days"], r["days"], error, f"{target} {key} days")
            for year, value in r["days_by_year"].items():
                most = 366
                close(got["days_by_year"].get(year, 0), value, 5 * math.sqrt(max(value * (most - value), most) / runs),
                      f"{target} {key} days in {year}")
        assert missed >= 0


def compare(name, options=(), runs=RUNS):
    text = CASES[name]
    sampled = opcon.forecast(text, *options, runs=runs)
    exact = solve(text, *options)
    counted = sampled["counted"]
    share(counted / runs, exact["counted_share"], "news", runs)
    for stage in exact["stages"]:
        if exact["stages"][stage]["done"] is None:
            same_dates(sampled["stages"][stage], exact["stages"][stage], stage, counted)
    for question in exact["questions"]:
        same_answer(sampled["questions"][question], exact["questions"][question], question, counted)
    if "--given" in options:
        assert exact["blockers"] == {}
        return
    same_blockers(sampled["blockers"], exact["blockers"], 6 * 366, runs)
    for variable, days in exact["variables"].items():
        for sampled_day, day in zip(sampled["variables"][variable], days):
            assert sampled_day["date"] == day["date"]
            if "shares" in day:
                for value, p in day["shares"].items():
                    share(sampled_day["shares"][value], p, f"{variable} {value} on {day['date']}", 16384)
            elif "p" in day:
                share(sampled_day["p"], day["p"], f"{variable} on {day['date']}", 16384)
            elif "p05" in day and day["mean"] is not None:
                close(sampled_day["mean"], day["mean"], 0.03 * (1 + abs(day["mean"])), f"{variable} on {day['date']}")


def solve(text, *options):
    path = text if isinstance(text, pathlib.Path) else opcon.scenario(text)
    result = opcon.run("forecast", path, "--exact", "--format", "json", *options)
    if result.returncode != 0:
        raise AssertionError(f"exit {result.returncode}: {result.stderr.decode()}")
    return json.loads(result.stdout)


# --- closed forms ---

def geometric():
    exact = solve(CASES["retries"])
    q = 0.7 * 0.4
    cdf = curve(exact["stages"]["pass"]["cdf"])
    for year in range(2026, 2032):
        close(cdf[f"{year}-08-18"], 1 - (1 - q) ** (year - 2025), 1e-14, f"by {year}")
    close(exact["stages"]["pass"]["never"], (1 - q) ** 6, 1e-14, "never")
    assert exact["questions"]["by"]["se"] == 0
    blockers = {r["reason"]: r for r in exact["blockers"]["pass"]}
    calendar = 230  # whole days from 2025-12-31 up to 2026-08-18
    close(blockers["calendar"]["days"], calendar, 1e-9, "days before the first look")
    close(blockers["not_held"]["last_share"], 0.3 / (1 - q), 1e-12, "last look not held")


def two_in_a_row():
    exact = solve(head() + """
calendar: {exam: {every: year, date: 08-18}}
stages: {a: {at: exam, chance: 0.5}, b: {after: a, at: exam, chance: 0.2}}
""")
    # Both may pass at one exam: the generating function of two geometric times on {1, 2, …} and {0, 1, …}.
    for n in range(1, 7):
        p = sum(0.5 ** i * (1 - 0.8 ** (n - i + 1)) for i in range(1, n + 1))
        close(curve(exact["stages"]["b"]["cdf"])[f"{2025 + n}-08-18"], p, 1e-14, f"after {n} exams")


def shock_begins():
    exact = solve(head() + """
shocks: {crisis: {rate: 0.5/yr, lasts: 10yr}}
stages: {a: {needs: [crisis]}}
""")
    for date in ("2026-01-01", "2026-07-01", "2029-03-01"):
        import datetime
        days = (datetime.date.fromisoformat(date) - datetime.date(2025, 12, 31)).days
        close(curve(exact["stages"]["a"]["cdf"])[date], 1 - math.exp(-0.5 * days / 365.25), 1e-13, date)


def markov():
    exact = solve(head() + """
calendar: {vote: {every: year, date: 05-02}}
variables:
  side: {values: [a, b], now: a, changes: [{at: vote, to: {by: side, a: {a: 0.9, b: rest}, b: {a: 0.3, b: rest}}}]}
questions: {a: side == a}
""")
    # Two states: pi + (1 - pi) * (0.9 - 0.3)^n with pi = 0.3 / 0.4.
    close(exact["questions"]["a"]["p"], 0.75 + 0.25 * 0.6 ** 6, 1e-14, "share of a")


def bayes():
    exact = solve(CASES["unknown inputs that are read twice"], "--given", "hard")
    close(exact["counted_share"], 0.4, 1e-14, "news")
    means = {0.2: 0.3, 0.5: 0.3, 0.8: 0.4}
    first = sum(w * (1 - (1 - s / 2) ** 6) for s, w in means.items())
    close(1 - exact["stages"]["a"]["never"], first, 1e-13, "a at all")


def eighteen_provinces():
    opcon.scenario("unit\n" + "".join(f"p{i}\n" for i in range(18)), "eighteen.csv")
    exact = solve(head() + "sets: {unit: {table: eighteen.csv}}\n" + """
calendar: {review: {every: 6mo, date: 2026-02-01}}
stages:
  ready[unit]: {at: review, chance: 0.25}
""")
    close(exact["stages"]["ready[p17]"]["never"], 0.75 ** 12, 1e-14, "one province")


# --- refusals ---

REFUSED = {
    "noise": ("E0970", "variables: {x: {now: 1, noise: 0.1}}\nquestions: {q: x > 1}"),
    "a normal input": ("E0970", "inputs: {x: \"normal(0, 1)\"}\nquestions: {q: x > 1}"),
    "an interval": ("E0970", "stages: {a: {takes: 3mo to 12mo}}"),
    "a spread date": ("E0970", "calendar: {e: {every: year, date: 05-02, spread: \"normal(0d, 3d)\"}}\nstages: {a: {at: e}}"),
    "a shared coin": ("E0970", "calendar: {e: {every: year, date: 05-02}, f: {every: year, date: 05-02}}\n"
                               "stages: {a: {at: [e, f], chance: 0.5}}"),
    "too many states": ("E0971", "calendar: {e: {every: month, date: 2026-01-15}}\n"
                                 "variables: {x: {now: 0, changes: [{at: e, to: \"2 * x + discrete(0: 0.5, 1: 0.5)\"}]}}\n"
                                 "questions: {q: x > 1}"),
    "no probability": ("E0972", "calendar: {e: {every: year, date: 05-02}}\n"
                                "variables: {x: {now: 0.4, changes: [{at: e, to: x + 0.4}]}}\nstages: {a: {at: e, chance: x, needs: [x > 0]}}"),
}


def refused(code, body):
    result = opcon.run("forecast", opcon.scenario(head() + body + "\n"), "--exact")
    assert result.returncode == 1 and code in result.stderr.decode(), f"{result.returncode}: {result.stderr.decode()}"
    assert not result.stdout


def text_view():
    result = opcon.run("forecast", opcon.scenario(CASES["retries"]), "--exact")
    assert result.returncode == 0 and b"exact probabilities" in result.stdout and "±".encode() not in result.stdout
    result = opcon.run("forecast", opcon.scenario(CASES["retries"]), "--exact", "--runs", "10")
    assert result.returncode == 2


opcon.start(sys.argv)
opcon.scenario("unit,chance\nnorth,0.2\nsouth,0.25\neast,0.3\nwest,0.4\n", "four.csv")
tap = opcon.Tap()
for case in CASES:
    tap.attempt(f"engine and solver: {case}", lambda: compare(case, OPTIONS.get(case, ())))
for case, news in GIVEN.items():
    tap.attempt(f"engine and solver with news: {case}",
                lambda: compare(case, [part for one in news for part in ("--given", one)]))
for function in (geometric, two_in_a_row, shock_begins, markov, bayes, eighteen_provinces, text_view):
    tap.attempt(f"exactly: {function.__name__.replace('_', ' ')}", function)
for what, (code, body) in REFUSED.items():
    tap.attempt(f"refused: {what}", lambda: refused(code, body))
tap.done()
