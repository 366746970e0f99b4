// The first look: the program is ready, and a stranger sees the shop.
import { checkPage, expect, expectStatus, test } from "../fixtures/test.js";

test("says that it is ready", async ({ request, portal }) => {
  const answer = await request.get(`${portal.url}/health/ready`);
  expect(answer.status()).toBe(200);
});

test("shows the shop to a stranger, in the language of their browser", async ({ visitors }) => {
  for (const [locale, heading] of [
    ["en-GB", "Furniture we design together"],
    ["de-DE", "Furniture we design together"],
    ["uk-UA", /\p{Script=Cyrillic}/u],
  ]) {
    const page = await visitors.open({ locale });
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await checkPage(page);
  }
});

test("answers an unknown address with a page", async ({ page }) => {
  expectStatus(page, 404);
  await page.goto("/no-such-page");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await checkPage(page);
});
