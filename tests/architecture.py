#!/usr/bin/env python3
"""Fails when a folder of src/ includes one that it may not (ARCHITECTURE.md), or prints or exits outside src/cli."""
import pathlib
import re
import sys

ALLOWED = {
    "base": set(),
    "engine": set(),
    "diag": {"base"},
    "chart": {"base"},
    "yaml": {"base", "diag"},
    "store": {"base", "diag"},
    "politics": {"base", "diag", "engine"},
    "lang": {"base", "diag", "yaml"},
    "reading": {"base", "diag", "yaml", "store"},
    "model": {"base", "diag", "yaml", "lang", "engine"},
    "authority": {"base", "diag", "yaml", "lang", "model", "engine"},
    "exact": {"base", "diag", "yaml", "lang", "model", "engine"},
    "run": {"base", "diag", "yaml", "lang", "model", "engine"},
    "analysis": {"base", "diag", "yaml", "lang", "model", "run", "exact", "engine"},
    "report": {"base", "diag", "yaml", "lang", "model", "run", "exact", "analysis", "engine", "chart", "store", "politics",
               "reading", "authority"},
    "lib": {"base", "diag", "yaml", "lang", "model", "run", "exact", "analysis", "engine", "reading", "authority"},
    "cli": None,
}
# Only src/cli prints to the terminal, exits, reads the clock or the environment.
FORBIDDEN = re.compile(r"(?<![\w.>])(printf|puts|fputs|putchar|perror|exit|_exit|abort|getenv|time|clock_gettime|"
                       r"gettimeofday|setlocale)\s*\(")
EXCEPTIONS = {("base/arena.c", "fputs"), ("base/arena.c", "abort"),  # no guard: a bug in the caller
              ("reading/pdf.c", "_exit")}                           # the child process between fork and exec

root = pathlib.Path(sys.argv[1])
faults = []
for path in sorted((root / "src").rglob("*.[chd]*")):
    if path.suffix not in (".c", ".h", ".def"):
        continue
    relative = path.relative_to(root / "src")
    room = relative.parts[0]
    if room not in ALLOWED:
        faults.append(f"{path}: unknown room '{room}'")
        continue
    text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group(0).count("\n"), path.read_text(encoding="utf-8"), flags=re.S)
    for number, line in enumerate(text.splitlines(), 1):
        include = re.match(r'\s*#\s*include\s+"(\w+)/', line)
        if include and ALLOWED[room] is not None and include.group(1) in ALLOWED and include.group(1) != room \
                and include.group(1) not in ALLOWED[room]:
            faults.append(f"src/{relative}:{number}: {room} may not include {include.group(1)}")
        code = re.sub(r'"(\\.|[^"\\])*"', '""', line)
        for call in FORBIDDEN.findall(code) if room != "cli" else []:
            if (str(relative), call) not in EXCEPTIONS:
                faults.append(f"src/{relative}:{number}: {call}() outside src/cli")
print("1..1")
if faults:
    print("not ok 1 - rooms and their doors")
    print("\n".join("# " + fault for fault in faults))
    sys.exit(1)
print("ok 1 - rooms and their doors")
