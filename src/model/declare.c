/* The first reading of the sections: every record is declared, so that names can be used before they stand.
 *
 * A record `handover[province]` gives one record for each row of the set `province`. */
#include "model/load.h"

static const struct {
    const char *section;
    oc_record_kind kind;
    oc_symbol_kind symbol;
} sections[] = {
    {"sets", OC_RECORD_SET, OC_SYMBOL_SET},
    {"calendar", OC_RECORD_EVENT, OC_SYMBOL_EVENT},
    {"inputs", OC_RECORD_INPUT, OC_SYMBOL_INPUT},
    {"variables", OC_RECORD_VARIABLE, OC_SYMBOL_VARIABLE},
    {"shocks", OC_RECORD_SHOCK, OC_SYMBOL_SHOCK},
    {"define", OC_RECORD_DEFINITION, OC_SYMBOL_DEFINITION},
    {"conditions", OC_RECORD_CONDITION, OC_SYMBOL_CONDITION},
    {"issues", OC_RECORD_ISSUE, OC_SYMBOL_ISSUE},
    {"stages", OC_RECORD_STAGE, OC_SYMBOL_STAGE},
    {"questions", OC_RECORD_QUESTION, OC_SYMBOL_KIND_COUNT},
};
enum { SECTION_COUNT = sizeof sections / sizeof *sections };

static void *new_record(oc_loader *l, oc_record_kind kind, oc_symbol *symbol)
{
    oc_model *m = l->model;
#define RECORD(type, vector)                                                                                           \
    {                                                                                                                  \
        type *record = OC_NEW(l->arena, type);                                                                         \
        record->symbol = symbol;                                                                                       \
        *oc_vec_push(l->arena, &m->vector) = record;                                                                   \
        return record;                                                                                                 \
    }
    switch (kind) {
    case OC_RECORD_EVENT: RECORD(oc_event, events)
    case OC_RECORD_INPUT: RECORD(oc_input, inputs)
    case OC_RECORD_VARIABLE: RECORD(oc_variable, variables)
    case OC_RECORD_SHOCK: RECORD(oc_shock, shocks)
    case OC_RECORD_DEFINITION:
    case OC_RECORD_CONDITION:
    case OC_RECORD_ISSUE: RECORD(oc_definition, definitions)
    case OC_RECORD_STAGE: RECORD(oc_stage, stages)
    case OC_RECORD_QUESTION: {
        oc_question *q = OC_NEW(l->arena, oc_question);
        *oc_vec_push(l->arena, &m->questions) = q;
        return q;
    }
    default: return NULL;
    }
#undef RECORD
}

static oc_entry *declare(oc_loader *l, size_t section, oc_slice name, oc_node *key, oc_node *node)
{
    oc_entry *entry = OC_NEW(l->arena, oc_entry);
    *entry = (oc_entry){.kind = sections[section].kind, .key = key, .node = node};
    if (sections[section].symbol != OC_SYMBOL_KIND_COUNT) {
        entry->symbol = OC_NEW(l->arena, oc_symbol);
        *entry->symbol = (oc_symbol){.kind = sections[section].symbol, .name = name, .span = key->span};
    }
    entry->record = new_record(l, entry->kind, entry->symbol);
    if (entry->symbol) entry->symbol->record = entry->record;
    *oc_vec_push(l->arena, &l->entries) = entry;
    if (entry->symbol) oc_map_insert(l->arena, &l->entry_of, name, NULL)->value.pointer = entry;
    if (l->entries.len == OC_MAX_RECORDS + 1) oc_report(l->diags, OC_E0113, key->span, OC_ARGS(OC_I(OC_MAX_RECORDS)));
    return entry;
}

oc_entry *oc_records_add(oc_loader *l, oc_record_kind kind, oc_slice name, oc_node *key, oc_node *node)
{
    size_t section = 0;
    while (sections[section].kind != kind) section++;
    oc_entry *entry = declare(l, section, name, key, node);
    oc_map_insert(l->arena, &l->model->names, name, NULL)->value.pointer = entry->symbol;
    return entry;
}

/* The name without "[set]"; reports names that cannot be used and names that are taken. */
static bool new_name(oc_loader *l, size_t section, oc_node *key, oc_slice *ret_name, oc_slice *ret_set)
{
    oc_slice text = key->text;
    size_t open = oc_slice_find(text, OC_SLICE("["), 0);
    *ret_set = (oc_slice){"", 0};
    if (open != SIZE_MAX && text.ptr[text.len - 1] == ']') {
        *ret_set = oc_slice_sub(text, open + 1, text.len - 1);
        text = oc_slice_sub(text, 0, open);
    }
    *ret_name = text;
    switch (oc_name_check(text)) {
    case OC_NAME_FORM: {
        oc_diag *d = oc_report(l->diags, OC_E0114, key->span, OC_ARGS(OC_T(text)));
        oc_diag_help(d, "help.name", NULL);
        return false;
    }
    case OC_NAME_RESERVED: oc_report(l->diags, OC_E0116, key->span, OC_ARGS(OC_T(text))); return false;
    case OC_NAME_FINE: break;
    }
    if (sections[section].symbol == OC_SYMBOL_KIND_COUNT) return true;
    bool new;
    oc_map_entry *taken = oc_map_insert(l->arena, &l->model->names, text, &new);
    if (new) {
        *oc_vec_push(l->arena, &l->name_list) = text;
        return true;
    }
    oc_diag *d = oc_report(l->diags, OC_E0117, key->span, OC_ARGS(OC_T(text)));
    oc_symbol *other = taken->value.pointer;
    if (other) oc_diag_at(d, other->span, "label.first-here", NULL);
    return false;
}

static void set_name(oc_loader *l, oc_slice name, oc_symbol *symbol)
{
    oc_map_find(&l->model->names, name)->value.pointer = symbol;
}

/* --- sets --- */

/* The columns that hold the rows' titles: `titles: name`, or `titles: {en: name_en, ja: name_ja}`. */
static void read_row_titles(oc_loader *l, oc_set *set, const oc_table *table, const oc_node *titles)
{
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        const oc_node *name =
            titles->kind == OC_NODE_MAPPING ? oc_node_get(titles, oc_lang_code((oc_lang)lang)) : titles;
        if (!name) continue;
        size_t column = oc_table_column(l, table, name);
        if (column == SIZE_MAX) return;
        set->titles[lang] = OC_NEW_ARRAY(l->arena, set->rows + 1, oc_slice);
        for (size_t row = 0; row < set->rows; row++)
            set->titles[lang][row] = table->cells[row * table->columns + column];
    }
}

static void read_set(oc_loader *l, oc_entry *entry)
{
    oc_set *set = OC_NEW(l->arena, oc_set);
    set->name = entry->symbol->name;
    set->span = entry->key->span;
    entry->symbol->set = set;
    *oc_vec_push(l->arena, &l->model->sets) = set;
    if (!oc_keys_check(l, entry->node, OC_RECORD_SET)) return;
    oc_node *file = oc_node_get(entry->node, "table"), *rows = oc_node_get(entry->node, "rows");
    if (file) {
        oc_table *table = oc_table_read(l, file);
        if (!table) return;
        set->rows = table->rows;
        set->columns = table->header;
        set->column_count = table->columns;
        set->data = table->cells;
        set->data_spans = table->spans;
        oc_node *titles = oc_node_get(entry->node, "titles");
        if (titles) read_row_titles(l, set, table, titles);
    } else if (rows) {
        oc_node **names;
        set->rows = oc_names_read(l, rows, &names);
        set->columns = OC_NEW_ARRAY(l->arena, 1, oc_slice);
        set->columns[0] = OC_SLICE("name");
        set->column_count = 1;
        set->data = OC_NEW_ARRAY(l->arena, set->rows + 1, oc_slice);
        set->data_spans = OC_NEW_ARRAY(l->arena, set->rows + 1, oc_span);
        for (size_t i = 0; i < set->rows; i++) set->data[i] = names[i]->text, set->data_spans[i] = names[i]->span;
    } else {
        oc_report(l->diags, OC_E0112, entry->key->span, OC_ARGS(OC_T(set->name), OC_S("table")));
        return;
    }
    set->keys = OC_NEW_ARRAY(l->arena, set->rows + 1, oc_slice);
    set->key_spans = OC_NEW_ARRAY(l->arena, set->rows + 1, oc_span);
    oc_map seen = {0};
    for (size_t i = 0; i < set->rows; i++) {
        set->keys[i] = set->data[i * set->column_count];
        set->key_spans[i] = set->data_spans[i * set->column_count];
        if (oc_name_check(set->keys[i]) != OC_NAME_FINE) {
            oc_diag *d = oc_report(l->diags, OC_E0114, set->key_spans[i], OC_ARGS(OC_T(set->keys[i])));
            oc_diag_help(d, "help.name", NULL);
        }
        bool new;
        oc_map_entry *first = oc_map_insert(l->arena, &seen, set->keys[i], &new);
        if (new) {
            first->value.pointer = &set->key_spans[i];
        } else {
            oc_diag *d = oc_report(l->diags, OC_E0117, set->key_spans[i], OC_ARGS(OC_T(set->keys[i])));
            oc_diag_at(d, *(const oc_span *)first->value.pointer, "label.first-here", NULL);
        }
    }
}

static void declare_family(oc_loader *l, size_t section, oc_slice name, oc_slice set_of, oc_pair *pair)
{
    oc_symbol *set_symbol = oc_model_find(l->model, set_of);
    if (!set_symbol || set_symbol->kind != OC_SYMBOL_SET || !set_symbol->set) {
        oc_slice names[64];
        size_t count = 0;
        for (size_t i = 0; i < l->model->sets.len && count < 64; i++) names[count++] = l->model->sets.at[i]->name;
        oc_diag *d = oc_report(l->diags, OC_E0118, pair->key->span, OC_ARGS(OC_T(set_of)));
        oc_diag_suggest(d, pair->key->span, set_of, names, count);
        return;
    }
    const oc_set *set = set_symbol->set;
    oc_symbol *family = OC_NEW(l->arena, oc_symbol);
    oc_symbol **rows = OC_NEW_ARRAY(l->arena, set->rows + 1, oc_symbol *);
    *family =
        (oc_symbol){.kind = sections[section].symbol, .name = name, .span = pair->key->span, .set = set, .rows = rows};
    if (sections[section].symbol != OC_SYMBOL_KIND_COUNT) set_name(l, name, family);
    for (size_t i = 0; i < set->rows && l->entries.len <= OC_MAX_RECORDS; i++) {
        oc_slice full = oc_arena_printf(l->arena, "%.*s[%.*s]", OC_FMT(name), OC_FMT(set->keys[i]));
        oc_entry *entry = declare(l, section, full, pair->key, pair->value);
        if (!entry->symbol) {
            ((oc_question *)entry->record)->name = full;
        } else {
            entry->symbol->set = set;
            entry->symbol->row = (uint32_t)i + 1;
            rows[i] = entry->symbol;
        }
        entry->type.time = (int)i; /* the row, until the type is known */
    }
}

/* --- sources --- */

static bool is_provenance(oc_slice key)
{
    return oc_slice_is(key, "from") || oc_slice_is(key, "because");
}

void oc_records_declare(oc_loader *l)
{
    oc_sources_read(l, l->model->root);
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        oc_node *section = oc_node_get(l->model->root, sections[s].section);
        if (!section || oc_node_is_nothing(section)) continue;
        if (section->kind != OC_NODE_MAPPING) {
            oc_report(l->diags, OC_E0102, section->span, OC_ARGS(OC_M(oc_record_message(sections[s].kind))));
            continue;
        }
        for (size_t i = 0; i < section->pairs.len && l->entries.len <= OC_MAX_RECORDS; i++) {
            oc_pair *pair = &section->pairs.at[i];
            oc_slice name, set_of;
            if (is_provenance(pair->key->text)) continue; /* covers the whole section */
            if (!new_name(l, s, pair->key, &name, &set_of)) continue;
            if (set_of.len) {
                declare_family(l, s, name, set_of, pair);
                continue;
            }
            oc_entry *entry = declare(l, s, name, pair->key, pair->value);
            if (!entry->symbol) {
                ((oc_question *)entry->record)->name = name;
                continue;
            }
            set_name(l, name, entry->symbol);
            if (entry->kind == OC_RECORD_SET) read_set(l, entry);
            if (entry->kind == OC_RECORD_ISSUE) oc_issue_declare(l, entry);
        }
    }
}

oc_entry *oc_loader_entry(const oc_loader *l, const oc_symbol *symbol)
{
    const oc_map_entry *found = oc_map_find(&l->entry_of, symbol->name);
    return found && ((oc_entry *)found->value.pointer)->symbol == symbol ? found->value.pointer : NULL;
}

const char *oc_section_name(oc_record_kind kind)
{
    for (size_t s = 0; s < SECTION_COUNT; s++)
        if (sections[s].kind == kind) return sections[s].section;
    return NULL;
}
