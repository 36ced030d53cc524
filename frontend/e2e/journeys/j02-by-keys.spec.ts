// J2: the same without a pointer: build, fill in, map, run, read, publish.

import { addByKeys, card, openEditor, reached, saved, stored } from "../editing";
import { expect, makeWorkflow, test, workflowOf } from "../fixtures";
import { expectLooks } from "../looks";

test("J2 a workflow is built, mapped, run, read and published by keys alone", async ({
  app,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const workflow = await makeWorkflow(app, workflowOf("By keys", [], []));
  await openEditor(app, workflow);
  const { keyboard } = app;

  await test.step("paste data, add and chain behind it", async () => {
    await app.evaluate(() => navigator.clipboard.writeText('{"total": 50}'));
    await keyboard.press("Control+v");
    await expect(card(app, "Manual Trigger")).toBeVisible();
    await keyboard.press("ArrowRight");
    await keyboard.press("n");
    await addByKeys(app, "no op", "Control+Enter");
    await addByKeys(app, "edit fields");
    await expect(card(app, "Edit Fields")).toBeFocused();
    await keyboard.press("F2");
    await app.getByRole("textbox", { name: "Name" }).fill("Stamp");
    await keyboard.press("Enter");
    await expect(card(app, "Stamp")).toBeFocused();
    await saved(app);
  });

  await test.step("run once, so that there is data to map", async () => {
    await keyboard.press("Control+Enter");
    await reached(app, "Stamp", "completed");
  });

  await test.step("fill a field from data", async () => {
    await keyboard.press("Enter");
    const inspector = app.getByRole("complementary", { name: /^Inspector of/ });
    await expect(inspector).toBeVisible();
    await app.getByRole("button", { name: "Add field" }).focus();
    await keyboard.press("Enter");
    await app.getByRole("textbox", { name: "Fields to set, name 1" }).fill("sum");
    await app.getByRole("textbox", { name: "Fields to set, value 1" }).focus();
    // Before its rows are there the key leads to the column's own controls.
    await expect(app.locator("[data-column=input] [role=treeitem]").first()).toBeVisible();
    await keyboard.press("Alt+i");
    await expect(app.locator("[role=treeitem]:focus")).toHaveCount(1);
    await keyboard.press("Home");
    await keyboard.press("Enter");
    await expect(app.locator(".cm-content").first()).toContainText(".item.json.total");
  });

  await test.step("run, read the output", async () => {
    await keyboard.press("Control+Enter");
    await keyboard.press("Alt+u");
    const output = app.getByRole("region", { name: "Output" });
    await expect(output.getByText("sum", { exact: true }).first()).toBeVisible();
  });

  await test.step("publish", async () => {
    await saved(app);
    await keyboard.press("Control+Shift+p");
    const dialog = app.getByRole("dialog", { name: "Publish this workflow" });
    await expect(dialog).toBeVisible();
    await expectLooks(app, "j02-publish");
    await dialog.getByRole("button", { name: "Publish", exact: true }).focus();
    await keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
  });

  const { nodes, edges } = await stored(app, workflow);
  expect(nodes.map(({ name }) => name)).toEqual(["Manual Trigger", "No Operation", "Stamp"]);
  expect(edges).toHaveLength(2);
});
