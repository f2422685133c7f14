/* Kinds of single lines; see region_line.h. */
#include "reading/region_line.h"

#include "base/ascii.h"
#include "base/block.h"
#include "base/script.h"
#include "base/utf8.h"
#include "reading/date_lexicon.h"
#include "reading/region.h"
#include "reading/sign.h"
#include "reading/stamp.h"

enum {
    DATED_CHARS = 60,
    CRUMBS_CHARS = 90,
    CRUMB_CHARS = 30,
    LABELLED_CHARS = 120,
    PHOTOGRAPHER_CHARS = 120,
    CREDITED_CHARS = 260,
    CREDIT_BYTES = 44
};

uint32_t oc_paragraph_chars(oc_lang lang)
{
    return lang == OC_LANG_EN ? 60 : 25;
}

static inline oc_sixteen begins_digit(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '0', '9') | oc_sixteen_is(bytes, 0xef);
}

/* ASCII and full-width digits, and the first year of an era: a date holds one of them. */
static bool has_number(oc_slice text)
{
    return oc_block_any(text, begins_digit) || oc_slice_find(text, OC_SLICE("元年"), 0) != SIZE_MAX;
}

uint16_t oc_line_beside_date(const oc_line *line)
{
    oc_stamp stamp;
    if (line->chars > DATED_CHARS || !has_number(line->text)) return OC_UNDATED;
    if (!oc_stamp_find(line->text, 0, false, &stamp) || stamp.month == 0) return OC_UNDATED;
    uint16_t rest = 0;
    for (size_t i = 0; i < line->text.len; i++) {
        if (i >= stamp.from && i < stamp.to) continue;
        unsigned char c = (unsigned char)line->text.ptr[i];
        bool wide =
            oc_slice_begins(oc_slice_from(line->text, i), "（") || oc_slice_begins(oc_slice_from(line->text, i), "）");
        if (!wide && (c & 0xc0) != 0x80 && c > ' ' && !strchr("0123456789:.,-/()[]|+", c)) rest++;
    }
    return rest;
}

/* "May 14, 2026 | U.S. Department of War": a bar sets the date apart. */
static bool is_barred_date(const oc_line *line)
{
    oc_stamp stamp;
    if (line->chars > 100 || line->sentence || !memchr(line->text.ptr, '|', line->text.len) ||
        !has_number(line->text) || !oc_stamp_find(line->text, 0, false, &stamp) || !stamp.day)
        return false;
    return oc_slice_starts(oc_slice_trim(oc_slice_from(line->text, stamp.to)), OC_SLICE("|")) ||
           oc_slice_ends(oc_slice_trim(oc_slice_sub(line->text, 0, stamp.from)), OC_SLICE("|"));
}

/* "Washington, Tuesday, September 15, 2026": places and the weekday before it, each a word or two in capitals. */
static bool is_placed_date(const oc_line *line)
{
    oc_stamp stamp;
    if (line->chars > DATED_CHARS || line->sentence || !has_number(line->text) ||
        !oc_stamp_find(line->text, 0, false, &stamp) || !stamp.day || stamp.to != line->text.len || !stamp.from)
        return false;
    oc_slice before = oc_slice_trim(oc_slice_sub(line->text, 0, stamp.from));
    size_t commas = 0;
    bool capital = true;
    for (size_t i = 0; i < before.len; i++) {
        char c = before.ptr[i];
        bool starts = c != ',' && c != ' ' && (!i || before.ptr[i - 1] == ' ');
        commas += c == ',';
        capital &= !starts || oc_is_upper(c);
    }
    return capital && commas >= 1 && commas <= 3 && oc_slice_ends(before, OC_SLICE(","));
}

bool oc_line_is_date(const oc_line *line)
{
    return line->beside_date <= 14 || is_barred_date(line) || is_placed_date(line);
}

/* "The Strait", "Two Voices" */
static bool begins_noun(const oc_document *document, oc_slice text)
{
    return oc_cues_phrase_begins(document->reader->cues, OC_LANG_EN, OC_PHRASE_DETERMINER, text) > 0;
}

static size_t name_particles(const oc_document *document, oc_slice text)
{
    size_t count = 0, length;
    for (size_t at = 0;; at += length, count++) {
        at = oc_cues_phrase(document->reader->cues, OC_LANG_EN, OC_PHRASE_NAME_PARTICLE, text, at, &length);
        if (at == SIZE_MAX) return count;
    }
}

bool oc_line_is_name(const oc_document *document, const oc_line *line)
{
    oc_slice text = line->text;
    oc_lang lang = document->lang;
    if (line->sentence || !text.len || line->cues.any & OC_CUE_RECORD) return false;
    size_t words = 1, capitals = 0, wide = 0, hangul = 0, small = 0;
    bool start = true;
    for (size_t i = 0; i < text.len;) {
        uint32_t code = oc_utf8_next(text, &i);
        if (code == ' ' || code == 0x3000) {
            words++;
            start = true;
            continue;
        }
        if ((code >= '0' && code <= '9') || strchr(":/@?!|[]<>", code < 128 ? (int)code : 'a')) return false;
        if (code >= 0x300c && code <= 0x3011) return false;
        if ((code >= 0xff10 && code <= 0xff1a) || (code >= 0x2500 && code < 0x2700)) return false; /* １, ：, ■ */
        if (code == 0x306e || code == 0x3068 || code == 0x306f || code == 0x3001) return false;    /* の と は 、 */
        if (start && code >= 'A' && code <= 'Z') capitals++;
        small += code >= 'a' && code <= 'z';
        if (code >= 0x3005 && code < 0xa000) wide++;
        hangul += oc_is_hangul(code);
        start = false;
    }
    if (lang == OC_LANG_EN && words >= 3 && !small) return false; /* "THE BIG STORY" */
    if (lang == OC_LANG_EN)
        return words >= 2 && words <= 5 && line->chars <= 40 && capitals + name_particles(document, text) >= words &&
               !begins_noun(document, text);
    const oc_lexicon *lexicon = document->reader->lexicon;
    if (lexicon && oc_phrase_ends(lexicon, lang, OC_PHRASE_WEEKDAY, text)) return false;
    if (hangul) return hangul >= 2 && hangul <= 4 && words <= 2 && line->chars <= 5;
    return (wide >= 2 && wide <= 8 && words <= 2 && line->chars <= 10) || (words == 2 && capitals == 2);
}

void oc_notices_add(oc_notices *notices, const oc_line *line)
{
    if (notices->count < OC_NOTICES_MAX) notices->lines[notices->count++] = line;
}

bool oc_notices_name(const oc_notices *notices, const oc_line *line, oc_slice name)
{
    for (size_t i = 0; i < notices->count; i++)
        if (notices->lines[i] != line && oc_slice_find(notices->lines[i]->text, name, 0) != SIZE_MAX) return true;
    return false;
}

bool oc_line_is_paragraph(const oc_line *line, oc_lang lang)
{
    if (line->mark == OC_LINE_HEADING || line->mark == OC_LINE_ROW) return false;
    uint32_t least = oc_paragraph_chars(lang);
    if (line->links > 60) return false;
    return line->sentence && line->chars >= least;
}

/* The first of at least two lines of a paragraph that is broken at a width. */
bool oc_line_starts_wrapped(const oc_document *document, size_t i)
{
    const oc_line *line = &document->layout.lines.at[i];
    uint32_t least = document->lang == OC_LANG_EN ? 70 : 30;
    if (document->format == OC_FORMAT_HTML || i + 1 >= document->layout.lines.len) return false;
    const oc_line *next = line + 1;
    bool plain = line->mark == OC_LINE_PLAIN && next->mark == OC_LINE_PLAIN && line->region == OC_REGION_BODY &&
                 next->region == OC_REGION_BODY;
    /* Of lines broken at a width only the last is much shorter. */
    bool capital = next->text.len && oc_is_upper(next->text.ptr[0]);
    bool last = next->sentence || i + 2 >= document->layout.lines.len || next[1].gap;
    if (next->chars * 5 < line->chars * 3 && capital && !last) return false;
    bool tail = next->sentence && last; /* "…개최하", "였습니다." */
    return plain && !next->gap && !line->sentence && line->chars >= least && (tail || next->chars * 3 >= line->chars) &&
           line->chars <= 160;
}

bool oc_line_is_question(const oc_line *line)
{
    oc_slice text = line->text;
    bool question = oc_sign_asks(text) || oc_slice_ends_with(text, "…") || oc_slice_ends_with(text, "!");
    return question && oc_slice_find(text, OC_SLICE("。"), 0) == SIZE_MAX &&
           oc_slice_find(text, OC_SLICE(". "), 0) == SIZE_MAX;
}

/* Particles that only a clause holds: "국방부 관계자는 …", "筆者は、…". */
static bool is_prose(oc_slice text, size_t from)
{
    static const char *const particles[] = {"는 ", "에서 ", "を", "は、"};
    size_t length;
    oc_slice rest = oc_slice_sub(text, from, text.len);
    return OC_FIND_ANY(rest, 0, particles, &length) != SIZE_MAX || oc_slice_starts(rest, OC_SLICE("は"));
}

static bool has_equals(oc_slice text)
{
    size_t length;
    return oc_sign_equals(text, 0, &length) != SIZE_MAX;
}

/* "published, can only be met or failed.": begins in the middle of a sentence that the lines before it hold. */
static bool goes_on(const oc_line *line)
{
    oc_slice text = line->text;
    if (!text.len || text.ptr[0] < 'a' || text.ptr[0] > 'z') return false;
    if (line->sentence) return true;
    size_t stop = oc_slice_find(text, OC_SLICE(". "), 0);
    return stop != SIZE_MAX && stop > 0 && oc_is_lower(text.ptr[stop - 1]);
}

/* "更新は「27年以降も続く」と認めた。必要な": the word that began the line belongs to a sentence. */
static bool tells_on(oc_slice behind)
{
    size_t length, stop = oc_slice_find(behind, OC_SLICE("。"), 0);
    static const char *const particles[] = {"は", "が", "を", "も", "に", "の"};
    return (stop != SIZE_MAX && stop + 3 < behind.len) ||
           OC_FIND_ANY(oc_slice_sub(behind, 0, 3), 0, particles, &length) == 0;
}

bool oc_line_is_dateline(const oc_line *line)
{
    bool open = oc_slice_begins(line->text, "【") || oc_slice_begins(line->text, "[") || oc_sign_opens(line->text);
    bool closed = oc_slice_ends(line->text, OC_SLICE("】")) || oc_slice_ends(line->text, OC_SLICE("]")) ||
                  oc_sign_closes(line->text);
    return open && closed && line->chars < 40 && !line->sentence && has_equals(line->text);
}

/* A byline that can stand anywhere: reporter with address, date of publication, "By …". */
bool oc_line_is_byline(const oc_line *line)
{
    uint32_t dated =
        OC_CUE_PUBLISHED | OC_CUE_UPDATED | OC_CUE_PUBLISHER | OC_CUE_CATEGORY | OC_CUE_MINUTES | OC_CUE_CONTACT;
    if (line->chars > 110 || (line->sentence && line->chars > 60) || goes_on(line)) return false;
    oc_slice behind = oc_slice_sub(line->text, line->cues.start_end, line->text.len);
    if ((line->cues.start & dated) && line->chars < 70 && !tells_on(behind)) return true;
    /* "所属:…": a label with its colon. */
    bool colon = oc_slice_starts(behind, OC_SLICE(":")) || oc_slice_starts(behind, OC_SLICE("：")) ||
                 (line->cues.start_end && line->text.ptr[line->cues.start_end - 1] == ':');
    if ((line->cues.start & OC_CUE_AFFILIATION) && colon) return true;
    if ((line->cues.any & (OC_CUE_PUBLISHED | OC_CUE_UPDATED | OC_CUE_MINUTES)) && line->chars < 50 &&
        (oc_line_is_date(line) || (line->cues.any & OC_CUE_MINUTES)))
        return true;
    if ((line->cues.start & OC_CUE_AUTHOR) && line->cues.start_end < line->text.len && line->chars < 90 &&
        !is_prose(line->text, line->cues.start_end))
        return true;
    if ((line->cues.any & OC_CUE_REPORTER) && !(line->cues.any & OC_CUE_RECORD) && line->chars < 50 &&
        !line->sentence && !is_prose(line->text, 0))
        return true;
    if (oc_line_is_dateline(line)) return true;
    /* "정하늘 기자 hnjung@… 입력 2026-09-30 14:02 수정 2026-09-30 15:40": who wrote it and when in one row. */
    if ((line->cues.any & OC_CUE_REPORTER) && (line->cues.any & (OC_CUE_PUBLISHED | OC_CUE_UPDATED)) &&
        !line->sentence && has_number(line->text) && !is_prose(line->text, 0))
        return true;
    bool address = memchr(line->text.ptr, '@', line->text.len) != NULL;
    return address && line->chars < 70;
}

/* Bytes of what divides words of a menu, 0 if nothing does. */
static size_t menu_gap(oc_slice text, size_t at)
{
    char c = text.ptr[at];
    if (c == '\xe3') return oc_slice_begins(oc_slice_from(text, at), "\u3000") ? 3 : 0;
    return c == ' ' || c == '|' || c == '>' || c == '/' || !c;
}

/* "About us Contact Careers Privacy policy": words of menus side by side and little else. */
static bool is_row_of_links(const oc_line *line)
{
    size_t gaps = 0;
    if (line->cues.menus < 3) return false;
    for (size_t i = 0; i < line->text.len; i++) gaps += menu_gap(line->text, i);
    return (size_t)line->cues.menu_bytes * 4 >= (line->text.len - gaps) * 3;
}

/* "Comment 14", "댓글 3": a word of a menu with a count. */
static bool is_counted_word(const oc_line *line)
{
    oc_slice rest = oc_slice_sub(line->text, line->cues.start_end, line->text.len);
    if (!(line->cues.start & OC_CUE_NAVIGATION) || !rest.len || rest.len > 8) return false;
    for (size_t i = 0; i < rest.len; i++)
        if (!oc_is_digit(rest.ptr[i]) && !strchr(" ()[],+", rest.ptr[i])) return false;
    return true;
}

/* "[광고] 가을맞이 …", "PR 定年後の…", "Advertisement: …": a label, then what is advertised. */
static bool is_labelled_advert(const oc_line *line)
{
    static const char *const ends[] = {"]", "】", "］", ")", "）", ":", "：", " ", "\u3000"};
    if (!(line->cues.start & OC_CUE_ADVERT) || line->chars > LABELLED_CHARS) return false;
    oc_slice before = oc_slice_sub(line->text, line->cues.start_end - 1, line->cues.start_end);
    oc_slice behind = oc_slice_from(line->text, line->cues.start_end);
    bool open = oc_slice_begins(line->text, "[") || oc_slice_begins(line->text, "【") || oc_slice_is(before, "]") ||
                oc_slice_ends_with(oc_slice_sub(line->text, 0, line->cues.start_end), "】");
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (oc_slice_begins(behind, ends[i])) return open || i >= 5;
    return open;
}

static bool begins_remark(oc_slice text)
{
    return oc_slice_begins(text, "※") || oc_slice_begins(text, "＊") || oc_slice_begins(text, "* ");
}

/* Korean: "…하고 있다. 홍길동 기자": a sentence, and who took the picture. */
static bool is_told_by_photographer(const oc_document *document, oc_slice text)
{
    const oc_lexicon *lexicon = document->reader->lexicon;
    if (document->lang != OC_LANG_KO || !lexicon) return false;
    size_t role = oc_phrase_ends(lexicon, OC_LANG_KO, OC_PHRASE_ROLE, text);
    return role && oc_slice_find(oc_slice_sub(text, 0, text.len - role), OC_SLICE("다. "), 0) != SIZE_MAX;
}

/* English: "The minister arrives at the Assembly on Thursday. [Yellow Sea Times]": one sentence and who took it. */
static bool is_credited_in_brackets(const oc_document *document, const oc_line *line)
{
    size_t length, credit = SIZE_MAX;
    if (document->lang == OC_LANG_EN && line->chars <= CREDITED_CHARS && !line->sentence)
        credit = oc_cues_phrase(document->reader->cues, OC_LANG_EN, OC_PHRASE_CREDIT, line->text, 0, &length);
    if (credit != SIZE_MAX && oc_slice_ends_with(oc_slice_sub(line->text, 0, credit), ". ")) return true;
    size_t round = document->lang == OC_LANG_EN && oc_slice_ends(line->text, OC_SLICE(")"))
                       ? oc_slice_find_last(line->text, OC_SLICE(". ("), 0)
                       : SIZE_MAX;
    if (round != SIZE_MAX && line->chars <= CREDITED_CHARS && line->text.len - round <= CREDIT_BYTES &&
        oc_cues_phrase(document->reader->cues, OC_LANG_EN, OC_PHRASE_PHOTO_AGENCY, line->text, round, &length) !=
            SIZE_MAX &&
        oc_slice_find(oc_slice_sub(line->text, 0, round), OC_SLICE("\""), 0) == SIZE_MAX)
        return true; /* "… on Wednesday. (AP Photo/Lee Jin-man)" */
    if (document->lang != OC_LANG_EN || line->chars > CREDITED_CHARS || !oc_slice_ends(line->text, OC_SLICE("]")))
        return false;
    size_t open = oc_slice_find_last(line->text, OC_SLICE(". ["), 0);
    if (open == SIZE_MAX || line->text.len - open > CREDIT_BYTES || open + 3 >= line->text.len) return false;
    return oc_is_upper(line->text.ptr[open + 3]) &&
           oc_slice_find(oc_slice_sub(line->text, 0, open), OC_SLICE("\""), 0) == SIZE_MAX;
}

/* "Home / Publications / Commentary", "Sign in | Subscribe": the first part is a word of menus, the next ones are
 * short. */
static bool are_parted_links(const oc_document *document, const oc_line *line)
{
    static const char *const marks[] = {" / ", " | ", " · "};
    if (line->sentence || line->chars > CRUMBS_CHARS || !(line->cues.start & OC_CUE_NAVIGATION)) return false;
    if (oc_slice_find(line->text, OC_SLICE("opyright"), 0) != SIZE_MAX) return false;
    size_t length, at = OC_FIND_ANY(line->text, 0, marks, &length);
    oc_slice first = oc_slice_trim(oc_slice_sub(line->text, 0, at == SIZE_MAX ? 0 : at));
    return first.len && (oc_cues_line(document->reader->cues, document->lang, first).whole & OC_CUE_NAVIGATION);
}

/* The region that cues alone give a line in the body, or -1. */
int oc_line_cue_region(const oc_document *document, const oc_line *line)
{
    oc_lang lang = document->lang;
    const oc_line_cues *cues = &line->cues;
    bool brief = line->chars <= (lang == OC_LANG_EN ? 40 : 24);
    if ((cues->start & OC_CUE_RELATED) && !oc_line_is_paragraph(line, lang)) return OC_REGION_RELATED;
    if ((cues->whole & OC_CUE_ADVERT) || ((cues->start & OC_CUE_ADVERT) && brief)) return OC_REGION_ADVERTISEMENT;
    if (is_labelled_advert(line)) return OC_REGION_ADVERTISEMENT;
    if (is_counted_word(line)) return OC_REGION_NAVIGATION;
    if ((cues->any & OC_CUE_MACHINE) && line->chars < 260 &&
        (cues->notices >= 2 || cues->start & (OC_CUE_MACHINE | OC_CUE_NOTICE) || !oc_line_is_paragraph(line, lang) ||
         line->chars < 160))
        return OC_REGION_NOTICE;
    /* A sentence of the body may speak of an official position or of copyright: one word in passing is no notice. */
    bool notice = cues->start & OC_CUE_NOTICE || cues->notices >= 2 || !oc_line_is_paragraph(line, lang) ||
                  begins_remark(line->text);
    if (notice && !line->sentence && (is_row_of_links(line) || are_parted_links(document, line)))
        return OC_REGION_NAVIGATION;
    if ((cues->any & OC_CUE_NOTICE) && notice && line->chars < 260) return OC_REGION_NOTICE;
    if (line->chars < PHOTOGRAPHER_CHARS && is_told_by_photographer(document, line->text)) return OC_REGION_CAPTION;
    bool credit = (cues->any & OC_CUE_CAPTION) && !line->sentence && line->chars < 80 &&
                  (oc_slice_ends(line->text, OC_SLICE("]")) || oc_sign_closes(line->text));
    /* "会見する国防相＝30日、ソウル、大野敬撮影" */
    credit |= is_credited_in_brackets(document, line);
    credit |= (cues->any & OC_CUE_CAPTION) && !line->sentence && line->chars < 80 && has_equals(line->text) &&
              has_number(line->text);
    if (credit && line->mark == OC_LINE_PLAIN) return OC_REGION_CAPTION;
    if ((cues->start & OC_CUE_CAPTION) && line->chars < 140 && cues->start_end < line->text.len)
        return OC_REGION_CAPTION;
    if (cues->whole & OC_CUE_NAVIGATION) return OC_REGION_NAVIGATION;
    return -1;
}

static inline oc_sixteen begins_crumb_mark(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, '>') | oc_sixteen_is(bytes, 0xef) | oc_sixteen_is(bytes, 0xe2) |
           oc_sixteen_is(bytes, 0xc2);
}

/* "トップ ＞ 国際 ＞ 朝鮮半島", "Home › World › Asia": the way to the page through its site. */
static bool are_crumbs(const oc_line *line)
{
    static const char *const marks[] = {" > ", "＞", "›", "»"};
    if (line->sentence || line->chars > CRUMBS_CHARS || oc_block_count(line->text, begins_crumb_mark) < 2) return false;
    size_t crumbs = 0, length = 0;
    for (size_t from = 0, at = 0; at != SIZE_MAX; from = at + length, crumbs++) {
        at = OC_FIND_ANY(line->text, from, marks, &length);
        oc_slice crumb = oc_slice_trim(oc_slice_sub(line->text, from, at == SIZE_MAX ? line->text.len : at));
        if (!crumb.len || oc_utf8_count(crumb) > CRUMB_CHARS) return false;
    }
    return crumbs >= 3;
}

/* The next of the words of a menu from *at on, "" if there is none; *at moves behind it. */
static oc_slice menu_word(oc_slice text, size_t *at)
{
    size_t gap;
    while (*at < text.len && (gap = menu_gap(text, *at)) > 0) *at += gap;
    size_t start = *at;
    while (*at < text.len && !menu_gap(text, *at)) ++*at;
    return oc_slice_sub(text, start, *at);
}

/* Short lines that consist of several menu words: "政治 経済 国際", "Home | World | Politics". */
bool oc_line_is_menu(const oc_document *document, const oc_line *line)
{
    if (are_crumbs(line) || are_parted_links(document, line) ||
        (line->chars <= 160 && !line->sentence && is_row_of_links(line)))
        return true;
    if (line->sentence || line->chars > 120 || !(line->cues.any & OC_CUE_NAVIGATION)) return false;
    if (line->cues.whole & OC_CUE_NAVIGATION) return true;
    size_t words = 0, known = 0, most = (size_t)line->cues.menus * 5;
    for (size_t at = 0; words * 3 <= most && menu_word(line->text, &at).len;) words++;
    if (words * 3 > most) return false;
    oc_slice word;
    for (size_t at = 0; (word = menu_word(line->text, &at)).len;)
        known += (oc_cues_line(document->reader->cues, document->lang, word).whole & OC_CUE_NAVIGATION) != 0;
    return words >= 2 && known * 5 >= words * 3;
}

/* "第2章", "제3절", not "第28回会議", "제29차 회의". */
static bool starts_chapter(const oc_document *document, oc_slice text)
{
    const oc_cues *cues = document->reader->cues;
    size_t front = oc_cues_phrase_begins(cues, document->lang, OC_PHRASE_NUMBER, text), at = front;
    if (!front) return false;
    while (at < text.len && at < 12) {
        size_t next = at;
        uint32_t code = oc_utf8_next(text, &next);
        bool numeral = oc_is_han(code) && oc_is_numeral(document->reader->lexicon->date_tables, code);
        if (!oc_is_digit(text.ptr[at]) && !numeral) break;
        at = next;
    }
    oc_slice behind = oc_slice_from(text, at);
    bool part = oc_cues_phrase_begins(cues, document->lang, OC_PHRASE_CHAPTER, behind) > 0;
    return at > front && (part || oc_slice_begins(behind, " "));
}

/* "II. …", "一、…": behind a full stop stands a blank. */
static bool starts_enumerated(const oc_document *document, oc_slice text)
{
    size_t mark = oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_ENUMERATOR, text);
    if (!mark || oc_is_lower(text.ptr[0])) return false;
    return text.ptr[mark - 1] != '.' || (mark < text.len && text.ptr[mark] == ' ');
}

bool oc_line_starts_heading(const oc_document *document, oc_slice text)
{
    if (starts_chapter(document, text) || starts_enumerated(document, text)) return true;
    static const char *const starts[] = {"■", "◆", "●", "▼", "□", "◇", "【", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (oc_slice_begins(text, starts[i])) return true;
    /* １ to ９ take three bytes each. */
    size_t digits = 0, bytes = 0;
    for (bool more = true; more;) {
        oc_slice rest = oc_slice_sub(text, bytes, text.len);
        bool wide = oc_slice_starts(rest, OC_SLICE("\xef\xbc")) && rest.len > 2 && (unsigned char)rest.ptr[2] >= 0x90 &&
                    (unsigned char)rest.ptr[2] <= 0x99;
        more = wide || (rest.len && oc_is_digit(rest.ptr[0]));
        if (more) digits++, bytes += wide ? 3 : 1;
    }
    if (!digits || digits > 2) return false;
    oc_slice rest = oc_slice_sub(text, bytes, text.len);
    return oc_slice_starts(rest, OC_SLICE(". ")) || oc_slice_starts(rest, OC_SLICE("．")) ||
           oc_slice_starts(rest, OC_SLICE(") ")) || oc_slice_starts(rest, OC_SLICE(" ")) ||
           oc_slice_starts(rest, OC_SLICE("\u3000")) || oc_slice_starts(rest, OC_SLICE("、"));
}
