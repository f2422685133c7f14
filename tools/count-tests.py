#!/usr/bin/env python3
"""Prints the closing line "N passed, N failed" of one or more logs, of Meson or of what ends with such a line itself; fails
if any failed, none ran, or a log has none."""
import json
import re
import sys

passed = failed = 0
for path in sys.argv[1:]:
    before = passed + failed
    with open(path, encoding="utf-8") as log:
        for line in log:
            closing = re.fullmatch(r"(\d+) passed, (\d+) failed\n", line)
            if closing:
                passed, failed = passed + int(closing[1]), failed + int(closing[2])
            if not line.startswith("{"):
                continue
            result = json.loads(line)["result"]
            if result in ("OK", "EXPECTEDFAIL"):
                passed += 1
            elif result != "SKIP":
                failed += 1
    if passed + failed == before:
        print(f"{path}: no tests", file=sys.stderr)
        failed += 1
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
