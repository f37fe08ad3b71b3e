#!/usr/bin/env python3
"""Hands one sale to Kamkap over its Unix socket. Usage: sale.py [SOCKET]

Ends with 0: accepted; 65: refused, and refused again if sent again; 69: not reached, send the same bytes later.
SALE_ID and SALE_TOTAL put in another id and total, to try what is refused.
"""
import http.client
import json
import os
import socket
import sys
import time
from datetime import datetime


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("pos", timeout=10)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def make_sale():
    return {
        # Unique among all stores of one account at the provider, hence branch and till. A real till puts its receipt counter here.
        "transaction_id": os.environ.get("SALE_ID") or f"00000-POS01-{time.time_ns() // 1_000_000}",
        "document": {
            "issued_at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "line_items": [
                {"name": "กาแฟลาเต้เย็น", "unit_price": "75", "quantity": "2", "vatable": True},
                {"name": "ครัวซองต์เนยสด", "unit_price": "89.50", "quantity": "1", "vatable": True},
                {"name": "ส่วนลดสมาชิก", "unit_price": "-20", "quantity": "1", "vatable": True},
            ],
        },
        "terminal_id": "POS-01",
        "receipt": {
            "payments": [{"method": "cash", "amount": "300"}],
            "change": "80.50",
            "total": os.environ.get("SALE_TOTAL") or "219.50",
        },
    }


def post(path, body):
    connection = UnixConnection(path)
    try:
        connection.request("POST", "/v1/sales", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, int(answer.headers.get("Retry-After", 0)), answer.read()
    finally:
        connection.close()


def hand_in(path, body, tries):
    """Sends the same bytes until the answer is final. Returns the exit code."""
    for number in range(1, tries + 1):
        try:
            status, later, answer = post(path, body)
            why = f"status {status}"
        except (OSError, http.client.HTTPException) as error:
            # It may have been taken all the same, and only the answer was lost: no new id.
            status, later, why = 0, 0, error
        if status in (200, 201):  # It is on disk, and Kamkap does the rest: the customer may go.
            sale = json.loads(answer)
            state = sale["registration"]["state"]
            print(f"accepted {sale['transaction_id']}: total {sale['totals']['total']}, registration {state}")
            return 0
        if 0 < status < 500 and status not in (408, 429):
            # 422: the sale has these faults. 409: this id was used for another sale. Both are bugs in the till.
            problem = json.loads(answer)
            print(f"refused: {problem['title']}", file=sys.stderr)
            for fault in problem.get("errors") or [{"pointer": "", "detail": problem["detail"]}]:
                print(f"  {fault['pointer']} {fault['detail']}", file=sys.stderr)
            return 65
        if number < tries:
            time.sleep(max(min(2 ** (number - 1), 30), later))
    print(f"not reached ({why}): keep the sale and send the same bytes later", file=sys.stderr)
    return 69


if __name__ == "__main__":
    socket_path = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KAMKAP_SOCKET", "/run/kamkap/pos.sock")
    # Made once: each try sends these very bytes. A real till writes them to its own disk before the first.
    sale_bytes = json.dumps(make_sale(), ensure_ascii=False).encode()
    sys.exit(hand_in(socket_path, sale_bytes, int(os.environ.get("KAMKAP_TRIES", "6"))))
