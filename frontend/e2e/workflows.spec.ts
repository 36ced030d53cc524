// The page of workflows: folders, tags, several at once, and a deletion that is taken back.

import { expect, expectAccessible, makeWorkflow, open, test, workflowOf } from "./fixtures";

test("workflows are put into folders, tagged, found again, deleted and brought back", async ({
  app,
}) => {
  const stamp = Date.now().toString(36);
  const names = [`Intake ${stamp}`, `Billing ${stamp}`] as const;
  for (const name of names) await makeWorkflow(app, workflowOf(name, [], []));
  await open(app, "/workflows");

  await app.getByRole("button", { name: "New folder" }).click();
  await app.getByRole("textbox", { name: "Name of the folder" }).fill(`Sales ${stamp}`);
  await app.getByRole("button", { name: "Create", exact: true }).click();
  const folder = app.getByRole("link", { name: `Sales ${stamp}` });
  await expect(folder).toBeVisible();
  await expect(app.getByRole("dialog")).toHaveCount(0);
  // The list moves down for the first folder; what is let go beside it goes nowhere.
  await expect(async () => {
    await app.getByRole("link", { name: names[0] }).dragTo(folder);
    await expect(app.getByRole("link", { name: names[0] })).toHaveCount(0, { timeout: 5_000 });
  }).toPass();

  await app.getByRole("link", { name: `Sales ${stamp}` }).click();
  await expect(app).toHaveURL(/folder=/);
  await app.getByRole("checkbox", { name: `Choose ${names[0]}` }).check();
  await app.getByRole("button", { name: "Tags", exact: true }).click();
  await app.getByRole("textbox", { name: "New tag" }).fill(`urgent ${stamp}`);
  await app.getByRole("button", { name: "Add tag" }).click();
  await app.getByRole("checkbox", { name: `urgent ${stamp}` }).check();
  await expectAccessible(app);
  await app.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(app.getByRole("row", { name: names[0] })).toContainText(`urgent ${stamp}`);

  await open(app, `/workflows?q=${stamp}`);
  await expect(app.getByRole("row", { name: stamp })).toHaveCount(2);
  for (const name of names) {
    await app.getByRole("checkbox", { name: `Choose ${name}` }).check();
  }
  await app.getByRole("button", { name: "Delete", exact: true }).click();
  await app.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(app.getByText("No workflow matches")).toBeVisible();
  await app.getByRole("button", { name: "Undo" }).click();
  await expect(app.getByRole("row", { name: stamp })).toHaveCount(2);
});
