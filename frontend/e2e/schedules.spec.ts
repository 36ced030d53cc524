// When a workflow runs by time: its triggers, what a program added to them, and what the draft would bring.

import type { Page } from "@playwright/test";
import { openEditor } from "./editing";
import {
  expect,
  expectAccessible,
  makeWorkflow,
  PHONE,
  post,
  test,
  useTheme,
  workflowOf,
} from "./fixtures";

const daily = workflowOf(
  "Report",
  [
    {
      id: "begin",
      name: "Each morning",
      type: "triggers.schedule",
      position: [0, 0],
      params: { rules: [{ unit: "cron", cron: "0 9 * * *" }], timezone: "Europe/Berlin" },
    },
    { id: "end", name: "Finish", type: "flow.no_op", position: [320, 0], params: {} },
  ],
  [["begin", "end"]],
);

/** Has a program with a key start the workflow at further times. */
async function addHourly(app: Page, workflow_id: string): Promise<void> {
  const { key } = await post<{ readonly key: string }>(app, "api-keys/", { name: "Planner" });
  const wanted = { workflow_id, name: "Often", every_minutes: 60 };
  const answer = await app.request.post("/mcp/scheduler", {
    headers: { "X-Api-Key": key, Accept: "application/json, text/event-stream" },
    data: {
      jsonrpc: "2.0",
      id: 1,
      method: "tools/call",
      params: { name: "create_schedule", arguments: wanted },
    },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

const list = (app: Page) => app.getByRole("list", { name: "When it runs" });

test("what was added to a workflow is seen beside its trigger, paused and deleted", async ({
  app,
}) => {
  const workflow = await makeWorkflow(app, daily);
  await post(app, `workflows/${workflow}/activate/`);
  await addHourly(app, workflow);
  await openEditor(app, workflow);
  await app.getByRole("button", { name: "When it runs" }).press("Enter");
  const own = list(app).getByRole("listitem").filter({ hasText: "0 9 * * *" });
  const added = list(app).getByRole("listitem").filter({ hasText: "Added by Planner" });

  await expect(own.getByText("Active", { exact: true })).toBeVisible();
  await expect(added.getByText(/^Next .+/)).toBeVisible();
  await expect(own.getByRole("button", { name: /^Delete/ })).toHaveCount(0);
  await expectAccessible(app);

  await added.getByRole("button", { name: "Pause Often" }).press("Enter");
  await expect(added.getByText("Paused")).toBeVisible();
  await added.getByRole("button", { name: "Resume Often" }).press("Enter");
  await expect(added.getByText("Active", { exact: true })).toBeVisible();
  await added.getByRole("button", { name: "Delete Often" }).press("Enter");
  await app.getByRole("button", { name: "Delete", exact: true }).press("Enter");
  await expect(added).toHaveCount(0);
  await expect(own).toBeVisible();
});

test("on a dark phone the draft's next time is seen before it is published", async ({ app }) => {
  await useTheme(app, "dark");
  await app.setViewportSize(PHONE);
  await openEditor(app, await makeWorkflow(app, daily));

  await app.getByRole("button", { name: "When it runs" }).click();

  const own = list(app).getByRole("listitem");
  await expect(own.getByText(/^Next .+ · Comes when you publish$/)).toBeVisible();
  await expectAccessible(app);
  await own.getByRole("button", { name: "Each morning" }).click();
  await expect(app.getByRole("textbox", { name: "Name" }).first()).toHaveValue("Each morning");
});

test("the command palette opens the list, also where nothing starts by time", async ({ app }) => {
  const manual = { id: "start", name: "Start", type: "triggers.manual", params: {} };
  const only = workflowOf("By hand", [{ ...manual, position: [0, 0] }], []);
  await openEditor(app, await makeWorkflow(app, only));

  await app.keyboard.press("ControlOrMeta+k");
  await app.getByRole("combobox").fill("when it runs");
  await app.keyboard.press("Enter");

  await expect(app.getByRole("dialog").getByText("Nothing starts it by time")).toBeVisible();
  await expectAccessible(app);
});
