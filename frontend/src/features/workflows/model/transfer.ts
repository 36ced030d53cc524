// Workflows as files: reading what was dropped or pasted, naming what is saved.

export type Reading =
  | { readonly ok: true; readonly file: object }
  | { readonly ok: false; readonly reason: "not_json" | "not_a_workflow" | "other_format" };

/** Reads a workflow document, or a file with several. The server checks everything inside. */
export function readWorkflow(text: string): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, reason: "not_json" };
  }
  if (isDocument(value) || isBundle(value)) return { ok: true, file: value };
  return { ok: false, reason: isOtherFormat(value) ? "other_format" : "not_a_workflow" };
}

function isBundle(value: unknown): value is object {
  return (
    isRecord(value) &&
    value["format"] === "headrace/workflows/1" &&
    Array.isArray(value["workflows"])
  );
}

function isDocument(value: unknown): value is object {
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
