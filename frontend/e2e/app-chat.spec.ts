// Conversations inside of the app: beside the canvas with the draft, and on a page with what is live.

import {
  expect,
  expectAccessible,
  makeWorkflow,
  open,
  PHONE,
  post,
  test,
  workflowOf,
} from "./fixtures";

const sources = "{{ [{ title: 'Handbook, Delivery', text: 'Two days.' }] }}";
const assigned = (name: string, value: unknown) => ({ name, type: "auto", value });

const desk = () => {
  const at = (x: number, y = 0) => ({ position: [x, y] as const });
  const document = workflowOf(
    `Desk ${crypto.randomUUID().slice(0, 8)}`,
    [
      {
        ...at(0),
        id: "chat",
        name: "Chat",
        type: "triggers.chat",
        params: { title: "Desk", greeting: "Hello! What is it about?", takes_files: true },
      },
      {
        ...at(320),
        id: "agent",
        name: "Desk agent",
        type: "ai.agent",
        params: { model: "offline", prompt: { "=": "{{ $json.message }}" }, ask: "never" },
      },
      {
        ...at(320, 220),
        id: "order",
        name: "Order status",
        type: "data.edit_fields",
        params: { keep: "none", assignments: [assigned("order", "It arrives on Friday.")] },
      },
      {
        ...at(640),
        id: "answer",
        name: "Answer",
        type: "data.edit_fields",
        params: {
          keep: "none",
          assignments: [
            assigned("text", { "=": "{{ $json.answer + ' [1]' }}" }),
            assigned("sources", { "=": sources }),
          ],
        },
      },
    ],
    [
      ["chat", "agent"],
      ["agent", "answer"],
    ],
  );
  return {
    ...document,
    edges: [...document.edges, { from: ["order", "tool"], to: ["agent", "tools"] }],
  };
};

test("the draft is spoken to beside the canvas: tools, sources, the run, and no memory after a reset", async ({
  app,
}) => {
  const workflow = await makeWorkflow(app, desk());
  await open(app, `/w/${workflow}`);
  await app.getByRole("button", { name: "Chat with the draft" }).click();
  const panel = app.getByRole("region", { name: "Chat", exact: true });
  const log = panel.getByRole("log");
  await expect(log.getByText("Hello! What is it about?")).toBeVisible();

  await panel
    .getByLabel("Attach a file")
    .last()
    .setInputFiles({
      name: "cart.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("empty"),
    });
  await expect(panel.getByText("cart.txt")).toBeVisible();
  await panel.getByLabel("Message").fill("What is the order status of 7?");
  await app.keyboard.press("Enter");

  await expect(log.getByText(/arrives on Friday.*\[1\]/)).toBeVisible();
  await expect(log.getByText("cart.txt")).toBeVisible();
  await log.getByText("[1] Handbook, Delivery").click();
  await expect(log.getByText("Two days.")).toBeVisible();
  // An answer that was there at once was never seen coming: its details tell what it used, too.
  await log.getByText("What it did").click();
  await expect(log.getByRole("list", { name: "Tools used" })).toContainText("order_status");
  await expect(log.getByRole("list", { name: "Nodes used" })).toContainText("Desk agent");
  await expect(log.getByRole("link", { name: /^Run / })).toBeVisible();
  await expectAccessible(app);

  await panel.getByRole("button", { name: "Reset memory" }).click();
  await expect(log.getByText("Memory was reset here")).toBeVisible();
  await panel.getByLabel("Message").fill("And now?");
  await app.keyboard.press("Enter");
  await expect(log.getByText(/And now\?.*\[1\]/)).toBeVisible();
  const runs = await app.request.get(`/api/v1/executions/?workflow=${workflow}`);
  const [{ id }] = (await runs.json()).results;
  const given = await app.request.get(`/api/v1/executions/${id}/steps/chat/0/`);
  const [item] = (await given.json()).items;
  expect(item.json.history).toEqual([]);
});

test("what is live has a page of its own, and each conversation is there again", async ({
  app,
}) => {
  const workflow = await makeWorkflow(app, desk());
  await post(app, `workflows/${workflow}/activate/`);
  await app.setViewportSize(PHONE);
  await open(app, `/chat/${workflow}`);
  await app.getByLabel("Message").fill("How are you?");
  await app.keyboard.press("Enter");
  const log = app.getByRole("log");
  await expect(log.getByText(/How are you\?.*\[1\]/)).toBeVisible();

  await app.getByRole("button", { name: "New conversation" }).click();
  await expect(log.getByText(/How are you\?/)).toHaveCount(0);
  await app.reload();

  await expect(log.getByText(/How are you\?.*\[1\]/)).toBeVisible();
  await expectAccessible(app);
  await app.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(app);
});

test("of several chats one is chosen, with its own greeting and conversations", async ({ app }) => {
  const chat = (id: string, name: string, title: string) => ({
    id,
    name,
    type: "triggers.chat",
    position: [0, id === "sales" ? 0 : 220] as const,
    params: { title, greeting: `This is ${title}.` },
  });
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      `Two doors ${crypto.randomUUID().slice(0, 8)}`,
      [
        chat("sales", "For buyers", "Sales"),
        chat("help", "For owners", "Repairs of devices that are older than two years"),
        {
          id: "say",
          name: "Say",
          type: "data.edit_fields",
          position: [320, 0] as const,
          params: { keep: "none", assignments: [assigned("text", "Thank you.")] },
        },
      ],
      [
        ["sales", "say"],
        ["help", "say"],
      ],
    ),
  );
  await post(app, `workflows/${workflow}/activate/`);

  await open(app, `/chat/${workflow}`);
  await expect(app.getByText("This is Sales.")).toBeVisible();
  await app.getByRole("combobox", { name: "Chat", exact: true }).click();
  await app.getByRole("option", { name: /Repairs/ }).click();
  await expect(app.getByText(/^This is Repairs/)).toBeVisible();
  await app.getByLabel("Message").fill("My kettle leaks");
  await app.keyboard.press("Enter");
  await expect(app.getByText("Thank you.").first()).toBeVisible();
  await expectAccessible(app);

  await app.setViewportSize(PHONE);
  await app.getByRole("combobox", { name: "Chat", exact: true }).click();
  const rightEdge = async () => {
    const list = await app.getByRole("listbox").boundingBox();
    return (list?.x ?? 0) + (list?.width ?? Number.NaN);
  };
  // It finds its place once it stands.
  await expect.poll(rightEdge).toBeLessThanOrEqual(PHONE.width);
  await app.getByRole("option", { name: /Sales/ }).click();
  await expect(app.getByText("This is Sales.")).toBeVisible();
  await expect(app.getByText("My kettle leaks")).toBeHidden();
});
