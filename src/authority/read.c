/* Readers of single values: texts, names, dates, numbers, references, and what stands behind a record. Each reports
 * what is wrong at the value's own place and returns something harmless, so that reading goes on. */
#include "authority/read.h"

#include <stdlib.h>

oc_diag *oc_ledger_report(oc_ledger_reader *r, oc_code code, oc_span span, const oc_arg *args)
{
    oc_diag *diag = oc_report(r->diags, code, span, args);
    oc_diag_path(diag, r->path);
    return diag;
}

/* Suggestions cost time with each name there is; nobody reads those of the hundredth error. */
enum { ENOUGH_ERRORS = 40 };

static void suggest_from(oc_ledger_reader *r, oc_diag *diag, oc_span span, oc_slice wrong, const char *const *words,
                         size_t count)
{
    if (r->diags->errors > ENOUGH_ERRORS) return;
    oc_slice *names = OC_NEW_ARRAY(r->arena, count + 1, oc_slice);
    size_t known = 0;
    for (size_t i = 0; i < count; i++)
        if (words[i][0]) names[known++] = oc_slice_of(words[i]);
    oc_diag_suggest(diag, span, wrong, names, known);
}

bool oc_ledger_keys(oc_ledger_reader *r, const oc_node *key, const oc_node *node, const char *const *allowed)
{
    if (node->kind != OC_NODE_MAPPING) {
        oc_ledger_report(r, OC_E0512, node->span, OC_ARGS(OC_T(key->text), OC_M("shape.mapping")));
        return false;
    }
    size_t count = 0;
    while (allowed[count]) count++;
    for (size_t i = 0; i < node->pairs.len; i++) {
        const oc_node *name = node->pairs.at[i].key;
        size_t k = 0;
        while (k < count && !oc_slice_is(name->text, allowed[k])) k++;
        if (k < count) continue;
        oc_diag *diag = oc_ledger_report(r, OC_E0511, name->span, OC_ARGS(OC_T(name->text)));
        suggest_from(r, diag, name->span, name->text, allowed, count);
    }
    return true;
}

const oc_node *oc_ledger_need(oc_ledger_reader *r, const oc_node *key, const oc_node *node, const char *name)
{
    const oc_node *value = oc_node_get(node, name);
    if (value && !oc_node_is_nothing(value)) return value;
    oc_ledger_report(r, OC_E0510, key->span, OC_ARGS(OC_T(key->text), OC_S(name)));
    return NULL;
}

const oc_node *oc_ledger_section(oc_ledger_reader *r, const oc_node *in, const char *name)
{
    const oc_node *section = oc_node_get(in, name);
    if (!section || oc_node_is_nothing(section)) return NULL;
    if (section->kind == OC_NODE_MAPPING) return section;
    oc_ledger_report(r, OC_E0512, section->span, OC_ARGS(OC_S(name), OC_M("shape.mapping")));
    return NULL;
}

const oc_node *oc_ledger_item(oc_ledger_reader *r, const oc_node *list, const char *name, size_t *i, oc_node *key,
                              const char *const *keys)
{
    if (!list || oc_node_is_nothing(list)) return NULL;
    if (list->kind != OC_NODE_LIST) {
        oc_ledger_report(r, OC_E0512, list->span, OC_ARGS(OC_S(name), OC_M("shape.list")));
        return NULL;
    }
    while (*i < list->items.len) {
        const oc_node *item = list->items.at[(*i)++];
        *key = (oc_node){.kind = OC_NODE_SCALAR, .text = oc_slice_of(name), .span = item->span};
        if (oc_ledger_keys(r, key, item, keys)) return item;
    }
    return NULL;
}

bool oc_ledger_text(oc_ledger_reader *r, const oc_node *node, oc_slice *ret)
{
    *ret = OC_SLICE("");
    if (node->kind == OC_NODE_SCALAR && !oc_node_is_nothing(node)) {
        *ret = node->text;
        return true;
    }
    oc_ledger_report(r, OC_E0512, node->span, OC_ARGS(OC_S("?"), OC_M("shape.text")));
    return false;
}

oc_words oc_ledger_words(oc_ledger_reader *r, const oc_node *node)
{
    oc_words words = {{OC_SLICE(""), OC_SLICE(""), OC_SLICE("")}};
    if (!node) return words;
    oc_slice text;
    if (node->kind != OC_NODE_MAPPING) {
        if (oc_ledger_text(r, node, &text))
            for (int lang = 0; lang < OC_LANG_COUNT; lang++) words.in[lang] = text;
        return words;
    }
    bool given[OC_LANG_COUNT] = {false};
    for (size_t i = 0; i < node->pairs.len; i++) {
        const oc_node *key = node->pairs.at[i].key;
        int lang = 0;
        while (lang < OC_LANG_COUNT && !oc_slice_is(key->text, oc_lang_code((oc_lang)lang))) lang++;
        if (lang == OC_LANG_COUNT) {
            oc_diag *diag = oc_ledger_report(r, OC_E0511, key->span, OC_ARGS(OC_T(key->text)));
            suggest_from(r, diag, key->span, key->text, (const char *const[]){"en", "ja", "ko"}, 3);
        } else {
            given[lang] = oc_ledger_text(r, node->pairs.at[i].value, &words.in[lang]);
        }
    }
    int fallback = OC_LANG_EN;
    while (fallback < OC_LANG_COUNT - 1 && !given[fallback]) fallback++;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        if (!given[lang]) words.in[lang] = words.in[fallback];
    return words;
}

oc_name_list oc_ledger_names(oc_ledger_reader *r, const oc_node *node)
{
    oc_name_list list = {NULL, 0};
    if (!node || oc_node_is_nothing(node)) return list;
    size_t count = node->kind == OC_NODE_LIST ? node->items.len : 1;
    if (count > OC_LEDGER_MAX_NAMES) {
        oc_ledger_report(r, OC_E0521, node->span, OC_ARGS(OC_I(OC_LEDGER_MAX_NAMES)));
        return list;
    }
    list.at = OC_NEW_ARRAY(r->arena, count + 1, oc_node *);
    for (size_t i = 0; i < count; i++) {
        const oc_node *item = node->kind == OC_NODE_LIST ? node->items.at[i] : node;
        oc_slice text;
        /* NOLINTNEXTLINE(performance-no-int-to-ptr): the list has no const nodes, and nobody writes to these */
        if (oc_ledger_text(r, item, &text)) list.at[list.len++] = (oc_node *)(uintptr_t)item;
    }
    return list;
}

double oc_ledger_number(oc_ledger_reader *r, const oc_node *node)
{
    oc_slice text = OC_SLICE("");
    if (node->kind == OC_NODE_SCALAR) text = oc_slice_trim(node->text);
    char buffer[64];
    bool percent = text.len > 1 && text.ptr[text.len - 1] == '%';
    size_t len = text.len - percent;
    bool plain = len > 0 && len < sizeof buffer;
    for (size_t i = 0; plain && i < len; i++) plain = text.ptr[i] && strchr("+-.0123456789eE", text.ptr[i]) != NULL;
    if (plain) {
        memcpy(buffer, text.ptr, len);
        buffer[len] = '\0';
        char *end = NULL;
        double value = strtod(buffer, &end);
        if (*end == '\0' && value - value == 0) return percent ? value / 100 : value;
    }
    oc_ledger_report(r, OC_E0517, node->span, OC_ARGS(OC_T(text)));
    return 0;
}

static bool find_stage(const oc_ledger *ledger, oc_slice name, uint32_t *ret)
{
    for (uint32_t i = 0; i < ledger->stages.len; i++) {
        if (!oc_slice_equal(ledger->stages.at[i].name, name)) continue;
        *ret = i;
        return true;
    }
    return false;
}

static void suggest_names(oc_ledger_reader *r, oc_diag *diag, const oc_node *node, oc_subject_kind kind, bool any)
{
    if (r->diags->errors > ENOUGH_ERRORS) return;
    OC_VEC(oc_slice) names = {0};
    for (size_t i = 0; i < r->ledger->ids.entries.len; i++) {
        const oc_map_entry *entry = &r->ledger->ids.entries.at[i];
        if (any || (entry->value.number >> 32) == (uint64_t)kind) *oc_vec_push(r->arena, &names) = entry->key;
    }
    oc_diag_suggest(diag, node->span, node->text, names.at, names.len);
}

oc_when oc_ledger_when(oc_ledger_reader *r, const oc_node *node, bool stages)
{
    oc_when when = {.kind = OC_WHEN_OPEN, .first = OC_DAY_NONE, .last = OC_DAY_NONE};
    if (!node || oc_node_is_nothing(node)) return when;
    oc_slice text;
    if (!oc_ledger_text(r, node, &text)) return when;
    when.text = text;
    when.span = node->span;
    if (oc_days_parse(text, &when.first, &when.last)) {
        when.kind = OC_WHEN_DATE;
    } else if (stages && find_stage(r->ledger, text, &when.stage)) {
        when.kind = OC_WHEN_STAGE;
    } else if (stages && text.len && !(text.ptr[0] >= '0' && text.ptr[0] <= '9')) {
        oc_diag *diag = oc_ledger_report(r, OC_E0502, node->span, OC_ARGS(OC_M("kind.stage"), OC_T(text)));
        suggest_names(r, diag, node, OC_SUBJECT_STAGE, false);
    } else {
        oc_diag *diag = oc_ledger_report(r, OC_E0505, node->span, OC_ARGS(OC_T(text)));
        oc_diag_help(diag, "help.ledger-date", NULL);
    }
    return when;
}

oc_when oc_ledger_interval(oc_ledger_reader *r, const oc_node *node)
{
    if (!node || node->kind != OC_NODE_LIST) return oc_ledger_when(r, node, false);
    if (node->items.len != 2) {
        oc_ledger_report(r, OC_E0512, node->span, OC_ARGS(OC_S("?"), OC_M("shape.two-dates")));
        return (oc_when){.kind = OC_WHEN_OPEN, .first = OC_DAY_NONE, .last = OC_DAY_NONE};
    }
    oc_when from = oc_ledger_when(r, node->items.at[0], false), to = oc_ledger_when(r, node->items.at[1], false);
    if (from.kind != OC_WHEN_DATE || to.kind != OC_WHEN_DATE) return from;
    if (to.last < from.first) {
        oc_diag *diag = oc_ledger_report(r, OC_E0506, to.span, OC_ARGS(OC_T(to.text), OC_T(from.text)));
        oc_diag_at(diag, from.span, "label.begins-here", NULL);
    }
    from.last = to.last;
    from.text = oc_arena_printf(r->arena, "%.*s … %.*s", OC_FMT(from.text), OC_FMT(to.text));
    from.span = node->span;
    return from;
}

static bool source_known(const oc_ledger_reader *r, oc_slice key)
{
    return r->context->source_count == 0 || oc_slice_is(key, "judgement") || oc_map_find(&r->source_keys, key) != NULL;
}

static void note_use(oc_ledger_reader *r, oc_slice source)
{
    oc_map_entry *entry = oc_map_insert(r->ledger->arena, &r->ledger->uses, source, NULL);
    if (!entry->value.pointer) entry->value.pointer = OC_NEW(r->ledger->arena, oc_uses);
    oc_uses *uses = entry->value.pointer;
    if (!uses->paths.len || !oc_slice_equal(uses->paths.at[uses->paths.len - 1], r->path))
        *oc_vec_push(r->ledger->arena, &uses->paths) = r->path;
}

static void read_sources(oc_ledger_reader *r, const oc_node *key, const oc_node *node, oc_evidence *evidence)
{
    oc_name_list names = oc_ledger_names(r, oc_node_get(node, "from"));
    if (names.len == 0) {
        oc_diag *diag = oc_ledger_report(r, OC_E0503, key->span, OC_ARGS(OC_T(key->text)));
        oc_diag_help(diag, "help.ledger-from", NULL);
    }
    for (size_t i = 0; i < names.len; i++) {
        oc_slice source = names.at[i]->text;
        *oc_vec_push(r->arena, &evidence->from) = source;
        note_use(r, source);
        if (source_known(r, source)) continue;
        oc_diag *diag = oc_ledger_report(r, OC_E0504, names.at[i]->span, OC_ARGS(OC_T(source)));
        if (r->diags->errors <= ENOUGH_ERRORS)
            oc_diag_suggest(diag, names.at[i]->span, source, r->context->sources, r->context->source_count);
    }
}

static void read_conflicts(oc_ledger_reader *r, const oc_node *node, oc_evidence *evidence)
{
    oc_name_list names = oc_ledger_names(r, oc_node_get(node, "conflict"));
    for (size_t i = 0; i < names.len; i++) {
        const oc_map_entry *entry = oc_map_find(&r->conflict_ids, names.at[i]->text);
        if (entry) {
            *oc_vec_push(r->arena, &evidence->conflicts) = (uint32_t)entry->value.number;
            continue;
        }
        oc_diag *diag = oc_ledger_report(r, OC_E0502, names.at[i]->span,
                                         OC_ARGS(OC_M("kind.conflict"), OC_T(names.at[i]->text)));
        OC_VEC(oc_slice) known = {0};
        for (size_t k = 0; k < r->conflict_ids.entries.len; k++)
            *oc_vec_push(r->arena, &known) = r->conflict_ids.entries.at[k].key;
        oc_diag_suggest(diag, names.at[i]->span, names.at[i]->text, known.at, known.len);
    }
}

oc_evidence oc_ledger_evidence(oc_ledger_reader *r, const oc_node *key, const oc_node *node)
{
    oc_evidence evidence = {.weak = false};
    if (++r->ledger->records > OC_LEDGER_MAX_RECORDS) {
        oc_ledger_report(r, OC_E0521, key->span, OC_ARGS(OC_I(OC_LEDGER_MAX_RECORDS)));
        return evidence;
    }
    read_sources(r, key, node, &evidence);
    read_conflicts(r, node, &evidence);
    const oc_node *confidence = oc_node_get(node, "confidence");
    if (confidence)
        evidence.weak = oc_ledger_word(r, confidence, (const char *const[]){"high", "medium", "low"}, 3) == 2;
    return evidence;
}

static uint64_t pack(oc_subject subject)
{
    return (uint64_t)subject.kind << 32 | subject.index;
}

void oc_ledger_declare(oc_ledger_reader *r, oc_slice id, oc_span span, oc_subject subject)
{
    bool new = false;
    oc_map_entry *entry = oc_map_insert(r->ledger->arena, &r->ledger->ids, id, &new);
    if (new) {
        entry->value.number = pack(subject);
        *oc_vec_push(r->arena, &r->id_spans) = span;
        return;
    }
    oc_diag *diag = oc_ledger_report(r, OC_E0514, span, OC_ARGS(OC_T(id)));
    oc_span first = r->id_spans.at[entry - r->ledger->ids.entries.at];
    if (first.file) oc_diag_at(diag, first, "label.first-here", NULL);
}

bool oc_ledger_find(const oc_ledger *ledger, oc_slice id, oc_subject *ret)
{
    const oc_map_entry *entry = oc_map_find(&ledger->ids, id);
    if (!entry) return false;
    *ret = (oc_subject){(oc_subject_kind)(entry->value.number >> 32), (uint32_t)entry->value.number};
    return true;
}

static const char *kind_message(oc_subject_kind kind)
{
    static const char *const messages[] = {"kind.stage", "kind.matter", "kind.topic", "kind.forces", "kind.place",
                                           "kind.instrument", "kind.actor", "kind.state"};
    return messages[kind];
}

uint32_t oc_ledger_reference(oc_ledger_reader *r, const oc_node *node, oc_subject_kind kind)
{
    oc_slice text;
    if (!node || oc_node_is_nothing(node) || !oc_ledger_text(r, node, &text)) return OC_LEDGER_NONE;
    oc_subject found;
    if (oc_ledger_find(r->ledger, text, &found) && found.kind == kind) return found.index;
    oc_diag *diag = kind == OC_SUBJECT_ACTOR
                        ? oc_ledger_report(r, OC_E0501, node->span, OC_ARGS(OC_T(text)))
                        : oc_ledger_report(r, OC_E0502, node->span, OC_ARGS(OC_M(kind_message(kind)), OC_T(text)));
    suggest_names(r, diag, node, kind, false);
    return OC_LEDGER_NONE;
}

oc_indices oc_ledger_references(oc_ledger_reader *r, const oc_node *node, oc_subject_kind kind)
{
    oc_indices list = {0};
    oc_name_list names = oc_ledger_names(r, node);
    for (size_t i = 0; i < names.len; i++) {
        uint32_t index = oc_ledger_reference(r, names.at[i], kind);
        if (index != OC_LEDGER_NONE) *oc_vec_push(r->arena, &list) = index;
    }
    return list;
}

oc_subject oc_ledger_subject(oc_ledger_reader *r, const oc_node *node, bool *ret_ok)
{
    oc_subject found = {OC_SUBJECT_KIND_COUNT, OC_LEDGER_NONE};
    oc_slice text;
    *ret_ok = oc_ledger_text(r, node, &text) && oc_ledger_find(r->ledger, text, &found);
    if (*ret_ok || node->kind != OC_NODE_SCALAR) return found;
    oc_diag *diag = oc_ledger_report(r, OC_E0502, node->span, OC_ARGS(OC_M("kind.subject"), OC_T(text)));
    suggest_names(r, diag, node, OC_SUBJECT_KIND_COUNT, true);
    return found;
}

oc_subjects oc_ledger_subjects(oc_ledger_reader *r, const oc_node *node)
{
    oc_subjects list = {0};
    oc_name_list names = oc_ledger_names(r, node);
    for (size_t i = 0; i < names.len; i++) {
        bool ok = false;
        oc_subject subject = oc_ledger_subject(r, names.at[i], &ok);
        if (ok) *oc_vec_push(r->arena, &list) = subject;
    }
    return list;
}

int oc_ledger_word(oc_ledger_reader *r, const oc_node *node, const char *const *words, int count)
{
    oc_slice text;
    if (!node || oc_node_is_nothing(node) || !oc_ledger_text(r, node, &text)) return 0;
    for (int i = 0; i < count; i++)
        if (words[i][0] && oc_slice_is(text, words[i])) return i;
    oc_diag *diag = oc_ledger_report(r, OC_E0513, node->span, OC_ARGS(OC_T(text)));
    suggest_from(r, diag, node->span, text, words, (size_t)count);
    return 0;
}
