/* The list of diagnostics, and suggestions for misspelt names; see diag.h. */
#include "diag/diag.h"

#include <stdlib.h>

#include "base/utf8.h"

static const struct {
    const char *name, *title;
    oc_severity severity;
} codes[] = {
#define CODE(id, severity, title) {#id, title, severity},
#include "diag/codes.def"
#undef CODE
};

const char *oc_code_name(oc_code code)
{
    return codes[code].name;
}
const char *oc_code_title(oc_code code)
{
    return codes[code].title;
}
oc_severity oc_code_severity(oc_code code)
{
    return codes[code].severity;
}

oc_code oc_code_find(oc_slice name)
{
    for (int code = 0; code < OC_CODE_COUNT; code++) {
        const char *known = codes[code].name;
        size_t i = 0;
        while (i < name.len && known[i] && (name.ptr[i] | 0x20) == (known[i] | 0x20)) i++;
        if (i == name.len && !known[i]) return (oc_code)code;
    }
    return OC_CODE_COUNT;
}

static const oc_arg *copy_args(oc_arena *arena, const oc_arg *args)
{
    static const oc_arg none[] = {{OC_ARG_END, {.integer = 0}}};
    if (!args) return none;
    size_t count = 0;
    while (args[count].kind != OC_ARG_END) count++;
    oc_arg *copy = OC_NEW_ARRAY(arena, count + 1, oc_arg);
    for (size_t i = 0; i < count; i++) {
        copy[i] = args[i];
        if (args[i].kind == OC_ARG_TEXT) copy[i].as.text = oc_arena_copy(arena, args[i].as.text);
    }
    copy[count].kind = OC_ARG_END;
    return copy;
}

oc_diag *oc_report(oc_diags *diags, oc_code code, oc_span span, const oc_arg *args)
{
    oc_diag *diag = OC_NEW(diags->arena, oc_diag);
    *diag = (oc_diag){.code = code, .span = span, .args = copy_args(diags->arena, args), .list = diags};
    size_t same_severity = 0;
    for (size_t i = 0; i < diags->items.len; i++) {
        const oc_diag *other = diags->items.at[i];
        same_severity += codes[other->code].severity == codes[code].severity;
        if (other->code == code && other->span.file == span.file && other->span.start == span.start &&
            other->span.end == span.end && span.file)
            return diag; /* shown once; the caller may still decorate it */
    }
    if (codes[code].severity == OC_ERROR)
        diags->errors++;
    else
        diags->warnings++;
    if (same_severity < (diags->limit ? diags->limit : 20)) *oc_vec_push(diags->arena, &diags->items) = diag;
    return diag;
}

static oc_remark *add_remark(oc_diag *diag, int kind, const char *key, const oc_arg *args)
{
    oc_remark *remark = oc_vec_push(diag->list->arena, &diag->remarks);
    remark->kind = kind;
    remark->key = key;
    remark->args = copy_args(diag->list->arena, args);
    return remark;
}

void oc_diag_label(oc_diag *diag, const char *key, const oc_arg *args)
{
    add_remark(diag, OC_REMARK_LABEL, key, args)->span = diag->span;
}

void oc_diag_at(oc_diag *diag, oc_span span, const char *key, const oc_arg *args)
{
    if (span.file) add_remark(diag, OC_REMARK_LABEL, key, args)->span = span;
}

void oc_diag_note(oc_diag *diag, const char *key, const oc_arg *args)
{
    add_remark(diag, OC_REMARK_NOTE, key, args);
}

void oc_diag_help(oc_diag *diag, const char *key, const oc_arg *args)
{
    add_remark(diag, OC_REMARK_HELP, key, args);
}

void oc_diag_fix(oc_diag *diag, oc_span span, oc_slice text, const char *key, const oc_arg *args)
{
    oc_remark *remark = add_remark(diag, OC_REMARK_HELP, key, args);
    remark->edit = oc_arena_copy(diag->list->arena, text);
    remark->edit_span = span;
}

void oc_diag_value(oc_diag *diag, oc_slice name, oc_slice value, oc_span span)
{
    add_remark(diag, OC_REMARK_VALUE, "value.with", OC_ARGS(OC_T(name), OC_T(value)))->span = span;
}

void oc_diag_path(oc_diag *diag, oc_slice path)
{
    diag->path = oc_arena_copy(diag->list->arena, path);
}

static int by_place(const void *a, const void *b)
{
    const oc_diag *x = *(oc_diag *const *)a, *y = *(oc_diag *const *)b;
    if (x->span.file != y->span.file) return x->span.file < y->span.file ? -1 : 1;
    if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
    return x->code < y->code ? -1 : x->code > y->code;
}

void oc_diags_sort(oc_diags *diags)
{
    if (diags->items.len) qsort(diags->items.at, diags->items.len, sizeof *diags->items.at, by_place);
}

oc_status oc_diags_status(const oc_diags *diags)
{
    return diags->errors ? OC_INPUT : OC_OK;
}

/* --- suggestions --- */

enum { LONGEST_NAME = 64 };

static size_t folded_codes(oc_slice text, uint32_t out[LONGEST_NAME])
{
    size_t count = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t code = oc_utf8_next(text, &at);
        if (code >= 'A' && code <= 'Z') code |= 0x20;
        if (code == '-' || code == ' ') code = '_';
        if (count == LONGEST_NAME) return LONGEST_NAME + 1;
        out[count++] = code;
    }
    return count;
}

/* Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours. */
static size_t distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    size_t row[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= m; j++) row[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            if (last[j] + 1 < best) best = last[j] + 1;
            if (now[j - 1] + 1 < best) best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
    }
    return row[n % 3][m];
}

size_t oc_suggest(oc_slice wrong, const oc_slice *names, size_t count, oc_slice best[3])
{
    uint32_t a[LONGEST_NAME], b[LONGEST_NAME];
    size_t n = folded_codes(wrong, a), found = 0, scores[3];
    if (n > LONGEST_NAME) return 0;
    for (size_t i = 0; i < count; i++) {
        size_t m = folded_codes(names[i], b);
        if (m > LONGEST_NAME) continue;
        size_t d = distance(a, n, b, m), longest = n > m ? n : m, same = 0;
        while (same < n && same < m && a[same] == b[same]) same++;
        /* maximum for max, prob for probability; two syllables or ideographs say as much as three letters */
        bool begins = same >= (n && a[0] >= 0x1100 ? 2 : 3) && (same == n || same == m);
        if (!begins && (d > (longest / 3 > 1 ? longest / 3 : 1) || d >= longest)) continue;
        /* A name with the same beginning comes before one that only has the same distance. */
        size_t score = begins ? 1 : d * 2 + !(n && m && a[0] == b[0]);
        size_t place = found < 3 ? found : 3;
        while (place > 0 && scores[place - 1] > score) place--;
        if (place == 3) continue;
        size_t last = found < 3 ? found++ : 2;
        for (size_t k = last; k > place; k--) best[k] = best[k - 1], scores[k] = scores[k - 1];
        best[place] = names[i];
        scores[place] = score;
    }
    return found;
}

static oc_slice joined(oc_arena *arena, const oc_slice *names, size_t count)
{
    oc_text text = oc_text_in(arena);
    for (size_t i = 0; i < count; i++) {
        if (i) oc_text_lit(&text, ", ");
        oc_text_add(&text, names[i]);
    }
    return oc_text_slice(&text);
}

void oc_diag_suggest(oc_diag *diag, oc_span span, oc_slice wrong, const oc_slice *names, size_t count)
{
    oc_slice best[3];
    size_t found = oc_suggest(wrong, names, count, best);
    if (found == 1)
        oc_diag_fix(diag, span, best[0], "help.did-you-mean", OC_ARGS(OC_T(best[0])));
    else if (found)
        oc_diag_help(diag, "help.did-you-mean-one", OC_ARGS(OC_T(joined(diag->list->arena, best, found))));
    if (count && count <= 12)
        oc_diag_note(diag, "note.allowed-here", OC_ARGS(OC_T(joined(diag->list->arena, names, count))));
}
