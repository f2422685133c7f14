/* What the files of html.h share: the open elements, and the line that grows from the text in them. */
#ifndef OC_READING_HTML_PARTS_H
#define OC_READING_HTML_PARTS_H

#include "reading/html.h"
#include "reading/html_tag.h"

typedef struct oc_html_frame {
    uint8_t tag, hint;
    bool skip;
} oc_html_frame;

typedef struct oc_html_reader {
    oc_source_job *job;
    oc_visible visible;
    oc_slice source;
    size_t at;
    oc_html_frame stack[OC_READ_DEPTH];
    int depth;
    size_t extra; /* open elements beyond the stack */
    uint32_t open[TAG_COUNT];
    oc_html_index index;
    uint32_t line; /* number of the line at `counted` */
    size_t counted;
    bool filling;    /* the visible line has text */
    bool space;      /* white space is due before the next text */
    bool space_feed; /* … and it held a line feed */
    bool gap;
    bool bold_only; /* all text of the line so far is bold */
    bool note_start;
    bool cells;               /* the line holds several cells of a table */
    bool image, behind_image; /* an image stands before what comes, before the line */
    uint32_t first_line, start, end;
    int heading;
    int breaks;     /* <br> in a row */
    uint32_t items; /* of a list of notes */
    oc_slice item_marker;
    oc_slice time;      /* of the first <time> that may be the page's */
    bool time_of_article; /* it stands in <article> or <main> */
} oc_html_reader;

/* The innermost open element. */
static inline const oc_html_frame *oc_html_top(const oc_html_reader *r)
{
    static const oc_html_frame none = {0};
    return r->depth ? &r->stack[r->depth - 1] : &none;
}

/* Text of the source in [from, end), collapsed as a browser does. */
void oc_html_text_add(oc_html_reader *r, size_t from, size_t end);

/* Visible bytes that stand for [from, to) of the source; what is due before them is added, too. */
void oc_html_piece_add(oc_html_reader *r, size_t from, size_t to, oc_slice bytes);

/* A marker of a note that stands at `at`. */
void oc_html_marker_add(oc_html_reader *r, size_t at, oc_slice marker);

/* Ends the visible line, if there is any, and gives it what the open elements say of it. */
void oc_html_line_end(oc_html_reader *r);

/* All of the line so far is links, as long as titles are, and a line feed parts them from the next. */
bool oc_html_is_list_of_titles(const oc_html_reader *r);

/* What a <meta> element states of the page. */
void oc_html_meta_read(const oc_html_attributes *attributes, oc_stated *stated);

#endif
