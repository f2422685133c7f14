/* Numbers as people say them, in three languages.
 *
 * One denominator for a page: 100. What is above 0 and below 1 in 100 is said as "<1 in 100", what is below 100 and
 * above 99 as ">99 in 100"; rounding is to the nearest whole run, ties upwards. Words for a probability are one table
 * of seven bands (bounds of ICD 203, 2015); the numeric range always stands right behind the word. */
#ifndef OC_CHART_WORDS_H
#define OC_CHART_WORDS_H

#include "base/message.h"

enum { OC_WORDS_BANDS = 7 };

/* Lower bounds of the bands, in hundredths; the last entry is the upper bound of the last band. */
extern const int oc_words_bounds[OC_WORDS_BANDS + 1];

/* Band of probability `p` in [0, 1]: 0 .. 6. A bound belongs to the band above it. */
int oc_words_band(double p);

/* Whole runs of 100 (0 .. 100) that `p` is shown as. */
int oc_words_runs(double p);

/* Difference of two probabilities in runs of 100, as the two printed figures have it: no reader's subtraction differs.
 */
int oc_words_gap(double p, double q);

/* "62", "<1", ">99", "0", "100". */
void oc_words_count(oc_text *text, double p);
oc_slice oc_words_counted(oc_arena *arena, double p);

/* "62 in 100" / 「100回に62回」 / "100번 중 62번". */
void oc_words_frequency(oc_text *text, oc_lang lang, double p);
oc_slice oc_words_say_frequency(oc_arena *arena, oc_lang lang, double p);

/* "3–17 in 100" / 「100回に3〜17回」 / "100번 중 3~17번". */
oc_slice oc_words_say_range(oc_arena *arena, oc_lang lang, double low, double high);
/* "3–17" with the range mark of the language. */
oc_slice oc_words_count_range(oc_arena *arena, oc_lang lang, double low, double high);

/* "unlikely (20–45%)": word and its range. */
oc_slice oc_words_likely(oc_arena *arena, oc_lang lang, double p);
/* "unlikely, 20–45%": the same where brackets stand already. */
oc_slice oc_words_likely_inside(oc_arena *arena, oc_lang lang, double p);

/* "30 June 2027" / 「2027年6月30日」 / "2027년 6월 30일"; "June 2027"; "2027". */
oc_slice oc_words_day(oc_arena *arena, oc_lang lang, oc_day day);
oc_slice oc_words_month(oc_arena *arena, oc_lang lang, oc_day day);
oc_slice oc_words_year(oc_arena *arena, oc_lang lang, oc_day day);
/* From day to day as it is said: "5 May 2026", "May 2026" and "2026" where that is exactly what is meant, else
 * "3 May 2026–5 June 2026". */
oc_slice oc_words_interval(oc_arena *arena, oc_lang lang, oc_day first, oc_day last);
/* "Jan 2027" / 「27年1月」 / "27.1": for axes. */
oc_slice oc_words_month_short(oc_arena *arena, oc_lang lang, oc_day day);

/* A sentence without the stop at its end, for a message that brings its own. */
oc_slice oc_words_unstopped(oc_slice text);

/* A whole number with digit groups: "1,000,000". */
oc_slice oc_words_integer(oc_arena *arena, int64_t value);
/* A number with as many decimals (0 .. 6) as asked, trailing zeros cut. */
oc_slice oc_words_number(oc_arena *arena, double value, int decimals);
/* With sign: "+3.1", "−0.4" (U+2212), "0". */
oc_slice oc_words_signed(oc_arena *arena, double value, int decimals);

#endif
