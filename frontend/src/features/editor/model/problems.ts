// What is wrong with a draft, by node and by field.

import { isJsonObject } from "./json";
import type { NodeSpec, Problem, WorkflowDocument } from "./types";

export type Severity = Problem["severity"];

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };

export function bySeverity(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

export function problemsOf(problems: readonly Problem[], node: string): readonly Problem[] {
  return problems.filter((problem) => problem.node === node);
}

export function worst(problems: readonly Problem[]): Severity | null {
  return bySeverity(problems)[0]?.severity ?? null;
}

export function countOf(problems: readonly Problem[], severity: Severity): number {
  return problems.filter((problem) => problem.severity === severity).length;
}

/** The parameter that a problem is about: `/nodes/2/params/url` → `url`. */
export function fieldOf(problem: Problem): string | null {
  const steps = problem.path.split("/");
  const field = steps[3] === "params" ? steps[4] : undefined;
  return field?.replaceAll("~1", "/").replaceAll("~0", "~") ?? null;
}

/** What the form calls the parameter that a problem is about. */
export function fieldTitle(problem: Problem, spec: NodeSpec | undefined): string | null {
  return paramTitle(fieldOf(problem) ?? "", spec);
}

export function paramTitle(name: string, spec: NodeSpec | undefined): string | null {
  const properties = spec?.params["properties"];
  const schema = isJsonObject(properties) ? properties[name] : undefined;
  const title = isJsonObject(schema) ? schema["title"] : undefined;
  return typeof title === "string" ? title : null;
}

/** Problems whose node still exists: an answer may be older than the latest edit. */
export function current(
  problems: readonly Problem[],
  document: WorkflowDocument,
): readonly Problem[] {
  const ids = new Set(document.nodes.map((node) => node.id));
  return problems.filter((problem) => problem.node === null || ids.has(problem.node));
}
