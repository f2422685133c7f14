/* What a function of opcon returns when it can fail.
 *
 * The details of a failure caused by input are in the list of diagnostics that was passed in (diag/diag.h); the
 * status only says what kind of failure it was. The command line turns it into the exit code. */
#ifndef OC_BASE_STATUS_H
#define OC_BASE_STATUS_H

#include "opcon/types.h"

#endif
