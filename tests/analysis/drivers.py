#!/usr/bin/env python3
"""opcon drivers and discover against closed forms: the Ishigami function, a sum of independent inputs, a category, a
planted box; what cannot be estimated; the flagship; languages.

    drivers.py OPCON SOURCE_ROOT
"""
import csv
import io
import json
import math
import pathlib
import signal
import subprocess
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

opcon.start(sys.argv)
tap = opcon.Tap()

HEAD = """scenario: s
title: {en: s, ja: s, ko: s}
as_of: 2026-01-01
horizon: 2030-12-31
tick: month
"""


def json_of(command, text, *options):
    path = text if isinstance(text, pathlib.Path) else opcon.scenario(text)
    done = opcon.run(command, path, "--format", "json", *options)
    if done.returncode != 0:
        raise AssertionError(f"exit {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def refused(status, word, *arguments):
    done = opcon.run(*arguments)
    text = done.stderr.decode()
    assert done.returncode == status, f"exit {done.returncode}, expected {status}: {text}"
    assert word in text, text


def near(name, value, wanted, within):
    assert abs(value - wanted) <= within, f"{name}: {value}, expected {wanted} within {within}"


def by_name(document):
    return {d["name"]: d for d in document["drivers"]}


# sin(x) on -pi .. pi as its series up to x^15; the remainder is below 2e-6.
def sine(x):
    terms = [f"{'+-'[k % 2]} {x}^{2 * k + 1} / {math.factorial(2 * k + 1)}" for k in range(1, 8)]
    return f"({x} {' '.join(terms)})"


ISHIGAMI = HEAD + f"""inputs:
  x1: uniform(-{math.pi}, {math.pi})
  x2: uniform(-{math.pi}, {math.pi})
  x3: uniform(-{math.pi}, {math.pi})
define:
  s1: {sine("x1")}
  s2: {sine("x2")}
questions:
  y: s1 + 7 * s2^2 + 0.1 * x3^4 * s1
"""
# Ishigami and Homma 1990 with a = 7, b = 0.1: V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = 8 b^2 pi^8 / 225.
V1, V2, V13 = (1 + 0.1 * math.pi**4 / 5) ** 2 / 2, 49 / 8, 8 * 0.01 * math.pi**8 / 225
V = V1 + V2 + V13


def ishigami():
    document = json_of("drivers", ISHIGAMI, "--sobol", "--runs", 65536)
    near("mean", document["question"]["mean"], 3.5, 0.06)
    near("variance", document["question"]["variance"], V, 0.25)
    drivers = by_name(document)
    wanted = {"x1": (V1 / V, (V1 + V13) / V), "x2": (V2 / V, V2 / V), "x3": (0, V13 / V)}
    for name, (first, total) in wanted.items():
        d = drivers[name]
        near(f"given-data share of {name}", d["share"]["value"], first, 0.015)
        near(f"first-order index of {name}", d["first"]["value"], first, 4.5 * d["first"]["se"] + 1e-3)
        near(f"total index of {name}", d["total"]["value"], total, 4.5 * d["total"]["se"] + 1e-3)
        assert d["first"]["se"] < 0.02 and d["total"]["se"] < 0.02, d
    near("chance", document["sobol"]["chance"]["total"]["value"], 0, 1e-12)
    near("sum of first-order indices", document["sobol"]["first_sum"], (V1 + V2) / V, 0.05)
    near("sum of shares", document["explained"], (V1 + V2) / V, 0.03)


ADDITIVE = HEAD + """inputs:
  a: normal(0, 1)
  b: normal(10, 2)
  c: uniform(0, 6)
  twice: 2 * a
variables:
  start: {now: "normal(0, 1.5)"}
questions:
  y: a + b + c + start
"""


def additive():
    document = json_of("drivers", ADDITIVE, "--sobol")
    drivers, parts = by_name(document), {"a": 1, "b": 4, "c": 3, "start": 2.25}
    for name, variance in parts.items():
        share = variance / 10.25
        near(f"share of {name}", drivers[name]["share"]["value"], share, 4.5 * drivers[name]["share"]["se"] + 0.006)
        near(f"first of {name}", drivers[name]["first"]["value"], share, 4.5 * drivers[name]["first"]["se"])
        near(f"total of {name}", drivers[name]["total"]["value"], share, 4.5 * drivers[name]["total"]["se"])
        # The spread left is sqrt(1 - share) for normal and uniform parts alike.
        near(f"narrowing of {name}", drivers[name]["narrowing"], 1 - math.sqrt(1 - share), 0.01)
    near("shares add up, less what varies inside a class", document["explained"], 0.99, 0.015)
    assert drivers["start"]["kind"] == "start" and drivers["a"]["adds_up"] and not drivers["twice"]["adds_up"]
    assert "first" not in drivers["twice"], "an input without draws of its own has no index"
    near("2 a tells what a tells", drivers["twice"]["share"]["value"], drivers["a"]["share"]["value"], 1e-12)
    # Mean of a standard normal in its tenths: -+ phi(1.2816) / 0.1 = 1.755; median of the tenth at 1.645.
    near("low end", drivers["a"]["low"]["output"], 13 - 1.755, 0.15)
    near("effect", drivers["b"]["effect"], 2 * 2 * 1.755, 0.2)
    near("value at the high end", drivers["a"]["high"]["input"], 1.645, 0.05)


CATEGORY = HEAD + """calendar:
  vote: {date: 2027-06-01}
variables:
  party:
    values: [left, middle, right]
    now: left
    changes:
      - {at: vote, to: {left: 0.3, middle: 0.5, right: 0.2}}
  lucky:
    now: bernoulli(0.5)
inputs:
  luck: uniform(0, 1)
  unused: normal(0, 1)
questions:
  happy:
    is: luck < (if party == left then 0.2 else if party == middle then 0.5 else 0.9)
  late: {is: party, at: 2028-01-01}
  lucky: lucky and luck < 0.5
"""


def category():
    document = json_of("drivers", CATEGORY, "--question", "happy")
    party = next(d for d in document["drivers"] if d["name"] == "party")
    assert party["kind"] == "later" and party["event"] == "vote" and party["day"] == "2027-06-01", party
    mean = 0.3 * 0.2 + 0.5 * 0.5 + 0.2 * 0.9
    between = 0.3 * (0.2 - mean) ** 2 + 0.5 * (0.5 - mean) ** 2 + 0.2 * (0.9 - mean) ** 2
    near("mean", document["question"]["mean"], mean, 0.01)
    near("share of the party", party["share"]["value"], between / (mean * (1 - mean)), 0.012)
    assert (party["low"]["input"], party["high"]["input"]) == ("left", "right"), party
    near("left", party["low"]["output"], 0.2, 0.012)
    near("right", party["high"]["output"], 0.9, 0.012)
    near("what is not used", by_name(document)["unused"]["share"]["value"], 0, 0.002)
    truth = next(d for d in json_of("drivers", CATEGORY, "--question", "lucky")["drivers"] if d["name"] == "lucky")
    near("a truth", truth["effect"], 0.5, 0.012)
    assert truth["low"]["input"] is False and truth["high"]["input"] is True
    asked = json_of("drivers", CATEGORY, "--question", "late", "--is", "right")
    near("a category asked about", asked["question"]["mean"], 0.2, 0.01)


def chance_and_ignorance():
    # Y = 1 if u < x: Var(E[Y | x]) = 1/12 of V = 1/4.
    text = HEAD + """inputs:
  x: uniform(0, 1)
calendar:
  day: {date: 2027-06-01}
stages:
  first: {at: day, chance: x}
questions:
  reached: first <= 2030-12-31
"""
    document = json_of("drivers", text, "--sobol", "--runs", 65536)
    chance = document["sobol"]["chance"]["total"]
    near("ignorance", document["sobol"]["of_not_knowing"], 1 / 3, 4.5 * chance["se"])
    near("the same from one run", by_name(document)["x"]["share"]["value"], 1 / 3, 0.02)


def same_twice():
    first = opcon.run("drivers", opcon.scenario(ISHIGAMI), "--sobol", "--format", "csv", "--threads", 1).stdout
    second = opcon.run("drivers", opcon.scenario(ISHIGAMI), "--sobol", "--format", "csv", "--threads", 3).stdout
    assert first == second and first.count(b"\n") == 4
    rows = list(csv.DictReader(io.StringIO(first.decode())))
    assert [r["name"] for r in rows] == [d["name"] for d in json_of("drivers", ISHIGAMI)["drivers"]]


def too_little():
    rare = HEAD + "inputs:\n  x: uniform(0, 1)\nquestions:\n  rare: x < 0.0001\n  same: x < 2\n"
    document = json_of("drivers", rare, "--question", "rare")
    assert document["drivers"] == [] and "65536" in document["not_estimated"], document
    assert "not_estimated" in json_of("drivers", rare, "--question", "same")
    few = HEAD + """inputs:
  x: uniform(0, 1)
calendar:
  day: {date: 2027-06-01}
stages:
  first: {at: day, chance: 0.01}
questions:
  wait: first - 2026-01-01
"""
    refused(1, "of 65536", "drivers", opcon.scenario(few), "--question", "wait")
    given = opcon.scenario(rare)
    refused(1, "E0330", "drivers", given, "--given", "x < 0.001")
    refused(2, "question", "drivers", given, "--question", "nothing")
    refused(2, "left", "drivers", opcon.scenario(CATEGORY), "--question", "late")
    refused(2, "by", "drivers", opcon.scenario(ADDITIVE), "--by", "2027-01-01")
    refused(4, "memory", "drivers", opcon.scenario(ADDITIVE), "--runs", 60000000)
    refused(2, "--given", "drivers", opcon.scenario(ADDITIVE), "--given", "a > 0", "--sobol")


# Futures of interest: x > 0.7 and y < 0.4 (12 in 100), z without meaning.
BOX = HEAD + """inputs:
  x: uniform(0, 1)
  y: uniform(0, 1)
  z: uniform(0, 1)
calendar:
  day: {every: year, date: 06-01}
stages:
  first: {at: day, needs: [today > 2029-01-01 or not (x > 0.7 and y < 0.4)]}
questions:
  date: first
"""


def planted_box():
    for options in (["--where", "x > 0.7 and y < 0.4"], ["--later-than", "2028-12-31"]):
        document = json_of("discover", BOX, *options)
        near("base rate", document["base_rate"], 0.12, 0.012)
        limits = {l["name"]: l for l in document["boxes"][0]["limits"]}
        assert set(limits) == {"x", "y"}, limits
        near("limit of x", limits["x"]["low"], 0.7, 0.05)
        near("limit of y", limits["y"]["high"], 0.4, 0.05)
        assert document["boxes"][0]["density"] > 0.9 and document["boxes"][0]["coverage"] > 0.5, document["boxes"][0]
        assert max(l["quasi_p"] for l in limits.values()) < 1e-6, limits
        first = document["trajectory"][0]
        assert first["coverage"] == 1 and first["mass"] == 1 and abs(first["density"] - document["base_rate"]) < 1e-12
    plain = opcon.run("discover", opcon.scenario(BOX), "--where", "z > 5")
    assert plain.returncode == 0 and b"0 of 16384" in plain.stdout, plain.stdout
    refused(2, "--where", "discover", opcon.scenario(BOX))
    refused(2, "--where", "discover", opcon.scenario(BOX), "--where", "x > 1", "--later-than", "2028-01-01")
    refused(1, "E0", "discover", opcon.scenario(BOX), "--where", "xx > 1")


def flagship():
    document = json_of("drivers", opcon.ROOT / "scenarios/rok-us", "--runs", 16384, "--sobol")
    drivers = document["drivers"]
    assert len(drivers) > 5 and {"input", "start", "takes", "later"} == {d["kind"] for d in drivers}
    effects = [abs(d["effect"]) for d in drivers if "effect" in d]
    assert effects == sorted(effects, reverse=True)
    assert 0 < document["explained"] < 1
    for d in drivers:
        assert 0 <= d["share"]["value"] <= 1 and d["share"]["low"] <= d["share"]["high"], d
        if "total" in d:
            assert d["total"]["value"] >= d["first"]["low"], d
    found = json_of("discover", opcon.ROOT / "scenarios/rok-us", "--later-than", "2035-12-31")
    assert found["boxes"][0]["density"] > found["base_rate"] and found["boxes"][0]["limits"]


def width_of(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line if not unicodedata.combining(c))


def languages():
    for lang, word in (("en", "Share"), ("ja", "割合"), ("ko", "몫")):
        for command in (["drivers", "--sobol"], ["discover", "--later-than", "2035-12-31", "--categories"]):
            for columns in ("80", "60"):
                done = opcon.run(command[0], opcon.ROOT / "scenarios/rok-us", *command[1:], "--runs", 4096, "--lang", lang,
                                 environment={"COLUMNS": columns})
                text = done.stdout.decode()
                assert done.returncode == 0 and "drivers." not in text and "discover." not in text and "{0}" not in text, text
                wide = [line for line in text.splitlines() if width_of(line) > int(columns)]
                assert not wide or columns == "60", wide
        text = opcon.run("drivers", opcon.ROOT / "scenarios/rok-us", "--runs", 4096, "--lang", lang).stdout.decode()
        assert word in text and ("◀" in text or "▶" in text) and "█" in text, text


def interrupted():
    """What was finished before Ctrl-C is shown, and it is the same as a run of so many futures."""
    flagship_path = str(opcon.ROOT / "scenarios/rok-us")
    for command in (["drivers"], ["discover", "--later-than", "2035-12-31"]):
        whole = [opcon.PROGRAM, command[0], flagship_path, *command[1:], "--runs", "700000", "--threads", "1", "--format", "json"]
        process = subprocess.Popen(whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        opcon.wait_for_work(process, 0.6)
        process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
        assert process.returncode == 130, (process.returncode, error.decode())
        document = json.loads(out)
        assert not document["complete"] and 1000 <= document["runs"] < 700000 and document["runs"] % 1024 == 0
        again = json_of(command[0], pathlib.Path(flagship_path), *command[1:], "--runs", document["runs"])
        assert again.pop("complete") and not document.pop("complete")
        assert again == document


def time_until():
    """Everything comes: the time until it is the answer then. takes is uniform on 100 to 300 days, so knowing it says all."""
    text = HEAD + """inputs:
  lag: uniform(100d, 300d)
stages:
  first: {takes: lag}
"""
    document = json_of("drivers", text)
    assert document["question"]["kind"] == "days" and document["question"]["by"] == "2030-12-31"
    near("mean", document["question"]["mean"], 200, 1.5)
    near("variance", document["question"]["variance"], 200 ** 2 / 12, 60)
    driver = document["drivers"][0]
    assert driver["name"] == "lag" and driver["share"]["value"] > 0.99, driver
    near("tornado", driver["effect"], 180, 1)
    cut = json_of("drivers", text, "--days", "--by", "2026-07-20")
    near("cut", cut["question"]["mean"], 200 - (300 - 201) ** 2 / 2 / 200, 1)
    refused(2, "days", "drivers", opcon.scenario(HEAD + "inputs:\n  x: normal(0, 1)\nquestions:\n  q: x\n"), "--days")


for name, test in (("Ishigami", ishigami), ("additive", additive), ("category", category),
                   ("chance and ignorance", chance_and_ignorance), ("the same for any number of threads", same_twice),
                   ("too little to tell", too_little), ("planted box", planted_box), ("flagship", flagship),
                   ("time until", time_until), ("interrupted", interrupted), ("languages", languages)):
    tap.attempt(name, test)
tap.done()
