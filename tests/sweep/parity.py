#!/usr/bin/env python3
"""The same digests of program and results for more than twenty scenarios, whatever runs them: instruction sets base, v3
and v4, 1 to 8 threads, 1 to 4 ranks, and another compiler's build if OPCON_TEST_OTHER names its opcon."""
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon
from parity_cases import RUNS, cases

MPI, MPIRUN = os.environ.get("OPCON_TEST_MPI"), os.environ.get("OPCON_TEST_MPIRUN")
OTHER = os.environ.get("OPCON_TEST_OTHER")


def digests(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, timeout=200,
                          env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"})
    if done.returncode == 2 and b"v" in done.stderr and "--isa" in command:
        return None  # this processor does not have it
    assert done.returncode == 0, f"{command}: {done.stderr.decode()}"
    document = json.loads(done.stdout)
    return document["digest"], document["results_digest"]


def ways(path, options):
    def forecast(program, *more):
        return [program, "forecast", path, "--format", "json", "--runs", RUNS, *options, *more]
    for isa in ("base", "v3", "v4"):
        yield isa, forecast(opcon.PROGRAM, "--isa", isa, "--threads", 1)
    for threads in (2, 3, 8):
        yield f"{threads} threads", forecast(opcon.PROGRAM, "--threads", threads)
    if OTHER:
        yield "other compiler", forecast(OTHER, "--threads", 2)


def same(path, options, ranks):
    wanted = digests([opcon.PROGRAM, "forecast", path, "--format", "json", "--runs", RUNS, *options])
    for name, command in ways(path, options):
        found = digests(command)
        assert found in (None, wanted), f"{name}: {found} instead of {wanted}"
    for count in ranks if MPI and MPIRUN else ():
        start = [MPIRUN, "--allow-run-as-root", "--oversubscribe", "-n", count]
        found = digests([*start, MPI, "forecast", path, "--format", "json", "--runs", RUNS, "--threads", 1, *options])
        assert found == wanted, f"{count} ranks: {found} instead of {wanted}"


opcon.start(sys.argv)
tap = opcon.Tap()
for number, (name, path, options) in enumerate(cases()):
    # Starting ranks takes a second: all numbers of ranks for a few scenarios, two for the rest.
    tap.attempt(name, lambda: same(path, options, (1, 2, 3, 4) if number % 8 == 0 else (2,)))
tap.check(tap.number >= 20, "at least twenty scenarios")
tap.done()
