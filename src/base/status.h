/* What a function of opcon returns when it can fail.
 *
 * The details of a failure caused by input are in the list of diagnostics that was passed in (diag/diag.h); the
 * status only says what kind of failure it was. The command line turns it into the exit code. */
#ifndef OC_BASE_STATUS_H
#define OC_BASE_STATUS_H

typedef enum oc_status {
    OC_OK = 0,
    OC_INPUT,     /* the input has errors; the list of diagnostics says which          (exit 1) */
    OC_USAGE,     /* the call or the command line is wrong                             (exit 2) */
    OC_IO,        /* a file, the database or the network of ranks failed               (exit 3) */
    OC_LIMIT,     /* a documented limit was reached                                    (exit 4) */
    OC_NOMEM,     /* memory ran out                                                    (exit 4) */
    OC_CANCELLED, /* the caller asked to stop; what was finished is kept               (exit 130) */
    OC_INTERNAL,  /* a bug in opcon                                                    (exit 70) */
    OC_STATUS_COUNT
} oc_status;

#endif
