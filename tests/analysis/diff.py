#!/usr/bin/env python3
"""opcon diff from the command line: what each edit contributes, against closed forms of Shapley's value.

    diff.py OPCON SOURCE_ROOT
"""
import json
import math
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

TEXT = """
scenario: gates
title: Gates
as_of: 2026-01-01
horizon: 2026-12-31
calendar:
  day: {{date: [2026-06-01], held: {held}}}
stages:
  left: {{at: day, chance: {left}}}
  right: {{at: day, chance: {right}}}
  both: {{after: [left, right], takes: 1d}}
  apart: {{at: day, chance: 0.3}}
{more}
questions:
  two: left <= 2026-12-31 and right <= 2026-12-31
  alone: apart <= 2026-12-31
  date: both
"""
DATABASE = None


def keep(name="scenario.yaml", seed=1, runs=20000, options=(), more="", **values):
    text = TEXT.format(**{"held": 1, "left": 0.5, "right": 0.5, **values, "more": more})
    result = opcon.run("forecast", opcon.scenario(text, name), "--seed", seed, "--runs", runs, "--keep", "--workspace",
                       DATABASE, *options)
    assert result.returncode == 0, result.stderr.decode()
    return int(result.stderr.decode().split(" as run ")[1].split()[0])


def diff(a, b, *options):
    result = opcon.run("diff", a, b, "--format", "json", "--workspace", DATABASE, *options)
    assert result.returncode == 0, result.stderr.decode()
    return json.loads(result.stdout)


def parts(document, name, figure="share", of="question"):
    reasons = document["reasons"]
    for answer in reasons["answers"]:
        if (answer["name"], answer["figure"], answer["of"]) == (name, figure, of):
            return answer, {e["name"]: p for e, p in zip(reasons["edits"], answer["parts"])}
    raise KeyError(name)


def near(estimate, expected, what):
    assert abs(estimate["value"] - expected) < 4 * estimate["se"] + 1e-12, f"{what}: {estimate}, expected {expected}"


def two_edits():
    """P = l r from .5 .5 to .8 .6: Shapley gives .3 (.5 + .6) / 2 = .165 and .1 (.5 + .8) / 2 = .065."""
    document = diff(keep(), keep(left=0.8, right=0.6))
    assert document["reasons"]["method"] == "shapley" and document["reasons"]["programs"] == 4
    answer, part = parts(document, "two")
    near(part["stages.left.chance"], 0.165, "left")
    near(part["stages.right.chance"], 0.065, "right")
    near(answer["difference"], 0.23, "together")
    total = sum(p["value"] for p in part.values())
    assert abs(total - answer["difference"]["value"]) < 1e-12, answer
    edits = {e["name"]: (e["before"], e["after"]) for e in document["reasons"]["edits"]}
    assert edits == {"stages.left.chance": ("0.5", "0.8"), "stages.right.chance": ("0.5", "0.6")}, edits


def what_is_not_touched():
    """A question that reads neither edit: exactly nothing, with no error."""
    answer, part = parts(diff(keep(), keep(left=0.8, right=0.6)), "alone")
    for estimate in [answer["difference"], *part.values()]:
        assert estimate["value"] == 0 and estimate["se"] == 0, estimate


def paired_error():
    """One edit, .5 to .6 on the same draws: nobody turns to no, so the variance of d is d (1 - d) / n."""
    document = diff(keep(), keep(left=0.6), "--runs", 100000)
    d = parts(document, "left", of="stage")[0]["difference"]
    expected = math.sqrt(0.1 * 0.9 / 100000)
    near(d, 0.1, "difference")
    assert 0.7 * expected < d["se"] < 1.3 * expected, (d, expected)


def bounds():
    """A path that can be drawn where it is read before and not after: a bound that never binds contributes exactly nothing,
    beside an edit that does; the kept runs have other draws, which is in the error of the rest."""
    late = "  high: {{at: day, needs: [level > 0], chance: {}}}\nvariables:\n  level: {{now: 0, noise: 1{}}}"
    free, bound = keep(more=late.format(0.9, "")), keep(more=late.format(0.9, ", max: 1e9"))
    answer, part = parts(diff(free, bound), "high", of="stage")
    for estimate in [answer["difference"], *part.values()]:
        assert estimate["value"] == 0 and estimate["se"] == 0, estimate
    text = opcon.run("diff", free, bound, "--workspace", DATABASE).stdout.decode()
    assert "±0.0 " not in text and "sampling" in text, text
    both = keep(more=late.format(0.8, ", max: 1e9"))
    part = parts(diff(free, both), "high", of="stage")[1]
    assert part["variables.level.max"]["value"] == 0 and part["variables.level.max"]["se"] == 0, part
    near(part["stages.high.chance"], -0.05, "chance")


def mean_days():
    """The day comes on 1 June or counts as 1 January after: 214 days more for every future that loses it."""
    document = diff(keep(), keep(left=0.8))
    days, share = parts(document, "left", "days", "stage")[0], parts(document, "left", "share", "stage")[0]
    assert abs(days["difference"]["value"] + 214 * share["difference"]["value"]) < 1e-9, (days, share)


def same_futures_explain_all():
    """The attribution runs as many futures as were kept, with the same seed: the rest is nothing."""
    document = diff(keep(runs=16384), keep(runs=16384, left=0.8, right=0.6), "--runs", 16384)
    answer = parts(document, "two")[0]
    assert abs(answer["rest"]) < 1e-12 and abs(answer["kept_difference"]) > 0.2, answer
    assert not any(document["reasons"]["other_program"]), document["reasons"]


def other_seed_is_the_rest():
    a, b = keep(seed=1), keep(seed=2, left=0.8)
    result = opcon.run("diff", a, b, "--workspace", DATABASE).stdout.decode()
    assert "seeds 1 and 2" in result, result
    answer = parts(diff(a, b), "two")[0]
    assert 0 < abs(answer["rest"]) < 0.03, answer


def edits_that_need_one_another():
    """A new stage and the one that waits for it are one edit; titles and sources are none."""
    a = keep()
    b = keep(more="  late: {at: day, chance: 0.5}\n  later: {after: late, takes: 1d}\nsources:\n  x: {title: Y, date: 2020-01-01}",
             left=0.8)
    reasons = diff(a, b)["reasons"]
    names = {e["name"] for e in reasons["edits"]}
    assert "stages.left.chance" in names and "sources.x" in reasons["without_effect"], reasons
    assert any("late" in n and "later" in n for n in names) or names == {"stages.left.chance", "stages.late", "stages.later"}, names


def settings_are_edits():
    a, b = keep(options=("--set", "stages.left.chance=0.6")), keep(options=("--set", "stages.left.chance=0.8", "--force",
                                                                              "day@2026.held=no"))
    document = diff(a, b)
    answer, part = parts(document, "left", of="stage")
    # Shapley: raising .6 to .8 is worth .2 if held, 0 if not; cancelling costs .6 or .8.
    near(part["--set stages.left.chance"], 0.1, "set")
    near(part["--force day@2026.held"], -0.7, "force")
    near(answer["difference"], -0.6, "all")


def news_is_an_edit():
    """Given that left comes, both comes with r = .5: from .25."""
    document = diff(keep(), keep(options=("--given", "left <= 2026-12-31")))
    near(parts(document, "two")[0]["difference"], 0.25, "news")


def many_edits():
    """Eight independent chances in a chain of products: two orders; the parts add up."""
    stages = "".join(f"  s{i}: {{{{at: day, chance: {{c{i}}}}}}}\n" for i in range(8))
    text = TEXT.replace("{more}", stages + "\n  last: {{after: [s0, s1, s2, s3, s4, s5, s6, s7], takes: 1d}}")

    def kept(value, name):
        path = opcon.scenario(text.format(held=1, left=0.5, right=0.5, **{f"c{i}": value for i in range(8)}), name)
        result = opcon.run("forecast", path, "--runs", 20000, "--keep", "--workspace", DATABASE)
        assert result.returncode == 0, result.stderr.decode()
        return int(result.stderr.decode().split(" as run ")[1].split()[0])

    document = diff(kept(0.9, "scenario.yaml"), kept(0.8, "scenario.yaml"))
    assert document["reasons"]["method"] == "two orders" and document["reasons"]["programs"] == 16
    answer, part = parts(document, "last", of="stage")
    near(answer["difference"], 0.8 ** 8 - 0.9 ** 8, "all")
    assert abs(sum(p["value"] for p in part.values()) - answer["difference"]["value"]) < 1e-12
    first = -0.05 * (0.9 ** 7 + 0.8 ** 7)  # the first edit: alone, and with all others made
    near(part["stages.s0.chance"], first, "first")


def a_table_is_an_edit():
    text = TEXT.format(held=1, left=0.5, right="level", more="variables:\n  level: {now: {table: t.csv, date: day, value: x}}")
    runs = []
    for value in (0.5, 0.9):
        opcon.scenario(f"day,x\n2025-01-01,{value}\n", "t.csv")
        result = opcon.run("forecast", opcon.scenario(text), "--runs", 20000, "--keep", "--workspace", DATABASE)
        assert result.returncode == 0, result.stderr.decode()
        runs.append(int(result.stderr.decode().split(" as run ")[1].split()[0]))
    opcon.scenario("day,x\n2025-01-01,0.1\n", "t.csv")  # what is on disk now does not matter
    document = diff(*runs)
    assert [e["name"] for e in document["reasons"]["edits"]] == ["t.csv (variables.level)"], document["reasons"]["edits"]
    near(parts(document, "right", of="stage")[0]["difference"], 0.4, "table")


def nothing_but_words():
    document = diff(keep(), keep(more="# a comment"))
    assert document["same_model"] and "reasons" not in document


tap = opcon.Tap()
folder = opcon.start(sys.argv)
DATABASE = folder / "runs.db"
tap.attempt("two edits: Shapley's value in closed form", two_edits)
tap.attempt("what no edit touches differs by exactly nothing", what_is_not_touched)
tap.attempt("errors are paired", paired_error)
tap.attempt("mean days follow from the share", mean_days)
tap.attempt("a bound that never binds contributes exactly nothing", bounds)
tap.attempt("the same futures leave no rest", same_futures_explain_all)
tap.attempt("another seed is named, and is the rest", other_seed_is_the_rest)
tap.attempt("edits that need one another are joined, words are none", edits_that_need_one_another)
tap.attempt("settings are edits", settings_are_edits)
tap.attempt("news is an edit", news_is_an_edit)
tap.attempt("more than six edits: two orders", many_edits)
tap.attempt("a table is an edit; the kept one counts", a_table_is_an_edit)
tap.attempt("a comment is no reason", nothing_but_words)
tap.done()
