// J14 and J13: an admin invites, makes a key and finds it all in the record; a viewer cannot edit.

import {
  expect,
  expectAccessible,
  makeWorkflow,
  open,
  owner,
  PHONE,
  post,
  test,
  workflowOf,
} from "../fixtures";
import { expectLooks } from "../looks";
import { joined, strangers } from "../people";

const SERVER = process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000";
const PASSWORD = "a few words in a row";

test("J14 an admin invites, makes a key and finds both in the record", async ({ app, browser }) => {
  test.slow();
  const email = `mira.${Date.now()}@far.example`;
  await open(app, "/settings/members");
  await app.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = app.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "E-mail address" }).fill(email);
  await expectAccessible(app);
  await dialog.getByRole("button", { name: "Invite", exact: true }).click();
  const link = (await app.getByRole("dialog").locator("code").textContent()) ?? "";
  expect(link).toContain("/app/invitation?token=");
  await app.getByRole("button", { name: "Done" }).click();
  await expect(app.getByRole("listitem").filter({ hasText: email })).toContainText("expires");

  const mira = await strangers(browser);
  await mira.goto(link);
  await expect(mira.getByRole("heading", { name: /^Welcome to/ })).toBeVisible();
  await expectAccessible(mira);
  await expectLooks(mira, "j14-invitation");
  await mira.getByRole("textbox", { name: "Your name" }).fill("Mira Lind");
  await mira.getByLabel("Choose a password").fill("short");
  await mira.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(mira.getByRole("alert")).toContainText("at least 12");
  await mira.getByLabel("Choose a password").fill(PASSWORD);
  await mira.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(mira.getByRole("heading", { level: 1, name: /automations/ })).toBeVisible();
  await mira.context().close();

  await open(app, "/settings/members");
  const row = app.getByRole("row").filter({ hasText: email });
  await expect(row).toContainText("Mira Lind");
  await row.getByRole("button", { name: "Actions for Mira Lind" }).click();
  await app.getByRole("menuitem", { name: "Shut out" }).click();
  await expect(row).toContainText("Shut out");
  await app.getByText("What may each role do?").click();
  await expectAccessible(app);

  await post(app, "api-keys/", { name: `Key of ${email}` });
  await open(app, "/settings/audit");
  await app.getByRole("searchbox", { name: /^Action/ }).fill("invitation.");
  await expect(app).toHaveURL(/action=invitation\./);
  await expect(app.getByRole("button", { name: "invitation.accepted" }).first()).toBeVisible();
  await expect(app.getByText("api_key.created")).toHaveCount(0);
  await app.getByRole("button", { name: "invitation.created" }).first().click();
  await expect(app.getByRole("dialog")).toContainText(email);
  await expectAccessible(app);
});

test("J13 a viewer reads a workflow and cannot change it", async ({ app, browser }) => {
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      "Only to look at",
      [{ id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} }],
      [],
    ),
  );
  await open(app, "/settings/members");
  const viewer = await joined(app, browser, "Vera", "viewer");

  await viewer.goto(`/app/w/${workflow}`);
  await expect(viewer.getByText("Read only")).toBeVisible();
  await expect(viewer.getByRole("button", { name: "Publish" })).toHaveCount(0);
  await expectLooks(viewer, "j13-viewer");
  await viewer.goto("/app/workflows");
  await expect(viewer.getByRole("link", { name: "Only to look at" }).first()).toBeVisible();
  await expect(viewer.getByRole("button", { name: "New workflow" })).toHaveCount(0);
  const refused = await viewer.request.delete(`/api/v1/workflows/${workflow}/`, {
    headers: {
      "X-CSRFToken":
        (await viewer.context().cookies()).find(({ name }) => name === "csrftoken")?.value ?? "",
      Referer: SERVER,
    },
  });
  expect(refused.status()).toBe(403);
  await viewer.setViewportSize(PHONE);
  await viewer.goto("/app/settings/members");
  await expect(viewer.getByRole("table", { name: "Members" })).toBeVisible();
  await expect(viewer.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);
  await viewer.context().close();

  await open(app, "/settings/audit?action=workflow.delete");
  await app.getByRole("combobox", { name: "What came of it" }).click();
  await app.getByRole("option", { name: "Refused" }).click();
  await expect(app).toHaveURL(/outcome=refused/);
  const entry = app.getByRole("row").filter({ hasText: "Vera" }).first();
  await expect(entry).toContainText("Refused");
  await expectAccessible(app);
  await app.getByRole("button", { name: "Views" }).click();
  await app.getByRole("textbox", { name: "Keep these filters as" }).fill("Deleted in vain");
  await app.getByRole("button", { name: "Keep", exact: true }).click();
  await open(app, "/settings/audit");
  await app.getByRole("button", { name: "Views" }).click();
  await app.getByRole("button", { name: "Deleted in vain", exact: true }).click();
  await expect(app).toHaveURL(/outcome=refused/);
});

test("@several-tenants J13 one workspace sees nothing of another", async ({ app, browser }) => {
  const workflow = await makeWorkflow(app, workflowOf("Of the first only", [], []));
  const bare = SERVER.replace("demo.", "");
  const other = await strangers(browser);
  await other.goto(`${bare}/app/sign-in`);
  await other.getByRole("textbox", { name: "E-mail" }).fill(owner().email);
  await other.getByLabel("Password").fill(owner().password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("button", { name: "second" }).click();
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("button", { name: "second" })).toBeVisible();
  const there = new URL(other.url()).origin;

  await other.goto(`${there}/app/workflows`);
  await expect(other.getByRole("heading", { level: 1, name: "Workflows" })).toBeVisible();
  await expect(other.getByText("Of the first only")).toHaveCount(0);
  const direct = await other.request.get(`${there}/api/v1/workflows/${workflow}/`);
  expect(direct.status()).toBe(404);
  await other.context().close();
});
