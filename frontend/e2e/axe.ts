// What axe finds on a page, in the page itself: a second page to sum it up in is most of the work.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import axe, { type Result } from "axe-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const OPTIONS: axe.RunOptions = {
  runOnly: { type: "tag", values: WCAG },
  // Of what passed only the count is put together.
  resultTypes: ["violations"],
};

/** What breaks WCAG A or AA. */
export async function violationsOf(page: Page): Promise<readonly Result[]> {
  // A frame of another origin tells the page nothing: it is asked from outside.
  const hasFrames = page.frames().length > 1;
  if (hasFrames) return (await new AxeBuilder({ page }).options(OPTIONS).analyze()).violations;
  // It stays for as long as the document does.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (options) => {
    const { axe: itself } = window as unknown as { axe: typeof axe };
    return (await itself.run(document, options)).violations;
  }, OPTIONS);
}
