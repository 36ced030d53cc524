// Somebody at their first visit: does what a test does, and counts what a person would need for it.

import type { Locator, Page } from "@playwright/test";

/**
 * The keystroke-level model (Card, Moran and Newell 1980, "The Keystroke-Level Model for User
 * Performance Time with Interactive Systems"): seconds for a decision, a way of the pointer, a press
 * of its button, hands from mouse to keys. A key takes 0.2 s there, too: five characters a second.
 */
const MODEL = { decide: 1.35, point: 1.1, press: 0.1, home: 0.4, key: 0.2 } as const;
/** Silent reading of English: 238 words a minute (Brysbaert 2019, a meta-analysis of 190 studies). */
const WORDS_PER_S = 238 / 60;
/** Nobody reads a page whole before the first click: so many words of it at most. */
const GLANCE_WORDS = 60;

type Tally = { acting: number; typing: number; reading: number; waiting: number };

export class Newcomer {
  readonly #page: Page;
  readonly #tally: Tally;

  constructor(page: Page, tally: Tally = { acting: 0, typing: 0, reading: 0, waiting: 0 }) {
    this.#page = page;
    this.#tally = tally;
  }

  /** The same person, in another tab. */
  at(page: Page): Newcomer {
    return new Newcomer(page, this.#tally);
  }

  /** What they do themselves: how long the product takes is told apart, and depends on the machine. */
  get seconds(): number {
    const { waiting: _, ...own } = this.#tally;
    return Object.values(own).reduce((sum, part) => sum + part, 0);
  }

  account(): readonly string[] {
    return Object.entries(this.#tally).map(([kind, seconds]) => `${kind} ${seconds.toFixed(0)} s`);
  }

  async clicks(target: Locator): Promise<void> {
    this.#tally.acting += MODEL.decide + MODEL.point + 2 * MODEL.press;
    await this.#waits(() => target.click());
  }

  async doubleClicks(target: Locator): Promise<void> {
    this.#tally.acting += MODEL.decide + MODEL.point + 4 * MODEL.press;
    await this.#waits(() => target.dblclick());
  }

  /** Clicks into a field and writes; a field that has the focus already is written into at once. */
  async types(target: Locator, text: string): Promise<void> {
    await this.#waits(() => target.waitFor());
    const isFocused = await target.evaluate((one) => one === document.activeElement);
    if (!isFocused) await this.clicks(target);
    this.#tally.typing += MODEL.home + text.length * MODEL.key;
    await target.fill(text);
  }

  async presses(key: string): Promise<void> {
    this.#tally.typing += MODEL.decide + MODEL.home + MODEL.key;
    await this.#page.keyboard.press(key);
  }

  /** Looks over what is new to them. */
  async reads(target: Locator): Promise<void> {
    await this.#waits(() => target.waitFor());
    // biome-ignore lint/performance/useDomNodeTextContent: what is seen counts, and its gaps.
    const words = (await target.innerText()).split(/\s+/).filter(Boolean).length;
    this.#tally.reading += Math.min(words, GLANCE_WORDS) / WORDS_PER_S;
  }

  async #waits(act: () => Promise<void>): Promise<void> {
    const began = performance.now();
    await act();
    this.#tally.waiting += (performance.now() - began) / 1_000;
  }
}
