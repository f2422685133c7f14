/* opcon: the command line, and the only exit.
 *
 * A command runs inside one arena; running out of memory or over a limit comes back here. Exit codes: 0 fine, 1 the
 * input has errors, 2 usage, 3 the environment, 4 a limit or memory, 130 interrupted, 70 a bug. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/ranks.h"

static oc_lang language_of_environment(void)
{
    static const char *const names[] = {"OPCON_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (!value || !*value) continue;
        oc_lang lang = oc_lang_parse(oc_slice_of(value));
        return lang == OC_LANG_COUNT ? OC_LANG_EN : lang;
    }
    return OC_LANG_EN;
}

static int terminal_width(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    int given = columns ? atoi(columns) : 0;
    if (given >= 20 && given <= 1000) return given;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
    return 80;
}

static oc_slice program_folder(oc_arena *arena)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) return (oc_slice){"", 0};
    return oc_arena_copy(arena, oc_path_folder((oc_slice){path, (size_t)length}));
}

/* --- the command line --- */

static const oc_option *find_option(const oc_command *command, oc_slice name)
{
    for (const oc_option *o = command->options; o && o->name; o++)
        if (oc_slice_is(name, o->name)) return o;
    for (const oc_option *o = oc_common_options; o->name; o++)
        if (oc_slice_is(name, o->name)) return o;
    return NULL;
}

static oc_status unknown(oc_context *x, const char *key, oc_slice wrong, const oc_slice *names, size_t count)
{
    oc_complain_unknown(x, key, wrong, names, count);
    oc_slice help =
        x->command ? oc_arena_printf(x->arena, "opcon %s --help", x->command->name) : OC_SLICE("opcon --help");
    return oc_complain(x, OC_USAGE, "cli.see", OC_ARGS(OC_T(help)));
}

static oc_status unknown_option(oc_context *x, oc_slice wrong)
{
    oc_slice names[64];
    size_t count = 0;
    for (const oc_option *o = x->command->options; o && o->name && count < 60; o++)
        names[count++] = oc_slice_of(o->name);
    for (const oc_option *o = oc_common_options; o->name; o++) names[count++] = oc_slice_of(o->name);
    return unknown(x, "cli.unknown-option", wrong, names, count);
}

static oc_status parse(oc_context *x, int argc, char **argv, int from)
{
    bool only_arguments = false;
    for (int i = from; i < argc; i++) {
        oc_slice word = oc_slice_of(argv[i]);
        if (only_arguments || word.len < 2 || word.ptr[0] != '-') {
            *oc_vec_push(x->arena, &x->arguments) = word;
            if (x->command->most && x->arguments.len > x->command->most)
                return oc_complain(x, OC_USAGE, "cli.one-too-many", OC_ARGS(OC_T(word)));
            continue;
        }
        if (oc_slice_is(word, "--")) {
            only_arguments = true;
            continue;
        }
        if (oc_slice_is(word, "-h")) word = OC_SLICE("--help");
        if (oc_slice_is(word, "-o")) word = OC_SLICE("--output");
        size_t dashes = oc_slice_starts(word, OC_SLICE("--")) ? 2 : 1;
        size_t equals = oc_slice_find(word, OC_SLICE("="), 0);
        const oc_option *option = dashes == 2 ? find_option(x->command, oc_slice_sub(word, 2, equals)) : NULL;
        if (!option && oc_slice_is(word, "--all") && oc_has(x, "help")) {
            x->help_all = true;
            continue;
        }
        if (!option) return unknown_option(x, oc_slice_sub(word, dashes, equals));
        oc_given_option given = {option, {"", 0}};
        if (option->value) {
            if (equals != SIZE_MAX)
                given.value = oc_slice_sub(word, equals + 1, word.len);
            else if (i + 1 < argc)
                given.value = oc_slice_of(argv[++i]);
            else
                return oc_complain(x, OC_USAGE, "cli.needs-value", OC_ARGS(OC_S(option->name), OC_S(option->value)));
        } else if (equals != SIZE_MAX) {
            return oc_complain(x, OC_USAGE, "cli.takes-no-value", OC_ARGS(OC_S(option->name)));
        }
        if (!option->many && oc_has(x, option->name))
            return oc_complain(x, OC_USAGE, "cli.given-twice", OC_ARGS(OC_S(option->name)));
        *oc_vec_push(x->arena, &x->options) = given;
    }
    if (!oc_has(x, "lang")) return OC_OK;
    oc_slice lang = oc_value_of(x, "lang", (oc_slice){"", 0});
    bool all = (oc_slice_is(lang, "all") || oc_slice_is(lang, "auto")) &&
               strcmp(find_option(x->command, OC_SLICE("lang"))->value, "en|ja|ko") != 0;
    if (all) return OC_OK;
    oc_lang chosen = lang.len == 2 ? oc_lang_parse(lang) : OC_LANG_COUNT;
    if (chosen == OC_LANG_COUNT)
        return oc_complain(x, OC_USAGE, "cli.bad-value", OC_ARGS(OC_S("lang"), OC_T(lang), OC_S("en, ja, ko")));
    x->lang = chosen;
    return OC_OK;
}

static oc_status unknown_command(oc_context *x, oc_slice name)
{
    OC_VEC(oc_slice) names = {0};
    for (const oc_command *const *c = oc_commands; *c; c++) *oc_vec_push(x->arena, &names) = oc_slice_of((*c)->name);
    return unknown(x, "cli.unknown-command", name, names.at, names.len);
}

/* opcon help [COMMAND] [--all] [--lang LANG], and opcon --help the same. */
static oc_status help(oc_context *x, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        oc_slice word = oc_slice_of(argv[i]);
        if (oc_slice_is(word, "--all")) {
            x->help_all = true;
        } else if (oc_slice_is(word, "--lang") && i + 1 < argc) {
            oc_lang lang = oc_lang_parse(oc_slice_of(argv[++i]));
            if (lang != OC_LANG_COUNT) x->lang = lang;
        } else if (!oc_slice_starts(word, OC_SLICE("-"))) {
            x->command = oc_command_named(word);
            if (!x->command) return unknown_command(x, word);
        }
    }
    return x->command ? oc_help_command(x, x->help_all) : oc_help_overview(x, x->help_all);
}

typedef struct job {
    oc_context *x;
    int argc;
    char **argv;
    oc_status status;
} job;

static void run(void *context)
{
    job *j = context;
    oc_context *x = j->x;
    x->program_folder = program_folder(x->arena);
    const char *name = j->argc < 2 ? "help" : j->argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    if (strcmp(name, "--version") == 0) name = "version";
    if (strcmp(name, "help") == 0) {
        j->status = help(x, j->argc, j->argv);
        return;
    }
    x->command = oc_command_named(oc_slice_of(name));
    if (!x->command) {
        j->status = unknown_command(x, oc_slice_of(name));
        return;
    }
    /* Only these share their work; of the others one is enough. */
    bool shared = strcmp(name, "forecast") == 0 || strcmp(name, "sweep") == 0;
    if (oc_rank() != 0 && !shared) return;
    j->status = parse(x, j->argc, j->argv, 2);
    if (j->status != OC_OK) return;
    j->status = oc_has(x, "help") ? oc_help_command(x, x->help_all || oc_has(x, "all")) : x->command->run(x);
    if (x->diags.items.len) oc_show_diags(x); /* warnings that nobody has shown */
}

static int exit_code(oc_status status)
{
    static const int codes[] = {[OC_OK] = 0,    [OC_INPUT] = 1, [OC_USAGE] = 2,       [OC_IO] = 3,
                                [OC_LIMIT] = 4, [OC_NOMEM] = 4, [OC_CANCELLED] = 130, [OC_INTERNAL] = 70};
    return codes[status];
}

int main(int argc, char **argv)
{
    /* Only the kind of characters: numbers are written the same everywhere. */
    setlocale(LC_CTYPE, "");
    oc_ranks_begin(&argc, &argv);
    signal(SIGPIPE, SIG_IGN);
    oc_arena arena;
    oc_arena_init(&arena, NULL, (size_t)2 << 30);
    oc_context x = {.arena = &arena, .lang = language_of_environment()};
    x.sources.arena = &arena;
    x.diags = (oc_diags){.arena = &arena, .sources = &x.sources};
    x.terminal = isatty(STDOUT_FILENO) == 1;
    x.error_terminal = isatty(STDERR_FILENO) == 1;
    x.colour = x.terminal && !getenv("NO_COLOR");
    x.width = terminal_width();
    job j = {&x, argc, argv, OC_OK};
    oc_status out_of_memory = oc_arena_try(&arena, run, &j);
    if (out_of_memory != OC_OK) j.status = out_of_memory;
    if (out_of_memory != OC_OK || (!x.complained && (j.status == OC_NOMEM || j.status == OC_LIMIT))) {
        oc_slice text = oc_message(x.lang, j.status == OC_LIMIT ? "cli.over-limit" : "cli.no-memory");
        fprintf(stderr, "opcon: %.*s\n", OC_FMT(text));
    }
    /* A reader that goes away (opcon … | head) is not a failure worth a message. */
    errno = 0;
    bool written = fflush(stdout) == 0 && !ferror(stdout);
    if (!written && j.status == OC_OK) {
        if (errno != EPIPE) {
            oc_slice text = oc_message(x.lang, "cli.cannot-print");
            fprintf(stderr, "opcon: %.*s: %s\n", OC_FMT(text), strerror(errno));
        }
        j.status = OC_IO;
    }
    oc_arena_free(&arena);
    oc_ranks_end();
    return exit_code(j.status);
}
