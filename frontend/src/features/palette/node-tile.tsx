// The coloured square by which a node type is recognised: its icon on the tint of its category.

import "@/lib/messages/plugins";
import type { NodeSpec } from "@/api/types";
import { cx } from "@/lib/cx";
import { deferred } from "@/ui/deferred";
import type { Catalog } from "./model/catalog";

const TINTS: Readonly<Record<string, string>> = {
  amber: "text-tint-amber",
  violet: "text-tint-violet",
  teal: "text-tint-teal",
  slate: "text-tint-slate",
  blue: "text-tint-blue",
  pink: "text-tint-pink",
  green: "text-tint-green",
};

// Some two hundred drawings: the cards are painted at once, their icons a moment later.
const NodeIcon = deferred(
  () => import("./node-icon").then((module) => module.NodeIcon),
  ({ size }) => <span style={{ width: size, height: size }} />,
);

const SIZES = { small: ["size-6", 14], medium: ["size-8", 16], large: ["size-9", 18] } as const;

type Props = {
  readonly catalog: Catalog;
  /** Undefined for a type whose package is not installed. */
  readonly spec: NodeSpec | undefined;
  readonly size?: keyof typeof SIZES;
  readonly className?: string;
};

export function NodeTile({ catalog, spec, size = "large", className }: Props) {
  const [box, iconSize] = SIZES[size];
  const tint = spec ? TINTS[catalog.category(spec.category).color] : undefined;
  return (
    <span
      className={cx(
        "flex shrink-0 items-center justify-center rounded-control border border-current/20 bg-current/12",
        box,
        tint ?? "text-tint-slate",
        !spec && "border-dashed",
        className,
      )}
    >
      <NodeIcon name={spec?.icon ?? "plug"} size={iconSize} />
    </span>
  );
}
