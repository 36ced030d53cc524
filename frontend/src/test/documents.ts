// Small documents and node types for tests.

import type { NodeSpec, Port, WorkflowDocument, WorkflowEdge, WorkflowNode } from "@/api/types";

const main = (id: string, label: string): Port => ({ id, label, kind: "main" });

export function aSpec(type: string, given: Partial<NodeSpec> = {}): NodeSpec {
  return {
    type,
    version: 1,
    title: type,
    description: "",
    category: "data",
    icon: "box",
    synonyms: [],
    kind: "action",
    effect: "pure",
    inputs: [main("main", "In")],
    outputs: [main("main", "Out")],
    params: { type: "object", properties: {} },
    defaults: {},
    credentials: [],
    attachable: true,
    settings_defaults: {},
    documentation: "",
    examples: [],
    output_schema: null,
    package: { name: "headrace", version: "0.1.0" },
    ...given,
  };
}

export const SPECS: readonly NodeSpec[] = [
  aSpec("triggers.manual", { title: "Manual Trigger", kind: "trigger", inputs: [] }),
  aSpec("data.edit_fields", { title: "Edit Fields" }),
  aSpec("flow.if", { title: "If", outputs: [main("true", "true"), main("false", "false")] }),
  aSpec("flow.switch", {
    title: "Switch",
    "x-ports": { outputs: { from: "cases[].name", plus: ["else"] } },
  }),
  aSpec("flow.stop", { title: "Stop", outputs: [] }),
  aSpec("ai.model", {
    title: "Model",
    kind: "capability",
    inputs: [],
    outputs: [{ id: "model", label: "Model", kind: "model" }],
  }),
  aSpec("ai.agent", {
    title: "Agent",
    kind: "agent",
    inputs: [
      main("main", "In"),
      { id: "model", label: "Model", kind: "model" },
      { id: "memory", label: "Memory", kind: "memory" },
      { id: "tools", label: "Tools", kind: "tool" },
    ],
  }),
];

export const specOf = (type: string): NodeSpec | undefined =>
  SPECS.find((spec) => spec.type === type);

export function aNode(id: string, given: Partial<WorkflowNode> = {}): WorkflowNode {
  return {
    id,
    name: id.toUpperCase(),
    type: "data.edit_fields",
    version: 1,
    position: [0, 0],
    params: {},
    ...given,
  };
}

/** An edge by the main ports, or `anEdge("if:true", "b")`. */
export function anEdge(from: string, to: string): WorkflowEdge {
  const ref = (text: string): [string, string] => {
    const [node = "", port = "main"] = text.split(":");
    return [node, port];
  };
  return { from: ref(from), to: ref(to) };
}

export function documentOf(
  nodes: readonly WorkflowNode[],
  edges: readonly WorkflowEdge[] = [],
): WorkflowDocument {
  return { format: "headrace/1", name: "Test", nodes, edges };
}
