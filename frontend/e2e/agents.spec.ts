// An agent on the canvas: a tool is attached by its slot, the model fills in a parameter, and what the agent did
// is read as a conversation.

import { addByKeys, card, openEditor, reached, saved, stored } from "./editing";
import { expect, expectAccessible, makeWorkflow, test, workflowOf } from "./fixtures";

const AGENT = { model: "offline", prompt: "Please use read page", ask: "never" };
const READ = { source: "", values: [{ name: "title", selector: "h1" }] };

test("an agent calls the tool that was attached to it, with what the model fills in", async ({
  app,
}) => {
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      `Agent ${crypto.randomUUID()}`,
      [
        { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
        { id: "agent", name: "Helper", type: "ai.agent", position: [320, 0], params: AGENT },
        {
          id: "read",
          name: "Read page",
          type: "web.html_extract",
          position: [320, 300],
          params: READ,
        },
      ],
      [["start", "agent"]],
    ),
  );
  await openEditor(app, workflow);

  // By the slot's button something new; by a wire from the slot what is there.
  await card(app, "Helper").getByRole("button", { name: "Attach to Tools" }).click();
  await addByKeys(app, "edit fields");
  const slot = card(app, "Helper").locator('[data-handleid="tools"]');
  await slot.dragTo(card(app, "Read page"));
  await saved(app);
  const { edges } = await stored(app, workflow);
  const tools = edges.filter(
    ({ from, to }) => from[1] === "tool" && to.join(":") === "agent:tools",
  );
  expect(tools).toHaveLength(2);

  await card(app, "Read page").dblclick();
  await app.getByRole("button", { name: "HTML: let the model fill" }).click();
  await app.getByRole("textbox", { name: "HTML", exact: true }).fill("A page");
  await saved(app);
  await expectAccessible(app);

  await app.getByRole("button", { name: "Run", exact: true }).click();
  await reached(app, "Helper", "completed");
  await reached(app, "Read page", "completed");
  await card(app, "Helper").dblclick();
  const steps = app.getByRole("list", { name: "What the agent did" });
  await expect(steps.getByText("read_page")).toBeVisible();
  await expect(steps.getByText("It was given")).toBeVisible();
  await expectAccessible(app);
});
