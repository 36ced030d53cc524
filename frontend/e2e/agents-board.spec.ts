// The board of agents: made, asked, paused, enabled, changed and taken off, followed without a reload.

import { expect, expectAccessible, open, PHONE, post, test } from "./fixtures";

test("an agent whose budget is spent says so without a reload", async ({ app }) => {
  const name = `Dear ${crypto.randomUUID().slice(0, 8)}`;
  const dear = { provider: "offline", model: "scripted", tier: "premium", input_nano: 10_000 };
  await post(app, "llm/models/", { name, ...dear });
  const made = { name, model: name, publish: true, max_cost_day_micro: 1 };
  const { id } = await post<{ id: string }>(app, "agents/", made);
  await open(app, "/agents");
  const card = app.getByRole("article", { name });
  await expect(card.getByText("Enabled")).toBeVisible();
  await expect(card.getByText(/budget is spent/)).toHaveCount(0);

  await post(app, `workflows/${id}/run/`, { version: 1, items: [{ json: { task: "Think." } }] });

  await expect(card.getByText(/budget is spent/)).toBeVisible();
});

test("an agent is made, asked while it is paused, enabled, changed and taken off the board", async ({
  app,
  faults,
}) => {
  const name = `Clerk ${crypto.randomUUID().slice(0, 8)}`;
  await open(app, "/agents");
  await app.getByRole("button", { name: "New agent" }).click();
  await app.getByLabel("Name").fill(name);
  await app.getByLabel("Model", { exact: true }).click();
  await app.getByRole("option", { name: /^Offline demo/ }).click();
  await app.getByLabel(/^Skills/).fill("orders, letters");
  await app.getByRole("dialog").getByRole("button", { name: "New agent" }).click();
  const card = app.getByRole("article", { name });
  await expect(card.getByText("Enabled")).toBeVisible();
  const figure = (label: string) =>
    card.locator("dl > div").filter({ hasText: label }).locator("dd");

  await card.getByRole("button", { name: `Pause ${name}` }).click();
  await expect(card.getByText("Paused")).toBeVisible();
  const link = await card.getByRole("link", { name }).getAttribute("href");
  const id = link?.split("/").at(-1);
  const items = [{ json: { task: "Write a letter." } }];
  await post(app, `workflows/${id}/run/`, { version: 1, items });
  await expect(figure("Queued")).toHaveText("1");

  await card.getByRole("button", { name: `Enable ${name}` }).click();
  await expect(card.getByRole("link", { name: /^Run .*Success/ })).toBeVisible();
  await expect(figure("Queued")).toHaveText("0");
  await expect(figure("Success")).toHaveText("100%");
  await expect(figure("Cost")).toHaveText(/^\$0/);
  await expectAccessible(app);

  await card.getByRole("button", { name: `More for ${name}` }).click();
  await app.getByRole("menuitem", { name: "Edit" }).click();
  await app.getByLabel(/^Layer/).fill("Front desk");
  await app.getByLabel(/^Runs at once/).fill("0");
  await app.getByRole("button", { name: "Save" }).click();
  // Also on a phone, where it may be far from what is shown.
  await expect(app.getByLabel(/^Runs at once/)).toBeFocused();
  expect(faults.splice(0).join()).toContain("400");
  await app.getByLabel(/^Runs at once/).fill("2");
  await app.getByRole("button", { name: "Save" }).click();
  await expect(app.getByRole("region", { name: "Front desk" }).getByText(name)).toBeVisible();

  await app.getByLabel("Search agents").fill("nobody has this");
  await expect(app.getByText("No agent mentions that.")).toBeVisible();
  await app.getByLabel("Search agents").fill("letters");
  await expect(card).toBeVisible();
  await app.setViewportSize(PHONE);
  await app.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(app);

  await card.getByRole("button", { name: `More for ${name}` }).click();
  await app.getByRole("menuitem", { name: "Take off the board" }).click();
  await app.getByRole("alertdialog").getByRole("button", { name: "Take off the board" }).click();
  await expect(card).toHaveCount(0);
});
