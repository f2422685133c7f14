/* Charts: well-formed, stable, inside their box, nothing on top of anything, and the numbers where they belong. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <libxml/parser.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chart/measure.h"
#include "sample.h"

static void assert_slice(oc_slice got, const char *expected)
{
    if (!oc_slice_is(got, expected)) print_error("got [%.*s]\n", OC_FMT(got));
    assert_true(oc_slice_is(got, expected));
}

static int set_up(void **state)
{
    static oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    *state = &arena;
    return 0;
}

static int tear_down(void **state)
{
    oc_arena_free(*state);
    return 0;
}

typedef void chart_check(oc_arena *arena, const char *name, const oc_chart *chart, const oc_chart_options *options);

static void each_chart(oc_arena *arena, const oc_report_input *input, chart_check *check)
{
    for (size_t i = 0; i < oc_report_chart_count; i++)
        for (int lang = 0; lang < OC_LANG_COUNT; lang++)
            for (int form = 0; form < 4; form++) {
                oc_chart_options options = {(oc_lang)lang, form & 1, form & 2, OC_SLICE("x")};
                oc_chart chart;
                assert_true(oc_report_chart(arena, input, oc_report_charts[i], 0, &options, &chart));
                check(arena, oc_report_charts[i], &chart, &options);
            }
}

static void check_well_formed(oc_arena *arena, const char *name, const oc_chart *chart, const oc_chart_options *options)
{
    (void)arena;
    (void)options;
    xmlDoc *doc = xmlReadMemory(chart->svg.ptr, (int)chart->svg.len, "chart.svg", "UTF-8", XML_PARSE_NONET);
    if (!doc) print_error("%s is not well-formed\n", name);
    assert_non_null(doc);
    xmlFreeDoc(doc);
    assert_true(oc_slice_find(chart->svg, OC_SLICE("nan"), 0) == SIZE_MAX);
    assert_true(oc_slice_find(chart->svg, OC_SLICE("style=\""), 0) == SIZE_MAX);
    assert_true(chart->finding.len > 0);
    assert_true(chart->table.columns > 0 && chart->table.cells.len > chart->table.columns);
    assert_int_equal(chart->table.cells.len % chart->table.columns, 0);
}

static void check_boxes(oc_arena *arena, const char *name, const oc_chart *chart, const oc_chart_options *options)
{
    (void)arena;
    for (size_t i = 0; i < chart->boxes.len; i++) {
        oc_chart_box a = chart->boxes.at[i];
        if (a.x < -0.01 || a.y < -0.01 || a.x + a.w > chart->width + 0.01 || a.y + a.h > chart->height + 2)
            fail_msg("%s %d%d%d: [%.*s] leaves the picture", name, options->lang, options->narrow, options->standalone,
                     OC_FMT(a.text));
        for (size_t j = 0; j < i; j++) {
            oc_chart_box b = chart->boxes.at[j];
            double across = fmin(a.x + a.w, b.x + b.w) - fmax(a.x, b.x),
                   down = fmin(a.y + a.h, b.y + b.h) - fmax(a.y, b.y);
            if (across > 0.5 && down > 0.5)
                fail_msg("%s lang %d narrow %d: [%.*s] lies on [%.*s]", name, options->lang, options->narrow,
                         OC_FMT(a.text), OC_FMT(b.text));
        }
    }
}

static void test_well_formed(void **state)
{
    oc_report_input input;
    sample_full(*state, &input);
    each_chart(*state, &input, check_well_formed);
}

static void test_hostile_texts_are_harmless(void **state)
{
    oc_report_input input;
    sample_hostile(*state, &input);
    each_chart(*state, &input, check_well_formed);
}

static void test_no_text_on_text(void **state)
{
    oc_report_input input;
    sample_full(*state, &input);
    each_chart(*state, &input, check_boxes);
}

static void check_stable(oc_arena *arena, const char *name, const oc_chart *chart, const oc_chart_options *options)
{
    oc_report_input input;
    sample_full(arena, &input);
    oc_chart again;
    assert_true(oc_report_chart(arena, &input, name, 0, options, &again));
    assert_true(oc_slice_equal(chart->svg, again.svg));
}

static void test_same_bytes_again(void **state)
{
    oc_report_input input;
    sample_full(*state, &input);
    each_chart(*state, &input, check_stable);
}

static const oc_day three_days[] = {20454, 21184, 21915}; /* 2026-01-01, 2028-01-01, 2030-01-01 */
static const double three_shares[] = {0, 0.5, 0.6};
static const oc_chart_curve three = {.days = three_days, .p = three_shares, .count = 3};

static void test_values_of_a_curve(void **state)
{
    (void)state;
    assert_true(fabs(oc_chart_curve_at(&three, 20454 + 365) - 0.25) < 1e-12);
    assert_true(oc_chart_curve_at(&three, 20000) == 0);
    assert_true(oc_chart_curve_at(&three, 30000) == 0.6);
    assert_int_equal(oc_chart_curve_reaches(&three, 0.5), 21184);
    assert_int_equal(oc_chart_curve_reaches(&three, 0.25), 20454 + 365);
    assert_true(oc_chart_curve_reaches(&three, 0.61) == OC_DAY_NONE);
}

static size_t count_of(oc_slice hay, const char *needle)
{
    size_t count = 0;
    for (size_t at = 0; (at = oc_slice_find(hay, oc_slice_of(needle), at)) != SIZE_MAX; at++) count++;
    return count;
}

/* Of 50 dots 30 have dates (quantiles 0.01 .. 0.59), 20 are hollow; the filled part of the bar ends at 60 of 100. */
static void test_dots_and_bar_show_the_shares(void **state)
{
    oc_chart_cdf data = {.curve = three, .as_of = three_days[0], .horizon = three_days[2]};
    oc_chart_options options = {OC_LANG_EN, false, false, OC_SLICE("t")};
    oc_chart chart = oc_chart_draw_cdf(*state, &data, &options);
    assert_int_equal(count_of(chart.svg, "class=\"f1 d\""), 30);
    assert_int_equal(count_of(chart.svg, "class=\"hl d\""), 20);
    double x0, x1, y0, y1, from, to;
    size_t at = oc_slice_find(chart.svg, OC_SLICE("data-plot=\""), 0);
    assert_int_equal(sscanf(chart.svg.ptr + at, "data-plot=\"%lf %lf %lf %lf %lf %lf", &x0, &x1, &y0, &y1, &from, &to),
                     6);
    char bar[80];
    snprintf(bar, sizeof bar, "y=\"%.0f\" width=\"18\" height=\"%.0f\" class=\"f1 fill yes\"", y0 + 0.6 * (y1 - y0),
             0.6 * (y0 - y1));
    assert_int_equal(count_of(chart.svg, bar), 1);
    oc_chart_options narrow = {OC_LANG_EN, true, false, OC_SLICE("t")};
    chart = oc_chart_draw_cdf(*state, &data, &narrow);
    assert_int_equal(count_of(chart.svg, "class=\"f1 d\""), 12);
    assert_int_equal(count_of(chart.svg, "class=\"hl d\""), 8);
}

static void test_finding_in_three_languages(void **state)
{
    oc_chart_cdf data = {.curve = three, .as_of = three_days[0], .horizon = three_days[2]};
    static const char *const expected[OC_LANG_COUNT] = {
        ("In half of the futures it has come by January 2028; by 1 January 2030 it has in 60 in 100, and in 40 in 100 "
         "it does "
         "not come within the horizon."),
        "計算した未来の半数では2028年1月までに実現します。2030年1月1日までに実現するのは100回に60回、期間内に実現しない"
        "のは100回に40回です。",
        "계산한 미래의 절반에서는 2028년 1월까지 이루어집니다. 2030년 1월 1일까지 이루어지는 경우는 100번 중 60번, "
        "기간 안에 이루어지지 않는 경우는 100번 중 40번입니다.",
    };
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        oc_chart_options options = {(oc_lang)lang, false, false, OC_SLICE("t")};
        assert_slice(oc_chart_draw_cdf(*state, &data, &options).finding, expected[lang]);
    }
}

static void test_counts_in_words(void **state)
{
    static const struct {
        double p;
        const char *en, *ja, *ko;
    } rows[] = {
        {0, "0 in 100", "100回に0回", "100번 중 0번"},       {0.004, "<1 in 100", "100回に<1回", "100번 중 <1번"},
        {0.084, "8 in 100", "100回に8回", "100번 중 8번"},   {0.125, "13 in 100", "100回に13回", "100번 중 13번"},
        {0.996, ">99 in 100", "100回に>99回", "100번 중 >99번"}, {1, "100 in 100", "100回に100回", "100번 중 100번"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_slice(oc_words_say_frequency(*state, OC_LANG_EN, rows[i].p), rows[i].en);
        assert_slice(oc_words_say_frequency(*state, OC_LANG_JA, rows[i].p), rows[i].ja);
        assert_slice(oc_words_say_frequency(*state, OC_LANG_KO, rows[i].p), rows[i].ko);
    }
}

/* The seven bands of ICD 203 (2015): every bound, from both sides. */
static void test_words_of_probability(void **state)
{
    static const double inside[] = {0.03, 0.12, 0.3, 0.5, 0.7, 0.9, 0.97};
    static const double first[] = {0.01, 0.05, 0.20, 0.45, 0.55, 0.80, 0.95};
    for (int band = 0; band < OC_WORDS_BANDS; band++) {
        assert_int_equal(oc_words_band(inside[band]), band);
        assert_int_equal(oc_words_band(first[band]), band);
    }
    assert_slice(oc_words_likely(*state, OC_LANG_EN, 0.3), "unlikely (20–45%)");
    assert_slice(oc_words_likely(*state, OC_LANG_JA, 0.12), "可能性は低い（5〜20%）");
    assert_slice(oc_words_likely(*state, OC_LANG_KO, 0.9), "높음(80~95%)");
    assert_slice(oc_words_likely(*state, OC_LANG_EN, 0.002), "almost no chance (<1%)");
    assert_slice(oc_words_likely(*state, OC_LANG_EN, 0.999), "almost certain (>99%)");
}

static void test_dates_and_numbers(void **state)
{
    oc_day day = oc_day_from_civil(2027, 6, 30);
    assert_slice(oc_words_day(*state, OC_LANG_EN, day), "30 June 2027");
    assert_slice(oc_words_day(*state, OC_LANG_JA, day), "2027年6月30日");
    assert_slice(oc_words_day(*state, OC_LANG_KO, day), "2027년 6월 30일");
    assert_slice(oc_words_integer(*state, 1000000), "1,000,000");
    assert_slice(oc_words_integer(*state, -1234), "−1,234");
    assert_slice(oc_words_number(*state, 2.5, 2), "2.5");
    assert_slice(oc_words_signed(*state, -0.4, 1), "−0.4");
    assert_slice(oc_words_signed(*state, 3.14, 1), "+3.1");
}

static void check_lines(oc_arena *arena, const char *text, oc_lang lang, double width, const char *expected)
{
    oc_lines lines = oc_measure_break(arena, oc_slice_of(text), lang, width, 10, 0);
    oc_text joined = oc_text_in(arena);
    for (size_t i = 0; i < lines.len; i++) {
        if (i) oc_text_byte(&joined, '|');
        oc_text_add(&joined, lines.at[i]);
    }
    assert_slice(oc_text_slice(&joined), expected);
}

static void test_line_breaking(void **state)
{
    check_lines(*state, "あいう、えお", OC_LANG_JA, 30, "あい|う、え|お");         /* no 、 at the start of a line */
    check_lines(*state, "ああ「いい」う", OC_LANG_JA, 30, "ああ|「い|い」う");     /* no 「 at its end */
    check_lines(*state, "期間は12か月です", OC_LANG_JA, 45, "期間は|12か月で|す"); /* a figure keeps its counter */
    check_lines(*state, "キャンセル", OC_LANG_JA, 20, "キャ|ンセ|ル");             /* small kana cling */
    check_lines(*state, "전환 목표 연도", OC_LANG_KO, 42, "전환 목표|연도");       /* at spaces only */
    check_lines(*state, "전시작전통제권", OC_LANG_KO, 30, "전시작|전통제|권");     /* unless a word is too wide */
    check_lines(*state, "one two three", OC_LANG_EN, 46, "one two|three");
    check_lines(*state, "", OC_LANG_JA, 10, "");
    oc_lines cut = oc_measure_break(*state, OC_SLICE("one two three four five"), OC_LANG_EN, 50, 10, 2);
    assert_int_equal(cut.len, 2);
    assert_true(oc_slice_ends(cut.at[1], OC_SLICE("…")));
    assert_true(oc_measure_width(cut.at[1], 10, false) <= 50);
}

static void test_widths(void **state)
{
    (void)state;
    assert_true(fabs(oc_measure_width(OC_SLICE("漢字"), 10, false) - 20) < 1e-9);
    assert_true(fabs(oc_measure_width(OC_SLICE("한글"), 10, false) - 18.4) < 1e-9);
    assert_true(oc_measure_width(OC_SLICE("iii"), 10, false) < oc_measure_width(OC_SLICE("MMM"), 10, false) / 2);
    assert_true(oc_measure_width(OC_SLICE("e\xcc\x81"), 10, false) == oc_measure_width(OC_SLICE("e"), 10, false));
}

static double channel(double value)
{
    value /= 255;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* Relative luminance (WCAG 2.2) of "#rrggbb" or "#rgb". */
static double luminance(const char *colour)
{
    unsigned r = 0, g = 0, b = 0;
    size_t length = strspn(colour + 1, "0123456789abcdef");
    if (length == 3) {
        assert_int_equal(sscanf(colour, "#%1x%1x%1x", &r, &g, &b), 3);
        r *= 17, g *= 17, b *= 17;
    } else {
        assert_int_equal(sscanf(colour, "#%2x%2x%2x", &r, &g, &b), 3);
    }
    return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
}

static double contrast(const char *a, const char *b)
{
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* The colour that `rule` sets in a part of the style. */
static const char *colour_of(const char *style, const char *rule)
{
    const char *at = strstr(style, rule);
    assert_non_null(at);
    return strchr(at, '#');
}

/* Marks 3:1, text 4.5:1 (WCAG 2.2, 1.4.11 and 1.4.3), against each palette's page; figures on marks 3:1 (bold, large).
 */
static void test_palette_has_contrast(void **state)
{
    (void)state;
    static const char *const marks[] = {".s1{stroke", ".s2{stroke", ".s3{stroke", ".s4{stroke",
                                        ".s5{stroke", ".f1{fill",   ".f2{fill",   ".f3{fill",
                                        ".f4{fill",   ".f5{fill",   ".f6{fill",   ".bg{stroke"};
    const char *light = oc_chart_css, *dark = strstr(oc_chart_css, "@media (prefers-color-scheme:dark)");
    assert_non_null(dark);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        assert_true(contrast(colour_of(light, marks[i]), "#ffffff") >= 3);
        assert_true(contrast(colour_of(dark, marks[i]), "#14171a") >= 3);
    }
    assert_true(contrast(colour_of(light, ".m{fill"), "#ffffff") >= 4.5);
    assert_true(contrast(colour_of(dark, ".m{fill"), "#14171a") >= 4.5);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_well_formed),
        cmocka_unit_test(test_hostile_texts_are_harmless),
        cmocka_unit_test(test_no_text_on_text),
        cmocka_unit_test(test_same_bytes_again),
        cmocka_unit_test(test_values_of_a_curve),
        cmocka_unit_test(test_dots_and_bar_show_the_shares),
        cmocka_unit_test(test_finding_in_three_languages),
        cmocka_unit_test(test_counts_in_words),
        cmocka_unit_test(test_words_of_probability),
        cmocka_unit_test(test_dates_and_numbers),
        cmocka_unit_test(test_line_breaking),
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_palette_has_contrast),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
