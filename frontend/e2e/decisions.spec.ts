// A write that may or may not have happened: a person says so in the editor, and the run goes on.

import type { Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  makeWorkflow,
  reaches,
  runDraft,
  test,
  workflowOf,
} from "./fixtures";

/** A service that is given what is sent to it and never answers. */
function silentService(): string {
  const url = process.env["HEADRACE_E2E_SILENT"];
  if (!url) throw new Error("Set HEADRACE_E2E_SILENT, which workers may call.");
  return url;
}

const writing = () =>
  workflowOf(
    "Payment",
    [
      { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
      {
        id: "pay",
        name: "Pay",
        type: "web.http_request",
        position: [320, 0],
        params: { method: "POST", url: silentService(), timeout_s: 2 },
      },
      {
        id: "note",
        name: "Note",
        type: "data.edit_fields",
        position: [640, 0],
        params: { assignments: [{ name: "noted", type: "text", value: "yes" }] },
      },
    ],
    [
      ["start", "pay"],
      ["pay", "note"],
    ],
  );

const card = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name},`) });

/** A run whose write nobody knows about, open in the editor; the run's id. */
async function openUnknown(app: Page): Promise<string> {
  const workflow = await makeWorkflow(app, writing());
  const execution = await runDraft(app, workflow, ["waiting"]);
  await app.goto(`/app/runs/${execution}`);
  await expect(card(app, "Pay")).toHaveAttribute("data-status", "unknown");
  return execution;
}

test("it did happen, and what it answered goes on", async ({ app }) => {
  const execution = await openUnknown(app);
  const question = app.getByRole("region", { name: "Outcome of Pay" });
  await expectAccessible(app);

  await question.getByRole("button", { name: "It did happen" }).click();
  const dialog = app.getByRole("dialog", { name: "It did happen" });
  await dialog.getByRole("textbox", { name: /^What it answered/ }).fill('[{"json": {"id": 77}}]');
  await expectAccessible(app);
  await dialog.getByRole("button", { name: "It did happen" }).click();

  await reaches(app, execution, ["completed"]);
  await expect(question).toBeHidden();
  await expect(card(app, "Pay")).toHaveAttribute("data-status", "completed");
  await card(app, "Note").dblclick();
  const output = app.getByRole("region", { name: "Output" });
  await expect(output.getByRole("cell", { name: "77" })).toBeVisible();
});

test("it did not happen, by the open node: the run fails and can be retried", async ({ app }) => {
  const execution = await openUnknown(app);

  await card(app, "Pay").dblclick();
  const output = app.getByRole("region", { name: "Output" });
  await output.getByRole("button", { name: "It did not happen" }).click();
  const dialog = app.getByRole("dialog", { name: "It did not happen" });
  await dialog.getByRole("button", { name: "It did not happen" }).click();

  await reaches(app, execution, ["failed"]);
  await expect(output.getByText("did_not_happen")).toBeVisible();
  await expect(app.getByRole("button", { name: "Retry from failed" })).toBeVisible();
});

test("a run again is another attempt, which may be unknown in its turn", async ({ app }) => {
  await openUnknown(app);

  await app.getByRole("button", { name: "Run it again" }).click();
  await app.getByRole("dialog").getByRole("button", { name: "Run it again" }).click();

  await app.getByRole("button", { name: /Show the log/ }).click();
  await expect(app.getByRole("log").getByText("Outcome unknown")).toHaveCount(2);
  await expect(app.getByRole("region", { name: "Outcome of Pay" })).toBeVisible();
});
