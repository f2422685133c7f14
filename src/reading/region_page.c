/* Page furniture: numbers of pages, lines that repeat on pages, running heads; see region_line.h.
 *
 * A line that may be one of these stands apart from others. What repeats is compared without its digits, so that the
 * number of the page makes no difference. */
#include "base/ascii.h"
#include "base/block.h"
#include "reading/region_line.h"
#include "reading/sign.h"

enum {
    REPEATED_CHARS = 80,
    REPEATED_BYTES = REPEATED_CHARS * 4,
    ASKED_MAX = 2000, /* lines that are compared with notices; no document has as many pages */
};

/* Bytes of a word or a dash beside the number of a page, 0 if the text begins with neither. */
static size_t beside_number(const oc_document *document, oc_slice text)
{
    static const char *const dashes[] = {"－", "—", "–", "―"};
    size_t end = 0;
    while (end < text.len && !oc_is_digit(text.ptr[end])) end++;
    size_t word = oc_cues_phrase_begins(document->reader->cues, document->lang, OC_PHRASE_PAGE_NUMBER,
                                        oc_slice_sub(text, 0, end)); /* "p.12" */
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes && !word; i++)
        if (oc_slice_begins(text, dashes[i])) word = strlen(dashes[i]);
    return word;
}

/* "12", "- 12 -", "12/30", "Page 12 of 30", "12ページ", "p. 12" */
static bool is_page_number(const oc_document *document, oc_slice text)
{
    if (text.len > 24) return false;
    size_t digits = 0, slashes = 0;
    for (size_t i = 0, word; i < text.len;) {
        if ((word = beside_number(document, oc_slice_from(text, i))) != 0) {
            i += word;
            continue;
        }
        char c = text.ptr[i++];
        slashes += c == '/' || c == '-';
        if (oc_is_digit(c))
            digits++;
        else if (!strchr(" -/|()[]", c))
            return false;
    }
    return digits >= 1 && digits <= 7 && !(slashes >= 2 && digits > 5);
}

static inline oc_sixteen is_skipped(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '0', '9') | oc_sixteen_in(bytes, '(', ')') | oc_sixteen_is(bytes, ' ') |
           oc_sixteen_is(bytes, '[') | oc_sixteen_is(bytes, ']') | oc_sixteen_is(bytes, '|');
}

static oc_slice without_digits(oc_slice text, char room[REPEATED_BYTES])
{
    static const bool skipped[256] = {
        ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1,
        ['8'] = 1, ['9'] = 1, [' '] = 1, ['['] = 1, [']'] = 1, ['('] = 1, [')'] = 1, ['|'] = 1};
    size_t length = 0;
    text = oc_slice_sub(text, 0, REPEATED_BYTES);
    if (!oc_block_any(text, is_skipped)) return text;
    for (size_t i = 0; i < text.len; i++) {
        room[length] = text.ptr[i];
        length += !skipped[(unsigned char)text.ptr[i]];
    }
    return (oc_slice){room, length};
}

/* Lines that stand on several pages but for their numbers. One of the first lines may be the title itself. */
static void mark_repeated(oc_arena *arena, oc_layout *layout)
{
    oc_map seen = {0};
    char room[REPEATED_BYTES];
    uint32_t *keys = OC_NEW_ARRAY(arena, layout->lines.len, uint32_t); /* index in `seen` and one, 0: not looked at */
    for (size_t i = 0; i < layout->lines.len; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_BODY || line->chars > REPEATED_CHARS || line->sentence || line->text.len < 4)
            continue;
        bool is_new;
        oc_map_entry *entry = oc_map_insert(arena, &seen, without_digits(line->text, room), &is_new);
        if (is_new) entry->key = oc_arena_copy(arena, entry->key);
        entry->value.number++;
        keys[i] = (uint32_t)(entry - seen.entries.at) + 1;
    }
    for (size_t i = 3; i < layout->lines.len; i++) {
        const oc_map_entry *entry = keys[i] ? &seen.entries.at[keys[i] - 1] : NULL;
        if (entry && entry->value.number >= 2 && entry->key.len >= 4) layout->lines.at[i].region = OC_REGION_PAGE;
    }
}

/* The longest heading near the top, for running heads such as "Voss | Title of the paper | 2". */
static oc_slice head_title(const oc_layout *layout)
{
    oc_slice best = {"", 0};
    for (size_t i = 0; i < layout->lines.len && i < 8; i++) {
        const oc_line *line = &layout->lines.at[i];
        if (line->mark == OC_LINE_HEADING && line->level <= 1 && line->text.len > best.len) best = line->text;
    }
    return best.len >= 12 ? best : (oc_slice){"", 0};
}

/* What names_institution asks, and how often it has asked. */
typedef struct institutions {
    oc_notices notices;
    size_t asked;
} institutions;

/* "Atlantic-Pacific Forum 3": apart from others, a name that a notice repeats, and a number behind it. */
static bool names_institution(const oc_layout *layout, size_t i, institutions *known)
{
    const oc_line *line = &layout->lines.at[i];
    size_t end = line->text.len;
    while (end > 0 && (oc_is_digit(line->text.ptr[end - 1]) || line->text.ptr[end - 1] == ' ')) end--;
    bool apart = line->gap && i + 1 < layout->lines.len && layout->lines.at[i + 1].gap;
    if (!apart || end == line->text.len || end < 8 || line->chars > 60 || line->sentence || i < 4) return false;
    return known->asked++ < ASKED_MAX && oc_notices_name(&known->notices, line, oc_slice_sub(line->text, 0, end));
}

/* "Forum Brief No. 41 | The title": right behind or before the number of a page, what the document begins with. */
static bool repeats_first_line(const oc_layout *layout, size_t i)
{
    const oc_line *line = &layout->lines.at[i];
    oc_slice first = layout->lines.at[0].text;
    bool apart = line->gap && i + 1 < layout->lines.len && layout->lines.at[i + 1].gap;
    bool number = line[-1].region == OC_REGION_PAGE || (apart && line[1].region == OC_REGION_PAGE);
    return apart && number && first.len >= 12 && oc_slice_find(line->text, first, 0) != SIZE_MAX;
}

/* One of the first lines holds the text. */
static bool is_in_head(const oc_layout *layout, oc_slice text)
{
    for (size_t k = 0; k < 4 && text.len >= 8; k++)
        if (oc_slice_find(layout->lines.at[k].text, text, 0) != SIZE_MAX) return true;
    return false;
}

/* "Working Paper No. 14 | 3", "한강전략연구원 - 2 -": parts of the first lines and the number of a page. */
static bool repeats_head(const oc_layout *layout, size_t i)
{
    static const char *const marks[] = {" ", "-", "–", "—", "|", "｜", "·"};
    const oc_line *line = &layout->lines.at[i];
    bool apart = line->gap && (i + 1 == layout->lines.len || layout->lines.at[i + 1].gap);
    if (!apart || i < 4 || line->sentence || line->chars > REPEATED_CHARS) return false;
    oc_slice rest = OC_SIGNS_TRIM(line->text, marks);
    size_t from = 0, to = rest.len;
    while (to > 0 && oc_is_digit(rest.ptr[to - 1])) to--;
    while (to == rest.len && from < to && oc_is_digit(rest.ptr[from])) from++;
    if ((to == rest.len && !from) || rest.len - (to - from) > 3) return false;
    rest = oc_slice_sub(rest, from, to);
    rest = OC_SIGNS_TRIM(rest, marks);
    if (rest.len >= 12 && is_in_head(layout, rest)) return true;
    size_t bar = oc_slice_find(rest, OC_SLICE(" | "), 0);
    return bar != SIZE_MAX && is_in_head(layout, oc_slice_trim(oc_slice_sub(rest, 0, bar))) &&
           is_in_head(layout, oc_slice_trim(oc_slice_from(rest, bar + 3)));
}

/* A short line apart from others that holds the title and a number. */
static bool is_running_head(const oc_layout *layout, size_t i, oc_slice title, institutions *known)
{
    const oc_line *line = &layout->lines.at[i];
    if (names_institution(layout, i, known) || repeats_head(layout, i)) return true;
    if (i >= 4 && line->chars <= 120 && repeats_first_line(layout, i)) return true;
    if (!title.len || i < 4 || !line->gap || line->sentence || line->chars > 120 || line->text.len < title.len + 2)
        return false;
    bool number = oc_is_digit(line->text.ptr[line->text.len - 1]) || oc_is_digit(line->text.ptr[0]);
    return number && oc_slice_find(line->text, title, 0) != SIZE_MAX;
}

/* "Institute of Affairs | 12", "12 | Voss": a short line apart from others with the page's number behind a bar. */
static bool is_barred_number(const oc_layout *layout, size_t i)
{
    const oc_line *line = &layout->lines.at[i];
    oc_slice text = oc_slice_trim(line->text);
    bool apart = line->gap && (i + 1 == layout->lines.len || layout->lines.at[i + 1].gap);
    if (!apart || line->sentence || line->chars > REPEATED_CHARS || text.len < 4) return false;
    size_t digits = 0;
    bool behind = oc_is_digit(text.ptr[text.len - 1]);
    while (digits < text.len && oc_is_digit(text.ptr[behind ? text.len - 1 - digits : digits])) digits++;
    oc_slice rest = oc_slice_trim(behind ? oc_slice_sub(text, 0, text.len - digits) : oc_slice_from(text, digits));
    return digits > 0 && digits <= 3 && (behind ? oc_slice_ends_with(rest, "|") : oc_slice_begins(rest, "|"));
}

void oc_region_mark_pages(oc_arena *arena, oc_document *document)
{
    oc_layout *layout = &document->layout;
    size_t numbers = 0;
    for (size_t i = 0; i < layout->lines.len; i++) {
        oc_line *line = &layout->lines.at[i];
        if (line->region != OC_REGION_BODY) continue;
        numbers += i >= 3 && is_barred_number(layout, i); /* marked below, if it repeats */
        if (!is_page_number(document, line->text)) continue;
        bool apart = line->gap || i + 1 == layout->lines.len || layout->lines.at[i + 1].gap;
        if (!apart && !layout->paged) continue;
        if (document->format == OC_FORMAT_HTML) continue;
        line->region = OC_REGION_PAGE;
        numbers++;
    }
    oc_slice title = document->format == OC_FORMAT_HTML ? (oc_slice){"", 0} : head_title(layout);
    institutions known = {.asked = 0};
    for (size_t i = 0; i < layout->lines.len; i++)
        if (layout->lines.at[i].cues.any & OC_CUE_NOTICE) oc_notices_add(&known.notices, &layout->lines.at[i]);
    for (size_t i = 0; i < layout->lines.len; i++)
        if (layout->lines.at[i].region == OC_REGION_BODY && is_running_head(layout, i, title, &known))
            layout->lines.at[i].region = OC_REGION_PAGE;
    if (numbers >= 2) layout->paged = true;
    if (!layout->paged || document->format == OC_FORMAT_HTML) return;
    mark_repeated(arena, layout);
}
