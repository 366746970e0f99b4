// People: changes of the profile in the history, and joining an organisation by a mailed invitation, with and without
// JavaScript.
import {
  checkPage,
  confirm,
  expect,
  expectStatus,
  linkIn,
  newPerson,
  PEOPLE,
  setEnglish,
  signedIn,
  signIn,
  signUp,
  test,
} from "../fixtures/test.js";

const saved = (page) => expect(page.locator("main .notice.good")).toBeVisible();

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";

  test(`changes of the profile are in the history${how}`, async ({ visitors, mail }) => {
    const page = await visitors.open({ javaScriptEnabled });
    const maria = newPerson();
    await signUp(page, maria);
    await confirm(page, mail, maria);
    await page.goto("/profile");
    await page.getByLabel("Phone").fill("+380 50 765 43 21");
    await page.getByLabel("Birthday").fill("1990-02-28");
    await page.locator("main").getByRole("button", { name: "Save" }).click();
    await saved(page);
    await page.getByLabel("Phone").fill("+380 50 111 22 33");
    await page.locator("main").getByRole("button", { name: "Save" }).click();
    await saved(page);
    await page.goto("/history");
    const newest = page.locator(".timeline > li").first();
    await expect(newest).toContainText("Phone: +380 50 765 43 21 → +380 50 111 22 33");
    await expect(newest).toContainText(maria.name);
    await expect(page.locator(".timeline")).toContainText("Birthday: 28 February 1990");
  });

  test(`a person joins by invitation${how}`, async ({ visitors, mail }) => {
    const administrator = newPerson();
    const colleague = newPerson();
    const page = await visitors.open({ javaScriptEnabled });
    await page.goto("/sign-up");
    await page.getByLabel("Full name").fill(administrator.name);
    await page.getByLabel("Email").fill(administrator.email);
    await page.getByLabel("Organisation").fill("Ґречні люди");
    await page.getByRole("button", { name: "Sign up" }).click();
    await confirm(page, mail, administrator);

    await page.goto("/organisation/members");
    await page.getByLabel("Email").fill(colleague.email);
    await page.getByRole("button", { name: "Send the invitation" }).click();
    await saved(page);
    const link = linkIn(await mail.waitFor(colleague.email), /^\/join\//);

    const other = await visitors.open({ javaScriptEnabled });
    await other.goto(link);
    await expect(other.getByRole("heading", { level: 1 })).toContainText("Ґречні люди");
    await other.getByLabel("Full name").fill("Петро Запрошений");
    await other.getByLabel("Password").fill(colleague.password);
    await other.getByRole("button", { name: "Join" }).click();
    await signedIn(other);
    await saved(other);
    await page.goto("/history");
    await expect(page.locator(".timeline > li").first()).toContainText("Петро Запрошений");

    const third = await visitors.open({ javaScriptEnabled });
    expectStatus(third, 409);
    await third.goto(link);
    await expect(third.getByLabel("Password")).toHaveCount(0);
  });
}

test("an invalid profile keeps its input", async ({ page }) => {
  expectStatus(page, 422);
  await signIn(page, PEOPLE.customer);
  await page.goto("/organisation");
  await page.locator("input[name=website]").fill("not a site");
  await page.locator("input[name=phone]").fill("12345");
  await page.locator("main form button[type=submit]").first().click();
  await expect(page.locator("input[name=website]")).toHaveValue("not a site");
  await expect(page.locator("input[name=website]")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("input[name=phone]")).toHaveValue("12345");
});

test("removing access to the desk needs confirmation", async ({ visitors }) => {
  const page = await visitors.open();
  await signIn(page, PEOPLE.administrator);
  await setEnglish(page);
  await page.goto("/desk/staff");
  await page.getByLabel("Full name").fill("Short Visit");
  await page.getByLabel("Email").fill("short@example.com");
  await page.locator("main").getByRole("button", { name: "Add and send the email" }).click();
  const row = page.locator("main .list.rows li", { hasText: "Short Visit" });
  const confirmButton = row.getByRole("button", { name: /^Yes, remove access/ });
  await expect(confirmButton).toBeHidden();
  await row.locator("summary", { hasText: "Remove access" }).click();
  await confirmButton.click();
  await expect(row).toHaveCount(0);
});

test("the pages of people pass all checks", async ({ visitors }) => {
  test.slow();
  const portal = ["", "/notices", "/password", "/sessions"].map((part) => `/profile${part}`);
  portal.push("/organisation", "/organisation/members", "/organisation/addresses/new", "/history");
  const desk = ["/desk/customers", "/desk/customers?q=nobody", "/desk/outbox?state=all", "/desk/staff"];
  for (const [person, paths] of [
    [PEOPLE.customer, portal],
    [PEOPLE.administrator, desk],
  ]) {
    const page = await visitors.open();
    await signIn(page, person);
    for (const path of paths) {
      await page.goto(path);
      await checkPage(page);
    }
    if (person === PEOPLE.administrator) {
      await page.goto("/desk/customers?q=olena@example.com");
      await page.locator("table tbody a").first().click();
      await expect(page.locator(".timeline")).toBeVisible();
      await checkPage(page);
    }
  }
});
