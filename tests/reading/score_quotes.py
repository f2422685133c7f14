#!/usr/bin/env python3
"""Scores who says what: tables of short texts with their quotations (the head of quotes_en.tsv tells the format).

    score_quotes.py [--least F1] [--exact] [--verbose] READER TABLE…

READER is a program that takes files and prints the JSON of docs/format/read.md (with its options, as one word). A
quotation counts as found if speaker and words are the same as score.py compares them; with --exact the speaker must be
printed as in the table.
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile

from score import Tally, near, same_voice

HEADS = {"en": "Talks on command go on\n\nMarch 9, 2026\n\n", "ja": "指揮権めぐる協議続く\n\n2026年3月9日\n\n",
         "ko": "지휘권 협의 이어져\n\n2026년 3월 9일\n\n"}


def cases(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            fields = line.rstrip("\n").split("\t")
            if line.startswith("#") or not line.strip():
                continue
            if fields[0]:
                found.append((f"{os.path.basename(path)}:{number}", fields[0], fields[1].replace("\\n", "\n\n"), []))
            else:
                found[-1][3].append(tuple(fields[1:3]))
    return found


def read(reader, folder, language, texts):
    names = []
    for i, text in enumerate(texts):
        names.append(os.path.join(folder, f"{language}{i}.txt"))
        with open(names[-1], "w", encoding="utf-8") as file:
            file.write(HEADS[language] + text + "\n")
    command = shlex.split(reader) + ["--document-lang", language] + names
    out = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return json.loads(out)


def main():
    arguments, least, exact, verbose = sys.argv[1:], 0.0, False, False
    while arguments and arguments[0].startswith("--"):
        option = arguments.pop(0)
        if option == "--least":
            least = float(arguments.pop(0))
        elif option == "--exact":
            exact = True
        elif option == "--verbose":
            verbose = True
        else:
            sys.exit(__doc__)
    if len(arguments) < 2:
        sys.exit(__doc__)
    tally, reader = Tally(), arguments.pop(0)
    with tempfile.TemporaryDirectory() as folder:
        for path in arguments:
            table = cases(path)
            for language in HEADS:
                mine = [case for case in table if case[1] == language]
                documents = read(reader, folder, language, [case[2] for case in mine]) if mine else []
                for (place, _, _, want), document in zip(mine, documents):
                    tally.language = language
                    names = {a["id"]: a["names"] for a in document["actors"]}
                    got = [(q["speaker"] or "", q["text"]) for q in document["quotes"]]
                    tally.pairs("quotes", want, got, lambda w, g: near(w[1], g[1]), place)
                    tally.pairs("quotes+speaker", want, got,
                                lambda w, g: near(w[1], g[1]) and
                                (w[0] == g[0] if exact else same_voice(w[0], g[0], names)), place)
    if verbose:
        for kind, place, how, fault in tally.faults:
            if kind == "quotes+speaker":
                print(f"{how:7} {place:20} {fault}")
    print(tally.table())
    short = tally.f1("quotes+speaker")[2] < least
    sys.exit(f"quotes+speaker below {least}" if short else 0)


if __name__ == "__main__":
    main()
