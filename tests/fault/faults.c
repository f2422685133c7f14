/* Loaded before a program (LD_PRELOAD): makes the Nth call of one kind fail, as the environment says.
 *
 *     OPCON_FAULT=allocate:17      the 17th allocation gives NULL, and so does every later one
 *     OPCON_FAULT=allocate-once:17 only the 17th
 *     OPCON_FAULT=write:3          from the 3rd on, writes to files end with "no space left"
 *     OPCON_FAULT=sync:1           fsync and rename fail from the 1st on
 *     OPCON_FAULT=clock:5          the clock jumps a day back and forth with each 5th reading
 *     OPCON_FAULT_COUNT=FILE       at the end, FILE gets the number of calls of that kind
 *
 * Memory is counted from the start of main on: what the loader and libraries do before is not the program's. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

typedef enum fault_kind { NONE, ALLOCATE, ALLOCATE_ONCE, WRITE, SYNC, CLOCK } fault_kind;

static struct {
    fault_kind kind;
    long at;
    atomic_long calls;
    atomic_bool started;
} fault;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static bool fails(fault_kind kind)
{
    if (fault.kind != kind || !atomic_load(&fault.started)) return false;
    return atomic_fetch_add(&fault.calls, 1) + 1 >= fault.at;
}

static bool allocation_fails(void)
{
    if (!atomic_load(&fault.started)) return false;
    if (fault.kind == ALLOCATE) return fails(ALLOCATE);
    return fault.kind == ALLOCATE_ONCE && atomic_fetch_add(&fault.calls, 1) + 1 == fault.at;
}

void *malloc(size_t size)
{
    if (!allocation_fails()) return __libc_malloc(size);
    errno = ENOMEM;
    return NULL;
}

void *calloc(size_t count, size_t size)
{
    if (!allocation_fails()) return __libc_calloc(count, size);
    errno = ENOMEM;
    return NULL;
}

void *realloc(void *old, size_t size)
{
    if (!allocation_fails()) return __libc_realloc(old, size);
    errno = ENOMEM;
    return NULL;
}

/* Standard output and error go through stdio, whose writes are the C library's own. */
static bool write_fails(void)
{
    if (!fails(WRITE)) return false;
    errno = ENOSPC;
    return true;
}

/* The C library's own function of that name. */
#define NEXT(name) \
    static __typeof__(&name) next; \
    if (!next) *(void **)&next = dlsym(RTLD_NEXT, #name)

ssize_t write(int file, const void *bytes, size_t size)
{
    NEXT(write);
    return write_fails() ? -1 : next(file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    NEXT(pwrite);
    return write_fails() ? -1 : next(file, bytes, size, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
    NEXT(pwrite64);
    return write_fails() ? -1 : next(file, bytes, size, at);
}

int fsync(int file)
{
    NEXT(fsync);
    if (!fails(SYNC)) return next(file);
    errno = EIO;
    return -1;
}

int fdatasync(int file)
{
    NEXT(fdatasync);
    if (!fails(SYNC)) return next(file);
    errno = EIO;
    return -1;
}

int rename(const char *from, const char *to)
{
    NEXT(rename);
    if (!fails(SYNC)) return next(from, to);
    errno = EIO;
    return -1;
}

int clock_gettime(clockid_t clock, struct timespec *ret)
{
    NEXT(clock_gettime);
    int status = next(clock, ret);
    if (fault.kind != CLOCK || clock != CLOCK_REALTIME) return status;
    long call = atomic_fetch_add(&fault.calls, 1) + 1;
    if (call % fault.at == 0) ret->tv_sec += call / fault.at % 2 ? -86400 : 86400;
    return status;
}

time_t time(time_t *ret)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (ret) *ret = now.tv_sec;
    return now.tv_sec;
}

static void at_end(void)
{
    const char *path = getenv("OPCON_FAULT_COUNT");
    long calls = atomic_load(&fault.calls);
    atomic_store(&fault.started, false);
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld\n", calls);
    fclose(file);
}

/* The loader calls main through this: the last moment before the program's own work. */
typedef int main_function(int, char **, char **);
int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*loader_end)(void), void *stack);

static main_function *real_main;

static int counted_main(int argc, char **argv, char **environment)
{
    static const struct {
        const char *name;
        fault_kind kind;
    } kinds[] = {{"allocate-once:", ALLOCATE_ONCE}, {"allocate:", ALLOCATE}, {"write:", WRITE}, {"sync:", SYNC},
                 {"clock:", CLOCK}};
    const char *wanted = getenv("OPCON_FAULT");
    for (size_t i = 0; wanted && i < sizeof kinds / sizeof *kinds && !fault.kind; i++) {
        size_t length = strlen(kinds[i].name);
        if (strncmp(wanted, kinds[i].name, length)) continue;
        fault.kind = kinds[i].kind;
        fault.at = strtol(wanted + length, NULL, 10);
    }
    /* Children (the PDF converter) are programs of others. */
    unsetenv("LD_PRELOAD");
    unsetenv("OPCON_FAULT");
    atexit(at_end);
    atomic_store(&fault.started, true);
    return real_main(argc, argv, environment);
}

int __libc_start_main(main_function *main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*loader_end)(void), void *stack)
{
    int (*next)(main_function *, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
    *(void **)&next = dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = main;
    return next(counted_main, argc, argv, init, fini, loader_end, stack);
}
