/* From a sentence to atoms.
 *
 * The sentence is first brought to half width and its lines are joined (a copy, made only if something changes).
 * At each place the longest word of the lexicon or the longest number wins. What is neither becomes OTHER, one token
 * for a run. Numbers lose their meaning as a date where a letter, a sign of currency or a decimal point touches them:
 * "F-35", "3.5", "$20" are OTHER.
 *
 * Example: "2026年3月上旬" gives NUM 2026, UNIT year, NUM 3, UNIT month, PART early. */
#include "reading/date_stretch.h"
#include "reading/date_tokenizer.h"

#define SENTENCE_MAX ((size_t)64 << 10)
#define ROOM 1024 /* bytes of a sentence that need no memory of the arena */
#define EAST_ASIAN_LEAD 0xe3 /* the first byte of kana and Chinese signs, or a later one */

void oc_date_push_other(tokenizer *t, size_t to)
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

static size_t whole_word(const tokenizer *t)
{
    size_t end = t->at;
    while (oc_date_is_letter((char)byte_at(t, end)) || (unsigned char)byte_at(t, end) == '_') end++;
    return end - t->at;
}

static char punctuation(uint32_t code)
{
    if (code == 0x3001) return ',';
    if (code == 0xb7 || code == 0x30fb || code == 0x2027) return '*';
    if (code < 128 && code > ' ' && !oc_date_is_letter((char)(unsigned char)code) && !is_digit((unsigned char)code))
        return (char)code;
    return 0;
}

static void push_sign(tokenizer *t)
{
    size_t next = t->at;
    uint32_t code = oc_utf8_next(t->text, &next);
    char sign = code == OC_UTF8_INVALID ? 0 : punctuation(code);
    if (sign)
        push(t, OC_ATOM_PUNCT, t->at, next)->a = (unsigned char)sign;
    else
        oc_date_push_other(t, next);
}

/* The longest word at t->at: its length, 0 if there is none. A word that begins with letters has all of those that
 * stand there. */
static size_t word_at(const tokenizer *t, uint32_t *ret_id)
{
    if (!oc_date_is_letter((char)byte_at(t, t->at))) {
        bool starts = oc_date_flags(t, code_at(t, t->at)) & OC_CODE_STARTS;
        return starts ? oc_matcher_longest(t->index->words, t->text, t->at, ret_id) : 0;
    }
    size_t end;
    const oc_date_run *run = oc_date_run_find(t->index, oc_date_run_at(t->text, t->at, &end));
    return run ? oc_date_run_word(t->index, run, t->text, t->at, end, ret_id) : 0;
}

/* A dependent word right before a number: の of 発足の3年後, 約 of 約10年, 로부터. Its place, else `at`. */
static size_t dependent_before(const tokenizer *t, size_t from, size_t at)
{
    enum { WORD_MAX = 12 };
    if (!is_digit(byte_at(t, at)) && oc_numeral_of(t->lexicon->date_tables, code_at(t, at)) < 0) return at;
    size_t end = at > from && byte_at(t, at - 1) == ' ' ? at - 1 : at;
    for (size_t length = WORD_MAX; length; length -= 3) {
        uint32_t id, code = end < from + length ? 0 : code_at(t, end - length);
        bool starts = code >= 0x800 && oc_date_flags(t, code) & OC_CODE_STARTS;
        if (!starts || oc_date_sign_word(t->index, t->text, end - length, code, &id) != length) continue;
        oc_word_atoms word = t->lexicon->date_tables->words[id];
        bool inside = t->lang == OC_LANG_KO && oc_is_hangul(code_before(t, end - length));
        if (!word.len || (inside && (word.at[0].kind != OC_ATOM_START || length < OC_DATE_LONG_START))) continue;
        return end - length;
    }
    return at;
}

/* Inside a Korean word no other begins. */
static inline size_t behind_hangul(const tokenizer *t, size_t at)
{
    const unsigned char *p = (const unsigned char *)t->text.ptr;
    for (;; at += 3) {
        uint32_t bytes = (uint32_t)p[at] << 16 | (uint32_t)p[at + 1] << 8 | p[at + 2];
        if ((bytes & 0xc0c0) != 0x8080 || bytes < 0xeab080 || bytes > 0xed9ea3) return at;
    }
}

/* Behind characters of three bytes and spaces that begin no word which can stand without a date before it, in Korean
 * at its borders. */
static size_t skip_outside(const tokenizer *t)
{
    size_t at = t->at;
    uint8_t before = t->space ? 0 : oc_date_flags(t, code_before(t, at));
    const uint8_t *codes = t->index->codes;
    for (;;) {
        uint32_t code;
        uint8_t flags = 0;
        while ((code = oc_date_three((const unsigned char *)t->text.ptr + at)) &&
               !((flags = codes[code]) & (OC_CODE_LEADS | OC_CODE_HANGUL)))
            at += 3, before = 0;
        if (!code && byte_at(t, at) != ' ') break;
        if (code && flags & OC_CODE_LEADS && !(flags & before & OC_CODE_HANGUL)) {
            bool begins = flags & OC_CODE_ALONE || oc_date_has_pair(t->index->lead_pairs, code, code_at(t, at + 3));
            if (begins) break;
        }
        before = code ? flags : 0;
        at += code ? 3 : 1;
        if (flags & OC_CODE_HANGUL) at = behind_hangul(t, at);
    }
    return at > t->at ? dependent_before(t, t->at, at) : at;
}

/* Behind characters of three bytes with which nothing begins: right behind what means something. */
static size_t skip_beside(const tokenizer *t)
{
    for (size_t at = t->at;; at += 3) {
        uint32_t code = oc_date_three((const unsigned char *)t->text.ptr + at);
        bool separator = code == 0x3001 || code == 0x30fb || code == 0x2027;
        if (!code || separator || t->index->codes[code] & OC_CODE_STARTS) return at;
    }
}

/* Text that means nothing up to `to`; spaces at its end stand before the next token. */
static void push_idle(tokenizer *t, size_t to)
{
    size_t end = to;
    while (end > t->at && byte_at(t, end - 1) == ' ') end--;
    if (end > t->at) oc_date_push_other(t, end);
    t->space = t->space || end < to;
    t->at = to;
}

/* H of H26.7.1, where H2 is a word too. */
static bool push_letter(tokenizer *t, size_t length)
{
    if (length != 2 || !is_digit(byte_at(t, t->at + 1))) return false;
    const oc_date_run *run = oc_date_run_find(t->index, byte_at(t, t->at) | 32);
    return run && run->whole && oc_date_push_word(t, 1, run->id);
}

/* The English word at t->at; if nothing begins with it, all words up to the next with which something does. */
static void step_english(tokenizer *t)
{
    const oc_date_run *run = NULL;
    size_t at = t->at, end = at;
    while (oc_date_is_letter((char)byte_at(t, at))) {
        run = oc_date_run_find(t->index, oc_date_run_at(t->text, at, &end));
        if (run) break;
        while (byte_at(t, end) == '_' || oc_date_is_letter((char)byte_at(t, end))) end++;
        while (byte_at(t, end) == ' ') end++;
        at = end;
    }
    if (at > t->at) push_idle(t, at);
    if (!run) return;
    uint32_t id;
    size_t length = run->address ? oc_date_address_length(t->text, t->at) : 0;
    if (length) {
        oc_date_push_other(t, at + length);
        return;
    }
    length = oc_date_run_word(t->index, run, t->text, at, end, &id);
    if ((length && oc_date_push_english(t, length, id)) || push_letter(t, length)) return;
    oc_date_push_other(t, at + whole_word(t));
}

/* 일 of 일일 and 일사분기 is a number, not a unit. */
static bool is_numeral_before_unit(const tokenizer *t, size_t run)
{
    uint32_t id;
    const oc_token *last = t->out->len ? &t->out->at[t->out->len - 1] : NULL;
    bool month = last && (last->kind == OC_ATOM_MONTH || (last->kind == OC_ATOM_UNIT && last->a == OC_UNIT_MONTH));
    size_t length = oc_matcher_longest(t->lexicon->dates[t->lang], t->text, t->at + run, &id);
    if (!length || !t->lexicon->date_tables->words[id].len) return false;
    const oc_atom *unit = &t->lexicon->date_tables->words[id].at[0];
    return unit->kind == OC_ATOM_UNIT && (unit->a == OC_UNIT_QUARTER || (month && unit->a == OC_UNIT_DAY));
}

static bool follows_meaning(tokenizer *t)
{
    const oc_token *last = last_token(t);
    return last && last->kind != OC_ATOM_OTHER;
}

/* Japanese and Korean: a word or a run of numerals at t->at, the longer of the two. */
static bool push_east_asian(tokenizer *t)
{
    uint32_t id, code = code_at(t, t->at);
    size_t length = 0, run = 0;
    if (oc_date_flags(t, code) & OC_CODE_STARTS)
        length = oc_date_sign_word(t->index, t->text, t->at, code, &id);
    if (oc_is_numeral(t->lexicon->date_tables, code)) {
        bool border = t->lang != OC_LANG_KO || touches_atom(t) || !oc_is_hangul(code_before(t, t->at));
        if (border) run = oc_date_numerals_at(t, t->at);
    }
    bool counted = run && ((run == length && is_numeral_before_unit(t, run)) ||
                           (length > run && oc_date_is_distance(t, t->at)));
    if (length && length >= run && !counted && oc_date_push_word(t, length, id)) return true;
    if (run) oc_date_push_numerals(t, run);
    return run;
}

static void step_east_asian(tokenizer *t)
{
    bool beside = follows_meaning(t);
    size_t idle = beside ? skip_beside(t) : skip_outside(t);
    if (idle > t->at) {
        push_idle(t, idle);
        if (beside || byte_at(t, t->at) < EAST_ASIAN_LEAD) return;
    }
    if (!push_east_asian(t)) push_sign(t);
}

/* A word in letters that is no English one by itself, a sign, a character. */
static void step_other(tokenizer *t)
{
    unsigned char byte = byte_at(t, t->at);
    uint32_t id;
    size_t length = 0;
    if (byte == 'h' || byte == 'w') length = oc_date_address_length(t->text, t->at);
    if (length) {
        oc_date_push_other(t, t->at + length);
        return;
    }
    length = word_at(t, &id);
    if ((length && oc_date_push_word(t, length, id)) || push_letter(t, length)) return;
    if (!oc_date_is_letter((char)byte))
        push_sign(t);
    else if (!oc_date_push_scanned(t))
        oc_date_push_other(t, t->at + (whole_word(t) ? whole_word(t) : 1));
}

static void step_digits(tokenizer *t)
{
    uint32_t id;
    bool time;
    size_t length = oc_date_no_date_length(t, &time);
    if (time && t->lang == OC_LANG_EN) { /* by 5 p.m. on Friday: the deadline is the day's */
        push(t, OC_ATOM_LINK, t->at, t->at + length);
        return;
    }
    if (length) {
        oc_date_push_other(t, t->at + length);
        return;
    }
    length = word_at(t, &id);
    if ((length && oc_date_push_word(t, length, id)) || push_letter(t, length)) return;
    oc_date_push_digits(t);
}

static void step(tokenizer *t)
{
    unsigned char byte = byte_at(t, t->at);
    bool letter = t->lang == OC_LANG_EN && oc_date_is_letter((char)byte);
    if (letter && !(t->at && oc_date_is_letter((char)byte_at(t, t->at - 1)))) {
        step_english(t);
        return;
    }
    if (byte >= EAST_ASIAN_LEAD && t->lang != OC_LANG_EN) {
        step_east_asian(t);
        return;
    }
    if (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r') {
        t->space = true;
        t->at++;
        return;
    }
    if (is_digit(byte)) {
        step_digits(t);
        return;
    }
    size_t idle = byte < 0xe0 ? t->at : follows_meaning(t) ? skip_beside(t) : skip_outside(t);
    if (idle > t->at)
        push_idle(t, idle);
    else
        step_other(t);
}

static void step_to(tokenizer *t, size_t end)
{
    while (t->at < end) {
        step(t);
        while (byte_at(t, t->at) == ' ') t->space = true, t->at++;
    }
}

/* Signs that are tokens of their own stand between words that mean nothing. */
static bool holds_sign(oc_slice text, size_t from, size_t to)
{
    for (size_t at = from; at < to; at++)
        if (!oc_date_is_letter(text.ptr[at]) && text.ptr[at] > ' ' && text.ptr[at] != '_') return true;
    return false;
}

/* Text between two stretches. Where it is more than words without meaning it becomes two tokens: the rules that look
 * over one do not look over two. */
static void pass_over(tokenizer *t, const oc_date_stretch *next)
{
    bool apart = next->broken || holds_sign(t->text, t->at, next->from);
    oc_date_push_other(t, next->from);
    if (apart) push(t, OC_ATOM_OTHER, t->at, t->at);
}

static void step_stretches(tokenizer *t, const oc_date_stretches *stretches)
{
    for (size_t i = 0; i < stretches->count; i++) {
        if (stretches->at[i].from > t->at) pass_over(t, &stretches->at[i]);
        step_to(t, stretches->at[i].to);
    }
    if (t->at < t->text.len) oc_date_push_other(t, t->text.len);
}

/* Brings the text to half width and finds what to cut of it; false if it holds no time. */
static bool prepare(const oc_lexicon *lexicon, oc_lang lang, oc_slice text, oc_arena *arena, oc_folded *ret,
                    oc_date_stretches *ret_stretches)
{
    const oc_date_tables *tables = lexicon->date_tables;
    *ret = (oc_folded){text, NULL, 0};
    if (lang == OC_LANG_EN && !tables->index[lang]->signs) {
        oc_date_sight sight = oc_date_stretches_find(tables, text, false, ret_stretches);
        if (sight != OC_DATE_UNFOLDED) return sight;
        *ret = oc_date_fold(lexicon->dates[lang], text, arena);
        return oc_date_stretches_find(tables, ret->text, true, ret_stretches);
    }
    if (!oc_date_may_hold(tables, lang, text)) return false;
    *ret = oc_date_fold(lexicon->dates[lang], text, arena);
    ret_stretches->at[0] = (oc_date_stretch){0, (uint32_t)ret->text.len, false};
    ret_stretches->count = 1;
    return ret->text.ptr == text.ptr || oc_date_may_hold(tables, lang, ret->text);
}

bool oc_date_tokens(const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence, oc_arena *arena, oc_tokens *ret_tokens)
{
    char room[ROOM + OC_DATE_PAD];
    oc_folded folded;
    oc_date_stretches stretches;
    oc_slice text = oc_slice_sub(sentence, 0, SENTENCE_MAX);
    if (text.len <= ROOM) {
        if (text.len) memcpy(room, text.ptr, text.len);
        memset(room + text.len, 0, OC_DATE_PAD);
        text.ptr = room;
    } else
        text = oc_date_padded(text, arena);
    if (!prepare(lexicon, lang, text, arena, &folded, &stretches)) return false;
    tokenizer t = {.lexicon = lexicon,
                   .index = lexicon->date_tables->index[lang],
                   .lang = lang,
                   .text = folded.text,
                   .folded = folded,
                   .arena = arena,
                   .out = ret_tokens};
    step_stretches(&t, &stretches);
    if (t.counted && lang == OC_LANG_EN) oc_date_join_numbers(ret_tokens);
    oc_vec_push(arena, ret_tokens);
    ret_tokens->len--;
    return true;
}
