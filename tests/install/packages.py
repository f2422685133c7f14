"""debian/ asks for every library that tools/install-packages.sh installs to build, and knows every exported name.

    packages.py ROOT"""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

root = pathlib.Path(sys.argv[1])
tap = opcon.Tap()
control = (root / "debian/control").read_text(encoding="utf-8")
asked = set(re.findall(r"^ ([a-z0-9.+-]+)", control.split("Build-Depends:")[1].split("Standards-Version")[0], re.M))
script = (root / "tools/install-packages.sh").read_text(encoding="utf-8")
installed = set(re.search(r'packages="([^"]+)"', script)[1].split())
# What every build has, or debhelper brings.
given = {"gcc", "libc6-dev", "ninja-build", "python3", "poppler-utils"}
missing = installed - asked - given
tap.check(not missing, "debian/control: Build-Depends", missing)
symbols = (root / "debian/libopcon0.symbols").read_text(encoding="utf-8")
listed = re.findall(r"^ (oc_\w+)@OPCON_0 ", symbols, re.M)
exported = (root / "tests/lib/exported.txt").read_text(encoding="utf-8").split()
tap.check(sorted(listed) == exported, "debian/libopcon0.symbols", set(listed) ^ set(exported))
version = re.search(r"version: '([\d.]+)'", (root / "meson.build").read_text(encoding="utf-8"))[1]
changelog = (root / "debian/changelog").read_text(encoding="utf-8")
first = changelog.splitlines()[0]
tap.check(first.startswith(f"opcon ({version})"), "debian/changelog: the version of the project", first)
tap.done()
