/* Names in any language. Two are one name after folding (NFKC and case, base/utf8.h) if they are the same without
 * spaces, hyphens, dots and commas ("Lee Jae-myung", "LEE JAE MYUNG"), or if their words are the same in any order
 * ("Jae-myung Lee"). If no name is the one wanted, a name that has all its words will do ("Brunson"). */
#include <stdlib.h>

#include "authority/query.h"
#include "base/order.h"
#include "base/utf8.h"

enum { MOST_WORDS = 12 };

static bool is_separator(uint32_t code)
{
    return code == ' ' || code == ',' || code == 0x30fb || code == 0xb7 || code == 0x3000;
}

static bool is_skipped(uint32_t code)
{
    return code == '-' || code == '.' || code == '\'' || code == 0x2019 || code == 0x2010 || code == '_';
}

/* The folded words of a name, in order of bytes; the rest of a very long name is one word. */
static size_t words_of(oc_arena *arena, oc_slice name, oc_slice words[MOST_WORDS])
{
    oc_slice folded = oc_utf8_fold(arena, name);
    oc_text word = oc_text_in(arena);
    size_t count = 0;
    for (size_t at = 0; at <= folded.len;) {
        uint32_t code = ' ';
        if (at < folded.len)
            code = oc_utf8_next(folded, &at);
        else
            at++;
        if (is_separator(code) && count < MOST_WORDS - 1) {
            if (word.len) words[count++] = oc_text_slice(&word);
            word = oc_text_in(arena);
        } else if (!is_skipped(code) && !is_separator(code) && code != OC_UTF8_INVALID) {
            char bytes[4];
            oc_text_add(&word, (oc_slice){bytes, oc_utf8_encode(code, bytes)});
        }
    }
    if (word.len) words[count++] = oc_text_slice(&word);
    qsort(words, count, sizeof *words, oc_order_slices);
    return count;
}

oc_slice oc_ledger_fold_name(oc_arena *arena, oc_slice name)
{
    oc_slice words[MOST_WORDS];
    size_t count = words_of(arena, name, words);
    oc_text text = oc_text_in(arena);
    for (size_t i = 0; i < count; i++) {
        if (i) oc_text_byte(&text, ' ');
        oc_text_add(&text, words[i]);
    }
    return oc_text_slice(&text);
}

/* The name without any separator, in the order written. */
static oc_slice run_together(oc_arena *arena, oc_slice name)
{
    oc_slice folded = oc_utf8_fold(arena, name);
    oc_text text = oc_text_in(arena);
    for (size_t at = 0; at < folded.len;) {
        uint32_t code = oc_utf8_next(folded, &at);
        if (is_separator(code) || is_skipped(code) || code == OC_UTF8_INVALID) continue;
        char bytes[4];
        oc_text_add(&text, (oc_slice){bytes, oc_utf8_encode(code, bytes)});
    }
    return oc_text_slice(&text);
}

typedef struct wanted {
    oc_slice folded, joined;
    oc_slice words[MOST_WORDS];
    size_t word_count;
} wanted;

static wanted prepare(oc_arena *arena, oc_slice name)
{
    wanted w = {.folded = oc_ledger_fold_name(arena, name), .joined = run_together(arena, name)};
    w.word_count = words_of(arena, name, w.words);
    return w;
}

static bool is_name(oc_arena *arena, const wanted *w, oc_slice name)
{
    return name.len && w->joined.len &&
           (oc_slice_equal(w->joined, run_together(arena, name)) ||
            oc_slice_equal(w->folded, oc_ledger_fold_name(arena, name)));
}

/* Every word wanted is a word of the name. */
static bool has_words(oc_arena *arena, const wanted *w, oc_slice name)
{
    oc_slice words[MOST_WORDS];
    size_t count = words_of(arena, name, words), found = 0;
    for (size_t i = 0; i < w->word_count; i++) {
        size_t k = 0;
        while (k < count && !oc_slice_equal(words[k], w->words[i])) k++;
        found += k < count;
    }
    return w->word_count && found == w->word_count;
}

static bool actor_has(oc_arena *arena, const oc_actor *actor, const wanted *w,
                      bool (*test)(oc_arena *, const wanted *, oc_slice))
{
    if (test(arena, w, actor->id)) return true;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        if (test(arena, w, actor->name.in[lang])) return true;
    for (size_t i = 0; i < actor->aliases.len; i++)
        if (test(arena, w, actor->aliases.at[i])) return true;
    return false;
}

oc_indices oc_ledger_actors_named(oc_arena *arena, const oc_ledger *ledger, oc_slice name)
{
    oc_indices found = {0};
    wanted w = prepare(arena, name);
    for (int pass = 0; pass < 2 && found.len == 0; pass++)
        for (uint32_t i = 0; i < ledger->actors.len; i++)
            if (actor_has(arena, &ledger->actors.at[i], &w, pass ? has_words : is_name))
                *oc_vec_push(arena, &found) = i;
    return found;
}

static bool term_has(oc_arena *arena, const oc_term *term, const wanted *w)
{
    if (is_name(arena, w, term->id)) return true;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        if (is_name(arena, w, term->name.in[lang])) return true;
    for (size_t i = 0; i < term->aliases.len; i++)
        if (is_name(arena, w, term->aliases.at[i])) return true;
    return false;
}

static const oc_term *terms_of(const oc_ledger *ledger, oc_subject_kind kind, size_t *ret_count)
{
    switch (kind) {
    case OC_SUBJECT_STATE: *ret_count = ledger->states.len; return ledger->states.at;
    case OC_SUBJECT_FORCES: *ret_count = ledger->forces.len; return ledger->forces.at;
    case OC_SUBJECT_PLACE: *ret_count = ledger->places.len; return ledger->places.at;
    case OC_SUBJECT_MATTER: *ret_count = ledger->matters.len; return ledger->matters.at;
    case OC_SUBJECT_TOPIC: *ret_count = ledger->topics.len; return ledger->topics.at;
    default: *ret_count = 0; return NULL;
    }
}

bool oc_ledger_subject_of(oc_arena *arena, const oc_ledger *ledger, oc_subject_kind kind, oc_slice name, uint32_t *ret)
{
    oc_subject by_id;
    if (oc_ledger_find(ledger, name, &by_id) && by_id.kind == kind) {
        *ret = by_id.index;
        return true;
    }
    if (kind == OC_SUBJECT_ACTOR) {
        oc_indices found = oc_ledger_actors_named(arena, ledger, name);
        if (found.len) *ret = found.at[0];
        return found.len > 0;
    }
    wanted w = prepare(arena, name);
    size_t count;
    const oc_term *terms = terms_of(ledger, kind, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!term_has(arena, &terms[i], &w)) continue;
        *ret = i;
        return true;
    }
    return false;
}

bool oc_ledger_subject_named(oc_arena *arena, const oc_ledger *ledger, oc_slice name, oc_subject *ret)
{
    if (oc_ledger_find(ledger, name, ret)) return true;
    static const oc_subject_kind order[] = {OC_SUBJECT_MATTER, OC_SUBJECT_TOPIC, OC_SUBJECT_PLACE, OC_SUBJECT_FORCES,
                                            OC_SUBJECT_ACTOR};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        ret->kind = order[i];
        if (oc_ledger_subject_of(arena, ledger, order[i], name, &ret->index)) return true;
    }
    wanted w = prepare(arena, name);
    for (uint32_t i = 0; i < ledger->stages.len; i++) {
        const oc_ledger_stage *stage = &ledger->stages.at[i];
        for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
            if (!is_name(arena, &w, stage->title.in[lang]) && !is_name(arena, &w, stage->name)) continue;
            *ret = (oc_subject){OC_SUBJECT_STAGE, i};
            return true;
        }
    }
    return false;
}

oc_name_set oc_ledger_all_names(oc_arena *arena, const oc_ledger *ledger, oc_subject_kind kind)
{
    OC_VEC(oc_slice) names = {0};
    for (size_t i = 0; i < ledger->ids.entries.len; i++) {
        const oc_map_entry *entry = &ledger->ids.entries.at[i];
        bool all = kind == OC_SUBJECT_KIND_COUNT;
        if ((all || (entry->value.number >> 32) == (uint64_t)kind) && kind != OC_SUBJECT_ACTOR)
            *oc_vec_push(arena, &names) = entry->key;
    }
    for (size_t i = 0; kind == OC_SUBJECT_ACTOR && i < ledger->actors.len; i++) {
        const oc_actor *actor = &ledger->actors.at[i];
        for (int lang = 0; lang < OC_LANG_COUNT; lang++) *oc_vec_push(arena, &names) = actor->name.in[lang];
        for (size_t k = 0; k < actor->aliases.len; k++) *oc_vec_push(arena, &names) = actor->aliases.at[k];
    }
    return (oc_name_set){names.at, names.len};
}
