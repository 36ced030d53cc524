// Log events and the socket.

import type { JsonObject } from "./json";

export type RunEventType =
  | "workflow.started"
  | "workflow.cancel_requested"
  | "workflow.step.queued"
  | "workflow.step.started"
  | "workflow.step.collected"
  | "workflow.step.completed"
  | "workflow.step.failed"
  | "workflow.step.retrying"
  | "workflow.step.waiting"
  | "workflow.step.resumed"
  | "workflow.step.unknown"
  | "workflow.step.skipped"
  | "workflow.step.reused"
  | "workflow.step.cancelled"
  | "workflow.step.progress"
  | "workflow.step.call.started"
  | "workflow.step.call.completed"
  | "workflow.step.call.failed"
  | "workflow.step.call.suspended"
  | "workflow.waiting"
  | "workflow.resumed"
  | "workflow.paused"
  | "workflow.retried"
  | "workflow.forked"
  | "workflow.compensating"
  | "workflow.completed"
  | "workflow.failed"
  | "workflow.cancelled";

export type RunEvent = {
  readonly seq: number;
  readonly type: RunEventType;
  /** Milliseconds since the epoch, by the database's clock. */
  readonly at_ms: number;
  readonly node?: string;
  readonly run?: string;
  readonly run_index?: number;
  readonly attempt?: number;
  readonly data: JsonObject;
};
