/* From the report's input, which knows all languages, to the charts, which know one. */
#include <math.h>

#include "report/parts.h"

const char *const oc_report_charts[] = {
    "when",          "hazard",   "views",  "blockers",   "drivers", "scenarios", "command-now",
    "command-after", "timeline", "stages", "conditions", "money",   "bargain",   "record",
};
const size_t oc_report_chart_count = sizeof oc_report_charts / sizeof *oc_report_charts;

oc_slice oc_local_in(const oc_local *text, oc_lang lang)
{
    if (text->in[lang].len) return text->in[lang];
    if (text->in[OC_LANG_EN].len) return text->in[OC_LANG_EN];
    return text->in[OC_LANG_JA].len ? text->in[OC_LANG_JA] : text->in[OC_LANG_KO];
}

oc_slice oc_report_cut(oc_arena *arena, oc_slice text, size_t characters)
{
    if (text.len <= characters) return text;
    size_t at = 0;
    for (size_t n = 0; n < characters && at < text.len; n++) oc_utf8_next(text, &at);
    return at >= text.len ? text : oc_arena_printf(arena, "%.*s…", OC_FMT(oc_slice_sub(text, 0, at)));
}

oc_slice oc_report_local(oc_arena *arena, const oc_local *text, oc_lang lang)
{
    oc_slice own = oc_report_cut(arena, oc_local_in(text, lang), OC_REPORT_TITLE);
    return text->in[lang].len ? oc_report_typeset(arena, lang, own) : own;
}

oc_chart_curve oc_report_one_curve(oc_arena *arena, const oc_report_curve *curve, oc_lang lang)
{
    return (oc_chart_curve){
        oc_report_local(arena, &curve->label, lang), curve->days, curve->p, curve->low, curve->high, curve->count};
}

/* What a figure rests on: the run and its sampling error, another run of so many futures, or no futures at all. */
typedef enum basis { OF_ANSWER, OF_RUN, OF_RECORD } basis;

static void add_basis(oc_arena *arena, oc_text *footer, const oc_report_input *input, oc_lang lang, basis of,
                      int64_t futures)
{
    oc_slice scenario = oc_report_cut(arena, input->scenario, 60), day = oc_words_day(arena, lang, input->as_of);
    if (of == OF_RECORD) {
        oc_text_message(footer, lang, "report.footer-record", OC_ARGS(OC_T(scenario), OC_T(day)));
        return;
    }
    oc_text_message(footer, lang, "report.footer",
                    OC_ARGS(OC_T(scenario), OC_T(oc_words_integer(arena, futures ? futures : input->run.futures)),
                            OC_I(input->run.seed), OC_T(day)));
    if (of == OF_ANSWER && input->run.monte_carlo_error >= 0 && input->run.futures > 0)
        oc_text_message(footer, lang, "report.footer-error",
                        OC_ARGS(OC_T(oc_words_number(arena, input->run.monte_carlo_error * 100, 2))));
}

static oc_chart_texts texts_of(oc_arena *arena, const oc_report_input *input, oc_lang lang, const char *subtitle_key,
                               basis of, int64_t futures)
{
    oc_chart_texts texts = {
        .subtitle = oc_say(arena, lang, subtitle_key, OC_ARGS(OC_T(oc_report_local(arena, &input->event, lang))))};
    oc_text footer = oc_text_in(arena);
    add_basis(arena, &footer, input, lang, of, futures);
    if (input->setting_count)
        oc_text_message(&footer, lang, "report.footer-changed",
                        OC_ARGS(OC_T(oc_report_cut(arena, input->settings[0], 60)),
                                OC_T(input->setting_count > 1 ? OC_SLICE(" …") : OC_SLICE(""))));
    if (input->fixture) oc_text_message(&footer, lang, "report.footer-fixture", NULL);
    texts.footer = oc_text_slice(&footer);
    return texts;
}

typedef struct chart_call {
    oc_arena *arena;
    const oc_report_input *input;
    size_t which;
    const oc_chart_options *options;
    oc_chart *chart;
} chart_call;

static bool draw_when(chart_call *call)
{
    const oc_report_input *input = call->input;
    if (!input->main.count) return false;
    oc_chart_cdf data = {texts_of(call->arena, input, call->options->lang, "report.sub-when", OF_ANSWER, 0),
                         oc_report_one_curve(call->arena, &input->main, call->options->lang), input->as_of,
                         input->horizon};
    *call->chart = oc_chart_draw_cdf(call->arena, &data, call->options);
    return true;
}

static bool draw_hazard(chart_call *call)
{
    const oc_report_input *input = call->input;
    if (!input->hazard_count) return false;
    oc_chart_hazard data = {texts_of(call->arena, input, call->options->lang, "report.sub-hazard", OF_RUN, 0),
                            input->hazard, input->hazard_count, input->as_of, input->horizon};
    *call->chart = oc_chart_draw_hazard(call->arena, &data, call->options);
    return true;
}

static void add_view(chart_call *call, oc_chart_curve *curves, size_t *count, const oc_report_curve *curve,
                     const char *key)
{
    if (!curve->count) return;
    oc_chart_curve *added = &curves[(*count)++];
    *added = oc_report_one_curve(call->arena, curve, call->options->lang);
    added->label = oc_message(call->options->lang, key);
    added->low = added->high = NULL;
}

static bool draw_views(chart_call *call)
{
    const oc_report_input *input = call->input;
    oc_chart_curve curves[3];
    size_t count = 0;
    add_view(call, curves, &count, &input->main, "report.inside");
    add_view(call, curves, &count, &input->outside, "report.outside");
    add_view(call, curves, &count, &input->voices, "report.voices");
    if (count < 2) return false;
    oc_chart_compare data = {texts_of(call->arena, input, call->options->lang, "report.sub-views", OF_ANSWER, 0),
                             curves, count, input->as_of, input->horizon};
    *call->chart = oc_chart_draw_compare(call->arena, &data, call->options);
    return true;
}

static oc_slice *locals(oc_arena *arena, const oc_local *texts, size_t count, oc_lang lang)
{
    oc_slice *out = OC_NEW_ARRAY(arena, count + 1, oc_slice);
    for (size_t i = 0; i < count; i++) out[i] = oc_report_local(arena, &texts[i], lang);
    return out;
}

static bool draw_blockers(chart_call *call)
{
    const oc_report_blockers *in = &call->input->blockers;
    oc_lang lang = call->options->lang;
    if (!in->year_count || !in->cause_count) return false;
    oc_chart_blockers data = {texts_of(call->arena, call->input, lang, "report.sub-blockers", OF_RUN, 0),
                              in->years,
                              in->year_count,
                              locals(call->arena, in->causes, in->cause_count, lang),
                              in->cause_count,
                              in->share};
    *call->chart = oc_chart_draw_blockers(call->arena, &data, call->options);
    return true;
}

static bool draw_drivers(chart_call *call)
{
    const oc_report_input *input = call->input;
    oc_lang lang = call->options->lang;
    if (!input->driver_count) return false;
    oc_chart_driver *drivers = OC_NEW_ARRAY(call->arena, input->driver_count, oc_chart_driver);
    for (size_t i = 0; i < input->driver_count; i++) {
        const oc_report_driver *d = &input->drivers[i];
        drivers[i] = (oc_chart_driver){oc_report_local(call->arena, &d->label, lang),
                                       oc_report_cut(call->arena, oc_local_in(&d->low_value, lang), 60),
                                       oc_report_cut(call->arena, oc_local_in(&d->high_value, lang), 60),
                                       d->low,
                                       d->high,
                                       d->error,
                                       d->total};
    }
    oc_chart_tornado data = {texts_of(call->arena, input, lang, "report.sub-drivers", OF_RUN, input->driver_futures),
                             drivers, input->driver_count, oc_report_answer(input)};
    *call->chart = oc_chart_draw_tornado(call->arena, &data, call->options);
    return true;
}

enum { MAX_PANELS = 6 };

/* Whether a policy moves the answer more than all but a few: those are drawn, in the scenario's order. */
static bool is_drawn(const oc_report_input *input, size_t which)
{
    size_t before = 0;
    double own = fabs(input->policies[which].difference);
    for (size_t i = 0; i < input->policy_count; i++) {
        double other = fabs(input->policies[i].difference);
        before += other > own || (other == own && i < which);
    }
    return before < MAX_PANELS - 1;
}

static bool draw_scenarios(chart_call *call)
{
    const oc_report_input *input = call->input;
    oc_lang lang = call->options->lang;
    if (!input->policy_count || !input->main.count) return false;
    oc_chart_curve curves[MAX_PANELS];
    size_t count = 1;
    curves[0] = oc_report_one_curve(call->arena, &input->main, lang);
    curves[0].label = oc_message(lang, "report.baseline");
    for (size_t i = 0; i < input->policy_count && count < MAX_PANELS; i++)
        if (input->policies[i].curve.count && is_drawn(input, i))
            curves[count++] = oc_report_one_curve(call->arena, &input->policies[i].curve, lang);
    if (count < 2) return false;
    oc_chart_multiples data = {
        texts_of(call->arena, input, lang, "report.sub-scenarios", OF_RUN, input->policy_futures), curves, count,
        input->as_of, input->horizon};
    *call->chart = oc_chart_draw_multiples(call->arena, &data, call->options);
    return true;
}

static bool draw_command(chart_call *call, const oc_report_command *in)
{
    oc_lang lang = call->options->lang;
    if (!in->node_count || !in->edge_count) return false;
    oc_chart_node *nodes = OC_NEW_ARRAY(call->arena, in->node_count, oc_chart_node);
    oc_chart_edge *edges = OC_NEW_ARRAY(call->arena, in->edge_count, oc_chart_edge);
    for (size_t i = 0; i < in->node_count; i++)
        nodes[i] = (oc_chart_node){oc_report_local(call->arena, &in->nodes[i].label, lang),
                                   oc_report_local(call->arena, &in->nodes[i].detail, lang), in->nodes[i].row};
    for (size_t i = 0; i < in->edge_count; i++)
        edges[i] =
            (oc_chart_edge){in->edges[i].from, in->edges[i].to, oc_report_local(call->arena, &in->edges[i].label, lang),
                            (oc_chart_basis)in->edges[i].basis};
    oc_chart_command data = {texts_of(call->arena, call->input, lang, "report.sub-command", OF_RECORD, 0), nodes,
                             in->node_count, edges, in->edge_count};
    data.texts.title = oc_report_local(call->arena, &in->title, lang);
    *call->chart = oc_chart_draw_command(call->arena, &data, call->options);
    return true;
}

static bool draw_command_now(chart_call *call)
{
    return draw_command(call, &call->input->now);
}

static bool draw_command_after(chart_call *call)
{
    return draw_command(call, &call->input->after);
}

static bool draw_timeline(chart_call *call)
{
    const oc_report_input *input = call->input;
    oc_lang lang = call->options->lang;
    if (!input->event_count || !input->lane_count) return false;
    oc_chart_event *events = OC_NEW_ARRAY(call->arena, input->event_count, oc_chart_event);
    for (size_t i = 0; i < input->event_count; i++) {
        const oc_report_event *e = &input->events[i];
        events[i] = (oc_chart_event){oc_report_local(call->arena, &e->title, lang),
                                     e->lane,
                                     e->first,
                                     e->last,
                                     (oc_chart_basis)e->basis,
                                     e->disputes,
                                     (int)i + 1};
    }
    oc_chart_timeline data = {texts_of(call->arena, input, lang, "report.sub-timeline", OF_RECORD, 0),
                              locals(call->arena, input->lanes, input->lane_count, lang),
                              input->lane_count,
                              events,
                              input->event_count,
                              input->as_of};
    *call->chart = oc_chart_draw_timeline(call->arena, &data, call->options);
    return true;
}

static bool draw_stages(chart_call *call)
{
    const oc_report_input *input = call->input;
    oc_lang lang = call->options->lang;
    if (!input->stage_count) return false;
    oc_chart_stage *stages = OC_NEW_ARRAY(call->arena, input->stage_count, oc_chart_stage);
    for (size_t i = 0; i < input->stage_count; i++) {
        const oc_report_stage *s = &input->stages[i];
        stages[i] = (oc_chart_stage){.label = oc_report_local(call->arena, &s->label, lang),
                                     .done = s->done,
                                     .q10 = s->q10,
                                     .q50 = s->q50,
                                     .q90 = s->q90,
                                     .never = s->never};
        stages[i].state = s->state;
    }
    oc_chart_board data = {texts_of(call->arena, input, lang, "report.sub-stages", OF_RUN, 0), stages,
                           input->stage_count, input->as_of, input->horizon};
    *call->chart = oc_chart_draw_board(call->arena, &data, call->options);
    return true;
}

static bool draw_conditions(chart_call *call)
{
    const oc_report_input *input = call->input;
    oc_lang lang = call->options->lang;
    if (!input->condition_count) return false;
    oc_chart_condition *conditions = OC_NEW_ARRAY(call->arena, input->condition_count, oc_chart_condition);
    for (size_t i = 0; i < input->condition_count; i++) {
        const oc_report_condition *s = &input->conditions[i];
        conditions[i] = (oc_chart_condition){oc_report_local(call->arena, &s->label, lang), s->days, s->met, s->count};
    }
    oc_chart_conditions data = {
        texts_of(call->arena, input, lang, "report.sub-conditions", OF_RUN, input->condition_futures), conditions,
        input->condition_count, input->as_of, input->horizon};
    *call->chart = oc_chart_draw_conditions(call->arena, &data, call->options);
    return true;
}

static bool draw_money(chart_call *call)
{
    if (call->which >= call->input->fan_count) return false;
    const oc_report_fan *in = &call->input->fans[call->which];
    oc_lang lang = call->options->lang;
    if (!in->future_count) return false;
    oc_chart_series plan = {oc_report_local(call->arena, &in->plan_label, lang), in->plan, in->plan_count};
    oc_chart_fan data = {.texts = texts_of(call->arena, call->input, lang, "report.sub-money", OF_RUN, 0),
                         .unit = oc_report_local(call->arena, &in->unit, lang),
                         .observed = in->observed,
                         .observed_count = in->observed_count,
                         .future = in->future,
                         .future_count = in->future_count,
                         .lines = &plan,
                         .line_count = in->plan_count ? 1 : 0,
                         .decimals = in->decimals};
    *call->chart = oc_chart_draw_fan(call->arena, &data, call->options);
    return true;
}

static bool draw_bargain(chart_call *call)
{
    if (call->which >= call->input->bargain_count) return false;
    const oc_report_bargain *in = &call->input->bargains[call->which];
    oc_lang lang = call->options->lang;
    if (!in->count) return false;
    oc_chart_position *actors = OC_NEW_ARRAY(call->arena, in->count, oc_chart_position);
    for (size_t i = 0; i < in->count; i++) {
        const oc_report_position *p = &in->actors[i];
        actors[i] =
            (oc_chart_position){oc_report_local(call->arena, &p->label, lang), p->position, p->salience, p->capability};
    }
    oc_chart_bargain data = {texts_of(call->arena, call->input, lang, "report.sub-bargain", OF_RECORD, 0),
                             oc_report_local(call->arena, &in->at_0, lang),
                             oc_report_local(call->arena, &in->at_100, lang),
                             actors,
                             in->count,
                             in->outcome,
                             in->low,
                             in->high,
                             in->status_quo};
    *call->chart = oc_chart_draw_bargain(call->arena, &data, call->options);
    return true;
}

static bool draw_record(chart_call *call)
{
    if (!call->input->bin_count) return false;
    oc_chart_reliability data = {
        texts_of(call->arena, call->input, call->options->lang, "report.sub-record", OF_RECORD, 0), call->input->bins,
        call->input->bin_count};
    *call->chart = oc_chart_draw_reliability(call->arena, &data, call->options);
    return true;
}

double oc_report_answer(const oc_report_input *input)
{
    oc_chart_curve curve = {.days = input->main.days, .p = input->main.p, .count = input->main.count};
    return oc_chart_curve_at(&curve, oc_report_answer_day(input));
}

oc_day oc_report_answer_day(const oc_report_input *input)
{
    return input->answer_by == OC_DAY_NONE || !input->answer_by ? input->horizon : input->answer_by;
}

bool oc_report_chart_of_record(const char *name)
{
    return strcmp(name, "command-now") == 0 || strcmp(name, "command-after") == 0 || strcmp(name, "timeline") == 0;
}

bool oc_report_chart(oc_arena *arena, const oc_report_input *input, const char *name, size_t which,
                     const oc_chart_options *options, oc_chart *ret_chart)
{
    static bool (*const draw[])(chart_call *) = {
        draw_when,          draw_hazard,   draw_views,  draw_blockers,   draw_drivers, draw_scenarios, draw_command_now,
        draw_command_after, draw_timeline, draw_stages, draw_conditions, draw_money,   draw_bargain,   draw_record,
    };
    chart_call call = {arena, input, which, options, ret_chart};
    for (size_t i = 0; i < oc_report_chart_count; i++)
        if (strcmp(oc_report_charts[i], name) == 0) return draw[i](&call);
    return false;
}
