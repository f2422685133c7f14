/* Claims of a sentence: its milestones, each with the date nearest to it and the way in which it is told.
 *
 * The words of modality that count for a milestone lie, in Japanese and Korean, where the predicate is, from the
 * milestone (or its date, if that comes first) to the clause of the next milestone; in English in the part of the
 * sentence around it. Of several the firmest restriction wins, in this order:
 *
 *     denied > recommended > condition > goal > forecast > decided > planned > done > "conditions-based"
 *
 * because "agreed to aim for" is an aim and "should be decided" a recommendation. "Conditions-based" by itself names
 * a procedure and decides only where nothing else does. A negation makes the claim denied, unless the sentence names a
 * new date for something postponed: then the claim is delayed and keeps its own modality.
 *
 * Example: "両国は2028年までの戦作権移管を目標とすることで合意した" is transfer, ..2028-12-31, goal. */
#include "reading/claim.h"

#define DATE_REACH 400 /* bytes, with costs, between a milestone and its date */
#define PART_COST 40

static const char *const names[OC_MODALITY_COUNT] = {"stated",   "done",      "decided",     "planned", "goal",
                                                     "forecast", "condition", "recommended", "denied"};

const char *oc_modality_name(oc_modality modality)
{
    return modality < OC_MODALITY_COUNT ? names[modality] : "";
}

typedef struct reader {
    oc_lang lang;
    oc_slice text;
    const oc_hits *hits;
    const oc_dates *dates;
    const oc_mentions *mentions;
    const oc_claim_context *context;
} reader;

/* --- dates --- */

static bool is_comma(oc_slice text, size_t at)
{
    if (text.ptr[at] == ',' || text.ptr[at] == ';') return true;
    return at + 2 < text.len && memcmp(text.ptr + at, "、", 3) == 0;
}

static size_t commas(oc_slice text, size_t from, size_t to)
{
    size_t count = 0;
    for (size_t i = from; i < to && i < text.len; i++) count += is_comma(text, i);
    return count;
}

static bool has_class(const reader *r, oc_lex_class class)
{
    for (size_t i = 0; i < r->hits->len; i++)
        if (r->hits->at[i].entry->class == class) return true;
    return false;
}

/* The day of an utterance: "said on Tuesday", "25日、…と述べた". */
static bool tells_when_said(const reader *r, const oc_date *date)
{
    bool day = date->grain == OC_GRAIN_DAY && date->bound == OC_BOUND_AT && date->basis != OC_BASIS_EXPLICIT;
    bool past = r->context->anchor == OC_DAY_NONE || date->end <= r->context->anchor;
    return day && past && has_class(r, OC_LEX_SPEECH);
}

static const oc_date *date_of(const reader *r, const oc_hit *milestone)
{
    const oc_date *best = NULL;
    size_t least = DATE_REACH;
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        if (tells_when_said(r, date)) continue;
        bool before = date->to <= milestone->start;
        size_t from = before ? date->to : milestone->end, to = before ? milestone->start : date->from;
        size_t far = from < to ? to - from + PART_COST * commas(r->text, from, to) : 0;
        if (!before && r->lang != OC_LANG_EN) far *= 2; /* there the date stands before what it dates */
        if (far < least) least = far, best = date;
    }
    return best;
}

/* --- modality --- */

static int rank_of(oc_modality modality)
{
    static const int ranks[OC_MODALITY_COUNT] = {0, 1, 3, 2, 5, 4, 6, 7, 8};
    return ranks[modality];
}

static oc_modality modality_of(oc_slice value)
{
    int modality = OC_MODALITY_COUNT - 1;
    while (modality > 0 && !oc_slice_is(value, names[modality])) modality--;
    return (oc_modality)modality;
}

typedef struct scope {
    size_t from, to;
} scope;

static size_t comma_before(oc_slice text, size_t at, size_t limit)
{
    while (at > limit && !is_comma(text, at - 1)) at--;
    return at;
}

static bool same_milestone(const oc_hit *a, const oc_hit *b)
{
    return oc_slice_equal(a->entry->value, b->entry->value);
}

/* Where the words of modality of this milestone are looked for. */
static scope scope_of(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    scope s = {milestone->start, r->text.len};
    if (date && date->from < s.from) s.from = date->from;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *other = &r->hits->at[i];
        if (other->entry->class != OC_LEX_MILESTONE || same_milestone(other, milestone)) continue;
        size_t border = comma_before(r->text, other->start, milestone->end);
        if (other->start >= milestone->end && border > milestone->end && border < s.to) s.to = border;
    }
    if (r->lang == OC_LANG_EN) {
        size_t limit = 0;
        for (size_t i = 0; i < r->hits->len; i++) {
            const oc_hit *other = &r->hits->at[i];
            bool earlier = other->entry->class == OC_LEX_MILESTONE && other->end <= milestone->start;
            if (earlier && !same_milestone(other, milestone)) limit = other->end;
        }
        s.from = limit ? comma_before(r->text, milestone->start, limit) : 0;
    }
    return s;
}

typedef struct manner {
    oc_modality modality;
    bool weak_condition, negated, delayed;
    int hedge;
    oc_slice step;
} manner;

static void read_hit(const oc_hit *hit, manner *ret)
{
    oc_slice value = hit->entry->value;
    switch (hit->entry->class) {
    case OC_LEX_MODALITY: {
        oc_modality modality = modality_of(value);
        if (oc_slice_is(value, "conditions-based")) ret->weak_condition = true;
        else if (rank_of(modality) > rank_of(ret->modality)) ret->modality = modality;
        break;
    }
    case OC_LEX_NEGATION:
        if (oc_slice_is(value, "delay")) ret->delayed = true;
        else ret->negated = true;
        break;
    case OC_LEX_HEDGE:
        if (value.len && value.ptr[0] - '0' > ret->hedge) ret->hedge = value.ptr[0] - '0';
        break;
    case OC_LEX_STEP:
        if (!ret->step.len) ret->step = value;
        break;
    default: break;
    }
}

static manner manner_of(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    manner found = {.modality = OC_MODALITY_STATED};
    scope s = scope_of(r, milestone, date);
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        bool inside = hit->start >= s.from && hit->end <= s.to;
        bool gap = milestone->entry->word.len && memchr(milestone->entry->word.ptr, '*', milestone->entry->word.len);
        bool covered = !gap && hit->start < milestone->end && hit->end > milestone->start;
        bool condition = hit->end <= s.from && hit->entry->class == OC_LEX_MODALITY &&
                         oc_slice_is(hit->entry->value, "condition"); /* a condition stands before what it governs */
        if ((inside || condition) && !covered) read_hit(hit, &found);
    }
    if (date && date->hedge == OC_DATE_ABOUT && !found.hedge) found.hedge = 1;
    return found;
}

static void decide(const reader *r, const manner *found, const oc_date *date, oc_claim *claim)
{
    oc_day anchor = r->context->anchor;
    bool ahead = date && anchor != OC_DAY_NONE && date->end > anchor;
    claim->modality = found->modality;
    claim->negated = found->negated;
    claim->delayed = found->delayed;
    if (claim->modality == OC_MODALITY_STATED && found->weak_condition && !date) claim->modality = OC_MODALITY_CONDITION;
    if (claim->modality == OC_MODALITY_DONE && ahead) claim->modality = OC_MODALITY_PLANNED;
    if (found->negated || (found->delayed && !date)) claim->modality = OC_MODALITY_DENIED;
    bool open = claim->modality >= OC_MODALITY_PLANNED;
    claim->forward = ahead || (!date && open);
    if (date && !ahead && anchor != OC_DAY_NONE && claim->modality <= OC_MODALITY_DONE) claim->forward = false;
}

/* --- who --- */

static void read_people(const reader *r, oc_claim *claim)
{
    int32_t topics[2] = {-1, -1};
    int count = 0;
    for (size_t i = 0; i < r->mentions->len && count < 2; i++) {
        const oc_mention *mention = &r->mentions->at[i];
        if (mention->topic && (count == 0 || topics[0] != (int32_t)mention->actor))
            topics[count++] = (int32_t)mention->actor;
    }
    bool says = has_class(r, OC_LEX_SPEECH) || has_class(r, OC_LEX_SOURCE);
    claim->speaker = r->context->speaker;
    claim->holder = -1;
    if (claim->speaker < 0 && says) {
        claim->speaker = topics[0];
        claim->holder = topics[1];
    } else if (topics[0] != claim->speaker) claim->holder = topics[0];
}

/* --- claims --- */

static bool is_claim(const oc_claim *claim, const oc_date *date)
{
    return date || claim->negated || claim->delayed || claim->modality != OC_MODALITY_STATED;
}

/* The same milestone twice in a sentence is one claim, unless it has two dates. */
static bool is_known(const oc_claims *claims, size_t first, const oc_claim *claim)
{
    for (size_t i = first; i < claims->len; i++) {
        const oc_claim *other = &claims->at[i];
        bool same_date = other->start == claim->start && other->end == claim->end;
        if (oc_slice_equal(other->milestone, claim->milestone) && (same_date || claim->start == OC_DAY_NONE)) return true;
    }
    return false;
}

/* "2028 is the target year of the transfer" is one claim about the target year. */
static bool told_by_target_year(const reader *r, const oc_hit *milestone)
{
    if (!oc_slice_is(milestone->entry->value, "transfer")) return false;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class == OC_LEX_MILESTONE && oc_slice_is(hit->entry->value, "target-year")) return true;
    }
    return false;
}

static void set_span(const oc_hit *milestone, const oc_date *date, oc_claim *claim)
{
    claim->from = milestone->start;
    claim->to = milestone->end;
    claim->start = claim->end = OC_DAY_NONE;
    if (!date) return;
    claim->start = date->start;
    claim->end = date->end;
    if (date->from < claim->from) claim->from = date->from;
    if (date->to > claim->to) claim->to = date->to;
}

static void add_claim(const reader *r, const oc_hit *milestone, oc_arena *arena, oc_claims *claims, size_t first)
{
    const oc_date *date = date_of(r, milestone);
    manner found = manner_of(r, milestone, date);
    oc_claim claim = {.milestone = milestone->entry->value, .step = found.step, .hedge = found.hedge};
    set_span(milestone, date, &claim);
    decide(r, &found, date, &claim);
    read_people(r, &claim);
    if (is_claim(&claim, date) && !is_known(claims, first, &claim)) *oc_vec_push(arena, claims) = claim;
}

/* A sentence that goes on about the milestone of the one before: only if it has a date ahead. */
static void add_continued(const reader *r, oc_arena *arena, oc_claims *claims)
{
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        bool ahead = r->context->anchor != OC_DAY_NONE && date->end > r->context->anchor;
        if (!ahead || tells_when_said(r, date)) continue;
        oc_lex_entry entry = {.class = OC_LEX_MILESTONE, .value = r->context->milestone};
        oc_hit whole = {date->from, date->to, &entry};
        manner found = manner_of(r, &whole, date);
        oc_claim claim = {.milestone = r->context->milestone, .step = found.step, .hedge = found.hedge};
        set_span(&whole, date, &claim);
        decide(r, &found, date, &claim);
        read_people(r, &claim);
        if (claim.modality != OC_MODALITY_STATED) *oc_vec_push(arena, claims) = claim;
        return;
    }
}

void oc_claims_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const oc_mentions *mentions, const oc_claim_context *context,
                    oc_arena *arena, oc_claims *ret_claims)
{
    (void)lexicon;
    reader r = {lang, sentence, hits, dates, mentions, context};
    size_t first = ret_claims->len;
    bool named = false;
    for (size_t i = 0; i < hits->len; i++) {
        if (hits->at[i].entry->class != OC_LEX_MILESTONE) continue;
        named = true;
        if (!told_by_target_year(&r, &hits->at[i])) add_claim(&r, &hits->at[i], arena, ret_claims, first);
    }
    if (!named && context->milestone.len) add_continued(&r, arena, ret_claims);
}
