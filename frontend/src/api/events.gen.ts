// Written by `make gen` from headrace.engine.events. Do not edit.

export const EVENT_TYPES = [
  "workflow.cancel_requested",
  "workflow.cancelled",
  "workflow.compensating",
  "workflow.completed",
  "workflow.failed",
  "workflow.forked",
  "workflow.paused",
  "workflow.resumed",
  "workflow.retried",
  "workflow.started",
  "workflow.step.cancelled",
  "workflow.step.completed",
  "workflow.step.failed",
  "workflow.step.queued",
  "workflow.step.resumed",
  "workflow.step.retrying",
  "workflow.step.reused",
  "workflow.step.skipped",
  "workflow.step.started",
  "workflow.step.unknown",
  "workflow.step.waiting",
  "workflow.waiting",
] as const;

export type EventType = (typeof EVENT_TYPES)[number];
