/* Writing one language of the page. Every text goes through an escaping function; markup is only in literals. */
#ifndef OC_REPORT_PAGE_H
#define OC_REPORT_PAGE_H

#include "report/parts.h"

typedef struct oc_page {
    oc_arena *arena;
    oc_text *out;
    const oc_report_input *input;
    oc_lang lang;
    const char *code;    /* "en", "ja", "ko": language tag and prefix of ids */
    int langs;           /* all that the file holds: OC_REPORT_EN … */
    uint64_t sections;   /* asked for; 0: those that have something to say */
    size_t section;      /* that is being written */
    uint32_t *mentioned; /* of each source: the sections of this language that refer to it, as bits */
} oc_page;

/* Markup, as it is. */
#define oc_page_raw(page, literal) oc_text_lit((page)->out, literal)
void oc_page_rawf(oc_page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Text, escaped and cut; in Japanese, figures with their counters are kept on one line. */
void oc_page_text(oc_page *page, oc_slice text);
/* In another language, and marked so, where this one is missing. */
void oc_page_local(oc_page *page, const oc_local *text);
/* A message, filled in and escaped. */
void oc_page_say(oc_page *page, const char *key, const oc_arg *args);
/* <p class="…">message</p>, <td>text</td>, <th>message</th>. */
void oc_page_paragraph(oc_page *page, const char *class, const char *key, const oc_arg *args);
void oc_page_cell(oc_page *page, oc_slice text);
/* <td>: "62 in 100" on one line, with the mark of the run. */
void oc_page_frequency(oc_page *page, double p);
/* <td>: a day on one line where there is room; "–" if there is none. */
void oc_page_day(oc_page *page, oc_day day);
/* A row of column heads, then <tbody>; ended by oc_page_table_end. */
void oc_page_table(oc_page *page, const char *label_key, size_t columns, const char *const *keys);
void oc_page_table_named(oc_page *page, oc_slice name, size_t columns, const char *const *keys);
void oc_page_table_end(oc_page *page);

/* Superscript links to the numbered sources, or to the run record. */
void oc_page_refs(oc_page *page, oc_report_refs refs);
void oc_page_run_ref(oc_page *page);

/* <figure> with caption, both widths of the drawing, footer and the table twin; false if there is no data. */
bool oc_page_figure(oc_page *page, const char *name, size_t which);
/* The same, with sources behind the footer. */
bool oc_page_figure_from(oc_page *page, const char *name, size_t which, oc_report_refs refs);

oc_slice oc_page_fill(oc_page *page, const char *key, const oc_arg *args);

/* The message key of a section's heading. */
const char *oc_page_section_title(size_t section);
/* Names the sections that are not on the page because there is nothing for them. */
void oc_page_left_out(oc_page *page);

/* The sections in their order; each writes everything behind its heading. */
typedef void oc_page_section(oc_page *page);
oc_page_section oc_section_answer, oc_section_when, oc_section_views, oc_section_blockers, oc_section_drivers,
    oc_section_scenarios, oc_section_command, oc_section_timeline, oc_section_stages, oc_section_money,
    oc_section_bargain, oc_section_record, oc_section_unknown, oc_section_method, oc_section_text, oc_section_sources,
    oc_section_run;

/* The sentence of the headline, also the title of the page. */
oc_slice oc_page_headline(oc_page *page);

/* Data for the script as JSON in which "<" does not occur. */
void oc_page_data(oc_arena *arena, oc_text *out, const oc_report_input *input);

/* The list of sources, once for all languages: what differs between them is written in each. */
void oc_page_sources(oc_page *page);

#endif
