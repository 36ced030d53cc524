// In a language two fifths longer nothing is cut off, and every word of ours comes from the catalogue.

import type { Page } from "@playwright/test";
import { DESKTOP, expect, PHONE, test } from "./fixtures";

const PAGES = [
  "/",
  "/workflows",
  "/executions",
  "/inbox",
  "/credentials",
  "/settings/members",
  "/settings/api-keys",
  "/settings/audit",
  "/me",
] as const;

/** Names of people and things, addresses, and what the platform itself says. */
const DATA = /@|^Demo$|^Welcome to Headrace|^Chrome on|^D$|^[A-Z]{1,2}$|^Ada Owner$|^Headrace$/;

/** What people wrote, and what is the same in every language. */
const NOT_OURS =
  "script, style, code, time, kbd, tbody td, option, article dl, article h2, article p, li button, a[href^='/app/w/']";
const WORDS = /^[A-Za-z][A-Za-z ]{3,}$/;

/** Buttons, tabs, headings and labels whose text does not fit into them. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a, label, h1, h2, th, [role=tab]")]
      .filter((one) => one.offsetParent !== null && !one.closest(".sr-only"))
      .filter((one) => getComputedStyle(one).overflowX !== "visible")
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.textContent.slice(0, 60))
      // Names that people gave may be cut.
      .filter((text) => text.includes("~")),
  );
}

/** Words on the page that have no accent: they did not come through the catalogue. */
async function untranslated(page: Page): Promise<string[]> {
  const texts = await page.evaluate((ours) => {
    const leaves = [...document.querySelectorAll<HTMLElement>("body *")].filter(
      (one) => one.childElementCount === 0 && !one.closest(ours),
    );
    return leaves.map((one) => one.textContent?.trim() ?? "");
  }, NOT_OURS);
  return [...new Set(texts)].filter((text) => WORDS.test(text) && !DATA.test(text));
}

for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  test(`a longer language fits on a ${size}`, async ({ app }) => {
    test.slow();
    await app.setViewportSize(viewport);
    await app.addInitScript(() => localStorage.setItem("headrace.locale", "pseudo"));
    for (const path of PAGES) {
      await test.step(path, async () => {
        await app.goto(`/app${path}`);
        await expect(app.getByRole("heading", { level: 1 })).toContainText("~");
        await app.waitForLoadState("networkidle");
        const sideways = await app.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(sideways, "sideways scrolling").toBeLessThanOrEqual(0);
        expect(await clipped(app), "cut off").toEqual([]);
        expect(await untranslated(app), "not translated").toEqual([]);
      });
    }
  });
}
