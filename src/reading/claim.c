/* Claims of a sentence: its milestones, each with the date nearest to it and the way in which it is told.
 *
 * The words of modality that count for a milestone lie, in Japanese and Korean, where the predicate is, from the
 * milestone (or its date, if that comes first) to the clause of the next milestone; in English in the part of the
 * sentence around it. Of several the firmest restriction wins, in this order:
 *
 *     denied > condition > recommended > goal > forecast > decided > planned > done > "conditions-based"
 *
 * because "agreed to aim for" is an aim and "should be decided" a recommendation. "Conditions-based" by itself names
 * a procedure and decides only where nothing else does. A negation makes the claim denied, unless the sentence names a
 * new date for something postponed: then the claim is delayed and keeps its own modality; or unless it denies for as
 * long as a condition is not met: that is a condition. What is told of a coming day without any such word is planned.
 *
 * A milestone is no claim where it only says what something else is for (a plan for the transfer: phrases of the kind
 * aside), or stands in a condition (if FOC is verified) without a day of its own while the rest speaks of another. A
 * milestone whose id ends in ? in the lexicon (the transfer) counts once the document has named the full one.
 *
 * Example: "両国は2028年までの戦作権移管を目標とすることで合意した" is transfer, ..2028-12-31, goal. */
#include "reading/claim.h"

#include "reading/phrase.h"

#define DATE_REACH 400 /* bytes, with costs, between a milestone and its date */
#define PART_COST 40
#define QUALIFIER_REACH 6 /* bytes between a word of modality and the date that it qualifies */
#define PAST_COST 150     /* of a date that is past, where the sentence looks ahead */
#define ASKED_REACH 100  /* bytes between a milestone and the words that make a question of it */
#define CONDITION_REACH 24 /* bytes between a word of condition and what it governs */
#define OCCASION_REACH 24 /* bytes between a date and the meeting that it dates */
#define CLAUSE_REACH 40   /* bytes between a milestone and a date of the same clause behind it */

static const char *const names[OC_MODALITY_COUNT] = {"stated",   "done",      "decided",     "planned", "goal",
                                                     "forecast", "condition", "recommended", "denied"};

const char *oc_modality_name(oc_modality modality)
{
    return modality < OC_MODALITY_COUNT ? names[modality] : "";
}

typedef struct reader {
    const oc_lexicon *lexicon;
    oc_lang lang;
    oc_slice text;
    const oc_hits *hits;
    const oc_dates *dates;
    const oc_mentions *mentions;
    const oc_claim_context *context;
} reader;

static bool needs_day(const oc_hit *hit)
{
    return hit->entry->class == OC_LEX_MILESTONE && oc_slice_ends(hit->entry->value, OC_SLICE("!"));
}

/* --- dates --- */

static bool is_comma(oc_slice text, size_t at)
{
    if ((unsigned char)text.ptr[at] < 0x80) return text.ptr[at] == ',' || text.ptr[at] == ';';
    return (unsigned char)text.ptr[at] == 0xe3 && at + 2 < text.len && memcmp(text.ptr + at, "、", 3) == 0;
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

static bool same_milestone(const oc_hit *a, const oc_hit *b)
{
    return oc_slice_equal(oc_milestone_id(a->entry), oc_milestone_id(b->entry));
}

/* "2028 is the target year of the transfer" is one claim about the target year. */
static bool told_by_target_year(const reader *r, const oc_hit *milestone)
{
    if (!oc_slice_is(oc_milestone_id(milestone->entry), "transfer")) return false;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        bool target = hit->entry->class == OC_LEX_MILESTONE && oc_slice_is(hit->entry->value, "target-year");
        size_t from = hit->end < milestone->end ? hit->end : milestone->end,
               to = hit->start > milestone->start ? hit->start : milestone->start;
        if (target && (from >= to || !commas(r->text, from, to))) return true;
    }
    return false;
}

/* Another milestone stands in [from, to): what lies beyond it is its own. */
static bool other_between(const reader *r, const oc_hit *milestone, size_t from, size_t to)
{
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class == OC_LEX_MILESTONE && hit->start >= from && hit->end <= to &&
            !same_milestone(hit, milestone) && !told_by_target_year(r, hit))
            return true;
    }
    return false;
}

/* English: the date in "If FOC … in 2026, …" is not that of what follows. */
static bool conditions_other(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (r->lang != OC_LANG_EN || date->to > milestone->start || !commas(r->text, date->to, milestone->start))
        return false;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        bool condition = hit->entry->class == OC_LEX_MODALITY && oc_slice_is(hit->entry->value, "condition") &&
                         hit->end <= date->from;
        if (condition && !commas(r->text, hit->end, date->from) && other_between(r, milestone, hit->end, date->from))
            return true;
    }
    return false;
}

static bool looks_ahead(const reader *r)
{
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_lex_entry *entry = r->hits->at[i].entry;
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
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        bool other = hit->entry->class == OC_LEX_MILESTONE && hit->end <= date->from && !same_milestone(hit, milestone);
        if (!other || date->from - hit->end > CLAUSE_REACH || commas(r->text, hit->end, date->from)) continue;
        bool dated = false;
        for (size_t k = 0; k < r->dates->len; k++)
            dated |= r->dates->at[k].to <= hit->start && !tells_when_said(r, &r->dates->at[k]);
        if (!dated) return true;
    }
    return false;
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
        if (conditions_other(r, milestone, date)) continue;
        if (other_between(r, milestone, from, to) || belongs_to_earlier(r, milestone, date)) continue;
        size_t far = from < to ? to - from + PART_COST * commas(r->text, from, to) : 0;
        if (!before && r->lang != OC_LANG_EN) far *= 2; /* there the date stands before what it dates */
        if (date->end <= r->context->anchor && looks_ahead(r)) far += PAST_COST;
        if (far < least) least = far, best = date;
    }
    return best;
}

/* --- modality --- */

static int rank_of(oc_modality modality)
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

typedef struct scope {
    size_t from, to;
} scope;

static size_t comma_before(oc_slice text, size_t at, size_t limit)
{
    while (at > limit && !is_comma(text, at - 1)) at--;
    return at;
}

/* "…を目標に掲げるが、…": what follows a turn is said of something else. Japanese, Korean: the turn ends the clause of
 * the milestone; English: it also begins one. */
static void cut_at_turn(const reader *r, const oc_hit *milestone, scope *s)
{
    size_t length = 0;
    for (size_t at = milestone->end; at < s->to; at++) {
        length = oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_TURNS, oc_slice_sub(r->text, at, r->text.len));
        if (!length) continue;
        s->to = at;
        break;
    }
    if (r->lang != OC_LANG_EN) return;
    size_t last = oc_phrase_last(r->lexicon, r->lang, OC_PHRASE_TURNS, r->text, s->from, milestone->start, &length);
    if (last != SIZE_MAX) s->from = last + length;
}

/* Where the words of modality of this milestone are looked for. */
static scope scope_of(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    scope s = {milestone->start, r->text.len};
    if (date && date->from < s.from) s.from = date->from;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *other = &r->hits->at[i];
        if (other->entry->class != OC_LEX_MILESTONE || same_milestone(other, milestone)) continue;
        if (told_by_target_year(r, other)) continue;
        size_t border = comma_before(r->text, other->start, milestone->end);
        if (other->start >= milestone->end && border > milestone->end && border < s.to) s.to = border;
    }
    cut_at_turn(r, milestone, &s);
    /* "掲げる2028年の移管": what qualifies the date. */
    for (size_t i = 0; r->lang != OC_LANG_EN && i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class == OC_LEX_MODALITY && hit->end <= s.from && s.from - hit->end <= QUALIFIER_REACH)
            s.from = hit->start;
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
    bool told; /* by a word of modality */
    int hedge;
    oc_slice step;
} manner;

static void read_hit(const oc_hit *hit, manner *ret)
{
    oc_slice value = hit->entry->value;
    switch (hit->entry->class) {
    case OC_LEX_MODALITY: {
        oc_modality modality = modality_of(value);
        if (oc_slice_is(value, "conditions-based"))
            ret->weak_condition = true;
        else if (modality == OC_MODALITY_STATED)
            break;
        else if (rank_of(modality) > rank_of(ret->modality))
            ret->modality = modality;
        ret->told |= modality > OC_MODALITY_DONE;
        break;
    }
    case OC_LEX_NEGATION:
        if (oc_slice_is(value, "delay"))
            ret->delayed = true;
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
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class != OC_LEX_MILESTONE || word->start < hit->start || word->end > hit->end) continue;
        if (!memchr(hit->entry->word.ptr, '*', hit->entry->word.len)) return true;
    }
    return false;
}

/* "sceptics will object that …": what will be is the objection. */
static bool tells_of_speech(const reader *r, const oc_hit *word)
{
    if (r->lang != OC_LANG_EN || word->entry->class != OC_LEX_MODALITY || !oc_slice_is(word->entry->value, "planned"))
        return false;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class == OC_LEX_SPEECH && hit->start >= word->end && hit->start <= word->end + 1) return true;
    }
    return false;
}

static manner manner_of(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    manner found = {.modality = OC_MODALITY_STATED};
    scope s = scope_of(r, milestone, date);
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        bool inside = hit->start >= s.from && hit->end <= s.to;
        bool covered = inside_milestone(r, hit);
        bool condition = hit->end <= s.from && !needs_day(milestone) && hit->entry->class == OC_LEX_MODALITY &&
                         oc_slice_is(hit->entry->value, "condition"); /* a condition stands before what it governs */
        bool frame = hit->start >= r->context->frame_from && hit->end <= r->context->frame_to;
        if ((inside || condition || frame) && !covered && !tells_of_speech(r, hit)) read_hit(hit, &found);
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
    if (claim->modality == OC_MODALITY_STATED && found->weak_condition && !date)
        claim->modality = OC_MODALITY_CONDITION;
    if (claim->modality <= OC_MODALITY_DONE && ahead)
        claim->modality = oc_slice_is(claim->milestone, "conditions") ? OC_MODALITY_FORECAST : OC_MODALITY_PLANNED;
    bool until = found->modality == OC_MODALITY_CONDITION && !date; /* not until the conditions are met */
    if ((found->negated && !until) || (found->delayed && !date)) claim->modality = OC_MODALITY_DENIED;
    bool open = claim->modality >= OC_MODALITY_PLANNED;
    claim->forward = ahead || (!date && open);
    if (date && !ahead && anchor != OC_DAY_NONE && claim->modality <= OC_MODALITY_DONE) claim->forward = false;
}

/* --- what is no claim --- */

oc_slice oc_milestone_id(const oc_lex_entry *entry)
{
    oc_slice id = entry->value;
    if (id.len && (id.ptr[id.len - 1] == '?' || id.ptr[id.len - 1] == '!')) id.len--;
    return id;
}

static bool is_named(const reader *r, const oc_hit *milestone)
{
    return r->context->known || !oc_slice_ends(milestone->entry->value, OC_SLICE("?"));
}

/* "2028年の移管について", "2028년 전환에 대해": dated all the same. */
static bool is_dated_directly(const reader *r, const oc_hit *milestone)
{
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        if (date->to > milestone->start || date->grain == OC_GRAIN_DAY || date->start == OC_DAY_OPEN_START) continue;
        oc_slice between = oc_slice_trim(oc_slice_sub(r->text, date->to, milestone->start));
        if (!between.len || oc_slice_is(between, "の")) return true;
    }
    return false;
}

/* "목표연도를 올해 확정할 수 있느냐는 질문에는", "asked whether the transfer …": somebody's question. */
static bool is_asked(const reader *r, const oc_hit *milestone)
{
    size_t length, to = milestone->end + ASKED_REACH < r->text.len ? milestone->end + ASKED_REACH : r->text.len;
    if (r->lang == OC_LANG_EN) {
        size_t at = oc_phrase_last(r->lexicon, r->lang, OC_PHRASE_ASKED, r->text, 0, milestone->start, &length);
        return at != SIZE_MAX && milestone->start - at - length <= ASKED_REACH / 2 && !commas(r->text, at, milestone->start);
    }
    return oc_phrase_last(r->lexicon, r->lang, OC_PHRASE_ASKED, r->text, milestone->end, to, &length) != SIZE_MAX;
}

/* "a roadmap for the transfer", "移管に向けた工程表". */
static bool is_aside(const reader *r, const oc_hit *milestone)
{
    size_t end = milestone->end;
    if (is_dated_directly(r, milestone)) return false;
    /* "the OPCON transfer (OPCON)": over brackets and blanks. */
    while (end < r->text.len && r->text.ptr[end] == ' ') end++;
    return oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_ASIDE, oc_slice_sub(r->text, end, r->text.len)) ||
           oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_ASIDE_BEFORE, oc_slice_sub(r->text, 0, milestone->start));
}

/* The milestone stands in a part of the sentence that is a condition or a concession; [from, to) is that part. */
static bool in_condition(const reader *r, const oc_hit *milestone, scope *ret_part, bool *ret_condition)
{
    size_t to = milestone->end;
    while (to < r->text.len && !is_comma(r->text, to)) to++;
    *ret_part = (scope){comma_before(r->text, milestone->start, 0), to};
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        bool condition = oc_slice_is(hit->entry->value, "condition"),
             concession = oc_slice_is(hit->entry->value, "concession");
        if (hit->entry->class != OC_LEX_MODALITY || !(condition || concession)) continue;
        if (hit->start < ret_part->from || hit->end > ret_part->to) continue;
        if (r->lang == OC_LANG_EN ? hit->end <= milestone->start && to < r->text.len : hit->start >= milestone->end) {
            if (r->lang != OC_LANG_EN) ret_part->to = hit->end;
            *ret_condition = condition;
            return true;
        }
    }
    return false;
}

/* In a condition without a day of its own, while the rest of the sentence is about another milestone. */
static bool only_conditions(const reader *r, const oc_hit *milestone)
{
    scope part;
    bool condition;
    if (!in_condition(r, milestone, &part, &condition)) return false;
    const oc_date *date = date_of(r, milestone);
    if (date && date->from >= part.from && date->to <= part.to) return false;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class == OC_LEX_MILESTONE && !same_milestone(hit, milestone) && is_named(r, hit) &&
            (hit->start >= part.to || hit->end <= part.from))
            return true;
    }
    return false;
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
    } else if (topics[0] != claim->speaker)
        claim->holder = topics[0];
}

/* --- claims --- */

static bool is_claim(const oc_claim *claim, const manner *found, const oc_date *date)
{
    if (claim->modality == OC_MODALITY_DONE && !claim->forward) return false;
    if (!date && claim->negated && !found->told) return false; /* "X is not Y" tells nothing of what is ahead */
    return date || claim->negated || claim->delayed || claim->modality != OC_MODALITY_STATED;
}

/* The same milestone twice in a sentence is one claim, unless it has two dates. */
static bool is_known(const oc_claims *claims, size_t first, const oc_claim *claim)
{
    for (size_t i = first; i < claims->len; i++) {
        const oc_claim *other = &claims->at[i];
        bool same_date = other->start == claim->start && other->end == claim->end;
        if (oc_slice_equal(other->milestone, claim->milestone) && (same_date || claim->start == OC_DAY_NONE))
            return true;
    }
    return false;
}

/* "10月のSCMまでに", "다음 달 SCM까지": by the day of what the date names. */
static bool is_until_occasion(const reader *r, const oc_date *date)
{
    static const char *const untils[] = {"までに", "まで", "까지"};
    if (r->lang == OC_LANG_EN) return false;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class != OC_LEX_EVENT || hit->start < date->to || hit->start > date->to + OCCASION_REACH) continue;
        oc_slice behind = oc_slice_sub(r->text, hit->end, r->text.len);
        for (size_t k = 0; k < sizeof untils / sizeof *untils; k++)
            if (oc_slice_begins(behind, untils[k]) && !commas(r->text, date->to, hit->start)) return true;
    }
    return false;
}

static void set_span(const reader *r, const oc_hit *milestone, const oc_date *date, oc_claim *claim)
{
    claim->from = milestone->start;
    claim->to = milestone->end;
    claim->start = claim->end = OC_DAY_NONE;
    if (!date) return;
    claim->start = date->start;
    claim->end = date->end;
    bool deadline = oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_DEADLINE, oc_slice_sub(r->text, 0, date->from)) != 0;
    deadline |= oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_DEADLINE, oc_slice_sub(r->text, date->from, date->to)) != 0;
    if (deadline || is_until_occasion(r, date)) claim->start = OC_DAY_OPEN_START;
    if (date->from < claim->from) claim->from = date->from;
    if (date->to > claim->to) claim->to = date->to;
}

/* "On the 11th the ministers agreed to aim for it": the day on which they agreed, not that of the aim. */
static const oc_date *own_date(const reader *r, const oc_hit *milestone, const manner *found)
{
    const oc_date *date = date_of(r, milestone);
    if (!date || r->context->anchor == OC_DAY_NONE) return date;
    bool past_day = date->grain <= OC_GRAIN_MONTH && date->bound == OC_BOUND_AT && date->basis != OC_BASIS_EXPLICIT &&
                    date->end <= r->context->anchor;
    return past_day && found->modality >= OC_MODALITY_DECIDED ? NULL : date;
}

/* "at that meeting the target year …": the day of the meeting. */
static void take_occasion(const reader *r, const oc_hit *milestone, oc_claim *claim)
{
    size_t length;
    bool there = r->context->there_end != OC_DAY_NONE && claim->modality >= OC_MODALITY_DECIDED &&
                 oc_phrase_last(r->lexicon, r->lang, OC_PHRASE_THERE, r->text, 0, milestone->start, &length) != SIZE_MAX;
    if (!there) return;
    claim->start = r->context->there_start;
    claim->end = r->context->there_end;
    claim->forward = r->context->anchor == OC_DAY_NONE || claim->end > r->context->anchor;
}

static void add_claim(const reader *r, const oc_hit *milestone, oc_arena *arena, oc_claims *claims, size_t first)
{
    const oc_date *date = date_of(r, milestone);
    manner found = manner_of(r, milestone, date);
    date = own_date(r, milestone, &found);
    scope part;
    bool condition;
    if (date && in_condition(r, milestone, &part, &condition)) found.modality = OC_MODALITY_CONDITION;
    oc_claim claim = {.milestone = oc_milestone_id(milestone->entry), .step = found.step, .hedge = found.hedge};
    set_span(r, milestone, date, &claim);
    decide(r, &found, date, &claim);
    if (!date) take_occasion(r, milestone, &claim);
    read_people(r, &claim);
    if (is_claim(&claim, &found, date) && !is_known(claims, first, &claim)) *oc_vec_push(arena, claims) = claim;
}

/* A sentence that goes on about the milestone of the one before: only if it tells of a day ahead as more than a fact.
 */
static void add_continued(const reader *r, oc_arena *arena, oc_claims *claims)
{
    size_t told_before = 0; /* where the date of the last claim ends: another one stands in another clause */
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        bool ahead = r->context->anchor != OC_DAY_NONE && date->end > r->context->anchor;
        if (!ahead || tells_when_said(r, date)) continue;
        if (told_before && !commas(r->text, told_before, date->from)) continue;
        oc_lex_entry entry = {.class = OC_LEX_MILESTONE, .value = r->context->milestone};
        oc_hit whole = {date->from, date->to, &entry};
        manner found = manner_of(r, &whole, date);
        size_t length;
        bool pointed = oc_phrase_last(r->lexicon, r->lang, OC_PHRASE_IT, r->text, 0, date->from, &length) != SIZE_MAX;
        bool told = found.told && pointed && rank_of(found.modality) >= rank_of(OC_MODALITY_PLANNED);
        if (rank_of(found.modality) <= rank_of(OC_MODALITY_DECIDED) && !told) return;
        oc_claim claim = {.milestone = r->context->milestone, .step = found.step, .hedge = found.hedge};
        set_span(r, &whole, date, &claim);
        decide(r, &found, date, &claim);
        read_people(r, &claim);
        *oc_vec_push(arena, claims) = claim;
        told_before = date->to;
    }
}

static bool is_question(oc_slice sentence)
{
    static const char *const ends[] = {"?", "？", "か。", "까."};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (oc_slice_ends_with(sentence, ends[i])) return true;
    return false;
}

/* "条件が満たされれば", "once the conditions are met": a condition of something else. */
static bool is_mere_condition(const reader *r, const oc_hit *milestone)
{
    if (r->lang != OC_LANG_EN)
        return oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_IF, oc_slice_sub(r->text, milestone->end, r->text.len));
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class != OC_LEX_MODALITY || !oc_slice_is(hit->entry->value, "condition")) continue;
        if (hit->start <= milestone->start && hit->end + CONDITION_REACH > milestone->start) return true;
    }
    return false;
}

/* Without the milestones that count only where a day ahead is told for them. */
static oc_hits without_dayless(reader *r, oc_arena *arena)
{
    oc_hits kept = {0};
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        const oc_date *date = needs_day(hit) && !is_mere_condition(r, hit) ? date_of(r, hit) : NULL;
        bool ahead = date && (r->context->anchor == OC_DAY_NONE || date->end > r->context->anchor);
        if (!needs_day(hit) || ahead) *oc_vec_push(arena, &kept) = *hit;
    }
    return kept;
}

static bool any_needs_day(const oc_hits *hits)
{
    for (size_t i = 0; i < hits->len; i++)
        if (needs_day(&hits->at[i])) return true;
    return false;
}

void oc_claims_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const oc_mentions *mentions, const oc_claim_context *context,
                    oc_arena *arena, oc_claims *ret_claims)
{
    reader r = {lexicon, lang, sentence, hits, dates, mentions, context};
    size_t first = ret_claims->len;
    bool named = false;
    if (is_question(sentence)) return;
    oc_hits kept;
    if (any_needs_day(hits)) {
        kept = without_dayless(&r, arena);
        hits = r.hits = &kept;
    }
    for (size_t i = 0; i < hits->len; i++) {
        const oc_hit *hit = &hits->at[i];
        if (hit->entry->class != OC_LEX_MILESTONE) continue;
        named = true;
        if (is_named(&r, hit) && !told_by_target_year(&r, hit) && !is_aside(&r, hit) && !is_asked(&r, hit) &&
            !only_conditions(&r, hit))
            add_claim(&r, hit, arena, ret_claims, first);
    }
    if (!named && context->milestone.len) add_continued(&r, arena, ret_claims);
}
