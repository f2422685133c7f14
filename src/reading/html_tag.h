/* Elements and attributes of HTML as far as reading needs them. */
#ifndef OC_READING_HTML_TAG_H
#define OC_READING_HTML_TAG_H

#include "base/ascii.h"
#include "reading/markdown.h"

/* BLOCK: begins and ends a line. SKIP: its content is no text. VOID: has no content. RAW: content without markup. */
enum { BLOCK = 1, SKIP = 2, VOID = 4, RAW = 8 };

enum tag_id { TAG_NONE, TAG_A, TAG_BR, TAG_SUP, TAG_LI, TAG_P, TAG_TD, TAG_TH, TAG_TR, TAG_TITLE, TAG_META, TAG_HTML,
              TAG_SCRIPT, TAG_TIME, TAG_BLOCKQUOTE, TAG_H1, TAG_H2, TAG_H3, TAG_H4, TAG_H5, TAG_H6, TAG_B, TAG_STRONG,
              TAG_BODY, TAG_HEAD, TAG_IMG, TAG_FIRST_OTHER, TAG_COUNT = 96 }; /* room for all */

typedef struct oc_html_tag {
    const char *name;
    unsigned flags;
    int hint; /* OC_HINT_… of what is inside */
} oc_html_tag;

/* By tag_id; the others in no order. */
extern const oc_html_tag oc_html_tags[TAG_COUNT];

/* The tags by the letter they begin with: chains of their indexes. */
typedef struct oc_html_index {
    uint8_t first['z' + 1], next[TAG_COUNT];
} oc_html_index;
void oc_html_index_make(oc_html_index *ret);

/* The index of an element's name in any case, which begins with a letter; TAG_NONE if it means nothing here. */
int oc_html_tag_find(const oc_html_index *index, oc_slice name);

typedef struct oc_html_attributes {
    oc_slice class, id, role, href, name, property, content, lang, charset, datetime, type;
    bool hidden;
} oc_html_attributes;

/* From behind the element's name to behind '>'; at most the rest of the page. Returns the place behind. */
size_t oc_html_attributes_read(oc_slice page, size_t at, oc_html_attributes *ret);

/* What the words of a class, id or role say: OC_HINT_…. */
int oc_html_hint(const oc_cues *cues, oc_slice value);

static inline bool oc_html_is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static inline bool oc_html_is_name(char c)
{
    return oc_is_alnum(c) || c == '-' || c == ':';
}

/* ASCII letters in any case; `b` is in lower case. */
static inline bool oc_html_same(oc_slice a, const char *b)
{
    size_t i = 0;
    while (i < a.len && b[i] && oc_to_lower(a.ptr[i]) == b[i]) i++;
    return i == a.len && !b[i];
}

#endif
