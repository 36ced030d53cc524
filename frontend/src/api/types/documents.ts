// The workflow document, format headrace/1, and workflows.

import type { Item } from "./catalogue";
import type { ExecutionStatus } from "./executions";
import type { JsonObject, JsonValue } from "./json";
import type { PersonRef } from "./people";

export type WorkflowNode = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly version: number;
  readonly position: readonly [x: number, y: number];
  readonly params: JsonObject;
  readonly settings?: NodeSettings;
  readonly credentials?: { readonly [slot: string]: string };
  readonly disabled?: boolean;
  /** What people wrote on it, in Markdown. */
  readonly notes?: string;
};

export type NodeSettings = {
  readonly on_error?: "stop" | "continue" | "error_port";
  readonly retry?: RetrySettings | null;
  readonly timeout_s?: number | null;
  readonly always_output?: boolean;
  readonly execute_once?: boolean;
  readonly on_crash?: "retry" | "stop_and_ask";
  /** What a model is told of it as a tool. */
  readonly note?: string;
  readonly queue?: string;
  readonly join?: "all" | "any" | number;
};

export type RetrySettings = {
  readonly max_attempts: number;
  readonly initial_s?: number;
  readonly factor?: number;
  readonly max_s?: number;
  readonly jitter?: boolean;
};

export type WorkflowEdge = {
  readonly from: readonly [node: string, port: string];
  readonly to: readonly [node: string, port: string];
};

export type WorkflowNote = {
  readonly id: string;
  readonly text: string;
  readonly position: readonly [x: number, y: number];
  readonly size: readonly [width: number, height: number];
  readonly color: string;
};

export type WorkflowGroup = {
  readonly id: string;
  readonly title: string;
  readonly color: string;
  readonly nodes: readonly string[];
  readonly collapsed?: boolean;
};

export type WorkflowSettings = {
  readonly timezone?: string;
  readonly order?: "parallel" | "sequential";
  readonly timeout_s?: number | null;
  readonly deadline_s?: number | null;
  readonly error_workflow?: string | null;
  readonly save?: string;
  readonly max_concurrency?: number | null;
  readonly concurrency_key?: JsonValue;
  readonly max_per_key?: number | null;
  readonly priority?: "low" | "default" | "high";
  readonly on_crash?: "retry" | "stop_and_ask";
};

/** How a pin came about. Drafts from before this was kept have none. */
export type PinFacts = {
  readonly at: string;
  /** The name of who pinned it. */
  readonly by: string;
  /** A print of what the node was then. */
  readonly node: string;
};

export type WorkflowDocument = {
  readonly format: "headrace/1";
  readonly name: string;
  readonly nodes: readonly WorkflowNode[];
  readonly edges: readonly WorkflowEdge[];
  readonly settings?: WorkflowSettings;
  readonly pins?: { readonly [node: string]: readonly Item[] };
  readonly pin_facts?: { readonly [node: string]: PinFacts };
  readonly notes?: readonly WorkflowNote[];
  readonly groups?: readonly WorkflowGroup[];
};

export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly severity: "error" | "warning" | "hint";
  readonly node: string | null;
  readonly edge: number | null;
  readonly path: string;
};

/** One RFC 6902 operation. */
export type PatchOperation =
  | { readonly op: "add" | "replace" | "test"; readonly path: string; readonly value: JsonValue }
  | { readonly op: "remove"; readonly path: string }
  | { readonly op: "move" | "copy"; readonly path: string; readonly from: string };

type WorkflowFacts = {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly active: boolean;
  readonly published_version: number | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly updated_by: PersonRef | null;
  readonly last_execution: LastExecution | null;
  readonly has_unpublished_changes: boolean;
};

export type LastExecution = {
  readonly id: string;
  readonly number: number;
  readonly status: ExecutionStatus;
  readonly started_at: string | null;
};

export type Workflow = WorkflowFacts & {
  readonly document: WorkflowDocument;
  readonly problems?: readonly Problem[];
};

export type WorkflowRow = WorkflowFacts & {
  readonly node_count: number;
  readonly trigger_types: readonly string[];
  readonly folder: string | null;
  /** Ids. */
  readonly tags: readonly string[];
  readonly owner_id: string | null;
};

export type WorkflowFolder = {
  readonly id: string;
  readonly name: string;
  readonly parent_id: string | null;
  /** How many lie in it itself. */
  readonly workflows: number;
};

export type WorkflowTag = {
  readonly id: string;
  readonly name: string;
  readonly color: "grey" | "blue" | "green" | "amber" | "red" | "violet";
  readonly workflows: number;
};

/** What became of a command for several workflows. */
export type WorkflowBulkAnswer = {
  readonly accepted: readonly string[];
  readonly refused: readonly {
    readonly id: string;
    readonly code: string;
    readonly message: string;
  }[];
};

/** What was made of a file; `missing` are slots whose credential is not here. */
export type Imported = {
  readonly workflows: readonly { readonly id: string; readonly name: string }[];
  readonly missing: readonly { readonly node: string; readonly slot: string }[];
};

export type WorkflowVersion = {
  readonly number: number;
  readonly kind: "published";
  readonly created_at: string;
  readonly created_by: PersonRef | null;
  readonly note: string;
};

/** `published` is a version; the others are drafts that were kept, and why. */
export type HistoryKind = "published" | "session" | "restored" | "imported" | "created";

export type HistoryEntry = {
  /** `v3` for version 3, `r41` for revision 41 of the draft. */
  readonly ref: string;
  readonly kind: HistoryKind;
  readonly number: number | null;
  readonly at: string;
  readonly author: PersonRef | null;
  readonly name: string;
  readonly note: string;
};

export type HistoryEntryWithDocument = HistoryEntry & { readonly document: WorkflowDocument };

/** A workflow of everyday use. `nodes` are its types, `missing` those that are not installed. */
export type TemplateRow = {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly category: string;
  readonly nodes: readonly string[];
  readonly missing: readonly string[];
  /** Types of credentials. */
  readonly credentials: readonly string[];
};

export type TemplateQuestion = {
  readonly id: string;
  readonly kind: "text" | "email" | "number" | "url" | "time" | "credential";
  readonly title: string;
  readonly help: string;
  readonly default: string;
  readonly placeholder: string;
  /** Of a credential: those that fit. */
  readonly types: readonly string[];
};

export type Template = TemplateRow & {
  /** Markdown. */
  readonly description: string;
  readonly questions: readonly TemplateQuestion[];
  readonly document: WorkflowDocument;
};
