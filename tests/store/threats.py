"""What may happen to a workspace: the program is killed, two programs write, the disk is full, the file is damaged, newer
or may not be written.  usage: threats.py PROGRAM SOURCE_ROOT [KILLS]"""
import gzip
import json
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
    options = {"stdout": subprocess.PIPE, **options}
    return subprocess.Popen([opcon.PROGRAM, "add", "--workspace", str(path), *map(str, words)], stderr=subprocess.PIPE,
                            env=env, **options)


def add_until(path, seconds, which):
    """Adds all documents and sends a signal after so much work, wherever that is: exit code, and what was printed. A
    file takes it: nobody reads meanwhile, and a program that waits for a reader does no work."""
    with open(folder / "printed", "w+b") as printed:
        process = add(path, DOCS, stdout=printed)
        opcon.wait_for_work(process, seconds)
        process.send_signal(which)
        process.communicate()
        printed.seek(0)
        return process.returncode, printed.read().decode(errors="replace")


def reported(output):
    return re.findall(r"^#(\d+)  (?:already there: )?.*\((\S+\.md); claims: \d+\)$", output, re.M)


def test_kill():
    dice = random.Random(5)
    path = folder / "killed.db"
    halfway = 0
    used = os.times().children_user + os.times().children_system
    add(folder / "timed.db", DOCS).communicate()
    length = os.times().children_user + os.times().children_system - used
    for n in range(KILLS):
        if n % 4 == 0 and path.exists():
            path.unlink()
        before = numbers(path) if path.exists() else {}
        _, output = add_until(path, dice.uniform(0, length), signal.SIGKILL)
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


def test_same_twice():
    """Several threads read, in whatever order; what is kept and said follows the order of the files, also for the same
    bytes under two names, one after the other and far apart."""
    files = sorted(DOCS.glob("*.md"))[:120]
    tables, said = {}, {}
    twins = folder / "twins"
    twins.mkdir()
    for file in files:
        shutil.copy(file, twins / file.name)
    pairs = [path for file in files for path in (file, twins / file.name)]
    for name, keep in (("once", None), ("again", lambda: os.sched_setaffinity(0, [min(os.sched_getaffinity(0))]))):
        path = folder / f"{name}.db"
        said[name], errors = add(path, "--format", "json", *pairs, *files, preexec_fn=keep).communicate()
        assert errors == b"", errors.decode()
        db = sqlite3.connect(path)
        tables[name] = [db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in (
            "contents", "claims", "relations", "bands", "sketches", "clashes", "citations")]
        tables[name].append(db.execute("SELECT id, hash, title, published FROM documents ORDER BY id").fetchall())
        db.close()
    assert tables["once"] == tables["again"] and tables["once"][0]
    told = [(d["document"], d["outcome"], d["title"] == d["file"], d["claims"]) for d in json.loads(said["once"])]
    assert said["once"] == said["again"]
    assert [d[:2] for d in told[:240]] == [(n // 2 + 1, "known" if n % 2 else "added") for n in range(240)]
    assert [d[0] for d in told[240:]] == list(range(1, 121))
    assert all(d[1:] == ("known", True, 0) for d in told if d[1] == "known")


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


def test_hostile():
    """A file that was altered so that reading it would run what somebody put there."""
    for name, script in (("trigger", "CREATE TRIGGER t AFTER INSERT ON origins BEGIN DELETE FROM documents; END"),
                         ("view", "DROP VIEW texts; CREATE VIEW texts AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT"
                                  " id + 1 FROM n) SELECT id, id AS title, id AS body FROM n"),
                         ("index", "CREATE INDEX slow ON claims (hex(randomblob(99)))"),
                         ("missing", "DROP TABLE bands")):
        path = folder / f"{name}.db"
        shutil.copy(folder / "two.db", path)
        db = sqlite3.connect(path)
        try:
            db.executescript(script)
        except sqlite3.OperationalError:
            continue  # SQLite itself refuses
        finally:
            db.close()
        before = path.read_bytes()
        for words in (["claims"], ["add", DOCS / "0000.md"], ["search", "演習"]):
            done = opcon.run(*words, "--workspace", path, timeout=20)
            assert done.returncode == 1 and b"E0802" in done.stderr, (name, words, done.stderr.decode())
        assert path.read_bytes() == before
    # A table of one's own is none of opcon's business.
    path = folder / "own.db"
    shutil.copy(folder / "two.db", path)
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE my_notes (text)")
    db.close()
    assert opcon.run("search", "演習", "--workspace", path).returncode == 0


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


def test_something_else_where_a_workspace_is_asked_for():
    path = folder / "else.db"
    path.write_text("not a database")
    minimal, few = opcon.ROOT / "scenarios" / "minimal", ("--runs", "1000")
    for words in (["forecast", minimal, *few], ["forecast", minimal, "--format", "json", *few], ["brief", minimal, *few],
                  ["report", minimal, "--output", folder / "else.html", *few], ["timeline"], ["backtest", "--kept"]):
        done = opcon.run(*words, "--workspace", path)
        assert done.returncode == 1 and b"E0804" in done.stderr and not done.stdout, (words, done)
    assert not (folder / "else.html").exists() and path.read_text() == "not a database"
    missing = opcon.run("backtest", "--kept", "--outcomes", folder / "none.csv", "--workspace", folder / "two.db")
    assert missing.returncode == 3 and missing.stderr, missing


def rows(path, sql):
    db = sqlite3.connect(path)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def test_older():
    """A workspace that an older program made (version_2.db.gz; version 1 had no index of decisions) is brought up to date,
    answers as before, and goes on."""
    image = gzip.decompress((pathlib.Path(sys.argv[2]) / "tests/store/version_2.db.gz").read_bytes())
    decided = "SELECT id, coalesce(own_end, end), decision, note FROM claims ORDER BY id"
    related = "SELECT document, other, kind, measure FROM relations ORDER BY 1, 2, 3"
    for version in (1, 2):
        path = folder / f"version_{version}.db"
        path.write_bytes(image)
        if version == 1:
            db = sqlite3.connect(path)
            db.executescript("DROP INDEX claims_decision; PRAGMA user_version = 1")
            db.close()
        claims, relations = rows(path, decided), rows(path, related)
        assert rows(path, "PRAGMA user_version") == [(version,)] and len(claims) == 3 and len(relations) == 2
        answered = json.loads(opcon.run("claims", "--workspace", path, "--decision", "all", "--format", "json").stdout or "[]")
        exported = json.loads(opcon.run("export", "--workspace", path).stdout)
        newest = sorted(rows(folder / "two.db", "SELECT name, replace(replace(sql, char(10), ''), ' ', '') FROM sqlite_schema"))
        assert rows(path, "PRAGMA user_version") == rows(folder / "two.db", "PRAGMA user_version")
        assert sorted(rows(path, "SELECT name, replace(replace(sql, char(10), ''), ' ', '') FROM sqlite_schema")) == newest
        assert rows(path, decided) == claims and rows(path, related) == relations
        assert {(c["id"], c["end"], c["decision"], c["note"]) for c in answered} == set(claims)
        assert len(exported["documents"]) == 5 and len(exported["relations"]) == 2
        found = json.loads(opcon.run("search", "台湾", "--workspace", path, "--format", "json").stdout)
        assert [d["document"] for d in found["documents"]] == [1]
        # The same bytes, read by today's program: the decisions stay, and what belongs together is found again.
        files = folder / f"files_{version}"
        files.mkdir()
        for name, content in rows(path, "SELECT origin, bytes FROM contents JOIN origins USING (document)"):
            (files / name).write_bytes(content)
        done = add(path, "--again", "--check", "--format", "json", files)
        output, errors = done.communicate()
        assert done.returncode == 0, errors.decode()
        assert {d["outcome"] for d in json.loads(output)} == {"read-again"}
        assert [c for c in rows(path, decided) if c[2] != "new"] == [c for c in claims if c[2] != "new"]
        assert {(min(a, b), kind) for a, b, kind, _ in rows(path, related)} == {(3, "cites-same"), (4, "duplicate")}
        # A text that is new now is likened to those of the older file.
        (files / "near3.txt").write_text((files / "near1.txt").read_text(encoding="utf-8").replace("item 41", "item 1041"))
        done = add(path, "--check", "--format", "json", files / "near3.txt")
        related_now = json.loads(done.communicate()[0])[0]["related"]
        assert {r["document"] for r in related_now if r["kind"] == "duplicate"} == {4, 5}, related_now


def test_interrupted():
    path = folder / "interrupted.db"
    code, output = add_until(path, 0.4, signal.SIGINT)
    assert code in (0, 130, -2), code
    kept = numbers(path) if path.exists() else {}
    for number, origin in reported(output):
        assert kept.get(origin) == int(number)


for name, test in list(globals().items()):
    if name.startswith("test_"):
        tap.attempt(name[5:].replace("_", " "), test)
tap.done()
