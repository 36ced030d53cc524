// What the journeys about saving share: a name given by keys, a page that cannot save.

import type { Page } from "@playwright/test";
import { card, stored } from "../editing";
import { expect } from "../fixtures";

export async function namesOf(page: Page, id: string): Promise<readonly string[]> {
  return (await stored(page, id)).nodes.map(({ name }) => name);
}

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
