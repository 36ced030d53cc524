// One entry of the record in full: who, from where, what, and how it was before and after.

import type { ReactNode } from "react";
import type { AuditEntry } from "@/api/types";
import { formatMoment } from "@/lib/format";
import { t } from "@/lib/i18n";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { OutcomeChip } from "./audit-outcome";
import { factRows } from "./model/facts";

type Props = { readonly entry: AuditEntry; readonly onClose: () => void };

export function AuditEntryDialog({ entry, onClose }: Props) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={entry.action}
      description={t("audit.entryOf", {
        number: entry.seq,
        name: entry.actor.label,
        when: formatMoment(entry.at),
      })}
      footer={<CopyButton text={JSON.stringify(entry, null, 2)} label={t("audit.copy")} />}
    >
      <div className="flex flex-col gap-4">
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
          <Line name={t("audit.object")}>{entry.object_type}</Line>
          <Line name={t("audit.objectId")}>{entry.object_id}</Line>
          <Line name={t("audit.outcome")}>
            <OutcomeChip outcome={entry.outcome} />
          </Line>
          <Line name={t("audit.actorKind")}>{entry.actor.kind}</Line>
          <Line name={t("audit.address")}>{entry.address || t("audit.itself")}</Line>
          <Line name={t("audit.request")}>{entry.request_id || t("audit.itself")}</Line>
          <Line name={t("audit.integrity")}>
            {entry.is_intact ? t("audit.intact") : t("audit.broken")}
          </Line>
        </dl>
        <FactsTable entry={entry} />
      </div>
    </Dialog>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-fg-muted">{name}</dt>
      <dd className="min-w-0 font-code text-xs break-all">{children}</dd>
    </>
  );
}

function FactsTable({ entry }: { readonly entry: AuditEntry }) {
  const rows = factRows(entry.facts);
  if (rows.length === 0) return <p className="text-fg-muted">{t("audit.noFacts")}</p>;
  return (
    <table aria-label={t("audit.facts")} className="w-full text-start">
      <thead className="text-xs text-fg-subtle">
        <tr>
          <th scope="col" className="py-1 pe-3 text-start font-medium">
            {t("audit.fact")}
          </th>
          <th scope="col" className="py-1 pe-3 text-start font-medium">
            {t("audit.before")}
          </th>
          <th scope="col" className="py-1 text-start font-medium">
            {t("audit.after")}
          </th>
        </tr>
      </thead>
      <tbody className="font-code text-xs">
        {rows.map(({ name, before, after }) => (
          <tr key={name} className="border-t border-line align-top">
            <th scope="row" className="py-1.5 pe-3 text-start font-normal text-fg-muted">
              {name}
            </th>
            <td className="py-1.5 pe-3 break-all text-error">{before}</td>
            <td className="py-1.5 break-all text-success">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
