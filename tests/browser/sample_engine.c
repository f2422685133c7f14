/* The living part of the invented report: a program whose date is as_of + 450 + b + 900 exp(0.8 z + a) days, z standard
 * normal; a and b are what the two controls move. */
#include <math.h>
#include <stdio.h>

#include "assemble.h"
#include "base/map.h"
#include "run/run.h"
#include "sample.h"

enum { SETTINGS = 7, CHECKED = 4096, PRINTED = 65536 };

static const double strictness[SETTINGS] = {-1.5, -1, -0.5, 0.01, 0.5, 1, 1.5};
static const double staff_days[SETTINGS] = {31, 61, 91, 183, 274, 365, 731};

static oc_slice assemble(oc_arena *arena, const oc_report_input *input, double a, double b)
{
    enum { Z, DELAY, DAY };
    as_program *p = as_new((int32_t)input->as_of, (int32_t)input->horizon);
    /* One after another: the order in which arguments are evaluated would number them as the compiler likes. */
    oc_operand once = as_constant(p, OC_NO_DATE), spread = as_constant(p, 0.8), shift = as_constant(p, a * 0.2);
    oc_operand scale = as_constant(p, 900), start = as_constant(p, (double)input->as_of + 450 + b);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_NORMAL, Z, N, N, N, once, as_site(p, 77));
    as_op(p, OC_OP_MULADD, DELAY, Z, spread, shift, N, 0);
    as_op(p, OC_OP_EXP, DELAY, DELAY, N, N, N, 0);
    as_op(p, OC_OP_MULADD, DAY, DELAY, scale, start, N, 0);
    as_section(p, OC_SECTION_END, 0);
    as_op(p, OC_OP_TALLY_DAY, N, DAY, N, N, N, as_counts(p, (uint32_t)(input->horizon - input->as_of) + 2));
    const oc_program *program = as_finish(p);
    oc_slice bytes = oc_arena_copy(arena, (oc_slice){(const char *)program, program->size});
    as_free(p);
    return bytes;
}

static oc_result run(oc_arena *arena, oc_slice program, uint64_t runs)
{
    oc_result result;
    /* Copied: a program must be aligned as its parts are. */
    void *aligned = oc_arena_alloc(arena, program.len);
    memcpy(aligned, program.ptr, program.len);
    oc_run(aligned, &(oc_run_options){.runs = runs, .seed = 1}, arena, &result);
    return result;
}

static const size_t judged[] = {3};

static oc_report_control make_control(oc_arena *arena, const oc_report_input *input, int which)
{
    oc_slice *programs = OC_NEW_ARRAY(arena, SETTINGS, oc_slice);
    for (int i = 0; i < SETTINGS; i++)
        programs[i] = assemble(arena, input, strictness[which == 0 ? i : 3], staff_days[which == 1 ? i : 3]);
    oc_report_control control = {.values = which == 0 ? strictness : staff_days, .programs = programs, .count = SETTINGS,
                                 .standard = 3, .refs = {judged, 1}};
    return control;
}

void sample_engine(oc_arena *arena, oc_report_input *input)
{
    sample_full(arena, input);
    input->run.seed = 1;
    oc_slice program = assemble(arena, input, strictness[3], staff_days[3]);
    oc_result printed = run(arena, program, PRINTED), checked = run(arena, program, CHECKED);
    double *p = OC_NEW_ARRAY(arena, input->main.count, double), sum = 0;
    for (size_t i = 0, at = 0; i < input->main.count; i++) {
        while ((oc_day)at <= input->main.days[i] - input->as_of) sum += (double)printed.counts[at++];
        p[i] = sum / PRINTED;
    }
    input->main.p = p;
    input->main.low = input->main.high = NULL;
    input->run.futures = PRINTED;
    oc_report_control *controls = OC_NEW_ARRAY(arena, 2, oc_report_control);
    controls[0] = make_control(arena, input, 0);
    controls[0].path = OC_SLICE("us_caution");
    controls[0].low = -1.28;
    controls[0].high = 1.28;
    controls[0].label = (oc_local){{OC_SLICE("How strictly the American side reads the conditions"),
                                    OC_SLICE("米側が条件をどれほど厳しく読むか"), OC_SLICE("미국 측이 조건을 얼마나 엄격하게 읽는가")}};
    controls[1] = make_control(arena, input, 1);
    controls[1].path = OC_SLICE("staff_time");
    controls[1].unit = OC_SLICE("d");
    controls[1].low = 91;
    controls[1].high = 365;
    controls[1].label = (oc_local){{OC_SLICE("How long the staff work takes after the last stage"),
                                    OC_SLICE("最終段階の後の実務にかかる日数"), OC_SLICE("마지막 단계 뒤의 실무에 걸리는 날수")}};
    input->engine = (oc_report_engine){
        .wasm = oc_report_module(), .program = program, .check_futures = CHECKED,
        .check_digest = oc_hash((oc_slice){(const char *)checked.counts, (size_t)(input->horizon - input->as_of + 2) * sizeof *checked.counts}),
        .controls = controls, .control_count = 2,
    };
}
