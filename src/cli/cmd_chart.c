/* opcon chart: one figure of the report, for a paper. */
#include "cli/png.h"
#include "cli/report_input.h"

static oc_status unknown_name(oc_context *x, oc_slice name)
{
    oc_text names = oc_text_in(x->arena);
    for (size_t i = 0; i < oc_report_chart_count; i++) oc_text_printf(&names, i ? ", %s" : "%s", oc_report_charts[i]);
    oc_slice there = oc_text_slice(&names);
    return name.len ? oc_complain(x, OC_USAGE, "chart.unknown", OC_ARGS(OC_T(name), OC_T(there)))
                    : oc_complain(x, OC_USAGE, "chart.which", OC_ARGS(OC_T(there)));
}

static bool is_name(oc_slice name)
{
    for (size_t i = 0; i < oc_report_chart_count; i++)
        if (oc_slice_is(name, oc_report_charts[i])) return true;
    return false;
}

static oc_status draw(oc_context *x, const oc_report_input *input, oc_slice name, bool narrow, size_t which,
                      double scale)
{
    oc_slice path = oc_value_of(x, "output", OC_SLICE("-"));
    oc_chart_options options = {.lang = x->lang, .narrow = narrow, .standalone = true, .id = OC_SLICE("chart")};
    oc_chart drawn;
    if (!oc_report_chart(x->arena, input, name.ptr, which, &options, &drawn))
        return oc_complain(x, OC_INPUT, "chart.no-data", OC_ARGS(OC_T(name)));
    oc_slice bytes = drawn.svg;
    oc_status status = OC_OK;
    if (oc_slice_ends(path, OC_SLICE(".png")))
        status = oc_png_from_svg(x->arena, drawn.svg, drawn.width, drawn.height, scale, &bytes);
    if (status == OC_IO) return oc_complain(x, status, "cli.no-library", OC_ARGS(OC_S("librsvg")));
    if (status != OC_OK) return oc_complain(x, status, "chart.no-png", NULL);
    return oc_write_output(x, path, bytes);
}

static oc_status chart(oc_context *x)
{
    static const char *const widths[] = {"wide", "narrow"};
    oc_slice name = x->arguments.len ? x->arguments.at[0] : OC_SLICE("");
    size_t width;
    int64_t number, scale;
    if (!is_name(name)) return unknown_name(x, name);
    oc_status status = oc_get_word(x, "width", widths, 2, 0, &width);
    if (status == OC_OK) status = oc_get_integer(x, "number", 1, 100, 1, &number);
    if (status == OC_OK) status = oc_get_integer(x, "scale", 1, 8, 2, &scale);
    if (status != OC_OK) return status;
    oc_report_needs needs = {.band = oc_slice_is(name, "when"),
                             .policies = oc_slice_is(name, "scenarios"),
                             .drivers = oc_slice_is(name, "drivers"),
                             .record = oc_slice_is(name, "record"),
                             .conditions = oc_slice_is(name, "conditions"),
                             .bargains = oc_slice_is(name, "bargain")};
    oc_report_input *input = OC_NEW(x->arena, oc_report_input);
    status = oc_report_prepare(x, 1, &needs, input);
    if (status == OC_OK) status = draw(x, input, name, width == 1, (size_t)number - 1, (double)scale);
    return status;
}

static const oc_option options[] = {{"output", "FILE.svg|FILE.png", false},
                                    {"width", "wide|narrow", false},
                                    {"number", "N", false},
                                    {"scale", "N", false},
                                    {"runs", "N", false},
                                    {"seed", "S", false},
                                    {"by", "DATE", false},
                                    OC_OPTIONS_OF_SCENARIO,
                                    {NULL, NULL, false}};

const oc_command oc_cmd_chart = {"chart", "NAME [SCENARIO] [--output FILE.svg|FILE.png] [OPTION]…", options, chart, 2};
