/* Watching by asking: names, times and sizes of files as one number; see serve.h.
 *
 * Editors save by writing a new file and renaming it over the old one, which watches on files do not survive; asking
 * three times a second for a few dozen files costs nothing that can be measured. */
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "cli/serve.h"

enum { DEPTH = 3, MOST = 512, PATH_ROOM = 4096 };

static uint64_t add_file(uint64_t hash, const char *path, const struct stat *s)
{
    const int64_t facts[] = {(int64_t)s->st_ino, (int64_t)s->st_size, (int64_t)s->st_mtim.tv_sec,
                             (int64_t)s->st_mtim.tv_nsec};
    return oc_hash_more(oc_hash_more(hash, path, strlen(path)), facts, sizeof facts);
}

static bool ignored(const char *name)
{
    size_t length = strlen(name);
    return name[0] == '.' || name[0] == '#' || name[length - 1] == '~';
}

/* Sums, not chains: the order in which a folder lists its entries may change. */
static uint64_t look_into(const char *folder, int depth, int *left)
{
    DIR *list = opendir(folder);
    uint64_t sum = 0;
    if (!list) return 0;
    for (struct dirent *entry; *left > 0 && (entry = readdir(list));) {
        char path[PATH_ROOM];
        struct stat s;
        if (ignored(entry->d_name) || snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= PATH_ROOM)
            continue;
        if (lstat(path, &s) != 0) continue;
        --*left;
        if (S_ISREG(s.st_mode)) sum += add_file(OC_HASH_START, path, &s);
        if (S_ISDIR(s.st_mode) && depth > 1) sum += look_into(path, depth - 1, left);
    }
    closedir(list);
    return sum;
}

uint64_t oc_watch_look(const oc_watch *watch)
{
    uint64_t sum = 0;
    int left = MOST;
    for (size_t i = 0; i < watch->files.len && left > 0; i++, left--) {
        struct stat s;
        if (stat(watch->files.at[i].ptr, &s) == 0) sum += add_file(OC_HASH_START, watch->files.at[i].ptr, &s);
    }
    if (watch->folder.len) sum += look_into(watch->folder.ptr, DEPTH, &left);
    return sum;
}
