// A hosted chat as people meet it: written by keyboard, answered on the page, there again later.

import { expect, expectAccessible, makeWorkflow, PHONE, post, test, workflowOf } from "./fixtures";

test("a message is answered, and the conversation is there again after a reload", async ({
  app,
}) => {
  const path = `chat-${crypto.randomUUID()}`;
  const chat = { path, title: "Support", greeting: "Hello! What is it about?" };
  const says = [
    {
      name: "text",
      type: "auto",
      value: {
        "=": "You said: **{{ $json.message }}** <b>&</b>\n\n- one\n- [two](https://example.com/)",
      },
    },
  ];
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      path,
      [
        { id: "chat", name: "Chat", type: "triggers.chat", position: [0, 0], params: chat },
        {
          id: "say",
          name: "Say",
          type: "data.edit_fields",
          position: [280, 0],
          params: { keep: "none", assignments: says },
        },
      ],
      [["chat", "say"]],
    ),
  );
  await post(app, `workflows/${workflow}/activate/`);

  await app.goto(`/chat/${path}`);
  await expectAccessible(app);
  await expect(app.getByText("Hello! What is it about?")).toBeVisible();
  await app.getByLabel("Message").fill("Where is it?");
  await app.keyboard.press("Enter");

  const log = app.getByRole("log");
  await expect(log.getByText("You said: Where is it? <b>&</b>")).toBeVisible();
  await expect(app.getByRole("button", { name: "Send" })).toBeEnabled();
  await expect(app.getByLabel("Message")).toBeFocused();
  await expect(log.getByRole("listitem")).toHaveCount(2);
  await expect(log.getByRole("link", { name: "two" })).toHaveAttribute("target", "_blank");
  await app.reload();
  await expect(log.getByText("You said: Where is it? <b>&</b>")).toBeVisible();
  await expect(log.getByRole("listitem")).toHaveCount(2);
  await app.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(app);
  const runs = await app.request.get(`/api/v1/executions/?workflow=${workflow}`);
  expect((await runs.json()).results).toHaveLength(1);
});

test("a chat for members asks a stranger to sign in, and knows who speaks", async ({
  app,
  browser,
  baseURL,
}) => {
  const path = `members-${crypto.randomUUID()}`;
  const says = [{ name: "text", type: "auto", value: { "=": "You are {{ $json.user.email }}." } }];
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      path,
      [
        {
          id: "chat",
          name: "Chat",
          type: "triggers.chat",
          position: [0, 0],
          params: { path, title: "Team chat", access: "members" },
        },
        {
          id: "say",
          name: "Say",
          type: "data.edit_fields",
          position: [280, 0],
          params: { keep: "none", assignments: says },
        },
      ],
      [["chat", "say"]],
    ),
  );
  await post(app, `workflows/${workflow}/activate/`);
  const { person } = await (await app.request.get("/api/v1/session/")).json();

  await app.goto(`/chat/${path}`);
  await expect(app.getByRole("heading", { name: "Team chat" })).toBeVisible();
  await app.getByLabel("Message").fill("Who am I?");
  await app.keyboard.press("Enter");
  await expect(app.getByRole("log").getByText(`You are ${person.email}.`)).toBeVisible();
  await app.reload();
  await expect(app.getByRole("log").getByText(`You are ${person.email}.`)).toBeVisible();

  const stranger = await browser.newContext(baseURL ? { baseURL } : {});
  const page = await stranger.newPage();
  await page.goto(`/chat/${path}`);
  await expect(page).toHaveURL(/\/app\/sign-in\?next=/);
  await stranger.close();
});

test("a message that did not get through is sent again with its files, once", async ({
  app,
  faults,
}) => {
  const path = `chat-${crypto.randomUUID()}`;
  const chat = { path, title: "Support", takes_files: true };
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      path,
      [{ id: "chat", name: "Chat", type: "triggers.chat", position: [0, 0], params: chat }],
      [],
    ),
  );
  await post(app, `workflows/${workflow}/activate/`);
  await app.setViewportSize(PHONE);
  let isCut = false;
  await app.route("**/chat/**", (route) =>
    isCut && route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  await app.goto(`/chat/${path}`);
  const files = ["one.txt", "two.txt", "three.txt"].map((name) => ({
    name,
    mimeType: "text/plain",
    buffer: Buffer.from(name),
  }));
  await app.getByLabel("Attach files").setInputFiles(files);
  await app.getByRole("button", { name: "Remove two.txt" }).click();
  await app.getByLabel("Message").fill("Look at these");
  isCut = true;
  await app.keyboard.press("Enter");
  await expect(app.getByText("This could not be sent.")).toBeVisible();
  await expectAccessible(app);

  isCut = false;
  expect(faults.splice(0)).toEqual(["console: Failed to load resource: net::ERR_FAILED"]);
  await app.getByRole("button", { name: "Try again" }).click();

  await expect(app.getByText("This could not be sent.")).toBeHidden();
  await expect(app.getByRole("log").locator("[aria-busy]")).toHaveCount(0);
  const runs = await app.request.get(`/api/v1/executions/?workflow=${workflow}`);
  const { results } = await runs.json();
  expect(results).toHaveLength(1);
  const step = await app.request.get(`/api/v1/executions/${results[0].id}/steps/chat/0/`);
  const { binary } = (await step.json()).items[0];
  expect(Object.values<{ name: string }>(binary).map(({ name }) => name)).toEqual([
    "one.txt",
    "three.txt",
  ]);
});
