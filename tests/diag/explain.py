"""The pages of docs/explain: each code has one, its wrong example gives that code, its right example gives none.

In a page ```yaml wrong and ```yaml right are the examples; one without the line `scenario:` gets the three that every
scenario needs. ```file NAME behind one of them is a file beside it, ```sh wrong and ```sh right the command when options matter."""
import pathlib
import re
import shlex
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

HEAD = "scenario: s\nas_of: 2026-01-01\nhorizon: 2030-12-31\n"
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.M | re.S)
# Their examples would be large, or are no text.
NO_EXAMPLE = {"E0002", "E0003", "E0004", "E0007", "E0008", "E0015", "E0108", "E0113", "E0210", "E0214", "E0309"}


def codes():
    return re.findall(r'^CODE\((\w+), \w+, "(.*)"\)', (opcon.ROOT / "src/diag/codes.def").read_text(), re.M)


def try_example(blocks, word, number):
    folder = opcon.folder() / f"{number}-{word}"
    folder.mkdir()
    example = None
    for kind, name, text in blocks:
        example = name if kind == "yaml" else example
        if kind == "file" and example == word:
            (folder / name).write_text(text)
    yaml = [text for kind, name, text in blocks if kind == "yaml" and name == word]
    commands = [text for kind, name, text in blocks if kind == "sh" and name == word]
    options = shlex.split(commands[0])[3:] if commands else []
    text = yaml[0] if re.search(r"^scenario:", yaml[0], re.M) else HEAD + yaml[0]
    (folder / "scenario.yaml").write_text(text)
    result = opcon.run("forecast", folder / "scenario.yaml", "--runs", "2000", "--seed", "1", *options)
    return result, set(re.findall(r"^(?:error|warning)\[(\w+)\]", result.stderr.decode(), re.M))


def main():
    opcon.start(sys.argv)
    tap = opcon.Tap()
    pages = opcon.ROOT / "docs/explain"
    known = codes()
    for code, title in known:
        page = pages / f"{code}.md"
        if not page.exists():
            tap.check(False, f"{code} has a page")
            continue
        text = page.read_text(encoding="utf-8")
        tap.check(text.startswith(f"# {code}: {title}\n"), f"{code}: heading")
        blocks = BLOCK.findall(text)
        scenario_side = code[1:3] in ("00", "01", "02", "03", "04")
        if scenario_side and code not in NO_EXAMPLE:
            result, found = try_example(blocks, "wrong", code)
            tap.check(code in found, f"{code}: the wrong example", f"found {found}\n{result.stderr.decode()}")
            result, found = try_example(blocks, "right", code)
            tap.check(result.returncode == 0 and not found, f"{code}: the right example", result.stderr.decode())
        shown = opcon.run("explain", code.lower())
        tap.check(shown.returncode == 0 and text in shown.stdout.decode(), f"{code}: opcon explain", shown.stderr.decode())
    strays = {p.name for p in pages.glob("*.md")} - {f"{code}.md" for code, _ in known}
    tap.check(not strays, "no page without a code", strays)
    tap.done()


main()
