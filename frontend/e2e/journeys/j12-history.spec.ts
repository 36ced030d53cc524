// J12: publish, edit, see what differs from the live version, publish again, go back.

import { CHAIN, card, openEditor, saved } from "../editing";
import { expect, expectAccessible, makeWorkflow, PHONE, test, useTheme } from "../fixtures";
import { expectLooks } from "../looks";
import { namesOf, rename } from "./saving";

test("J12: versions are published with their differences, compared and restored", async ({
  app,
}) => {
  const id = await makeWorkflow(app, CHAIN);
  const publish = async (note: string) => {
    await app.getByRole("button", { name: "Publish", exact: true }).click();
    const dialog = app.getByRole("dialog");
    await dialog.getByRole("textbox", { name: /^Note/ }).fill(note);
    await dialog.getByRole("button", { name: "Publish", exact: true }).click();
    await dialog.getByRole("button", { name: "Done" }).click();
  };
  await openEditor(app, id);
  await publish("First");

  await rename(app, "Shape", "Form");
  await card(app, "Finish").click();
  await app.keyboard.press("Delete");
  await saved(app);
  await app.getByRole("button", { name: "Publish", exact: true }).click();
  const changes = app.getByRole("list", { name: "What changes against version 1" });
  await expect(changes.getByText("Form").first()).toBeVisible();
  await expect(changes.getByText("Finish", { exact: true })).toBeVisible();
  await expectAccessible(app);
  await app.getByRole("link", { name: "Show on the canvas" }).click();

  await expect(app).toHaveURL(/history\?a=v1/);
  await expect(app.getByRole("group", { name: /^Finish,/ })).toContainText("Removed");
  await expect(app.getByRole("group", { name: /^Form,/ })).toContainText("Changed");
  await expectAccessible(app);
  await expectLooks(app, "j12-changes");
  await useTheme(app, "dark");
  await app.reload();
  await expect(app.getByRole("list", { name: "Changes" })).toBeVisible();
  await expectAccessible(app);

  await app.getByRole("button", { name: "Name this version" }).click();
  await app.getByRole("textbox", { name: "Name" }).fill("Before the cut");
  await app.getByRole("button", { name: "Save" }).click();
  await expect(app.getByRole("button", { name: /^Before the cut/ })).toBeVisible();

  await app.getByRole("button", { name: "Restore this version" }).click();
  await expect(app.getByText("Nothing differs between these two.")).toBeVisible();
  expect(await namesOf(app, id)).toEqual(["Start", "Shape", "Finish"]);
  await app.getByRole("button", { name: "Undo" }).click();
  await expect(app.getByText("Restored: Draft").first()).toBeVisible();
  await expect.poll(() => namesOf(app, id)).toEqual(["Start", "Form"]);

  await app.setViewportSize(PHONE);
  const overflow = await app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
