/* The header of a saved mail: lines "Name: value" up to the first empty one (RFC 5322). */
#ifndef OC_READING_MAIL_H
#define OC_READING_MAIL_H

#include "reading/text.h"

/* The bytes of the header at the start of job->source[job->skip, …), 0 if there is none: it has a Subject and a From or
 * Date. Subject, sender and date become what the document states, decoded where they are encoded (mail_word.h). */
size_t oc_mail_header(oc_source_job *job);

#endif
