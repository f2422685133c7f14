// Digests of programs: node wasm_node.cjs ENGINE.wasm SEED RUNS PROGRAM…; one line each.
'use strict';
const { readFileSync } = require('node:fs');
const { resultsDigest } = require('./digest.js');

const [modulePath, seed, runs, ...programs] = process.argv.slice(2);
const engine = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(modulePath)), {}).exports;
engine._initialize?.();
for (const path of programs) console.log(resultsDigest(engine, new Uint8Array(readFileSync(path)), Number(seed), Number(runs)));
