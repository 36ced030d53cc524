// Two people at one workflow: they see where the other one is, and who holds a node's parameters.

import { CHAIN, card, openEditor } from "./editing";
import { expect, expectAccessible, makeWorkflow, test } from "./fixtures";
import { joined } from "./people";

test("two people see each other, wait for each other's parameters, and take over", async ({
  app,
  browser,
}) => {
  const id = await makeWorkflow(app, CHAIN);
  const jonas = await joined(app, browser, "Jonas Feld", "member");
  await openEditor(app, id);
  await openEditor(jonas, id);
  await expect(app.getByRole("img", { name: "Jonas Feld" })).toBeVisible();

  await card(jonas, "Shape").dblclick();
  await expect(jonas.getByRole("region", { name: "Parameters" })).toBeVisible();
  await expect(app.getByRole("img", { name: "Jonas Feld, at Shape" }).first()).toBeVisible();
  await card(app, "Shape").dblclick();
  await expect(app.getByText("Jonas Feld is editing this node.")).toBeVisible();
  await expectAccessible(app);
  await app.getByRole("button", { name: "Take over" }).click();
  await expect(app.getByText("Jonas Feld is editing this node.")).toHaveCount(0);
  await expect(jonas.getByText(/ is editing this node\.$/)).toBeVisible();

  await jonas.context().close();
  await expect(app.getByRole("img", { name: /^Jonas Feld/ })).toHaveCount(0);
});
