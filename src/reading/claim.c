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
#include "reading/claim_parts.h"

#define ASKED_REACH 100    /* bytes between a milestone and the words that make a question of it */
#define CONDITION_REACH 24 /* bytes between a word of condition and what it governs */
#define OTHER_REACH 60     /* English: bytes between what has a milestone of its own and the milestone */
#define RESULT_REACH 30    /* bytes between a milestone and its results */
#define BEHIND_REACH 4     /* English: bytes between a milestone and the date right behind it */
#define SCHEDULE_REACH 48  /* the same with a word that tells when */
#define DATING_REACH 48    /* English: between a year and the milestone that it is the date for */
#define WORD_REACH 12      /* bytes between such a word and its neighbours */
#define EDGE_REACH 8       /* English: between a comma and the date behind it: ", in the" */
#define UNTIL_REACH 60     /* English: bytes between "before" and the date of what it names */
#define DISCUSSED_REACH 90 /* bytes between a milestone and the word that it is talked about */
#define STEP_REACH 4       /* bytes between a milestone and its step */
#define LASTING_REACH 24   /* bytes between the day on which something begins and the one on which it ends */
#define OCCASION_REACH 40  /* bytes between a date and the meeting that it dates */

/* --- what is no claim --- */

static bool is_named(const reader *r, const oc_hit *milestone)
{
    return r->context->known || !oc_slice_ends(milestone->entry->value, OC_SLICE("?"));
}

/* The steps of the milestone that stand right behind it: "FOC検証", "FOC 검증". */
static size_t end_with_steps(const reader *r, const oc_hit *milestone)
{
    size_t end = milestone->end;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class != OC_LEX_STEP || hit->start < end || hit->start - end > STEP_REACH) continue;
        oc_slice gap = oc_slice_trim(oc_slice_sub(r->text, end, hit->start));
        bool object = oc_phrase_is(r->lexicon, r->lang, OC_PHRASE_CASE, gap); /* "FOC를 마칠": a verb */
        if (!object) end = hit->end;
    }
    return end;
}

/* English: "the FOC verification scheduled for this fall": nothing but a participle that tells when stands between the
 * milestone and the date; not "the review of the transfer is set for July". */
static bool is_scheduled_behind(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (date->from < milestone->end || date->from - milestone->end > SCHEDULE_REACH) return false;
    size_t from = end_with_steps(r, milestone);
    oc_slice behind = oc_slice_from(r->text, from);
    if (oc_slice_begins(behind, ", which ")) /* "the FMC evaluation, which starts in August" */
        return oc_clauses_commas(&r->clauses, from, date->from) == 1;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class != OC_LEX_MODALITY || hit->start != from + 1 || hit->end > date->from) continue;
        bool finite = oc_slice_begins(hit->entry->word, "is ") || oc_slice_begins(hit->entry->word, "will ") ||
                      oc_slice_begins(hit->entry->word, "would ");
        return !finite && date->from - hit->end <= WORD_REACH && !oc_clauses_commas(&r->clauses, from, date->from);
    }
    return false;
}

/* Japanese, Korean: "下半期に予定されるFOC検証", "2027년으로 예상되는 FMC 검증": the same in front of it. */
static bool is_scheduled_before(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (date->to > milestone->start || milestone->start - date->to > SCHEDULE_REACH) return false;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class != OC_LEX_MODALITY || hit->start < date->to || hit->end > milestone->start) continue;
        return hit->start - date->to <= WORD_REACH && milestone->start - hit->end <= WORD_REACH &&
               !oc_clauses_commas(&r->clauses, date->to, milestone->start);
    }
    return false;
}

/* "2028年の移管について", "paving the way for the transfer in 2028", "2029 for the transfer": dated all the same. */
static bool is_dated_directly(const reader *r, const oc_hit *milestone)
{
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        bool behind = r->lang == OC_LANG_EN && date->grain != OC_GRAIN_DAY && date->from >= milestone->end &&
                      date->from - milestone->end <= BEHIND_REACH;
        if (behind) return true;
        if (r->lang == OC_LANG_EN ? is_scheduled_behind(r, milestone, date) : is_scheduled_before(r, milestone, date))
            return true;
        if (date->to > milestone->start || date->grain == OC_GRAIN_DAY) continue;
        oc_slice between = oc_slice_trim(oc_slice_sub(r->text, date->to, milestone->start));
        bool named = r->lang == OC_LANG_EN &&
                     between.len <= DATING_REACH && /* "2029 is the best date for the transfer" */
                     oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_DATING, between) &&
                     !oc_clauses_commas(&r->clauses, date->to, milestone->start);
        if (named) return true;
        bool open = date->start == OC_DAY_OPEN_START; /* 2030年までの, but not "a road map by 2030" */
        if (open && (r->lang == OC_LANG_EN || !between.len)) continue;
        if (!between.len || oc_phrase_is(r->lexicon, r->lang, OC_PHRASE_DATED, between)) return true;
    }
    return false;
}

/* "목표연도를 올해 확정할 수 있느냐는 질문에는", "asked whether the transfer …": somebody's question. */
static bool is_asked(const reader *r, const oc_hit *milestone)
{
    size_t length, to = milestone->end + ASKED_REACH < r->text.len ? milestone->end + ASKED_REACH : r->text.len;
    if (r->lang == OC_LANG_EN) {
        size_t reach = milestone->start > ASKED_REACH ? milestone->start - ASKED_REACH : 0;
        size_t from = oc_clauses_comma_before(&r->clauses, milestone->start, reach);
        size_t at = oc_claim_last_phrase(r, OC_PHRASE_ASKED, from, milestone->start, &length);
        return at != SIZE_MAX && milestone->start - at - length <= ASKED_REACH / 2;
    }
    size_t at = oc_claim_last_phrase(r, OC_PHRASE_ASKED, milestone->end, to, &length);
    return at != SIZE_MAX && !oc_clauses_commas(&r->clauses, milestone->end, at);
}

/* "called for the transfer": a word of modality reaches up to the milestone. */
static bool is_wanted(const reader *r, const oc_hit *milestone, size_t aside)
{
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool reaches = hit->end > milestone->start - aside && hit->end <= milestone->start;
        if (reaches && hit->entry->class == OC_LEX_MODALITY && !oc_claim_is_condition(hit)) return true;
    }
    return false;
}

/* English: "would bar the use of funds for the transfer until conditions are met". */
static bool is_barred_until(const reader *r, const oc_hit *milestone)
{
    for (size_t i = 0; r->lang == OC_LANG_EN && i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool until = oc_claim_is_modality(hit, "until") || oc_claim_is_modality(hit, "unless");
        if (until && hit->start >= milestone->end && hit->start - milestone->end <= BEHIND_REACH) return true;
    }
    return false;
}

/* "a roadmap for the transfer", "移管に向けた工程表", "FOC検証に関する報告". */
static bool is_aside(const reader *r, const oc_hit *milestone)
{
    size_t ends[2] = {milestone->end, r->lang == OC_LANG_EN ? milestone->end : end_with_steps(r, milestone)};
    if (is_dated_directly(r, milestone)) return false;
    bool follows = false;
    for (size_t i = 0; i < 2; i++) {
        /* "the OPCON transfer (OPCON)": over brackets and blanks. */
        while (ends[i] < r->text.len && r->text.ptr[ends[i]] == ' ') ends[i]++;
        oc_slice behind = oc_slice_from(r->text, ends[i]);
        if (oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_NO_ASIDE, behind)) return false;
        follows |= oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_ASIDE, behind) != 0;
    }
    if (follows) return true;
    if (is_barred_until(r, milestone)) return false;
    oc_slice head = oc_slice_sub(r->text, 0, milestone->start);
    size_t before = oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_ASIDE_BEFORE, head);
    if (!before && r->lang == OC_LANG_EN && oc_slice_ends_with(head, " the ")) {
        head.len -= strlen("the ");
        before = oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_ASIDE_BEFORE, head);
        if (before) before += strlen("the ");
    }
    return before && !(r->lang == OC_LANG_EN && is_wanted(r, milestone, before));
}

/* Japanese, Korean: "目標年度を来月の会議で話し合う", "전환을 논의할 예정이다": only talked about, whatever the day. */
static bool is_discussed(const reader *r, const oc_hit *milestone)
{
    size_t length, to = milestone->end + DISCUSSED_REACH < r->text.len ? milestone->end + DISCUSSED_REACH : r->text.len;
    if (r->lang == OC_LANG_EN || is_dated_directly(r, milestone)) return false;
    size_t at = oc_phrase_first(r->lexicon, r->lang, OC_PHRASE_DISCUSSED, r->text, milestone->end, to, &length);
    if (at == SIZE_MAX) return false;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class == OC_LEX_MODALITY && hit->start >= milestone->end && hit->end <= at) return false;
    }
    return !oc_clauses_commas(&r->clauses, milestone->end, at);
}

/* "검증 결과를 SCM에 보고한다": what is reported then are its results. */
static bool is_reported(const reader *r, const oc_hit *milestone)
{
    size_t length,
        result = oc_claim_last_phrase(r, OC_PHRASE_RESULT, milestone->start, milestone->end + RESULT_REACH, &length);
    oc_slice head = oc_slice_sub(r->text, 0, result == SIZE_MAX ? 0 : result); /* "검증을 마친 뒤 그 결과를 보고한다" */
    if (oc_slice_ends_with(head, "그 ") || oc_slice_ends_with(head, "その")) return false;
    size_t from = r->lang == OC_LANG_EN ? 0 : milestone->end,
           to = r->lang == OC_LANG_EN ? milestone->start : r->text.len;
    return result != SIZE_MAX && oc_claim_last_phrase(r, OC_PHRASE_REPORTING, from, to, &length) != SIZE_MAX;
}

/* "次期戦闘機は2029年に完全運用能力を得る", "NATO will hand over command": the milestone of something else. */
static bool is_of_other(const reader *r, const oc_hit *milestone)
{
    static const char *const subjects[] = {"は", "が", "も", "の", "은", "는", "이", "가", "의", "도"};
    size_t length, from = oc_clauses_comma_before(&r->clauses, milestone->start, 0);
    if (r->lang == OC_LANG_EN && from + OTHER_REACH < milestone->start) from = milestone->start - OTHER_REACH;
    if (r->lang == OC_LANG_EN) from = oc_claim_and_before(r, milestone->start, from);
    size_t at = oc_claim_last_phrase(r, OC_PHRASE_OTHER, from, milestone->start, &length);
    if (at == SIZE_MAX) return false;
    if (r->lang == OC_LANG_EN) return true;
    bool subject = false;
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
        subject |= oc_slice_begins(oc_slice_sub(r->text, at + length, r->text.len), subjects[i]);
    return subject;
}

/* English: "…, if FOC is verified", "postpone it until FMC is evaluated": the condition ends the sentence, and what it
 * is of stands in front of it. */
static bool is_last_condition(const reader *r, const oc_hit *condition, const oc_hit *milestone)
{
    if (oc_clauses_commas(&r->clauses, condition->end, milestone->start)) return false;
    for (size_t i = 0; i < r->milestones.len; i++)
        if (r->milestones.at[i]->end <= condition->start && !oc_claim_same_milestone(r->milestones.at[i], milestone))
            return true;
    return false;
}

/* The milestone stands in a part of the sentence that is a condition or a concession; [from, to) is that part. */
static bool in_condition(const reader *r, const oc_hit *milestone, scope *ret_part)
{
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool before = hit->end <= milestone->start;
        if (r->lang == OC_LANG_EN ? !before : hit->start < milestone->end) continue;
        if (!oc_claim_is_condition(hit) && !oc_claim_is_modality(hit, "concession")) continue;
        size_t to = oc_clauses_comma_behind(&r->clauses, milestone->end, r->text.len);
        *ret_part = (scope){oc_clauses_comma_before(&r->clauses, milestone->start, 0), to};
        if (before && to == r->text.len && is_last_condition(r, hit, milestone))
            ret_part->from = hit->start;
        else if (before && to == r->text.len)
            continue;
        if (hit->start < ret_part->from || hit->end > to) continue;
        if (r->lang != OC_LANG_EN) ret_part->to = hit->end;
        return true;
    }
    return false;
}

/* In a condition without a day of its own, while the rest of the sentence is about another milestone. */
static bool only_conditions(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    scope part;
    if (!in_condition(r, milestone, &part)) return false;
    bool conceded = false;
    for (size_t i = 0; i < r->manners.len; i++)
        conceded |= oc_claim_is_modality(r->manners.at[i], "concession") && r->manners.at[i]->start >= part.from &&
                    r->manners.at[i]->end <= part.to;
    bool ahead = !conceded && date && (r->context->anchor == OC_DAY_NONE || date->end > r->context->anchor);
    if (ahead && date->from >= part.from && date->to <= part.to) return false;
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        if (!oc_claim_same_milestone(hit, milestone) && is_named(r, hit) &&
            (hit->start >= part.to || hit->end <= part.from))
            return true;
    }
    return false;
}

/* --- who --- */

/* English: "to be named in Washington": where something is, and not who holds it. */
static bool is_place(const reader *r, const oc_mention *mention)
{
    return r->lang == OC_LANG_EN &&
           oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_PLACE, oc_slice_sub(r->text, 0, mention->from)) != 0;
}

static void read_people(const reader *r, oc_claim *claim)
{
    int32_t topics[2] = {-1, -1};
    int count = 0;
    for (size_t i = 0; i < r->mentions->len && count < 2; i++) {
        const oc_mention *mention = &r->mentions->at[i];
        if (mention->topic && !is_place(r, mention) && (count == 0 || topics[0] != (int32_t)mention->actor))
            topics[count++] = (int32_t)mention->actor;
    }
    bool says = oc_hits_any(r->hits, OC_LEX_BIT(SPEECH) | OC_LEX_BIT(SOURCE));
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
    if (!date && claim->modality == OC_MODALITY_FORECAST) return false; /* "is expected to cost 20 trillion won" */
    if (!date && claim->negated && !found->told) return false; /* "X is not Y" tells nothing of what is ahead */
    return date || claim->negated || claim->modality != OC_MODALITY_STATED;
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

/* "before the election in March", "10月のSCMまでに", "다음 달 SCM까지": by the day of what the date names. */
static bool is_until_occasion(const reader *r, const oc_date *date)
{
    if (!oc_hits_any(r->hits, OC_LEX_BIT(EVENT))) return false;
    size_t length, near = date->from > UNTIL_REACH ? date->from - UNTIL_REACH : 0, before = SIZE_MAX;
    if (r->lang == OC_LANG_EN) before = oc_claim_last_phrase(r, OC_PHRASE_DEADLINE, near, date->from, &length);
    size_t edge = oc_clauses_comma_before(&r->clauses, date->from, 0); /* "before the election, in the spring of 2030" */
    edge = edge && date->from - edge <= EDGE_REACH ? edge - 1 : date->from;
    bool whole = before != SIZE_MAX && !oc_clauses_commas(&r->clauses, before, edge);
    for (const oc_hit *hit = oc_hits_first(r->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(r->hits, hit)) {
        if (r->lang == OC_LANG_EN) {
            if (whole && hit->start >= before && hit->end <= date->from) return true;
            continue;
        }
        if (hit->start < date->to || hit->start > date->to + OCCASION_REACH) continue;
        size_t end = hit->end + (hit->end < r->text.len && r->text.ptr[hit->end] == ' ');
        bool until = oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_UNTIL, oc_slice_from(r->text, end)) != 0;
        if (until && !oc_clauses_commas(&r->clauses, date->to, hit->start)) return true;
    }
    return false;
}

/* "put off until 2032", "2032年まで延期": not by then, but then. */
static oc_day put_off_to(const reader *r, const oc_date *date)
{
    static const char *const until[OC_LANG_COUNT] = {
        [OC_LANG_EN] = "until ", [OC_LANG_JA] = "まで", [OC_LANG_KO] = "까지"};
    oc_slice printed = oc_slice_sub(r->text, date->from, date->to);
    bool there =
        r->lang == OC_LANG_EN ? oc_slice_begins(printed, until[r->lang]) : oc_slice_ends_with(printed, until[r->lang]);
    if (!there) return OC_DAY_OPEN_START;
    oc_civil last = oc_civil_from_day(date->end);
    if (date->grain == OC_GRAIN_YEAR) return oc_day_from_civil(last.year, 1, 1);
    return date->grain == OC_GRAIN_MONTH ? oc_day_from_civil(last.year, last.month, 1) : OC_DAY_OPEN_START;
}

/* "before the president's term ends in June 2030": by the end of that month; "… ends in 2030": of that year. */
static oc_day printed_end(const reader *r, const oc_date *date)
{
    size_t length;
    oc_civil last = oc_civil_from_day(date->end + 1);
    size_t at = r->lang == OC_LANG_EN && date->start == OC_DAY_OPEN_START
                    ? oc_claim_last_phrase(r, OC_PHRASE_DEADLINE, date->from + 1, date->to, &length)
                    : SIZE_MAX;
    if (at == SIZE_MAX || at + length + 1 >= date->to) return date->end;
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

static void set_span(const reader *r, const oc_hit *milestone, const manner *found, const oc_date *date,
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
    if (!deadline && !found->delayed) claim->end = lasts_until(r, date, claim);
    if (found->delayed && !found->negated && date->start == OC_DAY_OPEN_START && date->end < OC_DAY_OPEN_END)
        claim->start = put_off_to(r, date);
    if (found->not_until) claim->start = put_off_to(r, date), claim->end = OC_DAY_OPEN_END;
    if (oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_EARLIEST, oc_slice_sub(r->text, 0, date->from)))
        claim->end = OC_DAY_OPEN_END;
    bool named = date->basis == OC_BASIS_NAMED && r->context->anchor != OC_DAY_NONE && date->end > r->context->anchor;
    if (named && claim->start <= r->context->anchor && claim->start > OC_DAY_OPEN_START)
        claim->start = r->context->anchor; /* "before he leaves office": from now on */
    if (named && date->bound == OC_BOUND_BEFORE && claim->end == date->end && ends_a_term(r, date)) claim->end++;
    if (date->from < claim->from) claim->from = date->from;
    if (date->to > claim->to) claim->to = date->to;
}

/* "On the 11th the ministers agreed to aim for it": the day on which they agreed, not that of the aim. */
static const oc_date *own_date(const reader *r, const oc_date *date, const manner *found)
{
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
                 oc_claim_last_phrase(r, OC_PHRASE_THERE, 0, milestone->start, &length) != SIZE_MAX;
    if (!there) return;
    claim->start = r->context->there_start;
    claim->end = r->context->there_end;
    claim->forward = r->context->anchor == OC_DAY_NONE || claim->end > r->context->anchor;
}

/* A year to come is the target year itself; any other date tells when it will be settled, and the two don't contradict
 * each other: "the target year 2028" and "the target year in October". */
static oc_slice step_of_target_year(const reader *r, const oc_claim *claim)
{
    if (claim->start <= OC_DAY_OPEN_START || claim->end >= OC_DAY_OPEN_END) /* one end is open, or no date at all */
        return claim->end == OC_DAY_NONE ? (oc_slice){"", 0} : OC_SLICE("decision");
    oc_civil first = oc_civil_from_day(claim->start), behind = oc_civil_from_day(claim->end + 1);
    bool whole = first.month == 1 && first.day == 1 && behind.month == 1 && behind.day == 1;
    bool ahead = r->context->anchor == OC_DAY_NONE || first.year > oc_civil_from_day(r->context->anchor).year;
    return whole && ahead ? (oc_slice){"", 0} : OC_SLICE("decision");
}

static void add_claim(const reader *r, const oc_hit *milestone, const oc_date *date, oc_arena *arena, oc_claims *claims,
                      size_t first)
{
    manner found = oc_claim_manner_of(r, milestone, date);
    date = own_date(r, date, &found);
    scope part;
    if (date && in_condition(r, milestone, &part))
        found.modality = OC_MODALITY_CONDITION, found.negated = false; /* "if they cannot agree this fall" */
    oc_claim claim = {.milestone = oc_milestone_id(milestone->entry), .step = found.step, .hedge = found.hedge};
    set_span(r, milestone, &found, date, &claim);
    oc_claim_decide(r, &found, date, &claim);
    if (!date) take_occasion(r, milestone, &claim);
    if (oc_slice_is(claim.milestone, "target-year")) claim.step = step_of_target_year(r, &claim);
    if (!is_claim(&claim, &found, date) || is_known(claims, first, &claim)) return;
    if (is_asked(r, milestone) || is_of_other(r, milestone) || is_reported(r, milestone) ||
        is_discussed(r, milestone))
        return;
    read_people(r, &claim);
    *oc_vec_push(arena, claims) = claim;
}

/* The date tells when something else is: "at the SCM in October the criteria should be …". */
static bool dates_occasion(const reader *r, const oc_date *date)
{
    for (const oc_hit *hit = oc_hits_first(r->hits, OC_LEX_EVENT); hit; hit = oc_hits_next(r->hits, hit)) {
        bool near = r->lang == OC_LANG_EN ? hit->end <= date->from && date->from - hit->end <= OCCASION_REACH
                                          : hit->start >= date->to && hit->start - date->to <= OCCASION_REACH;
        if (oc_claim_is_occasion(hit) && near) return true;
    }
    return false;
}

/* English: "expects to accept that radar in 2028": in the clause of the date stands what has days of its own. */
static bool dates_other(const reader *r, const oc_date *date)
{
    size_t length, from = oc_clauses_comma_before(&r->clauses, date->from, 0),
                   to = oc_clauses_comma_behind(&r->clauses, date->to, r->text.len);
    size_t it = /* "under the road map it is due" */
        oc_phrase_first(r->lexicon, r->lang, OC_PHRASE_IT, r->text, from, date->from, &length);
    if (it != SIZE_MAX) from = it;
    return r->lang == OC_LANG_EN && (oc_claim_last_phrase(r, OC_PHRASE_OTHER, from, to, &length) != SIZE_MAX ||
                                     oc_claim_last_phrase(r, OC_PHRASE_THING, from, to, &length) != SIZE_MAX);
}

/* A sentence that goes on about the milestone of the one before, or whose dates stand in another clause than what it is
 * about ("移管をめぐり、2028年案が有力だ"): only if it tells of a day ahead as more than a fact. */
static void add_continued(const reader *r, size_t from, oc_arena *arena, oc_claims *claims)
{
    size_t told_before = 0; /* where the date of the last claim ends: another one stands in another clause */
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        bool ahead = r->context->anchor != OC_DAY_NONE && date->end > r->context->anchor;
        bool since = date->end == OC_DAY_OPEN_END && date->start <= r->context->anchor; /* 盧武鉉政権以来 */
        if (!ahead || since || date->from < from || oc_claim_tells_when_said(r, date)) continue;
        if (told_before && !oc_clauses_commas(&r->clauses, told_before, date->from)) continue;
        if (dates_other(r, date)) continue;
        oc_lex_entry entry = {.class = OC_LEX_MILESTONE, .value = r->context->milestone};
        oc_hit whole = {.start = date->from, .end = date->to, .entry = &entry};
        manner found = oc_claim_manner_of(r, &whole, date);
        bool replied = found.modality == OC_MODALITY_DENIED && date->grain == OC_GRAIN_DAY &&
                       date->bound == OC_BOUND_AT; /* "A day later the office called it premature" */
        if (replied) continue;
        bool aimed = found.modality == OC_MODALITY_GOAL || found.modality == OC_MODALITY_FORECAST;
        if (!aimed && dates_occasion(r, date)) continue;
        size_t length;
        bool pointed = !from && oc_claim_last_phrase(r, OC_PHRASE_IT, 0, date->from, &length) != SIZE_MAX;
        bool told = found.told && pointed && oc_claim_rank_of(found.modality) >= oc_claim_rank_of(OC_MODALITY_PLANNED);
        told |= r->context->about;
        if (oc_claim_rank_of(found.modality) <= oc_claim_rank_of(OC_MODALITY_DECIDED) && !told) return;
        oc_claim claim = {.milestone = r->context->milestone, .step = found.step, .hedge = found.hedge};
        set_span(r, &whole, &found, date, &claim);
        oc_claim_decide(r, &found, date, &claim);
        read_people(r, &claim);
        *oc_vec_push(arena, claims) = claim;
        told_before = date->to;
    }
}

/* "戦作権の移管をめぐり、政府内では2028年案が有力だ": no milestone has a claim, and one is what the sentence is about. */
static void add_topical(reader *r, oc_arena *arena, oc_claims *claims)
{
    oc_claim_context context = *r->context;
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        size_t end = end_with_steps(r, hit);
        oc_slice behind = oc_slice_trim(oc_slice_from(r->text, end));
        if (!is_named(r, hit) || !oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_TOPICAL, behind)) continue;
        context.milestone = oc_milestone_id(hit->entry);
        context.about = false;
        r->context = &context;
        r->milestones.len = 0;
        add_continued(r, end, arena, claims);
        return;
    }
}

/* "Seoul wants 2028 as the target year, while the Pentagon holds out for 2030": behind a turn, of what it is told. */
static void add_contrasted(reader *r, size_t first, oc_arena *arena, oc_claims *claims)
{
    const oc_claim *last = &claims->at[claims->len - 1];
    size_t length, from = last->to > last->date_to ? last->to : last->date_to;
    bool alone = last->date_to && last->date_to > last->date_from;
    for (size_t i = first; i < claims->len; i++) alone &= oc_slice_equal(claims->at[i].milestone, last->milestone);
    size_t turn = oc_phrase_first(r->lexicon, r->lang, OC_PHRASE_TURNS, r->text, from, r->text.len, &length);
    if (!alone || turn == SIZE_MAX) return;
    for (size_t i = 0; i < r->milestones.len; i++)
        if (r->milestones.at[i]->start >= turn) return;
    oc_claim_context context = *r->context;
    context.milestone = last->milestone;
    context.about = false;
    r->context = &context;
    r->milestones.len = 0;
    add_continued(r, turn + length, arena, claims);
}

static bool is_question(oc_slice sentence)
{
    static const char *const ends[] = {"?", "？", "か。", "까.", "는가."};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (oc_slice_ends_with(sentence, ends[i])) return true;
    return false;
}

/* "条件が満たされれば", "once the conditions are met": a condition of something else. */
static bool is_mere_condition(const reader *r, const oc_hit *milestone)
{
    if (r->lang != OC_LANG_EN)
        return oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_IF, oc_slice_sub(r->text, milestone->end, r->text.len));
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (!oc_claim_is_condition(hit)) continue;
        size_t reach = oc_claim_is_modality(hit, "condition") ? CONDITION_REACH : UNTIL_REACH;
        if (hit->start <= milestone->start && hit->end + reach > milestone->start) return true;
    }
    return false;
}

/* "a year named", "연도를 정": the target year in words that often mean another one. */
static bool is_named_year(const oc_hit *milestone)
{
    return oc_claim_needs_day(milestone) && oc_slice_is(oc_milestone_id(milestone->entry), "target-year");
}

/* Drops the milestones that count only where a day ahead is told for them. */
static void drop_dayless(reader *r, oc_arena *arena)
{
    oc_marks kept = {0};
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        const oc_date *date = oc_claim_needs_day(hit) && !is_mere_condition(r, hit) ? oc_claim_date_of(r, hit) : NULL;
        bool ahead = date && (r->context->anchor == OC_DAY_NONE || date->end > r->context->anchor);
        if (ahead && is_named_year(hit)) /* "finish it by October, and a year chosen": in the same clause */
            ahead = !oc_clauses_commas(&r->clauses, date->to < hit->start ? date->to : hit->end,
                                       date->to < hit->start ? hit->start : date->from);
        if (!oc_claim_needs_day(hit) || ahead) *oc_vec_push(arena, &kept) = hit;
    }
    r->milestones = kept;
}

/* The milestones, and the words that tell how one is meant. */
static void sort_hits(reader *r, oc_arena *arena)
{
    const uint64_t manners = OC_LEX_BIT(MODALITY) | OC_LEX_BIT(NEGATION) | OC_LEX_BIT(HEDGE) | OC_LEX_BIT(STEP);
    if (!oc_hits_any(r->hits, manners | OC_LEX_BIT(MILESTONE))) return;
    for (size_t i = 0; i < r->hits->len; i++) {
        const oc_hit *hit = &r->hits->at[i];
        if (hit->entry->class == OC_LEX_MILESTONE)
            *oc_vec_push(arena, &r->milestones) = hit;
        else if (manners >> hit->entry->class & 1)
            *oc_vec_push(arena, &r->manners) = hit;
    }
}

/* Nothing could make a claim of a milestone: no date, no word of modality, no "no" in front of it. */
static bool is_bare(const reader *r, const oc_hit *milestone)
{
    bool told = r->dates->len || oc_hits_any(r->hits, OC_LEX_BIT(MODALITY) | OC_LEX_BIT(NEGATION));
    return !told && !oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_NO, oc_slice_sub(r->text, 0, milestone->start));
}

static bool any_candidate(const reader *r)
{
    for (size_t i = 0; i < r->milestones.len; i++)
        if (is_named(r, r->milestones.at[i]) && !is_bare(r, r->milestones.at[i])) return true;
    return false;
}

void oc_claims_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const oc_mentions *mentions, const oc_claim_context *context,
                    oc_arena *arena, oc_claims *ret_claims)
{
    bool continued =
        context->milestone.len && dates->len && (context->about || oc_hits_any(hits, OC_LEX_BIT(MODALITY)));
    if ((!continued && !oc_hits_any(hits, OC_LEX_BIT(MILESTONE))) || is_question(sentence)) return;
    reader r = {.lexicon = lexicon, lang, sentence, hits, dates, mentions, context};
    size_t first = ret_claims->len;
    sort_hits(&r, arena);
    if (!continued && !any_candidate(&r)) return;
    if (hits->signs & (OC_SIGN_COMMA | OC_SIGN_SEMICOLON)) oc_clauses_find(NULL, lang, sentence, arena, &r.clauses);
    drop_dayless(&r, arena);
    for (size_t i = 0; i < r.milestones.len; i++) {
        const oc_hit *hit = r.milestones.at[i];
        if (!is_named(&r, hit) || is_bare(&r, hit) || oc_claim_told_by_target_year(&r, hit) || is_aside(&r, hit))
            continue;
        const oc_date *date = oc_claim_date_of(&r, hit);
        if (!only_conditions(&r, hit, date)) add_claim(&r, hit, date, arena, ret_claims, first);
    }
    if (!r.milestones.len && continued)
        add_continued(&r, 0, arena, ret_claims);
    else if (ret_claims->len == first && dates->len)
        add_topical(&r, arena, ret_claims);
    else if (ret_claims->len > first && dates->len > 1)
        add_contrasted(&r, first, arena, ret_claims);
}
