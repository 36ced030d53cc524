// What keeps a large canvas fast, counted instead of timed: elements, and passes that measure.

import { card, openEditor } from "./editing";
import { expect, makeWorkflow, test } from "./fixtures";
import { LiveUpdates, largeWorkflow } from "./live-updates";

const MEASURED = "data-measured";

test("a thousand nodes are fewer than 4,000 elements, and a run measures none of them", async ({
  app,
}) => {
  const workflow = await makeWorkflow(app, largeWorkflow(1_000));
  const updates = new LiveUpdates();
  await updates.listen(app);
  // React Flow measures nodes by a ResizeObserver; a card that changed its size would be told.
  await app.addInitScript((attribute) => {
    const Native = window.ResizeObserver;
    let measured = 0;
    window.ResizeObserver = class extends Native {
      constructor(tell: ResizeObserverCallback) {
        super((entries, observer) => {
          measured += entries.filter(({ target }) => target.matches(".react-flow__node")).length;
          document.documentElement.setAttribute(attribute, String(measured));
          tell(entries, observer);
        });
      }
    };
  }, MEASURED);
  const measured = () => app.locator("html").getAttribute(MEASURED);
  await openEditor(app, workflow);
  await expect(card(app, "Node 0")).toBeVisible();
  expect(await app.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(4_000);

  await updates.begin(workflow);
  await updates.play(app, 4, 100, 0.1);
  await expect(card(app, "Node 3")).toHaveAttribute("data-status", "completed");
  const before = await measured();
  await updates.play(app, 6, 200, 1);
  await expect(card(app, "Node 5")).toHaveAttribute("data-status", "completed");

  expect(await measured()).toBe(before);
});
