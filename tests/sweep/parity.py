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
import scenarios

MPI, MPIRUN = os.environ.get("OPCON_TEST_MPI"), os.environ.get("OPCON_TEST_MPIRUN")
OTHER = os.environ.get("OPCON_TEST_OTHER")
RUNS = 40000  # more than two chunks of 16,384, and no multiple of anything

VALUES = {
    "normal": "normal(1, 0.3)", "lognormal": "lognormal(mean: 1, sd: 0.4)", "beta": "beta(2, 5)", "gamma": "gamma(0.7, 2)",
    "uniform": "uniform(0, 2)", "triangular": "triangular(0, 1, 3)", "pert": "pert(0, 1, 3)", "poisson": "poisson(3)",
    "exponential": "exponential(2)", "interval": "0.5 to 2", "discrete": "discrete(1: 0.3, 2: rest)",
    "mixture": "mixture(normal(0, 1): 0.3, uniform(1, 2): rest)",
}


def value_scenario(name, value):
    return f"""scenario: {name}
as_of: 2025-12-31
horizon: 2031-12-31
calendar: {{exam: {{every: year, date: 08-18}}}}
inputs: {{x: "{value}"}}
variables: {{level: {{now: 0.2, drift: 0.05/yr * x, noise: 0.04}}}}
stages: {{a: {{at: exam, chance: logistic(x - 1)}}, b: {{after: a, needs: [level > 0.3]}}}}
questions: {{x: x, b: b, root: sqrt(abs(x)) + exp(-x * x) + log(1 + x * x)}}
"""


def cases():
    for name in scenarios.SCENARIOS:
        for tick in ("month", "quarter"):
            yield f"{name}, tick {tick}", scenarios.write(name, tick), ()
    yield "news", scenarios.write("news"), ("--given", "a > 2027-01-01")
    yield "forced", scenarios.write("everything"), ("--force", "exam@2028.held=no", "--set", "bar=0.5")
    for name, value in VALUES.items():
        yield name, opcon.scenario(value_scenario(name, value), f"value-{name}.yaml"), ()
    for path in sorted((opcon.ROOT / "scenarios").iterdir()):
        if (path / "scenario.yaml").exists():
            yield path.name, path, ()


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
