// The inbox against the real engine: a run asks, a person decides, the run goes on.

import type { Locator, Page } from "@playwright/test";
import { expect, makeWorkflow, PHONE, post, reaches, runDraft, test, workflowOf } from "./fixtures";

const asking = (title: string, params: object = {}) =>
  workflowOf(
    title,
    [
      { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
      {
        id: "ask",
        name: "Ask",
        type: "human.approval",
        position: [320, 0],
        params: { title, message: "The amount is above the usual.", expires_s: 7_200, ...params },
      },
      { id: "pay", name: "Pay", type: "flow.no_op", position: [640, -60], params: {} },
      { id: "drop", name: "Drop", type: "flow.no_op", position: [640, 100], params: {} },
    ],
    [
      ["start", "ask"],
      ["ask:approved", "pay"],
      ["ask:rejected", "drop"],
    ],
  );

const ITEMS = { items: [{ json: { vendor: "Stadtwerke Nord", total: 5903.44 } }] };

/** An approval that shows a file and lets two fields be corrected. */
async function askWithFile(page: Page, title: string): Promise<string> {
  const { nodes } = asking(title, {
    documents: ["letter"],
    correctable: [
      { name: "total", label: "Total", kind: "number" },
      { name: "centre", label: "Cost centre", kind: "choice", options: ["4100", "4200"] },
    ],
  });
  const file = { kind: "text", text: "Dear <b>you</b>", field: "letter", name: "letter.txt" };
  const make = { id: "make", name: "Make", type: "files.make_file", params: file };
  const flow = workflowOf(
    title,
    [...nodes, { ...make, position: [160, 160] }],
    [
      ["start", "make"],
      ["make", "ask"],
      ["ask:approved", "pay"],
    ],
  );
  const workflow = await makeWorkflow(page, flow);
  const items = [{ json: { total: 5903.44, centre: "4100" } }];
  return runDraft(page, workflow, ["waiting"], { items });
}

async function ask(
  page: Page,
  title: string,
  params: object = {},
  items: object = ITEMS,
): Promise<string> {
  const workflow = await makeWorkflow(page, asking(title, params));
  return runDraft(page, workflow, ["waiting"], items);
}

/** A finger that pushes a card sideways. */
async function swipe(page: Page, target: Locator, by: number): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error("The card is not in view.");
  const [x, y] = [box.x + 60, box.y + 40];
  const touch = { pointerType: "touch", bubbles: true, clientY: y };
  await target.dispatchEvent("pointerdown", { ...touch, clientX: x });
  await target.dispatchEvent("pointermove", { ...touch, clientX: x + by / 2 });
  await target.dispatchEvent("pointermove", { ...touch, clientX: x + by });
  await target.dispatchEvent("pointerup", { ...touch, clientX: x + by });
  await expect(page.getByText("Approved", { exact: true })).toBeVisible();
}

const card = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name},`) });

test("J9 a phone: approved by swipe, undone, rejected with its reason by key", async ({ app }) => {
  test.slow();
  const title = `Pay invoice ${Date.now()}`;
  await app.setViewportSize(PHONE);
  await app.goto("/app/inbox");
  const execution = await ask(app, title);
  await app.getByRole("button", { name: new RegExp(title) }).click();
  const article = app.getByRole("article", { name: title });
  await expect(article).toContainText("Stadtwerke Nord");

  await swipe(app, article, 160);
  await expect(article).toHaveCount(0);
  await app.getByRole("button", { name: "Undo" }).click();
  await app.getByRole("button", { name: new RegExp(title) }).click();
  await article.waitFor();
  await app.locator("body").press("ArrowLeft");
  const dialog = app.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Reject" })).toBeDisabled();
  await dialog.getByRole("textbox").fill("No budget");
  await app.keyboard.press("Control+Enter");
  await expect(article).toHaveCount(0);

  // Leaving the page sends what waits to be undone.
  await app.goto(`/app/runs/${execution}`);
  await reaches(app, execution, ["completed"]);
  await app.goto(`/app/runs/${execution}`);
  await expect(card(app, "Drop")).toHaveAttribute("data-status", "completed");
});

test("J9 a button approves with a comment, and who is slower is told", async ({ app }) => {
  const title = `Refund ${Date.now()}`;
  const other = `Elsewhere ${Date.now()}`;
  await app.goto("/app/inbox");
  const execution = await ask(app, title);
  await app.getByRole("button", { name: new RegExp(title) }).click();
  await expect(app.getByRole("article", { name: title })).toContainText(/expires in \d+ hr/);
  await app.getByRole("button", { name: "Comment" }).click();
  await app.getByRole("dialog").getByRole("textbox").fill("Agreed by phone");
  await app.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await reaches(app, execution, ["completed"]);
  await app.goto("/app/inbox?state=decided");
  await app.getByRole("button", { name: new RegExp(title) }).click();
  await expect(app.getByRole("article", { name: title })).toContainText("Agreed by phone");

  await app.goto("/app/inbox");
  await ask(app, other);
  await app.getByRole("button", { name: new RegExp(other) }).click();
  await app.getByRole("article", { name: other }).waitFor();
  const { results } = await (await app.request.get("/api/v1/approvals/?state=open")).json();
  const id = results.find((one: { title: string }) => one.title === other).id;
  await post(app, `approvals/${id}/approve/`);
  await expect(app.getByText(/^Approved by /)).toBeVisible();
});

test("a step that waits for a person says so on the canvas", async ({ app }) => {
  const execution = await ask(app, `Look ${Date.now()}`);

  await app.goto(`/app/runs/${execution}`);

  await expect(card(app, "Ask")).toHaveAttribute("data-status", "waiting");
  await expect(card(app, "Ask")).toContainText("Waiting for a person");
});

test("J9 the document is looked at, a digit is mended, and the run goes on with it", async ({
  app,
}) => {
  const title = `Book ${Date.now()}`;
  await app.setViewportSize(PHONE);
  await app.goto("/app/inbox");
  const execution = await askWithFile(app, title);
  await app.getByRole("button", { name: new RegExp(title) }).click();
  const article = app.getByRole("article", { name: title });
  await expect(article.getByText("Dear <b>you</b>")).toBeVisible();

  await app.getByRole("textbox", { name: "Total" }).fill("5930.44");
  await app.getByRole("combobox", { name: "Cost centre" }).click();
  await app.getByRole("option", { name: "4200" }).click();
  await app.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(article).toHaveCount(0);
  // Leaving the page sends what waits to be undone.
  await app.goto(`/app/runs/${execution}`);
  await reaches(app, execution, ["completed"]);

  await app.goto("/app/inbox?state=decided");
  await app.getByRole("button", { name: new RegExp(title) }).click();
  await expect(article).toContainText("5903.44 5930.44");
  await expect(article).toContainText("4100 4200");
});
