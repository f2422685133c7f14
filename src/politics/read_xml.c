/* KTAB's XML scenario: name, options of the spatial model, dimensions, actors with Position and Salience, adjustment of
 * ideals (docs/format/bargain.md). libxml2 parses without network and without replacing entities; it knows lines but no
 * columns, so a place is found by looking for the element's text on its line.
 *
 * The document belongs to libxml2, so reading runs under its own guard and the document is freed after it. */
#include <libxml/parser.h>

#include "base/library.h"
#include "base/utf8.h"
#include "politics/check.h"
#include "politics/csv.h"

#define FUNCTIONS(X)                                                                                                   \
    X(xmlNewParserCtxt) X(xmlCtxtReadMemory) X(xmlDocGetRootElement) X(xmlCtxtGetLastError) X(xmlGetLineNo)            \
        X(xmlFreeDoc) X(xmlFreeParserCtxt)

static struct {
    FUNCTIONS(OC_LIBRARY_POINTER)
} of;
static const oc_library_symbol symbols[] = {FUNCTIONS(OC_LIBRARY_SYMBOL)};

typedef struct xml_reader {
    oc_arena *arena;
    oc_diags *diags;
    uint32_t file;
    const oc_bargain_read_options *options;
    oc_bargain_table *table;
    xmlNode *root;
} xml_reader;

static oc_span line_span(const xml_reader *r, long line)
{
    const oc_source *source = oc_source_get(r->diags->sources, r->file);
    if (line < 1 || (size_t)line > source->lines.len) return (oc_span){r->file, 0, 0};
    uint32_t start = source->lines.at[line - 1];
    oc_slice text = oc_source_line(source, (uint32_t)line), trimmed = oc_slice_trim(text);
    if (trimmed.len) start += (uint32_t)(trimmed.ptr - text.ptr);
    return (oc_span){r->file, start, start + (uint32_t)trimmed.len};
}

/* The element's own text, copied and trimmed. */
static oc_slice node_text(const xml_reader *r, const xmlNode *node)
{
    for (const xmlNode *child = node ? node->children : NULL; child; child = child->next)
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
            return oc_slice_trim(oc_arena_copy(r->arena, oc_slice_of((const char *)child->content)));
    return (oc_slice){0};
}

static oc_span node_span(const xml_reader *r, const xmlNode *node)
{
    oc_span line = line_span(r, of.xmlGetLineNo(node));
    oc_slice here = oc_span_text(r->diags->sources, line), text = node_text(r, node);
    if (!text.len) return line;
    size_t at = oc_slice_find(here, text, 0);
    if (at == SIZE_MAX || oc_slice_find(here, text, at + 1) != SIZE_MAX) return line;
    return (oc_span){r->file, line.start + (uint32_t)at, line.start + (uint32_t)(at + text.len)};
}

static bool named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && oc_slice_is(oc_slice_of((const char *)node->name), name);
}

static xmlNode *next_named(xmlNode *node, const char *name)
{
    while (node && !named(node, name)) node = node->next;
    return node;
}

static xmlNode *child_of(const xmlNode *parent, const char *name)
{
    return parent ? next_named(parent->children, name) : NULL;
}

/* A child that must be there. */
static xmlNode *required(xml_reader *r, xmlNode *parent, const char *name)
{
    xmlNode *node = child_of(parent, name);
    if (!node)
        oc_report(r->diags, OC_E0616, node_span(r, parent), OC_ARGS(OC_S(name), OC_S((const char *)parent->name)));
    return node;
}

static size_t count_children(const xmlNode *parent, const char *name)
{
    size_t count = 0;
    for (xmlNode *it = child_of(parent, name); it; it = next_named(it->next, name)) count++;
    return count;
}

/* --- options --- */

typedef struct choice {
    const char *element;
    size_t offset; /* of an int-sized enum in oc_spatial_options */
    const char *values[7];
} choice;

#define CHOICE(element, field, ...)                                                                                    \
    {                                                                                                                  \
        element, offsetof(oc_spatial_options, field),                                                                  \
        {                                                                                                              \
            __VA_ARGS__, NULL                                                                                          \
        }                                                                                                              \
    }
static const choice choices[] = {
    CHOICE("VictoryProbModel", rule.victory, "Linear", "Square", "Quartic", "Octic", "Binary"),
    CHOICE("VotingRule", rule.voting, "Binary", "PropBin", "Prop", "PropCbc", "Cubic", "ASymProsp"),
    CHOICE("PCEModel", rule.model, "Conditional", "MarkovIncentive", "MarkovUniform"),
    CHOICE("BigRRange", range, "Min", "Mid", "Max"),
    CHOICE("BigRAdjust", adjust, "None", "OneThird", "Half", "TwoThirds", "Full"),
    CHOICE("ThirdPartyCommit", commit, "NoCommit", "SemiCommit", "FullCommit"),
    CHOICE("InterVecBrgn", interpolation, "S1P1", "S2P2", "S2PMax"),
    CHOICE("BargnModel", proposals, "InitOnlyInterp", "InitRcvrInterp", "PWCompInterp"),
};
static const choice transitions = {"StateTransitions", 0, {"Deterministic", "Stochastic", NULL}};

static int choose(xml_reader *r, xmlNode *parent, const choice *it)
{
    xmlNode *node = required(r, parent, it->element);
    if (!node) return -1;
    oc_slice text = node_text(r, node), names[7];
    size_t count = 0;
    for (; it->values[count]; count++) {
        names[count] = oc_slice_of(it->values[count]);
        if (oc_slice_equal(names[count], text)) return (int)count;
    }
    oc_diag *diag =
        oc_report(r->diags, OC_E0617, node_span(r, node), OC_ARGS(OC_T(oc_utf8_fit(text, 40)), OC_S(it->element)));
    oc_diag_suggest(diag, node_span(r, node), text, names, count);
    return -1;
}

static void read_parameters(xml_reader *r)
{
    xmlNode *parent = child_of(r->root, "ModelParameters");
    if (!parent) return;
    r->table->has_spatial = true;
    for (size_t c = 0; c < sizeof choices / sizeof *choices; c++) {
        int value = choose(r, parent, &choices[c]);
        if (value < 0) continue;
        unsigned stored = (unsigned)value;
        _Static_assert(sizeof(oc_voting) == sizeof stored, "options are int-sized enumerations");
        memcpy((char *)&r->table->spatial + choices[c].offset, &stored, sizeof stored);
    }
    r->table->spatial.stochastic = choose(r, parent, &transitions) == 1;
}

/* --- actors --- */

static bool amount(xml_reader *r, xmlNode *node, oc_slice actor, const char *what, oc_bargain_amount *ret)
{
    oc_slice text = node_text(r, node);
    if (text.len) return check_amount(r->diags, text, node_span(r, node), ret);
    oc_report(r->diags, OC_E0614, node_span(r, node), OC_ARGS(OC_T(actor), OC_M(what)));
    return false;
}

static void read_vector(xml_reader *r, xmlNode *actor_node, size_t a, bool position)
{
    oc_slice name = r->table->actors[a].name;
    xmlNode *vector = required(r, actor_node, position ? "Position" : "Salience");
    const char *element = position ? "dCoord" : "dSal";
    if (!vector) return;
    size_t count = count_children(vector, element);
    if (count != r->table->issue_count) {
        oc_report(r->diags, OC_E0604, node_span(r, vector), OC_ARGS(OC_I(count), OC_I(r->table->issue_count)));
        return;
    }
    xmlNode *node = child_of(vector, element);
    for (size_t p = 0; p < count; p++, node = next_named(node->next, element)) {
        oc_bargain_cell *cell = oc_bargain_cell_at(r->table, a, p);
        cell->present = true;
        cell->capability = r->table->actors[a].capability;
        if (!position)
            amount(r, node, name, "bargain.salience", &cell->salience);
        else if (amount(r, node, name, "bargain.position", &cell->position))
            check_position(r->diags, &cell->position, &r->table->issues[p], name);
    }
}

static void read_actor(xml_reader *r, xmlNode *node, size_t a)
{
    oc_bargain_actor *actor = &r->table->actors[a];
    xmlNode *name = required(r, node, "name"), *capability = required(r, node, "capability");
    actor->description = node_text(r, child_of(node, "description"));
    if (!name || !capability) return;
    actor->name = node_text(r, name);
    actor->span = node_span(r, name);
    if (!actor->name.len) oc_report(r->diags, OC_E0623, actor->span, NULL);
    if (amount(r, capability, actor->name, "bargain.capability", &actor->capability))
        check_capability(r->diags, &actor->capability, actor->name);
    read_vector(r, node, a, true);
    read_vector(r, node, a, false);
}

static void read_adjustment(xml_reader *r)
{
    size_t n = r->table->actor_count;
    xmlNode *parent = child_of(r->root, "IdealAdjustment");
    if (!count_children(parent, "iaPair")) return;
    r->table->adjustment = OC_NEW_ARRAY(r->arena, n * n, double);
    for (size_t a = 0; a < n; a++) r->table->adjustment[a * n + a] = 1;
    for (xmlNode *it = child_of(parent, "iaPair"); it; it = next_named(it->next, "iaPair")) {
        xmlNode *from = required(r, it, "adjustingIdeal"), *to = required(r, it, "referencePos");
        xmlNode *share = required(r, it, "adjust");
        if (!from || !to || !share) continue;
        size_t a = oc_bargain_find_actor(r->table, node_text(r, from));
        size_t b = oc_bargain_find_actor(r->table, node_text(r, to));
        oc_bargain_amount value;
        if (a == SIZE_MAX || b == SIZE_MAX) {
            xmlNode *wrong = a == SIZE_MAX ? from : to;
            oc_report(r->diags, OC_E0630, node_span(r, wrong), OC_ARGS(OC_T(oc_utf8_fit(node_text(r, wrong), 40))));
        } else if (check_amount(r->diags, node_text(r, share), node_span(r, share), &value)) {
            r->table->adjustment[a * n + b] = value.value;
        }
    }
}

static bool sizes(xml_reader *r, xmlNode *dimensions, xmlNode *actors, size_t *ret_actors, size_t *ret_issues)
{
    *ret_issues = count_children(dimensions, "dName");
    *ret_actors = count_children(actors, "Actor");
    if (*ret_issues > OC_BARGAIN_MAX_ISSUES)
        oc_report(r->diags, OC_E0613, node_span(r, dimensions), OC_ARGS(OC_I(OC_BARGAIN_MAX_ISSUES)));
    else if (*ret_actors > OC_BARGAIN_MAX_ACTORS)
        oc_report(r->diags, OC_E0612, node_span(r, actors), OC_ARGS(OC_I(OC_BARGAIN_MAX_ACTORS)));
    else if (!*ret_actors || !*ret_issues)
        oc_report(r->diags, OC_E0620, node_span(r, *ret_actors ? dimensions : actors), NULL);
    else
        return true;
    return false;
}

static void read_document(void *context)
{
    xml_reader *r = context;
    size_t n, m;
    if (!named(r->root, "Scenario")) {
        oc_report(r->diags, OC_E0616, node_span(r, r->root),
                  OC_ARGS(OC_S("Scenario"), OC_S((const char *)r->root->name)));
        return;
    }
    xmlNode *dimensions = required(r, r->root, "Dimensions"), *actors = required(r, r->root, "Actors");
    if (!dimensions || !actors || !sizes(r, dimensions, actors, &n, &m)) return;
    oc_bargain_table_init(r->table, r->arena, n, m);
    r->table->origin = OC_BARGAIN_KTAB_XML;
    r->table->title = node_text(r, child_of(r->root, "name"));
    xmlNode *dimension = child_of(dimensions, "dName");
    for (size_t p = 0; p < m; p++, dimension = next_named(dimension->next, "dName")) {
        oc_bargain_issue *issue = &r->table->issues[p];
        issue->name = node_text(r, dimension);
        issue->span = node_span(r, dimension);
        if (r->options->low < r->options->high) issue->low = r->options->low, issue->high = r->options->high;
    }
    read_parameters(r);
    xmlNode *actor = child_of(actors, "Actor");
    for (size_t a = 0; a < n; a++, actor = next_named(actor->next, "Actor")) read_actor(r, actor, a);
    read_adjustment(r);
}

static void broken(xml_reader *r, const xmlError *error)
{
    oc_slice what = error && error->message ? oc_slice_trim(oc_slice_of(error->message)) : OC_SLICE("?");
    oc_report(r->diags, OC_E0615, line_span(r, error ? error->line : 1), OC_ARGS(OC_T(oc_utf8_fit(what, 120))));
}

oc_status oc_bargain_read_xml(oc_arena *arena, oc_diags *diags, uint32_t file, const oc_bargain_read_options *options,
                              oc_bargain_table *ret)
{
    xml_reader r = {.arena = arena, .diags = diags, .file = file, .options = options, .table = ret};
    size_t errors = diags->errors;
    oc_slice text = oc_source_get(diags->sources, file)->text;
    *ret = (oc_bargain_table){0};
    if (text.len > OC_BARGAIN_MAX_BYTES) {
        oc_report(diags, OC_E0624, (oc_span){file, 0, 0}, OC_ARGS(OC_I(OC_BARGAIN_MAX_BYTES >> 20)));
        return OC_INPUT;
    }
    if (!oc_library_open("libxml2", symbols, sizeof symbols / sizeof *symbols)) return OC_IO;
    xmlParserCtxt *parser = of.xmlNewParserCtxt();
    if (!parser) return OC_NOMEM;
    xmlDoc *document =
        of.xmlCtxtReadMemory(parser, text.ptr, (int)text.len, NULL, NULL,
                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
    r.root = document ? of.xmlDocGetRootElement(document) : NULL;
    xmlError error = {0};
    char message[160] = "";
    if (!r.root) {
        const xmlError *last = of.xmlCtxtGetLastError(parser);
        if (last) {
            error.line = last->line;
            oc_slice said = oc_slice_of(last->message);
            memcpy(message, said.len ? said.ptr : "", said.len < sizeof message ? said.len : sizeof message - 1);
        }
        error.message = message;
    }
    oc_status status = r.root ? oc_arena_try(arena, read_document, &r) : OC_INPUT;
    of.xmlFreeDoc(document);
    of.xmlFreeParserCtxt(parser);
    if (status == OC_INPUT) broken(&r, &error);
    if (status && status != OC_INPUT) return status;
    if (ret->cells) check_salience_unit(diags, ret, options); /* also after errors: all of them are told at once */
    if (diags->errors == errors) check_table(arena, diags, ret);
    return diags->errors == errors ? OC_OK : OC_INPUT;
}

oc_status oc_bargain_read(oc_arena *arena, oc_diags *diags, uint32_t file, const oc_bargain_read_options *options,
                          oc_bargain_table *ret)
{
    oc_slice text = oc_source_get(diags->sources, file)->text;
    if (oc_slice_starts(text, OC_SLICE("\xef\xbb\xbf"))) text = oc_slice_sub(text, 3, text.len);
    bool xml = oc_slice_starts(oc_slice_trim(text), OC_SLICE("<"));
    return (xml ? oc_bargain_read_xml : oc_bargain_read_csv)(arena, diags, file, options, ret);
}
