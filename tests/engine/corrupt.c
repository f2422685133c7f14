/* Programs from anywhere: mutated and truncated ones are either refused or run without touching foreign memory (run this
 * under the address sanitizer to mean the second half), and each rule of the check refuses what it is there for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "oracle.h"
#include "programs.h"

static void *zeroed(size_t size)
{
    size = (size + 63) / 64 * 64;
    void *memory = aligned_alloc(64, size ? size : 64);
    memset(memory, 0, size);
    return memory;
}

static uint64_t work_of(const oc_program *program)
{
    const oc_section *sections = (const oc_section *)(const void *)((const char *)program + program->sections_at);
    const oc_row *rows = (const oc_row *)(const void *)((const char *)program + program->rows_at);
    uint64_t work = 0;
    for (uint32_t i = 0; i < program->row_count; i++) work += sections[rows[i].section].count;
    return work;
}

static void run_once(const oc_program *program)
{
    void *memory = zeroed(oc_engine_size(program)), *results = zeroed(oc_tally_size(program));
    void *edges = zeroed(oc_sketch_size(program));
    oc_engine *engine = oc_engine_open(memory, program, OC_ISA_BASE);
    oc_tally *tally = oc_tally_open(results, program);
    oc_sketch *sketch = oc_sketch_open(edges, program);
    oc_batch batch = {.seed = 1, .index = 0, .live = 1000, .sampled = true};
    oc_failure failure;
    oc_engine_pilot(engine, &batch, sketch, &failure);
    oc_sketch_finish(sketch);
    if (!oc_engine_run(engine, &batch, sketch, tally, &failure)) oc_engine_replay_failure(engine, &batch, &failure);
    free(memory);
    free(results);
    free(edges);
}

static void test_mutations(void **state)
{
    (void)state;
    uint64_t s = 99;
    size_t accepted = 0, refused = 0;
    for (size_t round = 0; round < 8; round++) {
        for (size_t i = 0; i < test_program_count(); i++) {
            as_program *p;
            const oc_program *program = test_program(i, &p);
            size_t size = program->size;
            unsigned char *bytes = zeroed(size);
            for (int k = 0; k < 12; k++) {
                memcpy(bytes, program, size);
                size_t flips = 1 + next_word(&s) % 4;
                for (size_t f = 0; f < flips; f++) {
                    size_t range = next_word(&s) % 2 ? size : sizeof *program;
                    bytes[next_word(&s) % range] = (unsigned char)next_word(&s);
                }
                const oc_program *mutant = (const oc_program *)(const void *)bytes;
                if (oc_program_check(bytes, size) != OC_PROGRAM_OK) {
                    refused++;
                    continue;
                }
                accepted++;
                if (work_of(mutant) < 3000 && mutant->counts < 100000) run_once(mutant);
            }
            free(bytes);
            as_free(p);
        }
    }
    print_message("# %zu mutants refused, %zu accepted\n", refused, accepted);
    assert_true(refused > 100 && accepted > 100);
}

static void test_truncations(void **state)
{
    (void)state;
    as_program *p;
    const oc_program *program = test_program(0, &p);
    for (size_t size = 0; size < program->size; size += 1 + size / 64)
        assert_int_not_equal(oc_program_check(program, size), OC_PROGRAM_OK);
    as_free(p);
}

/* One change to a good program and the fault that must be found. */
typedef struct spoiled {
    oc_program_fault fault;
    size_t at;         /* in the part */
    uint32_t value;
    int part;          /* 0 header, 1 sections, 2 instructions, 3 rows, 4 slots, 5 spans, 6 days */
    int width;         /* bytes written */
} spoiled;

static uint32_t part_at(const oc_program *program, int part)
{
    const uint32_t at[] = {0, program->sections_at, program->instructions_at, program->rows_at, program->slots_at,
                           program->spans_at, program->days_at};
    return at[part];
}

static void test_rules(void **state)
{
    (void)state;
    static const spoiled cases[] = {
        {OC_PROGRAM_HEADER, offsetof(oc_program, magic), 1, 0, 4},
        {OC_PROGRAM_HEADER, offsetof(oc_program, version), 99, 0, 4},
        {OC_PROGRAM_HEADER, offsetof(oc_program, size), 99, 0, 4},
        {OC_PROGRAM_LAYOUT, offsetof(oc_program, constants_at), 4, 0, 4},
        {OC_PROGRAM_LAYOUT, offsetof(oc_program, row_count), 0x7fffffff, 0, 4},
        {OC_PROGRAM_LAYOUT, offsetof(oc_program, spans_at), 0xfffffff8, 0, 4},
        {OC_PROGRAM_LIMITS, offsetof(oc_program, columns), OC_MAX_COLUMNS + 1, 0, 4},
        {OC_PROGRAM_LIMITS, offsetof(oc_program, counts), OC_MAX_COUNTS + 1, 0, 4},
        {OC_PROGRAM_LIMITS, offsetof(oc_program, horizon), 0x7fffffff, 0, 4},
        {OC_PROGRAM_LIMITS, offsetof(oc_program, given), 0x3000, 0, 2},
        {OC_PROGRAM_LIMITS, offsetof(oc_program, section_count), 1, 0, 4},
        {OC_PROGRAM_OPERAND, offsetof(oc_program, columns), 2, 0, 4},
        {OC_PROGRAM_SECTION, offsetof(oc_section, first), 0xffffff, 1, 4},
        {OC_PROGRAM_SECTION, offsetof(oc_section, first), 1, 1, 4},
        {OC_PROGRAM_SECTION, offsetof(oc_section, count), 0, 1, 4},
        {OC_PROGRAM_SECTION, offsetof(oc_section, scalars), 1, 1, 4},
        {OC_PROGRAM_INSTRUCTION, offsetof(oc_instruction, op), OC_OPCODE_COUNT, 2, 2},
        {OC_PROGRAM_OPERAND, offsetof(oc_instruction, dst), OC_NONE, 2, 2},
        {OC_PROGRAM_OPERAND, offsetof(oc_instruction, d), OC_ROW(0), 2, 2},
        {OC_PROGRAM_RESULT, offsetof(oc_instruction, imm), 5000, 2, 4},
        {OC_PROGRAM_ROW, offsetof(oc_row, section), 77, 3, 4},
        {OC_PROGRAM_ROW, offsetof(oc_row, scalars), 0xffffffff, 3, 4},
        {OC_PROGRAM_ROW, offsetof(oc_row, day), 0x01000000, 3, 4},
        {OC_PROGRAM_RESULT, offsetof(oc_value_slot, bins), 3, 4, 4},
        {OC_PROGRAM_RESULT, offsetof(oc_value_slot, first_count), 0xffffff, 4, 4},
        {OC_PROGRAM_RESULT, offsetof(oc_span_table, years), 0, 5, 4},
        {OC_PROGRAM_RESULT, offsetof(oc_span_table, codes), 0xffffff, 5, 4},
        {OC_PROGRAM_RESULT, offsetof(oc_span_table, first_day), 3, 5, 4},
        {OC_PROGRAM_RESULT, 4, 0, 6, 4},
    };
    size_t waits = 0;
    while (strcmp(test_program_name(waits), "waits") != 0) waits++;
    as_program *p;
    const oc_program *program = test_program(waits, &p);
    unsigned char *bytes = zeroed(program->size);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memcpy(bytes, program, program->size);
        memcpy(bytes + part_at(program, cases[i].part) + cases[i].at, &cases[i].value, (size_t)cases[i].width);
        if (oc_program_check(bytes, program->size) != cases[i].fault) print_message("# case %zu\n", i);
        assert_int_equal(oc_program_check(bytes, program->size), cases[i].fault);
    }
    free(bytes);
    as_free(p);
}

/* The date of a row's draws must lie in range too, and the weight of a bridge be a scalar. */
static void test_bridge_rules(void **state)
{
    (void)state;
    size_t bridges = 0;
    while (strcmp(test_program_name(bridges), "bridges") != 0) bridges++;
    as_program *p;
    const oc_program *program = test_program(bridges, &p);
    unsigned char *bytes = zeroed(program->size);
    memcpy(bytes, program, program->size);
    oc_row *row = (oc_row *)(void *)(bytes + program->rows_at);
    const oc_section *path = (const oc_section *)(const void *)(bytes + program->sections_at) + row->section;
    oc_instruction *bridge = (oc_instruction *)(void *)(bytes + program->instructions_at) + path->first;
    assert_true(row->shift > 0 && bridge->op == OC_OP_BRIDGE);
    row->day = OC_MAX_DAY - row->shift;
    assert_int_equal(oc_program_check(bytes, program->size), OC_PROGRAM_OK);
    row->day++;
    assert_int_equal(oc_program_check(bytes, program->size), OC_PROGRAM_ROW);
    row->day = 20000;
    const oc_operand weights[] = {0, OC_NONE, OC_ROW(2), OC_CONSTANT(0x3fff)};
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        bridge->c = weights[i];
        assert_int_equal(oc_program_check(bytes, program->size), OC_PROGRAM_OPERAND);
    }
    free(bytes);
    as_free(p);
}

/* Truths take other room in a column than numbers, so that no number may be written over the mask it is chosen by. */
static void test_overlaps(void **state)
{
    (void)state;
    static const struct { oc_instruction x; oc_program_fault fault; } cases[] = {
        {{OC_OP_SELECT, 0, 1, 2, 0, OC_NONE, 0}, OC_PROGRAM_OPERAND},
        {{OC_OP_KEEP, 0, 1, OC_NONE, 0, OC_NONE, 0}, OC_PROGRAM_OPERAND},
        {{OC_OP_EXP, 0, 1, OC_NONE, 0, OC_NONE, 0}, OC_PROGRAM_OPERAND},
        {{OC_OP_SELECT, 1, 1, 2, 0, OC_NONE, 0}, OC_PROGRAM_OK},
        {{OC_OP_LT, 0, 0, 1, OC_NONE, OC_NONE, 0}, OC_PROGRAM_OK},
        {{OC_OP_AND, 0, 0, 1, OC_NONE, OC_NONE, 0}, OC_PROGRAM_OK},
    };
    as_program *p = as_new(0, 3);
    as_section(p, OC_SECTION_INIT, 0);
    as_op(p, OC_OP_AND, 0, 1, 2, OC_NONE, OC_NONE, 0);
    as_section(p, OC_SECTION_END, 0);
    const oc_program *program = as_finish(p);
    unsigned char *bytes = zeroed(program->size);
    memcpy(bytes, program, program->size);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        memcpy(bytes + program->instructions_at, &cases[i].x, sizeof cases[i].x);
        assert_int_equal(oc_program_check(bytes, program->size), cases[i].fault);
    }
    free(bytes);
    as_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mutations), cmocka_unit_test(test_truncations), cmocka_unit_test(test_rules),
        cmocka_unit_test(test_bridge_rules), cmocka_unit_test(test_overlaps),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
