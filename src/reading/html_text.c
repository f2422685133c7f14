/* The text between tags: white space collapses as in a browser, superscripts become markers of notes, what is not seen
 * goes; the line that grows ends where a block does. See html.c for the pass over the tags. */
#include "reading/html_parts.h"

#include "base/block.h"
#include "base/utf8.h"
#include "reading/markdown.h"

enum { CAPTION_BYTES = 500, CREDIT_BYTES = 48 };

static uint32_t line_of(oc_html_reader *r, size_t at)
{
    while (r->counted < at) {
        const char *feed = memchr(r->source.ptr + r->counted, '\n', at - r->counted);
        if (!feed) {
            r->counted = at;
            break;
        }
        r->counted = (size_t)(feed - r->source.ptr) + 1;
        r->line++;
    }
    return r->line;
}

/* "… at the National Assembly on Tuesday. (Yonhap)", "▲ …": who took the picture, or a mark that points to it. */
static bool is_credited(oc_slice text)
{
    static const char *const opens[] = {"(", "[", "（", "［", "/", "＝"};
    if (text.len > CAPTION_BYTES) return false;
    if (oc_slice_begins(text, "▲") || oc_slice_begins(text, "△")) return true;
    bool closed = oc_slice_ends(text, OC_SLICE(")")) || oc_slice_ends(text, OC_SLICE("]")) ||
                  oc_slice_ends(text, OC_SLICE("）")) || oc_slice_ends(text, OC_SLICE("］"));
    oc_slice tail = text.len > CREDIT_BYTES ? oc_slice_from(text, text.len - CREDIT_BYTES) : text;
    size_t length;
    return closed && OC_FIND_ANY(tail, 0, opens, &length) != SIZE_MAX;
}

void oc_html_line_end(oc_html_reader *r)
{
    if (!r->filling) {
        r->space = false;
        return;
    }
    oc_line *line = oc_visible_end(&r->visible, r->first_line, r->line, r->start, r->end);
    if (line) {
        const oc_html_frame *f = oc_html_top(r);
        line->hint = f->hint;
        bool text = f->hint == OC_HINT_NONE || f->hint == OC_HINT_ARTICLE;
        if (text && r->behind_image && !r->heading && is_credited(line->text)) line->hint = OC_HINT_CAPTION;
        line->gap = r->gap;
        line->bold = r->bold_only;
        line->note_start = r->note_start;
        line->mark = r->heading                             ? OC_LINE_HEADING
                     : r->open[TAG_BLOCKQUOTE]              ? OC_LINE_QUOTE
                     : f->hint == OC_HINT_TABLE && r->cells ? OC_LINE_ROW
                     : r->open[TAG_LI]                      ? OC_LINE_ITEM
                                                            : OC_LINE_PLAIN;
        line->level = (uint8_t)r->heading;
        r->gap = false;
    }
    r->filling = r->space = r->space_feed = r->note_start = r->behind_image = r->cells = false;
    oc_visible_begin(&r->visible);
}

static void begin_text(oc_html_reader *r, size_t at)
{
    if (r->filling) return;
    r->filling = true;
    r->first_line = line_of(r, at);
    r->start = (uint32_t)at;
    r->bold_only = true;
    r->behind_image = r->image;
    r->image = false;
    r->breaks = 0;
    if (r->item_marker.len) {
        oc_visible_marker(&r->visible, r->item_marker, true);
        r->note_start = true;
        r->item_marker = (oc_slice){"", 0};
    }
}

void oc_html_marker_add(oc_html_reader *r, size_t at, oc_slice marker)
{
    r->note_start |= !r->filling;
    begin_text(r, at);
    oc_visible_marker(&r->visible, marker, true);
}

static bool is_wide_lead(unsigned char c)
{
    return c >= 0xe3 && c <= 0xe9;
}

/* White space that is due: nothing between two Japanese characters that a line feed of the source parts. */
static void add_space(oc_html_reader *r, size_t at)
{
    if (!r->space) return;
    r->space = false;
    oc_text *text = &r->visible.text;
    if (!text->len) return;
    size_t last = text->len - 1;
    while (last > 0 && ((unsigned char)text->ptr[last] & 0xc0) == 0x80) last--;
    bool wide = is_wide_lead((unsigned char)text->ptr[last]) && is_wide_lead((unsigned char)r->source.ptr[at]);
    if (!(wide && r->space_feed)) {
        oc_visible_add(&r->visible, (uint32_t)at - 1, OC_SLICE(" "));
        r->visible.expected = (uint32_t)at;
    }
    r->space_feed = false;
}

static inline oc_sixteen is_blank(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, ' ');
}

void oc_html_piece_add(oc_html_reader *r, size_t from, size_t to, oc_slice bytes)
{
    begin_text(r, from);
    add_space(r, from);
    oc_visible_add(&r->visible, (uint32_t)from, bytes);
    if (bytes.len != to - from) r->visible.expected = UINT32_MAX;
    if (r->open[TAG_A]) r->visible.link_bytes += (uint32_t)(bytes.len - oc_block_count(bytes, is_blank));
    if (!r->open[TAG_B] && !r->open[TAG_STRONG]) r->bold_only = false;
    r->end = (uint32_t)to;
    line_of(r, to);
}

static void add_reference(oc_html_reader *r, size_t at, size_t length, uint32_t code)
{
    if (code == 0xa0 || code == ' ') {
        r->space = r->filling;
        return;
    }
    if (code < 0x20 || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || code == 0xad) return;
    char bytes[4];
    oc_html_piece_add(r, at, at + length, (oc_slice){bytes, oc_utf8_encode(code, bytes)});
}

/* Superscript digits and hidden marks inside text. */
static size_t add_special(oc_html_reader *r, size_t at, size_t end)
{
    unsigned char c = (unsigned char)r->source.ptr[at];
    oc_slice rest = oc_slice_sub(r->source, at, end), marker;
    if (c == 0xc2 || c == 0xe2 || c == '[') {
        oc_slice before = oc_text_slice(&r->visible.text);
        size_t length = oc_markdown_marker(r->job->arena, rest, before, &marker);
        if (length) {
            oc_html_marker_add(r, at, marker);
            return length;
        }
    }
    size_t blank = c == 0xc2 || c == 0xe2 ? oc_markdown_blank(rest) : 0;
    if (blank) {
        r->space = r->filling;
        return blank;
    }
    if (c == 0xc2 && rest.len > 1 && (unsigned char)rest.ptr[1] == 0xad) return 2; /* soft hyphen */
    if (rest.len < 3 || (c != 0xe2 && c != 0xef)) return 0;
    const unsigned char *p = (const unsigned char *)rest.ptr;
    bool hidden = (c == 0xe2 && p[1] == 0x80 && ((p[2] >= 0x8b && p[2] <= 0x8f) || (p[2] >= 0xaa && p[2] <= 0xae))) ||
                  (c == 0xe2 && p[1] == 0x81 && p[2] >= 0xa0 && p[2] <= 0xaf) ||
                  (c == 0xef && p[1] == 0xbb && p[2] == 0xbf);
    return hidden ? 3 : 0;
}

/* White space but blanks, control characters, and bytes that references, markers and hidden marks begin with. */
static inline oc_sixteen is_break(oc_sixteen bytes)
{
    return ~oc_sixteen_from(bytes, ' ') | oc_sixteen_is(bytes, '&') | oc_sixteen_is(bytes, '[') |
           oc_sixteen_is(bytes, 0xc2) | oc_sixteen_is(bytes, 0xe2) | oc_sixteen_is(bytes, 0xef);
}

/* False for most of the signs that begin as markers and hidden marks do: [, §, “ … and those of full width. */
static bool may_be_special(oc_slice rest)
{
    unsigned char next = rest.len > 1 ? (unsigned char)rest.ptr[1] : 0;
    switch ((unsigned char)rest.ptr[0]) {
    case '[': return next == '^';
    case 0xc2: return next == 0xb2 || next == 0xb3 || next == 0xb9 || next == 0xa0 || next == 0xad;
    case 0xe2: {
        unsigned char last = rest.len > 2 ? (unsigned char)rest.ptr[2] : 0x90;
        return next == 0x81 || (next == 0x80 && (last < 0x90 || last > 0xa6));
    }
    case 0xef: return next == 0xbb;
    default: return true;
    }
}

/* Where the text that begins at `at` ends to be what is seen. Single blanks in it are seen as they are, but a line feed
 * that went before might do away with one. */
static size_t text_end(const oc_html_reader *r, size_t at, size_t end)
{
    char room[OC_BLOCK];
    for (size_t from = at; from < end; from += OC_BLOCK) {
        const char *block = oc_block_at(r->source, from, room);
        uint64_t blanks = oc_block_is(block, ' '), breaks = oc_block_bits(block, is_break);
        uint64_t inside = oc_block_until(end - from), behind = (blanks | breaks | ~inside) >> 1;
        uint64_t stops = breaks | (r->space_feed ? blanks : blanks & (behind | ~oc_block_until(OC_BLOCK - 1)));
        stops &= from == at ? inside & ~UINT64_C(1) : inside;
        for (; stops; stops &= stops - 1) {
            size_t place = from + oc_block_first(stops);
            if (may_be_special(oc_slice_sub(r->source, place, end))) return place;
        }
    }
    return end;
}

void oc_html_text_add(oc_html_reader *r, size_t from, size_t end)
{
    if (oc_html_top(r)->skip) return;
    for (size_t at = from; at < end;) {
        char c = r->source.ptr[at];
        if (oc_html_is_white(c)) {
            r->space = r->filling;
            r->space_feed |= c == '\n';
            at++;
            continue;
        }
        if ((unsigned char)c < 0x20) {
            at++;
            continue;
        }
        size_t length = 0;
        if (c == '&') {
            uint32_t code = oc_text_reference(oc_slice_sub(r->source, at, end), &length);
            if (code) {
                add_reference(r, at, length, code);
                at += length;
                continue;
            }
        }
        if ((length = add_special(r, at, end)) != 0) {
            at += length;
            continue;
        }
        size_t stop = text_end(r, at, end);
        oc_html_piece_add(r, at, stop, oc_slice_sub(r->source, at, stop));
        at = stop;
    }
}

bool oc_html_is_list_of_titles(const oc_html_reader *r)
{
    oc_slice text = oc_text_slice(&r->visible.text);
    size_t wide = text.len && (unsigned char)text.ptr[0] >= 0xe3 ? 24 : 16;
    return r->space_feed && !r->open[TAG_A] && text.len >= wide &&
           r->visible.link_bytes + oc_block_count(text, is_blank) >= text.len;
}
