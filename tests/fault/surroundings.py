"""Every command where little is left to stand on: no environment, closed standard files, a folder that is gone or may not
be written, a terminal that goes away, signals at any moment, two programs on one workspace.
usage: surroundings.py PROGRAM SOURCE_ROOT [ROUNDS]"""
import os
import pathlib
import pty
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(sys.argv[2]) / "tests"))
import opcon  # noqa: E402

ROUNDS = int(sys.argv[3]) if len(sys.argv) > 3 else 6
folder = opcon.start(sys.argv)
os.chmod(folder, 0o755)
tap = opcon.Tap()
ROOT = opcon.ROOT.resolve()
MINIMAL = ROOT / "scenarios" / "minimal"
FLAGSHIP = ROOT / "scenarios" / "rok-us"
DOCUMENTS = sorted((ROOT / "corpus" / "develop").glob("*.md"))
FEW = ("--runs", "2000")
(folder / "sweep.yaml").write_text("scenario: minimal\nruns: 2000\nvary:\n  works: {from: 6mo, to: 24mo, steps: 400}\n",
                                   encoding="utf-8")
(folder / "exercises.csv").write_text("year,status\n2000,held\n2001,held\n2002,cancelled\n", encoding="utf-8")
(folder / "decisions.tsv").write_text("1\treject\n", encoding="utf-8")
(folder / "dates.txt").write_text("in the first half of 2027\n", encoding="utf-8")

QUICK = [
    ["--help"], ["version"], ["forecast", MINIMAL, *FEW], ["forecast", "--help"], ["whatif", MINIMAL, "--set", "works=9mo", *FEW],
    ["status", FLAGSHIP], ["who", FLAGSHIP, "--on", "2015-06-01"], ["timeline", FLAGSHIP], ["commitments", FLAGSHIP],
    ["actors", FLAGSHIP], ["sources", FLAGSHIP], ["brief", MINIMAL, *FEW], ["drivers", MINIMAL, *FEW],
    ["discover", MINIMAL, "--later-than", "2028-01-01", *FEW], ["class"], ["read", DOCUMENTS[0]], ["lexicon", "check"],
    ["bargain", "timing", FLAGSHIP], ["fit", folder / "exercises.csv", "chance", "--is", "status=held"],
    ["dates", "--anchor", "2026-06-25", folder / "dates.txt"], ["lexicon", "check", folder / "dates.txt"],
    ["check", FLAGSHIP], ["explain", "E0201"], ["explain", "--program", MINIMAL], ["check", folder / "missing.yaml"],
]

# Commands that take long enough to be interrupted, what they write, and what a whole file of that kind ends with.
LONG = [
    (["forecast", FLAGSHIP, "--runs", "3000000"], None, None),
    (["whatif", FLAGSHIP, "--set", "caution=0", "--runs", "1000000"], None, None),
    (["drivers", FLAGSHIP, "--sobol"], None, None),
    (["backtest"], None, None),
    (["bargain", "all", FLAGSHIP, "--runs", "20000"], None, None),
    (["discover", FLAGSHIP, "--later-than", "2032-01-01", "--runs", "200000"], None, None),
    (["report", FLAGSHIP, "--output", "{}/out.html", "--runs", "300000"], "out.html", b"</html>\n"),
    (["chart", "when", FLAGSHIP, "--output", "{}/out.svg"], "out.svg", b"</svg>\n"),
    (["sweep", folder / "sweep.yaml", "--output", "{}/out.csv"], "out.csv", b"\n"),
]


def environment(**more):
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **more}


def launch(words, place=folder, env=None, **options):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, **options}
    words = [str(w).replace("{}", str(place)) for w in words]
    return subprocess.Popen([opcon.PROGRAM, *words], env=environment() if env is None else env, **options)


def finish(process, timeout=60):
    output, errors = process.communicate(timeout=timeout)
    return process.returncode, output or b"", errors or b""


def same_but_time(output):
    return b"\n".join(line for line in output.splitlines() if b" a second on " not in line)


def test_empty_environment():
    for words in QUICK:
        code, output, errors = finish(launch(words))
        bare = finish(launch(words, env={}, cwd="/"))
        assert code in (0, 1), (words, code, errors)
        measured = "--program" in words
        assert bare[0] == code and (measured or same_but_time(bare[1]) == same_but_time(output)), (words, bare[0], bare[2])


def test_unknown_locale():
    for words in QUICK:
        code, _, errors = finish(launch(words, env=environment(LC_ALL="xx_XX.UTF-8", HOME="/nowhere", TMPDIR="/nowhere", TERM="")))
        assert code in (0, 1), (words, code, errors)


def test_closed_standard_files():
    for closed in (0, 1, 2):
        for words in QUICK:
            process = launch(words, preexec_fn=lambda: os.close(closed))
            code, output, errors = finish(process)
            assert code in ((0, 1, 3) if closed == 1 else (0, 1)), (closed, words, code, errors)


def test_folder_that_is_gone():
    for words in QUICK:
        gone = folder / "gone"
        gone.mkdir()
        process = launch(words, preexec_fn=lambda: (os.chdir(gone), os.rmdir(gone)))
        code, _, errors = finish(process)
        assert code in (0, 1), (words, code, errors)


def as_nobody():
    return {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}


def test_closed_folder():
    place = folder / "closed"
    place.mkdir()
    os.chmod(place, 0o555)
    for words in (["report", MINIMAL, "--output", "{}/x.html", *FEW], ["chart", "when", MINIMAL, "--output", "{}/x.svg"],
                  ["sweep", folder / "sweep.yaml", "--output", "{}/x.csv"], ["new", "{}/made"],
                  ["add", DOCUMENTS[0], "--workspace", "{}/opcon.db"]):
        code, output, errors = finish(launch(words, place, **as_nobody()))
        assert code in (1, 3) and errors and (b"not permitted" in errors or b"read-only" in errors), (words, code, errors)
        assert not list(place.iterdir())


def test_reader_that_goes_away():
    for words in QUICK:
        process = launch(words)
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(timeout=60) in (0, 1, 3) and b"Broken pipe" not in errors, (words, process.returncode, errors)


def test_terminal_that_goes_away():
    dice = random.Random(3)
    for words, _, _ in LONG[:3]:
        for _ in range(2):
            master, slave = pty.openpty()
            process = launch(words, stdin=slave, stdout=slave, stderr=slave, start_new_session=True)
            os.close(slave)
            opcon.wait_for_work(process, dice.uniform(0, 0.4))
            os.close(master)
            process.send_signal(signal.SIGHUP)
            assert process.wait(timeout=30) in (0, 3, 130, -signal.SIGHUP), (words, process.returncode)


def test_signals():
    dice = random.Random(9)
    halfway = 0
    for words, name, end in LONG:
        for n in range(ROUNDS):
            place = folder / "signals"
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            process = launch(words, place)
            opcon.wait_for_work(process, dice.uniform(0.01, 0.5))
            which = signal.SIGINT if n % 2 else signal.SIGTERM
            process.send_signal(which)
            code, output, errors = finish(process, timeout=30)
            assert code in (0, 130, -which), (words, code, errors)
            halfway += code == 130
            left = [p.name for p in place.iterdir() if p.name != name and not p.name.startswith(f"{name}.state")]
            assert not left, (words, left)
            if name and (place / name).exists() and (place / name).stat().st_size:
                assert (place / name).read_bytes().endswith(end), (words, "half a file")
    assert halfway >= len(LONG) * ROUNDS // 4, "hardly any signal came in the middle: the test proves nothing"


def heard(server, words):
    """Whether a line with these words comes, however long that takes."""
    return any(words in line for line in server.stdout)


def test_signals_to_a_server():
    dice = random.Random(5)
    serve = ["serve", MINIMAL, "--runs", "1000"]
    process = launch(serve)
    assert heard(process, b"read and run")
    whole = opcon.processor_time(process)
    process.kill()
    finish(process)
    for n in range(ROUNDS):
        process = launch(serve)
        opcon.wait_for_work(process, dice.uniform(0, whole))
        which = signal.SIGINT if n % 2 else signal.SIGTERM
        process.send_signal(which)
        code, _, errors = finish(process, timeout=30)
        assert code in (0, 130, -which), (n, code, errors)


def test_a_server_without_its_port():
    first = launch(["serve", MINIMAL, "--runs", "1000"])
    port = re.search(rb":([0-9]+)/", first.stdout.readline())[1].decode()
    code, output, errors = finish(launch(["serve", MINIMAL, "--port", port]))
    assert code == 3 and errors and not output, (code, errors)
    first.send_signal(signal.SIGTERM)
    finish(first)


def test_a_server_whose_scenario_goes():
    place = folder / "served"
    shutil.copytree(MINIMAL, place)
    process = launch(["serve", place, "--runs", "1000"])
    assert heard(process, b"read and run")
    shutil.rmtree(place)
    assert heard(process, b"not a report") and process.poll() is None
    process.send_signal(signal.SIGINT)
    code, _, errors = finish(process)
    assert code in (0, 130), (code, errors)


def test_closed_workspace():
    """What asks a workspace that may not be written still answers; what would write says that it cannot."""
    place = folder / "readonly"
    place.mkdir()
    path = place / "opcon.db"
    opcon.run("add", DOCUMENTS[0], "--workspace", path)
    os.chmod(path, 0o444)
    os.chmod(place, 0o555)
    before = path.read_bytes()
    for words in (["claims"], ["search", "forces"], ["conflicts"], ["runs"], ["export"]):
        code, output, errors = finish(launch([*words, "--workspace", path], **as_nobody()))
        assert code in (0, 3) and (output or errors), (words, code, errors)
    for words in (["add", DOCUMENTS[1]], ["review", "--decisions", folder / "decisions.tsv"],
                  ["forecast", MINIMAL, "--keep", *FEW]):
        code, output, errors = finish(launch([*words, "--workspace", path], **as_nobody()))
        assert code == 3 and errors, (words, code, output, errors)
    assert path.read_bytes() == before and [p.name for p in place.iterdir()] == ["opcon.db"]
    os.chmod(place, 0o755)


def test_two_programs():
    path = folder / "two.db"
    keep = ["forecast", MINIMAL, "--keep", "--workspace", path, *FEW]
    processes = [launch([*keep, "--seed", n]) for n in range(4)]
    processes.append(launch(["add", *DOCUMENTS, "--workspace", path]))
    for process in processes:
        code, _, errors = finish(process)
        assert code == 0, errors
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("SELECT count(*) FROM runs").fetchone()[0] == 4
    assert db.execute("SELECT count(*) FROM documents").fetchone()[0] == len(DOCUMENTS)
    db.close()


for name, test in list(globals().items()):
    if name.startswith("test_"):
        tap.attempt(name[5:].replace("_", " "), test)
tap.done()
