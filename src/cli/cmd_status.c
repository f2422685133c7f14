/* opcon status: what is done, what is open, when it can next be looked at, and which conditions hold by the model. */
#include <math.h>

#include "analysis/forecast.h"
#include "cli/command.h"
#include "model/phrase.h"

/* The next occurrence of an event after as_of. */
static oc_day next_of(const oc_model *m, const oc_event *event)
{
    for (size_t i = 0; i < event->occurrences.len; i++)
        if (!event->occurrences.at[i].past && event->occurrences.at[i].nominal > m->as_of)
            return event->occurrences.at[i].nominal;
    return OC_DAY_NONE;
}

static bool is_open(const oc_model *m, const oc_stage *s)
{
    bool open = s->done == OC_DAY_NONE;
    for (size_t i = 0; i < s->after.len; i++) open = open && m->stages.at[s->after.at[i]]->done != OC_DAY_NONE;
    return open;
}

static const char *state_key(const oc_model *m, const oc_stage *s)
{
    return s->done != OC_DAY_NONE ? "status.done" : is_open(m, s) ? "status.open" : "status.waiting";
}

static oc_slice waits_for(oc_context *x, const oc_model *m, const oc_stage *s)
{
    oc_text text = oc_text_in(x->arena);
    for (size_t i = 0; i < s->after.len; i++) {
        const oc_stage *before = m->stages.at[s->after.at[i]];
        if (before->done != OC_DAY_NONE) continue;
        if (text.len) oc_text_lit(&text, ", ");
        oc_text_add(&text, oc_title_in(&before->title, x->lang, before->symbol->name));
    }
    for (size_t i = 0; i < s->needs.len && is_open(m, s); i++) {
        if (text.len) oc_text_lit(&text, ", ");
        oc_text_add(&text, oc_phrase(x->arena, m, s->needs.at[i].is, x->lang));
    }
    return oc_text_slice(&text);
}

static void json_status(oc_context *x, const oc_model *m)
{
    oc_json json = oc_json_in(x->arena);
    oc_json_object(&json, NULL);
    oc_json_text(&json, "scenario", m->name);
    oc_json_day(&json, "as_of", m->as_of);
    oc_json_list(&json, "stages");
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *s = m->stages.at[i];
        oc_json_object(&json, NULL);
        oc_json_text(&json, "id", s->symbol->name);
        oc_json_text(&json, "title", oc_title_in(&s->title, x->lang, s->symbol->name));
        oc_json_text(&json, "state", oc_slice_of(state_key(m, s) + 7));
        oc_json_day(&json, "done", s->done);
        oc_json_row(&json, "after");
        for (size_t k = 0; k < s->after.len; k++) oc_json_text(&json, NULL, m->stages.at[s->after.at[k]]->symbol->name);
        oc_json_end(&json);
        oc_json_list(&json, "at");
        for (size_t k = 0; k < s->at.len; k++) {
            const oc_event *event = m->events.at[s->at.at[k]];
            oc_json_row_object(&json, NULL);
            oc_json_text(&json, "event", event->symbol->name);
            oc_json_day(&json, "next", next_of(m, event));
            oc_json_end(&json);
        }
        oc_json_end(&json);
        oc_json_row(&json, "needs");
        for (size_t k = 0; k < s->needs.len; k++) oc_json_text(&json, NULL, s->needs.at[k].label);
        oc_json_end(&json);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_json_end(&json);
    oc_print(x, oc_json_done(&json));
}

static void text_status(oc_context *x, const oc_model *m)
{
    oc_text out = oc_text_in(x->arena);
    oc_text_add(&out, oc_title_in(&m->title, x->lang, m->name));
    oc_text_byte(&out, '\n');
    oc_text_message(&out, x->lang, "status.as-of", OC_ARGS(OC_D(m->as_of)));
    oc_text_lit(&out, "\n\n");
    oc_columns t = oc_columns_of(x->arena, "llll");
    static const char *const heads[] = {"head.stage", "head.state", "head.next-look", "head.waits-for"};
    for (size_t i = 0; i < 4; i++) oc_columns_add(&t, oc_message(x->lang, heads[i]));
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *s = m->stages.at[i];
        oc_day next = OC_DAY_NONE;
        const oc_event *event = NULL;
        for (size_t k = 0; k < s->at.len && s->done == OC_DAY_NONE; k++) {
            oc_day day = next_of(m, m->events.at[s->at.at[k]]);
            if (day != OC_DAY_NONE && (next == OC_DAY_NONE || day < next))
                next = day, event = m->events.at[s->at.at[k]];
        }
        oc_columns_add(&t, oc_title_in(&s->title, x->lang, s->symbol->name));
        oc_columns_add(
            &t, oc_say(x->arena, x->lang, state_key(m, s), OC_ARGS(s->done != OC_DAY_NONE ? OC_D(s->done) : OC_S(""))));
        oc_columns_add(&t, event ? oc_arena_printf(x->arena, "%.*s  %.*s", OC_FMT(oc_day_print(x->arena, next)),
                                                   OC_FMT(oc_title_in(&event->title, x->lang, event->symbol->name)))
                                 : (oc_slice){"", 0});
        oc_columns_add(&t, s->done == OC_DAY_NONE ? waits_for(x, m, s) : (oc_slice){"", 0});
    }
    oc_columns_print(&out, &t, x->width, x->colour);
    oc_print(x, oc_text_slice(&out));
}

static oc_status status_command(oc_context *x)
{
    static const char *const formats[] = {"text", "json"};
    size_t format;
    oc_model *model;
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK) status = oc_scenario_load(x, 0, &model);
    if (status != OC_OK) return status;
    if (format == 1)
        json_status(x, model);
    else
        text_status(x, model);
    return OC_OK;
}

static const oc_option options[] = {
    {"as-of", "DATE", false}, {"set", "PATH=VALUE", true}, {"format", "text|json", false}, {NULL, NULL, false}};

const oc_command oc_cmd_status = {"status", "[SCENARIO] [--as-of DATE]", options, status_command, 1};
