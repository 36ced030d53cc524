// A wire: tinted once data passed, moving while its target works, with the count of items on it.

import { Plus, X } from "lucide-react";
import { memo, useState } from "react";
import { useEdgeCount, useNodeRun } from "@/features/runs";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { openQuickAdd, removeEdges } from "../operations";
import { useDocumentState, useEditor, useSelectionSlice } from "../store";
import { backWire } from "./back-wire";
import { useMotion } from "./motion-budget";
import {
  BaseEdge,
  EDGE_CURVATURE,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  type WireData,
  type WireEdge,
} from "./rf";

const HIT_WIDTH = 22;

export const FlowEdge = memo(function FlowEdge(props: EdgeProps<WireEdge>) {
  const { id, data } = props;
  const [hovered, setHovered] = useState(false);
  const [token] = useState(() => Symbol(id));
  const status = useNodeRun(watchedBy(props))?.status;
  const delivered = useEdgeCount(id);
  const isLent = data?.kind != null;
  // A wire drawn after the run has carried nothing, whatever its port put out.
  const count = status === undefined || isLent ? null : delivered;
  const readOnly = useDocumentState((state) => state.readOnly);
  const moves = useMotion(token, status === "running" && (isLent || count !== null));
  const [path, x, y] = pathOf(props);
  const chosen = useSelectionSlice(({ edges }) => edges.size === 1 && edges.has(id));
  const active = (hovered || chosen) && !readOnly;
  const mark = useEditor().marks?.get(id);
  const look = cx(
    "wire",
    mark && `wire-${mark}`,
    lookOf(data, count),
    moves && "wire-moving",
    active && "wire-active",
  );
  const hover = {
    onPointerEnter: () => setHovered(true),
    onPointerLeave: () => setHovered(false),
  };
  return (
    <>
      <g {...hover}>
        <BaseEdge path={path} interactionWidth={HIT_WIDTH} className={look} />
      </g>
      <EdgeLabelRenderer>
        <div
          {...hover}
          data-wire={id}
          className="nodrag nopan pointer-events-auto absolute flex items-center gap-1 empty:hidden"
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        >
          <EdgeLabel id={id} count={count} active={active} inserts={!isLent} />
        </div>
      </EdgeLabelRenderer>
    </>
  );
});

/** The node at work: the one that items go to, or the one that is lent to an agent. */
function watchedBy({ data, target }: EdgeProps<WireEdge>): string {
  return (data?.kind ? data.edge.from[0] : data?.edge.to[0]) ?? target;
}

/** What it carries: capabilities, errors, items that came, or nothing yet. */
function lookOf(data: WireData | undefined, count: number | null): string {
  if (data?.kind) return `wire-capability wire-${data.kind}`;
  return cx(data?.isError && "wire-error", count !== null && "wire-passed");
}

function pathOf(props: EdgeProps<WireEdge>): readonly [path: string, x: number, y: number] {
  const { sourceX, sourceY, targetX, targetY, data } = props;
  const below = data?.below ?? null;
  if (below !== null) return backWire([sourceX, sourceY], [targetX, targetY], below);
  const [path, x, y] = getBezierPath({ ...props, curvature: EDGE_CURVATURE });
  return [path, x, y];
}

type LabelProps = {
  readonly id: string;
  readonly count: number | null;
  readonly active: boolean;
  /** A node may be put into it. */
  readonly inserts: boolean;
};

function EdgeLabel({ id, count, active, inserts }: LabelProps) {
  return (
    <>
      {active && inserts && <EdgeButton kind="insert" edge={id} />}
      {count !== null && (
        <span className="edge-count rounded-full border border-line bg-surface px-1.5 text-2xs font-medium text-fg shadow-control">
          {t("editor.edgeItems", { count })}
        </span>
      )}
      {active && <EdgeButton kind="remove" edge={id} />}
    </>
  );
}

function EdgeButton({ kind, edge }: { readonly kind: "insert" | "remove"; readonly edge: string }) {
  const editor = useEditor();
  const insert = kind === "insert";
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={insert ? t("editor.edge.insert") : t("editor.edge.remove")}
      title={insert ? t("editor.edge.insert") : t("editor.edge.remove")}
      onClick={() =>
        insert ? openQuickAdd(editor, { edge }) : removeEdges(editor, new Set([edge]))
      }
      className={cx(
        "flex size-5 items-center justify-center rounded-full border bg-surface shadow-control",
        insert
          ? "border-accent text-accent hover:bg-accent-soft"
          : "border-line-strong text-fg-muted hover:border-error hover:text-error",
      )}
    >
      <Icon icon={insert ? Plus : X} size={12} />
    </button>
  );
}
