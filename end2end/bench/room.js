// One design room with ten editors, who are real Yjs clients: updates relayed a second, and how long an edit takes
// from one editor to another.
import { setTimeout as pause } from "node:timers/promises";
import { percentile } from "./http.js";
import { Editor } from "./editor.js";

const EDITORS = 10;
const SECONDS = 5;
/** Keys a second of a fast typist. */
const TYPING = 10;

export async function room(program, session, say) {
  const design = (await session.firstRecord("/designs")).split("/").pop();
  const editors = [];
  try {
    for (let count = 0; count < EDITORS; count += 1) editors.push(await Editor.join(program.url, design, session.cookie));
    const typing = await typeAtLeisure(editors);
    say("an edit from one editor to another, all type", `p99 ${percentile(typing, 0.99).toFixed(1)} ms`, "goal: 200 ms");
    const relayed = await typeAsFastAsPossible(editors);
    say("updates relayed in one room of ten", `${relayed.toFixed(0)}/s`);
  } finally {
    for (const editor of editors) editor.leave();
  }
}

/** How long each edit took to each other editor, while all type. */
async function typeAtLeisure(editors) {
  const times = [];
  editors.forEach((editor) => (editor.onRemote = (sent) => times.push(performance.now() - sent)));
  for (let key = 0; key < TYPING * SECONDS; key += 1) {
    for (const editor of editors) editor.type();
    await pause(1000 / TYPING);
  }
  await settled(editors);
  return times;
}

/** Updates that reached someone else, a second: each writes its next one as soon as its last came back from all. */
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
  await settled(editors);
  return perSecond;
}

/** Waits until all have the same text. */
async function settled(editors) {
  for (let tries = 0; tries < 500; tries += 1) {
    if (new Set(editors.map((editor) => editor.text)).size === 1) return;
    await pause(20);
  }
  throw new Error("the editors' texts are not the same after ten seconds");
}
