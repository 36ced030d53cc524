// J5: pasting, tidying and renaming are one step each, there and back.

import { CHAIN, card, openEditor, saved, stored } from "../editing";
import { expect, makeWorkflow, test } from "../fixtures";
import { expectLooks } from "../looks";

test("J5 paste, tidy and rename are undone and redone step by step", async ({ app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const workflow = await makeWorkflow(app, CHAIN);
  await openEditor(app, workflow);
  const { keyboard } = app;
  const undo = app.getByRole("button", { name: "Undo", exact: true });

  await keyboard.press("Control+a");
  await keyboard.press("Control+c");
  await keyboard.press("Control+v");
  await expect(card(app, "Finish 2")).toBeVisible();
  await keyboard.press("Escape");
  await keyboard.press("Shift+t");
  await expect(app.getByText("Undone")).toHaveCount(0);
  await card(app, "Finish 2").click();
  await keyboard.press("F2");
  await app.getByRole("textbox", { name: "Name" }).fill("Over");
  await keyboard.press("Enter");
  await expect(card(app, "Over")).toBeVisible();
  await saved(app);
  const after = await stored(app, workflow);
  await expectLooks(app, "j05-pasted");

  while (await undo.isEnabled()) await keyboard.press("Control+z");
  await expect(card(app, "Finish 2")).toHaveCount(0);
  await saved(app);
  const before = await stored(app, workflow);
  expect(before.nodes.map(({ name, position }) => [name, position])).toEqual(
    CHAIN.nodes.map(({ name, position }) => [name, position]),
  );

  const redo = app.getByRole("button", { name: "Redo", exact: true });
  while (await redo.isEnabled()) await keyboard.press("Control+Shift+z");
  await expect(card(app, "Over")).toBeVisible();
  await saved(app);
  expect((await stored(app, workflow)).nodes).toEqual(after.nodes);
});
