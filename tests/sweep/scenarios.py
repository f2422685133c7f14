"""Small scenarios that together use every feature, for tests of sameness; write(name) gives a path."""
import opcon

HEAD = "scenario: {name}\nas_of: 2025-12-31\nhorizon: 2033-12-31\ntick: {tick}\n"
CALENDAR = """calendar:
  exam: {every: year, date: 08-18, spread: "normal(0d, 4d)", held: 0.8}
  meeting: {every: 6mo, date: 2026-04-28}
  election: {date: [2028-11-07, 2032-11-02]}
"""

SCENARIOS = {
    "chain": """calendar: {exam: {every: year, date: 08-18, held: 0.8}}
stages: {a: {at: exam, chance: 0.5}, b: {after: a, takes: 100d}, c: {after: b, at: exam, chance: 0.7}}
questions: {c: c, by: c <= 2030-12-31}
""",
    "everything": CALENDAR + """inputs:
  care: normal(0, 1)
  bar: 0.6 + 0.05 * care
  pace: "lognormal(median: 1, sigma: 0.2)"
variables:
  side: {values: [left, right], now: left, changes: [{at: election, to: {left: 0.4, right: rest}}]}
  level: {now: 0.4, drift: 0.05/yr * pace, noise: 0.05, min: 0, max: 1}
  threat: {now: 0.5, reverts_to: 0.5, speed: 0.4/yr, noise: 0.1}
  target: {now: never, changes: [{at: a, to: "today + discrete(200d: 0.5, 500d: rest)"}]}
shocks: {crisis: {rate: 0.3/yr, lasts: 2mo to 12mo}}
conditions: {able: {met: level >= bar}, calm: {met: threat < 0.7 and not crisis}}
stages:
  a: {at: exam, needs: [able], chance: logistic(level * 3)}
  b: {after: a, takes: 3mo to 9mo, at: [meeting, exam], needs: [calm]}
  c: {after: b, needs: [side == left or crisis, "today >= target"]}
questions: {c: c, by: c <= 2031-12-31, level: {is: level, at: 2030-01-01}, side: side, gap: "if done(b) then b - a else 0d"}
""",
    "news": CALENDAR + """inputs: {odds: "beta(4, 4)"}
stages: {a: {at: exam, chance: odds}, b: {after: a, at: meeting, chance: odds}}
questions: {b: b, odds: odds}
""",
}


def write(name, tick="month"):
    return opcon.scenario(HEAD.format(name=name, tick=tick) + SCENARIOS[name], f"{name}.yaml")
