/* The listing of a program, with the time that goes into each opcode and instruction: `opcon explain --program`. */
#ifndef OC_CLI_PROGRAM_VIEW_H
#define OC_CLI_PROGRAM_VIEW_H

#include "cli/command.h"
#include "run/profile.h"

void oc_program_text(oc_context *x, oc_text *out, const oc_compiled *compiled, const oc_profile *profile);

#endif
