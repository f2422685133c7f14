/* Four kinds of text table, told apart by their first lines:
 *
 *     KTAB           name,description,actors,dimensions / Actor,Description,Power,X,XSal,… / rows
 *     exchange       lines that begin with #D: actor; issue; position; salience; power
 *     plain, long    a header with `issue`: one line for each actor on each issue
 *     plain, wide    actor, capability, then position and salience for each issue
 *
 * A plain table may also have lines `status quo` (positions are the status quo, saliences its mass in percent) and
 * `scale` (positions are the ends of the scale, 4..10), and columns description, side, veto and right. */
#include <math.h>

#include "base/utf8.h"
#include "politics/check.h"
#include "politics/csv_columns.h"

enum { MAX_LONG_ROWS = 40000 };

static size_t actor_index(csv_reader *r, oc_slice name, oc_span span)
{
    for (size_t a = 0; a < r->actors.len; a++)
        if (oc_slice_equal(r->actors.at[a], name)) return a;
    *oc_vec_push(r->arena, &r->actors) = name;
    *oc_vec_push(r->arena, &r->actor_spans) = span;
    return r->actors.len - 1;
}

/* --- cells --- */

static const csv_cell *cell_at(const csv_row *row, size_t c)
{
    return c < row->count ? &row->cells[c] : NULL;
}

static size_t column_of(const csv_reader *r, csv_role which, size_t index)
{
    for (size_t c = 0; c < r->column_count; c++)
        if (r->columns[c].role == which && (which < ROLE_POSITION || r->columns[c].index == index)) return c;
    return SIZE_MAX;
}

static oc_slice text_at(const csv_reader *r, const csv_row *row, csv_role which, size_t index)
{
    const csv_cell *cell = cell_at(row, column_of(r, which, index));
    return cell ? cell->text : (oc_slice){0};
}

static oc_span span_at(const csv_reader *r, const csv_row *row, csv_role which, size_t index)
{
    const csv_cell *cell = cell_at(row, column_of(r, which, index));
    return cell ? cell->span : row->span;
}

static bool amount_at(csv_reader *r, const csv_row *row, csv_role which, size_t index, oc_slice actor, const char *what,
                      oc_bargain_amount *ret)
{
    oc_slice text = text_at(r, row, which, index);
    oc_span span = span_at(r, row, which, index);
    if (!text.len) {
        oc_report(r->diags, OC_E0614, span, OC_ARGS(OC_T(actor), OC_M(what)));
        return false;
    }
    return check_amount(r->diags, text, span, ret);
}

static void read_right(csv_reader *r, const csv_row *row, size_t index, oc_slice actor, oc_bargain_cell *cell)
{
    oc_slice text = text_at(r, row, ROLE_RIGHT, index);
    oc_bargain_amount amount;
    if (!text.len) return;
    if (!check_amount(r->diags, text, span_at(r, row, ROLE_RIGHT, index), &amount)) return;
    cell->right = amount.value;
    if (!(amount.low >= 0 && amount.high <= 1))
        oc_report(r->diags, OC_E0626, amount.span, OC_ARGS(OC_T(actor), OC_F(amount.value)));
}

/* Position and salience of one actor on one issue. Both empty: no stake. */
static void read_cell(csv_reader *r, const csv_row *row, size_t index, const oc_bargain_issue *issue, oc_slice actor,
                      oc_bargain_cell *cell)
{
    bool has_position = text_at(r, row, ROLE_POSITION, index).len,
         has_salience = text_at(r, row, ROLE_SALIENCE, index).len;
    if (!has_position && !has_salience && r->table->origin != OC_BARGAIN_KTAB_CSV && row->count >= r->column_count)
        return;
    cell->present = true;
    if (amount_at(r, row, ROLE_POSITION, index, actor, "bargain.position", &cell->position))
        check_position(r->diags, &cell->position, issue, actor);
    amount_at(r, row, ROLE_SALIENCE, index, actor, "bargain.salience", &cell->salience);
    read_right(r, row, index, actor, cell);
}

static bool is_word(csv_reader *r, oc_slice text, const char *a, const char *b)
{
    if (text.len > 24) return false;
    oc_slice folded = oc_utf8_fold(r->arena, text);
    return oc_slice_is(folded, a) || oc_slice_is(folded, b);
}

static bool is_status_quo(csv_reader *r, oc_slice name)
{
    return is_word(r, name, "status quo", "status_quo");
}
static bool is_scale(csv_reader *r, oc_slice name)
{
    return is_word(r, name, "scale", "scale");
}

static void read_scale(csv_reader *r, const csv_row *row, size_t index, oc_bargain_issue *issue)
{
    oc_slice text = text_at(r, row, ROLE_POSITION, index);
    oc_bargain_amount ends;
    if (!text.len || !check_amount(r->diags, text, span_at(r, row, ROLE_POSITION, index), &ends)) return;
    if (!ends.ranged || !(ends.high - ends.low < 1e12)) {
        oc_report(r->diags, OC_E0627, ends.span, NULL);
        return;
    }
    issue->low = ends.low;
    issue->high = ends.high;
}

static void read_status_quo(csv_reader *r, const csv_row *row, size_t index, oc_bargain_issue *issue)
{
    oc_slice text = text_at(r, row, ROLE_POSITION, index), mass = text_at(r, row, ROLE_SALIENCE, index);
    oc_bargain_amount amount;
    if (!text.len) return;
    if (check_amount(r->diags, text, span_at(r, row, ROLE_POSITION, index), &amount)) {
        check_position(r->diags, &amount, issue, OC_SLICE("status quo"));
        issue->has_status_quo = true;
        issue->status_quo = amount.value;
    }
    if (!mass.len || !check_amount(r->diags, mass, span_at(r, row, ROLE_SALIENCE, index), &amount)) return;
    check_salience(r->diags, &amount, 100, OC_SLICE("status quo"));
    issue->mass = amount.value / 100;
}

/* --- wide and KTAB --- */

static void read_actor(csv_reader *r, const csv_row *row, size_t a)
{
    oc_bargain_table *table = r->table;
    oc_bargain_actor *actor = &table->actors[a];
    actor->name = text_at(r, row, ROLE_ACTOR, 0);
    actor->span = span_at(r, row, ROLE_ACTOR, 0);
    actor->description = text_at(r, row, ROLE_DESCRIPTION, 0);
    actor->side = text_at(r, row, ROLE_SIDE, 0);
    oc_slice veto = text_at(r, row, ROLE_VETO, 0);
    actor->veto = veto.len && !oc_slice_is(veto, "0") && !is_word(r, veto, "no", "false");
    if (!actor->name.len) oc_report(r->diags, OC_E0623, actor->span, NULL);
    size_t extra = r->column_count;
    while (extra < row->count && !row->cells[extra].text.len) extra++;
    if (extra < row->count)
        oc_report(r->diags, OC_E0604, row->cells[extra].span, OC_ARGS(OC_I(row->count), OC_I(r->column_count)));
    if (amount_at(r, row, ROLE_CAPABILITY, 0, actor->name, "bargain.capability", &actor->capability))
        check_capability(r->diags, &actor->capability, actor->name);
    for (size_t p = 0; p < table->issue_count; p++) {
        oc_bargain_cell *cell = oc_bargain_cell_at(table, a, p);
        cell->capability = actor->capability;
        read_cell(r, row, p, &table->issues[p], actor->name, cell);
    }
}

static void start_table(csv_reader *r, size_t actors)
{
    oc_bargain_origin origin = r->table->origin;
    oc_slice title = r->table->title;
    oc_bargain_table_init(r->table, r->arena, actors, r->issues.len);
    r->table->origin = origin;
    r->table->title = title;
    for (size_t p = 0; p < r->issues.len; p++) {
        oc_bargain_issue *issue = &r->table->issues[p];
        issue->name = r->issues.at[p];
        issue->span = r->issue_spans.at[p];
        if (r->options->low < r->options->high) issue->low = r->options->low, issue->high = r->options->high;
    }
}

/* Lines that are not actors come first, so that positions are checked against the scale wherever its line stands. */
static size_t read_special_rows(csv_reader *r, bool wide)
{
    size_t actors = 0;
    for (int what = 0; what < 2; what++) {
        for (size_t k = r->first_row; k < r->csv.rows.len; k++) {
            const csv_row *row = &r->csv.rows.at[k];
            oc_slice name = text_at(r, row, ROLE_ACTOR, 0);
            bool scale = is_scale(r, name), status_quo = is_status_quo(r, name);
            if (what == 0) actors += !scale && !status_quo;
            for (size_t p = 0; wide && p < r->table->issue_count; p++) {
                if (scale && what == 0) read_scale(r, row, p, &r->table->issues[p]);
                if (status_quo && what == 1) read_status_quo(r, row, p, &r->table->issues[p]);
            }
        }
    }
    return actors;
}

static bool too_many(csv_reader *r, size_t actors)
{
    if (actors <= OC_BARGAIN_MAX_ACTORS) return false;
    oc_span span = r->csv.rows.at[r->csv.rows.len - 1].span;
    oc_report(r->diags, OC_E0612, span, OC_ARGS(OC_I(OC_BARGAIN_MAX_ACTORS)));
    return true;
}

static void read_wide(csv_reader *r)
{
    size_t rows = r->csv.rows.len - r->first_row;
    if (too_many(r, rows > 2 ? rows - 2 : rows)) return;
    start_table(r, rows);
    size_t actors = read_special_rows(r, true), a = 0;
    for (size_t k = r->first_row; k < r->csv.rows.len; k++) {
        const csv_row *row = &r->csv.rows.at[k];
        oc_slice name = text_at(r, row, ROLE_ACTOR, 0);
        if (!is_scale(r, name) && !is_status_quo(r, name)) read_actor(r, row, a++);
    }
    r->table->actor_count = actors;
    if (!actors) oc_report(r->diags, OC_E0620, r->csv.rows.at[0].span, NULL);
}

/* --- long and exchange --- */

static void read_long_row(csv_reader *r, const csv_row *row)
{
    oc_bargain_table *table = r->table;
    oc_slice name = text_at(r, row, ROLE_ACTOR, 0);
    size_t p = oc_bargain_find_issue(table, text_at(r, row, ROLE_ISSUE, 0));
    if (is_scale(r, name) || is_status_quo(r, name) || p == SIZE_MAX) return;
    size_t a = actor_index(r, name, row->span);
    oc_bargain_cell *cell = oc_bargain_cell_at(table, a, p);
    if (cell->present) {
        oc_diag *diag = oc_report(r->diags, OC_E0628, row->span, OC_ARGS(OC_T(name), OC_T(table->issues[p].name)));
        oc_diag_at(diag, cell->position.span, "label.first-here", NULL);
        return;
    }
    read_cell(r, row, 0, &table->issues[p], name, cell);
    if (amount_at(r, row, ROLE_CAPABILITY, 0, name, "bargain.capability", &cell->capability))
        check_capability(r->diags, &cell->capability, name);
    oc_bargain_actor *actor = &table->actors[a];
    if (!actor->name.len) {
        actor->name = name;
        actor->span = span_at(r, row, ROLE_ACTOR, 0);
        actor->capability = cell->capability;
        actor->side = text_at(r, row, ROLE_SIDE, 0);
    }
    if (cell->capability.value != actor->capability.value) table->per_issue_capability = true;
}

static bool list_names(csv_reader *r)
{
    for (size_t k = r->first_row; k < r->csv.rows.len; k++) {
        const csv_row *row = &r->csv.rows.at[k];
        oc_slice name = text_at(r, row, ROLE_ACTOR, 0), issue = text_at(r, row, ROLE_ISSUE, 0);
        if (!name.len || !issue.len) {
            oc_report(r->diags, name.len ? OC_E0614 : OC_E0623, row->span, OC_ARGS(OC_T(name), OC_M("bargain.issue")));
            return false;
        }
        csv_issue_index(r, issue, span_at(r, row, ROLE_ISSUE, 0));
        if (!is_scale(r, name) && !is_status_quo(r, name)) actor_index(r, name, span_at(r, row, ROLE_ACTOR, 0));
        if (too_many(r, r->actors.len)) return false;
        if (r->issues.len > OC_BARGAIN_MAX_ISSUES) {
            oc_report(r->diags, OC_E0613, row->span, OC_ARGS(OC_I(OC_BARGAIN_MAX_ISSUES)));
            return false;
        }
    }
    return true;
}

static void read_long(csv_reader *r)
{
    if (!list_names(r)) return;
    if (!r->actors.len) {
        oc_report(r->diags, OC_E0620, r->csv.rows.at[0].span, NULL);
        return;
    }
    start_table(r, r->actors.len);
    for (int what = 0; what < 2; what++) {
        for (size_t k = r->first_row; k < r->csv.rows.len; k++) {
            const csv_row *row = &r->csv.rows.at[k];
            oc_slice name = text_at(r, row, ROLE_ACTOR, 0);
            size_t p = oc_bargain_find_issue(r->table, text_at(r, row, ROLE_ISSUE, 0));
            if (p == SIZE_MAX) continue;
            if (what == 0 && is_scale(r, name)) read_scale(r, row, 0, &r->table->issues[p]);
            if (what == 1 && is_status_quo(r, name)) read_status_quo(r, row, 0, &r->table->issues[p]);
        }
    }
    for (size_t k = r->first_row; k < r->csv.rows.len; k++) read_long_row(r, &r->csv.rows.at[k]);
}

/* --- which format --- */

static bool is_exchange(const csv_reader *r)
{
    for (size_t k = 0; k < r->csv.rows.len; k++)
        if (oc_slice_is(r->csv.rows.at[k].cells[0].text, "#D")) return true;
    return false;
}

static void read_exchange(csv_reader *r)
{
    static const csv_role roles[] = {ROLE_UNKNOWN,  ROLE_ACTOR,    ROLE_ISSUE,
                                     ROLE_POSITION, ROLE_SALIENCE, ROLE_CAPABILITY};
    r->table->origin = OC_BARGAIN_EXCHANGE_CSV;
    r->column_count = sizeof roles / sizeof *roles;
    for (size_t c = 0; c < r->column_count; c++) r->columns[c] = (csv_column){.role = roles[c]};
    size_t kept = 0;
    for (size_t k = 0; k < r->csv.rows.len; k++)
        if (oc_slice_is(r->csv.rows.at[k].cells[0].text, "#D")) r->csv.rows.at[kept++] = r->csv.rows.at[k];
    r->csv.rows.len = kept;
    read_long(r);
}

static bool is_ktab(const csv_reader *r)
{
    double actors, dimensions, other;
    if (r->csv.rows.len < 2) return false;
    const csv_row *first = &r->csv.rows.at[0];
    return first->count >= 4 && csv_number(first->cells[2].text, &actors) &&
           csv_number(first->cells[3].text, &dimensions) && !csv_number(r->csv.rows.at[1].cells[0].text, &other) &&
           r->csv.rows.at[1].count >= 5 && !csv_number(r->csv.rows.at[1].cells[2].text, &other);
}

static void read_ktab(csv_reader *r)
{
    const csv_row *first = &r->csv.rows.at[0], *header = &r->csv.rows.at[1];
    double actors = 0, dimensions = 0;
    csv_number(first->cells[2].text, &actors);
    csv_number(first->cells[3].text, &dimensions);
    r->table->origin = OC_BARGAIN_KTAB_CSV;
    r->table->title = first->cells[0].text;
    if (!(dimensions >= 1 && dimensions <= OC_BARGAIN_MAX_ISSUES)) {
        oc_report(r->diags, OC_E0613, first->cells[3].span, OC_ARGS(OC_I(OC_BARGAIN_MAX_ISSUES)));
        return;
    }
    r->first_row = 2;
    if (too_many(r, r->csv.rows.len - 2)) return;
    if (actors != (double)(r->csv.rows.len - 2)) {
        oc_report(r->diags, OC_E0622, first->cells[2].span, OC_ARGS(OC_F(actors), OC_I(r->csv.rows.len - 2)));
        return;
    }
    r->column_count = 3 + 2 * (size_t)dimensions;
    if (header->count < r->column_count) {
        oc_report(r->diags, OC_E0604, header->span, OC_ARGS(OC_I(header->count), OC_I(r->column_count)));
        return;
    }
    r->columns[0].role = ROLE_ACTOR;
    r->columns[1].role = ROLE_DESCRIPTION;
    r->columns[2].role = ROLE_CAPABILITY;
    for (size_t p = 0; p < (size_t)dimensions; p++) {
        const csv_cell *name = &header->cells[3 + 2 * p];
        *oc_vec_push(r->arena, &r->issues) = name->text.len ? name->text : oc_arena_printf(r->arena, "issue%zu", p);
        *oc_vec_push(r->arena, &r->issue_spans) = name->span;
        r->columns[3 + 2 * p] = (csv_column){.role = ROLE_POSITION, .index = p};
        r->columns[4 + 2 * p] = (csv_column){.role = ROLE_SALIENCE, .index = p};
    }
    read_wide(r);
}

static void drop_comments(csv_reader *r)
{
    size_t kept = 0;
    for (size_t k = 0; k < r->csv.rows.len; k++)
        if (!oc_slice_starts(r->csv.rows.at[k].cells[0].text, OC_SLICE("#")))
            r->csv.rows.at[kept++] = r->csv.rows.at[k];
    r->csv.rows.len = kept;
}

static void read_plain(csv_reader *r)
{
    drop_comments(r);
    if (r->csv.rows.len < 2) {
        oc_report(r->diags, OC_E0620, r->csv.rows.len ? r->csv.rows.at[0].span : (oc_span){0}, NULL);
        return;
    }
    const csv_row *header = &r->csv.rows.at[0];
    r->first_row = 1;
    if (!csv_read_columns(r, header)) return;
    if (csv_count_role(r, ROLE_ISSUE)) {
        r->table->origin = OC_BARGAIN_LONG;
        bool complete = csv_count_role(r, ROLE_ACTOR) && csv_count_role(r, ROLE_POSITION) == 1 &&
                        csv_count_role(r, ROLE_SALIENCE) == 1 && csv_count_role(r, ROLE_CAPABILITY);
        if (!complete)
            csv_bad_header(r, header->span, "note.bargain.columns-missing");
        else
            read_long(r);
        return;
    }
    r->table->origin = OC_BARGAIN_PLAIN;
    if (csv_place_columns(r, header)) read_wide(r);
}

oc_status oc_bargain_read_csv(oc_arena *arena, oc_diags *diags, uint32_t file, const oc_bargain_read_options *options,
                              oc_bargain_table *ret)
{
    csv_reader *r = OC_NEW(arena, csv_reader);
    size_t errors = diags->errors;
    *ret = (oc_bargain_table){0};
    *r = (csv_reader){.arena = arena, .diags = diags, .options = options, .table = ret};
    const oc_source *source = oc_source_get(diags->sources, file);
    if (source->text.len > OC_BARGAIN_MAX_BYTES) {
        oc_report(diags, OC_E0624, (oc_span){file, 0, 0}, OC_ARGS(OC_I(OC_BARGAIN_MAX_BYTES >> 20)));
        return OC_INPUT;
    }
    if (!csv_parse(arena, diags, file, MAX_LONG_ROWS, CSV_MAX_COLUMNS, &r->csv)) return OC_INPUT;
    if (!r->csv.rows.len)
        oc_report(diags, OC_E0620, (oc_span){file, 0, 0}, NULL);
    else if (is_exchange(r))
        read_exchange(r);
    else if (is_ktab(r))
        read_ktab(r);
    else
        read_plain(r);
    if (ret->cells) check_salience_unit(diags, ret, options); /* also after errors: all of them are told at once */
    if (diags->errors == errors) check_table(arena, diags, ret);
    return diags->errors == errors ? OC_OK : OC_INPUT;
}
