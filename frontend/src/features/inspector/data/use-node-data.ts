// What a node put out: from the watched run, else pinned, else what it says of itself.

import { useEffect, useMemo } from "react";
import type { Item, NodeSpec } from "@/api/types";
import { useDocument, useDocumentState, useEditor } from "@/features/editor";
import { type DataNode, treeOf, treeOfSchema } from "../model/data-tree";
import { type LoadedItems, useStepItems } from "./step-items";
import { useStepOf } from "./use-turn";

export type Origin =
  /** Of the run that is watched. */
  | "run"
  /** Frozen for runs of the draft. */
  | "pin"
  /** The node promises this shape; there are no values. */
  | "schema"
  /** From the node's own documentation. */
  | "example"
  | "none";

export type NodeData = LoadedItems & {
  readonly origin: Origin;
  readonly total: number;
  /** Items by port, of ports that have any. */
  readonly ports: { readonly [port: string]: number };
};

const MAIN = "main";
const NO_ITEMS: readonly Item[] = [];

/** `from` null means the first that put anything out. */
export function useNodeData(nodeId: string, from: string | null, isWanted = true): NodeData {
  const { catalog } = useEditor();
  const type = useDocument((document) => document.nodes.find(({ id }) => id === nodeId)?.type);
  const pinned = useDocument((document) => document.pins?.[nodeId]);
  const isPast = useDocumentState((state) => state.readOnly);
  const step = useStepOf(nodeId);
  const port = from ?? Object.keys(step?.itemsOut ?? {})[0] ?? MAIN;
  const total = step?.itemsOut[port] ?? 0;
  const loaded = useStepItems(step, { side: "output", port }, isWanted && total > 0);
  const ofRun = useMemo<NodeData | null>(() => {
    if (!step || (step.endedAtMs === null && total === 0)) return null;
    return { origin: "run", ...loaded, total, ports: step.itemsOut };
  }, [step, total, loaded]);
  return useMemo(() => {
    if (pinned && !isPast) return ofPins(pinned, port);
    return ofRun ?? withoutRun(type === undefined ? undefined : catalog.byType(type), port);
  }, [pinned, isPast, port, ofRun, type, catalog]);
}

const NOTHING: NodeData = {
  origin: "none",
  items: NO_ITEMS,
  total: 0,
  ports: {},
  isLoading: false,
  error: null,
  loadMore: null,
};

function ofPins(items: readonly Item[], port: string): NodeData {
  return { ...NOTHING, origin: "pin", items, total: items.length, ports: { [port]: items.length } };
}

function withoutRun(spec: NodeSpec | undefined, port: string): NodeData {
  if (spec?.output_schema) return { ...NOTHING, origin: "schema" };
  const items = spec?.examples.find((example) => example.output?.[port])?.output?.[port];
  return items ? { ...NOTHING, origin: "example", items: items.map(asItem) } : NOTHING;
}

/** Examples may give the bare data of an item. */
function asItem(given: Item): Item {
  return "json" in given ? given : { json: given };
}

/** What is shown, if anything, is not of a run: a shape, or an example. */
export const isNotRun = ({ origin }: NodeData): boolean => origin !== "run" && origin !== "pin";

/** Loads on until the item that is looked at is there. */
export function useLoadUpTo(data: NodeData, itemIndex: number): void {
  const { items, loadMore } = data;
  const isMissing = itemIndex >= items.length;
  useEffect(() => {
    if (isMissing) loadMore?.();
  }, [isMissing, loadMore]);
}

/** The tree of keys that a node's data has or is said to have. */
export function dataTree(
  data: NodeData,
  itemIndex: number,
  spec: NodeSpec | undefined,
): readonly DataNode[] {
  if (data.origin === "schema" && spec?.output_schema) return treeOfSchema(spec.output_schema);
  return treeOf(data.items, itemIndex);
}
