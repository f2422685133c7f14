/* The brief; see brief.h. Words are compared as sets of character pairs, which works for all three scripts: 1,024 bits
 * for the title and for each sentence that is compared. */
#include "reading/brief.h"

#include "base/block.h"
#include "base/utf8.h"
#include "reading/sign.h"

#define TITLE_SCORE 3.0 /* of a sentence with all words of the title */
#define LEAST_SCORE 0.5

enum { BITS = 1024, CANDIDATES = 24, LOOKED_AT = 4000, SENTENCE_BYTES = 1500 };

typedef struct pairs {
    uint64_t bits[BITS / 64];
    unsigned count;
} pairs;

/* A place in a text and the letter before it. */
typedef struct reader {
    oc_slice text;
    size_t at, end;
    uint32_t before;
} reader;

static inline reader reader_of(oc_slice text)
{
    return (reader){.text = text, .end = text.len < SENTENCE_BYTES ? text.len : SENTENCE_BYTES};
}

/* The slot of the next pair; SIZE_MAX if there stands no pair of letters. r->at < r->end */
static inline size_t next_slot(reader *r)
{
    unsigned char byte = (unsigned char)r->text.ptr[r->at];
    uint32_t before = r->before, code = byte < 0x80 ? oc_sign_letters[byte] : oc_utf8_next(r->text, &r->at);
    r->at += byte < 0x80;
    r->before = code;
    return before && code ? (before * 2654435761u ^ code * 40503u) >> 7 & (BITS - 1) : SIZE_MAX;
}

static void add_pairs(pairs *set, oc_slice text)
{
    for (reader r = reader_of(text); r.at < r.end;) {
        size_t slot = next_slot(&r);
        if (slot == SIZE_MAX || set->bits[slot / 64] >> slot % 64 & 1) continue;
        set->bits[slot / 64] |= UINT64_C(1) << slot % 64;
        set->count++;
    }
}

static unsigned common(const pairs *a, const pairs *b)
{
    unsigned count = 0;
    for (size_t i = 0; i < BITS / 64; i++) count += (unsigned)__builtin_popcountll(a->bits[i] & b->bits[i]);
    return count;
}

/* How many pairs of the title a sentence has. */
static unsigned shared(pairs title, oc_slice text)
{
    unsigned count = 0;
    for (reader r = reader_of(text); r.at < r.end;) {
        size_t slot = next_slot(&r);
        if (slot == SIZE_MAX || !(title.bits[slot / 64] >> slot % 64 & 1)) continue;
        title.bits[slot / 64] ^= UINT64_C(1) << slot % 64; /* counts once */
        count++;
    }
    return count;
}

static inline oc_sixteen is_blank(oc_sixteen bytes)
{
    return oc_sixteen_is(bytes, ' ') | oc_sixteen_is(bytes, '\n');
}

/* Words begin where a blank or the start stands before what is none. */
static size_t count_words(oc_slice text)
{
    char room[OC_BLOCK];
    size_t words = 0;
    uint64_t before = 1;
    for (size_t at = 0; at < text.len; at += OC_BLOCK) {
        uint64_t blanks = oc_block_bits(oc_block_at(text, at, room), is_blank);
        words += (size_t)__builtin_popcountll((blanks << 1 | before) & ~blanks & oc_block_until(text.len - at));
        before = blanks >> (OC_BLOCK - 1);
    }
    return words;
}

static int minutes(const oc_document *document)
{
    size_t amount = document->lang == OC_LANG_EN ? count_words(document->body) : oc_utf8_count_whole(document->body);
    size_t speed = document->lang == OC_LANG_EN   ? OC_BRIEF_EN
                   : document->lang == OC_LANG_JA ? OC_BRIEF_JA
                                                  : OC_BRIEF_KO;
    size_t value = (amount + speed - 1) / speed;
    return amount == 0 ? 0 : value > 100000 ? 100000 : (int)value;
}

static void add_found(const oc_document *document, double *score, size_t count)
{
    for (size_t i = 0; i < document->claims.len; i++) {
        const oc_found_claim *claim = &document->claims.at[i];
        if (claim->sentence >= count) continue;
        score[claim->sentence] += 3.0 +
                                  (claim->claim.start != OC_DAY_NONE || claim->claim.end != OC_DAY_NONE ? 2.0 : 0.0) +
                                  (claim->claim.forward ? 1.0 : 0.0);
    }
    for (size_t i = 0; i < document->events.len; i++)
        if (document->events.at[i].sentence < count) score[document->events.at[i].sentence] += 0.6;
    for (size_t i = 0; i < document->dates.len; i++)
        if (document->dates.at[i].sentence < count) score[document->dates.at[i].sentence] += 0.4;
    for (size_t i = 0; i < document->quotes.len; i++)
        if (document->quotes.at[i].sentence < count)
            score[document->quotes.at[i].sentence] += document->quotes.at[i].speaker.len ? 0.7 : 0.2;
}

/* A sentence's score, which is `found` without its own words; `words` of the title are in it. */
static double score_of(const oc_document *document, size_t i, double found, double words)
{
    const oc_sentence *sentence = &document->sentences.at[i];
    double score = found + words;
    if (i == 0)
        score += 2.0;
    else if (i < 3)
        score += 0.8;
    bool first = i > 0 && sentence[-1].heading != sentence->heading;
    if (first) score += 0.5;
    size_t least = document->lang == OC_LANG_EN ? 50 : 18; /* characters, of up to four bytes each */
    if (sentence->text.len < 4 * least && oc_utf8_count_whole(sentence->text) < least) score -= 3.0;
    if (sentence->text.len >= SENTENCE_BYTES) score -= 3.0;
    if (!sentence->text.len) score -= 10.0;
    return score;
}

/* Scores of sentences. Looking for the words of the title takes longest, so it is done only where all of them would
 * make a sentence the best: until then `score` is what it would have. */
typedef struct scores {
    const oc_document *document;
    pairs title;
    size_t count;
    double *found, *score;
    bool *told, *taken; /* told: the score is the sentence's own */
} scores;

static void score_sentences(oc_arena *arena, const oc_document *document, size_t count, scores *s)
{
    *s = (scores){.document = document,
                  .count = count,
                  .found = OC_NEW_ARRAY(arena, count, double),
                  .score = OC_NEW_ARRAY(arena, count, double),
                  .told = OC_NEW_ARRAY(arena, count, bool),
                  .taken = OC_NEW_ARRAY(arena, count, bool)};
    add_pairs(&s->title, document->metadata.title);
    add_found(document, s->found, count);
    for (size_t i = 0; i < count; i++) {
        s->score[i] = score_of(document, i, s->found[i], s->title.count ? TITLE_SCORE : 0.0);
        s->told[i] = !s->title.count;
    }
}

static double tell_score(scores *s, size_t i)
{
    if (s->told[i]) return s->score[i];
    double words = TITLE_SCORE * shared(s->title, s->document->sentences.at[i].text) / s->title.count;
    s->told[i] = true;
    return s->score[i] = score_of(s->document, i, s->found[i], words);
}

/* The first sentence with the highest score above LEAST_SCORE that is not taken, SIZE_MAX if there is none. */
static size_t best_of(scores *s)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < s->count; i++)
        if (!s->taken[i] && (best == SIZE_MAX || s->score[i] > s->score[best])) best = i;
    if (best == SIZE_MAX) return best;
    tell_score(s, best);
    for (size_t i = 0; i < s->count; i++) {
        if (s->taken[i] || s->score[i] < s->score[best]) continue;
        double score = tell_score(s, i);
        if (score > s->score[best] || (score >= s->score[best] && i < best)) best = i;
    }
    return s->score[best] > LEAST_SCORE ? best : SIZE_MAX;
}

void oc_brief_make(oc_arena *arena, oc_document *document)
{
    document->metadata.reading_minutes = minutes(document);
    size_t count = document->sentences.len < LOOKED_AT ? document->sentences.len : LOOKED_AT;
    if (!count) return;
    scores s;
    score_sentences(arena, document, count, &s);
    bool *chosen = OC_NEW_ARRAY(arena, count, bool);
    pairs sets[OC_BRIEF_SENTENCES];
    size_t kept = 0, wanted = count / 6 + 2;
    if (wanted > OC_BRIEF_SENTENCES) wanted = OC_BRIEF_SENTENCES;
    for (int tries = 0; tries < CANDIDATES && kept < wanted; tries++) {
        size_t best = best_of(&s);
        if (best == SIZE_MAX) break;
        s.taken[best] = true;
        pairs own = {{0}, 0};
        add_pairs(&own, document->sentences.at[best].text);
        bool repeats = false;
        for (size_t k = 0; k < kept; k++) {
            unsigned least = own.count < sets[k].count ? own.count : sets[k].count;
            repeats |= common(&own, &sets[k]) * 10 > least * 7;
        }
        if (repeats) continue;
        sets[kept++] = own;
        chosen[best] = true;
    }
    for (size_t i = 0; i < count; i++)
        if (chosen[i]) *oc_vec_push(arena, &document->brief) = (uint32_t)i;
}
