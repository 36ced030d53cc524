// The form of an agent in a dialog: what is typed goes to the server, faults come back to their fields.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { fieldErrors, messageOf } from "@/api/problem";
import { refresh } from "@/api/refresh";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { agentsKey } from "./queries";

const FORM = "agent";

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
  const form = useRef<HTMLFormElement>(null);
  const sending = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await refresh(client, agentsKey);
      onClose();
    },
    meta: { quiet: true },
  });
  const errors = fieldErrors(sending.error);
  useEffect(() => {
    // The fault may be above or below what a phone shows of the form.
    if (sending.error) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [sending.error]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sending.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      {...(description ? { description } : {})}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={sending.isPending}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id={FORM}
        onSubmit={submit}
        className="flex flex-col gap-4 pb-1"
        autoComplete="off"
      >
        {children(errors)}
        {sending.error && Object.keys(errors).length === 0 && (
          <p role="alert" className="text-error">
            {messageOf(sending.error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
