"""What the shared library exports is the checked list, all of it is declared in the headers, and neither library has
state that is written.

    symbols.py LIBRARY ARCHIVE ROOT            compares; TAP
    symbols.py LIBRARY ARCHIVE ROOT --write    writes the list anew"""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

library, archive, root = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
checked = root / "tests" / "lib" / "exported.txt"


def nm(*arguments):
    return subprocess.run(["nm", *arguments], capture_output=True, text=True, check=True).stdout


# Uppercase: defined for others. The version's own node has no type of a function or an object.
exported = sorted(re.findall(r"^[0-9a-f]+ [TDBRVWi] (\w+)", nm("-D", "--defined-only", library), re.M))
if "--write" in sys.argv:
    checked.write_text("\n".join(exported) + "\n", encoding="utf-8")
headers = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "include" / "opcon").glob("*.h")))
declared = sorted(re.findall(r"^OC_API [^;{]*?\b(oc_\w+)\(", headers, re.M))
tap = opcon.Tap()
listed = checked.read_text(encoding="utf-8").split()
tap.check(exported == listed, "exported: tests/lib/exported.txt", set(exported) ^ set(listed))
tap.check(all(name.startswith("oc_") for name in exported), "every name begins with oc_")
tap.check(exported == declared, "exported: what the headers declare", set(exported) ^ set(declared))
sections = subprocess.run(["objdump", "-t", archive], capture_output=True, text=True, check=True).stdout
# .data.rel.ro is only written by the loader.
WRITABLE = r"\.data\S*|\.bss\S*|\.tbss\S*|\.tdata\S*|\*COM\*"
objects = re.findall(rf"^[0-9a-f]+ .{{7}} ({WRITABLE})\s+[0-9a-f]+\s+(?:\.hidden )?(\w\S*)$", sections, re.M)
written = sorted({f"{section} {name}" for section, name in objects if not section.startswith(".data.rel.ro")})
tap.check(not written, "no state that is written", "\n".join(written))
header = subprocess.run(["objdump", "-p", library], capture_output=True, text=True, check=True).stdout
needed = re.findall(r"NEEDED\s+(\S+)", header)
tap.check("libopcon.so.0" in re.findall(r"SONAME\s+(\S+)", header), "soname libopcon.so.0")
tap.check(set(needed) <= {"libyaml-0.so.2", "libutf8proc.so.2", "libm.so.6", "libc.so.6", "libpthread.so.0", "libasan.so.8",
                          "libubsan.so.1", "libtsan.so.2"}, "needs little", needed)
tap.done()
