/* Blocks of bytes: each bit says what the byte itself says, wherever the text ends; and searches that go by blocks find
 * what a look at every place does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/block.h"
#include "base/utf8.h"

enum { BYTES = 300 };

static inline oc_sixteen in_range(oc_sixteen bytes)
{
    return oc_sixteen_in(bytes, 0x27, 0xc8) | oc_sixteen_is(bytes, 0xe3);
}

static inline oc_sixteen is_late(oc_sixteen bytes)
{
    return oc_sixteen_from(bytes, 0x81) & ~oc_sixteen_continues(bytes);
}

/* The bits of the block at `at` against its bytes, those behind the end zero. */
static void check_block(oc_slice text, size_t at)
{
    char room[OC_BLOCK];
    const char *block = oc_block_at(text, at, room);
    uint64_t range = oc_block_bits(block, in_range), late = oc_block_bits(block, is_late), is = oc_block_is(block, 7);
    for (size_t i = 0; i < OC_BLOCK; i++) {
        unsigned char byte = at + i < text.len ? (unsigned char)text.ptr[at + i] : 0;
        assert_int_equal(range >> i & 1, (byte >= 0x27 && byte <= 0xc8) || byte == 0xe3);
        assert_int_equal(late >> i & 1, byte >= 0xc0);
        assert_int_equal(is >> i & 1, byte == 7);
    }
}

static void test_bits(void **state)
{
    (void)state;
    char bytes[BYTES];
    for (size_t i = 0; i < BYTES; i++) bytes[i] = (char)(i * 7 + i / 256);
    for (size_t length = 1; length <= BYTES; length++)
        for (size_t at = 0; at < length; at += OC_BLOCK) check_block((oc_slice){bytes + BYTES - length, length}, at);
}

static void test_places(void **state)
{
    (void)state;
    assert_int_equal(oc_block_first(UINT64_C(1)), 0);
    assert_int_equal(oc_block_first(UINT64_C(1) << 63), 63);
    assert_int_equal(oc_block_until(0), 0);
    assert_int_equal(oc_block_until(3), 7);
    assert_true(oc_block_until(63) == UINT64_MAX >> 1);
    assert_true(oc_block_until(64) == UINT64_MAX && oc_block_until(1000) == UINT64_MAX);
}

static size_t find_naively(oc_slice hay, oc_slice needle, size_t from)
{
    for (; from + needle.len <= hay.len; from++)
        if (memcmp(hay.ptr + from, needle.ptr, needle.len) == 0) return from;
    return SIZE_MAX;
}

/* Two bytes only, so that needles nearly match everywhere; one of them is not ASCII. */
static void test_find(void **state)
{
    (void)state;
    char bytes[BYTES];
    uint32_t dice = 12345;
    for (size_t i = 0; i < BYTES; i++) dice = dice * 1664525 + 1013904223, bytes[i] = dice >> 28 ? ' ' : '\xe3';
    for (size_t length = 0; length <= 70; length++)
        for (size_t size = 1; size < 6; size++)
            for (size_t from = 0; from <= length; from += 1 + length / 9) {
                oc_slice hay = {bytes + BYTES - length, length}, needle = {bytes + 5 * size, size};
                assert_true(oc_slice_find(hay, needle, from) == find_naively(hay, needle, from));
                size_t last = SIZE_MAX;
                for (size_t at = from; (at = find_naively(hay, needle, at)) != SIZE_MAX; at++) last = at;
                assert_true(oc_slice_find_last(hay, needle, from) == last);
            }
}

/* Characters of one to four bytes, as many as there are, whole or not. */
static void test_utf8(void **state)
{
    (void)state;
    static const char *const characters[] = {"a", "é", "移", "환", "\xed\x9f\xbf", "😀", "\xf4\x8f\xbf\xbf"};
    static const char *const broken[] = {"\x80",         "\xc0\x80", "\xed\xa0\x80",
                                         "\xe0\x9f\xbf", "\xe7\xa7", "\xf4\x90\x80\x80"};
    char bytes[BYTES + 8];
    for (size_t kind = 0; kind < sizeof characters / sizeof *characters; kind++) {
        size_t length = 0, count = 0;
        while (length < BYTES) {
            const char *next = characters[count % 5 == 4 ? 0 : kind];
            memcpy(bytes + length, next, strlen(next));
            length += strlen(next), count++;
        }
        oc_slice text = {bytes, length};
        assert_true(oc_utf8_check(text) == SIZE_MAX);
        assert_int_equal(oc_utf8_count_whole(text), count);
        for (size_t at = 0, i = 0; at + 8 < length; oc_utf8_next(text, &at), i++) {
            const char *bad = broken[i % (sizeof broken / sizeof *broken)];
            char copy[BYTES + 16];
            memcpy(copy, bytes, at);
            memcpy(copy + at, bad, strlen(bad));
            memcpy(copy + at + strlen(bad), bytes + at, length - at);
            assert_int_equal(oc_utf8_check((oc_slice){copy, length + strlen(bad)}), at);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bits), cmocka_unit_test(test_places),
                                       cmocka_unit_test(test_find), cmocka_unit_test(test_utf8)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
