/* Whose letters these are, and marks as Japanese print has them, whatever keyboard a scenario was written on.
 *
 * A pair of half-width brackets becomes full-width where it stands behind a Japanese letter or holds one: "評価(条件1)"
 * is 「評価（条件1）」, "FMC(完全任務遂行能力)" is 「FMC（完全任務遂行能力）」, but "NATO (IOC)" stays. A swung dash
 * between figures is the wave dash: "1~3月" is 「1〜3月」. */
#include "report/parts.h"

static bool is_japanese(uint32_t code)
{
    return code >= 0x2e80 && code != OC_UTF8_INVALID && !(code >= 0xac00 && code <= 0xd7a3);
}

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

/* End of the bracket that opens at `open`; SIZE_MAX: it does not, or another one opens inside. */
static size_t closing_of(oc_slice text, size_t open, bool *ret_japanese)
{
    for (size_t at = open + 1; at < text.len;) {
        size_t start = at;
        uint32_t code = oc_utf8_next(text, &at);
        if (code == '(') return SIZE_MAX;
        if (code == ')') return start;
        *ret_japanese = *ret_japanese || is_japanese(code);
    }
    return SIZE_MAX;
}

oc_slice oc_report_typeset(oc_arena *arena, oc_lang lang, oc_slice text)
{
    bool needed =
        oc_slice_find(text, OC_SLICE("("), 0) != SIZE_MAX || oc_slice_find(text, OC_SLICE("~"), 0) != SIZE_MAX;
    if (lang != OC_LANG_JA || !needed) return text;
    oc_text out = oc_text_in(arena);
    uint32_t before = 0;
    size_t close = SIZE_MAX; /* of the pair that was made full-width */
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t code = oc_utf8_next(text, &at);
        bool japanese = is_japanese(before);
        size_t end = code == '(' ? closing_of(text, start, &japanese) : SIZE_MAX;
        bool range = code == '~' && start && is_figure(text.ptr[start - 1]) && at < text.len && is_figure(text.ptr[at]);
        if (end != SIZE_MAX && japanese) {
            oc_text_lit(&out, "（");
            close = end;
        } else if (start == close) {
            oc_text_lit(&out, "）");
        } else if (range) {
            oc_text_lit(&out, "〜");
        } else {
            oc_text_add(&out, oc_slice_sub(text, start, at));
        }
        before = code;
    }
    return oc_text_slice(&out);
}

const char *oc_report_language_of(oc_slice text)
{
    bool letters = false, ideographs = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = oc_utf8_next(text, &at);
        if (code >= 0x3041 && code <= 0x30ff && code != 0x30fb) return "ja";
        if (code >= 0xac00 && code <= 0xd7a3) return "ko";
        ideographs = ideographs || code >= 0x2e80;
        letters = letters || (code >= 'A' && code <= 'z');
    }
    return letters && !ideographs ? "en" : NULL;
}
