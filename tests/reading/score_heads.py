#!/usr/bin/env python3
"""Scores the heads of documents: heads.txt holds documents, each begun by a line "@@ NAME", its metadata as
FIELD=VALUE, then its text; %BODY and %HTMLBODY stand for two paragraphs of the language.

    score_heads.py [--least F1] [--verbose] READER FILE

Fields that a document does not state must not be found.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

from score import FIELDS, Tally, norm

BODY = {
    "en": ["South Korea's defense ministry said on Tuesday that the talks had made progress. Officials of both sides will"
           " meet again in the autumn to compare what has been verified so far.",
           "The transfer depends on three conditions. Two of them have been assessed, and the third is reviewed every"
           " year by a joint team."],
    "ja": ["韓国国防省は、協議に進展があったと明らかにした。両国の担当者は秋に再び会い、これまでに検証された内容を突き合わせる。",
           "移管には三つの条件がある。このうち二つは評価が済み、三つ目は合同の班が毎年点検している。"],
    "ko": ["국방부는 협의에 진전이 있었다고 밝혔다. 양국 실무진은 가을에 다시 만나 지금까지 검증된 내용을 맞춰 볼 예정이다.",
           "전환에는 세 가지 조건이 있다. 이 가운데 두 가지는 평가가 끝났고, 세 번째는 합동 팀이 해마다 점검한다."],
}
STATED = [field for field in FIELDS if field != "published_basis"]


def documents(path):
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file.read().split("\n"):
            field = re.match("([a-z_]+)=(.*)", line)
            if line.startswith("@@ "):
                found.append((line[3:], {}, []))
            elif field and field[1] in STATED and not found[-1][2]:
                found[-1][1][field[1]] = field[2]
            else:
                found[-1][2].append(line)
    return found


def main():
    arguments, least, verbose = sys.argv[1:], 0.0, False
    while arguments and arguments[0].startswith("--"):
        option = arguments.pop(0)
        if option == "--least":
            least = float(arguments.pop(0))
        elif option == "--verbose":
            verbose = True
        else:
            sys.exit(__doc__)
    if len(arguments) != 2:
        sys.exit(__doc__)
    tally, cases = Tally(), documents(arguments[1])
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for name, _, lines in cases:
            body = BODY[name[:2]]
            text = "\n".join(lines).replace("%BODY", "\n\n".join(body))
            text = text.replace("%HTMLBODY", "\n".join(f"<p>{part}</p>" for part in body))
            names.append(os.path.join(folder, name))
            with open(names[-1], "w", encoding="utf-8") as file:
                file.write(text)
        out = subprocess.run(shlex.split(arguments[0]) + names, stdout=subprocess.PIPE, check=True).stdout
        for (name, want, _), document in zip(cases, json.loads(out)):
            tally.language = name[:2]
            tally.sets("metadata", {(f, norm(v)) for f, v in want.items()},
                       {(f, norm(document["metadata"][f])) for f in STATED if document["metadata"][f]}, name)
    if verbose:
        for kind, place, how, fault in tally.faults:
            print(f"{how:7} {place:10} {fault}")
    print(tally.table())
    sys.exit(f"metadata below {least}" if tally.f1("metadata")[2] < least else 0)


if __name__ == "__main__":
    main()
