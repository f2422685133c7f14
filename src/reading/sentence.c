/* Body and sentences; see sentence.h.
 *
 * build_body appends each line of the body to the one before it or begins a new paragraph. It joins when the line
 * before is unfinished: always without an empty line between them; across notes, page numbers and other regions as
 * well; across a mere empty line only if the rest cannot begin a paragraph. find_pairs then pairs the quotation
 * marks and brackets of each paragraph, and cut_paragraph cuts at full stops outside of pairs. A pair longer than
 * PAIR_BYTES or without its other half protects nothing, so that one lost mark does not swallow the document.
 *
 * Worked example: the lines "会談は9日、ソウルで開か", "<sup>2</sup> 「共同声明」…", "れ、両国は合意した。次回は" give one paragraph
 * "会談は9日、ソウルで開かれ、両国は合意した。次回は" with a sentence on lines 1 and 3. */
#include "reading/sentence.h"

#include "base/utf8.h"
#include "reading/metadata.h"
#include "reading/text.h"

enum { PAIR_BYTES = 1400, PAIR_DEPTH = 24 };

typedef struct anchor {
    uint32_t at; /* byte of the body */
    uint32_t line;
    oc_slice marker;
    int32_t next; /* with the same marker */
    bool used;
} anchor;

typedef struct paragraph {
    uint32_t start, end;
    int32_t heading;
    bool block;
} paragraph;

typedef struct builder {
    oc_arena *arena;
    oc_document *document;
    oc_text body;
    OC_VEC(anchor) anchors;
    OC_VEC(paragraph) paragraphs;
    size_t marker_at;    /* cursor in layout.markers */
    bool wrapped;        /* lines are broken at a width: a line feed means little */
    bool loose_markers;  /* notes whose markers stand in the text in brackets */
    oc_map loose;        /* those markers */
} builder;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alnum(char c) { return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z'); }
static bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/* Bytes of the character that begins with `c`. */
static size_t length_of(unsigned char c) { return c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4; }

static unsigned char last_lead(oc_slice text)
{
    size_t at = text.len;
    do at--;
    while (at > 0 && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
    return (unsigned char)text.ptr[at];
}

static bool is_wide_lead(unsigned char c) { return (c >= 0xe3 && c <= 0xe9) || c == 0xef; }

/* --- joining --- */

static bool starts_with_particle(oc_slice text)
{
    static const char *const particles[] = {"은 ", "는 ", "을 ", "를 ", "의 ", "와 ", "과 ", "도 ", "에 ", "에서 ", "으로 ", "로 ",
                                            "께서 ", "가 ", "측은 ", "까지 ", "부터 ", "에게 ", "라고 ", "라며 ", "고 ", "며 "};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (oc_slice_starts(text, oc_slice_of(particles[i]))) return true;
    return false;
}

/* Second halves of words that are written with a hyphen, not broken by one. */
static bool is_compound_half(oc_slice text)
{
    static const char *const halves[] = {"based", "led", "wide", "level", "term", "range", "year", "style", "ready", "related",
                                         "driven", "making", "owned", "backed", "building", "sharing", "century", "day", "month"};
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        oc_slice half = oc_slice_of(halves[i]);
        if (oc_slice_starts(text, half) && (text.len == half.len || !is_alnum(text.ptr[half.len]))) return true;
    }
    return false;
}

/* What stands between the end of the body and a line that goes on with it. */
static void add_join(builder *b, oc_slice next)
{
    oc_slice before = oc_text_slice(&b->body);
    char last = before.ptr[before.len - 1], first = next.ptr[0];
    bool wide = is_wide_lead(last_lead(before)) || is_wide_lead((unsigned char)first);
    if (last == '-' && before.len > 1 && is_lower(before.ptr[before.len - 2]) && is_lower(first)) {
        if (!is_compound_half(next)) b->body.len--;
        return;
    }
    if (wide && b->document->lang != OC_LANG_KO) return;
    if (b->document->lang == OC_LANG_JA && !(is_alnum(last) && is_alnum(first))) return;
    if (b->document->lang == OC_LANG_KO && (starts_with_particle(next) || (wide && !is_alnum(last) && (unsigned char)last < 0x80 && last == '(')))
        return;
    oc_text_byte(&b->body, ' ');
}

static bool begins_lower(oc_slice text)
{
    static const char *const marks[] = {"、", "。", "」", "』", "）", ")", ",", ".", "を", "に", "が", "は", "の", "で", "と", "も", "へ", "や",
                                        "し", "れ", "ら", "り", "る", "た", "て", "ん", "っ", "ゃ", "ゅ", "ょ", "ー"};
    if (text.len && is_lower(text.ptr[0])) return true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (oc_slice_starts(text, oc_slice_of(marks[i]))) return true;
    return false;
}

/* True if `line` goes on with the sentence of `before`. */
static bool goes_on(const builder *b, const oc_line *before, const oc_line *line, bool interrupted)
{
    if (before->mark == OC_LINE_HEADING || line->mark == OC_LINE_HEADING || line->mark == OC_LINE_ITEM) return false;
    if ((before->mark == OC_LINE_QUOTE) != (line->mark == OC_LINE_QUOTE)) return false;
    if (before->sentence) return b->wrapped && !line->gap && !interrupted && b->document->format != OC_FORMAT_HTML;
    if (!line->gap && !interrupted) return true;
    if (b->document->format == OC_FORMAT_HTML) return interrupted && begins_lower(line->text) && before->chars > 20;
    if (oc_slice_ends(before->text, OC_SLICE(":")) || oc_slice_ends(before->text, OC_SLICE("："))) return false;
    if (interrupted) return before->chars >= 8;
    if (begins_lower(line->text)) return true;
    if (oc_slice_ends(before->text, OC_SLICE("、")) || oc_slice_ends(before->text, OC_SLICE(","))) return true;
    if (b->document->lang == OC_LANG_EN) return false;
    return before->chars >= 20 && b->document->layout.paged;
}

/* "넘겼다1)": digits and a closing bracket right behind a word. */
static size_t trailing_marker(const builder *b, oc_slice line, size_t at, oc_slice *ret_marker)
{
    if (at == 0 || !is_digit(line.ptr[at]) || is_digit(line.ptr[at - 1]) || strchr(" (,", line.ptr[at - 1])) return 0;
    size_t end = at;
    while (end < line.len && is_digit(line.ptr[end])) end++;
    if (end - at > 3 || end >= line.len || line.ptr[end] != ')') return 0;
    *ret_marker = oc_slice_sub(line, at, end);
    return oc_map_find(&b->loose, *ret_marker) ? end + 1 - at : 0;
}

/* A marker in brackets that a note answers to, at line[at]: its length, or 0. */
static size_t loose_marker(const builder *b, oc_slice line, size_t at, oc_slice *ret_marker)
{
    static const char *const opens[] = {"[", "(注", "（注", "(", "（", "［", "〔", "注", "註", "※", "*", "＊"};
    static const char *const closes[] = {"]", ")", "）", "］", "〕"};
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        oc_slice open = oc_slice_of(opens[i]);
        if (!oc_slice_starts(oc_slice_sub(line, at, line.len), open)) continue;
        size_t digits = at + open.len, end = digits;
        while (end < line.len && is_digit(line.ptr[end])) end++;
        oc_slice marker = oc_slice_sub(line, digits, end);
        if (!marker.len || marker.len > 3 || !oc_map_find(&b->loose, marker)) continue;
        size_t closed = 0;
        for (size_t k = 0; k < sizeof closes / sizeof *closes && !closed; k++)
            if (oc_slice_starts(oc_slice_sub(line, end, line.len), oc_slice_of(closes[k]))) closed = strlen(closes[k]);
        bool needs_close = i < 7;
        if (needs_close && !closed) continue;
        if (at == 0) continue;
        *ret_marker = marker;
        return end - at + closed;
    }
    return 0;
}

/* Most bytes can begin no marker in brackets: they are passed by without a comparison. */
static bool may_begin_marker(oc_slice line, size_t at)
{
    unsigned char c = (unsigned char)line.ptr[at];
    if (c < 0x80) return c == '[' || c == '(' || c == '*' || (at > 0 && is_digit((char)c));
    if (at + 3 > line.len) return false;
    unsigned char next = (unsigned char)line.ptr[at + 1];
    return (c == 0xe3 && next == 0x80 && (unsigned char)line.ptr[at + 2] == 0x94) || (c == 0xe6 && next == 0xb3) ||
           (c == 0xe8 && next == 0xa8) || (c == 0xe2 && next == 0x80) || (c == 0xef && next == 0xbc);
}

static void add_run(builder *b, uint32_t source)
{
    oc_stretch run = {(uint32_t)b->body.len, source};
    if (b->document->runs.len) {
        oc_stretch *last = &b->document->runs.at[b->document->runs.len - 1];
        if (last->source + (run.at - last->at) == run.source) return;
        if (last->at == run.at) {
            last->source = source;
            return;
        }
    }
    *oc_vec_push(b->arena, &b->document->runs) = run;
}

/* Appends text[from, to) of a line with the places it comes from. */
static void add_piece(builder *b, const oc_line *line, size_t from, size_t to)
{
    if (from >= to) return;
    if (!line->run_count) {
        add_run(b, line->source + (uint32_t)from);
        oc_text_add(&b->body, oc_slice_sub(line->text, from, to));
        return;
    }
    const oc_stretch *runs = b->document->layout.runs.at + line->run;
    for (size_t i = 0; i < line->run_count; i++) {
        size_t run_end = i + 1 < line->run_count ? runs[i + 1].at : line->text.len;
        size_t start = runs[i].at > from ? runs[i].at : from, end = run_end < to ? run_end : to;
        if (start >= end) continue;
        add_run(b, runs[i].source + (uint32_t)(start - runs[i].at));
        oc_text_add(&b->body, oc_slice_sub(line->text, start, end));
    }
}

static void add_anchor(builder *b, size_t line, oc_slice marker)
{
    *oc_vec_push(b->arena, &b->anchors) = (anchor){(uint32_t)b->body.len, (uint32_t)line, marker, -1, false};
}

static void add_line(builder *b, size_t index, size_t from)
{
    const oc_line *line = &b->document->layout.lines.at[index];
    *oc_vec_push(b->arena, &b->document->breaks) = (oc_stretch){(uint32_t)b->body.len, (uint32_t)index};
    const oc_layout *layout = &b->document->layout;
    while (b->marker_at < layout->markers.len && layout->markers.at[b->marker_at].line < index) b->marker_at++;
    size_t at = from, kept = from;
    while (at < line->text.len || b->marker_at < layout->markers.len) {
        const oc_marker *marker = b->marker_at < layout->markers.len ? &layout->markers.at[b->marker_at] : NULL;
        if (marker && marker->line == index && marker->at <= at) {
            add_piece(b, line, kept, at);
            kept = at;
            add_anchor(b, index, marker->text);
            b->marker_at++;
            continue;
        }
        if (at >= line->text.len) break;
        oc_slice found;
        bool possible = b->loose_markers && may_begin_marker(line->text, at);
        size_t length = possible ? loose_marker(b, line->text, at, &found) : 0;
        if (!length && possible) length = trailing_marker(b, line->text, at, &found);
        if (length) {
            add_piece(b, line, kept, at);
            add_anchor(b, index, found);
            at += length;
            kept = at;
            continue;
        }
        if (b->loose_markers) at++;
        else at = marker && marker->line == index && marker->at < line->text.len ? marker->at : line->text.len;
    }
    add_piece(b, line, kept, line->text.len);
}

static void end_paragraph(builder *b)
{
    if (!b->paragraphs.len) return;
    paragraph *last = &b->paragraphs.at[b->paragraphs.len - 1];
    if (last->end) return;
    last->end = (uint32_t)b->body.len;
    if (last->end == last->start) {
        b->paragraphs.len--;
        return;
    }
    oc_text_byte(&b->body, '\n');
}

static void add_heading(builder *b, const oc_line *line)
{
    oc_heading *heading = oc_vec_push(b->arena, &b->document->headings);
    *heading = (oc_heading){line->first, line->level ? line->level : 2, line->text, (uint32_t)b->body.len};
}

/* Lines broken at a width: many of them end in the middle of a sentence right before the next. */
static bool is_wrapped(const oc_document *document)
{
    size_t body = 0, open = 0;
    for (size_t i = 0; i + 1 < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i], *next = line + 1;
        if (line->region != OC_REGION_BODY || line->mark != OC_LINE_PLAIN) continue;
        body++;
        open += !line->sentence && !next->gap && next->region == OC_REGION_BODY;
    }
    return open >= 2 && open * 4 > body;
}

static void build_body(builder *b)
{
    oc_document *document = b->document;
    const oc_line *before = NULL;
    bool interrupted = false, first = true;
    for (size_t i = 0; i < document->layout.lines.len; i++) {
        const oc_line *line = &document->layout.lines.at[i];
        if (line->region != OC_REGION_BODY) {
            interrupted = true;
            continue;
        }
        if (line->mark == OC_LINE_HEADING) {
            end_paragraph(b);
            add_heading(b, line);
            before = NULL;
            interrupted = false;
            continue;
        }
        size_t from = first ? oc_dateline_read(b->arena, document, i) : 0;
        if (line->sentence) first = false;
        if (before && goes_on(b, before, line, interrupted)) {
            add_join(b, line->text);
        } else {
            end_paragraph(b);
            *oc_vec_push(b->arena, &b->paragraphs) = (paragraph){
                (uint32_t)b->body.len, 0, (int32_t)document->headings.len - 1, line->mark == OC_LINE_QUOTE};
        }
        add_line(b, i, from);
        before = line;
        interrupted = false;
    }
    end_paragraph(b);
    document->body = oc_text_slice(&b->body);
}

/* --- pairs --- */

static uint32_t close_of(uint32_t open)
{
    switch (open) {
    case 0x300c: return 0x300d;
    case 0x300e: return 0x300f;
    case 0x201c: return 0x201d;
    case 0x2018: return 0x2019;
    case 0xff08: return 0xff09;
    case '(': return ')';
    case 0x3010: return 0x3011;
    case 0x300a: return 0x300b;
    case 0x3008: return 0x3009;
    case 0xff62: return 0xff63;
    case '"': return '"';
    case '\'': return '\'';
    default: return 0;
    }
}

static bool is_close(uint32_t code)
{
    return code == 0x300d || code == 0x300f || code == 0x201d || code == 0x2019 || code == 0xff09 || code == ')' ||
           code == 0x3011 || code == 0x300b || code == 0x3009 || code == 0xff63;
}

typedef struct stack {
    uint32_t slot[PAIR_DEPTH]; /* into document->pairs */
    int depth;
} stack;

static void open_pair(builder *b, stack *open, uint32_t at, uint32_t end, uint32_t mark)
{
    if (open->depth == PAIR_DEPTH) return;
    open->slot[open->depth++] = (uint32_t)b->document->pairs.len;
    *oc_vec_push(b->arena, &b->document->pairs) = (oc_mark_pair){at, end, 0, 0, mark, false};
}

static bool close_pair(builder *b, stack *open, uint32_t at, uint32_t end, uint32_t mark)
{
    for (int i = open->depth - 1; i >= 0; i--) {
        oc_mark_pair *pair = &b->document->pairs.at[open->slot[i]];
        if (close_of(pair->mark) != mark) continue;
        pair->close = at, pair->close_end = end;
        for (int k = 0; k < i; k++) pair->nested |= b->document->pairs.at[open->slot[k]].mark != '(' &&
                                                    b->document->pairs.at[open->slot[k]].mark != 0xff08;
        open->depth = i;
        return true;
    }
    return false;
}

/* A straight mark opens at the start, behind a blank or bracket; else it closes. */
static void straight_mark(builder *b, stack *open, const paragraph *p, uint32_t at, char mark)
{
    oc_slice body = b->document->body;
    char before = at > p->start ? body.ptr[at - 1] : ' ', after = at + 1 < p->end ? body.ptr[at + 1] : ' ';
    bool can_open = after != ' ' && (strchr(" ([", before) || ((unsigned char)before >= 0x80 && mark == '"'));
    bool is_open = false;
    for (int i = 0; i < open->depth; i++) is_open |= b->document->pairs.at[open->slot[i]].mark == (uint32_t)mark;
    if (mark == '\'' && b->document->lang != OC_LANG_KO) return;
    if (is_open && !(strchr(" ", before) && can_open)) close_pair(b, open, at, at + 1, (uint32_t)mark);
    else if (can_open) open_pair(b, open, at, at + 1, (uint32_t)mark);
}

static void find_pairs(builder *b, const paragraph *p)
{
    oc_slice body = b->document->body;
    size_t first = b->document->pairs.len;
    stack open = {.depth = 0};
    for (size_t at = p->start; at < p->end;) {
        unsigned char c = (unsigned char)body.ptr[at];
        if (c == '"' || c == '\'') {
            straight_mark(b, &open, p, (uint32_t)at, (char)c);
            at++;
            continue;
        }
        bool interesting = c == '(' || c == ')' || (c == 0xe3 && (unsigned char)body.ptr[at + 1] == 0x80) ||
                           (c == 0xe2 && (unsigned char)body.ptr[at + 1] == 0x80) || c == 0xef;
        if (!interesting) {
            at += length_of(c);
            continue;
        }
        size_t next = at;
        uint32_t code = oc_utf8_next(body, &next);
        if (is_close(code)) close_pair(b, &open, (uint32_t)at, (uint32_t)next, code);
        else if (close_of(code)) open_pair(b, &open, (uint32_t)at, (uint32_t)next, code);
        at = next;
    }
    size_t kept = first;
    for (size_t i = first; i < b->document->pairs.len; i++) {
        const oc_mark_pair *pair = &b->document->pairs.at[i];
        if (pair->close_end && pair->close_end - pair->open <= PAIR_BYTES) b->document->pairs.at[kept++] = *pair;
    }
    b->document->pairs.len = kept;
}

/* --- sentences --- */

typedef struct cutter {
    builder *b;
    const paragraph *p;
    size_t pair;  /* cursor in document->pairs */
    uint32_t start;
    uint32_t index; /* of the paragraph */
} cutter;

static void push_sentence(cutter *c, uint32_t end)
{
    oc_slice body = c->b->document->body;
    uint32_t start = c->start;
    c->start = end;
    while (start < end && (body.ptr[start] == ' ' || body.ptr[start] == '\t')) start++;
    while (start + 3 <= end && memcmp(body.ptr + start, "\u3000", 3) == 0) start += 3;
    while (end > start && body.ptr[end - 1] == ' ') end--;
    if (start >= end) return;
    oc_sentence *sentence = oc_vec_push(c->b->arena, &c->b->document->sentences);
    *sentence = (oc_sentence){.text = oc_slice_sub(body, start, end), .start = start, .end = end, .paragraph = c->index,
                              .heading = c->p->heading, .block = c->p->block};
}

static uint32_t code_at(oc_slice text, size_t at)
{
    return at < text.len ? oc_utf8_next(text, &at) : 0;
}

static bool is_terminator(uint32_t code)
{
    return code == 0x3002 || code == 0xff01 || code == 0xff1f || code == '!' || code == '?' || code == '.' || code == 0xff61;
}

/* Words that begin sentences so often that they decide behind "U.S.". */
static bool is_starter(oc_slice text)
{
    static const char *const words[] = {"The ", "In ", "It ", "He ", "She ", "They ", "But ", "However", "This ", "That ", "On ", "At ",
                                        "A ", "An ", "And ", "For ", "We ", "If ", "As ", "When ", "Its ", "Both ", "Under ", "These ",
                                        "Those ", "According ", "Officials ", "While ", "Since ", "After ", "Before ", "By ", "With ", "Still"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (oc_slice_starts(text, oc_slice_of(words[i]))) return true;
    return false;
}

static bool may_end_sentence(oc_slice before)
{
    static const char *const words[] = {"U.S.", "U.K.", "U.N.", "E.U.", "a.m.", "p.m.", "etc.", "Inc.", "Corp.", "Ltd.", "D.C.", "Jr.",
                                        "Sr.", "Co.", "R.O.K."};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (oc_slice_ends(before, oc_slice_of(words[i]))) return true;
    return false;
}

/* "2026. 3. 9.": the stop at `at` closes digits that another stop precedes. */
static bool is_dotted_date(oc_slice text, size_t start, size_t at)
{
    while (at > start && is_digit(text.ptr[at - 1])) at--;
    while (at > start && text.ptr[at - 1] == ' ') at--;
    return at > start + 1 && text.ptr[at - 1] == '.' && is_digit(text.ptr[at - 2]);
}

/* A full stop of one byte at `at`; `next` is behind it and any closing marks. */
static bool ends_at_stop(const cutter *c, size_t at, size_t next)
{
    oc_slice text = oc_slice_sub(c->b->document->body, 0, c->p->end);
    if (next >= text.len) return true;
    if (text.ptr[next] != ' ') return c->b->document->lang == OC_LANG_JA && (unsigned char)text.ptr[next] >= 0xe3 && text.ptr[at] != '.';
    size_t after = next;
    while (after < text.len && text.ptr[after] == ' ') after++;
    if (after >= text.len) return true;
    char first = text.ptr[after];
    if (text.ptr[at] != '.') return !is_lower(first);
    char before = at > c->start ? text.ptr[at - 1] : ' ';
    if (at - c->start < 4 && is_digit(before)) return false;
    if (is_digit(before) && c->b->document->lang != OC_LANG_EN && (is_digit(first) || is_dotted_date(text, c->start, at))) return false;
    if (is_lower(first)) return false;
    oc_lang lang = is_alnum(before) || before == '.' ? OC_LANG_EN : c->b->document->lang;
    if (lang == OC_LANG_EN && oc_cues_abbreviation(c->b->document->reader->cues, OC_LANG_EN, text, at + 1)) {
        oc_slice head = oc_slice_sub(text, c->start, at + 1);
        return may_end_sentence(head) && is_starter(oc_slice_sub(text, after, text.len));
    }
    return true;
}

/* Behind a closing mark whose content ends with a full stop: does a new sentence begin? */
static bool ends_behind_pair(const cutter *c, const oc_mark_pair *pair)
{
    static const char *const goes_on[] = {"고 ", "라고", "라며", "라면서", "며 ", "면서", "는 ", "이라", "라는", "하고"};
    oc_slice body = oc_slice_sub(c->b->document->body, 0, c->p->end);
    if (pair->mark == '(' || pair->mark == 0xff08) return false;
    size_t last = pair->close;
    do last--;
    while (last > pair->open && ((unsigned char)body.ptr[last] & 0xc0) == 0x80);
    if (!is_terminator(code_at(body, last))) return false;
    size_t at = pair->close_end;
    if (at >= body.len) return true;
    if (body.ptr[at] == ' ') {
        while (at < body.len && body.ptr[at] == ' ') at++;
        oc_slice rest = oc_slice_sub(body, at, body.len);
        for (size_t i = 0; i < sizeof goes_on / sizeof *goes_on; i++)
            if (oc_slice_starts(rest, oc_slice_of(goes_on[i]))) return false;
        return rest.len && !is_lower(rest.ptr[0]) && rest.ptr[0] != '(';
    }
    uint32_t code = code_at(body, at);
    if (c->b->document->lang != OC_LANG_JA) return false;
    return (code >= 0x4e00 && code < 0xa000) || (code >= 0x30a0 && code < 0x30ff) || code == 0x300c || code == 0x3000;
}

static size_t skip_closers(oc_slice text, size_t at)
{
    for (;;) {
        size_t next = at;
        if (at >= text.len) return at;
        uint32_t code = oc_utf8_next(text, &next);
        bool closer = is_close(code) || is_terminator(code) || code == '"' || code == ']';
        if (!closer) return at;
        at = next;
    }
}

static const unsigned char stops[256] = {['.'] = 1, ['!'] = 1, ['?'] = 1, ['"'] = 2, ['\''] = 2, ['('] = 2,
                                         [0xe2] = 2, [0xe3] = 3, [0xef] = 3};

static void cut_paragraph(cutter *c)
{
    const oc_document *document = c->b->document;
    oc_slice body = oc_slice_sub(document->body, 0, c->p->end);
    c->start = c->p->start;
    for (size_t at = c->p->start; at < c->p->end;) {
        unsigned char byte = (unsigned char)body.ptr[at];
        unsigned kind = stops[byte];
        if (!kind || (byte == 0xe3 && (unsigned char)body.ptr[at + 1] != 0x80)) {
            at += length_of(byte);
            continue;
        }
        while (c->pair < document->pairs.len && document->pairs.at[c->pair].open < at) c->pair++;
        const oc_mark_pair *pair = c->pair < document->pairs.len ? &document->pairs.at[c->pair] : NULL;
        if ((kind & 2) && pair && pair->open == at && pair->close_end <= c->p->end) {
            at = pair->close_end;
            if (ends_behind_pair(c, pair)) push_sentence(c, (uint32_t)at);
            continue;
        }
        size_t next = at;
        uint32_t code = oc_utf8_next(body, &next);
        if (is_terminator(code)) {
            next = skip_closers(body, next);
            bool wide = code == 0x3002 || code == 0xff01 || code == 0xff1f || code == 0xff61;
            if (wide ? true : ends_at_stop(c, at, next)) push_sentence(c, (uint32_t)next);
        }
        at = next;
    }
    push_sentence(c, c->p->end);
}

/* --- places --- */

uint32_t oc_body_place(const oc_document *document, uint32_t at)
{
    size_t low = 0, high = document->runs.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (document->runs.at[middle].at <= at) low = middle;
        else high = middle;
    }
    if (!document->runs.len) return 0;
    return document->runs.at[low].source + (at - document->runs.at[low].at);
}

int32_t oc_sentence_at(const oc_document *document, uint32_t at)
{
    size_t low = 0, high = document->sentences.len;
    if (!high || document->sentences.at[0].start > at) return -1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (document->sentences.at[middle].start <= at) low = middle;
        else high = middle;
    }
    return (int32_t)low;
}

static void push_line(builder *b, oc_sentence *sentence, uint32_t line)
{
    if (sentence->line_count && b->document->lines.at[b->document->lines.len - 1] >= line) return;
    *oc_vec_push(b->arena, &b->document->lines) = line;
    sentence->line_count++;
}

/* Line numbers inside a block of HTML that spans lines of the file. */
typedef struct counter {
    uint32_t at, line;
} counter;

static uint32_t count_to(const oc_document *document, counter *n, const oc_line *line, uint32_t at)
{
    if (n->at < line->start || n->at > at) *n = (counter){line->start, line->first};
    for (const char *feed; n->at < at && (feed = memchr(document->text.ptr + n->at, '\n', at - n->at)) != NULL;)
        n->at = (uint32_t)(feed - document->text.ptr) + 1, n->line++;
    n->at = at;
    return n->line;
}

static void place_sentences(builder *b)
{
    oc_document *document = b->document;
    size_t cursor = 0;
    counter count = {UINT32_MAX, 0};
    for (size_t i = 0; i < document->sentences.len; i++) {
        oc_sentence *sentence = &document->sentences.at[i];
        sentence->source_start = oc_body_place(document, sentence->start);
        sentence->source_end = oc_body_place(document, sentence->end - 1) + 1;
        sentence->line_at = (uint32_t)document->lines.len;
        while (cursor + 1 < document->breaks.len && document->breaks.at[cursor + 1].at <= sentence->start) cursor++;
        for (size_t k = cursor; k < document->breaks.len && document->breaks.at[k].at < sentence->end; k++) {
            const oc_line *line = &document->layout.lines.at[document->breaks.at[k].source];
            if (line->first == line->last) {
                push_line(b, sentence, line->first);
                continue;
            }
            uint32_t from = document->breaks.at[k].at > sentence->start ? document->breaks.at[k].at : sentence->start;
            uint32_t to = k + 1 < document->breaks.len && document->breaks.at[k + 1].at < sentence->end
                              ? document->breaks.at[k + 1].at - 1 : sentence->end - 1;
            uint32_t first = count_to(document, &count, line, oc_body_place(document, from));
            uint32_t last = count_to(document, &count, line, oc_body_place(document, to));
            for (uint32_t n = first; n <= last && n < first + 4096; n++) push_line(b, sentence, n);
        }
    }
}

/* --- notes --- */

/* Each note takes the first marker of its kind that stands before it, else the first of all. */
static void anchor_notes(builder *b)
{
    oc_document *document = b->document;
    oc_map first = {0};
    for (size_t i = b->anchors.len; i-- > 0;) {
        oc_map_entry *entry = oc_map_insert(b->arena, &first, b->anchors.at[i].marker, NULL);
        b->anchors.at[i].next = (int32_t)entry->value.number - 1;
        entry->value.number = i + 1;
    }
    for (size_t i = 0; i < document->notes.len; i++) {
        oc_note *note = &document->notes.at[i];
        oc_map_entry *entry = note->marker.len ? oc_map_find(&first, note->marker) : NULL;
        if (!entry || !entry->value.number) continue;
        anchor *found = &b->anchors.at[entry->value.number - 1];
        entry->value.number = (uint64_t)(found->next + 1);
        uint32_t at = found->at > 0 ? found->at - 1 : 0;
        note->anchor = oc_sentence_at(document, at);
    }
}

static void give_markers(builder *b)
{
    oc_document *document = b->document;
    size_t i = 0;
    for (size_t s = 0; s < document->sentences.len; s++) {
        oc_sentence *sentence = &document->sentences.at[s];
        uint32_t until = s + 1 < document->sentences.len ? document->sentences.at[s + 1].start + 1 : UINT32_MAX;
        sentence->note_at = (uint32_t)document->markers.len;
        /* A marker behind the full stop belongs to the sentence before it. */
        for (; i < b->anchors.len && (b->anchors.at[i].at < until || s + 1 == document->sentences.len); i++) {
            if (b->anchors.at[i].at < sentence->start + 1 && s == 0 && b->anchors.at[i].at == 0) continue;
            *oc_vec_push(b->arena, &document->markers) = b->anchors.at[i].marker;
            sentence->note_count++;
        }
    }
}

static void find_loose_markers(builder *b)
{
    oc_map certain = {0};
    const oc_layout *layout = &b->document->layout;
    for (size_t i = 0; i < layout->markers.len; i++)
        if (layout->lines.at[layout->markers.at[i].line].region == OC_REGION_BODY)
            oc_map_insert(b->arena, &certain, layout->markers.at[i].text, NULL);
    for (size_t i = 0; i < b->document->notes.len; i++) {
        oc_slice marker = b->document->notes.at[i].marker;
        if (!marker.len || oc_map_find(&certain, marker)) continue;
        oc_map_insert(b->arena, &b->loose, marker, NULL);
        b->loose_markers = true;
    }
}

void oc_sentences_make(oc_arena *arena, oc_document *document)
{
    builder b = {.arena = arena, .document = document, .body = oc_text_in(arena)};
    b.wrapped = is_wrapped(document);
    find_loose_markers(&b);
    build_body(&b);
    size_t pair = 0;
    for (size_t i = 0; i < b.paragraphs.len; i++) {
        find_pairs(&b, &b.paragraphs.at[i]);
        cutter c = {.b = &b, .p = &b.paragraphs.at[i], .pair = pair, .index = (uint32_t)i};
        cut_paragraph(&c);
        pair = document->pairs.len;
    }
    place_sentences(&b);
    anchor_notes(&b);
    give_markers(&b);
}
