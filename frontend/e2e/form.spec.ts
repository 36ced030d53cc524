// A hosted form as people meet it: by keyboard, on a phone, in both themes, and harmless.

import type { Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  makeWorkflow,
  PHONE,
  post,
  type Theme,
  test,
  workflowOf,
} from "./fixtures";

const ROWS = [
  { label: "Name", required: true, help: "As on your card." },
  { kind: "email", label: "E-mail", name: "email" },
  { kind: "select", label: "Topic", choices: ["Sales", "Other"], required: true },
  { kind: "multiselect", label: "Days", choices: ["Monday", "Tuesday"] },
  { kind: "page", label: "Your message" },
  { kind: "paragraph", label: "Message", required: true },
  { kind: "checkbox", label: "I agree", name: "agreed", required: true },
];

/** Hosted forms run no scripts, so axe looks at a copy of the page that may. */
async function expectCopyAccessible(app: Page, colorScheme: Theme = "light"): Promise<void> {
  const copy = await app.context().newPage();
  await copy.emulateMedia({ colorScheme });
  await copy.setViewportSize(app.viewportSize() ?? PHONE);
  await copy.setContent(await app.content());
  await expectAccessible(copy);
  await copy.close();
}

/** Publishes Form → Respond with a hostile page; the form's path and the workflow's id. */
async function publishForm(
  app: Page,
  params: object,
): Promise<{ readonly path: string; readonly workflow: string }> {
  const path = `form-${crypto.randomUUID()}`;
  const form = { path, title: "Write to us", rows: ROWS, logo_text: "Example", ...params };
  const page = "<h1>Hi</h1><script>document.title='ran '+document.cookie</script>";
  const respond = { body: "text", body_text: page, content_type: "text/html" };
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      path,
      [
        { id: "form", name: "Form", type: "triggers.form", position: [0, 0], params: form },
        { id: "say", name: "Say", type: "web.respond", position: [280, 0], params: respond },
      ],
      [["form", "say"]],
    ),
  );
  await post(app, `workflows/${workflow}/activate/`);
  return { path, workflow };
}

test("a form of two pages is filled in by keyboard and starts a run", async ({ app }) => {
  const { path, workflow } = await publishForm(app, {});

  await app.goto(`/form/${path}`);
  await expectCopyAccessible(app);
  await app.keyboard.press("Tab");
  await expect(app.getByLabel("Name")).toBeFocused();
  await app.keyboard.press("Enter");
  await expect(app.getByRole("alert")).toBeFocused();
  await expect(app.getByLabel("Name")).toHaveAccessibleDescription(/This field is required/);
  await expectCopyAccessible(app);
  await app.keyboard.press("Tab");
  await app.keyboard.press("Enter");
  await expect(app.getByLabel("Name")).toBeFocused();
  await app.keyboard.type("Ada");
  await app.keyboard.press("Tab");
  await app.keyboard.type("ada@example.com");
  await app.keyboard.press("Tab");
  await app.keyboard.type("Oth");
  await app.keyboard.press("Tab");
  await app.keyboard.press("Space");
  await app.getByRole("button", { name: "Next" }).press("Enter");
  await expect(app.getByRole("heading", { name: "Your message" })).toBeVisible();
  await expect(app.getByRole("progressbar", { name: "Page 2 of 2" })).toBeVisible();
  await app.keyboard.press("Tab");
  await app.keyboard.type("Hello");
  await app.keyboard.press("Tab");
  await app.keyboard.press("Space");
  await app.keyboard.press("Tab");
  await app.keyboard.press("Enter");
  await expect(app.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await expectCopyAccessible(app);

  const runs = await app.request.get(`/api/v1/executions/?workflow=${workflow}`);
  const { results } = await runs.json();
  expect(results).toHaveLength(1);
  const step = await app.request.get(`/api/v1/executions/${results[0].id}/steps/form/0/`);
  expect((await step.json()).items[0].json).toMatchObject({
    name: "Ada",
    email: "ada@example.com",
    topic: "Other",
    days: ["Monday"],
    message: "Hello",
    agreed: true,
  });
});

for (const scheme of ["light", "dark"] as const) {
  test(`a form is readable on a phone, ${scheme}`, async ({ app }) => {
    const { path } = await publishForm(app, { accent: "#ffd400" });
    await app.emulateMedia({ colorScheme: scheme });
    await app.setViewportSize(PHONE);

    await app.goto(`/form/${path}`);
    await app.getByRole("button", { name: "Next" }).click();

    await expect(app.getByRole("alert")).toBeVisible();
    await expectCopyAccessible(app, scheme);
    const wide = await app.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
  });
}

test("what a workflow answers to a form cannot act as us", async ({ app }) => {
  const { path } = await publishForm(app, { respond: "respond_node", rows: ROWS.slice(0, 1) });
  await app.goto(`/form/${path}`);
  await app.getByLabel("Name").fill("Ada");

  await app.getByRole("button", { name: "Submit" }).click();

  await expect(app.getByRole("heading", { name: "Hi" })).toBeVisible();
  expect(await app.title()).not.toContain("ran");
});
