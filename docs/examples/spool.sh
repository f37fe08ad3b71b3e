#!/usr/bin/env bash
# Hands one sale to Kamkap as a file. Usage: spool.sh [SPOOL]. Needs jq.
# Ends with 0: accepted; 65: rejected, and rejected again if sent again; 69: not taken yet, or no spool to use.
# SALE_ID and SALE_TOTAL put in another id and total, to try what is refused.
set -euo pipefail

spool=${1:-${KAMKAP_SPOOL:-/var/spool/kamkap}}
seconds=${KAMKAP_SECONDS:-30}

if [[ ! -w $spool/incoming || ! -x $spool/accepted || ! -x $spool/rejected ]]; then
    echo "$spool: this user must be able to write to incoming/ and to read accepted/ and rejected/ (members of the spool's group can)" >&2
    exit 69
fi

# Unique among all stores of one account at the provider, hence branch and till. A real till puts its receipt counter here.
id=${SALE_ID:-00000-POS01-$(date +%s%3N)}
# Never used before: then the file of this name in accepted/ is this one and no earlier one.
name=${id//\//_}-$(date +%s%N)

# The gateway reads the file through the group or as anybody.
umask 022
draft=$spool/incoming/.tmp-$name
trap 'rm -f "$draft"' EXIT
trap 'exit 69' ERR # For example a full disk.
jq -n --arg id "$id" --arg time "$(date +%Y-%m-%dT%H:%M:%S%:z)" --arg total "${SALE_TOTAL:-219.50}" '{
  transaction_id: $id,
  document: { issued_at: $time, line_items: [
    { name: "กาแฟลาเต้เย็น", unit_price: "75", quantity: "2", vatable: true },
    { name: "ครัวซองต์เนยสด", unit_price: "89.50", quantity: "1", vatable: true },
    { name: "ส่วนลดสมาชิก", unit_price: "-20", quantity: "1", vatable: true } ] },
  terminal_id: "POS-01",
  receipt: { payments: [ { method: "cash", amount: "300" } ], change: "80.50", total: $total }
}' >"$draft"
sync "$draft" # Its bytes first: after a power cut the name must not stand for an empty file.
mv "$draft" "$spool/incoming/$name.json"
sync "$spool/incoming" # Then its name. From here on it is not lost, whether a gateway runs or not.

for ((look = 0; look < seconds * 10; look++)); do
    if [[ -e $spool/accepted/$name.json ]]; then
        echo "accepted $id: for total and registration see: kamkap show $id"
        exit 0
    fi
    if [[ -e $spool/rejected/$name.problem.json ]]; then
        jq -r '"rejected: \(.title)", (.errors // [{ pointer: "", detail }] | .[] | "  \(.pointer) \(.detail)")' \
            "$spool/rejected/$name.problem.json" >&2
        exit 65
    fi
    sleep 0.1
done
echo "not taken yet: the file stays in incoming/ and the gateway will take it; do not hand it in again" >&2
exit 69
