// What a run says and does on its way to an answer, folded from its events. `headrace.chats.parts` does the
// same for readers that have no socket.

import type { JsonObject, RunEvent } from "@/api/types";

export type CallStatus = "running" | "completed" | "failed" | "waiting";

export type Call = { readonly id: string; readonly name: string; readonly status: CallStatus };

/** What a step shows before it has ended; not stored. */
export type Hint = { readonly kind: "progress" | "stream"; readonly text?: string };

export type LiveAnswer = {
  /** All that the step that speaks has streamed. */
  readonly text: string;
  readonly calls: readonly Call[];
  /** Ids of nodes that ran, in their order. */
  readonly nodes: readonly string[];
  /** Somebody has to decide before it goes on. */
  readonly waits: boolean;
  /** Its answer is known to the server. */
  readonly isOver: boolean;
};

export const NOTHING_YET: LiveAnswer = {
  text: "",
  calls: [],
  nodes: [],
  waits: false,
  isOver: false,
};

const CALL = "workflow.step.call.";
/** What an agent calls that people would call a tool; models speak by their text. */
const SHOWN_KINDS: ReadonlySet<unknown> = new Set(["tool", "retriever"]);
const ENDS: ReadonlySet<string> = new Set([
  "workflow.completed",
  "workflow.failed",
  "workflow.cancelled",
]);
const STATUS: Readonly<Record<string, CallStatus>> = {
  started: "running",
  completed: "completed",
  failed: "failed",
  suspended: "waiting",
};

export function hear(answer: LiveAnswer, events: readonly RunEvent[]): LiveAnswer {
  return events.reduce(hearOne, answer);
}

export function hint(answer: LiveAnswer, hints: readonly Hint[]): LiveAnswer {
  const last = hints.findLast(({ kind, text }) => kind === "stream" && text !== undefined);
  return last ? { ...answer, text: last.text ?? "" } : answer;
}

function hearOne(answer: LiveAnswer, event: RunEvent): LiveAnswer {
  const { type, data, node } = event;
  if (type.startsWith(CALL)) return called(answer, event, type.slice(CALL.length));
  const isOver = answer.isOver || ENDS.has(type) || "reply" in data;
  if (type === "workflow.waiting") return { ...answer, isOver, waits: data["for"] === "approval" };
  const goesOn = type.endsWith(".resumed") || isOver;
  return {
    ...answer,
    isOver,
    waits: answer.waits && !goesOn,
    nodes: ran(event) ? withNode(answer.nodes, node) : answer.nodes,
  };
}

const ran = ({ type, data }: RunEvent): boolean =>
  type === "workflow.step.started" ||
  (type === "workflow.step.completed" && data["is_late"] !== true);

const withNode = (nodes: readonly string[], node: string | undefined): readonly string[] =>
  node === undefined || nodes.includes(node) ? nodes : [...nodes, node];

function called(answer: LiveAnswer, { node, run, data }: RunEvent, what: string): LiveAnswer {
  if (!SHOWN_KINDS.has(data["kind"])) return answer;
  const id = `${node}/${run}/${textOf(data, "call")}`;
  const status = data["will_retry"] === true ? "running" : (STATUS[what] ?? "running");
  const call = { id, name: textOf(data, "name"), status };
  const known = answer.calls.some((one) => one.id === id);
  const calls = known
    ? answer.calls.map((one) => (one.id === id ? call : one))
    : [...answer.calls, call];
  return { ...answer, calls };
}

const textOf = (data: JsonObject, key: string): string => {
  const value = data[key];
  return typeof value === "string" ? value : "";
};
