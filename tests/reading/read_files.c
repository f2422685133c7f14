/* Reads documents and prints them as JSON, or as a brief with -t: for the scorer and for trying out, without the rest
 * of the program.
 *
 *     read_files [-t] [-a actors.tsv] FILE…
 *
 * actors.tsv: id TAB kind TAB name TAB name … */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "diag/render.h"
#include "reading/print.h"

static oc_actor actors[512];
static size_t actor_count;

static void read_actors(oc_arena *arena, const char *path)
{
    oc_slice text;
    if (oc_file_read(arena, path, 1 << 20, &text) != OC_OK) return;
    for (size_t at = 0; at < text.len && actor_count < 512;) {
        size_t end = oc_slice_find(text, OC_SLICE("\n"), at);
        if (end == SIZE_MAX) end = text.len;
        oc_slice fields[64];
        size_t count = 0;
        for (size_t from = at; from <= end && count < 64;) {
            size_t tab = oc_slice_find(oc_slice_sub(text, 0, end), OC_SLICE("\t"), from);
            if (tab == SIZE_MAX) tab = end;
            fields[count++] = oc_slice_sub(text, from, tab);
            from = tab + 1;
        }
        at = end + 1;
        if (count < 3) continue;
        oc_actor_name *names = OC_NEW_ARRAY(arena, count - 2, oc_actor_name);
        for (size_t i = 2; i < count; i++) names[i - 2] = (oc_actor_name){fields[i], OC_LANG_COUNT, false};
        actors[actor_count++] = (oc_actor){.id = fields[0], .kind = fields[1], .names = names, .name_count = count - 2};
    }
}

int main(int count, char **args)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_sources sources = {.arena = &arena};
    oc_diags diags = {.arena = &arena, .sources = &sources};
    int first = 1;
    bool brief = false;
    for (; first < count && args[first][0] == '-'; first++) {
        if (args[first][1] == 't') brief = true;
        if (args[first][1] == 'a' && first + 1 < count) read_actors(&arena, args[++first]);
    }
    oc_lexicon *lexicon = oc_lexicon_new(&arena);
    if (oc_lexicon_builtin(lexicon, &diags) != OC_OK || oc_lexicon_build(lexicon, &diags) != OC_OK) {
        for (size_t i = 0; i < diags.items.len; i++)
            fprintf(stderr, "lexicon: %s %.*s\n", oc_code_name(diags.items.at[i]->code),
                    OC_FMT(oc_span_text(&sources, diags.items.at[i]->span)));
        return 1;
    }
    const oc_reader *reader = oc_reader_make(&arena, lexicon, actors, actor_count);
    oc_json json = oc_json_in(&arena);
    oc_text text = oc_text_in(&arena);
    oc_json_list(&json, NULL);
    int worst = 0;
    for (int i = first; i < count; i++) {
        oc_slice bytes;
        oc_document *document;
        oc_read_options options = {.lang = OC_LANG_COUNT, .anchor = OC_DAY_NONE};
        if (oc_file_read(&arena, args[i], OC_READ_BYTES, &bytes) != OC_OK) return perror(args[i]), 3;
        oc_status status = oc_document_read(&arena, reader, oc_slice_of(args[i]), bytes, &options, &diags, &document);
        for (size_t k = 0; k < diags.items.len; k++)
            fprintf(stderr, "%s: %s\n", args[i], oc_code_title(diags.items.at[k]->code));
        diags.items.len = 0;
        if (status != OC_OK)
            worst = 1;
        else if (brief)
            oc_document_brief(document, document->lang, &text);
        else
            oc_document_json(document, &json);
    }
    oc_json_end(&json);
    oc_slice out = brief ? oc_text_slice(&text) : oc_json_done(&json);
    fwrite(out.ptr, 1, out.len, stdout);
    oc_arena_free(&arena);
    return worst;
}
