// The inbox against the real engine: a run asks, a person decides, the run goes on.

import type { Page } from "@playwright/test";
import {
  DESKTOP,
  expect,
  expectAccessible,
  makeWorkflow,
  PHONE,
  reaches,
  runDraft,
  test,
  useTheme,
  workflowOf,
} from "./fixtures";

const asking = (title: string) =>
  workflowOf(
    title,
    [
      { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
      {
        id: "ask",
        name: "Ask",
        type: "human.approval",
        position: [320, 0],
        params: { title, message: "The amount is above the usual.", expires_s: 7_200 },
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

async function ask(page: Page, title: string): Promise<string> {
  const workflow = await makeWorkflow(page, asking(title));
  return runDraft(page, workflow, ["waiting"], ITEMS);
}

const card = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name},`) });

test("an approval comes in live, is approved, and its run goes on", async ({ app }) => {
  const title = `Pay invoice ${Date.now()}`;
  await app.goto("/app/inbox");
  const execution = await ask(app, title);

  await app.getByRole("button", { name: new RegExp(title) }).click();
  const article = app.getByRole("article", { name: title });
  await expect(article).toContainText("Stadtwerke Nord");
  await expect(article).toContainText(/expires in \d+ hr/);
  await app.getByRole("button", { name: "Approve", exact: true }).click();
  await app.getByRole("dialog").getByRole("textbox").fill("Agreed by phone");
  await app.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await reaches(app, execution, ["completed"]);
  await expect(app.getByRole("button", { name: new RegExp(title) })).toHaveCount(0);

  await app.goto(`/app/runs/${execution}`);
  await expect(card(app, "Pay")).toHaveAttribute("data-status", "completed");
  await app.goto("/app/inbox?state=decided");
  await app.getByRole("button", { name: new RegExp(title) }).click();
  await expect(app.getByRole("article", { name: title })).toContainText("Agreed by phone");
});

test("a rejection needs its reason and takes the other way, by keys alone", async ({ app }) => {
  const title = `Refund ${Date.now()}`;
  const execution = await ask(app, title);
  await app.goto("/app/inbox");
  await app.getByRole("button", { name: new RegExp(title) }).click();
  await app.getByRole("article", { name: title }).waitFor();

  await app.keyboard.press("x");
  const dialog = app.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Reject" })).toBeDisabled();
  await expect(dialog.getByRole("textbox")).toBeFocused();
  await app.keyboard.type("No budget");
  await app.keyboard.press("Control+Enter");

  await reaches(app, execution, ["completed"]);
  await app.goto(`/app/runs/${execution}`);
  await expect(card(app, "Drop")).toHaveAttribute("data-status", "completed");
});

test("a step that waits for a person says so on the canvas", async ({ app }) => {
  const execution = await ask(app, `Look ${Date.now()}`);

  await app.goto(`/app/runs/${execution}`);

  await expect(card(app, "Ask")).toHaveAttribute("data-status", "waiting");
  await expect(card(app, "Ask")).toContainText("Waiting for a person");
});

for (const theme of ["light", "dark"] as const) {
  test(`the inbox is accessible in the ${theme} theme, also on a phone`, async ({ app }) => {
    await useTheme(app, theme);
    await ask(app, `Check ${Date.now()}`);
    for (const viewport of [DESKTOP, PHONE]) {
      await app.setViewportSize(viewport);
      await app.goto("/app/inbox");
      await expect(app.getByRole("article").first()).toBeVisible();
      await expectAccessible(app);
      const overflow = await app.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow, "sideways scrolling").toBeLessThanOrEqual(0);
    }
  });
}
