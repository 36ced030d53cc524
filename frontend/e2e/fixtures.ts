// What every browser test starts with: a signed-in page that reports whatever goes wrong in it.

import {
  type BrowserContext,
  test as base,
  type ConsoleMessage,
  expect,
  type Page,
} from "@playwright/test";
import { violationsOf } from "./axe";

export { expect } from "@playwright/test";

export type Theme = "light" | "dark";

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 375, height: 812 };

const SERVER = process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000";

type Fixtures = {
  /** Errors of scripts, of the console and of the content security policy, as they come. */
  readonly faults: string[];
  /** A page whose session is the owner's. */
  readonly app: Page;
};

type WorkerFixtures = {
  /** The cookies of one sign-in, shared by all tests: signing in is rate limited. */
  readonly ownerCookies: Cookies;
};

type Cookies = Parameters<BrowserContext["addCookies"]>[0];

export const test = base.extend<Fixtures, WorkerFixtures>({
  ownerCookies: [
    async ({ browser }, use) => {
      const context = await browser.newContext({ baseURL: SERVER });
      const answer = await context.request.post("/api/v1/auth/sign-in/", { data: owner() });
      expect(answer.ok(), `sign-in answered ${answer.status()}`).toBe(true);
      await use(await context.cookies());
      await context.close();
    },
    { scope: "worker" },
  ],

  faults: async ({ page }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    page.on("console", (message) => {
      if (isFault(message)) faults.push(`console: ${message.text()}`);
    });
    await use(faults);
    expect(faults, "errors in the browser").toEqual([]);
  },

  app: async ({ page, context, faults, ownerCookies }, use) => {
    expect(faults).toEqual([]);
    await context.addCookies(ownerCookies);
    await use(page);
  },
});

/** Chromium reports violations of the policy as console errors too. */
function isFault(message: ConsoleMessage): boolean {
  if (message.type() !== "error") return false;
  // Playwright's own scripts, on a page that is sandboxed without any.
  if (message.text().startsWith("Blocked script execution in ")) return false;
  // A form that is sent with mistakes in it comes back as 422.
  if (message.text().includes("422") && message.location().url.includes("/form/")) return false;
  // A refused session request is how the app learns that nobody is signed in.
  return !(message.text().includes("401") && message.location().url.endsWith("/api/v1/session/"));
}

export function owner(): { readonly email: string; readonly password: string } {
  const { HEADRACE_E2E_EMAIL: email, HEADRACE_E2E_PASSWORD: password } = process.env;
  if (!email || !password) throw new Error("Set HEADRACE_E2E_EMAIL and HEADRACE_E2E_PASSWORD.");
  return { email, password };
}

export async function useTheme(page: Page, theme: Theme): Promise<void> {
  await page.context().addCookies([{ name: "headrace_theme", value: theme, url: SERVER }]);
}

/** The page that stands there, as if its reader had chosen this theme. */
export async function showIn(page: Page, theme: Theme): Promise<void> {
  await page.evaluate((wanted) => {
    document.documentElement.dataset["theme"] = wanted;
  }, theme);
}

/** Opens a page of the app and waits until it stands still. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(`/app${path}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("status", { name: "Loading…" })).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}

/** Fails with the names of the rules and elements that break WCAG A or AA. */
export async function expectAccessible(
  page: Page,
  rules?: Parameters<typeof violationsOf>[1],
): Promise<void> {
  const found = (await violationsOf(page, rules)).map(
    ({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(" | ")}`,
  );
  expect(found, "axe").toEqual([]);
}

/** The same in both themes: only colours differ, so only they are looked at again. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await showIn(page, "light");
  await expectAccessible(page);
  await showIn(page, "dark");
  await expectAccessible(page, "colours");
}

export type DocumentNode = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly position: readonly [number, number];
  readonly params: object;
  readonly settings?: object;
};

/** `["a:true", "b"]` joins port `true` of a to the main port of b. */
export type Wire = readonly [from: string, to: string];

export function workflowOf(name: string, nodes: readonly DocumentNode[], wires: readonly Wire[]) {
  const end = (text: string) => {
    const [node = "", port = "main"] = text.split(":");
    return [node, port];
  };
  const edges = wires.map(([from, to]) => ({ from: end(from), to: end(to) }));
  return {
    format: "headrace/1",
    name,
    nodes: nodes.map((node) => ({ version: 1, ...node })),
    edges,
  };
}

async function csrf(page: Page): Promise<Record<string, string>> {
  const cookies = await page.context().cookies();
  const token = cookies.find(({ name }) => name === "csrftoken")?.value ?? "";
  return { "X-CSRFToken": token, Referer: SERVER };
}

/** Sends a request of the API as the signed-in person; the body of the answer. */
export async function post<T>(page: Page, path: string, data: object = {}): Promise<T> {
  const answer = await page.request.post(`/api/v1/${path}`, { data, headers: await csrf(page) });
  expect(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`).toBe(true);
  return (await answer.body()).length === 0 ? (undefined as T) : answer.json();
}

type Made = { readonly id: string };
type Started = { readonly execution: string };

/** A new workflow of this document; its id. */
export async function makeWorkflow(
  page: Page,
  document: ReturnType<typeof workflowOf>,
): Promise<string> {
  return (await post<Made>(page, "workflows/", { name: document.name, document })).id;
}

/** Runs the draft and waits until it has one of these statuses; the execution's id. */
export async function runDraft(
  page: Page,
  workflow: string,
  until: readonly string[] = ["completed", "failed", "waiting"],
  options: object = {},
): Promise<string> {
  const { execution } = await post<Started>(page, `workflows/${workflow}/run/`, options);
  await reaches(page, execution, until);
  return execution;
}

/** Waits until an execution has one of these statuses. */
export async function reaches(
  page: Page,
  execution: string,
  statuses: readonly string[],
): Promise<void> {
  await expect
    .poll(
      async () =>
        (await (await page.request.get(`/api/v1/executions/${execution}/`)).json()).status,
    )
    .toMatch(new RegExp(`^(${statuses.join("|")})$`));
}
