/* Finding actors by name.
 *
 * Names and sentence are folded (actor_fold.h) and matched in that form; a map leads each byte of the folded sentence
 * back to the original. Latin names must be whole words there, Korean ones begin one. Of overlapping names the longest
 * leftmost one counts. A short name counts once its actor was named in full, or beside a title of the lexicon. */
#include "reading/actor.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "reading/actor_fold.h"

#define TITLE_REACH 2 /* bytes between a short name and its title */

typedef struct name_ref {
    uint32_t actor;
    bool is_short;
    oc_lang lang;
} name_ref;

struct oc_actor_finder {
    const oc_actor *actors;
    size_t count;
    oc_matcher *matcher;
    OC_VEC(name_ref) names;
};

typedef struct folded {
    oc_slice text;
    const uint32_t *map; /* offset of each folded byte's character; one more for the end */
} folded;

static folded fold(oc_slice text, oc_arena *arena)
{
    char *bytes = OC_NEW_ARRAY(arena, text.len + 4, char);
    uint32_t *map = OC_NEW_ARRAY(arena, text.len + 5, uint32_t);
    size_t length = 0;
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t code = oc_utf8_next(text, &at);
        code = code == OC_UTF8_INVALID ? '?' : oc_actor_fold(code);
        if (code == OC_FOLD_DROP) continue;
        size_t size = oc_utf8_encode(code, bytes + length);
        for (size_t i = 0; i < size; i++) map[length + i] = (uint32_t)start;
        length += size;
    }
    map[length] = (uint32_t)text.len;
    return (folded){{bytes, length}, map};
}

oc_actor_finder *oc_actor_finder_make(oc_arena *arena, const oc_actor *actors, size_t count)
{
    oc_actor_finder *finder = OC_NEW(arena, oc_actor_finder);
    finder->actors = actors;
    finder->count = count;
    finder->matcher = oc_matcher_new(arena);
    for (size_t i = 0; i < count; i++) {
        for (size_t n = 0; n < actors[i].name_count; n++) {
            const oc_actor_name *name = &actors[i].names[n];
            oc_matcher_add(finder->matcher, fold(name->text, arena).text, (uint32_t)finder->names.len);
            *oc_vec_push(arena, &finder->names) = (name_ref){(uint32_t)i, name->is_short, name->lang};
        }
    }
    return oc_matcher_build(finder->matcher) == OC_OK ? finder : NULL;
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
    folded folded;
    oc_arena *arena;
    OC_VEC(candidate) found;
} search;

static bool is_latin(oc_slice text, size_t at)
{
    if (at >= text.len) return false;
    char c = text.ptr[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static size_t char_start_before(oc_slice text, size_t at)
{
    size_t start = at ? at - 1 : 0;
    while (start && ((unsigned char)text.ptr[start] & 0xc0) == 0x80) start--;
    return start;
}

static uint32_t code_at(oc_slice text, size_t at)
{
    return at < text.len ? oc_utf8_next(text, &at) : 0;
}

static bool is_hangul(uint32_t code)
{
    return code >= 0xac00 && code <= 0xd7a3;
}

static bool is_katakana(uint32_t code)
{
    return code >= 0x30a1 && code <= 0x30fc && code != 0x30fb;
}

static bool borders_fit(oc_slice text, size_t from, size_t to)
{
    if (is_latin(text, from) && from && is_latin(text, from - 1)) return false;
    if (is_latin(text, to - 1) && is_latin(text, to)) return false;
    uint32_t first = code_at(text, from), before = from ? code_at(text, char_start_before(text, from)) : 0;
    if (is_hangul(first) && is_hangul(before)) return false;
    if (is_katakana(first) && is_katakana(before)) return false;
    return !(is_katakana(code_at(text, char_start_before(text, to))) && is_katakana(code_at(text, to)));
}

static bool on_name(void *context, uint32_t id, size_t start, size_t end)
{
    search *s = context;
    const name_ref *name = &s->finder->names.at[id];
    size_t from = s->folded.map[start], last = s->folded.map[end - 1];
    size_t to = last;
    oc_utf8_next(s->text, &to);
    bool lang = name->lang == OC_LANG_COUNT || name->lang == s->lang || is_latin(s->text, from);
    if (lang && borders_fit(s->text, from, to)) *oc_vec_push(s->arena, &s->found) = (candidate){from, to, id};
    return true;
}

static int by_place(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->to != y->to) return x->to > y->to ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

static bool was_seen(const oc_actor_memory *memory, uint32_t actor)
{
    for (size_t i = 0; memory && i < memory->seen.len; i++)
        if (memory->seen.at[i] == actor) return true;
    return false;
}

static bool beside_title(const oc_hits *hits, size_t from, size_t to)
{
    for (size_t i = 0; i < hits->len; i++) {
        const oc_hit *hit = &hits->at[i];
        if (hit->entry->class != OC_LEX_TITLE) continue;
        if (hit->start >= to && hit->start - to <= TITLE_REACH) return true;
        if (hit->end <= from && from - hit->end <= TITLE_REACH) return true;
    }
    return false;
}

/* Particles that mark what a sentence is about. */
static bool is_topic(oc_slice text, size_t to)
{
    static const char *const marks[] = {"は", "が", "も", "氏は", "氏が", "は、", "은", "는", "이 ", "가 ", "께서", "측은"};
    oc_slice rest = oc_slice_sub(text, to, text.len);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (oc_slice_starts(rest, oc_slice_of(marks[i]))) return true;
    return false;
}

/* "李在明大統領は": the topic mark may stand behind the title. */
static size_t behind_title(const oc_hits *hits, size_t to)
{
    for (size_t i = 0; i < hits->len; i++)
        if (hits->at[i].entry->class == OC_LEX_TITLE && hits->at[i].start >= to && hits->at[i].start - to <= TITLE_REACH)
            return hits->at[i].end;
    return to;
}

void oc_actors_find(const oc_actor_finder *finder, const oc_lexicon *lexicon, oc_lang lang, oc_slice sentence,
                    oc_actor_memory *memory, oc_arena *arena, oc_mentions *ret_mentions)
{
    search s = {.finder = finder, .lang = lang, .text = sentence, .arena = arena};
    s.folded = fold(sentence, arena);
    oc_matcher_scan(finder->matcher, s.folded.text, on_name, &s);
    if (!s.found.len) return;
    oc_hits hits = {0};
    oc_lexicon_scan(lexicon, lang, sentence, arena, &hits);
    qsort(s.found.at, s.found.len, sizeof *s.found.at, by_place);
    size_t covered = 0, first = ret_mentions->len;
    for (size_t i = 0; i < s.found.len; i++) {
        const candidate *c = &s.found.at[i];
        const name_ref *name = &finder->names.at[c->name];
        if (c->from < covered) continue;
        if (name->is_short && !was_seen(memory, name->actor) && !beside_title(&hits, c->from, c->to)) continue;
        covered = c->to;
        if (memory && !was_seen(memory, name->actor)) *oc_vec_push(arena, &memory->seen) = name->actor;
        bool topic = lang == OC_LANG_EN ? ret_mentions->len == first
                                        : is_topic(sentence, c->to) || is_topic(sentence, behind_title(&hits, c->to));
        *oc_vec_push(arena, ret_mentions) = (oc_mention){c->from, c->to, name->actor, topic};
    }
}
