/* The head of a document: everything before the first paragraph; see region.c. */
#include "reading/region_line.h"

#include "reading/metadata.h"
#include "reading/region.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t oc_region_first_paragraph(const oc_document *document)
{
    const oc_layout *layout = &document->layout;
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_BODY) continue;
        if (line->mark == OC_LINE_QUOTE) return i;
        if (oc_line_starts_wrapped(document, i) && !oc_line_is_byline(line) && !oc_line_is_byline(line + 1) &&
            !oc_line_is_date(line + 1) &&
            oc_line_cue_region(line, document->lang) < 0)
            return i;
        if (!oc_line_is_paragraph(line, document->lang) || oc_line_cue_region(line, document->lang) >= 0 ||
            oc_line_is_byline(line))
            continue;
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

/* A paragraph that is broken into lines begins before the line that ends its first sentence. */
size_t oc_region_back_to_start(const oc_document *document, size_t first)
{
    const oc_line *lines = document->layout.lines.at;
    if (first >= document->layout.lines.len) return first;
    while (first > 0 && !lines[first].gap && lines[first - 1].region == OC_REGION_BODY &&
           lines[first - 1].mark == OC_LINE_PLAIN && !lines[first - 1].sentence &&
           lines[first - 1].chars >= (document->lang == OC_LANG_EN ? 45 : 22) &&
           !oc_line_is_byline(&lines[first - 1]) && lines[first - 1].chars * 2 > lines[first].chars &&
           lines[first].chars < 140)
        first--;
    /* The first lines of a paragraph that notes or the end of a page interrupt. */
    size_t before = first;
    while (before > 0 &&
           (lines[before - 1].region == OC_REGION_FOOTNOTES || lines[before - 1].region == OC_REGION_PAGE))
        before--;
    if (before == first || before == 0) return first;
    const oc_line *open = &lines[before - 1];
    bool broken = open->region == OC_REGION_BODY && open->mark == OC_LINE_PLAIN && !open->sentence &&
                  !oc_line_is_byline(open) && open->chars >= (document->lang == OC_LANG_EN ? 50 : 24);
    return broken ? oc_region_back_to_start(document, before - 1) : first;
}

static int title_score(const oc_document *document, size_t i, size_t first)
{
    const oc_line *line = &document->layout.lines.at[i];
    oc_lang lang = document->lang;
    uint32_t least = lang == OC_LANG_EN ? 16 : 6, most = lang == OC_LANG_EN ? 160 : 90;
    if (line->region != OC_REGION_BODY || line->mark == OC_LINE_ROW || line->mark == OC_LINE_QUOTE) return -1;
    /* "정례브리핑 (2026년 9월 21일)" may be a title, "2026年9月21日 10:30" not. */
    bool dated = oc_line_is_date(line) && !(i == 0 && oc_line_beside_date(line) >= 5);
    if (oc_line_is_byline(line) || dated || oc_line_is_menu(document, line) || oc_line_cue_region(line, lang) >= 0)
        return -1;
    if (line->chars > most || line->links > 80) return -1;
    if (oc_line_is_name(line, lang) && line->mark != OC_LINE_HEADING) return -1;
    int score = line->chars >= least ? 10 : 2;
    score += line->chars >= 2 * least ? 3 : 0;
    if (line->mark == OC_LINE_HEADING) score += 20 - 4 * line->level;
    if (line->bold) score += 3;
    if (line->mark == OC_LINE_ITEM) score -= 6;
    if (i > 0 && line->mark != OC_LINE_HEADING && oc_line_starts_heading(line->text)) score -= 6;
    bool bracket = oc_slice_ends(line->text, OC_SLICE(")")) || oc_slice_ends(line->text, OC_SLICE("）"));
    if ((line->cues.any & OC_CUE_AFFILIATION) && (line->chars < 2 * least || (bracket && line->chars < 5 * least)))
        score -= 8;
    if ((line->cues.any & OC_CUE_SERIES) && line->chars < 2 * least + 10) score -= 5;
    const oc_stated *stated = &document->layout.stated;
    if (oc_line_is_text(line->text, stated->title) || oc_line_is_text(stated->page_title, line->text)) score += 15;
    if (i + 1 < first) {
        const oc_line *next = &document->layout.lines.at[i + 1];
        if (oc_line_is_byline(next) || oc_line_is_date(next) || oc_line_is_name(next, lang)) score += 3;
    }
    return score * 64 - (int)(i < 32 ? i : 32);
}

static bool is_subtitle(const oc_line *line)
{
    static const char *const starts[] = {"―", "—", "–", "~", "〜", "～", "－", "-", "：", ":", "…"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (oc_slice_begins(line->text, starts[i])) return true;
    /* "- 전작권 전환 이행 점검 -", taken for an item of a list */
    bool between = line->mark == OC_LINE_ITEM && (oc_slice_ends(line->text, OC_SLICE("-")) ||
                                                  oc_slice_ends(line->text, OC_SLICE("–")));
    return between || (line->mark == OC_LINE_HEADING && line->level == 2);
}

/* "議会動向メモ No.52", "제18호": a name with the number of an issue. */
static bool has_issue_number(oc_slice text)
{
    size_t at = 0;
    oc_slice number = oc_series_number(text, &at);
    oc_slice before = oc_slice_sub(text, at, (size_t)(number.ptr - text.ptr));
    static const char *const marks[] = {"No", "no", "Vol", "Issue", "№"};
    if (!number.len || number.ptr < text.ptr || at < 4) return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (oc_slice_begins(before, marks[i])) return true;
    oc_slice behind = oc_slice_sub(text, (size_t)(number.ptr - text.ptr) + number.len, text.len);
    return oc_slice_starts(behind, OC_SLICE("号")) || oc_slice_starts(behind, OC_SLICE("호"));
}

static bool is_series(const oc_line *line)
{
    static const char *const numbers[] = {"No.", "No ", "Vol.", "Issue ", "#", "第", "제", "№", "no."};
    if (line->chars > 80 || line->sentence || oc_slice_find(line->text, OC_SLICE(" > "), 0) != SIZE_MAX) return false;
    if (has_issue_number(line->text) && line->chars <= 50) return true;
    if (!(line->cues.any & OC_CUE_SERIES)) return false;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (oc_slice_find(line->text, oc_slice_of(numbers[i]), 0) != SIZE_MAX) return true;
    for (size_t i = 0; i < line->text.len; i++)
        if (is_digit(line->text.ptr[i])) return true;
    return line->chars <= 40;
}

/* Between the title and the body: byline, unless it is a heading of the body. */
static void classify_below_title(oc_document *document, size_t i, size_t title, size_t first)
{
    oc_line *line = &document->layout.lines.at[i];
    oc_lang lang = document->lang;
    int by_cue = oc_line_cue_region(line, lang);
    if (oc_line_is_byline(line) || oc_line_is_date(line) || line->cues.whole & OC_CUE_SERIES)
        line->region = OC_REGION_BYLINE;
    else if (by_cue >= 0)
        line->region = (uint8_t)by_cue;
    else if (i == title + 1 && (is_subtitle(line) || line->hint == OC_HINT_SUBTITLE) && !(line->mark == OC_LINE_HEADING && i + 1 == first)) {
        line->region = OC_REGION_TITLE, line->mark = OC_LINE_PLAIN;
    } else if (is_series(line))
        line->region = OC_REGION_TITLE;
    else if (line->mark == OC_LINE_HEADING || (oc_line_starts_heading(line->text) && i + 1 == first))
        return;
    else if (oc_line_is_name(line, lang) || (line->cues.any & (OC_CUE_AFFILIATION | OC_CUE_AUTHOR)))
        line->region = OC_REGION_BYLINE;
    else if (line->chars <= (lang == OC_LANG_EN ? 60u : 30u) && !line->sentence && i + 1 < first)
        line->region = OC_REGION_BYLINE;
    else if (oc_line_is_menu(document, line))
        line->region = OC_REGION_NAVIGATION;
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
        if (i == title) {
            line->region = OC_REGION_TITLE;
        } else if (i > title) {
            classify_below_title(document, i, title, first);
        } else if (is_series(line) || (i + 1 == title && line->mark == OC_LINE_HEADING)) {
            line->region = OC_REGION_TITLE;
        } else if (oc_line_is_byline(line) || oc_line_is_date(line)) {
            line->region = OC_REGION_BYLINE;
        } else if (i > 0 && i + 3 >= title && oc_line_is_name(line, document->lang) &&
                   !(line->cues.any & OC_CUE_NAVIGATION)) {
            line->region = OC_REGION_BYLINE;
        } else {
            int by_cue = oc_line_cue_region(line, document->lang);
            line->region = (uint8_t)(by_cue >= 0 && by_cue != OC_REGION_RELATED ? by_cue : OC_REGION_NAVIGATION);
        }
    }
}
