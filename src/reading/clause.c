/* Parts of a sentence; see clause.h. A sentence has few joints, so that stretches of it are searched from end to end.
 */
#include "reading/clause.h"

#include "reading/phrase.h"

static inline bool is_comma(oc_slice text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.ptr + at;
    if (*p == 0xe3) return at + 2 < text.len && p[1] == 0x80 && p[2] == 0x81; /* 、 */
    return *p == ',' || *p == ';';
}

size_t oc_commas_between(oc_slice text, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to && i < text.len; i++) count += is_comma(text, i);
    return count;
}

static void add_word(const oc_lexicon *lexicon, oc_lang lang, oc_slice text, size_t at, oc_arena *arena,
                     oc_clauses *ret)
{
    size_t length = oc_phrase_begins(lexicon, lang, OC_PHRASE_CLAUSE, oc_slice_from(text, at));
    if (length && at + length < text.len && text.ptr[at + length] == ' ')
        *oc_vec_push(arena, &ret->joints) = (oc_joint){at, oc_slice_sub(text, at, at + length)};
}

void oc_clauses_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice text, oc_arena *arena, oc_clauses *ret)
{
    /* The first bytes of what may divide, so that all others cost one look. */
    static const bool divides[256] = {[','] = true, [';'] = true, [0xe3] = true, [' '] = true};
    bool words = lexicon && lang == OC_LANG_EN;
    ret->joints.len = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!divides[(unsigned char)text.ptr[i]]) continue;
        if (text.ptr[i] == ' ') {
            if (words) add_word(lexicon, lang, text, i + 1, arena, ret);
        } else if (is_comma(text, i))
            *oc_vec_push(arena, &ret->joints) = (oc_joint){i, {"", 0}};
    }
}

size_t oc_clauses_commas(const oc_clauses *clauses, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = 0; i < clauses->joints.len; i++) {
        const oc_joint *joint = &clauses->joints.at[i];
        count += joint->at >= from && joint->at < to && !joint->word.len;
    }
    return count;
}

/* The words in front of the joint, from the one at `first` on, hold it already. */
static bool is_again(const oc_clauses *clauses, size_t first, size_t index)
{
    for (size_t i = first; i < index; i++)
        if (oc_slice_equal(clauses->joints.at[i].word, clauses->joints.at[index].word)) return true;
    return false;
}

size_t oc_clauses_parts(const oc_clauses *clauses, size_t from, size_t to)
{
    size_t count = 0, first = SIZE_MAX;
    for (size_t i = 0; i < clauses->joints.len; i++) {
        const oc_joint *joint = &clauses->joints.at[i];
        if (!joint->word.len) {
            count += joint->at >= from && joint->at < to;
        } else if (joint->at > from && joint->at + joint->word.len < to) {
            if (first == SIZE_MAX) first = i;
            count += !is_again(clauses, first, i);
        }
    }
    return count;
}

size_t oc_clauses_comma_before(const oc_clauses *clauses, size_t at, size_t limit)
{
    if (at <= limit) return at;
    for (size_t i = clauses->joints.len; i-- > 0;) {
        const oc_joint *joint = &clauses->joints.at[i];
        if (joint->at < at && joint->at >= limit && !joint->word.len) return joint->at + 1;
    }
    return limit;
}

size_t oc_clauses_comma_behind(const oc_clauses *clauses, size_t at, size_t end)
{
    for (size_t i = 0; i < clauses->joints.len; i++)
        if (clauses->joints.at[i].at >= at && !clauses->joints.at[i].word.len) return clauses->joints.at[i].at;
    return end;
}
