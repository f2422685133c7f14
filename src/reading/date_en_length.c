/* English lengths and what they are counted from: "three years ago", "within 30 days", "two weeks after March 5". */
#include "reading/date_en.h"
#include "reading/date_fold.h"
#include "reading/phrase.h"

/* --- lengths --- */

static bool read_amounts(const oc_date_reader *r, size_t *at, oc_date_spec *spec)
{
    size_t i = *at;
    oc_atom_kind next = kind_at(r, i + 1);
    if (kind_at(r, i) == OC_ATOM_UNIT && i && kind_at(r, i - 1) == OC_ATOM_LINK &&
        (next == OC_ATOM_BEFORE || next == OC_ATOM_AFTER)) { /* the day after Christmas */
        spec->amount[token_at(r, i)->a] = 1;
        spec->length_unit = (oc_unit)token_at(r, i)->a;
        spec->length = true;
        ++*at;
        return true;
    }
    while (kind_at(r, i) == OC_ATOM_NUM && token_at(r, i)->style != OC_NUMBER_GROUPED) {
        size_t unit_at = i + 1, number = i;
        bool either = kind_at(r, i + 1) == OC_ATOM_OR; /* two or three weeks ago */
        bool pair =
            (either || oc_date_en_is_range(kind_at(r, i + 1))) && kind_at(r, i + 2) == OC_ATOM_NUM && !spec->length;
        if (pair) number = i + 2, unit_at = i + 3; /* two to three years */
        bool half = kind_at(r, unit_at) == OC_ATOM_HALF && kind_at(r, unit_at + 1) == OC_ATOM_SPAN;
        if (half) unit_at++; /* two and a half years */
        if (sign_at(r, unit_at) == '-' && !token_at(r, unit_at)->space) unit_at++;
        oc_atom_kind kind = kind_at(r, unit_at);
        if (kind != OC_ATOM_UNIT && kind != OC_ATOM_SPAN) break;
        int unit = token_at(r, unit_at)->a;
        if (spec->amount[unit] || token_at(r, number)->a > 100000) break;
        spec->amount[unit] = token_at(r, number)->a;
        if (pair && token_at(r, i)->a < token_at(r, number)->a) spec->amount_low = token_at(r, i)->a;
        spec->half_more = half;
        spec->length_unit = (oc_unit)unit;
        spec->length = true;
        i = unit_at + 1;
        *at = i;
        if (kind_at(r, i) == OC_ATOM_HALF) spec->half_more = true, *at = ++i;
        if (kind_at(r, i) == OC_ATOM_AND || sign_at(r, i) == ',') i++;
    }
    return spec->length;
}

/* the day before, the week after: counted from the date named before, where nothing stands behind. */
static bool read_unit_beside(oc_date_reader *r, size_t at)
{
    oc_atom_kind side = kind_at(r, at + 1), next = kind_at(r, at + 2);
    bool on = at >= 2 && kind_at(r, at - 2) == OC_ATOM_ON; /* better on the day after than on the day before */
    bool shape = kind_at(r, at) == OC_ATOM_UNIT && at && kind_at(r, at - 1) == OC_ATOM_LINK && !on &&
                 (side == OC_ATOM_BEFORE || side == OC_ATOM_AFTER) &&
                 (next == OC_ATOM_NONE || (sign_at(r, at + 2) && strchr(",.;)", sign_at(r, at + 2))));
    int offset = side == OC_ATOM_AFTER ? 1 : -1;
    if (!shape || !oc_date_spec_relative(&r->spec, token_at(r, at)->a, offset, OC_FROM_CONTEXT)) return false;
    r->at = at + 2;
    return true;
}

bool oc_date_en_days(const oc_date_reader *r, const oc_date_spec *spec, oc_date *ret)
{
    return oc_date_resolve(r->parser->lexicon->date_tables, r->parser->lang, spec, r->parser->context, r->parser->tense,
                           OC_DAY_NONE, ret);
}

/* "two weeks after March 5": the distance is counted from that day. */
static bool read_base(oc_date_reader *r, size_t at, int sign)
{
    oc_date_reader base = oc_date_en_sub_reader(r, oc_date_en_skip_links(r, at));
    oc_date found;
    if (kind_at(r, base.at) == OC_ATOM_OTHER && kind_at(r, base.at + 1) == OC_ATOM_ON)
        base.at = oc_date_en_skip_links(r, base.at + 2); /* the day after the election on November 5 */
    if (!oc_date_en_point(&base)) return false;
    if (sign > 0 && base.spec.weekday >= 0 && !base.spec.tense)
        base.spec.tense = OC_TENSE_FUTURE; /* a week from Monday */
    if (!oc_date_en_days(r, &base.spec, &found)) return false;
    bool last = sign > 0 || (base.spec.part == OC_PART_END && base.spec.weekday < 0); /* two days before the end … */
    r->parser->context->last_start = last ? found.unit_end : found.unit_start;
    r->spec.offset_from = OC_FROM_CONTEXT;
    r->spec.offset_sign = sign;
    r->at = base.at;
    return true;
}

static bool is_today(const oc_date_reader *r, size_t at)
{
    const oc_token *token = token_at(r, at);
    return kind_at(r, at) == OC_ATOM_REL && token->a == OC_UNIT_DAY && !token->b && !token->more;
}

/* today, tomorrow, yesterday */
static bool is_near_day(const oc_date_reader *r, size_t at)
{
    const oc_token *token = token_at(r, at);
    bool near = token->b >= -1 && token->b <= 1;
    return kind_at(r, at) == OC_ATOM_REL && token->a == OC_UNIT_DAY && near && kind_at(r, at - 1) != OC_ATOM_LINK;
}

/* "a week ago Tuesday", "two weeks ago on Friday": that day of the week so far back. */
static bool weekday_of_week(oc_date_reader *r)
{
    size_t at = r->at + 1 + (kind_at(r, r->at + 1) == OC_ATOM_ON);
    if (r->spec.length_unit != OC_UNIT_WEEK || r->spec.amount[OC_UNIT_DAY] || kind_at(r, at) != OC_ATOM_WEEKDAY)
        return false;
    int weeks = r->spec.amount[OC_UNIT_WEEK];
    r->spec = oc_date_spec_empty();
    r->spec.week_from = OC_FROM_ANCHOR;
    r->spec.week = -weeks;
    r->spec.weekday = token_at(r, at)->a;
    r->at = at + 1;
    return true;
}

/* "three weeks starting 5 May": from that day on. */
static bool begins_with_date(oc_date_reader *r)
{
    oc_slice word = oc_slice_from(r->parser->sentence, token_at(r, r->at)->from);
    bool begins = oc_phrase_begins(r->parser->lexicon, OC_LANG_EN, OC_PHRASE_STARTING, word) != 0;
    if (!begins || !read_base(r, r->at + 1, 1)) return false;
    r->spec.span = true;
    r->parser->context->last_start--;
    return true;
}

static bool read_direction(oc_date_reader *r, bool the)
{
    oc_atom_kind kind = kind_at(r, r->at);
    r->spec.offset_from = OC_FROM_ANCHOR;
    switch (kind) {
    case OC_ATOM_AGO:
        r->spec.offset_sign = -1;
        if (weekday_of_week(r)) return true;
        if (is_near_day(r, r->at + 1)) return read_base(r, r->at + 1, -1); /* a year ago today */
        r->at++;
        return true;
    case OC_ATOM_FROM:
        if (begins_with_date(r)) return true;
        if (!is_today(r, r->at + 1)) return false;
        r->spec.offset_sign = 1;
        r->at += 2;
        return true;
    case OC_ATOM_LATER:
        r->spec.offset_sign = 1;
        r->at++;
        return true;
    case OC_ATOM_ON: /* a week on Monday */
        if (kind_at(r, r->at + 1) != OC_ATOM_WEEKDAY || r->spec.length_unit != OC_UNIT_WEEK) return false;
        return read_base(r, r->at + 1, 1);
    case OC_ATOM_START:
        if (!read_base(r, r->at + 1, 1)) return false;
        if (the) r->spec.span = true, r->parser->context->last_start--; /* the 10 days from Nov. 20 */
        return true;
    case OC_ATOM_AFTER: return read_base(r, r->at + 1, 1);
    case OC_ATOM_REL: /* two weeks today */
        if (r->spec.length_unit != OC_UNIT_WEEK || !is_near_day(r, r->at)) return false;
        return read_base(r, r->at, 1);
    case OC_ATOM_BEFORE: return read_base(r, r->at + 1, -1);
    default: return false;
    }
}

/* True if what stands behind the number, or around the unit, at `at` can make it a length. */
static bool may_be_length(const oc_date_reader *r, size_t at, bool after_side)
{
    oc_atom_kind next = kind_at(r, at + 1);
    if (kind_at(r, at) == OC_ATOM_UNIT) return after_side || next == OC_ATOM_BEFORE || next == OC_ATOM_AFTER;
    return next == OC_ATOM_UNIT || next == OC_ATOM_SPAN || next == OC_ATOM_HALF || next == OC_ATOM_PUNCT ||
           next == OC_ATOM_OR || oc_date_en_is_range(next);
}

/* "the worst drought in 50 years", "for the first time in two decades", "less than they have been in a decade": what
 * lies behind, told by the superlative or the comparison among the words before `in`. */
static bool is_record(const oc_date_reader *r, size_t in)
{
    enum { WORDS = 4 };
    oc_slice text = oc_slice_sub(r->parser->sentence, 0, token_at(r, in)->from);
    for (int word = 0; word < WORDS && text.len; word++) {
        while (text.len && text.ptr[text.len - 1] == ' ') text.len--;
        if (oc_slice_ends(text, OC_SLICE("est")) || oc_slice_ends(text, OC_SLICE("rst")) ||
            oc_slice_ends(text, OC_SLICE("most")) || oc_slice_ends(text, OC_SLICE(" than")))
            return true;
        while (text.len && oc_date_is_letter(text.ptr[text.len - 1])) text.len--;
    }
    return false;
}

/* What stands before a length. */
typedef struct length_prefix {
    size_t behind;
    int side; /* 1 next, -1 last, past */
    bool within, in, about, the;
} length_prefix;

static length_prefix read_prefix(const oc_date_reader *r, size_t first)
{
    length_prefix prefix = {.behind = first};
    for (; prefix.behind < first + OC_DATE_EN_PREFIXES_MAX; prefix.behind++) {
        switch (kind_at(r, prefix.behind)) {
        case OC_ATOM_WITHIN: prefix.within = true; break;
        case OC_ATOM_IN: prefix.in = true; break;
        case OC_ATOM_NEXT: prefix.side = 1; break;
        case OC_ATOM_PAST: prefix.side = -1; break;
        case OC_ATOM_MOD:
            if (!token_at(r, prefix.behind)->a) return prefix;
            prefix.side = token_at(r, prefix.behind)->a;
            break;
        case OC_ATOM_ABOUT: prefix.about = true; break;
        case OC_ATOM_LINK: prefix.the = true; break;
        case OC_ATOM_DURING: break;
        default: return prefix;
        }
    }
    return prefix;
}

/* From where the length that was read counts, and how. */
static bool read_offset(oc_date_reader *r, const length_prefix *prefix)
{
    oc_atom_kind behind = kind_at(r, r->at);
    bool from_event = prefix->within && !prefix->side &&
                      (behind == OC_ATOM_OF || behind == OC_ATOM_AFTER || behind == OC_ATOM_START);
    r->spec.offset_from = OC_FROM_ANCHOR;
    if (from_event) { /* within six months of March 5; of something told, it is no date */
        r->spec.span = r->spec.span_whole = true;
        return read_base(r, r->at + 1, 1);
    }
    if (prefix->within || prefix->side) {
        r->spec.span = true;
        r->spec.span_whole = prefix->within && prefix->side >= 0;
        r->spec.offset_sign = prefix->side < 0 ? -1 : 1;
        return true;
    }
    if (read_direction(r, prefix->the)) return true;
    r->spec.offset_sign = 1;
    r->spec.offset_from = OC_FROM_ANCHOR;
    return prefix->in;
}

size_t oc_date_en_length(oc_date_parser *parser, size_t first, oc_date_point *ret)
{
    oc_date_reader r;
    r.parser = parser;
    length_prefix prefix = read_prefix(&r, first);
    r.at = prefix.behind;
    bool single = kind_at(&r, r.at) == OC_ATOM_UNIT;
    if (!single && kind_at(&r, r.at) != OC_ATOM_NUM) return 0;
    if (!may_be_length(&r, r.at, prefix.side)) return 0;
    r = (oc_date_reader){.parser = parser, .at = r.at, .spec = oc_date_spec_empty()};
    if (single && read_unit_beside(&r, r.at)) {
        *ret = (oc_date_point){r.spec, first, r.at, OC_BOUND_AT, false};
        return r.at;
    }
    oc_atom_kind before = r.at > first ? kind_at(&r, r.at - 1) : OC_ATOM_NONE;
    bool past_unit = single && ((prefix.side < 0 && before == OC_ATOM_PAST) ||
                                (prefix.side < 0 && before == OC_ATOM_MOD && prefix.within) ||
                                (prefix.side > 0 && before == OC_ATOM_NEXT));
    if (past_unit) { /* the past week, over the next decade */
        r.spec.amount[token_at(&r, r.at)->a] = 1;
        r.spec.length_unit = (oc_unit)token_at(&r, r.at)->a;
        r.spec.length = true;
        r.at++;
    } else if (!read_amounts(&r, &r.at, &r.spec))
        return 0;
    bool sharp = kind_at(&r, r.at) == OC_ATOM_RANGE && kind_at(&r, r.at + 1) == OC_ATOM_LINK &&
                 is_unit(&r, r.at + 2, OC_UNIT_DAY);
    oc_atom_kind side = kind_at(&r, r.at + 3);
    if (sharp && (side == OC_ATOM_BEFORE || side == OC_ATOM_AFTER)) r.at += 3; /* a year to the day after */
    oc_atom_kind behind = kind_at(&r, r.at);
    bool cut = prefix.side < 0 && !past_unit && (behind == OC_ATOM_OF || behind == OC_ATOM_IN) && !prefix.within;
    if (cut && kind_at(&r, r.at - 1) == OC_ATOM_SPAN) return 0; /* the last five days of March */
    if (prefix.about) r.spec.hedge = OC_DATE_ABOUT;
    bool the = prefix.in && token_at(&r, first)->to - token_at(&r, first)->from > 2 && kind_at(&r, first) == OC_ATOM_IN;
    if (the && !prefix.side && oc_date_en_is_range(behind)) return 0; /* in the three months to September */
    bool record = prefix.in && !prefix.side && !prefix.within && first < prefix.behind && is_record(&r, first);
    if (!read_offset(&r, &prefix) || (record && r.spec.offset_from == OC_FROM_ANCHOR)) return 0;
    bool whole_unit = single && r.spec.offset_from == OC_FROM_CONTEXT && r.spec.length_unit > OC_UNIT_DAY;
    if (whole_unit) { /* the week after March 5: the unit and not the day */
        oc_date_spec unit = oc_date_spec_empty();
        if (oc_date_spec_relative(&unit, (int)r.spec.length_unit, r.spec.offset_sign, OC_FROM_CONTEXT)) r.spec = unit;
    }
    *ret = (oc_date_point){r.spec, first, r.at, OC_BOUND_AT, false};
    return r.at;
}
