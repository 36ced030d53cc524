// Forms at a host of their own: a member comes in from the app, and no cookie of the app goes there.

import type { Request } from "@playwright/test";
import { expect, makeWorkflow, post, test, workflowOf } from "./fixtures";
import { OwnServer } from "./own-server";

const asking = (path: string) =>
  workflowOf(
    "Days off",
    [
      {
        id: "form",
        name: "Form",
        type: "triggers.form",
        position: [0, 0],
        params: { path, access: "members", title: "Days off", rows: [{ label: "Days" }] },
      },
      { id: "end", name: "Finish", type: "flow.no_op", position: [320, 0], params: {} },
    ],
    [["form", "end"]],
  );

test("a signed-in member fills in a form for members at the host of pages", async ({ app }) => {
  const path = `off-${crypto.randomUUID()}`;
  const workflow = await makeWorkflow(app, asking(path));
  await post(app, `workflows/${workflow}/activate/`);
  let pages = "";
  const server = await OwnServer.started((port) => {
    pages = `http://pages.localhost:${port}`;
    return { HEADRACE_PAGES_URL: pages };
  });
  try {
    const asked: Request[] = [];
    app.on("request", (request) => asked.push(request));
    const cookiesTo = (origin: string) =>
      Promise.all(
        asked
          .filter((request) => new URL(request.url()).origin === origin)
          .map((request) => request.headerValue("cookie")),
      );

    await app.goto(`${pages}/form/${path}`);

    await app.waitForURL((url) => url.origin === pages && url.searchParams.has("pass"));
    await expect(app.getByRole("heading", { level: 1, name: "Days off" })).toBeVisible();
    await app.getByRole("textbox", { name: "Days" }).fill("3");
    await app.getByRole("button").last().click();
    await expect(app.getByRole("textbox", { name: "Days" })).toHaveCount(0);
    await expect(app.getByRole("heading", { level: 1 })).toBeVisible();
    expect(new Set(await cookiesTo(pages))).toEqual(new Set([null]));
    const toTheApp = await cookiesTo(server.url);
    expect(toTheApp.some((cookies) => cookies?.includes("headrace_session"))).toBe(true);
    expect(await app.context().cookies(pages)).toEqual([]);

    const page = await app.request.get(`${pages}/app/`, { failOnStatusCode: false });
    expect(page.status()).toBe(404);
  } finally {
    await server.kill();
  }
});
