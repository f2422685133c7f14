#!/usr/bin/env python3
"""opcon backtest --vintages: what is settled, what is open, and the scores, on two small scenarios and the flagship's.

    vintages.py OPCON SOURCE_ROOT
"""
import csv
import io
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

opcon.start(sys.argv)
tap = opcon.Tap()

OLD = """scenario: old
title: {en: s, ja: s, ko: s}
as_of: 2020-01-01
horizon: 2035-12-31
tick: month
calendar:
  day: {every: year, date: 06-01}
  vote: {date: 2022-03-09}
define:
  in_time: first <= 2022-12-31
stages:
  first: {at: day, chance: 0.25}
  second: {at: day, chance: 0.1}
  third: {at: day, chance: 0.1}
variables:
  party:
    values: [left, right]
    now: left
    changes: [{at: vote, to: {left: 0.4, right: rest}}]
questions:
  came: first <= 2021-12-31
  defined: in_time
  missed: second <= 2022-12-31
  open: second <= 2030-12-31
  unknown: third <= 2021-12-31
  order: first < second
  both: first <= 2021-12-31 and not (second <= 2022-12-31)
  settled_by_one: first <= 2021-12-31 or second <= 2030-12-31
  span: second - first > 1yr
  before_vote: first < vote@2022
  done_then: {is: done(first), at: 2021-12-31}
  party_then: {is: party == right, at: 2022-06-01}
  party_ahead: {is: party == right, at: 2034-06-01}
  date: second
  count: (if done(first) then 1 else 0)
"""
NEW = """scenario: new
title: {en: s, ja: s, ko: s}
as_of: 2026-01-01
horizon: 2035-12-31
tick: month
calendar:
  day: {every: year, date: 06-01}
stages:
  first: {at: day, done: 2021-06-01}
  second: {at: day, chance: 0.1}
variables:
  party:
    values: [right, left]
    now: {series: {2010-01-01: left, 2022-05-10: right, 2025-01-01: left}}
questions:
  date: second
"""


def run(*options, old=OLD, status=0):
    paths = opcon.scenario(old, "old.yaml"), opcon.scenario(NEW, "new.yaml")
    done = opcon.run("backtest", paths[0], "--against", paths[1], *options)
    assert done.returncode == status, f"exit {done.returncode}: {done.stderr.decode()}"
    return done


def questions():
    document = json.loads(run("--format", "json").stdout)
    return document, {q["name"]: q for q in document["vintages"][0]["questions"]}


def settled():
    _, found = questions()
    wanted = {"came": "yes", "defined": "yes", "missed": "no", "open": "open", "unknown": "open", "order": "yes", "both": "yes",
              "settled_by_one": "yes", "span": "yes", "before_vote": "yes", "done_then": "yes", "party_then": "yes",
              "party_ahead": "open", "date": "no"}
    assert {name: q["answer"] for name, q in found.items()} == wanted, found
    assert found["date"]["by"] == "2026-01-01"


def scores():
    document, found = questions()
    # Two looks at 1/4 each, six at 1/10, one vote.
    for name, p in {"came": 1 - 0.75**2, "date": 1 - 0.9**6, "party_then": 0.6}.items():
        assert abs(found[name]["p"] - p) < 0.01, found[name]
    for q in found.values():
        if q["answer"] == "open":
            assert q["brier"] is None and q["log"] is None
            continue
        chance = q["p"] if q["answer"] == "yes" else 1 - q["p"]
        assert abs(q["brier"] - (1 - chance) ** 2) < 1e-12, q
        assert abs(q["log"] + math.log(min(max(chance, 0.01), 0.99))) < 1e-12, q
    scored = [q for q in found.values() if q["answer"] != "open"]
    assert document["scored"] == len(scored)
    assert abs(document["brier"] - sum(q["brier"] for q in scored) / len(scored)) < 1e-12
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv").stdout.decode())))
    assert [r["question"] for r in rows] == list(found) and rows[0]["answer"] == "yes"


def earlier_knowledge():
    document = json.loads(run("--format", "json", "--as-of", "2021-12-31").stdout)
    found = {q["name"]: q["answer"] for q in document["vintages"][0]["questions"]}
    assert found["came"] == "yes" and found["missed"] == "open" and found["party_then"] == "open", found


def mistakes():
    run(old=NEW, status=1)
    assert opcon.run("backtest", "/nowhere.yaml").returncode == 1
    broken = run(old=OLD.replace("chance: 0.25", "chance: 2"), status=1)
    assert b"E0302" in broken.stderr and not broken.stdout, broken.stderr


def flagship():
    document = json.loads(opcon.run("backtest", "--vintages", "--format", "json").stdout)
    by_name = {v["scenario"]: {q["name"]: q for q in v["questions"]} for v in document["vintages"]}
    old = by_name["rok-us-2019"]
    assert (old["ioc_in_2019"]["answer"], old["foc_by_2021"]["answer"], old["by_2022"]["answer"]) == ("yes", "no", "no"), old
    assert old["progressive_after_2022"]["answer"] == "no" and old["democrat_after_2021"]["answer"] == "yes"
    assert all(q["answer"] == "open" for n, q in by_name["rok-us-2026-03"].items() if n != "date")
    for lang in ("en", "ja", "ko"):
        text = opcon.run("backtest", "--vintages", "--lang", lang).stdout.decode()
        assert "vintages." not in text and "{0}" not in text and "rok-us-2019" in text, text


for name, test in (("what is settled", settled), ("scores", scores), ("what was known earlier", earlier_knowledge),
                   ("mistakes", mistakes), ("flagship", flagship)):
    tap.attempt(name, test)
tap.done()
