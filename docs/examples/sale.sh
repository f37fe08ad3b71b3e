#!/usr/bin/env bash
# Hands one sale to Kamkap over its Unix socket. Usage: sale.sh [SOCKET]. Needs curl 7.83 or later, and jq.
# Ends with 0: accepted; 65: refused, and refused again if sent again; 69: not reached, send the same bytes later.
# SALE_ID and SALE_TOTAL put in another id and total, to try what is refused.
set -euo pipefail

socket=${1:-${KAMKAP_SOCKET:-/run/kamkap/pos.sock}}
tries=${KAMKAP_TRIES:-6}

# Unique among all stores of one account at the provider, hence branch and till. A real till puts its receipt counter here.
id=${SALE_ID:-00000-POS01-$(date +%s%3N)}

# Made once: each try sends these very bytes. A real till writes them to its own disk before the first.
sale=$(jq -n --arg id "$id" --arg time "$(date +%Y-%m-%dT%H:%M:%S%:z)" --arg total "${SALE_TOTAL:-219.50}" '{
  transaction_id: $id,
  document: { issued_at: $time, line_items: [
    { name: "กาแฟลาเต้เย็น", unit_price: "75", quantity: "2", vatable: true },
    { name: "ครัวซองต์เนยสด", unit_price: "89.50", quantity: "1", vatable: true },
    { name: "ส่วนลดสมาชิก", unit_price: "-20", quantity: "1", vatable: true } ] },
  terminal_id: "POS-01",
  receipt: { payments: [ { method: "cash", amount: "300" } ], change: "80.50", total: $total }
}')

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
for ((try = 1, pause = 1; ; try++, pause = pause < 16 ? pause * 2 : 30)); do
    # If curl fails, nobody answered, or the answer broke off.
    said=$(curl -sS --max-time 10 --unix-socket "$socket" http://pos/v1/sales -H 'Content-Type: application/json' \
        --data-binary @- <<<"$sale" -o "$answer" -w '%{http_code} %header{retry-after}') || said=000
    read -r status later <<<"$said"
    case $status in
        200 | 201) # It is on disk, and Kamkap does the rest: the customer may go.
            jq -r '"accepted \(.transaction_id): total \(.totals.total), registration \(.registration.state)"' "$answer"
            exit 0 ;;
        000 | 408 | 429 | 5??) ;; # It may have been taken all the same, and only the answer was lost: no new id.
        *) # 422: the sale has these faults. 409: this id was used for another sale. Both are bugs in the till.
            jq -r '"refused: \(.title)", (.errors // [{ pointer: "", detail }] | .[] | "  \(.pointer) \(.detail)")' \
                "$answer" >&2 || true
            exit 65 ;;
    esac
    ((try < tries)) || break
    sleep $((${later:-0} > pause ? later : pause))
done
echo "not reached (status $status): keep the sale and send the same bytes later" >&2
exit 69
