"""The library's answers on the bundled scenario are those of the program.

    flagship.py OPCON ROOT TEST_FLAGSHIP"""
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

opcon.start(sys.argv)
scenario = opcon.ROOT / "scenarios" / "rok-us"
document = next(path for path in sorted((opcon.ROOT / "corpus").rglob("*.md")) if path.name != "README.md")
forecast = json.loads(opcon.run("forecast", scenario, "--runs", 20000, "--format", "json").stdout)
expected = opcon.folder() / "read.json"
expected.write_bytes(opcon.run("read", document, "--format", "json").stdout)


def whatif(name, *change):
    """The differences of a what-if, a line each, with all digits."""
    told = json.loads(opcon.run("whatif", scenario, *change, "--runs", 20000, "--format", "json").stdout)
    lines = ""
    for answer in told["variants"][1]["answers"]:
        difference = answer["difference"]
        lines += f"{answer['name']} {difference['changed']}"
        for key in ("p", "p50_days", "later_days", "mean"):
            gap = difference.get(key)
            if gap and gap["value"] is not None:
                lines += f" {key} " + " ".join(f"{gap[part]:.17g}" for part in ("value", "se", "low", "high"))
        lines += "\n"
    path = opcon.folder() / name
    path.write_text(lines, encoding="utf-8")
    return path


def drivers():
    """Question, mean and every driver, a line each, with all digits."""
    told = json.loads(opcon.run("drivers", scenario, "--runs", 20000, "--format", "json").stdout)
    question = told["question"]
    lines = f"{question['name']} {question['mean']:.17g} {question['variance']:.17g} {told['explained']:.17g}\n"
    for driver in told["drivers"]:
        lines += driver["name"]
        if "share" in driver:
            numbers = [driver["share"][part] for part in ("value", "se", "low", "high")] + [driver["effect"]]
            numbers += [driver[end][part] for end in ("low", "high") for part in ("output", "se")]
            lines += "".join(f" {number:.17g}" for number in numbers)
        lines += "\n"
    path = opcon.folder() / "drivers.txt"
    path.write_text(lines, encoding="utf-8")
    return path


changed, news = whatif("whatif.txt", "--set", "plan_kept=0.5"), whatif("news.txt", "--given", "foc <= 2026-12-31")
answers = [sys.argv[3], scenario, forecast["results_digest"], document, expected, changed, news, drivers()]
sys.exit(subprocess.run(answers, check=False).returncode)
