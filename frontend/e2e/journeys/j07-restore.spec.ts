// J7: the server is killed in the middle of an edit; what was edited is there again afterwards.

import { CHAIN, card, openEditor, saved } from "../editing";
import { expect, expectAccessible, makeWorkflow, test } from "../fixtures";
import { expectLooks } from "../looks";
import { OwnServer } from "../own-server";
import { forgive, namesOf, rename } from "./saving";

test("J7: edits that a killed server never got are offered, shown and restored", async ({
  app,
  context,
  faults,
}) => {
  test.slow();
  const id = await makeWorkflow(app, CHAIN);
  const server = await OwnServer.started();
  try {
    await openEditor(app, id, server.url);
    await rename(app, "Shape", "Form");
    await saved(app);
    await server.kill();
    await rename(app, "Start", "Begin");
    await rename(app, "Finish", "End");
    await expect(app.getByRole("button", { name: "Offline, kept on this device" })).toBeVisible();
    await app.close({ runBeforeUnload: false });

    await server.start();
    const later = await context.newPage();
    await openEditor(later, id, server.url);
    await expect(later.getByText(/^2 changes from .+ did not reach the server\.$/)).toBeVisible();
    await later.getByRole("button", { name: "Show changes" }).click();
    const dialog = later.getByRole("dialog", { name: "Unsaved changes" });
    await expect(dialog.getByText("Begin").first()).toBeVisible();
    await expectAccessible(later);
    await expectLooks(later, "j07-restore");
    await dialog.getByRole("button", { name: "Restore" }).click();
    await expect(card(later, "Begin")).toBeVisible();
    await saved(later);
    expect(await namesOf(later, id)).toEqual(["Begin", "Form", "End"]);

    // A page that stays open needs nobody: it saves as soon as somebody answers again.
    await server.kill();
    await rename(later, "End", "Last");
    await server.start();
    await saved(later);
    await expect.poll(() => namesOf(later, id)).toEqual(["Begin", "Form", "Last"]);
  } finally {
    await server.kill();
  }
  forgive(faults, "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE");
});
