/* See of_model.h. */
#include "authority/of_model.h"

static oc_words words_of(const oc_title *title, oc_slice name)
{
    oc_words words;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) words.in[lang] = oc_title_in(title, (oc_lang)lang, name);
    return words;
}

oc_ledger *oc_ledger_of_model(oc_arena *arena, oc_diags *diags, const oc_model *model)
{
    oc_ledger_stage *stages = OC_NEW_ARRAY(arena, model->stages.len + 1, oc_ledger_stage);
    for (size_t i = 0; i < model->stages.len; i++) {
        const oc_stage *stage = model->stages.at[i];
        stages[i] = (oc_ledger_stage){stage->symbol->name, words_of(&stage->title, stage->symbol->name), stage->done,
                                      stage->symbol->span};
    }
    oc_slice *keys = OC_NEW_ARRAY(arena, model->sources.len + 1, oc_slice);
    for (size_t i = 0; i < model->sources.len; i++) keys[i] = model->sources.at[i]->key;
    oc_ledger_context context = {model->root, stages, model->stages.len, keys, model->sources.len};
    return oc_ledger_read(arena, diags, &context);
}
