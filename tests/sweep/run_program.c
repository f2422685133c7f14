/* Runs compiled programs and prints the digest of their results: run_program ISA SEED RUNS PROGRAM…. Built with the
 * other compiler too, to compare what each makes of the same programs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/run.h"

enum { MOST_BYTES = 1 << 26 };

static void *read_program(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    void *bytes = malloc(MOST_BYTES);
    if (!file || !bytes) exit(2);
    *ret_size = fread(bytes, 1, MOST_BYTES, file);
    fclose(file);
    return bytes;
}

int main(int argc, char **argv)
{
    if (argc < 4) return 2;
    oc_isa isa = oc_isa_from_name(argv[1], strlen(argv[1]));
    if (isa == OC_ISA_COUNT || !oc_isa_available(isa)) return 3;
    oc_run_options options = {
        .runs = strtoull(argv[3], NULL, 10), .seed = strtoull(argv[2], NULL, 10), .threads = 2, .isa = isa};
    for (int i = 4; i < argc; i++) {
        size_t size;
        void *program = read_program(argv[i], &size);
        oc_arena arena;
        oc_result result;
        oc_arena_init(&arena, NULL, 0);
        if (oc_program_check(program, size) != OC_PROGRAM_OK || oc_run(program, &options, &arena, &result) != OC_OK)
            return 1;
        printf("%016llx\n", (unsigned long long)result.digest);
        oc_arena_free(&arena);
        free(program);
    }
    return 0;
}
