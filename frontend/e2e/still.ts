// What moves by the clock or by chance, made the same in every picture: it is as wide as it is every time.

import { expect, type Page } from "@playwright/test";

/** Days and times, how long something took, revisions, ids: what they become. In this order. */
const SAME: readonly (readonly [pattern: string, same: string])[] = [
  ["[A-Z][a-z]{2} \\d{1,2}, \\d{4}", "Nov 20, 2026"],
  ["\\b\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?", "09:41:00"],
  ["^[A-Z][a-z]{2} \\d{1,2}$", "Nov 20"],
  ["^\\d{2}:\\d{2}$", "09:41"],
  ["\\b(yesterday|\\d+ (sec|min|hr|days?)\\.? ago)", "2 min. ago"],
  ["(?<=^|oldest |· )now(?= ·|$)", "2 min. ago"],
  ["^in \\d+ (sec|min|hr|day|days)\\.?$", "in 2 days"],
  ["\\b\\d+(\\.\\d+)? (ms|s)\\b", "0.1 s"],
  ["\\br\\d+\\b", "r1"],
  ["#\\d+\\b", "#1"],
  ["\\b[0-9a-f]{8}-[0-9a-f-]{27}\\b", "00000000-0000-0000-0000-000000000000"],
  ["\\d{10,}", "1700000000000"],
];

/** Counts of what waits and notices, left by other tests; what stands where its moment is. */
const AWAY = [
  "[role=region][aria-label^=Notifications]",
  "[data-count]",
  ".replay-lanes [style]",
  ".replay-scrubber [style]",
].join();

/**
 * Holds texts and counts still until `release` is called. React writes a text only when it changes,
 * and never reads it: what is put in its place is put there again when that happens.
 */
export async function holdStill(page: Page): Promise<{ readonly release: () => Promise<void> }> {
  const handle = await page.evaluateHandle(
    ([same, away]) => {
      const rules = same.map(([pattern, to]) => [new RegExp(pattern, "g"), to] as const);
      const before = new Map<Text, readonly [was: string, is: string]>();
      const hold = (text: Text) => {
        const was = text.data;
        const is = rules.reduce((all, [pattern, to]) => all.replace(pattern, to), was);
        if (is === was) return;
        before.set(text, [was, is]);
        text.data = is;
      };
      const below = (root: Node) => {
        if (root instanceof Text) hold(root);
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let one = texts.nextNode(); one; one = texts.nextNode()) hold(one as Text);
      };
      const changedIn = ({ type, target, addedNodes }: MutationRecord): readonly Node[] =>
        type === "characterData" ? [target] : [...addedNodes];
      const watch = new MutationObserver((changes) => {
        for (const node of changes.flatMap(changedIn)) below(node);
      });
      below(document.body);
      watch.observe(document.body, { characterData: true, childList: true, subtree: true });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`:is(${away}) { visibility: hidden }`);
      document.adoptedStyleSheets.push(sheet);
      return () => {
        watch.disconnect();
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
        for (const [text, [was, is]] of before) if (text.data === is) text.data = was;
      };
    },
    [SAME, AWAY] as const,
  );
  return { release: () => handle.evaluate((release) => release()) };
}

/** Waits until nothing is loading or moving, and what was asked for has been drawn. */
export async function settle(page: Page): Promise<void> {
  // A hosted page is complete when it comes, and runs no scripts that could tell.
  if (!new URL(page.url()).pathname.startsWith("/app/")) return;
  await expect(page.getByRole("status", { name: "Loading…" })).toHaveCount(0);
  await expect(page.locator(".animate-pulse")).toHaveCount(0);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const moving = document.getAnimations().filter((one) => {
      return one.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY;
    });
    await Promise.allSettled(moving.map((one) => one.finished));
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  });
}
