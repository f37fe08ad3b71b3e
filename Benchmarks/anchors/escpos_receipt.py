"""The same receipt by python-escpos: drawn with Pillow, sent with image(), the QR code below it.

Reads {"lines": [[left, right]...], "url": ..., "font": ..., "rounds": n} from standard input and writes
{"cpu_ms": per receipt, "bytes": ...}.
"""

import contextlib
import json
import os
import sys
import time

from escpos.printer import Dummy
from PIL import Image, ImageDraw, ImageFont

WIDTH = 576
SIZE = 24
LINE = 34


def receipt(lines, url, font):
    page = Image.new("1", (WIDTH, LINE * len(lines)), 1)
    pen = ImageDraw.Draw(page)
    for number, (left, right) in enumerate(lines):
        y = number * LINE
        pen.text((0, y), left, font=font, fill=0)
        if right:
            pen.text((WIDTH - pen.textlength(right, font=font), y), right, font=font, fill=0)
    printer = Dummy()
    printer.image(page)
    printer.qr(url, native=False, size=6)
    printer.cut()
    return printer.output


def main():
    task = json.load(sys.stdin)
    font = ImageFont.truetype(task["font"], SIZE)
    # The library prints remarks about a paper width that it was not told.
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        # The first one reads the font.
        data = receipt(task["lines"], task["url"], font)
        begun = time.process_time()
        for _ in range(task["rounds"]):
            data = receipt(task["lines"], task["url"], font)
    cpu = (time.process_time() - begun) * 1000 / task["rounds"]
    json.dump({"cpu_ms": cpu, "bytes": len(data)}, sys.stdout)


main()
