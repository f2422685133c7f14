/* Runs the engine: gets the module and the program once, then settings; answers with counts of futures by day. */
'use strict';
let engine, baseline, setup, latest = 0;

const turn = () => new Promise(go => {
  const channel = new MessageChannel();
  channel.port1.onmessage = go;
  channel.port2.postMessage(0);
});

/* No pilot run: it only places the bins of number slots, and the page reads dates. */
const open = (bytes, futures) => {
  const at = engine.opcon_input(bytes.length);
  new Uint8Array(engine.memory.buffer).set(bytes, at);
  if (engine.opcon_open(setup.seedLow, setup.seedHigh, futures) !== 0) throw new Error('program');
};

/* FNV-1a, 64 bits, over the date's counters as they lie in memory. */
const digest = countAt => {
  const bytes = new Uint8Array(engine.memory.buffer, engine.opcon_counts() + 8 * countAt, 8 * setup.span);
  let low = 0x84222325, high = 0xcbf29ce4;
  for (let i = 0; i < bytes.length; i++) {
    low = (low ^ bytes[i]) >>> 0;
    /* Times 0x100000001b3: by 0x1b3 in 16-bit limbs, and by 2^40. */
    const a = (low & 0xffff) * 0x1b3, b = (low >>> 16) * 0x1b3 + (a >>> 16);
    const next = (((b & 0xffff) << 16) | (a & 0xffff)) >>> 0;
    high = (Math.imul(high, 0x1b3) + (b >>> 16) + (low << 8)) >>> 0;
    low = next;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
};

const answer = (id, countAt, futures, last) => {
  const counts = new BigUint64Array(engine.memory.buffer, engine.opcon_counts() + 8 * countAt, setup.span);
  postMessage({id, futures, last, counted: engine.opcon_counted(), counts: Float64Array.from(counts, Number),
               digest: digest(countAt)});
};

const run = async ({id, program, countAt, rounds}) => {
  const bytes = program || baseline;
  for (const futures of rounds) {
    open(bytes, futures);
    for (let chunk = 0; chunk * 16384 < futures; chunk++) {
      await turn();
      if (id !== latest) return;
      if (engine.opcon_run(chunk, chunk + 1) !== 0) return postMessage({id, failed: true});
    }
    answer(id, countAt, futures, futures === rounds[rounds.length - 1]);
  }
};

onmessage = async ({data}) => {
  try {
    if (data.wasm) {
      setup = data;
      baseline = data.program;
      engine = (await WebAssembly.instantiate(data.wasm, {})).instance.exports;
      engine._initialize?.();
      postMessage({ready: true});
    } else {
      latest = data.id;
      await run(data);
    }
  } catch (error) {
    postMessage({id: data.id, failed: true});
  }
};
