/* What the bargaining tests share: cmocka, reading a table from a text or from data/, comparing numbers. */
#ifndef TESTS_POLITICS_H
#define TESTS_POLITICS_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "base/file.h"
#include "politics/bargain.h"
#include "politics/read.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct fixture {
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    oc_bargain_table table;
} fixture;

static inline void fixture_init(fixture *it)
{
    *it = (fixture){0};
    oc_arena_init(&it->arena, NULL, (size_t)512 << 20);
    it->sources.arena = &it->arena;
    it->diags.arena = &it->arena;
    it->diags.sources = &it->sources;
}

static inline void fixture_free(fixture *it) { oc_arena_free(&it->arena); }

static inline oc_status read_text(fixture *it, oc_slice text)
{
    oc_bargain_read_options options = {0};
    uint32_t file = oc_source_add(&it->sources, OC_SLICE("table.csv"), text);
    return oc_bargain_read(&it->arena, &it->diags, file, &options, &it->table);
}

static inline oc_slice data_text(fixture *it, const char *name)
{
    oc_slice text;
    oc_slice path = oc_arena_printf(&it->arena, POLITICS_DATA "/%s", name);
    assert_int_equal(oc_file_read(&it->arena, path.ptr, 1 << 22, &text), OC_OK);
    return text;
}

static inline void read_data(fixture *it, const char *name)
{
    assert_int_equal(read_text(it, data_text(it, name)), OC_OK);
}

static inline void assert_near_at(double got, double want, double tolerance, const char *file, int line)
{
    if (fabs(got - want) <= tolerance || got == want) return;
    printf("# %s:%d: %.12g, want %.12g to %.3g\n", file, line, got, want, tolerance);
    _fail(file, line);
}
#define assert_near(got, want, tolerance) assert_near_at((got), (want), (tolerance), __FILE__, __LINE__)

#endif
