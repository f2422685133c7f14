/* The workspace for commands; see workspace.h. */
#include "cli/workspace.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>

oc_slice oc_workspace_path(oc_context *x)
{
    oc_slice path = oc_value_of(x, "workspace", oc_slice_of(getenv("OPCON_WORKSPACE")));
    return path.len ? path : OC_SLICE("opcon.db");
}

oc_status oc_workspace_open(oc_context *x, oc_store_mode mode, oc_store **ret)
{
    /* A limit on the size of files then comes back as an error that can be reported. */
    signal(SIGXFSZ, SIG_IGN);
    oc_status status = oc_store_open(x->arena, &x->diags, oc_workspace_path(x), mode, ret);
    return status == OC_OK ? OC_OK : oc_workspace_close(x, *ret, status);
}

oc_status oc_workspace_close(oc_context *x, oc_store *store, oc_status status)
{
    oc_store_close(store);
    oc_status shown = x->diags.items.len ? oc_show_diags(x) : OC_OK;
    return status == OC_OK ? shown : status;
}

oc_slice oc_now(oc_arena *arena)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t seconds = (int64_t)now.tv_sec, rest = seconds % 86400;
    oc_slice day = oc_day_print(arena, seconds / 86400);
    return oc_arena_printf(arena, "%.*sT%02d:%02d:%02dZ", OC_FMT(day), (int)(rest / 3600), (int)(rest / 60 % 60),
                           (int)(rest % 60));
}

/* The period that is exactly these days, as short as it can be written. */
static oc_slice period(oc_arena *arena, oc_day start, oc_day to)
{
    oc_civil a = oc_civil_from_day(start), b = oc_civil_from_day(to);
    bool whole_months = a.day == 1 && b.day == oc_days_in_month(b.year, b.month);
    if (whole_months && a.month == 1 && b.month == 12 && a.year == b.year)
        return oc_arena_printf(arena, "%04d", a.year);
    if (whole_months && a.month == 1 && b.month == 12) return oc_arena_printf(arena, "%04d – %04d", a.year, b.year);
    if (whole_months && a.month == b.month && a.year == b.year)
        return oc_arena_printf(arena, "%04d-%02d", a.year, a.month);
    if (start == to) return oc_day_print(arena, start);
    return oc_arena_printf(arena, "%.*s – %.*s", OC_FMT(oc_day_print(arena, start)), OC_FMT(oc_day_print(arena, to)));
}

oc_slice oc_days_text(oc_context *x, oc_day start, oc_day to)
{
    bool no_start = start < OC_DAY_MIN || start > OC_DAY_MAX, no_end = to < OC_DAY_MIN || to > OC_DAY_MAX;
    if (no_start && no_end) return OC_SLICE("–");
    if (no_start) return oc_say(x->arena, x->lang, "workspace.by", OC_ARGS(OC_T(oc_day_print(x->arena, to))));
    if (no_end) return oc_say(x->arena, x->lang, "workspace.from", OC_ARGS(OC_T(oc_day_print(x->arena, start))));
    return period(x->arena, start, to);
}

oc_slice oc_word_of(oc_context *x, const char *area, oc_slice word)
{
    oc_slice key = oc_arena_printf(x->arena, "%s.%.*s", area, OC_FMT(word));
    return oc_message_exists(key.ptr) ? oc_message(x->lang, key.ptr) : word;
}

bool oc_number_of(oc_slice text, int64_t *ret)
{
    if (text.len && text.ptr[0] == '#') text = oc_slice_sub(text, 1, text.len);
    *ret = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || i >= 18) return false;
        *ret = *ret * 10 + (text.ptr[i] - '0');
    }
    return text.len > 0;
}

oc_status oc_claim_filter(oc_context *x, oc_store_filter *ret)
{
    oc_day since;
    *ret = (oc_store_filter){.milestone = oc_value_of(x, "milestone", (oc_slice){"", 0}),
                             .speaker = oc_value_of(x, "speaker", (oc_slice){"", 0})};
    oc_status status = oc_get_day(x, "since", OC_DAY_NONE, &since);
    if (status == OC_OK) status = oc_get_integer(x, "document", 1, INT64_MAX, 0, &ret->document);
    if (since != OC_DAY_NONE) ret->since = oc_day_print(x->arena, since);
    return status;
}

static void json_day(oc_json *json, const char *key, oc_day day)
{
    oc_json_day(json, key, day < OC_DAY_MIN || day > OC_DAY_MAX ? OC_DAY_NONE : day);
}

void oc_claim_json(oc_json *json, const oc_store_claim *claim)
{
    oc_json_object(json, NULL);
    oc_json_integer(json, "id", claim->id);
    oc_json_integer(json, "document", claim->document);
    oc_json_text_or_null(json, "title", claim->title);
    oc_json_text_or_null(json, "publisher", claim->publisher);
    oc_json_text_or_null(json, "published", claim->published);
    oc_json_text(json, "language", claim->language);
    oc_json_integer(json, "sentence", claim->sentence);
    oc_json_integer(json, "line", claim->line);
    oc_json_row(json, "bytes");
    oc_json_integer(json, NULL, claim->first);
    oc_json_integer(json, NULL, claim->end);
    oc_json_end(json);
    oc_json_text(json, "text", claim->text);
    oc_json_text(json, "milestone", claim->milestone);
    oc_json_text_or_null(json, "step", claim->step);
    json_day(json, "start", claim->start);
    json_day(json, "end", claim->to);
    oc_json_text(json, "modality", claim->modality);
    oc_json_integer(json, "hedge", claim->hedge);
    oc_json_bool(json, "forward", claim->forward);
    oc_json_bool(json, "delayed", claim->delayed);
    oc_json_text_or_null(json, "speaker", claim->speaker);
    oc_json_text_or_null(json, "holder", claim->holder);
    oc_json_text(json, "decision", oc_slice_of(oc_store_decision_name(claim->decision)));
    oc_json_text_or_null(json, "decided", claim->decided);
    oc_json_text_or_null(json, "note", claim->note);
    oc_json_bool(json, "found", claim->found);
    oc_json_end(json);
}
