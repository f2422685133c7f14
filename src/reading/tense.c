/* The tense around a date; see tense.h.
 *
 *     Japanese  the first verb behind the date that ends a clause: …る, …う before と, こと, 方針, 。 is to come, …た
 * has been; behind an occasion ("12月の報告で、…") the last one of the sentence Korean    the same with 겠, …ㄹ 것,
 * …기로, …ㄴ다 and …ㅆ다 English   the nearest verb before the date: "to meet on May 30", "will run from", "met on"
 *
 * Endings are grammar and stand here; words stand in the lexicon (class tense). */
#include "reading/tense.h"

#include "base/utf8.h"
#include "reading/phrase.h"

enum { ADNOMINAL_BYTES = 24, OCCASION_BYTES = 45, BACK_BYTES = 200 };

static bool starts_any(oc_slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (oc_slice_begins(text, words[i])) return true;
    return false;
}
#define STARTS(text, words) starts_any(text, words, sizeof(words) / sizeof *(words))

/* The tense that a Japanese verb ending at `at` shows, if a clause ends behind it. */
static oc_tense ja_ending(oc_slice text, size_t at)
{
    static const char *const coming[] = {"る", "う", "く", "す", "む", "つ", "ぶ", "ぬ"};
    static const char *const behind[] = {"と", "こと", "。",   "」",   "方針", "予定", "見通", "計画",
                                         "案", "考え", "意向", "方向", "もの", "よう", "見込", "定例"};
    oc_slice rest = oc_slice_from(text, at), next = oc_slice_from(text, at + 3);
    size_t at_next = 0;
    uint32_t code = next.len ? oc_utf8_next(next, &at_next) : 0;
    bool noun = code >= 0x30a1 && code < 0xa000; /* "始まる演習": a clause before what it qualifies */
    bool closes = next.len == 0 || noun || STARTS(next, behind);
    if (!closes) return OC_TENSE_AUTO;
    if (oc_slice_begins(rest, "た") ||
        (oc_slice_begins(rest, "だ") && at >= 3 && oc_slice_begins(oc_slice_from(text, at - 3), "ん")))
        return OC_TENSE_PAST;
    bool lasting =
        at >= 6 && oc_slice_begins(rest, "る") &&
        (oc_slice_begins(oc_slice_from(text, at - 3), "い") || oc_slice_begins(oc_slice_from(text, at - 3), "お")) &&
        (oc_slice_begins(oc_slice_from(text, at - 6), "て") ||
         oc_slice_begins(oc_slice_from(text, at - 6), "で")); /* 受け止められている */
    return STARTS(rest, coming) && !lasting ? OC_TENSE_FUTURE : OC_TENSE_AUTO;
}

/* The final consonant of a Korean syllable, 0 for none, -1 if it is no syllable. */
static int final_of(uint32_t code)
{
    return code >= 0xac00 && code <= 0xd7a3 ? (int)((code - 0xac00) % 28) : -1;
}

static oc_tense ko_ending(oc_slice text, size_t at)
{
    enum { FINAL_N = 4, FINAL_L = 8, FINAL_SS = 20 };
    static const char *const plans[] = {" 것",   " 예정", " 계획", " 방침", " 전망", " 듯",   " 수 ",
                                        " 가능", " 공산", " 경우", " 때 ",  " 필요", " 우려", " 뿐"};
    static const char *const past[] = {"다", "고", "으", "지만", "던", "습니", "는데"};
    size_t next = at;
    uint32_t code = oc_utf8_next(text, &next);
    oc_slice rest = oc_slice_from(text, at), behind = oc_slice_from(text, next);
    if (oc_slice_begins(rest, "겠") || oc_slice_begins(rest, "기로")) return OC_TENSE_FUTURE;
    if (final_of(code) == FINAL_L && STARTS(behind, plans)) return OC_TENSE_FUTURE;
    if (final_of(code) == FINAL_N &&
        (oc_slice_begins(behind, "다.") || oc_slice_begins(behind, "다고") || oc_slice_begins(behind, "다”") ||
         oc_slice_begins(behind, "다는") || oc_slice_begins(behind, "다며") || oc_slice_begins(behind, "다\"") ||
         behind.len == 3))
        return oc_slice_begins(behind, "다") ? OC_TENSE_FUTURE : OC_TENSE_AUTO;
    if (oc_slice_begins(rest, "습니다") || oc_slice_begins(rest, "있")) return OC_TENSE_AUTO;
    return final_of(code) == FINAL_SS && STARTS(behind, past) ? OC_TENSE_PAST : OC_TENSE_AUTO;
}

/* The date names an occasion at which the subject of the sentence did something: "…の報告で、", "… 간담회에서 “". */
static bool is_occasion(oc_lang lang, oc_slice text, size_t to)
{
    oc_slice near = oc_slice_sub(text, to, to + OCCASION_BYTES);
    static const char *const ja[] = {"で、", "で「", "で,"}, *const ko[] = {"회에서 ", "견에서 ", "핑에서 ", "럼에서 ",
                                                                            "설에서 ", "에서 “",  "에서 \"", "에서 '",
                                                                            "에서 ‘",  "에서,"};
    for (size_t i = 0; i < near.len; i++)
        if (lang == OC_LANG_JA ? STARTS(oc_slice_from(near, i), ja) : STARTS(oc_slice_from(near, i), ko)) return true;
    return false;
}

/* Over a quotation that opens at `at`: its verbs are not those of the sentence. */
static size_t behind_quotation(oc_slice text, size_t at)
{
    static const char *const marks[][2] = {{"「", "」"}, {"“", "”"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!oc_slice_begins(oc_slice_from(text, at), marks[i][0])) continue;
        size_t close = oc_slice_find(text, oc_slice_of(marks[i][1]), at);
        if (close != SIZE_MAX) return close + strlen(marks[i][1]);
    }
    return at;
}

static oc_tense cjk_tense(oc_lang lang, oc_slice sentence, size_t last, const oc_date *date)
{
    /* "11日、…で合意した": a day alone dates the whole sentence. */
    bool occasion = is_occasion(lang, sentence, date->to) || date->basis == OC_BASIS_MONTH_MISSING ||
                    oc_slice_begins(oc_slice_from(sentence, date->to), "、");
    oc_slice text = oc_slice_sub(sentence, 0, occasion ? sentence.len : last);
    oc_tense found = OC_TENSE_AUTO;
    /* "6月4日の会見で、…約束している。" */
    if (lang == OC_LANG_JA && occasion && oc_slice_ends_with(text, "ている。")) return OC_TENSE_PAST;
    for (size_t at = date->to; at < text.len; oc_utf8_next(text, &at)) {
        at = behind_quotation(text, at);
        if (at >= text.len) break;
        /* "8月27日に終わり、…に移った": a clause without a tense has that of the whole sentence. */
        occasion |= oc_slice_begins(oc_slice_from(text, at), "、");
        oc_tense tense = lang == OC_LANG_JA ? ja_ending(text, at) : ko_ending(text, at);
        if (tense == OC_TENSE_AUTO) continue;
        found = tense;
        /* "3月3日に公表した計画の中で、": a clause that tells which plan */
        bool adnominal = tense == OC_TENSE_PAST && at - date->to <= ADNOMINAL_BYTES;
        if (!occasion || adnominal) break;
    }
    return found;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* "the combined command" against "agreed on", "launched the exercise". */
static bool stands_before_noun(oc_slice text, size_t end)
{
    static const char *const others[] = {"to ", "on ",  "in ",  "at ",    "by ",    "that ", "for ",  "from ", "the ",
                                         "a ",  "an ",  "its ", "their ", "his ",   "her ",  "with ", "into ", "out ",
                                         "up ", "off ", "as ",  "last ",  "until ", "two ",  "three "};
    oc_slice next = oc_slice_from(text, end);
    if (!next.len || next.ptr[0] != ' ') return false;
    next = oc_slice_from(next, 1);
    return next.len && is_small(next.ptr[0]) && !STARTS(next, others);
}

/* "Brunson assumed command", "officials announced talks" against "their future combined command": behind a name, a
 * plural or a pronoun. */
static bool stands_behind_subject(oc_slice text, size_t at)
{
    static const char *const pronouns[] = {" he ", " she ", " it ", " they ", " we ", " who ", " which ", " and "};
    oc_slice head = oc_slice_sub(text, 0, at);
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (oc_slice_ends_with(head, pronouns[i])) return true;
    if (oc_slice_ends_with(head, "its ") || oc_slice_ends_with(head, "his ") || oc_slice_ends_with(head, "this "))
        return false;
    size_t start = at ? at - 1 : 0;
    while (start > 0 && text.ptr[start - 1] != ' ') start--;
    bool name = start + 1 < at && start > 0 && text.ptr[start] >= 'A' && text.ptr[start] <= 'Z';
    return name || oc_slice_ends_with(head, "s ");
}

static oc_tense word_tense(const oc_lexicon *lexicon, oc_slice text, size_t at, size_t end)
{
    oc_slice word = oc_slice_sub(text, at, end);
    if (oc_phrase_is(lexicon, OC_LANG_EN, OC_PHRASE_COMING, word)) return OC_TENSE_FUTURE;
    if (oc_slice_ends(oc_slice_sub(text, 0, at), OC_SLICE(" be "))) return OC_TENSE_AUTO; /* "will be held" */
    if (oc_phrase_is(lexicon, OC_LANG_EN, OC_PHRASE_PAST, word)) return OC_TENSE_PAST;
    if (oc_slice_is(word, "to") && end + 1 < text.len && is_small(text.ptr[end + 1])) return OC_TENSE_FUTURE;
    bool participle = word.len > 4 && is_small(word.ptr[0]) && oc_slice_ends(word, OC_SLICE("ed"));
    bool adjective = stands_before_noun(text, end) && !stands_behind_subject(text, at);
    return participle && !adjective ? OC_TENSE_PAST : OC_TENSE_AUTO;
}

static oc_tense en_tense(const oc_lexicon *lexicon, oc_slice text, size_t first, size_t last, const oc_date *date)
{
    /* "moved to September" */
    if (oc_slice_ends(oc_slice_sub(text, 0, date->from), OC_SLICE("ed to "))) return OC_TENSE_FUTURE;
    size_t least = date->from > first + BACK_BYTES ? date->from - BACK_BYTES : first;
    for (size_t end = date->from; end > least;) {
        while (end > least && !is_small(text.ptr[end - 1])) end--;
        size_t at = end;
        while (at > least && text.ptr[at - 1] != ' ' && text.ptr[at - 1] != '"') at--;
        oc_tense tense = at < end ? word_tense(lexicon, text, at, end) : OC_TENSE_AUTO;
        if (tense != OC_TENSE_AUTO) return tense;
        end = at;
    }
    for (size_t at = date->to; at < last;) {
        while (at < last && !is_small(text.ptr[at])) at++;
        size_t end = at;
        while (end < last && text.ptr[end] != ' ' && text.ptr[end] != ',' && text.ptr[end] != '.') end++;
        oc_tense tense = at < end ? word_tense(lexicon, text, at, end) : OC_TENSE_AUTO;
        if (tense != OC_TENSE_AUTO) return tense;
        at = end + 1;
    }
    return OC_TENSE_AUTO;
}

oc_tense oc_tense_of(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, size_t first, size_t last,
                     const oc_date *date)
{
    return lang == OC_LANG_EN ? en_tense(lexicon, sentence, first, last, date) : cjk_tense(lang, sentence, last, date);
}

static oc_day far_from(oc_day anchor, oc_day start, oc_day end)
{
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
