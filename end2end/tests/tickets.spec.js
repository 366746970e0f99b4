// Tickets: a customer opens a ticket with a picture, staff answer, and the answer arrives by mail and on the page.
import {
  checkPage,
  confirm,
  expect,
  expectStatus,
  linkIn,
  newPerson,
  PEOPLE,
  signIn,
  signUp,
  test,
} from "../fixtures/test.js";

// A PNG of one pixel.
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const SCRATCH = { name: "подряпина на куті.png", mimeType: "image/png", buffer: PICTURE };

/** Signs up a new customer. */
async function signUpCustomer(page, mail) {
  const maria = newPerson();
  await signUp(page, maria);
  await confirm(page, mail, maria);
  return maria;
}

async function openTicket(page, subject, text, files = []) {
  await page.goto("/tickets/new");
  await page.getByLabel("Subject").fill(subject);
  await page.getByLabel("What happened").fill(text);
  if (files.length > 0) await page.getByLabel("Files").setInputFiles(files);
  await page.getByRole("button", { name: "Send" }).click();
}

/** Opens the ticket with this subject from the list of unassigned tickets, as staff. */
async function viewUnassignedTicket(page, subject) {
  await page.goto("/desk/tickets?show=unassigned");
  const link = page.getByRole("link", { name: subject });
  for (;;) {
    if ((await link.count()) > 0) break;
    await page.getByRole("link", { name: "Next page" }).click();
  }
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "" : " without JavaScript";
  test(`a ticket with a picture is answered by mail and on the page${how}`, async ({ visitors, mail }) => {
    const subject = `Scratch ${Date.now()}`;
    const page = await visitors.open({ javaScriptEnabled });
    const maria = await signUpCustomer(page, mail);
    await openTicket(page, subject, "A scratch on the corner.", [SCRATCH]);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
    await expect(page.getByText("A scratch on the corner.")).toBeVisible();
    const received = await mail.waitFor(maria.email, new RegExp(subject));
    expect(received.text).toContain("A scratch on the corner.");

    const desk = await visitors.open({ javaScriptEnabled });
    await signIn(desk, PEOPLE.staff);
    await viewUnassignedTicket(desk, subject);
    await expect(desk.getByText("подряпина на куті.png")).toBeVisible();
    await desk.locator("textarea[name=note]").fill("The carrier again.");
    await desk.locator("form:has(textarea[name=note]) button").click();
    await expect(desk.locator(".message.internal")).toContainText("The carrier again.");
    await desk.locator("textarea[name=text]").fill("We will polish it on Thursday.");
    await desk.locator("button[name=then][value=waiting]").click();
    await expect(desk.locator(".message.ours")).toContainText("We will polish it on Thursday.");

    const answer = await mail.waitFor(maria.email, new RegExp(subject));
    expect(answer.text).toContain("We will polish it on Thursday.");
    expect(answer.text).not.toContain("The carrier again.");
    expect(answer.inReplyTo).toBe(received.messageId);
    await page.goto(linkIn(answer, /^\/tickets\//));
    await expect(page.locator(".state")).toHaveText("Waiting for you");
    await expect(page.getByText("We will polish it on Thursday.")).toBeVisible();
    await expect(page.getByText("The carrier again.")).toHaveCount(0);

    await page.getByLabel("Message").fill("Thursday is fine.");
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.locator(".state")).toHaveText("In progress");
    await expect(page.getByText("Thursday is fine.")).toBeVisible();
  });
}

test("the unsubscribe link turns off mail without signing in", async ({ visitors, mail }) => {
  const page = await visitors.open();
  const maria = await signUpCustomer(page, mail);
  await openTicket(page, "A last question", "When?");
  const received = await mail.waitFor(maria.email, /A last question/);
  const link = linkIn(received, /^\/unsubscribe\//);
  // The template writes slashes as character references.
  expect(received.html.replaceAll("&#x2f;", "/")).toContain(link);

  const reader = await visitors.open();
  await reader.goto(link);
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText("Unsubscribe from emails about tickets?");
  await checkPage(reader);
  await page.goto("/profile/notices");
  await expect(page.getByLabel("Tickets")).toBeChecked();
  await reader.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(reader.getByRole("heading", { level: 1 })).toHaveText("You have unsubscribed from emails about tickets");
  await checkPage(reader);
  await page.reload();
  await expect(page.getByLabel("Tickets")).not.toBeChecked();
  await expect(page.getByLabel("Orders")).toBeChecked();
});

test("the pages of tickets pass all checks, with and without tickets", async ({ visitors, mail }) => {
  const page = await visitors.open();
  await signUpCustomer(page, mail);
  await page.goto("/tickets");
  await expect(page.getByRole("heading", { name: "No current tickets" })).toBeVisible();
  await checkPage(page);
  await page.goto("/tickets/new");
  await checkPage(page);
  await openTicket(page, "A question", "When will it come?", [SCRATCH]);
  await checkPage(page);
  await page.goto("/tickets");
  await expect(page.getByRole("link", { name: /A question/ })).toBeVisible();
  await checkPage(page);

  const desk = await visitors.open();
  await signIn(desk, PEOPLE.staff);
  await desk.goto("/desk/tickets?show=unsolved");
  await checkPage(desk);
  await desk.locator("table tbody th a").first().click();
  await expect(desk.locator("textarea[name=note]")).toBeVisible();
  await checkPage(desk);
});

test("an invalid ticket keeps its input", async ({ page, mail }) => {
  await signUpCustomer(page, mail);
  expectStatus(page, 422);
  await openTicket(page, "", "Only the text.");
  await expect(page.getByLabel("Subject")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("What happened")).toHaveValue("Only the text.");
  await checkPage(page);

  const program = { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("MZ, a program") };
  await openTicket(page, "A file", "That is no picture.", [program]);
  await expect(page.getByText("Only JPEG, PNG, WebP and GIF")).toBeVisible();
  await expect(page.getByLabel("Subject")).toHaveValue("A file");
  await expect(page.getByLabel("What happened")).toHaveValue("That is no picture.");

  const large = { ...SCRATCH, buffer: Buffer.concat([PICTURE, Buffer.alloc(20_000_000)]) };
  await openTicket(page, "A file", "It is large.", [large]);
  await expect(page.getByText("larger than 10")).toBeVisible();
  await expect(page.getByLabel("What happened")).toHaveValue("It is large.");
});

test("a file is served with its own type, to people who may see it", async ({ page, visitors, mail }) => {
  await signUpCustomer(page, mail);
  const paper = { name: "рахунок № 1.pdf", mimeType: "text/html", buffer: Buffer.from("%PDF-1.4\n<script>1</script>") };
  await openTicket(page, "Files", "Here they are.", [SCRATCH, paper]);
  await expect(page.locator(".files a")).toHaveCount(2);
  const [picture, document] = await page.locator(".files a").evaluateAll((links) => links.map((link) => link.href));

  const shown = await page.request.get(picture);
  expect(shown.headers()["content-type"]).toBe("image/png");
  expect(shown.headers()["content-disposition"]).toContain("inline");
  expect(Buffer.compare(await shown.body(), PICTURE)).toBe(0);
  const saved = await page.request.get(document);
  expect(saved.headers()["content-type"]).toBe("application/pdf");
  expect(saved.headers()["content-disposition"]).toContain("attachment");
  expect(saved.headers()["content-disposition"]).toContain(encodeURIComponent("рахунок"));
  for (const answer of [shown, saved]) {
    expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers()["content-security-policy"]).toContain("sandbox");
    expect(answer.headers()["cache-control"]).toContain("private");
  }

  const other = await visitors.open();
  await signUpCustomer(other, mail);
  expect((await other.request.get(picture)).status()).toBe(404);
  const ticket = new URL(page.url()).pathname;
  expect((await other.request.get(ticket)).status()).toBe(404);
});

test("input survives the end of the session", async ({ page }) => {
  const context = page.context();
  await signIn(page, PEOPLE.customer);
  await page.goto("/tickets/new");
  await page.locator("[name=subject]").fill("The third drawer");
  await page.locator("[name=text]").fill("It took me half an hour to write this.");
  await context.clearCookies();
  expectStatus(page, 401);
  await page.locator("main form button[type=submit]").click();
  await checkPage(page);
  const [tab] = await Promise.all([context.waitForEvent("page"), page.locator("main a.button").click()]);
  await signIn(tab, PEOPLE.customer);
  await page.goBack();
  await expect(page.locator("[name=text]")).toHaveValue("It took me half an hour to write this.");
  await page.locator("main form button[type=submit]").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The third drawer");
});
