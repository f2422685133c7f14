/* An adjustable program is the plain one until its bounds are changed, and then the one that --set makes, counter by
 * counter: test_adjustable SCENARIO */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/compile.h"
#include "run/run.h"

enum { RUNS = 4096 };
static const char *scenario;
static const char *const sets[][2] = {{"caution=1.25", "caution"}, {"lag=400d", "lag"}, {"c2_need=0.5", "c2_need"}};
static const double figures[] = {1.25, 400, 0.5};

typedef struct fixture {
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
} fixture;

static oc_model *load(fixture *f, size_t changes)
{
    oc_override *list = OC_NEW_ARRAY(&f->arena, 3, oc_override);
    for (size_t i = 0; i < changes; i++)
        assert_true(oc_override_parse(&f->arena, &f->diags, OC_SLICE("--set"), oc_slice_of(sets[i][0]), &list[i]));
    oc_model_options options = {.as_of = OC_DAY_NONE, .sets = list, .set_count = changes};
    oc_model *model = oc_model_load(&f->arena, &f->diags, oc_slice_of(scenario), &options);
    assert_non_null(model);
    assert_int_equal(oc_diags_status(&f->diags), OC_OK);
    return model;
}

/* Counters of the last stage's date. */
static const uint64_t *counts(fixture *f, const oc_compiled *compiled, const oc_program *program, size_t *ret_count)
{
    oc_result result;
    oc_run_options options = {.runs = RUNS, .seed = 7, .threads = 1};
    assert_int_equal(oc_run(program, &options, &f->arena, &result), OC_OK);
    *ret_count = (size_t)(compiled->model->horizon - compiled->model->as_of + 2);
    return result.counts + compiled->stages[compiled->model->stages.len - 1].first;
}

static size_t place_of(const oc_model *model, const char *name)
{
    for (size_t i = 0; i < model->inputs.len; i++)
        if (oc_slice_is(model->inputs.at[i]->symbol->name, name)) return i;
    for (size_t i = 0; i < model->variables.len; i++)
        if (oc_slice_is(model->variables.at[i]->symbol->name, name)) return model->inputs.len + i;
    fail_msg("no %s", name);
    return 0;
}

static oc_compiled *compile_adjustable(fixture *f, bool all)
{
    oc_model *model = load(f, 0);
    size_t count = model->inputs.len + model->variables.len;
    bool *adjustable = OC_NEW_ARRAY(&f->arena, count + 1, bool);
    for (size_t i = 0; i < count; i++) adjustable[i] = all;
    for (size_t i = 0; i < 3; i++) adjustable[place_of(model, sets[i][1])] = true;
    oc_compile_options options = {
        .blockers_by = OC_DAY_NONE, .no_samples = true, .no_blockers = true, .adjustable = adjustable};
    oc_compiled *compiled = oc_compile(&f->arena, model, &options);
    assert_non_null(compiled);
    return compiled;
}

static void compare(fixture *f, const oc_compiled *adjustable, size_t changes)
{
    size_t count, plain_count;
    oc_compile_options options = {.blockers_by = OC_DAY_NONE, .no_samples = true, .no_blockers = true};
    oc_compiled *plain = oc_compile(&f->arena, load(f, changes), &options);
    oc_program *program = oc_arena_alloc(&f->arena, adjustable->size);
    memcpy(program, adjustable->program, adjustable->size);
    double *constants = (double *)(void *)((char *)program + program->constants_at);
    for (size_t i = 0; i < changes; i++) {
        oc_bounds_place place = adjustable->bounds[place_of(adjustable->model, sets[i][1])];
        assert_int_not_equal(place.low, UINT32_MAX);
        constants[place.low] = constants[place.high] = figures[i];
    }
    const uint64_t *expected = counts(f, plain, plain->program, &plain_count),
                   *got = counts(f, adjustable, program, &count);
    assert_int_equal(count, plain_count);
    assert_memory_equal(got, expected, count * sizeof *got);
}

static void changed_one_by_one_and_together(void **state)
{
    fixture *f = *state;
    oc_compiled *few = compile_adjustable(f, false), *all = compile_adjustable(f, true);
    for (size_t changes = 0; changes <= 3; changes++) {
        compare(f, few, changes);
        compare(f, all, changes);
    }
}

static void without_it_there_are_no_bounds(void **state)
{
    fixture *f = *state;
    assert_null(oc_compile(&f->arena, load(f, 0), NULL)->bounds);
}

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f) return -1;
    oc_arena_init(&f->arena, NULL, 0);
    f->sources.arena = &f->arena;
    f->diags = (oc_diags){.arena = &f->arena, .sources = &f->sources};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    oc_arena_free(&f->arena);
    free(f);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    scenario = argv[1];
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(changed_one_by_one_and_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_it_there_are_no_bounds, set_up, tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
