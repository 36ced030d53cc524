// A past run on its canvas: any moment by pointer and keys, the jump to the failure, phone, axe.

import {
  DESKTOP,
  expect,
  expectAccessible,
  makeWorkflow,
  PHONE,
  runDraft,
  test,
  useTheme,
  workflowOf,
} from "./fixtures";

const FAILING = workflowOf(
  "Replay",
  [
    { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
    { id: "calm", name: "Calm", type: "flow.no_op", position: [320, 0], params: {} },
    {
      id: "rest",
      name: "Rest",
      type: "flow.wait",
      position: [320, 160],
      params: { mode: "for", duration_s: 1 },
    },
    {
      id: "stop",
      name: "Break",
      type: "flow.stop",
      position: [640, 80],
      params: { message: "It broke on purpose" },
    },
  ],
  [
    ["start", "calm"],
    ["start", "rest"],
    ["rest", "stop"],
  ],
);

test("every moment of a run can be looked at, by keys and by pointer", async ({ app }) => {
  const workflow = await makeWorkflow(app, FAILING);
  const execution = await runDraft(app, workflow, ["failed"]);
  const card = (name: string) => app.getByRole("group", { name: new RegExp(`^${name},`) });
  await app.goto(`/app/runs/${execution}`);
  const slider = app.getByRole("slider", { name: "Moment of the run" });
  await expect(card("Break")).toHaveAttribute("data-status", "failed");

  await slider.focus();
  await app.keyboard.press("Home");
  await expect(card("Calm")).not.toHaveAttribute("data-status", /./);
  await expect(app.getByText(/^State at/)).toBeVisible();

  await app.getByRole("button", { name: "Jump to failure" }).click();
  await expect(card("Break")).toHaveAttribute("data-status", "failed");
  await expect(app).toHaveURL(/seq=\d+/);

  await app.reload();
  await expect(app.getByText(/^State at/)).toBeVisible();
  await slider.focus();
  await app.keyboard.press("ArrowLeft");
  await expect(card("Break")).not.toHaveAttribute("data-status", "failed");
  await app.keyboard.press("End");
  await expect(card("Break")).toHaveAttribute("data-status", "failed");
  await expect(app).not.toHaveURL(/seq=/);

  const box = await slider.boundingBox();
  if (!box) throw new Error("The slider is not to be seen.");
  await app.mouse.click(box.x + 1, box.y + box.height / 2);
  await expect(card("Break")).not.toHaveAttribute("data-status", "failed");
});

for (const theme of ["light", "dark"] as const) {
  test(`a run with its replay is accessible in the ${theme} theme, also on a phone`, async ({
    app,
  }) => {
    await useTheme(app, theme);
    const workflow = await makeWorkflow(app, FAILING);
    const execution = await runDraft(app, workflow, ["failed"]);
    for (const viewport of [DESKTOP, PHONE]) {
      await app.setViewportSize(viewport);
      await app.goto(`/app/runs/${execution}`);
      await expect(app.getByRole("slider", { name: "Moment of the run" })).toBeVisible();
      await app.evaluate(() => document.fonts.ready);
      await expectAccessible(app);
      const overflow = await app.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow, "sideways scrolling").toBeLessThanOrEqual(0);
    }
  });
}
