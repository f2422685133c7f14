/* Terms of office. The lexicon has the terms (class term), the words for who holds the office (holder) and for the time
 * in it (reign). Of several terms the one with the number printed counts, else the one in which the anchor lies, else
 * the last that began before it. Example: anchor 2026-06-25, "트럼프 1기 행정부 때" is holder trump, number 1. */
#include "reading/date_term.h"

typedef struct phrase {
    size_t behind;
    int office; /* -1 none */
    int nth;    /* number of the term, 0 none */
    bool government;
    bool reign;  /* a word for the time in office */
    bool timely; /* one that needs no other word to be a time: 시절, 時代 */
} phrase;

static bool is_numbered(const oc_date_reader *r, size_t at)
{
    return kind_at(r, at) == OC_ATOM_NUM && kind_at(r, at + 1) == OC_ATOM_REIGN && !token_at(r, at + 1)->space;
}

/* 第2次, second: the place behind it. */
static size_t read_number(const oc_date_reader *r, size_t at, int *ret_nth)
{
    if (kind_at(r, at) == OC_ATOM_NTHMARK && kind_at(r, at + 1) == OC_ATOM_NUM) {
        *ret_nth = token_at(r, at + 1)->a;
        return at + 2 + (kind_at(r, at + 2) == OC_ATOM_MOD);
    }
    if (kind_at(r, at) != OC_ATOM_ORD || token_at(r, at)->a < 1) return at;
    *ret_nth = token_at(r, at)->a;
    return at + 1;
}

bool oc_date_term_begins(const oc_date_reader *r, size_t at)
{
    int nth;
    oc_atom_kind kind = kind_at(r, read_number(r, at, &nth));
    return kind == OC_ATOM_HOLDER || (kind == OC_ATOM_REIGN && kind_at(r, at) == OC_ATOM_REIGN);
}

static void read_reign(const oc_date_reader *r, size_t at, phrase *p)
{
    const oc_token *token = token_at(r, at);
    p->reign = true;
    p->timely = p->timely || token->b;
    if (p->office < 0) p->office = token->a;
    p->behind = at + 1;
}

static phrase read_phrase(const oc_date_reader *r)
{
    phrase p = {.behind = r->at, .office = -1};
    size_t at = read_number(r, r->at, &p.nth);
    for (;; at++) {
        const oc_token *token = token_at(r, at);
        oc_atom_kind kind = kind_at(r, at);
        if (kind == OC_ATOM_HOLDER) {
            const oc_office *offices = r->parser->lexicon->date_tables->offices.at;
            bool name = p.office >= 0 && token->a >= 0 && offices[token->a].count < offices[p.office].count;
            if (p.office < 0 || name) p.office = token->a; /* President Yoon: the name and not the title */
            p.government = p.government || token->b;
            p.behind = at + 1;
        } else if (kind == OC_ATOM_GOVERNMENT)
            p.government = true, p.behind = at + 1;
        else if (kind == OC_ATOM_REIGN)
            read_reign(r, at, &p);
        else if (is_numbered(r, at) || (kind == OC_ATOM_ORD && p.behind > r->at))
            p.nth = token->a;
        else if ((kind != OC_ATOM_OF && kind != OC_ATOM_LINK && kind != OC_ATOM_FISCALOF) || p.behind == r->at)
            return p;
    }
}

static bool is_time_before(oc_atom_kind kind, const phrase *p)
{
    if (kind == OC_ATOM_IN || kind == OC_ATOM_BY || kind == OC_ATOM_PART) return p->reign;
    return kind == OC_ATOM_DURING || kind == OC_ATOM_FROM || kind == OC_ATOM_BEFORE || kind == OC_ATOM_AFTER ||
           kind == OC_ATOM_WITHIN || kind == OC_ATOM_UPTO;
}

static bool is_time_behind(oc_atom_kind kind)
{
    return kind == OC_ATOM_DURING || kind == OC_ATOM_WITHIN || kind == OC_ATOM_BEFORE || kind == OC_ATOM_AFTER ||
           kind == OC_ATOM_FROM || kind == OC_ATOM_UPTO || kind == OC_ATOM_AGO || kind == OC_ATOM_BY ||
           kind == OC_ATOM_ENDS;
}

/* The words around the phrase make it a time. */
/* under President Yoon: the one who holds the office is enough. */
static bool is_under(const oc_date_reader *r)
{
    size_t before = r->at;
    while (before && (kind_at(r, before - 1) == OC_ATOM_LINK || kind_at(r, before - 1) == OC_ATOM_HOLDER)) before--;
    bool under = before && kind_at(r, before - 1) == OC_ATOM_DURING && token_at(r, before - 1)->a;
    return under && kind_at(r, r->at) == OC_ATOM_HOLDER;
}

static bool is_time(const oc_date_reader *r, const phrase *p)
{
    size_t before = r->at;
    while (before && (kind_at(r, before - 1) == OC_ATOM_LINK || kind_at(r, before - 1) == OC_ATOM_HOLDER)) before--;
    if (p->timely) return true;
    if (before == 0 && p->behind == r->parser->count) return p->government || p->reign;
    if (r->parser->lang != OC_LANG_EN) return is_time_behind(kind_at(r, p->behind));
    oc_atom_kind kind = before ? kind_at(r, before - 1) : OC_ATOM_NONE;
    if (kind == OC_ATOM_OTHER && before >= 2) kind = kind_at(r, before - 2); /* during President Moon's term */
    return is_time_before(kind, p);
}

/* by the term "string", for the term of the licence: a term of nobody. */
static bool is_other_term(const oc_date_reader *r, const phrase *p)
{
    oc_slice text = oc_slice_from(r->parser->sentence, token_at(r, r->at)->from);
    bool the = p->behind == r->at + 1 && kind_at(r, r->at) == OC_ATOM_REIGN && oc_slice_begins(text, "the ");
    oc_atom_kind before = r->at ? kind_at(r, r->at - 1) : OC_ATOM_NONE;
    return the && (before == OC_ATOM_BY || before == OC_ATOM_IN || kind_at(r, p->behind) == OC_ATOM_OF);
}

static int choose(const oc_date_reader *r, const oc_office *office, int nth)
{
    const oc_date_tables *tables = r->parser->lexicon->date_tables;
    oc_day anchor = r->parser->context->anchor;
    if (nth) return (size_t)nth <= office->count ? (int)office->first + nth - 1 : -1;
    int best = office->count == 1 ? (int)office->first : -1;
    for (size_t i = office->first; i < office->first + office->count && anchor != OC_DAY_NONE; i++)
        if (best < 0 || tables->periods.at[i].start <= anchor) best = (int)i;
    return best;
}

/* "in 2030" behind a term that ends in that year says nothing new. */
static size_t skip_end(const oc_date_reader *r, size_t at, int period)
{
    oc_day end = r->parser->lexicon->date_tables->periods.at[period].end;
    bool year = kind_at(r, at) == OC_ATOM_IN && oc_date_digits(r->parser, at + 1, 4, 4) &&
                token_at(r, at + 1)->a == oc_civil_from_day(end).year;
    return year ? at + 2 : at;
}

bool oc_date_term(oc_date_reader *r)
{
    phrase p = read_phrase(r);
    if (is_other_term(r, &p)) return false;
    bool under = p.office >= 0 && is_under(r);
    if (p.office < 0 || (!under && ((!p.government && !p.reign) || !is_time(r, &p)))) return false;
    oc_atom_kind next = kind_at(r, p.behind); /* "before he leaves office in June 2030": that month */
    if (r->parser->lang == OC_LANG_EN && p.timely && (next == OC_ATOM_IN || next == OC_ATOM_ON)) return false;
    int period = choose(r, &r->parser->lexicon->date_tables->offices.at[p.office], p.nth);
    if (period < 0) return false;
    r->spec.period = period;
    r->spec.period_end = kind_at(r, p.behind) == OC_ATOM_ENDS;
    r->at = skip_end(r, r->spec.period_end ? p.behind + 1 : p.behind, period);
    return true;
}
