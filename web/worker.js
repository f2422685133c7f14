'use strict';
/* Runs the engine: gets the module and the program once, then jobs, chunk by chunk; answers with counts of futures by
   day, of all chunks of the job so far. A job changes constants of the program: pairs of index and value. */
let engine, setup;
const CONSTANTS_AT = 32; /* where the header says where the constants begin (program.h) */

/* No pilot run: it only places the bins of number slots, and the page reads dates. */
const open = (values, futures) => {
  const at = engine.opcon_input(setup.program.length);
  new Uint8Array(engine.memory.buffer).set(setup.program, at);
  const program = new DataView(engine.memory.buffer, at, setup.program.length);
  const constants = program.getUint32(CONSTANTS_AT, true);
  for (const [index, value] of values) program.setFloat64(constants + 8 * index, value, true);
  if (engine.opcon_open(setup.seedLow, setup.seedHigh, futures) !== 0) throw new Error('program');
};

/* FNV-1a, 64 bits, over the date's counters as they lie in memory. */
const digest = () => {
  const bytes = new Uint8Array(engine.memory.buffer, engine.opcon_counts() + 8 * setup.countAt, 8 * setup.span);
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

const run = ({values, futures, chunk, first}) => {
  if (first) open(values, futures);
  if (engine.opcon_run(chunk, chunk + 1) !== 0) return postMessage({impossible: true});
  const counts = new BigUint64Array(engine.memory.buffer, engine.opcon_counts() + 8 * setup.countAt, setup.span);
  postMessage({futures: engine.opcon_futures(), counted: engine.opcon_counted(),
               counts: Float64Array.from(counts, Number), digest: digest()});
};

onmessage = async ({data}) => {
  try {
    if (data.wasm) {
      setup = data;
      engine = (await WebAssembly.instantiate(data.wasm, {})).instance.exports;
      engine._initialize?.();
      postMessage({ready: true});
    } else {
      run(data);
    }
  } catch {
    postMessage({failed: true});
  }
};
