/* Writing JSON, piece by piece, into a growing text: UTF-8, two spaces of indentation, keys in the order written.
 *
 *     oc_json json = oc_json_in(arena);
 *     oc_json_object(&json, NULL);                // NULL: an element of a list, or the document
 *     oc_json_text(&json, "scenario", name);
 *     oc_json_list(&json, "dates");
 *     oc_json_day(&json, NULL, day);
 *     oc_json_end(&json);
 *     oc_json_end(&json);
 *     oc_slice document = oc_json_done(&json);
 *
 * Inside a list that was begun with oc_json_row the elements stand on one line. */
#ifndef OC_BASE_JSON_H
#define OC_BASE_JSON_H

#include <stdint.h>

#include "base/date.h"
#include "base/text.h"

enum { OC_JSON_DEPTH = 64, OC_JSON_PIECE = 1 << 18 };

typedef struct oc_json {
    oc_text text;
    int depth;
    bool compact;                 /* no line breaks at all: one object a line */
    /* If set, gets what was written whenever it is OC_JSON_PIECE long; it is then no longer in `text`, so that a long
     * document needs no memory. */
    void (*take)(void *context, oc_slice piece);
    void *context;                /* of take */
    char closing[OC_JSON_DEPTH];  /* '}' or ']' for each open level */
    bool inline_[OC_JSON_DEPTH];  /* elements on one line */
    bool filled[OC_JSON_DEPTH];   /* has an element already */
} oc_json;

static inline oc_json oc_json_in(oc_arena *arena)
{
    return (oc_json){.text = {.arena = arena}};
}
void oc_json_object(oc_json *json, const char *key);
void oc_json_list(oc_json *json, const char *key);
void oc_json_row(oc_json *json, const char *key);        /* a list on one line */
void oc_json_row_object(oc_json *json, const char *key); /* an object on one line */
void oc_json_end(oc_json *json);
/* Keys that are not literals. */
void oc_json_object_named(oc_json *json, oc_slice key);
void oc_json_list_named(oc_json *json, oc_slice key);

void oc_json_text(oc_json *json, const char *key, oc_slice value);
void oc_json_text_named(oc_json *json, oc_slice key, oc_slice value);
/* An empty text is null. */
void oc_json_text_or_null(oc_json *json, const char *key, oc_slice value);
void oc_json_number(oc_json *json, const char *key, double value); /* not finite: null */
void oc_json_number_named(oc_json *json, oc_slice key, double value);
void oc_json_integer(oc_json *json, const char *key, int64_t value);
void oc_json_unsigned(oc_json *json, const char *key, uint64_t value);
void oc_json_bool(oc_json *json, const char *key, bool value);
void oc_json_null(oc_json *json, const char *key);
void oc_json_day(oc_json *json, const char *key, oc_day day); /* OC_DAY_NONE: null */

/* The document, with a line feed at its end. All levels must be closed. */
oc_slice oc_json_done(oc_json *json);

/* Appends `value` as a JSON string with its quotes; malformed UTF-8 becomes U+FFFD. */
void oc_text_json_string(oc_text *text, oc_slice value);

/* Appends a field of a CSV file, quoted where needed (RFC 4180). */
void oc_text_csv_field(oc_text *text, oc_slice value);

#endif
