/* opcon lexicon check: whether the words that reading knows, and a user's own, are in order. */
#include "cli/command.h"
#include "reading/lexicon.h"

static oc_status lexicon(oc_context *x)
{
    if (!x->arguments.len || !oc_slice_is(x->arguments.at[0], "check"))
        return oc_complain(x, OC_USAGE, "lexicon.usage", NULL);
    oc_lexicon *words = oc_lexicon_new(x->arena);
    oc_status status = oc_lexicon_builtin(words, &x->diags);
    for (size_t i = 1; i < x->arguments.len; i++) {
        oc_status read = oc_lexicon_read(words, &x->diags, x->arguments.at[i]);
        if (status == OC_OK) status = read;
    }
    oc_lexicon_check(words, &x->diags);
    oc_lexicon_build(words, &x->diags);
    oc_status found = oc_show_diags(x);
    if (status == OC_OK) status = found;
    if (status != OC_OK) return status;
    size_t counts[OC_LANG_COUNT] = {0};
    for (size_t i = 0; i < words->entries.len; i++)
        for (int lang = 0; lang < OC_LANG_COUNT; lang++) counts[lang] += words->entries.at[i].in[lang];
    oc_text out = oc_text_in(x->arena);
    oc_text_message(&out, x->lang, "lexicon.fine",
                    OC_ARGS(OC_I(words->entries.len), OC_I(counts[OC_LANG_EN]), OC_I(counts[OC_LANG_JA]),
                            OC_I(counts[OC_LANG_KO])));
    oc_text_byte(&out, '\n');
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static const oc_option options[] = {{NULL, NULL, false}};

const oc_command oc_cmd_lexicon = {"lexicon", "check [FILE...]", options, lexicon, 0};
