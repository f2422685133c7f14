/* Whether a sentence can hold a time: what its words add to one (date_index.h), until that is enough. Example: "the
 * official said in Seoul" holds nothing, "the official said in spring" a season. */
#include "base/utf8.h"
#include "reading/date_fold.h"
#include "reading/date_index.h"

static bool is_part(const oc_date_tables *tables, const oc_date_index *index, oc_slice text, size_t at)
{
    uint32_t id;
    size_t length = oc_matcher_longest(index->words, text, at, &id);
    oc_word_atoms word = length ? tables->words[id] : (oc_word_atoms){NULL, 0};
    return word.len && (word.at[0].kind == OC_ATOM_PART || word.at[0].kind == OC_ATOM_WITHIN);
}

static uint8_t flags_before(const oc_date_index *index, oc_slice text, size_t at)
{
    size_t start = at;
    while (start && at - start < 3 && ((unsigned char)text.ptr[--start] & 0xc0) == 0x80) continue;
    uint32_t code = at ? oc_utf8_next(text, &start) : 0;
    return code < 0x10000 ? index->codes[code] : 0;
}

/* A unit is a time behind what counts it or before its part (年末, 週内). */
unsigned oc_date_roles_at(const oc_date_tables *tables, const oc_date_index *index, oc_slice text, size_t at,
                          uint8_t flags)
{
    uint32_t id;
    uint8_t before = flags_before(index, text, at);
    if (flags & OC_CODE_HANGUL && before & OC_CODE_HANGUL && !(before & OC_CODE_ENDS)) return 0;
    uint32_t code = oc_date_three((const unsigned char *)text.ptr + at);
    size_t length = code ? oc_date_sign_word(index, text, at, code, &id)
                         : oc_matcher_longest(index->words, text, at, &id);
    unsigned roles = length ? index->roles[id] : 0;
    if (!(roles & OC_TIMELY_UNIT)) return roles;
    if (at && text.ptr[at - 1] == ' ') before = flags_before(index, text, at - 1);
    bool timely = before & OC_CODE_COUNTS || is_part(tables, index, text, at + length);
    return timely ? roles | OC_TIMELY : roles;
}

/* The character at `at`, in small letters; 0 behind the text. */
static inline uint32_t code_at(oc_slice text, size_t at)
{
    uint32_t code = oc_date_three((const unsigned char *)text.ptr + at);
    return code ? code : at < text.len ? oc_date_lower(oc_utf8_next(text, &at)) : 0;
}

static inline bool begins_timely(const oc_date_index *index, oc_slice text, uint32_t code, size_t next)
{
    return index->codes[code] & OC_CODE_BRIEF || oc_date_has_pair(index->timely_pairs, code, code_at(text, next));
}

/* Behind spaces and characters of three bytes with which no word of a time begins; `before` are the flags of the
 * character before `at`. */
static size_t skip_untimely(const oc_date_index *index, oc_slice text, size_t at, uint8_t before)
{
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    for (;;) {
        uint32_t code;
        uint8_t flags = 0;
        while ((code = oc_date_three(bytes + at)) &&
               !((flags = index->codes[code]) & (OC_CODE_TIMELY | OC_CODE_HANGUL)))
            at += 3, before = 0;
        if (!code && bytes[at] != ' ') return at;
        bool inside = flags & before & OC_CODE_HANGUL && !(before & OC_CODE_ENDS);
        if (code && flags & OC_CODE_TIMELY && !inside && begins_timely(index, text, code, at + 3)) return at;
        before = code ? flags : 0;
        at += code ? 3 : 1;
    }
}

bool oc_date_may_hold(const oc_date_tables *tables, oc_lang lang, oc_slice text)
{
    const oc_date_index *index = tables->index[lang];
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    unsigned roles = 0;
    uint8_t before = 0;
    for (size_t at = 0, end; at < text.len; at = end) {
        uint32_t code = bytes[at];
        end = at + 1;
        if ((code | 32) - 'a' < 26) {
            const oc_date_run *run = oc_date_run_find(index, oc_date_run_at(text, at, &end));
            uint32_t id;
            bool word = run && run->roles && oc_date_run_word(index, run, text, at, end, &id);
            if (word && oc_date_is_enough(roles |= index->roles[id])) return true;
            end += bytes[end] == ' ';
            before = 0;
            continue;
        }
        if (code - '0' < 10) return true;
        if (code >= 0x80) {
            end = skip_untimely(index, text, at, before);
            if (end > at) {
                before = 0;
                continue;
            }
            code = oc_utf8_next(text, &end); /* of other length, or malformed, if it is none of three bytes */
            if (code > 0xffff) continue;
        }
        before = index->codes[code];
        if (!(before & OC_CODE_TIMELY) || !begins_timely(index, text, code, end)) continue;
        if (before & OC_CODE_BRIEF && oc_date_folds(code)) return true;
        roles |= oc_date_roles_at(tables, index, text, at, before);
        if (oc_date_is_enough(roles)) return true;
    }
    return false;
}
