// What the canvas does with parts of a workflow: groups, dropped data, workflows made of a part.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, makeWorkflow, test, workflowOf } from "./fixtures";

const ORDERS = workflowOf(
  "Orders",
  [
    { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
    {
      id: "price",
      name: "Price",
      type: "data.edit_fields",
      position: [320, 0],
      params: {
        assignments: [
          { name: "total", type: "number", value: { "=": '{{ $("Start").item.json.id * 2 }}' } },
        ],
      },
    },
    { id: "check", name: "Check", type: "flow.no_op", position: [640, 0], params: {} },
    { id: "store", name: "Store", type: "flow.no_op", position: [960, 0], params: {} },
  ],
  [
    ["start", "price"],
    ["price", "check"],
    ["check", "store"],
  ],
);

const card = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name},`) });
const saved = (page: Page) => expect(page.getByText(/^Saved · draft r/).first()).toBeVisible();

async function open(page: Page, workflow: string): Promise<void> {
  await page.goto(`/app/w/${workflow}`);
  await expect(page.getByRole("application")).toBeVisible();
}

async function stored(page: Page, workflow: string) {
  const answer = await page.request.get(`/api/v1/workflows/${workflow}/`);
  return (await answer.json()).document;
}

/** Drops a file as the browser hands it over. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: "text/plain" }));
      return transfer;
    },
    [name, text] as const,
  );
  const canvas = page.getByRole("application");
  const point = { clientX: 600, clientY: 400, dataTransfer: data };
  await canvas.dispatchEvent("dragover", point);
  await canvas.dispatchEvent("drop", point);
}

test("a group moves its nodes, folds into one tile, and undo opens it again", async ({ app }) => {
  const workflow = await makeWorkflow(app, ORDERS);
  await open(app, workflow);
  await card(app, "Price").click();
  await card(app, "Check").click({ modifiers: ["Shift"] });
  await app.keyboard.press("g");
  await expect(app.locator("input:focus")).toBeVisible();
  await app.keyboard.type("Pricing");
  await app.keyboard.press("Enter");

  const frame = card(app, "Pricing");
  const title = frame.getByText("Pricing");
  const box = await title.boundingBox();
  if (!box) throw new Error("The title is not to be seen.");
  await app.mouse.move(box.x + 4, box.y + 6);
  await app.mouse.down();
  await app.mouse.move(box.x + 4, box.y + 206, { steps: 8 });
  await app.mouse.up();
  await saved(app);
  const moved = await stored(app, workflow);
  const heights = moved.nodes.map(({ position }: { position: [number, number] }) => position[1]);
  expect(heights[1]).toBeGreaterThan(100);
  expect(heights).toEqual([0, heights[1], heights[1], 0]);

  await frame.getByRole("button", { name: "Fold this group into one tile" }).click();
  await expect(card(app, "Check")).toHaveCount(0);
  await expect(app.getByRole("group", { name: "Pricing, 2 nodes" })).toBeVisible();
  await expectAccessible(app);
  await app.keyboard.press("Control+z");
  await expect(card(app, "Check")).toBeVisible();
});

test("a file with data becomes what a run begins with", async ({ app }) => {
  const workflow = await makeWorkflow(app, ORDERS);
  await open(app, workflow);

  await drop(app, "orders.csv", "id,name\n21,Nord\n22,Ost\n");
  await expect(app.getByText("2 items pinned to a Manual Trigger").first()).toBeVisible();
  await saved(app);
  await app.keyboard.press("Control+Enter");

  await expect(card(app, "Store")).toHaveAttribute("data-status", "completed");
  await expect(app.getByText("2 items", { exact: true }).first()).toBeVisible();
  expect((await stored(app, workflow)).pins.start).toEqual([
    { json: { id: "21", name: "Nord" } },
    { json: { id: "22", name: "Ost" } },
  ]);
});

test("a part becomes a workflow of its own; one goes into it and comes back", async ({ app }) => {
  const workflow = await makeWorkflow(app, ORDERS);
  await open(app, workflow);
  await drop(app, "orders.json", '[{"id":21}]');
  await expect(app.getByText(/pinned to a Manual Trigger/).first()).toBeVisible();
  await card(app, "Price").click();
  await card(app, "Check").click({ modifiers: ["Shift"] });
  await app.keyboard.press("Shift+x");
  await app.getByRole("textbox", { name: "Name of the new workflow" }).fill("Pricing");
  await app.getByRole("button", { name: "Extract", exact: true }).click();
  await expect(card(app, "Pricing")).toBeVisible();
  await saved(app);
  await app.keyboard.press("Control+Enter");
  await expect(card(app, "Store")).toHaveAttribute("data-status", "completed");

  await card(app, "Pricing").locator("[data-tile]").dblclick();
  await expect(card(app, "Workflow Input")).toBeVisible();
  await expect(card(app, "Price")).toHaveAttribute("data-status", "completed");
  await app.keyboard.press("Control+ArrowUp");
  await expect(card(app, "Store")).toBeVisible();
  await expect(card(app, "Price")).toHaveCount(0);
  await app.getByRole("application").focus();
  await app.keyboard.press("Control+z");

  await expect(card(app, "Pricing")).toBeVisible();
});
