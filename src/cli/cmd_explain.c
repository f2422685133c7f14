/* opcon explain: what a code means, or the program that a scenario was compiled to. */
#include "base/file.h"
#include "cli/command.h"
#include "engine/engine.h"

static void add_operand(oc_text *out, const oc_compiled *c, oc_operand o)
{
    const oc_program *p = c->program;
    const double *constants = (const double *)((const char *)p + p->constants_at);
    if (o == OC_NONE) return;
    if (OC_IS_CONSTANT(o)) {
        oc_text_number(out, constants[OC_OPERAND_INDEX(o)]);
        return;
    }
    if (OC_IS_ROW(o)) {
        oc_text_printf(out, "row%u", (unsigned)OC_OPERAND_INDEX(o));
        return;
    }
    for (size_t i = 0; i < c->state_count; i++)
        if (c->columns[i] == o) {
            oc_text_add(out, c->column_names[i]);
            return;
        }
    oc_text_printf(out, "t%u", (unsigned)o);
}

static oc_status list_program(oc_context *x)
{
    oc_model *model;
    oc_status status = oc_scenario_load(x, 0, &model);
    if (status != OC_OK) return status;
    oc_compiled *c = oc_compile(x->arena, model, NULL);
    if (!c) return oc_show_diags(x);
    const oc_program *p = c->program;
    const oc_section *sections = (const oc_section *)((const char *)p + p->sections_at);
    const oc_instruction *code = (const oc_instruction *)((const char *)p + p->instructions_at);
    const oc_row *rows = (const oc_row *)((const char *)p + p->rows_at);
    oc_text out = oc_text_in(x->arena);
    oc_text_message(&out, x->lang, "program.head",
                    OC_ARGS(OC_I(p->size), OC_I(p->columns), OC_I(p->instruction_count), OC_I(p->row_count), OC_I(p->site_count)));
    oc_text_byte(&out, '\n');
    for (uint32_t s = 0; s < p->section_count; s++) {
        uint32_t uses = 0;
        for (uint32_t r = 0; r < p->row_count; r++) uses += rows[r].section == s;
        oc_text_printf(&out, "\n%.*s  × %u\n", OC_FMT(c->section_names[s]), (unsigned)(uses ? uses : 1));
        for (uint32_t i = 0; i < sections[s].count; i++) {
            const oc_instruction *in = &code[sections[s].first + i];
            const char *kinds = oc_opcode_operands((oc_opcode)in->op);
            oc_text_printf(&out, "  %4u  %-13s", (unsigned)i, oc_opcode_name((oc_opcode)in->op));
            add_operand(&out, c, in->dst);
            const oc_operand operands[] = {in->a, in->b, in->c, in->d};
            for (size_t k = 0; k < 4; k++) {
                if (operands[k] == OC_NONE) continue;
                if (k || in->dst != OC_NONE) oc_text_lit(&out, "  ");
                add_operand(&out, c, operands[k]);
            }
            bool draw = kinds[4] == 'D';
            if (draw) oc_text_printf(&out, "  @%.*s", OC_FMT(c->site_names[in->imm]));
            oc_text_byte(&out, '\n');
        }
    }
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static oc_status explain_code(oc_context *x, oc_slice name)
{
    oc_code code = oc_code_find(name);
    if (code == OC_CODE_COUNT) return oc_complain(x, OC_USAGE, "explain.unknown", OC_ARGS(OC_T(name)));
    oc_text out = oc_text_in(x->arena);
    oc_text_printf(&out, "%s: ", oc_code_name(code));
    oc_text_message(&out, x->lang, oc_code_name(code), OC_ARGS(OC_S("…"), OC_S("…"), OC_S("…")));
    oc_text_byte(&out, '\n');
    oc_slice folder = oc_data_folder(x, "docs/explain");
    oc_slice page, path = oc_arena_printf(x->arena, "%.*s/%s.%s.md", OC_FMT(folder), oc_code_name(code), oc_lang_code(x->lang));
    if (folder.len && !oc_file_exists(path.ptr)) path = oc_arena_printf(x->arena, "%.*s/%s.md", OC_FMT(folder), oc_code_name(code));
    if (folder.len && oc_file_read(x->arena, path.ptr, 1 << 20, &page) == OC_OK) {
        oc_text_byte(&out, '\n');
        oc_text_add(&out, page);
    }
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static oc_status list_codes(oc_context *x)
{
    oc_text out = oc_text_in(x->arena);
    oc_columns t = oc_columns_of(x->arena, "ll");
    oc_columns_add(&t, oc_message(x->lang, "head.code"));
    oc_columns_add(&t, oc_message(x->lang, "head.message"));
    for (int code = 0; code < OC_CODE_COUNT; code++) {
        oc_columns_add(&t, oc_slice_of(oc_code_name((oc_code)code)));
        oc_columns_add(&t, oc_say(x->arena, x->lang, oc_code_name((oc_code)code), OC_ARGS(OC_S("…"), OC_S("…"), OC_S("…"))));
    }
    oc_columns_print(&out, &t, x->width, x->colour);
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static oc_status explain(oc_context *x)
{
    if (oc_has(x, "program")) return list_program(x);
    if (!x->arguments.len) return list_codes(x);
    return explain_code(x, x->arguments.at[0]);
}

static const oc_option options[] = {{"program", NULL, false}, {"as-of", "DATE", false}, {"set", "PATH=VALUE", true}, {NULL, NULL, false}};

const oc_command oc_cmd_explain = {"explain", "[CODE] | --program [SCENARIO]", options, explain, 1};
