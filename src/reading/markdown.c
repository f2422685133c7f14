/* Markdown; see markdown.h. oc_markdown_line decides what a line is (front matter, fence, comment, rule, heading,
 * quotation, list item, table row), oc_markdown_inline takes its inline markup off. Emphasis is taken off without
 * parsing it: ** always, single marks where they stand at the border of a word and have a partner on the line. */
#include "reading/markdown.h"

#include "base/ascii.h"
#include "base/block.h"
#include "base/utf8.h"

enum { ITEM_CHARS = 40, LINK_BYTES = 2000 /* of the text of a link, and of its address */ };

static bool is_superscript(oc_slice text, size_t *ret_len)
{
    if (text.len >= 2 && text.ptr[0] == '\xc2' &&
        (text.ptr[1] == '\xb9' || text.ptr[1] == '\xb2' || text.ptr[1] == '\xb3')) {
        *ret_len = 2;
        return true;
    }
    if (text.len >= 3 && text.ptr[0] == '\xe2' && text.ptr[1] == '\x81' && (unsigned char)text.ptr[2] >= 0xb0 &&
        (unsigned char)text.ptr[2] <= 0xb9) {
        *ret_len = 3;
        return true;
    }
    return false;
}

/* m², km³ and powers of ten are no notes. */
static bool is_power(oc_slice before)
{
    static const char *const units[] = {"m", "km", "cm", "mm", "㎞", "㎡", "10", "CO", "×10", "x10"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        oc_slice unit = oc_slice_of(units[i]);
        if (!oc_slice_ends(before, unit)) continue;
        size_t left = before.len - unit.len;
        if (left == 0 || !(oc_is_alpha(before.ptr[left - 1]) || before.ptr[left - 1] == '1')) return true;
    }
    return false;
}

size_t oc_markdown_marker(oc_arena *arena, oc_slice text, oc_slice before, oc_slice *ret_marker)
{
    oc_slice inside;
    size_t len = 0;
    if (oc_slice_starts(text, OC_SLICE("<sup")) || oc_slice_starts(text, OC_SLICE("<SUP"))) {
        size_t open = oc_slice_find(oc_slice_sub(text, 0, 120), OC_SLICE(">"), 0);
        oc_slice end = text.ptr[1] == 's' ? OC_SLICE("</sup>") : OC_SLICE("</SUP>");
        size_t close = open == SIZE_MAX ? SIZE_MAX : oc_slice_find(oc_slice_sub(text, 0, 240), end, open);
        if (close == SIZE_MAX) return 0;
        inside = oc_slice_sub(text, open + 1, close);
        len = close + 6;
    } else if (oc_slice_starts(text, OC_SLICE("[^"))) {
        size_t close = oc_slice_find(oc_slice_sub(text, 0, 24), OC_SLICE("]"), 0);
        if (close == SIZE_MAX) return 0;
        inside = oc_slice_sub(text, 2, close);
        len = close + 1;
        if (len < text.len && text.ptr[len] == ':') len++;
    } else if (oc_slice_starts(text, OC_SLICE("^"))) { /* ^3^ */
        size_t close = oc_slice_find(oc_slice_sub(text, 0, 5), OC_SLICE("^"), 1);
        if (close == SIZE_MAX || close < 2 || !oc_is_digit(text.ptr[1])) return 0;
        inside = oc_slice_sub(text, 1, close);
        len = close + 1;
    } else if (oc_slice_starts(text, OC_SLICE("$^{"))) {
        size_t close = oc_slice_find(oc_slice_sub(text, 0, 24), OC_SLICE("}$"), 0);
        if (close == SIZE_MAX) return 0;
        inside = oc_slice_sub(text, 3, close);
        len = close + 2;
    } else {
        size_t step = 0;
        while (len < 12 && is_superscript(oc_slice_sub(text, len, text.len), &step)) len += step;
        if (len && is_power(before)) return 0;
        inside = oc_slice_sub(text, 0, len);
    }
    if (!len) return 0;
    /* <sup><a href="#n3">3</a></sup> */
    if (oc_slice_starts(inside, OC_SLICE("<a"))) {
        size_t open = oc_slice_find(inside, OC_SLICE(">"), 0);
        size_t close = oc_slice_find(inside, OC_SLICE("</a>"), 0);
        if (open != SIZE_MAX && close != SIZE_MAX && open < close) inside = oc_slice_sub(inside, open + 1, close);
    }
    oc_slice rest;
    *ret_marker = oc_marker_read(arena, inside, &rest);
    if (!ret_marker->len || is_power(before)) return 0;
    return len;
}

/* Marks that change the direction of text or are not seen: a reader sees another order than the bytes have. */
static size_t hidden_length(oc_slice text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    if (text.len >= 3 && p[0] == 0xe2 && p[1] == 0x80 &&
        ((p[2] >= 0x8b && p[2] <= 0x8f) || (p[2] >= 0xaa && p[2] <= 0xae)))
        return 3;
    if (text.len >= 3 && p[0] == 0xe2 && p[1] == 0x81 && p[2] >= 0xa0 && p[2] <= 0xaf) return 3;
    if (text.len >= 3 && p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf) return 3;
    if (text.len >= 2 && p[0] == 0xc2 && p[1] == 0xad) return 2;
    if (text.len && p[0] < 0x20 && p[0] != '\t') return 1;
    return 0;
}

size_t oc_markdown_blank(oc_slice text)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    if (text.len >= 2 && p[0] == 0xc2 && p[1] == 0xa0) return 2;
    bool general = text.len >= 3 && p[0] == 0xe2 && p[1] == 0x80;
    return general && ((p[2] >= 0x80 && p[2] <= 0x8a) || p[2] == 0xaf) ? 3 : 0;
}

/* The end of a tag at the start of `text`, or 0: only what looks like one. */
static size_t tag_length(oc_slice text)
{
    if (text.len < 3) return 0;
    size_t i = text.ptr[1] == '/' ? 2 : 1;
    if (!oc_is_alpha(text.ptr[i])) return 0;
    for (; i < text.len && i < 400; i++)
        if (text.ptr[i] == '>') return i + 1;
    return 0;
}

typedef struct inliner {
    oc_visible *visible;
    oc_slice line;
    size_t start;  /* of the line in the file */
    size_t kept;   /* what lies before it is written */
    size_t middle; /* the first "](" of the line at or behind the last '[', the length of the line if there is none */
    bool markdown;
} inliner;

static void flush(inliner *in, size_t to)
{
    oc_visible_add(in->visible, (uint32_t)(in->start + in->kept), oc_slice_sub(in->line, in->kept, to));
}

static void skip(inliner *in, size_t at, size_t length)
{
    flush(in, at);
    in->kept = at + length;
}

static size_t marker_here(inliner *in, size_t at)
{
    oc_arena *arena = in->visible->job->arena;
    oc_slice marker;
    oc_slice rest = oc_slice_sub(in->line, at, in->line.len);
    size_t length = oc_markdown_marker(arena, rest, oc_slice_sub(in->line, 0, at), &marker);
    if (!length) return 0;
    skip(in, at, length);
    oc_visible_marker(in->visible, marker, true);
    size_t comma = oc_slice_find(oc_slice_sub(rest, 0, length), OC_SLICE(","), 0);
    while (comma != SIZE_MAX) {
        oc_slice tail = oc_slice_sub(rest, comma + 1, length), more;
        size_t stop = oc_slice_find(tail, OC_SLICE("<"), 0);
        if (stop != SIZE_MAX) tail.len = stop;
        marker = oc_marker_read(arena, tail, &more);
        if (!marker.len) break;
        oc_visible_marker(in->visible, marker, true);
        comma = oc_slice_find(oc_slice_sub(rest, 0, length), OC_SLICE(","), comma + 1);
    }
    return length;
}

/* [text](address): keeps the text. ![alt](address): nothing is kept. */
static size_t link_here(inliner *in, size_t at, bool image)
{
    size_t open = at + (image ? 1 : 0);
    oc_slice rest = oc_slice_from(in->line, open);
    if (in->middle < open || !in->middle) {
        in->middle = oc_slice_find(in->line, OC_SLICE("]("), open);
        if (in->middle == SIZE_MAX) in->middle = in->line.len;
    }
    size_t middle = in->middle - open;
    if (in->middle >= in->line.len || middle < 1 || middle + 2 > LINK_BYTES) return 0;
    oc_slice label = oc_slice_sub(rest, 1, middle);
    if (memchr(label.ptr, '[', label.len)) return 0;
    size_t end = oc_slice_find(oc_slice_sub(rest, 0, middle + LINK_BYTES), OC_SLICE(")"), middle);
    if (end == SIZE_MAX) return 0;
    flush(in, at);
    size_t label_at = at + (image ? 2 : 1);
    if (!image) {
        oc_visible_add(in->visible, (uint32_t)(in->start + label_at), label);
        in->visible->link_bytes += (uint32_t)label.len;
    }
    in->kept = at + (image ? 1 : 0) + end + 1;
    return in->kept - at;
}

static bool has_partner(inliner *in, size_t at)
{
    char mark = in->line.ptr[at];
    for (size_t i = at + 1; i < in->line.len && i < at + 600; i++)
        if (in->line.ptr[i] == mark && in->line.ptr[i - 1] != ' ') return true;
    return false;
}

static size_t emphasis_here(inliner *in, size_t at, bool *open)
{
    oc_slice line = in->line;
    char mark = line.ptr[at];
    size_t length = 1;
    while (at + length < line.len && line.ptr[at + length] == mark) length++;
    if (mark == '~' && length < 2) return 0;
    if (length > 1) {
        skip(in, at, length);
        return length;
    }
    bool before_word = at + 1 < line.len && line.ptr[at + 1] != ' ' && !oc_is_digit(line.ptr[at + 1]);
    bool after_word = at > 0 && line.ptr[at - 1] != ' ';
    if (mark == '_' && after_word && before_word && oc_is_alnum(line.ptr[at - 1]) && oc_is_alnum(line.ptr[at + 1]))
        return 0;
    if (*open ? !after_word : !(before_word && has_partner(in, at))) return 0;
    *open = !*open;
    skip(in, at, 1);
    return 1;
}

static size_t reference_here(inliner *in, size_t at)
{
    size_t length = 0;
    uint32_t code = oc_text_reference(oc_slice_sub(in->line, at, in->line.len), &length);
    if (!code) return 0;
    skip(in, at, length);
    char bytes[4];
    oc_slice one = {bytes, oc_utf8_encode(code == 0xa0 ? ' ' : code, bytes)};
    oc_visible_add(in->visible, (uint32_t)(in->start + at), one);
    in->visible->expected = UINT32_MAX;
    return length;
}

/* Bytes that markup, markers or hidden marks begin with. Only a line that has one of them is looked at further: in it
 * control characters count as well. */
static inline oc_sixteen is_special(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, '<') | oc_sixteen_is(bytes, '[') | oc_sixteen_is(bytes, '$') |
           oc_sixteen_is(bytes, 0x1b) | oc_sixteen_is(bytes, 0xc2) | oc_sixteen_is(bytes, 0xe2) |
           oc_sixteen_is(bytes, 0xef);
}

static inline oc_sixteen is_special_or_markdown(oc_sixteen bytes)
{
    return is_special(bytes) | oc_sixteen_is(bytes, '*') | oc_sixteen_is(bytes, '_') | oc_sixteen_is(bytes, '`') |
           oc_sixteen_is(bytes, '\\') | oc_sixteen_is(bytes, '!') | oc_sixteen_is(bytes, '&') |
           oc_sixteen_is(bytes, '~') | oc_sixteen_is(bytes, '^');
}

static inline oc_sixteen is_control(oc_sixteen bytes)
{
    return ~oc_sixteen_from(bytes, ' ') & ~oc_sixteen_is(bytes, '\t');
}

static uint64_t specials_of(const char *block, bool markdown)
{
    return markdown ? oc_block_bits(block, is_special_or_markdown) : oc_block_bits(block, is_special);
}

/* <sup>3</sup>, tags. */
static size_t angle_here(inliner *in, size_t at)
{
    oc_slice rest = oc_slice_from(in->line, at);
    size_t length = marker_here(in, at);
    if (length || !(length = tag_length(rest))) return length;
    if (!in->markdown && !oc_slice_starts(rest, OC_SLICE("<sup")) && !oc_slice_starts(rest, OC_SLICE("</sup")))
        return 0;
    skip(in, at, length);
    return length;
}

/* ¹, ⁴, hidden marks, blanks that are not ASCII. Most signs that begin so, “ or … or those of full width, are none of
 * them. */
static size_t wide_here(inliner *in, size_t at)
{
    oc_slice rest = oc_slice_from(in->line, at);
    size_t length = 0, step;
    if (is_superscript(rest, &step)) length = marker_here(in, at);
    if (!length && (length = hidden_length(rest)) != 0) skip(in, at, length);
    if (!length && (length = oc_markdown_blank(rest)) != 0) {
        skip(in, at, length);
        oc_visible_add(in->visible, (uint32_t)(in->start + at), OC_SLICE(" "));
        in->visible->expected = UINT32_MAX;
    }
    return length;
}

/* What stands at a byte that is special only in Markdown. */
static size_t markdown_here(inliner *in, size_t at, bool *open)
{
    char c = in->line.ptr[at], next = at + 1 < in->line.len ? in->line.ptr[at + 1] : '\0';
    if (c == '!') return next == '[' ? link_here(in, at, true) : 0;
    if (c == '*' || c == '_' || c == '~') return emphasis_here(in, at, open);
    if (c == '^') return marker_here(in, at);
    if (c == '&') return reference_here(in, at);
    if (c == '\\' && (!next || !strchr("\\*_#[]()<>.!`|-+", next))) return 0;
    skip(in, at, 1);
    return c == '`' ? 1 : 2;
}

/* The bytes that are no longer to be looked at: what stands at a special byte, which may be none. */
static size_t take_special(inliner *in, size_t at, bool *open)
{
    unsigned char c = (unsigned char)in->line.ptr[at];
    size_t length;
    switch (c) {
    case '<': length = angle_here(in, at); break;
    case '[':
    case '$':
        length = marker_here(in, at);
        if (!length && c == '[' && in->markdown) length = link_here(in, at, false);
        break;
    case '!':
    case '*':
    case '_':
    case '~':
    case '^':
    case '&':
    case '`':
    case '\\': length = markdown_here(in, at, open); break;
    default: length = wide_here(in, at); break;
    }
    return length ? length : 1;
}

/* Bits behind the line's end are those of the next lines. */
static bool has_special(oc_slice source, size_t start, size_t end, bool markdown)
{
    char room[OC_BLOCK];
    for (size_t at = start; at < end; at += OC_BLOCK)
        if (specials_of(oc_block_at(source, at, room), markdown) & oc_block_until(end - at)) return true;
    return false;
}

bool oc_markdown_inline(oc_visible *visible, size_t start, size_t end, bool markdown)
{
    oc_slice source = visible->job->source;
    if (!has_special(source, start, end, markdown)) return false;
    inliner in = {.visible = visible, .line = oc_slice_sub(source, start, end), .start = start, .markdown = markdown};
    char room[OC_BLOCK];
    bool open = false;
    size_t behind = 0;
    for (size_t at = 0; at < in.line.len; at += OC_BLOCK) {
        const char *block = oc_block_at(source, start + at, room);
        uint64_t bits = specials_of(block, markdown) | oc_block_bits(block, is_control);
        for (bits &= oc_block_until(in.line.len - at); bits; bits &= bits - 1) {
            size_t place = at + oc_block_first(bits);
            if (place >= behind) behind = place + take_special(&in, place, &open);
        }
    }
    if (!in.kept) return false;
    flush(&in, in.line.len);
    return true;
}

/* "……………", "――――◇―――――", "◇": nothing but signs that set parts of a text apart. */
static bool is_wide_rule(oc_slice text)
{
    static const char *const signs[] = {"…", "‥", "―",  "—",  "–",  "─",  "━", "═", "・",     "◇", "◆", "●", "＊", "※",
                                        "☆", "★", "～", "〜", "＝", "＿", "□", "■", "\u3000", " ", "*", "-", "·"};
    size_t at = 0;
    for (bool found = true; found && at < text.len;) {
        found = false;
        for (size_t i = 0; i < sizeof signs / sizeof *signs && !found; i++)
            if (oc_slice_begins(oc_slice_from(text, at), signs[i])) at += strlen(signs[i]), found = true;
    }
    return at == text.len;
}

static bool is_rule(oc_slice text)
{
    size_t marks = 0;
    if ((unsigned char)text.ptr[0] >= 0xe2 && (unsigned char)text.ptr[0] <= 0xef) return is_wide_rule(text);
    if (oc_is_alpha(text.ptr[0]) || (unsigned char)text.ptr[0] >= 0x80) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ' ') continue;
        if (text.ptr[i] != text.ptr[0] || !strchr("-*_=", text.ptr[i])) return false;
        marks++;
    }
    return marks >= 3;
}

static bool is_row_border(oc_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("|-: +", text.ptr[i])) return false;
    return true;
}

static void front_matter(oc_markdown_state *state, oc_slice line)
{
    static const struct {
        const char *key;
        size_t offset;
    } keys[] = {
        {"title", offsetof(oc_stated, title)},         {"author", offsetof(oc_stated, author)},
        {"publisher", offsetof(oc_stated, publisher)}, {"date", offsetof(oc_stated, published)},
        {"published", offsetof(oc_stated, published)}, {"category", offsetof(oc_stated, section)},
        {"section", offsetof(oc_stated, section)},     {"lang", offsetof(oc_stated, language)},
        {"language", offsetof(oc_stated, language)},   {"series", offsetof(oc_stated, series)},
        {"generator", offsetof(oc_stated, generator)}, {"url", offsetof(oc_stated, address)},
        {"source", offsetof(oc_stated, address)},
    };
    size_t colon = oc_slice_find(line, OC_SLICE(":"), 0);
    if (colon == SIZE_MAX) return;
    oc_slice key = oc_slice_trim(oc_slice_sub(line, 0, colon));
    oc_slice value = oc_slice_trim(oc_slice_sub(line, colon + 1, line.len));
    if (value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'') && value.ptr[value.len - 1] == value.ptr[0])
        value = oc_slice_sub(value, 1, value.len - 1);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (oc_slice_is(key, keys[i].key)) *(oc_slice *)((char *)&state->job->layout->stated + keys[i].offset) = value;
}

/* The file has a second line of --- within its first 60 lines. */
static bool front_matter_ends(oc_slice source, size_t from)
{
    for (int i = 0; i < 60 && from < source.len; i++) {
        const char *feed = memchr(source.ptr + from, '\n', source.len - from);
        size_t end = feed ? (size_t)(feed - source.ptr) : source.len;
        if (oc_slice_is(oc_slice_trim(oc_slice_sub(source, from, end)), "---")) return true;
        from = end + 1;
    }
    return false;
}

/* Comments, fences, front matter: true if the line is none of the text. */
static bool is_outside(oc_markdown_state *state, oc_slice line, size_t end)
{
    bool first = !state->begun;
    state->begun = true;
    if (state->front) {
        if (oc_slice_is(line, "---"))
            state->front = false;
        else
            front_matter(state, line);
        return true;
    }
    if (first && oc_slice_is(line, "---") && front_matter_ends(state->job->source, end + 1)) {
        state->front = true;
        return true;
    }
    if (state->comment) {
        if (oc_slice_find(line, OC_SLICE("-->"), 0) != SIZE_MAX) state->comment = false;
        return true;
    }
    if (oc_slice_starts(line, OC_SLICE("<!--"))) {
        state->comment = oc_slice_find(line, OC_SLICE("-->"), 4) == SIZE_MAX;
        state->job->layout->paged |= oc_slice_find(line, OC_SLICE("age"), 0) != SIZE_MAX;
        return true;
    }
    if (oc_slice_starts(line, OC_SLICE("```"))) {
        state->fence = !state->fence;
        return true;
    }
    return false;
}

/* "ロバート" at the end of a line, "・ゲーツ" at the start of the next: a dot inside a name. */
static bool is_dot_in_name(const oc_layout *layout, uint32_t number, oc_slice line)
{
    const oc_line *before = layout->lines.len ? &layout->lines.at[layout->lines.len - 1] : NULL;
    if (!before || before->last + 1 != number || before->sentence || before->mark != OC_LINE_PLAIN) return false;
    size_t at = strlen("・"), last = before->text.len;
    do last--;
    while (last > 0 && ((unsigned char)before->text.ptr[last] & 0xc0) == 0x80);
    uint32_t behind = at < line.len ? oc_utf8_next(line, &at) : 0, ahead = oc_utf8_next(before->text, &last);
    return behind >= 0x30a1 && behind <= 0x30fe && ahead >= 0x30a1 && ahead <= 0x30fe;
}

/* Bytes of the bullet that a line begins with. Those that also stand before headings count before long lines only. */
static size_t item_length(const oc_layout *layout, uint32_t number, oc_slice line, bool markdown)
{
    static const char *const bullets[] = {"・", "•", "●", "○", "◦", "▪", "－ ", "– "};
    static const char *const squares[] = {"□ ", "■ ", "◇ ", "◆ ", "▷ ", "▶ ", "△ ", "▲ ", "ㅇ ", "❍ "};
    bool plus = markdown && line.ptr[0] == '+';
    if (line.len > 2 && line.ptr[1] == ' ' && (line.ptr[0] == '-' || line.ptr[0] == '*' || plus)) return 2;
    unsigned char lead = (unsigned char)line.ptr[0];
    if (lead < 0xe2 || (lead > 0xe3 && lead != 0xef)) return 0;
    if (oc_slice_starts(line, OC_SLICE("・")) && is_dot_in_name(layout, number, line)) return 0;
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (oc_slice_begins(line, bullets[i])) return strlen(bullets[i]);
    for (size_t i = 0; i < sizeof squares / sizeof *squares; i++)
        if (oc_slice_begins(line, squares[i]) && (oc_utf8_count(line) >= ITEM_CHARS || oc_text_ends_sentence(line)))
            return strlen(squares[i]);
    return 0;
}

void oc_markdown_line(oc_markdown_state *state, uint32_t number, size_t start, size_t end)
{
    oc_slice source = state->job->source;
    if (source.ptr[start] == '\f') state->job->layout->paged = true;
    while (start < end && (source.ptr[start] == ' ' || source.ptr[start] == '\t' || source.ptr[start] == '\f')) start++;
    oc_slice line = oc_slice_sub(source, start, end);
    if (!line.len) return;
    if (state->markdown && is_outside(state, line, end)) return;
    oc_layout *layout = state->job->layout;
    size_t from = start;
    uint8_t mark = state->fence ? OC_LINE_CODE : OC_LINE_PLAIN, level = 0;
    if (is_rule(line)) {
        bool under = state->markdown && layout->lines.len && layout->lines.at[layout->lines.len - 1].last + 1 == number;
        if (under && (line.ptr[0] == '=' || line.ptr[0] == '-') && !layout->lines.at[layout->lines.len - 1].sentence) {
            oc_line *title = &layout->lines.at[layout->lines.len - 1];
            title->mark = OC_LINE_HEADING, title->level = line.ptr[0] == '=' ? 1 : 2;
            title->last = number, title->end = (uint32_t)end;
        }
        return;
    }
    if (state->markdown && line.ptr[0] == '#') {
        while (level < line.len && line.ptr[level] == '#') level++;
        if (level <= 6 && level < line.len && line.ptr[level] == ' ')
            mark = OC_LINE_HEADING, from += level;
        else
            level = 0;
    } else if (line.ptr[0] == '>' && (state->markdown || (line.len > 1 && line.ptr[1] == ' '))) {
        while (from < end && (source.ptr[from] == '>' || source.ptr[from] == ' ')) from++;
        mark = OC_LINE_QUOTE;
        if (from + 2 < end && source.ptr[from] == '[' && source.ptr[from + 1] == '!' && source.ptr[end - 1] == ']')
            return; /* [!NOTE] */
    } else if (line.ptr[0] == '|' && line.len > 2 && memchr(line.ptr + 1, '|', line.len - 1)) {
        if (is_row_border(line)) return;
        mark = OC_LINE_ROW;
    } else {
        size_t item = item_length(layout, number, line, state->markdown);
        if (item) mark = OC_LINE_ITEM, from += item;
    }
    while (mark == OC_LINE_HEADING && end > from && (source.ptr[end - 1] == '#' || source.ptr[end - 1] == ' ')) end--;
    oc_line *out = NULL;
    size_t markers = layout->markers.len;
    oc_plain_line(state->visible, number, from, end, state->markdown, &out);
    if (!out) return;
    out->mark = mark;
    out->level = level;
    out->start = (uint32_t)start;
    out->note_start = layout->markers.len > markers && layout->markers.at[markers].at == 0 &&
                      layout->markers.at[markers].line == layout->lines.len - 1;
    out->bold =
        state->markdown && line.len > 4 && oc_slice_starts(line, OC_SLICE("**")) && oc_slice_ends(line, OC_SLICE("**"));
}
