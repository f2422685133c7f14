/* Blocks of bytes: each bit says what the byte itself says, wherever the text ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/block.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bits), cmocka_unit_test(test_places)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
