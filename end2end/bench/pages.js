// Measures pages per second at 8 connections, and compares each with a bare axum route that returns the same bytes.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../fixtures/program.js";
import { load } from "./load.js";

const FLOOR = "../target/release/examples/floor";

const TICKETS = 50;

export async function pages(program, session, print) {
  await addTickets(session, TICKETS);
  const list = [
    ["sign-in page", "/sign-in", undefined],
    ["list of 50 tickets", "/tickets?show=all", session.cookie, "goal: 3,000/s, p99 under 10 ms"],
    ["ticket", await session.firstRecord("/tickets"), session.cookie],
    ["order", await session.firstRecord("/orders"), session.cookie],
  ];
  for (const [name, path, cookie, goal] of list) {
    const bytes = await bytesOf(program.url + path, cookie);
    const bare = await measureFloor(bytes);
    const page = await load(program.url + path, { cookie });
    const share = ((100 * page.perSecond) / bare.perSecond).toFixed(0);
    print(`${name} (${(bytes.length / 1000).toFixed(1)} kB)`, figures(page), goal);
    print("  a bare route with the same bytes", figures(bare), `the page reaches ${share} %`);
  }
}

/** Opens tickets until the list has this number. */
async function addTickets(session, count) {
  for (let open = (await session.records("/tickets?show=all")).length; open < count; open += 1) {
    const form = new FormData();
    form.append("submission", randomUUID());
    form.append("subject", "Коли очікувати доставку?");
    form.append("text", "Планую ремонт і хочу знати точніший день.");
    const answer = await session.post("/tickets/new", form);
    if (answer.status !== 303) throw new Error(`a new ticket was answered ${answer.status}`);
  }
}

const figures = ({ perSecond, p99 }) => `${perSecond.toFixed(0)}/s, p99 ${p99}`;

async function bytesOf(url, cookie) {
  const answer = await fetch(url, { headers: cookie ? { cookie } : {}, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function measureFloor(bytes) {
  const folder = await mkdtemp(join(tmpdir(), "spilno-floor-"));
  await writeFile(join(folder, "page"), bytes);
  const address = `127.0.0.1:${await freePort()}`;
  const floor = spawn(FLOOR, [address, join(folder, "page")], { stdio: "inherit" });
  try {
    await waitUntilReady(`http://${address}/`);
    return await load(`http://${address}/`);
  } finally {
    floor.kill();
    await rm(folder, { recursive: true });
  }
}

async function waitUntilReady(url) {
  for (let tries = 0; tries < 250; tries += 1) {
    if (await fetch(url).then(() => true, () => false)) return;
    await pause(20);
  }
  throw new Error(`${url} does not answer`);
}
