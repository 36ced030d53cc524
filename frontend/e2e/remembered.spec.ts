// Memories, labelled examples and kept answers: looked through, corrected and forgotten.

import {
  DESKTOP,
  expect,
  expectAccessible,
  makeWorkflow,
  open,
  PHONE,
  post,
  runDraft,
  type Theme,
  test,
  useTheme,
  workflowOf,
} from "./fixtures";

const EXAMPLES = [
  { space: "desk", text: "The voucher code does not work", label: "technical" },
  { space: "desk", text: "Where is my parcel?", label: "shipping" },
  { space: "news", text: "The storm closed the harbour", label: "weather" },
];

test("a label is corrected where its example stands, and an example is given", async ({ app }) => {
  for (const example of EXAMPLES) await post(app, "knowledge/examples/", example);
  await open(app, "/knowledge");
  await app.getByRole("link", { name: "Labels" }).click();
  await app.getByRole("searchbox").fill("voucher");
  await expect(app.getByRole("row")).toHaveCount(2);

  await app.getByRole("button", { name: "Correct the label" }).click();
  await app.getByRole("dialog").getByRole("combobox", { name: "Label" }).fill("billing");
  await app.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(app.getByRole("row", { name: /voucher/ })).toContainText("billing");
  await expect(app.getByRole("row", { name: /voucher/ })).toContainText("Correction");

  await app.getByRole("button", { name: "New example" }).click();
  const dialog = app.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name of the examples" }).fill("desk");
  await dialog.getByRole("textbox", { name: "Text" }).fill("A coupon was not deducted");
  await dialog.getByRole("combobox", { name: "Label" }).fill("billing");
  await dialog.getByRole("button", { name: "Save" }).click();
  await app.getByRole("searchbox").fill("coupon");
  await expect(app.getByRole("row", { name: /coupon/ })).toContainText("billing");
  await expect(app.getByRole("row", { name: /coupon/ })).not.toContainText("Correction");
});

const FACTS = ["Likes tea", "Has a dog"];
const KEEP = { operation: "remember", space: "alice", text: { "=": "{{ $json.fact }}" } };
const ASK = { model: "auto", prompt: "Why is the sea salt?", cache_minutes: 60 };

/** Two facts about alice are kept, and a model that the router chooses is asked. */
const BUSY = workflowOf(
  "Remembers",
  [
    { id: "t", name: "Start", type: "triggers.manual", position: [0, 0], params: {} },
    { id: "k", name: "Keep", type: "knowledge.memory", position: [200, 0], params: KEEP },
    { id: "a", name: "Ask", type: "ai.llm_chat", position: [400, 0], params: ASK },
  ],
  [
    ["t", "k"],
    ["k", "a"],
  ],
);

test("what runs have kept is forgotten, and what the router thought is corrected", async ({
  app,
}) => {
  const demo = { name: "demo", provider: "offline", model: "scripted", tier: "local" };
  await post(app, "llm/models/", demo);
  const workflow = await makeWorkflow(app, BUSY);
  await runDraft(app, workflow, ["completed"], {
    items: FACTS.map((fact) => ({ json: { fact } })),
  });

  await open(app, "/knowledge/memories");
  await app
    .getByRole("row", { name: /Likes tea/ })
    .getByRole("button", { name: "alice" })
    .click();
  await app.getByRole("button", { name: "Forget all of alice" }).click();
  await app.getByRole("alertdialog").getByRole("button", { name: "Forget all of alice" }).click();
  await expect(app.getByText("Nothing is remembered")).toBeVisible();

  await open(app, "/settings/models");
  await app.getByRole("button", { name: "Correct the complexity" }).first().click();
  await app.getByRole("dialog").getByRole("combobox").click();
  await app.getByRole("option", { name: "8: Premium" }).click();
  await app.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(
    app.getByRole("status").filter({ hasText: "The router has learnt it" }),
  ).toBeVisible();

  await app.getByRole("button", { name: "Forget all" }).click();
  await app.getByRole("alertdialog").getByRole("button", { name: "Forget all" }).click();
  await expect(app.getByText("Nothing is kept.")).toBeVisible();
});

const LOOKS: readonly (readonly [Theme, typeof DESKTOP])[] = [
  ["light", DESKTOP],
  ["dark", PHONE],
];

for (const [theme, viewport] of LOOKS) {
  test(`labels and memories are accessible in the ${theme} theme, ${viewport.width} wide`, async ({
    app,
  }, info) => {
    for (const example of EXAMPLES) await post(app, "knowledge/examples/", example);
    await app.setViewportSize(viewport);
    await useTheme(app, theme);
    for (const page of ["labels", "memories"]) {
      await open(app, `/knowledge/${page}`);
      await expect(app.getByRole("link", { name: "Memories" })).toBeVisible();
      if (page === "labels") {
        await expect(app.getByText("Where is my parcel?")).toBeVisible();
      }
      await expectAccessible(app);
      const overflow = await app.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow, "sideways scrolling").toBeLessThanOrEqual(0);
      await app.screenshot({ path: info.outputPath(`${page}.png`), fullPage: true });
    }
  });
}
