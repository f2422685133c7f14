/* Runs a fuzz target over files of its corpus in the ordinary suite: what once broke must stay mended. */
#include <stdint.h>
#include <stdio.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 64 << 20);
    printf("1..%d\n", argc - 1);
    int failed = 0;
    for (int i = 1; i < argc; i++) {
        oc_slice bytes;
        bool read = oc_file_read(&arena, argv[i], 1 << 20, &bytes) == OC_OK;
        if (read) LLVMFuzzerTestOneInput((const uint8_t *)bytes.ptr, bytes.len);
        printf("%sok %d - %s\n", read ? "" : "not ", i, argv[i]);
        failed += !read;
    }
    oc_arena_free(&arena);
    return failed > 0;
}
