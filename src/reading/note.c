/* Notes; see note.h.
 *
 * A line begins a note if its marker is set as superscript or footnote link, or if it begins like one ("[3] ", "3) ",
 * "注3 ") and either stands under a heading such as "Notes" or cites something: an address, pages, an access date, a
 * title in quotation marks with a year. A plain numbered list therefore stays body. A note goes on to the next
 * note, an empty line or a heading; behind a note that looks finished, a line without an empty one before it is body
 * again if it cites nothing.
 */
#include "reading/note.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "reading/sign.h"
#include "reading/stamp.h"
#include "reading/text.h"

enum { CALL_LINES = 80, REFERENCE_BYTES = 80, HEADING_CHARS = 48 };

static bool has(oc_slice text, const char *word)
{
    return oc_slice_find(text, oc_slice_of(word), 0) != SIZE_MAX;
}

/* --- which lines --- */

/* The length of a marker at the start of a line, and the marker: "[3] ", "3) ", "3. ", "注3 ", "※3 ", "*3 ", "3 ". */
static size_t leading_marker(oc_slice text, oc_slice *ret_marker, bool *ret_weak)
{
    bool bracket;
    size_t at = oc_marker_opening(text, &bracket);
    bool opened = at > 0;
    if (opened && at < text.len && text.ptr[at] == ' ') at++;
    size_t digits = at;
    while (at < text.len && oc_is_digit(text.ptr[at])) at++;
    if (at == digits || at - digits > 3) return 0;
    *ret_marker = oc_slice_sub(text, digits, at);
    static const char *const stops[] = {".", "．", ":", "："};
    size_t close = oc_marker_closing(oc_slice_from(text, at));
    for (size_t i = 0; i < sizeof stops / sizeof *stops && !close; i++)
        if (oc_slice_begins(oc_slice_from(text, at), stops[i])) close = strlen(stops[i]);
    bool closed = close > 0;
    at += close;
    bool blank =
        at < text.len && (text.ptr[at] == ' ' || oc_slice_starts(oc_slice_sub(text, at, text.len), OC_SLICE("\u3000")));
    /* "2.42 percent of GDP", "3月の会談" are no markers. */
    if (!opened && !blank && (!closed || (at < text.len && oc_is_digit(text.ptr[at])))) return 0;
    *ret_weak = !opened && !closed;
    while (at < text.len && text.ptr[at] == ' ') at++;
    return at < text.len ? at : 0;
}

/* The text cites something. */
static bool is_citing(const oc_cues *cues, oc_lang lang, oc_slice text)
{
    static const char *const signs[] = {"http://", "https://", "www."};
    size_t len;
    if (OC_FIND_ANY(text, 0, signs, &len) != SIZE_MAX) return true;
    if (oc_cues_phrase(cues, lang, OC_PHRASE_CITING, text, 0, &len) != SIZE_MAX) return true;
    for (size_t at = 0; (at = oc_slice_find(text, OC_SLICE("p. "), at)) != SIZE_MAX; at += 3)
        if (at && text.ptr[at - 1] == ' ' && at + 3 < text.len && oc_is_digit(text.ptr[at + 3])) return true;
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
    bool raised;    /* notes begin with superscripts */
    int last;       /* number of the note before */
} finder;

static int number_of(oc_slice marker)
{
    int value = 0;
    for (size_t i = 0; i < marker.len; i++)
        value = oc_is_digit(marker.ptr[i]) ? value * 10 + marker.ptr[i] - '0' : -1000;
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

/* A line before `i` calls the note by the marker as it is printed, brackets included: "[3]". */
static bool is_called(const finder *f, size_t i, size_t skip)
{
    oc_slice marker = oc_slice_trim(oc_slice_sub(f->document->layout.lines.at[i].text, 0, skip));
    for (size_t k = i; k-- > 0 && k + CALL_LINES > i;) {
        size_t at = oc_slice_find(f->document->layout.lines.at[k].text, marker, 0);
        if (at != SIZE_MAX && at > 0) return true;
    }
    return false;
}

/* "3 June 2030, the last day of his term": the end of a line broke a date. */
static bool begins_with_day(oc_slice text)
{
    oc_stamp stamp;
    return oc_stamp_find(oc_slice_sub(text, 0, 32), 0, false, &stamp) && stamp.from == 0;
}

/* "Lim, J. and Sato, M. (2025). …": a name, then the year in brackets. */
static bool begins_reference(oc_slice text)
{
    oc_slice head = oc_slice_sub(text, 0, REFERENCE_BYTES);
    if (!head.len || !oc_is_upper(head.ptr[0])) return false;
    for (size_t at = 0; (at = oc_slice_find(head, OC_SLICE(" ("), at)) != SIZE_MAX; at += 2)
        if (at + 7 < head.len && (head.ptr[at + 6] == ')' || head.ptr[at + 7] == ')') &&
            oc_is_digit(head.ptr[at + 2]) && oc_is_digit(head.ptr[at + 5]))
            return true;
    return false;
}

/* English: "1. Introduction": a few words, nothing of a source. */
static bool is_numbered_heading(const finder *f, size_t i, size_t skip)
{
    const oc_line *line = &f->document->layout.lines.at[i];
    if (f->document->lang != OC_LANG_EN || line->chars > HEADING_CHARS || line->sentence) return false;
    oc_slice rest = oc_slice_from(line->text, skip);
    for (size_t k = 0; k < rest.len; k++)
        if (strchr(",;:\"()", rest.ptr[k]) || oc_is_digit(rest.ptr[k]) || (unsigned char)rest.ptr[k] >= 0x80)
            return false;
    bool last = i + 1 == f->document->layout.lines.len;
    return !last && line[1].text.len && !oc_is_lower(line[1].text.ptr[0]);
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
    bool possible = oc_is_digit((char)c) || c == '[' || c == '(' || c == '*' || c >= 0xe2;
    bool weak = false;
    size_t skip = possible ? leading_marker(line->text, ret_marker, &weak) : 0;
    if (!skip) {
        *ret_marker = (oc_slice){"", 0};
        bool listed = i > 0 && line[-1].region == OC_REGION_FOOTNOTES && begins_reference(line->text);
        return f->section && (line->gap || listed) && line->chars < 600 &&
               (listed || is_citing(cues, lang, line->text));
    }
    *ret_skip = skip;
    if (f->section) return true;
    if (weak && (f->raised || begins_with_day(line->text))) return false;
    if (is_numbered_heading(f, i, skip)) return false;
    int number = number_of(*ret_marker);
    bool expected = number == f->last + 1 || number == 1 || oc_map_find(&f->certain, *ret_marker) != NULL;
    if (!expected || number < 1) return false;
    bool next = f->last && number == f->last + 1;
    bool below = i > 0 && line[-1].region == OC_REGION_FOOTNOTES && !line->gap;
    if (next && (below || (line->gap && oc_map_find(&f->certain, *ret_marker)))) return true;
    if (next && line->gap && c == '[' && is_called(f, i, skip)) return true;
    oc_slice text = peek(f, i);
    return is_citing(cues, lang, text) && !(weak && f->last == 0 && !oc_map_find(&f->certain, *ret_marker));
}

/* The last word of `text` is an address that a line end may have cut. */
static bool ends_in_address(oc_slice text)
{
    size_t at = text.len;
    while (at > 0 && oc_note_is_address_byte(text.ptr[at - 1])) at--;
    return has(oc_slice_sub(text, at, text.len), "://") && !oc_slice_ends(text, OC_SLICE(")"));
}

/* The first word of `text` can only be the rest of an address. */
static bool goes_on_address(oc_slice before, oc_slice text)
{
    size_t end = 0;
    bool mark = false;
    for (; end < text.len && oc_note_is_address_byte(text.ptr[end]) && text.ptr[end] != '('; end++) {
        bool dot = text.ptr[end] == '.' && end + 2 < text.len && (text.ptr[end + 1] | 32) >= 'a' &&
                   (text.ptr[end + 1] | 32) <= 'z';
        mark |= dot || strchr("/=&%?_#", text.ptr[end]) || oc_is_digit(text.ptr[end]);
    }
    if (!end || text.ptr[0] == '(' || text.ptr[0] == '[' || has(oc_slice_sub(text, 0, end), "://")) return false;
    bool open = (before.len && strchr("/-_=&?%#", before.ptr[before.len - 1])) || strchr("-/_?=&.", text.ptr[0]);
    /* "…/57scm.p" "df (검색일": between an address and its access date stands no word of its own. */
    oc_slice rest = oc_slice_trim(oc_slice_sub(text, end, text.len));
    open |= oc_sign_opens(rest) || (end == text.len && oc_slice_ends(text, OC_SLICE(".")));
    open |= oc_slice_ends(before, OC_SLICE(".")) && oc_is_lower(text.ptr[0]);
    return open || (mark && (end == text.len || !oc_is_digit(text.ptr[0]) || end > 5));
}

static bool is_digits(oc_slice text)
{
    size_t digits = 0;
    while (digits < text.len && oc_is_digit(text.ptr[digits])) digits++;
    return digits && digits == text.len;
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

/* "…: How Often Do Handovers Finish on Time?”": a title ends there, and where and when it came out is still to be
 * told. */
static bool ends_in_title(oc_slice text)
{
    oc_stamp stamp;
    bool closed = oc_slice_ends(text, OC_SLICE("”")) || oc_slice_ends(text, OC_SLICE("\""));
    return closed && !oc_stamp_find(text, 0, true, &stamp);
}

static bool looks_finished(oc_slice text)
{
    if (ends_in_title(text)) return false;
    return oc_text_ends_sentence(text) || ends_in_address(text) || oc_sign_closes(text);
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
        if (lines[next].gap && (!address || is_digits(lines[next].text))) break; /* the number of a page */
        if (lines[next].cues.start & (OC_CUE_RELATED | OC_CUE_NOTICE | OC_CUE_ADVERT)) break;
        bool citing = is_citing(document->reader->cues, document->lang, oc_slice_sub(lines[next].text, 0, 1000));
        if (!address && !citing && looks_finished(oc_text_slice(&text))) break;
        if (f->section && !skip && begins_reference(lines[next].text)) break;
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
    for (size_t i = 0; i < layout->lines.len; i++) f.raised |= layout->lines.at[i].note_start;
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

void oc_notes_read(oc_arena *arena, oc_document *document)
{
    for (size_t i = 0; i < document->notes.len; i++)
        oc_note_read(arena, document->reader->cues, document->lang, &document->notes.at[i]);
}
