/* Tables of date_index.h. A word is asked what it adds by its atoms: most words of the date group (in, the, 후, の)
 * cannot be a time themselves, so a sentence without digits is read only if it holds one that can. */
#include "reading/date_index.h"

#include "base/text.h"
#include "base/utf8.h"
#include "reading/date_fold.h"
#include "reading/phrase.h"

static bool has_digit(oc_slice word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.ptr[i] >= '0' && word.ptr[i] <= '9') return true;
    return false;
}

/* --- what a word adds --- */

static unsigned english_roles(oc_atom atom)
{
    switch (atom.kind) {
    case OC_ATOM_NUM: /* twenty thirty */
        return atom.a == 1000 || (atom.a >= 10 && atom.a <= 29) ? OC_TIMELY_BESIDE : 0;
    case OC_ATOM_ORD: return OC_TIMELY_NTH; /* on the first */
    case OC_ATOM_ON: return OC_TIMELY_ON;
    case OC_ATOM_FISCAL:
    case OC_ATOM_WEEKDAYS:
    case OC_ATOM_LATER: /* from now to */
    case OC_ATOM_NOW: return OC_TIMELY_BESIDE;
    case OC_ATOM_FUTURE: return OC_TIMELY_FUTURE;
    case OC_ATOM_PASTTENSE: return OC_TIMELY_PAST;
    default: return 0;
    }
}

/* What an atom adds in any language. Of the rest some need a number in digits, and some a date beside them. */
static unsigned atom_roles(oc_lang lang, oc_atom atom, size_t length)
{
    switch (atom.kind) {
    case OC_ATOM_REL:
    case OC_ATOM_CTX:
    case OC_ATOM_MONTH:
    case OC_ATOM_WEEKDAY:
    case OC_ATOM_SEASON:
    case OC_ATOM_QUARTER:
    case OC_ATOM_HALF:
    case OC_ATOM_DECADE:
    case OC_ATOM_WEEKENDS:
    case OC_ATOM_HOLIDAY:
    case OC_ATOM_PERIOD:
    case OC_ATOM_TODATE:
    case OC_ATOM_JUBILEE: return OC_TIMELY;
    case OC_ATOM_ERA: return length > 1 ? OC_TIMELY : 0; /* one letter needs digits */
    case OC_ATOM_HOLDER: return OC_TIMELY_OFFICE | (atom.b ? OC_TIMELY : OC_TIMELY_HOLDER);
    case OC_ATOM_REIGN: return OC_TIMELY_OFFICE | (atom.a >= 0 ? OC_TIMELY : OC_TIMELY_REIGN);
    case OC_ATOM_GOVERNMENT: return OC_TIMELY_OFFICE | OC_TIMELY_REIGN;
    case OC_ATOM_DURING: return atom.a ? OC_TIMELY_REIGN : 0; /* under */
    case OC_ATOM_UNIT:
    case OC_ATOM_SPAN: return lang == OC_LANG_EN ? OC_TIMELY_BESIDE : OC_TIMELY_UNIT;
    default: return lang == OC_LANG_EN ? english_roles(atom) : 0;
    }
}

static uint16_t word_roles(oc_lang lang, oc_slice text, oc_word_atoms word)
{
    unsigned roles = 0;
    if (has_digit(text)) return 0;
    for (size_t i = 0; i < word.len; i++) roles |= atom_roles(lang, word.at[i], text.len);
    bool weak = word.len == 2 && word.at[1].kind == OC_ATOM_WEAK && roles == OC_TIMELY;
    bool own = word.len > 1 && roles & (OC_TIMELY_UNIT | OC_TIMELY_BESIDE); /* 사흘 */
    return (uint16_t)(weak ? OC_TIMELY_BESIDE : own ? roles | OC_TIMELY : roles);
}

/* --- characters --- */

bool oc_date_may_begin(oc_atom_kind kind)
{
    switch (kind) {
    case OC_ATOM_OTHER:
    case OC_ATOM_PUNCT:
    case OC_ATOM_OF:
    case OC_ATOM_PARTICLE:
    case OC_ATOM_BY:
    case OC_ATOM_FROM:
    case OC_ATOM_UPTO:
    case OC_ATOM_BEFORE:
    case OC_ATOM_AFTER:
    case OC_ATOM_WITHIN:
    case OC_ATOM_DURING:
    case OC_ATOM_STOP:
    case OC_ATOM_JUBILEE:
    case OC_ATOM_ONDAY:
    case OC_ATOM_ENDS:
    case OC_ATOM_YEARTAKES:
    case OC_ATOM_FOUNDING:
    case OC_ATOM_SPAN:
    case OC_ATOM_AND:
    case OC_ATOM_OR:
    case OC_ATOM_IS:
    case OC_ATOM_PART:
    case OC_ATOM_START:
    case OC_ATOM_FUTURE:
    case OC_ATOM_PASTTENSE:
    case OC_ATOM_FISCALOF:
    case OC_ATOM_GOVERNMENT: return false;
    default: return true;
    }
}

/* Words that say nothing unless a date stands before them, or a number behind them (約, この). Words of tense are
 * looked for apart from the others, except in English. */
static bool is_dependent(oc_word_atoms word)
{
    oc_atom_kind kind = word.len ? word.at[0].kind : OC_ATOM_NONE;
    switch (kind) {
    case OC_ATOM_NONE:
    case OC_ATOM_AGO:
    case OC_ATOM_BETWEEN:
    case OC_ATOM_RANGE:
    case OC_ATOM_ABOUT:
    case OC_ATOM_PAST:
    case OC_ATOM_THAT: return true;
    default: return !oc_date_may_begin(kind);
    }
}

static void mark(oc_date_index *index, uint32_t code, unsigned flags)
{
    if (code < 0x10000) index->codes[code] |= (uint8_t)flags;
}

static void mark_bit(uint8_t *table, uint32_t bit)
{
    table[bit / 8] |= (uint8_t)(1u << bit % 8);
}

static void mark_pair(uint8_t *pairs, uint32_t first, uint32_t second)
{
    mark_bit(pairs, oc_date_pair(first, second));
}

static void mark_lead(oc_date_index *index, oc_slice word)
{
    size_t at = 0;
    uint32_t first = oc_date_lower(oc_utf8_next(word, &at));
    mark(index, first, OC_CODE_LEADS | (at == word.len ? OC_CODE_ALONE : 0));
    if (at < word.len) mark_pair(index->lead_pairs, first, oc_date_lower(oc_utf8_next(word, &at)));
}

/* The word is padded. */
static void mark_timely(oc_date_index *index, oc_slice word)
{
    size_t at = 0;
    uint32_t first = oc_utf8_next(word, &at);
    mark(index, first, OC_CODE_TIMELY | (at == word.len ? OC_CODE_BRIEF : 0));
    if (at == 3 && oc_date_three((const unsigned char *)word.ptr + at))
        mark_bit(index->timely_sixes, oc_date_six_bytes(word.ptr));
    else
        mark_bit(index->timely_threes, oc_date_three_bytes(word.ptr));
    if (at < word.len) mark_pair(index->timely_pairs, first, oc_date_lower(oc_utf8_next(word, &at)));
}

/* A word that stands before a number and has a lead behind its first sign (過去) leads too: else it would be cut
 * there. */
static bool is_crossing(const oc_date_index *index, oc_slice word, oc_word_atoms meaning)
{
    oc_atom_kind kind = meaning.len ? meaning.at[0].kind : OC_ATOM_NONE;
    size_t at = 0;
    oc_utf8_next(word, &at);
    while (at < word.len && (kind == OC_ATOM_PAST || kind == OC_ATOM_THAT || kind == OC_ATOM_ABOUT)) {
        uint32_t code = oc_utf8_next(word, &at);
        if (code < 0x10000 && index->codes[code] & OC_CODE_LEADS) return true;
    }
    return false;
}

static uint32_t last_code(oc_slice word)
{
    size_t at = 0;
    uint32_t code = 0;
    while (at < word.len) code = oc_utf8_next(word, &at);
    return code;
}

static void mark_end(oc_date_index *index, oc_slice word, oc_word_atoms meaning)
{
    oc_atom_kind kind = meaning.len ? meaning.at[meaning.len - 1].kind : OC_ATOM_NONE;
    bool counts = kind == OC_ATOM_NUM || kind == OC_ATOM_ORD || kind == OC_ATOM_MOD || kind == OC_ATOM_OF;
    mark(index, last_code(word), OC_CODE_ENDS | (counts ? OC_CODE_COUNTS : 0));
}

/* --- runs of letters --- */

oc_slice oc_date_padded(oc_slice text, oc_arena *arena)
{
    char *bytes = OC_NEW_ARRAY(arena, text.len + OC_DATE_PAD, char);
    if (text.len) memcpy(bytes, text.ptr, text.len);
    return (oc_slice){bytes, text.len};
}

static void add_brief(oc_date_index *index, uint32_t code, uint32_t id)
{
    size_t slot = code & index->brief_mask;
    while (index->briefs[slot].code && index->briefs[slot].code != code) slot = (slot + 1) & index->brief_mask;
    index->briefs[slot] = (oc_date_brief){code, id};
}

/* A word that does not begin with a letter. */
static void add_sign(oc_date_index *index, oc_slice word, uint32_t id)
{
    size_t at = 0;
    uint32_t first = oc_utf8_next(word, &at);
    if (at < word.len)
        mark_pair(index->word_pairs, first, oc_date_lower(oc_utf8_next(word, &at)));
    else if (at == 3)
        add_brief(index, first, id);
}

static oc_date_run *slot_of(oc_date_index *index, uint64_t head)
{
    size_t slot = (size_t)(head * UINT64_C(0x9e3779b97f4a7c15) >> index->run_shift);
    while (index->runs[slot].head && index->runs[slot].head != head) slot = (slot + 1) & index->run_mask;
    index->runs[slot].head = head;
    index->runs[slot].number = (uint16_t)slot;
    return &index->runs[slot];
}

/* Where an address of a page may begin. */
static void add_address(oc_date_index *index, const char *text)
{
    oc_date_run *run = slot_of(index, oc_eight_load((const unsigned char *)text, strlen(text)));
    run->address = true;
}

static bool holds_sign(oc_slice word)
{
    for (size_t i = 0; i < word.len; i++)
        if ((unsigned char)word.ptr[i] >= 0x80) return true;
    return false;
}

static void add_run(oc_date_index *index, oc_slice word, uint32_t id, uint16_t roles)
{
    size_t end;
    oc_date_run *run = slot_of(index, oc_date_run_at(word, 0, &end));
    run->roles |= roles;
    if (end == word.len && end < 8) {
        run->whole = true, run->id = id;
        return;
    }
    if (end >= 8 || word.len < end + OC_FOLLOW_NEAR || holds_sign(word)) {
        run->goes_on = OC_GOES_ANYWHERE; /* others may begin with the same eight letters */
        return;
    }
    bool far = word.len >= end + OC_FOLLOW_FAR;
    uint32_t bit = oc_date_follow(run->number, word, end, far ? OC_FOLLOW_FAR : OC_FOLLOW_NEAR);
    run->goes_on |= far ? OC_GOES_FAR : OC_GOES_NEAR;
    mark_bit(index->follows, bit);
}

static bool begins_run(oc_slice word, size_t at)
{
    return oc_date_is_letter(word.ptr[at]) && !(at && oc_date_is_letter(word.ptr[at - 1]));
}

static size_t count_runs(oc_slice word)
{
    size_t count = 0;
    for (size_t at = 0; at < word.len; at++) count += begins_run(word, at);
    return count;
}

/* Runs of letters behind the first character: a piece of a sentence goes on there (earliest of "at the earliest"). */
static void add_inner_runs(oc_date_index *index, oc_slice word)
{
    bool joined = !begins_run(word, 0);
    for (size_t at = 1; at < word.len; at++)
        if (begins_run(word, at)) slot_of(index, oc_date_run_at(word, at, &(size_t){0}))->joined |= joined;
}

/* Behind a run of less than four letters anything may stand. */
static void mark_run(uint8_t *table, const oc_date_run *run)
{
    enum { LETTERS = 4, LETTER_BITS = 5 };
    uint32_t letters = run->head & 0xffffffff;
    unsigned open = 0;
    while (open < LETTERS && !(letters >> 8 * (LETTERS - 1 - open))) open++;
    for (uint32_t rest = 0; rest < UINT32_C(1) << LETTER_BITS * open; rest++) {
        char word[LETTERS];
        for (unsigned i = 0; i < LETTERS; i++)
            word[i] = (char)(i < LETTERS - open ? letters >> 8 * i : rest >> LETTER_BITS * (LETTERS - 1 - i) & 31);
        mark_bit(table, oc_date_four_letters(word));
    }
}

static void mark_runs(oc_date_index *index)
{
    for (size_t i = 0; i <= index->run_mask; i++)
        if (index->runs[i].head >> 8) mark_run(index->heads, &index->runs[i]);
}

/* --- all words --- */

static bool is_word(const oc_lex_entry *entry)
{
    return oc_lex_class_group(entry->class) == OC_GROUP_DATE && !oc_lex_entry_is_row(entry) && entry->word.len;
}

/* The word is padded. */
static void add_word(oc_date_index *index, oc_lang lang, oc_slice word, oc_word_atoms meaning, uint32_t id,
                     uint16_t roles)
{
    mark(index, oc_utf8_next(word, &(size_t){0}), OC_CODE_STARTS);
    mark_end(index, word, meaning);
    if (lang == OC_LANG_EN || !is_dependent(meaning)) mark_lead(index, word);
    if (lang == OC_LANG_EN) add_inner_runs(index, word);
    if (oc_date_is_letter(word.ptr[0])) {
        add_run(index, word, id, roles);
        return;
    }
    add_sign(index, word, id);
    if (roles) mark_timely(index, word);
    index->signs = index->signs || (roles && (unsigned char)word.ptr[0] < 0x80);
}

/* Of all characters that one of three bytes can be. */
static void mark_three_bytes(oc_date_index *index)
{
    for (uint32_t code = 0x800; code < 0x10000; code++) {
        char bytes[4] = {0};
        if (!(index->codes[code] & OC_CODE_TIMELY)) continue;
        oc_utf8_encode(code, bytes);
        mark_bit(index->timely, oc_date_three_bytes(bytes));
        if (oc_date_folds(code)) mark_bit(index->timely_threes, oc_date_three_bytes(bytes));
    }
}

/* Where all codes lie that fold. */
static const struct {
    uint32_t first, last;
} folded[] = {{0, 0xff}, {0x2000, 0x22ff}, {0x3000, 0x303f}, {0xff00, 0xffef}};

static void mark_codes(oc_date_index *index, oc_lang lang)
{
    for (uint32_t code = 0xac00; lang == OC_LANG_KO && code <= 0xd7a3; code++) mark(index, code, OC_CODE_HANGUL);
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++)
        for (uint32_t code = folded[i].first; code <= folded[i].last; code++)
            if (oc_date_folds(code)) mark(index, code, OC_CODE_TIMELY | OC_CODE_BRIEF);
}

static size_t power_of_two(size_t least, size_t wanted)
{
    size_t size = least;
    while (size < wanted) size *= 2;
    return size;
}

/* Room for all words of the language: both tables are at most half full. */
static void make_slots(const oc_lexicon *lexicon, oc_lang lang, oc_arena *arena, oc_date_index *index)
{
    const oc_date_tables *tables = lexicon->date_tables;
    size_t latin = 0, brief = 0;
    for (size_t i = 0; i < tables->entries.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[tables->entries.at[i]];
        if (!entry->in[lang] || !is_word(entry)) continue;
        latin += count_runs(entry->word);
        brief += entry->word.len == 3;
    }
    size_t runs = power_of_two(16, 2 * latin), briefs = power_of_two(16, 2 * brief + 1);
    index->run_mask = runs - 1;
    index->run_shift = 64 - (unsigned)__builtin_ctzll(runs);
    index->runs = OC_NEW_ARRAY(arena, runs, oc_date_run);
    index->brief_mask = briefs - 1;
    index->briefs = OC_NEW_ARRAY(arena, briefs, oc_date_brief);
}

static void add_entry(const oc_lexicon *lexicon, oc_lang lang, oc_arena *arena, oc_date_index *index, uint16_t *roles,
                      uint32_t id)
{
    const oc_lex_entry *entry = &lexicon->entries.at[id];
    oc_word_atoms meaning = lexicon->date_tables->words[id];
    if (entry->class == OC_LEX_NUMERAL) {
        mark(index, oc_utf8_next(entry->word, &(size_t){0}), OC_CODE_STARTS | OC_CODE_ENDS | OC_CODE_COUNTS);
        mark_lead(index, entry->word);
    }
    if (!is_word(entry)) return;
    oc_arena_mark before = oc_arena_get_mark(arena);
    roles[id] = word_roles(lang, entry->word, meaning);
    add_word(index, lang, oc_date_padded(entry->word, arena), meaning, id, roles[id]);
    oc_arena_rewind(arena, before);
}

void oc_date_index_build(const oc_lexicon *lexicon, oc_lang lang, oc_arena *arena)
{
    oc_date_tables *tables = lexicon->date_tables;
    oc_date_index *index = OC_NEW(arena, oc_date_index);
    uint16_t *roles = OC_NEW_ARRAY(arena, lexicon->entries.len, uint16_t);
    index->words = lexicon->dates[lang];
    index->roles = roles;
    make_slots(lexicon, lang, arena, index);
    add_address(index, "http");
    add_address(index, "https");
    add_address(index, "www");
    mark_codes(index, lang);
    for (size_t i = 0; i < tables->entries.len; i++)
        if (lexicon->entries.at[tables->entries.at[i]].in[lang])
            add_entry(lexicon, lang, arena, index, roles, tables->entries.at[i]);
    mark_three_bytes(index);
    if (lang == OC_LANG_EN) mark_runs(index);
    for (size_t i = 0; i < tables->entries.len; i++) {
        uint32_t id = tables->entries.at[i];
        const oc_lex_entry *entry = &lexicon->entries.at[id];
        if (!entry->in[lang] || !is_word(entry)) continue;
        if (is_crossing(index, entry->word, tables->words[id])) mark_lead(index, entry->word);
    }
    tables->index[lang] = index;
}

/* --- what the scan of a sentence tells --- */

enum {
    APOSTROPHE = 0x2019,
    OPEN_APOSTROPHE = 0x2018
};

static uint32_t id_of(oc_phrase_kind kind)
{
    return kind * 4 + OC_PHRASE_ID;
}

/* A word with an apostrophe, as it is printed with the sign of this code. */
static void add_printed(oc_arena *arena, oc_scanner *scanner, oc_slice word, oc_phrase_kind kind, uint32_t code)
{
    char bytes[4];
    oc_slice sign = {bytes, oc_utf8_encode(code, bytes)};
    oc_text printed = oc_text_in(arena);
    for (size_t i = 0; i < word.len; i++)
        oc_text_add(&printed, word.ptr[i] == '\'' ? sign : oc_slice_sub(word, i, i + 1));
    oc_scanner_add(scanner, oc_text_slice(&printed), id_of(kind), true);
}

static void add_time(oc_arena *arena, oc_scanner *scanner, oc_slice word, oc_phrase_kind kind)
{
    oc_scanner_add(scanner, word, id_of(kind), true);
    if (!memchr(word.ptr, '\'', word.len)) return;
    add_printed(arena, scanner, word, kind, APOSTROPHE);
    add_printed(arena, scanner, word, kind, OPEN_APOSTROPHE);
}

/* "now", "later": no time by itself, but the end of a range. */
static bool is_now(oc_lang lang, oc_word_atoms word)
{
    return lang == OC_LANG_EN && word.len == 1 &&
           (word.at[0].kind == OC_ATOM_NOW || word.at[0].kind == OC_ATOM_LATER);
}

/* Signs of half width once folded, but for apostrophes, which are frequent: words that hold one are added with them. */
static void add_folded(oc_scanner *scanner)
{
    char bytes[4];
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++)
        for (uint32_t code = folded[i].first; code <= folded[i].last; code++)
            if (oc_date_folds(code) && code != APOSTROPHE && code != OPEN_APOSTROPHE)
                oc_scanner_add(scanner, (oc_slice){bytes, oc_utf8_encode(code, bytes)}, id_of(OC_PHRASE_TIMELY), true);
}

void oc_date_times_add(const oc_lexicon *lexicon, oc_lang lang, oc_arena *arena, oc_scanner *scanner)
{
    static const struct {
        oc_phrase_kind kind;
        unsigned roles;
    } kinds[] = {{OC_PHRASE_TIMELY, OC_TIMELY | OC_TIMELY_UNIT | OC_TIMELY_BESIDE | OC_TIMELY_HOLDER},
                 {OC_PHRASE_NTH, OC_TIMELY_NTH},
                 {OC_PHRASE_ON, OC_TIMELY_ON}};
    const oc_date_tables *tables = lexicon->date_tables;
    const oc_date_index *index = tables->index[lang];
    for (size_t i = 0; i < tables->entries.len; i++) {
        uint32_t id = tables->entries.at[i];
        oc_slice word = lexicon->entries.at[id].word;
        bool now = is_now(lang, tables->words[id]);
        if (lexicon->entries.at[id].class == OC_LEX_NUMERAL)
            oc_scanner_add(scanner, word, id_of(OC_PHRASE_HAN_NUMERAL), true);
        if (has_digit(word) && is_word(&lexicon->entries.at[id]))
            add_time(arena, scanner, word, OC_PHRASE_TIMELY); /* 6.25 전쟁 */
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (index->roles[id] & kinds[k].roles) add_time(arena, scanner, word, now ? OC_PHRASE_NOW : kinds[k].kind);
    }
    add_folded(scanner);
}
