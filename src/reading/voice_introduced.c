/* Whom an English sentence about something else brings in: whom the writer asked, a name that an apposition tells of,
 * a person behind a title; see voice.h. */
#include "reading/voice.h"

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Where the first of each link stands, in order of the links; SIZE_MAX: nowhere. */
static void find_links(oc_slice text, const char *const *links, size_t count, size_t *ret_places)
{
    for (size_t i = 0; i < count; i++) ret_places[i] = SIZE_MAX;
    for (size_t at = 0; (at = oc_slice_find(text, OC_SLICE(", "), at)) != SIZE_MAX; at += 2)
        for (size_t i = 0; i < count; i++)
            if (ret_places[i] == SIZE_MAX && oc_slice_begins(oc_slice_from(text, at + 2), links[i])) ret_places[i] = at;
}

/* "when Col. Seo came out": the last name behind a title of its own, "" if there is none. */
static oc_slice titled_person(const oc_quote_work *w)
{
    oc_slice found = {"", 0};
    for (const oc_hit *hit = oc_hits_first(w->hits, OC_LEX_TITLE); hit; hit = oc_hits_next(w->hits, hit)) {
        size_t end = hit->end;
        if (end < w->text.len && w->text.ptr[end] == '.') end++;
        size_t name = end + 1;
        if (name >= w->text.len || w->text.ptr[end] != ' ' || !is_upper(w->text.ptr[name]) ||
            !is_upper(w->text.ptr[hit->start]))
            continue;
        for (end = name; end < w->text.len &&
                         (is_upper(w->text.ptr[end]) || is_lower(w->text.ptr[end]) || w->text.ptr[end] == '-');) {
            end++;
            if (end + 1 < w->text.len && w->text.ptr[end] == ' ' && is_upper(w->text.ptr[end + 1])) end++;
        }
        bool label = w->state->label.ptr == w->text.ptr && end <= w->state->label.len; /* "General BRUNSON." */
        if (!label && !oc_voice_inside_pair(w, hit->start)) found = oc_slice_sub(w->text, hit->start, end);
    }
    return found;
}

/* "I asked a former vice chairman, …": whom the writer asked. */
static oc_slice asked_by_author(const oc_quote_work *w)
{
    size_t length,
        at = oc_phrase_first_in(w->hits, w->lexicon, OC_LANG_EN, OC_PHRASE_MET, w->text, 0, w->text.len, &length);
    return at == SIZE_MAX || oc_voice_inside_pair(w, at) ? (oc_slice){"", 0} : oc_voice_object(w, at + length);
}

/* "Her city lies", "its budget grew": no one who could speak. */
static bool is_thing(const oc_quote_work *w, oc_slice topic)
{
    size_t at = (size_t)(topic.ptr - w->text.ptr), length;
    return topic.len && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, topic) &&
           !oc_hit_first(w, OC_LEX_TITLE, at, at + topic.len) &&
           !oc_hit_first(w, OC_LEX_DOCUMENT, at, at + topic.len) && oc_voice_actor(w->document, topic) < 0 &&
           oc_phrase_first(w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, topic, 0, topic.len, &length) == SIZE_MAX;
}

/* "a long wait for men like Seo Jung-woo.": who stands for them. */
static oc_slice example_of(const oc_quote_work *w)
{
    size_t like = oc_slice_find(w->text, OC_SLICE("s like "), 0);
    if (like == SIZE_MAX) like = oc_slice_find(w->text, OC_SLICE("en like "), 0);
    size_t at = like == SIZE_MAX ? SIZE_MAX : oc_slice_find(w->text, OC_SLICE("like "), like) + strlen("like ");
    if (at == SIZE_MAX || oc_voice_inside_pair(w, at)) return (oc_slice){"", 0};
    oc_slice name = oc_voice_object(w, at);
    return oc_voice_is_full_name(name) && oc_voice_actor(w->document, name) < 0 ? name : (oc_slice){"", 0};
}

oc_slice oc_voice_introduced(const oc_quote_work *w, oc_slice topic)
{
    if (oc_slice_begins(w->text, "For ") && (w->hits->signs & OC_SIGN_COMMA)) {
        size_t comma = oc_slice_find(w->text, OC_SLICE(", "), 0);
        oc_slice name = comma == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(w->text, strlen("For "), comma);
        if (oc_voice_is_full_name(name) &&
            oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_APPOSED, oc_slice_from(w->text, comma + 2)))
            return name; /* "For Yuki Tanabe, who teaches in Tokyo, the quarrel is an old one." */
    }
    oc_slice asked = asked_by_author(w);
    if (asked.len && (asked.ptr[0] < 'A' || asked.ptr[0] > 'Z')) return asked;
    bool owned = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_OWNER, topic) != 0;
    if (owned && is_thing(w, topic)) topic = (oc_slice){"", 0};
    static const char *const links[] = {"who ", "a ", "an ", "the "};
    enum { LINKS = sizeof links / sizeof *links };
    size_t at = (size_t)(topic.ptr - w->text.ptr), places[LINKS];
    oc_slice example = topic.len ? topic : example_of(w);
    if (example.len && !topic.len) return example;
    if (!(w->hits->signs & OC_SIGN_COMMA)) return topic.len ? topic : titled_person(w);
    bool thing = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_DETERMINER, topic) &&
                 !oc_hit_first(w, OC_LEX_TITLE, at, at + topic.len);
    if (topic.len && !thing && !oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_AUTHOR, topic)) return topic;
    find_links(w->text, links, LINKS, places);
    for (size_t i = 0; i < LINKS; i++) {
        oc_slice name = places[i] == SIZE_MAX ? (oc_slice){"", 0} : oc_voice_name_before(w, places[i]);
        if (name.len && !oc_voice_inside_pair(w, places[i])) return name;
    }
    return topic.len ? topic : titled_person(w);
}
