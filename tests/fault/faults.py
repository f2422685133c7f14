"""Every command while memory, the disk or the clock fails.  usage: faults.py PROGRAM SOURCE_ROOT FAULTS.so [DEPTH]

Each command runs once undisturbed; then again with its Nth allocation, write or rename failing, for the first DEPTH values
of N and for some spread over all that follow. Whatever fails, the program ends by itself, says so with an exit code that
is not 0, leaves no half file behind and keeps what was there; only where it can do without may it go on, and then its
output is what it was."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(sys.argv[2]) / "tests"))
import opcon  # noqa: E402

SHIM = os.path.abspath(sys.argv[3])
DEPTH = int(sys.argv[4]) if len(sys.argv) > 4 else 12
SPREAD = max(6, DEPTH // 2)
folder = opcon.start(sys.argv)
tap = opcon.Tap()
ROOT = opcon.ROOT.resolve()
MINIMAL = ROOT / "scenarios" / "minimal"
FLAGSHIP = ROOT / "scenarios" / "rok-us"
DOCUMENT = ROOT / "corpus" / "develop" / "en-policy.md"  # holds claims to decide on
FEW = ("--runs", "2000")
RUNS = (*FEW, "--threads", "1")
ENDS = {0, 1, 2, 3, 4}
MEASURES = {"explain --program"}  # commands whose output is a measurement

(folder / "sweep.yaml").write_text("scenario: minimal\nruns: 200\nvary:\n  works: [9mo, 12mo]\n", encoding="utf-8")
(folder / "coins.yaml").write_text("""scenario: coins
as_of: 2026-01-01
horizon: 2030-12-31
calendar:
  board: {every: year, date: 06-01, from: judgement, because: by custom}
stages:
  passed: {at: board, chance: 0.4, from: judgement, because: a coin}
questions:
  by_2028: passed <= 2028-12-31
""", encoding="utf-8")
(folder / "own.en.tsv").write_text("term\tferreira 1\t2001-03-01..2005-02-28\nholder\tFerreira\tferreira\n", encoding="utf-8")
(folder / "exercises.csv").write_text("year,status\n" + "".join(f"{year},{'held' if year % 4 else 'cancelled'}\n"
                                                              for year in range(2000, 2026)), encoding="utf-8")
(folder / "decisions.tsv").write_text("1\treject\n", encoding="utf-8")


def masked(output):
    """Without what no two runs share: the time that they took."""
    return re.sub(rb"[0-9.e+]+ (a second|ms)|\"(sampling_seconds|trajectories_per_second)\": *[0-9.e+-]+", b"(time)", output)


def workspace(place):
    shutil.copy(folder / "base.db", place / "opcon.db")


def kept_runs(place):
    shutil.copy(folder / "runs.db", place / "opcon.db")


# Name, words, and what must be there before. `{}` is the folder of the run.
COMMANDS = [
    ("forecast", ["forecast", MINIMAL, *RUNS], None),
    ("forecast --format json", ["forecast", MINIMAL, "--format", "json", *RUNS], None),
    ("forecast --exact", ["forecast", folder / "coins.yaml", "--exact"], None),
    ("whatif", ["whatif", MINIMAL, "--set", "inputs.works=9mo", *RUNS], None),
    ("status", ["status", FLAGSHIP], None),
    ("brief", ["brief", MINIMAL, *FEW], None),
    ("chart", ["chart", "when", MINIMAL, "--output", "{}/x.svg", *FEW], None),
    ("report", ["report", MINIMAL, "--output", "{}/x.html", *FEW], None),
    ("whatif --policy --format csv", ["whatif", FLAGSHIP, "--policy", "crisis_2027", "--format", "csv", *RUNS], None),
    ("bargain", ["bargain", "timing", FLAGSHIP], None),
    ("bargain --format svg", ["bargain", "timing", FLAGSHIP, "--format", "svg"], None),
    ("fit", ["fit", folder / "exercises.csv", "chance", "--is", "status=held"], None),
    ("who", ["who", FLAGSHIP, "--on", "2015-06-01"], None),
    ("timeline", ["timeline", FLAGSHIP], None),
    ("commitments", ["commitments", FLAGSHIP], None),
    ("actors", ["actors", FLAGSHIP], None),
    ("sources", ["sources", FLAGSHIP], None),
    ("drivers", ["drivers", MINIMAL, *RUNS], None),
    ("discover", ["discover", MINIMAL, "--later-than", "2028-01-01", *RUNS], None),
    ("class", ["class"], None),
    ("read", ["read", DOCUMENT], None),
    ("read --format json", ["read", DOCUMENT, "--format", "json"], None),
    ("dates", ["dates", "--lang", "en", "--anchor", "2026-06-25", DOCUMENT], None),
    ("lexicon check", ["lexicon", "check"], None),
    ("add", ["add", DOCUMENT, "--workspace", "{}/opcon.db"], None),
    ("add to a workspace", ["add", ROOT / "README.md", "--workspace", "{}/opcon.db"], workspace),
    ("search", ["search", "forces", "--workspace", "{}/opcon.db"], workspace),
    ("claims", ["claims", "--workspace", "{}/opcon.db"], workspace),
    ("conflicts", ["conflicts", "--workspace", "{}/opcon.db"], workspace),
    ("lexicon check of own words", ["lexicon", "check", folder / "own.en.tsv"], None),
    ("review", ["review", "--decisions", folder / "decisions.tsv", "--workspace", "{}/opcon.db"], workspace),
    ("export", ["export", "--output", "{}/x.json", "--workspace", "{}/opcon.db"], workspace),
    ("runs", ["runs", "--workspace", "{}/opcon.db"], workspace),
    ("forecast --keep", ["forecast", MINIMAL, "--keep", "--workspace", "{}/opcon.db", *RUNS], workspace),
    ("diff", ["diff", "1", "2", "--workspace", "{}/opcon.db"], kept_runs),
    ("sweep", ["sweep", folder / "sweep.yaml", "--output", "{}/rows.csv"], None),
    ("check", ["check", FLAGSHIP], None),
    ("explain", ["explain", "E0201"], None),
    ("explain --program", ["explain", "--program", MINIMAL], None),
    ("new", ["new", "{}/made"], None),
    ("version", ["version"], None),
]


class Run:
    def __init__(self, name, words, prepare, fault=None, output=subprocess.PIPE):
        self.place = folder / "run"
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()
        if prepare:
            prepare(self.place)
        count = folder / "count"
        count.unlink(missing_ok=True)
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "LD_PRELOAD": SHIM, "OPCON_FAULT": fault or "", "OPCON_FAULT_COUNT": str(count)}
        words = [str(w).replace("{}", str(self.place)) for w in words]
        result = subprocess.run([opcon.PROGRAM, *words], env=environment, stdout=output, stderr=subprocess.PIPE, timeout=60)
        self.code, self.output, self.errors = result.returncode, masked(result.stdout or b""), result.stderr
        self.calls = int(count.read_text()) if count.exists() else None
        self.files = {str(p.relative_to(self.place)): p.read_bytes() for p in sorted(self.place.rglob("*")) if p.is_file()}


def steps(total):
    near = list(range(1, min(DEPTH, total) + 1))
    far = [DEPTH + (total - DEPTH) * i // SPREAD for i in range(1, SPREAD + 1)] if total > DEPTH else []
    return sorted(set(near + far))


def whole(run, plain):
    """Files are the ones of the undisturbed run or those that were there; databases are checked by their own tests."""
    for name, bytes_ in run.files.items():
        if ".db" in name or name.endswith(".csv"):
            continue
        if name not in plain.files:
            return f"left behind: {name}"
        if bytes_ != plain.files[name] and name.endswith((".svg", ".html", ".yaml")):
            return f"half a file: {name}"
    return None


def disturbed(name, words, prepare, plain, kind, total):
    wrong = []
    failed = 0
    for n in steps(total):
        run = Run(name, words, prepare, f"{kind}:{n}")
        failed += run.code != 0
        if run.code not in ENDS:
            wrong.append(f"{kind}:{n}: exit {run.code}: {run.errors[-300:]!r}")
        elif run.code == 0 and run.output != plain.output and name not in MEASURES:
            wrong.append(f"{kind}:{n}: exit 0, but the output differs")
        elif run.code not in (0, plain.code) and not run.errors:
            wrong.append(f"{kind}:{n}: exit {run.code} without a word")
        elif whole(run, plain):
            wrong.append(f"{kind}:{n}: {whole(run, plain)}")
    return wrong, failed


def counted(name, words, prepare, kind):
    return Run(name, words, prepare, f"{kind}:999999999").calls


opcon.run("add", DOCUMENT, "--workspace", folder / "base.db")
for change in ("works=9mo", "works=18mo"):
    opcon.run("forecast", MINIMAL, "--set", f"inputs.{change}", "--keep", "--workspace", folder / "runs.db", *FEW)
for name, words, prepare in COMMANDS:
    plain = Run(name, words, prepare)
    tap.check(plain.code == 0, f"{name}: works undisturbed", plain.errors.decode())
    for kind in ("allocate", "allocate-once", "write", "sync"):
        total = counted(name, words, prepare, kind)
        if not total:
            tap.check(kind != "allocate", f"{name}: {kind}: nothing of that kind")
            continue
        wrong, failed = disturbed(name, words, prepare, plain, kind, total)
        tap.check(not wrong, f"{name}: {kind}, {len(steps(total))} of {total} places, {failed} noticed",
                  "\n".join(wrong[:6]))
    if plain.output:
        with open("/dev/full", "wb") as full:
            unwritten = Run(name, words, prepare, output=full)
        tap.check(unwritten.code == 3 and unwritten.errors, f"{name}: standard output is full", unwritten.errors)
    jumped = Run(name, words, prepare, "clock:2")
    tap.check(jumped.code == plain.code, f"{name}: a clock that jumps", jumped.errors.decode())
tap.done()
