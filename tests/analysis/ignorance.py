#!/usr/bin/env python3
"""Chance and ignorance apart, from the command line: variance decompositions that are known exactly.

    ignorance.py OPCON SOURCE_ROOT
"""
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

TEXT = """
scenario: spreads
title: {en: Spreads, ja: ばらつき, ko: 흩어짐}
as_of: 2026-01-01
horizon: 2027-12-31
tick: month
calendar:
  day: {date: [2026-06-01]}
inputs:
  theta: beta(2, 3)
  start: normal(0, 1)
  lag: uniform(30d, 400d)
  weight: normal(1, 1)
variables:
  level: {now: start, noise: 0.5}
  still: {now: "normal(2, 1)"}
  wind: {now: 0, noise: 1}
  side:
    values: [near, far]
    now: near
    changes: [{at: day, to: {near: theta, far: rest}}]
stages:
  coin: {at: day, chance: theta}
  fair: {at: day, chance: 0.3}
  rare: {at: day, chance: 0.0001}
  certain: {takes: lag}
questions:
  level_at_end: level
  still_at_end: still
  wind_at_end: wind
  product: weight * wind
  which: side
  coin_first: coin < 2027-01-01
  fair_first: fair < 2027-01-01
  rare_first: rare < 2027-01-01
  both: certain - coin
  date: coin
"""

RUNS = 300000  # a tenth of them as pairs


def forecast(*options, runs=RUNS):
    return opcon.forecast(TEXT, *options, runs=runs)


def near(spread, expected, most=0.03):
    value, error = spread["ignorance"], spread["se"]
    assert error < most, spread
    assert abs(value - expected) <= 4 * error + 1e-12, f"{spread}, expected {expected}"
    assert abs(spread["ignorance"] + spread["chance"] - 1) < 1e-12, spread


DOCUMENT = None


def document():
    global DOCUMENT
    DOCUMENT = DOCUMENT or forecast("--bands")
    return DOCUMENT


def truths():
    questions = document()["questions"]
    near(questions["coin_first"]["spread"], 1 / 6)
    near(questions["fair_first"]["spread"], 0)
    near(document()["stages"]["coin"]["spread"], 1 / 6)
    near(questions["which"]["spread"], 1 / 6)


def numbers():
    """A Brownian path with 0.5 a year over the 699 days to the last tick, 2027-12-01, from a start of variance 1."""
    questions, years = document()["questions"], 699 / 365.25
    near(questions["level_at_end"]["spread"], 1 / (1 + 0.25 * years))
    assert questions["still_at_end"]["spread"]["ignorance"] > 0.999999
    near(questions["wind_at_end"]["spread"], 0)
    near(questions["product"]["spread"], 0)
    assert document()["stages"]["certain"]["spread"]["ignorance"] > 0.999999


def what_cannot_be_told():
    questions = document()["questions"]
    assert questions["rare_first"]["spread"]["ignorance"] is None
    assert questions["both"]["spread"]["ignorance"] is None
    assert "spread" not in forecast("--given", "fair < 2027-01-01", runs=20000)["questions"]["coin_first"]


def band_is_that_of_the_input():
    def quantile(p):
        low, high = 0.0, 1.0
        for _ in range(60):
            x = (low + high) / 2
            low, high = (x, high) if 6 * x**2 - 8 * x**3 + 3 * x**4 < p else (low, x)
        return low

    band = document()["band"]
    assert band["of"] == "coin" and band["points"][-1][0] == "2027-12-31"
    for day, low, high in band["points"]:
        if day < "2026-06-01":
            assert low == high == 0
        else:
            assert abs(low - quantile(0.05)) < 0.02 and abs(high - quantile(0.95)) < 0.02, (day, low, high)


def band_of_pure_chance_is_narrow():
    band = opcon.forecast(TEXT.replace("  date: coin", "  date: fair"), "--bands", runs=20000)["band"]["points"][-1]
    assert band[2] - band[1] < 0.06 and abs((band[1] + band[2]) / 2 - 0.3) < 0.02, band


def errors_are_what_they_say():
    values, errors = [], []
    for seed in range(1, 41):
        spread = forecast("--seed", seed, runs=20480)["questions"]["coin_first"]["spread"]
        values.append(spread["ignorance"])
        errors.append(spread["se"])
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / (len(values) - 1))
    assert 0.7 < spread / (sum(errors) / len(errors)) < 1.4, (spread, errors[0])


def one_definition():
    """The forecast's share and that of `drivers --sobol` are the same quantity: what is drawn before the first day (inputs,
    starting values, durations), in whose variance two estimators agree."""
    text = """
scenario: three
title: {en: Three, ja: 三つ, ko: 셋}
as_of: 2026-01-01
horizon: 2030-12-31
calendar:
  day: {every: 3mo, date: 02-01}
inputs:
  theta: beta(2, 3)
variables:
  level: {now: "normal(0, 1)", noise: 1}
stages:
  wait: {takes: 6mo to 40mo}
  last: {after: wait, at: day, chance: theta, needs: [level > -1]}
questions:
  in_time: last <= 2028-12-31
"""
    said = opcon.forecast(text, runs=RUNS)["questions"]["in_time"]["spread"]
    result = opcon.run("drivers", opcon.scenario(text), "--sobol", "--question", "in_time", "--format", "json")
    document = json.loads(result.stdout)
    names = {(d["name"], d["kind"]) for d in document["drivers"]}
    assert names == {("theta", "input"), ("level", "start"), ("wait", "takes")}, names
    chance = document["sobol"]["chance"]["total"]
    error = math.hypot(said["se"], chance["se"])
    assert abs(said["ignorance"] - document["sobol"]["of_not_knowing"]) < 4 * error, (said, document["sobol"])
    wait = next(d for d in document["drivers"] if d["name"] == "wait")
    assert wait["total"]["value"] > 0.1 and wait["effect"] < 0, wait


def same_for_any_threads():
    documents = [forecast("--bands", "--threads", t, runs=30000) for t in (1, 2)]
    for d in documents:
        del d["timing"]
    assert documents[0] == documents[1]


def one_line_in_words():
    path = opcon.scenario(TEXT)
    for lang, word in (("en", "from what is not known today"), ("ja", "ばらつき"), ("ko", "흩어짐")):
        text = opcon.run("forecast", path, "--lang", lang, "--runs", 20000).stdout.decode()
        assert word in text, text


def main():
    opcon.start(sys.argv)
    tap = opcon.Tap()
    for test in (truths, numbers, what_cannot_be_told, band_is_that_of_the_input, band_of_pure_chance_is_narrow,
                 errors_are_what_they_say, one_definition, same_for_any_threads, one_line_in_words):
        tap.attempt(test.__name__, test)
    tap.done()


main()
