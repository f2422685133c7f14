/* HTML; see html.h.
 *
 * One pass over the bytes with a stack of open elements that never grows beyond OC_READ_DEPTH. Text is collapsed as a
 * browser does and collected into one visible line; the start or end of a block element ends the line. An element's
 * name, class, id and role give a hint (navigation, related, …) that its descendants inherit. End tags look for
 * their element only if one of that name is open, so the pass is linear whatever the page does. Text and lines are in
 * html_text.c, what stands in the head of a page in html_head.c. */
#include "reading/html_parts.h"

#include "base/ascii.h"
#include "reading/html_ld.h"
#include "reading/markdown.h"

enum { CARD_BYTES = 12, CARD_REACH = 4096 };

/* At the start tag of an <article>: a link around it, or a class that says so and no main heading in it, make it a
 * card. One that holds the article itself is none. */
static bool is_card(const oc_html_reader *r, int own)
{
    if (r->open[TAG_A]) return true;
    if (own != OC_HINT_RELATED) return false;
    oc_slice ahead = oc_slice_sub(r->source, r->at, r->at + CARD_REACH);
    size_t end = oc_slice_find(ahead, OC_SLICE("</article"), 0);
    return end != SIZE_MAX && oc_slice_find(oc_slice_sub(ahead, 0, end), OC_SLICE("<h1"), 0) == SIZE_MAX;
}

static int inherit(const oc_html_reader *r, int tag, const oc_html_attributes *a)
{
    int above = oc_html_top(r)->hint;
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

/* Skips the content of <script>, <style> …; at is behind the start tag. */
static size_t skip_raw(oc_html_reader *r, int tag, size_t at, const oc_html_attributes *a)
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
            oc_html_same(oc_slice_sub(s, end + 2, end + 2 + name_len), name))
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

static void pop(oc_html_reader *r)
{
    r->depth--;
    r->open[r->stack[r->depth].tag]--;
}

static bool is_heading(int tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6;
}

static void push(oc_html_reader *r, int tag, const oc_html_attributes *a, bool *ret_deep)
{
    if (r->depth >= OC_READ_DEPTH) {
        r->extra++;
        *ret_deep = true;
        return;
    }
    oc_html_frame f = {.tag = (uint8_t)tag, .hint = (uint8_t)inherit(r, tag, a)};
    bool hidden = a->hidden && tag != TAG_BODY && tag != TAG_HTML;
    f.skip = oc_html_top(r)->skip || (oc_html_tags[tag].flags & SKIP) || hidden;
    r->stack[r->depth++] = f;
    r->open[tag]++;
}

static void note_item(oc_html_reader *r, const oc_html_attributes *a)
{
    r->items++;
    size_t digit = 0;
    while (digit < a->id.len && !oc_is_digit(a->id.ptr[digit])) digit++;
    oc_slice number = oc_slice_sub(a->id, digit, a->id.len);
    size_t len = 0;
    while (len < number.len && oc_is_digit(number.ptr[len])) len++;
    number.len = len;
    r->item_marker = len ? number : oc_arena_printf(r->job->arena, "%u", r->items);
}

/* A link to a note, like <a href="#fn3">[3]</a>: its length with content and end tag, or 0. */
static size_t note_link(oc_html_reader *r, size_t at, size_t behind, const oc_html_attributes *a)
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
    if (oc_html_top(r)->hint == OC_HINT_FOOTNOTE && r->note_start) return behind + close + 4 - at;
    oc_html_marker_add(r, at, marker);
    return behind + close + 4 - at;
}

/* The time of a card, a menu or an advertisement is not the page's; one in the article wins over one above it. */
static void note_time(oc_html_reader *r, oc_slice time)
{
    int hint = oc_html_top(r)->hint;
    bool article = hint == OC_HINT_ARTICLE || hint == OC_HINT_BYLINE;
    bool elsewhere = hint == OC_HINT_RELATED || hint == OC_HINT_NAVIGATION || hint == OC_HINT_ADVERTISEMENT;
    if (elsewhere || r->open[TAG_A]) return;
    if (r->time.len && (r->time_of_article || !article)) return;
    r->time = time;
    r->time_of_article = article;
}

static size_t start_tag(oc_html_reader *r, size_t at, size_t name_end, int tag, bool *ret_deep)
{
    r->at = at;
    oc_html_attributes a = {0};
    size_t behind = oc_html_attributes_read(r->source, name_end, &a);
    unsigned flags = oc_html_tags[tag].flags;
    if (tag == TAG_META) oc_html_meta_read(&a, &r->job->layout->stated);
    if (tag == TAG_HTML && a.lang.len) r->job->layout->stated.language = a.lang;
    if (flags & RAW) return skip_raw(r, tag, behind, &a);
    if (tag == TAG_BR) {
        oc_html_line_end(r);
        if (++r->breaks > 1) r->gap = true;
        return behind;
    }
    if (oc_html_top(r)->skip && tag != TAG_BODY) {
        if (!(flags & VOID)) push(r, tag, &a, ret_deep);
        return behind;
    }
    if (tag == TAG_SUP) {
        oc_slice marker;
        size_t length = oc_markdown_marker(r->job->arena, oc_slice_sub(r->source, at, r->source.len),
                                           oc_text_slice(&r->visible.text), &marker);
        if (length) {
            oc_html_marker_add(r, at, marker);
            return at + length;
        }
    }
    if (tag == TAG_A) {
        size_t length = note_link(r, at, behind, &a);
        if (length) return at + length;
        bool cards = oc_html_top(r)->hint == OC_HINT_RELATED && r->visible.text.len > CARD_BYTES;
        if (r->filling && (cards || oc_html_is_list_of_titles(r))) oc_html_line_end(r); /* one card a line */
    }
    if (tag == TAG_TIME && a.datetime.len) note_time(r, a.datetime);
    if (flags & BLOCK) {
        oc_html_line_end(r);
        r->gap = true;
        while (r->depth && r->stack[r->depth - 1].tag == TAG_P) pop(r);
        if (r->depth && r->stack[r->depth - 1].tag == tag && (tag == TAG_LI || tag == TAG_TR)) pop(r);
    }
    if ((tag == TAG_TD || tag == TAG_TH) && r->filling) {
        r->space = r->cells = true;
        oc_html_piece_add(r, at, at + 1, OC_SLICE("|"));
        r->visible.expected = UINT32_MAX;
        r->space = true;
    }
    r->image |= tag == TAG_IMG;
    if (flags & VOID) return behind;
    push(r, tag, &a, ret_deep);
    if (tag == TAG_LI && oc_html_top(r)->hint == OC_HINT_FOOTNOTE) note_item(r, &a);
    if (is_heading(tag)) r->heading = tag - TAG_H1 + 1;
    return behind;
}

static void end_tag(oc_html_reader *r, int tag)
{
    if (oc_html_tags[tag].flags & BLOCK) {
        oc_html_line_end(r);
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

static size_t read_tag(oc_html_reader *r, size_t at, bool *ret_deep)
{
    oc_slice s = r->source;
    char next = at + 1 < s.len ? s.ptr[at + 1] : 0;
    if (next == '!' || next == '?') return skip_declaration(s, at);
    size_t name_at = at + (next == '/' ? 2 : 1), name_end = name_at;
    while (name_end < s.len && oc_html_is_name(s.ptr[name_end]) && name_end < name_at + 20) name_end++;
    if (name_end == name_at || !oc_is_alpha(s.ptr[name_at])) {
        oc_html_text_add(r, at, at + 1);
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
    oc_html_reader *r = OC_NEW(job->arena, oc_html_reader);
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
        if (stop > at) oc_html_text_add(r, at, stop);
        at = stop < r->source.len ? read_tag(r, stop, ret_deep) : stop;
        if (++tags_read % 8192 == 0 && job->options->expired && job->options->expired(job->options->context))
            job->over = true;
    }
    oc_html_line_end(r);
    if (!job->layout->stated.published.len) job->layout->stated.published = r->time;
}
