// The whole process: a new customer designs a table together with staff, approves it, follows it to delivery and opens
// a ticket. Two people in two browsers, with mail over SMTP.
import { checkPage, confirm, expect, linkIn, newPerson, PEOPLE, setEnglish, signIn, signUp, test } from "../fixtures/test.js";

const press = (page, name) => page.locator("main").getByRole("button", { name }).click();

test("from sign-up to an approved order and an answered ticket", async ({ visitors, mail }) => {
  test.setTimeout(240_000);
  const person = newPerson();
  const maria = await visitors.open();
  const taras = await visitors.open();

  await test.step("Maria signs up and completes her profile", async () => {
    await signUp(maria, person);
    await confirm(maria, mail, person);
    await checkPage(maria);
    await maria.goto("/profile");
    await maria.getByLabel("Phone").fill("+380 50 765 43 21");
    await press(maria, "Save");
    await expect(maria.locator("main .notice.good")).toBeVisible();
  });

  await test.step("she finds a table and starts a design", async () => {
    await maria.goto("/products");
    await maria.getByRole("searchbox").fill("dining");
    await press(maria, "Search");
    await maria.locator(".catalogue a").first().click();
    await checkPage(maria);
    await press(maria, "Design yours");
    await expect(maria).toHaveURL(/\/designs\//);
    await expect(maria.locator(".room-head")).toContainText("All changes saved");
    await checkPage(maria);
  });

  await test.step("Taras opens the same design", async () => {
    await signIn(taras, PEOPLE.staff);
    await setEnglish(taras);
    await taras.goto("/desk/designs");
    const row = taras.getByRole("row", { name: new RegExp(person.name) });
    await row.getByRole("link").first().click();
    await expect(taras.locator(".room-head")).toContainText("All changes saved");
    await checkPage(taras);
  });

  await test.step("both see each other's edits", async () => {
    const ash = (page) => page.getByRole("radio", { name: "ash", exact: true });
    await maria.locator("label", { has: ash(maria) }).click();
    await expect(ash(taras)).toBeChecked();
    await expect(maria.locator(".room")).toContainText("Тарас Бондаренко");
    await taras.getByLabel("Special requests").fill("Matt oil, as in the showroom.");
    await expect(maria.getByLabel("Special requests")).toHaveValue("Matt oil, as in the showroom.");
    await maria.getByLabel("Your comment").fill("Can it be ready before Christmas?");
    await press(maria, "Send");
    await expect(taras.locator(".room")).toContainText("Can it be ready before Christmas?");
    await expect(maria.locator(".room-head")).toContainText("All changes saved");
  });

  await test.step("Maria saves a version, Taras proposes it", async () => {
    await maria.getByLabel("Version name").fill("For the dining room");
    await press(maria, "Save and request a proposal");
    await expect(maria.getByRole("heading", { level: 1 })).toHaveText("Version 1: For the dining room");
    await checkPage(maria);
    await expect(taras.locator(".room")).toContainText("This design has a new version, proposal or answer");
    const notification = await mail.waitFor(PEOPLE.staff.email, /New version/);
    expect(linkIn(notification, /^\/desk\/designs\//)).toBe(new URL(taras.url()).pathname);
    await taras.reload();
    await taras.getByRole("link", { name: "Propose the latest version" }).click();
    await checkPage(taras);
    await taras.getByLabel("Price, UAH").fill("21 500");
    await taras.getByLabel("Message to the customer").fill("With matt oil, as we said.");
    await press(taras, "Send the proposal");
    await expect(taras.locator("main")).toContainText("Proposal for version 1");
  });

  await test.step("Maria approves the proposal from the mail's link", async () => {
    const message = await mail.waitFor(person.email, /proposal is ready/);
    expect(message.text).toContain("With matt oil, as we said.");
    await maria.goto(linkIn(message, /\/proposals\//));
    await checkPage(maria);
    await press(maria, /^Approve version 1 for/);
    await expect(maria).toHaveURL(/\/orders\//);
    await checkPage(maria);
    await maria.getByLabel("Delivery address").fill("Lviv, 1 Naukova St.");
    await press(maria, "Save the address");
    await expect(maria.locator("main")).toContainText("Delivery address");
    expect((await mail.waitFor(person.email, /^Approved/)).text).toContain("order no.");
  });

  await test.step("Taras produces, ships and delivers it", async () => {
    await taras.goto(linkIn(await mail.waitFor(PEOPLE.staff.email, /Proposal approved/), /^\/desk\/orders\//));
    await checkPage(taras);
    for (let steps = 0; steps < 20; steps += 1) {
      const next = taras.locator("main").getByRole("button", { name: /^(Start|Done): / });
      if ((await next.count()) === 0) break;
      await next.first().click();
      await taras.waitForLoadState();
    }
    await expect(taras.getByLabel("Delivery address")).toHaveValue("Lviv, 1 Naukova St.");
    await taras.getByLabel("Carrier").fill("Nova Poshta");
    await taras.getByLabel("Tracking number").fill("20450012345678");
    await press(taras, "Hand over to the carrier");
    expect((await mail.waitFor(person.email, /on its way/)).text).toContain("20450012345678");
    await maria.reload();
    await expect(maria.locator("main")).toContainText("20450012345678");
    await press(taras, "Mark as delivered");
  });

  await test.step("Maria accepts it", async () => {
    await maria.goto(linkIn(await mail.waitFor(person.email, /has been delivered/), /^\/orders\//));
    await press(maria, "Everything is fine, accept");
    await expect(maria.locator("main .pagehead")).toContainText("Completed");
    await mail.waitFor(PEOPLE.staff.email, /accepted \(/);
  });

  await test.step("she opens a ticket and is answered by mail and on the page", async () => {
    await maria.getByRole("link", { name: "Ask about this order" }).click();
    await checkPage(maria);
    await maria.getByLabel("Subject").fill("How do I care for the oil?");
    await maria.getByLabel("What happened").fill("How often does it need new oil?");
    await press(maria, "Send");
    await expect(maria.getByRole("heading", { level: 1 })).toContainText("How do I care for the oil?");
    await checkPage(maria);
    const asked = await mail.waitFor(PEOPLE.staff.email, /care for the oil/);
    expect(asked.text).toContain("How often does it need new oil?");

    await taras.goto(linkIn(asked, /^\/desk\/tickets\//));
    await checkPage(taras);
    await taras.getByLabel("Answer to the customer").fill("Once a year is enough.");
    await press(taras, "Send the answer");
    await expect(taras.locator(".messages")).toContainText("Once a year is enough.");

    const received = await mail.waitFor(person.email, /care for the oil/);
    const answer = await mail.waitFor(person.email, /care for the oil/);
    expect(answer.text).toContain("Once a year is enough.");
    expect(answer.inReplyTo).toBe(received.messageId);
    await maria.reload();
    await expect(maria.locator(".messages")).toContainText("Once a year is enough.");
  });
});
