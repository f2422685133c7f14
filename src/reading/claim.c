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
 * Where no milestone of a sentence has a claim, the one that it is about ("移管をめぐり、…2028年案が有力だ") or the one
 * of the sentence before may have, if its date is told as more than a fact; behind a turn ("while the Pentagon holds
 * out for 2030") a second date is one of the same milestone.
 *
 * Example: "両国は2028年までの戦作権移管を目標とすることで合意した" is transfer, ..2028-12-31, goal. */
#include "reading/claim_parts.h"

#define CONDITION_REACH 24 /* bytes between a word of condition and what it governs */
#define UNTIL_REACH 60     /* English: bytes between "until" and the conditions that it waits for */
#define WHICH_REACH 24     /* English: between "that is to" and the milestone */
#define JOINT_BYTES 3      /* bytes between a date and the meeting that it tells of */
#define OCCASION_REACH 40  /* bytes between a date and the meeting that it dates */
#define PAIR_REACH 40      /* Japanese, Korean: bytes between two dates that belong to two topics */
#define HITS_MAX 100       /* milestones of a sentence, and as many words of manner: each is held against the others */

/* --- who --- */

/* English: "to be named in Washington": where something is, and not who holds it. */
static bool is_place(const reader *r, const oc_mention *mention)
{
    return r->lang == OC_LANG_EN &&
           oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_PLACE, oc_slice_sub(r->text, 0, mention->from)) != 0;
}

/* Stands outside of the quotation that is read: whoever speaks there is known. */
static bool is_outside(const reader *r, const oc_mention *mention)
{
    return r->context->quoted && (mention->from < r->context->from || mention->to > r->context->frame_from);
}

static void read_people(const reader *r, oc_claim *claim)
{
    int32_t topics[2] = {-1, -1};
    int count = 0;
    for (size_t i = 0; i < r->mentions->len && count < 2; i++) {
        const oc_mention *mention = &r->mentions->at[i];
        if (mention->topic && !is_place(r, mention) && !is_outside(r, mention) &&
            (count == 0 || topics[0] != (int32_t)mention->actor))
            topics[count++] = (int32_t)mention->actor;
    }
    bool says = oc_hits_any(r->hits, OC_LEX_BIT(SPEECH) | OC_LEX_BIT(SOURCE));
    claim->speaker = r->context->speaker;
    claim->holder = -1;
    if (claim->speaker < 0 && says && !r->context->quoted) {
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

/* Japanese, Korean: "내년 가을 SCM이 고비가 되리라는 관측": what is told of the meeting that the date dates. */
static bool is_told_of_occasion(const reader *r, const oc_date *date)
{
    for (const oc_hit *hit = oc_hits_first(r->hits, OC_LEX_EVENT); hit && r->lang != OC_LANG_EN;
         hit = oc_hits_next(r->hits, hit)) {
        if (!oc_claim_is_occasion(hit) || hit->start < date->to || hit->start - date->to > JOINT_BYTES) continue;
        oc_slice behind = oc_slice_from(r->text, hit->end);
        if (oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_SUBJECT_MARK, behind) ||
            oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_TOPIC, behind))
            return true;
    }
    return false;
}

/* Japanese, Korean: "2029년까지 조건을 충족하려면 예산이 있어야 한다": the date of a milestone that claims nothing. */
static bool dates_dropped(const reader *r, const oc_date *date)
{
    return r->dropped && date->to <= r->dropped->start && r->dropped->start - date->to <= JOINT_BYTES;
}

/* "On the 11th the ministers agreed to aim for it": the day on which they agreed, not that of the aim. */
static const oc_date *own_date(const reader *r, const oc_date *date, const manner *found)
{
    if (!date || r->context->anchor == OC_DAY_NONE) return date;
    bool past_day = date->grain <= OC_GRAIN_MONTH && date->bound == OC_BOUND_AT && date->basis != OC_BASIS_EXPLICIT &&
                    date->end <= r->context->anchor;
    /* "will hold a rally on Saturday to demand that it be shelved": the day of the rally. */
    bool rally = found->modality == OC_MODALITY_RECOMMENDED && date->grain == OC_GRAIN_DAY &&
                 date->bound == OC_BOUND_AT && !oc_slice_is(found->step, "approval") && dates_occasion(r, date);
    return rally || (past_day && found->modality >= OC_MODALITY_DECIDED) ? NULL : date;
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

/* A year to come is the one that is set; any other date tells when it will be, and the two don't contradict each other:
 * "the target year 2028" and "the target year in October". */
static oc_slice step_of_settling(const reader *r, const oc_claim *claim)
{
    if (claim->start <= OC_DAY_OPEN_START || claim->end >= OC_DAY_OPEN_END) /* one end is open, or no date at all */
        return claim->end == OC_DAY_NONE ? (oc_slice){"", 0} : OC_SLICE("decision");
    oc_civil first = oc_civil_from_day(claim->start), behind = oc_civil_from_day(claim->end + 1);
    bool whole = first.month == 1 && first.day == 1 && behind.month == 1 && behind.day == 1;
    bool ahead = r->context->anchor == OC_DAY_NONE || first.year > oc_civil_from_day(r->context->anchor).year;
    return whole && ahead ? (oc_slice){"", 0} : OC_SLICE("decision");
}

/* English: "the command that is to take over wartime control": tells which command is meant. */
static bool tells_which(const reader *r, const oc_hit *milestone)
{
    size_t length, from = milestone->start > WHICH_REACH ? milestone->start - WHICH_REACH : 0;
    return r->lang == OC_LANG_EN &&
           oc_claim_last_phrase(r, OC_PHRASE_WHICH, from, milestone->start, &length) != SIZE_MAX;
}

/* What is planned is that a bill or resolution will be brought in. */
static bool has_bill(const reader *r)
{
    for (size_t i = 0; i < r->dates->len; i++)
        if (oc_claim_is_of_bill(r, &r->dates->at[i])) return true;
    return false;
}

/* Korean: "검증을 내년에 마친 뒤": a step that is planned itself. */
static bool ends_as_soon(const reader *r, size_t end)
{
    for (size_t i = 0; i < r->manners.len; i++)
        if (r->manners.at[i]->end == end && oc_claim_is_modality(r->manners.at[i], "as-soon")) return true;
    return false;
}

static void add_claim(const reader *r, const oc_hit *milestone, const oc_date *date, oc_arena *arena, oc_claims *claims,
                      size_t first)
{
    manner found = oc_claim_manner_of(r, milestone, date);
    date = own_date(r, date, &found);
    scope part;
    bool conditioned = date && oc_claim_in_condition(r, milestone, &part) && !ends_as_soon(r, part.to);
    if (conditioned && (r->lang == OC_LANG_EN || date->from < part.to)) /* 목표연도를 못 박더라도 2030년으로 */
        found.modality = OC_MODALITY_CONDITION, found.negated = false; /* "if they cannot agree this fall" */
    oc_claim claim = {.milestone = oc_milestone_id(milestone->entry), .step = found.step, .hedge = found.hedge};
    oc_claim_set_span(r, milestone, &found, date, &claim);
    oc_claim_decide(r, &found, date, &claim);
    if (!date) take_occasion(r, milestone, &claim);
    if (oc_milestone_settles(r->lexicon, claim.milestone).len) claim.step = step_of_settling(r, &claim);
    if (!date && found.modality == OC_MODALITY_PLANNED && (tells_which(r, milestone) || has_bill(r))) return;
    if (!is_claim(&claim, &found, date) || is_known(claims, first, &claim)) return;
    if (oc_claim_is_asked(r, milestone) || oc_claim_is_of_other(r, milestone) || oc_claim_is_reported(r, milestone) ||
        oc_claim_is_discussed(r, milestone))
        return;
    read_people(r, &claim);
    *oc_vec_push(arena, claims) = claim;
}

/* English: "expects to accept that radar in 2028": in the clause of the date stands what has days of its own. */
static bool dates_other(const reader *r, const oc_date *date)
{
    size_t length, from = oc_clauses_comma_before(&r->clauses, date->from, 0),
                   to = oc_clauses_comma_behind(&r->clauses, date->to, r->text.len);
    size_t it = /* "under the road map it is due" */
        oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_IT, r->text, from, date->from, &length);
    if (it != SIZE_MAX) from = it;
    return r->lang == OC_LANG_EN && (oc_claim_last_phrase(r, OC_PHRASE_OTHER, from, to, &length) != SIZE_MAX ||
                                     oc_claim_last_phrase(r, OC_PHRASE_THING, from, to, &length) != SIZE_MAX);
}

/* Korean: "앞으로 5년 동안 14조 원": how long something lasts. */
static bool is_length(const reader *r, const oc_date *date)
{
    if (r->lang != OC_LANG_KO) return false;
    oc_slice behind = oc_slice_trim(oc_slice_from(r->text, date->to));
    return oc_slice_begins(behind, "동안") || oc_slice_ends_with(oc_slice_sub(r->text, date->from, date->to), "동안");
}

/* Somebody who plans is named in [from, to): 국방부, 양국. */
static bool is_planner(const reader *r, size_t from, size_t to)
{
    for (size_t i = 0; i < r->mentions->len; i++)
        if (r->mentions->at[i].from < to && r->mentions->at[i].to > from) return true;
    return oc_phrase_is(r->lexicon, r->lang, OC_PHRASE_PARTIES, oc_slice_sub(r->text, from, to));
}

/* Korean: "국방부는 내년 8월 실시할 계획이다": names no object and nobody but who plans it, so that it is about what
 * the sentence before named. */
static bool leaves_object_out(const reader *r, const oc_date *date)
{
    if (r->lang != OC_LANG_KO) return false;
    size_t from = r->context->quoted ? r->context->from : 0,
           to = r->context->quoted ? r->context->frame_from : r->text.len;
    for (size_t at = from, word = from; at <= to && to <= r->text.len; at++) {
        if (at < to && r->text.ptr[at] != ' ') continue;
        oc_slice token = oc_slice_sub(r->text, word, at);
        bool before = at <= date->from, behind = word >= date->to;
        if ((before || behind) && oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_OBJECT_MARK, token)) return false;
        if (behind && oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_SUBJECT_MARK, token)) return false;
        size_t mark = before ? oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_PARTICLE, token) : 0;
        if (mark && !is_planner(r, word, at - mark)) return false;
        word = at + 1;
    }
    return true;
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
        if (oc_claim_is_of_bill(r, date) || is_length(r, date)) continue;
        if (told_before && !oc_clauses_commas(&r->clauses, told_before, date->from)) continue;
        if (dates_other(r, date) || is_told_of_occasion(r, date) || dates_dropped(r, date)) continue;
        oc_lex_entry entry = {.class = OC_LEX_MILESTONE, .value = r->context->milestone};
        oc_hit whole = {.start = date->from, .end = date->to, .entry = &entry};
        manner found = oc_claim_manner_of(r, &whole, date);
        bool replied = found.modality == OC_MODALITY_DENIED && date->grain == OC_GRAIN_DAY &&
                       date->bound == OC_BOUND_AT; /* "A day later the office called it premature" */
        if (replied) continue;
        bool aimed = found.modality == OC_MODALITY_GOAL || found.modality == OC_MODALITY_FORECAST;
        size_t length;
        bool pointed = !from && oc_claim_last_phrase(r, OC_PHRASE_IT, 0, date->from, &length) != SIZE_MAX;
        bool approved = pointed && oc_slice_is(found.step, "approval"); /* "will approve it at their October meeting" */
        bool reported = oc_claim_last_phrase(r, OC_PHRASE_REPORTING, date->to, r->text.len, &length) != SIZE_MAX;
        if (!r->context->about && ((!aimed && !approved) || (reported && r->lang == OC_LANG_KO)) &&
            dates_occasion(r, date))
            continue; /* "10월 말 SCM에 보고하는 것이 목표다" */
        bool told = found.told && pointed && oc_claim_rank_of(found.modality) >= oc_claim_rank_of(OC_MODALITY_PLANNED);
        told |= r->context->about ||
                (!from && found.told && (leaves_object_out(r, date) || oc_claim_is_predicate(r, date)));
        if (oc_claim_rank_of(found.modality) <= oc_claim_rank_of(OC_MODALITY_DECIDED) && !told) return;
        oc_slice settled = oc_milestone_settles(r->lexicon, r->context->milestone); /* "see it before 2029" */
        bool bounded = settled.len && !from && date->grain == OC_GRAIN_YEAR &&
                       (date->bound == OC_BOUND_BEFORE || date->bound == OC_BOUND_BY);
        oc_claim claim = {
            .milestone = bounded ? settled : r->context->milestone, .step = found.step, .hedge = found.hedge};
        oc_claim_set_span(r, &whole, &found, date, &claim);
        oc_claim_decide(r, &found, date, &claim);
        read_people(r, &claim);
        *oc_vec_push(arena, claims) = claim;
        told_before = date->to;
    }
}

/* Reads what stands behind `from` as a sentence that goes on about `milestone` and names none. */
static void read_as_continued(reader *r, oc_slice milestone, size_t from, oc_arena *arena, oc_claims *claims)
{
    const oc_claim_context *outer = r->context;
    oc_claim_context context = *outer;
    context.milestone = milestone;
    context.about = false;
    r->context = &context;
    r->milestones.len = 0;
    add_continued(r, from, arena, claims);
    r->context = outer;
}

/* "戦作権の移管をめぐり、政府内では2028年案が有力だ": no milestone has a claim, and one is what the sentence is about.
 */
static void add_topical(reader *r, oc_arena *arena, oc_claims *claims)
{
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        size_t end = oc_claim_end_with_steps(r, hit);
        oc_slice behind = oc_slice_trim(oc_slice_from(r->text, end));
        if (!oc_claim_is_named(r, hit) || !oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_TOPICAL, behind)) continue;
        read_as_continued(r, oc_milestone_id(hit->entry), end, arena, claims);
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
    size_t turn =
        oc_phrase_first_in(r->hits, r->lexicon, r->lang, OC_PHRASE_TURNS, r->text, from, r->text.len, &length);
    if (!alone || turn == SIZE_MAX) return;
    for (size_t i = 0; i < r->milestones.len; i++)
        if (r->milestones.at[i]->start >= turn) return;
    read_as_continued(r, last->milestone, turn + length, arena, claims);
}

/* Japanese, Korean: "한국은 2028년을, 미국은 2030년을 제시했다": nothing but a topic stands between the two dates. */
static bool are_paired(const reader *r, const oc_date *a, const oc_date *b)
{
    oc_slice gap = oc_slice_trim(oc_slice_sub(r->text, a->to, b->from));
    size_t mark = oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_DATED_MARK, gap);
    gap = oc_slice_from(gap, mark);
    bool comma = oc_slice_begins(gap, ",") || oc_slice_begins(gap, "、");
    return comma && gap.len <= PAIR_REACH && oc_clauses_commas(&r->clauses, a->to, b->from) == 1 &&
           a->grain == b->grain && a->grain != OC_GRAIN_DAY && a->end > r->context->anchor &&
           oc_phrase_ends(r->lexicon, r->lang, OC_PHRASE_TOPIC, gap);
}

/* Whom the words before a date name last, from byte `from` on. */
static int32_t named_before(const reader *r, size_t from, const oc_date *date)
{
    int32_t found = -1;
    for (size_t i = 0; i < r->mentions->len; i++)
        if (r->mentions->at[i].from >= from && r->mentions->at[i].to <= date->from)
            found = (int32_t)r->mentions->at[i].actor;
    return found;
}

/* Of two such dates the one that no claim has takes the claim of the other; each is held by its own topic. */
static void add_paired(const reader *r, size_t first, oc_arena *arena, oc_claims *claims)
{
    for (size_t i = 1; i < r->dates->len; i++) {
        const oc_date *a = &r->dates->at[i - 1], *b = &r->dates->at[i];
        oc_claim *of_a = NULL, *of_b = NULL;
        for (size_t k = first; k < claims->len; k++) {
            if (claims->at[k].date_from == a->from && claims->at[k].date_to == a->to) of_a = &claims->at[k];
            if (claims->at[k].date_from == b->from && claims->at[k].date_to == b->to) of_b = &claims->at[k];
        }
        if ((!of_a && !of_b) || (of_a && of_b) || !are_paired(r, a, b)) continue;
        int32_t first_holder = named_before(r, 0, a), second_holder = named_before(r, a->to, b);
        oc_claim added = of_a ? *of_a : *of_b;
        const oc_date *date = of_a ? b : a;
        added.start = date->start, added.end = date->end;
        added.date_from = date->from, added.date_to = date->to;
        int32_t own = of_a ? first_holder : second_holder, other = of_a ? second_holder : first_holder;
        if (own >= 0) (of_a ? of_a : of_b)->holder = own;
        if (other >= 0) added.holder = other;
        *oc_vec_push(arena, claims) = added;
        return;
    }
}

/* "移管について「条件に基づくとの立場に変わりはない」": a quotation about the milestone that restricts it without a
 * day. */
static void add_about(const reader *r, oc_arena *arena, oc_claims *claims)
{
    oc_lex_entry entry = {.class = OC_LEX_MILESTONE, .value = r->context->milestone};
    oc_hit whole = {.start = r->context->from, .end = r->context->from, .entry = &entry};
    manner found = oc_claim_manner_of(r, &whole, NULL);
    bool based = found.modality == OC_MODALITY_CONDITION || (found.weak_condition && !found.negated);
    if (!based) return;
    oc_claim claim = {.milestone = r->context->milestone, .step = found.step, .hedge = found.hedge};
    oc_claim_set_span(r, &whole, &found, NULL, &claim);
    oc_claim_decide(r, &found, NULL, &claim);
    read_people(r, &claim);
    *oc_vec_push(arena, claims) = claim;
}

static bool is_question(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence)
{
    return oc_sign_asks(sentence) || oc_phrase_ends(lexicon, lang, OC_PHRASE_QUESTION_END, sentence);
}

/* "条件が満たされれば", "once the conditions are met": a condition of something else. */
static bool is_mere_condition(const reader *r, const oc_hit *milestone)
{
    if (r->lang != OC_LANG_EN) {
        size_t length = oc_phrase_begins(r->lexicon, r->lang, OC_PHRASE_IF, oc_slice_from(r->text, milestone->end));
        return length && !oc_claim_ends_duty(r, milestone->end + length);
    }
    for (size_t i = 0; i < r->manners.len; i++) {
        const oc_hit *hit = r->manners.at[i];
        if (!oc_claim_is_condition(hit)) continue;
        size_t reach = oc_claim_is_modality(hit, "condition") ? CONDITION_REACH : UNTIL_REACH;
        if (hit->start <= milestone->start && hit->end + reach > milestone->start) return true;
    }
    return false;
}

/* "a year named", "연도를 정": the target year in words that often mean another one. */
static bool is_named_year(const reader *r, const oc_hit *milestone)
{
    return oc_claim_needs_day(milestone) && oc_milestone_settles(r->lexicon, oc_milestone_id(milestone->entry)).len;
}

/* Drops the milestones that count only where a day ahead is told for them. */
static void drop_dayless(reader *r, oc_arena *arena)
{
    oc_marks kept = {0};
    for (size_t i = 0; i < r->milestones.len; i++) {
        const oc_hit *hit = r->milestones.at[i];
        const oc_date *date = oc_claim_needs_day(hit) && !is_mere_condition(r, hit) ? oc_claim_date_of(r, hit) : NULL;
        bool ahead = date && (r->context->anchor == OC_DAY_NONE || date->end > r->context->anchor);
        if (ahead && is_named_year(r, hit)) /* "finish it by October, and a year chosen": in the same clause */
            ahead = !oc_clauses_commas(&r->clauses, date->to < hit->start ? date->to : hit->end,
                                       date->to < hit->start ? hit->start : date->from);
        if (!oc_claim_needs_day(hit) || ahead)
            *oc_vec_push(arena, &kept) = hit;
        else if (r->lang != OC_LANG_EN)
            r->dropped = hit;
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
        if (hit->entry->class == OC_LEX_MILESTONE && r->milestones.len < HITS_MAX)
            *oc_vec_push(arena, &r->milestones) = hit;
        else if (manners >> hit->entry->class & 1 && r->manners.len < HITS_MAX)
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
        if (oc_claim_is_named(r, r->milestones.at[i]) && !is_bare(r, r->milestones.at[i])) return true;
    return false;
}

void oc_claims_find(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    const oc_dates *dates, const oc_mentions *mentions, const oc_claim_context *context,
                    oc_arena *arena, oc_claims *ret_claims)
{
    bool about = context->about && context->milestone.len && !dates->len && oc_hits_any(hits, OC_LEX_BIT(MODALITY));
    bool continued =
        about || (context->milestone.len && dates->len && (context->about || oc_hits_any(hits, OC_LEX_BIT(MODALITY))));
    if ((!continued && !oc_hits_any(hits, OC_LEX_BIT(MILESTONE))) || is_question(lexicon, lang, sentence)) return;
    reader r = {.lexicon = lexicon, lang, sentence, hits, dates, mentions, context};
    size_t first = ret_claims->len;
    sort_hits(&r, arena);
    if (!continued && !any_candidate(&r)) return;
    if (hits->signs & (OC_SIGN_COMMA | OC_SIGN_SEMICOLON)) oc_clauses_find(NULL, lang, sentence, arena, &r.clauses);
    drop_dayless(&r, arena);
    for (size_t i = 0; i < r.milestones.len; i++) {
        const oc_hit *hit = r.milestones.at[i];
        if (!oc_claim_is_named(&r, hit) || is_bare(&r, hit) || oc_claim_told_by_settling(&r, hit) ||
            oc_claim_is_aside(&r, hit))
            continue;
        const oc_date *date = oc_claim_date_of(&r, hit);
        if (!oc_claim_only_conditions(&r, hit, date)) add_claim(&r, hit, date, arena, ret_claims, first);
    }
    if (!r.milestones.len && about)
        add_about(&r, arena, ret_claims);
    else if (!r.milestones.len && continued)
        add_continued(&r, 0, arena, ret_claims);
    else if (ret_claims->len == first && dates->len)
        add_topical(&r, arena, ret_claims);
    else if (ret_claims->len > first && dates->len > 1)
        add_contrasted(&r, first, arena, ret_claims);
    if (lang != OC_LANG_EN && ret_claims->len > first && dates->len > 1) add_paired(&r, first, arena, ret_claims);
}
