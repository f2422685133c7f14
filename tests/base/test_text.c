/* Growing texts and JSON: what is written is what was meant, at every length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/linebreak.h"

static void check_string(const char *value, const char *expected)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_text text = oc_text_in(&arena);
    oc_text_json_string(&text, oc_slice_of(value));
    assert_string_equal(text.ptr, expected);
    oc_arena_free(&arena);
}

static void test_json_strings(void **state)
{
    (void)state;
    check_string("", "\"\"");
    check_string("plain", "\"plain\"");
    check_string("\"", "\"\\\"\"");
    check_string("a\"b\\c\nd\te", "\"a\\\"b\\\\c\\nd\\te\"");
    check_string("\x01x\x1f\x7f", "\"\\u0001x\\u001f\\u007f\"");
    check_string("演習 연습 é 😀", "\"演習 연습 é 😀\"");
    check_string("a\xe2\x80\xa8z", "\"a\\u2028z\"");
    /* Bytes that are no text, alone, in a row, and at the end of an unfinished character. */
    check_string("a\xffz", "\"a\xef\xbf\xbdz\"");
    check_string("\xff\xfe", "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    check_string("台\xe5\x8f", "\"台\xef\xbf\xbd\xef\xbf\xbd\"");
}

/* Around the room that a text has without growing. */
static void test_printf(void **state)
{
    (void)state;
    char filling[301];
    for (size_t length = 0; length <= 300; length++) {
        oc_arena arena;
        oc_arena_init(&arena, NULL, 0);
        oc_text text = oc_text_in(&arena);
        memset(filling, 'x', length);
        filling[length] = '\0';
        oc_text_printf(&text, "%s", filling);
        oc_text_printf(&text, "<%s|%d>", filling, 7);
        assert_int_equal(text.len, 2 * length + 4);
        assert_int_equal(strlen(text.ptr), text.len);
        assert_memory_equal(text.ptr + length, "<", 1);
        assert_string_equal(text.ptr + text.len - 3, "|7>");
        oc_arena_free(&arena);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_json json = oc_json_in(&arena);
    json.compact = true;
    oc_json_list(&json, NULL);
    oc_json_integer(&json, NULL, 0);
    oc_json_integer(&json, NULL, -1);
    oc_json_integer(&json, NULL, INT64_MIN);
    oc_json_integer(&json, NULL, INT64_MAX);
    oc_json_unsigned(&json, NULL, UINT64_MAX);
    oc_json_end(&json);
    assert_string_equal(oc_json_done(&json).ptr,
                        "[0, -1, -9223372036854775808, 9223372036854775807, 18446744073709551615]\n");
    oc_arena_free(&arena);
}

static void test_reserved(void **state)
{
    (void)state;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_arena_reserve(&arena, 1 << 20);
    oc_arena_mark mark = oc_arena_get_mark(&arena);
    const char *first = oc_arena_alloc(&arena, 1 << 19);
    for (int round = 0; round < 3; round++) {
        oc_arena_rewind(&arena, mark);
        assert_int_equal(arena.used, 0);
        assert_ptr_equal(oc_arena_alloc(&arena, 1 << 19), first); /* the same memory again */
        oc_arena_alloc(&arena, 1 << 20);
    }
    oc_arena_free(&arena);
}

static void check_lines(const char *text, size_t columns, const char *expected)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_text out = oc_text_in(&arena);
    for (oc_slice rest = oc_slice_of(text); rest.len;) {
        if (out.len) oc_text_byte(&out, '|');
        oc_text_add(&out, oc_line_take(&rest, columns));
    }
    assert_string_equal(out.ptr, expected);
    oc_arena_free(&arena);
}

static void test_lines(void **state)
{
    (void)state;
    check_lines("one two three", 7, "one two|three");
    check_lines("  one   two ", 20, "one   two");
    check_lines("2040-12-31までに86 %", 13, "2040-12-31ま|でに86 %");
    check_lines("2040-12-31までに86 %", 9, "2040-12-|31までに|86 %");
    check_lines("移管は、2028年に", 6, "移管|は、|2028年|に");
    check_lines("彼は（来年）と", 6, "彼は|（来|年）と");
    check_lines("シャッター", 4, "シャ|ッ|ター");
    check_lines("한미안보협의회의(SCM) 뒤", 17, "한미안보협의회의|(SCM) 뒤");
    check_lines("완전운용능력 평가", 6, "완전운|용능력|평가");
    check_lines("https://example.org/long/path", 20, "https://example.org/|long/path");
    check_lines("長", 1, "長");
    check_lines("\xff\xfe x", 1, "\xff|\xfe|x");
}

typedef struct passing {
    oc_arena *arena;
    bool fails;
    size_t seen;
} passing;

static void use_scratch(void *context, oc_arena *scratch)
{
    passing *p = context;
    oc_arena_alloc(scratch, 1 << 16);
    p->seen = scratch->used;
    if (p->fails) oc_arena_alloc(p->arena, (size_t)1 << 20); /* more than it may have */
}

static void with_scratch(void *context)
{
    passing *p = context;
    oc_arena_with_scratch(p->arena, use_scratch, p);
}

/* A failure of either arena ends at the guard of the outer one; scratch memory is gone either way. */
static void test_scratch(void **state)
{
    (void)state;
    oc_arena arena;
    oc_arena_init(&arena, NULL, (size_t)1 << 19);
    passing p = {.arena = &arena};
    assert_int_equal(oc_arena_try(&arena, with_scratch, &p), OC_OK);
    assert_int_equal(p.seen, 1 << 16);
    assert_int_equal(arena.used, 0);
    p.fails = true;
    assert_int_equal(oc_arena_try(&arena, with_scratch, &p), OC_LIMIT);
    oc_arena_free(&arena);
}

/* What a large text outgrew is not kept; what a mark holds is. */
static void test_grown(void **state)
{
    (void)state;
    const size_t large = (size_t)5 << 20;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_arena_alloc(&arena, 16);
    size_t used = arena.used;
    char *one = oc_arena_grow(&arena, NULL, 0, 0, large);
    memset(one, 'x', large);
    one = oc_arena_grow(&arena, one, large, large, 2 * large);
    assert_int_equal(arena.used, used + 2 * large);
    assert_int_equal(one[0], 'x');
    assert_int_equal(one[large - 1], 'x');
    char *small = oc_arena_grow(&arena, NULL, 0, 0, 16); /* stays where it is when it grows */
    memcpy(small, "0123456789abcdef", 16);
    assert_memory_equal(oc_arena_grow(&arena, small, 16, 10, 32), "0123456789", 10);
    const char *next = oc_arena_alloc(&arena, 16); /* the first block goes on */
    oc_arena_mark mark = oc_arena_get_mark(&arena);
    oc_arena_alloc(&arena, large);
    oc_arena_rewind(&arena, mark);
    assert_ptr_equal((const char *)oc_arena_alloc(&arena, 16), next + 16);
    oc_arena_free(&arena);
    oc_text text = oc_text_in(&arena);
    for (int i = 0; i < 40; i++) oc_text_repeat(&text, (char)('a' + i % 26), 1 << 20);
    assert_true(arena.used < (size_t)70 << 20); /* doubling alone would hold 128 MiB */
    for (size_t i = 0; i < text.len; i += 4099) assert_int_equal(text.ptr[i], 'a' + (char)((i >> 20) % 26));
    oc_arena_free(&arena);
}

static void test_adopted(void **state)
{
    (void)state;
    for (size_t size = 16; size <= (size_t)8 << 20; size *= 512) {
        oc_arena into, from;
        oc_arena_init(&into, NULL, 0);
        oc_arena_init(&from, NULL, 0);
        oc_arena_adopt(&into, &from); /* nothing by nothing */
        char *own = oc_arena_alloc(&into, 16);
        oc_arena_mark mark = oc_arena_get_mark(&into);
        char *other = oc_arena_alloc(&from, size);
        memset(other, 'x', size);
        size_t used = into.used + from.used;
        oc_arena_adopt(&into, &from);
        assert_int_equal(into.used, used);
        assert_int_equal(from.used, 0);
        oc_arena_free(&from);
        oc_arena_alloc(&into, 1 << 20);
        oc_arena_rewind(&into, mark);
        assert_ptr_equal(oc_arena_alloc(&into, 16), own + 16);
        assert_int_equal(other[size - 1], 'x');
        oc_arena_free(&into);
    }
}

/* A child goes with its parent, or with what was allocated beside it; the sanitizer tells what stays behind. */
static void test_children(void **state)
{
    (void)state;
    oc_arena arena;
    oc_arena_init(&arena, NULL, (size_t)64 << 20);
    oc_arena *first = oc_arena_new_child(&arena);
    memset(oc_arena_alloc(first, 1 << 20), 'x', 1 << 20);
    assert_int_equal(first->limit, arena.limit);
    size_t used = arena.used;
    oc_arena_mark mark = oc_arena_get_mark(&arena);
    oc_arena *second = oc_arena_new_child(&arena);
    oc_arena_alloc(second, 1 << 20);
    oc_arena_alloc(oc_arena_new_child(second), 1 << 20);
    oc_arena_alloc(&arena, 1 << 20);
    oc_arena_rewind(&arena, mark);
    assert_int_equal(arena.used, used);
    assert_ptr_equal(oc_arena_new_child(&arena), second); /* where the other one was */
    assert_int_equal(second->used, 0);
    oc_arena_alloc(second, 16);
    assert_int_equal(first->used, 1 << 20);
    oc_arena_free(&arena);
    assert_int_equal(arena.used, 0);
    oc_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_json_strings), cmocka_unit_test(test_printf),
                                       cmocka_unit_test(test_numbers), cmocka_unit_test(test_reserved),
                                       cmocka_unit_test(test_lines), cmocka_unit_test(test_scratch),
                                       cmocka_unit_test(test_grown), cmocka_unit_test(test_adopted),
                                       cmocka_unit_test(test_children)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
