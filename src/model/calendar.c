/* Events and their occurrences.
 *
 * `every: year` with `date: 08-18` gives one occurrence a year; `every: 6mo` with `date: 06-26` one every six calendar
 * months from that day on; `date: [2029-01-20, …]` just those. Occurrences run from 40 years before as_of (so that
 * event@2010 can be asked about) to the horizon. Those on or before as_of are past, and so is one whose year or date
 * stands in `past` with a date on or before as_of. What became of them is told by `past`; a past occurrence that is
 * not mentioned counts as held. */
#include "model/load.h"

enum { YEARS_BACK = 40 };

static bool month_day(oc_slice text, int *ret_month, int *ret_day)
{
    if (text.len != 5 || text.ptr[2] != '-') return false;
    for (size_t i = 0; i < 5; i++)
        if (i != 2 && (text.ptr[i] < '0' || text.ptr[i] > '9')) return false;
    *ret_month = (text.ptr[0] - '0') * 10 + (text.ptr[1] - '0');
    *ret_day = (text.ptr[3] - '0') * 10 + (text.ptr[4] - '0');
    return *ret_month >= 1 && *ret_month <= 12 && *ret_day >= 1 && *ret_day <= oc_days_in_month(2000, *ret_month);
}

static void add(oc_loader *l, oc_event *event, oc_day day)
{
    if (day > l->model->horizon || event->occurrences.len >= OC_MAX_OCCURRENCES) return;
    *oc_vec_push(l->arena, &event->occurrences) =
        (oc_occurrence){.nominal = day, .recorded = day, .past = day <= l->model->as_of, .held = true, .forced = -1};
}

static oc_day same_day(int year, int month, int day)
{
    int days = oc_days_in_month(year, month);
    return oc_day_from_civil(year, month, day < days ? day : days);
}

/* "year", "6mo", "10d": months in *ret_months, or days in *ret_days. */
static bool interval(oc_loader *l, oc_node *node, int *ret_months, double *ret_days)
{
    *ret_months = 0;
    *ret_days = 0;
    static const struct {
        const char *word;
        int months;
    } words[] = {{"year", 12}, {"quarter", 3}, {"month", 1}, {"half-year", 6}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (node->kind == OC_NODE_SCALAR && oc_slice_is(node->text, words[i].word)) *ret_months = words[i].months;
    if (*ret_months) return true;
    if (node->kind == OC_NODE_SCALAR && oc_slice_is(node->text, "week")) {
        *ret_days = 7;
        return true;
    }
    if (node->kind == OC_NODE_SCALAR && oc_slice_is(node->text, "day")) {
        *ret_days = 1;
        return true;
    }
    oc_expr *e = oc_expr_parse(l->arena, l->diags, node);
    if (e->kind == OC_EXPR_POISON) return false;
    if (e->kind == OC_EXPR_NUMBER && e->time == 1 && e->number >= 1) {
        double months = e->number / OC_DAYS_PER_MONTH;
        if (months == (int)months && months <= 1200)
            *ret_months = (int)months;
        else
            *ret_days = e->number;
        return true;
    }
    oc_diag *d = oc_report(l->diags, OC_E0123, node->span, NULL);
    oc_diag_help(d, "help.every", NULL);
    return false;
}

static void unroll(oc_loader *l, oc_event *event, oc_node *every, oc_node *date)
{
    int months, month = 0, day = 0;
    double days;
    if (!interval(l, every, &months, &days)) return;
    oc_slice text;
    if (!oc_text_read(l, date, &text)) return;
    oc_day anchor = OC_DAY_NONE;
    int back = oc_civil_from_day(l->model->as_of).year - YEARS_BACK;
    if (month_day(text, &month, &day)) {
        anchor = same_day(back > 1 ? back : 1, month, day);
    } else if (text.len == 5 && text.ptr[2] == '-') {
        oc_report(l->diags, OC_E0205, date->span, OC_ARGS(OC_T(text)));
        return;
    } else if ((anchor = oc_day_read(l, date)) == OC_DAY_NONE) {
        return;
    } else {
        oc_civil c = oc_civil_from_day(anchor);
        month = c.month;
        day = c.day;
    }
    oc_civil start = oc_civil_from_day(anchor);
    for (int i = 0; i < OC_MAX_OCCURRENCES; i++) {
        int m = start.year * 12 + start.month - 1 + i * months;
        oc_day next = months ? same_day(m / 12, m % 12 + 1, day) : anchor + (oc_day)(days * i);
        if (next > l->model->horizon || m / 12 > 9999) return;
        add(l, event, next);
    }
    oc_report(l->diags, OC_E0124, every->span, OC_ARGS(OC_I(OC_MAX_OCCURRENCES)));
}

static void listed(oc_loader *l, oc_event *event, oc_node *date)
{
    oc_node **days;
    size_t count = oc_names_read(l, date, &days);
    for (size_t i = 0; i < count; i++) {
        oc_day day = oc_day_read(l, days[i]);
        if (day == OC_DAY_NONE) continue;
        size_t before = event->occurrences.len;
        oc_literal_note(l, days[i]->span);
        if (before && day <= event->occurrences.at[before - 1].nominal)
            oc_report(l->diags, OC_E0125, days[i]->span, OC_ARGS(OC_T(days[i]->text)));
        else
            add(l, event, day);
    }
}

/* The occurrence that a key of `past` means: by year, or the nearest to a date within half an interval. */
static oc_occurrence *find(oc_event *event, oc_day first, oc_day last)
{
    oc_occurrence *best = NULL;
    for (size_t i = 0; i < event->occurrences.len; i++) {
        oc_occurrence *o = &event->occurrences.at[i];
        if (o->nominal >= first && o->nominal <= last) return o;
        oc_day gap = o->nominal > last ? o->nominal - last : first - o->nominal;
        oc_day best_gap = !best ? 0 : best->nominal > last ? best->nominal - last : first - best->nominal;
        if (gap <= 200 && (!best || gap < best_gap)) best = o;
    }
    return best;
}

static void past(oc_loader *l, oc_event *event, oc_node *node)
{
    if (node->kind != OC_NODE_MAPPING) {
        oc_report(l->diags, OC_E0102, node->span, OC_ARGS(OC_M("record.past")));
        return;
    }
    for (size_t i = 0; i < node->pairs.len; i++) {
        const oc_pair *pair = &node->pairs.at[i];
        oc_day first, last;
        if (oc_slice_is(pair->key->text, "from") || oc_slice_is(pair->key->text, "because")) continue;
        if (!oc_days_parse(pair->key->text, &first, &last)) {
            oc_diag *d = oc_report(l->diags, OC_E0109, pair->key->span, OC_ARGS(OC_T(pair->key->text)));
            oc_diag_help(d, "help.iso-date", NULL);
            continue;
        }
        oc_slice status;
        if (!oc_text_read(l, pair->value, &status)) continue;
        bool held = oc_slice_is(status, "held"), cancelled = oc_slice_is(status, "cancelled");
        if (!held && !cancelled) {
            oc_slice names[] = {OC_SLICE("held"), OC_SLICE("cancelled")};
            oc_diag *d = oc_report(l->diags, OC_E0126, pair->value->span, OC_ARGS(OC_T(status)));
            oc_diag_suggest(d, pair->value->span, status, names, 2);
            continue;
        }
        /* Nothing dated after as_of is read; a year tells only of occurrences that lie behind. */
        bool full = first == last;
        if (first > l->model->as_of) continue;
        oc_occurrence *o = find(event, first, last);
        if (!o || (!full && !o->past)) continue;
        o->past = o->told = true;
        o->held = held;
        if (full) o->recorded = first;
    }
}

void oc_calendar_read(oc_loader *l, oc_entry *entry)
{
    oc_event *event = entry->record;
    oc_node *every = oc_node_get(entry->node, "every"), *date = oc_node_get(entry->node, "date");
    if (!date) {
        oc_report(l->diags, OC_E0112, entry->key->span, OC_ARGS(OC_T(entry->key->text), OC_S("date")));
        return;
    }
    if (every)
        unroll(l, event, every, date);
    else
        listed(l, event, date);
    oc_node *before = oc_node_get(entry->node, "past");
    if (before) past(l, event, before);
}

/* EVENT@DATE.held = yes or no. */
void oc_calendar_force(oc_loader *l)
{
    for (size_t i = 0; l->options && i < l->options->force_count; i++) {
        const oc_override *force = &l->options->forces[i];
        size_t at = oc_slice_find(force->path, OC_SLICE("@"), 0),
               dot = oc_slice_find(force->path, OC_SLICE(".held"), 0);
        oc_slice name = oc_slice_sub(force->path, 0, at), when = oc_slice_sub(force->path, at + 1, dot);
        oc_day first, last;
        if (at == SIZE_MAX || dot == SIZE_MAX || dot + 5 != force->path.len || !oc_days_parse(when, &first, &last)) {
            oc_diag *d = oc_report(l->diags, OC_E0127, force->path_span, OC_ARGS(OC_T(force->path)));
            oc_diag_help(d, "help.force", NULL);
            continue;
        }
        oc_symbol *symbol = oc_model_find(l->model, name);
        if (!symbol || symbol->kind != OC_SYMBOL_EVENT) {
            oc_diag *d = oc_report(l->diags, OC_E0115, force->path_span, OC_ARGS(OC_T(name)));
            oc_diag_suggest(d, force->path_span, name, l->name_list.at, l->name_list.len);
            continue;
        }
        oc_event *event = symbol->record;
        oc_slice value = force->value->text;
        bool yes = oc_slice_is(value, "yes") || oc_slice_is(value, "true"),
             no = oc_slice_is(value, "no") || oc_slice_is(value, "false");
        if (!yes && !no) {
            oc_diag *d = oc_report(l->diags, OC_E0128, force->value->span, OC_ARGS(OC_T(value)));
            oc_diag_help(d, "help.force", NULL);
            continue;
        }
        size_t hits = 0;
        for (size_t k = 0; k < event->occurrences.len; k++) {
            oc_occurrence *o = &event->occurrences.at[k];
            bool here = (o->nominal >= first && o->nominal <= last) || (o->recorded >= first && o->recorded <= last);
            if (!here || o->past) continue;
            o->forced = yes;
            hits++;
        }
        if (hits) continue;
        oc_diag *d = oc_report(l->diags, OC_E0129, force->path_span, OC_ARGS(OC_T(name), OC_T(when)));
        for (size_t k = 0; k < event->occurrences.len; k++)
            if (!event->occurrences.at[k].past) {
                oc_diag_help(d, "help.next-occurrence", OC_ARGS(OC_D(event->occurrences.at[k].nominal)));
                break;
            }
    }
}
