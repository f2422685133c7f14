/* Finding actors by name.
 *
 * Names are folded (actor_fold.h) and so is the sentence, character by character, but only from where a name may begin:
 * in Latin and Korean script where a word begins. The scan for words finds these places by what names begin with, in
 * each spelling that folds to it. Latin names must be whole words there, Korean ones begin one. Of overlapping names
 * the longest leftmost one counts; one that several actors have (米韓) names them all. Abbreviations in capitals (US,
 * MAC) must be written so.
 *
 * A short name counts once its actor was named in full, or beside a title of the lexicon if only one actor has it.
 * Where several have it, it means the one that was named last. Of persons the family name is a short name: the first
 * part of a Korean name, the last of another; one of a single character needs a title behind it and the full name
 * before (安氏, 이 대통령). */
#include "reading/actor.h"

#include "base/script.h"
#include "base/text.h"
#include "base/utf8.h"
#include "reading/actor_fold.h"

#define TITLE_REACH 2   /* bytes between a short name and its title */
#define FORMER_REACH 8  /* the same with "former" or 전 between them */
#define SPACED_BYTES 12 /* a Korean name up to this length holds a space only if it is written with one */
#define STATE_REACH 4   /* bytes between the name of a state and that of its organ */

typedef struct name_ref {
    uint32_t actor;
    bool is_short;
    bool is_family;  /* made from the name of a person */
    bool is_letter;  /* short and one character: needs a title behind it */
    bool is_capital; /* an abbreviation: counts only in capitals */
    bool is_spaced;  /* holds a space */
    oc_lang lang;
} name_ref;

struct oc_actor_finder {
    const oc_lexicon *lexicon;
    const oc_actor *actors;
    size_t count;
    oc_matcher *matcher;
    oc_matcher_table table;
    uint8_t folds[0x10000 / 8]; /* a bit for each character that is not its own folded form */
    oc_starts *starts;          /* joined with no words */
    oc_later *later;
    atomic_bool ready[OC_LANG_COUNT];
    const oc_starts *joined[OC_LANG_COUNT]; /* with those of the lexicon; NULL: none or not prepared */
    OC_VEC(name_ref) names;
};

static oc_slice fold(oc_slice text, oc_arena *arena)
{
    oc_text folded = oc_text_in(arena);
    for (size_t at = 0; at < text.len;) {
        char bytes[4];
        uint32_t code = oc_utf8_next(text, &at);
        code = code == OC_UTF8_INVALID ? '?' : oc_actor_fold(code);
        if (code != OC_FOLD_DROP) oc_text_add(&folded, (oc_slice){bytes, oc_utf8_encode(code, bytes)});
    }
    return oc_text_slice(&folded);
}

/* --- names --- */

static bool is_abbreviation(oc_slice text)
{
    size_t capitals = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '.') continue;
        if (text.ptr[i] < 'A' || text.ptr[i] > 'Z') return false;
        capitals++;
    }
    return capitals >= 2 && capitals <= 5;
}

static bool is_latin(oc_slice text, size_t at)
{
    if (at >= text.len) return false;
    char c = text.ptr[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Which characters fold to others, and which to none. */
typedef struct spelling {
    uint32_t written, folded;
} spelling;

typedef struct spellings {
    oc_arena *arena;
    OC_VEC(spelling) others;
    OC_VEC(uint32_t) dropped;
    uint8_t *folds;   /* of the finder */
    uint8_t *results; /* a bit for each character that others fold to */
    uint8_t *begun;   /* a bit for each that was added as a first one, with all dropped ones behind it */
} spellings;

static void add_spelling(void *context, uint32_t code)
{
    spellings *all = context;
    uint32_t folded = oc_actor_fold(code);
    if (folded != code || oc_actor_drops(code)) all->folds[code / 8] |= (uint8_t)(1u << code % 8);
    if (folded == OC_FOLD_DROP)
        *oc_vec_push(all->arena, &all->dropped) = code;
    else if (folded != code) {
        *oc_vec_push(all->arena, &all->others) = (spelling){code, folded};
        if (folded < 0x10000) all->results[folded / 8] |= (uint8_t)(1u << folded % 8);
    }
}

/* True if other characters fold to this one. */
static bool is_result(const spellings *all, uint32_t code)
{
    return code >= 0x10000 || all->results[code / 8] >> code % 8 & 1;
}

static void add_pair(oc_starts *starts, uint32_t first, uint32_t second)
{
    char bytes[8];
    size_t length = oc_utf8_encode(first, bytes);
    char *behind = bytes + length;
    oc_starts_add(starts, (oc_slice){bytes, length + oc_utf8_encode(second, behind)});
}

/* The beginnings of a folded name whose first character is written so. */
static void add_starts(oc_starts *starts, const spellings *all, oc_slice folded, uint32_t first)
{
    size_t at = 0;
    oc_utf8_next(folded, &at);
    uint32_t second = at < folded.len ? oc_utf8_next(folded, &at) : 0;
    if (!second || second == '?') { /* anything may follow: what is malformed reads as ? */
        char bytes[4];
        oc_starts_add(starts, (oc_slice){bytes, oc_utf8_encode(first, bytes)});
        return;
    }
    add_pair(starts, first, second);
    for (size_t i = 0; is_result(all, second) && i < all->others.len; i++)
        if (all->others.at[i].folded == second) add_pair(starts, first, all->others.at[i].written);
    if (first < 0x10000 && all->begun[first / 8] >> first % 8 & 1) return;
    if (first < 0x10000) all->begun[first / 8] |= (uint8_t)(1u << first % 8);
    for (size_t i = 0; i < all->dropped.len; i++) add_pair(starts, first, all->dropped.at[i]);
}

static void add_all_starts(oc_starts *starts, const spellings *all, oc_slice folded)
{
    if (!folded.len) return;
    uint32_t first = oc_utf8_next(folded, &(size_t){0});
    if (is_latin(folded, 0))
        oc_starts_add(starts, folded);
    else
        add_starts(starts, all, folded, first);
    for (size_t i = 0; is_result(all, first) && i < all->others.len; i++)
        if (all->others.at[i].folded == first && all->others.at[i].written >= 0x80)
            add_starts(starts, all, folded, all->others.at[i].written);
}

static void add_name(oc_actor_finder *finder, oc_arena *arena, const spellings *all, size_t actor, oc_slice text,
                     const oc_actor_name *name, bool is_family)
{
    bool is_short = is_family || name->is_short;
    oc_slice folded = fold(text, arena);
    oc_matcher_add(finder->matcher, folded, (uint32_t)finder->names.len);
    add_all_starts(finder->starts, all, folded);
    *oc_vec_push(arena, &finder->names) = (name_ref){.actor = (uint32_t)actor,
                                                     .is_short = is_short,
                                                     .is_family = is_family,
                                                     .lang = name->lang,
                                                     .is_letter = is_short && oc_utf8_count(text) == 1,
                                                     .is_capital = is_abbreviation(text),
                                                     .is_spaced = memchr(text.ptr, ' ', text.len) != NULL};
}

/* Its name in Korean script is written in one: the family name comes first, in every script. */
static bool is_korean(const oc_actor *actor)
{
    for (size_t i = 0; i < actor->name_count; i++) {
        size_t at = 0;
        oc_slice text = actor->names[i].text;
        if (text.len && oc_is_hangul(oc_utf8_next(text, &at)))
            return !memchr(text.ptr, ' ', text.len) && text.len <= 12;
    }
    return false;
}

/* The family name in one name of a person, "" if it cannot be told. */
static oc_slice family_name(const oc_actor *actor, oc_slice name)
{
    size_t first = 0, part = name.len, last = 0;
    uint32_t code = name.len ? oc_utf8_next(name, &first) : 0;
    for (size_t at = 0; at < name.len;) {
        size_t start = at;
        uint32_t c = oc_utf8_next(name, &at);
        if (c != ' ' && c != 0x30fb) continue;
        if (part == name.len) part = start;
        last = at;
    }
    bool korean = is_korean(actor);
    if (last) return korean ? oc_slice_sub(name, 0, part) : oc_slice_sub(name, last, name.len);
    return korean && (oc_is_han(code) || oc_is_hangul(code)) && name.len > first ? oc_slice_sub(name, 0, first) : (oc_slice){"", 0};
}

typedef struct starts_job {
    oc_actor_finder *finder;
    oc_lang lang;
} starts_job;

static void join_starts(void *context, oc_arena *arena)
{
    const starts_job *job = context;
    oc_starts *joined = oc_starts_copy(arena, job->finder->starts);
    oc_starts_join(joined, job->finder->lexicon->words[job->lang]);
    job->finder->joined[job->lang] = joined;
}

oc_status oc_actor_finder_prepare(oc_actor_finder *finder, oc_lang lang)
{
    starts_job job = {finder, lang};
    return finder->lexicon ? oc_later_make(finder->later, &finder->ready[lang], join_starts, &job) : OC_OK;
}

oc_actor_finder *oc_actor_finder_make(oc_arena *arena, const oc_lexicon *lexicon, const oc_actor *actors, size_t count)
{
    oc_actor_finder *finder = OC_NEW(arena, oc_actor_finder);
    finder->lexicon = lexicon;
    finder->later = oc_later_new(arena);
    finder->actors = actors;
    finder->count = count;
    finder->matcher = oc_matcher_new(arena);
    finder->starts = oc_starts_new(arena);
    spellings all = {.arena = arena, .folds = finder->folds};
    all.results = OC_NEW_ARRAY(arena, 0x10000 / 8, uint8_t);
    all.begun = OC_NEW_ARRAY(arena, 0x10000 / 8, uint8_t);
    oc_actor_folds_each(add_spelling, &all);
    for (size_t i = 0; i < count; i++) {
        bool person = oc_slice_is(actors[i].kind, "person");
        for (size_t n = 0; n < actors[i].name_count; n++) {
            const oc_actor_name *name = &actors[i].names[n];
            add_name(finder, arena, &all, i, name->text, name, false);
            oc_slice family = person ? family_name(&actors[i], name->text) : (oc_slice){"", 0};
            if (family.len) add_name(finder, arena, &all, i, family, name, true);
        }
    }
    if (oc_matcher_build(finder->matcher) != OC_OK) return NULL;
    finder->table = oc_matcher_table_of(finder->matcher);
    oc_starts_join(finder->starts, NULL);
    return finder;
}

const oc_starts *oc_actor_starts(const oc_actor_finder *finder, oc_lang lang)
{
    return finder ? finder->joined[lang] : NULL;
}

/* --- matching --- */

typedef struct candidate {
    size_t from, to;
    uint32_t name;
} candidate;

typedef struct search {
    const oc_actor_finder *finder;
    oc_lang lang;
    oc_slice text;
    const oc_hits *hits;
    size_t from, to; /* of the name at hand, and how many bytes it has folded */
    size_t folded;
    oc_arena *arena;
    OC_VEC(candidate) found;
} search;

/* The character at `at` if it is one of three bytes, as those of Korean and Japanese script are; else 0. */
static uint32_t wide_at(oc_slice text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.ptr + at;
    if (at >= text.len || text.len - at < 3 || (p[0] & 0xf0) != 0xe0 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
        return 0;
    return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
}

static uint32_t wide_before(oc_slice text, size_t at)
{
    return at >= 3 ? wide_at(text, at - 3) : 0;
}

static bool is_katakana(uint32_t code)
{
    return code >= 0x30a1 && code <= 0x30fc && code != 0x30fb;
}

static bool borders_fit(oc_slice text, size_t from, size_t to)
{
    if (is_latin(text, from) && from && is_latin(text, from - 1)) return false;
    if (is_latin(text, to - 1) && is_latin(text, to)) return false;
    if (is_katakana(wide_at(text, from)) && is_katakana(wide_before(text, from))) return false;
    return !(is_katakana(wide_at(text, to)) && is_katakana(wide_before(text, to)));
}

/* "Kwon Seok-ho": a given name follows, so that it is somebody else's family name. */
static bool begins_other_name(oc_slice text, size_t to)
{
    if (to + 1 >= text.len || text.ptr[to] != ' ' || text.ptr[to + 1] < 'A' || text.ptr[to + 1] > 'Z') return false;
    size_t end = to + 1;
    while (end < text.len && is_latin(text, end)) end++;
    return end < text.len && text.ptr[end] == '-';
}

static bool has_small_letter(oc_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= 'a' && text.ptr[i] <= 'z') return true;
    return false;
}

static bool before_title(const oc_hits *hits, size_t to, size_t reach)
{
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_TITLE); hit; hit = oc_hits_next(hits, hit))
        if (hit->start >= to && hit->start - to <= reach) return true;
    return false;
}

/* In Korean "한 미" is no 한미, but longer names may be written in parts. */
static bool is_parted(const search *s, const name_ref *name)
{
    return !name->is_spaced && s->folded <= SPACED_BYTES && oc_is_hangul(wide_at(s->text, s->from)) &&
           memchr(s->text.ptr + s->from, ' ', s->to - s->from);
}

/* "コルビー": the mark that makes the last sound long folds to nothing, and belongs to the name. */
static size_t behind_long_mark(oc_slice text, size_t to)
{
    return is_katakana(wide_before(text, to)) && wide_at(text, to) == 0x30fc ? to + 3 : to;
}

static void on_name(void *context, uint32_t id)
{
    search *s = context;
    const name_ref *name = &s->finder->names.at[id];
    size_t from = s->from, to = behind_long_mark(s->text, s->to);
    if (name->is_letter && !before_title(s->hits, to, TITLE_REACH)) return;
    if (name->lang != OC_LANG_COUNT && name->lang != s->lang && !is_latin(s->text, from)) return;
    if (name->is_capital && has_small_letter(oc_slice_sub(s->text, from, to))) return;
    if (is_parted(s, name)) return;
    if (name->is_family && is_latin(s->text, from) && begins_other_name(s->text, to)) return;
    if (name->is_short && s->text.ptr[from] >= 'a' && s->text.ptr[from] <= 'z') return;
    if (borders_fit(s->text, from, to)) *oc_vec_push(s->arena, &s->found) = (candidate){from, to, id};
}

/* The state behind so many bytes, 0 if no name goes on so. */
static inline uint32_t step_bytes(const oc_matcher_table *table, uint32_t state, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size && (state || !i); i++) state = oc_matcher_step(table, state, (unsigned char)bytes[i]);
    return state;
}

static bool folds(const oc_actor_finder *finder, oc_slice text, size_t at)
{
    uint32_t code = wide_at(text, at);
    return !code || finder->folds[code / 8] >> code % 8 & 1;
}

/* The state behind the character at s->to, which is not ASCII and folds. It counts as the one that it folds to, or not
 * at all. */
static uint32_t step_over(search *s, uint32_t state)
{
    char folded[4];
    size_t at = s->to;
    uint32_t code = oc_utf8_next(s->text, &s->to), own = code == OC_UTF8_INVALID ? '?' : oc_actor_fold(code);
    if (own == OC_FOLD_DROP || oc_actor_drops(own)) return state;
    const char *bytes = own != code ? folded : s->text.ptr + at;
    size_t size = own != code ? oc_utf8_encode(own, folded) : s->to - at;
    s->folded += size;
    return step_bytes(&s->finder->table, state, bytes, size);
}

/* All names that begin with the character at `from`. The tree takes capital letters for small ones, and holds no
 * character that folds. */
static void find_from(search *s, size_t from)
{
    const oc_matcher_table table = s->finder->table;
    uint32_t state = 0;
    s->from = s->to = from;
    s->folded = 0;
    while (s->to < s->text.len) {
        unsigned char byte = (unsigned char)s->text.ptr[s->to];
        size_t before = s->folded;
        if (byte < 0x80) {
            s->to++;
            if (!oc_sign_letters[byte] && (byte == OC_FOLD_DROP || oc_actor_drops(byte))) continue;
            state = oc_matcher_step(&table, state, byte);
            s->folded++;
        } else {
            uint32_t next = (byte & 0xf0) == 0xe0 && s->text.len - s->to >= 3
                                ? step_bytes(&table, state, s->text.ptr + s->to, 3)
                                : 0;
            if (next)
                s->to += 3, s->folded += 3, state = next;
            else if (folds(s->finder, s->text, s->to))
                state = step_over(s, state);
            else
                return;
        }
        if (!state) return;
        if (oc_matcher_ends(state) && s->folded > before) oc_matcher_words_at(s->finder->matcher, state, on_name, s);
    }
}

/* No name begins inside of a Korean word. */
static bool is_inside_hangul(oc_slice text, size_t at)
{
    bool may_be = at >= 3 && (unsigned char)text.ptr[at] >= 0xea && (unsigned char)text.ptr[at - 3] >= 0xea;
    return may_be && oc_is_hangul(wide_at(text, at)) && oc_is_hangul(wide_before(text, at));
}

static void on_start(void *context, size_t at)
{
    search *s = context;
    if (!is_inside_hangul(s->text, at)) find_from(s, at);
}

static void find_names(search *s, const oc_hits *hits)
{
    if (!hits->starts || hits->starts != s->finder->joined[s->lang]) {
        oc_starts_scan(s->finder->starts, s->text, on_start, s);
        return;
    }
    for (size_t i = 0; i < hits->places.len; i++) on_start(s, hits->places.at[i]);
}

/* By place, the longer first, then by name: they were found nearly so. */
static void sort_candidates(candidate *found, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        candidate own = found[i];
        size_t at = i;
        for (; at > 0; at--) {
            const candidate *before = &found[at - 1];
            bool behind = before->from != own.from ? before->from < own.from
                          : before->to != own.to   ? before->to > own.to
                                                   : before->name <= own.name;
            if (behind) break;
            found[at] = *before;
        }
        found[at] = own;
    }
}

/* How late an actor was named, 0 if not at all. */
static size_t seen_at(const oc_actor_memory *memory, uint32_t actor)
{
    for (size_t i = 0; memory && i < memory->seen.len; i++)
        if (memory->seen.at[i] == actor) return i + 1;
    return 0;
}

static void remember(oc_actor_memory *memory, oc_arena *arena, uint32_t actor)
{
    if (!memory) return;
    size_t at = seen_at(memory, actor);
    if (!at) {
        *oc_vec_push(memory->arena ? memory->arena : arena, &memory->seen) = actor;
        return;
    }
    memmove(memory->seen.at + at - 1, memory->seen.at + at, (memory->seen.len - at) * sizeof *memory->seen.at);
    memory->seen.at[memory->seen.len - 1] = actor;
}

static bool beside_title(const oc_hits *hits, size_t from, size_t to)
{
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_TITLE); hit; hit = oc_hits_next(hits, hit))
        if (hit->end <= from && from - hit->end <= TITLE_REACH) return true;
    return before_title(hits, to, FORMER_REACH);
}

/* Of the names at one place [first, end) the one that counts; NULL if none does. */
static const name_ref *choose(const search *s, size_t first, size_t end, const oc_actor_memory *memory,
                              const oc_hits *hits)
{
    const name_ref *best = NULL;
    size_t latest = 0, actors = 0;
    size_t from = s->found.at[first].from, to = s->found.at[first].to;
    for (size_t i = first; i < end; i++) {
        const name_ref *name = &s->finder->names.at[s->found.at[i].name];
        if (!name->is_short) return name;
        size_t seen = seen_at(memory, name->actor);
        if (seen >= latest && (!best || seen > latest || best->actor == name->actor)) latest = seen, best = name;
        actors += i == first || s->finder->names.at[s->found.at[i - 1].name].actor != name->actor;
    }
    if (!best || latest) return best;
    return actors == 1 && !(best->is_letter && best->is_family) && beside_title(hits, from, to) ? best : NULL;
}

/* "Japan's defence minister": the organ of a state that is not the one of this actor. */
static bool belongs_elsewhere(const oc_actor_finder *finder, oc_slice text, const oc_mentions *mentions, size_t first,
                              size_t from, uint32_t actor)
{
    const oc_mention *before = mentions->len > first ? &mentions->at[mentions->len - 1] : NULL;
    if (!before || before->to > from || from - before->to > STATE_REACH) return false;
    const oc_actor *state = &finder->actors[before->actor], *organ = &finder->actors[actor];
    oc_slice between = oc_slice_trim(oc_slice_sub(text, before->to, from));
    bool joined = !between.len || oc_slice_is(between, "の") || oc_slice_is(between, "의") ||
                  oc_slice_is(between, "'s") || oc_slice_is(between, "’s");
    if (!joined || !organ->of.len || !oc_slice_is(state->kind, "state")) return false;
    for (size_t i = mentions->len; i-- > first && mentions->at[i].from == before->from;) /* 米韓: both of them */
        if (oc_slice_equal(finder->actors[mentions->at[i].actor].id, organ->of)) return false;
    return true;
}

/* "Deputy Defense Minister Lim": not the minister, but a title of its own. "米大統領選": an election, no president. */
static bool is_other_title(const oc_actor *actor, const oc_hits *hits, size_t from, size_t to)
{
    if (!oc_slice_is(actor->kind, "office")) return false;
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_TITLE); hit; hit = oc_hits_next(hits, hit))
        if (hit->start < from && hit->end >= to) return true;
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_EVENT); hit; hit = oc_hits_next(hits, hit))
        if (hit->start < to && hit->end > to && hit->start >= from) return true;
    return false;
}

/* Particles that mark what a sentence is about. */
static bool is_topic(oc_slice text, size_t to)
{
    static const char *const marks[] = {"は", "が", "も", "氏は", "氏が", "은", "는", "이 ", "가 ", "도 ", "께서", "측은"};
    oc_slice rest = oc_slice_sub(text, to, text.len);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (oc_slice_begins(rest, marks[i])) return true;
    return false;
}

/* "李在明大統領は": the topic mark may stand behind the title. */
static size_t behind_title(const oc_hits *hits, size_t to)
{
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_TITLE); hit; hit = oc_hits_next(hits, hit))
        if (hit->start >= to && hit->start - to <= TITLE_REACH) return hit->end;
    return to;
}

void oc_actors_find(const oc_actor_finder *finder, oc_lang lang, oc_slice sentence, const oc_hits *hits,
                    oc_actor_memory *memory, oc_arena *arena, oc_mentions *ret_mentions)
{
    search s = {.finder = finder, .lang = lang, .text = sentence, .hits = hits, .arena = arena};
    find_names(&s, hits);
    if (!s.found.len) return;
    sort_candidates(s.found.at, s.found.len);
    size_t covered = 0, first = ret_mentions->len;
    for (size_t i = 0, end; i < s.found.len; i = end) {
        const candidate *c = &s.found.at[i];
        for (end = i + 1; end < s.found.len && s.found.at[end].from == c->from && s.found.at[end].to == c->to;) end++;
        if (c->from < covered) continue;
        const name_ref *name = choose(&s, i, end, memory, hits);
        if (!name) continue;
        covered = c->to;
        if (belongs_elsewhere(finder, sentence, ret_mentions, first, c->from, name->actor)) continue;
        if (is_other_title(&finder->actors[name->actor], hits, c->from, c->to)) continue;
        bool topic = lang == OC_LANG_EN ? ret_mentions->len == first
                                        : is_topic(sentence, c->to) || is_topic(sentence, behind_title(hits, c->to));
        for (size_t k = i; k < end; k++) {
            const name_ref *other = &finder->names.at[s.found.at[k].name];
            bool again = k > i && other->actor == finder->names.at[s.found.at[k - 1].name].actor;
            if (other != name && (name->is_short || other->is_short || again)) continue;
            remember(memory, arena, other->actor);
            *oc_vec_push(arena, ret_mentions) = (oc_mention){c->from, c->to, other->actor, topic};
        }
    }
}
