/* The scanner of reading/scan.h against one that tries every word at every byte, on random words and texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
/* cmocka.h needs the three above. */
#include <cmocka.h>

#include "base/text.h"
#include "reading/glance.h"
#include "reading/scan.h"

typedef struct hit {
    size_t id, start, end;
} hit;

typedef struct listed {
    oc_arena *arena;
    OC_VEC(hit) hits;
} listed;

typedef struct entry {
    oc_slice word;
    bool inside;
} entry;

static void on_hit(void *context, uint32_t id, size_t start, size_t end)
{
    listed *l = context;
    *oc_vec_push(l->arena, &l->hits) = (hit){id, start, end};
}

/* A scanner that is asked at places only. */
typedef struct asked {
    const oc_scanner *scanner;
    oc_slice text;
    listed *hits;
} asked;

static void on_place(void *context, size_t at)
{
    asked *a = context;
    oc_scanner_at(a->scanner, a->text, at, on_hit, a->hits);
}

static uint32_t dice(uint32_t *state, uint32_t sides)
{
    *state ^= *state << 13, *state ^= *state >> 17, *state ^= *state << 5;
    return *state % sides;
}

/* Few characters of all kinds, so that words are found often and overlap. */
static const char *const characters[] = {
    "a",  "B",  "b",  "7",  " ",  "-",  "'", "é",
    "移", "管", "の", "전", "환", "을", "😀", "\xed\x9e\xb0" /* behind the Korean syllables, still Korean script */};

static oc_slice random_text(oc_arena *arena, uint32_t *state, size_t least, size_t most, bool malformed)
{
    oc_text text = oc_text_in(arena);
    for (size_t count = least + dice(state, (uint32_t)(most - least + 1)); count; count--) {
        if (malformed && dice(state, 12) == 0)
            oc_text_byte(&text, (char)(0x80 + dice(state, 128)));
        else
            oc_text_add(&text, oc_slice_of(characters[dice(state, sizeof characters / sizeof *characters)]));
    }
    return oc_arena_copy(arena, oc_text_slice(&text));
}

static bool is_run(oc_slice text, size_t at)
{
    char c = at < text.len ? text.ptr[at] : 0;
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hangul(oc_slice text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.ptr + at;
    if (at + 3 > text.len || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80) return false;
    return (p[0] == 0xea && p[1] >= 0xb0) || p[0] == 0xeb || p[0] == 0xec || (p[0] == 0xed && p[1] <= 0x9e);
}

static bool occurs(const entry *e, oc_slice text, size_t at)
{
    if (at + e->word.len > text.len) return false;
    for (size_t i = 0; i < e->word.len; i++) {
        char a = text.ptr[at + i], b = e->word.ptr[i];
        bool letters = is_run(text, at + i) && is_run(e->word, i);
        if (a != b && !(letters && (a | 32) == (b | 32))) return false;
    }
    size_t end = at + e->word.len;
    if (is_run(text, at) && at && is_run(text, at - 1)) return false;
    if (is_run(text, end - 1) && is_run(text, end)) return false;
    return e->inside || at < 3 || !is_hangul(text, at) || !is_hangul(text, at - 3);
}

/* In the order that the header promises. */
static void find_naively(const entry *entries, size_t count, oc_slice text, listed *ret)
{
    for (size_t at = 0; at < text.len; at++)
        for (size_t length = text.len - at; length; length--)
            for (size_t i = count; i-- > 0;)
                if (entries[i].word.len == length && occurs(&entries[i], text, at))
                    on_hit(ret, (uint32_t)i, at, at + length);
}

static void test_against_naive(void **unused)
{
    (void)unused;
    uint32_t state = 2463534242u;
    size_t found = 0;
    for (int round = 0; round < 400; round++) {
        oc_arena arena;
        oc_arena_init(&arena, NULL, 0);
        entry entries[40];
        size_t count = 1 + dice(&state, 40);
        oc_scanner *scanner = oc_scanner_new(&arena);
        oc_glance *glance = oc_glance_new(&arena);
        for (size_t i = 0; i < count; i++) {
            /* Every fifth is longer than the eight bytes that are compared at once. */
            entries[i] = (entry){random_text(&arena, &state, 1, i % 5 ? 3 : 14, false), dice(&state, 2)};
            oc_scanner_add(scanner, entries[i].word, (uint32_t)i, entries[i].inside);
            oc_glance_add(glance, entries[i].word);
        }
        oc_scanner_build(scanner);
        for (int k = 0; k < 8; k++) {
            oc_slice text = random_text(&arena, &state, 0, 60, k % 2);
            if (k == 6) text = entries[0].word;
            listed fast = {.arena = &arena}, naive = {.arena = &arena}, glanced = {.arena = &arena};
            oc_scanner_scan(scanner, text, NULL, on_hit, NULL, &fast);
            find_naively(entries, count, text, &naive);
            assert_int_equal(fast.hits.len, naive.hits.len);
            if (fast.hits.len) assert_memory_equal(fast.hits.at, naive.hits.at, fast.hits.len * sizeof *fast.hits.at);
            oc_glance_find(glance, text, on_place, &(asked){scanner, text, &glanced});
            if (k % 2 == 0) assert_int_equal(glanced.hits.len, naive.hits.len);
            if (k % 2 == 0 && naive.hits.len)
                assert_memory_equal(glanced.hits.at, naive.hits.at, naive.hits.len * sizeof *naive.hits.at);
            found += fast.hits.len;
        }
        oc_arena_free(&arena);
    }
    assert_true(found > 10000); /* else the words are too rare to tell anything */
}

static void test_empty(void **unused)
{
    (void)unused;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_scanner *scanner = oc_scanner_new(&arena);
    oc_scanner_add(scanner, OC_SLICE(""), 1, false);
    oc_scanner_build(scanner);
    listed l = {.arena = &arena};
    oc_scanner_scan(scanner, OC_SLICE("anything, 何でも"), NULL, on_hit, NULL, &l);
    oc_scanner_scan(scanner, (oc_slice){NULL, 0}, NULL, on_hit, NULL, &l);
    assert_int_equal(l.hits.len, 0);
    assert_int_equal(oc_scanner_words(scanner), 0);
    oc_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_naive), cmocka_unit_test(test_empty)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
