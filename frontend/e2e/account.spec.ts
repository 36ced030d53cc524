// One's own page, and the ways back in: a name, less motion, other browsers, a forgotten password.

import { expect, expectAccessible, open, owner, test } from "./fixtures";

const SERVER = process.env["HEADRACE_E2E_URL"] ?? "http://127.0.0.1:8000";

test("a name is changed, motion is calmed, another browser is signed out", async ({
  app,
  browser,
}) => {
  const other = await (
    await browser.newContext({ baseURL: SERVER, userAgent: "curl/8" })
  ).newPage();
  await other.request.post("/api/v1/auth/sign-in/", { data: owner() });
  await open(app, "/me");

  const name = app.getByRole("textbox", { name: "Name" });
  await name.fill("Ada Owner");
  await app.locator("form").filter({ has: name }).getByRole("button", { name: "Save" }).click();
  await expect(app.getByText("Saved", { exact: true })).toBeVisible();
  await app.getByRole("switch", { name: "Less motion" }).click();
  await expect(app.locator("html")).toHaveAttribute("data-motion", "less");
  await expect(app.getByText("This browser")).toBeVisible();
  await expectAccessible(app);
  await app.getByRole("button", { name: "End the session of An unknown program" }).first().click();

  await expect.poll(async () => (await other.request.get("/api/v1/session/")).status()).toBe(401);
  await other.context().close();
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
