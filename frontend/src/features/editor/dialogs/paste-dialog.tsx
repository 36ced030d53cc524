// For those who have a workflow as text: a field to paste it into, with an answer at once.

import "@/lib/messages/dialogs";
import { useState } from "react";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Textarea } from "@/ui/textarea";

type Props = {
  /** False where the text is no workflow. */
  readonly onPaste: (text: string) => Promise<boolean>;
  readonly onClose: () => void;
};

export function PasteDialog({ onPaste, onClose }: Props) {
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  const take = async () => {
    if (await onPaste(text)) onClose();
    else setRefused(true);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("editor.paste.title")}
      description={t("editor.paste.hint")}
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="primary" disabled={text.trim() === ""} onClick={take}>
            {t("editor.paste.take")}
          </Button>
        </>
      }
    >
      <Textarea
        label={t("editor.paste.field")}
        rows={10}
        value={text}
        spellCheck={false}
        error={refused ? t("editor.pasteRefused") : null}
        onChange={(event) => {
          setText(event.target.value);
          setRefused(false);
        }}
      />
    </Dialog>
  );
}
