/* See why_view.h. */
#include "cli/why_view.h"

enum { SHOWN_TURNS = 8 };

#define TITLE_AMONG(list)                                                            \
    for (size_t i = 0; i < model->list.len; i++)                                     \
        if (oc_slice_equal(model->list.at[i]->symbol->name, name))                   \
            return oc_title_in(&model->list.at[i]->title, x->lang, name);

static oc_slice record_title(oc_context *x, const oc_model *model, oc_slice name)
{
    TITLE_AMONG(stages)
    TITLE_AMONG(shocks)
    TITLE_AMONG(variables)
    TITLE_AMONG(inputs)
    return name;
}

static oc_slice place_title(oc_context *x, const oc_model *model, oc_slice name)
{
    TITLE_AMONG(events)
    if (oc_slice_is(name, "start")) return oc_tell(x, "why.at.start", NULL);
    if (oc_slice_is(name, "tick")) return oc_tell(x, "why.at.tick", NULL);
    return name;
}

static oc_slice turn_text(oc_context *x, const oc_model *model, const oc_turn *t)
{
    if (t->kind == OC_TURN_NONE) return oc_tell(x, "why.question-only", NULL);
    oc_slice title = record_title(x, model, t->record);
    if (t->kind == OC_TURN_TAKES) title = oc_tell(x, "why.takes", OC_ARGS(OC_T(title)));
    const char *key = t->side < 0 ? "why.only-base" : t->side > 0 ? "why.only-variant" : NULL;
    return key ? oc_tell(x, key, OC_ARGS(OC_T(title))) : title;
}

static oc_slice percent(oc_context *x, uint64_t part, uint64_t all)
{
    oc_text text = oc_text_in(x->arena);
    oc_text_fixed(&text, all ? (double)part / (double)all * 100 : 0, 1);
    oc_text_byte(&text, '%');
    return oc_text_slice(&text);
}

static void turns_table(oc_context *x, oc_text *out, const oc_model *model, const char *head, const oc_turn *turns,
                        size_t count, uint64_t flipped)
{
    oc_columns t = oc_columns_of(x->arena, "llrr");
    const char *const heads[] = {head, "why.head.at", "why.head.day", "head.share-futures"};
    for (size_t i = 0; i < 4; i++) oc_columns_add(&t, oc_tell(x, heads[i], NULL));
    uint64_t rest = flipped;
    for (size_t i = 0; i < count && i < SHOWN_TURNS; i++) {
        oc_columns_add(&t, turn_text(x, model, &turns[i]));
        oc_columns_add(&t, place_title(x, model, turns[i].at));
        oc_columns_add(&t, turns[i].kind == OC_TURN_NONE ? (oc_slice){"", 0} : oc_day_print(x->arena, turns[i].p50));
        oc_columns_add(&t, percent(x, turns[i].futures, flipped));
        rest -= turns[i].futures;
    }
    if (rest) {
        oc_columns_add(&t, oc_tell(x, "word.others", NULL));
        oc_columns_add(&t, (oc_slice){"", 0});
        oc_columns_add(&t, (oc_slice){"", 0});
        oc_columns_add(&t, percent(x, rest, flipped));
    }
    oc_columns_print(out, &t, x->width, x->colour);
}

void oc_why_text(oc_context *x, oc_text *out, const oc_model *model, const oc_why_shown *shown)
{
    const oc_why *why = &shown->why;
    const oc_variant *v = shown->variant;
    oc_slice variant = v->title ? oc_title_in(v->title, x->lang, v->name) : v->name;
    oc_slice answer = oc_title_in(shown->measure->title, x->lang, shown->measure->name);
    oc_text_byte(out, '\n');
    if (!why->flipped) {
        oc_add_message(x, out, "why.none", OC_ARGS(OC_T(variant), OC_T(answer), OC_I(why->futures)));
        return;
    }
    static const char *const heads[] = {"why.truth", "why.date", "why.number"};
    oc_add_message(x, out, "why.head", OC_ARGS(OC_T(variant), OC_T(answer), OC_I(why->flipped), OC_I(why->futures)));
    oc_add_message(x, out, heads[shown->measure->kind], OC_ARGS(OC_I(why->up), OC_I(why->flipped - why->up)));
    turns_table(x, out, model, "why.head.outcome", why->outcomes, why->outcome_count, why->flipped);
    oc_text_byte(out, '\n');
    turns_table(x, out, model, "why.head.value", why->values, why->value_count, why->flipped);
}

static void json_turns(oc_json *json, const char *key, const oc_turn *turns, size_t count, uint64_t flipped)
{
    static const char *const kinds[] = {"stage", "shock", "variable", "input", "takes", "question"};
    static const char *const sides[] = {"base", "both", "variant"};
    oc_json_list(json, key);
    for (size_t i = 0; i < count; i++) {
        const oc_turn *t = &turns[i];
        bool none = t->kind == OC_TURN_NONE;
        oc_json_row_object(json, NULL);
        oc_json_text(json, "kind", oc_slice_of(kinds[t->kind]));
        if (!none) oc_json_text(json, "record", t->record);
        if (!none) oc_json_text(json, "at", t->at);
        oc_json_text(json, "in", oc_slice_of(sides[t->side + 1]));
        oc_json_unsigned(json, "futures", t->futures);
        oc_json_number(json, "share", (double)t->futures / (double)flipped);
        oc_json_day(json, "p10", none ? OC_DAY_NONE : t->p10);
        oc_json_day(json, "p50", none ? OC_DAY_NONE : t->p50);
        oc_json_day(json, "p90", none ? OC_DAY_NONE : t->p90);
        oc_json_end(json);
    }
    oc_json_end(json);
}

void oc_why_json(oc_json *json, const oc_why_shown *shown)
{
    const oc_why *why = &shown->why;
    oc_json_object(json, NULL);
    oc_json_text(json, "variant", shown->variant->name);
    oc_json_text(json, "of", shown->measure->stage ? OC_SLICE("stage") : OC_SLICE("question"));
    oc_json_text(json, "name", shown->measure->name);
    oc_json_unsigned(json, "futures", why->futures);
    oc_json_unsigned(json, "flipped", why->flipped);
    oc_json_unsigned(json, "up", why->up);
    if (why->flipped)
        oc_json_unsigned(json, "example", why->example);
    else
        oc_json_null(json, "example");
    json_turns(json, "outcomes", why->outcomes, why->outcome_count, why->flipped);
    json_turns(json, "values", why->values, why->value_count, why->flipped);
    oc_json_end(json);
}
