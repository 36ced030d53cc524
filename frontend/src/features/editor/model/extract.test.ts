import { describe, expect, it } from "vitest";
import { aNode, anEdge, aSpec, documentOf, specOf as known } from "@/test/documents";
import { levelsIn, wayOf } from "./drill";
import { type Cut, cutAround, extracted, withCall } from "./extract";
import type { WorkflowDocument } from "./types";

const input = aSpec("triggers.workflow_input", {
  title: "Workflow Input",
  kind: "trigger",
  inputs: [],
});
const call = aSpec("flow.run_workflow", { title: "Run Workflow" });
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
    expect(refused(chain, "a", "c")).toEqual(["entries", ["Shape", "Store"]]);
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
});
