// What an expression at this node can name, for suggestions: current item, other nodes, functions.

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "@/api/client";
import { useEditor } from "@/features/editor";
import { useInputData } from "../data/use-input-data";
import { dataTree } from "../data/use-node-data";
import { type Source, useSources } from "../data/use-sources";
import { useInspected } from "../inspector-context";
import type { KnownData, ReferenceEntry } from "../model/completion";
import type { DataNode } from "../model/data-tree";
import { useVariableTree } from "../use-variable-tree";

type Answer = { readonly results: readonly ReferenceEntry[] };

const referenceQuery = queryOptions({
  queryKey: ["expression-reference"],
  queryFn: ({ signal }) => api.get<Answer>("expressions/reference/", { signal }),
  select: ({ results }) => results,
  staleTime: Number.POSITIVE_INFINITY,
});

const NO_REFERENCE: readonly ReferenceEntry[] = [];

/** The nearest nodes are looked into; those further away are offered by name. */
const NEAREST = 4;

export function useKnownData(): KnownData {
  const { node } = useInspected();
  const sources = useSources(node.id);
  const { data: reference = NO_REFERENCE } = useQuery(referenceQuery);
  const variables = useVariableTree();
  const trees = [
    useTree(sources[0]),
    useTree(sources[1]),
    useTree(sources[2]),
    useTree(sources[3]),
  ];
  const [first, second, third, fourth] = trees;
  return useMemo(() => {
    const near = [first, second, third, fourth];
    const known = sources.map(({ name }, index) => ({
      name,
      tree: index < NEAREST ? (near[index] ?? []) : [],
    }));
    return { current: first ?? [], nodes: known, reference, variables };
  }, [sources, reference, variables, first, second, third, fourth]);
}

function useTree(source: Source | undefined): readonly DataNode[] {
  const { catalog } = useEditor();
  const { itemIndex } = useInspected();
  const data = useInputData(source);
  const spec = source && catalog.byType(source.type);
  return useMemo(() => dataTree(data, itemIndex, spec), [data, itemIndex, spec]);
}
