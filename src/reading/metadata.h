/* What a document says about itself: title, series, author, affiliation, publisher, date of publication, category,
 * whether it declares itself machine-written. */
#ifndef OC_READING_METADATA_H
#define OC_READING_METADATA_H

#include "reading/document.h"

/* Fills document->metadata and adds clashes between what is printed and what the mark-up states. Runs after the
 * regions are told. Order of evidence for the date: printed in a byline or the head; stated by the mark-up; in the
 * address of the page; in the dateline of an agency; at the end of the text; in the file's name; in a dateline without
 * a year, if weekday and text tell it. */
void oc_metadata_read(oc_arena *arena, oc_document *document);

/* Bytes at the start of a line that tell place and agency instead of the story: "(서울=연합뉴스) 김철수 기자 = ",
 * "【ソウル聯合ニュース】", "SEOUL, March 3 (Yonhap) -- ". Keeps agency and reporter in the metadata. 0 if there are none. */
size_t oc_dateline_read(oc_document *document, size_t line);

/* The number in the name of a series ("No. 17", "第17号", "제17호", "2026-03"), and where it begins; empty if none. */
oc_slice oc_series_number(const oc_document *document, oc_slice text, size_t *ret_at);

/* The name of a column in front of the page's title: "[김 기자의 안보 읽기] 숫자 네 개의 무게". */
bool oc_series_is_in_page_title(const oc_document *document, oc_slice text);

#endif
