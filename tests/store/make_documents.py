"""Makes COUNT documents of SIZE bytes in FOLDER, in three languages, of shuffled sentences: no two alike.
usage: make_documents.py FOLDER COUNT [SIZE]"""
import pathlib
import random
import sys

SENTENCES = {
    "en": ["The ministers agreed to complete the verification of full operational capability in {y}.",
           "Officials said the exercise would be held in {m} as planned, with {n} field events.",
           "The committee did not name a date; it named conditions, {n} of them.",
           "Spending is to rise to {n} percent of output by {y}, the paper says.",
           "A spokesman called the report of {d} inaccurate and declined to elaborate.",
           "The alliance has trained together for {n} years, and it will go on doing so."],
    "ja": ["両国の国防相は{y}年に完全運用能力の検証を終えることで合意した。", "演習は{m}月に予定どおり行われ、野外訓練は{n}回になる見通しだ。",
           "委員会は日付を示さず、条件を{n}項目挙げるにとどめた。", "国防費は{y}年までに{n}%増える計画だと資料は述べている。",
           "報道官は{d}の報道を事実ではないと述べ、詳しい説明を避けた。", "同盟は{n}年にわたり共に訓練してきたし、今後も続けるという。"],
    "ko": ["양국 국방장관은 {y}년에 완전운용능력 검증을 마치기로 합의했다.", "연습은 {m}월에 예정대로 열리며 야외기동훈련은 {n}회가 될 전망이다.",
           "위원회는 날짜를 제시하지 않고 조건 {n}가지를 들었다.", "국방비는 {y}년까지 {n}% 늘어날 계획이라고 자료는 밝혔다.",
           "대변인은 {d} 보도가 사실이 아니라며 자세한 설명을 피했다.", "동맹은 {n}년 동안 함께 훈련해 왔고 앞으로도 그럴 것이다."],
}
TITLES = {"en": "Notes on the transfer, part {n}", "ja": "移管についての覚え書き その{n}", "ko": "전환에 관한 기록 {n}"}


def document(seed, size):
    dice = random.Random(seed)
    lang = ("en", "ja", "ko")[seed % 3]
    lines, length = ["# " + TITLES[lang].format(n=seed), ""], 0
    while length < size:
        paragraph = []
        for _ in range(dice.randint(2, 6)):
            text = dice.choice(SENTENCES[lang])
            paragraph.append(text.format(y=dice.randint(2026, 2040), m=dice.randint(1, 12), n=dice.randint(2, 9999),
                                         d=f"{dice.randint(2020, 2026)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"))
        block = (" " if lang != "ja" else "").join(paragraph)
        lines += [block, ""]
        length += len(block.encode()) + 2
    return "\n".join(lines)


def main():
    folder, count, size = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 20000
    folder.mkdir(parents=True, exist_ok=True)
    for seed in range(count):
        (folder / f"{seed:06}.md").write_text(document(seed, size), encoding="utf-8")


if __name__ == "__main__":
    main()
