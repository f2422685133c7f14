/* Speech without marks: for each verb of speech that answers to no pair, what it reports and who speaks.
 *
 *     Japanese   topic は … と|との|noun を VERB        Xによると、…
 *     Korean     topic 는 … 다고|라며|는 입장을 VERB     X에 따르면 …
 *     English    SUBJECT VERB that … · …, SUBJECT VERB · …, VERB-ing that … · according to X
 *
 * A sentence may hold several; each begins behind the verb of the one before. Here are the sources that a sentence
 * names; what a verb reports is in quote_cjk.c and quote_en.c. */
#include "reading/voice.h"

enum {
    LEAST_CHARS = 5,
    CITING_BYTES = 16,
    APPOSITION_BYTES = 110,
    AHEAD_BYTES = 80,
    AHEAD_LEAST = 8,
    LEAST_WORDS = 6,
    /* Of a sentence; none says more, and each verb looks at all the others. */
    VERBS_MAX = 64,
    PASSED_ON_MAX = 8,
};

/* Where the last `word` in text[from, to) starts. */
size_t oc_quote_last_word(oc_slice text, const char *word, size_t from, size_t to)
{
    return oc_slice_find_last(oc_slice_sub(text, 0, to), oc_slice_of(word), from);
}

/* "2022年8月、米韓の演習は…", "9일 회담을 …": without the day on which it was said. */
static oc_slice without_day(const oc_quote_work *w, oc_slice content)
{
    size_t start = (size_t)(content.ptr - w->text.ptr);
    for (size_t i = w->document->dates.len; i-- > 0 && w->document->dates.at[i].sentence == w->index;) {
        const oc_date *date = &w->document->dates.at[i].date;
        if (date->from != start || date->to >= start + content.len / 2) continue;
        oc_slice rest = oc_slice_sub(content, date->to - start, content.len);
        size_t zone = oc_slice_begins(rest, "(") ? oc_slice_find(rest, OC_SLICE(")"), 0) : SIZE_MAX;
        if (zone != SIZE_MAX) rest = oc_slice_from(rest, zone + 1); /* 10일(현지시간) */
        bool apart = oc_slice_begins(rest, "、") ||
                     (w->lang == OC_LANG_KO && oc_slice_begins(rest, " ") && date->unit_start == date->unit_end);
        if (apart) return oc_voice_trim(rest);
    }
    return content;
}

/* "さらに、10月の会議で承認される", "또한, 내년에": without the word that goes on. */
static oc_slice without_also(const oc_quote_work *w, oc_slice content)
{
    size_t also = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_CONTINUES, content);
    oc_slice rest = oc_slice_from(content, also);
    bool apart = also && (oc_slice_begins(rest, "、") || oc_slice_begins(rest, ","));
    return apart ? oc_voice_trim(rest) : content;
}

/* Japanese: 移管は「船長が二人、舵取りはいない」状態を招く: of what is reported, the words in marks, if they are more
 * than a name. False if there are none. */
static bool push_words_of(oc_quote_work *w, oc_slice content, oc_voice v)
{
    oc_document *document = w->document;
    uint32_t base = document->sentences.at[w->index].start;
    size_t start = base + (size_t)(content.ptr - w->text.ptr), end = start + content.len, found = SIZE_MAX, pairs = 0;
    for (size_t i = w->state->first_pair; i < document->pairs.len && document->pairs.at[i].open < end; i++) {
        const oc_mark_pair *pair = &document->pairs.at[i];
        if (pair->nested || pair->mark != 0x300c || pair->open < start || pair->close_end > end) continue;
        pairs++;
        found = i;
    }
    if (pairs != 1) return false;
    const oc_mark_pair *pair = &document->pairs.at[found];
    oc_slice words = oc_slice_sub(document->body, pair->open_end, pair->close);
    oc_slice before = oc_slice_sub(w->text, 0, pair->open - base),
             after = oc_slice_from(w->text, pair->close_end - base);
    bool term = oc_quote_ends(w, OC_PHRASE_TERM_BEFORE, before) || oc_quote_begins(w, OC_PHRASE_TERM_AFTER, after) ||
                oc_quote_begins(w, OC_PHRASE_TITLE_AFTER, after) || oc_quote_ends(w, OC_PHRASE_TITLE_BEFORE, before);
    if (term || oc_voice_has_at_most(words, LEAST_WORDS) || !oc_quote_ends(w, OC_PHRASE_SENTENCE_END, words))
        return false;
    size_t last = document->brackets.len;
    if (last && document->brackets.at[last - 1].text.ptr == words.ptr) document->brackets.len--;
    oc_quote_push(w, w->index, OC_QUOTE_PARTIAL, words, v);
    return true;
}

void oc_quote_push_indirect(oc_quote_work *w, oc_slice content, oc_voice v, size_t end)
{
    content = oc_voice_trim(content);
    if (w->lang != OC_LANG_EN) content = without_day(w, without_also(w, content));
    if (oc_voice_has_at_most(content, LEAST_CHARS - 1)) return;
    if (w->lang == OC_LANG_EN && oc_slice_find(content, OC_SLICE(" "), 0) == SIZE_MAX)
        return; /* "disputed that view" */
    if (w->hits->signs & OC_SIGN_QUOTE) {
        if (w->lang == OC_LANG_JA && push_words_of(w, content, v)) {
            w->done = end;
            return;
        }
        size_t open = oc_slice_find(content, OC_SLICE("“"), 0), close = oc_slice_find(content, OC_SLICE("”"), 0);
        if (close < open) return; /* begins within marks */
    }
    oc_quote_push(w, w->index, OC_QUOTE_INDIRECT, content, v);
    w->done = end;
}

/* "According to Yoon, a researcher at the institute, the cost …" */
static oc_slice behind_apposition(const oc_quote_work *w, oc_slice content)
{
    size_t start = oc_slice_begins(content, ", ") ? 2 : oc_slice_begins(content, " ") ? 1 : content.len;
    bool told = oc_slice_begins(content, " that "); /* "a report that it submitted in July, …" */
    if (!told && !oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_APPOSED, oc_slice_from(content, start)))
        return content;
    size_t comma = oc_slice_find(oc_slice_sub(content, 0, APPOSITION_BYTES), OC_SLICE(", "), start);
    return comma == SIZE_MAX ? content : oc_slice_from(content, comma + 2);
}

/* "According to an official, Hegseth told Ahn that …", "Woo said the minister had assured him that …": what the source
 * passes on of somebody else; read from byte `start` on. */
bool oc_quote_read_passed_on(oc_quote_work *w, oc_slice source, size_t start)
{
    size_t known = w->document->quotes.len, done = w->done;
    if (w->passed_on++ >= PASSED_ON_MAX) return false;
    const oc_hit *verb = oc_hit_first(w, OC_LEX_SPEECH, start, w->text.len);
    bool says = verb &&
                (oc_slice_is(verb->entry->value, "said") || oc_slice_is(verb->entry->value, "stressed") ||
                 oc_slice_is(verb->entry->value, "asked")) &&
                !oc_slice_ends_with(oc_slice_sub(w->text, 0, verb->end), "ing");
    oc_slice who = says ? oc_voice_subject(w, start, verb->start) : (oc_slice){"", 0};
    if (!who.len || oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_PRONOUN, who) || oc_voice_is_body(w, who) ||
        oc_phrase_is(w->lexicon, OC_LANG_EN, OC_PHRASE_DUMMY, who) ||
        oc_voice_holds_verb(w, oc_slice_sub(w->text, start, oc_quote_behind(w, who))))
        return false;
    w->done = start;
    oc_quote_read_indirect_before(w, w->text.len);
    if (w->document->quotes.len == known) w->done = done;
    for (size_t i = known; i < w->document->quotes.len; i++) w->document->quotes.at[i].reported_by = source;
    return w->document->quotes.len > known;
}

/* "In her view, the allies repeat a mistake": hers who was named last. */
static bool read_view(oc_quote_work *w)
{
    size_t length =
        w->lang == OC_LANG_EN && !w->done ? oc_phrase_begins(w->lexicon, OC_LANG_EN, OC_PHRASE_VIEW, w->text) : 0;
    oc_slice who = w->state->topic.len ? w->state->topic : w->state->voices[0];
    if (!length || !who.len) return false;
    oc_quote_push_indirect(w, oc_slice_from(w->text, length), oc_voice_of(w, who), w->text.len);
    return w->done == w->text.len;
}

/* Japanese, Korean: "聯合ニュースによると、安国防相は…と述べた": the minister, passed on by the agency. */
static bool read_report_of(oc_quote_work *w, oc_slice source, size_t behind)
{
    size_t known = w->document->quotes.len;
    const oc_hit *verb = oc_hit_last(w, OC_LEX_SPEECH, behind, w->text.len);
    bool says = verb && (oc_slice_is(verb->entry->value, "said") || oc_slice_is(verb->entry->value, "stressed"));
    oc_slice who = says ? oc_voice_topic(w, behind, verb->start, true) : (oc_slice){"", 0};
    if (!who.len ||
        !oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, oc_slice_from(w->text, oc_quote_behind(w, who))))
        return false;
    w->done = behind;
    oc_quote_read_indirect_before(w, w->text.len);
    if (w->document->quotes.len == known) w->done = 0;
    for (size_t i = known; i < w->document->quotes.len; i++) w->document->quotes.at[i].reported_by = source;
    return w->document->quotes.len > known;
}

/* "Colby told them that …, according to two people": what he told ends there. "The leaders agreed that …, according to
 * a readout" tells what the readout says. */
static void read_before_source(oc_quote_work *w)
{
    const oc_hit *source = oc_hit_first(w, OC_LEX_SOURCE, 0, w->text.len);
    const oc_hit *verb = oc_hit_first(w, OC_LEX_SPEECH, 0, source->start);
    if (!verb || oc_slice_is(verb->entry->value, "agreed")) return;
    const oc_hit *last = oc_hit_last(w, OC_LEX_SPEECH, 0, source->start);
    bool cited = source->start - last->end < CITING_BYTES; /* "Yonhap reported, citing …" */
    oc_slice whole = w->text;
    if (!cited) w->text = oc_slice_sub(whole, 0, source->start);
    oc_quote_read_indirect_before(w, w->text.len);
    w->text = whole;
}

/* Japanese: "中央日報は政府筋の話として、両国が合意したと報じた": the source, passed on by the paper; what [behind,
 * limit) of the sentence tells, up to the first verb that と joins it to. */
static bool read_cited_ja(oc_quote_work *w, size_t behind, size_t limit)
{
    oc_slice agency, who = w->lang == OC_LANG_JA && !w->done ? oc_voice_cited(w, &agency) : (oc_slice){"", 0};
    const oc_hit *verb = who.len ? oc_hit_first(w, OC_LEX_SPEECH, behind, limit) : NULL;
    for (; verb && verb->end <= limit; verb = oc_hit_next(w, verb)) {
        bool joined = oc_slice_ends_with(oc_slice_sub(w->text, 0, verb->start), "と");
        if (!joined && !oc_slice_begins(oc_slice_from(w->text, verb->start), "と")) continue;
        size_t that = joined ? verb->start - strlen("と") : verb->start, end = limit < w->text.len ? verb->end : limit;
        oc_voice v = oc_voice_of(w, who);
        v.reported_by = agency;
        if (that > behind) oc_quote_push_indirect(w, oc_slice_sub(w->text, behind, that), v, end);
        return w->done == end;
    }
    return false;
}

/* Korean: "연합뉴스는 당국자를 인용해 …라고 전했다": the official, passed on by the agency that is the topic. */
static bool read_cited(oc_quote_work *w, oc_slice source, size_t behind)
{
    size_t start = (size_t)(source.ptr - w->text.ptr), length;
    oc_slice agency = w->lang == OC_LANG_KO ? oc_voice_topic(w, start, behind, true) : (oc_slice){"", 0};
    size_t topic = agency.len ? oc_quote_behind(w, agency) : behind;
    size_t particle = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_TOPIC, oc_slice_from(w->text, topic));
    size_t cut = oc_phrase_last_in(w->hits, w->lexicon, w->lang, OC_PHRASE_CUT, w->text, behind, w->text.len, &length);
    if (!particle || cut == SIZE_MAX || topic + particle >= start + source.len) return false;
    oc_voice v = oc_voice_of(w, oc_voice_trim(oc_slice_sub(w->text, topic + particle, start + source.len)));
    v.reported_by = agency;
    oc_quote_push_indirect(w, oc_slice_sub(w->text, behind, cut + strlen("다")), v, w->text.len);
    return w->done == w->text.len;
}

/* Japanese: "出席者によれば、こう続けたという。「…」": what is said follows. */
static bool points_ahead(const oc_quote_work *w, oc_slice content)
{
    size_t length;
    oc_slice behind = oc_slice_from(w->document->body, w->document->sentences.at[w->index].end);
    behind = oc_slice_trim(oc_slice_sub(behind, 0, 8));
    return content.len < AHEAD_BYTES && oc_slice_begins(behind, "「") &&
           oc_phrase_first_in(w->hits, w->lexicon, w->lang, OC_PHRASE_BACKWARD, content, 0, content.len, &length) !=
               SIZE_MAX;
}

/* English: "Citing a document, the daily said that …": what the document says, passed on by the daily. */
static bool read_citing(oc_quote_work *w, oc_slice source, size_t behind)
{
    const oc_hit *hit = oc_hit_first(w, OC_LEX_SOURCE, 0, behind);
    bool citing = hit && hit->start == 0 && oc_slice_ends_with(oc_slice_sub(w->text, 0, hit->end), "iting");
    size_t known = w->document->quotes.len;
    if (w->lang != OC_LANG_EN || !citing) return false;
    w->done = behind + strlen(", ") < w->text.len ? behind + strlen(", ") : behind;
    oc_quote_read_indirect_before(w, w->text.len);
    for (size_t i = known; i < w->document->quotes.len; i++) {
        oc_quote *quote = &w->document->quotes.at[i];
        quote->reported_by = quote->speaker;
        quote->speaker = oc_voice_of(w, source).speaker;
    }
    if (w->document->quotes.len == known) w->done = 0;
    return w->document->quotes.len > known;
}

/* English: the source was put into a clause: "It has yet to agree, according to a member, on the title". */
static bool is_put_in(const oc_quote_work *w, size_t start, size_t behind)
{
    oc_slice before = oc_slice_sub(w->text, 0, start), rest = oc_slice_from(w->text, behind);
    bool aside = oc_slice_ends_with(before, ", ") && oc_slice_begins(rest, ", ") && rest.len > AHEAD_LEAST;
    oc_slice next = aside ? oc_slice_from(rest, strlen(", ")) : rest;
    bool finite = oc_quote_begins(w, OC_PHRASE_FINITE, next);
    if (!aside || oc_slice_begins(next, "who ") || oc_slice_begins(next, "which ")) return false;
    return finite || (oc_quote_begins(w, OC_PHRASE_PREPOSITION, next) && oc_voice_holds_verb(w, before));
}

/* "according to X", in front or behind. */
static bool read_source(oc_quote_work *w)
{
    size_t behind;
    if (read_view(w)) return true;
    oc_slice source = oc_voice_source(w, &behind);
    if (!source.len || w->done) return false;
    size_t start = (size_t)(source.ptr - w->text.ptr), end = w->text.len, known = w->document->quotes.len;
    /* "Colby told them that …, according to two people": passed on by them */
    if (w->lang == OC_LANG_EN && start > 40) read_before_source(w);
    if (w->document->quotes.len > known) {
        w->document->quotes.at[known].reported_by = source;
        w->done = end;
        return true;
    }
    if (read_citing(w, source, behind)) return true;
    size_t said_before = oc_hit_first(w, OC_LEX_SOURCE, 0, end)->start;
    oc_slice content = oc_slice_from(w->text, behind);
    size_t quoted = oc_phrase_begins(w->lexicon, w->lang, OC_PHRASE_QUOTED, oc_slice_trim(content));
    /* "Yonhap, citing an official, reported that": passed on by Yonhap */
    const oc_hit *verb = w->lang == OC_LANG_EN ? oc_hit_first(w, OC_LEX_SPEECH, behind, end) : NULL;
    size_t that = verb && verb->start <= behind + 2
                      ? oc_quote_find_that(w, oc_slice_trim(oc_slice_from(w->text, verb->end)), false)
                      : SIZE_MAX;
    if (that != SIZE_MAX) {
        oc_voice v = oc_voice_of(w, source);
        v.reported_by = oc_voice_opening(w, 0, start);
        oc_quote_push_indirect(w, oc_slice_from(w->text, verb->end + 1 + that + strlen("that ")), v, end);
        return w->done == end;
    }
    if (w->lang == OC_LANG_JA && points_ahead(w, content)) return false;
    if (quoted)
        content = oc_slice_from(oc_slice_trim(content), quoted);
    else if (w->lang == OC_LANG_EN && is_put_in(w, said_before, behind)) {
        content = w->text;
    } else if (w->lang == OC_LANG_EN && start <= 40) {
        content = behind_apposition(w, content);
        if (oc_quote_read_passed_on(w, source, (size_t)(content.ptr - w->text.ptr))) return true;
    } else if (w->lang == OC_LANG_EN)
        content = oc_slice_sub(w->text, 0, said_before);
    else if (read_cited_ja(w, behind, end) || read_cited(w, source, behind) || read_report_of(w, source, behind))
        return true;
    else if (w->lang == OC_LANG_JA) {
        content = oc_voice_trim(content);
        if (oc_slice_ends_with(content, "という")) content.len -= 9;
    }
    oc_quote_push_indirect(w, content, oc_voice_of(w, source), end);
    return w->done == end;
}

void oc_quote_read_indirect(oc_quote_work *w)
{
    if (w->lang == OC_LANG_EN && oc_quote_read_estimate(w)) return;
    if (!oc_quote_read_words_of(w) && !read_source(w)) oc_quote_read_indirect_before(w, w->text.len);
}

void oc_quote_read_indirect_before(oc_quote_work *w, size_t limit)
{
    const oc_hit *verb = oc_hit_first(w, OC_LEX_SPEECH, 0, w->text.len);
    size_t behind;
    if (w->lang == OC_LANG_JA && limit < w->text.len && oc_hits_any(w->hits, OC_LEX_BIT(SOURCE)) &&
        oc_voice_source(w, &behind).len)
        read_cited_ja(w, behind, limit);
    for (int n = 0; verb && n < VERBS_MAX; verb = oc_hit_next(w, verb), n++) {
        if (verb->start < w->done || oc_voice_inside_pair(w, verb->start)) continue;
        if (verb->end > limit) return;
        if (w->lang == OC_LANG_JA)
            oc_quote_verb_ja(w, verb);
        else if (w->lang == OC_LANG_KO)
            oc_quote_verb_ko(w, verb);
        else
            oc_quote_verb_en(w, verb);
    }
}
