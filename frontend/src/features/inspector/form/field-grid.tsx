// Fields in a grid of two columns: half ones share a row, advanced ones are folded away.

import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import type { JsonObject, JsonValue } from "@/api/types";
import { cx } from "@/lib/cx";
import { t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import { type Field, isShown, storedOf } from "../model/fields";
import { type Path, withKey } from "../model/json";
import { FieldRow } from "./field-row";
import { useForm } from "./form-context";

type Props = {
  readonly fields: readonly Field[];
  readonly values: JsonObject;
  readonly path: Path;
  /** The whole object with one field changed; `name` says which. */
  readonly onChange: (values: JsonObject, name: string) => void;
  readonly disabled: boolean;
};

export function FieldGrid({ fields, values, path, onChange, disabled }: Props) {
  const form = useForm();
  const shown = fields.filter((field) => isShown(field, fields, values));
  const plain = shown.filter((field) => !field.hints.advanced);
  const advanced = shown.filter((field) => field.hints.advanced);
  const isWrong = advanced.some((field) => form.messageAt([...path, field.name], true) !== null);
  const row = (field: Field) => (
    <FieldRow
      key={field.name}
      field={field}
      path={[...path, field.name]}
      stored={storedOf(field, values)}
      disabled={disabled}
      onChange={(next: JsonValue | undefined) =>
        onChange(withKey(values, field.name, next), field.name)
      }
    />
  );
  return (
    <div className="@container flex flex-col gap-4">
      {plain.length > 0 && <div className={GRID}>{plain.map(row)}</div>}
      {advanced.length > 0 && (
        <More count={advanced.length} forced={isWrong}>
          <div className={GRID}>{advanced.map(row)}</div>
        </More>
      )}
    </div>
  );
}

const GRID = "grid grid-cols-1 gap-x-3 gap-y-4 @sm:grid-cols-2";

type MoreProps = {
  readonly count: number;
  /** Something in there is wrong, so it stays open. */
  readonly forced: boolean;
  readonly children: React.ReactNode;
};

function More({ count, forced, children }: MoreProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const shows = isOpen || forced;
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-2">
      <button
        type="button"
        aria-expanded={shows}
        aria-controls={id}
        onClick={() => setOpen(!shows)}
        className="flex min-h-touch items-center gap-1.5 self-start rounded-small pe-2 text-xs font-medium text-fg-muted hover:text-fg"
      >
        <Icon icon={ChevronRight} size={14} className={cx(shows && "rotate-90")} />
        {t("inspector.form.more", { count })}
      </button>
      {shows && <div id={id}>{children}</div>}
    </div>
  );
}
