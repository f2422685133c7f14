/* Sketches of texts; see likeness.h. */
#include "store/likeness.h"

#include "base/utf8.h"

#define UNSET UINT64_MAX

/* The finaliser of MurmurHash3 (Austin Appleby, public domain). */
static uint64_t scramble(uint64_t h)
{
    h ^= h >> 33;
    h *= UINT64_C(0xff51afd7ed558ccd);
    h ^= h >> 33;
    h *= UINT64_C(0xc4ceb9fe1a85ec53);
    return h ^ h >> 33;
}

static bool next_letter(oc_slice text, size_t *at, uint32_t *ret)
{
    while (*at < text.len) {
        uint32_t code = oc_utf8_next(text, at);
        if (code <= ' ' || code == 0x3000 || code == 0xa0 || code == OC_UTF8_INVALID) continue;
        if (code >= 'A' && code <= 'Z') code += 32;
        else if (code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
        *ret = code;
        return true;
    }
    return false;
}

void oc_likeness_make(oc_slice text, oc_likeness *ret)
{
    uint64_t least[OC_LIKENESS_BINS];
    uint32_t window[OC_SHINGLE] = {0}, code;
    size_t at = 0, count = 0;
    for (size_t i = 0; i < OC_LIKENESS_BINS; i++) least[i] = UNSET;
    while (next_letter(text, &at, &code)) {
        memmove(window, window + 1, sizeof window - sizeof *window);
        window[OC_SHINGLE - 1] = code;
        if (++count < OC_SHINGLE) continue;
        uint64_t low = window[0] | (uint64_t)window[1] << 21 | (uint64_t)window[2] << 42;
        uint64_t hash = scramble(low ^ scramble(window[3] | (uint64_t)window[4] << 21));
        uint64_t *bin = &least[hash % OC_LIKENESS_BINS];
        if (hash >> 8 < *bin) *bin = hash >> 8;
    }
    memset(ret, 0, sizeof *ret);
    ret->empty = count < OC_SHINGLE;
    for (size_t i = 0; i < OC_LIKENESS_BINS && !ret->empty; i++) {
        size_t from = i, steps = 0;
        while (least[from] == UNSET) from = (from + 1) % OC_LIKENESS_BINS, steps++;
        ret->bins[i] = (uint32_t)scramble(least[from] + steps);
    }
}

double oc_likeness_similarity(const oc_likeness *a, const oc_likeness *b)
{
    if (a->empty || b->empty) return 0;
    size_t equal = 0;
    for (size_t i = 0; i < OC_LIKENESS_BINS; i++) equal += a->bins[i] == b->bins[i];
    return (double)equal / OC_LIKENESS_BINS;
}

void oc_likeness_bands(const oc_likeness *likeness, int64_t ret_keys[OC_LIKENESS_BANDS])
{
    enum { ROWS = OC_LIKENESS_BINS / OC_LIKENESS_BANDS };
    for (size_t band = 0; band < OC_LIKENESS_BANDS; band++) {
        uint64_t key = band;
        for (size_t row = 0; row < ROWS; row++) key = scramble(key * 31 + likeness->bins[band * ROWS + row]);
        ret_keys[band] = (int64_t)(key >> 1);
    }
}
