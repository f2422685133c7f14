#!/usr/bin/env python3
"""opcon class, backtest and fit from the command line: forms of output, languages, exit codes, and that what `fit`
prints can stand in a scenario.

    commands.py OPCON SOURCE_ROOT
"""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile

OPCON, ROOT = sys.argv[1], sys.argv[2]
DATA = os.path.join(ROOT, "scenarios/rok-us/data")
CLASS = os.path.join(DATA, "reference-class.csv")
count = 0


def run(*args, status=0):
    env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    done = subprocess.run([OPCON, *args], capture_output=True, text=True, env=env)
    if done.returncode != status:
        raise AssertionError(f"{args}: exit {done.returncode}, expected {status}\n{done.stderr}")
    return done.stdout if status == 0 else done.stderr


def check(name, holds, detail=""):
    global count
    count += 1
    print(f"{'ok' if holds else 'not ok'} {count} - {name}")
    if not holds:
        print(f"# {detail}")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_class():
    document = json.loads(run("class", CLASS, "--as-of", "2026-08-22", "--format", "json"))
    used = sum(document["rows_by_use"][use] for use in ("done", "open", "before"))
    check("every row is used or left out", sum(document["rows_by_use"].values()) == document["rows"])
    check("used rows are those of the groups", used == document["used"] == sum(g["cases"] for g in document["groups"]))
    scores = [m["aicc"] for m in document["models"]]
    check("models are in order of AICc", scores == sorted(scores))
    case = ["class", CLASS, "--as-of", "2026-08-22", "--target", "2030-06", "--kind", "authority", "--conditions"]
    curve = rows(run(*case, "--format", "csv"))
    done = [float(row["done"]) for row in curve]
    check("a curve does not fall", done == sorted(done) and 0 < done[-1] < 1)
    check("its band holds it", all(float(r["low"]) <= float(r["done"]) <= float(r["high"]) for r in curve))
    check("the same twice", run(*case) == run(*case))
    later = rows(run(*case, "--known", "2031-01-01", "--format", "csv"))
    check("what is known is not forecast", later[0]["day"] > "2031-01-01")


def test_backtest():
    document = json.loads(run("backtest", CLASS, "--as-of", "2026-08-22", "--format", "json"))
    announced = document["forecasters"]["announced"]
    check("the outside view beats the announced date", announced["loses_to_outside"]["low"] > 0, announced)
    check("the histogram holds every case once", abs(sum(document["pit"]) - document["scored"]) < 1e-9)
    cases = rows(run("backtest", CLASS, "--as-of", "2026-08-22", "--format", "csv"))
    mean = sum(float(c["crps_announced"]) for c in cases) / len(cases)
    check("the mean is that of the cases", abs(mean - announced["crps"]["value"]) < 0.001)
    manual = open(os.path.join(ROOT, "docs/manual/scores.md"), encoding="utf-8").read()
    names = {"outside view": "outside", "plain base rate": "base", "the announced date is right": "announced"}
    for name, who in names.items():
        printed = re.search(rf"\| {name} \| ([0-9.]+) \|", manual).group(1)
        value = document["forecasters"][who]["crps"]["value"]
        check(f"the manual's CRPS of '{name}'", printed == f"{value:.1f}", f"{printed}, computed {value}")


def test_fit():
    shocks = os.path.join(DATA, "shocks.csv")
    period = ["--from", "2003-01-01", "--to", "2026-08-22"]
    rate = json.loads(run("fit", shocks, "rate", "--where", "event_type=impeachment", *period, "--format", "json"))
    with open(shocks, encoding="utf-8") as file:
        events = [r for r in csv.DictReader(file) if r["event_type"] == "impeachment" and "2003" <= r["date"] < "2026-09"]
    check("as many events as the table has",
          rate["rows"] == len(events) and rate["is"] == f"({len(events)} + 0.5)/23.64yr")
    check("their sources", set(rate["from"]) == {s for r in events for s in r["source"].split(";")})
    held = ["fit", os.path.join(DATA, "exercises.csv"), "chance", "--where", "season=summer", "--is", "status=held"]
    growth = ["fit", os.path.join(DATA, "budget.csv"), "normal", "value", "--where", "series=rok_defence_budget_growth"]
    impeached = ["fit", shocks, "rate", "--where", "event_type=impeachment", *period]
    refused = run("fit", CLASS, "lognormal", "slip_months", "--where", "unit=IOC, 2013 reset", status=1)
    check("negative values have no logarithm", "E0953" in refused, refused)
    for args in (impeached, [*impeached, "--spread"], held, [*held, "--spread"], [*growth, "--unit", "%", "--spread"]):
        text = run(*args)
        expression = re.search(r'is: "([^"]+)"', text).group(1)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "scenario.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write("scenario: fitted\ntitle: {en: a, ja: a, ko: a}\nas_of: 2026-01-01\nhorizon: 2030-12-31\n"
                           "tick: month\ncalendar:\n  day: {every: year, date: 06-01}\n"
                           f"inputs:\n  fitted: {{is: \"{expression}\", from: judgement}}\n"
                           "stages:\n  first: {at: day, chance: {is: 0.5, from: judgement}}\n"
                           "questions:\n  date: first\n")
            done = subprocess.run([OPCON, "check", path], capture_output=True, text=True, check=False)
            check(f"can stand in a scenario: {expression}", done.returncode == 0, done.stderr)


def test_languages_and_mistakes():
    for lang, word in (("en", "whole class"), ("ja", "全体"), ("ko", "전체")):
        text = run("class", CLASS, "--lang", lang)
        check(f"class in {lang}", word in text and not re.search(r"(?<!-)class\.[a-z]|\{[0-9]", text), text)
    text = run("backtest", CLASS, "--lang", "ja")
    check("backtest in ja", not re.search(r"backtest\.[a-z]|\{[0-9]", text), text)
    check("another table", "E0946" in run("class", os.path.join(DATA, "missiles.csv"), status=1))
    check("no such column", "E0952" in run("fit", CLASS, "normal", "slip", status=1))
    check("no file", "E0001" in run("class", "/nowhere.csv", status=3))
    check("two tables", "one table" in run("class", CLASS, CLASS, "--lang", "en", status=2))
    check("no such kind of fit", "'mean'" in run("fit", CLASS, "mean", "--lang", "en", status=2))
    check("an older day knows less", "E0951" in run("class", CLASS, "--as-of", "1980-01-01", status=1))


for test in (test_class, test_backtest, test_fit, test_languages_and_mistakes):
    test()
print(f"1..{count}")
