/* Packing with zlib, and the function unpacked(BLOB) for SQL; see pack.h. */
#include "store/pack.h"

#include <zlib.h>

#include "store/db.h"

enum { HEAD = 8 };

oc_slice oc_store_pack(oc_arena *arena, oc_slice text)
{
    uLongf length = compressBound((uLong)text.len);
    unsigned char *bytes = oc_arena_alloc(arena, HEAD + length);
    for (int i = 0; i < HEAD; i++) bytes[i] = (unsigned char)((uint64_t)text.len >> 8 * i);
    int code = compress2(bytes + HEAD, &length, (const Bytef *)(text.ptr ? text.ptr : ""), (uLong)text.len,
                         Z_BEST_SPEED);
    if (code != Z_OK) oc_arena_give_up(arena, OC_NOMEM);
    return (oc_slice){(const char *)bytes, HEAD + length};
}

static bool unpacked_length(oc_slice packed, uint64_t *ret)
{
    *ret = 0;
    for (size_t i = 0; i < HEAD && packed.len >= HEAD; i++) *ret |= (uint64_t)(unsigned char)packed.ptr[i] << 8 * i;
    return packed.len >= HEAD && *ret <= OC_UNPACKED_MOST;
}

static bool unpack_to(oc_slice packed, char *text, uint64_t expected)
{
    uLongf length = (uLongf)expected;
    int code = uncompress((Bytef *)text, &length, (const Bytef *)packed.ptr + HEAD, (uLong)(packed.len - HEAD));
    return code == Z_OK && length == expected;
}

bool oc_store_unpack(oc_arena *arena, oc_slice packed, oc_slice *ret_text)
{
    uint64_t length;
    if (!unpacked_length(packed, &length)) return false;
    char *text = oc_arena_alloc(arena, (size_t)length + 1);
    *ret_text = (oc_slice){text, (size_t)length};
    return unpack_to(packed, text, length);
}

static void unpacked(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count;
    oc_slice packed = {sqlite3_value_blob(values[0]), 0};
    packed.len = (size_t)sqlite3_value_bytes(values[0]);
    uint64_t length;
    if (!unpacked_length(packed, &length)) {
        sqlite3_result_error_code(context, SQLITE_CORRUPT);
        return;
    }
    char *text = sqlite3_malloc64(length + 1);
    if (!text) sqlite3_result_error_nomem(context);
    else if (unpack_to(packed, text, length)) sqlite3_result_text64(context, text, length, sqlite3_free, SQLITE_UTF8);
    else {
        sqlite3_free(text);
        sqlite3_result_error_code(context, SQLITE_CORRUPT);
    }
}

bool oc_pack_register(sqlite3 *db)
{
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    return sqlite3_create_function(db, "unpacked", 1, flags, NULL, unpacked, NULL, NULL) == SQLITE_OK;
}
