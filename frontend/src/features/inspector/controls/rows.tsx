// What the controls made of rows share: the rows themselves, their buttons, and adding one.

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { JsonValue } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { IconButton } from "@/ui/icon-button";
import { withMoved, withoutIndex } from "../model/json";

type RowButtonsProps = {
  readonly rows: readonly JsonValue[];
  readonly index: number;
  readonly onChange: (rows: readonly JsonValue[]) => void;
  readonly disabled: boolean;
  readonly hasOrder?: boolean;
};

/** Move and remove; moving has buttons so that no drag is ever needed. */
export function RowButtons({ rows, index, onChange, disabled, hasOrder }: RowButtonsProps) {
  const number = index + 1;
  return (
    <span className="flex h-control shrink-0 items-center">
      {hasOrder && (
        <>
          <IconButton
            icon={ArrowUp}
            size="small"
            label={t("inspector.rows.up", { number })}
            disabled={disabled || index === 0}
            onClick={() => onChange(withMoved(rows, index, index - 1))}
          />
          <IconButton
            icon={ArrowDown}
            size="small"
            label={t("inspector.rows.down", { number })}
            disabled={disabled || index === rows.length - 1}
            onClick={() => onChange(withMoved(rows, index, index + 1))}
          />
        </>
      )}
      <IconButton
        icon={Trash2}
        size="small"
        label={t("inspector.rows.remove", { number })}
        disabled={disabled}
        onClick={() => onChange(withoutIndex(rows, index))}
      />
    </span>
  );
}

type AddRowProps = {
  readonly label: string;
  readonly onAdd: () => void;
  readonly disabled: boolean;
  readonly aside?: ReactNode;
};

export function AddRow({ label, onAdd, disabled, aside }: AddRowProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <Button size="small" variant="ghost" icon={Plus} disabled={disabled} onClick={onAdd}>
        {label}
      </Button>
      {aside}
    </div>
  );
}
