/* The chain of command as a tree for the terminal, as JSON, and as a drawing. */
#ifndef OC_CLI_CHAIN_VIEW_H
#define OC_CLI_CHAIN_VIEW_H

#include "cli/record.h"

/* Prints the chains of the day. `format` is "text", "json" or "svg". Without a state in the question: one for each. */
oc_status oc_chain_show(oc_record *record, const oc_ledger_question *question, const char *format);

/* The chain as SVG, laid out by Graphviz; OC_INTERNAL when that fails, OC_IO when it is not on this machine. */
oc_status oc_chain_svg(oc_record *record, const oc_chain *chain, oc_slice title, oc_text *out);

#endif
