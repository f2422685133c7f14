/* Milestones in other words; see milestone.h. In Japanese and Korean the deed follows its object; in English it stands
 * on either side: "take back wartime control", "control … will be handed over".
 *
 * Example: 戦作権を2028年に取り戻す has 戦作権 (transfer+) and 取り戻 (deed of transfer), and no sign that ends a part
 * of the sentence between them: a milestone from the one to the other, with the year inside. */
#include "reading/milestone.h"

#include "base/text.h"
#include "reading/clause.h"

enum {
    DEED_BEHIND = 120,      /* bytes from an object to its deed; a comma between them ends the reach */
    DEED_BEHIND_COMMA = 70, /* Japanese, Korean: over one comma, "戦作権は、2028年に移す" */
    DEED_BEFORE = 48,       /* English: from the deed to the object */
    OWN_REACH = 40,         /* from a milestone in full to the word that would name it again */
};

oc_slice oc_milestone_id(const oc_lex_entry *entry)
{
    oc_slice id = entry->value;
    while (id.len && (id.ptr[id.len - 1] == '?' || id.ptr[id.len - 1] == '!' || id.ptr[id.len - 1] == '+')) id.len--;
    return id;
}

/* --- traits --- */

static const char settles[] = "settles ", unplanned[] = "unplanned";

oc_status oc_milestones_build(oc_lexicon *lexicon, oc_diags *diags)
{
    lexicon->traits.len = 0;
    for (size_t i = 0; i < lexicon->entries.len; i++) {
        const oc_lex_entry *entry = &lexicon->entries.at[i];
        if (entry->class != OC_LEX_TRAIT) continue;
        if (oc_slice_begins(entry->value, settles) || oc_slice_is(entry->value, unplanned))
            *oc_vec_push(lexicon->arena, &lexicon->traits) = (uint32_t)i;
        else
            oc_report(diags, OC_E0704, entry->span, OC_ARGS(OC_T(entry->value), OC_S(oc_lex_class_name(entry->class))));
    }
    return oc_diags_status(diags);
}

/* Of a milestone, "" if it has none; the last entry counts. */
static oc_slice trait_of(const oc_lexicon *lexicon, oc_slice id)
{
    for (size_t i = lexicon->traits.len; i-- > 0;) {
        const oc_lex_entry *entry = &lexicon->entries.at[lexicon->traits.at[i]];
        if (oc_slice_equal(entry->word, id)) return entry->value;
    }
    return (oc_slice){"", 0};
}

oc_slice oc_milestone_settles(const oc_lexicon *lexicon, oc_slice id)
{
    oc_slice trait = trait_of(lexicon, id);
    return oc_slice_begins(trait, settles) ? oc_slice_from(trait, strlen(settles)) : (oc_slice){"", 0};
}

bool oc_milestone_is_unplanned(const oc_lexicon *lexicon, oc_slice id)
{
    return oc_slice_is(trait_of(lexicon, id), unplanned);
}

/* --- in sentences --- */

bool oc_milestone_stands_for(const oc_hit *hit)
{
    return hit->entry->class == OC_LEX_MILESTONE && oc_slice_ends(hit->entry->value, OC_SLICE("!!"));
}

static bool is_object(const oc_lex_entry *entry)
{
    return oc_slice_ends(entry->value, OC_SLICE("+"));
}

static bool is_one_of(const oc_lex_entry *entry)
{
    return memchr(entry->value.ptr, '/', entry->value.len) != NULL;
}

/* The deed that is done to an object: the nearest one in its clause. */
static const oc_hit *deed_of(oc_lang lang, oc_slice text, const oc_hits *hits, const oc_hit *object)
{
    const oc_hit *before = NULL;
    oc_slice id = oc_milestone_id(object->entry);
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_DEED); hit; hit = oc_hits_next(hits, hit)) {
        if (!oc_slice_equal(hit->entry->value, id)) continue;
        if (hit->start >= object->end) {
            size_t far = hit->start - object->end, commas = oc_commas_between(text, object->end, hit->start);
            bool near = far <= DEED_BEHIND && !commas;
            near |= lang != OC_LANG_EN && far <= DEED_BEHIND_COMMA && commas == 1;
            if (near) return before ? before : hit;
            break;
        }
        bool front = lang == OC_LANG_EN && hit->end <= object->start && object->start - hit->end <= DEED_BEFORE;
        if (front && !oc_commas_between(text, hit->end, object->start)) before = hit;
    }
    return before;
}

static bool is_in_list(oc_slice list, oc_slice id)
{
    for (size_t at = 0; at < list.len;) {
        size_t end = oc_slice_find(list, OC_SLICE("/"), at);
        if (end == SIZE_MAX) end = list.len;
        if (oc_slice_equal(oc_slice_sub(list, at, end), id)) return true;
        at = end + 1;
    }
    return false;
}

/* "FOCの検証": the word belongs to the milestone right before it. */
static bool is_named_before(oc_slice text, const oc_hits *hits, const oc_hit *word)
{
    for (const oc_hit *hit = oc_hits_first(hits, OC_LEX_MILESTONE); hit != word; hit = oc_hits_next(hits, hit)) {
        if (!hit->entry || hit->end > word->start) continue;
        if (word->start - hit->end <= OWN_REACH && is_in_list(word->entry->value, oc_milestone_id(hit->entry)) &&
            !oc_commas_between(text, hit->end, word->start))
            return true;
    }
    return false;
}

static void remember(oc_milestone_memory *memory, oc_slice id)
{
    size_t at = 0;
    while (at < memory->count && !oc_slice_equal(memory->ids[at], id)) at++;
    if (at == memory->count && at < OC_MILESTONES_KEPT) memory->count++;
    if (at == OC_MILESTONES_KEPT) at--;
    memmove(memory->ids + 1, memory->ids, at * sizeof *memory->ids);
    memory->ids[0] = id;
}

static oc_slice last_of(const oc_milestone_memory *memory, oc_slice list)
{
    for (size_t i = 0; i < memory->count; i++)
        if (is_in_list(list, memory->ids[i])) return memory->ids[i];
    return (oc_slice){"", 0};
}

static const oc_lex_entry *entry_like(oc_arena *arena, const oc_lex_entry *entry, oc_slice value)
{
    oc_lex_entry *made = OC_NEW(arena, oc_lex_entry);
    *made = *entry;
    made->word = OC_SLICE("*"); /* words inside of it count by themselves */
    made->value = value;
    return made;
}

/* The id of a milestone that needs a day and stands for one named before. */
static oc_slice marked_id(oc_arena *arena, oc_slice id)
{
    oc_text text = oc_text_in(arena);
    oc_text_add(&text, id);
    oc_text_add(&text, OC_SLICE("!!"));
    return oc_text_slice(&text);
}

static void settle_object(oc_lang lang, oc_slice text, oc_milestone_memory *memory, oc_arena *arena,
                          const oc_hits *hits, oc_hit *hit)
{
    const oc_hit *deed = deed_of(lang, text, hits, hit);
    oc_slice value = oc_slice_sub(hit->entry->value, 0, hit->entry->value.len - 1);
    memory->known |= !oc_slice_ends(value, OC_SLICE("!"));
    if (!deed) {
        if (!oc_slice_ends(value, OC_SLICE("!"))) memory->object = value;
        hit->entry = NULL;
        return;
    }
    hit->entry = entry_like(arena, hit->entry, value);
    if (deed->start < hit->start) hit->start = deed->start;
    if (deed->end > hit->end) hit->end = deed->end;
}

/* Makes of a hit the milestone that it names; without an entry it goes. */
static void settle_hit(oc_lang lang, oc_slice sentence, oc_milestone_memory *memory, oc_arena *arena,
                       const oc_hits *hits, oc_hit *hit)
{
    oc_slice value = hit->entry->value;
    if (oc_slice_is(value, "none")) {
        hit->entry = NULL;
    } else if (is_object(hit->entry)) {
        memory->known |= !oc_slice_ends(value, OC_SLICE("!+"));
        settle_object(lang, sentence, memory, arena, hits, hit);
    } else if (is_one_of(hit->entry)) {
        oc_slice id = last_of(memory, value);
        bool again = !id.len || is_named_before(sentence, hits, hit);
        hit->entry = again ? NULL : entry_like(arena, hit->entry, marked_id(memory->arena, id));
    } else if (!oc_slice_ends(value, OC_SLICE("!"))) {
        memory->known |= !oc_slice_ends(value, OC_SLICE("?"));
        remember(memory, oc_milestone_id(hit->entry));
    }
}

static void drop_gone(oc_hits *hits)
{
    size_t kept = 0;
    for (size_t i = 0; i < hits->len; i++)
        if (hits->at[i].entry) hits->at[kept++] = hits->at[i];
    hits->len = kept;
    oc_hits_index(hits);
}

void oc_milestones_settle(oc_lang lang, oc_slice sentence, oc_milestone_memory *memory, oc_arena *arena, oc_hits *hits)
{
    bool gone = false;
    memory->object = (oc_slice){"", 0};
    if (!oc_hits_any(hits, OC_LEX_BIT(MILESTONE))) return;
    for (uint32_t i = hits->first[OC_LEX_MILESTONE]; i != OC_HITS_END; i = hits->at[i].next) {
        settle_hit(lang, sentence, memory, arena, hits, &hits->at[i]);
        gone |= !hits->at[i].entry;
    }
    if (gone) drop_gone(hits);
}
