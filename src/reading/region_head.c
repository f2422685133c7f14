/* The head of a document: everything before the first paragraph; see region.c. */
#include "reading/region_line.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "reading/metadata_parts.h"
#include "reading/phrase.h"
#include "reading/region.h"
#include "reading/sign.h"
#include "reading/stamp.h"

enum {
    LABEL_BYTES = 40,
    ISSUER_CHARS = 44,
    OFFICE_CHARS = 64, /* with the country behind it */
    MASTHEAD_CHARS = 40,
    NAME_LINE_CHARS = 40,
    DATELINE_BYTES = 48,
    LEAST_SUBTITLE = 14,
    TITLE_LINES = 3,
    HEAD_CHARS = 60,
    HEAD_LINES = 40,
    DECK_LINES = 8,
    DECK_CHARS = 220,
    LEAST_DECK = 28,
    LABEL_LETTERS = 20
};

/* "QUESTION: …", 【記者】…: of a transcript. */
static bool begins_turn(const oc_document *document, const oc_line *line)
{
    const oc_lexicon *lexicon = document->reader->lexicon;
    if (document->lang == OC_LANG_EN &&
        oc_slice_find(oc_slice_sub(line->text, 0, LABEL_BYTES), OC_SLICE(":"), 0) == SIZE_MAX)
        return false;
    return lexicon && oc_phrase_begins(lexicon, document->lang, OC_PHRASE_TURN, line->text);
}

static bool ends_in_quotation(oc_slice text)
{
    static const char *const marks[] = {"”", "\"", "’", "」", "』"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (oc_slice_ends(text, oc_slice_of(marks[i]))) return true;
    return false;
}

/* A title and what stands below it, broken off without the end of a sentence, above the day or the reporter: no
 * paragraph that is broken into lines. */
static bool is_title_block(const oc_document *document, size_t i)
{
    const oc_layout *layout = &document->layout;
    size_t last = i;
    while (last + 1 < layout->lines.len && !layout->lines.at[last + 1].gap) last++;
    if (last + 1 >= layout->lines.len || last - i >= TITLE_LINES) return false;
    if (layout->lines.at[last].sentence && !ends_in_quotation(layout->lines.at[last].text)) return false;
    const oc_line *next = &layout->lines.at[last + 1];
    return oc_line_is_byline(next) || oc_line_is_date(next);
}

static bool is_name(const oc_document *document, const oc_line *line, oc_slice text)
{
    oc_line name = *line;
    name.text = oc_slice_trim(text);
    name.chars = (uint32_t)oc_utf8_count(name.text);
    return oc_line_is_name(document, &name);
}

/* "Anita Rao in Seoul" */
static bool is_placed(const oc_document *document, const oc_line *line, oc_slice text)
{
    size_t in = oc_slice_find(text, OC_SLICE(" in "), 0);
    return in != SIZE_MAX && is_name(document, line, oc_slice_sub(text, 0, in)) && text.len > in + 4 &&
           oc_is_upper(text.ptr[in + 4]);
}

/* The same of two: "Rowan Achterberg in Seoul and Yim Soo-kyung in Washington" */
static bool are_placed_reporters(const oc_document *document, const oc_line *line)
{
    size_t both = document->lang == OC_LANG_EN ? oc_slice_find(line->text, OC_SLICE(" and "), 0) : SIZE_MAX;
    return both != SIZE_MAX && line->chars <= 3 * NAME_LINE_CHARS && !line->sentence &&
           is_placed(document, line, oc_slice_sub(line->text, 0, both)) &&
           is_placed(document, line, oc_slice_from(line->text, both + strlen(" and ")));
}

static bool is_placed_reporter(const oc_document *document, const oc_line *line)
{
    if (are_placed_reporters(document, line)) return true;
    return document->lang == OC_LANG_EN && line->chars <= NAME_LINE_CHARS && is_placed(document, line, line->text);
}

static size_t sentences_in(oc_slice text)
{
    size_t count = 1;
    for (size_t at = 0; (at = oc_slice_find(text, OC_SLICE(". "), at)) != SIZE_MAX; at += 2)
        count +=
            at > 3 && oc_is_lower(text.ptr[at - 1]) && oc_is_lower(text.ptr[at - 2]) && oc_is_lower(text.ptr[at - 3]);
    return count;
}

/* English: a line right above "By …" or the day, in the first lines: a title or what stands below it, even where it
 * ends like a sentence. */
static bool is_above_signature(const oc_document *document, size_t i)
{
    const oc_layout *layout = &document->layout;
    if (document->lang != OC_LANG_EN || i + 1 >= layout->lines.len || i > DECK_LINES) return false;
    const oc_line *line = &layout->lines.at[i], *next = line + 1;
    bool signs = next->region == OC_REGION_BODY && !next->sentence &&
                 ((next->cues.start & (OC_CUE_AUTHOR | OC_CUE_PUBLISHED)) || oc_line_is_date(next) ||
                  is_placed_reporter(document, next));
    return signs && line->mark == OC_LINE_PLAIN && line->chars <= DECK_CHARS && sentences_in(line->text) <= 2 &&
           (i == 0 || (line[-1].region == OC_REGION_BODY && !line[-1].sentence) || !line[-1].sentence);
}

/* English: "Ms. Tolliver served as assistant secretary.", right below the names and days of the head. */
static bool tells_of_writer(const oc_document *document, size_t i)
{
    const oc_line *line = &document->layout.lines.at[i];
    if (document->lang != OC_LANG_EN || !i || line->chars > DECK_CHARS || sentences_in(line->text) > 2) return false;
    const oc_cues *cues = document->reader->cues;
    size_t title = oc_cues_phrase_begins(cues, OC_LANG_EN, OC_PHRASE_POLITE_TITLE, line->text);
    if (!title) return false;
    oc_slice name = oc_slice_trim(oc_slice_from(line->text, title));
    size_t length, verb = oc_cues_phrase(cues, OC_LANG_EN, OC_PHRASE_CAREER, name, 0, &length);
    if (verb == SIZE_MAX || verb > NAME_LINE_CHARS) return false;
    name = oc_slice_trim(oc_slice_sub(name, 0, verb));
    for (size_t k = i; k-- > 0 && k + 4 > i;)
        if (oc_slice_find(document->layout.lines.at[k].text, name, 0) != SIZE_MAX) return true;
    return false;
}

size_t oc_region_first_paragraph(const oc_document *document)
{
    const oc_layout *layout = &document->layout;
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_BODY) continue;
        if (line->mark == OC_LINE_QUOTE || line->turn_starts || (i && line->sentence && begins_turn(document, line)))
            return i;
        if (oc_line_starts_wrapped(document, i) && !oc_line_is_byline(line) && !oc_line_is_byline(line + 1) &&
            !oc_line_is_date(line + 1) && oc_line_cue_region(document, line) < 0 && !is_title_block(document, i))
            return i;
        if (!oc_line_is_paragraph(line, document->lang) || oc_line_cue_region(document, line) >= 0 ||
            oc_line_is_byline(line) ||
            (line->chars < HEAD_CHARS && (oc_line_is_date(line) || is_title_block(document, i))))
            continue;
        if (line->hint == OC_HINT_SUBTITLE && i < HEAD_LINES) continue;
        if (is_above_signature(document, i) || tells_of_writer(document, i)) continue;
        if (oc_line_is_question(line) && line->chars < 90 && i < 12) continue;
        return i;
    }
    /* Lines broken before any ends a sentence: the first long line that goes on. */
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->region == OC_REGION_BODY && line->sentence && line->mark != OC_LINE_HEADING) return i;
    }
    return layout->lines.len;
}

/* The first line of the block of broken lines that ends at `first`. */
static size_t block_start(const oc_document *document, size_t first)
{
    const oc_line *lines = document->layout.lines.at;
    while (first > 0 && !lines[first].gap && lines[first - 1].region == OC_REGION_BODY &&
           lines[first - 1].mark == OC_LINE_PLAIN && !lines[first - 1].sentence &&
           lines[first - 1].chars >= (document->lang == OC_LANG_EN ? 45 : 22) &&
           !oc_line_is_byline(&lines[first - 1]) && lines[first - 1].chars * 2 > lines[first].chars &&
           lines[first].chars < 140)
        first--;
    return first;
}

/* A paragraph that is broken into lines begins before the line that ends its first sentence; notes or the end of a page
 * may interrupt its first lines. */
size_t oc_region_back_to_start(const oc_document *document, size_t first)
{
    const oc_line *lines = document->layout.lines.at;
    if (first >= document->layout.lines.len) return first;
    for (;;) {
        first = block_start(document, first);
        size_t before = first;
        while (before > 0 &&
               (lines[before - 1].region == OC_REGION_FOOTNOTES || lines[before - 1].region == OC_REGION_PAGE))
            before--;
        if (before == first || before == 0) return first;
        const oc_line *open = &lines[before - 1];
        bool broken = open->region == OC_REGION_BODY && open->mark == OC_LINE_PLAIN && !open->sentence &&
                      !oc_line_is_byline(open) && open->chars >= (document->lang == OC_LANG_EN ? 50 : 24);
        if (!broken) return first;
        first = before - 1;
    }
}

/* English: "Ida Morgenstern — 11 October 2026" */
static bool is_name_with_day(const oc_document *document, const oc_line *line)
{
    static const char *const dashes[] = {" — ", " – ", " · ", " - "};
    if (document->lang != OC_LANG_EN || line->sentence || line->chars > HEAD_CHARS) return false;
    size_t length, at = OC_FIND_ANY(line->text, 0, dashes, &length);
    oc_stamp stamp;
    return at != SIZE_MAX && is_name(document, line, oc_slice_sub(line->text, 0, at)) &&
           oc_stamp_find(oc_slice_from(line->text, at), 0, false, &stamp);
}

/* "Nora Pike and Choi Ji-won | Strait Monitor": a bar beside a name or a paper. */
static bool is_parted(const oc_document *document, const oc_line *line)
{
    if (line->sentence || line->mark == OC_LINE_HEADING || !memchr(line->text.ptr, '|', line->text.len)) return false;
    size_t parts = 0, names = 0;
    for (size_t at = 0; at < line->text.len; parts++) {
        oc_slice part = oc_line_part(line->text, &at);
        if (!part.len) break;
        names += is_name(document, line, part);
    }
    return parts > 1 && (names || (line->cues.any & (OC_CUE_PRESS | OC_CUE_ISSUER)));
}

/* "国際安全保障センター上席研究員　柏木 誠", "채민재 국제안보센터 선임연구위원": an affiliation beside a name. */
static bool is_placed_name(const oc_document *document, const oc_line *line)
{
    if (!(line->cues.any & OC_CUE_AFFILIATION) || document->lang == OC_LANG_EN || line->sentence) return false;
    size_t length, gap = oc_sign_blank(line->text, 0, &length);
    if (gap == SIZE_MAX) return false;
    size_t last = line->text.len;
    while (last > gap && line->text.ptr[last - 1] != ' ' &&
           !oc_slice_ends(oc_slice_sub(line->text, 0, last), OC_SLICE("　")))
        last--;
    oc_slice front = oc_slice_sub(line->text, 0, gap), behind = oc_slice_from(line->text, gap + length);
    if (document->lang == OC_LANG_KO)
        return (is_name(document, line, front) &&
                oc_cues_line(document->reader->cues, OC_LANG_KO, behind).any & OC_CUE_AFFILIATION) ||
               is_name(document, line, oc_slice_from(line->text, last));
    return (oc_utf8_count(front) >= 5 && is_name(document, line, behind)) ||
           is_name(document, line, oc_slice_from(line->text, last));
}

/* "日本海新聞 2026年8月19日 朝刊 7面": the paper and its day. */
static bool is_masthead(const oc_line *line)
{
    return (line->cues.any & OC_CUE_PRESS) && line->mark != OC_LINE_HEADING && !line->sentence &&
           line->beside_date <= MASTHEAD_CHARS;
}

static bool has_signature(const oc_document *document, size_t i)
{
    const oc_line *line = &document->layout.lines.at[i];
    return is_masthead(line) || is_parted(document, line) || is_placed_reporter(document, line) ||
           oc_line_is_byline(line) || oc_line_is_date(line) || oc_line_is_name(document, line);
}

/* Each word but the small ones begins with a capital. */
static bool are_capitals(oc_slice text)
{
    for (size_t i = 0; i + 3 < text.len; i++) {
        bool start = i == 0 || text.ptr[i - 1] == ' ';
        if (start && oc_is_lower(text.ptr[i]) && text.ptr[i + 1] != ' ' && text.ptr[i + 2] != ' ' &&
            text.ptr[i + 3] != ' ')
            return false;
    }
    return true;
}

/* "議会動向メモ No.52", "제18호": a name with the number of an issue. */
static bool has_issue_number(const oc_document *document, oc_slice text)
{
    size_t at = 0;
    oc_slice number = oc_series_number(document, text, &at);
    if (!number.len || number.ptr < text.ptr || at < 4) return false;
    oc_slice before = oc_slice_sub(text, at, (size_t)(number.ptr - text.ptr));
    bool open = before.len && (unsigned char)before.ptr[0] < 0xe3; /* "No.", "№": unlike 第 nothing need follow */
    if (open && oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_NUMBER, before)) return true;
    oc_slice behind = oc_slice_sub(text, (size_t)(number.ptr - text.ptr) + number.len, text.len);
    return oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_NUMBER_END, behind) > 0;
}

/* "# Strait Letters No. 12" right above "# Nobody Wants the Calendar". */
static bool heads_a_title(const oc_document *document, size_t i, size_t first)
{
    const oc_line *line = &document->layout.lines.at[i];
    return i + 1 < first && line->mark == OC_LINE_HEADING && line[1].mark == OC_LINE_HEADING &&
           line[1].level <= line->level && has_issue_number(document, line->text);
}

/* One of the texts holds the other, and neither is short. */
static bool are_one_title(oc_slice a, oc_slice b)
{
    return a.len >= 6 && b.len >= 6 && (oc_slice_find(a, b, 0) != SIZE_MAX || oc_slice_find(b, a, 0) != SIZE_MAX);
}

/* "국방부 Ministry of National Defense": a name, and the same in English. */
static bool is_translated(const oc_line *line)
{
    oc_slice rest = oc_slice_trim(oc_slice_from(line->text, line->cues.start_end));
    for (size_t i = 0; i < rest.len; i++)
        if ((unsigned char)rest.ptr[i] >= 0x80) return false;
    return rest.len > 8 && (unsigned char)line->text.ptr[0] >= 0x80;
}

static size_t digits_at(oc_slice text, size_t at)
{
    size_t start = at;
    while (at < text.len && oc_is_digit(text.ptr[at])) at++;
    return at - start;
}

/* "02-748-0002", "(703) 555-0101" */
static bool has_telephone(oc_slice text)
{
    for (size_t at = oc_slice_find(text, OC_SLICE("-"), 0); at != SIZE_MAX;
         at = oc_slice_find(text, OC_SLICE("-"), at + 1)) {
        size_t front = at, last = digits_at(text, at + 1);
        while (front && oc_is_digit(text.ptr[front - 1])) front--;
        bool code = front && (text.ptr[front - 1] == '-' ||
                              (front > 1 && text.ptr[front - 1] == ' ' && text.ptr[front - 2] == ')'));
        if (code && last == 4 && at - front >= 3 && at - front <= 4) return true;
    }
    return false;
}

/* "GUEST ESSAY", "INTERVIEWS": a word or two in capitals. */
static bool is_label(const oc_line *line)
{
    size_t letters = 0, blanks = 0;
    for (size_t i = 0; i < line->text.len; i++) {
        char c = line->text.ptr[i];
        if (c == ' ') blanks++;
        if (!oc_is_upper(c) && c != ' ' && c != '&') return false;
        letters += c != ' ';
    }
    return letters > 3 && letters <= LABEL_LETTERS && blanks <= 2 && line->mark == OC_LINE_PLAIN;
}

static int title_score(const oc_document *document, size_t i, size_t first)
{
    const oc_line *line = &document->layout.lines.at[i];
    oc_lang lang = document->lang;
    uint32_t least = lang == OC_LANG_EN ? 16 : 6, most = lang == OC_LANG_EN ? 160 : 90;
    if (line->region != OC_REGION_BODY || line->mark == OC_LINE_ROW || line->mark == OC_LINE_QUOTE) return -1;
    /* "정례브리핑 (2026년 9월 21일)" may be a title, "2026年9月21日 10:30" not. */
    bool dated = oc_line_is_date(line) && !(i == 0 && line->beside_date >= 5);
    if (oc_line_is_byline(line) || dated || oc_line_is_menu(document, line) || oc_line_cue_region(document, line) >= 0)
        return -1;
    if (begins_turn(document, line) || is_masthead(line) || is_placed_reporter(document, line) || line->chars > most ||
        line->links > 80 || is_parted(document, line))
        return -1;
    if (oc_line_is_name(document, line) && line->mark != OC_LINE_HEADING) return -1;
    int score = line->chars >= least ? 10 : 2;
    score += line->chars >= 2 * least ? 3 : 0;
    if (lang == OC_LANG_EN && is_label(line) && i + 1 < first) score -= 8;
    if (line->mark == OC_LINE_HEADING) score += 20 - 4 * line->level;
    if (line->bold) score += 3;
    if (line->mark == OC_LINE_ITEM) score -= 6;
    if (i > 0 && line->mark != OC_LINE_HEADING && oc_line_starts_heading(document, line->text)) score -= 6;
    bool bracket = oc_sign_closes(line->text);
    bool office =
        (line->cues.any & OC_CUE_AFFILIATION) && (line->chars < 2 * least || (bracket && line->chars < 5 * least));
    if (office || (line->mark != OC_LINE_HEADING && is_placed_name(document, line))) score -= 8;
    /* the name of the paper, of the office */
    if ((line->cues.any & OC_CUE_PRESS) && !(line->cues.any & OC_CUE_RECORD) && line->chars < 2 * least &&
        line->mark != OC_LINE_HEADING)
        score -= 6;
    bool capitals = lang == OC_LANG_EN && line->chars <= OFFICE_CHARS && are_capitals(line->text);
    if ((line->cues.start & OC_CUE_ISSUER) && (capitals || line->chars < 2 * least)) score -= 5;
    if ((line->cues.start & OC_CUE_ISSUER) && is_translated(line)) score -= 9;
    if ((line->cues.start & OC_CUE_CONTACT) || has_telephone(line->text)) return -1;
    if ((line->cues.any & OC_CUE_SERIES) && line->chars < 2 * least + 10) score -= 5;
    if (heads_a_title(document, i, first)) score -= 12;
    const oc_stated *stated = &document->layout.stated;
    if (stated->title.len && line->sentence && line->mark != OC_LINE_HEADING && !oc_line_is_question(line)) score -= 15;
    if (are_one_title(line->text, stated->title) || are_one_title(line->text, stated->page_title)) score += 15;
    bool signed_below = false;
    for (size_t k = i + 1; k < first && k <= i + 2; k++) /* a subtitle may stand between */
        signed_below |= has_signature(document, k);
    if (signed_below) score += 3;
    return score * 64 - (int)(i < 32 ? i : 32);
}

static bool is_subtitle(const oc_line *line)
{
    static const char *const starts[] = {"―", "—", "–", "~", "〜", "～", "－", "-", "：", ":", "…"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (oc_slice_begins(line->text, starts[i])) return true;
    /* "- 전작권 전환 이행 점검 -", taken for an item of a list */
    bool between = line->mark == OC_LINE_ITEM &&
                   (oc_slice_ends(line->text, OC_SLICE("-")) || oc_slice_ends(line->text, OC_SLICE("–")));
    return between || (line->mark == OC_LINE_HEADING && line->level == 2);
}

static bool is_series(const oc_document *document, const oc_line *line)
{
    if (line->chars > 80 || line->sentence || oc_slice_find(line->text, OC_SLICE(" > "), 0) != SIZE_MAX) return false;
    if (has_issue_number(document, line->text) && line->chars <= 50) return true;
    if (oc_series_is_in_page_title(document, line->text)) return true;
    if (!(line->cues.any & OC_CUE_SERIES)) return false;
    size_t length;
    if (oc_cues_phrase(document->reader->cues, document->lang, OC_PHRASE_NUMBER, line->text, 0, &length) != SIZE_MAX)
        return true;
    for (size_t i = 0; i < line->text.len; i++)
        if (oc_is_digit(line->text.ptr[i])) return true;
    return line->chars <= 40;
}

/* A short line behind the bylines and right above "(서울=연합뉴스) …": the second title of wire copy. */
static bool heads_dateline(const oc_document *document, const oc_line *line, size_t first)
{
    size_t length;
    if (document->lang == OC_LANG_EN || first >= document->layout.lines.len || line->sentence || line->chars > 60 ||
        line->chars < LEAST_SUBTITLE)
        return false;
    oc_slice next = document->layout.lines.at[first].text;
    oc_slice head = oc_slice_sub(next, 0, DATELINE_BYTES);
    bool opens = oc_slice_begins(next, "(") || oc_slice_begins(next, "【") || oc_slice_begins(next, "[");
    return opens && oc_sign_equals(head, 0, &length) != SIZE_MAX;
}

enum { DECK_OTHERS = OC_CUE_AFFILIATION | OC_CUE_AUTHOR | OC_CUE_SERIES | OC_CUE_ISSUER | OC_CUE_NAVIGATION };

/* What stands below a title and above who wrote it, or when: "안규백 “10월까지”…주한미군 “정해진 날 없어”". */
static bool is_deck(const oc_document *document, size_t i, size_t title, size_t first)
{
    const oc_line *lines = document->layout.lines.at, *line = &lines[i];
    if (i > title + TITLE_LINES || lines[i - 1].region != OC_REGION_TITLE || line->mark != OC_LINE_PLAIN) return false;
    if (line->chars < LEAST_SUBTITLE || (line->sentence && !ends_in_quotation(line->text))) return false;
    size_t below = i + 1;
    while (below < first && below <= title + TITLE_LINES && !lines[below].gap) below++;
    return below < first && !(line->cues.any & (OC_CUE_AFFILIATION | OC_CUE_AUTHOR | OC_CUE_PRESS | OC_CUE_ISSUER)) &&
           (oc_line_is_byline(&lines[below]) || oc_line_is_date(&lines[below]));
}

/* Between the title and the body: byline, unless it is a heading of the body. */
static void classify_below_title(oc_document *document, size_t i, size_t title, size_t first)
{
    oc_line *line = &document->layout.lines.at[i];
    oc_lang lang = document->lang;
    int by_cue = oc_line_cue_region(document, line);
    for (size_t k = title + 2; k < i && line->mark == OC_LINE_ITEM; k++) /* "### Key points", and its list */
        if (document->layout.lines.at[k].mark == OC_LINE_HEADING &&
            document->layout.lines.at[k].region == OC_REGION_BODY)
            return;
    bool last = i + 1 == first, brief = line->chars <= (lang == OC_LANG_EN ? 60u : 30u) && !line->sentence;
    bool issuer = (line->cues.start & OC_CUE_ISSUER) && line->mark == OC_LINE_PLAIN && brief && i > title + 1;
    bool heading = line->mark == OC_LINE_HEADING || (last && !issuer && oc_line_starts_heading(document, line->text));
    bool person = oc_line_is_name(document, line) || issuer ||
                  (line->cues.any & (OC_CUE_AFFILIATION | OC_CUE_AUTHOR)) ||
                  ((line->cues.any & OC_CUE_PRESS) && line->chars <= 24 && !line->sentence);
    if (oc_line_is_byline(line) || oc_line_is_date(line) || line->cues.whole & OC_CUE_SERIES ||
        is_parted(document, line) || is_masthead(line) || is_placed_reporter(document, line) ||
        is_name_with_day(document, line) || tells_of_writer(document, i))
        /* NOLINTNEXTLINE(bugprone-branch-clone): what cues say goes between */
        line->region = OC_REGION_BYLINE;
    else if (by_cue >= 0)
        line->region = (uint8_t)by_cue;
    else if (last && !oc_line_is_name(document, line) && !(line->cues.any & (OC_CUE_REPORTER | OC_CUE_PRESS)) &&
             heads_dateline(document, line, first))
        line->region = OC_REGION_TITLE, line->mark = OC_LINE_PLAIN;
    else if (i == title + 1 && line->chars >= LEAST_DECK && !(line->cues.any & DECK_OTHERS) &&
             is_above_signature(document, i))
        line->region = OC_REGION_TITLE, /* a title that is broken goes on with a small letter */
            line->hint = oc_is_lower(line->text.ptr[0]) ? OC_HINT_SUBTITLE : OC_HINT_DECK;
    else if (i == title + 1 && (is_subtitle(line) || line->hint == OC_HINT_SUBTITLE) &&
             !(line->mark == OC_LINE_HEADING && last))
        line->region = OC_REGION_TITLE, line->mark = OC_LINE_PLAIN,
        line->hint = line->hint == OC_HINT_SUBTITLE && line->sentence ? OC_HINT_DECK : line->hint;
    else if (is_deck(document, i, title, first) && !oc_line_is_name(document, line) && !oc_line_is_menu(document, line))
        line->region = OC_REGION_TITLE, line->hint = OC_HINT_DECK;
    else if (!heading && line->cues.menus >= 2 && oc_line_is_menu(document, line))
        /* NOLINTNEXTLINE(bugprone-branch-clone): what tells of a series goes between */
        line->region = OC_REGION_NAVIGATION;
    else if (is_series(document, line) || (!heading && (person || (brief && !last && line->mark != OC_LINE_ITEM))))
        line->region = OC_REGION_BYLINE;
    else if (!heading && oc_line_is_menu(document, line))
        line->region = OC_REGION_NAVIGATION;
}

/* Above the title: who publishes or writes, and when. */
static bool is_byline_above(const oc_document *document, size_t i, size_t title)
{
    const oc_line *line = &document->layout.lines.at[i];
    bool office = document->lang == OC_LANG_EN && line->chars <= OFFICE_CHARS && are_capitals(line->text);
    bool issuer = (line->cues.start & OC_CUE_ISSUER) && (office || line->chars <= ISSUER_CHARS) && !line->sentence;
    bool name = i > 0 && i + 3 >= title && oc_line_is_name(document, line) && !(line->cues.any & OC_CUE_NAVIGATION);
    return oc_line_is_byline(line) || oc_line_is_date(line) || is_masthead(line) || issuer || name;
}

void oc_region_classify_head(oc_document *document, size_t first)
{
    oc_layout *layout = &document->layout;
    size_t title = SIZE_MAX;
    int best = 64 * 4;
    for (size_t i = 0; i < first; i++) {
        int score = title_score(document, i, first);
        if (score > best) best = score, title = i;
    }
    if (title == SIZE_MAX && first > 0 && first <= 3)
        for (size_t i = 0; i < first && title == SIZE_MAX; i++)
            if (title_score(document, i, first) > 0) title = i;
    /* A page without any title in its text. */
    if (title == SIZE_MAX) title = first;
    for (size_t i = 0; i < first; i++) {
        oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_BODY) continue;
        bool titled = i == title || (i < title && ((is_series(document, line) && !oc_line_is_menu(document, line)) ||
                                                   (i + 1 == title && line->mark == OC_LINE_HEADING)));
        if (titled) {
            line->region = OC_REGION_TITLE;
        } else if (i > title) {
            classify_below_title(document, i, title, first);
        } else if (is_byline_above(document, i, title)) {
            line->region = OC_REGION_BYLINE;
        } else {
            int by_cue = oc_line_cue_region(document, line);
            line->region = (uint8_t)(by_cue >= 0 && by_cue != OC_REGION_RELATED ? by_cue : OC_REGION_NAVIGATION);
        }
    }
}
