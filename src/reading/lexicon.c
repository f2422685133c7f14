/* The lexicon of lexicon.h: reading the files, checking them, making the matchers, scanning.
 *
 * Lookup works per language: the words of the date grammar are asked for one place at a time by the tokenizer of
 * date_token.c, units and scales behind a number by quantity.c, words of pages and of mark-up by cue.c, phrases by
 * phrase.c; all others are found in one pass over the sentence. A word "A*B" is put into the scanner as its two parts;
 * oc_lexicon_scan joins them. */
#include "reading/lexicon.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/map.h"
#include "base/order.h"
#include "base/utf8.h"
#include "reading/date_index.h"
#include "reading/lexicon_files.h"
#include "reading/milestone.h"
#include "reading/phrase.h"

#define FILE_LIMIT ((size_t)8 << 20)
#define ENTRIES_FIRST 4096
#define ENTRIES_MAX ((size_t)1 << 20)
#define HITS_ROOM 128 /* of a text with more they go to the arena */
#define GAP_MAX 40    /* bytes between the parts of "A*B" */

/* Groups whose words are no hits. */
#define LOOKED_UP_ELSEWHERE                                                                                            \
    (1u << OC_GROUP_DATE | 1u << OC_GROUP_PHRASE | 1u << OC_GROUP_MARKUP | 1u << OC_GROUP_PAGE | 1u << OC_GROUP_TRAIT)

/* Ids: entry index times four, and two bits. Of a phrase its kind and OC_PHRASE_ID alone. */
#define SECOND 1u /* the second part of "A*B" */
#define PARTED 2u /* either part of it */
#define IS_PHRASE(id) (((id) & (SECOND | PARTED)) == OC_PHRASE_ID)

static const struct {
    const char *name;
    oc_lex_group group;
} classes[OC_LEX_COUNT] = {
#define LEX_CLASS(id, name, group) {name, group},
#include "reading/lexicon_classes.def"
#undef LEX_CLASS
};

const char *oc_lex_class_name(oc_lex_class class)
{
    return class < OC_LEX_COUNT ? classes[class].name : "";
}

oc_lex_group oc_lex_class_group(oc_lex_class class)
{
    return classes[class].group;
}

/* OC_LEX_COUNT if there is none of the name. */
static oc_lex_class find_class(oc_slice name)
{
    int class = 0;
    while (class < OC_LEX_COUNT && !oc_slice_is(name, classes[class].name)) class ++;
    return (oc_lex_class) class;
}

oc_lexicon *oc_lexicon_new(oc_arena *arena)
{
    oc_lexicon *lexicon = OC_NEW(arena, oc_lexicon);
    lexicon->arena = arena;
    lexicon->later = oc_later_new(arena);
    oc_vec_reserve(arena, &lexicon->entries, ENTRIES_FIRST);
    return lexicon;
}

/* --- reading --- */

static bool languages_of(oc_slice name, bool in[OC_LANG_COUNT])
{
    if (!oc_slice_ends(name, OC_SLICE(".tsv"))) return false;
    name.len -= 4;
    size_t dot = name.len;
    while (dot && name.ptr[dot - 1] != '.') dot--;
    oc_slice code = oc_slice_sub(name, dot, name.len);
    bool any = oc_slice_is(code, "any");
    bool known = any;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        in[lang] = any || oc_slice_is(code, oc_lang_code((oc_lang)lang));
        known = known || in[lang];
    }
    return dot && known;
}

static oc_slice next_field(oc_slice *line)
{
    const char *tab = line->len ? memchr(line->ptr, '\t', line->len) : NULL;
    size_t length = tab ? (size_t)(tab - line->ptr) : line->len;
    oc_slice field = oc_slice_sub(*line, 0, length);
    *line = oc_slice_sub(*line, length + (tab != NULL), line->len);
    return oc_slice_trim(field);
}

static void suggest_class(oc_diag *diag, oc_span span, oc_slice wrong)
{
    oc_slice names[OC_LEX_COUNT];
    for (int i = 0; i < OC_LEX_COUNT; i++) names[i] = oc_slice_of(classes[i].name);
    oc_diag_suggest(diag, span, wrong, names, OC_LEX_COUNT);
}

static void read_line(oc_lexicon *lexicon, oc_diags *diags, uint32_t file, oc_slice line, const char *base,
                      const bool in[OC_LANG_COUNT])
{
    uint32_t start = (uint32_t)(line.ptr - base);
    oc_span whole = {file, start, start + (uint32_t)line.len};
    oc_slice rest = line;
    oc_slice class_name = next_field(&rest), word = next_field(&rest), value = next_field(&rest);
    if (word.len == 0) {
        oc_report(diags, OC_E0701, whole, NULL);
        return;
    }
    const oc_lex_entry *last = lexicon->entries.len ? &lexicon->entries.at[lexicon->entries.len - 1] : NULL;
    bool again = last && oc_slice_is(class_name, classes[last->class].name); /* nearly always: files are in order */
    oc_lex_class class = again ? last->class : find_class(class_name);
    if (class == OC_LEX_COUNT) {
        oc_span span = {file, start, start + (uint32_t)class_name.len};
        suggest_class(oc_report(diags, OC_E0702, span, OC_ARGS(OC_T(class_name))), span, class_name);
        return;
    }
    if (lexicon->entries.len >= ENTRIES_MAX) return;
    uint32_t at = (uint32_t)(word.ptr - base);
    oc_lex_entry *entry = oc_vec_push(lexicon->arena, &lexicon->entries);
    *entry = (oc_lex_entry){class, word, value, {file, at, at + (uint32_t)word.len}, {false}};
    memcpy(entry->in, in, sizeof entry->in);
}

oc_status oc_lexicon_add(oc_lexicon *lexicon, oc_diags *diags, oc_slice name, oc_slice text)
{
    bool in[OC_LANG_COUNT];
    uint32_t file = oc_source_add(diags->sources, name, text);
    if (!languages_of(name, in)) {
        oc_report(diags, OC_E0705, (oc_span){file, 0, 0}, OC_ARGS(OC_T(name)));
        return OC_INPUT;
    }
    size_t bad = oc_utf8_check(text);
    if (bad != SIZE_MAX) {
        oc_report(diags, OC_E0003, (oc_span){file, (uint32_t)bad, (uint32_t)bad + 1}, NULL);
        return OC_INPUT;
    }
    for (size_t at = 0; at < text.len;) {
        const char *feed = memchr(text.ptr + at, '\n', text.len - at);
        size_t end = feed ? (size_t)(feed - text.ptr) : text.len;
        oc_slice line = oc_slice_trim(oc_slice_sub(text, at, end));
        if (line.len && line.ptr[0] != '#') read_line(lexicon, diags, file, line, text.ptr, in);
        at = end + 1;
    }
    return oc_diags_status(diags);
}

oc_status oc_lexicon_builtin(oc_lexicon *lexicon, oc_diags *diags)
{
    for (size_t i = 0; i < oc_lexicon_file_count; i++)
        oc_lexicon_add(lexicon, diags, oc_slice_of(oc_lexicon_files[i].name),
                       (oc_slice){oc_lexicon_files[i].text, oc_lexicon_files[i].size});
    lexicon->shipped = (uint32_t)diags->sources->files.len;
    return oc_diags_status(diags);
}

static oc_status read_file(oc_lexicon *lexicon, oc_diags *diags, oc_slice path)
{
    oc_slice name = oc_arena_copy(lexicon->arena, path), text;
    oc_status status = oc_file_read(lexicon->arena, name.ptr, FILE_LIMIT, &text);
    if (status == OC_OK) return oc_lexicon_add(lexicon, diags, name, text);
    if (status == OC_LIMIT) {
        uint32_t file = oc_source_add(diags->sources, name, OC_SLICE(""));
        oc_report(diags, OC_E0002, (oc_span){file, 0, 0}, OC_ARGS(OC_I(FILE_LIMIT >> 20)));
    } else
        oc_report(diags, OC_E0001, (oc_span){0}, OC_ARGS(OC_T(name), oc_arg_of_errno(errno)));
    return status;
}

oc_status oc_lexicon_read(oc_lexicon *lexicon, oc_diags *diags, oc_slice path)
{
    oc_slice name = oc_arena_copy(lexicon->arena, path);
    if (!oc_file_is_folder(name.ptr)) return read_file(lexicon, diags, path);
    DIR *folder = opendir(name.ptr);
    if (!folder) return read_file(lexicon, diags, path);
    OC_VEC(oc_slice) names = {0};
    for (struct dirent *item = readdir(folder); item; item = readdir(folder))
        if (oc_slice_ends(oc_slice_of(item->d_name), OC_SLICE(".tsv")))
            *oc_vec_push(lexicon->arena, &names) = oc_path_join(lexicon->arena, name, oc_slice_of(item->d_name));
    closedir(folder);
    if (names.len) qsort(names.at, names.len, sizeof *names.at, oc_order_slices);
    oc_status worst = OC_OK;
    for (size_t i = 0; i < names.len; i++) {
        oc_status status = read_file(lexicon, diags, names.at[i]);
        if (status != OC_OK) worst = status;
    }
    return worst;
}

/* --- one entry for each word, language and group --- */

static oc_slice key_of(oc_arena *arena, const oc_lex_entry *entry, int lang)
{
    oc_slice folded = oc_arena_copy(arena, entry->word);
    char *bytes = (char *)folded.ptr; /* as the matcher: ASCII letters in either case */
    for (size_t i = 0; i < folded.len; i++)
        if (bytes[i] >= 'A' && bytes[i] <= 'Z') bytes[i] = (char)(bytes[i] + 32);
    oc_lex_group group = oc_lex_class_group(entry->class);
    oc_slice value = group == OC_GROUP_PHRASE ? entry->value : (oc_slice){"", 0};
    return oc_arena_printf(arena, "%d %d %.*s %.*s", (int)group, lang, OC_FMT(value), OC_FMT(folded));
}

static bool same_meaning(const oc_lex_entry *a, const oc_lex_entry *b)
{
    return a->class == b->class && oc_slice_equal(a->value, b->value);
}

static void report_pair(const oc_lexicon *lexicon, oc_diags *diags, const oc_lex_entry *old, const oc_lex_entry *new)
{
    bool clash = old->span.file == new->span.file || new->span.file <= lexicon->shipped;
    oc_code code = same_meaning(old, new) ? OC_W0701 : clash ? OC_E0703 : OC_W0702;
    oc_diag *diag = oc_report(diags, code, new->span,
                              OC_ARGS(OC_T(new->word), OC_S(oc_lex_class_name(old->class)), OC_T(old->value),
                                      OC_S(oc_lex_class_name(new->class)), OC_T(new->value)));
    oc_diag_at(diag, old->span, "lexicon.first-here", NULL);
}

oc_status oc_lexicon_check(oc_lexicon *lexicon, oc_diags *diags)
{
    oc_map seen = {0};
    for (size_t i = 0; i < lexicon->entries.len; i++) {
        for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
            oc_lex_entry *entry = &lexicon->entries.at[i];
            bool is_new;
            if (!entry->in[lang]) continue;
            oc_map_entry *slot = oc_map_insert(lexicon->arena, &seen, key_of(lexicon->arena, entry, lang), &is_new);
            if (is_new)
                slot->value.number = i;
            else
                report_pair(lexicon, diags, &lexicon->entries.at[slot->value.number], entry);
        }
    }
    return oc_diags_status(diags);
}

/* --- matchers --- */

/* "-겠다": stands at the end of a Korean word. */
static bool is_ending(const oc_lex_entry *entry)
{
    return entry->word.len > 1 && entry->word.ptr[0] == '-' && (unsigned char)entry->word.ptr[1] >= 0xea;
}

/* The second part of "A*B" may follow a compound's first, in Korean too. */
static void add_words(oc_scanner *scanner, const oc_lex_entry *entry, size_t index)
{
    uint32_t id = (uint32_t)index * 4;
    const char *star = memchr(entry->word.ptr, '*', entry->word.len);
    if (!star) {
        oc_scanner_add(scanner, oc_slice_sub(entry->word, is_ending(entry), entry->word.len), id, is_ending(entry));
        return;
    }
    size_t at = (size_t)(star - entry->word.ptr);
    oc_scanner_add(scanner, oc_slice_sub(entry->word, 0, at), id | PARTED, false);
    oc_scanner_add(scanner, oc_slice_sub(entry->word, at + 1, entry->word.len), id | PARTED | SECOND, true);
}

static bool is_tense(const oc_lex_entry *entry)
{
    return entry->class == OC_LEX_DATE &&
           (oc_slice_is(entry->value, "future") || oc_slice_is(entry->value, "past-tense"));
}

typedef struct tables_job {
    oc_lexicon *lexicon;
    oc_lang lang;
} tables_job;

static void make_tables(void *context, oc_arena *arena)
{
    const tables_job *job = context;
    oc_lexicon *lexicon = job->lexicon;
    oc_lang lang = job->lang;
    oc_scanner *words = oc_scanner_new(arena), *tenses = oc_scanner_new(arena);
    oc_matcher *dates = oc_matcher_new(arena), *quantities = oc_matcher_new(arena);
    for (size_t i = 0; i < lexicon->entries.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[i];
        if (!entry->in[lang] || oc_lex_entry_is_row(entry)) continue;
        oc_lex_group group = classes[entry->class].group;
        if (group == OC_GROUP_DATE) oc_matcher_add(dates, entry->word, (uint32_t)i);
        if (lang != OC_LANG_EN && is_tense(entry)) oc_scanner_add(tenses, entry->word, (uint32_t)i, true);
        if (group == OC_GROUP_QUANTITY)
            oc_matcher_add(quantities, entry->word, (uint32_t)i);
        else if (!(LOOKED_UP_ELSEWHERE >> group & 1))
            add_words(words, entry, i);
    }
    oc_phrases_add(lexicon, lang, words);
    oc_scanner_build(tenses);
    oc_status status = oc_matcher_build(dates);
    if (status == OC_OK) status = oc_matcher_build(quantities);
    if (status != OC_OK) oc_arena_give_up(arena, status);
    lexicon->dates[lang] = dates;
    lexicon->tenses[lang] = tenses;
    lexicon->quantities[lang] = quantities;
    oc_date_index_build(lexicon, lang, arena);
    oc_date_times_add(lexicon, lang, arena, words);
    oc_scanner_build(words);
    lexicon->words[lang] = words;
}

oc_status oc_lexicon_prepare(const oc_lexicon *lexicon, oc_lang lang)
{
    oc_status status = OC_OK;
    if (lang == OC_LANG_COUNT) {
        for (int each = 0; each < OC_LANG_COUNT && status == OC_OK; each++)
            status = oc_lexicon_prepare(lexicon, (oc_lang)each);
        return status;
    }
    tables_job job = {(oc_lexicon *)lexicon, lang};
    return oc_later_make(lexicon->later, &job.lexicon->ready[lang], make_tables, &job);
}

/* More words than a matcher surely takes: then the tables are made at once, to know. */
static bool is_large(const oc_lexicon *lexicon)
{
    size_t bytes = 0;
    for (size_t i = 0; i < lexicon->entries.len; i++) bytes += lexicon->entries.at[i].word.len;
    return bytes >= OC_MATCHER_BYTES;
}

oc_status oc_lexicon_build(oc_lexicon *lexicon, oc_diags *diags)
{
    oc_status status = oc_phrases_build(lexicon, diags);
    if (status == OC_OK) status = oc_milestones_build(lexicon, diags);
    if (status == OC_OK) status = oc_date_tables_build(lexicon, diags);
    return status == OC_OK && is_large(lexicon) ? oc_lexicon_prepare(lexicon, OC_LANG_COUNT) : status;
}

/* --- scanning --- */

typedef struct raw_hit {
    size_t start, end;
    uint32_t id;
} raw_hit;

typedef struct scan {
    oc_arena *arena;
    OC_VEC(raw_hit) raw;
    uint32_t parted; /* of any: PARTED */
    uint64_t phrases[OC_PHRASE_SETS], repeated[OC_PHRASE_SETS];
    oc_hits *hits;
} scan;

static void on_hit(void *context, uint32_t id, size_t start, size_t end)
{
    scan *s = context;
    if (IS_PHRASE(id)) {
        uint64_t bit = UINT64_C(1) << id / 4 % 64;
        s->repeated[id / 4 / 64] |= s->phrases[id / 4 / 64] & bit;
        s->phrases[id / 4 / 64] |= bit;
        return;
    }
    s->parted |= id & PARTED;
    *oc_vec_push(s->arena, &s->raw) = (raw_hit){start, end, id};
}

static void on_start(void *context, size_t at)
{
    scan *s = context;
    *oc_vec_push(s->arena, &s->hits->places) = (uint32_t)at;
}

/* The first part of "A*B" reaches to its nearest second part, or is no hit. */
static bool reach_second(const scan *s, size_t index, raw_hit *hit)
{
    if (hit->id & SECOND) return false;
    if (!(hit->id & PARTED)) return true;
    for (size_t i = index + 1; i < s->raw.len; i++) {
        const raw_hit *other = &s->raw.at[i];
        if (other->start > hit->end + GAP_MAX) return false;
        if (other->id != (hit->id | SECOND) || other->start < hit->end) continue;
        hit->end = other->end;
        return true;
    }
    return false;
}

/* In order of start, the longer first, of the same word a later entry. */
static bool comes_before(const raw_hit *x, const raw_hit *y)
{
    if (x->start != y->start) return x->start < y->start;
    return x->end != y->end ? x->end > y->end : x->id > y->id;
}

/* Joins the parts of words. Only these may be longer than the ones before them. */
static void join_parts(scan *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->raw.len; i++) {
        raw_hit hit = s->raw.at[i];
        if (!reach_second(s, i, &hit)) continue;
        size_t at = kept++;
        for (; at > 0 && comes_before(&hit, &s->raw.at[at - 1]); at--) s->raw.at[at] = s->raw.at[at - 1];
        s->raw.at[at] = hit;
    }
    s->raw.len = kept;
}

void oc_hits_index(oc_hits *hits)
{
    hits->classes = hits->groups = 0;
    memset(hits->first, 0xff, sizeof hits->first); /* OC_HITS_END */
    memset(hits->first_in, 0xff, sizeof hits->first_in);
    for (size_t i = hits->len; i-- > 0;) {
        oc_hit *hit = &hits->at[i];
        oc_lex_class class = hit->entry->class;
        oc_lex_group group = classes[class].group;
        hit->next = hits->first[class];
        hit->next_in_group = hits->first_in[group];
        hits->first[class] = hits->first_in[group] = (uint32_t)i;
        hits->classes |= UINT64_C(1) << class;
        hits->groups |= UINT32_C(1) << group;
    }
}

/* Of words of one group that overlap only the first counts. */
static void settle_hits(const oc_lexicon *lexicon, const scan *s)
{
    oc_hits *ret = s->hits;
    size_t covered[OC_GROUP_COUNT] = {0};
    if (!ret->room) ret->at = OC_NEW_ARRAY(s->arena, ret->room = s->raw.len, oc_hit);
    for (size_t i = 0; i < s->raw.len; i++) {
        const raw_hit *hit = &s->raw.at[i];
        const oc_lex_entry *entry = &lexicon->entries.at[hit->id / 4];
        oc_lex_group group = classes[entry->class].group;
        if (hit->start < covered[group]) continue;
        covered[group] = hit->end;
        *oc_vec_push(s->arena, ret) = (oc_hit){.start = hit->start, .end = hit->end, .entry = entry};
    }
    oc_hits_index(ret);
}

void oc_lexicon_scan_with(const oc_lexicon *lexicon, const oc_starts *starts, oc_lang lang, oc_slice text,
                          oc_arena *arena, oc_hits *ret_hits)
{
    raw_hit room[HITS_ROOM];
    scan s = {.arena = arena, .raw = {room, 0, HITS_ROOM}, .hits = ret_hits};
    ret_hits->starts = starts;
    ret_hits->text = text;
    ret_hits->signs |= oc_scanner_scan(lexicon->words[lang], text, starts, on_hit, on_start, &s);
    for (int i = 0; i < OC_PHRASE_SETS; i++) ret_hits->absent[i] = lexicon->searched[i] & ~s.phrases[i];
    memcpy(ret_hits->repeated, s.repeated, sizeof s.repeated);
    if (s.parted) join_parts(&s);
    if (s.raw.len) settle_hits(lexicon, &s);
}

void oc_lexicon_scan(const oc_lexicon *lexicon, oc_lang lang, oc_slice text, oc_arena *arena, oc_hits *ret_hits)
{
    oc_lexicon_scan_with(lexicon, NULL, lang, text, arena, ret_hits);
}
