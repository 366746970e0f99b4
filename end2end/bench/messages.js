// Acknowledged ticket messages a second, durable, beside bare commits of the same database with the same durability.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { percentile } from "./http.js";

const run = promisify(execFile);
const SECONDS = 5;
const WRITERS = 8;
const FLOOR = "../target/release/examples/commits";

export async function messages(program, session, say) {
  const database = process.env.E2E_DATABASE ?? "sqlite";
  const ticket = await session.firstRecord("/tickets");
  const form = await formOf(session, ticket);
  const times = [];
  const until = performance.now() + SECONDS * 1000;
  await Promise.all(Array.from({ length: WRITERS }, () => write(session, form, until, times)));
  const perSecond = times.length / SECONDS;
  const bare = await commits(program);
  const share = ((100 * perSecond) / bare).toFixed(0);
  say(`ticket messages, ${database}`, `${perSecond.toFixed(0)}/s, p99 ${percentile(times, 0.99).toFixed(1)} ms`);
  say(`  bare commits, ${database}`, `${bare.toFixed(0)}/s`, `messages reach ${share} % (goal: 50 %)`);
}

/** Writes one message after the other, each acknowledged before the next. */
async function write(session, { action, textField, multipart }, until, times) {
  while (performance.now() < until) {
    const fields = { submission: randomUUID(), [textField]: "Коли чекати на доставку?" };
    const began = performance.now();
    const answer = await session.post(action, multipart ? formData(fields) : fields);
    if (answer.status !== 303) throw new Error(`a message to ${action} was answered ${answer.status}`);
    times.push(performance.now() - began);
  }
}

/** What the ticket's own page would post: the form with the text area. */
async function formOf(session, page) {
  const html = await (await session.get(page)).text();
  const form = (html.match(/<form[^>]*>[\s\S]*?<\/form>/g) ?? []).find((one) => one.includes("<textarea"));
  if (!form) throw new Error(`${page} has no form with a text area`);
  return {
    action: /<form[^>]*\saction="([^"]+)"/.exec(form)?.[1] ?? page,
    textField: /<textarea[^>]*\sname="([^"]+)"/.exec(form)[1],
    multipart: /multipart\/form-data/.test(form),
  };
}

function formData(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

async function commits(program) {
  const { DATABASE_URL } = program.database.environment;
  const url = DATABASE_URL ?? `sqlite://${join(program.database.folder, "floor.db")}?mode=rwc`;
  const { stdout } = await run(FLOOR, [url, String(WRITERS), String(SECONDS)]);
  return Number(stdout);
}
