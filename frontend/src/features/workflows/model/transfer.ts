// Workflows as files: reading what was dropped or pasted, naming what is saved.

import type { WorkflowDocument } from "@/api/types";

export type Reading =
  | { readonly ok: true; readonly document: WorkflowDocument }
  | { readonly ok: false; readonly reason: "not_json" | "not_a_workflow" | "other_format" };

/** Reads a workflow document. The server checks everything inside. */
export function readWorkflow(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: "not_json" };
  }
  if (isDocument(value)) return { ok: true, document: value };
  return { ok: false, reason: isOtherFormat(value) ? "other_format" : "not_a_workflow" };
}

function isDocument(value: unknown): value is WorkflowDocument {
  return (
    isRecord(value) &&
    value["format"] === "headrace/1" &&
    Array.isArray(value["nodes"]) &&
    Array.isArray(value["edges"])
  );
}

/** Another tool's workflow, or a later format of ours. */
function isOtherFormat(value: unknown): boolean {
  return isRecord(value) && ("format" in value || ("nodes" in value && "connections" in value));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `Invoice intake` → `invoice-intake.json`. */
export function fileNameOf(workflowName: string): string {
  const stem = workflowName
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  return `${stem || "workflow"}.json`;
}
