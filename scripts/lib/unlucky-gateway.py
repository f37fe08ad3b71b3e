#!/usr/bin/env python3
"""A gateway that takes a sale at its third try: the first answer is lost, the second is 503.

It refuses other bytes under the same id, and a try that comes sooner than Retry-After says.

Usage: unlucky-gateway.py SOCKET PORT. Serves both until it is ended.
"""

import http.server
import json
import socketserver
import sys
import threading
import time

# Seconds that the 503 asks a till to wait, and what a clock may be off.
RETRY_AFTER, SLACK = 3, 0.1

# The first body of each sale, how often it came, and when last.
seen: dict[str, tuple[bytes, int, float]] = {}


class Gateway(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.answer(200, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        name = json.loads(body)["transaction_id"]
        first, tries, last = seen.get(name, (body, 0, 0))
        now = time.monotonic()
        seen[name] = (first, tries + 1, now)
        if tries == 0:
            self.close_connection = True
        elif body != first:
            self.answer(422, {"title": "Other bytes", "detail": "at the second or third try"})
        elif tries == 1:
            self.answer(503, {"title": "Not now", "detail": "come again"})
        elif now - last < RETRY_AFTER - SLACK:
            self.answer(422, {"title": "Too soon", "detail": f"after {now - last:.1f} s; Retry-After was {RETRY_AFTER}"})
        else:
            state = {"registration": {"state": "pending"}, "totals": {"total": "1.00"}}
            self.answer(201, {"transaction_id": name, **state})

    def answer(self, status: int, value: dict) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 503:
            self.send_header("Retry-After", str(RETRY_AFTER))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


if len(sys.argv) != 3:
    sys.exit("usage: unlucky-gateway.py SOCKET PORT")
unix = socketserver.ThreadingUnixStreamServer(sys.argv[1], Gateway)
threading.Thread(target=unix.serve_forever, daemon=True).start()
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Gateway).serve_forever()
