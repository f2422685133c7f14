"""gcc -fanalyzer over files as they are compiled.  usage: analyze.py compile_commands.json FILE.c…"""
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
    # Without a place ("cc1: warning") it means temporaries that gcc made for structures returned by value.
    return [line for line in result.stderr.splitlines()
            if re.search(r"warning:|error:", line) and not line.startswith("cc1: ")]


entries = {str((pathlib.Path(e["directory"]) / e["file"]).resolve()): e for e in commands}
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for lines in pool.map(analyze, [e for f, e in entries.items() if f in wanted]):
        for line in lines:
            print(line)
