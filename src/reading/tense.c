/* The tense around a date; see tense.h.
 *
 *     Japanese  the first verb behind the date that ends a clause: …る, …う before と, こと, 方針, 。 is to come,
 *               …た has been; behind an occasion ("12月の報告で、…") the last one of the sentence
 *     Korean    the same with 겠, …ㄹ 것, …기로, …ㄴ다 and …ㅆ다
 *     English   the nearest verb before the date: "to meet on May 30", "will run from", "met on"
 *
 * The endings stand in the lexicon (class tense); here is only what they mean where. */
#include "reading/tense.h"

#include "base/script.h"
#include "base/utf8.h"
#include "reading/phrase.h"

enum { ADNOMINAL_BYTES = 24, OCCASION_BYTES = 45, BACK_BYTES = 200, CAUSED_BYTES = 60 };

typedef struct tense_reader {
    const oc_lexicon *lexicon;
    oc_lang lang;
    oc_slice text;
} tense_reader;

static bool begins(const tense_reader *r, oc_phrase_kind kind, size_t at)
{
    return oc_phrase_begins(r->lexicon, r->lang, kind, oc_slice_from(r->text, at)) != 0;
}

static bool ends(const tense_reader *r, oc_phrase_kind kind, size_t at)
{
    return oc_phrase_ends(r->lexicon, r->lang, kind, oc_slice_sub(r->text, 0, at)) != 0;
}

/* The tense that a Japanese verb ending at `at` shows, if a clause ends behind it. */
static oc_tense ja_ending(const tense_reader *r, size_t at)
{
    oc_slice rest = oc_slice_from(r->text, at), next = oc_slice_from(r->text, at + 3);
    bool past = oc_slice_begins(rest, "た") ||
                (oc_slice_begins(rest, "だ") && at >= 3 && oc_slice_begins(oc_slice_from(r->text, at - 3), "ん"));
    if (begins(r, OC_PHRASE_HAS_BEEN, at)) return OC_TENSE_PAST; /* 開いており */
    if (!past && !begins(r, OC_PHRASE_PLAIN, at)) return OC_TENSE_AUTO;
    size_t at_next = 0;
    uint32_t code = next.len ? oc_utf8_next(next, &at_next) : 0;
    bool noun = code >= 0x30a1 && code < 0xa000; /* "始まる演習": a clause before what it qualifies */
    if (next.len && !noun && !begins(r, OC_PHRASE_CLOSES, at + 3)) return OC_TENSE_AUTO;
    if (past) return OC_TENSE_PAST;
    return ends(r, OC_PHRASE_LASTS, at + 3) ? OC_TENSE_AUTO : OC_TENSE_FUTURE; /* 受け止められている */
}

static oc_tense ko_ending(const tense_reader *r, size_t at)
{
    enum { FINAL_N = 4, FINAL_L = 8, FINAL_SS = 20 };
    size_t next = at;
    int last = oc_hangul_final(oc_utf8_next(r->text, &next));
    if (last < 0) return OC_TENSE_AUTO;
    if (begins(r, OC_PHRASE_INTENDS, at)) return OC_TENSE_FUTURE;
    size_t done = oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_DONE, oc_slice_from(r->text, at)); /* "보고된 일정" */
    if (done && at + done < r->text.len && r->text.ptr[at + done] == ' ') return OC_TENSE_PAST;
    if (last == FINAL_N) {
        bool whole = next + 3 == r->text.len && oc_slice_begins(oc_slice_from(r->text, next), "다");
        return whole || begins(r, OC_PHRASE_COMING, next) ? OC_TENSE_FUTURE : OC_TENSE_AUTO;
    }
    if (last == FINAL_L) {
        bool blank = next < r->text.len && r->text.ptr[next] == ' ';
        return blank && begins(r, OC_PHRASE_CLOSES, next + 1) ? OC_TENSE_FUTURE : OC_TENSE_AUTO;
    }
    if (last != FINAL_SS || begins(r, OC_PHRASE_NO_TENSE, at)) return OC_TENSE_AUTO;
    return begins(r, OC_PHRASE_DID, next) ? OC_TENSE_PAST : OC_TENSE_AUTO;
}

/* The date names an occasion at which the subject of the sentence did something: "…の報告で、", "… 간담회에서 “". */
static bool is_occasion(const tense_reader *r, size_t at)
{
    size_t length;
    size_t found = oc_phrase_first(r->lexicon, r->lang, OC_PHRASE_AT, r->text, at, at + OCCASION_BYTES, &length);
    return found != SIZE_MAX && !ends(r, OC_PHRASE_CLOSES, found); /* 終わる予定で、 */
}

static bool is_ascii(oc_slice text, size_t at)
{
    return (unsigned char)text.ptr[at] < 0x80;
}

/* Over a quotation that opens at `at`: its verbs are not those of the sentence. */
static size_t behind_quotation(oc_slice text, size_t at)
{
    static const char *const marks[][2] = {{"「", "」"}, {"“", "”"}, {"\"", "\""}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!oc_slice_begins(oc_slice_from(text, at), marks[i][0])) continue;
        size_t close = oc_slice_find(text, oc_slice_of(marks[i][1]), at + 1);
        if (close != SIZE_MAX) return close + strlen(marks[i][1]);
    }
    return at;
}

/* Byte `at` stands between straight marks. */
static bool is_marked(oc_slice text, size_t at)
{
    bool inside = false;
    for (size_t i = 0; i < at; i++) inside ^= text.ptr[i] == '"';
    return inside;
}

static oc_tense cjk_tense(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, size_t last, const oc_date *date)
{
    tense_reader r = {lexicon, lang, sentence};
    /* "11日、…で合意した": a day alone dates the whole sentence. */
    bool occasion = is_occasion(&r, date->to) || date->basis == OC_BASIS_MONTH_MISSING ||
                    oc_slice_begins(oc_slice_from(sentence, date->to), "、");
    r.text = oc_slice_sub(sentence, 0, occasion ? sentence.len : last);
    oc_tense found = OC_TENSE_AUTO;
    bool intended = false;
    /* "6月4日の会見で、…約束している。" */
    if (lang == OC_LANG_JA && occasion && oc_slice_ends_with(r.text, "ている。")) return OC_TENSE_PAST;
    bool marked = is_marked(sentence, date->to);
    for (size_t at = date->to; at < r.text.len; oc_utf8_next(r.text, &at)) {
        if (!marked || r.text.ptr[at] != '"') at = behind_quotation(r.text, at);
        if (at >= r.text.len) break;
        if (is_ascii(r.text, at)) continue;
        /* "8月27日に終わり、…に移った": a clause without a tense has that of the whole sentence. */
        occasion |= oc_slice_begins(oc_slice_from(r.text, at), "、");
        oc_tense tense = lang == OC_LANG_JA ? ja_ending(&r, at) : ko_ending(&r, at);
        if (tense == OC_TENSE_AUTO) continue;
        intended |= tense == OC_TENSE_FUTURE;
        found = tense;
        /* "3月3日に公表した計画の中で、": a clause that tells which plan */
        bool adnominal = tense == OC_TENSE_PAST && at - date->to <= ADNOMINAL_BYTES;
        if (!occasion || adnominal) break;
    }
    /* "28日のSCMで承認を求めることで一致した": on the 28th they agreed, or they will ask for it then. */
    bool either = intended && found == OC_TENSE_PAST && date->basis == OC_BASIS_MONTH_MISSING &&
                  !oc_slice_begins(oc_slice_from(sentence, date->to), "、");
    return either ? OC_TENSE_AUTO : found;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* "the combined command" against "agreed on", "launched the exercise". */
static bool stands_before_noun(const tense_reader *r, size_t end)
{
    if (end + 1 >= r->text.len || r->text.ptr[end] != ' ' || !is_small(r->text.ptr[end + 1])) return false;
    return !begins(r, OC_PHRASE_NO_NOUN, end + 1);
}

/* "Brunson assumed command", "officials announced talks" against "their future combined command": behind a name, a
 * plural or a pronoun. */
static bool stands_behind_subject(const tense_reader *r, size_t at)
{
    if (ends(r, OC_PHRASE_SUBJECT, at)) return true;
    if (ends(r, OC_PHRASE_OWNER, at)) return false;
    size_t start = at ? at - 1 : 0;
    while (start > 0 && r->text.ptr[start - 1] != ' ') start--;
    bool name = start + 1 < at && start > 0 && r->text.ptr[start] >= 'A' && r->text.ptr[start] <= 'Z';
    return name || oc_slice_ends_with(oc_slice_sub(r->text, 0, at), "s ");
}

/* "hopes to have the verification approved in", "want the test certified in": what is wanted has not been. */
static bool is_caused(const tense_reader *r, size_t at)
{
    size_t length, from = at > CAUSED_BYTES ? at - CAUSED_BYTES : 0;
    size_t found = oc_phrase_last(r->lexicon, r->lang, OC_PHRASE_CAUSED, r->text, from, at, &length);
    return found != SIZE_MAX && oc_slice_find(oc_slice_sub(r->text, found, at), OC_SLICE(","), 0) == SIZE_MAX;
}

/* "sent to lawmakers on May 30": a plural behind "to", and no verb ("to meet", "to discuss", "to focus"). */
static bool is_plural(const tense_reader *r, size_t at)
{
    size_t end = at;
    while (end < r->text.len && is_small(r->text.ptr[end])) end++;
    oc_slice word = oc_slice_sub(r->text, at, end);
    return oc_slice_ends(word, OC_SLICE("s")) && !oc_slice_ends(word, OC_SLICE("ss")) &&
           !oc_slice_ends(word, OC_SLICE("us"));
}

/* `before`: the word stands before the date, where an infinitive tells of it: "to meet on May 30". */
static oc_tense word_tense(const tense_reader *r, size_t at, size_t end, bool before)
{
    oc_slice word = oc_slice_sub(r->text, at, end);
    if (oc_phrase_is(r->lexicon, OC_LANG_EN, OC_PHRASE_COMING, word)) return OC_TENSE_FUTURE;
    if (oc_slice_ends(oc_slice_sub(r->text, 0, at), OC_SLICE(" be "))) return OC_TENSE_AUTO; /* "will be held" */
    if (oc_phrase_is(r->lexicon, OC_LANG_EN, OC_PHRASE_PAST, word)) return OC_TENSE_PAST;
    bool infinitive = before && oc_slice_is(word, "to") && end + 1 < r->text.len && is_small(r->text.ptr[end + 1]) &&
                      !begins(r, OC_PHRASE_DETERMINER, end + 1) && /* not "to the command" */
                      !is_plural(r, end + 1);
    if (infinitive) return OC_TENSE_FUTURE;
    bool participle = word.len > 4 && is_small(word.ptr[0]) && oc_slice_ends(word, OC_SLICE("ed"));
    if (participle && before && is_caused(r, at)) return OC_TENSE_AUTO;
    return participle && (!stands_before_noun(r, end) || stands_behind_subject(r, at)) ? OC_TENSE_PAST : OC_TENSE_AUTO;
}

bool oc_tense_is_put_off(const oc_lexicon *lexicon, oc_slice text, const oc_date *date)
{
    return date->bound == OC_BOUND_BY &&
           oc_phrase_ends(lexicon, OC_LANG_EN, OC_PHRASE_PUT_OFF, oc_slice_sub(text, 0, date->from));
}

static oc_tense en_tense(const oc_lexicon *lexicon, oc_slice text, size_t first, size_t last, const oc_date *date)
{
    tense_reader r = {lexicon, OC_LANG_EN, text};
    /* "moved to September", "put off until September" */
    if (oc_slice_ends(oc_slice_sub(text, 0, date->from), OC_SLICE("ed to ")) ||
        oc_tense_is_put_off(lexicon, text, date))
        return OC_TENSE_FUTURE;
    if (oc_slice_begins(oc_slice_sub(text, date->from, date->to), "since ")) return OC_TENSE_PAST;
    size_t least = date->from > first + BACK_BYTES ? date->from - BACK_BYTES : first;
    for (size_t end = date->from; end > least;) {
        while (end > least && !is_small(text.ptr[end - 1])) end--;
        size_t at = end;
        while (at > least && text.ptr[at - 1] != ' ' && text.ptr[at - 1] != '"') at--;
        oc_tense tense = at < end ? word_tense(&r, at, end, true) : OC_TENSE_AUTO;
        if (tense != OC_TENSE_AUTO) return tense;
        end = at;
    }
    for (size_t at = date->to; at < last;) {
        while (at < last && text.ptr[at] == ' ') at++;
        size_t end = at;
        while (end < last && text.ptr[end] != ' ' && text.ptr[end] != ',' && text.ptr[end] != '.') end++;
        bool word = at < end && is_small(text.ptr[at]); /* not "United" */
        oc_tense tense = word ? word_tense(&r, at, end, false) : OC_TENSE_AUTO;
        if (tense != OC_TENSE_AUTO) return tense;
        if (word && oc_slice_is(oc_slice_sub(text, at, end), "has")) break; /* a state: the nearer day */
        at = end + 1;
    }
    return OC_TENSE_AUTO;
}

oc_tense oc_tense_of(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, size_t first, size_t last,
                     const oc_date *date)
{
    return lang == OC_LANG_EN ? en_tense(lexicon, sentence, first, last, date)
                              : cjk_tense(lexicon, lang, sentence, last, date);
}

static oc_day far_from(oc_day anchor, oc_day start, oc_day end)
{
    if (start == OC_DAY_NONE || end == OC_DAY_NONE) return 0; /* a reading that lies beyond the calendar */
    return anchor < start ? start - anchor : anchor > end ? anchor - end : 0;
}

void oc_tense_settle(oc_tense tense, oc_day anchor, oc_date *date)
{
    if (anchor == OC_DAY_NONE || date->other_start == OC_DAY_NONE) return;
    if (tense == OC_TENSE_AUTO &&
        far_from(anchor, date->start, date->end) > 2 * far_from(anchor, date->other_start, date->other_end))
        tense = date->start < anchor ? OC_TENSE_FUTURE : OC_TENSE_PAST;
    bool later = tense == OC_TENSE_FUTURE && date->end < anchor && date->other_end >= anchor;
    bool earlier = tense == OC_TENSE_PAST && date->start > anchor && date->other_start <= anchor;
    if (!later && !earlier) return;
    oc_day start = date->start, end = date->end;
    date->start = date->other_start, date->end = date->other_end;
    date->other_start = start, date->other_end = end;
}
