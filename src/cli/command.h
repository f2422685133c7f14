/* The commands of opcon and what they share: options, output, language, the scenario.
 *
 * To add a command: write src/cli/cmd_NAME.c with `const oc_command oc_cmd_NAME`, add COMMAND(NAME) to commands.def and
 * the file to src/cli/meson.build, and the messages "cmd.NAME" (one line), "cmd.NAME.about" (a few lines for --help)
 * and "opt.NAME.OPTION" for each option to i18n/. Tests that catch what is missing: tests/cli/help.py.
 *
 * Only this folder prints, exits, reads the clock or the environment. */
#ifndef OC_CLI_COMMAND_H
#define OC_CLI_COMMAND_H

#include <signal.h>

#include "base/json.h"
#include "diag/render.h"
#include "model/compile.h"

/* An option of a command, "--name" or "--name VALUE" ("--name=VALUE"). */
typedef struct oc_option {
    const char *name;
    const char *value; /* what the value is called in the help, e.g. "N"; NULL: a switch */
    bool many;         /* may be given several times */
} oc_option;

/* How a scenario is changed before it runs: read by src/cli/scenario.c. */
#define OC_OPTIONS_OF_SCENARIO                                                                                         \
    {"set", "PATH=VALUE", true}, {"force", "EVENT@DATE.held=no", true}, {"given", "EXPR", true},                       \
    {                                                                                                                  \
        "as-of", "DATE", false                                                                                         \
    }

typedef struct oc_given_option {
    const oc_option *option;
    oc_slice value;
} oc_given_option;

typedef struct oc_context {
    oc_arena *arena;
    oc_sources sources;
    oc_diags diags;
    const struct oc_command *command;
    oc_lang lang;
    bool colour;       /* on standard output */
    bool terminal;     /* standard output is one */
    bool error_terminal;
    struct oc_text *also; /* what is said on standard error, once more without colours; NULL: nowhere */
    bool goes_on;      /* what is wrong with one file doesn't keep the command from the others */
    bool complained; /* standard error has got a message */
    int width;         /* columns, 80 if unknown */
    OC_VEC(oc_given_option) options;
    OC_VEC(oc_slice) arguments; /* what is no option; NUL-terminated */
    oc_slice program_folder;    /* of the running program, "" if unknown */
    bool help_all;              /* --help --all */
} oc_context;

typedef struct oc_command {
    const char *name;
    const char *usage;         /* behind "opcon NAME", e.g. "[SCENARIO] [--runs N]" */
    const oc_option
        *options; /* most wanted first (cli/help.c); ended by a NULL name; --help and --lang are everyone's */
    oc_status (*run)(oc_context *context);
    size_t most;               /* arguments at most; 0: any number */
} oc_command;

#define COMMAND(name) extern const oc_command oc_cmd_##name;
#include "cli/commands.def"
#undef COMMAND

/* --- options --- */

/* True if a switch or option was given. */
bool oc_has(const oc_context *x, const char *option);
/* Its (last) value; `fallback` if it was not given. */
oc_slice oc_value_of(const oc_context *x, const char *option, oc_slice fallback);
/* Values that are out of range or none at all are reported; the function then returns OC_USAGE. */
oc_status oc_get_integer(oc_context *x, const char *option, int64_t least, int64_t most, int64_t fallback,
                         int64_t *ret);
oc_status oc_get_day(oc_context *x, const char *option, oc_day fallback, oc_day *ret);
/* One of the words, as an index. */
oc_status oc_get_word(oc_context *x, const char *option, const char *const *words, size_t count, size_t fallback,
                      size_t *ret);
/* The format among text, json, csv, svg … as a word; "text" if not given. */

/* --- output --- */

/* Writes to standard output. A failure ends the command with OC_IO (main reports it once). */
void oc_print(oc_context *x, oc_slice text);
/* A message in the reader's language. */
oc_slice oc_tell(oc_context *x, const char *key, const oc_arg *args);
/* Appends a line of text, wrapped at the width of the terminal. */
void oc_add_line(oc_context *x, oc_text *out, oc_slice line);
void oc_add_message(oc_context *x, oc_text *out, const char *key, const oc_arg *args);
/* "opcon: MESSAGE" on standard error. Returns `status`. */
oc_status oc_complain(oc_context *x, oc_status status, const char *key, const oc_arg *args);
/* The same for a name that isn't among `names`, with the nearest of them. Returns OC_USAGE. */
oc_status oc_complain_unknown(oc_context *x, const char *key, oc_slice wrong, const oc_slice *names, size_t count);
/* Prints the diagnostics so far (to standard error) and returns their status. Prints them once. */
oc_status oc_show_diags(oc_context *x);
/* The same after a call that failed, perhaps without diagnostics or with ones that were printed. Returns `status`. */
oc_status oc_show_failure(oc_context *x, oc_status status);
/* Writes a file atomically, or to standard output for "-"; complains on failure. */
oc_status oc_write_output(oc_context *x, oc_slice path, oc_slice bytes);

/* --- tables that fit the terminal --- */

typedef struct oc_cell_text {
    oc_slice text;
} oc_cell_text;
typedef struct oc_columns {
    oc_arena *arena;
    size_t count;
    const char *align; /* one letter a column: l, r; the widest 'l' column is wrapped when the line is too long */
    OC_VEC(oc_slice) cells;     /* row by row; the first row is the header */
    int indent;
} oc_columns;
oc_columns oc_columns_of(oc_arena *arena, const char *align);
void oc_columns_add(oc_columns *columns, oc_slice text);
/* Appends the table; `width` columns at the most, where that can be reached by wrapping. */
void oc_columns_print(oc_text *out, const oc_columns *columns, int width, bool colour);

/* --- the scenario --- */

/* The path of the scenario: the first argument, else the bundled flagship (OPCON_SCENARIOS, beside the source tree or
 * the installed program). OC_IO with a complaint if there is none. */
oc_status oc_scenario_path(oc_context *x, size_t argument, oc_slice *ret);
/* The same for a path or the name of a bundled scenario; an empty one is the flagship. */
oc_status oc_scenario_named(oc_context *x, oc_slice name, oc_slice *ret);
/* What --set, --force and --given ask for, as one change; what is wrong with them is added to x->diags. */
void oc_own_changes(oc_context *x, oc_policy *ret);
/* Loads and checks it with --as-of, --set, --force and --given where the command has them; --where becomes the last of
 * the model's givens, for the command to take out. On errors the diagnostics are shown and OC_INPUT is returned. */
oc_status oc_scenario_load(oc_context *x, size_t argument, oc_model **ret);
/* A file of data beside the scenarios, e.g. "lexicon": the folder that holds it. "" if there is none. */
oc_slice oc_data_folder(oc_context *x, const char *name);

/* --- long runs --- */

/* Set by SIGINT and SIGTERM once oc_catch_signals was called. */
extern volatile sig_atomic_t oc_interrupted;
void oc_catch_signals(void);
double oc_clock(void);
/* Progress on standard error when it is a terminal and the work has taken over a second. `context` is the oc_context.
 */
void oc_progress(void *context, uint64_t done, uint64_t total);
void oc_progress_clear(oc_context *x);
unsigned oc_processors(void);

#endif
