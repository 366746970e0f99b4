// Every main page as those see it whom it is for: accessible in light and dark, as wide as its screen, nothing moves by
// itself, no word of the program instead of a text, nothing in the console; and a form that needs no mouse.
import { checkPage, checkStill, expect, PEOPLE, signedIn, signIn, slowLine, speakEnglish, test } from "../fixtures/test.js";
import { open, PAGES } from "../pages.js";

// A key that stands where its text should be: desk-home-title.
const KEYS = /(?<![\w@./-])(?:desk|home|order|ticket|design|proposal|state|nav|profile|organisation|outbox|room|field|timeline)(?:-[a-z]+)+(?![\w@.])/g;

for (const role of new Set(PAGES.map((entry) => entry.role))) {
  test(`the pages of ${role ?? "visitors"} are sound`, async ({ page }) => {
    const entries = PAGES.filter((entry) => entry.role === role);
    test.setTimeout(30_000 + entries.length * 12_000);
    if (role) await enter(page, PEOPLE[role]);
    for (const entry of entries) {
      await test.step(entry.name, async () => {
        await open(page, entry);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
        expect.soft(await page.title(), `${entry.name}: title`).toMatch(/^[^<>]+$/);
        expect.soft((await page.locator("body").innerText()).match(KEYS) ?? [], `${entry.name}: keys`).toEqual([]);
        await checkPage(page);
      });
    }
  });
}

test("a page that comes in pieces does not jump", async ({ page, portal }) => {
  await enter(page, PEOPLE.staff);
  const line = await slowLine(portal.url);
  try {
    for (const path of ["/desk", "/desk/customers", "/desk/outbox?state=all"]) {
      await page.goto(line.url + path);
      await signedIn(page);
      await checkStill(page);
    }
  } finally {
    line.stop();
  }
});

test("a question is asked with the keyboard alone", async ({ page }) => {
  await enter(page, PEOPLE.customer);
  await page.goto("/tickets/new");
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.locator(".back")).toBeFocused();
  await page.keyboard.press("Tab");
  await seen(page, page.getByLabel("Subject"));
  await page.keyboard.type("Which oil is it?");
  await page.keyboard.press("Tab");
  await seen(page, page.getByLabel("What happened"));
  await page.keyboard.type("For the bench, once a year.");
  await page.keyboard.press("Tab");
  await seen(page, page.getByLabel("Files"));
  await page.keyboard.press("Tab");
  await seen(page, page.getByRole("button", { name: "Send" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Which oil is it?");
});

test("what the header unfolds on a phone closes with Esc", async ({ page }) => {
  await enter(page, PEOPLE.staff);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/desk/orders");
  for (const [button, sheet] of [[".unfold", "#places"], [".menu > button", "#account"]]) {
    await expect(page.locator(sheet)).toBeHidden();
    await page.locator(button).press("Enter");
    await expect(page.locator(sheet)).toBeVisible();
    await page.keyboard.press("Tab");
    await expect(page.locator(`${sheet} a`).first()).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.locator(sheet)).toBeHidden();
    await expect(page.locator(button)).toBeFocused();
  }
});

async function enter(page, person) {
  await signIn(page, person);
  await speakEnglish(page);
}

/** The element has the focus, and whoever looks can tell. */
async function seen(page, element) {
  await expect(element).toBeFocused();
  const outline = await element.evaluate((one) => parseFloat(getComputedStyle(one).outlineWidth));
  expect(outline).toBeGreaterThanOrEqual(2);
}
