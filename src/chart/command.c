/* A chain of command: boxes in rows, arrows from the one who commands to the one commanded.
 *
 * Rows with more boxes than fit are split. An arrow leaves the lower edge and enters the upper edge, or, within a row,
 * goes from side to side; its label stands where it covers nothing. */
#include <math.h>

#include "chart/canvas.h"

enum { MAX_NODES = 24, MAX_EDGES = 48 };

typedef struct spot {
    double x, y, w, h;
} spot;

/* Height of a box, and the place it takes: edges and their labels come before boxes are drawn over them. */
static double reserve_node(oc_canvas *c, const oc_chart_node *node, spot *at)
{
    oc_lines label = oc_measure_break(c->arena, node->label, c->lang, (at->w - 12) / 1.08, OC_CANVAS_SIZE, 4);
    oc_lines detail = oc_measure_break(c->arena, node->detail, c->lang, at->w - 12, OC_CANVAS_SMALL, 3);
    at->h = 14 + (double)label.len * 17 + (double)detail.len * 16;
    oc_canvas_obstacle(c, at->x, at->y, at->w, at->h);
    return at->h;
}

static void draw_node(oc_canvas *c, const oc_chart_node *node, const spot *at)
{
    oc_lines label = oc_measure_break(c->arena, node->label, c->lang, (at->w - 12) / 1.08, OC_CANVAS_SIZE, 4);
    oc_lines detail = oc_measure_break(c->arena, node->detail, c->lang, at->w - 12, OC_CANVAS_SMALL, 3);
    oc_canvas_rect(c, at->x, at->y, at->w, at->h, "bx");
    double y = at->y + 19, middle = at->x + at->w / 2;
    for (size_t k = 0; k < label.len; k++, y += 17) oc_canvas_text(c, middle, y, OC_MIDDLE, "b q", label.at[k]);
    for (size_t k = 0; k < detail.len; k++, y += 16) oc_canvas_text(c, middle, y - 1, OC_MIDDLE, "m q", detail.at[k]);
}

static void draw_head(oc_canvas *c, double x, double y, double dx, double dy)
{
    double length = sqrt(dx * dx + dy * dy);
    if (length <= 0) return;
    dx /= length, dy /= length;
    double xs[] = {x, x - 9 * dx + 4.5 * dy, x - 9 * dx - 4.5 * dy};
    double ys[] = {y, y - 9 * dy - 4.5 * dx, y - 9 * dy + 4.5 * dx};
    oc_text *out = &c->body;
    oc_text_lit(out, "<polygon points=\"");
    for (int i = 0; i < 3; i++) {
        oc_canvas_number(out, xs[i]);
        oc_text_byte(out, ' ');
        oc_canvas_number(out, ys[i]);
        oc_text_byte(out, ' ');
    }
    oc_text_lit(out, "\" class=\"ah\"/>");
}

static void label_edge(oc_canvas *c, double x1, double y1, double x2, double y2, oc_slice label)
{
    label = oc_measure_fit(c->arena, label, c->narrow ? 130 : 170, OC_CANVAS_SMALL);
    static const double shares[] = {0.5, 0.38, 0.62, 0.28, 0.74};
    for (size_t i = 0; i < 10; i++) {
        double share = shares[i % 5], x = x1 + (x2 - x1) * share, y = y1 + (y2 - y1) * share;
        if (oc_canvas_text_if_free(c, x + (i < 5 ? 7 : -7), y + 4, i < 5 ? OC_START : OC_END, "m", label)) return;
    }
}

/* The k-th of n edges on one side of a box has its own place there. */
static double port(const spot *at, size_t k, size_t n)
{
    return at->x + at->w * (double)(k + 1) / (double)(n + 1);
}

static size_t count_edges(const oc_chart_command *data, size_t count, size_t node, bool leaving, size_t upto)
{
    size_t n = 0;
    for (size_t i = 0; i < count && i < upto; i++) {
        const oc_chart_edge *edge = &data->edges[i];
        if (data->nodes[edge->from].row != data->nodes[edge->to].row && (leaving ? edge->from : edge->to) == node) n++;
    }
    return n;
}

static void draw_edge(oc_canvas *c, const oc_chart_command *data, size_t count, size_t i, const spot *spots)
{
    const oc_chart_edge *edge = &data->edges[i];
    const spot *from = &spots[edge->from], *to = &spots[edge->to];
    double x1, y1, x2, y2;
    if (data->nodes[edge->from].row == data->nodes[edge->to].row && from->y == to->y) {
        bool right = to->x > from->x;
        x1 = right ? from->x + from->w : from->x;
        x2 = right ? to->x : to->x + to->w;
        y1 = y2 = (from->y + (from->h < to->h ? from->h : to->h) / 2);
    } else {
        bool down = to->y > from->y;
        x1 = port(from, count_edges(data, count, edge->from, true, i),
                  count_edges(data, count, edge->from, true, count));
        x2 = port(to, count_edges(data, count, edge->to, false, i), count_edges(data, count, edge->to, false, count));
        y1 = down ? from->y + from->h : from->y;
        y2 = down ? to->y : to->y + to->h;
    }
    oc_canvas_line(c, x1, y1, x2, y2, edge->basis == OC_CHART_STATED ? "ed" : "ed dh");
    draw_head(c, x2, y2, x2 - x1, y2 - y1);
    label_edge(c, x1, y1, x2, y2, edge->label);
}

static void command_table(oc_canvas *c, const oc_chart_command *data, size_t edges)
{
    static const char *const heads[] = {"chart.commands", "chart.authority", "chart.commanded"};
    oc_canvas_head(c, 3, heads);
    for (size_t i = 0; i < edges; i++) {
        oc_canvas_cell(c, data->nodes[data->edges[i].from].label);
        oc_canvas_cell(c, data->edges[i].label);
        oc_canvas_cell(c, data->nodes[data->edges[i].to].label);
    }
}

oc_chart oc_chart_draw_command(oc_arena *arena, const oc_chart_command *data, const oc_chart_options *options)
{
    oc_canvas c = oc_canvas_start(arena, options);
    oc_chart_command shown = *data;
    if (shown.node_count > MAX_NODES) shown.node_count = MAX_NODES;
    oc_chart_edge kept[MAX_EDGES];
    size_t edges = 0;
    for (size_t i = 0; i < data->edge_count && edges < MAX_EDGES; i++)
        if (data->edges[i].from < shown.node_count && data->edges[i].to < shown.node_count &&
            data->edges[i].from != data->edges[i].to)
            kept[edges++] = data->edges[i];
    shown.edges = kept;
    shown.edge_count = edges;

    spot spots[MAX_NODES] = {0};
    size_t across = c.narrow ? 2 : 4;
    double y = 4, gap = c.narrow ? 16 : 28;
    for (int row = 0; row < MAX_NODES; row++) {
        size_t members[MAX_NODES], count = 0;
        for (size_t i = 0; i < shown.node_count; i++)
            if (shown.nodes[i].row == row) members[count++] = i;
        for (size_t begin = 0; begin < count; begin += across) {
            size_t n = count - begin < across ? count - begin : across;
            double most = c.narrow ? 156 : 210, width = (c.width - gap * (double)(n - 1)) / (double)n;
            if (width > most) width = most;
            double left = (c.width - width * (double)n - gap * (double)(n - 1)) / 2, tallest = 0;
            for (size_t k = 0; k < n; k++) {
                spots[members[begin + k]] = (spot){left + (double)k * (width + gap), y, width, 0};
                double height = reserve_node(&c, &shown.nodes[members[begin + k]], &spots[members[begin + k]]);
                if (height > tallest) tallest = height;
            }
            y += tallest + 48;
        }
    }
    for (size_t i = 0; i < edges; i++) draw_edge(&c, &shown, edges, i, spots);
    for (size_t i = 0; i < shown.node_count; i++)
        if (spots[i].w > 0) draw_node(&c, &shown.nodes[i], &spots[i]);
    command_table(&c, &shown, edges);
    oc_text finding = oc_text_in(arena);
    for (size_t i = 0; i < edges && i < 6; i++) {
        if (i) oc_text_add(&finding, oc_message(c.lang, "words.stop"));
        oc_text_message(
            &finding, c.lang, kept[i].label.len ? "chart.edge" : "chart.edge-plain",
            OC_ARGS(OC_T(shown.nodes[kept[i].from].label), OC_T(shown.nodes[kept[i].to].label), OC_T(kept[i].label)));
    }
    return oc_canvas_finish(&c, &data->texts, oc_text_slice(&finding), y - 44);
}
