// The customer's answer to a proposal: without JavaScript, and when the proposal changed while the customer was reading
// it.
import { checkPage, confirm, expect, expectStatus, newPerson, PEOPLE, signIn, signUp, test } from "../fixtures/test.js";

const press = (page, name) => page.locator("main").getByRole("button", { name }).click();

/** Creates a new customer with a design of a table and a version of it. */
async function startDesign(visitors, mail, options) {
  const person = newPerson();
  const page = await visitors.open(options);
  await signUp(page, person);
  await confirm(page, mail, person);
  await page.goto("/products/dining-table");
  await press(page, "Design yours");
  await page.getByLabel("Version name").fill("First");
  await press(page, "Save and request a proposal");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Version 1: First");
  return { page, person, design: new URL(page.url()).pathname.split("/versions/")[0] };
}

/** Proposes the latest version for this price, as staff. */
async function propose(page, design, price) {
  await page.goto(`/desk${design}`);
  await page.locator(`main a[href*="/propose?version="]`).first().click();
  await page.locator("input[name=price]").fill(price);
  await page.locator("main form button[type=submit]").last().click();
  await expect(page).toHaveURL(new RegExp(`/desk${design}$`));
}

test("a proposal is declined and another approved without JavaScript", async ({ visitors, mail }) => {
  test.setTimeout(120_000);
  const { page, design } = await startDesign(visitors, mail, { javaScriptEnabled: false });
  const taras = await visitors.open({ javaScriptEnabled: false });
  await signIn(taras, PEOPLE.staff);

  await propose(taras, design, "21000");
  await page.goto(design);
  await page.getByRole("link", { name: "See the proposal" }).click();
  await page.locator("main details summary", { hasText: "Ask for changes" }).click();
  expectStatus(page, 422);
  await press(page, "Decline the proposal");
  await expect(page.locator("main")).toContainText("Fill in this field");
  await page.getByLabel("What should change?").fill("A little longer, please.");
  await press(page, "Decline the proposal");
  await expect(page).toHaveURL(new RegExp(`${design}$`));

  await propose(taras, design, "22500");
  await page.goto(design);
  await page.getByRole("link", { name: "See the proposal" }).click();
  await press(page, /^Approve version 1 for ₴22,500/);
  await expect(page).toHaveURL(/\/orders\//);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Order no.");

  // The delivery address: the page asks for it, one is chosen, another one is typed.
  const order = page.url();
  await page.goto("/organisation/addresses/new");
  await page.getByLabel("Address name").fill("Home");
  await page.getByLabel("Street and number").fill("1 Naukova St.");
  await page.getByLabel("City or town").fill("Lviv");
  await press(page, "Save");
  await page.goto(order);
  await expect(page.locator("main")).toContainText("Where should we deliver it?");
  await expect(page.getByRole("radio", { name: /^Home/ })).toBeChecked();
  await press(page, "Save the address");
  await expect(page.locator("main dd", { hasText: "1 Naukova St., Lviv" })).toBeVisible();
  await page.locator("main details summary", { hasText: "Change the address" }).click();
  await page.getByLabel("Another address").fill("I collect it on Friday");
  await press(page, "Save the address");
  await expect(page.locator("main dd", { hasText: "I collect it on Friday" })).toBeVisible();
});

test("approving a changed proposal shows the differences and approves nothing", async ({ visitors, mail }) => {
  test.setTimeout(120_000);
  const { page, design } = await startDesign(visitors, mail);
  const taras = await visitors.open();
  await signIn(taras, PEOPLE.staff);
  await propose(taras, design, "21000");
  await page.goto(design);
  await page.getByRole("link", { name: "See the proposal" }).click();

  // Meanwhile staff change the design and make a new proposal.
  await taras.goto(`/desk${design}`);
  await expect(taras.locator(".room.ready")).toBeVisible();
  const quantity = taras.locator(".room input[type=number]").last();
  await quantity.fill("3");
  await quantity.blur();
  await expect(taras.locator(".room-head")).toContainText("Усе збережено");
  await taras.locator("input[name=name]").fill("Три");
  await taras.locator("main form", { has: taras.locator("input[name=name]") }).locator("button").click();
  await propose(taras, design, "60000");

  expectStatus(page, 409);
  await press(page, /^Approve version 1/);
  await expect(page.locator("main")).toContainText("nothing was approved");
  await checkPage(page);
  await page.getByRole("link", { name: "See the newer proposal" }).click();
  await press(page, /^Approve version 2 for ₴60,000/);
  await expect(page).toHaveURL(/\/orders\//);
});
