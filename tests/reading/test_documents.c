/* Reading documents: encodings, places, joins, and input that means harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>
#include <iconv.h>

#include "reading/document.h"
#include "reading/note.h"
#include "reading/print.h"
#include "reading/stamp.h"

typedef struct fixture {
    oc_arena arena, shared;
    oc_sources sources;
    oc_diags diags;
    const oc_reader *reader;
    oc_document *document;
    oc_status status;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    oc_arena_init(&f->shared, NULL, 0);
    f->sources.arena = &f->shared;
    f->diags = (oc_diags){.arena = &f->shared, .sources = &f->sources};
    oc_lexicon *lexicon = oc_lexicon_new(&f->shared);
    if (oc_lexicon_builtin(lexicon, &f->diags) != OC_OK || oc_lexicon_build(lexicon, &f->diags) != OC_OK) return -1;
    f->reader = oc_reader_make(&f->shared, lexicon, NULL, 0);
    oc_arena_init(&f->arena, NULL, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    oc_arena_free(&f->arena);
    oc_arena_free(&f->shared);
    free(f);
    return 0;
}

static const oc_document *read_as(fixture *f, const char *name, oc_slice bytes)
{
    oc_arena_free(&f->arena);
    f->diags.items.len = 0;
    f->diags.errors = f->diags.warnings = 0;
    oc_read_options options = {.lang = OC_LANG_COUNT, .anchor = OC_DAY_NONE};
    f->status = oc_document_read(&f->arena, f->reader, oc_slice_of(name), bytes, &options, &f->diags, &f->document);
    return f->document;
}

static const oc_document *read_text(fixture *f, const char *name, const char *text)
{
    return read_as(f, name, oc_slice_of(text));
}

static bool reported(const fixture *f, oc_code code)
{
    for (size_t i = 0; i < f->diags.items.len; i++)
        if (f->diags.items.at[i]->code == code) return true;
    return false;
}

static void expect_sentences(const oc_document *d, const char *const *texts, size_t count)
{
    assert_int_equal(d->sentences.len, count);
    for (size_t i = 0; i < count; i++) {
        oc_slice text = d->sentences.at[i].text;
        if (!oc_slice_is(text, texts[i])) print_error("got  %.*s\nwant %s\n", OC_FMT(text), texts[i] ? texts[i] : "");
        assert_true(oc_slice_is(text, texts[i]));
    }
}
#define EXPECT(d, ...)                                                                                                 \
    expect_sentences(d, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* What "I" expects, whoever is quoted beside it, the author expects. */
static void the_writer_says_i(void **state)
{
    fixture *f = *state;
    const oc_document *d =
        read_text(f, "voice.txt",
                  "How long the handover takes\n\nBy Naomi Feldstein\n\nMarch 9, 2026\n\n"
                  "On balance I expect full operational capability to be verified in the first half of 2027. "
                  "Officials expect the transfer in 2029.\n");
    assert_int_equal(d->claims.len, 2);
    assert_true(oc_slice_is(d->claims.at[0].label, "Naomi Feldstein"));
    assert_true(oc_slice_is(d->claims.at[1].label, "Officials"));
}

/* The bytes of a sentence, read in the file, are the sentence. */
static void places_lead_to_the_file(void **state)
{
    fixture *f = *state;
    const char *text = "\xef\xbb\xbf"
                       "見出しのない文書の最初の段落で、ここに二つの文がある。二つ目の文はこれで、やや長い。\n";
    const oc_document *d = read_text(f, "a.txt", text);
    assert_int_equal(f->status, OC_OK);
    assert_int_equal(d->sentences.len, 2);
    for (size_t i = 0; i < 2; i++) {
        const oc_sentence *s = &d->sentences.at[i];
        assert_true(oc_slice_equal(s->text, oc_slice_sub(d->text, s->source_start, s->source_end)));
        assert_int_equal(d->lines.at[s->line_at], 1);
    }
}

static void sentences_go_on_behind_notes_and_pages(void **state)
{
    fixture *f = *state;
    const oc_document *d =
        read_text(f, "a.md",
                  "# 題名としての一行\n\n両国は二〇二六年の春に会談を開き、工程表の作成で合\n\n<sup>1</sup> "
                  "外務省「発表」2026年3月1日、https://a.example.jp/1。\n\n- 4 "
                  "-\n\n意した<sup>1</sup>。次の会談は秋に開かれる。\n");
    EXPECT(d, "両国は二〇二六年の春に会談を開き、工程表の作成で合意した。", "次の会談は秋に開かれる。");
    assert_int_equal(d->sentences.at[0].line_count, 2);
    assert_int_equal(d->lines.at[d->sentences.at[0].line_at + 1], 9);
    assert_int_equal(d->notes.len, 1);
    assert_int_equal(d->notes.at[0].anchor, 0);
    assert_true(oc_slice_is(d->notes.at[0].url, "https://a.example.jp/1"));
}

/* A line that a conversion begins with the word of a byline is still in the middle of its sentence. */
static void a_broken_line_is_no_byline(void **state)
{
    fixture *f = *state;
    const oc_document *d =
        read_text(f, "a.md",
                  "# 指揮統制網の現在地\n\n装備の面では課題が残る。国防省は二月に国会へ出した資料で、通信網の\n"
                  "更新は「秋以降も続く」と認めた。費用は五年間で二十兆ウォンに上る。東\n京でも同じ声を聞いた。\n");
    EXPECT(d, "装備の面では課題が残る。", "国防省は二月に国会へ出した資料で、通信網の更新は「秋以降も続く」と認めた。",
           "費用は五年間で二十兆ウォンに上る。", "東京でも同じ声を聞いた。");
}

/* The last word before the foot of a page may be short, and a title of a note end like a sentence. */
static void a_page_break_ends_nothing(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_text(
        f, "a.md",
        "# A meeting and a silence\n\nThe two sides met in the spring.<sup>1</sup> One of them added that the guests "
        "had\n"
        "expected to leave with a year and\nleft\n\n<sup>1</sup> Mara Lund, “How Often Do Talks End on Time?”\n"
        "Alliance Studies Review 8, no. 2 (2025), 14-39.\n\n- 1 -\n\nwith a communiqué.\n\nThen came the leaks.\n");
    EXPECT(d, "The two sides met in the spring.",
           "One of them added that the guests had expected to leave with a year and left with a communiqué.",
           "Then came the leaks.");
    assert_int_equal(d->notes.len, 1);
    assert_true(oc_slice_is(d->notes.at[0].container, "Alliance Studies Review"));
    assert_true(oc_slice_is(d->notes.at[0].pages, "14-39"));
}

/* What a page states of others, in a list, a graph or the time of a card, is not its own. */
static void a_page_states_itself(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_text(
        f, "a.html",
        "<html lang=ko><head><script "
        "type='application/ld+json'>[{\"@context\":\"x\",\"@graph\":[{\"@type\":\"WebSite\","
        "\"name\":\"\\ub204\\ub9ac\"},{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\","
        "\"headline\":\"no\","
        "\"datePublished\":\"2020-01-01\"}]},{\"@type\":[\"NewsArticle\"],\"author\":[{\"@type\":\"Person\",\"name\":"
        "\"\\uc815\\uc720\\ub9bc\"}],"
        "\"publisher\":{\"logo\":{\"name\":\"logo\"},\"name\":\"\\ub204\\ub9ac\\uc77c\\ubcf4\"},\"datePublished\":"
        "\"2026-03-09T08:00\"}]}]</script></head>"
        "<body><aside><time datetime=2026-02-01>2월</time></aside><article><h1>국방장관 회견</h1>"
        "<p>국방부 장관은 협의의 진행 상황을 설명하고 가을에 결론을 내겠다고 말했다.</p></article></body></html>");
    assert_true(oc_slice_is(d->metadata.author, "정유림"));
    assert_true(oc_slice_is(d->metadata.publisher, "누리일보"));
    assert_true(oc_slice_is(d->metadata.published, "2026-03-09"));
}

static void a_card_with_its_date_is_related(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_text(
        f, "a.html",
        "<html "
        "lang=ja><body><article><h1>国防相が会見</h1><p>国防相は協議の進み具合を説明し、秋に結論を出すと述べた。</p></"
        "article>"
        "<section class=related><h2>関連記事</h2><div><a href=/1>演習半減に野党反発</a><time>2026.03.11</time></div>"
        "</section></body></html>");
    assert_int_equal(d->related.len, 1);
    assert_true(oc_slice_is(d->related.at[0].title, "演習半減に野党反発"));
}

/* A day with its year and an agency in brackets stand below a picture; a report may end with the agency alone. */
static void credits_end_captions(void **state)
{
    const oc_document *d = read_text(*state, "a.txt",
                                     "Ministers review the transfer\nBy Nora Pike\nSeptember 30, 2026\n\nThe two ministers reviewed the transfer of wartime operational "
                                     "control on Wednesday.\n\nDefense Minister Ahn Gyu-back speaks at the ministry in Seoul on Sept. 30, 2026. (Yonhap)\n\nThree items remain, "
                                     "the ministry said in a statement after the meeting. (Yonhap)\n");
    size_t captions = 0;
    for (size_t i = 0; i < d->regions.len; i++) captions += d->regions.at[i].kind == OC_REGION_CAPTION;
    assert_int_equal(captions, 1);
}

/* Rows that plain text sets with blanks are a table, between paragraphs that are broken in the middle of a word. */
static void tables_are_set_with_blanks(void **state)
{
    const oc_document *d = read_text(*state, "a.txt",
                                     "전작권 전환 추진평가회의 개최\n국방부\n2026. 9. 30.\n\n□ 국방부는 9월 30일 안규백 장관 주관으로 전작권 전환 추진평가회의를 개최하\n였습니다.\n\n"
                                     "구 분        2025년     2026년\n평가 항목     120개      155개\n충족 항목      98개      149개\n\n□ 검증 결과는 10월에 보고할 예정입니다.\n");
    size_t tables = 0;
    for (size_t i = 0; i < d->regions.len; i++) tables += d->regions.at[i].kind == OC_REGION_TABLE;
    assert_int_equal(tables, 1);
    EXPECT(d, "국방부는 9월 30일 안규백 장관 주관으로 전작권 전환 추진평가회의를 개최하였습니다.", "검증 결과는 10월에 보고할 예정입니다.");
}

/* Ranks, glued or on one line, and the heading above links are no titles. */
static void ranks_are_no_titles(void **state)
{
    static const char *const titles[] = {"철도 파업 나흘 만에 끝나", "수도권 아파트값 석 주째 하락", "Rail unions suspend strike",
                                         "Heat warning extended to Sunday", "연합훈련 뒤로 미룬 22건, 언제 하나"};
    static const char *const pages[][2] = {
        {"a.txt", "전작권 점검 회의 열려\n홍지우 기자\n2026-09-10\n\n국방부는 10일 전작권 전환 추진 회의를 열고 남은 과제를 점검했다고 밝혔다.\n\n많이 본 뉴스\n"
                  "1철도 파업 나흘 만에 끝나\n2수도권 아파트값 석 주째 하락\n"},
        {"a.txt", "Ministers review the transfer\nBy Nora Pike\nSeptember 10, 2026\n\nThe two ministers reviewed the transfer of wartime operational control on "
                  "Thursday.\n\nMost viewed 1 Rail unions suspend strike 2 Heat warning extended to Sunday\n"},
        {"a.html", "<html><body><article><h1>전작권 점검 회의 열려</h1><p>국방부는 10일 전작권 전환 추진 회의를 열고 남은 과제를 점검했다고 밝혔다.</p></article>"
                   "<section class=\"related\"><h3>눈에 띄는 이야기들</h3><div><a href=\"/1\">연합훈련 뒤로 미룬 22건, 언제 하나</a></div></section></body></html>"},
    };
    size_t seen = 0;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const oc_document *d = read_text(*state, pages[i][0], pages[i][1]);
        for (size_t k = 0; k < d->related.len; k++, seen++)
            assert_true(seen < 5 && oc_slice_is(d->related.at[k].title, titles[seen]));
    }
    assert_int_equal(seen, 5);
}

static void stops_that_end_nothing(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_text(f, "a.txt",
                                     "The U.S. Forces Korea commander, Gen. J. P. Smith, met Dr. Lee at 3.5 miles from "
                                     "No. 10 on Monday. \"We agreed. We will go on,\" he said. "
                                     "Talks ended in Washington, D.C. The next round is open.\n");
    EXPECT(d, "The U.S. Forces Korea commander, Gen. J. P. Smith, met Dr. Lee at 3.5 miles from No. 10 on Monday.",
           "\"We agreed. We will go on,\" he said.", "Talks ended in Washington, D.C.", "The next round is open.");
    d = read_text(f, "b.txt",
                  "장관은 2026. 3. 9. 회견에서 \"준비가 됐다. 이제 시작이다.\"라고 말했다. 예산은 3.5% 늘었다.\n");
    EXPECT(d, "장관은 2026. 3. 9. 회견에서 \"준비가 됐다. 이제 시작이다.\"라고 말했다.", "예산은 3.5% 늘었다.");
    d = read_text(
        f, "c.txt",
        "大臣は「準備は整った。あとは決断だけだ」と述べた。「閉じない括弧がここにある。それでも次の文は分かれる。\n");
    EXPECT(d, "大臣は「準備は整った。あとは決断だけだ」と述べた。", "「閉じない括弧がここにある。",
           "それでも次の文は分かれる。");
}

static void markers_are_no_powers(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_text(
        f, "a.md", "基地の面積は約12km²であり、返還の対象は2030<sup>4</sup>年までに決まる見通しとされている。\n");
    EXPECT(d, "基地の面積は約12km²であり、返還の対象は2030年までに決まる見通しとされている。");
    assert_int_equal(d->sentences.at[0].note_count, 1);
}

static oc_slice convert(oc_arena *arena, const char *to, const char *text)
{
    size_t in_left = strlen(text), room = in_left * 4, out_left = room;
    char *out = oc_arena_alloc(arena, room), *in = (char *)text, *at = out;
    iconv_t handle = iconv_open(to, "UTF-8");
    assert_true(handle != (iconv_t)-1);
    assert_true(iconv(handle, &in, &in_left, &at, &out_left) != (size_t)-1);
    iconv_close(handle);
    return (oc_slice){out, room - out_left};
}

static void encodings_are_recognised(void **state)
{
    fixture *f = *state;
    static const char ja[] = "国防相は会見で、移管の準備は順調に進んでいると説明した。検証は夏に行われる。\n";
    static const char ko[] = "국방부 장관은 회견에서 전환 준비가 순조롭다고 설명했다. 검증은 여름에 이루어진다.\n";
    static const struct {
        const char *to, *name;
        bool korean;
    } cases[] = {{"CP932", "Shift_JIS", false},        {"EUC-JP", "EUC-JP", false},     {"CP949", "EUC-KR", true},
                 {"UTF-16", "UTF-16LE", false},        {"UTF-16LE", "UTF-16LE", false}, {"UTF-16BE", "UTF-16BE", true},
                 {"ISO-2022-JP", "ISO-2022-JP", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oc_slice bytes = convert(&f->shared, cases[i].to, cases[i].korean ? ko : ja);
        const oc_document *d = read_as(f, "a.txt", bytes);
        assert_int_equal(f->status, OC_OK);
        assert_string_equal(d->encoding, cases[i].name);
        assert_int_equal(d->sentences.len, 2);
        assert_int_equal(d->lang, cases[i].korean ? OC_LANG_KO : OC_LANG_JA);
    }
}

static void broken_bytes_are_told(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_text(
        f, "a.txt", "文字列の途中に壊れた\xff\xfe\xc0バイトがあるが、残りの文は正しく読めなければならない。\n");
    assert_int_equal(f->status, OC_OK);
    assert_true(reported(f, OC_W0720));
    assert_true(oc_slice_find(d->body, OC_SLICE("\xef\xbf\xbd"), 0) != SIZE_MAX);
    static const char noise[] =
        "\x01\x02\x7f\x45LF\0\0\0\0\x03\x04\x05\x06\x07\x08\x0e\x0f\0\0\0\x90\x91\xff\xee\0\x11\x12";
    read_as(f, "a.bin", (oc_slice){noise, sizeof noise - 1});
    assert_int_equal(f->status, OC_INPUT);
    assert_true(reported(f, OC_E0722));
    /* Titles alone, no paragraph. */
    d = read_text(f, "a.txt", "A headline without any paragraph\nBy Ann Reed\n");
    assert_int_equal(f->status, OC_OK);
    assert_int_equal(d->sentences.len, 0);
    read_text(f, "a.txt", " \n\n");
    assert_int_equal(f->status, OC_INPUT);
    assert_true(reported(f, OC_E0723));
}

static void direction_marks_go(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_text(f, "a.txt",
                                     "The file is named \xe2\x80\xae"
                                     "fdp.exe\xe2\x80\xac and it is longer than sixty characters in total here.\n");
    assert_true(reported(f, OC_W0723));
    assert_true(oc_slice_find(d->body, OC_SLICE("\xe2\x80\xae"), 0) == SIZE_MAX);
    assert_true(oc_slice_find(d->body, OC_SLICE("named fdp.exe and"), 0) != SIZE_MAX);
}

static void scripts_are_no_text(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_text(
        f, "a.html",
        "<html><body><script>document.write('<p>This must never be a sentence of the body at all, never.</p>')</script>"
        "<style>p{}</style><iframe src=http://x.example/>inside</iframe><p onclick='alert(1)'>The only sentence of "
        "this page that counts stands in this paragraph here.</p>"
        "<div style='display:none'><p>A hidden paragraph that is long enough to be mistaken for a part of the "
        "body.</p></div></body></html>");
    EXPECT(d, "The only sentence of this page that counts stands in this paragraph here.");
    assert_true(oc_slice_find(d->body, OC_SLICE("alert"), 0) == SIZE_MAX);
}

static oc_slice repeat(oc_arena *arena, const char *unit, size_t count, const char *tail)
{
    oc_text text = oc_text_in(arena);
    for (size_t i = 0; i < count; i++) oc_text_add(&text, oc_slice_of(unit));
    oc_text_add(&text, oc_slice_of(tail));
    return oc_text_slice(&text);
}

static void deep_html_is_read_flat(void **state)
{
    fixture *f = *state;
    oc_slice page =
        repeat(&f->shared, "<div>", 100000,
               "<p>Deep below a hundred thousand elements stands this one sentence, whole and unharmed.</p>");
    const oc_document *d = read_as(f, "a.html", page);
    assert_int_equal(f->status, OC_OK);
    assert_true(reported(f, OC_W0721));
    EXPECT(d, "Deep below a hundred thousand elements stands this one sentence, whole and unharmed.");
}

/* Shapes that make careless readers quadratic: each must end within the test's time limit. */
static void hostile_shapes_end(void **state)
{
    fixture *f = *state;
    static const char *const units[] = {"「",
                                        "(",
                                        "\"",
                                        "<sup>",
                                        "<sup>1",
                                        "[^",
                                        "[",
                                        "<a b=\"",
                                        "<!--",
                                        "</p>",
                                        "<p>",
                                        "&#x",
                                        "*",
                                        "> ",
                                        "| a ",
                                        "1. ",
                                        "\n1 http://",
                                        "と述べ",
                                        "『「",
                                        "。",
                                        "a.",
                                        "年",
                                        "2026",
                                        "は",
                                        "\xe3",
                                        "\xe2\x80",
                                        "<script>",
                                        "\f",
                                        "# ",
                                        "関連記事\n",
                                        "according to A, ",
                                        "\n\n- ",
                                        "\xc2\xb9"};
    static const char *const names[] = {"a.txt", "a.md", "a.html"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        for (size_t k = 0; k < 3; k++) {
            oc_arena scratch;
            oc_arena_init(&scratch, NULL, 0);
            read_as(f, names[k], repeat(&scratch, units[i], (200u << 10) / strlen(units[i]), "\n"));
            oc_json json = oc_json_in(&f->arena);
            oc_json_list(&json, NULL);
            if (f->status == OC_OK) oc_document_json(f->document, &json);
            oc_json_end(&json);
            oc_arena_free(&scratch);
        }
}

/* Reads it, prints it, and may take so long: a hundred times what it takes. */
static void read_soon(fixture *f, const char *name, oc_slice text)
{
    clock_t before = clock();
    read_as(f, name, text);
    oc_json json = oc_json_in(&f->arena);
    oc_json_list(&json, NULL);
    if (f->status == OC_OK) oc_document_json(f->document, &json);
    oc_json_end(&json);
    double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
    if (seconds > 4) fail_msg("%.40s… takes %.1f s", text.ptr, seconds);
}

/* Heads of a megabyte, in which every line could be a title, a byline, a date or a running head. */
static void long_heads_end(void **state)
{
    fixture *f = *state;
    static const char *const lines[] = {"2026-05-03\n\n",
                                        "By John Smith 12\n\n",
                                        "A title of a card\n2026-05-03\n\n",
                                        "Photo: a man\n\n",
                                        "Atlantic Forum 3\n\nAll rights reserved\n\n",
                                        "the minister of the state who was in the house\n12\n"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        oc_arena scratch;
        oc_arena_init(&scratch, NULL, 0);
        oc_slice text = repeat(&scratch, lines[i], (1u << 20) / strlen(lines[i]), "\n");
        read_soon(f, "a.txt", text);
        read_soon(f, "a.html", text);
        oc_arena_free(&scratch);
    }
}

/* Sentences nearly as long as any that are read, full of what a rule holds against everything else of its kind. */
static void full_sentences_end(void **state)
{
    fixture *f = *state;
    static const char *const units[] = {"“I say ",
                                        "he said that ",
                                        "\"Yes,\" Kim said, ",
                                        "the OPCON transfer by 2029 and ",
                                        "if the OPCON transfer ",
                                        "FOC verification in 2027, ",
                                        "「移管」とキム氏は述べ、",
                                        "戦作権移管は2029年に、",
                                        "전작권 전환은 2029년에 ",
                                        "“전환”이라고 김 장관은 ",
                                        "meeting in May, ",
                                        "not until 2029 ",
                                        "3 percent 4 billion "};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        oc_arena scratch;
        oc_arena_init(&scratch, NULL, 0);
        oc_slice sentence = repeat(&scratch, units[i], 7900 / strlen(units[i]), ".\n\n");
        read_soon(f, "a.txt", repeat(&scratch, oc_arena_copy(&scratch, sentence).ptr, 32, "\n"));
        oc_arena_free(&scratch);
    }
}

static void large_files_are_refused(void **state)
{
    fixture *f = *state;
    read_as(f, "a.txt", (oc_slice){"x", (size_t)1 << 30});
    assert_int_equal(f->status, OC_LIMIT);
    assert_true(reported(f, OC_E0721));
}

/* A PDF of one page, written by hand; its table of places is left out, which readers repair. */
static const char pdf[] =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 131>>stream\nBT /F1 10 Tf 20 150 Td (The page of this file has one sentence, and pdftotext must "
    "find it.) Tj ET"
    "                                         \nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

static void pdf_goes_through_its_own_process(void **state)
{
    fixture *f = *state;
    const oc_document *d = read_as(f, "a.pdf", (oc_slice){pdf, sizeof pdf - 1});
    if (reported(f, OC_E0724)) return;
    assert_int_equal(f->status, OC_OK);
    EXPECT(d, "The page of this file has one sentence, and pdftotext must find it.");
    read_text(f, "b.pdf", "%PDF-1.4\nnothing that could be a file\n");
    assert_int_equal(f->status, OC_INPUT);
    /* The tree of pages that holds itself. */
    read_text(f, "c.pdf",
              "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count "
              "9>>endobj\ntrailer<</Root 1 0 R>>\n");
    assert_int_equal(f->status, OC_INPUT);
}

static void notes_give_their_fields(void **state)
{
    fixture *f = *state;
    static const struct {
        oc_lang lang;
        const char *text, *author, *title, *container, *publisher, *date, *pages, *url, *accessed;
    } cases[] = {
        {OC_LANG_JA, "山本一『平和の条件』(架空社、2020年)、45-47頁。", "山本一", "平和の条件", "", "架空社", "2020",
         "45-47", "", ""},
        {OC_LANG_JA, "防衛省「年次報告」『防衛月報』2024年4月、https://m.example.jp/r.(最終閲覧2024年5月1日)", "防衛省",
         "年次報告", "防衛月報", "", "2024-04", "", "https://m.example.jp/r", "2024-05-01"},
        {OC_LANG_EN, "Ann Reed, \"Two Keys,\" Strategy Review 3, no. 1 (2018): 5–19, https://s.example.org/a_(b).",
         "Ann Reed", "Two Keys", "Strategy Review", "", "2018", "5–19", "https://s.example.org/a_(b)", ""},
        {OC_LANG_KO, "김하나, 『두 개의 열쇠』 (서울: 가온, 2021), p. 12.", "김하나", "두 개의 열쇠", "", "가온",
         "2021", "12", "", ""},
        {OC_LANG_JA, "「長官『条件が先』」『瀬戸新報』2025年7月17日。", "", "長官『条件が先』", "瀬戸新報", "",
         "2025-07-17", "", "", ""},
        {OC_LANG_KO, "김하나, 「장관 \"조건이 먼저\"」, 『가온신문』, 2026년 5월 21일.", "김하나",
         "장관 \"조건이 먼저\"", "가온신문", "", "2026-05-21", "", "", ""},
        {OC_LANG_KO, "김하나, 「두 개의 열쇠」, 『의정연구』 제3권 제2호, 가온학회, 2026, 45-52쪽.", "김하나",
         "두 개의 열쇠", "의정연구", "가온학회", "2026", "45-52", "", ""},
        {OC_LANG_KO, "Ann Reed, \"Two Keys,\" House Armed Services Committee, April 2026, p. 11.", "Ann Reed",
         "Two Keys", "", "House Armed Services Committee", "2026-04", "11", "", ""},
        {OC_LANG_JA, "Statement of General Ann Reed, Senate Armed Services Committee, April 2026, pp. 11-12.", "",
         "Statement of General Ann Reed", "", "Senate Armed Services Committee", "2026-04", "11-12", "", ""},
        {OC_LANG_EN, "Ministry of Defense, \"Plan for Exercises,\" press release, May 28, 2026.", "Ministry of Defense",
         "Plan for Exercises", "", "", "2026-05-28", "", "", ""},
        {OC_LANG_JA, "この点については後の章で詳しく述べる。", "", "", "", "", "", "", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oc_note note = {.text = oc_slice_of(cases[i].text), .anchor = -1};
        oc_note_read(&f->shared, f->reader->cues, cases[i].lang, &note);
        assert_true(oc_slice_is(note.author, cases[i].author));
        assert_true(oc_slice_is(note.title, cases[i].title));
        assert_true(oc_slice_is(note.container, cases[i].container));
        assert_true(oc_slice_is(note.publisher, cases[i].publisher));
        assert_true(oc_slice_is(note.date, cases[i].date));
        assert_true(oc_slice_is(note.pages, cases[i].pages));
        assert_true(oc_slice_is(note.url, cases[i].url));
        assert_true(oc_slice_is(note.accessed, cases[i].accessed));
    }
}

static void stamps_are_read(void **state)
{
    fixture *f = *state;
    static const char *const cases[][2] = {
        {"2026年3月9日(月)", "2026-03-09"},
        {"令和8年3月", "2026-03"},
        {"입력 2026. 3. 9. 10:00", "2026-03-09"},
        {"2026-03-09T10:00Z", "2026-03-09"},
        {"Mar. 9, 2026", "2026-03-09"},
        {"9 March 2026", "2026-03-09"},
        {"２０２６年３月９日", "2026-03-09"},
        {"2026/02/30", ""},
        {"12-34", ""},
        {"3.5 percent", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        oc_stamp stamp;
        bool found = oc_stamp_find(oc_slice_of(cases[i][0]), 0, false, &stamp);
        assert_int_equal(found, cases[i][1][0] != 0);
        if (found) assert_true(oc_slice_is(oc_stamp_print(&f->shared, &stamp), cases[i][1]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_lead_to_the_file),
        cmocka_unit_test(the_writer_says_i),
        cmocka_unit_test(sentences_go_on_behind_notes_and_pages),
        cmocka_unit_test(a_broken_line_is_no_byline),
        cmocka_unit_test(a_page_states_itself),
        cmocka_unit_test(a_card_with_its_date_is_related),
        cmocka_unit_test(a_page_break_ends_nothing),
        cmocka_unit_test(credits_end_captions),
        cmocka_unit_test(tables_are_set_with_blanks),
        cmocka_unit_test(ranks_are_no_titles),
        cmocka_unit_test(stops_that_end_nothing),
        cmocka_unit_test(markers_are_no_powers),
        cmocka_unit_test(encodings_are_recognised),
        cmocka_unit_test(broken_bytes_are_told),
        cmocka_unit_test(direction_marks_go),
        cmocka_unit_test(scripts_are_no_text),
        cmocka_unit_test(deep_html_is_read_flat),
        cmocka_unit_test(hostile_shapes_end),
        cmocka_unit_test(long_heads_end),
        cmocka_unit_test(full_sentences_end),
        cmocka_unit_test(large_files_are_refused),
        cmocka_unit_test(pdf_goes_through_its_own_process),
        cmocka_unit_test(notes_give_their_fields),
        cmocka_unit_test(stamps_are_read),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
