/* Files; see file.h. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct copying {
    oc_arena *arena;
    oc_slice bytes;
} copying;

static void copy_bytes(void *context)
{
    copying *job = context;
    job->bytes = oc_arena_copy(job->arena, job->bytes);
}

static oc_status read_all(oc_arena *arena, int file, size_t guess, size_t limit, oc_slice *ret_bytes)
{
    size_t room = guess + 1 < limit + 1 ? guess + 1 : limit + 1;
    if (room < 4096) room = 4096;
    const oc_allocator *heap = &arena->allocator;
    char *bytes = heap->resize(heap->context, NULL, room);
    size_t len = 0;
    oc_status status = OC_OK;
    while (bytes) {
        ssize_t got = read(file, bytes + len, room - len);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) status = OC_IO;
        if (got <= 0) break;
        len += (size_t)got;
        if (len > limit) {
            status = OC_LIMIT;
            break;
        }
        if (len == room) {
            room *= 2;
            char *wider = heap->resize(heap->context, bytes, room);
            if (!wider) heap->release(heap->context, bytes);
            bytes = wider;
        }
    }
    int saved = errno;
    if (!bytes) return OC_NOMEM;
    if (status == OC_OK) {
        copying job = {arena, {bytes, len}};
        status = oc_arena_try(arena, copy_bytes, &job);
        *ret_bytes = job.bytes;
    }
    heap->release(heap->context, bytes);
    errno = saved;
    return status;
}

oc_status oc_file_read(oc_arena *arena, const char *path, size_t limit, oc_slice *ret_bytes)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return OC_IO;
    struct stat info;
    oc_status status = OC_IO;
    if (fstat(file, &info) == 0) {
        if (S_ISDIR(info.st_mode))
            errno = EISDIR;
        else if (S_ISREG(info.st_mode) && (uintmax_t)info.st_size > limit)
            status = OC_LIMIT;
        else
            status = read_all(arena, file, S_ISREG(info.st_mode) ? (size_t)info.st_size : 0, limit, ret_bytes);
    }
    int saved = errno;
    close(file);
    errno = saved;
    /* As any allocation from the arena, but with the file closed. */
    if (status == OC_NOMEM) oc_arena_give_up(arena, status);
    return status;
}

static bool write_all(int file, oc_slice bytes)
{
    while (bytes.len) {
        ssize_t put = write(file, bytes.ptr, bytes.len);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        bytes.ptr += put;
        bytes.len -= (size_t)put;
    }
    return true;
}

oc_status oc_file_write(const char *path, oc_slice bytes)
{
    size_t length = strlen(path);
    char *temporary = malloc(length + 8);
    if (!temporary) return OC_NOMEM;
    memcpy(temporary, path, length);
    memcpy(temporary + length, ".XXXXXX", 8);
    int file = mkstemp(temporary);
    if (file < 0) {
        free(temporary);
        return OC_IO;
    }
    mode_t mask = umask(0);
    umask(mask);
    bool fine = fchmod(file, 0666 & ~mask) == 0 && write_all(file, bytes) && fsync(file) == 0;
    fine = close(file) == 0 && fine;
    fine = fine && rename(temporary, path) == 0;
    int saved = errno;
    if (!fine) unlink(temporary);
    free(temporary);
    errno = saved;
    return fine ? OC_OK : OC_IO;
}

uint64_t oc_file_size(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
}

bool oc_file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool oc_file_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

oc_slice oc_path_folder(oc_slice path)
{
    while (path.len && path.ptr[path.len - 1] != '/') path.len--;
    while (path.len > 1 && path.ptr[path.len - 1] == '/') path.len--;
    return path;
}

oc_slice oc_path_name(oc_slice path)
{
    size_t start = path.len;
    while (start && path.ptr[start - 1] != '/') start--;
    return oc_slice_sub(path, start, path.len);
}

oc_slice oc_path_join(oc_arena *arena, oc_slice folder, oc_slice name)
{
    if (!folder.len || (name.len && name.ptr[0] == '/')) return oc_arena_copy(arena, name);
    return oc_arena_printf(arena, "%.*s%s%.*s", OC_FMT(folder), folder.ptr[folder.len - 1] == '/' ? "" : "/",
                           OC_FMT(name));
}
