"""Input that nobody should write: each ends within seconds, in a gigabyte, with a message that has a code, a place and a
remedy, with the documented exit code, without a number on standard output and never by a signal."""
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

HEAD = "scenario: s\nas_of: 2026-01-01\nhorizon: 2030-12-31\n"
SECONDS = 20  # of processor time: a machine that others use is slower by the clock
GIGABYTE = 1 << 30
tap = opcon.Tap()


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


def start(*arguments):
    """Exit status (None: too slow), standard output, messages, and seconds of processor time."""
    before = os.times()
    result = subprocess.run([opcon.PROGRAM, *map(str, arguments)], capture_output=True, preexec_fn=limit,
                            timeout=10 * SECONDS, env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}, cwd=opcon.folder())
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    if result.returncode == -signal.SIGXCPU:
        return None, b"", "", used
    return result.returncode, result.stdout, result.stderr.decode("utf-8", "replace"), used


def refused(name, arguments, code, exits=(1,), place=True):
    status, out, text, seconds = start(*arguments)
    shown = "\n".join(line[:160] for line in text.splitlines()[:12])
    faults = []
    if status not in exits:
        faults.append("too slow" if status is None else f"exit {status}")
    if out:
        faults.append(f"{len(out)} bytes on standard output")
    if code and f"[{code}]" not in text:
        faults.append(f"no {code}")
    if code and place and not re.search(r"^ *--> .+:\d+:\d+$", text, re.M):
        faults.append("no place")
    if code and "help:" not in text and "note:" not in text:
        faults.append("no remedy")
    if len(text) > 200000:
        faults.append(f"{len(text)} bytes of messages")
    tap.check(not faults, f"{name} ({seconds:.1f} s)", "; ".join(faults) + "\n" + shown)


def file(name, content):
    path = opcon.folder() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def scenario(name, body, code, exits=(1,), **more):
    refused(name, ["forecast", file(re.sub(r"\W+", "-", name) + ".yaml", HEAD + body), "--runs", "10000"], code, exits, **more)


def raw(name, content, code, exits=(1,), **more):
    refused(name, ["forecast", file(re.sub(r"\W+", "-", name) + ".yaml", content)], code, exits, **more)


def bytes_that_are_no_text():
    large = opcon.folder() / "large.yaml"
    with open(large, "wb") as out:
        out.truncate(100 << 20)
    refused("100 MB of nothing", ["forecast", large], "E0002", place=False)
    with open(large, "wb") as out:
        for _ in range(100):
            out.write(b"# " + b"x" * ((1 << 20) - 3) + b"\n")
    refused("100 MB of comments", ["forecast", large], "E0002", place=False)
    large.unlink()
    raw("4 MB of comments", HEAD + "# x\n" * (4095 << 8) + "define: {a: b}\n", "E0216")
    raw("a NUL byte", HEAD + "inputs:\n  a: \0 1\n", "E0004")
    raw("NUL bytes only", b"\0" * 100000, "E0004")
    text = HEAD + "inputs:\n  期間: 3\n"
    raw("UTF-16", text.encode("utf-16"), "E0003")
    raw("UTF-16 without its mark", text.encode("utf-16-le"), "E0004")
    raw("UTF-32", text.encode("utf-32"), "E0003")
    raw("Shift_JIS", text.encode("shift_jis"), "E0003")
    raw("EUC-KR", (HEAD + "inputs:\n  기간: 3\n").encode("euc-kr"), "E0003")
    raw("EUC-JP", text.encode("euc-jp"), "E0003")
    raw("a surrogate in UTF-8", HEAD.encode() + b"define:\n  a: \xed\xa0\x80\n", "E0003")
    raw("an overlong form", HEAD.encode() + b"define:\n  a: \xc0\xaf\n", "E0003")
    raw("the last byte missing", (HEAD + "define:\n  a: 期").encode()[:-1], "E0003")
    raw("random bytes", bytes((i * 7919 + i * i) % 256 for i in range(50000)), None)
    raw("a control character", HEAD + "define:\n  a: \x07 3\n", "E0005")
    raw("an empty file", b"", "E0015")
    raw("white space only", b" \n\n \n", "E0015")
    raw("a byte order mark only", b"\xef\xbb\xbf", "E0015")
    raw("one text", b"hello", "E0102")
    raw("a list", b"- 1\n- 2\n", "E0102")
    raw("lines with CR LF", (HEAD + "define:\n  a: nothing\n").replace("\n", "\r\n"), "E0216")
    raw("a byte order mark", b"\xef\xbb\xbf" + HEAD.encode() + b"define:\n  a: nothing\n", "E0216")


def files():
    refused("a missing file", ["forecast", opcon.folder() / "missing.yaml"], "E0001", (1, 3), place=False)
    folder = opcon.folder() / "folder"
    folder.mkdir()
    refused("a folder without a scenario", ["forecast", folder], "E0001", (1, 3), place=False)
    (opcon.folder() / "named.yaml").mkdir()
    refused("a folder with the name of a file", ["forecast", opcon.folder() / "named.yaml"], "E0001", (1, 3), place=False)
    refused("a name without end", ["forecast", "x" * 5000], "E0001", (1, 3), place=False)
    refused("no name", ["forecast", ""], "E0001", (1, 2, 3), place=False)
    if os.geteuid():
        closed = file("closed.yaml", HEAD)
        closed.chmod(0)
        refused("an unreadable file", ["forecast", closed], "E0001", (1, 3), place=False)
    refused("a device", ["forecast", "/dev/null"], None, (1, 3))
    refused("a device without end", ["forecast", "/dev/zero"], None, (1, 3))
    raw("includes itself", HEAD + "include: [includes-itself.yaml]\n", "E0106")
    file("ring/b.yaml", "include: [../ring/c.yaml]\n")
    file("ring/c.yaml", "include: [b.yaml]\n")
    raw("a ring of includes", HEAD + "include: [ring/b.yaml]\n", "E0106")
    for i in range(70):
        file(f"many/{i}.yaml", f"define:\n  a{i}: {i}\n")
    raw("70 includes", HEAD + "include: [" + ", ".join(f"many/{i}.yaml" for i in range(70)) + "]\n", "E0108")
    for i in range(70):
        file(f"chain/{i}.yaml", f"include: [{i + 1}.yaml]\ndefine:\n  a{i}: {i}\n")
    raw("a chain of 70 includes", HEAD + "include: [chain/0.yaml]\n", "E0108")
    for i in range(60):
        file(f"double/{i}.yaml", f"include: [{i + 1}.yaml, {i + 1}.yaml]\ndefine:\n  a{i}: {i}\n")
    raw("includes that double", HEAD + "include: [double/0.yaml]\n", None)
    raw("an include outside", HEAD + "include: [../../../../../../etc/passwd]\n", None)


def yaml():
    raw("20,000 brackets", "a: " + "[" * 20000 + "]" * 20000, "E0007")
    raw("20,000 open brackets", "a: " + "[" * 20000, "E0007")
    raw("20,000 braces", "a: " + "{a: " * 20000, "E0007")
    raw("20,000 dashes", "- " * 20000 + "a", "E0007")
    raw("20,000 levels of indentation", "\n".join(" " * i + "a:" for i in range(2000)), "E0007")
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i-1}, *a{i-1}]\n" for i in range(1, 60))
    raw("an alias bomb", bomb, "E0010")
    raw("a merge key", HEAD + "inputs:\n  <<: {a: 1}\n", "E0010")
    raw("a million values", HEAD + "include: [" + "a," * 1500000 + "a]\n", "E0008")
    raw("half a million includes", HEAD + "include: [" + "a, " * 500000 + "a]\n", "E0001")
    raw("a text without end", HEAD + "about: \"" + "x" * 1000000, "E0005")
    raw("a tag", "!!python/object:os.system " + HEAD, "E0011")
    raw("a key too long for YAML", HEAD + "x" * 100000 + ": 1\n", "E0005")
    raw("a long key", HEAD + "x" * 1000 + ": 1\n", "E0107")
    raw("a quarter million words in one", HEAD + "define:\n  a: " + "b " * 250000 + "\n", "E0214")


def expressions():
    def define(name, text, code, **more):
        scenario(name, f"questions:\n  q: {text}\n", code, **more)
    define("20,000 parentheses", "(" * 20000 + "1" + ")" * 20000, "E0214")
    define("80 parentheses", "(" * 80 + "1" + ")" * 80, "E0210")
    define("5,000 signs", "1" + " -" * 5000 + "1", "E0210")
    define("200 not", "not " * 200 + "true", "E0210")
    define("a thousand if", "if true then 1 else " * 700 + "2", "E0210")
    define("calls in calls", "abs(" * 100 + "1" + ")" * 100, "E0210")
    define("a long sum", "1" + "+1" * 1500, "E0214")
    define("a very long sum", "1" + "+1" * 100000, "E0214")
    define("powers of powers", "2^" * 300 + "2", None)
    define("a number of 200 digits", "1" * 200, "E0206")
    define("a large exponent", "1e999", "E0206")
    define("a power too large", "10^400", None, exits=(1,))
    define("division by zero", "0 / 0", "E0308")
    define("logarithm of a negative", "log(0 - 3)", "E0308")
    define("root of a negative", "sqrt(0 - 3)", "E0308")
    scenario("division by zero in a future", "inputs:\n  x: uniform(0, 1)\nquestions:\n  q: 0 / floor(x)\n", "E0321")
    scenario("logarithm of a negative in a future", "inputs:\n  x: normal(0, 1)\nquestions:\n  q: log(x)\n", "E0321")
    scenario("logit of two in a future", "inputs:\n  x: uniform(1, 2)\nquestions:\n  q: logit(x)\n", "E0321")
    scenario("a negative deviation in a future", "inputs:\n  x: normal(0, 1)\n  y: normal(0, x)\n", "E0322")
    scenario("a range upside down in a future", "inputs:\n  x: normal(0, 1)\n  y: uniform(x, 0)\n", "E0322")
    board = "calendar:\n  board: {every: year, date: 03-01}\nstages:\n  a: {at: board, chance: %s}\n"
    scenario("probability 15", board % "15", "E0302")
    scenario("probability -0.1", board % "-0.1", "E0302")
    scenario("probability 1e400", board % "1e400", "E0206")
    scenario("probability nan", board % "nan", "E0216")
    scenario("probability .inf", board % ".inf", "E0201")
    scenario("probability of a held event", "calendar:\n  board: {every: year, date: 03-01, held: 2}\nstages:\n  a: {at: board}\n", "E0302")
    scenario("probability out of range in a future", "inputs:\n  x: uniform(0, 2)\n" + board % "x", "E0320")
    scenario("probability that grows in a future", "variables:\n  x: {now: 0.5, drift: 0.4/yr}\n" + board % "x", "E0320")
    scenario("weights out of range in a future", "inputs:\n  x: uniform(0, 2)\n  y: \"discrete(1: x, 2: rest)\"\n", "E0320")


def dates():
    for day in ("2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29", "0000-01-01"):
        raw(f"horizon {day}", f"scenario: s\nas_of: 2026-01-01\nhorizon: {day}\n", "E0205")
    for day in ("soon", "06/25/2027", "2027年6月25日", "99999-01-01", "2027-6-5", "-2027-01-01", "20270101"):
        raw(f"horizon {day}", f"scenario: s\nas_of: 2026-01-01\nhorizon: {day}\n", "E0109")
    raw("horizon before as_of", "scenario: s\nas_of: 2026-01-01\nhorizon: 2025-01-01\n", "E0306")
    raw("horizon of as_of", "scenario: s\nas_of: 2026-01-01\nhorizon: 2026-01-01\n", "E0306")
    raw("horizon in 9999", "scenario: s\nas_of: 2026-01-01\nhorizon: 9999-12-31\n", "E0307")
    raw("no horizon", "scenario: s\nas_of: 2026-01-01\n", "E0101")
    scenario("a day that is none in an expression", "questions:\n  q: 2027-02-29 > 2026-01-01\n", "E0205")
    scenario("an event every second", "calendar:\n  a: {every: 0.00001d, date: 01-01}\n", "E0123")
    scenario("an event every never", "calendar:\n  a: {every: 0d, date: 01-01}\n", "E0123")


def large_models():
    scenario("5,000 records", "define:\n" + "".join(f"  a{i}: {i}\n" for i in range(5000)), "E0113")
    scenario("a family of 5,000", "sets:\n  s: {rows: [" + ", ".join(f"r{i}" for i in range(5000)) + "]}\nstages:\n  a[s]: {takes: 1mo}\n", "E0113")
    file("rows.csv", "name\n" + "".join(f"r{i}\n" for i in range(190000)))
    double = "name\n" + "".join(f"r{i % 1000}\n" for i in range(190000))
    file("double.csv", double)
    scenario("a set of 190,000 rows", "sets:\n  s: {table: rows.csv}\nstages:\n  a[s]: {takes: 1mo}\n", "E0113")
    scenario("a set with its rows again and again", "sets:\n  s: {table: double.csv}\n", "E0117")
    file("wide.csv", ",".join(f"c{i}" for i in range(100000)) + "\n")
    scenario("a table of 100,000 columns", "sets:\n  s: {table: wide.csv}\nstages:\n  a[s]: {takes: 1mo}\n", "E0121")
    doubling = "".join(f"  a{i}: a{i+1} + a{i+1} * uni\n" for i in range(60))
    scenario("definitions that double", "inputs:\n  uni: uniform(0, 1)\ndefine:\n" + doubling + "  a60: nobody\n", "E0216")
    guarded = "".join(f"  a{i}: if x > {i} then a{i+1} else a{i+1} + 1\n" for i in range(40))
    status = start("forecast", file("guarded.yaml", HEAD + "variables:\n  x: {now: 1, noise: 1}\ndefine:\n" + guarded + "  a40: x\nquestions:\n  q: a0\n"), "--runs", "1000")
    tap.check(status[0] in (0, 1) and (status[0] == 0 or "[E0309]" in status[2]), f"definitions that double behind guards ({status[3]:.1f} s)", f"{status[0]} {status[2][:400]}")
    chain = "".join(f"  a{i}: a{i+1} + 1\n" for i in range(3500))
    scenario("a chain of 3,500 definitions", "define:\n" + chain + "  a3500: 1\nquestions:\n  q: a0\n", "E0309")
    scenario("a chain of definitions that is a ring", "define:\n" + chain + "  a3500: a0\nquestions:\n  q: a0\n", "E0301")
    scenario("definitions that need themselves", "define:\n  a: a + 1\n", "E0301")
    scenario("stages in a ring", "stages:\n  a: {after: c}\n  b: {after: a}\n  c: {after: b}\n", "E0304")
    scenario("a stage after itself", "stages:\n  a: {after: a}\n", "E0304")
    ring = "".join(f"  a{i}: {{after: a{(i + 1) % 3000}}}\n" for i in range(3000))
    scenario("3,000 stages in a ring", "stages:\n" + ring, "E0304")
    ladder = "  b0: {takes: 1mo}\n  c0: {takes: 1mo}\n" + "".join(
        f"  b{i}: {{after: [b{i-1}, c{i-1}], takes: 1d}}\n  c{i}: {{after: [b{i-1}, c{i-1}], takes: 1d}}\n" for i in range(1, 40))
    status = start("forecast", file("ladder.yaml", HEAD + "stages:\n" + ladder), "--runs", "1000")
    tap.check(status[0] == 0, f"a ladder of stages has many ways ({status[3]:.1f} s)", f"{status[0]} {status[2][:400]}")
    rows = "sets:\n  s: {rows: [" + ", ".join(f"r{i}" for i in range(500)) + "]}\ndefine:\n  f[s]: 1\n"
    scenario("families in families", rows + "questions:\n  q: sum(f + sum(f + sum(f + sum(f))))\n", "E0309")
    scenario("a stage with 500 needs", "stages:\n  a: {needs: [" + "1 < 2, " * 499 + "2 < 3]}\n", "E0312")
    scenario("a category of 3,000 values", "variables:\n  a: {values: [" + ", ".join(f"v{i}" for i in range(3000)) + "], now: nobody}\n", "E0223")
    wide = "questions:\n" + "".join(f"  q{i}: uni + {i}\n" for i in range(3000))
    status = start("forecast", file("questions.yaml", HEAD + "inputs:\n  uni: uniform(0, 1)\n" + wide), "--runs", "1000")
    tap.check(status[0] in (0, 1, 4) and (status[0] == 0) == bool(status[1]), f"3,000 questions ({status[3]:.1f} s)", f"{status[0]} {status[2][:400]}")


def command_line():
    fine = file("fine.yaml", HEAD + "inputs:\n  x: 3mo\nstages:\n  a: {takes: x}\n")
    usage = [("no such command", ["forcast"]), ("no such option", ["forecast", fine, "--run", "5"]),
             ("a short option", ["forecast", fine, "-x"]), ("an option without value", ["forecast", fine, "--runs"]),
             ("a flag with a value", ["check", fine, "--provenance=yes"]), ("an option twice", ["forecast", fine, "--seed", "1", "--seed", "2"]),
             ("too many arguments", ["forecast", fine, fine])]
    for value in ("0", "-5", "many", "1e30", "1.5", "", " ", "0x10", "1" * 100, "nan", "inf", "５"):
        usage.append((f"--runs {value[:12]!r}", ["forecast", fine, "--runs", value]))
        usage.append((f"--threads {value[:12]!r}", ["forecast", fine, "--threads", value])) if value != "0" else None
    for value in ("-1", "x", "1" * 100, "1.5"):
        usage.append((f"--seed {value[:12]!r}", ["forecast", fine, "--seed", value]))
    for value in ("xml", "", "JSON5"):
        usage.append((f"--format {value!r}", ["forecast", fine, "--format", value]))
    for value in ("2026-02-30", "x", "", "2026"):
        usage.append((f"--as-of {value!r}", ["forecast", fine, "--as-of", value]))
    for value in ("fr", "", "english"):
        usage.append((f"--lang {value!r}", ["forecast", fine, "--lang", value]))
    for name, arguments in usage:
        status, out, text, seconds = start(*arguments)
        told = bool(text.strip())
        tap.check(status in (1, 2) and told and not out, name, f"exit {status}, {len(out)} bytes out\n{text[:300]}")
    for value, code in (("x", "E0142"), ("=3", "E0142"), ("y=3", "E0140"), ("x=", "E0215"), ("x=3 +", "E0202"), ("x=[", "E0005"),
                        ("x={", "E0005"), ("x=３", "E0013"), ("stages.a.b.c=3", "E0141"), ("x=" + "(" * 100, "E0210"),
                        ("x=x", "E0301"), ("horizon=2020-01-01", "E0306"), ("x=" + "9" * 20000, "E0214")):
        refused(f"--set {value[:16]}", ["forecast", fine, "--set", value], code)
    for value, code in (("a", "E0253"), ("a <", "E0202"), ("b < 3", "E0216"), ("{", "E0005"), ("a < 2026-02-30", "E0205"), ("a <\xff3", None)):
        refused(f"--given {value[:16]!r}", ["forecast", fine, "--given", value], code)
    for value, code in (("a", "E0142"), ("a=no", "E0127"), ("b@2027.held=no", "E0115")):
        refused(f"--force {value}", ["forecast", fine, "--force", value], code)
    status, _, text, _ = start("forecast", os.fsencode(fine).decode() + "\udcff")
    tap.check(status in (1, 3) and text, "a name that is not UTF-8", f"{status} {text[:200]}")


def main():
    opcon.start(sys.argv)
    for group in (bytes_that_are_no_text, files, yaml, expressions, dates, large_models, command_line):
        group()
    tap.done()


main()
