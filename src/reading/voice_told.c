/* Who speaks where what he says is told of him: 「…」と訴える李氏は, “…”라고 호소하는 이 의원은. The name stands right
 * behind the verb, which has the ending of a clause that tells of a noun, and ends at its particle; it counts only with
 * a sign of being somebody (…と述べた日は is none). See voice.h. */
#include "reading/voice.h"

#include "base/utf8.h"

enum { ENDING_BYTES = 18, NAME_BYTES = 90, WORDS = 5 };

static bool is_hiragana(uint32_t code)
{
    return code >= 0x3041 && code <= 0x3096;
}

/* Bytes of the hiragana that the text begins with; *ret_last is the last one of them. */
static size_t hiragana_length(oc_slice text, uint32_t *ret_last)
{
    size_t length = 0;
    *ret_last = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = oc_utf8_next(text, &at);
        if (!is_hiragana(code)) break;
        *ret_last = code;
        length = at;
    }
    return length;
}

/* "与党議員の声": whose voice it is. */
static oc_slice without_noun(const oc_quote_work *w, oc_slice name)
{
    size_t of = oc_slice_find_last(name, OC_SLICE("の"), 0);
    bool noun =
        of != SIZE_MAX && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_NOUN, oc_slice_from(name, of + strlen("の")));
    return noun ? oc_slice_sub(name, 0, of) : name;
}

static oc_slice ja_told(const oc_quote_work *w, const oc_hit *verb)
{
    static const uint32_t endings[] = {0x308b, 0x305f, 0x3046, 0x3059, 0x304f, 0x3080, 0x3044}; /* るたうすくむい */
    uint32_t last, code;
    oc_slice word = oc_slice_sub(w->text, verb->start, verb->end), rest = oc_slice_from(w->text, verb->end);
    size_t length = hiragana_length(oc_slice_sub(rest, 0, ENDING_BYTES), &last);
    if (!length) last = oc_utf8_next(word, &(size_t){word.len > 3 ? word.len - 3 : 0});
    bool adnominal = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) adnominal |= last == endings[i];
    rest = oc_slice_sub(rest, length, length + NAME_BYTES);
    if (!adnominal || !rest.len || rest.ptr[0] == ' ') return (oc_slice){"", 0};
    size_t end = 0;
    for (size_t at = 0; at < rest.len; end = at) {
        code = oc_utf8_next(rest, &at);
        bool inside = (code >= 0x3400 && code < 0xa000) || (code >= 0x30a0 && code <= 0x30ff) || code == 0x306e ||
                      code == 0x3005 || (code < 0x80 && code > ' ' && code != ',');
        if (!inside) break;
    }
    oc_slice name = oc_slice_sub(rest, 0, end);
    while (oc_slice_ends_with(name, "の")) name.len -= strlen("の");
    return without_noun(w, name);
}

static oc_slice ko_told(const oc_quote_work *w, const oc_hit *verb)
{
    static const char *const marks[] = {"은", "는", "이", "가", "도", "을", "를", "의", "에게", "에", "와", "과"};
    oc_slice none = {"", 0}, rest = oc_slice_sub(w->text, verb->start, verb->end + ENDING_BYTES + NAME_BYTES);
    size_t gap = oc_slice_find(rest, OC_SLICE(" "), verb->end - verb->start > 1 ? verb->end - verb->start - 1 : 0);
    oc_slice clause = gap == SIZE_MAX ? none : oc_slice_sub(rest, 0, gap);
    if (!oc_slice_ends_with(clause, "는") && !oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_ADNOMINAL, clause))
        return none;
    size_t word = gap + 1;
    for (size_t n = 0; n < WORDS; n++) {
        size_t end = oc_slice_find(rest, OC_SLICE(" "), word);
        oc_slice next = oc_slice_sub(rest, word, end);
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (oc_slice_ends_with(next, marks[i]) && next.len > strlen(marks[i]) + 3)
                return oc_slice_sub(rest, gap + 1, word + next.len - strlen(marks[i]));
        if (end == SIZE_MAX || oc_slice_ends_with(next, ",")) return none;
        word = end + 1;
    }
    return none;
}

oc_slice oc_voice_told(const oc_quote_work *w, const oc_hit *verb)
{
    if (w->lang == OC_LANG_EN) return (oc_slice){"", 0};
    oc_slice name = oc_voice_trim(w->lang == OC_LANG_JA ? ja_told(w, verb) : ko_told(w, verb));
    return name.len >= 6 && oc_voice_has_evidence(w, name) ? name : (oc_slice){"", 0};
}
