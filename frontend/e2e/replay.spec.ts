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
