// One approval: what is asked, by which step, until when, and the data it is about.

import { Link } from "@tanstack/react-router";
import { Check, Clock, ShieldAlert, ShieldQuestion, X } from "lucide-react";
import type { Approval, ApprovalState, CorrectableField } from "@/api/types";
import { cx } from "@/lib/cx";
import { formatMoment, formatRelative } from "@/lib/format";
import { type MessageKey, t } from "@/lib/i18n";
import type { Tone } from "@/lib/status";
import { Chip } from "@/ui/chip";
import { deferred } from "@/ui/deferred";
import { Icon } from "@/ui/icon";
import { Skeleton } from "@/ui/skeleton";
import type { CardDocumentsProps } from "./card-documents";
import { CardFacts } from "./card-facts";
import { assigneeName } from "./model/assignees";
import { textOf } from "./model/corrections";
import { factsOf, isFigure, urgencyOf } from "./model/facts";

const CardDocuments = deferred<CardDocumentsProps>(
  () => import("./card-documents").then((module) => module.CardDocuments),
  () => <Skeleton className="h-24 w-full" />,
);

type Props = { readonly approval: Approval };

export function ApprovalCard({ approval }: Props) {
  const { title, message, headline, why, items, documents } = approval;
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="flex size-8 items-center justify-center rounded-control bg-human-soft text-human">
          <Icon icon={ShieldQuestion} size={18} />
        </span>
        <Asking approval={approval} />
        <StateChip approval={approval} />
      </header>
      <div className="flex flex-col gap-1">
        <h2 className="text-lg wrap-anywhere">{title}</h2>
        {headline && (
          <p
            className={cx(
              "font-semibold wrap-anywhere tabular-nums",
              isFigure(headline) ? "text-amount" : "text-2xl",
            )}
          >
            {headline}
          </p>
        )}
      </div>
      {why && (
        <p className="flex gap-2.5 rounded-panel bg-warn-soft px-4 py-3">
          <Icon icon={ShieldAlert} size={18} className="mt-0.5 shrink-0 text-warn" />
          <span className="min-w-0 whitespace-pre-wrap wrap-anywhere">{why}</span>
        </p>
      )}
      {message && <p className="max-w-prose whitespace-pre-wrap wrap-anywhere">{message}</p>}
      <CardFacts facts={factsOf(approval)} />
      {documents.length > 0 && <CardDocuments files={documents} />}
      {items.length > 0 && (
        <details data-details>
          <summary className="cursor-pointer rounded-small text-xs font-medium text-fg-muted">
            {t("inbox.data", { count: items.length })}
          </summary>
          <pre className="mt-2 max-h-72 overflow-auto rounded-control bg-sunken p-3 font-code text-xs whitespace-pre-wrap wrap-anywhere">
            {JSON.stringify(items, null, 2)}
          </pre>
        </details>
      )}
      {approval.state === "open" ? <Asked approval={approval} /> : <Answered approval={approval} />}
    </>
  );
}

/** Which step of which run asks. */
function Asking({ approval }: Props) {
  const { workflow, execution, node, node_name: step } = approval;
  return (
    <p className="min-w-0 flex-1 text-fg-muted">
      <span className="block truncate">
        <span className="font-medium text-fg">{workflow.name}</span>
        {step && <> · {step}</>}
      </span>
      {execution.id && (
        <Link
          to="/runs/$executionId"
          params={{ executionId: execution.id }}
          search={{ node }}
          className="rounded-small text-xs hover:underline"
        >
          {t("runs.run", { number: execution.number })}
        </Link>
      )}
    </p>
  );
}

/** Whom it asks, where not everybody. */
function Asked({ approval }: Props) {
  const { assignees, handed_over_by: by } = approval;
  if (assignees.length === 0) return null;
  return (
    <p className="text-xs text-fg-muted">
      {t("inbox.asked", { names: assignees.map(assigneeName).join(", ") })}
      {by && <> · {t("inbox.handedOverBy", { name: by })}</>}
    </p>
  );
}

function Answered({ approval }: Props) {
  const { decided_by: by, decided_at: at, reason, correctable, corrections } = approval;
  const corrected = correctable.filter(({ name }) => name in corrections);
  return (
    <div className="text-fg-muted">
      <p>
        {by && t("inbox.decidedBy", { name: by })} {at && formatRelative(at)}
      </p>
      {reason && <p className="pt-1 text-fg wrap-anywhere">“{reason}”</p>}
      {corrected.length > 0 && (
        <dl aria-label={t("inbox.corrected")} className="flex flex-col gap-1 pt-2">
          {corrected.map((field) => (
            <div key={field.name}>
              <dt className="text-xs text-fg-subtle">
                {t("inbox.correctedField", { field: labelOf(field) })}
              </dt>
              <dd className="whitespace-pre-wrap text-fg wrap-anywhere">
                <del className="text-fg-muted">{textOf(field)}</del>{" "}
                <ins className="no-underline">
                  {textOf({ ...field, value: corrections[field.name] ?? null })}
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

function labelOf({ item, label }: CorrectableField): string {
  return item === null ? label : `${t("inbox.item", { number: item + 1 })} · ${label}`;
}

const STATES: Readonly<Record<Exclude<ApprovalState, "open">, readonly [Tone, typeof Check]>> = {
  approved: ["success", Check],
  rejected: ["error", X],
  expired: ["warn", Clock],
  withdrawn: ["skipped", X],
};

export function StateChip({ approval }: Props) {
  const { state, expires_at: at } = approval;
  if (state !== "open") {
    const [tone, icon] = STATES[state];
    const key: MessageKey = `inbox.state.${state}`;
    return (
      <Chip tone={tone} icon={icon}>
        {t(key)}
      </Chip>
    );
  }
  if (at === null) return null;
  const urgency = urgencyOf(approval, Date.now());
  return (
    <span title={formatMoment(at)}>
      <Chip tone={urgency === "none" ? "neutral" : "warn"} icon={Clock}>
        {urgency === "over" ? t("inbox.over") : t("inbox.due", { when: formatRelative(at) })}
      </Chip>
    </span>
  );
}
