/* The sections about the forecast: answer, when, views, blockers, drivers, scenarios, command, timeline, stages. */
#include <math.h>

#include "chart/canvas.h"
#include "report/page.h"

static void none(oc_page *page, const char *key)
{
    oc_page_paragraph(page, "none", key, NULL);
}

static oc_chart_curve main_curve(const oc_report_input *input)
{
    return (oc_chart_curve){.days = input->main.days, .p = input->main.p, .count = input->main.count};
}

static double band_at(const oc_report_curve *curve, const double *values, oc_day day)
{
    oc_chart_curve band = {.days = curve->days, .p = values, .count = curve->count};
    return oc_chart_curve_at(&band, day);
}

oc_slice oc_page_headline(oc_page *page)
{
    const oc_report_input *input = page->input;
    oc_slice event = oc_report_local(page->arena, &input->event, page->lang);
    if (!input->main.count) return oc_report_local(page->arena, &input->title, page->lang);
    return oc_page_fill(page, "report.headline",
                        OC_ARGS(OC_T(oc_words_day(page->arena, page->lang, oc_report_answer_day(input))), OC_T(event),
                                OC_T(oc_words_say_frequency(page->arena, page->lang, oc_report_answer(input)))));
}

static void answer_sentences(oc_page *page)
{
    const oc_report_input *input = page->input;
    oc_day day = oc_report_answer_day(input);
    double p = oc_report_answer(input);
    oc_page_raw(page, "<p class=\"answer\">");
    oc_page_say(page, "report.answer",
                OC_ARGS(OC_T(oc_words_day(page->arena, page->lang, day)),
                        OC_T(oc_report_local(page->arena, &input->event, page->lang)),
                        OC_T(oc_words_say_frequency(page->arena, page->lang, p)),
                        OC_T(oc_words_likely(page->arena, page->lang, p))));
    oc_page_run_ref(page);
    if (input->main.low && input->main.high) {
        oc_page_raw(page, " ");
        oc_page_say(
            page, "report.answer-range",
            OC_ARGS(OC_T(oc_words_say_range(page->arena, page->lang, band_at(&input->main, input->main.low, day),
                                            band_at(&input->main, input->main.high, day)))));
        oc_page_run_ref(page);
    }
    oc_page_raw(page, "</p>\n<p>");
    oc_chart_curve curve = main_curve(input);
    double never = 1 - curve.p[curve.count - 1];
    oc_page_say(page, "report.answer-never",
                OC_ARGS(OC_T(oc_words_day(page->arena, page->lang, input->horizon)),
                        OC_T(oc_words_say_frequency(page->arena, page->lang, never))));
    oc_page_run_ref(page);
    oc_page_raw(page, "</p>\n");
    if (!oc_local_in(&input->confidence, page->lang).len) return;
    oc_page_raw(page, "<p class=\"confidence\">");
    oc_page_say(page, "report.confidence",
                OC_ARGS(OC_T(oc_report_local(page->arena, &input->confidence, page->lang)),
                        OC_T(oc_report_local(page->arena, &input->confidence_reason, page->lang))));
    oc_page_run_ref(page);
    oc_page_raw(page, "</p>\n");
}

static void question_row(oc_page *page, const oc_report_question *question, bool ranges)
{
    oc_page_raw(page, "<tr><th scope=\"row\">");
    oc_page_local(page, &question->title);
    oc_page_frequency(page, question->p);
    oc_page_cell(page, oc_words_likely(page->arena, page->lang, question->p));
    if (ranges)
        oc_page_cell(page, question->low <= question->high
                               ? oc_words_count_range(page->arena, page->lang, question->low, question->high)
                               : OC_SLICE("–"));
}

void oc_section_answer(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (input->main.count)
        answer_sentences(page);
    else
        none(page, "report.none-answer");
    if (!input->question_count) return;
    static const char *const heads[] = {"report.question", "report.frequency", "report.words", "report.range"};
    bool ranges = false;
    for (size_t i = 0; i < input->question_count; i++) ranges |= input->questions[i].low <= input->questions[i].high;
    oc_page_table(page, "report.questions", ranges ? 4 : 3, heads);
    for (size_t i = 0; i < input->question_count; i++) question_row(page, &input->questions[i], ranges);
    oc_page_table_end(page);
}

void oc_section_when(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (!oc_page_figure(page, "when", 0)) {
        none(page, "report.none-when");
        return;
    }
    oc_page_rawf(page, "<div class=\"cursor\" hidden data-cursor><label for=\"%s-cursor\">", page->code);
    oc_page_say(page, "report.cursor", NULL);
    oc_page_rawf(page, "</label><input type=\"range\" id=\"%s-cursor\" min=\"0\" max=\"%zu\" value=\"%zu\">",
                 page->code, input->main.count - 1, input->main.count / 3);
    oc_page_rawf(page, "<label for=\"%s-cursor-2\">", page->code);
    oc_page_say(page, "report.cursor-other", NULL);
    oc_page_rawf(page, "</label><input type=\"range\" id=\"%s-cursor-2\" min=\"0\" max=\"%zu\" value=\"%zu\">",
                 page->code, input->main.count - 1, input->main.count - 1);
    oc_page_raw(page, "<output aria-live=\"polite\"></output></div>\n");
    if (input->main.low) oc_page_paragraph(page, "", "report.band-means", NULL);
    if (!input->hazard_count) return;
    oc_page_raw(page, "<details class=\"more\"><summary>");
    oc_page_say(page, "report.for-specialists", NULL);
    oc_page_raw(page, "</summary>\n");
    oc_page_paragraph(page, "", "report.hazard-means", NULL);
    oc_page_figure(page, "hazard", 0);
    oc_page_raw(page, "</details>\n");
}

static void write_voices(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (!input->statement_count) return;
    oc_page_raw(page, "<h3>");
    oc_page_say(page, "report.statements", NULL);
    oc_page_raw(page, "</h3><ul class=\"statements\">\n");
    for (size_t i = 0; i < input->statement_count; i++) {
        const oc_report_voice *voice = &input->statements[i];
        oc_page_raw(page, "<li><span class=\"date\">");
        oc_page_text(page, oc_words_day(page->arena, page->lang, voice->day));
        oc_page_raw(page, "</span> <b>");
        oc_page_local(page, &voice->who);
        oc_page_raw(page, "</b> ");
        oc_page_local(page, &voice->said);
        oc_page_refs(page, voice->refs);
        oc_page_raw(page, "</li>\n");
    }
    oc_page_raw(page, "</ul>\n");
}

void oc_section_views(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (oc_page_figure(page, "views", 0)) {
        oc_day day = oc_report_answer_day(input);
        oc_chart_curve inside = main_curve(input);
        if (input->outside.count) {
            oc_chart_curve outside = {
                .days = input->outside.days, .p = input->outside.p, .count = input->outside.count};
            double there = oc_chart_curve_at(&outside, day), here = oc_chart_curve_at(&inside, day);
            oc_page_raw(page, "<p>");
            oc_page_say(page, there < here ? "report.outside-lower" : "report.outside-higher",
                        OC_ARGS(OC_T(oc_words_day(page->arena, page->lang, day)), OC_I(oc_words_gap(there, here))));
            oc_page_run_ref(page);
            oc_page_raw(page, "</p>\n");
        }
        if (input->outside.count && input->outside_cases) {
            oc_page_raw(page, "<p>");
            oc_page_say(page, "report.outside-basis",
                        OC_ARGS(OC_I(input->outside_cases),
                                OC_T(oc_words_day(page->arena, page->lang, input->outside_target))));
            oc_page_refs(page, input->outside_refs);
            oc_page_raw(page, "</p>\n");
        }
        if (input->voices.count && input->voice_count) {
            oc_page_raw(page, "<p>");
            oc_page_say(page, "report.voices-basis", OC_ARGS(OC_I(input->voice_count)));
            oc_page_run_ref(page);
            if (input->told_count) {
                oc_page_raw(page, " ");
                oc_page_say(page, "report.voices-told", OC_ARGS(OC_I(input->told_count)));
                oc_page_refs(page, input->told_refs);
            }
            oc_page_raw(page, "</p>\n");
        }
        oc_page_paragraph(page, "", "report.views-mean", NULL);
    } else {
        none(page, "report.none-views");
    }
    write_voices(page);
}

void oc_section_blockers(oc_page *page)
{
    if (!oc_page_figure(page, "blockers", 0)) {
        none(page, "report.none-blockers");
        return;
    }
    oc_page_paragraph(page, "", "report.blockers-mean", NULL);
}

static void driver_sentence(oc_page *page, const oc_report_driver *driver)
{
    oc_text low = oc_text_in(page->arena), high = oc_text_in(page->arena);
    oc_words_count(&low, driver->low);
    oc_words_count(&high, driver->high);
    oc_page_raw(page, "<li>");
    oc_page_say(page, "report.driver",
                OC_ARGS(OC_T(oc_report_local(page->arena, &driver->label, page->lang)),
                        OC_T(oc_report_cut(page->arena, oc_local_in(&driver->low_value, page->lang), 60)),
                        OC_T(oc_text_slice(&low)),
                        OC_T(oc_report_cut(page->arena, oc_local_in(&driver->high_value, page->lang), 60)),
                        OC_T(oc_text_slice(&high)), OC_I(oc_words_gap(driver->high, driver->low))));
    oc_page_run_ref(page);
    oc_page_refs(page, driver->refs);
    oc_page_raw(page, "</li>\n");
}

/* Where the middle 80 % of the input lie along the slider. */
static void write_zone(oc_page *page, const oc_report_control *control)
{
    double width = control->to - control->from;
    if (!(control->low <= control->high) || !(width > 0)) return;
    double from = 100 * (control->low - control->from) / width, to = 100 * (control->high - control->from) / width;
    oc_page_rawf(page,
                 "<svg class=\"zone\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
                 "<rect x=\"%.1f\" width=\"%.1f\" height=\"4\"/></svg>",
                 from, to - from);
}

/* "3 to 12 months", both ends in the control's unit. */
static void say_zone(oc_page *page, const oc_report_control *control)
{
    oc_slice unit = oc_report_cut(page->arena, oc_local_in(&control->unit, page->lang), 40);
    bool spaced = unit.len && page->lang == OC_LANG_EN && !oc_slice_is(unit, "%");
    oc_slice ends[2];
    const double figures[2] = {control->low, control->high};
    for (int i = 0; i < 2; i++)
        ends[i] = oc_arena_printf(page->arena, "%.*s%s%.*s", OC_FMT(oc_words_number(page->arena, figures[i], 6)),
                                  spaced ? " " : "", OC_FMT(unit));
    oc_page_say(page, "report.zone", OC_ARGS(OC_T(ends[0]), OC_T(ends[1])));
}

/* One control: a native range and a number field, unit, reset, the input's 10-90 % zone, where its default is from. */
static void write_control(oc_page *page, size_t which)
{
    const oc_report_control *control = &page->input->engine.controls[which];
    oc_slice label = oc_report_local(page->arena, &control->label, page->lang);
    oc_page_rawf(page, "<div class=\"control\" data-control=\"%zu\"><label for=\"%s-control-%zu\">", which, page->code,
                 which);
    oc_page_text(page, label);
    oc_page_rawf(
        page,
        "</label><span class=\"value\"><input type=\"number\" min=\"%.9g\" max=\"%.9g\" step=\"any\" aria-label=\"",
        control->from, control->to);
    oc_canvas_escape(page->out, oc_page_fill(page, "report.as-number", OC_ARGS(OC_T(label))));
    oc_page_raw(page, "\"> ");
    oc_page_text(page, oc_report_cut(page->arena, oc_local_in(&control->unit, page->lang), 40));
    oc_page_rawf(
        page,
        "</span><input type=\"range\" id=\"%s-control-%zu\" min=\"%.9g\" max=\"%.9g\" step=\"%.9g\" value=\"%.9g\">",
        page->code, which, control->from, control->to, control->step, control->middle);
    write_zone(page, control);
    oc_page_raw(page, "<button type=\"button\" class=\"reset\">");
    oc_page_say(page, "report.reset", NULL);
    oc_page_raw(page, "</button><small><span class=\"how\"></span> ");
    if (control->low <= control->high) say_zone(page, control);
    oc_page_refs(page, control->refs);
    oc_page_raw(page, " <span class=\"outside\" hidden>");
    oc_page_say(page, "report.outside-zone", NULL);
    oc_page_raw(page, "</span></small></div>\n");
}

static void write_controls(oc_page *page)
{
    const oc_report_engine *engine = &page->input->engine;
    oc_page_paragraph(page, "static", engine->wasm.len && engine->program.len ? "report.static" : "report.no-engine",
                      NULL);
    if (!engine->wasm.len || !engine->program.len) return;
    oc_page_paragraph(page, "on-paper", "script.settings-none", NULL);
    oc_page_raw(page, "<div class=\"whatif\" hidden data-whatif><h3>");
    oc_page_say(page, "report.whatif", NULL);
    oc_page_raw(page, "</h3>\n");
    for (size_t i = 0; i < engine->control_count; i++) write_control(page, i);
    oc_page_raw(page, "<p class=\"difference\" role=\"status\" aria-live=\"off\" data-difference></p><p "
                      "class=\"progress\" data-progress></p>"
                      "<div class=\"plot\" data-plot-copy></div>"
                      "<p><button type=\"button\" data-reset-all>");
    oc_page_say(page, "report.reset-all", NULL);
    oc_page_raw(page, "</button> <button type=\"button\" data-copy>");
    oc_page_say(page, "report.copy", NULL);
    oc_page_raw(page,
                "</button> <span role=\"status\" data-copied></span></p>"
                "<pre tabindex=\"0\" translate=\"no\" data-overrides></pre><p class=\"proof\" data-proof></p></div>\n");
}

void oc_section_drivers(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (input->driver_count) {
        oc_page_raw(page, "<ol class=\"drivers\">\n");
        for (size_t i = 0; i < input->driver_count && i < 3; i++) driver_sentence(page, &input->drivers[i]);
        oc_page_raw(page, "</ol>\n");
    }
    if (!oc_page_figure(page, "drivers", 0))
        none(page, "report.none-drivers");
    else if (input->first_order_sum >= 0 && input->first_order_sum < 0.7)
        oc_page_paragraph(page, "", "report.interactions",
                          OC_ARGS(OC_T(oc_words_number(page->arena, input->first_order_sum * 100, 0))));
    if (input->driver_count && input->driver_futures)
        oc_page_paragraph(page, "", "report.drivers-mean",
                          OC_ARGS(OC_T(oc_words_integer(page->arena, input->driver_futures))));
    write_controls(page);
}

static void policy_row(oc_page *page, const oc_report_policy *policy)
{
    oc_page_raw(page, "<tr><th scope=\"row\">");
    oc_page_local(page, &policy->curve.label);
    oc_page_frequency(page, policy->p);
    oc_page_raw(page, "<td>");
    oc_page_text(page, oc_words_signed(page->arena, policy->difference * 100, 1));
    oc_page_raw(page, "<td>±");
    oc_page_text(page, oc_words_number(page->arena, policy->error * 164.5, 2));
}

/* Hypothetical outcomes (Hullman, Resnick and Adar 2015): one future after another, which of two comes first. The
 * script fills it. */
static void write_hops(oc_page *page)
{
    const oc_report_input *input = page->input;
    bool any = false;
    for (size_t i = 0; i < input->policy_count; i++) any = any || input->policies[i].firsts;
    if (!input->firsts || !any) return;
    oc_page_raw(page, "<div class=\"hops\" hidden data-hops><h3>");
    oc_page_say(page, "report.hops", NULL);
    oc_page_rawf(page, "</h3>\n<p><label for=\"%s-hops\">", page->code);
    oc_page_say(page, "report.hops-which", NULL);
    oc_page_rawf(page, "</label> <select id=\"%s-hops\">", page->code);
    size_t most = 0; /* what changes most is worth looking at first */
    for (size_t i = 1; i < input->policy_count; i++)
        if (fabs(input->policies[i].difference) > fabs(input->policies[most].difference)) most = i;
    for (size_t i = 0; i < input->policy_count; i++) {
        if (!input->policies[i].firsts) continue;
        oc_page_rawf(page, "<option%s>", i == most ? " selected" : "");
        oc_canvas_escape(page->out, oc_report_local(page->arena, &input->policies[i].curve.label, page->lang));
        oc_page_raw(page, "</option>");
    }
    oc_page_raw(page, "</select></p><div data-stage></div><p role=\"status\"></p>"
                      "<p><button type=\"button\" data-step>");
    oc_page_say(page, "script.step", NULL);
    oc_page_raw(page, "</button> <button type=\"button\" data-play>");
    oc_page_say(page, "script.play", NULL);
    oc_page_raw(page, "</button></p></div>\n");
}

void oc_section_scenarios(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (!oc_page_figure(page, "scenarios", 0)) {
        none(page, "report.none-scenarios");
        return;
    }
    static const char *const heads[] = {"report.policy", "report.frequency", "report.difference", "report.error90"};
    oc_page_table(page, "report.policies", 4, heads);
    for (size_t i = 0; i < input->policy_count; i++) policy_row(page, &input->policies[i]);
    oc_page_table_end(page);
    oc_page_paragraph(page, "", "report.policies-mean",
                      OC_ARGS(OC_T(oc_words_integer(page->arena, input->policy_futures))));
    if (input->policies_left_out)
        oc_page_paragraph(page, "none", "report.policies-left-out", OC_ARGS(OC_I(input->policies_left_out)));
    write_hops(page);
}

static oc_slice span_of(oc_page *page, oc_day from, oc_day to)
{
    oc_slice first = from == OC_DAY_NONE ? OC_SLICE("") : oc_words_day(page->arena, page->lang, from);
    oc_slice last = to == OC_DAY_NONE ? OC_SLICE("") : oc_words_day(page->arena, page->lang, to);
    if (!first.len && !last.len) return OC_SLICE("–");
    return oc_page_fill(page, "words.range", OC_ARGS(OC_T(first), OC_T(last)));
}

static void holding_row(oc_page *page, const oc_report_holding *holding)
{
    oc_page_raw(page, "<tr><th scope=\"row\">");
    oc_page_local(page, &holding->matter);
    oc_page_cell(page, oc_report_local(page->arena, &holding->state, page->lang));
    oc_page_cell(page, oc_report_local(page->arena, &holding->holder, page->lang));
    oc_page_cell(page, oc_report_local(page->arena, &holding->forces, page->lang));
    oc_page_raw(page, "<td>");
    oc_page_local(page, &holding->instrument);
    oc_page_refs(page, holding->refs);
    oc_page_raw(page, "<td class=\"day\">");
    if (holding->chance >= 0) {
        oc_page_text(page, oc_words_say_frequency(page->arena, page->lang, holding->chance));
        oc_page_run_ref(page);
    } else {
        oc_page_text(page, span_of(page, holding->from, holding->to));
    }
    if (!oc_local_in(&holding->disputed, page->lang).len) return;
    oc_page_raw(page, "<tr class=\"more\"><td colspan=\"6\">");
    oc_page_say(page, "report.disputed", OC_ARGS(OC_T(oc_report_local(page->arena, &holding->disputed, page->lang))));
}

static void write_command(oc_page *page, const oc_report_command *command, const char *chart)
{
    if (!oc_page_figure(page, chart, 0)) {
        oc_page_raw(page, "<h3>");
        oc_page_local(page, &command->title);
        oc_page_raw(page, "</h3>\n");
    }
    if (!command->holding_count) return;
    static const char *const heads[] = {"report.matter", "report.state",      "report.holder",
                                        "report.forces", "report.instrument", "report.since"};
    oc_slice label = oc_page_fill(page, "report.holdings-of",
                                  OC_ARGS(OC_T(oc_report_local(page->arena, &command->title, page->lang))));
    oc_page_table_named(page, label, 6, heads);
    for (size_t i = 0; i < command->holding_count; i++) holding_row(page, &command->holdings[i]);
    oc_page_table_end(page);
}

void oc_section_command(oc_page *page)
{
    const oc_report_input *input = page->input;
    bool any = false;
    if (input->now.node_count || input->now.holding_count) write_command(page, &input->now, "command-now"), any = true;
    if (input->after.node_count || input->after.holding_count)
        write_command(page, &input->after, "command-after"), any = true;
    if (!any) none(page, "report.none-command");
}

static void event_item(oc_page *page, size_t i)
{
    const oc_report_event *event = &page->input->events[i];
    static const char *const bases[] = {"chart.stated", "chart.read", "chart.assumed"};
    oc_page_rawf(page, "<li id=\"%s-event-%zu\" value=\"%zu\"><span class=\"date\">", page->code, i + 1, i + 1);
    oc_page_text(page, oc_words_interval(page->arena, page->lang, event->first, event->last));
    oc_page_raw(page, "</span> ");
    oc_page_local(page, &event->title);
    oc_page_refs(page, event->refs);
    if (oc_local_in(&event->detail, page->lang).len) {
        oc_page_raw(page, " – ");
        oc_page_local(page, &event->detail);
    }
    bool stated = event->basis <= 0 || event->basis > 2;
    if (!stated) {
        oc_page_raw(page, " <small>");
        oc_page_say(page, bases[event->basis], NULL);
        oc_page_raw(page, "</small>");
    }
    if (event->disputes) {
        oc_page_raw(page, " <small>");
        oc_page_say(page, "report.disputes", OC_ARGS(OC_I(event->disputes)));
        oc_page_raw(page, "</small>");
    }
    oc_page_raw(page, "</li>\n");
}

void oc_section_timeline(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (!oc_page_figure(page, "timeline", 0)) {
        none(page, "report.none-timeline");
        return;
    }
    oc_page_raw(page, "<ol class=\"events\">\n");
    for (size_t i = 0; i < input->event_count; i++) event_item(page, i);
    oc_page_raw(page, "</ol>\n");
    oc_page_paragraph(page, "none", "report.events-stated", NULL);
}

/* What has sources, and which. */
static void sourced_item(oc_page *page, const oc_local *label, oc_report_refs refs)
{
    if (!refs.count) return;
    oc_page_raw(page, "<li>");
    oc_page_local(page, label);
    oc_page_refs(page, refs);
    oc_page_raw(page, "</li>\n");
}

void oc_section_stages(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (!oc_page_figure(page, "stages", 0)) {
        none(page, "report.none-stages");
        return;
    }
    oc_page_raw(page, "<ul class=\"plain\">\n");
    for (size_t i = 0; i < input->stage_count; i++) sourced_item(page, &input->stages[i].label, input->stages[i].refs);
    oc_page_raw(page, "</ul>\n");
    if (!oc_page_figure(page, "conditions", 0)) return;
    oc_page_raw(page, "<ul class=\"plain\">\n");
    for (size_t i = 0; i < input->condition_count; i++)
        sourced_item(page, &input->conditions[i].label, input->conditions[i].refs);
    oc_page_raw(page, "</ul>\n");
}
