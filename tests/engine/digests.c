/* Runs the test programs and prints a line with name and digest for each: equal output means equal bits.
 *
 *     digests [ISA [THREADS [RUNS]]]       default: auto 1 20000
 *     digests --write FOLDER               writes NAME.program and NAME.results for the WebAssembly test */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "programs.h"
#include "run/run.h"

static oc_status run_one(const oc_program *program, oc_isa isa, unsigned threads, uint64_t runs, oc_arena *arena,
                         oc_result *ret)
{
    oc_run_options options = {.runs = runs, .seed = UINT64_C(0x123456789abcdef0), .threads = threads, .isa = isa};
    return oc_run(program, &options, arena, ret);
}

static void write_file(const char *folder, const char *name, const char *suffix, const oc_result *result, const void *bytes,
                       size_t size)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, suffix);
    FILE *file = fopen(path, "wb");
    if (!file) exit(3);
    fwrite(bytes, 1, size, file);
    if (result) {
        fwrite(result->values, sizeof *result->values, result->program->slot_count, file);
        fwrite(result->sums, sizeof *result->sums, result->program->slot_count, file);
    }
    fclose(file);
}

int main(int argc, char **argv)
{
    const char *folder = argc == 3 && strcmp(argv[1], "--write") == 0 ? argv[2] : NULL;
    oc_isa isa = argc > 1 && !folder ? oc_isa_from_name(argv[1], strlen(argv[1])) : OC_ISA_AUTO;
    unsigned threads = argc > 2 && !folder ? (unsigned)atoi(argv[2]) : 1;
    uint64_t runs = argc > 3 ? (uint64_t)atoll(argv[3]) : 20000;
    if (isa == OC_ISA_COUNT || !oc_isa_available(isa)) {
        fprintf(stderr, "no such instruction set here\n");
        return 77;
    }
    for (size_t i = 0; i < test_program_count(); i++) {
        as_program *p;
        const oc_program *program = test_program(i, &p);
        oc_arena arena;
        oc_result result;
        oc_arena_init(&arena, NULL, 0);
        oc_status status = run_one(program, isa, threads, runs, &arena, &result);
        if (status != OC_OK) return 1;
        printf("%-14s %016llx\n", test_program_name(i), (unsigned long long)result.digest);
        if (folder) {
            write_file(folder, test_program_name(i), "program", NULL, program, program->size);
            write_file(folder, test_program_name(i), "results", &result, result.counts,
                       program->counts * sizeof *result.counts);
        }
        oc_arena_free(&arena);
        as_free(p);
    }
    return 0;
}
