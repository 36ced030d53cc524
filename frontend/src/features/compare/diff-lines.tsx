// Rows of two texts beside each other: what differs is coloured and signed, equal stretches are folded.

import "@/lib/messages/compared";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { type DiffRow, type Fold, folded, type Line } from "./model/json-diff";

const ROWS_AT_MOST = 1_000;

type Props = {
  readonly rows: readonly DiffRow[];
  readonly titles: readonly [left: string, right: string];
  /** Also the equal lines that are far from a difference. */
  readonly showsAll: boolean;
};

export function DiffLines({ rows, titles, showsAll }: Props) {
  const isSame = rows.every((row) => row.isSame);
  const found: readonly (DiffRow | Fold)[] = showsAll || isSame ? rows : folded(rows);
  return (
    <>
      {isSame && <p className="px-4 pb-2 text-fg-muted">{t("compared.same")}</p>}
      <table className="w-full table-fixed border-t border-line font-code text-xs">
        <thead>
          <tr>
            {titles.map((title) => (
              <th
                key={title}
                scope="col"
                className="px-4 py-1 text-start font-semibold text-fg-muted max-sm:px-2"
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.slice(0, ROWS_AT_MOST).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place.
            <tr key={index}>{"folded" in row ? <FoldCell {...row} /> : <Cells row={row} />}</tr>
          ))}
        </tbody>
      </table>
      {found.length > ROWS_AT_MOST && (
        <p className="px-4 py-2 text-xs text-fg-muted">
          {t("compared.cut", { count: ROWS_AT_MOST })}
        </p>
      )}
    </>
  );
}

function FoldCell({ folded: count }: Fold) {
  return (
    <td colSpan={2} className="bg-sunken px-4 py-0.5 text-center text-fg-muted max-sm:px-2">
      {t("compared.folded", { count })}
    </td>
  );
}

function Cells({ row: { left, right, isSame } }: { readonly row: DiffRow }) {
  return (
    <>
      <Cell line={left} mark={isSame ? null : "−"} tone="bg-error-soft" />
      <Cell line={right} mark={isSame ? null : "+"} tone="bg-success-soft" />
    </>
  );
}

type CellProps = {
  readonly line: Line | null;
  readonly mark: string | null;
  readonly tone: string;
};

const INDENT_REM = 0.9;

function Cell({ line, mark, tone }: CellProps) {
  if (!line) return <td className="bg-sunken" />;
  return (
    <td className={cx("px-4 py-0.5 align-top break-words max-sm:px-2", mark && tone)}>
      <span className="flex gap-1.5">
        <span aria-hidden className="w-2 shrink-0 text-fg-muted">
          {mark}
        </span>
        <span
          className="min-w-0 whitespace-pre-wrap"
          style={{ paddingInlineStart: `${line.depth * INDENT_REM}rem` }}
        >
          {line.text}
        </span>
      </span>
    </td>
  );
}
