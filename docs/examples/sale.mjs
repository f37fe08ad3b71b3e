#!/usr/bin/env node
// Hands one sale to Kamkap over its Unix socket. Usage: node sale.mjs [SOCKET]. Needs Node 16.14 or later, no package.
// Ends with 0: accepted; 65: refused, and refused again if sent again; 69: not reached, send the same bytes later.
// SALE_ID and SALE_TOTAL put in another id and total, to try what is refused.
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const socketPath = process.argv[2] ?? process.env.KAMKAP_SOCKET ?? "/run/kamkap/pos.sock";
const tries = Number(process.env.KAMKAP_TRIES ?? 6);

// Made once: each try sends these very bytes. A real till writes them to its own disk before the first.
const sale = Buffer.from(JSON.stringify({
  // Unique among all stores of one account at the provider, hence branch and till. A real till puts its receipt counter here.
  transaction_id: process.env.SALE_ID ?? `00000-POS01-${Date.now()}`,
  document: {
    issued_at: new Date().toISOString(),
    line_items: [
      { name: "กาแฟลาเต้เย็น", unit_price: "75", quantity: "2", vatable: true },
      { name: "ครัวซองต์เนยสด", unit_price: "89.50", quantity: "1", vatable: true },
      { name: "ส่วนลดสมาชิก", unit_price: "-20", quantity: "1", vatable: true },
    ],
  },
  terminal_id: "POS-01",
  receipt: {
    payments: [{ method: "cash", amount: "300" }],
    change: "80.50",
    total: process.env.SALE_TOTAL ?? "219.50",
  },
}));

async function post() {
  const headers = { "Content-Type": "application/json", "Content-Length": sale.length };
  const signal = AbortSignal.timeout(10_000);
  const answer = await new Promise((resolve, reject) => {
    http.request({ socketPath, path: "/v1/sales", method: "POST", headers, signal }, resolve)
      .on("error", reject)
      .end(sale);
  });
  let text = "";
  for await (const part of answer.setEncoding("utf8")) text += part;
  return { status: answer.statusCode, later: Number(answer.headers["retry-after"] ?? 0), text };
}

/** Sends the same bytes until there is an answer that stays. Gives the exit code. */
async function handIn() {
  for (let number = 1; ; number++) {
    // If nobody answers, it may have been taken all the same, and only the answer was lost: no new id.
    const { status, later, text, why } = await post().catch((error) => ({ status: 0, later: 0, why: error.message }));
    if (status === 200 || status === 201) { // It is on disk, and Kamkap does the rest: the customer may go.
      const { transaction_id, totals, registration } = JSON.parse(text);
      console.log(`accepted ${transaction_id}: total ${totals.total}, registration ${registration.state}`);
      return 0;
    }
    if (status > 0 && status < 500 && status !== 408 && status !== 429) {
      // 422: the sale has these faults. 409: this id was used for another sale. Both are bugs in the till.
      const { title, detail, errors = [{ pointer: "", detail }] } = JSON.parse(text);
      console.error(`refused: ${title}`);
      for (const fault of errors) console.error(`  ${fault.pointer} ${fault.detail}`);
      return 65;
    }
    if (number >= tries) {
      console.error(`not reached (${why ?? `status ${status}`}): keep the sale and send the same bytes later`);
      return 69;
    }
    await pause(1_000 * Math.max(Math.min(2 ** (number - 1), 30), later));
  }
}

process.exitCode = await handIn();
