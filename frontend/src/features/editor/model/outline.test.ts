import { describe, expect, it } from "vitest";
import { aNode, anEdge, aSpec, documentOf, specOf } from "@/test/documents";
import { findNodes } from "./find";
import { ancestorsOf, topologicalOrder } from "./graph";
import { outlineOf } from "./outline";
import { summaryOf } from "./summary";

const document = documentOf(
  [
    aNode("join", { position: [960, 0] }),
    aNode("no", { position: [640, 100], params: { url: "https://acme.test" } }),
    aNode("yes", { position: [640, 0] }),
    aNode("if", { type: "flow.if", position: [320, 0] }),
    aNode("start", { type: "triggers.manual" }),
  ],
  [
    anEdge("start", "if"),
    anEdge("if:true", "yes"),
    anEdge("if:false", "no"),
    anEdge("yes", "join"),
    anEdge("no", "join"),
  ],
);

describe("the outline", () => {
  it("nests branches under their output and brings joins back out", () => {
    const rows = outlineOf(document, specOf).map((row) =>
      row.kind === "node"
        ? `${"  ".repeat(row.depth)}${row.node.name}`
        : `${"  ".repeat(row.depth)}[${row.label}]`,
    );

    expect(rows).toEqual(["START", "IF", "  [true]", "    YES", "  [false]", "    NO", "JOIN"]);
  });

  it("names what follows each node", () => {
    const [, branching] = outlineOf(document, specOf);

    expect(branching).toMatchObject({ next: ["YES", "NO"] });
  });

  it("also lists the nodes of a cycle, each once", () => {
    const cyclic = documentOf([aNode("a"), aNode("b")], [anEdge("a", "b"), anEdge("b", "a")]);

    expect(topologicalOrder(cyclic).map(({ id }) => id)).toEqual(["a", "b"]);
  });
});

describe("the graph", () => {
  it("lists ancestors nearest first", () => {
    expect(ancestorsOf(document, "join")).toEqual(["yes", "no", "if", "start"]);
  });
});

describe("finding nodes", () => {
  const find = (query: string) =>
    findNodes(
      document,
      specOf,
      [
        {
          code: "x",
          message: "URL is missing",
          severity: "error",
          node: "no",
          edge: null,
          path: "",
        },
      ],
      query,
    ).map(({ node, where }) => [node.id, where]);

  it("looks at names, types, parameters and problems", () => {
    expect(find("join")).toEqual([["join", "name"]]);
    expect(find("manual trig")).toEqual([["start", "type"]]);
    expect(find("acme")).toEqual([["no", "params"]]);
    expect(find("missing")).toEqual([["no", "problem"]]);
    expect(find(" ")).toEqual([]);
  });
});

describe("the line under a node's name", () => {
  const text = { "x-ui": { widget: "text" } };
  const spec = aSpec("web.http_request", {
    title: "HTTP Request",
    params: {
      properties: {
        method: { "x-ui": { widget: "select", labels: { GET: "GET", POST: "POST" } } },
        url: text,
        secret: { "x-ui": { widget: "text", secret: true } },
        hidden: { "x-ui": { widget: "text", show_if: { field: "method", in: ["GET"] } } },
        conditions: { "x-ui": { widget: "conditions" } },
      },
    },
    defaults: { method: "GET" },
  });

  it("tells the telling parameters", () => {
    const node = aNode("a", {
      params: { method: "POST", url: "https://acme.test", secret: "s", hidden: "h" },
    });

    expect(summaryOf(node, spec)).toBe("POST https://acme.test");
  });

  it("shows a condition as it reads", () => {
    const condition = { left: { "=": "{{ $json.total }}" }, op: "gt", right: 100 };
    const onlyConditions = aSpec("flow.if", {
      params: { properties: { conditions: { "x-ui": { widget: "conditions" } } } },
    });

    expect(
      summaryOf(aNode("a", { params: { conditions: { all: [condition] } } }), onlyConditions),
    ).toBe("{{ $json.total }} > 100");
  });

  it("falls back to the type's title", () => {
    expect(summaryOf(aNode("a"), aSpec("x.y", { title: "Something" }))).toBe("Something");
  });
});
