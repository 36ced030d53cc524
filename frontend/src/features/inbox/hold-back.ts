// An answer that leaves at once and is sent later: a notice says so and takes it back.

import type { Approval } from "@/api/types";
import { t } from "@/lib/i18n";
import { dismissToast, toast } from "@/ui/toast";
import { hold, UNDO_MS, undo } from "./pending";

type Send = (isLeaving: boolean) => void;

export function holdBack(approval: Approval, words: string, send: Send): void {
  holdBackAll([approval], words, send);
}

/** All of them leave, and are taken back, together. */
export function holdBackAll(approvals: readonly Approval[], words: string, send: Send): void {
  const [first] = approvals;
  if (!first) return;
  const { id, title } = first;
  const key = `inbox-${id}`;
  hold(
    approvals.map((one) => one.id),
    (isLeaving) => {
      dismissToast(key);
      send(isLeaving);
    },
  );
  toast(words, {
    ...(approvals.length === 1 ? { description: title } : {}),
    kind: "success",
    key,
    lastsMs: UNDO_MS,
    action: { label: t("inbox.undo"), onClick: () => undo(id) },
  });
}
