/* Lines of plain text; see text.h.
 *
 * A line whose text is seen as it stands becomes a slice of the file (no copy, no runs); from the others
 * oc_markdown_inline takes off note markers, hidden direction marks and, in Markdown, inline markup, and
 * writes runs that lead back to the file. "会談<sup>3</sup>で" becomes the text "会談で" with the runs 0 -> 0 and
 * 6 -> 18 and the marker "3" at byte 6. */
#include "reading/text.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "reading/mail.h"
#include "reading/markdown.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
}
void oc_visible_begin(oc_visible *visible)
{
    visible->text.len = 0;
    visible->text.arena = visible->job->arena;
    visible->first_run = visible->job->layout->runs.len;
    visible->first_marker = visible->job->layout->markers.len;
    visible->expected = UINT32_MAX;
    visible->link_bytes = 0;
}

void oc_visible_add(oc_visible *visible, uint32_t source, oc_slice bytes)
{
    if (!bytes.len) return;
    if (source != visible->expected)
        *oc_vec_push(visible->job->arena, &visible->job->layout->runs) =
            (oc_stretch){(uint32_t)visible->text.len, source};
    oc_text_add(&visible->text, bytes);
    visible->expected = source + (uint32_t)bytes.len;
}

void oc_visible_marker(oc_visible *visible, oc_slice text, bool certain)
{
    oc_layout *layout = visible->job->layout;
    *oc_vec_push(visible->job->arena, &layout->markers) =
        (oc_marker){(uint32_t)layout->lines.len, (uint32_t)visible->text.len, text, certain};
}

static size_t last_code(oc_slice text, uint32_t *ret_code)
{
    size_t at = text.len;
    do at--;
    while (at > 0 && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
    size_t next = at;
    *ret_code = oc_utf8_next(text, &next);
    return at;
}

/* What stands before the quotation that ends the text: "…と述べた。「看板が変われば中身も変わる」"; empty if none does.
 */
static oc_slice before_quotation(oc_slice text)
{
    static const char *const marks[][2] = {{"「", "」"}, {"『", "』"}, {"“", "”"}, {"\"", "\""}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i][1]), open = SIZE_MAX;
        if (!oc_slice_ends_with(text, marks[i][1])) continue;
        oc_slice inner = oc_slice_sub(text, 0, text.len - length);
        for (size_t at = 0; (at = oc_slice_find(inner, oc_slice_of(marks[i][0]), at)) != SIZE_MAX; at++) open = at;
        return open == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_trim(oc_slice_sub(text, 0, open));
    }
    return (oc_slice){"", 0};
}

static bool ends_in_stop(oc_slice text)
{
    for (int closers = 0; text.len && closers < 6; closers++) {
        uint32_t code;
        size_t at = last_code(text, &code);
        switch (code) {
        case 0x3002:
        case 0xff0e:
        case 0xff01:
        case 0xff1f:
        case '!':
        case '?':
        case 0x2026:
        case 0xff61: return true;
        case '.': return at == 0 || !oc_is_digit(text.ptr[at - 1]) || text.len > 12;
        case ')':
        case ']':
        case '"':
        case '\'':
        case 0x2019:
        case 0x201d:
        case 0x300d:
        case 0x300f:
        case 0xff09:
        case 0x3011:
        case 0x3015:
        case 0xff3d:
        case 0x300b:
        case 0x3009:
        case '*':
        case ' ':
        case 0x3000: text.len = at; break;
        default: return false;
        }
    }
    return false;
}

bool oc_text_ends_sentence(oc_slice text)
{
    return ends_in_stop(text) || ends_in_stop(before_quotation(text));
}

/* True if a blank may end with `last` or begin with `first`. */
static bool may_be_blank(unsigned char first, unsigned char last)
{
    return first <= ' ' || first == 0xe3 || first == 0xc2 || last <= ' ' || last == 0x80 || last == 0xa0;
}

/* Ideographic spaces at both ends go as well. */
static oc_slice trim_wide(oc_slice text)
{
    while (text.len && may_be_blank((unsigned char)text.ptr[0], (unsigned char)text.ptr[text.len - 1])) {
        size_t before = text.len;
        text = oc_slice_trim(text);
        if (oc_slice_starts(text, OC_SLICE("\u3000")))
            text = oc_slice_sub(text, 3, text.len);
        else if (oc_slice_starts(text, OC_SLICE("\u00a0")))
            text = oc_slice_sub(text, 2, text.len);
        else if (oc_slice_ends(text, OC_SLICE("\u3000")))
            text.len -= 3;
        else if (oc_slice_ends(text, OC_SLICE("\u00a0")))
            text.len -= 2;
        else if (text.len && text.ptr[0] == '\f')
            text = oc_slice_sub(text, 1, text.len);
        else if (text.len == before)
            break;
    }
    return text;
}

static oc_line *push_line(oc_source_job *job, oc_slice text, oc_line template)
{
    if (job->layout->lines.len >= OC_READ_LINES) {
        job->over = true;
        return NULL;
    }
    oc_line *line = oc_vec_push(job->arena, &job->layout->lines);
    *line = template;
    line->text = text;
    line->chars = (uint32_t)oc_utf8_count_whole(text);
    line->sentence = oc_text_ends_sentence(text);
    return line;
}

oc_line *oc_visible_end(oc_visible *visible, uint32_t first, uint32_t last, uint32_t start, uint32_t end)
{
    oc_layout *layout = visible->job->layout;
    oc_slice whole = oc_text_slice(&visible->text);
    oc_slice text = trim_wide(whole);
    if (!text.len) {
        layout->markers.len = visible->first_marker;
        layout->runs.len = visible->first_run;
        return NULL;
    }
    uint32_t cut = (uint32_t)(text.ptr - whole.ptr);
    for (size_t i = visible->first_marker; i < layout->markers.len; i++) {
        oc_marker *marker = &layout->markers.at[i];
        marker->at = marker->at < cut ? 0 : marker->at - cut;
        if (marker->at > text.len) marker->at = (uint32_t)text.len;
    }
    for (size_t i = visible->first_run; i < layout->runs.len; i++) {
        oc_stretch *run = &layout->runs.at[i];
        if (run->at < cut)
            run->source += cut - run->at, run->at = 0;
        else
            run->at -= cut;
    }
    size_t first_run = visible->first_run;
    while (first_run + 1 < layout->runs.len && layout->runs.at[first_run + 1].at == 0) first_run++;
    oc_line template = {.first = first,
                        .last = last,
                        .start = start,
                        .end = end,
                        .run = (uint32_t)first_run,
                        .run_count = (uint32_t)(layout->runs.len - first_run)};
    template.source = layout->runs.at[first_run].source;
    template.links = (uint8_t)(visible->link_bytes * 100.0 / (double)whole.len);
    if (template.links > 100) template.links = 100;
    return push_line(visible->job, oc_arena_copy(visible->job->arena, text), template);
}

static const struct {
    const char *name;
    uint32_t code;
} references[] = {
    {"amp", '&'},       {"lt", '<'},        {"gt", '>'},        {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xa0},     {"middot", 0xb7},   {"hellip", 0x2026}, {"mdash", 0x2014},  {"ndash", 0x2013},
    {"lsquo", 0x2018},  {"rsquo", 0x2019},  {"ldquo", 0x201c},  {"rdquo", 0x201d},  {"laquo", 0xab},
    {"raquo", 0xbb},    {"copy", 0xa9},     {"reg", 0xae},      {"trade", 0x2122},  {"bull", 0x2022},
    {"deg", 0xb0},      {"times", 0xd7},    {"eacute", 0xe9},   {"egrave", 0xe8},   {"agrave", 0xe0},
    {"aacute", 0xe1},   {"iacute", 0xed},   {"oacute", 0xf3},   {"uacute", 0xfa},   {"ntilde", 0xf1},
    {"ouml", 0xf6},     {"uuml", 0xfc},     {"auml", 0xe4},     {"szlig", 0xdf},    {"ccedil", 0xe7},
    {"pound", 0xa3},    {"euro", 0x20ac},   {"yen", 0xa5},      {"sect", 0xa7},     {"para", 0xb6},
    {"dagger", 0x2020}, {"Dagger", 0x2021}, {"sup1", 0xb9},     {"sup2", 0xb2},     {"sup3", 0xb3},
    {"frac12", 0xbd},   {"ensp", 0x2002},   {"emsp", 0x2003},   {"thinsp", 0x2009}, {"zwnj", 0x200c},
    {"zwj", 0x200d},    {"lrm", 0x200e},    {"rlm", 0x200f},    {"shy", 0xad},      {"larr", 0x2190},
    {"rarr", 0x2192},   {"prime", 0x2032},  {"le", 0x2264},     {"ge", 0x2265},
};

uint32_t oc_text_reference(oc_slice text, size_t *ret_len)
{
    if (text.len < 4 || text.ptr[0] != '&') return 0;
    size_t i = 1;
    if (text.ptr[1] == '#') {
        bool hex = text.ptr[2] == 'x' || text.ptr[2] == 'X';
        uint32_t code = 0;
        for (i = hex ? 3 : 2; i < text.len && i < 12; i++) {
            char c = text.ptr[i];
            uint32_t digit = oc_is_digit(c)                              ? (uint32_t)(c - '0')
                             : (c | 32) >= 'a' && (c | 32) <= 'f' && hex ? (uint32_t)((c | 32) - 'a' + 10)
                                                                         : 99;
            if (digit == 99) break;
            code = code * (hex ? 16 : 10) + digit;
        }
        if (i >= text.len || text.ptr[i] != ';' || code == 0 || code > 0x10ffff) return 0;
        if (code >= 0xd800 && code < 0xe000) return 0;
        *ret_len = i + 1;
        return code;
    }
    while (i < text.len && i < 10 && text.ptr[i] != ';') i++;
    if (i >= text.len || text.ptr[i] != ';') return 0;
    oc_slice name = oc_slice_sub(text, 1, i);
    for (size_t k = 0; k < sizeof references / sizeof *references; k++)
        if (oc_slice_is(name, references[k].name)) {
            *ret_len = i + 1;
            return references[k].code;
        }
    return 0;
}

/* A digit of any width at text[*at]; -1 if there is none. */
static int read_digit(oc_slice text, size_t *at)
{
    size_t next = *at;
    if (next >= text.len) return -1;
    uint32_t code = oc_utf8_next(text, &next);
    int digit = code >= '0' && code <= '9'         ? (int)(code - '0')
                : code >= 0xff10 && code <= 0xff19 ? (int)(code - 0xff10)
                : code == 0xb9                     ? 1
                : code == 0xb2                     ? 2
                : code == 0xb3                     ? 3
                : code == 0x2070                   ? 0
                : code >= 0x2074 && code <= 0x2079 ? (int)(code - 0x2070)
                                                   : -1;
    if (digit >= 0) *at = next;
    return digit;
}

static size_t length_of_any(oc_slice text, const char *const *signs, size_t count, size_t *ret_which)
{
    for (size_t i = 0; i < count; i++) {
        if (!oc_slice_begins(text, signs[i])) continue;
        *ret_which = i;
        return strlen(signs[i]);
    }
    return 0;
}

size_t oc_marker_opening(oc_slice text, bool *ret_bracket)
{
    static const char *const signs[] = {"[",  "(注", "（注", "(",  "（",   "［",   "〔", "注",
                                        "註", "※",   "*",    "＊", "脚注", "각주", "주"};
    enum { brackets = 7 };
    size_t which = 0, length = length_of_any(text, signs, sizeof signs / sizeof *signs, &which);
    *ret_bracket = which < brackets;
    return length;
}

size_t oc_marker_closing(oc_slice text)
{
    static const char *const signs[] = {"]", ")", "）", "］", "〕"};
    size_t which;
    return length_of_any(text, signs, sizeof signs / sizeof *signs, &which);
}

oc_slice oc_marker_read(oc_arena *arena, oc_slice text, oc_slice *ret_rest)
{
    static const char *const after[] = {"]", ")", "）", "］", "〕", ".", " "};
    bool bracket;
    text = oc_slice_trim(text);
    for (size_t open; (open = oc_marker_opening(text, &bracket)) != 0 && open < text.len;)
        text = oc_slice_trim(oc_slice_from(text, open));
    oc_text digits = oc_text_in(arena);
    size_t at = 0;
    int digit;
    while (digits.len < 4 && (digit = read_digit(text, &at)) >= 0) oc_text_byte(&digits, (char)('0' + digit));
    if (!digits.len && text.len && (oc_is_lower(text.ptr[0]) || text.ptr[0] == '*')) {
        while (at < text.len && at < 3 && text.ptr[at] == text.ptr[0]) at++;
        oc_text_add(&digits, oc_slice_sub(text, 0, at));
    } else if (!digits.len && (oc_slice_starts(text, OC_SLICE("†")) || oc_slice_starts(text, OC_SLICE("‡")))) {
        at = 3;
        oc_text_add(&digits, oc_slice_sub(text, 0, 3));
    }
    if (!digits.len) return (oc_slice){"", 0};
    oc_slice rest = oc_slice_sub(text, at, text.len);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (oc_slice_begins(rest, after[i])) {
            rest = oc_slice_sub(rest, strlen(after[i]), rest.len);
            i = (size_t)-1;
        }
    bool more = rest.len && (rest.ptr[0] == ',' || oc_slice_starts(rest, OC_SLICE("、")));
    if (rest.len && !more) return (oc_slice){"", 0};
    if (ret_rest) *ret_rest = more ? oc_slice_sub(rest, rest.ptr[0] == ',' ? 1 : 3, rest.len) : (oc_slice){"", 0};
    return oc_text_slice(&digits);
}

void oc_plain_line(oc_visible *visible, uint32_t number, size_t start, size_t end, bool markdown, oc_line **ret_line)
{
    oc_source_job *job = visible->job;
    *ret_line = NULL;
    oc_visible_begin(visible);
    if (oc_markdown_inline(visible, start, end, markdown)) {
        *ret_line = oc_visible_end(visible, number, number, (uint32_t)start, (uint32_t)end);
        return;
    }
    oc_slice text = trim_wide(oc_slice_sub(job->source, start, end));
    if (!text.len) return;
    *ret_line = push_line(job, text,
                          (oc_line){.first = number,
                                    .last = number,
                                    .start = (uint32_t)start,
                                    .end = (uint32_t)end,
                                    .source = (uint32_t)(text.ptr - job->source.ptr)});
}

/* Room for the lines that are not empty, so that their list need not grow. */
static void reserve_lines(oc_source_job *job)
{
    size_t count = 0;
    for (size_t at = 0; at < job->source.len && count < OC_READ_LINES;) {
        const char *feed = memchr(job->source.ptr + at, '\n', job->source.len - at);
        size_t end = feed ? (size_t)(feed - job->source.ptr) : job->source.len;
        count += end > at;
        at = end + 1;
    }
    job->layout->lines.at = OC_NEW_ARRAY(job->arena, count, oc_line);
    job->layout->lines.room = count;
}

void oc_plain_read(oc_source_job *job, bool markdown)
{
    reserve_lines(job);
    oc_visible visible = {.job = job};
    oc_markdown_state state = {.job = job, .visible = &visible, .markdown = markdown};
    size_t header = markdown ? 0 : oc_mail_header(job), at = job->skip + header;
    uint32_t number = 1;
    for (size_t i = job->skip; i < at; i++) number += job->source.ptr[i] == '\n';
    bool gap = true;
    while (at < job->source.len && !job->over) {
        const char *feed = memchr(job->source.ptr + at, '\n', job->source.len - at);
        size_t end = feed ? (size_t)(feed - job->source.ptr) : job->source.len;
        size_t before = job->layout->lines.len;
        size_t stop = end;
        while (stop > at && is_space(job->source.ptr[stop - 1])) stop--;
        if (stop > at) {
            oc_markdown_line(&state, number, at, stop);
            if (job->layout->lines.len > before) {
                job->layout->lines.at[before].gap |= gap;
                gap = false;
            }
        } else {
            gap = true;
            if (memchr(job->source.ptr + at, '\f', end - at)) job->layout->paged = true;
        }
        at = end + 1;
        if (number++ % 4096 == 0 && job->options->expired && job->options->expired(job->options->context))
            job->over = true;
    }
}
