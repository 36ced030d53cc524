// What axe finds on a page, in the page itself: a second page to sum it up in is most of the work.

import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import axe, { type Result } from "axe-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
/** Of what passed only the count is put together. */
const BRIEFLY = { resultTypes: ["violations"] } satisfies axe.RunOptions;
const RULES: Readonly<Record<"all" | "colours", axe.RunOptions>> = {
  all: { ...BRIEFLY, runOnly: { type: "tag", values: WCAG } },
  /** Those of WCAG A and AA that a theme decides. */
  colours: {
    ...BRIEFLY,
    runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  },
};

/** What breaks WCAG A or AA. */
export async function violationsOf(
  page: Page,
  rules: keyof typeof RULES = "all",
): Promise<readonly Result[]> {
  const options = RULES[rules];
  // A frame of another origin tells the page nothing: it is asked from outside.
  const hasFrames = page.frames().length > 1;
  if (hasFrames) return (await new AxeBuilder({ page }).options(options).analyze()).violations;
  // It stays for as long as the document does.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (how) => {
    const { axe: itself } = window as unknown as { axe: typeof axe };
    return (await itself.run(document, how)).violations;
  }, options);
}
