/* Reading voices and pooling them; see voices.h.
 *
 * Worked example: one voice said on 1 January that a thing is planned for the year: 80 in 100 spread over the year, 2
 * never, the rest later. Half a year on, with nothing done, 40 of the 80 are gone and the curve is divided by the 60
 * that are left. */
#include "analysis/voices.h"

#include <stdlib.h>

enum { MOST_VOICES = 2000, MOST_WEIGHT = 1000 };
static const double LOG_FLOOR = 0.05;

typedef enum reading { TAKEN, OTHER, LATER, RESOLVED, LAPSED, UNUSABLE } reading;

static oc_slice text_of(const oc_node *record, const char *key)
{
    const oc_node *node = oc_node_get(record, key);
    return node && node->kind == OC_NODE_SCALAR ? node->text : (oc_slice){"", 0};
}

static bool read_days(const oc_node *node, oc_day *ret_first, oc_day *ret_last)
{
    oc_day ignored;
    if (!node) return false;
    if (node->kind == OC_NODE_SCALAR) return oc_days_parse(node->text, ret_first, ret_last);
    if (node->kind != OC_NODE_LIST || node->items.len != 2) return false;
    const oc_node *first = node->items.at[0], *last = node->items.at[1];
    return first->kind == OC_NODE_SCALAR && last->kind == OC_NODE_SCALAR &&
           oc_days_parse(first->text, ret_first, &ignored) && oc_days_parse(last->text, &ignored, ret_last);
}

/* The interval: `target`, or from the day of the statement to the end of `target_by`. */
static bool read_interval(const oc_node *record, oc_pool_voice *voice)
{
    oc_day first;
    if (read_days(oc_node_get(record, "target"), &voice->first, &voice->last)) return voice->first <= voice->last;
    voice->first = voice->said;
    return read_days(oc_node_get(record, "target_by"), &first, &voice->last) && voice->first <= voice->last;
}

/* Of a text or a list of texts. */
static oc_slice first_text(const oc_node *node)
{
    if (node && node->kind == OC_NODE_LIST && node->items.len) node = node->items.at[0];
    return node && node->kind == OC_NODE_SCALAR ? node->text : (oc_slice){"", 0};
}

/* By hand: a number of 0 or more; 1 without one. False for anything else. */
static bool read_weight(oc_arena *arena, const oc_node *record, oc_pool_voice *voice)
{
    voice->weight = 1;
    oc_slice text = text_of(record, "weight");
    if (!text.len) return true;
    char *end;
    oc_slice copy = oc_arena_copy(arena, text);
    voice->weight = strtod(copy.ptr, &end);
    return end == copy.ptr + copy.len && voice->weight > 0 && voice->weight <= MOST_WEIGHT;
}

static reading read_voice(oc_arena *arena, const oc_node *record, oc_slice stage, oc_day as_of, oc_pool_voice *ret)
{
    oc_day last, over;
    if (!oc_slice_equal(text_of(record, "about"), stage)) return OTHER;
    *ret = (oc_pool_voice){.speaker = first_text(oc_node_get(record, "by")),
                           .firmness = oc_firmness_find(text_of(record, "modality"))};
    if (!oc_days_parse(text_of(record, "on"), &ret->said, &last)) return UNUSABLE;
    if (ret->said > as_of) return LATER;
    const oc_node *outcome = oc_node_get(record, "outcome");
    if (outcome && (!oc_days_parse(text_of(outcome, "on"), &last, &over) || last <= as_of)) return RESOLVED;
    if (ret->firmness == OC_FIRM_COUNT || !read_interval(record, ret)) return UNUSABLE;
    if (!read_weight(arena, record, ret)) return UNUSABLE;
    return ret->last <= as_of ? LAPSED : TAKEN;
}

static size_t count_speakers(const oc_voices *voices)
{
    size_t speakers = 0;
    for (size_t i = 0; i < voices->count; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++) again = again || oc_slice_equal(voices->at[i].speaker, voices->at[k].speaker);
        speakers += !again;
    }
    return speakers;
}

void oc_voices_read(oc_arena *arena, const oc_node *root, oc_slice stage, oc_day as_of, oc_voices *ret_voices)
{
    oc_voices *out = ret_voices;
    const oc_node *section = oc_node_get(root, "voices");
    size_t most = section && section->kind == OC_NODE_MAPPING ? section->pairs.len : 0;
    if (most > MOST_VOICES) most = MOST_VOICES;
    *out = (oc_voices){.at = OC_NEW_ARRAY(arena, most + 1, oc_pool_voice),
                       .name = OC_NEW_ARRAY(arena, most + 1, oc_slice),
                       .from = OC_NEW_ARRAY(arena, most + 1, oc_slice)};
    size_t *counters[] = {[LATER] = &out->later, [RESOLVED] = &out->resolved, [LAPSED] = &out->lapsed,
                          [UNUSABLE] = &out->unusable};
    for (size_t i = 0; i < most; i++) {
        const oc_pair *pair = &section->pairs.at[i];
        reading how = read_voice(arena, pair->value, stage, as_of, &out->at[out->count]);
        if (how == TAKEN) {
            out->from[out->count] = first_text(oc_node_get(pair->value, "from"));
            out->name[out->count++] = pair->key->text;
        } else if (how != OTHER) {
            ++*counters[how];
        }
    }
    out->speakers = count_speakers(out);
    if (!out->count) return;
    out->weight = OC_NEW_ARRAY(arena, out->count, double);
    if (!oc_pool_voice_weights(out->at, out->count, as_of, OC_VOICES_HALF_LIFE, out->weight)) out->count = 0;
}

/* Divides by what is left at as_of; false if nothing is. */
static bool condition(const oc_pool_voice *voice, oc_day as_of, const oc_day *day, size_t count, double *done)
{
    double before = 0;
    if (!oc_pool_voice_curve(voice, NULL, &as_of, 1, &before) || !(before < 1)) return false;
    if (!oc_pool_voice_curve(voice, NULL, day, count, done)) return false;
    for (size_t i = 0; i < count; i++) done[i] = done[i] > before ? (done[i] - before) / (1 - before) : 0;
    return true;
}

bool oc_voices_curve(oc_arena *arena, const oc_voices *voices, oc_voices_pool pool, oc_day as_of, const oc_day *day,
                     size_t count, double *done)
{
    oc_curve *curves = OC_NEW_ARRAY(arena, voices->count + 1, oc_curve);
    for (size_t i = 0; i < voices->count; i++) {
        double *own = OC_NEW_ARRAY(arena, count + 1, double);
        if (!condition(&voices->at[i], as_of, day, count, own)) return false;
        curves[i] = (oc_curve){day, own, count};
    }
    if (!voices->count) return false;
    if (pool == OC_VOICES_LOG) return oc_pool_log(arena, curves, voices->weight, voices->count, LOG_FLOOR, done);
    return oc_pool_linear(curves, voices->weight, voices->count, done);
}
