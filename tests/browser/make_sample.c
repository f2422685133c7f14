/* Writes the invented report: make_sample full|hostile|empty|static OUT.html, or make_sample chart NAME LANG wide|narrow OUT.svg. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "sample.h"

static oc_slice make_chart(oc_arena *arena, const oc_report_input *input, char **argv)
{
    oc_chart_options options = {.lang = oc_lang_parse(oc_slice_of(argv[3])), .narrow = strcmp(argv[4], "narrow") == 0,
                                .standalone = true};
    oc_chart chart = {0};
    if (options.lang == OC_LANG_COUNT || !oc_report_chart(arena, input, argv[2], 0, &options, &chart))
        fprintf(stderr, "no chart\n");
    return chart.svg;
}

int main(int argc, char **argv)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_report_input input = {.as_of = 20629, .horizon = 25932};
    bool is_chart = argc == 6 && strcmp(argv[1], "chart") == 0;
    if (argc != 3 && !is_chart) return fputs("usage: see make_sample.c\n", stderr), 2;
    if (is_chart || strcmp(argv[1], "full") == 0) sample_full(&arena, &input);
    if (strcmp(argv[1], "static") == 0) sample_full(&arena, &input);
    if (strcmp(argv[1], "full") == 0) sample_engine(&arena, &input);
    if (strcmp(argv[1], "hostile") == 0) sample_hostile(&arena, &input);
    oc_report_options options = {.first = OC_LANG_JA};
    oc_slice bytes = is_chart ? make_chart(&arena, &input, argv) : oc_report_html(&arena, &input, &options);
    oc_status status = oc_file_write(argv[argc - 1], bytes);
    oc_arena_free(&arena);
    return status == OC_OK ? 0 : 1;
}
