// The names of the files on the item that comes in.

import { useInspected } from "../inspector-context";
import { useNodeData } from "./use-node-data";
import { useSources } from "./use-sources";

export function useInputFiles(): readonly string[] {
  const { node, itemIndex } = useInspected();
  const [first] = useSources(node.id);
  const { items } = useNodeData(first?.node ?? "", first?.port ?? null, first !== undefined);
  const item = items[itemIndex] ?? items[0];
  return Object.keys(item?.binary ?? {});
}
