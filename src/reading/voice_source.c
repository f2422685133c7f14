/* Whom a sentence brings in beside its topic: sources (Xによると, according to X), those among whom something is said,
 * documents in which something stands, and whom the writer met or asked; see voice.h. */
#include "reading/voice.h"

#include "base/utf8.h"

enum { TOPIC_CHARS = 44, ASKING_BYTES = 24 };

/* English: "citing the heat" names no source. */
static bool can_speak(const oc_quote_work *w, oc_slice name)
{
    size_t start = (size_t)(name.ptr - w->text.ptr), end = start + name.len;
    bool capital = false, unnamed = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, name) != 0 ||
                                    oc_slice_is(name, "one") || oc_slice_is(name, "another");
    for (size_t i = 0; i < name.len; i++) {
        capital |= name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
        bool word = i > 0 && name.ptr[i - 1] == ' ';
        oc_slice rest = oc_slice_from(name, i); /* "a person familiar with the talks", "the ministry" */
        unnamed |= word && (oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, rest) ||
                            oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_BODY, rest));
    }
    return capital || unnamed || oc_hit_first(w, OC_LEX_TITLE, start, end) ||
           oc_hit_first(w, OC_LEX_DOCUMENT, start, end) || oc_voice_actor(w->document, name) >= 0;
}

oc_slice oc_voice_source(const oc_quote_work *w, size_t *ret_behind)
{
    static const char *const ja_marks[] = {"、", "。"}, *const ko_marks[] = {","};
    const oc_hit *hit = oc_hit_first(w, OC_LEX_SOURCE, 0, w->text.len);
    *ret_behind = 0;
    if (!hit || oc_voice_inside_pair(w, hit->start)) return (oc_slice){"", 0};
    if (oc_slice_is(hit->entry->value, "seen") && !oc_voice_ends_with_document(w, 0, hit->start))
        return (oc_slice){"", 0};
    *ret_behind = hit->end;
    if (w->lang == OC_LANG_EN) {
        oc_slice name = oc_voice_object(w, hit->end);
        bool pronoun = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, name);
        if (name.len && !pronoun && !can_speak(w, name)) return (oc_slice){"", 0};
        if (name.len) *ret_behind = (size_t)(name.ptr - w->text.ptr) + name.len;
        return name;
    }
    size_t start = oc_voice_clause_start(w, 0, hit->start, w->lang == OC_LANG_JA ? ja_marks : ko_marks,
                                         w->lang == OC_LANG_JA ? 2 : 1);
    oc_slice name = oc_voice_trim(oc_slice_sub(w->text, start, hit->start));
    size_t told = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_TOLD, name);
    if (told && told < name.len) name.len -= told;
    return oc_utf8_count(name) <= 50 ? name : (oc_slice){"", 0};
}

/* "16일 복수의 군 소식통": without the day. */
static oc_slice behind_day(const oc_quote_work *w, oc_slice name)
{
    size_t start = (size_t)(name.ptr - w->text.ptr);
    for (size_t i = w->document->dates.len; i-- > 0 && w->document->dates.at[i].sentence == w->index;) {
        const oc_date *date = &w->document->dates.at[i].date;
        if (date->from == start && date->to < start + name.len)
            return oc_voice_trim(oc_slice_from(name, date->to - start));
    }
    return name;
}

oc_slice oc_voice_cited(const oc_quote_work *w, oc_slice *ret_agency)
{
    size_t behind;
    oc_slice source = w->lang == OC_LANG_EN ? (oc_slice){"", 0} : oc_voice_source(w, &behind);
    *ret_agency = (oc_slice){"", 0};
    const oc_hit *hit = source.len ? oc_hit_first(w, OC_LEX_SOURCE, 0, w->text.len) : NULL;
    if (!hit || !oc_slice_is(hit->entry->value, "cited")) return (oc_slice){"", 0};
    oc_slice agency = oc_voice_topic(w, 0, hit->start, false);
    size_t end = agency.len ? oc_quote_behind(w, agency) : 0;
    size_t topic = agency.len ? oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, oc_slice_from(w->text, end)) : 0;
    if (!topic || end + topic >= hit->start) return (oc_slice){"", 0};
    size_t start = (size_t)(source.ptr - w->text.ptr), reach = start + source.len;
    *ret_agency = agency;
    return behind_day(w, start >= end ? source : oc_voice_trim(oc_slice_sub(w->text, end + topic, reach)));
}

oc_slice oc_voice_origin(const oc_quote_work *w, size_t a, size_t b)
{
    static const char *const marks[] = {"、", "。", ",", "が、"};
    size_t tail = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_ORIGIN, oc_voice_trim(oc_slice_sub(w->text, a, b)));
    if (!tail || w->lang == OC_LANG_EN) return (oc_slice){"", 0};
    oc_slice head = oc_voice_trim(oc_slice_sub(w->text, a, b));
    size_t end = (size_t)(head.ptr - w->text.ptr) + head.len - tail;
    size_t start = oc_voice_clause_start(w, a, end, marks, sizeof marks / sizeof *marks);
    oc_slice name = oc_voice_plain(w, oc_voice_trim(oc_slice_sub(w->text, start, end)));
    return name.len >= 6 && oc_utf8_count(name) <= TOPIC_CHARS ? name : (oc_slice){"", 0};
}

oc_slice oc_voice_stated_in(const oc_quote_work *w, const oc_hit *verb, size_t a, size_t b)
{
    static const char *const marks[] = {"、", "。", ","};
    bool stands = verb && oc_slice_is(verb->entry->value, "stated");
    const oc_hit *found = stands ? oc_hit_last(w, OC_LEX_DOCUMENT, a, b) : NULL;
    if (!found || !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_STATED, oc_slice_from(w->text, found->end)))
        return (oc_slice){"", 0};
    size_t start = oc_voice_clause_start(w, a, found->end, marks, sizeof marks / sizeof *marks);
    if (start == 0 && w->state->label.ptr == w->text.ptr) start = w->state->label.len;
    return oc_voice_plain(w, oc_voice_trim(oc_slice_sub(w->text, start, found->end)));
}

/* Japanese: the last of those beside に, を, から in [0, end) who has a sign of being somebody. */
static oc_slice ja_met(const oc_quote_work *w, size_t end)
{
    static const char *const marks[] = {"、", "。", "は", "で"};
    size_t length;
    for (size_t at = end; (at = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_OBJECT, w->text, 0, at,
                                                  &length)) != SIZE_MAX;) {
        size_t start = oc_voice_clause_start(w, 0, at, marks, sizeof marks / sizeof *marks);
        oc_slice phrase = oc_voice_trim(oc_slice_sub(w->text, start, at));
        if (phrase.len && !oc_voice_inside_pair(w, at) && oc_voice_has_at_most(phrase, TOPIC_CHARS) &&
            oc_voice_has_evidence(w, phrase))
            return phrase;
    }
    return (oc_slice){"", 0};
}

/* Korean: the same beside 를, 에게, 와; other particles end the words before his name. */
static oc_slice ko_met(const oc_quote_work *w, size_t end)
{
    oc_slice found = {"", 0};
    size_t start = 0, word = 0;
    for (size_t at = 0; at <= end; at++) {
        if (at < end && w->text.ptr[at] != ' ' && w->text.ptr[at] != ',') continue;
        oc_slice token = oc_slice_sub(w->text, word, at);
        size_t object = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_OBJECT, token);
        oc_slice phrase = oc_voice_trim(oc_slice_sub(w->text, start, at > object ? at - object : at));
        bool inside = oc_voice_inside_pair(w, word), comma = at < end && w->text.ptr[at] == ',';
        if (object && object < token.len && !inside && oc_voice_has_evidence(w, phrase) &&
            oc_voice_has_at_most(phrase, TOPIC_CHARS))
            found = oc_voice_plain(w, phrase);
        bool border = object || oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_PARTICLE, token) || inside ||
                      oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_STATED, token) || comma;
        if (inside || comma) found = (oc_slice){"", 0}; /* 한국의 증액을 “모범”이라면서도, 시점을 묻자 */
        word = at + 1;
        if (border) start = word;
    }
    return found;
}

oc_slice oc_voice_beside(const oc_quote_work *w, size_t end)
{
    return w->lang == OC_LANG_JA ? ja_met(w, end) : ko_met(w, end);
}

oc_slice oc_voice_met(const oc_quote_work *w)
{
    if (w->lang == OC_LANG_EN || (oc_phrase_is_absent(w->hits, OC_PHRASE_MET, w->text) &&
                                  oc_phrase_is_absent(w->hits, OC_PHRASE_ASKING, w->text)))
        return (oc_slice){"", 0};
    oc_slice text = oc_voice_trim(w->text);
    size_t tail = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_MET, text), length;
    size_t asking =
        tail ? SIZE_MAX
             : oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_ASKING, w->text, 0, w->text.len, &length);
    if (asking != SIZE_MAX) return oc_voice_asked(w, asking + length); /* 次長にこの点をぶつけると、黙り込んだ */
    if (!tail) return (oc_slice){"", 0};
    size_t end = (size_t)(text.ptr - w->text.ptr) + text.len - tail;
    return oc_voice_beside(w, w->lang == OC_LANG_JA && end + 3 < w->text.len ? end + 3 : end);
}

oc_slice oc_voice_going_round(const oc_quote_work *w, size_t a, size_t b)
{
    size_t length, at = oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_ORIGIN, w->text, a, b, &length);
    for (; at != SIZE_MAX;
         at = oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_ORIGIN, w->text, at + length, b, &length)) {
        oc_slice head = oc_voice_trim(oc_slice_sub(w->text, a, at));
        size_t comma = oc_slice_find(head, OC_SLICE(","), 0);
        if (comma != SIZE_MAX || !oc_voice_has_at_most(head, TOPIC_CHARS)) break;
        oc_slice name = oc_voice_plain(w, head);
        if (name.len && !oc_voice_inside_pair(w, at) && oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_AROUND, name))
            return name;
    }
    return (oc_slice){"", 0};
}

oc_slice oc_voice_asked(const oc_quote_work *w, size_t open)
{
    oc_slice head = oc_voice_trim(oc_slice_sub(w->text, w->done, open));
    size_t length, reach = (size_t)(head.ptr - w->text.ptr) + head.len;
    if (!head.len || w->lang == OC_LANG_EN) return (oc_slice){"", 0};
    size_t at = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_ASKING, w->text, w->done, reach, &length);
    if (at == SIZE_MAX || at + length + ASKING_BYTES < reach) return (oc_slice){"", 0};
    return oc_voice_beside(w, at);
}
