/* The voices of a scenario about one stage, as the pool wants them (analysis/pool.h).
 *
 * Reads the section `voices` (docs/format/ledger.md) from the merged root. What cannot be used is counted, not
 * reported: `opcon check` reports what is wrong with the section. */
#ifndef OC_ANALYSIS_VOICES_H
#define OC_ANALYSIS_VOICES_H

#include "analysis/pool.h"
#include "yaml/yaml.h"

/* A statement loses half its weight in this many days: a judgement (about half a term of office). */
#define OC_VOICES_HALF_LIFE 730.5

typedef struct oc_voices {
    size_t count;           /* taken */
    oc_pool_voice *at;
    oc_slice *name;         /* record of each */
    oc_slice *from;         /* the first source of each */
    double *weight;         /* of each; they add up to 1 (NULL if count is 0) */
    size_t speakers;
    size_t later;           /* left out: said after as_of */
    size_t resolved;        /* left out: what became of it was known by as_of */
    size_t lapsed;          /* left out: the interval it names is over */
    size_t unusable;        /* left out: no interval of dates, a word not known, or no weight */
} oc_voices;

void oc_voices_read(oc_arena *arena, const oc_node *root, oc_slice stage, oc_day as_of, oc_voices *ret_voices);

typedef enum oc_voices_pool {
    OC_VOICES_LINEAR, /* the weighted mean: disagreement stays as width */
    OC_VOICES_LOG     /* the geometric mean: what all allow; each voice first mixed with 5 % of an even one */
} oc_voices_pool;

/* The voices pooled, each taken on condition that it has not happened by as_of. False if there is no voice. */
bool oc_voices_curve(oc_arena *arena, const oc_voices *voices, oc_voices_pool pool, oc_day as_of, const oc_day *day,
                     size_t count, double *done);

#endif
