"""Every key of the scenario format and every function of the language is in its reference: reference.py ROOT."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
KEYS = re.findall(r'^KEY\((\w+), "(\w+)"', (ROOT / "src/model/keys.def").read_text(encoding="utf-8"), re.MULTILINE)
FUNCTIONS = re.findall(r'^FUNCTION\(\w+, "(\w+)"', (ROOT / "src/lang/functions.def").read_text(encoding="utf-8"), re.MULTILINE)
scenario = (ROOT / "docs/manual/scenario.md").read_text(encoding="utf-8")
language = (ROOT / "docs/manual/language.md").read_text(encoding="utf-8")
HEADINGS = {"SCENARIO": "At the top", "ANY": "Keys that every record may have", "SET": "sets: families", "EVENT": "calendar: events",
            "INPUT": "inputs", "VARIABLE": "variables", "CHANGE": "variables", "SHOCK": "shocks",
            "DEFINITION": "define and conditions", "CONDITION": "define and conditions", "ISSUE": "issues", "STANCE": "issues",
            "STAGE": "stages", "QUESTION": "questions", "POLICY": "policies", "SOURCE": "sources"}
number = failed = 0


def check(fine, name):
    global number, failed
    number += 1
    failed += not fine
    print(f"{'ok' if fine else 'not ok'} {number} - {name}")


def section(heading):
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", scenario, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


check(len(KEYS) > 80 and len(FUNCTIONS) > 25, "the tables of keys and functions were read")
for record, key in KEYS:
    check(f"`{key}`" in section(HEADINGS.get(record, "")), f"scenario.md: {record} {key}")
blocks = "\n".join(re.findall(r"^```expressions\n(.*?)^```", language, re.MULTILINE | re.DOTALL))
for function in FUNCTIONS:
    check(f"`{function}(" in language, f"language.md: {function} is described")
    check(re.search(rf"\b{function}\(", blocks) is not None, f"language.md: {function} has an example")
print(f"1..{number}")
sys.exit(1 if failed else 0)
