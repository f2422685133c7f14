/* Scores claims on a set of sentences: F1 over claims that agree in milestone, interval, modality, negation and delay.
 *
 *     score_claims MINIMUM FILE.tsv            MINIMUM in percent
 *
 * A case is language TAB anchor TAB sentence TAB claims (claims_dev.tsv says how they are written). */
#include <stdio.h>
#include <stdlib.h>

#include "reading/claim.h"
#include "cases.h"

static void add_day(oc_text *out, oc_day day)
{
    oc_text_byte(out, ' ');
    if (day == OC_DAY_NONE)
        oc_text_byte(out, '-');
    else if (day == OC_DAY_OPEN_START || day == OC_DAY_OPEN_END)
        oc_text_lit(out, "..");
    else
        oc_text_day(out, day);
}

static oc_slice print_claim(const oc_claim *claim, oc_arena *arena)
{
    oc_text out = oc_text_in(arena);
    oc_text_add(&out, claim->milestone);
    if (oc_slice_is(claim->step, "decision")) oc_text_lit(&out, "/decision");
    add_day(&out, claim->start);
    add_day(&out, claim->end);
    oc_text_byte(&out, ' ');
    oc_text_add(&out, oc_slice_of(oc_modality_name(claim->modality)));
    if (claim->negated) oc_text_byte(&out, '!');
    if (claim->delayed) oc_text_byte(&out, '<');
    return oc_text_slice(&out);
}

typedef struct counts {
    int expected, found, right;
} counts;

static void score_line(const oc_lexicon *lexicon, oc_slice line, oc_arena *arena, counts *n)
{
    oc_lang lang = oc_lang_parse(oc_slice_cut(&line, '\t'));
    oc_day anchor = oc_day_parse(oc_slice_cut(&line, '\t'), NULL);
    oc_slice text = oc_slice_cut(&line, '\t'), expected = line;
    oc_hits hits = {0};
    oc_dates dates = {0};
    oc_mentions mentions = {0};
    oc_claims claims = {0};
    oc_date_context context = oc_date_context_at(anchor);
    oc_lexicon_scan(lexicon, lang, text, arena, &hits);
    oc_milestones_settle(lang, text, &(oc_milestone_memory){.arena = arena}, arena, &hits);
    oc_dates_find(lexicon, lang, text, &context, arena, &dates);
    oc_claims_find(lexicon, lang, text, &hits, &dates, &mentions, &(oc_claim_context){.anchor = anchor, .speaker = -1},
                   arena, &claims);
    n->found += (int)claims.len;
    for (size_t i = 0; i < claims.len; i++) {
        oc_slice printed = print_claim(&claims.at[i], arena), rest = expected;
        bool right = false;
        while (rest.len) right |= oc_slice_equal(oc_slice_cut(&rest, ';'), printed);
        n->right += right;
        if (!right)
            printf("# %.*s\n#   expected %.*s\n#   got      %.*s\n", OC_FMT(text), OC_FMT(expected), OC_FMT(printed));
    }
    if (!claims.len && !oc_slice_is(expected, "-"))
        printf("# %.*s\n#   expected %.*s, got none\n", OC_FMT(text), OC_FMT(expected));
    while (expected.len && !oc_slice_is(expected, "-")) oc_slice_cut(&expected, ';'), n->expected++;
}

int main(int count, char **args)
{
    oc_arena arena;
    oc_slice text, line;
    const oc_lexicon *lexicon = cases_open(&arena, count, args, &text);
    if (!lexicon) return 1;
    counts n = {0, 0, 0};
    while (cases_next(&text, &line)) score_line(lexicon, line, &arena, &n);
    double f1 = n.expected + n.found ? 200.0 * n.right / (n.expected + n.found) : 0.0;
    bool passed = f1 >= atof(args[1]);
    printf("1..1\n%s 1 - claims: precision %d/%d, recall %d/%d, F1 %.1f %% (at least %s)\n", passed ? "ok" : "not ok",
           n.right, n.found, n.right, n.expected, f1, args[1]);
    oc_arena_free(&arena);
    return !passed;
}
