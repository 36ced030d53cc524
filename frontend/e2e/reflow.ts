// What WCAG asks of a page beyond axe: 400 % zoom, text set wider, and colours that the system forces.

import { expect, type Page } from "@playwright/test";

/** A screen of 1280 by 1024 at 400 % (WCAG 2.1, 1.4.10). */
export const ZOOMED = { width: 320, height: 640 };

/** WCAG 2.1, 1.4.12: what a reader may set without losing anything. */
const WIDER = `
  *:not(.react-flow *) {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
  }
  p { margin-block-end: 2em !important; }
`;

const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0']";
const CHOSEN =
  "[aria-current]:not([aria-current=false]), [aria-selected=true], [aria-pressed=true], [data-state=on], [data-state=checked]";

/** Nothing is to be scrolled sideways, no word of ours is cut off, and each control can be reached. */
export async function expectReflow(page: Page): Promise<void> {
  expect.soft(await sideways(page), "sideways scrolling").toBeLessThanOrEqual(0);
  expect.soft(await clipped(page), "cut off").toEqual([]);
  expect.soft(await outside(page), "out of reach").toEqual([]);
}

/** The same once a reader has set the text wider. */
export async function expectWiderText(page: Page): Promise<void> {
  const wider = await page.evaluateHandle((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
    return sheet;
  }, WIDER);
  await expectReflow(page);
  await wider.evaluate((sheet) => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  });
}

/** Where the system forces its colours, only lines tell what has the focus and what is chosen. */
export async function expectForcedColors(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: "active" });
  const faint = await page.evaluate(
    ([controls, chosen]) => {
      const isShown = (one: HTMLElement) => one.checkVisibility() && !one.closest(".sr-only");
      const hasLine = (one: Element) => getComputedStyle(one).outlineStyle !== "none";
      const nameOf = (one: Element) => one.outerHTML.slice(0, 160);
      const dull = [...document.querySelectorAll<HTMLElement>(chosen)].filter(
        (one) => isShown(one) && !hasLine(one),
      );
      const focused = [...document.querySelectorAll<HTMLElement>(controls)].filter((one) => {
        if (!isShown(one) || one.matches(":disabled")) return false;
        one.focus({ preventScroll: true, focusVisible: true } as FocusOptions);
        const frames = [one, one.parentElement, one.nextElementSibling].filter((it) => it !== null);
        return document.activeElement === one && !frames.some(hasLine);
      });
      return { dull: dull.map(nameOf), focused: focused.map(nameOf) };
    },
    [CONTROLS, CHOSEN] as const,
  );
  await page.emulateMedia({ forcedColors: "none" });
  expect.soft(faint.dull, "chosen, and no line says so").toEqual([]);
  expect.soft(faint.focused, "focused, and no line says so").toEqual([]);
}

/** By how many pixels the page, or the part of it that scrolls with its heading, is too wide. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => {
    const frames = [document.documentElement];
    let frame = document.querySelector("h1")?.parentElement;
    for (; frame; frame = frame.parentElement) frames.push(frame);
    return Math.max(...frames.map((one) => one.scrollWidth - Math.max(one.clientWidth, 1)));
  });
}

/** Buttons, tabs, headings and labels whose text does not fit into them. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, a, label, h1, h2, th, [role=tab]")]
      .filter((one) => one.checkVisibility() && !one.closest(".sr-only"))
      .filter((one) => getComputedStyle(one).overflowX !== "visible")
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => one.textContent.slice(0, 60))
      // Names that people gave may be cut.
      .filter((text) => text.includes("~")),
  );
}

/** Controls beside the screen, where nothing scrolls to them. The canvas moves as a whole. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate((controls) => {
    const scrolls = (one: HTMLElement): boolean => {
      const { overflowX } = getComputedStyle(one);
      if (overflowX === "auto" || overflowX === "scroll") return true;
      return one.parentElement ? scrolls(one.parentElement) : false;
    };
    return [...document.querySelectorAll<HTMLElement>(controls)]
      .filter((one) => one.checkVisibility() && !one.closest(".sr-only, .react-flow"))
      .filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (left < -1 || right > window.innerWidth + 1) && !scrolls(one);
      })
      .map((one) => one.outerHTML.slice(0, 160));
  }, CONTROLS);
}
