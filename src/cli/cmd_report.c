/* opcon report: everything about a scenario as one HTML file. */
#include "cli/report_input.h"
#include "cli/workspace.h"

static oc_status read_sections(oc_context *x, uint64_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < x->options.len; i++) {
        const oc_given_option *o = &x->options.at[i];
        if (strcmp(o->option->name, "section") != 0) continue;
        size_t section = oc_report_section_find(o->value);
        if (section == SIZE_MAX) {
            oc_text names = oc_text_in(x->arena);
            for (size_t k = 0; k < oc_report_section_count; k++)
                oc_text_printf(&names, k ? ", %s" : "%s", oc_report_sections[k]);
            return oc_complain(x, OC_USAGE, "cli.bad-value",
                               OC_ARGS(OC_S("section"), OC_T(o->value), OC_T(oc_text_slice(&names))));
        }
        *ret |= UINT64_C(1) << section;
    }
    return OC_OK;
}

static bool wants(uint64_t sections, const char *name)
{
    return !sections || (sections >> oc_report_section_find(oc_slice_of(name)) & 1);
}

static oc_status report(oc_context *x)
{
    oc_report_options options = {.first = x->lang};
    oc_status status = read_sections(x, &options.sections);
    if (status != OC_OK) return status;
    bool all = !oc_has(x, "lang") || oc_slice_is(oc_value_of(x, "lang", OC_SLICE("all")), "all");
    options.langs = all ? OC_REPORT_ALL : 1 << x->lang;
    bool drivers = wants(options.sections, "drivers");
    bool band = wants(options.sections, "answer") || wants(options.sections, "when");
    oc_report_needs needs = {.band = band,
                             .policies = wants(options.sections, "scenarios"),
                             .drivers = drivers,
                             .record = wants(options.sections, "record"),
                             .conditions = wants(options.sections, "stages"),
                             .bargains = wants(options.sections, "bargain"),
                             .engine = drivers && !oc_has(x, "static")};
    oc_report_input *input = OC_NEW(x->arena, oc_report_input);
    status = oc_report_prepare(x, 0, &needs, input);
    if (status == OC_OK)
        status = oc_write_output(x, oc_value_of(x, "output", OC_SLICE("report.html")),
                                 oc_report_html(x->arena, input, &options));
    return status;
}

static const oc_option options[] = {{"output", "FILE.html", false},
                                    {"lang", "en|ja|ko|all", false},
                                    {"section", "NAME", true},
                                    {"static", NULL, false},
                                    {"runs", "N", false},
                                    {"seed", "S", false},
                                    {"by", "DATE", false},
                                    OC_OPTIONS_OF_SCENARIO,
                                    OC_OPTION_WORKSPACE,
                                    {NULL, NULL, false}};

const oc_command oc_cmd_report = {"report", "[SCENARIO] [--output FILE.html] [OPTION]…", options, report, 1};
