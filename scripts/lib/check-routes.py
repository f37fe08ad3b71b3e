#!/usr/bin/env python3
"""Compares the routes that the sources register with the operations of the API's description.

Usage: check-routes.py ROOT DESCRIPTION. Prints one line for each route that only one of them has.
"""

import json
import pathlib
import re
import sys

METHODS = ("get", "put", "post", "delete", "patch", "trace")
# SaleRoutes(…).add(to: api.group("v1")): where a group of routes begins.
GROUP = re.compile(r"(\w+Routes)\((?:[^()]|\([^()]*\))*\)\s*\.add\(to:\s*\w+(?:\.group\(\"([^\"]*)\"\))?")
ROUTE = re.compile(r"\b\w+\.(get|put|post|delete|patch)\((?:\"([^\"]*)\"|use:)")


def registered(sources: pathlib.Path) -> set[str]:
    files = {path: path.read_text(encoding="utf-8") for path in sources.rglob("*.swift")}
    groups = {found[1]: found[2] or "" for text in files.values() for found in GROUP.finditer(text)}
    routes = set()
    for path, text in files.items():
        if not path.stem.endswith("Routes"):
            continue
        for found in ROUTE.finditer(text):
            parts = (groups.get(path.stem, "?"), found[2])
            routes.add(f"{found[1].upper()} /{'/'.join(part for part in parts if part)}")
    return routes


def main() -> int:
    if len(sys.argv) != 3:
        sys.exit("usage: check-routes.py ROOT DESCRIPTION")
    root, description = map(pathlib.Path, sys.argv[1:])
    paths = json.loads(description.read_text(encoding="utf-8"))["paths"]
    described = {f"{method.upper()} {path}" for path, item in paths.items() for method in METHODS if method in item}
    routes = registered(root / "Sources/Intake/HTTP")
    # A parameter may have one name in the sources and another one in the description.
    nameless = {re.sub(r":\w+|\{\w+\}", "{}", route): route for route in routes}
    faults = [
        f"{label}: described, but no route of the sources"
        for label in sorted(described)
        if nameless.pop(re.sub(r"\{\w+\}", "{}", label), None) is None
    ]
    faults += [f"{route}: a route of the sources, but not described" for route in sorted(nameless.values())]
    for fault in faults:
        print(fault)
    print(f"{len(described)} operations, {len(routes)} routes, {len(faults)} faults")
    return 1 if faults or not routes else 0


sys.exit(main())
