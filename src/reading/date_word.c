/* A word of the lexicon at a place of a sentence: whether it stands there as a word, and the atoms it means.
 *
 * What stands around it decides. Letters and digits make another word of one in letters; in Korean a syllable begins
 * many words that have nothing to do with time; behind a number a unit is a unit.
 *
 * Example: "2028년 전환" has no 전 (before), as 전환 goes on; "2027년말" has 년 and 말, not 년말. */
#include "reading/date_tokenizer.h"

#define HANGUL_LEAD 0xea /* the first byte of Korean syllables, or a later one */
#define WEEKDAY_SIGN_MAX 6 /* bytes of 金~, 火・ */

/* Korean words of one syllable with which many others begin. */
static bool is_common_syllable(oc_atom_kind kind)
{
    switch (kind) {
    case OC_ATOM_BEFORE:
    case OC_ATOM_AFTER:
    case OC_ATOM_HALF:
    case OC_ATOM_PART:
    case OC_ATOM_REL:
    case OC_ATOM_WITHIN:
    case OC_ATOM_ABOUT:
    case OC_ATOM_HOLIDAY: /* 설립 */
    case OC_ATOM_OR:
    case OC_ATOM_AND: return true;
    default: return false;
    }
}

/* What may be glued to such a word. */
static bool is_ending(oc_atom_kind kind)
{
    switch (kind) {
    case OC_ATOM_PARTICLE:
    case OC_ATOM_IS:
    case OC_ATOM_OR:
    case OC_ATOM_AND:
    case OC_ATOM_BY:
    case OC_ATOM_RANGE:
    case OC_ATOM_OF:
    case OC_ATOM_ABOUT:
    case OC_ATOM_START: return true;
    default: return false;
    }
}

/* 이 주 of 이 주소, 다음 달 of 다음 달리기: of the syllable behind `at` no word of dates begins. */
static bool goes_on(const tokenizer *t, size_t at)
{
    uint32_t id;
    if (!oc_is_hangul(code_at(t, at))) return false;
    size_t length = oc_matcher_longest(t->lexicon->dates[t->lang], t->text, at, &id);
    oc_word_atoms word = length ? t->lexicon->date_tables->words[id] : (oc_word_atoms){NULL, 0};
    oc_atom_kind kind = word.len ? word.at[0].kind : OC_ATOM_NUM;
    return kind == OC_ATOM_NUM || kind == OC_ATOM_ORD || kind == OC_ATOM_NTHMARK;
}

/* 전, 후, 반, 초, 말, 올 stand alone or before an ending: "2028년 전환" is no time before 2028, 11월 초안 no early
 * November, 올릴 not this year. */
static bool begins_longer_word(const tokenizer *t, size_t length, oc_atom first)
{
    bool counter = first.kind == OC_ATOM_STOP && t->space; /* 17일 회의 */
    if (length > 3 && byte_at(t, t->at + length - 4) == ' ' && first.kind != OC_ATOM_NAMED)
        return goes_on(t, t->at + length);
    if (length != 3 || (!counter && !is_common_syllable(first.kind))) return false;
    for (size_t at = t->at + length, words = 0; oc_is_hangul(code_at(t, at)); words++) {
        uint32_t id;
        length = oc_matcher_longest(t->lexicon->dates[t->lang], t->text, at, &id);
        if (!length || words == 3) return true;
        oc_word_atoms word = t->lexicon->date_tables->words[id];
        if (!word.len || !is_ending(word.at[0].kind)) return true;
        if (counter && word.at[0].kind == OC_ATOM_OF) return true; /* 회의 */
        at += length;
    }
    return false;
}

/* 13 of Feb13, 2026 of Oct2026. */
static bool is_day_or_year(const tokenizer *t, size_t at)
{
    size_t end = at;
    while (is_digit(byte_at(t, end))) end++;
    return (end - at <= 2 || end - at == 4) && !oc_date_is_letter((char)byte_at(t, end));
}

/* What stands around a word that begins or ends with a letter. */
static bool letters_fit(tokenizer *t, size_t from, size_t to, oc_atom first)
{
    unsigned char head = byte_at(t, from), tail = byte_at(t, to - 1), before = from ? byte_at(t, from - 1) : ' ';
    if (oc_date_is_letter((char)head)) {
        if (oc_date_is_letter((char)before) || before == '_') return false;
        if (before == '.' && from >= 2 && oc_date_is_letter((char)byte_at(t, from - 2))) return false; /* D.C. */
        const oc_token *last = last_token(t);
        bool named = t->lang == OC_LANG_EN && to - from == 3 && first.kind == OC_ATOM_MONTH && before == '-' &&
                     !t->space && t->out->len >= 2 && last->kind == OC_ATOM_RANGE && last[-1].kind == OC_ATOM_OTHER;
        if (named) return false; /* Ha-jun */
        bool year_half = (first.kind == OC_ATOM_QUARTER || first.kind == OC_ATOM_HALF) && touches_atom(t);
        if (is_digit(before) && t->lang == OC_LANG_EN && !year_half) return false;
        if (is_digit(tail) && is_digit(byte_at(t, to))) return false; /* H2 of H26.7.1 */
    }
    bool takes_digits = first.kind == OC_ATOM_FISCAL || first.kind == OC_ATOM_ERA || first.kind == OC_ATOM_PAGE ||
                        (first.kind == OC_ATOM_MONTH && t->lang == OC_LANG_EN && is_day_or_year(t, to));
    return !oc_date_is_letter((char)tail) || (!oc_date_is_letter((char)byte_at(t, to)) &&
                                              (!is_digit(byte_at(t, to)) || takes_digits));
}

/* H of H26.7.1, R of R8年: the era's year stands behind the letter. */
static bool brief_era_fits(const tokenizer *t, size_t to)
{
    size_t digits = to;
    while (is_digit(byte_at(t, digits))) digits++;
    if (digits == to || digits > to + 2) return false;
    uint32_t behind = code_at(t, digits);
    return behind == 0x5e74 || ((behind == '.' || behind == '/') && is_digit(byte_at(t, digits + 1)));
}

static bool word_fits(tokenizer *t, size_t length, oc_atom first)
{
    size_t from = t->at, to = from + length;
    bool letters = byte_at(t, from) < 0x80 || byte_at(t, to - 1) < 0x80;
    if (letters && !letters_fit(t, from, to, first)) return false;
    if (first.kind == OC_ATOM_ERA && length == 1) return brief_era_fits(t, to);
    if (first.kind == OC_ATOM_PARTICLE) return touches_atom(t);
    if (t->lang == OC_LANG_KO && begins_longer_word(t, length, first)) return false;
    if (byte_at(t, from) < HANGUL_LEAD) return true;
    bool counts_from = first.kind == OC_ATOM_START && length >= OC_DATE_LONG_START; /* 합의로부터: also behind a name */
    if (oc_is_hangul(code_at(t, from)) && oc_is_hangul(code_before(t, from))) return touches_atom(t) || counts_from;
    return true;
}

/* 金~ of 金~日曜, 火・ of 火・水曜: a sign for a weekday, and of a stretch that ends on one. */
static bool begins_weekdays(const tokenizer *t, size_t length)
{
    uint32_t id;
    const oc_date_tables *tables = t->lexicon->date_tables;
    bool counted = t->out->len && !t->space && t->out->at[t->out->len - 1].kind == OC_ATOM_NUM;
    size_t behind = t->at + length;
    return !counted && oc_matcher_longest(t->lexicon->dates[t->lang], t->text, behind, &id) &&
           tables->words[id].len && tables->words[id].at[0].kind == OC_ATOM_WEEKDAY;
}

static bool is_weekday_sign(oc_word_atoms word)
{
    return word.len == 2 && word.at[0].kind == OC_ATOM_WEEKDAY &&
           (word.at[1].kind == OC_ATOM_RANGE || word.at[1].kind == OC_ATOM_OR);
}

/* Behind a number a unit is a unit: 년 of 2027년말, not 년말; so is 月 of 3月~5月. */
static size_t only_unit(const tokenizer *t, size_t length, uint32_t *id)
{
    if (length <= 3) return length;
    if (length <= WEEKDAY_SIGN_MAX && is_weekday_sign(t->lexicon->date_tables->words[*id])) {
        if (begins_weekdays(t, length)) return length;
        return oc_matcher_longest(t->lexicon->dates[t->lang], oc_slice_sub(t->text, 0, t->at + 3), t->at, id);
    }
    const oc_token *last = t->out->len && !t->space ? &t->out->at[t->out->len - 1] : NULL;
    const oc_date_tables *tables = t->lexicon->date_tables;
    oc_atom_kind kind = tables->words[*id].at[0].kind;
    if (!last || last->kind != OC_ATOM_NUM || (kind != OC_ATOM_REL && kind != OC_ATOM_MONTH))
        return length;
    uint32_t shorter;
    oc_slice head = oc_slice_sub(t->text, 0, t->at + 3);
    if (oc_matcher_longest(t->lexicon->dates[t->lang], head, t->at, &shorter) != 3) return length;
    if (tables->words[shorter].at[0].kind != OC_ATOM_UNIT) return length;
    *id = shorter;
    return 3;
}

/* An English word with no letters or digits beside it needs no closer look, but for kinds that ask for more. */
static bool stands_free(const tokenizer *t, size_t length, oc_atom_kind kind)
{
    unsigned char before = t->at ? byte_at(t, t->at - 1) : ' ', behind = byte_at(t, t->at + length);
    return before == ' ' && !oc_date_is_letter((char)behind) && !is_digit(behind) && kind != OC_ATOM_PARTICLE &&
           kind != OC_ATOM_ERA;
}

/* How a number in words was written; the sign of a range. */
static void finish(tokenizer *t, oc_token *token, size_t length, unsigned char head)
{
    if (token->kind == OC_ATOM_RANGE && length == 1) token->b = head;
    if (token->kind == OC_ATOM_NUM) token->style = OC_NUMBER_WORD, t->counted = true;
    if (token->kind == OC_ATOM_ORD) token->style = OC_NUMBER_ORDINAL;
}

/* 金 and ~: two words that only together mean something. */
static void push_weekday_sign(tokenizer *t, size_t length, oc_word_atoms atoms)
{
    size_t from = t->at;
    push(t, OC_ATOM_WEEKDAY, from, from + 3)->a = atoms.at[0].a;
    oc_token *token = push(t, atoms.at[1].kind, from + 3, from + length);
    finish(t, token, length - 3, byte_at(t, from + 3));
}

static void push_atoms(tokenizer *t, size_t length, oc_word_atoms atoms)
{
    size_t from = t->at;
    if (length <= WEEKDAY_SIGN_MAX && is_weekday_sign(atoms)) {
        push_weekday_sign(t, length, atoms);
        return;
    }
    unsigned char head = byte_at(t, from);
    bool capital = head >= 'A' && head <= 'Z', weak = atoms.at[atoms.len - 1].kind == OC_ATOM_WEAK;
    for (size_t i = 0; i < atoms.len - weak; i++) {
        oc_token *token = push(t, atoms.at[i].kind, from, from + length);
        token->a = atoms.at[i].a;
        token->b = atoms.at[i].b;
        token->more = i > 0;
        token->capital = capital;
        token->weak = weak;
        finish(t, token, length, head);
    }
}

/* Nearly all words have one atom. */
static void push_meaning(tokenizer *t, size_t length, oc_word_atoms atoms)
{
    unsigned char head = byte_at(t, t->at);
    if (atoms.len > 1) {
        push_atoms(t, length, atoms);
        return;
    }
    oc_token *token = push(t, atoms.at[0].kind, t->at, t->at + length);
    token->a = atoms.at[0].a;
    token->b = atoms.at[0].b;
    token->capital = head >= 'A' && head <= 'Z';
    finish(t, token, length, head);
}

bool oc_date_push_word(tokenizer *t, size_t length, uint32_t id)
{
    oc_word_atoms atoms = t->lexicon->date_tables->words[id];
    if (!atoms.len) return false;
    length = only_unit(t, length, &id);
    if (!length) return false;
    atoms = t->lexicon->date_tables->words[id];
    if (!atoms.len) return false;
    if (!word_fits(t, length, atoms.at[0])) {
        bool two = t->lang == OC_LANG_KO && length > 4 && byte_at(t, t->at + length - 4) == ' ';
        oc_slice first = oc_slice_sub(t->text, 0, t->at + length - 4);
        size_t shorter = two ? oc_matcher_longest(t->lexicon->dates[t->lang], first, t->at, &id) : 0;
        return shorter && oc_date_push_word(t, shorter, id); /* 올 of 올 수출, where 올 수 is a word too */
    }
    push_meaning(t, length, atoms);
    return true;
}

bool oc_date_push_english(tokenizer *t, size_t length, uint32_t id)
{
    oc_word_atoms atoms = t->lexicon->date_tables->words[id];
    if (!atoms.len || !stands_free(t, length, atoms.at[0].kind)) return oc_date_push_word(t, length, id);
    push_meaning(t, length, atoms);
    return true;
}
