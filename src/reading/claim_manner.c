/* The words of modality that count for a milestone; see claim.c for the order of the modalities. */
#include "reading/claim_parts.h"

#define QUALIFIER_REACH 6  /* bytes between a word of modality and the date that it qualifies */
#define BARE_CONDITION 6   /* bytes of 条件, 조건 alone */
#define JOINT_REACH 6      /* bytes between two milestones, or their dates, of one verb */
#define PREDICATE_REACH 30 /* Japanese, Korean: bytes of the last predicate of a sentence */
#define TURN_REACH 1       /* bytes between a turn and the condition that it opens */
#define ADVICE_REACH 9     /* bytes between advice and what negates it */
#define OVER_REACH 9       /* Japanese, Korean: between a meeting and the word that it is over */
#define NEXT_REACH 40      /* Korean: between a condition and the milestone of its clause */
#define MEETING_REACH 40   /* English: between "when" and the word that somebody meets */

static const char *const names[OC_MODALITY_COUNT] = {"stated",   "done",      "decided",     "planned", "goal",
                                                     "forecast", "condition", "recommended", "denied"};

const char *oc_modality_name(oc_modality modality)
{
    return modality < OC_MODALITY_COUNT ? names[modality] : "";
}

size_t oc_claim_last_phrase(const reader *r, oc_phrase_kind kind, size_t from, size_t to, size_t *ret_length)
{
    return oc_phrase_last_in(r->hits, r->lexicon, r->lang, kind, r->text, from, to, ret_length);
}

bool oc_claim_is_modality(const oc_hit *hit, const char *value)
{
    return hit->entry->class == OC_LEX_MODALITY && oc_slice_is(hit->entry->value, value);
}

bool oc_claim_is_condition(const oc_hit *hit)
{
    return oc_claim_is_modality(hit, "condition") || oc_claim_is_modality(hit, "unless") ||
           oc_claim_is_modality(hit, "until") || oc_claim_is_modality(hit, "as-soon");
}

bool oc_claim_is_occasion(const oc_hit *hit)
{
    return oc_slice_is(hit->entry->value, "meeting") || oc_slice_is(hit->entry->value, "exercise");
}

bool oc_claim_needs_day(const oc_hit *hit)
{
    return hit->entry->class == OC_LEX_MILESTONE && oc_slice_ends(hit->entry->value, OC_SLICE("!"));
}

int oc_claim_rank_of(oc_modality modality)
{
    static const int ranks[OC_MODALITY_COUNT] = {0, 1, 3, 2, 5, 4, 7, 6, 8};
    return ranks[modality];
}

static oc_modality modality_of(oc_slice value)
{
    int modality = OC_MODALITY_COUNT - 1;
    while (modality > 0 && !oc_slice_is(value, names[modality])) modality--;
    return (oc_modality)modality;
}

/* "is ready to, but only after …": what turns is a condition of what stands before. */
static bool begins_condition(const reader *r, size_t turn, size_t end)
{
    for (size_t i = 0; i < r->manners.len; i++)
        if (oc_claim_is_condition(r->manners.at[i]) && r->manners.at[i]->start >= turn &&
            r->manners.at[i]->start <= end + TURN_REACH)
            return true;
    return false;
}

/* "…を目標に掲げるが、…": what follows a turn is said of something else. Japanese, Korean: the turn ends the clause of
 * the milestone; English: it also begins one. */
static void cut_at_turn(const reader *r, const oc_hit *milestone, const oc_date *date, scope *s)
{
    size_t length = 0;
    size_t turn =
        oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_TURNS, r->text, milestone->end, s->to, &length);
    bool dated_behind = turn != SIZE_MAX && date && date->from >= turn + length && milestone->start != date->from;
    if (dated_behind && r->lang != OC_LANG_EN) { /* "언제 시작할지는 공개되지 않았지만 8월로 잡았다": told there */
        s->from = turn + length;
        return;
    }
    if (turn != SIZE_MAX && !begins_condition(r, turn, turn + length)) s->to = turn;
    if (r->lang != OC_LANG_EN) return;
    size_t last = oc_claim_last_phrase(r, OC_PHRASE_TURNS, s->from, milestone->start, &length);
    if (last != SIZE_MAX) s->from = last + length;
}

/* "今年FOC、来年FMCを検証する": nothing but a comma, and a date, stands between two milestones: one verb has both. */
static bool is_joined(const reader *r, const oc_hit *milestone, const oc_date *date, const oc_hit *other)
{
    if (r->lang == OC_LANG_EN || other->start < milestone->end) return false;
    size_t from = date && date->to > milestone->end ? date->to : milestone->end;
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *next = &r->dates->at[i];
        if (next->from < from || next->to > other->start) continue;
        return next->from - from <= JOINT_REACH && other->start - next->to <= JOINT_REACH;
    }
    return other->start - from <= JOINT_REACH;
}

/* English: where the part of this milestone begins behind the one of an earlier milestone. */
static size_t scope_start(const reader *r, const oc_hit *milestone)
{
    size_t limit = 0;
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *other = r->milestones.at[i];
        if (other->end <= milestone->start && !oc_claim_same_milestone(other, milestone)) limit = other->end;
    }
    if (!limit) return 0;
    size_t from = oc_clauses_comma_before(&r->clauses, milestone->start, limit);
    size_t joint = oc_claim_and_before(r, milestone->start, limit);
    if (from == limit || (joint > from && oc_slice_begins(oc_slice_from(r->text, joint), "and that "))) from = joint;
    return milestone->start - from <= strlen("and the ") ? 0 : from; /* "FOC this year and FMC next year" */
}

/* English: "…insisted that no date be set; his successor promised the transfer by 2030": behind the semicolon. */
static size_t behind_semicolon(const reader *r, const oc_hit *milestone, const oc_date *date, size_t from)
{
    size_t to = date && date->from < milestone->start ? date->from : milestone->start;
    if (!(r->hits->signs & OC_SIGN_SEMICOLON) || to <= from) return from;
    size_t at = oc_slice_find_last(oc_slice_sub(r->text, 0, to), OC_SLICE("; "), from);
    return at == SIZE_MAX ? from : at + 2;
}

bool oc_claim_is_predicate(const reader *r, const oc_date *date)
{
    return r->lang == OC_LANG_KO && date &&
           oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_COPULA, oc_slice_from(r->text, date->to)) != 0;
}

/* Korean: where a milestone begins, with the first date in front of it behind byte `from`: what stands before is the
 * predicate of another one. */
static size_t start_with_date(const reader *r, const oc_hit *milestone, size_t from)
{
    for (size_t i = 0; i < r->dates->len; i++)
        if (r->dates->at[i].from >= from && r->dates->at[i].to <= milestone->start) return r->dates->at[i].from;
    return milestone->start;
}

/* Where the words of modality of this milestone are looked for. */
static scope scope_of(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    scope s = {milestone->start, r->text.len};
    bool ahead = date && (r->context->anchor == OC_DAY_NONE || date->end > r->context->anchor);
    if (ahead && date->from < s.from) s.from = date->from;
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *other = r->milestones.at[i];
        if (other->start < milestone->end || oc_claim_same_milestone(other, milestone)) continue;
        if (oc_claim_told_by_settling(r, other) || is_joined(r, milestone, date, other)) continue;
        size_t border = oc_clauses_comma_before(&r->clauses, other->start, milestone->end);
        size_t limit = date && date->to > milestone->end ? date->to : milestone->end;
        if (border <= milestone->end) border = oc_claim_and_before(r, other->start, limit);
        /* "is possible by 2028 if FOC is verified": its own condition, whatever that is of */
        if (r->lang == OC_LANG_EN && border == limit && oc_claim_any_condition(r, limit, other->end)) continue;
        if (r->lang == OC_LANG_KO && border == limit && limit > milestone->end)
            border = start_with_date(r, other, limit);
        if (border > milestone->end && border < s.to) s.to = border;
    }
    /* "현실적인 시점은 2029년 하반기다", of a milestone that the sentence before names */
    if (date && milestone->start == date->from && milestone->end == date->to && oc_claim_is_predicate(r, date))
        s.from = 0;
    cut_at_turn(r, milestone, date, &s);
    /* "掲げる2028年の移管": what qualifies the date. */
    for (size_t i = 0; r->lang != OC_LANG_EN && i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class == OC_LEX_MODALITY && hit->end <= s.from && s.from - hit->end <= QUALIFIER_REACH)
            s.from = hit->start;
    }
    if (r->lang == OC_LANG_EN) s.from = behind_semicolon(r, milestone, date, scope_start(r, milestone));
    return s;
}

/* Korean: what ends at `end` is what one should do ("충족해야 한다"), against what must be first ("충족돼야 가능하다").
 */
bool oc_claim_ends_duty(const reader *r, size_t end)
{
    if (r->lang != OC_LANG_KO || !oc_slice_ends_with(oc_slice_sub(r->text, 0, end), "야")) return false;
    oc_slice behind = oc_slice_from(r->text, end);
    return !oc_slice_begins(behind, " ") ||
           oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_MUST, oc_slice_from(behind, 1));
}

static bool is_needed_first(const reader *r, const oc_hit *hit)
{
    return r->lang == OC_LANG_KO && oc_slice_ends_with(oc_slice_sub(r->text, hit->start, hit->end), "야") &&
           !oc_claim_ends_duty(r, hit->end);
}

/* "合意した" in 合意したい */
static bool is_wish(const reader *r, const oc_hit *hit)
{
    return r->lang == OC_LANG_JA && oc_slice_ends_with(oc_slice_sub(r->text, hit->start, hit->end), "た") &&
           oc_slice_begins(oc_slice_sub(r->text, hit->end, r->text.len), "い");
}

static void read_hit(const reader *r, const oc_hit *hit, manner *ret)
{
    oc_slice value = hit->entry->value;
    if (oc_slice_is(value, "recommended") && is_needed_first(r, hit)) value = OC_SLICE("condition");
    if (hit->entry->class == OC_LEX_MODALITY && is_wish(r, hit)) value = OC_SLICE("goal");
    switch (hit->entry->class) {
    case OC_LEX_MODALITY: {
        oc_modality modality = modality_of(value);
        ret->unless |= oc_slice_is(value, "unless");
        ret->until |= oc_slice_is(value, "until");
        ret->opposed |= oc_slice_is(value, "opposed");
        ret->as_soon |= oc_slice_is(value, "as-soon");
        if (oc_slice_is(value, "conditions-based"))
            ret->weak_condition = true, ret->based |= r->lang != OC_LANG_EN && hit->end - hit->start > BARE_CONDITION;
        else if (modality == OC_MODALITY_STATED)
            break;
        else if (oc_claim_rank_of(modality) > oc_claim_rank_of(ret->modality))
            ret->modality = modality;
        if (modality == OC_MODALITY_PLANNED) {
            bool intends = oc_slice_find(hit->entry->word, OC_SLICE("겠"), 0) != SIZE_MAX;
            ret->intended = intends && !ret->scheduled;
            ret->scheduled |= !intends;
        }
        ret->told |= modality > OC_MODALITY_DONE || ret->unless || ret->until;
        break;
    }
    case OC_LEX_NEGATION:
        if (oc_slice_is(value, "delay"))
            ret->delayed = true;
        else if (oc_slice_is(value, "was-not"))
            ret->was_not = ret->negated = true;
        else
            ret->negated = true;
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

/* "target" in "target year" is no goal; within the gap of "A*B" a word counts. */
static bool inside_milestone(const reader *r, const oc_hit *word)
{
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        if (word->start < hit->start || word->end > hit->end) continue;
        if (!memchr(hit->entry->word.ptr, '*', hit->entry->word.len)) return true;
    }
    return false;
}

/* "sceptics will object that …": what will be is the objection; not so "it will be announced". */
static bool tells_of_speech(const reader *r, const oc_hit *word)
{
    if (r->lang != OC_LANG_EN || word->entry->class != OC_LEX_MODALITY || !oc_slice_is(word->entry->value, "planned"))
        return false;
    if (oc_slice_ends_with(oc_slice_sub(r->text, word->start, word->end), " be")) return false;
    for (const oc_hit *hit = oc_hits_first(r->hits, OC_LEX_SPEECH); hit; hit = oc_hits_next(r->hits, hit)) {
        if (hit->start >= word->end && hit->start <= word->end + 1) return true;
    }
    return false;
}

/* Japanese, Korean: "急ぐべきではない", "해야 하지 않는다": advice against something is advice. */
static bool negates_advice(const reader *r, const oc_hit *word)
{
    if (r->lang == OC_LANG_EN || word->entry->class != OC_LEX_NEGATION) return false;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool advice = oc_claim_is_modality(hit, "recommended");
        if (advice && hit->end <= word->start && word->start - hit->end <= ADVICE_REACH) return true;
    }
    return false;
}

/* "条件が整う": no condition of when they are met. */
static bool tells_itself(const oc_hit *word, const oc_hit *milestone)
{
    return oc_claim_needs_day(milestone) && word->entry->class == OC_LEX_MODALITY &&
           oc_slice_is(word->entry->value, "condition") && word->start < milestone->end && word->end > milestone->start;
}

/* English: "this was a judgment, not a deadline", "and that it is possible": what stands in another part of the
 * sentence than the milestone and its date negates nothing there, and is no condition of what "and" adds. */
static bool is_elsewhere(const reader *r, const oc_hit *word, const oc_hit *milestone, const oc_date *date)
{
    if (r->lang != OC_LANG_EN || word->entry->class != OC_LEX_NEGATION) return false;
    size_t from = date && date->from < milestone->start ? date->from : milestone->start,
           to = date && date->to > milestone->end ? date->to : milestone->end;
    if (word->end <= from) return oc_clauses_commas(&r->clauses, word->end, from) > 0;
    return word->start >= to &&
           (oc_clauses_commas(&r->clauses, to, word->start) || oc_claim_and_before(r, word->start, to) > to);
}

/* English: the part that begins at `at` goes on after "and", "but". */
static bool is_added(const reader *r, size_t at)
{
    static const char *const joints[] = {"and ", "but "};
    oc_slice part = oc_slice_trim(oc_slice_sub(r->text, at, r->text.len));
    return r->lang == OC_LANG_EN && (oc_slice_begins(part, joints[0]) || oc_slice_begins(part, joints[1]));
}

/* English: "my expectation is that FOC will be verified and that the transfer will follow": where the words end that
 * stand over both, 0 if none do. */
static size_t shared_frame(const reader *r, size_t at)
{
    static const char joint[] = "and that ";
    oc_slice part = oc_slice_from(r->text, at);
    if (oc_slice_begins(part, " ")) part = oc_slice_from(part, 1);
    return oc_slice_begins(part, joint) && r->milestones.len ? r->milestones.at[0]->start : 0;
}

/* Japanese, Korean: a word of an end stands in [from, to): 終わ, 끝나. */
static bool ends_something(const reader *r, size_t from, size_t to)
{
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool end = hit->entry->class == OC_LEX_STEP && oc_slice_is(hit->entry->value, "completion");
        if (end && hit->start >= from && hit->start < to) return true;
    }
    return false;
}

/* "propose 2028 when the ministers meet in Washington", "演習が終われば直ちに": when it is, and no condition. */
static bool is_when_met(const reader *r, const oc_hit *word)
{
    bool en = r->lang == OC_LANG_EN;
    if (!oc_claim_is_modality(word, "condition") || (en && !oc_slice_begins(word->entry->word, "when "))) return false;
    if (en && oc_slice_find(word->entry->word, OC_SLICE("condition"), 0) != SIZE_MAX) return false; /* they "are met" */
    for (const oc_hit *hit = oc_hits_first(r->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(r->hits, hit)) {
        if (!oc_claim_is_occasion(hit)) continue;
        bool near = en ? hit->start >= word->end && hit->start - word->end <= MEETING_REACH
                       : hit->end <= word->start && word->start - hit->end <= OVER_REACH;
        oc_slice behind = oc_slice_from(r->text, hit->end);
        bool over = near && !en && oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_OVER, behind) &&
                    ends_something(r, hit->end, word->end);
        if (near && (en || over)) return true;
    }
    return false;
}

bool oc_claim_conditions_next(const reader *r, const oc_hit *word, const oc_hit *milestone)
{
    if (r->lang != OC_LANG_KO || !oc_claim_is_condition(word) || word->start < milestone->end) return false;
    bool next = false;
    for (size_t i = 0; i < r->milestones.len && !next; i++)
        next = r->milestones.at[i]->start >= word->end && r->milestones.at[i]->start - word->end <= NEXT_REACH &&
               !oc_claim_same_milestone(r->milestones.at[i], milestone);
    size_t length, at = milestone->end;
    while (next && (at = oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_OPEN_CLAUSE, r->text, at,
                                            word->start, &length)) != SIZE_MAX) {
        at += length;
        if (oc_slice_begins(oc_slice_from(r->text, at), " ")) return true;
    }
    return false;
}

/* Korean: "2028년 전환이 늦춰질 수 있다", against "2029년으로 늦춰질 수 있다": it may not be then. */
static bool is_put_off_from(const reader *r, const oc_date *date)
{
    if (r->lang != OC_LANG_KO || !date || date->bound != OC_BOUND_AT ||
        oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_MOVED_TO, oc_slice_from(r->text, date->to)) ||
        oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_MOVED_TO, oc_slice_sub(r->text, date->from, date->to)))
        return false; /* 2029년으로, 2029년 말로 */
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class == OC_LEX_NEGATION && oc_slice_is(hit->entry->value, "delay") && hit->start >= date->to)
            return true;
    }
    return false;
}

/* English: "not possible until 2029", "won't be ready until then": a day, and no condition. */
static bool is_until_day(const oc_hit *word, const oc_date *date)
{
    return date && oc_claim_is_modality(word, "until") && word->start >= date->from && word->end <= date->to;
}

/* English: "they should certify FOC, fix 2029 as the target year and begin": a part that begins with a bare verb is
 * meant as the one before it: the last word that plans, wants or advises there. */
static const oc_hit *governor_of(const reader *r, size_t from)
{
    oc_slice part = oc_slice_trim(oc_slice_from(r->text, from));
    if (r->lang != OC_LANG_EN || !from) return NULL;
    if (oc_slice_begins(part, "and ")) part = oc_slice_trim(oc_slice_from(part, strlen("and ")));
    if (!oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_BARE_VERB, part)) return NULL;
    const oc_hit *last = NULL;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool governs = oc_claim_is_modality(hit, "planned") || oc_claim_is_modality(hit, "goal") ||
                       oc_claim_is_modality(hit, "recommended") || oc_claim_is_modality(hit, "decided");
        if (governs && hit->end <= from) last = hit;
    }
    return last;
}

/* Of what was found, what holds: a thing denied for as long as a condition is not met stands under that condition. */
static void weigh(manner *found, const oc_date *date)
{
    bool put_off = found->delayed && date && date->start == OC_DAY_OPEN_START; /* "put off until 2032" */
    if (found->unless || (found->until && !put_off && found->modality != OC_MODALITY_RECOMMENDED)) {
        found->modality = OC_MODALITY_CONDITION;
        found->negated = false;
    }
    /* "검증이 끝나는 대로 착수해 내년 말까지 마친다": planned for a day */
    bool waits = found->as_soon && !date && oc_claim_rank_of(found->modality) < oc_claim_rank_of(OC_MODALITY_CONDITION);
    if (waits) found->modality = OC_MODALITY_CONDITION, found->told = true;
    if (found->was_not && !date && found->modality != OC_MODALITY_DENIED) /* "did not pursue it": nothing is ahead */
        *found = (manner){.modality = OC_MODALITY_STATED};
    if (found->opposed && date && oc_claim_rank_of(found->modality) < oc_claim_rank_of(OC_MODALITY_DENIED))
        found->modality = OC_MODALITY_DENIED;
    if (date && date->hedge == OC_DATE_ABOUT && !found->hedge) found->hedge = 1;
}

/* "no military reason why it could not happen by 2030", "2030年までに移管できない理由はない": a denial denied. */
static bool denies_denial(const reader *r, const scope *s)
{
    size_t length,
        at = oc_claim_last_phrase(r, OC_PHRASE_NO_REASON, r->lang == OC_LANG_EN ? 0 : s->from, r->text.len, &length);
    for (size_t i = 0; at != SIZE_MAX && i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool other = hit->entry->class == OC_LEX_NEGATION && !oc_slice_is(hit->entry->value, "delay") &&
                     (hit->end <= at || hit->start >= at + length);
        bool behind = r->lang == OC_LANG_EN ? hit->start > at : hit->end <= at;
        if (other && behind && !oc_clauses_commas(&r->clauses, behind ? hit->end : at, at)) return true;
    }
    return false;
}

/* "denied that it had given up on the transfer", "移管を断念したとの報道を否定した": the goal stands. */
static bool denies_giving_up(const reader *r)
{
    size_t up, length, deny = oc_claim_last_phrase(r, OC_PHRASE_DENIES, 0, r->text.len, &length);
    if (deny == SIZE_MAX) return false;
    size_t given = oc_claim_last_phrase(r, OC_PHRASE_GIVES_UP, 0, r->text.len, &up);
    return given != SIZE_MAX && (r->lang == OC_LANG_EN ? deny < given : given < deny);
}

/* Japanese, Korean: "来年FMC検証を終え、2028年に戦作権を引き継ぎたい": a clause without a predicate of its own, before
 * one about another milestone, is meant as the last one is. */
static oc_modality last_predicate(const reader *r, const oc_date *date, const scope *s)
{
    const oc_hit *other = NULL;
    bool open = r->lang != OC_LANG_EN && date && date->end > r->context->anchor && s->to < r->text.len &&
                oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_OPEN_CLAUSE, oc_slice_sub(r->text, 0, s->to));
    for (size_t i = 0; open && i < r->milestones.len; i++)
        if (r->milestones.at[i]->start >= s->to) other = r->milestones.at[i];
    oc_modality last = OC_MODALITY_STATED;
    for (size_t i = 0; other && i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class == OC_LEX_NEGATION && hit->start >= other->end) return OC_MODALITY_STATED;
        if (hit->entry->class != OC_LEX_MODALITY || hit->start < other->end) continue;
        if (r->text.len - hit->end > PREDICATE_REACH) continue;
        oc_modality modality = modality_of(hit->entry->value);
        bool meant = modality == OC_MODALITY_GOAL || modality == OC_MODALITY_PLANNED ||
                     modality == OC_MODALITY_DECIDED || modality == OC_MODALITY_RECOMMENDED;
        if (meant && oc_claim_rank_of(modality) > oc_claim_rank_of(last)) last = modality;
    }
    return last;
}

/* "…終えたいとするが、米側は…とみている": what reports ends at the turn. */
static size_t end_of_frame(const reader *r)
{
    size_t length, from = r->context->frame_from, to = r->context->frame_to;
    if (from >= to || r->lang == OC_LANG_EN) return to;
    size_t turn = oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_TURNS, r->text, from, to, &length);
    return turn == SIZE_MAX ? to : turn;
}

manner oc_claim_manner_of(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    manner found = {.modality = OC_MODALITY_STATED};
    scope s = scope_of(r, milestone, date);
    size_t frame_to = end_of_frame(r);
    bool added = is_added(r, s.from);
    size_t shared = added ? shared_frame(r, s.from) : 0;
    const oc_hit *governor = governor_of(r, s.from);
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool inside = hit->start >= s.from && hit->end <= s.to;
        bool condition = hit->end <= s.from && !added && oc_claim_is_condition(hit);
        bool frame = hit->start >= r->context->frame_from && hit->end <= frame_to;
        bool before = hit->end <= shared && hit->entry->class == OC_LEX_MODALITY;
        if (!inside && !condition && !frame && !before && hit != governor) continue;
        if (inside_milestone(r, hit) || is_elsewhere(r, hit, milestone, date) || negates_advice(r, hit) ||
            tells_itself(hit, milestone) || tells_of_speech(r, hit) || is_when_met(r, hit) ||
            oc_claim_conditions_next(r, hit, milestone))
            continue;
        if (is_until_day(hit, date))
            found.not_until = true;
        else
            read_hit(r, hit, &found);
    }
    if (found.negated && denies_denial(r, &s)) {
        found.negated = found.was_not = false;
        found.modality = OC_MODALITY_FORECAST;
    }
    if (found.modality == OC_MODALITY_DENIED && denies_giving_up(r))
        found.modality = OC_MODALITY_GOAL, found.negated = found.was_not = false;
    if (found.delayed && found.modality == OC_MODALITY_FORECAST && is_put_off_from(r, date))
        found.modality = OC_MODALITY_DENIED;
    found.not_until &= found.negated && !found.delayed;
    if (found.not_until) found.negated = false;
    if (found.not_until && found.modality != OC_MODALITY_CONDITION && found.modality != OC_MODALITY_RECOMMENDED)
        found.modality = OC_MODALITY_FORECAST;
    if (found.modality == OC_MODALITY_STATED && !found.negated) found.modality = last_predicate(r, date, &s);
    found.negated |= oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_NO, oc_slice_sub(r->text, 0, milestone->start)) != 0;
    weigh(&found, date);
    size_t length;
    if (found.opposed && !date && oc_claim_last_phrase(r, OC_PHRASE_BILL, 0, r->text.len, &length) != SIZE_MAX)
        found.modality = OC_MODALITY_DENIED; /* "a resolution against the transfer" */
    return found;
}

void oc_claim_decide(const reader *r, const manner *found, const oc_date *date, oc_claim *claim)
{
    oc_day anchor = r->context->anchor;
    bool ahead = date && anchor != OC_DAY_NONE && date->end > anchor;
    /* "was certified at this month's talks" */
    if (ahead && found->modality == OC_MODALITY_DONE && date->start <= anchor && date->start > OC_DAY_OPEN_START)
        ahead = false;
    claim->modality = found->modality;
    claim->negated = found->negated;
    claim->delayed = found->delayed;
    bool based = claim->modality == OC_MODALITY_RECOMMENDED && found->based; /* "条件に基づくべき" */
    based |=
        r->lang == OC_LANG_EN && claim->modality == OC_MODALITY_GOAL; /* "committed to a conditions-based transition" */
    if ((claim->modality == OC_MODALITY_STATED || based) && found->weak_condition && !date)
        claim->modality = OC_MODALITY_CONDITION;
    /* Korean: within a term of office nothing is planned, but aimed at, unless a word tells of a plan */
    bool aimed = r->lang == OC_LANG_KO && ahead && date->basis == OC_BASIS_NAMED && date->grain == OC_GRAIN_PERIOD;
    bool guessed = ahead && date->hedge == OC_DATE_AT_EARLIEST; /* "早ければ2027年末にも実現する" */
    if (claim->modality <= OC_MODALITY_DONE && ahead)
        claim->modality = aimed ? OC_MODALITY_GOAL : guessed ? OC_MODALITY_FORECAST : OC_MODALITY_PLANNED;
    if (aimed && found->modality == OC_MODALITY_PLANNED && found->intended) claim->modality = OC_MODALITY_GOAL;
    bool scheduled = r->lang != OC_LANG_EN && found->modality == OC_MODALITY_PLANNED; /* 条件を満たす工程表 */
    if (claim->modality == OC_MODALITY_PLANNED && !scheduled && oc_milestone_is_unplanned(r->lexicon, claim->milestone))
        claim->modality = OC_MODALITY_FORECAST;                     /* that they "will be met" nobody can plan */
    bool until = found->modality == OC_MODALITY_CONDITION && !date; /* not until the conditions are met */
    if (found->negated && !until) claim->modality = OC_MODALITY_DENIED;
    bool open = claim->modality >= OC_MODALITY_DECIDED;
    claim->forward = ahead || (!date && open);
    if (date && !ahead && anchor != OC_DAY_NONE && claim->modality <= OC_MODALITY_DONE) claim->forward = false;
}
