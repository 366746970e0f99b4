// Health check, home page and error page.
import { checkPage, expect, expectStatus, test } from "../fixtures/test.js";

test("the health check answers", async ({ request, portal }) => {
  const answer = await request.get(`${portal.url}/health/ready`);
  expect(answer.status()).toBe(200);
});

test("the home page is in the language of the browser", async ({ visitors }) => {
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

test("an unknown path is answered with a page", async ({ page }) => {
  expectStatus(page, 404);
  await page.goto("/no-such-page");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await checkPage(page);
});
