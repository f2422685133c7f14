#!/usr/bin/env python3
"""opcon-mpi: forecasts and sweeps are the same for every number of ranks, and a rank that dies loses no finished row."""
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon
import scenarios

MPI, MPIRUN = os.environ.get("OPCON_TEST_MPI"), os.environ.get("OPCON_TEST_MPIRUN")
RANKS = (1, 2, 3, 4)


def command(ranks, *arguments):
    return [MPIRUN, "--allow-run-as-root", "--oversubscribe", "-n", str(ranks), MPI, *map(str, arguments)]


def mpi(ranks, *arguments):
    return subprocess.run(command(ranks, *arguments), capture_output=True, timeout=120,
                          env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"})


def answers(document):
    return {k: v for k, v in document.items() if k not in ("timing", "ignorance")}


def same_forecast(name, runs, *options):
    path = scenarios.write(name)
    alone = opcon.run("forecast", path, "--format", "json", "--runs", runs, *options)
    assert alone.returncode == 0, alone.stderr.decode()
    for ranks in RANKS:
        result = mpi(ranks, "forecast", path, "--format", "json", "--runs", runs, "--threads", 1, *options)
        assert result.returncode == 0, result.stderr.decode()
        got, wanted = json.loads(result.stdout), json.loads(alone.stdout)
        assert got["results_digest"] == wanted["results_digest"], f"{ranks} ranks: another digest"
        assert answers(got) == answers(wanted), f"{ranks} ranks: other answers"


def same_failure():
    path = opcon.scenario("""scenario: test
as_of: 2025-12-31
horizon: 2031-12-31
calendar: {exam: {every: year, date: 08-18}}
inputs: {x: "normal(0.5, 0.117)"}
stages: {a: {at: exam, chance: x}}
""", "fails.yaml")
    alone = opcon.run("forecast", path, "--runs", 200000)
    assert alone.returncode == 1
    for ranks in RANKS:
        result = mpi(ranks, "forecast", path, "--runs", 200000, "--threads", 1)
        message = result.stderr.decode()
        assert result.returncode != 0 and not result.stdout
        assert message.startswith(alone.stderr.decode().split("nothing was run")[0]), message


SWEEP = """scenario: chain.yaml
runs: 4000
vary:
  stages.a.chance: {from: 0.1, to: 0.9, steps: 9}
  stages.b.takes: [10d, 100d, 300d]
"""


def same_sweep():
    scenarios.write("chain")
    path = opcon.scenario(SWEEP, "s.yaml")
    alone = opcon.folder() / "alone.csv"
    assert opcon.run("sweep", path, "--output", alone).returncode == 0
    for ranks in RANKS:
        out = opcon.folder() / f"ranks{ranks}.csv"
        result = mpi(ranks, "sweep", path, "--output", out)
        assert result.returncode == 0, result.stderr.decode()
        assert out.read_bytes() == alone.read_bytes(), f"{ranks} ranks"
        out.write_bytes(alone.read_bytes()[:700])
        result = mpi(ranks, "sweep", path, "--output", out, "--resume")
        assert result.returncode == 0 and out.read_bytes() == alone.read_bytes(), f"{ranks} ranks, resumed"
    refused = mpi(2, "sweep", path, "--output", alone)
    assert refused.returncode != 0 and b"--resume" in refused.stderr


def children_of(pid):
    found = []
    for status in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


def rank_dies():
    """One rank of three is killed: the job ends, what was written stays, and --resume finishes it."""
    scenarios.write("chain")
    path = opcon.scenario(SWEEP.replace("steps: 9", "steps: 90").replace("4000", "50000"), "long.yaml")
    out = opcon.folder() / "killed.csv"
    process = subprocess.Popen(command(3, "sweep", path, "--output", out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    opcon.wait_until(lambda: out.exists() and out.read_bytes().count(b"\n") > 10, "ten rows")
    ranks = sorted(children_of(process.pid))
    assert len(ranks) == 3, ranks
    os.kill(ranks[1], signal.SIGKILL)
    assert process.wait(60) != 0
    lines = out.read_bytes().decode().splitlines(keepends=True)
    whole = [line for line in lines[2:] if line.endswith("\n")]
    assert 8 < len(whole) < 270, len(whole)
    assert [line.split(",")[0] for line in whole] == [str(i) for i in range(len(whole))]
    result = mpi(2, "sweep", path, "--output", out, "--resume")
    assert result.returncode == 0, result.stderr.decode()
    alone = opcon.folder() / "long-alone.csv"
    assert opcon.run("sweep", path, "--output", alone).returncode == 0
    assert out.read_bytes() == alone.read_bytes()


def others():
    result = mpi(2, "version")
    assert result.returncode == 0 and len(re.findall(rb"opcon", result.stdout)) >= 1
    assert result.stdout == opcon.run("version").stdout


opcon.start(sys.argv)
tap = opcon.Tap()
if not MPI or not MPIRUN:
    print("1..0 # SKIP no MPI")
    sys.exit(0)
for name, runs, options in (("chain", 1, ()), ("chain", 16385, ()), ("everything", 150000, ()),
                            ("news", 70000, ("--given", "a > 2026-12-31"))):
    tap.attempt(f"forecast {name}, {runs} futures", lambda: same_forecast(name, runs, *options))
for function in (same_failure, same_sweep, rank_dies, others):
    tap.attempt(function.__name__.replace("_", " "), function)
tap.done()
