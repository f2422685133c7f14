/* Standard output and error, tables, progress; see command.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"

volatile sig_atomic_t oc_interrupted;

static void on_signal(int number)
{
    (void)number;
    /* A second signal ends the program at once. */
    if (oc_interrupted) _exit(130);
    oc_interrupted = 1;
}

void oc_catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL); /* the terminal went away */
}

double oc_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

unsigned oc_processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > 256 ? 256 : (unsigned)count;
}

void oc_print(oc_context *x, oc_slice text)
{
    (void)x;
    if (text.len) fwrite(text.ptr, 1, text.len, stdout);
}

oc_status oc_complain(oc_context *x, oc_status status, const char *key, const oc_arg *args)
{
    oc_text text = oc_text_in(x->arena);
    oc_text_lit(&text, "opcon: ");
    oc_text_message(&text, x->lang, key, args);
    oc_text_byte(&text, '\n');
    fwrite(text.ptr, 1, text.len, stderr);
    if (x->also) oc_text_add(x->also, oc_text_slice(&text));
    x->complained = true;
    return status;
}

oc_status oc_complain_unknown(oc_context *x, const char *key, oc_slice wrong, const oc_slice *names, size_t count)
{
    oc_slice best[3];
    oc_complain(x, OC_USAGE, key, OC_ARGS(OC_T(wrong)));
    if (!oc_suggest(wrong, names, count, best)) return OC_USAGE;
    return oc_complain(x, OC_USAGE, "help.did-you-mean", OC_ARGS(OC_T(best[0])));
}

oc_status oc_show_diags(oc_context *x)
{
    oc_status status = oc_diags_status(&x->diags);
    oc_diags_sort(&x->diags);
    oc_diag_style style = {
        .lang = x->lang, .width = x->error_terminal ? x->width : 0, .colour = x->error_terminal && !getenv("NO_COLOR"),
        .goes_on = x->goes_on};
    oc_text text = oc_text_in(x->arena);
    oc_render_diags(&text, &x->diags, &style);
    if (text.len) fwrite(text.ptr, 1, text.len, stderr);
    style = (oc_diag_style){.lang = x->lang, .goes_on = x->goes_on};
    if (x->also) oc_render_diags(x->also, &x->diags, &style);
    x->complained = x->complained || text.len;
    x->diags.items.len = 0;
    x->diags.errors = x->diags.warnings = 0;
    return status;
}

oc_status oc_show_failure(oc_context *x, oc_status status)
{
    oc_show_diags(x);
    return status;
}

oc_status oc_write_output(oc_context *x, oc_slice path, oc_slice bytes)
{
    if (oc_slice_is(path, "-")) {
        oc_print(x, bytes);
        return OC_OK;
    }
    oc_slice name = oc_arena_copy(x->arena, path);
    oc_status status = oc_file_write(name.ptr, bytes);
    if (status == OC_OK) return OC_OK;
    return oc_complain(x, OC_IO, "cli.cannot-write", OC_ARGS(OC_T(path), oc_arg_of_errno(errno)));
}

/* --- progress --- */

static double progress_start;
static bool progress_shown;

void oc_progress(void *context, uint64_t done, uint64_t total)
{
    oc_context *x = context;
    if (!x->error_terminal) return;
    double now = oc_clock();
    if (progress_start == 0 || done == 0) progress_start = now;
    double seconds = now - progress_start;
    if (seconds < 1 || done == 0) return;
    double rate = (double)done / seconds;
    int cells = 24, filled = (int)((double)cells * (double)done / (double)total);
    char bar[128];
    size_t length = 0;
    for (int i = 0; i < cells; i++)
        length += (size_t)snprintf(bar + length, sizeof bar - length, "%s", i < filled ? "█" : "░");
    fprintf(stderr, "\r%s %3.0f%%  %.2g/s  %.0f s \x1b[K", bar, 100.0 * (double)done / (double)total, rate,
            (double)(total - done) / rate);
    progress_shown = true;
}

void oc_progress_clear(oc_context *x)
{
    (void)x;
    if (progress_shown) fputs("\r\x1b[K", stderr);
    progress_shown = false;
    progress_start = 0;
}

oc_slice oc_tell(oc_context *x, const char *key, const oc_arg *args)
{
    return oc_say(x->arena, x->lang, key, args);
}

void oc_add_line(oc_context *x, oc_text *out, oc_slice line)
{
    oc_columns t = oc_columns_of(x->arena, "l");
    oc_columns_add(&t, line);
    oc_columns_print(out, &t, x->width, false);
}

void oc_add_message(oc_context *x, oc_text *out, const char *key, const oc_arg *args)
{
    oc_add_line(x, out, oc_tell(x, key, args));
}
