// A workflow tells a member something: the bell counts it, its list leads to the run.

import {
  expect,
  expectAccessible,
  makeWorkflow,
  open,
  runDraft,
  test,
  workflowOf,
} from "./fixtures";
import { joined } from "./people";

test("what a workflow tells is counted at the bell, read there, and leads to its run", async ({
  app,
  browser,
}, info) => {
  // Nobody else tells her anything meanwhile.
  const nora = await joined(app, browser, "Nora", "member");
  const session = await nora.request.get("/api/v1/session/");
  const { email } = (await session.json()).person as { readonly email: string };
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      "Orders",
      [
        { id: "start", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
        {
          id: "tell",
          name: "Tell",
          type: "messages.notify",
          position: [280, 0],
          params: {
            to: [email],
            title: "Order 17 needs a look",
            text: "The customer asked twice.",
            urgency: "high",
          },
        },
      ],
      [["start", "tell"]],
    ),
  );
  const execution = await runDraft(app, workflow);

  await open(nora, "/");
  const bell = nora.getByRole("button", { name: "Notifications" });
  await expect(bell).toContainText("1");
  await bell.click();
  await expect(nora.getByText("Order 17 needs a look")).toBeVisible();
  await expectAccessible(nora);
  await nora.screenshot({ path: info.outputPath("bell.png") });
  await nora.getByRole("link", { name: "Open the run" }).click();
  await expect(nora).toHaveURL(new RegExp(`/runs/${execution}`));
  await expect(bell).not.toContainText("1");
});

test("a person chooses how to hear of what", async ({ app }, info) => {
  await open(app, "/me");
  const high = app.getByRole("group", { name: "High urgency" });
  await expect(high.getByRole("checkbox", { name: "By e-mail" })).toBeChecked();
  await high.getByRole("checkbox", { name: "By webhook" }).click();
  await app.getByRole("textbox", { name: "Your webhook" }).fill("https://chat.example.com/hook");
  const failures = app.getByRole("group", { name: "A workflow fails by itself" });
  await expect(failures.getByRole("checkbox", { name: "at the bell" })).toBeChecked();
  await failures.getByRole("checkbox", { name: "By e-mail" }).click();
  await expectAccessible(app);
  await app.screenshot({ path: info.outputPath("wishes.png"), fullPage: true });
  await high.page().getByRole("button", { name: "Save" }).last().click();
  await expect(app.getByText("Saved", { exact: true })).toBeVisible();

  await app.reload();
  await expect(high.getByRole("checkbox", { name: "By webhook" })).toBeChecked();
  await expect(failures.getByRole("checkbox", { name: "By e-mail" })).toBeChecked();
});
