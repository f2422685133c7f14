/* Build tool: the files of lexicon/ to the table of reading/lexicon_files.h.
 *
 *     embed_lexicon OUT.c FILE… */
#include <stdio.h>
#include <string.h>

static int embed(FILE *out, const char *path, int number, long *ret_size)
{
    FILE *file = fopen(path, "rb");
    if (!file) return perror(path), 1;
    fprintf(out, "static const char text_%d[] = {\n", number);
    long size = 0;
    for (int byte = fgetc(file); byte != EOF; byte = fgetc(file)) {
        fprintf(out, "%d,", byte < 128 ? byte : byte - 256);
        if (++size % 24 == 0) fputc('\n', out);
    }
    fputs("0};\n", out);
    fclose(file);
    *ret_size = size;
    return 0;
}

int main(int count, char **args)
{
    long sizes[256];
    if (count < 2 || count > 256) return fputs("usage: embed_lexicon OUT.c FILE...\n", stderr), 1;
    FILE *out = fopen(args[1], "w");
    if (!out) return perror(args[1]), 1;
    fputs("#include \"reading/lexicon_files.h\"\n\n", out);
    for (int i = 2; i < count; i++)
        if (embed(out, args[i], i, &sizes[i])) return 1;
    fputs("const oc_lexicon_file oc_lexicon_files[] = {\n", out);
    for (int i = 2; i < count; i++) {
        const char *slash = strrchr(args[i], '/');
        fprintf(out, "    {\"%s\", text_%d, %ld},\n", slash ? slash + 1 : args[i], i, sizes[i]);
    }
    fprintf(out, "};\nconst size_t oc_lexicon_file_count = %d;\n", count - 2);
    return fclose(out) != 0;
}
