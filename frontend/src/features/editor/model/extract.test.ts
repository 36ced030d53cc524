import { describe, expect, it } from "vitest";
import { aNode, anEdge, aSpec, documentOf, specOf as known } from "@/test/documents";
import { levelsIn, wayOf } from "./drill";
import { type Cut, cutAround, extracted, withCall } from "./extract";
import { keptOutside } from "./keep-outside";
import type { WorkflowDocument } from "./types";

const input = aSpec("triggers.workflow_input", {
  title: "Workflow Input",
  kind: "trigger",
  inputs: [],
});
const call = aSpec("flow.run_workflow", { title: "Run Workflow" });
const merging = aSpec("data.merge", {
  title: "Merge",
  inputs: [
    { id: "a", label: "A", kind: "main" },
    { id: "b", label: "B", kind: "main" },
  ],
});
const specOf = (type: string) => known(type) ?? [input, call].find((spec) => spec.type === type);

const reading = (name: string) => ({
  params: { text: { "=": `{{ $("${name}").item.json.id }}` } },
});

const chain = documentOf(
  [
    aNode("t", { type: "triggers.manual", name: "Start" }),
    aNode("a", { name: "Shape", position: [320, 0], ...reading("Start") }),
    aNode("b", { name: "Price", position: [640, 0], ...reading("Shape") }),
    aNode("c", { name: "Store", position: [960, 0], ...reading("Price") }),
  ],
  [anEdge("t", "a"), anEdge("a", "b"), anEdge("b", "c")],
);

function cut(document: WorkflowDocument, ...ids: string[]): Cut {
  const found = cutAround(document, specOf, new Set(ids));
  if ("reason" in found) throw new Error(found.reason);
  return found;
}

const refused = (document: WorkflowDocument, ...ids: string[]) => {
  const found = cutAround(document, specOf, new Set(ids));
  return "reason" in found ? [found.reason, found.names] : null;
};

describe("taking nodes out into a workflow", () => {
  it("begins the new one at an input, which expressions read in place of the node before", () => {
    const made = extracted(chain, cut(chain, "a", "b"), { name: "Pricing", input });

    expect(made.nodes.map(({ name }) => name)).toEqual(["Workflow Input", "Shape", "Price"]);
    expect(made.nodes[1]?.params).toEqual({
      text: { "=": '{{ $("Workflow Input").item.json.id }}' },
    });
    expect(made.edges.map(({ to }) => to[0])).toEqual(["a", "b"]);
  });

  it("gives every branch that begins at one output the input of the new workflow", () => {
    const fork = documentOf(
      [
        aNode("t", { type: "triggers.manual", name: "Start" }),
        aNode("a", { name: "Shape" }),
        aNode("b", { name: "Price" }),
        aNode("c", { name: "Store" }),
      ],
      [anEdge("t", "a"), anEdge("t", "b"), anEdge("a", "c"), anEdge("b", "c")],
    );
    const found = cut(fork, "a", "b", "c");
    const made = extracted(fork, found, { name: "Both", input });
    const { document, node } = withCall(fork, found, { workflow: "w2", name: "Both", call });

    const start = made.nodes[0]?.id ?? "";
    expect(made.edges.slice(0, 2)).toEqual([anEdge(start, "a"), anEdge(start, "b")]);
    expect(document.edges).toEqual([anEdge("t", node)]);
  });

  it("leaves one node that calls it, which expressions behind read", () => {
    const { document, node } = withCall(chain, cut(chain, "a", "b"), {
      workflow: "w2",
      name: "Pricing",
      call,
    });

    expect(document.edges).toEqual([anEdge("t", node), anEdge(node, "c")]);
    expect(document.nodes.map(({ name }) => name)).toEqual(["Start", "Store", "Pricing"]);
    expect(document.nodes[1]?.params).toEqual({ text: { "=": '{{ $("Pricing").item.json.id }}' } });
    expect(document.nodes[2]?.params).toMatchObject({ workflow: "w2", each: "all" });
  });

  it("is refused where more than one result would have to come back", () => {
    const forked = documentOf(
      [...chain.nodes, aNode("d", { name: "Log" })],
      [...chain.edges, anEdge("a", "d")],
    );

    expect(refused(forked, "a", "b")).toEqual(["exits", ["Price", "Shape"]]);
    expect(refused(forked, "a", "b", "d")).toEqual(["ends", ["Log"]]);
    expect(refused(chain, "t", "a")).toEqual(["trigger", ["Start"]]);
    expect(refused(chain, "a", "c")).toEqual(["entries", ["Start → Shape", "Price → Store"]]);
  });

  it("is refused where a name could no longer be reached", () => {
    const far = {
      ...chain,
      nodes: chain.nodes.map((node) => (node.id === "c" ? { ...node, ...reading("Start") } : node)),
    };
    const within = {
      ...chain,
      nodes: chain.nodes.map((node) => (node.id === "c" ? { ...node, ...reading("Shape") } : node)),
    };

    expect(refused(far, "b", "c")).toEqual(["reads", ["Start"]]);
    expect(refused(within, "a", "b")).toEqual(["read", ["Store"]]);
  });

  it("is refused for an agent without its model", () => {
    const agent = documentOf(
      [
        aNode("t", { type: "triggers.manual" }),
        aNode("m", { type: "ai.model", name: "Model" }),
        aNode("g", { type: "ai.agent", name: "Agent" }),
      ],
      [anEdge("t", "g"), { from: ["m", "model"], to: ["g", "model"] }],
    );

    expect(refused(agent, "g")).toEqual(["slots", ["Model"]]);
    expect(cut(agent, "g", "m").members).toHaveLength(2);
  });

  it("keeps the way in an address", () => {
    const levels = [
      { workflow: "0198-a", node: "n1" },
      { workflow: "0198-b", node: "n_2" },
    ];

    expect(levelsIn(wayOf(levels))).toEqual(levels);
    expect(levelsIn("broken~")).toEqual([]);
  });

  describe("where data comes from several nodes", () => {
    const both = documentOf(
      [
        aNode("t", { type: "triggers.manual", name: "Start" }),
        aNode("x", { name: "Orders" }),
        aNode("y", { name: "Returns" }),
        aNode("m", { type: "data.merge", name: "Merge" }),
        aNode("a", { name: "Shape" }),
        aNode("b", { name: "Price" }),
      ],
      [
        anEdge("t", "x"),
        anEdge("t", "y"),
        anEdge("x", "m:a"),
        anEdge("y", "m:b"),
        anEdge("m", "a"),
        anEdge("a", "b"),
      ],
    );
    const every = (type: string) => (type === merging.type ? merging : specOf(type));

    it("gives all of it to every branch, where every node leads to each", () => {
      const edges = ["x", "y"].flatMap((from) => ["a", "b"].map((to) => anEdge(from, to)));
      const crossed = { ...both, edges };

      const { document } = withCall(crossed, cut(crossed, "a", "b"), {
        workflow: "w2",
        name: "Both",
        call,
      });

      expect(document.edges.map(({ from }) => from[0])).toEqual(["x", "y"]);
    });

    it("leaves the node outside that joins it, and takes what follows", () => {
      const smaller = keptOutside(both, every, new Set(["m", "a", "b"]));

      expect(smaller?.stays.map(({ name }) => name)).toEqual(["Merge"]);
      expect([...(smaller?.ids ?? [])]).toEqual(["a", "b"]);
    });

    it("says who gives what to whom, where no single node joins it", () => {
      const branches = new Set(["x", "y", "m"]);
      const apart = {
        ...both,
        edges: [...both.edges.slice(2), anEdge("p", "x"), anEdge("t", "y")],
      };
      const known = { ...apart, nodes: [...apart.nodes, aNode("p", { name: "Prices" })] };

      expect(cutAround(known, every, branches)).toEqual({
        reason: "entries",
        names: ["Prices → Orders", "Start → Returns"],
      });
      expect(keptOutside(known, every, branches)).toBeNull();
    });
  });
});
