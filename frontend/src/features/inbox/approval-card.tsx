// One approval: what is asked, by which step, until when, and the data it is about.

import { Link } from "@tanstack/react-router";
import { Check, Clock, ShieldQuestion, X } from "lucide-react";
import type { Approval, ApprovalState } from "@/api/types";
import { formatMoment, formatRelative } from "@/lib/format";
import { type MessageKey, t } from "@/lib/i18n";
import type { Tone } from "@/lib/status";
import { Chip } from "@/ui/chip";
import { Icon } from "@/ui/icon";
import { factsOf, urgencyOf } from "./model/facts";

type Props = { readonly approval: Approval };

export function ApprovalCard({ approval }: Props) {
  const { title, message, workflow, execution, items, reason, decided_by: by } = approval;
  const facts = factsOf(items[0]);
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <span className="flex size-8 items-center justify-center rounded-control bg-human-soft text-human">
          <Icon icon={ShieldQuestion} size={18} />
        </span>
        <p className="min-w-0 flex-1 truncate text-fg-muted">
          <span className="font-medium text-fg">{workflow.name}</span>
          {" · "}
          <Link
            to="/runs/$executionId"
            params={{ executionId: execution.id }}
            search={{ node: approval.node }}
            className="rounded-small hover:underline"
          >
            {t("runs.run", { number: execution.number })}
          </Link>
        </p>
        <StateChip approval={approval} />
      </header>
      <h2 className="text-lg wrap-anywhere">{title}</h2>
      {message && <p className="max-w-prose whitespace-pre-wrap wrap-anywhere">{message}</p>}
      {facts.length > 0 && (
        <dl className="grid grid-cols-2 gap-x-6 gap-y-2 border-y border-line py-3">
          {facts.map(({ name, value }) => (
            <div key={name} className="min-w-0">
              <dt className="truncate text-xs text-fg-subtle">{name}</dt>
              <dd className="font-medium wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {items.length > 0 && (
        <details>
          <summary className="cursor-pointer rounded-small text-xs font-medium text-fg-muted">
            {t("inbox.data", { count: items.length })}
          </summary>
          <pre className="mt-2 max-h-72 overflow-auto rounded-control bg-sunken p-3 font-code text-xs whitespace-pre-wrap wrap-anywhere">
            {JSON.stringify(items, null, 2)}
          </pre>
        </details>
      )}
      {approval.state === "open" && approval.assignees.length > 0 && (
        <p className="text-xs text-fg-muted">
          {t("inbox.asked", { names: approval.assignees.join(", ") })}
        </p>
      )}
      {approval.state !== "open" && (
        <p className="text-fg-muted">
          {by && t("inbox.decidedBy", { name: by })}{" "}
          {approval.decided_at && formatRelative(approval.decided_at)}
          {reason && <span className="block pt-1 text-fg">“{reason}”</span>}
        </p>
      )}
    </>
  );
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
