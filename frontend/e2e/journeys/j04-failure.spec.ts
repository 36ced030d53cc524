// J4: a node fails; its failed items are sent another way; a failed run is tried again.

import { card, centre, drag, openEditor, reached, saved, stored } from "../editing";
import { expect, makeWorkflow, runDraft, test, workflowOf } from "../fixtures";
import { expectLooks } from "../looks";

const FAILING = workflowOf(
  "Fails",
  [
    { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
    {
      id: "fetch",
      name: "Fetch",
      type: "web.http_request",
      position: [320, 0],
      // Nothing listens there, and the way out is closed to it.
      params: { url: "http://127.0.0.1:9/" },
    },
    { id: "rescue", name: "Rescue", type: "flow.no_op", position: [760, 200], params: {} },
  ],
  [["start", "fetch"]],
);

test("J4 a failure is seen, sent another way, and a failed run is retried", async ({ app }) => {
  const workflow = await makeWorkflow(app, FAILING);
  const failed = await runDraft(app, workflow, ["failed"]);
  await openEditor(app, workflow);
  await reached(app, "Fetch", "failed");
  await app.waitForLoadState("networkidle");
  await expect(card(app, "Fetch"), "nothing was changed").not.toHaveAttribute("data-stale");

  await test.step("failed items leave by the error output", async () => {
    await card(app, "Fetch").dblclick();
    await app.getByRole("radio", { name: "Behaviour" }).click();
    await app.getByRole("combobox", { name: "When it fails" }).click();
    await app.getByRole("option", { name: "Send failed items to an error output" }).click();
    await app.keyboard.press("Escape");
    await app.keyboard.press("Escape");
    const error = card(app, "Fetch").locator('.react-flow__handle[data-handleid="error"]');
    await expect(error).toBeVisible();
    await drag(app, await centre(error), await centre(card(app, "Rescue")));
    await saved(app);
    expect((await stored(app, workflow)).edges.at(-1)?.from).toEqual(["fetch", "error"]);

    await app.getByRole("application").focus();
    await app.keyboard.press("Control+Enter");
    await reached(app, "Rescue", "completed");
    await expectLooks(app, "j04-error-output");
  });

  await test.step("the first run is tried again in place", async () => {
    await app.goto(`/app/runs/${failed}`);
    await app.getByRole("button", { name: "Retry from failed" }).click();
    await app.getByRole("button", { name: /Show the log/ }).click();
    await expect(app.getByRole("log").getByText("Retried")).toBeVisible();
    await expect(app).toHaveURL(new RegExp(failed));
  });
});
