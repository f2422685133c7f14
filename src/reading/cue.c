/* Cues of lines; see cue.h. One scanner a language holds the words of the page group and of documents that state
 * things; a hit says where in the line it stands. */
#include "reading/cue.h"

#include "base/ascii.h"
#include "base/map.h"
#include "reading/document.h"
#include "reading/glance.h"
#include "reading/sign.h"

enum { MARKUP_BYTES = 32, ABBREVIATION_BYTES = 16 };

/* The words of a language. */
typedef struct cue_words {
    atomic_bool ready;
    oc_scanner *words;
    oc_glance *starts;  /* of these words */
    oc_matcher *access; /* the words of class access */
    uint64_t begins[4]; /* bits of the bytes that they begin with */
} cue_words;

struct oc_cues {
    const oc_lexicon *lexicon;
    oc_map markup;    /* words in small letters: OC_HINT_… */
    uint32_t *bits;   /* by index of the entry */
    cue_words *words; /* OC_LANG_COUNT, each made when it is asked for */
    oc_later *later;
    atomic_uint *lost;
    oc_map abbreviations[OC_LANG_COUNT];
    uint32_t abbreviation_ends[OC_LANG_COUNT][ABBREVIATION_BYTES + 1]; /* by length: bits of the last letters */
};

/* Of an entry of the page group. */
static uint32_t bit_of(const oc_lex_entry *entry)
{
    static const struct {
        oc_lex_class class;
        const char *value; /* NULL: any */
        uint32_t bit;
    } bits[] = {
        {OC_LEX_BOILERPLATE, "related", OC_CUE_RELATED},
        {OC_LEX_BOILERPLATE, "advert", OC_CUE_ADVERT},
        {OC_LEX_BOILERPLATE, "release", OC_CUE_NAVIGATION | OC_CUE_RELEASE},
        {OC_LEX_BOILERPLATE, "front", OC_CUE_NAVIGATION | OC_CUE_RELEASE},
        {OC_LEX_BOILERPLATE, "share", OC_CUE_NAVIGATION},
        {OC_LEX_BOILERPLATE, "navigation", OC_CUE_NAVIGATION},
        {OC_LEX_BOILERPLATE, "subscribe", OC_CUE_NOTICE},
        {OC_LEX_BOILERPLATE, "copyright", OC_CUE_NOTICE},
        {OC_LEX_BOILERPLATE, "notice", OC_CUE_NOTICE},
        {OC_LEX_BOILERPLATE, "caption", OC_CUE_CAPTION},
        {OC_LEX_BOILERPLATE, "attached", OC_CUE_ATTACHED},
        {OC_LEX_BOILERPLATE, "footnotes", OC_CUE_FOOTNOTES},
        {OC_LEX_MACHINE, NULL, OC_CUE_MACHINE},
        {OC_LEX_ACCESS, NULL, OC_CUE_ACCESS},
        {OC_LEX_SERIES, NULL, OC_CUE_SERIES},
        {OC_LEX_BYLINE, "author", OC_CUE_AUTHOR},
        {OC_LEX_BYLINE, "reporter", OC_CUE_REPORTER},
        {OC_LEX_BYLINE, "published", OC_CUE_PUBLISHED},
        {OC_LEX_BYLINE, "updated", OC_CUE_UPDATED},
        {OC_LEX_BYLINE, "publisher", OC_CUE_PUBLISHER},
        {OC_LEX_BYLINE, "affiliation", OC_CUE_AFFILIATION},
        {OC_LEX_BYLINE, "category", OC_CUE_CATEGORY},
        {OC_LEX_BYLINE, "minutes", OC_CUE_MINUTES},
        {OC_LEX_BYLINE, "issuer", OC_CUE_ISSUER},
        {OC_LEX_BYLINE, "contact", OC_CUE_CONTACT},
        {OC_LEX_BYLINE, "press", OC_CUE_PRESS},
        {OC_LEX_BYLINE, "record", OC_CUE_RECORD},
    };
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
        if (bits[i].class == entry->class && (!bits[i].value || oc_slice_is(entry->value, bits[i].value)))
            return bits[i].bit;
    return 0;
}

static int hint_of(oc_slice value)
{
    static const struct {
        const char *value;
        int hint;
    } hints[] = {
        {"related", OC_HINT_RELATED}, {"navigation", OC_HINT_NAVIGATION}, {"advertisement", OC_HINT_ADVERTISEMENT},
        {"notice", OC_HINT_NOTICE},   {"footnote", OC_HINT_FOOTNOTE},     {"caption", OC_HINT_CAPTION},
        {"byline", OC_HINT_BYLINE},   {"subtitle", OC_HINT_SUBTITLE}};
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (oc_slice_is(value, hints[i].value)) return hints[i].hint;
    return OC_HINT_NONE;
}

int oc_cues_markup(const oc_cues *cues, oc_slice word)
{
    char small[MARKUP_BYTES];
    if (!cues || word.len > sizeof small) return OC_HINT_NONE;
    for (size_t i = 0; i < word.len; i++) small[i] = oc_to_lower(word.ptr[i]);
    oc_map_entry *entry = oc_map_find(&cues->markup, (oc_slice){small, word.len});
    return entry ? (int)entry->value.number : OC_HINT_NONE;
}

/* A letter and the same capital letter have one bit. */
static uint32_t end_bit(oc_slice word)
{
    return word.len > 1 ? UINT32_C(1) << (word.ptr[word.len - 2] & 31) : 0;
}

static void add_abbreviation(oc_arena *arena, oc_cues *cues, int lang, oc_slice word)
{
    oc_map_insert(arena, &cues->abbreviations[lang], word, NULL);
    if (word.len <= ABBREVIATION_BYTES) cues->abbreviation_ends[lang][word.len] |= end_bit(word);
}

/* A letter in either case. */
static void add_first(uint64_t bits[4], oc_slice word)
{
    unsigned char first = word.len ? (unsigned char)word.ptr[0] : 0;
    unsigned char other = oc_is_alpha(first) ? first ^ 32 : first;
    bits[first / 64] |= UINT64_C(1) << first % 64;
    bits[other / 64] |= UINT64_C(1) << other % 64;
}

const oc_cues *oc_cues_make(oc_arena *arena, const oc_lexicon *lexicon)
{
    oc_cues *cues = OC_NEW(arena, oc_cues);
    cues->lexicon = lexicon;
    if (!lexicon) return cues;
    cues->words = OC_NEW_ARRAY(arena, OC_LANG_COUNT, cue_words);
    cues->later = oc_later_new(arena);
    cues->lost = OC_NEW(arena, atomic_uint);
    cues->bits = OC_NEW_ARRAY(arena, lexicon->entries.len, uint32_t);
    for (size_t i = 0; i < lexicon->entries.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[i];
        if (oc_lex_class_group(entry->class) == OC_GROUP_PAGE) cues->bits[i] = bit_of(entry);
        if (entry->class == OC_LEX_MARKUP)
            oc_map_insert(arena, &cues->markup, entry->word, NULL)->value.number = (uint64_t)hint_of(entry->value);
        for (int lang = 0; entry->class == OC_LEX_ABBREVIATION && lang < OC_LANG_COUNT; lang++)
            if (entry->in[lang]) add_abbreviation(arena, cues, lang, entry->word);
    }
    return cues;
}

typedef struct words_job {
    const oc_cues *cues;
    oc_lang lang;
} words_job;

static void make_words(void *context, oc_arena *arena)
{
    const words_job *job = context;
    const oc_cues *cues = job->cues;
    cue_words *own = &cues->words[job->lang];
    own->words = oc_scanner_new(arena);
    own->starts = oc_glance_new(arena);
    own->access = oc_matcher_new(arena);
    for (size_t i = 0; i < cues->lexicon->entries.len; i++) {
        const oc_lex_entry *entry = &cues->lexicon->entries.at[i];
        if (!cues->bits[i] || !entry->in[job->lang]) continue;
        oc_scanner_add(own->words, entry->word, (uint32_t)i, true);
        oc_glance_add(own->starts, entry->word);
        if (entry->class != OC_LEX_ACCESS) continue;
        oc_matcher_add(own->access, entry->word, (uint32_t)i);
        add_first(own->begins, entry->word);
    }
    oc_scanner_build(own->words);
    oc_matcher_build(own->access);
}

/* NULL: there are none. */
static const cue_words *words_of(const oc_cues *cues, oc_lang lang)
{
    if (!cues || !cues->lexicon) return NULL;
    cue_words *own = &cues->words[lang];
    if (atomic_load_explicit(&own->ready, memory_order_acquire)) return own;
    words_job job = {cues, lang};
    if (oc_later_make(cues->later, &own->ready, make_words, &job) == OC_OK) return own;
    atomic_fetch_add(cues->lost, 1);
    return NULL;
}

unsigned oc_cues_lost(const oc_cues *cues)
{
    return cues && cues->lexicon ? atomic_load(cues->lost) + oc_phrases_lost(cues->lexicon) : 0;
}

static bool is_word(unsigned char c)
{
    return oc_is_alnum(c);
}

typedef struct scan {
    const oc_cues *cues;
    const oc_scanner *words;
    oc_slice line;
    size_t from, to; /* without brackets, bullets and punctuation at the ends */
    size_t menu_end; /* of the last word of a menu */
    oc_line_cues found;
} scan;

static void on_hit(void *context, uint32_t id, size_t start, size_t end)
{
    scan *s = context;
    uint32_t bit = s->cues->bits[id];
    s->found.any |= bit;
    s->found.notices += (bit & (OC_CUE_NOTICE | OC_CUE_MACHINE)) != 0;
    if ((bit & (OC_CUE_NAVIGATION | OC_CUE_NOTICE)) && start >= s->menu_end) {
        s->found.menu_bytes += (uint32_t)(end - start);
        s->menu_end = end;
    }
    s->found.menus += bit == OC_CUE_NAVIGATION;
    if (start <= s->from) {
        s->found.start |= bit;
        if (end > s->found.start_end) s->found.start_end = (uint32_t)end;
        if (end >= s->to) s->found.whole |= bit;
    }
}

static void on_place(void *context, size_t at)
{
    scan *s = context;
    oc_scanner_at(s->words, s->line, at, on_hit, s);
}

/* Bytes of a mark at the start of `text` that says nothing: brackets, bullets, arrows. */
static size_t trim_start(oc_slice text)
{
    static const char *const marks[] = {" ",  "[", "(", "【", "「", "『", "（", "［", "<", "＜", "〈",
                                        "《", "▶", "▷", "▼",  "■",  "□",  "◆",  "◇",  "●", "○",  "・",
                                        "☞",  "→", "※", "*",  "#",  "-",  "　", "►",  "▲", "★",  ">"};
    return OC_SIGN_FIRST(text, marks);
}

static size_t trim_end(oc_slice text)
{
    static const char *const marks[] = {" ",  "]", ")",  "】", "」", "』", "）", "］", ">", "＞", "〉", "》", ":",
                                        "：", ".", "。", "▼",  "▶",  "►",  "»",  "›",  "→", "■",  "　", "*",  "-"};
    return OC_SIGN_LAST(text, marks);
}

oc_line_cues oc_cues_line(const oc_cues *cues, oc_lang lang, oc_slice line)
{
    const cue_words *own = words_of(cues, lang);
    if (!own) return (oc_line_cues){0};
    scan s = {.cues = cues, .words = own->words, .line = line, .to = line.len};
    size_t step;
    while (s.from < line.len && (step = trim_start(oc_slice_sub(line, s.from, line.len))) != 0) s.from += step;
    while (s.to > s.from && (step = trim_end(oc_slice_sub(line, s.from, s.to))) != 0) s.to -= step;
    oc_glance_find(own->starts, line, on_place, &s);
    return s.found;
}

bool oc_cues_abbreviation(const oc_cues *cues, oc_lang lang, oc_slice text, size_t end)
{
    size_t start = end - 1;
    while (start > 0 && end - start < ABBREVIATION_BYTES &&
           (is_word((unsigned char)text.ptr[start - 1]) || text.ptr[start - 1] == '.'))
        start--;
    oc_slice word = oc_slice_sub(text, start, end);
    if (word.len == 2 && oc_is_upper(word.ptr[0])) return true;
    if (!cues || !(cues->abbreviation_ends[lang][word.len] & end_bit(word))) return false;
    if (oc_map_find(&cues->abbreviations[lang], word)) return true;
    /* "MR." as "Mr." */
    char plain[ABBREVIATION_BYTES];
    for (size_t i = 0; i < word.len; i++) plain[i] = i ? oc_to_lower(word.ptr[i]) : word.ptr[i];
    return oc_map_find(&cues->abbreviations[lang], (oc_slice){plain, word.len}) != NULL;
}

size_t oc_cues_access_at(const oc_cues *cues, oc_lang lang, oc_slice text, size_t at)
{
    uint32_t id;
    unsigned char first = at < text.len ? (unsigned char)text.ptr[at] : 0;
    const cue_words *own = words_of(cues, lang);
    if (!own || !(own->begins[first / 64] >> first % 64 & 1)) return 0;
    return oc_matcher_longest(own->access, text, at, &id);
}

size_t oc_cues_phrase(const oc_cues *cues, oc_lang lang, oc_phrase_kind kind, oc_slice text, size_t from,
                      size_t *ret_length)
{
    *ret_length = 0;
    if (!cues || !cues->lexicon) return SIZE_MAX;
    return oc_phrase_first(cues->lexicon, lang, kind, text, from, text.len, ret_length);
}

size_t oc_cues_phrase_begins(const oc_cues *cues, oc_lang lang, oc_phrase_kind kind, oc_slice text)
{
    return cues && cues->lexicon ? oc_phrase_begins(cues->lexicon, lang, kind, text) : 0;
}
