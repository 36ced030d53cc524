// The editor in a browser: building by mouse and by keyboard, saving, conflicts, restoring, size.

import type { APIRequestContext, Page } from "@playwright/test";
import { expect, expectAccessible, PHONE, test, useTheme } from "./fixtures";

type Document = {
  readonly format: string;
  readonly name: string;
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly position: readonly [number, number];
    readonly params: object;
  }[];
  readonly edges: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
};

type Workflow = { readonly id: string; readonly revision: number; readonly document: Document };

const PATH = "/api/v1/workflows/";

async function csrf(page: Page): Promise<Record<string, string>> {
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === "csrftoken")?.value ?? "";
  const origin = process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000";
  return { "X-CSRFToken": token, Referer: origin };
}

async function create(page: Page, document?: Document): Promise<Workflow> {
  const data = document ? { name: document.name, document } : { name: "Built in a browser" };
  const answer = await page.request.post(PATH, { data, headers: await csrf(page) });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

async function stored(request: APIRequestContext, id: string): Promise<Workflow> {
  return (await request.get(`${PATH}${id}/`)).json();
}

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`/app/w/${id}`);
  await expect(page.getByRole("application")).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

const saved = (page: Page) => expect(page.getByText(/^Saved · draft r/).first()).toBeVisible();
const card = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name.replace("?", "\\?")},`) });

async function addByKeys(page: Page, words: string, key = "Enter"): Promise<void> {
  await page.getByRole("combobox").fill(words);
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.getByRole("combobox").press(key);
}

const chain: Document = {
  format: "headrace/1",
  name: "Chain",
  nodes: [
    { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
    { id: "shape", name: "Shape", type: "data.edit_fields", position: [320, 0], params: {} },
    { id: "end", name: "Finish", type: "flow.no_op", position: [640, 0], params: {} },
  ].map((node) => ({ ...node, version: 1 })) as unknown as Document["nodes"],
  edges: [
    { from: ["start", "main"], to: ["shape", "main"] },
    { from: ["shape", "main"], to: ["end", "main"] },
  ],
};

test("a workflow is built from the keyboard alone and saved", async ({ app }) => {
  const { id } = await create(app);
  await open(app, id);

  await app.keyboard.press("n");
  await addByKeys(app, "webhook", "Control+Enter");
  await addByKeys(app, "edit fields", "Control+Enter");
  await addByKeys(app, "if");
  await expect(card(app, "If")).toBeFocused();
  await app.keyboard.press("n");
  await addByKeys(app, "no op");
  await app.keyboard.press("F2");
  await app.getByRole("textbox", { name: "Name" }).fill("Large");
  await app.keyboard.press("Enter");
  await expect(card(app, "Large")).toBeFocused();
  await saved(app);

  const { document } = await stored(app.request, id);
  expect(document.nodes.map(({ name }) => name)).toEqual(["Webhook", "Edit Fields", "If", "Large"]);
  expect(document.edges).toHaveLength(3);
  expect(document.edges.at(-1)?.from[1]).toBe("true");
});

test("a workflow is built by mouse: palette, wires, wire in the open, insert into a wire", async ({
  app,
}) => {
  const { id } = await create(app, chain);
  await open(app, id);

  await app.getByRole("button", { name: "Nodes", exact: true }).click();
  const entry = app.getByRole("button", { name: /^Filter/ });
  await entry.dragTo(app.getByRole("application"), { targetPosition: { x: 400, y: 620 } });
  await expect(card(app, "Filter")).toBeVisible();
  await app.getByRole("button", { name: "Nodes", exact: true }).click();

  await wire(app, card(app, "Finish"), card(app, "Filter"));
  await saved(app);
  expect((await stored(app.request, id)).document.edges.at(-1)?.from[0]).toBe("end");

  const port = card(app, "Filter").locator(".react-flow__handle.source").first();
  const { x, y } = await centre(port);
  await app.mouse.move(x, y);
  await app.mouse.down();
  await app.mouse.move(x + 160, y + 90, { steps: 8 });
  await app.mouse.up();
  await addByKeys(app, "limit");
  await expect(card(app, "Limit")).toBeVisible();

  await app.keyboard.press("1");
  // The wire offers it only below the pointer, and glides away until the zoom has ended.
  await expect(async () => {
    await app.locator('[data-id="start:main>shape:main"]').hover({ force: true });
    await app.getByRole("button", { name: "Insert a node here" }).click({ timeout: 2_000 });
  }).toPass();
  await addByKeys(app, "sort");
  await saved(app);

  const { document } = await stored(app.request, id);
  const nameOf = (node: string | undefined) => document.nodes.find((n) => n.id === node)?.name;
  const wires = document.edges.map(({ from, to }) => `${nameOf(from[0])}→${nameOf(to[0])}`);
  expect(wires).toEqual(expect.arrayContaining(["Start→Sort", "Sort→Shape", "Filter→Limit"]));
  expect(wires).not.toContain("Start→Shape");
});

async function centre(locator: ReturnType<Page["locator"]>) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("The element is not to be seen.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a wire from a card's first output onto the body of another card. */
async function wire(
  page: Page,
  from: ReturnType<Page["locator"]>,
  to: ReturnType<Page["locator"]>,
) {
  const start = await centre(from.locator(".react-flow__handle.source").first());
  const end = await centre(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 10 });
  await page.mouse.up();
}

test("a drag is one step, deleting heals, and undo brings all of it back", async ({ app }) => {
  const { id } = await create(app, chain);
  await open(app, id);

  const { x, y } = await centre(card(app, "Shape"));
  await app.mouse.move(x, y);
  await app.mouse.down();
  await app.mouse.move(x + 30, y + 160, { steps: 12 });
  await app.mouse.up();
  await app.keyboard.press("Delete");
  await expect(card(app, "Shape")).toHaveCount(0);
  await saved(app);
  expect((await stored(app.request, id)).document.edges).toEqual([
    { from: ["start", "main"], to: ["end", "main"] },
  ]);

  await app.keyboard.press("Control+z");
  await app.keyboard.press("Control+z");
  await expect(app.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
  await saved(app);

  const { document } = await stored(app.request, id);
  expect(document.nodes.map(({ position }) => position)).toEqual([
    [0, 0],
    [320, 0],
    [640, 0],
  ]);
  expect(document.edges).toHaveLength(2);
});

test("copied nodes are pasted with new names", async ({ app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await create(app, chain);
  await open(app, id);

  await app.keyboard.press("Control+a");
  await app.keyboard.press("Control+c");
  await app.keyboard.press("Control+v");
  await expect(card(app, "Shape 2")).toBeVisible();
  await saved(app);

  const { document } = await stored(app.request, id);
  expect(document.nodes).toHaveLength(6);
  expect(document.edges).toHaveLength(4);
});

test("a thousand nodes open with fewer than 4,000 elements", async ({ app }) => {
  const nodes = Array.from({ length: 1_000 }, (_, index) => ({
    id: `n${index}`,
    name: `Node ${index}`,
    type: index === 0 ? "triggers.manual" : "data.edit_fields",
    version: 1,
    position: [(index % 40) * 320, Math.floor(index / 40) * 180] as const,
    params: {},
  }));
  const edges = nodes
    .slice(1)
    .flatMap(({ id }, index) =>
      (index + 1) % 40 === 0 ? [] : [{ from: [`n${index}`, "main"], to: [id, "main"] }],
    );
  const { id } = await create(app, { format: "headrace/1", name: "Large", nodes, edges });

  await open(app, id);
  await expect(card(app, "Node 0")).toBeVisible();

  const count = await app.evaluate(() => document.querySelectorAll("*").length);
  expect(count).toBeLessThan(4_000);
});

for (const theme of ["light", "dark"] as const) {
  test(`the editor is accessible in the ${theme} theme`, async ({ app }) => {
    const { id } = await create(app, chain);
    await useTheme(app, theme);
    await open(app, id);
    await expectAccessible(app);

    await app.keyboard.press("o");
    await expect(app.getByRole("tree")).toBeVisible();
    await expectAccessible(app);
    await app.getByRole("treeitem").first().click();
    await app.keyboard.press("n");
    await expect(app.getByRole("combobox")).toBeFocused();
    await expectAccessible(app);
    await app.keyboard.press("Escape");
    await app.keyboard.press("Control+Shift+p");
    await expect(app.getByRole("dialog", { name: "Publish this workflow" })).toBeVisible();
    await expectAccessible(app);
  });
}

test("on a phone the editor shows, runs and edits without sideways scrolling", async ({ app }) => {
  const { id } = await create(app, chain);
  await app.setViewportSize(PHONE);
  await open(app, id);
  await expectAccessible(app);

  await app.getByRole("button", { name: "Outline" }).click();
  await expect(app.getByRole("treeitem")).toHaveCount(3);
  const overflow = await app.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible(app);
});
