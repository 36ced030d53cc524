// The inspector and live runs in a browser: mapping, three cuts of the socket, past runs.

import type { Page, WebSocketRoute } from "@playwright/test";
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

test("data is mapped by dragging, and by the keyboard alone", async ({ app }) => {
  const workflow = await create(app);
  await inspect(app, workflow, "shape");

  await app.getByRole("button", { name: "Add field" }).click();
  const second = app.getByRole("textbox", { name: "Fields to set, value 2" });
  await app.getByRole("treeitem", { name: /name/ }).dragTo(second);
  await expect(app.locator(".cm-content").nth(1)).toHaveText(
    '{{ $("New order").item.json.customer.name }}',
  );
  await expect(app.getByText("Customer 1", { exact: false }).last()).toBeVisible();

  await app.getByRole("button", { name: "Add field" }).click();
  await app.getByRole("textbox", { name: "Fields to set, value 3" }).focus();
  await app.keyboard.press("Alt+i");
  await app.keyboard.press("Home");
  await app.keyboard.press("Enter");
  await expect(app.locator(".cm-content").nth(2)).toHaveText(
    '{{ $("New order").item.json.total }}',
  );
  await expect(app.locator(".cm-content").nth(2)).toBeFocused();
});

test("through three cuts the log arrives without gap and without a request for run state", async ({
  app,
}) => {
  const workflow = await create(app);
  const seen = new Set<number>();
  const requests: string[] = [];
  let current: WebSocketRoute | null = null;
  await app.routeWebSocket(/\/ws\/$/, (page) => {
    const server = page.connectToServer();
    current = page;
    page.onMessage((text) => server.send(text));
    server.onMessage((text) => {
      page.send(text);
      const frame = JSON.parse(String(text)) as { ch?: string; events?: { seq: number }[] };
      if (!frame.ch?.startsWith("execution:")) return;
      for (const { seq } of frame.events ?? []) seen.add(seq);
    });
  });
  await app.goto(`/app/w/${workflow}`);
  await expect(app.getByRole("application")).toBeVisible();
  app.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (/\/executions\/[^/]+\/(events\/)?$/.test(pathname)) requests.push(pathname);
  });

  await app.getByRole("button", { name: "Run", exact: true }).click();
  await expect(app.getByRole("group", { name: /^Cool off,.*waiting/i })).toBeVisible();
  for (let cut = 0; cut < 3; cut += 1) {
    await (current as WebSocketRoute | null)?.close({ code: 4000 });
    await app.waitForTimeout(600);
  }

  await expect(app.getByRole("region", { name: /^Run #/ })).toContainText("4 of 4 nodes");
  await expect(app.getByRole("group", { name: /^Finish,.*success/i })).toBeVisible();
  expect([...seen].sort((a, b) => a - b)).toEqual(
    Array.from({ length: seen.size }, (_, index) => index + 1),
  );
  expect(requests).toEqual([]);
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
