"""gcc -fanalyzer over files as they are compiled.  usage: analyze.py compile_commands.json FILE.c…

A line that names a warning ("-Wanalyzer-malloc-leak: why it is none"), or has it named above, is not reported for it."""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

commands = json.loads(pathlib.Path(sys.argv[1]).read_text())
wanted = {str(pathlib.Path(f).resolve()) for f in sys.argv[2:]}


def analyze(entry):
    command = re.sub(r" -MD| -M[QF] \S+| -O\d", "", entry["command"])
    words = shlex.split(command)
    words[words.index("-o") + 1] = os.devnull
    result = subprocess.run([*words, "-O1", "-fanalyzer", "-fno-diagnostics-show-caret", "-fdiagnostics-plain-output"],
                            cwd=entry["directory"], capture_output=True, text=True)
    def suppressed(line):
        place = re.match(r"(.+?):(\d+):\d+: warning: .*\[(-Wanalyzer[\w-]+)\]$", line)
        if not place:
            return False
        source = pathlib.Path(entry["directory"], place[1]).read_text(encoding="utf-8").splitlines()
        at = int(place[2]) - 1
        return any(place[3] in line for line in source[max(at - 1, 0):at + 1])

    # Without a place ("cc1: warning") it means temporaries that gcc made for structures returned by value.
    return [line for line in result.stderr.splitlines()
            if re.search(r"warning:|error:", line) and not line.startswith("cc1: ") and not suppressed(line)]


entries = {str((pathlib.Path(e["directory"]) / e["file"]).resolve()): e for e in commands}
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for lines in pool.map(analyze, [e for f, e in entries.items() if f in wanted]):
        for line in lines:
            print(line)
