// Reads the loosely typed `data` of an event into the types of the run model.

import type {
  ItemsInDoubt,
  JsonObject,
  JsonValue,
  RunError,
  RunEvent,
  StepLine,
} from "@/api/types";
import type { PortCounts } from "./run";

export function textOf(data: JsonObject, key: string): string | null {
  const value = data[key];
  return typeof value === "string" ? value : null;
}

export function numberOf(data: JsonObject, key: string): number | null {
  const value = data[key];
  return typeof value === "number" ? value : null;
}

export function flagOf(data: JsonObject, key: string): boolean {
  return data[key] === true;
}

/** `inputs: [{port, from, items}]` as items per port; null when the event says nothing of inputs. */
export function inputCounts({ data }: RunEvent): PortCounts | null {
  const inputs = data["inputs"];
  if (!Array.isArray(inputs)) return null;
  const counts: Record<string, number> = {};
  for (const input of inputs.filter(isObject)) {
    const port = textOf(input, "port") ?? "main";
    counts[port] = (counts[port] ?? 0) + (numberOf(input, "items") ?? 0);
  }
  return counts;
}

/** `outputs: {port: {items, bytes}}` as items per port. */
export function outputCounts({ data }: RunEvent): PortCounts | null {
  const outputs = data["outputs"];
  if (!isObject(outputs)) return null;
  return Object.fromEntries(
    Object.entries(outputs).map(([port, output]) => [
      port,
      isObject(output) ? (numberOf(output, "items") ?? 0) : 0,
    ]),
  );
}

/** `runs: [[node, run], …]` of a retry. */
export function retriedRuns({ data }: RunEvent): readonly (readonly [string, string])[] {
  const runs = data["runs"];
  if (!Array.isArray(runs)) return [];
  return runs.flatMap((pair) => {
    const [node, run] = Array.isArray(pair) ? pair : [];
    return typeof node === "string" && typeof run === "string" ? [[node, run] as const] : [];
  });
}

/** `in_doubt: {items, count, done}` of a step that acts item by item. */
export function doubtOf({ data }: RunEvent): ItemsInDoubt | null {
  const doubt = data["in_doubt"];
  if (!isObject(doubt) || !Array.isArray(doubt["items"])) return null;
  const items = doubt["items"].filter((item) => typeof item === "number");
  return { items, count: numberOf(doubt, "count") ?? 0, done: numberOf(doubt, "done") ?? 0 };
}

export function errorOf({ data }: RunEvent): RunError | null {
  const error = data["error"];
  return isObject(error) && typeof error["message"] === "string" ? (error as RunError) : null;
}

/** What the node itself had to say. */
export function linesOf({ data }: RunEvent): readonly StepLine[] {
  const lines = data["log"];
  if (!Array.isArray(lines)) return [];
  return lines.filter(
    (line): line is StepLine & JsonObject => isObject(line) && typeof line["message"] === "string",
  );
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
