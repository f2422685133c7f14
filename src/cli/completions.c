/* Build tool: the table of commands and options as completions for a shell.
 *
 *     completions bash|zsh|fish
 *
 * Commands and options come with their English one-line texts, where the shell shows texts. A value that is a choice
 * ("text|json|csv") is completed with its words, FILE and the like with files, SCENARIO with the bundled ones too. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/help.h"

static const char scenarios[] = "rok-us iraq-provinces minimal starter";

typedef enum value_kind { VALUE_NONE, VALUE_CHOICE, VALUE_FILE, VALUE_OTHER } value_kind;

static value_kind kind_of(const oc_option *o)
{
    if (!o->value) return VALUE_NONE;
    if (strstr(o->value, "FILE") || strstr(o->value, "DIR")) return VALUE_FILE;
    return strchr(o->value, '|') && (o->value[0] < 'A' || o->value[0] > 'Z') ? VALUE_CHOICE : VALUE_OTHER;
}

/* Files are what most commands take; a scenario may also be a bundled one. */
static bool takes_scenario(const oc_command *c)
{
    return strstr(c->usage, "SCENARIO") != NULL;
}

static const char *command_text(const oc_command *c)
{
    char key[64];
    snprintf(key, sizeof key, "cmd.%s", c->name);
    return oc_message(OC_LANG_EN, key).ptr;
}

/* Writes `text` with a backslash before each of `marks`. */
static void put_escaped(oc_slice text, const char *marks)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr(marks, text.ptr[i])) putchar('\\');
        putchar(text.ptr[i]);
    }
}

static void put_choices(const char *value)
{
    for (; *value; value++) putchar(*value == '|' ? ' ' : *value);
}

typedef void option_writer(const oc_command *c, const char *owner, const oc_option *o);

static void each_option(const oc_command *c, option_writer *write)
{
    for (const oc_option *o = c->options; o && o->name; o++) write(c, c->name, o);
    for (const oc_option *o = oc_common_options; o->name; o++) write(c, "common", o);
}

/* --- bash --- */

static void bash_name(const oc_command *c, const char *owner, const oc_option *o)
{
    (void)c, (void)owner;
    printf(" --%s", o->name);
}

static void bash_value(const oc_command *c, const char *owner, const oc_option *o)
{
    (void)owner;
    if (kind_of(o) == VALUE_NONE) return;
    printf("        %s:--%s) ", c->name, o->name);
    if (kind_of(o) == VALUE_CHOICE) {
        printf("words=\"");
        put_choices(o->value);
        printf("\"");
    } else {
        printf(kind_of(o) == VALUE_FILE ? "files=1" : "return");
    }
    printf(" ;;\n");
}

static void bash(void)
{
    printf("# bash completion of opcon. Made from the tables of its commands.\n_opcon()\n{\n"
           "    local current=\"${COMP_WORDS[COMP_CWORD]}\" before=\"${COMP_WORDS[COMP_CWORD-1]}\" "
           "command=\"${COMP_WORDS[1]}\" words=\"\" files=\"\"\n"
           "    COMPREPLY=()\n"
           "    [ \"$current\" = \"=\" ] && current=\"\"\n"
           "    [ \"$before\" = \"=\" ] && before=\"${COMP_WORDS[COMP_CWORD-2]}\"\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    for (size_t i = 0; oc_commands[i]; i++) printf("%s ", oc_commands[i]->name);
    printf("help --help --version\" -- \"$current\"))\n        return\n    fi\n    case \"$command:$before\" in\n      "
           "  help:*) words=\"");
    for (size_t i = 0; oc_commands[i]; i++) printf("%s%s", i ? " " : "", oc_commands[i]->name);
    printf("\" ;;\n");
    for (size_t i = 0; oc_commands[i]; i++) each_option(oc_commands[i], bash_value);
    printf("        *) case \"$command\" in\n");
    for (size_t i = 0; oc_commands[i]; i++) {
        printf("            %s) words=\"%s", oc_commands[i]->name, takes_scenario(oc_commands[i]) ? scenarios : "");
        each_option(oc_commands[i], bash_name);
        printf("\" files=1 ;;\n");
    }
    printf(
        "        esac ;;\n    esac\n"
        "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
        "    [ -n \"$files\" ] && [ \"${current#-}\" = \"$current\" ] && COMPREPLY+=($(compgen -f -- \"$current\"))\n"
        "    return 0\n}\ncomplete -o filenames -F _opcon opcon opcon-mpi\n");
}

/* --- zsh --- */

static void zsh_option(const oc_command *c, const char *owner, const oc_option *o)
{
    (void)c;
    printf("                '%s--%s%s[", o->many ? "*" : "", o->name, o->value ? "=" : "");
    oc_slice text = oc_option_text(OC_LANG_EN, owner, o);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\'')
            printf("'\\''");
        else
            put_escaped((oc_slice){text.ptr + i, 1}, "[]:\\");
    }
    printf("]");
    if (o->value) {
        printf(":");
        put_escaped(oc_slice_of(o->value), "[]:\\");
        printf(":");
    }
    if (kind_of(o) == VALUE_CHOICE) {
        printf("(");
        put_choices(o->value);
        printf(")");
    } else if (kind_of(o) == VALUE_FILE) {
        printf("_files");
    }
    printf("' \\\n");
}

static void zsh(void)
{
    printf("#compdef opcon opcon-mpi\n# zsh completion of opcon. Made from the tables of its commands.\n"
           "_opcon_commands() {\n    local -a commands=(\n");
    for (size_t i = 0; oc_commands[i]; i++) {
        printf("        '%s:", oc_commands[i]->name);
        oc_slice text = oc_slice_of(command_text(oc_commands[i]));
        for (size_t k = 0; k < text.len; k++) {
            if (text.ptr[k] == '\'')
                printf("'\\''");
            else
                put_escaped((oc_slice){text.ptr + k, 1}, ":\\");
        }
        printf("'\n");
    }
    printf("    )\n    _describe command commands\n}\n_opcon_scenarios() {\n    _alternative 'scenarios:bundled "
           "scenario:(%s)' 'files:file:_files'\n}\n"
           "_opcon() {\n    local curcontext=\"$curcontext\" state line\n"
           "    _arguments -C '--help[commands]' '--version[version]' '1:command:_opcon_commands' '*::argument:->rest' "
           "&& return\n"
           "    [[ $state == rest ]] || return\n    case $words[1] in\n        help) _opcon_commands ;;\n",
           scenarios);
    for (size_t i = 0; oc_commands[i]; i++) {
        printf("        %s)\n            _arguments \\\n", oc_commands[i]->name);
        each_option(oc_commands[i], zsh_option);
        printf("                '*:argument:%s' ;;\n", takes_scenario(oc_commands[i]) ? "_opcon_scenarios" : "_files");
    }
    printf("    esac\n}\n_opcon \"$@\"\n");
}

/* --- fish --- */

static void fish_option(const oc_command *c, const char *owner, const oc_option *o)
{
    printf("complete -c opcon -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
    if (kind_of(o) == VALUE_CHOICE) {
        printf(" -x -a '");
        put_choices(o->value);
        printf("'");
    } else if (o->value) {
        printf(kind_of(o) == VALUE_FILE ? " -r -F" : " -x");
    }
    printf(" -d '");
    put_escaped(oc_option_text(OC_LANG_EN, owner, o), "'\\");
    printf("'\n");
}

static void fish(void)
{
    printf("# fish completion of opcon. Made from the tables of its commands.\n"
           "complete -c opcon -n __fish_use_subcommand -l help -d 'commands'\n"
           "complete -c opcon -n __fish_use_subcommand -l version -d 'version'\n");
    for (size_t i = 0; oc_commands[i]; i++) {
        printf("complete -c opcon -n __fish_use_subcommand -f -a %s -d '", oc_commands[i]->name);
        put_escaped(oc_slice_of(command_text(oc_commands[i])), "'\\");
        printf("'\n");
    }
    for (size_t i = 0; oc_commands[i]; i++) {
        if (takes_scenario(oc_commands[i]))
            printf("complete -c opcon -n '__fish_seen_subcommand_from %s' -a '%s'\n", oc_commands[i]->name, scenarios);
        each_option(oc_commands[i], fish_option);
    }
    printf("complete -c opcon-mpi -w opcon\n");
}

int main(int argc, char **argv)
{
    const char *shell = argc == 2 ? argv[1] : "";
    if (strcmp(shell, "bash") == 0)
        bash();
    else if (strcmp(shell, "zsh") == 0)
        zsh();
    else if (strcmp(shell, "fish") == 0)
        fish();
    else
        return 2;
    return fflush(stdout) == 0 ? 0 : 3;
}
