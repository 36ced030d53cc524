// A dialog with a form: it is sent or left, and what was refused is brought into sight.

import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { t } from "@/lib/i18n";
import { Button } from "./button";
import { Dialog } from "./dialog";

type Props = {
  readonly title: string;
  readonly description?: string | undefined;
  readonly width?: "small";
  /** On the button that sends. */
  readonly verb: string;
  readonly busy?: boolean;
  /** Something that is needed is still missing. */
  readonly incomplete?: boolean;
  /** What is wrong, where it is no field's. */
  readonly fault?: string | false | null;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
};

export function FormDialog(props: Props) {
  const { title, description, width, verb, busy = false, incomplete = false, fault } = props;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // A field that was refused may be above or below what a phone shows.
    if (!busy) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [busy]);
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={title}
      {...(description ? { description } : {})}
      {...(width ? { width } : {})}
      footer={
        <>
          <Button onClick={props.onClose}>{t("common.cancel")}</Button>
          <Button type="submit" form={id} variant="primary" busy={busy} disabled={incomplete}>
            {verb}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id={id}
        className="flex flex-col gap-4 pb-1"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit(event);
        }}
      >
        {props.children}
        {fault && (
          <p role="alert" className="text-error">
            {fault}
          </p>
        )}
      </form>
    </Dialog>
  );
}
