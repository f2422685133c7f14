/* Tables that are made when they are needed: once, by any thread, and with the same results in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "reading/document.h"
#include "reading/print.h"

enum { THREADS = 6, TEXTS = 7 };

/* Two of each language. Those in Japanese and Korean ask for English abbreviations and names too. */
static const char *const texts[TEXTS] = {
    "Seoul presses on\n\nBy Helen Marsh\n\n"
    "The minister said on May 3, 2026 that \"the transfer of wartime control will be\n"
    "finished by 2028\". U.S. officials disagreed.\n",
    "統制権の移管\n\n柏木直人\n\n韓国国防省は2026年5月3日、「戦時作戦統制権は2028年までに移管される」と明らかにした。U.S. Forcesは\n"
    "答えなかった。\n",
    "전작권 전환\n\n채민재 기자\n\n국방부 장관은 2026년 5월 3일 \"전시작전통제권을 2028년까지 전환하겠다\"고 말했다. U.S. Army는 상반\n"
    "기에 답하지 않았다.\n",
    "A review\n\n"
    "The allies plan the assessment for the second half of next year, Gen. Kim said; it was not\nplanned before.\n",
    "検証\n\n両国は来年後半に完全運用能力（FOC）の検証を行う予定だ、と聯合ニュースが伝えた。\n",
    "用語の整理\n宮前礼子（国際防衛大学准教授）\n2025年9月\n\n大統領は指揮権を国連軍司令官に移した[1]。区別は意味を持たないと論じた[2]。\n\n注\n"
    "[1] John Harlan, \"Who Commands in Wartime?\" Harbor Institute, May 2021, pp. 88-104.\n"
    "[2] 宮前礼子「統制と指揮」『防衛学研究』第60号、2019年3月。\n",
    "검증\n\n양국은 내년 하반기에 완전운용능력(FOC) 검증을 마칠 계획이라고 연합뉴스가 전했다.\n",
};
static const oc_actor_name names[] = {{{"국방부", 9}, OC_LANG_KO, false}, {{"韓国国防省", 15}, OC_LANG_JA, false},
                                      {{"the minister", 12}, OC_LANG_EN, false}};
static const oc_actor actors[] = {{.id = {"mnd", 3}, .kind = {"office", 6}, .names = names, .name_count = 3}};

typedef struct shelf {
    oc_arena arena;
    oc_sources sources;
    oc_diags diags;
    const oc_reader *reader;
} shelf;

static void open_shelf(shelf *s, const oc_allocator *allocator)
{
    oc_arena_init(&s->arena, allocator, 0);
    s->sources = (oc_sources){.arena = &s->arena};
    s->diags = (oc_diags){.arena = &s->arena, .sources = &s->sources};
    oc_lexicon *lexicon = oc_lexicon_new(&s->arena);
    assert_int_equal(oc_lexicon_builtin(lexicon, &s->diags), OC_OK);
    assert_int_equal(oc_lexicon_build(lexicon, &s->diags), OC_OK);
    s->reader = oc_reader_make(&s->arena, lexicon, actors, 1);
}

/* What is read of a text, as JSON in `arena`. */
static oc_slice read_one(const oc_reader *reader, size_t text, oc_arena *arena)
{
    oc_sources sources = {.arena = arena};
    oc_diags diags = {.arena = arena, .sources = &sources};
    oc_read_options options = {.lang = OC_LANG_COUNT, .anchor = OC_DAY_NONE};
    oc_document *document;
    oc_slice bytes = oc_slice_of(texts[text]);
    if (oc_document_read(arena, reader, OC_SLICE("a.txt"), bytes, &options, &diags, &document) != OC_OK)
        return (oc_slice){"", 0};
    oc_json json = oc_json_in(arena);
    oc_json_list(&json, NULL);
    oc_document_json(document, &json);
    oc_json_end(&json);
    return oc_json_done(&json);
}

typedef struct desk {
    const oc_reader *reader;
    size_t first;
    oc_arena arena;
    oc_slice read[TEXTS];
} desk;

static void *read_all(void *context)
{
    desk *d = context;
    for (size_t i = 0; i < TEXTS; i++) {
        size_t text = (d->first + i) % TEXTS;
        d->read[text] = read_one(d->reader, text, &d->arena);
    }
    return NULL;
}

/* Several threads, each of which begins with another text, find what a reader of its own finds in each. */
static void threads_share_a_reader(void **state)
{
    (void)state;
    shelf shared, own[TEXTS];
    desk desks[THREADS] = {{.first = 0}};
    pthread_t threads[THREADS];
    open_shelf(&shared, NULL);
    for (size_t i = 0; i < THREADS; i++) {
        desks[i].reader = shared.reader;
        desks[i].first = i;
        oc_arena_init(&desks[i].arena, NULL, 0);
        assert_int_equal(pthread_create(&threads[i], NULL, read_all, &desks[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (size_t text = 0; text < TEXTS; text++) {
        open_shelf(&own[text], NULL);
        oc_slice expected = read_one(own[text].reader, text, &own[text].arena);
        oc_slice late = read_one(shared.reader, text, &shared.arena); /* all languages are prepared now */
        assert_true(expected.len > 0);
        assert_int_equal(late.len, expected.len);
        assert_memory_equal(late.ptr, expected.ptr, late.len);
        for (size_t i = 0; i < THREADS; i++) {
            assert_int_equal(desks[i].read[text].len, expected.len);
            assert_memory_equal(desks[i].read[text].ptr, expected.ptr, expected.len);
        }
        oc_arena_free(&own[text].arena);
    }
    for (size_t i = 0; i < THREADS; i++) oc_arena_free(&desks[i].arena);
    oc_arena_free(&shared.arena);
}

static void make_nothing(void *context, oc_arena *arena)
{
    int *calls = context;
    if (++*calls == 1) oc_arena_give_up(arena, OC_LIMIT);
}

/* What failed is tried again, what is made is not. */
static void made_once(void **state)
{
    (void)state;
    oc_arena arena;
    oc_arena_init(&arena, NULL, 0);
    oc_later *later = oc_later_new(&arena);
    atomic_bool ready = false;
    int calls = 0;
    assert_int_equal(oc_later_make(later, &ready, make_nothing, &calls), OC_LIMIT);
    assert_false(ready);
    for (int i = 0; i < 3; i++) assert_int_equal(oc_later_make(later, &ready, make_nothing, &calls), OC_OK);
    assert_int_equal(calls, 2);
    oc_arena_free(&arena);
}

/* An allocator that gives so many blocks and no more. */
static void *resize(void *context, void *old, size_t size)
{
    int *left = context;
    return (*left)-- > 0 ? oc_allocator_default.resize(NULL, old, size) : NULL;
}

static void release(void *context, void *old)
{
    (void)context;
    oc_allocator_default.release(NULL, old);
}

/* Without memory for its tables a document is not read, rather than read without some of its words. */
static void no_memory(void **state)
{
    (void)state;
    int failures = 0;
    for (int more = 0; more < 40; more++) {
        shelf s;
        int left = INT32_MAX;
        oc_allocator few = {resize, release, &left};
        open_shelf(&s, &few);
        oc_arena arena;
        oc_arena_init(&arena, NULL, 0);
        left = more;
        oc_slice found = read_one(s.reader, 1, &arena);
        failures += !found.len;
        left = INT32_MAX;
        oc_slice again = read_one(s.reader, 1, &arena);
        assert_true(again.len > 0);
        if (found.len) assert_memory_equal(found.ptr, again.ptr, again.len);
        oc_arena_free(&arena);
        oc_arena_free(&s.arena);
        if (found.len) break;
    }
    assert_in_range(failures, 3, 39);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(made_once), cmocka_unit_test(threads_share_a_reader),
                                       cmocka_unit_test(no_memory)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
