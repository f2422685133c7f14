/* Milestones that a sentence names in other words than its own: by what is done to an object (control is handed over),
 * or by a step of the one that the document named last (the verification). */
#ifndef OC_READING_MILESTONE_H
#define OC_READING_MILESTONE_H

#include "reading/lexicon.h"

enum { OC_MILESTONES_KEPT = 16 };

/* What a document has named so far. Zero at its beginning but for the arena. */
typedef struct oc_milestone_memory {
    oc_arena *arena;                  /* of the document: ids of milestones lie in it or in the lexicon */
    oc_slice ids[OC_MILESTONES_KEPT]; /* each once, the last named first */
    size_t count;
    bool known;      /* one was named in full, or its object */
    oc_slice object; /* the milestone whose object the last sentence named and nothing more; "" none */
} oc_milestone_memory;

/* The id of an entry of class milestone, without the sign of a short form (?), of one that needs a day (!), or of an
 * object (+). */
oc_slice oc_milestone_id(const oc_lex_entry *entry);

/* Collects the traits of milestones; called by oc_lexicon_build. A value that names none is E0704. */
oc_status oc_milestones_build(oc_lexicon *lexicon, oc_diags *diags);

/* The id of the milestone whose day this one sets, as "the target year" sets that of the transfer; "" if it sets none.
 * Such a milestone has two dates that do not contradict each other: the one that is set, and when that is done. */
oc_slice oc_milestone_settles(const oc_lexicon *lexicon, oc_slice id);

/* It comes about and nobody can plan it: conditions that are met. */
bool oc_milestone_is_unplanned(const oc_lexicon *lexicon, oc_slice id);

/* The hit stands for a milestone that the document named before: "the verification". */
bool oc_milestone_stands_for(const oc_hit *hit);

/* Rewrites the hits of a sentence so that every milestone in them is one of which a claim can be made. An object (its
 * value ends in +) becomes the milestone that a word of class deed in the same clause makes of it, else it goes; so
 * does what stands for one of several (ioc/foc) unless the document named one of them before: then it is that one, and
 * needs a day. Remembers what is named. New entries lie in the arena. */
void oc_milestones_settle(oc_lang lang, oc_slice sentence, oc_milestone_memory *memory, oc_arena *arena, oc_hits *hits);

#endif
