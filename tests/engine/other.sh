#!/bin/sh
# Builds the digests program, or another that runs the engine, with another compiler: other.sh CC SOURCE OUTPUT FOLDER [MAIN.c]
set -eu
cc=$1 source=$2 output=$3 folder=$4 main=${5:-tests/engine/digests.c}
mkdir -p "$folder"
flags="-std=c17 -O3 -ffp-contract=off -fno-math-errno -fno-trapping-math -w -D_POSIX_C_SOURCE=200809L -DOC_ENGINE_X86 -I$source/src -I$source/include -I$source/tests/engine"
objects=
for isa in base v3 v4; do
    case $isa in v3) march=-march=x86-64-v3 ;; v4) march="-march=x86-64-v4 -mprefer-vector-width=512" ;; *) march= ;; esac
    "$cc" $flags $march -DOC_INTERPRET=oc_interpret_$isa -c "$source/src/engine/interpret.c" -o "$folder/interpret_$isa.o"
    objects="$objects $folder/interpret_$isa.o"
done
"$cc" $flags -o "$output" "$source"/src/engine/check.c "$source"/src/engine/engine.c "$source"/src/engine/isa.c \
    "$source"/src/engine/sums.c "$source"/src/engine/tally.c "$source"/src/run/run.c "$source"/src/base/arena.c \
    "$source"/src/base/slice.c "$source"/tests/engine/assemble.c "$source"/tests/engine/programs.c \
    "$source"/tests/engine/staged.c "$source/$main" $objects -lpthread -lm
