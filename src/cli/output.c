/* Standard output and error, tables, progress; see command.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
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
        .lang = x->lang, .width = x->error_terminal ? x->width : 0, .colour = x->error_terminal && !getenv("NO_COLOR")};
    oc_text text = oc_text_in(x->arena);
    oc_render_diags(&text, &x->diags, &style);
    if (text.len) fwrite(text.ptr, 1, text.len, stderr);
    style = (oc_diag_style){.lang = x->lang};
    if (x->also) oc_render_diags(x->also, &x->diags, &style);
    x->complained = x->complained || text.len;
    x->diags.items.len = 0;
    x->diags.errors = x->diags.warnings = 0;
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
    return oc_complain(x, OC_IO, "cli.cannot-write", OC_ARGS(OC_T(path), OC_S(strerror(errno))));
}

/* --- tables --- */

oc_columns oc_columns_of(oc_arena *arena, const char *align)
{
    return (oc_columns){.arena = arena, .count = strlen(align), .align = align};
}

void oc_columns_add(oc_columns *columns, oc_slice text)
{
    *oc_vec_push(columns->arena, &columns->cells) = text;
}

/* As much of the text as fits `room` columns, broken at a space where there is one. */
static oc_slice next_line(oc_slice *rest, size_t room)
{
    if (oc_utf8_width(*rest) <= room) {
        oc_slice all = *rest;
        *rest = (oc_slice){"", 0};
        return all;
    }
    oc_slice line = oc_utf8_fit(*rest, room ? room : 1);
    if (!line.len) {
        size_t one = 0;
        oc_utf8_next(*rest, &one);
        line = oc_slice_sub(*rest, 0, one);
    }
    /* Closing marks do not begin a line. */
    static const char *const closing[] = {"。", "、", "）", "」", "』", ")", "，", "．", "]"};
    oc_slice behind = oc_slice_sub(*rest, line.len, rest->len);
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
        if (!oc_slice_starts(behind, oc_slice_of(closing[i])) || line.len < 8) continue;
        do line.len--;
        while (line.len && ((unsigned char)line.ptr[line.len] & 0xc0) == 0x80);
        break;
    }
    size_t space = line.len;
    while (space > 0 && line.ptr[space - 1] != ' ') space--;
    if (space > line.len / 3 && rest->ptr[line.len] != ' ') line.len = space;
    *rest = oc_slice_trim(oc_slice_sub(*rest, line.len, rest->len));
    return oc_slice_trim(line);
}

static void print_row(oc_text *out, const oc_columns *t, size_t row, const size_t *widths, bool bold)
{
    oc_slice *rest = OC_NEW_ARRAY(t->arena, t->count, oc_slice);
    for (size_t c = 0; c < t->count; c++) rest[c] = t->cells.at[row * t->count + c];
    for (bool more = true; more;) {
        more = false;
        size_t line_start = out->len;
        oc_text_repeat(out, ' ', (size_t)t->indent);
        if (bold) oc_text_lit(out, "\x1b[1m");
        for (size_t c = 0; c < t->count; c++) {
            oc_slice part = next_line(&rest[c], widths[c]);
            size_t width = oc_utf8_width(part), pad = widths[c] > width ? widths[c] - width : 0;
            if (c) oc_text_lit(out, "  ");
            if (t->align[c] == 'r') oc_text_repeat(out, ' ', pad);
            oc_text_add(out, part);
            if (t->align[c] != 'r' && c + 1 < t->count) oc_text_repeat(out, ' ', pad);
            more = more || rest[c].len;
        }
        while (out->len > line_start && out->ptr[out->len - 1] == ' ') out->len--;
        if (bold) oc_text_lit(out, "\x1b[0m");
        oc_text_byte(out, '\n');
    }
}

void oc_columns_print(oc_text *out, const oc_columns *t, int width, bool colour)
{
    size_t rows = t->cells.len / t->count;
    size_t *widths = OC_NEW_ARRAY(t->arena, t->count, size_t);
    for (size_t i = 0; i < rows * t->count; i++) {
        size_t w = oc_utf8_width(t->cells.at[i]);
        if (w > widths[i % t->count]) widths[i % t->count] = w;
    }
    size_t total = (size_t)t->indent + 2 * (t->count - 1), room = (size_t)(width > 20 ? width : 20);
    for (size_t c = 0; c < t->count; c++) total += widths[c];
    while (total > room) {
        size_t widest = SIZE_MAX;
        for (size_t c = 0; c < t->count; c++)
            if (t->align[c] == 'l' && widths[c] > 12 && (widest == SIZE_MAX || widths[c] > widths[widest])) widest = c;
        if (widest == SIZE_MAX) break;
        widths[widest]--;
        total--;
    }
    for (size_t r = 0; r < rows; r++) print_row(out, t, r, widths, colour && r == 0);
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
