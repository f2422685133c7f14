"""The names under which a program asks for its shared libraries, each as a line of C: "libgvc.so.6",

    write_sonames.py READELF PROGRAM OUTPUT"""
import pathlib
import re
import subprocess
import sys

readelf, program, output = sys.argv[1:]
shown = subprocess.run([readelf, "-d", program], capture_output=True, text=True, check=True, env={"LC_ALL": "C"}).stdout
names = re.findall(r"\(NEEDED\).*\[([^\]]+)\]", shown)
pathlib.Path(output).write_text("".join(f'"{name}",\n' for name in names), encoding="ascii")
