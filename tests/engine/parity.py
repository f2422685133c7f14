#!/usr/bin/env python3
"""The same bits from every build: parity.py DIGESTS... compares the output of each program for each instruction set that
this machine has, for 1, 2, 3 and 8 threads, with that of the first for `base`."""
import subprocess
import sys


def output(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else (None if done.returncode == 77 else f'failed: {done.stderr}')


programs = sys.argv[1:]
wanted = output([programs[0], 'base', '1'])
lines = []
for program in programs:
    for isa in ('base', 'v3', 'v4'):
        for threads in ('1', '2', '3', '8') if program == programs[0] and isa == 'base' else ('1', '2'):
            found = output([program, isa, threads, '20000'])
            if found is None:
                continue
            lines.append((found == wanted and wanted.count('\n') > 20, f'{program.split("/")[-1]} {isa} threads {threads}'))
print(f'1..{len(lines)}')
for number, (good, name) in enumerate(lines, 1):
    print(f'{"ok" if good else "not ok"} {number} - {name}')
sys.exit(0 if all(good for good, _ in lines) else 1)
