// J6: two tabs at one workflow see each other, follow each other's saves, merge, and truly conflict.

import { CHAIN, card, openEditor, saved } from "../editing";
import { expect, expectAccessible, makeWorkflow, test } from "../fixtures";
import { expectLooks } from "../looks";
import { cutOff, forgive, namesOf, rename } from "./saving";

test("J6: a tab without edits follows, edits that do not touch merge, others are asked about", async ({
  app,
  context,
  faults,
}) => {
  const id = await makeWorkflow(app, CHAIN);
  const other = await context.newPage();
  await openEditor(app, id);
  await openEditor(other, id);
  await expect(app.getByRole("img", { name: "You, in another tab" })).toBeVisible();

  await rename(other, "Finish", "End");
  await expect(card(app, "End")).toBeVisible();
  await saved(app);

  const reconnect = await cutOff(app);
  await rename(app, "Start", "Mine");
  const offline = app.getByRole("button", { name: "Offline, kept on this device" });
  await expect(offline).toBeVisible();
  await rename(other, "End", "Theirs");
  await saved(other);
  await reconnect();
  await expect(app.getByText(/^Merged .+ changes to 1 node$/)).toBeVisible();
  await saved(app);
  expect(await namesOf(app, id)).toEqual(["Mine", "Shape", "Theirs"]);
  await expect(card(other, "Mine")).toBeVisible();

  const again = await cutOff(app);
  await rename(app, "Shape", "My shape");
  await expect(offline).toBeVisible();
  await rename(other, "Shape", "Their shape");
  await saved(other);
  await again();
  await app.getByRole("button", { name: "Conflict, kept on this device" }).click();
  const dialog = app.getByRole("dialog");
  await expect(dialog.getByRole("group", { name: /^My shape,/ })).toBeVisible();
  await expectAccessible(app);
  await expectLooks(app, "j06-conflict");
  await dialog.getByRole("group", { name: /^Their shape,/ }).click();
  await expect(dialog.getByRole("radio", { name: /^From/ })).toBeChecked();
  await dialog.getByRole("button", { name: "Save my choice" }).click();
  await saved(app);

  expect(await namesOf(app, id)).toEqual(["Mine", "Their shape", "Theirs"]);
  forgive(faults, "412", "ERR_FAILED");
});
