// Accounts: signing up, confirming the address by mail, signing in and out, resetting the password.
import {
  checkPage,
  confirm,
  expect,
  expectStatus,
  linkIn,
  newPerson,
  PEOPLE,
  signedIn,
  signIn,
  signOut,
  signUp,
  test,
} from "../fixtures/test.js";

test("a new customer signs up, confirms by mail, signs out and in again", async ({ page, mail }) => {
  const maria = newPerson();
  await signUp(page, maria);
  await checkPage(page);
  await confirm(page, mail, maria);
  await signOut(page);
  await signIn(page, maria);
  await signedIn(page);
});

test("a forgotten password is reset, and the old one is no longer valid", async ({ page, mail }) => {
  const maria = newPerson();
  await signUp(page, maria);
  await confirm(page, mail, maria);
  await signOut(page);

  await page.goto("/forgotten");
  await checkPage(page);
  await page.getByLabel("Email").fill(maria.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  const link = linkIn(await mail.waitFor(maria.email), /^\/reset\//);
  await page.goto(link);
  await checkPage(page);
  await page.getByLabel("New password").fill("another good password");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await signedIn(page);
  await signOut(page);

  expectStatus(page, 422);
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(maria.email);
  await page.getByLabel("Password").fill(maria.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Incorrect email or password")).toBeVisible();
  await signIn(page, { ...maria, password: "another good password" });
});

test("signing up does not reveal whether an address has an account", async ({ page, visitors, mail }) => {
  const maria = newPerson();
  await signUp(page, maria);
  await confirm(page, mail, maria);
  const other = await visitors.open();
  await signUp(other, maria);
  const shown = await other.locator("main").innerText();
  const third = await visitors.open();
  const unknown = newPerson();
  await signUp(third, unknown);
  expect((await third.locator("main").innerText()).replace(unknown.email, maria.email)).toBe(shown);
});

test("a password that is too short is rejected", async ({ page, mail }) => {
  const maria = newPerson();
  await signUp(page, maria);
  expectStatus(page, 422);
  await page.goto(linkIn(await mail.waitFor(maria.email), /^\/confirm\//));
  await checkPage(page);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await expect(page.getByLabel("Password")).toHaveAttribute("aria-invalid", "true");
  await checkPage(page);
  await page.getByLabel("Password").fill(maria.password);
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await signedIn(page);
});

test("an invalid form keeps its input", async ({ page }) => {
  expectStatus(page, 422);
  await page.goto("/sign-up");
  await page.getByLabel("Full name").fill("Марія");
  await page.getByLabel("Email").fill("not an address");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Full name")).toHaveValue("Марія");
  await expect(page.getByLabel("Email")).toHaveValue("not an address");
  await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await checkPage(page);
});

test("the people of the demo can sign in", async ({ visitors }) => {
  for (const person of Object.values(PEOPLE)) {
    const page = await visitors.open();
    await page.goto("/sign-in");
    await checkPage(page);
    await signIn(page, person);
    await signedIn(page);
    await checkPage(page);
  }
});
