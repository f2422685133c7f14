/* Metadata; see metadata.h. Each field has its own small function that goes through the lines outside of the body;
 * the printed text wins over what the mark-up states. */
#include "reading/metadata.h"

#include "base/utf8.h"
#include "reading/region.h"
#include "reading/stamp.h"
#include "reading/text.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static oc_slice trim_marks(oc_slice text)
{
    static const char *const marks[] = {" ", "\u3000", ":", "：", "|", "｜", "/", "／", ",", "、", "=", "＝", "(", ")", "（", "）", "[", "]",
                                        "【", "】", "■", "●", "▲", "-", "–", "—", "·", "・", "<", ">", "〈", "〉", "\u00a0", "."};
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            oc_slice mark = oc_slice_of(marks[i]);
            if (text.len && oc_slice_starts(text, mark)) text = oc_slice_sub(text, mark.len, text.len), more = true;
            if (text.len && oc_slice_ends(text, mark)) text.len -= mark.len, more = true;
        }
    }
    return text;
}

static size_t find_first(oc_slice text, size_t from, const char *const *words, size_t count, size_t *ret_len)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t at = oc_slice_find(text, oc_slice_of(words[i]), from);
        if (at < best) best = at, *ret_len = strlen(words[i]);
    }
    return best;
}
#define FIND_FIRST(text, from, words, ret_len) find_first(text, from, words, sizeof(words) / sizeof *(words), ret_len)

/* --- series --- */

oc_slice oc_series_number(oc_slice text, size_t *ret_at)
{
    static const char *const before[] = {"No. ", "No.", "No ", "no. ", "Vol. ", "Vol.", "Issue ", "Nr. ", "#", "第", "제", "№ ", "№"};
    size_t len, from = 0, at;
    while ((at = FIND_FIRST(text, from, before, &len)) != SIZE_MAX) {
        size_t digits = at + len, end = digits;
        while (end < text.len && (is_digit(text.ptr[end]) || (end > digits && text.ptr[end] == '-' && end + 1 < text.len && is_digit(text.ptr[end + 1])))) end++;
        if (end > digits) {
            *ret_at = at;
            return oc_slice_sub(text, digits, end);
        }
        from = at + len;
    }
    /* "이슈브리프 2026-03" */
    for (size_t i = 0; i + 4 < text.len; i++) {
        size_t end = i;
        bool dash = false;
        while (end < text.len && (is_digit(text.ptr[end]) || (text.ptr[end] == '-' && !dash && end > i))) dash |= text.ptr[end] == '-', end++;
        if (dash && end - i >= 4 && is_digit(text.ptr[end - 1]) && (end == text.len || text.ptr[end] != '-')) {
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
           (document->layout.lines.at[i].region != OC_REGION_BODY || !document->layout.lines.at[i].sentence)) i++;
    return i;
}

static bool read_series(oc_document *document, const oc_line *line)
{
    oc_metadata *metadata = &document->metadata;
    size_t at = 0;
    oc_slice number = oc_series_number(line->text, &at);
    bool series = (line->cues.any & OC_CUE_SERIES) || (number.len && at > 3 && line->region == OC_REGION_TITLE && line->mark != OC_LINE_HEADING);
    if (line->chars > 80 || !series || line->sentence) return false;
    if (!number.len && !(line->cues.whole & OC_CUE_SERIES) && line->region != OC_REGION_TITLE) return false;
    if (number.len && !metadata->series_number.len) {
        oc_slice name = trim_marks(oc_slice_sub(line->text, 0, at));
        /* "第3号 コメンタリー": the number comes first. */
        if (!name.len) {
            size_t behind = (size_t)(number.ptr - line->text.ptr) + number.len;
            name = trim_marks(oc_slice_sub(line->text, behind, line->text.len));
            if (oc_slice_starts(name, OC_SLICE("号"))) name = trim_marks(oc_slice_sub(name, 3, name.len));
            if (oc_slice_starts(name, OC_SLICE("호"))) name = trim_marks(oc_slice_sub(name, 3, name.len));
        }
        oc_stamp stamp;
        if (oc_stamp_find(name, 0, false, &stamp)) name = trim_marks(oc_slice_sub(name, 0, stamp.from));
        metadata->series = name;
        metadata->series_number = number;
        return true;
    }
    if (!number.len && !metadata->series.len) metadata->series = trim_marks(line->text);
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
        if (code) oc_text_add(&out, (oc_slice){bytes, oc_utf8_encode(code == 0xa0 ? ' ' : code, bytes)}), i += len;
        else oc_text_byte(&out, text.ptr[i++]);
    }
    return oc_text_slice(&out);
}

static bool title_follows(const oc_document *document, size_t i, size_t body)
{
    for (i++; i < body; i++)
        if (document->layout.lines.at[i].region == OC_REGION_TITLE) return true;
    return false;
}

static void read_title(oc_arena *arena, oc_document *document, size_t body)
{
    oc_metadata *metadata = &document->metadata;
    const oc_stated *stated = &document->layout.stated;
    const oc_line *title = NULL;
    for (size_t i = 0; i < body; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        bool series = read_series(document, line);
        if (line->region != OC_REGION_TITLE) continue;
        if (series && (line->mark != OC_LINE_HEADING || title_follows(document, i, body))) continue;
        if (!title) {
            title = line;
            metadata->title = line->text;
        } else if (title + 1 == line || line->mark != OC_LINE_HEADING) {
            metadata->title = oc_arena_printf(arena, "%.*s %.*s", OC_FMT(metadata->title), OC_FMT(line->text));
        }
    }
    oc_slice site;
    oc_slice headline = split_page_title(stated->page_title, &site);
    if (!metadata->title.len) metadata->title = unescape(arena, stated->title.len ? stated->title : headline);
    if (!metadata->series.len) metadata->series = unescape(arena, stated->series);
    if (!metadata->publisher.len) metadata->publisher = unescape(arena, stated->publisher.len ? stated->publisher : site);
}

/* --- people --- */

static void set_author(oc_document *document, oc_slice name)
{
    name = trim_marks(name);
    if (document->metadata.author.len || name.len < 2 || oc_utf8_count(name) > 60) return;
    if (oc_slice_find(name, OC_SLICE("://"), 0) != SIZE_MAX || memchr(name.ptr, '@', name.len)) return;
    document->metadata.author = name;
}

static void set_affiliation(oc_document *document, oc_slice text)
{
    text = trim_marks(text);
    if (document->metadata.affiliation.len || text.len < 3 || oc_utf8_count(text) > 90) return;
    document->metadata.affiliation = text;
}

static bool is_short_han(oc_slice word, bool korean)
{
    size_t chars = oc_utf8_count(word), at = 0;
    bool script = true;
    while (at < word.len) {
        uint32_t code = oc_utf8_next(word, &at);
        script &= korean ? code >= 0xac00 && code <= 0xd7a3 : (code >= 0x3041 && code < 0xa000);
    }
    return script && word.len && chars <= 4;
}

/* "防衛政策総合研究所 主任研究官 棚橋 律子": the place first, the name in the last word or, if both are short, two words. */
static bool read_place_and_name(oc_document *document, oc_slice text)
{
    bool korean = document->lang == OC_LANG_KO;
    size_t words[2] = {SIZE_MAX, SIZE_MAX}; /* starts of the last and the last but one */
    for (size_t i = text.len; i-- > 0 && words[1] == SIZE_MAX;) {
        size_t gap = text.ptr[i] == ' ' ? 1 : i >= 2 && memcmp(text.ptr + i - 2, "\u3000", 3) == 0 ? 1 : 0;
        if (!gap) continue;
        if (words[0] == SIZE_MAX) words[0] = i + 1;
        else words[1] = i + 1;
    }
    if (words[0] == SIZE_MAX) return false;
    oc_slice last = oc_slice_sub(text, words[0], text.len);
    size_t start = words[0];
    if (words[1] != SIZE_MAX && !korean) {
        oc_slice before = trim_marks(oc_slice_sub(text, words[1], words[0]));
        if (oc_utf8_count(before) <= 3 && oc_utf8_count(last) <= 3 && is_short_han(before, false)) start = words[1];
    }
    oc_slice place = trim_marks(oc_slice_sub(text, 0, start));
    bool long_place = oc_utf8_count(place) >= (korean ? 6 : 5);
    uint32_t cues = oc_cues_line(document->reader->cues, document->lang, place).any;
    bool in_name = oc_cues_line(document->reader->cues, document->lang, oc_slice_sub(text, start, text.len)).any & OC_CUE_AFFILIATION;
    size_t first = 0;
    while (first < place.len && place.ptr[first] != ' ' && memcmp(place.ptr + first, "\u3000", place.len - first < 3 ? 0 : 3) != 0) first++;
    bool place_first = oc_utf8_count(oc_slice_sub(place, 0, first)) > 4;
    if (!(cues & OC_CUE_AFFILIATION) || in_name || !long_place || !place_first || !is_short_han(last, korean) || oc_utf8_count(last) < 1) return false;
    set_affiliation(document, place);
    set_author(document, oc_slice_sub(text, start, text.len));
    return true;
}

/* "NAME(affiliation)", "NAME, affiliation", "NAME affiliation". */
static void read_name_and_place(oc_document *document, oc_slice text)
{
    static const char *const stops[] = {"(", "（", "／", "/", "|", "｜", "、", ", ", " - ", " — ", " · ", "<", "[", "【"};
    oc_stamp stamp;
    text = trim_marks(text);
    if (oc_stamp_find(text, 0, false, &stamp)) text = trim_marks(oc_slice_sub(text, 0, stamp.from));
    size_t len, at = FIND_FIRST(text, 0, stops, &len);
    oc_slice name = at == SIZE_MAX ? text : oc_slice_sub(text, 0, at);
    if (at != SIZE_MAX) {
        oc_slice rest = oc_slice_sub(text, at + len, text.len);
        size_t close_len, close = find_first(rest, 0, (const char *const[]){")", "）", "]", "】", "|", "｜"}, 6, &close_len);
        if (close != SIZE_MAX) rest = oc_slice_sub(rest, 0, close);
        if (!memchr(rest.ptr, '@', rest.len)) set_affiliation(document, rest);
    } else if (document->lang != OC_LANG_EN && read_place_and_name(document, text)) {
        return;
    } else if (document->lang != OC_LANG_EN) {
        /* "伊東一郎 安全保障研究所主任研究員": the first word is the name, or the first two if both are short. */
        size_t gap_len, gap = find_first(name, 0, (const char *const[]){" ", "\u3000"}, 2, &gap_len);
        if (gap != SIZE_MAX && oc_utf8_count(name) > 8) {
            size_t end = gap;
            if (oc_utf8_count(oc_slice_sub(name, 0, gap)) <= 2) {
                size_t next_len, next = find_first(name, gap + gap_len, (const char *const[]){" ", "\u3000"}, 2, &next_len);
                if (next != SIZE_MAX && oc_utf8_count(oc_slice_sub(name, gap + gap_len, next)) <= 3) end = next;
            }
            set_affiliation(document, oc_slice_sub(name, end, name.len));
            name = oc_slice_sub(name, 0, end);
        }
    }
    set_author(document, name);
}

/* The word before 記者 or 기자, the place before = taken off. */
static void read_reporter(oc_document *document, oc_slice text)
{
    static const char *const roles[] = {"記者", "特派員", "支局長", "編集委員", "論説委員", "論説室長", "기자", "특파원", "논설위원", "편집위원", "전문기자",
                                        "선임기자", "연구기자", ", Staff Writer", ", staff writer", ", Staff Reporter", ", Correspondent"};
    static const char *const fronts[] = {"=", "＝", "]", "】", ")", "）", "|", "·", "・", "/", "입력", ":"};
    size_t len, at = FIND_FIRST(text, 0, roles, &len);
    if (at == SIZE_MAX) {
        /* "ソウル=鄭元錫" */
        size_t mark_len, mark = find_first(text, 0, (const char *const[]){"=", "＝"}, 2, &mark_len);
        if (mark != SIZE_MAX) set_author(document, oc_slice_sub(text, mark + mark_len, text.len));
        return;
    }
    oc_slice head = trim_marks(oc_slice_sub(text, 0, at));
    for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
        for (size_t front; (front = oc_slice_find(head, oc_slice_of(fronts[i]), 0)) != SIZE_MAX;)
            head = oc_slice_sub(head, front + strlen(fronts[i]), head.len);
    head = trim_marks(head);
    while (head.len && is_digit(head.ptr[0])) head = trim_marks(oc_slice_sub(head, 1, head.len)); /* the rest of a time of day */
    size_t gap = SIZE_MAX;
    for (size_t i = 0; i < head.len; i++) gap = head.ptr[i] == ' ' ? i : gap;
    bool korean = document->lang == OC_LANG_KO;
    /* "연합뉴스 김철수": the last word, unless the two are a name in two parts. */
    if (korean && gap != SIZE_MAX && oc_utf8_count(oc_slice_sub(head, gap + 1, head.len)) >= 2) head = oc_slice_sub(head, gap + 1, head.len);
    if (oc_utf8_count(head) >= 2) set_author(document, head);
}

/* The cue at the start of the line is a label: a colon ends it. */
static bool is_label(const oc_line *line)
{
    size_t end = line->cues.start_end;
    oc_slice rest = oc_slice_trim(oc_slice_sub(line->text, end, line->text.len));
    return oc_slice_starts(rest, OC_SLICE(":")) || oc_slice_starts(rest, OC_SLICE("：")) || (end && line->text.ptr[end - 1] == ':');
}

/* "Helen Marsh is a senior fellow at the institute." */
static void read_biography(oc_document *document)
{
    static const char *const links[] = {" is a ", " is an ", " is the "};
    oc_slice author = document->metadata.author;
    for (size_t i = document->layout.lines.len; i-- > 0 && author.len;) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region != OC_REGION_BYLINE || !oc_slice_starts(line->text, author)) continue;
        oc_slice rest = oc_slice_sub(line->text, author.len, line->text.len);
        for (size_t k = 0; k < sizeof links / sizeof *links; k++) {
            if (!oc_slice_starts(rest, oc_slice_of(links[k]))) continue;
            oc_slice place = oc_slice_sub(rest, strlen(links[k]), rest.len);
            size_t stop = oc_slice_find(place, OC_SLICE(". "), 0);
            set_affiliation(document, oc_slice_sub(place, 0, stop == SIZE_MAX ? place.len : stop));
        }
    }
}

/* "飯塚 舞 2026年2月27日 7時00分" */
static void read_name_before_date(oc_document *document, const oc_line *line)
{
    oc_stamp stamp;
    if (!oc_stamp_find(line->text, 0, false, &stamp) || !stamp.from) return;
    oc_line name = *line;
    name.text = trim_marks(oc_slice_sub(line->text, 0, stamp.from));
    name.chars = (uint32_t)oc_utf8_count(name.text);
    bool place = oc_cues_line(document->reader->cues, document->lang, name.text).any;
    if (name.text.len && !place && oc_line_is_name(&name, document->lang)) set_author(document, name.text);
}

static void read_people(oc_document *document, size_t body)
{
    const oc_layout *layout = &document->layout;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < layout->lines.len; i++) {
            const oc_line *line = &layout->lines.at[i];
            if (line->region != OC_REGION_BYLINE && line->region != OC_REGION_CAPTION) continue;
            if (line->region == OC_REGION_CAPTION && !(line->cues.any & OC_CUE_AUTHOR)) continue;
            if (pass == 0) {
                if ((line->cues.start & OC_CUE_AUTHOR)) read_name_and_place(document, oc_slice_sub(line->text, line->cues.start_end, line->text.len));
                else if ((line->cues.start & OC_CUE_AFFILIATION) && is_label(line))
                    set_affiliation(document, oc_slice_sub(line->text, line->cues.start_end, line->text.len));
                else if (line->cues.any & OC_CUE_REPORTER) read_reporter(document, line->text);
                continue;
            }
            if (oc_line_is_date(line)) read_name_before_date(document, line);
            if (oc_line_is_date(line) || (line->cues.start & (OC_CUE_PUBLISHED | OC_CUE_UPDATED | OC_CUE_PUBLISHER | OC_CUE_CATEGORY | OC_CUE_MINUTES | OC_CUE_AUTHOR))) continue;
            if (i > body + 2 && !(line->cues.any & (OC_CUE_AFFILIATION | OC_CUE_AUTHOR)) && !oc_line_is_name(line, document->lang)) continue;
            bool place = line->cues.any & OC_CUE_AFFILIATION;
            if (oc_line_is_name(line, document->lang) && !(place && document->metadata.author.len)) set_author(document, line->text);
            else if (place && document->metadata.author.len) set_affiliation(document, line->text);
            else if (place) read_name_and_place(document, line->text);
        }
    read_biography(document);
    const oc_stated *stated = &document->layout.stated;
    if (stated->author.len) set_author(document, stated->author);
    /* A team that signs as the site itself is the publisher, not the author. */
    if (oc_slice_equal(document->metadata.author, document->metadata.publisher)) document->metadata.author = (oc_slice){"", 0};
}

/* --- publisher and category --- */

static oc_slice owner_of_rights(oc_slice text)
{
    static const char *const marks[] = {"©", "ⓒ", "(c)", "(C)", "Copyright", "저작권자"};
    static const char *const ends[] = {". ", ", ", "，", "、", "。", "All", "ALL", "無断", "무단", "｜", "|", "に無断", "및", "–", " - ", "에 있", ">", "에게", "の許可"};
    size_t len = 0, at = FIND_FIRST(text, 0, marks, &len);
    if (at == SIZE_MAX) return (oc_slice){"", 0};
    for (size_t next; (next = FIND_FIRST(text, at + len, marks, &len)) != SIZE_MAX && next < at + 24;) at = next;
    at += len;
    for (;;) {
        oc_slice rest = oc_slice_sub(text, at, text.len);
        size_t step = 0;
        if (rest.len && (is_digit(rest.ptr[0]) || strchr(" -.,:<>()", rest.ptr[0]))) step = 1;
        else if (oc_slice_starts(rest, OC_SLICE("by "))) step = 3;
        else if (oc_slice_starts(rest, OC_SLICE("–")) || oc_slice_starts(rest, OC_SLICE("："))) step = 3;
        if (!step) break;
        at += step;
    }
    oc_slice rest = oc_slice_sub(text, at, text.len);
    size_t end = FIND_FIRST(rest, 0, ends, &len);
    if (end != SIZE_MAX) rest = oc_slice_sub(rest, 0, end);
    rest = trim_marks(rest);
    if (oc_slice_starts(rest, OC_SLICE("the ")) || oc_slice_starts(rest, OC_SLICE("The "))) rest = oc_slice_sub(rest, 4, rest.len);
    return oc_utf8_count(rest) <= 50 ? rest : (oc_slice){"", 0};
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
            metadata->publisher = trim_marks(oc_slice_sub(line->text, line->cues.start_end, line->text.len));
            return;
        }
        if (!rights.len && line->region == OC_REGION_NOTICE) rights = owner_of_rights(line->text);
    }
    if (metadata->publisher.len) return;
    if (rights.len) {
        metadata->publisher = rights;
        return;
    }
    /* The name of the paper alone on the first line. */
    for (size_t i = 0; i < body && i < 2; i++) {
        const oc_line *line = &layout->lines.at[i];
        bool plain = line->region == OC_REGION_NAVIGATION && !(line->cues.whole & OC_CUE_NAVIGATION) && line->hint != OC_HINT_NAVIGATION && line->links < 50;
        if (plain && line->chars >= 3 && line->chars <= 40 && i == 0) metadata->publisher = line->text;
    }
}

static void read_category(oc_document *document, size_t body)
{
    oc_metadata *metadata = &document->metadata;
    const oc_layout *layout = &document->layout;
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->region == OC_REGION_BODY) continue;
        if ((line->cues.start & OC_CUE_CATEGORY) && line->cues.start_end < line->text.len) {
            metadata->category = trim_marks(oc_slice_sub(line->text, line->cues.start_end, line->text.len));
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
        while ((at = find_first(line->text, from, (const char *const[]){" > ", " › ", " » ", ">", "＞", " / "}, 6, &len)) != SIZE_MAX)
            last = at, last_len = len, from = at + len, crumbs++;
        if (crumbs && last + last_len < line->text.len) metadata->category = trim_marks(oc_slice_sub(line->text, last + last_len, line->text.len));
        /* A single word of the menu right above the title. */
        bool above = i + 1 < layout->lines.len && (line[1].region == OC_REGION_TITLE || (i + 2 < body && line[2].region == OC_REGION_TITLE));
        if (!metadata->category.len && above && (line->cues.whole & OC_CUE_NAVIGATION) && line->chars <= 16) metadata->category = line->text;
    }
}

/* --- date --- */

static bool line_stamp(const oc_line *line, oc_stamp *stamp)
{
    return line->chars < 120 && oc_stamp_find(line->text, 0, false, stamp) && stamp->month;
}

static bool printed_date(const oc_document *document, size_t body, oc_stamp *ret_stamp, uint32_t *ret_line)
{
    const oc_layout *layout = &document->layout;
    int best = 0;
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        bool head = i < body;
        int rank = 0;
        oc_stamp stamp;
        if (line->region == OC_REGION_BYLINE || (head && (line->region == OC_REGION_NAVIGATION || line->region == OC_REGION_TITLE))) {
            if (!line_stamp(line, &stamp)) continue;
            bool published = line->cues.any & OC_CUE_PUBLISHED, updated = line->cues.start & OC_CUE_UPDATED;
            rank = published && !updated ? 6 : updated ? 2 : line->region == OC_REGION_BYLINE ? (head ? 5 : 3) : line->region == OC_REGION_TITLE ? 3 : 2;
            rank -= stamp.day ? 0 : 1;
        }
        if (rank > best) {
            best = rank;
            *ret_stamp = stamp;
            *ret_line = line->first;
        }
    }
    return best > 0;
}

/* The last line of the text in brackets: "(2026年3月9日脱稿)". */
static bool closing_date(const oc_document *document, oc_stamp *ret_stamp, uint32_t *ret_line)
{
    for (size_t i = document->layout.lines.len; i-- > 0;) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region != OC_REGION_BODY) continue;
        *ret_line = line->first;
        return line->chars < 30 && line_stamp(line, ret_stamp) && ret_stamp->day;
    }
    return false;
}

/* /2026/03/09/, 20260309 in an address or a file name. */
static bool address_date(oc_slice text, oc_stamp *ret_stamp)
{
    for (size_t at = 0; oc_stamp_find(text, at, false, ret_stamp); at = ret_stamp->to)
        if (ret_stamp->day && ret_stamp->year >= 1990) return true;
    for (size_t i = 0; i + 8 <= text.len; i++) {
        int value = 0;
        size_t k = 0;
        while (k < 8 && is_digit(text.ptr[i + k])) value = value * 10 + text.ptr[i + k++] - '0';
        if (k < 8) {
            i += k;
            continue;
        }
        int year = value / 10000, month = value / 100 % 100, day = value % 100;
        if (year >= 1990 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= oc_days_in_month(year, month)) {
            *ret_stamp = (oc_stamp){.year = year, .month = month, .day = day};
            return true;
        }
        while (i < text.len && is_digit(text.ptr[i])) i++;
    }
    return false;
}

static oc_day day_of(const oc_stamp *stamp)
{
    return oc_day_from_civil(stamp->year, stamp->month ? stamp->month : 1, stamp->day ? stamp->day : 1);
}

static void read_date(oc_arena *arena, oc_document *document, size_t body)
{
    oc_metadata *metadata = &document->metadata;
    const oc_stated *stated = &document->layout.stated;
    oc_stamp printed = {0}, structured = {0}, stamp = {0};
    uint32_t line = 0;
    bool has_structured = oc_stamp_find(stated->published, 0, false, &structured) && structured.month;
    size_t slash = document->file.len;
    while (slash > 0 && document->file.ptr[slash - 1] != '/') slash--;
    const char *basis = NULL;
    if (printed_date(document, body, &printed, &line)) basis = "printed", stamp = printed;
    else if (has_structured) basis = "structured", stamp = structured;
    else if (address_date(stated->address, &stamp)) basis = "url";
    else if (closing_date(document, &stamp, &line)) basis = "printed";
    else if (address_date(oc_slice_sub(document->file, slash, document->file.len), &stamp)) basis = "filename", line = 0;
    metadata->anchor = OC_DAY_NONE;
    if (!basis) return;
    metadata->published = oc_stamp_print(arena, &stamp);
    metadata->published_basis = basis;
    metadata->published_line = line;
    metadata->anchor = day_of(&stamp);
    if (has_structured && printed.day && structured.day && day_of(&printed) != day_of(&structured))
        *oc_vec_push(arena, &document->clashes) = (oc_clash){"published", line, 0, oc_stamp_print(arena, &printed), oc_stamp_print(arena, &structured)};
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

static bool is_in_notice(const oc_document *document, oc_slice name)
{
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region == OC_REGION_NOTICE && oc_slice_find(line->text, name, 0) != SIZE_MAX) return true;
    }
    return false;
}

/* An institution that signs itself, or whose name runs on the pages and speaks in a notice. */
static void read_signing_institution(oc_document *document)
{
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        oc_slice name = line->text;
        while (name.len && (is_digit(name.ptr[name.len - 1]) || name.ptr[name.len - 1] == ' ')) name.len--;
        bool runs = line->region == OC_REGION_PAGE && name.len >= 8 && name.len < line->text.len && is_in_notice(document, name);
        bool signs = line->region == OC_REGION_BYLINE && !document->metadata.author.len && (line->cues.any & OC_CUE_AFFILIATION) &&
                     !(line->cues.start & OC_CUE_AUTHOR) && !oc_line_is_date(line);
        if (!runs && !signs) continue;
        document->metadata.publisher = runs ? name : trim_marks(line->text);
        return;
    }
}

/* The institution of the author, if a notice speaks in its name: "…は、研究所を代表するものではありません". */
static void read_institution(oc_document *document)
{
    oc_metadata *metadata = &document->metadata;
    if (metadata->publisher.len) return;
    if (!metadata->affiliation.len) {
        read_signing_institution(document);
        return;
    }
    oc_slice place = metadata->affiliation;
    size_t end = 0;
    while (end < place.len && place.ptr[end] != ' ' && place.ptr[end] != ',') end++;
    oc_slice name = document->lang == OC_LANG_EN ? place : oc_slice_sub(place, 0, end);
    for (size_t i = 0; i < document->layout.lines.len && oc_utf8_count(name) >= 4; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region != OC_REGION_NOTICE || oc_slice_find(line->text, name, 0) == SIZE_MAX) continue;
        metadata->publisher = name;
        return;
    }
}

void oc_metadata_read(oc_arena *arena, oc_document *document)
{
    size_t body = first_body(document);
    read_title(arena, document, body);
    read_publisher(document, body);
    read_people(document, body);
    read_institution(document);
    read_category(document, body);
    read_date(arena, document, body);
    document->metadata.machine_written = is_machine_written(document);
    document->metadata.category = unescape(arena, document->metadata.category);
    document->metadata.author = unescape(arena, document->metadata.author);
}

/* --- datelines --- */

static void keep_agency(oc_document *document, oc_slice text)
{
    static const char *const agencies[] = {"聯合ニュース", "共同", "時事", "연합뉴스", "뉴시스", "뉴스1", "Yonhap", "Reuters", "AP", "AFP", "Kyodo", "Jiji"};
    if (document->metadata.publisher.len) return;
    for (size_t i = 0; i < sizeof agencies / sizeof *agencies; i++) {
        size_t at = oc_slice_find(text, oc_slice_of(agencies[i]), 0);
        if (at == SIZE_MAX) continue;
        document->metadata.publisher = oc_slice_sub(text, at, at + strlen(agencies[i]));
        return;
    }
}

/* Behind the bracket: "김철수 기자 = ". */
static size_t reporter_behind(oc_document *document, oc_slice text, size_t at)
{
    oc_slice rest = oc_slice_sub(text, at, at + 60);
    size_t equal = oc_slice_find(rest, OC_SLICE("= "), 0);
    if (equal == SIZE_MAX) return at;
    oc_slice name = oc_slice_sub(rest, 0, equal);
    if (oc_slice_find(name, OC_SLICE("기자"), 0) != SIZE_MAX || oc_slice_find(name, OC_SLICE("특파원"), 0) != SIZE_MAX) read_reporter(document, name);
    else if (oc_slice_trim(name).len) return at;
    return at + equal + 2;
}

static size_t bracket_dateline(oc_document *document, oc_slice text)
{
    static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"（", "）"}, {"〔", "〕"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        oc_slice open = oc_slice_of(pairs[i][0]), close = oc_slice_of(pairs[i][1]);
        if (!oc_slice_starts(text, open)) continue;
        size_t end = oc_slice_find(oc_slice_sub(text, 0, 120), close, open.len);
        if (end == SIZE_MAX) return 0;
        oc_slice inside = oc_slice_sub(text, open.len, end);
        bool equal = oc_slice_find(inside, OC_SLICE("="), 0) != SIZE_MAX || oc_slice_find(inside, OC_SLICE("＝"), 0) != SIZE_MAX;
        oc_slice before = document->metadata.publisher;
        keep_agency(document, inside);
        bool agency = !oc_slice_equal(before, document->metadata.publisher) || oc_slice_find(inside, OC_SLICE("ニュース"), 0) != SIZE_MAX ||
                      oc_slice_find(inside, OC_SLICE("뉴스"), 0) != SIZE_MAX || oc_slice_find(inside, OC_SLICE("特派員"), 0) != SIZE_MAX;
        if (!equal && !agency) return 0;
        if (equal && i != 0 && (oc_slice_find(inside, OC_SLICE("記者"), 0) != SIZE_MAX || oc_slice_find(inside, OC_SLICE("特派員"), 0) != SIZE_MAX ||
                                oc_slice_find(inside, OC_SLICE("기자"), 0) != SIZE_MAX))
            read_reporter(document, inside);
        return reporter_behind(document, text, end + close.len);
    }
    return 0;
}

/* "SEOUL, March 3 (Yonhap) -- " */
static size_t english_dateline(oc_document *document, oc_slice text)
{
    static const char *const dashes[] = {" -- ", " — ", " – ", " - "};
    size_t upper = 0;
    while (upper < text.len && upper < 40 && text.ptr[upper] >= 'A' && text.ptr[upper] <= 'Z') upper++;
    if (upper < 3) return 0;
    size_t len, at = FIND_FIRST(oc_slice_sub(text, 0, 100), 0, dashes, &len);
    if (at == SIZE_MAX) return 0;
    oc_slice inside = oc_slice_sub(text, 0, at);
    bool bracket = memchr(inside.ptr, '(', inside.len) != NULL, comma = memchr(inside.ptr, ',', inside.len) != NULL;
    if (!bracket && !comma && upper != at) return 0;
    size_t open = oc_slice_find(inside, OC_SLICE("("), 0), close = oc_slice_find(inside, OC_SLICE(")"), 0);
    if (open < close && close != SIZE_MAX && !document->metadata.publisher.len)
        document->metadata.publisher = oc_slice_sub(inside, open + 1, close);
    return at + len;
}

size_t oc_dateline_read(oc_arena *arena, oc_document *document, size_t line)
{
    (void)arena;
    oc_slice text = document->layout.lines.at[line].text;
    size_t length = bracket_dateline(document, text);
    if (!length) length = english_dateline(document, text);
    while (length < text.len && text.ptr[length] == ' ') length++;
    return length < text.len ? length : 0;
}
