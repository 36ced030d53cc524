// How long somebody needs who has never seen Headrace: from sign-in to a workflow that was triggered.

import { expect, owner, test } from "./fixtures";
import { Newcomer } from "./newcomer";

const LIMIT_S = 180;

test("from sign-in to a published, triggered workflow in under three minutes", async ({ page }) => {
  const person = new Newcomer(page);
  await page.goto("/app/");

  await test.step("sign in", async () => {
    await person.types(page.getByRole("textbox", { name: "E-mail" }), owner().email);
    await person.types(page.getByLabel("Password"), owner().password);
    await person.clicks(page.getByRole("button", { name: "Sign in" }));
    await person.reads(page.getByRole("main"));
  });

  await test.step("draw a form and what is made of its answers", async () => {
    await person.clicks(page.getByRole("link", { name: "Workflows" }).first());
    await person.clicks(page.getByRole("button", { name: "New workflow" }).first());
    await person.reads(page.getByRole("main"));
    await person.clicks(page.getByRole("button", { name: /^Start from a trigger/ }));
    await person.reads(page.getByRole("dialog"));
    await person.types(page.getByRole("combobox"), "form");
    await person.clicks(page.getByRole("option", { name: /^Form/ }).first());
    await person.doubleClicks(page.getByRole("group", { name: /^Form,/ }));
    await person.reads(page.getByRole("region", { name: "Parameters" }));
    await person.types(page.getByRole("textbox", { name: "Title" }).first(), "Write to us");
    await person.clicks(page.getByRole("button", { name: "Add field" }));
    await person.types(page.getByRole("textbox", { name: /Label/ }).last(), "Your name");
    await person.presses("Escape");
    await person.clicks(page.getByRole("button", { name: /^Add node/ }));
    await person.types(page.getByRole("combobox"), "edit fields");
    await person.clicks(page.getByRole("option", { name: /^Edit Fields/ }).first());
  });

  await test.step("publish it", async () => {
    await person.clicks(page.getByRole("button", { name: "Publish" }));
    const dialog = page.getByRole("dialog", { name: "Publish this workflow" });
    await person.reads(dialog);
    await person.clicks(dialog.getByRole("button", { name: "Publish" }));
    await person.reads(page.getByRole("dialog", { name: /is live$/ }));
  });

  await test.step("fill the form in, and find the run", async () => {
    const opened = page.context().waitForEvent("page");
    await person.clicks(page.getByRole("link", { name: "Open the page" }));
    const form = await opened;
    const visitor = person.at(form);
    await visitor.reads(form.locator("body"));
    await visitor.types(form.getByLabel("Your name"), "Ada Lovelace");
    await visitor.clicks(form.getByRole("button", { name: "Submit" }));
    await expect(form.getByRole("heading", { name: "Thank you" })).toBeVisible();
    await person.clicks(page.getByRole("button", { name: "Done" }));
    const last = page.getByRole("group", { name: /^Edit Fields,/ });
    await expect(last).toHaveAttribute("data-status", "completed");
  });

  process.stdout.write(`first-time user: ${person.seconds.toFixed(0)} s of ${LIMIT_S} s\n`);
  for (const line of person.account()) process.stdout.write(`  ${line}\n`);
  expect(person.seconds).toBeLessThan(LIMIT_S);
});
