// A hosted chat as people meet it: written by keyboard, answered on the page, there again later.

import { expect, expectAccessible, makeWorkflow, post, test, workflowOf } from "./fixtures";

test("a message is answered, and the conversation is there again after a reload", async ({
  app,
}) => {
  const path = `chat-${crypto.randomUUID()}`;
  const chat = { path, title: "Support", greeting: "Hello! What is it about?" };
  const says = [
    { name: "text", type: "auto", value: { "=": "You said: {{ $json.message }} <b>&</b>" } },
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
  await app.reload();
  await expect(log.getByText("You said: Where is it? <b>&</b>")).toBeVisible();
  await app.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(app);
  const runs = await app.request.get(`/api/v1/executions/?workflow=${workflow}`);
  expect((await runs.json()).results).toHaveLength(1);
});
