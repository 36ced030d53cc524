// Approve and reject, with a reason. A card that is swiped to the left asks for the reason too.

import { Check, X } from "lucide-react";
import { useState } from "react";
import type { Approval } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Textarea } from "@/ui/textarea";
import type { Answer } from "./model/swipe";
import { useDecide } from "./use-inbox";

type Props = {
  readonly approval: Approval;
  /** What is being answered; null while nobody has chosen. */
  readonly asked: Answer | null;
  readonly onAsk: (answer: Answer | null) => void;
  readonly onDone: () => void;
};

export function DecideButtons({ approval, asked, onAsk, onDone }: Props) {
  return (
    <div className="grid grid-cols-2 gap-3 sm:flex sm:justify-end">
      <Button size="large" icon={X} className="text-error" onClick={() => onAsk("reject")}>
        {t("inbox.reject")}
      </Button>
      <Button size="large" variant="primary" icon={Check} onClick={() => onAsk("approve")}>
        {t("inbox.approve")}
      </Button>
      {asked && (
        <ReasonDialog
          approval={approval}
          answer={asked}
          onClose={() => onAsk(null)}
          onDone={onDone}
        />
      )}
    </div>
  );
}

type DialogProps = {
  readonly approval: Approval;
  readonly answer: Answer;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

function ReasonDialog({ approval, answer, onClose, onDone }: DialogProps) {
  const [reason, setReason] = useState("");
  const isReject = answer === "reject";
  const mustSayWhy = isReject && approval.needs_reason;
  const isReady = !mustSayWhy || reason.trim() !== "";
  const decide = useDecide(approval, () => {
    onClose();
    onDone();
  });
  const title = isReject ? t("inbox.reject") : t("inbox.approve");
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="small"
      title={`${title}: ${approval.title}`}
      description={isReject ? t("inbox.rejectText") : t("inbox.approveText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant={isReject ? "danger" : "primary"}
            busy={decide.isPending}
            disabled={!isReady}
            onClick={() => decide.mutate({ answer, reason })}
          >
            {title}
          </Button>
        </>
      }
    >
      <Textarea
        label={t("inbox.reason")}
        optional={!mustSayWhy}
        required={mustSayWhy}
        rows={3}
        maxLength={2_000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isReady) {
            decide.mutate({ answer, reason });
          }
        }}
      />
    </Dialog>
  );
}
