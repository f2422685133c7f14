/* What the store does with texts: search tokens, likeness, hashes, differing lines, packing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/text.h"
#include "store/likeness.h"
#include "store/lines.h"
#include "store/pack.h"
#include "base/sha256.h"
#include "store/tokens.h"

/* --- tokens --- */

typedef struct collector {
    char text[512];
    size_t len;
    oc_slice source;
} collector;

static int collect(void *context, oc_slice token, size_t start, size_t end)
{
    collector *c = context;
    c->len += (size_t)snprintf(c->text + c->len, sizeof c->text - c->len, "%s%.*s@%zu-%zu", c->len ? " " : "",
                               OC_FMT(token), start, end);
    return 0;
}

static const struct {
    const char *text, *as_text, *as_query;
} token_cases[] = {
    {"", "", ""},
    {"、。 -", "", ""},
    {"PLA exercises", "pla@0-3 exercises@4-13", "pla@0-3 exercises@4-13"},
    {"台湾海", "台湾@0-6 湾海@3-9 海@6-9", "台湾@0-6 湾海@3-9"},
    {"台湾", "台湾@0-6 湾@3-6", "台湾@0-6"},
    {"軍", "軍@0-3", "軍@0-3"},
    {"대만 해협", "대만@0-6 만@3-6 해협@7-13 협@10-13", "대만@0-6 만@3-6 해협@7-13"},
    /* Full width, and half-width kana with a voicing mark of its own: found under the usual form, marked as written. */
    {"ＰＬＡ", "pla@0-9", "pla@0-9"},
    {"ｶﾞｲﾄﾞ", "ガイ@0-9 イド@6-15 ド@9-15", "ガイ@0-9 イド@6-15"},
    /* Decomposed ga, decomposed Hangul (U+1100 U+1161 U+11A8), decomposed e acute. */
    {"か\xe3\x82\x99", "が@0-6", "が@0-6"},
    {"\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8", "각@0-9", "각@0-9"},
    {"e\xcc\x81t", "ét@0-4", "ét@0-4"},
    {"STRASSE Straße", "strasse@0-7 strasse@8-15", "strasse@0-7 strasse@8-15"},
    {"Ⅲ①", "iii1@0-6", "iii1@0-6"},
    {"米軍F35機", "米軍@0-6 軍@3-6 f35@6-9 機@9-12", "米軍@0-6 軍@3-6 f35@6-9 機@9-12"},
    {"2030年末", "2030@0-4 年末@4-10 末@7-10", "2030@0-4 年末@4-10"},
    {"a\xff\xfe" "b", "a@0-1 b@3-4", "a@0-1 b@3-4"},
    /* Marks that stand alone, zero-width characters. */
    {"\xe2\x80\x8b\xc2\xad", "", ""},
};

static void test_tokens(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof token_cases / sizeof *token_cases; i++) {
        collector text = {.len = 0}, query = {.len = 0};
        oc_slice source = oc_slice_of(token_cases[i].text);
        oc_tokens(source, OC_TOKENS_TEXT, collect, &text);
        oc_tokens(source, OC_TOKENS_QUERY, collect, &query);
        assert_string_equal(text.text, token_cases[i].as_text);
        assert_string_equal(query.text, token_cases[i].as_query);
    }
}

static int stop_at_second(void *context, oc_slice token, size_t start, size_t end)
{
    (void)token, (void)start, (void)end;
    return ++*(int *)context == 2 ? 77 : 0;
}

static int check_length(void *context, oc_slice token, size_t start, size_t end)
{
    (void)context;
    assert_int_equal(token.len, 126); /* 42 characters of three bytes: 43 would be 129 */
    assert_int_equal(end - start, 3000);
    return 0;
}

static void test_token_limits(void **state)
{
    (void)state;
    int count = 0;
    assert_int_equal(oc_tokens(OC_SLICE("台湾海峡"), OC_TOKENS_TEXT, stop_at_second, &count), 77);
    assert_int_equal(count, 2);
    char word[3000]; /* Georgian letters: a word, not pairs */
    for (size_t i = 0; i < sizeof word; i += 3) memcpy(word + i, "\xe1\x83\x90", 3);
    assert_int_equal(oc_tokens((oc_slice){word, sizeof word}, OC_TOKENS_TEXT, check_length, NULL), 0);
    assert_true(oc_tokens_end_single(OC_SLICE("軍")));
    assert_true(oc_tokens_end_single(OC_SLICE("2030年")));
    assert_false(oc_tokens_end_single(OC_SLICE("海軍")));
    assert_false(oc_tokens_end_single(OC_SLICE("a")));
}

/* --- hashes: examples of FIPS 180-4 and of NIST's test vectors --- */

static void test_sha256(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hash;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < 3; i++) {
        uint8_t hash[OC_SHA256_BYTES];
        char text[2 * OC_SHA256_BYTES + 1];
        oc_sha256(oc_slice_of(cases[i].text), hash);
        for (int k = 0; k < OC_SHA256_BYTES; k++) snprintf(text + 2 * k, 3, "%02x", hash[k]);
        assert_string_equal(text, cases[i].hash);
    }
    static char million[1000000];
    uint8_t hash[OC_SHA256_BYTES];
    memset(million, 'a', sizeof million);
    oc_sha256((oc_slice){million, sizeof million}, hash);
    static const uint8_t start[] = {0xcd, 0xc7, 0x6e, 0x5c, 0x99, 0x14, 0xfb, 0x92};
    assert_memory_equal(hash, start, sizeof start);
}

/* --- likeness --- */

static uint32_t dice = 1;

static uint32_t roll(void)
{
    dice = dice * 1664525 + 1013904223;
    return dice >> 8;
}

/* Random letters, so that shingles of different places are different. */
static void fill(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) text[i] = (char)('a' + roll() % 26);
}

/* Of two texts of n characters whose first m are equal, about m shingles of 2n - m are shared: the index is known. */
static void test_likeness(void **state)
{
    (void)state;
    enum { SIZE = 20000 };
    static char a[SIZE], b[SIZE];
    for (int percent = 0; percent <= 100; percent += 10) {
        fill(a, SIZE);
        fill(b, SIZE);
        size_t same = (size_t)percent * SIZE / 100;
        memcpy(b, a, same);
        double index = (double)same / (double)(2 * SIZE - same);
        oc_likeness x, y;
        oc_likeness_make((oc_slice){a, SIZE}, &x);
        oc_likeness_make((oc_slice){b, SIZE}, &y);
        double estimate = oc_likeness_similarity(&x, &y);
        assert_true(estimate > index - 0.15 && estimate < index + 0.15); /* over three standard errors */
        if (percent == 100) assert_true(estimate == 1);
    }
}

static void test_likeness_spaces(void **state)
{
    (void)state;
    oc_likeness a, b, c, empty;
    oc_likeness_make(OC_SLICE("両国は 2026年に\n移管を検証する。"), &a);
    oc_likeness_make(OC_SLICE("両国は２０２６年に移管を検証する。"), &b);
    oc_likeness_make(OC_SLICE("両国は2029年に移管を検証する。"), &c);
    oc_likeness_make(OC_SLICE("四文字だ"), &empty);
    assert_true(oc_likeness_similarity(&a, &b) == 1);
    assert_true(oc_likeness_similarity(&a, &c) < 1); /* a date makes a difference */
    assert_true(empty.empty);
    assert_true(oc_likeness_similarity(&a, &empty) == 0);
}

/* --- lines --- */

static void compare(const char *before, const char *after, const char *expected)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_line_changes changes = {0};
    oc_text text = oc_text_in(&arena);
    oc_lines_compare(&arena, oc_slice_of(before), oc_slice_of(after), &changes);
    for (size_t i = 0; i < changes.len; i++)
        oc_text_printf(&text, "%c%zu%.*s ", changes.at[i].added ? '+' : '-', changes.at[i].line,
                       OC_FMT(changes.at[i].text));
    oc_slice shown = oc_slice_trim(oc_text_slice(&text));
    assert_true(oc_slice_is(shown, expected));
    oc_arena_free(&arena);
}

static void test_lines(void **state)
{
    (void)state;
    compare("", "", "");
    compare("a\nb\nc\n", "a\nb\nc\n", "");
    compare("a\nb\nc\n", "a\nb\nc", "");
    compare("", "a\nb\n", "+1a +2b");
    compare("a\nb\n", "", "-1a -2b");
    compare("a\nb\nc", "a\nc\nd", "-2b +3d");
    compare("a\nb\nc", "a\nx\nc", "-2b +2x");
    /* The example of Myers (1986): five edits. */
    compare("a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc", "-1a -2b +2b -6b +6c");
}

/* Any two texts: taking out and putting in the listed lines must lead from one to the other. */
static void test_lines_rebuild(void **state)
{
    (void)state;
    for (int round = 0; round < 200; round++) {
        oc_arena arena;
        oc_arena_init(&arena, NULL, 0);
        oc_text a = oc_text_in(&arena), b = oc_text_in(&arena), built = oc_text_in(&arena);
        for (uint32_t i = roll() % 40; i > 0; i--) oc_text_printf(&a, "%c\n", 'a' + (char)(roll() % 4));
        for (uint32_t i = roll() % 40; i > 0; i--) oc_text_printf(&b, "%c\n", 'a' + (char)(roll() % 4));
        oc_line_changes changes = {0};
        oc_lines_compare(&arena, oc_text_slice(&a), oc_text_slice(&b), &changes);
        size_t from = 0, next = 0, line = 0;
        while (next < changes.len || from < a.len / 2) {
            bool removes = next < changes.len && !changes.at[next].added && changes.at[next].line == from + 1;
            bool adds = next < changes.len && changes.at[next].added && changes.at[next].line == line + 1;
            if (removes) from++, next++;
            else if (adds) oc_text_printf(&built, "%.*s\n", OC_FMT(changes.at[next].text)), next++, line++;
            else {
                assert_true(from < a.len / 2);
                oc_text_printf(&built, "%c\n", a.ptr[2 * from]);
                from++, line++;
            }
        }
        assert_true(oc_slice_equal(oc_text_slice(&built), oc_text_slice(&b)));
        oc_arena_free(&arena);
    }
}

static void test_pack(void **state)
{
    (void)state;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_slice back, text = OC_SLICE("{\"a\": \"台湾台湾台湾台湾台湾台湾台湾台湾台湾台湾台湾\"}");
    oc_slice packed = oc_store_pack(&arena, text);
    assert_true(packed.len < text.len);
    assert_true(oc_store_unpack(&arena, packed, &back));
    assert_true(oc_slice_equal(text, back));
    oc_packer *packer = oc_packer_new(&arena);
    for (size_t at = 0; at < text.len; at += 7) oc_packer_add(packer, oc_slice_sub(text, at, at + 7));
    assert_true(oc_store_unpack(&arena, oc_packer_done(packer), &back));
    assert_true(oc_slice_equal(back, text));
    assert_true(oc_store_unpack(&arena, oc_store_pack(&arena, (oc_slice){"", 0}), &back));
    assert_int_equal(back.len, 0);
    assert_false(oc_store_unpack(&arena, oc_slice_sub(packed, 0, packed.len - 4), &back));
    assert_false(oc_store_unpack(&arena, OC_SLICE("short"), &back));
    assert_false(oc_store_unpack(&arena, OC_SLICE("\xff\xff\xff\xff\xff\xff\xff\x7f...."), &back));
    oc_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens), cmocka_unit_test(test_token_limits), cmocka_unit_test(test_sha256),
        cmocka_unit_test(test_likeness), cmocka_unit_test(test_likeness_spaces), cmocka_unit_test(test_lines),
        cmocka_unit_test(test_lines_rebuild), cmocka_unit_test(test_pack),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
