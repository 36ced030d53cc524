// The list of runs follows what happens: by the socket at once, by asking while there is none.

import { CHAIN } from "./editing";
import { expect, makeWorkflow, open, runDraft, test } from "./fixtures";

test("a run that begins elsewhere stands in the list at once", async ({ app }) => {
  const workflow = await makeWorkflow(app, { ...CHAIN, name: `Tail ${Date.now()}` });
  const listening = app
    .waitForEvent("websocket")
    .then((socket) =>
      socket.waitForEvent("framereceived", ({ payload }) => String(payload).includes('"changed"')),
    );
  await open(app, `/executions?workflow=${workflow}`);
  await listening;

  await runDraft(app, workflow, ["completed"]);

  // Unasked it would look only after half a minute.
  await expect(app.getByRole("row", { name: /Success/ })).toHaveCount(1);
});
