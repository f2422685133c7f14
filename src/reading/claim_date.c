/* Which date of a sentence is that of a milestone: the nearest, counted in bytes; a comma between them costs PART_COST
 * more, a past day where the sentence looks ahead PAST_COST, and in Japanese and Korean one behind the milestone counts
 * twice. Not the day on which something was said, nor one that another milestone or a meeting has. */
#include "reading/claim_parts.h"

#define DATE_REACH 400 /* bytes, with costs, between a milestone and its date */
#define PART_COST 40
#define PAST_COST 180     /* of a date that is past, where the sentence looks ahead */
#define APPROVAL_REACH 24 /* Japanese, Korean: from a word for a milestone to the one that it is approved */
#define POINTER_REACH 60  /* bytes between a word that stands for a milestone and its date */
#define TOLD_REACH 16     /* English: between "that year" and the year it is */
#define MOVE_REACH 90     /* Korean: bytes between a day and the word that something is moved from it */
#define MOVED_REACH 24    /* Korean: from that word to the new day */
#define CLAUSE_REACH 40   /* bytes between a milestone and a date of the same clause behind it */

/* The day of an utterance: "said on Tuesday", "25日、…と述べた". */
bool oc_claim_tells_when_said(const reader *r, const oc_date *date)
{
    bool day = date->grain == OC_GRAIN_DAY && date->bound == OC_BOUND_AT && date->basis != OC_BASIS_EXPLICIT;
    bool past = r->context->anchor == OC_DAY_NONE || date->end <= r->context->anchor;
    return day && past && oc_hits_any(r->hits, OC_LEX_BIT(SPEECH));
}

bool oc_claim_is_of_bill(const reader *r, const oc_date *date)
{
    size_t length;
    return date->grain <= OC_GRAIN_WEEK && date->bound == OC_BOUND_AT && date->end > r->context->anchor &&
           oc_claim_last_phrase(r, OC_PHRASE_BILL, 0, r->text.len, &length) != SIZE_MAX;
}

bool oc_claim_same_milestone(const oc_hit *a, const oc_hit *b)
{
    return oc_slice_equal(oc_milestone_id(a->entry), oc_milestone_id(b->entry));
}

/* Japanese, Korean: "목표연도가 무엇이든 전작권 전환은 …": told of by itself. */
static bool is_topic(const reader *r, const oc_hit *milestone)
{
    return r->lang != OC_LANG_EN &&
           oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_THEME, oc_slice_from(r->text, milestone->end)) != 0;
}

bool oc_claim_any_condition(const reader *r, size_t from, size_t to)
{
    for (size_t i = 0; i < r->manners.len; i++)
        if (oc_claim_is_condition(r->manners.at[i]) && r->manners.at[i]->start >= from && r->manners.at[i]->end <= to)
            return true;
    return false;
}

/* English: "the target year fixed this autumn and the transfer completed in 2029": each has a day of its own. */
static bool has_own_day(const reader *r, const oc_hit *target, const oc_hit *milestone)
{
    bool before = false, behind = false;
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        before |= date->from >= target->end && date->to <= milestone->start;
        behind |= date->from >= milestone->end;
    }
    if (r->lang != OC_LANG_EN || target->start < milestone->end) return r->lang == OC_LANG_EN && before && behind;
    size_t joint = oc_claim_and_before(r, target->start, milestone->end); /* "complete it in 2029 and name the year" */
    bool first = false, second = false;
    for (size_t i = 0; joint > milestone->end && i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        first |= date->from >= milestone->end && date->to <= joint;
        second |= date->from >= joint;
    }
    return (before && behind) || (first && second);
}

/* "2028 is the target year of the transfer" is one claim about the target year. */
bool oc_claim_told_by_settling(const reader *r, const oc_hit *milestone)
{
    oc_slice id = oc_milestone_id(milestone->entry);
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        bool target = oc_slice_equal(oc_milestone_settles(r->lexicon, hit->entry->value), id) &&
                      !(hit->end <= milestone->start && is_topic(r, milestone));
        size_t from = hit->end < milestone->end ? hit->end : milestone->end,
               to = hit->start > milestone->start ? hit->start : milestone->start;
        if (!target || has_own_day(r, hit, milestone)) continue;
        if (from >= to || (!oc_clauses_commas(&r->clauses, from, to) && !oc_claim_any_condition(r, from, to)))
            return true;
    }
    return false;
}

/* Japanese, Korean: "전작권 전환 조건을 2029년까지 충족": of which milestone these are the conditions. */
static bool is_attribute(const reader *r, const oc_hit *hit, const oc_hit *milestone)
{
    if (r->lang == OC_LANG_EN || !oc_claim_needs_day(milestone) || hit->end > milestone->start) return false;
    oc_slice between = oc_slice_trim(oc_slice_sub(r->text, hit->end, milestone->start));
    return !between.len || oc_phrase_is(r->lexicon, r->lang, OC_PHRASE_DATED, between);
}

/* Another milestone stands in [from, to): what lies beyond it is its own. */
static bool other_between(const reader *r, const oc_hit *milestone, size_t from, size_t to)
{
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        if (hit->start >= from && hit->end <= to && !oc_milestone_stands_for(hit) &&
            !oc_claim_same_milestone(hit, milestone) && !oc_claim_told_by_settling(r, hit) &&
            !is_attribute(r, hit, milestone))
            return true;
    }
    return false;
}

/* English: the date in "If FOC … in 2026, …" is not that of what follows. */
static bool conditions_other(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (r->lang != OC_LANG_EN || date->to > milestone->start ||
        !oc_clauses_commas(&r->clauses, date->to, milestone->start))
        return false;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool condition = oc_claim_is_modality(hit, "condition") && hit->end <= date->from;
        if (condition && !oc_clauses_commas(&r->clauses, hit->end, date->from))
            return other_between(r, milestone, hit->end, date->from); /* a later condition holds nothing more */
    }
    return false;
}

static bool looks_ahead(const reader *r)
{
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_lex_entry *entry = (*r->manners.at[i]).entry;
        if (entry->class == OC_LEX_MODALITY &&
            (oc_slice_is(entry->value, "planned") || oc_slice_is(entry->value, "goal") ||
             oc_slice_is(entry->value, "forecast") || oc_slice_is(entry->value, "recommended")))
            return true;
    }
    return false;
}

/* "FOC 검증을 11월까지 끝내고 목표연도를 정한다": in Japanese and Korean a date behind the object of its clause is that
 * milestone's, unless that one has a date before it. */
static bool belongs_to_earlier(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (r->lang == OC_LANG_EN || date->to > milestone->start) return false;
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        bool other =
            hit->end <= date->from && !oc_milestone_stands_for(hit) && !oc_claim_same_milestone(hit, milestone);
        if (!other || date->from - hit->end > CLAUSE_REACH || oc_clauses_commas(&r->clauses, hit->end, date->from))
            continue;
        if (oc_claim_any_condition(r, hit->end, date->from))
            continue; /* "목표연도만 정해지면 2027년 말에도 전환이 가능하다" */
        bool dated = false;
        for (size_t k = 0; k < r->dates->len; k++)
            dated |= (r->dates->at[k].to <= hit->start ||
                      (r->dates->at[k].from >= hit->end && r->dates->at[k].to <= date->from)) &&
                     !oc_claim_tells_when_said(r, &r->dates->at[k]);
        if (!dated) return true;
    }
    return false;
}

/* "rather in 2029 than in 2028", "2028年よりも": what a date is compared with. */
static bool is_compared(const reader *r, const oc_date *date)
{
    oc_slice behind = oc_slice_trim(oc_slice_sub(r->text, date->to, r->text.len));
    bool than =
        oc_slice_ends_with(oc_slice_sub(r->text, date->from, date->to), "より") && oc_slice_begins(behind, "も");
    size_t rather = r->lang == OC_LANG_KO ? oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_RATHER, behind) : 0;
    if (rather && oc_slice_begins(oc_slice_from(behind, rather), " ")) return true; /* 2028년이 아니라 2029년 */
    if (r->lang != OC_LANG_EN) return than || oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_COMPARED, behind) != 0;
    oc_slice head = oc_slice_sub(r->text, 0, date->from);
    return oc_slice_ends_with(head, "than ") || oc_slice_ends_with(head, "than in ");
}

/* English: "a target year, and that year should be 2029": a year that another one tells. */
static bool is_told_behind(const reader *r, const oc_date *date)
{
    size_t next = SIZE_MAX;
    if (r->lang != OC_LANG_EN || date->basis != OC_BASIS_CONTEXT) return false;
    for (size_t i = 0; i < r->dates->len; i++)
        if (r->dates->at[i].from >= date->to && r->dates->at[i].from < next) next = r->dates->at[i].from;
    return next != SIZE_MAX && next - date->to <= TOLD_REACH &&
           oc_slice_ends_with(oc_slice_sub(r->text, date->to, next), " be ");
}

/* English: "without a target year, leaving that to the meeting in Washington on Oct. 28": the day of a meeting in
 * another part of the sentence. */
static bool dates_meeting(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (r->lang != OC_LANG_EN || date->from < milestone->end || date->end <= r->context->anchor) return false;
    size_t comma = oc_clauses_comma_before(&r->clauses, date->from, milestone->end);
    if (comma <= milestone->end || !oc_clauses_commas(&r->clauses, milestone->end, date->from)) return false;
    for (const oc_hit *hit = oc_hits_first(r->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(r->hits, hit))
        if (oc_slice_is(hit->entry->value, "meeting") && hit->start >= comma && hit->end <= date->from) return true;
    return false;
}

/* "wrote the rule in October 2014: no transfer until …": a past day of what stands before a colon. */
static bool is_behind_colon(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (date->to > milestone->start || r->context->anchor == OC_DAY_NONE || date->end > r->context->anchor)
        return false;
    return oc_slice_find(oc_slice_sub(r->text, date->to, milestone->start), OC_SLICE(": "), 0) != SIZE_MAX;
}

/* Any date of the sentence is still to come. */
static bool any_ahead(const reader *r)
{
    for (size_t i = 0; i < r->dates->len; i++)
        if (r->dates->at[i].end > r->context->anchor) return true;
    return false;
}

/* Behind a comma, and another milestone stands in the same part as the date. */
static bool belongs_to_nearer(const reader *r, const oc_hit *milestone, const oc_date *date, size_t from, size_t to)
{
    if (from >= to || !oc_clauses_commas(&r->clauses, from, to)) return false;
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        if (oc_claim_same_milestone(hit, milestone) || oc_claim_needs_day(hit)) continue;
        size_t a = hit->end <= date->from ? hit->end : date->to, b = hit->end <= date->from ? date->from : hit->start;
        bool joined = hit->start >= date->to && oc_claim_and_before(r, b, a) > a; /* "in 2027 and that the transfer" */
        if (a <= b && !joined && b - a < to - from + PART_COST && !oc_clauses_commas(&r->clauses, a, b)) return true;
    }
    return false;
}

size_t oc_claim_and_before(const reader *r, size_t at, size_t limit)
{
    static const char joint[] = " and ";
    size_t length = strlen(joint);
    for (size_t i = at; r->lang == OC_LANG_EN && i >= limit + length; i--)
        if (r->text.ptr[i - 1] == ' ' && memcmp(r->text.ptr + i - length, joint, length) == 0) return i - length + 1;
    return limit;
}

/* "会議でこれを承認する", "SCM에서 검증 완료를 승인받는다": what is approved at the meeting before it. */
static bool is_approved(const reader *r, const oc_hit *milestone)
{
    size_t reach = r->lang == OC_LANG_EN ? milestone->end : milestone->end + APPROVAL_REACH;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool approval = hit->entry->class == OC_LEX_STEP && oc_slice_is(hit->entry->value, "approval");
        if (approval && hit->start >= milestone->start && hit->end <= reach) return true;
    }
    return false;
}

/* "The verification" is dated by what stands close to it, and not over a meeting or an exercise. */
static bool is_too_far(const reader *r, const oc_hit *milestone, size_t from, size_t to)
{
    if (!oc_milestone_stands_for(milestone)) return false;
    bool approved = is_approved(r, milestone);
    size_t reach = approved && r->lang != OC_LANG_EN ? 2 * POINTER_REACH : POINTER_REACH; /* the meeting by its name */
    if (to > from + reach || oc_clauses_commas(&r->clauses, from, to)) return true;
    for (const oc_hit *hit = oc_hits_first(r->hits, OC_LEX_EVENT); hit && !approved; hit = oc_hits_next(r->hits, hit)) {
        if (oc_claim_is_occasion(hit) && hit->start >= from && hit->end <= to) return true;
    }
    return false;
}

/* Japanese, Korean: "검증을 끝낸 뒤 2028년에 전작권을 넘겨받는다": behind a clause of what comes before, and another
 * milestone has it. */
static bool is_afterwards(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    size_t length;
    if (r->lang == OC_LANG_EN || date->from < milestone->end ||
        oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_AFTERWARDS, r->text, milestone->end, date->from,
                           &length) == SIZE_MAX)
        return false;
    for (size_t i = 0; i < r->milestones.len; i++)
        if (r->milestones.at[i]->start >= date->to && !oc_claim_same_milestone(r->milestones.at[i], milestone))
            return true;
    return false;
}

/* Korean: "지난달 연습을 끝으로 검증을 마무리하고, 이달 말 보고서를 제출한다": behind a clause that has a past day of
 * its own. */
static bool is_of_next_clause(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (r->lang != OC_LANG_KO || date->from < milestone->end || date->end <= r->context->anchor) return false;
    size_t comma = oc_clauses_comma_behind(&r->clauses, milestone->end, r->text.len);
    if (comma >= date->from ||
        !oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_OPEN_CLAUSE, oc_slice_sub(r->text, 0, comma)))
        return false;
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *own = &r->dates->at[i];
        if (own->to <= milestone->start && own->end <= r->context->anchor &&
            !oc_clauses_commas(&r->clauses, own->to, milestone->start))
            return true;
    }
    return false;
}

/* Korean: "8월로 예정된 검증이 두 달 연기돼 10월에 치러진다": the day from which something is moved to one behind. */
static bool is_moved_from(const reader *r, const oc_date *date)
{
    if (r->lang != OC_LANG_KO || r->dates->len < 2) return false;
    size_t length, reach = date->to + MOVE_REACH < r->text.len ? date->to + MOVE_REACH : r->text.len;
    size_t at = oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_MOVES, r->text, date->to, reach, &length);
    if (at == SIZE_MAX) return false;
    oc_slice between = oc_slice_trim(oc_slice_sub(r->text, date->to, at)); /* 10월로 연기돼 */
    if (!between.len || oc_phrase_is(r->lexicon, r->lang, OC_PHRASE_MOVED_TO, between)) return false;
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *next = &r->dates->at[i];
        if (next->from >= date->to && next->from < at) return false;
        if (next->from >= at + length && next->from - at - length <= MOVED_REACH)
            return next->end > r->context->anchor && next->end != date->end;
    }
    return false;
}

const oc_date *oc_claim_date_of(const reader *r, const oc_hit *milestone)
{
    const oc_date *best = NULL;
    size_t least = DATE_REACH;
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        bool before = date->to <= milestone->start;
        size_t from = before ? date->to : milestone->end, to = before ? milestone->start : date->from;
        if (to > from && to - from >= DATE_REACH) continue;
        if (oc_claim_tells_when_said(r, date) || oc_claim_is_of_bill(r, date) || is_compared(r, date) ||
            is_told_behind(r, date))
            continue;
        bool since = date->end == OC_DAY_OPEN_END && date->start <= r->context->anchor;
        if (is_of_next_clause(r, milestone, date)) continue;
        if (since || is_moved_from(r, date) || dates_meeting(r, milestone, date) || is_behind_colon(r, milestone, date))
            continue;
        if (conditions_other(r, milestone, date) || is_too_far(r, milestone, from, to)) continue;
        if (other_between(r, milestone, from, to) || belongs_to_earlier(r, milestone, date)) continue;
        if (belongs_to_nearer(r, milestone, date, from, to) || is_afterwards(r, milestone, date)) continue;
        size_t far = from < to ? to - from + PART_COST * oc_clauses_commas(&r->clauses, from, to) : 0;
        size_t joint = r->lang == OC_LANG_EN ? oc_claim_and_before(r, to, from) : from;
        if (!before && joint > from && oc_slice_begins(oc_slice_from(r->text, joint), "and to ")) continue;
        if (before && joint > from) far += PART_COST;
        if (!before && r->lang != OC_LANG_EN) far *= 2; /* there the date stands before what it dates */
        if (date->end <= r->context->anchor && (looks_ahead(r) || any_ahead(r))) far += PAST_COST;
        if (far < least) least = far, best = date;
    }
    return best;
}
