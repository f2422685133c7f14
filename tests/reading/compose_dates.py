"""Composed dates: every kind of year, unit inside it and border together, against days computed here.

    compose_dates.py SCORE_DATES        scores the cases and passes its result on

The days come from Python's calendar, not from the program. What is composed: a year (printed, of two digits, of an era,
relative), a month, part of a month, quarter, half, season, range or list inside it, and a border (until, since, before);
days, weeks and weekdays counted from the anchor; the nth weekday of a month.
"""
import calendar
import datetime
import itertools
import random
import subprocess
import sys
import tempfile

ANCHOR = datetime.date(2026, 6, 25)
CASES_EACH = 700
DAY = datetime.timedelta(1)

YEARS = {
    'ja': {'2027年': 2027, '来年': 2027, '再来年': 2028, '昨年': 2025, '一昨年': 2024, '今年': 2026, '令和9年': 2027,
           '平成30年': 2018, '２０２８年': 2028, '二〇二九年': 2029},
    'ko': {'2027년': 2027, '내년': 2027, '내후년': 2028, '지난해': 2025, '작년': 2025, '재작년': 2024, '올해': 2026,
           '금년': 2026, "'28년": 2028, '이천이십팔년': 2028},
    'en': {'2027': 2027, 'next year': 2027, 'last year': 2025, 'this year': 2026, "'28": 2028, 'the year after next': 2028},
}
BORDERS = {
    'ja': [('%s', 'at'), ('%sに', 'at'), ('%sまでに', 'by'), ('%sまで', 'by'), ('遅くとも%sには', 'by'), ('%s以降', 'from'),
           ('%s以来', 'from'), ('%s以前', 'by'), ('%sより前', 'before'), ('%sから', 'from'), ('%sごろ', 'at'), ('%sの協議で', 'at')],
    'ko': [('%s', 'at'), ('%s에', 'at'), ('%s까지', 'by'), ('늦어도 %s까지는', 'by'), ('%s 이후', 'from'), ('%s 이전', 'by'),
           ('%s 전에', 'before'), ('%s부터', 'from'), ('%s쯤', 'at'), ('%s 회의에서', 'at'), ('정부는 %s 전환을', 'at')],
    'en': [('%s', 'at'), ('in %s', 'at'), ('by %s', 'by'), ('no later than %s', 'by'), ('since %s', 'from'),
           ('after %s', 'after'), ('before %s', 'before'), ('until %s', 'by'), ('around %s', 'at'), ('%s at the latest', 'by'),
           ('the talks in %s', 'at')],
}
ORDINALS = ['first', 'second', 'third', 'fourth']


def day(year, month, number):
    """Day `number` of a month, 0 the last; month 13 and 14 lie in the year after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return datetime.date(year, month, number or calendar.monthrange(year, month)[1])


def units():
    """language, pattern around the year, (month, day) of both ends, whether it is a range"""
    for month in range(1, 13):
        name, short = calendar.month_name[month], calendar.month_abbr[month]
        for language, pattern, first, last in [
                ('ja', '%%s%d月', 1, 0), ('ja', '%%s%d月上旬', 1, 10), ('ja', '%%s%d月中旬', 11, 20), ('ja', '%%s%d月下旬', 21, 0),
                ('ja', '%%s%d月末', 21, 0), ('ja', '%%sの%d月初め', 1, 10), ('ja', '%%s%d月前半', 1, 15), ('ja', '%%s%d月後半', 16, 0),
                ('ko', '%%s %d월', 1, 0), ('ko', '%%s %d월 초', 1, 10), ('ko', '%%s %d월 초순', 1, 10), ('ko', '%%s %d월 중순', 11, 20),
                ('ko', '%%s %d월 하순', 21, 0), ('ko', '%%s %d월 말', 21, 0)]:
            yield language, pattern % month, (month, first), (month, last), False
        for pattern, first, last in [('%s %%s', 1, 0), ('early %s %%s', 1, 10), ('mid-%s %%s', 11, 20), ('late %s %%s', 21, 0),
                                     ('the end of %s %%s', 21, 0), ('the beginning of %s %%s', 1, 10),
                                     ('the first half of %s %%s', 1, 15), ('the second half of %s %%s', 16, 0)]:
            yield 'en', pattern % name, (month, first), (month, last), False
        number = 1 + month * 7 % 28
        for language, pattern in [('ja', f'%s{month}月{number}日'), ('ko', f'%s {month}월 {number}일'), ('en', f'{name} {number}, %s'),
                                  ('en', f'{number} {short} %s')]:
            yield language, pattern, (month, number), (month, number), False
        for language, pattern in [('ja', f'%s{month}月3日から17日まで'), ('ja', f'%s{month}月3日〜17日'), ('ko', f'%s {month}월 3∼17일'),
                                  ('ko', f'%s {month}월 3일부터 17일까지'), ('ko', f'%s {month}월 3일~17일'), ('en', f'{name} 3-17, %s'),
                                  ('en', f'3 to 17 {name} %s')]:
            yield language, pattern, (month, 3), (month, 17), True
        for language, pattern in [('ja', f'%s{month}月3、4日'), ('ko', f'%s {month}월 3, 4일'), ('en', f'{name} 3 and 4, %s')]:
            yield language, pattern, (month, 3), (month, 4), True
        if month > 10:
            continue
        end, other = month + 2, calendar.month_name[month + 2]
        for language, pattern in [('ja', f'%s{month}〜{end}月'), ('ja', f'%s{month}月から{end}月まで'), ('ja', f'%s{month}月から{end}月にかけて'),
                                  ('ko', f'%s {month}~{end}월'), ('ko', f'%s {month}월부터 {end}월까지'), ('ko', f'%s {month}월에서 {end}월 사이'),
                                  ('en', f'{name}-{other} %s'), ('en', f'from {name} through {other} %s'), ('en', f'between {name} and {other} %s')]:
            yield language, pattern, (month, 1), (end, 0), True
    for index in range(4):
        first, last = (3 * index + 1, 1), (3 * index + 3, 0)
        number, han, hangul, word = index + 1, '一二三四'[index], '일이삼사'[index], ORDINALS[index]
        for language, pattern in [('ja', f'%s第{number}四半期'), ('ja', f'%sの第{han}四半期'), ('ja', f'%s{3 * index + 1}〜{3 * index + 3}月期'),
                                  ('ko', f'%s {number}분기'), ('ko', f'%s {number}/4분기'), ('ko', f'%s {hangul}사분기'), ('ko', f'%s 제{number}분기'),
                                  ('en', f'Q{number} %s'), ('en', f'the {word} quarter of %s')]:
            yield language, pattern, first, last, '〜' in pattern
        season = (3 + 3 * index, 1), (5 + 3 * index, 0)
        for language, pattern in [('ja', '%sの' + '春夏秋冬'[index]), ('ja', '%s' + '春夏秋冬'[index]), ('ko', '%s ' + ['봄', '여름', '가을', '겨울'][index]),
                                  ('en', ['spring', 'summer', 'autumn', 'winter'][index] + ' %s'),
                                  ('en', 'the ' + ['spring', 'summer', 'fall', 'winter'][index] + ' of %s')]:
            yield language, pattern, *season, False
    for half, words in enumerate([['上半期', '前半', 'の上半期', '上期', ' 상반기', ' 전반기', 'H1 ', 'the first half of ', '1H '],
                                  ['下半期', '後半', 'の下半期', '下期', ' 하반기', ' 후반기', 'H2 ', 'the second half of ', '2H ']]):
        for at, word in enumerate(words):
            language = 'ja' if at < 4 else 'ko' if at < 6 else 'en'
            yield language, word + '%s' if language == 'en' else '%s' + word, (6 * half + 1, 1), (6 * half + 6, 0), False
    for language, patterns in {'ja': ['%s初め', '%s初頭', '%s半ば', '%s末'], 'ko': ['%s 초', '%s 초반', '%s 중반', '%s 말'],
                               'en': ['the beginning of %s', 'early %s', 'mid-%s', 'the end of %s']}.items():
        for pattern, (first, last) in zip(patterns, [(1, 1), (1, 4), (5, 8), (12, 12)]):
            yield language, pattern, (first, 1), (last, 0), False


def in_years(generator):
    for language in YEARS:
        inside = [unit for unit in units() if unit[0] == language]
        for _ in range(CASES_EACH):
            word, year = generator.choice(list(YEARS[language].items()))
            _, pattern, first, last, is_range = generator.choice(inside)
            border, kind = generator.choice(BORDERS[language])
            start, end = day(year, *first), day(year, *last)
            if kind != 'at' and is_range or kind == 'before' and 'end of' in pattern:
                continue
            ends = {'at': (start, end), 'by': ('..', end), 'from': (start, '..'), 'before': ('..', start - DAY),
                    'after': (end + DAY, '..')}[kind]
            yield language, border % (pattern % word), *ends


def from_anchor():
    monday = ANCHOR - DAY * ANCHOR.weekday()
    for number in range(2, 41):
        past, future = ANCHOR - DAY * number, ANCHOR + DAY * number
        yield from [('ja', f'{number}日前', past, past), ('ja', f'{number}日後', future, future), ('ko', f'{number}일 전', past, past),
                    ('ko', f'{number}일 뒤', future, future), ('en', f'{number} days ago', past, past),
                    ('en', f'in {number} days', future, future), ('en', f'within {number} days', ANCHOR, future),
                    ('ja', f'{number}日以内に', ANCHOR, future), ('ko', f'{number}일 이내에', ANCHOR, future)]
    for weeks, ja, ko, en in [(-2, '先々週', '지지난주', None), (-1, '先週', '지난주', 'last week'), (0, '今週', '이번 주', 'this week'),
                              (1, '来週', '다음 주', 'next week'), (2, '再来週', '다다음 주', 'the week after next')]:
        start = monday + 7 * weeks * DAY
        yield from [(language, word, start, start + 6 * DAY) for language, word in [('ja', ja), ('ko', ko), ('en', en)] if word]
        for at in range(7):
            that = start + at * DAY
            yield 'ja', f'{ja}の{"月火水木金土日"[at]}曜日', that, that
            yield 'ja', f'{ja}{"月火水木金土日"[at]}曜', that, that
            yield 'ko', f'{ko} {"월화수목금토일"[at]}요일', that, that
            if en:
                yield 'en', f'{calendar.day_name[at]} of {en}', that, that
    for month, nth, at in itertools.product((3, 8, 11), range(4), range(7)):
        first = day(2027, month, 1)
        that = first + DAY * ((at - first.weekday()) % 7 + 7 * nth)
        yield 'ja', f'2027年{month}月第{nth + 1}{"月火水木金土日"[at]}曜日', that, that
        yield 'ko', f'2027년 {month}월 {["첫째", "둘째", "셋째", "넷째"][nth]} {"월화수목금토일"[at]}요일', that, that
        yield 'en', f'the {ORDINALS[nth]} {calendar.day_name[at]} of {calendar.month_name[month]} 2027', that, that


def main():
    generator = random.Random(2026)
    with tempfile.NamedTemporaryFile('w', suffix='.tsv', encoding='utf-8') as file:
        for language, text, start, end in itertools.chain(in_years(generator), from_anchor()):
            file.write(f'{language}\t{ANCHOR}\t{text}\t{start}\t{end}\n')
        file.flush()
        return subprocess.run([sys.argv[1], '99.5', file.name]).returncode


if __name__ == '__main__':
    sys.exit(main())
