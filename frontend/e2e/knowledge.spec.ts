// A collection from nothing: a document in, read in the background, found by what it means.

import {
  DESKTOP,
  expect,
  expectAccessible,
  open,
  PHONE,
  post,
  type Theme,
  test,
  useTheme,
} from "./fixtures";

const TEXT = "# Kettle\n\n## Warranty\n\nThe kettle is covered for two years. Keep the receipt.\n";

test("a document is given, read and found with its place", async ({ app }) => {
  await open(app, "/knowledge");
  await app.getByRole("button", { name: "New collection" }).first().click();
  await app.getByRole("textbox", { name: "Name" }).fill("Manual");
  await app.getByRole("dialog").getByRole("button", { name: "New collection" }).click();
  await expect(app.getByRole("heading", { name: "Manual", level: 1 })).toBeVisible();

  const files = [
    { name: "kettle.md", mimeType: "text/markdown", buffer: Buffer.from(TEXT) },
    { name: "scan.pdf", mimeType: "application/pdf", buffer: Buffer.from("no pdf") },
  ];
  await app.locator("input[type=file]").setInputFiles(files);
  await expect(app.getByRole("row", { name: /kettle\.md/ }).getByText("Ready")).toBeVisible();
  await expect(app.getByRole("row", { name: /scan\.pdf/ }).getByText("Failed")).toBeVisible();

  await app.getByRole("textbox", { name: "Question" }).fill("How long is the guarantee?");
  await app.getByRole("button", { name: "Ask" }).click();
  const found = app.getByRole("listitem").filter({ hasText: "kettle.md" });
  await expect(found).toContainText("Kettle / Warranty");
  await expect(found).toContainText("covered for two years");

  // What was asked is asked again in the way that is chosen.
  await app.getByRole("radio", { name: "Words", exact: true }).click();
  await expect(app.getByText("Nothing found", { exact: true })).toBeVisible();
});

const LOOKS: readonly (readonly [Theme, typeof DESKTOP])[] = [
  ["light", DESKTOP],
  ["dark", PHONE],
];

for (const [theme, viewport] of LOOKS) {
  test(`a collection is accessible in the ${theme} theme, ${viewport.width} wide`, async ({
    app,
  }, info) => {
    await app.setViewportSize(viewport);
    await useTheme(app, theme);
    const { id } = await post<{ id: string }>(app, "collections/", { name: `Manual ${theme}` });
    await post(app, `collections/${id}/documents/`, { name: "kettle.md", text: TEXT });

    await open(app, `/knowledge/${id}`);
    await expect(app.getByText("Ready")).toBeVisible();
    await app.getByRole("textbox", { name: "Question" }).fill("How long is the warranty?");
    await app.getByRole("button", { name: "Ask" }).click();
    await expect(app.getByRole("listitem").filter({ hasText: "covered" })).toBeVisible();

    await expectAccessible(app);
    const overflow = await app.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow, "sideways scrolling").toBeLessThanOrEqual(0);
    await app.screenshot({ path: info.outputPath("collection.png"), fullPage: true });
  });
}
