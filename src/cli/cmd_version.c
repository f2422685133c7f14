/* opcon version: what this program is and what it can use here. */
#include "cli/command.h"
#include "engine/engine.h"

static oc_status version(oc_context *x)
{
    oc_text out = oc_text_in(x->arena);
    oc_text_printf(&out, "opcon %s\n", OC_VERSION);
    oc_text_message(&out, x->lang, "version.isa", OC_ARGS(OC_S(oc_isa_name(oc_isa_best())), OC_I(oc_processors())));
    oc_text_byte(&out, '\n');
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

const oc_command oc_cmd_version = {"version", "", NULL, version, 0};
