/* What a verb of speech reports without marks, in English: SUBJECT VERB that …; …, SUBJECT VERB; VERB-ing that …; and
 * clauses that a verb of speech was put into. */
#include "reading/voice.h"

enum {
    LEAST_CHARS = 5,
    LEAST_BYTES = 20,
    ADVERBIAL_BYTES = 60,
    ASIDE_BYTES = 40,
    CITING_BYTES = 16,
    QUOTED_REACH = 140
};

bool oc_voice_is_passive(const oc_quote_work *w, size_t verb)
{
    oc_slice before = oc_slice_sub(w->text, 0, verb);
    size_t form =
        oc_slice_ends_with(before, " ") ? oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_PASSIVE, before) : 0;
    bool small = form && before.ptr[before.len - form] >= 'a'; /* not "in May said" */
    return small && form < before.len && !oc_slice_ends_with(before, " went on to ");
}

static bool is_time(const oc_quote_work *w, oc_slice text)
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
    if (at == SIZE_MAX || oc_voice_holds_verb(w, oc_slice_sub(rest, 0, at))) return SIZE_MAX;
    size_t comma = oc_slice_find(oc_slice_sub(rest, 0, at), OC_SLICE(", "), 0);
    if (comma != SIZE_MAX && rest.ptr[at - 1] != ',') return SIZE_MAX; /* "said Thursday, a step that …" */
    return told || is_time(w, rest) || oc_slice_ends_with(oc_slice_sub(rest, 0, at), "ly") ||
                   (rest.ptr[0] >= 'A' && rest.ptr[0] <= 'Z')
               ? at + 1
               : SIZE_MAX;
}

/* The end of what is reported: the next subject that speaks, ", and the Secretary reiterated that". */
static size_t en_end(const oc_quote_work *w, const oc_hit *verb)
{
    static const char *const joints[] = {", and ", ", but ", ", while ", ", adding ", "; ", " and that "};
    for (size_t at = verb->end; at < w->text.len;) {
        const oc_hit *next = oc_hit_first(w, OC_LEX_SPEECH, at, w->text.len);
        if (!next) break;
        for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
            size_t joint = oc_quote_last_word(w->text, joints[i], verb->end,
                                              next->start + 8 < w->text.len ? next->start + 8 : w->text.len);
            if (joint != SIZE_MAX && next->start - joint <= ADVERBIAL_BYTES + 8 && joint < next->start) return joint;
        }
        oc_slice before =
            oc_slice_sub(w->text, verb->end, next->start); /* "there were gaps but said they were closed" */
        if (oc_slice_ends_with(before, " but ") || oc_slice_ends_with(before, " and ")) return next->start - 5;
        at = next->end;
    }
    return w->text.len;
}

/* "A deadline, he argued, is …", "Today, he argued, the …": the clause goes on behind what was put into it. */
static bool is_inserted(const oc_quote_work *w, size_t comma, oc_slice rest)
{
    if (comma == SIZE_MAX || !oc_slice_begins(rest, ", ")) return false;
    oc_slice behind = oc_slice_from(rest, 2), before = oc_slice_sub(w->text, w->done, comma);
    if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, behind)) return true;
    size_t gap = oc_slice_find(behind, OC_SLICE(" "), 0);
    bool participle = gap != SIZE_MAX && oc_slice_ends(oc_slice_sub(behind, 0, gap), OC_SLICE("ing"));
    return oc_voice_is_front(w, before) && !participle && !oc_voice_holds_verb(w, before) &&
           oc_voice_holds_verb(w, behind);
}

/* Behind the last ": " or "; " in [from, to), else `from`. */
static size_t behind_colon(const oc_quote_work *w, size_t from, size_t to)
{
    for (size_t i = to; i-- > from + 1;)
        if (w->text.ptr[i] == ' ' && (w->text.ptr[i - 1] == ':' || w->text.ptr[i - 1] == ';')) return i + 1;
    return from;
}

/* "…, the ministry said." and "…, the ministry said, clearing …": what stands before. */
static bool en_inverted(oc_quote_work *w, const oc_hit *verb, oc_slice rest)
{
    size_t comma = oc_quote_last_word(w->text, ", ", w->done, verb->start);
    if (!oc_slice_is(verb->entry->value, "said") && !oc_slice_is(verb->entry->value, "stressed") &&
        !oc_slice_is(verb->entry->value, "reported"))
        return false;
    size_t pause = oc_slice_find(oc_slice_sub(rest, 0, 40), OC_SLICE(","), 0);
    bool told = oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "told") && rest.len < ADVERBIAL_BYTES;
    bool over = !rest.len || oc_slice_begins(rest, ",") || oc_slice_begins(rest, ".") || told ||
                (is_time(w, rest) && (rest.len < ADVERBIAL_BYTES || pause != SIZE_MAX));
    bool inserted = is_inserted(w, comma, rest),
         front = inserted && oc_voice_is_front(w, oc_slice_sub(w->text, w->done, comma));
    size_t least = inserted ? LEAST_CHARS : LEAST_BYTES;
    if (!over || comma == SIZE_MAX || verb->start - comma > 80 || comma < w->done + least) return false;
    oc_slice name = oc_voice_subject(w, comma + 2, verb->start);
    if (!name.len) return false;
    size_t first = behind_colon(w, w->done, comma);
    bool plural = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, name);
    oc_slice whose = first > w->done && plural ? oc_voice_opening(w, w->done, first) : (oc_slice){"", 0};
    if (whose.len) name = whose; /* "His aides were less sure: the talks, they said, …" */
    oc_voice v = oc_voice_of(w, name);
    /* "Yonhap reported, citing government sources" */
    const oc_hit *citing = oc_hit_first(w, OC_LEX_SOURCE, verb->end, verb->end + CITING_BYTES);
    oc_slice source = citing ? oc_voice_object(w, citing->end) : (oc_slice){"", 0};
    if (source.len) {
        v = oc_voice_of(w, source);
        v.reported_by = name;
    }
    size_t end = inserted ? en_end(w, verb) : comma;
    oc_quote_push_indirect(w, oc_slice_sub(w->text, front ? verb->end + 2 : first, end), v,
                           source.len ? w->text.len
                           : inserted ? end
                                      : verb->end);
    return true;
}

/* "Gen. Brunson, who leads both commands, told": only an apposition stands between the name and its verb. */
static bool is_apposed(const oc_quote_work *w, oc_slice name, size_t verb)
{
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (at < text || at + name.len > text + verb) return false;
    oc_slice between = oc_slice_sub(w->text, at - text + name.len, verb);
    size_t auxiliary = oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_TAIL, between);
    between.len -= auxiliary;
    return between.len < 160 && oc_slice_begins(between, ", ") &&
           (oc_slice_ends_with(between, ", ") || oc_slice_ends_with(between, ","));
}

/* "neither side has suggested that", "if the rules said": nobody says it. */
static bool is_nobody(const oc_quote_work *w, oc_slice name, const oc_hit *verb)
{
    if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_NOBODY, name)) return true;
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (at < text || at > text + verb->start) return false;
    oc_slice before = oc_slice_sub(w->text, at - text, verb->start);
    return oc_slice_find(before, OC_SLICE(" if "), 0) != SIZE_MAX ||
           oc_slice_ends_with(oc_slice_sub(w->text, 0, at - text), "if ");
}

/* "there were gaps", "he had doubts": a clause without "that". */
static bool begins_clause(const oc_quote_work *w, oc_slice rest)
{
    size_t subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, rest);
    if (!subject) subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, rest);
    if (!subject) subject = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DUMMY, rest);
    oc_slice verb = oc_slice_from(rest, subject + 1);
    return subject && subject < rest.len && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, verb);
}

/* "Yonhap quoted an official as saying …": the official, passed on by Yonhap. */
static bool en_quoted(oc_quote_work *w, const oc_hit *verb)
{
    size_t length, reach = verb->end + QUOTED_REACH < w->text.len ? verb->end + QUOTED_REACH : w->text.len;
    if (oc_phrase_first(w->lexicon, OC_LANG_EN, OC_PHRASE_QUOTED, w->text, verb->end, reach, &length) == SIZE_MAX)
        return false;
    oc_slice who = oc_voice_object(w, verb->end);
    size_t at = who.len ? (size_t)(who.ptr - w->text.ptr) + who.len + 1 : w->text.len;
    length = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_QUOTED, oc_slice_from(w->text, at));
    if (!length) return false;
    oc_voice v = oc_voice_of(w, who);
    v.reported_by = oc_voice_subject(w, w->done, verb->start);
    oc_slice words = oc_slice_from(w->text, at + length);
    size_t that = oc_quote_find_that(w, oc_slice_trim(words), true); /* "as telling workers that …" */
    bool telling = oc_slice_ends_with(oc_slice_sub(w->text, 0, at + length), "telling");
    if (telling && that != SIZE_MAX) words = oc_slice_from(oc_slice_trim(words), that + strlen("that "));
    oc_quote_push_indirect(w, words, v, w->text.len);
    return true;
}

/* "credits Brunson for saying that …": Brunson. */
static oc_slice subject_before_for(const oc_quote_work *w, const oc_hit *verb)
{
    oc_slice before = oc_slice_sub(w->text, w->done, verb->start);
    if (!oc_slice_ends_with(before, " for ")) return (oc_slice){"", 0};
    oc_slice name = oc_voice_subject(w, w->done, verb->start - strlen(" for "));
    return name.len && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z' ? name : (oc_slice){"", 0};
}

void oc_quote_verb_en(oc_quote_work *w, const oc_hit *verb)
{
    oc_slice word = oc_slice_sub(w->text, verb->start, verb->end), rest = oc_slice_from(w->text, verb->end);
    bool told = oc_slice_begins(word, "told") || oc_slice_begins(word, "tell"),
         plain = oc_slice_begins(word, "said") || oc_slice_begins(word, "says");
    bool participle = oc_slice_ends_with(word, "ing"), base = oc_slice_ends_with(word, " that");
    if (oc_voice_is_passive(w, verb->start)) return;
    plain |= oc_slice_is(word, "say") || oc_slice_is(word, "saying");
    while (rest.len && rest.ptr[0] == ' ') rest = oc_slice_from(rest, 1);
    if (oc_slice_begins(word, "quot") && en_quoted(w, verb)) return;
    size_t that = base ? 0 : oc_quote_find_that(w, rest, told);
    if (that == SIZE_MAX && en_inverted(w, verb, rest)) return;
    bool empty = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_EMPTY, rest) != 0;
    bool question = empty && oc_slice_is(verb->entry->value, "asked"); /* "asked why Congress had not been told" */
    if (that == SIZE_MAX && ((empty && !question) || (!empty && en_quoted(w, verb)))) return;
    plain |= question || begins_clause(w, rest);
    if (that == SIZE_MAX &&
        (!plain || rest.len < LEAST_BYTES || oc_slice_begins(rest, "in a ") || oc_slice_begins(rest, ",")))
        return;
    oc_slice blamed = participle ? subject_before_for(w, verb) : (oc_slice){"", 0};
    oc_slice name = blamed.len   ? blamed
                    : participle ? (w->done ? w->state->topic : oc_voice_opening(w, 0, verb->start))
                                 : oc_voice_subject(w, w->done, verb->start);
    if (!participle && name.len && !is_apposed(w, name, verb->start) &&
        (size_t)(w->text.ptr + verb->start - (name.ptr + name.len)) > ADVERBIAL_BYTES)
        return;
    if (!name.len && w->done) name = w->state->topic;
    if (!name.len || is_nobody(w, name, verb)) return;
    if (oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_AUTHOR, name))
        return; /* "I would note that": the writer himself */
    oc_voice v = oc_voice_of(w, name);
    if (!v.speaker.len) return;
    if (told) {
        oc_slice to = oc_voice_object(w, verb->end);
        if (to.len && to.ptr[0] >= 'A' && to.ptr[0] <= 'Z') v.reported_by = to;
    }
    size_t start = (size_t)(rest.ptr - w->text.ptr) + (that == SIZE_MAX || base ? 0 : that + 5), end = en_end(w, verb);
    oc_slice topic = w->state->topic;
    if (start < end) oc_quote_push_indirect(w, oc_slice_sub(w->text, start, end), v, end);
    if (blamed.len && topic.len) w->state->topic = topic; /* "he credits X for saying that …": he goes on */
}
