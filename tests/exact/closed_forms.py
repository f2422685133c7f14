#!/usr/bin/env python3
"""Forecasts of small scenarios against closed forms and numerical integrals.

Each case compares probabilities, means, deviations or quantiles with their exact values; the tolerance is five standard
errors of sampling (one false alarm in two million a comparison), plus what a sketch may be off by for quantiles. Seeds
are fixed, so a case passes always or never.
"""
import datetime
import math
import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import opcon

RUNS = 200000
normal = statistics.NormalDist()


def close(got, exact, error, what):
    assert abs(got - exact) <= error, f"{what}: {got} instead of {exact} (allowed {error:.2g})"


def share(got, exact, what, runs=RUNS):
    close(got, exact, 5 * math.sqrt(max(exact * (1 - exact), 1e-6) / runs), what)


HEAD = "scenario: test\nas_of: 2025-12-31\nhorizon: {horizon}\ntick: {tick}\n"


def head(horizon="2030-12-31", tick="month"):
    return HEAD.format(horizon=horizon, tick=tick)


def by(cdf, day):
    value = 0.0
    for date, p in cdf:
        if date <= day:
            value = p
    return value


# --- distributions: mean, deviation, quantiles ---

def integrate(f, a, b, steps=20000):
    """Simpson's rule."""
    h = (b - a) / steps
    total = f(a) + f(b)
    for i in range(1, steps):
        total += f(a + i * h) * (4 if i % 2 else 2)
    return total * h / 3


def beta_pdf(a, b):
    log_b = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return lambda x: math.exp((a - 1) * math.log(x) + (b - 1) * math.log1p(-x) - log_b) if 0 < x < 1 else 0.0


def gamma_pdf(k, t):
    return lambda x: math.exp((k - 1) * math.log(x) - x / t - math.lgamma(k) - k * math.log(t)) if x > 0 else 0.0


def quantile(pdf, p, low, high):
    """By bisection on the integral."""
    a, b = low, high
    for _ in range(40):
        middle = (a + b) / 2
        if integrate(pdf, low, middle, 2000) < p:
            a = middle
        else:
            b = middle
    return (a + b) / 2


def distribution(text, mean, sd, quantiles=(), kurtosis=3.0, days=False):
    def case():
        q = opcon.forecast(head() + f'inputs:\n  x: "{text}"\nquestions:\n  q: x\n', runs=RUNS)["questions"]["q"]
        close(q["mean"], mean, 5 * sd / math.sqrt(RUNS) + 1e-9, "mean")
        close(q["sd"], sd, 5 * sd * math.sqrt((kurtosis - 1) / 4 / RUNS) + 1e-9, "sd")
        for name, value, density in quantiles:
            p = int(name[1:]) / 100
            error = 5 * math.sqrt(p * (1 - p) / RUNS) / density + 0.002 * sd
            close(q[name], value, error, name)
    return case


def from_normal(mean, sd):
    z = normal.inv_cdf
    return [(n, mean + sd * z(p), normal.pdf(z(p)) / sd) for n, p in (("p05", .05), ("p50", .5), ("p90", .9))]


def from_pdf(pdf, low, high):
    result = []
    for name, p in (("p10", .1), ("p50", .5), ("p90", .9)):
        value = quantile(pdf, p, low, high)
        result.append((name, value, pdf(value)))
    return result


def lognormal(mu, s):
    mean = math.exp(mu + s * s / 2)
    sd = mean * math.sqrt(math.expm1(s * s))
    w = math.exp(s * s)
    z = normal.inv_cdf
    return dict(mean=mean, sd=sd, kurtosis=w ** 4 + 2 * w ** 3 + 3 * w ** 2 - 3,
                quantiles=[(n, math.exp(mu + s * z(p)), normal.pdf(z(p)) / s / math.exp(mu + s * z(p)))
                           for n, p in (("p05", .05), ("p50", .5), ("p95", .95))])


def triangular(a, m, b):
    mean = (a + m + b) / 3
    sd = math.sqrt((a * a + m * m + b * b - a * m - a * b - m * b) / 18)
    pdf = lambda x: 2 * (x - a) / ((b - a) * (m - a)) if x < m else 2 * (b - x) / ((b - a) * (b - m))
    return dict(mean=mean, sd=sd, kurtosis=2.4, quantiles=from_pdf(pdf, a, b))


def beta(a, b, low=0.0, width=1.0):
    mean, var = a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1))
    pdf = beta_pdf(a, b)
    return dict(mean=low + width * mean, sd=width * math.sqrt(var), kurtosis=3.0,
                quantiles=[(n, low + width * v, d / width) for n, v, d in from_pdf(pdf, 1e-9, 1 - 1e-9)])


def poisson_case():
    q = opcon.forecast(head() + 'inputs:\n  x: poisson(3.5)\n  y: poisson(40)\nquestions:\n  q: x\n  zero: x == 0\n  y: y\n')["questions"]
    close(q["q"]["mean"], 3.5, 5 * math.sqrt(3.5 / RUNS), "mean")
    close(q["q"]["sd"] ** 2, 3.5, 5 * math.sqrt((3.5 + 2 * 3.5 ** 2) / RUNS), "variance")
    share(q["zero"]["p"], math.exp(-3.5), "P(0)")
    assert q["q"]["p50"] == 3, q["q"]["p50"]
    close(q["y"]["mean"], 40, 5 * math.sqrt(40 / RUNS), "mean of 40")
    close(q["y"]["sd"] ** 2, 40, 5 * math.sqrt((40 + 2 * 1600) / RUNS), "variance of 40")


def discrete_case():
    q = opcon.forecast(head() + 'inputs:\n  x: "discrete(1: 0.1, 2: 0.6, 3: rest)"\n  b: bernoulli(0.3)\n'
                       'questions:\n  q: x\n  two: x == 2\n  b: b\n  sum: x + b\n')["questions"]
    close(q["q"]["mean"], 2.2, 5 * 0.6 / math.sqrt(RUNS), "mean")
    share(q["two"]["p"], 0.6, "P(2)")
    share(q["b"]["p"], 0.3, "bernoulli")
    close(q["sum"]["mean"], 2.5, 5 * math.sqrt(0.36 + 0.21) / math.sqrt(RUNS), "independent sum")
    assert q["q"]["p50"] == 2


def mixture_case():
    q = opcon.forecast(head() + 'inputs:\n  x: "mixture(normal(0, 1): 0.3, normal(5, 2): 0.7)"\nquestions:\n  q: x\n  low: x < 1\n')["questions"]
    mean, second = 3.5, 0.3 * 1 + 0.7 * 29
    sd = math.sqrt(second - mean ** 2)
    close(q["q"]["mean"], mean, 5 * sd / math.sqrt(RUNS), "mean")
    close(q["q"]["sd"], sd, 5 * sd / math.sqrt(RUNS), "sd")
    share(q["low"]["p"], 0.3 * normal.cdf(1) + 0.7 * normal.cdf(-2), "P(x < 1)")


def dates_case():
    q = opcon.forecast(head() + 'inputs:\n  d: 2027-01-01 to 2028-12-31\n  e: "uniform(2026-01-01, 2026-12-31)"\n'
                       'questions:\n  d: d\n  early: d <= 2027-06-30\n  month: e < 2026-02-01\n  gap: d - 2027-01-01\n')["questions"]
    low, high = datetime.date(2027, 1, 1).toordinal(), datetime.date(2028, 12, 31).toordinal()
    mean, sd = (low + high) / 2, (high - low) / (2 * normal.inv_cdf(0.95))
    share(q["early"]["p"], normal.cdf((datetime.date(2027, 6, 30).toordinal() + 0.5 - mean) / sd), "P(d <= mid-year)")
    share(q["month"]["p"], 30.5 / 364, "uniform dates, rounded")
    close(q["gap"]["mean"], mean - low, 5 * sd / math.sqrt(RUNS), "mean gap")
    middle = datetime.date.fromisoformat(q["d"]["p50"]).toordinal()
    close(middle, mean, 5 * sd * 1.2533 / math.sqrt(RUNS) + 1, "median date")


# --- stages ---

def geometric():
    """Yearly looks with chance p: done by the k-th with 1 - (1-p)^k."""
    f = opcon.forecast(head("2032-12-31") + "calendar:\n  e: {every: year, date: 06-30}\nstages:\n  s: {at: e, chance: 0.35}\n")
    s = f["stages"]["s"]
    for k in range(1, 8):
        share(by(s["cdf"], f"{2025 + k}-06-30"), 1 - 0.65 ** k, f"year {k}")
    share(s["never"], 0.65 ** 7, "never")
    assert s["p50"] == "2027-06-30", s["p50"]


def negative_binomial():
    """Three stages in series, one a look each: negative binomial."""
    text = head("2035-12-31") + "calendar:\n  e: {every: year, date: 06-30}\nstages:\n"
    text += "  a: {at: e, chance: 0.5}\n  b: {after: a, takes: 1d, at: e, chance: 0.5}\n  c: {after: b, takes: 1d, at: e, chance: 0.5}\n"
    s = opcon.forecast(text)["stages"]["c"]
    total = 0
    for n in range(3, 11):
        total += math.comb(n - 1, 2) * 0.5 ** n
        share(by(s["cdf"], f"{2025 + n}-06-30"), total, f"by year {n}")


def same_meeting():
    """Without `takes` a stage may follow at the same occurrence."""
    text = head("2027-12-31") + "calendar:\n  e: {every: year, date: 06-30}\nstages:\n  a: {at: e, chance: 0.5}\n  b: {after: a, at: e, chance: 0.5}\n"
    s = opcon.forecast(text)["stages"]["b"]
    share(by(s["cdf"], "2026-06-30"), 0.25, "same meeting")
    share(by(s["cdf"], "2027-06-30"), 0.25 + 0.25 * 0.5 + 0.5 * 0.25, "next meeting")


def held():
    text = head("2028-12-31") + "calendar:\n  e: {every: year, date: 06-30, held: 0.6}\nstages:\n  s: {at: e, chance: 0.5}\n"
    f = opcon.forecast(text)
    share(f["stages"]["s"]["never"], 0.7 ** 3, "never")
    b = {(x["reason"]): x["share"] for x in f["blockers"]["s"]}
    assert abs(sum(b.values()) - 1) < 1e-9, b
    assert b["not_held"] / b["chance"] > 1.2, b  # 0.4 of looks against 0.3


def takes_exact():
    """A stage that only waits is dated on the exact day."""
    s = opcon.forecast(head() + "stages:\n  a: {takes: 100d}\n  b: {after: a, takes: 45d}\n", runs=1000)["stages"]
    assert s["a"]["p50"] == "2026-04-10" and s["b"]["p50"] == "2026-05-25", (s["a"]["p50"], s["b"]["p50"])


def takes_distribution():
    s = opcon.forecast(head() + 'stages:\n  a: {takes: "normal(400d, 50d)"}\n')["stages"]["a"]
    share(by(s["cdf"], "2027-02-28"), normal.cdf((424.5 - 400) / 50), "by the end of February 2027")


def parallel():
    """The later of two: product of the distribution functions."""
    text = head("2031-12-31") + "calendar:\n  e: {every: year, date: 06-30}\nstages:\n  a: {at: e, chance: 0.4}\n  b: {at: e, chance: 0.6}\n  c: {after: [a, b], takes: 10d}\n"
    s = opcon.forecast(text)["stages"]["c"]
    for k in range(1, 6):
        share(by(s["cdf"], f"{2025 + k}-07-31"), (1 - 0.6 ** k) * (1 - 0.4 ** k), f"year {k}")


def network():
    """A stochastic network: the longest of two paths of two normals each."""
    text = head("2032-12-31", "week") + 'stages:\n  a: {takes: "normal(300d, 30d)"}\n  b: {after: a, takes: "normal(200d, 40d)"}\n'
    text += '  c: {takes: "normal(320d, 20d)"}\n  d: {after: c, takes: "normal(210d, 30d)"}\n  end: {after: [b, d], takes: 0d}\n'
    text += "questions:\n  late: end > 2027-05-31\n"
    q = opcon.forecast(text)["questions"]["late"]["p"]
    days = (datetime.date(2027, 5, 31) - datetime.date(2025, 12, 31)).days + 0.5
    exact = 1 - normal.cdf((days - 500) / 50) * normal.cdf((days - 530) / math.sqrt(1300))
    # Each of the two sums is rounded twice.
    close(q, exact, 5 * math.sqrt(exact * (1 - exact) / RUNS) + 0.001, "longest path")


def needs_input():
    text = head("2028-12-31") + 'calendar:\n  e: {every: year, date: 06-30}\ninputs:\n  x: "normal(0, 1)"\nstages:\n  s: {at: e, needs: [x > 0.5]}\n'
    share(opcon.forecast(text)["stages"]["s"]["never"], normal.cdf(0.5), "never")


def spread():
    """Recorded days lie around the nominal one."""
    text = head("2026-12-31") + 'calendar:\n  e: {every: year, date: 06-30, spread: "normal(0d, 10d)"}\nstages:\n  s: {at: e}\nquestions:\n  early: s <= 2026-06-20\n'
    share(opcon.forecast(text)["questions"]["early"]["p"], normal.cdf(-9.5 / 10), "ten days early")


# --- variables and shocks ---

def brownian_level():
    text = head("2028-12-31") + "variables:\n  v: {now: 1, drift: 0.5/yr, noise: 0.3}\nquestions:\n  end: v\n  mid: {is: v, at: 2027-01-01}\n"
    q = opcon.forecast(text)["questions"]
    for name, day in (("end", "2028-12-01"), ("mid", "2027-01-01")):
        years = (datetime.date.fromisoformat(day) - datetime.date(2025, 12, 31)).days / 365.25
        sd = 0.3 * math.sqrt(years)
        close(q[name]["mean"], 1 + 0.5 * years, 5 * sd / math.sqrt(RUNS), name + " mean")
        close(q[name]["sd"], sd, 5 * sd / math.sqrt(2 * RUNS), name + " sd")


def ou_level():
    text = head("2028-12-31") + "variables:\n  v: {now: 0, reverts_to: 2, speed: 0.7/yr, noise: 0.4}\nquestions:\n  v: v\n"
    q = opcon.forecast(text)["questions"]["v"]
    t = (datetime.date(2028, 12, 1) - datetime.date(2025, 12, 31)).days / 365.25
    mean = 2 * (1 - math.exp(-0.7 * t))
    sd = 0.4 * math.sqrt((1 - math.exp(-1.4 * t)) / 1.4)
    close(q["mean"], mean, 5 * sd / math.sqrt(RUNS), "mean")
    close(q["sd"], sd, 5 * sd / math.sqrt(2 * RUNS), "sd")


def first_passage(mean_step, keep, sd_of, start, bar, days):
    """P(not yet above the bar) after each observation, by iterating the transition density on a grid."""
    low, high, cells = start - 4.0, bar, 1600
    width = (high - low) / cells
    points = [low + (i + 0.5) * width for i in range(cells)]
    density = None
    result = []
    for dt in days:
        sd = sd_of(dt)
        reach = int(7 * sd / width) + 2
        if density is None:
            m = mean_step(start, dt)
            density = [math.exp(-((x - m) / sd) ** 2 / 2) / sd / math.sqrt(2 * math.pi) for x in points]
        else:
            new = [0.0] * cells
            for j, mass in enumerate(density):
                if mass < 1e-12:
                    continue
                m = mean_step(points[j], dt)
                middle = int((m - low) / width)
                for i in range(max(0, middle - reach), min(cells, middle + reach)):
                    new[i] += mass * width * math.exp(-((points[i] - m) / sd) ** 2 / 2) / sd / math.sqrt(2 * math.pi)
            density = new
        result.append(sum(density) * width)
    return result


def quarter_days():
    dates = [datetime.date(2025, 12, 31)] + [datetime.date(2026 + i // 4, 1 + 3 * (i % 4), 1) for i in range(0, 12)]
    return [(b - a).days / 365.25 for a, b in zip(dates, dates[1:])], dates[1:]


def brownian_passage():
    """First passage of a Brownian motion with drift at observation times."""
    text = head("2028-12-31", "quarter") + "variables:\n  v: {now: 0, drift: 0.3/yr, noise: 0.5}\nstages:\n  s: {needs: [v > 0.6]}\n"
    s = opcon.forecast(text)["stages"]["s"]
    steps, dates = quarter_days()
    exact = first_passage(lambda x, dt: x + 0.3 * dt, 1, lambda dt: 0.5 * math.sqrt(dt), 0.0, 0.6, steps)
    for i in (1, 3, 7, 11):
        close(1 - by(s["cdf"], dates[i].isoformat()), exact[i], 5 * math.sqrt(0.25 / RUNS) + 0.0015, f"look {i}")


def ou_passage():
    text = head("2028-12-31", "quarter") + "variables:\n  v: {now: 0, reverts_to: 0.2, speed: 1.1/yr, noise: 0.6}\nstages:\n  s: {needs: [v > 0.6]}\n"
    s = opcon.forecast(text)["stages"]["s"]
    steps, dates = quarter_days()
    exact = first_passage(lambda x, dt: 0.2 + (x - 0.2) * math.exp(-1.1 * dt), 1,
                          lambda dt: 0.6 * math.sqrt((1 - math.exp(-2.2 * dt)) / 2.2), 0.0, 0.6, steps)
    for i in (1, 3, 7, 11):
        close(1 - by(s["cdf"], dates[i].isoformat()), exact[i], 5 * math.sqrt(0.25 / RUNS) + 0.0015, f"look {i}")


def staged_exactly(cells=600):
    """P(three passes in ten Augusts) of bench/staged.yaml: the density of readiness, a grid for each number of passes so far."""
    days = [(datetime.date(year, 8, 1) - datetime.date(2026, 1, 1)).days / 365.25 for year in range(2026, 2036)]
    low, high, bar = -0.52, 2.48, 0.88
    width = (high - low) / cells
    points = [low + (i + 0.5) * width for i in range(cells)]
    before, states = None, None
    done = 0.0
    for t in days:
        step = t - (before or 0.0)
        sd, move = 0.06928203230275509 * math.sqrt(step), 0.024 * step
        reach = int((8 * sd + move) / width) + 2
        kernel = [math.exp(-((k * width - move) / sd) ** 2 / 2) / sd / math.sqrt(2 * math.pi) * width for k in range(-reach, reach + 1)]
        if states is None:
            first = [math.exp(-((x - 0.8 - move) / sd) ** 2 / 2) / sd / math.sqrt(2 * math.pi) for x in points]
            states = [first, [0.0] * cells, [0.0] * cells]
        else:
            states = [[sum(old[j] * kernel[i - j + reach] for j in range(max(0, i - reach), min(cells, i + reach + 1)))
                       for i in range(cells)] for old in states]
        for passes in (2, 1, 0):
            for i, x in enumerate(points):
                part = 0.6 * states[passes][i] if x > bar else 0.0
                states[passes][i] -= part
                if passes == 2:
                    done += part * width
                else:
                    states[passes + 1][i] += part
        before = t
    return done


def staged():
    """A walk that is read once a year: its path is drawn at four of twelve ticks."""
    runs = 1000000
    f = opcon.forecast(opcon.ROOT / "bench/staged.yaml", runs=runs)
    share(1 - f["stages"]["third"]["never"], staged_exactly(), "three assessments in ten years", runs)


def absorption():
    """A chain of three categories changed once a year; absorbed in `c`."""
    text = head("2030-12-31") + "calendar:\n  e: {every: year, date: 06-30}\nvariables:\n  v:\n    values: [a, b, c]\n    now: a\n    changes:\n"
    text += "      - {at: e, to: {by: v, a: {a: 0.5, b: 0.3, c: rest}, b: {a: 0.2, b: 0.5, c: rest}, c: c}}\n"
    text += "questions:\n  v: v\n  early: v@2027-12-31 == c\n"
    q = opcon.forecast(text)["questions"]
    state = [1.0, 0.0, 0.0]
    for year in range(1, 6):
        a, b, c = state
        state = [0.5 * a + 0.2 * b, 0.3 * a + 0.5 * b, 0.2 * a + 0.3 * b + c]
        if year == 2:
            share(q["early"]["p"], state[2], "absorbed after two")
    for name, p in zip("abc", state):
        share(q["v"]["shares"][name], p, name)


def poisson_shocks():
    """No shock so far: exp(-rate t). Share of time under one of fixed length."""
    text = head("2029-12-31") + "shocks:\n  c: {rate: 0.4/yr, lasts: 45d}\nvariables:\n  hit: {now: false, changes: [{at: c, to: true}]}\nquestions:\n  hit: hit\n"
    q = opcon.forecast(text)["questions"]["hit"]["p"]
    years = (datetime.date(2029, 12, 1) - datetime.date(2025, 12, 31)).days / 365.25
    share(q, 1 - math.exp(-0.4 * years), "at least one")


def shock_length():
    """A shock of 40 days ends at the first tick not before that; on/off as a renewal process on daily ticks."""
    text = head("2026-12-31", "day") + "shocks:\n  c: {rate: 2/yr, lasts: 40d}\nquestions:\n  on: c\n"
    q = opcon.forecast(text)["questions"]["on"]["p"]
    p, on = 1 - math.exp(-2 / 365.25), [0.0] * 41
    off = 1.0  # on[k]: k days after the beginning
    for _ in range(365):
        begins = off * p
        ends = on[40 - 1]
        off = off - begins + ends
        on = [begins] + on[:39] + [0.0]
    share(q, sum(on), "on at the end of the year")


def simultaneous():
    """Changes at one moment read the values before it: a swap."""
    text = head("2026-12-31") + "calendar:\n  e: {date: 2026-06-30}\nvariables:\n  a: {now: 1, changes: [{at: e, to: b}]}\n  b: {now: 2, changes: [{at: e, to: a}]}\nquestions:\n  a: a\n  b: b\n"
    q = opcon.forecast(text, runs=1000)["questions"]
    assert q["a"]["mean"] == 2 and q["b"]["mean"] == 1, q


def order_within_an_event():
    """Changes at an event do not see its stages; changes at a stage do."""
    text = head("2026-12-31") + "calendar:\n  e: {date: 2026-06-30}\nstages:\n  s: {at: e, needs: [switch == 1]}\nvariables:\n"
    text += "  switch: {now: 0, changes: [{at: e, to: 1}]}\n  before: {now: 0, changes: [{at: e, when: done(s), to: 1}]}\n"
    text += "  after: {now: 0, changes: [{at: s, when: done(s), to: 1}]}\nquestions: {s: done(s), before: before, after: after}\n"
    q = opcon.forecast(text, runs=100)["questions"]
    assert q["s"]["p"] == 1 and q["before"]["mean"] == 0 and q["after"]["mean"] == 1, q


def known_dates():
    """A date that is known is reported as it is, also one before as_of."""
    text = head("2028-01-01") + "stages:\n  a: {done: 2025-05-01}\n  b: {after: a, takes: 600d}\nquestions: {a: a, c: a + 1yr, early: a + 10d}\n"
    q = opcon.forecast(text, runs=100)["questions"]
    assert (q["a"]["p50"], q["c"]["p10"], q["early"]["p90"]) == ("2025-05-01", "2026-05-01", "2025-05-11"), q
    assert q["a"]["cdf"] == [["2025-05-01", 1]] and q["a"]["never"] == 0, q


def never_arithmetic():
    text = head("2026-12-31") + "variables:\n  d: {now: never}\nquestions:\n  plus: d + 1yr\n  gap: d - 2026-06-01\n  later: d > 2999-12-31\n  first: d@first\n"
    q = opcon.forecast(text, runs=1000)["questions"]
    assert q["plus"]["never"] == 1 and q["gap"]["never"] == 1 and q["later"]["p"] == 1 and q["first"]["never"] == 1, q


def first_value():
    text = head("2027-12-31") + "calendar:\n  e: {every: 6mo, date: 2026-03-01}\nvariables:\n  d: {now: never, changes: [{at: e, to: today + 1yr}]}\nquestions:\n  d: d\n  first: d@first\n"
    q = opcon.forecast(text, runs=1000)["questions"]
    assert q["first"]["p50"] == "2027-03-01" and q["d"]["p50"] == "2028-09-01" or q["d"]["never"] == 1, q


def given():
    """News: Bayes' rule for two throws."""
    text = head("2026-12-31") + "inputs:\n  a: bernoulli(0.3)\n  b: bernoulli(0.5)\ndefine:\n  either: a or b\nquestions:\n  a: a\n"
    f = opcon.forecast(text, "--given", "either")
    share(f["questions"]["a"]["p"], 0.3 / 0.65, "P(a | a or b)", f["counted"])
    share(f["counted"] / f["runs"], 0.65, "kept")


def waiting_days():
    """Days of waiting are whole and add up to the mean waiting time."""
    text = head("2030-12-31") + "calendar:\n  e: {every: year, date: 06-30}\nstages:\n  s: {at: e, chance: 0.5}\n"
    f = opcon.forecast(text)
    exact, p = 0.0, 1.0
    start = datetime.date(2025, 12, 31)
    for year in range(2026, 2031):
        exact += p * 0.5 * (datetime.date(year, 6, 30) - start).days
        p *= 0.5
    exact += p * ((datetime.date(2030, 12, 31) - start).days + 1)
    total = sum(b["days"] for b in f["blockers"]["s"])
    close(total, exact, 5 * 500 / math.sqrt(RUNS), "mean waiting days")
    assert abs(sum(b["share"] for b in f["blockers"]["s"]) - 1) < 1e-9
    years = sum(sum(b["days_by_year"].values()) for b in f["blockers"]["s"])
    close(years, total, 1e-6 * total, "by year")


def family():
    (opcon.folder() / "rows.csv").write_text("key,p\na,0.2\nb,0.5\nc,0.8\n", encoding="utf-8")
    text = head("2026-12-31") + "sets:\n  place: {table: rows.csv}\ncalendar:\n  e: {date: 2026-06-30}\nstages:\n  s[place]: {at: e, chance: place.p}\n"
    text += "questions:\n  all: all(s)\n  any: any(s)\n  n: count(s <= 2026-12-31)\n  b: s[b] <= 2026-12-31\n  last: last(s)\n"
    q = opcon.forecast(text)["questions"]
    share(q["all"]["p"], 0.08, "all")
    share(q["any"]["p"], 1 - 0.8 * 0.5 * 0.2, "any")
    close(q["n"]["mean"], 1.5, 5 * math.sqrt(0.16 + 0.25 + 0.16) / math.sqrt(RUNS), "count")
    share(q["b"]["p"], 0.5, "one row")
    share(q["last"]["never"], 0.92, "last")


def common_factor():
    """Two inputs that share a factor: correlation 0.8."""
    text = head("2026-12-31") + 'inputs:\n  f: "normal(0, 1)"\n  a: "2 * f + normal(0, 1)"\n  b: "2 * f + normal(0, 1)"\nquestions:\n  product: a * b\n  both: a > 0 and b > 0\n'
    q = opcon.forecast(text)["questions"]
    close(q["product"]["mean"], 4, 5 * math.sqrt(25 + 16) / math.sqrt(RUNS), "covariance")
    share(q["both"]["p"], 0.25 + math.asin(0.8) / (2 * math.pi), "orthant")


def bargaining():
    """An issue inside a future agrees with the same table in `opcon bargain`."""
    import json
    actors = {"a": (10, 0.5, 2), "b": (35, 1, 1.2), "c": (70, 0.3, 3), "d": (90, 1, 0.8), "e": (35, 0.2, 1)}
    stances = "".join(f"      {k}: {{position: {p}, salience: {s}, capability: {c}}}\n" for k, (p, s, c) in actors.items())
    issue = "issues:\n" + "".join(f"  {m}:\n    model: {m}\n    error: none\n    positions:\n{stances}" for m in ("mean", "median", "pce"))
    q = opcon.forecast(head() + issue + "questions: {mean: mean, median: median, pce: pce}\n", runs=100)["questions"]
    table = opcon.folder() / "actors.csv"
    table.write_text("actor,capability,position,salience\n" + "".join(f"{k},{c},{p},{s * 100}\n" for k, (p, s, c) in actors.items()))
    for ours, theirs in (("mean", "compromise"), ("median", "median"), ("pce", "pce")):
        result = opcon.run("bargain", table, "--model", theirs, "--format", "json")
        assert result.returncode == 0, result.stderr.decode()
        outcome = json.loads(result.stdout)["outcome"]
        outcome = outcome[0] if isinstance(outcome, list) else outcome
        close(q[ours]["mean"], outcome, 1e-9 * 100, ours)


CASES = {
    "normal": distribution("normal(3, 2)", 3, 2, from_normal(3, 2)),
    "normal of durations": distribution("normal(30d, 7d)", 30, 7, from_normal(30, 7)),
    "lognormal(mu, sigma)": distribution("lognormal(0.5, 0.6)", **lognormal(0.5, 0.6)),
    "lognormal(median, p90)": distribution("lognormal(median: 90d, p90: 300d)", **lognormal(math.log(90), math.log(300 / 90) / 1.2815515655)),
    "lognormal(mean, sd)": distribution("lognormal(mean: 5, sd: 2)", **lognormal(math.log(5) - math.log1p(0.16) / 2, math.sqrt(math.log1p(0.16)))),
    "a to b, positive": distribution("10 to 40", **lognormal((math.log(10) + math.log(40)) / 2, math.log(4) / (2 * normal.inv_cdf(0.95)))),
    "a to b, across zero": distribution("-10 to 40", 15, 25 / normal.inv_cdf(0.95), from_normal(15, 25 / normal.inv_cdf(0.95))),
    "uniform": distribution("uniform(-2, 5)", 1.5, 7 / math.sqrt(12), [("p10", -1.3, 1 / 7), ("p75", 3.25, 1 / 7)], 1.8),
    "triangular": distribution("triangular(1, 2, 5)", **triangular(1, 2, 5)),
    "pert": distribution("pert(0, 2, 10)", **beta(1 + 4 * 0.2, 1 + 4 * 0.8, 0, 10)),
    "beta": distribution("beta(2, 3)", **beta(2, 3)),
    "beta below one": distribution("beta(0.5, 0.7)", 0.5 / 1.2, math.sqrt(0.35 / (1.44 * 2.2)), kurtosis=2.0),
    "gamma": distribution("gamma(2.5, 4)", 10, math.sqrt(40), from_pdf(gamma_pdf(2.5, 4), 1e-9, 150), 3 + 6 / 2.5),
    "gamma below one": distribution("gamma(0.4, 2)", 0.8, math.sqrt(1.6), kurtosis=3 + 15),
    "exponential rate": distribution("exponential(0.5)", 2, 2, [("p50", 2 * math.log(2), 0.25)], 9),
    "exponential mean": distribution("exponential(40d)", 40, 40, [("p50", 40 * math.log(2), 1 / 80)], 9),
    "poisson": poisson_case, "discrete and bernoulli": discrete_case, "mixture": mixture_case, "dates": dates_case,
    "geometric retries": geometric, "negative binomial": negative_binomial, "same meeting": same_meeting,
    "cancelled events": held, "exact days": takes_exact, "takes with a distribution": takes_distribution,
    "later of two": parallel, "stochastic network": network, "need of an input": needs_input, "spread": spread,
    "Brownian motion": brownian_level, "Ornstein-Uhlenbeck": ou_level, "first passage, Brownian": brownian_passage,
    "first passage, Ornstein-Uhlenbeck": ou_passage, "a walk read once a year": staged, "Markov absorption": absorption, "Poisson shocks": poisson_shocks,
    "length of a shock": shock_length, "simultaneous changes": simultaneous, "order within an event": order_within_an_event, "known dates": known_dates, "never": never_arithmetic,
    "first value of a date": first_value, "given": given, "waiting days": waiting_days, "family": family,
    "common factor": common_factor, "bargaining": bargaining,
}

opcon.start(sys.argv)
tap = opcon.Tap()
for case_name, case_function in CASES.items():
    tap.attempt(case_name, case_function)
tap.done()
