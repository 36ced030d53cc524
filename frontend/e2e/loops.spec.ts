// A loop on the canvas: its turns are counted, and each of them can be looked at.

import { expect, expectAccessible, makeWorkflow, runDraft, test, workflowOf } from "./fixtures";

const LOOP = workflowOf(
  "Loop",
  [
    { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
    { id: "each", name: "Each", type: "flow.for_each", position: [320, 0], params: {} },
    {
      id: "mark",
      name: "Mark",
      type: "data.edit_fields",
      position: [640, -40],
      params: {
        assignments: [{ name: "twice", type: "number", value: { "=": "{{ $json.n * 2 }}" } }],
      },
    },
    { id: "end", name: "End", type: "flow.no_op", position: [640, 160], params: {} },
  ],
  [
    ["start", "each"],
    ["each:loop", "mark"],
    ["mark", "each"],
    ["each:done", "end"],
  ],
);

test("the turns of a loop are counted and looked at one by one", async ({ app }) => {
  const workflow = await makeWorkflow(app, LOOP);
  const items = [1, 2, 3].map((n) => ({ json: { n } }));
  const execution = await runDraft(app, workflow, ["completed"], { items });
  const card = (name: string) => app.getByRole("group", { name: new RegExp(`^${name},`) });
  await app.goto(`/app/runs/${execution}`);

  await expect(card("Each")).toContainText("Turn 3 of 3");
  await expect(card("Mark")).toContainText("×3");

  await card("Mark").dblclick();
  const output = app.getByRole("region", { name: "Output" });
  const given = app
    .getByRole("region", { name: "Input" })
    .getByRole("tree", { name: "Each" })
    .getByRole("treeitem");
  await expect(given).toHaveText(/3$/);
  await expect(output.getByRole("cell", { name: "6", exact: true })).toBeVisible();
  await app.getByRole("spinbutton", { name: "Turn, by number" }).fill("1");
  await expect(output.getByRole("cell", { name: "2", exact: true })).toBeVisible();
  await expect(given).toHaveText(/1$/);
  await app.getByRole("button", { name: "Next turn" }).click();
  await expect(output.getByRole("cell", { name: "4", exact: true })).toBeVisible();
  await expectAccessible(app);
});
