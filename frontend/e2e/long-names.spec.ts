// Names without a space to break at: nothing leaves the screen, and what can be done stays in reach.

import { expect, open, PHONE, post, test } from "./fixtures";

const LONG = "Elektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

test("a long name leaves the menu of a credential in reach on a phone", async ({ app }) => {
  const name = `${LONG}${Date.now()}`;
  const data = { user: "mira", password: "only-for-the-vault" };
  await post(app, "credentials/", { name, type: "http_basic", data });
  await app.setViewportSize(PHONE);
  await open(app, "/credentials");

  const menu = app.getByRole("row", { name }).getByRole("button");

  await expect(menu).toBeInViewport({ ratio: 1 });
});

test("a long description leaves the other columns of collections on the screen", async ({
  app,
}) => {
  await post(app, "collections/", { name: `${LONG}${Date.now()}`, description: "x".repeat(400) });
  await open(app, "/knowledge");

  await expect(app.getByRole("columnheader", { name: "Documents" })).toBeInViewport({ ratio: 1 });
});
