/* Notes; see note.h.
 *
 * A line begins a note if its marker is set as superscript or footnote link, or if it begins like one ("[3] ", "3) ",
 * "注3 ") and either stands under a heading such as "Notes" or cites something: an address, pages, an access date, a
 * title in quotation marks with a year. A plain numbered list therefore stays body. A note goes on to the next
 * note, an empty line or a heading; behind a note that looks finished, a line without an empty one before it is body
 * again if it cites nothing.
 *
 * Worked example:
 * 「伊東一郎「移管の条件」『安全保障研究』第8巻第2号(2025年)、12-34頁、https://example.org/a.pdf(最終閲覧
 * 2026年3月1日)。」 gives author 伊東一郎, title 移管の条件, container 安全保障研究, date 2025, pages 12-34, url
 * https://example.org/a.pdf, accessed 2026-03-01. */
#include "reading/note.h"

#include "base/utf8.h"
#include "reading/stamp.h"
#include "reading/text.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has(oc_slice text, const char *word)
{
    return oc_slice_find(text, oc_slice_of(word), 0) != SIZE_MAX;
}

/* --- which lines --- */

/* The length of a marker at the start of a line, and the marker: "[3] ", "3) ", "3. ", "注3 ", "※3 ", "*3 ", "3 ". */
static size_t leading_marker(oc_slice text, oc_slice *ret_marker, bool *ret_weak)
{
    static const char *const before[] = {"[",  "(注", "（注", "(", "（", "［",   "〔",
                                         "注", "註",  "※",    "*", "＊", "각주", "주"};
    static const char *const after[] = {"]", ")", "）", "］", "〕", ".", "．", ":", "："};
    size_t at = 0;
    bool opened = false;
    for (size_t i = 0; i < sizeof before / sizeof *before && !opened; i++)
        if (oc_slice_starts_with(text, before[i])) at = strlen(before[i]), opened = true;
    if (opened && at < text.len && text.ptr[at] == ' ') at++;
    size_t digits = at;
    while (at < text.len && is_digit(text.ptr[at])) at++;
    if (at == digits || at - digits > 3) return 0;
    *ret_marker = oc_slice_sub(text, digits, at);
    bool closed = false;
    for (size_t i = 0; i < sizeof after / sizeof *after && !closed; i++)
        if (oc_slice_starts_with(oc_slice_sub(text, at, text.len), after[i]))
            at += strlen(after[i]), closed = true;
    bool blank =
        at < text.len && (text.ptr[at] == ' ' || oc_slice_starts(oc_slice_sub(text, at, text.len), OC_SLICE("\u3000")));
    /* "2.42 percent of GDP", "3月の会談" are no markers. */
    if (!opened && !blank && (!closed || (at < text.len && is_digit(text.ptr[at])))) return 0;
    *ret_weak = !opened && !closed;
    while (at < text.len && text.ptr[at] == ' ') at++;
    return at < text.len ? at : 0;
}

/* The text cites something. */
static bool is_citing(const oc_cues *cues, oc_lang lang, oc_slice text)
{
    static const char *const signs[] = {"http://", "https://", "www.",    "頁",   "pp. ", "pp.",
                                        "쪽",      "ibid",     "Ibid",    "同上", "前掲", "위의 글",
                                        "위의 책", "앞의 글",  "op. cit", "doi:", "DOI"};
    size_t len;
    if (OC_FIND_ANY(text, 0, signs, &len) != SIZE_MAX) return true;
    for (size_t at = 0; (at = oc_slice_find(text, OC_SLICE("p. "), at)) != SIZE_MAX; at += 3)
        if (at && text.ptr[at - 1] == ' ' && at + 3 < text.len && is_digit(text.ptr[at + 3])) return true;
    if (oc_cues_line(cues, lang, text).any & OC_CUE_ACCESS) return true;
    bool titled = has(text, "『") || has(text, "“") || (has(text, "\"") && lang != OC_LANG_JA) || has(text, "《");
    titled |= has(text, "「") && has(text, "」");
    oc_stamp stamp;
    return titled && oc_stamp_find(text, 0, true, &stamp);
}

typedef struct finder {
    oc_arena *arena;
    oc_document *document;
    oc_map certain; /* markers that were set as superscript */
    bool section;   /* under a heading such as "Notes" */
    int last;       /* number of the note before */
} finder;

static int number_of(oc_slice marker)
{
    int value = 0;
    for (size_t i = 0; i < marker.len; i++) value = is_digit(marker.ptr[i]) ? value * 10 + marker.ptr[i] - '0' : -1000;
    return value;
}

static const oc_marker *marker_of_line(const oc_document *document, size_t *cursor, size_t line)
{
    while (*cursor < document->layout.markers.len && document->layout.markers.at[*cursor].line < line) (*cursor)++;
    if (*cursor >= document->layout.markers.len) return NULL;
    const oc_marker *marker = &document->layout.markers.at[*cursor];
    return marker->line == line && marker->at == 0 ? marker : NULL;
}

/* The lines joined that a weak candidate would have, to see whether they cite. */
static oc_slice peek(finder *f, size_t i)
{
    const oc_line *lines = f->document->layout.lines.at;
    size_t end = i + 1, count = f->document->layout.lines.len;
    while (end < count && end < i + 4 && !lines[end].gap && !lines[end].note_start) {
        oc_slice marker;
        bool weak;
        if (leading_marker(lines[end].text, &marker, &weak)) break;
        end++;
    }
    oc_text text = oc_text_in(f->arena);
    for (size_t k = i; k < end && text.len < 2000; k++) {
        oc_text_add(&text, oc_slice_sub(lines[k].text, 0, 1000));
        oc_text_byte(&text, ' ');
    }
    return oc_text_slice(&text);
}

/* True if line `i` begins a note; then its marker and the bytes before the note's text. */
static bool begins_note(finder *f, size_t i, size_t *cursor, oc_slice *ret_marker, size_t *ret_skip)
{
    const oc_line *line = &f->document->layout.lines.at[i];
    const oc_cues *cues = f->document->reader->cues;
    oc_lang lang = f->document->lang;
    const oc_marker *set = marker_of_line(f->document, cursor, i);
    *ret_skip = 0;
    if (line->mark == OC_LINE_HEADING) return false;
    if (line->note_start && set) {
        *ret_marker = set->text;
        return true;
    }
    if (line->hint == OC_HINT_FOOTNOTE) {
        bool weak;
        *ret_marker = (oc_slice){"", 0};
        *ret_skip = leading_marker(line->text, ret_marker, &weak);
        return line->gap || *ret_skip;
    }
    unsigned char c = line->text.len ? (unsigned char)line->text.ptr[0] : 0;
    bool possible = is_digit((char)c) || c == '[' || c == '(' || c == '*' || c >= 0xe2;
    bool weak = false;
    size_t skip = possible ? leading_marker(line->text, ret_marker, &weak) : 0;
    if (!skip) {
        *ret_marker = (oc_slice){"", 0};
        return f->section && line->gap && line->chars < 600 && is_citing(cues, lang, line->text);
    }
    *ret_skip = skip;
    if (f->section) return true;
    int number = number_of(*ret_marker);
    bool expected = number == f->last + 1 || number == 1 || oc_map_find(&f->certain, *ret_marker) != NULL;
    if (!expected || number < 1) return false;
    bool next = f->last && number == f->last + 1;
    bool below = i > 0 && line[-1].region == OC_REGION_FOOTNOTES && !line->gap;
    if (next && (below || (line->gap && oc_map_find(&f->certain, *ret_marker)))) return true;
    oc_slice text = peek(f, i);
    return is_citing(cues, lang, text) && !(weak && f->last == 0 && !oc_map_find(&f->certain, *ret_marker));
}

static bool is_address_byte(char c)
{
    return (unsigned char)c > 0x20 && (unsigned char)c < 0x7f && !strchr("<>\"`{}|\\^", c);
}

/* The last word of `text` is an address that a line end may have cut. */
static bool ends_in_address(oc_slice text)
{
    size_t at = text.len;
    while (at > 0 && is_address_byte(text.ptr[at - 1])) at--;
    return has(oc_slice_sub(text, at, text.len), "://") && !oc_slice_ends(text, OC_SLICE(")"));
}

/* The first word of `text` can only be the rest of an address. */
static bool goes_on_address(oc_slice before, oc_slice text)
{
    size_t end = 0;
    bool mark = false;
    for (; end < text.len && is_address_byte(text.ptr[end]) && text.ptr[end] != '('; end++) {
        bool dot = text.ptr[end] == '.' && end + 2 < text.len && (text.ptr[end + 1] | 32) >= 'a' &&
                   (text.ptr[end + 1] | 32) <= 'z';
        mark |= dot || strchr("/=&%?_#", text.ptr[end]) || is_digit(text.ptr[end]);
    }
    if (!end || text.ptr[0] == '(' || text.ptr[0] == '[' || has(oc_slice_sub(text, 0, end), "://")) return false;
    bool open = (before.len && strchr("/-_=&?%#", before.ptr[before.len - 1])) || strchr("-/_?=&.", text.ptr[0]);
    /* "…/57scm.p" "df (검색일": between an address and its access date stands no word of its own. */
    oc_slice rest = oc_slice_trim(oc_slice_sub(text, end, text.len));
    open |= oc_slice_starts(rest, OC_SLICE("(")) || oc_slice_starts(rest, OC_SLICE("（")) ||
            (end == text.len && oc_slice_ends(text, OC_SLICE(".")));
    open |= oc_slice_ends(before, OC_SLICE(".")) && text.ptr[0] >= 'a' && text.ptr[0] <= 'z';
    return open || (mark && (end == text.len || !is_digit(text.ptr[0]) || end > 5));
}

static bool is_wide(oc_slice text, bool end)
{
    if (!text.len) return false;
    size_t at = end ? text.len - 1 : 0;
    while (end && at > 0 && ((unsigned char)text.ptr[at] & 0xc0) == 0x80) at--;
    unsigned char c = (unsigned char)text.ptr[at];
    return c >= 0xe3 && c <= 0xe9;
}

static void add_line(oc_text *out, oc_slice text)
{
    oc_slice before = oc_text_slice(out);
    bool joined = !before.len || (ends_in_address(before) && goes_on_address(before, text)) ||
                  (is_wide(before, true) && is_wide(text, false));
    if (!joined) oc_text_byte(out, ' ');
    oc_text_add(out, text);
}

static bool looks_finished(oc_slice text)
{
    return oc_text_ends_sentence(text) || ends_in_address(text) || oc_slice_ends(text, OC_SLICE(")")) ||
           oc_slice_ends(text, OC_SLICE("）"));
}

/* Takes the lines of a note that begins at `i`; returns the index behind it. */
static size_t take_note(finder *f, size_t i, size_t *cursor, oc_slice marker, size_t skip)
{
    oc_document *document = f->document;
    oc_line *lines = document->layout.lines.at;
    size_t count = document->layout.lines.len, next = i + 1;
    oc_text text = oc_text_in(f->arena);
    oc_slice head = oc_slice_trim(oc_slice_sub(lines[i].text, skip, lines[i].text.len));
    /* Italics tell titles in notes: with them the line as it stands in the file. */
    bool italics = document->format == OC_FORMAT_MARKDOWN && lines[i].source < lines[i].end &&
                   memchr(document->text.ptr + lines[i].source, '*', lines[i].end - lines[i].source);
    if (italics && !skip) head = oc_slice_trim(oc_slice_sub(document->text, lines[i].source, lines[i].end));
    oc_text_add(&text, head);
    lines[i].region = OC_REGION_FOOTNOTES;
    int number = number_of(marker);
    if (number > 0) f->last = number;
    for (; next < count && text.len < 8192; next++) {
        oc_slice other;
        size_t other_skip;
        if (lines[next].mark == OC_LINE_HEADING || begins_note(f, next, cursor, &other, &other_skip)) break;
        bool address = ends_in_address(oc_text_slice(&text)) && goes_on_address(oc_text_slice(&text), lines[next].text);
        if (lines[next].gap && !address) break;
        if (lines[next].cues.start & (OC_CUE_RELATED | OC_CUE_NOTICE | OC_CUE_ADVERT)) break;
        bool citing = is_citing(document->reader->cues, document->lang, oc_slice_sub(lines[next].text, 0, 1000));
        if (!address && !citing && looks_finished(oc_text_slice(&text))) break;
        add_line(&text, lines[next].text);
        lines[next].region = OC_REGION_FOOTNOTES;
    }
    oc_note *note = oc_vec_push(f->arena, &document->notes);
    note->marker = marker;
    note->anchor = -1;
    note->text = oc_text_slice(&text);
    note->first = lines[i].first;
    note->last = lines[next - 1].last;
    return next;
}

void oc_notes_find(oc_arena *arena, oc_document *document)
{
    finder f = {.arena = arena, .document = document};
    oc_layout *layout = &document->layout;
    for (size_t i = 0; i < layout->markers.len; i++)
        if (layout->markers.at[i].certain) oc_map_insert(arena, &f.certain, layout->markers.at[i].text, NULL);
    size_t cursor = 0;
    for (size_t i = 0; i < layout->lines.len;) {
        oc_line *line = &layout->lines.at[i];
        oc_slice marker;
        size_t skip;
        bool heading = (line->cues.whole & OC_CUE_FOOTNOTES) && line->chars < 24;
        if (heading) {
            f.section = true;
            line->region = OC_REGION_FOOTNOTES;
            i++;
            continue;
        }
        if (f.section && (line->mark == OC_LINE_HEADING || (line->cues.start & (OC_CUE_RELATED | OC_CUE_NOTICE))))
            f.section = false;
        bool elsewhere =
            line->hint == OC_HINT_NAVIGATION || line->hint == OC_HINT_RELATED || line->hint == OC_HINT_ADVERTISEMENT;
        if (!elsewhere && begins_note(&f, i, &cursor, &marker, &skip))
            i = take_note(&f, i, &cursor, marker, skip);
        else
            i++;
    }
}

/* --- what they say --- */

static oc_slice trim_marks(oc_slice text)
{
    static const char *const marks[] = {" ",  ",",  ".", ";", ":", "、", "。", "，",     "：", "；", "・", "「",
                                        "『", "\"", "“", "*", "_", "(",  "（", "\u3000", "―",  "—",  "–"};
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            oc_slice mark = oc_slice_of(marks[i]);
            if (text.len >= mark.len && oc_slice_starts(text, mark))
                text = oc_slice_sub(text, mark.len, text.len), more = true;
            if (text.len >= mark.len && oc_slice_ends(text, mark)) text.len -= mark.len, more = true;
        }
    }
    return text;
}

/* "page_(draft)" belongs to an address, "page(2026年…" does not. */
static bool closes_in_address(oc_slice text, size_t at)
{
    for (size_t end = at + 1; end < text.len && end < at + 80 && is_address_byte(text.ptr[end]); end++)
        if (text.ptr[end] == ')') return true;
    return false;
}

static oc_slice read_address(oc_slice text, size_t *ret_at)
{
    static const char *const starts[] = {"https://", "http://", "www."};
    size_t len = 0, at = OC_FIND_ANY(text, 0, starts, &len);
    *ret_at = text.len;
    if (at == SIZE_MAX) return (oc_slice){"", 0};
    size_t end = at;
    int depth = 0;
    while (end < text.len && is_address_byte(text.ptr[end])) {
        if (text.ptr[end] == '(' && !closes_in_address(text, end)) break;
        if (text.ptr[end] == '(') depth++;
        if (text.ptr[end] == ')' && depth-- == 0) break;
        if (text.ptr[end] == ']') break;
        end++;
    }
    while (end > at && strchr(".,;:!?'*", text.ptr[end - 1])) end--;
    if (depth > 0 && end > at && text.ptr[end - 1] == '(') end--;
    *ret_at = at;
    return oc_slice_sub(text, at, end);
}

/* The date that belongs to a word of access: behind it, or right before it. */
static bool read_accessed(oc_arena *arena, const oc_cues *cues, oc_lang lang, oc_slice text, oc_stamp *ret_stamp)
{
    (void)arena;
    for (size_t at = 0; at < text.len; at++) {
        size_t len = oc_cues_word_at(cues, lang, OC_LEX_ACCESS, text, at);
        if (!len) continue;
        oc_stamp stamp;
        oc_slice after = oc_slice_sub(text, 0, at + len + 48);
        if (oc_stamp_find(after, at + len, false, &stamp)) {
            *ret_stamp = stamp;
            return true;
        }
        size_t from = at > 40 ? at - 40 : 0;
        while (from < at && ((unsigned char)text.ptr[from] & 0xc0) == 0x80) from++;
        oc_slice before = oc_slice_sub(text, 0, at);
        bool found = false;
        while (oc_stamp_find(before, from, false, &stamp)) *ret_stamp = stamp, from = stamp.to, found = true;
        if (found && at - ret_stamp->to < 12) return true;
        at += len - 1;
    }
    return false;
}

static bool is_dash(oc_slice text, size_t at, size_t *ret_len)
{
    static const char *const dashes[] = {"-", "–", "—", "‐", "−", "~", "〜", "～", "∼", "－", "、", ", "};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (oc_slice_starts_with(oc_slice_sub(text, at, text.len), dashes[i])) {
            *ret_len = strlen(dashes[i]);
            return true;
        }
    return false;
}

/* "12-34" at `at`, or a length of 0. */
static size_t page_range(oc_slice text, size_t at)
{
    size_t end = at, dash;
    while (end < text.len && is_digit(text.ptr[end])) end++;
    if (end == at || end - at > 5) return 0;
    if (is_dash(text, end, &dash) && end + dash < text.len && is_digit(text.ptr[end + dash])) {
        size_t more = end + dash;
        while (more < text.len && is_digit(text.ptr[more])) more++;
        if (more - end - dash <= 5) end = more;
    }
    return end - at;
}

static oc_slice read_pages(oc_slice text, size_t limit)
{
    static const char *const before[] = {"pp. ", "pp.", "p. ", "p."};
    static const char *const after[] = {"頁", "ページ", "쪽", "면"};
    oc_slice head = oc_slice_sub(text, 0, limit);
    size_t len = 0, from = 0, at;
    while ((at = OC_FIND_ANY(head, from, before, &len)) != SIZE_MAX) {
        bool word = at == 0 || !((head.ptr[at - 1] | 32) >= 'a' && (head.ptr[at - 1] | 32) <= 'z');
        size_t range = word ? page_range(head, at + len) : 0;
        if (range) return oc_slice_sub(head, at + len, at + len + range);
        from = at + len;
    }
    from = 0;
    while ((at = OC_FIND_ANY(head, from, after, &len)) != SIZE_MAX) {
        size_t start = at;
        size_t dash;
        while (start > 0) {
            size_t back = start - 1;
            while (back > 0 && ((unsigned char)head.ptr[back] & 0xc0) == 0x80) back--;
            if (!is_digit(head.ptr[back]) &&
                !(is_dash(head, back, &dash) && back > 0 && is_digit(head.ptr[back - 1]) && start < at))
                break;
            start = back;
        }
        if (start < at && page_range(head, start)) return oc_slice_sub(head, start, at);
        if (oc_slice_starts(oc_slice_sub(head, at + len, head.len), OC_SLICE("")) && page_range(head, at + len))
            return oc_slice_sub(head, at + len, at + len + page_range(head, at + len));
        from = at + len;
    }
    /* Books: "(London: Dock Books, 2020), 33." */
    at = oc_slice_find(head, OC_SLICE("), "), 0);
    size_t bare = at == SIZE_MAX ? 0 : page_range(head, at + 3);
    if (bare && bare < 10 && oc_slice_trim(oc_slice_sub(head, at + 3 + bare, head.len)).len <= 1)
        return oc_slice_sub(head, at + 3, at + 3 + bare);
    /* Journals: "12, no. 3 (2020): 12–34". */
    at = oc_slice_find(head, OC_SLICE("): "), 0);
    if (at != SIZE_MAX && page_range(head, at + 3))
        return oc_slice_sub(head, at + 3, at + 3 + page_range(head, at + 3));
    return (oc_slice){"", 0};
}

typedef struct span {
    size_t open, from, to, close; /* with and without the marks */
} span;

/* The first text between one of the pairs of marks, at or after `from`. */
static bool find_marked(oc_slice text, size_t from, const char *const (*pairs)[2], size_t count, span *ret)
{
    bool found = false;
    for (size_t i = 0; i < count; i++) {
        oc_slice open = oc_slice_of(pairs[i][0]), close = oc_slice_of(pairs[i][1]);
        size_t at = oc_slice_find(text, open, from);
        if (at == SIZE_MAX || (found && at >= ret->open)) continue;
        size_t end = oc_slice_find(text, close, at + open.len);
        /* 「…「…」…」: the closing mark that balances. */
        size_t inner = oc_slice_find(text, open, at + open.len);
        while (end != SIZE_MAX && inner < end && !oc_slice_equal(open, close)) {
            inner = oc_slice_find(text, open, inner + open.len);
            size_t next = oc_slice_find(text, close, end + close.len);
            if (next == SIZE_MAX) break;
            end = next;
        }
        if (end == SIZE_MAX) continue;
        *ret = (span){at, at + open.len, end, end + close.len};
        found = true;
    }
    return found;
}

static const char *const article_marks[][2] = {{"「", "」"}, {"“", "”"},   {"\"", "\""},
                                               {"‘", "’"},   {"〈", "〉"}, {"〝", "〟"}};
static const char *const book_marks[][2] = {{"『", "』"}, {"《", "》"}, {"*", "*"}, {"_", "_"}};

/* What stands before a title is its author, without words that introduce it. */
static oc_slice author_of(oc_slice before)
{
    static const char *const stops[] = {"。",           "参照、",    "例えば、",  "たとえば、",
                                        "については、", "See also ", "see also ", "See, e.g., ",
                                        "See ",         "see ",      "e.g., ",    "; "};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        size_t at = oc_slice_find(before, oc_slice_of(stops[i]), 0);
        if (at != SIZE_MAX) before = oc_slice_sub(before, at + strlen(stops[i]), before.len);
    }
    before = trim_marks(before);
    return oc_utf8_count(before) <= 80 ? before : (oc_slice){"", 0};
}

/* Text from `from` to a comma, bracket, date or the end: a container or publisher that is set in plain type. */
static oc_slice plain_segment(oc_slice text, size_t from, size_t limit)
{
    static const char *const stops[] = {",", "、", "，", "(", "（", "。", ";", "http", "第", "제", ". "};
    while (from < limit && strchr(" ,", text.ptr[from])) from++;
    oc_slice rest = oc_slice_sub(text, 0, limit);
    while (oc_slice_starts(oc_slice_sub(rest, from, limit), OC_SLICE("、")) ||
           oc_slice_starts(oc_slice_sub(rest, from, limit), OC_SLICE("，")))
        from += 3;
    while (from < limit && text.ptr[from] == ' ') from++;
    size_t len, end = OC_FIND_ANY(rest, from, stops, &len);
    if (end == SIZE_MAX) end = limit;
    oc_stamp stamp;
    if (oc_stamp_find(rest, from, true, &stamp) && stamp.from < end) end = stamp.from;
    oc_slice segment = trim_marks(oc_slice_sub(text, from, end));
    size_t digits = 0;
    while (digits < segment.len && (is_digit(segment.ptr[digits]) || strchr("-–. ", segment.ptr[digits]))) digits++;
    bool pages = oc_slice_starts(segment, OC_SLICE("pp")) || oc_slice_starts(segment, OC_SLICE("p.")) ||
                 oc_slice_starts(segment, OC_SLICE("no.")) || oc_slice_starts(segment, OC_SLICE("vol"));
    if (digits == segment.len || pages || oc_utf8_count(segment) > 60 || (is_digit(segment.ptr[0]) && digits))
        return (oc_slice){"", 0};
    /* "Journal of Things 12": the volume is no part of the name. */
    while (segment.len && is_digit(segment.ptr[segment.len - 1])) segment.len--;
    return trim_marks(segment);
}

/* "(New York: Press, 2020)", "(서울: 국방부, 2024)", "(出版社、2020年)" behind a book's title. */
static oc_slice bracket_publisher(oc_slice text, size_t from, size_t limit)
{
    oc_slice rest = oc_slice_sub(text, from, limit);
    size_t open = oc_slice_find(rest, OC_SLICE("("), 0), wide = oc_slice_find(rest, OC_SLICE("（"), 0);
    size_t at = open < wide ? open + 1 : wide == SIZE_MAX ? SIZE_MAX : wide + 3;
    if (at == SIZE_MAX || at > 24) return (oc_slice){"", 0};
    size_t close = oc_slice_find(rest, open < wide ? OC_SLICE(")") : OC_SLICE("）"), at);
    if (close == SIZE_MAX) return (oc_slice){"", 0};
    oc_slice inside = oc_slice_sub(rest, at, close);
    size_t colon = oc_slice_find(inside, OC_SLICE(":"), 0);
    if (colon != SIZE_MAX) inside = oc_slice_sub(inside, colon + 1, inside.len);
    return plain_segment(inside, 0, inside.len);
}

static void read_titles(oc_note *note, size_t limit)
{
    oc_slice text = note->text;
    oc_slice head = oc_slice_sub(text, 0, limit);
    span article = {0}, book = {0};
    bool has_article = find_marked(head, 0, article_marks, sizeof article_marks / sizeof *article_marks, &article);
    bool has_book = find_marked(head, 0, book_marks, sizeof book_marks / sizeof *book_marks, &book);
    /* 『…「…」…』: a book whose title quotes. */
    if (has_article && has_book && book.open < article.open) has_article = false;
    if (!has_article && !has_book) return;
    if (has_article) {
        note->title = trim_marks(oc_slice_sub(text, article.from, article.to));
        note->author = author_of(oc_slice_sub(text, 0, article.open));
        bool inside = has_book && book.open >= article.close && book.open <= article.close + 60;
        if (inside) {
            note->container = trim_marks(oc_slice_sub(text, book.from, book.to));
            note->publisher = bracket_publisher(text, book.close, limit);
        } else {
            note->container = plain_segment(text, article.close, limit);
        }
        return;
    }
    note->title = trim_marks(oc_slice_sub(text, book.from, book.to));
    note->author = author_of(oc_slice_sub(text, 0, book.open));
    /* 『漢江新聞』2025年12月19日: a paper of that day. */
    oc_stamp stamp;
    if (!note->author.len && oc_stamp_find(oc_slice_sub(text, 0, limit), book.close, false, &stamp) && stamp.day &&
        stamp.from <= book.close + 3) {
        note->container = note->title;
        note->title = (oc_slice){"", 0};
        return;
    }
    note->publisher = bracket_publisher(text, book.close, limit);
    if (!note->publisher.len) note->publisher = plain_segment(text, book.close, limit);
}

/* No marks at all: "Ministry of Defence, Annual report, March 2026, https://…". */
static void read_plain(oc_note *note, size_t limit)
{
    oc_slice head = oc_slice_sub(note->text, 0, limit);
    oc_slice first = plain_segment(head, 0, limit);
    if (!first.len) return;
    size_t behind = (size_t)(first.ptr - head.ptr) + first.len;
    oc_slice second = behind < limit ? plain_segment(head, behind, limit) : (oc_slice){"", 0};
    if (second.len)
        note->author = first, note->title = second;
    else
        note->title = first;
}

void oc_note_read(oc_arena *arena, const oc_cues *cues, oc_lang lang, oc_note *note)
{
    oc_slice text = note->text;
    size_t address_at;
    oc_slice address = read_address(text, &address_at);
    oc_stamp accessed = {0}, stamp;
    bool has_access = read_accessed(arena, cues, lang, text, &accessed);
    size_t limit = address_at;
    if (has_access && accessed.from < limit) limit = accessed.from;
    oc_slice pages = read_pages(text, limit);
    size_t from = 0;
    bool dated = false;
    span mark;
    if (find_marked(oc_slice_sub(text, 0, limit), 0, article_marks, 4, &mark) ||
        find_marked(oc_slice_sub(text, 0, limit), 0, book_marks, 2, &mark))
        from = mark.close;
    for (size_t at = from; !dated && oc_stamp_find(text, at, true, &stamp); at = stamp.to) {
        bool in_address = stamp.from >= address_at && stamp.from < address_at + address.len;
        bool in_pages = pages.len && stamp.from >= (size_t)(pages.ptr - text.ptr) &&
                        stamp.from < (size_t)(pages.ptr - text.ptr) + pages.len;
        dated = !in_address && !in_pages && !(has_access && stamp.from == accessed.from);
        if (dated) break;
    }
    bool citing = address.len || pages.len || has_access || dated;
    /* A remark in full sentences cites nothing of its own unless it names a title and a place. */
    if (!citing) return;
    read_titles(note, limit);
    if (!note->title.len && !note->container.len && (address.len || pages.len)) read_plain(note, limit);
    if (!note->title.len && !note->container.len && !address.len && !pages.len) return;
    note->url = address;
    note->pages = pages;
    if (dated) note->date = oc_stamp_print(arena, &stamp);
    if (has_access) note->accessed = oc_stamp_print(arena, &accessed);
}

void oc_notes_read(oc_arena *arena, oc_document *document)
{
    for (size_t i = 0; i < document->notes.len; i++)
        oc_note_read(arena, document->reader->cues, document->lang, &document->notes.at[i]);
}
