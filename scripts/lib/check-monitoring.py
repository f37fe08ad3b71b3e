#!/usr/bin/env python3
"""Compares rules, dashboard and docs/operate.md with the text of a gateway's /metrics.

Arguments: the package's root, the text, and a file to write: the dashboard's expressions as recording rules, for promtool
to parse. Prints one line for each fault. It reads the YAML line by line, because Debian's Python has no YAML parser.
"""

import json
import pathlib
import re
import sys

FAMILY = re.compile(r"^# TYPE (\w+) (\w+)$", re.M)
SERIES = re.compile(r"^(\w+)\{(.*)\} ", re.M)
LABEL = re.compile(r'(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"')
NAME = re.compile(r"\bkamkap_[a-z][a-z0-9_]*[a-z0-9]")
RECORDED = re.compile(r"\bkamkap:[a-z0-9_:]+")
SELECTOR = re.compile(r"\b(kamkap_\w+)\{([^}]*)\}")
SECTION = re.compile(r'docs/operate\.md, \\?"([^"\\]+)\\?"')
# What Prometheus adds to every series.
ADDED = {"job", "instance", "store", "le"}
VARIABLES = {"$__rate_interval": "5m", "$__range": "1h", "$store": ".*", "$instance": ".*"}

root, metrics, output = map(pathlib.Path, sys.argv[1:4])
faults = []


def read(path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def without_comments(yaml: str) -> str:
    return re.sub(r"(?m)^\s*#.*\n", "", yaml)


# What the gateway declares: each name that an expression may use, by its family, and the values of each label.
text = metrics.read_text(encoding="utf-8")
families, family_of, labels = {}, {}, {}
for name, kind in FAMILY.findall(text):
    families[name] = kind
    for suffix in ("_bucket", "_sum", "_count") if kind == "histogram" else ("",):
        family_of[name + suffix] = name
for name, inside in SERIES.findall(text):
    for label, _, value in LABEL.findall(inside):
        labels.setdefault(family_of.get(name, name), {}).setdefault(label, set()).add(value)
codes = labels.get("kamkap_alarm", {}).get("code", set())
if not codes:
    faults.append(f"{metrics}: no kamkap_alarm in it; is this a gateway's /metrics?")

rules = without_comments(read("config/prometheus/kamkap.rules.yml"))
tests = without_comments(read("config/prometheus/kamkap.rules.test.yml"))
docs = read("docs/operate.md")
try:
    dashboard = json.loads(read("config/grafana/kamkap.json"))
except ValueError as error:
    sys.exit(f"kamkap.json is no JSON: {error}")
panels = dashboard["panels"]
expressions = [(f"dashboard:panel_{p['id']}:{t['refId']}", t["expr"]) for p in panels for t in p.get("targets", [])]
queries = "\n".join([e for _, e in expressions] + [v.get("definition", "") for v in dashboard["templating"]["list"]])

# Names, and the labels of each.
used = set()
places = {"kamkap.rules.yml": rules, "kamkap.rules.test.yml": tests, "kamkap.json": queries, "docs/operate.md": docs}
for place, words in places.items():
    for name in sorted(set(NAME.findall(words))):
        # The docs name a histogram by its family.
        family = family_of.get(name) or (name if place == "docs/operate.md" and name in families else None)
        if family is None:
            hint = "" if name not in families else "; use the histogram's _bucket, _sum or _count"
            faults.append(f"{place}: {name} is not a metric of this gateway{hint}")
        elif place in ("kamkap.rules.yml", "kamkap.json"):
            used.add(family)
    if place == "docs/operate.md":
        continue
    for name, inside in SELECTOR.findall(words):
        for label, _, _ in LABEL.findall(inside):
            if label not in ADDED | labels.get(family_of.get(name, name), {}).keys():
                faults.append(f"{place}: {name} has no label {label}")
for name in sorted(families.keys() - used):
    if name.startswith("kamkap_"):
        faults.append(f"{name} is declared, and neither the dashboard nor a rule uses it")
recorded = set(re.findall(r"- record: (\S+)", rules))
for place in ("kamkap.rules.yml", "kamkap.json"):
    for name in sorted(set(RECORDED.findall(places[place])) - recorded):
        faults.append(f"{place}: no rule records {name}")

# Alarms: the gateway has every alarm that the rules name, and the dashboard has a text for each alarm.
for inside in re.findall(r"kamkap_alarm\{([^}]*)\}", rules):
    for label, _, value in LABEL.findall(inside):
        for code in sorted(set(value.split("|")) - codes) if label == "code" else ():
            faults.append(f"kamkap.rules.yml: the gateway has no alarm {code}")
overrides = [o for p in panels for o in p.get("fieldConfig", {}).get("overrides", [])]
for column in ("Alarm", "What to do"):
    told = {
        code
        for override in overrides if override["matcher"]["options"] == column
        for property in override["properties"] if property["id"] == "mappings"
        for mapping in property["value"]
        for code in mapping["options"]
    }
    for code in sorted(codes - told):
        faults.append(f'kamkap.json: the column "{column}" has no text for the alarm {code}')

# Alerts: complete, with a section that exists, and tested both ways by the group named after them.
headings = set(re.findall(r"(?m)^#+ (.+)$", docs))
for block in re.split(r"(?m)^\s+- (?=alert: |record: |name: )", rules):
    if not block.startswith("alert: "):
        continue
    alert = block.split()[1]
    for key in ("for", "severity", "summary", "description", "runbook"):
        if not re.search(rf"(?m)^\s+{key}: \S", block):
            faults.append(f"kamkap.rules.yml: {alert} has no {key}")
    groups = re.findall(rf"(?ms)^  - name: {alert}\b.*?(?=^  - name: |\Z)", tests)
    moments = [moment for group in groups for moment in group.split("- expr: ")[1:]]
    fires = [f'alertname="{alert}"' in moment for moment in moments]
    if True not in fires or False not in fires:
        faults.append(f"kamkap.rules.test.yml: group {alert} needs a case in which it fires and one in which it does not")
for place, words in (("kamkap.rules.yml", rules), ("kamkap.json", read("config/grafana/kamkap.json"))):
    for section in sorted(set(SECTION.findall(words)) - headings):
        faults.append(f'{place}: docs/operate.md has no section "{section}"')

# The dashboard's panels.
taken, ids = {}, set()
for panel in panels:
    title = panel.get("title") or f"panel {panel['id']}"
    if panel["id"] in ids:
        faults.append(f"kamkap.json: the id {panel['id']} of {title} is used twice")
    ids.add(panel["id"])
    place = panel["gridPos"]
    if place["x"] + place["w"] > 24:
        faults.append(f"kamkap.json: {title} is wider than the page")
    cells = {(x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])}
    for other in sorted({taken[cell] for cell in cells & taken.keys()}):
        faults.append(f"kamkap.json: {title} lies over {other}")
    taken.update(dict.fromkeys(cells, title))
    if panel["type"] == "row":
        continue
    for key, value in (
        ("title", panel.get("title")),
        ("description", panel.get("description")),
        ("unit", panel["fieldConfig"]["defaults"].get("unit")),
        ("expression", panel.get("targets")),
    ):
        if not value:
            faults.append(f"kamkap.json: {title} has no {key}")
    for source in [panel] + panel.get("targets", []):
        if source.get("datasource", {}).get("uid") != "${datasource}":
            faults.append(f"kamkap.json: {title} does not use the chosen data source")

lines = ["groups:", "  - name: dashboard", "    rules:"]
for name, expression in expressions:
    for variable, value in VARIABLES.items():
        expression = expression.replace(variable, value)
    if left := re.search(r"\$(?!\d\")\{?\w+", expression):
        faults.append(f"kamkap.json: {name}: {left[0]} is not a known variable")
    lines += [f"      - record: {name}", f"        expr: {json.dumps(expression)}"]
output.write_text("\n".join(lines) + "\n", encoding="utf-8")

print("\n".join(faults))
sys.exit(1 if faults else 0)
