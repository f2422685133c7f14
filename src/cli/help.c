/* Help: the overview of commands, and the page of one.
 *
 * Both fit a terminal of 80 columns and 24 lines, the prompt included, in every language. So the overview explains the
 * commands to begin with and names the others, and the page of a command explains its options from the first on, as
 * many as there is room for, and names the others; `--help --all` explains all. Tables of options therefore stand in
 * order of importance. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/help.h"

enum { LINES = 23, WIDTH = 80 };

const oc_option oc_common_options[] = {{"help", NULL, false}, {"lang", "en|ja|ko", false}, {NULL, NULL, false}};

const oc_command *const oc_commands[] = {
#define COMMAND(name) &oc_cmd_##name,
#include "cli/commands.def"
#undef COMMAND
    NULL,
};

/* The overview's rows: a group (its message), then its commands. */
static const struct row {
    const char *group;
    const oc_command *command;
} rows[] = {
#define GROUP(name) {"cli.group." #name, NULL},
#define COMMAND(name) {NULL, &oc_cmd_##name},
#include "cli/commands.def"
#undef COMMAND
};
enum { ROW_COUNT = sizeof rows / sizeof *rows };

const oc_command *oc_command_named(oc_slice name)
{
    for (const oc_command *const *c = oc_commands; *c; c++)
        if (oc_slice_is(name, (*c)->name)) return *c;
    return NULL;
}

static int page_width(const oc_context *x)
{
    return x->width < WIDTH ? x->width : WIDTH;
}

static size_t lines_of(const oc_text *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->len; i++) lines += text->ptr[i] == '\n';
    return lines;
}

static void add_wrapped(oc_context *x, oc_text *out, oc_slice rest)
{
    oc_columns text = oc_columns_of(x->arena, "l");
    while (rest.len) {
        size_t line = oc_slice_find(rest, OC_SLICE("\n"), 0);
        oc_columns_add(&text, oc_slice_sub(rest, 0, line));
        rest = line == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(rest, line + 1, rest.len);
    }
    oc_columns_print(out, &text, page_width(x), false);
}

/* --- the overview --- */

static oc_slice about(oc_context *x, const oc_command *command)
{
    return oc_message(x->lang, oc_arena_printf(x->arena, "cmd.%s", command->name).ptr);
}

/* The names of a group's commands, from row `at` on. */
static oc_slice names_from(oc_context *x, size_t at)
{
    oc_text names = oc_text_in(x->arena);
    for (size_t i = at; i < ROW_COUNT && rows[i].command; i++)
        oc_text_printf(&names, "%s%s", i > at ? " " : "", rows[i].command->name);
    return oc_text_slice(&names);
}

oc_status oc_help_overview(oc_context *x, bool all)
{
    oc_text out = oc_text_in(x->arena);
    add_wrapped(x, &out, oc_message(x->lang, "cli.overview"));
    oc_text_byte(&out, '\n');
    oc_columns first = oc_columns_of(x->arena, "ll"), others = oc_columns_of(x->arena, "ll");
    first.indent = others.indent = 2;
    size_t groups = 0;
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].group) groups++;
        if (rows[i].group && groups > 1 && !all) {
            oc_columns_add(&others, oc_message(x->lang, rows[i].group));
            oc_columns_add(&others, names_from(x, i + 1));
        } else if (rows[i].command && (all || groups == 1)) {
            oc_columns_add(&first, oc_slice_of(rows[i].command->name));
            oc_columns_add(&first, about(x, rows[i].command));
        }
    }
    oc_columns_print(&out, &first, page_width(x), false);
    oc_text_byte(&out, '\n');
    if (others.cells.len) {
        oc_columns_print(&out, &others, page_width(x), false);
        oc_text_byte(&out, '\n');
    }
    add_wrapped(x, &out, oc_message(x->lang, "cli.overview-end"));
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

/* --- a command --- */

oc_slice oc_option_text(oc_lang lang, const char *owner, const oc_option *option)
{
    char own[96], shared[96];
    snprintf(own, sizeof own, "opt.%s.%s", owner, option->name);
    snprintf(shared, sizeof shared, "opt.%s", option->name);
    return oc_message(lang, oc_message_exists(own) ? own : shared);
}

bool oc_option_is_own(const oc_command *command, const oc_option *common)
{
    for (const oc_option *o = command->options; o && o->name; o++)
        if (strcmp(o->name, common->name) == 0) return true;
    return false;
}

static void add_option(oc_context *x, oc_columns *table, const oc_option *o, const char *owner)
{
    oc_columns_add(table,
                   oc_arena_printf(x->arena, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : ""));
    oc_columns_add(table, oc_option_text(x->lang, owner, o));
}

/* The page with the first `shown` options explained. */
static oc_text page_with(oc_context *x, size_t shown)
{
    const oc_command *command = x->command;
    oc_text out = oc_text_in(x->arena), others = oc_text_in(x->arena);
    oc_text_printf(&out, "opcon %s %s\n\n", command->name, command->usage);
    add_wrapped(x, &out, oc_message(x->lang, oc_arena_printf(x->arena, "cmd.%s.about", command->name).ptr));
    oc_text_byte(&out, '\n');
    oc_columns table = oc_columns_of(x->arena, "ll");
    table.indent = 2;
    size_t i = 0;
    for (const oc_option *o = command->options; o && o->name; o++, i++) {
        if (i < shown)
            add_option(x, &table, o, command->name);
        else
            oc_text_printf(&others, "%s--%s", others.len ? " " : "", o->name);
    }
    for (const oc_option *o = oc_common_options; o->name; o++)
        if (!oc_option_is_own(command, o)) add_option(x, &table, o, "common");
    oc_columns_print(&out, &table, page_width(x), false);
    if (!others.len) return out;
    oc_slice more =
        oc_say(x->arena, x->lang, "cli.more-options", OC_ARGS(OC_T(oc_text_slice(&others)), OC_S(command->name)));
    add_wrapped(x, &out, more);
    return out;
}

oc_status oc_help_command(oc_context *x, bool all)
{
    size_t count = 0;
    for (const oc_option *o = x->command->options; o && o->name; o++) count++;
    oc_text page = page_with(x, count);
    while (!all && count > 1 && lines_of(&page) > LINES) page = page_with(x, --count);
    oc_print(x, oc_text_slice(&page));
    return OC_OK;
}
