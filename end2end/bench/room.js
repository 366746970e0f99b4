// Measures a design room: how long an edit takes from the customer's browser to the screen of staff; and with ten Yjs
// clients, how long an edit takes while all of them type, and the relayed updates per second.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "@playwright/test";
import { browserOptions } from "../fixtures/browser.js";
import { PEOPLE, signIn } from "../fixtures/people.js";
import { percentile } from "./http.js";
import { Editor } from "./editor.js";

const EDITORS = 10;
const SECONDS = 5;
/** Key presses per second of a fast typist. */
const TYPING = 10;
/** The number of letters typed in the browser. */
const LETTERS = 100;

export async function room(program, session, print) {
  const begun = await session.post("/products/dining-table", { submission: randomUUID() });
  const design = begun.headers.get("location").split("/").pop();
  const seen = await measureBrowserToBrowser(program.url, design);
  print("an edit from one browser to another's screen", `p99 ${percentile(seen, 0.99).toFixed(1)} ms`, "goal: 200 ms");
  const editors = [];
  try {
    for (let count = 0; count < EDITORS; count += 1) editors.push(await Editor.join(program.url, design, session.cookie));
    const typing = await typeAtNormalSpeed(editors);
    print("an edit from one editor to another, all type", `p99 ${percentile(typing, 0.99).toFixed(1)} ms`, "goal: 200 ms");
    const relayed = await typeAsFastAsPossible(editors);
    print("updates relayed in one room of ten", `${relayed.toFixed(0)}/s`);
  } finally {
    for (const editor of editors) editor.leave();
  }
}

/** Returns how long each letter took from the customer's keyboard to the frame in which staff see it, in ms. */
async function measureBrowserToBrowser(url, design) {
  const browser = await chromium.launch(browserOptions());
  try {
    const writer = await open(browser, url, PEOPLE.customer, `/designs/${design}`);
    const reader = await open(browser, url, PEOPLE.staff, `/desk/designs/${design}`);
    const times = [];
    for (let letter = 1; letter <= LETTERS; letter += 1) {
      const seen = reader.evaluate(showsLetters, letter);
      await reader.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
      const typed = await writer.evaluate(typeLetter);
      times.push((await seen) - typed);
    }
    return times;
  } finally {
    await browser.close();
  }
}

async function open(browser, baseURL, person, path) {
  const page = await (await browser.newContext({ baseURL })).newPage();
  await signIn(page, person);
  await page.goto(path);
  await page.locator("#room-brief").waitFor();
  await page.waitForLoadState("networkidle");
  return page;
}

/** In the browser: types a letter into the brief and returns the time. */
function typeLetter() {
  const brief = document.querySelector("#room-brief");
  brief.focus();
  document.execCommand("insertText", false, "ї");
  return performance.timeOrigin + performance.now();
}

/** In the browser: waits until a frame with this number of letters is drawn and returns the time. */
function showsLetters(count) {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector("#room-brief").value.length < count) requestAnimationFrame(look);
      else resolve(performance.timeOrigin + performance.now());
    };
    look();
  });
}

/** Returns how long each edit took to each other editor while all of them type at normal speed, in ms. */
async function typeAtNormalSpeed(editors) {
  const times = [];
  editors.forEach((editor) => (editor.onRemote = (sent) => times.push(performance.now() - sent)));
  for (let key = 0; key < TYPING * SECONDS; key += 1) {
    for (const editor of editors) editor.type();
    await pause(1000 / TYPING);
  }
  await waitUntilEqual(editors);
  return times;
}

/** Returns the updates delivered to others per second. All type again as soon as the last edits have arrived. */
async function typeAsFastAsPossible(editors) {
  let relayed = 0;
  editors.forEach((editor) => (editor.onRemote = () => (relayed += 1)));
  const began = performance.now();
  while (performance.now() - began < SECONDS * 1000) {
    for (const editor of editors) editor.type();
    const wanted = relayed + editors.length * (editors.length - 1);
    while (relayed < wanted && performance.now() - began < SECONDS * 1000) await pause(1);
  }
  const perSecond = relayed / ((performance.now() - began) / 1000);
  await waitUntilEqual(editors);
  return perSecond;
}

/** Waits until all editors have the same text. */
async function waitUntilEqual(editors) {
  for (let tries = 0; tries < 500; tries += 1) {
    if (new Set(editors.map((editor) => editor.text)).size === 1) return;
    await pause(20);
  }
  throw new Error("the editors' texts still differ after ten seconds");
}
