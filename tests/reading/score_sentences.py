#!/usr/bin/env python3
"""Scores what is read from single sentences as newspapers write them: claims (milestone, days, modality) and events.

    score_sentences.py [--least KIND=F1]... [--verbose] [--subject] "opcon read --format json" FILE.tsv...

A line is language TAB anchor TAB text TAB claims TAB events. Claims are "milestone start end modality", events "start end", several
joined by ';'; '-' is none, '*' as claims or events means that they are not scored; of a day '-' is none and '..' open. The text may have
several sentences: the later ones refer to the earlier; with --subject their title tells what they are about. All texts of one language and anchor are read in one run, each as a document.
"""
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict

from score import Days

TITLES = {"en": "From the morning papers", "ja": "朝刊から", "ko": "아침 신문에서"}
SUBJECTS = {"en": "Wartime OPCON transfer: from the papers", "ja": "戦時作戦統制権の移管：朝刊から", "ko": "전시작전통제권 전환: 아침 신문에서"}
KINDS = ("claims", "claims+modality", "events")


def rows(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.strip() and not line.startswith("#"):
                    yield line.rstrip("\n").split("\t")


def days_of(fields):
    return ["" if day in ("-", "..") else day for day in fields]


def parsed(text, with_milestone):
    if text in ("-", "*"):
        return []
    items = [item.split(" ") for item in text.split(";")]
    return [[i[0], *days_of(i[1:3]), i[3]] if with_milestone else days_of(i) for i in items]


def matches(want, got, same):
    """Pairs of items, each used once."""
    left, pairs = list(got), []
    for item in want:
        found = [g for g in left if same(item, g)]
        if found:
            best = next((g for g in found if g == item), found[0])
            left.remove(best)
            pairs.append((item, best))
    return pairs


def read(reader, language, anchor, texts, titles):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"{i:04}.md") for i in range(len(texts))]
        for path, text in zip(paths, texts):
            with open(path, "w", encoding="utf-8") as file:
                file.write(f"# {titles[language]}\n\n{text}\n")
        run = subprocess.run([*reader, "--anchor", anchor, "--document-lang", language, *paths], capture_output=True, timeout=120)
        return json.loads(run.stdout)


def score(cases, outputs, days, count, verbose):
    for (_, _, text, claims, events), out in zip(cases, outputs):
        if claims != "*":
            want = parsed(claims, True)
            got = [[c["milestone"], c["start"] or "", c["end"] or "", c["modality"]] for c in out["claims"]]
            pairs = matches(want, got, lambda a, b: a[0] == b[0] and days.same(a[1:3], b[1:3]))
            right = sum(a[3] == b[3] for a, b in pairs)
            for kind, hits in (("claims", len(pairs)), ("claims+modality", right)):
                count[kind] = [x + y for x, y in zip(count[kind], (len(want), len(got), hits))]
            if verbose and not right == len(want) == len(got):
                print(f"# {text}\n#   claims expected {claims}, got {got}")
        if events == "*":
            continue
        want, got = parsed(events, False), [[e["start"] or "", e["end"] or ""] for e in out["events"]]
        pairs = matches(want, got, days.same)
        count["events"] = [x + y for x, y in zip(count["events"], (len(want), len(got), len(pairs)))]
        if verbose and not len(pairs) == len(want) == len(got):
            print(f"# {text}\n#   events expected {events}, got {got}")


def main():
    args, least, verbose, titles = sys.argv[1:], {}, False, TITLES
    while args and args[0].startswith("--"):
        option = args.pop(0)
        if option == "--verbose":
            verbose = True
        elif option == "--subject":
            titles = SUBJECTS
        else:
            kind, bound = args.pop(0).split("=")
            least[kind] = float(bound)
    reader, groups = shlex.split(args.pop(0)), defaultdict(list)
    for row in rows(args):
        groups[row[0], row[1]].append(row)
    counts = defaultdict(lambda: [0, 0, 0])
    for (language, anchor), cases in groups.items():
        count = {kind: [0, 0, 0] for kind in KINDS}
        outputs = read(reader, language, anchor, [case[2] for case in cases], titles)
        assert len(outputs) == len(cases)
        score(cases, outputs, Days(anchor), count, verbose)
        for kind in KINDS:
            counts[kind, language] = [x + y for x, y in zip(counts[kind, language], count[kind])]
            counts[kind, "all"] = [x + y for x, y in zip(counts[kind, "all"], count[kind])]
    good = True
    print(f"1..{len(KINDS)}")
    for number, kind in enumerate(KINDS, 1):
        figures = {language: 2 * c[2] / (c[0] + c[1]) for (k, language), c in counts.items() if k == kind and c[0] + c[1]}
        passed = figures["all"] >= least.get(kind, 0)
        good &= passed
        each = ", ".join(f"{language} {f1:.3f}" for language, f1 in sorted(figures.items()))
        print(f"{'ok' if passed else 'not ok'} {number} - {kind}: {each} (at least {least.get(kind, 0)})")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
