// Several tenants, each at its own name: sign-in on the bare host, and the switcher.

import { expect, owner, test } from "./fixtures";

const SERVER = process.env["HEADRACE_E2E_URL"] ?? "http://demo.localhost:8000";
const bare = SERVER.replace("demo.", "");

test("@several-tenants one signs in at the bare host, chooses, and changes over", async ({
  page,
}) => {
  const { email, password } = owner();
  await page.goto(`${bare}/app/sign-in`);
  await expect(page.getByRole("heading", { name: "Sign in to Headrace" })).toBeVisible();
  await page.getByRole("textbox", { name: "E-mail" }).fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "second" }).click();
  await expect(page).toHaveURL(/^http:\/\/second\.localhost/);
  await expect(page.getByRole("heading", { name: "Sign in to second" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("button", { name: "second" })).toBeVisible();

  await page.getByRole("link", { name: "Executions" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Executions" })).toBeVisible();
  await page.keyboard.press("Control+Shift+o");
  await page.getByRole("button", { name: "Demo" }).click();
  await page.getByRole("button", { name: "Continue" }).click();

  await expect(page).toHaveURL(/^http:\/\/demo\.localhost.*\/app\/executions$/);
  await expect(page.getByRole("button", { name: "Demo" })).toBeVisible();
});
