// The facts of a card: two in a row, each with what its author thinks of it.

import { CircleCheck, TriangleAlert } from "lucide-react";
import type { ApprovalFact, FactMark } from "@/api/types";
import { cx } from "@/lib/cx";
import { type MessageKey, t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";

type Props = { readonly facts: readonly ApprovalFact[] };

export function CardFacts({ facts }: Props) {
  if (facts.length === 0) return null;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 border-y border-line py-3">
      {facts.map(({ label, value, mark }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: facts of a card never move, and two may say the same
        <div key={at} className="min-w-0">
          <dt className="text-xs text-fg-subtle wrap-anywhere">{label}</dt>
          <dd className={cx("flex items-start gap-1.5 font-medium", MARKS[mark]?.tone)}>
            <Marked mark={mark} />
            <span className="min-w-0 wrap-anywhere">{value}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Look = {
  readonly icon: typeof CircleCheck;
  readonly tone: string;
  readonly says: MessageKey;
};

const MARKS: Readonly<Record<FactMark, Look | null>> = {
  none: null,
  ok: { icon: CircleCheck, tone: "text-success", says: "inbox.mark.ok" },
  warn: { icon: TriangleAlert, tone: "text-warn", says: "inbox.mark.warn" },
};

/** The mark in a shape and a word, too: colour alone tells some people nothing. */
function Marked({ mark }: { readonly mark: FactMark }) {
  const look = MARKS[mark];
  if (!look) return null;
  return (
    <>
      <Icon icon={look.icon} size={16} className="mt-0.5 shrink-0" />
      <span className="sr-only">{t(look.says)}</span>
    </>
  );
}
