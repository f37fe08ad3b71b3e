#!/usr/bin/env python3
"""Holds the requests to Billgate that the tests expect byte by byte against a schema that was written by hand from the page of
its API.

Usage: check-requests.py. Needs the package jsonschema. Prints one line for each fault.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator

folder = pathlib.Path(__file__).resolve().parents[2] / "Tests/BillgateRequests"
schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
kinds = {"receipt": "receipt", "tax_invoice": "tax_invoice", "later_tax_invoice": "tax_invoice", "invoice": "invoice"}
requests = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
del requests["schema"]
faults = [f"{name}: no schema" for name in requests.keys() - kinds.keys()]
faults += [f"{name}: no such request" for name in kinds.keys() - requests.keys()]
for name in requests.keys() & kinds.keys():
    part = schema | {"$ref": f"#/$defs/{kinds[name]}"}
    Draft202012Validator.check_schema(part)
    for error in Draft202012Validator(part).iter_errors(requests[name]):
        faults.append(f"{name}: /{'/'.join(map(str, error.absolute_path))}: {error.message}")
print("\n".join(sorted(faults)) or f"{len(requests)} requests agree with their schemas")
sys.exit(1 if faults else 0)
