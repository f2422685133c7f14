/* Grading of claims; see conflicts.h.
 *
 * Claims of one milestone, step, holder, interval and direction become one position, so that a target repeated in a
 * hundred documents is compared once. Example: "FY2028" said by A on 2025-11-14 and "2029" said by A on 2026-03-01 do
 * not meet: UPDATED, by 1 day between the ends; said by B it is a CONFLICT. */
#include "store/conflicts.h"

#include <stdlib.h>

#include "base/map.h"
#include "store/db.h"

static const char *const grade_names[] = {"conflict", "source-error", "tension", "updated", "compatible", "refines",
                                          "same"};

typedef OC_VEC(oc_position *) positions;

const char *oc_conflict_grade_name(oc_conflict_grade grade)
{
    return grade_names[grade];
}

static int64_t distance(oc_day a, oc_day b)
{
    return a > b ? a - b : b - a;
}

static bool is_open(oc_day day)
{
    return day < OC_DAY_MIN || day > OC_DAY_MAX;
}

static oc_conflict_grade by_days(const oc_position *a, const oc_position *b, int64_t *ret_days)
{
    *ret_days = 0;
    if (a->start == b->start && a->to == b->to) return OC_GRADE_SAME;
    if (a->to < b->start || b->to < a->start) {
        *ret_days = a->to < b->start ? b->start - a->to : a->start - b->to;
        return OC_GRADE_CONFLICT;
    }
    bool inside = (a->start >= b->start && a->to <= b->to) || (b->start >= a->start && b->to <= a->to);
    if (inside) return OC_GRADE_REFINES;
    if (is_open(a->start) || is_open(b->start) || is_open(a->to) || is_open(b->to)) return OC_GRADE_COMPATIBLE;
    int64_t starts = distance(a->start, b->start), ends = distance(a->to, b->to);
    *ret_days = starts > ends ? starts : ends;
    return OC_GRADE_TENSION;
}

static bool is_update(const oc_position *a, const oc_position *b)
{
    bool known = a->holder.len && oc_slice_equal(a->holder, b->holder) && a->last_said.len && b->last_said.len;
    return known && (oc_slice_compare(a->last_said, b->first_said) < 0 ||
                     oc_slice_compare(b->last_said, a->first_said) < 0);
}

oc_conflict_grade oc_conflict_grade_of(const oc_position *a, const oc_position *b, int64_t *ret_days)
{
    oc_conflict_grade grade = by_days(a, b, ret_days);
    if (a->denies != b->denies) {
        /* "Not by 2028" contradicts any day by 2028; it fits later ones. */
        bool meet = grade != OC_GRADE_CONFLICT;
        *ret_days = 0;
        grade = meet ? OC_GRADE_CONFLICT : OC_GRADE_COMPATIBLE;
    } else if (a->denies) {
        *ret_days = 0;
        grade = grade == OC_GRADE_SAME || grade == OC_GRADE_REFINES ? grade : OC_GRADE_COMPATIBLE;
    }
    bool apart = grade == OC_GRADE_CONFLICT || grade == OC_GRADE_TENSION;
    return apart && is_update(a, b) ? OC_GRADE_UPDATED : grade;
}

static bool denies(const oc_store_claim *claim)
{
    return oc_slice_is(claim->modality, "denied");
}

/* What is done, what was said of days that had passed, and what lies ahead do not contradict one another. */
static int tense_of(const oc_store_claim *claim)
{
    return oc_slice_is(claim->modality, "done") ? 0 : claim->forward ? 2 : 1;
}

static void say(oc_position *position, oc_slice published)
{
    if (!published.len) return;
    bool first = !position->first_said.len;
    if (first || oc_slice_compare(published, position->first_said) < 0) position->first_said = published;
    if (first || oc_slice_compare(published, position->last_said) > 0) position->last_said = published;
}

/* Positions by what they are about. */
static void gather(oc_arena *arena, const oc_store_claims *claims, oc_map *ret_subjects)
{
    oc_map known = {0};
    for (size_t i = 0; i < claims->len; i++) {
        const oc_store_claim *claim = &claims->at[i];
        if (claim->start == OC_DAY_NONE && claim->to == OC_DAY_NONE) continue;
        oc_slice holder = claim->holder.len ? claim->holder : claim->speaker;
        oc_slice subject = oc_arena_printf(arena, "%.*s\x1f%.*s\x1f%d", OC_FMT(claim->milestone), OC_FMT(claim->step),
                                           tense_of(claim));
        oc_slice key = oc_arena_printf(arena, "%.*s\x1f%.*s\x1f%lld\x1f%lld\x1f%d", OC_FMT(subject), OC_FMT(holder),
                                       (long long)claim->start, (long long)claim->to, denies(claim));
        bool fresh;
        oc_map_entry *entry = oc_map_insert(arena, &known, key, &fresh);
        if (fresh) {
            oc_position *position = OC_NEW(arena, oc_position);
            *position = (oc_position){.milestone = claim->milestone, .step = claim->step, .holder = holder,
                                      .denies = denies(claim), .start = claim->start, .to = claim->to};
            if (position->start == OC_DAY_NONE) position->start = OC_DAY_MIN - 1;
            if (position->to == OC_DAY_NONE) position->to = OC_DAY_MAX + 1;
            entry->value.pointer = position;
            oc_map_entry *list = oc_map_insert(arena, ret_subjects, subject, &fresh);
            if (fresh) list->value.pointer = OC_NEW(arena, positions);
            *oc_vec_push(arena, (positions *)list->value.pointer) = position;
        }
        *oc_vec_push(arena, &((oc_position *)entry->value.pointer)->claims) = *claim;
        say(entry->value.pointer, claim->published);
    }
}

static void compare_pairs(oc_store *store, oc_arena *arena, const positions *all, oc_conflicts *ret)
{
    size_t count = all->len < OC_CONFLICT_POSITIONS ? all->len : OC_CONFLICT_POSITIONS;
    if (count < all->len)
        oc_report(store->diags, OC_W0813, (oc_span){0, 0, 0},
                  OC_ARGS(OC_T(all->at[0]->milestone), OC_I(all->len), OC_I(OC_CONFLICT_POSITIONS)));
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            const oc_position *a = all->at[i], *b = all->at[k];
            bool swap = a->last_said.len && b->last_said.len && oc_slice_compare(a->last_said, b->last_said) > 0;
            oc_conflict *conflict = oc_vec_push(arena, ret);
            conflict->a = swap ? b : a;
            conflict->b = swap ? a : b;
            conflict->grade = oc_conflict_grade_of(conflict->a, conflict->b, &conflict->days);
        }
}

static void source_errors(oc_store *store, oc_arena *arena, const oc_store_filter *filter, oc_conflicts *ret)
{
    sqlite3_stmt *s = oc_db_prepare(store,
        "SELECT k.document, d.title, k.kind, k.a, k.b, k.first_line, k.second_line FROM clashes k"
        " JOIN documents d ON d.id = k.document WHERE k.kind <> 'claim' AND (?1 = '' OR d.published >= ?1)"
        " AND (?2 = 0 OR k.document = ?2) ORDER BY k.document, k.id");
    oc_db_text(s, 1, filter->since);
    oc_db_integer(s, 2, filter->document);
    while (oc_db_row(store, s)) {
        oc_conflict *conflict = oc_vec_push(arena, ret);
        conflict->grade = OC_GRADE_SOURCE_ERROR;
        conflict->document = sqlite3_column_int64(s, 0);
        oc_slice *texts[] = {&conflict->title, &conflict->kind, &conflict->first, &conflict->second};
        for (int i = 0; i < 4; i++) *texts[i] = oc_db_column(arena, s, 1 + i);
        conflict->first_line = sqlite3_column_int64(s, 5);
        conflict->second_line = sqlite3_column_int64(s, 6);
    }
}

static int64_t first_id(const oc_conflict *conflict)
{
    return conflict->a ? conflict->a->claims.at[0].id : conflict->document;
}

/* What was said last, by the one who said it first; "" for a source error. */
static oc_slice said_since(const oc_conflict *conflict, bool later)
{
    const oc_position *p = later ? conflict->b : conflict->a;
    return p ? p->last_said : (oc_slice){"", 0};
}

static bool is_ahead(const oc_conflict *conflict)
{
    return conflict->a && conflict->a->claims.at[0].forward;
}

/* Worst first, then what still stands: what lies ahead, and pairs of which both were said of late; then the widest
 * apart, then in order of the claims: the same every time. */
static int order(const void *left, const void *right)
{
    const oc_conflict *a = left, *b = right;
    if (a->grade != b->grade) return a->grade < b->grade ? -1 : 1;
    if (is_ahead(a) != is_ahead(b)) return is_ahead(a) ? -1 : 1;
    for (int later = 0; later < 2; later++) {
        int said = oc_slice_compare(said_since(a, later), said_since(b, later));
        if (said) return said > 0 ? -1 : 1;
    }
    if (a->days != b->days) return a->days > b->days ? -1 : 1;
    int64_t x = first_id(a), y = first_id(b);
    if (x == y && a->b && b->b) x = a->b->claims.at[0].id, y = b->b->claims.at[0].id;
    if (x == y) x = a->first_line, y = b->first_line;
    return x < y ? -1 : x > y;
}

oc_status oc_store_conflicts(oc_store *store, oc_arena *arena, const oc_store_filter *filter, oc_conflicts *ret)
{
    oc_store_claims claims = {0};
    oc_map subjects = {0};
    if (oc_store_get_claims(store, arena, filter, &claims) != OC_OK) return store->status;
    gather(arena, &claims, &subjects);
    for (size_t i = 0; i < subjects.entries.len; i++)
        compare_pairs(store, arena, subjects.entries.at[i].value.pointer, ret);
    source_errors(store, arena, filter, ret);
    if (ret->len) qsort(ret->at, ret->len, sizeof *ret->at, order);
    return store->status;
}
