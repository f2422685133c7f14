/* Inside of src/lib: what every handle begins with, and the door through which every call goes.
 *
 *     struct oc_thing { oc_home home; … };
 *     oc_thing *thing = oc_home_new(memory, sizeof *thing, limit);       // zeroed, or NULL
 *     oc_status status = oc_home_call(&thing->home, body, &job);         // body may allocate from thing->home.arena
 *     oc_home_free(thing);
 *
 * A call runs with numbers written as in "C" and with the arithmetic that the engine wants, whatever the program around
 * has set, and puts both back. */
#ifndef OC_LIB_HOME_H
#define OC_LIB_HOME_H

#include "base/arena.h"

typedef struct oc_home {
    oc_memory memory;
    oc_arena arena;
} oc_home;

/* `memory` NULL: the C library's. `limit` in bytes for the arena, 0 for none. */
void *oc_home_new(const oc_memory *memory, size_t size, size_t limit);
void oc_home_free(void *handle); /* NULL does nothing */

oc_status oc_home_call(oc_home *home, void (*body)(void *context), void *context);
/* The same where body allocates from the arenas of both. */
oc_status oc_home_call_both(oc_home *outer, oc_home *inner, void (*body)(void *context), void *context);

/* Copies what a caller filled into `own`, which holds what is meant where nothing is given. A structure of an older
 * header is shorter: its missing fields stay as they are. False if its first field, its size, is none or more than
 * opcon knows. `given` NULL: all is left as it is. */
bool oc_home_settings(const void *given, void *own, size_t known);

/* A copy that ends in NUL. */
const char *oc_home_text(oc_home *home, oc_slice text);

#endif
