// A past run on its canvas: any moment by pointer and keys, the jump to the failure, phone, axe.

import { FAILING } from "./editing";
import {
  DESKTOP,
  expect,
  expectAccessible,
  makeWorkflow,
  PHONE,
  runDraft,
  test,
  useTheme,
} from "./fixtures";

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
