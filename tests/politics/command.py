"""opcon bargain from the command line: published numbers in JSON, exit codes, messages with line and column.

usage: command.py OPCON DATA"""
import json
import os
import subprocess
import sys
import tempfile

opcon, data = sys.argv[1], sys.argv[2]
failures = []


def run(*arguments):
    done = subprocess.run([opcon, "bargain", *arguments], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def check(what, truth):
    if not truth:
        failures.append(what)


def table(text):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False, encoding="utf-8") as file:
        file.write(text)
    return file.name


ec = os.path.join(data, "ec-emissions.csv")
code, out, _ = run(ec, "--model", "challenge", "--play", "8", "--format", "json")
result = json.loads(out)
printed = [8.4, 9.61, 9.9, 9.9, 9.9, 7.4, 8.8, 9.6]
check("challenge runs", code == 0)
check("eight medians", all(abs(r["median"] - p) <= 0.1 for r, p in zip(result["rounds"], printed)) and len(result["rounds"]) == 8)
check("mean", abs(result["mean"] - 7.389956) < 1e-6 and result["median"] == 7)
check("options in force", result["options"]["q"] == 1 and result["options"]["rounds"] == 8)
check("actors", [a["id"] for a in result["actors"]][0] == "Netherlands" and result["actors"][0]["start"] == 4)
check("reasons", all(m["because"] and m["by"] for r in result["rounds"] for m in r["moves"]))
check("interval", result["interval"]["low"] <= result["outcome"] <= result["interval"]["high"])

ktab = os.path.join(data, "ktab-3dim-input.csv")
code, out, _ = run(ktab, "--model", "smp", "--option", "compat=ktab14", "--format", "json", "--runs", "0")
check("KTAB", json.loads(out)["rounds"][9]["positions"][0] == [78.56, 31.76, 74.05] or
      all(abs(a - b) < 1e-9 for a, b in zip(json.loads(out)["rounds"][9]["positions"][0], [78.56, 31.76, 74.05])))

code, first, _ = run(ec, "--format", "json", "--threads", "1")
code, second, _ = run(ec, "--format", "json", "--threads", "2")
check("threads don't show", first == second)

bad = table("actor,capability,position,salience\na,-1,50,50\nb,1,50,150\n")
code, out, err = run(bad)
check("bad table is refused", code == 1 and not out and "E0606" in err and ":2:3" in err and "E0608" in err and ":3:8" in err)
os.unlink(bad)
many = table("actor,capability,position,salience\n" + "".join(f"a{k},1,50,50\n" for k in range(10000)))
code, out, err = run(many)
check("ten thousand actors", code == 1 and not out and "E0612" in err)
os.unlink(many)
check("unknown model", run(ec, "--model", "magic")[0] == 2)
check("no input", run()[0] == 2)
check("no such file", run("/nowhere/actors.csv")[0] == 3)
for lang in ("en", "ja", "ko"):
    code, out, _ = run("timing", "--lang", lang, "--runs", "100")
    name = {"en": "President", "ja": "韓国大統領", "ko": "대한민국 대통령"}[lang]
    check("flagship issue in " + lang, code == 0 and name in out and "bargain." not in out)
    code, out, _ = run("timing", "--lang", lang, "--format", "svg")
    check("map in " + lang, code == 0 and out.startswith("<svg") and out.rstrip().endswith("</svg>") and name in out)
left, right = (json.loads(run("timing", "--state", "rok_government=" + s, "--format", "json", "--runs", "0")[1])["outcome"]
               for s in ("progressive", "conservative"))
check("governments matter", left > right)
check("exchange", "exchange" in json.loads(run("all", "--exchange", "--format", "json", "--runs", "0")[1]))
code, out, _ = run(ec, "--sweep", "Germany", "--format", "csv")
check("sweep", code == 0 and len(out.splitlines()) == 22)

for failure in failures:
    print("failed:", failure)
sys.exit(1 if failures else 0)
