import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonObject, PortSource } from "@/api/types";
import { aNode, anEdge, aSpec, documentOf, SPECS, specOf } from "@/test/documents";
import { nodeGeometry } from "./geometry";
import { portsIn, portsOf, resolvePorts } from "./ports";
import type { Port } from "./types";

const ids = (ports: readonly Port[]) => ports.map(({ id }) => id);
const [, , , switchSpec = aSpec("none")] = SPECS;

type Vector = {
  readonly title: string;
  readonly rule: PortSource;
  readonly params: JsonObject;
  readonly ports: readonly string[];
};

/** The same file that headrace_sdk/ports.py is tested with. */
const vectors: readonly Vector[] = JSON.parse(readFileSync("../fixtures/ports.json", "utf8"));

describe("ports that follow a parameter", () => {
  it.each(vectors)("$title", ({ rule, params, ports }) => {
    expect(resolvePorts(rule, params)).toEqual(ports);
  });

  it("come one per entry, then the fixed ones", () => {
    const params = { cases: [{ name: "big" }, { name: "small" }] };

    expect(resolvePorts({ from: "cases[].name", plus: ["else"] }, params)).toEqual([
      "big",
      "small",
      "else",
    ]);
  });

  it("leave out blanks, repeats and what is no text", () => {
    const params = {
      cases: [{ name: "a" }, { name: "" }, { name: "a" }, {}, "x", { name: { "=": "b" } }],
    };

    expect(resolvePorts({ from: "cases[].name" }, params)).toEqual(["a"]);
  });

  it("survive a parameter of another shape", () => {
    expect(resolvePorts({ from: "cases[].name", plus: ["else"] }, { cases: "none" })).toEqual([
      "else",
    ]);
    expect(resolvePorts({ from: "a.b[]" }, { a: { b: ["x", "y"] } })).toEqual(["x", "y"]);
  });
});

describe("ports of a node", () => {
  it("gain the error port when errors go there", () => {
    const node = aNode("a", { settings: { on_error: "error_port" } });

    expect(ids(portsOf(node, aSpec("x")).outputs)).toEqual(["main", "error"]);
  });

  it("keep a port that vanished while an edge still uses it", () => {
    const node = aNode("s", { type: "flow.switch", params: { cases: [] } });
    const document = documentOf([node, aNode("b")], [anEdge("s:gone", "b")]);

    expect(ids(portsOf(node, switchSpec).outputs)).toEqual(["else"]);
    expect(ids(portsIn(document, node, specOf).outputs)).toEqual(["else", "gone"]);
  });

  it("are read off the edges where the package is missing", () => {
    const node = aNode("m", { type: "acme.unknown" });
    const document = documentOf(
      [aNode("a"), node, aNode("b")],
      [anEdge("a", "m:in"), anEdge("m:out", "b")],
    );

    expect(portsIn(document, node, specOf)).toMatchObject({
      inputs: [{ id: "in" }],
      outputs: [{ id: "out" }],
    });
  });
});

describe("geometry", () => {
  const ports = (count: number): readonly Port[] =>
    Array.from({ length: count }, (_, index) => ({ id: `p${index}`, label: "", kind: "main" }));

  it("is 232 × 92 for ordinary nodes", () => {
    const { width, height } = nodeGeometry({ inputs: ports(1), outputs: ports(2) });

    expect([width, height]).toEqual([232, 92]);
  });

  it("grows by the ports alone", () => {
    const small = nodeGeometry({ inputs: ports(1), outputs: ports(3) });
    const large = nodeGeometry({ inputs: ports(1), outputs: ports(6) });

    expect(small.height).toBe(92);
    expect(large.height).toBe(92 + 3 * 22);
    expect(large.places.every(({ y }) => y > 0 && y < large.height)).toBe(true);
  });

  it("gives capability inputs a row of their own", () => {
    const model: Port = { id: "model", label: "Model", kind: "model" };

    const { height, places } = nodeGeometry({ inputs: [...ports(1), model], outputs: ports(1) });

    expect(height).toBe(170);
    expect(places.find(({ port }) => port.id === "model")).toMatchObject({
      side: "bottom",
      y: 170,
      x: 116,
    });
  });
});
