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

  const rename = async (name: string) => {
    const field = app.getByRole("textbox", { name: "Name" });
    // The palette may still be on its way out, with the keys.
    await expect(async () => {
      await app.keyboard.press("F2");
      await expect(field).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await field.fill(name);
    await app.keyboard.press("Enter");
  };

  await test.step("draw it, by mouse and by keys", async () => {
    await app.goto("/app/workflows");
    await app.getByRole("button", { name: "New workflow" }).first().click();
    await app.getByRole("button", { name: /^Start from a trigger/ }).click();
    await add("webhook", "Control+Enter");
    await add("edit fields", "Control+Enter");
    await add("if", "Control+Enter");
    await add("no operation");
    await expect(app.getByRole("combobox")).toBeHidden();
    await expect(card("No Operation")).toHaveClass(/node-selected/);
    await rename("Large");
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
    await expect(app.getByRole("combobox")).toBeHidden();
    await expect(card("No Operation")).toHaveClass(/node-selected/);
    await rename("Small");
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

  await test.step("say which orders are large", async () => {
    await card("If").dblclick();
    await app.getByRole("button", { name: "Add condition" }).click();
    await app.getByRole("textbox", { name: "Condition 1, first value" }).fill("{{ $json.total }}");
    await app.getByRole("combobox", { name: "Condition 1, comparison" }).click();
    await app.getByRole("option", { name: "is greater than", exact: true }).click();
    await app.getByRole("textbox", { name: "Condition 1, second value" }).fill("100");
    await app.keyboard.press("Escape");
    await saved();
  });

  await test.step("publish, and call it once to have data", async () => {
    await publish();
    const first = await call(50);
    expect(first.status(), await first.text()).toBe(200);
    await expect(card("Small")).toHaveAttribute("data-status", "completed");
  });

  await test.step("map by dragging", async () => {
    await card("Edit Fields").dblclick();
    const total = app
      .getByRole("region", { name: "Input" })
      .getByRole("treeitem", { name: /total/ });
    await total.first().dragTo(app.getByText("or drop data here"));
    await expect(app.getByRole("textbox", { name: "Fields to set, name 1" })).toHaveValue("total");
    await app.keyboard.press("Escape");
    await saved();
  });

  await test.step("publish again, call it, and watch the nodes light up in order", async () => {
    await publish();
    await app.evaluate(() => {
      const lit: string[] = [];
      Object.assign(window, { lit });
      const note = ({ target }: MutationRecord) => {
        const card = target instanceof HTMLElement ? target : null;
        const name = card?.getAttribute("aria-label")?.split(",")[0];
        if (name && card?.dataset["status"] === "completed") lit.push(name);
      };
      for (const element of document.querySelectorAll("[data-node]")) {
        new MutationObserver((records) => records.forEach(note)).observe(element, {
          attributeFilter: ["data-status"],
        });
      }
    });
    const answer = await call(120);
    expect(answer.status(), await answer.text()).toBe(200);
    expect(await answer.json()).toMatchObject({ total: 120 });
    await expect(card("Large")).toHaveAttribute("data-status", "completed");
    await expect(card("Small")).not.toHaveAttribute("data-status", "completed");
    await expect(app.getByRole("button", { name: /Show the log/ })).toContainText("4 of 5 nodes");
    const lit = await app.evaluate(() => Reflect.get(window, "lit"));
    expect(lit).toEqual(["Webhook", "Edit Fields", "If", "Large"]);
  });

  await test.step("after a reload the run stands in the list with its data", async () => {
    await app.reload();
    await expect(card("Large")).toHaveAttribute("data-status", "completed");
    await app.getByRole("link", { name: "Executions" }).last().click();
    const runs = app.getByRole("row", { name: /Success/ });
    await expect(runs).toHaveCount(2);
    await runs.first().getByRole("link").first().click();
    await card("Large").dblclick();
    const output = app.getByRole("region", { name: "Output" });
    await expect(output.getByRole("cell", { name: "120" }).first()).toBeVisible();
  });
});
