/* Reading whole files with a limit, and writing them so that a crash leaves the old or the new file, never half. */
#ifndef OC_BASE_FILE_H
#define OC_BASE_FILE_H

#include "base/arena.h"

/* Reads a regular file or a pipe to its end. OC_IO with errno when it cannot be read, OC_LIMIT when it holds more
 * than `limit` bytes or the arena may (nothing is then kept). A directory is OC_IO with EISDIR. Too little memory goes
 * to the innermost guard of the arena. */
oc_status oc_file_read(oc_arena *arena, const char *path, size_t limit, oc_slice *ret_bytes);

/* Writes to a temporary name in the same folder, flushes it to disk and renames it. OC_IO with errno. */
oc_status oc_file_write(const char *path, oc_slice bytes);

/* Bytes of a file; 0 if it cannot be seen, or is none. */
uint64_t oc_file_size(const char *path);
bool oc_file_exists(const char *path);
bool oc_file_is_folder(const char *path);

/* Folder of a path ("" for a bare name), and a path put together; both NUL-terminated in the arena. */
oc_slice oc_path_folder(oc_slice path);
/* What stands behind the last '/'. */
oc_slice oc_path_name(oc_slice path);
oc_slice oc_path_join(oc_arena *arena, oc_slice folder, oc_slice name);

#endif
