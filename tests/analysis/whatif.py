#!/usr/bin/env python3
"""opcon whatif from the command line: closed forms, exact zeros, news by Bayes, errors against their empirical spread.

    whatif.py OPCON SOURCE_ROOT
"""
import csv
import io
import json
import math
import pathlib
import re
import signal
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

TEXT = """
scenario: two
title: {en: Two doors, ja: 二つの扉, ko: 두 문}
as_of: 2026-01-01
horizon: 2030-12-31
tick: month
calendar:
  day: {every: year, date: 06-01}
  meeting: {date: [2026-03-01, 2027-03-01, 2028-03-01, 2029-03-01, 2030-03-01], held: 0.5, spread: "normal(0d, 5d)"}
inputs:
  theta: beta(2, 3)
  unread: normal(0, 1)
  gain: 0.5
variables:
  level: {now: "normal(0, 1)", noise: 0.5}
  other: {now: 1, noise: 0.25, drift: gain/yr}
shocks:
  storm: {rate: 0.3/yr, lasts: 30d to 90d}
stages:
  left: {at: day, chance: theta}
  right: {at: meeting, chance: theta}
  beyond: {after: right, at: meeting, needs: [other > 1]}
questions:
  left_first: left <= 2026-12-31
  right_first: right <= 2026-12-31
  level_at_end: level
  other_at_end: other
  stormy: storm
  wait: beyond - right
  date: left
policies:
  raised: {title: {en: Raised, ja: 引き上げ, ko: 인상}, set: {stages.left.chance: "theta + (1 - theta) * 0.2"}}
  news: {given: left <= 2026-12-31}
"""


def whatif(*options, runs=100000, path=None, seed=1):
    path = path or opcon.scenario(TEXT)
    result = opcon.run("whatif", path, "--format", "json", "--runs", runs, "--seed", seed, *options)
    if result.returncode != 0:
        raise AssertionError(f"exit {result.returncode}: {result.stderr.decode()}")
    return json.loads(result.stdout)


def answer(document, name, variant=1, of=None):
    for a in document["variants"][variant]["answers"]:
        if a["name"] == name and of in (None, a["of"]):
            return a
    raise KeyError(name)


def numbers(difference):
    for estimate in difference.values():
        if isinstance(estimate, dict):
            yield estimate["value"], estimate["se"]


def assert_zero(document, variant=1, names=None):
    v = document["variants"][variant]
    for a in v["answers"]:
        if names and a["name"] not in names:
            continue
        assert a["difference"]["changed"] == 0, a
        for value, error in numbers(a["difference"]):
            assert value in (0, None) and error in (0, None), a
        assert any(value == 0 and error == 0 for value, error in numbers(a["difference"])), a


def near(value, expected, error, name):
    assert abs(value - expected) < 4 * error, f"{name}: {value}, expected {expected} +- {error}"


def nothing_changes():
    for change in ("gain=0.5", "unread=7", "stages.left.chance=theta", "theta={is: \"beta(2, 3)\"}"):
        document = whatif("--set", change)
        assert document["variants"][1]["bit"] == 0, change
        assert_zero(document)


def news_alone_shares_the_base_futures():
    """News reads the base's futures; with a change that changes nothing it runs a program of its own: the same answers."""
    for news in ("left <= 2026-12-31", "level > 0.5 and right <= 2027-12-31"):
        shared, own = whatif("--given", news), whatif("--given", news, "--set", "unread=7")
        for a, b in zip(shared["variants"][1]["answers"], own["variants"][1]["answers"]):
            assert a == b, (a, b)
        assert shared["variants"][1]["counted"] == own["variants"][1]["counted"]
        assert shared["variants"][0]["answers"] == own["variants"][0]["answers"]


def news_of_many_truths():
    """A mapping of equalities is as many truths; it shares the base's futures next to other news."""
    pair = opcon.scenario('given: {"done(left)": yes, "done(right)": no}\n', "pair.yaml")
    document = whatif("--with", pair, "--given", "level > 0")
    both = whatif("--given", "done(left) and not done(right)")
    assert document["variants"][2]["counted"] == both["variants"][1]["counted"], document["variants"]
    for a, b in zip(document["variants"][2]["answers"], both["variants"][1]["answers"]):
        assert a == b, (a, b)


def too_few_in_one_row():
    """One policy's news leaves 800 of 2000: its row says so, the others are answered."""
    document = whatif("--policies", runs=2000)
    raised, news = document["variants"][1:]
    assert raised["answers"] and "too_few" not in raised
    assert news["answers"] == [] and news["too_few"] == 1000 and 600 < news["counted"] < 1000, news
    result = opcon.run("whatif", opcon.scenario(TEXT), "--policies", "--runs", 2000)
    assert result.returncode == 0 and "too few" in result.stdout.decode(), result
    result = opcon.run("whatif", opcon.scenario(TEXT), "--policy", "news", "--runs", 2000)
    assert result.returncode != 0 and b"E0330" in result.stderr and not result.stdout, result


def all_kinds_together():
    """--set, --force and --given are one variant; --policy and --with one each; --why follows them."""
    file = opcon.scenario("title: {en: From a file}\nset: {gain: 0.9}\ngiven: right <= 2028-12-31\n", "from.yaml")
    document = whatif("--set", "theta=0.6", "--force", "meeting@2026.held=yes", "--given", "left <= 2027-12-31",
                      "--policy", "raised", "--policy", "news", "--with", file, "--why", "--question", "right")
    names = [v["name"] for v in document["variants"]]
    assert len(names) == 5 and names[2:4] == ["raised", "news"], names
    own = answer(document, "right_first", 1)
    near(own["p"], 0.6, own["se"], "held for sure, chance 0.6")
    whys = document["why"]
    assert len(whys) == 4, [w["variant"] for w in whys]
    assert whys[2]["flipped"] == 0 and whys[0]["flipped"] > 0, whys


def nothing_changes_in_the_flagship():
    path = opcon.ROOT / "scenarios/rok-us"
    document = whatif("--set", "stages.foc_recheck.title=x", "--set", "horizon=2040-12-31", path=path, runs=20000)
    assert document["variants"][1]["bit"] == 0
    assert_zero(document)


def others_keep_their_draws():
    document = whatif("--set", "stages.left.chance=0.9", "--set", "other.noise=0.7")
    assert document["variants"][1]["bit"] > 50000
    assert_zero(document, names={"right", "right_first", "level_at_end", "stormy"})
    document = whatif("--set", "shocks.storm.rate=2/yr", "--set", "theta=0.3")
    assert_zero(document, names={"level_at_end", "other_at_end"})


def paths_stay_the_same():
    """A change after which a path cannot be drawn where it is read: bounds that never bind and a noise that varies in form
    change nothing in any future; what does change it leaves all else alone."""
    for change in ("level.max=1e9", "level.min=-1e9", "level.noise=if year(today) > 2100 then 1 else 0.5"):
        document = whatif("--set", change, runs=20000)
        assert document["stepwise"] == ["level"], document["stepwise"]
        assert document["variants"][1]["bit"] == 0, change
        assert_zero(document)
    document = whatif("--set", "level.max=1", "--policies", runs=20000)
    assert document["variants"][1]["bit"] > 0 and answer(document, "level_at_end")["difference"]["changed"] < 20000
    assert_zero(document, names={"other_at_end", "stormy", "right"})
    assert_zero(document, variant=2, names={"level_at_end"})
    assert whatif("--set", "level.noise=0.7", runs=2000)["stepwise"] == []
    told = {"en": "tick by tick", "ja": "刻みごとに", "ko": "시점마다"}
    for lang, words in told.items():
        result = opcon.run("whatif", opcon.scenario(TEXT), "--set", "level.max=1", "--lang", lang, "--runs", 2000)
        assert words in result.stdout.decode(), result.stdout.decode()


def reports_stay_the_same():
    """The policies of a report, by its first futures one by one: likewise."""
    bound = "  bound: {set: {other.max: 1e9}}\n"
    path = opcon.scenario(TEXT.replace("  date: left\n", "  date: beyond\n") + bound)
    page = path.parent / "page.html"
    result = opcon.run("report", path, "--runs", 10000, "--static", "--output", page)
    assert result.returncode == 0, result.stderr.decode()
    data = re.search(r'<script type="application/json" id="data"[^>]*>(.*?)</script>', page.read_text(), re.S)
    base, *policies = json.loads(data.group(1))["hops"]
    assert base == policies[-1] and len(set(base)) > 3, (base, policies[-1])


def exact_difference():
    """P(left at once) is E theta = 0.4; raised it is 0.4 + 0.6 * 0.2 = 0.52. With the same draws nobody turns to no, so
    the variance of the difference d is d (1 - d) / n."""
    document = whatif("--policy", "raised")
    a = answer(document, "left_first")
    d, n = a["difference"], document["runs"]
    near(a["p"], 0.52, a["se"], "raised")
    error = math.sqrt(0.12 * 0.88 / n)
    near(d["p"]["value"], 0.12, error, "difference")
    assert abs(d["p"]["se"] / error - 1) < 0.02, d
    assert abs(d["changed"] / n - d["p"]["value"]) < 1e-12, d
    assert answer(document, "left")["difference"]["later_days"]["value"] < 0


def news_is_bayes():
    """theta is beta(2, 3); after one success beta(3, 3). right is looked at with chance 1/2 * theta a year."""
    document = whatif("--policy", "news", runs=400000)
    variant = document["variants"][1]
    near(variant["counted"] / 400000, 0.4, math.sqrt(0.24 / 400000), "share that remains")
    assert variant["bit"] == 0
    a = answer(document, "right_first")
    near(a["p"], 0.25, a["se"], "right after the news")
    near(answer(document, "right_first", 0)["p"], 0.2, a["se"], "right before the news")
    near(a["difference"]["p"]["value"], 0.05, a["difference"]["p"]["se"], "difference")
    assert answer(document, "left_first")["p"] == 1
    assert a["difference"]["changed"] == 0


def errors_are_what_they_say():
    """The spread of differences over seeds against the error each run states."""
    cases = {"p": [], "mean": [], "news": [], "days": [], "median": []}
    for seed in range(1, 61):
        document = whatif("--set", "stages.left.chance=clamp(theta * 1.3, 0, 1)", "--set", "other.noise=0.5", runs=4096,
                          seed=seed)
        cases["p"].append(answer(document, "left_first")["difference"]["p"])
        cases["mean"].append(answer(document, "other_at_end")["difference"]["mean"])
        cases["days"].append(answer(document, "left")["difference"]["later_days"])
        document = whatif("--policy", "news", "--set", "other.drift=1/yr", runs=4096, seed=seed)
        cases["news"].append(answer(document, "right_first", 2)["difference"]["p"])
        document = whatif("--set", "calendar.meeting.spread=normal(40d, 60d)", runs=4096, seed=seed)
        cases["median"].append(answer(document, "right")["difference"]["p50_days"])
    for name, list_ in cases.items():
        spread = statistics.stdev(e["value"] for e in list_)
        stated = statistics.mean(e["se"] for e in list_)
        low, high = (0.5, 2) if name == "median" else (0.75, 1.33)
        assert low < spread / stated < high, f"{name}: spread {spread}, stated {stated}"


def same_for_any_threads():
    documents = []
    for threads in (1, 2, 3):
        document = whatif("--policies", "--set", "other.noise=0.5", "--threads", threads, runs=70001)
        del document["timing"]
        documents.append(document)
    assert documents[0] == documents[1] == documents[2]


def same_as_two_forecasts():
    """Without pairing the numbers are those of opcon forecast."""
    document = whatif("--policy", "raised", runs=50000)
    alone = opcon.forecast(TEXT, "--set", "stages.left.chance=theta + (1 - theta) * 0.2", runs=50000)
    a = answer(document, "left", of="stage")
    assert a["p50"] == alone["stages"]["left"]["p50"] and a["p10"] == alone["stages"]["left"]["p10"]
    assert abs(a["never"] - alone["stages"]["left"]["never"]) < 1e-12
    assert abs(answer(document, "other_at_end")["mean"] - alone["questions"]["other_at_end"]["mean"]) < 1e-9
    given = opcon.forecast(TEXT, "--given", "left <= 2026-12-31", runs=50000)
    document = whatif("--policy", "news", runs=50000)
    assert document["variants"][1]["counted"] == given["counted"]
    assert abs(answer(document, "right_first")["p"] - given["questions"]["right_first"]["p"]) < 1e-12


def files_and_policies_agree():
    change = opcon.folder() / "change.yaml"
    change.write_text('title: {en: Raised, ja: 引き上げ, ko: 인상}\nset: {stages.left.chance: "theta + (1 - theta) * 0.2"}\n',
                      encoding="utf-8")
    document = whatif("--policy", "raised", "--with", change, runs=20000)
    assert document["variants"][1]["answers"] == document["variants"][2]["answers"]


def force_bites():
    document = whatif("--force", "day@2026.held=no", runs=50000)
    a = answer(document, "left_first")
    assert a["p"] == 0 and a["difference"]["p"]["value"] == -answer(document, "left_first", 0)["p"]
    assert_zero(document, names={"right", "beyond", "level_at_end", "other_at_end"})


def a_mapping_sets_parts():
    parts = whatif("--set", "other={drift: 2/yr, noise: 0.5}", "--question", "beyond", runs=5000)
    paths = whatif("--set", "other.drift=2/yr", "--set", "other.noise=0.5", "--question", "beyond", runs=5000)
    done = whatif("--set", "stages.left={done: 2025-12-01}", "--question", "left_first", runs=5000)
    assert parts["variants"][1]["answers"] == paths["variants"][1]["answers"]
    assert answer(done, "left_first")["p"] == 1


def why(*options, **more):
    return whatif("--why", *options, **more)["why"][0]


def why_names_what_was_forced():
    found = why("--force", "day@2026.held=no", "--question", "left_first", runs=20000)
    assert found["up"] == 0 and found["flipped"] >= 2000, found
    (turn,) = found["outcomes"]
    assert (turn["record"], turn["at"], turn["in"], turn["share"]) == ("left", "day", "base", 1), turn
    assert turn["p10"] == turn["p90"] == "2026-06-01", turn
    assert found["values"] == found["outcomes"]


def why_follows_a_cause_to_its_effect():
    """A faster drift moves `other` at the first tick of every future; what flips is whether `beyond` is reached."""
    found = why("--set", "other.drift=2/yr", "--question", "beyond", runs=20000)
    for list_ in (found["outcomes"], found["values"]):
        assert sum(turn["futures"] for turn in list_) == found["flipped"]
    assert {(turn["record"], turn["in"]) for turn in found["outcomes"]} == {("beyond", "variant")}
    (value,) = found["values"]
    assert (value["record"], value["at"], value["p90"], value["share"]) == ("gain", "start", "2026-01-01", 1) or \
        (value["record"], value["at"], value["p90"], value["share"]) == ("other", "tick", "2026-02-01", 1), value


def why_when_rows_differ():
    """A new occurrence: the schedules differ, and the draws at the old ones stay."""
    found = why("--set", "calendar.meeting.date=[2026-01-20, 2026-03-01, 2027-03-01, 2028-03-01, 2029-03-01, "
                "2030-03-01]", "--question", "right", runs=20000)
    assert {(t["record"], t["at"], t["in"]) for t in found["outcomes"]} == {("right", "meeting", "variant")}, found
    assert found["outcomes"][0]["p10"] == found["outcomes"][0]["p90"] == "2026-01-20", found


def why_nothing():
    found = why("--set", "unread=2", runs=4096)
    assert found["flipped"] == 0 and found["example"] is None and found["futures"] == 4096


def why_in_words():
    path = opcon.scenario(TEXT)
    for lang in ("en", "ja", "ko"):
        result = opcon.run("whatif", path, "--why", "--policies", "--lang", lang, "--runs", 20000)
        text = result.stdout.decode()
        assert not result.returncode and not re.search(r"(why|whatif|head)\.[a-z]|\{[0-9]", text), text
    result = opcon.run("whatif", path, "--why", "--question", "lft", "--policies", "--lang", "en")
    assert result.returncode == 2 and "left" in result.stderr.decode()


def interrupted_keeps_what_is_done():
    path = opcon.scenario(TEXT)
    command = [opcon.PROGRAM, "whatif", path, "--policy", "raised", "--runs", "1e10", "--why", "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    opcon.wait_for_work(process, 1)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 130, error.decode()
    document = json.loads(out)
    assert not document["complete"] and document["runs"] % 16384 == 0 and document["runs"] > 0
    again = whatif("--policy", "raised", runs=document["runs"])
    assert again["variants"] == document["variants"]


def refusals():
    path = opcon.scenario(TEXT)
    cases = [(["--given", "left <= 2026-12-31", "--runs", "2000"], 1, "E0330"), ([], 2, "--policies"),
             (["--policy", "rased"], 2, "raised"), (["--with", "/nowhere.yaml"], 1, "E0001"),
             (["--set", "lft=1"], 1, "E0140"), (["--set", "questions.left_first=3"], 1, "left_first"),
             (["--set", "stages.left.chance=theta + level"], 1, "E0320")]
    for options, code, word in cases:
        result = opcon.run("whatif", path, "--lang", "en", *options)
        text = result.stderr.decode()
        assert word in text and not result.stdout, f"{options}: {result.returncode} {text}"
        assert result.returncode == code, f"{options}: {result.returncode} {text}"


def languages_and_tables():
    path = opcon.scenario(TEXT)
    for lang, word in (("en", "Raised"), ("ja", "引き上げ"), ("ko", "인상")):
        result = opcon.run("whatif", path, "--policies", "--lang", lang, "--runs", 20000)
        text = result.stdout.decode()
        assert word in text and not re.search(r"whatif\.[a-z]|head\.[a-z]|\{[0-9]", text), text
    result = opcon.run("whatif", path, "--policies", "--format", "csv", "--runs", 20000)
    rows = list(csv.DictReader(io.StringIO(result.stdout.decode())))
    assert {r["variant"] for r in rows} == {"raised", "news"} and all(None not in r for r in rows)


def main():
    opcon.start(sys.argv)
    tap = opcon.Tap()
    for test in (nothing_changes, nothing_changes_in_the_flagship, others_keep_their_draws, paths_stay_the_same,
                 reports_stay_the_same, exact_difference,
                 news_is_bayes, news_alone_shares_the_base_futures, news_of_many_truths, too_few_in_one_row,
                 all_kinds_together, errors_are_what_they_say, same_for_any_threads, same_as_two_forecasts,
                 files_and_policies_agree, force_bites, a_mapping_sets_parts, why_names_what_was_forced,
                 why_follows_a_cause_to_its_effect, why_when_rows_differ, why_nothing, why_in_words,
                 interrupted_keeps_what_is_done, refusals, languages_and_tables):
        tap.attempt(test.__name__, test)
    tap.done()


main()
