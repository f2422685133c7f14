"""The pages of docs/manual/commands against `opcon COMMAND --help`: every command has a page, and usage and options are
the same on both sides.

    commands.py OPCON ROOT            compares; TAP
    commands.py OPCON ROOT --write    brings usage and options of the pages up to date; what is written by hand stays
"""
import os
import pathlib
import re
import subprocess
import sys

OPCON, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
FOLDER = ROOT / "docs" / "manual" / "commands"
OPTIONS = "## Options\n"


def flat(text):
    return " ".join(text.split())


def run(*words):
    environment = {**os.environ, "OPCON_LANG": "en", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
    return subprocess.run([OPCON, *words], capture_output=True, text=True, encoding="utf-8", timeout=60, env=environment,
                          check=True).stdout


def commands():
    """Names in the overview: two spaces, a name, more spaces; lines that go on are indented further."""
    return re.findall(r"^  ([a-z]+) {2,}\S", run("--help", "--all"), re.MULTILINE)


def help_of(command):
    """(usage, [(option, text)]) as the program says them; wrapped lines joined."""
    lines = run(command, "--help", "--all").splitlines()
    end = lines.index("") if "" in lines else len(lines)
    options = []
    for line in lines[end:]:
        new = re.match(r"  (--\S.*?)(?: {2,}(\S.*))?$", line)
        if new:
            options.append([new[1], new[2] or ""])
        elif options and line.startswith("   "):
            options[-1][1] += " " + line.strip()
    return flat(" ".join(lines[:end])), [(option, flat(text)) for option, text in options]


def table(options):
    rows = ["| option | meaning |", "| --- | --- |"]
    for option, text in options:
        rows.append("| `%s` | %s |" % (option.replace("|", "\\|"), text.replace("|", "\\|")))
    return "\n".join(rows) + "\n"


def options_of(page):
    rows = re.findall(r"^\| `(--.*?)` \| (.*) \|$", page, re.MULTILINE)
    return [(option.replace("\\|", "|"), flat(text.replace("\\|", "|"))) for option, text in rows]


def usage_of(page):
    found = re.search(r"^    (opcon .*)$", page, re.MULTILINE)
    return flat(found[1]) if found else ""


def write(command):
    path = FOLDER / f"{command}.md"
    usage, options = help_of(command)
    if not path.exists():
        path.write_text(f"# opcon {command}\n\n    {usage}\n\n{OPTIONS}\n", encoding="utf-8")
    page = path.read_text(encoding="utf-8")
    page = re.sub(r"^    opcon .*$", lambda _: "    " + usage, page, count=1, flags=re.MULTILINE)
    start = page.index(OPTIONS) + len(OPTIONS)
    following = page.find("\n## ", start)
    rest = page[following:] if following >= 0 else ""
    path.write_text(page[:start] + "\n" + table(options) + rest, encoding="utf-8")


def compare():
    number = failed = 0

    def check(fine, name, detail=""):
        nonlocal number, failed
        number += 1
        failed += not fine
        print(f"{'ok' if fine else 'not ok'} {number} - {name}")
        for line in str(detail).splitlines() if not fine else []:
            print("  #", line)

    names = commands()
    check(len(names) >= 15, "the overview names the commands", names)
    pages = {p.stem for p in FOLDER.glob("*.md")} - {"README"}
    remedy = "run: tests/manual/commands.py OPCON ROOT --write"
    check(pages == set(names), "every command has a page and every page a command", f"{sorted(pages ^ set(names))}; {remedy}")
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    for command in names:
        path = FOLDER / f"{command}.md"
        if not path.exists():
            continue
        page = path.read_text(encoding="utf-8")
        usage, options = help_of(command)
        check(usage_of(page) == usage, f"{command}: usage", f"help: {usage}\npage: {usage_of(page)}\n{remedy}")
        gone = [o for o in options_of(page) if o not in options]
        missing = [o for o in options if o not in options_of(page)]
        check(not gone and not missing, f"{command}: options", f"only in the page: {gone}\nonly in --help: {missing}\n{remedy}")
        check(f"({command}.md)" in index, f"{command}: listed in commands/README.md")
        check("```console" in page, f"{command}: has an example")
    print(f"1..{number}")
    return failed


if sys.argv[3:] == ["--write"]:
    for each in commands():
        write(each)
else:
    sys.exit(1 if compare() else 0)
