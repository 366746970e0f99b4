// A portal without a company: the first page creates the company and its first administrator.
import { checkPage, expect, test } from "../fixtures/test.js";

test.use({ demo: false });

test("the first visitor of an empty portal creates the company", async ({ page, visitors }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/first-run$/);
  await checkPage(page);
  await page.getByLabel("Company name").fill("Дубок");
  await page.getByLabel("Full name").fill("Ірина Коваль");
  await page.getByLabel("Email").fill("iryna@example.org");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Create the portal" }).click();
  await expect(page).toHaveURL(/\/desk$/);

  const later = await visitors.open();
  await later.goto("/");
  await expect(later.getByRole("link", { name: "Дубок" })).toBeVisible();
});
