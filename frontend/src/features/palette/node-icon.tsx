// The drawing that a node type names.

import { Icon } from "@/ui/icon";
import { nodeIcon } from "./icons";

export function NodeIcon({ name, size }: { readonly name: string; readonly size: number }) {
  return <Icon icon={nodeIcon(name)} size={size} />;
}
