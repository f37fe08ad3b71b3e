#!/usr/bin/env python3
"""Looks for every quote of a page in the examples, with any indentation.

Usage: check-quotes.py PAGE FOLDER. Prints the quotes that no example has.
"""

import pathlib
import re
import sys

QUOTE = re.compile(r"^```(?:bash|python|php|js|csharp)\n(.*?)^```$", re.M | re.S)


def plain(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines())


if len(sys.argv) != 3:
    sys.exit("usage: check-quotes.py PAGE FOLDER")
page, examples = map(pathlib.Path, sys.argv[1:])
texts = [plain(path.read_text(encoding="utf-8")) for path in examples.iterdir()]
quotes = QUOTE.findall(page.read_text(encoding="utf-8"))
missing = [quote for quote in quotes if not any(plain(quote) in text for text in texts)]
print(*missing, sep="\n", file=sys.stderr, end="")
sys.exit(not quotes or bool(missing))
