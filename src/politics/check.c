/* Checks of values and of whole tables; see check.h. */
#include "politics/check.h"

#include <math.h>

#include "base/map.h"
#include "base/utf8.h"
#include "politics/csv.h"

static void not_a_number(oc_diags *diags, oc_slice text, oc_span span)
{
    oc_diag *diag = oc_report(diags, OC_E0605, span, OC_ARGS(OC_T(oc_utf8_fit(text, 40))));
    double value;
    if (text.len > 60) return;
    /* Full-width digits, or a decimal comma: the edit is certain. */
    oc_text plain = oc_text_in(diags->arena);
    oc_slice folded = oc_utf8_fold(diags->arena, text);
    for (size_t at = 0; at < folded.len; at++) oc_text_byte(&plain, folded.ptr[at] == ',' ? '.' : folded.ptr[at]);
    if (csv_number(oc_text_slice(&plain), &value))
        oc_diag_fix(diag, span, oc_text_slice(&plain), "help.bargain.write-number",
                    OC_ARGS(OC_T(oc_text_slice(&plain))));
}

bool check_amount(oc_diags *diags, oc_slice text, oc_span span, oc_bargain_amount *ret)
{
    *ret = (oc_bargain_amount){.span = span};
    size_t dots = oc_slice_find(text, OC_SLICE(".."), 0);
    if (dots == SIZE_MAX) {
        if (!csv_number(text, &ret->value)) {
            not_a_number(diags, text, span);
            return false;
        }
        ret->low = ret->high = ret->value;
        return true;
    }
    oc_slice low = oc_slice_trim(oc_slice_sub(text, 0, dots)),
             high = oc_slice_trim(oc_slice_sub(text, dots + 2, text.len));
    if (!csv_number(low, &ret->low) || !csv_number(high, &ret->high)) {
        not_a_number(diags, text, span);
        return false;
    }
    if (ret->low > ret->high) {
        oc_report(diags, OC_E0618, span, OC_ARGS(OC_F(ret->low), OC_F(ret->high)));
        return false;
    }
    ret->value = ret->low + (ret->high - ret->low) / 2;
    ret->ranged = ret->low < ret->high;
    return true;
}

void check_capability(oc_diags *diags, const oc_bargain_amount *amount, oc_slice actor)
{
    if (amount->low < 0)
        oc_report(diags, OC_E0606, amount->span, OC_ARGS(OC_T(actor), OC_F(amount->low)));
    else if (amount->high > 1e8)
        oc_report(diags, OC_E0619, amount->span, OC_ARGS(OC_T(actor), OC_F(amount->high)));
}

void check_position(oc_diags *diags, const oc_bargain_amount *amount, const oc_bargain_issue *issue, oc_slice actor)
{
    if (amount->low >= issue->low && amount->high <= issue->high) return;
    double wrong = amount->low < issue->low ? amount->low : amount->high;
    oc_diag *diag =
        oc_report(diags, OC_E0607, amount->span,
                  OC_ARGS(OC_T(actor), OC_F(wrong), OC_F(issue->low), OC_F(issue->high), OC_T(issue->name)));
    oc_diag_help(diag, "help.bargain.scale", NULL);
}

void check_salience(oc_diags *diags, const oc_bargain_amount *amount, double unit, oc_slice actor)
{
    if (amount->low >= 0 && amount->high <= unit) return;
    double wrong = amount->low < 0 ? amount->low : amount->high;
    oc_report(diags, OC_E0608, amount->span, OC_ARGS(OC_T(actor), OC_F(wrong), OC_F(unit)));
}

static void check_names(oc_arena *arena, oc_diags *diags, const oc_bargain_table *table)
{
    oc_map seen = {0};
    for (size_t a = 0; a < table->actor_count; a++) {
        bool is_new;
        oc_map_entry *entry = oc_map_insert(arena, &seen, oc_utf8_nfc(arena, table->actors[a].name), &is_new);
        if (is_new) {
            entry->value.number = a;
            continue;
        }
        oc_diag *diag = oc_report(diags, OC_E0610, table->actors[a].span, OC_ARGS(OC_T(table->actors[a].name)));
        oc_diag_at(diag, table->actors[entry->value.number].span, "label.first-here", NULL);
    }
    for (size_t p = 0; p < table->issue_count; p++)
        for (size_t q = 0; q < p; q++)
            if (oc_slice_equal(table->issues[p].name, table->issues[q].name)) {
                oc_diag *diag = oc_report(diags, OC_E0611, table->issues[p].span, OC_ARGS(OC_T(table->issues[p].name)));
                oc_diag_at(diag, table->issues[q].span, "label.first-here", NULL);
            }
}

size_t check_budget(const oc_bargain_table *table, size_t first, double *ret_sum)
{
    for (size_t a = first; a < table->actor_count; a++) {
        double sum = 0;
        for (size_t p = 0; p < table->issue_count; p++) {
            const oc_bargain_cell *cell = oc_bargain_cell_at(table, a, p);
            if (cell->present) sum += cell->salience.value;
        }
        *ret_sum = sum;
        if (sum > 1 + 1e-9) return a;
    }
    return SIZE_MAX;
}

static void check_budgets(oc_diags *diags, const oc_bargain_table *table)
{
    bool strict = table->origin == OC_BARGAIN_KTAB_CSV || table->origin == OC_BARGAIN_KTAB_XML;
    double sum, unit = table->salience_unit;
    oc_diag *first = NULL;
    size_t others = 0;
    if (table->issue_count < 2 || table->origin == OC_BARGAIN_EXCHANGE_CSV) return;
    for (size_t a = 0; (a = check_budget(table, a, &sum)) != SIZE_MAX; a++) {
        oc_span span = oc_bargain_cell_at(table, a, table->issue_count - 1)->salience.span;
        if (!span.file) span = table->actors[a].span;
        const oc_arg *args = OC_ARGS(OC_T(table->actors[a].name), OC_F(round(sum * unit * 1e9) / 1e9), OC_F(unit));
        if (strict)
            oc_report(diags, OC_E0609, span, args);
        else if (!first)
            first = oc_report(diags, OC_W0602, span, args);
        else
            others++;
    }
    if (others) oc_diag_note(first, "note.bargain.others-too", OC_ARGS(OC_I(others)));
}

static void check_adjustment(oc_diags *diags, const oc_bargain_table *table)
{
    if (!table->adjustment) return;
    for (size_t a = 0; a < table->actor_count; a++) {
        double sum = 0;
        for (size_t b = 0; b < table->actor_count; b++) sum += table->adjustment[a * table->actor_count + b];
        if (!(sum >= 0 && sum <= 1 + 1e-9))
            oc_report(diags, OC_E0625, table->actors[a].span, OC_ARGS(OC_T(table->actors[a].name), OC_F(sum)));
    }
}

void check_table(oc_arena *arena, oc_diags *diags, const oc_bargain_table *table)
{
    check_names(arena, diags, table);
    if (!diags->errors) check_budgets(diags, table);
    check_adjustment(diags, table);
}

static double largest_salience(const oc_bargain_table *table)
{
    double largest = 0;
    for (size_t c = 0; c < table->actor_count * table->issue_count; c++)
        if (table->cells[c].present) largest = fmax(largest, table->cells[c].salience.high);
    return largest;
}

void check_salience_unit(oc_diags *diags, oc_bargain_table *table, const oc_bargain_read_options *options)
{
    double unit = options->salience_unit, largest = largest_salience(table);
    oc_span first = {0};
    for (size_t c = 0; c < table->actor_count * table->issue_count && !first.file; c++)
        if (table->cells[c].present) first = table->cells[c].salience.span;
    if (!(unit > 0)) {
        unit = largest > 0 && largest <= 1 ? 1 : 100;
        if (unit == 1 && table->origin != OC_BARGAIN_EXCHANGE_CSV && !diags->errors)
            oc_diag_help(oc_report(diags, OC_W0601, first, OC_ARGS(OC_F(largest))), "help.bargain.salience-unit", NULL);
    }
    table->salience_unit = unit;
    for (size_t a = 0; a < table->actor_count; a++) {
        for (size_t p = 0; p < table->issue_count; p++) {
            oc_bargain_amount *s = &oc_bargain_cell_at(table, a, p)->salience;
            check_salience(diags, s, unit, table->actors[a].name);
            s->value /= unit;
            s->low /= unit;
            s->high /= unit;
        }
    }
}
