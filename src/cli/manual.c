/* Build tool: manual pages in a language other than English, from the table of commands and options and the texts of
 * their help: opcon.1 and opcon-COMMAND.1. (English pages are made from docs/manual/commands, which has examples too.)
 *
 *     write_manual ja|ko VERSION FOLDER */
#include <stdio.h>

#include "cli/command.h"
#include "cli/help.h"

typedef struct page {
    FILE *file;
    oc_lang lang;
    const char *version;
} page;

/* For roff: hyphens that are typed, and no line that begins like a request. Line ends become paragraphs. */
static void put(const page *p, oc_slice text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool first = !i || text.ptr[i - 1] == '\n';
        if (first && (c == '.' || c == '\'')) fputs("\\&", p->file);
        /* Lines may end before a Latin word. Without such places groff 1.22 with its macros for Japanese may never end.
         */
        bool latin = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
        if (i && latin && (unsigned char)text.ptr[i - 1] >= 0x80) fputs("\\:", p->file);
        if (c == '\n')
            fputs("\n.PP\n", p->file);
        else if (c == '-')
            fputs("\\-", p->file);
        else if (c == '\\')
            fputs("\\e", p->file);
        else
            fputc(c, p->file);
    }
}

static void put_message(const page *p, const char *prefix, const char *name, const char *suffix)
{
    char key[96];
    snprintf(key, sizeof key, "%s%s%s", prefix, name, suffix);
    put(p, oc_message(p->lang, key));
}

/* A manual's shell lists what stands behind the name in one line. */
static void begin(const page *p, const char *command)
{
    char upper[32] = "";
    for (size_t i = 0; command && command[i] && i + 1 < sizeof upper; i++)
        upper[i] = (char)(command[i] >= 'a' && command[i] <= 'z' ? command[i] - 'a' + 'A' : command[i]);
    fprintf(p->file, ".TH OPCON%s%s 1 \"\" \"opcon %s\" \"opcon\"\n", command ? "-" : "", upper, p->version);
    /* No ".nh": the same may happen. */
    fputs(".ad l\n.SH ", p->file);
    put_message(p, "man.", "name", "");
    fprintf(p->file, "\nopcon%s%s \\- ", command ? "\\-" : "", command ? command : "");
    if (command)
        put_message(p, "cmd.", command, "");
    else
        put_message(p, "man.", "summary", "");
    fputs("\n.SH ", p->file);
    put_message(p, "man.", "synopsis", "");
    fputs("\n\\fBopcon", p->file);
}

static void put_option(const page *p, const char *owner, const oc_option *option)
{
    fputs(".TP\n\\fB\\-\\-", p->file);
    put(p, oc_slice_of(option->name));
    fputs("\\fR", p->file);
    if (option->value) {
        fputs(" \\fI", p->file);
        put(p, oc_slice_of(option->value));
        fputs("\\fR", p->file);
    }
    fputs("\n", p->file);
    put(p, oc_option_text(p->lang, owner, option));
    fputs("\n", p->file);
}

static void put_options(const page *p, const oc_command *command)
{
    for (const oc_option *o = command->options; o && o->name; o++) put_option(p, command->name, o);
    for (const oc_option *o = oc_common_options; o->name; o++)
        if (!oc_option_is_own(command, o)) put_option(p, "common", o);
}

/* The English page has examples and tells how to read the output. */
static void end(const page *p, const char *more, const char *see)
{
    fputs(".SH ", p->file);
    put_message(p, "man.", "see-also", "");
    fprintf(p->file, "\n%s\n.PP\n", see);
    put(p, oc_message(p->lang, "man.english"));
    fprintf(p->file, " \\fBman \\-L C %s\\fR\n", more);
}

static void write_command(const page *p, const oc_command *command)
{
    char name[64];
    begin(p, command->name);
    fprintf(p->file, " %s\\fR ", command->name);
    put(p, oc_slice_of(command->usage));
    fputs("\n.SH ", p->file);
    put_message(p, "man.", "description", "");
    fputs("\n", p->file);
    put_message(p, "cmd.", command->name, ".about");
    fputs("\n.SH ", p->file);
    put_message(p, "man.", "options", "");
    fputs("\n", p->file);
    put_options(p, command);
    snprintf(name, sizeof name, "opcon\\-%s", command->name);
    end(p, name, "\\fBopcon\\fR(1)");
}

static void write_overview(const page *p)
{
    begin(p, NULL);
    fputs("\\fR \\fICOMMAND\\fR [\\fIARGUMENT\\fR]...\n.SH ", p->file);
    put_message(p, "man.", "description", "");
    fputs("\n", p->file);
    put(p, oc_message(p->lang, "cli.overview"));
    fputs("\n.PP\n", p->file);
    put(p, oc_message(p->lang, "cli.overview-end"));
    fputs("\n.SH ", p->file);
    put_message(p, "man.", "commands", "");
    fputs("\n", p->file);
    for (size_t i = 0; oc_commands[i]; i++) {
        fprintf(p->file, ".TP\n\\fBopcon\\-%s\\fR(1)\n", oc_commands[i]->name);
        put_message(p, "cmd.", oc_commands[i]->name, "");
        fputs("\n", p->file);
    }
    end(p, "opcon", "\\fBopcon\\-forecast\\fR(1)");
}

static bool write_page(page *p, const char *folder, const oc_command *command)
{
    char path[4096];
    const char *name = command ? command->name : "";
    snprintf(path, sizeof path, "%s/opcon%s%s.1", folder, command ? "-" : "", name);
    p->file = fopen(path, "wb");
    if (!p->file) return false;
    if (command)
        write_command(p, command);
    else
        write_overview(p);
    bool written = !ferror(p->file);
    return fclose(p->file) == 0 && written;
}

int main(int argc, char **argv)
{
    page p = {.lang = OC_LANG_COUNT};
    for (int lang = 0; argc == 4 && lang < OC_LANG_COUNT; lang++)
        if (strcmp(argv[1], oc_lang_code((oc_lang)lang)) == 0) p.lang = (oc_lang)lang;
    if (p.lang == OC_LANG_COUNT) return 2;
    p.version = argv[2];
    bool good = write_page(&p, argv[3], NULL);
    for (size_t i = 0; oc_commands[i]; i++) good = write_page(&p, argv[3], oc_commands[i]) && good;
    return good ? 0 : 3;
}
