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

/* What the word adds that begins at `at` with a character of these flags. A unit is a time behind what counts it or
 * before its part (年末, 週内). */
static uint8_t roles_at(const oc_date_tables *tables, const oc_date_index *index, oc_slice text, size_t at,
                        uint8_t flags)
{
    uint32_t id;
    uint8_t before = flags_before(index, text, at);
    if (flags & OC_CODE_HANGUL && before & OC_CODE_HANGUL && !(before & OC_CODE_ENDS)) return 0;
    size_t length = oc_matcher_longest(index->words, text, at, &id);
    uint8_t roles = length ? index->roles[id] : 0;
    if (!(roles & OC_TIMELY_UNIT)) return roles;
    if (at && text.ptr[at - 1] == ' ') before = flags_before(index, text, at - 1);
    bool timely = before & OC_CODE_COUNTS || is_part(tables, index, text, at + length);
    return timely ? roles | OC_TIMELY : roles;
}

static bool is_enough(uint8_t roles)
{
    return roles & OC_TIMELY || (roles & OC_TIMELY_NTH && roles & OC_TIMELY_ON) ||
           (roles & OC_TIMELY_HOLDER && roles & OC_TIMELY_REIGN);
}

/* True if the roles with those of the word that begins with `code` at `at` and goes on at `next` are enough. */
static bool add_word_at(const oc_date_tables *tables, const oc_date_index *index, oc_slice text, size_t at, size_t next,
                        uint32_t code, uint8_t *roles)
{
    uint8_t flags = index->codes[code];
    if (!(flags & OC_CODE_BRIEF)) {
        uint32_t second = oc_date_three((const unsigned char *)text.ptr + next);
        if (!second && next < text.len) second = oc_date_lower(oc_utf8_next(text, &next));
        if (!oc_date_has_pair(index->timely_pairs, code, second)) return false;
    } else if (oc_date_folds(code))
        return true;
    *roles |= roles_at(tables, index, text, at, flags);
    return is_enough(*roles);
}

bool oc_date_may_hold(const oc_date_tables *tables, oc_lang lang, oc_slice text)
{
    const oc_date_index *index = tables->index[lang];
    const unsigned char *bytes = (const unsigned char *)text.ptr;
    uint8_t roles = 0;
    for (size_t at = 0, end; at < text.len; at = end) {
        uint32_t code = bytes[at];
        end = at + 1;
        if ((code | 32) - 'a' < 26) {
            const oc_date_run *run = oc_date_run_find(index, oc_date_run_at(text, at, &end));
            uint32_t id;
            bool word = run && run->roles && oc_date_run_word(index, run, text, at, end, &id);
            if (word && is_enough(roles |= index->roles[id])) return true;
            end += bytes[end] == ' ';
            continue;
        }
        if (code - '0' < 10) return true;
        if (code >= 0x80) {
            while ((code = oc_date_three(bytes + at)) && !(index->codes[code] & OC_CODE_TIMELY)) at += 3;
            end = at + 3;
            if (!code && (end = at) < text.len) code = oc_utf8_next(text, &end); /* of other length, or malformed */
            if (code < 0x80) end = at;
            if (code < 0x80 || code > 0xffff) continue;
        }
        bool timely = index->codes[code] & OC_CODE_TIMELY;
        if (timely && add_word_at(tables, index, text, at, end, code, &roles)) return true;
    }
    return false;
}
