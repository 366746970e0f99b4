// Renders the pictures of the demo from server/src/demo/pictures/drawn.html into files in that folder: node
// demo-pictures.js
import { chromium } from "@playwright/test";
import { browserOptions } from "./fixtures/browser.js";

const FOLDER = new URL("../server/src/demo/pictures/", import.meta.url).pathname;

const browser = await chromium.launch(browserOptions());
const page = await browser.newPage({ viewport: { width: 720, height: 480 } });
await page.goto(`file://${FOLDER}drawn.html`);
for (const figure of await page.locator("body > svg[id]:not(.document)").all()) {
  await figure.screenshot({ path: `${FOLDER}${await figure.getAttribute("id")}.jpg`, type: "jpeg", quality: 70 });
}
const sheet = page.locator("svg.document");
const path = `${FOLDER}${await sheet.getAttribute("id")}.pdf`;
await sheet.evaluate((element) => document.body.replaceChildren(element));
await page.pdf({ path, format: "A4" });
await browser.close();
