// A past run as a draft: its document, with what came from outside pinned in place of all other pins.

import type { Execution, Step } from "@/api/types";
import { equalJson } from "./json";
import { type PinMaker, setPin } from "./pins";
import { edgeKey, type Item, type SpecOf, type WorkflowDocument } from "./types";

/** The output of a run that becomes a pin. */
export type PinSource = {
  readonly node: string;
  readonly name: string;
  readonly run: string;
  readonly port: string;
  readonly items: number;
};

/**
 * What is pinned: triggers, and steps that read or wrote outside. What only computes runs again, so
 * that a change of it is seen. A pin stands for one output, so nodes that ran in turns or put out at
 * several ports run again, too.
 */
export function pinSources(execution: Execution, specOf: SpecOf): readonly PinSource[] {
  const { document, steps } = execution;
  return document.nodes.flatMap((node): PinSource[] => {
    const spec = specOf(node.type);
    if (!spec || (spec.kind !== "trigger" && spec.effect === "pure")) return [];
    const [only, ...others] = steps.filter(isDone).filter((step) => step.node === node.id);
    if (!only || others.length > 0) return [];
    const [out, ...branches] = Object.entries(only.items_out).filter(([, count]) => count > 0);
    if (!out || branches.length > 0 || out[0] !== spec.outputs[0]?.id) return [];
    return [{ node: node.id, name: node.name, run: only.run, port: out[0], items: out[1] }];
  });
}

const isDone = ({ status }: Step): boolean => status === "completed" || status === "cached";

/** What loading changes in the draft, in words for whoever decides. */
export type LoadedChanges = {
  /** Names of nodes that are added, changed or taken out. */
  readonly nodes: readonly string[];
  /** Names of nodes whose pins go. */
  readonly pins: readonly string[];
};

export function changesOf(draft: WorkflowDocument, loaded: WorkflowDocument): LoadedChanges {
  const before = new Map(draft.nodes.map((node) => [node.id, node]));
  const after = new Map(loaded.nodes.map((node) => [node.id, node]));
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const changed = ids.filter((id) => !equalJson(before.get(id), after.get(id)));
  const wired = rewired(draft, loaded);
  const names = [...new Set([...changed, ...wired])].map(
    (id) => after.get(id)?.name ?? before.get(id)?.name ?? id,
  );
  const pins = Object.keys(draft.pins ?? {}).flatMap((id) => before.get(id)?.name ?? []);
  return { nodes: names, pins };
}

/** Nodes at which a wire was put in or taken out. */
function rewired(draft: WorkflowDocument, loaded: WorkflowDocument): readonly string[] {
  const keysOf = ({ edges }: WorkflowDocument) => new Set(edges.map(edgeKey));
  const [before, after] = [keysOf(draft), keysOf(loaded)];
  return [...draft.edges, ...loaded.edges]
    .filter((edge) => before.has(edgeKey(edge)) !== after.has(edgeKey(edge)))
    .map(({ from }) => from[0]);
}

/** The run's document under the draft's name, with these pins and no others. */
export function loadedDocument(
  draft: WorkflowDocument,
  run: WorkflowDocument,
  pins: Readonly<Record<string, readonly Item[]>>,
  maker?: PinMaker,
): WorkflowDocument {
  const { pin_facts: _, ...bare } = { ...run, name: draft.name, pins: {} };
  return Object.entries(pins).reduce<WorkflowDocument>(
    (document, [id, items]) => setPin(document, id, items, maker),
    bare,
  );
}
