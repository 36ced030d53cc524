// Items as a table: only the rows in sight are drawn, the header stays, the current item is marked. A
// value that a cell cannot hold is read below the table.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Item } from "@/api/types";
import { cx } from "@/lib/cx";
import { formatBytes } from "@/lib/format";
import { t } from "@/lib/i18n";
import { cellText, columnsOf, isCut, type TableColumn } from "../model/table";
import { ReadingPane } from "./reading-pane";

const ROW_PX = 28;
const LOAD_BEFORE_END = 40;

type Props = {
  readonly label: string;
  readonly items: readonly Item[];
  readonly itemIndex: number;
  readonly onItem: (index: number) => void;
  readonly loadMore: (() => void) | null;
  /** Shows the files of the item that is looked at. */
  readonly onFiles: () => void;
};

export function TableView({ label, items, itemIndex, onItem, loadMore, onFiles }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => columnsOf(items), [items]);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialRect: { width: 600, height: 400 },
  });
  const visible = rows.getVirtualItems();
  const lastSeen = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastSeen > items.length - LOAD_BEFORE_END) loadMore?.();
  }, [lastSeen, items.length, loadMore]);
  const [read, setRead] = useState<Place | null>(null);
  const stopReading = () => {
    setRead(null);
    scroller.current?.focus();
  };
  return (
    <>
      <section
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys.
        tabIndex={0}
        aria-label={label}
        className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
      >
        <table
          aria-rowcount={items.length + 1}
          className="border-separate border-spacing-0 text-xs"
        >
          <thead>
            <tr className="flex">
              <th scope="col" className={`${HEADER} w-11 text-end`}>
                <span className="sr-only">{t("inspector.table.item")}</span>
              </th>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  style={{ width: column.widthPx }}
                  className={cx(HEADER, column.isNumeric ? "text-end" : "text-start")}
                >
                  {column.key}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="relative block" style={{ height: rows.getTotalSize() }}>
            {visible.map(({ index, start }) => (
              <Row
                key={index}
                index={index}
                top={start}
                item={items[index]}
                columns={columns}
                isCurrent={index === itemIndex}
                onItem={onItem}
                onFiles={() => {
                  onItem(index);
                  onFiles();
                }}
                onRead={(column) => setRead({ item: index, column })}
              />
            ))}
          </tbody>
        </table>
      </section>
      {read && items[read.item] && (
        <ReadingPane
          column={read.column}
          itemIndex={read.item}
          value={items[read.item]?.json[read.column]}
          onClose={stopReading}
        />
      )}
    </>
  );
}

/** The cell that is read in full. */
type Place = { readonly item: number; readonly column: string };

/** `letter.txt, 46 B; …`: what stands for an item that has files alone. */
const filesText = (files: NonNullable<Item["binary"]>): string =>
  Object.values(files)
    .map(({ name, size }) => `${name}, ${formatBytes(size)}`)
    .join("; ");

const HEADER =
  "sticky top-0 z-10 block h-7 shrink-0 truncate border-b border-line bg-sunken px-2.5 py-1.5 font-code text-2xs font-normal text-fg-subtle";

type RowProps = {
  readonly index: number;
  readonly top: number;
  readonly item: Item | undefined;
  readonly columns: readonly TableColumn[];
  readonly isCurrent: boolean;
  readonly onItem: (index: number) => void;
  readonly onRead: (column: string) => void;
  readonly onFiles: () => void;
};

function Row({ index, top, item, columns, isCurrent, onItem, onRead, onFiles }: RowProps) {
  return (
    <tr
      aria-rowindex={index + 2}
      style={{ top, height: ROW_PX }}
      className={cx("absolute start-0 flex", isCurrent ? "bg-accent-soft" : "hover:bg-hover")}
    >
      <th scope="row" className="w-11 shrink-0 border-b border-line font-normal">
        <button
          type="button"
          aria-current={isCurrent}
          aria-label={t("inspector.table.show", { number: index + 1 })}
          onClick={() => onItem(index)}
          className="h-full w-full pe-2 text-end text-fg-subtle hover:text-accent focus-visible:-outline-offset-2"
        >
          {index + 1}
        </button>
      </th>
      {columns.map((column) => {
        const value = item?.json[column.key];
        const text = cellText(value);
        return (
          <td
            key={column.key}
            style={{ width: column.widthPx }}
            className={cx(
              "shrink-0 truncate border-b border-line px-2.5 py-1.5",
              column.isNumeric && "text-end",
            )}
          >
            {isCut(column, value) ? (
              <button
                type="button"
                // Only the row that is looked at is in the order of Tab: there may be hundreds.
                tabIndex={isCurrent ? 0 : -1}
                title={t("inspector.table.open", { column: column.key, number: index + 1 })}
                onClick={() => onRead(column.key)}
                className="block w-full truncate text-start underline decoration-line-strong decoration-dotted underline-offset-2 hover:text-accent focus-visible:-outline-offset-2"
              >
                {text}
              </button>
            ) : (
              text
            )}
          </td>
        );
      })}
      {columns.length === 0 && (
        <td className="border-b border-line px-2.5 py-1.5 whitespace-nowrap text-fg-subtle">
          {item?.binary ? (
            <button
              type="button"
              title={t("inspector.table.showFiles")}
              onClick={onFiles}
              className="underline decoration-line-strong decoration-dotted underline-offset-2 hover:text-accent"
            >
              {filesText(item.binary)}
            </button>
          ) : (
            t("inspector.table.noFields")
          )}
        </td>
      )}
    </tr>
  );
}
