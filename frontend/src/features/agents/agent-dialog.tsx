// The form of an agent in a dialog: what is typed goes to the server, faults come back to their fields.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { fieldErrors, messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import { FormDialog } from "@/ui/form-dialog";
import { agentsKey } from "./queries";

type Props = {
  readonly title: string;
  readonly description?: string;
  readonly submitLabel: string;
  readonly send: () => Promise<unknown>;
  readonly onClose: () => void;
  /** The fields, given what is wrong with them. */
  readonly children: (errors: Readonly<Record<string, string>>) => ReactNode;
};

export function AgentDialog(props: Props) {
  const { title, description, submitLabel, send, onClose, children } = props;
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await refresh(client, agentsKey);
      onClose();
    },
    meta: { quiet: true },
  });
  const errors = fieldErrors(sending.error);
  const elsewhere = sending.error && Object.keys(errors).length === 0;
  return (
    <FormDialog
      title={title}
      description={description}
      verb={submitLabel}
      busy={sending.isPending}
      fault={elsewhere && messageOf(sending.error)}
      onSubmit={() => sending.mutate()}
      onClose={onClose}
    >
      {children(errors)}
    </FormDialog>
  );
}
