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
answers = [sys.argv[3], scenario, forecast["results_digest"], document, expected]
sys.exit(subprocess.run(answers, check=False).returncode)
