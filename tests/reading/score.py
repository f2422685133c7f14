#!/usr/bin/env python3
"""Scores `opcon read` on annotated documents: precision, recall and F1 a kind of finding, and F1 a language.

    score.py [--least KIND=F1 …] [--verbose] READER FOLDER_OR_DOCUMENT…

READER is a program that takes files and prints the JSON of docs/format/read.md (with its options, as one word). Each
FOLDER holds documents and, for each, a file NAME.ann (corpus/README.md). Comparison ignores white space and full
width; of free text (quotations, titles) a common part of four fifths counts as the same. Days must be the same, but an
open start may also be read as the day of publication ("by 2028"), and so may the first day of a period that has begun.
"""
import difflib
import glob
import json
import os
import re
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


SHORT = re.compile(r"(?:([가-힣]{1,5}) (?:전 )?(\S+)|([一-龥]{1,2}?|[ァ-ー]+)(氏|さん|\S*[官長相補員授将佐領]))")


DEFINITE = re.compile(r"(?:이 |그 |同|[Tt]he )(.+)")


def one_person(a, b):
    """The same, or a surname with its title beside the full name: '안 장관' and '안규백', '徐氏' and '徐東賢'; or who has
    none beside what he was called before: '이 관계자' and '국방부 관계자'."""
    for short, full in ((a, b), (b, a)):
        match = DEFINITE.fullmatch(short)
        if match and full.endswith(match[1]):
            return True
        match = SHORT.fullmatch(short)
        surname = match and (match[1] or match[3])
        if surname and len(full) > len(surname) and (full.startswith(surname) or full.endswith(("・" + surname, " " + surname))):
            return True
    return inside(a, b)


class Tally:
    """Counts by (kind, language); the language None stands for all."""

    def __init__(self):
        self.hit = defaultdict(int)
        self.want = defaultdict(int)
        self.got = defaultdict(int)
        self.faults = []
        self.language = None
        self.only = set()  # kinds that the document's annotation has; empty: all

    def skips(self, kind):
        return self.only and kind.split("+")[0] not in self.only

    def count(self, kind, want, got, hit):
        for key in ((kind, None), (kind, self.language)):
            self.want[key] += want
            self.got[key] += got
            self.hit[key] += hit

    def sets(self, kind, want, got, where):
        if self.skips(kind):
            return
        self.count(kind, len(want), len(got), len(want & got))
        for fault in sorted(want - got, key=str):
            self.faults.append((kind, where, "missed", fault))
        for fault in sorted(got - want, key=str):
            self.faults.append((kind, where, "extra", fault))

    def pairs(self, kind, want, got, same, where):
        if self.skips(kind):
            return
        left = list(got)
        for item in want:
            match = next((g for g in left if same(item, g)), None)
            if match is None:
                self.faults.append((kind, where, "missed", item))
            else:
                left.remove(match)
        self.count(kind, len(want), len(got), len(got) - len(left))
        for item in left:
            self.faults.append((kind, where, "extra", item))

    def f1(self, kind, language=None):
        key = (kind, language)
        p = self.hit[key] / self.got[key] if self.got[key] else 1.0
        r = self.hit[key] / self.want[key] if self.want[key] else 1.0
        return p, r, (2 * p * r / (p + r) if p + r else 0.0)

    def table(self):
        rows = [f"{'':16}  precision  recall     F1   found annotated     en     ja     ko"]
        for kind in sorted({kind for kind, _ in self.want}):
            p, r, f = self.f1(kind)
            each = "".join(f"{self.f1(kind, lang)[2]:7.3f}" if self.want[kind, lang] + self.got[kind, lang] else "      -"
                           for lang in ("en", "ja", "ko"))
            rows.append(f"{kind:16}  {p:9.3f}  {r:6.3f}  {f:5.3f}  {self.got[kind, None]:6} {self.want[kind, None]:9}{each}")
        return "\n".join(rows)


class Days:
    """Whether two intervals of a document are the same."""

    def __init__(self, published):
        self.published = published or ""

    def same(self, want, got):
        if want[1] != got[1]:
            return False
        begun = not want[0] or want[0] <= self.published <= want[1]
        return want[0] == got[0] or (begun and (not got[0] or bool(self.published) and got[0].startswith(self.published)))


def same_voice(want, got, actors):
    """A speaker by the id of an actor or by name; `actors` maps ids to the names printed."""
    return one_person(want, got) or any(inside(want, name) for name in actors.get(got, ())) or \
        any(inside(got, name) for name in actors.get(want, ()))


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
    tally.pairs("quotes+speaker", quotes, read_quotes, lambda a, b: near(a[3], b[3], 0.75) and one_person(a[1], b[1]), where)
    tally.pairs("quotes+kind", quotes, read_quotes, lambda a, b: near(a[3], b[3], 0.75) and a[0] == b[0], where)
    if found["bracket"]:
        read_brackets = [(b["kind"], b["text"]) for b in out["brackets"]]
        tally.pairs("brackets", [(b[0], b[1]) for b in found["bracket"]], read_brackets, lambda a, b: near(a[1], b[1]) and a[0] == b[0], where)
    tally.pairs("related", [(r[-1],) for r in found["related"]], [(r["title"],) for r in out["related"]], lambda a, b: near(a[0], b[0]), where)
    tally.sets("actors", {a[0] for a in found["actor"]}, {a["id"] for a in out["actors"]}, where)
    score_meaning(tally, found, out, where)


def padded(fields, count):
    return tuple((fields + [""] * count)[:count])


def score_meaning(tally, found, out, where):
    """Claims, events and quantities; in every document all of them are annotated."""
    days = Days(out["metadata"]["published"])
    names = {a["id"]: a["names"] for a in out["actors"]}
    claims = [padded(c, 6) for c in found["claim"]]
    read = [(c["milestone"] or "", c["start"] or "", c["end"] or "", c["modality"], c["speaker"] or "", c["holder"] or "")
            for c in out["claims"]]

    def same_claim(a, b):
        return a[0] == b[0] and days.same(a[1:3], b[1:3])
    tally.pairs("claims", claims, read, same_claim, where)
    tally.pairs("claims+modality", claims, read, lambda a, b: same_claim(a, b) and a[3] == b[3], where)
    spoken = [c for c in claims if c[4]]
    if spoken:
        tally.pairs("claims+speaker", spoken, [c for c in read if any(same_claim(a, c) for a in spoken)],
                    lambda a, b: same_claim(a, b) and same_voice(a[4], b[4], names), where)

    events = [padded(e, 4) for e in found["event"]]
    read = [(e["start"] or "", e["end"] or "", out["sentences"][e["sentence"] - 1]["text"], e["actors"]) for e in out["events"]]

    def same_event(a, b):
        return days.same(a[:2], b[:2]) and norm(a[2]) in norm(b[2])
    tally.pairs("events", events, read, same_event, where)
    acted = [e for e in events if e[3]]
    if acted:
        tally.pairs("events+actors", acted, [e for e in read if any(same_event(a, e) for a in acted)],
                    lambda a, b: same_event(a, b) and set(a[3].split(",")) <= set(b[3]), where)

    quantities = [(float(q[0]), q[1]) for q in found["quantity"]]
    read = [(q["value"], q["unit"], q["text"]) for q in out["quantities"]]
    tally.pairs("quantities", quantities, read, lambda a, b: a[:2] == b[:2], where)


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
    paths = []
    for folder in folders:
        paths += sorted(glob.glob(os.path.join(folder, "*.ann"))) if os.path.isdir(folder) else [folder + ".ann"]
    for path in paths:
        document = path[:-4]
        run = subprocess.run([*reader, document], capture_output=True, timeout=60)
        if run.returncode:
            print(document, "cannot be read:", run.stderr.decode()[:300])
            return 1
        found = annotation(path)
        tally.language = one(found, "language")
        tally.only = set(one(found, "only").split())
        score_document(tally, found, json.loads(run.stdout)[0], document)
    if verbose:
        for kind, where, what, fault in tally.faults:
            print(f"{what:7} {kind:15} {where:24} {fault}")
    print(f"{len(paths)} documents\n{tally.table()}")
    failed = [kind for kind in least if tally.f1(kind)[2] < least[kind]]
    if failed:
        print("below the goal:", ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
