/* What a forecast gives a report; see collect.h. */
#include "report/collect.h"

#include <math.h>
#include <stdlib.h>

#include "model/phrase.h"
#include "report/parts.h"

enum { MAX_REFS = 3, MAX_CAUSES = 16, MAX_STAGES = 40, MAX_FANS = 2 };

static oc_local titled_or(const oc_title *title, oc_slice otherwise)
{
    oc_local local;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) local.in[lang] = oc_title_in(title, (oc_lang)lang, otherwise);
    return local;
}

oc_local oc_collect_title(oc_arena *arena, const oc_title *title, oc_slice name)
{
    return titled_or(title, oc_phrase_key(arena, name));
}

static oc_local same_in_all(oc_slice text)
{
    return (oc_local){{text, text, text}};
}

static oc_local titled(const oc_node *node, oc_slice otherwise)
{
    oc_diags quiet = {0};
    if (!node) return same_in_all(otherwise);
    oc_title title = oc_title_read(&quiet, node);
    return titled_or(&title, otherwise);
}

static const oc_node *part_of(const oc_model *model, const char *section, oc_slice record, const char *part)
{
    const oc_pair *pair = oc_node_pair(oc_node_get(model->root, section), record);
    return pair ? oc_node_get(pair->value, part) : NULL;
}

oc_local oc_collect_unit(const oc_model *model, const char *section, oc_slice record, oc_slice unit)
{
    return titled(part_of(model, section, record, "unit_title"), unit);
}

oc_local oc_collect_value(const oc_model *model, oc_slice variable, oc_slice value)
{
    const oc_pair *pair = oc_node_pair(part_of(model, "variables", variable, "value_titles"), value);
    return titled(pair ? pair->value : NULL, value);
}

oc_collector oc_collect(oc_arena *arena, const oc_model *model, oc_report_input *input)
{
    *input = (oc_report_input){
        .scenario = model->name,
        .title = oc_collect_title(arena, &model->title, model->name),
        .as_of = model->as_of,
        .horizon = model->horizon,
        .answer_by = OC_DAY_NONE,
        .first_order_sum = -1,
    };
    input->event = input->title;
    input->run.made = OC_DAY_NONE;
    input->run.monte_carlo_error = -1;
    return (oc_collector){.arena = arena, .model = model, .input = input};
}

void oc_collect_done(oc_collector *c)
{
    c->input->sources = c->sources.at;
    c->input->source_count = c->sources.len;
}

static void fill_source(oc_collector *c, oc_report_source *s, oc_slice key)
{
    *s = (oc_report_source){.id = key, .published = OC_DAY_NONE, .retrieved = OC_DAY_NONE};
    if (oc_slice_is(key, "judgement")) {
        s->judgement = true;
        for (int lang = 0; lang < OC_LANG_COUNT; lang++)
            s->title.in[lang] = oc_message((oc_lang)lang, "report.owned-judgement");
        return;
    }
    const oc_source_record *r = oc_model_source(c->model, key);
    if (!r) return;
    s->title = same_in_all(r->title.len ? r->title : key);
    s->publisher = r->publisher.len ? r->publisher : r->author;
    s->url = r->url;
    s->published = r->first;
    s->note = r->note;
}

static bool source_number(oc_collector *c, oc_slice key, size_t *ret)
{
    if (!oc_slice_is(key, "judgement") && !oc_model_source(c->model, key)) return false;
    bool fresh;
    oc_map_entry *entry = oc_map_insert(c->arena, &c->numbers, key, &fresh);
    if (fresh) {
        entry->value.number = c->sources.len;
        fill_source(c, oc_vec_push(c->arena, &c->sources), key);
    }
    *ret = entry->value.number;
    return true;
}

static void add_refs(oc_collector *c, size_t *at, size_t *count, const oc_slice *keys, size_t key_count)
{
    for (size_t i = 0; i < key_count && *count < MAX_REFS; i++) {
        size_t number, k = 0;
        if (!source_number(c, keys[i], &number)) continue;
        while (k < *count && at[k] != number) k++;
        if (k == *count) at[(*count)++] = number;
    }
}

oc_report_refs oc_collect_refs(oc_collector *c, const oc_slice *keys, size_t count)
{
    size_t *at = OC_NEW_ARRAY(c->arena, MAX_REFS, size_t), n = 0;
    add_refs(c, at, &n, keys, count);
    return (oc_report_refs){at, n};
}

oc_report_refs oc_collect_record_refs(oc_collector *c, const char *section, oc_slice name)
{
    oc_slice path = oc_arena_printf(c->arena, "%s.%.*s", section, OC_FMT(name));
    size_t *at = OC_NEW_ARRAY(c->arena, MAX_REFS, size_t), n = 0;
    for (size_t i = 0; i < c->model->literals.len; i++) {
        const oc_literal *literal = &c->model->literals.at[i];
        if (!literal->provenance || !oc_slice_starts(literal->path, path)) continue;
        if (literal->path.len > path.len && literal->path.ptr[path.len] != '.') continue;
        add_refs(c, at, &n, literal->provenance->from, literal->provenance->from_count);
    }
    return (oc_report_refs){at, n};
}

static oc_day month_end(oc_day day)
{
    oc_civil c = oc_civil_from_day(day);
    return oc_day_from_civil(c.year, c.month, oc_days_in_month(c.year, c.month));
}

oc_report_curve oc_collect_curve(oc_arena *arena, const oc_date_answer *answer, oc_day horizon)
{
    size_t most = answer->days / 28 + 3, count = 0;
    oc_day *days = OC_NEW_ARRAY(arena, most, oc_day);
    double *p = OC_NEW_ARRAY(arena, most, double);
    uint64_t sum = 0;
    oc_day next = month_end(answer->as_of);
    for (size_t i = 0; i < answer->days && count < most; i++) {
        oc_day day = answer->as_of + (oc_day)i;
        sum += answer->counts[i];
        if (day != next && day != horizon && i + 1 < answer->days) continue;
        days[count] = day;
        p[count++] = answer->futures ? (double)sum / (double)answer->futures : 0;
        next = month_end(day + 1);
    }
    return (oc_report_curve){.days = days, .p = p, .count = count};
}

/* A question without a title is its expression in words. */
static oc_local question_title(oc_collector *c, const oc_question *q)
{
    oc_local title;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        title.in[lang] = oc_title_in(&q->title, (oc_lang)lang, (oc_slice){"", 0});
        if (!title.in[lang].len) title.in[lang] = oc_phrase(c->arena, c->model, q->is, (oc_lang)lang);
    }
    return title;
}

static void collect_questions(oc_collector *c, const oc_forecast *f)
{
    const oc_model *m = c->model;
    oc_report_question *list = OC_NEW_ARRAY(c->arena, m->questions.len + 1, oc_report_question);
    size_t count = 0;
    for (size_t i = 0; i < m->questions.len; i++) {
        const oc_question *q = m->questions.at[i];
        if (f->questions[i].kind != OC_RESULT_TRUTH) continue;
        list[count++] = (oc_report_question){.id = q->name,
                                             .title = question_title(c, q),
                                             .p = f->questions[i].p,
                                             .error = f->questions[i].se,
                                             .low = 1,
                                             .high = 0};
    }
    c->input->questions = list;
    c->input->question_count = count;
}

static void collect_stages(oc_collector *c, const oc_forecast *f)
{
    const oc_model *m = c->model;
    oc_report_stage *list = OC_NEW_ARRAY(c->arena, m->stages.len + 1, oc_report_stage);
    size_t count = m->stages.len < MAX_STAGES ? m->stages.len : MAX_STAGES;
    for (size_t i = 0; i < count; i++) {
        const oc_stage *s = m->stages.at[i];
        bool open = s->done == OC_DAY_NONE;
        list[i] = (oc_report_stage){.label = oc_collect_title(c->arena, &s->title, s->symbol->name),
                                    .done = s->done,
                                    .state = OC_CHART_DONE,
                                    .q10 = OC_DAY_NONE,
                                    .q50 = OC_DAY_NONE,
                                    .q90 = OC_DAY_NONE,
                                    .refs = oc_collect_record_refs(c, "stages", s->symbol->name)};
        if (!open) continue;
        list[i].state = OC_CHART_OPEN;
        for (size_t k = 0; k < s->after.len; k++)
            if (m->stages.at[s->after.at[k]]->done == OC_DAY_NONE) list[i].state = OC_CHART_LATER;
        list[i].q10 = f->stages[i].date.p10;
        list[i].q50 = f->stages[i].date.p50;
        list[i].q90 = f->stages[i].date.p90;
        list[i].never = f->stages[i].date.never;
    }
    c->input->stages = list;
    c->input->stage_count = count;
}

static const oc_blockers *blockers_of(const oc_collector *c, const oc_forecast *f, oc_slice name)
{
    for (size_t i = 0; i < f->blocker_count; i++)
        if (oc_slice_equal(c->model->stages.at[f->blockers[i].target]->symbol->name, name)) return &f->blockers[i];
    return f->blocker_count ? &f->blockers[f->blocker_count - 1] : NULL;
}

typedef struct cause {
    oc_local label;
    double *by_year, days;
} cause;
typedef OC_VEC(cause) causes;

/* The same reason at several stages is one cause: a reader asks what is missing, the board says where. */
static void add_cause(oc_collector *c, causes *list, const oc_blocker *blocker, size_t years)
{
    oc_local label;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        label.in[lang] = oc_blocker_text(c->arena, c->model, blocker, (oc_lang)lang);
    size_t at = 0;
    while (at < list->len && !oc_slice_equal(list->at[at].label.in[OC_LANG_EN], label.in[OC_LANG_EN])) at++;
    if (at == list->len)
        *oc_vec_push(c->arena, list) = (cause){.label = label, .by_year = OC_NEW_ARRAY(c->arena, years, double)};
    for (size_t year = 0; year < years; year++) list->at[at].by_year[year] += blocker->by_year[year];
    list->at[at].days += blocker->days;
}

static int by_days(const void *a, const void *b)
{
    double x = ((const cause *)a)->days, y = ((const cause *)b)->days;
    return (x < y) - (x > y);
}

static void collect_blockers(oc_collector *c, const oc_forecast *f, oc_slice name)
{
    const oc_blockers *b = blockers_of(c, f, name);
    const oc_compiled *compiled = f->compiled;
    size_t years = compiled->blocker_year_count;
    if (!b || !b->count || !years) return;
    /* What does not make it into the list is one cause more, so that nothing is lost. */
    causes merged = {0};
    for (size_t i = 0; i < b->count; i++) add_cause(c, &merged, &b->list[i], years);
    qsort(merged.at, merged.len, sizeof *merged.at, by_days);
    size_t count = merged.len <= MAX_CAUSES ? merged.len : MAX_CAUSES + 1;
    oc_local *labels = OC_NEW_ARRAY(c->arena, count, oc_local);
    double *share = OC_NEW_ARRAY(c->arena, count * years, double);
    int *numbers = OC_NEW_ARRAY(c->arena, years, int);
    for (size_t i = 0; i < merged.len; i++) {
        size_t at = i < MAX_CAUSES ? i : count - 1;
        if (i < MAX_CAUSES) labels[i] = merged.at[i].label;
        for (size_t year = 0; year < years; year++) {
            double days = (double)(compiled->blocker_years[year + 1] - compiled->blocker_years[year]);
            if (days > 0) share[year * count + at] += merged.at[i].by_year[year] / days;
        }
    }
    if (count > MAX_CAUSES)
        for (int lang = 0; lang < OC_LANG_COUNT; lang++)
            labels[count - 1].in[lang] = oc_message((oc_lang)lang, "chart.other-causes");
    for (size_t year = 0; year < years; year++) numbers[year] = oc_civil_from_day(compiled->blocker_years[year]).year;
    c->input->blockers = (oc_report_blockers){numbers, years, labels, count, share};
}

static bool collect_fan(oc_collector *c, const oc_forecast *f, size_t variable, oc_report_fan *fan)
{
    const oc_compiled *compiled = f->compiled;
    const oc_variable *v = c->model->variables.at[variable];
    oc_chart_quantiles *future = OC_NEW_ARRAY(c->arena, compiled->sample_count + 1, oc_chart_quantiles);
    size_t count = 0;
    double largest = 0;
    bool percent = oc_slice_starts(v->unit, OC_SLICE("percent"));
    for (size_t i = 0; i < compiled->sample_count; i++) {
        const oc_answer *a = &f->samples[variable * compiled->sample_count + i];
        const oc_number_answer *n = &a->number;
        if (a->kind != OC_RESULT_NUMBER || !isfinite(n->p05) || !isfinite(n->p95)) return false;
        double scale = percent ? 100 : 1;
        future[count++] =
            (oc_chart_quantiles){compiled->sample_days[i], n->p05 * scale, n->p10 * scale, n->p25 * scale,
                                 n->p50 * scale,           n->p75 * scale, n->p90 * scale, n->p95 * scale};
        largest = fmax(largest, fabs(n->p95 * scale));
    }
    /* What does not spread is no fan. */
    if (count < 2 || future[count - 1].q95 - future[count - 1].q05 <= 1e-9 * largest) return false;
    *fan = (oc_report_fan){.title = oc_collect_title(c->arena, &v->title, v->symbol->name),
                           .unit = oc_collect_unit(c->model, "variables", v->symbol->name, v->unit),
                           .future = future,
                           .future_count = count,
                           .decimals = largest < 1     ? 3
                                       : largest < 100 ? 2
                                                       : 0,
                           .refs = oc_collect_record_refs(c, "variables", v->symbol->name)};
    oc_collect_observed(c, v->symbol->name, percent ? 100 : 1, fan);
    return true;
}

static void collect_fans(oc_collector *c, const oc_forecast *f)
{
    oc_report_fan *fans = OC_NEW_ARRAY(c->arena, MAX_FANS, oc_report_fan);
    size_t count = 0;
    /* Quantities that mean something outside the model have a unit; those that have been observed come first. */
    for (int observed = 1; observed >= 0; observed--)
        for (size_t i = 0; i < c->model->variables.len && count < MAX_FANS; i++) {
            const oc_variable *v = c->model->variables.at[i];
            if (v->unit.len && v->type.kind == OC_TYPE_NUMBER && !v->category && collect_fan(c, f, i, &fans[count]) &&
                (fans[count].observed_count > 1) == observed)
                count++;
        }
    c->input->fans = fans;
    c->input->fan_count = count;
}

void oc_collect_forecast(oc_collector *c, const oc_forecast *f, const oc_date_answer *main, oc_slice name,
                         const oc_title *title)
{
    oc_report_input *input = c->input;
    if (main) {
        input->event = oc_collect_title(c->arena, title, name);
        input->main = oc_collect_curve(c->arena, main, c->model->horizon);
        input->main.label = input->event;
        input->run.monte_carlo_error = main->never_se;
    }
    collect_questions(c, f);
    collect_stages(c, f);
    collect_blockers(c, f, name);
    if (f->samples) collect_fans(c, f);
    input->run.futures = (int64_t)f->futures;
    input->run.sourced = (int64_t)f->sourced;
    input->run.judged = (int64_t)f->judged;
    input->run.bare = (int64_t)f->bare;
    input->run.numbers = input->run.sourced + input->run.judged + input->run.bare;
}
