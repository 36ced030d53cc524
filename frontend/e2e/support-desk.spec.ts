// The support desk of the gallery, offline: set up, filled by one run, asked in its chat while
// somebody watches the canvas.

import { expect, open, post, test } from "./fixtures";

test("the support desk answers with its source, and its words are seen on the canvas", async ({
  app,
}) => {
  const frames: string[] = [];
  app.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => frames.push(String(payload)));
  });
  const made = await post<{ id: string }>(app, "templates/support-desk/workflows/", {
    answers: {},
  });
  await open(app, `/w/${made.id}`);
  await app.getByRole("button", { name: "Run", exact: true }).click();
  await expect(app.getByRole("group", { name: /^Take in, .*Success/ })).toBeVisible();
  await post(app, `workflows/${made.id}/activate/`);

  const visitor = await app.context().newPage();
  await visitor.goto("/chat/support");
  await visitor.getByLabel("Message").fill("How long is the warranty of a device?");
  await visitor.keyboard.press("Enter");

  const log = visitor.getByRole("log");
  await expect(log.getByText(/\[Offline demo\]/)).toBeVisible();
  await expect(log.getByText(/^Sources: \[1\] Shop handbook/)).toBeVisible();
  await expect(app.getByRole("group", { name: /^Answer, .*Success/ })).toBeVisible();
  const words = (frame: string) =>
    frame.includes('"node":"agent"') && frame.includes('"kind":"stream"');
  expect(frames.filter(words).join("")).toContain("How long is the warranty");
  await post(app, `workflows/${made.id}/deactivate/`);
});
