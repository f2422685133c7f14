#!/usr/bin/env python3
"""`opcon explain --program`: the listing, and the share of the time of each opcode."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon


def main():
    opcon.start(sys.argv)
    tap = opcon.Tap()
    for name in ("minimal", "iraq-provinces"):
        result = opcon.run("explain", "--program", opcon.ROOT / "scenarios" / name)
        text = result.stdout.decode()
        table = re.findall(r"^([A-Z_]+[A-Z0-9]*) +([0-9.]+)% +(\d+) +(\d+) +([0-9.]+)$", text, re.M)
        listed = re.findall(r"^ +\d+ +[0-9.]+  ([A-Z_0-9]+) ", text, re.M)
        tap.check(result.returncode == 0 and len(table) > 8, f"{name}: a row for each opcode", text[:500])
        tap.check(abs(sum(float(row[1]) for row in table) - 100) < 0.05 * len(table) + 0.1, f"{name}: shares add up", table)
        tap.check([float(row[1]) for row in table] == sorted((float(row[1]) for row in table), reverse=True), f"{name}: most time first")
        tap.check({row[0]: int(row[2]) for row in table} == {op: listed.count(op) for op in listed}, f"{name}: every instruction is listed",
                  (table, len(listed)))
        head = re.search(r"(\d+) instructions", text)
        tap.check(head and int(head[1]) == len(listed), f"{name}: as many as the head says")
    base = opcon.run("explain", "--program", "minimal", "--isa", "base")
    tap.check(base.returncode == 0 and b"(base)" in base.stdout, "with another instruction set")
    for lang in ("ja", "ko"):
        result = opcon.run("explain", "--program", "minimal", "--lang", lang)
        tap.check(result.returncode == 0 and b"TALLY_SPAN" in result.stdout, f"in {lang}")
    tap.done()


main()
