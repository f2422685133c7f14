/* Reading a result; see forecast.h.
 *
 * Worked example of a date: 100 futures, 40 on day 3, 30 on day 5, 30 never. By day 4: 0.40; p10 and p50's first
 * candidates: rank ceil(0.10 * 100) = 10 falls on day 3, rank 50 on day 5, rank 90 on none: never. */
#include "analysis/forecast.h"

#include <math.h>
#include <stdlib.h>

#include "model/phrase.h"

static oc_day day_of_rank(const oc_date_answer *a, double rank)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < a->days; i++) {
        sum += a->counts[i];
        if ((double)sum >= rank && sum) return a->as_of + (oc_day)i;
    }
    return OC_DAY_NONE;
}

oc_day oc_date_quantile(const oc_date_answer *a, double p)
{
    double rank = ceil(p * (double)a->futures - 1e-9);
    return a->futures ? day_of_rank(a, rank < 1 ? 1 : rank) : OC_DAY_NONE;
}

double oc_date_by(const oc_date_answer *a, oc_day day)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < a->days && a->as_of + (oc_day)i <= day; i++) sum += a->counts[i];
    return a->futures ? (double)sum / (double)a->futures : NAN;
}

static double share_error(double p, uint64_t n)
{
    return n ? sqrt(p * (1 - p) / (double)n) : NAN;
}

static oc_date_answer date_answer(const oc_compiled *compiled, const oc_result *r, uint32_t first)
{
    oc_day as_of = compiled->model->as_of;
    oc_date_answer a = {.as_of = as_of,
                        .days = (size_t)(compiled->model->horizon - as_of + 1),
                        .counts = r->counts + first,
                        .futures = r->counted};
    double n = (double)a.futures, spread = sqrt(n * 0.25);
    a.p10 = oc_date_quantile(&a, 0.1);
    a.p50 = oc_date_quantile(&a, 0.5);
    a.p90 = oc_date_quantile(&a, 0.9);
    a.p50_low = n > 0 ? day_of_rank(&a, fmax(1, ceil(n / 2 - spread))) : OC_DAY_NONE;
    a.p50_high = n > 0 ? day_of_rank(&a, fmin(n, ceil(n / 2 + spread))) : OC_DAY_NONE;
    a.never = n > 0 ? (double)a.counts[a.days] / n : NAN;
    a.never_se = share_error(a.never, a.futures);
    return a;
}

static oc_number_answer number_answer(const oc_result *r, uint32_t slot)
{
    const oc_value *v = &r->values[slot];
    oc_number_answer a = {.futures = v->count + v->never};
    a.mean = oc_value_mean(r, slot);
    a.sd = oc_value_deviation(r, slot);
    a.mean_se = v->count ? a.sd / sqrt((double)v->count) : NAN;
    if (v->count && v->min == v->max) {
        /* One value: sums over many futures would only add rounding to it. */
        a.mean = v->min;
        a.sd = a.mean_se = 0;
    }
    a.min = v->count ? v->min : NAN;
    a.max = v->count ? v->max : NAN;
    a.never = a.futures ? (double)v->never / (double)a.futures : NAN;
    double *const into[] = {&a.p05, &a.p10, &a.p25, &a.p50, &a.p75, &a.p90, &a.p95};
    static const double shares[] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
    for (size_t i = 0; i < 7; i++) *into[i] = oc_value_quantile(r, slot, shares[i]);
    return a;
}

static oc_answer answer(oc_arena *arena, const oc_compiled *compiled, const oc_result *r, const oc_result_place *place,
                        uint64_t futures)
{
    oc_answer a = {.kind = place->kind, .type = place->type};
    switch (place->kind) {
    case OC_RESULT_DATE:
        a.date = date_answer(compiled, r, place->first);
        a.date.fixed = place->fixed;
        if (place->fixed != OC_DAY_NONE && futures)
            a.date.p10 = a.date.p50 = a.date.p90 = a.date.p50_low = a.date.p50_high = place->fixed;
        break;
    case OC_RESULT_NUMBER: a.number = number_answer(r, place->first); break;
    case OC_RESULT_TRUTH:
        a.p = futures ? (double)r->counts[place->first] / (double)futures : NAN;
        a.se = share_error(a.p, futures);
        break;
    case OC_RESULT_CATEGORY: {
        size_t count = place->type.category->count;
        double *shares = OC_NEW_ARRAY(arena, count, double), *errors = OC_NEW_ARRAY(arena, count, double);
        for (size_t i = 0; i < count; i++) {
            shares[i] = futures ? (double)r->counts[place->first + i] / (double)futures : NAN;
            errors[i] = share_error(shares[i], futures);
        }
        a.shares = shares;
        a.share_se = errors;
        break;
    }
    }
    return a;
}

/* --- blockers --- */

int oc_blocker_compare(const void *a, const void *b)
{
    const oc_blocker *x = a, *y = b;
    if (x->days != y->days) return x->days > y->days ? -1 : 1;
    if (x->stage != y->stage) return x->stage < y->stage ? -1 : 1;
    if (x->reason != y->reason) return x->reason < y->reason ? -1 : 1;
    return x->needs < y->needs ? -1 : x->needs > y->needs;
}

static void decode(const oc_compiled *c, uint32_t code, oc_blocker *ret)
{
    for (uint32_t s = 0; s < c->model->stages.len; s++) {
        uint32_t first = c->reasons[s].first;
        if (code < first || code >= first + c->reasons[s].codes) continue;
        uint32_t offset = code - first;
        ret->stage = s;
        ret->reason = offset < OC_REASON_NEEDS ? (oc_reason)offset : OC_REASON_NEEDS;
        ret->needs = offset < OC_REASON_NEEDS ? 0 : offset - OC_REASON_NEEDS + 1;
    }
}

static oc_blockers blockers_of(oc_arena *arena, const oc_compiled *c, const oc_result *r, const oc_blocker_place *place)
{
    oc_blockers all = {.target = place->stage};
    size_t years = c->blocker_year_count;
    uint32_t done = c->reason_codes - 1;
    all.list = OC_NEW_ARRAY(arena, c->reason_codes, oc_blocker);
    double n = (double)r->counted, missed = 0;
    for (uint32_t code = 0; code < done; code++) missed += (double)r->counts[place->first_last + code];
    all.missed = n > 0 ? missed / n : NAN;
    for (uint32_t code = 0; code < done; code++) {
        oc_blocker b = {.last = missed > 0 ? (double)r->counts[place->first_last + code] / missed : 0};
        uint64_t days = 0;
        b.by_year = OC_NEW_ARRAY(arena, years, double);
        for (size_t y = 0; y < years; y++) {
            uint64_t in_year = r->counts[place->first_count + code * years + y];
            days += in_year;
            b.by_year[y] = n > 0 ? (double)in_year / n : NAN;
        }
        if (!days && b.last == 0) continue;
        b.days = n > 0 ? (double)days / n : NAN;
        all.total_days += b.days;
        decode(c, code, &b);
        all.list[all.count++] = b;
    }
    for (size_t i = 0; i < all.count; i++)
        all.list[i].share = all.total_days > 0 ? all.list[i].days / all.total_days : 0;
    qsort(all.list, all.count, sizeof *all.list, oc_blocker_compare);
    return all;
}

oc_slice oc_blocker_text(oc_arena *arena, const oc_model *model, const oc_blocker *b, oc_lang lang)
{
    static const char *const keys[] = {"blocker.calendar", "blocker.not-held", "blocker.early", "blocker.chance"};
    if (b->reason < OC_REASON_NEEDS) return oc_say(arena, lang, keys[b->reason], NULL);
    const oc_stage *stage = model->stages.at[b->stage];
    oc_text text = oc_text_in(arena);
    for (size_t i = 0; i < stage->needs.len; i++) {
        if (!(b->needs & (1u << i))) continue;
        if (text.len) oc_text_lit(&text, " + ");
        oc_text_add(&text, oc_phrase(arena, model, stage->needs.at[i].is, lang));
    }
    return oc_say(arena, lang, "blocker.needs", OC_ARGS(OC_T(oc_text_slice(&text))));
}

void oc_forecast_count_literals(oc_forecast *f)
{
    const oc_model *m = f->compiled->model;
    for (size_t i = 0; i < m->literals.len; i++) {
        const oc_provenance *p = m->literals.at[i].provenance;
        bool judged = false;
        for (size_t k = 0; p && k < p->from_count; k++) judged = judged || oc_slice_is(p->from[k], "judgement");
        if (!p || (!p->from_count && !p->because.len))
            f->bare++;
        else if (judged || !p->from_count)
            f->judged++;
        else
            f->sourced++;
    }
}

oc_forecast *oc_forecast_make(oc_arena *arena, oc_compiled *compiled, const oc_result *r)
{
    const oc_model *m = compiled->model;
    oc_forecast *f = OC_NEW(arena, oc_forecast);
    *f = (oc_forecast){.compiled = compiled, .result = r, .futures = r->counted};
    f->stages = OC_NEW_ARRAY(arena, m->stages.len + 1, oc_answer);
    f->questions = OC_NEW_ARRAY(arena, m->questions.len + 1, oc_answer);
    f->blockers = OC_NEW_ARRAY(arena, compiled->blocker_count + 1, oc_blockers);
    for (size_t i = 0; i < m->stages.len; i++)
        if (m->stages.at[i]->done == OC_DAY_NONE)
            f->stages[i] = answer(arena, compiled, r, &compiled->stages[i], r->counted);
    for (size_t i = 0; i < m->questions.len; i++)
        f->questions[i] = answer(arena, compiled, r, &compiled->questions[i], r->counted);
    size_t samples = m->variables.len * compiled->sample_count;
    f->samples = OC_NEW_ARRAY(arena, samples + 1, oc_answer);
    for (size_t i = 0; i < samples; i++) {
        /* Sampled rows are run for the first futures only: their own number is the divisor. */
        const oc_result_place *place = &compiled->samples[i];
        uint64_t futures = r->counted;
        if (place->kind == OC_RESULT_CATEGORY) {
            futures = 0;
            for (size_t k = 0; k < place->type.category->count; k++) futures += r->counts[place->first + k];
        } else if (place->kind == OC_RESULT_TRUTH) {
            futures = r->counted < OC_DEFAULT_SAMPLES ? r->counted : OC_DEFAULT_SAMPLES;
        } else if (place->kind == OC_RESULT_DATE) {
            futures = 0;
            for (size_t k = 0; k < (size_t)(m->horizon - m->as_of + 2); k++) futures += r->counts[place->first + k];
        }
        f->samples[i] = answer(arena, compiled, r, place, futures);
        if (place->kind == OC_RESULT_DATE) {
            f->samples[i].date.futures = futures;
            f->samples[i].date.p50 = oc_date_quantile(&f->samples[i].date, 0.5);
        }
    }
    f->blocker_count = compiled->blocker_count;
    for (size_t i = 0; i < compiled->blocker_count; i++)
        f->blockers[i] = blockers_of(arena, compiled, r, &compiled->blockers[i]);
    oc_forecast_count_literals(f);
    return f;
}

/* --- failures --- */

typedef struct names_shown {
    oc_compiled *compiled;
    const oc_run_failure *failure;
    oc_diag *diag;
    size_t count;
} names_shown;

static oc_slice cell_text(oc_arena *arena, const oc_type *type, oc_cell cell)
{
    if (type->kind == OC_TYPE_TRUTH) return cell.u ? OC_SLICE("true") : OC_SLICE("false");
    if (isinf(cell.f)) return OC_SLICE("never");
    if (type->kind == OC_TYPE_DATE) return oc_day_print(arena, (oc_day)cell.f);
    if (type->kind == OC_TYPE_CATEGORY && cell.f >= 0 && cell.f < (double)type->category->count)
        return type->category->values[(size_t)cell.f];
    oc_text text = oc_text_in(arena);
    oc_text_printf(&text, "%.6g", cell.f);
    return oc_text_slice(&text);
}

static uint32_t state_of(const oc_compiled *c, const oc_symbol *symbol)
{
    for (size_t i = 0; i < c->model->variables.len; i++)
        if (c->model->variables.at[i]->symbol == symbol) return c->variable_states[i];
    for (size_t i = 0; i < c->model->stages.len; i++)
        if (c->model->stages.at[i]->symbol == symbol) return c->stage_states[i];
    oc_slice input = OC_SLICE("inputs.");
    for (uint32_t i = 0; i < c->state_count; i++) {
        oc_slice name = c->column_names[i];
        if (oc_slice_equal(name, symbol->name) ||
            (oc_slice_starts(name, input) && oc_slice_equal(oc_slice_sub(name, input.len, name.len), symbol->name)))
            return i;
    }
    return UINT32_MAX;
}

static void show_name(oc_expr *e, void *context)
{
    names_shown *shown = context;
    const oc_compiled *c = shown->compiled;
    if (e->kind != OC_EXPR_NAME || !e->symbol || shown->count >= 6) return;
    const oc_symbol *symbol = e->symbol;
    if (symbol->kind == OC_SYMBOL_DEFINITION || symbol->kind == OC_SYMBOL_CONDITION ||
        symbol->kind == OC_SYMBOL_ISSUE) {
        oc_expr_walk(((oc_definition *)symbol->record)->is, show_name, shown);
        return;
    }
    uint32_t state = state_of(c, symbol);
    if (state == UINT32_MAX || c->columns[state] == OC_NONE) return;
    shown->count++;
    oc_diag_value(shown->diag, symbol->name,
                  cell_text(c->model->arena, &e->type, shown->failure->columns[c->columns[state]]), symbol->span);
}

void oc_forecast_report_failure(oc_compiled *c, const oc_run_failure *failure)
{
    const oc_check_place *place = &c->checks.at[failure->check];
    static const oc_code codes[] = {OC_E0320, OC_E0321, OC_E0322};
    const oc_program *p = c->program;
    const oc_instruction *in = (const oc_instruction *)((const char *)p + p->instructions_at) + failure->instruction;
    double value = NAN;
    if (OC_IS_COLUMN(in->a)) value = failure->columns[in->a].f;
    oc_slice day = failure->row == OC_ROW_END    ? oc_day_print(c->model->arena, c->model->horizon)
                   : failure->row == OC_ROW_INIT ? oc_day_print(c->model->arena, c->model->as_of)
                                                 : oc_day_print(c->model->arena, failure->day);
    oc_diag *d =
        oc_report(c->model->diags, codes[place->kind], place->span,
                  OC_ARGS(OC_I(failure->trajectory), OC_T(day), OC_T(oc_arena_printf(c->model->arena, "%.6g", value))));
    names_shown shown = {c, failure, d, 0};
    oc_expr_walk((oc_expr *)place->expr, show_name, &shown);
    static const char *const helps[] = {"help.keep-in-range", "help.guard", "help.parameter-range"};
    oc_diag_help(d, helps[place->kind], NULL);
}

void oc_forecast_replay_failure(oc_compiled *c, const oc_run_options *options, const oc_run_failure *failure)
{
    oc_arena *arena = c->model->arena;
    oc_compiled *kept = oc_compile(
        arena, c->model, &(oc_compile_options){.blockers_by = OC_DAY_NONE, .plain = true, .keep_questions = true});
    oc_run_options again = {.runs = failure->trajectory + 1,
                            .seed = options->seed,
                            .threads = options->threads,
                            .isa = options->isa,
                            .sample_limit = options->sample_limit};
    oc_result result;
    bool same = kept && oc_run(kept->program, &again, arena, &result) == OC_INPUT &&
                result.failure.trajectory == failure->trajectory;
    oc_forecast_report_failure(same ? kept : c, same ? &result.failure : failure);
}

bool oc_forecast_refuses(const oc_compiled *compiled, const oc_result *result)
{
    const oc_model *model = compiled->model;
    if (!model->givens.len || result->counted >= OC_LEAST_GIVEN) return false;
    oc_diag *d = oc_report(model->diags, OC_E0330, model->givens.at[0]->span,
                           OC_ARGS(OC_I(result->counted), OC_I(result->futures), OC_I(OC_LEAST_GIVEN)));
    oc_diag_help(d, "help.more-runs", NULL);
    return true;
}
