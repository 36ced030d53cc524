// What the server sends to a page: it says when the page is complete, and which of its words are data.

import { expect, type Page, type Request, type Response } from "@playwright/test";

/** Held open for as long as the page is there. */
const STREAMS = /^(eventsource|websocket|ping|other)$/;

export class Sent {
  readonly #page: Page;
  readonly #open = new Set<Request>();
  readonly #words = new Set<string>();

  constructor(page: Page) {
    this.#page = page;
    page.on("request", (request) => {
      if (!STREAMS.test(request.resourceType())) this.#open.add(request);
    });
    page.on("requestfailed", (request) => this.#open.delete(request));
    page.on("response", (response) => void this.#take(response));
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => this.#keep(String(payload)));
    });
  }

  /** Opens a page of the app and waits until nothing of it is missing any more. */
  async open(path: string): Promise<void> {
    await this.#page.goto(`/app${path}`);
    await expect(this.#page.getByRole("heading", { level: 1 })).toBeVisible();
    await this.complete();
  }

  /** Lists that ask again from time to time never end that: once is enough that nothing is under way. */
  async complete(): Promise<void> {
    await expect.poll(() => this.#open.size, "requests under way").toBe(0);
    await expect(this.#page.locator("main .animate-pulse")).toHaveCount(0);
    await this.#page.evaluate(() => document.fonts.ready);
  }

  /** True for a text that came from the server as it is: a name, a note, a word of a node's. */
  has(text: string): boolean {
    return this.#words.has(text);
  }

  async #take(response: Response): Promise<void> {
    const isJson = /json/.test(response.headers()["content-type"] ?? "");
    // The body of a page that was left is gone.
    if (isJson) this.#keep(await response.text().catch(() => ""));
    this.#open.delete(response.request());
  }

  #keep(text: string): void {
    try {
      for (const word of wordsIn(JSON.parse(text))) this.#words.add(word);
    } catch {
      // Not of ours.
    }
  }
}

/** Every text in a JSON value, at any depth, and each of its lines. */
function* wordsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    for (const line of value.split("\n")) yield line.trim();
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) yield* wordsIn(inner);
  }
}
