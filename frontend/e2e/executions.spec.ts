// The page of runs: several of them are deleted at once, after a question.

import { CHAIN } from "./editing";
import { expect, expectAccessible, makeWorkflow, open, runDraft, test } from "./fixtures";

test("runs that are ticked are deleted only once that is confirmed", async ({ app }) => {
  const workflow = await makeWorkflow(app, { ...CHAIN, name: `Doomed ${Date.now()}` });
  for (let run = 0; run < 3; run += 1) await runDraft(app, workflow, ["completed"]);
  await open(app, `/executions?workflow=${workflow}`);
  const rows = app.getByRole("row", { name: /Success/ });
  await expect(rows).toHaveCount(3);

  for (const row of [0, 1]) await rows.nth(row).getByRole("checkbox").check();
  const bar = app.getByRole("region", { name: "Act on many runs" });
  await bar.getByRole("button", { name: "Delete" }).click();
  const question = app.getByRole("alertdialog");
  await expectAccessible(app);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(rows).toHaveCount(3);

  await bar.getByRole("button", { name: "Delete" }).click();
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(app.getByText("2 runs deleted").first()).toBeVisible();
  await expect(rows).toHaveCount(1);
  const answer = await app.request.get(`/api/v1/executions/?workflow=${workflow}`);
  expect((await answer.json()).results).toHaveLength(1);
});
