// The node types that may be added, ready to be looked up.

import type { BrokenPlugin, NodeCatalog, NodeCategory, NodeSpec } from "@/api/types";

export type Catalog = {
  /** The newest version of every type. */
  readonly specs: readonly NodeSpec[];
  readonly categories: readonly NodeCategory[];
  readonly broken: readonly BrokenPlugin[];
  readonly byType: (type: string) => NodeSpec | undefined;
  readonly category: (id: string) => NodeCategory;
  /** Types whose package is switched off here: steps of them fail. */
  readonly off: ReadonlySet<string>;
};

export const EMPTY_CATALOG = buildCatalog({ nodes: [], broken: [], categories: [] });

export function buildCatalog(answer: NodeCatalog, off: readonly string[] = []): Catalog {
  const newest = new Map<string, NodeSpec>();
  for (const spec of answer.nodes) {
    const known = newest.get(spec.type);
    if (!known || known.version < spec.version) newest.set(spec.type, spec);
  }
  const categories = new Map(answer.categories.map((category) => [category.id, category]));
  return {
    specs: [...newest.values()],
    categories: answer.categories,
    broken: answer.broken,
    byType: (type) => newest.get(type),
    category: (id) => categories.get(id) ?? { id, label: id, color: "slate" },
    off: new Set(off),
  };
}
