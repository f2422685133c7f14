/* What a brief says; see brief.h. Printing is in brief_print.c.
 *
 * The order is that of a news article: the figure, what happened last, what it does to the figure, who sees it
 * differently, what comes next. Numbers are the report's own, rounded by chart/words.h, so that all languages agree. */
#include "report/brief.h"

#include <math.h>

#include "report/parts.h"

enum {
    EVENTS = 5,
    QUESTIONS = 5,
    POLICIES = 3,
    VOICES = 4,
    STAGES = 5,
    DUE = 3,
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
    return oc_words_say_frequency(w->arena, w->lang, p);
}

/* The figure alone, where the denominator stands before it. */
static oc_slice count(writer *w, double p)
{
    oc_text text = oc_text_in(w->arena);
    oc_words_count(&text, p);
    return oc_text_slice(&text);
}

/* Without the stop at its end: the message brings its own. */
static oc_slice unstopped(oc_slice text)
{
    text = oc_slice_trim(text);
    if (oc_slice_ends(text, OC_SLICE("。"))) return oc_slice_sub(text, 0, text.len - strlen("。"));
    return oc_slice_ends(text, OC_SLICE(".")) ? oc_slice_sub(text, 0, text.len - 1) : text;
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

static void write_happened(writer *w)
{
    w->heading = "brief.head-happened";
    w->items = true;
    size_t last = w->input->event_count, from = last > EVENTS ? last - EVENTS : 0;
    for (size_t i = last; i-- > from;) {
        const oc_report_event *e = &w->input->events[i];
        oc_slice when = e->last > e->first ? oc_words_month(w->arena, w->lang, e->first) : day(w, e->first);
        add(w, oc_say(w->arena, w->lang, "brief.event", OC_ARGS(OC_T(when), OC_T(unstopped(local(w, &e->title))))),
            false, e->refs);
    }
}

static void write_policies(writer *w)
{
    const oc_report_input *in = w->input;
    double before = in->main.count ? in->main.p[in->main.count - 1] : 0;
    bool *said = OC_NEW_ARRAY(w->arena, in->policy_count + 1, bool);
    for (int n = 0; n < POLICIES; n++) {
        size_t best = SIZE_MAX;
        for (size_t i = 0; i < in->policy_count; i++)
            if (!said[i] && fabs(in->policies[i].difference) > 3 * in->policies[i].error &&
                (best == SIZE_MAX || fabs(in->policies[i].difference) > fabs(in->policies[best].difference)))
                best = i;
        if (best == SIZE_MAX) return;
        said[best] = true;
        const oc_report_policy *p = &in->policies[best];
        oc_arg label = OC_T(unstopped(local(w, &p->curve.label)));
        bool more = p->difference > 0;
        if (n == 0)
            say(w, more ? "brief.policy-more" : "brief.policy-less",
                OC_ARGS(label, OC_T(day(w, in->horizon)), OC_T(frequency(w, before)), OC_T(count(w, p->p))));
        else
            say(w, more ? "brief.policy-more-also" : "brief.policy-less-also", OC_ARGS(label, OC_T(count(w, p->p))));
    }
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

static void write_means(writer *w)
{
    const oc_report_input *in = w->input;
    w->heading = "brief.head-means";
    w->items = true;
    for (size_t i = 0; i < in->question_count && i < QUESTIONS; i++) {
        const oc_report_question *q = &in->questions[i];
        say(w, "brief.question",
            OC_ARGS(OC_T(unstopped(local(w, &q->title))), OC_T(frequency(w, q->p)),
                    OC_T(oc_words_likely_inside(w->arena, w->lang, q->p))));
    }
    w->items = false;
    write_blocker(w);
    for (size_t i = 0; i < in->condition_count && i < CONDITIONS; i++) {
        const oc_report_condition *c = &in->conditions[i];
        if (c->count < 4) continue;
        bool same = oc_words_runs(c->met[0]) == oc_words_runs(c->met[3]);
        say(w, same ? "brief.condition-same" : "brief.condition",
            OC_ARGS(OC_T(local(w, &c->label)), OC_T(frequency(w, c->met[0])), OC_T(year_of(w, c->days[0])),
                    OC_T(count(w, c->met[3])), OC_T(year_of(w, c->days[3]))));
    }
    write_policies(w);
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
        oc_slice text =
            oc_say(w->arena, w->lang, "brief.voice",
                   OC_ARGS(OC_T(local(w, &v->who)), OC_T(day(w, v->day)), OC_T(unstopped(local(w, &v->said)))));
        add(w, text, false, v->refs);
    }
    w->items = false;
    if (oc_local_in(&in->confidence, w->lang).len)
        say(w, "brief.confidence", OC_ARGS(OC_T(local(w, &in->confidence)), OC_T(local(w, &in->confidence_reason))));
}

static void write_stage(writer *w, const oc_report_stage *s)
{
    oc_slice text, label = local(w, &s->label);
    if (s->q50 == OC_DAY_NONE) {
        text = oc_say(w->arena, w->lang, "brief.stage-late", OC_ARGS(OC_T(label), OC_T(frequency(w, s->never))));
    } else {
        /* Early and late by month; where half of the futures are as early as a tenth, one of the two is enough. */
        oc_slice middle = oc_words_month(w->arena, w->lang, s->q50), early = oc_words_month(w->arena, w->lang, s->q10);
        bool soon = oc_slice_equal(middle, early);
        const char *key = s->never > 0 ? (soon ? "brief.stage-soon" : "brief.stage")
                                       : (soon ? "brief.stage-soon-sure" : "brief.stage-sure");
        text = oc_say(w->arena, w->lang, key,
                      OC_ARGS(OC_T(label), OC_T(middle), OC_T(early), OC_T(frequency(w, s->never))));
    }
    add(w, text, true, s->refs);
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
    size_t said = 0, due = 0;
    w->heading = "brief.head-next";
    w->items = true;
    for (size_t i = 0; i < in->stage_count && said < STAGES; i++)
        if (in->stages[i].state != OC_CHART_DONE) write_stage(w, &in->stages[i]), said++;
    bool *told = OC_NEW_ARRAY(w->arena, in->commitment_count + 1, bool);
    for (const oc_report_commitment *c; due < DUE && (c = next_due(in, told)); told[c - in->commitments] = true) {
        oc_slice text =
            oc_say(w->arena, w->lang, "brief.due",
                   OC_ARGS(OC_T(day(w, c->due)), OC_T(unstopped(local(w, &c->what))), OC_T(local(w, &c->who))));
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
