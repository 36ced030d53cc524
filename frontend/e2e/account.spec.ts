// One's own page, and the ways back in: a name, less motion, other browsers, a forgotten password.

import { expect, expectAccessible, open, test } from "./fixtures";
import { joined, PASSWORD } from "./people";

const SERVER = process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000";

test("a name is changed, motion is calmed, another browser is signed out", async ({
  app,
  browser,
}) => {
  // Somebody of their own: the owner is shown on other tests' pages.
  const mine = await joined(app, browser, "Jo", "member");
  const { person } = await (await mine.request.get("/api/v1/session/")).json();
  const other = await (
    await browser.newContext({ baseURL: SERVER, userAgent: "curl/8" })
  ).newPage();
  const signIn = { email: person.email, password: PASSWORD };
  await other.request.post("/api/v1/auth/sign-in/", { data: signIn });
  await open(mine, "/me");

  const name = mine.getByRole("textbox", { name: "Name" });
  await name.fill("Jo Berg");
  await mine.locator("form").filter({ has: name }).getByRole("button", { name: "Save" }).click();
  await expect(mine.getByText("Saved", { exact: true }).first()).toBeVisible();
  await expect(name).toHaveValue("Jo Berg");
  await mine.getByRole("switch", { name: "Less motion" }).click();
  await expect(mine.locator("html")).toHaveAttribute("data-motion", "less");
  await expect(mine.getByText("This browser")).toBeVisible();
  await expectAccessible(mine);
  await mine.getByRole("button", { name: "End the session of An unknown program" }).first().click();

  await expect.poll(async () => (await other.request.get("/api/v1/session/")).status()).toBe(401);
  await other.context().close();
  await mine.context().close();
});

test("who forgot a password is told the way, and a used link says so", async ({ page, faults }) => {
  await page.goto("/app/sign-in");
  await page.getByRole("button", { name: "Forgot your password?" }).click();
  await expect(page.getByText("create_password_link")).toBeVisible();
  await expectAccessible(page);

  await page.goto("/app/new-password?token=used");
  await page.getByLabel("New password").fill("a few words in a row");
  await page.getByRole("button", { name: "Set and sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("used up or too old");
  await page.goto("/app/invitation?token=used");
  await expect(page.getByRole("alert")).toContainText("used up, revoked or too old");
  await expectAccessible(page);
  // The refused requests themselves are expected here.
  faults.splice(0, faults.length, ...faults.filter((fault) => !/40[01]|410/.test(fault)));
});
