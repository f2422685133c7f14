/* Which numbers of four digits are English years where no month, quarter or other unit stands beside them: behind a
 * preposition, before a noun ("the 2014 decision"), beside words of the lexicon ("2028 is realistic"), in brackets. */
#include "reading/date_en.h"
#include "reading/phrase.h"

/* nineteen fifty-three, twenty twenty-eight: nothing but a year is said so. */
static bool is_said_year(const oc_date_reader *r, size_t at)
{
    const oc_token *token = token_at(r, at);
    if (!oc_date_en_is_year(r, at) || token->style != OC_NUMBER_WORD) return false;
    char first = r->parser->sentence.ptr[token->from], third = r->parser->sentence.ptr[token->from + 2];
    return (first | 32) == 'n' || third == 'e';
}

/* the 2014 decision, its 2018 agreement, 2028 is realistic, set 2028 as the goal. */
static bool neighbour_makes_year(const oc_date_reader *r, size_t at)
{
    const oc_token *token = token_at(r, at);
    oc_atom_kind before = at ? kind_at(r, at - 1) : OC_ATOM_NONE, next = kind_at(r, at + 1);
    bool count = token->a < 1900 || token->a > 2060 || token->a % 500 == 0;
    if (count || token->style != OC_NUMBER_DIGITS || next == OC_ATOM_NUM) return false;
    if (before == OC_ATOM_TAKESYEAR || before == OC_ATOM_FUTURE || next == OC_ATOM_YEARTAKES) return true;
    bool article =
        before == OC_ATOM_LINK || before == OC_ATOM_WHOSE || before == OC_ATOM_OF ||
        (before == OC_ATOM_NUM && token_at(r, at - 1)->style == OC_NUMBER_WORD && token_at(r, at - 1)->a == 1);
    bool financial = next == OC_ATOM_FISCAL && kind_at(r, at + 2) == OC_ATOM_OTHER; /* the 2008 financial crisis */
    bool word = (next == OC_ATOM_OTHER || next == OC_ATOM_FUTURE || financial) && token_at(r, at + 1)->space;
    if (at == 0 && word && r->parser->sentence.ptr[0] == '2') return true; /* 2018 Defense White Paper */
    oc_atom_kind border = at >= 2 ? kind_at(r, at - 2) : OC_ATOM_NONE; /* after the 2014 agreement: not after 2014 */
    bool bounded = border == OC_ATOM_BEFORE || border == OC_ATOM_AFTER || border == OC_ATOM_BY ||
                   border == OC_ATOM_FROM || border == OC_ATOM_WITHIN || border == OC_ATOM_START;
    return article && word && !bounded;
}

/* The small letters that stand behind the token and a blank. */
static oc_slice word_behind(const oc_date_reader *r, size_t at)
{
    oc_slice rest = oc_slice_from(r->parser->sentence, token_at(r, at)->to);
    size_t end = 1;
    if (!oc_slice_begins(rest, " ")) return (oc_slice){"", 0};
    while (end < rest.len && rest.ptr[end] >= 'a' && rest.ptr[end] <= 'z') end++;
    return oc_slice_sub(rest, 1, end);
}

/* "put it at 2029", "rather 2029 than 2028": a number of the years that texts of today are about, no thing counted
 * behind it ("2029 soldiers"), no sign of money or number before it. */
static bool is_year_of_today(const oc_date_reader *r, size_t at)
{
    enum { FIRST = 2020, LAST = 2045 };
    const oc_token *token = token_at(r, at);
    if (token->style != OC_NUMBER_DIGITS || token->a < FIRST || token->a > LAST) return false;
    oc_slice before = oc_slice_sub(r->parser->sentence, 0, token->from), next = word_behind(r, at);
    if (!oc_slice_ends_with(before, " ") && before.len) return false;
    bool counts = oc_slice_ends(next, OC_SLICE("s")) &&
                  !oc_phrase_is(r->parser->lexicon, OC_LANG_EN, OC_PHRASE_UNCOUNTED, next);
    return !counts && !(kind_at(r, at + 1) == OC_ATOM_NUM && token_at(r, at + 1)->style == OC_NUMBER_DIGITS);
}

/* Some 1950 houses. */
static bool is_about_many(const oc_date_reader *r, size_t at)
{
    bool about = at && kind_at(r, at - 1) == OC_ATOM_ABOUT && kind_at(r, at + 1) == OC_ATOM_OTHER;
    return about && oc_slice_ends(word_behind(r, at), OC_SLICE("s"));
}

bool oc_date_en_year_alone(const oc_date_reader *r)
{
    size_t at = r->at, before = at;
    if (!oc_date_en_is_year(r, at) || is_about_many(r, at)) return false;
    const oc_token *token = token_at(r, at);
    bool dialled = at >= 2 && sign_at(r, at - 1) == '-' && !token->space && oc_date_digits(r->parser, at - 2, 3, 3);
    if (dialled) return false; /* 555-2026 */
    oc_atom_kind next = kind_at(r, at + 1);
    if (next == OC_ATOM_UNIT || next == OC_ATOM_SPAN || next == OC_ATOM_STOP || sign_at(r, at + 1) == '%') return false;
    if (next == OC_ATOM_QUARTER || next == OC_ATOM_HALF || is_said_year(r, at)) return true;
    if (neighbour_makes_year(r, at) || is_year_of_today(r, at)) return true;
    while (before && (kind_at(r, before - 1) == OC_ATOM_LINK || is_unit(r, before - 1, OC_UNIT_YEAR))) before--;
    bool named = before < at && is_unit(r, at - 1, OC_UNIT_YEAR);
    if (named) return true;
    bool closed = next == OC_ATOM_NONE || next == OC_ATOM_PUNCT;
    bool old = closed && token->a % 100 && at && kind_at(r, at - 1) == OC_ATOM_IN; /* in 1492 */
    if ((token->a < 1500 && !old) || token->a > 2199) return false;
    if (next == OC_ATOM_OTHER && token->a % 500 == 0 && (at == 0 || kind_at(r, at - 1) == OC_ATOM_IN)) return false;
    if (at == 0) return closed || (next != OC_ATOM_RANGE && next != OC_ATOM_OTHER && token->a >= 1900);
    oc_atom_kind previous = kind_at(r, at - 1);
    bool bracket = sign_at(r, at - 1) == '(' && sign_at(r, at + 1) == ')';
    if (previous == OC_ATOM_PASTTENSE || previous == OC_ATOM_PAST) return next != OC_ATOM_OTHER;
    bool listed = at >= 2 && (previous == OC_ATOM_AND || previous == OC_ATOM_OR || sign_at(r, at - 1) == ',') &&
                  oc_date_en_is_year(r, at - 2);
    if (listed) return next != OC_ATOM_OTHER || token_at(r, at + 1)->space;
    if (closed && sign_at(r, at - 1) == ':') return true; /* target: 2028 */
    return bracket || oc_date_en_is_preposition(previous) || (closed && sign_at(r, at - 1) == ',');
}
