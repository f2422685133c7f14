/* Help pages of the command line. */
#ifndef OC_CLI_HELP_H
#define OC_CLI_HELP_H

#include "cli/command.h"

/* All commands, ended by NULL, and the options that each has besides its own. */
extern const oc_command *const oc_commands[];
extern const oc_option oc_common_options[];

/* Whether a command has an option of its own by the name of a common one, which then says nothing of it. */
bool oc_option_is_own(const oc_command *command, const oc_option *common);

/* What an option means. `owner`: the name of its command, or "common". */
oc_slice oc_option_text(oc_lang lang, const char *owner, const oc_option *option);

/* NULL if there is none. */
const oc_command *oc_command_named(oc_slice name);

/* `all`: every command with its text, which takes more than a page. */
oc_status oc_help_overview(oc_context *x, bool all);
/* Of x->command. `all`: every option with its text. */
oc_status oc_help_command(oc_context *x, bool all);

#endif
