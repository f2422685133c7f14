#!/usr/bin/env python3
"""Conditions without a title, in words. Each stage needs one, and `opcon status` says what it waits for.

    phrases.py OPCON SOURCE_ROOT
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import opcon  # noqa: E402

SCENARIO = '''scenario: phrases
as_of: 2026-01-01
horizon: 2030-12-31
sets:
  team: {table: teams.csv, titles: {en: english, ja: japanese}}
inputs:
  bar: {title: {en: Bar, ja: 基準, ko: 기준}, is: 0.8}
variables:
  level: {title: {en: Level, ja: 水準, ko: 수준}, now: 0.5}
  skill[team]: {title: {en: Skill, ja: 技量, ko: 기량}, now: team.start}
  mood:
    title: {en: Mood, ja: 空気, ko: 분위기}
    values: [calm, very_angry]
    value_titles: {very_angry: {en: very angry, ja: 怒り, ko: 분노}}
    now: calm
  due: {title: {en: Due day, ja: 期日, ko: 기한}, now: 2027-01-01}
shocks:
  strike: {title: {en: Strike, ja: スト, ko: 파업}, rate: 0/yr, lasts: 1mo}
  long_drought: {rate: 0/yr, lasts: 1mo}
conditions:
  ready: {title: {en: The crew is ready, ja: 要員が整う, ko: 인력이 갖춰진다}, met: level >= bar}
questions:
  date: first
stages:
  first: {title: {en: First, ja: 第一段階, ko: 첫 단계}, takes: 30d}
'''
TEAMS = 'key,english,japanese,start\nnorth,The north,北部,0.5\nsouth_east,,南東部,0.4\n'

# expression: in English, Japanese, Korean
CASES = [
    ('level >= bar', '‘Level’ at least ‘Bar’', '水準が基準以上', '수준이 기준 이상'),
    ('not (level < 85%)', '‘Level’ at least 85%', '水準が85%以上', '수준이 85% 이상'),
    ('level == bar', '‘Level’ equal to ‘Bar’', '水準が基準と同じ', '수준이 기준과 같음'),
    ('level * (bar + 1) > min(level, 0.3)', '‘Level’ × (‘Bar’ + 1) above the smallest of ‘Level’, 0.3',
     '水準 × (基準 + 1)が水準、0.3の最小超', '수준 × (기준 + 1)이 수준, 0.3 중 최솟값 초과'),
    ('mood == calm', '‘Mood’ being ‘calm’', '空気がcalm', '분위기: calm'),
    ('not (mood == very_angry)', '‘Mood’ other than ‘very angry’', '空気が怒り以外', '분위기: 분노 이외'),
    ('not strike', 'no ‘Strike’', 'ストがない', '파업 없음'),
    ('long_drought', '‘long drought’ under way', 'long droughtのさなか', 'long drought 중'),
    ('not (ready and strike)', 'not ‘The crew is ready’, or no ‘Strike’', '「要員が整う」でない、またはストがない',
     '“인력이 갖춰진다” 아님 또는 파업 없음'),
    ('ready or not done(first)', 'The crew is ready, or ‘First’ not done', '要員が整う、または第一段階が未了',
     '인력이 갖춰진다 또는 첫 단계 미완료'),
    ('today >= due', '‘Due day’ has come', '期日が到来', '기한 도래'),
    ('due <= 2028-06-30', '‘Due day’ by 30 June 2028', '期日が2028年6月30日まで', '기한이 2028년 6월 30일까지'),
    ('due > today + 18mo', '‘Due day’ after the day looked at + 1.5 years', '期日がその時点 + 1.5年より後',
     '기한이 그 시점 + 1.5년 후'),
]
ROWS = [('‘Skill: The north’ above 1', '技量（北部）が1超', '기량(The north)이 1 초과'),
        ('‘Skill: south east’ above 1', '技量（南東部）が1超', '기량(south east)이 1 초과')]

opcon.start(sys.argv)
tap = opcon.Tap()
(opcon.folder() / "teams.csv").write_text(TEAMS, encoding="utf-8")
stages = "".join(f'  s{i}: {{needs: ["{case[0]}"]}}\n' for i, case in enumerate(CASES))
path = opcon.scenario(SCENARIO + stages + "  last[team]: {title: {en: Exam, ja: 試験, ko: 시험}, needs: [skill > 1]}\n")
for which, lang in enumerate(("en", "ja", "ko")):
    result = opcon.run("status", path, "--lang", lang, environment={"COLUMNS": "200"})
    lines = [line.rstrip() for line in result.stdout.decode().split("\n")]
    for name, *words in CASES + [(f"row {row + 1}", *words) for row, words in enumerate(ROWS)]:
        tap.check(any(line.endswith("  " + words[which]) for line in lines), f"{lang}: {name}",
                  words[which] + "\n" + (result.stdout + result.stderr).decode())
tap.done()
