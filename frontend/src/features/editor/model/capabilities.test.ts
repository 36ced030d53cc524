import { describe, expect, it } from "vitest";
import { aNode, anEdge, documentOf, specOf } from "@/test/documents";
import { countInFlow } from "./capabilities";
import { connect, inputFor, outputFor, refusal } from "./connect";
import { placeBelow } from "./edit-graph";
import { NODE_HEIGHT, NODE_WIDTH, nodeGeometry, SUB_HEIGHT, SUB_WIDTH } from "./geometry";
import { outlineOf } from "./outline";
import { portsIn } from "./ports";
import { tidy } from "./tidy";
import { nodeById, type WorkflowDocument } from "./types";
import { neighbour } from "./walk";

// t → agent → after; a model and the tools "left" and "right" hang below the agent, "loose" stands alone.
const document = documentOf(
  [
    aNode("t", { type: "triggers.manual" }),
    aNode("agent", { type: "ai.agent", position: [320, 0] }),
    aNode("after", { position: [640, 0] }),
    aNode("model", { type: "ai.model", position: [200, 240] }),
    aNode("left", { position: [400, 240] }),
    aNode("right", { position: [600, 240] }),
    aNode("loose", { position: [0, 400] }),
  ],
  [
    anEdge("t", "agent"),
    anEdge("agent", "after"),
    anEdge("model:model", "agent:model"),
    anEdge("left:tool", "agent:tools"),
    anEdge("right:tool", "agent:tools"),
  ],
);
const portsAt = (id: string, at: WorkflowDocument = document) => {
  const node = nodeById(at, id);
  if (!node) throw new Error(`No node ${id}.`);
  const { inputs, outputs } = portsIn(at, node, specOf);
  return [inputs.map((port) => port.id), outputs.map((port) => port.id)];
};

describe("a node that is attached to an agent", () => {
  it("has its tool port alone, and its main ports again once it is let go", () => {
    expect(portsAt("left")).toEqual([[], ["tool"]]);
    expect(portsAt("loose")).toEqual([["main"], ["main"]]);
  });

  it("counts as none of the nodes that a run goes through", () => {
    expect(countInFlow(document)).toBe(4);
  });

  it("is a pill; an agent keeps room for its slots and for what it says", () => {
    const pill = nodeGeometry({ inputs: [], outputs: [{ id: "tool", label: "", kind: "tool" }] });
    const agent = nodeGeometry({ inputs: specOf("ai.agent")?.inputs ?? [], outputs: [] });

    expect([pill.width, pill.height, pill.isSub]).toEqual([SUB_WIDTH, SUB_HEIGHT, true]);
    expect([agent.width, agent.height]).toEqual([NODE_WIDTH, NODE_HEIGHT + 28 + 50]);
  });

  it.each([
    ["loose", "tool", "agent", "tools", null],
    ["after", "tool", "agent", "tools", "in_flow"],
    ["left", "main", "after", "main", "unknown_port"],
    ["model", "model", "agent", "memory", "kinds_differ"],
    ["model", "model", "agent", "model", "duplicate"],
  ])("%s.%s → %s.%s: %s", (source, port, target, slot, expected) => {
    expect(refusal(document, specOf, [source, port], [target, slot])).toBe(expected);
  });

  it("is the only one in a slot for one", () => {
    const two = { ...document, nodes: [...document.nodes, aNode("other", { type: "ai.model" })] };

    expect(refusal(two, specOf, ["other", "model"], ["agent", "model"])).toBe("slot_taken");
  });

  it("is tied by a wire from the slot to its body, or from its body to the agent", () => {
    expect(outputFor(document, specOf, "loose", ["agent", "tools"])).toEqual(["loose", "tool"]);
    expect(inputFor(document, specOf, ["loose", "tool"], "agent")).toEqual(["agent", "tools"]);
  });

  it("gets a free place below its slot", () => {
    const [, y] = placeBelow(document, specOf, ["agent", "tools"]);

    expect(y).toBeGreaterThan(NODE_HEIGHT + 28 + 50);
  });
});

describe("reaching what is attached", () => {
  it("lists it in the outline below its agent, under its slot", () => {
    const rows = outlineOf(document, specOf).map((row) =>
      row.kind === "node" ? `${row.depth} ${row.node.name}` : `${row.depth} ${row.label}:`,
    );

    expect(rows).toEqual([
      "0 T",
      "0 AGENT",
      "1 Model:",
      "2 MODEL",
      "1 Tools:",
      "2 LEFT",
      "2 RIGHT",
      "0 AFTER",
      "0 LOOSE",
    ]);
  });

  it("goes down from the agent, sideways among its sub-nodes and up again by the arrow keys", () => {
    expect(neighbour(document, "agent", "down")).toBe("model");
    expect(neighbour(document, "model", "right")).toBe("left");
    expect(neighbour(document, "right", "right")).toBeNull();
    expect(neighbour(document, "left", "up")).toBe("agent");
    expect(neighbour(document, "agent", "left")).toBe("t");
  });
});

it("tidying puts sub-nodes in a row below their agent, clear of the flow", () => {
  const box = (id: string, width: number, height: number) => ({ id, width, height, x: 0, y: 0 });
  const places = new Map(
    tidy({
      nodes: [
        box("t", 232, 92),
        box("agent", 232, 170),
        box("after", 232, 92),
        box("a", 168, 52),
        box("b", 168, 52),
      ],
      edges: [
        ["t", "agent"],
        ["agent", "after"],
      ],
      bonds: [
        ["a", "agent"],
        ["b", "agent"],
      ],
    }),
  );
  const at = (id: string) => places.get(id) ?? [Number.NaN, Number.NaN];

  expect(at("a")[1]).toBe(at("b")[1]);
  expect(at("a")[1]).toBeGreaterThanOrEqual(at("agent")[1] + 170);
  expect(at("b")[0]).toBeGreaterThanOrEqual(at("a")[0] + 168);
  expect(at("after")[0]).toBeGreaterThan(at("b")[0] + 168);
});

it("ties that lead round are refused", () => {
  const tied = connect(documentOf([aNode("x"), aNode("y")]), {
    from: ["x", "tool"],
    to: ["y", "tools"],
  });
  const agents = (type: string) => {
    const spec = specOf(type);
    return (
      spec && {
        ...spec,
        inputs: [{ id: "tools", label: "Tools", kind: "tool" as const }],
        outputs: [{ id: "tool", label: "Tool", kind: "tool" as const }],
      }
    );
  };

  expect(refusal(tied, agents, ["y", "tool"], ["x", "tools"])).toBe("circle");
});
