"""The three READMEs say the same, and what they show is what opcon prints.

    readme.py OPCON ROOT            compares; TAP
    readme.py OPCON ROOT --write    brings the shown output up to date"""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

opcon.start(sys.argv)
NAMES = {"en": "README.md", "ja": "README.ja.md", "ko": "README.ko.md"}
SHOWN = re.compile(r"^```\n(.*?)^```$", re.M | re.S)
tap = opcon.Tap()


def printed(lang, lines):
    # As wide as the lines that are shown.
    result = opcon.run("forecast", "--lang", lang, environment={"COLUMNS": "92"})
    assert result.returncode == 0, result.stderr.decode()
    return "".join(line + "\n" for line in result.stdout.decode().split("\n")[:lines])


def shape(text):
    """What must be equal in every language: headings by level, rows of tables by section, commands, links, options."""
    code = [line.split("#")[0].strip() for line in re.findall(r"^    (\S.*)$", text, re.M)]
    plain = SHOWN.sub("", text)
    links = re.findall(r"\]\(((?!README)[^)]+)\)", plain)
    words = re.findall(r"`([^`\n]+)`", plain)
    # A placeholder (FILE, FOLDER) is translated.
    words = sorted({re.sub(r" (FILE|FOLDER|ファイル|フォルダー|파일|폴더)$", "", word) for word in words})
    return {"headings": [len(mark) for mark in re.findall(r"^(#+) ", plain, re.M)],
            "rows": [len(re.findall(r"^\|", part, re.M)) for part in re.split(r"^## ", plain, flags=re.M)],
            "code": code, "links": sorted(links),
            "words": [word for word in words if "--lang" not in word],
            "figures": sorted(re.findall(r"\d+(?:\.\d+)?", re.search(r"(?:^.+\n)*^.*GB.*\n(?:^.+\n)*", plain, re.M)[0]))}


shapes = {}
for lang, name in NAMES.items():
    path = opcon.ROOT / name
    text = path.read_text(encoding="utf-8")
    shown = SHOWN.search(text)
    expected = printed(lang, shown[1].count("\n"))
    if "--write" in sys.argv:
        text = text[:shown.start(1)] + expected + text[shown.end(1):]
        path.write_text(text, encoding="utf-8")
    tap.check(SHOWN.search(text)[1] == expected, f"{name}: the output shown", expected)
    missing = [link for link in re.findall(r"\]\(([^)#:]+)", text) if not (opcon.ROOT / link).exists()]
    tap.check(not missing, f"{name}: what it links to is there", missing)
    shapes[lang] = shape(text)
for lang in ("ja", "ko"):
    for part, value in shapes["en"].items():
        other = shapes[lang][part]
        difference = sorted(set(map(str, value)) ^ set(map(str, other)))
        tap.check(other == value, f"{NAMES[lang]}: the same {part} as README.md", difference or f"{value}\n{other}")
tap.done()
