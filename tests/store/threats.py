"""What may happen to a workspace: the program is killed, two programs write, the disk is full, the file is damaged, newer
or may not be written.  usage: threats.py PROGRAM SOURCE_ROOT [KILLS]"""
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(sys.argv[2]) / "tests"))
sys.path.insert(0, str(pathlib.Path(sys.argv[2]) / "tests" / "store"))
import make_documents  # noqa: E402
import opcon  # noqa: E402

KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 40
folder = opcon.start(sys.argv)
os.chmod(folder, 0o755)
tap = opcon.Tap()
DOCS = folder / "docs"
COUNT = 400
DOCS.mkdir()
for seed in range(COUNT):
    (DOCS / f"{seed:04}.md").write_text(make_documents.document(seed, 2000), encoding="utf-8")


def numbers(path):
    """Documents in the file, after the checks that must always hold."""
    db = sqlite3.connect(path, timeout=30)
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'documents'").fetchone():
        return {}
    kept = dict(db.execute("SELECT o.origin, d.id FROM documents d JOIN origins o ON o.document = d.id"))
    whole = db.execute("SELECT count(*) FROM documents d JOIN contents c ON c.document = d.id WHERE length(c.bytes) = d.size")
    assert whole.fetchone()[0] == db.execute("SELECT count(*) FROM documents").fetchone()[0]
    db.close()
    return kept


def add(path, *words, **options):
    env = dict(os.environ, LANG="C.UTF-8")
    return subprocess.Popen([opcon.PROGRAM, "add", "--workspace", str(path), *map(str, words)], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env=env, **options)


def reported(output):
    return re.findall(r"^#(\d+)  (?:already there: )?.*\((\S+\.md); claims: \d+\)$", output, re.M)


def test_kill():
    dice = random.Random(5)
    path = folder / "killed.db"
    halfway = 0
    start = time.monotonic()
    add(folder / "timed.db", DOCS).communicate()
    length = time.monotonic() - start
    for n in range(KILLS):
        if n % 4 == 0 and path.exists():
            path.unlink()
        before = numbers(path) if path.exists() else {}
        process = add(path, DOCS)
        time.sleep(dice.uniform(0, length))
        process.send_signal(signal.SIGKILL)
        output = process.communicate()[0].decode(errors="replace")
        after = numbers(path) if path.exists() else {}
        for number, origin in reported(output):
            assert after.get(origin) == int(number), f"round {n}: lost {origin}"
        assert set(before) <= set(after), f"round {n}: lost what was there before"
        halfway += 0 < len(after) < COUNT
    assert halfway, "no kill came in the middle: the test proves nothing"
    done = add(path, "--check", DOCS)
    assert done.communicate() and done.returncode == 0 and len(numbers(path)) == COUNT


def test_two_writers():
    path = folder / "two.db"
    files = sorted(DOCS.glob("*.md"))
    processes = [add(path, *files[:250]), add(path, *files[150:])]
    for process in processes:
        output, errors = process.communicate(timeout=100)
        assert process.returncode == 0, errors.decode()
    assert len(numbers(path)) == COUNT
    assert opcon.run("search", "演習", "--workspace", path).returncode == 0


def test_full_disk():
    path = folder / "full.db"
    assert add(path, *sorted(DOCS.glob("000*.md"))).communicate() is not None
    before = numbers(path)
    assert len(before) == 10
    size = path.stat().st_size

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40960, size + 40960))

    process = add(path, DOCS, preexec_fn=limit)
    errors = process.communicate()[1].decode()
    assert process.returncode == 3 and "E0806" in errors, (process.returncode, errors)
    assert numbers(path) == before
    assert not list(folder.glob("full.db-*")), "no journal is left over"
    add(path, DOCS).communicate()
    assert len(numbers(path)) == COUNT


def as_nobody(words):
    options = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    return subprocess.run([opcon.PROGRAM, *map(str, words)], capture_output=True, env={"LANG": "C.UTF-8", "PATH": os.environ["PATH"]},
                          **options)


def test_read_only():
    closed = folder / "closed"
    closed.mkdir()
    shutil.copy(folder / "two.db", closed / "w.db")
    os.chmod(closed / "w.db", 0o444)
    os.chmod(closed, 0o555)
    try:
        found = as_nobody(["search", "演習", "--workspace", closed / "w.db"])
        assert found.returncode == 0 and found.stdout, found.stderr.decode()
        refused = as_nobody(["add", DOCS / "0000.md", "--workspace", closed / "w.db"])
        assert refused.returncode == 3 and b"E0805" in refused.stderr, refused.stderr.decode()
        refused = as_nobody(["add", DOCS / "0000.md", "--workspace", closed / "new.db"])
        assert refused.returncode == 3 and b"E0805" in refused.stderr, refused.stderr.decode()
    finally:
        os.chmod(closed, 0o755)


def test_damaged():
    path = folder / "damaged.db"
    shutil.copy(folder / "two.db", path)
    with open(path, "r+b") as file:
        for page in range(8, 200):
            file.seek(page * 4096)
            file.write(b"\xa5" * 4096)
    for words in (["claims"], ["export"], ["add", "--check", DOCS / "0000.md"]):
        done = opcon.run(*words, "--workspace", path)
        assert done.returncode == 1 and b"E0802" in done.stderr, (words, done.returncode, done.stderr.decode())
    path.write_bytes(b"nothing of the kind " * 500)
    done = opcon.run("claims", "--workspace", path)
    assert done.returncode == 1 and b"E0804" in done.stderr
    assert b"E0804" in opcon.run("claims", "--workspace", folder).stderr


def test_newer():
    path = folder / "newer.db"
    shutil.copy(folder / "two.db", path)
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    for lang, word in (("en", "99"), ("ja", "第99版"), ("ko", "99판")):
        done = opcon.run("add", DOCS / "0000.md", "--workspace", path, "--lang", lang)
        assert done.returncode == 1 and b"E0803" in done.stderr and word in done.stderr.decode()
    assert path.read_bytes() == before


def test_interrupted():
    path = folder / "interrupted.db"
    process = add(path, DOCS)
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    output = process.communicate()[0].decode(errors="replace")
    assert process.returncode in (0, 130, -2), process.returncode
    kept = numbers(path) if path.exists() else {}
    for number, origin in reported(output):
        assert kept.get(origin) == int(number)


for name, test in list(globals().items()):
    if name.startswith("test_"):
        tap.attempt(name[5:].replace("_", " "), test)
tap.done()
