/* How good the outside view has been, case by case: the track record of a report; see collect.h. */
#include <stdlib.h>

#include "report/collect.h"

enum { TWO_YEARS = 1, MAX_CASES = 12, RESAMPLES = 200 };

static void collect_bins(oc_collector *c, const oc_reliability *table)
{
    oc_chart_bin *bins = OC_NEW_ARRAY(c->arena, table->count + 1, oc_chart_bin);
    size_t count = 0;
    for (size_t i = 0; i < table->count && count < 20; i++) {
        const oc_reliability_row *row = &table->row[i];
        if (row->cases)
            bins[count++] = (oc_chart_bin){row->forecast, row->happened.value, row->happened.low, row->happened.high,
                                           (int)row->cases};
    }
    c->input->bins = bins;
    c->input->bin_count = count;
}

typedef struct told {
    const oc_case *row;
    const oc_backtest_case *test;
} told;

static int latest_first(const void *a, const void *b)
{
    oc_day x = ((const told *)a)->row->target_last, y = ((const told *)b)->row->target_last;
    if (x != y) return (x < y) - (x > y);
    return ((const told *)a)->test->row < ((const told *)b)->test->row ? -1 : 1;
}

static void collect_cases(oc_collector *c, const oc_refclass *class, const oc_backtest *test)
{
    told *cases = OC_NEW_ARRAY(c->arena, test->count + 1, told);
    size_t known = 0;
    for (size_t i = 0; i < test->count; i++)
        if (test->at[i].happened[TWO_YEARS] >= 0) cases[known++] = (told){&class->at[test->at[i].row], &test->at[i]};
    qsort(cases, known, sizeof *cases, latest_first);
    size_t count = known < MAX_CASES ? known : MAX_CASES;
    oc_report_backtest *list = OC_NEW_ARRAY(c->arena, count + 1, oc_report_backtest);
    for (size_t i = 0; i < count; i++) {
        const told *t = &cases[i];
        double said = t->test->chance[OC_BY_OUTSIDE][TWO_YEARS];
        int came = t->test->happened[TWO_YEARS];
        oc_slice title = t->row->unit.len
                             ? oc_arena_printf(c->arena, "%.*s: %.*s", OC_FMT(t->row->name), OC_FMT(t->row->unit))
                             : t->row->name;
        list[i] = (oc_report_backtest){.title.in[OC_LANG_EN] = title,
                                       .made = t->row->decided_first,
                                       .made_last = t->row->decided_last,
                                       .said = said,
                                       .came = came,
                                       .score = (said - came) * (said - came)};
    }
    c->input->backtests = list;
    c->input->backtest_count = count;
}

bool oc_collect_backtest(oc_arena *arena, const oc_outside *outside, oc_backtest *ret_test)
{
    oc_backtest_options options = {.horizon = 60, .seed = 1, .resamples = RESAMPLES};
    return oc_backtest_class(arena, &outside->class, &options, ret_test);
}

void oc_collect_track_record(oc_collector *c, const oc_outside *outside, const oc_backtest *test)
{
    collect_bins(c, &test->reliability);
    collect_cases(c, &outside->class, test);
    oc_report_track *track = &c->input->track;
    track->cases = test->count;
    track->outside = test->score[OC_BY_OUTSIDE].crps.value;
    track->announced = test->score[OC_BY_ANNOUNCED].crps.value;
    track->gain_low = test->gain[OC_BY_ANNOUNCED].low;
    track->gain_high = test->gain[OC_BY_ANNOUNCED].high;
}
