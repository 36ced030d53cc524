// An author's own code in the sandbox, from the inspector: nodes run by their button, live previews.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, makeWorkflow, runDraft, test, workflowOf } from "./fixtures";

const ITEMS = [1, 2, 3].map((number) => ({
  json: { name: `Customer ${number}`, tags: ["new", `t${number}`] },
}));

const code = (type: string, params: object) => ({
  ...workflowOf(
    "Code",
    [
      { id: "start", name: "Orders", type: "triggers.manual", position: [0, 0], params: {} },
      { id: "work", name: "Work", type, position: [300, 0], params },
    ],
    [["start", "work"]],
  ),
  pins: { start: ITEMS },
});

const JAVASCRIPT = code("code.javascript", {
  mode: "each",
  code: "return { ...$json, loud: $json.name.toUpperCase() };",
});
const PYTHON = code("code.python", {
  mode: "all",
  code: "return [{'quiet': item.json['name'].lower(), 'n': len(items)} for item in items]",
});
const FIELDS = code("data.edit_fields", {
  assignments: [{ name: "labels", type: "auto", value: { "=": "" } }],
});

/** The first Python of a new stack is compiled for this computer, and each worker starts a sandbox. */
const COMPILED = { timeout: 120_000 };

/** Runs it once, so that its node has an input, and opens the inspector of that node. */
async function inspect(page: Page, document: typeof JAVASCRIPT): Promise<void> {
  const workflow = await makeWorkflow(page, document);
  const execution = await runDraft(page, workflow, ["running", "completed"]);
  await expect
    .poll(async () => (await page.request.get(`/api/v1/executions/${execution}/`)).text(), COMPILED)
    .toContain('"status":"completed"');
  await page.goto(`/app/w/${workflow}?node=work`);
  await expect(page.getByRole("complementary", { name: /^Inspector of/ })).toBeVisible();
}

async function runThisNode(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run a part" }).click();
  await page.getByRole("menuitem", { name: "Run this node" }).click();
}

test("code runs over three items by the button of its node", async ({ app }) => {
  test.slow();
  for (const [document, result] of [
    [JAVASCRIPT, "CUSTOMER 1"],
    [PYTHON, "customer 1"],
  ] as const) {
    await inspect(app, document);
    await runThisNode(app);
    await expect(app.getByText(result, { exact: true }).first()).toBeVisible(COMPILED);
    await expectAccessible(app);
  }
});

test("an expression with functions and patterns in it shows what it gives", async ({ app }) => {
  await inspect(app, FIELDS);
  await app.getByRole("textbox", { name: "Fields to set, value 1" }).click();
  await app.keyboard.insertText(
    "{{ $json.tags.map(tag => { return tag.replace(/^t/, 'T-') }).join(' + ') }}",
  );
  await expect(app.getByText("new + T-1")).toBeVisible();
  await expectAccessible(app);
});
