// A past run on its canvas: any moment by pointer and keys, the jump to the failure, phone, axe.

import { FAILING } from "./editing";
import {
  DESKTOP,
  expect,
  expectAccessibleInBothThemes,
  makeWorkflow,
  PHONE,
  runDraft,
  test,
} from "./fixtures";

test("a run with its replay is accessible in both themes, also on a phone", async ({ app }) => {
  const workflow = await makeWorkflow(app, FAILING);
  const execution = await runDraft(app, workflow, ["failed"]);
  for (const viewport of [DESKTOP, PHONE]) {
    await app.setViewportSize(viewport);
    await app.goto(`/app/runs/${execution}`);
    await expect(app.getByRole("slider", { name: "Moment of the run" })).toBeVisible();
    await app.evaluate(() => document.fonts.ready);
    await expectAccessibleInBothThemes(app);
    const overflow = await app.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow, "sideways scrolling").toBeLessThanOrEqual(0);
  }
});
