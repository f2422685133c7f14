/* Reading documents: the first byte chooses the format (text, Markdown, HTML, or by content without PDF), the second
 * whether the lexicon is used. What is read must print, and all places must lie inside the text. */
#include <stdlib.h>

#include "reading/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static oc_arena shared;
static oc_sources sources = {.arena = &shared};
static oc_diags shared_diags = {.arena = &shared, .sources = &sources};
static const oc_reader *reader;

static void prepare(void)
{
    static const oc_actor_name names[] = {{{"국방부", 9}, OC_LANG_COUNT, false}, {{"国防部", 9}, OC_LANG_COUNT, false}};
    static const oc_actor actors[] = {{.id = {"mnd", 3}, .kind = {"organ", 5}, .names = names, .name_count = 2}};
    oc_arena_init(&shared, NULL, 0);
    oc_lexicon *lexicon = oc_lexicon_new(&shared);
    oc_lexicon_builtin(lexicon, &shared_diags);
    oc_lexicon_build(lexicon, &shared_diags);
    reader = oc_reader_make(&shared, lexicon, actors, 1);
}

static void check(const oc_document *document)
{
    for (size_t i = 0; i < document->sentences.len; i++) {
        const oc_sentence *s = &document->sentences.at[i];
        if (s->source_start > s->source_end || s->source_end > document->text.len || s->end > document->body.len)
            abort();
    }
    for (size_t i = 0; i < document->notes.len; i++)
        if (document->notes.at[i].first > document->notes.at[i].last) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const formats[] = {"text", "markdown", "html"};
    if (size < 2) return 0;
    if (!reader) prepare();
    oc_arena arena;
    oc_arena_init(&arena, NULL, (size_t)256 << 20);
    oc_sources own = {.arena = &arena};
    oc_diags diags = {.arena = &arena, .sources = &own};
    oc_read_options options = {.lang = bytes[1] % 8 < 3 ? (oc_lang)(bytes[1] % 8) : OC_LANG_COUNT,
                               .anchor = OC_DAY_NONE,
                               .format = formats[bytes[0] % 3]};
    oc_document *document = NULL;
    oc_status status = oc_document_read(&arena, bytes[1] & 64 ? NULL : reader, OC_SLICE("fuzz"),
                                        (oc_slice){(const char *)bytes + 2, size - 2}, &options, &diags, &document);
    if (status == OC_OK) {
        check(document);
        oc_json json = oc_json_in(&arena);
        oc_json_list(&json, NULL);
        oc_document_json(document, &json);
        oc_json_end(&json);
        oc_text brief = oc_text_in(&arena);
        oc_document_brief(document, OC_LANG_KO, &brief);
    }
    oc_arena_free(&arena);
    return 0;
}
