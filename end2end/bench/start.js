// Measures the start time, the memory use, the size of the program, and the transfer size of the first page.
import { readFile, stat } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { browserOptions } from "../fixtures/browser.js";
import { percentile } from "./http.js";

const STARTS = 5;
const REQUESTS = 1000;

export async function start(program, session, print) {
  print("start to first answer, demo database", `${(await timeToStart(program)).toFixed(0)} ms`, "goal: under 300 ms");
  for (let count = 0; count < REQUESTS; count += 1) await (await session.get("/")).arrayBuffer();
  print("memory after 1,000 requests", `${(await memory(program)).toFixed(1)} MB`, "goal: under 60 MB");
  print("the program's file", megabytes((await stat(program.file)).size));
  print("wasm, compressed", kilobytes((await stat("../target/site/pkg/spilno.wasm.br")).size));
  print("transfer of the first page", kilobytes(await transferOf(program.url)), "goal: under 350 kB");
}

/** Returns the median time from starting the process to its first response, in ms. */
async function timeToStart(program) {
  const times = [];
  for (let count = 0; count < STARTS; count += 1) {
    await program.stop();
    const began = performance.now();
    await program.run({ pollInterval: 1 });
    times.push(performance.now() - began);
  }
  return percentile(times, 0.5);
}

async function memory(program) {
  const status = await readFile(`/proc/${program.pid}/status`, "utf8");
  return (Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1024) / 1e6;
}

/** Returns the number of bytes that a browser with an empty cache receives. */
async function transferOf(url) {
  const browser = await chromium.launch(browserOptions());
  const page = await (await browser.newContext({ locale: "uk-UA" })).newPage();
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await session.send("Network.enable");
  await page.goto(url, { waitUntil: "networkidle" });
  await browser.close();
  return bytes;
}

const kilobytes = (bytes) => `${(bytes / 1e3).toFixed(1)} kB`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
