"""Recomputes the figures of the flagship that come from tables and looks for each in the file that uses it.

usage: estimates.py SCENARIO_FOLDER
Prints TAP. A changed table, or a changed figure, fails until the other follows.
"""
import csv
import datetime
import math
import re
import statistics
import sys

folder = sys.argv[1]
results = []


def table(name):
    with open(f"{folder}/data/{name}", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text_of(name):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        return file.read()


model = text_of("model.yaml")
sources = set(re.findall(r"^  ([\w]+):$", text_of("sources.yaml"), re.M))


def expect(what, computed, written, place=model):
    """`computed` rounded as it is written, and the text `written` (with {} for it) somewhere in the file."""
    results.append((f"{what}: {computed}", written.format(*computed) in place))


def offsets(days, month, day):
    """Mean and standard deviation, in days, from a nominal day of the year."""
    from_nominal = [(when - datetime.date(when.year, month, day)).days for when in days]
    return len(from_nominal), round(statistics.mean(from_nominal), 1), round(statistics.stdev(from_nominal), 1)


def full_dates(rows, column):
    return [datetime.date.fromisoformat(row[column]) for row in rows if len(row[column]) == 10]


# --- calendar ---

meetings = [row for row in table("scm.csv") if int(row["number"]) <= 57]
expect("meetings", offsets(full_dates(meetings, "date"), 11, 1), "# {} meetings 2005-2025 in data/scm.csv lie {} d from 1 November with sd {} d")
exercises = table("exercises.csv")
for season, month, day in (("spring", 3, 19), ("summer", 8, 29)):
    sourced = [row for row in exercises if row["season"] == season and row["source"] != "background"]
    expect(season, offsets(full_dates(sourced, "end"), month, day), f"# {{}} closing days 2006-2026 in data/exercises.csv lie {{}} d from {day} ")
    expect(season, offsets(full_dates(sourced, "end"), month, day)[1:], 'spread: "normal({}d, {}d)"')


def held_in(event):
    block = re.search(rf"\n  {event}:\n.*?past: \{{(.*?)\}}", model, re.S).group(1)
    return {int(year): how for year, how in re.findall(r"(\d{4})(?:-\d\d-\d\d)?: (held|cancelled)", block)}


for event, season in (("fs", "spring"), ("ufs", "summer")):
    known = {int(row["year"]): "cancelled" if row["status"] in ("cancelled", "suspended") else "held"
             for row in exercises if row["season"] == season and row["source"] != "background"
             and not row["status"].startswith("under way")}
    past = held_in(event)
    results.append((f"past of {event} agrees with the table", past == known))
results.append(("past of scm agrees with the table", set(held_in("scm")) == {int(row["date"][:4]) for row in meetings}))

# --- who takes steps ---

steps = table("steps.csv")
for government, text in (("progressive", "six took a step"), ("conservative", "in the twelve under the latter, none")):
    rows = [row for row in steps if row["government"] == government]
    taken = sum(int(row["step"]) for row in rows)
    results.append((f"{government}: {taken} of {len(rows)}", (taken, len(rows)) == ((6, 9) if government == "progressive" else (0, 12))))

# --- money ---

budget = table("budget.csv")


def series(name):
    return {row["year"]: float(row["value"]) for row in budget if row["series"] == name}


share = series("share")
for last in (2019, 2024):
    changes = [100 * (share[str(y)] - share[str(y - 1)]) for y in range(2007, last + 1)]
    expect(f"share's yearly change to {last}", (round(statistics.stdev(changes), 3),), "normal(0, {}%)")
spent = series("rok_defence_budget")
kept = []
for base, plan in ((2021, "2022_2026"), (2022, "2023_2027"), (2023, "2024_2028"), (2025, "2025_2029")):
    for year, planned in series(f"rok_midterm_plan_{plan}").items():
        if int(year) <= 2026:
            kept.append((spent[year] - spent[str(base)]) / (planned - spent[str(base)]))
mean, deviation = statistics.mean(kept), statistics.stdev(kept)
size = mean * (1 - mean) / deviation ** 2 - 1
expect("plans kept", (round(mean, 2), round(deviation, 2), round(mean * size, 1), round((1 - mean) * size, 1)),
       "Mean {}, sd {}; the beta with these moments has a = {}, b = {}")
expect("plans kept", (round(mean * size, 1), round((1 - mean) * size, 1)), "is: beta({}, {})")
growth = series("rok_defence_budget_growth")
growth["2025"] = 100 * (spent["2025"] / spent["2024"] - 1)
conservative = statistics.mean(growth[str(y)] for y in [*range(2009, 2018), 2023, 2024, 2025])
progressive = statistics.mean(growth[str(y)] for y in [*range(2018, 2023), 2026])
expect("growth by government", (round(conservative, 1), round(progressive, 1)), "plan_kept * planned_growth * {} / {}")

# The plan's share, year by year, and the quarter in which the money above 2.32 % passes 21 trillion.
product, total, when = 61.2469 / 0.0232, 0.0, None
for year, planned in ((2026, 0.0241), (2027, 0.0254), (2028, 0.0265), (2029, 0.0276)):
    product *= 1.034
    extra = (planned - 0.0232) * product
    if total < 21 <= total + extra:
        when = year + (21 - total) / extra
    total += extra
results.append((f"on the plan 21 trillion is passed at {when:.2f}", when is not None and 2029 <= when < 2029.25))

# --- the North ---

missiles = {int(row["year"]): int(row["events"]) for row in table("missiles.csv") if row["date"].endswith("12-31")}
level = [math.log1p(missiles[y]) for y in range(2006, 2026)]
before, after = level[:-1], level[1:]
slope = (sum((a - statistics.mean(before)) * (b - statistics.mean(after)) for a, b in zip(before, after))
         / sum((a - statistics.mean(before)) ** 2 for a in before))
constant = statistics.mean(after) - slope * statistics.mean(before)
residuals = [b - constant - slope * a for a, b in zip(before, after)]
residual = math.sqrt(sum(r * r for r in residuals) / (len(residuals) - 2))
standing = residual / math.sqrt(1 - slope ** 2)
expect("autoregression", (f"{slope:.3f}", f"{-math.log(slope):.1f}"), "coefficient {} a year, so speed -log(0.365) = {}")
expect("its noise", (f"{standing:.2f}", f"{-math.log(slope):.1f}"), "noise: {} * sqrt(2 * {})")
recent = statistics.mean(math.log1p(missiles[y]) for y in range(2014, 2026))
expect("usual level", (f"{constant / (1 - slope):.2f}", f"{recent:.2f}"), "is: uniform({}, {})")
results.append(("the bar stands on 2025 and 2022", missiles[2025] == 19 and missiles[2022] == max(missiles.values()) == 37))

# --- the class ---

rows = [row for row in table("reference-class.csv") if row["target_level"] == "own" and row["outcome"] not in ("pending", "completed_date_unknown")]
handovers = [row for row in rows if row["kind"] in ("authority", "withdrawal", "base", "command") and row["conditions_based"] == "yes"]


def within(months):
    hits = [row for row in handovers if row["outcome"] != "not_completed" and row["slip_months"] and float(row["slip_months"]) <= months]
    return round(100 * len(hits) / len(handovers))


expect("conditions-based handovers", (len(handovers), within(1), within(12)),
       "of {} conditions-based handovers whose date has passed\n  # {}% kept it and {}% came within twelve months")
systems = ("F-35B (USMC)", "F-35A (USAF)", "F-35C (USN)", "NATO AGS", "Aegis Ashore Poland", "CH-53K", "UK F-35B force", "UK E-7 Wedgetail")
slips = [float(row["slip_months"]) for row in rows if row["case"] in systems and row["slip_basis"] == "dates"]
late = sum(row["outcome"] == "late" for row in rows if row["case"] in systems)
expect("systems", (f"{statistics.median(slips):.1f}", late, len(systems), len(slips)),
       "systems by {} ({} of {} late, {} now complete)")

# --- the bargaining error, given that the last step was taken ---

mean_error, error, parts = -2.2, 29.7, 3
part = error / math.sqrt(parts)
# Positions and weights of timing.yaml and timing-2019.yaml under a progressive government and the first administration.
salience_times_capability = (0.81, 0.5, 0.54, 0.24, 0.3, 0.15)
for edition, positions in (("2026", (90, 70, 35, 30, 60, 15)), ("2019", (90, 60, 50, 40, 65, 15))):
    outcome = sum(p * w for p, w in zip(positions, salience_times_capability)) / sum(salience_times_capability)
    cut = (50 - outcome - mean_error) / error
    density = math.exp(-cut * cut / 2) / math.sqrt(2 * math.pi)
    hazard = density / (0.5 * math.erfc(cut / math.sqrt(2)))
    shift = hazard * error / parts
    left = part * math.sqrt(1 - (1 - (1 + cut * hazard - hazard ** 2)) / parts)
    expect(f"error given a step, {edition}", (f"{shift:.1f}", f"{left:.1f}"), "normal(-2.2 + {}, {})")
    expect(f"mean of positions, {edition}", (f"{outcome:.1f}",), "50 - {} + 2.2" if edition == "2026" else "positions averaged {}")
expect("a third of the error", (f"{part:.1f}",), "normal(0, {})")

# --- sources ---

named = set()
for name in ("model", "timing", "issues", "current", "policies", "scenario", "as-of-2026-03-09", "as-of-2019-10-31", "timing-2019"):
    for block in re.findall(r"from: \[([^\]]*)\]|from: (\w+)", text_of(f"{name}.yaml")):
        named |= {key.strip() for key in (block[0] or block[1]).split(",")}
missing = sorted(named - sources - {"judgement"})
results.append((f"every source is on record{'; not: ' + ', '.join(missing) if missing else ''}", not missing))
for name in ("exercises", "scm", "shocks", "budget", "missiles", "steps", "reference-class"):
    cited = {key for row in table(f"{name}.csv") for key in re.split(r"[;+]", row["source"] or "") if key}
    missing = sorted(cited - sources)
    results.append((f"every source of {name}.csv is on record{'; not: ' + ', '.join(missing) if missing else ''}", not missing))

print(f"1..{len(results)}")
for number, (what, fine) in enumerate(results, 1):
    print(f"{'ok' if fine else 'not ok'} {number} - {what}")
