/* What a brief says; see brief.h. Printing is in brief_print.c.
 *
 * The order is that of a news article: the figure, what happened last, what it does to the figure, who sees it
 * differently, what comes next. Numbers are the report's own, rounded by chart/words.h, so that all languages agree. */
#include "report/brief.h"

#include <math.h>

#include "report/parts.h"

enum {
    EVENTS = 4,
    QUESTIONS = 5,
    POLICIES = 3,
    VOICES = 3,
    STAGES = 7,
    MOST_REFS = 3,
    DUE = 2,
    CONDITIONS = 3,
    QUOTES = 4,
    JA_MINUTE = 550,
    KO_MINUTE = 475,
    EN_MINUTE = 240
};

typedef struct writer {
    oc_arena *arena;
    oc_brief *brief;
    const oc_report_input *input;
    oc_lang lang;
    const char *heading; /* of the next sentence */
    bool items;          /* the next sentences stand on lines of their own */
} writer;

static oc_slice local(writer *w, const oc_local *text)
{
    return oc_report_local(w->arena, text, w->lang);
}

static oc_slice day(writer *w, oc_day day)
{
    return oc_words_day(w->arena, w->lang, day);
}

static oc_slice frequency(writer *w, double p)
{
    int runs = oc_words_runs(p);
    if (runs == 0 && p > 0) return oc_message(w->lang, "brief.fewer-than-one");
    if (runs == 100 && p < 1) return oc_message(w->lang, "brief.all-but-one");
    return oc_words_say_frequency(w->arena, w->lang, p);
}

/* What a sentence lists: "a; b; c". */
typedef struct series {
    oc_text text;
    size_t count;
} series;

static series series_in(writer *w)
{
    return (series){.text = oc_text_in(w->arena)};
}

static void list_add(writer *w, series *list, const char *key, const oc_arg *args)
{
    if (list->count++) oc_text_add(&list->text, oc_message(w->lang, "brief.then"));
    oc_text_message(&list->text, w->lang, key, args);
}

static oc_slice listed(const series *list)
{
    return oc_text_slice(&list->text);
}

/* The figure alone, where the denominator stands before it. */
static oc_slice count(writer *w, double p)
{
    oc_text text = oc_text_in(w->arena);
    oc_words_count(&text, p);
    return oc_text_slice(&text);
}

static oc_brief_sentence *add(writer *w, oc_slice text, bool run, oc_report_refs refs)
{
    if (!text.len || (!run && !refs.count)) return NULL;
    oc_brief_sentence *sentence = oc_vec_push(w->arena, &w->brief->sentences);
    *sentence = (oc_brief_sentence){.heading = w->heading, .item = w->items, .text = text, .run = run, .refs = refs};
    w->heading = NULL;
    return sentence;
}

static void say(writer *w, const char *key, const oc_arg *args)
{
    add(w, oc_say(w->arena, w->lang, key, args), true, (oc_report_refs){0});
}

static double at(const oc_report_curve *curve, oc_day when)
{
    oc_chart_curve plain = {.days = curve->days, .p = curve->p, .count = curve->count};
    return oc_chart_curve_at(&plain, when);
}

static oc_day first_day_above(const oc_report_curve *curve, double p)
{
    for (size_t i = 0; i < curve->count; i++)
        if (curve->p[i] >= p) return curve->days[i];
    return OC_DAY_NONE;
}

static void write_lede(writer *w)
{
    const oc_report_input *in = w->input;
    if (!in->main.count) return;
    oc_day by = oc_report_answer_day(in);
    double p = oc_report_answer(in);
    say(w, "brief.lede",
        OC_ARGS(OC_T(local(w, &in->event)), OC_T(day(w, by)), OC_T(frequency(w, p)),
                OC_T(oc_words_likely(w->arena, w->lang, p))));
    oc_day half = first_day_above(&in->main, 0.5), tenth = first_day_above(&in->main, 0.1);
    if (half != OC_DAY_NONE)
        say(w, "brief.median",
            OC_ARGS(OC_T(oc_words_month(w->arena, w->lang, half)), OC_T(oc_words_month(w->arena, w->lang, tenth))));
    else
        say(w, "brief.median-late", OC_ARGS(OC_T(day(w, in->horizon))));
    double never = 1 - in->main.p[in->main.count - 1];
    if (never > 0) say(w, "brief.never", OC_ARGS(OC_T(frequency(w, never)), OC_T(day(w, in->horizon))));
}

/* Numbers of a changed scenario are not those of the scenario. */
static void write_settings(writer *w)
{
    const oc_report_input *in = w->input;
    if (!in->setting_count) return;
    oc_text list = oc_text_in(w->arena);
    for (size_t i = 0; i < in->setting_count && i < 20; i++)
        oc_text_printf(&list, i ? ", %.*s" : "%.*s", OC_FMT(oc_report_cut(w->arena, in->settings[i], 200)));
    say(w, "brief.settings", OC_ARGS(OC_T(oc_text_slice(&list))));
}

/* What the forecast makes of a stage: when, how late at worst, how often never. The event that names it first is told
 * the first of these, the next one the second: what they have in common need not be said twice. */
static oc_slice meaning_of_stage(writer *w, const oc_report_stage *stage, int told)
{
    oc_arg label = OC_T(local(w, &stage->label));
    if (told == 0)
        return stage->q50 == OC_DAY_NONE
                   ? oc_say(w->arena, w->lang, "brief.means-beyond", OC_ARGS(label, OC_T(day(w, w->input->horizon))))
                   : oc_say(w->arena, w->lang, "brief.means-middle",
                            OC_ARGS(label, OC_T(oc_words_month(w->arena, w->lang, stage->q50))));
    if (told == 1 && stage->q90 != OC_DAY_NONE)
        return oc_say(w->arena, w->lang, "brief.means-late",
                      OC_ARGS(label, OC_T(oc_words_month(w->arena, w->lang, stage->q90))));
    if (told == (stage->q90 == OC_DAY_NONE ? 1 : 2) && stage->never > 0)
        return oc_say(w->arena, w->lang, "brief.means-never",
                      OC_ARGS(label, OC_T(frequency(w, stage->never)), OC_T(day(w, w->input->horizon))));
    return (oc_slice){"", 0};
}

/* Of the open stages that an event is about, the one that least was said of. */
static void write_meaning(writer *w, const oc_report_event *e, int *told)
{
    const oc_report_stage *stages = w->input->stages;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < e->stage_count; i++)
        if (stages[e->stages[i]].state != OC_CHART_DONE && (best == SIZE_MAX || told[e->stages[i]] < told[best]))
            best = e->stages[i];
    if (best == SIZE_MAX) return;
    oc_brief_sentence *sentence = add(w, meaning_of_stage(w, &stages[best], told[best]++), true, (oc_report_refs){0});
    if (sentence) sentence->follows = true;
}

static void write_happened(writer *w)
{
    w->heading = "brief.head-happened";
    w->items = true;
    size_t last = w->input->event_count, from = last > EVENTS ? last - EVENTS : 0;
    int *told = OC_NEW_ARRAY(w->arena, w->input->stage_count + 1, int);
    for (size_t i = last; i-- > from;) {
        const oc_report_event *e = &w->input->events[i];
        oc_slice when = e->last > e->first ? oc_words_month(w->arena, w->lang, e->first) : day(w, e->first);
        if (add(w,
                oc_say(w->arena, w->lang, "brief.event",
                       OC_ARGS(OC_T(when), OC_T(oc_words_unstopped(local(w, &e->title))))),
                false, e->refs))
            write_meaning(w, e, told);
    }
}

static void write_policies(writer *w)
{
    const oc_report_input *in = w->input;
    double before = in->main.count ? in->main.p[in->main.count - 1] : 0;
    bool *said = OC_NEW_ARRAY(w->arena, in->policy_count + 1, bool);
    series list = series_in(w);
    for (int n = 0; n < POLICIES; n++) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < in->policy_count; i++)
            if (!said[i] && fabs(in->policies[i].difference) > 3 * in->policies[i].error &&
                (best == SIZE_MAX || fabs(in->policies[i].difference) > fabs(in->policies[best].difference)))
                best = i;
        if (best == SIZE_MAX) break;
        said[best] = true;
        const oc_report_policy *p = &in->policies[best];
        list_add(w, &list, "brief.policy",
                 OC_ARGS(OC_T(oc_words_unstopped(local(w, &p->curve.label))), OC_T(count(w, p->p))));
    }
    if (list.count)
        say(w, "brief.policies", OC_ARGS(OC_T(listed(&list)), OC_T(day(w, in->horizon)), OC_T(frequency(w, before))));
}

/* The input that moves the answer most. */
static void write_driver(writer *w)
{
    const oc_report_input *in = w->input;
    if (!in->driver_count) return;
    const oc_report_driver *d = &in->drivers[0];
    add(w,
        oc_say(w->arena, w->lang, "brief.driver",
               OC_ARGS(OC_T(local(w, &d->label)), OC_T(local(w, &d->low_value)), OC_T(frequency(w, d->low)),
                       OC_T(local(w, &d->high_value)), OC_T(count(w, d->high)))),
        true, d->refs);
}

/* Next year's largest cause: this year is often over. */
static void write_blocker(writer *w)
{
    const oc_report_blockers *b = &w->input->blockers;
    size_t year = b->year_count > 1 ? 1 : 0, best = 0;
    if (!b->year_count || !b->cause_count) return;
    const double *share = b->share + year * b->cause_count;
    for (size_t i = 1; i < b->cause_count; i++)
        if (share[i] > share[best]) best = i;
    say(w, "brief.blocker",
        OC_ARGS(OC_T(oc_arena_printf(w->arena, "%d", b->years[year])), OC_T(local(w, &b->causes[best])),
                OC_T(oc_words_number(w->arena, share[best] * 100, 0))));
}

static oc_slice year_of(writer *w, oc_day when)
{
    return oc_arena_printf(w->arena, "%d", oc_civil_from_day(when).year);
}

static void write_questions(writer *w)
{
    const oc_report_input *in = w->input;
    if (!in->question_count) return;
    say(w, "brief.questions", NULL);
    w->items = true;
    for (size_t i = 0; i < in->question_count && i < QUESTIONS; i++) {
        const oc_report_question *q = &in->questions[i];
        say(w, "brief.question",
            OC_ARGS(OC_T(oc_words_unstopped(local(w, &q->title))), OC_T(frequency(w, q->p)),
                    OC_T(oc_words_likely(w->arena, w->lang, q->p))));
    }
    w->items = false;
}

/* How often each condition holds, now and three years on. */
static void write_conditions(writer *w)
{
    const oc_report_input *in = w->input;
    series list = series_in(w);
    for (size_t i = 0; i < in->condition_count && list.count < CONDITIONS; i++) {
        const oc_report_condition *c = &in->conditions[i];
        if (c->count < 4) continue;
        bool same = oc_words_runs(c->met[0]) == oc_words_runs(c->met[3]);
        oc_slice first = list.count ? count(w, c->met[0]) : frequency(w, c->met[0]);
        const char *key = list.count ? (same ? "brief.condition-same-also" : "brief.condition-also")
                                     : (same ? "brief.condition-same" : "brief.condition");
        list_add(w, &list, key,
                 OC_ARGS(OC_T(local(w, &c->label)), OC_T(first), OC_T(year_of(w, c->days[0])),
                         OC_T(count(w, c->met[3])), OC_T(year_of(w, c->days[3]))));
    }
    if (list.count) say(w, "brief.conditions", OC_ARGS(OC_T(listed(&list))));
}

static void write_means(writer *w)
{
    w->heading = "brief.head-means";
    w->items = false;
    write_blocker(w);
    write_conditions(w);
    write_driver(w);
    write_policies(w);
    write_questions(w);
}

static void write_voices(writer *w)
{
    const oc_report_input *in = w->input;
    oc_day by = oc_report_answer_day(in);
    w->heading = "brief.head-voices";
    w->items = false;
    if (in->outside.count && in->main.count) {
        oc_slice text = oc_say(w->arena, w->lang, "brief.outside",
                               OC_ARGS(OC_I(in->outside_cases), OC_T(frequency(w, at(&in->outside, by))),
                                       OC_T(day(w, by)), OC_T(frequency(w, at(&in->main, by)))));
        add(w, text, true, in->outside_refs);
    }
    if (in->voices.count)
        say(w, "brief.pooled",
            OC_ARGS(OC_I(in->voice_count), OC_T(frequency(w, at(&in->voices, by))), OC_T(day(w, by))));
    if (in->told_count)
        add(w, oc_say(w->arena, w->lang, "report.voices-told", OC_ARGS(OC_I(in->told_count))), true, in->told_refs);
    w->items = true;
    for (size_t i = 0; i < in->statement_count && i < VOICES; i++) {
        const oc_report_voice *v = &in->statements[i];
        oc_slice text = oc_say(
            w->arena, w->lang, "brief.voice",
            OC_ARGS(OC_T(local(w, &v->who)), OC_T(day(w, v->day)), OC_T(oc_words_unstopped(local(w, &v->said)))));
        add(w, text, false, v->refs);
    }
    w->items = false;
    if (oc_local_in(&in->confidence, w->lang).len)
        say(w, "brief.confidence", OC_ARGS(OC_T(local(w, &in->confidence)), OC_T(local(w, &in->confidence_reason))));
}

/* What is still to be done, in the middle case; a sentence that rests on the run and on all their sources. */
static void write_stages(writer *w)
{
    const oc_report_input *in = w->input;
    size_t *at = OC_NEW_ARRAY(w->arena, 1 + STAGES * MOST_REFS, size_t), refs = 0;
    series list = series_in(w);
    for (size_t i = 0; i < in->stage_count && list.count < STAGES; i++) {
        const oc_report_stage *s = &in->stages[i];
        if (s->state == OC_CHART_DONE) continue;
        oc_arg label = OC_T(local(w, &s->label));
        if (s->q50 == OC_DAY_NONE)
            list_add(w, &list, "brief.stage-late", OC_ARGS(label));
        else
            list_add(w, &list, "brief.stage", OC_ARGS(label, OC_T(oc_words_month(w->arena, w->lang, s->q50))));
        for (size_t k = 0; k < s->refs.count && k < MOST_REFS; k++) at[refs++] = s->refs.at[k];
    }
    if (list.count)
        add(w, oc_say(w->arena, w->lang, "brief.stages", OC_ARGS(OC_T(listed(&list)))), true,
            (oc_report_refs){at, refs});
}

/* The commitment that falls due first after a day, among those that are still open and sourced; NULL: none. */
static const oc_report_commitment *next_due(const oc_report_input *in, const bool *said)
{
    const oc_report_commitment *best = NULL;
    for (size_t i = 0; i < in->commitment_count; i++) {
        const oc_report_commitment *c = &in->commitments[i];
        bool done = oc_slice_equal(c->status.in[OC_LANG_EN], oc_message(OC_LANG_EN, "promise.done"));
        if (said[i] || done || c->due == OC_DAY_NONE || c->due <= in->as_of || !c->refs.count) continue;
        if (!best || c->due < best->due) best = c;
    }
    return best;
}

static void write_next(writer *w)
{
    const oc_report_input *in = w->input;
    size_t due = 0;
    w->heading = "brief.head-next";
    w->items = false;
    write_stages(w);
    w->items = true;
    bool *told = OC_NEW_ARRAY(w->arena, in->commitment_count + 1, bool);
    for (const oc_report_commitment *c; due < DUE && (c = next_due(in, told)); told[c - in->commitments] = true) {
        oc_slice text = oc_say(
            w->arena, w->lang, "brief.due",
            OC_ARGS(OC_T(day(w, c->due)), OC_T(oc_words_unstopped(local(w, &c->what))), OC_T(local(w, &c->who))));
        if (add(w, text, false, c->refs)) due++;
    }
    w->items = false;
    if (in->run.futures && in->run.monte_carlo_error >= 0)
        say(w, "brief.error",
            OC_ARGS(OC_T(oc_words_integer(w->arena, in->run.futures)),
                    OC_T(oc_words_number(w->arena, in->run.monte_carlo_error * 100, 2)), OC_T(day(w, in->horizon))));
}

static void write_documents(writer *w)
{
    w->heading = "brief.head-documents";
    w->items = true;
    for (size_t d = 0; d < w->brief->document_count; d++) {
        const oc_brief_document *document = &w->brief->documents[d];
        oc_slice name = document->title.len ? document->title : document->file;
        for (size_t i = 0; i < document->count && i < QUOTES; i++) {
            oc_slice text = oc_say(w->arena, w->lang, i == 0 ? "brief.quote" : "brief.quote-more",
                                   OC_ARGS(OC_T(oc_report_cut(w->arena, document->sentences[i], 400)),
                                           OC_T(oc_report_cut(w->arena, name, 120))));
            oc_brief_sentence *sentence = add(w, text, true, (oc_report_refs){0});
            sentence->run = false;
            sentence->document = d + 1;
            sentence->language = oc_report_language_of(document->sentences[i]);
        }
    }
}

static size_t length_of(oc_slice text, oc_lang lang)
{
    size_t count = 0, position = 0;
    bool inside = false;
    while (position < text.len) {
        uint32_t c = oc_utf8_next(text, &position);
        bool blank = c == ' ' || c == '\n';
        if (lang == OC_LANG_EN ? !blank && !inside : !blank) count++;
        inside = !blank;
    }
    return count;
}

oc_brief *oc_brief_write(oc_arena *arena, const oc_report_input *input, oc_lang lang,
                         const oc_brief_document *documents, size_t document_count)
{
    static const int speeds[OC_LANG_COUNT] = {
        [OC_LANG_EN] = EN_MINUTE, [OC_LANG_JA] = JA_MINUTE, [OC_LANG_KO] = KO_MINUTE};
    oc_brief *brief = OC_NEW(arena, oc_brief);
    *brief = (oc_brief){.input = input, .lang = lang, .documents = documents, .document_count = document_count};
    writer w = {arena, brief, input, lang, NULL, false};
    brief->headline = local(&w, &input->title);
    if (input->main.count)
        brief->headline = oc_say(arena, lang, "report.headline",
                                 OC_ARGS(OC_T(day(&w, oc_report_answer_day(input))), OC_T(local(&w, &input->event)),
                                         OC_T(frequency(&w, oc_report_answer(input)))));
    write_lede(&w);
    write_settings(&w);
    write_happened(&w);
    write_means(&w);
    write_voices(&w);
    write_next(&w);
    write_documents(&w);
    for (size_t i = 0; i < brief->sentences.len; i++) brief->length += length_of(brief->sentences.at[i].text, lang);
    brief->minutes = (int)(brief->length / (size_t)speeds[lang]) + 1;
    return brief;
}
