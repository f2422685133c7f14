/* When it was published, and the datelines of agencies; see metadata.h for the order of evidence. */
#include "base/ascii.h"
#include "base/script.h"
#include "base/utf8.h"
#include "reading/metadata_parts.h"
#include "reading/region.h"
#include "reading/sign.h"

enum { DATELINE_BYTES = 70, DASH_BYTES = 24, DASH_REACH = 16, PLACE_BYTES = 24 };

/* The date of a line: the first with a day, behind what may be the number of an issue ("2026-11호 | 2026. 11. 2."). */
static bool line_stamp(const oc_line *line, oc_stamp *stamp)
{
    if (line->chars >= 120 || !oc_stamp_find(line->text, 0, false, stamp) || !stamp->month) return false;
    oc_stamp next;
    if (!stamp->day && oc_stamp_find(line->text, stamp->to, false, &next) && next.day) *stamp = next;
    return true;
}

static bool printed_date(const oc_document *document, size_t body, oc_stamp *ret_stamp, uint32_t *ret_line)
{
    const oc_layout *layout = &document->layout;
    int best = 0;
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        bool head = i < body;
        int rank = 0;
        oc_stamp stamp = {0};
        if (line->region == OC_REGION_BYLINE ||
            (head && (line->region == OC_REGION_NAVIGATION || line->region == OC_REGION_TITLE))) {
            if (!line_stamp(line, &stamp)) continue;
            bool published = line->cues.any & OC_CUE_PUBLISHED, updated = line->cues.start & OC_CUE_UPDATED;
            rank = published && !updated              ? 6
                   : updated                          ? 2
                   : line->region == OC_REGION_BYLINE ? (head ? 5 : 3)
                   : line->region == OC_REGION_TITLE  ? 3
                                                      : 2;
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

/* "SEOUL, September 18, 2026 -- ", "WASHINGTON, D.C. (March 3, 2026) – ": the first line of the body begins with a
 * place in capitals, the day and a dash. */
static bool dateline_date(const oc_document *document, oc_stamp *ret_stamp, uint32_t *ret_line)
{
    static const char *const dashes[] = {" -- ", " — ", " – ", " - ", "--", "—", ": "};
    size_t first = 0, upper = 0, length;
    while (first < document->layout.lines.len && document->layout.lines.at[first].region != OC_REGION_BODY) first++;
    if (first >= document->layout.lines.len) return false;
    const oc_line *line = &document->layout.lines.at[first];
    oc_slice head = oc_slice_sub(line->text, 0, DATELINE_BYTES);
    while (upper < head.len && oc_is_upper(head.ptr[upper])) upper++;
    if (upper < 3 || !oc_stamp_find(head, 0, false, ret_stamp) || !ret_stamp->day) return false;
    size_t dash = OC_FIND_ANY(oc_slice_sub(line->text, 0, ret_stamp->to + DASH_BYTES), ret_stamp->to, dashes, &length);
    *ret_line = line->first;
    return dash != SIZE_MAX && dash <= ret_stamp->to + DASH_REACH;
}

/* /2026/03/09/, 20260309 in an address or a file name. */
static bool address_date(oc_slice text, oc_stamp *ret_stamp)
{
    for (size_t at = 0; oc_stamp_find(text, at, false, ret_stamp); at = ret_stamp->to)
        if (ret_stamp->day && ret_stamp->year >= 1990) return true;
    for (size_t i = 0; i + 8 <= text.len; i++) {
        int value = 0;
        size_t k = 0;
        while (k < 8 && oc_is_digit(text.ptr[i + k])) value = value * 10 + text.ptr[i + k++] - '0';
        if (k < 8) {
            i += k;
            continue;
        }
        int year = value / 10000, month = value / 100 % 100, day = value % 100;
        if (year >= 1990 && year < 2100 && month >= 1 && month <= 12 && day >= 1 &&
            day <= oc_days_in_month(year, month)) {
            *ret_stamp = (oc_stamp){.year = year, .month = month, .day = day};
            return true;
        }
        while (i < text.len && oc_is_digit(text.ptr[i])) i++;
    }
    return false;
}

static oc_day day_of(const oc_stamp *stamp)
{
    return oc_day_from_civil(stamp->year, stamp->month ? stamp->month : 1, stamp->day ? stamp->day : 1);
}

void oc_published_read(oc_arena *arena, oc_document *document, size_t body)
{
    oc_metadata *metadata = &document->metadata;
    const oc_stated *stated = &document->layout.stated;
    oc_stamp printed = {0}, structured = {0}, stamp = {0};
    uint32_t line = 0;
    bool has_structured = oc_stamp_find(stated->published, 0, false, &structured) && structured.month;
    size_t slash = document->file.len;
    while (slash > 0 && document->file.ptr[slash - 1] != '/') slash--;
    const char *basis = NULL;
    if (printed_date(document, body, &printed, &line))
        basis = "printed", stamp = printed;
    else if (has_structured)
        basis = "structured", stamp = structured;
    else if (address_date(stated->address, &stamp))
        basis = "url";
    else if (dateline_date(document, &stamp, &line) || closing_date(document, &stamp, &line))
        basis = "printed";
    else if (address_date(oc_slice_sub(document->file, slash, document->file.len), &stamp))
        basis = "filename", line = 0;
    else if (oc_dateline_year(arena, document, &stamp, &line))
        basis = "printed";
    metadata->anchor = OC_DAY_NONE;
    if (!basis) return;
    metadata->published = oc_stamp_print(arena, &stamp);
    metadata->published_basis = basis;
    metadata->published_line = line;
    metadata->anchor = day_of(&stamp);
    if (has_structured && printed.day && structured.day && day_of(&printed) != day_of(&structured))
        *oc_vec_push(arena, &document->clashes) =
            (oc_clash){"published", line, 0, oc_stamp_print(arena, &printed), oc_stamp_print(arena, &structured)};
}

/* --- datelines --- */

static size_t find_phrase(const oc_document *document, oc_phrase_kind kind, oc_slice text, size_t *ret_length)
{
    return oc_cues_phrase(document->reader->cues, document->lang, kind, text, 0, ret_length);
}

static bool holds(const oc_document *document, oc_phrase_kind kind, oc_slice text)
{
    size_t length;
    return find_phrase(document, kind, text, &length) != SIZE_MAX;
}

static void keep_agency(oc_document *document, oc_slice text)
{
    size_t length, at = find_phrase(document, OC_PHRASE_AGENCY, text, &length);
    if (!document->metadata.publisher.len && at != SIZE_MAX)
        document->metadata.publisher = oc_slice_sub(text, at, at + length);
}

/* Behind the bracket: "김철수 기자 = ". */
static size_t reporter_behind(oc_document *document, oc_slice text, size_t at)
{
    oc_slice rest = oc_slice_sub(text, at, at + 60);
    size_t equal = oc_slice_find(rest, OC_SLICE("= "), 0);
    if (equal == SIZE_MAX) return at;
    oc_slice name = oc_slice_sub(rest, 0, equal);
    if (holds(document, OC_PHRASE_ROLE, name))
        oc_reporter_read(document, name);
    else if (oc_slice_trim(name).len)
        return at;
    return at + equal + 2;
}

/* "ソウル=高瀬由紀": a short name behind the place, with a Han sign in it; not "ワシントン=ロイター". */
static bool signs(oc_slice inside)
{
    size_t length, mark = oc_sign_equals(inside, 0, &length);
    oc_slice name = mark == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_from(inside, mark + length);
    bool han = false;
    for (size_t at = 0; at < name.len;) {
        uint32_t code = oc_utf8_next(name, &at);
        han |= oc_is_han(code);
    }
    return han && oc_utf8_count(name) <= 8;
}

/* "(서울=한빛통신) 강은서 기자 = ": an agency that no list knows stands behind the place, if the reporter does not. */
static void keep_named_agency(oc_document *document, oc_slice inside)
{
    size_t length, mark = oc_sign_equals(inside, 0, &length);
    if (document->metadata.publisher.len || mark == SIZE_MAX || holds(document, OC_PHRASE_ROLE, inside)) return;
    document->metadata.publisher = oc_slice_trim(oc_slice_from(inside, mark + length));
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
        bool equal =
            oc_slice_find(inside, OC_SLICE("="), 0) != SIZE_MAX || oc_slice_find(inside, OC_SLICE("＝"), 0) != SIZE_MAX;
        oc_slice before = document->metadata.publisher;
        keep_agency(document, inside);
        bool agency = !oc_slice_equal(before, document->metadata.publisher) || holds(document, OC_PHRASE_WIRE, inside);
        uint32_t sign = inside.len ? oc_utf8_next(inside, &(size_t){0}) : 0; /* 【ソウル共信】, not 【要旨】 */
        bool placed = oc_slice_is(open, "【") && inside.len <= PLACE_BYTES && sign >= 0x30a1 && sign <= 0x30fa;
        if (!equal && !agency && !placed) return 0;
        if (equal && !agency && oc_slice_is(open, "【") && signs(inside)) oc_reporter_read(document, inside);
        if (equal && i != 0 && holds(document, OC_PHRASE_ROLE, inside)) oc_reporter_read(document, inside);
        size_t behind = reporter_behind(document, text, end + close.len);
        if (i == 0 && equal && behind > end + close.len) keep_named_agency(document, inside);
        return behind;
    }
    return 0;
}

/* "SEOUL, March 3 (Yonhap) -- " */
static size_t english_dateline(oc_document *document, oc_slice text)
{
    static const char *const dashes[] = {" -- ", " — ", " – ", " - "};
    size_t upper = 0;
    while (upper < text.len && upper < 40 && oc_is_upper(text.ptr[upper])) upper++;
    if (upper < 3) return 0;
    size_t len, at = OC_FIND_ANY(oc_slice_sub(text, 0, 100), 0, dashes, &len);
    if (at == SIZE_MAX) return 0;
    oc_slice inside = oc_slice_sub(text, 0, at);
    bool bracket = memchr(inside.ptr, '(', inside.len) != NULL, comma = memchr(inside.ptr, ',', inside.len) != NULL;
    if (!bracket && !comma && upper != at) return 0;
    size_t open = oc_slice_find(inside, OC_SLICE("("), 0), close = oc_slice_find(inside, OC_SLICE(")"), 0);
    if (open < close && close != SIZE_MAX && !document->metadata.publisher.len)
        document->metadata.publisher = oc_slice_sub(inside, open + 1, close);
    return at + len;
}

size_t oc_dateline_read(oc_document *document, size_t line)
{
    oc_slice text = document->layout.lines.at[line].text;
    size_t length = bracket_dateline(document, text);
    if (!length) length = english_dateline(document, text);
    while (length < text.len && text.ptr[length] == ' ') length++;
    return length < text.len ? length : 0;
}
