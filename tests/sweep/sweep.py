#!/usr/bin/env python3
"""opcon sweep: what a row holds, that threads and interruptions change nothing, and what is refused."""
import csv
import pathlib
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon

MODEL = """scenario: test
as_of: 2025-12-31
horizon: 2031-12-31
calendar: {exam: {every: year, date: 08-18, held: 0.7}}
inputs: {skill: "uniform(0, 0.2)"}
variables: {mood: {values: [fine, sour], now: fine, changes: [{at: exam, to: {fine: 0.5, sour: rest}}]}}
stages:
  a: {at: exam, chance: 0.4 + skill}
  b: {after: a, takes: 100d}
questions: {by: b <= 2029-12-31, gap: "if done(b) then b - a else never_days", mood: mood, skill: skill, never_ever: b}
define: {never_days: 1000d}
"""
GRID = """scenario: model.yaml
runs: 3000
vary:
  stages.a.chance: [0.2, "0.3 + skill", 0.6]
  stages.b.takes: {from: 50d, to: 150d, steps: 3}
"""


def sweep(text, *options, name="s.yaml", output="out.csv"):
    path = opcon.scenario(text, name)
    out = opcon.folder() / output
    return opcon.run("sweep", path, "--output", out, *options), out


def rows_of(out):
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# opcon sweep; digest ")
    return list(csv.DictReader(lines[1:]))


def fine(result):
    assert result.returncode == 0, result.stderr.decode()


def same_as_forecast():
    result, out = sweep(GRID, output="grid.csv")
    fine(result)
    rows = rows_of(out)
    assert [r["variant"] for r in rows] == [str(i) for i in range(9)]
    assert [(r["stages.a.chance"], r["stages.b.takes"]) for r in rows][3:5] == [("0.3 + skill", "50d"), ("0.3 + skill", "100d")]
    for row in rows:
        sets = [f"stages.a.chance={row['stages.a.chance']}", f"stages.b.takes={row['stages.b.takes']}"]
        f = opcon.forecast(opcon.folder() / "model.yaml", "--set", sets[0], "--set", sets[1], runs=3000)
        q = f["questions"]
        assert row["status"] == "ok" and row["counted"] == "3000"
        assert float(row["by"]) == q["by"]["p"] and float(row["by.se"]) == q["by"]["se"]
        assert (row["b.p50"] or None) == f["stages"]["b"]["p50"] and float(row["b.never"]) == f["stages"]["b"]["never"]
        assert float(row["mood=sour"]) == q["mood"]["shares"]["sour"]
        assert float(row["skill.mean"]) == q["skill"]["mean"] and float(row["skill.p95"]) == q["skill"]["p95"]


def threads():
    texts = set()
    for count in (1, 2, 3, 8):
        result, out = sweep(GRID, "--threads", count, output=f"threads{count}.csv")
        fine(result)
        texts.add(out.read_bytes())
    assert len(texts) == 1


def torn():
    """Whatever byte the file was cut at, --resume gives the same file."""
    result, out = sweep(GRID, output="whole.csv")
    fine(result)
    whole = out.read_bytes()
    cut = opcon.folder() / "cut.csv"
    for length in [0, 1, 40, len(whole) // 3, len(whole) // 2, len(whole) - 30, len(whole) - 1, len(whole)]:
        cut.write_bytes(whole[:length])
        fine(sweep(GRID, "--resume", output="cut.csv")[0])
        assert cut.read_bytes() == whole, f"cut at {length}"


def interrupted():
    many = GRID.replace("3000", "100000").replace("steps: 3", "steps: 60")
    path = opcon.scenario(many, "many.yaml")
    out = opcon.folder() / "many.csv"
    for sign, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
        process = subprocess.Popen([opcon.PROGRAM, "sweep", path, "--output", out, "--resume"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        before = out.stat().st_size if out.exists() else 0
        opcon.wait_until(lambda: out.exists() and out.stat().st_size > before + 2000, "2,000 bytes of rows")
        process.send_signal(sign)
        assert process.wait(60) == code, process.returncode
        whole = out.read_bytes()[:out.read_bytes().rindex(b"\n") + 1].decode().splitlines()[2:]
        assert whole and [line.split(",")[0] for line in whole] == [str(i) for i in range(len(whole))]
    fine(opcon.run("sweep", path, "--output", out, "--resume"))
    whole = opcon.folder() / "uninterrupted.csv"
    fine(opcon.run("sweep", path, "--output", whole))
    assert out.read_bytes() == whole.read_bytes()


def latin():
    result, out = sweep("""scenario: model.yaml
design: latin
variants: 40
runs: 500
vary:
  stages.a.chance: {low: 0.1, high: 0.9}
  stages.b.takes: {low: 1mo, high: 5mo}
  calendar.exam.held: [0.5, 1]
""", output="latin.csv")
    fine(result)
    rows = rows_of(out)
    for name, low, high in (("stages.a.chance", 0.1, 0.9), ("stages.b.takes", 1, 5)):
        strata = sorted(int((float(r[name].rstrip("mo")) - low) / (high - low) * 40) for r in rows)
        assert strata == list(range(40)), f"{name}: {strata}"
    assert sorted(r["calendar.exam.held"] for r in rows) == ["0.5"] * 20 + ["1"] * 20
    assert rows[0]["stages.b.takes"].endswith("mo")


def listed():
    result, out = sweep("""scenario: model.yaml
runs: 500
list:
  - {stages.a.chance: 0.5, skill: 0}
  - {skill: "beta(2, 20)", stages.a.chance: 0.4 + skill}
""", output="list.csv")
    fine(result)
    assert [(r["stages.a.chance"], r["skill"]) for r in rows_of(out)] == [("0.5", "0"), ("0.4 + skill", "beta(2, 20)")]


def faulty_variants():
    result, out = sweep("scenario: model.yaml\nruns: 500\nvary: {stages.a.chance: [0.5, 1.5, skill * 8, not_there]}\n",
                        output="faulty.csv")
    fine(result)
    rows = rows_of(out)
    assert [r["status"] for r in rows] == ["ok", "E0302", "E0320", "E0216"], [r["status"] for r in rows]
    assert all(r["by"] == "" and r["digest"] == "" for r in rows[1:])
    assert b"3 variants" in result.stderr


def others_file():
    result, out = sweep(GRID, output="mine.csv")
    fine(result)
    before = out.read_bytes()
    assert sweep(GRID, output="mine.csv")[0].returncode == 2
    for options in (["--runs", "10"],):
        result, _ = sweep(GRID, "--resume", *options, output="mine.csv")
        assert result.returncode == 1 and b"E0984" in result.stderr
    result, _ = sweep(GRID.replace("0.6", "0.7"), "--resume", output="mine.csv")
    assert result.returncode == 1 and b"E0984" in result.stderr
    opcon.scenario(MODEL.replace("held: 0.7", "held: 0.8"), "model.yaml")
    result, _ = sweep(GRID, "--resume", output="mine.csv")
    opcon.scenario(MODEL, "model.yaml")
    assert result.returncode == 1 and b"E0984" in result.stderr
    assert out.read_bytes() == before
    out.write_bytes(before.replace(b"\n3,", b"\n4,", 1))
    result, _ = sweep(GRID, "--resume", output="mine.csv")
    assert result.returncode == 1 and b"E0984" in result.stderr


REFUSED = {
    "no scenario": ("E0980", "vary: {x: [1]}"),
    "an unknown key": ("E0980", "scenario: model.yaml\nvarry: {skill: [1]}"),
    "an unknown design": ("E0980", "scenario: model.yaml\ndesign: random\nvary: {skill: [1]}"),
    "a row with other paths": ("E0980", "scenario: model.yaml\nlist: [{skill: 1}, {stages.a.chance: 1}]"),
    "nothing to vary": ("E0981", "scenario: model.yaml"),
    "no values": ("E0981", "scenario: model.yaml\nvary: {skill: []}"),
    "latin without variants": ("E0981", "scenario: model.yaml\ndesign: latin\nvary: {skill: {low: 0, high: 1}}"),
    "two units": ("E0982", "scenario: model.yaml\nvary: {skill: {from: 1mo, to: 9d, steps: 3}}"),
    "one step": ("E0982", "scenario: model.yaml\nvary: {skill: {from: 1, to: 9, steps: 1}}"),
    "low and high in a grid": ("E0982", "scenario: model.yaml\nvary: {skill: {low: 1, high: 9}}"),
    "too many": ("E0983", "scenario: model.yaml\nvary:\n" + "".join(f"  x{i}: {{from: 0, to: 1, steps: 1000}}\n" for i in range(8))),
    "an unknown path": ("E0140", "scenario: model.yaml\nvary: {skil: [1]}"),
    "a broken file": ("E0005", "scenario: [model.yaml\n"),
}


def refused(code, text):
    result, out = sweep(text + "\n", output="refused.csv")
    assert result.returncode == 1 and code in result.stderr.decode(), f"{result.returncode} {result.stderr.decode()}"
    assert not out.exists()


opcon.start(sys.argv)
opcon.scenario(MODEL, "model.yaml")
tap = opcon.Tap()
for function in (same_as_forecast, threads, torn, interrupted, latin, listed, faulty_variants, others_file):
    tap.attempt(function.__name__.replace("_", " "), function)
for what, (code, text) in REFUSED.items():
    tap.attempt(f"refused: {what}", lambda: refused(code, text))
tap.done()
