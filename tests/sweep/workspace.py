#!/usr/bin/env python3
"""Rows of a sweep in the workspace: the same as in the CSV file, none lost and none twice, whatever was killed, deleted or cut
off before `--resume`."""
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon

MPI, MPIRUN = os.environ.get("OPCON_TEST_MPI"), os.environ.get("OPCON_TEST_MPIRUN")
SMALL = """scenario: minimal
runs: 500
vary:
  stages.inspection.chance: {from: 0.1, to: 0.9, steps: 9}
  works: [6mo, 9mo to 12mo, not_there]
"""
LARGE = SMALL.replace("runs: 500", "runs: 60000").replace("steps: 9", "steps: 60")


def sweep(text, *options, name):
    return opcon.run("sweep", opcon.scenario(text, f"{name}.yaml"), "--output", opcon.folder() / f"{name}.csv",
                     "--workspace", opcon.folder() / f"{name}.db", *options)


def kept(name):
    db = sqlite3.connect(opcon.folder() / f"{name}.db")
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    rows = db.execute("SELECT variant, row FROM sweep_rows ORDER BY sweep, variant").fetchall()
    sweeps = db.execute("SELECT digest, columns, variants FROM sweeps").fetchall()
    db.close()
    assert [v for v, _ in rows] == list(range(len(rows)))
    return sweeps, [row for _, row in rows]


def in_file(name):
    return (opcon.folder() / f"{name}.csv").read_text().splitlines()


def whole(name, variants):
    sweeps, rows = kept(name)
    lines = in_file(name)
    assert len(sweeps) == 1 and sweeps[0][2] == variants and sweeps[0][1] == lines[1] and sweeps[0][0] in lines[0], sweeps
    assert rows == lines[2:] and len(rows) == variants, f"{len(rows)} rows, {len(lines) - 2} in the file"


def fine(result):
    assert result.returncode == 0, result.stderr.decode()


def both():
    fine(sweep(SMALL, "--threads", "3", name="both"))
    whole("both", 27)


def again():
    fine(sweep(SMALL, name="again"))
    (opcon.folder() / "again.csv").unlink()
    result = sweep(SMALL, name="again")
    assert result.returncode == 2 and b"--resume" in result.stderr, result.stderr.decode()
    fine(sweep(SMALL, "--resume", name="again"))
    whole("again", 27)


def one_has_more():
    fine(sweep(SMALL, name="more"))
    wanted = in_file("more")
    for rows_of_file, rows_of_workspace in ((0, 27), (27, 0), (5, 12), (12, 5), (26, 26), (27, 26)):
        (opcon.folder() / "more.csv").write_text("\n".join(wanted[:2 + rows_of_file]) + "\n")
        db = sqlite3.connect(opcon.folder() / "more.db")
        with db:
            db.execute("DELETE FROM sweep_rows WHERE variant >= ?", (rows_of_workspace,))
        db.close()
        fine(sweep(SMALL, "--resume", name="more"))
        whole("more", 27)
        assert in_file("more") == wanted


def workspace_alone():
    path, db = opcon.scenario(SMALL, "alone.yaml"), opcon.folder() / "alone.db"
    first = opcon.run("sweep", path, "--workspace", db)
    fine(first)
    connection = sqlite3.connect(db)
    with connection:
        connection.execute("DELETE FROM sweep_rows WHERE variant >= 10")
    connection.close()
    second = opcon.run("sweep", path, "--workspace", db, "--resume")
    fine(second)
    assert second.stdout == first.stdout and kept("alone")[1] == first.stdout.decode().splitlines()[2:]


def start(command, name):
    path = opcon.scenario(LARGE, f"{name}.yaml")
    return subprocess.Popen([*command, "sweep", path, "--output", opcon.folder() / f"{name}.csv", "--workspace",
                             opcon.folder() / f"{name}.db", "--resume"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_rows(process, name, more):
    out = opcon.folder() / f"{name}.csv"
    before = out.stat().st_size if out.exists() else 0
    opcon.wait_until(lambda: process.poll() is not None or (out.exists() and out.stat().st_size > before + more),
                     f"{more} bytes of rows")


def killed():
    for sign in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        process = start([opcon.PROGRAM], "killed")
        wait_for_rows(process, "killed", 1500)
        process.send_signal(sign)
        process.wait(60)
        kept("killed")
    fine(sweep(LARGE, "--resume", name="killed"))
    whole("killed", 180)
    fine(sweep(LARGE, name="unharmed"))
    assert in_file("killed") == in_file("unharmed")


def children(pid):
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout.split()
    return [int(p) for p in found]


def a_rank_dies():
    process = start([MPIRUN, "--allow-run-as-root", "--oversubscribe", "-n", "3", MPI], "rank")
    wait_for_rows(process, "rank", 1500)
    os.kill(children(process.pid)[-1], signal.SIGKILL)
    assert process.wait(60) != 0
    rows = in_file("rank")
    assert len(rows) > 5
    fine(sweep(LARGE, "--resume", name="rank"))
    whole("rank", 180)
    assert in_file("rank")[:len(rows) - 1] == rows[:-1]


opcon.start(sys.argv)
tap = opcon.Tap()
for function in (both, again, one_has_more, workspace_alone, killed, *((a_rank_dies,) if MPI and MPIRUN else ())):
    tap.attempt(function.__name__.replace("_", " "), function)
tap.done()
