/* Writes a file as a C array: embed NAME FILE OUTPUT gives `const unsigned char NAME[]` and `const size_t NAME_size`.
 */
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 4) return 2;
    FILE *in = fopen(argv[2], "rb"), *out = fopen(argv[3], "w");
    if (!in || !out) return 3;
    fprintf(out, "#include <stddef.h>\nextern const unsigned char %s[];\nextern const size_t %s_size;\n", argv[1],
            argv[1]);
    fprintf(out, "const unsigned char %s[] = {", argv[1]);
    size_t count = 0;
    for (int c; (c = getc(in)) != EOF; count++) fprintf(out, "%s%d,", count % 24 ? "" : "\n", c);
    fprintf(out, "\n};\nconst size_t %s_size = %zu;\n", argv[1], count);
    return ferror(in) || fclose(out) ? 3 : 0;
}
