// J1: from a chain to a running workflow with the mouse alone.

import {
  addByKeys,
  CHAIN,
  card,
  centre,
  drag,
  openEditor,
  reached,
  saved,
  stored,
  wire,
} from "../editing";
import { expect, makeWorkflow, test } from "../fixtures";
import { expectLooks } from "../looks";

test("J1 a workflow is built by mouse, run, and its data read", async ({ app }) => {
  const id = await makeWorkflow(app, CHAIN);
  await openEditor(app, id);

  await app.getByRole("button", { name: "Nodes", exact: true }).click();
  const entry = app.getByRole("button", { name: /^No Operation/ });
  await entry.dragTo(app.getByRole("application"), { targetPosition: { x: 400, y: 620 } });
  await expect(card(app, "No Operation")).toBeVisible();
  await app.getByRole("button", { name: "Nodes", exact: true }).click();

  await wire(app, card(app, "Finish"), card(app, "No Operation"));
  await saved(app);
  expect((await stored(app, id)).edges.at(-1)?.from[0]).toBe("end");

  const port = card(app, "No Operation").locator(".react-flow__handle.source").first();
  const { x, y } = await centre(port);
  await drag(app, { x, y }, { x: x + 160, y: y + 90 });
  await addByKeys(app, "limit");
  await expect(card(app, "Limit")).toBeVisible();

  await app.keyboard.press("1");
  // The wire offers it only below the pointer, and glides away until the zoom has ended.
  const edge = "start:main>shape:main";
  await expect(async () => {
    await app.locator(`[data-id="${edge}"]`).hover({ force: true });
    // Its own: while the canvas moves, another wire may come below the pointer.
    const label = app.locator(`[data-wire="${edge}"]`);
    await label.getByRole("button", { name: "Insert a node here" }).click({ timeout: 6_000 });
  }).toPass();
  await addByKeys(app, "edit fields");
  await saved(app);

  const document = await stored(app, id);
  const nameOf = (node: string | undefined) => document.nodes.find((n) => n.id === node)?.name;
  const wires = document.edges.map(({ from, to }) => `${nameOf(from[0])}→${nameOf(to[0])}`);
  expect(wires).toEqual(
    expect.arrayContaining(["Start→Edit Fields", "Edit Fields→Shape", "No Operation→Limit"]),
  );
  expect(wires).not.toContain("Start→Shape");

  await app.getByRole("button", { name: "Run", exact: true }).click();
  await reached(app, "Limit", "completed");
  await card(app, "Shape").dblclick();
  const output = app.getByRole("region", { name: "Output" });
  await expect(output.getByRole("rowheader", { name: "Look at item 1" })).toBeVisible();
  await expectLooks(app, "j01-data");
});
