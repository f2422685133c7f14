#!/usr/bin/env python3
"""Scores `opcon read` on annotated documents: precision, recall and F1 a kind of finding.

    score.py [--least KIND=F1 …] [--verbose] READER FOLDER…

READER is a program that takes files and prints the JSON of docs/format/read.md (with its options, as one word). Each
FOLDER holds documents and, for each, a file NAME.ann (corpus/README.md). Comparison ignores white space and full
width; of free text (quotations, titles) a common part of four fifths counts as the same.
"""
import difflib
import glob
import json
import os
import shlex
import subprocess
import sys
import unicodedata
from collections import defaultdict

FIELDS = ["title", "series", "series_number", "author", "affiliation", "publisher", "published", "published_basis", "category"]
NOTE = ["author", "title", "container", "publisher", "date", "pages", "url", "accessed"]


def norm(text):
    text = unicodedata.normalize("NFKC", str(text or "")).lower()
    return "".join(c for c in text if not c.isspace() and c not in "、。,.“”\"'「」―-–‐")


def near(a, b, share=0.8):
    a, b = norm(a), norm(b)
    if not a or not b:
        return a == b
    if a == b:
        return True
    match = difflib.SequenceMatcher(None, a, b, autojunk=False)
    common = sum(block.size for block in match.get_matching_blocks())
    return 2 * common / (len(a) + len(b)) >= share


def inside(a, b):
    """One name holds the other: 'Ahn' and 'Defense Minister Ahn'."""
    a, b = norm(a), norm(b)
    return a == b or (min(len(a), len(b)) >= 2 and (a in b or b in a))


class Tally:
    def __init__(self):
        self.hit = defaultdict(int)
        self.want = defaultdict(int)
        self.got = defaultdict(int)
        self.faults = []

    def sets(self, kind, want, got, where):
        self.want[kind] += len(want)
        self.got[kind] += len(got)
        self.hit[kind] += len(want & got)
        for fault in sorted(want - got, key=str):
            self.faults.append((kind, where, "missed", fault))
        for fault in sorted(got - want, key=str):
            self.faults.append((kind, where, "extra", fault))

    def pairs(self, kind, want, got, same, where):
        left = list(got)
        self.want[kind] += len(want)
        self.got[kind] += len(got)
        for item in want:
            match = next((g for g in left if same(item, g)), None)
            if match is None:
                self.faults.append((kind, where, "missed", item))
            else:
                left.remove(match)
                self.hit[kind] += 1
        for item in left:
            self.faults.append((kind, where, "extra", item))

    def f1(self, kind):
        p = self.hit[kind] / self.got[kind] if self.got[kind] else 1.0
        r = self.hit[kind] / self.want[kind] if self.want[kind] else 1.0
        return p, r, (2 * p * r / (p + r) if p + r else 0.0)


def annotation(path):
    found = defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t")
            if fields[0]:
                found[fields[0]].append(fields[1:])
    return found


def one(found, key):
    return found[key][0][0] if found[key] and found[key][0] else ""


def score_document(tally, found, out, path):
    where = os.path.basename(path)
    want, got = set(), set()
    for field in FIELDS:
        if field in found and one(found, field):
            want.add((field, norm(one(found, field))))
        if (field in found) and out["metadata"][field]:
            got.add((field, norm(out["metadata"][field])))
    want.add(("language", one(found, "language")))
    got.add(("language", out["language"]))
    if "machine_written" in found:
        want.add(("machine_written", one(found, "machine_written")))
        got.add(("machine_written", str(out["metadata"]["machine_written"]).lower()))
    tally.sets("metadata", want, got, where)

    text = open(path, encoding="utf-8").read().split("\n")
    filled = {i + 1 for i, line in enumerate(text) if line.strip()}

    def lines(regions):
        return {(n, k) for k, a, b in regions for n in range(int(a), int(b) + 1) if n in filled}
    known = lines(found["region"])
    numbers = {n for n, _ in known}
    tally.sets("regions", known, {x for x in lines((r["kind"], *r["lines"]) for r in out["regions"]) if x[0] in numbers}, where)
    tally.sets("headings", {(int(n), norm(t)) for n, t in found["heading"]}, {(h["line"], norm(h["text"])) for h in out["headings"]}, where)
    tally.sets("sentences", {norm(s) for _, s in found["sentence"]}, {norm(s["text"]) for s in out["sentences"]}, where)

    numbers = {norm(s): int(n) for n, s in found["sentence"]}
    read = {s["n"]: numbers.get(norm(s["text"])) for s in out["sentences"]}
    want, got = set(), set()
    for note in found["note"]:
        note += [""] * (10 - len(note))
        want.add((note[0], "marker", ""))
        if note[1]:
            want.add((note[0], "anchor", note[1]))
        want |= {(note[0], k, norm(v)) for k, v in zip(NOTE, note[2:]) if v}
    for note in out["notes"]:
        marker = note["marker"] or ""
        got.add((marker, "marker", ""))
        if note["anchor_sentence"]:
            got.add((marker, "anchor", str(read.get(note["anchor_sentence"]))))
        got |= {(marker, k, norm(note[k])) for k in NOTE if note[k]}
    tally.sets("footnotes", want, got, where)

    quotes = [(q[0], q[1], q[2], q[3]) for q in found["quote"]]
    read_quotes = [(q["kind"], q["speaker"] or "", q["reported_by"] or "", q["text"]) for q in out["quotes"]]
    tally.pairs("quotes", quotes, read_quotes, lambda a, b: near(a[3], b[3], 0.75), where)
    tally.pairs("quotes+speaker", quotes, read_quotes, lambda a, b: near(a[3], b[3], 0.75) and inside(a[1], b[1]), where)
    tally.pairs("quotes+kind", quotes, read_quotes, lambda a, b: near(a[3], b[3], 0.75) and a[0] == b[0], where)
    if found["bracket"]:
        read_brackets = [(b["kind"], b["text"]) for b in out["brackets"]]
        tally.pairs("brackets", [(b[0], b[1]) for b in found["bracket"]], read_brackets, lambda a, b: near(a[1], b[1]) and a[0] == b[0], where)
    tally.pairs("related", [(r[-1],) for r in found["related"]], [(r["title"],) for r in out["related"]], lambda a, b: near(a[0], b[0]), where)
    if found["actor"]:
        tally.sets("actors", {a[0] for a in found["actor"]}, {a["id"] for a in out["actors"]}, where)
    if found["claim"]:
        claims = [tuple(c[:4]) for c in found["claim"]]
        read_claims = [(c["milestone"] or "", c["start"] or "", c["end"] or "", c["modality"]) for c in out["claims"]]
        tally.pairs("claims", claims, read_claims, lambda a, b: a[:3] == b[:3], where)
        tally.pairs("claims+modality", claims, read_claims, lambda a, b: a == b, where)
    if found["event"]:
        events = [(e[0], e[1], e[2]) for e in found["event"]]
        read_events = [(e["start"] or "", e["end"] or "", out["sentences"][e["sentence"] - 1]["text"]) for e in out["events"]]
        tally.pairs("events", events, read_events, lambda a, b: a[:2] == b[:2] and norm(a[2]) in norm(b[2]), where)


def main():
    args = sys.argv[1:]
    verbose = "--verbose" in args
    args = [a for a in args if a != "--verbose"]
    least = {}
    while "--least" in args:
        at = args.index("--least")
        kind, value = args[at + 1].split("=")
        least[kind] = float(value)
        del args[at:at + 2]
    reader, folders = shlex.split(args[0]), args[1:]
    tally = Tally()
    count = 0
    for folder in folders:
        for path in sorted(glob.glob(os.path.join(folder, "*.ann"))):
            document = path[:-4]
            run = subprocess.run([*reader, document], capture_output=True, timeout=60)
            if run.returncode:
                print(document, "cannot be read:", run.stderr.decode()[:300])
                return 1
            score_document(tally, annotation(path), json.loads(run.stdout)[0], document)
            count += 1
    if verbose:
        for kind, where, what, fault in tally.faults:
            print(f"{what:7} {kind:15} {where:24} {fault}")
    print(f"{count} documents\n{'':16}  precision  recall     F1   found annotated")
    failed = []
    for kind in sorted(tally.want.keys() | tally.got.keys()):
        p, r, f = tally.f1(kind)
        print(f"{kind:16}  {p:9.3f}  {r:6.3f}  {f:5.3f}  {tally.got[kind]:6} {tally.want[kind]:9}")
        if f < least.get(kind, 0):
            failed.append(kind)
    if failed:
        print("below the goal:", ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
