/* Files read ahead on other threads are those that reading in order gives: trees, places, numbers, and what is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "yaml/ahead.h"

enum { FILES = 9, RECORDS = 700 };

typedef struct reading {
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    oc_node *root[FILES];
    uint32_t file[FILES];
} reading;

static char folder[64];
static oc_slice paths[FILES];
static oc_arena names;

/* File 4 has a key twice, file 6 is no YAML, file 7 is not there. */
static void write_files(void)
{
    strcpy(folder, "/tmp/opcon-ahead-XXXXXX");
    assert_non_null(mkdtemp(folder));
    oc_arena_init(&names, NULL, 0);
    for (int i = 0; i < FILES; i++) {
        oc_text text = oc_text_in(&names);
        paths[i] = oc_arena_printf(&names, "%s/%d.yaml", folder, i);
        for (int k = 0; k < RECORDS; k++)
            oc_text_printf(&text, "record_%d_%d: {title: \"演習 %d\", from: [a, b], is: 0.%d}\n", i, k, k, k);
        if (i == 4) oc_text_lit(&text, "record_4_3: again\n");
        if (i == 6) oc_text_lit(&text, "{ never closed\n");
        if (i != 7) assert_int_equal(oc_file_write(paths[i].ptr, oc_text_slice(&text)), OC_OK);
    }
}

static void read_all(reading *r, unsigned threads, size_t others)
{
    *r = (reading){0};
    oc_arena_init(&r->arena, NULL, 0);
    r->sources.arena = &r->arena;
    r->diags = (oc_diags){.arena = &r->arena, .sources = &r->sources};
    oc_ahead *ahead = oc_ahead_start(&r->arena, &r->sources, paths, FILES, threads);
    assert_true((ahead != NULL) == (threads > 1));
    for (int i = 0; i < FILES; i++) {
        r->root[i] = oc_ahead_take(ahead, &r->arena, &r->diags, paths[i], &r->file[i]);
        if (!r->root[i])
            r->root[i] = oc_yaml_read_file(&r->arena, &r->diags, paths[i], (oc_span){0, 0, 0}, &r->file[i]);
        /* As if the second file included some of its own. */
        for (size_t k = 0; i == 1 && k < others; k++) oc_source_add(&r->sources, OC_SLICE("other"), OC_SLICE("x"));
    }
    oc_ahead_finish(ahead);
}

static void check_same(const oc_node *a, const oc_node *b)
{
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->span.file, b->span.file);
    assert_int_equal(a->span.start, b->span.start);
    assert_int_equal(a->span.end, b->span.end);
    assert_true(oc_slice_equal(a->text, b->text));
    assert_int_equal(a->pairs.len, b->pairs.len);
    assert_int_equal(a->items.len, b->items.len);
    for (size_t i = 0; i < a->items.len; i++) check_same(a->items.at[i], b->items.at[i]);
    for (size_t i = 0; i < a->pairs.len; i++) {
        check_same(a->pairs.at[i].key, b->pairs.at[i].key);
        check_same(a->pairs.at[i].value, b->pairs.at[i].value);
    }
}

static void check_readings(const reading *a, const reading *b)
{
    assert_int_equal(a->sources.files.len, b->sources.files.len);
    for (size_t i = 0; i < a->sources.files.len; i++) {
        const oc_source *x = &a->sources.files.at[i], *y = &b->sources.files.at[i];
        assert_true(oc_slice_equal(x->name, y->name) && oc_slice_equal(x->text, y->text));
        assert_int_equal(x->lines.len, y->lines.len);
    }
    assert_int_equal(a->diags.items.len, b->diags.items.len);
    for (size_t i = 0; i < a->diags.items.len; i++) {
        assert_int_equal(a->diags.items.at[i]->code, b->diags.items.at[i]->code);
        assert_int_equal(a->diags.items.at[i]->span.file, b->diags.items.at[i]->span.file);
        assert_int_equal(a->diags.items.at[i]->span.start, b->diags.items.at[i]->span.start);
    }
    for (int i = 0; i < FILES; i++) {
        assert_int_equal(a->file[i], b->file[i]);
        assert_true((a->root[i] == NULL) == (b->root[i] == NULL));
        if (a->root[i]) check_same(a->root[i], b->root[i]);
    }
}

static void test_same(void **state)
{
    (void)state;
    for (size_t others = 0; others < 3; others += 2) {
        reading alone;
        read_all(&alone, 1, others);
        assert_int_equal(alone.diags.items.len, 3);
        assert_null(alone.root[6]);
        assert_null(alone.root[7]);
        for (unsigned threads = 2; threads < 40; threads = threads * 2 + 1)
            for (int again = 0; again < 4; again++) {
                reading together;
                read_all(&together, threads, others);
                check_readings(&together, &alone);
                oc_arena_free(&together.arena);
            }
        oc_arena_free(&alone.arena);
    }
}

/* A caller that gives up leaves nothing behind (the sanitizers of another build see it). */
static void test_given_up(void **state)
{
    (void)state;
    reading r = {0};
    oc_arena_init(&r.arena, NULL, 0);
    r.sources.arena = &r.arena;
    oc_ahead *ahead = oc_ahead_start(&r.arena, &r.sources, paths, FILES, 3);
    assert_non_null(ahead);
    oc_ahead_finish(ahead);
    oc_ahead_finish(NULL);
    assert_null(oc_ahead_start(&r.arena, &r.sources, paths, 1, 3));
    oc_arena_free(&r.arena);
}

static int remove_files(void **state)
{
    (void)state;
    for (int i = 0; i < FILES; i++) unlink(paths[i].ptr);
    rmdir(folder);
    oc_arena_free(&names);
    return 0;
}

static int make_files(void **state)
{
    (void)state;
    write_files();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same), cmocka_unit_test(test_given_up)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("read ahead", tests, make_files, remove_files);
}
