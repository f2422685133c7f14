// The WebAssembly engine gives the bytes that the native one wrote: node wasm.mjs ENGINE.wasm DIGESTS FOLDER
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';

const [modulePath, digests, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
execFileSync(digests, ['--write', folder]);

const bytes = readFileSync(modulePath);
const module = new WebAssembly.Module(bytes);
let failed = 0;
let number = 0;
function report(good, name) {
    number++;
    if (!good) failed++;
    console.log(`${good ? 'ok' : 'not ok'} ${number} - ${name}`);
}

const seedLow = 0x9abcdef0, seedHigh = 0x12345678, runs = 20000;
const programs = readdirSync(folder).filter((name) => name.endsWith('.program')).sort();
console.log(`1..${programs.length + 3}`);
report(WebAssembly.Module.imports(module).length === 0, 'no imports');
report(bytes.length < 150000, `${bytes.length} bytes`);

const engine = new WebAssembly.Instance(module, {}).exports;
engine._initialize?.();

function results(size) {
    const slots = new DataView(input.buffer, input.byteOffset).getUint32(92, true);
    const counts = new DataView(input.buffer, input.byteOffset).getUint32(24, true);
    const memory = Buffer.from(engine.memory.buffer);
    const parts = [[engine.opcon_counts(), counts * 8], [engine.opcon_values(), slots * 32],
                   [engine.opcon_sums(), slots * 16]];
    return Buffer.concat(parts.map(([at, length]) => memory.subarray(at, at + length))).subarray(0, size);
}

let input;
for (const name of programs) {
    input = readFileSync(`${folder}/${name}`);
    const expected = readFileSync(`${folder}/${name.replace('.program', '.results')}`);
    const at = engine.opcon_input(input.length);
    new Uint8Array(engine.memory.buffer).set(input, at);
    let good = engine.opcon_open(seedLow, seedHigh, runs) === 0;
    if (good) {
        engine.opcon_pilot();
        good = engine.opcon_run(0, 1) === 0 && engine.opcon_run(1, 2) === 0 && engine.opcon_futures() === runs;
    }
    report(good && Buffer.compare(results(expected.length), expected) === 0, name.replace('.program', ''));
}

const at = engine.opcon_input(64);
new Uint8Array(engine.memory.buffer).fill(7, at, at + 64);
report(engine.opcon_open(1, 0, 1024) !== 0, 'refuses what is no program');
process.exit(failed ? 1 : 0);
