/* Feeds files to the fuzz target: what fuzzing once found, and its seeds, stay found. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int count, char **names)
{
    static uint8_t bytes[1 << 20];
    for (int k = 1; k < count; k++) {
        FILE *file = fopen(names[k], "rb");
        if (!file) return 1;
        size_t size = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        for (int model = 0; model < 22 && size; model++) {
            bytes[0] = (uint8_t)model;
            LLVMFuzzerTestOneInput(bytes, size);
        }
    }
    return 0;
}
