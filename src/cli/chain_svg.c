/* The chain of command as a drawing: Graphviz lays it out ("dot") and writes the SVG. */
#include <graphviz/gvc.h>

#include "base/library.h"
#include "cli/chain_view.h"

#define SYMBOLS(X)                                                                                                     \
    X(agseterr) X(gvContext) X(agopen) X(Agdirected) X(agnode) X(agedge) X(agsafeset) X(gvLayout) X(gvRenderData)      \
        X(gvFreeRenderData) X(gvFreeLayout) X(agclose) X(gvFreeContext)

/* Of libgvc and of libcgraph, which it is linked with. */
static struct {
    SYMBOLS(OC_LIBRARY_POINTER)
} of;
static const oc_library_symbol symbols[] = {SYMBOLS(OC_LIBRARY_SYMBOL)};

/* What belongs to Graphviz, so that it is given back also when memory of the arena runs out. */
typedef struct drawing {
    oc_record *record;
    const oc_chain *chain;
    oc_slice title;
    oc_text *out;
    GVC_t *context;
    Agraph_t *graph;
    bool laid_out;
    char *bytes;
    oc_status status;
} drawing;

/* Graphviz takes names and values it only reads as char *. */
static char *text_for(const char *text)
{
    return (char *)(uintptr_t)text; /* NOLINT(performance-no-int-to-ptr): the only way to cast const away */
}

static void set(void *object, const char *name, const char *value)
{
    of.agsafeset(object, text_for(name), text_for(value), text_for(""));
}

static const char *label_of(drawing *d, const oc_chain_node *node)
{
    oc_arena *arena = d->record->x->arena;
    oc_words name = oc_ledger_subject_name(d->record->ledger, node->subject);
    oc_slice text = name.in[d->record->x->lang];
    if (node->person == OC_LEDGER_NONE) return oc_arena_copy(arena, text).ptr;
    return oc_arena_printf(arena, "%.*s\n%.*s", OC_FMT(text), OC_FMT(oc_record_actor(d->record, node->person))).ptr;
}

static const char *edge_label(drawing *d, const oc_chain_edge *edge)
{
    oc_text text = oc_text_in(d->record->x->arena);
    for (size_t i = 0; i < edge->holdings.len; i++) {
        if (i) oc_text_byte(&text, '\n');
        oc_text_add(&text, oc_record_term(d->record, &d->record->ledger->matters.at[edge->holdings.at[i]->matter]));
    }
    return oc_text_slice(&text).ptr;
}

static Agnode_t *add_node(drawing *d, size_t i)
{
    const oc_chain_node *node = &d->chain->nodes.at[i];
    const char *id = oc_arena_printf(d->record->x->arena, "n%zu", i).ptr;
    Agnode_t *drawn = of.agnode(d->graph, text_for(id), 1);
    set(drawn, "label", label_of(d, node));
    set(drawn, "shape", "box");
    set(drawn, "fontname", "sans-serif");
    set(drawn, "fontsize", "12");
    set(drawn, "style", node->subject.kind == OC_SUBJECT_ACTOR ? "rounded" : "filled");
    set(drawn, "fillcolor", "#e8e8e8");
    return drawn;
}

static void draw(void *context)
{
    drawing *d = context;
    set(d->graph, "label", oc_arena_copy(d->record->x->arena, d->title).ptr);
    set(d->graph, "labelloc", "t");
    set(d->graph, "fontname", "sans-serif");
    set(d->graph, "fontsize", "14");
    Agnode_t **nodes = OC_NEW_ARRAY(d->record->x->arena, d->chain->nodes.len + 1, Agnode_t *);
    for (size_t i = 0; i < d->chain->nodes.len; i++) nodes[i] = add_node(d, i);
    for (size_t i = 0; i < d->chain->edges.len; i++) {
        const oc_chain_edge *edge = &d->chain->edges.at[i];
        Agedge_t *drawn = of.agedge(d->graph, nodes[edge->above], nodes[edge->below], NULL, 1);
        set(drawn, "label", edge_label(d, edge));
        set(drawn, "fontname", "sans-serif");
        set(drawn, "fontsize", "10");
        set(drawn, "style", edge->holdings.len ? "solid" : "dashed");
    }
    unsigned length = 0;
    d->laid_out = of.gvLayout(d->context, d->graph, "dot") == 0;
    if (!d->laid_out || of.gvRenderData(d->context, d->graph, "svg", &d->bytes, &length) != 0) return;
    oc_text_add(d->out, (oc_slice){d->bytes, length});
    d->status = OC_OK;
}

oc_status oc_chain_svg(oc_record *record, const oc_chain *chain, oc_slice title, oc_text *out)
{
    drawing d = {.record = record, .chain = chain, .title = title, .out = out, .status = OC_INTERNAL};
    if (!oc_library_open("libgvc", symbols, sizeof symbols / sizeof *symbols)) return OC_IO;
    of.agseterr(AGMAX);
    d.context = of.gvContext();
    d.graph = of.agopen(text_for("chain"), *of.Agdirected, NULL);
    oc_status memory = oc_arena_try(record->x->arena, draw, &d);
    if (d.bytes) of.gvFreeRenderData(d.bytes);
    if (d.laid_out) of.gvFreeLayout(d.context, d.graph);
    of.agclose(d.graph);
    of.gvFreeContext(d.context);
    return memory != OC_OK ? memory : d.status;
}
