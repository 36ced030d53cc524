// Every word of ours comes from the catalogue: in the pseudo-locale it has accents.

import { expect, type Page } from "@playwright/test";
import type { Sent } from "./sent";

/** What is the same in every language, and what no answer of the server holds as it stands there. */
const NAMES = new RegExp(
  [
    "@|^Welcome to Headrace|^Chrome on",
    "^(Headrace|offline|demo|builtin|lantern|parcels|text)$",
    // Emphasised in what a template says of itself.
    "^(left out|error port)$",
  ].join("|"),
);

/** What people and packs of nodes wrote, and what is the same in every language. */
const NOT_OURS =
  "script, style, code, time, kbd, .react-flow, tbody td, option, article dl, article h2, article p, li button, a[href^='/app/w/'], a[href^='/app/templates/']";
const WORDS = /^[A-Za-z][A-Za-z ]{3,}$/;

/** Words on the page that have no accent: they did not come through the catalogue. */
async function untranslated(page: Page, sent: Sent): Promise<string[]> {
  const texts = await page.evaluate((ours) => {
    const leaves = [...document.querySelectorAll<HTMLElement>("body *")].filter(
      (one) => one.childElementCount === 0 && !one.closest(ours),
    );
    return leaves.map((one) => one.textContent?.trim() ?? "");
  }, NOT_OURS);
  return [...new Set(texts)].filter(
    (text) => WORDS.test(text) && !NAMES.test(text) && !sent.has(text),
  );
}

/** The page is shown in the pseudo-locale: all of it is to be in that. */
export async function expectTranslated(page: Page, sent: Sent): Promise<void> {
  expect.soft(await untranslated(page, sent), "not translated").toEqual([]);
}
