/* The living part of the invented report: a program whose date is as_of + 450 + b + 900 exp(0.8 z + 0.2 a) days, z
 * standard normal; the two controls fix a and b, which the program keeps as constants. */
#include <math.h>
#include <stdio.h>

#include "assemble.h"
#include "base/map.h"
#include "run/run.h"
#include "sample.h"

enum { CHECKED = 4096, PRINTED = 65536 };

typedef struct living {
    oc_slice program;
    uint32_t strictness_at, staff_at; /* constants */
} living;

static living assemble(oc_arena *arena, const oc_report_input *input)
{
    enum { Z, DELAY, DAY };
    as_program *p = as_new((int32_t)input->as_of, (int32_t)input->horizon);
    /* One after another: the order in which arguments are evaluated would number them as the compiler likes. */
    oc_operand once = as_constant(p, OC_NO_DATE), spread = as_constant(p, 0.8), strictness = as_constant(p, 0.01);
    oc_operand scale = as_constant(p, 900), staff = as_constant(p, 183), fifth = as_constant(p, 0.2);
    oc_operand start = as_constant(p, (double)input->as_of + 450);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_NORMAL, Z, N, N, N, once, as_site(p, 77));
    as_op(p, OC_OP_MUL, DELAY, strictness, fifth, N, N, 0);
    as_op(p, OC_OP_MULADD, DELAY, Z, spread, DELAY, N, 0);
    as_op(p, OC_OP_EXP, DELAY, DELAY, N, N, N, 0);
    as_op(p, OC_OP_MULADD, DAY, DELAY, scale, start, N, 0);
    as_op(p, OC_OP_ADD, DAY, DAY, staff, N, N, 0);
    as_section(p, OC_SECTION_END, 0);
    as_op(p, OC_OP_TALLY_DAY, N, DAY, N, N, N, as_counts(p, (uint32_t)(input->horizon - input->as_of) + 2));
    const oc_program *program = as_finish(p);
    living made = {oc_arena_copy(arena, (oc_slice){(const char *)program, program->size}), OC_OPERAND_INDEX(strictness),
                   OC_OPERAND_INDEX(staff)};
    as_free(p);
    return made;
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

void sample_engine(oc_arena *arena, oc_report_input *input)
{
    sample_full(arena, input);
    input->run.seed = 1;
    living made = assemble(arena, input);
    oc_result printed = run(arena, made.program, PRINTED), checked = run(arena, made.program, CHECKED);
    double *p = OC_NEW_ARRAY(arena, input->main.count, double), sum = 0;
    for (size_t i = 0, at = 0; i < input->main.count; i++) {
        while ((oc_day)at <= input->main.days[i] - input->as_of) sum += (double)printed.counts[at++];
        p[i] = sum / PRINTED;
    }
    input->main.p = p;
    input->main.low = input->main.high = NULL;
    input->run.futures = PRINTED;
    oc_report_control *controls = OC_NEW_ARRAY(arena, 2, oc_report_control);
    controls[0] = (oc_report_control){
        .path = OC_SLICE("us_caution"),
        .factor = 1,
        .from = -2,
        .to = 2,
        .step = 0.1,
        .middle = 0,
        .low = -1.3,
        .high = 1.3,
        .low_at = made.strictness_at,
        .high_at = made.strictness_at,
        .refs = {judged, 1},
        .label = {{OC_SLICE("How strictly the American side reads the conditions"),
                   OC_SLICE("米側が条件をどれほど厳しく読むか"), OC_SLICE("미국 측이 조건을 얼마나 엄격하게 읽는가")}}};
    controls[1] = (oc_report_control){
        .path = OC_SLICE("staff_time"),
        .suffix = OC_SLICE("mo"),
        .factor = 30.4375,
        .from = 1,
        .to = 24,
        .step = 1,
        .middle = 6,
        .low = 3,
        .high = 12,
        .low_at = made.staff_at,
        .high_at = made.staff_at,
        .refs = {judged, 1},
        .unit = {{OC_SLICE("mo"), OC_SLICE("か月"), OC_SLICE("개월")}},
        .label = {{OC_SLICE("How long the staff work takes after the last stage"),
                   OC_SLICE("最終段階の後の実務にかかる日数"), OC_SLICE("마지막 단계 뒤의 실무에 걸리는 날수")}}};
    size_t days = (size_t)(input->horizon - input->as_of + 2);
    input->engine = (oc_report_engine){
        .wasm = oc_report_module(),
        .program = made.program,
        .check_futures = CHECKED,
        .check_digest = oc_hash((oc_slice){(const char *)checked.counts, days * sizeof *checked.counts}),
        .controls = controls,
        .control_count = 2,
        .sets = OC_SLICE("  plan_kept: '0.5'\n"),
        .others = OC_SLICE("force:\n  ufs@2027.held: 'no'\n"),
    };
}
