/* Where one of few words may begin in running text: a look at three bytes at nearly all places and at six at some. For
 * a list that nearly no place of a text begins a word of; where one may, a scanner tells which (oc_scanner_at). */
#ifndef OC_READING_GLANCE_H
#define OC_READING_GLANCE_H

#include "base/arena.h"

typedef struct oc_glance oc_glance;

/* Lives in the arena; read-only once all words are added. Empty words are ignored. */
oc_glance *oc_glance_new(oc_arena *arena);
void oc_glance_add(oc_glance *glance, oc_slice word);

/* Called with each place where a word may begin, in order. Of ASCII letters and digits only the first of a run is
 * one. */
typedef void oc_glance_fn(void *context, size_t at);
void oc_glance_find(const oc_glance *glance, oc_slice text, oc_glance_fn *on_place, void *context);

#endif
