import { describe, expect, it } from "vitest";
import type { NodeSpec } from "@/api/types";
import { buildCatalog } from "./catalog";
import { search } from "./search";

function spec(
  type: string,
  title: string,
  description = "",
  synonyms: readonly string[] = [],
): NodeSpec {
  return {
    type,
    version: 1,
    title,
    description,
    category: type.split(".")[0] ?? "",
    icon: "box",
    synonyms,
    kind: "action",
    effect: "pure",
    inputs: [],
    outputs: [],
    params: {},
    defaults: {},
    credentials: [],
    attachable: true,
    settings_defaults: {},
    documentation: "",
    examples: [],
    output_schema: null,
    package: { name: "headrace", version: "0.1.0" },
  };
}

const catalog = buildCatalog({
  nodes: [
    spec("web.http_request", "HTTP Request", "Call any API", ["curl", "rest"]),
    spec("web.respond", "Respond to Webhook", "Send the reply"),
    spec("flow.if", "If", "Two-way branch", ["condition", "branch"]),
    spec("messages.email", "Send e-mail", "SMTP", ["mail"]),
  ],
  broken: [],
  categories: [
    { id: "flow", label: "Flow", color: "slate" },
    { id: "web", label: "Web", color: "blue" },
    { id: "messages", label: "Messages", color: "blue" },
  ],
});

const all = () => true;
const titles = (query: string, allowed: (spec: NodeSpec) => boolean = all) =>
  search(catalog, query, allowed).flatMap((group) => group.specs.map(({ title }) => title));

describe("finding a node type", () => {
  it("puts a title that begins with the word first", () => {
    expect(titles("re")[0]).toBe("Respond to Webhook");
  });

  it("wants every word somewhere, in any order", () => {
    expect(titles("api http")).toEqual(["HTTP Request"]);
    expect(titles("http nothing")).toEqual([]);
  });

  it("finds by synonym", () => {
    expect(titles("curl")).toEqual(["HTTP Request"]);
    expect(titles("branch")).toEqual(["If"]);
  });

  it("forgives letters left out of a title", () => {
    expect(titles("htpr")).toEqual(["HTTP Request"]);
  });

  it("lists by category in the catalogue's order when nothing was typed, recents first", () => {
    const groups = search(catalog, "", all, ["messages.email"]);

    expect(groups.map(({ id }) => id)).toEqual(["recent", "flow", "web", "messages"]);
  });

  it("leaves out what is not allowed here", () => {
    expect(titles("http", ({ type }) => type !== "web.http_request")).toEqual([]);
  });
});
