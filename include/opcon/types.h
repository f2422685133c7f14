/* Words that all of opcon shares: how a call ended, languages, days, memory.
 *
 * Part of the public interface; start at opcon/opcon.h. */
#ifndef OPCON_TYPES_H
#define OPCON_TYPES_H

#include <stddef.h>
#include <stdint.h>

/* Marks what the shared library exports. */
#define OC_API __attribute__((visibility("default")))

/* What a function returns when it can fail. It only says what kind of failure it was: details of wrong input are
 * diagnostics. The command line turns it into the exit code. */
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

typedef enum oc_severity { OC_ERROR, OC_WARNING } oc_severity;

typedef enum oc_lang { OC_LANG_EN, OC_LANG_JA, OC_LANG_KO, OC_LANG_COUNT } oc_lang;

typedef int64_t oc_day; /* days since 1970-01-01, in the proleptic Gregorian calendar */

#define OC_DAY_NONE INT64_MIN
#define OC_DAY_MIN INT64_C(-719162) /* 0001-01-01 */
#define OC_DAY_MAX INT64_C(2932896) /* 9999-12-31 */

/* Where a handle gets its memory. All functions must be given; they are called by the thread that calls opcon, with
 * `context` as it stands here. `allocate` and `resize` return NULL on failure (`resize` as realloc, never with NULL),
 * which ends the call with OC_NOMEM. What other libraries (libyaml, the C library's files and threads) need comes from
 * the C library. */
typedef struct oc_memory {
    void *(*allocate)(void *context, size_t size);
    void *(*resize)(void *context, void *old, size_t size);
    void (*release)(void *context, void *old);
    void *context;
} oc_memory;

#endif
