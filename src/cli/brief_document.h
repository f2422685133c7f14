/* From a file to what a brief quotes of it. Apart from the command, because reading and running share a name. */
#ifndef OC_CLI_BRIEF_DOCUMENT_H
#define OC_CLI_BRIEF_DOCUMENT_H

#include "cli/command.h"
#include "report/brief.h"

/* Title, day and key sentences (reading/brief.h). Diagnostics are left to the caller. */
oc_status oc_brief_read_document(oc_context *x, oc_slice path, oc_brief_document *ret);

#endif
