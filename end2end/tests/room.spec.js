// Two people edit in one room: neither overwrites the other's input, and unsent input survives a reload.
import { confirm, expect, newPerson, PEOPLE, setEnglish, signIn, signUp, test } from "../fixtures/test.js";

const saved = (page) => expect(page.locator(".room-head")).toContainText("All changes saved");

test("input is not overwritten by the other person's edits and survives a reload", async ({ visitors, mail }) => {
  test.setTimeout(120_000);
  const person = newPerson();
  const maria = await visitors.open();
  await signUp(maria, person);
  await confirm(maria, mail, person);
  await maria.goto("/products/dining-table");
  await maria.locator("main").getByRole("button", { name: "Design yours" }).click();
  await saved(maria);
  const taras = await visitors.open();
  await signIn(taras, PEOPLE.staff);
  await setEnglish(taras);
  await taras.goto(`/desk${new URL(maria.url()).pathname}`);
  await saved(taras);
  const length = (page) => page.getByRole("spinbutton", { name: /^Length/ });

  await test.step("an incomplete number", async () => {
    await length(maria).fill("2");
    await length(taras).fill("200");
    await taras.locator("label", { has: taras.getByRole("radio", { name: "ash", exact: true }) }).click();
    await expect(maria.getByRole("slider", { name: /Length/ })).toHaveValue("200");
    await expect(maria.getByRole("radio", { name: "ash", exact: true })).toBeChecked();
    await expect(length(maria)).toHaveValue("2");
    await length(maria).pressSequentially("20");
    await expect(length(maria)).toHaveValue("220");
    await expect(length(taras)).toHaveValue("220");
    await length(maria).press("Tab");
  });

  await test.step("leaving a field does not revert the other person's edit", async () => {
    await length(taras).fill("200");
    await expect(length(maria)).toHaveValue("200");
    await length(maria).fill("210");
    await expect(taras.getByRole("slider", { name: /Length/ })).toHaveValue("210");
    await expect(length(taras)).toHaveValue("200");
    await length(taras).press("Tab");
    await expect(length(taras)).toHaveValue("210");
    await taras.locator("label", { has: taras.getByRole("radio", { name: "oak", exact: true }) }).click();
    await expect(maria.getByRole("radio", { name: "oak", exact: true })).toBeChecked();
    await expect(maria.getByRole("slider", { name: /Length/ })).toHaveValue("210");
  });

  await test.step("a number out of range becomes the nearest allowed one", async () => {
    await length(maria).fill("7");
    await length(maria).press("Tab");
    await expect(length(maria)).toHaveValue("120");
    await expect(length(taras)).toHaveValue("120");
  });

  await test.step("an unsent comment", async () => {
    const comment = maria.getByLabel("Your comment");
    await comment.fill("Shall we add a leaf?");
    await maria.reload();
    await expect(comment).toHaveValue("Shall we add a leaf?");
    await comment.press("Control+Enter");
    await expect(taras.locator(".room")).toContainText("Shall we add a leaf?");
    await expect(comment).toHaveValue("");
    await maria.reload();
    await saved(maria);
    await expect(comment).toHaveValue("");
  });
});
