// Changes as a list: what was added, removed and changed, with the fields of what changed.

import "@/lib/messages/plugins";
import "@/lib/messages/editor";
import "@/lib/messages/groups";
import "@/lib/messages/palette";
import "@/lib/messages/runs";
import { CircleMinus, CirclePlus, type LucideIcon, Move, PencilLine } from "lucide-react";
import { type Catalog, NodeTile } from "@/features/palette";
import { t } from "@/lib/i18n";
import type { Tone } from "@/lib/status";
import { Chip } from "@/ui/chip";
import type { Change, ChangeKind, FieldChange } from "../model/diff";
import { fieldLabel, valueText } from "./words";

export const KIND_LOOKS: Readonly<Record<ChangeKind, readonly [Tone, LucideIcon]>> = {
  added: ["success", CirclePlus],
  removed: ["error", CircleMinus],
  changed: ["warn", PencilLine],
  moved: ["skipped", Move],
};

type Props = {
  readonly label: string;
  readonly changes: readonly Change[];
  readonly catalog: Catalog;
  /** Makes every element a button, such as one that shows it on a canvas. */
  readonly onPick?: (change: Change) => void;
};

export function ChangeList({ label, changes, catalog, onPick }: Props) {
  return (
    <ul aria-label={label} className="flex flex-col divide-y divide-line">
      {changes.map((change) => (
        <li key={`${change.part} ${change.id}`} className="flex flex-col gap-1 py-2">
          <Headline change={change} catalog={catalog} onPick={onPick} />
          {change.fields.length > 0 && <Fields change={change} catalog={catalog} />}
        </li>
      ))}
    </ul>
  );
}

type HeadlineProps = Pick<Props, "catalog"> & {
  readonly change: Change;
  readonly onPick: Props["onPick"];
};

function Headline({ change, catalog, onPick }: HeadlineProps) {
  const [tone, icon] = KIND_LOOKS[change.kind];
  const shown = (
    <>
      {change.part === "node" && (
        <NodeTile
          catalog={catalog}
          spec={change.type === undefined ? undefined : catalog.byType(change.type)}
          size="small"
        />
      )}
      <span className="min-w-0 flex-1 text-start">
        {change.part !== "node" && (
          <span className="me-1.5 text-fg-muted">{t(`history.part.${change.part}`)}</span>
        )}
        <span className="font-medium wrap-anywhere">{change.title}</span>
      </span>
      <Chip tone={tone} icon={icon}>
        {t(`history.kind.${change.kind}`)}
      </Chip>
    </>
  );
  const row = "flex w-full items-center gap-2 rounded-small";
  return onPick && change.part === "node" ? (
    <button type="button" onClick={() => onPick(change)} className={`${row} hover:bg-hover`}>
      {shown}
    </button>
  ) : (
    <span className={row}>{shown}</span>
  );
}

function Fields({ change, catalog }: { readonly change: Change; readonly catalog: Catalog }) {
  const spec = change.type === undefined ? undefined : catalog.byType(change.type);
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-3 gap-y-1 ps-8 text-xs max-sm:grid-cols-1 max-sm:ps-0">
      {change.fields.map((field) => (
        <FieldRow key={field.path.join(".")} field={field} label={fieldLabel(field.path, spec)} />
      ))}
    </dl>
  );
}

function FieldRow({ field, label }: { readonly field: FieldChange; readonly label: string }) {
  return (
    <>
      <dt className="text-fg-muted">{label}</dt>
      <dd className="flex min-w-0 flex-col gap-0.5 font-code wrap-anywhere whitespace-pre-wrap">
        {field.before !== undefined && (
          <del className="rounded-small bg-error-soft px-1 text-error">
            <span className="sr-only">{t("history.was")} </span>
            {valueText(field.before)}
          </del>
        )}
        {field.after !== undefined && (
          <ins className="rounded-small bg-success-soft px-1 text-success no-underline">
            <span className="sr-only">{t("history.is")} </span>
            {valueText(field.after)}
          </ins>
        )}
      </dd>
    </>
  );
}
