"""Runs every example of the manual.

    examples.py OPCON ROOT [PAGE...]      TAP; without pages all of docs/manual, docs/format and the README

What a fenced block is for stands behind its language:

    ```yaml scenario              a complete scenario: must check without errors and run
    ```yaml scenario file=PATH    the same, and kept under that name for the commands below it
    ```yaml part                  sections of a scenario; name, as_of and horizon are put before them where they are missing
    ```yaml part broken=E0242     must be refused with this code
    ```yaml file=PATH             only kept (```csv file=PATH and ```text file=PATH too)
    ```console                    lines that begin with `$ opcon` are run in the page's folder and must succeed
    ```console exit=1             … and must end with this code
    ```console output             what stands below each command is compared: `…` on a line of its own stands for any number of
                                  lines, within a line for any text
    ```expressions                `expression → value`, read at the end of the last scenario of the page that is marked `frame`
                                  (```yaml scenario frame); `distribution ~ mean M, sd S, p05 A, p95 B` is drawn once a future

Each page has an empty folder of its own; its blocks run in order.
"""
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

OPCON, ROOT = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
HEAD = {"scenario": "example", "as_of": "2026-01-01", "horizon": "2030-12-31"}
FENCE = re.compile(r"^```(\S+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FUTURES = 40000


class Tap:
    number = failed = 0

    def check(self, fine, name, detail=""):
        self.number += 1
        self.failed += not fine
        print(f"{'ok' if fine else 'not ok'} {self.number} - {name}")
        for line in str(detail).splitlines() if not fine else []:
            print("  #", line)


TAP = Tap()


def run(words, folder):
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "OPCON"))}
    environment.update(LANG="C.UTF-8", COLUMNS="80", HOME=str(folder))
    done = subprocess.run([str(OPCON), *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=folder, timeout=300,
                          env=environment)
    return done.returncode, done.stdout.decode("utf-8")


def marks_of(text):
    marks = {}
    for word in text.split():
        key, _, value = word.partition("=")
        marks[key] = value
    return marks


# --- scenarios ---

def complete(text):
    lines = [f"{key}: {value}\n" for key, value in HEAD.items() if not re.search(rf"^{key}:", text, re.MULTILINE)]
    return "".join(lines) + text


def try_scenario(path, name, folder, broken):
    code, out = run(["check", str(path)], folder)
    if broken:
        TAP.check(code == 1 and f"[{broken}]" in out, f"{name}: refused with {broken}", out)
        return
    TAP.check(code == 0 and "warning[" not in out, f"{name}: checks", out)
    if code == 0:
        code, out = run(["forecast", str(path), "--runs", "2000"], folder)
        TAP.check(code == 0, f"{name}: runs", out)


def yaml_block(marks, text, name, folder):
    if "scenario" not in marks and "part" not in marks and "file" not in marks:
        return None
    path = folder / (marks.get("file") or "block.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(complete(text) if "part" in marks else text, encoding="utf-8")
    if "scenario" in marks or "part" in marks:
        try_scenario(path, name, folder, marks.get("broken"))
    return text if "frame" in marks else None


# --- commands ---

def pattern_of(shown):
    """A regular expression for shown output: `…` alone is any lines, `…` within a line any text."""
    parts = []
    for line in shown.rstrip("\n").split("\n"):
        if line.strip() == "…":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(".*?".join(re.escape(piece.rstrip() if i == line.count("…") else piece)
                                    for i, piece in enumerate(line.split("…"))) + r"[ \t]*\n")
    return re.compile("".join(parts))


def commands_of(text):
    """(command, shown output) in order; a command goes on behind a backslash at the end of the line."""
    found = []
    lines = iter(text.split("\n"))
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command = command[:-1] + next(lines).lstrip("> ")
            found.append([command, []])
        elif found:
            found[-1][1].append(line)
    return [(command, "\n".join(shown)) for command, shown in found]


def console_block(marks, text, name, folder):
    for command, shown in commands_of(text):
        words = shlex.split(command, comments=True)
        if not words or words[0] != "opcon":
            TAP.check(False, f"{name}: {command}", "only opcon is run here")
            continue
        code, out = run(words[1:], folder)
        wanted = int(marks.get("exit", "0"))
        fine = code == wanted
        detail = f"exit {code}, expected {wanted}\n{out[:2000]}"
        if fine and "output" in marks and shown.strip():
            fine = pattern_of(shown).fullmatch(out if out.endswith("\n") else out + "\n") is not None
            detail = "the output differs; it is:\n" + out[:6000]
        TAP.check(fine, f"{name}: {command}", detail)


# --- expressions ---

def near(got, wanted, error):
    return got is not None and abs(got - wanted) <= error


def value_of(text):
    """What stands behind the arrow, as the forecast's JSON says it."""
    return {"yes": 1.0, "no": 0.0}.get(text) if text in ("yes", "no") else text


def compare_value(answer, wanted):
    if answer["kind"] == "truth":
        return answer["p"] == value_of(wanted)
    if answer["kind"] == "date":
        return answer["never"] == 1 if wanted == "never" else answer["p50"] == wanted and answer["p10"] == answer["p90"]
    if answer["kind"] == "category":
        return answer["shares"].get(wanted) == 1
    if wanted == "never":
        return answer["never"] == 1
    number = float(wanted.removesuffix(" d"))
    return near(answer["p50"], number, 1e-3 * max(1, abs(number)))


def compare_distribution(answer, wanted):
    """mean within five standard errors (the last digit shown counts half); the other figures within 3 %."""
    for part in wanted.split(","):
        key, figure = part.split()
        figure = float(figure)
        got = answer.get("p" if key == "p" else key)
        rounding = 0.5 * 10 ** -len(part.partition(".")[2].strip())
        error = 5 * answer["se"] if key in ("mean", "p") else 0.03 * max(abs(figure), answer.get("sd") or 0)
        if not near(got, figure, error + rounding):
            return False
    return True


def expression_block(text, name, folder, frame):
    rows = []
    for line in text.split("\n"):
        parts = re.split(r"\s+([→~])\s+", line.partition("  #")[0].strip())
        if len(parts) == 3:
            rows.append(parts)
    inputs = "".join(f"  e{i}: \"{row[0]}\"\n" for i, row in enumerate(rows) if row[1] == "~")
    questions = "".join(f"  q{i}: " + (f"e{i}\n" if row[1] == "~" else f"\"{row[0]}\"\n") for i, row in enumerate(rows))
    path = folder / "expressions.yaml"
    base = re.sub(r"^questions:.*?(?=^\S|\Z)", "", frame, flags=re.MULTILINE | re.DOTALL)
    base = re.sub(r"^inputs:\n", "inputs:\n" + inputs, base, flags=re.MULTILINE)
    path.write_text(base.rstrip("\n") + "\nquestions:\n" + questions, encoding="utf-8")
    code, out = run(["forecast", str(path), "--format", "json", "--runs", str(FUTURES)], folder)
    if code != 0:
        TAP.check(False, f"{name}: expressions", out)
        return
    answers = json.loads(out)["questions"]
    for i, (expression, kind, wanted) in enumerate(rows):
        answer = {k: v for k, v in answers[f"q{i}"].items() if k != "cdf"}
        fine = compare_value(answer, wanted) if kind == "→" else compare_distribution(answer, wanted)
        TAP.check(fine, f"{name}: {expression} {kind} {wanted}", answer)


def page(path):
    frame = None
    text = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="opcon-manual-") as folder:
        folder = pathlib.Path(folder)
        for block in FENCE.finditer(text):
            language, marks, body = block[1], marks_of(block[2]), block[3]
            name = f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, block.start()) + 1}"
            if language == "yaml":
                frame = yaml_block(marks, body, name, folder) or frame
            elif language in ("csv", "text") and "file" in marks:
                yaml_block(marks, body, name, folder)
            elif language == "console":
                console_block(marks, body, name, folder)
            elif language == "expressions":
                expression_block(body, name, folder, frame)


def main():
    pages = [pathlib.Path(p).resolve() for p in sys.argv[3:]] or \
        sorted((ROOT / "docs" / "manual").rglob("*.md")) + sorted((ROOT / "docs" / "format").glob("*.md")) + \
        [ROOT / "docs" / "README.md", ROOT / "README.md"]
    for path in pages:
        page(path)
    print(f"1..{TAP.number}")
    return 1 if TAP.failed else 0


sys.exit(main())
