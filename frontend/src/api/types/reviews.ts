// Tests of a workflow, and approvals.

import type { FileRef } from "./catalogue";
import type { StepRef } from "./executions";
import type { JsonObject, JsonValue } from "./json";
import type { Ref } from "./people";

export type TestVerdict = "running" | "passed" | "failed" | "error";

export type WorkflowTest = {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly created_at: string;
  readonly created_by: string;
  /** How it came out last. */
  readonly last: {
    readonly run: string;
    readonly status: TestVerdict;
    readonly execution: string | null;
  } | null;
};

export type TestDifference = StepRef & {
  readonly name: string;
  readonly port: string;
  readonly item: number | null;
  readonly path: string;
  readonly expected?: JsonValue;
  readonly actual?: JsonValue;
};

export type UnrecordedCall = StepRef & {
  readonly name: string;
  readonly reason: "missing" | "other_input";
  /** What was done instead. */
  readonly message: string;
};

export type TestResult = {
  readonly test: string;
  readonly name: string;
  readonly status: TestVerdict;
  readonly duration_ms: number | null;
  readonly execution: string | null;
  readonly differences: readonly TestDifference[];
  /** Calls without a recording, or with one for other items. */
  readonly unrecorded: readonly UnrecordedCall[];
  /** Why it could not be run to its end. */
  readonly error: { readonly code: string; readonly message: string } | null;
};

export type TestRun = {
  readonly id: string;
  readonly status: "running" | "done";
  readonly results: readonly TestResult[];
};

export type ApprovalState = "open" | "approved" | "rejected" | "expired" | "withdrawn";

/** What the author thinks of a fact. */
export type FactMark = "none" | "ok" | "warn";

export type ApprovalFact = {
  readonly label: string;
  readonly value: string;
  readonly mark: FactMark;
};

/** A field of the item that whoever approves may correct. */
export type CorrectableField = {
  /** The path by which it is corrected; of several items it begins with the item's place. */
  readonly name: string;
  /** The place of its item among several, from 0. */
  readonly item: number | null;
  readonly label: string;
  readonly kind: "text" | "number" | "yes_no" | "choice";
  readonly options: readonly string[];
  /** What it holds when people are asked. */
  readonly value: JsonValue;
};

/** New values, by field. */
export type Corrections = { readonly [field: string]: JsonValue };

/** How it went with one of several approvals that were decided together. */
export type BulkResult = {
  readonly approval: string;
  readonly error: { readonly code: string; readonly detail: string } | null;
};

export type Approval = {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  /** The one number or sentence that matters, as the author chose it. */
  readonly headline: string;
  /** Why a person is asked. */
  readonly why: string;
  /** What the author shows; none: the card shows values of the first item. */
  readonly facts: readonly ApprovalFact[];
  /** Files that the author shows. */
  readonly documents: readonly FileRef[];
  readonly correctable: readonly CorrectableField[];
  readonly execution: { readonly id: string; readonly number: number };
  readonly workflow: Ref;
  readonly node: string;
  /** The node's name when it asked. */
  readonly node_name: string;
  readonly run: string;
  readonly state: ApprovalState;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly decided_at: string | null;
  readonly decided_by: string | null;
  readonly reason: string;
  /** What whoever approved put in place of what the fields held. */
  readonly corrections: Corrections;
  /** Who is asked, by e-mail; empty: whoever may decide. */
  readonly assignees: readonly string[];
  /** Who gave it to those who are asked now. */
  readonly handed_over_by: string | null;
  /** A rejection must say why. */
  readonly needs_reason: boolean;
  /** Approving must be confirmed by holding a button. */
  readonly is_risky: boolean;
  /** May be decided together with others of its step. */
  readonly is_bulk_safe: boolean;
  /** Whether the one who asks may answer. */
  readonly can_decide: boolean;
  /** The data that the decision is about. */
  readonly items: readonly JsonObject[];
};
