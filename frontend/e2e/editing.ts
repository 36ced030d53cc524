// Steps in the editor that several tests take.

import type { Locator, Page } from "@playwright/test";
import { expect, workflowOf } from "./fixtures";

export const CHAIN = workflowOf(
  "Chain",
  [
    { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
    { id: "shape", name: "Shape", type: "data.edit_fields", position: [320, 0], params: {} },
    { id: "end", name: "Finish", type: "flow.no_op", position: [640, 0], params: {} },
  ],
  [
    ["start", "shape"],
    ["shape", "end"],
  ],
);

/** Two branches; one rests for a second and then breaks on purpose. */
export const FAILING = workflowOf(
  "Replay",
  [
    { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
    { id: "calm", name: "Calm", type: "flow.no_op", position: [320, 0], params: {} },
    {
      id: "rest",
      name: "Rest",
      type: "flow.wait",
      position: [320, 160],
      params: { mode: "for", duration_s: 1 },
    },
    {
      id: "stop",
      name: "Break",
      type: "flow.stop",
      position: [640, 80],
      params: { message: "It broke on purpose" },
    },
  ],
  [
    ["start", "calm"],
    ["start", "rest"],
    ["rest", "stop"],
  ],
);

/** The node, folded group or frame of this name. */
export const card = (page: Page, name: string): Locator =>
  page.getByRole("group", { name: new RegExp(`^${name},`) });

export const saved = (page: Page) =>
  expect(page.getByText(/^Saved · draft r/).first()).toBeVisible();

export const reached = (page: Page, name: string, status: string) =>
  expect(card(page, name)).toHaveAttribute("data-status", status);

export async function openEditor(page: Page, workflow: string, server = ""): Promise<void> {
  await page.goto(`${server}/app/w/${workflow}`);
  await expect(page.getByRole("application")).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

type Stored = Omit<ReturnType<typeof workflowOf>, "edges"> & {
  readonly edges: readonly { readonly from: readonly string[]; readonly to: readonly string[] }[];
  readonly pins: Readonly<Record<string, readonly object[]>>;
};

/** The draft as the server has it. */
export async function stored(page: Page, workflow: string): Promise<Stored> {
  const answer = await page.request.get(`/api/v1/workflows/${workflow}/`);
  return (await answer.json()).document;
}

/** Picks what quick-add finds first for these words. */
export async function addByKeys(page: Page, words: string, key = "Enter"): Promise<void> {
  await page.getByRole("combobox").fill(words);
  await expect(page.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await page.getByRole("combobox").press(key);
}

export async function centre(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("The element is not to be seen.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export async function drag(
  page: Page,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 10 });
  await page.mouse.up();
}

/** Draws a wire from a card's first output onto the body of another card. */
export async function wire(page: Page, from: Locator, to: Locator): Promise<void> {
  const port = from.locator(".react-flow__handle.source").first();
  await drag(page, await centre(port), await centre(to));
}
