/* Reading one document: bytes in, and out comes what the document says about itself, its body cut into sentences,
 * its footnotes, quotations and what stands around the body.
 *
 *     const oc_reader *reader = oc_reader_make(arena, lexicon, actors, actor_count);
 *     oc_read_options options = {.lang = OC_LANG_COUNT, .anchor = OC_DAY_NONE};
 *     oc_document *document = NULL;
 *     oc_status status = oc_document_read(arena, reader, name, bytes, &options, diags, &document);
 *
 * Places. Lines count from 1 and bytes from 0 in the file as it was read. Two kinds of file have no such places:
 * of a file that had to be converted (UTF-16, Shift_JIS, EUC-JP, CP949 …) they count in its conversion to UTF-8, and
 * of a PDF in the text that pdftotext makes of it. `text` holds the bytes the places count in.
 *
 * Body. The paragraphs of the document in order, each line joined to the next, without markup, note markers, notes,
 * page furniture, navigation, related items, advertisements and notices. Sentences are ranges of the body; they are
 * numbered from 1. oc_body_place() leads from a byte of the body to the byte of the file.
 *
 * Order of the passes (each is a file of its own and works on what the earlier ones left):
 * encoding or pdf -> html, or text with markdown and the header of a mail (lines) -> cue (words of lines) -> note
 * (blocks) -> region (kinds of lines) -> sentence (body, sentences, headings, anchors of notes) -> metadata -> note
 * (fields) -> found (in each sentence: actors, dates, quotes, quantities, claims, events) -> brief. The time of each
 * grows with the size of the document: what a rule holds against others of its kind is bounded.
 *
 * Limits. OC_READ_BYTES a document, OC_READ_LINES lines that are not empty, OC_READ_DEPTH open HTML elements; PDF:
 * see pdf.h. Nothing in a document is executed or fetched. All memory comes from the arena. */
#ifndef OC_READING_DOCUMENT_H
#define OC_READING_DOCUMENT_H

#include "base/map.h"
#include "base/message.h"
#include "diag/diag.h"
#include "reading/claim.h"
#include "reading/cue.h"
#include "reading/event.h"
#include "reading/quantity.h"

enum {
    OC_READ_BYTES = 64 << 20, /* a larger file is refused */
    OC_READ_LINES = 1 << 21,
    OC_READ_DEPTH = 512,      /* deeper HTML elements are read as if they stood at this depth */
};

typedef enum oc_format { OC_FORMAT_TEXT, OC_FORMAT_MARKDOWN, OC_FORMAT_HTML, OC_FORMAT_PDF } oc_format;

typedef enum oc_region_kind {
    OC_REGION_BODY,
    OC_REGION_TITLE, /* title, subtitle, series */
    OC_REGION_BYLINE, /* author, affiliation, dates of publication, reporter */
    OC_REGION_NAVIGATION, /* menus, share prompts, tools */
    OC_REGION_RELATED,
    OC_REGION_ADVERTISEMENT,
    OC_REGION_NOTICE, /* rights, disclaimers, machine-written, subscription walls */
    OC_REGION_FOOTNOTES,
    OC_REGION_CAPTION,
    OC_REGION_TABLE,
    OC_REGION_PAGE, /* page numbers, running heads */
    OC_REGION_COUNT
} oc_region_kind;
const char *oc_region_name(oc_region_kind kind);

/* What a line is by its mark-up or its form. */
typedef enum oc_line_mark {
    OC_LINE_PLAIN,
    OC_LINE_HEADING,
    OC_LINE_ITEM,  /* of a list */
    OC_LINE_QUOTE, /* a quotation set off as a block */
    OC_LINE_ROW,   /* of a table */
    OC_LINE_BREAK, /* form feed, rule */
    OC_LINE_CODE
} oc_line_mark;

/* Whose turn of an interview a line is. A name before an answer stays in its sentence. */
typedef enum oc_turn { OC_TURN_NONE, OC_TURN_QUESTION, OC_TURN_ANSWER, OC_TURN_NAMED } oc_turn;

/* Where visible text leaves its source: from byte `at` of the text on, the source continues at `source`. */
typedef struct oc_stretch {
    uint32_t at;
    uint32_t source;
} oc_stretch;

/* A line of the file, or a block of HTML, that is not empty. */
typedef struct oc_line {
    oc_slice text;       /* visible, without markup and note markers, trimmed */
    uint32_t first, last; /* lines of the file */
    uint32_t start, end; /* bytes of the file, markup included */
    uint32_t run, run_count; /* into oc_layout.runs, `at` relative to the line's text; count 0: starts at `source` */
    uint32_t source;     /* byte of the file where the text starts */
    uint8_t mark;        /* oc_line_mark */
    uint8_t level;       /* of a heading, 1..6 */
    uint8_t region;      /* oc_region_kind */
    uint8_t hint;        /* OC_HINT_… */
    uint8_t links;       /* percent of the text that is link text */
    bool gap;            /* an empty line or the end of a block stands before it */
    bool bold;           /* all of it is set bold */
    bool note_start;     /* begins with a marker set as superscript or as [^…]: */
    bool sentence;       /* ends like a sentence */
    uint8_t turn;        /* oc_turn */
    uint8_t turn_mark;   /* bytes of a mark that begins the turn and is none of its words */
    bool turn_starts;    /* the turn begins here */
    uint32_t chars;      /* code points of the text */
    uint16_t beside_date; /* characters that stand beside a date, OC_UNDATED if the line holds none or is long */
    oc_line_cues cues;   /* of lines of up to 600 bytes */
} oc_line;

enum { OC_UNDATED = UINT16_MAX };

/* What the mark-up says about the place of a line. */
enum {
    OC_HINT_NONE,
    OC_HINT_NAVIGATION,
    OC_HINT_RELATED,
    OC_HINT_ADVERTISEMENT,
    OC_HINT_NOTICE,
    OC_HINT_FOOTNOTE,
    OC_HINT_CAPTION,
    OC_HINT_BYLINE,
    OC_HINT_TABLE,
    OC_HINT_SUBTITLE,
    OC_HINT_DECK,   /* lines below a title that are no part of it; told by their place */
    OC_HINT_ARTICLE /* inside <article> or <main> */
};

/* A note marker that stood in the text of a line. */
typedef struct oc_marker {
    uint32_t line; /* index of the line */
    uint32_t at;   /* byte of the line's text where it stood */
    oc_slice text; /* "3", "a", "*" */
    bool certain;  /* set as superscript or as a footnote link, not only brackets */
} oc_marker;

/* What the head of an HTML file, or front matter, states. Empty slices where it says nothing. */
typedef struct oc_stated {
    oc_slice title, page_title, author, publisher, published, section, language, series, generator, address;
} oc_stated;

typedef struct oc_layout {
    OC_VEC(oc_line) lines;
    OC_VEC(oc_stretch) runs;
    OC_VEC(oc_marker) markers;
    oc_stated stated;
    bool paged; /* page breaks or page numbers were seen */
    bool turns; /* there are questions and answers */
    bool interview; /* and the text calls itself an interview */
} oc_layout;

typedef struct oc_region {
    oc_region_kind kind;
    uint32_t first, last; /* lines of the file */
} oc_region;

typedef struct oc_heading {
    uint32_t line;
    int level;
    oc_slice text;
    uint32_t body; /* byte of the body it stands before */
} oc_heading;

typedef struct oc_sentence {
    oc_slice text;        /* of the body */
    uint32_t start, end;  /* bytes of the body */
    uint32_t source_start, source_end; /* bytes of the file */
    uint32_t line_at, line_count;      /* into oc_document.lines */
    uint32_t paragraph;   /* counts from 0; headings, too, begin a new one */
    int32_t heading;      /* index of the heading it stands under, -1 for none */
    bool block;           /* set off as a quotation */
    uint8_t turn;         /* oc_turn of its paragraph */
    uint32_t note_at, note_count; /* into oc_document.markers */
} oc_sentence;

typedef struct oc_note {
    oc_slice marker;
    int32_t anchor;  /* index of the sentence that calls it, -1 for none */
    oc_slice text;   /* the whole note, lines joined */
    oc_slice author, title, container, publisher, date, pages, url, accessed; /* empty: not stated; dates ISO */
    uint32_t first, last; /* lines */
} oc_note;

typedef enum oc_quote_kind { OC_QUOTE_DIRECT, OC_QUOTE_PARTIAL, OC_QUOTE_INDIRECT, OC_QUOTE_BLOCK, OC_QUOTE_DOCUMENT }
    oc_quote_kind;
const char *oc_quote_name(oc_quote_kind kind);

typedef struct oc_quote {
    uint32_t sentence;    /* index */
    oc_quote_kind kind;
    oc_slice text;        /* without the brackets */
    oc_slice speaker;     /* as printed, in full where a full name stands before; "" if not found */
    oc_slice reported_by; /* "" if nobody stands between */
    int32_t actor;        /* index of the speaker in the table of actors, -1 if it is none of them */
} oc_quote;

typedef enum oc_bracket_kind {
    OC_BRACKET_TITLE, /* of a report, law, article, book */
    OC_BRACKET_TERM,  /* a name or notion introduced or set apart */
    OC_BRACKET_ALIAS, /* short form of what stands before it */
    OC_BRACKET_THOUGHT,
    OC_BRACKET_EMPHASIS
} oc_bracket_kind;
const char *oc_bracket_name(oc_bracket_kind kind);

typedef struct oc_bracket {
    uint32_t sentence; /* index */
    oc_slice text;
    oc_bracket_kind kind;
} oc_bracket;

typedef struct oc_related {
    uint32_t first, last; /* lines */
    oc_slice title;
} oc_related;

/* Two statements of one document that do not fit together. */
typedef struct oc_clash {
    const char *kind; /* "published", "note-missing", "note-unused", "note-repeated", "weekday", "claim" */
    uint32_t first, second; /* lines, 0 if there is none */
    oc_slice a, b;    /* what they say */
} oc_clash;

typedef struct oc_metadata {
    oc_slice title, series, series_number, author, affiliation, publisher, category; /* empty: not found */
    oc_slice published;          /* ISO, as fine as it is printed; empty: not found */
    const char *published_basis; /* "printed", "dateline", "structured", "url", "filename"; NULL */
    uint32_t published_line;     /* 0 if the basis is no line */
    oc_day anchor;               /* day that relative dates are read from; OC_DAY_NONE */
    bool machine_written;        /* it says so itself */
    int reading_minutes;         /* see brief.h */
} oc_metadata;

/* Where a pair of quotation marks opens and closes, brackets included, in bytes of the body. */
typedef struct oc_mark_pair {
    uint32_t open, open_end;   /* of the opening mark */
    uint32_t close, close_end; /* of the closing mark */
    uint32_t mark;             /* code point of the opening mark */
    bool nested;               /* inside another pair */
} oc_mark_pair;

/* What all documents are read with; made once, for any number of threads. The tables of a language are made when the
 * first document in it is read, whichever thread does it. */
typedef struct oc_reader {
    const oc_lexicon *lexicon;       /* NULL: only the form of lines counts, nothing is found in sentences */
    const oc_cues *cues;
    oc_actor_finder *finder;         /* NULL: no actors */
    const oc_actor *actors;
    size_t actor_count;
} oc_reader;

typedef struct oc_found_date { uint32_t sentence; oc_date date; } oc_found_date;
typedef struct oc_found_mention { uint32_t sentence; oc_mention mention; } oc_found_mention;
typedef struct oc_found_quantity { uint32_t sentence; oc_quantity quantity; } oc_found_quantity;
typedef struct oc_found_event { uint32_t sentence; oc_read_event event; } oc_found_event;
typedef struct oc_found_claim {
    uint32_t sentence;
    oc_claim claim;
    int32_t quote;  /* index of the quotation that makes it, -1 for none */
    oc_slice label; /* who speaks this turn of a transcript; "" */
    oc_slice topic; /* Japanese, Korean: of whom the sentence tells, if it quotes nobody; "" */
} oc_found_claim;

typedef struct oc_document {
    oc_slice file;
    const char *encoding; /* "UTF-8", "Shift_JIS" … */
    oc_slice text;        /* what places count in */
    oc_format format;
    oc_lang lang;
    oc_layout layout;
    oc_metadata metadata;
    oc_slice body;
    OC_VEC(oc_stretch) runs;  /* body -> file */
    OC_VEC(oc_stretch) breaks; /* body byte -> index of the line it comes from */
    OC_VEC(oc_mark_pair) pairs; /* quotation marks of the body, by opening */
    OC_VEC(oc_region) regions;
    OC_VEC(oc_heading) headings;
    OC_VEC(oc_sentence) sentences;
    OC_VEC(uint32_t) lines;    /* of sentences */
    OC_VEC(oc_slice) markers;  /* of sentences */
    OC_VEC(oc_note) notes;
    OC_VEC(oc_quote) quotes;
    OC_VEC(oc_bracket) brackets;
    OC_VEC(oc_related) related;
    OC_VEC(oc_clash) clashes;
    OC_VEC(uint32_t) brief;    /* indexes of sentences, in order */
    const oc_reader *reader;
    /* What was found in sentences; `sentence` is an index, from and to count in the sentence's text. */
    OC_VEC(oc_found_date) dates;
    OC_VEC(oc_found_mention) mentions;
    OC_VEC(oc_found_quantity) quantities;
    OC_VEC(oc_found_event) events;
    OC_VEC(oc_found_claim) claims;
} oc_document;

typedef struct oc_read_options {
    oc_lang lang;               /* OC_LANG_COUNT: by the letters */
    oc_day anchor;              /* OC_DAY_NONE: the day of publication */
    const char *format;         /* "text", "markdown", "html", "pdf"; NULL: by name and content */
    bool (*expired)(void *context); /* asked now and then: true ends the reading with OC_LIMIT; may be NULL */
    void *context;
} oc_read_options;

/* Reads a document. `name` is the path: its ending helps to tell formats, and messages name it. OC_INPUT: it is no
 * document that can be read (the diagnostics say why); OC_LIMIT: a limit was reached; OC_NOMEM: there was no memory for
 * the tables of its language. Warnings (bytes that are no
 * text, hidden direction marks, cut HTML) leave OC_OK. `name` and `bytes` must outlive the document. */
oc_status oc_document_read(oc_arena *arena, const oc_reader *reader, oc_slice name, oc_slice bytes,
                           const oc_read_options *options, oc_diags *diags, oc_document **ret_document);

/* `lexicon` may be NULL, `actors` may be NULL with count 0; both must outlive the reader. */
const oc_reader *oc_reader_make(oc_arena *arena, const oc_lexicon *lexicon, const oc_actor *actors, size_t actor_count);

/* The byte of the file that byte `at` of the body comes from. */
uint32_t oc_body_place(const oc_document *document, uint32_t at);

/* The first quotation, or mention, of the sentence or of one behind it: they stand in the order of their sentences. */
size_t oc_quotes_from(const oc_document *document, uint32_t sentence);
size_t oc_mentions_from(const oc_document *document, uint32_t sentence);

/* The line of the file on which a sentence begins; 0 if it has none. */
uint32_t oc_sentence_line(const oc_document *document, uint32_t sentence);

#endif
