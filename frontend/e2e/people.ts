// Other people in a test: invited by the owner, each in a browser of their own.

import type { Browser, Page } from "@playwright/test";
import { expect, post } from "./fixtures";

const SERVER = process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000";
export const PASSWORD = "a few words in a row";

type Sent = { readonly link: string };

/** Another browser, in which nobody is signed in. */
export async function strangers(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: SERVER, reducedMotion: "reduce" })).newPage();
}

/** A page of somebody who has just accepted an invitation of the owner. */
export async function joined(
  ownersPage: Page,
  browser: Browser,
  name: string,
  role: "admin" | "member" | "viewer",
): Promise<Page> {
  const email = `${role}.${Date.now()}@far.example`;
  const { link } = await post<Sent>(ownersPage, "invitations/", { email, role });
  const page = await strangers(browser);
  const token = new URL(link).searchParams.get("token");
  const data = { token, password: PASSWORD, name };
  const answer = await page.request.post("/api/v1/auth/invitation/accept/", { data });
  expect(answer.ok(), await answer.text()).toBe(true);
  return page;
}
