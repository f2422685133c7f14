#!/bin/sh
# Compiles the engine to WebAssembly: wasm.sh CLANG SOURCE OUTPUT FOLDER
# Bulk memory, sign extension and conversions that saturate are in every engine that has 128-bit vectors; they change no result
# and make the staged model 7 % faster. No -O when linking: the driver would then run wasm-opt where it is installed, on a module whose features are stripped.
# Loops are left as they are written (-disable-lsr): rewritten, they add up each address, which loads and stores could do.
set -eu
clang=$1 source=$2 output=$3 folder=$4
mkdir -p "$folder"
objects=
for name in check engine isa math sums tally interpret wasm_api; do
    "$clang" --target=wasm32-wasi -std=c17 -O3 -msimd128 -mbulk-memory -msign-ext -mnontrapping-fptoint -ffp-contract=off -fno-math-errno -fno-trapping-math \
        -fvisibility=hidden -Wno-pass-failed -mllvm -disable-lsr -DOC_INTERPRET=oc_interpret_base -I"$source/.." \
        -c "$source/$name.c" -o "$folder/$name.o"
    objects="$objects $folder/$name.o"
done
"$clang" --target=wasm32-wasi -mexec-model=reactor $objects -Wl,--strip-all,--gc-sections,-z,stack-size=131072 -o "$output"
