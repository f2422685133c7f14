#!/usr/bin/env python3
"""The scenarios of parity.py in the WebAssembly engine, in node and in a browser page: the results_digest of `opcon forecast`,
program by program; and in the engine as another compiler builds it. elsewhere.py OPCON ROOT [wasm=ENGINE] [node=NODE]
[chromium=CHROMIUM] [other=RUN_PROGRAM]"""
import base64
import html
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon
from parity_cases import RUNS, cases

HERE = pathlib.Path(__file__).resolve().parent
PAGE = """<!doctype html><meta charset="utf-8"><title>digests</title><pre id="out"></pre>
<script>%s</script>
<script>
const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const input = %s;
const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes(input.engine)), {}).exports;
if (instance._initialize) instance._initialize();
document.getElementById('out').textContent =
  JSON.stringify(input.programs.map(text => resultsDigest(instance, bytes(text), input.seed, input.runs)));
</script>
"""
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--virtual-time-budget=600000", "--dump-dom"]


def expected():
    """(name, program, digest) of each scenario."""
    for number, (name, path, options) in enumerate(cases()):
        result = opcon.run("forecast", path, "--format", "json", "--runs", RUNS, *options)
        assert result.returncode == 0, result.stderr.decode()
        program = opcon.folder() / f"{number}.program"
        written = opcon.run("explain", "--program", path, *options, "--output", program)
        assert written.returncode == 0, written.stderr.decode()
        yield name, program, json.loads(result.stdout)["results_digest"]


def in_node(node, wasm, programs):
    done = subprocess.run([node, HERE / "wasm_node.cjs", wasm, "1", str(RUNS), *programs], capture_output=True, timeout=500)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().split("\n")


def in_browser(chromium, wasm, programs):
    text = {"engine": base64.b64encode(wasm.read_bytes()).decode(), "seed": 1, "runs": RUNS,
            "programs": [base64.b64encode(p.read_bytes()).decode() for p in programs]}
    page = opcon.folder() / "page.html"
    page.write_text(PAGE % ((HERE / "digest.js").read_text(), json.dumps(text)), encoding="utf-8")
    done = subprocess.run([chromium, *QUIET, f"--user-data-dir={opcon.folder() / 'profile'}", f"file://{page}"],
                          capture_output=True, timeout=500)
    found = re.search(r'<pre id="out">(.*?)</pre>', done.stdout.decode(), re.DOTALL)
    assert found and found[1], done.stderr.decode()[-2000:]
    return json.loads(html.unescape(found[1]))


def main():
    opcon.start(sys.argv)
    given = dict(word.split("=", 1) for word in sys.argv[3:])
    wasm = pathlib.Path(given.get("wasm", ""))
    tap = opcon.Tap()
    rows = list(expected())
    programs = [program for _, program, _ in rows]
    tap.check(len(rows) >= 20, f"{len(rows)} scenarios")
    places = []
    if "node" in given:
        places.append(("WebAssembly, node", in_node(given["node"], wasm, programs)))
    if "chromium" in given:
        places.append(("WebAssembly, browser", in_browser(given["chromium"], wasm, programs)))
    for isa in ("base", "v3", "v4") if "other" in given else ():
        done = subprocess.run([given["other"], isa, "1", str(RUNS), *programs], capture_output=True, timeout=500)
        if done.returncode != 3:  # 3: this processor does not have it
            places.append((f"other compiler, {isa}", done.stdout.decode().split("\n")))
    for place, digests in places:
        for (name, _, digest), found in zip(rows, digests):
            tap.check(found == digest, f"{place}: {name}", f"{found} instead of {digest}")
    tap.done()


main()
