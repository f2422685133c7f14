/* A run whose chunks are split over ranks; see ranks.h.
 *
 * A part travels as its numbers, in the order of `fields`: the receiver opens a result of the same program, which has
 * the same sizes, and fills it. */
#include "cli/ranks.h"

typedef struct part {
    uint64_t futures, counted, nodes, failed;
    uint32_t check, row, instruction, status;
    uint64_t trajectory;
    int64_t day;
    double seconds;
} part;

typedef struct field {
    void *bytes;
    size_t size;
} field;

enum { FIELDS = 5 };

static size_t bins_of(const oc_program *program)
{
    const oc_value_slot *slots =
        (const oc_value_slot *)(const void *)((const unsigned char *)program + program->slots_at);
    size_t bins = 0;
    for (uint32_t i = 0; i < program->slot_count; i++) bins += slots[i].bins;
    return bins;
}

static void list_fields(oc_result *r, oc_cell *failed, field ret[FIELDS])
{
    const oc_program *p = r->program;
    size_t bins = bins_of(p) * sizeof(double);
    ret[0] = (field){r->tally->counts, p->counts * sizeof *r->tally->counts};
    ret[1] = (field){r->tally->values, p->slot_count * sizeof *r->tally->values};
    ret[2] = (field){r->tally->bin_min, bins};
    ret[3] = (field){r->tally->bin_max, bins};
    ret[4] = (field){failed, p->columns * sizeof *failed};
}

static void send_part(oc_arena *arena, oc_result *r, oc_status status)
{
    const oc_program *p = r->program;
    const oc_run_failure *f = &r->failure;
    oc_cell *failed = OC_NEW_ARRAY(arena, p->columns + (size_t)1, oc_cell);
    if (f->found) memcpy(failed, f->columns, p->columns * sizeof *failed);
    part head = {r->tally->futures, r->tally->counted, r->partial->count, f->found, f->check,  f->row,
                 f->instruction,    (uint32_t)status,  f->trajectory,     f->day,   r->seconds};
    oc_rank_send(0, &head, sizeof head);
    field fields[FIELDS];
    list_fields(r, failed, fields);
    for (size_t i = 0; i < FIELDS; i++) oc_rank_send(0, fields[i].bytes, fields[i].size);
    for (uint32_t i = 0; i < r->partial->count; i++) {
        const oc_sums_node *node = &r->partial->nodes[i];
        uint64_t place[] = {node->level, node->index};
        oc_rank_send(0, place, sizeof place);
        oc_rank_send(0, node->sums, p->slot_count * sizeof *node->sums);
    }
}

static void receive_into(oc_arena *arena, int from, field *f)
{
    oc_slice bytes = oc_rank_receive(arena, from);
    if (bytes.len == f->size && f->size) memcpy(f->bytes, bytes.ptr, f->size);
}

/* `next` is an empty result of the program. */
static oc_status receive_part(oc_arena *arena, int from, oc_result *next)
{
    const oc_program *p = next->program;
    part head;
    oc_cell *failed = OC_NEW_ARRAY(arena, p->columns + (size_t)1, oc_cell);
    receive_into(arena, from, &(field){&head, sizeof head});
    field fields[FIELDS];
    list_fields(next, failed, fields);
    for (size_t i = 0; i < FIELDS; i++) receive_into(arena, from, &fields[i]);
    next->tally->futures = head.futures;
    next->tally->counted = head.counted;
    next->seconds = head.seconds;
    next->failure = (oc_run_failure){head.failed != 0,  head.check,       head.trajectory, head.row,
                                     (int32_t)head.day, head.instruction, failed};
    next->partial->count = 0;
    for (uint64_t i = 0; i < head.nodes && i < OC_SUMS_NODES; i++) {
        oc_sums_node *node = &next->partial->nodes[next->partial->count++];
        uint64_t place[2] = {0};
        receive_into(arena, from, &(field){place, sizeof place});
        node->level = (uint32_t)place[0];
        node->index = place[1];
        receive_into(arena, from, &(field){node->sums, p->slot_count * sizeof *node->sums});
    }
    return (oc_status)head.status;
}

static oc_result empty_result(const oc_program *program, oc_arena *arena)
{
    oc_result r = {.program = program};
    r.tally = oc_tally_open(oc_arena_aligned(arena, oc_tally_size(program)), program);
    r.partial = oc_sums_open(oc_arena_aligned(arena, oc_sums_size(program->slot_count)), program->slot_count);
    r.sums = OC_NEW_ARRAY(arena, program->slot_count + (size_t)1, oc_sum);
    return r;
}

oc_status oc_run_ranks(const oc_program *program, const oc_run_options *options, oc_arena *arena, oc_result *ret)
{
    uint64_t ranks = (uint64_t)oc_rank_count(), rank = (uint64_t)oc_rank(), chunks = oc_run_chunks(options->runs);
    if (ranks == 1) return oc_run(program, options, arena, ret);
    oc_run_options own = *options;
    own.first_chunk = (chunks * rank + ranks - 1) / ranks;
    own.last_chunk = (chunks * (rank + 1) + ranks - 1) / ranks;
    /* Fewer chunks than ranks: nothing to do here. Rank 0 always has the first chunk. */
    bool idle = own.first_chunk == own.last_chunk;
    oc_status status = OC_OK;
    if (idle)
        *ret = empty_result(program, arena);
    else
        status = oc_run(program, &own, arena, ret);
    if (status != OC_OK && status != OC_INPUT && status != OC_CANCELLED) return status;
    if (rank) {
        send_part(arena, ret, status);
        return status;
    }
    for (uint64_t r = 1; r < ranks; r++) {
        oc_result next = empty_result(program, arena);
        oc_status part_status = receive_part(arena, (int)r, &next);
        /* What lies behind an end would not be what one process gives. */
        if (status != OC_OK) continue;
        double seconds = ret->seconds > next.seconds ? ret->seconds : next.seconds;
        oc_result_append(ret, &next);
        ret->seconds = seconds;
        status = part_status;
    }
    ret->threads *= (unsigned)ranks;
    return status;
}
