/* What a program counts: answers, stages, days of waiting, charted values; see compile.h for the results. */
#include "model/build.h"

#include <math.h>

static const oc_ref none = {.kind = OC_REF_NONE};

oc_result_place oc_build_place(oc_compiler *c, oc_type type, uint32_t bins)
{
    oc_result_place place = {.type = type, .fixed = OC_DAY_NONE};
    switch (type.kind) {
    case OC_TYPE_TRUTH:
        place.kind = OC_RESULT_TRUTH;
        place.first = oc_ir_counts(c->ir, 1);
        break;
    case OC_TYPE_CATEGORY:
        place.kind = OC_RESULT_CATEGORY;
        place.first = oc_ir_counts(c->ir, (uint32_t)type.category->count);
        break;
    case OC_TYPE_DATE:
        place.kind = OC_RESULT_DATE;
        place.first = oc_ir_counts(c->ir, (uint32_t)(c->model->horizon - c->model->as_of + 2));
        break;
    default:
        place.kind = OC_RESULT_NUMBER;
        place.first = (uint32_t)c->ir->slots.len;
        *oc_vec_push(c->arena, &c->ir->slots) = (oc_value_slot){oc_ir_counts(c->ir, bins), bins};
        break;
    }
    return place;
}

static void tally(oc_compiler *c, const oc_result_place *place, oc_ref value)
{
    static const oc_opcode codes[] = {OC_OP_TALLY_VALUE, OC_OP_TALLY_DAY, OC_OP_TALLY_TRUE, OC_OP_TALLY_INDEX};
    if (place->kind != OC_RESULT_TRUTH && value.mask) value = oc_ir_number_of_mask(c->ir, value);
    oc_ir_effect(c->ir, codes[place->kind], none, value, none, none, none, place->first);
}

static void answer(oc_compiler *c, size_t q, const oc_compile_options *options)
{
    const oc_question *question = c->model->questions.at[q];
    oc_ref value = oc_emit(c, question->is);
    bool known_day = question->is->type.kind == OC_TYPE_DATE && value.kind == OC_REF_CONST && !isinf(value.value);
    if (known_day) c->out->questions[q].fixed = (oc_day)value.value;
    tally(c, &c->out->questions[q], value);
    if (!options->keep_questions) return;
    if (question->is->type.kind != OC_TYPE_TRUTH && value.mask) value = oc_ir_number_of_mask(c->ir, value);
    oc_ref state = oc_ir_state(c->ir, question->name, value.mask);
    oc_emit_store(c, state, value, oc_ir_truth(true));
    *oc_vec_push(c->arena, &c->ir->kept) = c->out->question_states[q] = state.index;
}

static void sample(oc_compiler *c, size_t day, oc_ref (*unused)(void))
{
    (void)unused;
    for (size_t v = 0; v < c->model->variables.len; v++)
        tally(c, &c->out->samples[v * c->out->sample_count + day], c->variables[v]);
}

/* What is recorded on a day: snapshots, questions with `at`, samples, the reason in force. */
void oc_build_records(oc_build *b, const oc_compile_options *options)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    typedef OC_VEC(oc_day) day_list;
    day_list days = {0};
    for (size_t i = 0; i < c->snapshots.len; i++)
        if (c->snapshots.at[i].day != OC_DAY_NONE) *oc_vec_push(c->arena, &days) = c->snapshots.at[i].day;
    for (size_t i = 0; i < m->questions.len; i++)
        if (m->questions.at[i]->at != OC_DAY_NONE) *oc_vec_push(c->arena, &days) = m->questions.at[i]->at;
    if (options->blockers_by != OC_DAY_NONE) *oc_vec_push(c->arena, &days) = options->blockers_by;
    for (size_t i = 0; i < days.len; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++) again = again || days.at[k] == days.at[i];
        if (again) continue;
        int32_t *day = OC_NEW(c->arena, int32_t);
        *day = (int32_t)days.at[i];
        oc_ir_begin(c->ir, OC_SECTION_RECORD, oc_day_print(c->arena, days.at[i]), day, 1, 0);
        c->today = oc_ir_const(*day);
        for (size_t k = 0; k < c->snapshots.len; k++)
            if (c->snapshots.at[k].day == days.at[i])
                oc_emit_store(c, c->snapshots.at[k].state,
                              oc_emit_symbol(c, c->snapshots.at[k].symbol, c->snapshots.at[k].at), oc_ir_truth(true));
        for (size_t q = 0; q < m->questions.len; q++)
            if (m->questions.at[q]->at == days.at[i]) answer(c, q, options);
        if (options->blockers_by == days.at[i])
            for (size_t t = 0; t < b->targets.len; t++)
                oc_ir_effect(c->ir, OC_OP_TALLY_INDEX, none, b->targets.at[t].code, none, none, none,
                             c->out->blockers[t].first_last);
        oc_build_rows(b, day, 1, OC_ORDER_RECORD);
    }
    for (size_t i = 0; i < c->out->sample_count; i++) {
        int32_t *day = OC_NEW(c->arena, int32_t);
        *day = (int32_t)c->out->sample_days[i];
        oc_ir_begin(c->ir, OC_SECTION_RECORD, OC_SLICE("sample"), day, 1, OC_ROW_SAMPLED);
        c->today = oc_ir_const(*day);
        sample(c, i, NULL);
        oc_build_rows(b, day, 1, OC_ORDER_SAMPLE);
    }
}

void oc_build_end(oc_build *b, const oc_compile_options *options)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    oc_ir_begin(c->ir, OC_SECTION_END, OC_SLICE("end"), NULL, 1, 0);
    c->today = oc_ir_const((double)m->horizon);
    oc_ref given = oc_ir_truth(true);
    for (size_t i = 0; i < m->givens.len; i++) given = oc_ir_and(c->ir, given, oc_emit(c, m->givens.at[i]));
    if (m->givens.len) {
        c->ir->given = oc_ir_state(c->ir, OC_SLICE("given"), true);
        oc_emit_store(c, c->ir->given, given, oc_ir_truth(true));
    }
    for (size_t s = 0; s < m->stages.len; s++)
        if (c->stages[s].kind == OC_REF_STATE) tally(c, &c->out->stages[s], c->stages[s]);
    for (size_t q = 0; q < m->questions.len; q++)
        if (m->questions.at[q]->at == OC_DAY_NONE) answer(c, q, options);
    for (size_t i = 0; i < b->targets.len; i++) {
        oc_target *t = &b->targets.at[i];
        if (options->blockers_by == OC_DAY_NONE)
            oc_ir_effect(c->ir, OC_OP_TALLY_INDEX, none, t->code, none, none, none, c->out->blockers[i].first_last);
        /* The end is a reason of its own, so that what is still in force is counted up to the last day. */
        oc_ir_effect(c->ir, OC_OP_TALLY_SPAN, t->code, none, oc_ir_const(c->out->reason_codes),
                     oc_ir_const((double)m->horizon + 1), t->since, t->span);
    }
    if (!options->keep_questions) return;
    for (size_t i = 0; i < m->inputs.len; i++)
        if (c->inputs[i].kind == OC_REF_STATE)
            *oc_vec_push(c->arena, &c->ir->kept) = c->out->input_states[i] = c->inputs[i].index;
    for (size_t i = 0; i < m->stages.len; i++)
        if (m->stages.at[i]->takes && c->takes[i].kind == OC_REF_STATE)
            *oc_vec_push(c->arena, &c->ir->kept) = c->takes[i].index;
}

static bool is_target(const oc_compiler *c, uint32_t stage)
{
    const oc_model *m = c->model;
    if (m->stages.at[stage]->done != OC_DAY_NONE) return false;
    bool last = true;
    for (size_t s = stage + 1; s < m->stages.len && last; s++)
        for (size_t i = 0; i < m->stages.at[s]->after.len; i++) last = last && m->stages.at[s]->after.at[i] != stage;
    if (last) return true;
    for (size_t q = 0; q < m->questions.len; q++)
        if (m->questions.at[q]->is->kind == OC_EXPR_NAME &&
            m->questions.at[q]->is->symbol == m->stages.at[stage]->symbol)
            return true;
    return false;
}

enum { MAX_TARGETS = 64 };

void oc_build_plan_reasons(oc_build *b, const oc_compile_options *options)
{
    oc_compiler *c = b->c;
    oc_model *m = c->model;
    oc_compiled *out = c->out;
    uint32_t code = 0;
    for (size_t s = 0; s < m->stages.len; s++) {
        const oc_stage *stage = m->stages.at[s];
        if (stage->needs.len > OC_MAX_NEEDS) {
            oc_report(c->diags, OC_E0312, stage->symbol->span, OC_ARGS(OC_I(OC_MAX_NEEDS)));
            c->failed = true;
            return;
        }
        out->reasons[s] = (oc_reason_place){code, oc_build_reason_count(stage)};
        code += oc_build_reason_count(stage);
    }
    out->reason_codes = code + 1;
    /* Days are counted from as_of up to, not including, the day of the answer; the last interval ends behind the day
     * asked about. */
    oc_day end = (options->blockers_by != OC_DAY_NONE ? options->blockers_by : m->horizon) + 1;
    typedef OC_VEC(oc_day) day_list;
    day_list years = {0};
    *oc_vec_push(c->arena, &years) = m->as_of;
    for (int year = oc_civil_from_day(m->as_of).year + 1; oc_day_from_civil(year, 1, 1) < end; year++)
        *oc_vec_push(c->arena, &years) = oc_day_from_civil(year, 1, 1);
    *oc_vec_push(c->arena, &years) = end;
    out->blocker_years = years.at;
    out->blocker_year_count = years.len - 1;
    uint32_t first_day = (uint32_t)c->ir->days.len;
    for (size_t i = 0; i < years.len; i++) *oc_vec_push(c->arena, &c->ir->days) = (int32_t)years.at[i];
    out->blockers = OC_NEW_ARRAY(c->arena, MAX_TARGETS, oc_blocker_place);
    for (uint32_t s = 0; s < m->stages.len && b->targets.len < MAX_TARGETS; s++) {
        if (options->no_blockers || !is_target(c, s)) continue;
        oc_slice name = m->stages.at[s]->symbol->name;
        uint32_t codes = out->reason_codes + 1, span = (uint32_t)c->ir->spans.len;
        oc_blocker_place place = {.stage = s};
        place.first_count = oc_ir_counts(c->ir, codes * (uint32_t)out->blocker_year_count);
        place.first_last = oc_ir_counts(c->ir, codes);
        *oc_vec_push(c->arena, &c->ir->spans) =
            (oc_span_table){place.first_count, codes, first_day, (uint32_t)out->blocker_year_count};
        out->blockers[out->blocker_count++] = place;
        *oc_vec_push(c->arena, &b->targets) = (oc_target){
            .stage = s,
            .code = oc_ir_state(c->ir, oc_arena_printf(c->arena, "blockers.%.*s.code", OC_FMT(name)), false),
            .since = oc_ir_state(c->ir, oc_arena_printf(c->arena, "blockers.%.*s.since", OC_FMT(name)), false),
            .span = span};
    }
}

/* About thirty days on which variables are charted: each January, or finer for short horizons. */
void oc_build_plan_samples(oc_compiler *c, const oc_compile_options *options)
{
    if (options->no_samples || !c->model->variables.len) return;
    size_t count;
    int32_t *ticks = oc_build_tick_days(c, &count);
    oc_day span = c->model->horizon - c->model->as_of;
    typedef OC_VEC(oc_day) day_list;
    day_list days = {0};
    int month = span > (oc_day)8 * 366 ? 12 : span > (oc_day)3 * 366 ? 3 : 1, last_period = -1;
    for (size_t i = 0; i < count; i++) {
        oc_civil d = oc_civil_from_day(ticks[i]);
        int period = (d.year * 12 + d.month - 1) / month;
        if (period == last_period) continue;
        last_period = period;
        *oc_vec_push(c->arena, &days) = ticks[i];
    }
    if (!days.len || days.at[days.len - 1] != c->model->horizon) *oc_vec_push(c->arena, &days) = c->model->horizon;
    c->out->sample_days = days.at;
    c->out->sample_count = days.len;
    c->out->samples = OC_NEW_ARRAY(c->arena, c->model->variables.len * days.len, oc_result_place);
    for (size_t v = 0; v < c->model->variables.len; v++)
        for (size_t i = 0; i < days.len; i++)
            c->out->samples[v * days.len + i] = oc_build_place(c, OC_VAR(c, v)->type, OC_VARIABLE_BINS);
}
