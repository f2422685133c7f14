"""The layout of every public structure and the value of every public constant is the checked one: a program that was
built with older headers must find what it looks for (docs/api.md). Fields may be added at the end.

    layout.py ROOT INCLUDES... [--write]        INCLUDES: folders with the headers"""
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

root = pathlib.Path(sys.argv[1])
folders = [word for word in sys.argv[2:] if word != "--write"]
checked = root / "tests" / "lib" / "layout.txt"
tap = opcon.Tap()
text = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "include/opcon").glob("*.h")))
text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
lines = []
for name, body in re.findall(r"typedef struct (\w+) \{(.*?)\} \1;", text, re.S):
    lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
    for declaration in body.split(";"):
        pointer = re.search(r"\(\*(\w+)\)\(", declaration)
        for field in [pointer[1]] if pointer else re.findall(r"(\w+)(?:\[\w+\])?(?=,|$)", declaration.strip()):
            lines.append(f'printf("{name}.{field} %zu\\n", offsetof({name}, {field}));')
for body in re.findall(r"typedef enum \w+ \{(.*?)\}", text, re.S):
    for constant in re.findall(r"\bOC_\w+", body):
        if not constant.endswith("_COUNT"):  # grows
            lines.append(f'printf("{constant} %d\\n", (int){constant});')
with tempfile.TemporaryDirectory() as folder:
    source, program = pathlib.Path(folder, "layout.c"), pathlib.Path(folder, "layout")
    head = ["#include <opcon/opcon.h>", "#include <stdio.h>", "int main(void)", "{"]
    source.write_text("\n".join([*head, *lines, "return 0;", "}"]) + "\n")
    subprocess.run(["cc", *[f"-I{include}" for include in folders], "-o", program, source], check=True)
    printed = subprocess.run([program], capture_output=True, text=True, check=True).stdout
found = dict(line.split() for line in printed.splitlines())
if "--write" in sys.argv:
    checked.write_text("".join(f"{name} {value}\n" for name, value in found.items()), encoding="utf-8")
expected = dict(line.split() for line in checked.read_text(encoding="utf-8").splitlines())
tap.check(len(found) > 100, f"{len(found)} structures, fields and constants")
# Structures may grow, but those that stand inside others.
MAY_GROW = {name for name in found if "." not in name and name.islower()} - {"oc_named", "oc_contest", "oc_driver_end", "oc_gap",
                                                                                   "oc_memory"}
changed = [name for name in found if found[name] != expected.get(name, found[name])]
moved = [f"{name}: {found[name]}, was {expected[name]}" for name in changed
         if name not in MAY_GROW or int(found[name]) < int(expected[name])]
tap.check(not moved, "nothing has moved", "\n".join(moved))
tap.check(not set(expected) - set(found), "nothing has gone", sorted(set(expected) - set(found)))
new = sorted(set(found) - set(expected))
tap.check(not new, "what is new is in tests/lib/layout.txt (--write)", new)
tap.done()
