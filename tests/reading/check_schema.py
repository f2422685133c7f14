#!/usr/bin/env python3
"""Checks the JSON of a reader against schema/read.schema.json: check_schema.py SCHEMA READER FILE…

Knows the part of JSON Schema that the schema uses: type, enum, properties, required, additionalProperties, items,
minItems, maxItems, minimum, maximum, pattern."""
import json
import re
import subprocess
import sys

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}


def faults(schema, value, path):
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    if "type" in schema:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(isinstance(value, TYPES[t]) and not (isinstance(value, bool) and t in ("integer", "number")) for t in types):
            yield f"{path}: {value!r} is no {types}"
            return
    if isinstance(value, dict):
        for key in schema.get("required", []):
            if key not in value:
                yield f"{path}: no {key}"
        for key, item in value.items():
            if key in schema.get("properties", {}):
                yield from faults(schema["properties"][key], item, f"{path}.{key}")
            elif schema.get("additionalProperties") is False:
                yield f"{path}: unknown key {key}"
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{path}: {len(value)} items"
        for i, item in enumerate(value):
            yield from faults(schema.get("items", {}), item, f"{path}[{i}]")
    if isinstance(value, (int, float)) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{path}: {value} out of range"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value!r} does not match"


schema = json.load(open(sys.argv[1], encoding="utf-8"))
output = subprocess.run(sys.argv[2:], capture_output=True, check=True, timeout=60).stdout
documents = json.loads(output)
found = list(faults(schema, documents, "$"))
print("\n".join(found[:20]) or f"{len(documents)} documents fit")
sys.exit(1 if found or not documents else 0)
