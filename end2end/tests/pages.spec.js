// Checks every main page in the role that uses it: accessibility in light and dark, width, layout shift, missing texts
// and console messages. Also tests the keyboard.
import { checkPage, checkLayoutShift, expect, PEOPLE, setEnglish, signedIn, signIn, slowProxy, test } from "../fixtures/test.js";
import { open, PAGES } from "../pages.js";

// A key shown instead of its text, such as desk-home-title.
const KEYS = /(?<![\w@./-])(?:desk|home|order|ticket|design|proposal|state|nav|profile|organisation|outbox|room|field|timeline)(?:-[a-z]+)+(?![\w@.])/g;

for (const role of new Set(PAGES.map((entry) => entry.role))) {
  test(`the pages of ${role ?? "visitors"} pass all checks`, async ({ page }) => {
    const entries = PAGES.filter((entry) => entry.role === role);
    test.setTimeout(30_000 + entries.length * 12_000);
    if (role) await signInEnglish(page, PEOPLE[role]);
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

test("a page that arrives in chunks has no layout shift", async ({ page, portal }) => {
  await signInEnglish(page, PEOPLE.staff);
  const proxy = await slowProxy(portal.url);
  try {
    for (const path of ["/desk", "/desk/customers", "/desk/outbox?state=all"]) {
      await page.goto(proxy.url + path);
      await signedIn(page);
      await checkLayoutShift(page);
    }
  } finally {
    proxy.stop();
  }
});

test("a ticket can be opened with the keyboard alone", async ({ page }) => {
  await signInEnglish(page, PEOPLE.customer);
  await page.goto("/tickets/new");
  await page.keyboard.press("Tab");
  await expect(page.locator(".skip")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.locator(".back")).toBeFocused();
  await page.keyboard.press("Tab");
  await expectVisibleFocus(page, page.getByLabel("Subject"));
  await page.keyboard.type("Which oil is it?");
  await page.keyboard.press("Tab");
  await expectVisibleFocus(page, page.getByLabel("What happened"));
  await page.keyboard.type("For the bench, once a year.");
  await page.keyboard.press("Tab");
  await expectVisibleFocus(page, page.getByLabel("Files"));
  await page.keyboard.press("Tab");
  await expectVisibleFocus(page, page.getByRole("button", { name: "Send" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Which oil is it?");
});

test("menus of the header on a phone close with Esc", async ({ page }) => {
  await signInEnglish(page, PEOPLE.staff);
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

async function signInEnglish(page, person) {
  await signIn(page, person);
  await setEnglish(page);
}

/** Checks that the element has the focus and that the focus is visible. */
async function expectVisibleFocus(page, element) {
  await expect(element).toBeFocused();
  const outline = await element.evaluate((one) => parseFloat(getComputedStyle(one).outlineWidth));
  expect(outline).toBeGreaterThanOrEqual(2);
}
