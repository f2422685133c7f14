/* Persons, organisations and states by any of their names. The table of names comes from the caller (a scenario). */
#ifndef OC_READING_ACTOR_H
#define OC_READING_ACTOR_H

#include "base/date.h"
#include "reading/lexicon.h"

typedef struct oc_actor_name {
    oc_slice text;
    oc_lang lang;  /* OC_LANG_COUNT: any */
    bool is_short; /* counts only after another name of the same actor, or beside a title */
} oc_actor_name;

typedef struct oc_actor {
    oc_slice id;
    oc_slice kind; /* person, organisation, state, role … as the caller calls it */
    oc_slice of;   /* id of the state it belongs to; may be empty */
    const oc_actor_name *names;
    size_t name_count;
} oc_actor;

typedef struct oc_actor_finder oc_actor_finder;

typedef struct oc_mention {
    size_t from, to; /* bytes of the sentence */
    uint32_t actor;  /* index into the table */
    bool topic;      /* marked as topic or subject: は, が, 은/는, 이/가, before the verb in English */
} oc_mention;
typedef OC_VEC(oc_mention) oc_mentions;

/* `actors` and `lexicon` (may be NULL) must outlive the finder. Names are matched without regard to spaces, middle
 * dots, hyphens and full width, long marks and small kana, old and new forms of characters (the fold table in
 * actor_fold.h). Persons (kind "person") are also known by their family names, as short names: 李氏, 안 장관, Gen.
 * Brunson. */
oc_actor_finder *oc_actor_finder_make(oc_arena *arena, const oc_lexicon *lexicon, const oc_actor *actors, size_t count);

/* Makes what oc_actor_starts hands out for a language, of which the lexicon is prepared (oc_lexicon_prepare); any
 * thread may ask at any time. Not OC_OK: memory ran out. */
oc_status oc_actor_finder_prepare(oc_actor_finder *finder, oc_lang lang);

/* Where names may begin, for oc_lexicon_scan_with of the finder's lexicon: then oc_actors_find needs no pass of its own
 * over a sentence. NULL of NULL, without a lexicon and of languages that are not prepared. */
const oc_starts *oc_actor_starts(const oc_actor_finder *finder, oc_lang lang);

/* What is remembered over a document: which actors were named, the last of them at the end. Zero it for each document.
 */
typedef struct oc_actor_memory {
    OC_VEC(uint32_t) seen;
    oc_arena *arena; /* where it lies; NULL: that of the calls */
} oc_actor_memory;

/* Appends the mentions of a sentence in order; of overlapping names the longest. `hits` are the lexicon's words in it
 * (oc_lexicon_scan). A name right behind that of another
 * state ("Japan's defence minister", 미국 국방부) is not the one of the table. `memory` may be NULL: then short names
 * count only beside a title. */
void oc_actors_find(const oc_actor_finder *finder, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    oc_actor_memory *memory, oc_arena *arena, oc_mentions *ret_mentions);

#endif
