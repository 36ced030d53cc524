// The inspector in a browser: accessible, on a phone, over a past run.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBothThemes, PHONE, test } from "./fixtures";

const SERVER = process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000";

const ITEMS = [1, 2, 3].map((number) => ({
  json: { total: number * 50, customer: { name: `Customer ${number}` }, tags: ["a", "b"] },
}));

const DOCUMENT = {
  format: "headrace/1",
  name: "Inspected",
  nodes: [
    node("start", "New order", "triggers.manual", 0),
    node("shape", "Clean up", "data.edit_fields", 1, {
      assignments: [{ name: "total", type: "number", value: { "=": "{{ $json.total * 2 }}" } }],
    }),
    node("pause", "Cool off", "flow.wait", 2, { mode: "for", duration_s: 2 }),
    node("end", "Finish", "flow.no_op", 3),
  ],
  edges: [
    { from: ["start", "main"], to: ["shape", "main"] },
    { from: ["shape", "main"], to: ["pause", "main"] },
    { from: ["pause", "main"], to: ["end", "main"] },
  ],
  pins: { start: ITEMS },
};

function node(id: string, name: string, type: string, column: number, params: object = {}) {
  return { id, name, type, version: 1, position: [column * 300, 0], params };
}

async function post<T>(page: Page, path: string, data: object): Promise<T> {
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === "csrftoken")?.value ?? "";
  const headers = { "X-CSRFToken": token, Referer: SERVER };
  const answer = await page.request.post(`/api/v1/${path}`, { data, headers });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

const create = async (page: Page, document: object = DOCUMENT): Promise<string> =>
  (await post<{ readonly id: string }>(page, "workflows/", { name: "Inspected", document })).id;

async function inspect(page: Page, workflow: string, nodeId: string): Promise<void> {
  await page.goto(`/app/w/${workflow}?node=${nodeId}`);
  await expect(page.getByRole("complementary", { name: /^Inspector of/ })).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

test("the inspector meets WCAG A and AA in both themes", async ({ app }) => {
  const workflow = await create(app);
  await post(app, `workflows/${workflow}/run/`, { wait: 10 });

  await inspect(app, workflow, "shape");
  await expect(app.getByText("Item 1").first()).toBeVisible();
  await expectAccessibleInBothThemes(app);
  for (const tab of ["Behaviour", "Notes", "Docs"]) {
    await app.getByRole("radio", { name: tab }).click();
    await expectAccessibleInBothThemes(app);
  }
  for (const view of ["Table", "JSON"]) {
    await app.getByRole("radio", { name: view }).first().click();
    await expectAccessibleInBothThemes(app);
  }
});

test("on a phone it is a full sheet with tabs", async ({ app }) => {
  await app.setViewportSize(PHONE);
  const workflow = await create(app);
  await inspect(app, workflow, "shape");

  await app.getByRole("tab", { name: "Input" }).click();
  await expect(app.getByRole("treeitem", { name: /total/ })).toBeVisible();
  await expectAccessible(app);
});

test("a past run stands on the canvas with its data, read-only", async ({ app }) => {
  const workflow = await create(app);
  const run = await post<{ readonly execution: string }>(app, `workflows/${workflow}/run/`, {
    wait: 10,
  });

  await app.goto(`/app/runs/${run.execution}?node=shape`);
  await expect(app.getByRole("group", { name: /^Finish,.*success/i })).toBeVisible();
  const output = app.getByRole("region", { name: "Output" });
  await expect(output.getByRole("cell", { name: "200" })).toBeVisible();
  await expect(app.getByRole("textbox", { name: "Name of the node" })).not.toBeEditable();
  await app.getByRole("button", { name: /Show the log/ }).click();
  await expect(app.getByRole("log")).toContainText("Cool off");
  await expectAccessible(app);
});

test("notes of a node are written in the inspector and read on its card", async ({ app }) => {
  const workflow = await create(app);
  await inspect(app, workflow, "shape");

  await app.getByRole("radio", { name: "Notes" }).click();
  await app.getByRole("textbox", { name: "Notes" }).fill("Totals come **twice** too high.");
  await expect(app.getByRole("region", { name: "How it reads" })).toContainText("twice");
  await app.keyboard.press("Escape");
  await app.getByRole("img", { name: "Notes" }).hover();
  await expect(app.getByRole("tooltip")).toContainText("Totals come twice too high.");
  await app.mouse.move(5, 300);
  await expect(app.getByRole("tooltip")).toBeHidden();

  const finish = app.getByRole("group", { name: /^Cool off,/ });
  await finish.click();
  await app.keyboard.press("Escape");
  await finish.focus();
  await app.keyboard.press("ArrowLeft");
  await expect(app.getByRole("tooltip")).toBeVisible();
  await expectAccessible(app);
});

test("a column without data runs to its node, and a long value opens below the table", async ({
  app,
}) => {
  const long = "Two of three were broken on arrival. ".repeat(12).trim();
  const workflow = await create(app, { ...DOCUMENT, pins: { start: [{ json: { note: long } }] } });
  await inspect(app, workflow, "end");
  const output = app.getByRole("region", { name: "Output" });

  await app.getByRole("region", { name: "Input" }).getByRole("button", RUN_TO_SEE).click();
  await expect(app.getByRole("group", { name: /^Cool off,/ })).toHaveAttribute(
    "data-status",
    "completed",
    { timeout: 20_000 },
  );
  await expect(app.getByRole("button", { name: "Cool off 1 item" })).toBeVisible();
  await output.getByRole("button", RUN_TO_SEE).click();

  await output.getByRole("button", { name: /^Two of three/ }).click();
  await expect(output.getByRole("region", { name: "note of item 1" })).toContainText(long);
  await expectAccessible(app);
});

const RUN_TO_SEE = { name: "Run to here to see data" };

test("single keys are switched off where the keys are listed", async ({ app }) => {
  const workflow = await create(app);
  await inspect(app, workflow, "end");
  await app.getByRole("group", { name: /^Finish,/ }).click();
  await app.keyboard.press("Shift+?");
  const sheet = app.getByRole("dialog", { name: "Keyboard shortcuts" });

  await sheet.getByRole("switch", { name: "Shortcuts of a single key" }).click();
  await expect(sheet.getByText("off", { exact: true }).first()).toBeVisible();
  await expectAccessible(app);
  await app.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await app.getByRole("group", { name: /^Finish,/ }).click();
  await app.keyboard.press("Shift+?");
  await app.keyboard.press("Control+k");

  await expect(app.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await expect(sheet).toBeHidden();
});
