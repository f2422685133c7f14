/* opcon who: who commands, by which instrument, and who disputes it. */
#include <math.h>

#include "cli/chain_view.h"
#include "cli/record.h"

typedef struct who {
    oc_record record;
    oc_ledger_question question;
    oc_ledger_answers answers;
    oc_record_sources sources;
    int *counts; /* of each answer, in 100: those of one ground add up to 100 */
    oc_day day;  /* given without --on; OC_DAY_NONE: none */
    bool future;
} who;

static const oc_term *ground_of(const oc_ledger *ledger, const oc_holding *holding)
{
    if (holding->forces != OC_LEDGER_NONE) return &ledger->forces.at[holding->forces];
    return &ledger->places.at[holding->place];
}

static const oc_holding *shown(const oc_ledger_answer *answer)
{
    return answer->holding ? answer->holding : answer->example;
}

static oc_slice holder_of(who *w, const oc_ledger_answer *answer)
{
    if (!answer->holding) return oc_message(w->record.x->lang, "who.nobody");
    return oc_record_actor(&w->record, answer->holding->holder);
}

/* The holder with the article that English wants before posts and bodies. */
static oc_slice holder_in_sentence(who *w, const oc_ledger_answer *answer)
{
    if (!answer->holding) return oc_message(w->record.x->lang, "who.nobody");
    oc_actor_kind kind = w->record.ledger->actors.at[answer->holding->holder].kind;
    const char *key = kind == OC_ACTOR_PERSON ? "who.person" : "who.body";
    return oc_say(w->record.x->arena, w->record.x->lang, key, OC_ARGS(OC_T(holder_of(w, answer))));
}

static oc_slice instruments_of(who *w, const oc_holding *holding)
{
    oc_text text = oc_text_in(w->record.x->arena);
    for (size_t i = 0; i < holding->instruments.len; i++) {
        if (i) oc_text_add(&text, oc_message(w->record.x->lang, "ledger.comma"));
        oc_text_add(&text, w->record.ledger->instruments.at[holding->instruments.at[i]].name.in[w->record.x->lang]);
    }
    return oc_text_slice(&text);
}

static bool same_ground(const oc_ledger_answer *a, const oc_ledger_answer *b)
{
    const oc_holding *x = shown(a), *y = shown(b);
    return a->state == b->state && x->matter == y->matter && x->forces == y->forces && x->place == y->place;
}

/* "operational control over the forces", "leave to enter (the zone)". */
static oc_slice authority_of(who *w, const oc_holding *holding)
{
    oc_context *x = w->record.x;
    const oc_ledger *ledger = w->record.ledger;
    return oc_say(x->arena, x->lang, holding->forces != OC_LEDGER_NONE ? "who.over" : "who.at",
                  OC_ARGS(OC_T(oc_record_term(&w->record, &ledger->matters.at[holding->matter])),
                          OC_T(oc_record_term(&w->record, ground_of(ledger, holding)))));
}

/* Rounds the probabilities of each ground so that they add up to 100: the rest goes to the largest remainders. */
static void count_in_100(who *w)
{
    w->counts = OC_NEW_ARRAY(w->record.x->arena, w->answers.len + 1, int);
    size_t end;
    for (size_t i = 0; i < w->answers.len; i = end) {
        int left = 100;
        for (end = i; end < w->answers.len && same_ground(&w->answers.at[i], &w->answers.at[end]); end++) {
            double p = w->answers.at[end].probability;
            w->counts[end] = isnan(p) ? 0 : (int)floor(p * 100);
            left -= w->counts[end];
        }
        while (left > 0 && left < (int)(end - i) + 1) {
            size_t best = i;
            double most = -1;
            for (size_t k = i; k < end; k++) {
                double rest = w->answers.at[k].probability * 100 - w->counts[k];
                if (rest > most) most = rest, best = k;
            }
            w->counts[best]++;
            left--;
        }
    }
}

static oc_slice chance_of(who *w, size_t i)
{
    const oc_ledger_answer *answer = &w->answers.at[i];
    if (isnan(answer->probability)) return oc_message(w->record.x->lang, "who.depends");
    if (!answer->certain) return oc_message(w->record.x->lang, "who.perhaps");
    if (answer->probability >= 1) return oc_message(w->record.x->lang, "who.by-record");
    return oc_record_chance(w->record.x, answer->probability, w->counts[i]);
}

/* One sentence for the answers from..to - 1, all of one ground and state. */
static void sentence(who *w, oc_text *out, size_t from, size_t to)
{
    oc_context *x = w->record.x;
    const oc_ledger *ledger = w->record.ledger;
    const oc_ledger_answer *first = &w->answers.at[from];
    const oc_holding *holding = shown(first);
    oc_slice day = oc_record_day(x, w->question.on);
    oc_slice state = oc_record_term(&w->record, &ledger->states.at[first->state]);
    oc_slice authority = authority_of(w, holding);
    if (to - from == 1 && first->probability >= 1) {
        oc_slice holder = holder_in_sentence(w, first);
        oc_record_say(&w->record, out, 0, first->certain ? "who.sentence" : "who.sentence-uncertain",
                      OC_ARGS(OC_T(day), OC_T(state), OC_T(authority), OC_T(holder), OC_T(instruments_of(w, holding))));
        if (w->future) return; /* nobody knows who will be in the post */
        uint32_t person = oc_ledger_in_office(ledger, holding->holder, w->question.on, NULL);
        if (person != OC_LEDGER_NONE)
            oc_record_say(&w->record, out, 0, "who.in-office", OC_ARGS(OC_T(oc_record_actor(&w->record, person))));
        return;
    }
    oc_text list = oc_text_in(x->arena);
    for (size_t i = from; i < to; i++) {
        if (i > from) oc_text_add(&list, oc_message(x->lang, "ledger.semicolon"));
        oc_slice holder = holder_in_sentence(w, &w->answers.at[i]);
        oc_text_message(&list, x->lang, "who.item", OC_ARGS(OC_T(chance_of(w, i)), OC_T(holder)));
    }
    oc_record_say(&w->record, out, 0, "who.sentence-list",
                  OC_ARGS(OC_T(day), OC_T(state), OC_T(authority), OC_T(oc_text_slice(&list))));
}

/* The answer in words: on the matter that comes first, in each state. */
static void add_sentences(who *w, oc_text *out)
{
    size_t end;
    for (size_t i = 0; i < w->answers.len; i = end) {
        for (end = i + 1; end < w->answers.len && same_ground(&w->answers.at[i], &w->answers.at[end]);) end++;
        if (shown(&w->answers.at[i])->matter == shown(&w->answers.at[0])->matter) sentence(w, out, i, end);
    }
}

/* The states in which the same holding is an answer with the same chance, e.g. "armistice, war". */
static oc_slice states_of(who *w, size_t i, bool *ret_shown_before)
{
    oc_context *x = w->record.x;
    const oc_ledger_answer *answer = &w->answers.at[i];
    oc_text text = oc_text_in(x->arena);
    *ret_shown_before = false;
    for (size_t k = 0; k < w->answers.len; k++) {
        const oc_ledger_answer *other = &w->answers.at[k];
        if (k != i && (!answer->holding || other->holding != answer->holding || w->counts[k] != w->counts[i])) continue;
        *ret_shown_before = *ret_shown_before || k < i;
        if (text.len) oc_text_add(&text, oc_message(x->lang, "ledger.comma"));
        oc_text_add(&text, oc_record_term(&w->record, &w->record.ledger->states.at[other->state]));
    }
    return oc_text_slice(&text);
}

static void add_table(who *w, oc_text *out)
{
    oc_context *x = w->record.x;
    bool one_matter = true, history = w->question.on == OC_DAY_NONE;
    for (size_t i = 1; i < w->answers.len; i++)
        one_matter = one_matter && shown(&w->answers.at[i])->matter == shown(&w->answers.at[0])->matter;
    char align[8] = "";
    static const char *const heads[] = {"who.chance", "who.matter", "who.state", "who.holder", "who.since", "who.until",
                                        "who.instrument"};
    bool show[] = {w->future, !one_matter, true, true, true, history || w->future, one_matter};
    size_t count = 0;
    for (size_t i = 0; i < 7; i++)
        if (show[i]) align[count++] = 'l';
    oc_columns table = oc_columns_of(x->arena, oc_arena_copy(x->arena, (oc_slice){align, count}).ptr);
    for (size_t i = 0; i < 7; i++)
        if (show[i]) oc_columns_add(&table, oc_message(x->lang, heads[i]));
    for (size_t i = 0; i < w->answers.len; i++) {
        const oc_ledger_answer *answer = &w->answers.at[i];
        const oc_holding *holding = shown(answer);
        bool known = answer->holding != NULL, before;
        oc_slice states = states_of(w, i, &before);
        if (before) continue;
        oc_slice cells[] = {
            chance_of(w, i),
            authority_of(w, holding),
            states,
            holder_of(w, answer),
            known ? oc_record_when(&w->record, &holding->since) : OC_SLICE(""),
            known ? oc_record_when(&w->record, &holding->until) : OC_SLICE(""),
            known ? instruments_of(w, holding) : OC_SLICE(""),
        };
        for (size_t c = 0; c < 7; c++)
            if (show[c]) oc_columns_add(&table, cells[c]);
    }
    oc_text_byte(out, '\n');
    oc_columns_print(out, &table, x->width, x->colour);
}

static bool shown_before(const who *w, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (w->answers.at[k].holding == w->answers.at[i].holding) return true;
    return false;
}

/* Notes, claims and conflicts of the answers, each holding once. */
static void add_remarks(who *w, oc_text *out)
{
    oc_context *x = w->record.x;
    for (size_t i = 0; i < w->answers.len; i++) {
        const oc_holding *holding = w->answers.at[i].holding;
        if (!holding || shown_before(w, i)) continue;
        oc_record_cite(&w->record, &w->sources, &holding->evidence);
        size_t claims = 0;
        for (size_t k = 0; k < holding->contested.len; k++)
            claims += oc_ledger_claimed(&holding->contested.at[k], &w->question);
        if (!holding->note.in[x->lang].len && !claims && !holding->evidence.conflicts.len) continue;
        oc_text_byte(out, '\n');
        oc_slice matter = oc_record_term(&w->record, &w->record.ledger->matters.at[holding->matter]);
        oc_slice holder = oc_record_actor(&w->record, holding->holder);
        oc_record_say(&w->record, out, 0, "who.about", OC_ARGS(OC_T(matter), OC_T(holder)));
        if (holding->note.in[x->lang].len) oc_record_paragraph(&w->record, out, holding->note.in[x->lang], 2);
        for (size_t k = 0; k < holding->contested.len; k++) {
            const oc_claim *claim = &holding->contested.at[k];
            if (!oc_ledger_claimed(claim, &w->question)) continue;
            oc_record_say(&w->record, out, 2, claim->evidence.weak ? "who.claim-weak" : "who.claim",
                          OC_ARGS(OC_T(oc_record_actor(&w->record, claim->by)), OC_T(claim->claim.in[x->lang]),
                                  OC_T(oc_record_keys(&w->record, &claim->evidence))));
            oc_record_cite(&w->record, &w->sources, &claim->evidence);
        }
        oc_record_list_conflicts(&w->record, out, &holding->evidence, &w->sources);
    }
}

static oc_status answer_text(who *w)
{
    oc_context *x = w->record.x;
    oc_text out = oc_text_in(x->arena);
    if (!w->answers.len) {
        if (w->question.on == OC_DAY_NONE) oc_record_say(&w->record, &out, 0, "who.no-history", NULL);
        else oc_record_say(&w->record, &out, 0, "who.none", OC_ARGS(OC_T(oc_record_day(x, w->question.on))));
        oc_print(x, oc_text_slice(&out));
        return OC_OK;
    }
    if (w->question.on != OC_DAY_NONE) add_sentences(w, &out);
    if (w->future && w->record.futures)
        oc_record_say(&w->record, &out, 0, "who.futures",
                      OC_ARGS(OC_I(w->record.futures), OC_T(oc_record_day(x, w->record.model->as_of))));
    if (w->future && !w->record.futures) oc_record_say(&w->record, &out, 0, "who.beyond", NULL);
    add_table(w, &out);
    add_remarks(w, &out);
    oc_record_list_sources(&w->record, &out, &w->sources);
    oc_print(x, oc_text_slice(&out));
    return OC_OK;
}

static void json_name(oc_json *json, const char *key, const oc_term *term)
{
    if (term) oc_json_text(json, key, term->id);
    else oc_json_null(json, key);
}

static const oc_term *term_at(const oc_term *terms, uint32_t index)
{
    return index == OC_LEDGER_NONE ? NULL : &terms[index];
}

static void json_answer(who *w, oc_json *json, const oc_ledger_answer *answer)
{
    const oc_ledger *ledger = w->record.ledger;
    const oc_holding *holding = shown(answer);
    bool known = answer->holding != NULL;
    oc_json_object(json, NULL);
    oc_json_number(json, "probability", answer->probability);
    if (known) {
        oc_json_text(json, "holder", ledger->actors.at[holding->holder].id);
        oc_record_json_words(json, "holder_names", &ledger->actors.at[holding->holder].name);
    } else {
        oc_json_null(json, "holder");
        oc_json_null(json, "holder_names");
    }
    json_name(json, "matter", &ledger->matters.at[holding->matter]);
    json_name(json, "forces", ground_of(ledger, holding));
    json_name(json, "state", &ledger->states.at[answer->state]);
    oc_when open = {.kind = OC_WHEN_OPEN};
    oc_record_json_when(&w->record, json, "since", known ? &holding->since : &open);
    oc_record_json_when(&w->record, json, "until", known ? &holding->until : &open);
    oc_json_row(json, "instrument");
    for (size_t i = 0; known && i < holding->instruments.len; i++)
        oc_json_text(json, NULL, ledger->instruments.at[holding->instruments.at[i]].id);
    oc_json_end(json);
    oc_json_list(json, "contested");
    for (size_t i = 0; known && i < holding->contested.len; i++) {
        const oc_claim *claim = &holding->contested.at[i];
        if (!oc_ledger_claimed(claim, &w->question)) continue;
        oc_json_object(json, NULL);
        oc_json_text(json, "by", ledger->actors.at[claim->by].id);
        oc_record_json_words(json, "claim", &claim->claim);
        oc_record_json_sources(json, "sources", &claim->evidence);
        oc_json_end(json);
    }
    oc_json_end(json);
    static const oc_evidence none;
    oc_record_json_sources(json, "sources", known ? &holding->evidence : &none);
    oc_json_end(json);
}

static oc_status answer_json(who *w)
{
    const oc_ledger *ledger = w->record.ledger;
    oc_json json = oc_json_in(w->record.x->arena);
    oc_json_object(&json, NULL);
    oc_json_object(&json, "question");
    oc_json_day(&json, "on", w->question.on);
    json_name(&json, "state", term_at(ledger->states.at, w->question.state));
    json_name(&json, "matter", term_at(ledger->matters.at, w->question.matter));
    const oc_term *forces = term_at(ledger->forces.at, w->question.forces);
    json_name(&json, "forces", forces ? forces : term_at(ledger->places.at, w->question.place));
    oc_json_end(&json);
    oc_json_list(&json, "answers");
    for (size_t i = 0; i < w->answers.len; i++) json_answer(w, &json, &w->answers.at[i]);
    oc_json_end(&json);
    oc_json_end(&json);
    oc_print(w->record.x, oc_json_done(&json));
    return OC_OK;
}

/* Forces or a place. */
static oc_status read_ground(who *w)
{
    oc_context *x = w->record.x;
    if (!oc_has(x, "forces")) return OC_OK;
    oc_slice name = oc_value_of(x, "forces", OC_SLICE(""));
    if (oc_ledger_subject_of(x->arena, w->record.ledger, OC_SUBJECT_FORCES, name, &w->question.forces)) return OC_OK;
    if (oc_ledger_subject_of(x->arena, w->record.ledger, OC_SUBJECT_PLACE, name, &w->question.place)) return OC_OK;
    oc_name_set names = oc_ledger_all_names(x->arena, w->record.ledger, OC_SUBJECT_FORCES);
    return oc_record_unknown(&w->record, "kind.forces", name, names);
}

/* "opcon who 1994-12-01": a day among the arguments is what --on says. */
static oc_status take_day(oc_context *x, oc_day *ret)
{
    *ret = OC_DAY_NONE;
    size_t kept = 0;
    for (size_t i = 0; i < x->arguments.len; i++) {
        oc_slice word = x->arguments.at[i];
        oc_day day = oc_day_parse(word, NULL);
        bool again = day != OC_DAY_NONE ? *ret != OC_DAY_NONE || oc_has(x, "on") : kept > 0;
        if (again) return oc_complain(x, OC_USAGE, "cli.one-too-many", OC_ARGS(OC_T(word)));
        if (day != OC_DAY_NONE) *ret = day;
        else x->arguments.at[kept++] = word;
    }
    x->arguments.len = kept;
    return OC_OK;
}

static oc_status read_question(who *w)
{
    oc_context *x = w->record.x;
    w->question = oc_ledger_any;
    w->question.as_of = w->record.model->as_of;
    oc_day fallback = w->day != OC_DAY_NONE ? w->day : w->record.model->as_of;
    oc_status status = oc_get_day(x, "on", fallback, &w->question.on);
    if (status == OC_OK) status = oc_record_option(&w->record, "state", OC_SUBJECT_STATE, &w->question.state);
    if (status == OC_OK) status = oc_record_option(&w->record, "matter", OC_SUBJECT_MATTER, &w->question.matter);
    if (status == OC_OK) status = oc_record_option(&w->record, "holder", OC_SUBJECT_ACTOR, &w->question.holder);
    if (status == OC_OK) status = read_ground(w);
    if (status != OC_OK) return status;
    if (oc_has(x, "history")) w->question.on = OC_DAY_NONE;
    w->future = w->question.on != OC_DAY_NONE && w->question.on > w->record.model->as_of;
    if (w->future && w->question.on <= w->record.model->horizon) {
        status = oc_record_run(&w->record);
        if (status != OC_OK) return status;
        w->question.forecast = &w->record.forecast;
    }
    return OC_OK;
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json", "svg"};
    who w = {.future = false};
    size_t format;
    oc_status status = oc_get_word(x, "format", formats, 3, 0, &format);
    if (status == OC_OK && format == 2 && !oc_has(x, "chain"))
        return oc_complain(x, OC_USAGE, "who.svg-needs-chain", NULL);
    if (status == OC_OK && oc_has(x, "chain") && oc_has(x, "history"))
        return oc_complain(x, OC_USAGE, "who.chain-or-history", NULL);
    if (status == OC_OK) status = take_day(x, &w.day);
    if (status == OC_OK) status = oc_record_open(x, 0, &w.record);
    if (status == OC_OK) status = read_question(&w);
    if (status != OC_OK) return status;
    if (oc_has(x, "chain")) return oc_chain_show(&w.record, &w.question, formats[format]);
    w.answers = oc_ledger_ask(x->arena, w.record.ledger, &w.question);
    count_in_100(&w);
    return format == 1 ? answer_json(&w) : answer_text(&w);
}

static const oc_option options[] = {
    {"on", "DATE", false},      {"state", "STATE", false}, {"matter", "MATTER", false}, {"forces", "FORCES", false},
    {"holder", "NAME", false},  {"history", NULL, false},  {"chain", NULL, false},
    {"format", "text|json|svg", false},                    {"as-of", "DATE", false},    {"runs", "N", false},
    {"seed", "N", false},       {NULL, NULL, false},
};
const oc_command oc_cmd_who = {
    "who", "[SCENARIO] [DATE] [OPTION]…", options, run, 2,
};
