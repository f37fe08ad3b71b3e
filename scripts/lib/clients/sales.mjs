// Node's fetch, unmodified.
import { readFileSync } from "node:fs";

const [url, ...files] = process.argv.slice(2);
for (const file of files) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: readFileSync(file),
    signal: AbortSignal.timeout(10_000),
  });
  await answer.text();
  console.log(answer.status);
}
