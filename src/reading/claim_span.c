/* The days of a claim: those of its date, or up to it behind "before", from it on behind "at the earliest", to the end
 * of what begins then ("begins in April and ends in November"), to the last day of a term of office. */
#include "reading/claim_parts.h"

#define EDGE_REACH 8      /* English: between a comma and the date behind it: ", in the" */
#define LASTING_REACH 24  /* bytes between the day on which something begins and the one on which it ends */
#define UNTIL_REACH 60    /* English: bytes between "before" and the date of what it names */
#define MOVE_REACH 24     /* Korean: bytes between a day and the word that something is moved to it */
#define BRACKET_REACH 16  /* bytes of a short form in brackets */
#define OCCASION_REACH 40 /* bytes between a date and the meeting that it dates */

/* "before the election in March", "10月のSCMまでに", "다음 달 SCM까지": by the day of what the date names. */
static bool is_until_occasion(const reader *r, const oc_date *date)
{
    if (!oc_hits_any(r->hits, OC_LEX_BIT(EVENT))) return false;
    size_t length, near = date->from > UNTIL_REACH ? date->from - UNTIL_REACH : 0, before = SIZE_MAX;
    if (r->lang == OC_LANG_EN) before = oc_claim_last_phrase(r, OC_PHRASE_DEADLINE, near, date->from, &length);
    size_t edge =
        oc_clauses_comma_before(&r->clauses, date->from, 0); /* "before the election, in the spring of 2030" */
    edge = edge && date->from - edge <= EDGE_REACH ? edge - 1 : date->from;
    bool whole = before != SIZE_MAX && !oc_clauses_commas(&r->clauses, before, edge);
    for (const oc_hit *hit = oc_hits_first(r->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(r->hits, hit)) {
        if (r->lang == OC_LANG_EN) {
            if (whole && hit->start >= before && hit->end <= date->from) return true;
            continue;
        }
        if (hit->start < date->to || hit->start > date->to + OCCASION_REACH) continue;
        size_t end = hit->end;
        if (end < r->text.len && r->text.ptr[end] == '(') { /* 한미안보협의회의(SCM)까지 */
            size_t close = oc_slice_find(oc_slice_sub(r->text, 0, end + BRACKET_REACH), OC_SLICE(")"), end);
            if (close != SIZE_MAX) end = close + 1;
        }
        end += end < r->text.len && r->text.ptr[end] == ' ';
        bool until = oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_UNTIL, oc_slice_from(r->text, end)) != 0;
        if (until && !oc_clauses_commas(&r->clauses, date->to, hit->start)) return true;
    }
    return false;
}

/* The first day of the year or month with which the date ends. */
static oc_day first_of_last_unit(const oc_date *date)
{
    oc_civil last = oc_civil_from_day(date->end);
    if (date->grain == OC_GRAIN_YEAR) return oc_day_from_civil(last.year, 1, 1);
    return date->grain == OC_GRAIN_MONTH ? oc_day_from_civil(last.year, last.month, 1) : OC_DAY_OPEN_START;
}

/* "put off until 2032", "2032年まで延期": not by then, but then. */
static oc_day put_off_to(const reader *r, const oc_date *date)
{
    static const char *const until[OC_LANG_COUNT] = {
        [OC_LANG_EN] = "until ", [OC_LANG_JA] = "まで", [OC_LANG_KO] = "까지"};
    oc_slice printed = oc_slice_sub(r->text, date->from, date->to);
    bool there =
        r->lang == OC_LANG_EN ? oc_slice_begins(printed, until[r->lang]) : oc_slice_ends_with(printed, until[r->lang]);
    return there ? first_of_last_unit(date) : OC_DAY_OPEN_START;
}

/* Korean: "올해 8월에서 내년 3월로 늦추기로": not from then on, but then. */
static bool is_moved_to(const reader *r, const oc_date *date)
{
    if (r->lang != OC_LANG_KO ||
        !oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_MOVED_TO, oc_slice_from(r->text, date->to)))
        return false;
    size_t length, reach = date->to + MOVE_REACH < r->text.len ? date->to + MOVE_REACH : r->text.len;
    return oc_slice_find(oc_slice_sub(r->text, date->from, date->to), OC_SLICE("에서 "), 0) != SIZE_MAX &&
           oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_MOVES, r->text, date->to, reach, &length) !=
               SIZE_MAX;
}

/* Japanese, Korean: "이르면 2028년, 늦어도 2029년에는": from the one to the other; the first date, or NULL. */
static const oc_date *earliest_before(const reader *r, const oc_date *date)
{
    if (r->lang == OC_LANG_EN || date == r->dates->at || date->hedge != OC_DATE_AT_LATEST) return NULL;
    const oc_date *first = date - 1;
    oc_slice gap = oc_slice_trim(oc_slice_sub(r->text, first->to, date->from));
    bool joined = oc_slice_is(gap, ",") || oc_slice_is(gap, "、") || oc_slice_is(gap, "에서");
    return joined && first->hedge == OC_DATE_AT_EARLIEST && first->start < date->end ? first : NULL;
}

/* "would wait until 2029", "2031年まで待つべきだ" */
static bool is_waited_for(const reader *r, const oc_date *date)
{
    if (r->lang == OC_LANG_EN)
        return oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_WAITS, oc_slice_sub(r->text, 0, date->from)) != 0;
    return oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_WAITS, oc_slice_trim(oc_slice_from(r->text, date->to))) != 0;
}

/* "before the president's term ends in June 2030": by the end of that month; "… ends in 2030": of that year; "… ends on
 * June 3": by that day, on which it still lasts. */
static oc_day printed_end(const reader *r, const oc_date *date)
{
    size_t length;
    oc_civil last = oc_civil_from_day(date->end + 1);
    size_t at = r->lang == OC_LANG_EN && date->start == OC_DAY_OPEN_START
                    ? oc_claim_last_phrase(r, OC_PHRASE_DEADLINE, date->from + 1, date->to, &length)
                    : SIZE_MAX;
    if (at == SIZE_MAX || at + length + 1 >= date->to) return date->end;
    if (oc_slice_ends_with(oc_slice_sub(r->text, at, at + length), " on"))
        return date->end + (date->bound == OC_BOUND_BEFORE);
    char next = r->text.ptr[at + length + 1];
    if (next >= '0' && next <= '9') return oc_day_from_civil(last.year, 12, 31);
    bool december = last.month == 12;
    return oc_day_from_civil(last.year + december, december ? 1 : last.month + 1, 1) - 1;
}

static bool is_step_between(const reader *r, const char *value, size_t from, size_t to)
{
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class == OC_LEX_STEP && oc_slice_is(hit->entry->value, value) && hit->start >= from &&
            hit->end <= to)
            return true;
    }
    return false;
}

/* The second date tells when that ends which begins on the first: "7月6日に始まり、9月18日まで続く", "begins in April
 * and ends in November", "4월에 시작해 11월에 끝난다". */
static bool is_its_end(const reader *r, const oc_date *date, const oc_date *next)
{
    if (r->lang != OC_LANG_EN && next->bound == OC_BOUND_BY) return true;
    if (next->bound != OC_BOUND_AT) return false;
    bool cjk = r->lang != OC_LANG_EN;
    size_t before = date->from > LASTING_REACH ? date->from - LASTING_REACH : 0,
           behind = next->to + LASTING_REACH < r->text.len ? next->to + LASTING_REACH : r->text.len;
    return is_step_between(r, "start", cjk ? date->to : before, cjk ? next->from : date->from) &&
           is_step_between(r, "completion", cjk ? next->to : date->to, cjk ? behind : next->from);
}

/* The day on which what begins then will end. */
static oc_day lasts_until(const reader *r, const oc_date *date, oc_claim *claim)
{
    const oc_date *next = date + 1;
    if (next >= r->dates->at + r->dates->len || date->bound != OC_BOUND_AT) return claim->end;
    if (next->from - date->to > LASTING_REACH || next->end <= date->end || !is_its_end(r, date, next))
        return claim->end;
    for (size_t i = 0; i < r->milestones.len; i++)
        if (r->milestones.at[i]->start >= date->to && r->milestones.at[i]->end <= next->from) return claim->end;
    claim->to = next->to;
    return next->end;
}

/* "before his term ends", "임기가 끝나기 전에": on its last day at the latest. */
static bool ends_a_term(const reader *r, const oc_date *date)
{
    size_t length;
    return oc_claim_last_phrase(r, OC_PHRASE_TERM_END, date->from, date->to, &length) != SIZE_MAX;
}

void oc_claim_set_span(const reader *r, const oc_hit *milestone, const manner *found, const oc_date *date,
                       oc_claim *claim)
{
    claim->from = milestone->start;
    claim->to = milestone->end;
    claim->start = claim->end = OC_DAY_NONE;
    if (!date) return;
    claim->start = date->start;
    claim->end = date->end;
    claim->date_from = date->from;
    claim->date_to = date->to;
    bool deadline = oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_DEADLINE, oc_slice_sub(r->text, 0, date->from)) != 0;
    deadline |=
        oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_DEADLINE, oc_slice_sub(r->text, date->from, date->to)) != 0;
    if (deadline || is_until_occasion(r, date)) claim->start = OC_DAY_OPEN_START;
    claim->end = printed_end(r, date);
    const oc_date *earliest = earliest_before(r, date);
    if (earliest) claim->start = earliest->start, claim->date_from = earliest->from;
    if (!deadline && !found->delayed) claim->end = lasts_until(r, date, claim);
    if (found->delayed && !found->negated && date->start == OC_DAY_OPEN_START && date->end < OC_DAY_OPEN_END)
        claim->start = put_off_to(r, date);
    if (date->start > OC_DAY_OPEN_START && is_moved_to(r, date)) claim->start = first_of_last_unit(date);
    if (date->start == OC_DAY_OPEN_START && is_waited_for(r, date)) claim->start = put_off_to(r, date);
    if (found->not_until) claim->start = put_off_to(r, date), claim->end = OC_DAY_OPEN_END;
    bool not_before =
        oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_EARLIEST, oc_slice_sub(r->text, 0, date->from)) != 0;
    if (r->lang == OC_LANG_EN && claim->start > OC_DAY_OPEN_START && date->start == OC_DAY_OPEN_START)
        not_before |= /* "put off until at least 2032" */
            oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_EARLIEST, oc_slice_sub(r->text, date->from, date->to)) != 0;
    if (not_before) claim->end = OC_DAY_OPEN_END;
    bool named = date->basis == OC_BASIS_NAMED && r->context->anchor != OC_DAY_NONE && date->end > r->context->anchor;
    if (named && claim->start <= r->context->anchor && claim->start > OC_DAY_OPEN_START)
        claim->start = r->context->anchor; /* "before he leaves office": from now on */
    if (named && date->bound == OC_BOUND_BEFORE && claim->end == date->end && ends_a_term(r, date)) claim->end++;
    if (date->from < claim->from) claim->from = date->from;
    if (date->to > claim->to) claim->to = date->to;
}
