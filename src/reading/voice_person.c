/* Whom "he" and "she" mean beside the topic: a person whom the sentence or the one before names, one voice where the
 * last were many; see voice.h. */
#include "reading/voice.h"

enum { PERSON_SENTENCES = 2 };

/* "Reporters waiting at the gate", "Two officials": a plural without a name begins the words. */
static bool are_many(const oc_quote_work *w, oc_slice name)
{
    size_t article = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DEFINITE, name); /* "The governing party" */
    if (article && oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_BODY, name)) return true;
    for (size_t at = 0, n = 0; at < name.len && n < 2; n++) {
        size_t gap = oc_slice_find(name, OC_SLICE(" "), at), end = gap == SIZE_MAX ? name.len : gap;
        oc_slice word = oc_slice_sub(name, at, end);
        if (oc_slice_ends_with(word, "s") && oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, word)) return true;
        at = end + 1;
    }
    return false;
}

/* Many, or of the other sex: "Her son is a conscript. She …" */
static bool is_other(const oc_quote_work *w, oc_slice name, oc_slice pronoun)
{
    bool she = pronoun.len > 1 && ((pronoun.ptr[0] | 32) == 's' || (pronoun.ptr[1] | 32) == 'e') && pronoun.len != 2;
    oc_phrase_kind other = she ? OC_PHRASE_MALE : OC_PHRASE_FEMALE;
    return are_many(w, name) || oc_phrase_ends(w->lexicon, OC_LANG_EN, other, name) != 0;
}

oc_slice oc_voice_one_of_many(const oc_quote_work *w, oc_slice pronoun)
{
    if (w->lang != OC_LANG_EN || !is_other(w, w->state->topic, pronoun)) return (oc_slice){"", 0};
    for (size_t i = 0; i < OC_QUOTE_VOICES; i++)
        if (!is_other(w, w->state->voices[i], pronoun)) return w->state->voices[i];
    return (oc_slice){"", 0};
}

oc_slice oc_voice_person_before(const oc_quote_work *w)
{
    const oc_document *document = w->document;
    for (size_t i = document->mentions.len; i-- > 0;) {
        const oc_found_mention *found = &document->mentions.at[i];
        if (found->sentence + PERSON_SENTENCES < w->index) break;
        if (found->sentence >= w->index || !oc_slice_is(document->reader->actors[found->mention.actor].kind, "person"))
            continue;
        return oc_slice_sub(document->sentences.at[found->sentence].text, found->mention.from, found->mention.to);
    }
    return (oc_slice){"", 0};
}

oc_slice oc_voice_person_in_front(const oc_quote_work *w, oc_slice pronoun)
{
    const oc_document *document = w->document;
    uintptr_t at = (uintptr_t)pronoun.ptr, text = (uintptr_t)w->text.ptr;
    oc_slice found = {"", 0};
    if (w->lang != OC_LANG_EN || w->done || at <= text || at > text + w->text.len) return found;
    if (oc_slice_ends_with(oc_slice_sub(w->text, 0, at - text), ", "))
        return found;                                /* "It will question Ahn, he said" */
    if (oc_voice_is_front(w, w->text)) return found; /* "After the meeting with Hegseth, he said" */
    for (size_t i = document->mentions.len; i-- > 0 && document->mentions.at[i].sentence == w->index;) {
        const oc_found_mention *mention = &document->mentions.at[i];
        bool person = oc_slice_is(document->reader->actors[mention->mention.actor].kind, "person");
        if (person && mention->mention.to <= at - text && !oc_voice_inside_pair(w, mention->mention.from))
            found = oc_slice_sub(w->text, mention->mention.from, mention->mention.to);
    }
    return found;
}
