/* Sentences; see sentence.h.
 *
 * body.c appends each line of the body to the one before it or begins a new paragraph. It joins when the line before is
 * unfinished: always without an empty line between them; across notes, page numbers and other regions as well; across a
 * mere empty line only if the rest cannot begin a paragraph. pair.c then pairs the quotation marks and brackets of each
 * paragraph, and cut_paragraph cuts at full stops outside of pairs.
 *
 * Worked example: the lines "会談は9日、ソウルで開か", "<sup>2</sup> 「共同声明」…", "れ、両国は合意した。次回は" give
 * one paragraph "会談は9日、ソウルで開かれ、両国は合意した。次回は" with a sentence on lines 1 and 3. */
#include "reading/sentence.h"

#include "base/ascii.h"
#include "base/script.h"
#include "base/utf8.h"
#include "reading/body.h"
#include "reading/text.h"

enum { SPEECH_BYTES = 48, SYLLABLE_BYTES = 3, SPEAKER_BYTES = 80 };

typedef struct cutter {
    oc_body_builder *b;
    const oc_paragraph *p;
    size_t pair; /* cursor in document->pairs */
    size_t sign; /* cursor in b->signs */
    uint32_t start;
    uint32_t index; /* of the oc_paragraph */
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
    *sentence = (oc_sentence){.text = oc_slice_sub(body, start, end),
                              .start = start,
                              .end = end,
                              .paragraph = c->index,
                              .heading = c->p->heading,
                              .block = c->p->block,
                              .turn = c->p->turn};
}

static uint32_t code_at(oc_slice text, size_t at)
{
    return at < text.len ? oc_utf8_next(text, &at) : 0;
}

static bool is_terminator(uint32_t code)
{
    return code == 0x3002 || code == 0xff01 || code == 0xff1f || code == '!' || code == '?' || code == '.' ||
           code == 0xff61;
}

/* "2026. 3. 9.": the stop at `at` closes digits that another stop precedes. */
static bool is_dotted_date(oc_slice text, size_t start, size_t at)
{
    while (at > start && oc_is_digit(text.ptr[at - 1])) at--;
    while (at > start && text.ptr[at - 1] == ' ') at--;
    return at > start + 1 && text.ptr[at - 1] == '.' && oc_is_digit(text.ptr[at - 2]);
}

/* A full stop of one byte at `at`; `next` is behind it and any closing marks. */
static bool ends_at_stop(const cutter *c, size_t at, size_t next)
{
    oc_slice text = oc_slice_sub(c->b->document->body, 0, c->p->end);
    if (next >= text.len) return true;
    if (text.ptr[next] != ' ')
        return c->b->document->lang == OC_LANG_JA && (unsigned char)text.ptr[next] >= 0xe3 && text.ptr[at] != '.';
    size_t after = next;
    while (after < text.len && text.ptr[after] == ' ') after++;
    if (after >= text.len) return true;
    char first = text.ptr[after];
    if (text.ptr[at] != '.') return !oc_is_lower(first);
    char before = at > c->start ? text.ptr[at - 1] : ' ';
    if (at - c->start < 4 && oc_is_digit(before)) return false;
    if (oc_is_digit(before) && c->b->document->lang != OC_LANG_EN &&
        (oc_is_digit(first) || is_dotted_date(text, c->start, at)))
        return false;
    if (oc_is_lower(first)) return false;
    oc_lang lang = oc_is_alnum(before) || before == '.' ? OC_LANG_EN : c->b->document->lang;
    const oc_reader *reader = c->b->document->reader;
    if (lang != OC_LANG_EN || !oc_cues_abbreviation(reader->cues, OC_LANG_EN, text, at + 1)) return true;
    return oc_phrase_ends(reader->lexicon, OC_LANG_EN, OC_PHRASE_STOP_OR_END, oc_slice_sub(text, c->start, at + 1)) &&
           oc_phrase_begins(reader->lexicon, OC_LANG_EN, OC_PHRASE_STARTER, oc_slice_from(text, after));
}

static bool is_hiragana(uint32_t code)
{
    return code >= 0x3041 && code <= 0x3093;
}

/* Korean: “…” 라고 말했다. A single syllable is a word of its own there. */
static bool goes_on_behind_pair(const cutter *c, oc_slice rest)
{
    const oc_reader *reader = c->b->document->reader;
    size_t length = oc_cues_phrase_begins(reader->cues, c->b->document->lang, OC_PHRASE_BEHIND_QUOTE, rest);
    return length && (length > SYLLABLE_BYTES || oc_slice_begins(oc_slice_from(rest, length), " "));
}

/* English: “Why now?” Sen. Holt asked. A name and nothing else before the verb, nothing reported behind it. */
static bool is_said_behind_pair(const cutter *c, oc_slice rest)
{
    const oc_reader *reader = c->b->document->reader;
    rest = oc_slice_sub(rest, 0, SPEAKER_BYTES);
    for (size_t at = 0, gap; (gap = oc_slice_find(rest, OC_SLICE(" "), at)) != SIZE_MAX; at = gap + 1) {
        oc_slice word = oc_slice_sub(rest, at, gap), behind = oc_slice_from(rest, gap + 1);
        size_t verb = oc_cues_phrase_begins(reader->cues, OC_LANG_EN, OC_PHRASE_SAID, behind);
        bool name = !oc_is_lower(word.ptr[0]) && word.ptr[0] != '"';
        bool other = at == 0 && (oc_phrase_is(reader->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, word) ||
                                 oc_phrase_is(reader->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, word) ||
                                 oc_phrase_is(reader->lexicon, OC_LANG_EN, OC_PHRASE_FRONT, word));
        if (!name || other) return false;
        if (!verb) continue;
        oc_slice end = oc_slice_from(behind, verb);
        bool time = oc_slice_begins(end, " ") &&
                    oc_phrase_begins(reader->lexicon, OC_LANG_EN, OC_PHRASE_TIME, oc_slice_from(end, 1));
        return !end.len || end.ptr[0] == '.' || end.ptr[0] == ',' || time;
    }
    return false;
}

/* Behind a closing mark whose content ends with a full stop: does a new sentence begin? */
static bool ends_behind_pair(const cutter *c, const oc_mark_pair *pair)
{
    oc_slice body = oc_slice_sub(c->b->document->body, 0, c->p->end);
    if (pair->mark == '(' || pair->mark == 0xff08) return false;
    size_t last = pair->close;
    do last--;
    while (last > pair->open && ((unsigned char)body.ptr[last] & 0xc0) == 0x80);
    bool opens = pair->open == c->start && pair->close - pair->open >= SPEECH_BYTES;
    /* 「…味わった」彼の言う後悔とは: no particle begins with a Chinese character. */
    bool speech = c->b->document->lang == OC_LANG_JA && opens && is_hiragana(code_at(body, last)) &&
                  oc_is_han(code_at(body, pair->close_end));
    if (!is_terminator(code_at(body, last)) && !speech) return false;
    size_t at = pair->close_end;
    if (at >= body.len) return true;
    if (body.ptr[at] == ' ') {
        while (at < body.len && body.ptr[at] == ' ') at++;
        oc_slice rest = oc_slice_sub(body, at, body.len);
        bool asks = body.ptr[last] == '?' || body.ptr[last] == '!';
        if (asks && c->b->document->lang == OC_LANG_EN && is_said_behind_pair(c, rest)) return false;
        return !goes_on_behind_pair(c, rest) && rest.len && !oc_is_lower(rest.ptr[0]) && rest.ptr[0] != '(';
    }
    uint32_t code = code_at(body, at);
    if (c->b->document->lang != OC_LANG_JA) return false;
    return oc_is_han(code) || (code >= 0x30a0 && code < 0x30ff) || code == 0x300c || code == 0x3000;
}

static size_t skip_closers(oc_slice text, size_t at)
{
    for (;;) {
        size_t next = at;
        if (at >= text.len) return at;
        uint32_t code = oc_utf8_next(text, &next);
        bool closer = oc_pair_is_close(code) || is_terminator(code) || code == '"' || code == ']';
        if (!closer) return at;
        at = next;
    }
}

static void cut_paragraph(cutter *c)
{
    const oc_document *document = c->b->document;
    oc_slice body = oc_slice_sub(document->body, 0, c->p->end);
    size_t from = c->start = c->p->start;
    for (; c->sign < c->b->signs.len && c->b->signs.at[c->sign] < c->p->end; c->sign++) {
        size_t at = c->b->signs.at[c->sign];
        if (at < from) continue;
        char sign = body.ptr[at];
        if (sign != '.' && sign != '!' && sign != '?') {
            while (c->pair < document->pairs.len && document->pairs.at[c->pair].open < at) c->pair++;
            const oc_mark_pair *pair = c->pair < document->pairs.len ? &document->pairs.at[c->pair] : NULL;
            if (pair && pair->open == at && pair->close_end <= c->p->end) {
                from = pair->close_end;
                if (ends_behind_pair(c, pair)) push_sentence(c, (uint32_t)from);
                continue;
            }
        }
        from = at;
        uint32_t code = oc_utf8_next(body, &from);
        if (!is_terminator(code)) continue;
        from = skip_closers(body, from);
        if (code >= 0x80 || ends_at_stop(c, at, from)) push_sentence(c, (uint32_t)from);
    }
    push_sentence(c, c->p->end);
}

/* --- places --- */

static uint32_t place_in(const oc_stretch *run, uint32_t at)
{
    return run->source + (at - run->at);
}

uint32_t oc_sentence_line(const oc_document *document, uint32_t sentence)
{
    const oc_sentence *s = &document->sentences.at[sentence];
    return s->line_count ? document->lines.at[s->line_at] : 0;
}

uint32_t oc_body_place(const oc_document *document, uint32_t at)
{
    size_t low = 0, high = document->runs.len;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (document->runs.at[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return high ? place_in(&document->runs.at[low], at) : 0;
}

/* The same for places in rising order: *run is the index of the one before. */
static uint32_t next_place(const oc_document *document, size_t *run, uint32_t at)
{
    while (*run + 1 < document->runs.len && document->runs.at[*run + 1].at <= at) ++*run;
    return document->runs.len ? place_in(&document->runs.at[*run], at) : 0;
}

/* Index of the sentence that holds byte `at` of the body, or that ends last before it; -1 if there is none. */
static int32_t sentence_at(const oc_document *document, uint32_t at)
{
    size_t low = 0, high = document->sentences.len;
    if (!high || document->sentences.at[0].start > at) return -1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (document->sentences.at[middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return (int32_t)low;
}

static void push_line(oc_body_builder *b, oc_sentence *sentence, uint32_t line)
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

static void place_sentences(oc_body_builder *b)
{
    oc_document *document = b->document;
    size_t cursor = 0, run = 0;
    counter count = {UINT32_MAX, 0};
    for (size_t i = 0; i < document->sentences.len; i++) {
        oc_sentence *sentence = &document->sentences.at[i];
        sentence->source_start = next_place(document, &run, sentence->start);
        sentence->source_end = next_place(document, &run, sentence->end - 1) + 1;
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
                              ? document->breaks.at[k + 1].at - 1
                              : sentence->end - 1;
            uint32_t first = count_to(document, &count, line, oc_body_place(document, from));
            uint32_t last = count_to(document, &count, line, oc_body_place(document, to));
            for (uint32_t n = first; n <= last && n < first + 4096; n++) push_line(b, sentence, n);
        }
    }
}

/* --- notes --- */

/* Each note takes the first marker of its kind that stands before it, else the first of all. */
static void anchor_notes(oc_body_builder *b)
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
        oc_body_anchor *found = &b->anchors.at[entry->value.number - 1];
        entry->value.number = (uint64_t)found->next + 1;
        uint32_t at = found->at > 0 ? found->at - 1 : 0;
        note->anchor = sentence_at(document, at);
    }
}

static void give_markers(oc_body_builder *b)
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

void oc_sentences_make(oc_arena *arena, oc_document *document)
{
    oc_body_builder b = {.arena = arena, .document = document, .body = oc_text_in(arena)};
    oc_body_build(&b);
    oc_signs_find(&b);
    cutter c = {.b = &b};
    for (size_t i = 0; i < b.paragraphs.len; i++) {
        c.p = &b.paragraphs.at[i];
        c.index = (uint32_t)i;
        oc_pairs_find(&b, c.p, c.sign);
        cut_paragraph(&c);
        c.pair = document->pairs.len;
    }
    place_sentences(&b);
    anchor_notes(&b);
    give_markers(&b);
}
