import { describe, expect, it } from "vitest";
import type { Execution, Step } from "@/api/types";
import { aNode, anEdge, aSpec, documentOf } from "@/test/documents";
import { changesOf, loadedDocument, pinSources } from "./load-run";

const specs = [
  aSpec("triggers.manual", { kind: "trigger", inputs: [] }),
  aSpec("data.edit_fields"),
  aSpec("web.http_request", { effect: "read" }),
];
const specOf = (type: string) => specs.find((spec) => spec.type === type);

const document = documentOf(
  [
    aNode("t", { type: "triggers.manual", name: "Start" }),
    aNode("h", { type: "web.http_request", name: "Fetch" }),
    aNode("e", { name: "Shape" }),
  ],
  [anEdge("t", "h"), anEdge("h", "e")],
);
const step = (node: string, given: Partial<Step> = {}) =>
  ({ node, run: "0", status: "completed", items_out: { main: 2 }, ...given }) as Step;
const run = (...steps: readonly Step[]) =>
  ({ id: "x", number: 4, document, steps }) as unknown as Execution;
const pinned = (...steps: readonly Step[]) =>
  pinSources(run(...steps), specOf).map(({ node }) => node);

describe("loading a run into the editor", () => {
  it("pins what came from outside and computes the rest again", () => {
    expect(pinned(step("t"), step("h"), step("e"))).toEqual(["t", "h"]);
  });

  it("pins nothing of a step that failed, gave nothing, or ran in turns", () => {
    expect(pinned(step("h", { status: "failed" }))).toEqual([]);
    expect(pinned(step("h", { items_out: { main: 0 } }))).toEqual([]);
    expect(pinned(step("h"), step("h", { run: "1" }))).toEqual([]);
  });

  it("lists nodes that change, are wired anew, or lose their pin", () => {
    const draft = {
      ...document,
      nodes: [...document.nodes.slice(0, 2), aNode("n", { name: "New" })],
      edges: [anEdge("t", "h"), anEdge("h", "n")],
      pins: { h: [{ json: {} }] },
    };

    expect(changesOf(draft, document)).toEqual({
      nodes: ["New", "Shape", "Fetch"],
      pins: ["Fetch"],
    });
    expect(changesOf(document, document)).toEqual({ nodes: [], pins: [] });
  });

  it("keeps the draft's name and no pin of before", () => {
    const draft = { ...document, name: "Mine", pins: { e: [{ json: { old: true } }] } };

    expect(loadedDocument(draft, document, { t: [] })).toMatchObject({
      name: "Mine",
      pins: { t: [] },
    });
    expect(loadedDocument(draft, document, { t: [] }).pins).toEqual({ t: [] });
  });
});
