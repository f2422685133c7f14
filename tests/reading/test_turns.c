/* Interviews: who asks, who answers, and whose words the answers are, in the shapes that papers print. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/text.h"
#include "reading/document.h"

typedef struct interview {
    const char *shape, *file, *text;
    const char *turns;   /* ? before each paragraph that asks, ! before one that answers, its first bytes */
    const char *speaker; /* of the answers; "": they are nobody's */
} interview;

#define LEAD_KO                                                                                                        \
    "[인터뷰] 강태훈 예비역 대장\n홍지우 기자\n2026-09-10\n\n"                                         \
    "강태훈 전 연합사 부사령관을 지난 8일 서울에서 만났다. 그는 2021년에 전역했다.\n\n"
#define LEAD_JA                                                                                                        \
    "元副司令官に聞く\n南雲佳代\n2026年10月5日\n\n"                                                     \
    "戦時作戦統制権の移管をめぐり、米韓両政府は調整を続けている。元副司令官の任浩敏氏に聞いた。\n\n"
#define LEAD_EN                                                                                                        \
    "Interview: 'The date is the easy part'\nBy Nora Pike\nSeptember 10, 2026\n\n"                                     \
    "The Strait Monitor spoke with Lt. Gen. Kang Tae-hoon, a former deputy commander, in Seoul on Tuesday.\n\n"

static const interview interviews[] = {
    {"ko: dash and triangle", "a.txt",
     LEAD_KO "-검증은 어디까지 왔나.\n▲평가는 끝났고 서류만 남았다. 승인이 남았다.\n-미국이 미루면 어떻게 되나.\n"
             "▲그러면 내년 봄에 다시 해야 한다.\n\n그는 자리에서 일어나 창밖을 오래 바라보았다.\n",
     "?검증은 어디까지 왔나.|!평가는 끝났고 서류만 남았다.|?미국이 미루면 어떻게 되나.|!그러면 내년 봄에 다시 해야 "
     "한다.|",
     "강태훈 전 연합사 부사령관"},
    {"ko: dashes, plain answers of two paragraphs", "a.txt",
     LEAD_KO "- 검증은 어디까지 왔나?\n\n평가는 끝났고 서류만 남았다.\n\n다음 달에는 승인이 날 것으로 본다.\n\n- "
             "연도를 공개해야 하나?\n\n"
             "공개해야 책임지는 사람이 생긴다.\n\n- 남은 일은?\n\n사람을 채우는 일이다.\n",
     "?검증은 어디까지 왔나?|!평가는 끝났고 서류만 남았다.|!다음 달에는 승인이 날 것으로 본다.|?연도를 공개해야 "
     "하나?|!공개해야 책임지는 사람이 생긴다.|"
     "?남은 일은?|!사람을 채우는 일이다.|",
     "강태훈 전 연합사 부사령관"},
    {"ko: long dash, answers in marks", "a.txt",
     LEAD_KO "―검증은 어디까지 왔습니까?\n“평가는 끝났고 서류만 남았습니다. 승인이 남았습니다.”\n―연도를 공개해야 "
             "합니까?\n“공개해야 책임지는 사람이 생깁니다.”\n",
     "?―검증은 어디까지 왔습니까?|!“평가는 끝났고 서류만 남았습니다. 승인이 남았습니다.”|?―연도를 공개해야 "
     "합니까?|!“공개해야 책임지는 사람이 생깁니다.”|",
     "강태훈 전 연합사 부사령관"},
    {"ko: Q. and A.", "a.txt",
     LEAD_KO "Q. 검증은 어디까지 왔나.\nA. 평가는 끝났고 서류만 남았다.\nQ. 미국이 미루면?\nA. 그러면 내년 봄에 다시 "
             "해야 한다.\n",
     "?검증은 어디까지 왔나.|!평가는 끝났고 서류만 남았다.|?미국이 미루면?|!그러면 내년 봄에 다시 해야 한다.|",
     "강태훈 전 연합사 부사령관"},
    {"ko: 문 and 답", "a.txt",
     LEAD_KO "문 검증은 어디까지 왔나.\n답 평가는 끝났고 서류만 남았다.\n문 미국이 미루면 어떻게 되나.\n답 그러면 내년 "
             "봄에 다시 해야 한다.\n",
     "?검증은 어디까지 왔나.|!평가는 끝났고 서류만 남았다.|?미국이 미루면 어떻게 되나.|!그러면 내년 봄에 다시 해야 "
     "한다.|",
     "강태훈 전 연합사 부사령관"},
    {"ko: diamonds, plain answers", "a.txt",
     LEAD_KO "◇ 검증은 어디까지 왔습니까?\n\n평가는 끝났고 서류만 남았습니다.\n\n◇ 연도를 공개해야 합니까?\n\n공개해야 "
             "책임지는 사람이 생깁니다.\n",
     "?검증은 어디까지 왔습니까?|!평가는 끝났고 서류만 남았습니다.|?연도를 공개해야 합니까?|!공개해야 책임지는 사람이 "
     "생깁니다.|",
     "강태훈 전 연합사 부사령관"},
    {"ko: labels in signs", "a.txt",
     LEAD_KO "■질문 검증은 어디까지 왔습니까?\n■답변 평가는 끝났고 서류만 남았습니다.\n■질문 연도를 공개해야 "
             "합니까?\n■답변 공개해야 책임지는 사람이 생깁니다.\n",
     "?검증은 어디까지 왔습니까?|!평가는 끝났고 서류만 남았습니다.|?연도를 공개해야 합니까?|!공개해야 책임지는 사람이 "
     "생깁니다.|",
     "강태훈 전 연합사 부사령관"},
    {"ko: bold in Markdown", "a.md",
     LEAD_KO "**검증은 어디까지 왔습니까?**\n\n평가는 끝났고 서류만 남았습니다.\n\n**연도를 공개해야 "
             "합니까?**\n\n공개해야 책임지는 사람이 생깁니다.\n\n"
             "**남은 일은 무엇입니까?**\n\n사람을 채우는 일입니다.\n",
     "?검증은 어디까지 왔습니까?|!평가는 끝났고 서류만 남았습니다.|?연도를 공개해야 합니까?|!공개해야 책임지는 사람이 "
     "생깁니다.|?남은 일은 무엇입니까?|"
     "!사람을 채우는 일입니다.|",
     "강태훈 전 연합사 부사령관"},
    {"ko: the introduction stands right before", "a.txt",
     "전작권 검증 마무리\n홍지우 기자\n2026-09-10\n\n강태훈 전 연합사 부사령관은 검증의 산증인이다. 다음은 강 전 "
     "부사령관과의 일문일답.\n"
     "-검증은 어디까지 왔나.\n▲평가는 끝났고 서류만 남았다.\n-미국이 미루면 어떻게 되나.\n▲그러면 내년 봄에 다시 해야 "
     "한다.\n",
     "?검증은 어디까지 왔나.|!평가는 끝났고 서류만 남았다.|?미국이 미루면 어떻게 되나.|!그러면 내년 봄에 다시 해야 "
     "한다.|",
     "강태훈"},
    {"ja: long dashes and brackets", "a.txt",
     LEAD_JA "――準備はどこまで進みましたか。\n「9割は終わった。残る1割が重い」\n――延期の可能性はありませんか。\n「ない"
             "とは言えない。以前も白紙に戻した」\n"
             "取材の終わりに、元副司令官は覚書を見せてくれた。\n",
     "?――準備はどこまで進みましたか。|!「9割は終わった。残る1割が重い」|?――延期の可能性はありませんか。|!"
     "「ないとは言えない。以前も白紙に戻した」|",
     "任浩敏氏"},
    {"ja: long dashes, plain answers", "a.txt",
     LEAD_JA "─準備はどこまで進みましたか。\n\n9割は終わったと見ている。残る1割が重い。\n\n─大統領は30年までと言ってい"
             "ます。\n\n可能だと思う。ただ、条件が崩れれば遅れる。\n\n"
             "─延期の可能性は。\n\nないとは言えない。\n",
     "?─準備はどこまで進みましたか。|!9割は終わったと見ている。|?─大統領は30年までと言っています。|!可能だと思う。|?"
     "─延期の可能性は。|!ないとは言えない。|",
     "任浩敏氏"},
    {"ja: Q and A", "a.txt",
     LEAD_JA "Ｑ　準備はどこまで進みましたか。\nＡ　9割は終わったと見ている。\nＱ　延期の可能性はありませんか。\nＡ　な"
             "いとは言えない。\n",
     "?準備はどこまで進みましたか。|!9割は終わったと見ている。|?延期の可能性はありませんか。|!ないとは言えない。|",
     "任浩敏氏"},
    {"ja: labels between signs", "a.txt",
     LEAD_JA "＝質問＝準備はどこまで進みましたか。\n＝回答＝9割は終わったと見ている。\n＝質問＝延期の可能性はありません"
             "か。\n＝回答＝ないとは言えない。\n",
     "?準備はどこまで進みましたか。|!9割は終わったと見ている。|?延期の可能性はありませんか。|!ないとは言えない。|",
     "任浩敏氏"},
    {"ja: a record of a minister's conference keeps its labels, and quotes nobody", "a.txt",
     "防衛大臣記者会見概要\n防衛省\n令和8年9月29日\n\n問　準備はどこまで進みましたか。\n答　韓国側にお尋ねください。\n"
     "問　延期の可能性はありませんか。\n答　承知しておりません。\n",
     "?問　準備はどこまで進みましたか。|!答　韓国側にお尋ねください。|?問　延期の可能性はありませんか。|!"
     "答　承知しておりません。|",
     ""},
    {"ja: bold in HTML", "a.html",
     "<html><head><title>元副司令官に聞く</title></head><body><article><h1>元副司令官に聞く</h1><p>2026年10月5日</p>"
     "<p>戦時作戦統制権の移管をめぐり、米韓両政府は調整を続けている。元副司令官の任浩敏氏に聞いた。</p>"
     "<p><b>準備はどこまで進みましたか。</b></p><p>9割は終わったと見ている。残る1割が重い。</p>"
     "<p><b>延期の可能性はありませんか。</b></p><p>ないとは言えない。以前も白紙に戻した。</p>"
     "<p><b>日本への影響は。</b></p><p>後方基地の枠組みは変わらない。</p></article></body></html>",
     "?準備はどこまで進みましたか。|!9割は終わったと見ている。|?延期の可能性はありませんか。|!ないとは言えない。|?"
     "日本への影響は。|!後方基地の枠組みは変わらない。|",
     "任浩敏氏"},
    {"ja: names keep their place in the sentence", "a.txt",
     "防衛大臣会見録\n2026年9月29日\n\n記者　準備はどこまで進みましたか。\n大臣　韓国側にお尋ねください。\n記者　延期の"
     "可能性はありませんか。\n大臣　承知しておりません。\n",
     "", ""},
    {"en: Q and A", "a.txt",
     LEAD_EN "Q: How far along is the verification?\nA: The test is over and the paperwork remains. I expect approval "
             "next month.\n"
             "Q: And if Washington waits?\nA: Then we do it again in the spring.\n",
     "?How far along is the verification?|!The test is over and the paperwork remains.|?And if Washington waits?|!Then "
     "we do it again in the spring.|",
     "Lt. Gen. Kang Tae-hoon"},
    {"en: bold questions", "a.md",
     LEAD_EN "**How far along is the verification?**\n\nThe test is over and the paperwork remains.\n\n**Should the "
             "year be public?**\n\n"
             "It should. Somebody has to answer for it.\n\n**What is left?**\n\nPeople.\n",
     "?How far along is the verification?|!The test is over and the paperwork remains.|?Should the year be public?|!It "
     "should.|?What is left?|!People.|",
     "Lt. Gen. Kang Tae-hoon"},
    {"en: dashes and broken lines", "a.txt",
     LEAD_EN
     "- How far along is the verification of the future command, and\nwho decides whether it has passed?\n\n"
     "The test is over and the paperwork remains. I would expect the\ntwo chairmen to sign next month.\n\n"
     "- Should the year be public?\n\nIt should, because somebody has to answer for it when the day\ncomes and goes.\n",
     "?How far along is the verification of the future command, and who decides whether it has passed?|"
     "!The test is over and the paperwork remains.|?Should the year be public?|!It should, because somebody has to "
     "answer for it when the day comes and goes.|",
     "Lt. Gen. Kang Tae-hoon"},
    {"en: questions and answers in HTML, the paper asks by name once", "a.html",
     "<html><head><title>'A date is a promise': Q&amp;A with Gen. Kang Tae-hoon</title></head><body><article><h1>'A "
     "date is a promise': Q&amp;A with Gen. "
     "Kang Tae-hoon</h1><p>By Nora Pike</p><p>September 10, 2026</p><p>Gen. Kang Tae-hoon, who led the South Korean "
     "side of the 2019 assessment, spoke to the "
     "Strait Monitor in Seoul. The interview has been edited for length.</p><p><strong>Is 2028 "
     "realistic?</strong></p><p>I do not think so.</p><p>Nobody has "
     "counted the staff.</p><p><strong>Strait Monitor: Who decides?</strong></p><p>The two presidents decide, and they "
     "should name a year.</p></article></body></html>",
     "?Is 2028 realistic?|!I do not think so.|!Nobody has counted the staff.|?Strait Monitor: Who decides?|!The two "
     "presidents decide, and they should name a year.|",
     "Gen. Kang Tae-hoon"},
    {"ja: an answer in two pairs of brackets, a signature", "a.txt",
     LEAD_JA "　――移管の時期をどう見ますか。\n　「早くても2029年でしょう」\n　「それに米国の選挙もあります」\n　――日本"
             "は何をすべきですか。\n"
             "　「後方基地の扱いを詰めておくべきです」（聞き手・南雲佳代）\n　かしわぎ・まこと　1958年生まれ。2019年ま"
             "で統合幕僚長。\n",
     "?――移管の時期をどう見ますか。|!「早くても2029年でしょう」|!「それに米国の選挙もあります」|?"
     "――日本は何をすべきですか。|"
     "!「後方基地の扱いを詰めておくべきです」（聞き手・南雲佳代）|",
     "任浩敏氏"},
    {"ja: numbered questions in bold", "a.md",
     LEAD_JA "**Q1．移管の時期は。**\n\n早くても2029年でしょう。\n\nしかし検証には1年かかります。\n\n**"
             "Q2．日本は何をすべきですか。**\n\n後方基地の扱いを詰めておくべきです。\n",
     "?移管の時期は。|!早くても2029年でしょう。|!しかし検証には1年かかります。|?日本は何をすべきですか。|!"
     "後方基地の扱いを詰めておくべきです。|",
     "任浩敏氏"},
    {"ko: names, in a text that calls itself an interview", "a.txt",
     LEAD_KO "기자: 검증은 어디까지 왔습니까?\n강태훈: 평가는 끝났고 서류만 남았습니다. 승인이 남았습니다.\n기자: "
             "연도를 공개해야 합니까?\n강태훈: 공개해야 책임지는 사람이 생깁니다.\n",
     "?기자: 검증은 어디까지 왔습니까?|!강태훈: 평가는 끝났고 서류만 남았습니다.|?기자: 연도를 공개해야 "
     "합니까?|!강태훈: 공개해야 책임지는 사람이 생깁니다.|",
     "강태훈 전 연합사 부사령관"},
    {"ja: names with a wide blank, in an interview", "a.txt",
     LEAD_JA "記者　移管の時期をどう見ますか。\n任氏　早くても2029年でしょう。\n記者　日本は何をすべきですか。\n任氏　"
             "後方基地の扱いを詰めておくべきです。\n",
     "?記者　移管の時期をどう見ますか。|!任氏　早くても2029年でしょう。|?記者　日本は何をすべきですか。|!"
     "任氏　後方基地の扱いを詰めておくべきです。|",
     "任浩敏氏"},
    {"en: names and initials", "a.txt",
     LEAD_EN "Strait Monitor: Will the transfer come by 2028?\nKang Tae-hoon: I doubt it. The verification will end "
             "this year.\nSM: Who decides?\nKTH: The presidents.\n",
     "?Strait Monitor: Will the transfer come by 2028?|!Kang Tae-hoon: I doubt it.|?SM: Who decides?|!KTH: The "
     "presidents.|",
     "Lt. Gen. Kang Tae-hoon"},
    {"en: headings that ask are headings", "a.md",
     "# Seven questions on the transfer\n\nBy Nora Pike\n\nThe transfer of wartime operational control has been put "
     "off twice, and this page explains why it may be "
     "put off again.\n\n## What is it?\n\nCommand over the combined forces of both countries in a war.\n\n## Who "
     "decides?\n\nThe two presidents decide.\n\n## When?\n\n"
     "Nobody knows for now.\n",
     "", ""},
    {"ko: a list of tasks with dashes asks nothing", "a.txt",
     "전작권 점검 회의\n국방부\n2026-09-10\n\n국방부는 10일 전작권 전환 추진 회의를 열고 남은 과제를 점검했다고 "
     "밝혔다.\n\n- 검증은 10월까지 마친다.\n- 참모는 내년까지 채운다.\n"
     "▲ 위성은 2028년에 갖춘다.\n- 예산은 12월에 정한다.\n",
     "", ""},
    {"ko: a caption stays one", "a.txt",
     "전작권 점검 회의\n홍지우 기자\n2026-09-10\n\n국방부는 10일 전작권 전환 추진 회의를 열고 남은 과제를 점검했다고 "
     "밝혔다.\n\n▲ 안규백 국방부 장관이 10일 회의를 주재하고 있다. 사진=국방부\n\n"
     "회의에는 각 군 본부와 합참의 실무자 40여 명이 참석했다고 국방부는 전했다.\n",
     "", ""},
};

/* Turns with names count where their words are quoted: in an interview, not in a record. */
static bool is_turn(const oc_document *d, const oc_sentence *s)
{
    bool named = s->turn == OC_TURN_NAMED && d->layout.interview;
    return s->turn == OC_TURN_QUESTION || s->turn == OC_TURN_ANSWER || named;
}

static bool are_turns(oc_arena *arena, const oc_document *d, const interview *in)
{
    oc_text got = oc_text_in(arena);
    for (size_t i = 0; i < d->sentences.len; i++) {
        const oc_sentence *s = &d->sentences.at[i];
        if (!is_turn(d, s) || (i && s[-1].paragraph == s->paragraph)) continue;
        oc_text_byte(&got, s->turn == OC_TURN_QUESTION ? '?' : '!');
        oc_text_add(&got, s->text);
        oc_text_byte(&got, '|');
    }
    bool same = oc_slice_is(oc_text_slice(&got), in->turns);
    if (!same) print_error("%s\ngot  %.*s\nwant %s\n", in->shape, OC_FMT(oc_text_slice(&got)), in->turns);
    return same;
}

/* Each answer is a quotation of the one who was introduced, no question is. */
static bool are_his_words(const oc_document *d, const interview *in)
{
    size_t answers = 0, quotes = 0;
    bool his = true;
    for (const char *c = in->turns; *c && in->speaker[0]; c++) answers += *c == '!';
    for (size_t q = 0; q < d->quotes.len; q++) {
        const oc_quote *quote = &d->quotes.at[q];
        const oc_sentence *s = &d->sentences.at[quote->sentence];
        quotes += is_turn(d, s);
        bool wrong = is_turn(d, s) && (s->turn == OC_TURN_QUESTION || !oc_slice_is(quote->speaker, in->speaker));
        if (wrong) print_error("%s: %.*s\n", in->shape, OC_FMT(quote->speaker));
        his &= !wrong;
    }
    if (quotes != answers) print_error("%s: %zu quotations of %zu answers\n", in->shape, quotes, answers);
    return his && quotes == answers;
}

static void turns_are_read(void **state)
{
    size_t wrong = 0;
    for (size_t k = 0; k < sizeof interviews / sizeof *interviews; k++) {
        const interview *in = &interviews[k];
        oc_arena arena;
        oc_arena_init(&arena, NULL, 0);
        oc_sources sources = {.arena = &arena};
        oc_diags diags = {.arena = &arena, .sources = &sources};
        const oc_reader *reader = oc_reader_make(&arena, *state, NULL, 0);
        oc_read_options options = {.lang = OC_LANG_COUNT, .anchor = OC_DAY_NONE};
        oc_document *d;
        oc_status status =
            oc_document_read(&arena, reader, oc_slice_of(in->file), oc_slice_of(in->text), &options, &diags, &d);
        bool right = status == OC_OK && are_turns(&arena, d, in);
        wrong += !(are_his_words(d, in) && right);
        oc_arena_free(&arena);
    }
    assert_int_equal(wrong, 0);
}

static oc_arena shared;

static int set_up(void **state)
{
    oc_arena_init(&shared, NULL, 0);
    oc_sources sources = {.arena = &shared};
    oc_diags diags = {.arena = &shared, .sources = &sources};
    oc_lexicon *lexicon = oc_lexicon_new(&shared);
    *state = lexicon;
    return oc_lexicon_builtin(lexicon, &diags) != OC_OK || oc_lexicon_build(lexicon, &diags) != OC_OK;
}

static int tear_down(void **state)
{
    *state = NULL;
    oc_arena_free(&shared);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(turns_are_read)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("turns", tests, set_up, tear_down);
}
