/* Lines of the body to one text: what joins and what begins a paragraph (see sentence.c), where markers of notes stood,
 * and from which place of the file each byte comes. */
#include "reading/body.h"

#include "base/ascii.h"
#include "base/block.h"
#include "base/utf8.h"
#include "reading/date_fold.h"
#include "reading/metadata.h"
#include "reading/text.h"

static unsigned char last_lead(oc_slice text)
{
    size_t at = text.len;
    do at--;
    while (at > 0 && ((unsigned char)text.ptr[at] & 0xc0) == 0x80);
    return (unsigned char)text.ptr[at];
}

enum { SPEECH_BYTES = 36 };

static bool is_wide_lead(unsigned char c)
{
    return (c >= 0xe3 && c <= 0xe9) || c == 0xef;
}

/* A phrase of the kind in the language of the document. */
static size_t begins_with(const oc_body_builder *b, oc_phrase_kind kind, oc_slice text)
{
    return oc_cues_phrase_begins(b->document->reader->cues, b->document->lang, kind, text);
}

/* Korean: "은 …", a particle and a blank, or the end of a verb: "개최하", "였습니다." */
static bool starts_with_particle(const oc_body_builder *b, oc_slice text)
{
    size_t particle = begins_with(b, OC_PHRASE_LINE_PARTICLE, text);
    if (particle == text.len) return particle && text.ptr[particle - 1] == '.';
    return particle && text.ptr[particle] == ' ';
}

/* A Korean word that the lexicon knows goes on in the next line: 상반⏎기. */
static bool is_broken_word(const oc_body_builder *b, oc_slice before, oc_slice next)
{
    const oc_lexicon *lexicon = b->document->reader->lexicon;
    return lexicon && oc_date_word_crosses(lexicon->dates[OC_LANG_KO], before, next);
}

/* What stands between the end of the body and a line that goes on with it. */
static void add_join(oc_body_builder *b, oc_slice next)
{
    oc_slice before = oc_text_slice(&b->body);
    char last = before.ptr[before.len - 1], first = next.ptr[0];
    bool wide = is_wide_lead(last_lead(before)) || is_wide_lead((unsigned char)first);
    if (last == '-' && before.len > 1 && oc_is_lower(before.ptr[before.len - 2]) && oc_is_lower(first)) {
        if (!oc_cues_phrase_begins(b->document->reader->cues, OC_LANG_EN, OC_PHRASE_HYPHENED, next)) b->body.len--;
        return;
    }
    if (wide && b->document->lang != OC_LANG_KO) return;
    if (b->document->lang == OC_LANG_JA && !(oc_is_alnum(last) && oc_is_alnum(first))) return;
    if (b->document->lang == OC_LANG_KO && (starts_with_particle(b, next) || is_broken_word(b, before, next) ||
                                            (wide && !oc_is_alnum(last) && (unsigned char)last < 0x80 && last == '(')))
        return;
    oc_text_byte(&b->body, ' ');
}

/* The middle of a sentence: a small letter, a closing sign, a particle. */
static bool begins_lower(const oc_body_builder *b, oc_slice text)
{
    static const char *const signs[] = {"、", "。", "」", "』", "）", ")", ",", ".", "ー"};
    if (text.len && oc_is_lower(text.ptr[0])) return true;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (oc_slice_begins(text, signs[i])) return true;
    return begins_with(b, OC_PHRASE_LINE_MIDDLE, text) > 0;
}

/* Japanese: the line ends in what somebody says, 「…」, behind a stop or the start of the line. */
static bool ends_in_speech(const oc_body_builder *b, const oc_line *line)
{
    if (b->document->lang != OC_LANG_JA || !oc_slice_ends(line->text, OC_SLICE("」"))) return false;
    size_t open = line->text.len;
    for (size_t at = 0; (at = oc_slice_find(line->text, OC_SLICE("「"), at)) != SIZE_MAX; at += strlen("「")) open = at;
    oc_slice before = oc_slice_sub(line->text, 0, open);
    bool speech = line->text.len - open >= SPEECH_BYTES && (!before.len || oc_slice_ends(before, OC_SLICE("。")));
    return speech && oc_slice_find(before, OC_SLICE("「"), 0) == SIZE_MAX;
}

/* True if `line` goes on with the sentence of `before`. */
static bool goes_on(const oc_body_builder *b, const oc_line *before, const oc_line *line, bool interrupted)
{
    if (before->mark == OC_LINE_HEADING || line->mark == OC_LINE_HEADING || line->mark == OC_LINE_ITEM) return false;
    if ((before->mark == OC_LINE_QUOTE) != (line->mark == OC_LINE_QUOTE)) return false;
    if (before->sentence || ends_in_speech(b, before))
        return b->wrapped && !line->gap && !interrupted && b->document->format != OC_FORMAT_HTML;
    if (!line->gap && !interrupted) return true;
    if (b->document->format == OC_FORMAT_HTML) return interrupted && begins_lower(b, line->text) && before->chars > 20;
    if (oc_slice_ends(before->text, OC_SLICE(":")) || oc_slice_ends(before->text, OC_SLICE("："))) return false;
    if (interrupted) return before->chars >= 8 || begins_lower(b, line->text);
    if (begins_lower(b, line->text)) return true;
    if (oc_slice_ends(before->text, OC_SLICE("、")) || oc_slice_ends(before->text, OC_SLICE(","))) return true;
    if (b->document->lang == OC_LANG_EN) return false;
    return before->chars >= 20 && b->document->layout.paged;
}

/* "넘겼다1)": digits and a closing bracket right behind a word. */
static size_t trailing_marker(const oc_body_builder *b, oc_slice line, size_t at, oc_slice *ret_marker)
{
    if (at == 0 || !oc_is_digit(line.ptr[at]) || oc_is_digit(line.ptr[at - 1]) || strchr(" (,", line.ptr[at - 1]))
        return 0;
    size_t end = at;
    while (end < line.len && oc_is_digit(line.ptr[end])) end++;
    if (end - at > 3 || end >= line.len || line.ptr[end] != ')') return 0;
    *ret_marker = oc_slice_sub(line, at, end);
    return oc_map_find(&b->loose, *ret_marker) ? end + 1 - at : 0;
}

/* A marker in brackets that a note answers to, at line[at]: its length, or 0. */
static size_t loose_marker(const oc_body_builder *b, oc_slice line, size_t at, oc_slice *ret_marker)
{
    bool bracket;
    size_t digits = at + oc_marker_opening(oc_slice_from(line, at), &bracket), end = digits;
    if (digits == at || at == 0) return 0;
    while (end < line.len && oc_is_digit(line.ptr[end])) end++;
    oc_slice marker = oc_slice_sub(line, digits, end), behind = oc_slice_from(line, end);
    if (!marker.len || marker.len > 3 || !oc_map_find(&b->loose, marker)) return 0;
    size_t closed = oc_marker_closing(behind);
    if (bracket && !closed) return 0;
    *ret_marker = marker;
    return end - at + closed;
}

/* Most bytes can begin no marker in brackets: they are passed by without a comparison. */
static bool may_begin_marker(oc_slice line, size_t at)
{
    static const unsigned char leads[256] = {
        ['['] = 1, ['('] = 1, ['*'] = 1, ['0'] = 1, ['1'] = 1,  ['2'] = 1,  ['3'] = 1,  ['4'] = 1,  ['5'] = 1,
        ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, [0xe2] = 1, [0xe3] = 1, [0xe6] = 1, [0xe8] = 1, [0xef] = 1};
    unsigned char c = (unsigned char)line.ptr[at];
    if (!leads[c]) return false;
    if (c < 0x80) return !oc_is_digit((char)c) || at > 0;
    if (at + 3 > line.len) return false;
    unsigned char next = (unsigned char)line.ptr[at + 1];
    return (c == 0xe3 && next == 0x80 && (unsigned char)line.ptr[at + 2] == 0x94) || (c == 0xe6 && next == 0xb3) ||
           (c == 0xe8 && next == 0xa8) || (c == 0xe2 && next == 0x80) || (c == 0xef && next == 0xbc);
}

static inline oc_sixteen begins_marker(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, '0', '9') | oc_sixteen_is(bytes, '(') | oc_sixteen_is(bytes, '[') |
           oc_sixteen_is(bytes, '*') | oc_sixteen_from(bytes, 0xe2);
}

static inline oc_sixteen is_high(oc_sixteen bytes)
{
    return oc_sixteen_from(bytes, 0x80);
}

/* The second bytes of what may_begin_marker lets pass. */
static inline oc_sixteen goes_on_marker(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, 0x80) | oc_sixteen_is(bytes, 0xb3) | oc_sixteen_is(bytes, 0xa8) |
           oc_sixteen_is(bytes, 0xbc);
}

/* Places of a block where a marker may begin; what stands in the next block counts. */
static uint64_t markers_of(const char *block)
{
    uint64_t leads = oc_block_bits(block, begins_marker), high = oc_block_bits(block, is_high);
    if (!(leads & high)) return leads;
    return leads & (~high | oc_block_bits(block, goes_on_marker) >> 1 | ~oc_block_until(OC_BLOCK - 1));
}

/* The next place from `at` on where a marker may begin, else `stop`. */
static size_t next_possible(oc_slice line, size_t at, size_t stop)
{
    char room[OC_BLOCK];
    for (; at < stop; at += OC_BLOCK)
        for (uint64_t bits = markers_of(oc_block_at(line, at, room)); bits; bits &= bits - 1) {
            size_t place = at + oc_block_first(bits);
            if (place >= stop) return stop;
            if (may_begin_marker(line, place)) return place;
        }
    return stop;
}

static void add_run(oc_body_builder *b, uint32_t source)
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
static void add_piece(oc_body_builder *b, const oc_line *line, size_t from, size_t to)
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

static void add_anchor(oc_body_builder *b, size_t line, oc_slice marker)
{
    *oc_vec_push(b->arena, &b->anchors) = (oc_body_anchor){(uint32_t)b->body.len, (uint32_t)line, marker, -1};
}

static void add_line(oc_body_builder *b, size_t index, size_t from)
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
        size_t stop = marker && marker->line == index && marker->at < line->text.len ? marker->at : line->text.len;
        at = b->loose_markers ? next_possible(line->text, at + 1, stop) : stop;
    }
    add_piece(b, line, kept, line->text.len);
}

static void end_paragraph(oc_body_builder *b)
{
    if (!b->paragraphs.len) return;
    oc_paragraph *last = &b->paragraphs.at[b->paragraphs.len - 1];
    if (last->end) return;
    last->end = (uint32_t)b->body.len;
    if (last->end == last->start) {
        b->paragraphs.len--;
        return;
    }
    oc_text_byte(&b->body, '\n');
}

static void add_heading(oc_body_builder *b, const oc_line *line)
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

static void find_loose_markers(oc_body_builder *b)
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

/* Room for all lines and what joins them. */
static void reserve_body(oc_body_builder *b)
{
    const oc_layout *layout = &b->document->layout;
    size_t bytes = 0;
    for (size_t i = 0; i < layout->lines.len; i++)
        if (layout->lines.at[i].region == OC_REGION_BODY) bytes += layout->lines.at[i].text.len + 2;
    oc_text_reserve(&b->body, bytes);
}

void oc_body_build(oc_body_builder *b)
{
    oc_document *document = b->document;
    reserve_body(b);
    b->wrapped = is_wrapped(document);
    find_loose_markers(b);
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
        size_t from = first ? oc_dateline_read(document, i) : 0;
        if (line->sentence) first = false;
        if (line->turn_starts) from = line->turn_mark;
        if (from && from == line->text.len) continue; /* "Q." above its question */
        bool apart = line->turn_starts || (before && before->turn != line->turn);
        if (before && !apart && goes_on(b, before, line, interrupted)) {
            add_join(b, line->text);
        } else {
            end_paragraph(b);
            *oc_vec_push(b->arena, &b->paragraphs) = (oc_paragraph){
                (uint32_t)b->body.len, 0, (int32_t)document->headings.len - 1, line->mark == OC_LINE_QUOTE, line->turn};
        }
        add_line(b, i, from);
        before = line;
        interrupted = false;
    }
    end_paragraph(b);
    document->body = oc_text_slice(&b->body);
}
