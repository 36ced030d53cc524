// J10: a past run, moment by moment, and back into the editor with its data.

import { card, FAILING, stored } from "../editing";
import { expect, expectAccessible, makeWorkflow, runDraft, test } from "../fixtures";
import { expectLooks } from "../looks";

test("J10 every moment of a run is looked at; the run is loaded into the editor", async ({
  app,
}) => {
  const workflow = await makeWorkflow(app, FAILING);
  const execution = await runDraft(app, workflow, ["failed"]);
  await app.goto(`/app/runs/${execution}`);
  const slider = app.getByRole("slider", { name: "Moment of the run" });
  await expect(card(app, "Break")).toHaveAttribute("data-status", "failed");

  await slider.focus();
  await app.keyboard.press("Home");
  await expect(card(app, "Calm")).not.toHaveAttribute("data-status", /./);
  await expect(app.getByText(/^State at/)).toBeVisible();

  await app.getByRole("button", { name: "Jump to failure" }).click();
  await expect(card(app, "Break")).toHaveAttribute("data-status", "failed");
  await expect(app).toHaveURL(/seq=\d+/);
  await expectLooks(app, "j10-replay");

  await app.reload();
  await expect(app.getByText(/^State at/)).toBeVisible();
  await slider.focus();
  await app.keyboard.press("ArrowLeft");
  await expect(card(app, "Break")).not.toHaveAttribute("data-status", "failed");
  await app.keyboard.press("End");
  await expect(card(app, "Break")).toHaveAttribute("data-status", "failed");
  await expect(app).not.toHaveURL(/seq=/);

  const box = await slider.boundingBox();
  if (!box) throw new Error("The slider is not to be seen.");
  await app.mouse.click(box.x + 1, box.y + box.height / 2);
  await expect(card(app, "Break")).not.toHaveAttribute("data-status", "failed");

  await app.getByRole("button", { name: "More for this run" }).click();
  await app.getByRole("menuitem", { name: "Load into the editor" }).click();
  const dialog = app.getByRole("dialog", { name: /^Load run #/ });
  await expect(dialog.getByText("Start (1 item)")).toBeVisible();
  await expectAccessible(app);
  await dialog.getByRole("button", { name: "Load into the editor" }).click();
  // The page says "Saved" of the draft before, too.
  await expect.poll(async () => Object.keys((await stored(app, workflow)).pins)).toEqual(["start"]);
  await expect(app).not.toHaveURL(/load=/);

  await app.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(app.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
});
