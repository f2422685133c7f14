/* Packing with zlib, and the function unpacked(BLOB) for SQL; see pack.h. */
#include "store/pack.h"

#include <zlib.h>

#include "store/db.h"

enum { HEAD = 8, PIECE = 16 << 10, MOST = 1 << 30 };

struct oc_packer {
    oc_arena *arena;
    z_stream stream;
    oc_text packed;
    uint64_t length; /* of the text so far */
};

/* All memory of zlib lies in the arena too, so that nothing is lost where that runs out. */
static void *allocate(void *arena, unsigned count, unsigned size)
{
    return oc_arena_array(arena, count, size);
}

static void release(void *arena, void *memory)
{
    (void)arena, (void)memory;
}

oc_packer *oc_packer_new(oc_arena *arena)
{
    oc_packer *packer = OC_NEW(arena, oc_packer);
    packer->arena = arena;
    packer->packed = oc_text_in(arena);
    oc_text_repeat(&packer->packed, '\0', HEAD);
    packer->stream = (z_stream){.zalloc = allocate, .zfree = release, .opaque = arena};
    if (deflateInit(&packer->stream, Z_BEST_SPEED) != Z_OK) oc_arena_give_up(arena, OC_NOMEM);
    return packer;
}

static void run(oc_packer *packer, oc_slice piece, int flush)
{
    unsigned char room[PIECE];
    packer->stream.next_in = (Bytef *)(uintptr_t)piece.ptr; /* NOLINT(performance-no-int-to-ptr): zlib only reads it */
    packer->stream.avail_in = (uInt)piece.len;
    do {
        packer->stream.next_out = room;
        packer->stream.avail_out = PIECE;
        deflate(&packer->stream, flush);
        oc_text_add(&packer->packed, (oc_slice){(const char *)room, PIECE - packer->stream.avail_out});
    } while (!packer->stream.avail_out);
    packer->length += piece.len;
}

void oc_packer_add(oc_packer *packer, oc_slice piece)
{
    for (size_t at = 0; at < piece.len; at += MOST) run(packer, oc_slice_sub(piece, at, at + MOST), Z_NO_FLUSH);
}

oc_slice oc_packer_done(oc_packer *packer)
{
    run(packer, OC_SLICE(""), Z_FINISH);
    for (int i = 0; i < HEAD; i++) packer->packed.ptr[i] = (char)(packer->length >> 8 * i);
    return oc_text_slice(&packer->packed);
}

oc_slice oc_store_pack(oc_arena *arena, oc_slice text)
{
    oc_packer *packer = oc_packer_new(arena);
    oc_packer_add(packer, text);
    return oc_packer_done(packer);
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
