// To whom an approval is handed over: a member, or everybody of a role.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { membersQuery } from "@/api/queries";
import type { Approval } from "@/api/types";
import { useSession } from "@/features/auth";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Combobox } from "@/ui/combobox";
import { Dialog } from "@/ui/dialog";
import { Field } from "@/ui/field";
import { assigneeName, assigneeOf, ROLES } from "./model/assignees";

export type HandOverProps = {
  readonly approval: Approval;
  readonly onClose: () => void;
  /** With an e-mail address or `role:…`. */
  readonly onHandOver: (to: string) => void;
};

export function HandOverDialog({ approval, onClose, onHandOver }: HandOverProps) {
  const [to, setTo] = useState("");
  const { data, isPending } = useQuery(membersQuery);
  const { person } = useSession();
  const members = (data?.results ?? []).filter((one) => one.is_active);
  const people = members
    .filter((one) => one.person_id !== person?.id)
    .map(({ email, name }) => ({ value: email, label: name || email, hint: name ? email : "" }));
  const roles = ROLES.filter((role) => members.some((one) => one.role === role))
    .map(assigneeOf)
    .map((value) => ({ value, label: assigneeName(value), hint: t("inbox.handOverRole") }));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="small"
      title={`${t("inbox.handOver")}: ${approval.title}`}
      description={t("inbox.handOverText")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant="primary"
            disabled={to === ""}
            onClick={() => {
              onClose();
              onHandOver(to);
            }}
          >
            {t("inbox.handOver")}
          </Button>
        </>
      }
    >
      <Field label={t("inbox.handOverTo")}>
        {(control) => (
          <Combobox
            label={t("inbox.handOverTo")}
            naming={control}
            value={to}
            options={[...people, ...roles]}
            placeholder={t("inbox.handOverPick")}
            isLoading={isPending}
            onChange={setTo}
          />
        )}
      </Field>
    </Dialog>
  );
}
