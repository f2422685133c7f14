/* The sections about the record: money, bargaining, track record, what is not known, method, text, sources, run. */
#include "report/page.h"

static void none(oc_page *page, const char *key)
{
    oc_page_paragraph(page, "none", key, NULL);
}

static void write_commitments(oc_page *page)
{
    const oc_report_input *input = page->input;
    static const char *const heads[] = {"report.who", "report.promised", "report.due", "report.status"};
    oc_page_table(page, "report.commitments", 4, heads);
    for (size_t i = 0; i < input->commitment_count && i < OC_REPORT_COMMITMENTS; i++) {
        const oc_report_commitment *c = &input->commitments[i];
        oc_page_raw(page, "<tr><th scope=\"row\">");
        oc_page_local(page, &c->who);
        oc_page_raw(page, "<td>");
        oc_page_local(page, &c->what);
        oc_page_refs(page, c->refs);
        oc_page_day(page, c->due);
        oc_page_cell(page, oc_report_local(page->arena, &c->status, page->lang));
    }
    oc_page_table_end(page);
    if (input->commitment_count > OC_REPORT_COMMITMENTS)
        oc_page_paragraph(page, "", "report.more-commitments",
                          OC_ARGS(OC_I(input->commitment_count - OC_REPORT_COMMITMENTS)));
}

void oc_section_money(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (input->commitment_count) write_commitments(page);
    bool drawn = false;
    for (size_t i = 0; i < input->fan_count && i < 8; i++) {
        oc_page_raw(page, "<h3>");
        oc_page_local(page, &input->fans[i].title);
        oc_page_raw(page, "</h3>\n");
        drawn |= oc_page_figure_from(page, "money", i, input->fans[i].refs);
    }
    if (drawn) oc_page_paragraph(page, "", "report.fan-means", NULL);
    if (!drawn && !input->commitment_count) none(page, "report.none-money");
}

void oc_section_bargain(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (!input->bargain_count) none(page, "report.none-bargain");
    for (size_t i = 0; i < input->bargain_count && i < 8; i++) {
        const oc_report_bargain *bargain = &input->bargains[i];
        oc_page_raw(page, "<h3>");
        oc_page_local(page, &bargain->title);
        oc_page_raw(page, "</h3>\n");
        oc_page_figure(page, "bargain", i);
        oc_page_raw(page, "<p>");
        oc_page_say(page, "report.bargain-model",
                    OC_ARGS(OC_T(oc_report_local(page->arena, &bargain->model, page->lang))));
        oc_page_raw(page, "</p><ul class=\"plain\">\n");
        for (size_t k = 0; k < bargain->count; k++) {
            if (!bargain->actors[k].refs.count) continue;
            oc_page_raw(page, "<li>");
            oc_page_local(page, &bargain->actors[k].label);
            oc_page_refs(page, bargain->actors[k].refs);
            oc_page_raw(page, "</li>\n");
        }
        oc_page_raw(page, "</ul>\n");
    }
}

static void backtest_row(oc_page *page, const oc_report_backtest *test)
{
    oc_page_raw(page, "<tr><th scope=\"row\">");
    oc_page_local(page, &test->title);
    oc_page_raw(page, "<td class=\"day\">");
    oc_day last = test->made_last ? test->made_last : test->made;
    oc_page_text(page, test->made == OC_DAY_NONE ? OC_SLICE("–")
                                                 : oc_words_interval(page->arena, page->lang, test->made, last));
    oc_page_cell(page, test->said < 0 ? OC_SLICE("–") : oc_words_say_frequency(page->arena, page->lang, test->said));
    oc_page_cell(page, oc_message(page->lang, test->came < 0 ? "report.open"
                                              : test->came   ? "report.yes"
                                                             : "report.no"));
    oc_page_cell(page, test->score < 0 ? OC_SLICE("–") : oc_words_number(page->arena, test->score, 3));
}

static void write_backtests(oc_page *page, const char *label, const oc_report_backtest *list, size_t count)
{
    static const char *const heads[] = {"report.forecast", "report.made", "report.said", "report.came", "report.brier"};
    oc_page_table(page, label, 5, heads);
    for (size_t i = 0; i < count; i++) backtest_row(page, &list[i]);
    oc_page_table_end(page);
}

/* What earlier runs of this very scenario said: its own record, beside that of the outside view. */
static void write_kept(oc_page *page)
{
    enum { SHOWN = 24 };
    const oc_report_input *input = page->input;
    if (!input->kept_runs) return;
    oc_page_raw(page, "<h3>");
    oc_page_say(page, "report.kept", NULL);
    oc_page_raw(page, "</h3>\n");
    if (!input->kept_count) {
        oc_page_paragraph(page, "", "report.kept-open", OC_ARGS(OC_I(input->kept_runs), OC_I(input->kept_open)));
        return;
    }
    double sum = 0;
    for (size_t i = 0; i < input->kept_count; i++) sum += input->kept[i].score;
    oc_page_paragraph(page, "", "report.kept-scored",
                      OC_ARGS(OC_I(input->kept_runs), OC_I(input->kept_count),
                              OC_T(oc_words_number(page->arena, sum / (double)input->kept_count, 3)),
                              OC_I(input->kept_open)));
    size_t from = input->kept_count > SHOWN ? input->kept_count - SHOWN : 0;
    write_backtests(page, "report.kept", input->kept + from, input->kept_count - from);
}

void oc_section_record(oc_page *page)
{
    const oc_report_input *input = page->input;
    bool drawn = oc_page_figure(page, "record", 0);
    if (!drawn && !input->backtest_count && !input->kept_runs) none(page, "report.none-record");
    if (input->backtest_count) {
        if (input->track.cases) oc_page_paragraph(page, "", "report.cases-mean", NULL);
        write_backtests(page, "report.backtests", input->backtests, input->backtest_count);
    }
    if (input->track.cases) {
        const oc_report_track *track = &input->track;
        const char *key = track->gain_low > 0    ? "report.track-better"
                          : track->gain_high < 0 ? "report.track-worse"
                                                 : "report.track-even";
        oc_page_raw(page, "<p>");
        oc_page_say(page, key,
                    OC_ARGS(OC_I(track->cases), OC_T(oc_words_number(page->arena, track->outside, 1)),
                            OC_T(oc_words_number(page->arena, track->announced, 1))));
        oc_page_run_ref(page);
        oc_page_raw(page, "</p>\n");
    }
    write_kept(page);
    if (drawn || input->backtest_count || input->kept_count) oc_page_paragraph(page, "", "report.record-means", NULL);
}

void oc_section_unknown(oc_page *page)
{
    const oc_report_input *input = page->input;
    static const char *const heads[] = {"report.left-out", "report.assumed", "report.contested"};
    if (!input->remark_count) none(page, "report.none-unknown");
    for (int kind = 0; kind < 3 && input->remark_count; kind++) {
        size_t count = 0;
        for (size_t i = 0; i < input->remark_count; i++) {
            if (input->remarks[i].kind != kind) continue;
            if (!count++) {
                oc_page_raw(page, "<h3>");
                oc_page_say(page, heads[kind], NULL);
                oc_page_raw(page, "</h3><ul>\n");
            }
            oc_page_raw(page, "<li>");
            oc_page_local(page, &input->remarks[i].text);
            oc_page_refs(page, input->remarks[i].refs);
            oc_page_raw(page, "</li>\n");
        }
        if (count) oc_page_raw(page, "</ul>\n");
    }
    oc_page_left_out(page);
}

void oc_section_method(oc_page *page)
{
    static const char *const keys[] = {"report.method1", "report.method2", "report.method3", "report.method4"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) oc_page_paragraph(page, "", keys[i], NULL);
}

void oc_section_text(oc_page *page)
{
    oc_slice text = page->input->scenario_text;
    if (!text.len) {
        none(page, "report.none-text");
        return;
    }
    oc_page_paragraph(page, "", "report.text-means", NULL);
    oc_page_raw(page, "<p><a href=\"#scenario-text\">");
    oc_page_say(page, "report.show-text", OC_ARGS(OC_T(oc_words_integer(page->arena, (int64_t)text.len))));
    oc_page_raw(page, "</a></p>\n");
}

void oc_section_sources(oc_page *page)
{
    const oc_report_input *input = page->input;
    if (!input->source_count) {
        none(page, "report.none-sources");
        return;
    }
    oc_page_paragraph(page, "", "report.sources-mean", NULL);
    oc_page_raw(page, "<p><a href=\"#sources\">");
    oc_page_say(page, "report.show-sources", OC_ARGS(OC_I(input->source_count)));
    oc_page_raw(page, "</a></p>\n");
}

static void run_row(oc_page *page, const char *key, oc_slice value)
{
    if (!value.len) return;
    oc_page_raw(page, "<tr><th scope=\"row\">");
    oc_page_say(page, key, NULL);
    oc_page_cell(page, oc_report_cut(page->arena, value, OC_REPORT_TITLE));
}

void oc_section_run(oc_page *page)
{
    const oc_report_run *run = &page->input->run;
    if (!run->futures) none(page, "report.none-run");
    oc_page_raw(page, "<div class=\"scroll\"><table class=\"run\"><caption>");
    oc_page_say(page, "report.section-run", NULL);
    oc_page_raw(page, "</caption><tbody>\n");
    run_row(page, "report.version", run->version);
    run_row(page, "report.compiler", run->compiler);
    if (run->futures) {
        run_row(page, "report.futures", oc_words_integer(page->arena, run->futures));
        run_row(page, "report.seed", oc_arena_printf(page->arena, "%llu", (unsigned long long)run->seed));
    }
    run_row(page, "report.state-of", oc_words_day(page->arena, page->lang, page->input->as_of));
    if (run->made != OC_DAY_NONE && run->made)
        run_row(page, "report.run-on", oc_words_day(page->arena, page->lang, run->made));
    run_row(page, "report.inputs-hash", run->inputs_hash);
    run_row(page, "report.digest", run->digest);
    if (run->numbers)
        run_row(page, "report.provenance",
                oc_page_fill(page, "report.provenance-counts",
                             OC_ARGS(OC_I(run->numbers), OC_I(run->sourced), OC_I(run->judged), OC_I(run->bare))));
    for (size_t i = 0; i < run->check_count; i++) {
        oc_page_raw(page, "<tr><th scope=\"row\">");
        oc_page_local(page, &run->checks[i].name);
        oc_page_cell(page, oc_message(page->lang, run->checks[i].passed ? "report.passed" : "report.failed"));
    }
    if (run->futures)
        run_row(page, "report.cite",
                oc_page_fill(page, "report.citation",
                             OC_ARGS(OC_T(oc_page_headline(page)),
                                     OC_T(oc_report_local(page->arena, &page->input->title, page->lang)),
                                     OC_T(oc_words_day(page->arena, page->lang, page->input->as_of)),
                                     OC_T(run->version), OC_I(run->seed),
                                     OC_T(oc_words_integer(page->arena, run->futures)), OC_T(run->digest))));
    oc_page_raw(page, "</tbody></table></div>\n");
}
