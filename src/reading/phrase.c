/* Phrases by kind; see phrase.h. For each language and kind a plain list, the longest first; lists are short and are
 * asked for only beside quotation marks and verbs of speech. */
#include "reading/phrase.h"

#include <stdlib.h>

struct oc_phrases {
    OC_VEC(oc_slice) words[OC_LANG_COUNT][OC_PHRASE_COUNT];
};

static const struct {
    oc_lex_class class;
    const char *value;
} kinds[] = {
#define PHRASE(id, class, value) {class, value},
#include "reading/phrase_kinds.def"
#undef PHRASE
};

static int longer(const void *a, const void *b)
{
    const oc_slice *x = a, *y = b;
    return x->len != y->len ? (x->len > y->len ? -1 : 1) : oc_slice_compare(*x, *y);
}

static void add_phrase(oc_lexicon *lexicon, struct oc_phrases *phrases, const oc_lex_entry *entry, size_t kind)
{
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        if (entry->in[lang]) *oc_vec_push(lexicon->arena, &phrases->words[lang][kind]) = entry->word;
}

oc_status oc_phrases_build(oc_lexicon *lexicon, oc_diags *diags)
{
    struct oc_phrases *phrases = OC_NEW(lexicon->arena, struct oc_phrases);
    bool good = true;
    for (size_t i = 0; i < lexicon->entries.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[i];
        if (oc_lex_class_group(entry->class) != OC_GROUP_PHRASE) continue;
        size_t kind = 0;
        while (kind < OC_PHRASE_COUNT &&
               (kinds[kind].class != entry->class || !oc_slice_is(entry->value, kinds[kind].value)))
            kind++;
        if (kind < OC_PHRASE_COUNT) {
            add_phrase(lexicon, phrases, entry, kind);
            continue;
        }
        good = false;
        oc_report(diags, OC_E0704, entry->span, OC_ARGS(OC_T(entry->value), OC_S(oc_lex_class_name(entry->class))));
    }
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        for (size_t kind = 0; kind < OC_PHRASE_COUNT; kind++)
            if (phrases->words[lang][kind].len)
                qsort(phrases->words[lang][kind].at, phrases->words[lang][kind].len, sizeof(oc_slice), longer);
    lexicon->phrases = phrases;
    return good ? OC_OK : OC_INPUT;
}

static bool is_letter(oc_slice text, size_t at)
{
    return at < text.len &&
           (((text.ptr[at] | 32) >= 'a' && (text.ptr[at] | 32) <= 'z') || (text.ptr[at] >= '0' && text.ptr[at] <= '9'));
}

static bool same_letters(oc_slice a, oc_slice b)
{
    if (a.len != b.len || (a.len && (a.ptr[a.len - 1] ^ b.ptr[a.len - 1]) & ~32)) return false; /* most differ there */
    for (size_t i = 0; a.len == b.len && i < a.len; i++) {
        char x = a.ptr[i], y = b.ptr[i];
        if ((x >= 'A' && x <= 'Z' ? x + 32 : x) != (y >= 'A' && y <= 'Z' ? y + 32 : y)) return false;
    }
    return a.len == b.len;
}

static bool word_at(oc_slice text, size_t at, oc_slice word)
{
    if (at + word.len > text.len || !same_letters(oc_slice_sub(text, at, at + word.len), word)) return false;
    bool before = at && is_letter(text, at - 1) && is_letter(text, at);
    size_t end = at + word.len;
    return !before && !(is_letter(text, end) && is_letter(text, end - 1));
}

size_t oc_phrase_begins(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    for (size_t i = 0; i < lexicon->phrases->words[lang][kind].len; i++)
        if (word_at(text, 0, lexicon->phrases->words[lang][kind].at[i]))
            return lexicon->phrases->words[lang][kind].at[i].len;
    return 0;
}

size_t oc_phrase_ends(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    size_t end = text.len;
    while (end && text.ptr[end - 1] == ' ') end--;
    oc_slice head = oc_slice_sub(text, 0, end);
    for (size_t i = 0; i < lexicon->phrases->words[lang][kind].len; i++) {
        oc_slice word = lexicon->phrases->words[lang][kind].at[i];
        if (word.len <= end && word_at(head, end - word.len, word)) return text.len - end + word.len;
    }
    return 0;
}

bool oc_phrase_is(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    for (size_t i = 0; i < lexicon->phrases->words[lang][kind].len; i++)
        if (same_letters(lexicon->phrases->words[lang][kind].at[i], text)) return true;
    return false;
}

size_t oc_phrase_last(const oc_lexicon *lexicon, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                      size_t to, size_t *ret_length)
{
    for (size_t at = to < text.len ? to : text.len; at-- > from;) {
        if (((unsigned char)text.ptr[at] & 0xc0) == 0x80) continue;
        *ret_length = oc_phrase_begins(lexicon, lang, kind, oc_slice_sub(text, at, text.len));
        if (*ret_length && at + *ret_length <= to) return at;
    }
    return SIZE_MAX;
}
