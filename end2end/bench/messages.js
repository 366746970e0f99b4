// Measures acknowledged, durable ticket messages per second, and compares them with bare commits of the same database
// with the same durability. Each connection writes to its own ticket.
import { execFile } from "node:child_process";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CONNECTIONS, load, SECONDS } from "./load.js";

const run = promisify(execFile);
const FLOOR = "../target/release/examples/commits";

export async function messages(program, session, print) {
  const database = process.env.E2E_DATABASE ?? "sqlite";
  const tickets = (await session.records("/tickets?show=all")).slice(0, CONNECTIONS);
  const script = join(program.database.folder, "messages.lua");
  await writeFile(script, messageScript(await formOf(session, tickets[0]), tickets, session));
  const { perSecond, p99 } = await load(program.url, { script });
  await rm(script);
  const bare = await commits(program);
  const share = ((100 * perSecond) / bare).toFixed(0);
  print(`ticket messages, ${database}`, `${perSecond.toFixed(0)}/s, p99 ${p99}`);
  print(`  bare commits, ${database}`, `${bare.toFixed(0)}/s`, `messages reach ${share} % (goal: 50 %)`);
}

/** Returns the script for wrk. Each form has its own submission id. */
function messageScript({ textField }, tickets, session) {
  return `
local tickets = { ${tickets.map((ticket) => JSON.stringify(ticket)).join(", ")} }
local headers = {
  ["Cookie"] = ${JSON.stringify(session.cookie)},
  ["Origin"] = ${JSON.stringify(session.url)},
  ["Content-Type"] = "multipart/form-data; boundary=part",
}
local function digits(count)
  local text = ""
  for _ = 1, count do text = text .. string.format("%x", math.random(0, 15)) end
  return text
end
local function field(name, value)
  return "--part\\r\\nContent-Disposition: form-data; name=\\"" .. name .. "\\"\\r\\n\\r\\n" .. value .. "\\r\\n"
end
local sent = 0
function init() math.randomseed(os.time()) end
function request()
  sent = sent + 1
  local number = digits(8) .. "-" .. digits(4) .. "-4" .. digits(3) .. "-a" .. digits(3) .. "-" .. digits(12)
  local form = field("submission", number) .. field("${textField}", "Коли чекати на доставку?") .. "--part--\\r\\n"
  return wrk.format("POST", tickets[sent % #tickets + 1], headers, form)
end
function response(status, headers)
  if status == 303 and string.find(headers["location"] or "", "/tickets/", 1, true) then return end
  io.stderr:write("a message was answered with status " .. status)
  os.exit(1)
end
`;
}

/** Returns the name of the text field of the ticket's form. */
async function formOf(session, page) {
  const html = await (await session.get(page)).text();
  const form = (html.match(/<form[^>]*>[\s\S]*?<\/form>/g) ?? []).find((one) => one.includes("<textarea"));
  if (!form) throw new Error(`${page} has no form with a text area`);
  if (!/multipart\/form-data/.test(form)) throw new Error(`the form of ${page} is not sent in parts`);
  return { textField: /<textarea[^>]*\sname="([^"]+)"/.exec(form)[1] };
}

async function commits(program) {
  const { DATABASE_URL } = program.database.environment;
  const url = DATABASE_URL ?? `sqlite://${join(program.database.folder, "floor.db")}?mode=rwc`;
  const { stdout } = await run(FLOOR, [url, String(CONNECTIONS), String(SECONDS)]);
  return Number(stdout);
}
