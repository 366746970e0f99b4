// What must work where no script runs: every form is the server's.
import { confirm, expect, expectStatus, signIn, signOut, signUp, stranger, test } from "../fixtures/test.js";

test("an account without JavaScript: sign up, confirm, sign out, mistype, sign in", async ({ visitors, mail }) => {
  const page = await visitors.open({ javaScriptEnabled: false });
  const maria = stranger();
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
