/* Roles of columns by the words of their header, by their order where the words are names of issues.
 *
 *     actor;capability;timing position;timing salience;cost position;cost salience      words and names
 *     name,power,timing,sal,cost,sal                                                    a name before its own salience
 *     actor,capability,timing,timing,cost,cost                                          only names: position, salience
 */
#include "politics/csv_columns.h"

#include "base/utf8.h"

static const struct {
    const char *word;
    csv_role role;
} words[] = {
    {"position", ROLE_POSITION},
    {"pstn", ROLE_POSITION},
    {"pos", ROLE_POSITION},
    {"salience", ROLE_SALIENCE},
    {"saliency", ROLE_SALIENCE},
    {"sal", ROLE_SALIENCE},
    {"right", ROLE_RIGHT},
    {"rights", ROLE_RIGHT},
    {"capability", ROLE_CAPABILITY},
    {"capabilities", ROLE_CAPABILITY},
    {"power", ROLE_CAPABILITY},
    {"influence", ROLE_CAPABILITY},
    {"actor", ROLE_ACTOR},
    {"name", ROLE_ACTOR},
    {"description", ROLE_DESCRIPTION},
    {"desc", ROLE_DESCRIPTION},
    {"side", ROLE_SIDE},
    {"veto", ROLE_VETO},
    {"issue", ROLE_ISSUE},
    {"topic", ROLE_ISSUE},
};

static bool is_joint(char byte)
{
    return byte == ' ' || byte == '_' || byte == '-' || byte == ':' || byte == '.' || byte == '/';
}

static oc_slice without_joints(oc_slice text)
{
    while (text.len && is_joint(text.ptr[0])) text.ptr++, text.len--;
    while (text.len && is_joint(text.ptr[text.len - 1])) text.len--;
    return text;
}

static bool all_digits(oc_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
    return true;
}

/* "timing position", "position_timing", "pos0", "salience" … : the role and the rest of the words. Only positions,
 * saliences and rights may have a rest. A word must be set off from the rest unless the rest is a number. */
static csv_role header_role(oc_slice header, oc_slice folded, oc_slice *ret_issue)
{
    for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
        oc_slice word = oc_slice_of(words[w].word);
        if (oc_slice_equal(folded, word)) {
            *ret_issue = (oc_slice){0};
            return words[w].role;
        }
        if (words[w].role > ROLE_RIGHT || words[w].role < ROLE_POSITION || folded.len != header.len) continue;
        if (oc_slice_starts(folded, word)) {
            oc_slice rest = oc_slice_sub(header, word.len, header.len);
            *ret_issue = without_joints(rest);
            if (all_digits(rest) || (is_joint(rest.ptr[0]) && ret_issue->len)) return words[w].role;
        }
        if (oc_slice_ends(folded, word)) {
            oc_slice rest = oc_slice_sub(header, 0, header.len - word.len);
            *ret_issue = without_joints(rest);
            if (is_joint(rest.ptr[rest.len - 1]) && ret_issue->len) return words[w].role;
        }
    }
    *ret_issue = header;
    return ROLE_UNKNOWN;
}

size_t csv_issue_index(csv_reader *r, oc_slice name, oc_span span)
{
    for (size_t p = 0; p < r->issues.len; p++)
        if (oc_slice_equal(r->issues.at[p], name)) return p;
    *oc_vec_push(r->arena, &r->issues) = name;
    *oc_vec_push(r->arena, &r->issue_spans) = span;
    return r->issues.len - 1;
}

bool csv_read_columns(csv_reader *r, const csv_row *row)
{
    size_t count = row->count;
    while (count && !row->cells[count - 1].text.len) count--; /* commas at the end of all lines */
    if (count > CSV_MAX_COLUMNS) {
        oc_report(r->diags, OC_E0613, row->cells[CSV_MAX_COLUMNS].span, OC_ARGS(OC_I(OC_BARGAIN_MAX_ISSUES)));
        return false;
    }
    for (size_t c = 0; c < count; c++) {
        oc_slice header = row->cells[c].text;
        r->columns[c] = (csv_column){.span = row->cells[c].span};
        r->columns[c].role = header_role(header, oc_utf8_fold(r->arena, header), &r->columns[c].issue);
    }
    r->column_count = count;
    return true;
}

size_t csv_count_role(const csv_reader *r, csv_role which)
{
    size_t count = 0;
    for (size_t c = 0; c < r->column_count; c++) count += r->columns[c].role == which;
    return count;
}

static oc_slice issue_name(csv_reader *r, oc_slice rest)
{
    if (!rest.len) return OC_SLICE("issue");
    return all_digits(rest) ? oc_arena_printf(r->arena, "issue%.*s", OC_FMT(rest)) : rest;
}

void csv_bad_header(csv_reader *r, oc_span span, const char *note)
{
    oc_diag *diag = oc_report(r->diags, OC_E0602, span, NULL);
    oc_diag_note(diag, note, NULL);
    oc_diag_help(diag, "help.bargain.columns", NULL);
}

/* Headers that are only names of issues: position and salience by their order, or a name before its own salience. */
static bool place_unknown(csv_reader *r)
{
    bool named = csv_count_role(r, ROLE_POSITION) + csv_count_role(r, ROLE_SALIENCE) > 0;
    for (size_t c = 0; c < r->column_count; c++) {
        csv_column *it = &r->columns[c], *next = c + 1 < r->column_count ? it + 1 : NULL;
        if (it->role != ROLE_UNKNOWN) continue;
        if (c == 0) {
            it->role = ROLE_ACTOR;
        } else if (c == 1 && !csv_count_role(r, ROLE_CAPABILITY)) {
            it->role = ROLE_CAPABILITY;
        } else if (next && it->issue.len && (!named || next->role == ROLE_SALIENCE) &&
                   (next->role == ROLE_UNKNOWN || next->role == ROLE_SALIENCE)) {
            it->role = ROLE_POSITION;
            next->role = ROLE_SALIENCE;
            next->issue = it->issue;
        } else {
            csv_bad_header(r, it->span, "note.bargain.column-unknown");
            return false;
        }
    }
    return true;
}

static bool place_issues(csv_reader *r)
{
    for (size_t c = 0; c < r->column_count; c++) {
        csv_column *it = &r->columns[c];
        if (it->role != ROLE_POSITION) continue;
        size_t before = r->issues.len;
        it->index = csv_issue_index(r, issue_name(r, it->issue), it->span);
        if (r->issues.len == before) {
            oc_diag *diag = oc_report(r->diags, OC_E0611, it->span, OC_ARGS(OC_T(r->issues.at[it->index])));
            oc_diag_at(diag, r->issue_spans.at[it->index], "label.first-here", NULL);
            return false;
        }
    }
    if (r->issues.len > OC_BARGAIN_MAX_ISSUES) {
        oc_report(r->diags, OC_E0613, r->issue_spans.at[OC_BARGAIN_MAX_ISSUES], OC_ARGS(OC_I(OC_BARGAIN_MAX_ISSUES)));
        return false;
    }
    for (size_t c = 0; c < r->column_count; c++) {
        csv_column *it = &r->columns[c];
        if (it->role != ROLE_SALIENCE && it->role != ROLE_RIGHT) continue;
        oc_slice name = issue_name(r, it->issue);
        it->index = SIZE_MAX;
        for (size_t p = 0; p < r->issues.len; p++)
            if (oc_slice_equal(r->issues.at[p], name)) it->index = p;
        if (it->index == SIZE_MAX && !it->issue.len && r->issues.len == 1) it->index = 0;
        if (it->index == SIZE_MAX) {
            csv_bad_header(r, it->span, "note.bargain.column-without-position");
            return false;
        }
    }
    return true;
}

bool csv_place_columns(csv_reader *r, const csv_row *header)
{
    if (!place_unknown(r) || !place_issues(r)) return false;
    if (!csv_count_role(r, ROLE_ACTOR) || !csv_count_role(r, ROLE_CAPABILITY) || !r->issues.len ||
        csv_count_role(r, ROLE_SALIENCE) != r->issues.len) {
        csv_bad_header(r, header->span, "note.bargain.columns-missing");
        return false;
    }
    return true;
}
