/* The brief; see brief.h. Words are compared as sets of character pairs, which works for all three scripts: 1,024 bits
 * for the title and for each sentence that is compared. */
#include "reading/brief.h"

#include "base/utf8.h"

enum { BITS = 1024, CANDIDATES = 24, LOOKED_AT = 4000, SENTENCE_BYTES = 1500 };

typedef struct pairs {
    uint64_t bits[BITS / 64];
    unsigned count;
} pairs;

/* Letters and digits in small, 0 for other signs. */
static inline uint32_t letter_of(uint32_t code)
{
    if (code >= 128) return code;
    uint32_t low = code | 32;
    if (low - 'a' < 26) return low;
    return code - '0' < 10 ? code : 0;
}

static inline uint32_t slot_of(uint32_t before, uint32_t code)
{
    return (before * 2654435761u ^ code * 40503u) >> 7 & (BITS - 1);
}

static void add_pairs(pairs *set, oc_slice text)
{
    uint32_t before = 0;
    for (size_t at = 0; at < text.len && at < SENTENCE_BYTES;) {
        uint32_t code = letter_of(oc_utf8_next(text, &at)), slot = slot_of(before, code);
        uint64_t bit = code && before ? UINT64_C(1) << (slot % 64) : 0;
        set->count += bit && !(set->bits[slot / 64] & bit);
        set->bits[slot / 64] |= bit;
        before = code;
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
    uint32_t before = 0;
    unsigned count = 0;
    for (size_t at = 0; at < text.len && at < SENTENCE_BYTES;) {
        uint32_t code = letter_of(oc_utf8_next(text, &at)), slot = slot_of(before, code);
        uint64_t bit = UINT64_C(1) << (slot % 64);
        bool has = code && before && title.bits[slot / 64] & bit;
        count += has;
        if (has) title.bits[slot / 64] ^= bit; /* counts once */
        before = code;
    }
    return count;
}

static inline bool is_blank(char c)
{
    return (c == ' ') | (c == '\n');
}

static size_t count_words(oc_slice text)
{
    size_t words = text.len && !is_blank(text.ptr[0]);
    for (size_t i = 1; i < text.len; i++) words += is_blank(text.ptr[i - 1]) && !is_blank(text.ptr[i]);
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

static double *score_sentences(oc_arena *arena, const oc_document *document, size_t count)
{
    double *score = OC_NEW_ARRAY(arena, count + 1, double);
    pairs title = {{0}, 0};
    add_pairs(&title, document->metadata.title);
    add_found(document, score, count);
    for (size_t i = 0; i < count; i++) {
        const oc_sentence *sentence = &document->sentences.at[i];
        if (title.count) score[i] += 3.0 * shared(title, sentence->text) / title.count;
        if (i == 0)
            score[i] += 2.0;
        else if (i < 3)
            score[i] += 0.8;
        bool first = i > 0 && sentence[-1].heading != sentence->heading;
        if (first) score[i] += 0.5;
        size_t least = document->lang == OC_LANG_EN ? 50 : 18; /* characters, of up to four bytes each */
        size_t chars = oc_utf8_count(oc_slice_sub(sentence->text, 0, 4 * least));
        if (chars < least) score[i] -= 3.0;
        if (sentence->text.len >= SENTENCE_BYTES) score[i] -= 3.0;
        if (!sentence->text.len) score[i] -= 10.0;
    }
    return score;
}

static size_t best_of(const double *score, size_t count, const bool *taken)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < count; i++)
        if (!taken[i] && score[i] > 0.5 && (best == SIZE_MAX || score[i] > score[best])) best = i;
    return best;
}

void oc_brief_make(oc_arena *arena, oc_document *document)
{
    document->metadata.reading_minutes = minutes(document);
    size_t count = document->sentences.len < LOOKED_AT ? document->sentences.len : LOOKED_AT;
    if (!count) return;
    double *score = score_sentences(arena, document, count);
    bool *taken = OC_NEW_ARRAY(arena, count, bool), *chosen = OC_NEW_ARRAY(arena, count, bool);
    pairs sets[OC_BRIEF_SENTENCES];
    size_t kept = 0, wanted = count / 6 + 2;
    if (wanted > OC_BRIEF_SENTENCES) wanted = OC_BRIEF_SENTENCES;
    for (int tries = 0; tries < CANDIDATES && kept < wanted; tries++) {
        size_t best = best_of(score, count, taken);
        if (best == SIZE_MAX) break;
        taken[best] = true;
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
