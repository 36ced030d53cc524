// J7: the server is gone in the middle of an edit; what was edited is there again afterwards.

import { CHAIN, card, openEditor, saved } from "../editing";
import { expect, expectAccessible, makeWorkflow, test } from "../fixtures";
import { forgive, namesOf, rename } from "./saving";

test("J7: edits that never reached the server are offered, shown and restored", async ({
  app,
  context,
  faults,
}) => {
  const id = await makeWorkflow(app, CHAIN);
  await openEditor(app, id);
  await rename(app, "Shape", "Form");
  await saved(app);
  await context.setOffline(true);
  await rename(app, "Start", "Begin");
  await rename(app, "Finish", "End");
  await expect(app.getByRole("button", { name: "Offline, kept on this device" })).toBeVisible();
  await app.close();
  await context.setOffline(false);

  const later = await context.newPage();
  await openEditor(later, id);
  await expect(later.getByText(/^2 changes from .+ did not reach the server\.$/)).toBeVisible();
  await later.getByRole("button", { name: "Show changes" }).click();
  const dialog = later.getByRole("dialog", { name: "Unsaved changes" });
  await expect(dialog.getByText("Begin").first()).toBeVisible();
  await expectAccessible(later);
  await dialog.getByRole("button", { name: "Restore" }).click();
  await expect(card(later, "Begin")).toBeVisible();
  await saved(later);
  expect(await namesOf(later, id)).toEqual(["Begin", "Form", "End"]);

  await later.reload();
  await expect(card(later, "End")).toBeVisible();
  await expect(later.getByRole("button", { name: "Restore" })).toHaveCount(0);
  forgive(faults, "ERR_INTERNET_DISCONNECTED");
});
