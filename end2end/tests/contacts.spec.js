// Staff add a note about a call on the customer's page. Its next step is on the desk's first page until it is done.
import { checkPage, expect, expectStatus, PEOPLE, setEnglish, signIn, test } from "../fixtures/test.js";

test("a contact note is added with the keyboard and its next step is marked as done", async ({ visitors }) => {
  const page = await visitors.open();
  await signIn(page, PEOPLE.staff);
  await setEnglish(page);
  await page.goto("/desk/customers");
  await page.locator("main tbody a").first().click();
  const { pathname } = new URL(page.url());

  // Playwright's own key presses lack the text that Chromium compares with access keys.
  const devtools = await page.context().newCDPSession(page);
  const key = { modifiers: 1, key: "n", code: "KeyN", windowsVirtualKeyCode: 78, unmodifiedText: "n" };
  await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", ...key });
  await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  await expect(page.getByLabel("What was said")).toBeFocused();
  await page.keyboard.type("Asks for a second bookcase");
  await page.getByText("Call, meeting or letter").click();
  await page.getByLabel("Next step").fill("Send the price of the bookcase");
  expectStatus(page, 422);
  await page.getByRole("button", { name: "Save the contact" }).click();
  await expect(page.locator("main")).toContainText("Fill in this field");
  await expect(page.getByLabel("What was said")).toHaveValue("Asks for a second bookcase");
  await page.getByLabel("Due on").fill("2026-01-01");
  await page.getByRole("button", { name: "Save the contact" }).click();
  await expect(page.locator("main")).toContainText("Call from the customer");
  await checkPage(page);

  await page.goto("/desk");
  await checkPage(page);
  await page.getByRole("link", { name: /Send the price of the bookcase/ }).click();
  await expect(page).toHaveURL(new RegExp(`${pathname}#next-steps$`));
  await page.getByRole("button", { name: "Done: Send the price of the bookcase" }).click();
  await expect(page.locator("main")).toContainText("Done: Send the price of the bookcase");
  await page.goto("/desk");
  await expect(page.locator("main")).not.toContainText("Send the price of the bookcase");
});
