// The journey of the product: draw a workflow, map its data, publish it, call it, watch it light up.

import { expect, test } from "./fixtures";

test("an empty canvas becomes a webhook that answers and lights up", async ({ app }) => {
  const path = `orders-${Date.now()}`;
  const card = (name: string) => app.getByRole("group", { name: new RegExp(`^${name},`) });
  const add = async (words: string, key = "Enter") => {
    await app.getByRole("combobox").fill(words);
    await expect(app.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
    await app.getByRole("combobox").press(key);
  };
  const saved = () => expect(app.getByText(/^Saved · draft r/).first()).toBeVisible();
  const call = (total: number) =>
    app.request.post(`/webhook/${path}`, { data: { customer: "Ada", total } });
  const publish = async () => {
    await app.getByRole("button", { name: "Publish" }).click();
    const dialog = app.getByRole("dialog", { name: "Publish this workflow" });
    await expect(dialog.getByText(`/webhook/${path}`).first()).toBeVisible();
    await dialog.getByRole("button", { name: "Publish" }).click();
    await expect(app.getByRole("dialog", { name: /is live$/ })).toBeVisible();
    await app.getByRole("button", { name: "Done" }).click();
  };

  await test.step("draw it, by mouse and by keys", async () => {
    await app.goto("/app/workflows");
    await app.getByRole("button", { name: "New workflow" }).first().click();
    await app.getByRole("button", { name: /^Start from a trigger/ }).click();
    await add("webhook", "Control+Enter");
    await add("edit fields", "Control+Enter");
    await add("if", "Control+Enter");
    await add("no operation");
    await app.keyboard.press("F2");
    await app.getByRole("textbox", { name: "Name" }).fill("Large");
    await app.keyboard.press("Enter");
    await card("If").click();
    await app.keyboard.press("c");
    await app.keyboard.press("Escape");
    const port = card("If").locator(".react-flow__handle.source").nth(1);
    const box = await port.boundingBox();
    if (!box) throw new Error("The second output is not to be seen.");
    await app.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await app.mouse.down();
    await app.mouse.move(box.x + 130, box.y + 190, { steps: 8 });
    await app.mouse.up();
    await add("no operation");
    await app.keyboard.press("F2");
    await app.getByRole("textbox", { name: "Name" }).fill("Small");
    await app.keyboard.press("Enter");
    await expect(card("Small")).toBeVisible();
  });

  await test.step("choose the address and how it answers", async () => {
    await card("Webhook").dblclick();
    await app.getByRole("textbox", { name: "Path" }).fill(path);
    await app.getByRole("combobox", { name: "Answer" }).click();
    await app.getByRole("option", { name: /last node/i }).click();
    await app.keyboard.press("Escape");
    await saved();
  });

  await test.step("publish, and call it once to have data", async () => {
    await publish();
    expect((await call(50)).ok()).toBe(true);
    await expect(card("Edit Fields")).toHaveAttribute("data-status", "completed");
  });

  await test.step("map by dragging", async () => {
    await card("Edit Fields").dblclick();
    await app.getByRole("button", { name: "Add field" }).click();
    await app.getByRole("textbox", { name: "Name" }).last().fill("total");
    const row = app.getByRole("treeitem", { name: /^total/ }).first();
    await row.dragTo(app.getByRole("textbox", { name: "Value" }).last());
    await expect(app.getByText(/Webhook.*total/).first()).toBeVisible();
    await app.keyboard.press("Escape");
    await card("If").dblclick();
    await saved();
  });
});
