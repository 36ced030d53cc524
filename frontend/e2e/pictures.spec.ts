// Pages as they should look, in a tenant that is as new: what others make must not be in their lists.

import type { Locator, Page } from "@playwright/test";
import { CHAIN, openEditor } from "./editing";
import { expect, makeWorkflow, open, post, runDraft, test, workflowOf } from "./fixtures";
import { ORDER, PURCHASE } from "./furniture";
import { expectLooks } from "./looks";

const PAGES = {
  home: "/",
  workflows: "/workflows",
  templates: "/templates",
  template: "/templates/csv-import",
  executions: "/executions",
  credentials: "/credentials",
  tables: "/tables",
  members: "/settings/members",
  variables: "/settings/variables",
  "api-keys": "/settings/api-keys",
  account: "/me",
} as const;

/** A hosted form of two pages; its address. */
async function makeForm(page: Page): Promise<string> {
  // A path is taken once; where a test is tried again it is another one.
  const path = `write-to-us-${Date.now()}`;
  const params = {
    path,
    title: "Write to us",
    logo_text: "Example",
    rows: [
      { label: "Name", required: true, help: "As on your card." },
      { kind: "select", label: "Topic", choices: ["Sales", "Other"] },
      { kind: "page", label: "Your message" },
      { kind: "paragraph", label: "Message", required: true },
    ],
  };
  const start = {
    id: "form",
    name: "Form",
    type: "triggers.form",
    position: [0, 0],
    params,
  } as const;
  const form = await makeWorkflow(page, workflowOf("Contact", [start], []));
  await post(page, `workflows/${form}/activate/`);
  return `/form/${path}`;
}

/** A finger that has pushed the card and not yet let go of it. */
async function push(card: Locator): Promise<void> {
  const touch = { pointerType: "touch", bubbles: true, clientY: 300 };
  await card.dispatchEvent("pointerdown", { ...touch, clientX: 100 });
  await card.dispatchEvent("pointermove", { ...touch, clientX: 190 });
}

test("@pictures pages look as they should", async ({ app }) => {
  test.slow();
  const workflow = await makeWorkflow(app, { ...CHAIN, name: "Clean up orders" });
  const execution = await runDraft(app, workflow, ["completed"]);
  await runDraft(app, await makeWorkflow(app, PURCHASE), ["waiting"], ORDER);
  const form = await makeForm(app);

  for (const [name, path] of Object.entries(PAGES)) {
    await open(app, path);
    await app.waitForLoadState("networkidle");
    await expectLooks(app, name);
  }
  await open(app, "/inbox");
  await app.getByRole("article").waitFor();
  await expectLooks(app, "inbox");
  await push(app.getByRole("article"));
  await expectLooks(app, "j09-swipe");

  await openEditor(app, workflow);
  await expect(app.getByRole("group", { name: /^Finish,/ })).toBeVisible();
  await expectLooks(app, "editor");
  await app.goto(`/app/w/${workflow}?node=shape`);
  await expect(app.getByRole("button", { name: "Add field" })).toBeVisible();
  await expectLooks(app, "inspector");
  await app.goto(`/app/runs/${execution}`);
  await expect(app.getByRole("group", { name: /^Finish,/ })).toBeVisible();
  await expectLooks(app, "run");
  await app.goto(form);
  await app.getByRole("button", { name: "Next" }).click();
  await expect(app.getByRole("alert")).toBeVisible();
  await expectLooks(app, "form");
});
