// Asks once before several approvals are answered: which ones, and why.

import { useState } from "react";
import type { Approval } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Textarea } from "@/ui/textarea";
import type { Answer } from "./model/swipe";

export type BulkDialogProps = {
  readonly approvals: readonly Approval[];
  readonly answer: Answer;
  readonly onClose: () => void;
  readonly onDecide: (reason: string) => void;
};

export function BulkDialog({ approvals, answer, onClose, onDecide }: BulkDialogProps) {
  const [reason, setReason] = useState("");
  const isReject = answer === "reject";
  const needsReason = isReject && approvals.some((one) => one.needs_reason);
  const count = approvals.length;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="small"
      title={t(isReject ? "inbox.rejectSome" : "inbox.approveSome", { count })}
      description={t("inbox.bulkText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant={isReject ? "danger" : "primary"}
            disabled={needsReason && reason.trim() === ""}
            onClick={() => {
              onClose();
              onDecide(reason);
            }}
          >
            {t(isReject ? "inbox.reject" : "inbox.approve")}
          </Button>
        </>
      }
    >
      <ul className="mb-3 max-h-48 list-disc overflow-auto ps-5">
        {approvals.map(({ id, title, headline }) => (
          <li key={id} className="wrap-anywhere">
            {title}
            {headline && <span className="text-fg-muted"> · {headline}</span>}
          </li>
        ))}
      </ul>
      <Textarea
        label={t("inbox.reason")}
        optional={!needsReason}
        required={needsReason}
        rows={3}
        maxLength={2_000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
    </Dialog>
  );
}
