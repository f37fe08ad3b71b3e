#!/usr/bin/env python3
"""Checks every import line of the package against the arrows in Package.swift.

Reads the output of `swift package dump-package` from standard input; the package's root is the one argument. A file may
import what its own target declares and what comes with the toolchain, but not what is merely built beside it.
"""

import json
import pathlib
import re
import sys

TOOLCHAIN = {"Dispatch", "Foundation", "Glibc", "Synchronization"}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"
    r"(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?([A-Za-z_]\w*)"
)


def main() -> int:
    root = pathlib.Path(sys.argv[1])
    offences, files = [], 0
    for target in json.load(sys.stdin)["targets"]:
        if target["type"] not in ("regular", "executable", "test"):
            continue
        is_test = target["type"] == "test"
        # Each dependency is {"byName": ["Sales", null]} or {"product": ["NIOCore", "swift-nio", …]}; a product is
        # named as its module here.
        declared = {names[0] for dependency in target["dependencies"] for names in dependency.values()}
        allowed = declared | TOOLCHAIN | ({"Testing"} if is_test else set())
        folder = root / (target.get("path") or ("Tests" if is_test else "Sources") + "/" + target["name"])
        for file in sorted(folder.rglob("*.swift")):
            files += 1
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                match = IMPORT.match(line)
                if match and match[1] not in allowed:
                    offences.append(f"{file.relative_to(root)}:{number}: {target['name']} may not import {match[1]}")
    for offence in offences:
        print(offence)
    if offences:
        print("Package.swift says who may import whom; an arrow that is missing there is missing on purpose.")
    elif files == 0:
        print(f"no Swift files found under {root}")
    return 1 if offences or files == 0 else 0


sys.exit(main())
