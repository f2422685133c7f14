/* A ledger from files or from a text, for the tests of src/authority. */
#ifndef OC_TESTS_AUTHORITY_FIXTURE_H
#define OC_TESTS_AUTHORITY_FIXTURE_H

#include <stdlib.h>

#include "authority/chain.h"
#include "base/file.h"
#include "diag/render.h"

typedef struct fixture {
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    oc_ledger *ledger;
} fixture;

static const oc_ledger_stage fixture_stages[] = {
    {{"ioc", 3}, {{{"IOC", 3}, {"IOC", 3}, {"IOC", 3}}}, 18215, {0, 0, 0}}, /* 2019-11-15 */
    {{"foc_evaluation", 14}, {{{"", 0}, {"", 0}, {"", 0}}}, 19236, {0, 0, 0}}, /* 2022-09-01 */
    {{"foc", 3}, {{{"", 0}, {"", 0}, {"", 0}}}, OC_DAY_NONE, {0, 0, 0}},
    {{"fmc_evaluation", 14}, {{{"", 0}, {"", 0}, {"", 0}}}, OC_DAY_NONE, {0, 0, 0}},
    {{"fmc", 3}, {{{"", 0}, {"", 0}, {"", 0}}}, OC_DAY_NONE, {0, 0, 0}},
    {{"transfer", 8}, {{{"transfer", 8}, {"転換", 6}, {"전환", 6}}}, OC_DAY_NONE, {0, 0, 0}},
};

static void fixture_open(fixture *f)
{
    memset(f, 0, sizeof *f);
    oc_arena_init(&f->arena, NULL, 256 << 20);
    f->sources.arena = &f->arena;
    f->diags.arena = &f->arena;
    f->diags.sources = &f->sources;
}

static void fixture_read(fixture *f, const oc_node *root, const oc_slice *sources, size_t source_count)
{
    oc_ledger_context context = {root, fixture_stages, sizeof fixture_stages / sizeof *fixture_stages, sources,
                                 source_count};
    f->ledger = oc_ledger_read(&f->arena, &f->diags, &context);
}

/* The sections of all files of the flagship that the ledger reads, in one mapping; and the keys of its sources. */
__attribute__((unused)) static void fixture_flagship(fixture *f, const char *folder)
{
    static const char *const files[] = {"actors.yaml", "authorities.yaml", "history.yaml", "commitments.yaml",
                                        "voices.yaml", "sources.yaml"};
    fixture_open(f);
    oc_node *root = OC_NEW(&f->arena, oc_node);
    root->kind = OC_NODE_MAPPING;
    OC_VEC(oc_slice) keys = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        oc_slice path = oc_path_join(&f->arena, oc_slice_of(folder), oc_slice_of(files[i]));
        if (!oc_file_exists(path.ptr)) continue;
        uint32_t file = 0;
        oc_node *node = oc_yaml_read_file(&f->arena, &f->diags, path, (oc_span){0, 0, 0}, &file);
        for (size_t k = 0; node && k < node->pairs.len; k++) *oc_vec_push(&f->arena, &root->pairs) = node->pairs.at[k];
    }
    const oc_node *sources = oc_node_get(root, "sources");
    for (size_t i = 0; sources && i < sources->pairs.len; i++)
        *oc_vec_push(&f->arena, &keys) = sources->pairs.at[i].key->text;
    fixture_read(f, root, keys.at, keys.len);
}

__attribute__((unused)) static void fixture_text(fixture *f, const char *text)
{
    static const oc_slice keys[] = {{"paper", 5}, {"archive", 7}};
    fixture_open(f);
    uint32_t file = oc_source_add(&f->sources, OC_SLICE("test.yaml"), oc_slice_of(text));
    oc_node *root = oc_yaml_read(&f->arena, &f->diags, file);
    if (root) fixture_read(f, root, keys, 2);
}

static void fixture_close(fixture *f)
{
    oc_arena_free(&f->arena);
}

/* The diagnostics as text, to be shown when a test fails. */
__attribute__((unused)) static const char *fixture_messages(fixture *f, oc_lang lang)
{
    oc_text text = oc_text_in(&f->arena);
    oc_diag_style style = {.format = OC_DIAG_TEXT, .lang = lang, .width = 120};
    oc_render_diags(&text, &f->diags, &style);
    return oc_text_slice(&text).ptr;
}

__attribute__((unused)) static uint32_t fixture_index(fixture *f, const char *id)
{
    oc_subject subject;
    if (!id || !id[0] || !oc_ledger_find(f->ledger, oc_slice_of(id), &subject)) return OC_LEDGER_NONE;
    return subject.index;
}

#endif
