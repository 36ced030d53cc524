// A workflow that calls another: from the run of the caller down to the called one, and back up.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, makeWorkflow, runDraft, test, workflowOf } from "./fixtures";

const CALLED = workflowOf(
  "Price of an order",
  [
    {
      id: "in",
      name: "Order",
      type: "triggers.workflow_input",
      position: [0, 0],
      params: {
        inputs: [
          { name: "order_id", type: "number", required: true },
          { name: "note", type: "text", required: false },
        ],
      },
    },
    {
      id: "price",
      name: "Price",
      type: "data.edit_fields",
      position: [320, 0],
      params: {
        assignments: [
          { name: "price", type: "number", value: { "=": "{{ $json.order_id * 2 }}" } },
        ],
      },
    },
  ],
  [["in", "price"]],
);

const calling = (workflow: string) =>
  workflowOf(
    "Orders",
    [
      { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
      {
        id: "call",
        name: "Ask for it",
        type: "flow.run_workflow",
        position: [320, 0],
        params: { workflow, version: "draft" },
      },
    ],
    [["start", "call"]],
  );

const card = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name},`) });

test("the inputs that a called workflow declares are offered to its caller", async ({ app }) => {
  const called = await makeWorkflow(app, CALLED);
  const workflow = await makeWorkflow(app, calling(called));
  await app.goto(`/app/w/${workflow}?node=call`);

  const offer = app.getByRole("group", { name: "Expected fields" });
  await expect(offer).toBeVisible();
  await expectAccessible(app);
  await offer.getByRole("button", { name: "Add all" }).click();

  await expect(app.getByRole("textbox", { name: "Inputs, name 1" })).toHaveValue("order_id");
  await expect(app.getByRole("combobox", { name: "Inputs, type 1" })).toHaveText("Number");
  await expect(app.getByRole("textbox", { name: "Inputs, name 2" })).toHaveValue("note");
  await expect(offer).toBeHidden();
});

test("from a run to the runs that it started, and back to the step that did", async ({ app }) => {
  const called = await makeWorkflow(app, CALLED);
  const workflow = await makeWorkflow(app, calling(called));
  const items = [{ json: { order_id: 21 } }];
  const execution = await runDraft(app, workflow, ["completed"], { items });
  await app.goto(`/app/runs/${execution}`);

  const children = app.getByRole("navigation", { name: "Runs that this one started" });
  await expectAccessible(app);
  await children.getByRole("link", { name: /^Price of an order #\d+, Success$/ }).click();
  await expect(card(app, "Price")).toHaveAttribute("data-status", "completed");
  await card(app, "Price").dblclick();
  const output = app.getByRole("region", { name: "Output" });
  await expect(output.getByRole("cell", { name: "42" })).toBeVisible();
  await expectAccessible(app);

  await app.getByRole("link", { name: /^Called by Orders · / }).click();
  await expect(app).toHaveURL(new RegExp(`${execution}.*node=call`));
  await expect(card(app, "Ask for it")).toHaveAttribute("data-status", "completed");
  await expect(app.getByRole("complementary", { name: "Inspector of Ask for it" })).toBeVisible();
  await expect(children.getByRole("link")).toHaveCount(1);
});
