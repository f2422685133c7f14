/* Words of tense in a sentence: where a date lies whose year or month is missing.
 *
 * English: a verb of the past right before the date ("said on Tuesday") makes it past, else any word of the future lies
 * ahead. Japanese and Korean: the predicate stands behind the date, and the last word of tense behind it counts; where
 * the lexicon has no such word, the ending of the last predicate does. Example: "9日に会議を開く" ends in a verb of the
 * present, so the day lies ahead; "3月に発足した部隊が担う" does too, but た behind the month keeps it from doing so.
 */
#include "base/script.h"
#include "base/utf8.h"
#include "reading/date_parse.h"
#include "reading/date_stretch.h"
#include "reading/phrase.h"

static bool has_kind(const oc_date_parser *parser, oc_atom_kind kind, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < parser->count; i++)
        if (parser->tokens[i].kind == kind) return true;
    return false;
}

static void on_tense(void *context, uint32_t id, size_t start, size_t end)
{
    oc_date_parser *parser = context;
    (void)end;
    bool past = parser->lexicon->date_tables->words[id].at[0].kind == OC_ATOM_PASTTENSE;
    size_t *last = past ? &parser->last_past : &parser->last_future;
    if (*last == SIZE_MAX || start > *last) *last = start;
}

/* The last sign of a text without what closes a sentence (。」), and its place; 0 if there is none. */
static uint32_t last_sign(oc_slice text, size_t *ret_at)
{
    while (text.len) {
        size_t start = text.len - 1;
        while (start && ((unsigned char)text.ptr[start] & 0xc0) == 0x80) start--;
        *ret_at = start;
        uint32_t code = oc_utf8_next(text, &(size_t){start});
        bool closing = code < 0x80 ? strchr(" .!?\"')]\t\r\n", (int)code) != NULL
                                   : code == 0x3002 || code == 0x300d || code == 0x300f || code == 0xff09 ||
                                         code == 0x201d || code == 0x2019 || code == 0xff01;
        if (!closing) return code;
        text.len = start;
    }
    return 0;
}

static bool ends(const oc_date_parser *parser, oc_phrase_kind kind, oc_slice text)
{
    return oc_phrase_ends(parser->lexicon, parser->lang, kind, text) != 0;
}

/* Offset behind the last た that ends a verb (した人, 開かれた会議), 0 if there is none. */
static size_t last_japanese_past(const oc_date_parser *parser, oc_slice text)
{
    size_t found = 0;
    for (size_t at = oc_slice_find(text, OC_SLICE("た"), 3); at != SIZE_MAX;
         at = oc_slice_find(text, OC_SLICE("た"), at + 3)) {
        bool other = oc_phrase_begins(parser->lexicon, parser->lang, OC_PHRASE_NOT_DID, oc_slice_from(text, at)) != 0;
        if (!other && ends(parser, OC_PHRASE_DID, oc_slice_sub(text, 0, at + 3))) found = at + 3;
    }
    return found;
}

/* Offset behind the last 했, 시작된: ㅆ except in 있, and ㄴ at the end of a word except in the particles 는 and 은. */
static size_t last_korean_past(oc_slice text)
{
    size_t found = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = oc_utf8_next(text, &at);
        int final = oc_hangul_final(code);
        bool adnominal = final == 4 && at < text.len && text.ptr[at] == ' ' && code != 0xb294 && code != 0xc740;
        if (adnominal || (final == 20 && code != 0xc788 && code != 0xaca0)) found = at;
    }
    return found;
}

/* The ending of the last predicate: past (開かれた), or a present that tells of what is to come (開く, 연다). */
static void find_ending(oc_date_parser *parser)
{
    oc_slice text = parser->sentence;
    size_t at = 0, before = 0;
    uint32_t last = last_sign(text, &at), previous = at ? last_sign(oc_slice_sub(text, 0, at), &before) : 0;
    oc_slice head = oc_slice_sub(text, 0, at), closed = oc_slice_sub(text, 0, at + 3);
    bool japanese = parser->lang == OC_LANG_JA;
    if (japanese && ends(parser, OC_PHRASE_DID, closed) && last_japanese_past(parser, text) == at + 3)
        parser->last_past = at;
    if (parser->last_future != SIZE_MAX) return;
    bool present = japanese ? ends(parser, OC_PHRASE_PLAIN, closed) && !ends(parser, OC_PHRASE_STATE, closed)
                            : last == 0xb2e4 && oc_hangul_final(previous) == 4; /* ㄴ다 */
    if (!present) return;
    parser->last_future = at;
    parser->future_from = japanese ? last_japanese_past(parser, head) : last_korean_past(head);
}

static void find_tense(oc_date_parser *parser)
{
    if (parser->tense_known) return;
    parser->tense_known = true;
    if (parser->lang == OC_LANG_EN) {
        parser->has_future = has_kind(parser, OC_ATOM_FUTURE, 0, parser->count);
        return;
    }
    oc_scanner_scan(parser->lexicon->tenses[parser->lang], parser->sentence, NULL, on_tense, NULL, parser);
    find_ending(parser);
}

/* English: "since the spring", whatever the sentence says will come. */
static bool is_since(const oc_date_parser *parser, size_t first)
{
    for (size_t i = first; i + 2 > first && i < parser->count; i--) {
        const oc_token *token = &parser->tokens[i];
        if (token->kind == OC_ATOM_FROM) return oc_slice_begins(oc_slice_from(parser->sentence, token->from), "since");
        if (i == 0 || (token->kind != OC_ATOM_LINK && i != first)) break;
    }
    return false;
}

/* "14、15両日に開くと発表した": に and no comma before what is to come; "17日、開くと発表した" is the day it was said. */
static bool is_announced(const oc_date_parser *parser, size_t end)
{
    size_t future = parser->last_future;
    if (parser->lang != OC_LANG_JA || future == SIZE_MAX || future < end || future > parser->last_past) return false;
    oc_slice between = oc_slice_sub(parser->sentence, end, future);
    return oc_slice_starts(between, OC_SLICE("に")) && oc_slice_find(between, OC_SLICE("、"), 0) == SIZE_MAX;
}

/* "a deal reached in late June": right before the date stands what was done; "must be done in June" is none. */
static bool follows_participle(const oc_date_parser *parser, size_t first)
{
    size_t at = first;
    for (; at; at--) {
        oc_atom_kind kind = parser->tokens[at - 1].kind;
        if (kind != OC_ATOM_IN && kind != OC_ATOM_ON && kind != OC_ATOM_LINK) break;
    }
    oc_atom_kind kind = parser->tokens[first].kind;
    if (at == 0 || kind == OC_ATOM_BY || kind == OC_ATOM_BEFORE || kind == OC_ATOM_AFTER || kind == OC_ATOM_FROM)
        return false;
    oc_slice text = oc_slice_sub(parser->sentence, 0, parser->tokens[at].from);
    while (text.len && text.ptr[text.len - 1] == ' ') text.len--;
    if (!oc_slice_ends(text, OC_SLICE("ed"))) return false;
    while (text.len && text.ptr[text.len - 1] != ' ') text.len--;
    return !oc_slice_ends(text, OC_SLICE(" be ")) && !oc_slice_ends(text, OC_SLICE(" is "));
}

oc_tense oc_date_tense_at(oc_date_parser *parser, const oc_date_spec *spec, size_t first, size_t behind)
{
    if (parser->given) return parser->given;
    if (!oc_date_spec_is_open(spec)) return OC_TENSE_AUTO;
    bool weekday = spec->weekday >= 0 && !spec->week_from && !spec->nth && !spec->weekday_side;
    bool day_only = (spec->day_from == OC_FROM_TEXT || weekday) && !spec->month_from;
    find_tense(parser);
    if (parser->lang == OC_LANG_EN) {
        size_t from = first;
        if (is_since(parser, first)) return OC_TENSE_PAST;
        while (from && parser->tokens[first].from - parser->tokens[from - 1].to <= OC_DATE_PAST_REACH) from--;
        bool passive = has_kind(parser, OC_ATOM_FUTURE, from, first); /* will be held in March */
        if (!passive && has_kind(parser, OC_ATOM_PASTTENSE, from, first)) return OC_TENSE_PAST;
        if (!passive && parser->has_future && follows_participle(parser, first)) return OC_TENSE_PAST;
        return parser->has_future ? OC_TENSE_FUTURE : OC_TENSE_AUTO;
    }
    size_t end = parser->tokens[behind - 1].to;
    bool past = parser->last_past != SIZE_MAX && parser->last_past >= end;
    if (past && day_only) return is_announced(parser, end) ? OC_TENSE_FUTURE : OC_TENSE_PAST;
    if (parser->last_future != SIZE_MAX && parser->last_future >= end && parser->future_from <= end)
        return OC_TENSE_FUTURE;
    return past ? OC_TENSE_PAST : OC_TENSE_AUTO;
}

bool oc_date_told_as_past(oc_date_parser *parser, size_t offset)
{
    find_tense(parser);
    bool future = parser->last_future != SIZE_MAX && parser->last_future >= offset && parser->future_from <= offset;
    return !future && parser->last_past != SIZE_MAX && parser->last_past >= offset;
}
