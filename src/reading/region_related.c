/* Titles of related items: what stands in the regions of that kind; see region_line.h. */
#include <stdio.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "reading/region.h"
#include "reading/region_line.h"
#include "reading/sign.h"
#include "reading/stamp.h"

enum { LEAST_BYTES = 8, RANKS_MAX = 20, LINK_PERCENT = 40 };

bool oc_related_is_title(const oc_line *line, oc_lang lang)
{
    uint32_t least = lang != OC_LANG_EN ? 7u : line->mark == OC_LINE_HEADING ? 8u : 14u;
    return !line->sentence && line->chars >= least && line->chars < 130;
}

/* "More from Opinion": the name of a section behind the cue, no title. */
bool oc_related_is_heading(const oc_line *line)
{
    if (line->cues.whole & OC_CUE_RELATED) return true;
    oc_slice rest = oc_slice_trim(oc_slice_sub(line->text, line->cues.start_end, line->text.len));
    size_t words = 1;
    for (size_t i = 0; i < rest.len; i++) words += rest.ptr[i] == ' ';
    if ((line->cues.start & OC_CUE_RELATED) && rest.len && oc_utf8_count(rest) <= 3) return true; /* "많이 본 기사" */
    return (line->cues.start & OC_CUE_RELATED) && rest.len && oc_is_upper(rest.ptr[0]) && words <= 2 &&
           line->text.ptr[line->cues.start_end - 1] != ':';
}

/* The number that begins a text, 0 if none of up to two digits does; the bytes of it and what divides it from a title.
 */
static unsigned rank_of(oc_slice text, size_t *ret_bytes, bool *ret_apart)
{
    size_t digits = 0;
    unsigned rank = 0;
    for (; digits < text.len && digits < 3 && oc_is_digit(text.ptr[digits]); digits++)
        rank = rank * 10 + (unsigned)(text.ptr[digits] - '0');
    oc_slice rest = oc_slice_from(text, digits);
    size_t mark = oc_slice_begins(rest, ". ") ? 2 : oc_slice_begins(rest, " ") ? 1 : 0;
    *ret_bytes = digits + mark;
    *ret_apart = mark > 0;
    return digits && digits <= 2 && rest.len > LEAST_BYTES ? rank : 0;
}

/* "1 내년 최저임금 …", "3. …", and "1태풍 북상에 …" where the lines count on: the rank of a story that many read. */
static oc_slice without_rank(const oc_line *line, const oc_line *next, unsigned *rank)
{
    size_t bytes, next_bytes;
    bool apart, next_apart;
    unsigned own = rank_of(line->text, &bytes, &apart);
    bool counts = own && own == *rank + 1 && (own > 1 || rank_of(next->text, &next_bytes, &next_apart) == 2);
    *rank = counts ? own : 0;
    return own && (apart || counts) ? oc_slice_trim(oc_slice_from(line->text, bytes)) : line->text;
}

/* "関連記事：…", "[관련기사] …": the title behind the cue. */
static oc_slice behind_cue(const oc_line *line, oc_slice text)
{
    static const char *const marks[] = {"]", "】", "」", ":", "：", " ", ">", "）", ")", "\u3000"};
    if (!(line->cues.start & OC_CUE_RELATED)) return text;
    text = oc_slice_sub(text, line->cues.start_end, text.len);
    for (size_t bytes; (bytes = OC_SIGN_FIRST(text, marks)) > 0;) text = oc_slice_from(text, bytes);
    return text;
}

/* Without the day behind it, also in brackets: "… 재차 강조 (2026.09.11)". */
static oc_slice without_day(oc_slice text)
{
    static const char *const opening[] = {"(", "[", "（"}, *const closing[] = {")", "]", "）"};
    oc_stamp stamp;
    if (!oc_stamp_find(text, 0, false, &stamp) || !stamp.day || stamp.from <= LEAST_BYTES) return text;
    oc_slice title = oc_slice_sub(text, 0, stamp.from), behind = oc_slice_from(text, stamp.to);
    for (size_t i = 0; i < sizeof opening / sizeof *opening; i++) {
        if (!oc_slice_is(behind, closing[i]) || !oc_slice_ends(title, oc_slice_of(opening[i]))) continue;
        title.len -= strlen(opening[i]);
        behind.len = 0;
    }
    return behind.len ? text : oc_slice_trim(title);
}

static oc_related *push(oc_arena *arena, oc_document *document, const oc_line *line, oc_slice title)
{
    oc_related *related = oc_vec_push(arena, &document->related);
    *related = (oc_related){line->first, line->last, title};
    return related;
}

/* "1 Rail unions suspend strike 2 Heat warning extended 3 Won falls": a list on one line. */
static oc_related *push_ranked(oc_arena *arena, oc_document *document, const oc_line *line, oc_slice text)
{
    size_t starts[RANKS_MAX + 1], count = 0;
    for (size_t at = 0; at < text.len && count < RANKS_MAX;) {
        char word[8];
        size_t length = (size_t)snprintf(word, sizeof word, count ? " %zu " : "%zu ", count + 1);
        size_t found = oc_slice_find(text, (oc_slice){word, length}, at);
        if (found == SIZE_MAX || (!count && found)) break;
        starts[count++] = at = found + length;
    }
    if (count < 2) return NULL;
    oc_related *last = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t end = i + 1 < count ? starts[i + 1] - (i + 2 < 10 ? 3 : 4) : text.len;
        last = push(arena, document, line, oc_slice_trim(oc_slice_sub(text, starts[i], end)));
    }
    return last;
}

void oc_related_collect(oc_arena *arena, oc_document *document)
{
    oc_related *open = NULL;
    unsigned rank = 0;
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        const oc_line *next = i + 1 < document->layout.lines.len ? line + 1 : line;
        bool heads = line->mark == OC_LINE_HEADING && !line->links && next->region == OC_REGION_RELATED &&
                     next->links >= LINK_PERCENT; /* "함께 볼 만한 기사", above its links */
        if (line->region != OC_REGION_RELATED || heads || oc_related_is_heading(line)) {
            open = NULL;
            rank = 0;
            continue;
        }
        /* A short title with its date on one line: "野外訓練半減に野党が反発2026.03.11". */
        uint32_t least = line->links >= LINK_PERCENT || document->lang != OC_LANG_EN ? 7 : UINT16_MAX;
        bool dated_link = line->beside_date != OC_UNDATED && line->beside_date >= least;
        bool author = (line->cues.start & OC_CUE_AUTHOR) != 0; /* "By Peter Novak" */
        bool title = !author && oc_related_is_title(line, document->lang) && (dated_link || !oc_line_is_date(line));
        if (title) {
            oc_slice text = behind_cue(line, without_rank(line, next, &rank));
            open = push_ranked(arena, document, line, text);
            if (!open) open = push(arena, document, line, without_day(text));
        } else if (open) {
            open->last = line->last;
        }
    }
}
