/* From the issues of a scenario to a table, at one state of the world.
 *
 * Positions, saliences and capabilities are read as they are written: a number, sums and products of numbers, a range
 * `a to b` (taken as equally likely between its ends), or a choice `by` a category. A category is what --state says,
 * else what the scenario knows on the day of --at (or its own day). What needs a simulated future is refused with its
 * place. When the scenario does not include its issues, issues.yaml beside it is read. */
#include <math.h>
#include <stdio.h>

#include "base/file.h"
#include "cli/bargain.h"
#include "lang/expr.h"
#include "politics/check.h"

typedef struct reader {
    oc_context *x;
    const oc_model *model;
    oc_day day;
} reader;

/* --- the state --- */

static oc_slice given_state(const reader *r, oc_slice variable)
{
    for (size_t i = r->x->options.len; i-- > 0;) {
        oc_slice text = r->x->options.at[i].value;
        if (strcmp(r->x->options.at[i].option->name, "state") != 0) continue;
        size_t equals = oc_slice_find(text, OC_SLICE("="), 0);
        if (oc_slice_equal(oc_slice_trim(oc_slice_sub(text, 0, equals)), variable))
            return equals == SIZE_MAX ? (oc_slice){0} : oc_slice_trim(oc_slice_sub(text, equals + 1, text.len));
    }
    return (oc_slice){0};
}

static const oc_node *plain(const oc_node *node)
{
    const oc_node *is = node && node->kind == OC_NODE_MAPPING ? oc_node_get(node, "is") : NULL;
    return is ? is : node;
}

/* The category that the scenario writes down for the day: `now` as a word, or the last entry of its series. */
static oc_slice known_state(const reader *r, oc_slice variable)
{
    oc_pair *record = oc_node_pair(oc_node_get(r->model->root, "variables"), variable);
    const oc_node *now = record ? plain(oc_node_get(record->value, "now")) : NULL;
    const oc_node *series = now && now->kind == OC_NODE_MAPPING ? oc_node_get(now, "series") : NULL;
    oc_day best = OC_DAY_NONE;
    for (size_t i = 0; series && series->kind == OC_NODE_MAPPING && i < series->pairs.len; i++) {
        oc_day day = oc_day_parse(series->pairs.at[i].key->text, NULL);
        if (day == OC_DAY_NONE || day > r->day || (best != OC_DAY_NONE && day < best)) continue;
        best = day;
        now = plain(series->pairs.at[i].value);
    }
    return now && now->kind == OC_NODE_SCALAR ? now->text : (oc_slice){0};
}

/* --- values --- */

static bool compute(const oc_expr *e, double *ret)
{
    double a, b;
    if (e->kind == OC_EXPR_NUMBER && e->time == 0) {
        *ret = e->number;
        return true;
    }
    if (e->kind == OC_EXPR_UNARY && e->op == OC_NEG && compute(e->args[0], &a)) {
        *ret = -a;
        return true;
    }
    if (e->kind != OC_EXPR_BINARY || !compute(e->args[0], &a) || !compute(e->args[1], &b)) return false;
    switch (e->op) {
    case OC_ADD: *ret = a + b; return true;
    case OC_SUB: *ret = a - b; return true;
    case OC_MUL: *ret = a * b; return true;
    case OC_DIV: *ret = a / b; return isfinite(*ret);
    default: return false;
    }
}

static void not_known(const reader *r, oc_span span)
{
    oc_report(&r->x->diags, OC_E0633, span, NULL);
}

static bool read_value(const reader *r, const oc_node *node, oc_bargain_amount *ret);

static bool read_choice(const reader *r, const oc_node *node, const oc_node *by, oc_bargain_amount *ret)
{
    oc_slice state = given_state(r, by->text);
    if (!state.len) state = known_state(r, by->text);
    oc_pair *pair = state.len ? oc_node_pair(node, state) : NULL;
    const oc_node *value = pair ? pair->value : state.len ? oc_node_get(node, "rest") : NULL;
    if (value) return read_value(r, value, ret);
    oc_diag *diag = oc_report(&r->x->diags, OC_E0634, by->span, OC_ARGS(OC_T(by->text), OC_T(state)));
    oc_diag_help(diag, "help.bargain.state", OC_ARGS(OC_T(by->text)));
    return false;
}

static bool read_value(const reader *r, const oc_node *node, oc_bargain_amount *ret)
{
    node = plain(node);
    if (node->kind == OC_NODE_MAPPING && oc_node_get(node, "by"))
        return read_choice(r, node, oc_node_get(node, "by"), ret);
    *ret = (oc_bargain_amount){.span = node->span};
    if (node->kind == OC_NODE_SCALAR) {
        oc_expr *e = oc_expr_parse(r->x->arena, &r->x->diags, node);
        bool range = e->kind == OC_EXPR_RANGE;
        if (range && compute(e->args[0], &ret->low) && compute(e->args[1], &ret->high) && ret->low < ret->high) {
            ret->ranged = true;
            ret->value = (ret->low + ret->high) / 2;
            return true;
        }
        if (compute(e, &ret->value)) {
            ret->low = ret->high = ret->value;
            return true;
        }
        if (e->kind == OC_EXPR_POISON) return false;
    }
    not_known(r, node->span);
    return false;
}

/* --- issues --- */

static void read_scale(const reader *r, const oc_node *node, oc_bargain_issue *issue)
{
    const oc_node *scale = oc_node_get(node, "scale");
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; scale && scale->kind == OC_NODE_MAPPING && i < scale->pairs.len; i++) {
        double value;
        oc_slice text = scale->pairs.at[i].key->text;
        char buffer[32];
        if (!text.len || text.len >= sizeof buffer) continue;
        memcpy(buffer, text.ptr, text.len);
        buffer[text.len] = 0;
        if (sscanf(buffer, "%lf", &value) != 1) continue;
        oc_title means = oc_title_read(&r->x->diags, scale->pairs.at[i].value);
        if (value < low) low = value, issue->low_means = oc_title_in(&means, r->x->lang, (oc_slice){"", 0});
        if (value > high) high = value, issue->high_means = oc_title_in(&means, r->x->lang, (oc_slice){"", 0});
    }
    if (low < high) issue->low = low, issue->high = high;
}

static void read_status_quo(const reader *r, const oc_node *node, oc_bargain_issue *issue)
{
    const oc_node *given = oc_node_get(node, "status_quo"), *at = given, *mass = oc_node_get(node, "status_quo_mass");
    oc_bargain_amount amount;
    if (given && given->kind == OC_NODE_MAPPING && oc_node_get(given, "at")) {
        at = oc_node_get(given, "at");
        mass = oc_node_get(given, "mass");
    }
    if (at && read_value(r, at, &amount)) {
        check_position(&r->x->diags, &amount, issue, OC_SLICE("status quo"));
        issue->has_status_quo = true;
        issue->status_quo = amount.value;
    }
    if (mass && read_value(r, mass, &amount)) {
        check_salience(&r->x->diags, &amount, 1, OC_SLICE("status quo"));
        issue->mass = amount.value;
    }
}

static const char *const parts[] = {"position", "salience", "capability"};

static void read_stake(const reader *r, oc_bargain_table *table, size_t p, const oc_pair *pair)
{
    oc_diags *diags = &r->x->diags;
    size_t a = oc_bargain_find_actor(table, pair->key->text);
    oc_bargain_cell *cell = oc_bargain_cell_at(table, a, p);
    oc_bargain_amount *amounts[] = {&cell->position, &cell->salience, &cell->capability};
    for (size_t k = 0; k < 3; k++) {
        const oc_node *node = oc_node_get(pair->value, parts[k]);
        if (!node) {
            oc_report(diags, OC_E0112, pair->key->span, OC_ARGS(OC_T(pair->key->text), OC_S(parts[k])));
            return;
        }
        if (!read_value(r, node, amounts[k])) return;
    }
    cell->present = true;
    check_position(diags, &cell->position, &table->issues[p], pair->key->text);
    check_salience(diags, &cell->salience, 1, pair->key->text);
    check_capability(diags, &cell->capability, pair->key->text);
    oc_bargain_actor *actor = &table->actors[a];
    if (!actor->capability.span.file) actor->capability = cell->capability;
    if (actor->capability.value != cell->capability.value) table->per_issue_capability = true;
}

static const oc_node *find_issues(oc_context *x, const oc_model *model, oc_slice path)
{
    const oc_node *issues = oc_node_get(model->root, "issues");
    if (issues && issues->kind == OC_NODE_MAPPING && issues->pairs.len) return issues;
    oc_slice folder = oc_file_is_folder(path.ptr) ? path : oc_path_folder(path);
    oc_slice beside = oc_path_join(x->arena, folder, OC_SLICE("issues.yaml"));
    if (!oc_file_exists(beside.ptr)) return NULL;
    uint32_t file;
    return oc_node_get(oc_yaml_read_file(x->arena, &x->diags, beside, (oc_span){0}, &file), "issues");
}

static oc_status unknown_issue(oc_context *x, const oc_node *issues, oc_slice wanted)
{
    if (!issues || issues->kind != OC_NODE_MAPPING || !issues->pairs.len)
        return oc_complain(x, OC_USAGE, "bargain.no-issues", OC_ARGS(OC_T(wanted)));
    oc_text all = oc_text_in(x->arena);
    for (size_t i = 0; i < issues->pairs.len; i++)
        oc_text_printf(&all, "%s%.*s", i ? ", " : "", OC_FMT(issues->pairs.at[i].key->text));
    return oc_complain(x, OC_USAGE, "bargain.no-issue-here", OC_ARGS(OC_T(wanted), OC_T(oc_text_slice(&all))));
}

typedef OC_VEC(const oc_pair *) pairs_vec;

/* The name of an actor in the reader's language, where the scenario's record of actors has one. */
static oc_slice actor_title(const reader *r, oc_slice id)
{
    const oc_pair *actor = oc_node_pair(oc_node_get(r->model->root, "actors"), id);
    const oc_node *name = actor ? oc_node_get(actor->value, "name") : NULL;
    if (!name) return (oc_slice){"", 0};
    oc_title title = oc_title_read(&r->x->diags, name);
    return oc_title_in(&title, r->x->lang, id);
}

static void fill(const reader *r, const pairs_vec *wanted, oc_bargain_table *table)
{
    oc_context *x = r->x;
    OC_VEC(const oc_pair *) actors = {0};
    for (size_t p = 0; p < wanted->len; p++) {
        const oc_node *positions = oc_node_get(wanted->at[p]->value, "positions");
        for (size_t i = 0; positions && positions->kind == OC_NODE_MAPPING && i < positions->pairs.len; i++) {
            bool known = false;
            for (size_t k = 0; k < actors.len; k++)
                known = known || oc_slice_equal(actors.at[k]->key->text, positions->pairs.at[i].key->text);
            if (!known) *oc_vec_push(x->arena, &actors) = &positions->pairs.at[i];
        }
    }
    if (actors.len > OC_BARGAIN_MAX_ACTORS) {
        oc_report(&x->diags, OC_E0612, actors.at[OC_BARGAIN_MAX_ACTORS]->key->span,
                  OC_ARGS(OC_I(OC_BARGAIN_MAX_ACTORS)));
        return;
    }
    oc_bargain_table_init(table, x->arena, actors.len, wanted->len);
    table->title = r->model->name;
    table->salience_unit = 1;
    for (size_t a = 0; a < actors.len; a++) {
        table->actors[a].name = actors.at[a]->key->text;
        table->actors[a].span = actors.at[a]->key->span;
        table->actors[a].title = actor_title(r, actors.at[a]->key->text);
    }
    for (size_t p = 0; p < wanted->len; p++) {
        const oc_node *node = wanted->at[p]->value, *positions = oc_node_get(node, "positions");
        table->issues[p].name = wanted->at[p]->key->text;
        table->issues[p].span = wanted->at[p]->key->span;
        oc_title title = {0};
        if (oc_node_get(node, "title")) title = oc_title_read(&x->diags, oc_node_get(node, "title"));
        table->issues[p].title = oc_title_in(&title, x->lang, table->issues[p].name);
        read_scale(r, node, &table->issues[p]);
        read_status_quo(r, node, &table->issues[p]);
        for (size_t i = 0; positions && positions->kind == OC_NODE_MAPPING && i < positions->pairs.len; i++)
            read_stake(r, table, p, &positions->pairs.at[i]);
    }
}

bool oc_bargain_read_issue(oc_context *x, const oc_model *model, const oc_pair *issue, oc_bargain_table *ret,
                           oc_bargain_model *ret_model)
{
    reader r = {.x = x, .model = model, .day = model->as_of};
    pairs_vec one = {0};
    *oc_vec_push(x->arena, &one) = issue;
    size_t errors = x->diags.errors, items = x->diags.items.len;
    const oc_node *named = oc_node_get(issue->value, "model");
    if (named && oc_bargain_model_find(named->text) != OC_MODEL_COUNT) *ret_model = oc_bargain_model_find(named->text);
    fill(&r, &one, ret);
    bool good = x->diags.errors == errors;
    x->diags.errors = errors;
    x->diags.items.len = items;
    return good;
}

oc_status oc_bargain_from_scenario(oc_context *x, oc_bargain_table *ret, oc_bargain_model *ret_model)
{
    oc_slice path, wanted = x->arguments.at[0];
    oc_day at;
    oc_status status = oc_scenario_path(x, 1, &path);
    if (!status) status = oc_get_day(x, "at", OC_DAY_NONE, &at);
    if (status) return status;
    oc_model_options options = {.as_of = at};
    oc_model *model = oc_model_load(x->arena, &x->diags, path, &options);
    if (!model || oc_diags_status(&x->diags)) return OC_INPUT;
    x->diags.items.len = x->diags.warnings = 0;
    reader r = {.x = x, .model = model, .day = at != OC_DAY_NONE ? at : model->as_of};
    const oc_node *issues = find_issues(x, model, path);
    pairs_vec found = {0};
    for (size_t i = 0; issues && issues->kind == OC_NODE_MAPPING && i < issues->pairs.len; i++)
        if (oc_slice_is(wanted, "all") || oc_slice_equal(wanted, issues->pairs.at[i].key->text))
            *oc_vec_push(x->arena, &found) = &issues->pairs.at[i];
    if (!found.len) return unknown_issue(x, issues, wanted);
    const oc_node *named = oc_node_get(found.at[0]->value, "model");
    if (named && oc_bargain_model_find(named->text) != OC_MODEL_COUNT) *ret_model = oc_bargain_model_find(named->text);
    fill(&r, &found, ret);
    return oc_diags_status(&x->diags);
}
