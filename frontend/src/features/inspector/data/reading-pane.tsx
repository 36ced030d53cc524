// One value in full, below the table that has no room for it.

import { X } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { JsonValue } from "@/api/types";
import { t } from "@/lib/i18n";
import { CopyButton } from "@/ui/copy-button";
import { IconButton } from "@/ui/icon-button";
import { isList, isObject } from "../model/json";
import { JsonView } from "./json-view";

type Props = {
  readonly column: string;
  /** From 0. */
  readonly itemIndex: number;
  readonly value: JsonValue | undefined;
  readonly onClose: () => void;
};

export function ReadingPane({ column, itemIndex, value = null, onClose }: Props) {
  const frame = useRef<HTMLElement>(null);
  const label = t("inspector.table.reading", { column, number: itemIndex + 1 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another value is read from its start.
  useEffect(() => frame.current?.focus(), [column, itemIndex]);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  const isNested = isList(value) || isObject(value);
  const text = isNested ? JSON.stringify(value, null, 2) : String(value);
  return (
    <section
      ref={frame}
      tabIndex={-1}
      aria-label={label}
      onKeyDown={press}
      className="flex h-1/2 min-h-32 shrink-0 flex-col border-t border-line-strong bg-surface focus-visible:-outline-offset-2"
    >
      <header className="flex min-h-9 items-center gap-1 border-b border-line ps-3 pe-1">
        <h4 className="min-w-0 flex-1 truncate text-xs font-semibold text-fg-muted">{label}</h4>
        <CopyButton iconOnly text={text} label={t("inspector.json.copyValue")} />
        <IconButton
          icon={X}
          size="small"
          label={t("inspector.table.stopReading")}
          onClick={onClose}
        />
      </header>
      {isNested ? (
        <JsonView label={label} value={value} query="" />
      ) : (
        <p
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
          tabIndex={0}
          className="min-h-0 flex-1 overflow-auto p-3 wrap-anywhere whitespace-pre-wrap focus-visible:-outline-offset-2"
        >
          {text}
        </p>
      )}
    </section>
  );
}
