/* See input.h. Every place of a message must lie in its file, its line and column must lead back to it, and all three
 * forms must be printable in all languages. */
#include "input.h"

#include <stdlib.h>

#include "base/file.h"

static oc_slice file_bytes;
static bool running;

oc_status __real_oc_file_read(oc_arena *arena, const char *path, size_t limit, oc_slice *ret_bytes);
oc_status __wrap_oc_file_read(oc_arena *arena, const char *path, size_t limit, oc_slice *ret_bytes);
oc_status __wrap_oc_file_read(oc_arena *arena, const char *path, size_t limit, oc_slice *ret_bytes)
{
    if (!running) return __real_oc_file_read(arena, path, limit, ret_bytes);
    if (!oc_slice_is(oc_slice_of(path), "scenario.yaml")) return OC_IO;
    if (file_bytes.len > limit) return OC_LIMIT;
    *ret_bytes = oc_arena_copy(arena, file_bytes);
    return OC_OK;
}

void fuzz_check(bool good)
{
    if (!good) abort();
}

static void check_span(const oc_sources *sources, oc_span span)
{
    const oc_source *source = oc_source_get(sources, span.file);
    if (!source) return;
    fuzz_check(span.start <= span.end && span.end <= source->text.len);
    oc_place place = oc_source_place(source, span.start);
    fuzz_check(place.line >= 1 && place.column >= 1 && place.line <= source->lines.len);
}

static void check_messages(oc_diags *diags)
{
    oc_diags_sort(diags);
    for (size_t i = 0; i < diags->items.len; i++) {
        const oc_diag *diag = diags->items.at[i];
        check_span(diags->sources, diag->span);
        for (size_t k = 0; k < diag->remarks.len; k++) {
            check_span(diags->sources, diag->remarks.at[k].span);
            check_span(diags->sources, diag->remarks.at[k].edit_span);
        }
    }
    for (int lang = 0; lang < OC_LANG_COUNT; lang++)
        for (int form = OC_DIAG_TEXT; form <= OC_DIAG_GCC; form++) {
            oc_text text = oc_text_in(diags->arena);
            oc_render_diags(&text, diags,
                            &(oc_diag_style){.format = (oc_diag_format)form, .lang = (oc_lang)lang, .width = 60});
            fuzz_check(!diags->items.len || text.len);
        }
}

typedef struct job {
    oc_diags *diags;
    void (*body)(oc_diags *diags, void *context);
    void *context;
} job;

static void call(void *context)
{
    job *j = context;
    j->body(j->diags, j->context);
    check_messages(j->diags);
}

void fuzz_input_run(oc_slice bytes, void (*body)(oc_diags *diags, void *context), void *context)
{
    oc_arena arena;
    oc_arena_init(&arena, NULL, (size_t)256 << 20);
    oc_sources sources = {.arena = &arena};
    oc_diags diags = {.arena = &arena, .sources = &sources};
    file_bytes = bytes;
    running = true;
    oc_arena_try(&arena, call, &(job){&diags, body, context});
    running = false;
    oc_arena_free(&arena);
}
