// The staged model in the WebAssembly engine: node staged.mjs ENGINE.wasm PROGRAM [ROUNDS [SCALAR]]; median trajectories a second of
// processor time (what node compiles beside the run included).
import { readFileSync } from 'node:fs';

const [modulePath, programPath, rounds = '7', scalar = ''] = process.argv.slice(2);
const engine = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(modulePath)), {}).exports;
engine._initialize?.();
const program = readFileSync(programPath);
const chunks = 16, runs = chunks * 16384;
const rates = [];
for (let round = 0; round < Number(rounds); round++) {
    const at = engine.opcon_input(program.length);
    new Uint8Array(engine.memory.buffer).set(program, at);
    if (engine.opcon_open(7, 0, runs) !== 0) process.exit(1);
    const begin = process.cpuUsage();
    engine.opcon_run(0, chunks);
    const spent = process.cpuUsage(begin);
    rates.push(runs / ((spent.user + spent.system) * 1e-6));
}
rates.sort((a, b) => a - b);
const rate = rates[rates.length >> 1] / 1e6, ratio = scalar ? (rate / Number(scalar)).toFixed(2).padStart(12) : '';
console.log(`wasm, node   ${rate.toFixed(2).padStart(12)} ${ratio} (million/s, x scalar C)`);
