// Tests of a workflow, and approvals.

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

export type Approval = {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly execution: { readonly id: string; readonly number: number };
  readonly workflow: Ref;
  readonly node: string;
  readonly run: string;
  readonly state: ApprovalState;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly decided_at: string | null;
  readonly decided_by: string | null;
  readonly reason: string;
  /** Who is asked, by e-mail; empty: whoever may decide. */
  readonly assignees: readonly string[];
  /** A rejection must say why. */
  readonly needs_reason: boolean;
  /** Whether the one who asks may answer. */
  readonly can_decide: boolean;
  /** The data that the decision is about. */
  readonly items: readonly JsonObject[];
};
