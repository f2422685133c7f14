/* From a sentence to atoms.
 *
 * The sentence is first brought to half width (a copy, made only if it has full-width signs).
 * At each place the longest word of the lexicon or the longest number wins. What is neither becomes OTHER, one token
 * for a run. Numbers lose their meaning as a date where a letter, a sign of currency or a decimal point touches them:
 * "F-35", "3.5", "$20" are OTHER.
 *
 * Example: "2026年3月上旬" gives NUM 2026, UNIT year, NUM 3, UNIT month, PART early. */
#include "reading/date_token.h"

#include "base/utf8.h"
#include "reading/date_fold.h"

#define SENTENCE_MAX ((size_t)64 << 10)
#define LONG_START 9 /* bytes of a word for "from" that may stand inside a word */
#define NUMERAL_BYTES 36 /* longest run of numerals that is tried: twelve characters */

typedef struct tokenizer {
    const oc_lexicon *lexicon;
    oc_lang lang;
    oc_slice text;
    oc_folded folded;
    size_t shift;   /* in `folded` */
    oc_arena *arena;
    oc_tokens *out;
    size_t at;
    bool space;     /* white space was skipped before `at` */
    bool useful;
    bool holder;    /* someone who holds an office was named */
} tokenizer;

/* --- signs --- */

static unsigned char byte_at(const tokenizer *t, size_t at)
{
    return at < t->text.len ? (unsigned char)t->text.ptr[at] : 0;
}

static bool is_digit(unsigned char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static uint32_t code_at(const tokenizer *t, size_t at)
{
    return at < t->text.len ? oc_utf8_next(t->text, &at) : 0;
}

static bool is_hangul(uint32_t code)
{
    return code >= 0xac00 && code <= 0xd7a3;
}

static uint32_t code_before(const tokenizer *t, size_t at)
{
    if (at == 0) return 0;
    size_t start = at - 1;
    while (start && at - start < 4 && ((unsigned char)t->text.ptr[start] & 0xc0) == 0x80) start--;
    return code_at(t, start);
}

static oc_token *push(tokenizer *t, oc_atom_kind kind, size_t from, size_t to)
{
    oc_token *token = oc_vec_push(t->arena, t->out);
    token->kind = kind;
    token->from = oc_date_unfold(&t->folded, &t->shift, from);
    token->to = oc_date_unfold(&t->folded, &t->shift, to);
    token->space = t->space;
    t->space = false;
    t->at = to;
    return token;
}

static oc_token *last_token(tokenizer *t)
{
    return t->out->len ? &t->out->at[t->out->len - 1] : NULL;
}

/* True if the token before ends here and means something: then no word border is needed. */
static bool touches_atom(tokenizer *t)
{
    oc_token *last = last_token(t);
    return last && !t->space && last->kind != OC_ATOM_OTHER && last->kind != OC_ATOM_PUNCT;
}

static void push_other(tokenizer *t, size_t to)
{
    oc_token *last = last_token(t);
    if (last && last->kind == OC_ATOM_OTHER && (!t->space || t->lang == OC_LANG_EN)) {
        t->space = false;
        last->to = oc_date_unfold(&t->folded, &t->shift, to);
        t->at = to;
        return;
    }
    bool capital = byte_at(t, t->at) >= 'A' && byte_at(t, t->at) <= 'Z' && byte_at(t, t->at + 1) >= 'a';
    push(t, OC_ATOM_OTHER, t->at, to)->capital = capital;
}

/* --- numbers --- */

/* 二〇二六, 二千二十六, 十一, 이천이십육: the value of a run of numerals, -1 if it is none. */
static long numeral_value(const tokenizer *t, oc_slice run)
{
    long total = 0, pending = -1, positional = 0;
    size_t count = 0;
    bool scaled = false;
    for (size_t at = 0; at < run.len; count++) {
        long value = oc_numeral_of(t->lexicon->date_tables, oc_utf8_next(run, &at));
        if (value < 0 || count > 8) return -1;
        if (value < 10) {
            positional = positional * 10 + value;
            if (scaled && pending >= 0) return -1;
            pending = pending < 0 ? value : pending * 10 + value;
        } else {
            if (pending > 9) return -1;
            total += (pending < 0 ? 1 : pending) * value;
            pending = -1;
            scaled = true;
        }
    }
    if (!count) return -1;
    return scaled ? total + (pending < 0 ? 0 : pending) : positional;
}

/* The length of the run of numerals at `at`, as far as they make a number. */
static size_t numeral_run(const tokenizer *t, size_t at)
{
    size_t end = at;
    while (end < t->text.len && end - at < NUMERAL_BYTES) {
        size_t next = end;
        if (oc_numeral_of(t->lexicon->date_tables, oc_utf8_next(t->text, &next)) < 0) break;
        end = next;
    }
    return end - at;
}

/* A sign that takes the meaning of a date from the number behind it. */
static bool spoils_before(tokenizer *t, size_t from)
{
    unsigned char before = from ? byte_at(t, from - 1) : 0;
    if (before == '$' || before == '#' || before == '_' || before == '@' || before == '=' || before == '+') return true;
    uint32_t code = code_before(t, from);
    if (code == 0x20ac || code == 0xa3 || code == 0xa5 || code == 0x20a9 || code == 0x2116) return true;
    if (is_letter(before) && !touches_atom(t)) return true;
    bool hyphen = before == '-' && from >= 2 && is_letter(byte_at(t, from - 2));
    if (!hyphen) return false;
    oc_token *last = last_token(t);
    oc_token *word = t->out->len >= 2 && last->kind != OC_ATOM_OTHER ? last - 1 : NULL;
    return !word || word->kind == OC_ATOM_OTHER;
}

static bool spoils_behind(const tokenizer *t, size_t to)
{
    unsigned char next = byte_at(t, to);
    uint32_t code = code_at(t, to);
    if (next == '%' || next == '_' || code == 0xb0 || code == 0x2030) return true;
    if (!is_letter(next)) return false;
    if (next == 'T' && is_digit(byte_at(t, to + 1)) && is_digit(byte_at(t, to + 2))) return false; /* 2026-03-05T10:00 */
    uint32_t id;
    return !oc_matcher_longest(t->lexicon->dates[t->lang], t->text, to, &id) || t->lang == OC_LANG_EN;
}

static bool letters_are(const tokenizer *t, size_t at, const char *word)
{
    size_t i = 0;
    for (; word[i]; i++)
        if ((byte_at(t, at + i) | 32) != (unsigned char)word[i]) return false;
    return !is_letter(byte_at(t, at + i));
}

/* 5th, 1990s, 3Q, 2H: letters that belong to the number before `to`. True if the token was made. */
static bool number_with_letters(tokenizer *t, size_t from, size_t to, long value)
{
    if (letters_are(t, to, "st") || letters_are(t, to, "nd") || letters_are(t, to, "rd") || letters_are(t, to, "th")) {
        oc_token *token = push(t, OC_ATOM_ORD, from, to + 2);
        token->a = (int)value;
        token->style = OC_NUMBER_ORDINAL;
        return true;
    }
    size_t s = to + (byte_at(t, to) == '\'');
    if (letters_are(t, s, "s") && value % 10 == 0 && ((to - from == 4 && value >= 1000) || to - from == 2)) {
        push(t, OC_ATOM_DECADE, from, s + 1)->a = (int)value;
        return true;
    }
    unsigned char letter = byte_at(t, to) & 0xdf;
    bool border = !is_letter(byte_at(t, to + 1));
    if (to - from == 1 && border && letter == 'Q' && value >= 1 && value <= 4) {
        push(t, OC_ATOM_QUARTER, from, to + 1)->a = (int)value;
        return true;
    }
    if (to - from == 1 && border && letter == 'H' && (value == 1 || value == 2)) {
        push(t, OC_ATOM_HALF, from, to + 1)->a = (int)value;
        return true;
    }
    return false;
}

/* -W30, W30, -W30-3 behind a year of four digits. True if the token was made. */
static bool iso_week(tokenizer *t, size_t from, size_t to, long year)
{
    size_t at = to + (byte_at(t, to) == '-');
    if (to - from != 4 || byte_at(t, at) != 'W' || !is_digit(byte_at(t, at + 1)) || !is_digit(byte_at(t, at + 2))) return false;
    int week = (t->text.ptr[at + 1] - '0') * 10 + t->text.ptr[at + 2] - '0', weekday = 0;
    at += 3;
    bool day = byte_at(t, at) == '-' && byte_at(t, at + 1) >= '1' && byte_at(t, at + 1) <= '7' && !is_digit(byte_at(t, at + 2));
    if (day) weekday = t->text.ptr[at + 1] - '0', at += 2;
    if (is_letter(byte_at(t, at)) || is_digit(byte_at(t, at)) || week < 1 || week > 53) return false;
    oc_token *token = push(t, OC_ATOM_ISOWEEK, from, at);
    token->a = (int)year;
    token->b = week * 10 + weekday;
    return true;
}

/* Q3, H1 right behind a year of four digits: the number ends before it. */
static bool quarter_behind(const tokenizer *t, size_t from, size_t to)
{
    unsigned char letter = byte_at(t, to) & 0xdf;
    return to - from == 4 && (letter == 'Q' || letter == 'H') && is_digit(byte_at(t, to + 1)) &&
           !is_digit(byte_at(t, to + 2)) && !is_letter(byte_at(t, to + 2));
}

/* 02-748-1111, +82 2 2020 1234, 978-4-12-345678-9: four groups of digits, or three that begin with a zero. */
static size_t dialled(const tokenizer *t)
{
    size_t at = t->at, groups = 0;
    bool plus = at && byte_at(t, at - 1) == '+', zero = byte_at(t, at) == '0';
    char sign = 0;
    for (;;) {
        size_t start = at;
        while (is_digit(byte_at(t, at))) at++;
        if (at == start) return 0;
        groups++;
        unsigned char next = byte_at(t, at);
        bool joins = (next == '-' || (plus && next == ' ')) && is_digit(byte_at(t, at + 1)) && (!sign || sign == (char)next);
        if (!joins) break;
        sign = (char)next;
        at++;
    }
    bool number = groups >= 4 || (plus && groups >= 2) || (zero && groups == 3 && at - t->at >= 9);
    return number ? at - t->at : 0;
}

static bool is_group(const tokenizer *t, size_t at)
{
    return byte_at(t, at) == ',' && is_digit(byte_at(t, at + 1)) && is_digit(byte_at(t, at + 2)) &&
           is_digit(byte_at(t, at + 3)) && !is_digit(byte_at(t, at + 4));
}

static void push_digits(tokenizer *t)
{
    size_t from = t->at, to = from;
    long value = 0;
    while (is_digit(byte_at(t, to))) {
        if (value < 100000000) value = value * 10 + (t->text.ptr[to] - '0');
        to++;
    }
    int digits = (int)(to - from);
    bool grouped = false;
    while (digits <= 3 && is_group(t, to)) grouped = true, to += 4;
    bool spoiled = spoils_before(t, from) || digits > 8;
    if (!spoiled && !grouped && (iso_week(t, from, to, value) || number_with_letters(t, from, to, value))) {
        t->useful = true;
        return;
    }
    if (spoiled || (spoils_behind(t, to) && !quarter_behind(t, from, to))) {
        while (is_letter(byte_at(t, to)) || is_digit(byte_at(t, to))) to++;
        push_other(t, to);
        return;
    }
    bool apostrophe = from && byte_at(t, from - 1) == '\'' && digits == 2;
    oc_token *sign = last_token(t);
    if (apostrophe && sign && sign->kind == OC_ATOM_PUNCT && sign->a == '\'') { /* belongs to the number */
        t->space = sign->space;
        t->out->len--;
    }
    oc_token *token = push(t, OC_ATOM_NUM, from, to);
    token->a = (int)value;
    token->digits = digits;
    token->apostrophe = apostrophe;
    token->style = grouped ? OC_NUMBER_GROUPED : OC_NUMBER_DIGITS;
    t->useful = true;
}

static bool unit_follows(const tokenizer *t, size_t at)
{
    uint32_t id;
    size_t length = oc_matcher_longest(t->lexicon->dates[t->lang], t->text, at, &id);
    if (!length) return false;
    oc_atom_kind kind = t->lexicon->date_tables->words[id].at[0].kind;
    return kind == OC_ATOM_UNIT || kind == OC_ATOM_SPAN;
}

/* 二三日, 이삼일: two or three days. */
static bool is_about(const tokenizer *t, size_t at)
{
    long first = numeral_value(t, oc_slice_sub(t->text, at, at + 3)), second = numeral_value(t, oc_slice_sub(t->text, at + 3, at + 6));
    uint32_t id;
    size_t length = oc_matcher_longest(t->lexicon->dates[t->lang], t->text, at + 6, &id);
    bool year = length && t->lexicon->date_tables->words[id].len && t->lexicon->date_tables->words[id].at[0].a == OC_UNIT_YEAR;
    return first >= 1 && second == first + 1 && second <= 9 && !year;
}

/* A run of numerals, cut back until a unit stands behind it; 0 if there is none. */
static size_t numeral_before_unit(const tokenizer *t, size_t at)
{
    size_t length = numeral_run(t, at);
    for (; length; length -= 3) {
        if (length == 6 && is_about(t, at)) return 0;
        if (length > 3 && unit_follows(t, at + length - 3)) continue; /* 四 of 第一四半期 belongs to the unit */
        long value = numeral_value(t, oc_slice_sub(t->text, at, at + length));
        if (value < 0) continue;
        if (unit_follows(t, at + length)) return length;
        bool counts = length > 3 || value == 3 || value >= 5; /* 이, 일, 사 are words too */
        if (counts && byte_at(t, at + length) == ' ' && unit_follows(t, at + length + 1)) return length;
        if (t->lang == OC_LANG_JA && length == numeral_run(t, at)) return length;
    }
    return 0;
}

static void push_numerals(tokenizer *t, size_t length)
{
    long value = numeral_value(t, oc_slice_sub(t->text, t->at, t->at + length));
    oc_token *token = push(t, OC_ATOM_NUM, t->at, t->at + length);
    token->a = (int)value;
    token->digits = value > 999 ? 4 : value > 99 ? 3 : value > 9 ? 2 : 1;
    token->style = OC_NUMBER_KANJI;
    t->useful = true;
}

/* --- words --- */

/* 전, 후 and 반 stand alone or before a particle: "2028년 전환" is no time before 2028, 한반도 no half. */
static bool begins_longer_word(const tokenizer *t, size_t length, oc_atom first)
{
    bool border = length == 3 && (first.kind == OC_ATOM_BEFORE || first.kind == OC_ATOM_AFTER || first.kind == OC_ATOM_HALF);
    oc_slice rest = oc_slice_sub(t->text, t->at + length, t->text.len);
    if (!border || t->lang != OC_LANG_KO || !is_hangul(code_at(t, t->at + length))) return false;
    static const char *const particles[] = {"에", "까지", "부터", "의 ", "은 ", "는 ", "도 ", "이 ", "인 ", "엔", "으로", "로 ", "이라"};
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (oc_slice_starts(rest, oc_slice_of(particles[i]))) return false;
    return true;
}

static bool word_fits(tokenizer *t, size_t length, oc_atom first)
{
    size_t from = t->at, to = from + length;
    unsigned char head = byte_at(t, from), tail = byte_at(t, to - 1);
    if (is_letter(head) && from && (is_letter(byte_at(t, from - 1)) || byte_at(t, from - 1) == '_')) return false;
    bool year_half = (first.kind == OC_ATOM_QUARTER || first.kind == OC_ATOM_HALF) && touches_atom(t);
    if (is_letter(head) && from && is_digit(byte_at(t, from - 1)) && t->lang == OC_LANG_EN && !year_half) return false;
    bool takes_digits = first.kind == OC_ATOM_FISCAL || first.kind == OC_ATOM_ERA || first.kind == OC_ATOM_PAGE;
    if (is_letter(tail) && (is_letter(byte_at(t, to)) || (is_digit(byte_at(t, to)) && !takes_digits))) return false;
    if (first.kind == OC_ATOM_ERA && length == 1) {
        size_t digits = to;
        while (is_digit(byte_at(t, digits))) digits++;
        if (digits == to || digits > to + 2) return false;
        uint32_t behind = code_at(t, digits);
        return behind == 0x5e74 || ((behind == '.' || behind == '/') && is_digit(byte_at(t, digits + 1)));
    }
    if (first.kind == OC_ATOM_PARTICLE) return touches_atom(t);
    bool counts_from = first.kind == OC_ATOM_START && length >= LONG_START; /* 합의로부터: also behind a name */
    if (begins_longer_word(t, length, first)) return false;
    if (is_hangul(code_at(t, from)) && is_hangul(code_before(t, from))) return touches_atom(t) || counts_from;
    return true;
}

/* Words that name no time by themselves. A government does where its holder stands before it. */
static bool is_beside(tokenizer *t, oc_atom_kind kind)
{
    if (kind == OC_ATOM_HOLDER) t->holder = true;
    return kind == OC_ATOM_THAT || kind == OC_ATOM_HOLDER || kind == OC_ATOM_FISCALOF || kind == OC_ATOM_PARTICLE || (kind == OC_ATOM_GOVERNMENT && !t->holder);
}

static bool push_word(tokenizer *t, size_t length, uint32_t id)
{
    oc_word_atoms atoms = t->lexicon->date_tables->words[id];
    if (!atoms.len || !word_fits(t, length, atoms.at[0])) return false;
    size_t from = t->at;
    bool capital = byte_at(t, from) >= 'A' && byte_at(t, from) <= 'Z';
    bool weak = atoms.at[atoms.len - 1].kind == OC_ATOM_WEAK;
    for (size_t i = 0; i < atoms.len - weak; i++) {
        oc_token *token = push(t, atoms.at[i].kind, from, from + length);
        token->a = atoms.at[i].a;
        token->b = atoms.at[i].b;
        token->more = i > 0;
        token->capital = capital;
        token->weak = weak;
        if (token->kind == OC_ATOM_RANGE && length == 1) token->b = byte_at(t, from);
        if (token->kind == OC_ATOM_NUM) token->style = OC_NUMBER_WORD;
        if (token->kind == OC_ATOM_ORD) token->style = OC_NUMBER_ORDINAL;
    }
    if (!is_beside(t, atoms.at[0].kind)) t->useful = true;
    return true;
}

/* Page addresses and mail addresses end at a space, a CJK sign or a closing bracket. */
static size_t address_length(const tokenizer *t)
{
    oc_slice rest = oc_slice_sub(t->text, t->at, t->text.len);
    bool address = oc_slice_starts(rest, OC_SLICE("http://")) || oc_slice_starts(rest, OC_SLICE("https://")) ||
                   oc_slice_starts(rest, OC_SLICE("www."));
    size_t length = 0;
    while (address && length < rest.len && (unsigned char)rest.ptr[length] > ' ' &&
           (unsigned char)rest.ptr[length] < 0x80 && !strchr("<>\"|", rest.ptr[length])) length++;
    return length;
}

/* 10:30, 3pm: a time of day. */
static size_t time_length(const tokenizer *t)
{
    size_t at = t->at, start = at;
    while (is_digit(byte_at(t, at)) && at - start < 3) at++;
    if (at - start > 2 || at == start) return 0;
    size_t end = at;
    while (byte_at(t, end) == ':' && is_digit(byte_at(t, end + 1)) && is_digit(byte_at(t, end + 2))) end += 3;
    size_t half = end + (byte_at(t, end) == ' ');
    bool noon = letters_are(t, half, "am") || letters_are(t, half, "pm");
    if (noon && !is_digit(byte_at(t, half + 2))) return half + 2 - start;
    if (letters_are(t, half, "a.m") || letters_are(t, half, "p.m")) return half + 3 - start;
    return end > at && !is_digit(byte_at(t, end)) ? end - start : 0;
}

static size_t whole_word(const tokenizer *t)
{
    size_t end = t->at;
    while (is_letter(byte_at(t, end)) || (unsigned char)byte_at(t, end) == '_') end++;
    return end - t->at;
}

static char punctuation(uint32_t code)
{
    if (code == 0x3001) return ',';
    if (code == 0xb7 || code == 0x30fb || code == 0x2027) return '*';
    if (code < 128 && code > ' ' && !is_letter((unsigned char)code) && !is_digit((unsigned char)code)) return (char)code;
    return 0;
}

static void push_sign(tokenizer *t)
{
    size_t next = t->at;
    uint32_t code = oc_utf8_next(t->text, &next);
    char sign = code == OC_UTF8_INVALID ? 0 : punctuation(code);
    if (sign) push(t, OC_ATOM_PUNCT, t->at, next)->a = sign;
    else push_other(t, next);
}

static bool bit(const uint8_t *bits, uint32_t code)
{
    return bits[code / 8] >> code % 8 & 1;
}

/* A dependent word right before a number: の of 発足の3年後, 約 of 約10年, 로부터. Its place, else `at`. */
static size_t dependent_before(const tokenizer *t, size_t from, size_t at)
{
    enum { WORD_MAX = 12 };
    const oc_matcher *words = t->lexicon->dates[t->lang];
    if (!is_digit(byte_at(t, at)) && oc_numeral_of(t->lexicon->date_tables, code_at(t, at)) < 0) return at;
    size_t end = at > from && byte_at(t, at - 1) == ' ' ? at - 1 : at;
    for (size_t length = WORD_MAX; length; length -= 3) {
        uint32_t id;
        if (end < from + length || oc_matcher_longest(words, t->text, end - length, &id) != length) continue;
        oc_word_atoms word = t->lexicon->date_tables->words[id];
        bool inside = t->lang == OC_LANG_KO && is_hangul(code_before(t, end - length));
        if (!word.len || (inside && (word.at[0].kind != OC_ATOM_START || length < LONG_START))) continue;
        return end - length;
    }
    return at;
}

/* A word that leads may begin at `at`, with `code`. */
static bool leads_at(const tokenizer *t, size_t at, uint32_t code)
{
    const oc_date_tables *tables = t->lexicon->date_tables;
    return bit(tables->lone_leads[t->lang], code) ||
           bit(tables->lead_pairs[t->lang], oc_date_pair(code, code_at(t, at + 3)));
}

/* Behind characters of three bytes and spaces with which nothing begins: most of a Japanese or Korean text. Behind text
 * that means nothing only words that can stand without a date before them begin something, in Korean at a border. */
static size_t skip_idle(tokenizer *t)
{
    const oc_date_tables *tables = t->lexicon->date_tables;
    const oc_token *last = last_token(t);
    bool alone = !last || last->kind == OC_ATOM_OTHER;
    const uint8_t *starts = alone ? tables->leads[t->lang] : tables->starts[t->lang];
    size_t at = t->at;
    bool inside = t->lang == OC_LANG_KO && alone && !t->space && is_hangul(code_before(t, at));
    while (at + 2 < t->text.len) {
        const unsigned char *p = (const unsigned char *)t->text.ptr + at;
        if (alone && p[0] == ' ') {
            inside = false;
            at++;
            continue;
        }
        if ((p[0] & 0xf0) != 0xe0 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80) break;
        uint32_t code = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
        bool hangul = t->lang == OC_LANG_KO && is_hangul(code);
        if (alone && bit(starts, code) && !(hangul && inside) && !leads_at(t, at, code)) {
            inside = hangul;
            at += 3;
            continue;
        }
        bool separator = !alone && (code == 0x3001 || code == 0x30fb || code == 0x2027);
        if (separator || (bit(starts, code) && !(hangul && inside))) break;
        inside = alone && hangul;
        at += 3;
    }
    return alone && at > t->at ? dependent_before(t, t->at, at) : at;
}

/* Text that means nothing up to `to`; spaces at its end stand before the next token. */
static void push_idle(tokenizer *t, size_t to)
{
    size_t end = to;
    while (end > t->at && byte_at(t, end - 1) == ' ') end--;
    if (end > t->at) push_other(t, end);
    t->space = t->space || end < to;
    t->at = to;
}

/* Behind English words with which nothing begins, and the spaces between them. */
static size_t skip_words(const tokenizer *t)
{
    const oc_date_tables *tables = t->lexicon->date_tables;
    size_t at = t->at;
    while (is_letter(byte_at(t, at))) {
        uint32_t first = oc_date_lower(byte_at(t, at)), second = oc_date_lower(byte_at(t, at + 1));
        bool address = first == 'h' || first == 'w';
        if (address || bit(tables->lone_leads[t->lang], first) || bit(tables->lead_pairs[t->lang], oc_date_pair(first, second))) break;
        while (is_letter(byte_at(t, at)) || byte_at(t, at) == '_') at++;
        while (byte_at(t, at) == ' ') at++;
    }
    return at;
}

static void step(tokenizer *t)
{
    unsigned char byte = byte_at(t, t->at);
    bool word = t->lang == OC_LANG_EN && is_letter(byte) && !(t->at && is_letter(byte_at(t, t->at - 1)));
    size_t idle = byte >= 0xe0 ? skip_idle(t) : word ? skip_words(t) : t->at;
    if (idle > t->at) {
        push_idle(t, idle);
        return;
    }
    if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
        t->space = true;
        t->at++;
        return;
    }
    size_t length = 0;
    if (byte == 'h' || byte == 'w') length = address_length(t);
    if (!length && is_digit(byte)) length = time_length(t);
    if (!length && is_digit(byte)) length = dialled(t);
    if (length) {
        push_other(t, t->at + length);
        return;
    }
    uint32_t id = 0;
    const oc_matcher *words = t->lexicon->dates[t->lang];
    length = oc_matcher_longest(words, t->text, t->at, &id);
    bool hangul_border = t->lang != OC_LANG_KO || touches_atom(t) || !is_hangul(code_before(t, t->at));
    size_t run = byte >= 0xe3 && t->lang != OC_LANG_EN && hangul_border ? numeral_before_unit(t, t->at) : 0;
    if (length && length >= run && push_word(t, length, id)) return;
    if (run) push_numerals(t, run);
    else if (is_digit(byte)) push_digits(t);
    else if (is_letter(byte)) push_other(t, t->at + (whole_word(t) ? whole_word(t) : 1));
    else push_sign(t);
}

/* --- numbers in words: twenty one, nineteen eighty-seven, two thousand and six --- */

static bool is_word_number(const oc_token *token)
{
    return token->kind == OC_ATOM_NUM && token->style == OC_NUMBER_WORD && !token->more;
}

/* The token behind `at` that goes on with the number, over a hyphen or "and"; SIZE_MAX if there is none. */
static size_t number_goes_on(const oc_tokens *tokens, size_t at, bool over_and)
{
    size_t next = at + 1;
    if (next < tokens->len && tokens->at[next].kind == OC_ATOM_RANGE && tokens->at[next].from == tokens->at[at].to &&
        tokens->at[next].to - tokens->at[next].from == 1) next++;
    else if (over_and && next < tokens->len && tokens->at[next].kind == OC_ATOM_AND) next++;
    return next < tokens->len ? next : SIZE_MAX;
}

static bool join_numbers(oc_token *left, const oc_token *right)
{
    bool ordinal = right->kind == OC_ATOM_ORD;
    int value = right->a;
    if (left->a == 1000 || left->a == 100) return false;
    if (!ordinal && (value == 1000 || value == 100)) left->a *= value;
    else if (left->a >= 20 && left->a < 100 && left->a % 10 == 0 && value < 10 && value > 0) left->a += value;
    else if (!ordinal && left->a >= 10 && left->a <= 29 && value >= 10 && value < 100) left->a = left->a * 100 + value;
    else if (left->a >= 1000 && left->a % 100 == 0 && value < 100) left->a += value;
    else if (left->a >= 1020 && left->a % 10 == 0 && value < 10 && left->a % 100 >= 20) left->a += value;
    else return false;
    left->to = right->to;
    if (ordinal) left->kind = OC_ATOM_ORD, left->style = OC_NUMBER_ORDINAL;
    return true;
}

static void join_word_numbers(oc_tokens *tokens)
{
    size_t kept = 0;
    for (size_t i = 0; i < tokens->len; i++) {
        tokens->at[kept] = tokens->at[i];
        oc_token *token = &tokens->at[kept++];
        while (is_word_number(token)) {
            tokens->at[i] = *token;
            size_t next = number_goes_on(tokens, i, token->a >= 1000);
            if (next == SIZE_MAX) break;
            const oc_token *other = &tokens->at[next];
            if (!is_word_number(other) && !(other->kind == OC_ATOM_ORD && !other->more)) break;
            if (!join_numbers(token, other)) break;
            i = next;
        }
        if (is_word_number(token) && token->a > 99) token->digits = token->a > 999 ? 4 : 3;
    }
    tokens->len = kept;
}

bool oc_date_tokens(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, oc_arena *arena, oc_tokens *ret_tokens)
{
    oc_folded folded = oc_date_fold(oc_slice_sub(sentence, 0, SENTENCE_MAX), arena);
    tokenizer t = {.lexicon = lexicon, .lang = lang, .text = folded.text, .folded = folded, .arena = arena, .out = ret_tokens};
    while (t.at < t.text.len) step(&t);
    if (lang == OC_LANG_EN) join_word_numbers(ret_tokens);
    oc_vec_push(arena, ret_tokens);
    ret_tokens->len--;
    return t.useful;
}
