"""Every key of the schemas has a description, and every record of a scenario can be reached from the top.

    descriptions.py ROOT"""
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import opcon

FOLDER = pathlib.Path(sys.argv[1]) / "schema"
schema = json.loads((FOLDER / "scenario.schema.json").read_text(encoding="utf-8"))
tap = opcon.Tap()
keys = []
used = set()


def walk(node, path):
    if isinstance(node, list):
        for item in node:
            walk(item, path)
    if not isinstance(node, dict):
        return
    if isinstance(node.get("$ref"), str):
        used.add(node["$ref"].rsplit("/", 1)[1])
    for key, value in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
        keys.append((f"{path}.{key}", value))
    for key, value in node.items():
        walk(value, f"{path}.{key}" if key not in ("properties", "definitions", "items", "anyOf", "allOf") else path)


walk(schema, "")
walk(json.loads((FOLDER / "read.schema.json").read_text(encoding="utf-8")), "read")
bare = [path for path, value in keys if not isinstance(value, dict) or len(value.get("description", "")) < 4]
tap.check(len(keys) > 350, f"{len(keys)} keys")
tap.check(not bare, "each has a description", "\n".join(bare))
tap.check(set(schema["definitions"]) == used, "each definition is used", set(schema["definitions"]) ^ used)
first = (pathlib.Path(sys.argv[1]) / "scenarios/starter/scenario.yaml").read_text(encoding="utf-8").splitlines()[0]
wanted = "# yaml-language-server: $schema=../../schema/scenario.schema.json"
tap.check(first == wanted, "the starter names the schema", first)
tap.done()
