/* Milestones that make no claim: what is only a topic ("a road map for the transfer"), a question, results that are
 * reported, what is talked about, the milestone of something else, and mere conditions of what the sentence tells. In
 * English phrases stand before or behind the milestone, in Japanese and Korean behind it. A date right beside it
 * ("2028年の移管について") makes it a claim all the same. */
#include "reading/claim_parts.h"

#define ASKED_REACH 100      /* bytes between a milestone and the words that make a question of it */
#define OTHER_REACH 60       /* English: bytes between what has a milestone of its own and the milestone */
#define RESULT_REACH 30      /* bytes between a milestone and its results */
#define BEHIND_REACH 4       /* English: bytes between a milestone and the date right behind it */
#define SCHEDULE_REACH 48    /* the same with a word that tells when */
#define DATING_REACH 48      /* English: between a year and the milestone that it is the date for */
#define WORD_REACH 12        /* bytes between such a word and its neighbours */
#define DISCUSSED_REACH 90   /* bytes between a milestone and the word that it is talked about */
#define CONDITIONED_REACH 30 /* Korean: bytes between a milestone and the condition that it is */
#define STEP_REACH 4         /* bytes between a milestone and its step */

bool oc_claim_is_named(const reader *r, const oc_hit *milestone)
{
    return r->context->known || !oc_slice_ends(milestone->entry->value, OC_SLICE("?"));
}

/* The steps of the milestone that stand right behind it: "FOC検証", "FOC 검증". */
size_t oc_claim_end_with_steps(const reader *r, const oc_hit *milestone)
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
    size_t from = oc_claim_end_with_steps(r, milestone);
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

/* English: "the transfer in 2028", "the best guess for the transfer was the second half of 2029". */
static bool is_right_behind(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    if (r->lang != OC_LANG_EN || date->grain == OC_GRAIN_DAY || date->from < milestone->end) return false;
    oc_slice between = oc_slice_trim(oc_slice_sub(r->text, milestone->end, date->from));
    return date->from - milestone->end <= BEHIND_REACH || oc_phrase_is(r->lexicon, r->lang, OC_PHRASE_DATED, between);
}

/* "2028年の移管について", "paving the way for the transfer in 2028", "2029 for the transfer": dated all the same. */
static bool is_dated_directly(const reader *r, const oc_hit *milestone)
{
    for (size_t i = 0; i < r->dates->len; i++) {
        const oc_date *date = &r->dates->at[i];
        if (is_right_behind(r, milestone, date)) return true;
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
bool oc_claim_is_asked(const reader *r, const oc_hit *milestone)
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
bool oc_claim_is_aside(const reader *r, const oc_hit *milestone)
{
    size_t ends[2] = {milestone->end, r->lang == OC_LANG_EN ? milestone->end : oc_claim_end_with_steps(r, milestone)};
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
bool oc_claim_is_discussed(const reader *r, const oc_hit *milestone)
{
    size_t length, to = milestone->end + DISCUSSED_REACH < r->text.len ? milestone->end + DISCUSSED_REACH : r->text.len;
    if (r->lang == OC_LANG_EN || is_dated_directly(r, milestone)) return false;
    size_t at =
        oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_DISCUSSED, r->text, milestone->end, to, &length);
    if (at == SIZE_MAX) return false;
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (hit->entry->class == OC_LEX_MODALITY && hit->start >= milestone->end && hit->end <= at) return false;
    }
    return !oc_clauses_commas(&r->clauses, milestone->end, at);
}

/* "검증 결과를 SCM에 보고한다": what is reported then are its results. */
bool oc_claim_is_reported(const reader *r, const oc_hit *milestone)
{
    size_t length,
        result = oc_claim_last_phrase(r, OC_PHRASE_RESULT, milestone->start, milestone->end + RESULT_REACH, &length);
    oc_slice head = oc_slice_sub(r->text, 0, result == SIZE_MAX ? 0 : result); /* "검증을 마친 뒤 그 결과를 보고한다" */
    if (oc_slice_ends_with(head, "그 ") || oc_slice_ends_with(head, "その")) return false;
    if (r->lang != OC_LANG_EN && result != SIZE_MAX && oc_clauses_commas(&r->clauses, milestone->end, result))
        return false; /* "検証を終え、結果を報告する" */
    size_t from = r->lang == OC_LANG_EN ? 0 : milestone->end,
           to = r->lang == OC_LANG_EN ? milestone->start : r->text.len;
    return result != SIZE_MAX && oc_claim_last_phrase(r, OC_PHRASE_REPORTING, from, to, &length) != SIZE_MAX;
}

/* "次期戦闘機は2029年に完全運用能力を得る", "NATO will hand over command": the milestone of something else. */
bool oc_claim_is_of_other(const reader *r, const oc_hit *milestone)
{
    size_t length, from = oc_clauses_comma_before(&r->clauses, milestone->start, 0);
    if (r->lang == OC_LANG_EN && from + OTHER_REACH < milestone->start) from = milestone->start - OTHER_REACH;
    if (r->lang == OC_LANG_EN) from = oc_claim_and_before(r, milestone->start, from);
    size_t at = oc_claim_last_phrase(r, OC_PHRASE_OTHER, from, milestone->start, &length);
    if (at == SIZE_MAX) return false;
    for (size_t i = 0; r->lang != OC_LANG_EN && i < r->manners.len; i++) /* "衛星がそろえば移管が可能になる" */
        if (oc_claim_is_condition(r->manners.at[i]) && r->manners.at[i]->start >= at + length &&
            r->manners.at[i]->end <= milestone->start)
            return false;
    return r->lang == OC_LANG_EN ||
           oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_OTHER_MARK, oc_slice_from(r->text, at + length));
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
bool oc_claim_in_condition(const reader *r, const oc_hit *milestone, scope *ret_part)
{
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        bool before = hit->end <= milestone->start;
        if (r->lang == OC_LANG_EN ? !before : hit->start < milestone->end) continue;
        if (!oc_claim_is_condition(hit) && !oc_claim_is_modality(hit, "concession")) continue;
        if (oc_claim_conditions_next(r, hit, milestone)) continue;
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

/* Korean: "FOC만 통과하면 나머지는 시간문제", "검증이 끝나면": no other subject stands between the milestone and the
 * word of condition; against "전환은 조건이 충족되면". */
static bool is_conditioned_itself(const reader *r, const oc_hit *milestone, size_t to)
{
    size_t from = oc_claim_end_with_steps(r, milestone);
    oc_slice gap = from < to ? oc_slice_sub(r->text, from, to) : (oc_slice){"", 0};
    if (r->lang != OC_LANG_KO || from > to || gap.len > CONDITIONED_REACH ||
        oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_TOPIC, gap) ||
        oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_WILL_DO, oc_slice_trim(oc_slice_from(r->text, to))))
        return false; /* 전환하면 된다 */
    for (size_t at = 0; (at = oc_slice_find(gap, OC_SLICE(" "), at)) != SIZE_MAX; at++) {
        bool own = at <= strlen("을"); /* the particle of the milestone */
        if (!own && oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_PARTICLE, oc_slice_sub(gap, 0, at))) return false;
    }
    return true;
}

/* In a condition without a day of its own, while the rest of the sentence is about another milestone. */
bool oc_claim_only_conditions(const reader *r, const oc_hit *milestone, const oc_date *date)
{
    scope part;
    if (!oc_claim_in_condition(r, milestone, &part)) return false;
    bool conceded = false;
    for (size_t i = 0; i < r->manners.len; i++)
        conceded |= oc_claim_is_modality(r->manners.at[i], "concession") && r->manners.at[i]->start >= part.from &&
                    r->manners.at[i]->end <= part.to;
    bool ahead = !conceded && date && (r->context->anchor == OC_DAY_NONE || date->end > r->context->anchor);
    if (ahead && date->from >= part.from && date->to <= part.to) return false;
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        if (!oc_claim_same_milestone(hit, milestone) && oc_claim_is_named(r, hit) &&
            (hit->start >= part.to || hit->end <= part.from))
            return true;
    }
    if (!date && is_conditioned_itself(r, milestone, part.to)) return true;
    return !date && r->lang == OC_LANG_EN; /* "to run the defense once control is handed over" */
}
