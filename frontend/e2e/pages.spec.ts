// Pages outside the editor: their dialogs, and what is done on them.

import {
  expect,
  expectAccessible,
  expectAccessibleInBothThemes,
  open,
  owner,
  test,
} from "./fixtures";

test("dialogs are accessible in both themes", async ({ app }) => {
  await open(app, "/workflows");
  await app.keyboard.press("Control+k");
  await expect(app.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await expectAccessibleInBothThemes(app);
  await app.keyboard.press("Escape");
  await app.keyboard.press("Shift+?");
  await expect(app.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expectAccessibleInBothThemes(app);
  await app.keyboard.press("Escape");
  await app.getByRole("button", { name: "Import", exact: true }).click();
  await expect(app.getByRole("dialog", { name: "Import a workflow" })).toBeVisible();
  await expectAccessibleInBothThemes(app);

  await open(app, "/credentials");
  await app.getByRole("button", { name: "New credential" }).first().click();
  await expect(app.getByRole("textbox", { name: "Name" })).toBeVisible();
  await expectAccessibleInBothThemes(app);
});

test("sign-in leads back to the page that was asked for", async ({ page, faults }) => {
  expect(faults).toEqual([]);

  await page.goto("/app/executions?status=failed");
  await expect(page).toHaveURL(/\/app\/sign-in\?next=/);
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "E-mail" }).fill(owner().email);
  await page.getByLabel("Password").fill(owner().password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await expect(page).toHaveURL(/\/app\/executions\?status=failed$/);
  await expect(page.getByRole("heading", { name: "Executions" })).toBeVisible();
});

// S-042
test("sign-in never leads to another site", async ({ page, faults }) => {
  expect(faults).toEqual([]);

  await page.goto("/app/sign-in?next=https%3A%2F%2Fevil.test%2Fapp%2F");
  await page.getByRole("textbox", { name: "E-mail" }).fill(owner().email);
  await page.getByLabel("Password").fill(owner().password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await expect(page).toHaveURL(/\/app\/$/);
});

test("the main places are reached by keys alone", async ({ app }) => {
  await open(app, "/");

  for (const [key, heading] of [
    ["w", "Workflows"],
    ["e", "Executions"],
    ["c", "Credentials"],
    ["s", "Settings"],
  ] as const) {
    await app.keyboard.press("g");
    await app.keyboard.press(key);
    await expect(app.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  }
  await app.keyboard.press("Control+k");
  await app.getByRole("dialog").getByRole("combobox").fill("plugins");
  await app.keyboard.press("Enter");
  await expect(app).toHaveURL(/\/settings\/plugins$/);
  await expect(app).toHaveTitle(/^Plugins/);
});

test("a workflow is imported, renamed, duplicated, exported and deleted", async ({ app }) => {
  const name = `Imported ${Date.now()}`;
  const document = {
    format: "headrace/1",
    name,
    nodes: [
      {
        id: "start",
        name: "Start",
        type: "triggers.manual",
        version: 1,
        position: [0, 0],
        params: {},
      },
    ],
    edges: [],
  };
  await open(app, "/workflows");

  await app.getByRole("button", { name: "Import", exact: true }).click();
  await app.getByRole("textbox", { name: "Or paste it" }).fill(JSON.stringify(document));
  await app.getByRole("dialog").getByRole("button", { name: "Import", exact: true }).click();
  await expect(app).toHaveURL(/\/app\/w\//);

  await open(app, "/workflows");
  await app.getByRole("searchbox", { name: "Search workflows" }).fill(name);
  await app.getByRole("button", { name: `Actions for ${name}` }).click();
  await app.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(app.getByRole("link", { name: `${name} (copy)` })).toBeVisible();

  await app.getByRole("button", { name: `Actions for ${name} (copy)` }).click();
  await app.getByRole("menuitem", { name: "Rename" }).click();
  await app.getByRole("textbox", { name: "Name" }).fill(`${name} renamed`);
  await app.keyboard.press("Enter");
  await expect(app.getByRole("link", { name: `${name} renamed` })).toBeVisible();

  await app.getByRole("button", { name: `Actions for ${name} renamed` }).click();
  const download = app.waitForEvent("download");
  await app.getByRole("menuitem", { name: "Export as JSON" }).click();
  expect((await download).suggestedFilename()).toMatch(/renamed\.json$/);

  for (const doomed of [`${name} renamed`, name]) {
    await app.getByRole("button", { name: `Actions for ${doomed}`, exact: true }).click();
    await app.getByRole("menuitem", { name: "Delete" }).click();
    await expect(app.getByRole("button", { name: "Undo" }).first()).toBeVisible();
    await expect(app.getByRole("link", { name: doomed, exact: true })).toHaveCount(0);
  }
});

test("an API key is shown once", async ({ app }) => {
  const name = `Key ${Date.now()}`;
  await open(app, "/settings/api-keys");

  await app.getByRole("button", { name: "Create key" }).click();
  await app.getByRole("textbox", { name: "Name" }).fill(name);
  await app.getByRole("combobox", { name: "May" }).click();
  await app.getByRole("option", { name: "Only what I choose" }).click();
  await expect(app.getByRole("button", { name: "Create", exact: true })).toBeDisabled();
  await app.getByRole("checkbox", { name: "Workflows: Run" }).click();
  await expectAccessible(app);
  await app.getByRole("button", { name: "Create", exact: true }).click();
  const key = await app.getByRole("dialog").locator("code").textContent();
  expect(key?.length).toBeGreaterThan(20);
  await app.getByRole("button", { name: "I have kept it" }).click();

  await expect(app.getByRole("row").filter({ hasText: name })).toContainText("workflow.run");
  await expect(app.getByText(key ?? "")).toHaveCount(0);
  await app.getByRole("button", { name: `Revoke ${name}` }).click();
  await app.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(app.getByText(name)).toHaveCount(0);
});

test("a secret goes in and never comes out", async ({ app }) => {
  const name = `Credential ${Date.now()}`;
  const secret = "only-for-the-vault";
  await open(app, "/credentials");

  await app.getByRole("button", { name: "New credential" }).first().click();
  await app.getByRole("dialog").getByRole("button", { name: "Kind" }).click();
  await app.getByRole("option", { name: /user and password/i }).click();
  await app.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await app.getByRole("textbox", { name: /user/i }).fill("mira");
  await app.getByLabel("Password").fill(secret);
  await app.getByRole("button", { name: "Save" }).click();
  await expect(app.getByText(name)).toBeVisible();

  const answer = await app.request.get("/api/v1/credentials/?limit=200");
  expect(await answer.text()).not.toContain(secret);
  await app.getByRole("button", { name: `Actions for ${name}` }).click();
  await app.getByRole("menuitem", { name: "Test" }).click();
  await expect(
    app.getByRole("dialog").getByText("It can be opened", { exact: true }),
  ).toBeVisible();
  await expectAccessible(app);
  await app.keyboard.press("Escape");
  await app.getByRole("button", { name: `Actions for ${name}` }).click();
  await app.getByRole("menuitem", { name: "Share" }).click();
  await expect(app.getByRole("combobox", { name: "Every member" })).toBeVisible();
  await expectAccessible(app);
  await app.getByRole("button", { name: "Save" }).click();
  await expect(app.getByRole("dialog")).toHaveCount(0);
  await app.getByRole("button", { name: `Actions for ${name}` }).click();
  await app.getByRole("menuitem", { name: "Replace values" }).click();
  await expect(app.getByLabel("Password")).toHaveValue("");
  await app.keyboard.press("Escape");
  await app.getByRole("button", { name: `Actions for ${name}` }).click();
  await app.getByRole("menuitem", { name: "Delete" }).click();
  await app.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(app.getByText(name)).toHaveCount(0);
});

test("an ended session asks for the password and keeps the page", async ({ app, faults }) => {
  await open(app, "/workflows");
  await app.context().clearCookies({ name: /session/ });
  await app.getByRole("searchbox", { name: "Search workflows" }).fill("anything");

  const dialog = app.getByRole("dialog", { name: "Your session has ended" });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Password").fill(owner().password);
  await dialog.getByRole("button", { name: "Sign in" }).click();

  await expect(dialog).toHaveCount(0);
  await expect(app.getByRole("searchbox", { name: "Search workflows" })).toHaveValue("anything");
  // The refused requests themselves are expected here.
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes("401")));
});

test("an unknown address says so and keeps the frame", async ({ app }) => {
  await app.goto("/app/nowhere");

  await expect(app.getByText("There is nothing at this address")).toBeVisible();
  await expect(app.getByRole("navigation", { name: "Main" })).toBeVisible();
});
