// A chat inside of somebody else's page, put there by one line.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, expectAccessible, makeWorkflow, post, test, workflowOf } from "./fixtures";

const says = [{ name: "text", type: "auto", value: { "=": "You said: {{ $json.message }}" } }];

test("a site shows a chat in a panel that keyboards and readers find", async ({ app, baseURL }) => {
  let embed = "";
  // A site of its own on this machine: browsers keep those on the internet from asking it.
  const shop = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>${embed}</html>`);
  });
  await new Promise<void>((ready) => shop.listen(0, "127.0.0.1", ready));
  const site = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  const path = `widget-${crypto.randomUUID()}`;
  const params = { path, title: "Support", greeting: "Hello!", origins: [site] };
  const workflow = await makeWorkflow(
    app,
    workflowOf(
      path,
      [
        { id: "chat", name: "Chat", type: "triggers.chat", position: [0, 0], params },
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
  const addresses = await app.request.get(`/api/v1/workflows/${workflow}/addresses/`);
  embed = (await addresses.json()).results[0].embed;
  expect(embed).toContain(`${baseURL}/chat/${path}?widget`);

  await app.goto(site);
  const opener = app.getByRole("button", { name: "Support", exact: true });
  await opener.focus();
  await app.keyboard.press("Enter");
  const panel = app.getByRole("dialog", { name: "Support" });
  const inside = panel.frameLocator("iframe");
  await inside.getByLabel("Message").fill("Hi");
  await app.keyboard.press("Enter");
  await expect(inside.getByText("You said: Hi")).toBeVisible();
  await expectAccessible(app);

  await inside.getByLabel("Message").press("Escape");
  await expect(panel).toBeHidden();
  await expect(opener).toBeFocused();

  await app.emulateMedia({ colorScheme: "dark" });
  await app.setViewportSize({ width: 375, height: 812 });
  await app.reload();
  await opener.click();
  await expect(inside.getByText("You said: Hi")).toBeVisible();
  await panel.getByRole("button", { name: "Close Support" }).click();
  await expect(opener).toBeFocused();
  shop.close();
});
