"""The language by examples: each file NAME.test holds groups separated by blank lines.

    # a comment
    given                     what stands before the next groups: sections of a scenario, up to a line `end`
    end

    3 + 4 * 2                 an expression, asked as a question …
    = 11                      … and its value: a number, a date, true, false, never, a share of a category NAME 0.4

    log(0 - 1)
    ! E0308 the value is not a number (log(0 - 1))     the code and text of the message that it causes
    ? W0202 …                                          a warning, beside the value

`~ 0.25 0.01` instead of `=` allows a distance, for what is drawn; `= …` must be met to nine digits."""
import json
import math
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

HEAD = "scenario: s\nas_of: 2026-01-01\nhorizon: 2030-12-31\n"


def read(path):
    """Yields (line number, given, expression, expectations)."""
    given, group, inside = "", [], False
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n") + [""], 1):
        if inside:
            inside = line != "end"
            given += line + "\n" if inside else ""
        elif line == "given":
            given, inside = "", True
        elif line.startswith("#"):
            continue
        elif line:
            group.append((number, line))
        elif group:
            yield group[0][0], given, group[0][1], [text for _, text in group[1:]]
            group = []


def scenario(given, questions):
    text = given if given.startswith("scenario:") else HEAD + given
    return text + "questions:\n" + "".join(f"  q{i}: {json.dumps(q, ensure_ascii=False)}\n" for i, q in enumerate(questions))


def shown(answer):
    """The value of an answer as the test files write it."""
    if "mean" in answer:
        return answer["mean"]
    if "p50" in answer:
        return "never" if answer["p50"] is None else answer["p50"]
    if "shares" in answer:
        return answer["shares"]
    return answer["p"]


def fits(answer, expectation):
    sign, *words = expectation.split()
    value = shown(answer)
    if isinstance(value, dict):
        value, words = value.get(words[0], 0), words[1:]
    wanted = {"true": "1", "false": "0"}.get(words[0], words[0])
    if isinstance(value, str):
        return value == wanted
    distance = float(words[1]) if sign == "~" else 1e-9 * max(1.0, abs(float(wanted)))
    return isinstance(value, (int, float)) and math.isclose(value, float(wanted), rel_tol=0, abs_tol=distance)


def check_values(tap, path, given, cases):
    """All questions of one given at once; if that fails, one by one, so that each tells its own trouble."""
    def ask(some, name):
        file = opcon.scenario(scenario(given, [c[1] for c in some]), name)
        runs = 200000 if any(e.startswith("~") for c in some for e in c[2]) else 1000
        return opcon.run("forecast", file, "--format", "json", "--runs", runs)
    together = ask(cases, "all.yaml")
    for i, (number, text, expectations) in enumerate(cases):
        result, index = (together, i) if together.returncode == 0 else (ask([(number, text, expectations)], "one.yaml"), 0)
        name = f"{path.stem}:{number} {text}"
        if result.returncode != 0:
            tap.check(False, name, result.stderr.decode())
            continue
        answer = json.loads(result.stdout)["questions"][f"q{index}"]
        for expectation in expectations:
            if expectation[0] in "=~":
                tap.check(fits(answer, expectation), name, f"expected {expectation}, found {json.dumps(answer)[:200]}")


def check_messages(tap, path, number, given, text, expectations):
    result = opcon.run("forecast", opcon.scenario(scenario(given, [text]), "one.yaml"), "--runs", 1000)
    found = re.findall(r"^(?:error|warning)\[(\w+)\]: (.*)$", result.stderr.decode(), re.M)
    wanted = [tuple(e[2:].split(" ", 1)) for e in expectations if e[0] in "!?"]
    wrong = any(e[0] == "!" for e in expectations)
    tap.check(found == wanted and (result.returncode == 1) == wrong and bool(result.stdout) != wrong,
              f"{path.stem}:{number} {text}: message", f"expected {wanted}\nfound {found}, exit {result.returncode}")


def main():
    opcon.start(sys.argv)
    tap = opcon.Tap()
    for path in sorted(pathlib.Path(__file__).parent.glob("*.test")):
        by_given = {}
        for number, given, text, expectations in read(path):
            if any(e[0] in "!?" for e in expectations):
                check_messages(tap, path, number, given, text, expectations)
            if any(e[0] in "=~" for e in expectations):
                by_given.setdefault(given, []).append((number, text, expectations))
        for given, cases in by_given.items():
            check_values(tap, path, given, cases)
    tap.done()


main()
