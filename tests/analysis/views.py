#!/usr/bin/env python3
"""Inside view, outside view and voices in `opcon forecast`: against the rules of docs/manual/outside-view.md worked out
here, and against `opcon class`.

    views.py OPCON SOURCE_ROOT
"""
import datetime
import json
import math
import pathlib
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

folder = opcon.start(sys.argv)
tap = opcon.Tap()

HEAD = """scenario: s
title: {en: s, ja: s, ko: s}
as_of: 2026-06-30
horizon: 2035-12-31
tick: month
calendar:
  day: {date: [2028-07-01, 2030-07-01]}
stages:
  transfer: {at: day, chance: 0.5}
"""
VOICE = "  {name}: {{by: {by}, on: {on}, says: x, about: {about}, modality: {how}, {target}, from: judgement{more}}}\n"


def voices(*list_):
    text = "voices:\n"
    for i, (by, on, how, target, *more) in enumerate(list_):
        rest = more[0] if more else ""
        about = "other" if rest == "other" else "transfer"
        text += VOICE.format(name=f"v{i}", by=by, on=on, about=about, how=how, target=target,
                             more=f", outcome: {{is: missed, on: {rest}}}" if rest and rest != "other" else "")
    return text


def views(text, *options):
    return opcon.forecast(text, *options, runs=100000)["views"]


def cdf(view):
    return {datetime.date.fromisoformat(day): p for day, p in view["cdf"]}


def near(name, value, wanted, within):
    assert abs(value - wanted) <= within, f"{name}: {value}, expected {wanted} within {within}"


def one_voice():
    # Planned: 80 in 100 spread over 2028, 2 never, the rest later with a mean of the time from 2026-06-30 to 2028-12-31.
    view = views(HEAD + voices(("a", "2026-06-30", "planned", "target: 2028")))["voices"]
    c = cdf(view)
    assert c[datetime.date(2027, 12, 31)] == 0
    near("end of June 2028", c[datetime.date(2028, 6, 30)], 0.8 * 182 / 366, 1e-9)
    near("end of 2028", c[datetime.date(2028, 12, 31)], 0.8, 1e-9)
    after = datetime.date(2032, 12, 31)
    scale = (datetime.date(2028, 12, 31) - datetime.date(2026, 6, 30)).days
    near("later", c[after], 0.8 + 0.18 * (1 - 2.718281828459045 ** (-(after - datetime.date(2028, 12, 31)).days / scale)), 1e-6)
    assert view["statements"] == 1 and view["weights"] == {"v0": 1}


def condition():
    # Half of the interval is over: 40 of the 80 are gone.
    c = cdf(views(HEAD + voices(("a", "2026-01-01", "planned", "target: 2026")))["voices"])
    gone = 0.8 * 181 / 365
    near("end of 2026", c[datetime.date(2026, 12, 31)], (0.8 - gone) / (1 - gone), 1e-9)


def weights():
    view = views(HEAD + voices(("a", "2026-06-30", "planned", "target: 2028"), ("a", "2026-06-30", "planned", "target: 2028"),
                               ("b", "2026-06-30", "agreed", "target: 2029"), ("b", "2024-06-29", "aimed", "target: 2030")))["voices"]
    near("weights add up", sum(view["weights"].values()), 1, 1e-12)
    near("one speaker, one weight", view["weights"]["v0"] + view["weights"]["v1"], 0.5, 1e-9)
    near("an older one counts half", view["weights"]["v3"] / view["weights"]["v2"], 0.5, 2e-3)
    near("mean of the curves", cdf(view)[datetime.date(2028, 12, 31)], 0.5 * 0.8, 1e-9)
    assert (view["statements"], view["speakers"]) == (4, 2)


def weights_by_hand():
    text = HEAD + voices(("a", "2026-06-30", "planned", "target: 2028"), ("b", "2026-06-30", "planned", "target: 2029"))
    text = text.replace("target: 2028", "target: 2028, weight: 3")
    view = views(text)["voices"]
    near("three times", view["weights"]["v0"], 0.75, 1e-12)
    near("mean of the curves", cdf(view)[datetime.date(2028, 12, 31)], 0.75 * 0.8, 1e-9)
    for bad in ("none", "-1", "0"):
        assert views(text.replace("weight: 3", f"weight: {bad}"))["voices"]["unusable"] == 1, bad


def logarithmic_pool():
    """Genest and Zidek's pool, done again from the voices' own curves: geometric mean of each stretch, 5 % even mixed in."""
    said = [("a", "2026-06-30", "planned", "target: 2028"), ("b", "2026-06-30", "planned", "target: [2028, 2030]")]
    curves = [cdf(views(HEAD + voices(one))["voices"]) for one in said]
    both = views(HEAD + voices(*said))["voices"]
    days = sorted(curves[0])
    logs = [0.0] * (len(days) + 1)
    for curve in curves:
        values = [0.0] + [curve[d] for d in days] + [1.0]
        for i in range(len(logs)):
            logs[i] += 0.5 * math.log(0.95 * (values[i + 1] - values[i]) + 0.05 / len(logs))
    weights = [math.exp(v) for v in logs]
    total, so_far, found = sum(weights), 0.0, cdf(both["log_pool"])
    for day, weight in zip(days, weights):
        so_far += weight
        near(f"by {day}", found[day], so_far / total, 1e-9)
    near("never", both["log_pool"]["never"], weights[-1] / total, 1e-9)


def left_out():
    view = views(HEAD + voices(("a", "2026-01-01", "planned", "target: 2028"), ("b", "2027-01-01", "planned", "target: 2028"),
                               ("c", "2020-01-01", "planned", "target: 2028", "2025-01-01"),
                               ("d", "2020-01-01", "planned", "target: 2025"), ("e", "2026-01-01", "shouted", "target: 2029"),
                               ("f", "2026-01-01", "planned", "target: 2028", "other"),
                               ("g", "2026-01-01", "planned", "target: 2028", "2027-06-01")))["voices"]
    assert [view[k] for k in ("statements", "later", "resolved", "lapsed", "unusable")] == [2, 1, 1, 1, 1], view
    nothing = opcon.forecast(HEAD + voices(("d", "2020-01-01", "planned", "target: 2025")), runs=1000)
    assert "views" not in nothing and "views" not in opcon.forecast(HEAD, runs=1000)


def distances():
    document = views(HEAD + voices(("a", "2026-06-30", "planned", "target: 2028")))
    inside, said = cdf(document["inside"]), cdf(document["voices"])
    near("inside", inside[datetime.date(2029, 12, 31)], 0.5, 0.008)
    assert document["inside"]["p50"] in ("2028-07-31", "2030-07-31")
    days = sorted(inside)
    area = sum((b - a).days * (abs(inside[a] - said[a]) + abs(inside[b] - said[b])) / 2 for a, b in zip(days, days[1:])
               if (inside[a] - said[a]) * (inside[b] - said[b]) >= 0)
    gap = document["distances"][0]
    assert (gap["from"], gap["to"]) == ("inside", "voices")
    near("area", gap["area_days"], area, 30)
    near("largest", gap["largest"], max(abs(inside[d] - said[d]) for d in days), 1e-9)


def outside():
    shutil.copy(opcon.ROOT / "scenarios/rok-us/data/reference-class.csv", folder / "class.csv")
    text = HEAD + """outside:
  transfer: {class: class.csv, announced: 2025-08-13, target: 2030-06, kind: authority, conditions_based: yes, from: judgement}
"""
    document = views(text)
    done = opcon.run("class", folder / "class.csv", "--as-of", "2026-06-30", "--target", "2030-06", "--announced", "2025-08-13",
                     "--known", "2026-06-30", "--kind", "authority", "--conditions", "--format", "csv")
    rows = [line.split(",") for line in done.stdout.decode().splitlines()]
    at, c = rows[0].index("done"), cdf(document["outside"])
    compared = 0
    for row in rows[1:]:
        day = datetime.date.fromisoformat(row[0])
        if day in c:
            near(f"by {day}", c[day], float(row[at]), 1e-6)
            compared += 1
    band = document["outside"]["band"]
    assert band["level"] == 0.9 and len(band["points"]) == len(c)
    for day, low, high in band["points"]:
        assert 0 <= low <= c[datetime.date.fromisoformat(day)] <= high <= 1, (day, low, high)
    assert max(high - low for _, low, high in band["points"]) > 0.1, "two dozen cases leave much open"
    assert compared > 20 and len(document["distances"]) == 1
    assert "outside" not in opcon.forecast(text, "--as-of", "2025-01-01", runs=1000).get("views", {})
    broken = opcon.run("forecast", opcon.scenario(text.replace("kind: authority", "kind: nothing")), "--runs", 1000)
    assert broken.returncode == 1 and b"E0958" in broken.stderr and not broken.stdout, broken


def flagship():
    document = opcon.forecast(opcon.ROOT / "scenarios/rok-us", runs=2000)["views"]
    assert len(document["distances"]) == 3 and all(document[k]["cdf"] for k in ("inside", "outside", "voices"))
    for lang in ("en", "ja", "ko"):
        text = opcon.run("forecast", opcon.ROOT / "scenarios/rok-us", "--runs", 2000, "--lang", lang).stdout.decode()
        assert "views." not in text and "{0}" not in text, text


for name, test in (("one voice", one_voice), ("on condition of as_of", condition), ("weights", weights), ("weights by hand", weights_by_hand), ("the logarithmic pool", logarithmic_pool),
                   ("left out", left_out),
                   ("distances", distances), ("outside view", outside), ("flagship", flagship)):
    tap.attempt(name, test)
tap.done()
