/* The other two ways to the same date, and what is doubtful about all three; see collect.h.
 *
 * The outside view is what became of comparable announcements (analysis/outside.h). The voices are the dated statements
 * of the record that time has not yet decided, each taken at its word and pooled (analysis/voices.h). Both are given
 * that it has not happened by as_of, as the model is. */
#include <math.h>

#include "analysis/outside.h"
#include "analysis/voices.h"
#include "report/collect.h"

enum { MAX_BARS = 40, MIN_AT_RISK = 50, MAX_ASSUMED = 12 };

static oc_local in_all(oc_arena *arena, const char *key, const oc_arg *args)
{
    oc_local local;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) local.in[lang] = oc_say(arena, (oc_lang)lang, key, args);
    return local;
}

/* --- outside view --- */

/* What the announced date and the class rest on. */
static oc_report_refs entry_refs(oc_collector *c, oc_slice stage)
{
    const oc_pair *entry = oc_node_pair(oc_node_get(c->model->root, "outside"), stage);
    const oc_node *from = entry ? oc_node_get(entry->value, "from") : NULL;
    if (!from) return (oc_report_refs){0};
    size_t count = from->kind == OC_NODE_LIST ? from->items.len : 1;
    oc_slice *keys = OC_NEW_ARRAY(c->arena, count, oc_slice);
    for (size_t i = 0; i < count; i++) keys[i] = from->kind == OC_NODE_LIST ? from->items.at[i]->text : from->text;
    return oc_collect_refs(c, keys, count);
}

void oc_collect_outside(oc_collector *c, const oc_outside *outside, oc_slice stage)
{
    oc_report_input *input = c->input;
    size_t count = input->main.count;
    if (!count) return;
    double *done = OC_NEW_ARRAY(c->arena, count, double), *low = OC_NEW_ARRAY(c->arena, count, double);
    double *high = OC_NEW_ARRAY(c->arena, count, double);
    oc_class_curve(&outside->fit, &outside->announced, input->main.days, count, done);
    for (size_t i = 0; i < count; i++)
        if (!isfinite(done[i])) return;
    oc_class_band(c->arena, &outside->fit, &outside->announced, input->main.days, count, OC_CLASS_RESAMPLES, 1, 0.9,
                  low, high);
    input->outside = (oc_report_curve){.days = input->main.days, .p = done, .low = low, .high = high, .count = count};
    input->outside_refs = entry_refs(c, stage);
    input->outside_cases = outside->class.used;
    input->outside_target = outside->announced.target_last;
}

/* --- voices --- */

/* An accepted claim of the workspace: so its source says. */
static bool is_told(const oc_collector *c, oc_slice from)
{
    const oc_source_record *source = oc_model_source(c->model, from);
    return source && oc_slice_is(source->kind, "workspace");
}

void oc_collect_voice_curve(oc_collector *c, size_t stage)
{
    oc_report_input *input = c->input;
    size_t days = input->main.count;
    if (stage >= c->model->stages.len || !days || input->main.days[0] < c->model->as_of) return;
    oc_voices voices;
    oc_voices_read(c->arena, c->model->root, c->model->stages.at[stage]->symbol->name, c->model->as_of, &voices);
    double *done = OC_NEW_ARRAY(c->arena, days, double);
    if (!oc_voices_curve(c->arena, &voices, OC_VOICES_LINEAR, c->model->as_of, input->main.days, days, done)) return;
    oc_slice *told = OC_NEW_ARRAY(c->arena, voices.count, oc_slice);
    size_t told_count = 0;
    for (size_t i = 0; i < voices.count; i++)
        if (is_told(c, voices.from[i])) told[told_count++] = voices.from[i];
    input->voices = (oc_report_curve){.days = input->main.days, .p = done, .count = days};
    input->voice_count = voices.count;
    input->told_count = told_count;
    input->told_refs = oc_collect_refs(c, told, told_count);
}

/* --- hazard --- */

void oc_collect_hazard(oc_collector *c, const oc_date_answer *answer)
{
    oc_chart_hazard_bar *bars = OC_NEW_ARRAY(c->arena, MAX_BARS, oc_chart_hazard_bar);
    uint64_t open = answer->futures, fell = 0;
    size_t count = 0;
    oc_day first = answer->as_of;
    for (size_t i = 0; i < answer->days && count < MAX_BARS && open >= MIN_AT_RISK; i++) {
        fell += answer->counts[i];
        oc_civil next = oc_civil_from_day(answer->as_of + (oc_day)i + 1);
        if (next.day != 1 || (next.month - 1) % 3) continue;
        oc_day last = answer->as_of + (oc_day)i;
        bars[count++] = (oc_chart_hazard_bar){first, last, (double)fell / (double)open, (int64_t)open};
        open -= fell;
        fell = 0;
        first = last + 1;
    }
    c->input->hazard = bars;
    c->input->hazard_count = count;
}

/* --- what is assumed --- */

static bool rests_on_judgement(const oc_node *node)
{
    const oc_node *from = oc_node_get(node, "from");
    if (!from) return false;
    if (from->kind != OC_NODE_LIST) return oc_slice_is(from->text, "judgement");
    for (size_t i = 0; i < from->items.len; i++)
        if (oc_slice_is(from->items.at[i]->text, "judgement")) return true;
    return false;
}

/* The last reason given for a judgement in a record: of a series, the one in force. */
static const oc_node *reason_in(const oc_node *node, int depth)
{
    if (depth > 12) return NULL;
    const oc_node *found = NULL;
    if (node->kind == OC_NODE_LIST)
        for (size_t i = 0; i < node->items.len; i++) {
            const oc_node *inner = reason_in(node->items.at[i], depth + 1);
            if (inner) found = inner;
        }
    if (node->kind != OC_NODE_MAPPING) return found;
    for (size_t i = 0; i < node->pairs.len; i++) {
        const oc_node *inner = reason_in(node->pairs.at[i].value, depth + 1);
        if (inner) found = inner;
    }
    if (!found && rests_on_judgement(node)) found = oc_node_get(node, "because");
    return found;
}

static bool in_every_language(const oc_node *because)
{
    return because->kind == OC_NODE_MAPPING && oc_node_get(because, "en") && oc_node_get(because, "ja") &&
           oc_node_get(because, "ko");
}

static void add_assumption(oc_collector *c, oc_report_remark *remark, const char *section, const oc_pair *record,
                           const oc_node *because)
{
    oc_diags quiet = {.arena = c->arena, .sources = c->model->diags->sources};
    const oc_node *named = oc_node_get(record->value, "title");
    oc_title title = {0}, reason = oc_title_read(&quiet, because);
    if (named) title = oc_title_read(&quiet, named);
    remark->kind = 1;
    remark->refs = oc_collect_record_refs(c, section, record->key->text);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        remark->text.in[lang] = oc_say(c->arena, (oc_lang)lang, "report.assumption",
                                       OC_ARGS(OC_T(oc_title_in(&title, (oc_lang)lang, record->key->text)),
                                               OC_T(oc_title_in(&reason, (oc_lang)lang, (oc_slice){"", 0}))));
}

void oc_collect_assumptions(oc_collector *c)
{
    static const char *const sections[] = {"inputs", "variables", "shocks", "stages", "calendar", "define"};
    oc_report_input *input = c->input;
    oc_report_remark *list = OC_NEW_ARRAY(c->arena, MAX_ASSUMED + input->remark_count, oc_report_remark);
    size_t count = 0;
    /* Reasons that every reader can read come first. */
    for (int translated = 1; translated >= 0; translated--)
        for (size_t s = 0; s < sizeof sections / sizeof *sections; s++) {
            const oc_node *section = oc_node_get(c->model->root, sections[s]);
            for (size_t i = 0; section && section->kind == OC_NODE_MAPPING && i < section->pairs.len; i++) {
                const oc_node *because = reason_in(section->pairs.at[i].value, 0);
                if (!because || in_every_language(because) != translated || count == MAX_ASSUMED) continue;
                add_assumption(c, &list[count++], sections[s], &section->pairs.at[i], because);
            }
        }
    for (size_t i = 0; i < input->remark_count; i++) list[count + i] = input->remarks[i];
    input->remarks = list;
    input->remark_count += count;
}

/* --- confidence --- */

void oc_collect_confidence(oc_collector *c)
{
    enum { LOW, MODERATE, HIGH };
    static const char *const words[] = {"report.confidence-low", "report.confidence-moderate",
                                        "report.confidence-high"};
    oc_report_input *input = c->input;
    if (!input->main.count || !input->run.numbers) return;
    double gap = NAN;
    for (size_t i = 0; i < input->main.count; i++) {
        if (input->outside.count) gap = fmax(gap, fabs(input->outside.p[i] - input->main.p[i]));
        if (input->voices.count) gap = fmax(gap, fabs(input->voices.p[i] - input->main.p[i]));
    }
    double judged = (double)input->run.judged / (double)input->run.numbers;
    int level = MODERATE;
    if (judged > 0.5 || gap > 0.25) level = LOW;
    if (judged <= 0.2 && gap <= 0.1) level = HIGH;
    input->confidence = in_all(c->arena, words[level], NULL);
    input->confidence_reason =
        isnan(gap)
            ? in_all(c->arena, "report.confidence-judged", OC_ARGS(OC_I(input->run.judged), OC_I(input->run.numbers)))
            : in_all(c->arena, "report.confidence-gap",
                     OC_ARGS(OC_I(input->run.judged), OC_I(input->run.numbers), OC_I(floor(gap * 100 + 0.5))));
}
