/* The forecast for people: a sentence, a chart of the cumulative chance, tables; see forecast_view.h. */
#include <math.h>
#include <stdio.h>

#include "analysis/ignorance.h"
#include "base/utf8.h"
#include "chart/words.h"
#include "cli/forecast_view.h"
#include "cli/smooth_view.h"
#include "cli/views_view.h"

oc_slice oc_frequency(oc_context *x, double p)
{
    if (isnan(p)) return OC_SLICE("–");
    if (p > 0 && p < 0.005) return oc_tell(x, "freq.below-one", NULL);
    if (p < 1 && p > 0.995) return oc_tell(x, "freq.above", NULL);
    return oc_tell(x, "freq.in-100", OC_ARGS(OC_I(llround(p * 100))));
}

static oc_slice month_text(oc_context *x, oc_day day)
{
    if (day == OC_DAY_NONE) return oc_tell(x, "date.beyond", NULL);
    oc_civil c = oc_civil_from_day(day);
    return oc_arena_printf(x->arena, "%04d-%02d", c.year, c.month);
}

static oc_slice day_text(oc_context *x, oc_day day)
{
    return day == OC_DAY_NONE ? OC_SLICE("–") : oc_day_print(x->arena, day);
}

static oc_slice percent(oc_context *x, double p, double se)
{
    oc_text text = oc_text_in(x->arena);
    if (p > 0 && p < 0.0005) return OC_SLICE("<0.1 %");
    oc_text_fixed(&text, p * 100, 1);
    oc_text_byte(&text, '%');
    if (!isnan(se) && se > 0) {
        oc_text_lit(&text, " ±");
        oc_text_fixed(&text, fmax(se * 100, 0.01), 2);
    }
    return oc_text_slice(&text);
}

oc_slice oc_value_text(oc_context *x, oc_type type, oc_slice unit, double v)
{
    oc_text text = oc_text_in(x->arena);
    if (isnan(v)) return OC_SLICE("–");
    if (isinf(v)) return oc_tell(x, "date.never", NULL);
    if (type.kind == OC_TYPE_DATE) return oc_day_print(x->arena, (oc_day)v);
    if (type.kind == OC_TYPE_NUMBER && type.time == 1) {
        bool years = fabs(v) >= 730, months = fabs(v) >= 90;
        oc_text_fixed(&text, years ? v / OC_DAYS_PER_YEAR : months ? v / OC_DAYS_PER_MONTH : v, 1);
        return oc_tell(x,
                       years    ? "unit.years"
                       : months ? "unit.months"
                                : "unit.days",
                       OC_ARGS(OC_T(oc_text_slice(&text))));
    }
    if (oc_slice_starts(unit, OC_SLICE("percent"))) {
        oc_text_printf(&text, "%.3g%%", v * 100);
        return oc_text_slice(&text);
    }
    oc_text_printf(&text, fabs(v) >= 1e6 || (v != 0 && fabs(v) < 1e-3) ? "%.3e" : "%.4g", v);
    if (unit.len) oc_text_printf(&text, " %.*s", OC_FMT(unit));
    return oc_text_slice(&text);
}

const oc_date_answer *oc_forecast_main(const oc_forecast *f, oc_slice *ret_name, const oc_title **ret_title)
{
    const oc_model *m = f->compiled->model;
    for (size_t i = m->questions.len; i-- > 0;) {
        const oc_question *q = m->questions.at[i];
        if (f->questions[i].kind != OC_RESULT_DATE) continue;
        bool stage = q->is->kind == OC_EXPR_NAME && q->is->symbol->kind == OC_SYMBOL_STAGE && q->is->symbol->record;
        *ret_name = stage ? q->is->symbol->name : q->name;
        const oc_title *own = stage ? &((const oc_stage *)q->is->symbol->record)->title : NULL;
        *ret_title = own && own->text[OC_LANG_EN].len ? own : &q->title;
        return &f->questions[i].date;
    }
    for (size_t i = m->stages.len; i-- > 0;) {
        if (m->stages.at[i]->done != OC_DAY_NONE) continue;
        *ret_name = m->stages.at[i]->symbol->name;
        *ret_title = &m->stages.at[i]->title;
        return &f->stages[i].date;
    }
    return NULL;
}

/* --- the chart --- */

enum { CHART_ROWS = 10 };

/* Cumulative chance by date, eighths of a row, with the years below and the share of `never` at the right. */
static void chart(oc_context *x, oc_text *out, const oc_forecast *f, const oc_date_answer *a)
{
    const oc_model *m = f->compiled->model;
    int columns = (x->width < 100 ? x->width : 100) - 18;
    if (columns < 20) columns = 20;
    static const char *const eighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double *height = OC_NEW_ARRAY(x->arena, (size_t)columns, double);
    double span = (double)(m->horizon - m->as_of);
    for (int c = 0; c < columns; c++) height[c] = oc_date_by(a, m->as_of + (oc_day)(span * (c + 1) / columns));
    for (int row = CHART_ROWS; row-- > 0;) {
        oc_text_printf(out, row % 5 == 4 || row == 0 ? "%4d ┤" : "     │", (row + 1) * 100 / CHART_ROWS);
        for (int c = 0; c < columns; c++) {
            double level = height[c] * CHART_ROWS - row;
            int e = level <= 0 ? 0 : level >= 1 ? 8 : (int)(level * 8 + 0.5);
            oc_text_add(out, oc_slice_of(eighths[e]));
        }
        double level = a->never * CHART_ROWS - (CHART_ROWS - 1 - row);
        /* What never comes hangs from the top: both together fill the height. */
        oc_text_add(out, level >= 1 ? OC_SLICE("  ▒▒▒▒") : level >= 0.5 ? OC_SLICE("  ░░░░") : OC_SLICE(""));
        oc_text_byte(out, '\n');
    }
    oc_text_lit(out, "   0 ┼");
    oc_text marks = oc_text_in(x->arena);
    char *labels = oc_arena_alloc(x->arena, (size_t)columns + 16);
    memset(labels, ' ', (size_t)columns + 15);
    int last_label = -6;
    for (int c = 0; c < columns; c++) {
        int year = oc_civil_from_day(m->as_of + (oc_day)(span * c / columns)).year;
        int next = oc_civil_from_day(m->as_of + (oc_day)(span * (c + 1) / columns)).year;
        oc_text_add(&marks, next != year ? OC_SLICE("┬") : OC_SLICE("─"));
        if (next != year && c - last_label >= 6) {
            char digits[16];
            int length = snprintf(digits, sizeof digits, "%d", next);
            memcpy(labels + c, digits, (size_t)length);
            last_label = c;
        }
    }
    oc_text_add(out, oc_text_slice(&marks));
    oc_text_printf(out, "  %.*s\n      ", OC_FMT(oc_tell(x, "date.never", NULL)));
    size_t length = strlen(labels);
    while (length && labels[length - 1] == ' ') length--;
    oc_text_add(out, (oc_slice){labels, length});
    oc_text_printf(out, "\n");
}

/* --- tables --- */

static void stages_table(oc_context *x, oc_text *out, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    if (!m->stages.len) return;
    oc_columns t = oc_columns_of(x->arena, "lrrrr");
    static const char *const heads[] = {"head.stage", "head.p10", "head.p50", "head.p90", "head.never"};
    for (size_t i = 0; i < 5; i++) oc_columns_add(&t, oc_tell(x, heads[i], NULL));
    for (size_t i = 0; i < m->stages.len; i++) {
        const oc_stage *s = m->stages.at[i];
        oc_columns_add(&t, oc_title_in(&s->title, x->lang, s->symbol->name));
        if (s->done != OC_DAY_NONE) {
            oc_columns_add(&t, (oc_slice){"", 0});
            oc_columns_add(&t, oc_day_print(x->arena, s->done));
            oc_columns_add(&t, oc_tell(x, "word.done", NULL));
            oc_columns_add(&t, (oc_slice){"", 0});
            continue;
        }
        const oc_date_answer *a = &f->stages[i].date;
        oc_columns_add(&t, month_text(x, a->p10));
        oc_columns_add(&t, month_text(x, a->p50));
        oc_columns_add(&t, month_text(x, a->p90));
        oc_columns_add(&t, percent(x, a->never, NAN));
    }
    oc_columns_print(out, &t, x->width, x->colour);
}

static oc_slice answer_text(oc_context *x, const oc_question *q, const oc_answer *a)
{
    oc_text text = oc_text_in(x->arena);
    oc_slice unit = a->type.unit;
    switch (a->kind) {
    case OC_RESULT_TRUTH: oc_text_add(&text, percent(x, a->p, a->se)); break;
    case OC_RESULT_DATE:
        oc_text_add(&text, oc_tell(x, "answer.date",
                                   OC_ARGS(OC_T(day_text(x, a->date.p10)), OC_T(day_text(x, a->date.p50)),
                                           OC_T(day_text(x, a->date.p90)), OC_T(percent(x, a->date.never, NAN)))));
        break;
    case OC_RESULT_NUMBER:
        oc_text_add(&text, oc_tell(x, "answer.number",
                                   OC_ARGS(OC_T(oc_value_text(x, a->type, unit, a->number.mean)),
                                           OC_T(oc_value_text(x, a->type, unit, a->number.sd)),
                                           OC_T(oc_value_text(x, a->type, unit, a->number.p10)),
                                           OC_T(oc_value_text(x, a->type, unit, a->number.p50)),
                                           OC_T(oc_value_text(x, a->type, unit, a->number.p90)))));
        if (a->number.never > 0)
            oc_text_printf(&text, " (%.*s %.*s)", OC_FMT(oc_tell(x, "date.never", NULL)),
                           OC_FMT(percent(x, a->number.never, NAN)));
        break;
    case OC_RESULT_CATEGORY:
        for (size_t i = 0; i < a->type.category->count; i++)
            oc_text_printf(&text, "%s%.*s %.*s", i ? ", " : "", OC_FMT(a->type.category->values[i]),
                           OC_FMT(percent(x, a->shares[i], NAN)));
        break;
    }
    (void)q;
    return oc_text_slice(&text);
}

static void questions_table(oc_context *x, oc_text *out, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    if (!m->questions.len) return;
    oc_columns t = oc_columns_of(x->arena, "ll");
    oc_columns_add(&t, oc_tell(x, "head.question", NULL));
    oc_columns_add(&t, oc_tell(x, "head.answer", NULL));
    for (size_t i = 0; i < m->questions.len; i++) {
        oc_columns_add(&t, oc_title_in(&m->questions.at[i]->title, x->lang, m->questions.at[i]->name));
        oc_columns_add(&t, answer_text(x, m->questions.at[i], &f->questions[i]));
    }
    oc_text_byte(out, '\n');
    oc_columns_print(out, &t, x->width, x->colour);
}

enum { SHOWN_BLOCKERS = 8 };

static void blockers_table(oc_context *x, oc_text *out, const oc_forecast *f, bool last_gate)
{
    const oc_model *m = f->compiled->model;
    /* Of many targets (a family) only the last is shown here; all are in the JSON. */
    if (!f->blocker_count) return;
    const oc_blockers *b = &f->blockers[f->blocker_count - 1];
    oc_slice name = oc_title_in(&m->stages.at[b->target]->title, x->lang, m->stages.at[b->target]->symbol->name);
    oc_text_byte(out, '\n');
    oc_add_message(x, out, last_gate ? "head.blockers-last" : "head.blockers", OC_ARGS(OC_T(name)));
    oc_columns t = oc_columns_of(x->arena, "llr");
    oc_columns_add(&t, oc_tell(x, "head.stage", NULL));
    oc_columns_add(&t, oc_tell(x, "head.reason", NULL));
    oc_columns_add(&t, oc_tell(x, last_gate ? "head.share-futures" : "head.share-days", NULL));
    double rest = 0;
    size_t shown = 0;
    for (size_t i = 0; i < b->count; i++) {
        const oc_blocker *k = &b->list[i];
        double share = last_gate ? k->last : k->share;
        if (share <= 0) continue;
        if (shown >= SHOWN_BLOCKERS || share < 0.005) {
            rest += share;
            continue;
        }
        shown++;
        const oc_stage *s = m->stages.at[k->stage];
        oc_columns_add(&t, oc_title_in(&s->title, x->lang, s->symbol->name));
        oc_columns_add(&t, oc_blocker_text(x->arena, m, k, x->lang));
        oc_columns_add(&t, percent(x, share, NAN));
    }
    if (rest > 0) {
        oc_columns_add(&t, oc_tell(x, "word.others", NULL));
        oc_columns_add(&t, (oc_slice){"", 0});
        oc_columns_add(&t, percent(x, rest, NAN));
    }
    oc_columns_print(out, &t, x->width, x->colour);
}

static void headline(oc_context *x, oc_text *out, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    if (x->colour) oc_text_lit(out, "\x1b[1m");
    oc_add_line(x, out, oc_title_in(&m->title, x->lang, m->name));
    if (x->colour) oc_text_lit(out, "\x1b[0m");
    oc_slice name;
    const oc_title *title;
    const oc_date_answer *a = oc_forecast_main(f, &name, &title);
    oc_add_message(x, out, f->exact ? "forecast.setting-exact" : "forecast.setting",
                   OC_ARGS(OC_D(m->as_of), OC_D(m->horizon), OC_I(f->futures)));
    if (!a) return;
    oc_text_byte(out, '\n');
    oc_slice shown = oc_title_in(title, x->lang, name);
    double by_horizon = 1 - a->never;
    oc_slice sentence =
        oc_tell(x, a->p90 == OC_DAY_NONE ? "forecast.answer-open" : "forecast.answer",
                OC_ARGS(OC_T(shown), OC_D(m->horizon), OC_T(oc_frequency(x, by_horizon)),
                        OC_T(oc_words_likely_inside(x->arena, x->lang, by_horizon)), OC_T(month_text(x, a->p50)),
                        OC_T(month_text(x, a->p10)), OC_T(month_text(x, a->p90))));
    oc_add_line(x, out, sentence);
    oc_text_byte(out, '\n');
    oc_add_message(x, out, "forecast.chart", OC_ARGS(OC_T(shown)));
    chart(x, out, f, a);
    oc_text_byte(out, '\n');
}

/* One line: of the spread of the main date, or of the last question, what is ignorance and what chance. */
static void spread_line(oc_context *x, oc_text *out, const oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    if (!f->ignorance || !f->ignorance->pairs) return;
    const oc_spread *spread = NULL;
    oc_slice name;
    const oc_title *title = NULL;
    const oc_date_answer *main = oc_forecast_main(f, &name, &title);
    for (size_t i = 0; i < m->questions.len; i++)
        if (!main || main == &f->questions[i].date) {
            spread = &f->ignorance->questions[i];
            if (!main) name = m->questions.at[i]->name, title = &m->questions.at[i]->title;
        }
    for (size_t i = 0; i < m->stages.len && main; i++)
        if (main == &f->stages[i].date) spread = &f->ignorance->stages[i];
    if (!spread || isnan(spread->ignorance)) return;
    oc_text share = oc_text_in(x->arena), rest = oc_text_in(x->arena), error = oc_text_in(x->arena);
    oc_text_fixed(&share, spread->ignorance * 100, 0);
    oc_text_fixed(&rest, 100 - round(spread->ignorance * 100), 0);
    oc_text_fixed(&error, fmax(spread->se * 100, 0.1), 1);
    oc_text_byte(out, '\n');
    oc_add_message(x, out, "forecast.spread",
                   OC_ARGS(OC_T(oc_title_in(title, x->lang, name)), OC_T(oc_text_slice(&share)),
                           OC_T(oc_text_slice(&rest)), OC_T(oc_text_slice(&error))));
}

void oc_forecast_text(oc_context *x, oc_text *out, const oc_forecast *f, const oc_views *views, bool last_gate)
{
    headline(x, out, f);
    stages_table(x, out, f);
    questions_table(x, out, f);
    spread_line(x, out, f);
    if (views) oc_views_text(x, out, views, f->compiled->model);
    blockers_table(x, out, f, last_gate);
    oc_text_byte(out, '\n');
    oc_smooth_text(x, out, f->smooth);
    oc_add_message(x, out, "forecast.rests", OC_ARGS(OC_I(f->sourced), OC_I(f->judged), OC_I(f->bare)));
    size_t hindsight = f->compiled->model->hindsight.len;
    if (hindsight) oc_add_message(x, out, "forecast.hindsight", OC_ARGS(OC_I(hindsight)));
    oc_text digest = oc_text_in(x->arena);
    oc_text_printf(&digest, "%016llx", (unsigned long long)f->compiled->digest);
    if (f->exact) {
        oc_add_message(x, out, "forecast.exact", OC_ARGS(OC_I(f->exact->most_states), OC_T(oc_text_slice(&digest))));
        return;
    }
    oc_text rate = oc_text_in(x->arena);
    double speed = f->result->seconds > 0 ? (double)f->result->futures / f->result->seconds : 0;
    oc_text_printf(&rate, "%.2g", speed);
    oc_add_message(x, out, "forecast.run",
                   OC_ARGS(OC_I(f->result->futures), OC_T(oc_text_slice(&rate)), OC_I(f->result->threads),
                           OC_S(oc_isa_name(f->result->isa)), OC_T(oc_text_slice(&digest))));
}
