// Accounts without JavaScript.
import { confirm, expect, expectStatus, newPerson, signIn, signOut, signUp, test } from "../fixtures/test.js";

test("an account works without JavaScript", async ({ visitors, mail }) => {
  const page = await visitors.open({ javaScriptEnabled: false });
  const maria = newPerson();
  await signUp(page, maria);
  await confirm(page, mail, maria);
  await signOut(page);

  expectStatus(page, 422);
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(maria.email);
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByLabel("Email")).toHaveValue(maria.email);
  await signIn(page, maria);
});
