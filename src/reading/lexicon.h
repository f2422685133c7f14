/* The words that reading knows, as data: files lexicon/SUBJECT.LANG.tsv, one entry a line (docs/format/lexicon.md).
 *
 *     class TAB word TAB value [TAB note]
 *
 * LANG is en, ja, ko, or any for words of all three. The classes and what their values mean are listed in
 * lexicon_classes.def. The same word may stand in different groups of classes (a unit and a milestone), but in one
 * language and group it has one meaning: oc_lexicon_check finds the clashes.
 *
 *     oc_lexicon *lexicon = oc_lexicon_new(arena);
 *     oc_lexicon_builtin(lexicon, diags);                      // the files that the program carries
 *     oc_lexicon_read(lexicon, diags, path);                   // a user's own file; later entries win
 *     oc_lexicon_build(lexicon, diags);                        // once: reads all values, and says what is wrong
 *     oc_lexicon_prepare(lexicon, lang);                       // before words of a language are looked up
 *
 * One thread makes a lexicon, up to oc_lexicon_build. After that it may be used by several: oc_lexicon_prepare may be
 * called by any of them at any time, and makes the tables of a language for all when the first one asks. Documents and
 * lines of dates (oc_document_read, oc_dates_line) ask themselves; whoever calls oc_lexicon_scan, oc_dates_find or
 * oc_quantities_find, or looks at the fields of a language below, has asked before. Phrases (phrase.h) need no asking:
 * each list of them is made when it is first looked into. A lexicon belongs to its arena, which its threads do not
 * touch: what is made later lies in children of it. */
#ifndef OC_READING_LEXICON_H
#define OC_READING_LEXICON_H

#include "diag/diag.h"
#include "reading/later.h"
#include "reading/match.h"
#include "reading/scan.h"
#include "reading/sign.h"

typedef enum oc_lex_class {
#define LEX_CLASS(id, name, group) OC_LEX_##id,
#include "reading/lexicon_classes.def"
#undef LEX_CLASS
    OC_LEX_COUNT
} oc_lex_class;

/* Classes of one group are looked up together, so their words must not collide. */
typedef enum oc_lex_group {
    OC_GROUP_DATE,
    OC_GROUP_NUMERAL,
    OC_GROUP_MILESTONE,
    OC_GROUP_TRAIT, /* of milestones, asked for by milestone.h only */
    OC_GROUP_DEED,
    OC_GROUP_STEP,
    OC_GROUP_MODALITY,
    OC_GROUP_HEDGE,
    OC_GROUP_EVENT,
    OC_GROUP_SPEECH,
    OC_GROUP_QUANTITY,
    OC_GROUP_NUMBER,
    OC_GROUP_MEASURE,
    OC_GROUP_BASE,
    OC_GROUP_PAGE,
    OC_GROUP_MARKUP, /* looked up by cue.h only */
    OC_GROUP_PHRASE, /* a word may stand in it with several values */
    OC_GROUP_COUNT
} oc_lex_group;

typedef struct oc_lex_entry {
    oc_lex_class class;
    oc_slice word;   /* as written; "A*B" means A, then B at most 40 bytes later in the same sentence; a
                        Korean "-겠다" may begin inside a word */
    oc_slice value;  /* second column of meaning; "" if the class has none */
    oc_span span;    /* the word's place, for messages */
    bool in[OC_LANG_COUNT];
} oc_lex_entry;

enum { OC_PHRASE_SETS = 4 }; /* of sixty-four kinds of phrases */

typedef struct oc_lexicon {
    oc_arena *arena;
    OC_VEC(oc_lex_entry) entries;                     /* in order of reading */
    uint32_t shipped;                                 /* last file of oc_lexicon_builtin, 0 before it */
    oc_later *later;
    atomic_bool ready[OC_LANG_COUNT]; /* the tables of the language below are there */
    oc_scanner *words[OC_LANG_COUNT]; /* all groups but the two below, pages and phrases, for oc_lexicon_scan */
    oc_matcher *dates[OC_LANG_COUNT];                 /* the date group; id = index into entries */
    oc_scanner *tenses[OC_LANG_COUNT];                /* of the date group those of tense alone, but not English ones */
    oc_matcher *quantities[OC_LANG_COUNT];            /* units and scales; id = index into entries */
    struct oc_date_tables *date_tables;               /* what date.c makes of the date group */
    OC_VEC(uint32_t) traits;                          /* of milestones (milestone.h): indexes into entries */
    struct oc_phrases *phrases;                       /* the group of phrases, by kind (phrase.h) */
    _Atomic(const struct oc_phrase_filter *) *phrase_filters[OC_LANG_COUNT]; /* theirs, by kind */
    uint64_t searched[OC_PHRASE_SETS];                /* kinds of phrases that the scan looks for */
} oc_lexicon;

/* One word found in a text. */
typedef struct oc_hit {
    size_t start, end;           /* byte offsets */
    const oc_lex_entry *entry;
    uint32_t next, next_in_group; /* index of the next one of its class and of its group; OC_HITS_END: none */
} oc_hit;

/* The words of a sentence in order, and what tells a rule that it has nothing to do there: which classes and groups
 * have words and which signs occur (sign.h), each as a set of bits; the words of one class or group are a chain.
 *
 *     if (!oc_hits_any(hits, OC_LEX_BIT(EVENT) | OC_LEX_BIT(MILESTONE))) return;
 *     for (const oc_hit *h = oc_hits_first(hits, OC_LEX_EVENT); h; h = oc_hits_next(hits, h)) ...
 *     for (const oc_hit *h = oc_hits_first_in(hits, OC_GROUP_SPEECH); h; h = oc_hits_next_in(hits, h)) ...
 *     if (!(hits->signs & (OC_SIGN_QUOTE | OC_SIGN_COLON))) return;
 *
 * oc_lexicon_scan and oc_milestones_settle hand out complete ones. Who picks some of them begins with oc_hits_none,
 * adds (oc_vec_push) and calls oc_hits_index when all are in. */
typedef struct oc_hits {
    oc_hit *at;
    size_t len, room;
    uint64_t classes;
    uint32_t groups, signs;
    uint32_t first[OC_LEX_COUNT], first_in[OC_GROUP_COUNT]; /* valid where `classes` or `groups` has the bit */
    oc_slice text;                                          /* that was scanned last */
    uint64_t absent[OC_PHRASE_SETS]; /* kinds of phrases that are searched for and do not stand in it (phrase.h) */
    uint64_t repeated[OC_PHRASE_SETS];                      /* kinds of phrases that stand in it more than once */
    const oc_starts *starts;                                /* that were asked for; NULL: none */
    OC_VEC(uint32_t) places;                                /* theirs */
} oc_hits;

#define OC_HITS_END UINT32_MAX
#define OC_LEX_BIT(id) (UINT64_C(1) << OC_LEX_##id)

/* None, and no signs: as zero, but without clearing the chains, which count only where a set has their bit. */
static inline void oc_hits_clear(oc_hits *hits)
{
    hits->at = NULL;
    hits->len = hits->room = hits->places.len = hits->places.room = 0;
    hits->places.at = NULL;
    hits->starts = NULL;
    hits->classes = 0;
    hits->groups = hits->signs = 0;
    hits->text = (oc_slice){NULL, 0};
}

/* Makes the sets and chains of the hits. */
void oc_hits_index(oc_hits *hits);

/* Takes over what others know of their text, words aside. */
static inline void oc_hits_know(oc_hits *hits, const oc_hits *of)
{
    hits->signs = of->signs;
    hits->text = of->text;
    memcpy(hits->absent, of->absent, sizeof hits->absent);
    memcpy(hits->repeated, of->repeated, sizeof hits->repeated);
}

/* Of the same sentence, but no words yet. */
static inline oc_hits oc_hits_none(const oc_hits *of)
{
    oc_hits none = {.starts = of->starts, .places = of->places};
    oc_hits_know(&none, of);
    return none;
}

static inline bool oc_hits_any(const oc_hits *hits, uint64_t classes)
{
    return (hits->classes & classes) != 0;
}

static inline const oc_hit *oc_hits_first(const oc_hits *hits, oc_lex_class class)
{
    return hits->classes >> class & 1 ? &hits->at[hits->first[class]] : NULL;
}

static inline const oc_hit *oc_hits_next(const oc_hits *hits, const oc_hit *hit)
{
    return hit->next != OC_HITS_END ? &hits->at[hit->next] : NULL;
}

static inline const oc_hit *oc_hits_first_in(const oc_hits *hits, oc_lex_group group)
{
    return hits->groups >> group & 1 ? &hits->at[hits->first_in[group]] : NULL;
}

static inline const oc_hit *oc_hits_next_in(const oc_hits *hits, const oc_hit *hit)
{
    return hit->next_in_group != OC_HITS_END ? &hits->at[hit->next_in_group] : NULL;
}

oc_lexicon *oc_lexicon_new(oc_arena *arena);

/* The shipped files, compiled into the program. */
oc_status oc_lexicon_builtin(oc_lexicon *lexicon, oc_diags *diags);

/* Reads a file, or all *.tsv of a folder in the order of their names. The language stands in the file's name
 * (own.ja.tsv). An entry replaces an earlier one of the same word, language and group that another file holds. */
oc_status oc_lexicon_read(oc_lexicon *lexicon, oc_diags *diags, oc_slice path);

/* The same for text that is in memory; `name` as in a file name. */
oc_status oc_lexicon_add(oc_lexicon *lexicon, oc_diags *diags, oc_slice name, oc_slice text);

/* Clashes and useless entries: E0703 one word with two meanings in a language and group, both in the shipped files or
 * both in one file; W0702 an entry of a user that replaces another; W0701 the same entry twice. */
oc_status oc_lexicon_check(oc_lexicon *lexicon, oc_diags *diags);

/* Reads the values of all entries; those that cannot be understood are E0704. */
oc_status oc_lexicon_build(oc_lexicon *lexicon, oc_diags *diags);

/* Makes the tables of a language, of all if it is OC_LANG_COUNT; at once if they are there. Not OC_OK: memory or a
 * limit ran out. */
oc_status oc_lexicon_prepare(const oc_lexicon *lexicon, oc_lang lang);

/* All words of the groups other than dates, quantities (units, scales), pages and phrases in `text`, in order of start,
 * the longer first. Of hits of the same group that overlap only the longest leftmost one is kept. English words match
 * whole words in any case; words in Korean script match at the start of a word. They and the signs of `text` are added
 * to *ret_hits, which is indexed again. */
void oc_lexicon_scan(const oc_lexicon *lexicon, oc_lang lang, oc_slice text, oc_arena *arena, oc_hits *ret_hits);

/* The same for hits that are still empty, and in the same pass the places where names may begin. */
void oc_lexicon_scan_with(const oc_lexicon *lexicon, const oc_starts *starts, oc_lang lang, oc_slice text,
                          oc_arena *arena, oc_hits *ret_hits);

/* The name of a class as in the files; its group. */
const char *oc_lex_class_name(oc_lex_class class);
oc_lex_group oc_lex_class_group(oc_lex_class class);

#endif
