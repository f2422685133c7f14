/* The grammar of Japanese and Korean dates: from the large unit to the small one, then what follows (まで, 以降, 부터).
 *
 *     date   = [遅くとも|約|지난|오는] point [頃] [bound]  |  point から|~|부터|と point [まで|の間]  |  length
 *     point  = component { [の|의] component }         each finer than the one before
 *     length = number unit { number unit } 前|後|以内  |  今後|過去|최근 number unit
 *
 * A component is a number with a unit, a relative word, a season, half, quarter, part, weekday or holiday. What a STOP
 * word follows (間, ぶり, 歳, 주년) was a count and is skipped. Example: "2026年度第2四半期末まで" is year 2026
 * (fiscal), quarter 2, part end, bound by. */
#include "reading/date_cjk.h"

#include "base/utf8.h"
#include "reading/date_calendar.h"
#include "reading/date_index.h"

static bool is_from_word(const oc_date_parser *parser, size_t at)
{
    oc_atom_kind kind = oc_date_kind(parser, at);
    return kind == OC_ATOM_START || (kind == OC_ATOM_RANGE && !parser->tokens[at].b);
}

/* Behind a time of day (午後5時, 오후 5시 30분, 10:30, 새벽), `at` itself if none stands there. */
static size_t behind_time(const oc_date_reader *r, size_t at)
{
    oc_atom_kind kind = kind_at(r, at);
    bool part = kind == OC_ATOM_PARTICLE || kind == OC_ATOM_DAYTIME;
    size_t end = at + (part || kind == OC_ATOM_OTHER);
    bool timely = part || (end > at && oc_date_cjk_is_time(r, at));
    while (kind_at(r, end) == OC_ATOM_NUM && kind_at(r, end + 1) == OC_ATOM_STOP && token_at(r, end + 1)->a)
        end += 2, timely = true;
    if (timely && kind_at(r, end) == OC_ATOM_HALF) end++; /* 5시 반 */
    return timely ? end : at;
}

/* The same where a word of the deadline follows: it is the day's. */
static size_t skip_time(const oc_date_reader *r, size_t at)
{
    size_t end = behind_time(r, at);
    return kind_at(r, end) == OC_ATOM_BY ? end : at;
}

static void read_suffixes(oc_date_parser *parser, oc_date_point *point)
{
    oc_date_reader r = {.parser = parser};
    size_t at = point->behind;
    if (oc_date_spec_unit(&point->spec) == OC_UNIT_DAY) at = skip_time(&r, at);
    for (;; at++) {
        oc_atom_kind kind = kind_at(&r, at);
        bool within = kind_at(&r, at + 1) == OC_ATOM_WITHIN; /* 올해가 가기 전에 */
        if (kind == OC_ATOM_OF && (within || kind_at(&r, at + 1) == OC_ATOM_BEFORE)) continue;
        if (kind == OC_ATOM_PARTICLE && within && token_at(&r, at + 1)->space) continue;
        if (kind == OC_ATOM_ABOUT)
            point->spec.hedge = OC_DATE_ABOUT;
        else if (kind == OC_ATOM_BY)
            point->bound = OC_BOUND_BY;
        else if (kind == OC_ATOM_FROM)
            point->bound = OC_BOUND_FROM;
        else if (kind == OC_ATOM_UPTO)
            point->bound = OC_BOUND_UPTO;
        else if (kind == OC_ATOM_WITHIN)
            point->bound = point->bound == OC_BOUND_BY ? OC_BOUND_BY : OC_BOUND_WITHIN;
        else if (kind == OC_ATOM_BEFORE || kind == OC_ATOM_AGO)
            point->bound = OC_BOUND_BEFORE;
        else if (kind == OC_ATOM_AFTER || kind == OC_ATOM_LATER)
            point->bound = OC_BOUND_AFTER;
        else if (kind != OC_ATOM_DURING)
            break;
        point->behind = at + 1;
        if (point->bound != OC_BOUND_AT && point->bound != OC_BOUND_WITHIN) return;
    }
}

/* What only stands for a right end: 中旬 of "上旬から中旬", 28年 of an era, 今, 8.28 and 28 behind a date in digits. */
static bool read_short_right(oc_date_parser *parser, const oc_date_spec *left, size_t at, oc_date_point *ret)
{
    oc_date_reader r = oc_date_cjk_reader(parser, at);
    const oc_token *token = token_at(&r, at);
    bool year_unit = is_unit(&r, at + 1, OC_UNIT_YEAR) || is_unit(&r, at + 1, OC_UNIT_FISCAL);
    bool small = oc_date_digits(parser, at, 1, 2);
    bool numeric =
        left->year_from == OC_FROM_TEXT && left->month_from == OC_FROM_TEXT && left->day_from == OC_FROM_TEXT;
    char sign = sign_at(&r, at + 1);
    bool slashes = sign == '/' && left->month_from == OC_FROM_TEXT && left->day_from == OC_FROM_TEXT;
    *ret = (oc_date_point){oc_date_spec_empty(), at, at + 1, OC_BOUND_AT, false};
    size_t nth = at + (kind_at(&r, at) == OC_ATOM_NTHMARK);
    bool week = left->week_from == OC_FROM_NTH && is_unit(&r, nth + 1, OC_UNIT_WEEK) &&
                (kind_at(&r, nth) == OC_ATOM_NUM || kind_at(&r, nth) == OC_ATOM_ORD);
    if (week) { /* 第2週と第3週 */
        ret->spec = *left;
        ret->spec.week = token_at(&r, nth)->a;
        ret->behind = nth + 2;
    } else if (kind_at(&r, at) == OC_ATOM_PART && left->part && !token->more) {
        ret->spec = *left;
        ret->spec.part = (oc_part)token->a;
    } else if (kind_at(&r, at) == OC_ATOM_NOW) {
        oc_date_spec_relative(&ret->spec, OC_UNIT_DAY, 0, OC_FROM_ANCHOR);
    } else if (left->year_from == OC_FROM_TEXT && !left->month_from && !left->fiscal &&
               !oc_date_digits(parser, at, 3, 3) && oc_date_cjk_year_end(&r, at, left->year, &ret->spec.year)) {
        ret->spec.year_from = OC_FROM_TEXT;
    } else if (small && year_unit && left->era_base) {
        ret->spec.year_from = OC_FROM_TEXT;
        ret->spec.year = left->era_base + token->a;
        ret->spec.fiscal = is_unit(&r, at + 1, OC_UNIT_FISCAL);
        ret->behind = at + 2;
    } else if (small && year_unit && left->year_from == OC_FROM_TEXT && !left->month_from && token->digits == 2) {
        ret->spec.year_from = OC_FROM_TEXT;
        ret->spec.year = left->year - left->year % 100 + token->a;
        ret->spec.fiscal = is_unit(&r, at + 1, OC_UNIT_FISCAL);
        if (ret->spec.year < left->year) ret->spec.year += 100;
        ret->behind = at + 2;
    } else if (small && (numeric || slashes) && (sign == '.' || sign == '/' || sign == '-') &&
               oc_date_digits(parser, at + 2, 1, 2)) {
        if (token->a < 1 || token->a > 12) return false;
        ret->spec.month_from = ret->spec.day_from = OC_FROM_TEXT;
        ret->spec.month = token->a;
        ret->spec.day = token[2].a;
        ret->behind = at + 3 + (sign == '.' && sign_at(&r, at + 3) == '.');
    } else if (small && numeric && kind_at(&r, at + 1) != OC_ATOM_UNIT && kind_at(&r, at + 1) != OC_ATOM_SPAN &&
               token_at(&r, at - 1)->b == '~') {
        ret->spec.day_from = OC_FROM_TEXT;
        ret->spec.day = token->a;
    } else
        return false;
    if (kind_at(&r, ret->behind) == OC_ATOM_WEEKDAY && ret->spec.day_from == OC_FROM_TEXT)
        ret->spec.weekday = token_at(&r, ret->behind++)->a; /* ~ 3. 19.(목) */
    return true;
}

/* The right end behind から, ~, 부터, と … 間. */
static bool read_right(oc_date_parser *parser, const oc_date_point *left, oc_date_point *ret)
{
    oc_date_reader r = {.parser = parser};
    size_t at = left->behind, time = behind_time(&r, at);
    bool from_time = time > at && is_from_word(parser, time) && left->spec.day_from; /* 3月12日正午から14日まで */
    if (from_time) at = time;
    oc_atom_kind kind = kind_at(&r, at);
    bool pair = kind == OC_ATOM_AND, either = kind == OC_ATOM_OR;
    if (kind != OC_ATOM_RANGE && kind != OC_ATOM_START && !pair && !either) return false;
    at++;
    while (kind_at(&r, at) == OC_ATOM_START || oc_date_sign(parser, at) == ',') at++;
    if (!read_short_right(parser, &left->spec, at, ret) && !oc_date_cjk_point(parser, at, ret)) return false;
    ret->adjacent = either;
    at = skip_time(&r, ret->behind);
    bool to_time = behind_time(&r, at) > at; /* 3日夜から4日未明 */
    if (from_time && kind_at(&r, at) != OC_ATOM_BY && !to_time) return false;
    size_t behind = at;
    bool closed = false;
    for (;; at++) {
        kind = kind_at(&r, at);
        bool both = pair && (is_unit(&r, at, OC_UNIT_DAY) || is_unit(&r, at, OC_UNIT_YEAR)); /* 23日と24日の両日 */
        if (both || kind == OC_ATOM_BY || kind == OC_ATOM_DURING || kind == OC_ATOM_BETWEEN)
            closed = true, behind = at + 1;
        else if (kind == OC_ATOM_ABOUT)
            ret->spec.hedge = OC_DATE_ABOUT, behind = at + 1;
        else if (kind != OC_ATOM_OF)
            break;
    }
    if (closed || ret->spec.hedge) ret->behind = behind;
    bool weeks = left->spec.week_from == OC_FROM_NTH && ret->spec.week_from == OC_FROM_NTH &&
                 ret->spec.week == left->spec.week + 1;
    return !pair || closed || weeks;
}

/* 今日から3日後, 2026년 7월 1일부터 30일 이내: a length that is counted from the point. */
static size_t length_from(oc_date_parser *parser, const oc_date_point *point)
{
    oc_date_reader r = {.parser = parser};
    oc_date_point length;
    oc_date base;
    if (!is_from_word(parser, point->behind) || oc_date_spec_unit(&point->spec) != OC_UNIT_DAY || point->spec.length)
        return 0;
    size_t at = point->behind + 1;
    if (kind_at(&r, at) != OC_ATOM_NUM || oc_date_cjk_length_point(parser, at, &length) - 1 >= SIZE_MAX - 1) return 0;
    if (!length.spec.length || !oc_date_resolve(parser->lexicon->date_tables, parser->lang, &point->spec,
                                                parser->context, parser->tense, OC_DAY_NONE, &base))
        return 0;
    parser->context->last_start = base.unit_start;
    length.spec.offset_from = OC_FROM_CONTEXT;
    length.first = point->first;
    return oc_date_emit(parser, &length) ? length.behind : 0;
}

/* Days without a month: 14、15日, 2、3両日; but 2、3日 are a few days, and none. */
static bool is_few_days(const oc_date_reader *r, const size_t *places, size_t count, size_t unit_at)
{
    enum { FEW = 5, DAY_BYTES = 3 };
    const oc_token *unit = token_at(r, unit_at);
    return count == 2 && token_at(r, places[0])->a <= FEW && unit->to - unit->from <= DAY_BYTES;
}

static bool are_days_in_turn(const oc_date_reader *r, const size_t *places, size_t count)
{
    return r->rank == RANK_TOP && token_at(r, places[count - 1])->a == token_at(r, places[0])->a + (int)count - 1;
}

/* 1・2日 of "6月1・2日", 3、4月, 2014·2018·2022년: numbers that share their unit. Emits them as dates of `spec`. */
static size_t emit_list(oc_date_parser *parser, const oc_date_reader *start, size_t first)
{
    enum { NUMBERS_MAX = 12 };
    size_t places[NUMBERS_MAX], count = 0, at = start->at;
    bool marked = kind_at(start, at) == OC_ATOM_NTHMARK; /* 第3、第4四半期 */
    while (count < NUMBERS_MAX && oc_date_digits(parser, at + (kind_at(start, at) == OC_ATOM_NTHMARK), 1, 4)) {
        at += kind_at(start, at) == OC_ATOM_NTHMARK;
        places[count++] = at;
        char sign = oc_date_sign(parser, at + 1);
        if (sign != '*' && sign != ',') break;
        at += 2;
    }
    size_t unit_at = at + 1;
    bool both = kind_at(start, unit_at) == OC_ATOM_OF && is_unit(start, unit_at + 1, OC_UNIT_DAY);
    if (both) unit_at++; /* 23、24の両日 */
    if (count < 2 || at != places[count - 1] || kind_at(start, unit_at) != OC_ATOM_UNIT) return 0;
    oc_unit unit = (oc_unit)token_at(start, unit_at)->a;
    bool alone = unit == OC_UNIT_DAY && !start->spec.month_from && are_days_in_turn(start, places, count);
    if (alone && is_few_days(start, places, count, unit_at) && !oc_date_cjk_is_direction(kind_at(start, unit_at + 1)))
        return unit_at + 1;
    bool fits = unit == OC_UNIT_DAY ? start->spec.month_from || alone
                                    : unit == OC_UNIT_MONTH || unit == OC_UNIT_YEAR || unit == OC_UNIT_QUARTER ||
                                          unit == OC_UNIT_CENTURY;
    if (!fits || (marked && unit != OC_UNIT_QUARTER) || oc_date_cjk_is_direction(kind_at(start, unit_at + 1))) return 0;
    oc_date_point points[NUMBERS_MAX];
    bool neighbours = true;
    int before = 0;
    for (size_t i = 0; i < count; i++) {
        oc_date_reader r = *start;
        oc_token number = *token_at(start, places[i]);
        bool short_year = unit == OC_UNIT_YEAR && i && number.digits == 2 && token_at(start, places[0])->digits == 4;
        if (short_year) { /* 2023、24、25年 */
            number.a += token_at(start, places[0])->a / 100 * 100;
            number.digits = 4;
        }
        if (!oc_date_cjk_number(&r, &number, token_at(start, unit_at), unit_at + 1)) return 0;
        points[i] = (oc_date_point){.spec = r.spec, .first = i ? places[i] : first};
        points[i].behind = i + 1 < count ? places[i] + 1 : unit_at + 1;
        neighbours = neighbours && (!i || number.a == before + 1);
        before = number.a;
    }
    if (neighbours && oc_date_emit_range(parser, &points[0], &points[count - 1])) return unit_at + 1;
    for (size_t i = 0; i < count; i++) oc_date_emit(parser, &points[i]);
    return unit_at + 1;
}

/* A list that goes on from a point: the days behind its month, the months behind its year. */
static size_t list_behind(oc_date_parser *parser, const oc_date_point *point)
{
    oc_unit unit = oc_date_spec_unit(&point->spec);
    if ((unit != OC_UNIT_MONTH && unit != OC_UNIT_YEAR) || point->spec.part || point->spec.length) return 0;
    oc_atom_kind next = oc_date_kind(parser, point->behind);
    if (next != OC_ATOM_NUM && next != OC_ATOM_NTHMARK) return 0;
    oc_date_reader r = oc_date_cjk_reader(parser, point->behind);
    r.spec = point->spec;
    r.rank = oc_date_cjk_rank(unit);
    return emit_list(parser, &r, point->first);
}

/* 8月18日から11日間, 2027년부터 3년간: the days from the point's first on. */
static size_t span_from(oc_date_parser *parser, const oc_date_point *point)
{
    oc_date base;
    if (point->spec.length || !is_from_word(parser, point->behind)) return 0;
    oc_date_reader r = oc_date_cjk_reader(parser, point->behind + 1);
    if (!oc_date_cjk_length(&r, &r.at, &r.spec)) return 0;
    oc_atom_kind next = kind_at(&r, r.at);
    bool ends =
        next != OC_ATOM_STOP && next != OC_ATOM_WITHIN && next != OC_ATOM_ABOUT && !oc_date_cjk_is_direction(next);
    if (!ends || kind_at(&r, r.at - 1) != OC_ATOM_SPAN || r.spec.amount_low) return 0;
    parser->tense = parser->given;
    if (!oc_date_resolve(parser->lexicon->date_tables, parser->lang, &point->spec, parser->context, parser->tense,
                         OC_DAY_NONE, &base))
        return 0;
    parser->context->last_start = base.unit_start - 1; /* a span begins beside the day it is counted from */
    r.spec.offset_from = OC_FROM_CONTEXT;
    r.spec.offset_sign = 1;
    r.spec.span = true;
    oc_date_point span = {r.spec, point->first, r.at, OC_BOUND_AT, false};
    return oc_date_emit(parser, &span) ? span.behind : 0;
}

/* 9月15日の週, 9월 15일이 있는 주: the week of the day. */
static size_t week_around(oc_date_parser *parser, const oc_date_point *point)
{
    oc_date_reader r = {.parser = parser};
    size_t week = point->behind + (oc_date_kind(parser, point->behind) == OC_ATOM_OF);
    oc_atom_kind next = oc_date_kind(parser, week + 1);
    bool linked = week > point->behind || parser->lang == OC_LANG_KO;
    bool ends = next != OC_ATOM_NUM && (next != OC_ATOM_OTHER || token_at(&r, week + 1)->space || week > point->behind);
    bool day = oc_date_spec_unit(&point->spec) == OC_UNIT_DAY && !point->spec.length;
    oc_day anchor = parser->context->anchor;
    oc_date found;
    if (!day || !linked || !ends || !is_unit(&r, week, OC_UNIT_WEEK) || anchor == OC_DAY_NONE) return 0;
    parser->tense = oc_date_tense_at(parser, &point->spec, point->first, point->behind);
    if (!oc_date_resolve(parser->lexicon->date_tables, parser->lang, &point->spec, parser->context, parser->tense,
                         OC_DAY_NONE, &found))
        return 0;
    oc_date_point whole = {oc_date_spec_empty(), point->first, week + 1, OC_BOUND_AT, false};
    whole.spec.week_from = OC_FROM_ANCHOR;
    whole.spec.week = (int)((oc_day_week_start(found.unit_start) - oc_day_week_start(anchor)) / 7);
    return oc_date_emit(parser, &whole) ? whole.behind : 0;
}

/* クリスマス前の火曜日, 성탄절 전 화요일: the last one before that day. */
static size_t weekday_beside(oc_date_parser *parser, const oc_date_point *point)
{
    oc_atom_kind side = oc_date_kind(parser, point->behind);
    size_t at = point->behind + 1 + (oc_date_kind(parser, point->behind + 1) == OC_ATOM_OF);
    bool before = side == OC_ATOM_BEFORE || side == OC_ATOM_AGO, after = side == OC_ATOM_AFTER || side == OC_ATOM_LATER;
    bool day = oc_date_spec_unit(&point->spec) == OC_UNIT_DAY && !point->spec.length;
    oc_date found;
    if (!day || (!before && !after) || oc_date_kind(parser, at) != OC_ATOM_WEEKDAY) return 0;
    parser->tense = oc_date_tense_at(parser, &point->spec, point->first, point->behind);
    if (!oc_date_resolve(parser->lexicon->date_tables, parser->lang, &point->spec, parser->context, parser->tense,
                         OC_DAY_NONE, &found))
        return 0;
    oc_civil civil = oc_civil_from_day(
        oc_day_weekday_from(after ? found.unit_end : found.unit_start, parser->tokens[at].a, after ? 1 : -1));
    oc_date_point weekday = {oc_date_spec_empty(), point->first, at + 1, OC_BOUND_AT, false};
    weekday.spec.year_from = weekday.spec.month_from = weekday.spec.day_from = OC_FROM_TEXT;
    weekday.spec.year = civil.year;
    weekday.spec.month = civil.month;
    weekday.spec.day = civil.day;
    return oc_date_emit(parser, &weekday) ? weekday.behind : 0;
}

/* クリスマスの3日前, 성탄절 사흘 전, 1月19日から3週間後: the day so far from the point; 12月1日から10日以内: the days to
 * it. */
static size_t distance_from(oc_date_parser *parser, const oc_date_point *point)
{
    bool from = is_from_word(parser, point->behind);
    size_t number = point->behind + (from || oc_date_kind(parser, point->behind) == OC_ATOM_OF);
    bool day = oc_date_spec_unit(&point->spec) == OC_UNIT_DAY && !point->spec.length;
    if (!day || oc_date_kind(parser, number) != OC_ATOM_NUM) return 0;
    oc_date_reader r = oc_date_cjk_reader(parser, number);
    oc_date base;
    if (!oc_date_cjk_length(&r, &r.at, &r.spec)) return 0;
    oc_atom_kind direction = kind_at(&r, r.at);
    bool within = from && direction == OC_ATOM_WITHIN;
    if (!within && (!oc_date_cjk_is_direction(direction) || kind_at(&r, r.at + 1) == OC_ATOM_WITHIN)) return 0;
    parser->tense = oc_date_tense_at(parser, &point->spec, point->first, point->behind);
    if (!oc_date_resolve(parser->lexicon->date_tables, parser->lang, &point->spec, parser->context, parser->tense,
                         OC_DAY_NONE, &base))
        return 0;
    parser->context->last_start = base.unit_start;
    r.spec.offset_from = OC_FROM_CONTEXT;
    r.spec.offset_sign = direction == OC_ATOM_BEFORE || direction == OC_ATOM_AGO ? -1 : 1;
    r.spec.span = r.spec.span_whole = within;
    oc_date_point found = {r.spec, point->first, r.at + 1, OC_BOUND_AT, false};
    return oc_date_emit(parser, &found) ? found.behind : 0;
}

/* 今秋のSCMまでに: a deadline at what happens then. Between の and までに stands a noun without hiragana; まで alone
 * also means how far something goes. */
static bool ends_at_event(const oc_date_parser *parser, size_t behind)
{
    enum { REACH = 36, DEADLINE_BYTES = 9 };
    if (parser->lang != OC_LANG_JA || oc_date_kind(parser, behind) != OC_ATOM_OF) return false;
    const oc_lexicon *lexicon = parser->lexicon;
    size_t begin = parser->tokens[behind].to;
    for (size_t at = begin; at < parser->sentence.len && at < begin + REACH;) {
        uint32_t id;
        size_t length = oc_matcher_longest(lexicon->dates[parser->lang], parser->sentence, at, &id);
        oc_word_atoms word = length ? lexicon->date_tables->words[id] : (oc_word_atoms){NULL, 0};
        if (length >= DEADLINE_BYTES && word.len && word.at[0].kind == OC_ATOM_BY) return at > begin;
        uint32_t code = oc_utf8_next(parser->sentence, &at);
        if (code >= 0x3001 && code <= 0x3096) return false;
    }
    return false;
}

static size_t after_point(oc_date_parser *parser, oc_date_point *point)
{
    oc_date_reader r = {.parser = parser};
    size_t behind = list_behind(parser, point);
    if (!behind) behind = distance_from(parser, point);
    if (!behind) behind = week_around(parser, point);
    if (!behind) behind = weekday_beside(parser, point);
    if (!behind) behind = length_from(parser, point);
    if (!behind) behind = span_from(parser, point);
    if (behind) return behind;
    oc_date_point left = *point, right;
    if (kind_at(&r, left.behind) == OC_ATOM_ABOUT) left.behind++, left.spec.hedge = OC_DATE_ABOUT;
    if (read_right(parser, &left, &right) && oc_date_emit_range(parser, &left, &right)) return right.behind;
    bool open_number = kind_at(&r, point->behind - 1) == OC_ATOM_NUM && kind_at(&r, point->behind) == OC_ATOM_RANGE &&
                       kind_at(&r, point->behind + 1) == OC_ATOM_NUM && !point->spec.length;
    if (open_number && !oc_date_numeric(parser, &(size_t){point->first}, &(oc_date_spec){0})) return 0;
    read_suffixes(parser, point);
    if (point->bound == OC_BOUND_AT && ends_at_event(parser, point->behind)) point->bound = OC_BOUND_BY;
    bool starts = is_from_word(parser, point->behind);
    bool trailing = kind_at(&r, point->behind) == OC_ATOM_RANGE && token_at(&r, point->behind)->b == '~';
    if (!trailing && kind_at(&r, point->behind) == OC_ATOM_RANGE && !starts)
        trailing = token_at(&r, point->behind)->b != '-';
    if (point->bound == OC_BOUND_AT && (starts || trailing)) {
        point->bound = OC_BOUND_FROM;
        point->behind++;
        oc_atom_kind next = kind_at(&r, point->behind);
        if (next == OC_ATOM_FROM) point->behind++;
        if (next == OC_ATOM_BEFORE || next == OC_ATOM_AFTER) {
            point->bound = next == OC_ATOM_BEFORE ? OC_BOUND_BEFORE : OC_BOUND_AFTER;
            point->behind++;
        }
    }
    bool names_day = point->spec.month_from && point->spec.day_from; /* 2月30日 is none, and neither is its 30日 */
    return oc_date_emit(parser, point) || names_day ? point->behind : 0;
}

/* ~2026年: a range without a beginning. */
static bool open_start(const oc_date_reader *r, size_t at)
{
    return kind_at(r, at) == OC_ATOM_RANGE && token_at(r, at)->b == '~' &&
           (at == 0 || token_at(r, at)->space || kind_at(r, at - 1) == OC_ATOM_PUNCT);
}

/* 2023/24シーズン, 2023-24 시즌: two years that one noun takes together. */
static size_t read_season(oc_date_parser *parser, size_t first)
{
    const oc_token *token = &parser->tokens[first];
    char sign = oc_date_sign(parser, first + 1);
    bool shape = oc_date_digits(parser, first, 4, 4) && (sign == '/' || sign == '-') &&
                 (oc_date_digits(parser, first + 2, 2, 2) || oc_date_digits(parser, first + 2, 4, 4)) &&
                 oc_date_kind(parser, first + 3) == OC_ATOM_YEARTAKES && token[2].a % 100 == (token->a + 1) % 100;
    if (!shape) return 0;
    oc_date_point left = {oc_date_spec_empty(), first, first + 1, OC_BOUND_AT, false}, right = left;
    left.spec.year_from = right.spec.year_from = OC_FROM_TEXT;
    left.spec.year = token->a;
    right.spec.year = token->a + 1;
    right.behind = first + 3;
    return oc_date_emit_range(parser, &left, &right) ? right.behind : 0;
}

static size_t read_date(oc_date_parser *parser, size_t first)
{
    oc_date_reader r = {.parser = parser};
    size_t at = first;
    oc_date_hedge hedge = OC_DATE_SURE;
    bool open = open_start(&r, at);
    if (open) at++;
    for (;; at++) {
        oc_atom_kind kind = kind_at(&r, at);
        if (kind == OC_ATOM_ABOUT)
            hedge = OC_DATE_ABOUT;
        else if (kind == OC_ATOM_LATEST)
            hedge = OC_DATE_AT_LATEST;
        else if (kind == OC_ATOM_EARLIEST)
            hedge = OC_DATE_AT_EARLIEST;
        else
            break;
        if (oc_date_sign(parser, at + 1) == ',') at++;
    }
    oc_date_point point;
    if (kind_at(&r, at) == OC_ATOM_NOW && is_from_word(parser, at + 1)) { /* 今から6月まで */
        oc_date_point now = {oc_date_spec_empty(), at, at + 1, OC_BOUND_AT, false};
        bool range =
            oc_date_spec_relative(&now.spec, OC_UNIT_DAY, 0, OC_FROM_ANCHOR) && read_right(parser, &now, &point);
        oc_atom_kind next = oc_date_kind(parser, range ? point.behind : at);
        bool length = oc_date_cjk_is_direction(next) || next == OC_ATOM_WITHIN; /* 今から3日後 */
        if (range && !length && oc_date_emit_range(parser, &now, &point)) return point.behind;
    }
    size_t season = read_season(parser, at);
    if (season) return season;
    if (kind_at(&r, at) == OC_ATOM_NUM && oc_date_sign(parser, at + 1)) {
        oc_date_reader list = oc_date_cjk_reader(parser, at);
        size_t listed = emit_list(parser, &list, first);
        if (listed) return listed;
    }
    size_t length = oc_date_cjk_length_point(parser, at, &point);
    if (length == SIZE_MAX) return 0;
    if (!length && !oc_date_cjk_point(parser, at, &point)) return 0;
    if (hedge) point.spec.hedge = hedge;
    if (hedge == OC_DATE_ABOUT) point.first = first;
    if (open) point.bound = OC_BOUND_BY, point.first = first;
    if (hedge == OC_DATE_AT_LATEST) point.first = first, point.bound = OC_BOUND_BY; /* 遅くとも今年11月には */
    size_t behind = open ? (oc_date_emit(parser, &point) ? point.behind : 0) : after_point(parser, &point);
    return behind;
}

/* 12日 of "100日中12日", "100日のうち12日". */
static bool is_share(const oc_date_reader *r, size_t *at)
{
    size_t in = *at + (kind_at(r, *at) == OC_ATOM_OF);
    bool shape = kind_at(r, in) == OC_ATOM_WITHIN && token_at(r, in)->a && kind_at(r, in + 1) == OC_ATOM_NUM &&
                 is_unit(r, *at - 1, OC_UNIT_DAY) && is_unit(r, in + 2, OC_UNIT_DAY);
    if (shape) *at = in + 3;
    return shape;
}

/* 30日 of "1か月は30日": how long the length is. */
static bool is_defined(const oc_date_reader *r, size_t at)
{
    bool shape = kind_at(r, at - 1) == OC_ATOM_SPAN && kind_at(r, at) == OC_ATOM_PARTICLE &&
                 kind_at(r, at + 1) == OC_ATOM_NUM && is_unit(r, at + 2, OC_UNIT_DAY);
    oc_atom_kind next = kind_at(r, at + 3 + (kind_at(r, at + 3) == OC_ATOM_PARTICLE)); /* 30일이다 */
    return shape && (next == OC_ATOM_NONE || next == OC_ATOM_PUNCT || next == OC_ATOM_IS || next == OC_ATOM_OTHER);
}

/* Skips a count: number, unit and what hangs on it. */
static size_t skip_number(const oc_date_reader *r, size_t at)
{
    at++;
    while (kind_at(r, at) == OC_ATOM_UNIT || kind_at(r, at) == OC_ATOM_SPAN || kind_at(r, at) == OC_ATOM_STOP ||
           kind_at(r, at) == OC_ATOM_JUBILEE)
        at++;
    return is_share(r, &at) ? at : is_defined(r, at) ? at + 3 : at;
}

/* Behind 第2・第4土曜 of "毎月第2・第4土曜", 月・木曜 of "毎週月・木曜"; `at` if no such list stands there. */
static size_t skip_weekdays(const oc_date_reader *r, size_t at)
{
    for (size_t end = at;; end++) {
        oc_atom_kind kind = kind_at(r, end);
        char sign = sign_at(r, end);
        oc_atom_kind next = kind_at(r, end + 1);
        if (kind == OC_ATOM_WEEKDAY && next != OC_ATOM_OR) return end + 1;
        bool listed = sign_at(r, end + 1) == '*' || sign_at(r, end + 1) == ',';
        bool day = (kind == OC_ATOM_UNIT || kind == OC_ATOM_OTHER) && listed &&
                   token_at(r, end)->to - token_at(r, end)->from == 3;
        if (day) continue;
        if (kind != OC_ATOM_NTHMARK && kind != OC_ATOM_OR && kind != OC_ATOM_WEEKDAY && kind != OC_ATOM_NUM &&
            kind != OC_ATOM_ORD && kind != OC_ATOM_AND && sign != '*' && sign != ',')
            return at;
    }
}

void oc_date_parse_cjk(oc_date_parser *parser)
{
    oc_date_reader r = {.parser = parser};
    for (size_t at = 0; at < parser->count;) {
        oc_atom_kind kind = kind_at(&r, at);
        if (kind == OC_ATOM_PAGE || kind == OC_ATOM_EACH) {
            at++;
            if (kind_at(&r, at) == OC_ATOM_PUNCT) at++;
            oc_date_point skipped;
            size_t weekdays = kind == OC_ATOM_EACH ? skip_weekdays(&r, at) : at;
            if (weekdays > at)
                at = weekdays;
            else if (kind == OC_ATOM_EACH && oc_date_cjk_point(parser, at, &skipped))
                at = skipped.behind;
            else if (kind_at(&r, at) == OC_ATOM_NUM)
                at = skip_number(&r, at);
            continue;
        }
        bool each = is_unit(&r, at, OC_UNIT_WEEK) && kind_at(&r, at + 1) == OC_ATOM_NUM &&
                    (!at || kind_at(&r, at - 1) != OC_ATOM_NUM); /* 週3日, 주 3일 */
        if (each) {
            at = skip_number(&r, at + 1);
            continue;
        }
        size_t behind = oc_date_may_begin(kind) && !parser->tokens[at].more ? read_date(parser, at) : 0;
        if (behind > at)
            at = behind;
        else
            at = kind == OC_ATOM_NUM ? skip_number(&r, at) : at + 1;
    }
}
