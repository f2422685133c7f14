"""More than twenty scenarios for tests of the same bits everywhere: (name, path, options of forecast)."""
import opcon
import scenarios

RUNS = 40000  # more than two chunks of 16,384, and no multiple of anything

VALUES = {
    "normal": "normal(1, 0.3)", "lognormal": "lognormal(mean: 1, sd: 0.4)", "beta": "beta(2, 5)", "gamma": "gamma(0.7, 2)",
    "uniform": "uniform(0, 2)", "triangular": "triangular(0, 1, 3)", "pert": "pert(0, 1, 3)", "poisson": "poisson(3)",
    "exponential": "exponential(2)", "interval": "0.5 to 2", "discrete": "discrete(1: 0.3, 2: rest)",
    "mixture": "mixture(normal(0, 1): 0.3, uniform(1, 2): rest)",
}


def value_scenario(name, value):
    return f"""scenario: {name}
as_of: 2025-12-31
horizon: 2031-12-31
calendar: {{exam: {{every: year, date: 08-18}}}}
inputs: {{x: "{value}"}}
variables: {{level: {{now: 0.2, drift: 0.05/yr * x, noise: 0.04}}}}
stages: {{a: {{at: exam, chance: logistic(x - 1)}}, b: {{after: a, needs: [level > 0.3]}}}}
questions: {{x: x, b: b, root: sqrt(abs(x)) + exp(-x * x) + log(1 + x * x)}}
"""


def cases():
    for name in scenarios.SCENARIOS:
        for tick in ("month", "quarter"):
            yield f"{name}, tick {tick}", scenarios.write(name, tick), ()
    yield "news", scenarios.write("news"), ("--given", "a > 2027-01-01")
    yield "forced", scenarios.write("everything"), ("--force", "exam@2028.held=no", "--set", "bar=0.5")
    for name, value in VALUES.items():
        yield name, opcon.scenario(value_scenario(name, value), f"value-{name}.yaml"), ()
    for path in sorted((opcon.ROOT / "scenarios").iterdir()):
        if (path / "scenario.yaml").exists():
            yield path.name, path, ()
