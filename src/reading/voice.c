/* Who speaks: what is kept of voices, and what pronouns and definite names mean; see voice.h. */
#include "reading/voice.h"

#include "base/ascii.h"
#include "base/utf8.h"

enum { LOOK_BACK = 200, ADDRESSED_BYTES = 15 };

/* English: "any reports", "by claims that", "the minister's comments": a noun, not a verb. */
static bool is_noun(const oc_quote_work *w, const oc_hit *hit)
{
    static const char *const nouns[] = {"report", "claim", "remark", "comment", "estimate", "forecast"};
    static const char *const before[] = {" any ",     " such ",  " these ", " those ", " some ", " by ",
                                         " of ",      " about ", " on ",    " over ",  " with ", " from ",
                                         " despite ", " amid ",  " his ",   " her ",   " its ",  " their ",
                                         " the ",     " media ", " press ", " news "};
    oc_slice word = oc_slice_sub(w->text, hit->start, hit->end), head = oc_slice_sub(w->text, 0, hit->start);
    if (oc_slice_ends_with(head, "'s ") || oc_slice_ends_with(head, "’s ")) return true;
    bool noun = false;
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns && !noun; i++) noun = oc_slice_begins(word, nouns[i]);
    if (!noun || oc_slice_ends_with(word, "ed") || oc_slice_ends_with(word, "ing")) return false;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (oc_slice_ends_with(head, before[i])) return true;
    return false;
}

/* "so-called" calls nobody. */
static bool is_half_word(const oc_quote_work *w, const oc_hit *hit)
{
    if (hit->entry->class != OC_LEX_SPEECH || hit->start < 3) return false;
    char before = w->text.ptr[hit->start - 1];
    return before == '-' || (before == ' ' && w->lang == OC_LANG_EN && is_noun(w, hit));
}

const oc_hit *oc_hit_first(const oc_quote_work *w, oc_lex_class class, size_t a, size_t b)
{
    for (const oc_hit *hit = oc_hits_first(w->hits, class); hit && hit->start < b; hit = oc_hits_next(w->hits, hit))
        if (hit->start >= a && !is_half_word(w, hit)) return hit;
    return NULL;
}

const oc_hit *oc_hit_next(const oc_quote_work *w, const oc_hit *hit)
{
    do hit = oc_hits_next(w->hits, hit);
    while (hit && is_half_word(w, hit));
    return hit && hit->start < w->text.len ? hit : NULL;
}

const oc_hit *oc_hit_last(const oc_quote_work *w, oc_lex_class class, size_t a, size_t b)
{
    const oc_hit *found = NULL;
    for (const oc_hit *hit = oc_hits_first(w->hits, class); hit && hit->start < b; hit = oc_hits_next(w->hits, hit))
        if (hit->start >= a && hit->end <= b && !is_half_word(w, hit)) found = hit;
    return found;
}

static bool is_margin(unsigned code)
{
    unsigned second = code >> 8 & 255;
    if (second && second != 0x80 && second != 0x83 && second != 0xbc) return false; /* most characters */
    switch (code) {
    case ' ':
    case ',':
    case '"':
    case '.':
    case ':':
    case '(':
    case 0xe38080: /* the wide blank */
    case 0xe38081: /* 、 */
    case 0xe38082: /* 。 */
    case 0xe3808c: /* 「 */
    case 0xe3808d: /* 」 */
    case 0xe383bb: /* ・ */
    case 0xe28093: /* – */
    case 0xe28094: /* — */
    case 0xe2809c: /* “ */
    case 0xe2809d: /* ” */
    case 0xefbc88: /* （ */
    case 0xefbc9a: /* ： */ return true;
    }
    return false;
}

bool oc_voice_has_at_most(oc_slice text, size_t chars)
{
    size_t count = 0;
    if (text.len <= chars) return true;
    if (text.len > 4 * chars) return false;
    for (size_t i = 0; i < text.len; i++) count += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return count <= chars;
}

/* Called for every phrase that a rule looks at: by the bytes of UTF-8, none of these signs ends another. */
oc_slice oc_voice_trim(oc_slice text)
{
    for (size_t size; text.len; text = oc_slice_from(text, size)) {
        size = (unsigned char)text.ptr[0] < 0x80 ? 1 : 3;
        if (text.len < size || !is_margin(size == 1 ? (unsigned char)text.ptr[0] : oc_voice_three(text.ptr))) break;
    }
    for (size_t size; text.len; text.len -= size) {
        const char *end = text.ptr + text.len;
        size = (unsigned char)end[-1] < 0x80 ? 1 : 3;
        if (text.len < size || !is_margin(size == 1 ? (unsigned char)end[-1] : oc_voice_three(end - 3))) break;
    }
    return text;
}

bool oc_voice_inside_pair_(const oc_quote_work *w, size_t at)
{
    uint32_t base = w->document->sentences.at[w->index].start, place = base + (uint32_t)at;
    for (size_t i = w->state->first_pair; i < w->document->pairs.len && w->document->pairs.at[i].open <= place; i++) {
        const oc_mark_pair *pair = &w->document->pairs.at[i];
        bool bracket = pair->mark == '(' || pair->mark == 0xff08;
        if (!bracket && place >= pair->open && place < pair->close_end) return true;
    }
    return false;
}

/* --- actors and memory --- */

/* Where a slice of the body starts in it, SIZE_MAX if it is none. */
static size_t place_of(const oc_document *document, oc_slice text)
{
    uintptr_t at = (uintptr_t)text.ptr, body = (uintptr_t)document->body.ptr;
    return text.len && at >= body && at < body + document->body.len ? (size_t)(at - body) : SIZE_MAX;
}

int32_t oc_voice_actor(const oc_document *document, oc_slice name)
{
    size_t from = place_of(document, name);
    if (from == SIZE_MAX) return -1;
    for (size_t i = document->mentions.len; i-- > 0;) {
        const oc_found_mention *found = &document->mentions.at[i];
        size_t base = document->sentences.at[found->sentence].start;
        if (base + found->mention.to < from) break;
        if (base + found->mention.from >= from && base + found->mention.to <= from + name.len)
            return (int32_t)found->mention.actor;
    }
    return -1;
}

/* Nothing stands before or behind a mention in a name that makes it another's: "the ", 측. */
static bool is_all_of(const oc_document *document, oc_slice before, oc_slice behind)
{
    bool article = oc_slice_is(before, "the ") || oc_slice_is(before, "The ");
    if (before.len && !(document->lang == OC_LANG_EN && article)) return false;
    return !behind.len ||
           oc_phrase_is(document->reader->lexicon, document->lang, OC_PHRASE_SIDE, oc_slice_trim(behind));
}

/* Index of the actor who bears a name that is a part of the body, -1 if he is none: of 국방부 and "Defense Minister
 * Ahn", not of 국방부 관계자, "Rep. Jang of the Democratic Party", 具本錫元副司令官. */
static int32_t actor_himself(const oc_document *document, oc_slice name)
{
    size_t from = place_of(document, name);
    int32_t self = -1;
    size_t first = SIZE_MAX;
    if (from == SIZE_MAX) return -1;
    for (size_t i = document->mentions.len; i-- > 0;) {
        const oc_found_mention *found = &document->mentions.at[i];
        size_t base = document->sentences.at[found->sentence].start, a = base + found->mention.from,
               b = base + found->mention.to;
        if (b < from) break;
        if (a < from || b > from + name.len) continue;
        if (oc_slice_is(document->reader->actors[found->mention.actor].kind, "person"))
            return (int32_t)found->mention.actor;
        if (self < 0) self = (int32_t)found->mention.actor, first = b;
        oc_slice before = oc_slice_sub(name, 0, a - from), behind = oc_slice_from(name, first - from);
        if (is_all_of(document, before, behind)) return self;
    }
    return -1;
}

/* A hash of three bytes, letters in either case; sets of its ten low bits. */
static unsigned ending_of(const char *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes;
    return ((p[0] | 32u) * 31u + (p[1] | 32u)) * 31u + (p[2] | 32u);
}
static void add_ending(uint64_t *set, unsigned ending)
{
    set[ending >> 6 & 15] |= UINT64_C(1) << (ending & 63);
}
static bool has_ending(const uint64_t *set, unsigned ending)
{
    return set[ending >> 6 & 15] >> (ending & 63) & 1;
}

/* 李秀賢教授（国際政治）: without the brackets. */
static oc_slice without_bracket(oc_slice name)
{
    if (!oc_slice_ends_with(name, ")") && !oc_slice_ends_with(name, "）")) return name;
    size_t length, bracket = oc_slice_find_any(name, 0, (const char *const[]){"（", "("}, 2, &length);
    return bracket != SIZE_MAX && bracket ? oc_slice_sub(name, 0, bracket) : name;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Takes a name into the set of endings; its hash. In English also what its titles end with: "Defense Minister Ahn". */
static unsigned learn_name(oc_quote_state *state, oc_slice name)
{
    oc_slice plain = without_bracket(name);
    for (size_t i = 3; i + 1 < plain.len; i++)
        if (plain.ptr[i] == ' ' && is_capital(plain.ptr[i + 1])) {
            add_ending(state->endings, ending_of(plain.ptr + i - 3));
            state->abbreviated |= plain.ptr[i - 1] == '.';
        }
    unsigned ending = plain.len >= 3 ? ending_of(plain.ptr + plain.len - 3) : 0;
    add_ending(state->endings, ending);
    return ending;
}

void oc_voice_remember(const oc_quote_work *w, oc_slice name)
{
    oc_quote_state *state = w->state;
    if (!name.len || oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name)) return;
    memmove(state->voices + 1, state->voices, sizeof state->voices - sizeof *state->voices);
    memmove(state->voice_ends + 1, state->voice_ends, sizeof state->voice_ends - 1);
    state->voices[0] = name;
    state->voice_ends[0] = (unsigned char)learn_name(state, name);
}

/* "minister" fits "Seoul's defense minister", 司令官 在韓米軍司令官; the same name alone adds nothing. */
static bool is_head_of(oc_slice core, oc_slice name)
{
    name = without_bracket(name);
    if (core.len >= name.len) return false;
    oc_slice end = oc_slice_from(name, name.len - core.len);
    for (size_t i = core.len; i-- > 0;)
        if ((core.ptr[i] | 32) != (end.ptr[i] | 32)) return false;
    char before = name.ptr[name.len - core.len - 1];
    return (unsigned char)core.ptr[0] >= 0x80 || before == ' ';
}

/* The first text begins the second, in any case. */
static bool begins_alike(oc_slice a, oc_slice b)
{
    size_t same = 0;
    while (same < a.len && same < b.len && (a.ptr[same] | 32) == (b.ptr[same] | 32)) same++;
    return same == a.len;
}

/* English: "minister" fits "Defense Minister Ahn Gyu-back": whoever has the title in front of his name. */
static bool is_title_of(const oc_quote_work *w, oc_slice core, oc_slice name)
{
    for (size_t at = 0; at + core.len + 1 < name.len; at++) {
        bool word = at == 0 || name.ptr[at - 1] == ' ';
        oc_slice behind = oc_slice_from(name, at + core.len);
        if (oc_slice_begins(behind, " of "))
            behind = oc_slice_from(behind, strlen(" of")); /* Minister of Defense Ahn */
        if (!word || behind.ptr[0] != ' ' || behind.len < 2 || !is_capital(behind.ptr[1])) continue;
        if (oc_phrase_ends(w->lexicon, OC_LANG_EN, OC_PHRASE_LESSER, oc_slice_sub(name, 0, at))) continue;
        if (begins_alike(core, oc_slice_sub(name, at, at + core.len))) return true;
    }
    return false;
}

/* The same of a title that is cut short: "general" fits "Gen. Xavier Brunson". */
static bool is_short_title_of(oc_slice core, oc_slice name)
{
    size_t stop = oc_slice_find(name, OC_SLICE(". "), 0);
    if (stop == SIZE_MAX || stop + 2 >= name.len || !is_capital(name.ptr[stop + 2])) return false;
    size_t word = stop;
    while (word && name.ptr[word - 1] != ' ') word--;
    return stop - word >= 3 && stop - word < core.len && begins_alike(oc_slice_sub(name, word, stop), core);
}

/* What follows a mention, behind a blank: ブランソン司令官, 안규백 장관. */
static oc_slice behind_mention(const oc_document *document, const oc_found_mention *found)
{
    oc_slice rest = oc_slice_from(document->sentences.at[found->sentence].text, found->mention.to);
    return oc_slice_begins(rest, " ") ? oc_slice_from(rest, 1) : rest;
}

/* Takes the mentions of the sentences before this one into the sets. */
static void learn_mentions(const oc_quote_work *w)
{
    const oc_document *document = w->document;
    oc_quote_state *state = w->state;
    for (; state->mentions < document->mentions.len; state->mentions++) {
        const oc_found_mention *found = &document->mentions.at[state->mentions];
        if (found->sentence >= w->index) return;
        oc_slice text = document->sentences.at[found->sentence].text;
        size_t at = state->mentions % OC_QUOTE_MENTIONS;
        state->mention_ends[at] =
            (unsigned char)learn_name(state, oc_slice_sub(text, found->mention.from, found->mention.to));
        if (w->lang == OC_LANG_EN) continue;
        oc_slice title = behind_mention(document, found);
        unsigned ending = title.len >= 3 ? ending_of(title.ptr) : 0;
        add_ending(state->titles, ending);
        state->mention_titles[at] = (unsigned char)ending;
    }
}

/* The name of a mention, with its title behind it if that is `core`; of an office with who holds it: "Defense Minister
 * Ahn Gyu-back". */
static oc_slice name_of(const oc_quote_work *w, const oc_found_mention *found, oc_slice core)
{
    const oc_document *document = w->document;
    oc_slice text = document->sentences.at[found->sentence].text, title = behind_mention(document, found);
    size_t to = found->mention.to;
    if (w->lang != OC_LANG_EN && oc_slice_starts(title, core)) to = (size_t)(title.ptr - text.ptr) + core.len;
    const oc_found_mention *next = found + 1, *end = document->mentions.at + document->mentions.len;
    if (w->lang == OC_LANG_EN && next < end && next->sentence == found->sentence && next->mention.from == to + 1)
        to = next->mention.to;
    return oc_slice_sub(text, found->mention.from, to);
}

/* The last voice or actor whose name ends with `core`, "" if none; core.len >= 3. */
static oc_slice named_before(const oc_quote_work *w, oc_slice core)
{
    const oc_quote_state *state = w->state;
    const oc_document *document = w->document;
    learn_mentions(w);
    unsigned ending = ending_of(core.ptr + core.len - 3), title = ending_of(core.ptr);
    bool known = has_ending(state->endings, ending) || has_ending(state->titles, title);
    unsigned char end = (unsigned char)ending, first = (unsigned char)title;
    for (size_t i = 0; i < OC_QUOTE_VOICES && known; i++)
        if ((state->voice_ends[i] == end && is_head_of(core, state->voices[i])) ||
            (w->lang == OC_LANG_EN && is_title_of(w, core, state->voices[i])))
            return state->voices[i];
    size_t least = document->mentions.len > LOOK_BACK ? document->mentions.len - LOOK_BACK : 0;
    for (size_t i = state->mentions; known && i-- > least;) {
        size_t at = i % OC_QUOTE_MENTIONS;
        if (state->mention_ends[at] != end && (w->lang == OC_LANG_EN || state->mention_titles[at] != first)) continue;
        oc_slice name = name_of(w, &document->mentions.at[i], core);
        if (is_head_of(core, name) || (w->lang == OC_LANG_EN && is_title_of(w, core, name))) return name;
    }
    for (size_t i = 0; i < OC_QUOTE_VOICES && state->abbreviated; i++)
        if (is_short_title_of(core, state->voices[i])) return state->voices[i];
    return (oc_slice){"", 0};
}

/* The whole name is one title or noun of office. */
static bool is_bare_title(const oc_quote_work *w, oc_slice name)
{
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (at < text || at + name.len > text + w->text.len) return false;
    const oc_hit *hit = oc_hit_last(w, OC_LEX_TITLE, at - text, at - text + name.len);
    return hit && hit->end - hit->start == name.len;
}

static bool is_somebody(const oc_quote_work *w, oc_slice name)
{
    return name.len && (oc_voice_actor(w->document, name) >= 0 || w->lang != OC_LANG_EN ||
                        (name.ptr[0] >= 'A' && name.ptr[0] <= 'Z'));
}

bool oc_voice_is_body(const oc_quote_work *w, oc_slice name)
{
    int32_t actor = name.len ? actor_himself(w->document, name) : -1;
    if (actor < 0) return false;
    oc_slice kind = w->document->reader->actors[actor].kind;
    return !oc_slice_is(kind, "person") && !oc_slice_is(kind, "office");
}

bool oc_voice_is_person(const oc_quote_work *w, oc_slice name)
{
    int32_t actor = name.len ? oc_voice_actor(w->document, name) : -1;
    if (actor >= 0 && oc_slice_is(w->document->reader->actors[actor].kind, "person")) return true;
    return oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_PERSON, without_bracket(name)) != 0;
}

/* "Lee Myung-bak and Barack Obama": no "she". */
static bool are_several(const oc_quote_work *w, oc_slice name)
{
    return w->lang == OC_LANG_EN && oc_slice_find(name, OC_SLICE(" and "), 0) != SIZE_MAX;
}

/* English: one voice with a name of his own, in two words at least, whose office the table does not know. */
static bool has_name(const oc_quote_work *w, oc_slice name)
{
    size_t gap = oc_slice_find(name, OC_SLICE(" "), 0);
    return !are_several(w, name) && oc_voice_actor(w->document, name) < 0 && gap != SIZE_MAX && gap + 1 < name.len &&
           is_capital(name.ptr[0]) && is_capital(name.ptr[gap + 1]) &&
           !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_DEFINITE, name) &&
           !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_DETERMINER, name) &&
           !oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_UNNAMED, name);
}

/* English: "the nominee", "the retired general": who spoke last with a name, if nobody since then did without one. */
static oc_slice described(const oc_quote_work *w, oc_slice core)
{
    oc_slice name = w->state->topic.len ? w->state->topic : w->state->voices[0];
    bool fits = w->lang == OC_LANG_EN && oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_DESCRIBED, core) != 0;
    if (!fits || has_name(w, name)) return fits ? name : (oc_slice){"", 0};
    for (size_t i = 0; i < OC_QUOTE_VOICES; i++) { /* a surname alone */
        oc_slice longer = w->state->voices[i];
        if (has_name(w, longer) && is_head_of(name, longer)) return longer;
    }
    return (oc_slice){"", 0};
}

/* Who a definite name or a title alone means, "" if it is none or nobody was named so. */
static oc_slice meant_by(const oc_quote_work *w, oc_slice name)
{
    size_t definite = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_DEFINITE, name);
    oc_slice core = definite ? oc_voice_trim(oc_slice_from(name, definite)) : name;
    if ((!definite && !is_bare_title(w, name)) || core.len < 3) return (oc_slice){"", 0};
    if (definite && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_GENERIC, core))
        return w->state->topic.len ? w->state->topic : w->state->voices[0]; /* この人物 */
    if (core.len < 4) return (oc_slice){"", 0};
    oc_slice full = named_before(w, core);
    return full.len || !definite ? full : described(w, core);
}

/* "a ministry official", 政府関係者: nobody whose name a definite one could stand for. */
static bool stays_unnamed(const oc_quote_work *w, oc_slice name)
{
    return oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_UNNAMED, name) != 0;
}

oc_slice oc_voice_labelled(const oc_quote_work *w, oc_slice label)
{
    size_t last = label.len;
    while (last && label.ptr[last - 1] != ' ') last--;
    oc_slice core = oc_slice_from(label, last), full = {"", 0};
    if (w->lang == OC_LANG_EN && core.len >= 3) full = named_before(w, core);
    return full.len ? full : label;
}

/* "統合参謀本部に勤めた同氏": the pronoun that a clause tells of; else the name itself. */
static oc_slice pronoun_told_of(const oc_quote_work *w, oc_slice name)
{
    size_t length = w->lang == OC_LANG_JA ? oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name) : 0;
    bool told = length && length + 9 < name.len &&
                oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_SENTENCE_END, oc_slice_sub(name, 0, name.len - length));
    return told ? oc_slice_from(name, name.len - length) : name;
}

/* "1. 双方": without the number of the point; not "1. 本稿は", which is nobody. */
static oc_slice without_number(const oc_quote_work *w, oc_slice name)
{
    size_t digits = 0;
    while (digits < name.len && oc_is_digit(name.ptr[digits])) digits++;
    if (!digits || !oc_slice_begins(oc_slice_from(name, digits), ". ")) return name;
    oc_slice rest = oc_slice_trim(oc_slice_from(name, digits + strlen(". ")));
    uintptr_t at = (uintptr_t)rest.ptr, text = (uintptr_t)w->text.ptr;
    bool itself = at >= text && at < text + w->text.len &&
                  oc_quote_begins(w, OC_PHRASE_ITSELF, oc_slice_from(w->text, at - text));
    return itself ? name : rest;
}

/* Hiragana other than の: a verb or particle is in the text. */
static bool holds_hiragana(oc_slice text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t code = oc_utf8_next(text, &at);
        if (code >= 0x3041 && code <= 0x3096 && code != 0x306e) return true;
    }
    return false;
}

/* Japanese: "この質問に長官は", "記者団に報道官は", "見通しだと国防省は": who stands behind what he answers, whom he
 * tells or what he says; not "取材に応じた将校". */
static oc_slice behind_addressee(const oc_quote_work *w, oc_slice name)
{
    static const char *const particles[] = {"に", "と"};
    size_t count = w->lang == OC_LANG_JA && name.len >= ADDRESSED_BYTES ? sizeof particles / sizeof *particles : 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = oc_slice_find_last(name, oc_slice_of(particles[i]), 0);
        if (at == SIZE_MAX || !at) continue;
        bool that = i == 1 && oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_SENTENCE_END, oc_slice_sub(name, 0, at));
        oc_slice rest = oc_slice_from(name, at + strlen(particles[i]));
        if ((i == 0 || that) && rest.len >= 6 && !holds_hiragana(rest) && oc_voice_has_evidence(w, rest)) return rest;
    }
    return name;
}

/* "the paper": a document stays as printed. */
static bool is_paper(const oc_quote_work *w, oc_slice name)
{
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (at < text || at + name.len > text + w->text.len) return false;
    const oc_hit *hit = oc_hit_last(w, OC_LEX_DOCUMENT, at - text, at - text + name.len);
    return hit && hit->end == at - text + name.len;
}

/* Japanese: "…段階に来た、と大統領府高官は言う": と joins what is said to its verb; so
 * does it in "2032年だと鄭氏は言う". */
static bool follows_pause(const oc_quote_work *w, oc_slice name)
{
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (!oc_slice_begins(name, "と") || name.len < 9 || at < text + 3 || at >= text + w->text.len) return false;
    oc_slice before = oc_slice_sub(w->text, 0, at - text);
    return oc_slice_ends_with(before, "、") || oc_phrase_ends(w->lexicon, OC_LANG_JA, OC_PHRASE_SENTENCE_END, before);
}

/* "It argues", of the paper that was quoted last. */
static bool was_document(const oc_quote_work *w, oc_slice speaker)
{
    const oc_document *document = w->document;
    const oc_quote *last = document->quotes.len ? &document->quotes.at[document->quotes.len - 1] : NULL;
    return last && last->kind == OC_QUOTE_DOCUMENT && last->speaker.ptr == speaker.ptr && speaker.len;
}

/* Who speaks under this name, as printed; in *ret_meant who a definite name means, "" if it is none. */
static oc_slice settle(const oc_quote_work *w, oc_slice name, oc_slice *ret_meant)
{
    const oc_quote_state *state = w->state;
    *ret_meant = (oc_slice){"", 0};
    if (!name.len) return name;
    name = without_number(w, name);
    if (w->lang == OC_LANG_JA && follows_pause(w, name)) name = oc_slice_from(name, strlen("と"));
    name = behind_addressee(w, pronoun_told_of(w, name));
    if (w->lang == OC_LANG_EN && state->label.len && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_AUTHOR, name))
        return oc_voice_labelled(w, state->label);
    if (w->lang == OC_LANG_EN && state->label.len && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_ADDRESSED, name))
        return oc_voice_addressed(w);
    if (oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PLURAL, name))
        return state->topic.len ? state->topic : state->voices[0].len ? state->voices[0] : name;
    if (oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name)) {
        oc_slice own = oc_voice_person_in_front(w, name);
        if (own.len) return own;
        bool nobody = oc_voice_is_body(w, state->topic) || are_several(w, state->topic);
        oc_slice single = oc_voice_one_of_many(w, name);
        oc_slice person = nobody ? oc_voice_person_before(w) : (oc_slice){"", 0};
        if (person.len) return person;
        const oc_document *document = w->document;
        const oc_quote *last = document->quotes.len ? &document->quotes.at[document->quotes.len - 1] : NULL;
        bool answers = w->lang == OC_LANG_EN && oc_slice_begins(w->text, "When ") && is_somebody(w, state->former);
        if (w->lang == OC_LANG_EN && last && last->sentence == w->index && last->speaker.len)
            return answers ? state->former : last->speaker; /* "When a reporter noted that, he replied" */
        return single.len ? single : is_somebody(w, state->topic) ? state->topic : state->voices[0];
    }
    if (oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_DUMMY, name)) /* "The largest gap, it says, …", それによると */
        return state->paper.len && (w->lang != OC_LANG_EN || has_name(w, state->topic)) ? state->paper
               : !state->topic.len && oc_voice_is_body(w, state->voices[0])             ? state->voices[0]
                                                                                        : state->topic;
    oc_slice full = meant_by(w, name);
    bool generic = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_GENERIC, name) && full.len;
    if (full.len && (generic || !stays_unnamed(w, full)) && !(w->lang == OC_LANG_EN && is_paper(w, name))) return full;
    *ret_meant = full;
    return name;
}

oc_slice oc_voice_resolve(const oc_quote_work *w, oc_slice name)
{
    oc_slice meant;
    return settle(w, name, &meant);
}

oc_slice oc_voice_known(const oc_quote_work *w, oc_slice name)
{
    oc_slice meant, printed = settle(w, name, &meant);
    return meant.len ? meant : printed;
}

/* English: "a study from the institute": a document that something is told of. */
static bool is_told_of(const oc_quote_work *w, const oc_hit *document, size_t a, size_t b)
{
    size_t length;
    oc_slice head = oc_slice_sub(w->text, a, document->start), behind = oc_slice_sub(w->text, document->end, b);
    behind = oc_slice_trim(behind);
    oc_slice next = oc_slice_sub(behind, 0, oc_slice_find(behind, OC_SLICE(" "), 0)); /* "a paper seen by the daily" */
    return w->lang == OC_LANG_EN &&
           (oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_PREPOSITION, behind) || oc_slice_ends_with(next, "ed") ||
            oc_slice_is(next, "seen") || oc_slice_is(next, "sent")) &&
           oc_phrase_first(w->lexicon, w->lang, OC_PHRASE_PREPOSITION, head, 0, head.len, &length) == SIZE_MAX;
}

oc_voice oc_voice_of(const oc_quote_work *w, oc_slice name)
{
    oc_voice v = {.speaker = {"", 0}};
    v.speaker = settle(w, name, &v.meant);
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (!name.len || at < text || at > text + w->text.len) return v;
    size_t a = at - text, b = a + name.len;
    const oc_hit *first = oc_hit_first(w, OC_LEX_DOCUMENT, a, b), *last = oc_hit_last(w, OC_LEX_DOCUMENT, a, b);
    bool report = w->lang == OC_LANG_EN && oc_slice_ends_with(name, " report"); /* "report that" is a verb's */
    v.is_document =
        report || (last && (b - last->end <= 12 || is_told_of(w, first, a, b)) && !oc_hit_first(w, OC_LEX_TITLE, a, b));
    return v;
}

void oc_quote_push(const oc_quote_work *w, uint32_t sentence, oc_quote_kind kind, oc_slice text, oc_voice voice)
{
    if ((voice.is_document || was_document(w, voice.speaker)) && kind != OC_QUOTE_BLOCK) kind = OC_QUOTE_DOCUMENT;
    int32_t meant = actor_himself(w->document, voice.meant);
    *oc_vec_push(w->arena, &w->document->quotes) =
        (oc_quote){.sentence = sentence,
                   .kind = kind,
                   .text = text,
                   .speaker = voice.speaker,
                   .reported_by = voice.reported_by,
                   .actor = meant >= 0 ? meant : actor_himself(w->document, voice.speaker)};
    if (!voice.speaker.len) return;
    w->state->topic = meant >= 0 ? voice.meant : voice.speaker;
    oc_voice_remember(w, voice.meant.len ? voice.meant : voice.speaker);
}
