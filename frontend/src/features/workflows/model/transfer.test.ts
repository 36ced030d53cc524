import { describe, expect, it } from "vitest";
import { fileNameOf, readWorkflow } from "./transfer";

describe("readWorkflow", () => {
  it("reads a document of our format", () => {
    const text = JSON.stringify({ format: "headrace/1", name: "A", nodes: [], edges: [] });

    const reading = readWorkflow(text);

    expect(reading).toEqual({ ok: true, file: JSON.parse(text) });
  });

  it.each([
    ["{", "not_json"],
    ["[]", "not_a_workflow"],
    ["{}", "not_a_workflow"],
    ['{"format": "headrace/1", "nodes": {}}', "other_format"],
    ['{"format": "headrace/2", "nodes": [], "edges": []}', "other_format"],
    ['{"nodes": [], "connections": {}}', "other_format"],
  ])("refuses %s as %s", (text, reason) => {
    expect(readWorkflow(text)).toEqual({ ok: false, reason });
  });
});

describe("fileNameOf", () => {
  it.each([
    ["Invoice intake", "invoice-intake.json"],
    ["Über/uns?", "über-uns.json"],
    ["***", "workflow.json"],
  ])("names %s as %s", (name, file) => {
    expect(fileNameOf(name)).toBe(file);
  });
});
