/* Gzip in memory; see gzip.h. */
#include "report/gzip.h"

#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, MEMORY = 9 };

oc_slice oc_gzip(oc_arena *arena, oc_slice bytes)
{
    z_stream stream = {0};
    if (bytes.len > UINT32_MAX / 2 ||
        deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return (oc_slice){NULL, 0};
    size_t room = deflateBound(&stream, (uLong)bytes.len);
    unsigned char *out = oc_arena_alloc(arena, room);
    stream.next_in = (z_const Bytef *)(uintptr_t)bytes.ptr; /* NOLINT(performance-no-int-to-ptr): zlib only reads it */
    stream.avail_in = (uInt)bytes.len;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    int status = deflate(&stream, Z_FINISH);
    size_t written = room - stream.avail_out;
    deflateEnd(&stream);
    return status == Z_STREAM_END ? (oc_slice){(const char *)out, written} : (oc_slice){NULL, 0};
}
