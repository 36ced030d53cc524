// The keys of data as a tree: type, name, sample. Rows are dragged onto fields, or inserted with Enter.

import { ChevronRight, GripVertical } from "lucide-react";
import { type DragEvent, type KeyboardEvent, useState } from "react";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { putReference, useMapping } from "../mapping";
import { type DataNode, sampleOf } from "../model/data-tree";
import type { Path } from "../model/json";
import { mentions, pathSuffix } from "../model/reference";
import { type TreeRow, treeRows } from "../model/visible-rows";
import { TypeIcon } from "./type-icon";
import { useInsert } from "./use-insert";

const MOST_ROWS = 400;
const INDENT_REM = 1;

type Props = {
  readonly label: string;
  readonly nodes: readonly DataNode[];
  readonly referenceOf: (path: Path) => string;
  /** Shape without values: shown greyed. */
  readonly isPromise?: boolean;
  /** The expressions that the node already has, as text. */
  readonly used?: string;
  /** The data may also be called `$json`. */
  readonly isCurrent?: boolean;
  /** Levels that are open at first. */
  readonly openDepth?: number;
};

export function SchemaView(props: Props) {
  const { label, nodes, referenceOf, isPromise, used = "", isCurrent, openDepth = 1 } = props;
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string | null>(null);
  const insert = useInsert();
  const all = treeRows(nodes, toggled, openDepth);
  const rows = all.slice(0, MOST_ROWS);
  const activeId = rows.some(({ id }) => id === active) ? active : (rows[0]?.id ?? null);
  const toggle = (row: TreeRow) => setToggled((before) => withToggled(before, row.id));
  const isUsed = ({ path, children }: DataNode) => {
    const names = [referenceOf(path), ...(isCurrent ? [`$json${pathSuffix(path)}`] : [])];
    return names.some((name) => mentions(used, name, children.length === 0));
  };
  const perform = (act: Act, row: TreeRow, tree: HTMLElement) => {
    if (act === "insert") insert(referenceOf(row.node.path));
    else if (act === "toggle") toggle(row);
    else if (act) {
      setActive(act.id);
      tree.querySelectorAll<HTMLElement>("[role=treeitem]")[rows.indexOf(act)]?.focus();
    }
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const row = rows.find(({ id }) => id === activeId);
    const act = row && !hasModifier(event) ? keyAction(event.key, row, rows) : null;
    if (!row || act === null) return;
    event.preventDefault();
    event.stopPropagation();
    perform(act, row, event.currentTarget);
  };
  return (
    <>
      <div role="tree" aria-label={label} onKeyDown={press} className="px-1.5">
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            expression={referenceOf(row.node.path)}
            isActive={row.id === activeId}
            isPromise={isPromise ?? false}
            isUsed={isUsed(row.node)}
            onFocus={() => setActive(row.id)}
            onToggle={() => toggle(row)}
            onInsert={() => insert(referenceOf(row.node.path))}
          />
        ))}
      </div>
      {all.length > rows.length && (
        <p className="px-4 py-2 text-xs text-fg-subtle">
          {t("inspector.tree.more", { count: all.length - rows.length })}
        </p>
      )}
    </>
  );
}

function withToggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(before);
  if (!next.delete(id)) next.add(id);
  return next;
}

const hasModifier = (event: KeyboardEvent): boolean =>
  event.altKey || event.ctrlKey || event.metaKey;

/** Insert, fold, or the row to go to, where there is one. */
type Act = "insert" | "toggle" | TreeRow | undefined;

/** Keys of a tree, as the ARIA practices have them; Enter inserts. Null for any other key. */
function keyAction(key: string, row: TreeRow, rows: readonly TreeRow[]): Act | null {
  const at = rows.indexOf(row);
  const hasChildren = row.node.children.length > 0;
  switch (key) {
    case "ArrowDown":
      return rows[at + 1];
    case "ArrowUp":
      return rows[at - 1];
    case "Home":
      return rows[0];
    case "End":
      return rows.at(-1);
    case "ArrowRight":
      return hasChildren && !row.isOpen ? "toggle" : rows[at + 1];
    case "ArrowLeft":
      return row.isOpen ? "toggle" : rows.slice(0, at).findLast(({ depth }) => depth < row.depth);
    case "Enter":
    case " ":
      return "insert";
    default:
      return null;
  }
}

type RowProps = {
  readonly row: TreeRow;
  readonly expression: string;
  readonly isActive: boolean;
  readonly isPromise: boolean;
  readonly isUsed: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
  readonly onInsert: () => void;
};

function Row(props: RowProps) {
  const { row, expression, isActive, isPromise, isUsed, onFocus, onToggle, onInsert } = props;
  const { node, depth, isOpen } = row;
  const mapping = useMapping();
  const hasChildren = node.children.length > 0;
  const start = (event: DragEvent) => {
    putReference(event.dataTransfer, { name: node.key, expression });
    // Firefox and Chromium end a drag whose source changes in the same tick.
    requestAnimationFrame(() => mapping.setState({ isDragging: true }));
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it handles the keys.
    <div
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={hasChildren ? isOpen : undefined}
      aria-selected={isUsed}
      tabIndex={isActive ? 0 : -1}
      draggable
      title={expression}
      onFocus={onFocus}
      onDoubleClick={onInsert}
      onClick={hasChildren ? onToggle : undefined}
      onDragStart={start}
      onDragEnd={() => mapping.setState({ isDragging: false })}
      style={{ paddingInlineStart: `${depth * INDENT_REM + 0.25}rem` }}
      className={cx(
        "group/row flex min-h-7 cursor-grab items-center gap-1.5 rounded-small pe-2 hover:bg-hover focus-visible:-outline-offset-2 max-sm:min-h-10",
        isUsed && "bg-accent-soft",
        isPromise && "opacity-70",
      )}
    >
      <Icon
        icon={GripVertical}
        size={12}
        className="text-fg-subtle opacity-50 group-hover/row:opacity-100"
      />
      <TypeIcon type={node.type} />
      <span className={cx("shrink-0 font-code text-xs", isUsed && "font-medium text-accent")}>
        {node.key}
      </span>
      {hasChildren && (
        <Icon
          icon={ChevronRight}
          size={12}
          className={cx("text-fg-subtle transition-transform", isOpen && "rotate-90")}
        />
      )}
      <span className="ms-auto min-w-0 truncate ps-3 text-xs text-fg-muted">
        {hasChildren && isOpen ? "" : sampleOf(node.value, 120)}
      </span>
    </div>
  );
}
