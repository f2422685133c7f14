/* Who speaks; see voice.h. Japanese, Korean and what all languages share; voice_en.c has the noun phrases of English.
 */
#include "reading/voice.h"

#include "base/utf8.h"
#include "reading/eight.h"

enum { TOPIC_CHARS = 44, WEAK_CHARS = 16, NAME_CHARS = 6, LOOK_BACK = 200, PERSON_SENTENCES = 2, DOCUMENT_GAP = 6 };

/* "so-called" calls nobody. */
static bool is_half_word(const oc_quote_work *w, const oc_hit *hit)
{
    return hit->start && hit->entry->class == OC_LEX_SPEECH && w->text.ptr[hit->start - 1] == '-';
}

const oc_hit *oc_hit_first(const oc_quote_work *w, oc_lex_class class, size_t a, size_t b)
{
    for (const oc_hit *hit = oc_hits_first(w->hits, class); hit && hit->start < b; hit = oc_hits_next(w->hits, hit))
        if (hit->start >= a && !is_half_word(w, hit)) return hit;
    return NULL;
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

static unsigned three_bytes(const char *at)
{
    const unsigned char *p = (const unsigned char *)at;
    return (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];
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
        if (text.len < size || !is_margin(size == 1 ? (unsigned char)text.ptr[0] : three_bytes(text.ptr))) break;
    }
    for (size_t size; text.len; text.len -= size) {
        const char *end = text.ptr + text.len;
        size = (unsigned char)end[-1] < 0x80 ? 1 : 3;
        if (text.len < size || !is_margin(size == 1 ? (unsigned char)end[-1] : three_bytes(end - 3))) break;
    }
    return text;
}

bool oc_voice_inside_pair(const oc_quote_work *w, size_t at)
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

/* A set of three-byte endings, hashed to 256 bits; letters in either case. */
static unsigned ending_of(const char *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes;
    return ((p[0] | 32u) * 31u + (p[1] | 32u)) * 31u + (p[2] | 32u);
}
static void add_ending(uint64_t *set, const char *bytes)
{
    unsigned ending = ending_of(bytes) & 255;
    set[ending >> 6] |= UINT64_C(1) << (ending & 63);
}
static bool has_ending(const uint64_t *set, const char *bytes)
{
    unsigned ending = ending_of(bytes) & 255;
    return set[ending >> 6] >> (ending & 63) & 1;
}

/* 李秀賢教授（国際政治）: without the brackets. */
static oc_slice without_bracket(oc_slice name)
{
    if (!oc_slice_ends_with(name, ")") && !oc_slice_ends_with(name, "）")) return name;
    size_t length, bracket = oc_slice_find_any(name, 0, (const char *const[]){"（", "("}, 2, &length);
    return bracket != SIZE_MAX && bracket ? oc_slice_sub(name, 0, bracket) : name;
}

void oc_voice_remember(const oc_quote_work *w, oc_slice name)
{
    oc_quote_state *state = w->state;
    if (!name.len || oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name)) return;
    memmove(state->voices + 1, state->voices, sizeof state->voices - sizeof *state->voices);
    state->voices[0] = name;
    oc_slice plain = without_bracket(name);
    if (plain.len >= 3) add_ending(state->endings, plain.ptr + plain.len - 3);
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
        oc_slice name = without_bracket(oc_slice_sub(text, found->mention.from, found->mention.to));
        if (name.len >= 3) add_ending(state->endings, name.ptr + name.len - 3);
        oc_slice title = behind_mention(document, found);
        if (w->lang != OC_LANG_EN && title.len >= 3) add_ending(state->titles, title.ptr);
    }
}

/* The last voice or actor whose name ends with `core`, "" if none; core.len >= 3. */
static oc_slice named_before(const oc_quote_work *w, oc_slice core)
{
    learn_mentions(w);
    if (!has_ending(w->state->endings, core.ptr + core.len - 3) && !has_ending(w->state->titles, core.ptr))
        return (oc_slice){"", 0};
    for (size_t i = 0; i < OC_QUOTE_VOICES; i++)
        if (is_head_of(core, w->state->voices[i])) return w->state->voices[i];
    const oc_document *document = w->document;
    for (size_t i = document->mentions.len, n = 0; i-- > 0 && n < LOOK_BACK; n++) {
        const oc_found_mention *found = &document->mentions.at[i];
        if (found->sentence >= w->index) continue;
        oc_slice text = document->sentences.at[found->sentence].text, title = behind_mention(document, found);
        size_t from = found->mention.from, to = found->mention.to;
        if (w->lang != OC_LANG_EN && oc_slice_starts(title, core)) to = (size_t)(title.ptr - text.ptr) + core.len;
        oc_slice name = oc_slice_sub(text, from, to);
        if (is_head_of(core, name)) return name;
    }
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

/* An organisation or state of the table: no "he". */
static bool is_body(const oc_quote_work *w, oc_slice name)
{
    int32_t actor = name.len ? oc_voice_actor(w->document, name) : -1;
    if (actor < 0) return false;
    oc_slice kind = w->document->reader->actors[actor].kind;
    return !oc_slice_is(kind, "person") && !oc_slice_is(kind, "office");
}

/* The person named last, in this sentence or the few before. */
static oc_slice person_before(const oc_quote_work *w)
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

/* Who a definite name or a title alone means, "" if it is none or nobody was named so. */
static oc_slice meant_by(const oc_quote_work *w, oc_slice name)
{
    size_t definite = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_DEFINITE, name);
    oc_slice core = definite ? oc_voice_trim(oc_slice_from(name, definite)) : name;
    if ((!definite && !is_bare_title(w, name)) || core.len < 4) return (oc_slice){"", 0};
    return named_before(w, core);
}

/* "a ministry official", 政府関係者: nobody whose name a definite one could stand for. */
static bool stays_unnamed(const oc_quote_work *w, oc_slice name)
{
    return oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_UNNAMED, name) != 0;
}

/* Who speaks under this name, as printed; in *ret_meant who a definite name means, "" if it is none. */
static oc_slice settle(const oc_quote_work *w, oc_slice name, oc_slice *ret_meant)
{
    const oc_quote_state *state = w->state;
    *ret_meant = (oc_slice){"", 0};
    if (!name.len) return name;
    if (oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PLURAL, name))
        return state->topic.len ? state->topic : state->voices[0].len ? state->voices[0] : name;
    if (oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, name)) {
        oc_slice person = is_body(w, state->topic) ? person_before(w) : (oc_slice){"", 0};
        if (person.len) return person;
        return is_somebody(w, state->topic) ? state->topic : state->voices[0];
    }
    oc_slice full = meant_by(w, name);
    if (full.len && !stays_unnamed(w, full)) return full;
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

oc_voice oc_voice_of(const oc_quote_work *w, oc_slice name)
{
    oc_voice v = {.speaker = {"", 0}};
    v.speaker = settle(w, name, &v.meant);
    uintptr_t at = (uintptr_t)name.ptr, text = (uintptr_t)w->text.ptr;
    if (!name.len || at < text || at > text + w->text.len) return v;
    size_t a = at - text, b = a + name.len;
    const oc_hit *hit = oc_hit_last(w, OC_LEX_DOCUMENT, a, b);
    v.is_document = hit && b - hit->end <= 12 && !oc_hit_first(w, OC_LEX_TITLE, a, b);
    return v;
}

/* --- topics --- */

/* U+30A0 to U+30FF, with the dot between names. */
static bool is_katakana_sign(oc_slice text)
{
    size_t at = 0;
    uint32_t code = text.len ? oc_utf8_next(text, &at) : 0;
    return code >= 0x30a0 && code <= 0x30ff;
}

/* The phrase ends with the name of an actor: "米国の評価" is none. */
static bool ends_with_actor(const oc_quote_work *w, oc_slice phrase)
{
    size_t end = (size_t)(phrase.ptr - w->text.ptr) + phrase.len;
    for (size_t i = w->document->mentions.len; i-- > 0;) {
        const oc_found_mention *found = &w->document->mentions.at[i];
        if (found->sentence != w->index) break;
        if (found->mention.to == end) return true;
    }
    return false;
}

/* "経済学者の北見周": a name behind what somebody is. */
static bool is_apposition(const oc_quote_work *w, oc_slice phrase)
{
    size_t length, of = SIZE_MAX;
    for (size_t at = 0; (at = oc_slice_find(phrase, OC_SLICE("の"), at)) != SIZE_MAX; at += 3) of = at;
    if (of == SIZE_MAX || oc_utf8_count(oc_slice_from(phrase, of + 3)) > NAME_CHARS) return false;
    length = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, oc_slice_sub(phrase, 0, of));
    return length >= 3 && oc_utf8_count(oc_slice_from(phrase, of + 3)) >= 2;
}

/* 米国の研究者マーク・エリング: a name in katakana right behind what somebody is. */
static bool is_foreign_name(const oc_quote_work *w, oc_slice phrase)
{
    size_t start = phrase.len;
    while (start >= 3 && is_katakana_sign(oc_slice_sub(phrase, start - 3, start))) start -= 3;
    return start >= 6 && phrase.len - start >= 9 &&
           oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, oc_slice_sub(phrase, 0, start));
}

/* 연구자 캐럴 위트먼: at most two words behind what somebody is. */
static bool is_called_name(const oc_quote_work *w, oc_slice phrase)
{
    size_t words = 0;
    for (size_t i = phrase.len; i-- > 0 && words < 2;) {
        if (phrase.ptr[i] != ' ') continue;
        words++;
        if (oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_CALLING, oc_slice_sub(phrase, 0, i))) return true;
    }
    return false;
}

/* 報告書, not 報告書で検証 */
static bool ends_with_document(const oc_quote_work *w, size_t start, size_t end)
{
    const oc_hit *hit = oc_hit_last(w, OC_LEX_DOCUMENT, start, end);
    return hit && end - hit->end <= DOCUMENT_GAP;
}

static bool has_evidence(const oc_quote_work *w, oc_slice phrase)
{
    if (w->lang == OC_LANG_KO && phrase.len > 6 && oc_slice_ends_with(phrase, "들")) phrase.len -= 3; /* 저자들 */
    size_t start = (size_t)(phrase.ptr - w->text.ptr), end = start + phrase.len;
    if (oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, phrase) || oc_hit_first(w, OC_LEX_TITLE, start, end) ||
        ends_with_document(w, start, end) || ends_with_actor(w, phrase))
        return true;
    bool called =
        w->lang == OC_LANG_JA ? is_apposition(w, phrase) || is_foreign_name(w, phrase) : is_called_name(w, phrase);
    return called || oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, phrase) ||
           oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PLURAL, phrase) ||
           oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_AUTHOR, phrase);
}

static bool is_katakana(oc_slice text)
{
    for (size_t at = 0; at < text.len; at += 3)
        if (!is_katakana_sign(oc_slice_from(text, at))) return false;
    return text.len >= 6;
}

/* From `at` back to the last of the marks before it, or to a; marks inside of pairs do not count. */
static size_t clause_start(const oc_quote_work *w, size_t a, size_t at, const char *const *marks, size_t count)
{
    size_t start = a;
    for (size_t i = a; i < at; i++) {
        const char *p = w->text.ptr + i;
        for (size_t k = 0; k < count; k++) /* two bytes tell nearly all others apart */
            if (*p == *marks[k] && (!marks[k][1] || (i + 1 < at && p[1] == marks[k][1])) &&
                oc_slice_begins(oc_slice_sub(w->text, i, at), marks[k]) && !oc_voice_inside_pair(w, i))
                start = i + strlen(marks[k]);
    }
    return start;
}

static bool is_hiragana(oc_slice text)
{
    size_t at = 0;
    uint32_t code = text.len ? oc_utf8_next(text, &at) : 0;
    return code >= 0x3041 && code <= 0x309f;
}

/* "…満たされるとの司令官": who follows what is reported. */
static oc_slice behind_report(oc_slice phrase)
{
    for (size_t at; phrase.len > 15 && (at = oc_slice_find(phrase, OC_SLICE("との"), 0)) != SIZE_MAX;)
        phrase = oc_slice_from(phrase, at + 6);
    return phrase;
}

/* "これに対しプルイット": without what joins sentences. */
static oc_slice behind_joint(const oc_quote_work *w, oc_slice phrase)
{
    size_t length = oc_phrase_begins(w->lexicon, OC_LANG_JA, OC_PHRASE_JOINT, phrase);
    bool name = length && length + 6 <= phrase.len && !is_hiragana(oc_slice_from(phrase, length));
    return name ? oc_slice_from(phrase, length) : phrase;
}

/* リンドグレン（2024）: without the year of what he wrote. */
static oc_slice without_year(oc_slice phrase)
{
    size_t length, bracket = oc_slice_find_any(phrase, 0, (const char *const[]){"（", "("}, 2, &length);
    bool year = bracket != SIZE_MAX && bracket + length < phrase.len && phrase.ptr[bracket + length] >= '1' &&
                phrase.ptr[bracket + length] <= '2';
    return year ? oc_slice_sub(phrase, 0, bracket) : phrase;
}

typedef enum ja_sign { NO_SIGN, CLAUSE_MARK, OPENS, CLOSES, TOPIC, SUBJECT, ALSO } ja_sign;

/* What matters for topics, by its three bytes: most signs differ in the first. */
static ja_sign ja_sign_at(const char *at)
{
    if ((unsigned char)*at != 0xe3 && (unsigned char)*at != 0xef) return NO_SIGN;
    switch (three_bytes(at)) {
    case 0xe38080: /* the wide blank */
    case 0xe38081: /* 、 */
    case 0xe38082: /* 。 */
    case 0xe3808d: /* 」 */
    case 0xe3808f: /* 』 */ return CLAUSE_MARK;
    case 0xefbc88: /* （ */ return OPENS;
    case 0xefbc89: /* ） */ return CLOSES;
    case 0xe381af: /* は */ return TOPIC;
    case 0xe3818c: /* が */ return SUBJECT;
    case 0xe38282: /* も */ return ALSO;
    }
    return NO_SIGN;
}

/* The name before the particle at `at`, in a clause that begins at `clause`; "" if nobody can be called so. */
static oc_slice ja_name(const oc_quote_work *w, oc_slice text, size_t clause, size_t at, bool also)
{
    oc_slice before = oc_slice_sub(text, clause, at);
    if (also && is_hiragana(oc_slice_from(text, at + 3)) && /* 見積もり, もの */
        !oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, before))
        return (oc_slice){"", 0};
    oc_slice phrase = behind_joint(w, behind_report(oc_voice_trim(before)));
    if (phrase.len < 3 || !oc_voice_has_at_most(phrase, TOPIC_CHARS)) return (oc_slice){"", 0};
    size_t no_topic = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_NO_TOPIC, phrase); /* 方, but not 双方 */
    bool usable = !no_topic || oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_VOICE_END, phrase) > no_topic;
    return usable ? phrase : (oc_slice){"", 0};
}

static oc_slice ja_topic(const oc_quote_work *w, size_t a, size_t b, bool strict)
{
    oc_slice text = oc_slice_sub(w->text, 0, b), weak = {"", 0};
    int depth = 0;
    size_t clause = a;
    for (size_t at = a, size; at < text.len; at += size) {
        unsigned char lead = (unsigned char)text.ptr[at];
        size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (lead == '(') depth++;
        if (lead == ')') depth--;
        ja_sign sign = size == 3 && at + 3 <= text.len ? ja_sign_at(text.ptr + at) : NO_SIGN;
        if (sign == NO_SIGN) continue;
        if (sign == CLAUSE_MARK && !oc_voice_inside_pair(w, at)) clause = at + 3;
        if (sign == OPENS) depth++;
        if (sign == CLOSES) depth--;
        if (depth > 0 || sign < TOPIC || at == a || oc_voice_inside_pair(w, at)) continue;
        oc_slice phrase = ja_name(w, text, clause, at, sign == ALSO);
        if (!phrase.len) continue;
        if (has_evidence(w, phrase) || (is_katakana_sign(phrase) && is_katakana(without_year(phrase)))) return phrase;
        if (sign == TOPIC && !weak.len && oc_voice_has_at_most(phrase, WEAK_CHARS)) weak = phrase;
    }
    return strict ? (oc_slice){"", 0} : weak;
}

/* At most the last five words: "한국 국방부 안규백 장관". */
static oc_slice last_words(oc_slice phrase)
{
    size_t words = 1;
    for (size_t i = phrase.len; i-- > 0;)
        if (phrase.ptr[i] == ' ' && ++words > 5) return oc_slice_from(phrase, i + 1);
    return phrase;
}

/* "이에 대해 국민의힘 의원": without what joins sentences. */
static oc_slice without_joints(const oc_quote_work *w, oc_slice phrase)
{
    for (size_t length; (length = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_JOINT, phrase)) != 0;) {
        if (length >= phrase.len || phrase.ptr[length] != ' ') break;
        phrase = oc_voice_trim(oc_slice_from(phrase, length));
    }
    return phrase;
}

/* "시기를 거듭 묻자 안 장관", "19일 보도한 연합뉴스": where the name begins behind a verb of speech in [from, to). */
static size_t behind_speech(const oc_quote_work *w, size_t from, size_t to)
{
    const oc_hit *said = to > from ? oc_hit_last(w, OC_LEX_SPEECH, from, to) : NULL;
    size_t gap = said ? oc_slice_find(oc_slice_sub(w->text, 0, to), OC_SLICE(" "), said->end) : SIZE_MAX;
    return gap == SIZE_MAX ? from : gap + 1;
}

/* The next byte in [at, b) up to the comma of ASCII, among them blanks and brackets; b if there is none. */
static size_t next_break(oc_slice text, size_t at, size_t b)
{
    for (; at + 8 <= b; at += 8) {
        uint64_t found = oc_eight_in_range(oc_eight_load((const unsigned char *)text.ptr + at, 8), 0, ',');
        if (found) return at + (size_t)__builtin_ctzll(found) / 8;
    }
    while (at < b && (unsigned char)text.ptr[at] > ',') at++;
    return at;
}

static oc_slice ko_topic(const oc_quote_work *w, size_t a, size_t b, bool strict)
{
    static const char *const particles[] = {"께서는", "은", "는", "이", "가", "도"};
    oc_slice text = w->text, weak = {"", 0};
    int depth = 0;
    size_t word = a, clause = a;
    for (size_t at = a; at <= b; at++) {
        at = next_break(text, at, b);
        bool end = at == b || text.ptr[at] == ' ' || text.ptr[at] == ',';
        if (at < b && text.ptr[at] == '(') depth++;
        if (at < b && text.ptr[at] == ')') depth--;
        if (!end || depth > 0) continue;
        if (oc_voice_inside_pair(w, at)) {
            word = clause = at + 1;
            continue;
        }
        oc_slice token = oc_slice_sub(text, word, at);
        size_t particle = 0;
        while (particle < 6 && !oc_slice_ends_with(token, particles[particle])) particle++;
        bool pronoun =
            particle < 6 && oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_PRONOUN, oc_slice_sub(token, 0, token.len - 3));
        if (particle < 6 &&
            (pronoun || (token.len >= 6 && !oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_NO_TOPIC, token) &&
                         !oc_phrase_is(w->lexicon, w->lang, OC_PHRASE_NO_TOPIC_WORD, token)))) {
            size_t start = behind_speech(w, clause, word);
            oc_slice phrase = last_words(
                without_joints(w, oc_voice_trim(oc_slice_sub(text, start, at - strlen(particles[particle])))));
            if (pronoun) phrase = oc_slice_sub(token, 0, token.len - 3);
            if (phrase.len && has_evidence(w, phrase) && oc_voice_has_at_most(phrase, TOPIC_CHARS)) return phrase;
            bool plain = oc_slice_ends_with(token, "은") || oc_slice_ends_with(token, "는");
            if (!weak.len && plain && oc_voice_has_at_most(phrase, WEAK_CHARS)) weak = phrase;
        }
        if (at < b && text.ptr[at] == ',') clause = at + 1;
        word = at + 1;
    }
    return strict ? (oc_slice){"", 0} : weak;
}

/* A token of three syllables that begins with a surname and holds no word of the lexicon, or a word with the year of
 * what was written behind it: 김태완은, 린드그렌(2024)은. */
static bool is_bare_name(const oc_quote_work *w, oc_slice name)
{
    oc_slice plain = without_year(name);
    if (plain.len < name.len) return plain.len >= 6;
    size_t start = (size_t)(name.ptr - w->text.ptr);
    if (oc_utf8_count(name) != 3 || !oc_phrase_begins(w->lexicon, OC_LANG_KO, OC_PHRASE_SURNAME, name)) return false;
    for (size_t i = 0; i < w->hits->len; i++)
        if (w->hits->at[i].start < start + name.len && w->hits->at[i].end > start) return false;
    return true;
}

oc_slice oc_voice_bare_name(const oc_quote_work *w, size_t a, size_t b)
{
    oc_slice head = without_joints(w, oc_slice_trim(oc_slice_sub(w->text, a, b)));
    size_t gap = oc_slice_find(head, OC_SLICE(" "), 0);
    oc_slice token = oc_slice_sub(head, 0, gap == SIZE_MAX ? head.len : gap);
    bool topic = oc_slice_ends_with(token, "은") || oc_slice_ends_with(token, "는");
    if (w->lang != OC_LANG_KO || !topic) return (oc_slice){"", 0};
    token.len -= 3;
    return is_bare_name(w, token) ? token : (oc_slice){"", 0};
}

oc_slice oc_voice_topic(const oc_quote_work *w, size_t a, size_t b, bool strict)
{
    if (a >= b) return (oc_slice){"", 0};
    return w->lang == OC_LANG_JA ? ja_topic(w, a, b, strict) : ko_topic(w, a, b, strict);
}

oc_slice oc_voice_whole_topic(oc_quote_work *w)
{
    if (!w->has_whole_topic) w->whole_topic = oc_voice_topic(w, 0, w->text.len, true);
    w->has_whole_topic = true;
    return w->whole_topic;
}

/* A clause ends right before `at`, in [from, at): "…と説明し、", "…밝혔고, ". */
static bool ends_clause(const oc_quote_work *w, size_t from, size_t at)
{
    static const char *const endings[] = {"し", "り", "い", "き", "て", "が", "ち",
                                          "み", "고", "며", "나", "만", "데", "면"};
    if (oc_hit_first(w, OC_LEX_SPEECH, from, at)) return true;
    oc_slice before = oc_slice_sub(w->text, from, at);
    while (before.len && (oc_slice_ends_with(before, " ") || oc_slice_ends_with(before, ","))) before.len--;
    bool comma = before.len < at - from || oc_slice_ends_with(before, "、");
    if (oc_slice_ends_with(before, "、")) before.len -= 3;
    if (before.len < 12 || !comma) return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (oc_slice_ends_with(before, endings[i])) return true;
    return false;
}

/* A topic, not a mere subject: は, 은, 는. */
static bool is_marked_topic(const oc_quote_work *w, oc_slice phrase)
{
    oc_slice behind = oc_slice_from(w->text, (size_t)(phrase.ptr - w->text.ptr) + phrase.len);
    return oc_slice_begins(behind, "は") || oc_slice_begins(behind, "은") || oc_slice_begins(behind, "는");
}

oc_slice oc_voice_last_topic(const oc_quote_work *w, size_t a, size_t b, bool strict)
{
    oc_slice whole = a == 0 && w->has_whole_topic ? w->whole_topic : (oc_slice){"", 0};
    bool same = whole.len && (size_t)(whole.ptr - w->text.ptr) + whole.len + 3 <= b;
    oc_slice best = same ? whole : oc_voice_topic(w, a, b, strict);
    for (oc_slice next = best; next.len;) {
        size_t behind = (size_t)(next.ptr - w->text.ptr) + next.len + 3;
        next = oc_voice_topic(w, behind, b, true);
        if (!next.len) break;
        size_t at = (size_t)(next.ptr - w->text.ptr);
        if (is_marked_topic(w, next) && ends_clause(w, behind, at)) best = next;
    }
    return best;
}

/* English: "citing the heat" names no source. */
static bool can_speak(const oc_quote_work *w, oc_slice name)
{
    size_t start = (size_t)(name.ptr - w->text.ptr), end = start + name.len;
    bool capital = false, unnamed = false; /* "a person familiar with the talks" */
    for (size_t i = 0; i < name.len; i++) {
        capital |= name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
        bool word = i > 0 && name.ptr[i - 1] == ' ';
        unnamed |= word && oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_UNNAMED, oc_slice_from(name, i));
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
    if (oc_slice_is(hit->entry->value, "seen") && !ends_with_document(w, 0, hit->start)) return (oc_slice){"", 0};
    *ret_behind = hit->end;
    if (w->lang == OC_LANG_EN) {
        oc_slice name = oc_voice_object(w, hit->end);
        bool pronoun = oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, name);
        if (name.len && !pronoun && !can_speak(w, name)) return (oc_slice){"", 0};
        if (name.len) *ret_behind = (size_t)(name.ptr - w->text.ptr) + name.len;
        return name;
    }
    size_t start =
        clause_start(w, 0, hit->start, w->lang == OC_LANG_JA ? ja_marks : ko_marks, w->lang == OC_LANG_JA ? 2 : 1);
    oc_slice name = oc_voice_trim(oc_slice_sub(w->text, start, hit->start));
    size_t told = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_TOLD, name);
    if (told && told < name.len) name.len -= told;
    return oc_utf8_count(name) <= 50 ? name : (oc_slice){"", 0};
}

oc_slice oc_voice_origin(const oc_quote_work *w, size_t a, size_t b)
{
    static const char *const marks[] = {"、", "。", ",", "が、"};
    size_t tail = oc_phrase_ends(w->lexicon, w->lang, OC_PHRASE_ORIGIN, oc_voice_trim(oc_slice_sub(w->text, a, b)));
    if (!tail || w->lang == OC_LANG_EN) return (oc_slice){"", 0};
    oc_slice head = oc_voice_trim(oc_slice_sub(w->text, a, b));
    size_t end = (size_t)(head.ptr - w->text.ptr) + head.len - tail;
    size_t start = clause_start(w, a, end, marks, sizeof marks / sizeof *marks);
    oc_slice name = last_words(without_joints(w, oc_voice_trim(oc_slice_sub(w->text, start, end))));
    return name.len >= 6 && oc_utf8_count(name) <= TOPIC_CHARS ? name : (oc_slice){"", 0};
}

oc_slice oc_voice_stated_in(const oc_quote_work *w, const oc_hit *verb, size_t a, size_t b)
{
    static const char *const marks[] = {"、", "。", ","};
    bool stands = verb && oc_slice_is(verb->entry->value, "stated");
    const oc_hit *found = stands ? oc_hit_last(w, OC_LEX_DOCUMENT, a, b) : NULL;
    if (!found || !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_STATED, oc_slice_from(w->text, found->end)))
        return (oc_slice){"", 0};
    size_t start = clause_start(w, a, found->end, marks, sizeof marks / sizeof *marks);
    if (start == 0 && w->state->label.ptr == w->text.ptr) start = w->state->label.len;
    return last_words(without_joints(w, oc_voice_trim(oc_slice_sub(w->text, start, found->end))));
}

void oc_quote_push(const oc_quote_work *w, uint32_t sentence, oc_quote_kind kind, oc_slice text, oc_voice voice)
{
    if (voice.is_document && kind != OC_QUOTE_BLOCK) kind = OC_QUOTE_DOCUMENT;
    int32_t meant = oc_voice_actor(w->document, voice.meant);
    *oc_vec_push(w->arena, &w->document->quotes) =
        (oc_quote){.sentence = sentence,
                   .kind = kind,
                   .text = text,
                   .speaker = voice.speaker,
                   .reported_by = voice.reported_by,
                   .actor = meant >= 0 ? meant : oc_voice_actor(w->document, voice.speaker)};
    if (!voice.speaker.len) return;
    w->state->topic = meant >= 0 ? voice.meant : voice.speaker;
    oc_voice_remember(w, voice.meant.len ? voice.meant : voice.speaker);
}
