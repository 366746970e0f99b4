// The figures of the released program, each beside its goal, pages also beside a bare route that returns the same
// bytes: node bench.js. Two minutes; nothing else should run meanwhile.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { browserOptions } from "./fixtures/browser.js";
import { PEOPLE } from "./fixtures/people.js";
import { freePort, Program } from "./fixtures/program.js";

const run = promisify(execFile);
const SECONDS = 5;
const STARTS = 5;

const program = await Program.start({ mails: false });
try {
  await starts();
  const cookie = await signIn(PEOPLE.customer);
  await memory(cookie);
  await sizes();
  await firstPage();
  await pages(cookie);
} finally {
  await program.remove();
}

function say(figure, value, goal = "") {
  console.log(`${figure.padEnd(44)} ${String(value).padStart(26)}   ${goal}`);
}

/** From starting the process to its first answer, on a database that is filled. */
async function starts() {
  const times = [];
  for (let count = 0; count < STARTS; count += 1) {
    await program.stop();
    const began = performance.now();
    await program.run({ patience: 1 });
    times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  say("start to first answer (median of 5)", `${times[STARTS >> 1].toFixed(0)} ms`, "goal: under 300 ms");
}

async function memory(cookie) {
  for (let count = 0; count < 1000; count += 1) {
    const answer = await fetch(`${program.url}/`, { headers: { cookie } });
    await answer.arrayBuffer();
  }
  const status = await readFile(`/proc/${program.pid}/status`, "utf8");
  const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(status)[1]);
  say("memory after 1,000 requests", `${(kilobytes / 1000).toFixed(1)} MB`, "goal: under 60 MB");
}

async function sizes() {
  say("the program's file", `${((await stat(program.file)).size / 1e6).toFixed(1)} MB`);
  const wasm = await stat("../target/site/pkg/spilno.wasm.br");
  say("wasm, compressed", `${(wasm.size / 1000).toFixed(1)} kB`);
}

/** All that a browser with an empty cache is sent for the first page. */
async function firstPage() {
  const browser = await chromium.launch(browserOptions());
  const page = await (await browser.newContext({ locale: "uk-UA" })).newPage();
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await session.send("Network.enable");
  await page.goto(program.url, { waitUntil: "networkidle" });
  await browser.close();
  say("transfer of the first page", `${(bytes / 1000).toFixed(1)} kB`, "goal: under 350 kB");
}

async function pages(cookie) {
  const ticket = await firstLink("/tickets", /href="(\/tickets\/[0-9a-f-]{36})"/, cookie);
  const order = await firstLink("/orders", /href="(\/orders\/[0-9a-f-]{36})"/, cookie);
  await compare("sign-in page", "/sign-in");
  await compare("ticket list", "/tickets", cookie, "goal: 3,000/s, p99 under 10 ms");
  await compare("ticket", ticket, cookie);
  await compare("order", order, cookie);
}

/** A page's figures beside those of a bare route with the same bytes. */
async function compare(name, path, cookie, goal) {
  const headers = cookie ? { cookie } : {};
  const answer = await fetch(program.url + path, { headers, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const floor = await startFloor(bytes);
  try {
    const bare = await load(floor.url);
    const page = await load(program.url + path, cookie);
    const share = ((100 * page.perSecond) / bare.perSecond).toFixed(0);
    say(`${name} (${(bytes.length / 1000).toFixed(1)} kB)`, `${page.perSecond.toFixed(0)}/s, p99 ${page.p99}`, goal);
    say("  beside a bare route", `${bare.perSecond.toFixed(0)}/s, p99 ${bare.p99}`, `${share} % of it`);
  } finally {
    await floor.stop();
  }
}

async function startFloor(bytes) {
  const folder = await mkdtemp(join(tmpdir(), "spilno-floor-"));
  await writeFile(join(folder, "page"), bytes);
  const address = `127.0.0.1:${await freePort()}`;
  const floor = spawn("../target/release/examples/floor", [address, join(folder, "page")], { stdio: "inherit" });
  const url = `http://${address}/`;
  while (!(await fetch(url).then(() => true, () => false))) await pause(20);
  return {
    url,
    async stop() {
      floor.kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** wrk at 8 connections. */
async function load(url, cookie) {
  const header = cookie ? ["-H", `Cookie: ${cookie}`] : [];
  const { stdout } = await run("wrk", ["-t1", "-c8", `-d${SECONDS}s`, "--latency", ...header, url]);
  if (/Non-2xx/.test(stdout)) throw new Error(`${url} did not always answer 200:\n${stdout}`);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]), p99: /99%\s+(\S+)/.exec(stdout)[1] };
}

async function firstLink(list, link, cookie) {
  const answer = await fetch(program.url + list, { headers: { cookie } });
  const found = link.exec(await answer.text());
  if (!found) throw new Error(`${list} has no link to a record`);
  return found[1];
}

async function signIn({ email, password }) {
  const answer = await fetch(`${program.url}/sign-in`, {
    method: "POST",
    headers: { origin: program.url },
    body: new URLSearchParams({ email, password }),
    redirect: "manual",
  });
  if (answer.status !== 303) throw new Error(`signing in answered ${answer.status}`);
  return answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
}
