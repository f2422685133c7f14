/* The page: policy, style, one <main> for each language, what all share, data, script.
 *
 * The languages are chosen by radio buttons and CSS, so that the choice works without a script; the script adds the
 * address, the title and <html lang>. Only the embedded style and script may run: the policy names their digests. */
#include "chart/canvas.h"
#include "report/digest.h"
#include "report/gzip.h"
#include "report/page.h"
#include "report/web.h"

/* --- what there is to say --- */

static bool has_views(const oc_report_input *input)
{
    return (input->main.count && (input->outside.count || input->voices.count)) || input->statement_count;
}

static bool has_blockers(const oc_report_input *input)
{
    return input->blockers.year_count && input->blockers.cause_count;
}

static bool has_drivers(const oc_report_input *input)
{
    return input->driver_count || input->engine.control_count;
}

static bool has_scenarios(const oc_report_input *input)
{
    return input->policy_count && input->main.count;
}

static bool has_command(const oc_report_input *input)
{
    return input->now.node_count || input->now.holding_count || input->after.node_count || input->after.holding_count;
}

static bool has_timeline(const oc_report_input *input)
{
    return input->event_count && input->lane_count;
}

static bool has_stages(const oc_report_input *input)
{
    return input->stage_count;
}

static bool has_money(const oc_report_input *input)
{
    return input->commitment_count || input->fan_count;
}

static bool has_bargain(const oc_report_input *input)
{
    return input->bargain_count;
}

static bool has_record(const oc_report_input *input)
{
    return input->bin_count || input->backtest_count || input->kept_runs;
}

/* A section that says nothing is only named, in the list of what is not known; those without a test always stand. */
static const struct {
    const char *name, *title;
    oc_page_section *write;
    bool (*has)(const oc_report_input *input);
} sections[] = {
    {"answer", "report.section-answer", oc_section_answer, NULL},
    {"when", "report.section-when", oc_section_when, NULL},
    {"views", "report.section-views", oc_section_views, has_views},
    {"blockers", "report.section-blockers", oc_section_blockers, has_blockers},
    {"drivers", "report.section-drivers", oc_section_drivers, has_drivers},
    {"scenarios", "report.section-scenarios", oc_section_scenarios, has_scenarios},
    {"command", "report.section-command", oc_section_command, has_command},
    {"timeline", "report.section-timeline", oc_section_timeline, has_timeline},
    {"stages", "report.section-stages", oc_section_stages, has_stages},
    {"money", "report.section-money", oc_section_money, has_money},
    {"bargain", "report.section-bargain", oc_section_bargain, has_bargain},
    {"record", "report.section-record", oc_section_record, has_record},
    {"unknown", "report.section-unknown", oc_section_unknown, NULL},
    {"method", "report.section-method", oc_section_method, NULL},
    {"text", "report.section-text", oc_section_text, NULL},
    {"sources", "report.section-sources", oc_section_sources, NULL},
    {"run", "report.section-run", oc_section_run, NULL},
};

enum { SECTIONS = sizeof sections / sizeof *sections };

const char *const oc_report_sections[] = {
    "answer", "when",    "views",  "blockers", "drivers", "scenarios", "command", "timeline", "stages",
    "money",  "bargain", "record", "unknown",  "method",  "text",      "sources", "run",
};
const size_t oc_report_section_count = SECTIONS;

size_t oc_report_section_find(oc_slice name)
{
    for (size_t i = 0; i < SECTIONS; i++)
        if (oc_slice_is(name, sections[i].name)) return i;
    return SIZE_MAX;
}

/* Those that were asked for, and else those that have something to say. */
static bool has_section(const oc_page *page, size_t i)
{
    if (page->sections) return page->sections >> i & 1;
    return !sections[i].has || sections[i].has(page->input);
}

const char *oc_page_section_title(size_t section)
{
    return sections[section].title;
}

void oc_page_left_out(oc_page *page)
{
    oc_text list = oc_text_in(page->arena);
    for (size_t i = 0; !page->sections && i < SECTIONS; i++) {
        if (has_section(page, i)) continue;
        if (list.len) oc_text_add(&list, oc_message(page->lang, "words.comma"));
        oc_text_message(&list, page->lang, "report.quoted", OC_ARGS(OC_M(sections[i].title)));
    }
    if (list.len) oc_page_paragraph(page, "", "report.sections-left-out", OC_ARGS(OC_T(oc_text_slice(&list))));
}

/* Languages in the order in which they are offered. */
static const oc_lang offered[OC_LANG_COUNT] = {OC_LANG_JA, OC_LANG_KO, OC_LANG_EN};
static const char *const own_names[OC_LANG_COUNT] = {"English", "日本語", "한국어"};

/* A text as a string of CSS: what could end it is written as a number, what is no character left out. */
static void add_css_string(oc_text *out, oc_slice text)
{
    oc_text_byte(out, '"');
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        uint32_t code = oc_utf8_next(text, &at);
        if (code == OC_UTF8_INVALID || code < ' ' || (code >= 0x7f && code < 0xa0) || oc_canvas_is_bidi_control(code))
            continue;
        if (code == '"' || code == '\\' || code == '<')
            oc_text_printf(out, "\\%x ", (unsigned)code);
        else
            oc_text_add(out, oc_slice_sub(text, start, at));
    }
    oc_text_byte(out, '"');
}

/* Heads that run over the pages on paper: the scenario and its day, in the language that is shown. */
static void add_running_heads(oc_page *page, oc_text *out)
{
    for (int i = 0; i < OC_LANG_COUNT; i++) {
        oc_lang lang = offered[i];
        if (!(page->langs >> lang & 1)) continue;
        const char *code = oc_lang_code(lang);
        oc_slice title = oc_report_cut(page->arena, oc_local_in(&page->input->title, lang), 90);
        oc_slice day = oc_say(page->arena, lang, "report.as-of",
                              OC_ARGS(OC_T(oc_words_day(page->arena, lang, page->input->as_of))));
        oc_text_printf(out, "body:has(#choose-%s:checked){page:%s}@page %s{@top-left{content:", code, code, code);
        add_css_string(out, title);
        oc_text_lit(out, "}@top-right{content:");
        add_css_string(out, day);
        oc_text_lit(out, "}}");
    }
}

static oc_slice style_text(oc_page *page)
{
    oc_text text = oc_text_in(page->arena);
    oc_text_add(&text, (oc_slice){(const char *)oc_web_style, oc_web_style_size});
    oc_text_add(&text, oc_slice_of(oc_chart_css));
    add_running_heads(page, &text);
    return oc_text_slice(&text);
}

static oc_slice script_text(void)
{
    return (oc_slice){(const char *)oc_web_script, oc_web_script_size};
}

static void write_head(oc_page *page)
{
    oc_text *out = page->out;
    oc_slice style = style_text(page);
    oc_page_rawf(page, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", page->code);
    oc_text_lit(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src ");
    oc_text_policy_digest(out, script_text());
    oc_text_lit(out, " 'wasm-unsafe-eval' blob:; worker-src blob:; style-src ");
    oc_text_policy_digest(out, style);
    oc_text_lit(out, "; img-src data:; base-uri 'none'; form-action 'none'\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"color-scheme\" content=\"light dark\">\n"
                     "<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n<title>");
    oc_canvas_escape(out, oc_report_cut(page->arena, oc_page_headline(page), 200));
    oc_text_lit(out, "</title>\n<style>");
    oc_text_add(out, style);
    oc_text_lit(out, "</style>\n</head>\n<body>\n");
}

static void write_switch(oc_page *page, int langs, oc_lang first)
{
    oc_page_raw(page, "<nav class=\"langs\" aria-label=\"Language · 言語 · 언어\">");
    for (int i = 0; i < OC_LANG_COUNT; i++) {
        oc_lang lang = offered[i];
        if (!(langs >> lang & 1)) continue;
        const char *code = oc_lang_code(lang);
        oc_page_rawf(page,
                     "<input type=\"radio\" name=\"lang\" id=\"choose-%s\" value=\"%s\"%s><label for=\"choose-%s\" "
                     "lang=\"%s\">%s</label>",
                     code, code, lang == first ? " checked" : "", code, code, own_names[lang]);
    }
    oc_page_raw(page, "</nav>\n");
}

/* Numbers of a changed scenario are not those of the scenario: said before the first of them. */
static void write_settings(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (!input->setting_count) return;
    oc_page_raw(page, "<p class=\"fixture\">");
    oc_page_say(page, "report.settings", NULL);
    for (size_t i = 0; i < input->setting_count && i < 20; i++) {
        oc_page_raw(page, " <code translate=\"no\">");
        oc_canvas_escape(page->out, oc_report_cut(page->arena, input->settings[i], 200));
        oc_page_raw(page, "</code>");
    }
    if (input->run.drawn > input->run.futures) {
        oc_page_raw(page, " ");
        oc_page_say(page, "report.settings-agree",
                    OC_ARGS(OC_T(oc_words_integer(page->arena, input->run.futures)),
                            OC_T(oc_words_integer(page->arena, input->run.drawn))));
        oc_page_run_ref(page);
    }
    oc_page_raw(page, "</p>\n");
}

static void write_header(oc_page *page)
{
    const oc_report_input *input = page->input;
    oc_page_raw(page, "<header><p class=\"kicker\">");
    oc_page_local(page, &input->title);
    oc_page_raw(page, "</p>\n<h1>");
    oc_page_text(page, oc_report_cut(page->arena, oc_page_headline(page), OC_REPORT_TITLE));
    oc_page_raw(page, "</h1>\n");
    oc_page_paragraph(page, "meta", "report.dates",
                      OC_ARGS(OC_T(oc_words_day(page->arena, page->lang, input->as_of)),
                              OC_T(oc_words_day(page->arena, page->lang, input->horizon)),
                              OC_T(oc_words_integer(page->arena, input->run.futures))));
    if (input->fixture) oc_page_paragraph(page, "fixture", "report.fixture", NULL);
    write_settings(page);
    oc_page_raw(page, "</header>\n<nav class=\"contents\" aria-label=\"");
    oc_canvas_escape(page->out, oc_message(page->lang, "report.contents"));
    oc_page_raw(page, "\"><ol>");
    for (size_t i = 0; i < SECTIONS; i++) {
        if (!has_section(page, i)) continue;
        oc_page_rawf(page, "<li><a href=\"#%s-%s\">", page->code, sections[i].name);
        oc_page_say(page, sections[i].title, NULL);
        oc_page_raw(page, "</a></li>");
    }
    oc_page_raw(page, "</ol></nav>\n");
}

static void write_language(oc_page *page)
{
    oc_page_rawf(page, "<main class=\"in\" lang=\"%s\" data-title=\"", page->code);
    oc_canvas_escape(page->out, oc_report_cut(page->arena, oc_page_headline(page), 200));
    oc_page_raw(page, "\">\n");
    write_header(page);
    for (size_t i = 0; i < SECTIONS; i++) {
        if (!has_section(page, i)) continue;
        page->section = i;
        oc_page_rawf(page, "<section id=\"%s-%s\" class=\"s-%s\" aria-labelledby=\"%s-%s-h\"><h2 id=\"%s-%s-h\">",
                     page->code, sections[i].name, sections[i].name, page->code, sections[i].name, page->code,
                     sections[i].name);
        oc_page_say(page, sections[i].title, NULL);
        oc_page_raw(page, "</h2>\n");
        sections[i].write(page);
        oc_page_raw(page, "</section>\n");
    }
    oc_page_raw(page, "</main>\n");
}

static void begin_shared(oc_page *page, const char *id, const char *title)
{
    oc_page_rawf(page, "<aside class=\"shared\" id=\"%s\" aria-labelledby=\"%s-h\">\n<div id=\"%s-h\">", id, id, id);
    for (int i = 0; i < OC_LANG_COUNT; i++) {
        if (!(page->langs >> offered[i] & 1)) continue;
        oc_page_rawf(page, "<h2 class=\"in\" lang=\"%s\">", oc_lang_code(offered[i]));
        oc_canvas_escape(page->out, oc_message(offered[i], title));
        oc_page_raw(page, "</h2>");
    }
    oc_page_raw(page, "</div>\n");
}

/* What does not change with the language: sources and the scenario's own text. */
static void write_shared_sources(oc_page *page)
{
    if (!page->input->source_count) return;
    begin_shared(page, "sources", "report.list-of-sources");
    oc_page_sources(page);
    oc_page_raw(page, "</aside>\n");
}

static uint32_t line_count(oc_slice text)
{
    uint32_t count = 1;
    for (size_t at = 0; (at = oc_slice_find(text, OC_SLICE("\n"), at)) != SIZE_MAX; at++) count++;
    return count;
}

/* Of each line of the scenario's text, counted from 1, whether the list of sources leads to it. */
static const bool *linked_lines(oc_page *page)
{
    const oc_report_input *input = page->input;
    uint32_t count = line_count(input->scenario_text);
    bool *linked = OC_NEW_ARRAY(page->arena, (size_t)count + 2, bool);
    for (size_t i = 0; i < input->source_count; i++)
        for (size_t k = 0; k < input->sources[i].use_count; k++) {
            const oc_report_use *use = &input->sources[i].uses[k];
            uint32_t first = use->file < input->file_count ? input->files[use->file].first : 0;
            if (first && use->line <= count - first + 1) linked[first + use->line - 1] = true;
        }
    return linked;
}

static void write_shared_text(oc_page *page)
{
    oc_slice text = page->input->scenario_text;
    if (!text.len || !has_section(page, oc_report_section_find(OC_SLICE("text")))) return;
    begin_shared(page, "scenario-text", "report.text-of-scenario");
    bool cut = text.len > OC_REPORT_SCENARIO_BYTES;
    const bool *linked = linked_lines(page);
    uint32_t line = 1;
    oc_page_raw(page, "<pre tabindex=\"0\" translate=\"no\">");
    for (size_t at = 0; at < text.len && at < OC_REPORT_SCENARIO_BYTES;) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), at);
        if (end == SIZE_MAX || end > OC_REPORT_SCENARIO_BYTES)
            end = text.len < OC_REPORT_SCENARIO_BYTES ? text.len : OC_REPORT_SCENARIO_BYTES;
        if (linked[line]) oc_page_rawf(page, "<span id=\"l%u\">", (unsigned)line);
        oc_canvas_escape(page->out, oc_slice_sub(text, at, end));
        if (linked[line]) oc_page_raw(page, "</span>");
        oc_page_raw(page, "\n");
        at = end + 1;
        line++;
    }
    oc_page_rawf(page, "%s</pre></aside>\n", cut ? "…" : "");
}

static void write_data(oc_page *page)
{
    const oc_report_engine *engine = &page->input->engine;
    oc_page_raw(page, "<div class=\"card\" id=\"card\" role=\"note\" hidden></div>\n"
                      "<script type=\"application/json\" id=\"data\">");
    oc_text bundle = oc_text_in(page->arena);
    oc_text_add(&bundle, engine->wasm);
    oc_text_add(&bundle, engine->program);
    oc_page_data(page->arena, page->out, page->input);
    oc_page_raw(page, "</script>\n");
    if (engine->wasm.len && engine->program.len) {
        oc_page_raw(page, "<script type=\"text/plain\" id=\"worker\">");
        oc_text_add(page->out, (oc_slice){(const char *)oc_web_worker, oc_web_worker_size});
        oc_page_raw(page, "</script>\n<script type=\"text/plain\" id=\"engine\">");
        oc_text_base64(page->out, oc_gzip(page->arena, oc_text_slice(&bundle)));
        oc_page_raw(page, "</script>\n");
    }
    oc_page_raw(page, "<script>");
    oc_text_add(page->out, script_text());
    oc_page_raw(page, "</script>\n</body>\n</html>\n");
}

oc_slice oc_report_html(oc_arena *arena, const oc_report_input *input, const oc_report_options *options)
{
    oc_text out = oc_text_in(arena);
    int langs = options->langs ? options->langs : OC_REPORT_ALL;
    oc_lang first = options->first;
    for (int i = 0; i < OC_LANG_COUNT && !(langs >> first & 1); i++) first = offered[i];
    oc_page page = {arena, &out, input, first, oc_lang_code(first), langs, options->sections, 0, NULL};
    page.mentioned = OC_NEW_ARRAY(arena, input->source_count + 1, uint32_t);
    write_head(&page);
    oc_text_lit(&out, "<svg class=\"chart defs\" aria-hidden=\"true\">");
    oc_text_add(&out, oc_slice_of(oc_chart_hatches));
    oc_text_lit(&out, "</svg>\n");
    write_switch(&page, langs, first);
    for (int i = 0; i < OC_LANG_COUNT; i++) {
        if (!(langs >> offered[i] & 1)) continue;
        page.lang = offered[i];
        page.code = oc_lang_code(offered[i]);
        for (size_t k = 0; k < input->source_count; k++) page.mentioned[k] = 0;
        write_language(&page);
    }
    page.lang = first;
    page.code = oc_lang_code(first);
    write_shared_sources(&page);
    write_shared_text(&page);
    write_data(&page);
    return oc_text_slice(&out);
}
