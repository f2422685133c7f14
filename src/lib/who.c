/* Questions to the ledger, answered in plain structures that stand alone. */
#include <math.h>

#include "authority/query.h"
#include "lib/loaded.h"
#include "lib/outcome.h"
#include "opcon/who.h"

struct oc_holdings {
    oc_home home;
    oc_holding_info *list;
    size_t count;
};

/* --- what is asked --- */

typedef struct asking {
    oc_loaded *loaded;
    oc_holdings *answer;
    const oc_who_question *asked;
    oc_ledger_question question;
    bool known; /* all names of the question are */
} asking;

/* A name that the ledger does not have, as a diagnostic with a place in the question itself. */
static void report_unknown(asking *a, const char *option, const char *kind, oc_slice name, oc_name_set names)
{
    oc_diags *diags = &a->loaded->diags;
    oc_arena *arena = diags->arena;
    oc_slice text = oc_arena_copy(arena, name);
    uint32_t file = oc_source_add(diags->sources, oc_slice_of(option), text);
    oc_span span = {file, 0, (uint32_t)text.len};
    oc_diag *d = oc_report(diags, OC_E0502, span, OC_ARGS(OC_M(kind), OC_T(text)));
    oc_diag_suggest(d, span, text, names.at, names.len);
}

static void read_name(asking *a, const char *name, oc_subject_kind kind, const char *option, const char *key,
                      uint32_t *ret)
{
    const oc_ledger *ledger = a->loaded->ledger;
    oc_arena *arena = &a->loaded->home.arena;
    if (!name || oc_ledger_subject_of(arena, ledger, kind, oc_slice_of(name), ret)) return;
    a->known = false;
    report_unknown(a, option, key, oc_slice_of(name), oc_ledger_all_names(arena, ledger, kind));
}

/* Forces or a place. */
static void read_ground(asking *a)
{
    const char *name = a->asked->forces;
    const oc_ledger *ledger = a->loaded->ledger;
    oc_arena *arena = &a->loaded->home.arena;
    if (name && oc_ledger_subject_of(arena, ledger, OC_SUBJECT_PLACE, oc_slice_of(name), &a->question.place)) return;
    read_name(a, name, OC_SUBJECT_FORCES, "--forces", "kind.forces", &a->question.forces);
}

static void question_body(void *context)
{
    asking *a = context;
    const oc_who_question *asked = a->asked;
    oc_day as_of = a->loaded->model->as_of;
    a->question = oc_ledger_any;
    a->question.as_of = as_of;
    a->question.on = asked->history ? OC_DAY_NONE : asked->on == OC_DAY_NONE ? as_of : asked->on;
    a->known = true;
    read_name(a, asked->state, OC_SUBJECT_STATE, "--state", "kind.state", &a->question.state);
    read_name(a, asked->matter, OC_SUBJECT_MATTER, "--matter", "kind.matter", &a->question.matter);
    read_name(a, asked->holder, OC_SUBJECT_ACTOR, "--holder", "kind.actor", &a->question.holder);
    read_ground(a);
}

/* The outcome's stages are the model's, in its order. */
static double done_by(void *context, uint32_t number, oc_day day)
{
    const oc_outcome *outcome = context;
    const oc_estimate_info *stage = oc_outcome_stage(outcome, number);
    const oc_outcome_info *facts = oc_outcome_facts(outcome);
    if (!stage || !stage->done_by || day > facts->horizon) return NAN;
    return day <= facts->as_of ? 0 : stage->done_by[day - facts->as_of];
}

/* --- what is answered --- */

static void copy_words(oc_home *home, const oc_words *words, const char **ret)
{
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) ret[lang] = oc_home_text(home, words->in[lang]);
}

static oc_named named(oc_home *home, oc_slice id, const oc_words *name)
{
    oc_named n = {.id = oc_home_text(home, id)};
    copy_words(home, name, n.in);
    return n;
}

static oc_named term(oc_home *home, const oc_term *t)
{
    return named(home, t->id, &t->name);
}

static oc_named actor(oc_home *home, const oc_ledger *ledger, uint32_t index)
{
    const oc_actor *a = &ledger->actors.at[index];
    return named(home, a->id, &a->name);
}

static const char *when(oc_home *home, const oc_ledger *ledger, const oc_when *w)
{
    if (w->kind == OC_WHEN_STAGE) return oc_home_text(home, ledger->stages.at[w->stage].name);
    return w->kind == OC_WHEN_DATE ? oc_home_text(home, w->text) : "";
}

static void copy_contests(asking *a, const oc_holding *holding, oc_holding_info *info)
{
    oc_home *home = &a->answer->home;
    oc_contest *contests = OC_NEW_ARRAY(&home->arena, holding->contested.len + 1, oc_contest);
    for (size_t i = 0; i < holding->contested.len; i++) {
        const oc_claim *claim = &holding->contested.at[i];
        if (!oc_ledger_claimed(claim, &a->question)) continue;
        oc_contest *contest = &contests[info->contest_count++];
        contest->by = actor(home, a->loaded->ledger, claim->by);
        copy_words(home, &claim->claim, contest->claim);
    }
    info->contests = contests;
}

/* What only a holding has: not of the answer "nobody on record". */
static void copy_holding(asking *a, const oc_holding *holding, oc_holding_info *info)
{
    oc_home *home = &a->answer->home;
    const oc_ledger *ledger = a->loaded->ledger;
    info->holder = actor(home, ledger, holding->holder);
    info->since = when(home, ledger, &holding->since);
    info->until = when(home, ledger, &holding->until);
    oc_named *instruments = OC_NEW_ARRAY(&home->arena, holding->instruments.len + 1, oc_named);
    for (size_t i = 0; i < holding->instruments.len; i++) {
        const oc_instrument *instrument = &ledger->instruments.at[holding->instruments.at[i]];
        instruments[i] = named(home, instrument->id, &instrument->name);
    }
    info->instruments = instruments;
    info->instrument_count = holding->instruments.len;
    const char **sources = OC_NEW_ARRAY(&home->arena, holding->evidence.from.len + 1, const char *);
    for (size_t i = 0; i < holding->evidence.from.len; i++)
        sources[i] = oc_home_text(home, holding->evidence.from.at[i]);
    info->sources = sources;
    info->source_count = holding->evidence.from.len;
    copy_contests(a, holding, info);
}

static void answer_body(void *context)
{
    asking *a = context;
    oc_home *home = &a->answer->home;
    const oc_ledger *ledger = a->loaded->ledger;
    oc_ledger_forecast forecast = {done_by, (void *)a->asked->outcome};
    if (a->asked->outcome) a->question.forecast = &forecast;
    oc_ledger_answers answers = oc_ledger_ask(&home->arena, ledger, &a->question);
    a->answer->list = OC_NEW_ARRAY(&home->arena, answers.len + 1, oc_holding_info);
    for (size_t i = 0; i < answers.len; i++) {
        const oc_ledger_answer *answer = &answers.at[i];
        const oc_holding *ground = answer->holding ? answer->holding : answer->example;
        oc_holding_info *info = &a->answer->list[a->answer->count++];
        *info =
            (oc_holding_info){.probability = answer->probability, .certain = answer->certain, .since = "", .until = ""};
        info->matter = term(home, &ledger->matters.at[ground->matter]);
        info->forces = term(home, ground->forces != OC_LEDGER_NONE ? &ledger->forces.at[ground->forces]
                                                                   : &ledger->places.at[ground->place]);
        info->state = term(home, &ledger->states.at[answer->state]);
        if (answer->holding) copy_holding(a, answer->holding, info);
    }
}

oc_status oc_scenario_who(oc_scenario *scenario, const oc_who_question *question, oc_holdings **ret_answer)
{
    oc_who_question own = OC_WHO_QUESTION;
    if (ret_answer) *ret_answer = NULL;
    if (!scenario || !ret_answer || !oc_home_settings(question, &own, sizeof own)) return OC_USAGE;
    question = &own;
    if (question->on != OC_DAY_NONE && (question->on < OC_DAY_MIN || question->on > OC_DAY_MAX)) return OC_USAGE;
    asking a = {.asked = question};
    oc_status status = oc_scenario_read(scenario, &a.loaded);
    if (status != OC_OK) return status;
    const oc_outcome_info *facts = oc_outcome_facts(question->outcome);
    if (facts && (oc_outcome_stage_count(question->outcome) != a.loaded->model->stages.len ||
                  facts->as_of != a.loaded->model->as_of))
        return OC_USAGE;
    status = oc_home_call(&a.loaded->home, question_body, &a);
    if (status != OC_OK || !a.known) return status == OC_OK ? OC_INPUT : status;
    a.answer = oc_home_new(oc_scenario_memory(scenario), sizeof *a.answer, 0);
    if (!a.answer) return OC_NOMEM;
    status = oc_home_call_both(&a.loaded->home, &a.answer->home, answer_body, &a);
    if (status == OC_OK)
        *ret_answer = a.answer;
    else
        oc_holdings_free(a.answer);
    return status;
}

void oc_holdings_free(oc_holdings *answer)
{
    oc_home_free(answer);
}

size_t oc_holdings_count(const oc_holdings *answer)
{
    return answer ? answer->count : 0;
}

const oc_holding_info *oc_holdings_at(const oc_holdings *answer, size_t number)
{
    return number < oc_holdings_count(answer) ? &answer->list[number] : NULL;
}
