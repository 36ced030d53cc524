// Which ports a node has right now: declared ones, those that follow a parameter, the error port.
// The same rules as headrace_sdk/ports.py, held together by fixtures/ports.json.

import {
  isAttached,
  isCapabilityEdge,
  isInFlow,
  isTaken,
  kindOfEnd,
  toolPortOf,
} from "./capabilities";
import { edgesInto, edgesOutOf } from "./graph";
import type {
  JsonObject,
  JsonValue,
  NodePorts,
  NodeSpec,
  Port,
  PortSource,
  SpecOf,
  WorkflowDocument,
  WorkflowEdge,
  WorkflowNode,
} from "./types";

export const ERROR_PORT = "error";

/** What a path such as `cases[].name` yields, `plus`, and `also` while a parameter asks for it. */
export function resolvePorts(rule: PortSource, params: JsonObject): readonly string[] {
  const steps = rule.from === "" ? [] : rule.from.split(".");
  const found = steps.reduce<readonly unknown[]>(takeStep, [params]);
  const also = (rule.also ?? []).filter(({ when }) =>
    when.in.some((it) => it === params[when.field]),
  );
  const names = [...found, ...(rule.plus ?? []), ...also.map(({ port }) => port)].filter(isName);
  return [...new Set(names)];
}

function takeStep(values: readonly unknown[], step: string): readonly unknown[] {
  const isList = step.endsWith("[]");
  const key = isList ? step.slice(0, -2) : step;
  const taken = key === "" ? values : values.map((value) => (isObject(value) ? value[key] : null));
  return isList ? taken.flatMap((value) => (Array.isArray(value) ? value : [])) : taken;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isName = (value: unknown): value is string => typeof value === "string" && value !== "";

/** The ports of a node whose type is known. */
export function portsOf(node: WorkflowNode, spec: NodeSpec): NodePorts {
  const params: JsonObject = { ...spec.defaults, ...node.params };
  const rules = spec["x-ports"];
  const inputs = follow(rules?.inputs, params, spec.inputs);
  const outputs = follow(rules?.outputs, params, spec.outputs);
  return node.settings?.on_error === "error_port"
    ? { inputs, outputs: withError(outputs) }
    : { inputs, outputs };
}

function follow(rule: PortSource | undefined, params: JsonObject, declared: readonly Port[]) {
  if (!rule) return declared;
  const known = new Map(declared.map((port) => [port.id, port]));
  return resolvePorts(rule, params).map((id) => known.get(id) ?? mainPort(id));
}

const mainPort = (id: string, label = id): Port => ({ id, label, kind: "main" });

function withError(outputs: readonly Port[]): readonly Port[] {
  if (outputs.some((port) => port.id === ERROR_PORT)) return outputs;
  return [...outputs, mainPort(ERROR_PORT, "On error")];
}

/** Also for a node whose package is missing: the ports its edges use, so that no wire is lost. */
export function portsIn(document: WorkflowDocument, node: WorkflowNode, specOf: SpecOf): NodePorts {
  const spec = specOf(node.type);
  const declared = spec ? placed(document, node, spec) : NO_PORTS;
  return {
    inputs: withUsed(declared.inputs, edgesInto(document, node.id), ({ to }) => to[1]),
    outputs: withUsed(declared.outputs, edgesOutOf(document, node.id), ({ from }) => from[1]),
  };
}

/** The outputs that a wire may be drawn from: a node outside the flow could become a tool. */
export function offeredOutputs(
  document: WorkflowDocument,
  node: WorkflowNode,
  specOf: SpecOf,
): readonly Port[] {
  const { outputs } = portsIn(document, node, specOf);
  const spec = specOf(node.type);
  const tool = spec && toolPortOf(spec);
  const isNew = tool && !isInFlow(document, node.id) && !outputs.some(({ id }) => id === tool.id);
  return isNew ? [...outputs, tool] : outputs;
}

/** The slots of an agent that can take something more. */
export function openSlots(
  document: WorkflowDocument,
  node: WorkflowNode,
  specOf: SpecOf,
): readonly Port[] {
  const slots = portsIn(document, node, specOf).inputs.filter(isSlot);
  return slots.filter((slot) => !isTaken(document, node.id, slot));
}

const NO_PORTS: NodePorts = { inputs: [], outputs: [] };

/** Where a node stands decides: tied to an agent an action has its tool port alone, else all but that. */
function placed(document: WorkflowDocument, node: WorkflowNode, spec: NodeSpec): NodePorts {
  const { inputs, outputs } = portsOf(node, spec);
  const tool = toolPortOf(spec);
  if (spec.kind === "capability" || !tool) return { inputs, outputs };
  if (isAttached(document, node.id)) return { inputs: inputs.filter(isSlot), outputs: [tool] };
  return { inputs, outputs: outputs.filter((port) => !isSlot(port)) };
}

const isSlot = ({ kind }: Port): boolean => kind !== "main";

function withUsed(
  declared: readonly Port[],
  wires: readonly WorkflowEdge[],
  endOf: (edge: WorkflowEdge) => string,
): readonly Port[] {
  const lost = new Map<string, Port>();
  for (const edge of wires) {
    const id = endOf(edge);
    if (declared.some((port) => port.id === id)) continue;
    lost.set(id, { ...mainPort(id), kind: isCapabilityEdge(edge) ? kindOfEnd(id) : "main" });
  }
  return lost.size === 0 ? declared : [...declared, ...lost.values()];
}

/** True where a value is the stored form of an expression, `{"=": …}`. */
export function isExpression(value: JsonValue | undefined): value is { readonly "=": JsonValue } {
  return isObject(value) && Object.keys(value).length === 1 && "=" in value;
}
