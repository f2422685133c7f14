"""The help of every command: in three languages, within 80 columns and a screen of 24 lines with the prompt, the same
from `opcon NAME --help` and `opcon help NAME`; with --all each option with a text; on standard output, with exit 0 and
nothing else needed."""
import pathlib
import re
import sys
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

LANGUAGES = ("en", "ja", "ko")
SCREEN = 23
KEY = re.compile(r"(?<![\w./-])(?:cmd|opt|cli|help|head)\.[a-z][\w.-]*")


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def check_page(tap, name, text, lines):
    rows = text.rstrip("\n").split("\n")
    wide = [row for row in rows if width(row) > 80]
    tap.check(not wide, f"{name}: 80 columns", "\n".join(wide))
    tap.check(len(rows) <= lines, f"{name}: {lines} lines", f"{len(rows)} lines")
    tap.check(not KEY.search(text) and not re.search(r"\{\d\}", text), f"{name}: every text is there", text)


def options_of(name):
    source = (opcon.ROOT / f"src/cli/cmd_{name}.c").read_text(encoding="utf-8")
    tables = re.findall(r"static const oc_option \w*options\[\] = \{(.*?)\{NULL", source, re.S)
    return re.findall(r'\{"([\w-]+)",', tables[-1]) if tables else []


def main():
    opcon.start(sys.argv)
    tap = opcon.Tap()
    names = re.findall(r"^COMMAND\((\w+)\)", (opcon.ROOT / "src/cli/commands.def").read_text(), re.M)
    small = {"COLUMNS": "80"}
    for lang in LANGUAGES:
        overview = opcon.run("--help", environment={**small, "OPCON_LANG": lang})
        text = overview.stdout.decode()
        check_page(tap, f"overview in {lang}", text, SCREEN)
        named = all(re.search(rf"(^  |\s){name}\s", text, re.M) for name in names)
        tap.check(named, f"overview in {lang}: every command", text)
        tap.check("opcon forecast" in text and "opcon --help --all" in text, f"overview in {lang}: the next step", text)
        full = opcon.run("--help", "--all", "--lang", lang, environment=small).stdout.decode()
        check_page(tap, f"all of the overview in {lang}", full, 45)
        told = all(re.search(rf"^  {name} +\S", full, re.M) for name in names)
        tap.check(told, f"overview in {lang}: every command has a text", full)
        for name in names:
            result = opcon.run(name, "--help", "--lang", lang, environment=small)
            page = result.stdout.decode()
            tap.check(result.returncode == 0 and page and not result.stderr, f"{name} in {lang}: exit", result.stderr.decode())
            check_page(tap, f"{name} in {lang}", page, SCREEN)
            missing = [o for o in options_of(name) if not re.search(rf"--{o}\b", page)]
            tap.check(not missing, f"{name} in {lang}: every option is named", ", ".join(missing))
            full = opcon.run(name, "--help", "--all", "--lang", lang, environment=small).stdout.decode()
            check_page(tap, f"all of {name} in {lang}", full, 45)
            missing = [o for o in options_of(name) if not re.search(rf"^  --{o}\b.*?\s\s+\S", full, re.M)]
            tap.check(not missing, f"{name} in {lang}: every option has a text", ", ".join(missing))
            other = opcon.run("help", name, environment={**small, "OPCON_LANG": lang}).stdout.decode()
            tap.check(other == page, f"{name} in {lang}: the same from opcon help {name}")
    empty = opcon.run(environment=small)
    tap.check(empty.returncode == 0 and empty.stdout, "opcon alone shows the overview")
    tap.done()


main()
