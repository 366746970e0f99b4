// The figures of the released program, each beside its goal or its floor: node bench/main.js [PART…], where a part is
// start, messages, pages or room. Nothing else should run meanwhile. E2E_DATABASE as for the browser tests.
import { PEOPLE } from "../fixtures/people.js";
import { Program } from "../fixtures/program.js";
import { Session } from "./http.js";
import { messages } from "./messages.js";
import { pages } from "./pages.js";
import { room } from "./room.js";
import { start } from "./start.js";

// Messages before pages, which add tickets that nobody has yet: messages in those are mailed to all staff.
const PARTS = { start, messages, pages, room };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`there is no part ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}`);
  process.exit(2);
}

const program = await Program.start({ mails: false });
let failed = 0;
try {
  const session = await Session.open(program.url, PEOPLE.customer);
  for (const [name, measure] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    try {
      await measure(program, session, say);
    } catch (error) {
      failed += 1;
      console.error(`${name}: ${error.stack}`);
    }
  }
} finally {
  await program.remove();
}
process.exitCode = failed === 0 ? 0 : 1;

function say(figure, value, beside = "") {
  console.log(`${figure.padEnd(44)} ${String(value).padStart(28)}   ${beside}`.trimEnd());
}
