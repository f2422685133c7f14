"""The problem matcher of editors/vscode understands every line of `opcon check --format gcc`.

    matcher.py OPCON ROOT"""
import json
import re
import sys
import pathlib

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

opcon.start(sys.argv)
tap = opcon.Tap()
task = json.loads((opcon.ROOT / "editors/vscode/tasks.json").read_text(encoding="utf-8"))["tasks"][0]
pattern = task["problemMatcher"]["pattern"]
tap.check(task["command"].startswith("opcon check --format gcc"), "the task runs opcon check", task["command"])
seen = 0
for path in sorted((opcon.ROOT / "tests" / "diag").glob("E0[12]*.yaml")):
    for lang in ("en", "ko"):
        out = opcon.run("check", path, "--format", "gcc", "--lang", lang).stdout.decode()
        for line in out.splitlines():
            found = re.fullmatch(pattern["regexp"].strip("^$"), line)
            fine = found and pathlib.Path(found[pattern["file"]]).exists() and int(found[pattern["line"]]) > 0
            seen += bool(fine)
            if not fine and "[E" in line:
                tap.check(False, path.name, line)
tap.check(seen > 100, f"{seen} errors at their place")
tap.done()
