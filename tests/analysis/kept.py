#!/usr/bin/env python3
"""opcon backtest --kept: kept chances against a newer text and against entered outcomes; scores from their definitions.

    kept.py OPCON SOURCE_ROOT
"""
import csv
import io
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

TEXT = """
scenario: kept
title: Kept
as_of: {as_of}
horizon: 2030-12-31
calendar:
  day: {{every: year, date: 06-01}}
stages:
  first: {{at: day, chance: 0.25{first}}}
  second: {{at: day, chance: 0.1}}
questions:
  came: first <= 2021-12-31
  missed: second <= 2022-12-31
  open: second <= 2028-12-31
  date: second
"""
folder = opcon.start(sys.argv)
tap = opcon.Tap()
DATABASE = folder / "kept.db"


def keep(as_of="2020-01-01", seed=1):
    path = opcon.scenario(TEXT.format(as_of=as_of, first=""), "old.yaml")
    result = opcon.run("forecast", path, "--runs", 20000, "--seed", seed, "--keep", "--workspace", DATABASE)
    assert result.returncode == 0, result.stderr.decode()
    return opcon.run("runs", "--workspace", DATABASE, "--format", "json")


def backtest(*options, form="json"):
    result = opcon.run("backtest", "--kept", "--format", form, "--workspace", DATABASE, *options)
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout) if form == "json" else result.stdout.decode()


def newer():
    return opcon.scenario(TEXT.format(as_of="2026-01-01", first=", done: 2021-06-01"), "new.yaml")


def questions(document, run=0):
    return {q["name"]: q for q in document["runs"][run]["questions"]}


def settled_by_a_newer_text():
    document = backtest("--against", newer())
    q = questions(document)
    assert (q["came"]["answer"], q["missed"]["answer"], q["open"]["answer"]) == ("yes", "no", "open"), q
    assert abs(q["came"]["p"] - (1 - 0.75 ** 2)) < 0.02 and abs(q["missed"]["p"] - (1 - 0.9 ** 3)) < 0.02, q
    # the date: not by 2026-01-01, after six looks
    assert q["date"]["answer"] == "no" and q["date"]["by"] == "2026-01-01" and abs(q["date"]["p"] - (1 - 0.9 ** 6)) < 0.02, q
    assert document["settled"] == 3 and document["open"] == 1 and document["few"] is True


def scores_by_definition():
    document = backtest("--against", newer())
    total, logs = 0, 0
    for one in questions(document).values():
        if one["answer"] == "open":
            assert one["brier"] is None
            continue
        said = one["p"] if one["answer"] == "yes" else 1 - one["p"]
        assert abs(one["brier"] - (1 - said) ** 2) < 1e-12 and abs(one["log"] + math.log(max(said, 0.01))) < 1e-12
        total += one["brier"]
        logs += one["log"]
    assert abs(document["brier"]["value"] - total / 3) < 1e-12 and abs(document["log"]["value"] - logs / 3) < 1e-12
    assert document["brier"]["low"] <= document["brier"]["value"] <= document["brier"]["high"]


def entered():
    table = opcon.scenario("question,outcome,on,scenario\nopen,yes,2027-01-01,kept\ncame,no,2022-01-01,other\n"
                           "date,2024-06-01,2025-01-01,\n", "outcomes.csv")
    q = questions(backtest("--outcomes", table))
    assert set(q) == {"open", "date"} and q["open"]["answer"] == "yes" and q["open"]["entered"], q
    assert q["date"]["answer"] == "yes" and q["date"]["by"] == "2025-01-01" and abs(q["date"]["p"] - (1 - 0.9 ** 5)) < 0.02, q
    q = questions(backtest("--outcomes", table, "--against", newer()))
    assert q["came"]["answer"] == "yes" and q["open"]["entered"], "what is entered goes first, for its scenario only"


def wrong_entries():
    for text, code in (("question,outcome,on\nopen,perhaps,2027-01-01\n", "E0947"), ("question,on\nopen,2027-01-01\n", "outcome")):
        result = opcon.run("backtest", "--kept", "--workspace", DATABASE, "--outcomes", opcon.scenario(text, "wrong.csv"))
        assert result.returncode != 0 and code in result.stderr.decode() and not result.stdout, result.stderr.decode()


def nothing_newer():
    """The file that the runs were made from is no newer: nothing is compared, and that is said."""
    document = backtest()
    assert document["runs"] == [] and document["without"] == 1 and document["brier"]["value"] is None, document
    text = backtest(form="text")
    assert "0 of 1" in text, text


def the_same_file_later():
    """Without --against the run's own file counts, as it stands now."""
    opcon.scenario(TEXT.format(as_of="2026-01-01", first=", done: 2021-06-01"), "old.yaml")
    q = questions(backtest())
    assert q["came"]["answer"] == "yes", q
    opcon.scenario(TEXT.format(as_of="2020-01-01", first=""), "old.yaml")


def runs_of_one_question_are_one_case():
    keep(seed=2)
    document = backtest("--against", newer())
    assert document["settled"] == 6 and document["questions"] == 3, document
    rows = list(csv.DictReader(io.StringIO(backtest("--against", newer(), form="csv"))))
    assert len(rows) == 8 and {r["run"] for r in rows} == {"1", "2"}
    text = backtest("--against", newer(), form="text")
    assert "3 questions are too few" in text, text


keep()
tap.attempt("a newer text settles what it can", settled_by_a_newer_text)
tap.attempt("scores follow from their definitions", scores_by_definition)
tap.attempt("outcomes that somebody entered", entered)
tap.attempt("wrong entries have a place and no number", wrong_entries)
tap.attempt("without anything newer", nothing_newer)
tap.attempt("the run's own file, later", the_same_file_later)
tap.attempt("runs of one question are one case; too few is said", runs_of_one_question_are_one_case)
tap.done()
