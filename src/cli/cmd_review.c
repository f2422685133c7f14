/* opcon review: a person decides about claims, one by one or from a file.
 *
 * A line of the file: number of the claim, TAB, accept, correct, reject or new, then TAB key=value for corrections
 * (milestone, start, end, modality, speaker, holder) and note=…; # begins a comment. All lines count, or none. */
#include <errno.h>
#include <stdio.h>

#include "base/file.h"
#include "cli/reader.h"
#include "cli/workspace.h"
#include "reading/claim.h"

enum { FILE_LIMIT = 32 << 20, WORDS = 4 };

static const char *const verbs[WORDS] = {"new", "accept", "correct", "reject"}; /* in the order of oc_store_decision */

typedef struct review {
    oc_context *x;
    oc_store *store;
    oc_slice now;
    oc_names names;
    uint32_t file;   /* of the decisions */
    size_t line_at;  /* byte where the line starts */
    size_t decided;
} review;

static oc_span span_of(const review *r, oc_slice part)
{
    const oc_source *source = oc_source_get(&r->x->sources, r->file);
    uint32_t start = source ? (uint32_t)(part.ptr - source->text.ptr) : 0;
    return source ? (oc_span){r->file, start, start + (uint32_t)part.len} : (oc_span){0, 0, 0};
}

static bool bad(review *r, oc_slice part, const char *allowed)
{
    oc_diag *diag = oc_report(&r->x->diags, OC_E0811, span_of(r, part), OC_ARGS(OC_T(part)));
    oc_diag_help(diag, "review.allowed", OC_ARGS(OC_S(allowed)));
    return false;
}

/* A day, month or year; ".." leaves the end open. */
static bool read_day(review *r, oc_slice value, bool is_start, oc_day *ret)
{
    oc_day first, last;
    if (oc_slice_is(value, "..")) {
        *ret = is_start ? OC_DAY_MIN - 1 : OC_DAY_MAX + 1;
        return true;
    }
    if (!oc_days_parse(value, &first, &last)) return bad(r, value, "2028, 2028-06, 2028-06-30, ..");
    *ret = is_start ? first : last;
    return true;
}

static bool read_modality(review *r, oc_slice value)
{
    oc_text all = oc_text_in(r->x->arena);
    for (int m = 0; m < OC_MODALITY_COUNT; m++) {
        if (oc_slice_is(value, oc_modality_name((oc_modality)m))) return true;
        oc_text_printf(&all, "%s%s", m ? ", " : "", oc_modality_name((oc_modality)m));
    }
    return bad(r, value, all.ptr);
}

static bool read_value(review *r, oc_slice field, oc_store_correction *c)
{
    size_t equals = oc_slice_find(field, OC_SLICE("="), 0);
    oc_slice key = oc_slice_trim(oc_slice_sub(field, 0, equals));
    oc_slice value = equals == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_trim(oc_slice_sub(field, equals + 1, field.len));
    const struct {
        const char *name;
        oc_slice *to;
    } texts[] = {{"milestone", &c->milestone}, {"modality", &c->modality}, {"speaker", &c->speaker},
                 {"holder", &c->holder},
                 {"note", &c->note}};
    if (!value.len) return bad(r, field, "milestone=, start=, end=, modality=, speaker=, holder=, note=");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!oc_slice_is(key, texts[i].name)) continue;
        *texts[i].to = value;
        return i != 1 || read_modality(r, value);
    }
    bool is_start = oc_slice_is(key, "start");
    if (!is_start && !oc_slice_is(key, "end"))
        return bad(r, key, "milestone, start, end, modality, speaker, holder, note");
    c->sets_days = true;
    return read_day(r, value, is_start, is_start ? &c->start : &c->to);
}

/* Fields behind the decision, each after a TAB. */
static bool read_values(review *r, oc_slice rest, oc_store_correction *c)
{
    *c = (oc_store_correction){.start = OC_DAY_NONE, .to = OC_DAY_NONE};
    while (rest.len) {
        size_t tab = oc_slice_find(rest, OC_SLICE("\t"), 0);
        oc_slice field = oc_slice_trim(oc_slice_sub(rest, 0, tab));
        if (field.len && !read_value(r, field, c)) return false;
        rest = tab == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(rest, tab + 1, rest.len);
    }
    if (c->start != OC_DAY_NONE && c->to != OC_DAY_NONE && c->to < c->start) {
        oc_report(&r->x->diags, OC_E0811, span_of(r, rest), OC_ARGS(OC_S("start > end")));
        return false;
    }
    return true;
}

static oc_status decide_line(review *r, oc_slice line)
{
    oc_slice whole = line, fields[2];
    for (int i = 0; i < 2; i++) {
        size_t tab = oc_slice_find(line, OC_SLICE("\t"), 0);
        fields[i] = oc_slice_trim(oc_slice_sub(line, 0, tab));
        line = tab == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(line, tab + 1, line.len);
    }
    int64_t id;
    int verb = 0;
    oc_store_correction correction;
    while (verb < WORDS && !oc_slice_is(fields[1], verbs[verb])) verb++;
    if (!oc_number_of(fields[0], &id)) return bad(r, whole, "1 TAB accept"), OC_INPUT;
    if (verb == WORDS) return bad(r, fields[1].len ? fields[1] : whole, "accept, correct, reject, new"), OC_INPUT;
    if (!read_values(r, line, &correction)) return OC_INPUT;
    oc_status status = oc_store_decide(r->store, id, (oc_store_decision)verb, &correction, r->now);
    if (status == OC_OK) r->decided++;
    return status;
}

static oc_status decide_file(review *r, oc_slice path)
{
    oc_slice text;
    const char *name = oc_slice_is(path, "-") ? "/dev/stdin" : path.ptr;
    if (oc_file_read(r->x->arena, name, FILE_LIMIT, &text) != OC_OK)
        return oc_complain(r->x, OC_IO, "dates.cannot-read", OC_ARGS(OC_T(path), oc_arg_of_errno(errno)));
    r->file = oc_source_add(&r->x->sources, path, text);
    oc_status worst = OC_OK, status = oc_store_begin(r->store);
    if (status != OC_OK) return status;
    while (text.len && oc_store_status(r->store) == OC_OK) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), 0);
        oc_slice line = oc_slice_trim(oc_slice_sub(text, 0, end));
        if (line.len && line.ptr[0] != '#') status = decide_line(r, line);
        if (status != OC_OK) worst = status;
        text = end == SIZE_MAX ? (oc_slice){"", 0} : oc_slice_sub(text, end + 1, text.len);
    }
    if (worst == OC_OK) worst = oc_store_commit(r->store);
    if (worst != OC_OK) oc_store_rollback(r->store), r->decided = 0;
    return worst;
}

static void show_claim(review *r, const oc_store_claim *c, size_t n, size_t count)
{
    oc_context *x = r->x;
    oc_text out = oc_text_in(x->arena);
    oc_text_byte(&out, '\n');
    oc_text_message(&out, x->lang, "review.claim", OC_ARGS(OC_I(n), OC_I(count), OC_I(c->id), OC_I(c->document),
                                                           OC_I(c->line), OC_T(c->title), OC_T(c->published)));
    oc_columns text = oc_columns_of(x->arena, "l");
    text.indent = 4;
    oc_columns_add(&text, c->text);
    oc_text_byte(&out, '\n');
    oc_columns_print(&out, &text, x->width, false);
    oc_slice who = c->holder.len ? c->holder : c->speaker.len ? c->speaker : OC_SLICE("–");
    who = oc_name_of(x, &r->names, who);
    oc_text_printf(&out, "    %.*s%s%.*s · %.*s · %.*s · %.*s\n", OC_FMT(c->milestone), c->step.len ? "/" : "",
                   OC_FMT(c->step), OC_FMT(oc_days_text(x, c->start, c->to)),
                   OC_FMT(oc_word_of(x, "claim-modality", c->modality)), OC_FMT(who));
    oc_text_add(&out, oc_message(x->lang, "review.prompt"));
    oc_text_byte(&out, ' ');
    oc_print(x, oc_text_slice(&out));
    fflush(stdout);
}

/* One answer: a letter, for a correction followed by key=value, separated by tabs or semicolons. False at the end. */
static bool answer_line(char *line, size_t room)
{
    if (!fgets(line, (int)room, stdin)) return false;
    for (char *at = line; *at; at++)
        if (*at == ';') *at = '\t';
    return true;
}

static oc_status decide_answer(review *r, const oc_store_claim *c, oc_slice answer, oc_store_decision decision)
{
    oc_store_correction correction;
    if (!read_values(r, oc_slice_sub(answer, 1, answer.len), &correction)) return oc_show_diags(r->x), OC_USAGE;
    oc_status status = oc_store_begin(r->store);
    if (status == OC_OK) status = oc_store_decide(r->store, c->id, decision, &correction, r->now);
    if (status == OC_OK) status = oc_store_commit(r->store);
    if (status == OC_OK) r->decided++;
    return status;
}

static oc_status ask(review *r)
{
    oc_store_claims claims = {0};
    oc_store_filter filter;
    oc_status status = oc_claim_filter(r->x, &filter);
    filter.decisions = 1u << OC_DECISION_NEW;
    r->names = oc_names_load(r->x);
    if (status == OC_OK) status = oc_store_get_claims(r->store, r->x->arena, &filter, &claims);
    char line[4096];
    for (size_t i = 0; status == OC_OK && i < claims.len;) {
        show_claim(r, &claims.at[i], i + 1, claims.len);
        if (!answer_line(line, sizeof line)) break;
        oc_slice answer = oc_slice_trim(oc_slice_of(line));
        char letter = answer.len ? answer.ptr[0] : 's';
        if (letter == 'q') break;
        if (letter == 's') {
            i++;
            continue;
        }
        oc_store_decision decision = letter == 'a' ? OC_DECISION_ACCEPTED : letter == 'c' ? OC_DECISION_CORRECTED
                                   : letter == 'r' ? OC_DECISION_REJECTED : OC_DECISION_NEW;
        if (decision == OC_DECISION_NEW) continue;
        status = decide_answer(r, &claims.at[i], answer, decision);
        if (status == OC_OK) i++;
        else if (status == OC_USAGE) status = OC_OK;
    }
    return status;
}

static oc_status run(oc_context *x)
{
    review r = {.x = x, .now = oc_now(x->arena)};
    oc_slice path = oc_value_of(x, "decisions", (oc_slice){"", 0});
    oc_status status = oc_workspace_open(x, OC_STORE_WRITE, &r.store);
    if (status != OC_OK) return status;
    status = path.len ? decide_file(&r, path) : ask(&r);
    if (status == OC_OK) {
        oc_slice done = oc_say(x->arena, x->lang, "review.done", OC_ARGS(OC_I(r.decided)));
        oc_print(x, oc_arena_printf(x->arena, "%.*s\n", OC_FMT(done)));
    }
    return oc_workspace_close(x, r.store, status);
}

static const oc_option options[] = {
    OC_OPTION_WORKSPACE, {"decisions", "FILE", false}, {"milestone", "ID", false}, {"speaker", "WHO", false},
    {"since", "DATE", false}, {"document", "N", false}, {NULL, NULL, false}};

const oc_command oc_cmd_review = {"review", "[--decisions FILE] [--milestone ID]", options, run, 0};
