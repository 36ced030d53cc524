// The names of the files on the item that comes in.

import { useInspected } from "../inspector-context";
import { useInputData } from "./use-input-data";
import { useSources } from "./use-sources";

export function useInputFiles(): readonly string[] {
  const { node, itemIndex } = useInspected();
  const [first] = useSources(node.id);
  const { items } = useInputData(first);
  const item = items[itemIndex] ?? items[0];
  return Object.keys(item?.binary ?? {});
}
