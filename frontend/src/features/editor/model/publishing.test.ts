import { describe, expect, it } from "vitest";
import { aNode, aSpec, documentOf } from "@/test/documents";
import { activationOf } from "./publishing";

const webhook = aSpec("triggers.webhook", {
  kind: "trigger",
  defaults: { path: "", method: ["POST"] },
});
const specOf = (type: string) => (type === webhook.type ? webhook : undefined);
const site = { origin: "https://acme.test", workflowId: "0198-aa" };
const hook = (params: object, disabled = false) =>
  documentOf([aNode("h", { type: webhook.type, params: { ...params }, disabled })]);

describe("what publishing switches on", () => {
  it("is the address of a webhook, with a command to try it", () => {
    const { webhooks } = activationOf(
      hook({ path: "/orders/:id", method: ["PUT", "GET"] }),
      specOf,
      site,
    );

    expect(webhooks[0]).toMatchObject({
      url: "https://acme.test/webhook/orders/:id",
      methods: ["PUT", "GET"],
    });
    expect(webhooks[0]?.curl).toContain("curl -X PUT 'https://acme.test/webhook/orders/:id'");
    expect(webhooks[0]?.curl).toContain("-d '{");
  });

  it("sends no body where the method has none", () => {
    const { webhooks } = activationOf(hook({ path: "x", method: ["GET"] }), specOf, site);

    expect(webhooks[0]?.curl).toBe("curl -X GET 'https://acme.test/webhook/x'");
  });

  it("names the address that the server gives to a webhook without a path", () => {
    const { webhooks } = activationOf(hook({}), specOf, site);

    expect(webhooks[0]?.url).toBe("https://acme.test/webhook/0198aa-h");
  });

  it("is the address of a form, which is opened and not called", () => {
    const form = aSpec("triggers.form", { kind: "trigger", defaults: { path: "" } });
    const document = documentOf([aNode("f", { type: form.type, params: { path: "contact" } })]);

    const { webhooks } = activationOf(document, () => form, site);

    expect(webhooks).toMatchObject([
      { url: "https://acme.test/form/contact", methods: [], curl: null },
    ]);
  });

  it("is the one address of all tools, with a command that lists them", () => {
    const tool = aSpec("triggers.mcp", { kind: "trigger" });
    const document = documentOf([aNode("t", { type: tool.type, params: { name: "find_order" } })]);

    const { webhooks } = activationOf(document, () => tool, site);

    expect(webhooks).toMatchObject([{ url: "https://acme.test/mcp", methods: ["POST"] }]);
    expect(webhooks[0]?.curl).toContain("Authorization: Bearer");
    expect(webhooks[0]?.curl).toContain('"method": "tools/list"');
  });

  it("leaves out disabled triggers", () => {
    expect(activationOf(hook({ path: "x" }, true), specOf, site)).toEqual({
      triggers: [],
      webhooks: [],
    });
  });
});
