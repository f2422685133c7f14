/* The files of lexicon/ as the build embeds them (tools/embed_lexicon.c). */
#ifndef OC_READING_LEXICON_FILES_H
#define OC_READING_LEXICON_FILES_H

#include <stddef.h>

typedef struct oc_lexicon_file {
    const char *name; /* "dates.ja.tsv" */
    const char *text;
    size_t size; /* bytes */
} oc_lexicon_file;

extern const oc_lexicon_file oc_lexicon_files[];
extern const size_t oc_lexicon_file_count;

#endif
