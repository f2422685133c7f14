/* Terms of office as dates: 文在寅政権下で, 이재명 대통령 임기 내, during Trump's second term. */
#ifndef OC_READING_DATE_TERM_H
#define OC_READING_DATE_TERM_H

#include "reading/date_reader.h"

/* Reads [第N次|first] holder {title, government, の, N기} [term] at r->at. A government that only acts (the Moon
 * administration said) is no date: a word that makes it a time must stand beside it, or nothing else in the text. */
bool oc_date_term(oc_date_reader *r);

/* True if a term may begin at the token. */
bool oc_date_term_begins(const oc_date_reader *r, size_t at);

#endif
