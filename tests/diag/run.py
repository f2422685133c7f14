"""Every message, byte for byte: opcon forecast NAME.yaml, with the options in NAME.args, must print NAME.err and nothing
else. NAME.part.* belong to the file that names them. `run.py OPCON ROOT --write` writes the files anew, for review."""
import json
import pathlib
import re
import shlex
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

# Codes whose input is too large or no text: tests/cli/hostile.py looks for these.
ELSEWHERE = {"E0002", "E0003", "E0004", "E0007", "E0008", "E0015", "E0108", "E0113", "E0210", "E0214", "E0309"}
FOLDER = pathlib.Path(__file__).parent


def options(case):
    arguments = case.with_suffix(".args")
    return shlex.split(arguments.read_text(encoding="utf-8")) if arguments.exists() else []


def run(case, form="text"):
    if form == "text":
        arguments = ["forecast", case.name, "--runs", "1000", "--seed", "1", *options(case)]
    else:
        arguments = ["check", case.name, "--format", form]
    return subprocess.run([opcon.PROGRAM, *arguments, "--lang", "en"], capture_output=True, cwd=FOLDER, timeout=60,
                          env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "COLUMNS": "100"})


def check_json(tap, case, expected):
    """Each line an object; each place inside its file, and line and column the ones of its bytes."""
    result = run(case, "json")
    faults = []
    for line in result.stderr.decode().splitlines():
        diag = json.loads(line)
        spans = [diag] + [r for group in ("labels", "helps", "values") for r in diag[group]]
        spans += [r["edit"] for r in diag["helps"] if "edit" in r]
        for span in spans:
            if "file" not in span:
                continue
            path = FOLDER / span["file"]
            if not path.exists():
                continue
            text = path.read_bytes()
            if not 0 <= span["start"] <= span["end"] <= len(text):
                faults.append(f"{span['file']}: {span['start']}..{span['end']} of {len(text)}")
                continue
            before = text[:span["start"]].decode()
            if span["line"] != before.count("\n") + 1 or span["column"] != len(before) - (before.rfind("\n") + 1) + 1:
                faults.append(f"{span['file']}: line {span['line']}, column {span['column']} is not byte {span['start']}")
        if f"[{diag['code']}]" not in expected:
            faults.append(f"{diag['code']} is not in the text form")
    tap.check(not faults, f"{case.stem}: json", "\n".join(faults))


def check_gcc(tap, case):
    form = re.compile(r"^(?:[^:]+:\d+:\d+|opcon): (?:error|warning): .+ \[[EW]\d{4}\]$")
    bad = [line for line in run(case, "gcc").stderr.decode().splitlines() if not form.match(line)]
    tap.check(not bad, f"{case.stem}: gcc", "\n".join(bad))


def check_codes(tap, cases):
    source = (opcon.ROOT / "src/diag/codes.def").read_text()
    seen = set(re.findall(r"\[([EW]\d{4})\]", "".join(c.with_suffix(".err").read_text() for c in cases)))
    hostile = (opcon.ROOT / "tests/cli/hostile.py").read_text()
    for code in re.findall(r"^CODE\((\w+),", source, re.M):
        if code[1:3] in ("00", "01", "02", "03", "04"):
            there = code in hostile if code in ELSEWHERE else code in seen
            tap.check(there, f"{code} is the message of some file")
    return seen


def main():
    opcon.start(sys.argv)
    cases = sorted(p for p in FOLDER.glob("*.yaml") if not p.stem.endswith(".part"))
    if "--write" in sys.argv:
        for case in cases:
            case.with_suffix(".err").write_bytes(run(case).stderr)
        return
    tap = opcon.Tap()
    for case in cases:
        result = run(case)
        expected = case.with_suffix(".err").read_text(encoding="utf-8")
        shown = result.stderr.decode()
        wrong = "error[" in expected
        tap.check(shown == expected, f"{case.stem}: message", f"expected:\n{expected}\nfound:\n{shown}")
        tap.check(result.returncode == (1 if wrong else 0), f"{case.stem}: exit", result.returncode)
        tap.check(not wrong or not result.stdout, f"{case.stem}: no number", result.stdout.decode())
        if wrong and not options(case):
            check_json(tap, case, expected)
            check_gcc(tap, case)
    check_codes(tap, cases)
    tap.done()


main()
