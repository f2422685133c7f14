/* Diagnostics as data, for all handles that have some. */
#include "diag/render.h"
#include "lib/loaded.h"

static void place(const oc_diags *diags, oc_span span, oc_home *home, oc_diagnostic_info *ret)
{
    const oc_source *source = oc_source_get(diags->sources, span.file);
    ret->file = "";
    if (!source) return;
    oc_place first = oc_source_place(source, span.start), end = oc_source_place(source, span.end);
    ret->file = oc_home_text(home, source->name);
    ret->line = first.line;
    ret->column = first.column;
    ret->end_line = end.line;
    ret->end_column = end.column;
}

static void add_remarks(const oc_diag *diag, oc_home *home, oc_lang lang, oc_diagnostic_info *ret)
{
    const char **remarks = OC_NEW_ARRAY(&home->arena, diag->remarks.len + 1, const char *);
    for (size_t i = 0; i < diag->remarks.len; i++) {
        const oc_remark *remark = &diag->remarks.at[i];
        if (remark->kind != OC_REMARK_NOTE && remark->kind != OC_REMARK_HELP) continue;
        remarks[ret->remark_count++] = oc_home_text(home, oc_say(&home->arena, lang, remark->key, remark->args));
    }
    ret->remarks = remarks;
}

const oc_diagnostic_info *oc_diagnostic_of(oc_home *home, const oc_diags *diags, size_t number, oc_lang lang)
{
    const oc_diag *diag = diags->items.at[number];
    oc_diagnostic_info *info = OC_NEW(&home->arena, oc_diagnostic_info);
    info->code = oc_code_name(diag->code);
    info->severity = oc_code_severity(diag->code);
    place(diags, diag->span, home, info);
    oc_text message = oc_text_in(&home->arena);
    oc_render_message(&message, lang, diag);
    info->message = oc_home_text(home, oc_text_slice(&message));
    info->path = oc_home_text(home, diag->path);
    add_remarks(diag, home, lang, info);
    return info;
}

const char *oc_diagnostics_text(oc_home *home, oc_diags *diags, oc_lang lang)
{
    oc_text text = oc_text_in(&home->arena);
    oc_render_diags(&text, diags, &(oc_diag_style){.format = OC_DIAG_TEXT, .lang = lang});
    return oc_home_text(home, oc_text_slice(&text));
}
