/* From the sections of an ir to a program: what nothing reads is left out, temporaries that only become a state are
 * computed in its column, the rest get columns, and all parts are laid out in bytes.
 *
 * Liveness is found over all sections at once: effects are live, and so is what writes a state column that live code
 * reads. Temporaries then get columns by a linear scan in which a column is free again after the last use. */
#include "model/ir.h"

#include <string.h>

#include "engine/engine.h"

/* --- liveness --- */

static bool has_effect(const oc_ir_instruction *in)
{
    return in->op >= OC_OP_CHECK_UNIT;
}

static void mark(const oc_ir *ir, oc_ref r, bool *temps, bool *states, bool *ret_changed)
{
    if (r.kind == OC_REF_TEMP) temps[r.index] = true;
    if (r.kind == OC_REF_STATE && !states[r.index]) {
        states[r.index] = true;
        if (ir->bound.at[r.index]) states[ir->bound.at[r.index] - 1] = true;
        *ret_changed = true;
    }
}

/* A whole pass over all sections is repeated until no further state column becomes live. */
void oc_ir_mark_live(oc_ir *ir, bool *states)
{
    bool changed = true;
    if (ir->given.kind == OC_REF_STATE) states[ir->given.index] = true;
    for (size_t i = 0; i < ir->kept.len; i++) states[ir->kept.at[i]] = true;
    while (changed) {
        changed = false;
        for (size_t s = 0; s < ir->sections.len; s++) {
            oc_ir_section *section = ir->sections.at[s];
            bool *temps = OC_NEW_ARRAY(ir->arena, section->temps + 1, bool);
            for (size_t i = section->code.len; i-- > 0;) {
                oc_ir_instruction *in = &section->code.at[i];
                in->live = has_effect(in) || (in->dst.kind == OC_REF_TEMP && temps[in->dst.index]) ||
                           (in->dst.kind == OC_REF_STATE && states[in->dst.index]);
                if (!in->live) continue;
                mark(ir, in->a, temps, states, &changed);
                mark(ir, in->b, temps, states, &changed);
                mark(ir, in->c, temps, states, &changed);
                mark(ir, in->d, temps, states, &changed);
                if (has_effect(in)) mark(ir, in->dst, temps, states, &changed);
                if (in->op != OC_OP_PICK) continue;
                const oc_ir_pick_list *pick = &ir->picks.at[in->imm];
                for (size_t k = 0; k < pick->count; k++) mark(ir, pick->columns[k], temps, states, &changed);
            }
        }
    }
}

/* --- merging temporaries with state columns --- */

typedef struct merger {
    oc_ir_section *section;
    oc_ref *stands_for;    /* of each temporary: the state column it is merged with; NONE */
    uint32_t *last_use;    /* of each temporary: instruction + 1; 0: none */
    uint32_t *next_write;  /* of each instruction that moves to a state column: the next one that writes it */
    uint32_t *last_access; /* of each state column, so far: instruction + 1 */
    uint32_t last_check;   /* so far: instruction + 1 */
} merger;

static void each_operand(oc_ir_instruction *in, void (*visit)(merger *m, oc_ref *r, uint32_t at), merger *m,
                         uint32_t at)
{
    visit(m, &in->a, at);
    visit(m, &in->b, at);
    visit(m, &in->c, at);
    visit(m, &in->d, at);
    visit(m, &in->dst, at);
}

static void note_last_use(merger *m, oc_ref *r, uint32_t at)
{
    if (r->kind == OC_REF_TEMP) m->last_use[r->index] = at + 1;
}

static void note_access(merger *m, oc_ref *r, uint32_t at)
{
    oc_ref it = r->kind == OC_REF_TEMP && m->stands_for[r->index].kind == OC_REF_STATE ? m->stands_for[r->index] : *r;
    if (it.kind == OC_REF_STATE) m->last_access[it.index] = at + 1;
}

static void put_state(merger *m, oc_ref *r, uint32_t at)
{
    (void)at;
    if (r->kind == OC_REF_TEMP && m->stands_for[r->index].kind == OC_REF_STATE) *r = m->stands_for[r->index];
}

static bool moves_to_state(const oc_ir_instruction *in)
{
    return in->live && in->dst.kind == OC_REF_STATE && in->a.kind == OC_REF_TEMP &&
           (in->op == OC_OP_MOVE || (in->op == OC_OP_MOVE_MASK && in->imm == 0));
}

/* Of each state column, for one section after another: there may be thousands of both. */
typedef struct scratch {
    uint32_t *last_access, *coming;
} scratch;

/* New values are all computed before the first column is set, since they may read one another's. One that only its MOVE
 * reads is computed in place of that, if no column that it is made of has been set by then. */
static void sink(const oc_ir *ir, oc_ir_section *s, const scratch *spare)
{
    uint32_t *uses = OC_NEW_ARRAY(ir->arena, s->temps + 1, uint32_t), *last_write = spare->last_access;
    for (uint32_t i = 0; i < ir->states; i++) last_write[i] = 0;
    for (size_t i = 0; i < s->code.len; i++) {
        const oc_ir_instruction *in = &s->code.at[i];
        const oc_ref operands[] = {in->a, in->b, in->c, in->d};
        for (size_t n = 0; n < 4 && in->live; n++)
            if (operands[n].kind == OC_REF_TEMP) uses[operands[n].index]++;
    }
    for (uint32_t i = 0; i < s->code.len; i++) {
        oc_ir_instruction *in = &s->code.at[i];
        if (!in->live) continue;
        if (moves_to_state(in) && uses[in->a.index] == 1) {
            const uint32_t maker = s->makers.at[in->a.index];
            oc_ir_instruction made = s->code.at[maker];
            const oc_ref operands[] = {made.a, made.b, made.c};
            bool same = made.live && made.op >= OC_OP_ADD && made.op <= OC_OP_MULADD;
            for (size_t n = 0; n < 3; n++)
                same = same && (operands[n].kind != OC_REF_STATE || last_write[operands[n].index] <= maker + 1);
            if (same) {
                s->code.at[maker].live = false;
                made.dst = in->dst;
                *in = made;
            }
        }
        if (in->dst.kind == OC_REF_STATE) last_write[in->dst.index] = i + 1;
        if (in->d.kind == OC_REF_STATE && in->op == OC_OP_TALLY_SPAN) last_write[in->d.index] = i + 1;
    }
}

/* A temporary that is moved to a state column is made there at once, if nobody reads or writes the column in between
 * and nobody writes it while the temporary is still read. A failing check shows the columns: none may lie in between.
 */
static void merge(oc_ir *ir, oc_ir_section *s, const scratch *spare)
{
    size_t count = s->code.len;
    merger m = {.section = s,
                .stands_for = OC_NEW_ARRAY(ir->arena, s->temps + 1, oc_ref),
                .last_use = OC_NEW_ARRAY(ir->arena, s->temps + 1, uint32_t),
                .next_write = OC_NEW_ARRAY(ir->arena, count + 1, uint32_t),
                .last_access = spare->last_access};
    uint32_t *coming = spare->coming;
    for (uint32_t i = 0; i < ir->states; i++) {
        m.last_access[i] = 0;
        coming[i] = UINT32_MAX;
    }
    for (uint32_t i = (uint32_t)count; i-- > 0;) {
        oc_ir_instruction *in = &s->code.at[i];
        if (!in->live) continue;
        if (in->dst.kind == OC_REF_STATE) {
            m.next_write[i] = coming[in->dst.index];
            coming[in->dst.index] = i;
        }
        if (in->d.kind == OC_REF_STATE && in->op == OC_OP_TALLY_SPAN) coming[in->d.index] = i;
    }
    for (uint32_t i = 0; i < count; i++)
        if (s->code.at[i].live) each_operand(&s->code.at[i], note_last_use, &m, i);
    for (uint32_t i = 0; i < count; i++) {
        oc_ir_instruction *in = &s->code.at[i];
        if (!in->live) continue;
        if (oc_ir_is_check(in->op)) m.last_check = i + 1;
        if (moves_to_state(in) && m.stands_for[in->a.index].kind == OC_REF_NONE) {
            uint32_t maker = s->makers.at[in->a.index];
            if (m.last_access[in->dst.index] <= maker + 1 && m.last_check <= maker &&
                (m.next_write[i] == UINT32_MAX || m.next_write[i] + 1 >= m.last_use[in->a.index])) {
                m.stands_for[in->a.index] = in->dst;
                in->live = false;
            }
        }
        each_operand(in, note_access, &m, i);
    }
    for (uint32_t i = 0; i < count; i++)
        if (s->code.at[i].live) each_operand(&s->code.at[i], put_state, &m, i);
}

/* --- linking --- */

static uint32_t constant(oc_ir *ir, double value)
{
    double *stored = OC_NEW(ir->arena, double);
    *stored = value;
    bool new;
    oc_map_entry *entry =
        oc_map_insert(ir->arena, &ir->constant_index, (oc_slice){(const char *)stored, sizeof *stored}, &new);
    if (new) {
        entry->value.number = ir->constants.len;
        *oc_vec_push(ir->arena, &ir->constants) = value;
    }
    return (uint32_t)entry->value.number;
}

typedef struct linker {
    oc_ir *ir;
    const uint16_t *state_columns;
    uint16_t *temp_columns;
    uint32_t columns; /* highest column used, plus one */
} linker;

static oc_operand operand(linker *k, oc_ref r)
{
    switch (r.kind) {
    case OC_REF_CONST: return OC_CONSTANT(constant(k->ir, r.value));
    case OC_REF_ROW: return OC_ROW(r.index);
    case OC_REF_TEMP: return k->temp_columns[r.index];
    case OC_REF_STATE: return k->state_columns[r.index];
    case OC_REF_NONE: break;
    }
    return OC_NONE;
}

static void note_use(uint32_t *last, oc_ref r, size_t i)
{
    if (r.kind == OC_REF_TEMP) last[r.index] = (uint32_t)i + 1;
}

typedef OC_VEC(oc_instruction) instructions;
typedef OC_VEC(uint16_t) columns;

static void release(linker *k, columns *free_columns, const uint32_t *last, oc_ref r, size_t i, bool *released)
{
    if (r.kind != OC_REF_TEMP || last[r.index] != i + 1 || released[r.index]) return;
    released[r.index] = true;
    *oc_vec_push(k->ir->arena, free_columns) = k->temp_columns[r.index];
}

static void link_section(linker *k, const oc_ir_section *s, uint32_t first_temp, instructions *out)
{
    oc_arena *arena = k->ir->arena;
    uint32_t *last = OC_NEW_ARRAY(arena, s->temps + 1, uint32_t);
    bool *released = OC_NEW_ARRAY(arena, s->temps + 1, bool);
    k->temp_columns = OC_NEW_ARRAY(arena, s->temps + 1, uint16_t);
    columns free_columns = {0};
    uint32_t next = first_temp;
    for (size_t i = 0; i < s->code.len; i++) {
        const oc_ir_instruction *in = &s->code.at[i];
        if (!in->live) continue;
        note_use(last, in->a, i);
        note_use(last, in->b, i);
        note_use(last, in->c, i);
        note_use(last, in->d, i);
    }
    for (size_t i = 0; i < s->code.len; i++) {
        const oc_ir_instruction *in = &s->code.at[i];
        if (!in->live) continue;
        oc_instruction coded = {.op = (uint16_t)in->op,
                                .a = operand(k, in->a),
                                .b = operand(k, in->b),
                                .c = operand(k, in->c),
                                .d = operand(k, in->d),
                                .imm = in->op == OC_OP_PICK ? in->imm & OC_WHERE : in->imm};
        /* Sources may be the destination, so that their columns are free for it, but for truths behind a number. */
        const oc_ref sources[] = {in->a, in->b, in->c, in->d};
        for (size_t n = 0; n < 4; n++)
            if (in->dst.mask || !sources[n].mask) release(k, &free_columns, last, sources[n], i, released);
        if (in->dst.kind == OC_REF_TEMP)
            k->temp_columns[in->dst.index] = free_columns.len ? free_columns.at[--free_columns.len] : (uint16_t)next++;
        for (size_t n = 0; n < 4; n++) release(k, &free_columns, last, sources[n], i, released);
        coded.dst = operand(k, in->dst);
        *oc_vec_push(arena, out) = coded;
    }
    if (next > k->columns) k->columns = next;
}

/* The rows' scalars become the numbers of the columns they choose. */
static void link_picks(oc_ir *ir, const uint16_t *state_columns)
{
    for (size_t i = 0; i < ir->picks.len; i++) {
        const oc_ir_pick_list *pick = &ir->picks.at[i];
        double *values = pick->section->scalars.at[pick->scalar.index];
        for (size_t row = 0; row < pick->section->rows; row++) {
            uint16_t column = state_columns[pick->columns[pick->choice[row]].index];
            values[row] = column == OC_NONE ? 0 : column;
        }
    }
}

static uint32_t place(size_t *size, size_t bytes)
{
    size_t at = (*size + 7) / 8 * 8;
    *size = at + bytes;
    return (uint32_t)at;
}

static const oc_ir_order *rows_with_code(const oc_ir *ir, const oc_section *sections, const oc_ir_order *order,
                                         size_t rows, size_t *ret_count)
{
    oc_ir_order *kept = OC_NEW_ARRAY(ir->arena, rows + 1, oc_ir_order);
    for (size_t r = 0; r < rows; r++)
        if (sections[order[r].section].count || ir->every_row) kept[(*ret_count)++] = order[r];
    return kept;
}

/* Columns of the states that something reads; their number, or UINT32_MAX if they are too many. */
static uint32_t place_states(oc_ir *ir, uint16_t *state_columns)
{
    bool *live = OC_NEW_ARRAY(ir->arena, ir->states + 1, bool);
    oc_ir_mark_live(ir, live);
    uint32_t count = 0;
    for (uint32_t i = 0; i < ir->states; i++) {
        if (live[i] && count >= OC_MAX_COLUMNS / 2) return UINT32_MAX;
        state_columns[i] = live[i] ? (uint16_t)count++ : OC_NONE;
    }
    return count;
}

/* What goes into the program besides what the IR itself holds. */
typedef struct linked {
    instructions code;
    oc_section *sections;
    const oc_ir_order *rows;
    size_t row_count, scalar_count;
} linked;

static linked link_sections(oc_ir *ir, linker *k, uint32_t state_count, const oc_ir_order *order, size_t rows)
{
    linked l = {.sections = OC_NEW_ARRAY(ir->arena, ir->sections.len, oc_section)};
    const scratch spare = {OC_NEW_ARRAY(ir->arena, ir->states + 1, uint32_t),
                           OC_NEW_ARRAY(ir->arena, ir->states + 1, uint32_t)};
    for (size_t s = 0; s < ir->sections.len; s++) {
        oc_ir_section *section = ir->sections.at[s];
        if (!ir->plain) sink(ir, section, &spare);
        if (!ir->plain) merge(ir, section, &spare);
        if (!ir->plain) oc_ir_narrow(ir, section);
        uint32_t first = (uint32_t)l.code.len;
        link_section(k, section, state_count, &l.code);
        l.sections[s].first = first;
        l.sections[s].count = (uint32_t)l.code.len - first;
        l.sections[s].scalars = (uint32_t)section->scalars.len;
        l.sections[s].kind = section->kind;
    }
    l.rows = rows_with_code(ir, l.sections, order, rows, &l.row_count);
    for (size_t r = 0; r < l.row_count; r++) l.scalar_count += ir->sections.at[l.rows[r].section]->scalars.len;
    return l;
}

/* What the format has no room for; NULL: nothing. */
static const char *too_large(const oc_ir *ir, const linker *k, const linked *l)
{
    if (l->scalar_count > 1u << 24) return "scalars";
    if (ir->counts > 1u << 26) return "counters";
    if (ir->constants.len >= 0x4000) return "constants";
    return k->columns >= OC_MAX_COLUMNS ? "columns" : NULL;
}

static oc_program head_of(const oc_ir *ir, const linker *k, const linked *l, oc_day as_of, oc_day horizon)
{
    oc_program head = {.magic = OC_PROGRAM_MAGIC,
                       .version = OC_PROGRAM_VERSION,
                       .columns = k->columns ? k->columns : 1,
                       .as_of = (int32_t)as_of,
                       .horizon = (int32_t)horizon,
                       .counts = ir->counts,
                       .checks = ir->checks,
                       .constant_count = (uint32_t)ir->constants.len,
                       .site_count = (uint32_t)ir->sites.len,
                       .section_count = (uint32_t)ir->sections.len,
                       .instruction_count = (uint32_t)l->code.len,
                       .row_count = (uint32_t)l->row_count,
                       .row_scalar_count = (uint32_t)l->scalar_count,
                       .day_count = (uint32_t)ir->days.len,
                       .slot_count = (uint32_t)ir->slots.len,
                       .span_count = (uint32_t)ir->spans.len,
                       .given = ir->given.kind == OC_REF_STATE ? k->state_columns[ir->given.index] : OC_NONE};
    size_t size = sizeof head;
    head.constants_at = place(&size, ir->constants.len * sizeof(double));
    head.sites_at = place(&size, ir->sites.len * sizeof(oc_site));
    head.sections_at = place(&size, ir->sections.len * sizeof(oc_section));
    head.instructions_at = place(&size, l->code.len * sizeof(oc_instruction));
    head.rows_at = place(&size, l->row_count * sizeof(oc_row));
    head.row_scalars_at = place(&size, l->scalar_count * sizeof(double));
    head.days_at = place(&size, ir->days.len * sizeof(int32_t));
    head.slots_at = place(&size, ir->slots.len * sizeof(oc_value_slot));
    head.spans_at = place(&size, ir->spans.len * sizeof(oc_span_table));
    head.size = (uint32_t)((size + 7) / 8 * 8);
    return head;
}

static void write_rows(const oc_ir *ir, const linked *l, oc_row *row, double *scalar)
{
    uint32_t used = 0;
    for (size_t r = 0; r < l->row_count; r++) {
        const oc_ir_order *at = &l->rows[r];
        const oc_ir_section *section = ir->sections.at[at->section];
        int16_t shift = section->shifts ? section->shifts[at->row] : 0;
        row[r] = (oc_row){section->days[at->row], at->section, used, (uint16_t)section->flags, shift};
        for (size_t i = 0; i < section->scalars.len; i++) scalar[used++] = section->scalars.at[i][at->row];
    }
}

static oc_program *write_program(const oc_ir *ir, const oc_program *head, const linked *l)
{
    char *bytes = oc_arena_alloc(ir->arena, head->size);
    memcpy(bytes, head, sizeof *head);
#define COPY(where, vec)                                                                                               \
    if ((vec).len) memcpy(bytes + (where), (vec).at, (vec).len * sizeof *(vec).at)
    COPY(head->constants_at, ir->constants);
    COPY(head->instructions_at, l->code);
    COPY(head->days_at, ir->days);
    COPY(head->slots_at, ir->slots);
    COPY(head->spans_at, ir->spans);
#undef COPY
    for (size_t i = 0; i < ir->sites.len; i++) ((oc_site *)(bytes + head->sites_at))[i].address = ir->sites.at[i];
    memcpy(bytes + head->sections_at, l->sections, ir->sections.len * sizeof *l->sections);
    write_rows(ir, l, (oc_row *)(bytes + head->rows_at), (double *)(void *)(bytes + head->row_scalars_at));
    return (oc_program *)bytes;
}

oc_program *oc_ir_link(oc_ir *ir, oc_day as_of, oc_day horizon, const oc_ir_order *order, size_t rows, size_t *ret_size,
                       uint16_t **ret_states, const char **ret_why)
{
    oc_ir_know(ir, order, rows);
    oc_ir_settle(ir);
    uint16_t *state_columns = OC_NEW_ARRAY(ir->arena, ir->states + 1, uint16_t);
    uint32_t state_count = place_states(ir, state_columns);
    if (state_count == UINT32_MAX) {
        *ret_why = "columns";
        return NULL;
    }
    *ret_states = state_columns;
    link_picks(ir, state_columns);
    linker k = {.ir = ir, .state_columns = state_columns, .columns = state_count};
    linked l = link_sections(ir, &k, state_count, order, rows);
    *ret_why = too_large(ir, &k, &l);
    if (*ret_why) return NULL;
    oc_program head = head_of(ir, &k, &l, as_of, horizon);
    *ret_size = head.size;
    return write_program(ir, &head, &l);
}
