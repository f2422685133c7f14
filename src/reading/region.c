/* Regions; see region.h.
 *
 * In this order: hints of the mark-up; page furniture (page numbers, lines that repeat on pages); the head, which is
 * everything before the first paragraph: the title is its most title-like line, what follows are bylines, what comes
 * before is navigation; then line by line from the first paragraph on with a small state: a cue such as "Related
 * articles" opens a region, two paragraphs in a row close it again, because cards alternate between titles and first
 * sentences. Cards without such a cue are known by their date lines: two or more in the tail of the document.
 *
 * "Paragraph" means: ends like a sentence and is long enough, 25 characters in Japanese and Korean, 60 in English. */
#include "reading/region.h"

#include "base/ascii.h"
#include "base/block.h"
#include "base/utf8.h"
#include "reading/phrase.h"
#include "reading/region_line.h"
#include "reading/sign.h"
#include "reading/stamp.h"
#include "reading/turn.h"

enum {
    CUE_BYTES = 600,
    CLOSED_BYTES = 48,
    HEAD_LINES = 60,
    LEAD_LINES = 3,
    REPORTERS_CHARS = 140,
    BIOGRAPHY_CHARS = 300,
    WRAPPED_CHARS = 160,
    OFFER_CHARS = 160,
    ATTACHED_CHARS = 60,
    CREDITED_CHARS = 260,
    SENTENCE_CHARS = 24,
    BIOGRAPHY_LINES = 24,
    BIOGRAPHY_HEADING = 40
};

/* "보 도 자 료", "報　道　発　表": a word of letters set apart, without its blanks; "" if it is none. */
static oc_slice close_up(oc_slice text, char room[CLOSED_BYTES])
{
    size_t length = 0, letters = 0;
    for (size_t at = 0; at < text.len && at < CLOSED_BYTES; letters++) {
        size_t start = at;
        uint32_t code = oc_utf8_next(text, &at);
        if (code < 0x3000) return (oc_slice){"", 0};
        memcpy(room + length, text.ptr + start, at - start);
        length += at - start;
        if (at >= text.len) break;
        code = oc_utf8_next(text, &at);
        if (code != ' ' && code != 0x3000) return (oc_slice){"", 0};
    }
    return letters >= 2 ? (oc_slice){room, length} : (oc_slice){"", 0};
}

void oc_region_cues(oc_document *document)
{
    char room[CLOSED_BYTES + 4];
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        oc_line *line = &document->layout.lines.at[i];
        line->beside_date = oc_line_beside_date(line);
        oc_slice closed = line->text.len <= CLOSED_BYTES ? close_up(line->text, room) : (oc_slice){"", 0};
        if (closed.len) {
            line->cues = oc_cues_line(document->reader->cues, document->lang, closed);
            line->cues.start_end = line->cues.start ? (uint32_t)line->text.len : 0;
        } else if (line->text.len <= CUE_BYTES)
            line->cues = oc_cues_line(document->reader->cues, document->lang, line->text);
    }
}

/* --- hints of the mark-up --- */

static int hint_region(uint8_t hint)
{
    switch (hint) {
    case OC_HINT_NAVIGATION: return OC_REGION_NAVIGATION;
    case OC_HINT_RELATED: return OC_REGION_RELATED;
    case OC_HINT_ADVERTISEMENT: return OC_REGION_ADVERTISEMENT;
    case OC_HINT_NOTICE: return OC_REGION_NOTICE;
    case OC_HINT_FOOTNOTE: return OC_REGION_FOOTNOTES;
    case OC_HINT_CAPTION: return OC_REGION_CAPTION;
    case OC_HINT_BYLINE: return OC_REGION_BYLINE;
    case OC_HINT_TABLE: return OC_REGION_TABLE;
    default: return -1;
    }
}

/* Hints that would swallow nearly all paragraphs are wrong: a layout made of a table, a page wrapped in a "card". */
static void apply_hints(oc_document *document)
{
    size_t all = 0, by_hint[16] = {0};
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if (!oc_line_is_paragraph(line, document->lang)) continue;
        all += line->chars;
        by_hint[line->hint] += line->chars;
    }
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        oc_line *line = &document->layout.lines.at[i];
        int region = hint_region(line->hint);
        if (region < 0 || by_hint[line->hint] * 2 > all || line->region != OC_REGION_BODY) continue;
        if (line->hint == OC_HINT_NOTICE && oc_line_is_menu(document, line)) region = OC_REGION_NAVIGATION;
        if (line->hint == OC_HINT_BYLINE && oc_line_is_paragraph(line, document->lang)) continue;
        bool wall = i > 0 && line[-1].region == OC_REGION_NOTICE && line[-1].last == line->first; /* and its link */
        if (line->hint == OC_HINT_NOTICE && line->links > 80 && !(line->cues.any & OC_CUE_NOTICE) && !wall)
            region = OC_REGION_NAVIGATION;
        line->region = (uint8_t)region;
    }
}

/* --- body and tail --- */

static int heading_level(const oc_line *line)
{
    oc_slice text = line->text;
    if (line->level) return line->level;
    size_t digits = 0;
    while (digits < text.len && oc_is_digit(text.ptr[digits])) digits++;
    if (digits && digits + 1 < text.len && text.ptr[digits] == ')') return 3;
    if (digits && digits + 1 < text.len && text.ptr[digits] == '.' && oc_is_digit(text.ptr[digits + 1])) return 3;
    return 2;
}

static const oc_line *body_neighbour(const oc_layout *layout, size_t i, int step)
{
    for (size_t k = i + (size_t)step; k < layout->lines.len; k += (size_t)step)
        if (layout->lines.at[k].region == OC_REGION_BODY) return &layout->lines.at[k];
    return NULL;
}

/* A short line without full stop between finished sentences. */
static bool is_heading(const oc_document *document, size_t i)
{
    const oc_layout *layout = &document->layout;
    const oc_line *line = &layout->lines.at[i];
    oc_lang lang = document->lang;
    if (line->mark != OC_LINE_PLAIN || line->turn || line->chars > (lang == OC_LANG_EN ? 90u : 45u)) return false;
    const oc_lexicon *lexicon = document->reader->lexicon;
    if (lexicon && oc_phrase_begins(lexicon, lang, OC_PHRASE_TURN, line->text))
        return false; /* of a transcript: "QUESTION: …?" */
    if (line->sentence && !oc_line_is_question(line)) return false;
    bool colon = oc_slice_find(line->text, OC_SLICE(": "), 0) != SIZE_MAX;
    if (line->sentence && colon && !line->gap) return false; /* "It should have been a question: What if you do not?" */
    if (oc_slice_ends(line->text, OC_SLICE("、")) || oc_slice_ends(line->text, OC_SLICE(",")) ||
        oc_slice_ends(line->text, OC_SLICE("-")))
        return false;
    const oc_line *before = body_neighbour(layout, i, -1), *after = body_neighbour(layout, i, 1);
    if (before && !before->sentence && before->mark == OC_LINE_PLAIN && !line->gap) return false;
    if (before && before->mark == OC_LINE_ITEM && !line->gap) return false;
    if (!after) return false;
    bool numbered = oc_line_starts_heading(document, line->text);
    if (line->bold) return true;
    /* The broken end of a paragraph, or the first of its lines, is about as long as its neighbours. */
    bool unfinished = before && !before->sentence && before->mark == OC_LINE_PLAIN;
    if (unfinished && !numbered) return false;
    if (!after->gap && !numbered && after->chars < (lang == OC_LANG_EN ? 110u : 60u) &&
        line->chars * 3 > after->chars * 2)
        return false;
    bool small = line->chars <= (lang == OC_LANG_EN ? 60u : 30u) && after->chars > line->chars;
    if (lang == OC_LANG_EN && oc_is_lower(line->text.ptr[0])) return false;
    return numbered || (small && (line->gap || after->gap || after->chars >= 3 * line->chars || after->sentence));
}

/* "#OPCON #UFS" */
static bool is_tags(oc_slice text)
{
    size_t words = 0, tags = 0;
    text = oc_slice_trim(text);
    if (!text.len || text.ptr[0] != '#') return false;
    for (size_t i = 0; i < text.len; i++) {
        bool start = text.ptr[i] != ' ' && (i == 0 || text.ptr[i - 1] == ' ');
        words += start;
        tags += start && text.ptr[i] == '#' && i + 1 < text.len && text.ptr[i + 1] != ' ';
    }
    return words && tags == words;
}

/* Cards without a heading: where the first of them begins, or SIZE_MAX. */
static size_t find_bare_cards(const oc_document *document, size_t first)
{
    const oc_layout *layout = &document->layout;
    size_t dates = 0, start = SIZE_MAX, last = 0;
    for (size_t i = first + 2; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        bool closing = oc_sign_opens(line->text); /* (2026年3月脱稿) */
        if (line->region != OC_REGION_BODY || closing || !oc_line_is_date(line) ||
            (line->cues.start & (OC_CUE_PUBLISHED | OC_CUE_UPDATED)) || line->mark == OC_LINE_HEADING)
            continue;
        if (start != SIZE_MAX && i - last > 6) dates = 0, start = SIZE_MAX;
        if (!dates) start = i;
        last = i;
        dates++;
    }
    if (dates < 2) return SIZE_MAX;
    for (int back = 0; back < 2 && start > first + 1; back++) {
        const oc_line *before = &layout->lines.at[start - 1];
        if (before->region != OC_REGION_BODY || !oc_related_is_title(before, document->lang)) break;
        start--;
    }
    /* A link, the first sentence of what it leads to, the date. */
    if (start > first + 2 && layout->lines.at[start - 1].sentence && layout->lines.at[start - 2].links > 80 &&
        oc_related_is_title(&layout->lines.at[start - 2], document->lang))
        start -= 2;
    return start;
}

typedef struct walker {
    oc_document *document;
    size_t first;
    int state;     /* region that is open, or OC_REGION_BODY */
    size_t titles; /* card titles since the last paragraph or gap */
    size_t told;   /* sentences among the cards */
    size_t cards;  /* where bare cards begin */
    bool attached; /* the line before lists what is attached */
} walker;

static bool next_is_paragraph(const walker *w, size_t i)
{
    const oc_layout *layout = &w->document->layout;
    for (size_t k = i + 1; k < layout->lines.len; k++) {
        const oc_line *line = &layout->lines.at[k];
        if (line->region != OC_REGION_BODY) continue;
        return oc_line_is_paragraph(line, w->document->lang) && oc_line_cue_region(w->document, line) < 0;
    }
    return false;
}

/* "Autumn courses. Register by Oct. 5 and get 2 weeks free.", right below the label of an advertisement. */
static bool is_offer(const oc_document *document, size_t i)
{
    const oc_line *line = &document->layout.lines.at[i];
    size_t length;
    return i && line[-1].region == OC_REGION_ADVERTISEMENT && (line[-1].cues.whole & OC_CUE_ADVERT) &&
           line->chars <= OFFER_CHARS &&
           oc_cues_phrase(document->reader->cues, document->lang, OC_PHRASE_OFFER, line->text, 0, &length) != SIZE_MAX;
}

/* True if the open region ends before this line. */
static bool leaves(walker *w, size_t i)
{
    const oc_line *line = &w->document->layout.lines.at[i];
    oc_lang lang = w->document->lang;
    bool paragraph = oc_line_is_paragraph(line, lang);
    bool quotes = line->sentence && (oc_slice_begins(line->text, "\"") || oc_slice_begins(line->text, "“"));
    if (w->state == OC_REGION_ADVERTISEMENT && quotes) return true;
    if (w->state == OC_REGION_ADVERTISEMENT && is_offer(w->document, i)) return false;
    if (w->state == OC_REGION_ADVERTISEMENT)
        return paragraph || (line->gap && line->chars > 20) || line->mark == OC_LINE_HEADING;
    if (!paragraph || oc_line_is_question(line)) {
        bool one = lang == OC_LANG_EN && w->state == OC_REGION_RELATED && w->titles > 1 && !w->told && line->sentence &&
                   line->chars >= SENTENCE_CHARS && !line->links && !oc_line_is_question(line) &&
                   line->mark == OC_LINE_PLAIN;
        if (one) return true; /* titles of cards alone, then a sentence */
        w->told += line->sentence;
        if (!line->sentence) w->titles++;
        return line->mark == OC_LINE_HEADING && line->level && next_is_paragraph(w, i) &&
               w->document->format != OC_FORMAT_HTML && !w->titles;
    }
    if (oc_slice_ends(line->text, OC_SLICE("…")) || oc_slice_ends(line->text, OC_SLICE("..."))) return false;
    if (next_is_paragraph(w, i)) return true;
    bool apart = line->gap || line->mark == OC_LINE_PLAIN;
    bool after_list = apart && line->chars >= 2 * oc_paragraph_chars(lang) && i > 0 &&
                      w->document->layout.lines.at[i - 1].mark == OC_LINE_ITEM;
    bool after_title = w->titles > 0;
    w->titles = 0;
    return after_list || (line->gap && !after_title && line->chars >= 3 * oc_paragraph_chars(lang));
}

/* "붙임 1. 회의 사진 2매", and the lines of its list: "2. 추진 경과 1부.  끝." */
static bool lists_attached(const walker *w, const oc_line *line)
{
    if (line->chars > ATTACHED_CHARS || line->mark == OC_LINE_HEADING) return false;
    if (line->cues.start & OC_CUE_ATTACHED) return !line->sentence || line->chars <= ATTACHED_CHARS / 2;
    bool listed = line->mark == OC_LINE_ITEM || (line->text.len && oc_is_digit(line->text.ptr[0]));
    return w->attached && listed && !line->gap;
}

/* "[붙임] 공동언론보도문", and its text below: what is attached is printed here. */
static bool heads_attached(const walker *w, size_t i)
{
    const oc_line *line = &w->document->layout.lines.at[i];
    bool attached = (line->cues.start & OC_CUE_ATTACHED) && !line->sentence && line->mark == OC_LINE_PLAIN && line->gap;
    return attached && i + 1 < w->document->layout.lines.len && line[1].gap &&
           (next_is_paragraph(w, i) || oc_line_starts_wrapped(w->document, i + 1));
}

/* The line before, across notes and page numbers, is a broken line of a paragraph that goes on here. */
static bool is_inside_paragraph(const oc_document *document, size_t i)
{
    const oc_line *lines = document->layout.lines.at;
    size_t before = i;
    if (document->format == OC_FORMAT_HTML || lines[i].mark != OC_LINE_PLAIN) return false;
    while (before > 0 &&
           (lines[before - 1].region == OC_REGION_FOOTNOTES || lines[before - 1].region == OC_REGION_PAGE))
        before--;
    if (!before || (before == i && lines[i].gap)) return false;
    const oc_line *open = &lines[before - 1];
    if (open->cues.any & OC_CUE_REPORTER) return false; /* "(Reporting by …)" has no end of a sentence either */
    return open->region == OC_REGION_BODY && open->mark == OC_LINE_PLAIN && !open->sentence && !open->links &&
           open->chars >= (document->lang == OC_LANG_EN ? 50 : 24) && open->chars <= WRAPPED_CHARS;
}

/* A sentence ends inside of the line: what follows goes on in the next one. */
static bool holds_sentence(const oc_line *line)
{
    static const char *const stops[] = {"。", "다. ", "다.\u201d ", ". "};
    size_t length;
    return OC_FIND_ANY(line->text, 0, stops, &length) != SIZE_MAX;
}

/* "The minister speaks in Seoul on Sept. 30, 2026. (Yonhap)": a day with its year, then an agency in brackets. */
static bool is_credited(const oc_document *document, const oc_line *line)
{
    if (line->chars > CREDITED_CHARS || !oc_slice_ends_with(line->text, ")")) return false;
    size_t open = line->text.len - 1;
    while (open > 0 && line->text.ptr[open] != '(') open--;
    oc_slice before = oc_slice_trim(oc_slice_sub(line->text, 0, open)), agency = oc_slice_from(line->text, open + 1);
    oc_stamp stamp;
    return oc_slice_ends_with(before, ".") && oc_stamp_find(before, 0, false, &stamp) && stamp.day && stamp.year &&
           oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_AGENCY, agency) > 0;
}

static void classify_line(walker *w, size_t i)
{
    oc_line *line = &w->document->layout.lines.at[i];
    oc_lang lang = w->document->lang;
    if (line->region != OC_REGION_BODY) return;
    if (line->turn_starts) {
        w->state = OC_REGION_BODY;
        return;
    }
    if (heads_attached(w, i)) {
        line->mark = OC_LINE_HEADING;
        w->state = OC_REGION_BODY;
        return;
    }
    int by_cue = oc_line_cue_region(w->document, line);
    if (by_cue < 0 && (oc_line_is_menu(w->document, line) || is_tags(line->text))) by_cue = OC_REGION_NAVIGATION;
    if (by_cue < 0 && oc_line_is_byline(line) && !oc_line_is_paragraph(line, lang)) by_cue = OC_REGION_BYLINE;
    if (line->mark == OC_LINE_HEADING && by_cue != OC_REGION_RELATED && by_cue != OC_REGION_NOTICE) by_cue = -1;
    if (line->mark == OC_LINE_ROW) by_cue = OC_REGION_TABLE;
    if (by_cue >= 0 && w->state == OC_REGION_BODY && is_inside_paragraph(w->document, i)) by_cue = -1;
    /* One word in passing in the first line of a paragraph that is broken at a width. */
    if (by_cue == OC_REGION_NOTICE && !(line->cues.start & OC_CUE_NOTICE) && line->cues.notices < 2 &&
        w->state == OC_REGION_BODY && holds_sentence(line) && oc_line_starts_wrapped(w->document, i))
        by_cue = -1;
    if (by_cue < 0 && line->mark == OC_LINE_PLAIN && is_credited(w->document, line)) by_cue = OC_REGION_CAPTION;
    w->attached = lists_attached(w, line);
    if (w->attached && by_cue < 0) by_cue = OC_REGION_NOTICE;
    if (i == w->cards && by_cue < 0) w->state = OC_REGION_RELATED;
    bool signature = line->text.len && (memchr(line->text.ptr, '@', line->text.len) || oc_line_is_dateline(line));
    if (w->state == OC_REGION_RELATED && by_cue == OC_REGION_BYLINE && !signature) by_cue = OC_REGION_RELATED;
    if (by_cue == OC_REGION_RELATED || by_cue == OC_REGION_ADVERTISEMENT) {
        /* "関連記事:…" with its title on the same line is complete. */
        bool complete =
            by_cue == OC_REGION_RELATED && !oc_related_is_heading(line) && line->chars > line->cues.start_end / 3 + 8;
        if (by_cue == OC_REGION_ADVERTISEMENT && oc_slice_find(line->text, OC_SLICE("continue"), 0) != SIZE_MAX)
            complete = true; /* "Advertisement - scroll to continue": of the page, nothing is advertised */
        if (w->state != OC_REGION_RELATED) w->titles = w->told = 0;
        if (!(complete && (w->state == OC_REGION_BODY || w->state == OC_REGION_ADVERTISEMENT)))
            w->state = by_cue == OC_REGION_ADVERTISEMENT && w->state == OC_REGION_RELATED ? w->state : by_cue;
        line->region = (uint8_t)by_cue;
        return;
    }
    if (by_cue >= 0) {
        line->region = (uint8_t)by_cue;
        if (by_cue == OC_REGION_NOTICE && w->state == OC_REGION_ADVERTISEMENT) w->state = OC_REGION_BODY;
        return;
    }
    if (w->state != OC_REGION_BODY && leaves(w, i)) w->state = OC_REGION_BODY;
    if (w->state == OC_REGION_BODY && line->links > 80 && !line->sentence && line->chars < 90 && i > w->first) {
        line->region = OC_REGION_RELATED;
        return;
    }
    line->region = (uint8_t)w->state;
}

/* Short lines behind the last paragraph that are no headings of anything: names of tags, menu words. */
static void classify_leftovers(oc_document *document)
{
    oc_layout *layout = &document->layout;
    size_t last = layout->lines.len;
    while (last > 0) {
        oc_line *line = &layout->lines.at[last - 1];
        if (line->region == OC_REGION_BODY &&
            (line->sentence || line->mark == OC_LINE_QUOTE || line->mark == OC_LINE_ITEM))
            break;
        last--;
    }
    if (last == 0) return;
    for (size_t i = last; i < layout->lines.len; i++) {
        oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_BODY) continue;
        /* "(にしぞの・たくみ 国際政治学)" */
        bool signature = line->chars <= 40 && oc_sign_opens(line->text) && oc_sign_closes(line->text);
        if (oc_line_is_name(document, line) || oc_line_is_byline(line) || oc_line_is_date(line) || signature ||
            ((line->cues.any & (OC_CUE_AFFILIATION | OC_CUE_AUTHOR)) && !oc_line_starts_heading(document, line->text) &&
             !oc_slice_begins(line->text, "▶") && !oc_slice_begins(line->text, "☞")))
            line->region = OC_REGION_BYLINE;
        else
            line->region = OC_REGION_NAVIGATION;
    }
}

/* The name that a line begins with, up to what tells of the person: "Helen Marsh is …", "柏木直人（かしわぎ・…". */
static oc_slice told_name(const oc_document *document, const oc_line *line)
{
    static const char *const wide[] = {"（", "(", "  ", "\u3000", "=", "＝", "┃", "|"};
    size_t length, at;
    if (document->lang == OC_LANG_EN)
        at = oc_cues_phrase(document->reader->cues, OC_LANG_EN, OC_PHRASE_TELLS_WHO, oc_slice_sub(line->text, 0, 60), 0,
                            &length);
    else
        at = OC_FIND_ANY(oc_slice_sub(line->text, 0, 40), 0, wide, &length);
    oc_line name = *line;
    name.text = at == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_trim(oc_slice_sub(line->text, 0, at));
    name.chars = (uint32_t)oc_utf8_count(name.text);
    name.sentence = false;
    return name.text.len && oc_line_is_name(document, &name) ? name.text : (oc_slice){"", 0};
}

/* A byline of the head holds the name, perhaps with a blank in it: 柏木 直人. */
static bool is_signed_by(const oc_document *document, oc_slice name)
{
    for (size_t k = 0; k < document->layout.lines.len && k < HEAD_LINES; k++) {
        const oc_line *line = &document->layout.lines.at[k];
        if (line->region != OC_REGION_BYLINE) continue;
        size_t at = 0, same = 0;
        for (; at < line->text.len && same < name.len; at++) {
            if (line->text.ptr[at] == ' ' && name.ptr[same] != ' ') continue;
            same = line->text.ptr[at] == name.ptr[same] ? same + 1 : line->text.ptr[at] == name.ptr[0];
        }
        if (same == name.len) return true;
    }
    return false;
}

/* "About the authors", and what stands below it. */
static void classify_biographies(oc_document *document)
{
    oc_layout *layout = &document->layout;
    const oc_lexicon *lexicon = document->reader->lexicon;
    size_t from = layout->lines.len > BIOGRAPHY_LINES ? layout->lines.len - BIOGRAPHY_LINES : 0;
    for (size_t i = from; lexicon && i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        oc_slice text = oc_slice_trim(line->text);
        if (oc_slice_ends_with(text, ":")) text.len--;
        if (line->region == OC_REGION_FOOTNOTES || line->chars > BIOGRAPHY_HEADING ||
            !oc_phrase_is(lexicon, document->lang, OC_PHRASE_BIOGRAPHY, text))
            continue;
        for (; i < layout->lines.len && layout->lines.at[i].chars < 2 * BIOGRAPHY_CHARS; i++) {
            oc_line *below = &layout->lines.at[i];
            if (below->region == OC_REGION_BODY || below->region == OC_REGION_NAVIGATION)
                below->region = OC_REGION_BYLINE;
            if (below->region != OC_REGION_BYLINE) break;
        }
        return;
    }
}

/* "Helen Marsh is a senior fellow at …" behind the text. */
static void classify_biography(oc_document *document)
{
    oc_layout *layout = &document->layout;
    size_t last = layout->lines.len;
    while (last > 0 && layout->lines.at[last - 1].region != OC_REGION_BODY) last--;
    if (!last) return;
    oc_line *line = &layout->lines.at[last - 1];
    if (document->lang == OC_LANG_EN && (line->cues.any & OC_CUE_REPORTER) && line->chars < REPORTERS_CHARS) {
        line->region = OC_REGION_BYLINE; /* "X reported from Seoul." */
        return;
    }
    oc_slice name = line->chars < BIOGRAPHY_CHARS ? told_name(document, line) : (oc_slice){"", 0};
    if (name.len && is_signed_by(document, name)) line->region = OC_REGION_BYLINE;
}

static void find_headings(oc_document *document)
{
    oc_layout *layout = &document->layout;
    for (size_t i = 0; i < layout->lines.len; i++) {
        oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_BODY) continue;
        if (line->mark != OC_LINE_HEADING && is_heading(document, i)) line->mark = OC_LINE_HEADING;
        if (line->mark == OC_LINE_HEADING) line->level = (uint8_t)heading_level(line);
    }
}

/* Wire copy may be dated behind its first paragraph: the day stands alone, and there is none in the head. */
static void date_behind_lead(oc_document *document, size_t first)
{
    oc_layout *layout = &document->layout;
    for (size_t i = 0; i < layout->lines.len; i++)
        if (layout->lines.at[i].region == OC_REGION_BYLINE && oc_line_is_date(&layout->lines.at[i])) return;
    for (size_t i = first + 1; i < layout->lines.len && i <= first + LEAD_LINES; i++) {
        oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_BODY || line->mark != OC_LINE_PLAIN || line->beside_date > 2 ||
            (document->lang == OC_LANG_EN && line->beside_date > 0))
            continue;
        line->region = OC_REGION_BYLINE;
        return;
    }
}

void oc_region_classify(oc_arena *arena, oc_document *document)
{
    oc_layout *layout = &document->layout;
    apply_hints(document);
    oc_region_mark_pages(arena, document);
    oc_region_mark_tables(document);
    oc_turns_find(arena, document);
    size_t first = oc_region_first_paragraph(document);
    first = oc_region_back_to_start(document, first);
    oc_region_classify_head(document, first);
    walker w = {
        .document = document, .first = first, .state = OC_REGION_BODY, .cards = find_bare_cards(document, first)};
    for (size_t i = first; i < layout->lines.len; i++) classify_line(&w, i);
    date_behind_lead(document, first);
    classify_leftovers(document);
    classify_biographies(document);
    classify_biography(document);
    find_headings(document);
}

/* --- collecting --- */

void oc_region_collect(oc_arena *arena, oc_document *document)
{
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        oc_region *last = document->regions.len ? &document->regions.at[document->regions.len - 1] : NULL;
        if (last && last->kind == line->region) {
            if (line->last > last->last) last->last = line->last;
            continue;
        }
        /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): with room there is memory */
        *oc_vec_push(arena, &document->regions) = (oc_region){(oc_region_kind)line->region, line->first, line->last};
    }
    oc_related_collect(arena, document);
}
