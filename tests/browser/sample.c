/* A report input with invented numbers; see sample.h. The names of the record are real, the figures are not. */
#include "sample.h"

#include <math.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define L(en, ja, ko) {{{en, sizeof(en) - 1}, {ja, sizeof(ja) - 1}, {ko, sizeof(ko) - 1}}}
#define S(text) {text, sizeof(text) - 1}
#define REFS(list) {list, COUNT(list)}

enum { MONTHS = 175 };

static const size_t ref_scm[] = {0}, ref_press[] = {1, 2}, ref_judgement[] = {3};

static const oc_report_source sources[] = {
    {.id = S("scm57"), .title = L("Joint communiqué of the 57th Security Consultative Meeting",
                                  "第57回米韓安保協議会（SCM）共同声明", "제57차 한미안보협의회의(SCM) 공동성명"),
     .publisher = S("Ministry of National Defense"), .url = S("https://example.org/scm57"), .place = S("§ 9"),
     .published = 20406, .retrieved = 20600, .hash = S("3b5d5c3712955042212316173ccf37be800e1f4a9e5b0d7e9f9b6c1d2e3f4a5b"),
     .quote = S("The two ministers pledged to pursue certification of FOC in 2026."), .quote_lang = S("en"),
     .translation = L("", "両長官は2026年のFOC検証を推進することを確約した。", "양 장관은 2026년 FOC 검증을 추진하기로 했다."),
     .source_grade = S("A"), .claim_grade = S("1")},
    {.id = S("yonhap_20260204"), .title = L("Seoul presumes transfer year of 2028", "韓国政府、移管年度は2028年と想定",
                                            "정부, 전환 연도를 2028년으로 상정"),
     .publisher = S("Yonhap"), .url = S("https://example.org/yonhap"), .published = 20488, .retrieved = 20600,
     .quote = S("전환 목표 연도는 2028년으로 상정하고 있다."), .quote_lang = S("ko"),
     .translation = L("The target year is presumed to be 2028.", "目標年度は2028年と想定している。", ""),
     .source_grade = S("B"), .claim_grade = S("2")},
    {.id = S("usfk_2026"), .title = L("Statement of the commander before the Senate", "上院での司令官の陳述",
                                      "상원에서의 사령관 진술"),
     .publisher = S("U.S. Senate"), .url = S("javascript:alert(1)"), .published = 20570, .retrieved = 20600,
     .quote = S("no later than the second quarter of fiscal year 2029"), .quote_lang = S("en"),
     .source_grade = S("A"), .claim_grade = S("2")},
    {.id = S("judgement"), .title = L("Judgement of the authors", "執筆者の判断", "집필자의 판단"), .judgement = true,
     .published = OC_DAY_NONE, .retrieved = OC_DAY_NONE},
};

static const oc_report_question questions[] = {
    {S("by_2028"), L("In the year the press expects", "報道が見込む年のうちに", "언론이 예상하는 해에"),
     0.19, 0.0004, 0.07, 0.36},
    {S("in_term"), L("Within the present government's term", "現政権の任期内に", "현 정부의 임기 안에"), 0.44, 0.0005, 0.21, 0.66},
    {S("foc"), L("FOC certified by the end of 2026", "2026年末までにFOCの検証が完了",
                                         "2026년 말까지 FOC 검증 완료"), 0.71, 0.0005, 0.52, 0.86},
    {S("rare"), L("By the middle of 2027", "2027年半ばまでに", "2027년 중반까지"), 0.004, 0.0001, 1, 0},
};

static const oc_report_stage stages[] = {
    {L("Initial operational capability (IOC) certified", "初期運用能力（IOC）の検証完了", "최초작전운용능력(IOC) 검증 완료"),
     OC_CHART_DONE, 18215, 0, 0, 0, 0, REFS(ref_scm)},
    {L("FOC evaluation", "完全運用能力（FOC）の評価", "완전운용능력(FOC) 평가"), OC_CHART_DONE, 19236, 0, 0, 0, 0, REFS(ref_scm)},
    {L("FOC recheck in the summer exercise", "夏の演習でのFOC再点検", "하계 연습에서 FOC 재점검"), OC_CHART_OPEN, 0, 20686, 20690,
     21055, 0.01, REFS(ref_press)},
    {L("FOC certified", "FOCの検証完了", "FOC 검증 완료"), OC_CHART_LATER, 0, 20755, 20757, 21480, 0.03, REFS(ref_scm)},
    {L("Full mission capability (FMC) evaluated", "完全任務遂行能力（FMC）の評価", "완전임무수행능력(FMC) 평가"), OC_CHART_LATER, 0,
     21050, 21420, 23600, 0.08, REFS(ref_judgement)},
    {L("FMC certified", "FMCの検証完了", "FMC 검증 완료"), OC_CHART_LATER, 0, 21120, 21860, OC_DAY_NONE, 0.12, REFS(ref_judgement)},
    {L("Transfer", "移管", "전환"), OC_CHART_LATER, 0, 21400, 22250, OC_DAY_NONE, 0.16, REFS(ref_judgement)},
};

static const oc_local causes[] = {
    L("Bilateral capability (condition 1)", "連合防衛を主導する能力（条件1）", "연합방위 주도 능력(조건 1)"),
    L("Response to nuclear and missile threats (condition 2)", "核・ミサイルへの対応（条件2）", "핵·미사일 대응(조건 2)"),
    L("Will of the two governments", "両政府の意思", "두 정부의 의지"),
    L("Security environment (condition 3)", "安全保障環境（条件3）", "안보 환경(조건 3)"),
    L("Evaluation failed", "評価の不合格", "평가 불합격"),
    L("Exercise not held", "演習の中止", "연습 취소"),
    L("Waiting for the calendar", "日程待ち", "일정 대기"),
};
static const double shape_of_causes[] = {0.24, 0.17, 0.2, 0.07, 0.09, 0.03, 0.2};

static const oc_report_driver drivers[] = {
    {L("Strictness of the American side", "米側の厳格さ", "미국 측의 엄격함"), L("−1.3", "−1.3", "−1.3"), L("+1.3", "+1.3", "+1.3"), 0.49, 0.26, 0.002, 0.31, REFS(ref_judgement)},
    {L("Share of the 3.5% spending plan that is kept", "3.5%計画の達成割合", "3.5% 계획의 이행 비율"), L("0.36", "0.36", "0.36"), L("0.87", "0.87", "0.87"), 0.33, 0.46,
     0.002, 0.17, REFS(ref_press)},
    {L("Capability today", "現在の能力", "현재 능력"), L("0.81", "0.81", "0.81"), L("0.91", "0.91", "0.91"), 0.35, 0.45, 0.002, 0.12, REFS(ref_judgement)},
    {L("Bar of condition 1", "条件1の基準", "조건 1의 기준"), L("0.89", "0.89", "0.89"), L("0.97", "0.97", "0.97"), 0.45, 0.36, 0.002, 0.11, REFS(ref_judgement)},
    {L("Model error of the bargaining", "交渉模型の誤差", "협상 모형의 오차"), L("−38", "−38", "−38"), L("+33", "+33", "+33"), 0.36, 0.43, 0.003, 0.09, REFS(ref_judgement)},
    {L("Staff work after the last stage", "最終段階後の実務期間", "마지막 단계 뒤의 실무 기간"), L("3.4 mo", "3.4か月", "3.4개월"), L("10.9 mo", "10.9か月", "10.9개월"), 0.41, 0.39, 0.002, -1,
     REFS(ref_judgement)},
};

static const oc_local lanes[] = {
    L("Presidents", "両首脳", "두 정상"), L("Defence ministers", "国防相", "국방장관"), L("Combined Forces Command", "連合軍司令部", "연합군사령부"),
    L("North Korea", "北朝鮮", "북한"), L("Congress and Assembly", "両国議会", "두 나라 의회"),
};
static const oc_report_event events[] = {
    {L("Conditions-based plan agreed", "条件に基づく移管計画で合意", "조건에 기초한 전환 계획 합의"), L("", "", ""), 1, 16366, 16366, 0, 0, REFS(ref_scm), NULL, 0},
    {L("Summit asks for an early transfer", "首脳会談で早期移管を確認", "정상회담에서 조속한 전환 확인"), L("", "", ""), 0, 17347, 17347, 0, 0, REFS(ref_press), NULL, 0},
    {L("Sixth nuclear test", "6回目の核実験", "6차 핵실험"), L("", "", ""), 3, 17412, 17412, 0, 0, REFS(ref_press), NULL, 0},
    {L("Summer exercise cancelled", "夏の演習を中止", "하계 연습 취소"), L("", "", ""), 2, 17744, 17754, 0, 0, REFS(ref_press), NULL, 0},
    {L("IOC certified", "IOCの検証完了", "IOC 검증 완료"), L("", "", ""), 1, 18215, 18215, 0, 0, REFS(ref_scm), NULL, 0},
    {L("FOC put off: pandemic", "感染症でFOC延期", "감염병으로 FOC 연기"), L("", "", ""), 2, 18475, 18506, 0, 0, REFS(ref_press), NULL, 0},
    {L("FOC evaluated, all tasks met", "FOC評価で全課題を達成", "FOC 평가에서 모든 과제 충족"), L("", "", ""), 2, 19226, 19236, 0, 0, REFS(ref_press), NULL, 0},
    {L("Martial law and removal", "戒厳と罷免", "계엄과 파면"), L("", "", ""), 0, 20060, 20182, 0, 0, REFS(ref_press), NULL, 0},
    {L("Roadmap to be finished", "ロードマップを完成させる方針", "로드맵을 완성하기로"), L("", "", ""), 1, 20406, 20406, 0, 0, REFS(ref_scm), NULL, 0},
    {L("Target year 2028 presumed", "2028年を目標年度と想定", "2028년을 목표 연도로 상정"), L("", "", ""), 1, 21184, 21549, 1, 0, REFS(ref_press), NULL, 0},
    {L("Commander: by the second quarter of FY2029", "司令官：2029会計年度第2四半期まで", "사령관: 2029 회계연도 2분기까지"), L("", "", ""), 2, 21550,
     21639, 0, 10, REFS(ref_press), NULL, 0},
    {L("Money for a reduction below 28,500 barred", "2万8500人未満への削減に予算を認めず", "2만 8500명 미만 감축에 예산 불허"), L("", "", ""), 4, 20440, 20440,
     0, 0, REFS(ref_press), NULL, 0},
    {L("Spending path of 3.5% assumed", "3.5%への増額を仮定", "3.5%로의 증액을 가정"), L("", "", ""), 4, 20820, 21900, 2, 0, REFS(ref_judgement), NULL, 0},
};

static const oc_report_node nodes_now[] = {
    {L("National command authorities of both states", "両国の国家指揮機構", "두 나라의 국가통수기구"), L("presidents and ministers", "大統領・国防相", "대통령·국방장관"), 0},
    {L("Military Committee", "軍事委員会", "군사위원회"), L("chairmen of the joint staffs", "両国の合同参謀議長", "양국 합참의장"), 1},
    {L("Combined Forces Command", "連合軍司令部", "연합군사령부"), L("U.S. general commands, ROK general deputy", "司令官は米軍大将、副司令官は韓国軍大将", "사령관은 미군 대장, 부사령관은 한국군 대장"), 2},
    {L("United Nations Command", "国連軍司令部", "유엔군사령부"), L("armistice", "休戦の維持", "정전 유지"), 2},
    {L("ROK Joint Chiefs of Staff", "韓国軍合同参謀本部", "한국 합동참모본부"), L("command in armistice", "平時の作戦統制", "평시 작전통제"), 2},
    {L("ROK component commands", "韓国軍の構成軍", "한국군 구성군"), L("", "", ""), 3},
};
static const oc_report_edge edges_now[] = {
    {0, 1, L("strategic direction", "戦略指針", "전략지침"), 0}, {1, 2, L("direction", "指示", "지시"), 0},
    {2, 5, L("OPCON in war", "戦時作戦統制", "전시 작전통제"), 0}, {4, 5, L("OPCON in armistice", "平時作戦統制", "평시 작전통제"), 0},
    {3, 2, L("armistice orders", "休戦に関する指示", "정전 관련 지시"), 1},
};
static const oc_report_node nodes_after[] = {
    {L("National command authorities of both states", "両国の国家指揮機構", "두 나라의 국가통수기구"), L("", "", ""), 0},
    {L("Military Committee", "軍事委員会", "군사위원회"), L("", "", ""), 1},
    {L("Future combined command", "未来連合司令部", "미래연합사령부"), L("ROK general commands, U.S. general deputy", "司令官は韓国軍大将、副司令官は米軍大将", "사령관은 한국군 대장, 부사령관은 미군 대장"), 2},
    {L("United Nations Command", "国連軍司令部", "유엔군사령부"), L("", "", ""), 2},
    {L("ROK component commands", "韓国軍の構成軍", "한국군 구성군"), L("", "", ""), 3},
};
static const oc_report_edge edges_after[] = {
    {0, 1, L("strategic direction", "戦略指針", "전략지침"), 0}, {1, 2, L("direction", "指示", "지시"), 0},
    {2, 4, L("OPCON in war", "戦時作戦統制", "전시 작전통제"), 2}, {3, 2, L("disputed", "争いあり", "이견 있음"), 1},
};
static const oc_report_holding holdings_now[] = {
    {L("Operational control", "作戦統制", "작전통제"), L("Combined Forces Command", "連合軍司令部", "연합군사령부"), L("designated ROK forces", "指定された韓国軍部隊", "지정된 한국군 부대"),
     L("war", "戦時", "전시"), L("Terms of reference of 1978", "1978年の関連約定", "1978년 관련 약정"), 3249, OC_DAY_NONE, -1, L("", "", ""), REFS(ref_scm)},
    {L("Operational control", "作戦統制", "작전통제"), L("ROK Joint Chiefs of Staff", "韓国軍合同参謀本部", "한국 합동참모본부"), L("ROK forces", "韓国軍", "한국군"),
     L("armistice", "平時", "평시"), L("Agreement of 1994", "1994年の合意", "1994년 합의"), 9100, OC_DAY_NONE, -1, L("", "", ""), REFS(ref_scm)},
};
static const oc_report_holding holdings_after[] = {
    {L("Operational control", "作戦統制", "작전통제"), L("Future combined command (ROK general)", "未来連合司令部（韓国軍大将）", "미래연합사령부(한국군 대장)"),
     L("designated forces", "指定部隊", "지정 부대"), L("war", "戦時", "전시"), L("Alliance guiding principles of 2018", "2018年の連合防衛指針", "2018년 연합방위지침"),
     OC_DAY_NONE, OC_DAY_NONE, 0.84, L("Who commands U.S. reinforcements", "米軍増援部隊の指揮", "미 증원군의 지휘"), REFS(ref_scm)},
};

static const oc_report_position actors[] = {
    {L("President of the Republic", "韓国大統領", "한국 대통령"), 90, 0.9, 0.9, REFS(ref_press)},
    {L("President of the United States", "米大統領", "미국 대통령"), 70, 0.5, 1.0, REFS(ref_press)},
    {L("Commander, U.S. Forces Korea", "在韓米軍司令官", "주한미군사령관"), 35, 0.9, 0.6, REFS(ref_press)},
    {L("U.S. Congress", "米議会", "미국 의회"), 30, 0.4, 0.6, REFS(ref_press)},
    {L("ROK military", "韓国軍", "한국군"), 60, 0.6, 0.5, REFS(ref_press)},
    {L("Opposition in the Assembly", "国会の野党", "국회 야당"), 15, 0.5, 0.3, REFS(ref_judgement)},
};
static const oc_report_bargain bargains[] = {
    {L("How soon and on what terms", "時期と条件", "시기와 조건"), L("keep OPCON as it is", "作戦統制を現状のまま維持", "작전통제를 현상대로 유지"),
     L("transfer at once", "直ちに移管", "즉시 전환"), L("weighted mean", "加重平均", "가중평균"), actors, COUNT(actors), 63, 20, 96, 25},
};

static const oc_report_commitment commitments[] = {
    {L("Both ministers", "両国防相", "양국 국방장관"), L("pursue certification of FOC in 2026", "2026年のFOC検証を推進", "2026년 FOC 검증 추진"),
     L("open", "進行中", "진행 중"), 20406, 20818, REFS(ref_scm)},
    {L("Seoul", "韓国政府", "한국 정부"), L("raise defence spending to 3.5% of GDP", "国防費をGDPの3.5%に引き上げ", "국방비를 GDP의 3.5%로 증액"),
     L("behind the path", "計画に遅れ", "계획보다 늦음"), 20330, 24106, REFS(ref_press)},
};

static const oc_report_voice statements[] = {
    {L("Commander, U.S. Forces Korea", "在韓米軍司令官", "주한미군사령관"), L("conditions can be met by the second quarter of fiscal 2029", "2029会計年度第2四半期までに条件を満たせる", "2029 회계연도 2분기까지 조건을 충족할 수 있다"), 20570, REFS(ref_press)},
    {L("Ministry of National Defense", "韓国国防部", "한국 국방부"), L("end of 2027 at the earliest", "早ければ2027年末", "이르면 2027년 말"), 20594, REFS(ref_press)},
};

static const oc_report_backtest backtests[] = {
    {L("Transfer on 17 April 2012 as agreed in 2007", "2007年に合意した2012年4月17日の移管", "2007년에 합의한 2012년 4월 17일 전환"), 13567, 0.31, 0, 0.096, 0},
    {L("Transfer by December 2015 as agreed in 2010", "2010年に合意した2015年12月までの移管", "2010년에 합의한 2015년 12월까지의 전환"), 14787, 0.28, 0, 0.078, 0},
    {L("IOC certified in 2019", "2019年のIOC検証", "2019년 IOC 검증"), 17900, 0.74, 1, 0.068, 0},
    {L("FOC certified in 2026", "2026年のFOC検証", "2026년 FOC 검증"), 20600, 0.71, -1, -1, 0},
};
static const oc_chart_bin bins[] = {
    {0.07, 0.05, 0, 0.18, 21}, {0.26, 0.31, 0.12, 0.45, 16}, {0.5, 0.42, 0.25, 0.71, 12}, {0.73, 0.8, 0.52, 0.92, 15}, {0.93, 0.9, 0.8, 1, 20},
};
static const oc_report_remark remarks[] = {
    {0, L("Secret parts of the transition plan, above all the thresholds of the capabilities", "移管計画の非公開部分。とくに能力の基準値", "전환 계획의 비공개 부분, 특히 능력의 기준값"), REFS(ref_judgement)},
    {1, L("Capability grows in step with spending", "能力は支出に比例して伸びる", "능력은 지출에 비례해 자란다"), REFS(ref_judgement)},
    {2, L("Whether Washington ties the transfer to the strategic flexibility of its forces", "米国が移管を在韓米軍の戦略的柔軟性と結びつけるか", "미국이 전환을 주한미군의 전략적 유연성과 묶을지"), REFS(ref_press)},
};
static const oc_report_check checks[] = {
    {L("Known answers of the random numbers", "乱数の既知解", "난수의 알려진 답"), true},
    {L("Shares of blockers add up to one", "障害の割合の合計が1", "걸림돌 비율의 합이 1"), true},
};

/* A logistic rise from 2027 that ends at `end`. */
static void make_curve(oc_arena *arena, oc_report_curve *curve, double middle, double speed, double end, bool band)
{
    oc_day *days = OC_NEW_ARRAY(arena, MONTHS, oc_day);
    double *p = OC_NEW_ARRAY(arena, MONTHS, double), *low = OC_NEW_ARRAY(arena, MONTHS, double);
    double *high = OC_NEW_ARRAY(arena, MONTHS, double);
    for (int i = 0; i < MONTHS; i++) {
        int month = 5 + i;
        days[i] = i + 1 == MONTHS ? oc_day_from_civil(2040, 12, 31) : oc_day_from_civil(2026 + (month + 1) / 12, (month + 1) % 12 + 1, 1) - 1;
        double t = i / 12.0, rise = t < 1.2 ? 0 : 1 / (1 + exp(-(t - middle) * speed)) - 1 / (1 + exp(-(1.2 - middle) * speed));
        p[i] = end * (rise > 0 ? rise : 0) + (t > 1.2 ? 0.01 : 0) * (t - 1.2);
        low[i] = fmax(0, p[i] - 0.9 * p[i] * (1 - p[i]));
        high[i] = fmin(1, p[i] + 0.9 * p[i] * (1 - p[i]));
    }
    curve->days = days;
    curve->p = p;
    curve->low = band ? low : NULL;
    curve->high = band ? high : NULL;
    curve->count = MONTHS;
}

static void make_blockers(oc_arena *arena, oc_report_blockers *blockers)
{
    enum { YEARS = 15 };
    int *years = OC_NEW_ARRAY(arena, YEARS, int);
    double *share = OC_NEW_ARRAY(arena, YEARS * COUNT(causes), double);
    for (int year = 0; year < YEARS; year++) {
        years[year] = 2026 + year;
        double open = year < 2 ? 1 : fmax(0.14, 1 - 0.13 * (year - 1));
        double calendar = year < 2 ? 0.8 - 0.3 * year : 0.2;
        for (size_t i = 0; i < COUNT(causes); i++)
            share[(size_t)year * COUNT(causes) + i] =
                open * (i + 1 == COUNT(causes) ? calendar : shape_of_causes[i] * (1 - calendar) / 0.8);
    }
    *blockers = (oc_report_blockers){years, YEARS, causes, COUNT(causes), share};
}

/* Futures one by one: a day for each, of which every tenth is left out by news and the last ten never come; `shift`
 * moves every second of those that come. */
static const int32_t *make_firsts(oc_arena *arena, int shift)
{
    int32_t *firsts = OC_NEW_ARRAY(arena, OC_REPORT_FIRSTS, int32_t);
    for (int i = 0; i < OC_REPORT_FIRSTS; i++) {
        firsts[i] = i < OC_REPORT_FIRSTS - 10 ? 400 + 60 * i + (i % 2 ? shift : 0) : OC_REPORT_NEVER;
        if (i % 10 == 3) firsts[i] = OC_REPORT_LEFT_OUT;
    }
    return firsts;
}

static void make_policies(oc_arena *arena, oc_report_input *input)
{
    static const struct {
        const char *id;
        oc_local label;
        double middle, speed, end;
    } list[] = {
        {"path_fails", L("Spending path fails", "支出計画が頓挫", "지출 계획 무산"), 5.2, 0.9, 0.72},
        {"exercise_cut", L("Summer exercise of 2026 cancelled", "2026年夏の演習を中止", "2026년 하계 연습 취소"), 4.2, 1, 0.74},
        {"early_deal", L("Washington reads the conditions loosely", "米国が条件を緩やかに解釈", "미국이 조건을 느슨하게 해석"), 3.2, 1.2, 0.84},
    };
    oc_report_policy *policies = OC_NEW_ARRAY(arena, COUNT(list), oc_report_policy);
    for (size_t i = 0; i < COUNT(list); i++) {
        policies[i].id = oc_slice_of(list[i].id);
        make_curve(arena, &policies[i].curve, list[i].middle, list[i].speed, list[i].end, false);
        policies[i].curve.label = list[i].label;
        policies[i].p = policies[i].curve.p[MONTHS - 1];
        policies[i].difference = policies[i].p - input->main.p[MONTHS - 1];
        policies[i].error = 0.0006;
        policies[i].firsts = make_firsts(arena, i == 2 ? -90 : 45);
    }
    input->firsts = make_firsts(arena, 0);
    input->policies = policies;
    input->policy_count = COUNT(list);
}

static void make_conditions(oc_arena *arena, oc_report_input *input)
{
    static const oc_local labels[] = {
        L("1 Capability to lead the combined defence", "1 連合防衛を主導する能力", "1 연합방위 주도 능력"),
        L("2 Response to nuclear and missile threats", "2 核・ミサイルの脅威への対応", "2 핵·미사일 위협 대응"),
        L("3 Security environment", "3 安全保障環境", "3 안보 환경"),
    };
    oc_report_condition *conditions = OC_NEW_ARRAY(arena, COUNT(labels), oc_report_condition);
    for (size_t k = 0; k < COUNT(labels); k++) {
        double *met = OC_NEW_ARRAY(arena, MONTHS, double);
        for (int i = 0; i < MONTHS; i++) met[i] = k == 2 ? 0.9 - 0.0002 * i : 1 / (1 + exp(1.2 + 0.5 * (double)k - i / 22.0));
        conditions[k] = (oc_report_condition){labels[k], input->main.days, met, MONTHS, REFS(ref_judgement)};
    }
    input->conditions = conditions;
    input->condition_count = COUNT(labels);
}

static void make_fan(oc_arena *arena, oc_report_input *input)
{
    enum { PAST = 12, FUTURE = 60, PLAN = 9 };
    oc_chart_point *observed = OC_NEW_ARRAY(arena, PAST, oc_chart_point), *plan = OC_NEW_ARRAY(arena, PLAN, oc_chart_point);
    oc_chart_quantiles *future = OC_NEW_ARRAY(arena, FUTURE, oc_chart_quantiles);
    for (int i = 0; i < PAST; i++)
        observed[i] = (oc_chart_point){oc_day_from_civil(2015 + i, 1, 1), 2.22 + 0.017 * i + 0.05 * ((i * 7) % 5 - 2) / 2.0};
    for (int i = 0; i < PLAN; i++) plan[i] = (oc_chart_point){oc_day_from_civil(2027 + i, 1, 1), 2.54 + 0.12 * i};
    for (int i = 0; i < FUTURE; i++) {
        double t = (i + 1) * 14.5 / FUTURE, middle = 2.42 + 0.081 * t, sd = 0.068 * sqrt(t) + 0.022 * t;
        future[i] = (oc_chart_quantiles){20629 + (oc_day)(t * 365.25), middle - 1.645 * sd, middle - 1.28 * sd, middle - 0.67 * sd,
                                         middle, middle + 0.67 * sd, middle + 1.28 * sd, middle + 1.645 * sd};
    }
    oc_report_fan *fan = OC_NEW(arena, oc_report_fan);
    *fan = (oc_report_fan){L("Defence spending", "国防支出", "국방 지출"), L("percent of GDP", "GDP比（%）", "GDP 대비 %"), observed, PAST,
                           future, FUTURE, plan, PLAN, L("announced path to 3.5%", "発表された3.5%への計画", "발표된 3.5% 계획"), 2,
                           REFS(ref_press)};
    input->fans = fan;
    input->fan_count = 1;
}

static void make_hazard(oc_arena *arena, oc_report_input *input)
{
    enum { QUARTERS = 58 };
    oc_chart_hazard_bar *bars = OC_NEW_ARRAY(arena, QUARTERS, oc_chart_hazard_bar);
    oc_chart_curve curve = {.days = input->main.days, .p = input->main.p, .count = input->main.count};
    for (int i = 0; i < QUARTERS; i++) {
        int quarter = 2 + i;
        oc_day first = oc_day_from_civil(2026 + quarter / 4, quarter % 4 * 3 + 1, 1);
        oc_day last = oc_day_from_civil(2026 + (quarter + 1) / 4, (quarter + 1) % 4 * 3 + 1, 1) - 1;
        double before = oc_chart_curve_at(&curve, first - 1), after = oc_chart_curve_at(&curve, last);
        bars[i] = (oc_chart_hazard_bar){first, last, (after - before) / (1 - before), (int64_t)((1 - before) * 1000000)};
    }
    input->hazard = bars;
    input->hazard_count = QUARTERS;
}

void sample_full(oc_arena *arena, oc_report_input *input)
{
    *input = (oc_report_input){
        .scenario = S("rok-us"), .fixture = true, .as_of = 20629, .horizon = oc_day_from_civil(2040, 12, 31),
        .answer_by = oc_day_from_civil(2030, 6, 3),
        .title = L("Transfer of wartime operational control to the Republic of Korea", "韓国軍への戦時作戦統制権の移管", "전시작전통제권 전환"),
        .event = L("Wartime operational control passes to Seoul", "戦時作戦統制権の移管", "전시작전통제권 전환"),
        .confidence = L("moderate", "中程度", "보통"),
        .confidence_reason = L("the stages are public, the thresholds are not", "段階は公開されているが、基準値は公開されていないため",
                               "단계는 공개되어 있으나 기준값은 공개되지 않았기 때문"),
        .questions = questions, .question_count = COUNT(questions), .drivers = drivers, .driver_count = COUNT(drivers),
        .first_order_sum = 0.61, .lanes = lanes, .lane_count = COUNT(lanes), .events = events, .event_count = COUNT(events),
        .stages = stages, .stage_count = COUNT(stages), .commitments = commitments, .commitment_count = COUNT(commitments),
        .bargains = bargains, .bargain_count = COUNT(bargains), .statements = statements, .statement_count = COUNT(statements),
        .bins = bins, .bin_count = COUNT(bins), .backtests = backtests, .backtest_count = COUNT(backtests),
        .remarks = remarks, .remark_count = COUNT(remarks), .sources = sources, .source_count = COUNT(sources),
        .scenario_text = OC_SLICE("scenario: rok-us\nas_of: 2026-06-25\nhorizon: 2040-12-31\ninputs:\n  us_caution: normal(0, 1)\n"),
        .now = {L("Chain of command today", "現在の指揮系統", "현재의 지휘 체계"), 20629, nodes_now, COUNT(nodes_now), edges_now, COUNT(edges_now), holdings_now, COUNT(holdings_now)},
        .after = {L("After the transfer", "移管後の指揮系統", "전환 후의 지휘 체계"), OC_DAY_NONE, nodes_after, COUNT(nodes_after), edges_after, COUNT(edges_after),
                  holdings_after, COUNT(holdings_after)},
        .run = {.version = S("0.1.0"), .compiler = S("gcc 12.2"), .inputs_hash = S("9f2c7a11d0e3b4c5"), .digest = S("a52c48b46f1d2e3c"),
                .seed = 1, .futures = 1000000, .monte_carlo_error = 0.0005, .made = 20630, .checks = checks, .check_count = COUNT(checks),
                .numbers = 214, .sourced = 131, .judged = 83, .bare = 0},
    };
    make_curve(arena, &input->main, 3.8, 1.05, 0.76, true);
    make_curve(arena, &input->outside, 6.5, 0.7, 0.62, false);
    make_curve(arena, &input->voices, 2.9, 2.1, 0.84, false);
    make_blockers(arena, &input->blockers);
    make_policies(arena, input);
    make_conditions(arena, input);
    make_fan(arena, input);
    make_hazard(arena, input);
}

static oc_local hostile_local(oc_arena *arena, const char *start)
{
    oc_text text = oc_text_in(arena);
    oc_text_printf(&text, "%s</script><script>alert(1)</script>\"'`&amp;<!--]]>{0}\xe2\x80\xae\xff ", start);
    for (int i = 0; i < 2500; i++) oc_text_lit(&text, "長い題");
    oc_local local;
    for (int lang = 0; lang < OC_LANG_COUNT; lang++) local.in[lang] = oc_text_slice(&text);
    return local;
}

void sample_hostile(oc_arena *arena, oc_report_input *input)
{
    sample_full(arena, input);
    oc_local bad = hostile_local(arena, "Title");
    input->title = input->event = input->confidence_reason = bad;
    input->scenario = bad.in[0];
    input->scenario_text = bad.in[0];
    input->run.version = bad.in[0];
    oc_report_event *copies = OC_NEW_ARRAY(arena, input->event_count, oc_report_event);
    memcpy(copies, input->events, input->event_count * sizeof *copies);
    for (size_t i = 0; i < input->event_count; i++) copies[i].title = bad;
    input->events = copies;
    oc_report_stage *stage_copies = OC_NEW_ARRAY(arena, input->stage_count, oc_report_stage);
    memcpy(stage_copies, input->stages, input->stage_count * sizeof *stage_copies);
    for (size_t i = 0; i < input->stage_count; i++) stage_copies[i].label = bad;
    input->stages = stage_copies;
    oc_report_source *source_copies = OC_NEW_ARRAY(arena, input->source_count, oc_report_source);
    memcpy(source_copies, input->sources, input->source_count * sizeof *source_copies);
    for (size_t i = 0; i < input->source_count; i++) {
        source_copies[i].title = bad;
        source_copies[i].quote = bad.in[0];
        source_copies[i].quote_lang = OC_SLICE("\"><b>");
        source_copies[i].url = OC_SLICE("https://example.org/\" onmouseover=\"alert(1)");
    }
    input->sources = source_copies;
    oc_report_driver *driver_copies = OC_NEW_ARRAY(arena, input->driver_count, oc_report_driver);
    memcpy(driver_copies, input->drivers, input->driver_count * sizeof *driver_copies);
    for (size_t i = 0; i < input->driver_count; i++) driver_copies[i].label = bad, driver_copies[i].low_value = bad;
    input->drivers = driver_copies;
    input->now.title = bad;
    input->blockers.causes = OC_NEW_ARRAY(arena, input->blockers.cause_count, oc_local);
    for (size_t i = 0; i < input->blockers.cause_count; i++) ((oc_local *)input->blockers.causes)[i] = bad;
}
