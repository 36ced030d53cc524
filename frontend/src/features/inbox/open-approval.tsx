// The approval that is looked at, and the ways to answer it: buttons, keys, a swipe.

import { Check, Forward, MessageSquare, X } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Approval } from "@/api/types";
import { useActions } from "@/lib/actions";
import { t } from "@/lib/i18n";
import { deferred } from "@/ui/deferred";
import { ApprovalCard } from "./approval-card";
import type { CorrectionFormProps } from "./correction-form";
import { type Asking, DecideButtons } from "./decide-buttons";
import type { HandOverProps } from "./hand-over-dialog";
import type { Answer } from "./model/swipe";
import type { Decision } from "./pending";
import { SwipeCard } from "./swipe-card";
import { useCorrections } from "./use-corrections";
import { useDecide } from "./use-decide";
import { useHandOver } from "./use-hand-over";

const HandOverDialog = deferred<HandOverProps>(() =>
  import("./hand-over-dialog").then((module) => module.HandOverDialog),
);

const CorrectionForm = deferred<CorrectionFormProps>(() =>
  import("./correction-form").then((module) => module.CorrectionForm),
);

/** What the arrow keys belong to while it has the focus. */
const OWN_ARROWS = "[role=radiogroup], [role=menu], [role=dialog], [role=combobox], [role=listbox]";

type Props = {
  readonly approval: Approval;
  readonly mayDecide: boolean;
  /** The one before it was answered: the focus moves on to this one. */
  readonly takesFocus: boolean;
  readonly onDone: () => void;
};

export function OpenApproval({ approval, mayDecide, takesFocus, onDone }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) frame.current?.querySelector("article")?.focus();
  }, [takesFocus]);
  useDetails(frame);
  const [asking, setAsking] = useState<Asking>(null);
  const [isHandingOver, setHandingOver] = useState(false);
  const fixes = useCorrections(approval, frame);
  const send = useDecide(approval, onDone);
  const decide = (decision: Decision) => {
    const isApproval = decision.answer === "approve";
    if (!isApproval) send(decision);
    else if (fixes.check()) send({ ...decision, corrections: fixes.corrections });
  };
  const handOver = useHandOver(approval, onDone);
  const answer = (given: Answer) => {
    if (given === "reject" && approval.needs_reason) setAsking("reason");
    // A key is pressed in passing: what is risky is asked about again.
    else if (given === "approve" && !fixes.check()) return;
    else if (given === "approve" && approval.is_risky) setAsking("either");
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
    {
      ...base,
      id: "inbox.handOver",
      label: t("inbox.handOver"),
      icon: Forward,
      keys: ["h"],
      run: () => setHandingOver(true),
    },
  ]);
  if (!mayDecide) {
    return (
      <div ref={frame}>
        <StillCard approval={approval} />
      </div>
    );
  }
  return (
    <div ref={frame} className="flex flex-col gap-3 overflow-x-clip max-sm:-mx-3 max-sm:px-3">
      {approval.is_risky ? (
        <StillCard approval={approval} />
      ) : (
        <SwipeCard label={approval.title} onAnswer={answer}>
          <ApprovalCard approval={approval} />
        </SwipeCard>
      )}
      {approval.correctable.length > 0 && (
        <div className="rounded-dialog border border-line bg-surface p-5">
          <CorrectionForm {...fixes.form} />
        </div>
      )}
      <DecideButtons
        approval={approval}
        asking={asking}
        onAsk={setAsking}
        onAnswer={answer}
        onDecide={decide}
        onHandOver={() => setHandingOver(true)}
      />
      {isHandingOver && (
        <HandOverDialog
          approval={approval}
          onClose={() => setHandingOver(false)}
          onHandOver={handOver}
        />
      )}
    </div>
  );
}

/** Up and down open and close the data below the card. */
function useDetails(frame: RefObject<HTMLElement | null>): void {
  const details = () => frame.current?.querySelector<HTMLDetailsElement>("[data-details]");
  const toggle = () => {
    const found = details();
    if (found) found.open = !found.open;
  };
  const isHere = () => !document.activeElement?.closest(OWN_ARROWS);
  const base = { group: t("inbox.title"), scope: "page", run: toggle } as const;
  useActions([
    {
      ...base,
      id: "inbox.showData",
      label: t("inbox.showData"),
      keys: ["arrowup"],
      when: () => isHere() && details()?.open === false,
    },
    {
      ...base,
      id: "inbox.hideData",
      label: t("inbox.hideData"),
      keys: ["arrowdown"],
      when: () => isHere() && details()?.open === true,
    },
  ]);
}

/** A card that no finger pushes: there is nothing to decide, or nothing to decide in passing. */
function StillCard({ approval }: { readonly approval: Approval }) {
  return (
    <article
      tabIndex={-1}
      aria-label={approval.title}
      className="flex flex-col gap-4 rounded-dialog border border-line bg-surface p-5 shadow-panel"
    >
      <ApprovalCard approval={approval} />
    </article>
  );
}
