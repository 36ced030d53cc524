// The inspector in a browser: accessible, on a phone, over a past run.

import type { Page } from "@playwright/test";
import { expect, expectAccessible, PHONE, test, useTheme } from "./fixtures";

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

for (const theme of ["light", "dark"] as const) {
  test(`the inspector meets WCAG A and AA, ${theme}`, async ({ app }) => {
    await useTheme(app, theme);
    const workflow = await create(app);
    await post(app, `workflows/${workflow}/run/`, { wait: 10 });

    await inspect(app, workflow, "shape");
    await expect(app.getByText("Item 1").first()).toBeVisible();
    await expectAccessible(app);
    for (const tab of ["Behaviour", "Docs"]) {
      await app.getByRole("radio", { name: tab }).click();
      await expectAccessible(app);
    }
    for (const view of ["Table", "JSON"]) {
      await app.getByRole("radio", { name: view }).first().click();
      await expectAccessible(app);
    }
  });
}

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
