/* Runs a program in the WebAssembly engine as `opcon forecast` runs it, and gives its results_digest (run/run.c): for node
 * and for a page. */
'use strict';
const CHUNK = 16384, COUNTS_AT = 24, SLOTS_AT = 92, MASK = (1n << 64n) - 1n; /* places in the header: program.h */

function mix(digest, words) {
  for (const word of words) {
    digest = (digest ^ word) * 0x100000001b3n & MASK;
    digest ^= digest >> 32n;
  }
  return digest;
}

function resultsDigest(engine, program, seed, runs) {
  const at = engine.opcon_input(program.length), head = new DataView(program.buffer, program.byteOffset);
  new Uint8Array(engine.memory.buffer).set(program, at);
  const fault = engine.opcon_open(seed >>> 0, Math.floor(seed / 2 ** 32), runs);
  if (fault !== 0) return `fault ${fault}`;
  engine.opcon_pilot();
  if (engine.opcon_run(0, Math.ceil(runs / CHUNK)) !== 0) return `check ${engine.opcon_failure(0)}`;
  const words = (place, count) => new BigUint64Array(engine.memory.buffer, place, count);
  const counts = head.getUint32(COUNTS_AT, true), slots = head.getUint32(SLOTS_AT, true);
  let digest = mix(0xcbf29ce484222325n, [BigInt(engine.opcon_futures()), BigInt(engine.opcon_counted())]);
  digest = mix(digest, words(engine.opcon_counts(), counts));
  digest = mix(digest, words(engine.opcon_values(), 4 * slots));
  digest = mix(digest, words(engine.opcon_sums(), 2 * slots));
  return digest.toString(16).padStart(16, '0');
}

if (typeof module !== 'undefined') module.exports = { resultsDigest };
