// Approve, reject, or answer with a comment. A rejection that must say why asks for the reason.

import { Check, Forward, MessageSquare, X } from "lucide-react";
import { useState } from "react";
import type { Approval } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Textarea } from "@/ui/textarea";
import { HoldButton } from "./hold-button";
import type { Answer } from "./model/swipe";
import type { Decision } from "./pending";

/** A dialog that is open: with either answer to give, or for a reason that is wanted. */
export type Asking = "either" | "reason" | null;

type Props = {
  readonly approval: Approval;
  readonly asking: Asking;
  readonly onAsk: (asking: Asking) => void;
  readonly onAnswer: (answer: Answer) => void;
  readonly onDecide: (decision: Decision) => void;
  readonly onHandOver: () => void;
};

export function DecideButtons(props: Props) {
  const { approval, asking, onAsk, onAnswer, onDecide } = props;
  return (
    <div className="grid grid-cols-2 gap-3 sm:flex sm:justify-end">
      <Button
        size="large"
        variant="ghost"
        icon={Forward}
        className="max-sm:order-last"
        onClick={props.onHandOver}
      >
        {t("inbox.handOver")}
      </Button>
      <Button
        size="large"
        variant="ghost"
        icon={MessageSquare}
        className="max-sm:order-last"
        onClick={() => onAsk("either")}
      >
        {t("inbox.comment")}
      </Button>
      <Button
        size="large"
        icon={X}
        className="text-error max-sm:h-16"
        onClick={() => onAnswer("reject")}
      >
        {t("inbox.reject")}
      </Button>
      {approval.is_risky ? (
        <HoldButton
          icon={Check}
          className="max-sm:h-16"
          onHeld={() => onDecide({ answer: "approve", reason: "" })}
          onClicked={() => onAsk("either")}
        >
          {t("inbox.hold")}
        </HoldButton>
      ) : (
        <Button
          size="large"
          variant="primary"
          icon={Check}
          className="max-sm:h-16"
          onClick={() => onAnswer("approve")}
        >
          {t("inbox.approve")}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          approval={approval}
          asking={asking}
          onClose={() => onAsk(null)}
          onDecide={onDecide}
        />
      )}
    </div>
  );
}

type DialogProps = {
  readonly approval: Approval;
  readonly asking: Exclude<Asking, null>;
  readonly onClose: () => void;
  readonly onDecide: (decision: Decision) => void;
};

function ReasonDialog({ approval, asking, onClose, onDecide }: DialogProps) {
  const [reason, setReason] = useState("");
  const isReject = asking === "reason";
  const isEmpty = reason.trim() === "";
  const mayReject = !(approval.needs_reason && isEmpty);
  const title = isReject ? t("inbox.reject") : t("inbox.comment");
  const decide = (answer: Answer) => {
    onClose();
    onDecide({ answer, reason });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="small"
      title={`${title}: ${approval.title}`}
      description={isReject ? t("inbox.rejectText") : t("inbox.commentText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="danger" disabled={!mayReject} onClick={() => decide("reject")}>
            {t("inbox.reject")}
          </Button>
          {!isReject && (
            <Button variant="primary" onClick={() => decide("approve")}>
              {t("inbox.approve")}
            </Button>
          )}
        </>
      }
    >
      <Textarea
        label={t("inbox.reason")}
        optional={!approval.needs_reason}
        required={isReject && approval.needs_reason}
        rows={3}
        maxLength={2_000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        onKeyDown={(event) => {
          const isSent = event.key === "Enter" && (event.ctrlKey || event.metaKey);
          if (!isSent) return;
          if (!isReject) decide("approve");
          else if (mayReject) decide("reject");
        }}
      />
    </Dialog>
  );
}
