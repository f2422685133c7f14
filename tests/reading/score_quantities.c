/* Scores the rules for quantities on sentences and fails below a rate.
 *
 *     score_quantities MINIMUM FILE.tsv          MINIMUM in percent, for each language
 *
 * A case is language TAB sentence TAB quantities: "value unit" or "value~value unit" with ';' between several, '-' for
 * none. Correct is the whole sentence. Dates are masked as documents mask them, counted from 3 March 2026. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "reading/date.h"
#include "reading/quantity.h"
#include "cases.h"

typedef struct tally {
    int cases, right;
} tally;

static void find(const oc_lexicon *lexicon, oc_lang lang, oc_slice text, oc_arena *arena, oc_quantities *ret)
{
    oc_hits hits = {0};
    oc_dates dates = {0};
    oc_date_context context = oc_date_context_at(oc_day_from_civil(2026, 3, 3));
    bool *masked = OC_NEW_ARRAY(arena, text.len + 1, bool);
    oc_lexicon_scan(lexicon, lang, text, arena, &hits);
    oc_dates_find(lexicon, lang, text, &context, arena, &dates);
    for (size_t i = 0; i < dates.len; i++)
        for (size_t k = dates.at[i].from; k < dates.at[i].to; k++) masked[k] = true;
    oc_quantities_find(lexicon, lang, text, &hits, masked, arena, ret);
}

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fabs(b);
}

static bool is_expected(oc_slice wanted, const oc_quantity *found)
{
    oc_slice unit = oc_slice_trim(wanted), number = oc_slice_cut(&unit, ' '), low = oc_slice_cut(&number, '~');
    char room[40];
    snprintf(room, sizeof room, "%.*s", OC_FMT(low));
    double value = strtod(room, NULL), value_to = value;
    snprintf(room, sizeof room, "%.*s", OC_FMT(number));
    if (number.len) value_to = strtod(room, NULL);
    return oc_slice_equal(unit, found->unit) && is_near(found->value, value) && is_near(found->value_to, value_to);
}

static void score_line(const oc_lexicon *lexicon, oc_slice line, oc_arena *arena, tally tallies[OC_LANG_COUNT])
{
    oc_lang lang = oc_lang_parse(oc_slice_cut(&line, '\t'));
    oc_slice text = oc_slice_cut(&line, '\t'), wanted = line;
    if (lang == OC_LANG_COUNT) return;
    oc_quantities found = {0};
    find(lexicon, lang, text, arena, &found);
    size_t count = 0;
    bool right = true;
    for (; wanted.len && !oc_slice_is(wanted, "-"); count++) {
        oc_slice one = oc_slice_cut(&wanted, ';');
        right = right && count < found.len && is_expected(one, &found.at[count]);
    }
    right = right && count == found.len;
    tallies[lang].cases++;
    tallies[lang].right += right;
    if (right) return;
    printf("# %s %.*s: expected %.*s, got", oc_lang_code(lang), OC_FMT(text), OC_FMT(line));
    for (size_t i = 0; i < found.len; i++)
        printf(" %g~%g %.*s;", found.at[i].value, found.at[i].value_to, OC_FMT(found.at[i].unit));
    printf("\n");
}

int main(int count, char **args)
{
    oc_arena arena;
    oc_slice text, line;
    tally tallies[OC_LANG_COUNT] = {{0, 0}};
    const oc_lexicon *lexicon = cases_open(&arena, count, args, &text);
    if (!lexicon) return 1;
    while (cases_next(&text, &line)) score_line(lexicon, line, &arena, tallies);
    int failed = 0;
    printf("1..%d\n", OC_LANG_COUNT);
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) {
        const tally *t = &tallies[lang];
        double rate = t->cases ? 100.0 * t->right / t->cases : 100.0, least = strtod(args[1], NULL);
        printf("%s %d - quantities %s: %d of %d sentences, %.1f %% (at least %.0f)\n", rate >= least ? "ok" : "not ok",
               lang + 1, oc_lang_code((oc_lang)lang), t->right, t->cases, rate, least);
        failed |= rate < least;
    }
    oc_arena_free(&arena);
    return failed;
}
