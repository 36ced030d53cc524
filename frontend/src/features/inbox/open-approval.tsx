// The approval that is looked at, and the ways to answer it: buttons, keys, a swipe.

import { Check, MessageSquare, X } from "lucide-react";
import { useState } from "react";
import type { Approval } from "@/api/types";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { ApprovalCard } from "./approval-card";
import { type Asking, DecideButtons } from "./decide-buttons";
import type { Answer } from "./model/swipe";
import { SwipeCard } from "./swipe-card";
import { useDecide } from "./use-decide";

/** What the arrow keys belong to while it has the focus. */
const OWN_ARROWS = "[role=radiogroup], [role=menu], [role=dialog]";

type Props = {
  readonly approval: Approval;
  readonly mayDecide: boolean;
  readonly onDone: () => void;
};

export function OpenApproval({ approval, mayDecide, onDone }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const decide = useDecide(approval, onDone);
  const answer = (given: Answer) => {
    if (given === "reject" && approval.needs_reason) setAsking("reason");
    else decide({ answer: given, reason: "" });
  };
  const isHere = () => mayDecide && !document.activeElement?.closest(OWN_ARROWS);
  const base = { group: t("inbox.title"), scope: "page", when: isHere } as const;
  useActions([
    {
      ...base,
      id: "inbox.approve",
      label: t("inbox.approve"),
      icon: Check,
      keys: ["arrowright", "a"],
      run: () => answer("approve"),
    },
    {
      ...base,
      id: "inbox.reject",
      label: t("inbox.reject"),
      icon: X,
      keys: ["arrowleft", "x"],
      run: () => answer("reject"),
    },
    {
      ...base,
      id: "inbox.comment",
      label: t("inbox.comment"),
      icon: MessageSquare,
      keys: ["c"],
      run: () => setAsking("either"),
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
      <SwipeCard label={approval.title} onAnswer={answer}>
        <ApprovalCard approval={approval} />
      </SwipeCard>
      <DecideButtons
        approval={approval}
        asking={asking}
        onAsk={setAsking}
        onAnswer={answer}
        onDecide={decide}
      />
    </div>
  );
}
