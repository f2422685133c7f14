/* Validation of programs from anywhere (oc_program_check).
 *
 * What is checked is exactly what the interpreter relies on: parts lie inside and apart; every operand names a column,
 * constant or scalar of the row that exists; every site, check, slot, table and counter exists; days have room in an
 * address; the work of one batch is bounded. Values are not looked at: any double may stand anywhere, the instructions
 * that turn numbers into indices bound them when they run. */
#include "engine/engine.h"

static const char *const operands[OC_OPCODE_COUNT] = {
#define OP(name, operands, text) [OC_OP_##name] = operands,
#include "engine/ops.def"
#undef OP
};

static const char *const opcode_names[OC_OPCODE_COUNT] = {
#define OP(name, operands, text) [OC_OP_##name] = #name,
#include "engine/ops.def"
#undef OP
};

const char *oc_opcode_operands(oc_opcode op)
{
    return operands[op];
}

const char *oc_opcode_name(oc_opcode op)
{
    return opcode_names[op];
}

enum { WORK_LIMIT = 1 << 26 }; /* instructions of one batch */

typedef struct checker {
    const oc_program *program;
    const double *constants;
    const oc_section *sections;
    const oc_instruction *instructions;
    const oc_row *rows;
    const int32_t *days;
    const oc_value_slot *slots;
    const oc_span_table *spans;
} checker;

typedef struct extent {
    uint32_t at, count;
    size_t size; /* of one element */
} extent;

static bool parts_in_order(const oc_program *p)
{
    const extent parts[] = {
        {p->constants_at, p->constant_count, sizeof(double)},
        {p->sites_at, p->site_count, sizeof(oc_site)},
        {p->sections_at, p->section_count, sizeof(oc_section)},
        {p->instructions_at, p->instruction_count, sizeof(oc_instruction)},
        {p->rows_at, p->row_count, sizeof(oc_row)},
        {p->row_scalars_at, p->row_scalar_count, sizeof(double)},
        {p->days_at, p->day_count, sizeof(int32_t)},
        {p->slots_at, p->slot_count, sizeof(oc_value_slot)},
        {p->spans_at, p->span_count, sizeof(oc_span_table)},
    };
    uint64_t end = sizeof *p;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].at % 8 || parts[i].at < end) return false;
        end = parts[i].at + (uint64_t)parts[i].count * parts[i].size;
        if (end > p->size) return false;
    }
    return true;
}

static bool day_in_range(int64_t day)
{
    return day >= -OC_MAX_DAY && day <= OC_MAX_DAY;
}

static bool limits_hold(const oc_program *p)
{
    return p->columns <= OC_MAX_COLUMNS && p->counts <= OC_MAX_COUNTS && p->row_count <= OC_MAX_ROWS &&
           p->section_count >= 2 && p->constant_count <= 0x4000 && day_in_range(p->as_of) &&
           day_in_range(p->horizon) && p->as_of <= p->horizon && (p->given == OC_NONE || p->given < p->columns) &&
           p->slot_count <= OC_MAX_COUNTS / 2;
}

/* Sections follow one another and leave no instruction out, since only those of a section are checked. */
static bool sections_hold(const checker *c)
{
    const oc_program *p = c->program;
    uint64_t next = 0;
    for (uint32_t i = 0; i < p->section_count; i++) {
        const oc_section *s = &c->sections[i];
        if (s->first != next || s->scalars > 0x3fff) return false;
        next += s->count;
    }
    return next == p->instruction_count && c->sections[0].scalars == 0 &&
           c->sections[p->section_count - 1].scalars == 0;
}

static oc_program_fault check_rows(const checker *c)
{
    const oc_program *p = c->program;
    uint64_t work = (uint64_t)c->sections[0].count + c->sections[p->section_count - 1].count;
    for (uint32_t i = 0; i < p->row_count; i++) {
        const oc_row *row = &c->rows[i];
        if (row->section >= p->section_count || !day_in_range(row->day)) return OC_PROGRAM_ROW;
        if (!day_in_range((int64_t)row->day + row->shift)) return OC_PROGRAM_ROW;
        const oc_section *s = &c->sections[row->section];
        if ((uint64_t)row->scalars + s->scalars > p->row_scalar_count) return OC_PROGRAM_ROW;
        work += s->count + UINT64_C(1);
    }
    return work <= WORK_LIMIT ? OC_PROGRAM_OK : OC_PROGRAM_LIMITS;
}

static bool results_hold(const checker *c)
{
    const oc_program *p = c->program;
    for (uint32_t i = 0; i < p->slot_count; i++) {
        const oc_value_slot *s = &c->slots[i];
        if (s->bins < 2 || s->bins > OC_MAX_BINS || (s->bins & (s->bins - 1))) return false;
        if ((uint64_t)s->first_count + s->bins > p->counts) return false;
    }
    for (uint32_t i = 0; i < p->span_count; i++) {
        const oc_span_table *t = &c->spans[i];
        if (t->years == 0 || (uint64_t)t->first_day + t->years + 1 > p->day_count) return false;
        if ((uint64_t)t->first_count + (uint64_t)t->codes * t->years > p->counts) return false;
        for (uint32_t y = 0; y <= t->years; y++) {
            if (!day_in_range(c->days[t->first_day + y])) return false;
            if (y && c->days[t->first_day + y] <= c->days[t->first_day + y - 1]) return false;
        }
    }
    return true;
}

/* The date of a draw: a whole day, or "once a future". */
static bool is_date(double value)
{
    if (value == (double)OC_NO_DATE) return true;
    return value >= -(double)OC_MAX_DAY && value <= (double)OC_MAX_DAY && value == (double)(int32_t)value;
}

static bool operand_holds(const checker *c, const oc_section *section, char kind, oc_operand operand)
{
    const oc_program *p = c->program;
    bool column = OC_IS_COLUMN(operand) && operand < p->columns;
    bool constant = OC_IS_CONSTANT(operand) && OC_OPERAND_INDEX(operand) < p->constant_count;
    bool scalar = OC_IS_ROW(operand) && OC_OPERAND_INDEX(operand) < section->scalars;
    switch (kind) {
    case '-': return true;
    case 'n':
    case 'm': return column;
    case 'N': return column || constant || scalar;
    case 'S': return constant || scalar;
    case 'O': return column || constant || scalar || operand == OC_NONE;
    case 'M': return column || operand == OC_NONE;
    case 'D': return operand == OC_NONE || (constant && is_date(c->constants[OC_OPERAND_INDEX(operand)]));
    default: return false;
    }
}

static oc_program_fault check_instruction(const checker *c, const oc_section *section, const oc_instruction *x)
{
    const oc_program *p = c->program;
    if (x->op >= OC_OPCODE_COUNT) return OC_PROGRAM_INSTRUCTION;
    const char *kinds = operands[x->op];
    bool writes = kinds[0] != '-';
    if (writes && (!OC_IS_COLUMN(x->dst) || x->dst >= p->columns)) return OC_PROGRAM_OPERAND;
    const oc_operand sources[4] = {x->a, x->b, x->c, x->d};
    for (size_t i = 0; i < 4; i++) {
        if (!operand_holds(c, section, kinds[i + 1], sources[i])) return OC_PROGRAM_OPERAND;
        if (kinds[i + 1] == 'M' && (kinds[0] == 'N' || kinds[0] == 'n') && sources[i] == x->dst)
            return OC_PROGRAM_OPERAND;
    }
    switch ((oc_opcode)x->op) {
    case OC_OP_COIN:
    case OC_OP_UNIFORM:
    case OC_OP_WALK: return OC_SITE_OF(x->imm) < p->site_count ? OC_PROGRAM_OK : OC_PROGRAM_RESULT;
    case OC_OP_NORMAL:
    case OC_OP_BRIDGE:
    case OC_OP_EXPONENTIAL:
    case OC_OP_GAMMA:
    case OC_OP_BETA:
    case OC_OP_POISSON: return x->imm < p->site_count ? OC_PROGRAM_OK : OC_PROGRAM_RESULT;
    case OC_OP_CHECK_UNIT:
    case OC_OP_CHECK_REAL:
    case OC_OP_CHECK_POS:
    case OC_OP_CHECK_NONNEG:
    case OC_OP_CHECK_ORDER: return x->imm < p->checks ? OC_PROGRAM_OK : OC_PROGRAM_RESULT;
    case OC_OP_TALLY_TRUE:
    case OC_OP_TALLY_INDEX: return x->imm < p->counts ? OC_PROGRAM_OK : OC_PROGRAM_RESULT;
    case OC_OP_TALLY_DAY:
        return (uint64_t)x->imm + (uint64_t)(p->horizon - p->as_of) + 2 <= p->counts ? OC_PROGRAM_OK
                                                                                     : OC_PROGRAM_RESULT;
    case OC_OP_TALLY_VALUE: return x->imm < p->slot_count ? OC_PROGRAM_OK : OC_PROGRAM_RESULT;
    case OC_OP_TALLY_SPAN: return x->imm < p->span_count ? OC_PROGRAM_OK : OC_PROGRAM_RESULT;
    default: return OC_PROGRAM_OK;
    }
}

static oc_program_fault check_code(const checker *c)
{
    for (uint32_t i = 0; i < c->program->section_count; i++) {
        const oc_section *section = &c->sections[i];
        for (uint32_t k = 0; k < section->count; k++) {
            oc_program_fault fault = check_instruction(c, section, &c->instructions[section->first + k]);
            if (fault != OC_PROGRAM_OK) return fault;
        }
    }
    return OC_PROGRAM_OK;
}

oc_program_fault oc_program_check(const void *bytes, size_t size)
{
    const oc_program *p = bytes;
    const unsigned char *base = bytes;
    if ((uintptr_t)bytes % 8 || size < sizeof *p || p->size != size) return OC_PROGRAM_HEADER;
    if (p->magic != OC_PROGRAM_MAGIC || p->version != OC_PROGRAM_VERSION) return OC_PROGRAM_HEADER;
    if (!parts_in_order(p)) return OC_PROGRAM_LAYOUT;
    if (!limits_hold(p)) return OC_PROGRAM_LIMITS;
    const checker c = {
        .program = p,
        .constants = (const double *)(const void *)(base + p->constants_at),
        .sections = (const oc_section *)(const void *)(base + p->sections_at),
        .instructions = (const oc_instruction *)(const void *)(base + p->instructions_at),
        .rows = (const oc_row *)(const void *)(base + p->rows_at),
        .days = (const int32_t *)(const void *)(base + p->days_at),
        .slots = (const oc_value_slot *)(const void *)(base + p->slots_at),
        .spans = (const oc_span_table *)(const void *)(base + p->spans_at),
    };
    if (!sections_hold(&c)) return OC_PROGRAM_SECTION;
    oc_program_fault fault = check_rows(&c);
    if (fault != OC_PROGRAM_OK) return fault;
    if (!results_hold(&c)) return OC_PROGRAM_RESULT;
    return check_code(&c);
}
