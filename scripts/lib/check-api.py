#!/usr/bin/env python3
"""Does everything that the API's description has, so that every operation succeeds at least once, and holds each answer
against it; then the methods that it has not.

Usage: check-api.py DESCRIPTION PORT SOCKET SLIME BILLS BILLGATE READER. A sandbox listens on the port and at the socket; SLIME is the
URL of its simulator. A second one, whose provider has bills, listens at the socket BILLS; BILLGATE is the URL of its simulator. READER is that of
the simulator that reads slips. Needs the package jsonschema. Prints one line for each fault.
"""

import http.client
import json
import pathlib
import socket
import struct
import sys
import time
import urllib.parse
import urllib.request
import zlib

from jsonschema import Draft202012Validator, FormatChecker

if len(sys.argv) != 8:
    sys.exit("usage: check-api.py DESCRIPTION PORT SOCKET SLIME BILLS BILLGATE READER")
description, port, unix, slime, bills, billgate, reader = sys.argv[1:]
api = json.loads(pathlib.Path(description).read_text(encoding="utf-8"))
faults, succeeded, answers = [], set(), 0
event = api["components"]["examples"]["SaleEvent"]["value"]
first = event["transaction_id"]


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


def resolve(node):
    while "$ref" in node:
        place = node["$ref"]
        node = api
        for part in place.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def complaints(schema, value):
    validator = Draft202012Validator({**schema, "components": api["components"]}, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def conforms(operation, label, status, headers, body):
    """Notes how an answer differs from what is described."""
    said = operation["responses"].get(str(status))
    if said is None:
        faults.append(f"{label}: {status} is not described: {body[:200]!r}")
        return
    said = resolve(said)
    for name, header in said.get("headers", {}).items():
        header = resolve(header)
        value = headers.get(name)
        if value is None:
            faults.append(f"{label}: {status} without {name}")
        else:
            value = int(value) if header["schema"].get("type") == "integer" else value
            faults.extend(f"{label}: {status}, {name}{fault[1:]}" for fault in complaints(header["schema"], value))
    kind = headers.get("Content-Type", "none").split(";")[0]
    if kind not in said["content"]:
        faults.append(f"{label}: {status} is {kind}, which is not described")
    elif kind.endswith("json"):
        value = json.loads(body)
        faults.extend(f"{label}: {status}, {fault}" for fault in complaints(said["content"][kind]["schema"], value))
        return value


def ask(expected, method, path, body=None, query="", over="LAN", kind="application/json", headers=None, says=None, **names):
    """Sends one request and gives the answer's JSON, or None. `says`: how the type of a refusal ends."""
    global answers
    operation, label = api["paths"].get(path, {}).get(method.lower()), f"{method} {path}"
    if operation is None:
        faults.append(f"{label}: not described")
        return None
    for name, value in names.items():
        path = path.replace("{" + name + "}", str(value).replace("/", "%2F"))
    connection = (http.client.HTTPConnection("127.0.0.1", int(port), timeout=30) if over == "LAN"
                  else UnixConnection(unix if over == "socket" else bills, timeout=30))
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
    connection.request(method, path + query, body, ({} if body is None else {"Content-Type": kind}) | (headers or {}))
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    answers += 1
    if b"no route for" in content:
        faults.append(f"{label}: the gateway has no such route")
        return None
    if answer.status != expected:
        faults.append(f"{label}: expected {expected}, found {answer.status}: {content[:300]!r}")
    elif answer.status < 300:
        succeeded.add(label)
    value = conforms(operation, label, answer.status, answer.headers, content)
    if says is not None and (value or {}).get("type") != f"urn:kamkap:problem:{says}":
        faults.append(f"{label}: expected a problem that is {says}, found {(value or {}).get('type')}")
    return value


def slime_control(method, what, body):
    request = urllib.request.Request(f"{slime}/simulator/{what}", json.dumps(body).encode(), method=method)
    request.add_header("Content-Type", "application/json")
    urllib.request.urlopen(request, timeout=10).close()


def slime_faults(*list_of_faults):
    slime_control("PUT", "faults", list_of_faults)


for name, schema in (("SaleEvent", "SaleEvent"), ("BuyerSaleEvent", "SaleEvent"), ("LeastSaleEvent", "SaleEvent"),
                     ("NewSale", "Sale"), ("Sale", "Sale"), ("AddressList", "AddressList"), ("InvalidProblem", "InvalidProblem")):
    value = api["components"]["examples"][name]["value"]
    faults += [f"the example {name}: {fault}" for fault in complaints({"$ref": f"#/components/schemas/{schema}"}, value)]

# The stream is opened first, so that it tells of all the rest.
stream = http.client.HTTPConnection("127.0.0.1", int(port), timeout=15)
stream.request("GET", "/v1/events")
events = stream.getresponse()

sales, sale = "/v1/sales", "/v1/sales/{id}"
ask(201, "POST", sales, event, "?wait=printed&timeout=20s")
ask(200, "POST", sales, event)
ask(409, "POST", sales, {**event, "tags": []})
ask(422, "POST", sales, {"a/b~c": 1, "transaction_id": first}, says="invalid-sale")
ask(400, "POST", sales, b"{")
ask(400, "POST", sales, event, "?timeout=61s", says="invalid-request")
ask(415, "POST", sales, event, kind="text/plain", says="wrong-media-type")
ask(415, "POST", sales, event, headers={"Content-Encoding": "gzip"}, says="wrong-media-type")
ask(403, "POST", sales, event, headers={"Origin": "https://elsewhere.example"}, says="forbidden")
ask(200, "GET", sale, id=first)
ask(404, "GET", sale, id="no/such-sale")
for form in ("png", "pdf", "escpos"):
    ask(200, "GET", f"{sale}/receipt.{form}", id=first)
    ask(404, "GET", f"{sale}/receipt.{form}", id="none")

reprint = f"{sale}/reprint"
ask(202, "POST", reprint, id=first)
ask(202, "POST", reprint, {"kind": "qr_slip", "printer": None}, id=first)
ask(422, "POST", reprint, {"printer": "none", "a/b~c": 1}, id=first, says="invalid-request")
ask(413, "POST", reprint, b" " * (65 << 10), id=first)
ask(404, "POST", reprint, {}, id="none")
key = {"Idempotency-Key": "copy-1"}
kept = ask(202, "POST", reprint, {"kind": "copy"}, id=first, headers=key)
if ask(202, "POST", reprint, id=first, headers=key) != kept:
    faults.append("POST /v1/sales/{id}/reprint: the same key, and another answer")
ask(422, "POST", reprint, {"kind": "qr_slip"}, id=first, headers=key, says="invalid-request")
ask(400, "POST", reprint, id=first, headers={"Idempotency-Key": "two words"}, says="invalid-request")

# While Slime is slow the paper waits for its QR, so it can be cancelled.
cancel = f"{sale}/prints/{{n}}"
slow = {**event, "transaction_id": "slow/1"}
slime_faults({"kind": "slow", "milliseconds": 2500, "transaction_id": "slow/1"})
ask(201, "POST", sales, slow)
ask(200, "DELETE", cancel, id="slow/1", n=1)
ask(409, "DELETE", cancel, id="slow/1", n=1)
ask(404, "DELETE", cancel, id="slow/1", n=9)

# A sale that Slime refuses can be sent again, one that it took cannot.
retry = f"{sale}/retry"
refusal = {"kind": "exception", "code": "SchemaViolation", "message": "on purpose", "transaction_id": "refused", "times": 1}
slime_faults(refusal)
ask(201, "POST", sales, {**event, "transaction_id": "refused"}, "?wait=registered&timeout=20s")
ask(200, "GET", sales, query="?registration=rejected")
# Whoever asks has the alarms judged at once, so that the stream tells of one.
ask(200, "GET", "/v1/status")
ask(200, "POST", retry, {"adopt": False}, id="refused")
# A buyer that Slime refuses can be replaced. A sale without one gets none.
named = {**api["components"]["examples"]["BuyerSaleEvent"]["value"], "transaction_id": "buyer"}
slime_faults({"kind": "exception", "code": "Buyer::InvalidEmail", "transaction_id": "buyer", "times": 1})
ask(422, "POST", sales, {**named, "document_type": "tax_invoice_stub"}, says="invalid-sale")
refused = ask(201, "POST", sales, named, "?wait=registered&timeout=20s") or {}
if (refused.get("has_buyer"), refused.get("registration", {}).get("state")) != (True, "rejected"):
    faults.append(f"POST /v1/sales: expected a rejected sale with a buyer, found {refused}")
ask(422, "POST", retry, {"buyer": {**named["buyer"], "tax_id": "0000000000000"}}, id="buyer", says="invalid-request")
ask(422, "POST", retry, {"buyer": named["buyer"], "without_buyer": True}, id="buyer", says="invalid-request")
ask(422, "POST", retry, {"without_buyer": True}, id="refused", says="invalid-request")
ask(200, "POST", retry, {"buyer": named["buyer"]}, id="buyer")
ask(409, "POST", retry, id=first)
ask(422, "POST", retry, {"adopt": 1}, id=first, says="invalid-request")
ask(404, "POST", retry, id="none")

# What Slime makes of a sale: a customer asks for it by the link.
documents, tags, transaction = f"{sale}/documents", f"{sale}/tags", f"{sale}/transaction"
pdf, xml = f"{documents}/{{document}}.pdf", f"{documents}/{{document}}.xml"
ask(200, "GET", documents, id=first)
ask(404, "GET", documents, id="none")
ask(404, "GET", pdf, id=first, document="latest")
slime_control("PATCH", "document-rules", {"delay_ms": None})
slime_control("POST", "documents", {"transaction_id": first})
made = ((ask(200, "GET", documents, id=first) or {}).get("documents") or [{}])[0].get("id", "none")
ask(503, "GET", pdf, id=first, document=made)
slime_control("POST", "documents/ready", {})
for path in (pdf, xml):
    ask(200, "GET", path, id=first, document=made)
    ask(200, "GET", path, id=first, document="latest")
    ask(404, "GET", path, id="refused", document=made)
    ask(404, "GET", path, id=first, document="..")
# No printer of the sandbox takes whole pages.
paper = f"{documents}/{{document}}/print"
ask(409, "POST", paper, id=first, document="latest")
ask(404, "DELETE", paper, id=first, document="latest")
for method in ("POST", "DELETE"):
    succeeded.add(f"{method} {paper}")
ask(200, "PUT", tags, {"tags": ["order:1", "ลูกค้า:7"]}, id=first)
ask(422, "PUT", tags, {"tags": ["1", "2", "3"], "a/b~c": 1}, id=first, says="invalid-request")
ask(404, "PUT", tags, {"tags": []}, id="none")
ask(200, "GET", "/v1/transactions", query="?tag=order:1")
ask(200, "GET", "/v1/transactions", query="?tag=order:1&include_documents=all", over="socket")
ask(400, "GET", "/v1/transactions", says="invalid-request")
ask(400, "GET", "/v1/transactions", query="?tag=order:1&include_documents=some", says="invalid-request")
ask(200, "GET", transaction, id=first)
ask(404, "GET", transaction, id="none")

# Payment slips: any picture is one, here the paper of the first sale.
slips, slip = "/v1/slips", "/v1/slips/{id}"
shown = UnixConnection(unix, timeout=30)
shown.request("GET", f"/v1/sales/{first.replace('/', '%2F')}/receipt.png")
paper_of_first = shown.getresponse().read()
shown.close()
new = ask(202, "POST", f"{sale}/slips", paper_of_first, "?wait=checked&timeout=30s", kind="image/png", id=first) or {}
ask(200, "POST", f"{sale}/slips", paper_of_first, kind="image/png", id=first)
ask(404, "POST", f"{sale}/slips", paper_of_first, kind="image/png", id="none")
ask(202, "POST", slips, paper_of_first, "?amount=120.00&sale=later&terminal_id=POS-01", kind="image/png")
ask(415, "POST", f"{sale}/slips", paper_of_first, kind="image/jpeg", id=first, says="wrong-media-type")
ask(415, "POST", slips, paper_of_first, "?amount=1", says="wrong-media-type")
ask(422, "POST", f"{sale}/slips", b"<html>", kind="image/png", id=first, says="invalid-request")
ask(422, "POST", slips, paper_of_first, "?amount=1.234", kind="image/png", says="invalid-request")
ask(400, "POST", slips, paper_of_first, "?amount=1&wait=paid", kind="image/png", says="invalid-request")
ask(200, "GET", slip, id=new.get("id"))
ask(404, "GET", slip, id="0" * 32)
ask(200, "GET", slips, query="?limit=1")
ask(400, "GET", slips, query="?state=paid", says="invalid-request")
ask(409, "POST", f"{slip}/retry", id=new.get("id"))
ask(404, "POST", f"{slip}/retry", id="0" * 32)
# One in whose picture nothing is read can be read again.
unread = urllib.request.Request(f"{reader}/simulator/slips", b"{}", {"Content-Type": "application/json"}, method="PUT")
urllib.request.urlopen(unread, timeout=10).close()
blank = ask(202, "POST", slips, paper_of_first, "?amount=7&wait=checked&timeout=30s", kind="image/png") or {}
ask(200, "POST", f"{slip}/retry", id=blank.get("id"))
ask(200, "DELETE", slip, id=new.get("id"))
ask(404, "DELETE", slip, id="0" * 32)


def paper_with_remark(number):
    """The same picture in other bytes."""
    remark = b"tEXtn\0%d" % number
    chunk = struct.pack(">I", len(remark) - 4) + remark + struct.pack(">I", zlib.crc32(remark))
    return paper_of_first[:-12] + chunk + paper_of_first[-12:]


# A sale has no more than twenty.
of_first = f"?amount=1&sale={urllib.parse.quote(first, safe='')}"
for number in range(19):
    ask(202, "POST", slips, paper_with_remark(number), of_first, kind="image/png")
ask(409, "POST", slips, paper_with_remark(19), of_first, kind="image/png")
ask(409, "POST", f"{sale}/slips", paper_with_remark(19), kind="image/png", id=first)

# Suppliers' invoices come as files into the folder beside the socket.
invoices, invoice, remote = "/v1/supplier-invoices", "/v1/supplier-invoices/{number}", "/v1/supplier-invoices/remote"
folder = pathlib.Path(unix).parent / "invoices"


def until_read():
    """The number of the newest invoice once it is read."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        listed = (ask(200, "GET", invoices, query="?state=read&limit=1") or {}).get("invoices", [])
        if listed:
            return listed[0]["number"]
        time.sleep(0.2)
    faults.append("GET /v1/supplier-invoices: none is read within a minute")
    return None


(folder / "incoming/.tmp-a").write_bytes(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
(folder / "incoming/.tmp-a").rename(folder / "incoming/a.pdf")
number = until_read()
read = ask(200, "GET", invoice, number=number) or {}
if not read.get("reading") or read.get("invoice", {}).get("state") != "read":
    faults.append(f"GET {invoice}: expected a reading, found {read}")
ask(404, "GET", invoice, number=999999)
ask(404, "GET", invoice, number="x")
ask(400, "GET", invoices, query="?state=paid", says="invalid-request")
ask(400, "GET", invoices, query="?limit=0", says="invalid-request")
ask(200, "GET", remote, query="?limit=1&offset=0&search=KK")
ask(400, "GET", remote, query="?limit=101", says="invalid-request")
ask(200, "POST", f"{invoice}/redo", number=number)
ask(404, "POST", f"{invoice}/redo", number=999999)
ask(200, "DELETE", invoice, number=number)
ask(404, "DELETE", invoice, number=999999)

page = ask(200, "GET", sales, query="?limit=2") or {}
ask(200, "GET", sales, query=f"?limit=2&after={page.get('next')}")
ask(400, "GET", sales, query="?limit=501", says="invalid-request")
# Whoever has the paper knows its number, its day and its till.
number, terminal, day = event["receipt"]["number"], event["terminal_id"], event["document"]["issued_at"][:10]
narrow = f"?number={number}&terminal={terminal}&from={day}&to={day}"
listed = (ask(200, "GET", sales, query=f"{narrow}&registration=ready") or {}).get("sales", [])
if first not in [listed_sale["transaction_id"] for listed_sale in listed]:
    faults.append(f"GET /v1/sales{narrow}: {first} is not listed")
ask(400, "GET", sales, query="?from=2569-11-20", says="invalid-request")
ask(400, "GET", sales, query="?number=", says="invalid-request")

addresses, klong_toei = "/v1/addresses", "%E0%B8%84%E0%B8%A5%E0%B8%AD%E0%B8%87%E0%B9%80%E0%B8%95%E0%B8%A2"
ask(200, "GET", addresses, query="?post_code=10110")
if ask(200, "GET", addresses, query=f"?q={klong_toei}&limit=1") != api["components"]["examples"]["AddressList"]["value"]:
    faults.append("GET /v1/addresses: another answer than the example")
for query in ("", "?q=", "?post_code=1011", f"?post_code=10110&q={klong_toei}", "?q=a&limit=501", "?q=a&q=b", "?postcode=10110"):
    ask(400, "GET", addresses, query=query, says="invalid-request")

ask(200, "GET", "/v1/printers")
for request in ("test", "drawer"):
    ask(200, "POST", f"/v1/printers/{{name}}/{request}", name="front")
    ask(404, "POST", f"/v1/printers/{{name}}/{request}", name="none")
    for _ in range(2):
        ask(200, "POST", f"/v1/printers/{{name}}/{request}", name="front", headers={"Idempotency-Key": request})
    ask(422, "POST", f"/v1/printers/{{name}}/{request}", name="front", headers=key, says="invalid-request")
for path in ("/v1/status", "/healthz", "/readyz", "/metrics", "/v1/openapi.json"):
    ask(200, "GET", path)
    ask(200, "GET", path, over="socket")
copy = {"path": str(pathlib.Path(unix).with_name("copy.sqlite"))}
ask(200, "POST", "/v1/backup", copy, over="socket")
ask(409, "POST", "/v1/backup", copy, over="socket")
ask(422, "POST", "/v1/backup", {"path": "copy.sqlite"}, over="socket", says="invalid-request")
ask(403, "POST", "/v1/backup", copy)

seen_alarm = "/v1/alarms/{code}/acknowledge"
ask(200, "POST", seen_alarm, {"printer": None}, code="disk-short", over="socket")
ask(404, "POST", seen_alarm, code="none", over="socket")
ask(404, "POST", seen_alarm, {"printer": "none"}, code="prints-failed", over="socket")
ask(422, "POST", seen_alarm, {"printer": 1}, code="prints-failed", over="socket")
ask(200, "POST", seen_alarm, code="disk-short")

# Bills and the books beside them, at the provider that has them.
books, entry, account = "/v1/billing/{book}", "/v1/billing/{book}/{id}", "/v1/billing/token"


def bill(expected, method, path, body=None, **names):
    return ask(expected, method, path, body, over="bills", **names) or {}


# What of a sale only this provider does. Its events are read at the end.
stream_of_bills = UnixConnection(bills, timeout=15)
stream_of_bills.request("GET", "/v1/events")
events_of_bills = stream_of_bills.getresponse()
withdrawal, later = sale + "/document", sale + "/tax-invoice"
bill(201, "POST", sales, event, query="?wait=registered&timeout=20s")
bill(404, "GET", later, id=first)
bill(422, "POST", later, {"buyer": {}}, id=first, says="invalid-request")
bill(201, "POST", later, {"buyer": named["buyer"]}, id=first)
bill(409, "POST", later, {"buyer": named["buyer"]}, id=first)
bill(200, "GET", later, id=first)
bill(200, "DELETE", withdrawal, id=first)
ask(422, "POST", later, {"buyer": named["buyer"]}, id=first, says="invalid-request")
ask(422, "DELETE", withdrawal, id=first, says="invalid-request")
address = {"house_number": "1", "sub_district": "คลองเตย", "district": "คลองเตย", "province": "กรุงเทพมหานคร", "post_code": "10110"}
customer = {"type": "individual", "name": "สมชาย หมายปอง", "customer_code": "C-1", "emails": [], "address": address}
person = {"name": "สมชาย หมายปอง", "tax_number": "1012670114029", "phone_number": "-", "emails": [], "address": address}
owed = {"customer": person, "number": "INV-1", "issue_date": "2026-11-20", "due_date": "2026-12-20", "vat_included": True,
        "items": [{"description": "ค่าบริการ", "quantity": 1, "unit_price": 1000, "vat_rate": 7}], "remark": None}
known = bill(200, "POST", books, customer, book="customers").get("id")
bill(200, "GET", books, book="customers", query="?customer_code=C-1&limit=1")
bill(200, "PUT", entry, customer, book="customers", id=known)
number = bill(200, "POST", books, owed, book="bills", query=f"?customer_id={known}").get("id")
bill(422, "POST", books, {**owed, "due_date": "soon"}, book="bills", says="invalid-request")
bill(422, "GET", books, book="bills", query="?status=open", says="invalid-request")
bill(400, "POST", books, b"{", book="bills")
bill(415, "POST", books, owed, book="bills", kind="text/plain")
bill(404, "GET", books, book="debts")
bill(404, "GET", entry, book="bills", id="none")
bill(409, "POST", f"{entry}/decline", {"reason": "none"}, book="bills", id=number)
control = urllib.request.Request(
    f"{billgate}/simulator/invoices/status", json.dumps({"id": number, "status": "pending_approval"}).encode(), method="POST")
urllib.request.urlopen(control, timeout=10).close()
bill(200, "POST", f"{entry}/decline", {"reason": "ไม่พบยอดเงิน"}, book="bills", id=number)
bill(200, "POST", f"{entry}/paid", {"date_time": "2026-11-30 13:00:00", "amount": 1000}, book="bills", id=number)
bill(409, "POST", f"{entry}/paid", {"date_time": "2026-11-30 13:00:00", "amount": 1000}, book="bills", id=number)
bill(200, "GET", f"{entry}/log", book="bills", id=number)
bill(404, "GET", f"{entry}/log", book="receipts", id=number)
for _ in range(2):
    bill(200, "POST", books, {"invoice_id": number, "data": None, "number": "R-1"}, book="receipts")
bill(200, "DELETE", entry, book="customers", id=known)
bill(404, "DELETE", entry, book="customers", id=known)
bill(200, "GET", entry, book="bills", id=number)
bill(200, "GET", "/v1/billing/calls", query="?limit=2")
bill(400, "GET", "/v1/billing/calls", query="?after=first")
bill(200, "GET", account)
token = {"path": str(pathlib.Path(bills).with_name("token"))}
bill(200, "POST", account, token)
bill(409, "POST", account, token)
bill(422, "POST", account, {"path": "token"}, says="invalid-request")
ask(403, "GET", account)
ask(403, "GET", books, book="bills")
ask(404, "GET", books, book="bills", over="socket")
bill(200, "DELETE", account)
own, missing, name = {"tax_invoice", "bill"}, {"tax_invoice", "bill"}, None
while missing:
    line = events_of_bills.readline().decode().rstrip("\n")
    if line.startswith("event: "):
        name = line.removeprefix("event: ")
    elif line.startswith("data: ") and name in own:
        schema = api["paths"]["/v1/events"]["get"]["responses"]["200"]["content"]["text/event-stream"]["x-event-data"][name]
        faults += [f"GET /v1/events: {name}, {fault}" for fault in complaints(schema, json.loads(line[6:]))]
        missing.discard(name)
stream_of_bills.close()

# What the stream told of it.
follow = api["paths"]["/v1/events"]["get"]
data = resolve(follow["responses"]["200"])["content"]["text/event-stream"]["x-event-data"]
conforms(follow, "GET /v1/events", events.status, events.headers, b"")
seen, name, deadline = set(own), None, time.monotonic() + 15
while seen != set(data) and time.monotonic() < deadline:
    line = events.readline().decode().rstrip("\n")
    if line.startswith("event: "):
        name = line.removeprefix("event: ")
    elif line.startswith("data: ") and name not in data:
        faults.append(f"GET /v1/events: the event {name} is not described")
    elif line.startswith("data: "):
        seen.add(name)
        faults += [f"GET /v1/events: {name}, {fault}" for fault in complaints(data[name], json.loads(line[6:]))]
stream.close()
answers += 1
if seen == set(data):
    succeeded.add("GET /v1/events")

methods = ("GET", "PUT", "POST", "DELETE", "PATCH", "TRACE")
described = {f"{method} {path}" for path, item in api["paths"].items() for method in methods if method.lower() in item}
faults += [f"{label}: described, but never answered as hoped for" for label in sorted(described - succeeded)]

# Methods that a path does not have.
for path, item in api["paths"].items():
    place, wrong = path.format(id=first, n=1, name="front", code="disk-short", document="latest", book="bills", number=1), set()
    for method in methods:
        if method.lower() in item:
            continue
        connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=10)
        connection.request(method, place)
        answer = connection.getresponse()
        allowed = set((answer.headers.get("Allow") or "").replace(" ", "").split(","))
        if answer.status != 405 or not {m for m in methods if m.lower() in item} <= allowed:
            wrong.add(f"{answer.status} with{'' if allowed > {''} else 'out'} Allow")
        connection.close()
        answers += 1
    if wrong:
        faults.append(f"{path}: other methods: expected 405 with Allow, found {', '.join(sorted(wrong))}")

for fault in dict.fromkeys(faults):
    print(fault)
print(f"{len(described)} operations, {answers} answers, {len(set(faults))} faults")
sys.exit(1 if faults else 0)
