// A table from nothing: columns, cells edited in place by keys and pointer, a file in, rows found.

import { expect, open, test } from "./fixtures";

test("a table is made, filled by hand and from a file, and searched", async ({ app }) => {
  await open(app, "/tables");
  await app.getByRole("button", { name: "New table" }).first().click();
  await app.getByRole("textbox", { name: "Name" }).fill("Guests");
  await app.getByRole("button", { name: "Create" }).click();
  await expect(app.getByRole("heading", { name: "Guests", level: 1 })).toBeVisible();

  await app.getByRole("button", { name: "Add column" }).click();
  await app.getByRole("textbox", { name: "Name" }).fill("Age");
  await app.getByRole("combobox", { name: "What it holds" }).click();
  await app.getByRole("option", { name: "Number" }).click();
  await app.getByRole("button", { name: "Create" }).click();
  await expect(app.getByRole("columnheader", { name: "Age" })).toBeVisible();

  await app.getByRole("button", { name: "Add row" }).click();
  await app.getByRole("button", { name: "Name of row 1: empty" }).press("Enter");
  await app.getByRole("textbox", { name: "Name" }).fill("Ada");
  await app.keyboard.press("Enter");
  await expect(app.getByRole("button", { name: "Name of row 1: Ada" })).toBeFocused();

  await app.getByRole("button", { name: "Age of row 1: empty" }).click();
  await app.getByRole("textbox", { name: "Age" }).fill("old");
  await app.keyboard.press("Enter");
  await expect(app.getByRole("alert")).toHaveText("This is not a number.");
  await app.getByRole("textbox", { name: "Age" }).fill("36");
  await app.keyboard.press("Enter");
  await expect(app.getByRole("button", { name: "Age of row 1: 36" })).toBeVisible();

  await app.getByRole("button", { name: "More for this table" }).click();
  await app.getByRole("menuitem", { name: "Import CSV" }).click();
  const text = "Name,Age,City\nBob,41,Ulm\nCy,9,Bonn\n";
  await app
    .getByLabel("CSV file")
    .setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await app.getByRole("button", { name: "Import CSV" }).click();
  await expect(app.getByRole("button", { name: "City of row 2: Ulm" })).toBeVisible();

  await app.getByRole("button", { name: "Age", exact: true }).click();
  await app.getByRole("menuitem", { name: "Smallest first" }).click();
  await expect(app.getByRole("button", { name: "Name of row 1: Cy" })).toBeVisible();

  await app.getByRole("searchbox", { name: "Find rows" }).fill("bo");
  await app.keyboard.press("Enter");
  await expect(app.getByRole("row")).toHaveCount(2);
  await expect(app.getByRole("button", { name: "Name of row 1: Bob" })).toBeVisible();
});
