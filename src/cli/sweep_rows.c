/* See sweep_rows.h. */
#include "cli/sweep_rows.h"

#include <math.h>
#include <stdlib.h>

#include "base/json.h"
#include "model/parameters.h"

/* --- columns --- */

static void cell(oc_text *row, double value)
{
    oc_text_byte(row, ',');
    if (!isnan(value)) oc_text_number(row, value);
}

static void day_cell(oc_text *row, oc_day day)
{
    oc_text_byte(row, ',');
    if (day != OC_DAY_NONE) oc_text_add(row, oc_day_print(row->arena, day));
}

static void date_cells(oc_text *row, const oc_date_answer *a)
{
    day_cell(row, a->p10);
    day_cell(row, a->p50);
    day_cell(row, a->p90);
    cell(row, a->never);
}

static void answer_cells(oc_text *row, const oc_answer *a)
{
    switch (a->kind) {
    case OC_RESULT_DATE: date_cells(row, &a->date); break;
    case OC_RESULT_TRUTH:
        cell(row, a->p);
        cell(row, a->se);
        break;
    case OC_RESULT_CATEGORY:
        for (size_t i = 0; i < a->type.category->count; i++) cell(row, a->shares[i]);
        break;
    case OC_RESULT_NUMBER:
        cell(row, a->number.mean);
        cell(row, a->number.sd);
        cell(row, a->number.p05);
        cell(row, a->number.p50);
        cell(row, a->number.p95);
        break;
    }
}

static void add_name(oc_text *row, oc_slice name, const char *part)
{
    oc_text_byte(row, ',');
    oc_text_csv_field(row, oc_arena_printf(row->arena, "%.*s%s", OC_FMT(name), part));
}

static void date_names(oc_text *row, oc_slice name)
{
    static const char *const parts[] = {".p10", ".p50", ".p90", ".never"};
    for (size_t i = 0; i < 4; i++) add_name(row, name, parts[i]);
}

/* Columns of what is answered; the type of an answer does not depend on values. */
static void answer_names(oc_text *row, const oc_question *q)
{
    static const char *const parts[] = {".mean", ".sd", ".p05", ".p50", ".p95"};
    switch (q->is->type.kind) {
    case OC_TYPE_DATE: date_names(row, q->name); break;
    case OC_TYPE_TRUTH:
        add_name(row, q->name, "");
        add_name(row, q->name, ".se");
        break;
    case OC_TYPE_CATEGORY:
        for (size_t i = 0; i < q->is->type.category->count; i++)
            add_name(row, q->name, oc_arena_printf(row->arena, "=%.*s", OC_FMT(q->is->type.category->values[i])).ptr);
        break;
    default:
        for (size_t i = 0; i < 5; i++) add_name(row, q->name, parts[i]);
        break;
    }
}

oc_slice oc_sweep_header(oc_arena *arena, const oc_sweep_job *job)
{
    oc_text row = oc_text_in(arena);
    oc_text_lit(&row, "variant");
    for (size_t i = 0; i < job->plan->axes.len; i++) add_name(&row, job->plan->axes.at[i].path, "");
    oc_text_lit(&row, ",status,counted");
    for (size_t i = 0; i < job->base->stages.len; i++)
        if (job->base->stages.at[i]->done == OC_DAY_NONE) date_names(&row, job->base->stages.at[i]->symbol->name);
    for (size_t i = 0; i < job->base->questions.len; i++) answer_names(&row, job->base->questions.at[i]);
    oc_text_lit(&row, ",digest\n");
    return oc_text_slice(&row);
}

static void forecast_cells(const oc_sweep_job *job, const oc_forecast *f, oc_text *row)
{
    const oc_model *model = f->compiled->model;
    oc_text_printf(row, ",ok,%llu", (unsigned long long)f->futures);
    for (size_t i = 0; i < model->stages.len; i++) {
        oc_day done = model->stages.at[i]->done;
        if (job->base->stages.at[i]->done != OC_DAY_NONE) continue;
        if (done == OC_DAY_NONE) {
            date_cells(row, &f->stages[i].date);
        } else {
            for (size_t k = 0; k < 3; k++) day_cell(row, done);
            cell(row, 0);
        }
    }
    for (size_t i = 0; i < model->questions.len; i++) answer_cells(row, &f->questions[i]);
    oc_text_printf(row, ",%016llx\n", (unsigned long long)f->result->digest);
}

/* What stops a variant: the code of its first error. */
static void fault_cells(const oc_sweep_job *job, const oc_diags *diags, oc_text *row)
{
    oc_code code = OC_CODE_COUNT;
    for (size_t i = diags->items.len; i-- > 0;)
        if (oc_code_severity(diags->items.at[i]->code) == OC_ERROR) code = diags->items.at[i]->code;
    oc_text_printf(row, ",%s,", code < OC_CODE_COUNT ? oc_code_name(code) : "error");
    oc_slice names = oc_sweep_header(row->arena, job);
    size_t columns = 0, used = job->plan->axes.len + 3;
    for (size_t i = 0; i < names.len; i++) columns += names.ptr[i] == ',';
    oc_text_repeat(row, ',', columns + 1 - used);
    oc_text_byte(row, '\n');
}

/* --- a compiled shape --- */

/* What an axis is in the shape: its value as it was written, and whether only its numbers may change. */
typedef struct shape_axis {
    oc_slice text;
    const oc_expr *value; /* NULL: the text must be the same */
} shape_axis;

typedef struct shape {
    oc_arena memory;
    oc_sources sources;
    oc_diags diags;
    bool ready;
    shape_axis *axes;
    oc_compiled *compiled;
    oc_program *copy; /* whose parameters are set */
} shape;

enum { SHAPES = 8 }; /* that are remembered; the oldest gives way */

struct oc_sweep_runner {
    const oc_sweep_job *job;
    shape shapes[SHAPES];
    size_t next;       /* to give way */
    bool *compiled_in; /* of each axis: its numbers turned out to shape programs */
    double seconds, sampling;
};

typedef struct variant {
    oc_sweep_runner *runner;
    shape *shape; /* being made */
    uint64_t number;
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    oc_slice *values; /* of each axis, as written */
    double *numbers;  /* of the parameters */
    oc_slice row;     /* empty: interrupted */
} variant;

/* The override of an axis. False with a diagnostic. */
static bool override_of(const oc_sweep_job *job, oc_arena *arena, oc_diags *diags, size_t axis, oc_slice value,
                        oc_override *ret)
{
    oc_slice path = job->plan->axes.at[axis].path;
    return oc_override_parse(arena, diags, path, oc_arena_printf(arena, "%.*s=%.*s", OC_FMT(path), OC_FMT(value)), ret);
}

/* The value of an axis if it is one whose numbers can be parameters; else NULL. */
static const oc_expr *literal_of(const oc_sweep_job *job, oc_arena *arena, size_t axis, oc_slice text, double *numbers,
                                 size_t room, size_t *ret_count)
{
    oc_sources sources = {.arena = arena};
    oc_diags diags = {.arena = arena, .sources = &sources};
    oc_override override;
    if (!override_of(job, arena, &diags, axis, text, &override) || override.value->kind != OC_NODE_SCALAR) return NULL;
    const oc_expr *e = oc_expr_parse(arena, &diags, override.value);
    return !diags.errors && oc_parameters_read(e, numbers, room, ret_count) ? e : NULL;
}

/* Compiles the variant, the literals of some axes as parameters; NULL if it cannot be compiled. In the shape's memory.
 */
static oc_compiled *compile_with(variant *v, const bool *wanted)
{
    shape *s = v->shape;
    const oc_sweep_job *job = v->runner->job;
    size_t count = job->plan->axes.len, parameters = 0;
    oc_override *sets = OC_NEW_ARRAY(&s->memory, count + 1, oc_override);
    s->axes = OC_NEW_ARRAY(&s->memory, count + 1, shape_axis);
    for (size_t i = 0; i < count; i++) {
        s->axes[i].text = oc_arena_copy(&s->memory, v->values[i]);
        if (!override_of(job, &s->memory, &s->diags, i, s->axes[i].text, &sets[i])) return NULL;
    }
    oc_model_options options = {.as_of = OC_DAY_NONE, .sets = sets, .set_count = count, .like = job->base};
    oc_model *model = oc_model_load(&s->memory, &s->diags, job->scenario, &options);
    if (!model || oc_diags_status(&s->diags) != OC_OK) return NULL;
    for (size_t i = 0; i < count; i++) {
        double numbers[OC_MOST_PARAMETERS];
        size_t own;
        if (!wanted[i]) continue;
        const oc_expr *e = literal_of(job, &s->memory, i, s->axes[i].text, numbers, OC_MOST_PARAMETERS, &own);
        if (e && oc_parameters_mark(model, &sets[i], &parameters)) s->axes[i].value = e;
    }
    return oc_compile(
        &s->memory, model,
        &(oc_compile_options){
            .blockers_by = OC_DAY_NONE, .no_samples = true, .no_blockers = true, .parameter_count = parameters});
}

/* A compiled variant whose literals are parameters as far as that changes no bit of any draw; NULL if it cannot be
 * compiled. */
static oc_compiled *compile_shape(variant *v)
{
    shape *s = v->shape;
    size_t count = v->runner->job->plan->axes.len;
    bool *compiled_in = v->runner->compiled_in, any = false;
    bool *wanted = OC_NEW_ARRAY(&s->memory, count + 1, bool), *good = OC_NEW_ARRAY(&s->memory, count + 1, bool);
    oc_compiled *plain = compile_with(v, wanted);
    for (size_t i = 0; i < count; i++) {
        wanted[i] = !compiled_in[i];
        any = any || wanted[i];
    }
    if (!plain || !any) return plain;
    oc_compiled *whole = compile_with(v, wanted);
    if (!whole || oc_parameters_draw_alike(plain, whole)) return whole;
    for (size_t i = 0; i < count; i++) {
        if (compiled_in[i]) continue;
        memset(wanted, 0, count * sizeof *wanted);
        wanted[i] = true;
        oc_compiled *one = compile_with(v, wanted);
        good[i] = one && oc_parameters_draw_alike(plain, one);
        compiled_in[i] = !good[i];
    }
    oc_compiled *part = compile_with(v, good);
    if (!part || oc_parameters_draw_alike(plain, part)) return part;
    memset(wanted, 0, count * sizeof *wanted);
    return compile_with(v, wanted);
}

/* Runs inside the guard of the shape's memory. */
static void make_shape(void *context)
{
    variant *v = context;
    shape *s = v->shape;
    s->sources = oc_sources_after(v->runner->job->base->diags->sources, &s->memory);
    s->diags = (oc_diags){.arena = &s->memory, .sources = &s->sources};
    s->compiled = compile_shape(v);
    if (!s->compiled) return;
    s->copy = oc_arena_alloc(&s->memory, s->compiled->size);
    memcpy(s->copy, s->compiled->program, s->compiled->size);
    s->ready = true;
}

/* Whether the shape is the variant's too; fills v->numbers. */
static bool has_shape(variant *v, const shape *s)
{
    size_t at = 0, own;
    if (!s->ready) return false;
    for (size_t i = 0; i < v->runner->job->plan->axes.len; i++) {
        const shape_axis *axis = &s->axes[i];
        if (!axis->value) {
            if (!oc_slice_equal(axis->text, v->values[i])) return false;
            continue;
        }
        const oc_expr *e =
            literal_of(v->runner->job, &v->arena, i, v->values[i], v->numbers + at, OC_MOST_PARAMETERS - at, &own);
        if (!e || !oc_parameters_alike(axis->value, e)) return false;
        at += own;
    }
    return at == s->compiled->parameter_count;
}

/* A shape that fits, new if need be; NULL if the variant cannot be compiled. */
static shape *shape_of(variant *v)
{
    oc_sweep_runner *r = v->runner;
    for (size_t i = 0; i < SHAPES; i++)
        if (has_shape(v, &r->shapes[i])) return &r->shapes[i];
    v->shape = &r->shapes[r->next++ % SHAPES];
    oc_arena_free(&v->shape->memory);
    *v->shape = (shape){.ready = false};
    oc_arena_init(&v->shape->memory, NULL, (size_t)1 << 30);
    return oc_arena_try(&v->shape->memory, make_shape, v) == OC_OK && has_shape(v, v->shape) ? v->shape : NULL;
}

/* --- one variant --- */

/* OC_OK with the row, or empty when interrupted; OC_INPUT when a check failed. */
static oc_status run_program(variant *v, oc_compiled *compiled, const oc_program *program, oc_text *row, bool report)
{
    const oc_sweep_job *job = v->runner->job;
    oc_run_options options = {.runs = job->plan->runs,
                              .seed = job->plan->seed,
                              .threads = 1,
                              .isa = job->isa,
                              .clock = job->clock,
                              .cancel = job->cancel};
    oc_result result;
    oc_status status = oc_run(program, &options, &v->arena, &result);
    v->runner->sampling += status == OC_OK ? result.seconds : 0;
    if (status == OC_CANCELLED) {
        row->len = 0;
        return OC_OK;
    }
    if (status == OC_INPUT && report) oc_forecast_report_failure(compiled, &result.failure);
    if (status == OC_OK) forecast_cells(job, oc_forecast_make(&v->arena, compiled, &result), row);
    return status;
}

static bool by_shape(variant *v, oc_text *row)
{
    shape *s = shape_of(v);
    if (!s || !oc_parameters_fit(s->compiled, v->numbers)) return false;
    oc_parameters_set(s->compiled, s->copy, v->numbers);
    return run_program(v, s->compiled, s->copy, row, false) == OC_OK;
}

static bool by_itself(variant *v, oc_text *row)
{
    const oc_sweep_job *job = v->runner->job;
    size_t count = job->plan->axes.len;
    oc_override *sets = OC_NEW_ARRAY(&v->arena, count + 1, oc_override);
    bool fine = true;
    for (size_t i = 0; i < count; i++) fine = override_of(job, &v->arena, &v->diags, i, v->values[i], &sets[i]) && fine;
    oc_model_options options = {.as_of = OC_DAY_NONE, .sets = sets, .set_count = count, .like = job->base};
    oc_model *model = fine ? oc_model_load(&v->arena, &v->diags, job->scenario, &options) : NULL;
    if (!model || oc_diags_status(&v->diags) != OC_OK) return false;
    oc_compiled *compiled = oc_compile(
        &v->arena, model, &(oc_compile_options){.blockers_by = OC_DAY_NONE, .no_samples = true, .no_blockers = true});
    return compiled && run_program(v, compiled, compiled->program, row, true) == OC_OK;
}

static void make_row(void *context)
{
    variant *v = context;
    const oc_sweep_job *job = v->runner->job;
    oc_arena *arena = &v->arena;
    v->sources = oc_sources_after(job->base->diags->sources, arena);
    v->diags = (oc_diags){.arena = arena, .sources = &v->sources};
    v->values = OC_NEW_ARRAY(arena, job->plan->axes.len + 1, oc_slice);
    v->numbers = OC_NEW_ARRAY(arena, OC_MOST_PARAMETERS, double);
    oc_text row = oc_text_in(arena);
    oc_text_printf(&row, "%llu", (unsigned long long)v->number);
    for (size_t i = 0; i < job->plan->axes.len; i++) {
        v->values[i] = oc_sweep_value(arena, job->plan, i, v->number);
        oc_text_byte(&row, ',');
        oc_text_csv_field(&row, v->values[i]);
    }
    bool fine = (!job->plain && by_shape(v, &row)) || by_itself(v, &row);
    if (!fine) fault_cells(job, &v->diags, &row);
    v->row = oc_text_slice(&row);
}

bool oc_sweep_runner_row(oc_sweep_runner *r, uint64_t number, char **ret)
{
    variant v = {.runner = r, .number = number};
    double begin = r->job->clock();
    oc_arena_init(&v.arena, NULL, (size_t)1 << 30);
    bool fine = oc_arena_try(&v.arena, make_row, &v) == OC_OK;
    *ret = NULL;
    if (fine && v.row.len) {
        *ret = malloc(v.row.len + 1);
        if (*ret) memcpy(*ret, v.row.ptr, v.row.len), (*ret)[v.row.len] = '\0';
        fine = *ret != NULL;
    }
    oc_arena_free(&v.arena);
    r->seconds += r->job->clock() - begin;
    return fine;
}

oc_sweep_runner *oc_sweep_runner_new(const oc_sweep_job *job)
{
    oc_sweep_runner *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->job = job;
    r->compiled_in = calloc(job->plan->axes.len + 1, sizeof *r->compiled_in);
    if (r->compiled_in) return r;
    free(r);
    return NULL;
}

void oc_sweep_runner_free(oc_sweep_runner *r)
{
    if (!r) return;
    for (size_t i = 0; i < SHAPES; i++) oc_arena_free(&r->shapes[i].memory);
    free(r->compiled_in);
    free(r);
}

double oc_sweep_runner_seconds(const oc_sweep_runner *r, double *ret_sampling)
{
    *ret_sampling = r->sampling;
    return r->seconds;
}
