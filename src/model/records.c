/* The second reading: each declared record is read and checked.
 *
 * Types of definitions, inputs and variables are found on demand; a value that needs itself is reported as a chain
 * (E0301). */
#include "model/load.h"
#include "model/phrase.h"

oc_checker oc_loader_checker(oc_loader *l, bool may_draw, bool may_look_back)
{
    return (oc_checker){.arena = l->arena,
                        .diags = l->diags,
                        .scope = &l->scope,
                        .set = l->set,
                        .row = l->row,
                        .may_draw = may_draw,
                        .may_look_back = may_look_back};
}

/* What a row of the family's set is called: its title, the English one, or its key. */
static oc_slice row_title(const oc_loader *l, oc_lang lang)
{
    oc_slice *const *titles = l->set->titles;
    if (!titles[lang] || !titles[lang][l->row].len) lang = OC_LANG_EN;
    if (!titles[lang] || !titles[lang][l->row].len) return oc_phrase_key(l->arena, l->set->keys[l->row]);
    return titles[lang][l->row];
}

/* The title; of a family's row with the row's own behind it. */
static void read_title(oc_loader *l, const oc_node *node, oc_title *ret)
{
    const oc_node *title = oc_node_get(node, "title");
    if (!title) return;
    *ret = oc_title_read(l->diags, title);
    for (int lang = 0; l->set && lang < OC_LANG_COUNT; lang++)
        if (ret->text[lang].len)
            ret->text[lang] = oc_say(l->arena, (oc_lang)lang, "phrase.row",
                                     OC_ARGS(OC_T(ret->text[lang]), OC_T(row_title(l, (oc_lang)lang))));
}

/* The value under `key`, read but not checked; NULL if it is not there. */
static oc_expr *value(oc_loader *l, oc_node *node, const char *key)
{
    oc_node *v = oc_node_get(node, key);
    return v ? oc_value_read(l, v) : NULL;
}

static oc_expr *checked(oc_loader *l, oc_node *node, const char *key, oc_type wanted, const char *use, bool may_draw)
{
    oc_expr *e = value(l, node, key);
    oc_checker c = oc_loader_checker(l, may_draw, false);
    if (e) oc_expr_require(&c, e, wanted, use);
    return e;
}

/* Symbols named by a list, of one of two kinds. */
static const oc_symbol *moment_symbol(oc_loader *l, oc_node *node, oc_slice name)
{
    const oc_symbol *symbol = oc_model_find(l->model, name);
    if (!symbol) {
        oc_diag *d = oc_report(l->diags, OC_E0115, node->span, OC_ARGS(OC_T(name)));
        oc_diag_suggest(d, node->span, name, l->name_list.at, l->name_list.len);
        return NULL;
    }
    if (symbol->rows && l->set == symbol->set) symbol = symbol->rows[l->row];
    return symbol;
}

/* "handover[anbar]" or a plain name. */
static const oc_symbol *named(oc_loader *l, oc_node *node)
{
    size_t open = oc_slice_find(node->text, OC_SLICE("["), 0);
    if (open == SIZE_MAX) return moment_symbol(l, node, node->text);
    const oc_symbol *family = moment_symbol(l, node, oc_slice_sub(node->text, 0, open));
    if (!family) return NULL;
    oc_slice key = oc_slice_sub(node->text, open + 1, node->text.len - 1);
    for (size_t i = 0; family->set && i < family->set->rows; i++)
        if (oc_slice_equal(family->set->keys[i], key)) {
            const oc_symbol *whole = oc_model_find(l->model, oc_slice_sub(node->text, 0, open));
            return whole->rows ? whole->rows[i] : NULL;
        }
    oc_report(l->diags, OC_E0115, node->span, OC_ARGS(OC_T(node->text)));
    return NULL;
}

#define INDEX_OF(l, vector, symbol_)                                                                                   \
    index_of((void *const *)(l)->model->vector.at, (l)->model->vector.len, (symbol_)->record)
static uint32_t index_of(void *const *records, size_t count, const void *record)
{
    for (size_t i = 0; i < count; i++)
        if (records[i] == record) return (uint32_t)i;
    return UINT32_MAX;
}

static void read_moments(oc_loader *l, oc_node *list, oc_change *change)
{
    oc_node **names;
    size_t count = oc_names_read(l, list, &names);
    oc_text address = oc_text_in(l->arena);
    for (size_t i = 0; i < count; i++) {
        oc_slice text = names[i]->text;
        bool ends = oc_slice_ends(text, OC_SLICE(".ends"));
        oc_node bare = *names[i];
        bare.text = ends ? oc_slice_sub(text, 0, text.len - 5) : text;
        const oc_symbol *symbol = named(l, &bare);
        if (!symbol) continue;
        oc_moment moment = {0};
        if (symbol->kind == OC_SYMBOL_EVENT && !ends && !symbol->rows) {
            moment = (oc_moment){OC_MOMENT_EVENT, INDEX_OF(l, events, symbol)};
        } else if (symbol->kind == OC_SYMBOL_STAGE && !ends && !symbol->rows) {
            moment = (oc_moment){OC_MOMENT_STAGE, INDEX_OF(l, stages, symbol)};
        } else if (symbol->kind == OC_SYMBOL_SHOCK && !symbol->rows) {
            moment = (oc_moment){ends ? OC_MOMENT_END : OC_MOMENT_BEGIN, INDEX_OF(l, shocks, symbol)};
        } else {
            oc_report(l->diags, OC_E0130, names[i]->span, OC_ARGS(OC_T(text)));
            continue;
        }
        *oc_vec_push(l->arena, &change->at) = moment;
        if (address.len) oc_text_byte(&address, '+');
        oc_text_add(&address, text);
    }
    change->address = oc_text_slice(&address);
}

static void read_change(oc_loader *l, oc_variable *variable, oc_node *node)
{
    if (!oc_keys_check(l, node, OC_RECORD_CHANGE)) return;
    const oc_provenance *outer = oc_provenance_enter(l, node);
    oc_node *at = oc_node_get(node, "at"), *to = oc_node_get(node, "to");
    if (!at || !to) {
        oc_report(l->diags, OC_E0112, node->span, OC_ARGS(OC_T(variable->symbol->name), OC_S(at ? "to" : "at")));
    } else {
        oc_change change = {.span = node->span};
        read_moments(l, at, &change);
        change.when = checked(l, node, "when", OC_TYPE_OF_TRUTH, "use.when", false);
        change.to = oc_value_read(l, to);
        oc_checker c = oc_loader_checker(l, true, false);
        oc_expr_require(&c, change.to, variable->type, "use.to");
        /* The same moments twice: number the later ones, so that their draws differ. */
        size_t same = 0;
        for (size_t i = 0; i < variable->changes.len; i++)
            same += oc_slice_starts(variable->changes.at[i].address, change.address);
        if (same) change.address = oc_arena_printf(l->arena, "%.*s+%zu", OC_FMT(change.address), same);
        *oc_vec_push(l->arena, &variable->changes) = change;
    }
    l->provenance = outer;
}

/* What is needed to know the type of a variable: its `now` and, of a category, its values. */
static void read_variable_type(oc_loader *l, oc_entry *entry)
{
    oc_variable *v = entry->record;
    oc_node *node = entry->node;
    oc_node *values = oc_node_get(node, "values"), *now = oc_node_get(node, "now");
    v->unit = oc_text_optional(node, "unit");
    v->type = (oc_type){.kind = OC_TYPE_POISON};
    oc_checker c = oc_loader_checker(l, true, false);
    if (values) {
        oc_node **names;
        size_t count = oc_names_read(l, values, &names);
        oc_category *category = OC_NEW(l->arena, oc_category);
        oc_slice *list = OC_NEW_ARRAY(l->arena, count + 1, oc_slice);
        for (size_t i = 0; i < count; i++) {
            list[i] = names[i]->text;
            oc_name_fault fault = oc_name_check(list[i]);
            if (fault != OC_NAME_FINE)
                oc_report(l->diags, fault == OC_NAME_FORM ? OC_E0114 : OC_E0116, names[i]->span,
                          OC_ARGS(OC_T(list[i])));
            for (size_t k = 0; k < i; k++)
                if (oc_slice_equal(list[i], list[k]))
                    oc_report(l->diags, OC_E0117, names[i]->span, OC_ARGS(OC_T(list[i])));
        }
        *category = (oc_category){entry->symbol->name, values->span, list, count};
        v->category = category;
        entry->symbol->category = category;
        v->type = (oc_type){.kind = OC_TYPE_CATEGORY, .category = category};
    }
    if (!now) {
        oc_report(l->diags, OC_E0112, entry->key->span, OC_ARGS(OC_T(entry->symbol->name), OC_S("now")));
        return;
    }
    /* A mapping without `is` or `by` is a choice of a category only where the variable has values. */
    entry->type = v->type;
    v->now = oc_value_read_now(l, now, now->span);
    if (v->category) {
        oc_expr_require(&c, v->now, v->type, "use.now");
    } else {
        v->type = oc_expr_check(&c, v->now, NULL);
        if (v->type.kind == OC_TYPE_NUMBER) v->type.unit = v->unit;
    }
}

static oc_type without_label(oc_type t, int time)
{
    return (oc_type){.kind = OC_TYPE_NUMBER, .time = t.time + time};
}

static void read_variable(oc_loader *l, oc_entry *entry)
{
    oc_variable *v = entry->record;
    oc_node *node = entry->node;
    static const char *const moving[] = {"drift", "noise", "reverts_to", "speed", "min", "max"};
    if (v->type.kind == OC_TYPE_NUMBER) {
        oc_type same = without_label(v->type, 0);
        v->drift = checked(l, node, "drift", without_label(v->type, -1), "use.drift", false);
        v->noise = checked(l, node, "noise", same, "use.noise", false);
        v->reverts_to = checked(l, node, "reverts_to", same, "use.reverts_to", false);
        v->speed = checked(l, node, "speed", OC_TYPE_OF_RATE, "use.speed", false);
        v->min = checked(l, node, "min", same, "use.min", false);
        v->max = checked(l, node, "max", same, "use.max", false);
        bool half = !v->reverts_to != !v->speed;
        if (half)
            oc_report(l->diags, OC_E0131, entry->key->span,
                      OC_ARGS(OC_T(entry->symbol->name), OC_S(v->speed ? "reverts_to" : "speed")));
        if (v->drift && v->reverts_to)
            oc_report(l->diags, OC_E0132, oc_node_pair(node, OC_SLICE("drift"))->key->span,
                      OC_ARGS(OC_T(entry->symbol->name)));
    } else if (v->type.kind != OC_TYPE_POISON) {
        for (size_t i = 0; i < sizeof moving / sizeof *moving; i++) {
            oc_pair *pair = oc_node_pair(node, oc_slice_of(moving[i]));
            if (pair)
                oc_report(l->diags, OC_E0133, pair->key->span,
                          OC_ARGS(OC_S(moving[i]), oc_type_arg(l->arena, v->type)));
        }
    }
    oc_node *changes = oc_node_get(node, "changes");
    if (!changes) return;
    if (changes->kind == OC_NODE_MAPPING) {
        read_change(l, v, changes);
    } else if (changes->kind == OC_NODE_LIST) {
        for (size_t i = 0; i < changes->items.len; i++) read_change(l, v, changes->items.at[i]);
    } else {
        oc_report(l->diags, OC_E0102, changes->span, OC_ARGS(OC_M("record.change")));
    }
}

/* Reports that a name is of another kind than wanted, and which names are. */
static void report_kind(oc_loader *l, oc_code code, oc_span span, oc_slice name, oc_symbol_kind wanted)
{
    OC_VEC(oc_slice) fitting = {0};
    for (size_t i = 0; i < l->name_list.len; i++) {
        const oc_symbol *symbol = oc_model_find(l->model, l->name_list.at[i]);
        if (symbol && symbol->kind == wanted) *oc_vec_push(l->arena, &fitting) = l->name_list.at[i];
    }
    oc_diag *d = oc_report(l->diags, code, span, OC_ARGS(OC_T(name)));
    if (fitting.len) oc_diag_suggest(d, span, name, fitting.at, fitting.len);
}

static void read_stage(oc_loader *l, oc_entry *entry)
{
    oc_stage *stage = entry->record;
    oc_node *node = entry->node, **names;
    oc_node *after = oc_node_get(node, "after"), *at = oc_node_get(node, "at"), *needs = oc_node_get(node, "needs");
    oc_node *done = oc_node_get(node, "done");
    stage->done = OC_DAY_NONE;
    size_t count = after ? oc_names_read(l, after, &names) : 0;
    for (size_t i = 0; i < count; i++) {
        /* all(family) stands for every row of it. */
        oc_node name = *names[i];
        bool all = oc_slice_starts(name.text, OC_SLICE("all(")) && oc_slice_ends(name.text, OC_SLICE(")"));
        if (all) name.text = oc_slice_trim(oc_slice_sub(name.text, 4, name.text.len - 1));
        const oc_symbol *symbol = all ? oc_model_find(l->model, name.text) : named(l, &name);
        if (!symbol) {
            if (all) oc_report(l->diags, OC_E0115, names[i]->span, OC_ARGS(OC_T(name.text)));
            continue;
        }
        if (symbol->kind != OC_SYMBOL_STAGE) {
            report_kind(l, OC_E0134, names[i]->span, symbol->name, OC_SYMBOL_STAGE);
            continue;
        }
        for (size_t r = 0; symbol->rows && r < symbol->set->rows; r++)
            *oc_vec_push(l->arena, &stage->after) = INDEX_OF(l, stages, symbol->rows[r]);
        if (!symbol->rows) *oc_vec_push(l->arena, &stage->after) = INDEX_OF(l, stages, symbol);
    }
    count = at ? oc_names_read(l, at, &names) : 0;
    for (size_t i = 0; i < count; i++) {
        const oc_symbol *symbol = named(l, names[i]);
        if (!symbol) continue;
        if (symbol->kind != OC_SYMBOL_EVENT || symbol->rows)
            report_kind(l, OC_E0135, names[i]->span, symbol->name, OC_SYMBOL_EVENT);
        else
            *oc_vec_push(l->arena, &stage->at) = INDEX_OF(l, events, symbol);
    }
    size_t need_count = !needs ? 0 : needs->kind == OC_NODE_LIST ? needs->items.len : 1;
    for (size_t i = 0; i < need_count; i++) {
        oc_node *need = needs->kind == OC_NODE_LIST ? needs->items.at[i] : needs;
        oc_expr *e = oc_value_read(l, need);
        oc_checker c = oc_loader_checker(l, false, false);
        oc_expr_require(&c, e, OC_TYPE_OF_TRUTH, "use.needs");
        oc_node *is = oc_node_get(need, "is");
        oc_slice label = need->kind == OC_NODE_SCALAR       ? need->text
                         : is && is->kind == OC_NODE_SCALAR ? is->text
                                                            : OC_SLICE("…");
        *oc_vec_push(l->arena, &stage->needs) = (oc_need){e, label};
    }
    stage->takes = checked(l, node, "takes", OC_TYPE_OF_DURATION, "use.takes", true);
    stage->chance = checked(l, node, "chance", OC_TYPE_OF_NUMBER, "use.probability", false);
    if (stage->chance && !stage->at.len && !done) {
        oc_diag *d = oc_report(l->diags, OC_E0136, oc_node_pair(node, OC_SLICE("chance"))->key->span,
                               OC_ARGS(OC_T(entry->symbol->name)));
        oc_diag_help(d, "help.chance-needs-at", NULL);
    }
    if (!done) return;
    oc_day day = oc_day_read(l, done);
    oc_literal_note(l, done->span);
    stage->done_span = done->span;
    /* Nothing dated after as_of is known. */
    if (day != OC_DAY_NONE && day <= l->model->as_of) stage->done = day;
}

static void read_question(oc_loader *l, oc_entry *entry)
{
    oc_question *q = entry->record;
    q->span = entry->key->span;
    q->at = OC_DAY_NONE;
    oc_node *node = entry->node;
    if (node->kind == OC_NODE_MAPPING && oc_node_get(node, "is")) {
        oc_keys_check(l, node, OC_RECORD_QUESTION);
        read_title(l, node, &q->title);
        oc_node *at = oc_node_get(node, "at");
        if (at) q->at = oc_day_read(l, at);
        if (at && q->at != OC_DAY_NONE && (q->at <= l->model->as_of || q->at > l->model->horizon)) {
            oc_report(l->diags, OC_E0137, at->span, OC_ARGS(OC_D(l->model->as_of), OC_D(l->model->horizon)));
            q->at = OC_DAY_NONE;
        }
    }
    q->is = oc_value_read(l, node);
    oc_checker c = oc_loader_checker(l, false, true);
    oc_expr_check(&c, q->is, NULL);
}

static oc_slice record_path(oc_loader *l, const oc_entry *entry)
{
    const char *section = oc_section_name(entry->kind);
    if (!section) return (oc_slice){"", 0};
    oc_slice name = entry->symbol ? entry->symbol->name : entry->key->text;
    return oc_arena_printf(l->arena, "%s.%.*s", section, OC_FMT(name));
}

typedef struct surroundings {
    const oc_provenance *provenance;
    oc_slice path;
    const oc_set *set;
    uint32_t row;
} surroundings;

/* Makes the entry the place that is being read. */
static surroundings enter(oc_loader *l, const oc_entry *entry)
{
    surroundings before = {l->provenance, l->path, l->set, l->row};
    l->provenance = NULL;
    const char *name = oc_section_name(entry->kind);
    oc_node *section = name ? oc_node_get(l->model->root, name) : NULL;
    if (section) oc_provenance_enter(l, section);
    l->path = record_path(l, entry);
    bool family = entry->symbol && entry->symbol->row;
    l->set = family ? entry->symbol->set : NULL;
    l->row = family ? entry->symbol->row - 1 : 0;
    if (entry->around) oc_provenance_enter(l, entry->around);
    if (entry->node->kind == OC_NODE_MAPPING) oc_provenance_enter(l, entry->node);
    return before;
}

static void leave(oc_loader *l, surroundings before)
{
    l->provenance = before.provenance;
    l->path = before.path;
    l->set = before.set;
    l->row = before.row;
}

static void report_cycle(oc_loader *l, const oc_entry *entry)
{
    oc_text chain = oc_text_in(l->arena);
    size_t start = 0;
    while (start < l->chain.len && l->chain.at[start] != entry) start++;
    for (size_t i = start; i < l->chain.len; i++)
        oc_text_printf(&chain, "%.*s → ", OC_FMT(l->chain.at[i]->symbol->name));
    oc_text_add(&chain, entry->symbol->name);
    oc_diag *d = oc_report(l->diags, OC_E0301, entry->key->span, OC_ARGS(OC_T(oc_text_slice(&chain))));
    for (size_t i = start + 1; i < l->chain.len && i < start + 4; i++)
        oc_diag_at(d, l->chain.at[i]->key->span, "label.on-the-way", NULL);
}

static void check_entry(oc_loader *l, oc_entry *entry)
{
    if (entry->state != OC_UNCHECKED) return;
    entry->state = OC_CHECKING;
    *oc_vec_push(l->arena, &l->chain) = entry;
    surroundings before = enter(l, entry);
    entry->type = (oc_type){.kind = OC_TYPE_POISON};
    oc_checker c = oc_loader_checker(l, entry->kind == OC_RECORD_INPUT, false);
    if (entry->kind == OC_RECORD_INPUT) {
        oc_input *input = entry->record;
        if (entry->node->kind == OC_NODE_MAPPING) {
            read_title(l, entry->node, &input->title);
            input->unit = oc_text_optional(entry->node, "unit");
        }
        input->is = oc_value_read(l, entry->node);
        entry->type = oc_expr_check(&c, input->is, NULL);
        if (entry->type.kind == OC_TYPE_NUMBER && input->unit.len) entry->type.unit = input->unit;
    } else if (entry->kind == OC_RECORD_VARIABLE) {
        if (oc_keys_check(l, entry->node, OC_RECORD_VARIABLE)) {
            read_title(l, entry->node, &((oc_variable *)entry->record)->title);
            read_variable_type(l, entry);
        }
        entry->type = ((oc_variable *)entry->record)->type;
    } else {
        oc_definition *definition = entry->record;
        bool condition = entry->kind == OC_RECORD_CONDITION;
        if (entry->node->kind == OC_NODE_MAPPING) read_title(l, entry->node, &definition->title);
        if (entry->kind == OC_RECORD_ISSUE) {
            definition->is = oc_issue_read(l, entry);
        } else if (condition && entry->node->kind == OC_NODE_MAPPING) {
            oc_keys_check(l, entry->node, OC_RECORD_CONDITION);
            definition->is = value(l, entry->node, "met");
            if (!definition->is) {
                oc_report(l->diags, OC_E0112, entry->key->span, OC_ARGS(OC_T(entry->symbol->name), OC_S("met")));
                definition->is = oc_expr_new(l->arena, OC_EXPR_POISON, entry->key->span);
            }
        } else {
            definition->is = oc_value_read(l, entry->node);
        }
        if (condition)
            entry->type =
                oc_expr_require(&c, definition->is, OC_TYPE_OF_TRUTH, "use.met") ? OC_TYPE_OF_TRUTH : entry->type;
        else
            entry->type = oc_expr_check(&c, definition->is, NULL);
    }
    leave(l, before);
    l->chain.len--;
    entry->state = OC_CHECKED;
}

static oc_type type_of(void *context, const oc_symbol *symbol)
{
    oc_loader *l = context;
    switch (symbol->kind) {
    case OC_SYMBOL_STAGE: return OC_TYPE_OF_DATE;
    case OC_SYMBOL_SHOCK: return OC_TYPE_OF_TRUTH;
    case OC_SYMBOL_INPUT:
    case OC_SYMBOL_VARIABLE:
    case OC_SYMBOL_DEFINITION:
    case OC_SYMBOL_CONDITION:
    case OC_SYMBOL_ISSUE: {
        oc_entry *entry = oc_loader_entry(l, symbol);
        if (entry->state == OC_CHECKING) {
            report_cycle(l, entry);
            return (oc_type){.kind = OC_TYPE_POISON};
        }
        check_entry(l, entry);
        return entry->type;
    }
    default: return (oc_type){.kind = OC_TYPE_POISON};
    }
}

static oc_symbol *find(void *context, oc_slice name)
{
    return oc_model_find(((oc_loader *)context)->model, name);
}

static void read_shock(oc_loader *l, oc_entry *entry)
{
    oc_shock *shock = entry->record;
    read_title(l, entry->node, &shock->title);
    shock->rate = checked(l, entry->node, "rate", OC_TYPE_OF_RATE, "use.rate", false);
    shock->lasts = checked(l, entry->node, "lasts", OC_TYPE_OF_DURATION, "use.lasts", true);
    if (!shock->rate || !shock->lasts)
        oc_report(l->diags, OC_E0112, entry->key->span,
                  OC_ARGS(OC_T(entry->symbol->name), OC_S(shock->rate ? "lasts" : "rate")));
}

static void read_event(oc_loader *l, oc_entry *entry)
{
    oc_event *event = entry->record;
    read_title(l, entry->node, &event->title);
    event->spread = checked(l, entry->node, "spread", OC_TYPE_OF_DURATION, "use.spread", true);
    event->held = checked(l, entry->node, "held", OC_TYPE_OF_NUMBER, "use.probability", false);
}

static void read_entry(oc_loader *l, oc_entry *entry)
{
    surroundings before = enter(l, entry);
    switch (entry->kind) {
    case OC_RECORD_INPUT:
    case OC_RECORD_DEFINITION:
    case OC_RECORD_CONDITION:
    case OC_RECORD_ISSUE: check_entry(l, entry); break;
    case OC_RECORD_VARIABLE:
        check_entry(l, entry);
        if (entry->node->kind == OC_NODE_MAPPING) read_variable(l, entry);
        break;
    case OC_RECORD_EVENT:
        if (oc_keys_check(l, entry->node, OC_RECORD_EVENT)) read_event(l, entry);
        break;
    case OC_RECORD_SHOCK:
        if (oc_keys_check(l, entry->node, OC_RECORD_SHOCK)) read_shock(l, entry);
        break;
    case OC_RECORD_STAGE:
        if (oc_keys_check(l, entry->node, OC_RECORD_STAGE)) {
            read_title(l, entry->node, &((oc_stage *)entry->record)->title);
            read_stage(l, entry);
        }
        break;
    case OC_RECORD_QUESTION:
        /* A question of a family: its row was kept in the entry. */
        if (oc_slice_find(((oc_question *)entry->record)->name, OC_SLICE("["), 0) != SIZE_MAX) {
            size_t open = oc_slice_find(entry->key->text, OC_SLICE("["), 0);
            oc_symbol *set =
                oc_model_find(l->model, oc_slice_sub(entry->key->text, open + 1, entry->key->text.len - 1));
            l->set = set ? set->set : NULL;
            l->row = (uint32_t)entry->type.time;
        }
        read_question(l, entry);
        break;
    default: break;
    }
    leave(l, before);
}

void oc_records_read(oc_loader *l)
{
    l->scope = (oc_scope){
        .context = l, .find = find, .type_of = type_of, .names = l->name_list.at, .name_count = l->name_list.len};
    /* The calendar first: expressions ask for dates of occurrences. */
    for (size_t i = 0; i < l->entries.len; i++) {
        oc_entry *entry = l->entries.at[i];
        if (entry->kind != OC_RECORD_EVENT || entry->node->kind != OC_NODE_MAPPING) continue;
        surroundings before = enter(l, entry);
        oc_calendar_read(l, entry);
        leave(l, before);
    }
    for (size_t i = 0; i < l->entries.len; i++) read_entry(l, l->entries.at[i]);
}
