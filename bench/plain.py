#!/usr/bin/env python3
"""Plain text that is no denser in dates than news are, for bench_reading. Usage: plain.py OPCON LANG [other] >FILE

The documents of corpus/ were written to hold much: twice as many dates as news. This text takes their sentences without
dates and as many sentences about other things (this program's messages, i18n/), each in turn, and of the sentences with
dates so many that one date comes to 43 words: TimeBank 1.2 (183 news texts of 1989 to 1998) has
1,414 expressions of time in 61,000 words. A Japanese or Korean word counts as six bytes of UTF-8, an English one as six
too, blank included. Paragraphs of five sentences, each on one line, as in files of plain text. With `other` only the sentences
about other things: what a page costs in which there is next to nothing to be found."""
import itertools
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

BYTES_A_DATE = 43 * 6
root = pathlib.Path(__file__).resolve().parent.parent
program, lang = sys.argv[1:3]
other = sys.argv[3:] == ["other"]


def sentences(paths):
    """Sentences without dates, and those with: (text, how many)."""
    out = subprocess.run([program, "read", "--format", "json", "--document-lang", lang, *paths], capture_output=True).stdout
    plain, dated = [], []
    for document in json.loads(out):
        dates = [d["sentence"] for d in document["dates"]]
        for sentence in document["sentences"]:
            count = dates.count(sentence["n"])
            text = " ".join(sentence["text"].split())
            if count:
                dated.append((text, count))
            else:
                plain.append(text)
    return plain, dated


plain, dated = sentences(sorted(root.glob(f"corpus/*/{lang}-*.txt")) + sorted(root.glob(f"corpus/*/{lang}-*.md")))
lines = (line.split("\t") for path in sorted(root.glob(f"i18n/*.{lang}.tsv")) for line in path.read_text().splitlines())
messages = [line[1] for line in lines if len(line) > 1 and "\\" not in line[1]]
if other:
    stop = "。" if lang == "ja" else "."
    prose = [re.sub(r"['‘“「『]?\{[^}]*\}['’”」』]?", "A", m.rstrip(stop)) + stop for m in messages if len(m.encode()) >= 40]
else:
    prose = [m for m in messages if m.endswith((".", "。")) and len(m.encode()) >= 60 and "{" not in m]
with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
    file.write("\n\n".join(prose))
    file.flush()
    prose, _ = sentences([file.name])
text = prose if other else list(itertools.chain.from_iterable(zip(plain, itertools.cycle(prose))))
size, dates = sum(len(s.encode()) for s in text), 0
shuffle = random.Random(1)
shuffle.shuffle(dated)
for sentence, count in dated:
    if other or dates * BYTES_A_DATE >= size:
        break
    text.insert(shuffle.randrange(len(text)), sentence)
    size, dates = size + len(sentence.encode()), dates + count
joint = "" if lang == "ja" else " "
print("\n".join(joint.join(text[i:i + 5]) + "\n" for i in range(0, len(text), 5)))
print(f"{lang}: {size} bytes, {dates} dates, {1000 * dates / size:.1f} a KB", file=sys.stderr)
