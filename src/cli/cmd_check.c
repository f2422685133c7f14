/* opcon check: whether a scenario is sound, and where its numbers come from. */
#include "analysis/forecast.h"
#include "cli/record.h"

static void show_literals(oc_context *x, const oc_model *m)
{
    oc_text out = oc_text_in(x->arena);
    size_t bare = 0, judged = 0;
    for (size_t i = 0; i < m->literals.len; i++) {
        const oc_literal *literal = &m->literals.at[i];
        const oc_source *source = oc_source_get(&x->sources, literal->span.file);
        const oc_provenance *p = literal->provenance;
        bool judgement = false;
        for (size_t k = 0; p && k < p->from_count; k++) judgement = judgement || oc_slice_is(p->from[k], "judgement");
        bool is_bare = !p || (!p->from_count && !p->because.len);
        bare += is_bare;
        judged += judgement || (!is_bare && !p->from_count);
        if (!is_bare || !source) continue;
        oc_place place = oc_source_place(source, literal->span.start);
        oc_text_printf(&out, "%.*s:%u:%u: ", OC_FMT(source->name), (unsigned)place.line, (unsigned)place.column);
        oc_text_message(&out, x->lang, "check.bare",
                        OC_ARGS(OC_T(oc_span_text(&x->sources, literal->span)), OC_T(literal->path)));
        oc_text_byte(&out, '\n');
    }
    for (size_t i = 0; i < m->hindsight.len; i++) {
        oc_text_message(&out, x->lang, "check.hindsight", OC_ARGS(OC_T(m->hindsight.at[i])));
        oc_text_byte(&out, '\n');
    }
    oc_text_message(&out, x->lang, "check.provenance",
                    OC_ARGS(OC_I(m->literals.len), OC_I(m->literals.len - bare - judged), OC_I(judged), OC_I(bare),
                            OC_I(m->hindsight.len)));
    oc_text_byte(&out, '\n');
    oc_print(x, oc_text_slice(&out));
}

static oc_status check(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "gcc"};
    size_t format;
    oc_status status = oc_get_word(x, "format", formats, 3, 0, &format);
    oc_slice path;
    if (status == OC_OK) status = oc_scenario_path(x, 0, &path);
    if (status != OC_OK) return status;
    oc_model_options options = {.as_of = OC_DAY_NONE, .threads = oc_processors()};
    status = oc_get_day(x, "as-of", OC_DAY_NONE, &options.as_of);
    if (status != OC_OK) return status;
    oc_model *model = oc_model_load(x->arena, &x->diags, path, &options);
    if (model && oc_diags_status(&x->diags) == OC_OK) oc_ledger_of_model(x->arena, &x->diags, model);
    oc_compiled *compiled = NULL;
    if (model && oc_diags_status(&x->diags) == OC_OK) compiled = oc_compile(x->arena, model, NULL);
    status = oc_diags_status(&x->diags);
    if (!compiled && status == OC_OK) status = OC_INPUT;
    if (format != 0) {
        oc_diags_sort(&x->diags);
        oc_text out = oc_text_in(x->arena);
        oc_diag_style style = {.format = format == 1 ? OC_DIAG_JSON : OC_DIAG_GCC, .lang = x->lang};
        oc_render_diags(&out, &x->diags, &style);
        oc_print(x, oc_text_slice(&out));
        x->diags.items.len = x->diags.errors = x->diags.warnings = 0;
        return status;
    }
    bool problems = x->diags.items.len > 0;
    if (problems) oc_show_diags(x);
    if (status != OC_OK) return status;
    if (oc_has(x, "provenance")) {
        show_literals(x, model);
        return OC_OK;
    }
    oc_text out = oc_text_in(x->arena);
    oc_text_message(&out, x->lang, "check.fine",
                    OC_ARGS(OC_T(model->name), OC_I(model->stages.len), OC_I(model->variables.len),
                            OC_I(model->inputs.len), OC_I(model->events.len),
                            OC_I(compiled->program->instruction_count), OC_I(compiled->program->row_count)));
    oc_text_byte(&out, '\n');
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static const oc_option options[] = {
    {"provenance", NULL, false}, {"as-of", "DATE", false}, {"format", "text|json|gcc", false}, {NULL, NULL, false}};

const oc_command oc_cmd_check = {"check", "[SCENARIO] [--provenance]", options, check, 1};
