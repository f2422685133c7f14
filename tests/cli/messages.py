"""The catalogue of messages: every key that the source names exists, each has a text in all three languages with the same
placeholders, and Korean particles in braces are ones that opcon knows."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

LANGUAGES = ("en", "ja", "ko")


def catalogue(lang):
    rows, twice = {}, []
    for path in sorted((opcon.ROOT / "i18n").glob(f"*.{lang}.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line or line.startswith("#"):
                continue
            key, text = line.split("\t")[:2]
            if key in rows:
                twice.append(key)
            rows[key] = text
    return rows, twice


def sources():
    for folder in ("src", "bench", "include"):
        for path in sorted((opcon.ROOT / folder).rglob("*")):
            if path.suffix in (".c", ".h", ".def"):
                yield re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)


def placeholders(text):
    return sorted(set(re.findall(r"\{\d\}", text)))


def main():
    opcon.start(sys.argv)
    tap = opcon.Tap()
    tables = {}
    for lang in LANGUAGES:
        tables[lang], twice = catalogue(lang)
        tap.check(not twice, f"{lang}: no key twice", ", ".join(twice))
    english = tables["en"]
    for lang in LANGUAGES[1:]:
        tap.check(set(tables[lang]) == set(english), f"{lang}: the keys of English", set(tables[lang]) ^ set(english))
        other = [k for k in english if placeholders(tables[lang].get(k, "")) != placeholders(english[k])]
        tap.check(not other, f"{lang}: the same placeholders",
                  "\n".join(f"{k}: {english[k]} | {tables[lang][k]}" for k in other))
    empty = [f"{lang}: {key}" for lang in LANGUAGES for key, text in tables[lang].items() if not text.strip()]
    tap.check(not empty, "no text is empty", ", ".join(empty))
    code = "\n".join(sources())
    particles = set(re.findall(r"\{([^{}0-9]+)\}", "\n".join(t for t in tables["ko"].values())))
    unknown = [p for p in particles if re.fullmatch(r"[가-힣]+", p) and p not in code]
    tap.check(not unknown, "ko: particles that opcon knows", ", ".join(unknown))
    areas = {key.split(".")[0] for key in english if "." in key}
    calls = set(re.findall(r'(?:OC_M|oc_message|oc_say|oc_text_message|oc_complain|oc_diag_(?:help|note|label|at))\((?:[^;"]|"(?!\w))*?"([a-z][\w-]*\.[\w.-]+)"', code))
    missing = sorted(k for k in calls if k.split(".")[0] in areas and k not in english)
    tap.check(not missing, "every key that the source names", ", ".join(missing))
    codes = re.findall(r"^CODE\((\w+),", (opcon.ROOT / "src/diag/codes.def").read_text(), re.M)
    tap.check(all(c in english for c in codes), "every code has a text", [c for c in codes if c not in english])
    tap.done()


main()
