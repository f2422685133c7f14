/* Turns: labels of who speaks in a transcript, and the answers of an interview, which are the words of the one whom the
 * text before the first question introduces: "다음은 강 전 부사령관과의 일문일답", 任浩敏氏に聞いた, "spoke with Jane
 * Roe". Questions are nobody's words. */
#include "reading/sign.h"
#include "reading/voice.h"

#include "base/utf8.h"

enum { LABEL_CHARS = 40, TURNS = 3, NAME_CHARS = 24 };

size_t oc_quote_opening_mark(oc_slice text)
{
    return oc_slice_begins(text, "\"") ? 1 : oc_slice_begins(text, "“") || oc_slice_begins(text, "「") ? 3 : 0;
}

size_t oc_quote_next_paragraph(const oc_document *document, size_t sentence)
{
    size_t i = sentence;
    while (i < document->sentences.len &&
           document->sentences.at[i].paragraph == document->sentences.at[sentence].paragraph)
        i++;
    return i;
}

/* "Spokesperson Baek In-ho": each word in capitals at its start. */
static bool are_names(oc_slice label)
{
    for (size_t i = 0; i < label.len; i++)
        if ((i == 0 || label.ptr[i - 1] == ' ') && !(label.ptr[i] >= 'A' && label.ptr[i] <= 'Z')) return false;
    return label.len > 0;
}

/* "MR. HALLORAN: …", "○○報道官:…" at the start of a paragraph. */
static oc_slice label_of(oc_slice text, oc_lang lang)
{
    text = oc_slice_sub(text, 0, (size_t)4 * LABEL_CHARS + 4); /* what is longer is no label */
    size_t wide = oc_slice_find(text, OC_SLICE("："), 0), colon = oc_slice_find(text, OC_SLICE(":"), 0);
    size_t end = wide < colon ? wide : colon, gap = oc_slice_find(text, OC_SLICE("\u3000"), 0);
    if (lang == OC_LANG_JA && gap < end && gap) end = gap; /* 松浦千里君　… */
    if (end == SIZE_MAX || !end || oc_quote_opening_mark(text)) return (oc_slice){"", 0};
    oc_slice label = oc_slice_trim(oc_slice_sub(text, oc_slice_begins(text, "[") ? 1 : 0, end)); /* [이름/직함 : “…”] */
    if (oc_utf8_count(label) > LABEL_CHARS || oc_slice_find(label, OC_SLICE("。"), 0) != SIZE_MAX)
        return (oc_slice){"", 0};
    size_t small = 0, words = 1;
    for (size_t i = 0; i < label.len; i++) {
        small += label.ptr[i] >= 'a' && label.ptr[i] <= 'z';
        words += label.ptr[i] == ' ';
    }
    bool named = lang == OC_LANG_EN ? (small * 3 < label.len || are_names(label)) && words <= 5 : words <= 4 && !small;
    return named ? label : (oc_slice){"", 0};
}

/* "General BRUNSON.", "The CHAIRMAN.": a sentence that is only a name in capitals. */
static oc_slice stopped_label_of(oc_slice text, oc_lang lang)
{
    if (lang != OC_LANG_EN || text.len > LABEL_CHARS || !oc_slice_ends_with(text, ".")) return (oc_slice){"", 0};
    oc_slice label = oc_slice_sub(text, 0, text.len - 1);
    size_t last = label.len;
    while (last && label.ptr[last - 1] != ' ') last--;
    for (size_t i = last; i < label.len; i++)
        if (label.ptr[i] >= 'a' && label.ptr[i] <= 'z') return (oc_slice){"", 0};
    return last && label.len >= last + 3 && are_names(label) ? label : (oc_slice){"", 0};
}

/* Korean: "국방부장관 안규백  예, 유효합니다.": a name and two blanks, as the record of a committee has it. */
static oc_slice spaced_label_of(oc_slice text, oc_lang lang)
{
    oc_slice head = oc_slice_sub(text, 0, LABEL_CHARS), none = {"", 0};
    size_t end = lang == OC_LANG_KO ? oc_slice_find(head, OC_SLICE("  "), 0) : SIZE_MAX;
    if (end == SIZE_MAX || end < 6 || end + 2 >= text.len) return none;
    oc_slice label = oc_slice_sub(text, 0, end);
    for (size_t i = 0, words = 1; i < label.len; i++) {
        words += label.ptr[i] == ' ';
        bool name = (unsigned char)label.ptr[i] >= 0x80 || label.ptr[i] == ' ';
        if (!name || words > 3) return none;
    }
    return label;
}

oc_slice oc_quote_label(oc_slice text, oc_lang lang, bool colon)
{
    oc_slice label = colon ? label_of(text, lang) : (oc_slice){"", 0};
    if (!label.len) label = spaced_label_of(text, lang);
    return label.len ? label : stopped_label_of(text, lang);
}

oc_slice oc_voice_addressed(const oc_quote_work *w)
{
    const oc_document *document = w->document;
    for (size_t i = w->index, n = 0; i < document->sentences.len && n < TURNS; n++) {
        i = oc_quote_next_paragraph(document, i);
        if (i == document->sentences.len) break;
        oc_slice label = oc_quote_label(document->sentences.at[i].text, w->lang, true);
        if (label.len && !oc_slice_equal(label, w->state->label)) return oc_voice_labelled(w, label);
    }
    return (oc_slice){"", 0};
}

/* Korean: 장관님, within a turn of a record: who has the title in the label of one of the next turns, "국방부장관
 * 안규백";
 * "" if nobody has. */
oc_slice oc_voice_addressed_as(const oc_quote_work *w, oc_slice name)
{
    const oc_document *document = w->document;
    bool title = w->lang == OC_LANG_KO && w->state->label.len && oc_slice_ends_with(name, "님") && name.len >= 9;
    oc_slice core = oc_slice_sub(name, 0, title ? name.len - strlen("님") : 0);
    for (size_t i = w->index, n = 0; title && i < document->sentences.len && n < TURNS; n++) {
        i = oc_quote_next_paragraph(document, i);
        if (i == document->sentences.len) break;
        oc_slice label = oc_quote_label(document->sentences.at[i].text, w->lang, true);
        if (oc_slice_find(label, core, 0) != SIZE_MAX) return label;
    }
    return (oc_slice){"", 0};
}

/* --- interviews --- */

/* Japanese: the name that ends a phrase: 2021年に退役した任浩敏氏(64). */
static oc_slice name_at_end(const oc_quote_work *w, oc_slice phrase)
{
    if (oc_sign_closes(phrase)) {
        size_t length, open = OC_FIND_ANY(phrase, 0, ((const char *const[]){"(", "（"}), &length);
        phrase = oc_slice_trim(oc_slice_sub(phrase, 0, open));
    }
    size_t start = phrase.len - oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_HONORIFIC, phrase);
    while (start) {
        size_t before = start;
        do before--;
        while (before && ((unsigned char)phrase.ptr[before] & 0xc0) == 0x80);
        size_t at = before;
        uint32_t code = oc_utf8_next(phrase, &at);
        bool part = (code >= 0x3400 && code < 0xa000) || (code >= 0x30a1 && code <= 0x30fe) || code == 0x3005 ||
                    code == ' ' || code == 0x3000;
        if (!part) break;
        start = before;
    }
    return oc_slice_trim(oc_slice_from(phrase, start));
}

/* Japanese: the last of those in front of byte `end` whom a particle marks and who has the name of a person. */
static oc_slice ja_interviewee(const oc_quote_work *w, size_t end)
{
    static const char *const particles[] = {"が", "は", "に", "と", "を", "へ", "から", "の"};
    static const char *const borders[] = {"、", "。"};
    for (size_t at = end; at > 0; at--) {
        size_t length = 0;
        oc_slice rest = oc_slice_sub(w->text, at - 1, end);
        for (size_t i = 0; i < sizeof particles / sizeof *particles && !length; i++)
            if (oc_slice_begins(rest, particles[i])) length = strlen(particles[i]);
        if ((!length && at != end) || oc_voice_inside_pair(w, at - 1)) continue;
        size_t stop = length ? at - 1 : end;
        size_t start = oc_voice_clause_start(w, 0, stop, borders, sizeof borders / sizeof *borders);
        oc_slice name = name_at_end(w, oc_voice_trim(oc_slice_sub(w->text, start, stop)));
        bool person = name.len && oc_voice_has_at_most(name, NAME_CHARS) && oc_voice_is_person(w, name) &&
                      oc_voice_has_evidence(w, name);
        if (person) return name;
    }
    return (oc_slice){"", 0};
}

/* Korean: the same; 과의 and 와의 end in two particles. */
static oc_slice ko_interviewee(const oc_quote_work *w, size_t end)
{
    oc_slice name = oc_voice_beside(w, end);
    size_t joined = oc_slice_ends_with(name, "과") || oc_slice_ends_with(name, "와") ? 3 : 0;
    name = oc_slice_sub(name, 0, name.len - joined);
    if (!name.len || oc_voice_is_body(w, name)) return (oc_slice){"", 0};
    return name;
}

/* English: "The Incheon Review met Nam in his office": whom the paper met. */
static oc_slice met_by_paper(const oc_quote_work *w)
{
    oc_slice paper = w->document->metadata.publisher, rest = w->text;
    if (oc_slice_begins(rest, "The ") && !oc_slice_begins(paper, "The ")) rest = oc_slice_from(rest, strlen("The "));
    if (!paper.len || !oc_slice_starts(rest, paper)) return (oc_slice){"", 0};
    rest = oc_slice_trim(oc_slice_from(rest, paper.len));
    size_t verb = oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_INTERVIEWED, rest);
    return verb ? oc_voice_object(w, (size_t)(rest.ptr - w->text.ptr) + verb) : (oc_slice){"", 0};
}

/* English: "spoke with Lt. Gen. Im", "In an interview, Jane Roe said". */
static oc_slice en_interviewee(const oc_quote_work *w, size_t behind)
{
    oc_slice head = oc_slice_sub(w->text, 0, oc_slice_find(w->text, OC_SLICE(" "), 0));
    bool he = oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, head);
    if (he && w->state->topic.len) return w->state->topic; /* "He spoke with Alliance Quarterly by video." */
    oc_slice name = oc_voice_object(w, behind);
    bool capital = name.len && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
    bool thing = oc_slice_begins(name, "The ") || oc_slice_begins(name, "the ");
    if (capital && !thing && !oc_voice_is_body(w, name)) return name;
    oc_slice topic = w->state->topic;
    return oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_DETERMINER, topic) ? (oc_slice){"", 0} : topic;
}

void oc_quote_meet(oc_quote_work *w)
{
    if (w->state->answered) return;
    size_t length = 0, found = SIZE_MAX;
    for (size_t from = 0, at; (at = oc_phrase_first(w->lexicon, w->lang, OC_PHRASE_INTERVIEW, w->text, from,
                                                    w->text.len, &length)) != SIZE_MAX;
         from = at + length)
        found = at;
    oc_slice met = w->lang == OC_LANG_EN ? met_by_paper(w) : (oc_slice){"", 0};
    if (found == SIZE_MAX && !met.len) return;
    size_t behind = found;
    if (!met.len) oc_phrase_first(w->lexicon, w->lang, OC_PHRASE_INTERVIEW, w->text, found, w->text.len, &length);
    behind += length;
    oc_slice name = met.len                 ? met
                    : w->lang == OC_LANG_EN ? en_interviewee(w, behind)
                    : w->lang == OC_LANG_JA ? ja_interviewee(w, found)
                                            : ko_interviewee(w, found);
    if (!name.len && w->lang != OC_LANG_EN) name = oc_voice_whole_topic(w);
    name = oc_voice_known(w, name);
    if (!name.len && !w->state->interviewee.len) name = w->state->voices[0]; /* "그를 만나 들어봤다" */
    bool itself = oc_phrase_first(w->lexicon, w->lang, OC_PHRASE_INTERVIEW, name, 0, name.len, &length) != SIZE_MAX;
    if (!name.len || itself || oc_voice_is_body(w, name)) return; /* "The interview has been edited" */
    w->state->interviewee = name;
    w->state->topic = name;
    oc_voice_remember(w, name);
}

/* The paragraph without the one pair of marks around it, *ret_marked then true. */
static oc_slice answer_of(const oc_quote_work *w, const oc_sentence *s, bool *ret_marked)
{
    const oc_document *document = w->document;
    uint32_t end = document->sentences.at[oc_quote_next_paragraph(document, w->index) - 1].end;
    const oc_mark_pair *pair = w->state->pair < document->pairs.len ? &document->pairs.at[w->state->pair] : NULL;
    *ret_marked = oc_quote_opening_mark(s->text) && pair && pair->open == s->start && pair->close_end == end;
    return *ret_marked ? oc_slice_sub(document->body, s->start + (uint32_t)oc_quote_opening_mark(s->text), pair->close)
                       : oc_slice_sub(document->body, s->start, end);
}

/* "강태훈: …", "JR: …": who answers under a name, if the text has introduced him by it; else the name. */
static oc_slice named_speaker(const oc_quote_work *w, oc_slice name)
{
    oc_slice who = w->state->interviewee;
    bool letters = name.len <= 3 && name.ptr[0] >= 'A' && name.ptr[0] <= 'Z';
    bool title = oc_hit_first(w, OC_LEX_TITLE, 0, name.len) != NULL; /* 장관 */
    if (who.len &&
        (letters || title || oc_slice_find(who, name, 0) != SIZE_MAX || oc_slice_find(name, who, 0) != SIZE_MAX))
        return who;
    oc_slice full = oc_voice_labelled(w, name);
    return full.len ? full : name;
}

/* Without the name in front and what divides it from the words. */
static oc_slice behind_name(oc_slice text, oc_slice name)
{
    static const char *const marks[] = {":", "：", " ", "\u3000"};
    text = oc_slice_from(text, (size_t)(name.ptr - text.ptr) + name.len);
    for (size_t bytes; (bytes = OC_SIGN_FIRST(text, marks)) > 0;) text = oc_slice_from(text, bytes);
    return text;
}

void oc_quote_read_turn(oc_quote_work *w, const oc_sentence *s)
{
    oc_quote_state *state = w->state;
    state->answered = true;
    state->answer = 0;
    bool named = s->turn == OC_TURN_NAMED && state->label.len && w->document->layout.interview;
    if (!named && (s->turn != OC_TURN_ANSWER || !state->interviewee.len)) return;
    oc_slice speaker = named ? named_speaker(w, state->label) : state->interviewee;
    bool marked;
    oc_slice text = answer_of(w, s, &marked);
    if (named) text = behind_name(text, state->label);
    state->label = state->topic = speaker;
    oc_quote_push(w, w->index, marked ? OC_QUOTE_DIRECT : OC_QUOTE_BLOCK, text, (oc_voice){.speaker = speaker});
    state->answer = w->document->quotes.len;
    if (marked) state->pair++;
}
