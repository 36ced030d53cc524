import { describe, expect, it } from "vitest";
import { aNode, anEdge, documentOf, specOf } from "@/test/documents";
import { connect, inputFor, outputFor, refusal } from "./connect";

const document = documentOf(
  [
    aNode("t", { type: "triggers.manual" }),
    aNode("a"),
    aNode("b"),
    aNode("if", { type: "flow.if" }),
    aNode("agent", { type: "ai.agent" }),
    aNode("model", { type: "ai.model" }),
  ],
  [anEdge("t", "a"), anEdge("a", "b")],
);

describe("what may be connected", () => {
  it.each([
    ["a", "main", "a", "main", null],
    ["a", "main", "t", "main", "into_trigger"],
    ["a", "main", "b", "nowhere", "unknown_port"],
    ["model", "model", "agent", "main", "kinds_differ"],
    ["t", "main", "a", "main", "duplicate"],
    ["b", "main", "a", "main", null],
    ["b", "main", "if", "main", null],
    ["model", "model", "agent", "model", null],
    ["t", "main", "b", "main", null],
  ])("%s.%s → %s.%s: %s", (source, out, target, into, expected) => {
    expect(refusal(document, specOf, [source, out], [target, into])).toBe(expected);
  });

  it("picks the input that fits when a wire is dropped on a node's body", () => {
    expect(inputFor(document, specOf, ["model", "model"], "agent")).toEqual(["agent", "model"]);
    expect(inputFor(document, specOf, ["a", "main"], "agent")).toEqual(["agent", "main"]);
    expect(inputFor(document, specOf, ["a", "main"], "t")).toBeNull();
  });

  it("picks the output that fits when a wire comes from an input", () => {
    expect(outputFor(document, specOf, "if", ["agent", "main"])).toEqual(["if", "true"]);
  });

  it("adds no edge twice", () => {
    expect(connect(document, anEdge("t", "a"))).toBe(document);
  });
});
