"""What the tests written in Python share: running opcon on scenarios made on the spot, and TAP output."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

PROGRAM = None
ROOT = None
_folder = None


def start(arguments):
    """argv: program, source root."""
    global PROGRAM, ROOT, _folder
    PROGRAM, ROOT = os.path.abspath(arguments[1]), pathlib.Path(arguments[2])
    _folder = tempfile.TemporaryDirectory(prefix="opcon-test-")
    return pathlib.Path(_folder.name)


def folder():
    return pathlib.Path(_folder.name)


def run(*arguments, environment=None, stdin=None, timeout=120):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "OPCON", "COLUMNS"))}
    env["LANG"] = "C.UTF-8"
    env.update(environment or {})
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, env=env, input=stdin, timeout=timeout)


def wait_until(condition, what, seconds=60):
    """Waits for what is told by what it is, not by how long it took when the machine had nothing else to do."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited {seconds} s in vain: {what}"
        time.sleep(0.01)


def processor_time(process):
    """Seconds of processor time that a child has used in all its threads; None if it has ended."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return None if fields[0] == "Z" else (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_for_work(process, seconds):
    """Until a child has worked so long or has ended. Processor time: where others use the machine, a child that is left
    alone for half a second may not have begun."""
    def enough():
        used = processor_time(process)
        return used is None or used >= seconds
    wait_until(enough, f"{seconds} s of processor time")


def scenario(text, name="scenario.yaml"):
    path = folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def forecast(text, *options, runs=200000):
    path = text if isinstance(text, pathlib.Path) else scenario(text)
    result = run("forecast", path, "--format", "json", "--runs", runs, *options)
    if result.returncode != 0:
        raise AssertionError(f"exit {result.returncode}: {result.stderr.decode()}")
    return json.loads(result.stdout)


class Tap:
    def __init__(self):
        self.number = 0
        self.failed = 0

    def check(self, fine, name, detail=""):
        self.number += 1
        if fine:
            print(f"ok {self.number} - {name}", flush=True)
        else:
            self.failed += 1
            print(f"not ok {self.number} - {name}", flush=True)
            for line in str(detail)[:2000].splitlines():
                print(f"# {line}", flush=True)

    def attempt(self, name, function):
        """function() returns None or raises AssertionError."""
        try:
            function()
            self.check(True, name)
        except (AssertionError, KeyError, subprocess.TimeoutExpired) as error:
            self.check(False, name, f"{type(error).__name__}: {error}")

    def done(self):
        print(f"1..{self.number}")
        sys.exit(1 if self.failed else 0)
