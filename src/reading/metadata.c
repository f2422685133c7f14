/* Metadata; see metadata.h. Each field has its own small function that goes through the lines outside of the body;
 * the printed text wins over what the mark-up states. */
#include "reading/metadata.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "reading/metadata_parts.h"
#include "reading/region.h"
#include "reading/region_line.h"
#include "reading/sign.h"
#include "reading/text.h"

enum { TITLE_BYTES = 1000 }; /* of a title of several lines; more of them add nothing */

oc_slice oc_metadata_trim(oc_slice text)
{
    static const char *const marks[] = {" ", "\u3000", ":",  "：", "|", "｜", "/",  "／", ",",      "、", "=", "＝",
                                        "(", ")",      "（", "）", "[", "]",  "【", "】", "■",      "●",  "▲", "-",
                                        "–", "—",      "·",  "・", "<", ">",  "〈", "〉", "\u00a0", "."};
    return OC_SIGNS_TRIM(text, marks);
}

/* --- series --- */

/* "제58차", "第28回": of a meeting, not of an issue. */
static bool counts_meetings(const oc_document *document, oc_slice behind)
{
    return oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_COUNTER, behind) > 0;
}

oc_slice oc_series_number(const oc_document *document, oc_slice text, size_t *ret_at)
{
    const oc_cues *cues = document->reader->cues;
    size_t len, from = 0, at;
    text = oc_slice_sub(text, 0, 400); /* longer lines name no series, and may hold any number of marks */
    while ((at = oc_cues_phrase(cues, document->lang, OC_PHRASE_NUMBER, text, from, &len)) != SIZE_MAX) {
        size_t digits = at + len;
        digits += digits < text.len && text.ptr[digits] == ' ';
        size_t end = digits;
        while (end < text.len && (oc_is_digit(text.ptr[end]) || (end > digits && text.ptr[end] == '-' &&
                                                                 end + 1 < text.len && oc_is_digit(text.ptr[end + 1]))))
            end++;
        if (end > digits && !counts_meetings(document, oc_slice_from(text, end))) {
            *ret_at = at;
            return oc_slice_sub(text, digits, end);
        }
        from = at + len;
    }
    /* "이슈브리프 2026-03" */
    bool dashed = text.len && memchr(text.ptr, '-', text.len);
    for (size_t i = 0; dashed && i + 4 < text.len; i++) {
        if (!oc_is_digit(text.ptr[i])) continue;
        size_t end = i;
        bool dash = false;
        while (end < text.len && (oc_is_digit(text.ptr[end]) || (text.ptr[end] == '-' && !dash && end > i)))
            dash |= text.ptr[end] == '-', end++;
        if (dash && end - i >= 4 && oc_is_digit(text.ptr[end - 1]) && (end == text.len || text.ptr[end] != '-')) {
            *ret_at = i;
            return oc_slice_sub(text, i, end);
        }
        if (end > i) i = end;
    }
    return (oc_slice){"", 0};
}

static size_t first_body(const oc_document *document)
{
    size_t i = 0;
    while (i < document->layout.lines.len &&
           (document->layout.lines.at[i].region != OC_REGION_BODY || !document->layout.lines.at[i].sentence))
        i++;
    return i;
}

/* "東亜政策研究機構 政策ノート": the institution in front of its series. */
static oc_slice without_institution(oc_document *document, oc_slice name)
{
    size_t gap_len, gap = oc_sign_blank(name, 0, &gap_len);
    if (gap == SIZE_MAX || document->lang == OC_LANG_EN) return name;
    oc_slice head = oc_slice_sub(name, 0, gap), rest = oc_metadata_trim(oc_slice_sub(name, gap + gap_len, name.len));
    bool institution = oc_cues_line(document->reader->cues, document->lang, head).any & OC_CUE_AFFILIATION;
    bool series = oc_cues_line(document->reader->cues, document->lang, rest).any & OC_CUE_SERIES;
    if (!institution || !series) return name;
    if (!document->metadata.publisher.len) document->metadata.publisher = head;
    return rest;
}

/* "Peninsula Notes No. 41" above another title: nothing but a name and its number. */
static bool ends_in_number(const oc_document *document, const oc_line *line, oc_slice number)
{
    oc_slice behind = oc_slice_from(line->text, (size_t)(number.ptr - line->text.ptr) + number.len);
    size_t closed = oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_NUMBER_END, behind);
    return behind.len == closed && line->chars <= 40;
}

bool oc_series_is_in_page_title(const oc_document *document, oc_slice text)
{
    oc_slice page = document->layout.stated.page_title, opening = OC_SLICE("[");
    if (oc_slice_begins(page, "【")) opening = OC_SLICE("【");
    oc_slice rest = oc_slice_from(page, opening.len);
    bool same = text.len && oc_slice_starts(page, opening) && oc_slice_starts(rest, text);
    oc_slice behind = same ? oc_slice_from(rest, text.len) : (oc_slice){"", 0};
    return oc_slice_begins(behind, "]") || oc_slice_begins(behind, "】");
}

enum { SERIES_BYTES = 20 };

/* English, below the title: "Strait Papers No. 27 | June 2026": words with capitals before "No." */
static bool names_issue(const oc_document *document, const oc_line *line, oc_slice number, size_t at)
{
    if (document->lang != OC_LANG_EN || !number.len || at < 5 || line->region != OC_REGION_BYLINE) return false;
    oc_slice before = oc_slice_sub(line->text, at, (size_t)(number.ptr - line->text.ptr));
    for (size_t i = 0; i < at; i++)
        if ((i == 0 || line->text.ptr[i - 1] == ' ') && line->text.ptr[i] >= 'a' && line->text.ptr[i] <= 'z')
            return false;
    return oc_slice_starts(oc_slice_trim(before), OC_SLICE("No"));
}

/* `above`: a line of the title follows. */
static bool read_series(oc_document *document, const oc_line *line, bool above)
{
    oc_metadata *metadata = &document->metadata;
    size_t at = 0;
    oc_slice number = oc_series_number(document, line->text, &at);
    bool series = (line->cues.any & OC_CUE_SERIES) ||
                  (number.len && at > 3 && line->region == OC_REGION_TITLE &&
                   (line->mark != OC_LINE_HEADING || (above && ends_in_number(document, line, number))));
    if (above && !number.len && oc_series_is_in_page_title(document, line->text)) {
        metadata->series = line->text;
        return true;
    }
    if (document->lang == OC_LANG_EN && !number.len && oc_slice_find(line->text, OC_SLICE(": "), 0) < SERIES_BYTES)
        return false; /* "Commentary: The handover nobody wants" */
    series |= names_issue(document, line, number, at);
    if (line->chars > 80 || !series || line->sentence) return false;
    if (!number.len && !(line->cues.whole & OC_CUE_SERIES) && line->region != OC_REGION_TITLE) return false;
    if (number.len && !metadata->series_number.len) {
        oc_slice name = oc_metadata_trim(oc_slice_sub(line->text, 0, at));
        /* "第3号 コメンタリー": the number comes first. */
        if (!name.len) {
            size_t behind = (size_t)(number.ptr - line->text.ptr) + number.len;
            name = oc_metadata_trim(oc_slice_sub(line->text, behind, line->text.len));
            size_t closed = oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_NUMBER_END, name);
            name = oc_metadata_trim(oc_slice_from(name, closed));
        }
        oc_stamp stamp;
        if (oc_stamp_find(name, 0, false, &stamp)) name = oc_metadata_trim(oc_slice_sub(name, 0, stamp.from));
        metadata->series = without_institution(document, name);
        metadata->series_number = number;
        return true;
    }
    if (!number.len && !metadata->series.len) metadata->series = oc_metadata_trim(line->text);
    return true;
}

/* --- title --- */

/* "Headline | Site", "Headline - Site": the headline, and the site in *ret_site. */
static oc_slice split_page_title(oc_slice text, oc_slice *ret_site)
{
    static const char *const marks[] = {" | ", "｜", " - ", " – ", " — ", " :: ", " : ", "|"};
    *ret_site = (oc_slice){"", 0};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = SIZE_MAX, next = oc_slice_find(text, oc_slice_of(marks[i]), 0);
        while (next != SIZE_MAX) at = next, next = oc_slice_find(text, oc_slice_of(marks[i]), next + 1);
        if (at == SIZE_MAX || at < text.len / 3) continue;
        *ret_site = oc_slice_trim(oc_slice_sub(text, at + strlen(marks[i]), text.len));
        return oc_slice_trim(oc_slice_sub(text, 0, at));
    }
    return text;
}

static oc_slice unescape(oc_arena *arena, oc_slice text)
{
    if (!text.len || !memchr(text.ptr, '&', text.len)) return text;
    oc_text out = oc_text_in(arena);
    for (size_t i = 0; i < text.len;) {
        size_t len = 0;
        uint32_t code = oc_text_reference(oc_slice_sub(text, i, text.len), &len);
        char bytes[4];
        if (code)
            oc_text_add(&out, (oc_slice){bytes, oc_utf8_encode(code == 0xa0 ? ' ' : code, bytes)}), i += len;
        else
            oc_text_byte(&out, text.ptr[i++]);
    }
    return oc_text_slice(&out);
}

/* Index of the last line of the title above the body, 0 if there is none or it is the first of all. */
static size_t last_title_line(const oc_document *document, size_t body)
{
    size_t last = body;
    while (last-- > 1)
        if (document->layout.lines.at[last].region == OC_REGION_TITLE) return last;
    return 0;
}

static void read_title(oc_arena *arena, oc_document *document, size_t body)
{
    oc_metadata *metadata = &document->metadata;
    const oc_stated *stated = &document->layout.stated;
    const oc_line *title = NULL;
    size_t last = last_title_line(document, body);
    for (size_t i = 0; i < body; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        bool above = i < last, series = read_series(document, line, above);
        if (line->region != OC_REGION_TITLE || line->hint == OC_HINT_DECK) continue;
        if (series && (line->mark != OC_LINE_HEADING || above)) continue;
        if (!title) {
            title = line;
            metadata->title = line->text;
        } else if ((title + 1 == line || line->mark != OC_LINE_HEADING) && metadata->title.len < TITLE_BYTES) {
            static const char *const dashes[] = {"-", "–", "—", "―", " ", "−", "－"};
            oc_slice below = OC_SIGNS_TRIM(line->text, dashes);
            metadata->title = oc_arena_printf(arena, "%.*s %.*s", OC_FMT(metadata->title), OC_FMT(below));
        }
    }
    /* "会議録 第9号" may be all the title there is. */
    for (size_t i = 0; i < body && !title; i++)
        if (document->layout.lines.at[i].region == OC_REGION_TITLE) {
            title = &document->layout.lines.at[i];
            metadata->title = title->text;
        }
    oc_slice site;
    oc_slice headline = split_page_title(stated->page_title, &site);
    if (!metadata->title.len) metadata->title = unescape(arena, stated->title.len ? stated->title : headline);
    if (!metadata->series.len) metadata->series = unescape(arena, stated->series);
    if (!metadata->publisher.len)
        metadata->publisher = unescape(arena, stated->publisher.len ? stated->publisher : site);
}

/* --- publisher and category --- */

static size_t behind_rights(const oc_document *document, oc_slice text)
{
    const oc_cues *cues = document->reader->cues;
    size_t length = 0, at = oc_cues_phrase(cues, document->lang, OC_PHRASE_RIGHTS, text, 0, &length), end = at;
    while (at != SIZE_MAX && at < end + 24) {
        end = at + length;
        at = oc_cues_phrase(cues, document->lang, OC_PHRASE_RIGHTS, text, end, &length);
    }
    return end;
}

static oc_slice owner_of_rights(const oc_document *document, oc_slice text)
{
    static const char *const ends[] = {". ", ", ", "，", "、", "。", "｜", "|", "–", " - ", ">"};
    size_t len = 0, at = behind_rights(document, text);
    if (at == SIZE_MAX) return (oc_slice){"", 0};
    for (;;) {
        oc_slice rest = oc_slice_sub(text, at, text.len);
        size_t step = 0;
        if (rest.len && (oc_is_digit(rest.ptr[0]) || strchr(" -.,:<>()", rest.ptr[0])))
            step = 1;
        else if (oc_slice_begins(rest, "by ") || oc_slice_begins(rest, "–") || oc_slice_begins(rest, "："))
            step = 3;
        if (!step) break;
        at += step;
    }
    oc_slice rest = oc_slice_sub(text, at, text.len);
    size_t end = OC_FIND_ANY(rest, 0, ends, &len);
    rest = oc_slice_sub(rest, 0, end);
    end = oc_cues_phrase(document->reader->cues, document->lang, OC_PHRASE_RIGHTS_END, rest, 0, &len);
    rest = oc_slice_sub(rest, 0, end);
    rest = oc_metadata_trim(rest);
    if (oc_slice_starts(rest, OC_SLICE("the "))) rest = oc_slice_sub(rest, 4, rest.len);
    return oc_utf8_count(rest) <= 50 ? rest : (oc_slice){"", 0};
}

/* "The Harbour Post" on the first line, where the rights are of "Harbour Post Media"; else the owner of the rights. */
static oc_slice masthead_of(const oc_document *document, oc_slice rights, size_t body)
{
    const oc_line *line = document->layout.lines.at;
    if (!body || document->lang != OC_LANG_EN || line->region == OC_REGION_TITLE || line->sentence) return rights;
    oc_slice name = oc_slice_trim(line->text);
    oc_slice core = oc_slice_begins(name, "The ") ? oc_slice_from(name, strlen("The ")) : name;
    bool company = core.len >= 5 && core.len < rights.len && oc_slice_find(rights, core, 0) != SIZE_MAX;
    return company ? name : rights;
}

static void read_publisher(oc_document *document, size_t body)
{
    oc_metadata *metadata = &document->metadata;
    const oc_layout *layout = &document->layout;
    oc_slice rights = {"", 0};
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->region == OC_REGION_BODY || line->region == OC_REGION_FOOTNOTES) continue;
        if ((line->cues.start & OC_CUE_PUBLISHER) && line->region == OC_REGION_BYLINE) {
            metadata->publisher = oc_metadata_trim(oc_slice_sub(line->text, line->cues.start_end, line->text.len));
            return;
        }
        if (!rights.len && line->region == OC_REGION_NOTICE) rights = owner_of_rights(document, line->text);
    }
    if (metadata->publisher.len) return;
    if (rights.len) {
        metadata->publisher = masthead_of(document, rights, body);
        return;
    }
    oc_press_read(document, body);
    if (metadata->publisher.len) return;
    /* The name of the paper alone on the first line. */
    for (size_t i = 0; i < body && i < 2; i++) {
        const oc_line *line = &layout->lines.at[i];
        bool plain = line->region == OC_REGION_NAVIGATION &&
                     !(line->cues.whole & (OC_CUE_NAVIGATION | OC_CUE_RECORD)) && line->hint != OC_HINT_NAVIGATION &&
                     line->links < 50 && !oc_line_is_menu(document, line);
        if (plain && line->chars >= 3 && line->chars <= 40 && i == 0) metadata->publisher = line->text;
    }
}

static void read_category(oc_document *document, size_t body)
{
    oc_metadata *metadata = &document->metadata;
    const oc_layout *layout = &document->layout;
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->region == OC_REGION_BODY || line->region == OC_REGION_FOOTNOTES || line->region == OC_REGION_RELATED)
            continue;
        if ((line->cues.start & OC_CUE_CATEGORY) && line->cues.start_end < line->text.len) {
            metadata->category = oc_metadata_trim(oc_slice_sub(line->text, line->cues.start_end, line->text.len));
            return;
        }
    }
    if (layout->stated.section.len) {
        metadata->category = layout->stated.section;
        return;
    }
    for (size_t i = 0; i < body; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_NAVIGATION || line->chars > 60) continue;
        size_t last = SIZE_MAX, last_len = 0, from = 0, len, at, crumbs = 0;
        while ((at = oc_slice_find_any(line->text, from, (const char *const[]){" > ", " › ", " » ", ">", "＞", " / "},
                                       6, &len)) != SIZE_MAX)
            last = at, last_len = len, from = at + len, crumbs++;
        if (crumbs && last + last_len < line->text.len)
            metadata->category = oc_metadata_trim(oc_slice_sub(line->text, last + last_len, line->text.len));
        /* A single word of the menu right above the title. */
        bool above = i + 1 < layout->lines.len &&
                     (line[1].region == OC_REGION_TITLE || (i + 2 < body && line[2].region == OC_REGION_TITLE));
        if (!metadata->category.len && above && (line->cues.whole & (OC_CUE_NAVIGATION | OC_CUE_RECORD)) &&
            !(line->cues.any & OC_CUE_RELEASE) && line->chars <= 16 && line->links < 50)
            metadata->category = oc_metadata_trim(line->text);
    }
}

/* --- the rest --- */

static bool is_machine_written(const oc_document *document)
{
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if ((line->cues.any & OC_CUE_MACHINE) && line->region != OC_REGION_BODY && line->region != OC_REGION_RELATED &&
            line->region != OC_REGION_FOOTNOTES && line->region != OC_REGION_TITLE)
            return true;
    }
    return false;
}

/* "PW" of a dateline: "Pacific Wire" in a line of the head. */
static void spell_out_publisher(oc_document *document, size_t body)
{
    oc_slice letters = document->metadata.publisher;
    if (document->lang != OC_LANG_EN || letters.len < 2 || letters.len > 5) return;
    for (size_t i = 0; i < body && i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        size_t count = 0;
        bool same = line->region != OC_REGION_BODY && !line->sentence && line->text.len > 2 * letters.len;
        for (size_t k = 0; k < line->text.len && same; k++) {
            if (k && line->text.ptr[k - 1] != ' ') continue;
            same = count < letters.len && letters.ptr[count] == line->text.ptr[k];
            count++;
        }
        if (!same || count != letters.len) continue;
        document->metadata.publisher = line->text;
        return;
    }
}

void oc_metadata_read(oc_arena *arena, oc_document *document)
{
    size_t body = first_body(document);
    read_title(arena, document, body);
    read_publisher(document, body);
    oc_people_read(document, body);
    oc_institution_read(document);
    read_category(document, body);
    oc_published_read(arena, document, body);
    spell_out_publisher(document, body);
    document->metadata.machine_written = is_machine_written(document);
    document->metadata.category = unescape(arena, document->metadata.category);
    document->metadata.author = unescape(arena, document->metadata.author);
}
