/* Claims side by side: where they say the same, where one replaces another, where they cannot both be true. */
#ifndef OC_STORE_CONFLICTS_H
#define OC_STORE_CONFLICTS_H

#include "store/claims.h"

/* From worst to harmless. Two statements about one milestone and step are compared by their days and by whether they
 * say that it happens or that it does not. */
typedef enum oc_conflict_grade {
    OC_GRADE_CONFLICT,     /* no day fits both, or one denies what the other says */
    OC_GRADE_SOURCE_ERROR, /* a document contradicts itself: two dates of publication, note and text, weekday */
    OC_GRADE_TENSION,      /* both name two ends and overlap only in part */
    OC_GRADE_UPDATED,      /* conflict or tension, but the same holder said it later */
    OC_GRADE_COMPATIBLE,   /* they overlap, and one of them leaves an end open; or a denial of other days */
    OC_GRADE_REFINES,      /* one lies inside the other */
    OC_GRADE_SAME,
    OC_GRADE_COUNT
} oc_conflict_grade;
const char *oc_conflict_grade_name(oc_conflict_grade grade);

/* What somebody holds about a milestone, with all claims that say it. */
typedef struct oc_position {
    oc_slice milestone, step, holder; /* holder: else speaker, else "" */
    oc_day start, to;
    bool denies;
    oc_slice first_said, last_said;   /* dates of publication; "" if none is known */
    oc_store_claims claims;
} oc_position;

typedef struct oc_conflict {
    oc_conflict_grade grade;
    const oc_position *a, *b; /* b was said later, where that is known; both NULL for a source error */
    int64_t days;             /* between the intervals, or by which the ends differ; 0 */
    /* Of a source error. */
    int64_t document;
    oc_slice title, kind, first, second;
    int64_t first_line, second_line;
} oc_conflict;
typedef OC_VEC(oc_conflict) oc_conflicts;

enum { OC_CONFLICT_POSITIONS = 400 }; /* of one milestone and step; further ones are left out with W0813 */

/* The grade of two positions; symmetrical but for UPDATED, which needs the dates. *ret_days as in oc_conflict. */
oc_conflict_grade oc_conflict_grade_of(const oc_position *a, const oc_position *b, int64_t *ret_days);

/* Claims that are not rejected, chosen by the filter, compared pair by pair; worst first. Claims about what is done are
 * compared with each other only, and so are those about what lay in the past when it was said and those about what lay
 * ahead. */
oc_status oc_store_conflicts(oc_store *store, oc_arena *arena, const oc_store_filter *filter, oc_conflicts *ret);

#endif
