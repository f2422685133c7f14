/* What the programs share that score rules on sentences: the lexicon, and the lines of a file of cases. */
#ifndef OC_TESTS_READING_CASES_H
#define OC_TESTS_READING_CASES_H

#include "base/file.h"
#include "reading/lexicon.h"

/* Of a program called as `PROGRAM MINIMUM FILE.tsv`: the shipped lexicon with the tables of all languages, and the
 * file's text in *ret_text. Both lie in `arena`, which is begun here and freed by the caller. NULL if there is no such
 * file or the lexicon is wrong. */
static inline const oc_lexicon *cases_open(oc_arena *arena, int count, char **args, oc_slice *ret_text)
{
    oc_arena_init(arena, NULL, 0);
    oc_sources sources = {.arena = arena};
    oc_diags diags = {.arena = arena, .sources = &sources};
    oc_lexicon *lexicon = oc_lexicon_new(arena);
    bool good = oc_lexicon_builtin(lexicon, &diags) == OC_OK && oc_lexicon_build(lexicon, &diags) == OC_OK &&
                oc_lexicon_prepare(lexicon, OC_LANG_COUNT) == OC_OK;
    bool read = count == 3 && oc_file_read(arena, args[2], (size_t)16 << 20, ret_text) == OC_OK;
    return good && read ? lexicon : NULL;
}

/* The next line of *text that is neither empty nor a comment; false at the end. */
static inline bool cases_next(oc_slice *text, oc_slice *ret_line)
{
    while (text->len) {
        *ret_line = oc_slice_cut(text, '\n');
        if (ret_line->len && ret_line->ptr[0] != '#') return true;
    }
    return false;
}

#endif
