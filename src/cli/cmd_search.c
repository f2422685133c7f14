/* opcon search: words in the documents of the workspace. */
#include "cli/workspace.h"
#include "store/search.h"

typedef struct place {
    size_t start, end;
} place;
typedef OC_VEC(place) places;

/* The excerpt without its marks, and where they stood. */
static oc_slice unmark(oc_arena *arena, oc_slice marked, places *ret)
{
    oc_text plain = oc_text_in(arena);
    for (size_t i = 0; i < marked.len; i++) {
        char byte = marked.ptr[i];
        if (byte == 1) *oc_vec_push(arena, ret) = (place){plain.len, plain.len};
        else if (byte == 2 && ret->len) ret->at[ret->len - 1].end = plain.len;
        else oc_text_byte(&plain, byte == '\n' || byte == '\t' || byte == '\r' ? ' ' : byte);
    }
    return oc_text_slice(&plain);
}

/* On a terminal what was found is bold, else it stands in brackets as it was typed. */
static oc_slice shown(oc_context *x, oc_slice marked)
{
    oc_text out = oc_text_in(x->arena);
    for (size_t i = 0; i < marked.len; i++) {
        char byte = marked.ptr[i];
        if (byte == 1) oc_text_add(&out, x->colour ? OC_SLICE("\x1b[1m") : OC_SLICE("["));
        else if (byte == 2) oc_text_add(&out, x->colour ? OC_SLICE("\x1b[0m") : OC_SLICE("]"));
        else oc_text_byte(&out, byte == '\n' || byte == '\t' || byte == '\r' ? ' ' : byte);
    }
    return oc_text_slice(&out);
}

static void print_text(oc_context *x, const oc_store_hits *hits, int64_t total)
{
    oc_text out = oc_text_in(x->arena);
    oc_text_message(&out, x->lang, total ? "search.summary" : "search.none", OC_ARGS(OC_I(total), OC_I(hits->len)));
    oc_text_byte(&out, '\n');
    for (size_t i = 0; i < hits->len; i++) {
        const oc_store_hit *hit = &hits->at[i];
        oc_text_printf(&out, "\n#%lld  %.*s\n    ", (long long)hit->document,
                       OC_FMT(hit->title.len ? hit->title : hit->origin));
        oc_slice parts[] = {hit->published, hit->publisher, hit->origin};
        for (size_t k = 0, printed = 0; k < 3; k++)
            if (parts[k].len) oc_text_printf(&out, "%s%.*s", printed++ ? " · " : "", OC_FMT(parts[k]));
        oc_columns excerpt = oc_columns_of(x->arena, "l");
        excerpt.indent = 4;
        oc_columns_add(&excerpt, shown(x, hit->excerpt));
        oc_text_byte(&out, '\n');
        oc_columns_print(&out, &excerpt, x->width, false);
    }
    oc_print(x, oc_text_slice(&out));
}

static void print_json(oc_context *x, const oc_store_hits *hits, int64_t total)
{
    oc_json json = oc_json_in(x->arena);
    oc_json_object(&json, NULL);
    oc_json_integer(&json, "total", total);
    oc_json_list(&json, "documents");
    for (size_t i = 0; i < hits->len; i++) {
        const oc_store_hit *hit = &hits->at[i];
        places found = {0};
        oc_slice excerpt = unmark(x->arena, hit->excerpt, &found);
        oc_json_object(&json, NULL);
        oc_json_integer(&json, "document", hit->document);
        oc_json_text(&json, "title", hit->title);
        oc_json_text(&json, "file", hit->origin);
        oc_json_text(&json, "language", hit->language);
        oc_json_text(&json, "published", hit->published);
        oc_json_number(&json, "score", hit->score);
        oc_json_text(&json, "excerpt", excerpt);
        oc_json_row(&json, "found");
        for (size_t k = 0; k < found.len; k++) {
            oc_json_row(&json, NULL);
            oc_json_integer(&json, NULL, (int64_t)found.at[k].start);
            oc_json_integer(&json, NULL, (int64_t)found.at[k].end);
            oc_json_end(&json);
        }
        oc_json_end(&json);
        oc_json_end(&json);
    }
    oc_json_end(&json);
    oc_json_end(&json);
    oc_print(x, oc_json_done(&json));
}

static oc_status run(oc_context *x)
{
    static const char *const formats[] = {"text", "json"}, *const languages[] = {"any", "en", "ja", "ko"};
    size_t format, language;
    int64_t limit, total;
    oc_day since;
    oc_store *store;
    oc_status status = oc_get_word(x, "format", formats, 2, 0, &format);
    if (status == OC_OK) status = oc_get_word(x, "document-lang", languages, 4, 0, &language);
    if (status == OC_OK) status = oc_get_integer(x, "limit", 1, 10000, 20, &limit);
    if (status == OC_OK) status = oc_get_day(x, "since", OC_DAY_NONE, &since);
    if (status == OC_OK && !x->arguments.len) status = oc_complain(x, OC_USAGE, "search.no-words", NULL);
    if (status == OC_OK) status = oc_workspace_open(x, OC_STORE_READ, &store);
    if (status != OC_OK) return status;
    oc_store_query query = {.words = x->arguments.at, .word_count = x->arguments.len, .limit = (int)limit};
    if (since != OC_DAY_NONE) query.since = oc_day_print(x->arena, since);
    if (language) query.language = oc_slice_of(languages[language]);
    oc_store_hits hits = {0};
    status = oc_store_search(store, x->arena, &query, &hits, &total);
    if (status == OC_OK && format) print_json(x, &hits, total);
    else if (status == OC_OK) print_text(x, &hits, total);
    return oc_workspace_close(x, store, status);
}

static const oc_option options[] = {{"format", "text|json", false}, OC_OPTION_WORKSPACE, {"since", "DATE", false},
                                    {"document-lang", "en|ja|ko", false}, {"limit", "N", false}, {NULL, NULL, false}};

const oc_command oc_cmd_search = {"search", "WORD… [--since DATE] [--limit N]", options, run, 0};
