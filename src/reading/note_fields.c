/* What a note says of its source: author, title, container, publisher, date, pages, address; see note.h.
 *
 * Worked example:
 * 「伊東一郎「移管の条件」『安全保障研究』第8巻第2号(2025年)、12-34頁、https://example.org/a.pdf(最終閲覧
 * 2026年3月1日)。」 gives author 伊東一郎, title 移管の条件, container 安全保障研究, date 2025, pages 12-34, url
 * https://example.org/a.pdf, accessed 2026-03-01. */
#include "reading/note.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "reading/sign.h"
#include "reading/stamp.h"
#include "reading/text.h"

enum { BRIEF_BYTES = 160, LEAST_OFFICE = 4 };

typedef struct note_words {
    const oc_cues *cues;
    oc_lang lang;
} note_words;

bool oc_note_is_address_byte(char c)
{
    return (unsigned char)c > 0x20 && (unsigned char)c < 0x7f && !strchr("<>\"`{}|\\^", c);
}

static oc_slice trim_marks(oc_slice text)
{
    static const char *const marks[] = {" ",  ",",  ".", ";", ":", "、", "。", "，",     "：", "；", "・", "「",
                                        "『", "\"", "“", "*", "_", "(",  "（", "\u3000", "―",  "—",  "–"};
    return OC_SIGNS_TRIM(text, marks);
}

/* A title without blanks and commas at its ends; marks at its ends may be those of words that it quotes. */
static oc_slice trim_title(oc_slice text)
{
    static const char *const marks[] = {" ", ",", ".", "、", "。", "，", "*", "_", "\u3000"};
    return OC_SIGNS_TRIM(text, marks);
}

/* "page_(draft)" belongs to an address, "page(2026年…" does not. */
static bool closes_in_address(oc_slice text, size_t at)
{
    for (size_t end = at + 1; end < text.len && end < at + 80 && oc_note_is_address_byte(text.ptr[end]); end++)
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
    while (end < text.len && oc_note_is_address_byte(text.ptr[end])) {
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
        size_t len = oc_cues_access_at(cues, lang, text, at);
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
        if (oc_slice_begins(oc_slice_sub(text, at, text.len), dashes[i])) {
            *ret_len = strlen(dashes[i]);
            return true;
        }
    return false;
}

/* "12-34" at `at`, or a length of 0. */
static size_t page_range(oc_slice text, size_t at)
{
    size_t end = at, dash;
    while (end < text.len && oc_is_digit(text.ptr[end])) end++;
    if (end == at || end - at > 5) return 0;
    if (is_dash(text, end, &dash) && end + dash < text.len && oc_is_digit(text.ptr[end + dash])) {
        size_t more = end + dash;
        while (more < text.len && oc_is_digit(text.ptr[more])) more++;
        if (more - end - dash <= 5) end = more;
    }
    return end - at;
}

static oc_slice read_pages(const note_words *known, oc_slice text, size_t limit)
{
    static const char *const before[] = {"pp. ", "pp.", "p. ", "p."};
    oc_slice head = oc_slice_sub(text, 0, limit);
    size_t len = 0, from = 0, at;
    while ((at = OC_FIND_ANY(head, from, before, &len)) != SIZE_MAX) {
        bool word = at == 0 || !oc_is_alpha(head.ptr[at - 1]);
        size_t range = word ? page_range(head, at + len) : 0;
        if (range) return oc_slice_sub(head, at + len, at + len + range);
        from = at + len;
    }
    from = 0;
    while ((at = oc_cues_phrase(known->cues, known->lang, OC_PHRASE_PAGES, head, from, &len)) != SIZE_MAX) {
        size_t start = at;
        size_t dash;
        while (start > 0) {
            size_t back = start - 1;
            while (back > 0 && ((unsigned char)head.ptr[back] & 0xc0) == 0x80) back--;
            if (!oc_is_digit(head.ptr[back]) &&
                !(is_dash(head, back, &dash) && back > 0 && oc_is_digit(head.ptr[back - 1]) && start < at))
                break;
            start = back;
        }
        if (start < at && page_range(head, start)) return oc_slice_sub(head, start, at);
        size_t range = page_range(head, at + len);
        if (range) return oc_slice_sub(head, at + len, at + len + range);
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
        /* cppcheck-suppress uninitvar ; what was found is filled */
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
static oc_slice author_of(const note_words *known, oc_slice before)
{
    static const char *const stops[] = {"。", "; "};
    size_t length, at;
    while ((at = OC_FIND_ANY(before, 0, stops, &length)) != SIZE_MAX) before = oc_slice_from(before, at + length);
    while ((at = oc_cues_phrase(known->cues, known->lang, OC_PHRASE_SEE, before, 0, &length)) != SIZE_MAX)
        before = oc_slice_from(before, at + length);
    before = trim_marks(before);
    return oc_utf8_count(before) <= 80 ? before : (oc_slice){"", 0};
}

/* The stop at `at` belongs to an abbreviation: "U.S. Senate". */
static bool is_initial(oc_slice text, size_t at)
{
    return at && oc_is_upper(text.ptr[at - 1]) && (at == 1 || text.ptr[at - 2] == '.' || text.ptr[at - 2] == ' ');
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
    while (end != SIZE_MAX && text.ptr[end] == '.' && is_initial(text, end))
        end = OC_FIND_ANY(rest, end + 1, stops, &len);
    if (end == SIZE_MAX) end = limit;
    oc_stamp stamp;
    if (oc_stamp_find(rest, from, true, &stamp) && stamp.from < end) end = stamp.from;
    oc_slice segment = trim_marks(oc_slice_sub(text, from, end));
    size_t digits = 0;
    while (digits < segment.len && (oc_is_digit(segment.ptr[digits]) || strchr("-–. ", segment.ptr[digits]))) digits++;
    bool pages = oc_slice_starts(segment, OC_SLICE("pp")) || oc_slice_starts(segment, OC_SLICE("p.")) ||
                 oc_slice_starts(segment, OC_SLICE("no.")) || oc_slice_starts(segment, OC_SLICE("vol"));
    if (digits == segment.len || pages || oc_utf8_count(segment) > 60 || (oc_is_digit(segment.ptr[0]) && digits))
        return (oc_slice){"", 0};
    /* "Journal of Things 12": the volume is no part of the name, but the number of a paper with its place is. */
    oc_slice behind = oc_slice_sub(text, end, limit);
    bool place = oc_slice_starts(behind, OC_SLICE("(")) && oc_slice_find(behind, OC_SLICE(": "), 0) < 40;
    while (!place && segment.len && oc_is_digit(segment.ptr[segment.len - 1])) segment.len--;
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

/* 『海峡研究』第8号、海峡政策研究所、2025年: an institution behind the number of the issue. */
static oc_slice office_behind(const note_words *known, oc_slice text, size_t from, size_t limit)
{
    static const char *const commas[] = {"、", ", ", "，"};
    size_t length, at = OC_FIND_ANY(oc_slice_sub(text, 0, limit), from, commas, &length);
    if (at == SIZE_MAX || at > from + 30) return (oc_slice){"", 0};
    oc_slice name = plain_segment(text, at + length, limit);
    bool issue = false, digits = false; /* 제31권 제2호, 한국의회연구회 */
    for (size_t i = from; i < at; i++) issue |= oc_is_digit(text.ptr[i]);
    for (size_t i = 0; i < name.len; i++) digits |= oc_is_digit(name.ptr[i]);
    if (issue && name.len && !digits && oc_utf8_count(name) >= LEAST_OFFICE) return name;
    uint32_t cues = oc_cues_line(known->cues, known->lang, name).any;
    return cues & (OC_CUE_ISSUER | OC_CUE_AFFILIATION) ? name : (oc_slice){"", 0};
}

static bool is_latin(oc_slice source)
{
    for (size_t i = 0; i < source.len; i++)
        if ((unsigned char)source.ptr[i] >= 0xe3 && (unsigned char)source.ptr[i] <= 0xed) return false;
    return true;
}

/* An office or institution, no paper; in a note of another language also an English one. */
static bool is_office(const note_words *known, oc_slice source)
{
    size_t length;
    oc_line_cues cues = oc_cues_line(known->cues, known->lang, source);
    if (known->lang != OC_LANG_EN && is_latin(source))
        return oc_cues_phrase(known->cues, OC_LANG_EN, OC_PHRASE_OFFICE, source, 0, &length) != SIZE_MAX;
    return (cues.any & OC_CUE_ISSUER) || (cues.any & OC_CUE_AFFILIATION && !(cues.any & OC_CUE_SERIES));
}

/* Behind the title of an article in plain type: an office or a station publishes it, anything else holds it. */
static void read_plain_source(const note_words *known, oc_note *note, size_t from, size_t limit)
{
    oc_slice source = plain_segment(note->text, from, limit);
    oc_line_cues cues = oc_cues_line(known->cues, known->lang, source);
    if (cues.whole & (OC_CUE_RECORD | OC_CUE_RELEASE | OC_CUE_CATEGORY)) return; /* "press release" tells its kind */
    bool office = is_office(known, source);
    if (cues.any & OC_CUE_SERIES && source.len) {
        size_t behind = (size_t)(source.ptr - note->text.ptr) + source.len;
        note->publisher = bracket_publisher(note->text, behind, limit);
    }
    *(office ? &note->publisher : &note->container) = source;
}

static void read_titles(const note_words *known, oc_note *note, size_t limit)
{
    oc_slice text = note->text;
    oc_slice head = oc_slice_sub(text, 0, limit);
    span article = {0}, book = {0};
    bool has_article = find_marked(head, 0, article_marks, sizeof article_marks / sizeof *article_marks, &article);
    bool has_book = find_marked(head, 0, book_marks, sizeof book_marks / sizeof *book_marks, &book);
    /* 『…「…」…』: a book whose title quotes. */
    if (has_article && has_book && book.open < article.open) has_article = false;
    if (!has_article && !has_book) return;
    /* 「…『…』…」『…』: an article whose title quotes. */
    if (has_article && has_book && book.open < article.close)
        has_book = find_marked(head, article.close, book_marks, sizeof book_marks / sizeof *book_marks, &book);
    if (has_article) {
        note->title = trim_title(oc_slice_sub(text, article.from, article.to));
        note->author = author_of(known, oc_slice_sub(text, 0, article.open));
        bool inside = has_book && book.open >= article.close && book.open <= article.close + 60;
        if (inside) {
            note->container = trim_marks(oc_slice_sub(text, book.from, book.to));
            note->publisher = bracket_publisher(text, book.close, limit);
            if (!note->publisher.len) note->publisher = office_behind(known, text, book.close, limit);
        } else {
            read_plain_source(known, note, article.close, limit);
        }
        return;
    }
    note->title = trim_marks(oc_slice_sub(text, book.from, book.to));
    note->author = author_of(known, oc_slice_sub(text, 0, book.open));
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

/* "Ministry of Defense, White Paper 2022 (Seoul: MND, 2023), pp. 1-3": a book without marks. The year in the brackets
 * is the one it came out in. */
static bool read_book(oc_arena *arena, const note_words *known, oc_note *note, size_t limit)
{
    oc_slice head = oc_slice_sub(note->text, 0, limit);
    size_t open = oc_slice_find(head, OC_SLICE(" ("), 0), comma = oc_slice_find(head, OC_SLICE(", "), 0);
    size_t colon = open == SIZE_MAX ? open : oc_slice_find(head, OC_SLICE(": "), open);
    size_t close = colon == SIZE_MAX ? colon : oc_slice_find(head, OC_SLICE(")"), colon);
    if (close == SIZE_MAX || comma > open || close < colon + 8) return false;
    oc_slice year = oc_slice_sub(head, close - 4, close);
    for (size_t i = 0; i < 4; i++)
        if (!oc_is_digit(year.ptr[i])) return false;
    note->author = author_of(known, oc_slice_sub(head, 0, comma));
    note->title = trim_marks(oc_slice_sub(head, comma + 2, open));
    note->publisher = trim_marks(oc_slice_sub(head, colon + 2, close - 4));
    note->date = oc_arena_copy(arena, year);
    return note->title.len > 0;
}

/* No marks at all: "Ministry of Defence, Annual report, March 2026, https://…". */
static void read_plain(const note_words *known, oc_note *note, size_t limit)
{
    oc_slice head = oc_slice_sub(note->text, 0, limit);
    oc_slice first = plain_segment(head, 0, limit);
    if (!first.len) return;
    size_t behind = (size_t)(first.ptr - head.ptr) + first.len;
    oc_slice second = behind < limit ? plain_segment(head, behind, limit) : (oc_slice){"", 0};
    if (second.len && is_office(known, second) && !is_office(known, first))
        note->title = first, note->publisher = second;
    else if (second.len)
        note->author = first, note->title = second;
    else
        note->title = first;
}

/* A short note whose last words are a day: a talk, a letter. */
static bool ends_in_day(oc_slice text, const oc_stamp *stamp)
{
    oc_slice before = oc_slice_sub(text, 0, stamp->from);
    return stamp->day && text.len <= BRIEF_BYTES && trim_marks(oc_slice_from(text, stamp->to)).len == 0 &&
           oc_slice_find_any(before, 0, (const char *const[]){"。", ". "}, 2, &(size_t){0}) == SIZE_MAX;
}

void oc_note_read(oc_arena *arena, const oc_cues *cues, oc_lang lang, oc_note *note)
{
    const note_words known = {cues, lang};
    oc_slice text = note->text;
    size_t address_at;
    oc_slice address = read_address(text, &address_at);
    oc_stamp accessed = {0}, stamp;
    bool has_access = read_accessed(arena, cues, lang, text, &accessed);
    size_t limit = address_at;
    if (has_access && accessed.from < limit) limit = accessed.from;
    oc_slice pages = read_pages(&known, text, limit);
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
    read_titles(&known, note, limit);
    bool plain = !note->title.len && !note->container.len, book = plain && read_book(arena, &known, note, limit);
    bool again = oc_cues_phrase_begins(cues, lang, OC_PHRASE_CITING, text) > 0; /* ibid. */
    if (plain && !book && !again && (address.len || pages.len)) read_plain(&known, note, limit);
    bool brief = dated && !book && ends_in_day(text, &stamp); /* "Interview with the author, Daejeon, 18 March 2026." */
    if (!note->title.len && !note->container.len && !address.len && !pages.len && !brief) return;
    note->url = address;
    note->pages = pages;
    if (dated && !book) note->date = oc_stamp_print(arena, &stamp);
    if (has_access) note->accessed = oc_stamp_print(arena, &accessed);
}
