// The approval that is looked at, and the ways to answer it: buttons, keys, a swipe.

import { Check, X } from "lucide-react";
import { useState } from "react";
import type { Approval } from "@/api/types";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { ApprovalCard } from "./approval-card";
import { DecideButtons } from "./decide-buttons";
import type { Answer } from "./model/swipe";
import { SwipeCard } from "./swipe-card";

type Props = {
  readonly approval: Approval;
  readonly mayDecide: boolean;
  readonly onDone: () => void;
};

export function OpenApproval({ approval, mayDecide, onDone }: Props) {
  const [asked, setAsked] = useState<Answer | null>(null);
  const base = { group: t("inbox.title"), scope: "page", when: () => mayDecide } as const;
  useActions([
    {
      ...base,
      id: "inbox.approve",
      label: t("inbox.approve"),
      icon: Check,
      keys: ["a"],
      run: () => setAsked("approve"),
    },
    {
      ...base,
      id: "inbox.reject",
      label: t("inbox.reject"),
      icon: X,
      keys: ["x"],
      run: () => setAsked("reject"),
    },
  ]);
  if (!mayDecide) {
    return (
      <article
        aria-label={approval.title}
        className="flex flex-col gap-4 rounded-dialog border border-line bg-surface p-5 shadow-panel"
      >
        <ApprovalCard approval={approval} />
      </article>
    );
  }
  return (
    <div className="flex flex-col gap-3 overflow-x-clip">
      <SwipeCard label={approval.title} onAnswer={setAsked}>
        <ApprovalCard approval={approval} />
      </SwipeCard>
      <DecideButtons approval={approval} asked={asked} onAsk={setAsked} onDone={onDone} />
    </div>
  );
}
