// What the journeys about saving share: a chain of three nodes, its cards, its draft on the server.

import type { Page } from "@playwright/test";
import { expect, makeWorkflow, workflowOf } from "../fixtures";

type Draft = {
  readonly revision: number;
  readonly document: { readonly nodes: readonly { readonly name: string }[] };
};

/** Start → Shape → Finish; the workflow's id. */
export function makeChain(page: Page): Promise<string> {
  const at = (x: number) => ({ position: [x, 0] as const, params: {} });
  return makeWorkflow(
    page,
    workflowOf(
      "Chain",
      [
        { id: "start", name: "Start", type: "triggers.manual", ...at(0) },
        { id: "shape", name: "Shape", type: "data.edit_fields", ...at(320) },
        { id: "end", name: "Finish", type: "flow.no_op", ...at(640) },
      ],
      [
        ["start", "shape"],
        ["shape", "end"],
      ],
    ),
  );
}

export async function openEditor(page: Page, id: string): Promise<void> {
  await page.goto(`/app/w/${id}`);
  await expect(page.getByRole("application")).toBeVisible();
}

export async function namesOf(page: Page, id: string): Promise<readonly string[]> {
  const draft: Draft = await (await page.request.get(`/api/v1/workflows/${id}/`)).json();
  return draft.document.nodes.map(({ name }) => name);
}

export const card = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name},`) });

export const saved = (page: Page) =>
  expect(page.getByText(/^Saved · draft r/).first()).toBeVisible();

export async function rename(page: Page, from: string, to: string): Promise<void> {
  await card(page, from).click();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "Name" }).fill(to);
  await page.keyboard.press("Enter");
  await expect(card(page, to)).toBeVisible();
}

/** From now on the page cannot save; the answer ends that, and lets it try again at once. */
export async function cutOff(page: Page): Promise<() => Promise<void>> {
  const isSave = /\/api\/v1\/workflows\//;
  await page.route(isSave, (route) =>
    route.request().method() === "PATCH" ? route.abort() : route.continue(),
  );
  return async () => {
    await page.unroute(isSave);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
  };
}

/** Takes the traces of what a test provoked out of the errors of its page. */
export function forgive(faults: string[], ...provoked: readonly string[]): void {
  const isLeft = (fault: string) => !provoked.some((text) => fault.includes(text));
  faults.splice(0, faults.length, ...faults.filter(isLeft));
}
