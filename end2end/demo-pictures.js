// The demo's pictures, from server/src/demo/pictures/drawn.html into the files beside it: node demo-pictures.js
import { chromium } from "@playwright/test";
import { browserOptions } from "./fixtures/browser.js";

const FOLDER = new URL("../server/src/demo/pictures/", import.meta.url).pathname;

const browser = await chromium.launch(browserOptions());
const page = await browser.newPage({ viewport: { width: 720, height: 480 } });
await page.goto(`file://${FOLDER}drawn.html`);
for (const figure of await page.locator("body > svg[id]:not(.document)").all()) {
  await figure.screenshot({ path: `${FOLDER}${await figure.getAttribute("id")}.jpg`, type: "jpeg", quality: 70 });
}
const leaf = page.locator("svg.document");
const path = `${FOLDER}${await leaf.getAttribute("id")}.pdf`;
await leaf.evaluate((leaf) => document.body.replaceChildren(leaf));
await page.pdf({ path, format: "A4" });
await browser.close();
