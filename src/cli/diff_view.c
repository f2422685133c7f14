/* See diff_view.h. The rest is what the kept results differ by, less what the edits make of it: other random numbers,
 * another version of opcon, and the error of sampling. */
#include "cli/diff_view.h"

#include <math.h>
#include <stdlib.h>

#include "cli/forecast_view.h"
#include "cli/table.h"
#include "cli/whatif_view.h"

enum { MOST_IDLE = 8 };

oc_status oc_reasons_measure(oc_context *x, const oc_reasons *reasons, size_t *ret_measure)
{
    oc_slice wanted = oc_value_of(x, "question", (oc_slice){"", 0});
    const oc_attribution *r = &reasons->result;
    OC_VEC(oc_slice) names = {0};
    *ret_measure = SIZE_MAX;
    for (int stage = 0; stage < 2; stage++)
        for (size_t m = r->measure_count; m-- > 0;) {
            const oc_measure *one = &r->measures[m];
            bool fits = wanted.len ? oc_slice_equal(one->name, wanted) : one->kind == OC_MEASURE_DATE;
            *oc_vec_push(x->arena, &names) = one->name;
            if (fits && one->stage == (bool)stage && *ret_measure == SIZE_MAX) *ret_measure = m;
        }
    if (*ret_measure != SIZE_MAX || !wanted.len) {
        if (*ret_measure == SIZE_MAX) *ret_measure = 0;
        return OC_OK;
    }
    return oc_complain_unknown(x, "why.no-question", wanted, names.at, names.len);
}

/* --- the rest --- */

static double figure(oc_arena *arena, oc_slice text)
{
    char *end;
    oc_slice copy = oc_arena_copy(arena, text);
    double value = strtod(copy.ptr, &end);
    return copy.len && end == copy.ptr + copy.len ? value : NAN;
}

/* By how much the kept results differ; NAN where they do not have this figure. */
static double kept_difference(oc_context *x, const oc_reasons *r, const oc_diff_runs *diff, const oc_outcome *outcome)
{
    const oc_measure *m = &r->result.measures[outcome->measure];
    bool date = m->kind == OC_MEASURE_DATE;
    oc_day last = r->result.last;
    if (outcome->kind == OC_OUTCOME_DAYS || m->type.kind == OC_TYPE_CATEGORY) return NAN;
    if (date && (r->before->model->horizon != last || r->after->model->horizon != last)) return NAN;
    const char *wanted = date ? "never" : outcome->kind == OC_OUTCOME_SHARE ? "p" : "mean";
    for (size_t i = 0; i < diff->changes->len; i++) {
        const oc_store_change *c = &diff->changes->at[i];
        if (!oc_slice_equal(c->name, m->name) || !oc_slice_is(c->measure, wanted) ||
            oc_slice_is(c->part, "stages") != m->stage)
            continue;
        double change = figure(x->arena, c->after) - figure(x->arena, c->before);
        return date ? -change : change;
    }
    return 0;
}

/* --- text --- */

static const oc_outcome *outcome_of(const oc_reasons *r, size_t measure, oc_outcome_kind kind)
{
    for (size_t o = 0; o < r->result.outcome_count; o++)
        if (r->result.outcomes[o].measure == measure && r->result.outcomes[o].kind == kind)
            return &r->result.outcomes[o];
    return NULL;
}

static oc_slice cell(oc_context *x, const oc_outcome *outcome, const oc_estimate *e)
{
    if (outcome->kind == OC_OUTCOME_SHARE) return oc_cell_signed(x, e, 100, 2);
    if (outcome->kind == OC_OUTCOME_DAYS) return oc_tell(x, "whatif.days", OC_ARGS(OC_T(oc_cell_signed(x, e, 1, 1))));
    return oc_cell_signed(x, e, 1, 6);
}

static oc_slice edit_text(oc_context *x, const oc_diff_edit *reason)
{
    if (!reason->before.len && !reason->after.len) return reason->name;
    oc_slice none = oc_message(x->lang, "diff.nothing"), before = reason->before.len ? reason->before : none;
    oc_slice after = reason->after.len ? reason->after : none;
    return oc_arena_printf(x->arena, "%.*s: %.*s → %.*s", OC_FMT(reason->name), OC_FMT(before), OC_FMT(after));
}

static void add_whole(oc_context *x, oc_columns *t, const oc_outcome *const *shown, size_t count)
{
    oc_columns_add(t, oc_message(x->lang, "diff.all-edits"));
    for (size_t i = 0; i < count; i++) oc_columns_add(t, cell(x, shown[i], &shown[i]->whole));
}

/* The kept runs' difference has an error of its own, as large as ours on so many futures; with other seeds, or
 * draws that are not those of the other, it is not a paired one. The same seed and number of futures leave nothing to
 * chance. */
static double error_of_rest(const oc_reasons *r, const oc_store_run *runs, const oc_outcome *o)
{
    double ours = (double)r->result.futures, kept;
    bool paired = runs[0].seed == runs[1].seed && !r->redrawn;
    if (paired && runs[0].runs == runs[1].runs && (uint64_t)runs[0].runs == r->result.futures) return NAN;
    double first = sqrt(ours / (double)runs[0].runs), second = sqrt(ours / (double)runs[1].runs);
    if (paired)
        kept = o->whole.error * fmax(first, second);
    else
        kept = hypot(o->before.error * first, o->after.error * second);
    return hypot(kept, o->whole.error);
}

static void add_rest(oc_context *x, oc_columns *t, const oc_reasons *r, const oc_diff_runs *diff,
                     const oc_outcome *const *shown, size_t count)
{
    double kept = kept_difference(x, r, diff, shown[0]);
    if (isnan(kept)) return;
    oc_estimate difference = {kept, NAN, NAN, NAN},
                rest = {kept - shown[0]->whole.value, error_of_rest(r, diff->runs, shown[0]), NAN, NAN};
    for (int row = 0; row < 2; row++) {
        oc_columns_add(t, oc_message(x->lang, row ? "diff.as-kept" : "diff.rest"));
        for (size_t i = 0; i < count; i++)
            oc_columns_add(t, i ? OC_SLICE("") : cell(x, shown[0], row ? &difference : &rest));
    }
}

static void add_table(oc_context *x, oc_text *out, const oc_reasons *r, const oc_diff_runs *diff, size_t measure)
{
    const oc_outcome *shown[2];
    size_t count = 0;
    for (int kind = OC_OUTCOME_SHARE; kind <= OC_OUTCOME_MEAN; kind++) {
        const oc_outcome *outcome = outcome_of(r, measure, (oc_outcome_kind)kind);
        if (outcome && outcome->defined) shown[count++] = outcome;
    }
    if (!count) {
        oc_add_message(x, out, "diff.not-a-sum", NULL);
        return;
    }
    static const char *const heads[] = {"diff.head-share", "diff.head-days", "diff.head-mean"};
    oc_columns t = oc_columns_of(x->arena, count == 2 ? "lrr" : "lr");
    oc_columns_add(&t, oc_message(x->lang, "diff.head-edit"));
    for (size_t i = 0; i < count; i++)
        oc_columns_add(&t, oc_tell(x, heads[shown[i]->kind], OC_ARGS(OC_D(r->result.last))));
    for (size_t e = 0; e < r->count; e++) {
        oc_columns_add(&t, edit_text(x, &r->list[e]));
        for (size_t i = 0; i < count; i++) oc_columns_add(&t, cell(x, shown[i], &shown[i]->part[e]));
    }
    if (r->count > 1) add_whole(x, &t, shown, count);
    add_rest(x, &t, r, diff, shown, count);
    oc_columns_print(out, &t, x->width, x->colour);
}

/* What differs besides edits. */
static void add_circumstances(oc_context *x, oc_text *out, const oc_reasons *r, const oc_store_run *runs)
{
    if (runs[0].seed != runs[1].seed)
        oc_add_message(x, out, "diff.other-seed", OC_ARGS(OC_I(runs[0].seed), OC_I(runs[1].seed)));
    if (runs[0].runs != runs[1].runs)
        oc_add_message(x, out, "diff.other-runs", OC_ARGS(OC_I(runs[0].runs), OC_I(runs[1].runs)));
    if (!oc_slice_equal(runs[0].opcon, runs[1].opcon))
        oc_add_message(x, out, "diff.other-version", OC_ARGS(OC_T(runs[0].opcon), OC_T(runs[1].opcon)));
    for (int i = 0; i < 2 && !r->not_possible; i++)
        if (r->other_program[i]) oc_add_message(x, out, "diff.other-program", OC_ARGS(OC_I(runs[i].id)));
    if (r->other_order && !r->not_possible) oc_add_message(x, out, "diff.other-order", NULL);
}

static void add_idle(oc_context *x, oc_text *out, const oc_reasons *r)
{
    if (!r->idle_count) return;
    oc_text names = oc_text_in(x->arena);
    for (size_t i = 0; i < r->idle_count && i < MOST_IDLE; i++)
        oc_text_printf(&names, "%s%.*s", i ? ", " : "", OC_FMT(r->idle[i]));
    if (r->idle_count > MOST_IDLE) oc_text_lit(&names, " …");
    oc_add_message(x, out, "diff.idle", OC_ARGS(OC_I(r->idle_count), OC_T(oc_text_slice(&names))));
}

void oc_reasons_text(oc_context *x, oc_text *out, const oc_reasons *r, const oc_diff_runs *diff, size_t measure)
{
    oc_text_byte(out, '\n');
    if (r->not_possible) {
        oc_add_message(x, out, r->not_possible, NULL);
    } else if (!r->count) {
        oc_add_message(x, out, "diff.no-edits", NULL);
    } else {
        oc_slice title = oc_measure_title(x, &r->result.measures[measure]);
        oc_add_message(x, out, "diff.why", OC_ARGS(OC_T(title)));
        add_table(x, out, r, diff, measure);
        oc_add_message(x, out, r->corners.shapley ? "diff.shapley" : "diff.two-orders",
                       OC_ARGS(OC_I(r->count), OC_I(r->corners.count), OC_I(r->result.futures), OC_I(r->seed)));
    }
    add_circumstances(x, out, r, diff->runs);
    add_idle(x, out, r);
}

/* --- data --- */

static void json_outcome(oc_context *x, oc_json *json, const oc_reasons *r, const oc_diff_runs *diff,
                         const oc_outcome *outcome)
{
    static const char *const kinds[] = {"share", "days", "mean"};
    const oc_measure *m = &r->result.measures[outcome->measure];
    oc_json_object(json, NULL);
    oc_json_text(json, "of", m->stage ? OC_SLICE("stage") : OC_SLICE("question"));
    oc_json_text(json, "name", m->name);
    if (m->type.kind == OC_TYPE_CATEGORY) oc_json_text(json, "value", m->type.category->values[m->value]);
    oc_json_text(json, "figure", oc_slice_of(kinds[outcome->kind]));
    if (m->kind == OC_MEASURE_DATE) oc_json_day(json, "by", r->result.last);
    oc_json_bool(json, "defined", outcome->defined);
    if (outcome->defined) {
        double kept = kept_difference(x, r, diff, outcome);
        oc_json_difference(json, "before", &outcome->before);
        oc_json_difference(json, "after", &outcome->after);
        oc_json_difference(json, "difference", &outcome->whole);
        oc_json_list(json, "parts");
        for (size_t e = 0; e < r->count; e++) oc_json_difference(json, NULL, &outcome->part[e]);
        oc_json_end(json);
        oc_json_number(json, "kept_difference", kept);
        oc_json_number(json, "rest", kept - outcome->whole.value);
    }
    oc_json_end(json);
}

static void json_edits(oc_json *json, const oc_reasons *r)
{
    oc_json_list(json, "edits");
    for (size_t e = 0; e < r->count; e++) {
        oc_json_row_object(json, NULL);
        oc_json_text(json, "name", r->list[e].name);
        oc_json_text(json, "before", r->list[e].before);
        oc_json_text(json, "after", r->list[e].after);
        oc_json_end(json);
    }
    oc_json_end(json);
    oc_json_list(json, "without_effect");
    for (size_t i = 0; i < r->idle_count; i++) oc_json_text(json, NULL, r->idle[i]);
    oc_json_end(json);
}

void oc_reasons_json(oc_context *x, oc_json *json, const oc_reasons *r, const oc_diff_runs *diff)
{
    oc_json_object(json, "reasons");
    if (r->not_possible) oc_json_text(json, "not_possible", oc_message(x->lang, r->not_possible));
    oc_json_text(json, "method", r->corners.shapley || !r->count ? OC_SLICE("shapley") : OC_SLICE("two orders"));
    oc_json_unsigned(json, "futures", r->result.futures);
    oc_json_unsigned(json, "seed", r->seed);
    oc_json_unsigned(json, "programs", r->count ? r->corners.count : 0);
    oc_json_row(json, "other_program");
    for (int i = 0; i < 2; i++) oc_json_bool(json, NULL, r->other_program[i]);
    oc_json_end(json);
    json_edits(json, r);
    oc_json_list(json, "answers");
    for (size_t o = 0; o < r->result.outcome_count; o++) json_outcome(x, json, r, diff, &r->result.outcomes[o]);
    oc_json_end(json);
    oc_json_end(json);
}
