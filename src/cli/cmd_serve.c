/* opcon serve: for people who write scenarios. A page on this machine that shows the report, or what is wrong with the
 * scenario, and follows each file that is saved.
 *
 * Order of use: start the server with its empty page, then build, publish, wait for a change, and again. Each build has
 * memory of its own; what it says on standard error also stands on the page. */
#include <errno.h>
#include <stdio.h>
#include <time.h>

#include "base/file.h"
#include "cli/report_input.h"
#include "cli/serve.h"
#include "report/serve.h"

enum { LOOK_MILLISECONDS = 300, WAKE_LOOKS = 60, RUNS = 16384 };

typedef struct build {
    oc_context context; /* a copy, with memory of its own */
    oc_arena arena;
    oc_text said;
    oc_slice report; /* ptr NULL: none */
    oc_status status;
} build;

static void make(void *context)
{
    build *b = context;
    oc_context *x = &b->context;
    b->said = oc_text_in(&b->arena);
    x->also = &b->said;
    oc_report_needs needs = {.band = true,
                             .policies = true,
                             .drivers = true,
                             .record = true,
                             .conditions = true,
                             .bargains = true,
                             .engine = true,
                             .runs = RUNS};
    oc_report_input *input = OC_NEW(x->arena, oc_report_input);
    oc_report_options options = {.langs = OC_REPORT_ALL, .first = x->lang};
    b->status = oc_report_prepare(x, 0, &needs, input);
    if (b->status == OC_OK) b->report = oc_report_html(x->arena, input, &options);
}

static void start_build(build *b, const oc_context *x)
{
    *b = (build){.context = *x};
    oc_arena_init(&b->arena, NULL, 0);
    b->context.arena = &b->arena;
    b->context.sources = (oc_sources){.arena = &b->arena};
    b->context.diags = (oc_diags){.arena = &b->arena, .sources = &b->context.sources};
    oc_status memory = oc_arena_try(&b->arena, make, b);
    if (memory != OC_OK) b->status = memory;
}

/* Before anything was read: the scenario, and its folder if it has one of its own. */
static void begin_watch(oc_context *x, oc_slice path, oc_watch *watch)
{
    bool folder = oc_file_is_folder(path.ptr), alone = !folder && !oc_slice_ends(path, OC_SLICE("scenario.yaml"));
    oc_slice at = folder ? path : oc_path_folder(path);
    *watch = (oc_watch){0};
    if (!alone) watch->folder = oc_arena_copy(x->arena, at.len ? at : OC_SLICE("."));
    *oc_vec_push(x->arena, &watch->files) = oc_arena_copy(x->arena, path);
}

/* Adds what the build has read; the texts of options are sources too, but no files. Returns what they look like, and
 * another number if one was changed since it was read. */
static uint64_t add_to_watch(oc_context *x, build *b, oc_watch *watch)
{
    oc_watch fresh = {0};
    uint64_t changed = 0;
    for (size_t i = 0; i < b->context.sources.files.len; i++) {
        oc_slice name = b->context.sources.files.at[i].name;
        bool known = false;
        for (size_t k = 0; k < watch->files.len && !known; k++) known = oc_slice_equal(watch->files.at[k], name);
        oc_slice kept = oc_arena_copy(&b->arena, name);
        if (known || !oc_file_exists(kept.ptr)) continue;
        *oc_vec_push(x->arena, &fresh.files) = *oc_vec_push(x->arena, &watch->files) = oc_arena_copy(x->arena, name);
        oc_slice now, read = b->context.sources.files.at[i].text;
        changed += oc_file_read(&b->arena, kept.ptr, read.len, &now) != OC_OK || !oc_slice_equal(now, read);
    }
    return oc_watch_look(&fresh) + changed;
}

/* Until something was changed and stays as it is for one look: editors write in several steps. */
static void wait_for_change(oc_server *server, const oc_watch *watch, uint64_t seen)
{
    uint64_t before = seen;
    for (int looks = 1; !oc_interrupted; looks++) {
        nanosleep(&(struct timespec){.tv_nsec = LOOK_MILLISECONDS * 1000000L}, NULL);
        uint64_t now = oc_watch_look(watch);
        if (now != seen && now == before) return;
        before = now;
        if (looks % WAKE_LOOKS == 0) oc_server_wake(server);
    }
}

static void tell(oc_context *x, const build *b, double seconds)
{
    oc_text text = oc_text_in(x->arena);
    oc_text_fixed(&text, seconds, 1);
    const char *key = b->status == OC_OK ? "serve.made" : "serve.broken";
    oc_print(x, oc_say(x->arena, x->lang, key, OC_ARGS(OC_T(oc_text_slice(&text)))));
    oc_print(x, OC_SLICE("\n"));
    fflush(stdout);
}

static void follow(oc_context *x, oc_server *server, oc_slice path)
{
    oc_watch watch;
    begin_watch(x, path, &watch);
    while (!oc_interrupted) {
        /* Looked at before it is read: what changes meanwhile is read again. */
        uint64_t seen = oc_watch_look(&watch);
        double began = oc_clock();
        build b;
        start_build(&b, x);
        if (!oc_interrupted) {
            oc_server_publish(server, b.report, oc_text_slice(&b.said));
            tell(x, &b, oc_clock() - began);
        }
        seen += add_to_watch(x, &b, &watch);
        oc_arena_free(&b.arena);
        wait_for_change(server, &watch, seen);
    }
}

static oc_status serve(oc_context *x)
{
    int64_t port;
    oc_slice path;
    oc_server *server;
    oc_status status = oc_get_integer(x, "port", 0, 65535, 0, &port);
    if (status == OC_OK) status = oc_scenario_path(x, 0, &path);
    if (status != OC_OK) return status;
    if (!oc_server_can()) return oc_complain(x, OC_IO, "cli.no-library", OC_ARGS(OC_S("libmicrohttpd")));
    oc_catch_signals();
    status = oc_server_start(oc_report_serve_html(x->arena, x->lang, path), (uint16_t)port, &server);
    if (status != OC_OK) return oc_complain(x, status, "serve.no-port", OC_ARGS(OC_I(port), oc_arg_of_errno(errno)));
    oc_print(x, oc_say(x->arena, x->lang, "serve.at", OC_ARGS(OC_S(oc_server_address(server)))));
    oc_print(x, OC_SLICE("\n"));
    fflush(stdout);
    follow(x, server, path);
    oc_server_stop(server);
    return OC_OK;
}

static const oc_option options[] = {{"port", "PORT", false}, {"runs", "N", false},   {"seed", "S", false},
                                    {"by", "DATE", false},   OC_OPTIONS_OF_SCENARIO, {NULL, NULL, false}};

const oc_command oc_cmd_serve = {"serve", "[SCENARIO] [--port PORT] [OPTION]…", options, serve, 1};
