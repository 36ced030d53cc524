// The editor in a browser: building by mouse and by keyboard, saving, conflicts, restoring, size.

import type { APIRequestContext, Page } from "@playwright/test";
import { expect, expectAccessible, expectAccessibleInBothThemes, PHONE, test } from "./fixtures";

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

async function centre(locator: ReturnType<Page["locator"]>) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("The element is not to be seen.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
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

test("the editor is accessible in both themes", async ({ app }) => {
  const { id } = await create(app, chain);
  await open(app, id);
  await expectAccessibleInBothThemes(app);

  await app.keyboard.press("o");
  await expect(app.getByRole("tree")).toBeVisible();
  await expectAccessibleInBothThemes(app);
  await app.getByRole("treeitem").first().click();
  await app.keyboard.press("n");
  await expect(app.getByRole("combobox")).toBeFocused();
  await expectAccessibleInBothThemes(app);
  await app.keyboard.press("Escape");
  await app.keyboard.press("Control+Shift+p");
  await expect(app.getByRole("dialog", { name: "Publish this workflow" })).toBeVisible();
  await expectAccessibleInBothThemes(app);
});

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
