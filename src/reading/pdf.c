/* Running pdftotext; see pdf.h. The child limits itself between fork and exec; its alarm survives exec, so the wall
 * time holds without the parent looking at a clock: when the child ends, the pipe ends. */
#include "reading/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_NO_PROGRAM = 127 };

static void limit(int what, rlim_t value)
{
    struct rlimit room = {value, value};
    setrlimit(what, &room);
}

static void run_child(int in, int out)
{
    static const char *const places[] = {"/usr/bin/pdftotext", "/usr/local/bin/pdftotext",
                                         "/opt/homebrew/bin/pdftotext"};
    char *const args[] = {"pdftotext", "-q", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
    char *const environment[] = {"LC_ALL=C", "PATH=/nonexistent", NULL};
    int null = open("/dev/null", O_WRONLY);
    if (dup2(in, 0) < 0 || dup2(out, 1) < 0 || null < 0 || dup2(null, 2) < 0) _exit(126);
    for (int file = 3; file < 1024; file++) close(file);
    signal(SIGALRM, SIG_DFL);
    signal(SIGXCPU, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    limit(RLIMIT_CPU, OC_PDF_SECONDS);
    limit(RLIMIT_AS, OC_PDF_MEMORY);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, OC_PDF_OPEN_FILES);
    alarm(2 * OC_PDF_SECONDS);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) execve(places[i], args, environment);
    _exit(EXIT_NO_PROGRAM);
}

/* At most `room` bytes and one more, which tells that there was more. */
static size_t read_all(int file, char *bytes, size_t room)
{
    size_t len = 0;
    while (len < room) {
        ssize_t got = read(file, bytes + len, room - len);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        len += (size_t)got;
    }
    return len;
}

typedef struct copy_job {
    oc_arena *arena;
    oc_slice from, to;
} copy_job;

static void copy(void *context)
{
    copy_job *job = context;
    job->to = oc_arena_copy(job->arena, job->from);
}

static oc_pdf_outcome outcome_of(int status, bool cut)
{
    if (cut) return OC_PDF_SIZE;
    if (WIFSIGNALED(status)) return OC_PDF_TIME;
    if (WEXITSTATUS(status) == EXIT_NO_PROGRAM) return OC_PDF_NO_PROGRAM;
    return WEXITSTATUS(status) == 0 ? OC_PDF_OK : OC_PDF_BROKEN;
}

/* `file` holds the PDF and stands at its start. */
static oc_pdf_outcome convert(int file, char *out, size_t *ret_len)
{
    int ends[2];
    if (pipe(ends) != 0) return OC_PDF_SYSTEM;
    pid_t child = fork();
    if (child == 0) run_child(file, ends[1]);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return OC_PDF_SYSTEM;
    }
    size_t len = read_all(ends[0], out, (size_t)OC_PDF_TEXT + 1);
    bool cut = len > OC_PDF_TEXT;
    close(ends[0]);
    if (cut) kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    *ret_len = cut ? OC_PDF_TEXT : len;
    return outcome_of(status, cut);
}

oc_pdf_outcome oc_pdf_text(oc_arena *arena, oc_slice bytes, oc_slice *ret_text)
{
    *ret_text = (oc_slice){"", 0};
    FILE *file = tmpfile();
    const oc_allocator *heap = &arena->allocator;
    char *out = heap->resize(heap->context, NULL, (size_t)OC_PDF_TEXT + 1);
    oc_pdf_outcome outcome = OC_PDF_SYSTEM;
    size_t len = 0;
    if (file && out && fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len && fflush(file) == 0 &&
        lseek(fileno(file), 0, SEEK_SET) == 0)
        outcome = convert(fileno(file), out, &len);
    int saved = errno;
    if (file) fclose(file);
    copy_job job = {arena, {out, len}, {"", 0}};
    if (outcome == OC_PDF_OK || outcome == OC_PDF_SIZE)
        if (oc_arena_try(arena, copy, &job) != OC_OK) outcome = OC_PDF_SYSTEM, saved = ENOMEM;
    if (out) heap->release(heap->context, out);
    errno = saved;
    *ret_text = job.to;
    return outcome;
}
