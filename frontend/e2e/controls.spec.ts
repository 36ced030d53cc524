// The controls of runs against the real engine: parts of a run, pause, retry, fork, compare, many.

import type { Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  makeWorkflow,
  PHONE,
  reaches,
  runDraft,
  test,
  type Wire,
  workflowOf,
} from "./fixtures";

const START = { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} };

const edit = (id: string, name: string, x: number, value: string) => ({
  id,
  name,
  type: "data.edit_fields",
  position: [x, 0] as const,
  params: { assignments: [{ name: id, type: "text", value }] },
});

const CHAIN = workflowOf(
  "Controls",
  [
    { ...START, position: [0, 0] },
    edit("one", "First", 320, "1"),
    edit("two", "Second", 640, "2"),
    edit("three", "Third", 960, "3"),
  ],
  [
    ["start", "one"],
    ["one", "two"],
    ["two", "three"],
  ] satisfies readonly Wire[],
);

const waiting = (seconds: number) =>
  workflowOf(
    "Waiting",
    [
      { ...START, position: [0, 0] },
      {
        id: "rest",
        name: "Rest",
        type: "flow.wait",
        position: [320, 0],
        params: { mode: "for", duration_s: seconds },
      },
      { id: "end", name: "End", type: "flow.no_op", position: [640, 0], params: {} },
    ],
    [
      ["start", "rest"],
      ["rest", "end"],
    ],
  );

const card = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name},`) });
const status = (page: Page, name: string) => expect(card(page, name));

test("a run goes to a node, from a node, or is of one node alone", async ({ app }) => {
  const workflow = await makeWorkflow(app, CHAIN);
  await app.goto(`/app/w/${workflow}`);

  await test.step("run to here, by the node's menu", async () => {
    await card(app, "Second").click({ button: "right" });
    await app.getByRole("menuitem", { name: "Run to here" }).click();
    await status(app, "Second").toHaveAttribute("data-status", "completed");
    await status(app, "Third").not.toHaveAttribute("data-status", /./);
  });

  await test.step("run from here, by its key: what came before is used again", async () => {
    await card(app, "Second").click();
    await app.keyboard.press("Shift+R");
    await status(app, "Third").toHaveAttribute("data-status", "completed");
    await status(app, "First").toHaveAttribute("data-status", "cached");
  });

  await test.step("run one node, by the inspector", async () => {
    await card(app, "Third").dblclick();
    await app.getByRole("button", { name: "Run a part" }).click();
    await app.getByRole("menuitem", { name: "Run this node" }).click();
    await status(app, "Second").toHaveAttribute("data-status", "cached");
    await status(app, "Third").toHaveAttribute("data-status", "completed");
  });

  await test.step("the palette has them too", async () => {
    await app.keyboard.press("Control+k");
    await app.getByRole("dialog").getByRole("combobox").fill("run to");
    await expect(app.getByRole("option", { name: /Run to here/ })).toBeVisible();
  });
});

test("a changed node is shown as stale until it is run again", async ({ app }) => {
  const workflow = await makeWorkflow(app, CHAIN);
  await runDraft(app, workflow, ["completed"]);
  await app.goto(`/app/w/${workflow}`);
  await status(app, "Third").toHaveAttribute("data-status", "completed");

  await card(app, "Second").dblclick();
  await app.getByRole("textbox", { name: "Fields to set, value 1" }).fill("changed");
  await app.keyboard.press("Escape");

  await status(app, "Second").toHaveAttribute("data-stale", "true");
  await status(app, "First").not.toHaveAttribute("data-stale", "true");
});

test("a run is paused, resumed and stopped", async ({ app }) => {
  const workflow = await makeWorkflow(app, waiting(600));
  const execution = await runDraft(app, workflow, ["waiting"]);
  await app.goto(`/app/runs/${execution}`);

  await app.getByRole("button", { name: "Pause" }).click();
  await expect(app.getByRole("button", { name: "Resume" })).toBeVisible();
  await app.getByRole("button", { name: "Resume" }).click();
  await expect(app.getByRole("button", { name: "Pause" })).toBeVisible();
  await app.getByRole("button", { name: "Stop" }).click();
  await expect(app.getByText("Cancelled").first()).toBeVisible();
});

test("a run is forked with other items, and the two are compared", async ({ app }) => {
  const spare = {
    ...edit("four", "Spare", 640, "unused"),
    position: [640, 320] as const,
    version: 1,
  };
  const workflow = await makeWorkflow(app, { ...CHAIN, nodes: [...CHAIN.nodes, spare] });
  const execution = await runDraft(app, workflow, ["completed"]);
  await app.goto(`/app/runs/${execution}`);

  await test.step("fork", async () => {
    await card(app, "Second").click({ button: "right" });
    await app.getByRole("menuitem", { name: /^Fork from here/ }).click();
    const dialog = app.getByRole("dialog", { name: "Fork from “Second”" });
    const items = dialog.getByRole("textbox", { name: "Items that come in" });
    await expect(items).toContainText('"one"');
    await expectAccessible(app);
    await items.fill('[{"json": {"one": "edited"}}]');
    await dialog.getByRole("button", { name: "Fork", exact: true }).click();
    await expect(app.getByRole("link", { name: /^Forked from/ })).toBeVisible();
    await status(app, "First").toHaveAttribute("data-status", "cached");
    await status(app, "Third").toHaveAttribute("data-status", "completed");
  });

  await test.step("compare", async () => {
    await app.getByRole("button", { name: "More for this run" }).click();
    await app.getByRole("menuitem", { name: /^Compare/ }).click();
    await app.getByRole("dialog").getByRole("link").first().click();
    await expect(app.getByRole("heading", { name: "2 steps differ" })).toBeVisible();
    await expect(app.getByRole("row", { name: /^Second Changed/ })).toContainText("data");
    await expect(card(app, "Third")).toHaveAttribute("data-mark", "data");
    const legend = app.getByRole("list", { name: "What the colours mean" });
    await expect(legend.getByRole("listitem")).toHaveText([
      "Other output(2)",
      /^Same\(\d\)$/,
      "Ran in neither(1)",
    ]);
    await expect(card(app, "Spare")).toHaveAttribute("data-mark", "idle");
    await card(app, "Third").dblclick();
    await expect(app.getByRole("region", { name: "Output of Third" })).toBeVisible();
    await app.getByRole("button", { name: "Close the outputs" }).click();
    await expect(card(app, "Start")).toHaveAttribute("data-mark", "same");
    await app.getByRole("button", { name: /^Second: .* Compare outputs/ }).click();
    const output = app.getByRole("region", { name: "Output of Second" });
    await expect(output.getByRole("row", { name: /^one: "edited" .*one: / })).toBeVisible();
    await expectAccessible(app);
  });

  await test.step("compare on a phone", async () => {
    await app.setViewportSize(PHONE);
    const nodes = app.getByRole("list", { name: "Nodes and what differs" });
    await expect(nodes.getByRole("listitem").last()).toHaveText("SpareRan in neither");
    await nodes.getByRole("button", { name: /^Third Other output/ }).click();
    await expect(app.getByRole("region", { name: "Output of Third" })).toBeVisible();
    await expectAccessible(app);
  });
});

test("many runs are stopped by the filter of the list", async ({ app }) => {
  const workflow = await makeWorkflow(app, waiting(600));
  const runs = [
    await runDraft(app, workflow, ["waiting"]),
    await runDraft(app, workflow, ["waiting"]),
  ];
  await app.goto(`/app/executions?status=waiting&workflow=${workflow}`);
  await expect(app.getByRole("row", { name: /Waiting/ })).toHaveCount(2);

  await app.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(app.getByRole("alertdialog")).toBeVisible();
  await expectAccessible(app);
  await app.getByRole("alertdialog").getByRole("button", { name: "Stop" }).click();

  await expect(app.getByText("2 runs stop", { exact: true })).toBeVisible();
  for (const run of runs) await reaches(app, run, ["cancelled"]);
});

test("a run becomes a test; a changed draft fails it and shows the difference", async ({ app }) => {
  const workflow = await makeWorkflow(app, CHAIN);
  const execution = await runDraft(app, workflow, ["completed"]);
  await app.goto(`/app/runs/${execution}`);
  await app.getByRole("button", { name: "More for this run" }).click();
  await app.getByRole("menuitem", { name: "Save as a test" }).click();
  await app.getByRole("button", { name: "Show tests" }).click();

  await app.getByRole("button", { name: "Run all on the draft" }).click();
  await expect(app.getByText("1 of 1 test passed")).toBeVisible();
  await expectAccessible(app);

  await app.goto(`/app/w/${workflow}`);
  await expect(app.getByRole("link", { name: "1 of 1 test passed" })).toBeVisible();
  await card(app, "Second").dblclick();
  await app.getByRole("textbox", { name: "Fields to set, value 1" }).fill("other");
  await app.keyboard.press("Escape");
  await expect(app.getByText(/^Saved · draft r/).first()).toBeVisible();
  await app.getByRole("link", { name: "1 of 1 test passed" }).click();
  await app.getByRole("button", { name: "Run all on the draft" }).click();

  const differences = app.getByRole("list", { name: "Differences" });
  await expect(differences).toContainText('"other"');
  await expect(differences).toContainText('"2"');
  await expectAccessible(app);
});
