/* What a verb of speech reports without marks, in English: SUBJECT VERB that …; …, SUBJECT VERB; VERB-ing that …; and
 * clauses that a verb of speech was put into. */
#include "reading/voice.h"

enum {
    LEAST_CHARS = 5,
    LEAST_BYTES = 20,
    ADVERBIAL_BYTES = 60,
    JOINT_BYTES = 68, /* from where a part of a sentence begins to its verb */
    NEXT_VERBS = 32,  /* behind one: what is reported is over long before */
    CITING_BYTES = 16,
    QUOTED_REACH = 140,
    CLEFT_BYTES = 80,
    APPOSITION_BYTES = 120,
    APPOSITIONS = 3,
    LEAST_CLAUSE = 12,
    LEAST_FRONT = 3,
    INSERTED_BYTES = 24,
    SHORT_BYTES = 40,
    LEAST_SAID = 8,
    LEAST_LAST = 10,
    ADDRESSEE_BYTES = 40,
    SOURCE_BYTES = 60,
    REPORTS_BYTES = 24,
    FAR_BYTES = 160,
    COMMENT_BYTES = 40,
    FRONT_BYTES = 14
};

/* "are", "was" end the text, and a subject before them. */
static bool is_being(const oc_quote_work *w, oc_slice before)
{
    size_t form = oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_FINITE, oc_slice_trim(before));
    return form && oc_slice_ends_with(before, " ");
}

bool oc_voice_is_passive(const oc_quote_work *w, size_t verb)
{
    oc_slice before = oc_slice_sub(w->text, 0, verb);
    size_t word = oc_slice_find(oc_slice_from(w->text, verb), OC_SLICE(" "), 0);
    if (word != SIZE_MAX && oc_slice_ends_with(oc_slice_sub(w->text, verb, verb + word), "ing") && is_being(w, before))
        return false; /* "officials are telling" */
    size_t form =
        oc_slice_ends_with(before, " ") ? oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_PASSIVE, before) : 0;
    bool small = form && before.ptr[before.len - form] >= 'a'; /* not "in May said" */
    return small && form < before.len &&
           !oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_READILY, oc_slice_trim(before));
}

/* The end of what is reported: the next subject that speaks, ", and the Secretary reiterated that". */
static size_t en_end(const oc_quote_work *w, const oc_hit *verb)
{
    static const char *const joints[] = {", and ",      ", but ",    ", while ", ", though ",
                                         ", although ", ", adding ", "; ",       " and that "};
    const oc_hit *next = verb;
    for (int n = 0; n < NEXT_VERBS && (next = oc_hit_next(w, next)) != NULL; n++) {
        size_t from = next->start > verb->end + JOINT_BYTES ? next->start - JOINT_BYTES : verb->end,
               to = next->start + 8 < w->text.len ? next->start + 8 : w->text.len;
        for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
            size_t joint = oc_quote_last_word(w->text, joints[i], from, to);
            if (joint != SIZE_MAX && joint < next->start) return joint;
        }
        oc_slice before =
            oc_slice_sub(w->text, verb->end, next->start); /* "there were gaps but said they were closed" */
        if (oc_slice_ends_with(before, " but ") || oc_slice_ends_with(before, " and ")) return next->start - 5;
        bool participle = oc_slice_ends_with(oc_slice_sub(w->text, next->start, next->end), "ing");
        if (participle && before.len > 2 && oc_slice_ends_with(before, ", "))
            return next->start - 2; /* ", saying that" */
    }
    return w->text.len;
}

/* "would", "had" stand in the text; "Of 31 systems promised for 2026" holds none. */
static bool holds_finite(const oc_quote_work *w, oc_slice text)
{
    size_t length;
    return oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_EN, OC_PHRASE_FINITE, text, 0, text.len, &length) !=
           SIZE_MAX;
}

/* "Seoul wants a year, and neither": the clause that begins last. */
static oc_slice last_clause(oc_slice before)
{
    static const char *const joints[] = {", and ", ", but ", "; ", ": "};
    size_t start = 0;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t at = oc_slice_find_last(before, oc_slice_of(joints[i]), start);
        if (at != SIZE_MAX) start = at + strlen(joints[i]);
    }
    return oc_slice_from(before, start);
}

/* "A deadline, he argued, is …", "Today, he argued, the …": the clause goes on behind what was put into it. */
static bool is_inserted(const oc_quote_work *w, size_t comma, oc_slice rest)
{
    if (comma == SIZE_MAX || !oc_slice_begins(rest, ", ")) return false;
    oc_slice behind = oc_slice_from(rest, 2), before = oc_slice_sub(w->text, w->done, comma);
    if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, behind)) return true;
    size_t gap = oc_slice_find(behind, OC_SLICE(" "), 0);
    bool participle = gap != SIZE_MAX && oc_slice_ends(oc_slice_sub(behind, 0, gap), OC_SLICE("ing"));
    if (oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_FINITE, before)) return true; /* "It was, he said, a plan" */
    if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_JOINT, behind)) /* ", though he conceded" begins anew */
        return before.len >= LEAST_CLAUSE &&
               !oc_hit_first(w, OC_LEX_SPEECH, (size_t)(behind.ptr - w->text.ptr), w->text.len);
    if (oc_slice_ends_with(before, " ago") && before.len < SHORT_BYTES)
        return true; /* "Ten years ago, he says, asking" */
    bool short_front = before.len <= FRONT_BYTES && oc_voice_is_front(w, before) && !holds_finite(w, before);
    if (short_front && !participle) return true; /* "After that, the report says, the allies move on" */
    static const char *const links[] = {"to ",      "until ",      "unless ",    "except ",
                                        "because ", "so long as ", "as long as "};
    for (size_t i = 1; i < sizeof links / sizeof *links; i++)
        if (oc_slice_begins(behind, links[i])) return true; /* "Nobody spoke, one guest recalled, until dessert" */
    if (oc_slice_begins(behind, links[0])) return true;     /* "It would be wrong, he said, to speak of a rift" */
    if (before.len < LEAST_BYTES && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PREPOSITION, behind))
        return true;
    before = last_clause(before);
    bool small = behind.len && behind.ptr[0] >= 'a' && behind.ptr[0] <= 'z';
    if (small && !participle && !oc_voice_is_front(w, before) && !oc_voice_holds_verb(w, before) &&
        before.len < SHORT_BYTES && !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PREPOSITION, behind) &&
        !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_STOP, behind) &&
        !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, behind))
        return true; /* "Soldiers, he says, prepare for war" */
    return oc_voice_is_front(w, before) && !participle && !holds_finite(w, before) && oc_voice_holds_verb(w, behind);
}

/* Behind the last ": " or "; " in [from, to), else `from`. */
static size_t behind_colon(const oc_quote_work *w, size_t from, size_t to)
{
    for (size_t i = to; i-- > from + 1;)
        if (w->text.ptr[i] == ' ' && (w->text.ptr[i - 1] == ':' || w->text.ptr[i - 1] == ';')) return i + 1;
    return from;
}

/* Nothing that is said follows the verb: "the ministry said.", "officials told reporters in Seoul." */
static bool is_over(const oc_quote_work *w, const oc_hit *verb, oc_slice rest)
{
    size_t pause = oc_slice_find(oc_slice_sub(rest, 0, 40), OC_SLICE(","), 0);
    bool told = oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "told") && rest.len < ADVERBIAL_BYTES;
    return !rest.len || strchr(",.;", rest.ptr[0]) || told ||
           (oc_quote_is_time(w, rest) && (rest.len < ADVERBIAL_BYTES || pause != SIZE_MAX));
}

/* "The agency believes the test was successful, two lawmakers told reporters.": who says it stands at the end. */
static bool is_said_at_end(const oc_quote_work *w, const oc_hit *verb)
{
    const oc_hit *last = oc_hit_last(w, OC_LEX_SPEECH, verb->end, w->text.len);
    size_t comma = last ? oc_quote_last_word(w->text, ", ", verb->end, last->start) : SIZE_MAX;
    return comma != SIZE_MAX && last->start - comma <= 80 &&
           is_over(w, last, oc_slice_trim(oc_slice_from(w->text, last->end))) &&
           oc_voice_subject(w, comma + 2, last->start).len;
}

/* She said it "changes nothing" so long as …, the agency reported.: who passes on what was quoted in the sentence. */
static bool is_agency_behind(const oc_quote_work *w, const oc_hit *verb)
{
    const oc_document *document = w->document;
    const oc_quote *last = document->quotes.len ? &document->quotes.at[document->quotes.len - 1] : NULL;
    return last && last->sentence == w->index && !last->reported_by.len && w->done &&
           oc_slice_begins(oc_slice_from(w->text, verb->start), "reported");
}

/* "officers said privately, …": what follows the word that tells how it was said. */
static oc_slice behind_manner(oc_slice rest)
{
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] >= 'a' && rest.ptr[end] <= 'z') end++;
    bool manner = end > LEAST_CHARS && oc_slice_ends_with(oc_slice_sub(rest, 0, end), "ly") &&
                  (end == rest.len || rest.ptr[end] == ',' || rest.ptr[end] == '.');
    return manner ? oc_slice_from(rest, end) : rest;
}

/* "…share a map and, in the words of one, "the same coffee"": without what another one says. */
static size_t before_source(const oc_quote_work *w, size_t start, size_t end)
{
    const oc_hit *source = oc_hit_first(w, OC_LEX_SOURCE, start, end);
    if (!source || !oc_slice_ends_with(oc_slice_sub(w->text, 0, source->start), ", ")) return end;
    bool marks = w->first_mark > source->end && w->first_mark < source->end + SOURCE_BYTES;
    return marks ? source->start - strlen(", ") : end;
}

/* "…, the ministry said." and "…, the ministry said, clearing …": what stands before. */
static bool en_inverted(oc_quote_work *w, const oc_hit *verb, oc_slice rest)
{
    size_t comma = oc_quote_last_word(w->text, ", ", w->done, verb->start);
    if (!oc_slice_is(verb->entry->value, "said") && !oc_slice_is(verb->entry->value, "stressed") &&
        !oc_slice_is(verb->entry->value, "reported"))
        return false;
    bool over = is_over(w, verb, rest);
    size_t told = over && oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "told") && comma != SIZE_MAX
                      ? oc_slice_find(oc_slice_sub(rest, 0, ADDRESSEE_BYTES), OC_SLICE(", "), 0)
                      : SIZE_MAX;
    bool open =
        told != SIZE_MAX && oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_FINITE, oc_slice_sub(w->text, 0, comma));
    if (open) rest = oc_slice_from(rest, told); /* "There is, a veteran told me over lunch, always …" */
    bool inserted = is_inserted(w, comma, rest);
    bool front = inserted && comma - w->done < LEAST_BYTES &&
                 !oc_slice_ends_with(oc_slice_sub(w->text, 0, comma), " ago") &&
                 oc_voice_is_front(w, oc_slice_sub(w->text, w->done, comma)) &&
                 !oc_quote_begins(w, OC_PHRASE_FINITE, oc_slice_from(rest, strlen(", "))); /* That, he said, would */
    bool ends = oc_voice_trim(rest).len == 0;                                              /* "The cereal, he said." */
    size_t least = inserted ? LEAST_FRONT : ends ? LEAST_LAST : LEAST_BYTES;
    if (!over || comma == SIZE_MAX || verb->start - comma > 80 || comma < w->done + least) return false;
    oc_slice name = oc_voice_subject(w, comma + 2, verb->start);
    if (!name.len) return false;
    if (is_agency_behind(w, verb)) {
        w->document->quotes.at[w->document->quotes.len - 1].reported_by = name;
        w->done = w->text.len;
        return true;
    }
    size_t first = behind_colon(w, w->done, comma);
    oc_slice clause = last_clause(oc_slice_sub(w->text, first, comma));
    bool verbless = inserted && !front && clause.len < comma - first && !oc_voice_holds_verb(w, clause);
    if (verbless) first = comma - clause.len; /* "…, and neither, a diplomat observed, wants to go" */
    bool pronoun = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, name) ||
                   oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, name) ||
                   oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DUMMY, name);
    oc_slice whose = first > w->done && pronoun ? oc_voice_opening(w, w->done, first) : (oc_slice){"", 0};
    if (whose.len) name = whose; /* "His aides were less sure: the talks, they said, …" */
    oc_voice v = oc_voice_of(w, name);
    if (!v.speaker.len) return false;
    /* "Yonhap reported, citing government sources" */
    const oc_hit *citing = oc_hit_first(w, OC_LEX_SOURCE, verb->end, verb->end + CITING_BYTES);
    oc_slice source = citing ? oc_voice_object(w, citing->end) : (oc_slice){"", 0};
    if (source.len) {
        v = oc_voice_of(w, source);
        v.reported_by = name;
    }
    size_t end = inserted ? before_source(w, verb->end, en_end(w, verb)) : comma;
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
    bool found =
        oc_slice_begins(oc_slice_from(w->text, verb->start), "found"); /* "A poll that X released found that" */
    if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_NOBODY, name) ||
        oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_NOBODY, name) || /* "while 47 percent said" */
        (found && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_NOBODY, oc_slice_from(w->text, w->done))))
        return true;
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (at < text || at > text + verb->start) return false;
    oc_slice before = oc_slice_sub(w->text, at - text, verb->start);
    return oc_slice_find(before, OC_SLICE(" if "), 0) != SIZE_MAX ||
           oc_slice_ends_with(oc_slice_sub(w->text, 0, at - text), "if ");
}

/* "Yonhap quoted an official as saying …": the official, passed on by Yonhap. */
static bool en_quoted(oc_quote_work *w, const oc_hit *verb)
{
    size_t length, reach = verb->end + QUOTED_REACH < w->text.len ? verb->end + QUOTED_REACH : w->text.len;
    if (oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_EN, OC_PHRASE_QUOTED, w->text, verb->end, reach, &length) ==
        SIZE_MAX)
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

/* Whom the verb addresses stands right behind it: "assured him", "warned reporters". */
static bool addresses(const oc_quote_work *w, oc_slice rest)
{
    size_t at = (size_t)(rest.ptr - w->text.ptr);
    const oc_hit *title = oc_hit_first(w, OC_LEX_TITLE, at, at + 1);
    return oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, rest) ||
           (title && title->start == at && w->text.ptr[title->end - 1] == 's');
}

/* What follows ", a scholar at Korea University, ", "" if nothing does. */
static oc_slice behind_appositions(const oc_quote_work *w, oc_slice rest)
{
    for (size_t n = 0; n < APPOSITIONS && oc_slice_begins(rest, ", "); n++) {
        rest = oc_slice_from(rest, 2);
        if (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, rest)) return rest;
        size_t comma = oc_slice_find(oc_slice_sub(rest, 0, APPOSITION_BYTES), OC_SLICE(", "), 0);
        if (comma == SIZE_MAX) break;
        rest = oc_slice_from(rest, comma);
    }
    return (oc_slice){"", 0};
}

bool oc_quote_is_named(const oc_quote_work *w, oc_slice name)
{
    size_t at = (size_t)(name.ptr - w->text.ptr);
    size_t length;
    return (name.ptr[0] >= 'A' && name.ptr[0] <= 'Z') || oc_hit_first(w, OC_LEX_TITLE, at, at + name.len) ||
           oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, name, 0, name.len, &length) !=
               SIZE_MAX ||
           oc_voice_actor(w->document, name) >= 0;
}

/* "The deal is dead, said Kim Min-su." and "The deal, says Kim, is dead." */
static bool en_verb_first(oc_quote_work *w, const oc_hit *verb, oc_slice rest)
{
    bool says = oc_slice_is(verb->entry->value, "said") || oc_slice_is(verb->entry->value, "stressed") ||
                oc_slice_is(verb->entry->value, "reported");
    size_t comma = verb->start - (verb->start >= 2 ? 2 : 0);
    if (!says || comma < w->done + LEAST_FRONT || !oc_slice_begins(oc_slice_from(w->text, comma), ", ")) return false;
    if (oc_quote_begins_clause(w, rest)) return false; /* "who asked not to be named, said the team would report" */
    oc_slice name = oc_voice_object(w, verb->end), before = oc_slice_sub(w->text, w->done, comma);
    if (!name.len || name.ptr != rest.ptr || oc_quote_is_time(w, name) || !oc_quote_is_named(w, name) ||
        oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_TAIL, name))
        return false;
    size_t behind = oc_quote_behind(w, name), end;
    oc_slice after = behind_appositions(w, oc_slice_from(w->text, behind));
    bool cleft = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_CLEFT, before) != 0; /* "What is new, says X, is" */
    bool inserted = after.len && (cleft || !oc_voice_holds_verb(w, before)) &&
                    oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VERB, after);
    bool ends = oc_voice_trim(oc_slice_from(w->text, behind)).len == 0; /* "Not so fast, say the lawyers." */
    if (!inserted && (before.len < (ends ? LEAST_SAID : LEAST_BYTES) ||
                      (oc_voice_is_front(w, before) && !oc_voice_holds_verb(w, before))))
        return false;
    size_t first = behind_colon(w, w->done, comma);
    if (inserted) { /* words of some length put in are left out, with what stands before them */
        first = (size_t)(after.ptr - w->text.ptr) - comma > INSERTED_BYTES ? (size_t)(after.ptr - w->text.ptr) : first;
        size_t that = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_THAT, oc_slice_from(w->text, first));
        if (cleft) first += that;
        comma = end = w->text.len;
    } else {
        end = behind;
    }
    oc_quote_push_indirect(w, oc_slice_sub(w->text, first, comma), oc_voice_of(w, name), end);
    return true;
}

/* "What she put in the annex is that two radios …": the clause that tells it. */
static bool en_cleft(oc_quote_work *w, const oc_hit *verb)
{
    size_t start = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_CLEFT, w->text), length;
    oc_slice reach = oc_slice_sub(w->text, 0, verb->end + CLEFT_BYTES);
    size_t that = start ? oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_EN, OC_PHRASE_THAT, reach, verb->end,
                                             reach.len, &length)
                        : SIZE_MAX;
    if (that == SIZE_MAX || w->done || that + length >= w->text.len) return false;
    oc_slice name = oc_voice_subject(w, start + 1, verb->start);
    oc_voice v = oc_voice_of(w, name);
    if (!v.speaker.len) return false;
    oc_quote_push_indirect(w, oc_slice_from(w->text, that + length), v, w->text.len);
    return true;
}

bool oc_quote_read_estimate(oc_quote_work *w)
{
    static const char *const owners[] = {"'s ", "’s "};
    if (w->done || !(w->hits->signs & OC_SIGN_APOSTROPHE)) return false;
    size_t length, owned,
        that = oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_EN, OC_PHRASE_THAT, w->text, 0, w->text.len, &length);
    if (that == SIZE_MAX || oc_voice_inside_pair(w, that) || oc_hit_first(w, OC_LEX_SPEECH, 0, that)) return false;
    oc_slice before = oc_slice_sub(w->text, 0, that);
    size_t owner = oc_slice_find_any(before, 0, owners, 2, &owned);
    if (owner == SIZE_MAX || oc_slice_find(oc_slice_sub(before, 0, owner), OC_SLICE(","), 0) != SIZE_MAX) return false;
    oc_slice thing = oc_slice_from(before, owner + owned), name = oc_slice_trim(oc_slice_sub(before, 0, owner));
    size_t noun = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_NOUN, thing);
    bool whole = noun && (noun == thing.len || thing.ptr[noun] == ',' || thing.ptr[noun] == ' ');
    if (!whole || !oc_quote_is_named(w, name)) return false;
    oc_quote_push_indirect(w, oc_slice_from(w->text, that + length), oc_voice_of(w, name), w->text.len);
    return w->done == w->text.len;
}

/* Where what the verb reports begins in the sentence, SIZE_MAX if it reports nothing. */
static size_t start_of_report(oc_quote_work *w, const oc_hit *verb, oc_slice rest)
{
    oc_slice word = oc_slice_sub(w->text, verb->start, verb->end);
    size_t at = (size_t)(rest.ptr - w->text.ptr);
    if (oc_slice_ends_with(word, " that")) return at;
    bool told = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_TELLS, word) != 0;
    bool plain = oc_slice_begins(word, "said") || oc_slice_begins(word, "say");
    if (oc_slice_begins(rest, "that, ")) return at + strlen("that, "); /* said that, if elected, he would */
    size_t that = oc_quote_find_that(w, rest, told);
    bool other = that && that != SIZE_MAX && !told && is_said_at_end(w, verb); /* "agreed on tests that Seoul must …" */
    if (other) return SIZE_MAX;
    if (that != SIZE_MAX) return at + that + strlen("that ");
    if (en_inverted(w, verb, behind_manner(rest)) || en_verb_first(w, verb, rest)) return SIZE_MAX;
    bool empty = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_EMPTY, rest) != 0;
    size_t gap = empty ? oc_slice_find(rest, OC_SLICE(" "), 0) : SIZE_MAX; /* said anything was possible */
    if (gap != SIZE_MAX && oc_quote_begins(w, OC_PHRASE_FINITE, oc_slice_from(rest, gap + 1)) && plain) return at;
    bool question = empty && oc_slice_is(verb->entry->value, "asked"); /* "asked why Congress had not been told" */
    if ((empty && !question) || (!empty && en_quoted(w, verb))) return SIZE_MAX;
    if (oc_slice_is(verb->entry->value, "asked")) { /* "asked the witness whether he could name one" */
        size_t length, reach = rest.len < ADVERBIAL_BYTES ? rest.len : ADVERBIAL_BYTES;
        size_t asks = oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_EN, OC_PHRASE_QUESTION, rest, 0, reach, &length);
        if (asks != SIZE_MAX && !oc_voice_holds_verb(w, oc_slice_sub(rest, 0, asks)) &&
            oc_slice_find(oc_slice_sub(rest, 0, asks), OC_SLICE(","), 0) == SIZE_MAX)
            return at + asks;
    }
    size_t behind = told || addresses(w, rest) ? oc_quote_find_told(w, rest) : SIZE_MAX;
    if (behind != SIZE_MAX) return at + behind;
    bool clause = oc_quote_begins_clause(w, rest) && (plain || !is_said_at_end(w, verb));
    size_t digits = 0;
    while (digits < rest.len && rest.ptr[digits] >= '0' && rest.ptr[digits] <= '9') digits++;
    if (digits && oc_slice_begins(oc_slice_from(rest, digits), ",")) return SIZE_MAX; /* the minister says 2028, … */
    bool enough = rest.len >= LEAST_BYTES || (clause && rest.len >= LEAST_CLAUSE);
    plain |= question || clause;
    return plain && enough && !oc_slice_begins(rest, "in a ") && !oc_slice_begins(rest, ",") &&
                   !oc_slice_begins(rest, ";")
               ? at
               : SIZE_MAX;
}

/* "…would be late, a setback that could delay the rest": without what the writer says of it. */
static size_t before_comment(const oc_quote_work *w, size_t start, size_t end)
{
    size_t comma = oc_quote_last_word(w->text, ", a ", start, end),
           an = oc_quote_last_word(w->text, ", an ", start, end);
    if (comma == SIZE_MAX || (an != SIZE_MAX && an > comma)) comma = an;
    if (comma == SIZE_MAX || comma < start + LEAST_BYTES) return end;
    oc_slice comment = oc_slice_sub(w->text, comma, end);
    size_t that = oc_slice_find(oc_slice_sub(comment, 0, COMMENT_BYTES), OC_SLICE(" that"), 0);
    return that != SIZE_MAX && !oc_voice_holds_verb(w, oc_slice_sub(comment, 2, that)) ? comma : end;
}

/* "When a reporter noted that it was late, Ahn laughed": without what somebody does then. */
static size_t before_main_clause(const oc_quote_work *w, size_t start, size_t end)
{
    static const char *const opens[] = {"When ", "After ", "As "};
    bool inside = false;
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) inside |= oc_slice_begins(w->text, opens[i]);
    if (!inside || w->done) return end;
    for (size_t at = start; (at = oc_slice_find(oc_slice_sub(w->text, 0, end), OC_SLICE(", "), at)) != SIZE_MAX;
         at += 2) {
        oc_slice rest = oc_slice_sub(w->text, at + 2, end),
                 word = oc_slice_sub(rest, 0, oc_slice_find(rest, OC_SLICE(" "), 0));
        bool pronoun = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, word) ||
                       oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, word);
        if (at > start + LEAST_LAST && (pronoun || oc_voice_opening(w, at + 2, w->text.len).len)) return at;
    }
    return end;
}

/* "…would be late, brushing aside complaints": without what the speaker does with it. */
static size_t before_turning(const oc_quote_work *w, size_t start, size_t end)
{
    for (size_t at = start; (at = oc_slice_find(oc_slice_sub(w->text, 0, end), OC_SLICE(", "), at)) != SIZE_MAX;
         at += 2)
        if (at > start + LEAST_BYTES && oc_quote_begins(w, OC_PHRASE_TURNING, oc_slice_from(w->text, at + 2)))
            return at;
    return end;
}

/* Who says what the verb reports, "" if nobody. */
static oc_slice who_reports(const oc_quote_work *w, const oc_hit *verb, oc_slice blamed)
{
    bool participle = oc_slice_ends_with(oc_slice_sub(w->text, verb->start, verb->end), "ing") &&
                      !is_being(w, oc_slice_sub(w->text, 0, verb->start));
    oc_slice told_of = blamed.len || participle ? blamed : oc_quote_told_of_by_who(w, w->done, verb);
    oc_slice name = told_of.len  ? told_of
                    : participle ? (w->done ? w->state->topic : oc_voice_opening(w, 0, verb->start))
                                 : oc_voice_subject(w, w->done, verb->start);
    oc_slice before = oc_slice_sub(w->text, 0, verb->start);
    bool second = !w->done && oc_slice_ends_with(before, " and ") && before.len < FAR_BYTES;
    if (second && !told_of.len && !participle) { /* The Secretary congratulated him and reaffirmed that */
        oc_slice opening = oc_voice_opening(w, 0, verb->start);
        if (opening.len && (!name.len || name.ptr == opening.ptr)) return opening;
    }
    if (!participle && name.len && !is_apposed(w, name, verb->start) &&
        (size_t)(w->text.ptr + verb->start - (name.ptr + name.len)) > ADVERBIAL_BYTES)
        return (oc_slice){"", 0};
    if (!name.len && w->done) name = w->state->topic;
    /* "I would note that": the writer himself */
    bool author = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_AUTHOR, name) || oc_slice_begins(name, "I ") ||
                  oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, name); /* "a fear that" */
    bool noun = oc_slice_is(oc_slice_sub(w->text, verb->start, verb->start + strlen("report ")), "report ") &&
                (oc_slice_begins(name, "A ") || oc_slice_begins(name, "a ")); /* "A written report that he sent says" */
    return !name.len || author || noun || is_nobody(w, name, verb) ? (oc_slice){"", 0} : name;
}

/* "dismissed a newspaper report that", "rejected speculation that": of what others say. */
static bool is_of_reports(const oc_quote_work *w, size_t from, size_t to)
{
    static const char *const nouns[] = {"report", "reports", "speculation", "rumors", "rumours", "talk"};
    oc_slice between = oc_slice_trim(oc_slice_sub(w->text, from, to));
    if (!oc_slice_ends_with(between, " that")) return false;
    between.len -= strlen(" that");
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (oc_slice_ends_with(between, nouns[i])) return true;
    return false;
}

/* "As the Board of Audit has pointed out, nothing forbids it": the clause behind. */
static bool read_as(oc_quote_work *w, const oc_hit *verb, oc_slice rest)
{
    bool says = oc_slice_is(verb->entry->value, "said") || oc_slice_is(verb->entry->value, "reported");
    if (w->done || !says || !oc_slice_begins(w->text, "As ")) return false;
    oc_slice head = oc_slice_sub(w->text, strlen("As "), verb->start);
    size_t comma = oc_slice_find(oc_slice_sub(rest, 0, ADDRESSEE_BYTES), OC_SLICE(","), 0);
    bool plain = comma == 0 || (comma != SIZE_MAX && oc_quote_is_time(w, rest));
    if (!plain || head.len > CLEFT_BYTES || oc_slice_find(head, OC_SLICE(","), 0) != SIZE_MAX) return false;
    oc_slice name = oc_voice_subject(w, strlen("As "), verb->start), said = oc_slice_from(rest, comma + 1);
    bool marks = (w->hits->signs & OC_SIGN_QUOTE) && w->first_mark < w->text.len;
    if (!name.len || marks || said.len < LEAST_BYTES) return false;
    oc_voice v = oc_voice_of(w, name);
    if (!v.speaker.len || is_nobody(w, name, verb)) return false;
    oc_quote_push_indirect(w, said, v, w->text.len);
    return w->done == w->text.len;
}

/* "when Brunson, standing on the tarmac, was asked if he would": who answers in the next sentence. */
static void meet_questioned(oc_quote_work *w, const oc_hit *verb, oc_slice word)
{
    bool asked = oc_slice_is(word, "asked") && oc_slice_ends_with(oc_slice_sub(w->text, 0, verb->start), " was ");
    if (!asked || oc_voice_inside_pair(w, verb->start)) return;
    size_t end = verb->start - strlen("was "), when = oc_quote_last_word(w->text, " when ", 0, end);
    oc_slice name = oc_voice_subject(w, when == SIZE_MAX ? 0 : when + strlen(" when "), end);
    bool pronoun = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DUMMY, name) ||
                   oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, name) ||
                   oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PLURAL, name);
    if (!name.len || pronoun || !oc_quote_is_named(w, name)) return;
    w->state->topic = oc_voice_known(w, name);
    oc_voice_remember(w, w->state->topic);
}

void oc_quote_verb_en(oc_quote_work *w, const oc_hit *verb)
{
    oc_slice word = oc_slice_sub(w->text, verb->start, verb->end), rest = oc_slice_from(w->text, verb->end);
    if (oc_slice_is(verb->entry->value, "thought")) return; /* he expects a year "with a footnote": only marks count */
    const oc_hit *next = oc_slice_is(word, "asked") ? oc_hit_next(w, verb) : NULL;
    bool apposed = next && oc_slice_ends_with(oc_slice_sub(w->text, 0, verb->start), ", ") &&
                   oc_slice_ends_with(oc_slice_sub(w->text, 0, next->start), ", ");
    if (!w->done && !apposed) meet_questioned(w, verb, word);
    if (apposed || oc_voice_is_passive(w, verb->start)) return; /* "An official, asked whether it could, answered" */
    while (rest.len && rest.ptr[0] == ' ') rest = oc_slice_from(rest, 1);
    if ((oc_slice_begins(word, "quot") && en_quoted(w, verb)) || en_cleft(w, verb)) return;
    if (read_as(w, verb, rest)) return;
    size_t start = start_of_report(w, verb, rest);
    if (start == SIZE_MAX) return;
    const oc_hit *denies = oc_slice_begins(word, "report") ? oc_hit_last(w, OC_LEX_SPEECH, w->done, verb->start) : NULL;
    if (denies && oc_slice_is(denies->entry->value, "denied") && verb->start - denies->end <= REPORTS_BYTES) return;
    if (oc_slice_is(verb->entry->value, "denied") && is_of_reports(w, verb->end, start)) return;
    oc_slice blamed = oc_slice_ends_with(word, "ing") ? subject_before_for(w, verb) : (oc_slice){"", 0};
    oc_slice name = who_reports(w, verb, blamed);
    oc_voice v = oc_voice_of(w, name);
    if (!v.speaker.len) return;
    oc_quote_told(w, verb, &v);
    size_t reach = before_main_clause(w, start, en_end(w, verb));
    size_t end = before_turning(w, start, before_source(w, start, before_comment(w, start, reach)));
    oc_slice topic = w->state->topic;
    if (oc_quote_read_passed_on(w, v.speaker, start)) return;
    if (start < end) oc_quote_push_indirect(w, oc_slice_sub(w->text, start, end), v, end);
    bool asks = oc_slice_is(verb->entry->value, "asked") && start < end && w->done == end;
    oc_slice addressee = asks && start > verb->end ? oc_slice_trim(oc_slice_sub(w->text, verb->end, start)) : word;
    if (asks && addressee.len > LEAST_FRONT && addressee.ptr != word.ptr && oc_quote_is_named(w, addressee) &&
        !oc_slice_ends_with(addressee, "s") && !memchr(addressee.ptr, ',', addressee.len)) {
        w->state->topic = oc_voice_known(w, addressee); /* "A student asked the admiral whether …": he answers */
        oc_voice_remember(w, w->state->topic);
    }
    oc_slice then = reach < w->text.len && oc_slice_begins(w->text, "When ")
                        ? oc_voice_known(w, oc_voice_opening(w, reach + 2, w->text.len))
                        : (oc_slice){"", 0};
    if (then.len) { /* "When she asked whether it would, Ahn paused.": he goes on */
        w->state->topic = then;
        oc_voice_remember(w, then);
    }
    if (blamed.len && topic.len) w->state->topic = topic; /* "he credits X for saying that …": he goes on */
}
