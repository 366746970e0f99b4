// Prints benchmark figures of the release build, each with its goal or its baseline: node bench/main.js [PART…], where
// a part is start, messages, pages or room. Nothing else should run at the same time. E2E_DATABASE as for the browser
// tests.
import { PEOPLE } from "../fixtures/people.js";
import { Program } from "../fixtures/program.js";
import { Session } from "./http.js";
import { messages } from "./messages.js";
import { pages } from "./pages.js";
import { room } from "./room.js";
import { start } from "./start.js";

// Messages before pages: pages add unassigned tickets, and messages in those are mailed to all staff.
const PARTS = { start, messages, pages, room };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`unknown part ${unknown.join(", ")}; expected ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}

const program = await Program.start({ mails: false });
let failed = 0;
try {
  const session = await Session.open(program.url, PEOPLE.customer);
  for (const [name, measure] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    try {
      await measure(program, session, print);
    } catch (error) {
      failed += 1;
      console.error(`${name}: ${error.stack}`);
    }
  }
} finally {
  await program.remove();
}
process.exitCode = failed === 0 ? 0 : 1;

function print(figure, value, note = "") {
  console.log(`${figure.padEnd(44)} ${String(value).padStart(28)}   ${note}`.trimEnd());
}
