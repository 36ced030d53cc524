// One cell: a button that shows the value and becomes an input.

import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import { messageOf } from "@/api/problem";
import type { ColumnType, JsonValue, TableColumn } from "@/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { toast } from "@/ui/toast";
import { readCell, shownCell, typedCell } from "./model/cells";

type Props = {
  readonly column: TableColumn;
  readonly value: JsonValue;
  readonly rowNumber: number;
  readonly mayEdit: boolean;
  readonly onChange: (value: JsonValue) => Promise<void>;
};

export function GridCell({ column, value, rowNumber, mayEdit, onChange }: Props) {
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const shown = shownCell(column.type, value);
  const label = t("tables.cell", {
    column: column.name,
    row: rowNumber,
    value: shown || t("tables.emptyCell"),
  });
  const look = cx(
    "block h-9 w-full max-w-96 min-w-36 truncate px-3 text-base",
    column.type === "number" ? "text-end tabular-nums" : "text-start",
    column.type === "json" && "font-code text-sm",
    shown === "" && "text-fg-subtle",
  );
  if (!mayEdit) return <span className={cx(look, "leading-9")}>{shown}</span>;
  if (editing) {
    const leave = (isByKey: boolean) => {
      setEditing(false);
      if (isByKey) requestAnimationFrame(() => button.current?.focus());
    };
    return <CellInput column={column} value={value} onLeave={leave} onChange={onChange} />;
  }
  return (
    <button
      ref={button}
      type="button"
      aria-label={label}
      title={shown}
      onClick={() => setEditing(true)}
      className={cx(look, "focus-visible:-outline-offset-2")}
    >
      {shown}
    </button>
  );
}

type InputProps = {
  readonly column: TableColumn;
  readonly value: JsonValue;
  /** `isByKey`: the focus goes back to the cell. */
  readonly onLeave: (isByKey: boolean) => void;
  readonly onChange: (value: JsonValue) => Promise<void>;
};

const ERROR = "cell-error";
const INPUT =
  "h-9 w-full min-w-36 border-0 bg-raised px-3 text-base outline-2 -outline-offset-2 outline-accent";

function CellInput({ column, value, onLeave, onChange }: InputProps) {
  const before = typedCell(column.type, value);
  const [text, setText] = useState(before);
  const [error, setError] = useState<string | null>(null);
  const isDone = useRef(false);
  const save = (isByKey: boolean) => {
    if (isDone.current) return;
    const reading = readCell(column.type, text);
    if (!reading.ok) return setError(t(reading.reason));
    isDone.current = true;
    if (text === before) return onLeave(isByKey);
    // Whether it was kept is seen in the cell; why not, in a notice.
    onChange(reading.value).catch((reason: unknown) => {
      toast(messageOf(reason), { kind: "error", key: "cell" });
    });
    onLeave(isByKey);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") save(true);
    if (event.key === "Escape") {
      isDone.current = true;
      onLeave(true);
    }
    event.stopPropagation();
  };
  return (
    <div className="relative">
      <CellControl
        type={column.type}
        onText={setText}
        aria-label={column.name}
        aria-invalid={error !== null}
        aria-errormessage={error === null ? undefined : ERROR}
        value={text}
        onBlur={() => save(false)}
        onKeyDown={onKeyDown}
      />
      {error && (
        <p
          id={ERROR}
          role="alert"
          className="absolute start-0 top-full z-10 rounded-small border border-line bg-raised px-2 py-1 text-xs text-error shadow-panel"
        >
          {error}
        </p>
      )}
    </div>
  );
}

type ControlProps = {
  readonly type: ColumnType;
  readonly onText: (text: string) => void;
  readonly "aria-label": string;
  readonly "aria-invalid": boolean;
  readonly "aria-errormessage": string | undefined;
  readonly value: string;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** It is there because the cell was pressed, so it takes the focus. */
function CellControl({ type, onText, ...control }: ControlProps) {
  const focus = useCallback((element: HTMLElement | null) => element?.focus(), []);
  if (type === "boolean") {
    return (
      <select
        {...control}
        ref={focus}
        className={INPUT}
        onChange={(event) => onText(event.target.value)}
      >
        <option value="">{t("tables.emptyCell")}</option>
        <option value="true">{t("tables.yes")}</option>
        <option value="false">{t("tables.no")}</option>
      </select>
    );
  }
  const isMoment = type === "date_time";
  return (
    <input
      {...control}
      ref={focus}
      className={cx(INPUT, type === "number" && "text-end")}
      type={isMoment ? "datetime-local" : "text"}
      inputMode={type === "number" ? "decimal" : undefined}
      step={isMoment ? 1 : undefined}
      onChange={(event) => onText(event.target.value)}
    />
  );
}
