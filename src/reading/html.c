/* HTML; see html.h.
 *
 * One pass over the bytes with a stack of open elements that never grows beyond OC_READ_DEPTH. Text is collapsed as a
 * browser does and collected into one visible line; the start or end of a block element ends the line. An element's
 * name, class, id and role give a hint (navigation, related, …) that its descendants inherit. End tags look for
 * their element only if one of that name is open, so the pass is linear whatever the page does. */
#include "reading/html.h"

#include "base/block.h"
#include "base/utf8.h"
#include "reading/html_ld.h"
#include "reading/html_tag.h"

enum { CAPTION_BYTES = 500, CREDIT_BYTES = 48, CARD_REACH = 4096 };

typedef struct frame {
    uint8_t tag, hint;
    bool skip;
} frame;

typedef struct reader {
    oc_source_job *job;
    oc_visible visible;
    oc_slice source;
    size_t at;
    frame stack[OC_READ_DEPTH];
    int depth;
    size_t extra; /* open elements beyond the stack */
    uint32_t open[TAG_COUNT];
    oc_html_index index;
    uint32_t line; /* number of the line at `counted` */
    size_t counted;
    bool filling;    /* the visible line has text */
    bool space;      /* white space is due before the next text */
    bool space_feed; /* … and it held a line feed */
    bool gap;
    bool bold_only; /* all text of the line so far is bold */
    bool note_start;
    bool cells;               /* the line holds several cells of a table */
    bool image, behind_image; /* an image stands before what comes, before the line */
    uint32_t first_line, start, end;
    int heading;
    int breaks;     /* <br> in a row */
    uint32_t items; /* of a list of notes */
    oc_slice item_marker;
    oc_slice time;      /* of the first <time> that may be the page's */
    bool time_of_article; /* it stands in <article> or <main> */
} reader;

static uint32_t line_of(reader *r, size_t at)
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

static const frame *top(const reader *r)
{
    static const frame none = {0};
    return r->depth ? &r->stack[r->depth - 1] : &none;
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

static void end_line(reader *r)
{
    if (!r->filling) {
        r->space = false;
        return;
    }
    oc_line *line = oc_visible_end(&r->visible, r->first_line, r->line, r->start, r->end);
    if (line) {
        const frame *f = top(r);
        line->hint = f->hint;
        bool text = f->hint == OC_HINT_NONE || f->hint == OC_HINT_ARTICLE;
        if (text && r->behind_image && !r->heading && is_credited(line->text)) line->hint = OC_HINT_CAPTION;
        line->gap = r->gap;
        line->bold = r->bold_only;
        line->note_start = r->note_start;
        line->mark = r->heading                 ? OC_LINE_HEADING
                     : r->open[TAG_BLOCKQUOTE]  ? OC_LINE_QUOTE
                     : f->hint == OC_HINT_TABLE && r->cells ? OC_LINE_ROW
                     : r->open[TAG_LI]          ? OC_LINE_ITEM
                                                : OC_LINE_PLAIN;
        line->level = (uint8_t)r->heading;
        r->gap = false;
    }
    r->filling = r->space = r->space_feed = r->note_start = r->behind_image = r->cells = false;
    oc_visible_begin(&r->visible);
}

static void begin_text(reader *r, size_t at)
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

static bool is_wide_lead(unsigned char c)
{
    return c >= 0xe3 && c <= 0xe9;
}

/* White space that is due: nothing between two Japanese characters that a line feed of the source parts. */
static void add_space(reader *r, size_t at)
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

static void add_piece(reader *r, size_t from, size_t to, oc_slice bytes)
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

static void add_reference(reader *r, size_t at, size_t length, uint32_t code)
{
    if (code == 0xa0 || code == ' ') {
        r->space = r->filling;
        return;
    }
    if (code < 0x20 || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e) || code == 0xad) return;
    char bytes[4];
    add_piece(r, at, at + length, (oc_slice){bytes, oc_utf8_encode(code, bytes)});
}

/* Superscript digits and hidden marks inside text. */
static size_t add_special(reader *r, size_t at, size_t end)
{
    unsigned char c = (unsigned char)r->source.ptr[at];
    oc_slice rest = oc_slice_sub(r->source, at, end), marker;
    if (c == 0xc2 || c == 0xe2 || c == '[') {
        oc_slice before = oc_text_slice(&r->visible.text);
        size_t length = oc_markdown_marker(r->job->arena, rest, before, &marker);
        if (length) {
            r->note_start |= !r->filling;
            begin_text(r, at);
            oc_visible_marker(&r->visible, marker, true);
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
static size_t text_end(const reader *r, size_t at, size_t end)
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

static void add_text(reader *r, size_t from, size_t end)
{
    if (top(r)->skip) return;
    for (size_t at = from; at < end;) {
        char c = r->source.ptr[at];
        if (is_white(c)) {
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
        add_piece(r, at, stop, oc_slice_sub(r->source, at, stop));
        at = stop;
    }
}

/* At the start tag of an <article>: a link around it, or a class that says so and no main heading in it, make it a
 * card. One that holds the article itself is none. */
static bool is_card(const reader *r, int own)
{
    if (r->open[TAG_A]) return true;
    if (own != OC_HINT_RELATED) return false;
    oc_slice ahead = oc_slice_sub(r->source, r->at, r->at + CARD_REACH);
    size_t end = oc_slice_find(ahead, OC_SLICE("</article"), 0);
    return end != SIZE_MAX && oc_slice_find(oc_slice_sub(ahead, 0, end), OC_SLICE("<h1"), 0) == SIZE_MAX;
}

static int inherit(const reader *r, int tag, const oc_html_attributes *a)
{
    int above = top(r)->hint;
    if (above == OC_HINT_NAVIGATION || above == OC_HINT_RELATED || above == OC_HINT_ADVERTISEMENT ||
        above == OC_HINT_FOOTNOTE)
        return above;
    int own = OC_HINT_NONE;
    if (tag != TAG_HTML && tag != TAG_BODY) {
        own = oc_html_hint(r->job->cues, a->class);
        if (!own) own = oc_html_hint(r->job->cues, a->id);
        if (!own) own = oc_html_hint(r->job->cues, a->role);
    }
    if (oc_html_tags[tag].hint == OC_HINT_ARTICLE) own = is_card(r, own) ? OC_HINT_RELATED : OC_HINT_ARTICLE;
    if (!own) own = oc_html_tags[tag].hint;
    return own ? own : above;
}

static void stated_meta(reader *r, const oc_html_attributes *a)
{
    static const struct {
        const char *name;
        size_t offset;
    } names[] = {
        {"og:title", offsetof(oc_stated, title)},
        {"headline", offsetof(oc_stated, title)},
        {"dc.title", offsetof(oc_stated, title)},
        {"citation_title", offsetof(oc_stated, title)},
        {"author", offsetof(oc_stated, author)},
        {"article:author", offsetof(oc_stated, author)},
        {"dc.creator", offsetof(oc_stated, author)},
        {"citation_author", offsetof(oc_stated, author)},
        {"og:site_name", offsetof(oc_stated, publisher)},
        {"publisher", offsetof(oc_stated, publisher)},
        {"dc.publisher", offsetof(oc_stated, publisher)},
        {"article:published_time", offsetof(oc_stated, published)},
        {"date", offsetof(oc_stated, published)},
        {"pubdate", offsetof(oc_stated, published)},
        {"dc.date", offsetof(oc_stated, published)},
        {"datepublished", offsetof(oc_stated, published)},
        {"citation_publication_date", offsetof(oc_stated, published)},
        {"article:section", offsetof(oc_stated, section)},
        {"generator", offsetof(oc_stated, generator)},
        {"og:url", offsetof(oc_stated, address)},
    };
    oc_slice key = a->property.len ? a->property : a->name;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (same(key, names[i].name)) {
            oc_slice *place = (oc_slice *)((char *)&r->job->layout->stated + names[i].offset);
            if (!place->len) *place = a->content;
        }
}

/* Skips the content of <script>, <style> …; at is behind the start tag. */
static size_t skip_raw(reader *r, int tag, size_t at, const oc_html_attributes *a)
{
    oc_slice s = r->source;
    const char *name = oc_html_tags[tag].name;
    size_t name_len = strlen(name), end = at;
    for (;;) {
        const char *mark = end < s.len ? memchr(s.ptr + end, '<', s.len - end) : NULL;
        if (!mark) {
            end = s.len;
            break;
        }
        end = (size_t)(mark - s.ptr);
        if (end + 2 + name_len <= s.len && s.ptr[end + 1] == '/' &&
            same(oc_slice_sub(s, end + 2, end + 2 + name_len), name))
            break;
        end++;
    }
    oc_slice inside = oc_slice_sub(s, at, end);
    if (tag == TAG_TITLE && !r->job->layout->stated.page_title.len)
        r->job->layout->stated.page_title = oc_slice_trim(inside);
    if (tag == TAG_SCRIPT && oc_slice_is(a->type, "application/ld+json"))
        oc_html_ld_read(r->job->arena, oc_slice_sub(inside, 0, 1 << 16), &r->job->layout->stated);
    const char *close = end < s.len ? memchr(s.ptr + end, '>', s.len - end) : NULL;
    return close ? (size_t)(close - s.ptr) + 1 : s.len;
}

static void pop(reader *r)
{
    r->depth--;
    r->open[r->stack[r->depth].tag]--;
}

static bool is_heading(int tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6;
}

static void push(reader *r, int tag, const oc_html_attributes *a, bool *ret_deep)
{
    if (r->depth >= OC_READ_DEPTH) {
        r->extra++;
        *ret_deep = true;
        return;
    }
    frame f = {.tag = (uint8_t)tag, .hint = (uint8_t)inherit(r, tag, a)};
    f.skip = top(r)->skip || (oc_html_tags[tag].flags & SKIP) || (a->hidden && tag != TAG_BODY && tag != TAG_HTML);
    r->stack[r->depth++] = f;
    r->open[tag]++;
}

static void note_item(reader *r, const oc_html_attributes *a)
{
    r->items++;
    size_t digit = 0;
    while (digit < a->id.len && !(a->id.ptr[digit] >= '0' && a->id.ptr[digit] <= '9')) digit++;
    oc_slice number = oc_slice_sub(a->id, digit, a->id.len);
    size_t len = 0;
    while (len < number.len && number.ptr[len] >= '0' && number.ptr[len] <= '9') len++;
    number.len = len;
    r->item_marker = len ? number : oc_arena_printf(r->job->arena, "%u", r->items);
}

/* A link to a note, like <a href="#fn3">[3]</a>: its length with content and end tag, or 0. */
static size_t note_link(reader *r, size_t at, size_t behind, const oc_html_attributes *a)
{
    if (!a->href.len || a->href.ptr[0] != '#') return 0;
    oc_slice rest = oc_slice_sub(r->source, behind, behind + 80), more;
    size_t close = oc_slice_find(rest, OC_SLICE("</a>"), 0);
    if (close == SIZE_MAX) return 0;
    oc_slice inside = oc_slice_sub(rest, 0, close);
    if (oc_slice_starts(inside, OC_SLICE("<sup>")) && oc_slice_ends(inside, OC_SLICE("</sup>")))
        inside = oc_slice_sub(inside, 5, inside.len - 6);
    oc_slice marker = oc_marker_read(r->job->arena, inside, &more);
    if (!marker.len) return 0;
    if (top(r)->hint == OC_HINT_FOOTNOTE && r->note_start) return behind + close + 4 - at;
    r->note_start |= !r->filling;
    begin_text(r, at);
    oc_visible_marker(&r->visible, marker, true);
    return behind + close + 4 - at;
}

/* The time of a card, a menu or an advertisement is not the page's; one in the article wins over one above it. */
static void note_time(reader *r, oc_slice time)
{
    int hint = top(r)->hint;
    bool article = hint == OC_HINT_ARTICLE || hint == OC_HINT_BYLINE;
    bool elsewhere = hint == OC_HINT_RELATED || hint == OC_HINT_NAVIGATION || hint == OC_HINT_ADVERTISEMENT;
    if (elsewhere || r->open[TAG_A]) return;
    if (r->time.len && (r->time_of_article || !article)) return;
    r->time = time;
    r->time_of_article = article;
}

enum { CARD_BYTES = 12 };

/* All of the line so far is links, as long as titles are, and a line feed parts them from the next. */
static bool is_list_of_titles(const reader *r)
{
    oc_slice text = oc_text_slice(&r->visible.text);
    size_t wide = text.len && (unsigned char)text.ptr[0] >= 0xe3 ? 24 : 16;
    return r->space_feed && !r->open[TAG_A] && text.len >= wide &&
           r->visible.link_bytes + oc_block_count(text, is_blank) >= text.len;
}

static size_t start_tag(reader *r, size_t at, size_t name_end, int tag, bool *ret_deep)
{
    r->at = at;
    oc_html_attributes a = {0};
    size_t behind = oc_html_attributes_read(r->source, name_end, &a);
    unsigned flags = oc_html_tags[tag].flags;
    if (tag == TAG_META) stated_meta(r, &a);
    if (tag == TAG_HTML && a.lang.len) r->job->layout->stated.language = a.lang;
    if (flags & RAW) return skip_raw(r, tag, behind, &a);
    if (tag == TAG_BR) {
        end_line(r);
        if (++r->breaks > 1) r->gap = true;
        return behind;
    }
    if (top(r)->skip && tag != TAG_BODY) {
        if (!(flags & VOID)) push(r, tag, &a, ret_deep);
        return behind;
    }
    if (tag == TAG_SUP) {
        oc_slice marker;
        size_t length = oc_markdown_marker(r->job->arena, oc_slice_sub(r->source, at, r->source.len),
                                           oc_text_slice(&r->visible.text), &marker);
        if (length) {
            r->note_start |= !r->filling;
            begin_text(r, at);
            oc_visible_marker(&r->visible, marker, true);
            return at + length;
        }
    }
    if (tag == TAG_A) {
        size_t length = note_link(r, at, behind, &a);
        if (length) return at + length;
        bool cards = top(r)->hint == OC_HINT_RELATED && r->visible.text.len > CARD_BYTES;
        if (r->filling && (cards || is_list_of_titles(r))) end_line(r); /* one card a line */
    }
    if (tag == TAG_TIME && a.datetime.len) note_time(r, a.datetime);
    if (flags & BLOCK) {
        end_line(r);
        r->gap = true;
        while (r->depth && r->stack[r->depth - 1].tag == TAG_P) pop(r);
        if (r->depth && r->stack[r->depth - 1].tag == tag && (tag == TAG_LI || tag == TAG_TR)) pop(r);
    }
    if ((tag == TAG_TD || tag == TAG_TH) && r->filling) {
        r->space = r->cells = true;
        add_piece(r, at, at + 1, OC_SLICE("|"));
        r->visible.expected = UINT32_MAX;
        r->space = true;
    }
    r->image |= tag == TAG_IMG;
    if (flags & VOID) return behind;
    push(r, tag, &a, ret_deep);
    if (tag == TAG_LI && top(r)->hint == OC_HINT_FOOTNOTE) note_item(r, &a);
    if (is_heading(tag)) r->heading = tag - TAG_H1 + 1;
    return behind;
}

static void end_tag(reader *r, int tag)
{
    if (oc_html_tags[tag].flags & BLOCK) {
        end_line(r);
        r->gap = true;
    }
    if (is_heading(tag)) r->heading = 0;
    if (r->extra && !(oc_html_tags[tag].flags & VOID)) {
        r->extra--;
        return;
    }
    if (!r->open[tag]) return;
    while (r->stack[r->depth - 1].tag != tag) pop(r);
    pop(r);
}

/* Comments, declarations, processing instructions: the place behind them. */
static size_t skip_declaration(oc_slice s, size_t at)
{
    if (oc_slice_starts(oc_slice_sub(s, at, s.len), OC_SLICE("<!--"))) {
        size_t end = oc_slice_find(s, OC_SLICE("-->"), at + 4);
        return end == SIZE_MAX ? s.len : end + 3;
    }
    const char *end = memchr(s.ptr + at, '>', s.len - at);
    return end ? (size_t)(end - s.ptr) + 1 : s.len;
}

static size_t read_tag(reader *r, size_t at, bool *ret_deep)
{
    oc_slice s = r->source;
    char next = at + 1 < s.len ? s.ptr[at + 1] : 0;
    if (next == '!' || next == '?') return skip_declaration(s, at);
    size_t name_at = at + (next == '/' ? 2 : 1), name_end = name_at;
    while (name_end < s.len && is_name(s.ptr[name_end]) && name_end < name_at + 20) name_end++;
    if (name_end == name_at || !(lower(s.ptr[name_at]) >= 'a' && lower(s.ptr[name_at]) <= 'z')) {
        add_text(r, at, at + 1);
        return at + 1;
    }
    int tag = oc_html_tag_find(&r->index, oc_slice_sub(s, name_at, name_end));
    if (next == '/') {
        if (tag) end_tag(r, tag);
        const char *end = memchr(s.ptr + name_end, '>', s.len - name_end);
        return end ? (size_t)(end - s.ptr) + 1 : s.len;
    }
    if (!tag) {
        oc_html_attributes ignored = {0};
        return oc_html_attributes_read(s, name_end, &ignored);
    }
    return start_tag(r, at, name_end, tag, ret_deep);
}

void oc_html_read(oc_source_job *job, bool *ret_deep)
{
    reader *r = OC_NEW(job->arena, reader);
    oc_html_index_make(&r->index);
    r->job = job;
    r->visible.job = job;
    r->source = job->source;
    r->line = 1;
    r->gap = true;
    *ret_deep = false;
    oc_visible_begin(&r->visible);
    size_t at = job->skip, tags_read = 0;
    while (at < r->source.len && !job->over) {
        const char *mark = memchr(r->source.ptr + at, '<', r->source.len - at);
        size_t stop = mark ? (size_t)(mark - r->source.ptr) : r->source.len;
        if (stop > at) add_text(r, at, stop);
        at = stop < r->source.len ? read_tag(r, stop, ret_deep) : stop;
        if (++tags_read % 8192 == 0 && job->options->expired && job->options->expired(job->options->context))
            job->over = true;
    }
    end_line(r);
    if (!job->layout->stated.published.len) job->layout->stated.published = r->time;
}

oc_slice oc_html_charset(oc_slice bytes)
{
    oc_slice head = oc_slice_sub(bytes, 0, 4096);
    size_t at = oc_slice_find(head, OC_SLICE("charset="), 0);
    size_t skip = 8;
    if (at == SIZE_MAX) {
        if (!oc_slice_starts(head, OC_SLICE("<?xml"))) return (oc_slice){"", 0};
        at = oc_slice_find(head, OC_SLICE("encoding="), 0), skip = 9;
    }
    if (at == SIZE_MAX) return (oc_slice){"", 0};
    at += skip;
    while (at < head.len && (head.ptr[at] == '"' || head.ptr[at] == '\'')) at++;
    size_t end = at;
    while (end < head.len && (is_name(head.ptr[end]) || head.ptr[end] == '_') && end < at + 30) end++;
    return oc_slice_sub(head, at, end);
}

bool oc_html_is(oc_slice bytes)
{
    static const char *const blocks[] = {"<html", "<!doctype html", "<head", "<body", "<div",
                                         "<p>",   "<article",       "<br",   "<table"};
    oc_slice head = oc_slice_sub(bytes, 0, 4096);
    int found = 0;
    for (size_t at = 0; at < head.len; at++) {
        if (head.ptr[at] != '<') continue;
        for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
            size_t len = strlen(blocks[i]);
            if (at + len <= head.len && same(oc_slice_sub(head, at, at + len), blocks[i])) {
                if (i < 4) return true;
                found++;
                break;
            }
        }
    }
    return found >= 3;
}
