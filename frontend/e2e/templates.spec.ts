// A template becomes a workflow that runs at once.

import { expect, open, test } from "./fixtures";

test("a template is set up by its questions and runs with its sample data", async ({ app }) => {
  await open(app, "/templates?category=webhooks");
  await app.getByRole("link", { name: /Webhook that checks and answers/ }).click();
  await expect(app.getByRole("heading", { level: 1 })).toHaveText(
    "Webhook that checks and answers",
  );
  await app.getByRole("spinbutton", { name: "Smallest order" }).fill("100");
  await app.getByRole("button", { name: "Create the workflow" }).click();

  await expect(app).toHaveURL(/\/app\/w\//);
  await app.getByRole("button", { name: "Run", exact: true }).click();

  await expect(app.getByRole("group", { name: /^Answer 201, .*Success/ })).toBeVisible();
  await expect(app.getByRole("group", { name: /^Answer 422, .*not run yet/ })).toBeVisible();
});
