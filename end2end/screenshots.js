// Takes screenshots of the main pages (pages.js) in the sizes of a phone, a laptop and a large screen, light and dark,
// and writes them to screenshots-out: node screenshots.js [NAME…]
import { mkdir } from "node:fs/promises";
import { chromium } from "@playwright/test";
import { browserOptions } from "./fixtures/browser.js";
import { PEOPLE, signIn, setEnglish } from "./fixtures/people.js";
import { Program } from "./fixtures/program.js";
import { open, PAGES } from "./pages.js";

const FOLDER = "screenshots-out";
const HEIGHTS = { 390: 844, 1280: 900, 1920: 1080 };
const THEMES = ["light", "dark"];
const LANGUAGES = { uk: "uk-UA", en: "en-GB" };

const wanted = process.argv.slice(2);
const language = process.env.SCREENSHOTS_LANGUAGE ?? "uk";
const pages = PAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

await mkdir(FOLDER, { recursive: true });
const program = await Program.start({ mails: false });
const browser = await chromium.launch(browserOptions());
try {
  for (const role of new Set(pages.map((page) => page.role))) await captureRole(role);
} finally {
  await browser.close();
  await program.remove();
}

/** Takes screenshots of every page of this role, in one session. */
async function captureRole(role) {
  const locale = LANGUAGES[language];
  const context = await browser.newContext({ baseURL: program.url, locale, reducedMotion: "reduce" });
  const page = await context.newPage();
  if (role) await signIn(page, PEOPLE[role]);
  // The language of the demo's people is Ukrainian.
  if (role && language === "en") await setEnglish(page);
  for (const entry of pages.filter((one) => one.role === role)) {
    await open(page, entry);
    await capture(page, entry.name);
  }
  await context.close();
}

async function capture(page, name) {
  for (const [width, height] of Object.entries(HEIGHTS)) {
    await page.setViewportSize({ width: Number(width), height });
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const file = `${FOLDER}/${name}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: file, fullPage: true });
      console.log(file);
    }
  }
}
