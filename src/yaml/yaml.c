/* libyaml's events to a tree; see yaml.h.
 *
 * Order: the bytes are checked (size, UTF-8, NUL), then parsed in one pass with a stack of open collections, so depth
 * is a counter and not recursion. libyaml's marks count code points; since events come in order, a cursor that walks
 * the text forward turns them into byte offsets in linear time. The parser is released by its owner even when an
 * allocation fails in between (oc_arena_try in oc_yaml_read). */
#include "yaml/yaml.h"

#include <errno.h>
#include <stdlib.h>
#include <yaml.h>

#include "base/file.h"
#include "base/map.h"
#include "base/utf8.h"

typedef struct level {
    oc_node *node;
    oc_node *key; /* mapping: the key that waits for its value */
    oc_map seen;  /* mapping with more than a few keys: those so far, and their nodes */
} level;

typedef struct reader {
    oc_arena *arena;
    oc_diags *diags;
    uint32_t file;
    oc_slice text;
    size_t bom; /* bytes of the byte order mark, which libyaml's marks do not count */
    yaml_parser_t parser;
    yaml_event_t event;               /* in the reader, so that it can be released when an allocation jumps */
    size_t walked_index, walked_byte; /* cursor: code points and bytes */
    level stack[OC_YAML_MAX_DEPTH];
    int depth;
    size_t nodes;
    oc_node *root;
    bool failed;
} reader;

static uint32_t byte_of(reader *r, size_t index)
{
    if (index < r->walked_index) r->walked_index = 0, r->walked_byte = r->bom;
    while (r->walked_index < index && r->walked_byte < r->text.len) {
        if (index - r->walked_index >= 8 && oc_utf8_eight(r->text, r->walked_byte)) {
            r->walked_index += 8;
            r->walked_byte += 8;
            continue;
        }
        oc_utf8_next(r->text, &r->walked_byte);
        r->walked_index++;
    }
    return (uint32_t)r->walked_byte;
}

static oc_span span_of(reader *r, yaml_mark_t start, yaml_mark_t end)
{
    uint32_t first = byte_of(r, start.index);
    return (oc_span){r->file, first, end.index > start.index ? byte_of(r, end.index) : first};
}

static oc_diag *fail(reader *r, oc_code code, oc_span span, const oc_arg *args)
{
    r->failed = true;
    return oc_report(r->diags, code, span, args);
}

/* --- broken form --- */

/* Full-width punctuation that people type by accident, and what is meant. */
static const struct {
    const char *wide, *plain;
} wide_marks[] = {{"：", ": "}, {"，", ", "}, {"、", ", "}, {"｛", "{"},
                  {"｝", "}"},  {"［", "["},  {"］", "]"},  {"　", " "}};

static bool report_wide_mark(reader *r, uint32_t near)
{
    const oc_source *source = oc_source_get(r->diags->sources, r->file);
    uint32_t line = oc_source_place(source, near).line;
    for (uint32_t l = line > 1 ? line - 1 : line; l <= line; l++) {
        oc_slice text = oc_source_line(source, l);
        for (size_t i = 0; i < sizeof wide_marks / sizeof *wide_marks; i++) {
            size_t at = oc_slice_find(text, oc_slice_of(wide_marks[i].wide), 0);
            if (at == SIZE_MAX) continue;
            uint32_t start = (uint32_t)(text.ptr + at - source->text.ptr);
            oc_span span = {r->file, start, start + (uint32_t)strlen(wide_marks[i].wide)};
            oc_slice plain = oc_slice_of(wide_marks[i].plain);
            oc_diag *d = fail(r, OC_E0013, span, OC_ARGS(OC_S(wide_marks[i].wide)));
            oc_diag_fix(d, span, plain, "help.write-instead", OC_ARGS(OC_T(plain)));
            return true;
        }
    }
    return false;
}

/* The library's words in the reader's language; as they are if we don't know them. */
static oc_arg problem_text(const char *words)
{
    static const struct {
        const char *words, *key;
    } known[] = {
#define OC_YAML_PROBLEM(words, key) {words, key},
#include "yaml/problems.def"
#undef OC_YAML_PROBLEM
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(words, known[i].words) == 0) return OC_M(known[i].key);
    return OC_S(words);
}

static void report_broken(reader *r)
{
    yaml_parser_t *p = &r->parser;
    const char *problem = p->problem ? p->problem : "";
    if (p->error == YAML_MEMORY_ERROR) oc_arena_give_up(r->arena, OC_NOMEM);
    if (p->error == YAML_READER_ERROR) {
        uint32_t at = (uint32_t)(p->problem_offset < r->text.len ? p->problem_offset : r->text.len);
        oc_diag *d = fail(r, OC_E0005, (oc_span){r->file, at, at + (at < r->text.len)}, OC_ARGS(problem_text(problem)));
        oc_diag_help(d, "help.control-character", NULL);
        return;
    }
    uint32_t at = byte_of(r, p->problem_mark.index);
    if (strstr(problem, "tab character") || (at < r->text.len && r->text.ptr[at] == '\t')) {
        oc_diag *d = fail(r, OC_E0006, (oc_span){r->file, at, at + 1}, NULL);
        oc_diag_help(d, "help.use-spaces", NULL);
        return;
    }
    if (report_wide_mark(r, at)) return;
    oc_span span = {r->file, at, at + (at < r->text.len)};
    oc_diag *d = fail(r, OC_E0005, span, OC_ARGS(problem_text(problem)));
    if (p->context && p->context_mark.index != p->problem_mark.index) {
        uint32_t begin = byte_of(r, p->context_mark.index);
        oc_diag_at(d, (oc_span){r->file, begin, begin + 1}, "label.yaml-context", OC_ARGS(problem_text(p->context)));
    }
    oc_diag_help(d, strstr(problem, "mapping values are not allowed") ? "help.quote-colon" : "help.check-indentation",
                 NULL);
}

/* --- the tree --- */

static bool add_key(reader *r, level *top, oc_node *node)
{
    if (node->kind != OC_NODE_SCALAR) {
        oc_diag *d = fail(r, OC_E0014, node->span, NULL);
        oc_diag_help(d, "help.quote-braces", NULL);
        return false;
    }
    if (oc_slice_is(node->text, "<<") && !node->quoted) {
        oc_diag_help(fail(r, OC_E0010, node->span, OC_ARGS(OC_S("<<"))), "help.name-it-once", NULL);
        return false;
    }
    top->key = node;
    return true;
}

/* The same key before in this mapping, or NULL. A few are looked through; from then on a map knows them. */
static oc_node *same_key(reader *r, level *top)
{
    enum { FEW = 8 };
    const oc_node *mapping = top->node;
    oc_slice key = top->key->text;
    for (size_t i = 0; i < mapping->pairs.len && mapping->pairs.len < FEW; i++)
        if (oc_slice_equal(mapping->pairs.at[i].key->text, key)) return mapping->pairs.at[i].key;
    if (mapping->pairs.len < FEW) return NULL;
    for (size_t i = top->seen.entries.len; i < mapping->pairs.len; i++)
        oc_map_insert(r->arena, &top->seen, mapping->pairs.at[i].key->text, NULL)->value.pointer =
            mapping->pairs.at[i].key;
    const oc_map_entry *found = oc_map_find(&top->seen, key);
    return found ? found->value.pointer : NULL;
}

static bool add_value(reader *r, oc_node *node)
{
    if (++r->nodes > OC_YAML_MAX_NODES) {
        fail(r, OC_E0008, node->span, OC_ARGS(OC_I(OC_YAML_MAX_NODES)));
        return false;
    }
    if (!r->depth) {
        r->root = node;
        return true;
    }
    level *top = &r->stack[r->depth - 1];
    if (top->node->kind == OC_NODE_LIST) {
        *oc_vec_push(r->arena, &top->node->items) = node;
        return true;
    }
    if (!top->key) return add_key(r, top, node);
    const oc_node *first = same_key(r, top);
    if (!first) {
        *oc_vec_push(r->arena, &top->node->pairs) = (oc_pair){top->key, node};
    } else {
        /* The tree stays usable with the first value: what follows is checked all the same. */
        oc_diag *d = oc_report(r->diags, OC_E0009, top->key->span, OC_ARGS(OC_T(top->key->text)));
        oc_diag_at(d, first->span, "label.first-here", NULL);
    }
    top->key = NULL;
    return true;
}

static bool has_anchor_or_tag(reader *r, const yaml_char_t *anchor, const yaml_char_t *tag, oc_span span)
{
    if (anchor) oc_diag_help(fail(r, OC_E0010, span, OC_ARGS(OC_S((const char *)anchor))), "help.name-it-once", NULL);
    if (tag) oc_diag_help(fail(r, OC_E0011, span, OC_ARGS(OC_S((const char *)tag))), "help.no-tag", NULL);
    return anchor || tag;
}

/* Bytes of the escape at raw[at] in a double-quoted scalar. */
static size_t escape_length(oc_slice raw, size_t at)
{
    char kind = at + 1 < raw.len ? raw.ptr[at + 1] : ' ';
    size_t length = kind == 'x' ? 4 : kind == 'u' ? 6 : kind == 'U' ? 10 : 2;
    return length < raw.len - at ? length : raw.len - at;
}

/* For each byte of a quoted or folded scalar its place in the file, by walking both texts in step; what an escape or
 * a fold turned into points at the start of that escape. */
static void map_scalar(reader *r, oc_node *node)
{
    size_t length = node->text.len;
    oc_slice raw = oc_slice_sub(r->text, node->span.start, node->span.end);
    if (!node->quoted && oc_slice_equal(raw, node->text)) return;
    uint32_t *map = OC_NEW_ARRAY(r->arena, length + 1, uint32_t);
    char first = raw.len ? raw.ptr[0] : '\0';
    size_t at = node->quoted && (first == '"' || first == '\'') ? 1 : 0;
    if (node->quoted && (first == '|' || first == '>'))
        while (at < raw.len && raw.ptr[at] != '\n') at++;
    for (size_t i = 0; i < length; i++) {
        char wanted = node->text.ptr[i];
        size_t seek = at;
        /* Folding and indentation: only white space may be passed over. */
        while (seek < raw.len && raw.ptr[seek] != wanted && raw.ptr[seek] && strchr(" \t\r\n", raw.ptr[seek])) seek++;
        bool escape = first == '"' && seek < raw.len && raw.ptr[seek] == '\\';
        if (escape) at = seek;
        if (seek < raw.len && raw.ptr[seek] == wanted && !escape) {
            map[i] = node->span.start + (uint32_t)seek;
            at = seek + 1;
            if (wanted == '\'' && first == '\'' && at < raw.len && raw.ptr[at] == '\'') at++;
        } else {
            map[i] = node->span.start + (uint32_t)(at < raw.len ? at : raw.len ? raw.len - 1 : 0);
            if (escape) {
                bool line_break = at + 1 < raw.len && (raw.ptr[at + 1] == '\n' || raw.ptr[at + 1] == '\r');
                uint32_t place = map[i];
                at += escape_length(raw, at);
                if (line_break) {
                    i--; /* an escaped line break gives nothing */
                    continue;
                }
                /* All bytes of the character that the escape stands for. */
                while (i + 1 < length && ((unsigned char)node->text.ptr[i + 1] & 0xc0) == 0x80) map[++i] = place;
            }
        }
    }
    map[length] = length ? map[length - 1] + 1 : node->span.start + (uint32_t)(at < raw.len ? at : raw.len);
    if (map[length] > node->span.end) map[length] = node->span.end;
    node->map = map;
}

/* Names are compared byte for byte, so every scalar is composed (NFC): letter by letter, the first and last byte of
 * each at the first and last byte of what it was made of. */
static void compose(reader *r, oc_node *node)
{
    oc_slice text = node->text, composed = oc_utf8_nfc(r->arena, text);
    if (oc_slice_equal(composed, text)) return;
    uint32_t *map = OC_NEW_ARRAY(r->arena, composed.len + 1, uint32_t);
    oc_text out = oc_text_in(r->arena);
    for (size_t at = 0; at < text.len;) {
        size_t start = at, end;
        oc_utf8_next(text, &at);
        /* Marks, and the vowels and final consonants of Hangul, have no width of their own. */
        for (end = at; end < text.len && oc_utf8_code_width(oc_utf8_next(text, &at)) == 0; end = at) continue;
        at = end;
        oc_slice letter = oc_utf8_nfc(r->arena, oc_slice_sub(text, start, end));
        oc_span place = oc_node_text_span(node, start, end);
        for (size_t i = 0; i < letter.len && out.len + i < composed.len; i++)
            map[out.len + i] = i + 1 < letter.len || place.end == place.start ? place.start : place.end - 1;
        oc_text_add(&out, letter);
    }
    if (!oc_slice_equal(oc_text_slice(&out), composed)) {
        /* Something rarer: the places within the scalar are not known, the scalar is. */
        for (size_t i = 0; i < composed.len; i++) map[i] = node->span.start;
    }
    map[composed.len] = node->span.end;
    node->text = composed;
    node->map = map;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool scalar(reader *r, yaml_event_t *event)
{
    oc_span span = span_of(r, event->start_mark, event->end_mark);
    if (has_anchor_or_tag(r, event->data.scalar.anchor, event->data.scalar.tag, span)) return false;
    oc_node *node = OC_NEW(r->arena, oc_node);
    node->kind = OC_NODE_SCALAR;
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->text = oc_arena_copy(r->arena, (oc_slice){(const char *)event->data.scalar.value, event->data.scalar.length});
    /* The end mark of a block or multi-line plain scalar lies behind its last line break. */
    while (span.end > span.start && is_blank(r->text.ptr[span.end - 1])) span.end--;
    node->span = span;
    map_scalar(r, node);
    compose(r, node);
    return add_value(r, node);
}

static bool open_collection(reader *r, yaml_event_t *event, oc_node_kind kind)
{
    bool mapping = kind == OC_NODE_MAPPING;
    oc_span span = span_of(r, event->start_mark, event->end_mark);
    if (has_anchor_or_tag(r, mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor,
                          mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag, span))
        return false;
    if (r->depth == OC_YAML_MAX_DEPTH) {
        fail(r, OC_E0007, span, OC_ARGS(OC_I(OC_YAML_MAX_DEPTH)));
        return false;
    }
    oc_node *node = OC_NEW(r->arena, oc_node);
    node->kind = kind;
    node->flow = mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                         : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    node->span = span;
    if (!add_value(r, node)) return false;
    r->stack[r->depth++] = (level){.node = node};
    return true;
}

static bool close_collection(reader *r, yaml_event_t *event)
{
    oc_node *node = r->stack[--r->depth].node;
    uint32_t end = byte_of(r, event->end_mark.index);
    while (end > node->span.start && is_blank(r->text.ptr[end - 1])) end--;
    if (end > node->span.end) node->span.end = end;
    return true;
}

static bool handle(reader *r, yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT: return scalar(r, event);
    case YAML_MAPPING_START_EVENT: return open_collection(r, event, OC_NODE_MAPPING);
    case YAML_SEQUENCE_START_EVENT: return open_collection(r, event, OC_NODE_LIST);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: return close_collection(r, event);
    case YAML_ALIAS_EVENT:
        oc_diag_help(fail(r, OC_E0010, span_of(r, event->start_mark, event->end_mark),
                          OC_ARGS(OC_S((const char *)event->data.alias.anchor))),
                     "help.name-it-once", NULL);
        return false;
    case YAML_DOCUMENT_START_EVENT:
        if (!r->root) return true;
        fail(r, OC_E0012, span_of(r, event->start_mark, event->end_mark), NULL);
        return false;
    default: return true;
    }
}

static void read_events(void *context)
{
    reader *r = context;
    for (bool more = true; more && !r->failed;) {
        if (!yaml_parser_parse(&r->parser, &r->event)) {
            report_broken(r);
            return;
        }
        more = r->event.type != YAML_STREAM_END_EVENT;
        if (more && !handle(r, &r->event)) more = false;
        yaml_event_delete(&r->event);
    }
}

static bool check_bytes(oc_diags *diags, uint32_t file, oc_slice text)
{
    if (text.len > OC_YAML_MAX_BYTES) {
        oc_report(diags, OC_E0002, (oc_span){file, 0, 0}, OC_ARGS(OC_I(OC_YAML_MAX_BYTES >> 20)));
        return false;
    }
    if (oc_slice_starts(text, OC_SLICE("\xff\xfe")) || oc_slice_starts(text, OC_SLICE("\xfe\xff"))) {
        oc_diag *d = oc_report(diags, OC_E0003, (oc_span){file, 0, 2}, OC_ARGS(OC_S("UTF-16")));
        oc_diag_help(d, "help.save-as-utf8", NULL);
        return false;
    }
    const char *nul = text.len ? memchr(text.ptr, '\0', text.len) : NULL;
    if (nul) {
        uint32_t at = (uint32_t)(nul - text.ptr);
        oc_diag *d = oc_report(diags, OC_E0004, (oc_span){file, at, at + 1}, OC_ARGS(OC_I(at)));
        oc_diag_help(d, "help.not-a-text-file", NULL);
        return false;
    }
    size_t bad = oc_utf8_check(text);
    if (bad == SIZE_MAX) return true;
    oc_slice byte = oc_arena_printf(diags->arena, "0x%02X", (unsigned)(unsigned char)text.ptr[bad]);
    oc_diag *d = oc_report(diags, OC_E0003, (oc_span){file, (uint32_t)bad, (uint32_t)bad + 1}, OC_ARGS(OC_T(byte)));
    oc_diag_help(d, "help.save-as-utf8", NULL);
    return false;
}

oc_node *oc_yaml_read(oc_arena *arena, oc_diags *diags, uint32_t file)
{
    oc_slice text = oc_source_get(diags->sources, file)->text;
    if (!check_bytes(diags, file, text)) return NULL;
    reader *r = OC_NEW(arena, reader);
    *r = (reader){.arena = arena, .diags = diags, .file = file, .text = text};
    if (oc_slice_starts(text, OC_SLICE("\xef\xbb\xbf"))) r->bom = 3;
    r->walked_byte = r->bom;
    if (!yaml_parser_initialize(&r->parser)) oc_arena_give_up(arena, OC_NOMEM);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)text.ptr, text.len);
    oc_status status = oc_arena_try(arena, read_events, r);
    yaml_event_delete(&r->event);
    yaml_parser_delete(&r->parser);
    if (status != OC_OK) oc_arena_give_up(arena, status);
    if (r->failed) return NULL;
    if (!r->root || oc_node_is_nothing(r->root)) {
        oc_report(diags, OC_E0015, (oc_span){file, 0, 0}, NULL);
        return NULL;
    }
    return r->root;
}

/* A file that was read before, or was never one (a text that was kept), is read once. */
static uint32_t find_source(const oc_sources *sources, oc_slice name)
{
    for (size_t i = 0; i < sources->files.len; i++)
        if (oc_slice_equal(sources->files.at[i].name, name)) return (uint32_t)i + 1;
    return 0;
}

oc_node *oc_yaml_read_file(oc_arena *arena, oc_diags *diags, oc_slice path, oc_span from, uint32_t *ret_file)
{
    uint32_t known = find_source(diags->sources, path);
    if (known) {
        if (ret_file) *ret_file = known;
        return oc_yaml_read(arena, diags, known);
    }
    oc_slice name = oc_arena_copy(arena, path), bytes;
    errno = ENOENT;
    oc_status status =
        name.len && memchr(name.ptr, '\0', name.len) ? OC_IO : oc_file_read(arena, name.ptr, OC_YAML_MAX_BYTES, &bytes);
    if (status == OC_OK) {
        uint32_t file = oc_source_add(diags->sources, name, bytes);
        if (ret_file) *ret_file = file;
        return oc_yaml_read(arena, diags, file);
    }
    if (status == OC_NOMEM) oc_arena_give_up(arena, status);
    if (status == OC_LIMIT)
        oc_report(diags, OC_E0002, from, OC_ARGS(OC_I(OC_YAML_MAX_BYTES >> 20), OC_T(name)));
    else
        oc_report(diags, OC_E0001, from, OC_ARGS(OC_T(name), oc_arg_of_errno(errno)));
    return NULL;
}

oc_pair *oc_node_pair(const oc_node *node, oc_slice key)
{
    if (!node || node->kind != OC_NODE_MAPPING) return NULL;
    for (size_t i = 0; i < node->pairs.len; i++)
        if (oc_slice_equal(node->pairs.at[i].key->text, key)) return &node->pairs.at[i];
    return NULL;
}

oc_node *oc_node_get(const oc_node *node, const char *key)
{
    oc_pair *pair = oc_node_pair(node, oc_slice_of(key));
    return pair ? pair->value : NULL;
}

oc_span oc_node_text_span(const oc_node *node, size_t start, size_t end)
{
    if (start > node->text.len) start = node->text.len;
    if (end > node->text.len) end = node->text.len;
    if (node->map) {
        uint32_t first = node->map[start], last = end > start ? node->map[end - 1] + 1 : first;
        /* A literal block ends with a line break that is not in its span. */
        if (last > node->span.end) last = node->span.end > first ? node->span.end : first;
        return (oc_span){node->span.file, first, last};
    }
    return (oc_span){node->span.file, node->span.start + (uint32_t)start, node->span.start + (uint32_t)end};
}

bool oc_node_is_nothing(const oc_node *node)
{
    return node->kind == OC_NODE_SCALAR && !node->quoted &&
           (node->text.len == 0 || oc_slice_is(node->text, "~") || oc_slice_is(node->text, "null"));
}
