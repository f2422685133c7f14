#!/usr/bin/env python3
"""The flagship in a browser page, with as many workers as there are processors: browser.py OPCON ENGINE.wasm CHROMIUM [RUNS].
What a page feels: milliseconds from asking for 65,536 futures to having the counts of all workers, median of seven rounds
after two to warm up. And what one worker takes for all of them: the least of seven rounds by the clock, and processor time,
which holds on a machine that others use too."""
import base64
import http.server
import json
import os
import pathlib
import queue
import subprocess
import sys
import tempfile
import threading

opcon, wasm, chromium = sys.argv[1:4]
runs = int(sys.argv[4]) if len(sys.argv) > 4 else 65536
WORKER = """
let engine, program;
onmessage = ({data}) => {
  if (data.wasm) {
    engine = new WebAssembly.Instance(new WebAssembly.Module(data.wasm), {}).exports;
    if (engine._initialize) engine._initialize();
    program = data.program;
    postMessage('ready');
    return;
  }
  const begin = performance.now(), at = engine.opcon_input(program.length);
  new Uint8Array(engine.memory.buffer).set(program, at);
  if (engine.opcon_open(1, 0, data.runs) !== 0 || engine.opcon_run(data.first, data.last) !== 0) throw new Error('program');
  const counts = new BigUint64Array(engine.memory.buffer, engine.opcon_counts(), 16).slice();
  postMessage({counts, milliseconds: performance.now() - begin});
};
"""
PAGE = """<!doctype html><meta charset="utf-8"><title>bench</title><script>
const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0)), input = %s;
const many = Math.max(1, navigator.hardwareConcurrency), chunks = Math.ceil(input.runs / 16384);
const url = URL.createObjectURL(new Blob([input.worker]));
const workers = Array.from({length: Math.min(many, chunks)}, () => new Worker(url));
const ask = (worker, message) => new Promise((resolve, reject) => {
  worker.onmessage = event => resolve(event.data);
  worker.onerror = reject;
  worker.postMessage(message);
});
const median = list => list.sort((a, b) => a - b)[list.length >> 1];
(async () => {
  for (const w of workers) await ask(w, {wasm: bytes(input.engine), program: bytes(input.program)});
  const walls = [], alone = [];
  for (let round = 0; round < 9; round++) {
    const begin = performance.now();
    const parts = await Promise.all(workers.map((w, i) => ask(w, {runs: input.runs,
      first: Math.floor(chunks * i / workers.length), last: Math.floor(chunks * (i + 1) / workers.length)})));
    if (round > 1) walls.push(performance.now() - begin);
    if (round > 1) alone.push(Math.max(...parts.map(p => p.milliseconds)));
  }
  const rounds = 7, ones = [];
  await fetch('/begin', {method: 'POST', body: '{}'});
  for (let round = 0; round < rounds; round++)
    ones.push((await ask(workers[0], {runs: input.runs, first: 0, last: chunks})).milliseconds);
  fetch('/end', {method: 'POST', body: JSON.stringify({workers: workers.length, wall: median(walls), slowest: median(alone),
                                                       rounds, one: Math.min(...ones)})});
})();
</script>
"""


def worker_seconds():
    """Processor time so far of all workers of browsers."""
    ticks = 0
    for name in pathlib.Path("/proc").glob("[0-9]*/task/*/comm"):
        try:
            if name.read_text().startswith("DedicatedWorker"):
                ticks += sum(map(int, name.with_name("stat").read_text().rpartition(")")[2].split()[11:13]))
        except OSError:
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


class Server(http.server.BaseHTTPRequestHandler):
    """The page, and what it finds: real time passes, which a page that is only dumped does not have."""
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.page)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seconds.append(worker_seconds())
        if self.path == "/end":
            self.server.answer.put(body)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
    folder = pathlib.Path(folder)
    subprocess.run([opcon, "explain", "--program", "rok-us", "--bare", "--output", folder / "p"], check=True)
    coded = {"engine": base64.b64encode(pathlib.Path(wasm).read_bytes()).decode(), "worker": WORKER, "runs": runs,
             "program": base64.b64encode((folder / "p").read_bytes()).decode()}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.seconds = []
    server.page, server.answer = (PAGE % json.dumps(coded)).encode(), queue.Queue()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser = subprocess.Popen([chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                                f"--user-data-dir={folder / 'profile'}", f"http://127.0.0.1:{server.server_port}/"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        result = server.answer.get(timeout=300)
    finally:
        browser.terminate()
        browser.wait(30)
        server.shutdown()
print(f"flagship, Chromium: {runs} futures in {result['wall']:.0f} ms with {result['workers']} workers (slowest worker "
      f"{result['slowest']:.0f} ms); one worker {result['one']:.0f} ms at best, "
      f"{1e3 * (server.seconds[1] - server.seconds[0]) / result['rounds']:.0f} ms of processor time")
