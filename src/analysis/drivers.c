/* What an ordinary run says about each input: the given-data index, the expected narrowing and the rows of a tornado;
 * see sobol.h.
 *
 * Worked example: Y is 1 in 80 of 100 futures where X is `yes` and in 20 of 100 where it is `no`. Class means 0.8 and
 * 0.2 about 0.5 give a variance of means of 0.09 of 0.25 in all: 0.36; less chance (1 * 0.1616 / 200 over 0.25) 0.357.
 * Knowing X leaves sd 0.4 of 0.5: narrowing 20 %. */
#include <math.h>
#include <stdlib.h>

#include "analysis/sobol.h"

enum { FEWEST_ROWS = 100, FEWEST_OF_LEVEL = 30, MOST_CLASSES = 50, GROUPS = 32 };

typedef struct pair {
    double x, y;
    size_t row;
} pair;

static int by_x(const void *left, const void *right)
{
    const pair *a = left, *b = right;
    if (a->x != b->x) return a->x < b->x ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static bool usable(oc_column input, const double *output, size_t rows)
{
    if (rows < FEWEST_ROWS) return false;
    bool varies = false;
    for (size_t i = 0; i < rows; i++) {
        if (!isfinite(input.values[i]) || !isfinite(output[i])) return false;
        if (input.levels && !(input.values[i] >= 0 && input.values[i] < (double)input.levels)) return false;
        varies |= output[i] != output[0];
    }
    return varies;
}

static pair *sorted_pairs(oc_arena *arena, oc_column input, const double *output, size_t rows)
{
    pair *pairs = OC_NEW_ARRAY(arena, rows, pair);
    for (size_t i = 0; i < rows; i++) pairs[i] = (pair){input.values[i], output[i], i};
    qsort(pairs, rows, sizeof *pairs, by_x);
    return pairs;
}

/* Gives each future the number of its class; returns how many classes there are. */
static size_t classify(oc_arena *arena, oc_column input, const double *output, size_t rows, size_t wanted,
                       size_t *class_of)
{
    if (input.levels) {
        for (size_t i = 0; i < rows; i++) class_of[i] = (size_t)input.values[i];
        return input.levels;
    }
    const pair *pairs = sorted_pairs(arena, input, output, rows);
    size_t class = 0, begun = 0;
    for (size_t i = 0; i < rows; i++) {
        bool due = i * wanted >= (class + 1) * rows;
        if (i > begun && due && pairs[i].x != pairs[i - 1].x) {
            class++;
            begun = i;
            while ((class + 1) * rows <= i * wanted && class + 1 < wanted) class++;
        }
        class_of[pairs[i].row] = class;
    }
    return class + 1;
}

/* Count, sum and sum of squares of centred outputs. */
typedef struct moments {
    double n, sum, squares;
} moments;

static moments without(moments all, moments part)
{
    return (moments){all.n - part.n, all.sum - part.sum, all.squares - part.squares};
}

/* Bias-corrected variance of class means over total variance; `left` NULL or one group to leave out. */
static double index_of(const moments *all, const moments *left, size_t classes)
{
    double n = 0, sum = 0, squares = 0, between = 0, filled = 0;
    for (size_t c = 0; c < classes; c++) {
        moments m = left ? without(all[c], left[c]) : all[c];
        if (m.n < 0.5) continue;
        n += m.n;
        sum += m.sum;
        squares += m.squares;
        between += m.sum * m.sum / m.n;
        filled++;
    }
    double total = squares - sum * sum / n;
    between -= sum * sum / n;
    if (!(total > 0) || n <= filled) return 0;
    double within = (total - between) / (n - filled);
    return (between - (filled - 1) * within) / total;
}

static double spread_left(const moments *all, size_t classes)
{
    double n = 0, sum = 0, squares = 0, left = 0;
    for (size_t c = 0; c < classes; c++) {
        moments m = all[c];
        if (m.n < 0.5) continue;
        n += m.n;
        sum += m.sum;
        squares += m.squares;
        if (m.n > 1.5) left += m.n * sqrt(fmax(0, m.squares - m.sum * m.sum / m.n) / (m.n - 1));
    }
    double now = sqrt(fmax(0, squares - sum * sum / n) / (n - 1));
    return fmin(1, left / n / now);
}

bool oc_driver_estimate(oc_arena *arena, oc_column input, const double *output, size_t rows, size_t classes,
                        double level, oc_driver *ret_driver)
{
    if (!usable(input, output, rows)) return false;
    if (classes == 0) classes = (size_t)cbrt((double)rows);
    if (classes > MOST_CLASSES) classes = MOST_CLASSES;
    if (classes < 2) classes = 2;
    oc_arena_mark mark = oc_arena_get_mark(arena);
    size_t *class_of = OC_NEW_ARRAY(arena, rows, size_t);
    size_t found = classify(arena, input, output, rows, classes, class_of);
    moments *all = OC_NEW_ARRAY(arena, found, moments), *groups = OC_NEW_ARRAY(arena, found * GROUPS, moments);
    double mean = oc_mean(output, rows);
    for (size_t i = 0; i < rows; i++) {
        double y = output[i] - mean;
        moments *both[2] = {&all[class_of[i]], &groups[i * GROUPS / rows * found + class_of[i]]};
        for (int k = 0; k < 2; k++) {
            both[k]->n += 1;
            both[k]->sum += y;
            both[k]->squares += y * y;
        }
    }
    double raw = index_of(all, NULL, found), sum = 0, squares = 0;
    for (size_t g = 0; g < GROUPS; g++) {
        double other = index_of(all, groups + g * found, found);
        sum += other;
        squares += other * other;
    }
    double variance = (GROUPS - 1.0) / GROUPS * fmax(0, squares - sum * sum / GROUPS);
    oc_estimate whole = oc_estimate_normal(raw, sqrt(variance), level);
    double left = spread_left(all, found);
    size_t filled = 0;
    for (size_t c = 0; c < found; c++) filled += all[c].n > 0;
    *ret_driver = (oc_driver){
        .share = {{fmin(1, fmax(0, raw)), whole.error, fmin(1, fmax(0, whole.low)), fmin(1, fmax(0, whole.high))}, raw},
        .classes = filled, .spread_left = left, .narrowing = 1 - left};
    oc_arena_rewind(arena, mark);
    return true;
}

/* Mean of y with weights; the error counts a future of weight w as w futures. */
static oc_tornado_end weighted_end(double weight, double sum, double squares, double input, double level)
{
    double mean = sum / weight, variance = fmax(0, squares / weight - mean * mean) * weight / fmax(1, weight - 1);
    return (oc_tornado_end){oc_estimate_normal(mean, sqrt(variance / weight), level), input, weight};
}

/* The first `share` of the pairs, walking up or down; a run of equal x at the border counts in part. */
static oc_tornado_end tail(const pair *pairs, size_t rows, double share, bool down, double level)
{
    double wanted = share * (double)rows, weight = 0, sum = 0, squares = 0, median = NAN;
    for (size_t i = 0; i < rows && weight < wanted;) {
        double run = 0, run_sum = 0, run_squares = 0, x = pairs[down ? rows - 1 - i : i].x;
        for (; i < rows && pairs[down ? rows - 1 - i : i].x == x; i++) {
            double y = pairs[down ? rows - 1 - i : i].y;
            run += 1;
            run_sum += y;
            run_squares += y * y;
        }
        double part = weight + run > wanted ? (wanted - weight) / run : 1;
        weight += part * run;
        sum += part * run_sum;
        squares += part * run_squares;
        if (isnan(median) && weight >= 0.5 * wanted) median = x;
    }
    return weighted_end(weight, sum, squares, median, level);
}

static bool level_ends(oc_arena *arena, oc_column input, const double *output, size_t rows, double level,
                       oc_tornado_row *ret_row)
{
    moments *all = OC_NEW_ARRAY(arena, input.levels, moments);
    for (size_t i = 0; i < rows; i++) {
        moments *m = &all[(size_t)input.values[i]];
        m->n += 1;
        m->sum += output[i];
        m->squares += output[i] * output[i];
    }
    size_t usable_levels = 0;
    for (size_t c = 0; c < input.levels; c++) {
        if (all[c].n < FEWEST_OF_LEVEL) continue;
        oc_tornado_end end = weighted_end(all[c].n, all[c].sum, all[c].squares, (double)c, level);
        if (usable_levels == 0 || end.output.value < ret_row->low.output.value) ret_row->low = end;
        if (usable_levels == 0 || end.output.value > ret_row->high.output.value) ret_row->high = end;
        usable_levels++;
    }
    return usable_levels >= 2;
}

bool oc_tornado_estimate(oc_arena *arena, oc_column input, const double *output, size_t rows, double tenth,
                         double level, oc_tornado_row *ret_row)
{
    if (!usable(input, output, rows) || !(tenth > 0 && tenth <= 0.5)) return false;
    *ret_row = (oc_tornado_row){.baseline = oc_mean(output, rows)};
    oc_arena_mark mark = oc_arena_get_mark(arena);
    bool known = true;
    if (input.levels) {
        known = level_ends(arena, input, output, rows, level, ret_row);
    } else {
        const pair *pairs = sorted_pairs(arena, input, output, rows);
        known = pairs[0].x != pairs[rows - 1].x;
        ret_row->low = tail(pairs, rows, tenth, false, level);
        ret_row->high = tail(pairs, rows, tenth, true, level);
    }
    ret_row->effect = ret_row->high.output.value - ret_row->low.output.value;
    oc_arena_rewind(arena, mark);
    return known;
}

void oc_tornado_order(const oc_tornado_row *rows, size_t count, size_t *order)
{
    for (size_t i = 0; i < count; i++) {
        size_t place = i;
        while (place > 0 && fabs(rows[order[place - 1]].effect) < fabs(rows[i].effect)) {
            order[place] = order[place - 1];
            place--;
        }
        order[place] = i;
    }
}
