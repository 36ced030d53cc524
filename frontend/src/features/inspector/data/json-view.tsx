// Items as JSON text: folded at will, searched, with path and value to copy.

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight, Copy, Route } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import type { JsonValue } from "@/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { IconButton } from "@/ui/icon-button";
import { toast } from "@/ui/toast";
import { isList, isObject, type Path } from "../model/json";
import { pathSuffix } from "../model/reference";
import { type JsonRow, jsonRows, matchingRows } from "../model/visible-rows";

const LINE_PX = 20;
const INDENT_REM = 0.9;

type Props = {
  readonly label: string;
  readonly value: JsonValue;
  readonly query: string;
  /** The expression for a path, where there is one. */
  readonly referenceOf?: (path: Path) => string;
};

export function JsonView({ label, value, query, referenceOf }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => matchingRows(jsonRows(value, folded), query), [value, folded, query]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 30,
    initialRect: { width: 600, height: 400 },
  });
  const toggle = (id: string) =>
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
      tabIndex={0}
      aria-label={label}
      className="min-h-0 flex-1 overflow-auto py-1.5 font-code text-xs focus-visible:-outline-offset-2"
    >
      <ol className="relative min-w-max" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row ? (
            <li
              key={row.id}
              style={{
                top: start,
                height: LINE_PX,
                paddingInlineStart: `${row.depth * INDENT_REM + 0.5}rem`,
              }}
              className="group/line absolute inset-x-0 flex items-center gap-1 pe-2 whitespace-pre hover:bg-hover"
            >
              <Line row={row} onToggle={() => toggle(row.id)} />
              {row.kind !== "close" && <Tools row={row} referenceOf={referenceOf} />}
            </li>
          ) : null;
        })}
      </ol>
    </section>
  );
}

type LineProps = { readonly row: JsonRow; readonly onToggle: () => void };

function Line({ row, onToggle }: LineProps) {
  const { kind, value, label } = row;
  const brackets = isList(value) ? "[]" : "{}";
  if (kind === "close") return <span className="ps-4 text-fg-subtle">{brackets[1]}</span>;
  const name = label === "" ? null : <span className="text-accent">{label}: </span>;
  if (kind === "leaf") {
    return (
      <span className="ps-4">
        {name}
        <span className={toneOf(value)}>{JSON.stringify(value)}</span>
      </span>
    );
  }
  return (
    <button
      type="button"
      aria-expanded={kind === "open"}
      onClick={onToggle}
      className="flex items-center rounded-small focus-visible:outline-offset-0"
    >
      <Icon
        icon={ChevronRight}
        size={12}
        className={cx("me-1 text-fg-subtle", kind === "open" && "rotate-90")}
      />
      {name}
      <span className="text-fg-subtle">
        {kind === "open"
          ? brackets[0]
          : t("inspector.json.folded", { brackets, count: sizeOf(value) })}
      </span>
    </button>
  );
}

function sizeOf(value: JsonValue): number {
  if (isList(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}

function toneOf(value: JsonValue): string {
  if (typeof value === "string") return "text-success";
  return value === null ? "text-fg-subtle" : "text-running";
}

type ToolsProps = {
  readonly row: JsonRow;
  readonly referenceOf: Props["referenceOf"];
};

function Tools({ row, referenceOf }: ToolsProps) {
  const copy = (text: string) =>
    void navigator.clipboard.writeText(text).then(() => toast(t("common.copied"), { key: "copy" }));
  const value = typeof row.value === "string" ? row.value : JSON.stringify(row.value, null, 2);
  const path = referenceOf?.(row.path) ?? pathSuffix(row.path).replace(/^\./, "");
  return (
    <span className="ms-2 flex opacity-0 group-focus-within/line:opacity-100 group-hover/line:opacity-100">
      <IconButton
        icon={Copy}
        size="small"
        tabIndex={-1}
        label={t("inspector.json.copyValue")}
        onClick={() => copy(value)}
        className="size-5"
      />
      <IconButton
        icon={Route}
        size="small"
        tabIndex={-1}
        label={t("inspector.json.copyPath")}
        onClick={() => copy(path)}
        className="size-5"
      />
    </span>
  );
}
