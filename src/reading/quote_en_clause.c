/* Where what an English verb of speech reports begins: behind "that", over "on Friday" and "reporters", or right behind
 * the verb or whom it addresses, where a clause begins: "told lawmakers the budget would …", "warned the gap could …".
 */
#include "reading/voice.h"

enum { ADVERBIAL_BYTES = 120, ASIDE_BYTES = 40, ADDRESSEE_BYTES = 70, SUBJECT_BYTES = 60, LEAST_OBJECT = 2 };

bool oc_quote_is_time(const oc_quote_work *w, oc_slice text)
{
    return oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_TIME, text) != 0;
}

/* "described that as …", "said that is": a pronoun. */
static bool is_clause_behind(const oc_quote_work *w, oc_slice text)
{
    return !oc_slice_begins(text, "as ") && !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, text);
}

/* Behind the verb: over "on Friday", "reporters", to "that "; SIZE_MAX if there is none nearby, or if it belongs to a
 * clause of its own ("said it fired at drones that …"). */
size_t oc_quote_find_that(const oc_quote_work *w, oc_slice rest, bool told)
{
    if (oc_slice_begins(rest, "that ")) return is_clause_behind(w, oc_slice_from(rest, strlen("that "))) ? 0 : SIZE_MAX;
    size_t aside = oc_slice_begins(rest, ", ")
                       ? oc_slice_find(oc_slice_sub(rest, 0, ASIDE_BYTES), OC_SLICE(", that "), 0)
                       : SIZE_MAX;
    if (aside != SIZE_MAX) return aside + 2; /* "cautioned, however, that" */
    size_t at = oc_slice_find(oc_slice_sub(rest, 0, ADVERBIAL_BYTES), OC_SLICE(" that "), 0);
    if (at == SIZE_MAX || oc_voice_holds_verb(w, oc_slice_sub(rest, 0, at)) ||
        oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PREPOSITION, oc_slice_sub(rest, 0, at))) /* on that point */
        return SIZE_MAX;
    size_t comma = oc_slice_find(oc_slice_sub(rest, 0, at), OC_SLICE(", "), 0);
    if (comma != SIZE_MAX && rest.ptr[at - 1] != ',') return SIZE_MAX; /* "said Thursday, a step that …" */
    return told || oc_quote_is_time(w, rest) || oc_slice_ends_with(oc_slice_sub(rest, 0, at), "ly") ||
                   (rest.ptr[0] >= 'A' && rest.ptr[0] <= 'Z')
               ? at + 1
               : SIZE_MAX;
}

/* A noun phrase and its verb begin here, with nothing but the phrase before the verb: "the gap could widen". */
static bool is_clause_at(const oc_quote_work *w, oc_slice text)
{
    bool name = text.len && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z';
    if (!name && !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, text)) return false;
    size_t reach = text.len < SUBJECT_BYTES ? text.len : SUBJECT_BYTES;
    for (size_t at = 0, words = 0; at < reach; words++) {
        oc_slice rest = oc_slice_from(text, at);
        bool small = rest.ptr[0] >= 'a' && rest.ptr[0] <= 'z'; /* not Won-taek */
        if (words && small && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_FINITE, rest)) return true;
        if (words == 1 && name && small && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, rest)) return true;
        bool stop = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PREPOSITION, rest) ||
                    oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_STOP, rest) || strchr("\"(“", rest.ptr[0]);
        bool other = words && !name && rest.ptr[0] >= 'A' && rest.ptr[0] <= 'Z'; /* "the plan Seoul had offered" */
        size_t gap = oc_slice_find(oc_slice_sub(text, 0, reach), OC_SLICE(" "), at);
        if (stop || other || gap == SIZE_MAX || strchr(",.;:", text.ptr[gap - 1])) return false;
        at = gap + 1;
    }
    return false;
}

bool oc_quote_begins_clause(const oc_quote_work *w, oc_slice rest)
{
    size_t subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, rest);
    if (!subject) subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, rest);
    if (!subject) subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DUMMY, rest);
    oc_slice verb = oc_slice_from(rest, subject + 1);
    if (subject && subject < rest.len && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, verb)) return true;
    return is_clause_at(w, rest);
}

size_t oc_quote_find_told(const oc_quote_work *w, oc_slice rest)
{
    size_t reach = rest.len < ADDRESSEE_BYTES ? rest.len : ADDRESSEE_BYTES, word = 0;
    for (size_t at = 1; at < reach; at++) {
        if (rest.ptr[at - 1] == ',' || rest.ptr[at - 1] == '"') return SIZE_MAX;
        if (rest.ptr[at - 1] != ' ') continue;
        oc_slice last = oc_slice_sub(rest, word, at - 1), behind = oc_slice_from(rest, at);
        bool joined = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PREPOSITION, last) ||
                      oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, last) ||
                      oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_STOP, last);
        bool named =
            last.len && last.ptr[0] >= 'A' && last.ptr[0] <= 'Z' && behind.ptr[0] >= 'A' && behind.ptr[0] <= 'Z';
        word = at;
        if (at > LEAST_OBJECT && !joined && !named && oc_quote_begins_clause(w, behind)) return at;
    }
    return SIZE_MAX;
}
